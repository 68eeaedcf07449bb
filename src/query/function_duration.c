#include <string.h>

#include "query_function_temporal_internal.h"

/* duration() and the durations between two temporal values (CIP2015-08-06). */

/* ---- duration({...}), duration('...') ---- */

static const struct {
    const char *name;
    enum { MONTHS, DAYS, SECONDS, NANOS } part;
    long double factor;
} unit_names[] = {
    { "years", MONTHS, 12 },
    { "quarters", MONTHS, 3 },
    { "months", MONTHS, 1 },
    { "weeks", DAYS, 7 },
    { "days", DAYS, 1 },
    { "hours", SECONDS, 3600 },
    { "minutes", SECONDS, 60 },
    { "seconds", SECONDS, 1 },
    { "milliseconds", NANOS, 1e6L },
    { "microseconds", NANOS, 1e3L },
    { "nanoseconds", NANOS, 1 },
};

static void add_unit(struct sg_duration_parts *parts, size_t unit, sg_value v)
{
    long double amount =
        v.type == SG_INTEGER ? (long double) v.as.integer : (long double) v.as.number;

    switch (unit_names[unit].part) {
    case MONTHS:
        parts->months += amount * unit_names[unit].factor;
        break;
    case DAYS:
        parts->days += amount * unit_names[unit].factor;
        break;
    case SECONDS:
        parts->seconds += amount * unit_names[unit].factor;
        break;
    case NANOS:
        parts->nanos += amount * unit_names[unit].factor;
        break;
    }
}

static sg_status from_map(struct sg_function_context *context, sg_value map, sg_value *out,
                          sg_error *err)
{
    struct sg_duration_parts parts = SG_DURATION_PARTS_INIT;

    for (size_t i = 0; i < map.as.map->count; i++) {
        sg_value name = map.as.map->keys[i], v = map.as.map->values[i];
        size_t unit = 0;

        while (unit < sizeof unit_names / sizeof *unit_names &&
               (strlen(unit_names[unit].name) != name.len ||
                memcmp(unit_names[unit].name, name.as.string, name.len) != 0))
            unit++;
        if (unit == sizeof unit_names / sizeof *unit_names)
            return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                            "a duration has no '%.*s'", (int) name.len,
                                            name.as.string);
        if (v.type == SG_NULL)
            return SG_OK;
        if (v.type != SG_INTEGER && v.type != SG_FLOAT)
            return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                                "'%s' of a duration is a number, not a %s", unit_names[unit].name,
                                sg_type_name((sg_type) v.type));
        add_unit(&parts, unit, v);
    }
    if (sg_duration_from_parts(context->arena, &parts, out))
        return SG_OK;
    return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                    "the duration is out of range");
}

sg_status sg_function_duration(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    switch ((sg_type) args[0].type) {
    case SG_NULL:
    case SG_DURATION:
        *out = args[0];
        return SG_OK;
    case SG_MAP:
        return from_map(context, args[0], out, err);
    case SG_STRING:
        if (sg_temporal_parse(context->arena, SG_DURATION, args[0].as.string, args[0].len, out))
            return SG_OK;
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "duration() cannot read '%.*s'", (int) args[0].len,
                                        args[0].as.string);
    default:
        return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                            "duration() cannot be made from a %s",
                            sg_type_name((sg_type) args[0].type));
    }
}

/* ---- between ---- */

/* One end of a span: local time, and the zone it is to be read in. */
struct moment {
    int64_t days, nanos;
    struct temporal_zone zone;
};

/* UTC seconds of a moment; nanos of the second are nanos % SG_SECOND_NANOS. */
static int64_t utc_seconds(const struct moment *m)
{
    int64_t local = m->days * SG_DAY_SECONDS + m->nanos / SG_SECOND_NANOS;
    int32_t offset = m->zone.offset;

    if (m->zone.name != NULL)
        (void) sg_zone_offset_at_local(m->zone.name, &local, &m->zone.offset, &offset);
    return local - offset;
}

/* Brings `to` to the zone of `from`. */
static void align(const struct moment *from, struct moment *to)
{
    int64_t utc = utc_seconds(to), local;
    int32_t offset = from->zone.offset;

    if (from->zone.name != NULL)
        (void) sg_zone_offset_at_utc(from->zone.name, utc, &offset);
    local = utc + offset;
    to->days = sg_floor_divide(local, SG_DAY_SECONDS);
    to->nanos =
        sg_floor_modulo(local, SG_DAY_SECONDS) * SG_SECOND_NANOS + to->nanos % SG_SECOND_NANOS;
    to->zone = from->zone;
    to->zone.offset = offset;
}

/* Both ends on common ground: what has no date gets the other's (then only times differ), what
 * has no zone gets the other's, what has no time is at midnight. */
static bool read_ends(sg_value a, sg_value b, struct moment *from, struct moment *to,
                      bool *has_dates)
{
    struct temporal_parts x, y;

    if (!sg_temporal_take_apart(a, &x) || !sg_temporal_take_apart(b, &y))
        return false;
    *has_dates = x.has_date && y.has_date;
    *from = (struct moment){ x.has_date ? x.days : y.days, x.nanos, x.zone };
    *to = (struct moment){ y.has_date ? y.days : x.days, y.nanos, y.zone };
    if (!*has_dates && (!x.has_time || !y.has_time))
        from->days = to->days = x.has_date ? x.days : y.days;
    if (!from->zone.present)
        from->zone = to->zone;
    else if (!to->zone.present)
        to->zone = from->zone;
    else
        align(from, to);
    return true;
}

static int order(const struct moment *a, const struct moment *b)
{
    if (a->days != b->days)
        return a->days < b->days ? -1 : 1;
    return a->nanos < b->nanos ? -1 : a->nanos > b->nanos;
}

/* Whole months from one local time to another, towards zero. */
static int64_t whole_months(const struct moment *from, const struct moment *to)
{
    int64_t year_a, year_b, months;
    int month_a, month_b, day;
    struct moment moved = *from;

    sg_civil_from_days(from->days, &year_a, &month_a, &day);
    sg_civil_from_days(to->days, &year_b, &month_b, &day);
    months = (year_b - year_a) * 12 + (month_b - month_a);
    moved.days = sg_days_add_months(from->days, months);
    if (months > 0 && order(&moved, to) > 0)
        months--;
    else if (months < 0 && order(&moved, to) < 0)
        months++;
    return months;
}

static int64_t whole_days(const struct moment *from, const struct moment *to)
{
    int64_t days = to->days - from->days;

    if (days > 0 && from->nanos > to->nanos)
        days--;
    else if (days < 0 && from->nanos < to->nanos)
        days++;
    return days;
}

/* The units that a function of durations counts, largest first. */
enum units { COUNT_MONTHS = 1, COUNT_DAYS = 2, COUNT_SECONDS = 4 };

static sg_status between(struct sg_function_context *context, const sg_value *args, size_t count,
                         unsigned units, sg_value *out, sg_error *err)
{
    struct moment from, to;
    bool has_dates;
    int64_t months = 0, days = 0, seconds = 0, nanos = 0;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    if (!read_ends(args[0], args[1], &from, &to, &has_dates))
        return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                            "there is no duration between a %s and a %s",
                            sg_type_name((sg_type) args[0].type),
                            sg_type_name((sg_type) args[1].type));
    if ((units & COUNT_MONTHS) && has_dates) {
        months = whole_months(&from, &to);
        from.days = sg_days_add_months(from.days, months);
    }
    if ((units & COUNT_DAYS) && has_dates) {
        days = whole_days(&from, &to);
        from.days += days;
    }
    if (units & COUNT_SECONDS) {
        seconds = utc_seconds(&to) - utc_seconds(&from);
        nanos = to.nanos % SG_SECOND_NANOS - from.nanos % SG_SECOND_NANOS;
    }
    if (sg_duration_make(context->arena, months, days, seconds, nanos, out))
        return SG_OK;
    return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                    "the duration is out of range");
}

sg_status sg_function_duration_between(struct sg_function_context *context, const sg_value *args,
                                       size_t count, sg_value *out, sg_error *err)
{
    return between(context, args, count, COUNT_MONTHS | COUNT_DAYS | COUNT_SECONDS, out, err);
}

sg_status sg_function_duration_in_months(struct sg_function_context *context, const sg_value *args,
                                         size_t count, sg_value *out, sg_error *err)
{
    return between(context, args, count, COUNT_MONTHS, out, err);
}

sg_status sg_function_duration_in_days(struct sg_function_context *context, const sg_value *args,
                                       size_t count, sg_value *out, sg_error *err)
{
    return between(context, args, count, COUNT_DAYS, out, err);
}

sg_status sg_function_duration_in_seconds(struct sg_function_context *context, const sg_value *args,
                                          size_t count, sg_value *out, sg_error *err)
{
    return between(context, args, count, COUNT_SECONDS, out, err);
}
