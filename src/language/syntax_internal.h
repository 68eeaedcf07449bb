#ifndef STANCE_SYNTAX_INTERNAL_H
#define STANCE_SYNTAX_INTERNAL_H

/* The network that tags and parses, as inference (src/language/syntax.c) and training
 * (src/train/train_syntax.c) both see it.
 *
 *   word -> pretrained vector | sum of learned rows (word, cluster, affixes, shape)
 *        -> input layer -> convolution over the neighbours -> recurrent layers, both directions
 *        -> tags from all but the last recurrent layer
 *        -> from the last: a head part, a dependent part and two parts for the relation
 *           score(head i, dependent j) = dep_j U head_i + distance_j(i - j)
 *           relation(i, j) = linear(rectify(label_head_i + label_dep_j + label_distance(i - j)))
 *
 * Each sentence starts with one row that stands for the root. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/model.h"

/* ---- what the network knows of one word ------------------------------------------------- */

enum {
    SG_SYNTAX_WORD_ROW,  /* words seen in training */
    SG_SYNTAX_CLUSTER,   /* Brown cluster, whole path */
    SG_SYNTAX_CLUSTER_6, /* first bits of the path */
    SG_SYNTAX_SUFFIX_4,
    SG_SYNTAX_SUFFIX_3,
    SG_SYNTAX_SUFFIX_2,
    SG_SYNTAX_SUFFIX_1,
    SG_SYNTAX_PREFIX_4,
    SG_SYNTAX_PREFIX_3,
    SG_SYNTAX_PREFIX_2,
    SG_SYNTAX_SHAPE,
    SG_SYNTAX_CASE, /* of the word, of the sentence, first or not */
    SG_SYNTAX_FEATURES
};

#define SG_SYNTAX_NO_ROW UINT32_MAX

typedef struct sg_syntax_word {
    uint32_t vector;                   /* row of the pretrained vectors, or SG_SYNTAX_NO_ROW */
    uint32_t rows[SG_SYNTAX_FEATURES]; /* rows of the learned table, or SG_SYNTAX_NO_ROW */
} sg_syntax_word;

/* One slot of the word index: open addressing, linear steps, slot count a power of two. */
typedef struct sg_syntax_slot {
    uint32_t mark;   /* upper half of the hash; 0 only in empty slots */
    uint32_t vector; /* or SG_SYNTAX_NO_ROW */
    uint16_t word;   /* learned row + 1; 0: none */
    uint16_t path;   /* Brown path with a leading one bit; 0: none */
} sg_syntax_slot;

typedef struct sg_syntax_index {
    const sg_syntax_slot *slots;
    size_t mask;
} sg_syntax_index;

/* How words of the sentence are capitalised. */
typedef enum sg_syntax_case {
    SG_SYNTAX_CASE_NORMAL,
    SG_SYNTAX_CASE_TITLE, /* nearly every long word starts with a capital */
    SG_SYNTAX_CASE_UPPER,
    SG_SYNTAX_CASE_LOWER, /* no capital at all */
} sg_syntax_case;

/* Looks at the words one by one; start from zero. */
typedef struct sg_syntax_case_count {
    unsigned words, capital, upper;
} sg_syntax_case_count;

void sg_syntax_case_add(sg_syntax_case_count *count, const char *text, size_t len);
sg_syntax_case sg_syntax_case_of(const sg_syntax_case_count *count);

#define SG_SYNTAX_NORM_MAX 64

/* The form under which a word is looked up: lower case, straight quotes, plain dashes. Returns its
 * length; long words lose their middle. */
size_t sg_syntax_norm(const char *text, size_t len, char out[SG_SYNTAX_NORM_MAX]);
uint64_t sg_syntax_hash(const char *norm, size_t len);
/* The slot of a hash, or the empty slot where it would go. */
size_t sg_syntax_find(const sg_syntax_index *index, uint64_t hash);

/* `word_rows` learned rows stand before the hashed ones. */
void sg_syntax_look(const sg_syntax_index *index, uint32_t word_rows, const char *text, size_t len,
                    bool first, sg_syntax_case sentence_case, sg_syntax_word *word_out);
/* The row in front of each sentence. */
void sg_syntax_look_root(uint32_t word_rows, sg_syntax_word *word_out);
/* Rows of the learned table in all. */
uint32_t sg_syntax_table_rows(uint32_t word_rows);

/* ---- sizes and places of the weights ----------------------------------------------------- */

#define SG_SYNTAX_TAGS      80 /* 17 universal, 50 Penn, rounded up to whole panels */
#define SG_SYNTAX_XPOS_AT   17
#define SG_SYNTAX_RELATIONS 48
#define SG_SYNTAX_DISTANCES 32

/* Section "syntax.config". All widths are multiples of 16. */
typedef struct sg_syntax_config {
    uint32_t vector_rows;
    uint32_t vector_size; /* as stored; the network sees it padded to a multiple of 16 */
    uint32_t word_rows;
    uint32_t row_size;
    uint32_t width;
    uint32_t recurrent_layers;
    uint32_t arc_size;
    uint32_t label_size;
} sg_syntax_config;

#define SG_SYNTAX_MAX_LAYERS 6

/* Offsets, in floats, of the weights as training has them; all are multiples of 16. */
typedef struct sg_syntax_layout {
    size_t input_size; /* padded vector and learned row */
    size_t input_w, input_b;
    size_t around_w, around_b; /* three words in, width out */
    size_t recurrent_w[SG_SYNTAX_MAX_LAYERS], recurrent_b[SG_SYNTAX_MAX_LAYERS];
    size_t tag_w, tag_b;
    size_t part_size; /* head, dependent, label head, label dependent, one after the other */
    size_t part_w, part_b;
    size_t arc_w, arc_b;
    size_t distance_w, distance_b;
    size_t label_distance; /* one row a distance class */
    size_t label_w, label_b;
    size_t total;
} sg_syntax_layout;

void sg_syntax_layout_init(const sg_syntax_config *config, sg_syntax_layout *layout);

/* The matrices of the model file, in order. Section "syntax.weights" has their 16-bit weights one
 * after the other (nn16.h), "syntax.scales" the scale and then the bias of each column, matrix by
 * matrix, and at its end the rows of label_distance. */
enum {
    SG_SYNTAX_INPUT,
    SG_SYNTAX_BEFORE, /* the convolution, word by word; this one has its bias */
    SG_SYNTAX_HERE,
    SG_SYNTAX_AFTER,
    SG_SYNTAX_TAG,
    SG_SYNTAX_PART,
    SG_SYNTAX_ARC,
    SG_SYNTAX_DISTANCE,
    SG_SYNTAX_LABEL,
    SG_SYNTAX_RECURRENT, /* one a layer */
    SG_SYNTAX_MATRICES = SG_SYNTAX_RECURRENT + SG_SYNTAX_MAX_LAYERS
};

typedef struct sg_syntax_place {
    size_t k, n;
    size_t weights;     /* offset in "syntax.weights", in numbers */
    size_t scales;      /* offset in "syntax.scales", in floats; the bias follows */
    size_t source;      /* in the float layout: the matrix that it is part of, */
    size_t source_k;    /* the inputs of that matrix, */
    size_t source_row;  /* the first input that is meant, */
    size_t source_bias; /* and the bias; SIZE_MAX: none */
} sg_syntax_place;

/* Number of matrices; *weights_out and *scales_out get the sizes of the sections, in elements. */
size_t sg_syntax_places(const sg_syntax_config *config, sg_syntax_place places[SG_SYNTAX_MATRICES],
                        size_t *weights_out, size_t *scales_out);

/* Class of the distance from dependent row to head row, 0 to SG_SYNTAX_DISTANCES - 1. The root,
 * row 0, has a class of its own. */
unsigned sg_syntax_distance(size_t head_row, size_t dependent_row);

/* Heads of a tree over rows 1 to n from scores[j * step + i] of head row i for dependent row j:
 * the greatest sum with exactly one child of the root, which is the word that scores best there.
 * `scratch` holds sg_syntax_tree_scratch(n) bytes. heads_out[0] is not set. */
void sg_syntax_tree(const float *scores, size_t step, size_t n, void *scratch, uint32_t *heads_out);
size_t sg_syntax_tree_scratch(size_t n);

#endif
