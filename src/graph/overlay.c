#include <string.h>

#include "graph_internal.h"

/* Writing. Before the first change to an entity in a transaction its state is put aside, so that
 * a rollback is exact and what changed can be counted by comparing two states. */

static node_record *node_record_add(sg_graph *graph, uint32_t node)
{
    node_record *record;

    SG_GROW(graph->nodes, graph->nodes_room, graph->nodes_count + 1);
    record = &graph->nodes[graph->nodes_count++];
    memset(record, 0, sizeof *record);
    record->handle = node;
    slot_table_set(&graph->node_slots, node, (uint32_t) graph->nodes_count);
    return record;
}

static rel_record *rel_record_add(sg_graph *graph, uint32_t rel)
{
    rel_record *record;

    SG_GROW(graph->rels, graph->rels_room, graph->rels_count + 1);
    record = &graph->rels[graph->rels_count++];
    memset(record, 0, sizeof *record);
    record->handle = rel;
    slot_table_set(&graph->rel_slots, rel, (uint32_t) graph->rels_count);
    return record;
}

node_record *node_record_ensure(sg_graph *graph, uint32_t node)
{
    node_record *record = node_record_find(graph, node);

    if (record == NULL) {
        record = node_record_add(graph, node);
        record->id = sg_graph_node_id(graph, node);
    }
    return record;
}

/* ---- taking over the state of the base ---- */
enum { MOST_KEYS = 64 };

static void copy_keys(sg_graph *graph, uint32_t entity, bool is_node, entity_state *state)
{
    sg_symbol few[MOST_KEYS], *keys = few;
    size_t count = is_node ? base_node_keys(graph, entity, few, MOST_KEYS)
                           : base_rel_keys(graph, entity, few, MOST_KEYS);

    if (count > MOST_KEYS) {
        keys = sg_arena_alloc(graph->arena, count * sizeof *keys);
        count = is_node ? base_node_keys(graph, entity, keys, count)
                        : base_rel_keys(graph, entity, keys, count);
    }
    state->properties = sg_arena_alloc(graph->arena, count * sizeof *state->properties);
    state->property_count = (uint32_t) count;
    for (size_t i = 0; i < count; i++) {
        state->properties[i].key = keys[i];
        state->properties[i].value = is_node ? base_node_property(graph, entity, keys[i])
                                             : base_rel_property(graph, entity, keys[i]);
    }
}

static void take_over_node(sg_graph *graph, node_record *record)
{
    const image_group *group = image_group_of(&graph->base, record->handle);

    copy_keys(graph, record->handle, true, &record->now);
    record->now.label_count = group->label_count;
    record->now.labels = sg_arena_grow(graph->arena, graph->base.labels + group->first_label,
                                       group->label_count * sizeof(sg_symbol),
                                       group->label_count * sizeof(sg_symbol));
    record->now.exists = true;
    record->has_state = true;
    graph->base_nodes_changed++;
}

static rel_record *rel_record_ensure(sg_graph *graph, uint32_t rel)
{
    rel_record *record = rel_record_find(graph, rel);

    if (record != NULL)
        return record;
    record = rel_record_add(graph, rel);
    record->id = sg_graph_rel_id(graph, rel);
    record->type = sg_graph_rel_type(graph, rel);
    record->source = sg_graph_rel_source(graph, rel);
    record->target = sg_graph_rel_target(graph, rel);
    copy_keys(graph, rel, false, &record->now);
    record->now.exists = true;
    graph->base_rels_changed++;
    return record;
}

static void put_aside(entity_state *now, entity_state *before)
{
    now->property_room = 0;
    now->label_room = 0;
    *before = *now;
}

static node_record *touch_node(sg_graph *graph, uint32_t node)
{
    node_record *record = node_record_ensure(graph, node);

    if (!record->has_state)
        take_over_node(graph, record);
    if (record->touched != graph->transaction) {
        put_aside(&record->now, &record->before);
        record->touched = graph->transaction;
        handle_list_add(&graph->dirty_nodes, node);
    }
    return record;
}

static rel_record *touch_rel(sg_graph *graph, uint32_t rel)
{
    rel_record *record = rel_record_ensure(graph, rel);

    if (record->touched != graph->transaction) {
        put_aside(&record->now, &record->before);
        record->touched = graph->transaction;
        handle_list_add(&graph->dirty_rels, rel);
    }
    return record;
}

uint32_t sg_graph_create_node(sg_graph *graph)
{
    node_record *record = node_record_add(graph, graph->node_limit);

    record->id = graph->next_node_id++;
    record->has_state = true;
    touch_node(graph, graph->node_limit);
    record->now.exists = true;
    graph->node_count++;
    return graph->node_limit++;
}

uint32_t sg_graph_create_rel(sg_graph *graph, sg_symbol type, uint32_t source, uint32_t target)
{
    uint32_t rel = graph->rel_limit;
    rel_record *record = rel_record_add(graph, rel);

    record->id = graph->next_rel_id++;
    record->type = type;
    record->source = source;
    record->target = target;
    touch_rel(graph, rel);
    record->now.exists = true;
    handle_list_add(&node_record_ensure(graph, source)->out, rel);
    handle_list_add(&node_record_ensure(graph, target)->in, rel);
    counters_add(&graph->type_counts, type, 1);
    graph->rel_count++;
    graph->rel_limit++;
    return rel;
}

void sg_graph_add_label(sg_graph *graph, uint32_t node, sg_symbol label)
{
    if (state_add_label(&touch_node(graph, node)->now, graph->arena, label))
        counters_add(&graph->label_counts, label, 1);
}

void sg_graph_remove_label(sg_graph *graph, uint32_t node, sg_symbol label)
{
    if (state_remove_label(&touch_node(graph, node)->now, graph->arena, label))
        counters_add(&graph->label_counts, label, -1);
}

void sg_graph_set_node_property(sg_graph *graph, uint32_t node, sg_symbol key, sg_value value)
{
    node_record *record = touch_node(graph, node);

    if (sg_value_is_null(value)) {
        state_remove_property(&record->now, graph->arena, key);
    } else {
        state_set_property(&record->now, graph->arena, key, value);
        property_index_add(graph->index, key, value, node);
    }
}

void sg_graph_set_rel_property(sg_graph *graph, uint32_t rel, sg_symbol key, sg_value value)
{
    rel_record *record = touch_rel(graph, rel);

    if (sg_value_is_null(value))
        state_remove_property(&record->now, graph->arena, key);
    else
        state_set_property(&record->now, graph->arena, key, value);
}

/* What a deleted entity was stays readable until the graph is closed; only _exists tells. */
void sg_graph_delete_node(sg_graph *graph, uint32_t node)
{
    node_record *record = touch_node(graph, node);

    if (!record->now.exists)
        return;
    record->now.exists = false;
    graph->node_count--;
    for (uint32_t i = 0; i < record->now.label_count; i++)
        counters_add(&graph->label_counts, record->now.labels[i], -1);
}

void sg_graph_delete_rel(sg_graph *graph, uint32_t rel)
{
    rel_record *record = touch_rel(graph, rel);

    if (!record->now.exists)
        return;
    record->now.exists = false;
    graph->rel_count--;
    counters_add(&graph->type_counts, record->type, -1);
    if (rel < graph->base_rels) {
        node_record_ensure(graph, record->source)->base_rels_deleted++;
        node_record_ensure(graph, record->target)->base_rels_deleted++;
    }
}
