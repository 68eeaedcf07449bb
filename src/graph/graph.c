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
    graph->cache = value_cache_new();
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
    if (graph->writing)
        sg_store_rollback(graph->store);
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
    value_cache_free(graph->cache);
    sg_free(graph->sound_ends);
    image_clear(&graph->base);
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

static const entity_state *node_state(const sg_graph *graph, uint32_t node)
{
    const node_record *record = node_record_find(graph, node);

    return record != NULL && record->has_state ? &record->now : NULL;
}

static const entity_state *rel_state(const sg_graph *graph, uint32_t rel)
{
    const rel_record *record = rel_record_find(graph, rel);

    return record != NULL ? &record->now : NULL;
}

bool sg_graph_node_exists(const sg_graph *graph, uint32_t node)
{
    const entity_state *state = node_state(graph, node);

    return state != NULL ? state->exists : node < graph->base_nodes;
}

bool sg_graph_rel_exists(const sg_graph *graph, uint32_t rel)
{
    const entity_state *state = rel_state(graph, rel);

    return state != NULL ? state->exists : rel < graph->base_rels;
}

/* ---- ids ---- */
int64_t sg_graph_node_id(const sg_graph *graph, uint32_t node)
{
    if (node < graph->base_nodes) {
        const image_group *group = image_group_of(&graph->base, node);

        return column_integer(&graph->base, &group->ids, node - group->first_node);
    }
    return node_record_find(graph, node)->id;
}

int64_t sg_graph_rel_id(const sg_graph *graph, uint32_t rel)
{
    if (rel < graph->base_rels) {
        const image_type *type = image_type_of(&graph->base, rel);

        return column_integer(&graph->base, &type->ids, rel - type->first_rel);
    }
    return rel_record_find(graph, rel)->id;
}

/* Entities made since have ascending ids. */
static uint32_t new_entity_by_id(const sg_graph *graph, uint32_t low, uint32_t limit, int64_t id,
                                 int64_t (*id_of)(const sg_graph *, uint32_t))
{
    uint32_t high = limit;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (id_of(graph, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < limit && id_of(graph, low) == id ? low : SG_NO_ENTITY;
}

uint32_t sg_graph_node_by_id(const sg_graph *graph, int64_t id)
{
    uint32_t node = SG_NO_ENTITY;

    for (uint32_t i = 0; graph->base_nodes > 0 && i < graph->base.header->group_count; i++) {
        const image_group *group = &graph->base.groups[i];
        uint32_t row = column_find_id(&graph->base, &group->ids, id, true);

        if (row != UINT32_MAX)
            node = group->first_node + row;
    }
    if (node == SG_NO_ENTITY)
        node = new_entity_by_id(graph, graph->base_nodes, graph->node_limit, id, sg_graph_node_id);
    return node != SG_NO_ENTITY && sg_graph_node_exists(graph, node) ? node : SG_NO_ENTITY;
}

uint32_t sg_graph_rel_by_id(const sg_graph *graph, int64_t id)
{
    uint32_t rel = SG_NO_ENTITY;

    if (graph->base_rels > 0 && id <= graph->base.header->max_rel_id)
        for (uint32_t i = 0; i < graph->base.header->type_count; i++) {
            const image_type *type = &graph->base.types[i];
            uint32_t row = column_find_id(&graph->base, &type->ids, id, false);

            if (row != UINT32_MAX)
                rel = type->first_rel + row;
        }
    if (rel == SG_NO_ENTITY)
        rel = new_entity_by_id(graph, graph->base_rels, graph->rel_limit, id, sg_graph_rel_id);
    return rel != SG_NO_ENTITY && sg_graph_rel_exists(graph, rel) ? rel : SG_NO_ENTITY;
}

/* ---- labels, types, ends ---- */
bool sg_graph_node_has_label(const sg_graph *graph, uint32_t node, sg_symbol label)
{
    const entity_state *state = node_state(graph, node);

    if (state != NULL)
        return state_has_label(state, label);
    return image_group_has_label(&graph->base, image_group_of(&graph->base, node), label);
}

size_t sg_graph_node_labels(const sg_graph *graph, uint32_t node, sg_symbol *labels, size_t room)
{
    const entity_state *state = node_state(graph, node);
    const sg_symbol *found;
    size_t count;

    if (state != NULL) {
        found = state->labels;
        count = state->label_count;
    } else {
        const image_group *group = image_group_of(&graph->base, node);

        found = graph->base.labels + group->first_label;
        count = group->label_count;
    }
    for (size_t i = 0; i < count && i < room; i++)
        labels[i] = found[i];
    return count;
}

sg_symbol sg_graph_rel_type(const sg_graph *graph, uint32_t rel)
{
    if (rel < graph->base_rels)
        return (sg_symbol) (image_type_of(&graph->base, rel) - graph->base.types);
    return rel_record_find(graph, rel)->type;
}

uint32_t sg_graph_rel_source(const sg_graph *graph, uint32_t rel)
{
    return rel < graph->base_rels ? base_rel_source(graph, rel)
                                  : rel_record_find(graph, rel)->source;
}

uint32_t sg_graph_rel_target(const sg_graph *graph, uint32_t rel)
{
    return rel < graph->base_rels ? base_rel_target(graph, rel)
                                  : rel_record_find(graph, rel)->target;
}

/* ---- properties ---- */
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
    const entity_state *state = node_state(graph, node);

    return state != NULL ? state_value(state, key) : base_node_property(graph, node, key);
}

sg_value sg_graph_rel_property(const sg_graph *graph, uint32_t rel, sg_symbol key)
{
    const entity_state *state = rel_state(graph, rel);

    return state != NULL ? state_value(state, key) : base_rel_property(graph, rel, key);
}

size_t sg_graph_node_keys(const sg_graph *graph, uint32_t node, sg_symbol *keys, size_t room)
{
    const entity_state *state = node_state(graph, node);

    return state != NULL ? state_keys(state, keys, room) : base_node_keys(graph, node, keys, room);
}

size_t sg_graph_rel_keys(const sg_graph *graph, uint32_t rel, sg_symbol *keys, size_t room)
{
    const entity_state *state = rel_state(graph, rel);

    return state != NULL ? state_keys(state, keys, room) : base_rel_keys(graph, rel, keys, room);
}
