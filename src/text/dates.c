/* Dates as newspapers and web pages print them.
 *
 * One reader for "13/02/2016", "2016-02-13", "13 February 2016" and "February 13, 2016" with or
 * without weekday; a numeric date is day first unless only month first is possible, because the
 * day-first order is the one of most countries. */

#include <string.h>

#include "stance/temporal.h"

#include "text_internal.h"

static const char *const months[12] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };

static const char *const weekdays[7] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

int32_t sg_date_day(int year, int month, int day)
{
    if (year < 1500 || year > 2500 || month < 1 || month > 12 || day < 1 ||
        day > sg_month_days(year, month))
        return SG_NO_DAY;
    return (int32_t) sg_days_from_civil(year, month, day);
}

/* A cursor over text[0, len). */
typedef struct reader {
    const char *text;
    size_t len;
    size_t at;
} reader;

static bool at_end(const reader *r)
{
    return r->at >= r->len;
}

static bool skip_spaces(reader *r)
{
    size_t before = r->at;

    while (!at_end(r)) {
        size_t gap = sg_text_gap(r->text, r->at, r->len);

        if (gap == 0)
            break;
        r->at += gap;
    }
    return r->at > before;
}

/* A number of at most `most` digits; returns how many it has, 0 if none or too many. */
static size_t read_number(reader *r, size_t most, int *value_out)
{
    size_t at = r->at;
    size_t digits = 0;
    int value = 0;

    while (at < r->len && sg_ascii_is_digit(r->text[at]) && digits <= most) {
        value = digits < 5 ? value * 10 + (r->text[at] - '0') : value;
        at++;
        digits++;
    }
    if (digits == 0 || digits > most)
        return 0;
    r->at = at;
    *value_out = value;
    return digits;
}

/* One of `names`, whole or cut to three letters or more ("Sept."); returns its number from 1. */
static int read_name(reader *r, const char *const *names, size_t count)
{
    size_t letters = 0;

    while (r->at + letters < r->len && sg_ascii_is_letter(r->text[r->at + letters]))
        letters++;
    if (letters < 3)
        return 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;

        while (k < letters && names[i][k] != '\0' &&
               sg_ascii_lower(r->text[r->at + k]) == names[i][k])
            k++;
        if (k != letters)
            continue;
        r->at += letters;
        if (!at_end(r) && r->text[r->at] == '.')
            r->at++;
        return (int) i + 1;
    }
    return 0;
}

static bool read_char(reader *r, char c)
{
    if (at_end(r) || r->text[r->at] != c)
        return false;
    r->at++;
    return true;
}

static void skip_ordinal(reader *r)
{
    static const char *const endings[] = { "st", "nd", "rd", "th" };

    for (size_t i = 0; i < 4; i++) {
        if (sg_text_has(r->text, r->at, r->len, endings[i])) {
            r->at += 2;
            return;
        }
    }
}

/* "13/02/2016", "13.02.2016", "13-02-16", "2016-02-13" */
static bool read_numeric(reader *r, int32_t *day_out)
{
    int a, b, c;
    char separator;
    size_t first = read_number(r, 4, &a);
    size_t last;

    if (first == 0 || first == 3 || at_end(r))
        return false;
    separator = r->text[r->at];
    if (separator != '/' && separator != '-' && separator != '.')
        return false;
    r->at++;
    if (read_number(r, 2, &b) == 0 || !read_char(r, separator))
        return false;
    last = read_number(r, first == 4 ? 2 : 4, &c);
    if (last == 0 || last == 3)
        return false;
    if (first == 4) {
        *day_out = sg_date_day(a, b, c);
        return *day_out != SG_NO_DAY;
    }
    if (last < 4 && separator != '/')
        return false;
    if (last < 4)
        c += c < 70 ? 2000 : 1900;
    *day_out = b <= 12 ? sg_date_day(c, b, a) : sg_date_day(c, a, b);
    return *day_out != SG_NO_DAY;
}

/* "13th of February, 2016" */
static bool read_day_month(reader *r, int32_t *day_out)
{
    int day, year, month;

    if (read_number(r, 2, &day) == 0)
        return false;
    skip_ordinal(r);
    if (!skip_spaces(r) && !read_char(r, '-'))
        return false;
    if (sg_text_has(r->text, r->at, r->len, "of ")) {
        r->at += 3;
        (void) skip_spaces(r);
    }
    month = read_name(r, months, 12);
    if (month == 0)
        return false;
    (void) read_char(r, ',');
    if (!skip_spaces(r) && !read_char(r, '-'))
        return false;
    if (read_number(r, 4, &year) != 4)
        return false;
    *day_out = sg_date_day(year, month, day);
    return *day_out != SG_NO_DAY;
}

/* "February 13th, 2016" */
static bool read_month_day(reader *r, int32_t *day_out)
{
    int month = read_name(r, months, 12);
    int day, year;

    if (month == 0 || !skip_spaces(r) || read_number(r, 2, &day) == 0)
        return false;
    skip_ordinal(r);
    (void) read_char(r, ',');
    if (!skip_spaces(r) || read_number(r, 4, &year) != 4)
        return false;
    *day_out = sg_date_day(year, month, day);
    return *day_out != SG_NO_DAY;
}

/* "T10:00:00.000+01:00" after an ISO date */
static void skip_iso_time(reader *r)
{
    if (at_end(r) || r->text[r->at] != 'T' || r->at + 1 >= r->len ||
        !sg_ascii_is_digit(r->text[r->at + 1]))
        return;
    r->at++;
    while (!at_end(r) &&
           (sg_ascii_is_digit(r->text[r->at]) || strchr(":.+-Z", r->text[r->at]) != NULL))
        r->at++;
}

size_t sg_date_parse(const char *text, size_t len, int32_t *day_out)
{
    static bool (*const forms[])(reader *, int32_t *) = { read_numeric, read_day_month,
                                                          read_month_day };
    reader r = { text, len, 0 };
    size_t from;

    *day_out = SG_NO_DAY;
    if (len == 0)
        return 0;
    if (read_name(&r, weekdays, 7) > 0) {
        (void) read_char(&r, ',');
        (void) skip_spaces(&r);
    } else {
        r.at = 0;
    }
    from = r.at;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        r.at = from;
        if (!forms[i](&r, day_out))
            continue;
        if (!at_end(&r) && (sg_ascii_is_digit(r.text[r.at])))
            continue;
        skip_iso_time(&r);
        return r.at;
    }
    *day_out = SG_NO_DAY;
    return 0;
}

/* "05:26", "5.26pm", "17h30" */
static bool skip_clock(reader *r)
{
    size_t before = r->at;
    int hour, minute;

    if (read_number(r, 2, &hour) > 0 && hour < 25) {
        bool minutes = (read_char(r, ':') || read_char(r, '.') || read_char(r, 'h')) &&
                       read_number(r, 2, &minute) == 2;

        if (minutes && read_char(r, ':'))
            (void) read_number(r, 2, &minute);
        (void) skip_spaces(r);
        if (sg_text_has(r->text, r->at, r->len, "am") ||
            sg_text_has(r->text, r->at, r->len, "pm")) {
            r->at += 2;
            return true;
        }
        if (sg_text_has(r->text, r->at, r->len, "a.m.") ||
            sg_text_has(r->text, r->at, r->len, "p.m.")) {
            r->at += 4;
            return true;
        }
        if (minutes)
            return true;
    }
    r->at = before;
    return false;
}

/* Words that stand around a date line's dates. */
static bool skip_filler(reader *r)
{
    static const char *const words[] = {
        "updated", "published", "posted", "modified", "created", "first", "last", "at",
        "on",      "date",      "gmt",    "bst",      "utc",     "est",   "edt",  "et",
        "pst",     "pdt",       "pt",     "cet",      "cest",    "ist",   "aest", "aedt",
        "cst",     "cdt",       "mst",    "mdt",      "z",       "a",     "p",    "m",
        "noon",    "ago",       "edited", "wed",      "time",
    };
    size_t letters = 0;

    while (r->at + letters < r->len && sg_ascii_is_letter(r->text[r->at + letters]))
        letters++;
    for (size_t i = 0; letters > 0 && i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == letters && sg_text_has(r->text, r->at, r->len, words[i])) {
            r->at += letters;
            return true;
        }
    }
    return false;
}

bool sg_date_is_dateline(const char *text, size_t len, int32_t *day_out, sg_slice *where_out)
{
    reader r = { text, len, 0 };
    bool found = false;

    if (len > 160)
        return false;
    while (!at_end(&r)) {
        int32_t day;
        size_t used;

        if (skip_spaces(&r))
            continue;
        used = sg_date_parse(text + r.at, len - r.at, &day);
        if (used > 0) {
            if (!found) {
                *day_out = day;
                *where_out = (sg_slice){ (uint32_t) r.at, (uint32_t) (r.at + used) };
                found = true;
            }
            r.at += used;
            continue;
        }
        if (skip_clock(&r) || skip_filler(&r))
            continue;
        if (strchr("|,:;-()/.", text[r.at]) != NULL) {
            r.at++;
        } else if (len - r.at >= 3 && (memcmp(text + r.at, "\xE2\x80\x93", 3) == 0 ||
                                       memcmp(text + r.at, "\xE2\x80\x94", 3) == 0 ||
                                       memcmp(text + r.at, "\xE2\x80\xA2", 3) == 0)) {
            r.at += 3;
        } else if (len - r.at >= 2 && memcmp(text + r.at, "\xC2\xB7", 2) == 0) {
            r.at += 2;
        } else {
            return false;
        }
    }
    return found;
}

/* Past the bracket of the date, "(Reuters)" and the dash or colon that ends an opening; 0 if there
 * is none. */
static size_t end_of_opening(const char *text, size_t at, size_t len)
{
    static const char *const ends[] = { "\xE2\x80\x94", "\xE2\x80\x93", "-", ":" };

    for (; at < len && (text[at] == ' ' || text[at] == ')'); at++)
        ;
    if (at < len && text[at] == '(') {
        const char *close = memchr(text + at, ')', len - at);

        if (close == NULL)
            return 0;
        for (at = (size_t) (close - text) + 1; at < len && text[at] == ' '; at++)
            ;
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const size_t n = strlen(ends[i]);

        if (len - at >= n && memcmp(text + at, ends[i], n) == 0)
            return at + n;
    }
    return 0;
}

bool sg_date_opens(const char *text, size_t len, int32_t *day_out, sg_slice *where_out)
{
    const size_t reach = len < 80 ? len : 80;

    if (len == 0 || !sg_ascii_is_upper(text[0]))
        return false;
    for (size_t at = 0; at < reach; at++) {
        size_t used;

        if ((at > 0 && text[at - 1] != ' ' && text[at - 1] != '(') ||
            (used = sg_date_parse(text + at, len - at, day_out)) == 0)
            continue;
        *where_out = (sg_slice){ (uint32_t) at, (uint32_t) (at + used) };
        return end_of_opening(text, at + used, len) > 0;
    }
    return false;
}
