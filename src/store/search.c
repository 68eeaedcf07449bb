#include "stance/search.h"

#include <string.h>

#include "store_internal.h"

/* Full-text search with SQLite's FTS5. What is typed is put into its query language word by word,
 * each in quotes, so that no character in it is an operator:
 *   doctors "new contract" strik* -ballot   ->   ("doctors" AND "new contract" AND "strik" *)
 *                                                NOT ("ballot") */

/* Words of text that a snippet holds at most. */
#define SNIPPET "24"
#define ON_OFF  "char(1), char(2), '…'"

static const char *const queries[] = {
    [SG_SEARCH_QUOTES] = "SELECT q.rowid, s.article, s.day, -q.rank,"
                         " snippet(statement_search, 0, " ON_OFF ", " SNIPPET ")"
                         " FROM statement_search q JOIN statement s ON s.id = q.rowid"
                         " LEFT JOIN article a ON a.id = s.article"
                         " WHERE statement_search MATCH ?1"
                         " AND a.superseded_by IS NULL ORDER BY q.rank, q.rowid",
    [SG_SEARCH_ARTICLES] = "SELECT q.rowid, q.rowid, a.day, -q.rank,"
                           " snippet(article_search, -1, " ON_OFF ", " SNIPPET ")"
                           " FROM article_search q JOIN article a ON a.id = q.rowid"
                           " WHERE article_search MATCH ?1 AND a.superseded_by IS NULL"
                           " ORDER BY q.rank, q.rowid",
};

/* ---- from what is typed to FTS5 ---- */

struct term {
    const char *text;
    size_t len;
    bool prefix, excluded;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word or phrase; false at the end. */
static bool next_term(const char **at, struct term *term)
{
    const char *p = *at;

    while (is_blank(*p))
        p++;
    if (*p == '\0')
        return false;
    *term = (struct term){ 0 };
    if (*p == '-' && p[1] != '\0' && !is_blank(p[1])) {
        term->excluded = true;
        p++;
    }
    if (*p == '"') {
        term->text = ++p;
        while (*p != '\0' && *p != '"')
            p++;
        term->len = (size_t) (p - term->text);
        p += *p == '"';
    } else {
        term->text = p;
        while (*p != '\0' && !is_blank(*p) && *p != '"')
            p++;
        term->len = (size_t) (p - term->text);
        term->prefix = term->len > 1 && p[-1] == '*';
        term->len -= term->prefix;
    }
    *at = p;
    return true;
}

/* The tokenizer must find something in a word; FTS5 refuses an expression without any. */
static bool has_letter(const struct term *term)
{
    for (size_t i = 0; i < term->len; i++) {
        unsigned char c = (unsigned char) term->text[i];

        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

static void append_term(sg_strbuf *out, const struct term *term)
{
    sg_strbuf_putc(out, '"');
    sg_strbuf_append(out, term->text, term->len); /* holds no quote */
    sg_strbuf_puts(out, term->prefix ? "\" *" : "\"");
}

/* Joins the terms that are excluded, or those that are not, with `joint`. */
static size_t append_terms(sg_strbuf *out, const char *words, bool excluded, const char *joint)
{
    struct term term;
    size_t count = 0;

    while (next_term(&words, &term)) {
        if (term.excluded != excluded || !has_letter(&term))
            continue;
        if (count++ > 0)
            sg_strbuf_puts(out, joint);
        append_term(out, &term);
    }
    return count;
}

static sg_status build_expression(const char *words, sg_strbuf *out, sg_error *err)
{
    sg_strbuf without = SG_STRBUF_INIT;

    sg_strbuf_putc(out, '(');
    if (append_terms(out, words, false, " AND ") == 0)
        return sg_error_set(err, SG_ERR_INPUT, "there is no word to search for in '%s'", words);
    sg_strbuf_putc(out, ')');
    if (append_terms(&without, words, true, " OR ") > 0)
        sg_strbuf_printf(out, " NOT (%s)", sg_strbuf_text(&without));
    sg_strbuf_clear(&without);
    return SG_OK;
}

/* ---- running ---- */

static void read_hit(sqlite3_stmt *row, sg_hit *hit)
{
    hit->id = sqlite3_column_int64(row, 0);
    hit->article = sqlite3_column_int64(row, 1);
    hit->day =
        sqlite3_column_type(row, 2) == SQLITE_NULL ? SG_STORE_NO_DAY : sqlite3_column_int(row, 2);
    hit->score = sqlite3_column_double(row, 3);
    hit->snippet = (const char *) sqlite3_column_text(row, 4);
    if (hit->snippet == NULL)
        hit->snippet = "";
}

sg_status sg_store_search(sg_store *store, sg_search_place place, const char *words,
                          bool (*each)(void *data, const sg_hit *hit), void *data, sg_error *err)
{
    sg_strbuf expression = SG_STRBUF_INIT;
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_hit hit;
    sg_status status = build_expression(words, &expression, err);

    if (status == SG_OK)
        status = sg_sql_query(store, &rows, err, queries[place], "t", sg_strbuf_text(&expression));
    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        read_hit(rows, &hit);
        if (!each(data, &hit))
            break;
    }
    sg_sql_done(rows);
    sg_strbuf_clear(&expression);
    return status;
}
