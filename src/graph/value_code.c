#include <string.h>

#include "image.h"

/* Values that are not worth a typed column (lists, maps, times, mixtures) as bytes:
 *     type (1 byte), then
 *     numbers: 8 bytes each;  strings: length (4 bytes), bytes;  lists: count (4), items;
 *     maps: count (4), then key and value of each. */

static void put(sg_strbuf *out, const void *bytes, size_t len)
{
    sg_strbuf_append(out, bytes, len);
}

static void put_number(sg_strbuf *out, int64_t number)
{
    put(out, &number, sizeof number);
}

static void put_count(sg_strbuf *out, size_t count)
{
    uint32_t small = (uint32_t) count;

    put(out, &small, sizeof small);
}

static void put_text(sg_strbuf *out, const char *text, size_t len)
{
    put_count(out, len);
    sg_strbuf_append(out, text, len);
}

void value_encode(sg_value value, sg_strbuf *out)
{
    sg_strbuf_putc(out, (char) value.type);
    switch ((sg_type) value.type) {
    case SG_NULL:
        break;
    case SG_STRING:
        put_text(out, value.as.string, value.len);
        break;
    case SG_LIST:
        put_count(out, value.as.list->count);
        for (size_t i = 0; i < value.as.list->count; i++)
            value_encode(value.as.list->items[i], out);
        break;
    case SG_MAP:
        put_count(out, value.as.map->count);
        for (size_t i = 0; i < value.as.map->count; i++) {
            value_encode(value.as.map->keys[i], out);
            value_encode(value.as.map->values[i], out);
        }
        break;
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME: {
        const sg_zoned *zoned = value.as.zoned;

        put_number(out, zoned->seconds);
        put_number(out, zoned->nanos);
        put_number(out, zoned->offset);
        put_number(out, zoned->zone != NULL);
        put_text(out, zoned->zone == NULL ? "" : zoned->zone,
                 zoned->zone == NULL ? 0 : strlen(zoned->zone));
        break;
    }
    case SG_DURATION:
        put_number(out, value.as.duration->months);
        put_number(out, value.as.duration->days);
        put_number(out, value.as.duration->seconds);
        put_number(out, value.as.duration->nanos);
        break;
    case SG_BOOLEAN:
        put_number(out, value.as.boolean);
        break;
    default:
        put_number(out, value.as.integer); /* floats too: the same eight bytes */
        break;
    }
}

typedef struct reader {
    const char *at;
    const char *end;
    sg_arena *arena;
    unsigned depth;
    bool failed;
} reader;

enum { DEEPEST = 200 };

static void take(reader *r, void *out, size_t len)
{
    if ((size_t) (r->end - r->at) < len) {
        r->failed = true;
        memset(out, 0, len);
        return;
    }
    memcpy(out, r->at, len);
    r->at += len;
}

static int64_t take_number(reader *r)
{
    int64_t number;

    take(r, &number, sizeof number);
    return number;
}

/* A count of things that take at least one byte each. */
static uint32_t take_count(reader *r)
{
    uint32_t count;

    take(r, &count, sizeof count);
    if (count > (size_t) (r->end - r->at)) {
        r->failed = true;
        return 0;
    }
    return count;
}

static sg_value take_text(reader *r)
{
    uint32_t len = take_count(r);
    sg_value value = sg_value_string(r->at, len);

    r->at += len;
    return value;
}

static sg_value take_value(reader *r);

static sg_value take_list(reader *r)
{
    sg_list *list = sg_arena_alloc(r->arena, sizeof *list);

    list->count = take_count(r);
    list->items = sg_arena_calloc(r->arena, list->count, sizeof *list->items);
    for (size_t i = 0; i < list->count && !r->failed; i++)
        list->items[i] = take_value(r);
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

static sg_value take_map(reader *r)
{
    sg_map_value *map = sg_arena_alloc(r->arena, sizeof *map);

    map->count = take_count(r);
    map->keys = sg_arena_calloc(r->arena, map->count, sizeof *map->keys);
    map->values = sg_arena_calloc(r->arena, map->count, sizeof *map->values);
    for (size_t i = 0; i < map->count && !r->failed; i++) {
        map->keys[i] = take_value(r);
        map->values[i] = take_value(r);
        r->failed = r->failed || map->keys[i].type != SG_STRING;
    }
    return (sg_value){ .type = SG_MAP, .as.map = map };
}

static sg_value take_zoned(reader *r, sg_type type)
{
    sg_zoned *zoned = sg_arena_calloc(r->arena, 1, sizeof *zoned);
    sg_value zone;
    bool has_zone;

    zoned->seconds = take_number(r);
    zoned->nanos = take_number(r);
    zoned->offset = (int32_t) take_number(r);
    has_zone = take_number(r) != 0;
    zone = take_text(r);
    if (has_zone)
        zoned->zone = sg_arena_strndup(r->arena, zone.as.string, zone.len);
    return (sg_value){ .type = (uint8_t) type, .as.zoned = zoned };
}

static sg_value take_duration(reader *r)
{
    sg_duration *duration = sg_arena_alloc(r->arena, sizeof *duration);

    duration->months = take_number(r);
    duration->days = take_number(r);
    duration->seconds = take_number(r);
    duration->nanos = take_number(r);
    return (sg_value){ .type = SG_DURATION, .as.duration = duration };
}

static sg_value take_value(reader *r)
{
    sg_value value = { .type = SG_NULL };
    unsigned char type = SG_NULL;

    if (++r->depth > DEEPEST)
        r->failed = true;
    take(r, &type, 1);
    switch (r->failed ? SG_NULL : (sg_type) type) {
    case SG_STRING:
        value = take_text(r);
        break;
    case SG_LIST:
        value = take_list(r);
        break;
    case SG_MAP:
        value = take_map(r);
        break;
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
        value = take_zoned(r, (sg_type) type);
        break;
    case SG_DURATION:
        value = take_duration(r);
        break;
    case SG_BOOLEAN:
        value = sg_value_boolean(take_number(r) != 0);
        break;
    case SG_INTEGER:
    case SG_FLOAT:
    case SG_DATE:
    case SG_LOCAL_TIME:
        value.type = type;
        value.as.integer = take_number(r);
        break;
    default:
        r->failed = r->failed || type != SG_NULL;
        break;
    }
    r->depth--;
    return value;
}

sg_value value_decode(const char *bytes, size_t len, sg_arena *arena)
{
    reader r = { .at = bytes, .end = bytes + len, .arena = arena };
    sg_value value = take_value(&r);

    return r.failed ? sg_value_null() : value;
}
