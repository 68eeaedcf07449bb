/* The handle: opening with its safety settings, transactions, and the state that tells readers
 * whether anything changed. */

#include "stance/store.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bulk.h"

#define TIMEOUT_DEFAULT  5000
#define PROGRESS_STEPS   20000
#define CHANGES_KEPT     100000 /* a graph that is further behind is read anew */
#define CHANGES_RECORDED 50000  /* more in one transaction are not recorded singly */
#define DATABASE_HEADER  100

/* A file that exists must be empty or an SQLite database with our application id, so that nobody
 * else's data is changed. */
static sg_status check_header(const char *path, sg_error *err)
{
    unsigned char header[DATABASE_HEADER];
    FILE *stream = fopen(path, "rb");
    size_t n;

    if (stream == NULL)
        return errno == ENOENT
                   ? SG_OK
                   : sg_error_set(err, SG_ERR_DATABASE, "%s: %s", path, strerror(errno));
    n = fread(header, 1, sizeof header, stream);
    (void) fclose(stream);
    if (n == 0)
        return SG_OK;
    if (n < sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is not a stance database", path);
    return SG_OK;
}

static sg_status check_application(sg_store *store, bool fresh, sg_error *err)
{
    int id = sg_sql_pragma(store, "PRAGMA application_id");

    if (id == SG_APPLICATION_ID)
        return SG_OK;
    if (id == 0 && sg_sql_pragma(store, "SELECT count(*) FROM sqlite_schema") == 0) {
        if (fresh || store->writable) /* or its maker was interrupted */
            return SG_OK;
        return sg_error_set(err, SG_ERR_DATABASE, "%s: holds nothing yet", store->path);
    }
    return sg_error_set(err, SG_ERR_DATABASE, "%s: is another program's database", store->path);
}

static int stop_wanted(void *data)
{
    const sg_store *store = data;

    return store->stop != NULL && *store->stop != 0;
}

static sg_status configure(sg_store *store, bool fresh, sg_error *err)
{
    sg_status status;
    char application[64];

    (void) sqlite3_extended_result_codes(store->db, 1);
    (void) sqlite3_busy_timeout(store->db, store->timeout);
    (void) sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void) sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_progress_handler(store->db, PROGRESS_STEPS, stop_wanted, store);
    status = sg_sql_script(store,
                           "PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;"
                           "PRAGMA cache_size = -16000;",
                           err);
    if (status == SG_OK)
        status = check_application(store, fresh, err);
    if (status != SG_OK || !store->writable)
        return status;
    (void) snprintf(application, sizeof application, "PRAGMA application_id = %d",
                    SG_APPLICATION_ID);
    status = sg_sql_script(store, "PRAGMA journal_mode = WAL", err);
    if (status == SG_OK && sg_sql_pragma(store, "PRAGMA application_id") == 0)
        status = sg_sql_script(store, application, err);
    return status;
}

/* On a read-only medium SQLite cannot make the files it coordinates with; without a write-ahead
 * log left over the file itself is the whole truth. */
static int open_immutable(const char *path, sqlite3 **db_out)
{
    char *uri;
    char *wal = sqlite3_mprintf("%s-wal", path);
    struct stat info;
    int code = SQLITE_CANTOPEN;
    bool pending = wal != NULL && stat(wal, &info) == 0 && info.st_size > 0;

    sqlite3_free(wal);
    if (pending || strpbrk(path, "?#%") != NULL)
        return code;
    uri = sqlite3_mprintf("file:%s?immutable=1", path);
    if (uri != NULL)
        code = sqlite3_open_v2(uri, db_out, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    sqlite3_free(uri);
    return code;
}

static bool readable(sqlite3 *db)
{
    return sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK;
}

static sg_status open_database(sg_store *store, sg_store_mode mode, sg_error *err)
{
    int flags = mode == SG_STORE_READ    ? SQLITE_OPEN_READONLY
                : mode == SG_STORE_WRITE ? SQLITE_OPEN_READWRITE
                                         : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK && mode == SG_STORE_READ && !readable(store->db) &&
        (sqlite3_errcode(store->db) == SQLITE_CANTOPEN ||
         sqlite3_errcode(store->db) == SQLITE_READONLY)) {
        (void) sqlite3_close(store->db);
        store->db = NULL;
        code = open_immutable(store->path, &store->db);
    }
    if (store->db == NULL)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: cannot be opened", store->path);
    return code == SQLITE_OK ? SG_OK : sg_sql_error(store, err);
}

sg_status sg_store_open(const char *path, sg_store_mode mode, sg_store **store_out, sg_error *err)
{
    struct stat info;
    bool fresh = stat(path, &info) != 0 || info.st_size == 0;
    sg_store *store;
    sg_status status;

    *store_out = NULL;
    if (fresh && mode != SG_STORE_CREATE) {
        sg_error_hint(err, "'stance load FILE...' makes one; --db names another");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: there is no such database", path);
    }
    if (!fresh && !S_ISREG(info.st_mode))
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is no file", path);
    status = check_header(path, err);
    if (status != SG_OK)
        return status;
    store = sg_calloc(1, sizeof *store);
    store->path = sg_strdup(path);
    store->writable = mode != SG_STORE_READ;
    store->timeout = TIMEOUT_DEFAULT;
    store->arena = sg_arena_new();
    store->row = sg_arena_new();
    status = open_database(store, mode, err);
    if (status == SG_OK)
        status = configure(store, fresh, err);
    if (status == SG_OK)
        status = sg_schema_migrate(store, err);
    if (status == SG_OK)
        status = sg_symbols_refresh(store, err);
    if (status != SG_OK) {
        sg_store_close(store);
        return status;
    }
    *store_out = store;
    return SG_OK;
}

void sg_store_close(sg_store *store)
{
    if (store == NULL)
        return;
    if (store->writing)
        sg_store_rollback(store);
    sg_sql_finalize_all(store);
    (void) sqlite3_close(store->db);
    sg_symbols_clear(store);
    sg_arena_free(store->arena);
    sg_arena_free(store->row);
    sg_strbuf_clear(&store->scratch);
    sg_free(store->touched);
    sg_free(store->known_nodes);
    sg_map_free(store->article_keys);
    sg_free(store->path);
    sg_free(store);
}

const char *sg_store_path(const sg_store *store)
{
    return store->path;
}

bool sg_store_is_writable(const sg_store *store)
{
    return store->writable;
}

void sg_store_set_timeout(sg_store *store, int milliseconds)
{
    store->timeout = milliseconds;
    (void) sqlite3_busy_timeout(store->db, milliseconds);
}

void sg_store_set_stop(sg_store *store, const volatile int *stop)
{
    store->stop = stop;
}

/* ---- state and changes ---- */

sg_status sg_store_get_state(sg_store *store, sg_store_state *state_out, sg_error *err)
{
    sg_status status = store->writing ? SG_OK : sg_symbols_refresh(store, err);

    *state_out = store->state;
    return status;
}

sg_status sg_store_read_changes(sg_store *store, sg_store_state since,
                                void (*each)(void *data, sg_store_kind kind, int64_t id),
                                void *data, bool *complete_out, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    int64_t floor = 0;
    int64_t hash = 0;
    bool row = false;
    sg_status status = sg_sql_number(store, 0, &floor, err, "SELECT change_floor FROM state", "");

    *complete_out = false;
    if (status != SG_OK || since.seq < floor)
        return status;
    /* Each transaction leaves a row with the hash it ended with, so a foreign state is noticed. */
    status = sg_sql_number(store, 0, &hash, err,
                           "SELECT id FROM change WHERE kind = -1 AND seq = ?1", "i", since.seq);
    if (status != SG_OK || (since.seq > 0 && (uint64_t) hash != since.hash))
        return status;
    status = sg_sql_query(store, &statement, err,
                          "SELECT kind, id FROM change WHERE seq > ?1 AND kind >= 0 ORDER BY n",
                          "i", since.seq);
    while (status == SG_OK) {
        status = sg_sql_step(store, statement, &row, err);
        if (status != SG_OK || !row)
            break;
        each(data, (sg_store_kind) sqlite3_column_int(statement, 0),
             sqlite3_column_int64(statement, 1));
    }
    *complete_out = status == SG_OK;
    return status;
}

static int compare_touches(const void *a, const void *b)
{
    const struct sg_touch *x = a;
    const struct sg_touch *y = b;

    if (x->kind != y->kind)
        return x->kind - y->kind;
    return (x->id > y->id) - (x->id < y->id);
}

static sg_status record_changes(sg_store *store, sg_error *err)
{
    static const char insert[] = "INSERT INTO change (seq, kind, id) VALUES (?1, ?2, ?3)";
    bool all = store->bulk || store->unrecorded;
    sg_status status = SG_OK;

    if (store->touched_count > 1)
        qsort(store->touched, store->touched_count, sizeof *store->touched, compare_touches);
    for (size_t i = 0; !all && status == SG_OK && i < store->touched_count; i++) {
        const struct sg_touch *t = &store->touched[i];

        if (i == 0 || compare_touches(t, t - 1) != 0)
            status =
                sg_sql_run(store, err, insert, "iii", store->state.seq, (int64_t) t->kind, t->id);
    }
    if (status == SG_OK && all)
        status =
            sg_sql_run(store, err, "UPDATE state SET change_floor = ?1", "i", store->state.seq);
    if (status == SG_OK && all)
        status = sg_sql_run(store, err, "DELETE FROM change", "");
    if (status == SG_OK)
        status = sg_sql_run(store, err, insert, "iii", store->state.seq, (int64_t) -1,
                            (int64_t) store->state.hash);
    return status;
}

/* Forgets the older half of the record once it is long. */
static sg_status prune_changes(sg_store *store, sg_error *err)
{
    int64_t count = 0;
    int64_t middle = 0;
    sg_status status =
        sg_sql_number(store, 0, &count, err,
                      "SELECT (SELECT max(n) FROM change) - (SELECT min(n) FROM change)", "");

    if (status != SG_OK || count < CHANGES_KEPT)
        return status;
    status = sg_sql_number(store, 0, &middle, err,
                           "SELECT seq FROM change WHERE n = (SELECT max(n) FROM change) - ?1", "i",
                           (int64_t) CHANGES_KEPT / 2);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM change WHERE seq < ?1", "i", middle);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "UPDATE state SET change_floor = ?1", "i", middle);
    return status;
}

/* ---- transactions ---- */

sg_status sg_store_begin_read(sg_store *store, sg_error *err)
{
    sg_status status;

    if (store->reading || store->writing)
        return SG_OK;
    status = sg_sql_run(store, err, "BEGIN", "");
    if (status != SG_OK)
        return status;
    store->reading = true;
    return sg_symbols_refresh(store, err);
}

void sg_store_end_read(sg_store *store)
{
    if (store->reading) {
        sg_sql_reset_all(store);
        sg_sql_try(store, "COMMIT");
    }
    store->reading = false;
}

sg_status sg_store_need_writing(const sg_store *store, sg_error *err)
{
    if (store->writing)
        return SG_OK;
    return sg_error_set(err, SG_ERR_DATABASE, "%s: no write transaction is open", store->path);
}

sg_status sg_store_need_editing(const sg_store *store, sg_error *err)
{
    if (store->fresh == NULL)
        return sg_store_need_writing(store, err);
    return sg_error_set(err, SG_ERR_DATABASE, "%s: a bulk import only adds", store->path);
}

sg_status sg_store_begin(sg_store *store, sg_error *err)
{
    sg_status status;

    if (!store->writable)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is open for reading only", store->path);
    if (store->writing)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is being written already", store->path);
    sg_store_end_read(store);
    sg_sql_reset_all(store);
    status = sg_sql_run(store, err, "BEGIN IMMEDIATE", "");
    if (status != SG_OK)
        return status;
    store->writing = true;
    store->touched_count = 0;
    store->unrecorded = false;
    status = sg_symbols_refresh(store, err);
    if (status != SG_OK)
        sg_store_rollback(store);
    return status;
}

/* The time of a log entry; SOURCE_DATE_EPOCH makes it repeatable. */
static void time_stamp(char *out, size_t size)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    time_t now = fixed != NULL ? (time_t) strtoll(fixed, NULL, 10) : time(NULL);
    struct tm parts;

    if (gmtime_r(&now, &parts) == NULL || strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        (void) snprintf(out, size, "-");
}

const char *sg_store_person(void)
{
    static const char *const variables[] = { "STANCE_USER", "USER", "LOGNAME" };
    const struct passwd *entry;

    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *name = getenv(variables[i]);

        if (name != NULL && name[0] != '\0')
            return name;
    }
    entry = getpwuid(getuid());
    return entry != NULL ? entry->pw_name : "unknown";
}

sg_status sg_store_begin_logged(sg_store *store, const char *action, const char *detail,
                                sg_error *err)
{
    char at[40];
    sg_status status = sg_store_begin(store, err);

    if (status != SG_OK)
        return status;
    time_stamp(at, sizeof at);
    status =
        sg_sql_run(store, err, "INSERT INTO log (at, who, action, detail) VALUES (?1, ?2, ?3, ?4)",
                   "tttt", at, sg_store_person(), action, detail);
    if (status != SG_OK) {
        sg_store_rollback(store);
        return status;
    }
    store->log = sqlite3_last_insert_rowid(store->db);
    return SG_OK;
}

/* A bit per node id, so that rows need no foreign key look-up. */
static sg_status read_known_nodes(sg_store *store, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &statement, err, "SELECT id FROM node", "");

    if (store->known_nodes != NULL)
        memset(store->known_nodes, 0, store->known_capacity * sizeof *store->known_nodes);
    while (status == SG_OK) {
        status = sg_sql_step(store, statement, &row, err);
        if (status != SG_OK || !row)
            break;
        sg_store_know_node(store, sqlite3_column_int64(statement, 0));
    }
    return status;
}

static sg_status read_article_keys(sg_store *store, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &statement, err,
                                    "SELECT key, id FROM article WHERE key IS NOT NULL", "");

    sg_map_free(store->article_keys);
    store->article_keys = sg_map_new();
    while (status == SG_OK) {
        status = sg_sql_step(store, statement, &row, err);
        if (status != SG_OK || !row)
            break;
        sg_store_know_article(store, sqlite3_column_int64(statement, 0),
                              sqlite3_column_int64(statement, 1));
    }
    return status;
}

static const char drop_indices[] = "DROP INDEX statement_actor; DROP INDEX statement_target;"
                                   "DROP INDEX statement_article; DROP INDEX rel_source;"
                                   "DROP INDEX rel_target;";
static const char make_indices[] =
    "CREATE INDEX statement_actor ON statement (actor);"
    "CREATE INDEX statement_target ON statement (target);"
    "CREATE INDEX statement_article ON statement (article) WHERE quote_start IS NOT NULL;"
    "CREATE INDEX rel_source ON rel (source, target); CREATE INDEX rel_target ON rel (target);";

static sg_status know_rows(sg_store *store, sg_error *err)
{
    sg_status status = read_known_nodes(store, err);

    if (status == SG_OK)
        status = read_article_keys(store, err);
    return status;
}

/* A new database is filled beside SQLite, see bulk.c. */
static sg_status begin_fresh(sg_store *store, sg_error *err)
{
    sg_status status;

    if (!store->writable || store->writing)
        return SG_OK; /* sg_store_begin() says so */
    sg_store_end_read(store);
    status = sg_bulk_begin(store, err);
    if (status != SG_OK || store->fresh == NULL)
        return status;
    store->writing = store->bulk = true;
    store->touched_count = 0;
    store->unrecorded = false;
    status = sg_symbols_refresh(store, err);
    if (status == SG_OK)
        status = know_rows(store, err);
    if (status != SG_OK)
        sg_store_rollback(store);
    return status;
}

sg_status sg_store_begin_bulk(sg_store *store, sg_error *err)
{
    sg_status status = begin_fresh(store, err);

    if (status != SG_OK || store->fresh != NULL)
        return status;
    status = sg_sql_script(store, "PRAGMA foreign_keys = OFF", err);
    if (status == SG_OK)
        status = sg_store_begin(store, err);
    if (status != SG_OK)
        return status;
    store->bulk = true;
    status = know_rows(store, err);
    if (status == SG_OK)
        status = sg_sql_script(store, drop_indices, err);
    if (status != SG_OK)
        sg_store_rollback(store);
    return status;
}

bool sg_store_watch_bulk(sg_store *store, const struct sg_store_watcher *watcher)
{
    if (store->fresh == NULL)
        return false;
    store->watcher = watcher;
    return true;
}

static void end_transaction(sg_store *store)
{
    sg_sql_reset_all(store);
    sg_bulk_end(store);
    if (store->bulk)
        sg_sql_try(store, "PRAGMA foreign_keys = ON");
    store->writing = false;
    store->bulk = false;
    store->watcher = NULL;
    store->log = 0;
    store->touched_count = 0;
}

sg_status sg_store_write_state(sg_store *store, sg_error *err)
{
    sg_status status = SG_OK;

    if (store->touched_count > 0 || store->bulk || store->unrecorded) {
        store->state.seq++;
        status = record_changes(store, err);
        if (status == SG_OK)
            status = prune_changes(store, err);
    }
    if (status == SG_OK)
        status = sg_sql_run(store, err,
                            "UPDATE state SET change_seq = ?1, change_hash = ?2, next_node = ?3,"
                            " next_rel = ?4",
                            "iiii", store->state.seq, (int64_t) store->state.hash, store->next_node,
                            store->next_rel);
    return status;
}

sg_status sg_store_commit(sg_store *store, sg_error *err)
{
    sg_status status = sg_store_need_writing(store, err);

    if (status != SG_OK)
        return status;
    if (store->fresh != NULL) {
        status = sg_bulk_commit(store, err);
    } else {
        status = sg_store_write_state(store, err);
        if (status == SG_OK && store->bulk)
            status = sg_sql_script(store, make_indices, err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "COMMIT", "");
    }
    if (status != SG_OK) {
        sg_store_rollback(store);
        return status;
    }
    end_transaction(store);
    return SG_OK;
}

void sg_store_rollback(sg_store *store)
{
    if (!store->writing)
        return;
    if (sqlite3_get_autocommit(store->db) == 0)
        sg_sql_try(store, "ROLLBACK");
    end_transaction(store);
    store->symbols_valid = false;
    if (sg_symbols_refresh(store, NULL) != SG_OK)
        store->symbols_valid = false; /* the next transaction tries again */
}

void sg_store_touch_id(sg_store *store, sg_store_kind kind, int64_t id)
{
    if (store->bulk || store->unrecorded)
        return;
    if (store->touched_count >= CHANGES_RECORDED) {
        store->unrecorded = true;
        return;
    }
    SG_GROW(store->touched, store->touched_capacity, store->touched_count + 1);
    store->touched[store->touched_count++] = (struct sg_touch){ id, (int) kind };
}
