#include "stance/graph.h"

#include "graph_internal.h"

/* Opening, closing and reading: each question asks the overlay first. */

sg_graph *sg_graph_new(void)
{
    sg_graph *graph = sg_calloc(1, sizeof *graph);

    graph->arena = sg_arena_new();
    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        graph->symbols[kind].ids = sg_map_new();
    graph->index = property_index_new();
    graph->transaction = 1;
    return graph;
}

static void free_records(sg_graph *graph)
{
    for (size_t i = 0; i < graph->nodes_count; i++) {
        sg_free(graph->nodes[i].out.items);
        sg_free(graph->nodes[i].in.items);
    }
    sg_free(graph->nodes);
    sg_free(graph->rels);
    sg_free(graph->node_slots.slots);
    sg_free(graph->rel_slots.slots);
    sg_free(graph->dirty_nodes.items);
    sg_free(graph->dirty_rels.items);
}

void sg_graph_close(sg_graph *graph)
{
    if (graph == NULL)
        return;
    free_records(graph);
    sg_free(graph->label_counts.of);
    sg_free(graph->type_counts.of);
    sg_free(graph->label_counts_before.of);
    sg_free(graph->type_counts_before.of);
    for (int kind = SG_LABEL; kind <= SG_KEY; kind++) {
        sg_map_free(graph->symbols[kind].ids);
        sg_free(graph->symbols[kind].names);
    }
    property_index_free(graph->index);
    sg_arena_free(graph->arena);
    sg_free(graph);
}

uint32_t sg_graph_node_limit(const sg_graph *graph)
{
    return graph->node_limit;
}

uint32_t sg_graph_rel_limit(const sg_graph *graph)
{
    return graph->rel_limit;
}

size_t sg_graph_node_count(const sg_graph *graph)
{
    return graph->node_count;
}

size_t sg_graph_rel_count(const sg_graph *graph)
{
    return graph->rel_count;
}

bool sg_graph_node_exists(const sg_graph *graph, uint32_t node)
{
    const node_record *record = node_record_find(graph, node);

    return record != NULL && record->now.exists;
}

bool sg_graph_rel_exists(const sg_graph *graph, uint32_t rel)
{
    const rel_record *record = rel_record_find(graph, rel);

    return record != NULL && record->now.exists;
}

int64_t sg_graph_node_id(const sg_graph *graph, uint32_t node)
{
    return node_record_find(graph, node)->id;
}

int64_t sg_graph_rel_id(const sg_graph *graph, uint32_t rel)
{
    return rel_record_find(graph, rel)->id;
}

uint32_t sg_graph_node_by_id(const sg_graph *graph, int64_t id)
{
    for (size_t i = 0; i < graph->nodes_count; i++)
        if (graph->nodes[i].id == id && graph->nodes[i].now.exists)
            return graph->nodes[i].handle;
    return SG_NO_ENTITY;
}

uint32_t sg_graph_rel_by_id(const sg_graph *graph, int64_t id)
{
    for (size_t i = 0; i < graph->rels_count; i++)
        if (graph->rels[i].id == id && graph->rels[i].now.exists)
            return graph->rels[i].handle;
    return SG_NO_ENTITY;
}

bool sg_graph_node_has_label(const sg_graph *graph, uint32_t node, sg_symbol label)
{
    return state_has_label(&node_record_find(graph, node)->now, label);
}

size_t sg_graph_node_labels(const sg_graph *graph, uint32_t node, sg_symbol *labels, size_t room)
{
    const entity_state *state = &node_record_find(graph, node)->now;

    for (size_t i = 0; i < state->label_count && i < room; i++)
        labels[i] = state->labels[i];
    return state->label_count;
}

sg_symbol sg_graph_rel_type(const sg_graph *graph, uint32_t rel)
{
    return rel_record_find(graph, rel)->type;
}

uint32_t sg_graph_rel_source(const sg_graph *graph, uint32_t rel)
{
    return rel_record_find(graph, rel)->source;
}

uint32_t sg_graph_rel_target(const sg_graph *graph, uint32_t rel)
{
    return rel_record_find(graph, rel)->target;
}

static sg_value state_value(const entity_state *state, sg_symbol key)
{
    const property *found = state_find_property(state, key);

    return found == NULL ? sg_value_null() : found->value;
}

static size_t state_keys(const entity_state *state, sg_symbol *keys, size_t room)
{
    for (size_t i = 0; i < state->property_count && i < room; i++)
        keys[i] = state->properties[i].key;
    return state->property_count;
}

sg_value sg_graph_node_property(const sg_graph *graph, uint32_t node, sg_symbol key)
{
    return state_value(&node_record_find(graph, node)->now, key);
}

sg_value sg_graph_rel_property(const sg_graph *graph, uint32_t rel, sg_symbol key)
{
    return state_value(&rel_record_find(graph, rel)->now, key);
}

size_t sg_graph_node_keys(const sg_graph *graph, uint32_t node, sg_symbol *keys, size_t room)
{
    return state_keys(&node_record_find(graph, node)->now, keys, room);
}

size_t sg_graph_rel_keys(const sg_graph *graph, uint32_t rel, sg_symbol *keys, size_t room)
{
    return state_keys(&rel_record_find(graph, rel)->now, keys, room);
}
