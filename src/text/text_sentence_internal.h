#ifndef STANCE_TEXT_SENTENCE_INTERNAL_H
#define STANCE_TEXT_SENTENCE_INTERNAL_H

/* The learned part of sentence splitting, shared by the splitter and by stance-train: what is seen
 * of the gap after a word, as numbers of weights. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"

#define SG_SENTENCE_WEIGHT_BITS 15
#define SG_SENTENCE_WEIGHTS     (1u << SG_SENTENCE_WEIGHT_BITS)
#define SG_SENTENCE_FEATURES    32

/* Weights in hundredths of a unit of log-odds; made by stance-train. */
extern const int8_t sg_sentence_weights[SG_SENTENCE_WEIGHTS];

/* One word as the features see it. */
typedef struct sg_token_view {
    uint32_t form;  /* hash of the lower-case form, all digits as one */
    uint8_t kind;   /* what kind of mark or word */
    uint8_t length; /* bytes, at most 7 */
    bool space_after;
} sg_token_view;

/* Walks over the gaps of one paragraph. */
typedef struct sg_sentence_walk {
    const char *text;
    const sg_word *words;
    size_t first;          /* first word of the paragraph */
    size_t end;            /* one past the last word of the paragraph */
    size_t at;             /* the gap after words[at] */
    sg_token_view view[5]; /* words at-1, at, at+1, at+2, at+3 */
    uint8_t core;          /* kind of the last word that is no closing quote or bracket */
    uint8_t before_core;   /* kind of the word before that */
    bool quoted;           /* inside quotation marks after words[at] */
    bool marked;           /* the sentence has an end mark already */
    uint32_t since;        /* words since the last sentence end */
} sg_sentence_walk;

void sg_sentence_walk_init(sg_sentence_walk *walk, const char *text, const sg_word *words,
                           size_t first, size_t end);
/* Goes to the gap after the next word; `ended`: the gap before it ends a sentence. False when no
 * word follows the gap. */
bool sg_sentence_walk_next(sg_sentence_walk *walk, bool ended);
/* Can a sentence end in this gap at all? */
bool sg_sentence_walk_is_open(const sg_sentence_walk *walk);
/* Fills features[0, result) with indices below SG_SENTENCE_WEIGHTS. */
size_t sg_sentence_walk_features(const sg_sentence_walk *walk,
                                 uint32_t features[SG_SENTENCE_FEATURES]);

#endif
