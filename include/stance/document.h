#ifndef STANCE_DOCUMENT_H
#define STANCE_DOCUMENT_H

/* A document: one article as read, cut into paragraphs, sentences and words.
 * The text is kept byte for byte; everything else is byte offsets into it (at most 4 GiB).
 * Words are the syntactic words of Universal Dependencies: "don't" is two words, "do" and "n't".
 * Everything lives in the arena given to sg_document_read(). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"

typedef struct sg_slice {
    uint32_t start; /* byte offset */
    uint32_t end;   /* one past the last byte; start == end means absent */
} sg_slice;

typedef struct sg_word {
    uint32_t start;
    uint32_t end;
    bool space_after; /* white space, or the end of the text, follows */
    bool joined_next; /* the same multi-word token goes on in the next word ("do" + "n't") */
} sg_word;

typedef struct sg_sentence {
    uint32_t first_word;
    uint32_t word_count;
    uint32_t start; /* bytes; from the first word to the end of the last */
    uint32_t end;
    uint32_t paragraph;
} sg_sentence;

typedef enum sg_paragraph_kind {
    SG_PARAGRAPH_BODY,
    SG_PARAGRAPH_HEADLINE,
    SG_PARAGRAPH_SUBHEADING,
    SG_PARAGRAPH_DATELINE, /* "13/02/2016 05:26 GMT | Updated ..." */
    SG_PARAGRAPH_BYLINE,
    SG_PARAGRAPH_CAPTION,
    SG_PARAGRAPH_BOILERPLATE, /* "Also on ...", "More from ...", sharing bars */
} sg_paragraph_kind;

typedef struct sg_paragraph {
    uint32_t start;
    uint32_t end;
    uint32_t first_sentence;
    uint32_t sentence_count;
    sg_paragraph_kind kind;
} sg_paragraph;

#define SG_NO_DAY INT32_MIN

typedef struct sg_document {
    const char *name; /* file name or other label, for messages */
    const char *text; /* UTF-8, zero-terminated, may hold zero bytes inside */
    size_t len;
    const char *encoding; /* what the bytes were decoded from: "UTF-8", "Windows-1252", ... */
    const char *title;    /* NULL if none was found */
    const char *source;   /* outlet; NULL if unknown */
    const char *author;   /* byline; NULL if unknown */
    const char *uri;      /* NULL if unknown */
    int32_t day;          /* publication date, days since 1970-01-01, or SG_NO_DAY */
    sg_slice date;        /* where the text says so; may be absent */
    sg_slice headline;
    sg_paragraph *paragraphs;
    size_t paragraph_count;
    sg_sentence *sentences;
    size_t sentence_count;
    sg_word *words;
    size_t word_count;
} sg_document;

/* Cuts `text` (UTF-8, or anything that the encoding detector can turn into it) into a document.
 * `text` is copied into the arena. Refuses binary data, and bytes that are no known encoding,
 * with the offset of the first bad byte. */
SG_MUST_CHECK sg_status sg_document_read(const char *name, const char *text, size_t len,
                                         sg_arena *arena, sg_document **document_out,
                                         sg_error *err);

/* The bytes of a slice, word or sentence are text + start, end - start long. */
static inline const char *sg_document_at(const sg_document *document, uint32_t start)
{
    return document->text + start;
}

#endif
