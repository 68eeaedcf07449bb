#ifndef STANCE_TREEBANK_H
#define STANCE_TREEBANK_H

/* Sentences of a treebank in CoNLL-U: what training needs of them. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"

typedef struct sg_tree_word {
    const char *form;
    const char *lemma; /* NULL if the treebank gives none */
    uint32_t head;     /* 1-based within the sentence; 0 is the root */
    uint8_t upos;
    uint8_t xpos; /* SG_XPOS_COUNT if the treebank gives none */
    uint8_t deprel;
} sg_tree_word;

typedef struct sg_tree_sentence {
    sg_tree_word *words;
    size_t count;
} sg_tree_sentence;

typedef struct sg_treebank {
    sg_tree_sentence *sentences;
    size_t count;
    size_t capacity;
    size_t word_count;
} sg_treebank;

/* Appends the sentences of corpora/`name` to `bank`; everything lives in the arena. */
SG_MUST_CHECK sg_status sg_treebank_read(const char *corpora, const char *name, sg_arena *arena,
                                         sg_treebank *bank, sg_error *err);

#endif
