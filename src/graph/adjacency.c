#include "graph_internal.h"

/* Walking the relationships of a node: outgoing ones first, then incoming. Under SG_BOTH a loop
 * is only taken from the outgoing side. */

enum { PHASE_OUT, PHASE_IN, PHASE_END };
enum { STATE_PHASE, STATE_PLACE };

void sg_adjacency_init(sg_adjacency *it, const sg_graph *graph, uint32_t node,
                       sg_direction direction, sg_symbol type)
{
    *it = (sg_adjacency){ .graph = graph,
                          .node = node,
                          .type = type,
                          .direction = direction,
                          .rel = SG_NO_ENTITY,
                          .other = SG_NO_ENTITY };
    it->state[STATE_PHASE] = direction == SG_INCOMING ? PHASE_IN : PHASE_OUT;
}

/* Takes the next relationship of one list. */
static bool next_in_list(sg_adjacency *it, const handle_list *list, bool outgoing)
{
    while (it->state[STATE_PLACE] < list->count) {
        uint32_t rel = list->items[it->state[STATE_PLACE]++];
        const rel_record *record = rel_record_find(it->graph, rel);

        if (!record->now.exists || (it->type != SG_NO_SYMBOL && record->type != it->type))
            continue;
        if (!outgoing && it->direction == SG_BOTH && record->source == record->target)
            continue;
        it->rel = rel;
        it->other = outgoing ? record->target : record->source;
        return true;
    }
    return false;
}

bool sg_adjacency_next(sg_adjacency *it)
{
    const node_record *record = node_record_find(it->graph, it->node);

    while (it->state[STATE_PHASE] != PHASE_END) {
        bool outgoing = it->state[STATE_PHASE] == PHASE_OUT;

        if (record != NULL && next_in_list(it, outgoing ? &record->out : &record->in, outgoing))
            return true;
        it->state[STATE_PLACE] = 0;
        it->state[STATE_PHASE] = outgoing && it->direction == SG_BOTH ? PHASE_IN : PHASE_END;
    }
    return false;
}

size_t sg_graph_degree(const sg_graph *graph, uint32_t node, sg_direction direction, sg_symbol type)
{
    sg_adjacency it;
    size_t degree = 0;

    sg_adjacency_init(&it, graph, node, direction, type);
    while (sg_adjacency_next(&it))
        degree++;
    return degree;
}
