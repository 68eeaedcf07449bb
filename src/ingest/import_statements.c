/* The statements table back from a spreadsheet. Each row is compared with what the database holds
 * now; the row's hash says what it held when the table was written:
 *
 *      the row fits its hash                      not edited: skip
 *      else, the database fits the hash           edited here: apply what differs
 *      else                                       both changed: a conflict
 *
 * A missing row means nothing, because people filter tables. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/decision.h"
#include "stance/file.h"
#include "stance/import.h"
#include "stance/map.h"
#include "stance/row_hash.h"
#include "stance/utf8.h"

#include "spreadsheet.h"

#define LINE_SIZE 1200

static const char *const editable[] = { SG_EDITABLE_COLUMNS };
enum {
    FIELD_DATE,
    FIELD_ACTOR,
    FIELD_TARGET,
    FIELD_TARGET_TYPE,
    FIELD_STANCE,
    FIELD_QUOTE,
    FIELD_SPEECH,
    FIELD_CERTAINTY,
    FIELD_CONFIDENCE,
    FIELD_STATUS,
    FIELD_COMMENT,
    FIELD_COUNT
};

static const char *const stance_names[] = { "oppose", "neutral", "support" };

struct sheet {
    sg_store *store;
    const struct sg_import_options *options;
    struct sg_spreadsheet table;
    int columns[FIELD_COUNT]; /* -1: not in the file, so not edited */
    int id_column;
    int hash_column;
    int article_column;
    void (*report)(void *data, const char *line);
    void *data;
    sg_import_summary *summary;
    sg_arena *arena; /* of the row */
};

/* The statement a row names, as it is now. */
struct row {
    size_t number; /* line of the file, for people: 2 is the first after the header */
    const char *const *cells;
    bool exists;
    sg_store_statement s;
    sg_value extra;
    const char *now[FIELD_COUNT];
    const char *wanted[FIELD_COUNT];
};

static void say(struct sheet *sheet, const char *format, ...) SG_PRINTF(2, 3);

static void say(struct sheet *sheet, const char *format, ...)
{
    char line[LINE_SIZE];
    va_list arguments;

    if (sheet->report == NULL)
        return;
    va_start(arguments, format);
    (void) vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    sheet->report(sheet->data, line);
}

static void refuse(struct sheet *sheet, const struct row *row, const char *column,
                   const char *reason)
{
    sheet->summary->refused++;
    say(sheet, "row %zu, %s: %s", row->number, column, reason);
}

/* ---- the fields as the database has them ---- */

static const char *node_name(struct sheet *sheet, int64_t id, const char **type_out)
{
    static const char *const types[][2] = { { "Person", "person" },
                                            { "Organisation", "organisation" },
                                            { "Group", "group" },
                                            { "Position", "position" },
                                            { "Event", "event" } };
    sg_store_node node;
    bool found = false;
    const char *const *labels = NULL;
    size_t count;

    *type_out = "other";
    if (sg_store_find_node(sheet->store, id, &node, &found, NULL) != SG_OK || !found)
        return "";
    count = sg_store_label_set(sheet->store, node.label_set, &labels);
    for (size_t t = 5; t-- > 0;) {
        for (size_t i = 0; i < count; i++) {
            if (strcmp(labels[i], types[t][0]) == 0)
                *type_out = types[t][1];
        }
    }
    return node.name != NULL ? sg_arena_strndup(sheet->arena, node.name, node.name_len) : "";
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* A property that is in `extra` wins over its column. */
static const char *extra_text(struct sheet *sheet, const struct row *row, const char *key,
                              const char *otherwise)
{
    sg_value v = sg_props_find(row->extra, key);

    return v.type == SG_STRING ? sg_arena_strndup(sheet->arena, v.as.string, v.len) : otherwise;
}

static sg_status quote_now(struct sheet *sheet, struct row *row, sg_error *err)
{
    const char *text = NULL;
    size_t len = 0;
    sg_status status = SG_OK;

    row->now[FIELD_QUOTE] = "";
    if (row->s.article != 0 && row->s.start != SG_STORE_NO_BYTE && row->s.end != SG_STORE_NO_BYTE)
        status =
            sg_store_article_text(sheet->store, row->s.article, sheet->arena, &text, &len, err);
    if (text != NULL && row->s.end <= len && row->s.start <= row->s.end)
        row->now[FIELD_QUOTE] =
            sg_arena_strndup(sheet->arena, text + row->s.start, row->s.end - row->s.start);
    row->now[FIELD_QUOTE] = extra_text(sheet, row, "quote", row->now[FIELD_QUOTE]);
    return status;
}

static sg_status read_now(struct sheet *sheet, struct row *row, sg_error *err)
{
    char day[SG_DAY_SIZE];
    const char *unused;

    row->now[FIELD_DATE] = "";
    if (row->s.day != SG_STORE_NO_DAY) {
        sg_day_format(row->s.day, day);
        row->now[FIELD_DATE] = sg_arena_strdup(sheet->arena, day);
    }
    row->now[FIELD_ACTOR] = node_name(sheet, row->s.actor, &unused);
    row->now[FIELD_TARGET] = node_name(sheet, row->s.target, &row->now[FIELD_TARGET_TYPE]);
    row->now[FIELD_STANCE] = stance_names[row->s.stance + 1];
    row->now[FIELD_SPEECH] = extra_text(sheet, row, "mode", or_empty(sg_mode_name(row->s.mode)));
    row->now[FIELD_CERTAINTY] =
        extra_text(sheet, row, "certainty", or_empty(sg_certainty_name(row->s.certainty)));
    row->now[FIELD_CONFIDENCE] =
        row->s.confidence >= 0.0 ? sg_arena_printf(sheet->arena, "%.3f", row->s.confidence) : "";
    row->now[FIELD_STATUS] =
        extra_text(sheet, row, "status", or_empty(sg_review_name(row->s.status)));
    row->now[FIELD_COMMENT] = extra_text(sheet, row, "comment", "");
    return quote_now(sheet, row, err);
}

static sg_status find_statement(struct sheet *sheet, struct row *row, int64_t id, sg_error *err)
{
    sg_status status = sg_store_find_statement(sheet->store, id, &row->s, &row->exists, err);

    row->extra = sg_value_null();
    if (status != SG_OK || !row->exists)
        return status;
    if (row->s.extra != NULL) {
        const char *copy = sg_arena_strndup(sheet->arena, row->s.extra, row->s.extra_len);

        (void) sg_props_read(copy, row->s.extra_len, sheet->arena, &row->extra);
        row->s.extra = copy;
    }
    return read_now(sheet, row, err);
}

/* ---- the fields as the file has them ---- */

/* Spreadsheets turn quotes and spaces: such a difference is no edit. */
static bool looks_same(sg_arena *arena, const char *a, const char *b)
{
    return strcmp(a, b) == 0 || strcmp(sg_utf8_fold(arena, a, strlen(a), NULL),
                                       sg_utf8_fold(arena, b, strlen(b), NULL)) == 0;
}

/* ISO dates, and 13/02/2016 or 13.2.2016 where the order is given or only one is possible. */
static const char *read_date(struct sheet *sheet, const char *text, const char **reason)
{
    unsigned first = 0;
    unsigned second = 0;
    unsigned year = 0;
    int used = 0;
    int32_t day;

    if (text[0] == '\0' || sg_day_parse(text, strlen(text), &day))
        return text;
    /* NOLINTBEGIN(cert-err34-c): at most four digits are read, which fit */
    if ((sscanf(text, "%2u/%2u/%4u%n", &first, &second, &year, &used) != 3 &&
         sscanf(text, "%2u.%2u.%4u%n", &first, &second, &year, &used) != 3) ||
        text[used] != '\0') {
        /* NOLINTEND(cert-err34-c) */
        *reason = "is no date (YYYY-MM-DD)";
        return NULL;
    }
    bool day_first = sheet->options->day_first || first > 12;
    if (!day_first && second <= 12 && first != second) {
        *reason = "may be day/month or month/day; use YYYY-MM-DD or --date-order dmy";
        return NULL;
    }
    const char *iso = sg_arena_printf(sheet->arena, "%04u-%02u-%02u", year,
                                      day_first ? second : first, day_first ? first : second);
    if (!sg_day_parse(iso, strlen(iso), &day)) {
        *reason = "is no day of the calendar";
        return NULL;
    }
    return iso;
}

/* "0.8", "0,8" and "" in the form of the export. */
static const char *read_confidence(struct sheet *sheet, const char *text, const char **reason)
{
    char *copy = sg_arena_strdup(sheet->arena, text);
    char *comma = strchr(copy, ',');
    char *end;
    double number;

    if (text[0] == '\0')
        return text;
    if (comma != NULL)
        *comma = '.';
    number = strtod(copy, &end);
    if (*end != '\0' || !(number >= 0.0 && number <= 1.0)) {
        *reason = "is no number between 0 and 1";
        return NULL;
    }
    return sg_arena_printf(sheet->arena, "%.3f", number);
}

static bool is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

/* What may stand in a field; NULL and a reason when it may not. */
static const char *read_field(struct sheet *sheet, const struct row *row, int field,
                              const char *text, const char **reason)
{
    static const char *const modes[] = { "direct-quote", "indirect-speech", "narrated-act", "" };
    static const char *const certainties[] = { "explicit", "implied", "" };
    static const char *const reviews[] = { "proposed", "accepted", "rejected", "" };
    static const char *const types[] = { "position", "person", "organisation", "group", "event" };
    bool good = true;

    if (row->exists && looks_same(sheet->arena, text, row->now[field]))
        return row->now[field];
    switch (field) {
    case FIELD_DATE:
        return read_date(sheet, text, reason);
    case FIELD_CONFIDENCE:
        return read_confidence(sheet, text, reason);
    case FIELD_STANCE:
        good = is_one_of(text, stance_names, 3);
        *reason = "is none of support, oppose, neutral";
        break;
    case FIELD_SPEECH:
        good = is_one_of(text, modes, 4);
        *reason = "is none of direct-quote, indirect-speech, narrated-act";
        break;
    case FIELD_CERTAINTY:
        good = is_one_of(text, certainties, 3);
        *reason = "is none of explicit, implied";
        break;
    case FIELD_STATUS:
        good = is_one_of(text, reviews, 4);
        *reason = "is none of proposed, accepted, rejected";
        break;
    case FIELD_TARGET_TYPE:
        good = is_one_of(text, types, 5);
        *reason = "is none of position, person, organisation, group, event";
        break;
    case FIELD_ACTOR:
    case FIELD_TARGET:
        good = text[0] != '\0';
        *reason = "is empty";
        break;
    default:
        break;
    }
    return good ? text : NULL;
}

static bool read_wanted(struct sheet *sheet, struct row *row)
{
    bool good = true;

    for (int field = 0; field < FIELD_COUNT; field++) {
        const char *reason = "";
        const char *text = sheet->columns[field] >= 0 ? row->cells[sheet->columns[field]]
                           : row->exists              ? row->now[field]
                                                      : "";

        if (!row->exists && field == FIELD_TARGET_TYPE && text[0] == '\0')
            text = "position";
        row->wanted[field] = read_field(sheet, row, field, text, &reason);
        if (row->wanted[field] == NULL) {
            refuse(sheet, row, editable[field],
                   sg_arena_printf(sheet->arena, "'%s' %s", text, reason));
            good = false;
        }
    }
    return good;
}

/* ---- names and quotes ---- */

static bool find_name(struct sheet *sheet, const struct row *row, sg_named what, const char *column,
                      const char *name, const char *type, int64_t *id_out)
{
    sg_error err = SG_ERROR_INIT;

    if (sg_named_find(sheet->store, what, name, id_out, &err) == SG_OK)
        return true;
    if (sheet->options->create && what != SG_NAMED_EVENT &&
        strstr(err.message, "several") == NULL) {
        sg_error_reset(&err);
        if (sg_named_create(sheet->store, what, name, type, id_out, &err) == SG_OK)
            return true;
    }
    refuse(sheet, row, column,
           sg_arena_printf(sheet->arena, "%s%s%s", err.message, err.hint[0] != '\0' ? "; " : "",
                           err.hint));
    return false;
}

/* One plain character for what spreadsheets change into each other. */
static uint32_t plain(uint32_t c)
{
    if (sg_utf8_is_space(c))
        return ' ';
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    return c == 0x201c || c == 0x201d ? '"' : c;
}

/* Length in bytes of the place in text[0, len) that reads like `quote`, or 0. */
static size_t match_here(const char *text, size_t len, const char *quote, size_t quote_len)
{
    size_t i = 0;
    size_t j = 0;

    while (j < quote_len) {
        uint32_t a;
        uint32_t b;

        if (i >= len)
            return 0;
        size_t n = sg_utf8_decode(text + i, len - i, &a);
        size_t m = sg_utf8_decode(quote + j, quote_len - j, &b);
        if (plain(a) != plain(b))
            return 0;
        i += n;
        j += m;
        if (plain(a) != ' ')
            continue;
        while (i < len && (n = sg_utf8_decode(text + i, len - i, &a)) > 0 && plain(a) == ' ')
            i += n;
        while (j < quote_len && (m = sg_utf8_decode(quote + j, quote_len - j, &b)) > 0 &&
               plain(b) == ' ')
            j += m;
    }
    return i;
}

static bool find_quote(struct sheet *sheet, struct row *row, const char *quote)
{
    const char *text = NULL;
    size_t len = 0;
    size_t quote_len = strlen(quote);

    while (quote_len > 0 && strchr(" \t\r\n", quote[quote_len - 1]) != NULL)
        quote_len--;
    if (row->s.article == 0 || quote_len == 0 ||
        sg_store_article_text(sheet->store, row->s.article, sheet->arena, &text, &len, NULL) !=
            SG_OK ||
        text == NULL) {
        refuse(sheet, row, "quote", "there is no article text to find it in");
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        size_t n = ((unsigned char) text[i] & 0xc0) == 0x80
                       ? 0
                       : match_here(text + i, len - i, quote, quote_len);

        if (n > 0) {
            row->s.start = (uint32_t) i;
            row->s.end = (uint32_t) (i + n);
            return true;
        }
    }
    refuse(sheet, row, "quote", "does not stand in the article");
    return false;
}

/* ---- applying ---- */

static int index_of(const char *text, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(text, words[i]) == 0)
            return i;
    }
    return -1;
}

static void set_comment(struct sheet *sheet, struct row *row)
{
    size_t count = row->extra.type == SG_MAP ? row->extra.as.map->count : 0;
    sg_map_value *map = sg_arena_calloc(sheet->arena, 1, sizeof *map);
    sg_strbuf json = SG_STRBUF_INIT;

    map->keys = sg_arena_calloc(sheet->arena, count + 1, sizeof *map->keys);
    map->values = sg_arena_calloc(sheet->arena, count + 1, sizeof *map->values);
    for (size_t i = 0; i < count; i++) {
        sg_value key = row->extra.as.map->keys[i];

        if (key.len == 7 && memcmp(key.as.string, "comment", 7) == 0)
            continue;
        map->keys[map->count] = key;
        map->values[map->count++] = row->extra.as.map->values[i];
    }
    if (row->wanted[FIELD_COMMENT][0] != '\0') {
        map->keys[map->count] = sg_value_text("comment");
        map->values[map->count++] = sg_value_text(row->wanted[FIELD_COMMENT]);
    }
    row->s.extra = NULL;
    row->s.extra_len = 0;
    if (map->count > 0) {
        sg_props_write((sg_value){ .type = SG_MAP, .as.map = map }, &json);
        row->s.extra = sg_arena_strndup(sheet->arena, json.data, json.len);
        row->s.extra_len = json.len;
    }
    sg_strbuf_clear(&json);
}

static bool set_target(struct sheet *sheet, struct row *row)
{
    const char *type = row->wanted[FIELD_TARGET_TYPE];
    sg_named what = strcmp(type, "position") == 0 ? SG_NAMED_POSITION
                    : strcmp(type, "event") == 0  ? SG_NAMED_EVENT
                                                  : SG_NAMED_ACTOR;

    return find_name(sheet, row, what, "target", row->wanted[FIELD_TARGET], type, &row->s.target);
}

static bool set_field(struct sheet *sheet, struct row *row, int field)
{
    static const char *const modes[] = { "direct-quote", "indirect-speech", "narrated-act" };
    static const char *const certainties[] = { "explicit", "implied" };
    static const char *const reviews[] = { "proposed", "accepted", "rejected" };
    const char *text = row->wanted[field];

    switch (field) {
    case FIELD_DATE:
        row->s.day = SG_STORE_NO_DAY;
        return text[0] == '\0' || sg_day_parse(text, strlen(text), &row->s.day);
    case FIELD_ACTOR:
        return find_name(sheet, row, SG_NAMED_ACTOR, "actor", text, "group", &row->s.actor);
    case FIELD_TARGET:
    case FIELD_TARGET_TYPE:
        return set_target(sheet, row);
    case FIELD_STANCE:
        row->s.stance = index_of(text, stance_names, 3) - 1;
        return true;
    case FIELD_QUOTE:
        return find_quote(sheet, row, text);
    case FIELD_SPEECH:
        row->s.mode = index_of(text, modes, 3);
        return true;
    case FIELD_CERTAINTY:
        row->s.certainty = index_of(text, certainties, 2);
        return true;
    case FIELD_CONFIDENCE:
        row->s.confidence = text[0] != '\0' ? strtod(text, NULL) : -1.0;
        return true;
    case FIELD_STATUS:
        row->s.status = index_of(text, reviews, 3);
        return true;
    default:
        set_comment(sheet, row);
        return true;
    }
}

/* Columns that are not a person's to change. */
static bool kept_others(struct sheet *sheet, const struct row *row)
{
    static const char *const names[] = { "quote_start", "quote_end", "origin" };
    const char *now[3] = {
        row->s.start != SG_STORE_NO_BYTE ? sg_arena_printf(sheet->arena, "%u", row->s.start) : "",
        row->s.end != SG_STORE_NO_BYTE ? sg_arena_printf(sheet->arena, "%u", row->s.end) : "",
        or_empty(row->s.origin),
    };

    for (size_t i = 0; i < 3; i++) {
        int column = sg_spreadsheet_column(&sheet->table, names[i]);

        if (column >= 0 && !looks_same(sheet->arena, row->cells[column], now[i])) {
            refuse(sheet, row, names[i], "cannot be changed here");
            return false;
        }
    }
    return true;
}

static sg_status apply_edit(struct sheet *sheet, struct row *row, sg_error *err)
{
    struct row before = *row;
    sg_status status = SG_OK;

    for (int field = 0; field < FIELD_COUNT; field++) {
        if (strcmp(row->wanted[field], row->now[field]) != 0 && !set_field(sheet, row, field))
            return SG_OK;
    }
    status = sg_store_update_statement(sheet->store, &row->s, err);
    if (status != SG_OK)
        return status;
    sheet->summary->changed++;
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (strcmp(before.wanted[field], before.now[field]) != 0)
            say(sheet, "st-%lld %s: %s \xe2\x86\x92 %s", (long long) row->s.id, editable[field],
                before.now[field], before.wanted[field]);
    }
    return SG_OK;
}

static sg_status import_edit(struct sheet *sheet, struct row *row, sg_error *err)
{
    char hash[SG_ROW_HASH_SIZE];
    char hash_now[SG_ROW_HASH_SIZE];
    const char *base = sheet->hash_column >= 0 ? row->cells[sheet->hash_column] : "";

    if (!kept_others(sheet, row))
        return SG_OK;
    sg_row_hash(row->wanted, FIELD_COUNT, hash);
    sg_row_hash(row->now, FIELD_COUNT, hash_now);
    if (strcmp(hash, hash_now) == 0 || strcmp(hash, base) == 0) {
        sheet->summary->unchanged++;
        return SG_OK;
    }
    if (strcmp(base, hash_now) != 0 && sheet->options->conflict != SG_CONFLICT_THEIRS) {
        if (sheet->options->conflict == SG_CONFLICT_OURS) {
            sheet->summary->unchanged++;
            return SG_OK;
        }
        sheet->summary->conflicts++;
        say(sheet, "row %zu: st-%lld was changed in the database since the export; not applied",
            row->number, (long long) row->s.id);
        return SG_OK;
    }
    return apply_edit(sheet, row, err);
}

/* A row without an id: a statement that the coder adds, with its article and quote. */
static sg_status import_new(struct sheet *sheet, struct row *row, sg_error *err)
{
    const char *article = sheet->article_column >= 0 ? row->cells[sheet->article_column] : "";
    const char *digits = article + strcspn(article, "0123456789");
    static const int fields[] = { FIELD_DATE,   FIELD_ACTOR,  FIELD_TARGET,    FIELD_STANCE,
                                  FIELD_QUOTE,  FIELD_SPEECH, FIELD_CERTAINTY, FIELD_CONFIDENCE,
                                  FIELD_STATUS, FIELD_COMMENT };
    sg_store_node node;
    bool found = false;
    int64_t id = 0;
    sg_status status;

    memset(&row->s, 0, sizeof row->s);
    row->s.origin = sheet->options->origin;
    row->s.article = strtoll(digits, NULL, 10);
    status = sg_store_find_node(sheet->store, row->s.article, &node, &found, err);
    if (status != SG_OK)
        return status;
    if (digits[0] == '\0' || !found) {
        refuse(sheet, row, "article_id", "names no article");
        return SG_OK;
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (!set_field(sheet, row, fields[i]))
            return SG_OK;
    }
    if (row->s.status < 0)
        row->s.status = SG_REVIEW_ACCEPTED;
    /* The same file may be imported twice. */
    status = sg_store_find_same(sheet->store, &row->s, &id, err);
    if (status != SG_OK || id != 0) {
        sheet->summary->unchanged += id != 0;
        return status;
    }
    status = sg_store_create_statement(sheet->store, &row->s, &id, err);
    if (status == SG_OK) {
        sheet->summary->added++;
        say(sheet, "st-%lld new: %s %s %s", (long long) id, row->wanted[FIELD_ACTOR],
            row->wanted[FIELD_STANCE], row->wanted[FIELD_TARGET]);
    }
    return status;
}

static sg_status import_row(struct sheet *sheet, size_t i, sg_error *err)
{
    struct row row = { .number = i + 2, .cells = sheet->table.rows[i] };
    const char *id = row.cells[sheet->id_column];
    const char *digits = strncmp(id, "st-", 3) == 0 ? id + 3 : id;
    char *end;
    int64_t number = strtoll(digits, &end, 10);
    bool empty = true;
    sg_status status = SG_OK;

    for (size_t column = 0; column < sheet->table.column_count; column++)
        empty = empty && row.cells[column][0] == '\0';
    if (empty)
        return SG_OK;
    if (id[0] != '\0' && (end == digits || *end != '\0')) {
        refuse(sheet, &row, "statement_id", sg_arena_printf(sheet->arena, "'%s' is no id", id));
        return SG_OK;
    }
    if (id[0] != '\0') {
        status = find_statement(sheet, &row, number, err);
        if (status != SG_OK)
            return status;
        if (!row.exists) {
            refuse(sheet, &row, "statement_id",
                   sg_arena_printf(sheet->arena, "there is no statement %s", id));
            return SG_OK;
        }
    }
    if (!read_wanted(sheet, &row))
        return SG_OK;
    return row.exists ? import_edit(sheet, &row, err) : import_new(sheet, &row, err);
}

static sg_status find_columns(struct sheet *sheet, sg_error *err)
{
    static const char *const known[] = { SG_STATEMENT_COLUMNS };

    sheet->id_column = sg_spreadsheet_column(&sheet->table, "statement_id");
    sheet->hash_column = sg_spreadsheet_column(&sheet->table, "row_hash");
    sheet->article_column = sg_spreadsheet_column(&sheet->table, "article_id");
    for (int field = 0; field < FIELD_COUNT; field++)
        sheet->columns[field] = sg_spreadsheet_column(&sheet->table, editable[field]);
    for (size_t i = 0; i < sheet->table.column_count; i++) {
        if (sheet->table.columns[i][0] != '\0' &&
            !is_one_of(sheet->table.columns[i], known, sizeof known / sizeof known[0]))
            say(sheet, "column '%s' is not known and left out", sheet->table.columns[i]);
    }
    if (sheet->id_column >= 0)
        return SG_OK;
    sg_error_hint(err, "'stance export csv' writes a table that can be edited");
    return sg_error_set(err, SG_ERR_INPUT, "has no column 'statement_id'");
}

static sg_status import_rows(struct sheet *sheet, const char *path, sg_error *err)
{
    sg_status status = sg_store_begin_logged(sheet->store, "import", path, err);

    if (status != SG_OK)
        return status;
    sheet->arena = sg_arena_new();
    for (size_t i = 0; status == SG_OK && i < sheet->table.row_count; i++) {
        status = import_row(sheet, i, err);
        sg_arena_reset(sheet->arena);
    }
    sg_arena_free(sheet->arena);
    /* A trial run is a real one that is not kept. */
    if (status == SG_OK && !sheet->options->dry_run &&
        sheet->summary->changed + sheet->summary->added > 0)
        return sg_store_commit(sheet->store, err);
    sg_store_rollback(sheet->store);
    return status;
}

sg_status sg_import_statements(sg_store *store, const char *path,
                               const struct sg_import_options *options,
                               void (*report)(void *data, const char *line), void *data,
                               sg_import_summary *summary, sg_error *err)
{
    struct sheet sheet = {
        .store = store, .options = options, .report = report, .data = data, .summary = summary
    };
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_status status = sg_file_read(path, SG_IMPORT_LIMIT, &text, err);
    bool read = status == SG_OK;

    if (status == SG_OK)
        status = sg_spreadsheet_parse(sg_strbuf_text(&text), text.len, arena, &sheet.table, err);
    if (status == SG_OK)
        status = find_columns(&sheet, err);
    if (status == SG_OK)
        status = import_rows(&sheet, path, err);
    if (status != SG_OK && read)
        sg_error_context(err, "%s", path);
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return status;
}
