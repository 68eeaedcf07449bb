/* Articles: text byte for byte, versions by name and SHA-256. */

#include <string.h>

#include "store_internal.h"

sg_status sg_article_find(sg_store *store, const char *name, const char *sha256,
                          struct sg_article_row *out, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    bool found = false;
    sg_status status;

    memset(out, 0, sizeof *out);
    /* The current article of this name, else one of the same bytes under another name. */
    status = sg_sql_query(store, &row, err,
                          "SELECT id, version, sha256 FROM article"
                          " WHERE superseded_by IS NULL AND (name = ?1 OR sha256 = ?2)"
                          " ORDER BY sha256 = ?2 DESC, name = ?1 DESC, id LIMIT 1",
                          "tt", name, sha256);
    if (status == SG_OK)
        status = sg_sql_step(store, row, &found, err);
    if (found) {
        const char *sha = (const char *) sqlite3_column_text(row, 2);

        out->id = sqlite3_column_int64(row, 0);
        out->version = sqlite3_column_int64(row, 1);
        (void) snprintf(out->sha256, sizeof out->sha256, "%s", sha != NULL ? sha : "");
    }
    sg_sql_done(row);
    return status;
}

sg_status sg_store_has_article(sg_store *store, const char *sha256, bool *has_out, sg_error *err)
{
    int64_t id = 0;
    sg_status status = sg_sql_number(
        store, 0, &id, err, "SELECT id FROM article WHERE sha256 = ?1 AND superseded_by IS NULL",
        "t", sha256);

    *has_out = id != 0;
    return status;
}

static sg_status store_text(sg_store *store, int64_t id, const sg_document *document, sg_error *err)
{
    sg_status status =
        sg_sql_run(store, err, "INSERT INTO article_text (id, title, body) VALUES (?1, ?2, ?3)",
                   "itb", id, document->title, document->text, document->len);

    if (status == SG_OK)
        status = sg_sql_run(store, err,
                            "INSERT INTO article_search (rowid, title, body) VALUES (?1, ?2, ?3)",
                            "itb", id, document->title, document->text, document->len);
    return status;
}

/* `id` is what statements call the article by; it is the node's own. */
static sg_value article_props(struct sg_props *props, const sg_document *document, int64_t id,
                              const char *sha256, int64_t version)
{
    char date[SG_DAY_SIZE];

    sg_props_set(props, "id", sg_value_integer(id));
    sg_props_set_text(props, "title", document->title);
    sg_props_set_text(props, "source", document->source);
    sg_props_set_text(props, "author", document->author);
    sg_props_set_text(props, "uri", document->uri);
    sg_props_set_text(props, "file", document->name);
    sg_props_set_text(props, "sha256", sha256);
    if (document->day != SG_NO_DAY) {
        sg_day_format(document->day, date);
        sg_props_set_text(props, "date", sg_arena_strdup(props->arena, date));
    }
    if (version > 1)
        sg_props_set(props, "version", sg_value_integer(version));
    return sg_props_value(props);
}

static sg_status mark_superseded(sg_store *store, int64_t older, int64_t newer, sg_error *err)
{
    static const char *const labels[] = { "Article" };
    struct sg_props props;
    sg_store_node node;
    sg_value map;
    bool found = false;
    sg_arena *arena = sg_arena_new();
    sg_status status = sg_store_find_node(store, older, &node, &found, err);

    if (status == SG_OK && found && sg_props_read(node.props, node.props_len, arena, &map)) {
        sg_props_init(&props, arena, map);
        sg_props_set(&props, "supersededBy", sg_value_integer(newer));
        status = sg_store_update_node(store, older, labels, 1, sg_props_value(&props), err);
    }
    sg_arena_free(arena);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "UPDATE article SET superseded_by = ?2 WHERE id = ?1", "ii",
                            older, newer);
    return status;
}

static sg_status note_duplicate(sg_store *store, int64_t id, const sg_document *document,
                                struct sg_props *props, sg_error *err)
{
    static const char *const labels[] = { "Article" };
    int64_t original = 0;
    sg_status status = sg_duplicate_note(store, id, document, &original, err);

    if (status != SG_OK || original == 0)
        return status;
    sg_props_set(props, "duplicateOf", sg_value_integer(original));
    return sg_store_update_node(store, id, labels, 1, sg_props_value(props), err);
}

sg_status sg_article_create(sg_store *store, const sg_document *document, const char *sha256,
                            const struct sg_article_row *older, int64_t *id_out, sg_error *err)
{
    static const char *const labels[] = { "Article" };
    sg_arena *arena = sg_arena_new();
    struct sg_props props;
    int64_t version = older->id != 0 ? older->version + 1 : 1;
    sg_status status;

    sg_props_init(&props, arena, sg_value_null());
    status = sg_store_create_node(
        store, labels, 1, article_props(&props, document, store->next_node, sha256, version),
        id_out, err);
    if (status == SG_OK)
        status = sg_sql_run(store, err,
                            "UPDATE article SET name = ?2, sha256 = ?3, version = ?4,"
                            " encoding = ?5, day = ?6 WHERE id = ?1",
                            "ittitI", *id_out, document->name, sha256, version, document->encoding,
                            document->day != SG_NO_DAY ? (int64_t) document->day : INT64_MIN);
    if (status == SG_OK)
        status = store_text(store, *id_out, document, err);
    if (status == SG_OK && older->id != 0)
        status = mark_superseded(store, older->id, *id_out, err);
    if (status == SG_OK)
        status = note_duplicate(store, *id_out, document, &props, err);
    sg_arena_free(arena);
    return status;
}

/* Name, title and day; the text comes separately. */
static void document_from_row(sqlite3_stmt *row, sg_arena *arena, sg_document *document)
{
    document->name = sg_sql_text(row, 1, arena);
    document->title = sg_sql_text(row, 2, arena);
    document->encoding = sg_sql_text(row, 3, arena);
    document->day = sqlite3_column_type(row, 4) == SQLITE_NULL
                        ? SG_NO_DAY
                        : (int32_t) sqlite3_column_int(row, 4);
}

sg_status sg_store_find_article(sg_store *store, const char *name, sg_arena *arena,
                                sg_document **document_out, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    bool found = false;
    int64_t id = 0;
    sg_document *document;
    sg_status status =
        sg_sql_query(store, &row, err,
                     "SELECT a.id, a.name, t.title, a.encoding, a.day FROM article a"
                     " JOIN article_text t ON t.id = a.id WHERE a.superseded_by IS NULL"
                     "   AND (a.name = ?1 OR substr(a.name, -length(?1) - 1) = '/' || ?1)"
                     " ORDER BY a.name = ?1 DESC, a.id LIMIT 1",
                     "t", name);

    *document_out = NULL;
    if (status == SG_OK)
        status = sg_sql_step(store, row, &found, err);
    if (status != SG_OK || !found)
        return status;
    id = sqlite3_column_int64(row, 0);
    document = sg_arena_calloc(arena, 1, sizeof *document);
    document_from_row(row, arena, document);
    sg_sql_done(row);
    status = sg_store_article_text(store, id, arena, &document->text, &document->len, err);
    if (status == SG_OK)
        *document_out = document;
    return status;
}
