/* ShortestPath: breadth-first search from both ends at once, always widening the smaller side
 * (Pohl 1971). The two searches meet in the middle, so on a dense graph only a small part of it
 * is touched. All shortest paths are then read off the two trees of predecessors. */

#include <string.h>

#include "walk.h"

/* One side of the search: nodes in the order they were reached. */
typedef struct side {
    uint32_t *nodes;
    uint32_t *depths;
    size_t count;
    size_t capacity;
    size_t depth_capacity;
    size_t level_start; /* first node of the newest level */
    uint32_t depth;
    uint32_t *table; /* index + 1 by node */
    size_t table_size;
    sg_direction direction;
} side;

typedef struct shortest_op {
    sg_operator base;
    sg_hop hop;
    bool all;
    uint32_t path_slot;
    side sides[2];
    /* The paths found for the current row. */
    uint32_t *rels; /* path_length each */
    uint32_t *nodes;
    size_t path_count;
    size_t rel_capacity;
    size_t node_capacity;
    size_t length;
    size_t at;
} shortest_op;

static sg_status shortest_open(sg_operator *op, sg_exec *x)
{
    shortest_op *self = (shortest_op *) op;

    (void) x;
    self->path_count = 0;
    self->at = 0;
    return SG_OK;
}

/* ---- a side ---- */

static size_t side_place(const side *s, uint32_t node)
{
    uint32_t hash = node * UINT32_C(2654435761);
    size_t at = hash & (s->table_size - 1);

    while (s->table[at] != 0 && s->nodes[s->table[at] - 1] != node)
        at = (at + 1) & (s->table_size - 1);
    return at;
}

static bool side_find(const side *s, uint32_t node, uint32_t *depth_out)
{
    size_t at = side_place(s, node);

    if (s->table[at] == 0)
        return false;
    *depth_out = s->depths[s->table[at] - 1];
    return true;
}

static bool side_add(side *s, uint32_t node, uint32_t depth)
{
    size_t at;

    if (s->table == NULL || (s->count + 1) * 2 > s->table_size) {
        size_t size = s->table_size == 0 ? 64 : s->table_size * 2;

        sg_free(s->table);
        s->table = sg_calloc(size, sizeof *s->table);
        s->table_size = size;
        for (size_t i = 0; i < s->count; i++)
            s->table[side_place(s, s->nodes[i])] = (uint32_t) i + 1;
    }
    at = side_place(s, node);
    if (s->table[at] != 0)
        return false;
    SG_GROW(s->nodes, s->capacity, s->count + 1);
    SG_GROW(s->depths, s->depth_capacity, s->count + 1);
    s->nodes[s->count] = node;
    s->depths[s->count] = depth;
    s->count++;
    s->table[at] = (uint32_t) s->count;
    return true;
}

static void side_start(side *s, uint32_t node, sg_direction direction)
{
    s->count = 0;
    s->level_start = 0;
    s->depth = 0;
    s->direction = direction;
    if (s->table != NULL)
        memset(s->table, 0, s->table_size * sizeof *s->table);
    (void) side_add(s, node, 0);
}

static sg_direction opposite(sg_direction direction)
{
    return direction == SG_OUTGOING   ? SG_INCOMING
           : direction == SG_INCOMING ? SG_OUTGOING
                                      : SG_BOTH;
}

/* ---- the search ---- */

/* Widens one side by a level; *met becomes true when it reaches a node of the other. */
static sg_status widen(shortest_op *self, sg_exec *x, side *s, const side *other, bool *met)
{
    size_t end = s->count;

    s->depth++;
    for (size_t i = s->level_start; i < end; i++) {
        sg_walk w;

        sg_walk_start(&w, x->graph, &self->hop, s->nodes[i], s->direction);
        while (sg_walk_next(&w)) {
            uint32_t depth;
            bool fits;

            if (!sg_exec_tick(x) || sg_hop_fits(&self->hop, &self->base, x, w.rel, &fits) != SG_OK)
                return SG_ERR_QUERY;
            if (!fits || !side_add(s, w.other, s->depth))
                continue;
            if (side_find(other, w.other, &depth)) {
                *met = true;
                if (!self->all)
                    return SG_OK;
            }
        }
    }
    s->level_start = end;
    self->base.heap_bytes = (self->sides[0].capacity + self->sides[1].capacity) * 8 +
                            (self->sides[0].table_size + self->sides[1].table_size) * 4;
    return SG_OK;
}

/* ---- reading the paths off ---- */

static void add_path(shortest_op *self, const uint32_t *nodes, const uint32_t *rels)
{
    size_t n = self->path_count;

    SG_GROW(self->rels, self->rel_capacity, (n + 1) * self->length + 1);
    SG_GROW(self->nodes, self->node_capacity, (n + 1) * (self->length + 1));
    memcpy(self->nodes + n * (self->length + 1), nodes, (self->length + 1) * sizeof *nodes);
    if (self->length > 0)
        memcpy(self->rels + n * self->length, rels, self->length * sizeof *rels);
    self->path_count++;
}

/* A path being read off: from a node where the sides met back to the start, then to the end.
 * Every step goes one level down a tree, so there are no dead ends. */
typedef struct reading {
    uint32_t *nodes;
    uint32_t *rels;
} reading;

static sg_status read_on(shortest_op *self, sg_exec *x, reading *r, size_t step)
{
    const side *last = &self->sides[1];
    sg_walk w;

    if (step == self->length) {
        add_path(self, r->nodes, r->rels);
        return SG_OK;
    }
    sg_walk_start(&w, x->graph, &self->hop, r->nodes[step], self->hop.direction);
    while (sg_walk_next(&w)) {
        uint32_t depth;
        bool fits;

        if (!sg_exec_tick(x) || sg_hop_fits(&self->hop, &self->base, x, w.rel, &fits) != SG_OK)
            return SG_ERR_QUERY;
        if (!fits || !side_find(last, w.other, &depth) || depth != self->length - step - 1)
            continue;
        r->nodes[step + 1] = w.other;
        r->rels[step] = w.rel;
        if (read_on(self, x, r, step + 1) != SG_OK)
            return SG_ERR_QUERY;
        if (!self->all && self->path_count > 0)
            return SG_OK;
    }
    return SG_OK;
}

static sg_status read_back(shortest_op *self, sg_exec *x, reading *r, size_t step)
{
    const side *first = &self->sides[0];
    sg_walk w;

    if (step == 0)
        return read_on(self, x, r, first->depth);
    sg_walk_start(&w, x->graph, &self->hop, r->nodes[step], opposite(self->hop.direction));
    while (sg_walk_next(&w)) {
        uint32_t depth;
        bool fits;

        if (!sg_exec_tick(x) || sg_hop_fits(&self->hop, &self->base, x, w.rel, &fits) != SG_OK)
            return SG_ERR_QUERY;
        if (!fits || !side_find(first, w.other, &depth) || depth != step - 1)
            continue;
        r->nodes[step - 1] = w.other;
        r->rels[step - 1] = w.rel;
        if (read_back(self, x, r, step - 1) != SG_OK)
            return SG_ERR_QUERY;
        if (!self->all && self->path_count > 0)
            return SG_OK;
    }
    return SG_OK;
}

/* The sides met: every node of the newest level of one that the other has too starts a reading. */
static sg_status collect_paths(shortest_op *self, sg_exec *x)
{
    const side *first = &self->sides[0];
    const side *last = &self->sides[1];
    reading r = { sg_calloc(self->length + 1, sizeof(uint32_t)),
                  sg_calloc(self->length + 1, sizeof(uint32_t)) };
    sg_status status = SG_OK;

    for (size_t i = 0; i < first->count && status == SG_OK; i++) {
        uint32_t depth;

        if (first->depths[i] != first->depth || !side_find(last, first->nodes[i], &depth) ||
            depth != last->depth)
            continue;
        r.nodes[first->depth] = first->nodes[i];
        status = read_back(self, x, &r, first->depth);
        if (!self->all && self->path_count > 0)
            break;
    }
    sg_free(r.nodes);
    sg_free(r.rels);
    return status;
}

static sg_status search(shortest_op *self, sg_exec *x, uint32_t from, uint32_t to)
{
    side *first = &self->sides[0];
    side *last = &self->sides[1];
    bool met = from == to;

    self->path_count = 0;
    self->at = 0;
    side_start(first, from, self->hop.direction);
    side_start(last, to, opposite(self->hop.direction));
    if (met) {
        self->length = 0;
        if (self->hop.min == 0)
            add_path(self, &from, NULL);
        return SG_OK;
    }
    while (!met && (int64_t) first->depth + last->depth < self->hop.max) {
        bool forward = first->count - first->level_start <= last->count - last->level_start;
        side *s = forward ? first : last;

        if (s->level_start == s->count)
            return SG_OK;
        if (widen(self, x, s, forward ? last : first, &met) != SG_OK)
            return SG_ERR_QUERY;
    }
    if (!met)
        return SG_OK;
    self->length = (size_t) first->depth + last->depth;
    return collect_paths(self, x);
}

static sg_value list_of_rels(sg_arena *arena, const uint32_t *rels, size_t length, bool reversed)
{
    sg_list *list = sg_arena_alloc(arena, sizeof *list);
    sg_value v = sg_value_null();

    list->count = length;
    list->items = sg_arena_alloc(arena, (length + 1) * sizeof(sg_value));
    for (size_t i = 0; i < length; i++)
        list->items[i] = sg_value_relationship(rels[reversed ? length - 1 - i : i]);
    v.type = SG_LIST;
    v.as.list = list;
    return v;
}

static void emit(shortest_op *self, sg_exec *x)
{
    sg_arena *arena = sg_scratch_reset(&self->base);
    const uint32_t *rels = self->rels + self->at * self->length;
    const uint32_t *nodes = self->nodes + self->at * (self->length + 1);

    self->at++;
    if (self->hop.pattern->variable_length)
        x->row[self->hop.rel] = list_of_rels(arena, rels, self->length, self->hop.reversed);
    else if (self->length > 0)
        x->row[self->hop.rel] = sg_value_relationship(rels[0]);
    if (self->path_slot != SG_NO_SLOT) {
        sg_path *path = sg_arena_alloc(arena, sizeof *path);
        sg_value v = sg_value_null();

        path->length = self->length;
        path->nodes = nodes;
        path->rels = rels;
        v.type = SG_PATH;
        v.as.path = path;
        x->row[self->path_slot] = v;
    }
}

static sg_step shortest_next(sg_operator *op, sg_exec *x)
{
    shortest_op *self = (shortest_op *) op;

    while (self->at >= self->path_count) {
        sg_step step = sg_operator_next(op->input, x);
        sg_value from;
        sg_value to;

        if (step != SG_STEP_ROW)
            return step;
        from = x->row[self->hop.from];
        to = x->row[self->hop.to];
        if (from.type != SG_NODE || to.type != SG_NODE)
            continue;
        if (search(self, x, from.as.entity, to.as.entity) != SG_OK)
            return SG_STEP_FAIL;
    }
    emit(self, x);
    return SG_STEP_ROW;
}

static void shortest_close(sg_operator *op)
{
    shortest_op *self = (shortest_op *) op;

    for (int i = 0; i < 2; i++) {
        sg_free(self->sides[i].nodes);
        sg_free(self->sides[i].depths);
        sg_free(self->sides[i].table);
    }
    memset(self->sides, 0, sizeof self->sides);
    sg_free(self->rels);
    sg_free(self->nodes);
    self->rels = NULL;
    self->nodes = NULL;
}

static void shortest_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_hop_describe(&((const shortest_op *) op)->hop, out);
}

static const sg_operator_class shortest_class = { "ShortestPath", shortest_open, shortest_next,
                                                  shortest_close, shortest_describe };

sg_operator *sg_op_shortest(sg_query *query, sg_operator *input, const sg_hop *hop, bool all,
                            uint32_t path_slot)
{
    shortest_op *self = sg_operator_new(query, &shortest_class, input, sizeof *self);

    self->hop = *hop;
    self->all = all;
    self->path_slot = path_slot;
    return &self->base;
}
