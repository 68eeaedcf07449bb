#include <inttypes.h>

#include "graph_internal.h"

/* The end of a transaction: what changed, keep it, or forget it. */

static void count_properties(const entity_state *before, const entity_state *now,
                             sg_graph_changes *changes)
{
    uint32_t b = 0, n = 0;
    uint32_t before_count = before->exists ? before->property_count : 0;
    uint32_t now_count = now->exists ? now->property_count : 0;

    while (b < before_count || n < now_count) {
        const property *old = b < before_count ? &before->properties[b] : NULL;
        const property *new = n < now_count ? &now->properties[n] : NULL;

        if (old != NULL && new != NULL && old->key == new->key) {
            bool same = value_same(old->value, new->value);

            changes->properties_removed += !same;
            changes->properties_set += !same;
            b++;
            n++;
        } else if (new == NULL || (old != NULL && old->key < new->key)) {
            changes->properties_removed++;
            b++;
        } else {
            changes->properties_set++;
            n++;
        }
    }
}

static void count_labels(const sg_graph *graph, sg_graph_changes *changes)
{
    for (size_t i = 0; i < graph->label_counts.count; i++) {
        bool before = counters_get(&graph->label_counts_before, (sg_symbol) i) > 0;
        bool now = graph->label_counts.of[i] > 0;

        changes->labels_added += now && !before;
        changes->labels_removed += before && !now;
    }
}

void sg_graph_count_changes(const sg_graph *graph, sg_graph_changes *changes_out)
{
    *changes_out = (sg_graph_changes){ 0 };
    for (size_t i = 0; i < graph->dirty_nodes.count; i++) {
        const node_record *record = node_record_find(graph, graph->dirty_nodes.items[i]);

        changes_out->nodes_created += record->now.exists && !record->before.exists;
        changes_out->nodes_deleted += record->before.exists && !record->now.exists;
        count_properties(&record->before, &record->now, changes_out);
    }
    for (size_t i = 0; i < graph->dirty_rels.count; i++) {
        const rel_record *record = rel_record_find(graph, graph->dirty_rels.items[i]);

        changes_out->relationships_created += record->now.exists && !record->before.exists;
        changes_out->relationships_deleted += record->before.exists && !record->now.exists;
        count_properties(&record->before, &record->now, changes_out);
    }
    count_labels(graph, changes_out);
}

static sg_status check_no_loose_ends(const sg_graph *graph, sg_error *err)
{
    for (size_t i = 0; i < graph->dirty_nodes.count; i++) {
        const node_record *record = node_record_find(graph, graph->dirty_nodes.items[i]);

        if (!record->now.exists &&
            sg_graph_degree(graph, record->handle, SG_BOTH, SG_NO_SYMBOL) > 0) {
            sg_error_set(err, SG_ERR_QUERY, "node %" PRId64 " still has relationships", record->id);
            sg_error_hint(err, "delete them first, or use DETACH DELETE");
            return SG_ERR_QUERY;
        }
    }
    return SG_OK;
}

static void begin(sg_graph *graph)
{
    graph->dirty_nodes.count = 0;
    graph->dirty_rels.count = 0;
    graph->node_limit_before = graph->node_limit;
    graph->rel_limit_before = graph->rel_limit;
    graph->transaction++;
}

void graph_keep_changes(sg_graph *graph)
{
    counters_copy(&graph->label_counts_before, &graph->label_counts);
    counters_copy(&graph->type_counts_before, &graph->type_counts);
    begin(graph);
}

/* ---- writing to the store ---- */
sg_status sg_graph_begin_write(sg_graph *graph, sg_error *err)
{
    sg_store_state state;
    bool done;
    sg_status status;

    if (graph->store == NULL || graph->writing)
        return SG_OK;
    status = sg_store_begin(graph->store, err);
    if (status != SG_OK)
        return status;
    graph->writing = true;
    status = sg_store_get_state(graph->store, &state, err);
    if (status == SG_OK && (state.seq != graph->state.seq || state.hash != graph->state.hash)) {
        bool clean = graph->dirty_nodes.count == 0 && graph->dirty_rels.count == 0;

        done = false;
        if (clean)
            status = graph_follow_store(graph, state, SIZE_MAX, &done, err);
        if (status == SG_OK && !done) {
            status = sg_error_set(err, SG_ERR_DATABASE,
                                  "another program changed the database while it was read");
            sg_error_hint(err, "run the command again");
        }
    }
    if (status != SG_OK)
        sg_graph_rollback(graph);
    return status;
}

static const char **label_names(const sg_graph *graph, const entity_state *state, sg_arena *arena)
{
    const char **names = sg_arena_alloc(arena, (state->label_count + 1) * sizeof *names);

    for (uint32_t i = 0; i < state->label_count; i++)
        names[i] = sg_graph_symbol_name(graph, SG_LABEL, state->labels[i]);
    return names;
}

static sg_value property_map(const sg_graph *graph, const entity_state *state, sg_arena *arena)
{
    sg_map_value *map = sg_arena_alloc(arena, sizeof *map);

    map->count = state->property_count;
    map->keys = sg_arena_alloc(arena, map->count * sizeof *map->keys);
    map->values = sg_arena_alloc(arena, map->count * sizeof *map->values);
    for (uint32_t i = 0; i < state->property_count; i++) {
        map->keys[i] = sg_value_text(sg_graph_symbol_name(graph, SG_KEY, state->properties[i].key));
        map->values[i] = state->properties[i].value;
    }
    return (sg_value){ .type = SG_MAP, .as.map = map };
}

static sg_status write_node(sg_graph *graph, node_record *record, sg_arena *arena, sg_error *err)
{
    const entity_state *now = &record->now;
    const char **labels = label_names(graph, now, arena);
    sg_value props = property_map(graph, now, arena);

    if (record->before.exists)
        return sg_store_update_node(graph->store, record->id, labels, now->label_count, props, err);
    return sg_store_create_node(graph->store, labels, now->label_count, props, &record->id, err);
}

static sg_status write_rel(sg_graph *graph, rel_record *record, sg_arena *arena, sg_error *err)
{
    sg_value props = property_map(graph, &record->now, arena);

    if (record->before.exists)
        return sg_store_update_rel(graph->store, record->id, props, err);
    return sg_store_create_rel(graph->store, sg_graph_symbol_name(graph, SG_REL_TYPE, record->type),
                               sg_graph_node_id(graph, record->source),
                               sg_graph_node_id(graph, record->target), props, &record->id, err);
}

/* What was made and deleted in one transaction gets no id of its own. It takes the id before it,
 * so that ids stay in ascending order and a search for that id finds its owner first. */
static int64_t id_before(const sg_graph *graph, uint32_t handle, uint32_t base_limit,
                         int64_t (*id_of)(const sg_graph *, uint32_t))
{
    return handle > base_limit ? id_of(graph, handle - 1) : INT64_MIN;
}

/* Deletions of relationships first and of nodes last, so that no end is ever missing. */
static sg_status write_rels(sg_graph *graph, bool deleted, sg_arena *arena, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < graph->dirty_rels.count; i++) {
        rel_record *record = rel_record_find(graph, graph->dirty_rels.items[i]);

        if (!deleted && record->now.exists)
            status = write_rel(graph, record, arena, err);
        else if (!deleted && !record->before.exists)
            record->id = id_before(graph, record->handle, graph->base_rels, sg_graph_rel_id);
        else if (deleted && record->before.exists && !record->now.exists)
            status = sg_store_delete_rel(graph->store, record->id, err);
        sg_arena_reset(arena);
    }
    return status;
}

static sg_status write_nodes(sg_graph *graph, bool deleted, sg_arena *arena, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < graph->dirty_nodes.count; i++) {
        node_record *record = node_record_find(graph, graph->dirty_nodes.items[i]);

        if (!deleted && record->now.exists)
            status = write_node(graph, record, arena, err);
        else if (!deleted && !record->before.exists)
            record->id = id_before(graph, record->handle, graph->base_nodes, sg_graph_node_id);
        else if (deleted && record->before.exists && !record->now.exists)
            status = sg_store_delete_node(graph->store, record->id, err);
        sg_arena_reset(arena);
    }
    return status;
}

static void follow_ids(sg_graph *graph)
{
    if (graph->nodes_count > 0 && graph->node_limit > graph->base_nodes)
        graph->next_node_id = sg_graph_node_id(graph, graph->node_limit - 1) + 1;
    if (graph->rels_count > 0 && graph->rel_limit > graph->base_rels)
        graph->next_rel_id = sg_graph_rel_id(graph, graph->rel_limit - 1) + 1;
}

static sg_status write_to_store(sg_graph *graph, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_status status = sg_graph_begin_write(graph, err);

    if (status == SG_OK)
        status = write_rels(graph, true, arena, err);
    if (status == SG_OK)
        status = write_nodes(graph, false, arena, err);
    if (status == SG_OK)
        status = write_rels(graph, false, arena, err);
    if (status == SG_OK)
        status = write_nodes(graph, true, arena, err);
    if (status == SG_OK)
        status = sg_store_commit(graph->store, err);
    if (status == SG_OK) {
        graph->writing = false;
        follow_ids(graph);
        status = sg_store_get_state(graph->store, &graph->state, err);
    }
    sg_arena_free(arena);
    return status;
}

sg_status sg_graph_commit(sg_graph *graph, sg_error *err)
{
    bool changed = graph->dirty_nodes.count > 0 || graph->dirty_rels.count > 0;
    sg_status status = check_no_loose_ends(graph, err);

    if (status != SG_OK)
        return status;
    if (graph->store != NULL && changed) {
        status = write_to_store(graph, err);
        if (status != SG_OK)
            return status;
    } else if (graph->writing) {
        sg_store_rollback(graph->store);
        graph->writing = false;
    }
    graph_keep_changes(graph);
    return SG_OK;
}

/* Lists of relationships only grow at their end, so the newest is the last of both its lists. */
static void forget_new_rels(sg_graph *graph)
{
    while (graph->rel_limit > graph->rel_limit_before) {
        rel_record *record = rel_record_find(graph, --graph->rel_limit);

        node_record_find(graph, record->source)->out.count--;
        node_record_find(graph, record->target)->in.count--;
        slot_table_set(&graph->rel_slots, graph->rel_limit, 0);
        graph->next_rel_id = record->id;
        record->handle = SG_NO_ENTITY;
        while (graph->rels_count > 0 && graph->rels[graph->rels_count - 1].handle == SG_NO_ENTITY)
            graph->rels_count--;
    }
}

static void forget_new_nodes(sg_graph *graph)
{
    while (graph->node_limit > graph->node_limit_before) {
        node_record *record = node_record_find(graph, --graph->node_limit);

        sg_free(record->out.items);
        sg_free(record->in.items);
        slot_table_set(&graph->node_slots, graph->node_limit, 0);
        graph->next_node_id = record->id;
        record->out = record->in = (handle_list){ 0 };
        record->handle = SG_NO_ENTITY;
        while (graph->nodes_count > 0 &&
               graph->nodes[graph->nodes_count - 1].handle == SG_NO_ENTITY)
            graph->nodes_count--;
    }
}

static void restore_old(sg_graph *graph)
{
    for (size_t i = 0; i < graph->dirty_nodes.count; i++) {
        node_record *record = node_record_find(graph, graph->dirty_nodes.items[i]);

        graph->node_count += (size_t) record->before.exists - (size_t) record->now.exists;
        record->now = record->before;
    }
    for (size_t i = 0; i < graph->dirty_rels.count; i++) {
        rel_record *record = rel_record_find(graph, graph->dirty_rels.items[i]);

        graph->rel_count += (size_t) record->before.exists - (size_t) record->now.exists;
        if (record->handle < graph->base_rels && record->before.exists && !record->now.exists) {
            node_record_find(graph, record->source)->base_rels_deleted--;
            node_record_find(graph, record->target)->base_rels_deleted--;
        }
        record->now = record->before;
    }
}

void sg_graph_rollback(sg_graph *graph)
{
    restore_old(graph);
    forget_new_rels(graph);
    forget_new_nodes(graph);
    counters_copy(&graph->label_counts, &graph->label_counts_before);
    counters_copy(&graph->type_counts, &graph->type_counts_before);
    if (graph->writing)
        sg_store_rollback(graph->store);
    graph->writing = false;
    begin(graph);
}
