#ifndef STANCE_FUNCTION_H
#define STANCE_FUNCTION_H

/* The scalar functions of Cypher: what each is called, how many arguments it takes and of which
 * types, and how it runs. Aggregations, exists() of patterns and what needs an expression instead
 * of values belong to the query engine. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/graph.h"
#include "stance/mem.h"
#include "stance/value.h"
#include "stance/value_ops.h"

/* What a running query gives its functions. Fill it once per query with
 * sg_function_context_init(), then set arena (per row if wanted) and graph. */
struct sg_function_context {
    sg_arena *arena;       /* results live here */
    const sg_graph *graph; /* for functions of nodes and relationships */
    int64_t now_seconds;   /* one instant per query, UTC since 1970 */
    int32_t now_nanos;
    uint64_t random_state;
    sg_fault fault; /* why the last call failed */
};

/* Reads the clock and seeds the random numbers. */
void sg_function_context_init(struct sg_function_context *context, sg_arena *arena,
                              const sg_graph *graph);

typedef sg_status sg_function_run(struct sg_function_context *context, const sg_value *args,
                                  size_t count, sg_value *out, sg_error *err);

#define SG_FUNCTION_ANY_COUNT  UINT8_MAX
#define SG_ACCEPTS(type)       (UINT32_C(1) << (type))
#define SG_FUNCTION_ARGS_TYPED 3

struct sg_function {
    const char *name; /* as documented, e.g. "toInteger", "duration.inMonths" */
    uint8_t min_args;
    uint8_t max_args; /* SG_FUNCTION_ANY_COUNT: no bound */
    bool is_volatile; /* rand(): not the same twice in one query */
    /* For checks before running: the types argument i may have (SG_ACCEPTS bits; null is always
     * taken), 0 = any. Running checks again. */
    uint32_t accepts[SG_FUNCTION_ARGS_TYPED];
    uint32_t returns; /* SG_ACCEPTS bits of what it may return besides null, 0 = any */
    sg_function_run *run;
};

/* By full name, without case; NULL when there is none. */
const struct sg_function *sg_function_find(const char *name, size_t len);
/* All of them, for suggestions and completion. */
const struct sg_function *sg_function_at(size_t i);
size_t sg_function_count(void);

#endif
