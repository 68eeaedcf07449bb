#ifndef STANCE_STANCE_INTERNAL_H
#define STANCE_STANCE_INTERNAL_H

/* From words that show a stance to statements: cues (lists), positions (what a phrase is about),
 * candidates (holder, sign, target), statements (the same stance of an article once). */

#include <stdbool.h>
#include <stdint.h>

#include "extract_internal.h"
#include "pair_network.h"
#include "speech_internal.h"

/* ---- cues: data/lexicons/stance.csv and evaluation.csv ---- */

typedef enum sg_cue_class { SG_CUE_VERB, SG_CUE_NOUN, SG_CUE_ADJECTIVE } sg_cue_class;
typedef enum sg_cue_kind {
    SG_CUE_ATTITUDE,
    SG_CUE_DEMAND,
    SG_CUE_ACT,
    SG_CUE_BLAME,
    SG_CUE_PRAISE,
    SG_CUE_EVALUATION,
} sg_cue_kind;

typedef struct sg_cue {
    const char *rest;   /* words after the first ("for" of "call for"), or "" */
    const char *frames; /* where the target stands, separated by | */
    int sign;           /* +1, -1, 0 */
    sg_cue_class class;
    sg_cue_kind kind;
    int strength; /* 1 to 3 */
} sg_cue;

/* The cue that `word` begins, or whose first word, if that has hyphens ("hard-won"), `word` heads;
 * the longest that fits; NULL if none. Evaluations are apart: the same
 * word can state a stance ("threaten") and judge a thing. */
const sg_cue *sg_stance_cue(const sg_reading *reading, uint32_t word);
const sg_cue *sg_evaluation_cue(const sg_reading *reading, uint32_t word);
/* True if the noun says in the lists that somebody is against something: "lawsuit", "protest". */
bool sg_is_opposing(const char *lemma);
/* A hyphen that joins the words beside it. */
bool sg_is_hyphen(const sg_reading *reading, uint32_t word);

/* ---- positions ---- */

#define SG_NO_POSITION UINT32_MAX

/* The position that the phrase headed by `head` is about: of the codebook, or induced where no
 * codebook was given. Records the mention. SG_NO_POSITION if it is about none. */
uint32_t sg_position_at(sg_reading *reading, uint32_t head);
/* The same, of the codebook, for the noun with the words right before it alone: not for what hangs
 * below it. */
uint32_t sg_position_named_by(sg_reading *reading, uint32_t noun);
/* -1 if the phrase headed by `head` names only what its position would undo: "the tax" for the
 * repeal of the tax. Who is for the one is against the other. Else 1, and for verbs: what they do
 * is not known. */
int sg_position_turn(sg_reading *reading, uint32_t head);
#define SG_POSITION_NAME_WORDS 12

/* Without a codebook: the position that the phrase or the verb with its object names
 * (position_induced.c). */
uint32_t sg_induced_position(sg_reading *reading, uint32_t head);
/* The position of that name, added where it is new, with one mention more. */
uint32_t sg_add_position(sg_reading *reading, const char *name, bool from_codebook,
                         sg_slice mention);
/* Determiners, prepositions and punctuation at the edges are no part of a name. */
void sg_trim_position(const sg_reading *reading, uint32_t *first, uint32_t *past);

/* The name of a position, read (position_name.c). */
typedef struct sg_position_name {
    uint64_t stems[SG_POSITION_NAME_WORDS]; /* hashes, of the words that are not fillers */
    size_t count;
    uint64_t head; /* of "imposition of the contract", "closing mosques" and "the new contract" */
    uint64_t root; /* of the head: its stem stripped further ("sanctions", "sanctioned") */
    bool undoes;   /* the head does: "repeal of the tax" */
    bool opposes;  /* the head is a noun for opposing: "challenge to the tax" */
} sg_position_name;

sg_position_name sg_position_name_read(const sg_reading *reading, const char *text);
/* The same, of a position of the article. */
sg_position_name sg_position_name_of(const sg_reading *reading, uint32_t position);
uint64_t sg_position_stem_hash(const char *word, size_t len);
/* Articles, prepositions and the like. */
bool sg_position_filler(const char *word, size_t len);
/* True if the word is for the undoing of something: "end", "repealing" (data/lexicons/undoing.csv).
 */
bool sg_is_undoing(const sg_reading *reading, uint32_t word);
/* True if a position of that name undoes something, and words first..past name that thing alone. */
bool sg_names_undone(const sg_reading *reading, const sg_position_name *name, uint32_t first,
                     uint32_t past);
/* True if the word has the stem of the head of the position's name: "repeal", "repealing X". */
bool sg_says_head(const sg_reading *reading, const sg_position_name *name, uint32_t word);
/* True if the word has the stem of the head of the position's name ("repeal", "repealing X"), or if
 * the name undoes something and the word too, which `undoes` says where no list does ("scrap",
 * "abolition of X"). */
bool sg_is_deed_of(const sg_reading *reading, const sg_position_name *name, uint32_t word,
                   bool undoes);
/* Records that the words first..past are about position `number` of the codebook. */
uint32_t sg_codebook_position_in(sg_reading *reading, uint32_t number, uint32_t first,
                                 uint32_t past);

/* How much of a position's name a sentence holds. */
typedef enum sg_fit { SG_FIT_NONE, SG_FIT_PART, SG_FIT_HALF, SG_FIT_MOST, SG_FIT_ALL } sg_fit;

/* A position where a sentence names it. */
typedef struct sg_naming {
    uint32_t position;
    uint32_t word;  /* the one that says what the head of the name says, else that of the phrase */
    uint32_t width; /* words of the phrase that the codebook matched */
    sg_fit fit;
    bool head;    /* `word` has the stem of the name's head: "impose", imposition of the contract */
    bool covered; /* an earlier row of the codebook, for another position, matches the same words */
} sg_naming;

typedef struct sg_namings {
    sg_naming *items;
    size_t count;
    size_t capacity;
} sg_namings;

/* What each sentence of the article names, one element per sentence, each position once: where the
 * codebook matches, or without one where the cue lists have found a position. In the arena. */
const sg_namings *sg_find_namings(sg_reading *reading);

/* "The decision", "it": may mean what the article has named before. */
bool sg_refers_back(const sg_reading *reading, uint32_t word);
/* A noun that names a proposal or an act by its kind alone: "decision", "bill". */
bool sg_is_kind_of_proposal(const char *lemma);

/* ---- candidates ---- */

typedef struct sg_candidate {
    uint32_t holder; /* actor */
    int sign;
    sg_target_kind target_kind;
    uint32_t target;    /* actor, position or event; SG_NO_POSITION: what `reference` means */
    uint32_t reference; /* a word that refers back, or SG_NO_WORD */
    uint32_t word;      /* the cue */
    sg_mode mode;
    sg_certainty certainty;
    float confidence;
} sg_candidate;

typedef struct sg_candidates {
    sg_candidate *items;
    size_t count;
    size_t capacity;
} sg_candidates;

void sg_find_candidates(sg_reading *reading, const sg_speech *speech, sg_candidates *out);

/* ---- pairs: who might take which side of what, sentence by sentence ---- */

/* Where an end of a pair is found. */
typedef enum sg_place {
    SG_PLACE_HERE,   /* in the sentence */
    SG_PLACE_SPEAKS, /* holders: only as the one whose words these are */
    SG_PLACE_BEFORE, /* in the sentence before it */
    SG_PLACE_BACK,   /* targets: a word here ("the decision", "it") may refer back to it */
    SG_PLACE_MAIN,   /* targets: it is what most of the article is about */
} sg_place;

/* Who does what the words of a position name. */
typedef enum sg_agent { SG_AGENT_NONE, SG_AGENT_OTHER, SG_AGENT_SELF } sg_agent;

typedef struct sg_pair {
    uint32_t holder;      /* actor */
    uint32_t holder_word; /* head of its mention in the sentence, or SG_NO_WORD: it only speaks */
    sg_target_kind target_kind;
    uint32_t target;
    uint32_t target_word;
    uint32_t sentence;
    sg_place holder_place;
    sg_place target_place;
    const sg_naming *naming;  /* positions: how it is named, here or before; NULL if main */
    uint32_t target_weight;   /* sentences of the article that name the target */
    uint32_t rank;            /* positions named by more sentences than this one */
    bool alone;               /* no more than one position can be what a word refers back to */
    sg_agent agent;           /* the holder, another actor, or nobody named */
    const sg_candidate *rule; /* what the cue lists say of this pair, or NULL */
} sg_pair;

typedef struct sg_pairs {
    sg_pair *items;
    size_t count;
    size_t capacity;
    uint8_t *negations;               /* per word of the article: how many negations hang on it */
    float (*spoken)[SG_PAIR_CLASSES]; /* per word: polarity towards it of whoever speaks */
} sg_pairs;

/* Every holder with every target of a sentence, and all that the cue lists found. */
void sg_find_pairs(sg_reading *reading, const sg_speech *speech, const sg_candidates *candidates,
                   sg_pairs *out);

/* "A, B and C said": where A stands; `word` itself if nothing is joined. */
uint32_t sg_first_joined(const sg_reading *reading, uint32_t word);

/* ---- the learned scorer ---- */

#define SG_STANCE_SECTION "stance" /* of the model: an sg_pair_network */

enum { SG_STANCE_SUPPORT = SG_PAIR_POSITIVE, SG_STANCE_OPPOSE = SG_PAIR_NEGATIVE };
#define SG_STANCE_CLASSES SG_PAIR_SIGNS /* against none of them */

void sg_stance_features(const sg_reading *reading, const sg_speech *speech, const sg_pairs *pairs,
                        const sg_pair *pair, sg_pair_features *out);
/* Leaves each passage of one sentence one side; `statement_of` says which belong together. */
void sg_stance_take_sides(float (*passages)[SG_STANCE_CLASSES], const uint32_t *statement_of,
                          size_t count);
/* Adds what one passage says to what is known of a statement; then settles between its signs. */
void sg_stance_join(float known[SG_STANCE_CLASSES], const float passage[SG_STANCE_CLASSES]);
void sg_stance_decide(float known[SG_STANCE_CLASSES]);
/* The sign of what the holder is for or against by the rules, times SG_SURE if the cue lists are
 * sure of it; else because a weak cue says so, or it does what the position is; 0 if they do not
 * say. */
#define SG_SURE 2
int sg_pair_rule(const sg_pair *pair);
/* Adds what a rule says to what the scorer says. */
void sg_stance_follow_rule(int rule, float p[SG_STANCE_CLASSES]);
/* Everything up to the pairs; the trainer of the scorer starts here. */
sg_reading *sg_read_article(const sg_annotation *annotation,
                            const struct sg_extract_options *options, sg_arena *arena,
                            sg_speech **speech_out, sg_pairs *pairs_out);

/* Pairs that are likely enough become reading->statements. */
void sg_make_statements(sg_reading *reading, const sg_speech *speech, const sg_pairs *pairs);

#endif
