#ifndef STANCE_NAMES_H
#define STANCE_NAMES_H

/* Names: which words of a document are a person, an organisation, a place, an event or another
 * named thing. A linear chain over the words that can belong to a name, scored by hashed features
 * from the model section "names". sg_annotate() calls sg_names_mark(); the rest is what the
 * trainer shares with it, so that both see exactly the same features and the same chain. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/annotation.h"

#define SG_NAMES_SECTION "names"

/* Labels: 0 is "no name"; then four for each sg_entity_type: begin, inside, last, unit (BILOU). */
#define SG_NAMES_TYPES    5
#define SG_NAMES_LABELS   (1 + 4 * SG_NAMES_TYPES)
#define SG_NAMES_STRIDE   24 /* scores of a word, padded for the vector unit */
#define SG_NAMES_OUTSIDE  0
#define SG_NAMES_FEATURES 160 /* at most so many for a word */

enum { SG_NAMES_BEGIN, SG_NAMES_INSIDE, SG_NAMES_LAST, SG_NAMES_UNIT };

static inline uint8_t sg_names_label(unsigned type, unsigned place)
{
    return (uint8_t) (1 + 4 * type + place);
}

static inline unsigned sg_names_label_type(unsigned label)
{
    return (label - 1) / 4;
}

static inline unsigned sg_names_label_place(unsigned label)
{
    return (label - 1) % 4;
}

/* ---- lexicon ------------------------------------------------------------------------------ */

/* What lists say about one word, or one name of several words. */
enum {
    SG_NAMES_FIRST_MALE = 1 << 0,
    SG_NAMES_FIRST_FEMALE = 1 << 1,
    SG_NAMES_FAMILY = 1 << 2,
    SG_NAMES_CITY = 1 << 3,
    SG_NAMES_BIG_CITY = 1 << 4,
    SG_NAMES_COUNTRY = 1 << 5,
    SG_NAMES_DEMONYM = 1 << 6,
    SG_NAMES_KNOWN_PERSON = 1 << 7, /* encyclopaedic: a word of, or the whole, name */
    SG_NAMES_KNOWN_PLACE = 1 << 8,
    SG_NAMES_KNOWN_BODY = 1 << 9,
    SG_NAMES_KNOWN_EVENT = 1 << 10,
    SG_NAMES_ACTOR_PERSON = 1 << 11, /* lists of political actors */
    SG_NAMES_ACTOR_BODY = 1 << 12,
    SG_NAMES_COMMON = 1 << 13, /* seen as an ordinary lower-case word */
    SG_NAMES_STARTS_PHRASE = 1 << 14,
};

typedef struct sg_names_word_entry {
    uint16_t check; /* upper bits of the hash; 0 = empty slot */
    uint16_t leaf;  /* cluster number + 1 in the low 11 bits, rarity (0 most frequent) above */
    uint16_t flags;
} sg_names_word_entry;

typedef struct sg_names_pair_entry {
    uint16_t check;
    uint16_t value;
} sg_names_pair_entry;

typedef struct sg_names_lexicon {
    const sg_names_word_entry *words;   /* by lower-case form; size is a power of two */
    const sg_names_pair_entry *phrases; /* by lower-case words joined by a space: flags */
    const sg_names_pair_entry *brown;   /* by form: cluster number + 1 */
    const uint32_t *leaf_paths;         /* the top bits are the path, the low 5 its length */
    const uint32_t *brown_paths;
    uint32_t word_mask;
    uint32_t phrase_mask;
    uint32_t brown_mask;
    uint32_t leaf_count;
    uint32_t brown_count;
} sg_names_lexicon;

#define SG_NAMES_LEAF_BITS  11
#define SG_NAMES_PHRASE_MAX 7 /* words */

/* Hash of a form as the lexicon and the features use it; parts of a phrase are chained. */
uint64_t sg_names_hash(uint64_t seed, const char *text, size_t len);
sg_names_word_entry sg_names_lexicon_word(const sg_names_lexicon *lexicon, uint64_t hash);
uint16_t sg_names_lexicon_phrase(const sg_names_lexicon *lexicon, uint64_t hash);
uint16_t sg_names_lexicon_brown(const sg_names_lexicon *lexicon, uint64_t hash);
/* Continues the hash of a phrase with one more word (its own hash). */
uint64_t sg_names_phrase_hash(uint64_t phrase, uint64_t word);

/* ---- features ------------------------------------------------------------------------------ */

/* A document seen word by word. */
typedef struct sg_names_view sg_names_view;

/* `words` gives the tags; NULL where none are known. Lives in the arena. */
sg_names_view *sg_names_view_new(const sg_names_lexicon *lexicon, const sg_document *document,
                                 const sg_word_info *words, sg_arena *arena);
/* Whether word `i` may be part of a name. Words that may not are "no name" without scoring. */
bool sg_names_view_is_candidate(const sg_names_view *view, size_t i);
/* Features of a candidate from its sentence; returns their number. */
size_t sg_names_view_features(const sg_names_view *view, size_t i,
                              uint32_t features[SG_NAMES_FEATURES]);
/* Takes one labelling of all words, as evidence for the other places where the same words stand. */
void sg_names_view_vote(sg_names_view *view, const uint8_t *labels);
/* Features of a candidate from the votes. */
size_t sg_names_view_document_features(const sg_names_view *view, size_t i,
                                       uint32_t features[SG_NAMES_FEATURES]);

/* ---- chain --------------------------------------------------------------------------------- */

/* Scores of label pairs; pairs that make no sense are never read. */
typedef struct sg_names_chain {
    float pair[SG_NAMES_LABELS][SG_NAMES_LABELS];
} sg_names_chain;

/* Whether `next` may stand right after `label`. */
bool sg_names_may_follow(unsigned label, unsigned next);
/* Best labelling of `count` words standing between two words that are no names. `scores` has
 * SG_NAMES_STRIDE numbers a word. */
void sg_names_best(const sg_names_chain *chain, const float *scores, size_t count, sg_arena *arena,
                   uint8_t *labels);

/* Forward and backward sums over all labellings, scaled for each word. */
typedef struct sg_names_sums {
    size_t count;
    float *local;   /* exp(score - best score of the word) */
    float *forward; /* probability of the label given the words up to here */
    float *backward;
    float *scale;
    double log_total;
} sg_names_sums;

/* `allowed` has one bit set of labels a word, or is NULL. exp(pair) is given in `chain`.
 * False if no labelling is allowed. */
bool sg_names_sum(const sg_names_chain *exp_chain, const float *scores, const uint32_t *allowed,
                  size_t count, sg_arena *arena, sg_names_sums *sums);
/* Probability that words first to last (in the sums) are exactly one name of `type`. */
float sg_names_span_probability(const sg_names_chain *exp_chain, const sg_names_sums *sums,
                                size_t first, size_t last, unsigned type);

/* ---- use ----------------------------------------------------------------------------------- */

#define SG_NAMES_VERSION  1
#define SG_NAMES_ROW_BITS 18
#define SG_NAMES_ROW_MAX  ((1U << SG_NAMES_ROW_BITS) - 1)

/* Head of the section; the tables follow in the order of the numbers, each padded to 64 bytes. */
typedef struct sg_names_header {
    uint32_t version;
    uint32_t word_mask;
    uint32_t phrase_mask;
    uint32_t brown_mask;
    uint32_t leaf_count;
    uint32_t brown_count;
    uint32_t slot_mask;
    uint32_t row_count;
    float unit;
    float slope;
    float intercept;
} sg_names_header;

/* A section opened for reading: pointers into it, no memory of its own. */
typedef struct sg_names_model {
    sg_names_lexicon lexicon;
    sg_names_chain chain;
    sg_names_chain exp_chain;
    const uint32_t *slots; /* hash table: row number + 1 in the low 18 bits, check above */
    const int8_t *rows;    /* SG_NAMES_STRIDE scores each */
    uint32_t slot_mask;
    uint32_t row_count;
    float unit;             /* what 1 in a row is worth */
    float slope, intercept; /* logit of a name's probability -> logit of its confidence */
} sg_names_model;

/* Checks every size in the section; the bytes must stay as long as the model is used. */
SG_MUST_CHECK sg_status sg_names_model_read(const void *section, size_t size,
                                            sg_names_model *model_out, sg_error *err);

/* Fills annotation->entities from the document and the tags in annotation->words. The entities lie
 * in `arena`; what is needed only meanwhile, in `scratch`. */
void sg_names_mark(const sg_names_model *model, sg_annotation *annotation, sg_arena *arena,
                   sg_arena *scratch);

#endif
