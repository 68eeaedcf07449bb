#include "stance/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t sg_utf8_decode(const char *text, size_t len, uint32_t *codepoint)
{
    utf8proc_int32_t decoded;
    utf8proc_ssize_t used;

    if ((unsigned char) text[0] < 0x80) {
        *codepoint = (unsigned char) text[0];
        return 1;
    }
    used = utf8proc_iterate((const utf8proc_uint8_t *) text, (utf8proc_ssize_t) (len < 4 ? len : 4),
                            &decoded);
    if (used < 1) {
        *codepoint = 0xFFFD;
        return 1;
    }
    *codepoint = (uint32_t) decoded;
    return (size_t) used;
}

size_t sg_utf8_encode(uint32_t codepoint, char out[4])
{
    if (!utf8proc_codepoint_valid((utf8proc_int32_t) codepoint))
        codepoint = 0xFFFD;
    return (size_t) utf8proc_encode_char((utf8proc_int32_t) codepoint, (utf8proc_uint8_t *) out);
}

bool sg_utf8_is_valid(const char *text, size_t len, size_t *bad_out)
{
    size_t at = 0;

    while (at < len) {
        utf8proc_int32_t decoded;
        utf8proc_ssize_t used;

        if ((unsigned char) text[at] < 0x80) {
            at++;
            continue;
        }
        used = utf8proc_iterate((const utf8proc_uint8_t *) text + at,
                                (utf8proc_ssize_t) (len - at < 4 ? len - at : 4), &decoded);
        if (used < 1) {
            if (bad_out != NULL)
                *bad_out = at;
            return false;
        }
        at += (size_t) used;
    }
    return true;
}

size_t sg_utf8_length(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += ((unsigned char) text[i] & 0xC0) != 0x80;
    return count;
}

size_t sg_utf8_width(const char *text, size_t len)
{
    size_t width = 0;
    size_t at = 0;

    while (at < len) {
        uint32_t c;

        if (text[at] >= ' ' && text[at] <= '~') { /* most of it, and the library is slow */
            width++;
            at++;
            continue;
        }
        at += sg_utf8_decode(text + at, len - at, &c);
        width += (size_t) utf8proc_charwidth((utf8proc_int32_t) c);
    }
    return width;
}

bool sg_utf8_is_upper(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'A' && codepoint <= 'Z';
    return utf8proc_category((utf8proc_int32_t) codepoint) == UTF8PROC_CATEGORY_LU;
}

bool sg_utf8_is_lower(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'a' && codepoint <= 'z';
    return utf8proc_category((utf8proc_int32_t) codepoint) == UTF8PROC_CATEGORY_LL;
}

bool sg_utf8_is_letter(uint32_t codepoint)
{
    utf8proc_category_t category;

    if (codepoint < 0x80)
        return (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= 'A' && codepoint <= 'Z');
    category = utf8proc_category((utf8proc_int32_t) codepoint);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool sg_utf8_is_digit(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= '0' && codepoint <= '9';
    return utf8proc_category((utf8proc_int32_t) codepoint) == UTF8PROC_CATEGORY_ND;
}

bool sg_utf8_is_space(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r');
    if (codepoint == 0x85 || codepoint == 0x2028 || codepoint == 0x2029)
        return true;
    return utf8proc_category((utf8proc_int32_t) codepoint) == UTF8PROC_CATEGORY_ZS;
}

uint32_t sg_utf8_to_lower(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'A' && codepoint <= 'Z' ? codepoint + 32 : codepoint;
    return (uint32_t) utf8proc_tolower((utf8proc_int32_t) codepoint);
}

uint32_t sg_utf8_to_upper(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return codepoint >= 'a' && codepoint <= 'z' ? codepoint - 32 : codepoint;
    return (uint32_t) utf8proc_toupper((utf8proc_int32_t) codepoint);
}

char *sg_utf8_lower(sg_arena *arena, const char *text, size_t len, size_t *len_out)
{
    /* A lower-case letter can be longer than its capital (U+0130, U+023A), by one byte at most. */
    char *lower = sg_arena_alloc(arena, len + len / 2 + 5);
    size_t at = 0;
    size_t used = 0;

    while (at < len) {
        uint32_t c;
        size_t n = sg_utf8_decode(text + at, len - at, &c);

        if (c == 0xFFFD && n == 1)
            lower[used++] = text[at];
        else
            used += sg_utf8_encode(sg_utf8_to_lower(c), lower + used);
        at += n;
    }
    lower[used] = '\0';
    if (len_out != NULL)
        *len_out = used;
    return lower;
}

static uint32_t plain_quote(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x0060:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return c;
    }
}

/* Copies `text` with quotes plain and spaces single; the result is never longer. */
static size_t squeeze(char *out, const char *text, size_t len)
{
    size_t at = 0;
    size_t used = 0;
    bool space = false;

    while (at < len) {
        uint32_t c;
        size_t n = sg_utf8_decode(text + at, len - at, &c);

        if (sg_utf8_is_space(c) || c == 0) {
            space = used > 0;
        } else if (!(c == 0xFFFD && n == 1)) {
            if (space)
                out[used++] = ' ';
            space = false;
            used += sg_utf8_encode(plain_quote(c), out + used);
        }
        at += n;
    }
    out[used] = '\0';
    return used;
}

static bool is_plain_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char) text[i] >= 0x80)
            return false;
    }
    return true;
}

char *sg_utf8_fold(sg_arena *arena, const char *text, size_t len, size_t *len_out)
{
    char *clean = sg_arena_alloc(arena, len + 2);
    size_t clean_len = squeeze(clean, text, len);
    utf8proc_uint8_t *folded = NULL;
    char *result;
    utf8proc_ssize_t n;

    if (is_plain_ascii(clean, clean_len)) {
        for (size_t i = 0; i < clean_len; i++)
            clean[i] = (char) sg_utf8_to_lower((unsigned char) clean[i]);
        if (len_out != NULL)
            *len_out = clean_len;
        return clean;
    }
    n = utf8proc_map((const utf8proc_uint8_t *) clean, (utf8proc_ssize_t) clean_len, &folded,
                     UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                         UTF8PROC_IGNORE);
    if (n < 0) {
        if (len_out != NULL)
            *len_out = clean_len;
        return clean;
    }
    result = sg_arena_strndup(arena, (const char *) folded, (size_t) n);
    free(folded);
    if (len_out != NULL)
        *len_out = (size_t) n;
    return result;
}
