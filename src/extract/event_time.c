#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/temporal.h"

#include "event_internal.h"

/* Time expressions, read word by word and resolved against the day of publication. */

static const char *const weekdays[] = { "monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday" };
static const char *const months[] = { "january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december" };

static int index_of(const char *text, const char *const *words, int count)
{
    size_t n = strlen(text);

    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
        /* "Sept.", "Jan", "Wed" */
        if (n >= 3 && n <= 5 && strncmp(words[i], text, text[n - 1] == '.' ? n - 1 : n) == 0 &&
            (n >= 4 || text[n - 1] != '.'))
            return i;
    }
    return -1;
}

static int month_at(const sg_reading *r, uint32_t word)
{
    if (word >= r->word_count || !sg_word_is_capital(r, word))
        return -1;
    return index_of(r->lower[word], months, 12);
}

static int number_at(const sg_reading *r, uint32_t word)
{
    const char *text = word < r->word_count ? r->lower[word] : "";
    char *end;
    long value = strtol(text, &end, 10);

    if (end == text || value < 0 || value > 9999)
        return -1;
    if (*end != '\0' && strcmp(end, "st") != 0 && strcmp(end, "nd") != 0 &&
        strcmp(end, "rd") != 0 && strcmp(end, "th") != 0)
        return -1;
    return (int) value;
}

static bool is_year(int number)
{
    return number >= 1800 && number <= 2100;
}

static bool before_is(const sg_reading *r, uint32_t word, const char *text)
{
    return word > 0 && sg_word_is(r, word - 1, text);
}

static void set_day(sg_time *time, int64_t day)
{
    int64_t year;
    int month;
    int day_of_month;

    sg_civil_from_days(day, &year, &month, &day_of_month);
    (void) snprintf(time->date, sizeof time->date, "%04d-%02d-%02d", (int) year % 10000, month,
                    day_of_month);
    time->day = day;
    time->relative = true;
}

/* The year for a month without one: the nearest, or the nearest behind or ahead. */
static int year_of(const sg_reading *r, int month, sg_tense tense)
{
    int64_t year;
    int now;
    int day;
    int ahead;

    if (r->document->day == SG_NO_DAY)
        return -1;
    sg_civil_from_days(r->document->day, &year, &now, &day);
    ahead = month - now;
    if ((tense == SG_TENSE_FUTURE && ahead < 0) || (tense == SG_TENSE_UNKNOWN && ahead < -6))
        return (int) year + 1;
    if ((tense == SG_TENSE_PAST && ahead > 0) || (tense == SG_TENSE_UNKNOWN && ahead > 6))
        return (int) year - 1;
    return (int) year;
}

/* "6th and 26th of April": the word past the joined numbers that follow the one at `word`. */
static uint32_t past_joined_days(const sg_reading *r, uint32_t word)
{
    uint32_t past = word + 1;

    while (past + 1 < r->word_count && (sg_word_is(r, past, ",") || sg_word_is(r, past, "and")) &&
           number_at(r, past + 1) >= 1 && number_at(r, past + 1) <= 31 && month_at(r, past + 1) < 0)
        past += 2;
    return past;
}

static bool month_and_day(const sg_reading *r, uint32_t word, sg_tense tense, sg_time *time)
{
    int month = month_at(r, word);
    int day = -1;
    int year = -1;
    uint32_t past = word + 1;

    if (month >= 0) { /* January 12, 2016 */
        day = number_at(r, past);
        if (day >= 1 && day <= 31)
            past++;
        else
            day = -1;
    } else { /* 12 January 2016 */
        uint32_t joined = past_joined_days(r, word);
        uint32_t at = joined;

        day = number_at(r, word);
        if (at < r->word_count && sg_word_is(r, at, "of"))
            at++;
        month = day >= 1 && day <= 31 ? month_at(r, at) : -1;
        if (month < 0)
            return false;
        past = joined > word + 1 ? word + 1 : at + 1;
    }
    if (past + 1 < r->word_count && sg_word_is(r, past, ",") && is_year(number_at(r, past + 1)))
        past++;
    if (is_year(number_at(r, past)))
        year = number_at(r, past++);
    if (year < 0 && day < 0 && sg_word_is(r, word, "may") && !before_is(r, word, "in") &&
        !before_is(r, word, "last"))
        return false; /* the verb */
    time->relative = year < 0;
    if (year < 0)
        year = year_of(r, month + 1, tense);
    if (year >= 0 && day > 0) {
        (void) snprintf(time->date, sizeof time->date, "%04d-%02d-%02d", year % 10000, month + 1,
                        day);
        time->day = sg_days_from_civil(year, month + 1, day);
    } else if (year >= 0) {
        (void) snprintf(time->date, sizeof time->date, "%04d-%02d", year % 10000, month + 1);
    } else if (day > 0) {
        (void) snprintf(time->date, sizeof time->date, "--%02d-%02d", month + 1, day);
    } else {
        return false;
    }
    time->past = past;
    return true;
}

static bool weekday(const sg_reading *r, uint32_t word, sg_tense tense, sg_time *time)
{
    int wanted = sg_word_is_capital(r, word) ? index_of(r->lower[word], weekdays, 7) : -1;
    int64_t day = r->document->day;
    int64_t ago;

    if (wanted < 0)
        return false;
    /* "Friday 12 January", "Friday, January 12": the date says more. */
    if (month_and_day(r, word + 1, tense, time) ||
        (sg_word_is(r, word + 1, ",") && month_and_day(r, word + 2, tense, time)))
        return true;
    if (day == SG_NO_DAY)
        return false;
    ago = sg_weekday(day) - 1 - wanted;
    if (ago < 0)
        ago += 7;
    if (before_is(r, word, "next") || (tense == SG_TENSE_FUTURE && ago > 0))
        set_day(time, day - ago + 7);
    else if (before_is(r, word, "last") && ago == 0)
        set_day(time, day - 7);
    else
        set_day(time, day - ago);
    time->past = word + 1;
    return true;
}

static bool near_day(const sg_reading *r, uint32_t word, sg_time *time)
{
    static const struct {
        const char *word;
        int days;
    } days[] = { { "today", 0 }, { "tonight", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };

    if (r->document->day == SG_NO_DAY)
        return false;
    time->past = word + 1;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (sg_word_is(r, word, days[i].word)) {
            set_day(time, r->document->day + days[i].days);
            return true;
        }
    }
    if (word + 1 >= r->word_count)
        return false;
    time->past = word + 2;
    if (sg_word_is(r, word, "last") && sg_word_is(r, word + 1, "night")) {
        set_day(time, r->document->day - 1);
        return true;
    }
    if (sg_word_is(r, word, "this") &&
        (sg_word_is(r, word + 1, "morning") || sg_word_is(r, word + 1, "afternoon") ||
         sg_word_is(r, word + 1, "evening"))) {
        set_day(time, r->document->day);
        return true;
    }
    return false;
}

/* "last month", "this year", "next month", "earlier in the month". */
static bool near_period(const sg_reading *r, uint32_t word, sg_time *time)
{
    int64_t year;
    int month;
    int day;
    int step;

    if (word + 1 >= r->word_count || r->document->day == SG_NO_DAY)
        return false;
    if (sg_word_is(r, word, "last"))
        step = -1;
    else if (sg_word_is(r, word, "next"))
        step = 1;
    else if (sg_word_is(r, word, "this") ||
             (sg_word_is(r, word, "the") && before_is(r, word, "in") && word > 1 &&
              sg_word_is(r, word - 2, "earlier")))
        step = 0;
    else
        return false;
    sg_civil_from_days(r->document->day, &year, &month, &day);
    if (sg_word_is(r, word + 1, "month")) {
        month += step;
        if (month < 1 || month > 12) {
            year += step;
            month -= 12 * step;
        }
        (void) snprintf(time->date, sizeof time->date, "%04d-%02d", (int) year % 10000, month);
    } else if (sg_word_is(r, word + 1, "year")) {
        (void) snprintf(time->date, sizeof time->date, "%04d", (int) (year + step) % 10000);
    } else {
        return false;
    }
    time->relative = true;
    time->past = word + 2;
    return true;
}

static bool bare_year(const sg_reading *r, uint32_t word, sg_time *time)
{
    int year = number_at(r, word);

    static const char *const clocks[] = { "utc", "gmt", "hours", "hrs" };

    if (!is_year(year) || strlen(r->lower[word]) != 4 ||
        (word + 1 < r->word_count && SG_IS_ONE_OF(r->lower[word + 1], clocks)))
        return false;
    if (!before_is(r, word, "in") && !before_is(r, word, "since") && !before_is(r, word, "of") &&
        !sg_word_is_rel(r, word, SG_NUMMOD) && !sg_word_is_rel(r, word, SG_COMPOUND))
        return false;
    (void) snprintf(time->date, sizeof time->date, "%04d", year);
    time->relative = false;
    time->past = word + 1;
    return true;
}

/* "the next day", "a day earlier", "the same evening": counted from the day told last. */
bool sg_time_counted_at(const sg_reading *r, uint32_t word, int64_t told, sg_time *time)
{
    static const struct {
        const char *before; /* of "day", or of "later" and "earlier" */
        const char *after;
        int days;
    } forms[] = { { "next", "day", 1 },      { "following", "day", 1 }, { "same", "day", 0 },
                  { "same", "evening", 0 },  { "day", "later", 1 },     { "day", "earlier", -1 },
                  { "previous", "day", -1 }, { "day", "before", -1 } };

    if (told == SG_NO_DAY || word + 1 >= r->word_count)
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!sg_word_is(r, word, forms[i].before) || !sg_word_is(r, word + 1, forms[i].after) ||
            (!before_is(r, word, "the") && !before_is(r, word, "a")))
            continue;
        set_day(time, told + forms[i].days);
        time->first = word;
        time->past = word + 2;
        time->relative = false;
        return true;
    }
    return false;
}

bool sg_time_at(const sg_reading *r, uint32_t word, sg_tense tense, sg_time *time)
{
    time->first = word;
    time->day = SG_NO_DAY;
    if (word + 1 < r->word_count && weekday(r, word, tense, time))
        return true;
    return near_day(r, word, time) || near_period(r, word, time) ||
           month_and_day(r, word, tense, time) || bare_year(r, word, time);
}
