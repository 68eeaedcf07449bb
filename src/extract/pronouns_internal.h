#ifndef STANCE_PRONOUNS_INTERNAL_H
#define STANCE_PRONOUNS_INTERNAL_H

/* Pronouns: who "she", "its" and "they" are. Each is one question with several answers: an actor
 * named before, a thing named before that is no actor, or nothing that was named ("it rains"). The
 * answers are ranked by a model learned from texts whose references were marked by hand
 * (data/models/README.md).
 *
 *   score(answer) = linear(hashed features),  probabilities = softmax(scores)
 *
 * The likeliest actor is the answer if it is likely enough. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "extract_internal.h"

typedef enum sg_pronoun_kind {
    SG_NO_PRONOUN,
    SG_PRONOUN_HE,
    SG_PRONOUN_SHE,
    SG_PRONOUN_IT,
    SG_PRONOUN_THEY,
} sg_pronoun_kind;

#define SG_PRONOUN_BITS     14
#define SG_PRONOUN_ROWS     (1U << SG_PRONOUN_BITS)
#define SG_PRONOUN_ROWS_MAX 128
#define SG_ANTECEDENTS_MAX  32

typedef struct sg_antecedent {
    uint32_t actor;   /* SG_NO_ACTOR: a thing, or nothing named */
    uint32_t head;    /* of its last mention; SG_NO_WORD: nothing named */
    uint32_t mention; /* the last one; SG_NO_MENTION unless an actor */
    uint32_t count;   /* mentions among the sentences looked at */
    uint32_t total;   /* the same of the whole text before, for actors */
    uint32_t rows[SG_PRONOUN_ROWS_MAX];
    size_t row_count;
} sg_antecedent;

/* One pronoun and its possible antecedents: the last is always "nothing named". */
typedef struct sg_pronoun {
    const sg_reading *reading;
    const uint8_t *quoted; /* one for each word */
    uint32_t word;
    sg_pronoun_kind kind;
    uint32_t last_actor; /* the antecedent of the pronoun before, or SG_NO_ACTOR */
    sg_antecedent items[SG_ANTECEDENTS_MAX];
    size_t count;
} sg_pronoun;

sg_pronoun_kind sg_pronoun_kind_of(const char *lower);
/* One element per word: does it stand between quotation marks? A mark left open ends with its
 * paragraph. In the arena of the reading. */
uint8_t *sg_pronoun_find_quoted(const sg_reading *reading);
/* Finds the antecedents of question->word, of which reading, quoted, word, kind and last_actor are
 * given, with their features. `recent` are the mentions up to there by place. */
void sg_pronoun_find_antecedents(sg_pronoun *question, const uint32_t *recent, size_t recent_count);
/* pronoun_features.c: fills the rows of every antecedent. */
void sg_pronoun_features_of(sg_pronoun *question);

#define SG_PRONOUN_SECTION "pronouns" /* of the model */

typedef struct sg_pronoun_model {
    float scale;     /* of the rows */
    float threshold; /* least probability of an actor */
    int16_t rows[SG_PRONOUN_ROWS];
} sg_pronoun_model;

/* NULL if the model has no such section. */
const sg_pronoun_model *sg_pronoun_model_of(const sg_model *model);
/* The answer of the model: an actor, or SG_NO_ACTOR. */
uint32_t sg_pronoun_resolve(const sg_pronoun_model *model, const sg_pronoun *question);

/* ---- for the trainer ---- */

/* Turns the scores into probabilities. */
void sg_pronoun_softmax(float *scores, size_t count);
/* The actor that the probabilities speak for, or SG_NO_ACTOR. */
uint32_t sg_pronoun_decide(const sg_pronoun *question, const float *probabilities, float threshold);

typedef uint32_t sg_pronoun_answerer(void *context, const sg_pronoun *question);
/* sg_read_descriptions() with the answers of another. */
void sg_read_descriptions_with(sg_reading *reading, sg_pronoun_answerer *answer, void *context);

#endif
