#include <stdlib.h>

#include "graph_internal.h"

/* Finding nodes: by label, and by the value of a property. */

static bool is_match(const sg_graph *graph, uint32_t node, sg_symbol label)
{
    return sg_graph_node_exists(graph, node) &&
           (label == SG_NO_SYMBOL || sg_graph_node_has_label(graph, node, label));
}

uint32_t sg_graph_node_next(const sg_graph *graph, sg_symbol label, uint32_t node)
{
    for (uint32_t next = node == SG_NO_ENTITY ? 0 : node + 1; next < graph->node_limit; next++)
        if (is_match(graph, next, label))
            return next;
    return SG_NO_ENTITY;
}

size_t sg_graph_label_count(const sg_graph *graph, sg_symbol label)
{
    return counters_get(&graph->label_counts, label);
}

size_t sg_graph_type_count(const sg_graph *graph, sg_symbol type)
{
    return counters_get(&graph->type_counts, type);
}

static bool has_value(const sg_graph *graph, uint32_t node, sg_symbol label, sg_symbol key,
                      sg_value value)
{
    return node < graph->node_limit && is_match(graph, node, label) &&
           value_equals(sg_graph_node_property(graph, node, key), value);
}

static int compare_handles(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;

    return (x > y) - (x < y);
}

static size_t sort_unique(uint32_t *handles, size_t count)
{
    size_t kept = 0;

    if (count > 1)
        qsort(handles, count, sizeof *handles, compare_handles);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || handles[kept - 1] != handles[i])
            handles[kept++] = handles[i];
    return kept;
}

static size_t lookup_by_scan(const sg_graph *graph, sg_symbol label, sg_symbol key, sg_value value,
                             sg_arena *arena, uint32_t **nodes_out)
{
    size_t count = 0, room = 0;

    for (uint32_t node = sg_graph_node_next(graph, label, SG_NO_ENTITY); node != SG_NO_ENTITY;
         node = sg_graph_node_next(graph, label, node))
        if (has_value(graph, node, label, key, value)) {
            SG_ARENA_GROW(arena, *nodes_out, room, count + 1);
            (*nodes_out)[count++] = node;
        }
    return count;
}

size_t sg_graph_node_lookup(const sg_graph *graph, sg_symbol label, sg_symbol key, sg_value value,
                            sg_arena *arena, uint32_t **nodes_out)
{
    const uint32_t *candidates;
    size_t candidate_count, count = 0;

    *nodes_out = NULL;
    if (!value_is_indexable(value))
        return lookup_by_scan(graph, label, key, value, arena, nodes_out);
    candidates = property_index_find(graph->index, key, value, &candidate_count);
    if (candidate_count == 0)
        return 0;
    *nodes_out = sg_arena_alloc(arena, candidate_count * sizeof **nodes_out);
    for (size_t i = 0; i < candidate_count; i++)
        if (has_value(graph, candidates[i], label, key, value))
            (*nodes_out)[count++] = candidates[i];
    return sort_unique(*nodes_out, count);
}
