#ifndef STANCE_QUERY_WALK_INTERNAL_H
#define STANCE_QUERY_WALK_INTERNAL_H

/* Walks the relationships at a node that fit a hop: its types one after the other, both directions
 * where it has none. Over arrays of the image where the graph shows them, else step by step. */

#include "runtime.h"

typedef struct sg_walk {
    const sg_graph *graph;
    const sg_hop *hop;
    uint32_t node;
    uint32_t rel;   /* current */
    uint32_t other; /* its other end */
    size_t at;      /* in the span */
    sg_span span;
    sg_direction wanted;    /* of the whole walk */
    sg_direction direction; /* of the current part */
    uint32_t part;          /* next part */
    bool skip_loops;        /* second direction: a loop was seen in the first */
    bool slow;
    sg_adjacency steps;
} sg_walk;

void sg_walk_start(sg_walk *walk, const sg_graph *graph, const sg_hop *hop, uint32_t node,
                   sg_direction direction);
/* The next part (type and direction) that is not empty. */
bool sg_walk_advance(sg_walk *walk);
bool sg_walk_step(sg_walk *walk);

static inline bool sg_walk_next(sg_walk *walk)
{
    for (;;) {
        while (walk->at < walk->span.count) {
            size_t at = walk->at++;

            walk->other = walk->span.nodes[at];
            walk->rel = walk->span.rels != NULL ? walk->span.rels[at]
                                                : walk->span.first_rel + (uint32_t) at;
            if (!walk->skip_loops || walk->other != walk->node)
                return true;
        }
        if (walk->slow && sg_walk_step(walk))
            return true;
        if (!sg_walk_advance(walk))
            return false;
    }
}

/* Passes over the relationships to nodes before `node` where they are in order. */
void sg_walk_seek(sg_walk *walk, uint32_t node);

#endif
