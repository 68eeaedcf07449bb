#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <csv.h>

#include "stance/file.h"
#include "stance/strbuf.h"
#include "stance/utf8.h"

#include "table_internal.h"

#define MAX_TABLE_BYTES ((size_t) 64 << 20)
#define NOT_WANTED      SIZE_MAX

typedef struct reader {
    sg_arena *arena;
    sg_table *table;
    size_t cell_capacity;
    size_t *target; /* column of the file -> column asked for, or NOT_WANTED */
    size_t target_count;
    size_t target_capacity;
    bool in_header;
    size_t field;
    char **row; /* of the row being read */
    bool any;
} reader;

static char *trimmed(sg_arena *arena, const char *text, size_t len)
{
    while (len > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        len--;
    }
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
        len--;
    return sg_arena_strndup(arena, text, len);
}

static void take_field(void *field, size_t len, void *data)
{
    reader *r = data;
    char *cell = trimmed(r->arena, field != NULL ? field : "", len);

    if (r->in_header) {
        size_t target = NOT_WANTED;

        for (size_t i = 0; i < r->table->column_count; i++)
            if (strcasecmp(cell, r->table->columns[i]) == 0)
                target = i;
        SG_ARENA_GROW(r->arena, r->target, r->target_capacity, r->target_count + 1);
        r->target[r->target_count++] = target;
    } else if (r->field < r->target_count && r->target[r->field] != NOT_WANTED) {
        r->row[r->target[r->field]] = cell;
        r->any = r->any || cell[0] != '\0';
    }
    r->field++;
}

static void empty_row(reader *r)
{
    static char nothing[] = "";

    for (size_t i = 0; i < r->table->column_count; i++)
        r->row[i] = nothing;
    r->any = false;
    r->field = 0;
}

static void end_row(int end, void *data)
{
    reader *r = data;

    (void) end;
    if (!r->in_header && r->any) {
        size_t used = r->table->row_count * r->table->column_count;

        SG_ARENA_GROW(r->arena, r->table->cells, r->cell_capacity, used + r->table->column_count);
        memcpy(r->table->cells + used, r->row, r->table->column_count * sizeof *r->row);
        r->table->row_count++;
    }
    r->in_header = false;
    empty_row(r);
}

/* The delimiter is what the header row uses. */
static unsigned char find_delimiter(const char *text, size_t len)
{
    for (size_t i = 0; i < len && text[i] != '\n'; i++) {
        if (text[i] == ',')
            return ',';
        if (text[i] == ';' || text[i] == '\t')
            return (unsigned char) text[i];
    }
    return ',';
}

static sg_status check_columns(const char *path, const reader *r, size_t required, sg_error *err)
{
    for (size_t i = 0; i < required; i++) {
        bool found = false;

        for (size_t k = 0; k < r->target_count; k++)
            found = found || r->target[k] == i;
        if (!found) {
            (void) sg_error_set(err, SG_ERR_INPUT, "%s: the first row has no column '%s'", path,
                                r->table->columns[i]);
            sg_error_hint(err, "the first row names the columns: %s,%s", r->table->columns[0],
                          r->table->columns[1]);
            return SG_ERR_INPUT;
        }
    }
    return SG_OK;
}

sg_status sg_table_read(const char *path, const char *const *columns, size_t column_count,
                        size_t required, sg_arena *arena, sg_table *table_out, sg_error *err)
{
    reader r = { 0 };
    struct csv_parser parser;
    sg_strbuf buf = SG_STRBUF_INIT;
    const char *text;
    size_t len;
    size_t bad;
    bool parsing = false;
    sg_status status = sg_file_read(path, MAX_TABLE_BYTES, &buf, err);

    if (status != SG_OK)
        goto done;
    text = sg_strbuf_text(&buf);
    len = buf.len;
    if (!sg_utf8_is_valid(text, len, &bad)) {
        status = sg_error_set(err, SG_ERR_INPUT, "%s: not UTF-8 at byte %zu", path, bad);
        goto done;
    }
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    *table_out = (sg_table){ columns, column_count, NULL, 0 };
    r.arena = arena;
    r.table = table_out;
    r.in_header = true;
    r.row = sg_arena_calloc(arena, column_count, sizeof *r.row);
    empty_row(&r);
    parsing = csv_init(&parser, 0) == 0;
    csv_set_delim(&parser, find_delimiter(text, len));
    if (csv_parse(&parser, text, len, take_field, end_row, &r) != len ||
        csv_fini(&parser, take_field, end_row, &r) != 0) {
        status = sg_error_set(err, SG_ERR_INPUT, "%s: %s", path, csv_strerror(csv_error(&parser)));
        goto done;
    }
    status = check_columns(path, &r, required, err);
done:
    if (parsing)
        csv_free(&parser);
    sg_strbuf_clear(&buf);
    return status;
}
