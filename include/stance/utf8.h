#ifndef STANCE_UTF8_H
#define STANCE_UTF8_H

/* UTF-8: decoding, checking, and the folded form in which names are compared. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/mem.h"

/* Decodes the character at text[0, len), len > 0, into *codepoint and returns its length in bytes.
 * A malformed byte counts as one byte and gives U+FFFD. */
size_t sg_utf8_decode(const char *text, size_t len, uint32_t *codepoint);
/* Writes 1 to 4 bytes and returns how many; surrogates and values past U+10FFFF give U+FFFD. */
size_t sg_utf8_encode(uint32_t codepoint, char out[4]);
/* True if text[0, len) is well-formed; otherwise *bad_out (may be NULL) is the first bad offset. */
bool sg_utf8_is_valid(const char *text, size_t len, size_t *bad_out);
/* Number of characters (code points). */
size_t sg_utf8_length(const char *text, size_t len);
/* Number of terminal columns. */
size_t sg_utf8_width(const char *text, size_t len);
bool sg_utf8_is_upper(uint32_t codepoint);
bool sg_utf8_is_lower(uint32_t codepoint);
bool sg_utf8_is_letter(uint32_t codepoint);
bool sg_utf8_is_digit(uint32_t codepoint);
bool sg_utf8_is_space(uint32_t codepoint); /* includes U+00A0 and the other space separators */
uint32_t sg_utf8_to_lower(uint32_t codepoint);
uint32_t sg_utf8_to_upper(uint32_t codepoint);

/* Lower-case copy in the arena, zero-terminated; *len_out may be NULL. */
char *sg_utf8_lower(sg_arena *arena, const char *text, size_t len, size_t *len_out);
/* The form in which names are compared: case folded, accents dropped, curly quotes made straight,
 * every run of spaces (U+00A0 too) one space, none at the ends. */
char *sg_utf8_fold(sg_arena *arena, const char *text, size_t len, size_t *len_out);

#endif
