#include <stdlib.h>

#include "graph_internal.h"

/* Finding nodes: by label, and by the value of a property. */

static bool is_match(const sg_graph *graph, uint32_t node, sg_symbol label)
{
    return sg_graph_node_exists(graph, node) &&
           (label == SG_NO_SYMBOL || sg_graph_node_has_label(graph, node, label));
}

/* Next node of the base with the label, when no node of the base has changed: whole groups are
 * taken or left. */
static uint32_t next_in_base(const sg_graph *graph, sg_symbol label, uint32_t next)
{
    const image *im = &graph->base;
    uint32_t i;

    if (next >= graph->base_nodes)
        return SG_NO_ENTITY;
    i = (uint32_t) (image_group_of(im, next) - im->groups);
    for (; i < im->header->group_count; i++) {
        const image_group *group = &im->groups[i];

        if (group->node_count > 0 &&
            (label == SG_NO_SYMBOL || image_group_has_label(im, group, label)))
            return next > group->first_node ? next : group->first_node;
    }
    return SG_NO_ENTITY;
}

uint32_t sg_graph_node_next(const sg_graph *graph, sg_symbol label, uint32_t node)
{
    uint32_t next = node == SG_NO_ENTITY ? 0 : node + 1;

    if (graph->base_nodes_changed == 0 && next < graph->base_nodes) {
        uint32_t found = next_in_base(graph, label, next);

        if (found != SG_NO_ENTITY)
            return found;
        next = graph->base_nodes;
    }
    for (; next < graph->node_limit; next++)
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

/* Nodes of the base that have the value there; the overlay may say otherwise. */
static size_t lookup_in_base(const sg_graph *graph, sg_symbol label, sg_symbol key, sg_value value,
                             sg_arena *arena, uint32_t **nodes_out)
{
    const image *im = &graph->base;
    size_t count = 0, room = 0, kept = 0;

    for (uint32_t i = 0; i < im->header->group_count; i++) {
        const image_group *group = &im->groups[i];
        const image_column *column = image_node_column(im, group, key);

        if (column == NULL || (graph->base_nodes_changed == 0 && label != SG_NO_SYMBOL &&
                               !image_group_has_label(im, group, label)))
            continue;
        column_find_rows(im, column, value, group->first_node, arena, nodes_out, &count, &room);
    }
    if (graph->base_nodes_changed == 0)
        return count;
    for (size_t i = 0; i < count; i++)
        if (has_value(graph, (*nodes_out)[i], label, key, value))
            (*nodes_out)[kept++] = (*nodes_out)[i];
    return kept;
}

size_t sg_graph_node_lookup(const sg_graph *graph, sg_symbol label, sg_symbol key, sg_value value,
                            sg_arena *arena, uint32_t **nodes_out)
{
    const uint32_t *candidates;
    uint32_t *nodes = NULL;
    size_t candidate_count, count = 0, room;

    *nodes_out = NULL;
    if (!value_is_indexable(value))
        return lookup_by_scan(graph, label, key, value, arena, nodes_out);
    if (graph->base_nodes > 0)
        count = lookup_in_base(graph, label, key, value, arena, &nodes);
    candidates = property_index_find(graph->index, key, value, &candidate_count);
    if (candidate_count > 0) {
        room = count;
        SG_ARENA_GROW(arena, nodes, room, count + candidate_count);
        for (size_t i = 0; i < candidate_count; i++)
            if (has_value(graph, candidates[i], label, key, value))
                nodes[count++] = candidates[i];
    }
    *nodes_out = nodes;
    return sort_unique(nodes, count);
}
