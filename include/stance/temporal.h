#ifndef STANCE_TEMPORAL_H
#define STANCE_TEMPORAL_H

/* Dates, times, zoned date-times and durations: the proleptic Gregorian calendar (ISO 8601), the
 * forms openCypher reads and prints, duration arithmetic, and the system's time zone database. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"
#include "stance/strbuf.h"
#include "stance/value.h"

#define SG_DAY_NANOS    INT64_C(86400000000000)
#define SG_SECOND_NANOS INT64_C(1000000000)
#define SG_DAY_SECONDS  INT64_C(86400)
#define SG_YEAR_MAX     INT64_C(999999999)

/* ---- the calendar ---- */
bool sg_year_is_leap(int64_t year);
int sg_month_days(int64_t year, int month);
/* Days since 1970-01-01; the date need not be checked before, month 1 to 12. */
int64_t sg_days_from_civil(int64_t year, int month, int64_t day);
void sg_civil_from_days(int64_t days, int64_t *year, int *month, int *day);
int sg_weekday(int64_t days); /* 1 Monday to 7 Sunday */
/* ISO week date: the year the week belongs to and its number. */
int sg_iso_week(int64_t days, int64_t *week_year_out);
int64_t sg_days_from_week(int64_t week_year, int week, int weekday);
/* `months` later; a day that the month lacks becomes its last. */
int64_t sg_days_add_months(int64_t days, int64_t months);

/* Quotient and remainder towards minus infinity; `by` > 0. */
int64_t sg_floor_divide(int64_t value, int64_t by);
int64_t sg_floor_modulo(int64_t value, int64_t by);

/* ---- making values ---- */
sg_value sg_value_local_time(int64_t nanos_of_day);
sg_value sg_value_time(sg_arena *arena, int64_t nanos_of_day, int32_t offset);
sg_value sg_value_local_datetime(sg_arena *arena, int64_t seconds, int64_t nanos);
/* `seconds` are local; `zone` is borrowed and may be NULL. */
sg_value sg_value_datetime(sg_arena *arena, int64_t seconds, int64_t nanos, int32_t offset,
                           const char *zone);
/* Seconds and nanos may be of any size and sign; they are brought into the normal form. False
 * when that overflows. */
bool sg_duration_make(sg_arena *arena, int64_t months, int64_t days, int64_t seconds, int64_t nanos,
                      sg_value *out);

/* Parts that may have fractions: a fraction of a month becomes days (30.436875, the Gregorian
 * average), one of a day seconds; what is left below a nanosecond is rounded. */
struct sg_duration_parts {
    long double months;
    long double days;
    long double seconds;
    long double nanos;
};

#define SG_DURATION_PARTS_INIT                                                                     \
 {                                                                                                 \
  0, 0, 0, 0                                                                                       \
 }

bool sg_duration_from_parts(sg_arena *arena, const struct sg_duration_parts *parts, sg_value *out);

/* ---- forms ---- */

/* Appends the ISO form: 2016-01-12, 12:31:14.5, 12:00+01:00, 2016-01-12T09:30Z,
 * 2016-01-12T09:30+01:00[Europe/Stockholm], P1Y2M3DT4H5M6.7S. */
void sg_temporal_write(sg_strbuf *out, sg_value v);
/* Reads the forms openCypher takes for `type` (calendar, week, quarter and ordinal dates, basic
 * and extended). False when the text is none. A datetime without a zone gets UTC. */
bool sg_temporal_parse(sg_arena *arena, sg_type type, const char *text, size_t len, sg_value *out);
/* Part of a temporal value by its openCypher name (year, weekDay, epochMillis, minutesOfHour...).
 * False when the type has no such part. */
bool sg_temporal_field(sg_arena *arena, sg_value v, const char *name, size_t len, sg_value *out);

/* ---- arithmetic ---- */

/* temporal + sign * duration, for any temporal type but durations. False on overflow. */
bool sg_temporal_add(sg_arena *arena, sg_value v, const sg_duration *duration, int sign,
                     sg_value *out);
/* UTC seconds and nanos of a SG_DATETIME. */
int64_t sg_datetime_utc(const sg_zoned *z);

/* ---- time zones ---- */

/* Reads "Z", "+02:00", "-0205", "+02:05:59" or, when `named` is not NULL, a name of the time zone
 * database; then *named is the name in the arena and the offset is not set. */
bool sg_zone_parse(sg_arena *arena, const char *text, size_t len, int32_t *offset,
                   const char **named);
/* Seconds east of UTC of zone `name` at an instant. False when the zone is unknown. */
bool sg_zone_offset_at_utc(const char *name, int64_t utc_seconds, int32_t *offset);
/* The same for a local time; in an overlap the earlier offset, in a gap the one before it, and
 * *local_seconds is moved past the gap. `preferred`, if not NULL, wins in an overlap. */
bool sg_zone_offset_at_local(const char *name, int64_t *local_seconds, const int32_t *preferred,
                             int32_t *offset);

#endif
