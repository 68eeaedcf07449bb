#ifndef STANCE_SPEECH_INTERNAL_H
#define STANCE_SPEECH_INTERNAL_H

/* Who says what: for every word, whose words it is part of. The narrator's words have no speaker.
 */

#include <stdbool.h>
#include <stdint.h>

#include "extract_internal.h"

typedef struct sg_speech {
    /* One element per word. */
    uint32_t *speaker; /* actor, or SG_NO_ACTOR for the narrator or an unknown speaker */
    uint8_t *mode;     /* sg_mode */
    uint32_t *quote;   /* number of the quotation that holds the word, or SG_NO_QUOTE */
    uint32_t *cue;     /* the word that attributes it ("said", "according"), or SG_NO_WORD */

    struct sg_quote *quotes;
    size_t quote_count;
    size_t quote_capacity;
} sg_speech;

#define SG_NO_QUOTE UINT32_MAX

/* A quotation: words first..past, the marks left out. Quotations of a word or two ("scare
 * quotes") are not recorded. */
struct sg_quote {
    uint32_t first;
    uint32_t past;
    bool continues; /* begins a paragraph after one whose quotation was not closed */
    bool complete;  /* a mark of the sentence stands before it or ends it: no mere expression */
    uint32_t speaker;
    uint32_t cue;
};

/* Needs the actors of the reading. May make groups of unnamed speakers ("one MP"). */
sg_speech *sg_read_speech(sg_reading *reading);

/* attribution.c: fills reading->attributions. */
void sg_read_attributions(sg_reading *reading, const sg_speech *speech);

/* The verb by which `subject` would be found: true if the word is a verb or participle of saying.
 */
bool sg_is_speech_verb(const sg_reading *reading, uint32_t word);
/* A verb by which words or thoughts are put down to somebody, beyond those of saying. */
bool sg_is_attributing_verb(const sg_reading *reading, uint32_t word);
/* Subject of a verb, through conjunction and control ("X rose and said", "X wants to say"), or the
 * agent of a passive; SG_NO_WORD. */
uint32_t sg_subject_of(const sg_reading *reading, uint32_t verb);
/* The same as it stands there: "who" rather than the noun that it stands for. */
uint32_t sg_subject_phrase_of(const sg_reading *reading, uint32_t verb);
/* Head of the phrase that says whose words hang on the verb; never within a quotation of which the
 * verb is no part. SG_NO_WORD if nothing says it. */
uint32_t sg_source_of(const sg_reading *reading, const sg_speech *speech, uint32_t verb);
/* The noun that a relative "who", "which" or "that" stands for; any other word itself. */
uint32_t sg_relative_antecedent(const sg_reading *reading, uint32_t word);

#endif
