/* Expand: from a known node along one relationship, to a new node or to a known one; and the
 * check of a relationship that is known already. */

#include <string.h>

#include "fused.h"
#include "walk.h"

void sg_hop_describe(const sg_hop *hop, sg_strbuf *out)
{
    const sg_rel_pattern *pattern = hop->pattern;
    sg_direction direction = hop->direction;

    sg_strbuf_printf(out, "(%.*s)%s", (int) hop->from_name.len,
                     hop->from_name.text != NULL ? hop->from_name.text : "",
                     direction == SG_INCOMING ? "<-[" : "-[");
    if (pattern->name.text != NULL)
        sg_strbuf_append(out, pattern->name.text, pattern->name.len);
    for (uint32_t i = 0; i < pattern->type_count; i++)
        sg_strbuf_printf(out, "%s%.*s", i == 0 ? ":" : "|", (int) pattern->types[i].len,
                         pattern->types[i].text);
    if (pattern->variable_length) {
        sg_strbuf_printf(out, "*%lld..", (long long) hop->min);
        if (hop->max != INT64_MAX)
            sg_strbuf_printf(out, "%lld", (long long) hop->max);
    }
    sg_strbuf_printf(out, "%s(%.*s)", direction == SG_OUTGOING ? "]->" : "]-",
                     (int) hop->to_name.len, hop->to_name.text != NULL ? hop->to_name.text : "");
}

sg_status sg_hop_fits(const sg_hop *hop, sg_operator *op, sg_exec *x, uint32_t rel, bool *fits_out)
{
    const sg_expr *map = hop->properties;

    *fits_out = true;
    for (uint32_t i = 0; map != NULL && i < map->count && *fits_out; i++) {
        sg_value wanted;
        sg_value has = sg_value_null();

        if (sg_eval(x, map->child[i], sg_scratch_reset(op), &wanted) != SG_OK)
            return SG_ERR_QUERY;
        if (map->symbols[i] != SG_NO_SYMBOL)
            has = sg_graph_rel_property(x->graph, rel, map->symbols[i]);
        *fits_out = sg_value_equals(has, wanted) == SG_TRUE;
    }
    return SG_OK;
}

static bool list_has(sg_value list, uint32_t rel)
{
    if (list.type != SG_LIST)
        return false;
    for (size_t i = 0; i < list.as.list->count; i++) {
        if (list.as.list->items[i].as.entity == rel)
            return true;
    }
    return false;
}

/* Within one MATCH every relationship is used once. */
static bool is_used(const sg_exec *x, const sg_hop *hop, uint32_t rel)
{
    for (uint32_t i = 0; i < hop->other_count; i++) {
        sg_value other = x->row[hop->others[i]];

        if (other.type == SG_RELATIONSHIP ? other.as.entity == rel : list_has(other, rel))
            return true;
    }
    return false;
}

/* ---- Expand ---- */

typedef struct expand_op {
    sg_operator base;
    sg_hop hop;
    sg_walk walk;
    uint32_t to;   /* expected end when it is known */
    uint32_t last; /* end of the last row: where only ends count, parallel relationships are one */
    sg_symbol wanted_type;
    bool active;
} expand_op;

static sg_status expand_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((expand_op *) op)->active = false;
    return SG_OK;
}

/* type(r) = something that is known: only that type is walked. */
static sg_status restrict_type(expand_op *self, sg_exec *x, bool *possible)
{
    sg_hop *hop = &self->hop;
    sg_value wanted;
    sg_symbol symbol;

    *possible = true;
    if (hop->type_value == NULL)
        return SG_OK;
    if (sg_eval(x, hop->type_value, sg_scratch_reset(&self->base), &wanted) != SG_OK)
        return SG_ERR_QUERY;
    *possible = false;
    if (wanted.type != SG_STRING)
        return SG_OK;
    symbol = sg_graph_symbol_find(x->graph, SG_REL_TYPE, wanted.as.string, wanted.len);
    if (symbol == SG_NO_SYMBOL)
        return SG_OK;
    for (uint32_t i = 0; i < hop->allowed_count && !*possible; i++)
        *possible = hop->allowed[i] == symbol;
    if (hop->allowed_count == 0)
        *possible = true;
    self->wanted_type = symbol;
    hop->types = &self->wanted_type;
    hop->type_count = 1;
    return SG_OK;
}

/* Takes the next input row whose known ends are nodes. */
static sg_step expand_pull(expand_op *self, sg_exec *x)
{
    for (;;) {
        sg_step step = sg_operator_next(self->base.input, x);
        sg_value from;
        bool possible;

        if (step != SG_STEP_ROW)
            return step;
        from = x->row[self->hop.from];
        if (from.type != SG_NODE || self->hop.no_type)
            continue;
        if (self->hop.into) {
            if (x->row[self->hop.to].type != SG_NODE)
                continue;
            self->to = x->row[self->hop.to].as.entity;
        }
        if (restrict_type(self, x, &possible) != SG_OK)
            return SG_STEP_FAIL;
        if (!possible)
            continue;
        sg_walk_start(&self->walk, x->graph, &self->hop, from.as.entity, self->hop.direction);
        self->last = SG_NO_ENTITY;
        self->active = true;
        return SG_STEP_ROW;
    }
}

static sg_step expand_next(sg_operator *op, sg_exec *x)
{
    expand_op *self = (expand_op *) op;
    const sg_hop *hop = &self->hop;
    sg_walk *walk = &self->walk;

    for (;;) {
        if (!self->active) {
            sg_step step = expand_pull(self, x);

            if (step != SG_STEP_ROW)
                return step;
        }
        while (sg_walk_next(walk)) {
            if (!sg_exec_tick(x))
                return SG_STEP_FAIL;
            if (hop->into && walk->other != self->to) {
                /* spans are in order of the other end */
                if (walk->other > self->to)
                    walk->at = walk->span.count;
                else
                    sg_walk_seek(walk, self->to);
                continue;
            }
            if (hop->ends_only) {
                if (walk->other == self->last)
                    continue;
                self->last = walk->other;
            } else {
                if (hop->other_count > 0 && is_used(x, hop, walk->rel))
                    continue;
                x->row[hop->rel] = sg_value_relationship(walk->rel);
            }
            if (!hop->into)
                x->row[hop->to] = sg_value_node(walk->other);
            else if (hop->ends_only)
                self->active = false;
            return SG_STEP_ROW;
        }
        self->active = false;
    }
}

static void expand_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_hop_describe(&((const expand_op *) op)->hop, out);
}

static const sg_operator_class expand_class = { "Expand", expand_open, expand_next, NULL,
                                                expand_describe };
static const sg_operator_class expand_into_class = { "ExpandInto", expand_open, expand_next, NULL,
                                                     expand_describe };

sg_operator *sg_op_expand(sg_query *query, sg_operator *input, const sg_hop *hop)
{
    expand_op *self =
        sg_operator_new(query, hop->into ? &expand_into_class : &expand_class, input, sizeof *self);

    self->hop = *hop;
    return &self->base;
}

/* ---- RelEnds: the relationship is known, its ends become known ---- */

typedef struct bound_rel_op {
    sg_operator base;
    sg_hop hop;
    bool from_known;
    unsigned tried; /* directions tried for the row: 0, 1, 2 */
} bound_rel_op;

static sg_status bound_rel_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((bound_rel_op *) op)->tried = 2;
    return SG_OK;
}

static bool type_fits(const sg_hop *hop, sg_symbol type)
{
    for (uint32_t i = 0; i < hop->type_count; i++) {
        if (hop->types[i] == type)
            return true;
    }
    return hop->type_count == 0 && !hop->no_type;
}

static bool set_end(sg_exec *x, uint32_t slot, bool known, uint32_t node)
{
    if (known)
        return x->row[slot].type == SG_NODE && x->row[slot].as.entity == node;
    x->row[slot] = sg_value_node(node);
    return true;
}

static sg_step bound_rel_next(sg_operator *op, sg_exec *x)
{
    bound_rel_op *self = (bound_rel_op *) op;
    const sg_hop *hop = &self->hop;

    for (;;) {
        uint32_t rel;
        uint32_t ends[2];
        bool forward;

        if (self->tried >= 2) {
            sg_step step = sg_operator_next(op->input, x);

            if (step != SG_STEP_ROW)
                return step;
            self->tried = 0;
        }
        forward = self->tried++ == 0;
        if (x->row[hop->rel].type != SG_RELATIONSHIP)
            continue;
        rel = x->row[hop->rel].as.entity;
        ends[0] = sg_graph_rel_source(x->graph, rel);
        ends[1] = sg_graph_rel_target(x->graph, rel);
        if (!type_fits(hop, sg_graph_rel_type(x->graph, rel)) || is_used(x, hop, rel) ||
            (forward && hop->direction == SG_INCOMING) ||
            (!forward && hop->direction == SG_OUTGOING) ||
            (!forward && hop->direction == SG_BOTH && ends[0] == ends[1]))
            continue;
        if (set_end(x, hop->from, self->from_known, ends[forward ? 0 : 1]) &&
            set_end(x, hop->to, hop->into, ends[forward ? 1 : 0]))
            return SG_STEP_ROW;
    }
}

static void bound_rel_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_hop_describe(&((const bound_rel_op *) op)->hop, out);
}

static const sg_operator_class bound_rel_class = { "RelEnds", bound_rel_open, bound_rel_next, NULL,
                                                   bound_rel_describe };

sg_operator *sg_op_bound_rel(sg_query *query, sg_operator *input, const sg_hop *hop,
                             bool from_known)
{
    bound_rel_op *self = sg_operator_new(query, &bound_rel_class, input, sizeof *self);

    self->hop = *hop;
    self->from_known = from_known;
    return &self->base;
}

const sg_hop *sg_op_expand_shape(const sg_operator *op)
{
    return op->class == &expand_class || op->class == &expand_into_class
               ? &((const expand_op *) op)->hop
               : NULL;
}
