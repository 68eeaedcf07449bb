#include <string.h>

#include "stance/temporal.h"

/* The parts of temporal values by name: date.weekYear, duration.minutesOfHour and so on. */

static bool is(const char *name, size_t len, const char *wanted)
{
    return strlen(wanted) == len && memcmp(name, wanted, len) == 0;
}

struct field {
    const char *name;
    int64_t (*get)(int64_t value);
};

/* ---- of a date (days since 1970) ---- */

static int64_t date_year(int64_t days)
{
    int64_t year;
    int month, day;

    sg_civil_from_days(days, &year, &month, &day);
    return year;
}

static int64_t date_month(int64_t days)
{
    int64_t year;
    int month, day;

    sg_civil_from_days(days, &year, &month, &day);
    return month;
}

static int64_t date_day(int64_t days)
{
    int64_t year;
    int month, day;

    sg_civil_from_days(days, &year, &month, &day);
    return day;
}

static int64_t date_quarter(int64_t days)
{
    return (date_month(days) - 1) / 3 + 1;
}

static int64_t date_week(int64_t days)
{
    int64_t week_year;

    return sg_iso_week(days, &week_year);
}

static int64_t date_week_year(int64_t days)
{
    int64_t week_year;

    (void) sg_iso_week(days, &week_year);
    return week_year;
}

static int64_t date_ordinal(int64_t days)
{
    return days - sg_days_from_civil(date_year(days), 1, 1) + 1;
}

static int64_t date_weekday(int64_t days)
{
    return sg_weekday(days);
}

static int64_t date_day_of_quarter(int64_t days)
{
    return days - sg_days_from_civil(date_year(days), (int) date_quarter(days) * 3 - 2, 1) + 1;
}

static const struct field date_fields[] = {
    { "year", date_year },          { "quarter", date_quarter },
    { "month", date_month },        { "week", date_week },
    { "weekYear", date_week_year }, { "day", date_day },
    { "ordinalDay", date_ordinal }, { "weekDay", date_weekday },
    { "dayOfWeek", date_weekday },  { "dayOfQuarter", date_day_of_quarter },
};

/* ---- of a time (nanoseconds of the day) ---- */

static int64_t time_hour(int64_t nanos)
{
    return nanos / SG_SECOND_NANOS / 3600;
}

static int64_t time_minute(int64_t nanos)
{
    return nanos / SG_SECOND_NANOS / 60 % 60;
}

static int64_t time_second(int64_t nanos)
{
    return nanos / SG_SECOND_NANOS % 60;
}

static int64_t time_millisecond(int64_t nanos)
{
    return nanos % SG_SECOND_NANOS / 1000000;
}

static int64_t time_microsecond(int64_t nanos)
{
    return nanos % SG_SECOND_NANOS / 1000;
}

static int64_t time_nanosecond(int64_t nanos)
{
    return nanos % SG_SECOND_NANOS;
}

static const struct field time_fields[] = {
    { "hour", time_hour },
    { "minute", time_minute },
    { "second", time_second },
    { "millisecond", time_millisecond },
    { "microsecond", time_microsecond },
    { "nanosecond", time_nanosecond },
};

static bool find_field(const struct field *fields, size_t count, int64_t value, const char *name,
                       size_t len, sg_value *out)
{
    for (size_t i = 0; i < count; i++) {
        if (is(name, len, fields[i].name)) {
            *out = sg_value_integer(fields[i].get(value));
            return true;
        }
    }
    return false;
}

static bool date_field(int64_t days, const char *name, size_t len, sg_value *out)
{
    return find_field(date_fields, sizeof date_fields / sizeof *date_fields, days, name, len, out);
}

static bool time_field(int64_t nanos, const char *name, size_t len, sg_value *out)
{
    return find_field(time_fields, sizeof time_fields / sizeof *time_fields, nanos, name, len, out);
}

/* ---- of zones ---- */

static sg_value offset_text(sg_arena *arena, int32_t offset)
{
    int seconds = offset < 0 ? -offset : offset;
    char sign = offset < 0 ? '-' : '+';

    if (offset == 0)
        return sg_value_text("Z");
    if (seconds % 60 != 0)
        return sg_value_text(sg_arena_printf(arena, "%c%02d:%02d:%02d", sign, seconds / 3600,
                                             seconds / 60 % 60, seconds % 60));
    return sg_value_text(
        sg_arena_printf(arena, "%c%02d:%02d", sign, seconds / 3600, seconds / 60 % 60));
}

static bool zone_field(sg_arena *arena, const sg_zoned *z, const char *name, size_t len,
                       sg_value *out)
{
    if (is(name, len, "timezone") && z->zone != NULL)
        *out = sg_value_text(z->zone);
    else if (is(name, len, "timezone") || is(name, len, "offset"))
        *out = offset_text(arena, z->offset);
    else if (is(name, len, "offsetMinutes"))
        *out = sg_value_integer(z->offset / 60);
    else if (is(name, len, "offsetSeconds"))
        *out = sg_value_integer(z->offset);
    else
        return false;
    return true;
}

static bool epoch_field(const sg_zoned *z, const char *name, size_t len, sg_value *out)
{
    if (is(name, len, "epochSeconds"))
        *out = sg_value_integer(sg_datetime_utc(z));
    else if (is(name, len, "epochMillis"))
        *out = sg_value_integer(sg_datetime_utc(z) * 1000 + z->nanos / 1000000);
    else
        return false;
    return true;
}

static bool datetime_field(sg_arena *arena, sg_value v, const char *name, size_t len, sg_value *out)
{
    const sg_zoned *z = v.as.zoned;
    int64_t time = sg_floor_modulo(z->seconds, SG_DAY_SECONDS) * SG_SECOND_NANOS + z->nanos;

    return date_field(sg_floor_divide(z->seconds, SG_DAY_SECONDS), name, len, out) ||
           time_field(time, name, len, out) ||
           (v.type == SG_DATETIME &&
            (zone_field(arena, z, name, len, out) || epoch_field(z, name, len, out)));
}

/* ---- of durations ---- */

/* Total and remainder counts; the nanos of a negative duration run towards plus infinity. */
static bool duration_field(const sg_duration *d, const char *name, size_t len, sg_value *out)
{
    const struct {
        const char *name;
        int64_t value;
    } fields[] = {
        { "years", d->months / 12 },
        { "quarters", d->months / 3 },
        { "months", d->months },
        { "weeks", d->days / 7 },
        { "days", d->days },
        { "hours", d->seconds / 3600 },
        { "minutes", d->seconds / 60 },
        { "seconds", d->seconds },
        { "quartersOfYear", d->months / 3 % 4 },
        { "monthsOfQuarter", d->months % 3 },
        { "monthsOfYear", d->months % 12 },
        { "daysOfWeek", d->days % 7 },
        { "minutesOfHour", d->seconds / 60 % 60 },
        { "secondsOfMinute", d->seconds % 60 },
        { "millisecondsOfSecond", d->nanos / 1000000 },
        { "microsecondsOfSecond", d->nanos / 1000 },
        { "nanosecondsOfSecond", d->nanos },
    };
    static const struct {
        const char *name;
        int64_t per_second;
    } totals[] = {
        { "milliseconds", 1000 },
        { "microseconds", 1000000 },
        { "nanoseconds", SG_SECOND_NANOS },
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (is(name, len, fields[i].name)) {
            *out = sg_value_integer(fields[i].value);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        int64_t total;

        if (!is(name, len, totals[i].name))
            continue;
        if (__builtin_mul_overflow(d->seconds, totals[i].per_second, &total) ||
            __builtin_add_overflow(total, d->nanos / (SG_SECOND_NANOS / totals[i].per_second),
                                   &total))
            return false;
        *out = sg_value_integer(total);
        return true;
    }
    return false;
}

bool sg_temporal_field(sg_arena *arena, sg_value v, const char *name, size_t len, sg_value *out)
{
    switch ((sg_type) v.type) {
    case SG_DATE:
        return date_field(v.as.integer, name, len, out);
    case SG_LOCAL_TIME:
        return time_field(v.as.integer, name, len, out);
    case SG_TIME:
        return time_field(v.as.zoned->nanos, name, len, out) ||
               zone_field(arena, v.as.zoned, name, len, out);
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
        return datetime_field(arena, v, name, len, out);
    case SG_DURATION:
        return duration_field(v.as.duration, name, len, out);
    default:
        return false;
    }
}
