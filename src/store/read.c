/* Reading records: whole tables in order of id, and single ones. */

#include <string.h>

#include "store_internal.h"

#define NODE_COLUMNS "SELECT id, label_set, name, props FROM node"
#define REL_COLUMNS  "SELECT id, type, source, target, props FROM rel"
#define STATEMENT_COLUMNS                                                                          \
 "SELECT id, actor, target, stance, article, day, quote_start, quote_end, mode, certainty,"        \
 " confidence, origin, status, extra FROM statement"

static void node_from_row(sqlite3_stmt *row, sg_store_node *node)
{
    node->id = sqlite3_column_int64(row, 0);
    node->label_set = sqlite3_column_int64(row, 1);
    node->name = (const char *) sqlite3_column_text(row, 2);
    node->name_len = (size_t) sqlite3_column_bytes(row, 2);
    node->props = (const char *) sqlite3_column_text(row, 3);
    node->props_len = (size_t) sqlite3_column_bytes(row, 3);
}

static void rel_from_row(sqlite3_stmt *row, sg_store_rel *rel)
{
    rel->id = sqlite3_column_int64(row, 0);
    rel->type = sqlite3_column_int64(row, 1);
    rel->source = sqlite3_column_int64(row, 2);
    rel->target = sqlite3_column_int64(row, 3);
    rel->props = (const char *) sqlite3_column_text(row, 4);
    rel->props_len = (size_t) sqlite3_column_bytes(row, 4);
}

/* A number, or `absent` for null. */
static int64_t number_or(sqlite3_stmt *row, int column, int64_t absent)
{
    if (sqlite3_column_type(row, column) == SQLITE_NULL)
        return absent;
    return sqlite3_column_int64(row, column);
}

static void statement_from_row(const sg_store *store, sqlite3_stmt *row, sg_store_statement *s)
{
    int64_t origin = number_or(row, 11, 0);

    s->id = sqlite3_column_int64(row, 0);
    s->actor = sqlite3_column_int64(row, 1);
    s->target = sqlite3_column_int64(row, 2);
    s->stance = sqlite3_column_int(row, 3);
    s->article = number_or(row, 4, 0);
    s->day = (int32_t) number_or(row, 5, SG_STORE_NO_DAY);
    s->start = (uint32_t) number_or(row, 6, SG_STORE_NO_BYTE);
    s->end = (uint32_t) number_or(row, 7, SG_STORE_NO_BYTE);
    s->mode = (int) number_or(row, 8, -1);
    s->certainty = (int) number_or(row, 9, -1);
    s->confidence =
        sqlite3_column_type(row, 10) == SQLITE_NULL ? -1.0 : sqlite3_column_double(row, 10);
    s->origin = origin > 0 && (size_t) origin <= store->origins.count
                    ? store->origins.names[origin - 1]
                    : NULL;
    s->status = (int) number_or(row, 12, -1);
    s->extra = (const char *) sqlite3_column_text(row, 13);
    s->extra_len = (size_t) sqlite3_column_bytes(row, 13);
}

sg_status sg_store_read_nodes(sg_store *store, bool (*each)(void *data, const sg_store_node *node),
                              void *data, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    sg_store_node node;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, err, NODE_COLUMNS " ORDER BY id", "");

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        node_from_row(rows, &node);
        if (!each(data, &node))
            break;
    }
    sg_sql_done(rows);
    return status;
}

sg_status sg_store_read_rels(sg_store *store, bool (*each)(void *data, const sg_store_rel *rel),
                             void *data, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    sg_store_rel rel;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, err, REL_COLUMNS " ORDER BY id", "");

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        rel_from_row(rows, &rel);
        if (!each(data, &rel))
            break;
    }
    sg_sql_done(rows);
    return status;
}

sg_status sg_store_read_statements(sg_store *store,
                                   bool (*each)(void *data, const sg_store_statement *statement),
                                   void *data, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    sg_store_statement s;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, err, STATEMENT_COLUMNS " ORDER BY id", "");

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        statement_from_row(store, rows, &s);
        if (!each(data, &s))
            break;
    }
    sg_sql_done(rows);
    return status;
}

sg_status sg_store_find_node(sg_store *store, int64_t id, sg_store_node *node_out, bool *found_out,
                             sg_error *err)
{
    sqlite3_stmt *row = NULL;
    sg_status status = sg_sql_query(store, &row, err, NODE_COLUMNS " WHERE id = ?1", "i", id);

    *found_out = false;
    if (status == SG_OK)
        status = sg_sql_step(store, row, found_out, err);
    if (*found_out)
        node_from_row(row, node_out);
    return status;
}

sg_status sg_store_find_rel(sg_store *store, int64_t id, sg_store_rel *rel_out, bool *found_out,
                            sg_error *err)
{
    sqlite3_stmt *row = NULL;
    sg_status status = sg_sql_query(store, &row, err, REL_COLUMNS " WHERE id = ?1", "i", id);

    *found_out = false;
    if (status == SG_OK)
        status = sg_sql_step(store, row, found_out, err);
    if (*found_out)
        rel_from_row(row, rel_out);
    return status;
}

sg_status sg_store_find_statement(sg_store *store, int64_t id, sg_store_statement *statement_out,
                                  bool *found_out, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    sg_status status = sg_sql_query(store, &row, err, STATEMENT_COLUMNS " WHERE id = ?1", "i", id);

    *found_out = false;
    if (status == SG_OK)
        status = sg_sql_step(store, row, found_out, err);
    if (*found_out)
        statement_from_row(store, row, statement_out);
    return status;
}

sg_status sg_store_find_same(sg_store *store, const sg_store_statement *statement, int64_t *id_out,
                             sg_error *err)
{
    return sg_sql_number(store, 0, id_out, err,
                         "SELECT id FROM statement WHERE actor = ?1 AND target = ?2"
                         " AND stance = ?3 AND article IS ?4 AND quote_start IS ?5"
                         " AND quote_end IS ?6 ORDER BY id LIMIT 1",
                         "iiiIII", statement->actor, statement->target, (int64_t) statement->stance,
                         statement->article != 0 ? statement->article : INT64_MIN,
                         statement->start != SG_STORE_NO_BYTE ? (int64_t) statement->start
                                                              : INT64_MIN,
                         statement->end != SG_STORE_NO_BYTE ? (int64_t) statement->end : INT64_MIN);
}

sg_status sg_store_article_text(sg_store *store, int64_t article, sg_arena *arena,
                                const char **text_out, size_t *len_out, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    bool found = false;
    sg_status status =
        sg_sql_query(store, &row, err, "SELECT body FROM article_text WHERE id = ?1", "i", article);

    *text_out = NULL;
    *len_out = 0;
    if (status == SG_OK)
        status = sg_sql_step(store, row, &found, err);
    if (found) {
        const char *body = sqlite3_column_blob(row, 0);

        *len_out = (size_t) sqlite3_column_bytes(row, 0);
        *text_out = sg_arena_strndup(arena, body != NULL ? body : "", *len_out);
    }
    sg_sql_done(row);
    return status;
}
