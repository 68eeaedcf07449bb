#ifndef STANCE_ANNOTATION_H
#define STANCE_ANNOTATION_H

/* An annotation: what the language stage says about each word of a document, and its names.
 * Word numbers are positions in document->words. Lives in the arena given to sg_annotate(). */

#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"
#include "stance/model.h"

/* Universal part-of-speech tags, in alphabetical order as UD lists them. */
typedef enum sg_upos {
    SG_ADJ,
    SG_ADP,
    SG_ADV,
    SG_AUX,
    SG_CCONJ,
    SG_DET,
    SG_INTJ,
    SG_NOUN,
    SG_NUM,
    SG_PART,
    SG_PRON,
    SG_PROPN,
    SG_PUNCT,
    SG_SCONJ,
    SG_SYM,
    SG_VERB,
    SG_X,
    SG_UPOS_COUNT
} sg_upos;

/* Universal relations of UD v2 without language-specific subtypes, plus the subtypes that
 * extraction reads. sg_deprel_name() spells them. */
typedef enum sg_deprel {
    SG_ROOT,
    SG_ACL,
    SG_ACL_RELCL,
    SG_ADVCL,
    SG_ADVMOD,
    SG_AMOD,
    SG_APPOS,
    SG_AUXREL,
    SG_AUX_PASS,
    SG_CASE,
    SG_CC,
    SG_CCOMP,
    SG_CLF,
    SG_COMPOUND,
    SG_COMPOUND_PRT,
    SG_CONJ,
    SG_COP,
    SG_CSUBJ,
    SG_CSUBJ_PASS,
    SG_DEP,
    SG_DETREL,
    SG_DISCOURSE,
    SG_DISLOCATED,
    SG_EXPL,
    SG_FIXED,
    SG_FLAT,
    SG_GOESWITH,
    SG_IOBJ,
    SG_LIST_REL,
    SG_MARK,
    SG_NMOD,
    SG_NMOD_POSS,
    SG_NSUBJ,
    SG_NSUBJ_PASS,
    SG_NUMMOD,
    SG_OBJ,
    SG_OBL,
    SG_OBL_AGENT,
    SG_ORPHAN,
    SG_PARATAXIS,
    SG_PUNCTREL,
    SG_REPARANDUM,
    SG_VOCATIVE,
    SG_XCOMP,
    SG_DEPREL_COUNT
} sg_deprel;

/* Morphological features that extraction reads, as bits. */
enum {
    SG_FEAT_PLURAL = 1 << 0,
    SG_FEAT_PAST = 1 << 1,
    SG_FEAT_PRESENT = 1 << 2,
    SG_FEAT_PASSIVE = 1 << 3,
    SG_FEAT_PARTICIPLE = 1 << 4,
    SG_FEAT_GERUND = 1 << 5,
    SG_FEAT_INFINITIVE = 1 << 6,
    SG_FEAT_IMPERATIVE = 1 << 7,
    SG_FEAT_FIRST = 1 << 8,
    SG_FEAT_SECOND = 1 << 9,
    SG_FEAT_THIRD = 1 << 10,
    SG_FEAT_COMPARATIVE = 1 << 11,
    SG_FEAT_SUPERLATIVE = 1 << 12,
    SG_FEAT_POSSESSIVE = 1 << 13,
};

#define SG_NO_WORD UINT32_MAX

typedef struct sg_word_info {
    const char *lemma;  /* zero-terminated; lower case except for proper nouns */
    uint32_t head;      /* word number, or SG_NO_WORD for the root of a sentence */
    uint8_t upos;       /* sg_upos */
    uint8_t xpos;       /* index for sg_xpos_name() */
    uint8_t deprel;     /* sg_deprel */
    uint8_t confidence; /* of head and relation together, 0 to 255 */
    uint32_t features;  /* SG_FEAT_ bits */
} sg_word_info;

typedef enum sg_entity_type {
    SG_ENTITY_PERSON,
    SG_ENTITY_ORGANISATION,
    SG_ENTITY_LOCATION,
    SG_ENTITY_EVENT,
    SG_ENTITY_OTHER,
} sg_entity_type;

typedef struct sg_entity {
    uint32_t first_word;
    uint32_t word_count;
    sg_entity_type type;
    float confidence; /* 0 to 1 */
} sg_entity;

typedef struct sg_annotation {
    const sg_document *document;
    const sg_model *model; /* that made it; extraction reads its own sections there */
    sg_word_info *words;   /* document->word_count of them */
    sg_entity *entities;   /* in order of position, not overlapping */
    size_t entity_count;
} sg_annotation;

/* Tags, parses and finds names in every sentence. Thread-safe: the model is only read. */
SG_MUST_CHECK sg_status sg_annotate(const sg_model *model, const sg_document *document,
                                    sg_arena *arena, sg_annotation **annotation_out, sg_error *err);

const char *sg_upos_name(uint8_t upos);
const char *sg_xpos_name(uint8_t xpos);
/* As written in CoNLL-U ("nsubj:pass"). */
const char *sg_deprel_name(uint8_t deprel);
/* "PER", "ORG", "LOC", "EVENT", "MISC". */
const char *sg_entity_name(sg_entity_type type);

#endif
