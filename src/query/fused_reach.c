/* Every node within reach of another, each once, by breadth-first search: a node at distance d is
 * the end of a path of d different relationships.
 *
 * The start itself is the end of a path when it lies on a circle that is short enough. Directed,
 * that is a relationship back to it; undirected, one that joins two branches of the search (the
 * branch of a node: the first relationship on the way to it), or a second one to a neighbour. The
 * nearer end of such a relationship is less than half the bound away.
 *
 * Where the nodes of a level have more relationships than there are nodes left, the search looks
 * from these back into the level, until the first hit (S. Beamer, K. Asanovic, D. Patterson,
 * "Direction-Optimizing Breadth-First Search", 2012). */

#include "fused.h"

static bool is_reached(const fused_step *step, uint32_t node)
{
    return step->reached[node] == step->search;
}

static void reach_add(fused_reach *r, uint32_t node, uint32_t depth, uint32_t branch)
{
    SG_GROW(r->queue, r->room, r->count + 1);
    r->queue[r->count++] = node;
    r->step->reached[node] = r->step->search;
    r->step->depths[node] = depth;
    r->step->branches[node] = branch;
}

/* ---- forwards ---- */

static void reach_neighbour(fused_reach *r, uint32_t from, uint32_t depth, const neighbour *n)
{
    fused_step *step = r->step;
    bool both = step->hop->direction == SG_BOTH;
    uint32_t branch = from == r->start ? n->rel : step->branches[from];

    if (!is_reached(step, n->node))
        reach_add(r, n->node, depth + 1, branch);
    else if (r->circle)
        return;
    else if (n->node == r->start)
        r->circle = !both || from == r->start || n->rel != branch;
    else if (both && branch != step->branches[n->node])
        r->circle = (int64_t) depth + 1 + step->depths[n->node] <= step->hop->max;
}

static sg_status widen_forwards(fused_reach *r, sg_exec *x, size_t from, size_t to, uint32_t depth)
{
    fused_step *step = r->step;
    const sg_hop *hop = step->hop;
    uint32_t types = fused_type_count(x, hop);

    for (size_t i = from; i < to; i++) {
        uint32_t node = r->queue[i];

        step->list_count = 0;
        for (uint32_t t = 0; t < types; t++)
            fused_list_type(step, x, node, hop->direction, fused_type_at(hop, t));
        for (size_t k = 0; k < step->list_count; k++) {
            if (!sg_exec_tick(x))
                return SG_ERR_QUERY;
            reach_neighbour(r, node, depth, &step->list[k]);
        }
    }
    return SG_OK;
}

/* ---- backwards ---- */

static sg_direction reversed(sg_direction direction)
{
    return direction == SG_OUTGOING ? SG_INCOMING : SG_OUTGOING;
}

/* Goes over the nodes that a relationship of a type can lead to in one direction. */
static sg_status look_back(fused_reach *r, sg_exec *x, sg_symbol type, sg_direction direction,
                           uint32_t depth)
{
    const fused_step *step = r->step;
    uint32_t first = 0, count = 0;

    (void) sg_graph_type_range(x->graph, type, reversed(direction), &first, &count);
    for (uint32_t node = first; node < first + count; node++) {
        sg_span span = { 0 };

        if (is_reached(step, node))
            continue;
        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        (void) sg_graph_neighbours(x->graph, node, reversed(direction), type, &span);
        for (size_t i = 0; i < span.count; i++)
            if (is_reached(step, span.nodes[i]) && step->depths[span.nodes[i]] == depth) {
                reach_add(r, node, depth + 1, UINT32_MAX);
                break;
            }
    }
    return SG_OK;
}

static sg_status widen_backwards(fused_reach *r, sg_exec *x, uint32_t depth)
{
    const sg_hop *hop = r->step->hop;
    uint32_t types = fused_type_count(x, hop);
    sg_status status = SG_OK;

    for (uint32_t t = 0; status == SG_OK && t < types; t++) {
        if (hop->direction != SG_INCOMING)
            status = look_back(r, x, fused_type_at(hop, t), SG_OUTGOING, depth);
        if (status == SG_OK && hop->direction != SG_OUTGOING)
            status = look_back(r, x, fused_type_at(hop, t), SG_INCOMING, depth);
    }
    return status;
}

/* Whether that is less work for a level of `count` nodes, as far as averages tell. False where
 * relationships changed since the image, which shows what leads to a node. */
static bool backwards_is_less(const fused_reach *r, const sg_exec *x, size_t count)
{
    const sg_hop *hop = r->step->hop;
    uint32_t types = fused_type_count(x, hop);
    double nodes = 0, rels = 0;

    for (uint32_t t = 0; t < types; t++) {
        uint32_t first, sources, targets;

        if (!sg_graph_type_range(x->graph, fused_type_at(hop, t), SG_OUTGOING, &first, &sources) ||
            !sg_graph_type_range(x->graph, fused_type_at(hop, t), SG_INCOMING, &first, &targets))
            return false;
        nodes += (double) sources + targets;
        rels += (double) sg_graph_type_count(x->graph, fused_type_at(hop, t));
    }
    return (double) count * rels > nodes * nodes;
}

/* A relationship back to the start that was not walked over. */
static void find_way_back(fused_reach *r, sg_exec *x)
{
    fused_step *step = r->step;
    const sg_hop *hop = step->hop;
    uint32_t types = fused_type_count(x, hop);

    step->list_count = 0;
    for (uint32_t t = 0; t < types; t++)
        fused_list_type(step, x, r->start, reversed(hop->direction), fused_type_at(hop, t));
    for (size_t i = 0; !r->circle && i < step->list_count; i++) {
        uint32_t node = step->list[i].node;

        r->circle = is_reached(step, node) && (int64_t) step->depths[node] < hop->max;
    }
}

/* ---- the search ---- */

static sg_status search(fused_reach *r, sg_exec *x)
{
    const sg_hop *hop = r->step->hop;
    bool both = hop->direction == SG_BOTH, skipped = false;
    sg_status status = SG_OK;
    size_t from = 0;

    reach_add(r, r->start, 0, UINT32_MAX);
    for (uint32_t depth = 0; status == SG_OK && from < r->count && (int64_t) depth < hop->max;
         depth++) {
        size_t to = r->count;
        bool circle_is_known = r->circle || !both || (int64_t) depth > (hop->max - 1) / 2;

        if (circle_is_known && backwards_is_less(r, x, to - from)) {
            status = widen_backwards(r, x, depth);
            skipped = true;
        } else {
            status = widen_forwards(r, x, from, to, depth);
        }
        from = to;
    }
    if (status == SG_OK && skipped && !both && !r->circle)
        find_way_back(r, x);
    return status;
}

sg_status fused_reach_search(fused_reach *r, sg_exec *x)
{
    fused_step *step = r->step;

    if (step->reached == NULL) {
        size_t nodes = (size_t) sg_graph_node_limit(x->graph) + 1;

        step->reached = sg_calloc(nodes, sizeof *step->reached);
        step->depths = sg_reallocarray(NULL, nodes, sizeof *step->depths);
        step->branches = sg_reallocarray(NULL, nodes, sizeof *step->branches);
    }
    step->search++;
    return search(r, x);
}
