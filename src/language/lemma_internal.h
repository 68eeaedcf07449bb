#ifndef STANCE_LEMMA_INTERNAL_H
#define STANCE_LEMMA_INTERNAL_H

/* Lemmas: a rule says what to cut off the end of a word and what to put there. Which rule a word
 * gets under a Penn tag is looked up: first the word itself, then its longest known ending. Both
 * lie in one hash table, section "lemma.table"; the rules are section "lemma.rules". */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SG_LEMMA_ADD_MAX    13
#define SG_LEMMA_FORM_MAX   96 /* longer words are their own lemma */
#define SG_LEMMA_ENDING_MAX 7
#define SG_LEMMA_NO_RULE    UINT16_MAX

typedef struct sg_lemma_rule {
    uint8_t cut;   /* bytes */
    uint8_t lower; /* 1: the lower-case form is the base; 0: the form as it is */
    uint8_t add_len;
    char add[SG_LEMMA_ADD_MAX];
} sg_lemma_rule;

typedef struct sg_lemma_slot {
    uint32_t mark; /* upper half of the hash; 0 only in empty slots */
    uint16_t rule;
    uint16_t unused;
} sg_lemma_slot;

/* How the word is written, which decides whether its lemma keeps a capital. */
enum { SG_LEMMA_SMALL, SG_LEMMA_CAPITAL, SG_LEMMA_ALL_CAPITALS, SG_LEMMA_CASES };

/* What the look-up knows of a word. */
typedef struct sg_lemma_query {
    char form[SG_LEMMA_FORM_MAX]; /* straight quotes */
    char low[SG_LEMMA_FORM_MAX];
    size_t len; /* of both */
    uint8_t xpos;
    uint8_t style;
} sg_lemma_query;

/* False for words that are their own lemma: too long, or without room for the result. */
bool sg_lemma_query_init(sg_lemma_query *query, const char *text, size_t len, uint8_t xpos);
/* Hash of the whole word (with or without regard to how it is written), and of its last n bytes. */
uint64_t sg_lemma_word_hash(const sg_lemma_query *query, bool with_style);
uint64_t sg_lemma_ending_hash(const sg_lemma_query *query, size_t n);
/* The rule at a hash, or SG_LEMMA_NO_RULE. */
uint16_t sg_lemma_find(const sg_lemma_slot *slots, size_t mask, uint64_t hash);
/* Writes the lemma, zero-terminated, at most SG_LEMMA_FORM_MAX + SG_LEMMA_ADD_MAX bytes. */
size_t sg_lemma_apply(const sg_lemma_rule *rule, const sg_lemma_query *query, char *out);

#endif
