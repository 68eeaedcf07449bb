#include "bulk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "pages.h"

/* While a new database is filled nobody else may look into it: it is locked and without a
 * write-ahead log. Its schema is copied to the file DATABASE-import, which gets the rows. In the
 * end SQLite takes that file over page by page in one transaction of the database itself. The file
 * loses its name before the first row, so an import that is killed leaves a database with nothing
 * in it and nothing beside it. */

#define PAGES_AT_ONCE 4096

enum { NODES, RELS, STATEMENTS, ARTICLES, TABLES };
enum {
    REL_SOURCE,
    REL_TARGET,
    STATEMENT_ACTOR,
    STATEMENT_TARGET,
    STATEMENT_ARTICLE,
    ARTICLE_KEY,
    INDICES
};

struct sg_bulk {
    sqlite3 *second; /* opened while the file had a name; SQLite has read nothing of it yet */
    struct sg_pages pages;
    struct sg_record record;
    struct sg_table_tree tables[TABLES];
    struct sg_index_tree indices[INDICES];
};

static bool has_rows(sg_store *store)
{
    return sg_sql_pragma(store, "SELECT change_seq + next_node + next_rel <> 2"
                                " OR EXISTS (SELECT 1 FROM node) OR EXISTS (SELECT 1 FROM alias)"
                                " FROM state") != 0;
}

/* ---- the lock ---- */
static bool lock_database(sg_store *store)
{
    bool locked;

    (void) sqlite3_busy_timeout(store->db, 0);
    locked = sg_sql_pragma(store, "PRAGMA page_size") == SG_PAGE_SIZE &&
             sqlite3_exec(store->db,
                          "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE;"
                          "BEGIN EXCLUSIVE; COMMIT",
                          NULL, NULL, NULL) == SQLITE_OK;
    (void) sqlite3_busy_timeout(store->db, store->timeout);
    return locked && !has_rows(store);
}

static void unlock_database(sg_store *store)
{
    sg_sql_try(store, "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema;"
                      "PRAGMA journal_mode = WAL");
}

/* ---- the second file ---- */
static sg_status copy_database(sg_store *store, sqlite3 *to, sqlite3 *from, sg_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code = SQLITE_OK;

    while (backup != NULL && code == SQLITE_OK) {
        if (store->stop != NULL && *store->stop != 0) {
            (void) sqlite3_backup_finish(backup);
            return sg_error_set(err, SG_ERR_INTERRUPTED, "stopped");
        }
        code = sqlite3_backup_step(backup, PAGES_AT_ONCE);
    }
    if (backup != NULL && sqlite3_backup_finish(backup) == SQLITE_OK)
        return SG_OK;
    if (to == store->db)
        return sg_sql_error(store, err);
    return sg_error_set(err, SG_ERR_DATABASE, "%s-import: %s", store->path, sqlite3_errmsg(to));
}

static sg_status second_result(const sg_store *store, int code, sg_error *err)
{
    if (code == SQLITE_OK)
        return SG_OK;
    return sg_error_set(err, SG_ERR_DATABASE, "%s-import: %s", store->path, sqlite3_errstr(code));
}

static sg_status open_second(const sg_store *store, const char *path, sqlite3 **db_out,
                             sg_error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

    return second_result(store, sqlite3_open_v2(path, db_out, flags, NULL), err);
}

/* Nobody else sees the file and a half-written one is worth nothing: no journal, no waiting. */
static sg_status start_second(const sg_store *store, sqlite3 *second, sg_error *err)
{
    return second_result(store,
                         sqlite3_exec(second,
                                      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                                      "PRAGMA mmap_size = 2147418112;" /* read without a copy */
                                      "PRAGMA locking_mode = EXCLUSIVE",
                                      NULL, NULL, NULL),
                         err);
}

static sg_status copy_schema(sg_store *store, const char *path, sg_error *err)
{
    sqlite3 *second = NULL;
    sg_status status = open_second(store, path, &second, err);

    if (status == SG_OK)
        status = start_second(store, second, err);
    if (status == SG_OK)
        status = copy_database(store, second, store->db, err);
    (void) sqlite3_close(second);
    return status;
}

/* Makes the file, opens it for rows and for SQLite and takes its name away. `usable_out`: laid out
 * as pages.h expects it. */
static sg_status make_second(sg_store *store, struct sg_bulk *bulk, bool *usable_out, sg_error *err)
{
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status;

    sg_strbuf_printf(&path, "%s-import", store->path);
    (void) unlink(path.data);
    status = copy_schema(store, path.data, err);
    if (status == SG_OK)
        status = open_second(store, path.data, &bulk->second, err);
    *usable_out = status == SG_OK && sg_pages_open(&bulk->pages, path.data);
    (void) unlink(path.data);
    sg_strbuf_clear(&path);
    return status;
}

static sg_status root_of(sg_store *store, const char *name, uint32_t *root_out, sg_error *err)
{
    int64_t root = 0;
    sg_status status = sg_sql_number(
        store, 0, &root, err, "SELECT rootpage FROM sqlite_schema WHERE name = ?1", "t", name);

    *root_out = (uint32_t) root;
    if (status == SG_OK && root == 0)
        status = sg_error_set(err, SG_ERR_DATABASE, "%s: has no table %s", store->path, name);
    return status;
}

static sg_status make_trees(sg_store *store, struct sg_bulk *bulk, sg_error *err)
{
    static const char *const tables[TABLES] = { "node", "rel", "statement", "article" };
    static const struct {
        const char *name;
        int columns;
    } indices[INDICES] = { { "rel_source", 2 },        { "rel_target", 1 },
                           { "statement_actor", 1 },   { "statement_target", 1 },
                           { "statement_article", 1 }, { "article_key", 1 } };
    sg_status status = SG_OK;
    uint32_t root = 0;

    for (size_t i = 0; status == SG_OK && i < TABLES; i++) {
        status = root_of(store, tables[i], &root, err);
        sg_table_tree_init(&bulk->tables[i], root);
    }
    for (size_t i = 0; status == SG_OK && i < INDICES; i++) {
        status = root_of(store, indices[i].name, &root, err);
        sg_index_tree_init(&bulk->indices[i], root, indices[i].columns);
    }
    return status;
}

static void bulk_free(struct sg_bulk *bulk)
{
    for (size_t i = 0; i < TABLES; i++)
        sg_table_tree_clear(&bulk->tables[i]);
    for (size_t i = 0; i < INDICES; i++)
        sg_index_tree_clear(&bulk->indices[i]);
    sg_record_clear(&bulk->record);
    sg_pages_clear(&bulk->pages);
    (void) sqlite3_close(bulk->second);
    sg_free(bulk);
}

sg_status sg_bulk_begin(sg_store *store, sg_error *err)
{
    struct sg_bulk *bulk;
    bool usable = false;
    sg_status status;

    if (has_rows(store))
        return SG_OK;
    sg_sql_finalize_all(store); /* the mode of the journal changes only while nothing is open */
    if (!lock_database(store)) {
        unlock_database(store);
        return SG_OK;
    }
    bulk = sg_calloc(1, sizeof *bulk);
    bulk->pages.fd = -1;
    status = make_trees(store, bulk, err);
    sg_sql_finalize_all(store);
    if (status == SG_OK)
        status = make_second(store, bulk, &usable, err);
    if (usable) {
        store->fresh = bulk;
        return SG_OK;
    }
    /* Laid out in another way, which SQLite alone understands. */
    bulk_free(bulk);
    unlock_database(store);
    return status;
}

void sg_bulk_end(sg_store *store)
{
    if (store->fresh == NULL)
        return;
    bulk_free(store->fresh);
    store->fresh = NULL;
    sg_sql_finalize_all(store);
    unlock_database(store);
}

/* ---- rows ---- */
/* What SQLite would notice while it writes. */
static sg_status row_written(sg_store *store, sg_error *err)
{
    const struct sg_pages *pages = &store->fresh->pages;

    if (store->stop != NULL && *store->stop != 0)
        return sg_error_set(err, SG_ERR_INTERRUPTED, "stopped");
    if (pages->error == 0)
        return SG_OK;
    if (pages->error == ENOSPC || pages->error == EDQUOT) {
        sg_error_hint(err, "nothing of this step was stored; make room and run it again");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: the disk is full", store->path);
    }
    return sg_error_set(err, SG_ERR_DATABASE, "%s-import: %s", store->path, strerror(pages->error));
}

static void add_or_null(struct sg_record *record, int64_t value, bool present)
{
    if (present)
        sg_record_add_integer(record, value);
    else
        sg_record_add_null(record);
}

/* The id is the place of the row and stands as null in it. */
static struct sg_record *new_record(struct sg_bulk *bulk)
{
    sg_record_reset(&bulk->record);
    sg_record_add_null(&bulk->record);
    return &bulk->record;
}

sg_status sg_bulk_node(sg_store *store, const sg_store_node *node, sg_error *err)
{
    struct sg_bulk *bulk = store->fresh;
    struct sg_record *record = new_record(bulk);

    sg_record_add_integer(record, node->label_set);
    sg_record_add_text(record, node->name, node->name_len);
    sg_record_add_text(record, node->props, node->props_len);
    sg_table_tree_add(&bulk->tables[NODES], &bulk->pages, node->id, record);
    return row_written(store, err);
}

sg_status sg_bulk_article(sg_store *store, int64_t id, int64_t key, sg_error *err)
{
    enum { OTHER_COLUMNS = 8 };
    struct sg_bulk *bulk = store->fresh;
    struct sg_record *record = new_record(bulk);
    bool has_key = key != INT64_MIN;

    add_or_null(record, key, has_key);
    for (int i = 0; i < OTHER_COLUMNS; i++)
        sg_record_add_null(record);
    sg_table_tree_add(&bulk->tables[ARTICLES], &bulk->pages, id, record);
    if (has_key)
        sg_index_tree_add(&bulk->indices[ARTICLE_KEY], key, id);
    else
        sg_index_tree_add_null(&bulk->indices[ARTICLE_KEY], id);
    return row_written(store, err);
}

sg_status sg_bulk_rel(sg_store *store, const sg_store_rel *rel, sg_error *err)
{
    struct sg_bulk *bulk = store->fresh;
    struct sg_record *record = new_record(bulk);

    sg_record_add_integer(record, rel->type);
    sg_record_add_integer(record, rel->source);
    sg_record_add_integer(record, rel->target);
    sg_record_add_text(record, rel->props, rel->props_len);
    sg_table_tree_add(&bulk->tables[RELS], &bulk->pages, rel->id, record);
    sg_index_tree_add_pair(&bulk->indices[REL_SOURCE], rel->source, rel->target, rel->id);
    sg_index_tree_add(&bulk->indices[REL_TARGET], rel->target, rel->id);
    return row_written(store, err);
}

sg_status sg_bulk_statement(sg_store *store, const sg_store_statement *s, int64_t origin,
                            bool touched, sg_error *err)
{
    struct sg_bulk *bulk = store->fresh;
    struct sg_record *record = new_record(bulk);

    sg_record_add_integer(record, s->actor);
    sg_record_add_integer(record, s->target);
    sg_record_add_integer(record, s->stance);
    add_or_null(record, s->article, s->article != 0);
    add_or_null(record, s->day, s->day != SG_STORE_NO_DAY);
    add_or_null(record, s->start, s->start != SG_STORE_NO_BYTE);
    add_or_null(record, s->end, s->end != SG_STORE_NO_BYTE);
    add_or_null(record, s->mode, s->mode >= 0);
    add_or_null(record, s->certainty, s->certainty >= 0);
    if (s->confidence >= 0.0)
        sg_record_add_float(record, s->confidence);
    else
        sg_record_add_null(record);
    add_or_null(record, origin, origin != INT64_MIN);
    add_or_null(record, s->status, s->status >= 0);
    sg_record_add_integer(record, touched);
    sg_record_add_null(record); /* the quote's hash: no article has a text yet */
    sg_record_add_text(record, s->extra, s->extra_len);
    sg_table_tree_add(&bulk->tables[STATEMENTS], &bulk->pages, s->id, record);
    sg_index_tree_add(&bulk->indices[STATEMENT_ACTOR], s->actor, s->id);
    sg_index_tree_add(&bulk->indices[STATEMENT_TARGET], s->target, s->id);
    if (s->start != SG_STORE_NO_BYTE && s->article != 0)
        sg_index_tree_add(&bulk->indices[STATEMENT_ARTICLE], s->article, s->id);
    else if (s->start != SG_STORE_NO_BYTE)
        sg_index_tree_add_null(&bulk->indices[STATEMENT_ARTICLE], s->id);
    return row_written(store, err);
}

/* ---- the end ---- */
static void finish_trees(struct sg_bulk *bulk)
{
    for (size_t i = 0; i < TABLES; i++)
        sg_table_tree_finish(&bulk->tables[i], &bulk->pages);
    for (size_t i = 0; i < INDICES; i++) {
        sg_index_tree_sort(&bulk->indices[i]);
        sg_index_tree_finish(&bulk->indices[i], &bulk->pages);
        sg_index_tree_clear(&bulk->indices[i]);
    }
    sg_pages_finish(&bulk->pages);
}

sg_status sg_bulk_commit(sg_store *store, sg_error *err)
{
    struct sg_bulk *bulk = store->fresh;
    sqlite3 *database = store->db;
    sg_status status;

    finish_trees(bulk);
    status = row_written(store, err);
    sg_sql_finalize_all(store);
    if (status == SG_OK)
        status = start_second(store, bulk->second, err);
    if (status == SG_OK) { /* for once the store works on the other file */
        store->db = bulk->second;
        status = sg_sql_run(store, err, "BEGIN", "");
        if (status == SG_OK)
            status = sg_symbols_write(store, err);
        if (status == SG_OK)
            status = sg_store_write_state(store, err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "COMMIT", "");
        sg_sql_finalize_all(store);
        store->db = database;
    }
    if (status == SG_OK)
        status = copy_database(store, database, bulk->second, err);
    return status;
}
