/* Writing nodes and relationships. Every write passes sg_store_touch(), which notes the change for
 * the graph image and, in a logged transaction, keeps the row as it was so that it can be undone.
 */

#include <string.h>

#include "bulk.h"

/* ---- what changes ---- */

void sg_store_mix(sg_store *store, const void *bytes, size_t len)
{
    store->state.hash = sg_hash_bytes(bytes, len, store->state.hash);
}

void sg_store_mix_numbers(sg_store *store, int64_t a, int64_t b, int64_t c)
{
    int64_t numbers[3] = { a, b, c };

    sg_store_mix(store, numbers, sizeof numbers);
}

static sg_status keep_row(sg_store *store, int row_kind, int64_t id, sg_error *err)
{
    switch (row_kind) {
    case SG_ROW_NODE:
        return sg_sql_run(store, err, "INSERT INTO log_node SELECT ?1, * FROM node WHERE id = ?2",
                          "ii", store->log, id);
    case SG_ROW_REL:
        return sg_sql_run(store, err, "INSERT INTO log_rel SELECT ?1, * FROM rel WHERE id = ?2",
                          "ii", store->log, id);
    case SG_ROW_STATEMENT:
        return sg_sql_run(store, err,
                          "INSERT INTO log_statement SELECT ?1, * FROM statement WHERE id = ?2",
                          "ii", store->log, id);
    case SG_ROW_ALIAS:
        return sg_sql_run(store, err, "INSERT INTO log_alias SELECT ?1, * FROM alias WHERE id = ?2",
                          "ii", store->log, id);
    case SG_ROW_MENTION:
        return sg_sql_run(store, err,
                          "INSERT INTO log_mention SELECT ?1, * FROM mention WHERE id = ?2", "ii",
                          store->log, id);
    default:
        return sg_sql_run(store, err,
                          "INSERT INTO log_evidence SELECT ?1, * FROM evidence WHERE id = ?2", "ii",
                          store->log, id);
    }
}

sg_status sg_store_touch(sg_store *store, int row_kind, int64_t id, sg_error *err)
{
    sg_status status = SG_OK;

    if (row_kind == SG_ROW_NODE)
        sg_store_touch_id(store, SG_STORE_NODE, id);
    else if (row_kind == SG_ROW_REL || row_kind == SG_ROW_STATEMENT)
        sg_store_touch_id(store, SG_STORE_REL, id);
    if (store->log == 0)
        return SG_OK;
    status = sg_sql_run(store, err,
                        "INSERT OR IGNORE INTO log_touch (log, kind, id) VALUES (?1, ?2, ?3)",
                        "iii", store->log, (int64_t) row_kind, id);
    if (status == SG_OK && sqlite3_changes(store->db) > 0)
        status = keep_row(store, row_kind, id, err);
    return status;
}

sg_status sg_store_touch_new(sg_store *store, int row_kind, int64_t id, sg_error *err)
{
    if (store->log == 0)
        return SG_OK;
    return sg_sql_run(store, err,
                      "INSERT OR IGNORE INTO log_touch (log, kind, id) VALUES (?1, ?2, ?3)", "iii",
                      store->log, (int64_t) row_kind, id);
}

int64_t sg_store_take_rel_id(sg_store *store)
{
    return store->next_rel++;
}

/* ---- bulk import ---- */

void sg_store_know_node(sg_store *store, int64_t id)
{
    size_t word = (size_t) id / 64;

    if (id < 0)
        return;
    if (word >= store->known_capacity) {
        size_t old = store->known_capacity;

        SG_GROW(store->known_nodes, store->known_capacity, word + 1);
        memset(store->known_nodes + old, 0,
               (store->known_capacity - old) * sizeof *store->known_nodes);
    }
    store->known_nodes[word] |= UINT64_C(1) << (id % 64);
}

void sg_store_know_article(sg_store *store, int64_t key, int64_t id)
{
    /* Of several the oldest, as sg_article_by_key() finds it. */
    (void) sg_map_slot(store->article_keys, (const char *) &key, sizeof key, (uint64_t) id);
}

static sg_status need_node(sg_store *store, int64_t id, sg_error *err)
{
    size_t word = (size_t) id / 64;
    bool known = false;
    int64_t count = 0;
    sg_status status = SG_OK;

    if (store->bulk) {
        known = id > 0 && word < store->known_capacity &&
                (store->known_nodes[word] >> (id % 64) & 1) != 0;
    } else {
        status = sg_sql_number(store, 0, &count, err, "SELECT 1 FROM node WHERE id = ?1", "i", id);
        known = count != 0;
    }
    if (status == SG_OK && !known)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: there is no node %lld", store->path,
                            (long long) id);
    return status;
}

/* ---- nodes ---- */

/* Splits the name off, because it is what most look at, and writes the rest as JSON. */
static void node_columns(sg_value props, sg_value *name_out, sg_strbuf *json)
{
    sg_value kept = sg_props_find(props, "name");

    sg_strbuf_reset(json);
    *name_out = sg_value_null();
    if (kept.type == SG_STRING) {
        for (size_t i = 0; i < props.as.map->count; i++) {
            sg_value key = props.as.map->keys[i];

            if (key.len == 4 && memcmp(key.as.string, "name", 4) == 0) {
                /* out of the map while it is written */
                props.as.map->values[i] = sg_value_null();
                sg_props_write(props, json);
                props.as.map->values[i] = kept;
            }
        }
        *name_out = kept;
        return;
    }
    sg_props_write(props, json);
}

/* Keeps the row of `article` in step with an Article node: its `id` is how statements name it. */
static sg_status sync_article(sg_store *store, int64_t id, int64_t set, sg_value props,
                              sg_error *err)
{
    sg_value key = sg_props_find(props, "id");
    bool has_key = key.type == SG_INTEGER;

    if (!sg_symbols_set_has(store, set, "Article"))
        return SG_OK;
    if (store->bulk && has_key)
        sg_store_know_article(store, key.as.integer, id);
    if (store->fresh != NULL)
        return sg_bulk_article(store, id, has_key ? key.as.integer : INT64_MIN, err);
    return sg_sql_run(store, err,
                      "INSERT INTO article (id, key) VALUES (?1, ?2)"
                      " ON CONFLICT (id) DO UPDATE SET key = excluded.key",
                      "iI", id, has_key ? key.as.integer : INT64_MIN);
}

/* Rows of a bulk import that cannot be followed end the following, not the import. */
static sg_status insert_node(sg_store *store, const sg_store_node *node, sg_error *err)
{
    if (store->fresh == NULL)
        return sg_sql_run(store, err,
                          "INSERT INTO node (id, label_set, name, props) VALUES (?1, ?2, ?3, ?4)",
                          "iiss", node->id, node->label_set, node->name, node->name_len,
                          node->props, node->props_len);
    if (store->watcher != NULL && !store->watcher->node(store->watcher->data, node))
        store->watcher = NULL;
    return sg_bulk_node(store, node, err);
}

sg_status sg_store_create_node(sg_store *store, const char *const *labels, size_t label_count,
                               sg_value props, int64_t *id_out, sg_error *err)
{
    sg_value name;
    int64_t set = 0;
    sg_status status = sg_store_need_writing(store, err);

    if (status == SG_OK)
        status = sg_symbols_label_set(store, labels, label_count, &set, err);
    if (status != SG_OK)
        return status;
    *id_out = store->next_node++;
    status = sg_store_touch(store, SG_ROW_NODE, *id_out, err);
    if (status != SG_OK)
        return status;
    node_columns(props, &name, &store->scratch);
    status = insert_node(store,
                         &(sg_store_node){ .id = *id_out,
                                           .label_set = set,
                                           .name = name.type == SG_STRING ? name.as.string : NULL,
                                           .name_len = name.len,
                                           .props = store->scratch.data,
                                           .props_len = store->scratch.len },
                         err);
    sg_store_mix_numbers(store, *id_out, set, (int64_t) name.len);
    if (name.type == SG_STRING)
        sg_store_mix(store, name.as.string, name.len);
    sg_store_mix(store, store->scratch.data, store->scratch.len);
    if (store->bulk)
        sg_store_know_node(store, *id_out);
    if (status == SG_OK)
        status = sync_article(store, *id_out, set, props, err);
    return status;
}

sg_status sg_store_update_node(sg_store *store, int64_t id, const char *const *labels,
                               size_t label_count, sg_value props, sg_error *err)
{
    sg_value name;
    int64_t set = 0;
    sg_status status = sg_store_need_editing(store, err);

    if (status == SG_OK)
        status = need_node(store, id, err);
    if (status == SG_OK)
        status = sg_symbols_label_set(store, labels, label_count, &set, err);
    if (status == SG_OK)
        status = sg_store_touch(store, SG_ROW_NODE, id, err);
    if (status != SG_OK)
        return status;
    node_columns(props, &name, &store->scratch);
    status = sg_sql_run(store, err,
                        "UPDATE node SET label_set = ?2, name = ?3, props = ?4 WHERE id = ?1",
                        "iiss", id, set, name.type == SG_STRING ? name.as.string : NULL,
                        (size_t) name.len, store->scratch.data, store->scratch.len);
    sg_store_mix_numbers(store, id, set, -2);
    if (name.type == SG_STRING)
        sg_store_mix(store, name.as.string, name.len);
    sg_store_mix(store, store->scratch.data, store->scratch.len);
    if (status == SG_OK)
        status = sync_article(store, id, set, props, err);
    return status;
}

/* Touches and deletes rows of one kind that hang on a node or article. */
static sg_status delete_rows(sg_store *store, int row_kind, const char *find, const char *remove,
                             int64_t id, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, err, find, "i", id);

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        status = sg_store_touch(store, row_kind, sqlite3_column_int64(rows, 0), err);
    }
    sg_sql_done(rows);
    if (status == SG_OK)
        status = sg_sql_run(store, err, remove, "i", id);
    return status;
}

/* A statement keeps what it said when its article goes: quote and article become properties. */
static sg_status detach_statements(sg_store *store, int64_t article, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, err,
                                    "SELECT id FROM statement WHERE article = ?1", "i", article);

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        int64_t id = sqlite3_column_int64(rows, 0);
        status = sg_store_touch(store, SG_ROW_STATEMENT, id, err);
        if (status == SG_OK)
            status = sg_sql_run(store, err,
                                "INSERT INTO statement_search (statement_search, rowid, quote)"
                                " SELECT 'delete', id, quote FROM statement_quote WHERE id = ?1",
                                "i", id);
        if (status == SG_OK)
            status = sg_sql_run(
                store, err,
                "UPDATE statement SET extra = json_patch(coalesce(extra, '{}'), json_object("
                "  'article', (SELECT key FROM article WHERE id = statement.article),"
                "  'quote', (SELECT quote FROM statement_quote q WHERE q.id = statement.id))),"
                " quote_hash = NULL WHERE id = ?1",
                "i", id);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "UPDATE statement SET article = NULL WHERE id = ?1",
                                "i", id);
    }
    sg_sql_done(rows);
    return status;
}

static sg_status delete_article(sg_store *store, int64_t id, sg_error *err)
{
    int64_t found = 0;
    sg_status status =
        sg_sql_number(store, 0, &found, err, "SELECT 1 FROM article WHERE id = ?1", "i", id);

    if (status != SG_OK || found == 0)
        return status;
    status = detach_statements(store, id, err);
    if (status == SG_OK)
        status = delete_rows(store, SG_ROW_MENTION, "SELECT id FROM mention WHERE article = ?1",
                             "DELETE FROM mention WHERE article = ?1", id, err);
    if (status == SG_OK)
        status = delete_rows(store, SG_ROW_EVIDENCE, "SELECT id FROM evidence WHERE article = ?1",
                             "DELETE FROM evidence WHERE article = ?1", id, err);
    if (status == SG_OK)
        status = sg_sql_run(store, err,
                            "INSERT INTO article_search (article_search, rowid, title, body)"
                            " SELECT 'delete', id, title, body FROM article_text WHERE id = ?1",
                            "i", id);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM article_text WHERE id = ?1", "i", id);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM article_band WHERE article = ?1", "i", id);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM article WHERE id = ?1", "i", id);
    return status;
}

sg_status sg_store_delete_node(sg_store *store, int64_t id, sg_error *err)
{
    int64_t left = 0;
    sg_status status = sg_store_need_editing(store, err);

    if (status == SG_OK)
        status = sg_sql_number(store, 0, &left, err,
                               "SELECT EXISTS (SELECT 1 FROM rel WHERE source = ?1)"
                               " + EXISTS (SELECT 1 FROM rel WHERE target = ?1)"
                               " + EXISTS (SELECT 1 FROM statement WHERE actor = ?1)"
                               " + EXISTS (SELECT 1 FROM statement WHERE target = ?1)",
                               "i", id);
    if (status == SG_OK && left > 0)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: node %lld still has relationships",
                            store->path, (long long) id);
    if (status == SG_OK)
        status = sg_store_touch(store, SG_ROW_NODE, id, err);
    if (status == SG_OK)
        status = delete_article(store, id, err);
    if (status == SG_OK)
        status = delete_rows(store, SG_ROW_MENTION, "SELECT id FROM mention WHERE node = ?1",
                             "DELETE FROM mention WHERE node = ?1", id, err);
    if (status == SG_OK)
        status = delete_rows(store, SG_ROW_ALIAS, "SELECT id FROM alias WHERE node = ?1",
                             "DELETE FROM alias WHERE node = ?1", id, err);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM node WHERE id = ?1", "i", id);
    sg_store_mix_numbers(store, id, 0, -3);
    return status;
}

/* ---- relationships ---- */

static sg_status insert_rel(sg_store *store, int64_t id, const char *type, int64_t source,
                            int64_t target, sg_value props, sg_error *err)
{
    int64_t type_id = 0;
    sg_status status = sg_symbols_type(store, type, &type_id, err);

    if (status == SG_OK)
        status = sg_store_touch(store, SG_ROW_REL, id, err);
    if (status != SG_OK)
        return status;
    sg_strbuf_reset(&store->scratch);
    sg_props_write(props, &store->scratch);
    sg_store_mix_numbers(store, id, source, target);
    sg_store_mix(store, store->scratch.data, store->scratch.len);
    sg_store_mix(store, type, strlen(type));
    if (store->fresh != NULL) {
        sg_store_rel rel = { id, type_id, source, target, store->scratch.data, store->scratch.len };

        if (store->watcher != NULL && !store->watcher->rel(store->watcher->data, &rel))
            store->watcher = NULL;
        return sg_bulk_rel(store, &rel, err);
    }
    return sg_sql_run(
        store, err, "INSERT INTO rel (id, type, source, target, props) VALUES (?1, ?2, ?3, ?4, ?5)",
        "iiiis", id, type_id, source, target, store->scratch.data, store->scratch.len);
}

sg_status sg_store_create_rel(sg_store *store, const char *type, int64_t source, int64_t target,
                              sg_value props, int64_t *id_out, sg_error *err)
{
    sg_store_statement s = { 0 };
    sg_status status = sg_store_need_writing(store, err);

    if (status == SG_OK)
        status = need_node(store, source, err);
    if (status == SG_OK)
        status = need_node(store, target, err);
    if (status != SG_OK)
        return status;
    *id_out = sg_store_take_rel_id(store);
    if (!sg_stance_from_type(type, strlen(type), &s.stance))
        return insert_rel(store, *id_out, type, source, target, props, err);
    s.id = *id_out;
    s.actor = source;
    s.target = target;
    sg_arena_reset(store->row);
    status = sg_store_touch(store, SG_ROW_STATEMENT, s.id, err);
    if (status == SG_OK)
        status = sg_statement_from_props(store, props, store->row, &s, err);
    if (status == SG_OK)
        status = sg_statement_insert(store, &s, true, err);
    return status;
}

sg_status sg_store_create_statement(sg_store *store, const sg_store_statement *statement,
                                    int64_t *id_out, sg_error *err)
{
    sg_store_statement s = *statement;
    sg_status status = sg_store_need_writing(store, err);

    if (status == SG_OK)
        status = need_node(store, s.actor, err);
    if (status == SG_OK)
        status = need_node(store, s.target, err);
    if (status != SG_OK)
        return status;
    s.id = *id_out = sg_store_take_rel_id(store);
    status = sg_store_touch(store, SG_ROW_STATEMENT, s.id, err);
    if (status == SG_OK)
        status = sg_statement_insert(store, &s, true, err);
    return status;
}

sg_status sg_store_update_statement(sg_store *store, const sg_store_statement *statement,
                                    sg_error *err)
{
    sg_status status = sg_store_need_editing(store, err);

    if (status == SG_OK)
        status = sg_store_touch(store, SG_ROW_STATEMENT, statement->id, err);
    if (status == SG_OK)
        status = sg_statement_replace(store, statement, true, err);
    return status;
}

static sg_status update_statement(sg_store *store, sg_store_statement *s, sg_value props,
                                  sg_error *err)
{
    sg_status status = sg_store_touch(store, SG_ROW_STATEMENT, s->id, err);

    sg_arena_reset(store->row);
    if (status == SG_OK)
        status = sg_statement_from_props(store, props, store->row, s, err);
    if (status == SG_OK)
        status = sg_statement_remove(store, s->id, err);
    if (status == SG_OK)
        status = sg_statement_insert(store, s, true, err);
    return status;
}

sg_status sg_store_update_rel(sg_store *store, int64_t id, sg_value props, sg_error *err)
{
    sg_store_statement s = { 0 };
    bool found = false;
    sg_status status = sg_store_need_editing(store, err);

    if (status == SG_OK)
        status = sg_store_find_statement(store, id, &s, &found, err);
    if (status != SG_OK)
        return status;
    if (found)
        return update_statement(store, &s, props, err);
    status = sg_store_touch(store, SG_ROW_REL, id, err);
    if (status != SG_OK)
        return status;
    sg_strbuf_reset(&store->scratch);
    sg_props_write(props, &store->scratch);
    sg_store_mix_numbers(store, id, 0, -4);
    sg_store_mix(store, store->scratch.data, store->scratch.len);
    status = sg_sql_run(store, err, "UPDATE rel SET props = ?2 WHERE id = ?1", "is", id,
                        store->scratch.data, store->scratch.len);
    if (status == SG_OK && sqlite3_changes(store->db) == 0)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: there is no relationship %lld", store->path,
                            (long long) id);
    return status;
}

sg_status sg_store_delete_rel(sg_store *store, int64_t id, sg_error *err)
{
    int64_t is_statement = 0;
    sg_status status = sg_store_need_editing(store, err);

    if (status == SG_OK)
        status = sg_sql_number(store, 0, &is_statement, err,
                               "SELECT 1 FROM statement WHERE id = ?1", "i", id);
    if (status == SG_OK)
        status = sg_store_touch(store, is_statement != 0 ? SG_ROW_STATEMENT : SG_ROW_REL, id, err);
    if (status == SG_OK)
        status = delete_rows(store, SG_ROW_EVIDENCE, "SELECT id FROM evidence WHERE rel = ?1",
                             "DELETE FROM evidence WHERE rel = ?1", id, err);
    if (status != SG_OK)
        return status;
    if (is_statement != 0)
        return sg_statement_remove(store, id, err);
    sg_store_mix_numbers(store, id, 0, -5);
    return sg_sql_run(store, err, "DELETE FROM rel WHERE id = ?1", "i", id);
}
