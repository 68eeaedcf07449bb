#ifndef STANCE_QUERY_PROCEDURE_INTERNAL_H
#define STANCE_QUERY_PROCEDURE_INTERNAL_H

/* Procedures a query can see: those registered by the program and those of a test. */

#include "query_internal.h"

/* Reads the JSON list of test procedures (may be NULL) into the query. */
SG_MUST_CHECK sg_status sg_procedures_prepare(sg_query *query);
const struct sg_procedure *sg_procedures_find(const sg_query *query, sg_name name);

#endif
