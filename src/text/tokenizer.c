/* Words as Universal Dependencies English cuts them, by one scan from left to right.
 *
 * The text is first cut at white space into chunks; what may hold inner punctuation (addresses,
 * numbers, abbreviations, hyphened prefixes) is recognised at its first byte, and everything else
 * is a run of letters or one mark. Each byte is looked at a bounded number of times, so the time is
 * linear in the text whatever it holds.
 * Conventions: https://universaldependencies.org/en/ and the usage of the EWT and GUM treebanks. */

#include <string.h>

#include "stance/utf8.h"

#include "text_internal.h"

typedef struct scanner {
    const char *text;
    uint32_t end;   /* of the paragraph */
    uint32_t chunk; /* the chunk between white space: [chunk, chunk_end) */
    uint32_t chunk_end;
    uint32_t address; /* an e-mail address in the chunk: [address, address_end), or empty */
    uint32_t address_end;
    sg_word_list *words;
} scanner;

/* ---- addresses */

static bool is_local_part(char c)
{
    return sg_ascii_is_letter(c) || sg_ascii_is_digit(c) || c == '.' || c == '_' || c == '-' ||
           c == '%' || c == '+';
}

/* Finds local@domain in the chunk. */
static void find_address(scanner *s)
{
    const char *at = memchr(s->text + s->chunk, '@', s->chunk_end - s->chunk);
    uint32_t from;
    uint32_t to;

    s->address = s->address_end = s->chunk_end;
    if (at == NULL)
        return;
    from = to = (uint32_t) (at - s->text);
    while (from > s->chunk && is_local_part(s->text[from - 1]))
        from--;
    to++;
    while (to < s->chunk_end && is_local_part(s->text[to]))
        to++;
    while (to > (uint32_t) (at - s->text) + 1 && !sg_ascii_is_letter(s->text[to - 1]) &&
           !sg_ascii_is_digit(s->text[to - 1]))
        to--;
    if (s->text + from == at || s->text + to == at + 1 ||
        !sg_ascii_is_letter(s->text[(at - s->text) + 1]))
        return;
    if (sg_text_has(s->text, s->chunk, s->chunk_end, "mailto:") && from <= s->chunk + 7)
        from = s->chunk;
    s->address = from;
    s->address_end = to;
}

static bool is_closing_mark(char c)
{
    return strchr(".,;:!?)]}>'\"*", c) != NULL;
}

/* The end of an address that runs to the end of the chunk, without the sentence's marks. */
static uint32_t trim_url(const scanner *s, uint32_t from)
{
    uint32_t end = s->chunk_end;
    bool bracket;

    for (uint32_t at = from; at < end; at++) {
        if (s->text[at] == '<' || s->text[at] == '>' || s->text[at] == '"')
            end = at;
    }
    bracket = memchr(s->text + from, '(', end - from) != NULL;
    while (end > from && is_closing_mark(s->text[end - 1]) && !(bracket && s->text[end - 1] == ')'))
        end--;
    while (end - from >= 3 && (memcmp(s->text + end - 3, "\xE2\x80\x99", 3) == 0 ||
                               memcmp(s->text + end - 3, "\xE2\x80\x9D", 3) == 0))
        end -= 3;
    return end;
}

static uint32_t scan_url(const scanner *s, uint32_t at)
{
    static const char *const prefixes[] = { "http://", "https://", "www.",
                                            "ftp://",  "mailto:",  "doi:" };

    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t len = strlen(prefixes[i]);

        if (sg_text_has(s->text, at, s->chunk_end, prefixes[i])) {
            uint32_t end = trim_url(s, at);

            return end - at > len ? end : at;
        }
    }
    return at;
}

/* Last parts of host and file names. */
static bool is_name_ending(const char *text, uint32_t start, uint32_t end)
{
    static const char *const endings[] = {
        "com", "org", "net",  "gov",  "edu", "mil", "info", "biz",  "tv",  "uk",
        "us",  "eu",  "au",   "ca",   "de",  "fr",  "nz",   "ie",   "io",  "doc",
        "xls", "pdf", "txt",  "jpg",  "gif", "png", "htm",  "html", "ppt", "zip",
        "exe", "url", "docx", "xlsx", "mp3", "csv", "php",  "asp",
    };

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (strlen(endings[i]) == end - start && sg_text_has(text, start, end, endings[i]))
            return true;
    }
    return false;
}

static bool is_name_char(char c)
{
    return sg_ascii_is_letter(c) || sg_ascii_is_digit(c) || c == '_' || c == '-';
}

/* A bound, so that text such as "aB.aB.aB..." is not scanned again from each of its words. */
#define LONGEST_NAME 256

/* host.name/path or file.ext at `at`: returns its end, or `at`. */
static uint32_t scan_dotted_name(const scanner *s, uint32_t at)
{
    uint32_t end = at;
    uint32_t last = at; /* start of the last part */
    unsigned dots = 0;
    bool lower = true;
    unsigned shortest = 99;

    while (end < s->chunk_end && end - at < LONGEST_NAME) {
        if (is_name_char(s->text[end])) {
            lower = lower && !sg_ascii_is_upper(s->text[end]);
            end++;
        } else if (s->text[end] == '.' && end + 1 < s->chunk_end && end > last &&
                   is_name_char(s->text[end + 1]) && s->text[end + 1] != '-') {
            shortest = end - last < shortest ? end - last : shortest;
            dots++;
            last = ++end;
        } else {
            break;
        }
    }
    if (dots == 0)
        return at;
    shortest = end - last < shortest ? end - last : shortest;
    if (!is_name_ending(s->text, last, end) && !(dots >= 2 && lower && shortest >= 2))
        return at;
    if (end < s->chunk_end && s->text[end] == '/' && end + 1 < s->chunk_end)
        return trim_url(s, at);
    return end;
}

/* ---- numbers */

static uint32_t skip_digits(const scanner *s, uint32_t at)
{
    while (at < s->chunk_end && sg_ascii_is_digit(s->text[at]))
        at++;
    return at;
}

/* 1,200.50 - 5:00 - 28/10/2004; stops before a mark that no digit follows. */
static uint32_t scan_figure(const scanner *s, uint32_t at)
{
    at = skip_digits(s, at);
    while (at + 1 < s->chunk_end && strchr(".,:/", s->text[at]) != NULL &&
           sg_ascii_is_digit(s->text[at + 1])) {
        uint32_t next = skip_digits(s, at + 1);

        if (s->text[at] == ',' && next - at != 4 && !(next - at == 3 && s->text[next] == ','))
            break; /* a list of numbers, not thousands */
        at = next;
    }
    return at;
}

/* Telephone numbers and dates keep their hyphens, ranges ("5-10") do not. */
static uint32_t scan_hyphened_digits(const scanner *s, uint32_t start, uint32_t end)
{
    uint32_t group_start = start;
    uint32_t at = end;
    unsigned groups = 1;
    uint32_t first_len = end - start;
    uint32_t last_len = first_len;

    while (at + 1 < s->chunk_end && s->text[at] == '-' && sg_ascii_is_digit(s->text[at + 1])) {
        group_start = at + 1;
        at = skip_digits(s, group_start);
        last_len = at - group_start;
        groups++;
    }
    if (groups >= 3 || (groups == 2 && last_len == 4 && (first_len == 3 || first_len == 5)))
        return at;
    return end;
}

/* Letters that stay with the number before them: ordinals and plurals. Units are words. */
static uint32_t scan_number_suffix(const scanner *s, uint32_t start, uint32_t at)
{
    static const char *const units[] = {
        "k",   "m",  "b",   "bn", "mn",  "mm",  "cm", "km",  "kg",  "g",    "mg",  "lb",
        "lbs", "ft", "in",  "am", "pm",  "mph", "hr", "hrs", "min", "mins", "sec", "yr",
        "yrs", "oz", "ml",  "gb", "mb",  "kb",  "hz", "px",  "kw",  "mw",   "tn",  "p",
        "c",   "x",  "kph", "am", "a.m", "p.m", "yo", "mi",  "h",   "s",
    };
    uint32_t end = at;
    uint32_t letters;

    while (end < s->chunk_end && (sg_ascii_is_letter(s->text[end]) ||
                                  sg_ascii_is_digit(s->text[end]) || s->text[end] == '_'))
        end++;
    letters = end - at;
    if (letters == 0)
        return at;
    if (letters == 1 && s->text[at] == 's' && at - start >= 2) /* 1960s */
        return end;
    if (letters == 1 && sg_ascii_is_upper(s->text[at]) && s->text[at] != 'K' && s->text[at] != 'M')
        return end; /* 3G, 17H */
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strlen(units[i]) == letters && sg_text_has(s->text, at, end, units[i]))
            return at;
    }
    return end;
}

/* The apostrophe of "1960's"; in "2003's" it is a possessive. */
static uint32_t scan_decade(const scanner *s, uint32_t at)
{
    size_t quote = sg_text_apostrophe(s->text, at, s->chunk_end);

    if (quote > 0 && s->text[at - 1] == '0' && at + quote < s->chunk_end &&
        s->text[at + quote] == 's' &&
        (at + quote + 1 == s->chunk_end || !sg_ascii_is_letter(s->text[at + quote + 1])))
        return at + (uint32_t) quote + 1;
    return at;
}

static uint32_t scan_number(const scanner *s, uint32_t at)
{
    uint32_t start = at;
    uint32_t end = skip_digits(s, at);
    uint32_t hyphened = scan_hyphened_digits(s, start, end);
    uint32_t figure;
    uint32_t suffix;

    if (hyphened > end)
        return hyphened;
    figure = scan_figure(s, at);
    suffix = scan_number_suffix(s, start, figure);
    if (suffix > figure)
        return suffix;
    return scan_decade(s, figure);
}

/* ---- words */

/* The length of a letter, digit, mark or underscore at text[at], or 0. */
static size_t word_char(const char *text, uint32_t at, uint32_t end)
{
    uint32_t codepoint;
    size_t len;

    if ((unsigned char) text[at] < 0x80)
        return sg_ascii_is_letter(text[at]) || sg_ascii_is_digit(text[at]) || text[at] == '_';
    len = sg_utf8_decode(text + at, end - at, &codepoint);
    if (sg_utf8_is_letter(codepoint) || sg_utf8_is_digit(codepoint) || codepoint == 0xAD ||
        (codepoint >= 0x300 && codepoint < 0x370) || codepoint == 0xFFFD)
        return len;
    /* Marks of scripts whose vowels are marks; symbols and punctuation are below or in U+2000. */
    if (codepoint >= 0x0591 && codepoint < 0x2000)
        return len;
    return 0;
}

static uint32_t skip_word(const scanner *s, uint32_t at)
{
    while (at < s->chunk_end) {
        size_t len = word_char(s->text, at, s->chunk_end);

        if (len == 0)
            break;
        at += (uint32_t) len;
    }
    return at;
}

/* Prefixes that the treebanks leave joined to what follows their hyphen. */
static bool is_hyphen_prefix(const char *text, uint32_t start, uint32_t end)
{
    static const char *const prefixes[] = {
        "anti",  "arch",  "co",    "counter", "cross", "de",     "e",      "ex",
        "extra", "hyper", "infra", "inter",   "intra", "macro",  "mega",   "meta",
        "micro", "mid",   "mini",  "mis",     "multi", "neo",    "non",    "over",
        "pan",   "para",  "post",  "pre",     "pro",   "proto",  "pseudo", "quasi",
        "re",    "self_", "semi",  "socio",   "sub",   "super",  "supra",  "trans",
        "ultra", "un",    "uber",  "under",   "vice_", "psycho",
    };

    if (end - start > 7)
        return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (strlen(prefixes[i]) == end - start && sg_text_has(text, start, end, prefixes[i]))
            return true;
    }
    return false;
}

/* U.S., a.m., Ph.D.: letters with a full stop after each; returns the end, or `at`. */
static uint32_t scan_initials(const scanner *s, uint32_t at)
{
    uint32_t end = at;
    unsigned dots = 0;

    while (end + 1 < s->chunk_end && sg_ascii_is_letter(s->text[end]) && s->text[end + 1] == '.') {
        end += 2;
        dots++;
    }
    if (dots == 0)
        return at;
    if (end < s->chunk_end && sg_ascii_is_letter(s->text[end])) {
        bool last = end + 1 == s->chunk_end || word_char(s->text, end + 1, s->chunk_end) == 0;

        if (last && dots >= 1) /* p.m, U.S.A without the last stop */
            return end + 1;
        if (dots == 1)
            return at;
    }
    return dots >= 2 ? end : at;
}

/* Ph.D., M.Sc.: the end, or `at`. */
static uint32_t scan_degree(const scanner *s, uint32_t at)
{
    static const char *const degrees[] = { "ph.d", "m.sc", "b.sc", "d.phil", "m.phil", "b.ed" };

    for (size_t i = 0; i < sizeof degrees / sizeof degrees[0]; i++) {
        uint32_t end = at + (uint32_t) strlen(degrees[i]);

        if (sg_text_has(s->text, at, s->chunk_end, degrees[i]) &&
            (end == s->chunk_end || word_char(s->text, end, s->chunk_end) == 0))
            return end < s->chunk_end && s->text[end] == '.' ? end + 1 : end;
    }
    return at;
}

/* Words joined by one mark that stays inside: AT&T, f*ed. */
static uint32_t scan_inner_mark(const scanner *s, uint32_t start, uint32_t end)
{
    uint32_t next;

    if (end + 1 >= s->chunk_end || !sg_ascii_is_letter(s->text[end + 1]))
        return end;
    next = skip_word(s, end + 1);
    if (s->text[end] == '&' && end - start <= 3 && next - end <= 4 &&
        sg_ascii_is_upper(s->text[start]) == sg_ascii_is_upper(s->text[end + 1]))
        return next;
    if (s->text[end] == '*' && sg_ascii_is_lower(s->text[end + 1]))
        return next;
    return end;
}

/* The next byte that is no space, or 0 at the end of the paragraph. Looks only a little ahead. */
static char next_character(const scanner *s, uint32_t at)
{
    for (uint32_t stop = at + 8; at < s->end && at < stop;) {
        size_t gap = sg_text_gap(s->text, at, s->end);

        if (gap == 0)
            return s->text[at];
        at += (uint32_t) gap;
    }
    return '\0';
}

/* Does the full stop at text[end] belong to the word before it? */
static bool keeps_stop(const scanner *s, uint32_t start, uint32_t end)
{
    if (end >= s->chunk_end || s->text[end] != '.')
        return false;
    if (end + 1 < s->chunk_end && s->text[end + 1] == '.')
        return false;
    if (end - start == 1 && sg_ascii_is_upper(s->text[start]))
        return s->text[start] != 'I' && next_character(s, end + 1) != '\0';
    if (sg_text_has(s->text, start, end, "no") || sg_text_has(s->text, start, end, "nos"))
        return sg_ascii_is_digit(next_character(s, end + 1));
    if (end - start == 3 && sg_text_has(s->text, start, end, "etc")) {
        char next = next_character(s, end + 1);

        return next != '\0' && !sg_ascii_is_upper(next);
    }
    return sg_abbreviation_find(s->text + start, end - start) != SG_ABBREVIATION_NONE;
}

/* Extends a word over inner apostrophes ("O'Brien", "don't"). */
static uint32_t skip_apostrophes(const scanner *s, uint32_t end)
{
    for (;;) {
        size_t quote = sg_text_apostrophe(s->text, end, s->chunk_end);

        if (quote == 0 || end + quote >= s->chunk_end ||
            word_char(s->text, end + (uint32_t) quote, s->chunk_end) == 0)
            return end;
        end = skip_word(s, end + (uint32_t) quote);
    }
}

static uint32_t scan_word(const scanner *s, uint32_t start)
{
    uint32_t end = scan_degree(s, start);
    uint32_t inner;

    if (end == start)
        end = scan_initials(s, start);
    if (end > start)
        return end;
    end = skip_word(s, start);
    if (end + 1 == s->chunk_end && s->text[end] == '-' && end - start <= 2)
        return end + 1; /* a word broken off: "th-" */
    if (end < s->chunk_end && s->text[end] == '$' && end - start <= 3 &&
        sg_ascii_is_upper(s->text[end - 1]))
        return end + 1;
    while (end + 1 < s->chunk_end && s->text[end] == '-' &&
           word_char(s->text, end + 1, s->chunk_end) > 0 && is_hyphen_prefix(s->text, start, end))
        end = skip_word(s, end + 1);
    inner = scan_inner_mark(s, start, end);
    if (inner > end)
        return inner;
    if (keeps_stop(s, start, end))
        return end + 1;
    return end;
}

/* Writes the word at `at` with its clitics and a possessive apostrophe; returns its end. */
static uint32_t take_word(scanner *s, uint32_t at)
{
    uint32_t end = scan_word(s, at);
    uint32_t with = s->text[end - 1] == '.' ? end : skip_apostrophes(s, end);
    size_t quote;

    if (with == end && end < s->chunk_end && s->text[end - 1] == '.')
        with = skip_apostrophes(s, end); /* the U.S.'s */
    sg_clitics_split(s->text, at, with, s->words);
    quote = sg_text_apostrophe(s->text, with, s->chunk_end);
    if (quote > 0 && sg_ascii_lower(s->text[with - 1]) == 's') { /* the workers' demand */
        s->words->items[s->words->count - 1].joined_next = true;
        sg_words_add(s->words, with, with + (uint32_t) quote);
        with += (uint32_t) quote;
    }
    return with;
}

/* ---- marks */

/* :-) and its kin, only where nothing but marks surrounds them. */
static uint32_t scan_emoticon(const scanner *s, uint32_t at)
{
    static const char *const faces[] = { ":-)", ":-(", ";-)", ":-D", ":-P", ":-/",
                                         "=)",  "=(",  "^_^", ":)",  ":(",  ";)",
                                         ":D",  ":P",  ":/",  ":p",  "<3",  "(:" };

    if (at != s->chunk && (at == s->chunk || word_char(s->text, at - 1, s->chunk_end) == 0))
        return at;
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++) {
        size_t len = strlen(faces[i]);

        if (s->chunk_end - at >= len && memcmp(s->text + at, faces[i], len) == 0 &&
            (at + len == s->chunk_end || s->text[at + len] == '.' || s->text[at + len] == ')'))
            return at + (uint32_t) len;
    }
    return at;
}

/* The end of a run of one mark ("--", "***"), or of ".", "!" and "?" in any order. */
static uint32_t scan_run(const scanner *s, uint32_t at)
{
    char first = s->text[at];
    uint32_t end = at + 1;

    if (strchr(".-!?*=_~+#<>'`|^/$", first) == NULL)
        return end;
    if (strchr(".!?", first) != NULL) {
        while (end < s->chunk_end && strchr(".!?", s->text[end]) != NULL)
            end++;
        return end;
    }
    while (end < s->chunk_end && s->text[end] == first)
        end++;
    return end;
}

/* 'em, 'til, '90s; and clitics that stand apart from their word. */
static uint32_t scan_leading_apostrophe(const scanner *s, uint32_t at, size_t quote)
{
    static const char *const words[] = {
        "em", "til", "cause", "s", "ll", "re", "ve", "d", "m", "n"
    };
    uint32_t start = at + (uint32_t) quote;
    uint32_t end;

    if (start >= s->chunk_end || word_char(s->text, start, s->chunk_end) == 0)
        return at;
    end = skip_word(s, start);
    if (end - start == 3 && sg_ascii_is_digit(s->text[start]) && s->text[end - 1] == 's')
        return end;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == end - start && sg_text_has(s->text, start, end, words[i]))
            return end;
    }
    return at;
}

static uint32_t scan_mark(const scanner *s, uint32_t at)
{
    size_t quote = sg_text_apostrophe(s->text, at, s->chunk_end);
    char c = s->text[at];
    uint32_t codepoint;
    uint32_t end;

    if (quote > 0) {
        end = scan_leading_apostrophe(s, at, quote);
        if (end > at)
            return end;
    }
    end = scan_emoticon(s, at);
    if (end > at)
        return end;
    if ((c == '#' || c == '@') && at + 1 < s->chunk_end && sg_ascii_is_letter(s->text[at + 1]))
        return skip_word(s, at + 1);
    if ((c == '.' || c == '+') && at == s->chunk && at + 1 < s->chunk_end &&
        sg_ascii_is_digit(s->text[at + 1]))
        return scan_number(s, at + 1);
    if ((unsigned char) c < 0x80)
        return scan_run(s, at);
    return at + (uint32_t) sg_utf8_decode(s->text + at, s->chunk_end - at, &codepoint);
}

/* ---- chunks */

static uint32_t take_token(scanner *s, uint32_t at)
{
    bool boundary = at == s->chunk || word_char(s->text, at - 1, s->chunk_end) == 0;
    uint32_t end;

    if (at == s->address) {
        sg_words_add(s->words, s->address, s->address_end);
        return s->address_end;
    }
    if (boundary && (sg_ascii_is_letter(s->text[at]) || sg_ascii_is_digit(s->text[at]))) {
        end = scan_url(s, at);
        if (end == at)
            end = scan_dotted_name(s, at);
        if (end > at) {
            sg_words_add(s->words, at, end);
            return end;
        }
    }
    if (sg_ascii_is_digit(s->text[at])) {
        end = scan_number(s, at);
    } else if (word_char(s->text, at, s->chunk_end) > 0 && s->text[at] != '_') {
        return take_word(s, at);
    } else {
        end = scan_mark(s, at);
    }
    sg_words_add(s->words, at, end);
    return end;
}

static void take_chunk(scanner *s)
{
    uint32_t at = s->chunk;

    find_address(s);
    while (at < s->chunk_end)
        at = take_token(s, at);
}

static uint32_t skip_gap(const char *text, uint32_t at, uint32_t end)
{
    while (at < end) {
        size_t gap = sg_text_gap(text, at, end);

        if (gap == 0)
            break;
        at += (uint32_t) gap;
    }
    return at;
}

void sg_tokenizer_run(const char *text, uint32_t start, uint32_t end, sg_word_list *words)
{
    scanner s = { .text = text, .end = end, .words = words };
    uint32_t at = skip_gap(text, start, end);

    while (at < end) {
        s.chunk = at;
        while (at < end && sg_text_gap(text, at, end) == 0)
            at += (uint32_t) 1;
        s.chunk_end = at;
        take_chunk(&s);
        if (words->count > 0)
            words->items[words->count - 1].space_after = true;
        at = skip_gap(text, at, end);
    }
}
