#ifndef STANCE_WORD_VECTORS_H
#define STANCE_WORD_VECTORS_H

/* Word vectors: the pretrained vectors and the clusters of frequent words that the model holds for
 * tagging and parsing, for other learned parts to use. */

#include <stddef.h>
#include <stdint.h>

#include "stance/mem.h"
#include "stance/model.h"

#define SG_WORD_VECTOR_SIZE 100
#define SG_NO_VECTOR        UINT32_MAX

typedef struct sg_word_vectors sg_word_vectors;

/* In the arena; borrows from the model. NULL if there is no model, or it has none of this size. */
sg_word_vectors *sg_word_vectors_new(const sg_model *model, sg_arena *arena);
/* Number of the word's vector, or SG_NO_VECTOR. Case does not matter. */
uint32_t sg_word_vectors_find(const sg_word_vectors *vectors, const char *word, size_t len,
                              uint32_t *cluster_out); /* Brown path, 0: none */
/* Adds `weight` times the vector to `sum`. */
void sg_word_vectors_add(const sg_word_vectors *vectors, uint32_t number, float weight,
                         float sum[SG_WORD_VECTOR_SIZE]);

#endif
