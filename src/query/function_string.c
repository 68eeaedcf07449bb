#include <string.h>

#include "stance/strbuf.h"
#include "stance/utf8.h"

#include "query_function_internal.h"

/* Functions of strings. Positions and lengths count characters (code points). */

static sg_value take_text(sg_arena *arena, sg_strbuf *buf)
{
    sg_value v = sg_value_string(sg_arena_strndup(arena, sg_strbuf_text(buf), buf->len), buf->len);

    sg_strbuf_clear(buf);
    return v;
}

static sg_status need_string(struct sg_function_context *context, const char *name, sg_value v,
                             sg_error *err)
{
    if (v.type == SG_STRING)
        return SG_OK;
    return sg_function_refuse_type(context, name, "a String", v, err);
}

/* A count or position: an integer that is not negative. */
static sg_status need_count(struct sg_function_context *context, const char *name, sg_value v,
                            sg_error *err)
{
    if (v.type != SG_INTEGER)
        return sg_function_refuse_type(context, name, "an Integer", v, err);
    if (v.as.integer < 0)
        return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                        "%s() takes no negative number", name);
    return SG_OK;
}

/* Byte offset of character `index`, at most the length. */
static size_t byte_of(const char *text, size_t len, int64_t index)
{
    size_t at = 0;
    uint32_t c;

    while (index-- > 0 && at < len)
        at += sg_utf8_decode(text + at, len - at, &c);
    return at;
}

sg_status sg_function_substring(struct sg_function_context *context, const sg_value *args,
                                size_t count, sg_value *out, sg_error *err)
{
    sg_status status;
    size_t start, rest;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    status = need_string(context, "substring", args[0], err);
    for (size_t i = 1; i < count && status == SG_OK; i++)
        status = need_count(context, "substring", args[i], err);
    if (status != SG_OK)
        return status;
    start = byte_of(args[0].as.string, args[0].len, args[1].as.integer);
    rest = args[0].len - start;
    if (count == 3)
        rest = byte_of(args[0].as.string + start, rest, args[2].as.integer);
    *out = sg_value_string(args[0].as.string + start, rest);
    return SG_OK;
}

sg_status sg_function_left(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    sg_status status;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    status = need_string(context, "left", args[0], err);
    if (status == SG_OK)
        status = need_count(context, "left", args[1], err);
    if (status != SG_OK)
        return status;
    *out = sg_value_string(args[0].as.string,
                           byte_of(args[0].as.string, args[0].len, args[1].as.integer));
    return SG_OK;
}

sg_status sg_function_right(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    sg_status status;
    int64_t skip;
    size_t start;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    status = need_string(context, "right", args[0], err);
    if (status == SG_OK)
        status = need_count(context, "right", args[1], err);
    if (status != SG_OK)
        return status;
    skip = (int64_t) sg_utf8_length(args[0].as.string, args[0].len) - args[1].as.integer;
    start = byte_of(args[0].as.string, args[0].len, skip);
    *out = sg_value_string(args[0].as.string + start, args[0].len - start);
    return SG_OK;
}

/* The first place of `wanted` in text[from, len), or SIZE_MAX; `wanted` is not empty. */
static size_t find_text(const char *text, size_t len, size_t from, sg_value wanted)
{
    for (size_t i = from; i + wanted.len <= len; i++) {
        const char *hit = memchr(text + i, wanted.as.string[0], len - i - wanted.len + 1);

        if (hit == NULL)
            return SIZE_MAX;
        i = (size_t) (hit - text);
        if (memcmp(hit, wanted.as.string, wanted.len) == 0)
            return i;
    }
    return SIZE_MAX;
}

sg_status sg_function_replace(struct sg_function_context *context, const sg_value *args,
                              size_t count, sg_value *out, sg_error *err)
{
    sg_status status = SG_OK;
    sg_strbuf buf = SG_STRBUF_INIT;
    size_t from = 0, hit;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    for (size_t i = 0; i < 3 && status == SG_OK; i++)
        status = need_string(context, "replace", args[i], err);
    if (status != SG_OK)
        return status;
    *out = args[0];
    if (args[1].len == 0)
        return SG_OK;
    while ((hit = find_text(args[0].as.string, args[0].len, from, args[1])) != SIZE_MAX) {
        sg_strbuf_append(&buf, args[0].as.string + from, hit - from);
        sg_strbuf_append(&buf, args[2].as.string, args[2].len);
        from = hit + args[1].len;
    }
    sg_strbuf_append(&buf, args[0].as.string + from, args[0].len - from);
    *out = take_text(context->arena, &buf);
    return SG_OK;
}

/* ---- split ---- */

struct pieces {
    sg_value *items;
    size_t count;
    size_t capacity;
};

static void add_piece(struct pieces *pieces, const char *text, size_t len)
{
    SG_GROW(pieces->items, pieces->capacity, pieces->count + 1);
    pieces->items[pieces->count++] = sg_value_string(text, len);
}

/* The earliest of the separators from `from` on; the longest where several begin. */
static size_t find_separator(sg_value text, size_t from, const sg_value *separators, size_t count,
                             size_t *len_out)
{
    size_t best = SIZE_MAX;

    *len_out = 0;
    for (size_t i = 0; i < count; i++) {
        size_t hit = find_text(text.as.string, text.len, from, separators[i]);

        if (hit < best || (hit == best && hit != SIZE_MAX && separators[i].len > *len_out)) {
            best = hit;
            *len_out = separators[i].len;
        }
    }
    return best;
}

static void split_characters(struct pieces *pieces, sg_value text)
{
    uint32_t c;

    for (size_t at = 0, size; at < text.len; at += size) {
        size = sg_utf8_decode(text.as.string + at, text.len - at, &c);
        add_piece(pieces, text.as.string + at, size);
    }
}

static void split_at(struct pieces *pieces, sg_value text, const sg_value *separators, size_t count)
{
    size_t from = 0, hit, len;

    while ((hit = find_separator(text, from, separators, count, &len)) != SIZE_MAX) {
        add_piece(pieces, text.as.string + from, hit - from);
        from = hit + len;
    }
    add_piece(pieces, text.as.string + from, text.len - from);
}

sg_status sg_function_split(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    struct pieces pieces = { NULL, 0, 0 };
    const sg_value *separators = &args[1];
    size_t separator_count = 1;
    bool empty = false;
    sg_status status;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    if (args[1].type == SG_LIST) {
        separators = args[1].as.list->items;
        separator_count = args[1].as.list->count;
    }
    status = need_string(context, "split", args[0], err);
    for (size_t i = 0; i < separator_count && status == SG_OK; i++) {
        status = need_string(context, "split", separators[i], err);
        empty = empty || separators[i].len == 0;
    }
    if (status != SG_OK)
        return status;
    if (empty && args[0].len > 0)
        split_characters(&pieces, args[0]);
    else
        split_at(&pieces, args[0], separators, empty ? 0 : separator_count);
    *out = sg_value_list(context->arena, pieces.items, pieces.count);
    sg_free(pieces.items);
    return SG_OK;
}

/* ---- trim and case ---- */

static sg_status trim(struct sg_function_context *context, const char *name, sg_value v, bool left,
                      bool right, sg_value *out, sg_error *err)
{
    size_t start = 0, end;
    uint32_t c;

    *out = v;
    if (v.type == SG_NULL)
        return SG_OK;
    if (v.type != SG_STRING)
        return need_string(context, name, v, err);
    while (left && start < v.len) {
        size_t size = sg_utf8_decode(v.as.string + start, v.len - start, &c);

        if (!sg_utf8_is_space(c))
            break;
        start += size;
    }
    end = start;
    for (size_t at = start, size; at < v.len; at += size) {
        size = sg_utf8_decode(v.as.string + at, v.len - at, &c);
        if (!right || !sg_utf8_is_space(c))
            end = at + size;
    }
    *out = sg_value_string(v.as.string + start, end - start);
    return SG_OK;
}

sg_status sg_function_trim(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    return trim(context, "trim", args[0], true, true, out, err);
}

sg_status sg_function_ltrim(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    (void) count;
    return trim(context, "lTrim", args[0], true, false, out, err);
}

sg_status sg_function_rtrim(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    (void) count;
    return trim(context, "rTrim", args[0], false, true, out, err);
}

#define SHARP_S 0xdf /* the one letter of German whose capital is written as two */

static sg_status map_characters(struct sg_function_context *context, const char *name, sg_value v,
                                uint32_t (*f)(uint32_t), sg_value *out, sg_error *err)
{
    sg_strbuf buf = SG_STRBUF_INIT;
    char bytes[4];
    uint32_t c;

    *out = v;
    if (v.type == SG_NULL)
        return SG_OK;
    if (v.type != SG_STRING)
        return need_string(context, name, v, err);
    for (size_t at = 0; at < v.len;) {
        at += sg_utf8_decode(v.as.string + at, v.len - at, &c);
        if (c == SHARP_S && f == sg_utf8_to_upper)
            sg_strbuf_puts(&buf, "SS");
        else
            sg_strbuf_append(&buf, bytes, sg_utf8_encode(f(c), bytes));
    }
    *out = take_text(context->arena, &buf);
    return SG_OK;
}

sg_status sg_function_to_upper(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    return map_characters(context, "toUpper", args[0], sg_utf8_to_upper, out, err);
}

sg_status sg_function_to_lower(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    return map_characters(context, "toLower", args[0], sg_utf8_to_lower, out, err);
}
