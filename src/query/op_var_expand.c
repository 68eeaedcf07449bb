/* VarExpand: paths of variable length from a known node, depth first. A path uses a relationship
 * once (trail), which bounds it also without an upper bound; the number of paths can still be
 * exponential, so limits are looked at on the way. */

#include <string.h>

#include "fused.h"
#include "walk.h"

typedef struct level {
    sg_walk walk;
    uint32_t rel; /* taken from where the level starts */
} level;

typedef struct var_expand_op {
    sg_operator base;
    sg_hop hop;
    level *levels;
    size_t capacity;
    size_t depth; /* relationships in the current path */
    uint32_t to;
    bool active;
    bool emit_start; /* the path of length 0 is still to come */
} var_expand_op;

static sg_status var_expand_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((var_expand_op *) op)->active = false;
    return SG_OK;
}

/* Opens the level of relationships that leave `node`. */
static void push_level(var_expand_op *self, const sg_exec *x, uint32_t node)
{
    SG_GROW(self->levels, self->capacity, self->depth + 1);
    self->base.heap_bytes = self->capacity * sizeof *self->levels;
    sg_walk_start(&self->levels[self->depth].walk, x->graph, &self->hop, node, self->hop.direction);
}

static bool is_used(const var_expand_op *self, const sg_exec *x, uint32_t rel)
{
    for (size_t i = 0; i < self->depth; i++) {
        if (self->levels[i].rel == rel)
            return true;
    }
    for (uint32_t i = 0; i < self->hop.other_count; i++) {
        sg_value other = x->row[self->hop.others[i]];

        if (other.type == SG_RELATIONSHIP && other.as.entity == rel)
            return true;
        for (size_t k = 0; other.type == SG_LIST && k < other.as.list->count; k++) {
            if (other.as.list->items[k].as.entity == rel)
                return true;
        }
    }
    return false;
}

static void emit(var_expand_op *self, sg_exec *x, uint32_t node)
{
    sg_arena *arena = sg_scratch_reset(&self->base);
    sg_list *list = sg_arena_alloc(arena, sizeof *list);
    sg_value value = sg_value_null();

    list->count = self->depth;
    list->items = sg_arena_alloc(arena, (self->depth + 1) * sizeof(sg_value));
    for (size_t i = 0; i < self->depth; i++) {
        size_t from = self->hop.reversed ? self->depth - 1 - i : i;

        list->items[i] = sg_value_relationship(self->levels[from].rel);
    }
    value.type = SG_LIST;
    value.as.list = list;
    x->row[self->hop.rel] = value;
    if (!self->hop.into)
        x->row[self->hop.to] = sg_value_node(node);
}

static sg_step pull(var_expand_op *self, sg_exec *x)
{
    for (;;) {
        sg_step step = sg_operator_next(self->base.input, x);

        if (step != SG_STEP_ROW)
            return step;
        if (x->row[self->hop.from].type != SG_NODE)
            continue;
        if (self->hop.into) {
            if (x->row[self->hop.to].type != SG_NODE)
                continue;
            self->to = x->row[self->hop.to].as.entity;
        }
        self->depth = 0;
        self->emit_start = self->hop.min == 0;
        self->active = true;
        if (self->hop.max > 0)
            push_level(self, x, x->row[self->hop.from].as.entity);
        return SG_STEP_ROW;
    }
}

/* Moves to the next path: *found is false when the walk is over. */
static sg_status advance(var_expand_op *self, sg_exec *x, uint32_t *node_out, bool *found)
{
    *found = false;
    for (;;) {
        level *at = &self->levels[self->depth];
        bool fits;

        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        if (!sg_walk_next(&at->walk)) {
            if (self->depth == 0)
                return SG_OK;
            self->depth--;
            continue;
        }
        if (is_used(self, x, at->walk.rel))
            continue;
        if (sg_hop_fits(&self->hop, &self->base, x, at->walk.rel, &fits) != SG_OK)
            return SG_ERR_QUERY;
        if (!fits)
            continue;
        at->rel = at->walk.rel;
        *node_out = at->walk.other;
        self->depth++;
        if ((int64_t) self->depth >= self->hop.min) {
            *found = true;
            return SG_OK;
        }
        push_level(self, x, *node_out);
    }
}

static sg_step var_expand_next(sg_operator *op, sg_exec *x)
{
    var_expand_op *self = (var_expand_op *) op;
    uint32_t node;
    bool found;

    for (;;) {
        if (!self->active) {
            sg_step step = pull(self, x);

            if (step != SG_STEP_ROW)
                return step;
        }
        if (self->emit_start) {
            node = x->row[self->hop.from].as.entity;
            self->emit_start = false;
            if (!self->hop.into || node == self->to) {
                emit(self, x, node);
                return SG_STEP_ROW;
            }
        }
        found = false;
        if (self->hop.max > 0 && !self->hop.no_type && advance(self, x, &node, &found) != SG_OK)
            return SG_STEP_FAIL;
        if (!found) {
            self->active = false;
            continue;
        }
        if (!self->hop.into || node == self->to)
            emit(self, x, node);
        /* go deeper next time, or step back when the path is as long as it may be */
        if ((int64_t) self->depth < self->hop.max)
            push_level(self, x, node);
        else
            self->depth--;
        if (!self->hop.into || node == self->to)
            return SG_STEP_ROW;
    }
}

static void var_expand_close(sg_operator *op)
{
    sg_free(((var_expand_op *) op)->levels);
    ((var_expand_op *) op)->levels = NULL;
}

static void var_expand_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_hop_describe(&((const var_expand_op *) op)->hop, out);
}

static const sg_operator_class var_expand_class = { "VarExpand", var_expand_open, var_expand_next,
                                                    var_expand_close, var_expand_describe };

sg_operator *sg_op_var_expand(sg_query *query, sg_operator *input, const sg_hop *hop)
{
    var_expand_op *self = sg_operator_new(query, &var_expand_class, input, sizeof *self);

    self->hop = *hop;
    return &self->base;
}

/* ---- RelList: a known list of relationships must form the path ---- */

typedef struct bound_list_op {
    sg_operator base;
    sg_hop hop;
} bound_list_op;

/* Follows the list from `node`; SG_NO_ENTITY when it is no path in the wanted direction. */
static uint32_t follow(const bound_list_op *self, const sg_exec *x, const sg_list *list,
                       uint32_t node)
{
    for (size_t i = 0; i < list->count; i++) {
        sg_value item = list->items[self->hop.reversed ? list->count - 1 - i : i];
        uint32_t source;
        uint32_t target;

        if (item.type != SG_RELATIONSHIP)
            return SG_NO_ENTITY;
        source = sg_graph_rel_source(x->graph, item.as.entity);
        target = sg_graph_rel_target(x->graph, item.as.entity);
        if (source == node && self->hop.direction != SG_INCOMING)
            node = target;
        else if (target == node && self->hop.direction != SG_OUTGOING)
            node = source;
        else
            return SG_NO_ENTITY;
    }
    return node;
}

static sg_step bound_list_next(sg_operator *op, sg_exec *x)
{
    const bound_list_op *self = (const bound_list_op *) op;
    const sg_hop *hop = &self->hop;

    for (;;) {
        sg_step step = sg_operator_next(op->input, x);
        uint32_t end;

        if (step != SG_STEP_ROW)
            return step;
        if (x->row[hop->from].type != SG_NODE || x->row[hop->rel].type != SG_LIST)
            continue;
        end = follow(self, x, x->row[hop->rel].as.list, x->row[hop->from].as.entity);
        if (end == SG_NO_ENTITY)
            continue;
        if (!hop->into)
            x->row[hop->to] = sg_value_node(end);
        else if (x->row[hop->to].type != SG_NODE || x->row[hop->to].as.entity != end)
            continue;
        return SG_STEP_ROW;
    }
}

static const sg_operator_class bound_list_class = { "RelList", NULL, bound_list_next, NULL, NULL };

sg_operator *sg_op_bound_list(sg_query *query, sg_operator *input, const sg_hop *hop)
{
    bound_list_op *self = sg_operator_new(query, &bound_list_class, input, sizeof *self);

    self->hop = *hop;
    return &self->base;
}

const sg_hop *sg_op_var_expand_shape(const sg_operator *op)
{
    return op->class == &var_expand_class ? &((const var_expand_op *) op)->hop : NULL;
}
