/* Statements: how the properties of SUPPORTS, OPPOSES and NEUTRAL_ON become typed columns. A
 * property goes into its column only when the column gives back exactly the same value; anything
 * else is kept under its name in `extra`. */

#include <math.h>
#include <string.h>

#include "bulk.h"

static const char *const mode_names[] = { "direct-quote", "indirect-speech", "narrated-act" };
static const char *const certainty_names[] = { "explicit", "implied" };
static const char *const review_names[] = { "proposed", "accepted", "rejected" };
static const char *const stance_types[] = { "OPPOSES", "NEUTRAL_ON", "SUPPORTS" };

static const char *name_at(const char *const *names, int count, int i)
{
    return i >= 0 && i < count ? names[i] : NULL;
}

const char *sg_mode_name(int mode)
{
    return name_at(mode_names, 3, mode);
}

const char *sg_certainty_name(int certainty)
{
    return name_at(certainty_names, 2, certainty);
}

const char *sg_review_name(int status)
{
    return name_at(review_names, 3, status);
}

const char *sg_stance_type(int stance)
{
    return name_at(stance_types, 3, stance + 1);
}

static int index_of(const char *const *names, int count, const char *text, size_t len)
{
    for (int i = 0; i < count; i++) {
        if (strlen(names[i]) == len && memcmp(names[i], text, len) == 0)
            return i;
    }
    return -1;
}

bool sg_stance_from_type(const char *type, size_t len, int *stance_out)
{
    int i = index_of(stance_types, 3, type, len);

    if (i >= 0)
        *stance_out = i - 1;
    return i >= 0;
}

/* ---- days: the civil calendar in eras of 400 years (H. Hinnant, "chrono-Compatible Low-Level
 * Date Algorithms") ---- */

static int32_t days_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void sg_day_format(int32_t day, char out[SG_DAY_SIZE])
{
    int64_t z = (int64_t) day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = (int) (z - era * 146097);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    int year = (int) (year_of_era + era * 400) + (month <= 2 ? 1 : 0);

    (void) snprintf(out, SG_DAY_SIZE, "%04d-%02d-%02d", year, month,
                    of_year - (153 * shifted + 2) / 5 + 1);
}

static int days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

bool sg_day_parse(const char *text, size_t len, int32_t *day_out)
{
    static const int places[] = { 0, 1, 2, 3, 5, 6, 8, 9 };
    int digits[8];

    if (len != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 8; i++) {
        digits[i] = text[places[i]] - '0';
        if (digits[i] < 0 || digits[i] > 9)
            return false;
    }
    int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    int month = digits[4] * 10 + digits[5];
    int day = digits[6] * 10 + digits[7];
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    *day_out = days_from_civil(year, month, day);
    return true;
}

/* ---- properties to columns ---- */

sg_status sg_article_by_key(sg_store *store, int64_t key, int64_t *article_out, sg_error *err)
{
    uint64_t found;

    if (store->bulk) {
        *article_out = sg_map_find(store->article_keys, (const char *) &key, sizeof key, &found)
                           ? (int64_t) found
                           : 0;
        return SG_OK;
    }
    return sg_sql_number(store, 0, article_out, err,
                         "SELECT id FROM article WHERE key = ?1 ORDER BY id LIMIT 1", "i", key);
}

static bool take_name(sg_value v, const char *const *names, int count, int *column)
{
    int i = v.type == SG_STRING ? index_of(names, count, v.as.string, v.len) : -1;

    if (i >= 0)
        *column = i;
    return i >= 0;
}

static bool take_byte(sg_value v, uint32_t *column)
{
    if (v.type != SG_INTEGER || v.as.integer < 0 || v.as.integer >= SG_STORE_NO_BYTE)
        return false;
    *column = (uint32_t) v.as.integer;
    return true;
}

enum column {
    COLUMN_ARTICLE,
    COLUMN_CERTAINTY,
    COLUMN_CONFIDENCE,
    COLUMN_DATE,
    COLUMN_END,
    COLUMN_MODE,
    COLUMN_ORIGIN,
    COLUMN_START,
    COLUMN_STATUS,
    COLUMN_COUNT
};
static const char *const column_names[COLUMN_COUNT] = { "article", "certainty", "confidence",
                                                        "date",    "end",       "mode",
                                                        "origin",  "start",     "status" };

static bool take_column(sg_value key, sg_value v, sg_arena *arena, sg_store_statement *s)
{
    switch (index_of(column_names, COLUMN_COUNT, key.as.string, key.len)) {
    case COLUMN_CERTAINTY:
        return take_name(v, certainty_names, 2, &s->certainty);
    case COLUMN_CONFIDENCE:
        if (v.type != SG_FLOAT || !(v.as.number >= 0.0) || isinf(v.as.number))
            return false;
        s->confidence = v.as.number;
        return true;
    case COLUMN_DATE:
        return v.type == SG_STRING && sg_day_parse(v.as.string, v.len, &s->day);
    case COLUMN_END:
        return take_byte(v, &s->end);
    case COLUMN_MODE:
        return take_name(v, mode_names, 3, &s->mode);
    case COLUMN_ORIGIN:
        if (v.type != SG_STRING || memchr(v.as.string, '\0', v.len) != NULL)
            return false;
        s->origin = sg_arena_strndup(arena, v.as.string, v.len);
        return true;
    case COLUMN_START:
        return take_byte(v, &s->start);
    case COLUMN_STATUS:
        return take_name(v, review_names, 3, &s->status);
    default:
        return false;
    }
}

/* True if `quote` is what the statement's range of the article says. */
static sg_status quote_is_range(sg_store *store, const sg_store_statement *s, sg_value quote,
                                bool *same_out, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    sg_status status;

    *same_out = false;
    if (quote.type != SG_STRING || s->article == 0 || s->start == SG_STORE_NO_BYTE ||
        s->end == SG_STORE_NO_BYTE || s->end < s->start || quote.len != s->end - s->start)
        return SG_OK;
    status = sg_sql_query(store, &statement, err,
                          "SELECT substr(body, ?2, ?3) FROM article_text WHERE id = ?1", "iii",
                          s->article, (int64_t) s->start + 1, (int64_t) quote.len);
    if (status == SG_OK)
        status = sg_sql_step(store, statement, &row, err);
    if (status == SG_OK && row)
        *same_out = (size_t) sqlite3_column_bytes(statement, 0) == quote.len &&
                    (quote.len == 0 ||
                     memcmp(sqlite3_column_blob(statement, 0), quote.as.string, quote.len) == 0);
    sg_sql_done(statement);
    return status;
}

sg_status sg_statement_from_props(sg_store *store, sg_value props, sg_arena *arena,
                                  sg_store_statement *s, sg_error *err)
{
    sg_map_value rest = { 0, NULL, NULL };
    sg_value quote = sg_value_null();
    bool same = false;
    sg_status status = SG_OK;

    s->article = 0;
    s->day = SG_STORE_NO_DAY;
    s->start = s->end = SG_STORE_NO_BYTE;
    s->mode = s->certainty = s->status = -1;
    s->confidence = -1.0;
    s->origin = NULL;
    s->extra = NULL;
    s->extra_len = 0;
    if (props.type != SG_MAP)
        return SG_OK;
    rest.keys = sg_arena_alloc(arena, (props.as.map->count + 1) * sizeof *rest.keys);
    rest.values = sg_arena_alloc(arena, (props.as.map->count + 1) * sizeof *rest.values);
    for (size_t i = 0; status == SG_OK && i < props.as.map->count; i++) {
        sg_value key = props.as.map->keys[i];
        sg_value v = props.as.map->values[i];
        bool taken = v.type == SG_NULL;

        if (key.len == 5 && memcmp(key.as.string, "quote", 5) == 0) {
            quote = v;
            continue;
        }
        if (key.len == 7 && memcmp(key.as.string, "article", 7) == 0 && v.type == SG_INTEGER) {
            status = sg_article_by_key(store, v.as.integer, &s->article, err);
            taken = s->article != 0;
        }
        if (!taken && !take_column(key, v, arena, s)) {
            rest.keys[rest.count] = key;
            rest.values[rest.count++] = v;
        }
    }
    if (status == SG_OK && quote.type != SG_NULL)
        status = quote_is_range(store, s, quote, &same, err);
    if (quote.type != SG_NULL && !same) {
        rest.keys[rest.count] = sg_value_text("quote");
        rest.values[rest.count++] = quote;
    }
    /* Half a range, or one that runs backwards, is no range. */
    if (s->start != SG_STORE_NO_BYTE && s->end != SG_STORE_NO_BYTE && s->end < s->start) {
        sg_value *keys = sg_arena_alloc(arena, (rest.count + 2) * sizeof *keys);
        sg_value *values = sg_arena_alloc(arena, (rest.count + 2) * sizeof *values);

        if (rest.count > 0) {
            memcpy(keys, rest.keys, rest.count * sizeof *keys);
            memcpy(values, rest.values, rest.count * sizeof *values);
        }
        keys[rest.count] = sg_value_text("start");
        values[rest.count++] = sg_value_integer(s->start);
        keys[rest.count] = sg_value_text("end");
        values[rest.count++] = sg_value_integer(s->end);
        rest.keys = keys;
        rest.values = values;
        s->start = s->end = SG_STORE_NO_BYTE;
    }
    if (status == SG_OK && rest.count > 0) {
        sg_strbuf json = SG_STRBUF_INIT;

        sg_props_write((sg_value){ .type = SG_MAP, .as.map = &rest }, &json);
        s->extra = sg_arena_strndup(arena, json.data, json.len);
        s->extra_len = json.len;
        sg_strbuf_clear(&json);
    }
    return status;
}

/* ---- rows ---- */

static int64_t or_null(int64_t value, bool present)
{
    return present ? value : INT64_MIN;
}

/* Enters the quote in the full-text index and keeps its hash. */
static sg_status index_quote(sg_store *store, int64_t id, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    uint64_t hash = 0;
    sg_status status = sg_sql_query(store, &statement, err,
                                    "SELECT quote FROM statement_quote WHERE id = ?1", "i", id);

    if (status == SG_OK)
        status = sg_sql_step(store, statement, &row, err);
    if (status != SG_OK || !row || sqlite3_column_type(statement, 0) == SQLITE_NULL) {
        sg_sql_done(statement);
        return status;
    }
    const char *quote = (const char *) sqlite3_column_text(statement, 0);
    size_t len = (size_t) sqlite3_column_bytes(statement, 0);
    hash = sg_hash_bytes(quote, len, 0) & 0x7fffffff;
    status = sg_sql_run(store, err, "INSERT INTO statement_search (rowid, quote) VALUES (?1, ?2)",
                        "is", id, quote, len);
    sg_sql_done(statement);
    if (status == SG_OK)
        status = sg_sql_run(store, err, "UPDATE statement SET quote_hash = ?2 WHERE id = ?1", "ii",
                            id, (int64_t) hash);
    return status;
}

/* What the state's hash sees of a statement. */
struct row {
    int64_t numbers[9];
    double confidence;
};

static sg_status insert_fresh(sg_store *store, const sg_store_statement *s, int64_t origin,
                              bool touched, sg_error *err)
{
    if (store->watcher != NULL && !store->watcher->statement(store->watcher->data, s))
        store->watcher = NULL;
    return sg_bulk_statement(store, s, origin, touched, err);
}

sg_status sg_statement_insert(sg_store *store, const sg_store_statement *s, bool touched,
                              sg_error *err)
{
    static const char insert[] =
        "INSERT INTO statement (id, actor, target, stance, article, day, quote_start, quote_end,"
        " mode, certainty, confidence, origin, status, touched, extra)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    static const char insert_uncertain[] =
        "INSERT INTO statement (id, actor, target, stance, article, day, quote_start, quote_end,"
        " mode, certainty, origin, status, touched, extra)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    int64_t origin = INT64_MIN;
    int64_t article = or_null(s->article, s->article != 0);
    int64_t day = or_null(s->day, s->day != SG_STORE_NO_DAY);
    int64_t start = or_null(s->start, s->start != SG_STORE_NO_BYTE);
    int64_t end = or_null(s->end, s->end != SG_STORE_NO_BYTE);
    int64_t mode = or_null(s->mode, s->mode >= 0);
    int64_t certainty = or_null(s->certainty, s->certainty >= 0);
    int64_t review = or_null(s->status, s->status >= 0);
    sg_status status = SG_OK;

    if (s->origin != NULL)
        status = sg_symbols_origin(store, s->origin, &origin, err);
    if (status != SG_OK)
        return status;
    if (store->fresh != NULL)
        status = insert_fresh(store, s, origin, touched, err);
    else if (s->confidence >= 0.0)
        status =
            sg_sql_run(store, err, insert, "iiiiIIIIIIdIIis", s->id, s->actor, s->target,
                       (int64_t) s->stance, article, day, start, end, mode, certainty,
                       s->confidence, origin, review, (int64_t) touched, s->extra, s->extra_len);
    else
        status = sg_sql_run(store, err, insert_uncertain, "iiiiIIIIIIIIis", s->id, s->actor,
                            s->target, (int64_t) s->stance, article, day, start, end, mode,
                            certainty, origin, review, (int64_t) touched, s->extra, s->extra_len);
    sg_store_mix(
        store,
        &(struct row){ { s->id, s->actor, s->target, article, day, start, end, origin,
                         s->stance * 1000 + s->mode * 100 + s->certainty * 10 + s->status },
                       s->confidence },
        sizeof(struct row));
    if (s->extra != NULL)
        sg_store_mix(store, s->extra, s->extra_len);
    if (status == SG_OK && store->fresh == NULL && s->article != 0 && s->start != SG_STORE_NO_BYTE)
        status = index_quote(store, s->id, err);
    return status;
}

sg_status sg_statement_remove(sg_store *store, int64_t id, sg_error *err)
{
    sg_status status =
        sg_sql_run(store, err,
                   "INSERT INTO statement_search (statement_search, rowid, quote)"
                   " SELECT 'delete', q.id, q.quote FROM statement_quote q JOIN statement s"
                   "   ON s.id = q.id WHERE q.id = ?1 AND s.quote_hash IS NOT NULL",
                   "i", id);

    if (status == SG_OK)
        status = sg_sql_run(store, err, "DELETE FROM statement WHERE id = ?1", "i", id);
    sg_store_mix_numbers(store, id, -1, 0);
    return status;
}

sg_status sg_statement_replace(sg_store *store, const sg_store_statement *statement, bool touched,
                               sg_error *err)
{
    /* `extra` may be borrowed from the row that goes. */
    sg_store_statement s = *statement;
    sg_arena *arena = sg_arena_new();
    sg_status status;

    if (s.extra != NULL)
        s.extra = sg_arena_strndup(arena, s.extra, s.extra_len);
    status = sg_statement_remove(store, s.id, err);
    if (status == SG_OK)
        status = sg_statement_insert(store, &s, touched, err);
    sg_arena_free(arena);
    return status;
}
