#include <string.h>

#include "stance/utf8.h"

#include "text_internal.h"

size_t sg_text_gap(const char *text, size_t at, size_t end)
{
    unsigned char c = (unsigned char) text[at];
    uint32_t codepoint;
    size_t len;

    if (c < 0x80)
        return c <= ' ' || c == 0x7F;
    if (c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF)
        return 0;
    len = sg_utf8_decode(text + at, end - at, &codepoint);
    if (sg_utf8_is_space(codepoint) || (codepoint >= 0x80 && codepoint < 0xA0) ||
        (codepoint >= 0x200B && codepoint <= 0x200F) || codepoint == 0x2060 || codepoint == 0xFEFF)
        return len;
    return 0;
}

size_t sg_text_apostrophe(const char *text, size_t at, size_t end)
{
    if (at >= end)
        return 0;
    if (text[at] == '\'' || text[at] == '`')
        return 1;
    if (end - at >= 3 && memcmp(text + at, "\xE2\x80\x99", 3) == 0)
        return 3;
    return 0;
}

bool sg_text_has(const char *text, size_t at, size_t end, const char *lower)
{
    for (; *lower != '\0'; lower++, at++) {
        if (at >= end || sg_ascii_lower(text[at]) != *lower)
            return false;
    }
    return true;
}
