#ifndef STANCE_PAIR_NETWORK_H
#define STANCE_PAIR_NETWORK_H

/* The small network that judges a holder and a target. There are two of it in the model: for the
 * attitude that one sentence shows ("polarity"), and for the side taken in an article ("stance").
 *
 *   score(sign) = linear(hashed features) + linear(rectify(linear(averaged word vectors)))
 *   probabilities = softmax(score of positive, score of negative, 0) */

#include <stddef.h>
#include <stdint.h>

#include "stance/model.h"
#include "stance/word_vectors.h"

enum { SG_PAIR_POSITIVE, SG_PAIR_NEGATIVE, SG_PAIR_NEUTRAL, SG_PAIR_CLASSES };
#define SG_PAIR_SIGNS 2 /* positive and negative have a score, against neutral */

#define SG_PAIR_BITS      18
#define SG_PAIR_ROWS      (1U << SG_PAIR_BITS)
#define SG_PAIR_ROWS_MAX  768
#define SG_PAIR_MEANS_MAX 160

/* Places whose words are averaged. */
enum {
    SG_PAIR_TOP,    /* where the ways from holder and target meet */
    SG_PAIR_HOLDER, /* what the holder hangs on */
    SG_PAIR_TARGET, /* what the target hangs on */
    SG_PAIR_WAY,    /* between them in the tree */
    SG_PAIR_BETWEEN,
    SG_PAIR_AROUND, /* dependents and fellows of the target */
    SG_PAIR_SENTENCE,
    SG_PAIR_NAME, /* of the position: "ban", "abuse" and "aid" are seldom met alike */
    SG_PAIR_PLACES
};

typedef struct sg_pair_mean {
    uint32_t vector;
    uint32_t place;
    float weight;
} sg_pair_mean;

typedef struct sg_pair_features {
    uint32_t rows[SG_PAIR_ROWS_MAX];
    size_t count;
    size_t shared; /* of the rows: those after them are for text of newspapers alone */
    sg_pair_mean means[SG_PAIR_MEANS_MAX];
    size_t mean_count;
} sg_pair_features;

/* Adds the feature with this hash; silently not, when there are too many. */
static inline void sg_pair_put(sg_pair_features *features, uint64_t hash)
{
    if (features->count < SG_PAIR_ROWS_MAX)
        features->rows[features->count++] = (uint32_t) (hash >> (64 - SG_PAIR_BITS));
}

#define SG_PAIR_INPUTS ((size_t) SG_PAIR_PLACES * SG_WORD_VECTOR_SIZE)
#define SG_PAIR_HIDDEN 16

typedef struct sg_pair_dense {
    float input[SG_PAIR_INPUTS][SG_PAIR_HIDDEN];
    float input_bias[SG_PAIR_HIDDEN];
    float output[SG_PAIR_HIDDEN][SG_PAIR_SIGNS];
} sg_pair_dense;

/* A section of the model file. */
typedef struct sg_pair_network {
    float scale;     /* of the rows */
    float threshold; /* least probability that counts; 0: not used */
    sg_pair_dense dense;
    int16_t rows[SG_PAIR_ROWS][SG_PAIR_SIGNS];
} sg_pair_network;

/* NULL if the model has no such section. */
const sg_pair_network *sg_pair_network_of(const sg_model *model, const char *section);

/* `vectors` may be NULL. */
void sg_pair_probabilities(const sg_pair_network *network, const sg_word_vectors *vectors,
                           const sg_pair_features *features, float out[SG_PAIR_CLASSES]);

/* ---- the steps of it, for the trainer ---- */

/* Averages of the vectors, place by place. */
void sg_pair_inputs(const sg_word_vectors *vectors, const sg_pair_mean *means, size_t count,
                    float x[SG_PAIR_INPUTS]);
/* What the hidden layer makes of them. */
void sg_pair_hidden(const sg_pair_dense *dense, const float x[SG_PAIR_INPUTS],
                    float hidden[SG_PAIR_HIDDEN]);
void sg_pair_softmax(const float scores[SG_PAIR_SIGNS], float out[SG_PAIR_CLASSES]);

#endif
