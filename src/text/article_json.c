/* Articles as JSON: one object, an array of objects, or one object to a line. */

#include <jansson.h>
#include <string.h>

#include "text_article_internal.h"

struct sg_json_rows {
    json_t *whole; /* an array, or NULL when the text is read line by line */
    size_t next;
};

/* A file is JSON lines unless the whole of it is one value. */
sg_status sg_article_json_open(sg_article_reader *reader, sg_error *err)
{
    json_error_t problem;
    json_t *whole = NULL;
    const char *line_end = memchr(reader->text, '\n', reader->len);
    size_t line_len = line_end != NULL ? (size_t) (line_end - reader->text) : reader->len;
    json_t *first = json_loadb(reader->text, line_len, JSON_DISABLE_EOF_CHECK, &problem);

    reader->json = sg_calloc(1, sizeof *reader->json);
    if (json_is_object(first)) { /* lines: the first one is complete by itself */
        json_decref(first);
        return SG_OK;
    }
    json_decref(first);
    whole = json_loadb(reader->text, reader->len, 0, &problem);
    if (whole == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "%s: line %d, column %d: not JSON: %s", reader->path,
                            problem.line, problem.column, problem.text);
    if (json_is_object(whole)) {
        reader->json->whole = json_array();
        (void) json_array_append_new(reader->json->whole, whole);
        return SG_OK;
    }
    reader->json->whole = whole;
    if (!json_is_array(whole))
        return sg_error_set(err, SG_ERR_INPUT, "%s: neither an object nor an array of articles",
                            reader->path);
    return SG_OK;
}

void sg_article_json_close(sg_json_rows *rows)
{
    if (rows == NULL)
        return;
    json_decref(rows->whole);
    sg_free(rows);
}

static void append_name(sg_strbuf *out, const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "name");
    if (!json_is_string(value))
        return;
    if (out->len > 0)
        sg_strbuf_puts(out, ", ");
    sg_strbuf_append(out, json_string_value(value), json_string_length(value));
}

/* Strings as they are, numbers as decimals, {"name": ...} and lists of such as their names. */
static const char *field_text(const json_t *value, sg_arena *arena)
{
    sg_strbuf names = SG_STRBUF_INIT;
    const char *text = NULL;

    if (json_is_string(value))
        return sg_arena_strndup(arena, json_string_value(value), json_string_length(value));
    if (json_is_integer(value))
        return sg_arena_printf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            append_name(&names, json_array_get(value, i));
    } else if (json_is_object(value)) {
        append_name(&names, value);
    }
    if (names.len > 0)
        text = sg_arena_strndup(arena, names.data, names.len);
    sg_strbuf_clear(&names);
    return text;
}

static sg_status read_object(const sg_article_reader *reader, const json_t *object,
                             const char *where, sg_arena *arena, sg_document **document_out,
                             sg_error *err)
{
    sg_article_record record = { { NULL } };
    const char *key;
    json_t *value;

    if (!json_is_object(object))
        return sg_error_set(err, SG_ERR_INPUT, "%s: %s: not a JSON object", reader->path, where);
    json_object_foreach((json_t *) (uintptr_t) object, key, value)
    {
        sg_article_field field = sg_article_field_of(reader, key);

        if (field < SG_FIELD_COUNT && record.fields[field] == NULL)
            record.fields[field] = field_text(value, arena);
    }
    return sg_article_record_read(reader, &record, where, arena, document_out, err);
}

static sg_status next_line(sg_article_reader *reader, sg_arena *arena, sg_document **document_out,
                           sg_error *err)
{
    while (reader->at < reader->len) {
        const char *start = reader->text + reader->at;
        const char *stop = memchr(start, '\n', reader->len - reader->at);
        size_t len = stop != NULL ? (size_t) (stop - start) : reader->len - reader->at;
        const char *where = sg_arena_printf(arena, "line %zu", reader->line);
        json_error_t problem;
        json_t *object;
        sg_status status;

        reader->at += len + (stop != NULL);
        reader->line++;
        while (len > 0 && sg_text_gap(start, 0, len) > 0) {
            start++;
            len--;
        }
        if (len == 0)
            continue;
        object = json_loadb(start, len, 0, &problem);
        if (object == NULL)
            return sg_error_set(err, SG_ERR_INPUT, "%s: %s, column %d: not JSON: %s", reader->path,
                                where, problem.column, problem.text);
        status = read_object(reader, object, where, arena, document_out, err);
        json_decref(object);
        return status;
    }
    return SG_OK;
}

sg_status sg_article_json_next(sg_article_reader *reader, sg_arena *arena,
                               sg_document **document_out, sg_error *err)
{
    sg_json_rows *rows = reader->json;
    const char *where;
    size_t i;

    if (rows->whole == NULL)
        return next_line(reader, arena, document_out, err);
    if (rows->next >= json_array_size(rows->whole))
        return SG_OK;
    i = rows->next++;
    where = sg_arena_printf(arena, "%zu", i + 1);
    return read_object(reader, json_array_get(rows->whole, i), where, arena, document_out, err);
}
