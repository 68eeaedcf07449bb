/* Operators that pass rows on one by one: filters, projections, UNWIND, SKIP and LIMIT, UNION. */

#include "fused.h"
#include "runtime.h"

static void describe_expr(const sg_expr *expr, const sg_query *query, sg_strbuf *out)
{
    if (expr->end > expr->offset)
        sg_strbuf_append(out, query->text + expr->offset, expr->end - expr->offset);
    else if (expr->name.text != NULL)
        sg_strbuf_append(out, expr->name.text, expr->name.len);
}

/* ---- Filter ---- */

typedef struct filter_op {
    sg_operator base;
    sg_expr *predicate;
} filter_op;

static sg_step filter_next(sg_operator *op, sg_exec *x)
{
    const filter_op *self = (const filter_op *) op;

    for (;;) {
        bool holds;
        sg_step step = sg_operator_next(op->input, x);

        if (step != SG_STEP_ROW)
            return step;
        if (sg_eval_predicate(x, self->predicate, sg_scratch_reset(op), &holds) != SG_OK)
            return SG_STEP_FAIL;
        if (holds)
            return SG_STEP_ROW;
    }
}

static void filter_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const sg_expr *predicate = ((const filter_op *) op)->predicate;

    if (predicate->kind == SG_EX_HAS_LABELS && predicate->end == predicate->offset) {
        describe_expr(predicate->child[0], query, out);
        for (uint32_t i = 0; i < predicate->name_count; i++)
            sg_strbuf_printf(out, ":%.*s", (int) predicate->names[i].len, predicate->names[i].text);
    } else if (predicate->kind == SG_EX_EQUAL && predicate->end == predicate->offset) {
        const sg_expr *property = predicate->child[0];

        describe_expr(property->child[0], query, out);
        sg_strbuf_printf(out, ".%.*s = ", (int) property->name.len, property->name.text);
        describe_expr(predicate->child[1], query, out);
    } else {
        describe_expr(predicate, query, out);
    }
}

static const sg_operator_class filter_class = { "Filter", NULL, filter_next, NULL,
                                                filter_describe };

sg_operator *sg_op_filter(sg_query *query, sg_operator *input, sg_expr *predicate)
{
    filter_op *self = sg_operator_new(query, &filter_class, input, sizeof *self);

    self->predicate = predicate;
    return &self->base;
}

/* ---- NotNull: a bound node of a pattern must be one ---- */

typedef struct not_null_op {
    sg_operator base;
    uint32_t slot;
    uint8_t type;
} not_null_op;

static sg_step not_null_next(sg_operator *op, sg_exec *x)
{
    const not_null_op *self = (const not_null_op *) op;
    sg_step step;

    do
        step = sg_operator_next(op->input, x);
    while (step == SG_STEP_ROW && x->row[self->slot].type != self->type);
    return step;
}

static const sg_operator_class not_null_class = { "IsEntity", NULL, not_null_next, NULL, NULL };

sg_operator *sg_op_not_null(sg_query *query, sg_operator *input, uint32_t slot, uint8_t type)
{
    not_null_op *self = sg_operator_new(query, &not_null_class, input, sizeof *self);

    self->slot = slot;
    self->type = type;
    return &self->base;
}

/* ---- Project ---- */

typedef struct project_op {
    sg_operator base;
    sg_projected *items;
    uint32_t count;
} project_op;

static sg_step project_next(sg_operator *op, sg_exec *x)
{
    const project_op *self = (const project_op *) op;
    sg_step step = sg_operator_next(op->input, x);
    sg_arena *arena;

    if (step != SG_STEP_ROW)
        return step;
    arena = sg_scratch_reset(op);
    for (uint32_t i = 0; i < self->count; i++) {
        if (sg_eval(x, self->items[i].expr, arena, &x->row[self->items[i].slot]) != SG_OK)
            return SG_STEP_FAIL;
    }
    return SG_STEP_ROW;
}

static void project_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const project_op *self = (const project_op *) op;

    for (uint32_t i = 0; i < self->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        describe_expr(self->items[i].expr, query, out);
    }
}

static const sg_operator_class project_class = { "Project", NULL, project_next, NULL,
                                                 project_describe };

sg_operator *sg_op_project(sg_query *query, sg_operator *input, sg_projected *items, uint32_t count)
{
    project_op *self = sg_operator_new(query, &project_class, input, sizeof *self);

    self->items = items;
    self->count = count;
    return &self->base;
}

/* ---- Unwind ---- */

typedef struct unwind_op {
    sg_operator base;
    sg_expr *list;
    uint32_t slot;
    sg_value single;
    const sg_value *items;
    size_t count;
    size_t at;
    /* UNWIND range(...) counts instead of making the list. */
    bool counts;
    int64_t number;
    int64_t step;
} unwind_op;

static sg_status unwind_open(sg_operator *op, sg_exec *x)
{
    unwind_op *self = (unwind_op *) op;

    (void) x;
    self->count = 0;
    self->at = 0;
    self->counts = false;
    return SG_OK;
}

/* Starts counting if the list is range() of integers; other arguments are left to range() itself,
 * which knows what to say about them. */
static sg_status start_counting(unwind_op *self, sg_exec *x)
{
    sg_value args[3] = { { 0 }, { 0 }, { 0 } };
    uint64_t span;

    self->counts = false;
    args[2] = sg_value_integer(1);
    if (self->list->kind != SG_EX_FUNCTION || !sg_name_is(self->list->name, "range"))
        return SG_OK;
    for (uint32_t i = 0; i < self->list->count; i++) {
        if (sg_eval(x, self->list->child[i], sg_scratch_reset(&self->base), &args[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    if (args[0].type != SG_INTEGER || args[1].type != SG_INTEGER || args[2].type != SG_INTEGER ||
        args[2].as.integer == 0 || args[2].as.integer == INT64_MIN)
        return SG_OK;
    self->counts = true;
    self->number = args[0].as.integer;
    self->step = args[2].as.integer;
    self->at = 0;
    self->count = 0;
    if (self->step > 0 ? self->number > args[1].as.integer : self->number < args[1].as.integer)
        return SG_OK;
    span = self->step > 0 ? (uint64_t) args[1].as.integer - (uint64_t) self->number
                          : (uint64_t) self->number - (uint64_t) args[1].as.integer;
    span /= (uint64_t) (self->step > 0 ? self->step : -self->step);
    self->count = span == UINT64_MAX ? SIZE_MAX : (size_t) span + 1;
    return SG_OK;
}

static sg_step unwind_next(sg_operator *op, sg_exec *x)
{
    unwind_op *self = (unwind_op *) op;

    while (self->at >= self->count) {
        sg_step step = sg_operator_next(op->input, x);
        sg_value v;

        if (step != SG_STEP_ROW)
            return step;
        if (start_counting(self, x) != SG_OK)
            return SG_STEP_FAIL;
        if (self->counts)
            continue;
        if (sg_eval(x, self->list, sg_scratch_reset(op), &v) != SG_OK)
            return SG_STEP_FAIL;
        self->at = 0;
        self->single = v;
        self->items = v.type == SG_LIST ? v.as.list->items : &self->single;
        self->count = v.type == SG_LIST ? v.as.list->count : v.type == SG_NULL ? 0 : 1;
    }
    if (self->counts) {
        uint64_t offset = (uint64_t) self->at++ * (uint64_t) self->step;

        x->row[self->slot] = sg_value_integer((int64_t) ((uint64_t) self->number + offset));
    } else {
        x->row[self->slot] = self->items[self->at++];
    }
    return SG_STEP_ROW;
}

static void unwind_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    describe_expr(((const unwind_op *) op)->list, query, out);
}

static const sg_operator_class unwind_class = { "Unwind", unwind_open, unwind_next, NULL,
                                                unwind_describe };

sg_operator *sg_op_unwind(sg_query *query, sg_operator *input, sg_expr *list, uint32_t slot)
{
    unwind_op *self = sg_operator_new(query, &unwind_class, input, sizeof *self);

    self->list = list;
    self->slot = slot;
    return &self->base;
}

/* ---- Limit: SKIP and LIMIT ---- */

typedef struct limit_op {
    sg_operator base;
    sg_expr *skip;
    sg_expr *limit;
    int64_t to_skip;
    int64_t left;
    bool drained;
} limit_op;

static sg_status limit_open(sg_operator *op, sg_exec *x)
{
    limit_op *self = (limit_op *) op;
    sg_status status = sg_eval_amount(x, self->skip, "SKIP", 0, &self->to_skip);

    self->drained = false;
    if (status != SG_OK)
        return status;
    return sg_eval_amount(x, self->limit, "LIMIT", INT64_MAX, &self->left);
}

static sg_step limit_next(sg_operator *op, sg_exec *x)
{
    limit_op *self = (limit_op *) op;
    sg_step step;

    if (self->left == 0) {
        /* LIMIT 0 still writes: below a write is an Eager, which does all at its first row */
        if (x->query->writes && !self->drained && sg_operator_next(op->input, x) == SG_STEP_FAIL)
            return SG_STEP_FAIL;
        self->drained = true;
        return SG_STEP_END;
    }
    while (self->to_skip > 0) {
        step = sg_operator_next(op->input, x);
        if (step != SG_STEP_ROW)
            return step;
        self->to_skip--;
    }
    step = sg_operator_next(op->input, x);
    if (step == SG_STEP_ROW)
        self->left--;
    return step;
}

static void limit_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const limit_op *self = (const limit_op *) op;

    if (self->skip != NULL) {
        sg_strbuf_puts(out, "skip ");
        describe_expr(self->skip, query, out);
    }
    if (self->limit != NULL) {
        sg_strbuf_puts(out, self->skip != NULL ? ", limit " : "limit ");
        describe_expr(self->limit, query, out);
    }
}

static const sg_operator_class limit_class = { "Limit", limit_open, limit_next, NULL,
                                               limit_describe };

sg_operator *sg_op_limit(sg_query *query, sg_operator *input, sg_expr *skip, sg_expr *limit)
{
    limit_op *self = sg_operator_new(query, &limit_class, input, sizeof *self);

    self->skip = skip;
    self->limit = limit;
    return &self->base;
}

/* ---- Union: the rows of one input, then those of the other ---- */

typedef struct union_op {
    sg_operator base;
    bool second;
} union_op;

static sg_status union_open(sg_operator *op, sg_exec *x)
{
    ((union_op *) op)->second = false;
    return sg_operator_open(op->sub, x);
}

static sg_step union_next(sg_operator *op, sg_exec *x)
{
    union_op *self = (union_op *) op;

    if (!self->second) {
        sg_step step = sg_operator_next(op->input, x);

        if (step != SG_STEP_END)
            return step;
        self->second = true;
    }
    return sg_operator_next(op->sub, x);
}

static const sg_operator_class union_class = { "Union", union_open, union_next, NULL, NULL };

sg_operator *sg_op_union(sg_query *query, sg_operator *left, sg_operator *right)
{
    sg_operator *op = sg_operator_new(query, &union_class, left, sizeof(union_op));

    op->sub = right;
    return op;
}

/* ---- Optional: the rows of the inner plan, or one with nulls ---- */

typedef struct optional_op {
    sg_operator base;
    const uint32_t *slots;
    uint32_t count;
    bool active;
} optional_op;

static sg_status optional_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((optional_op *) op)->active = false;
    return SG_OK;
}

static sg_step optional_next(sg_operator *op, sg_exec *x)
{
    optional_op *self = (optional_op *) op;
    sg_step step;

    if (self->active) {
        step = sg_operator_next(op->sub, x);
        if (step != SG_STEP_END)
            return step;
        self->active = false;
    }
    step = sg_operator_next(op->input, x);
    if (step != SG_STEP_ROW)
        return step;
    if (sg_operator_open(op->sub, x) != SG_OK)
        return SG_STEP_FAIL;
    step = sg_operator_next(op->sub, x);
    if (step != SG_STEP_END) {
        self->active = true;
        return step;
    }
    for (uint32_t i = 0; i < self->count; i++)
        x->row[self->slots[i]] = sg_value_null();
    return SG_STEP_ROW;
}

static const sg_operator_class optional_class = { "Optional", optional_open, optional_next, NULL,
                                                  NULL };

sg_operator *sg_op_optional(sg_query *query, sg_operator *input, sg_operator *sub,
                            const uint32_t *new_slots, uint32_t count)
{
    optional_op *self = sg_operator_new(query, &optional_class, input, sizeof *self);

    self->base.sub = sub;
    self->slots = new_slots;
    self->count = count;
    return &self->base;
}

/* ---- shapes, for the fusing ---- */

sg_expr *sg_op_filter_shape(const sg_operator *op)
{
    return op->class == &filter_class ? ((const filter_op *) op)->predicate : NULL;
}

bool sg_op_project_shape(const sg_operator *op, const sg_projected **items_out, uint32_t *count_out)
{
    const project_op *self = (const project_op *) op;

    if (op->class != &project_class)
        return false;
    *items_out = self->items;
    *count_out = self->count;
    return true;
}
