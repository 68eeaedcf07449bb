#include "stance/temporal.h"

/* The proleptic Gregorian calendar of ISO 8601. Days to dates and back after Howard Hinnant,
 * "chrono-compatible low-level date algorithms" (public domain): years run from March, so that the
 * leap day is the last of its year, in eras of 400 years = 146,097 days. */

int64_t sg_floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

int64_t sg_floor_modulo(int64_t value, int64_t by)
{
    int64_t rest = value % by;

    return rest < 0 ? rest + by : rest;
}

bool sg_year_is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int sg_month_days(int64_t year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && sg_year_is_leap(year) ? 29 : days[month - 1];
}

int64_t sg_days_from_civil(int64_t year, int month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = sg_floor_divide(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468 + day - 1;
}

void sg_civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    int64_t z = days + 719468;
    int64_t era = sg_floor_divide(z, 146097);
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;

    *day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *year = era * 400 + year_of_era + (*month <= 2);
}

int sg_weekday(int64_t days)
{
    return (int) sg_floor_modulo(days + 3, 7) + 1; /* 1970-01-01 was a Thursday */
}

/* A week belongs to the year of its Thursday. */
int sg_iso_week(int64_t days, int64_t *week_year_out)
{
    int64_t thursday = days - sg_weekday(days) + 4;
    int month, day;

    sg_civil_from_days(thursday, week_year_out, &month, &day);
    return (int) ((thursday - sg_days_from_civil(*week_year_out, 1, 1)) / 7) + 1;
}

/* 4 January is always in week 1. */
int64_t sg_days_from_week(int64_t week_year, int week, int weekday)
{
    int64_t fourth = sg_days_from_civil(week_year, 1, 4);

    return fourth - sg_weekday(fourth) + 1 + (int64_t) (week - 1) * 7 + (weekday - 1);
}

int64_t sg_days_add_months(int64_t days, int64_t months)
{
    int64_t year, total;
    int month, day, last;

    sg_civil_from_days(days, &year, &month, &day);
    total = year * 12 + (month - 1) + months;
    year = sg_floor_divide(total, 12);
    month = (int) sg_floor_modulo(total, 12) + 1;
    last = sg_month_days(year, month);
    return sg_days_from_civil(year, month, day > last ? last : day);
}
