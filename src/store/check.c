/* Is the database whole? SQLite's own checks, the text of every article against its SHA-256, every
 * passage against the text it points into, and every property list. */

#include <stdarg.h>
#include <string.h>

#include "stance/file.h"

#include "store_internal.h"

#define LINE_SIZE 512

struct check {
    sg_store *store;
    void (*report)(void *data, const char *line);
    void *data;
    size_t problems;
};

static void problem(struct check *check, const char *format, ...) SG_PRINTF(2, 3);

static void problem(struct check *check, const char *format, ...)
{
    char line[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    (void) vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    check->problems++;
    if (check->report != NULL)
        check->report(check->data, line);
}

/* Calls `row` for each row of a query. */
static sg_status each_row(struct check *check, const char *sql,
                          void (*row)(struct check *check, sqlite3_stmt *rows), sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool more = false;
    sg_status status = sg_sql_query(check->store, &rows, err, sql, "");

    while (status == SG_OK) {
        status = sg_sql_step(check->store, rows, &more, err);
        if (status != SG_OK || !more)
            break;
        row(check, rows);
    }
    sg_sql_done(rows);
    return status;
}

static void integrity_row(struct check *check, sqlite3_stmt *rows)
{
    const char *line = (const char *) sqlite3_column_text(rows, 0);

    if (line != NULL && strcmp(line, "ok") != 0)
        problem(check, "SQLite: %s", line);
}

static void foreign_key_row(struct check *check, sqlite3_stmt *rows)
{
    problem(check, "table %s, row %lld: points to a row of %s that is not there",
            (const char *) sqlite3_column_text(rows, 0), (long long) sqlite3_column_int64(rows, 1),
            (const char *) sqlite3_column_text(rows, 2));
}

static void article_row(struct check *check, sqlite3_stmt *rows)
{
    char sha256[SG_SHA256_HEX_SIZE];
    const char *stored = (const char *) sqlite3_column_text(rows, 2);
    const void *body = sqlite3_column_blob(rows, 3);

    sg_sha256_hex(body != NULL ? body : "", (size_t) sqlite3_column_bytes(rows, 3), sha256);
    if (stored == NULL || strcmp(stored, sha256) != 0)
        problem(check, "article %lld (%s): the text has changed since it was loaded",
                (long long) sqlite3_column_int64(rows, 0),
                (const char *) sqlite3_column_text(rows, 1));
}

/* A range is inside the text and does not cut a character. */
static bool good_range(const char *text, int64_t len, int64_t start, int64_t end)
{
    if (start < 0 || start > end || end > len)
        return false;
    return (start == len || ((unsigned char) text[start] & 0xc0) != 0x80) &&
           (end == len || ((unsigned char) text[end] & 0xc0) != 0x80);
}

static void statement_row(struct check *check, sqlite3_stmt *rows)
{
    long long id = (long long) sqlite3_column_int64(rows, 0);
    int64_t start = sqlite3_column_int64(rows, 1);
    int64_t end = sqlite3_column_int64(rows, 2);
    const char *text = sqlite3_column_blob(rows, 4);
    int64_t len = sqlite3_column_bytes(rows, 4);

    if (sqlite3_column_type(rows, 4) == SQLITE_NULL) {
        problem(check, "statement %lld: has a quote, but its article has no text", id);
        return;
    }
    if (!good_range(text, len, start, end)) {
        problem(check, "statement %lld: bytes %lld to %lld are no passage of article %lld", id,
                (long long) start, (long long) end, (long long) sqlite3_column_int64(rows, 5));
        return;
    }
    if (sqlite3_column_type(rows, 3) == SQLITE_NULL ||
        sqlite3_column_int64(rows, 3) !=
            (int64_t) (sg_hash_bytes(text + start, (size_t) (end - start), 0) & 0x7fffffff))
        problem(check, "statement %lld: the quote is not what was stored", id);
}

static void passage_row(struct check *check, sqlite3_stmt *rows)
{
    const char *text = sqlite3_column_blob(rows, 4);

    if (!good_range(text, sqlite3_column_bytes(rows, 4), sqlite3_column_int64(rows, 2),
                    sqlite3_column_int64(rows, 3)))
        problem(
            check, "%s %lld: bytes %lld to %lld are no passage of its article",
            (const char *) sqlite3_column_text(rows, 0), (long long) sqlite3_column_int64(rows, 1),
            (long long) sqlite3_column_int64(rows, 2), (long long) sqlite3_column_int64(rows, 3));
}

static void props_row(struct check *check, sqlite3_stmt *rows)
{
    sg_arena *arena = sg_arena_new();
    const char *props = (const char *) sqlite3_column_text(rows, 2);
    sg_value map;

    if (props == NULL || !sg_props_read(props, (size_t) sqlite3_column_bytes(rows, 2), arena, &map))
        problem(check, "%s %lld: the properties cannot be read",
                (const char *) sqlite3_column_text(rows, 0),
                (long long) sqlite3_column_int64(rows, 1));
    sg_arena_free(arena);
}

/* FTS5 compares its index with the text; it counts as a write, so a read-only database is spared.
 */
static void check_search(struct check *check)
{
    static const char *const commands[] = {
        "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO statement_search (statement_search, rank) VALUES ('integrity-check', 1)",
    };
    static const char *const names[] = { "articles", "quotes" };

    for (size_t i = 0; i < 2; i++) {
        sg_error err = SG_ERROR_INIT;

        if (sg_sql_script(check->store, commands[i], &err) == SG_OK)
            continue;
        if (strstr(err.message, "damaged") != NULL)
            problem(check, "the full-text index of %s does not fit the texts", names[i]);
        else
            problem(check, "%s", err.message);
    }
}

sg_status sg_store_check(sg_store *store, void (*report)(void *data, const char *line), void *data,
                         size_t *problems_out, sg_error *err)
{
    static const struct {
        const char *sql;
        void (*row)(struct check *check, sqlite3_stmt *rows);
    } steps[] = {
        { "PRAGMA integrity_check", integrity_row },
        { "PRAGMA foreign_key_check", foreign_key_row },
        { "SELECT t.id, a.name, a.sha256, t.body FROM article_text t LEFT JOIN article a"
          " ON a.id = t.id WHERE a.sha256 IS NOT NULL ORDER BY t.id",
          article_row },
        { "SELECT s.id, s.quote_start, s.quote_end, s.quote_hash, t.body, s.article"
          " FROM statement s LEFT JOIN article_text t ON t.id = s.article"
          " WHERE s.quote_start IS NOT NULL AND s.article IS NOT NULL"
          "   AND s.quote_hash IS NOT NULL ORDER BY s.id",
          statement_row },
        { "SELECT 'passage', e.id, e.quote_start, e.quote_end, t.body FROM evidence e"
          " JOIN article_text t ON t.id = e.article ORDER BY e.id",
          passage_row },
        { "SELECT 'mention', m.id, m.quote_start, m.quote_end, t.body FROM mention m"
          " JOIN article_text t ON t.id = m.article ORDER BY m.id",
          passage_row },
        { "SELECT 'node', id, props FROM node", props_row },
        { "SELECT 'relationship', id, props FROM rel", props_row },
        { "SELECT 'statement', id, extra FROM statement WHERE extra IS NOT NULL", props_row },
    };
    struct check check = { store, report, data, 0 };
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = each_row(&check, steps[i].sql, steps[i].row, err);
    if (status == SG_OK && store->writable)
        check_search(&check);
    *problems_out = check.problems;
    return status;
}
