#ifndef STANCE_NAMES_CRF_H
#define STANCE_NAMES_CRF_H

/* The chain in training: texts turned into feature numbers, weights as floats. */

#include "names_train.h"
#include "train_internal.h"

/* One text ready for training: runs of candidates and the rows of their features. */
typedef struct sg_names_instance {
    const sg_names_text *text;
    sg_names_view *view;
    size_t run_count;
    uint32_t *run_first; /* word; a run ends at the word that is no candidate */
    uint32_t *run_count_of;
    uint32_t *offsets; /* word i: rows[offsets[i], offsets[i + 1]) */
    uint32_t *rows;
    uint32_t *document_offsets; /* the same for features from votes; NULL before the first vote */
    uint32_t *document_rows;
} sg_names_instance;

typedef struct sg_names_index {
    uint32_t *hashes; /* open addressing, 0 = empty */
    uint32_t *counts;
    uint32_t *numbers; /* row + 1, or 0: too rare */
    size_t size;
    size_t used;
    uint32_t row_count;
    uint32_t *row_hash;
    uint32_t *row_uses;
} sg_names_index;

void sg_names_index_clear(sg_names_index *index);
void sg_names_index_count(sg_names_index *index, uint32_t hash);
/* Gives each feature counted at least `min` times a row. */
void sg_names_index_number(sg_names_index *index, uint32_t min);
/* SG_NO_ROW when it has none. */
#define SG_NAMES_NO_ROW UINT32_MAX
uint32_t sg_names_index_find(const sg_names_index *index, uint32_t hash);

typedef struct sg_names_weights {
    float *rows; /* SG_NAMES_STRIDE each */
    float *squares;
    sg_names_chain chain;
    sg_names_chain chain_squares;
    uint32_t row_count;
} sg_names_weights;

struct sg_names_settings {
    int epochs;
    float rate;
    float decay;      /* L2 */
    float drop;       /* share of features left out at each step */
    float drop_votes; /* how often a text is read without votes */
    int skip_fold;    /* texts of this fold are left out; -1: none */
};

/* Adds the weights to a mean: mean = mean * (n - 1) / n + weights / n. */
void sg_names_weights_average(sg_names_weights *mean, const sg_names_weights *weights, int n);
void sg_names_weights_init(sg_names_weights *weights, uint32_t row_count);
void sg_names_weights_clear(sg_names_weights *weights);
/* Returns the mean loss of a run in the last epoch. */
double sg_names_weights_train(sg_names_weights *weights, sg_names_instance *instances, size_t count,
                              const struct sg_names_settings *settings, sg_random *random);
/* Labels all words; with votes if the instance has them and `votes` is set. */
void sg_names_weights_label(const sg_names_weights *weights, const sg_names_instance *instance,
                            bool votes, uint8_t *labels);

#endif
