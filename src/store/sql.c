/* Short ways to run SQL: statements are prepared once per handle and kept by the address of their
 * text; arguments are bound by a format string, never pasted. */

#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "store_internal.h"

#define RETRY_MS 5

sg_status sg_sql_error(sg_store *store, sg_error *err)
{
    int code = sqlite3_extended_errcode(store->db);
    char holder[256];

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        sg_lock_describe_holder(store->path, holder, sizeof holder);
        sg_error_hint(err, "wait until it is done, or wait longer with --timeout");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: %s is writing to it", store->path, holder);
    case SQLITE_FULL:
        sg_error_hint(err, "nothing of this step was stored; make room and run it again");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: the disk is full", store->path);
    case SQLITE_READONLY:
        return sg_error_set(err, SG_ERR_DATABASE, "%s: may not be written", store->path);
    case SQLITE_CORRUPT:
        sg_error_hint(err, "'stance check' says what is damaged");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: the database is damaged", store->path);
    case SQLITE_NOTADB:
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is not a stance database", store->path);
    case SQLITE_INTERRUPT:
        return sg_error_set(err, SG_ERR_INTERRUPTED, "stopped");
    case SQLITE_CANTOPEN:
        return sg_error_set(err, SG_ERR_DATABASE, "%s: cannot be opened", store->path);
    default:
        return sg_error_set(err, SG_ERR_DATABASE, "%s: %s", store->path, sqlite3_errmsg(store->db));
    }
}

static sg_status prepare(sg_store *store, const char *sql, sqlite3_stmt **statement_out,
                         sg_error *err)
{
    size_t slot = ((uintptr_t) sql >> 3) * 0x9e3779b97f4a7c15u >> 40;

    for (;; slot++) {
        slot &= SG_SQL_CACHE_SIZE - 1;
        if (store->cache[slot].sql == sql) {
            *statement_out = store->cache[slot].statement;
            return SG_OK;
        }
        if (store->cache[slot].sql == NULL)
            break;
    }
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement_out, NULL) !=
        SQLITE_OK)
        return sg_sql_error(store, err);
    store->cache[slot].sql = sql;
    store->cache[slot].statement = *statement_out;
    return SG_OK;
}

static int bind_one(sqlite3_stmt *statement, int i, char letter, va_list *arguments)
{
    const void *bytes;
    int64_t number;
    size_t len;

    switch (letter) {
    case 'i':
        return sqlite3_bind_int64(statement, i, va_arg(*arguments, int64_t));
    case 'I':
        number = va_arg(*arguments, int64_t);
        return number == INT64_MIN ? sqlite3_bind_null(statement, i)
                                   : sqlite3_bind_int64(statement, i, number);
    case 'd':
        return sqlite3_bind_double(statement, i, va_arg(*arguments, double));
    case 't':
        return sqlite3_bind_text(statement, i, va_arg(*arguments, const char *), -1, SQLITE_STATIC);
    case 's':
    case 'b':
        bytes = va_arg(*arguments, const void *);
        len = va_arg(*arguments, size_t);
        if (bytes == NULL)
            return sqlite3_bind_null(statement, i);
        if (letter == 'b')
            return sqlite3_bind_blob64(statement, i, len > 0 ? bytes : "", len, SQLITE_STATIC);
        return sqlite3_bind_text64(statement, i, bytes, len, SQLITE_STATIC, SQLITE_UTF8);
    default:
        return SQLITE_MISUSE;
    }
}

static sg_status query(sg_store *store, sqlite3_stmt **statement_out, sg_error *err,
                       const char *sql, const char *format, va_list *arguments)
{
    sg_status status = prepare(store, sql, statement_out, err);

    if (status != SG_OK)
        return status;
    (void) sqlite3_reset(*statement_out);
    for (int i = 0; format[i] != '\0'; i++) {
        if (bind_one(*statement_out, i + 1, format[i], arguments) != SQLITE_OK)
            return sg_sql_error(store, err);
    }
    return SG_OK;
}

sg_status sg_sql_query(sg_store *store, sqlite3_stmt **statement_out, sg_error *err,
                       const char *sql, const char *format, ...)
{
    va_list arguments;
    sg_status status;

    va_start(arguments, format);
    status = query(store, statement_out, err, sql, format, &arguments);
    va_end(arguments);
    return status;
}

sg_status sg_sql_step(sg_store *store, sqlite3_stmt *statement, bool *row_out, sg_error *err)
{
    int code = sqlite3_step(statement);

    *row_out = code == SQLITE_ROW;
    if (code == SQLITE_ROW)
        return SG_OK;
    if (code != SQLITE_DONE) {
        sg_status status = sg_sql_error(store, err);

        (void) sqlite3_reset(statement);
        return status;
    }
    (void) sqlite3_reset(statement);
    return SG_OK;
}

void sg_sql_done(sqlite3_stmt *statement)
{
    if (statement != NULL)
        (void) sqlite3_reset(statement);
}

sg_status sg_sql_run(sg_store *store, sg_error *err, const char *sql, const char *format, ...)
{
    sqlite3_stmt *statement = NULL;
    va_list arguments;
    sg_status status;
    bool row = false;

    va_start(arguments, format);
    status = query(store, &statement, err, sql, format, &arguments);
    va_end(arguments);
    if (status == SG_OK)
        status = sg_sql_step(store, statement, &row, err);
    sg_sql_done(statement);
    return status;
}

sg_status sg_sql_number(sg_store *store, int64_t otherwise, int64_t *number_out, sg_error *err,
                        const char *sql, const char *format, ...)
{
    sqlite3_stmt *statement = NULL;
    va_list arguments;
    sg_status status;
    bool row = false;

    *number_out = otherwise;
    va_start(arguments, format);
    status = query(store, &statement, err, sql, format, &arguments);
    va_end(arguments);
    if (status == SG_OK)
        status = sg_sql_step(store, statement, &row, err);
    if (row && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *number_out = sqlite3_column_int64(statement, 0);
    sg_sql_done(statement);
    return status;
}

/* SQLite does not wait by itself where it fears a deadlock, as in the change to a write-ahead log
 * while another process makes the same new database. Outside a transaction waiting is safe. */
sg_status sg_sql_script(sg_store *store, const char *sql, sg_error *err)
{
    const struct timespec pause = { 0, RETRY_MS * 1000000L };

    for (int waited = 0;; waited += RETRY_MS) {
        int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

        if (code == SQLITE_OK)
            return SG_OK;
        if ((code & 0xff) != SQLITE_BUSY || waited >= store->timeout ||
            sqlite3_get_autocommit(store->db) == 0)
            return sg_sql_error(store, err);
        (void) nanosleep(&pause, NULL);
    }
}

void sg_sql_try(sg_store *store, const char *sql)
{
    (void) sqlite3_exec(store->db, sql, NULL, NULL, NULL);
}

int sg_sql_pragma(sg_store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int number = 0;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int(statement, 0);
    (void) sqlite3_finalize(statement);
    return number;
}

const char *sg_sql_text(sqlite3_stmt *statement, int column, sg_arena *arena)
{
    const char *text = (const char *) sqlite3_column_text(statement, column);

    if (text == NULL)
        return NULL;
    return sg_arena_strndup(arena, text, (size_t) sqlite3_column_bytes(statement, column));
}

void sg_sql_reset_all(sg_store *store)
{
    for (size_t i = 0; i < SG_SQL_CACHE_SIZE; i++) {
        if (store->cache[i].statement != NULL)
            (void) sqlite3_reset(store->cache[i].statement);
    }
}

void sg_sql_finalize_all(sg_store *store)
{
    for (size_t i = 0; i < SG_SQL_CACHE_SIZE; i++) {
        (void) sqlite3_finalize(store->cache[i].statement);
        store->cache[i].sql = NULL;
        store->cache[i].statement = NULL;
    }
}
