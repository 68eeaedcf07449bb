#ifndef STANCE_POLARITY_INTERNAL_H
#define STANCE_POLARITY_INTERNAL_H

/* Polarity: how a holder in a sentence, or the one who speaks it, is said to feel about a target
 * in it. Learned from news sentences (data/models/README.md), apart from who holds what in a
 * whole article, which is for the scorer of pairs to say.
 *
 *   score(class) = linear(hashed features) + linear(rectify(linear(averaged word vectors)))
 *   probabilities = softmax(score of positive, score of negative, 0) */

#include <stdbool.h>
#include <stdint.h>

#include "stance/word_vectors.h"

#include "extract_internal.h"

enum { SG_POLARITY_POSITIVE, SG_POLARITY_NEGATIVE, SG_POLARITY_NEUTRAL, SG_POLARITY_CLASSES };
#define SG_POLARITY_SCORES 2 /* of positive and negative, against neutral */

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

#define SG_POLARITY_BITS      18
#define SG_POLARITY_ROWS      (1U << SG_POLARITY_BITS)
#define SG_POLARITY_ROWS_MAX  320
#define SG_POLARITY_MEANS_MAX 160

/* Places whose words are averaged. */
enum {
    SG_POLARITY_TOP,    /* where the ways from holder and target meet */
    SG_POLARITY_HOLDER, /* what the holder hangs on */
    SG_POLARITY_TARGET, /* what the target hangs on */
    SG_POLARITY_WAY,    /* between them in the tree */
    SG_POLARITY_BETWEEN,
    SG_POLARITY_AROUND, /* dependents and fellows of the target */
    SG_POLARITY_SENTENCE,
    SG_POLARITY_PLACES
};

typedef struct sg_polarity_features {
    uint32_t rows[SG_POLARITY_ROWS_MAX];
    size_t count;
    struct {
        uint32_t vector;
        uint8_t place;
        float weight;
    } means[SG_POLARITY_MEANS_MAX];
    size_t mean_count;
} sg_polarity_features;

/* `holder` is SG_NO_WORD for the one who speaks. */
void sg_polarity_features_of(const sg_reading *reading, const sg_polarity_words *words,
                             uint32_t holder, uint32_t target, sg_polarity_features *out);

/* ---- the network ---- */

#define SG_POLARITY_SECTION "polarity"
#define SG_POLARITY_INPUTS  ((size_t) SG_POLARITY_PLACES * SG_WORD_VECTOR_SIZE)
#define SG_POLARITY_HIDDEN  16

typedef struct sg_polarity_dense {
    float input[SG_POLARITY_INPUTS][SG_POLARITY_HIDDEN];
    float input_bias[SG_POLARITY_HIDDEN];
    float output[SG_POLARITY_HIDDEN][SG_POLARITY_SCORES];
} sg_polarity_dense;

/* The section of the model file. */
typedef struct sg_polarity_weights {
    float scale; /* of the rows */
    float reserved;
    sg_polarity_dense dense;
    int16_t rows[SG_POLARITY_ROWS][SG_POLARITY_SCORES];
} sg_polarity_weights;

/* Averages of the features' vectors, and what the hidden layer makes of them. */
void sg_polarity_inputs(const sg_word_vectors *vectors, const sg_polarity_features *features,
                        float x[SG_POLARITY_INPUTS]);
void sg_polarity_hidden(const sg_polarity_dense *dense, const float x[SG_POLARITY_INPUTS],
                        float hidden[SG_POLARITY_HIDDEN]);
/* Scores of positive and negative become probabilities of the three classes. */
void sg_polarity_softmax(const float scores[SG_POLARITY_SCORES], float out[SG_POLARITY_CLASSES]);
/* NULL if the model has no such section. */
const sg_polarity_weights *sg_polarity_weights_of(const sg_model *model);

/* The holder's attitude to the target, both words of one sentence. `words` are those of the
 * reading. False, and all neutral, if the model knows nothing of polarity. */
bool sg_polarity(const sg_reading *reading, const sg_polarity_words *words, uint32_t holder_word,
                 uint32_t target_word, float out[SG_POLARITY_CLASSES]);

#endif
