/* Properties as one line of JSON, see store.h. Written by hand because it is read for every node
 * when the graph image is built: one pass, strings without escapes are not copied. */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/utf8.h"

#include "store_internal.h"

#define DEPTH_MAX 64

/* ---- writing ---- */

static void write_string(sg_strbuf *out, const char *text, size_t len)
{
    size_t plain = 0;

    sg_strbuf_putc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];

        if (c >= ' ' && c != '"' && c != '\\')
            continue;
        sg_strbuf_append(out, text + plain, i - plain);
        plain = i + 1;
        if (c == '\n')
            sg_strbuf_puts(out, "\\n");
        else if (c == '"' || c == '\\')
            sg_strbuf_printf(out, "\\%c", c);
        else
            sg_strbuf_printf(out, "\\u%04x", c);
    }
    sg_strbuf_append(out, text + plain, len - plain);
    sg_strbuf_putc(out, '"');
}

static void write_float(sg_strbuf *out, double number)
{
    char text[40];

    if (isnan(number)) {
        sg_strbuf_puts(out, "{\"$float\":\"NaN\"}");
    } else if (isinf(number)) {
        sg_strbuf_puts(out, number > 0 ? "{\"$float\":\"Inf\"}" : "{\"$float\":\"-Inf\"}");
    } else {
        for (int digits = 15; digits <= 17; digits++) {
            (void) snprintf(text, sizeof text, "%.*g", digits, number);
            if (strtod(text, NULL) == number)
                break;
        }
        sg_strbuf_puts(out, text);
        if (strpbrk(text, ".e") == NULL)
            sg_strbuf_puts(out, ".0");
    }
}

static void write_date(sg_strbuf *out, int64_t days)
{
    char text[SG_DAY_SIZE];

    if (days > -719529 && days < 2932897) { /* years 0 to 9999 */
        sg_day_format((int32_t) days, text);
        sg_strbuf_printf(out, "{\"$date\":\"%s\"}", text);
    } else {
        sg_strbuf_printf(out, "{\"$date\":%lld}", (long long) days);
    }
}

static void write_temporal(sg_strbuf *out, sg_value v)
{
    const sg_zoned *z = v.as.zoned;
    const sg_duration *d = v.as.duration;

    switch (v.type) {
    case SG_LOCAL_TIME:
        sg_strbuf_printf(out, "{\"$localtime\":%lld}", (long long) v.as.integer);
        break;
    case SG_TIME:
        sg_strbuf_printf(out, "{\"$time\":[%lld,%d]}", (long long) z->nanos, z->offset);
        break;
    case SG_LOCAL_DATETIME:
        sg_strbuf_printf(out, "{\"$localdatetime\":[%lld,%lld]}", (long long) z->seconds,
                         (long long) z->nanos);
        break;
    case SG_DATETIME:
        sg_strbuf_printf(out, "{\"$datetime\":[%lld,%lld,%d,", (long long) z->seconds,
                         (long long) z->nanos, z->offset);
        if (z->zone != NULL)
            write_string(out, z->zone, strlen(z->zone));
        else
            sg_strbuf_puts(out, "null");
        sg_strbuf_puts(out, "]}");
        break;
    case SG_DURATION:
        sg_strbuf_printf(out, "{\"$duration\":[%lld,%lld,%lld,%lld]}", (long long) d->months,
                         (long long) d->days, (long long) d->seconds, (long long) d->nanos);
        break;
    default:
        sg_strbuf_puts(out, "null");
        break;
    }
}

static void write_value(sg_strbuf *out, sg_value v)
{
    switch (v.type) {
    case SG_BOOLEAN:
        sg_strbuf_puts(out, v.as.boolean ? "true" : "false");
        break;
    case SG_INTEGER:
        sg_strbuf_printf(out, "%lld", (long long) v.as.integer);
        break;
    case SG_FLOAT:
        write_float(out, v.as.number);
        break;
    case SG_STRING:
        write_string(out, v.as.string, v.len);
        break;
    case SG_DATE:
        write_date(out, v.as.integer);
        break;
    case SG_LIST:
        sg_strbuf_putc(out, '[');
        for (size_t i = 0; i < v.as.list->count; i++) {
            if (i > 0)
                sg_strbuf_putc(out, ',');
            write_value(out, v.as.list->items[i]);
        }
        sg_strbuf_putc(out, ']');
        break;
    default:
        write_temporal(out, v);
        break;
    }
}

static int compare_keys(sg_value a, sg_value b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = memcmp(a.as.string, b.as.string, shorter);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* The entry with the smallest key after `last`; maps are small, so no sorted copy is made. */
static size_t next_key(const sg_map_value *map, size_t last)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < map->count; i++) {
        if (map->values[i].type == SG_NULL ||
            (last != SIZE_MAX && compare_keys(map->keys[i], map->keys[last]) <= 0))
            continue;
        if (best == SIZE_MAX || compare_keys(map->keys[i], map->keys[best]) < 0)
            best = i;
    }
    return best;
}

void sg_props_write(sg_value map, sg_strbuf *out)
{
    size_t last = SIZE_MAX;

    sg_strbuf_putc(out, '{');
    if (map.type == SG_MAP) {
        for (;;) {
            size_t i = next_key(map.as.map, last);

            if (i == SIZE_MAX)
                break;
            if (last != SIZE_MAX)
                sg_strbuf_putc(out, ',');
            write_string(out, map.as.map->keys[i].as.string, map.as.map->keys[i].len);
            sg_strbuf_putc(out, ':');
            write_value(out, map.as.map->values[i]);
            last = i;
        }
    }
    sg_strbuf_putc(out, '}');
}

/* ---- reading ---- */

struct reader {
    const char *at;
    const char *end;
    sg_arena *arena;
    int depth;
};

static bool read_value(struct reader *r, sg_value *out);

static bool read_char(struct reader *r, char c)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
    if (r->at >= r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool read_hex4(struct reader *r, uint32_t *out)
{
    uint32_t number = 0;

    if (r->end - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef";
        const char *found = strchr(digits, *r->at >= 'A' && *r->at <= 'F' ? *r->at + 32 : *r->at);

        if (*r->at == '\0' || found == NULL)
            return false;
        number = number * 16 + (uint32_t) (found - digits);
        r->at++;
    }
    *out = number;
    return true;
}

static bool read_escape(struct reader *r, char **to)
{
    static const char from[] = "\"\\/bfnrt";
    static const char into[] = "\"\\/\b\f\n\r\t";
    const char *found;
    uint32_t code;
    uint32_t low;

    if (r->at >= r->end)
        return false;
    char c = *r->at++;
    if (c != 'u') {
        found = strchr(from, c);
        if (c == '\0' || found == NULL)
            return false;
        *(*to)++ = into[found - from];
        return true;
    }
    if (!read_hex4(r, &code))
        return false;
    if (code >= 0xd800 && code < 0xdc00 && r->end - r->at >= 6 && r->at[0] == '\\' &&
        r->at[1] == 'u') {
        r->at += 2;
        if (!read_hex4(r, &low) || low < 0xdc00 || low > 0xdfff)
            return false;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *to += sg_utf8_encode(code, *to);
    return true;
}

/* The opening quote is read already. */
static bool read_string(struct reader *r, sg_value *out)
{
    const char *start = r->at;
    const char *scan = start;

    while (scan < r->end && *scan != '"' && *scan != '\\')
        scan++;
    if (scan >= r->end)
        return false;
    if (*scan == '"') {
        *out = sg_value_string(start, (size_t) (scan - start));
        r->at = scan + 1;
        return true;
    }
    const char *close = scan;
    while (close < r->end && *close != '"')
        close += *close == '\\' ? 2 : 1;
    if (close >= r->end)
        return false;
    /* an escape is never shorter than what it stands for */
    char *text = sg_arena_alloc(r->arena, (size_t) (close - start) + 1);
    char *to = text;
    while (r->at < close) {
        if (*r->at == '\\') {
            r->at++;
            if (!read_escape(r, &to))
                return false;
        } else {
            *to++ = *r->at++;
        }
    }
    r->at = close + 1;
    *out = sg_value_string(text, (size_t) (to - text));
    return true;
}

static bool read_number(struct reader *r, sg_value *out)
{
    char text[64];
    size_t n = 0;
    bool whole = true;
    char *end;

    while (r->at + n < r->end && n + 1 < sizeof text && strchr("+-0123456789.eE", r->at[n]) &&
           r->at[n] != '\0') {
        whole = whole && r->at[n] != '.' && r->at[n] != 'e' && r->at[n] != 'E';
        text[n] = r->at[n];
        n++;
    }
    text[n] = '\0';
    if (n == 0)
        return false;
    r->at += n;
    errno = 0;
    if (whole)
        *out = sg_value_integer(strtoll(text, &end, 10));
    else
        *out = sg_value_float(strtod(text, &end));
    return *end == '\0' && !(whole && errno != 0);
}

static bool read_list(struct reader *r, sg_value *out)
{
    sg_value *items = NULL;
    size_t count = 0;
    size_t capacity = 0;

    if (!read_char(r, ']')) {
        do {
            SG_ARENA_GROW(r->arena, items, capacity, count + 1);
            if (!read_value(r, &items[count++]))
                return false;
        } while (read_char(r, ','));
        if (!read_char(r, ']'))
            return false;
    }
    sg_list *list = sg_arena_alloc(r->arena, sizeof *list);
    list->count = count;
    list->items = items;
    *out = (sg_value){ .type = SG_LIST, .as.list = list };
    return true;
}

static bool read_map(struct reader *r, sg_value *out)
{
    sg_map_value *map = sg_arena_calloc(r->arena, 1, sizeof *map);
    size_t capacity = 0;
    size_t other = 0;

    if (!read_char(r, '}')) {
        do {
            SG_ARENA_GROW(r->arena, map->keys, capacity, map->count + 1);
            SG_ARENA_GROW(r->arena, map->values, other, map->count + 1);
            if (!read_char(r, '"') || !read_string(r, &map->keys[map->count]) ||
                !read_char(r, ':') || !read_value(r, &map->values[map->count]))
                return false;
            map->count++;
        } while (read_char(r, ','));
        if (!read_char(r, '}'))
            return false;
    }
    *out = (sg_value){ .type = SG_MAP, .as.map = map };
    return true;
}

static bool is_key(sg_value key, const char *name)
{
    return key.len == strlen(name) && memcmp(key.as.string, name, key.len) == 0;
}

static bool read_integers(sg_value list, size_t count, int64_t *numbers)
{
    if (list.type != SG_LIST || list.as.list->count < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (list.as.list->items[i].type != SG_INTEGER)
            return false;
        numbers[i] = list.as.list->items[i].as.integer;
    }
    return true;
}

static bool make_date(sg_value v, sg_value *out)
{
    int32_t day;

    if (v.type == SG_INTEGER) {
        *out = sg_value_date(v.as.integer);
        return true;
    }
    if (v.type != SG_STRING || !sg_day_parse(v.as.string, v.len, &day))
        return false;
    *out = sg_value_date(day);
    return true;
}

static bool make_float(sg_value v, sg_value *out)
{
    if (v.type != SG_STRING)
        return false;
    if (is_key(v, "NaN"))
        *out = sg_value_float((double) NAN);
    else if (is_key(v, "Inf"))
        *out = sg_value_float((double) INFINITY);
    else if (is_key(v, "-Inf"))
        *out = sg_value_float(-(double) INFINITY);
    else
        return false;
    return true;
}

static bool make_zoned(struct reader *r, sg_type type, size_t count, sg_value v, sg_value *out)
{
    int64_t numbers[3] = { 0, 0, 0 };
    sg_zoned *z = sg_arena_calloc(r->arena, 1, sizeof *z);

    if (!read_integers(v, count, numbers))
        return false;
    if (type == SG_TIME) {
        z->nanos = numbers[0];
        z->offset = (int32_t) numbers[1];
    } else {
        z->seconds = numbers[0];
        z->nanos = numbers[1];
        z->offset = (int32_t) numbers[2];
    }
    if (type == SG_DATETIME && v.as.list->count > 3 && v.as.list->items[3].type == SG_STRING)
        z->zone =
            sg_arena_strndup(r->arena, v.as.list->items[3].as.string, v.as.list->items[3].len);
    *out = (sg_value){ .type = (uint8_t) type, .as.zoned = z };
    return true;
}

static bool make_duration(struct reader *r, sg_value v, sg_value *out)
{
    sg_duration *d = sg_arena_calloc(r->arena, 1, sizeof *d);
    int64_t numbers[4];

    if (!read_integers(v, 4, numbers))
        return false;
    d->months = numbers[0];
    d->days = numbers[1];
    d->seconds = numbers[2];
    d->nanos = numbers[3];
    *out = (sg_value){ .type = SG_DURATION, .as.duration = d };
    return true;
}

/* An object as a value stands for a type that JSON lacks. */
static bool read_typed(struct reader *r, sg_value *out)
{
    sg_value map;

    if (!read_map(r, &map) || map.as.map->count != 1)
        return false;
    sg_value key = map.as.map->keys[0];
    sg_value v = map.as.map->values[0];
    if (is_key(key, "$date"))
        return make_date(v, out);
    if (is_key(key, "$float"))
        return make_float(v, out);
    if (is_key(key, "$localtime")) {
        *out = (sg_value){ .type = SG_LOCAL_TIME, .as.integer = v.as.integer };
        return v.type == SG_INTEGER;
    }
    if (is_key(key, "$time"))
        return make_zoned(r, SG_TIME, 2, v, out);
    if (is_key(key, "$localdatetime"))
        return make_zoned(r, SG_LOCAL_DATETIME, 2, v, out);
    if (is_key(key, "$datetime"))
        return make_zoned(r, SG_DATETIME, 3, v, out);
    if (is_key(key, "$duration"))
        return make_duration(r, v, out);
    return false;
}

static bool read_word(struct reader *r, const char *word, sg_value v, sg_value *out)
{
    size_t len = strlen(word);

    if ((size_t) (r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    *out = v;
    return true;
}

static bool read_value(struct reader *r, sg_value *out)
{
    bool good;

    while (r->at < r->end && *r->at == ' ')
        r->at++;
    if (r->at >= r->end || r->depth >= DEPTH_MAX)
        return false;
    r->depth++;
    switch (*r->at) {
    case '"':
        r->at++;
        good = read_string(r, out);
        break;
    case '[':
        r->at++;
        good = read_list(r, out);
        break;
    case '{':
        r->at++;
        good = read_typed(r, out);
        break;
    case 't':
        good = read_word(r, "true", sg_value_boolean(true), out);
        break;
    case 'f':
        good = read_word(r, "false", sg_value_boolean(false), out);
        break;
    case 'n':
        good = read_word(r, "null", sg_value_null(), out);
        break;
    default:
        good = read_number(r, out);
        break;
    }
    r->depth--;
    return good;
}

bool sg_props_read(const char *props, size_t len, sg_arena *arena, sg_value *map_out)
{
    struct reader r = { props, props + len, arena, 0 };

    return read_char(&r, '{') && read_map(&r, map_out) && r.at == r.end;
}

sg_value sg_props_find(sg_value map, const char *key)
{
    if (map.type == SG_MAP) {
        for (size_t i = 0; i < map.as.map->count; i++) {
            if (is_key(map.as.map->keys[i], key))
                return map.as.map->values[i];
        }
    }
    return sg_value_null();
}
