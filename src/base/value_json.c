#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/utf8.h"
#include "stance/value_ops.h"

/* Values as JSON (RFC 8259), and the encoding of property values that keeps their types: what
 * JSON cannot say is an object with one key that names the type. */

static const struct {
    sg_type type;
    const char *name;
} TAGS[] = {
    { SG_DATE, "date" },         { SG_LOCAL_TIME, "localtime" },
    { SG_TIME, "time" },         { SG_LOCAL_DATETIME, "localdatetime" },
    { SG_DATETIME, "datetime" }, { SG_DURATION, "duration" },
};

#define TAG_COUNT (sizeof TAGS / sizeof *TAGS)
#define FLOAT_TAG "float"

/* ---- writing ---- */

void sg_json_write_string(sg_strbuf *out, const char *text, size_t len)
{
    sg_strbuf_putc(out, '"');
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t size = sg_utf8_decode(text + i, len - i, &c);

        if (c == '"' || c == '\\')
            sg_strbuf_printf(out, "\\%c", (int) c);
        else if (c == '\n')
            sg_strbuf_puts(out, "\\n");
        else if (c == '\r')
            sg_strbuf_puts(out, "\\r");
        else if (c == '\t')
            sg_strbuf_puts(out, "\\t");
        else if (c < 0x20 || c == 0x7f)
            sg_strbuf_printf(out, "\\u%04x", (unsigned) c);
        else if (c == 0xfffd && size == 1)
            sg_strbuf_puts(out, "\xef\xbf\xbd");
        else
            sg_strbuf_append(out, text + i, size);
        i += size;
    }
    sg_strbuf_putc(out, '"');
}

struct json_style {
    const struct sg_entity_writer *entities;
    bool typed;
};

static void write_value(sg_strbuf *out, sg_value v, const struct json_style *style);

static void write_list(sg_strbuf *out, const sg_list *list, const struct json_style *style)
{
    sg_strbuf_putc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        write_value(out, list->items[i], style);
    }
    sg_strbuf_putc(out, ']');
}

static void write_map(sg_strbuf *out, const sg_map_value *map, const struct json_style *style)
{
    sg_strbuf_putc(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_json_write_string(out, map->keys[i].as.string, map->keys[i].len);
        sg_strbuf_puts(out, ": ");
        write_value(out, map->values[i], style);
    }
    sg_strbuf_putc(out, '}');
}

static void write_path(sg_strbuf *out, const sg_path *path, const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '[');
    entities->node(entities->data, path->nodes[0], out);
    for (size_t i = 0; i < path->length; i++) {
        sg_strbuf_puts(out, ", ");
        entities->relationship(entities->data, path->rels[i], out);
        sg_strbuf_puts(out, ", ");
        entities->node(entities->data, path->nodes[i + 1], out);
    }
    sg_strbuf_putc(out, ']');
}

static void write_float(sg_strbuf *out, double d, bool typed)
{
    if (isfinite(d)) {
        sg_float_write(out, d);
    } else if (typed) {
        sg_strbuf_puts(out, "{\"" FLOAT_TAG "\": \"");
        sg_float_write(out, d);
        sg_strbuf_puts(out, "\"}");
    } else {
        sg_strbuf_puts(out, "null");
    }
}

static void write_temporal(sg_strbuf *out, sg_value v, bool typed)
{
    if (typed)
        for (size_t i = 0; i < TAG_COUNT; i++)
            if (TAGS[i].type == (sg_type) v.type)
                sg_strbuf_printf(out, "{\"%s\": ", TAGS[i].name);
    sg_strbuf_putc(out, '"');
    sg_temporal_write(out, v);
    sg_strbuf_puts(out, typed ? "\"}" : "\"");
}

static void write_value(sg_strbuf *out, sg_value v, const struct json_style *style)
{
    switch ((sg_type) v.type) {
    case SG_NULL:
    case SG_BOOLEAN:
    case SG_INTEGER:
        sg_value_write_tck(out, v, NULL);
        break;
    case SG_FLOAT:
        write_float(out, v.as.number, style->typed);
        break;
    case SG_STRING:
        sg_json_write_string(out, v.as.string, v.len);
        break;
    case SG_LIST:
        write_list(out, v.as.list, style);
        break;
    case SG_MAP:
        write_map(out, v.as.map, style);
        break;
    case SG_NODE:
        style->entities->node(style->entities->data, v.as.entity, out);
        break;
    case SG_RELATIONSHIP:
        style->entities->relationship(style->entities->data, v.as.entity, out);
        break;
    case SG_PATH:
        write_path(out, v.as.path, style->entities);
        break;
    default:
        write_temporal(out, v, style->typed);
        break;
    }
}

void sg_value_write_json(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities)
{
    struct json_style style = { entities, false };

    write_value(out, v, &style);
}

void sg_value_encode(sg_strbuf *out, sg_value v)
{
    struct json_style style = { NULL, true };

    write_value(out, v, &style);
}

/* ---- reading ---- */

static bool read_value(sg_arena *arena, const json_t *json, bool typed, sg_value *out);

static sg_value read_string(sg_arena *arena, const char *text, size_t len)
{
    return sg_value_string(sg_arena_strndup(arena, text, len), len);
}

static bool read_list(sg_arena *arena, const json_t *json, bool typed, sg_value *out)
{
    size_t count = json_array_size(json);
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = count;
    list->items = sg_arena_alloc(arena, count * sizeof *list->items);
    for (size_t i = 0; i < count; i++)
        if (!read_value(arena, json_array_get(json, i), typed, &list->items[i]))
            return false;
    *out = (sg_value){ .type = SG_LIST, .as.list = list };
    return true;
}

static bool read_map(sg_arena *arena, json_t *json, bool typed, sg_value *out)
{
    sg_map_value *map = sg_arena_alloc(arena, sizeof *map);
    const char *key;
    json_t *value;

    map->count = 0;
    map->keys = sg_arena_alloc(arena, json_object_size(json) * sizeof *map->keys);
    map->values = sg_arena_alloc(arena, json_object_size(json) * sizeof *map->values);
    json_object_foreach(json, key, value)
    {
        map->keys[map->count] = read_string(arena, key, strlen(key));
        if (!read_value(arena, value, typed, &map->values[map->count]))
            return false;
        map->count++;
    }
    *out = (sg_value){ .type = SG_MAP, .as.map = map };
    return true;
}

static bool read_special_float(const char *text, sg_value *out)
{
    if (strcmp(text, "NaN") == 0)
        *out = sg_value_float(NAN);
    else if (strcmp(text, "Infinity") == 0)
        *out = sg_value_float(INFINITY);
    else if (strcmp(text, "-Infinity") == 0)
        *out = sg_value_float(-INFINITY);
    else
        return false;
    return true;
}

/* An object that stands for a value: exactly one key, a type's name, and a string. */
static bool read_tagged(sg_arena *arena, json_t *json, sg_value *out)
{
    void *entry = json_object_iter(json);
    const char *tag = json_object_iter_key(entry);
    json_t *value = json_object_iter_value(entry);

    if (json_object_size(json) != 1 || !json_is_string(value))
        return false;
    if (strcmp(tag, FLOAT_TAG) == 0)
        return read_special_float(json_string_value(value), out);
    for (size_t i = 0; i < TAG_COUNT; i++)
        if (strcmp(tag, TAGS[i].name) == 0)
            return sg_temporal_parse(arena, TAGS[i].type, json_string_value(value),
                                     json_string_length(value), out);
    return false;
}

static bool read_value(sg_arena *arena, const json_t *json, bool typed, sg_value *out)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT: {
        json_t *object = json_incref((json_t *) (uintptr_t) json);
        bool ok = typed ? read_tagged(arena, object, out) : read_map(arena, object, false, out);

        json_decref(object);
        return ok;
    }
    case JSON_ARRAY:
        return read_list(arena, json, typed, out);
    case JSON_STRING:
        *out = read_string(arena, json_string_value(json), json_string_length(json));
        return true;
    case JSON_INTEGER:
        *out = sg_value_integer((int64_t) json_integer_value(json));
        return true;
    case JSON_REAL:
        *out = sg_value_float(json_real_value(json));
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        *out = sg_value_boolean(json_is_true(json));
        return true;
    case JSON_NULL:
        *out = sg_value_null();
        return true;
    }
    return false;
}

static sg_status read_text(sg_arena *arena, const char *text, size_t len, bool typed, sg_value *out,
                           sg_error *err)
{
    json_error_t problem;
    json_t *json = json_loadb(text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);
    bool ok;

    *out = sg_value_null();
    if (json == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "JSON, line %d, column %d: %s", problem.line,
                            problem.column, problem.text);
    ok = read_value(arena, json, typed, out);
    json_decref(json);
    return ok ? SG_OK : sg_error_set(err, SG_ERR_INPUT, "no property value: %.*s", (int) len, text);
}

sg_status sg_value_read_json(sg_arena *arena, const char *text, size_t len, sg_value *out,
                             sg_error *err)
{
    return read_text(arena, text, len, false, out, err);
}

sg_status sg_value_decode(sg_arena *arena, const char *text, size_t len, sg_value *out,
                          sg_error *err)
{
    return read_text(arena, text, len, true, out, err);
}
