#include "stance/chains.h"

#include <stdlib.h>
#include <string.h>

/* Breadth first from one end gives every node its distance, up to that of the other end; then the
 * chains are the walks back from there along falling distances. */

#define FAR UINT32_MAX

struct finder {
    const sg_graph *graph;
    const struct sg_chain_options *options;
    sg_arena *arena;
    uint32_t *distance;
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

/* ---- distances ---- */

struct queue {
    uint32_t *nodes;
    size_t count, capacity;
};

static void visit(struct finder *f, struct queue *queue, uint32_t node)
{
    sg_adjacency it;

    sg_adjacency_init(&it, f->graph, node, SG_BOTH, SG_NO_SYMBOL);
    while (sg_adjacency_next(&it)) {
        if (f->distance[it.other] != FAR || !counts(f, it.rel))
            continue;
        f->distance[it.other] = f->distance[node] + 1;
        SG_GROW(queue->nodes, queue->capacity, queue->count + 1);
        queue->nodes[queue->count++] = it.other;
    }
}

/* Stops when the nodes at hand are as far away as `to`, or too far. */
static sg_status measure(struct finder *f, uint32_t from, uint32_t to, sg_error *err)
{
    struct queue queue = { NULL, 0, 0 };
    size_t next = 0;
    sg_status status = SG_OK;

    f->distance[from] = 0;
    SG_GROW(queue.nodes, queue.capacity, 1);
    queue.nodes[queue.count++] = from;
    while (next < queue.count) {
        uint32_t node = queue.nodes[next++];

        if (f->distance[node] >= f->distance[to] ||
            (f->options->max_length > 0 && f->distance[node] >= f->options->max_length))
            break;
        if (stopped(f)) {
            status = sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted");
            break;
        }
        visit(f, &queue, node);
    }
    sg_free(queue.nodes);
    return status;
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
        if (at == 0 || top->next == top->count || is_full(f)) {
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

sg_status sg_chains_find(const sg_graph *graph, uint32_t from, uint32_t to,
                         const struct sg_chain_options *options, sg_arena *arena,
                         sg_chain **chains_out, size_t *count_out, sg_error *err)
{
    struct finder f = { .graph = graph, .options = options, .arena = arena };
    size_t nodes = sg_graph_node_limit(graph);
    sg_status status;

    *chains_out = NULL;
    *count_out = 0;
    f.distance = sg_malloc(nodes * sizeof *f.distance);
    memset(f.distance, 0xff, nodes * sizeof *f.distance);
    status = measure(&f, from, to, err);
    if (status == SG_OK && from != to && f.distance[to] != FAR) {
        size_t length = f.distance[to];

        f.nodes = sg_calloc(length + 1, sizeof *f.nodes);
        f.steps = sg_calloc(length, sizeof *f.steps);
        walk_back(&f, to, length);
        sg_free(f.nodes);
        sg_free(f.steps);
        *chains_out = f.chains;
        *count_out = f.count;
        if (stopped(&f))
            status = sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted");
    }
    sg_free(f.distance);
    return status;
}
