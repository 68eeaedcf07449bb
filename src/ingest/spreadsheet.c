#include "spreadsheet.h"

#include <string.h>

#include <csv.h>

#include "stance/strbuf.h"
#include "stance/utf8.h"

struct builder {
    sg_arena *arena;
    struct sg_spreadsheet *table;
    const char **fields; /* of the row being read */
    size_t count;
    size_t capacity;
    size_t rows_capacity;
};

/* UTF-16 with a byte order mark, what "Unicode text" means in spreadsheet programs. */
static void decode_utf16(const unsigned char *bytes, size_t len, bool big, sg_strbuf *out)
{
    for (size_t i = 0; i + 1 < len; i += 2) {
        uint32_t unit =
            big ? (uint32_t) bytes[i] << 8 | bytes[i + 1] : (uint32_t) bytes[i + 1] << 8 | bytes[i];
        char text[4];

        if (unit >= 0xd800 && unit < 0xdc00 && i + 3 < len) {
            uint32_t low = big ? (uint32_t) bytes[i + 2] << 8 | bytes[i + 3]
                               : (uint32_t) bytes[i + 3] << 8 | bytes[i + 2];

            if (low >= 0xdc00 && low < 0xe000) {
                unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        sg_strbuf_append(out, text, sg_utf8_encode(unit, text));
    }
}

static sg_status to_utf8(const char *bytes, size_t len, sg_strbuf *out, sg_error *err)
{
    const unsigned char *b = (const unsigned char *) bytes;
    size_t bad;

    if (len >= 2 && ((b[0] == 0xff && b[1] == 0xfe) || (b[0] == 0xfe && b[1] == 0xff))) {
        decode_utf16(b + 2, len - 2, b[0] == 0xfe, out);
        return SG_OK;
    }
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    if (!sg_utf8_is_valid(bytes, len, &bad)) {
        sg_error_hint(err, "save it as \"CSV UTF-8\"");
        return sg_error_set(err, SG_ERR_INPUT, "byte %zu is not UTF-8", bad);
    }
    sg_strbuf_append(out, bytes, len);
    return SG_OK;
}

/* The separator that is most frequent in the first line, outside quotes. */
static char find_delimiter(const char *text, size_t len)
{
    static const char candidates[] = ",;\t";
    size_t counts[3] = { 0, 0, 0 };
    bool quoted = false;
    size_t best = 0;

    for (size_t i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++) {
        const char *found = text[i] != '\0' ? strchr(candidates, text[i]) : NULL;

        if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && found != NULL)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i < 3; i++) {
        if (counts[i] > counts[best])
            best = i;
    }
    return candidates[best];
}

static void take_field(void *text, size_t len, void *data)
{
    struct builder *b = data;
    const char *field = text;

    /* The guard against formulas that an export for spreadsheets writes. */
    if (len >= 2 && field[0] == '\'' && strchr("=+-@\t\r", field[1]) != NULL) {
        field++;
        len--;
    }
    SG_ARENA_GROW(b->arena, b->fields, b->capacity, b->count + 1);
    b->fields[b->count++] = sg_arena_strndup(b->arena, len > 0 ? field : "", len);
}

static void take_row(int end, void *data)
{
    struct builder *b = data;
    struct sg_spreadsheet *table = b->table;
    size_t width;
    const char **row;

    (void) end;
    if (table->columns == NULL) {
        while (b->count > 0 && b->fields[b->count - 1][0] == '\0')
            b->count--;
        table->columns = b->fields;
        table->column_count = b->count;
        b->fields = NULL;
        b->capacity = 0;
    } else {
        width = b->count > table->column_count ? b->count : table->column_count;
        row = sg_arena_alloc(b->arena, (width + 1) * sizeof *row);
        for (size_t i = 0; i < width; i++)
            row[i] = i < b->count ? b->fields[i] : "";
        SG_ARENA_GROW(b->arena, table->rows, b->rows_capacity, table->row_count + 1);
        table->rows[table->row_count++] = row;
    }
    b->count = 0;
}

sg_status sg_spreadsheet_parse(const char *bytes, size_t len, sg_arena *arena,
                               struct sg_spreadsheet *table_out, sg_error *err)
{
    struct builder b = { .arena = arena, .table = table_out };
    struct csv_parser parser;
    sg_strbuf text = SG_STRBUF_INIT;
    sg_status status = to_utf8(bytes, len, &text, err);

    memset(table_out, 0, sizeof *table_out);
    if (status == SG_OK && csv_init(&parser, CSV_STRICT_FINI) != 0)
        status = sg_error_set(err, SG_ERR_INPUT, "the table cannot be read");
    if (status == SG_OK) {
        csv_set_delim(&parser, (unsigned char) find_delimiter(text.data, text.len));
        if (csv_parse(&parser, text.data, text.len, take_field, take_row, &b) != text.len ||
            csv_fini(&parser, take_field, take_row, &b) != 0)
            status = sg_error_set(err, SG_ERR_INPUT, "row %zu: %s", table_out->row_count + 2,
                                  csv_strerror(csv_error(&parser)));
        csv_free(&parser);
    }
    if (status == SG_OK && table_out->columns == NULL)
        status = sg_error_set(err, SG_ERR_INPUT, "is empty");
    sg_strbuf_clear(&text);
    return status;
}

int sg_spreadsheet_column(const struct sg_spreadsheet *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i], name) == 0)
            return (int) i;
    }
    return -1;
}
