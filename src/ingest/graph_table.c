#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stance/store.h"
#include "stance/temporal.h"

#include "graph_folder.h"

/* What the header of a CSV file says: the columns, and whether rows are nodes, relationships or
 * statements. Neo4j's convention is that of its import tool (Operations Manual, "Import"). */

static const struct {
    const char *name;
    sg_type type;
} type_names[] = {
    { "string", SG_STRING },     { "char", SG_STRING },
    { "int", SG_INTEGER },       { "long", SG_INTEGER },
    { "short", SG_INTEGER },     { "byte", SG_INTEGER },
    { "float", SG_FLOAT },       { "double", SG_FLOAT },
    { "boolean", SG_BOOLEAN },   { "date", SG_DATE },
    { "time", SG_TIME },         { "localtime", SG_LOCAL_TIME },
    { "datetime", SG_DATETIME }, { "localdatetime", SG_LOCAL_DATETIME },
    { "duration", SG_DURATION },
};

static const struct {
    const char *name;
    column_role role;
} role_names[] = {
    { "ID", COLUMN_ID },      { "LABEL", COLUMN_LABEL }, { "START_ID", COLUMN_START },
    { "END_ID", COLUMN_END }, { "TYPE", COLUMN_TYPE },   { "IGNORE", COLUMN_IGNORED },
};

/* The part of a header field behind its colon: "int[]", "ID(Person)". */
static bool read_kind(const char *kind, sg_arena *arena, table_column *column)
{
    size_t word = strcspn(kind, "([{");

    for (size_t i = 0; i < sizeof role_names / sizeof role_names[0]; i++)
        if (strlen(role_names[i].name) == word && strncmp(kind, role_names[i].name, word) == 0) {
            const char *open = kind + word;

            column->role = role_names[i].role;
            if (*open == '(')
                column->space = sg_arena_strndup(arena, open + 1, strcspn(open + 1, ")"));
            return true;
        }
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++)
        if (strlen(type_names[i].name) == word &&
            strncasecmp(kind, type_names[i].name, word) == 0) {
            column->type = type_names[i].type;
            column->is_list = strncmp(kind + word, "[]", 2) == 0;
            return true;
        }
    return false;
}

static sg_status read_column(const char *path, const char *field, sg_arena *arena,
                             table_column *column, sg_error *err)
{
    const char *colon = strrchr(field, ':');

    *column = (table_column){ .role = COLUMN_PROPERTY, .name = field, .space = "" };
    if (colon == NULL)
        return SG_OK;
    column->type = SG_STRING;
    column->name = colon == field ? NULL : sg_arena_strndup(arena, field, (size_t) (colon - field));
    if (!read_kind(colon + 1, arena, column)) {
        sg_error_set(err, SG_ERR_INPUT, "%s, line 1: column '%s' has a type that is not known",
                     path, field);
        sg_error_hint(err, "types are string, int, long, float, double, boolean, date, time, "
                           "localtime, datetime, localdatetime, duration, with [] for lists; and "
                           ":ID :LABEL :START_ID :END_ID :TYPE :IGNORE");
        return SG_ERR_INPUT;
    }
    if (column->role == COLUMN_PROPERTY && column->name == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "%s, line 1: column '%s' has no name", path, field);
    return SG_OK;
}

/* ---- names of plain files ---- */
/* "member_of.csv" is "member_of". */
static const char *file_word(const char *path, sg_arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;

    return sg_arena_strndup(arena, name, strcspn(name, "."));
}

/* "persons" and "person" are "Person", "parties" is "Party", "trade_unions" is "TradeUnion". */
static const char *label_of_word(const char *word, sg_arena *arena)
{
    size_t len = strlen(word), out = 0;
    char *label = sg_arena_alloc(arena, len + 2);
    bool start = true;

    for (size_t i = 0; i < len; i++) {
        if (word[i] == '_' || word[i] == '-' || word[i] == ' ') {
            start = true;
            continue;
        }
        label[out++] = (char) (start ? toupper((unsigned char) word[i]) : word[i]);
        start = false;
    }
    label[out] = '\0';
    if (out > 4 && strcmp(label + out - 3, "ies") == 0)
        (void) memcpy(label + out - 3, "y", 2);
    else if (out > 2 && label[out - 1] == 's' && label[out - 2] != 's')
        label[out - 1] = '\0';
    return label;
}

static const char *type_of_word(const char *word, sg_arena *arena)
{
    char *type = sg_arena_strdup(arena, word);

    for (char *at = type; *at != '\0'; at++)
        *at = (char) (isalnum((unsigned char) *at) ? toupper((unsigned char) *at) : '_');
    return type;
}

/* Ids are unique among all actors. */
static const char *space_of_label(const char *label)
{
    static const char *const actors[] = { "Person", "Organisation", "Group", "Actor" };

    for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++)
        if (strcmp(label, actors[i]) == 0)
            return "Actor";
    return label;
}

static size_t column_named(const graph_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].name != NULL && strcmp(table->columns[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static void set_role(graph_table *table, const char *name, column_role role, const char *space)
{
    size_t at = column_named(table, name);

    if (at == SIZE_MAX)
        return;
    table->columns[at].role = role;
    if (space != NULL)
        table->columns[at].space = space;
}

/* The stance is in a column, or is the first word of the file's name. */
static bool stance_of_file(const char *word, sg_arena *arena, const char **type_out)
{
    static const int stances[] = { -1, 0, 1 };
    const char *type = type_of_word(word, arena);

    for (size_t i = 0; i < sizeof stances / sizeof stances[0]; i++) {
        const char *name = sg_stance_type(stances[i]);
        size_t len = strlen(name);

        if (strncmp(type, name, len) == 0 && (type[len] == '\0' || type[len] == '_')) {
            *type_out = name;
            return true;
        }
    }
    return false;
}

static void read_statements(graph_table *table)
{
    table->kind = TABLE_STATEMENTS;
    set_role(table, "id", COLUMN_IGNORED, NULL);
    set_role(table, "actor_kind", COLUMN_IGNORED, NULL);
    set_role(table, "actor", COLUMN_START, "Actor");
    set_role(table, "position", COLUMN_END, "Position");
    set_role(table, "stance", COLUMN_TYPE, NULL);
    set_role(table, "date", COLUMN_DATE, NULL);
    set_role(table, "article", COLUMN_ARTICLE, "Article");
    set_role(table, "confidence", COLUMN_CONFIDENCE, NULL);
}

static void read_plain(graph_table *table, sg_arena *arena)
{
    const char *word = file_word(table->path, arena);

    table->is_plain = true;
    if (column_named(table, "actor") != SIZE_MAX && column_named(table, "position") != SIZE_MAX &&
        (column_named(table, "stance") != SIZE_MAX || stance_of_file(word, arena, &table->type))) {
        read_statements(table);
    } else if (column_named(table, "id") != SIZE_MAX) {
        table->kind = TABLE_NODES;
        table->label = label_of_word(word, arena);
        set_role(table, "id", COLUMN_ID, space_of_label(table->label));
    } else if (table->column_count >= 2) {
        table->kind = TABLE_RELS;
        table->type = type_of_word(word, arena);
        for (size_t i = 0; i < 2; i++) {
            table_column *column = &table->columns[i];

            column->role = i == 0 ? COLUMN_START : COLUMN_END;
            column->space = space_of_label(label_of_word(column->name, arena));
        }
    }
}

size_t graph_table_find(const graph_table *table, column_role role)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].role == role)
            return i;
    return SIZE_MAX;
}

static void read_declared(graph_table *table, sg_arena *arena)
{
    if (graph_table_find(table, COLUMN_START) != SIZE_MAX &&
        graph_table_find(table, COLUMN_END) != SIZE_MAX) {
        table->kind = TABLE_RELS;
        if (graph_table_find(table, COLUMN_TYPE) == SIZE_MAX)
            table->type = type_of_word(file_word(table->path, arena), arena);
    } else if (graph_table_find(table, COLUMN_ID) != SIZE_MAX) {
        table->kind = TABLE_NODES;
    }
}

sg_status graph_table_read(const char *path, sg_arena *arena, graph_table *table_out, sg_error *err)
{
    csv_scan scan;
    bool declared = false;
    sg_status status = csv_scan_open(&scan, path, err);

    *table_out = (graph_table){ .path = path, .kind = TABLE_UNKNOWN };
    if (status == SG_OK && csv_scan_next(&scan, &status, err)) {
        table_out->column_count = scan.field_count;
        table_out->columns = sg_arena_calloc(arena, scan.field_count, sizeof(table_column));
        for (size_t i = 0; status == SG_OK && i < scan.field_count; i++) {
            const char *field = sg_arena_strndup(arena, scan.fields[i].text, scan.fields[i].len);

            declared = declared || strchr(field, ':') != NULL;
            status = read_column(path, field, arena, &table_out->columns[i], err);
        }
    }
    csv_scan_close(&scan);
    if (status == SG_OK && table_out->column_count > 0) {
        if (declared)
            read_declared(table_out, arena);
        else
            read_plain(table_out, arena);
    }
    return status;
}

/* ---- values ---- */
/* Digits with a point somewhere, so few that number and power of ten are exact and one division
 * rounds as strtod() does (W. Clinger, "How to Read Floating Point Numbers Accurately"). */
static bool read_short_float(csv_field field, sg_value *value_out)
{
    static const double powers[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    uint64_t number = 0;
    size_t behind = 0, digits = 0;
    bool point = false;

    if (field.len > 16)
        return false;
    for (size_t i = 0; i < field.len; i++) {
        if (field.text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (field.text[i] < '0' || field.text[i] > '9')
            return false;
        number = number * 10 + (uint64_t) (field.text[i] - '0');
        behind += point;
        digits++;
    }
    if (digits == 0 || digits > 15)
        return false;
    *value_out = sg_value_float((double) number / powers[behind]);
    return true;
}

static bool read_number(csv_field field, sg_type type, sg_value *value_out)
{
    char text[64], *end;

    if (field.len == 0 || field.len >= sizeof text)
        return false;
    if (type == SG_FLOAT && read_short_float(field, value_out))
        return true;
    memcpy(text, field.text, field.len);
    text[field.len] = '\0';
    if (strspn(text, "+-0123456789.eE") != field.len)
        return false;
    errno = 0;
    if (type == SG_INTEGER)
        *value_out = sg_value_integer(strtoll(text, &end, 10));
    else
        *value_out = sg_value_float(strtod(text, &end));
    return *end == '\0' && errno == 0;
}

/* A number that is written as numbers are: "007" and "1e5" stay text. */
static bool guess_number(csv_field field, sg_value *value_out)
{
    const char *text = field.text;
    size_t digits = field.len > 0 && text[0] == '-' ? 1 : 0;
    const char *point = memchr(text, '.', field.len);

    for (size_t i = digits; i < field.len; i++)
        if (!isdigit((unsigned char) text[i]) && text + i != point)
            return false;
    if (field.len == digits || text[digits] == '.' || text[field.len - 1] == '.' ||
        (text[digits] == '0' && field.len > digits + 1 && text + digits + 1 != point))
        return false;
    return read_number(field, point == NULL ? SG_INTEGER : SG_FLOAT, value_out);
}

static bool read_boolean(csv_field field, sg_value *value_out)
{
    bool is_true = field.len == 4 && strncasecmp(field.text, "true", 4) == 0;

    *value_out = sg_value_boolean(is_true);
    return is_true || (field.len == 5 && strncasecmp(field.text, "false", 5) == 0);
}

static bool read_single(sg_type type, csv_field field, sg_arena *arena, sg_value *value_out)
{
    switch (type) {
    case SG_NULL:
        if (!guess_number(field, value_out))
            *value_out = sg_value_string(field.text, field.len);
        return true;
    case SG_STRING:
        *value_out = sg_value_string(field.text, field.len);
        return true;
    case SG_INTEGER:
    case SG_FLOAT:
        return read_number(field, type, value_out);
    case SG_BOOLEAN:
        return read_boolean(field, value_out);
    default:
        return sg_temporal_parse(arena, type, field.text, field.len, value_out);
    }
}

static bool read_list(sg_type type, csv_field field, sg_arena *arena, sg_value *value_out)
{
    sg_value *items = NULL;
    size_t count = 0, room = 0, at = 0;

    while (at <= field.len) {
        const char *start = field.text + at;
        const char *end = memchr(start, ';', field.len - at);
        csv_field item = { start, end == NULL ? field.len - at : (size_t) (end - start) };

        SG_ARENA_GROW(arena, items, room, count + 1);
        if (!read_single(type, item, arena, &items[count++]))
            return false;
        at += item.len + 1;
    }
    *value_out = sg_value_list(arena, items, count);
    return true;
}

bool table_value(const table_column *column, csv_field field, sg_arena *arena, sg_value *value_out)
{
    *value_out = sg_value_null();
    if (field.len == 0)
        return true;
    if (column->is_list)
        return read_list(column->type, field, arena, value_out);
    return read_single(column->type, field, arena, value_out);
}
