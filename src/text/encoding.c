/* Bytes -> UTF-8.
 *
 * The order of the questions: is there a byte order mark; is it a known binary format or full of
 * control bytes; is it well-formed UTF-8; can it be Windows-1252 (a superset of Latin-1 for all
 * printable characters, so it stands for both). A text that holds as many well-formed UTF-8
 * sequences as malformed bytes is damaged UTF-8, and decoding it as Windows-1252 would turn every
 * quotation mark into three letters: it is refused, with the place. */

#include <string.h>

#include "stance/log.h"
#include "stance/utf8.h"

#include "text_internal.h"

/* Code points of bytes 0x80 to 0x9F in Windows-1252 (Unicode's CP1252.TXT); 0 = undefined. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

struct signature {
    const char *bytes;
    size_t len;
    const char *what;
};

static const struct signature signatures[] = {
    { "%PDF-", 5, "a PDF file" },
    { "PK\x03\x04", 4, "a ZIP archive or an office document" },
    { "\x1F\x8B", 2, "gzip-compressed" },
    { "BZh", 3, "bzip2-compressed" },
    { "\xFD"
      "7zXZ",
      5, "xz-compressed" },
    { "\x89PNG", 4, "a PNG picture" },
    { "\xFF\xD8\xFF", 3, "a JPEG picture" },
    { "GIF8", 4, "a GIF picture" },
    { "\x7F"
      "ELF",
      4, "a program" },
    { "SQLite format 3", 15, "an SQLite database" },
    { "\xD0\xCF\x11\xE0", 4, "an old office document" },
    { "{\\rtf", 5, "a rich text (RTF) document" },
};

static sg_status refuse_binary(const char *name, const char *bytes, size_t len, sg_error *err)
{
    size_t controls = 0;
    size_t first = 0;

    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const struct signature *s = &signatures[i];

        if (len >= s->len && memcmp(bytes, s->bytes, s->len) == 0) {
            (void) sg_error_set(err, SG_ERR_INPUT, "%s: not text but %s", name, s->what);
            sg_error_hint(err, "save the article as plain text (UTF-8) first");
            return SG_ERR_INPUT;
        }
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) bytes[i];

        if (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B) {
            if (controls == 0)
                first = i;
            controls++;
        }
    }
    /* A stray control byte happens in copied text; one in a hundred does not. */
    if (controls > 0 && controls * 100 >= len) {
        (void) sg_error_set(err, SG_ERR_INPUT,
                            "%s: binary data, not text (control byte 0x%02X at byte %zu)", name,
                            (unsigned) (unsigned char) bytes[first], first);
        sg_error_hint(
            err,
            "articles are text files; UTF-16 is understood if it begins with a byte order mark");
        return SG_ERR_INPUT;
    }
    return SG_OK;
}

static sg_status decode_utf16(const char *name, const unsigned char *bytes, size_t len, bool big,
                              sg_arena *arena, char **text_out, size_t *len_out, sg_error *err)
{
    char *text = sg_arena_alloc(arena, len / 2 * 3 + 1);
    size_t used = 0;

    if (len % 2 != 0)
        return sg_error_set(err, SG_ERR_INPUT,
                            "%s: UTF-16 text ends in half a character (byte %zu)", name, len + 1);
    for (size_t i = 0; i < len; i += 2) {
        uint32_t unit =
            big ? (uint32_t) bytes[i] << 8 | bytes[i + 1] : (uint32_t) bytes[i + 1] << 8 | bytes[i];

        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < len) {
            uint32_t low = big ? (uint32_t) bytes[i + 2] << 8 | bytes[i + 3]
                               : (uint32_t) bytes[i + 3] << 8 | bytes[i + 2];

            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000)
            return sg_error_set(err, SG_ERR_INPUT, "%s: malformed UTF-16 at byte %zu", name, i + 2);
        used += sg_utf8_encode(unit, text + used);
    }
    text[used] = '\0';
    *text_out = text;
    *len_out = used;
    return SG_OK;
}

/* Number of well-formed multi-byte sequences and of bytes that belong to none. */
static void count_sequences(const char *bytes, size_t len, size_t *good_out, size_t *bad_out)
{
    size_t good = 0;
    size_t bad = 0;

    for (size_t at = 0; at < len;) {
        uint32_t codepoint;
        size_t used = sg_utf8_decode(bytes + at, len - at, &codepoint);

        good += used > 1;
        bad += used == 1 && (unsigned char) bytes[at] >= 0x80;
        at += used;
    }
    *good_out = good;
    *bad_out = bad;
}

static sg_status decode_windows_1252(const char *name, const char *bytes, size_t len, size_t bad_at,
                                     sg_arena *arena, char **text_out, size_t *len_out,
                                     sg_error *err)
{
    char *text;
    size_t used = 0;
    size_t good;
    size_t bad;

    count_sequences(bytes, len, &good, &bad);
    if (good >= bad) {
        (void) sg_error_set(err, SG_ERR_INPUT, "%s: damaged UTF-8: byte 0x%02X at offset %zu", name,
                            (unsigned) (unsigned char) bytes[bad_at], bad_at);
        sg_error_hint(err, "repair the file, for example with 'iconv -c -f UTF-8 -t UTF-8'");
        return SG_ERR_INPUT;
    }
    text = sg_arena_alloc(arena, len * 3 + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) bytes[i];
        uint32_t codepoint = c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;

        if (codepoint == 0 && c != 0) {
            (void) sg_error_set(
                err, SG_ERR_INPUT,
                "%s: neither UTF-8 (byte %zu) nor Windows-1252 (byte 0x%02X at %zu)", name, bad_at,
                (unsigned) c, i);
            sg_error_hint(err, "convert the file to UTF-8, for example with iconv");
            return SG_ERR_INPUT;
        }
        used += sg_utf8_encode(codepoint, text + used);
    }
    text[used] = '\0';
    sg_log_warn("%s: not UTF-8 (byte %zu); read as Windows-1252", name, bad_at);
    *text_out = text;
    *len_out = used;
    return SG_OK;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t gap = sg_text_gap(text, at, len);

        if (gap == 0)
            return false;
        at += gap;
    }
    return true;
}

static sg_status decode(const char *name, const char *bytes, size_t len, sg_arena *arena,
                        char **text_out, size_t *len_out, const char **encoding_out, sg_error *err)
{
    sg_status status;
    size_t bad_at;

    if (len >= 2 && (memcmp(bytes, "\xFE\xFF", 2) == 0 || memcmp(bytes, "\xFF\xFE", 2) == 0)) {
        bool big = bytes[0] == '\xFE';

        *encoding_out = big ? "UTF-16BE" : "UTF-16LE";
        return decode_utf16(name, (const unsigned char *) bytes + 2, len - 2, big, arena, text_out,
                            len_out, err);
    }
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    status = refuse_binary(name, bytes, len, err);
    if (status != SG_OK)
        return status;
    if (!sg_utf8_is_valid(bytes, len, &bad_at)) {
        *encoding_out = "Windows-1252";
        return decode_windows_1252(name, bytes, len, bad_at, arena, text_out, len_out, err);
    }
    *encoding_out = "UTF-8";
    *text_out = sg_arena_strndup(arena, bytes, len);
    *len_out = len;
    return SG_OK;
}

sg_status sg_text_decode(const char *name, const char *bytes, size_t len, sg_arena *arena,
                         char **text_out, size_t *len_out, const char **encoding_out, sg_error *err)
{
    sg_status status;

    /* Decoding can make three bytes of one, and offsets have 32 bits. */
    if (len > UINT32_MAX / 4)
        return sg_error_set(err, SG_ERR_LIMIT, "%s: larger than one article can be (%zu bytes)",
                            name, len);
    status = decode(name, bytes, len, arena, text_out, len_out, encoding_out, err);
    if (status == SG_OK && is_blank(*text_out, *len_out))
        return sg_error_set(err, SG_ERR_INPUT, "%s: %s", name,
                            len == 0 ? "the file is empty" : "the file holds only white space");
    return status;
}
