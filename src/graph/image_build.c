#include "image_build.h"

#include <string.h>

/* Rows coming in: each value goes to the column of its key in the group or type of its entity.
 * A column keeps the type of its first value; when another type comes it turns into a column of
 * encoded values. */

/* Statements of one corpus have a few thousand days: a small direct table spares formatting and
 * hashing each of them. */
#define DAY_CACHE_SIZE 4096U
struct day_cache {
    int32_t day[DAY_CACHE_SIZE];
    uint32_t code[DAY_CACHE_SIZE]; /* + 1; 0 = free */
};

image_builder *image_builder_new(void)
{
    image_builder *builder = sg_calloc(1, sizeof *builder);

    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        builder->symbols[kind] = sg_map_new();
    builder->group_ids = sg_map_new();
    return builder;
}

void column_builder_free(column_builder *column)
{
    if (column == NULL)
        return;
    sg_free(column->codes);
    sg_free(column->rows);
    sg_free(column->days);
    sg_map_free(column->dictionary);
    sg_free(column);
}

static void row_set_clear(row_set *set)
{
    for (size_t i = 0; i < set->columns_count; i++)
        column_builder_free(set->columns[i]);
    column_builder_free(set->quotes);
    sg_free(set->columns);
    sg_free(set->ids);
    sg_free(set->sources);
    sg_free(set->targets);
}

void image_builder_free(image_builder *builder)
{
    if (builder == NULL)
        return;
    for (size_t i = 0; i < builder->group_count; i++) {
        row_set_clear(&builder->groups[i].set);
        sg_free(builder->groups[i].labels);
    }
    for (size_t i = 0; i < builder->type_count; i++)
        row_set_clear(&builder->types[i]);
    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        sg_map_free(builder->symbols[kind]);
    sg_map_free(builder->group_ids);
    sg_free(builder->groups);
    sg_free(builder->types);
    sg_free(builder->node_ids);
    sg_free(builder->node_groups);
    sg_free(builder->node_rows);
    sg_free(builder->handles);
    sg_strbuf_clear(&builder->scratch);
    sg_free(builder);
}

sg_symbol image_builder_symbol(image_builder *builder, sg_symbol_kind kind, const char *name,
                               size_t len)
{
    sg_map *map = builder->symbols[kind];

    return (sg_symbol) *sg_map_slot(map, name, len, sg_map_size(map));
}

uint32_t image_builder_group(image_builder *builder, const sg_symbol *labels, size_t count)
{
    uint64_t group = *sg_map_slot(builder->group_ids, (const char *) labels, count * sizeof *labels,
                                  builder->group_count);
    group_builder *added;

    if (group < builder->group_count)
        return (uint32_t) group;
    SG_GROW(builder->groups, builder->groups_room, builder->group_count + 1);
    added = &builder->groups[builder->group_count++];
    memset(added, 0, sizeof *added);
    added->labels = sg_reallocarray(NULL, count + 1, sizeof *labels);
    if (count > 0)
        memcpy(added->labels, labels, count * sizeof *labels);
    added->label_count = count;
    return (uint32_t) group;
}

void image_builder_node(image_builder *builder, uint32_t group, int64_t id)
{
    row_set *set = &builder->groups[group].set;
    size_t n = builder->node_count;

    SG_GROW(set->ids, set->ids_room, (size_t) set->rows + 1);
    SG_GROW(builder->node_ids, builder->node_ids_room, n + 1);
    SG_GROW(builder->node_groups, builder->node_groups_room, n + 1);
    SG_GROW(builder->node_rows, builder->node_rows_room, n + 1);
    set->ids[set->rows] = id;
    builder->node_ids[n] = id;
    builder->node_groups[n] = group;
    builder->node_rows[n] = set->rows++;
    builder->node_count = n + 1;
    builder->last = set;
}

/* All nodes are in: give them their handles. */
static void number_nodes(image_builder *builder)
{
    size_t n = builder->node_count;
    uint32_t first = 0;
    uint64_t range;

    for (size_t i = 0; i < builder->group_count; i++) {
        builder->groups[i].first_node = first;
        first += builder->groups[i].set.rows;
    }
    range = n == 0 ? 0 : (uint64_t) builder->node_ids[n - 1] - (uint64_t) builder->node_ids[0] + 1;
    builder->dense = range <= 4 * (uint64_t) n + 1024;
    builder->handles =
        sg_reallocarray(NULL, builder->dense ? (size_t) range + 1 : n + 1, sizeof(uint32_t));
    if (builder->dense)
        memset(builder->handles, 0xff, (size_t) range * sizeof(uint32_t));
    for (size_t i = 0; i < n; i++) {
        size_t at =
            builder->dense
                ? (size_t) ((uint64_t) builder->node_ids[i] - (uint64_t) builder->node_ids[0])
                : i;

        builder->handles[at] =
            builder->groups[builder->node_groups[i]].first_node + builder->node_rows[i];
    }
}

uint32_t image_builder_find_node(image_builder *builder, int64_t id)
{
    size_t low = 0, high = builder->node_count;

    if (builder->handles == NULL)
        number_nodes(builder);
    if (high == 0 || id < builder->node_ids[0] || id > builder->node_ids[high - 1])
        return SG_NO_ENTITY;
    if (builder->dense)
        return builder->handles[(uint64_t) id - (uint64_t) builder->node_ids[0]];
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (builder->node_ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return builder->node_ids[low] == id ? builder->handles[low] : SG_NO_ENTITY;
}

static row_set *type_set(image_builder *builder, sg_symbol type)
{
    while (builder->type_count <= type) {
        SG_GROW(builder->types, builder->types_room, builder->type_count + 1);
        memset(&builder->types[builder->type_count++], 0, sizeof *builder->types);
    }
    return &builder->types[type];
}

bool image_builder_rel(image_builder *builder, sg_symbol type, int64_t id, int64_t source,
                       int64_t target)
{
    uint32_t from = image_builder_find_node(builder, source);
    uint32_t to = image_builder_find_node(builder, target);
    row_set *set;

    if (from == SG_NO_ENTITY || to == SG_NO_ENTITY)
        return false;
    set = type_set(builder, type);
    SG_GROW(set->ids, set->ids_room, (size_t) set->rows + 1);
    SG_GROW(set->sources, set->sources_room, (size_t) set->rows + 1);
    SG_GROW(set->targets, set->targets_room, (size_t) set->rows + 1);
    set->ids[set->rows] = id;
    set->sources[set->rows] = from;
    set->targets[set->rows] = to;
    set->rows++;
    builder->rel_count++;
    if (id > builder->max_rel_id)
        builder->max_rel_id = id;
    builder->last = set;
    return true;
}

/* ---- values ---- */
static column_builder *column_new(sg_symbol key, column_form form)
{
    column_builder *column = sg_calloc(1, sizeof *column);

    column->key = key;
    column->form = form;
    column->last_row = UINT32_MAX;
    return column;
}

static column_builder *column_of(row_set *set, sg_symbol key, column_form form)
{
    column_builder *column;

    while (set->columns_count <= key) {
        SG_GROW(set->columns, set->columns_room, set->columns_count + 1);
        set->columns[set->columns_count++] = NULL;
    }
    column = set->columns[key];
    if (column == NULL)
        column = set->columns[key] = column_new(key, form);
    return column;
}

static column_form form_of(sg_value value)
{
    switch ((sg_type) value.type) {
    case SG_INTEGER:
        return FORM_INTEGER;
    case SG_BOOLEAN:
        return FORM_BOOLEAN;
    case SG_DATE:
        return FORM_DATE;
    case SG_FLOAT:
        return FORM_FLOAT;
    case SG_STRING:
        return FORM_STRING;
    default:
        return FORM_VALUE;
    }
}

static uint64_t dictionary_code(column_builder *column, const char *bytes, size_t len)
{
    if (column->dictionary == NULL)
        column->dictionary = sg_map_new();
    return *sg_map_slot(column->dictionary, bytes, len, sg_map_size(column->dictionary));
}

static uint64_t code_of(column_builder *column, sg_value value, sg_strbuf *scratch)
{
    switch (column->form) {
    case FORM_STRING:
        return dictionary_code(column, value.as.string, value.len);
    case FORM_VALUE:
        sg_strbuf_reset(scratch);
        value_encode(value, scratch);
        return dictionary_code(column, scratch->data, scratch->len);
    case FORM_BOOLEAN:
        return value.as.boolean;
    default:
        return (uint64_t) value.as.integer; /* of floats the bits */
    }
}

/* The value that a code stands for, to encode it anew. */
static sg_value value_of(const column_builder *column, uint64_t code)
{
    static const sg_type types[FORM_COUNT] = {
        [FORM_INTEGER] = SG_INTEGER, [FORM_DATE] = SG_DATE, [FORM_FLOAT] = SG_FLOAT
    };
    sg_value value = { .type = (uint8_t) types[column->form], .as.integer = (int64_t) code };

    if (column->form == FORM_BOOLEAN)
        return sg_value_boolean(code != 0);
    if (column->form == FORM_STRING) {
        size_t len;
        const char *text = sg_map_entry(column->dictionary, (size_t) code, &len, NULL);

        return sg_value_string(text, len);
    }
    return value;
}

static void turn_into_values(column_builder *column, sg_strbuf *scratch)
{
    column_builder before = *column;

    column->form = FORM_VALUE;
    column->dictionary = NULL;
    for (size_t i = 0; i < column->count; i++)
        column->codes[i] = code_of(column, value_of(&before, column->codes[i]), scratch);
    sg_map_free(before.dictionary);
    sg_free(column->days);
    column->days = NULL;
}

/* Whether this row may still get a value; prepares the list of rows when one was left out. */
static bool open_row(column_builder *column, uint32_t row)
{
    if (column->last_row == row)
        return false;
    if (column->rows == NULL && column->count != row) {
        SG_GROW(column->rows, column->rows_room, column->count + 1);
        for (size_t i = 0; i < column->count; i++)
            column->rows[i] = (uint32_t) i;
    }
    return true;
}

static void add_code(column_builder *column, uint32_t row, uint64_t code)
{
    SG_GROW(column->codes, column->codes_room, column->count + 1);
    if (column->rows != NULL) {
        SG_GROW(column->rows, column->rows_room, column->count + 1);
        column->rows[column->count] = row;
    }
    column->codes[column->count++] = code;
    column->last_row = row;
}

static void add_value(image_builder *builder, sg_symbol key, sg_value value)
{
    uint32_t row = builder->last->rows - 1;
    column_form form = form_of(value);
    column_builder *column = column_of(builder->last, key, form);

    if (!open_row(column, row))
        return;
    if (column->form != form && column->form != FORM_VALUE)
        turn_into_values(column, &builder->scratch);
    add_code(column, row, code_of(column, value, &builder->scratch));
}

void image_builder_node_property(image_builder *builder, sg_symbol key, sg_value value)
{
    add_value(builder, key, value);
}

void image_builder_rel_property(image_builder *builder, sg_symbol key, sg_value value)
{
    add_value(builder, key, value);
}

void image_builder_rel_day(image_builder *builder, sg_symbol key, int32_t day)
{
    column_builder *column = column_of(builder->last, key, FORM_STRING);
    uint32_t row = builder->last->rows - 1;
    size_t at = (uint32_t) day % DAY_CACHE_SIZE;
    char text[SG_DAY_SIZE];

    if (column->form == FORM_STRING) {
        if (!open_row(column, row))
            return;
        if (column->days == NULL)
            column->days = sg_calloc(1, sizeof *column->days);
        if (column->days->code[at] != 0 && column->days->day[at] == day) {
            add_code(column, row, column->days->code[at] - 1);
            return;
        }
    }
    sg_day_format(day, text);
    add_value(builder, key, sg_value_text(text));
    if (column->form == FORM_STRING) {
        column->days->day[at] = day;
        column->days->code[at] = (uint32_t) column->codes[column->count - 1] + 1;
    }
}

void image_builder_rel_quote(image_builder *builder, uint32_t article)
{
    row_set *set = builder->last;

    if (set->quotes == NULL)
        set->quotes = column_new(SG_NO_SYMBOL, FORM_NODE);
    if (open_row(set->quotes, set->rows - 1))
        add_code(set->quotes, set->rows - 1, article);
}
