#include "stance/temporal.h"

/* The printed forms of temporal values: ISO 8601 as java.time prints it, which the openCypher TCK
 * expects: seconds only when needed, fractions without zeros at the end, a sign before years of
 * more than four digits. */

static void write_date(sg_strbuf *out, int64_t days)
{
    int64_t year;
    int month, day;

    sg_civil_from_days(days, &year, &month, &day);
    if (year > 9999)
        sg_strbuf_printf(out, "+%lld", (long long) year);
    else if (year < 0)
        sg_strbuf_printf(out, "-%04lld", (long long) -year);
    else
        sg_strbuf_printf(out, "%04lld", (long long) year);
    sg_strbuf_printf(out, "-%02d-%02d", month, day);
}

static void write_fraction(sg_strbuf *out, int64_t nanos)
{
    int digits = 9;

    if (nanos == 0)
        return;
    while (nanos % 10 == 0) {
        nanos /= 10;
        digits--;
    }
    sg_strbuf_printf(out, ".%0*lld", digits, (long long) nanos);
}

static void write_time(sg_strbuf *out, int64_t nanos_of_day)
{
    int64_t seconds = nanos_of_day / SG_SECOND_NANOS;
    int64_t nanos = nanos_of_day % SG_SECOND_NANOS;

    sg_strbuf_printf(out, "%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60));
    if (seconds % 60 != 0 || nanos != 0)
        sg_strbuf_printf(out, ":%02d", (int) (seconds % 60));
    write_fraction(out, nanos);
}

static void write_offset(sg_strbuf *out, int32_t offset)
{
    int seconds = offset < 0 ? -offset : offset;

    if (offset == 0) {
        sg_strbuf_putc(out, 'Z');
        return;
    }
    sg_strbuf_printf(out, "%c%02d:%02d", offset < 0 ? '-' : '+', seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0)
        sg_strbuf_printf(out, ":%02d", seconds % 60);
}

static void write_datetime(sg_strbuf *out, const sg_zoned *z)
{
    write_date(out, sg_floor_divide(z->seconds, SG_DAY_SECONDS));
    sg_strbuf_putc(out, 'T');
    write_time(out, sg_floor_modulo(z->seconds, SG_DAY_SECONDS) * SG_SECOND_NANOS + z->nanos);
}

static void write_unit(sg_strbuf *out, int64_t count, char unit)
{
    if (count != 0)
        sg_strbuf_printf(out, "%lld%c", (long long) count, unit);
}

/* Seconds of a duration and the nanos that go towards the same sign. */
static void write_duration_time(sg_strbuf *out, int64_t seconds, int64_t nanos)
{
    bool negative = seconds < 0;

    if (seconds == 0 && nanos == 0)
        return;
    if (negative && nanos > 0) {
        seconds++;
        nanos = SG_SECOND_NANOS - nanos;
    }
    sg_strbuf_putc(out, 'T');
    write_unit(out, seconds / 3600, 'H');
    write_unit(out, seconds / 60 % 60, 'M');
    if (seconds % 60 == 0 && nanos == 0)
        return;
    if (negative)
        sg_strbuf_putc(out, '-');
    sg_strbuf_printf(out, "%d", (int) (negative ? -(seconds % 60) : seconds % 60));
    write_fraction(out, nanos);
    sg_strbuf_putc(out, 'S');
}

static void write_duration(sg_strbuf *out, const sg_duration *d)
{
    if (d->months == 0 && d->days == 0 && d->seconds == 0 && d->nanos == 0) {
        sg_strbuf_puts(out, "PT0S");
        return;
    }
    sg_strbuf_putc(out, 'P');
    write_unit(out, d->months / 12, 'Y');
    write_unit(out, d->months % 12, 'M');
    write_unit(out, d->days, 'D');
    write_duration_time(out, d->seconds, d->nanos);
}

void sg_temporal_write(sg_strbuf *out, sg_value v)
{
    switch ((sg_type) v.type) {
    case SG_DATE:
        write_date(out, v.as.integer);
        break;
    case SG_LOCAL_TIME:
        write_time(out, v.as.integer);
        break;
    case SG_TIME:
        write_time(out, v.as.zoned->nanos);
        write_offset(out, v.as.zoned->offset);
        break;
    case SG_LOCAL_DATETIME:
        write_datetime(out, v.as.zoned);
        break;
    case SG_DATETIME:
        write_datetime(out, v.as.zoned);
        write_offset(out, v.as.zoned->offset);
        if (v.as.zoned->zone != NULL)
            sg_strbuf_printf(out, "[%s]", v.as.zoned->zone);
        break;
    case SG_DURATION:
        write_duration(out, v.as.duration);
        break;
    default:
        break;
    }
}
