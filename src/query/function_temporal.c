#include <string.h>
#include <time.h>

#include "query_function_temporal_internal.h"

/* date(), localtime(), time(), localdatetime() and datetime(): from nothing (now), from text,
 * from another temporal value, from a map; their truncate forms; and the epoch functions. The
 * clock stands still during a query, except for the realtime forms; the zone is UTC unless one
 * is named. */

/* ---- putting values together ---- */

/* Makes a zoned date-time from a local time. */
static sg_status make_datetime(struct sg_function_context *context, int64_t days, int64_t nanos,
                               struct temporal_zone zone, sg_value *out, sg_error *err)
{
    int64_t seconds = days * SG_DAY_SECONDS + nanos / SG_SECOND_NANOS;
    int32_t preferred = zone.offset;

    if (zone.name != NULL &&
        !sg_zone_offset_at_local(zone.name, &seconds, zone.has_offset ? &preferred : NULL,
                                 &zone.offset))
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "unknown timezone '%s'", zone.name);
    *out =
        sg_value_datetime(context->arena, seconds, nanos % SG_SECOND_NANOS, zone.offset, zone.name);
    return SG_OK;
}

/* The same instant in another zone. */
static sg_status move_datetime(struct sg_function_context *context, sg_value v,
                               struct temporal_zone zone, sg_value *out, sg_error *err)
{
    int64_t utc = sg_datetime_utc(v.as.zoned);

    if (zone.name != NULL && !sg_zone_offset_at_utc(zone.name, utc, &zone.offset))
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "unknown timezone '%s'", zone.name);
    *out = sg_value_datetime(context->arena, utc + zone.offset, v.as.zoned->nanos, zone.offset,
                             zone.name);
    return SG_OK;
}

/* The offset a time of day gets from a zone: of a named zone, the one now. */
static sg_status zone_offset_now(struct sg_function_context *context,
                                 const struct temporal_zone *zone, int32_t *offset, sg_error *err)
{
    *offset = zone->offset;
    if (zone->name != NULL && !sg_zone_offset_at_utc(zone->name, context->now_seconds, offset))
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "unknown timezone '%s'", zone->name);
    return SG_OK;
}

/* The value of `type` from local parts; `zone` is used by the zoned types. */
static sg_status assemble(struct sg_function_context *context, sg_type type, int64_t days,
                          int64_t nanos, struct temporal_zone zone, sg_value *out, sg_error *err)
{
    int32_t offset = 0;
    sg_status status = SG_OK;

    switch (type) {
    case SG_DATE:
        *out = sg_value_date(days);
        break;
    case SG_LOCAL_TIME:
        *out = sg_value_local_time(nanos);
        break;
    case SG_TIME:
        status = zone_offset_now(context, &zone, &offset, err);
        *out = sg_value_time(context->arena, nanos, offset);
        break;
    case SG_LOCAL_DATETIME:
        *out =
            sg_value_local_datetime(context->arena, days * SG_DAY_SECONDS + nanos / SG_SECOND_NANOS,
                                    nanos % SG_SECOND_NANOS);
        break;
    default:
        status = make_datetime(context, days, nanos, zone, out, err);
        break;
    }
    return status;
}

/* ---- now ---- */

static sg_status from_clock(struct sg_function_context *context, sg_type type, int64_t seconds,
                            int32_t nanos, struct temporal_zone zone, sg_value *out, sg_error *err)
{
    sg_value utc = sg_value_datetime(context->arena, seconds, nanos, 0, NULL);
    sg_value local = sg_value_null();
    struct temporal_parts parts;
    sg_status status = move_datetime(context, utc, zone, &local, err);

    if (status != SG_OK || type == SG_DATETIME) {
        *out = local;
        return status;
    }
    (void) sg_temporal_take_apart(local, &parts);
    return assemble(context, type, parts.days, parts.nanos, parts.zone, out, err);
}

/* ---- from a map ---- */

/* A datetime given as seconds or milliseconds since 1970. */
static sg_status from_epoch(struct sg_function_context *context,
                            const struct temporal_fields *fields, struct temporal_zone zone,
                            sg_value *out, sg_error *err)
{
    int64_t seconds = fields->number[KEY_EPOCH_SECONDS];
    int64_t nanos = fields->given[KEY_NANOSECOND] ? fields->number[KEY_NANOSECOND] : 0;

    if (fields->given[KEY_EPOCH_MILLIS]) {
        seconds = sg_floor_divide(fields->number[KEY_EPOCH_MILLIS], 1000);
        nanos += sg_floor_modulo(fields->number[KEY_EPOCH_MILLIS], 1000) * 1000000;
    }
    if (nanos < 0 || nanos >= SG_SECOND_NANOS || seconds > SG_YEAR_MAX * 31556952 ||
        seconds < -SG_YEAR_MAX * 31556952)
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "the instant is out of range");
    return move_datetime(context, sg_value_datetime(context->arena, seconds, nanos, 0, NULL), zone,
                         out, err);
}

/* A time with a zone of its own, moved to the zone that the map names. */
static sg_status move_time(struct sg_function_context *context, int64_t nanos, int32_t from,
                           const struct temporal_zone *to, sg_value *out, sg_error *err)
{
    int32_t offset;
    sg_status status = zone_offset_now(context, to, &offset, err);

    nanos = sg_floor_modulo(nanos + (int64_t) (offset - from) * SG_SECOND_NANOS, SG_DAY_NANOS);
    *out = sg_value_time(context->arena, nanos, offset);
    return status;
}

static sg_status from_fields(struct sg_function_context *context, sg_type type,
                             const struct temporal_fields *fields, sg_value *out, sg_error *err)
{
    struct temporal_parts base;
    struct temporal_zone zone;
    int64_t days = 0, nanos = 0;
    sg_value local;
    sg_status status;

    status = sg_temporal_build_zone(context, fields, &zone, err);
    if (status == SG_OK && type == SG_DATETIME &&
        (fields->given[KEY_EPOCH_SECONDS] || fields->given[KEY_EPOCH_MILLIS]))
        return from_epoch(context, fields, zone, out, err);
    if (status == SG_OK)
        status = sg_temporal_read_base(context, fields, &base, err);
    if (status == SG_OK && type != SG_LOCAL_TIME && type != SG_TIME)
        status = sg_temporal_build_date(context, fields, &base, &days, err);
    if (status == SG_OK && type != SG_DATE)
        status = sg_temporal_build_time(context, fields, &base, &nanos, err);
    if (status != SG_OK)
        return status;
    if (!zone.present || !base.zone.present || (type != SG_TIME && type != SG_DATETIME))
        return assemble(context, type, days, nanos, zone.present ? zone : base.zone, out, err);
    if (type == SG_TIME)
        return move_time(context, nanos, base.zone.offset, &zone, out, err);
    status = make_datetime(context, days, nanos, base.zone, &local, err);
    return status == SG_OK ? move_datetime(context, local, zone, out, err) : status;
}

static sg_status from_map(struct sg_function_context *context, sg_type type, sg_value map,
                          sg_value *out, sg_error *err)
{
    struct temporal_fields fields;
    struct temporal_zone zone;
    sg_status status = sg_temporal_read_fields(context, map, &fields, err);

    *out = sg_value_null();
    if (status != SG_OK || fields.any_null)
        return status;
    if (fields.given[KEY_TIMEZONE] && map.as.map->count == 1) { /* now, in that zone */
        status = sg_temporal_build_zone(context, &fields, &zone, err);
        return status != SG_OK ? status
                               : from_clock(context, type, context->now_seconds, context->now_nanos,
                                            zone, out, err);
    }
    return from_fields(context, type, &fields, out, err);
}

/* ---- from another value ---- */

static sg_status from_value(struct sg_function_context *context, sg_type type, const char *name,
                            sg_value v, sg_value *out, sg_error *err)
{
    struct temporal_parts parts;
    bool has_parts = sg_temporal_take_apart(v, &parts);

    if (has_parts && (type == SG_LOCAL_TIME || type == SG_TIME))
        has_parts = parts.has_time;
    else if (has_parts)
        has_parts = parts.has_date;
    if (!has_parts)
        return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                            "%s() cannot be made from a %s", name, sg_type_name((sg_type) v.type));
    return assemble(context, type, parts.days, parts.nanos, parts.zone, out, err);
}

static sg_status from_text(struct sg_function_context *context, sg_type type, const char *name,
                           sg_value v, sg_value *out, sg_error *err)
{
    if (sg_temporal_parse(context->arena, type, v.as.string, v.len, out))
        return SG_OK;
    return sg_function_refuse_value(context, err, "InvalidArgumentValue", "%s() cannot read '%.*s'",
                                    name, (int) v.len, v.as.string);
}

static sg_status construct(struct sg_function_context *context, sg_type type, const char *name,
                           const sg_value *args, size_t count, sg_value *out, sg_error *err)
{
    *out = sg_value_null();
    if (count == 0)
        return from_clock(context, type, context->now_seconds, context->now_nanos,
                          (struct temporal_zone){ 0 }, out, err);
    switch ((sg_type) args[0].type) {
    case SG_NULL:
        return SG_OK;
    case SG_STRING:
        return from_text(context, type, name, args[0], out, err);
    case SG_MAP:
        return from_map(context, type, args[0], out, err);
    default:
        return from_value(context, type, name, args[0], out, err);
    }
}

/* The clock at the moment of the call, in the zone that the argument names. */
static sg_status realtime(struct sg_function_context *context, sg_type type, const sg_value *args,
                          size_t count, sg_value *out, sg_error *err)
{
    struct timespec now = { 0, 0 };
    struct temporal_fields fields = { .any_null = false };
    struct temporal_zone zone;
    sg_status status;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    fields.given[KEY_TIMEZONE] = count > 0;
    if (count > 0)
        fields.value[KEY_TIMEZONE] = args[0];
    status = sg_temporal_build_zone(context, &fields, &zone, err);
    if (status != SG_OK)
        return status;
    (void) clock_gettime(CLOCK_REALTIME, &now);
    return from_clock(context, type, now.tv_sec, (int32_t) now.tv_nsec, zone, out, err);
}

/* ---- truncation ---- */

/* The first day of the unit that `days` lies in; false when the unit is shorter than a day. */
static bool truncate_date(const char *unit, size_t len, int64_t *days)
{
    int64_t year, week_year;
    int month, day;
    static const char *const names[] = { "millennium", "century", "decade", "year", "weekYear",
                                         "quarter",    "month",   "week",   "day" };
    static const int64_t spans[] = { 1000, 100, 10, 1 };
    size_t i = 0;

    while (i < sizeof names / sizeof *names &&
           (strlen(names[i]) != len || strncmp(names[i], unit, len) != 0))
        i++;
    sg_civil_from_days(*days, &year, &month, &day);
    switch (i) {
    case 0:
    case 1:
    case 2:
    case 3:
        *days = sg_days_from_civil(sg_floor_divide(year, spans[i]) * spans[i], 1, 1);
        return true;
    case 4:
        (void) sg_iso_week(*days, &week_year);
        *days = sg_days_from_week(week_year, 1, 1);
        return true;
    case 5:
        *days = sg_days_from_civil(year, (month - 1) / 3 * 3 + 1, 1);
        return true;
    case 6:
        *days = sg_days_from_civil(year, month, 1);
        return true;
    case 7:
        *days -= sg_weekday(*days) - 1;
        return true;
    case 8:
        return true;
    default:
        return false;
    }
}

static bool truncate_time(const char *unit, size_t len, int64_t *nanos)
{
    static const struct {
        const char *name;
        int64_t nanos;
    } units[] = {
        { "day", SG_DAY_NANOS },
        { "hour", 3600 * SG_SECOND_NANOS },
        { "minute", 60 * SG_SECOND_NANOS },
        { "second", SG_SECOND_NANOS },
        { "millisecond", 1000000 },
        { "microsecond", 1000 },
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i].name) == len && strncmp(units[i].name, unit, len) == 0) {
            *nanos -= *nanos % units[i].nanos;
            return true;
        }
    }
    return false;
}

/* Cuts `parts` at the unit, as far as values of `type` have that unit. */
static bool truncate_parts(sg_type type, sg_value unit, struct temporal_parts *parts)
{
    bool wants_date = type == SG_DATE || type == SG_LOCAL_DATETIME || type == SG_DATETIME;

    if (wants_date && truncate_date(unit.as.string, unit.len, &parts->days)) {
        parts->nanos = 0;
        return true;
    }
    return type != SG_DATE && truncate_time(unit.as.string, unit.len, &parts->nanos);
}

/* Sets the fields of the map on what was cut; nanoseconds count from the cut on, and a timezone
 * replaces the zone without moving the time. */
static sg_status adjust(struct sg_function_context *context, sg_type type, sg_value map,
                        struct temporal_parts parts, sg_value *out, sg_error *err)
{
    struct temporal_fields fields;
    struct temporal_zone zone;
    int64_t days = parts.days, nanos = parts.nanos, extra = 0;
    sg_status status = sg_temporal_read_fields(context, map, &fields, err);

    if (status != SG_OK || fields.any_null)
        return status;
    if (fields.given[KEY_NANOSECOND] && !fields.given[KEY_MILLISECOND] &&
        !fields.given[KEY_MICROSECOND]) {
        extra = fields.number[KEY_NANOSECOND];
        fields.given[KEY_NANOSECOND] = false;
        if (extra < 0 || extra >= SG_SECOND_NANOS - parts.nanos % SG_SECOND_NANOS)
            return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                            "nanosecond %lld is out of range", (long long) extra);
    }
    status = sg_temporal_build_zone(context, &fields, &zone, err);
    if (status == SG_OK && type != SG_LOCAL_TIME && type != SG_TIME)
        status = sg_temporal_build_date(context, &fields, &parts, &days, err);
    if (status == SG_OK && type != SG_DATE)
        status = sg_temporal_build_time(context, &fields, &parts, &nanos, err);
    if (status != SG_OK)
        return status;
    return assemble(context, type, days, nanos + extra, zone.present ? zone : parts.zone, out, err);
}

static sg_status truncate(struct sg_function_context *context, sg_type type, const char *name,
                          const sg_value *args, size_t count, sg_value *out, sg_error *err)
{
    struct temporal_parts parts;
    sg_value other, map = sg_value_map(context->arena, NULL, NULL, 0);
    bool wants_date = type != SG_LOCAL_TIME && type != SG_TIME;
    sg_status status;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    if (args[0].type != SG_STRING)
        return sg_function_refuse_type(context, name, "a unit in a String", args[0], err);
    if (count == 3 && args[2].type != SG_MAP)
        return sg_function_refuse_type(context, name, "a Map of parts", args[2], err);
    if (count > 1) {
        other = args[1];
    } else {
        status = construct(context, type, name, NULL, 0, &other, err);
        if (status != SG_OK)
            return status;
    }
    if (!sg_temporal_take_apart(other, &parts) || (wants_date ? !parts.has_date : !parts.has_time))
        return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                            "%s() cannot truncate a %s", name, sg_type_name((sg_type) other.type));
    if (!truncate_parts(type, args[0], &parts))
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "%s() has no unit '%.*s'", name, (int) args[0].len,
                                        args[0].as.string);
    parts.has_date = wants_date;
    parts.has_time = true;
    if (count == 3)
        map = args[2];
    return adjust(context, type, map, parts, out, err);
}

/* ---- the functions ---- */

#define TEMPORAL_FUNCTIONS(linked, type, name)                                                     \
 sg_status linked(struct sg_function_context *context, const sg_value *args, size_t count,         \
                  sg_value *out, sg_error *err)                                                    \
 {                                                                                                 \
  return construct(context, type, name, args, count, out, err);                                    \
 }                                                                                                 \
 sg_status linked##_realtime(struct sg_function_context *context, const sg_value *args,            \
                             size_t count, sg_value *out, sg_error *err)                           \
 {                                                                                                 \
  return realtime(context, type, args, count, out, err);                                           \
 }                                                                                                 \
 sg_status linked##_truncate(struct sg_function_context *context, const sg_value *args,            \
                             size_t count, sg_value *out, sg_error *err)                           \
 {                                                                                                 \
  return truncate(context, type, name ".truncate", args, count, out, err);                         \
 }

TEMPORAL_FUNCTIONS(sg_function_date, SG_DATE, "date")
TEMPORAL_FUNCTIONS(sg_function_localtime, SG_LOCAL_TIME, "localtime")
TEMPORAL_FUNCTIONS(sg_function_time, SG_TIME, "time")
TEMPORAL_FUNCTIONS(sg_function_localdatetime, SG_LOCAL_DATETIME, "localdatetime")
TEMPORAL_FUNCTIONS(sg_function_datetime, SG_DATETIME, "datetime")

sg_status sg_function_timestamp(struct sg_function_context *context, const sg_value *args,
                                size_t count, sg_value *out, sg_error *err)
{
    (void) args, (void) count, (void) err;
    *out = sg_value_integer(context->now_seconds * 1000 + context->now_nanos / 1000000);
    return SG_OK;
}

static sg_status epoch(struct sg_function_context *context, const sg_value *args, size_t count,
                       const int *keys, sg_value *out, sg_error *err)
{
    struct temporal_fields fields = { .any_null = false };

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    for (size_t i = 0; i < count && i < 2; i++) {
        if (args[i].type != SG_INTEGER)
            return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                                "an instant is counted in Integers, not in a %s",
                                sg_type_name((sg_type) args[i].type));
        fields.given[keys[i]] = true;
        fields.number[keys[i]] = args[i].as.integer;
    }
    return from_epoch(context, &fields, (struct temporal_zone){ 0 }, out, err);
}

sg_status sg_function_datetime_from_epoch(struct sg_function_context *context, const sg_value *args,
                                          size_t count, sg_value *out, sg_error *err)
{
    static const int keys[2] = { KEY_EPOCH_SECONDS, KEY_NANOSECOND };

    return epoch(context, args, count, keys, out, err);
}

sg_status sg_function_datetime_from_epoch_millis(struct sg_function_context *context,
                                                 const sg_value *args, size_t count, sg_value *out,
                                                 sg_error *err)
{
    static const int keys[2] = { KEY_EPOCH_MILLIS, KEY_NANOSECOND };

    return epoch(context, args, count, keys, out, err);
}
