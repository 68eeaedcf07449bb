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

sg_status sg_graph_commit(sg_graph *graph, sg_error *err)
{
    sg_status status = check_no_loose_ends(graph, err);

    if (status != SG_OK)
        return status;
    counters_copy(&graph->label_counts_before, &graph->label_counts);
    counters_copy(&graph->type_counts_before, &graph->type_counts);
    begin(graph);
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
    begin(graph);
}
