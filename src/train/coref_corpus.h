#ifndef STANCE_COREF_CORPUS_H
#define STANCE_COREF_CORPUS_H

/* Texts whose references were marked by hand: which words name the same thing. One JSON object a
 * line: "tokens" [form, start, end] in code points of "text", "sents" [first token, one past],
 * "mentions" [first token, one past, .., head token], "chains" lists of mentions. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"

#define SG_NO_CHAIN UINT32_MAX

typedef struct sg_coref_token {
    uint32_t start; /* bytes of the text */
    uint32_t end;
    uint32_t chain; /* of the shortest mention that it heads, or SG_NO_CHAIN */
} sg_coref_token;

typedef struct sg_coref_text {
    const char *text; /* what is no whole sentence, such as a heading, is a paragraph of its own */
    size_t len;
    sg_coref_token *tokens;
    size_t token_count;
} sg_coref_text;

/* All texts of a file; in the arena. */
SG_MUST_CHECK sg_status sg_coref_corpus_read(const char *path, sg_arena *arena,
                                             sg_coref_text **texts_out, size_t *count_out,
                                             sg_error *err);
/* Chain of the token that overlaps the bytes, or SG_NO_CHAIN. */
uint32_t sg_coref_chain_at(const sg_coref_text *text, uint32_t start, uint32_t end);

#endif
