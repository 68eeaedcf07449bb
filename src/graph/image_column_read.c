#include <string.h>

#include "graph_internal.h"
#include "image.h"

/* Reading columns. A code that its dictionary does not have, and a place outside of the codes,
 * read as "no value": a damaged file gives wrong answers at worst, never a wrong access. */

static const image_column *find_key(const image *im, uint32_t first, uint32_t count, sg_symbol key)
{
    uint32_t low = first, high = first + count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (im->columns[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < first + count && im->columns[low].key == key ? &im->columns[low] : NULL;
}

const image_column *image_node_column(const image *im, const image_group *group, sg_symbol key)
{
    return find_key(im, group->first_column, group->column_count, key);
}

const image_column *image_rel_column(const image *im, const image_type *type, sg_symbol key)
{
    return find_key(im, type->first_column, type->column_count, key);
}

static uint64_t code_at(const image *im, const image_column *column, uint32_t place)
{
    const void *codes = image_at(im, column->codes);

    switch (column->width) {
    case 0:
        return place;
    case 1:
        return ((const uint8_t *) codes)[place];
    case 2:
        return ((const uint16_t *) codes)[place];
    case 4:
        return ((const uint32_t *) codes)[place];
    default:
        return ((const uint64_t *) codes)[place];
    }
}

/* Place of a row among the rows of a sparse column, or UINT32_MAX. */
static uint32_t sparse_place(const image *im, const image_column *column, uint32_t row)
{
    const uint32_t *rows = image_at(im, column->presence_at);
    uint32_t low = 0, high = column->codes_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < column->codes_count && rows[low] == row ? low : UINT32_MAX;
}

bool column_code(const image *im, const image_column *column, uint32_t row, uint64_t *code_out)
{
    uint32_t place = row;

    if (row >= column->rows)
        return false;
    if (column->presence == PRESENT_ROWS) {
        place = sparse_place(im, column, row);
        if (place == UINT32_MAX)
            return false;
    } else if (column->presence == PRESENT_BITMAP) {
        const uint64_t *bitmap = image_at(im, column->presence_at);

        if ((bitmap[row / 64] >> (row % 64) & 1) == 0)
            return false;
    }
    *code_out = code_at(im, column, place);
    return true;
}

int64_t column_integer(const image *im, const image_column *column, uint32_t row)
{
    return (int64_t) ((uint64_t) column->base + code_at(im, column, row));
}

const char *column_bytes(const image *im, const image_column *column, uint64_t code,
                         size_t *len_out)
{
    const uint32_t *starts = image_at(im, column->dictionary);

    *len_out = 0;
    if (code >= column->dictionary_count || starts[code] > starts[code + 1] ||
        starts[code + 1] > column->bytes_size)
        return "";
    *len_out = starts[code + 1] - starts[code];
    return (const char *) image_at(im, column->bytes) + starts[code];
}

sg_value column_value(const image *im, const image_column *column, uint64_t code, sg_arena *arena)
{
    sg_value value = { .type = SG_NULL };
    const char *bytes;
    size_t len;

    switch ((column_form) column->form) {
    case FORM_INTEGER:
        return sg_value_integer((int64_t) ((uint64_t) column->base + code));
    case FORM_DATE:
        return sg_value_date((int64_t) ((uint64_t) column->base + code));
    case FORM_BOOLEAN:
        return sg_value_boolean(code != 0);
    case FORM_FLOAT:
        value.type = SG_FLOAT;
        value.as.integer = (int64_t) code;
        return value;
    case FORM_FLOAT_CODE:
        if (code < column->dictionary_count)
            return sg_value_float(((const double *) image_at(im, column->dictionary))[code]);
        return value;
    case FORM_STRING:
        bytes = column_bytes(im, column, code, &len);
        return sg_value_string(bytes, len);
    case FORM_VALUE:
        bytes = column_bytes(im, column, code, &len);
        return value_decode(bytes, len, arena);
    default:
        return value;
    }
}

/* ---- looking for values ---- */
static int compare_entry(const image *im, const image_column *column, uint64_t code, sg_value value)
{
    size_t len, shorter;
    const char *bytes;
    int order;

    if (column->form == FORM_FLOAT_CODE) {
        double number = ((const double *) image_at(im, column->dictionary))[code];
        double wanted = value.type == SG_INTEGER ? (double) value.as.integer : value.as.number;

        return (number > wanted) - (number < wanted);
    }
    bytes = column_bytes(im, column, code, &len);
    shorter = len < value.len ? len : value.len;
    order = shorter == 0 ? 0 : memcmp(bytes, value.as.string, shorter);
    return order != 0 ? order : (len > value.len) - (len < value.len);
}

/* Entries of the dictionary below the value, or not above it. */
static uint64_t count_entries(const image *im, const image_column *column, sg_value value,
                              bool equal_too)
{
    uint64_t low = 0, high = column->dictionary_count;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        int order = compare_entry(im, column, middle, value);

        if (order < 0 || (equal_too && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Codes of a column of integers below `number`: the number itself counted from the base. */
static uint64_t count_below(const image_column *column, double number, bool equal_too)
{
    double distance = number - (double) column->base;
    uint64_t whole;

    if (!(distance >= 0))
        return 0;
    if (distance >= 9.2e18)
        return UINT64_MAX;
    whole = (uint64_t) distance;
    if ((double) whole < distance)
        return whole + 1;
    return whole + (equal_too ? 1 : 0);
}

static void integer_bounds(const image_column *column, sg_value value, uint64_t *below_out,
                           uint64_t *upto_out)
{
    if (value.type == SG_FLOAT) {
        *below_out = count_below(column, value.as.number, false);
        *upto_out = count_below(column, value.as.number, true);
    } else if (value.as.integer >= column->base) {
        *below_out = (uint64_t) value.as.integer - (uint64_t) column->base;
        *upto_out = *below_out + 1;
    }
}

void column_bounds(const image *im, const image_column *column, sg_value value, uint64_t *below_out,
                   uint64_t *upto_out)
{
    bool number =
        value.type == SG_INTEGER || (value.type == SG_FLOAT && value.as.number == value.as.number);

    *below_out = *upto_out = 0;
    switch ((column_form) column->form) {
    case FORM_INTEGER:
        if (number)
            integer_bounds(column, value, below_out, upto_out);
        break;
    case FORM_DATE:
        if (value.type == SG_DATE)
            integer_bounds(column, value, below_out, upto_out);
        break;
    case FORM_BOOLEAN:
        if (value.type == SG_BOOLEAN) {
            *below_out = value.as.boolean;
            *upto_out = *below_out + 1;
        }
        break;
    case FORM_FLOAT_CODE:
    case FORM_STRING:
        if (column->form == FORM_STRING ? value.type == SG_STRING : number) {
            *below_out = count_entries(im, column, value, false);
            *upto_out = count_entries(im, column, value, true);
        }
        break;
    default:
        break;
    }
}

typedef struct row_finder {
    const image *im;
    const image_column *column;
    uint32_t first;
    sg_arena *arena;
    uint32_t **nodes;
    size_t *count;
    size_t *room;
} row_finder;

/* Adds the row that the code at `place` belongs to. */
static void add_place(row_finder *f, uint32_t place)
{
    const image_column *column = f->column;
    uint32_t row = place;

    if (column->presence == PRESENT_ROWS)
        row = ((const uint32_t *) image_at(f->im, column->presence_at))[place];
    if (column->presence == PRESENT_BITMAP &&
        (((const uint64_t *) image_at(f->im, column->presence_at))[row / 64] >> (row % 64) & 1) ==
            0)
        return;
    if (row >= column->rows)
        return;
    SG_ARENA_GROW(f->arena, *f->nodes, *f->room, *f->count + 1);
    (*f->nodes)[(*f->count)++] = f->first + row;
}

static uint32_t place_in_order(const row_finder *f, uint32_t i)
{
    return f->column->order == ORDER_INDEX
               ? ((const uint32_t *) image_at(f->im, f->column->index))[i]
               : i;
}

/* First place in order whose code is not below `code`. */
static uint32_t lower_place(const row_finder *f, uint64_t code)
{
    uint32_t low = 0, high = f->column->codes_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t place = place_in_order(f, middle);

        if (place < f->column->codes_count && code_at(f->im, f->column, place) < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_code(row_finder *f, uint64_t code)
{
    const image_column *column = f->column;

    if (column->order == ORDER_NONE) {
        for (uint32_t place = 0; place < column->codes_count; place++)
            if (code_at(f->im, column, place) == code)
                add_place(f, place);
        return;
    }
    for (uint32_t i = lower_place(f, code); i < column->codes_count; i++) {
        uint32_t place = place_in_order(f, i);

        if (place >= column->codes_count || code_at(f->im, column, place) != code)
            break;
        add_place(f, place);
    }
}

/* Columns whose codes do not compare: each value is looked at. */
static void find_by_value(row_finder *f, sg_value value)
{
    sg_arena *scratch = sg_arena_new();

    for (uint32_t place = 0; place < f->column->codes_count; place++) {
        sg_value found = column_value(f->im, f->column, code_at(f->im, f->column, place), scratch);

        if (value_equals(found, value))
            add_place(f, place);
        sg_arena_reset(scratch);
    }
    sg_arena_free(scratch);
}

void column_find_rows(const image *im, const image_column *column, sg_value value, uint32_t first,
                      sg_arena *arena, uint32_t **nodes, size_t *count, size_t *room)
{
    row_finder f = { im, column, first, arena, nodes, count, room };
    uint64_t below, upto;

    if (column->form == FORM_FLOAT || column->form == FORM_VALUE) {
        find_by_value(&f, value);
        return;
    }
    column_bounds(im, column, value, &below, &upto);
    for (uint64_t code = below; code < upto; code++)
        find_code(&f, code);
}

uint32_t column_find_id(const image *im, const image_column *ids, int64_t id, bool ascending)
{
    uint32_t low = 0, high = ids->rows;
    uint64_t code = (uint64_t) id - (uint64_t) ids->base;

    if (id < ids->base || ids->rows == 0)
        return UINT32_MAX;
    if (ids->width == 0)
        return code < ids->rows ? (uint32_t) code : UINT32_MAX;
    if (!ascending) {
        for (uint32_t row = 0; row < ids->rows; row++)
            if (code_at(im, ids, row) == code)
                return row;
        return UINT32_MAX;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (code_at(im, ids, middle) < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->rows && code_at(im, ids, low) == code ? low : UINT32_MAX;
}
