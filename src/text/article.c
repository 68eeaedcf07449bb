#include "stance/article.h"

#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"

#include "text_article_internal.h"

/* Files of many records may be larger than an article; offsets within one decoded file have 32
 * bits. */
#define RECORDS_LIMIT ((size_t) 1000 * 1024 * 1024)

static const char *const format_names[] = { "auto", "text",  "html",   "json",
                                            "csv",  "nexis", "factiva" };

static const char *const field_names[SG_FIELD_COUNT] = { "text",   "title", "date", "source",
                                                         "author", "url",   "id" };

bool sg_article_format_parse(const char *name, sg_article_format *format_out)
{
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (strcmp(name, format_names[i]) == 0) {
            *format_out = (sg_article_format) i;
            return true;
        }
    }
    return false;
}

const char *sg_article_format_name(sg_article_format format)
{
    return format_names[format];
}

/* ---- which format */

static bool has_ending(const char *path, const char *ending)
{
    size_t len = strlen(path);
    size_t ending_len = strlen(ending);

    return len > ending_len && sg_text_has(path, len - ending_len, len, ending);
}

static sg_article_format format_of_name(const char *path)
{
    static const struct {
        const char *ending;
        sg_article_format format;
    } endings[] = {
        { ".html", SG_ARTICLE_HTML }, { ".htm", SG_ARTICLE_HTML },   { ".xhtml", SG_ARTICLE_HTML },
        { ".json", SG_ARTICLE_JSON }, { ".jsonl", SG_ARTICLE_JSON }, { ".ndjson", SG_ARTICLE_JSON },
        { ".csv", SG_ARTICLE_CSV },   { ".tsv", SG_ARTICLE_CSV },
    };

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (has_ending(path, endings[i].ending))
            return endings[i].format;
    }
    return SG_ARTICLE_AUTO;
}

/* Is there a line that begins with `start` (lower case) in the first bytes? */
static bool has_line(const char *text, size_t len, const char *start)
{
    size_t at = 0;

    while (at < len) {
        const char *stop = memchr(text + at, '\n', len - at);

        while (at < len && (text[at] == ' ' || text[at] == '\t'))
            at++;
        if (sg_text_has(text, at, len, start))
            return true;
        if (stop == NULL)
            return false;
        at = (size_t) (stop - text) + 1;
    }
    return false;
}

static bool has_field_code(const char *text, size_t len, const char *code)
{
    for (size_t at = 0; at + 3 < len; at++) {
        if ((at == 0 || text[at - 1] == '\n') && memcmp(text + at, code, 2) == 0 &&
            (text[at + 2] == ' ' || text[at + 2] == '\t' || text[at + 2] == '\r' ||
             text[at + 2] == '\n'))
            return true;
    }
    return false;
}

static sg_article_format format_of_content(const char *text, size_t len)
{
    size_t at = 0;
    size_t head = len < 65536 ? len : 65536;

    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < len && sg_text_gap(text, at, len) > 0)
        at++;
    if (sg_text_has(text, at, len, "<!doctype html") || sg_text_has(text, at, len, "<html") ||
        (sg_text_has(text, at, len, "<?xml") && has_line(text, head, "<html")))
        return SG_ARTICLE_HTML;
    if (at + 1 < len && text[at] == '{' && strchr("\" \t\r\n}", text[at + 1]) != NULL)
        return SG_ARTICLE_JSON;
    if (at + 1 < len && text[at] == '[' && strchr("{ \t\r\n", text[at + 1]) != NULL)
        return SG_ARTICLE_JSON;
    if (has_field_code(text, head, "HD") && has_field_code(text, head, "PD") &&
        (has_field_code(text, head, "LP") || has_field_code(text, head, "TD")))
        return SG_ARTICLE_FACTIVA;
    if ((has_line(text, head, "length:") && has_line(text, len, "load-date:")) ||
        (has_line(text, head, "body") && has_line(text, len, "end of document")))
        return SG_ARTICLE_NEXIS;
    return SG_ARTICLE_TEXT;
}

/* ---- opening */

static sg_status read_maps(sg_article_reader *reader, const sg_article_options *options,
                           sg_error *err)
{
    for (size_t i = 0; i < options->map_count; i++) {
        const char *map = options->maps[i];
        const char *equals = strchr(map, '=');
        size_t field = 0;

        while (equals != NULL && field < SG_FIELD_COUNT &&
               !(strlen(field_names[field]) == (size_t) (equals - map) &&
                 memcmp(field_names[field], map, (size_t) (equals - map)) == 0))
            field++;
        if (equals == NULL || field == SG_FIELD_COUNT || equals[1] == '\0') {
            (void) sg_error_set(err, SG_ERR_USAGE, "'%s' does not map a field to a column", map);
            sg_error_hint(err, "write field=column; the fields are text, title, date, source, "
                               "author, url and id");
            return SG_ERR_USAGE;
        }
        reader->columns[field] = sg_arena_strdup(reader->arena, equals + 1);
    }
    return SG_OK;
}

static sg_status choose_format(sg_article_reader *reader, const sg_article_options *options,
                               sg_error *err)
{
    size_t limit;

    reader->format = options->format;
    if (reader->format == SG_ARTICLE_AUTO)
        reader->format = format_of_name(reader->path);
    if (reader->format == SG_ARTICLE_AUTO)
        reader->format = format_of_content(reader->bytes, reader->byte_count);
    limit = options->limit;
    if (limit == 0)
        limit = reader->format == SG_ARTICLE_TEXT || reader->format == SG_ARTICLE_HTML
                    ? SG_ARTICLE_LIMIT
                    : RECORDS_LIMIT;
    if (reader->byte_count <= limit)
        return SG_OK;
    (void) sg_error_set(err, SG_ERR_INPUT, "%s: too large for one article (%zu bytes, at most %zu)",
                        reader->path, reader->byte_count, limit);
    sg_error_hint(err, "give many articles as separate files, JSON lines or CSV");
    return SG_ERR_INPUT;
}

static sg_status prepare(sg_article_reader *reader, sg_error *err)
{
    char *text = NULL;
    sg_status status;

    if (reader->format == SG_ARTICLE_TEXT || reader->format == SG_ARTICLE_HTML)
        return SG_OK;
    status = sg_text_decode(reader->path, reader->bytes, reader->byte_count, reader->arena, &text,
                            &reader->len, &reader->encoding, err);
    reader->text = text;
    if (status == SG_OK && reader->format == SG_ARTICLE_CSV)
        status = sg_article_csv_open(reader, err);
    if (status == SG_OK && reader->format == SG_ARTICLE_JSON)
        status = sg_article_json_open(reader, err);
    return status;
}

sg_status sg_article_reader_open(const char *path, const sg_article_options *options,
                                 sg_article_reader **reader_out, sg_error *err)
{
    static const sg_article_options defaults = SG_ARTICLE_OPTIONS_INIT;
    sg_article_reader *reader = sg_calloc(1, sizeof *reader);
    sg_strbuf bytes = SG_STRBUF_INIT;
    sg_status status;

    if (options == NULL)
        options = &defaults;
    reader->path = sg_strdup(strcmp(path, "-") == 0 ? "standard input" : path);
    reader->arena = sg_arena_new();
    reader->line = 1;
    status = read_maps(reader, options, err);
    if (status == SG_OK)
        status = sg_file_read(path, RECORDS_LIMIT, &bytes, err);
    reader->bytes = sg_strbuf_detach(&bytes, &reader->byte_count);
    if (status == SG_OK)
        status = choose_format(reader, options, err);
    if (status == SG_OK)
        status = prepare(reader, err);
    sg_strbuf_clear(&bytes);
    if (status != SG_OK) {
        sg_article_reader_close(reader);
        reader = NULL;
    }
    *reader_out = reader;
    return status;
}

void sg_article_reader_close(sg_article_reader *reader)
{
    if (reader == NULL)
        return;
    sg_article_csv_close(reader->csv);
    sg_article_json_close(reader->json);
    sg_free((void *) (uintptr_t) reader->bytes);
    sg_free(reader->path);
    sg_arena_free(reader->arena);
    sg_free(reader);
}

/* ---- reading */

static sg_status next_text(sg_article_reader *reader, sg_arena *arena, sg_document **document_out,
                           sg_error *err)
{
    if (reader->number++ > 0)
        return SG_OK;
    return sg_document_read(reader->path, reader->bytes != NULL ? reader->bytes : "",
                            reader->byte_count, arena, document_out, err);
}

sg_status sg_article_reader_next(sg_article_reader *reader, sg_arena *arena,
                                 sg_document **document_out, sg_error *err)
{
    *document_out = NULL;
    switch (reader->format) {
    case SG_ARTICLE_HTML:
        return sg_article_html_next(reader, arena, document_out, err);
    case SG_ARTICLE_JSON:
        return sg_article_json_next(reader, arena, document_out, err);
    case SG_ARTICLE_CSV:
        return sg_article_csv_next(reader, arena, document_out, err);
    case SG_ARTICLE_NEXIS:
    case SG_ARTICLE_FACTIVA:
        return sg_article_archive_next(reader, arena, document_out, err);
    case SG_ARTICLE_AUTO:
    case SG_ARTICLE_TEXT:
        break;
    }
    return next_text(reader, arena, document_out, err);
}
