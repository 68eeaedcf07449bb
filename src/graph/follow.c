#include <stdlib.h>
#include <string.h>

#include "load.h"

/* Following the store: what changed since the image was made is read one by one and laid over it,
 * as if it had been written here. */

typedef struct id_list {
    int64_t *items;
    size_t count;
    size_t room;
} id_list;

typedef struct follower {
    sg_graph *graph;
    sg_arena *arena;
    id_list nodes;
    id_list rels;
    statement_keys keys;
    uint32_t target; /* node or relationship that is being filled */
} follower;

static void note_change(void *data, sg_store_kind kind, int64_t id)
{
    follower *f = data;
    id_list *list = kind == SG_STORE_NODE ? &f->nodes : &f->rels;

    SG_GROW(list->items, list->room, list->count + 1);
    list->items[list->count++] = id;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;

    return (x > y) - (x < y);
}

static void sort_ids(id_list *list)
{
    size_t kept = 0;

    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_ids);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || list->items[kept - 1] != list->items[i])
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static sg_symbol graph_key(void *owner, const char *name)
{
    return sg_graph_symbol_add(owner, SG_KEY, name, strlen(name));
}

static void clear_node(sg_graph *graph, uint32_t node)
{
    sg_symbol symbols[64];
    size_t count;

    while ((count = sg_graph_node_labels(graph, node, symbols, 64)) > 0)
        for (size_t i = 0; i < count && i < 64; i++)
            sg_graph_remove_label(graph, node, symbols[i]);
    while ((count = sg_graph_node_keys(graph, node, symbols, 64)) > 0)
        for (size_t i = 0; i < count && i < 64; i++)
            sg_graph_set_node_property(graph, node, symbols[i], sg_value_null());
}

static void clear_rel(sg_graph *graph, uint32_t rel)
{
    sg_symbol keys[64];
    size_t count;

    while ((count = sg_graph_rel_keys(graph, rel, keys, 64)) > 0)
        for (size_t i = 0; i < count && i < 64; i++)
            sg_graph_set_rel_property(graph, rel, keys[i], sg_value_null());
}

static sg_status read_props(follower *f, const char *props, size_t len,
                            void (*set)(sg_graph *, uint32_t, sg_symbol, sg_value), sg_error *err)
{
    sg_value map;

    if (len <= 2)
        return SG_OK;
    if (!sg_props_read(props, len, f->arena, &map))
        return sg_error_set(err, SG_ERR_DATABASE, "%s: a record holds no properties",
                            sg_store_path(f->graph->store));
    for (size_t i = 0; i < map.as.map->count; i++) {
        sg_value key = map.as.map->keys[i];

        set(f->graph, f->target, sg_graph_symbol_add(f->graph, SG_KEY, key.as.string, key.len),
            map.as.map->values[i]);
    }
    return SG_OK;
}

/* Statements show the property `id` of their article, which the image keeps with them. */
static bool is_renamed_article(const sg_graph *graph, uint32_t node, sg_value id_before)
{
    sg_symbol label = sg_graph_symbol_find(graph, SG_LABEL, "Article", 7);
    sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, "id", 2);

    return node < graph->base_nodes && label != SG_NO_SYMBOL && key != SG_NO_SYMBOL &&
           sg_graph_node_has_label(graph, node, label) &&
           !value_same(id_before, sg_graph_node_property(graph, node, key));
}

static sg_status fill_node(follower *f, const sg_store_node *record, sg_error *err)
{
    sg_graph *graph = f->graph;
    const char *const *labels;
    size_t count = sg_store_label_set(graph->store, record->label_set, &labels);

    for (size_t i = 0; i < count; i++)
        sg_graph_add_label(graph, f->target,
                           sg_graph_symbol_add(graph, SG_LABEL, labels[i], strlen(labels[i])));
    if (record->name != NULL)
        sg_graph_set_node_property(graph, f->target, graph_key(graph, "name"),
                                   sg_value_string(record->name, record->name_len));
    return read_props(f, record->props, record->props_len, sg_graph_set_node_property, err);
}

/* *followed_out is false when only reading everything anew will do. */
static sg_status follow_node(follower *f, int64_t id, bool *followed_out, sg_error *err)
{
    sg_graph *graph = f->graph;
    sg_value id_before = sg_value_null();
    sg_store_node record;
    bool found;
    sg_status status = sg_store_find_node(graph->store, id, &record, &found, err);

    *followed_out = true;
    f->target = sg_graph_node_by_id(graph, id);
    if (status != SG_OK)
        return status;
    if (!found) {
        if (f->target != SG_NO_ENTITY)
            sg_graph_delete_node(graph, f->target);
        return SG_OK;
    }
    if (f->target == SG_NO_ENTITY) {
        *followed_out = id >= graph->next_node_id; /* else it came back from the dead */
        if (!*followed_out)
            return SG_OK;
        graph->next_node_id = id;
        f->target = sg_graph_create_node(graph);
    } else {
        id_before = sg_graph_node_property(graph, f->target, graph_key(graph, "id"));
        clear_node(graph, f->target);
    }
    status = fill_node(f, &record, err);
    *followed_out = !is_renamed_article(graph, f->target, id_before);
    return status;
}

/* The relationship with this id, made when it is new; its properties are taken away. False when
 * it cannot be made: an end is missing, or an older one with this id was another one. */
static bool open_rel(follower *f, int64_t id, const char *type, int64_t source, int64_t target)
{
    sg_graph *graph = f->graph;
    uint32_t from = sg_graph_node_by_id(graph, source), to = sg_graph_node_by_id(graph, target);

    f->target = sg_graph_rel_by_id(graph, id);
    if (f->target != SG_NO_ENTITY &&
        (sg_graph_rel_source(graph, f->target) != from ||
         sg_graph_rel_target(graph, f->target) != to ||
         strcmp(sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, f->target)),
                type) != 0))
        return false;
    if (from == SG_NO_ENTITY || to == SG_NO_ENTITY)
        return false;
    if (f->target == SG_NO_ENTITY) {
        if (id < graph->next_rel_id)
            return false;
        graph->next_rel_id = id;
        f->target = sg_graph_create_rel(
            graph, sg_graph_symbol_add(graph, SG_REL_TYPE, type, strlen(type)), from, to);
    } else {
        clear_rel(graph, f->target);
    }
    return true;
}

static void give_to_rel(void *owner, sg_symbol key, sg_value value)
{
    follower *f = owner;

    if (sg_value_is_null(sg_graph_rel_property(f->graph, f->target, key)))
        sg_graph_set_rel_property(f->graph, f->target, key, value);
}

static sg_status give_quote(follower *f, const sg_store_statement *s, sg_error *err)
{
    const char *text = NULL;
    size_t len = 0;
    sg_status status =
        sg_store_article_text(f->graph->store, s->article, f->arena, &text, &len, err);

    if (status == SG_OK && text != NULL && s->start <= s->end && s->end <= len)
        give_to_rel(f, graph_key(f->graph, "quote"),
                    sg_value_string(text + s->start, s->end - s->start));
    return status;
}

static sg_status fill_statement(follower *f, const sg_store_statement *s, sg_error *err)
{
    sg_graph *graph = f->graph;
    sg_status status = SG_OK;

    if (s->extra != NULL)
        status = read_props(f, s->extra, s->extra_len, sg_graph_set_rel_property, err);
    if (status != SG_OK)
        return status;
    if (s->article != 0) {
        uint32_t article = sg_graph_node_by_id(graph, s->article);

        if (article != SG_NO_ENTITY)
            give_to_rel(f, f->keys.article,
                        sg_graph_node_property(graph, article, graph_key(graph, "id")));
    }
    if (s->day != SG_STORE_NO_DAY) {
        char text[SG_DAY_SIZE];

        sg_day_format(s->day, text);
        give_to_rel(f, f->keys.date, sg_value_text(text));
    }
    statement_give(s, &f->keys, give_to_rel, f);
    return statement_has_quote(s) ? give_quote(f, s, err) : SG_OK;
}

static sg_status follow_rel(follower *f, int64_t id, bool *followed_out, sg_error *err)
{
    sg_graph *graph = f->graph;
    sg_store_statement statement;
    sg_store_rel rel;
    bool found = false;
    sg_status status = sg_store_find_statement(graph->store, id, &statement, &found, err);

    *followed_out = true;
    if (status != SG_OK)
        return status;
    if (found) {
        *followed_out =
            open_rel(f, id, sg_stance_type(statement.stance), statement.actor, statement.target);
        return *followed_out ? fill_statement(f, &statement, err) : SG_OK;
    }
    status = sg_store_find_rel(graph->store, id, &rel, &found, err);
    if (status != SG_OK)
        return status;
    if (found) {
        *followed_out =
            open_rel(f, id, sg_store_type_name(graph->store, rel.type), rel.source, rel.target);
        return *followed_out
                   ? read_props(f, rel.props, rel.props_len, sg_graph_set_rel_property, err)
                   : SG_OK;
    }
    f->target = sg_graph_rel_by_id(graph, id);
    if (f->target != SG_NO_ENTITY)
        sg_graph_delete_rel(graph, f->target);
    return SG_OK;
}

static sg_status follow_changes(follower *f, bool *done_out, sg_error *err)
{
    sg_status status = SG_OK;

    *done_out = true;
    for (size_t i = 0; status == SG_OK && *done_out && i < f->nodes.count; i++) {
        status = follow_node(f, f->nodes.items[i], done_out, err);
        sg_arena_reset(f->arena);
    }
    for (size_t i = 0; status == SG_OK && *done_out && i < f->rels.count; i++) {
        status = follow_rel(f, f->rels.items[i], done_out, err);
        sg_arena_reset(f->arena);
    }
    return status;
}

sg_status graph_follow_store(sg_graph *graph, sg_store_state state, size_t most, bool *done_out,
                             sg_error *err)
{
    follower f = { .graph = graph };
    bool complete = false;
    sg_status status =
        sg_store_read_changes(graph->store, graph->state, note_change, &f, &complete, err);

    *done_out = false;
    sort_ids(&f.nodes);
    sort_ids(&f.rels);
    if (status == SG_OK && complete && f.nodes.count + f.rels.count <= most) {
        f.arena = sg_arena_new();
        f.keys = statement_keys_make(graph_key, graph);
        status = follow_changes(&f, done_out, err);
        sg_arena_free(f.arena);
        if (status == SG_OK && *done_out) {
            graph->state = state;
            graph_keep_changes(graph);
        }
    }
    sg_free(f.nodes.items);
    sg_free(f.rels.items);
    return status;
}
