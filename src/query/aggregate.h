#ifndef STANCE_QUERY_AGGREGATE_INTERNAL_H
#define STANCE_QUERY_AGGREGATE_INTERNAL_H

/* One running aggregation: count, sum, avg, min, max, collect, stDev, percentiles. */

#include "runtime.h"

typedef struct sg_accumulator {
    int64_t count;
    sg_value value; /* sum, minimum, maximum */
    double mean;    /* stDev: Welford's running mean and sum of squares; avg of floats */
    double squares;
    sg_value percentile;
    sg_value *items; /* collect and percentiles */
    size_t capacity;
} sg_accumulator;

void sg_accumulator_init(sg_accumulator *acc, const sg_expr *expr);
void sg_accumulator_clear(sg_accumulator *acc);
/* Takes a value that is not null; what has to be kept is copied into `arena`. */
SG_MUST_CHECK sg_status sg_accumulator_add(sg_accumulator *acc, sg_exec *x, const sg_expr *expr,
                                           sg_value v, sg_arena *scratch, sg_arena *arena);
SG_MUST_CHECK sg_status sg_accumulator_finish(sg_accumulator *acc, sg_exec *x, const sg_expr *expr,
                                              sg_arena *arena, sg_value *out);

#endif
