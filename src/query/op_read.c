/* Operators that start rows: the single empty row, scans of nodes, look-ups by property. */

#include <string.h>

#include "fused.h"
#include "runtime.h"

/* ---- Argument: one row, the outer one ---- */

typedef struct argument_op {
    sg_operator base;
    bool done;
} argument_op;

static sg_status argument_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((argument_op *) op)->done = false;
    return SG_OK;
}

static sg_step argument_next(sg_operator *op, sg_exec *x)
{
    argument_op *self = (argument_op *) op;

    (void) x;
    if (self->done)
        return SG_STEP_END;
    self->done = true;
    return SG_STEP_ROW;
}

static const sg_operator_class argument_class = { "Argument", argument_open, argument_next, NULL,
                                                  NULL };

sg_operator *sg_op_argument(sg_query *query)
{
    sg_operator *op = sg_operator_new(query, &argument_class, NULL, sizeof(argument_op));

    op->estimate = 1;
    return op;
}

/* ---- NodeScan: all nodes, or those with a label ---- */

typedef struct scan_op {
    sg_operator base;
    uint32_t slot;
    uint32_t node;
    sg_symbol label;
    bool active; /* in the middle of an input row */
    sg_name variable;
} scan_op;

static sg_status scan_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((scan_op *) op)->active = false;
    return SG_OK;
}

static sg_step scan_next(sg_operator *op, sg_exec *x)
{
    scan_op *self = (scan_op *) op;

    for (;;) {
        if (!self->active) {
            sg_step step = sg_operator_next(op->input, x);

            if (step != SG_STEP_ROW)
                return step;
            self->active = true;
            self->node = SG_NO_ENTITY;
        }
        self->node = sg_graph_node_next(x->graph, self->label, self->node);
        if (self->node != SG_NO_ENTITY) {
            x->row[self->slot] = sg_value_node(self->node);
            return SG_STEP_ROW;
        }
        self->active = false;
    }
}

static void scan_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const scan_op *self = (const scan_op *) op;

    sg_strbuf_printf(out, "(%.*s", (int) self->variable.len,
                     self->variable.text != NULL ? self->variable.text : "");
    if (self->label != SG_NO_SYMBOL)
        sg_strbuf_printf(out, ":%s", sg_graph_symbol_name(query->graph, SG_LABEL, self->label));
    sg_strbuf_putc(out, ')');
}

static const sg_operator_class scan_class = { "NodeScan", scan_open, scan_next, NULL,
                                              scan_describe };

sg_operator *sg_op_scan(sg_query *query, sg_operator *input, uint32_t slot, sg_symbol label,
                        sg_name variable)
{
    scan_op *self = sg_operator_new(query, &scan_class, input, sizeof *self);

    self->slot = slot;
    self->label = label;
    self->variable = variable;
    return &self->base;
}

/* ---- NodeLookup: nodes with a label and a property value ---- */

typedef struct lookup_op {
    sg_operator base;
    uint32_t slot;
    sg_symbol label;
    sg_symbol key;
    sg_expr *value;
    sg_name variable;
    uint32_t *nodes;
    size_t count;
    size_t at;
} lookup_op;

static sg_status lookup_open(sg_operator *op, sg_exec *x)
{
    lookup_op *self = (lookup_op *) op;

    (void) x;
    self->count = 0;
    self->at = 0;
    return SG_OK;
}

static sg_step lookup_next(sg_operator *op, sg_exec *x)
{
    lookup_op *self = (lookup_op *) op;

    while (self->at >= self->count) {
        sg_step step = sg_operator_next(op->input, x);
        sg_arena *arena;
        sg_value value;

        if (step != SG_STEP_ROW)
            return step;
        arena = sg_scratch_reset(op);
        if (sg_eval(x, self->value, arena, &value) != SG_OK)
            return SG_STEP_FAIL;
        self->at = 0;
        self->count = 0;
        if (value.type != SG_NULL && self->key != SG_NO_SYMBOL)
            self->count =
                sg_graph_node_lookup(x->graph, self->label, self->key, value, arena, &self->nodes);
    }
    x->row[self->slot] = sg_value_node(self->nodes[self->at++]);
    return SG_STEP_ROW;
}

static void lookup_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const lookup_op *self = (const lookup_op *) op;

    sg_strbuf_printf(out, "(%.*s", (int) self->variable.len,
                     self->variable.text != NULL ? self->variable.text : "");
    if (self->label != SG_NO_SYMBOL)
        sg_strbuf_printf(out, ":%s", sg_graph_symbol_name(query->graph, SG_LABEL, self->label));
    sg_strbuf_puts(out, " {");
    if (self->key != SG_NO_SYMBOL)
        sg_strbuf_puts(out, sg_graph_symbol_name(query->graph, SG_KEY, self->key));
    sg_strbuf_puts(out, ": ");
    sg_strbuf_append(out, query->text + self->value->offset,
                     self->value->end - self->value->offset);
    sg_strbuf_puts(out, "})");
}

static const sg_operator_class lookup_class = { "NodeLookup", lookup_open, lookup_next, NULL,
                                                lookup_describe };

sg_operator *sg_op_lookup(sg_query *query, sg_operator *input, uint32_t slot, sg_symbol label,
                          sg_symbol key, sg_expr *value, sg_name variable)
{
    lookup_op *self = sg_operator_new(query, &lookup_class, input, sizeof *self);

    self->slot = slot;
    self->label = label;
    self->key = key;
    self->value = value;
    self->variable = variable;
    return &self->base;
}

/* ---- shapes, for the fusing ---- */

bool sg_op_is_argument(const sg_operator *op)
{
    return op->class == &argument_class;
}

bool sg_op_scan_shape(const sg_operator *op, uint32_t *slot_out, sg_symbol *label_out)
{
    const scan_op *self = (const scan_op *) op;

    if (op->class != &scan_class)
        return false;
    *slot_out = self->slot;
    *label_out = self->label;
    return true;
}

bool sg_op_lookup_shape(const sg_operator *op, uint32_t *slot_out, sg_symbol *label_out,
                        sg_symbol *key_out, sg_expr **value_out)
{
    const lookup_op *self = (const lookup_op *) op;

    if (op->class != &lookup_class)
        return false;
    *slot_out = self->slot;
    *label_out = self->label;
    *key_out = self->key;
    *value_out = self->value;
    return true;
}
