#include <math.h>

#include "stance/temporal.h"

/* Making temporal values, and adding durations to them. Months are added first and a day that the
 * month lacks becomes its last, then days, then time, which for zoned values is time that passes
 * (CIP2015-08-06, "date and time"). */

/* Gregorian average: 365.2425 / 12 days */
#define MONTH_DAYS 30.436875L

sg_value sg_value_local_time(int64_t nanos_of_day)
{
    return (sg_value){ .type = SG_LOCAL_TIME, .as.integer = nanos_of_day };
}

static sg_value make_zoned(sg_arena *arena, sg_type type, sg_zoned zoned)
{
    sg_zoned *z = sg_arena_alloc(arena, sizeof *z);

    *z = zoned;
    return (sg_value){ .type = (uint8_t) type, .as.zoned = z };
}

sg_value sg_value_time(sg_arena *arena, int64_t nanos_of_day, int32_t offset)
{
    return make_zoned(arena, SG_TIME, (sg_zoned){ .nanos = nanos_of_day, .offset = offset });
}

sg_value sg_value_local_datetime(sg_arena *arena, int64_t seconds, int64_t nanos)
{
    return make_zoned(arena, SG_LOCAL_DATETIME, (sg_zoned){ .seconds = seconds, .nanos = nanos });
}

sg_value sg_value_datetime(sg_arena *arena, int64_t seconds, int64_t nanos, int32_t offset,
                           const char *zone)
{
    return make_zoned(arena, SG_DATETIME, (sg_zoned){ seconds, nanos, offset, zone });
}

int64_t sg_datetime_utc(const sg_zoned *z)
{
    return z->seconds - z->offset;
}

/* ---- durations ---- */

bool sg_duration_make(sg_arena *arena, int64_t months, int64_t days, int64_t seconds, int64_t nanos,
                      sg_value *out)
{
    sg_duration *d = sg_arena_alloc(arena, sizeof *d);

    d->months = months;
    d->days = days;
    d->nanos = sg_floor_modulo(nanos, SG_SECOND_NANOS);
    if (__builtin_add_overflow(seconds, sg_floor_divide(nanos, SG_SECOND_NANOS), &d->seconds))
        return false;
    *out = (sg_value){ .type = SG_DURATION, .as.duration = d };
    return true;
}

static bool fits(long double x)
{
    return isfinite(x) && fabsl(x) < 9.2e18L;
}

bool sg_duration_from_parts(sg_arena *arena, const struct sg_duration_parts *parts, sg_value *out)
{
    long double months = truncl(parts->months);
    long double days = parts->days + (parts->months - months) * MONTH_DAYS;
    long double whole_days = truncl(days);
    long double seconds = parts->seconds + (days - whole_days) * SG_DAY_SECONDS;
    long double whole_seconds = truncl(seconds);
    long double nanos = rintl(parts->nanos + (seconds - whole_seconds) * SG_SECOND_NANOS);

    if (!fits(months) || !fits(whole_days) || !fits(whole_seconds) || !fits(nanos))
        return false;
    return sg_duration_make(arena, (int64_t) months, (int64_t) whole_days, (int64_t) whole_seconds,
                            (int64_t) nanos, out);
}

/* ---- adding ---- */

static bool in_range(int64_t days)
{
    return days >= sg_days_from_civil(-SG_YEAR_MAX, 1, 1) &&
           days <= sg_days_from_civil(SG_YEAR_MAX, 12, 31);
}

static bool add_date(int64_t days, const sg_duration *d, int sign, int64_t *out)
{
    int64_t bound = 2 * SG_YEAR_MAX * 366;

    if (d->months > bound / 28 || d->months < -bound / 28 || d->days > bound || d->days < -bound)
        return false;
    *out = sg_days_add_months(days, sign * d->months) + sign * d->days;
    return in_range(*out);
}

static int64_t add_time_of_day(int64_t nanos_of_day, const sg_duration *d, int sign)
{
    int64_t seconds = sign * (d->seconds % SG_DAY_SECONDS);

    return sg_floor_modulo(nanos_of_day + seconds * SG_SECOND_NANOS + sign * d->nanos,
                           SG_DAY_NANOS);
}

/* Adds the time part to seconds and nanos. */
static bool add_seconds(int64_t *seconds, int64_t *nanos, const sg_duration *d, int sign)
{
    int64_t n = *nanos + sign * d->nanos;
    bool bad = sign > 0 ? __builtin_add_overflow(*seconds, d->seconds, seconds)
                        : __builtin_sub_overflow(*seconds, d->seconds, seconds);

    if (bad || __builtin_add_overflow(*seconds, sg_floor_divide(n, SG_SECOND_NANOS), seconds))
        return false;
    *nanos = sg_floor_modulo(n, SG_SECOND_NANOS);
    return in_range(sg_floor_divide(*seconds, SG_DAY_SECONDS));
}

static bool add_datetime(sg_arena *arena, sg_value v, const sg_duration *d, int sign, sg_value *out)
{
    sg_zoned z = *v.as.zoned;
    int64_t days, time = sg_floor_modulo(z.seconds, SG_DAY_SECONDS);
    int64_t utc;

    if (!add_date(sg_floor_divide(z.seconds, SG_DAY_SECONDS), d, sign, &days))
        return false;
    z.seconds = days * SG_DAY_SECONDS + time;
    if (z.zone != NULL) {
        int32_t before = z.offset;

        if (!sg_zone_offset_at_local(z.zone, &z.seconds, &before, &z.offset))
            return false;
    }
    utc = z.seconds - z.offset;
    if (!add_seconds(&utc, &z.nanos, d, sign))
        return false;
    if (z.zone != NULL && !sg_zone_offset_at_utc(z.zone, utc, &z.offset))
        return false;
    z.seconds = utc + z.offset;
    *out = make_zoned(arena, (sg_type) v.type, z);
    return true;
}

bool sg_temporal_add(sg_arena *arena, sg_value v, const sg_duration *duration, int sign,
                     sg_value *out)
{
    int64_t days;

    switch ((sg_type) v.type) {
    case SG_DATE:
        if (!add_date(v.as.integer, duration, sign, &days))
            return false;
        /* whole days of the time part count, the rest is dropped */
        days += sign * (duration->seconds / SG_DAY_SECONDS);
        *out = sg_value_date(days);
        return in_range(days);
    case SG_LOCAL_TIME:
        *out = sg_value_local_time(add_time_of_day(v.as.integer, duration, sign));
        return true;
    case SG_TIME:
        *out = sg_value_time(arena, add_time_of_day(v.as.zoned->nanos, duration, sign),
                             v.as.zoned->offset);
        return true;
    default:
        return add_datetime(arena, v, duration, sign, out);
    }
}
