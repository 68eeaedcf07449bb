#ifndef STANCE_PROCEDURES_H
#define STANCE_PROCEDURES_H

/* The procedures that Cypher can CALL: analysis and full-text search, whose rows can be matched
 * further. */

#include "stance/query.h"
#include "stance/store.h"

#define SG_PROCEDURES 4

/* Fills `out` with SG_PROCEDURES procedures. `store` (for stance.fulltext) may be NULL and must
 * outlive the queries. */
void sg_cli_procedures(sg_store *store, struct sg_procedure out[SG_PROCEDURES]);

#endif
