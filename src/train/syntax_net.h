#ifndef STANCE_SYNTAX_NET_H
#define STANCE_SYNTAX_NET_H

/* The network of src/language/syntax_internal.h with what training needs: gradients, dropout,
 * Adam. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../language/syntax_internal.h"
#include "train_internal.h"

#define SG_NET_MAX_ROWS     1536
#define SG_NET_MAX_SENTENCE 400

typedef struct sg_net_gold {
    uint8_t upos, xpos, deprel; /* SG_UPOS_COUNT, SG_XPOS_COUNT: not known */
    uint32_t head;              /* row within the sentence; 0 is the root */
} sg_net_gold;

/* Sentences, one after the other; each begins with the row of the root. */
typedef struct sg_net_batch {
    sg_syntax_word *words;
    sg_net_gold *gold; /* also what the network found, after sg_net_decode() */
    size_t rows;
    size_t *first; /* row of each sentence's root; sentences + 1 entries */
    size_t sentences;
} sg_net_batch;

typedef struct sg_net sg_net;

/* `vectors` and `scales` as the corpora give them; borrowed. */
sg_net *sg_net_new(const sg_syntax_config *config, const int8_t *vectors, const float *scales,
                   sg_random *random);
void sg_net_free(sg_net *net);

/* One step of training; returns the loss a word. */
float sg_net_train(sg_net *net, const sg_net_batch *batch, float rate, float dropout,
                   sg_random *random);
/* Overwrites batch->gold by what the network finds. */
void sg_net_decode(sg_net *net, sg_net_batch *batch);

const float *sg_net_dense(const sg_net *net, size_t *count_out);
const float *sg_net_table(const sg_net *net, size_t *rows_out);
/* Starts from weights of an earlier training, as sg_net_dense() and sg_net_table() gave them. */
void sg_net_set(sg_net *net, const float *dense, const float *table);
/* Moves the running average of the weights into their place, or back. */
void sg_net_swap_average(sg_net *net);

#endif
