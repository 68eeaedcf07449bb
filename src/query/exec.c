/* What all operators share: life cycle, limits, failures, and kept rows. */

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime.h"

/* Steps between two looks at the clock. */
#define STEPS_BETWEEN_CHECKS 4096

/* ---- life cycle ---- */

void *sg_operator_new(sg_query *query, const sg_operator_class *class, sg_operator *input,
                      size_t size)
{
    sg_operator *op = sg_arena_calloc(query->arena, 1, size);

    op->class = class;
    op->input = input;
    op->estimate = -1;
    op->next = query->operators;
    query->operators = op;
    return op;
}

sg_status sg_operator_open(sg_operator *op, sg_exec *x)
{
    if (op->input != NULL) {
        sg_status status = sg_operator_open(op->input, x);

        if (status != SG_OK)
            return status;
    }
    return op->class->open != NULL ? op->class->open(op, x) : SG_OK;
}

void sg_operators_close(sg_operator *first)
{
    for (sg_operator *op = first; op != NULL; op = op->next) {
        if (op->class->close != NULL)
            op->class->close(op);
        sg_arena_free(op->scratch);
        op->scratch = NULL;
    }
}

sg_arena *sg_scratch_reset(sg_operator *op)
{
    if (op->scratch == NULL)
        op->scratch = sg_arena_new();
    else if (sg_arena_used(op->scratch) > 0)
        sg_arena_reset(op->scratch);
    return op->scratch;
}

/* ---- limits ---- */

static int64_t now(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
}

sg_status sg_exec_check(sg_exec *x)
{
    const struct sg_query_options *options = x->query->options;
    size_t used = x->heap_bytes + x->kept_bytes;

    x->countdown = STEPS_BETWEEN_CHECKS;
    if (x->query->failed)
        return SG_ERR_QUERY;
    if (options->stop != NULL && *options->stop != 0) {
        x->query->failed = true;
        return sg_error_set(x->query->err, SG_ERR_INTERRUPTED,
                            "the query was interrupted; nothing was changed");
    }
    if (x->deadline != 0 && now() > x->deadline) {
        x->query->failed = true;
        sg_error_set(x->query->err, SG_ERR_LIMIT,
                     "the query ran longer than %lld ms and was stopped; nothing was changed",
                     (long long) options->timeout_ms);
        sg_error_hint(x->query->err, "give it more time with --timeout");
        return SG_ERR_LIMIT;
    }
    if (options->max_memory == 0)
        return SG_OK;
    for (const sg_operator *op = x->query->operators; op != NULL; op = op->next)
        used += op->heap_bytes + (op->scratch != NULL ? sg_arena_used(op->scratch) : 0);
    if (used > options->max_memory) {
        x->query->failed = true;
        sg_error_set(x->query->err, SG_ERR_LIMIT,
                     "the query needs more than %zu MB of memory and was stopped; nothing was "
                     "changed",
                     options->max_memory >> 20);
        sg_error_hint(x->query->err, "allow more with --max-memory, or bound the patterns");
        return SG_ERR_LIMIT;
    }
    return SG_OK;
}

sg_step sg_operator_next_profiled(sg_operator *op, sg_exec *x)
{
    int64_t start = now();
    sg_step step = op->class->next(op, x);

    op->nanos += (uint64_t) (now() - start);
    op->rows += step == SG_STEP_ROW;
    return step;
}

/* ---- failures ---- */

sg_status sg_exec_fail(sg_exec *x, const char *type, const char *detail, const sg_expr *expr,
                       const char *format, ...)
{
    va_list args;
    char message[400];

    va_start(args, format);
    (void) vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return sg_query_fail(x->query, type, SG_RUNTIME, detail, expr != NULL ? expr->offset : SIZE_MAX,
                         "%s", message);
}

sg_status sg_exec_fault(sg_exec *x, const sg_fault *fault, const sg_expr *expr)
{
    return sg_query_fail(x->query, fault->type != NULL ? fault->type : "RuntimeError", SG_RUNTIME,
                         fault->detail != NULL ? fault->detail : "Unknown",
                         expr != NULL ? expr->offset : SIZE_MAX, "the function failed");
}

bool sg_exec_entity_exists(sg_exec *x, sg_value v, const sg_expr *expr)
{
    if ((v.type == SG_NODE && !sg_graph_node_exists(x->graph, v.as.entity)) ||
        (v.type == SG_RELATIONSHIP && !sg_graph_rel_exists(x->graph, v.as.entity))) {
        (void) sg_exec_fail(x, "EntityNotFound", "DeletedEntityAccess", expr,
                            "this %s was deleted by the same query",
                            v.type == SG_NODE ? "node" : "relationship");
        return false;
    }
    return true;
}

/* ---- kept rows ---- */

void sg_row_store_init(sg_row_store *store, const uint32_t *slots, uint32_t slot_count)
{
    memset(store, 0, sizeof *store);
    store->slots = slots;
    store->slot_count = slot_count;
}

void sg_row_store_reset(sg_row_store *store)
{
    store->count = 0;
    if (store->arena != NULL)
        sg_arena_reset(store->arena);
}

void sg_row_store_clear(sg_row_store *store)
{
    sg_free(store->cells);
    sg_arena_free(store->arena);
    store->cells = NULL;
    store->arena = NULL;
    store->count = 0;
    store->capacity = 0;
}

void sg_row_store_add(sg_row_store *store, const sg_exec *x)
{
    sg_value *cells;

    SG_GROW(store->cells, store->capacity, (store->count + 1) * (store->slot_count + 1));
    if (store->arena == NULL)
        store->arena = sg_arena_new();
    cells = store->cells + store->count * store->slot_count;
    for (uint32_t i = 0; i < store->slot_count; i++)
        cells[i] = sg_value_copy(store->arena, x->row[store->slots[i]]);
    store->count++;
}

void sg_row_store_load(const sg_row_store *store, size_t row, sg_exec *x)
{
    const sg_value *cells = store->cells + row * store->slot_count;

    for (uint32_t i = 0; i < store->slot_count; i++)
        x->row[store->slots[i]] = cells[i];
}

size_t sg_row_store_bytes(const sg_row_store *store)
{
    return store->capacity * sizeof(sg_value) +
           (store->arena != NULL ? sg_arena_used(store->arena) : 0);
}

/* ---- SKIP and LIMIT ---- */

sg_status sg_eval_amount(sg_exec *x, const sg_expr *expr, const char *word, int64_t fallback,
                         int64_t *out)
{
    sg_arena *arena;
    sg_value v;
    sg_status status;

    *out = fallback;
    if (expr == NULL)
        return SG_OK;
    arena = sg_arena_new();
    status = sg_eval(x, expr, arena, &v);
    if (status == SG_OK && v.type != SG_INTEGER)
        status = sg_exec_fail(x, "SyntaxError", "InvalidArgumentType", expr,
                              "%s takes an integer, not a value of type %s", word,
                              sg_type_name((sg_type) v.type));
    else if (status == SG_OK && v.as.integer < 0)
        status = sg_exec_fail(x, "SyntaxError", "NegativeIntegerArgument", expr,
                              "%s cannot be negative", word);
    else if (status == SG_OK)
        *out = v.as.integer;
    sg_arena_free(arena);
    return status;
}
