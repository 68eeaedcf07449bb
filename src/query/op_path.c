/* Path: the value of a named path, put together from the nodes and relationships matched. */

#include "runtime.h"

typedef struct path_op {
    sg_operator base;
    const sg_path_pattern *path;
} path_op;

static size_t count_rels(const sg_exec *x, const sg_path_pattern *path, bool *is_null)
{
    size_t count = 0;

    *is_null = false;
    for (uint32_t i = 0; i <= path->length; i++) {
        if (x->row[path->nodes[i].slot].type != SG_NODE)
            *is_null = true;
    }
    for (uint32_t i = 0; i < path->length; i++) {
        sg_value rel = x->row[path->rels[i].slot];

        if (rel.type == SG_LIST)
            count += rel.as.list->count;
        else if (rel.type == SG_RELATIONSHIP)
            count++;
        else
            *is_null = true;
    }
    return count;
}

sg_value sg_build_path(sg_exec *x, const sg_path_pattern *pattern, sg_arena *arena)
{
    bool is_null;
    size_t length = count_rels(x, pattern, &is_null);
    uint32_t *nodes;
    uint32_t *rels;
    sg_path *path;
    size_t at = 0;
    sg_value v = sg_value_null();

    if (is_null)
        return v;
    nodes = sg_arena_alloc(arena, (length + 1) * sizeof *nodes);
    rels = sg_arena_alloc(arena, (length + 1) * sizeof *rels);
    path = sg_arena_alloc(arena, sizeof *path);
    nodes[0] = x->row[pattern->nodes[0].slot].as.entity;
    for (uint32_t i = 0; i < pattern->length; i++) {
        sg_value rel = x->row[pattern->rels[i].slot];
        size_t count = rel.type == SG_LIST ? rel.as.list->count : 1;

        for (size_t k = 0; k < count; k++) {
            uint32_t handle = rel.type == SG_LIST ? rel.as.list->items[k].as.entity : rel.as.entity;
            uint32_t source = sg_graph_rel_source(x->graph, handle);

            rels[at] = handle;
            nodes[at + 1] = source == nodes[at] ? sg_graph_rel_target(x->graph, handle) : source;
            at++;
        }
    }
    path->length = length;
    path->nodes = nodes;
    path->rels = rels;
    v.type = SG_PATH;
    v.as.path = path;
    return v;
}

static sg_step path_next(sg_operator *op, sg_exec *x)
{
    const path_op *self = (const path_op *) op;
    sg_step step = sg_operator_next(op->input, x);

    if (step == SG_STEP_ROW)
        x->row[self->path->slot] = sg_build_path(x, self->path, sg_scratch_reset(op));
    return step;
}

static void path_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const path_op *self = (const path_op *) op;

    (void) query;
    if (self->path->name.text != NULL)
        sg_strbuf_append(out, self->path->name.text, self->path->name.len);
}

static const sg_operator_class path_class = { "Path", NULL, path_next, NULL, path_describe };

sg_operator *sg_op_path(sg_query *query, sg_operator *input, const sg_path_pattern *path)
{
    path_op *self = sg_operator_new(query, &path_class, input, sizeof *self);

    self->path = path;
    return &self->base;
}
