#include "stance/rows.h"

#include <string.h>

#include "stance/entity_writer.h"
#include "stance/utf8.h"

/* A table is laid out in two passes: widths of all cells, then lines. On a terminal the widest
 * columns give way until the lines fit, and a cut cell ends in an ellipsis. */

#define NARROWEST 8
#define GAP       2

static const struct {
    const char *name;
    sg_rows_format format;
} formats[] = {
    { "table", SG_ROWS_TABLE }, { "csv", SG_ROWS_CSV },   { "json", SG_ROWS_JSON },
    { "jsonl", SG_ROWS_JSONL }, { "line", SG_ROWS_LINE },
};

sg_status sg_rows_format_find(const char *name, sg_rows_format *format_out, sg_error *err)
{
    sg_status status;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            *format_out = formats[i].format;
            return SG_OK;
        }
    }
    status = sg_error_set(err, SG_ERR_USAGE, "there is no output format '%s'", name);
    sg_error_hint(err, "table, csv, json, jsonl or line");
    return status;
}

struct table {
    const sg_result *result;
    const struct sg_rows_options *options;
    struct sg_entity_writer text;
    size_t rows;
    size_t columns;
    size_t *widths;
    bool *numeric;
    sg_strbuf cell;
};

/* The text of a cell on one line: control characters and line ends become spaces. */
static const char *cell_text(struct table *table, size_t row, size_t column)
{
    sg_strbuf_reset(&table->cell);
    sg_value_write_plain(&table->cell, sg_result_cell(table->result, row, column), &table->text);
    for (size_t i = 0; i < table->cell.len; i++) {
        if ((unsigned char) table->cell.data[i] < 0x20)
            table->cell.data[i] = ' ';
    }
    return sg_strbuf_text(&table->cell);
}

static void measure(struct table *table)
{
    for (size_t c = 0; c < table->columns; c++) {
        const char *name = sg_result_column(table->result, c);
        bool any = false;

        table->widths[c] = sg_utf8_width(name, strlen(name));
        table->numeric[c] = true;
        for (size_t r = 0; r < table->rows; r++) {
            sg_value v = sg_result_cell(table->result, r, c);
            const char *text = cell_text(table, r, c);
            size_t width = sg_utf8_width(text, table->cell.len);

            if (width > table->widths[c])
                table->widths[c] = width;
            if (v.type != SG_NULL && v.type != SG_INTEGER && v.type != SG_FLOAT)
                table->numeric[c] = false;
            any = any || v.type != SG_NULL;
        }
        table->numeric[c] = table->numeric[c] && any;
    }
}

static void shrink(struct table *table)
{
    size_t total = table->columns > 0 ? (table->columns - 1) * GAP : 0;

    for (size_t c = 0; c < table->columns; c++)
        total += table->widths[c];
    while (table->options->width > 0 && total > table->options->width) {
        size_t widest = 0;

        for (size_t c = 1; c < table->columns; c++) {
            if (table->widths[c] > table->widths[widest])
                widest = c;
        }
        if (table->widths[widest] <= NARROWEST)
            break;
        table->widths[widest]--;
        total--;
    }
}

/* Bytes of `text` that fill at most `width` columns. */
static size_t fitting(const char *text, size_t len, size_t width, size_t *used_out)
{
    size_t at = 0;
    size_t used = 0;

    while (at < len) {
        uint32_t c;
        size_t n = sg_utf8_decode(text + at, len - at, &c);
        size_t wide = sg_utf8_width(text + at, n);

        if (used + wide > width)
            break;
        used += wide;
        at += n;
    }
    *used_out = used;
    return at;
}

static void pad(FILE *stream, size_t count)
{
    static const char spaces[] = "                                ";

    for (; count > sizeof spaces - 1; count -= sizeof spaces - 1)
        (void) fwrite(spaces, 1, sizeof spaces - 1, stream);
    (void) fwrite(spaces, 1, count, stream);
}

static void put_cell(struct table *table, const char *text, size_t column, FILE *stream)
{
    size_t width = table->widths[column];
    size_t len = strlen(text);
    bool last = column + 1 == table->columns;
    size_t used = sg_utf8_width(text, len);
    bool cut = used > width;

    if (cut) {
        len = fitting(text, len, width - 1, &used);
        used++;
    }
    if (table->numeric[column] && used < width)
        pad(stream, width - used);
    (void) fwrite(text, 1, len, stream);
    if (cut)
        (void) fputs("\xE2\x80\xA6", stream);
    if (!table->numeric[column] && !last && used < width)
        pad(stream, width - used);
    if (!last)
        pad(stream, GAP);
}

static void write_table(struct table *table, FILE *stream)
{
    const char *bold = table->options->color ? "\033[1m" : "";
    const char *normal = table->options->color ? "\033[0m" : "";

    table->widths = sg_calloc(table->columns, sizeof *table->widths);
    table->numeric = sg_calloc(table->columns, sizeof *table->numeric);
    measure(table);
    shrink(table);
    (void) fputs(bold, stream);
    for (size_t c = 0; c < table->columns; c++)
        put_cell(table, sg_result_column(table->result, c), c, stream);
    (void) fprintf(stream, "%s\n", normal);
    for (size_t c = 0; c < table->columns; c++) {
        for (size_t i = 0; i < table->widths[c]; i++)
            (void) fputs("-", stream);
        if (c + 1 < table->columns)
            pad(stream, GAP);
    }
    (void) fputs("\n", stream);
    for (size_t r = 0; r < table->rows; r++) {
        for (size_t c = 0; c < table->columns; c++)
            put_cell(table, cell_text(table, r, c), c, stream);
        (void) fputs("\n", stream);
    }
    sg_free(table->widths);
    sg_free(table->numeric);
}

static void write_lines(struct table *table, FILE *stream)
{
    for (size_t r = 0; r < table->rows; r++) {
        if (r > 0)
            (void) fputs("\n", stream);
        for (size_t c = 0; c < table->columns; c++)
            (void) fprintf(stream, "%s: %s\n", sg_result_column(table->result, c),
                           cell_text(table, r, c));
    }
}

static void write_csv(struct table *table, FILE *stream)
{
    sg_csv csv;

    sg_csv_init(&csv, stream, &table->options->csv);
    for (size_t c = 0; c < table->columns; c++)
        sg_csv_string(&csv, sg_result_column(table->result, c));
    sg_csv_end_row(&csv);
    for (size_t r = 0; r < table->rows; r++) {
        for (size_t c = 0; c < table->columns; c++) {
            sg_value v = sg_result_cell(table->result, r, c);

            sg_strbuf_reset(&table->cell);
            sg_value_write_plain(&table->cell, v, &table->text);
            if (v.type == SG_STRING)
                sg_csv_text(&csv, sg_strbuf_text(&table->cell), table->cell.len);
            else
                sg_csv_plain(&csv, sg_strbuf_text(&table->cell));
        }
        sg_csv_end_row(&csv);
    }
}

static void write_json(struct table *table, const struct sg_entity_writer *json, FILE *stream)
{
    bool lines = table->options->format == SG_ROWS_JSONL;

    if (!lines)
        (void) fputs("[", stream);
    for (size_t r = 0; r < table->rows; r++) {
        sg_strbuf_reset(&table->cell);
        sg_strbuf_puts(&table->cell, lines ? "{" : r == 0 ? "\n{" : ",\n{");
        for (size_t c = 0; c < table->columns; c++) {
            const char *name = sg_result_column(table->result, c);

            if (c > 0)
                sg_strbuf_putc(&table->cell, ',');
            sg_json_write_string(&table->cell, name, strlen(name));
            sg_strbuf_putc(&table->cell, ':');
            sg_value_write_json(&table->cell, sg_result_cell(table->result, r, c), json);
        }
        sg_strbuf_puts(&table->cell, lines ? "}\n" : "}");
        (void) fwrite(table->cell.data, 1, table->cell.len, stream);
    }
    if (!lines)
        (void) fputs("\n]\n", stream);
}

void sg_rows_write(const sg_result *result, const sg_graph *graph,
                   const struct sg_rows_options *options, FILE *stream)
{
    struct table table = { .result = result, .options = options };
    struct sg_entity_writer json = sg_entity_writer_json(graph);

    table.text = sg_entity_writer_cypher(graph);
    table.rows = sg_result_rows(result);
    table.columns = sg_result_columns(result);
    if (options->limit > 0 && table.rows > options->limit)
        table.rows = options->limit;
    switch (options->format) {
    case SG_ROWS_TABLE:
        write_table(&table, stream);
        break;
    case SG_ROWS_CSV:
        write_csv(&table, stream);
        break;
    case SG_ROWS_LINE:
        write_lines(&table, stream);
        break;
    case SG_ROWS_JSON:
    case SG_ROWS_JSONL:
        write_json(&table, &json, stream);
        break;
    }
    sg_strbuf_clear(&table.cell);
}
