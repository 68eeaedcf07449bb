#include "graph_internal.h"

/* Walking the relationships of a node: outgoing ones first, then incoming; of each, those of the
 * base, which lie next to each other per type, then those made since. Under SG_BOTH a loop is
 * only taken from the outgoing side. */

enum { PHASE_OUT_BASE, PHASE_OUT_NEW, PHASE_IN_BASE, PHASE_IN_NEW, PHASE_END };
enum { STATE_PHASE, STATE_PLACE, STATE_LIMIT, STATE_TYPE };

static bool is_outgoing(uint64_t phase)
{
    return phase == PHASE_OUT_BASE || phase == PHASE_OUT_NEW;
}

/* Places [first, limit) of the node's relationships in the adjacency of one type. */
static void base_span(const image *im, const image_type *type, uint32_t node, bool outgoing,
                      uint32_t *first_out, uint32_t *limit_out)
{
    uint32_t first_end = outgoing ? type->source_first : type->target_first;
    uint32_t ends = outgoing ? type->source_count : type->target_count;
    const uint32_t *starts = image_at(im, outgoing ? type->out_starts : type->in_starts);
    uint32_t at = node - first_end;

    *first_out = *limit_out = 0;
    if (node < first_end || at >= ends || starts[at] > starts[at + 1] ||
        starts[at + 1] > type->rel_count)
        return;
    *first_out = starts[at];
    *limit_out = starts[at + 1];
}

static void enter_type(sg_adjacency *it, uint32_t type, bool outgoing)
{
    uint32_t first, limit;

    base_span(&it->graph->base, &it->graph->base.types[type], it->node, outgoing, &first, &limit);
    it->state[STATE_TYPE] = type;
    it->state[STATE_PLACE] = first;
    it->state[STATE_LIMIT] = limit;
}

static void enter_phase(sg_adjacency *it, uint64_t phase)
{
    const sg_graph *graph = it->graph;
    bool base = phase == PHASE_OUT_BASE || phase == PHASE_IN_BASE;

    it->state[STATE_PHASE] = phase;
    it->state[STATE_PLACE] = it->state[STATE_LIMIT] = 0;
    it->state[STATE_TYPE] = UINT32_MAX;
    if (!base || it->node >= graph->base_nodes || graph->base_rels == 0)
        return;
    if (it->type == SG_NO_SYMBOL)
        enter_type(it, 0, is_outgoing(phase));
    else if (it->type < graph->base.header->type_count)
        enter_type(it, it->type, is_outgoing(phase));
}

void sg_adjacency_init(sg_adjacency *it, const sg_graph *graph, uint32_t node,
                       sg_direction direction, sg_symbol type)
{
    *it = (sg_adjacency){ .graph = graph,
                          .node = node,
                          .type = type,
                          .direction = direction,
                          .rel = SG_NO_ENTITY,
                          .other = SG_NO_ENTITY };
    enter_phase(it, direction == SG_INCOMING ? PHASE_IN_BASE : PHASE_OUT_BASE);
}

/* Takes the next relationship of the present type. */
static bool next_in_type(sg_adjacency *it, bool outgoing)
{
    const sg_graph *graph = it->graph;
    const image_type *type = &graph->base.types[it->state[STATE_TYPE]];
    const uint32_t *others = image_at(&graph->base, outgoing ? type->targets : type->in_sources);
    const uint32_t *rels = image_at(&graph->base, type->in_rels);

    while (it->state[STATE_PLACE] < it->state[STATE_LIMIT]) {
        uint64_t place = it->state[STATE_PLACE]++;

        it->other = others[place];
        it->rel = outgoing ? type->first_rel + (uint32_t) place : rels[place];
        if (it->other >= graph->base_nodes || it->rel >= graph->base_rels)
            continue;
        if (!outgoing && it->direction == SG_BOTH && it->other == it->node)
            continue;
        if (graph->base_rels_changed == 0 || sg_graph_rel_exists(graph, it->rel))
            return true;
    }
    return false;
}

static bool next_in_base(sg_adjacency *it, bool outgoing)
{
    while (it->state[STATE_TYPE] != UINT32_MAX) {
        uint64_t next = it->state[STATE_TYPE] + 1;

        if (next_in_type(it, outgoing))
            return true;
        if (it->type != SG_NO_SYMBOL || next >= it->graph->base.header->type_count)
            return false;
        enter_type(it, (uint32_t) next, outgoing);
    }
    return false;
}

/* Takes the next relationship of a list of new ones. */
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

static bool next_in_phase(sg_adjacency *it)
{
    uint64_t phase = it->state[STATE_PHASE];
    const node_record *record;

    if (phase == PHASE_OUT_BASE || phase == PHASE_IN_BASE)
        return next_in_base(it, phase == PHASE_OUT_BASE);
    record = node_record_find(it->graph, it->node);
    return record != NULL && next_in_list(it, phase == PHASE_OUT_NEW ? &record->out : &record->in,
                                          phase == PHASE_OUT_NEW);
}

bool sg_adjacency_next(sg_adjacency *it)
{
    while (it->state[STATE_PHASE] != PHASE_END) {
        uint64_t next = it->state[STATE_PHASE] + 1;

        if (next_in_phase(it))
            return true;
        if (next == PHASE_IN_BASE && it->direction == SG_OUTGOING)
            next = PHASE_END;
        enter_phase(it, next);
    }
    return false;
}

/* ---- contiguous neighbours ---- */
static bool is_untouched(const sg_graph *graph, uint32_t node)
{
    const node_record *record = node_record_find(graph, node);

    return node < graph->base_nodes &&
           (record == NULL ||
            (record->out.count == 0 && record->in.count == 0 && record->base_rels_deleted == 0));
}

static bool all_below(const uint32_t *numbers, size_t count, uint32_t limit)
{
    uint32_t over = 0;

    for (size_t i = 0; i < count; i++)
        over |= (uint32_t) (numbers[i] >= limit);
    return over == 0;
}

bool sg_graph_neighbours(const sg_graph *graph, uint32_t node, sg_direction direction,
                         sg_symbol type, sg_span *span_out)
{
    const image_type *found;
    uint32_t first, limit;

    *span_out = (sg_span){ 0 };
    if (!is_untouched(graph, node))
        return false;
    if (type >= graph->base.header->type_count)
        return true;
    found = &graph->base.types[type];
    base_span(&graph->base, found, node, direction == SG_OUTGOING, &first, &limit);
    if (direction == SG_OUTGOING) {
        span_out->nodes = (const uint32_t *) image_at(&graph->base, found->targets) + first;
        span_out->first_rel = found->first_rel + first;
    } else {
        span_out->nodes = (const uint32_t *) image_at(&graph->base, found->in_sources) + first;
        span_out->rels = (const uint32_t *) image_at(&graph->base, found->in_rels) + first;
    }
    span_out->count = limit - first;
    /* A damaged file must not lead a reader out of its own tables. */
    if (!all_below(span_out->nodes, span_out->count, graph->base_nodes) ||
        (span_out->rels != NULL && !all_below(span_out->rels, span_out->count, graph->base_rels)))
        return false;
    return true;
}

static uint32_t lower_place(const uint32_t *nodes, uint32_t first, uint32_t limit, uint32_t node)
{
    while (first < limit) {
        uint32_t middle = first + (limit - first) / 2;

        if (nodes[middle] < node)
            first = middle + 1;
        else
            limit = middle;
    }
    return first;
}

bool sg_graph_between(const sg_graph *graph, uint32_t source, uint32_t target, sg_symbol type,
                      sg_span *span_out)
{
    uint32_t first, limit, in_first, in_limit, end, wanted = target;
    const image_type *found;
    const uint32_t *nodes;

    *span_out = (sg_span){ 0 };
    if (!is_untouched(graph, source) || !is_untouched(graph, target))
        return false;
    if (type >= graph->base.header->type_count)
        return true;
    found = &graph->base.types[type];
    base_span(&graph->base, found, source, true, &first, &limit);
    base_span(&graph->base, found, target, false, &in_first, &in_limit);
    nodes = image_at(&graph->base, found->targets);
    span_out->first_rel = found->first_rel;
    if (in_limit - in_first < limit - first) {
        nodes = image_at(&graph->base, found->in_sources);
        span_out->rels = image_at(&graph->base, found->in_rels);
        first = in_first;
        limit = in_limit;
        wanted = source;
    }
    first = lower_place(nodes, first, limit, wanted);
    for (end = first; end < limit && nodes[end] == wanted; end++)
        ;
    span_out->nodes = nodes + first;
    span_out->count = end - first;
    span_out->first_rel += first;
    if (span_out->rels != NULL)
        span_out->rels += first;
    return span_out->rels == NULL || all_below(span_out->rels, span_out->count, graph->base_rels);
}

static size_t base_degree(const sg_graph *graph, uint32_t node, sg_direction direction,
                          sg_symbol type)
{
    size_t degree = 0;

    for (uint32_t t = 0; t < graph->base.header->type_count; t++) {
        uint32_t first, limit;

        if (type != SG_NO_SYMBOL && t != type)
            continue;
        base_span(&graph->base, &graph->base.types[t], node, direction == SG_OUTGOING, &first,
                  &limit);
        degree += limit - first;
    }
    return degree;
}

size_t sg_graph_degree(const sg_graph *graph, uint32_t node, sg_direction direction, sg_symbol type)
{
    sg_adjacency it;
    size_t degree = 0;

    if (direction != SG_BOTH && is_untouched(graph, node))
        return base_degree(graph, node, direction, type);
    sg_adjacency_init(&it, graph, node, direction, type);
    while (sg_adjacency_next(&it))
        degree++;
    return degree;
}
