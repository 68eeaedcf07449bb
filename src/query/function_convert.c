#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stance/strbuf.h"

#include "query_function_internal.h"

/* Conversions between types: text that does not fit gives null, a type that does not fit is an
 * error, or null in the ...OrNull forms. */

/* What one conversion answers: false when the type of `v` is not taken. */
typedef bool conversion(sg_arena *arena, sg_value v, sg_value *out);

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Copies a number's text without blanks around it; NULL when other characters than those of a
 * decimal number are in it (strtod would take "inf", "0x1p3" and the like). */
static char *number_text(sg_arena *arena, sg_value v)
{
    const char *start = v.as.string, *end = start + v.len;

    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    for (const char *p = start; p < end; p++)
        if (strchr("0123456789+-.eE", *p) == NULL || *p == '\0')
            return NULL;
    return start == end ? NULL : sg_arena_strndup(arena, start, (size_t) (end - start));
}

static bool parse_float(sg_arena *arena, sg_value v, double *out)
{
    char *text = number_text(arena, v), *end;

    if (text == NULL)
        return false;
    *out = strtod(text, &end);
    return end != text && *end == '\0';
}

static sg_value float_to_integer(double d)
{
    if (!(d >= -0x1p63 && d < 0x1p63))
        return sg_value_null();
    return sg_value_integer((int64_t) d);
}

static sg_value parse_integer(sg_arena *arena, sg_value v)
{
    char *text = number_text(arena, v), *end;
    long long whole;
    double d;

    if (text == NULL)
        return sg_value_null();
    errno = 0;
    whole = strtoll(text, &end, 10);
    if (*end == '\0')
        return errno == 0 ? sg_value_integer(whole) : sg_value_null();
    return parse_float(arena, v, &d) ? float_to_integer(d) : sg_value_null();
}

static bool to_integer(sg_arena *arena, sg_value v, sg_value *out)
{
    switch ((sg_type) v.type) {
    case SG_INTEGER:
        *out = v;
        return true;
    case SG_FLOAT:
        *out = float_to_integer(v.as.number);
        return true;
    case SG_BOOLEAN:
        *out = sg_value_integer(v.as.boolean);
        return true;
    case SG_STRING:
        *out = parse_integer(arena, v);
        return true;
    default:
        return false;
    }
}

static bool to_float(sg_arena *arena, sg_value v, sg_value *out)
{
    double d;

    switch ((sg_type) v.type) {
    case SG_INTEGER:
        *out = sg_value_float((double) v.as.integer);
        return true;
    case SG_FLOAT:
        *out = v;
        return true;
    case SG_STRING:
        *out = parse_float(arena, v, &d) ? sg_value_float(d) : sg_value_null();
        return true;
    default:
        return false;
    }
}

static bool is_word(sg_value v, const char *word)
{
    return v.len == strlen(word) && strncasecmp(v.as.string, word, v.len) == 0;
}

static bool to_boolean(sg_arena *arena, sg_value v, sg_value *out)
{
    (void) arena;
    switch ((sg_type) v.type) {
    case SG_BOOLEAN:
        *out = v;
        return true;
    case SG_INTEGER:
        *out = sg_value_boolean(v.as.integer != 0);
        return true;
    case SG_STRING:
        *out = is_word(v, "true")    ? sg_value_boolean(true)
               : is_word(v, "false") ? sg_value_boolean(false)
                                     : sg_value_null();
        return true;
    default:
        return false;
    }
}

static bool to_string(sg_arena *arena, sg_value v, sg_value *out)
{
    sg_strbuf buf = SG_STRBUF_INIT;

    switch ((sg_type) v.type) {
    case SG_STRING:
        *out = v;
        return true;
    case SG_LIST:
    case SG_MAP:
    case SG_NODE:
    case SG_RELATIONSHIP:
    case SG_PATH:
        return false;
    default:
        sg_value_write_plain(&buf, v, NULL);
        *out = sg_value_string(sg_arena_strndup(arena, sg_strbuf_text(&buf), buf.len), buf.len);
        sg_strbuf_clear(&buf);
        return true;
    }
}

/* ---- the three forms of each ---- */

static sg_status convert(struct sg_function_context *context, const char *name, const char *wanted,
                         conversion *f, sg_value v, sg_value *out, sg_error *err)
{
    *out = sg_value_null();
    if (v.type == SG_NULL || f(context->arena, v, out))
        return SG_OK;
    return sg_function_refuse_type(context, name, wanted, v, err);
}

static sg_status convert_or_null(struct sg_function_context *context, conversion *f, sg_value v,
                                 sg_value *out)
{
    *out = sg_value_null();
    if (v.type != SG_NULL && !f(context->arena, v, out))
        *out = sg_value_null();
    return SG_OK;
}

static sg_status convert_list(struct sg_function_context *context, const char *name, conversion *f,
                              sg_value v, sg_value *out, sg_error *err)
{
    sg_list *list;

    *out = sg_value_null();
    if (v.type == SG_NULL)
        return SG_OK;
    if (v.type != SG_LIST)
        return sg_function_refuse_type(context, name, "a List", v, err);
    list = sg_arena_alloc(context->arena, sizeof *list);
    list->count = v.as.list->count;
    list->items = sg_arena_alloc(context->arena, list->count * sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        (void) convert_or_null(context, f, v.as.list->items[i], &list->items[i]);
    *out = (sg_value){ .type = SG_LIST, .as.list = list };
    return SG_OK;
}

#define CONVERSION(linked, name, wanted, f)                                                        \
 sg_status linked(struct sg_function_context *context, const sg_value *args, size_t count,         \
                  sg_value *out, sg_error *err)                                                    \
 {                                                                                                 \
  (void) count;                                                                                    \
  return convert(context, name, wanted, f, args[0], out, err);                                     \
 }                                                                                                 \
 sg_status linked##_or_null(struct sg_function_context *context, const sg_value *args,             \
                            size_t count, sg_value *out, sg_error *err)                            \
 {                                                                                                 \
  (void) count, (void) err;                                                                        \
  return convert_or_null(context, f, args[0], out);                                                \
 }                                                                                                 \
 sg_status linked##_list(struct sg_function_context *context, const sg_value *args, size_t count,  \
                         sg_value *out, sg_error *err)                                             \
 {                                                                                                 \
  (void) count;                                                                                    \
  return convert_list(context, name "List", f, args[0], out, err);                                 \
 }

CONVERSION(sg_function_to_integer, "toInteger", "a number, Boolean or String", to_integer)
CONVERSION(sg_function_to_float, "toFloat", "a number or a String", to_float)
CONVERSION(sg_function_to_boolean, "toBoolean", "a Boolean, Integer or String", to_boolean)
CONVERSION(sg_function_to_string, "toString", "a number, Boolean, String or temporal value",
           to_string)
