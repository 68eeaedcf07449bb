#ifndef STANCE_TEXT_INTERNAL_H
#define STANCE_TEXT_INTERNAL_H

/* What the files of src/text share. The order of the work, one file each:
 * encoding (bytes -> UTF-8), paragraphs (blocks of text), paragraph_kinds (what each block is),
 * dates (when it was published), tokenizer (words), sentences (where they end), document. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"

/* ---- encoding.c */

/* Turns bytes into UTF-8 in the arena, zero-terminated, without a byte order mark. The bytes are
 * kept as they are when they are UTF-8 already. */
SG_MUST_CHECK sg_status sg_text_decode(const char *name, const char *bytes, size_t len,
                                       sg_arena *arena, char **text_out, size_t *len_out,
                                       const char **encoding_out, sg_error *err);

/* ---- document.c */

/* What is known about an article from outside its text; NULL and SG_NO_DAY where it is not. */
typedef struct sg_document_facts {
    const char *title;
    const char *source;
    const char *author;
    const char *uri;
    int32_t day;
} sg_document_facts;

/* Cuts decoded text, which must live as long as the arena, into a document. What `facts` says goes
 * before what the text says. */
sg_document *sg_document_build(const char *name, const char *text, size_t len, const char *encoding,
                               const sg_document_facts *facts, sg_arena *arena);

/* ---- paragraphs.c, paragraph_kinds.c */

/* Cuts document->text into paragraphs; all are SG_PARAGRAPH_BODY so far. */
void sg_paragraphs_split(sg_document *document, sg_arena *arena);

/* Says what each paragraph is, and fills title, headline, date, source and author from them. */
void sg_paragraphs_classify(sg_document *document, sg_arena *arena);

/* ---- dates.c */

/* Reads a calendar date at the beginning of text[0, len): "13/02/2016", "Friday, September 27,
 * 2019", "27 September 2019", "2019-09-27T10:00". Returns its length in bytes, or 0. */
size_t sg_date_parse(const char *text, size_t len, int32_t *day_out);

/* Days since 1970-01-01 of a date of the Gregorian calendar, or SG_NO_DAY if there is none such. */
int32_t sg_date_day(int year, int month, int day);

/* True if text[0, len) holds nothing but dates, clock times and words such as "Updated"; the first
 * date is returned in *day_out and *where_out (offsets into text). */
bool sg_date_is_dateline(const char *text, size_t len, int32_t *day_out, sg_slice *where_out);
/* True if text[0, len) begins as agencies open a report: "OLDFORD, March 3, 2025 (Agency) - ". The
 * date is returned as above. */
bool sg_date_opens(const char *text, size_t len, int32_t *day_out, sg_slice *where_out);

/* ---- tokenizer.c, clitics.c, abbreviations.c */

typedef struct sg_word_list {
    sg_arena *arena;
    sg_word *items;
    size_t count;
    size_t capacity;
} sg_word_list;

void sg_words_add(sg_word_list *words, uint32_t start, uint32_t end);

/* Appends the words of text[start, end). */
void sg_tokenizer_run(const char *text, uint32_t start, uint32_t end, sg_word_list *words);

/* Appends text[start, end), a stretch of letters and apostrophes, as one word or as a word and
 * its clitics. */
void sg_clitics_split(const char *text, uint32_t start, uint32_t end, sg_word_list *words);

typedef enum sg_abbreviation {
    SG_ABBREVIATION_NONE,
    SG_ABBREVIATION_TITLE, /* a name follows: Dr. */
    SG_ABBREVIATION_OTHER,
} sg_abbreviation;

/* Is text[0, len), without its full stop, usually written with one? */
sg_abbreviation sg_abbreviation_find(const char *text, size_t len);

/* ---- sentences.c */

typedef struct sg_sentence_list {
    sg_arena *arena;
    sg_sentence *items;
    size_t count;
    size_t capacity;
} sg_sentence_list;

/* Cuts the words [first, end) of one paragraph into sentences; into one if `whole`. */
void sg_sentences_split(const char *text, const sg_word *words, size_t first, size_t end,
                        uint32_t paragraph, bool whole, sg_sentence_list *sentences);

/* ---- small things about bytes */

/* How many bytes of white space (U+00A0 too), control characters or zero-width marks stand at
 * text[at]; 0 if none do. */
size_t sg_text_gap(const char *text, size_t at, size_t end);

/* Length of an apostrophe ("'", U+2019) or backquote at text[at], or 0. */
size_t sg_text_apostrophe(const char *text, size_t at, size_t end);

/* True if text[at, at + strlen(lower)) equals `lower` but for ASCII case. */
bool sg_text_has(const char *text, size_t at, size_t end, const char *lower);

static inline bool sg_ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool sg_ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool sg_ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool sg_ascii_is_letter(char c)
{
    return sg_ascii_is_upper(c) || sg_ascii_is_lower(c);
}

static inline char sg_ascii_lower(char c)
{
    return sg_ascii_is_upper(c) ? (char) (c - 'A' + 'a') : c;
}

#endif
