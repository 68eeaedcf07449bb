#ifndef STANCE_SYNTAX_VOCABULARY_H
#define STANCE_SYNTAX_VOCABULARY_H

/* The word index of the network, with the pretrained vectors and clusters that it leads to. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/strbuf.h"

#include "../language/syntax_internal.h"
#include "treebank.h"

typedef struct sg_vocabulary {
    sg_syntax_slot *slots;
    sg_syntax_index index;
    uint32_t word_rows;   /* words of the treebanks with a learned row */
    uint32_t vector_rows; /* pretrained vectors kept */
    uint32_t vector_size;
    sg_strbuf vector_file;
    const int8_t *vectors; /* in vector_file */
    const float *scales;   /* one a column */
} sg_vocabulary;

/* Reads vectors and clusters from the corpora folder and counts the words of the treebank. */
SG_MUST_CHECK sg_status sg_vocabulary_init(sg_vocabulary *vocabulary, const char *corpora,
                                           const sg_treebank *bank, sg_arena *arena, sg_error *err);
void sg_vocabulary_clear(sg_vocabulary *vocabulary);

#endif
