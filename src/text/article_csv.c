/* Articles as CSV with a heading line, read through libcsv one row at a time. The separator is the
 * one of comma, semicolon and tab that the heading line has most of. */

#include <string.h>

#include <csv.h>

#include "text_article_internal.h"

typedef struct cell {
    size_t start; /* into rows->data */
    size_t len;
} cell;

struct sg_csv_rows {
    struct csv_parser parser;
    sg_strbuf data; /* the cells of the row being read, one after the other */
    cell *cells;
    size_t cell_count;
    size_t cell_capacity;
    bool complete;            /* a whole row is there */
    sg_article_field *fields; /* what each column holds */
    size_t field_count;
};

static void on_cell(void *bytes, size_t len, void *user)
{
    sg_csv_rows *rows = user;

    SG_GROW(rows->cells, rows->cell_capacity, rows->cell_count + 1);
    rows->cells[rows->cell_count].start = rows->data.len;
    rows->cells[rows->cell_count].len = len;
    rows->cell_count++;
    if (len > 0)
        sg_strbuf_append(&rows->data, bytes, len);
}

static void on_row(int terminator, void *user)
{
    sg_csv_rows *rows = user;

    (void) terminator;
    rows->complete = true;
}

static char find_separator(const char *text, size_t len)
{
    static const char candidates[] = { ',', ';', '\t' };
    size_t counts[sizeof candidates] = { 0 };
    size_t best = 0;
    bool quoted = false;

    for (size_t i = 0; i < len && (quoted || text[i] != '\n'); i++) {
        quoted ^= text[i] == '"';
        for (size_t k = 0; k < sizeof candidates; k++)
            counts[k] += !quoted && text[i] == candidates[k];
    }
    for (size_t k = 1; k < sizeof candidates; k++) {
        if (counts[k] > counts[best])
            best = k;
    }
    return candidates[best];
}

/* Feeds libcsv line by line until it has a row; false at the end of the text. */
static bool read_row(sg_article_reader *reader)
{
    sg_csv_rows *rows = reader->csv;

    rows->complete = false;
    rows->cell_count = 0;
    sg_strbuf_reset(&rows->data);
    while (reader->at < reader->len && !rows->complete) {
        const char *start = reader->text + reader->at;
        const char *stop = memchr(start, '\n', reader->len - reader->at);
        size_t len = stop != NULL ? (size_t) (stop - start) + 1 : reader->len - reader->at;

        (void) csv_parse(&rows->parser, start, len, on_cell, on_row, rows);
        reader->at += len;
        reader->line++;
    }
    if (!rows->complete)
        (void) csv_fini(&rows->parser, on_cell, on_row, rows);
    return rows->complete;
}

static const char *cell_text(const sg_csv_rows *rows, size_t i, sg_arena *arena)
{
    return sg_arena_strndup(arena, sg_strbuf_text(&rows->data) + rows->cells[i].start,
                            rows->cells[i].len);
}

static sg_status refuse_columns(const sg_article_reader *reader, sg_error *err)
{
    sg_strbuf names = SG_STRBUF_INIT;

    for (size_t i = 0; i < reader->csv->cell_count && names.len < 400; i++)
        sg_strbuf_printf(&names, "%s'%s'", i > 0 ? ", " : "",
                         cell_text(reader->csv, i, reader->arena));
    (void) sg_error_set(err, SG_ERR_INPUT, "%s: no column holds the text (columns: %s)",
                        reader->path, sg_strbuf_text(&names));
    sg_error_hint(err, "name it with --map text=COLUMN");
    sg_strbuf_clear(&names);
    return SG_ERR_INPUT;
}

sg_status sg_article_csv_open(sg_article_reader *reader, sg_error *err)
{
    sg_csv_rows *rows = sg_calloc(1, sizeof *rows);
    bool has_text = false;

    reader->csv = rows;
    if (csv_init(&rows->parser, 0) != 0)
        return sg_error_set(err, SG_ERR_UNSUPPORTED, "%s: the CSV reader cannot start",
                            reader->path);
    csv_set_delim(&rows->parser, (unsigned char) find_separator(reader->text, reader->len));
    csv_set_realloc_func(&rows->parser, sg_realloc);
    csv_set_free_func(&rows->parser, sg_free);
    if (!read_row(reader))
        return sg_error_set(err, SG_ERR_INPUT, "%s: no heading line", reader->path);
    rows->field_count = rows->cell_count;
    rows->fields = sg_calloc(rows->field_count, sizeof *rows->fields);
    for (size_t i = 0; i < rows->field_count; i++) {
        rows->fields[i] = sg_article_field_of(reader, cell_text(rows, i, reader->arena));
        has_text = has_text || rows->fields[i] == SG_FIELD_TEXT;
    }
    return has_text ? SG_OK : refuse_columns(reader, err);
}

void sg_article_csv_close(sg_csv_rows *rows)
{
    if (rows == NULL)
        return;
    csv_free(&rows->parser);
    sg_strbuf_clear(&rows->data);
    sg_free(rows->cells);
    sg_free(rows->fields);
    sg_free(rows);
}

sg_status sg_article_csv_next(sg_article_reader *reader, sg_arena *arena,
                              sg_document **document_out, sg_error *err)
{
    sg_csv_rows *rows = reader->csv;
    sg_article_record record = { { NULL } };
    const char *where = sg_arena_printf(arena, "line %zu", reader->line);

    if (!read_row(reader))
        return SG_OK;
    for (size_t i = 0; i < rows->cell_count && i < rows->field_count; i++) {
        sg_article_field field = rows->fields[i];

        if (field < SG_FIELD_COUNT && record.fields[field] == NULL)
            record.fields[field] = cell_text(rows, i, arena);
    }
    return sg_article_record_read(reader, &record, where, arena, document_out, err);
}
