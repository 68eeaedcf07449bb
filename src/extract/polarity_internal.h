#ifndef STANCE_POLARITY_INTERNAL_H
#define STANCE_POLARITY_INTERNAL_H

/* Polarity: how a holder in a sentence, or the one who speaks it, is said to feel about a target
 * in it. Learned from news sentences (data/models/README.md), apart from who holds what in a
 * whole article, which is for the scorer of pairs to say. */

#include <stdbool.h>
#include <stdint.h>

#include "stance/word_vectors.h"

#include "extract_internal.h"
#include "pair_network.h"

/* What is known of each word of a reading before any pair is looked at. */
typedef struct sg_polarity_word {
    uint32_t key;     /* hash of the lemma; what names something has a key for all names */
    uint32_t vector;  /* or SG_NO_VECTOR */
    uint32_t cluster; /* 0: none */
    int8_t sign;      /* of the cue or judgement, turned if negated; 0: no cue */
    bool negated;
    bool stance;  /* the sign is from the list of stances */
    bool content; /* verb, noun, adjective or adverb that is no name */
    bool speech;
} sg_polarity_word;

typedef struct sg_polarity_words {
    const sg_word_vectors *vectors; /* or NULL */
    sg_polarity_word *items;
} sg_polarity_words;

/* In the arena of the reading, all words. */
sg_polarity_words *sg_polarity_words_new(const sg_reading *reading);

/* ---- features ---- */

/* `holder` is SG_NO_WORD for the one who speaks. */
void sg_polarity_features_of(const sg_reading *reading, const sg_polarity_words *words,
                             uint32_t holder, uint32_t target, sg_pair_features *out);

#define SG_POLARITY_SECTION "polarity" /* of the model: an sg_pair_network */

/* The holder's attitude to the target, both words of one sentence. `words` are those of the
 * reading. False, and all neutral, if the model knows nothing of polarity. */
bool sg_polarity(const sg_reading *reading, const sg_polarity_words *words, uint32_t holder_word,
                 uint32_t target_word, float out[SG_PAIR_CLASSES]);

#endif
