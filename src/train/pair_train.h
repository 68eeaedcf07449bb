#ifndef STANCE_PAIR_TRAIN_H
#define STANCE_PAIR_TRAIN_H

/* Training of src/extract/pair_network.h: hashed features and the hidden layer together, by AdaGrad
 * (Duchi, Hazan and Singer 2011) with L2 on the rows, one example at a time. */

#include <stdbool.h>

#include "../extract/pair_network.h"
#include "train_internal.h"

typedef struct sg_pair_trainer sg_pair_trainer;

typedef struct sg_pair_rates {
    float rows;
    float dense;
    float l2;
    float kept; /* of the features at each step, so that none is relied on alone */
} sg_pair_rates;

/* `vectors` is borrowed, and may be NULL. */
sg_pair_trainer *sg_pair_trainer_new(const sg_word_vectors *vectors, const sg_pair_rates *rates,
                                     uint64_t seed);
void sg_pair_trainer_free(sg_pair_trainer *trainer);

/* Keeps a copy of the features; returns the number of the example. */
uint32_t sg_pair_trainer_add(sg_pair_trainer *trainer, const sg_pair_features *features);
size_t sg_pair_trainer_count(const sg_pair_trainer *trainer);
/* Drops the features that fewer than `least` examples have. */
void sg_pair_trainer_drop_rare(sg_pair_trainer *trainer, uint32_t least);

/* Forgets everything learned. */
void sg_pair_trainer_start(sg_pair_trainer *trainer);
void sg_pair_trainer_learn(sg_pair_trainer *trainer, uint32_t number, int sign, float weight);
/* Puts the mean of the weights at the calls of _remember() since the start in their place: less
 * noise than those after the last example (Polyak and Juditsky 1992). */
void sg_pair_trainer_remember(sg_pair_trainer *trainer);
void sg_pair_trainer_settle(sg_pair_trainer *trainer);
void sg_pair_trainer_scores(sg_pair_trainer *trainer, uint32_t number, float out[SG_PAIR_SIGNS]);
/* What is learned, as a section of the model. */
void sg_pair_trainer_put(const sg_pair_trainer *trainer, float threshold, const char *section,
                         sg_model_writer *writer);

/* Order of a pass: the numbers 0 to count - 1, shuffled. */
void sg_pair_trainer_shuffle(sg_pair_trainer *trainer, size_t *order, size_t count);

#endif
