#include <string.h>

#include "stance/temporal.h"

/* Reading the text forms of openCypher (CIP2015-08-06; ISO 8601 basic and extended):
 *   dates      2015-07-21 20150721 2015-07 201507 2015-W30-2 2015W302 2015-W30 2015-Q3-21
 *              2015-202 2015202 2015, with a sign and up to nine digits in the extended forms
 *   times      21:40:32.142 214032.142 21:40 2140 21
 *   zones      Z +01:00 +0100 +01 +01:00:30, then [Europe/Stockholm]
 *   durations  P1Y2M3W4DT5H6M7.8S and P2012-02-02T14:37:21.545 */

struct cursor {
    const char *at;
    const char *end;
};

static int peek(const struct cursor *c)
{
    return c->at < c->end ? (unsigned char) *c->at : -1;
}

static bool take(struct cursor *c, char wanted)
{
    if (peek(c) != wanted)
        return false;
    c->at++;
    return true;
}

static bool at_end(const struct cursor *c)
{
    return c->at == c->end;
}

static int digit_run(const struct cursor *c)
{
    const char *p = c->at;

    while (p < c->end && *p >= '0' && *p <= '9')
        p++;
    return p - c->at > 32 ? 32 : (int) (p - c->at);
}

/* Exactly `count` digits, at most 18. */
static bool take_digits(struct cursor *c, int count, int64_t *out)
{
    int64_t value = 0;

    if (digit_run(c) < count)
        return false;
    for (int i = 0; i < count; i++)
        value = value * 10 + (*c->at++ - '0');
    *out = value;
    return true;
}

/* ---- dates ---- */

static bool date_from_month(int64_t year, int64_t month, int64_t day, int64_t *out)
{
    if (month < 1 || month > 12 || day < 1 || day > sg_month_days(year, (int) month))
        return false;
    *out = sg_days_from_civil(year, (int) month, day);
    return true;
}

static bool date_from_ordinal(int64_t year, int64_t day, int64_t *out)
{
    if (day < 1 || day > (sg_year_is_leap(year) ? 366 : 365))
        return false;
    *out = sg_days_from_civil(year, 1, 1) + day - 1;
    return true;
}

static bool date_from_week(int64_t year, int64_t week, int64_t weekday, int64_t *out)
{
    int64_t week_year;

    if (week < 1 || week > 53 || weekday < 1 || weekday > 7)
        return false;
    *out = sg_days_from_week(year, (int) week, (int) weekday);
    (void) sg_iso_week(*out, &week_year);
    return week_year == year; /* not every year has a week 53 */
}

static bool date_from_quarter(int64_t year, int64_t quarter, int64_t day, int64_t *out)
{
    int64_t start, next;

    if (quarter < 1 || quarter > 4 || day < 1)
        return false;
    start = sg_days_from_civil(year, (int) quarter * 3 - 2, 1);
    next = sg_days_add_months(start, 3);
    *out = start + day - 1;
    return *out < next;
}

/* What follows the year and, in the extended form, its hyphen. */
static bool parse_after_year(struct cursor *c, int64_t year, bool hyphen, int64_t *days)
{
    int64_t a, b = 1;
    int run;

    if (take(c, 'W')) {
        if (!take_digits(c, 2, &a))
            return false;
        if (hyphen ? take(c, '-') : digit_run(c) > 0)
            if (!take_digits(c, 1, &b))
                return false;
        return date_from_week(year, a, b, days);
    }
    if (take(c, 'Q')) {
        if (!take_digits(c, 1, &a))
            return false;
        if (hyphen ? take(c, '-') : digit_run(c) > 0)
            if (!take_digits(c, 2, &b))
                return false;
        return date_from_quarter(year, a, b, days);
    }
    run = digit_run(c);
    if (run == 3)
        return take_digits(c, 3, &a) && date_from_ordinal(year, a, days);
    if (run != (hyphen ? 2 : 4) && run != 2)
        return false;
    (void) take_digits(c, 2, &a);
    if (hyphen ? take(c, '-') : run == 4)
        if (!take_digits(c, 2, &b))
            return false;
    return date_from_month(year, a, b, days);
}

static bool parse_date(struct cursor *c, int64_t *days)
{
    int sign = take(c, '-') ? -1 : take(c, '+') ? 1 : 0;
    int run = digit_run(c);
    int64_t year;

    if (sign == 0 ? run < 4 || run > 8 : run < 4 || run > 9)
        return false;
    if (!take_digits(c, sign == 0 ? 4 : run, &year))
        return false;
    if (sign < 0)
        year = -year;
    if (take(c, '-'))
        return parse_after_year(c, year, true, days);
    if (run > 4 && sign == 0 ? true : peek(c) == 'W' || peek(c) == 'Q')
        return parse_after_year(c, year, false, days);
    *days = sg_days_from_civil(year, 1, 1);
    return true;
}

/* ---- times ---- */

static bool parse_fraction(struct cursor *c, int64_t *nanos)
{
    int digits = 0;

    *nanos = 0;
    while (peek(c) >= '0' && peek(c) <= '9') {
        if (digits++ < 9)
            *nanos = *nanos * 10 + (*c->at - '0');
        c->at++;
    }
    for (int i = digits; i < 9; i++)
        *nanos *= 10;
    return digits > 0 && digits <= 9;
}

static bool parse_time(struct cursor *c, int64_t *nanos_of_day)
{
    int64_t hour, minute = 0, second = 0, nanos = 0;
    bool colon, more;

    if (!take_digits(c, 2, &hour))
        return false;
    colon = take(c, ':');
    if (colon || digit_run(c) > 0) {
        if (!take_digits(c, 2, &minute))
            return false;
        more = colon ? take(c, ':') : digit_run(c) > 0;
        if (more && !take_digits(c, 2, &second))
            return false;
        if (more && (take(c, '.') || take(c, ',')) && !parse_fraction(c, &nanos))
            return false;
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *nanos_of_day = (hour * 3600 + minute * 60 + second) * SG_SECOND_NANOS + nanos;
    return true;
}

/* Offset and zone name at the end of a time; what is missing is left alone. */
static bool parse_zone(sg_arena *arena, struct cursor *c, bool *has_offset, int32_t *offset,
                       const char **zone)
{
    const char *start = c->at;
    int32_t ignored;

    while (peek(c) >= 0 && peek(c) != '[')
        c->at++;
    *has_offset = c->at > start;
    if (*has_offset && !sg_zone_parse(arena, start, (size_t) (c->at - start), offset, NULL))
        return false;
    if (!take(c, '['))
        return true;
    start = c->at;
    while (peek(c) >= 0 && peek(c) != ']')
        c->at++;
    return sg_zone_parse(arena, start, (size_t) (c->at - start), &ignored, zone) && *zone != NULL &&
           take(c, ']');
}

static bool parse_zoned_time(sg_arena *arena, struct cursor *c, sg_value *out)
{
    int64_t nanos;
    int32_t offset = 0;
    bool has_offset;
    const char *zone = NULL;

    if (!parse_time(c, &nanos) || !parse_zone(arena, c, &has_offset, &offset, &zone) ||
        zone != NULL)
        return false;
    *out = sg_value_time(arena, nanos, offset);
    return true;
}

/* Date, and after a T or a space the time; without it midnight. */
static bool parse_date_and_time(struct cursor *c, int64_t *seconds, int64_t *nanos)
{
    int64_t days, time = 0;

    if (!parse_date(c, &days))
        return false;
    if ((take(c, 'T') || take(c, 't') || take(c, ' ')) && !parse_time(c, &time))
        return false;
    *seconds = days * SG_DAY_SECONDS + time / SG_SECOND_NANOS;
    *nanos = time % SG_SECOND_NANOS;
    return true;
}

static bool parse_datetime(sg_arena *arena, struct cursor *c, sg_value *out)
{
    int64_t seconds, nanos;
    int32_t offset = 0, wanted;
    bool has_offset;
    const char *zone = NULL;

    if (!parse_date_and_time(c, &seconds, &nanos) ||
        !parse_zone(arena, c, &has_offset, &offset, &zone))
        return false;
    if (zone != NULL) {
        wanted = offset;
        if (!sg_zone_offset_at_local(zone, &seconds, has_offset ? &wanted : NULL, &offset) ||
            (has_offset && offset != wanted))
            return false;
    }
    *out = sg_value_datetime(arena, seconds, nanos, offset, zone);
    return true;
}

/* ---- durations ---- */

/* A signed decimal number; the fraction is kept exact in nanos so that 0.3 s is 300,000,000 ns. */
static bool take_decimal(struct cursor *c, long double *out, long double *nanos)
{
    int sign = take(c, '-') ? -1 : 1;
    int64_t whole, fraction = 0;
    int run;

    if (sign > 0)
        (void) take(c, '+');
    run = digit_run(c);
    if (run == 0 || run > 18 || !take_digits(c, run, &whole))
        return false;
    if ((take(c, '.') || take(c, ',')) && !parse_fraction(c, &fraction))
        return false;
    *out = sign * ((long double) whole + (long double) fraction / SG_SECOND_NANOS);
    *nanos = (long double) (sign * fraction);
    return true;
}

/* Adds `count` of the unit; each unit once and in falling order, which `last` checks. */
static bool add_unit(struct sg_duration_parts *parts, char unit, bool time, long double count,
                     long double nanos, int *last)
{
    static const char order[] = "YMWDhms";
    static const char time_units[] = "HMS";
    const char *place;
    int rank;

    if (time) {
        place = strchr(time_units, unit);
        rank = place == NULL ? -1 : 4 + (int) (place - time_units);
    } else {
        place = strchr(order, unit);
        rank = place == NULL ? -1 : (int) (place - order);
    }
    if (rank <= *last || unit == '\0')
        return false;
    *last = rank;
    switch (order[rank]) {
    case 'Y':
        parts->months += count * 12;
        break;
    case 'M':
        parts->months += count;
        break;
    case 'W':
        parts->days += count * 7;
        break;
    case 'D':
        parts->days += count;
        break;
    case 'h':
        parts->seconds += count * 3600;
        break;
    case 'm':
        parts->seconds += count * 60;
        break;
    default:
        parts->seconds += count - nanos / SG_SECOND_NANOS;
        parts->nanos += nanos;
        break;
    }
    return true;
}

static bool parse_units(struct cursor *c, struct sg_duration_parts *parts)
{
    bool time = false, any = false;
    int last = -1;

    while (!at_end(c)) {
        long double count, nanos;

        if (!time && take(c, 'T')) {
            time = true;
            any = false;
            continue;
        }
        if (!take_decimal(c, &count, &nanos) || at_end(c))
            return false;
        if (!add_unit(parts, *c->at++, time, count, nanos, &last))
            return false;
        any = true;
    }
    return any;
}

/* P2012-02-02T14:37:21.545: units written as a date and a time */
static bool parse_date_form(struct cursor *c, struct sg_duration_parts *parts)
{
    int64_t years, months, days, seconds, time = 0;
    int sign = take(c, '-') ? -1 : 1;

    if (digit_run(c) != 4 || !take_digits(c, 4, &years) || !take(c, '-') ||
        !take_digits(c, 2, &months) || !take(c, '-') || !take_digits(c, 2, &days))
        return false;
    if (!at_end(c) && (!take(c, 'T') || !parse_time(c, &time)))
        return false;
    parts->months = (long double) (sign * (years * 12 + months));
    parts->days = (long double) (sign * days);
    seconds = sign * (time / SG_SECOND_NANOS);
    parts->seconds = (long double) seconds;
    parts->nanos = (long double) (sign * (time % SG_SECOND_NANOS));
    return at_end(c);
}

static bool parse_duration(sg_arena *arena, struct cursor *c, sg_value *out)
{
    struct sg_duration_parts parts = SG_DURATION_PARTS_INIT;
    struct sg_duration_parts none = SG_DURATION_PARTS_INIT;
    struct cursor again;

    if (!take(c, 'P'))
        return false;
    again = *c;
    if (parse_date_form(&again, &parts)) {
        c->at = c->end;
    } else {
        parts = none;
        if (!parse_units(c, &parts))
            return false;
    }
    return sg_duration_from_parts(arena, &parts, out);
}

/* ---- entry ---- */

bool sg_temporal_parse(sg_arena *arena, sg_type type, const char *text, size_t len, sg_value *out)
{
    struct cursor c = { text, text + len };
    int64_t a, b;
    bool ok;

    switch (type) {
    case SG_DATE:
        ok = parse_date(&c, &a);
        *out = sg_value_date(ok ? a : 0);
        break;
    case SG_LOCAL_TIME:
        ok = parse_time(&c, &a);
        *out = sg_value_local_time(ok ? a : 0);
        break;
    case SG_TIME:
        ok = parse_zoned_time(arena, &c, out);
        break;
    case SG_LOCAL_DATETIME:
        ok = parse_date_and_time(&c, &a, &b);
        if (ok)
            *out = sg_value_local_datetime(arena, a, b);
        break;
    case SG_DATETIME:
        ok = parse_datetime(arena, &c, out);
        break;
    case SG_DURATION:
        ok = parse_duration(arena, &c, out);
        break;
    default:
        ok = false;
        break;
    }
    if (ok && at_end(&c))
        return true;
    *out = sg_value_null();
    return false;
}
