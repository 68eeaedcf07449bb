#ifndef STANCE_QUERY_RUNTIME_H
#define STANCE_QUERY_RUNTIME_H

/* Running a plan. A query has one row of slots that all operators share: each variable has its
 * own slot, written by one operator, so passing a row on costs nothing. An operator pulls its
 * input and writes its slots; what it makes for them lives in its scratch arena until it pulls
 * again. Operators that keep rows (sorting, grouping) copy what they keep. */

#include "stance/result.h"

#include "query_internal.h"

typedef enum sg_step { SG_STEP_FAIL = -1, SG_STEP_END = 0, SG_STEP_ROW = 1 } sg_step;

typedef struct sg_exec {
    sg_query *query;
    sg_graph *graph;
    sg_value *row;
    struct sg_function_context functions;
    unsigned countdown; /* steps until limits are looked at */
    int64_t deadline;   /* nanoseconds of the monotonic clock, 0 = none */
    size_t heap_bytes;  /* memory of the rows given so far */
    size_t kept_bytes;  /* of remembered properties and collected values */
    bool profile;
    bool has_deleted; /* something was deleted: entities must be checked before use */
    uint32_t *deleted_nodes;
    size_t deleted_count;
    size_t deleted_capacity;
    struct sg_regex *regexes;
} sg_exec;

typedef struct sg_operator_class {
    const char *name;
    /* Starts or restarts; called before the first next and for each new outer row. */
    sg_status (*open)(sg_operator *op, sg_exec *x);
    sg_step (*next)(sg_operator *op, sg_exec *x);
    void (*close)(sg_operator *op); /* may be NULL */
    void (*describe)(const sg_operator *op, const sg_query *query,
                     sg_strbuf *out); /* may be NULL */
} sg_operator_class;

struct sg_operator {
    const sg_operator_class *class;
    sg_operator *input;
    sg_operator *sub;  /* inner plan run per row (OPTIONAL MATCH, MERGE), or second input */
    sg_operator *next; /* list of all operators */
    sg_arena *scratch; /* made when first used */
    uint64_t rows;
    uint64_t nanos;
    double estimate; /* rows expected, < 0 unknown */
    size_t heap_bytes;
};

/* ---- operators ---- */

/* Allocates an operator struct of `size` whose first member is sg_operator. */
void *sg_operator_new(sg_query *query, const sg_operator_class *class, sg_operator *input,
                      size_t size);
sg_status sg_operator_open(sg_operator *op, sg_exec *x);
void sg_operators_close(sg_operator *first);
/* The scratch arena, emptied. */
sg_arena *sg_scratch_reset(sg_operator *op);
/* Looks at time, memory and the stop flag. */
sg_status sg_exec_check(sg_exec *x);
sg_step sg_operator_next_profiled(sg_operator *op, sg_exec *x);

static inline sg_step sg_operator_next(sg_operator *op, sg_exec *x)
{
    if (--x->countdown == 0 && sg_exec_check(x) != SG_OK)
        return SG_STEP_FAIL;
    if (x->profile)
        return sg_operator_next_profiled(op, x);
    return op->class->next(op, x);
}

/* For loops inside an operator. */
static inline bool sg_exec_tick(sg_exec *x)
{
    return --x->countdown != 0 || sg_exec_check(x) == SG_OK;
}

/* ---- expressions ---- */
SG_MUST_CHECK sg_status sg_eval(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out);
/* A predicate: *out is whether it is true (not false, not null). */
SG_MUST_CHECK sg_status sg_eval_predicate(sg_exec *x, const sg_expr *expr, sg_arena *arena,
                                          bool *out);
/* `kind` is SG_EX_EQUAL to SG_EX_GREATER_EQUAL. */
static inline bool sg_compare_integers(uint8_t kind, int64_t a, int64_t b)
{
    switch (kind) {
    case SG_EX_EQUAL:
        return a == b;
    case SG_EX_NOT_EQUAL:
        return a != b;
    case SG_EX_LESS:
        return a < b;
    case SG_EX_LESS_EQUAL:
        return a <= b;
    case SG_EX_GREATER:
        return a > b;
    default:
        return a >= b;
    }
}
SG_MUST_CHECK sg_status sg_eval_regex(sg_exec *x, const sg_expr *expr, sg_value text,
                                      sg_value pattern, sg_value *out);
void sg_regexes_free(struct sg_regex *regexes);
/* Records a failure at run time. */
sg_status sg_exec_fail(sg_exec *x, const char *type, const char *detail, const sg_expr *expr,
                       const char *format, ...) SG_PRINTF(5, 6);
/* Turns the fault that a value function reported into the query's problem. */
sg_status sg_exec_fault(sg_exec *x, const sg_fault *fault, const sg_expr *expr);
/* False, with the failure recorded, if the entity was deleted in this query. */
bool sg_exec_entity_exists(sg_exec *x, sg_value v, const sg_expr *expr);

/* ---- rows kept by sorting, grouping, eager operators ---- */
typedef struct sg_row_store {
    const uint32_t *slots;
    uint32_t slot_count;
    sg_value *cells;
    size_t count; /* rows */
    size_t capacity;
    sg_arena *arena; /* what cells point to */
} sg_row_store;

void sg_row_store_init(sg_row_store *store, const uint32_t *slots, uint32_t slot_count);
void sg_row_store_reset(sg_row_store *store);
void sg_row_store_clear(sg_row_store *store);
void sg_row_store_add(sg_row_store *store, const sg_exec *x);
void sg_row_store_load(const sg_row_store *store, size_t row, sg_exec *x);
size_t sg_row_store_bytes(const sg_row_store *store);

/* ---- constructors ---- */
typedef struct sg_projected {
    sg_expr *expr;
    uint32_t slot;
} sg_projected;

sg_operator *sg_op_argument(sg_query *query);
sg_operator *sg_op_scan(sg_query *query, sg_operator *input, uint32_t slot, sg_symbol label,
                        sg_name variable);
sg_operator *sg_op_lookup(sg_query *query, sg_operator *input, uint32_t slot, sg_symbol label,
                          sg_symbol key, sg_expr *value, sg_name variable);
sg_operator *sg_op_filter(sg_query *query, sg_operator *input, sg_expr *predicate);
sg_operator *sg_op_not_null(sg_query *query, sg_operator *input, uint32_t slot, uint8_t type);
sg_operator *sg_op_project(sg_query *query, sg_operator *input, sg_projected *items,
                           uint32_t count);
sg_operator *sg_op_unwind(sg_query *query, sg_operator *input, sg_expr *list, uint32_t slot);
sg_operator *sg_op_optional(sg_query *query, sg_operator *input, sg_operator *sub,
                            const uint32_t *new_slots, uint32_t count);
sg_operator *sg_op_eager(sg_query *query, sg_operator *input, const uint32_t *slots,
                         uint32_t count);
sg_operator *sg_op_distinct(sg_query *query, sg_operator *input, const uint32_t *slots,
                            uint32_t count);
sg_operator *sg_op_limit(sg_query *query, sg_operator *input, sg_expr *skip, sg_expr *limit);
sg_operator *sg_op_sort(sg_query *query, sg_operator *input, const sg_item *order,
                        uint32_t order_count, const uint32_t *slots, uint32_t slot_count,
                        sg_expr *skip, sg_expr *limit);
sg_operator *sg_op_aggregate(sg_query *query, sg_operator *input, const sg_projected *keys,
                             uint32_t key_count, sg_expr **aggregates, uint32_t aggregate_count);
sg_operator *sg_op_union(sg_query *query, sg_operator *left, sg_operator *right);
/* The rows of `sub`, which depend on `keys` only and set `slots`, for each input row. */
sg_operator *sg_op_memo(sg_query *query, sg_operator *input, sg_operator *sub, const uint32_t *keys,
                        uint32_t key_count, const uint32_t *slots, uint32_t slot_count);
sg_operator *sg_op_call(sg_query *query, sg_operator *input, const sg_clause *clause);

/* How one relationship pattern is walked. */
typedef struct sg_hop {
    uint32_t from;
    uint32_t to;
    uint32_t rel;  /* slot of the relationship, or of the list of a variable length */
    bool into;     /* `to` is known */
    bool reversed; /* walked from right to left */
    sg_direction direction;
    sg_symbol *types;
    uint32_t type_count; /* 0: any */
    bool no_type;        /* none of the named types exists */
    int64_t min;
    int64_t max;            /* INT64_MAX: no bound */
    sg_expr *properties;    /* of every relationship of a variable length, or NULL */
    const uint32_t *others; /* relationship slots of the same MATCH that must differ */
    uint32_t other_count;
    bool ends_only;      /* nobody asks for the relationship nor for how often an end comes */
    sg_expr *type_value; /* type(r) = this, or NULL */
    sg_symbol *allowed;  /* with type_value: the types of the pattern */
    uint32_t allowed_count;
    const sg_rel_pattern *pattern;
    sg_name from_name;
    sg_name to_name;
} sg_hop;

sg_operator *sg_op_expand(sg_query *query, sg_operator *input, const sg_hop *hop);
sg_operator *sg_op_bound_rel(sg_query *query, sg_operator *input, const sg_hop *hop,
                             bool from_known);
/* The distinct ends of a path of variable length, where sg_reach_can(). */
bool sg_reach_can(const sg_hop *hop);
sg_operator *sg_op_reach(sg_query *query, sg_operator *input, const sg_hop *hop);
sg_operator *sg_op_var_expand(sg_query *query, sg_operator *input, const sg_hop *hop);
sg_operator *sg_op_bound_list(sg_query *query, sg_operator *input, const sg_hop *hop);
sg_operator *sg_op_shortest(sg_query *query, sg_operator *input, const sg_hop *hop, bool all,
                            uint32_t path_slot);
sg_operator *sg_op_path(sg_query *query, sg_operator *input, const sg_path_pattern *path);
void sg_hop_describe(const sg_hop *hop, sg_strbuf *out);
/* [:T* {year: 1988}]: does a relationship have the properties that the hop asks of every one?
 * Empties the scratch arena of `op`. */
sg_status sg_hop_fits(const sg_hop *hop, sg_operator *op, sg_exec *x, uint32_t rel, bool *fits_out);

sg_operator *sg_op_create(sg_query *query, sg_operator *input, const sg_pattern *pattern);
sg_operator *sg_op_merge(sg_query *query, sg_operator *input, sg_operator *sub,
                         const sg_clause *clause);
sg_operator *sg_op_set(sg_query *query, sg_operator *input, const sg_clause *clause);
sg_operator *sg_op_delete(sg_query *query, sg_operator *input, const sg_clause *clause);

/* Shared by CREATE and MERGE, and by SET and MERGE. */
SG_MUST_CHECK sg_status sg_create_pattern(sg_exec *x, const sg_pattern *pattern, sg_arena *arena,
                                          bool merging);
SG_MUST_CHECK sg_status sg_apply_set(sg_exec *x, const sg_set_item *item, sg_arena *arena);

/* Evaluates the count of SKIP or LIMIT; `fallback` without expression. */
SG_MUST_CHECK sg_status sg_eval_amount(sg_exec *x, const sg_expr *expr, const char *word,
                                       int64_t fallback, int64_t *out);

/* The entity a pattern element stands for as a path, into `arena`. */
sg_value sg_build_path(sg_exec *x, const sg_path_pattern *pattern, sg_arena *arena);

/* ---- plan.c ---- */
sg_operator *sg_plan_query(sg_query *query, sg_query_ast *ast);

#endif
