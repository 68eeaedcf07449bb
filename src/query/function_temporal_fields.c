#include <string.h>

#include "query_function_temporal_internal.h"

/* Temporal values from maps of fields. A base value (date, time, datetime) gives what the other
 * fields leave open; without one, what is larger than the largest field given must be given too. */

static const char *const key_names[KEY_COUNT] = {
    [KEY_DATE] = "date",
    [KEY_TIME] = "time",
    [KEY_DATETIME] = "datetime",
    [KEY_YEAR] = "year",
    [KEY_QUARTER] = "quarter",
    [KEY_MONTH] = "month",
    [KEY_WEEK] = "week",
    [KEY_DAY] = "day",
    [KEY_ORDINAL_DAY] = "ordinalDay",
    [KEY_DAY_OF_WEEK] = "dayOfWeek",
    [KEY_DAY_OF_QUARTER] = "dayOfQuarter",
    [KEY_HOUR] = "hour",
    [KEY_MINUTE] = "minute",
    [KEY_SECOND] = "second",
    [KEY_MILLISECOND] = "millisecond",
    [KEY_MICROSECOND] = "microsecond",
    [KEY_NANOSECOND] = "nanosecond",
    [KEY_TIMEZONE] = "timezone",
    [KEY_EPOCH_SECONDS] = "epochSeconds",
    [KEY_EPOCH_MILLIS] = "epochMillis",
};

static bool is_number_key(int key)
{
    return key > KEY_DATETIME && key != KEY_TIMEZONE;
}

static int find_key(sg_value name)
{
    for (int key = 0; key < KEY_COUNT; key++)
        if (strlen(key_names[key]) == name.len &&
            memcmp(key_names[key], name.as.string, name.len) == 0)
            return key;
    return -1;
}

static sg_status out_of_range(struct sg_function_context *context, const char *what, int64_t number,
                              sg_error *err)
{
    return sg_function_refuse_value(context, err, "InvalidArgumentValue", "%s %lld is out of range",
                                    what, (long long) number);
}

sg_status sg_temporal_read_fields(struct sg_function_context *context, sg_value map,
                                  struct temporal_fields *fields, sg_error *err)
{
    memset(fields, 0, sizeof *fields);
    for (size_t i = 0; i < map.as.map->count; i++) {
        sg_value name = map.as.map->keys[i], value = map.as.map->values[i];
        int key = find_key(name);

        if (key < 0)
            return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                            "'%.*s' is no part of a date or time", (int) name.len,
                                            name.as.string);
        if (value.type == SG_NULL) {
            fields->any_null = true;
            continue;
        }
        if (is_number_key(key) && value.type != SG_INTEGER)
            return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                                "the part '%s' is an Integer, not a %s", key_names[key],
                                sg_type_name((sg_type) value.type));
        fields->given[key] = true;
        fields->number[key] = value.as.integer;
        fields->value[key] = value;
    }
    return SG_OK;
}

/* ---- taking values apart ---- */

static void take_datetime(const sg_zoned *z, struct temporal_parts *parts)
{
    parts->has_date = parts->has_time = true;
    parts->days = sg_floor_divide(z->seconds, SG_DAY_SECONDS);
    parts->nanos = sg_floor_modulo(z->seconds, SG_DAY_SECONDS) * SG_SECOND_NANOS + z->nanos;
}

bool sg_temporal_take_apart(sg_value v, struct temporal_parts *parts)
{
    *parts = (struct temporal_parts){ 0 };
    switch ((sg_type) v.type) {
    case SG_DATE:
        parts->has_date = true;
        parts->days = v.as.integer;
        return true;
    case SG_LOCAL_TIME:
        parts->has_time = true;
        parts->nanos = v.as.integer;
        return true;
    case SG_TIME:
        parts->has_time = true;
        parts->nanos = v.as.zoned->nanos;
        parts->zone = (struct temporal_zone){ true, true, v.as.zoned->offset, NULL };
        return true;
    case SG_LOCAL_DATETIME:
        take_datetime(v.as.zoned, parts);
        return true;
    case SG_DATETIME:
        take_datetime(v.as.zoned, parts);
        parts->zone = (struct temporal_zone){ true, true, v.as.zoned->offset, v.as.zoned->zone };
        return true;
    default:
        return false;
    }
}

/* The zone comes with the time, not with the date. */
sg_status sg_temporal_read_base(struct sg_function_context *context,
                                const struct temporal_fields *fields, struct temporal_parts *base,
                                sg_error *err)
{
    static const int keys[] = { KEY_DATETIME, KEY_DATE, KEY_TIME };

    *base = (struct temporal_parts){ 0 };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct temporal_parts parts;
        bool ok;

        if (!fields->given[keys[i]])
            continue;
        ok = sg_temporal_take_apart(fields->value[keys[i]], &parts) &&
             (keys[i] == KEY_TIME ? parts.has_time : parts.has_date);
        if (!ok)
            return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                                "the part '%s' cannot be taken from a %s", key_names[keys[i]],
                                sg_type_name((sg_type) fields->value[keys[i]].type));
        if (keys[i] != KEY_TIME) {
            base->has_date = true;
            base->days = parts.days;
        }
        if (keys[i] != KEY_DATE) {
            base->has_time = parts.has_time;
            base->nanos = parts.nanos;
            base->zone = parts.zone;
        }
    }
    return SG_OK;
}

/* ---- dates ---- */

static int64_t number_or(const struct temporal_fields *fields, int key, int64_t otherwise)
{
    return fields->given[key] ? fields->number[key] : otherwise;
}

static sg_status build_week_date(struct sg_function_context *context,
                                 const struct temporal_fields *fields, bool has_base, int64_t base,
                                 int64_t *days, sg_error *err)
{
    int64_t year = 0, found;
    int base_week = has_base ? sg_iso_week(base, &year) : 1;
    int64_t week = number_or(fields, KEY_WEEK, base_week);
    int64_t weekday = number_or(fields, KEY_DAY_OF_WEEK, has_base ? sg_weekday(base) : 1);

    year = number_or(fields, KEY_YEAR, year);
    if (weekday < 1 || weekday > 7)
        return out_of_range(context, "dayOfWeek", weekday, err);
    if (week < 1 || week > 53)
        return out_of_range(context, "week", week, err);
    *days = sg_days_from_week(year, (int) week, (int) weekday);
    (void) sg_iso_week(*days, &found);
    return found == year ? SG_OK : out_of_range(context, "week", week, err);
}

static sg_status build_ordinal_date(struct sg_function_context *context,
                                    const struct temporal_fields *fields, int64_t year,
                                    int64_t *days, sg_error *err)
{
    int64_t day = fields->number[KEY_ORDINAL_DAY];

    if (day < 1 || day > (sg_year_is_leap(year) ? 366 : 365))
        return out_of_range(context, "ordinalDay", day, err);
    *days = sg_days_from_civil(year, 1, 1) + day - 1;
    return SG_OK;
}

static sg_status build_quarter_day(struct sg_function_context *context,
                                   const struct temporal_fields *fields, int64_t year,
                                   int64_t quarter, int64_t *days, sg_error *err)
{
    int64_t day = fields->number[KEY_DAY_OF_QUARTER];
    int64_t start = sg_days_from_civil(year, (int) quarter * 3 - 2, 1);

    *days = start + day - 1;
    if (day < 1 || *days >= sg_days_add_months(start, 3))
        return out_of_range(context, "dayOfQuarter", day, err);
    return SG_OK;
}

/* Year, month and day; a day from the base is moved into a shorter month, one given is not. */
static sg_status build_month_date(struct sg_function_context *context,
                                  const struct temporal_fields *fields, int64_t year, int64_t month,
                                  int64_t base_day, int64_t *days, sg_error *err)
{
    int64_t day = number_or(fields, KEY_DAY, base_day);
    int last;

    if (month < 1 || month > 12)
        return out_of_range(context, "month", month, err);
    last = sg_month_days(year, (int) month);
    if (!fields->given[KEY_DAY] && day > last)
        day = last;
    if (day < 1 || day > last)
        return out_of_range(context, "day", day, err);
    *days = sg_days_from_civil(year, (int) month, day);
    return SG_OK;
}

sg_status sg_temporal_build_date(struct sg_function_context *context,
                                 const struct temporal_fields *fields,
                                 const struct temporal_parts *base, int64_t *days, sg_error *err)
{
    int64_t year = 0, quarter, base_month_number;
    int base_month = 1, base_day = 1;

    if (base->has_date)
        sg_civil_from_days(base->days, &year, &base_month, &base_day);
    else if (!fields->given[KEY_YEAR])
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "a date needs a year");
    year = number_or(fields, KEY_YEAR, year);
    if (year < -SG_YEAR_MAX || year > SG_YEAR_MAX)
        return out_of_range(context, "year", year, err);
    if (fields->given[KEY_WEEK] || fields->given[KEY_DAY_OF_WEEK])
        return build_week_date(context, fields, base->has_date, base->days, days, err);
    if (fields->given[KEY_ORDINAL_DAY])
        return build_ordinal_date(context, fields, year, days, err);
    if (!base->has_date && fields->given[KEY_DAY] && !fields->given[KEY_MONTH])
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "a day needs a month");
    quarter = number_or(fields, KEY_QUARTER, (base_month - 1) / 3 + 1);
    if (quarter < 1 || quarter > 4)
        return out_of_range(context, "quarter", quarter, err);
    if (fields->given[KEY_DAY_OF_QUARTER])
        return build_quarter_day(context, fields, year, quarter, days, err);
    base_month_number = (quarter - 1) * 3 + (base_month - 1) % 3 + 1;
    return build_month_date(context, fields, year, number_or(fields, KEY_MONTH, base_month_number),
                            base_day, days, err);
}

/* ---- times ---- */

/* Fractions of a second: each smaller unit counts within the next larger one that is given. */
static sg_status build_fraction(struct sg_function_context *context,
                                const struct temporal_fields *fields, int64_t base, int64_t *nanos,
                                sg_error *err)
{
    static const struct {
        int key;
        int64_t nanos;
    } units[] = {
        { KEY_MILLISECOND, 1000000 },
        { KEY_MICROSECOND, 1000 },
        { KEY_NANOSECOND, 1 },
    };
    int64_t room = SG_SECOND_NANOS;
    bool any = false;

    *nanos = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t number = fields->number[units[i].key];

        if (!fields->given[units[i].key])
            continue;
        if (number < 0 || number >= room / units[i].nanos)
            return out_of_range(context, key_names[units[i].key], number, err);
        *nanos += number * units[i].nanos;
        room = units[i].nanos;
        any = true;
    }
    if (!any)
        *nanos = base;
    return SG_OK;
}

sg_status sg_temporal_build_time(struct sg_function_context *context,
                                 const struct temporal_fields *fields,
                                 const struct temporal_parts *base, int64_t *nanos, sg_error *err)
{
    static const int64_t limits[] = { 24, 60, 60 };
    int64_t base_seconds = base->has_time ? base->nanos / SG_SECOND_NANOS : 0;
    int64_t parts[] = { base_seconds / 3600, base_seconds / 60 % 60, base_seconds % 60 };
    int64_t fraction;
    bool missing = false;
    sg_status status;

    for (int i = 0; i < 3; i++) {
        int key = KEY_HOUR + i;

        if (!fields->given[key]) {
            missing = !base->has_time;
            continue;
        }
        if (missing)
            return sg_function_refuse_value(context, err, "InvalidArgumentValue", "%s needs %s",
                                            key_names[key], key_names[key - 1]);
        parts[i] = fields->number[key];
        if (parts[i] < 0 || parts[i] >= limits[i])
            return out_of_range(context, key_names[key], parts[i], err);
    }
    status = build_fraction(context, fields, base->has_time ? base->nanos % SG_SECOND_NANOS : 0,
                            &fraction, err);
    *nanos = (parts[0] * 3600 + parts[1] * 60 + parts[2]) * SG_SECOND_NANOS + fraction;
    return status;
}

/* ---- zones ---- */

sg_status sg_temporal_build_zone(struct sg_function_context *context,
                                 const struct temporal_fields *fields, struct temporal_zone *zone,
                                 sg_error *err)
{
    sg_value v = fields->value[KEY_TIMEZONE];

    *zone = (struct temporal_zone){ 0 };
    if (!fields->given[KEY_TIMEZONE])
        return SG_OK;
    if (v.type != SG_STRING)
        return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentType",
                            "a timezone is a String, not a %s", sg_type_name((sg_type) v.type));
    zone->present = true;
    if (sg_zone_parse(context->arena, v.as.string, v.len, &zone->offset, &zone->name))
        return SG_OK;
    return sg_function_refuse_value(context, err, "InvalidArgumentValue", "unknown timezone '%.*s'",
                                    (int) v.len, v.as.string);
}
