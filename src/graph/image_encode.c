#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "image_build.h"

/* One column going out: the dictionary is sorted, so that codes compare as values do; numbers are
 * counted from the smallest; codes get as few bytes as hold them; rows without a value cost one
 * bit, or nothing where they are many. */

/* More different floats than this are kept as they are. */
#define MOST_FLOAT_CODES 65536U
/* Scanning codes is as good as an index below so many rows, or when a code has many rows. */
#define LEAST_INDEXED_ROWS 64U
#define MOST_ROWS_PER_CODE 16U
/* Row numbers instead of a bitmap when fewer than one row in this many has a value. */
#define SPARSE_BELOW 16U

uint64_t sink_section(image_sink *sink, size_t size)
{
    size_t start = (sink->size + IMAGE_ALIGN - 1) / IMAGE_ALIGN * IMAGE_ALIGN;

    SG_GROW(sink->bytes, sink->room, start + size);
    memset(sink->bytes + sink->size, 0, start + size - sink->size);
    sink->size = start + size;
    return start;
}

/* Radix sort, least significant digit first, 11 bits a pass (Knuth, TAOCP 3, 5.2.5). */
uint32_t *sort_places(const uint64_t *codes, size_t count)
{
    uint32_t *from = sg_reallocarray(NULL, count + 1, sizeof *from);
    uint32_t *to = sg_reallocarray(NULL, count + 1, sizeof *to);
    uint64_t all = 0;

    for (size_t i = 0; i < count; i++) {
        from[i] = (uint32_t) i;
        all |= codes[i];
    }
    for (unsigned shift = 0; shift < 64 && (all >> shift) != 0; shift += 11) {
        size_t starts[2048] = { 0 }, sum = 0;
        uint32_t *swap = from;

        for (size_t i = 0; i < count; i++)
            starts[(codes[i] >> shift) & 2047]++;
        for (size_t d = 0; d < 2048; d++) {
            size_t n = starts[d];

            starts[d] = sum;
            sum += n;
        }
        for (size_t i = 0; i < count; i++)
            to[starts[(codes[from[i]] >> shift) & 2047]++] = from[i];
        from = to;
        to = swap;
    }
    sg_free(to);
    return from;
}

/* ---- dictionaries ---- */
typedef struct entry {
    const char *bytes;
    size_t len;
    uint32_t arrival;
} entry;

static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order = len == 0 ? 0 : memcmp(x->bytes, y->bytes, len);

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Writes the sorted dictionary; returns the final code of each entry by arrival. */
static uint64_t *dictionary_encode(const sg_map *dictionary, image_sink *sink, image_column *out)
{
    size_t count = sg_map_size(dictionary), total = 0;
    entry *entries = sg_reallocarray(NULL, count, sizeof *entries);
    uint64_t *ranks = sg_reallocarray(NULL, count, sizeof *ranks);
    uint32_t *starts;
    char *bytes;

    for (size_t i = 0; i < count; i++) {
        entries[i].bytes = sg_map_entry(dictionary, i, &entries[i].len, NULL);
        entries[i].arrival = (uint32_t) i;
        total += entries[i].len;
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    out->dictionary_count = (uint32_t) count;
    out->dictionary = sink_section(sink, (count + 1) * sizeof *starts);
    out->bytes = sink_section(sink, total);
    out->bytes_size = total;
    starts = sink_at(sink, out->dictionary);
    bytes = sink_at(sink, out->bytes);
    total = 0;
    for (size_t i = 0; i < count; i++) {
        ranks[entries[i].arrival] = i;
        starts[i] = (uint32_t) total;
        if (entries[i].len > 0)
            memcpy(bytes + total, entries[i].bytes, entries[i].len);
        total += entries[i].len;
    }
    starts[count] = (uint32_t) total;
    sg_free(entries);
    return ranks;
}

static int compare_floats(const void *a, const void *b)
{
    double x, y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* The different numbers of a column, by their bits: open addressing, a slot of 0 is free. */
typedef struct number_set {
    uint64_t *numbers; /* in order of arrival */
    size_t count;
    size_t room;
    uint32_t *slots; /* place + 1 */
    size_t mask;
} number_set;

static size_t number_slot(const number_set *set, uint64_t bits)
{
    size_t at = (size_t) ((bits ^ bits >> 32) * 0x9e3779b97f4a7c15U >> 40) & set->mask;

    while (set->slots[at] != 0 && set->numbers[set->slots[at] - 1] != bits)
        at = (at + 1) & set->mask;
    return at;
}

/* Fills `places` with the place of each number in the set. False when there are too many of them,
 * or one that has no place in an order. */
static bool collect_numbers(const uint64_t *codes, size_t count, number_set *set, uint32_t *places)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = number_slot(set, codes[i]);
        double number;

        if (set->slots[at] == 0) {
            memcpy(&number, &codes[i], sizeof number);
            if (set->count == MOST_FLOAT_CODES || !(number - number <= 0)) /* NaN, infinite */
                return false;
            SG_GROW(set->numbers, set->room, set->count + 1);
            set->numbers[set->count++] = codes[i];
            set->slots[at] = (uint32_t) set->count;
        }
        places[i] = set->slots[at] - 1;
    }
    return true;
}

/* Turns the bits of floats into codes of a sorted dictionary, when there are few different ones
 * and none of them is NaN or infinite. */
static bool float_codes(uint64_t *codes, size_t count, image_sink *sink, image_column *out)
{
    number_set set = { .mask = 4 * (size_t) MOST_FLOAT_CODES - 1 };
    uint32_t *places = sg_reallocarray(NULL, count + 1, sizeof *places);
    bool usable;

    set.slots = sg_calloc(set.mask + 1, sizeof *set.slots);
    usable = collect_numbers(codes, count, &set, places);
    if (usable) {
        uint64_t *ranks = sg_reallocarray(NULL, set.count + 1, sizeof *ranks);
        double *sorted;

        out->dictionary_count = (uint32_t) set.count;
        out->dictionary = sink_section(sink, set.count * sizeof *sorted);
        sorted = sink_at(sink, out->dictionary);
        if (set.count > 0)
            memcpy(sorted, set.numbers, set.count * sizeof *sorted);
        qsort(sorted, set.count, sizeof *sorted, compare_floats);
        for (size_t i = 0; i < set.count; i++) {
            uint64_t bits;

            memcpy(&bits, &sorted[i], sizeof bits);
            ranks[set.slots[number_slot(&set, bits)] - 1] = i;
        }
        for (size_t i = 0; i < count; i++)
            codes[i] = ranks[places[i]];
        sg_free(ranks);
    }
    sg_free(places);
    sg_free(set.numbers);
    sg_free(set.slots);
    return usable;
}

/* ---- codes ---- */
static uint8_t width_of(uint64_t largest)
{
    if (largest <= UINT8_MAX)
        return 1;
    if (largest <= UINT16_MAX)
        return 2;
    return largest <= UINT32_MAX ? 4 : 8;
}

static void write_codes(const uint64_t *codes, size_t count, image_sink *sink, image_column *out)
{
    uint64_t largest = 0;

    for (size_t i = 0; i < count; i++)
        largest = codes[i] > largest ? codes[i] : largest;
    out->width = width_of(largest);
    out->codes_count = (uint32_t) count;
    out->codes = sink_section(sink, count * out->width);
    switch (out->width) {
    case 1:
        for (size_t i = 0; i < count; i++)
            ((uint8_t *) sink_at(sink, out->codes))[i] = (uint8_t) codes[i];
        break;
    case 2:
        for (size_t i = 0; i < count; i++)
            ((uint16_t *) sink_at(sink, out->codes))[i] = (uint16_t) codes[i];
        break;
    case 4:
        for (size_t i = 0; i < count; i++)
            ((uint32_t *) sink_at(sink, out->codes))[i] = (uint32_t) codes[i];
        break;
    default:
        memcpy(sink_at(sink, out->codes), codes, count * sizeof *codes);
        break;
    }
}

/* Numbers are counted from the smallest, as long as the difference fits. */
static void subtract_base(uint64_t *codes, size_t count, image_column *out)
{
    int64_t smallest = count == 0 ? 0 : INT64_MAX;

    for (size_t i = 0; i < count; i++)
        smallest = (int64_t) codes[i] < smallest ? (int64_t) codes[i] : smallest;
    out->base = smallest;
    for (size_t i = 0; i < count; i++)
        codes[i] -= (uint64_t) smallest;
}

static void write_index(const uint64_t *codes, size_t count, image_sink *sink, image_column *out)
{
    bool ascending = true;
    uint32_t *places;

    for (size_t i = 1; i < count && ascending; i++)
        ascending = codes[i - 1] <= codes[i];
    if (ascending) {
        out->order = ORDER_ASCENDING;
        return;
    }
    if (count < LEAST_INDEXED_ROWS ||
        (out->dictionary_count > 0 && out->dictionary_count < count / MOST_ROWS_PER_CODE))
        return;
    places = sort_places(codes, count);
    out->order = ORDER_INDEX;
    out->index = sink_section(sink, count * sizeof *places);
    memcpy(sink_at(sink, out->index), places, count * sizeof *places);
    sg_free(places);
}

/* ---- rows ---- */
/* Codes in final order, one per row that has a value; `rows_out` is NULL when all have. */
static uint64_t *order_codes(const column_builder *column, uint32_t rows, const uint32_t *place_of,
                             uint32_t **rows_out)
{
    size_t count = column->count;
    uint64_t *codes = sg_reallocarray(NULL, count + 1, sizeof *codes);
    uint64_t *final_rows;
    uint32_t *order;

    *rows_out = NULL;
    if (count == rows) {
        for (size_t i = 0; i < count; i++)
            codes[place_of == NULL ? i : place_of[i]] = column->codes[i];
        return codes;
    }
    final_rows = sg_reallocarray(NULL, count + 1, sizeof *final_rows);
    for (size_t i = 0; i < count; i++) {
        uint32_t row = column->rows == NULL ? (uint32_t) i : column->rows[i];

        final_rows[i] = place_of == NULL ? row : place_of[row];
    }
    order = sort_places(final_rows, count);
    *rows_out = sg_reallocarray(NULL, count + 1, sizeof **rows_out);
    for (size_t i = 0; i < count; i++) {
        codes[i] = column->codes[order[i]];
        (*rows_out)[i] = (uint32_t) final_rows[order[i]];
    }
    sg_free(order);
    sg_free(final_rows);
    return codes;
}

static void write_presence(uint32_t rows, const uint32_t *present, size_t count, image_sink *sink,
                           image_column *out)
{
    uint64_t *bitmap;

    if (present == NULL) {
        out->presence = PRESENT_ALL;
        return;
    }
    if (count < rows / SPARSE_BELOW) {
        out->presence = PRESENT_ROWS;
        out->presence_at = sink_section(sink, count * sizeof *present);
        memcpy(sink_at(sink, out->presence_at), present, count * sizeof *present);
        return;
    }
    out->presence = PRESENT_BITMAP;
    out->presence_at = sink_section(sink, ((size_t) rows + 63) / 64 * sizeof *bitmap);
    bitmap = sink_at(sink, out->presence_at);
    for (size_t i = 0; i < count; i++)
        bitmap[present[i] / 64] |= (uint64_t) 1 << (present[i] % 64);
}

/* A bitmap column has a code for each row. */
static uint64_t *spread_codes(uint64_t *codes, uint32_t rows, const uint32_t *present, size_t count)
{
    uint64_t *spread = sg_calloc((size_t) rows + 1, sizeof *spread);

    assert(present != NULL);
    for (size_t i = 0; i < count; i++)
        spread[present[i]] = codes[i];
    sg_free(codes);
    return spread;
}

static void final_codes(const column_builder *column, uint64_t *codes, image_sink *sink,
                        image_column *out)
{
    if (column->dictionary != NULL) {
        uint64_t *ranks = dictionary_encode(column->dictionary, sink, out);

        for (size_t i = 0; i < column->count; i++)
            codes[i] = ranks[codes[i]];
        sg_free(ranks);
    } else if (column->form == FORM_FLOAT) {
        if (float_codes(codes, column->count, sink, out))
            out->form = FORM_FLOAT_CODE;
    } else if (column->form == FORM_INTEGER || column->form == FORM_DATE) {
        subtract_base(codes, column->count, out);
    }
}

void column_encode(const column_builder *column, uint32_t rows, const uint32_t *place_of,
                   bool indexed, image_sink *sink, image_column *out)
{
    size_t count = column->count;
    uint32_t *present;
    uint64_t *codes = order_codes(column, rows, place_of, &present);

    memset(out, 0, sizeof *out);
    out->key = column->key;
    out->form = (uint8_t) column->form;
    out->rows = rows;
    final_codes(column, codes, sink, out);
    write_presence(rows, present, count, sink, out);
    if (out->presence == PRESENT_BITMAP) {
        codes = spread_codes(codes, rows, present, count);
        count = rows;
    }
    write_codes(codes, count, sink, out);
    if (indexed)
        write_index(codes, count, sink, out);
    sg_free(codes);
    sg_free(present);
}

void ids_encode(const int64_t *ids, uint32_t rows, const uint32_t *place_of, image_sink *sink,
                image_column *out)
{
    uint64_t *codes = sg_reallocarray(NULL, (size_t) rows + 1, sizeof *codes);
    bool counted = true;

    memset(out, 0, sizeof *out);
    out->form = FORM_INTEGER;
    out->rows = rows;
    for (uint32_t i = 0; i < rows; i++)
        codes[place_of == NULL ? i : place_of[i]] = (uint64_t) ids[i];
    subtract_base(codes, rows, out);
    for (uint32_t i = 0; i < rows && counted; i++)
        counted = codes[i] == i;
    out->codes_count = rows;
    if (!counted)
        write_codes(codes, rows, sink, out);
    sg_free(codes);
}
