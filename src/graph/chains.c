#include "stance/chains.h"

#include <stdlib.h>
#include <string.h>

/* Breadth first from both ends at once, always the cheaper side next, until the two meet; nodes
 * with thousands of relationships make one-sided search walk most of the graph. The nodes between
 * are then numbered by their distance from the first end, and the chains are the walks back from
 * the other end along falling numbers.
 *
 *   from  a-side        meeting        b-side  to
 *    0 --- 1 --- 2 ------- 3 ------- 4 --- 5 --- 6
 */

#define FAR UINT32_MAX

struct finder {
    const sg_graph *graph;
    const struct sg_chain_options *options;
    sg_arena *arena;
    const uint32_t *distance; /* from the first end, on shortest chains */
    /* the chain being walked back, filled from the end */
    uint32_t *nodes;
    struct sg_chain_step *steps;
    sg_chain *chains;
    size_t count, capacity;
};

static bool counts(const struct finder *f, uint32_t rel)
{
    return f->options->counts == NULL || f->options->counts(f->options->data, f->graph, rel);
}

static bool stopped(const struct finder *f)
{
    return f->options->stop != NULL && *f->options->stop != 0;
}

/* ---- the search from one end ---- */

struct side {
    uint32_t *distance; /* from this end; FAR: not reached */
    uint32_t *nodes;    /* all that were reached, level after level */
    size_t count, capacity;
    size_t *levels; /* where each level starts in `nodes` */
    size_t level_capacity;
    uint32_t level; /* the last one */
    size_t cost;    /* relationships that the next level has to look at */
};

static void add_node(const struct finder *f, struct side *side, uint32_t node)
{
    side->distance[node] = side->level;
    SG_GROW(side->nodes, side->capacity, side->count + 1);
    side->nodes[side->count++] = node;
    side->cost += sg_graph_degree(f->graph, node, SG_BOTH, SG_NO_SYMBOL);
}

static void start_level(struct side *side, uint32_t level)
{
    side->level = level;
    side->cost = 0;
    SG_GROW(side->levels, side->level_capacity, (size_t) level + 1);
    side->levels[level] = side->count;
}

static void open_side(const struct finder *f, struct side *side, uint32_t end)
{
    size_t nodes = sg_graph_node_limit(f->graph);

    *side = (struct side){ .distance = sg_malloc(nodes * sizeof *side->distance) };
    memset(side->distance, 0xff, nodes * sizeof *side->distance);
    start_level(side, 0);
    add_node(f, side, end);
}

static void close_side(struct side *side)
{
    sg_free(side->distance);
    sg_free(side->nodes);
    sg_free(side->levels);
}

/* Goes one level further; true if a node of the other side was reached. */
static bool expand(const struct finder *f, struct side *side, const struct side *other)
{
    size_t first = side->levels[side->level], end = side->count;
    bool met = false;

    start_level(side, side->level + 1);
    for (size_t i = first; i < end && !stopped(f); i++) {
        sg_adjacency it;

        sg_adjacency_init(&it, f->graph, side->nodes[i], SG_BOTH, SG_NO_SYMBOL);
        while (sg_adjacency_next(&it)) {
            if (side->distance[it.other] != FAR || !counts(f, it.rel))
                continue;
            add_node(f, side, it.other);
            met = met || other->distance[it.other] != FAR;
        }
    }
    return met;
}

static bool is_exhausted(const struct side *side)
{
    return side->levels[side->level] == side->count;
}

/* True if the sides meet; then every shortest chain has a node at both sides' last levels. */
static bool meet(const struct finder *f, struct side *a, struct side *b)
{
    bool met = false;

    while (!met && !is_exhausted(a) && !is_exhausted(b) && !stopped(f)) {
        if (f->options->max_length > 0 && a->level + b->level >= f->options->max_length)
            return false;
        met = a->cost <= b->cost ? expand(f, a, b) : expand(f, b, a);
    }
    return met;
}

/* ---- between the ends ---- */

/* True if a step leads from `node` to one that `side` numbers with `distance`. */
static bool touches(const struct finder *f, const struct side *side, uint32_t node,
                    uint32_t distance)
{
    sg_adjacency it;

    sg_adjacency_init(&it, f->graph, node, SG_BOTH, SG_NO_SYMBOL);
    while (sg_adjacency_next(&it))
        if (side->distance[it.other] == distance && counts(f, it.rel))
            return true;
    return false;
}

/* Extends a's distances from the meeting to the far end, along shortest chains only: level by
 * level of `b`, the nodes that touch one numbered before. At the meeting that are nodes at the
 * last level of both sides; others at a's last level lead nowhere, for b has not reached them. */
static void number_rest(const struct finder *f, struct side *a, const struct side *b)
{
    uint32_t distance = a->level;

    for (uint32_t level = b->level; level > 0; level--, distance++) {
        for (size_t i = b->levels[level - 1]; i < b->levels[level]; i++)
            if (touches(f, a, b->nodes[i], distance))
                a->distance[b->nodes[i]] = distance + 1;
    }
}

/* ---- walking back ---- */

struct link {
    uint32_t other;
    struct sg_chain_step step;
};

static int by_link(const void *a, const void *b)
{
    const struct link *x = a, *y = b;

    if (x->other != y->other)
        return x->other < y->other ? -1 : 1;
    if (x->step.type != y->step.type)
        return x->step.type < y->step.type ? -1 : 1;
    if (x->step.forward != y->step.forward)
        return x->step.forward ? -1 : 1;
    return x->step.rel < y->step.rel ? -1 : x->step.rel > y->step.rel;
}

static bool same_link(const struct link *a, const struct link *b)
{
    return a->other == b->other && a->step.type == b->step.type &&
           a->step.forward == b->step.forward;
}

/* The distinct steps that lead to `node` from one step nearer, on the heap. */
static size_t links_back(const struct finder *f, uint32_t node, struct link **links_out)
{
    struct link *links = NULL;
    size_t count = 0, capacity = 0, kept = 0;
    sg_adjacency it;

    sg_adjacency_init(&it, f->graph, node, SG_BOTH, SG_NO_SYMBOL);
    while (sg_adjacency_next(&it)) {
        if (f->distance[it.other] == FAR || f->distance[it.other] + 1 != f->distance[node] ||
            !counts(f, it.rel))
            continue;
        SG_GROW(links, capacity, count + 1);
        links[count++] = (struct link){ it.other,
                                        { it.rel, sg_graph_rel_type(f->graph, it.rel),
                                          sg_graph_rel_target(f->graph, it.rel) == node } };
    }
    *links_out = links;
    if (links == NULL)
        return 0;
    qsort(links, count, sizeof *links, by_link);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !same_link(&links[kept - 1], &links[i]))
            links[kept++] = links[i];
    return kept;
}

static bool is_full(const struct finder *f)
{
    return (f->options->limit > 0 && f->count >= f->options->limit) || stopped(f);
}

static void keep_chain(struct finder *f, size_t length)
{
    sg_chain *chain;

    SG_ARENA_GROW(f->arena, f->chains, f->capacity, f->count + 1);
    chain = &f->chains[f->count++];
    chain->length = length;
    chain->nodes = sg_arena_alloc(f->arena, (length + 1) * sizeof *chain->nodes);
    chain->steps = sg_arena_alloc(f->arena, length * sizeof *chain->steps);
    memcpy(chain->nodes, f->nodes, (length + 1) * sizeof *chain->nodes);
    memcpy(chain->steps, f->steps, length * sizeof *chain->steps);
}

/* One node of the walk back, with the links still to be tried. */
struct frame {
    struct link *links;
    size_t count, next;
};

/* Depth first with a stack of its own: a chain may be as long as the graph. */
static void walk_back(struct finder *f, uint32_t to, size_t length)
{
    struct frame *stack = sg_calloc(length + 1, sizeof *stack);
    size_t depth = 0;

    f->nodes[length] = to;
    stack[0].count = links_back(f, to, &stack[0].links);
    for (;;) {
        struct frame *top = &stack[depth];
        size_t at = length - depth; /* the chain is known from nodes[at] on */

        if (at == 0)
            keep_chain(f, length);
        if (at == 0 || top->links == NULL || top->next == top->count || is_full(f)) {
            sg_free(top->links);
            *top = (struct frame){ NULL, 0, 0 };
            if (depth == 0)
                break;
            depth--;
            continue;
        }
        f->nodes[at - 1] = top->links[top->next].other;
        f->steps[at - 1] = top->links[top->next].step;
        top->next++;
        depth++;
        if (at > 1)
            stack[depth].count = links_back(f, f->nodes[at - 1], &stack[depth].links);
    }
    sg_free(stack);
}

static void find_chains(struct finder *f, uint32_t from, uint32_t to)
{
    struct side a, b;

    open_side(f, &a, from);
    open_side(f, &b, to);
    if (meet(f, &a, &b) && !stopped(f)) {
        size_t length = a.level + b.level;

        number_rest(f, &a, &b);
        f->distance = a.distance;
        f->nodes = sg_calloc(length + 1, sizeof *f->nodes);
        f->steps = sg_calloc(length, sizeof *f->steps);
        walk_back(f, to, length);
        sg_free(f->nodes);
        sg_free(f->steps);
    }
    close_side(&a);
    close_side(&b);
}

sg_status sg_chains_find(const sg_graph *graph, uint32_t from, uint32_t to,
                         const struct sg_chain_options *options, sg_arena *arena,
                         sg_chain **chains_out, size_t *count_out, sg_error *err)
{
    struct finder f = { .graph = graph, .options = options, .arena = arena };

    if (from != to)
        find_chains(&f, from, to);
    *chains_out = f.chains;
    *count_out = f.count;
    return stopped(&f) ? sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted") : SG_OK;
}
