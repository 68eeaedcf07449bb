#include "walk.h"

void sg_walk_start(sg_walk *walk, const sg_graph *graph, const sg_hop *hop, uint32_t node,
                   sg_direction direction)
{
    walk->graph = graph;
    walk->hop = hop;
    walk->node = node;
    walk->wanted = direction;
    walk->part = 0;
    walk->at = 0;
    walk->span.count = 0;
    walk->slow = false;
}

bool sg_walk_advance(sg_walk *walk)
{
    const sg_hop *hop = walk->hop;
    bool both = walk->wanted == SG_BOTH;
    uint32_t types = hop->type_count;
    uint32_t parts = hop->no_type ? 0 : types == 0 ? 1 : both ? types * 2 : types;

    walk->slow = false;
    while (walk->part < parts) {
        uint32_t part = walk->part++;
        sg_symbol type;

        walk->at = 0;
        walk->skip_loops = false;
        if (types == 0) {
            walk->span.count = 0;
            walk->slow = true;
            sg_adjacency_init(&walk->steps, walk->graph, walk->node, walk->wanted, SG_NO_SYMBOL);
            return true;
        }
        type = hop->types[both ? part / 2 : part];
        walk->direction = !both ? walk->wanted : part % 2 == 0 ? SG_OUTGOING : SG_INCOMING;
        walk->skip_loops = both && part % 2 == 1;
        if (sg_graph_neighbours(walk->graph, walk->node, walk->direction, type, &walk->span)) {
            if (walk->span.count > 0)
                return true;
            continue;
        }
        walk->span.count = 0;
        walk->slow = true;
        sg_adjacency_init(&walk->steps, walk->graph, walk->node, walk->direction, type);
        return true;
    }
    walk->span.count = 0;
    walk->at = 0;
    return false;
}

bool sg_walk_step(sg_walk *walk)
{
    while (sg_adjacency_next(&walk->steps)) {
        walk->rel = walk->steps.rel;
        walk->other = walk->steps.other;
        if (!walk->skip_loops || walk->other != walk->node)
            return true;
    }
    walk->slow = false;
    return false;
}

void sg_walk_seek(sg_walk *walk, uint32_t node)
{
    size_t low = walk->at;
    size_t high = walk->span.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (walk->span.nodes[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    walk->at = low;
}
