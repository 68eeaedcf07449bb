#include "stance/utf8.h"

#include "query_function_internal.h"

/* Functions of lists, and those that take any value. */

/* range() answers lists of at most this many elements (16 bytes each). */
#define RANGE_MAX (INT64_C(1) << 27)

static sg_status need_list(struct sg_function_context *context, const char *name, sg_value v,
                           sg_error *err)
{
    if (v.type == SG_LIST)
        return SG_OK;
    return sg_function_refuse_type(context, name, "a List", v, err);
}

sg_status sg_function_size(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    switch ((sg_type) args[0].type) {
    case SG_NULL:
        return SG_OK;
    case SG_LIST:
        *out = sg_value_integer((int64_t) args[0].as.list->count);
        return SG_OK;
    case SG_STRING:
        *out = sg_value_integer((int64_t) sg_utf8_length(args[0].as.string, args[0].len));
        return SG_OK;
    default:
        return sg_function_refuse_type(context, "size", "a List or a String", args[0], err);
    }
}

sg_status sg_function_is_empty(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    switch ((sg_type) args[0].type) {
    case SG_NULL:
        return SG_OK;
    case SG_LIST:
        *out = sg_value_boolean(args[0].as.list->count == 0);
        return SG_OK;
    case SG_MAP:
        *out = sg_value_boolean(args[0].as.map->count == 0);
        return SG_OK;
    case SG_STRING:
        *out = sg_value_boolean(args[0].len == 0);
        return SG_OK;
    default:
        return sg_function_refuse_type(context, "isEmpty", "a List, Map or String", args[0], err);
    }
}

sg_status sg_function_head(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_LIST)
        return need_list(context, "head", args[0], err);
    if (args[0].as.list->count > 0)
        *out = args[0].as.list->items[0];
    return SG_OK;
}

sg_status sg_function_last(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_LIST)
        return need_list(context, "last", args[0], err);
    if (args[0].as.list->count > 0)
        *out = args[0].as.list->items[args[0].as.list->count - 1];
    return SG_OK;
}

sg_status sg_function_tail(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    const sg_list *list;

    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_LIST)
        return need_list(context, "tail", args[0], err);
    list = args[0].as.list;
    if (list->count == 0)
        *out = args[0];
    else
        *out = sg_value_list(context->arena, list->items + 1, list->count - 1);
    return SG_OK;
}

static sg_value reverse_list(sg_arena *arena, const sg_list *list)
{
    sg_list *reversed = sg_arena_alloc(arena, sizeof *reversed);

    reversed->count = list->count;
    reversed->items = sg_arena_alloc(arena, list->count * sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        reversed->items[i] = list->items[list->count - 1 - i];
    return (sg_value){ .type = SG_LIST, .as.list = reversed };
}

static sg_value reverse_string(sg_arena *arena, sg_value v)
{
    char *text = sg_arena_alloc(arena, (size_t) v.len + 1);
    uint32_t c;

    for (size_t at = 0, size; at < v.len; at += size) {
        size = sg_utf8_decode(v.as.string + at, v.len - at, &c);
        for (size_t i = 0; i < size; i++)
            text[v.len - at - size + i] = v.as.string[at + i];
    }
    text[v.len] = '\0';
    return sg_value_string(text, v.len);
}

sg_status sg_function_reverse(struct sg_function_context *context, const sg_value *args,
                              size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_LIST)
        *out = reverse_list(context->arena, args[0].as.list);
    else if (args[0].type == SG_STRING)
        *out = reverse_string(context->arena, args[0]);
    else if (args[0].type != SG_NULL)
        return sg_function_refuse_type(context, "reverse", "a List or a String", args[0], err);
    return SG_OK;
}

/* Number of elements of start, start + step ... end, computed without overflow. */
static uint64_t range_count(int64_t start, int64_t end, int64_t step)
{
    uint64_t distance =
        step > 0 ? (uint64_t) end - (uint64_t) start : (uint64_t) start - (uint64_t) end;
    uint64_t stride = step > 0 ? (uint64_t) step : 0 - (uint64_t) step;

    if (step > 0 ? start > end : start < end)
        return 0;
    return distance / stride + 1;
}

sg_status sg_function_range(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    int64_t step = 1;
    uint64_t elements;
    sg_list *list;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    for (size_t i = 0; i < count; i++)
        if (args[i].type != SG_INTEGER)
            return sg_function_refuse_value(context, err, "InvalidArgumentType",
                                            "range() takes Integers, not a %s",
                                            sg_type_name((sg_type) args[i].type));
    if (count == 3)
        step = args[2].as.integer;
    if (step == 0)
        return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                        "the step of range() must not be 0");
    elements = range_count(args[0].as.integer, args[1].as.integer, step);
    if (elements > RANGE_MAX)
        return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                        "range() would make a list of %llu elements",
                                        (unsigned long long) elements);
    list = sg_arena_alloc(context->arena, sizeof *list);
    list->count = (size_t) elements;
    list->items = sg_arena_alloc(context->arena, list->count * sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = sg_value_integer(
            (int64_t) ((uint64_t) args[0].as.integer + (uint64_t) step * (uint64_t) i));
    *out = (sg_value){ .type = SG_LIST, .as.list = list };
    return SG_OK;
}

sg_status sg_function_coalesce(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) context, (void) err;
    *out = sg_value_null();
    for (size_t i = 0; i < count && out->type == SG_NULL; i++)
        *out = args[i];
    return SG_OK;
}

sg_status sg_function_exists(struct sg_function_context *context, const sg_value *args,
                             size_t count, sg_value *out, sg_error *err)
{
    (void) context, (void) count, (void) err;
    *out = sg_value_boolean(args[0].type != SG_NULL);
    return SG_OK;
}
