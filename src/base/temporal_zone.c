#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"
#include "stance/temporal.h"

/* Time zones from the system's database, read without touching TZ or the C library's state.
 * File format: RFC 8536 (TZif). The 64-bit block of version 2 and later is used: transition
 * times, the type of local time after each, and a POSIX TZ string for all time after the last.
 *
 *   header v1 | v1 data | header v2 | times[] | type index[] | types{offset, dst, name}[] | ...
 *             | "\n" POSIX TZ "\n"
 *
 * Loaded zones are kept for the life of the program behind a lock. */

#define ZONE_FOLDER   "/usr/share/zoneinfo"
#define ZONE_NAME_MAX 64
#define ZONE_FILE_MAX (1 << 20)
#define HEADER_SIZE   44

/* "M3.5.0/2": the time at which a POSIX rule changes the offset each year. */
struct rule {
    char kind; /* 'M' month.week.day, 'J' day 1-365 without leap day, 'N' day 0-365 */
    int month, week, day;
    int32_t time; /* seconds after midnight, local */
};

struct zone {
    char name[ZONE_NAME_MAX];
    const struct zone *past; /* whose offsets hold before 1970; NULL: its own */
    size_t count;
    int64_t *times;   /* UTC */
    int32_t *offsets; /* after each time */
    int32_t first;    /* before the first time */
    bool has_rules;   /* the tail string has two offsets */
    bool has_tail;
    int32_t standard, daylight;
    struct rule start, end;
    struct zone *next;
};

/* ---- the POSIX TZ string ---- */

struct cursor {
    const char *text;
    const char *end;
};

static int peek(const struct cursor *c)
{
    return c->text < c->end ? (unsigned char) *c->text : -1;
}

static bool take(struct cursor *c, char wanted)
{
    if (peek(c) != wanted)
        return false;
    c->text++;
    return true;
}

static bool take_number(struct cursor *c, int max, int *out)
{
    int value = 0, digits = 0;

    while (peek(c) >= '0' && peek(c) <= '9' && digits < 4) {
        value = value * 10 + (*c->text++ - '0');
        digits++;
    }
    *out = value;
    return digits > 0 && value <= max;
}

/* [+-]hh[:mm[:ss]], hh up to 167 (RFC 8536, 3.3.1) */
static bool take_offset(struct cursor *c, int32_t *out)
{
    int hours, minutes = 0, seconds = 0;
    int sign = take(c, '-') ? -1 : 1;

    if (sign > 0)
        (void) take(c, '+');
    if (!take_number(c, 167, &hours))
        return false;
    if (take(c, ':') && !take_number(c, 59, &minutes))
        return false;
    if (take(c, ':') && !take_number(c, 59, &seconds))
        return false;
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return true;
}

static bool take_abbreviation(struct cursor *c)
{
    const char *start = c->text;

    if (take(c, '<')) {
        while (peek(c) >= 0 && peek(c) != '>')
            c->text++;
        return take(c, '>');
    }
    while ((peek(c) >= 'A' && peek(c) <= 'Z') || (peek(c) >= 'a' && peek(c) <= 'z'))
        c->text++;
    return c->text - start >= 3;
}

static bool take_rule(struct cursor *c, struct rule *rule)
{
    bool ok;

    rule->time = 7200;
    if (take(c, 'M')) {
        rule->kind = 'M';
        ok = take_number(c, 12, &rule->month) && rule->month >= 1 && take(c, '.') &&
             take_number(c, 5, &rule->week) && rule->week >= 1 && take(c, '.') &&
             take_number(c, 6, &rule->day);
    } else if (take(c, 'J')) {
        rule->kind = 'J';
        ok = take_number(c, 365, &rule->day) && rule->day >= 1;
    } else {
        rule->kind = 'N';
        ok = take_number(c, 365, &rule->day);
    }
    return ok && (!take(c, '/') || take_offset(c, &rule->time));
}

/* POSIX counts offsets west of Greenwich, hence the signs. */
static void parse_tail(struct zone *zone, const char *text, size_t len)
{
    struct cursor c = { text, text + len };
    int32_t offset;

    if (!take_abbreviation(&c) || !take_offset(&c, &offset))
        return;
    zone->standard = -offset;
    zone->has_tail = true;
    if (peek(&c) < 0 || !take_abbreviation(&c))
        return;
    zone->daylight = zone->standard + 3600;
    if (peek(&c) != ',') {
        if (!take_offset(&c, &offset))
            return;
        zone->daylight = -offset;
    }
    zone->has_rules =
        take(&c, ',') && take_rule(&c, &zone->start) && take(&c, ',') && take_rule(&c, &zone->end);
}

/* Local seconds since 1970 at which the rule falls in `year`. */
static int64_t rule_seconds(const struct rule *rule, int64_t year)
{
    int64_t days;

    if (rule->kind == 'M') {
        int64_t first = sg_days_from_civil(year, rule->month, 1);
        int first_weekday = sg_weekday(first) % 7; /* Sunday 0 */
        int64_t day = (rule->day - first_weekday + 7) % 7 + (int64_t) (rule->week - 1) * 7;

        while (day >= sg_month_days(year, rule->month))
            day -= 7;
        days = first + day;
    } else {
        days = sg_days_from_civil(year, 1, 1) + rule->day;
        if (rule->kind == 'J' && !(sg_year_is_leap(year) && rule->day >= 60))
            days--;
    }
    return days * SG_DAY_SECONDS + rule->time;
}

static int32_t tail_offset(const struct zone *zone, int64_t utc)
{
    int64_t year, start, end;
    int month, day;

    if (!zone->has_rules)
        return zone->standard;
    sg_civil_from_days(sg_floor_divide(utc + zone->standard, SG_DAY_SECONDS), &year, &month, &day);
    start = rule_seconds(&zone->start, year) - zone->standard;
    end = rule_seconds(&zone->end, year) - zone->daylight;
    if (start < end)
        return utc >= start && utc < end ? zone->daylight : zone->standard;
    return utc >= start || utc < end ? zone->daylight : zone->standard;
}

/* ---- the file ---- */

static uint32_t big32(const unsigned char *p)
{
    return (uint32_t) p[0] << 24 | (uint32_t) p[1] << 16 | (uint32_t) p[2] << 8 | p[3];
}

static int64_t big64(const unsigned char *p)
{
    return (int64_t) ((uint64_t) big32(p) << 32 | big32(p + 4));
}

/* The six counts of a header and the bytes its data takes with times of `time_size` bytes. */
struct header {
    uint64_t is_utc, is_std, leap, time, type, chars;
    uint64_t data_size;
};

static bool read_header(const unsigned char *data, size_t len, unsigned time_size, struct header *h)
{
    if (len < HEADER_SIZE || memcmp(data, "TZif", 4) != 0)
        return false;
    h->is_utc = big32(data + 20);
    h->is_std = big32(data + 24);
    h->leap = big32(data + 28);
    h->time = big32(data + 32);
    h->type = big32(data + 36);
    h->chars = big32(data + 40);
    h->data_size = h->time * (time_size + 1) + h->type * 6 + h->chars + h->leap * (time_size + 4) +
                   h->is_std + h->is_utc;
    return h->type > 0 && h->data_size <= len - HEADER_SIZE;
}

/* False when the file is damaged: counts that do not fit, or a type index out of range. */
static bool parse_zone(struct zone *zone, const unsigned char *data, size_t len)
{
    struct header h;
    const unsigned char *times, *indices, *types, *tail;

    if (!read_header(data, len, 4, &h) || data[4] < '2')
        return false;
    data += HEADER_SIZE + h.data_size;
    len -= HEADER_SIZE + h.data_size;
    if (!read_header(data, len, 8, &h))
        return false;
    times = data + HEADER_SIZE;
    indices = times + h.time * 8;
    types = indices + h.time;
    tail = data + HEADER_SIZE + h.data_size;
    len -= HEADER_SIZE + h.data_size;
    zone->count = (size_t) h.time;
    zone->times = sg_calloc(zone->count, sizeof *zone->times);
    zone->offsets = sg_calloc(zone->count, sizeof *zone->offsets);
    zone->first = (int32_t) big32(types);
    for (size_t i = 0; i < zone->count; i++) {
        if (indices[i] >= h.type)
            return false;
        zone->times[i] = big64(times + i * 8);
        zone->offsets[i] = (int32_t) big32(types + (size_t) indices[i] * 6);
        if (i > 0 && zone->times[i] <= zone->times[i - 1])
            return false;
    }
    if (len > 2 && tail[0] == '\n') {
        const unsigned char *end = memchr(tail + 1, '\n', len - 1);

        if (end != NULL)
            parse_tail(zone, (const char *) tail + 1, (size_t) (end - tail - 1));
    }
    return true;
}

/* Letters, digits, + - _ and / between parts: no name leaves the folder. */
static bool is_zone_name(const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || len >= ZONE_NAME_MAX || name[0] == '/' || name[len - 1] == '/')
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '_' && c != '/')
            return false;
    }
    return true;
}

static void free_zone(struct zone *zone)
{
    sg_free(zone->times);
    sg_free(zone->offsets);
    sg_free(zone);
}

static struct zone *load_zone(const char *name)
{
    char path[sizeof ZONE_FOLDER + 1 + ZONE_NAME_MAX];
    sg_strbuf data = SG_STRBUF_INIT;
    sg_error ignored = SG_ERROR_INIT;
    struct zone *zone;

    snprintf(path, sizeof path, "%s/%s", ZONE_FOLDER, name);
    if (sg_file_read(path, ZONE_FILE_MAX, &data, &ignored) != SG_OK) {
        sg_strbuf_clear(&data);
        return NULL;
    }
    zone = sg_calloc(1, sizeof *zone);
    snprintf(zone->name, sizeof zone->name, "%s", name);
    if (data.data == NULL || !parse_zone(zone, (const unsigned char *) data.data, data.len)) {
        free_zone(zone);
        zone = NULL;
    }
    sg_strbuf_clear(&data);
    return zone;
}

/* ---- zones that were merged ---- */

/* The tz project keeps one zone for regions whose clocks agree since 1970, and the others as
 * links to it. Some systems ship older data of their own for the linked names. So that an answer
 * does not depend on the system, a zone that zone1970.tab does not list takes its offsets before
 * 1970 from the only zone listed for its country there. Lines of the tables:
 *
 *   zone1970.tab  DE,DK,NO,SE <tab> coordinates <tab> Europe/Berlin [<tab> comment]
 *   zone.tab      SE          <tab> coordinates <tab> Europe/Stockholm
 */
struct table_line {
    const char *countries, *name;
    size_t countries_len, name_len;
};

static size_t field_length(const char *at, const char *end)
{
    size_t len = 0;

    while (at + len < end && at[len] != '\t' && at[len] != '\n')
        len++;
    return len;
}

/* Reads the line at *at and moves on; false at the end. Comments give empty fields. */
static bool next_line(const char **at, const char *end, struct table_line *line)
{
    const char *field = *at;
    size_t len;

    if (field >= end)
        return false;
    *line = (struct table_line){ field, field, 0, 0 };
    for (int i = 0; i < 3 && **at != '#'; i++) {
        len = field_length(field, end);
        if (i == 0)
            line->countries_len = len;
        if (i == 2) {
            line->name = field;
            line->name_len = len;
        }
        field += len;
        if (field >= end || *field == '\n')
            break;
        field++;
    }
    while (*at < end && **at != '\n')
        (*at)++;
    if (*at < end)
        (*at)++;
    return true;
}

static bool is_name(const struct table_line *line, const char *name)
{
    return strlen(name) == line->name_len && memcmp(line->name, name, line->name_len) == 0;
}

/* Two-letter country codes with commas between them. */
static bool has_country(const struct table_line *line, const char country[2])
{
    for (size_t i = 0; i + 2 <= line->countries_len; i += 3)
        if (memcmp(line->countries + i, country, 2) == 0)
            return true;
    return false;
}

/* The country of a zone in zone.tab. */
static bool find_country(const char *table, size_t len, const char *name, char country[2])
{
    const char *at = table;
    struct table_line line;

    while (next_line(&at, table + len, &line)) {
        if (is_name(&line, name) && line.countries_len == 2) {
            memcpy(country, line.countries, 2);
            return true;
        }
    }
    return false;
}

/* The one zone that zone1970.tab lists for a country, unless it lists `name` itself or several. */
static bool find_listed(const char *table, size_t len, const char *name, const char country[2],
                        char found[ZONE_NAME_MAX])
{
    const char *at = table;
    struct table_line line;
    int matches = 0;

    while (next_line(&at, table + len, &line)) {
        if (is_name(&line, name))
            return false;
        if (has_country(&line, country) && line.name_len < ZONE_NAME_MAX && ++matches == 1)
            snprintf(found, ZONE_NAME_MAX, "%.*s", (int) line.name_len, line.name);
    }
    return matches == 1;
}

static struct zone *load_past(const char *name)
{
    sg_strbuf countries = SG_STRBUF_INIT, listed = SG_STRBUF_INIT;
    sg_error ignored = SG_ERROR_INIT;
    char country[2], found[ZONE_NAME_MAX];
    struct zone *zone = NULL;

    if (sg_file_read(ZONE_FOLDER "/zone.tab", ZONE_FILE_MAX, &countries, &ignored) == SG_OK &&
        sg_file_read(ZONE_FOLDER "/zone1970.tab", ZONE_FILE_MAX, &listed, &ignored) == SG_OK &&
        find_country(sg_strbuf_text(&countries), countries.len, name, country) &&
        find_listed(sg_strbuf_text(&listed), listed.len, name, country, found))
        zone = load_zone(found);
    sg_strbuf_clear(&countries);
    sg_strbuf_clear(&listed);
    return zone;
}

static const struct zone *find_zone(const char *name)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct zone *loaded;
    struct zone *zone;

    if (!is_zone_name(name))
        return NULL;
    pthread_mutex_lock(&lock);
    for (zone = loaded; zone != NULL; zone = zone->next)
        if (strcmp(zone->name, name) == 0)
            break;
    if (zone == NULL) {
        zone = load_zone(name);
        if (zone != NULL) {
            zone->past = load_past(name);
            zone->next = loaded;
            loaded = zone;
        }
    }
    pthread_mutex_unlock(&lock);
    return zone;
}

/* ---- offsets ---- */

static int32_t offset_at(const struct zone *zone, int64_t utc)
{
    size_t low = 0, high;

    if (utc < 0 && zone->past != NULL)
        zone = zone->past;
    high = zone->count;
    while (low < high) { /* the first transition after `utc` */
        size_t middle = low + (high - low) / 2;

        if (zone->times[middle] <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == zone->count && zone->has_tail)
        return tail_offset(zone, utc);
    return low == 0 ? zone->first : zone->offsets[low - 1];
}

bool sg_zone_offset_at_utc(const char *name, int64_t utc_seconds, int32_t *offset)
{
    const struct zone *zone = find_zone(name);

    if (zone == NULL)
        return false;
    *offset = offset_at(zone, utc_seconds);
    return true;
}

/* An offset o fits a local time when it holds at local - o. The offsets in force a day before and
 * a day after are the only candidates: no zone changes twice within two days. */
bool sg_zone_offset_at_local(const char *name, int64_t *local_seconds, const int32_t *preferred,
                             int32_t *offset)
{
    const struct zone *zone = find_zone(name);
    int64_t local = *local_seconds;
    int32_t before, after;
    bool before_fits, after_fits;

    if (zone == NULL)
        return false;
    before = offset_at(zone, local - SG_DAY_SECONDS);
    after = offset_at(zone, local + SG_DAY_SECONDS);
    before_fits = offset_at(zone, local - before) == before;
    after_fits = offset_at(zone, local - after) == after;
    if (before_fits && after_fits) {
        *offset = preferred != NULL && *preferred == after ? after : before;
    } else if (before_fits || after_fits) {
        *offset = before_fits ? before : after;
    } else { /* a gap: move on by its length */
        *local_seconds = local + (after - before);
        *offset = after;
    }
    return true;
}

/* ---- offsets as text ---- */

static bool two_digits(const char *text, int max, int *out)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return false;
    *out = (text[0] - '0') * 10 + (text[1] - '0');
    return *out <= max;
}

/* hh, hhmm, hhmmss, hh:mm or hh:mm:ss, at most 18 hours */
static bool parse_offset(const char *text, size_t len, int32_t *offset)
{
    int parts[3] = { 0, 0, 0 };
    bool colons = len > 2 && text[2] == ':';
    size_t step = colons ? 3 : 2;

    if (len < 2 || (len - 2) % step != 0 || (len - 2) / step > 2)
        return false;
    for (size_t i = 0, at = 0; at < len; i++, at += step) {
        if (i > 0 && colons && text[at - 1] != ':')
            return false;
        if (!two_digits(text + at, i == 0 ? 18 : 59, &parts[i]))
            return false;
    }
    *offset = parts[0] * 3600 + parts[1] * 60 + parts[2];
    return *offset <= 18 * 3600;
}

bool sg_zone_parse(sg_arena *arena, const char *text, size_t len, int32_t *offset,
                   const char **named)
{
    int32_t ignored;

    if (named != NULL)
        *named = NULL;
    if (len == 1 && (text[0] == 'Z' || text[0] == 'z')) {
        *offset = 0;
        return true;
    }
    if (len > 0 && (text[0] == '+' || text[0] == '-')) {
        if (!parse_offset(text + 1, len - 1, offset))
            return false;
        if (text[0] == '-')
            *offset = -*offset;
        return true;
    }
    if (named == NULL)
        return false;
    *named = sg_arena_strndup(arena, text, len);
    return strlen(*named) == len && sg_zone_offset_at_utc(*named, 0, &ignored);
}
