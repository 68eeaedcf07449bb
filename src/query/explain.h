#ifndef STANCE_QUERY_EXPLAIN_INTERNAL_H
#define STANCE_QUERY_EXPLAIN_INTERNAL_H

#include "runtime.h"

/* The plan as a table: operator, details, rows expected; after a profiled run also rows, time and
 * memory of each. */
sg_result *sg_explain(const sg_query *query, const sg_operator *root);

#endif
