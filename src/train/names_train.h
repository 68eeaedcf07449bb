#ifndef STANCE_NAMES_TRAIN_H
#define STANCE_NAMES_TRAIN_H

/* What the files that train the "names" section share. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"
#include "stance/error.h"
#include "stance/mem.h"
#include "stance/names.h"
#include "stance/strbuf.h"

/* Calls `line` for each line of `path` (without line end); ".gz" files are unpacked. */
typedef void (*sg_names_line)(char *line, void *context);
SG_MUST_CHECK sg_status sg_names_read_lines(const char *path, sg_names_line line, void *context,
                                            sg_error *err);

/* ---- corpora ------------------------------------------------------------------------------- */

/* How far the labels of a corpus may be believed. */
typedef enum sg_names_scheme {
    SG_NAMES_FULL,     /* all five types */
    SG_NAMES_NO_EVENT, /* events are among "other" */
    SG_NAMES_DERIVED,  /* events and others doubtful, adjectives of nations unmarked */
    SG_NAMES_THREE,    /* persons, organisations and places only */
    SG_NAMES_ACTORS,   /* persons and organisations only */
} sg_names_scheme;

typedef struct sg_names_text {
    sg_document document;
    sg_word_info *tags; /* NULL: none */
    uint8_t *labels;    /* gold; one a word */
    uint32_t *allowed;  /* labels that agree with the gold, as bits */
    sg_names_scheme scheme;
    float weight;
    uint32_t fold;
    char *name;
} sg_names_text;

typedef struct sg_names_corpus {
    sg_arena *arena;
    sg_names_text *texts;
    size_t count;
    size_t capacity;
} sg_names_corpus;

/* Which documents of a file: all, those with an even number, those with an odd one. */
typedef enum sg_names_part { SG_NAMES_ALL, SG_NAMES_EVEN, SG_NAMES_ODD } sg_names_part;

void sg_names_corpus_init(sg_names_corpus *corpus);
void sg_names_corpus_clear(sg_names_corpus *corpus);
/* Appends the documents of an IOB2 file. */
SG_MUST_CHECK sg_status sg_names_corpus_read(sg_names_corpus *corpus, const char *path,
                                             sg_names_part part, sg_names_scheme scheme,
                                             float weight, sg_error *err);
/* Appends articles with listed persons and organisations: FOLDER/gold/X.json,
 * FOLDER/articles/X.txt. */
SG_MUST_CHECK sg_status sg_names_corpus_read_articles(sg_names_corpus *corpus, const char *folder,
                                                      const sg_names_lexicon *lexicon, float weight,
                                                      sg_error *err);
/* Appends the articles of a folder that coded.h describes: they list places too. */
SG_MUST_CHECK sg_status sg_names_corpus_read_coded(sg_names_corpus *corpus, const char *folder,
                                                   const sg_names_lexicon *lexicon, float weight,
                                                   sg_error *err);
/* How headlines are written. */
typedef enum sg_names_case { SG_NAMES_SHOUTED, SG_NAMES_TITLED } sg_names_case;
/* Appends a copy of every `step`th sentence, starting with `start`, of the first `count` texts,
 * rewritten in that way. */
void sg_names_corpus_recase(sg_names_corpus *corpus, size_t count, sg_names_case how, size_t start,
                            size_t step);
/* Fills allowed[] from the labels and the scheme. */
void sg_names_corpus_allow(sg_names_text *text, const sg_names_lexicon *lexicon);

/* ---- lists --------------------------------------------------------------------------------- */

/* Builds the lexicon from the clusters, lists and treebanks under `corpora`. The tables live on
 * the heap of the lists. */
typedef struct sg_names_lists sg_names_lists;
SG_MUST_CHECK sg_status sg_names_lists_new(const char *corpora, const char *lexicons,
                                           sg_names_lists **lists_out, sg_error *err);
void sg_names_lists_free(sg_names_lists *lists);
const sg_names_lexicon *sg_names_lists_lexicon(const sg_names_lists *lists);

#endif
