#include <jansson.h>
#include <math.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/utf8.h"
#include "stance/value_ops.h"

/* Values as JSON (RFC 8259). */

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

static void write_list(sg_strbuf *out, const sg_list *list, const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_value_write_json(out, list->items[i], entities);
    }
    sg_strbuf_putc(out, ']');
}

static void write_map(sg_strbuf *out, const sg_map_value *map,
                      const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_json_write_string(out, map->keys[i].as.string, map->keys[i].len);
        sg_strbuf_puts(out, ": ");
        sg_value_write_json(out, map->values[i], entities);
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

void sg_value_write_json(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities)
{
    switch ((sg_type) v.type) {
    case SG_NULL:
    case SG_BOOLEAN:
    case SG_INTEGER:
        sg_value_write_tck(out, v, NULL);
        break;
    case SG_FLOAT:
        if (isfinite(v.as.number))
            sg_float_write(out, v.as.number);
        else
            sg_strbuf_puts(out, "null");
        break;
    case SG_STRING:
        sg_json_write_string(out, v.as.string, v.len);
        break;
    case SG_LIST:
        write_list(out, v.as.list, entities);
        break;
    case SG_MAP:
        write_map(out, v.as.map, entities);
        break;
    case SG_NODE:
        entities->node(entities->data, v.as.entity, out);
        break;
    case SG_RELATIONSHIP:
        entities->relationship(entities->data, v.as.entity, out);
        break;
    case SG_PATH:
        write_path(out, v.as.path, entities);
        break;
    default:
        sg_strbuf_putc(out, '"');
        sg_temporal_write(out, v);
        sg_strbuf_putc(out, '"');
        break;
    }
}

/* ---- reading ---- */

static sg_value read_value(sg_arena *arena, json_t *json);

static sg_value read_string(sg_arena *arena, const char *text, size_t len)
{
    return sg_value_string(sg_arena_strndup(arena, text, len), len);
}

static sg_value read_list(sg_arena *arena, json_t *json)
{
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = json_array_size(json);
    list->items = sg_arena_alloc(arena, list->count * sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = read_value(arena, json_array_get(json, i));
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

static sg_value read_map(sg_arena *arena, json_t *json)
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
        map->values[map->count++] = read_value(arena, value);
    }
    return (sg_value){ .type = SG_MAP, .as.map = map };
}

static sg_value read_value(sg_arena *arena, json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return read_map(arena, json);
    case JSON_ARRAY:
        return read_list(arena, json);
    case JSON_STRING:
        return read_string(arena, json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return sg_value_integer((int64_t) json_integer_value(json));
    case JSON_REAL:
        return sg_value_float(json_real_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return sg_value_boolean(json_is_true(json));
    case JSON_NULL:
        break;
    }
    return sg_value_null();
}

sg_status sg_value_read_json(sg_arena *arena, const char *text, size_t len, sg_value *out,
                             sg_error *err)
{
    json_error_t problem;
    json_t *json = json_loadb(text, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);

    *out = sg_value_null();
    if (json == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "JSON, line %d, column %d: %s", problem.line,
                            problem.column, problem.text);
    *out = read_value(arena, json);
    json_decref(json);
    return SG_OK;
}
