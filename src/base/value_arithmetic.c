#include <math.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/value_ops.h"

/* The operators + - * / % ^ of openCypher 9. Integers are 64 bits and overflow is an error; an
 * integer and a float make a float; + also joins strings and lists. */

static bool is_number(sg_value v)
{
    return v.type == SG_INTEGER || v.type == SG_FLOAT;
}

static double as_double(sg_value v)
{
    return v.type == SG_INTEGER ? (double) v.as.integer : v.as.number;
}

static bool is_temporal(sg_value v)
{
    return v.type >= SG_DATE && v.type <= SG_DATETIME;
}

static sg_status wrong_types(sg_value a, const char *sign, sg_value b, sg_fault *fault,
                             sg_error *err)
{
    return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType", "%s %s %s is not defined",
                        sg_type_name((sg_type) a.type), sign, sg_type_name((sg_type) b.type));
}

static sg_status overflow(sg_fault *fault, sg_error *err)
{
    return sg_fault_set(fault, err, "ArithmeticError", "IntegerOverflow",
                        "the result does not fit into a 64-bit integer");
}

static sg_status temporal_overflow(sg_fault *fault, sg_error *err)
{
    return sg_fault_set(fault, err, "ArithmeticError", "NumberOutOfRange",
                        "the resulting date or duration is out of range");
}

static sg_status division_by_zero(sg_fault *fault, sg_error *err)
{
    return sg_fault_set(fault, err, "ArithmeticError", "DivisionByZero", "division by zero");
}

/* ---- joining ---- */

static sg_value join_bytes(sg_arena *arena, const char *a, size_t a_len, const char *b,
                           size_t b_len)
{
    char *text = sg_arena_alloc(arena, a_len + b_len + 1);

    if (a_len > 0)
        memcpy(text, a, a_len);
    if (b_len > 0)
        memcpy(text + a_len, b, b_len);
    text[a_len + b_len] = '\0';
    return sg_value_string(text, a_len + b_len);
}

static bool joins_string(sg_value v)
{
    return v.type == SG_STRING || is_number(v) || is_temporal(v) || v.type == SG_DURATION;
}

static sg_status add_strings(sg_arena *arena, sg_value a, sg_value b, sg_value *out,
                             sg_fault *fault, sg_error *err)
{
    sg_strbuf left = SG_STRBUF_INIT, right = SG_STRBUF_INIT;

    if (a.len + (uint64_t) b.len > UINT32_MAX && a.type == SG_STRING && b.type == SG_STRING)
        return sg_fault_set(fault, err, "ArgumentError", "NumberOutOfRange",
                            "the string would be longer than 4 GiB");
    sg_value_write_plain(&left, a, NULL);
    sg_value_write_plain(&right, b, NULL);
    *out = join_bytes(arena, sg_strbuf_text(&left), left.len, sg_strbuf_text(&right), right.len);
    sg_strbuf_clear(&left);
    sg_strbuf_clear(&right);
    return SG_OK;
}

static sg_value add_lists(sg_arena *arena, sg_value a, sg_value b)
{
    size_t a_count = a.type == SG_LIST ? a.as.list->count : 1;
    size_t b_count = b.type == SG_LIST ? b.as.list->count : 1;
    const sg_value *a_items = a.type == SG_LIST ? a.as.list->items : &a;
    const sg_value *b_items = b.type == SG_LIST ? b.as.list->items : &b;
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = a_count + b_count;
    list->items = sg_arena_alloc(arena, list->count * sizeof *list->items);
    if (a_count > 0)
        memcpy(list->items, a_items, a_count * sizeof *list->items);
    if (b_count > 0)
        memcpy(list->items + a_count, b_items, b_count * sizeof *list->items);
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

/* ---- durations ---- */

static sg_status add_durations(sg_arena *arena, const sg_duration *a, const sg_duration *b,
                               int sign, sg_value *out, sg_fault *fault, sg_error *err)
{
    int64_t months = 0, days = 0, seconds = 0;
    bool bad;

    if (sign > 0) {
        bad = __builtin_add_overflow(a->months, b->months, &months) ||
              __builtin_add_overflow(a->days, b->days, &days) ||
              __builtin_add_overflow(a->seconds, b->seconds, &seconds);
    } else {
        bad = __builtin_sub_overflow(a->months, b->months, &months) ||
              __builtin_sub_overflow(a->days, b->days, &days) ||
              __builtin_sub_overflow(a->seconds, b->seconds, &seconds);
    }
    if (bad || !sg_duration_make(arena, months, days, seconds, a->nanos + sign * b->nanos, out))
        return temporal_overflow(fault, err);
    return SG_OK;
}

static sg_status scale_duration(sg_arena *arena, const sg_duration *d, long double factor,
                                sg_value *out, sg_fault *fault, sg_error *err)
{
    struct sg_duration_parts parts = SG_DURATION_PARTS_INIT;

    parts.months = (long double) d->months * factor;
    parts.days = (long double) d->days * factor;
    parts.seconds = (long double) d->seconds * factor;
    parts.nanos = (long double) d->nanos * factor;
    if (!sg_duration_from_parts(arena, &parts, out))
        return temporal_overflow(fault, err);
    return SG_OK;
}

/* ---- operators ---- */

static sg_status add_temporal(sg_arena *arena, sg_value a, sg_value b, int sign, sg_value *out,
                              sg_fault *fault, sg_error *err)
{
    if (a.type == SG_DURATION)
        return add_durations(arena, a.as.duration, b.as.duration, sign, out, fault, err);
    return sg_temporal_add(arena, a, b.as.duration, sign, out) ? SG_OK
                                                               : temporal_overflow(fault, err);
}

sg_status sg_value_add(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                       sg_error *err)
{
    int64_t sum;

    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (a.type == SG_LIST || b.type == SG_LIST) {
        *out = add_lists(arena, a, b);
        return SG_OK;
    }
    if (a.type == SG_INTEGER && b.type == SG_INTEGER) {
        if (__builtin_add_overflow(a.as.integer, b.as.integer, &sum))
            return overflow(fault, err);
        *out = sg_value_integer(sum);
        return SG_OK;
    }
    if (is_number(a) && is_number(b)) {
        *out = sg_value_float(as_double(a) + as_double(b));
        return SG_OK;
    }
    if ((a.type == SG_STRING && joins_string(b)) || (b.type == SG_STRING && joins_string(a)))
        return add_strings(arena, a, b, out, fault, err);
    if ((is_temporal(a) || a.type == SG_DURATION) && b.type == SG_DURATION)
        return add_temporal(arena, a, b, 1, out, fault, err);
    if (a.type == SG_DURATION && is_temporal(b))
        return add_temporal(arena, b, a, 1, out, fault, err);
    return wrong_types(a, "+", b, fault, err);
}

sg_status sg_value_subtract(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                            sg_error *err)
{
    int64_t difference;

    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (a.type == SG_INTEGER && b.type == SG_INTEGER) {
        if (__builtin_sub_overflow(a.as.integer, b.as.integer, &difference))
            return overflow(fault, err);
        *out = sg_value_integer(difference);
        return SG_OK;
    }
    if (is_number(a) && is_number(b)) {
        *out = sg_value_float(as_double(a) - as_double(b));
        return SG_OK;
    }
    if ((is_temporal(a) || a.type == SG_DURATION) && b.type == SG_DURATION)
        return add_temporal(arena, a, b, -1, out, fault, err);
    return wrong_types(a, "-", b, fault, err);
}

sg_status sg_value_multiply(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                            sg_error *err)
{
    int64_t product;

    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (a.type == SG_INTEGER && b.type == SG_INTEGER) {
        if (__builtin_mul_overflow(a.as.integer, b.as.integer, &product))
            return overflow(fault, err);
        *out = sg_value_integer(product);
        return SG_OK;
    }
    if (is_number(a) && is_number(b)) {
        *out = sg_value_float(as_double(a) * as_double(b));
        return SG_OK;
    }
    if (a.type == SG_DURATION && is_number(b))
        return scale_duration(arena, a.as.duration, (long double) as_double(b), out, fault, err);
    if (is_number(a) && b.type == SG_DURATION)
        return scale_duration(arena, b.as.duration, (long double) as_double(a), out, fault, err);
    return wrong_types(a, "*", b, fault, err);
}

static sg_status divide_integers(int64_t a, int64_t b, sg_value *out, sg_fault *fault,
                                 sg_error *err)
{
    if (b == 0)
        return division_by_zero(fault, err);
    if (a == INT64_MIN && b == -1)
        return overflow(fault, err);
    *out = sg_value_integer(a / b);
    return SG_OK;
}

sg_status sg_value_divide(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                          sg_error *err)
{
    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (a.type == SG_INTEGER && b.type == SG_INTEGER)
        return divide_integers(a.as.integer, b.as.integer, out, fault, err);
    if (is_number(a) && is_number(b)) {
        *out = sg_value_float(as_double(a) / as_double(b));
        return SG_OK;
    }
    if (a.type == SG_DURATION && is_number(b)) {
        if (as_double(b) == 0)
            return division_by_zero(fault, err);
        return scale_duration(arena, a.as.duration, 1 / (long double) as_double(b), out, fault,
                              err);
    }
    return wrong_types(a, "/", b, fault, err);
}

sg_status sg_value_modulo(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                          sg_error *err)
{
    (void) arena;
    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (a.type == SG_INTEGER && b.type == SG_INTEGER) {
        if (b.as.integer == 0)
            return division_by_zero(fault, err);
        *out = sg_value_integer(b.as.integer == -1 ? 0 : a.as.integer % b.as.integer);
        return SG_OK;
    }
    if (is_number(a) && is_number(b)) {
        *out = sg_value_float(fmod(as_double(a), as_double(b)));
        return SG_OK;
    }
    return wrong_types(a, "%", b, fault, err);
}

sg_status sg_value_power(sg_arena *arena, sg_value a, sg_value b, sg_value *out, sg_fault *fault,
                         sg_error *err)
{
    (void) arena;
    *out = sg_value_null();
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_OK;
    if (!is_number(a) || !is_number(b))
        return wrong_types(a, "^", b, fault, err);
    *out = sg_value_float(pow(as_double(a), as_double(b)));
    return SG_OK;
}

sg_status sg_value_negate(sg_value a, sg_value *out, sg_fault *fault, sg_error *err)
{
    *out = sg_value_null();
    switch ((sg_type) a.type) {
    case SG_NULL:
        return SG_OK;
    case SG_INTEGER:
        if (a.as.integer == INT64_MIN)
            return overflow(fault, err);
        *out = sg_value_integer(-a.as.integer);
        return SG_OK;
    case SG_FLOAT:
        *out = sg_value_float(-a.as.number);
        return SG_OK;
    default:
        return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType",
                            "a %s cannot be negated", sg_type_name((sg_type) a.type));
    }
}
