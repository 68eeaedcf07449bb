/* Reach: the nodes at the ends of a path of variable length, each once. Where nobody asks for the
 * paths nor for how many lead to a node, a breadth-first search gives the answer without
 * enumerating them: a node that a walk of at most `max` steps reaches is reached by a path of at
 * most as many that repeats no relationship.
 *
 * The start itself is an end if a closed path leads back to it. With directions that is the first
 * step of the search back to the start. Without, it is the shortest cycle through the start: each
 * node remembers by which relationship of the start it was reached (its branch), and a
 * relationship between two branches closes a cycle of length d(u) + d(v) + 1. */

#include <string.h>

#include "walk.h"

typedef struct reach_op {
    sg_operator base;
    sg_hop hop;
    uint32_t *queue;
    size_t count;
    size_t capacity;
    size_t at;
    /* By node: what the search knows; `stamp` says whether it is of this search. */
    uint32_t *stamp;
    uint32_t *parent_rel;
    uint32_t *branch;
    uint8_t *depth;
    uint32_t node_limit;
    uint32_t round;
    bool start_is_end;
    bool active;
    uint32_t to;
} reach_op;

static sg_status reach_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((reach_op *) op)->active = false;
    return SG_OK;
}

static void reserve(reach_op *self, uint32_t limit)
{
    if (limit <= self->node_limit)
        return;
    sg_free(self->stamp);
    self->stamp = sg_calloc(limit, sizeof *self->stamp);
    self->parent_rel = sg_reallocarray(self->parent_rel, limit, sizeof *self->parent_rel);
    self->branch = sg_reallocarray(self->branch, limit, sizeof *self->branch);
    self->depth = sg_reallocarray(self->depth, limit, sizeof *self->depth);
    self->node_limit = limit;
    self->round = 0;
    self->base.heap_bytes = (size_t) limit * 13;
}

static void reach_add(reach_op *self, uint32_t node, uint32_t rel, uint32_t branch, uint8_t depth)
{
    SG_GROW(self->queue, self->capacity, self->count + 1);
    self->queue[self->count++] = node;
    self->stamp[node] = self->round;
    self->parent_rel[node] = rel;
    self->branch[node] = branch;
    self->depth[node] = depth;
}

/* True if this relationship from `node` to a node seen before closes a path through the start. */
static bool closes(const reach_op *self, const sg_walk *walk, uint32_t start)
{
    uint32_t node = walk->node;
    uint32_t other = walk->other;

    if (self->hop.direction != SG_BOTH)
        return other == start;
    if (node != start && walk->rel == self->parent_rel[node])
        return false;
    if (other != start && walk->rel == self->parent_rel[other])
        return false;
    if (node != start && other != start && self->branch[node] == self->branch[other])
        return false;
    if ((node == start || other == start) && node != other &&
        self->branch[node == start ? other : node] == walk->rel)
        return false;
    return (int64_t) self->depth[node] + self->depth[other] + 1 <= self->hop.max;
}

static sg_status search(reach_op *self, sg_exec *x, uint32_t start)
{
    reserve(self, sg_graph_node_limit(x->graph));
    self->round++;
    self->count = 0;
    self->at = 0;
    self->start_is_end = self->hop.min == 0;
    reach_add(self, start, UINT32_MAX, UINT32_MAX, 0);
    for (size_t i = 0; i < self->count && !self->hop.no_type; i++) {
        uint32_t node = self->queue[i];
        sg_walk walk;

        if (self->depth[node] >= self->hop.max)
            break;
        sg_walk_start(&walk, x->graph, &self->hop, node, self->hop.direction);
        while (sg_walk_next(&walk)) {
            if (!sg_exec_tick(x))
                return SG_ERR_QUERY;
            if (self->stamp[walk.other] == self->round)
                self->start_is_end = self->start_is_end || closes(self, &walk, start);
            else
                reach_add(self, walk.other, walk.rel, node == start ? walk.rel : self->branch[node],
                          (uint8_t) (self->depth[node] + 1));
        }
    }
    return SG_OK;
}

static sg_step reach_next(sg_operator *op, sg_exec *x)
{
    reach_op *self = (reach_op *) op;

    for (;;) {
        if (!self->active) {
            sg_step step = sg_operator_next(op->input, x);

            if (step != SG_STEP_ROW)
                return step;
            if (x->row[self->hop.from].type != SG_NODE)
                continue;
            if (search(self, x, x->row[self->hop.from].as.entity) != SG_OK)
                return SG_STEP_FAIL;
            self->active = true;
        }
        while (self->at < self->count) {
            uint32_t node = self->queue[self->at++];

            if (self->at == 1 && !self->start_is_end)
                continue;
            if (!self->hop.into) {
                x->row[self->hop.to] = sg_value_node(node);
                return SG_STEP_ROW;
            }
            if (x->row[self->hop.to].type == SG_NODE && x->row[self->hop.to].as.entity == node) {
                self->active = false;
                return SG_STEP_ROW;
            }
        }
        self->active = false;
    }
}

static void reach_close(sg_operator *op)
{
    reach_op *self = (reach_op *) op;

    sg_free(self->queue);
    sg_free(self->stamp);
    sg_free(self->parent_rel);
    sg_free(self->branch);
    sg_free(self->depth);
    self->queue = NULL;
    self->stamp = NULL;
    self->parent_rel = NULL;
    self->branch = NULL;
    self->depth = NULL;
}

static void reach_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_hop_describe(&((const reach_op *) op)->hop, out);
}

static const sg_operator_class reach_class = { "Reach", reach_open, reach_next, reach_close,
                                               reach_describe };

bool sg_reach_can(const sg_hop *hop)
{
    return hop->min <= 1 && (hop->max == INT64_MAX || hop->max <= 250) && hop->properties == NULL &&
           hop->other_count == 0;
}

sg_operator *sg_op_reach(sg_query *query, sg_operator *input, const sg_hop *hop)
{
    reach_op *self = sg_operator_new(query, &reach_class, input, sizeof *self);

    self->hop = *hop;
    return &self->base;
}
