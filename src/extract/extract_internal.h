#ifndef STANCE_EXTRACT_INTERNAL_H
#define STANCE_EXTRACT_INTERNAL_H

/* What the steps of extraction share: one article being read. extract.c runs the steps in order;
 * each adds to the reading and leaves what others made alone. Everything lives in the arena.
 *
 * Words are named by their number in document->words. An actor is named by its index in
 * reading->actors; that index stays the same from the step that makes the actor to the end (actors
 * that turn out to be nothing are marked `dropped` and left out of the result). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "stance/extraction.h"

#include "lexicon_internal.h"

#define SG_NO_ACTOR   UINT32_MAX
#define SG_NO_MENTION UINT32_MAX
#define SG_NO_EVENT   UINT32_MAX

typedef enum sg_mention_kind {
    SG_MENTION_NAME,        /* "Ms Alexander", "the BMA" */
    SG_MENTION_DESCRIPTION, /* "the Health Secretary", "the union", "junior doctors" */
    SG_MENTION_PRONOUN,     /* "she", "its" */
} sg_mention_kind;

typedef struct sg_mention {
    uint32_t first; /* words; honorifics are in, determiners and possessive endings are not */
    uint32_t count;
    uint32_t head; /* the word by which the rest of the tree holds the phrase */
    uint32_t actor;
    sg_mention_kind kind;
} sg_mention;

typedef enum sg_gender { SG_GENDER_UNKNOWN, SG_GENDER_MALE, SG_GENDER_FEMALE } sg_gender;

typedef struct sg_role_fact {
    uint32_t actor;
    const char *text;      /* NULL if only membership is said */
    const char *lower;     /* the same in lower case */
    uint32_t organisation; /* SG_NO_ACTOR if none */
    sg_slice evidence;
} sg_role_fact;

/* An actor while the article is read. */
typedef struct sg_actor_draft {
    sg_actor_kind kind;
    const char *name;
    const char *acronym;
    uint32_t classes; /* SG_CLASS_ bits of what heads its name (organisations, groups) */
    uint32_t parent;  /* the organisation that this one is a part of, or SG_NO_ACTOR */
    sg_gender gender;
    bool is_place; /* a country or city that acts */
    bool plural;   /* "they" rather than "it" */
    bool acts;     /* speaks, holds a stance or takes part in an event */
    bool dropped;
} sg_actor_draft;

typedef struct sg_reading {
    const sg_annotation *annotation;
    const sg_document *document;
    const sg_word_info *info; /* annotation->words */
    struct sg_extract_options options;
    sg_arena *arena;
    size_t word_count;

    /* One element per word. */
    const char **lower; /* lower case, straight quotes, zero-terminated */
    uint32_t *classes;  /* SG_CLASS_ bits of the word as written or of its lemma */
    uint32_t *sentence_of;
    uint8_t *skipped;     /* words of photo credits, date lines and other text that is not read */
    uint32_t *mention_at; /* the mention that covers the word, or SG_NO_MENTION */

    /* The cue at each word as far as it was asked for (stance_cues.c). */
    const struct sg_cue **stance_cue_at;
    const struct sg_cue **evaluation_cue_at;

    /* What the polarity network knows of each word (polarity_internal.h); NULL until it is read. */
    const struct sg_polarity_words *polarity;

    sg_mention *mentions; /* order of finding; by place: sg_reading_mentions_in_order() */
    size_t mention_count;
    size_t mention_capacity;
    sg_actor_draft *actors;
    size_t actor_count;
    size_t actor_capacity;
    sg_role_fact *roles;
    size_t role_count;
    size_t role_capacity;

    sg_event *events; /* of the result; indices of actors are those of the reading */
    size_t event_count;
    size_t event_capacity;
    uint32_t *event_at; /* per word: the event that the noun or verb tells, or SG_NO_EVENT */
    sg_position *positions;
    size_t position_count;
    size_t position_capacity;
    sg_statement *statements;
    size_t statement_count;
    size_t statement_capacity;
    sg_attribution *attributions;
    size_t attribution_count;
    size_t attribution_capacity;
} sg_reading;

/* ---- reading.c: words, trees, lists ------------------------------------------------------------
 */

sg_reading *sg_reading_new(const sg_annotation *annotation,
                           const struct sg_extract_options *options, sg_arena *arena);
/* The result: actors that were not dropped, with indices renumbered everywhere. */
sg_extraction *sg_reading_finish(sg_reading *reading);

/* First word and the word past the last of the sentence that holds `word`. */
uint32_t sg_sentence_first(const sg_reading *reading, uint32_t word);
uint32_t sg_sentence_past(const sg_reading *reading, uint32_t word);
sg_paragraph_kind sg_paragraph_kind_of(const sg_reading *reading, uint32_t word);
/* Bytes from the first to the end of the last of `count` words. */
sg_slice sg_words_slice(const sg_reading *reading, uint32_t first, uint32_t count);
/* The words as written, with the white space between them as one space. In the arena. */
const char *sg_words_text(const sg_reading *reading, uint32_t first, uint32_t count);
/* The same in lower case with straight quotes, for look-ups. */
const char *sg_words_lower(const sg_reading *reading, uint32_t first, uint32_t count);
/* Class bits of a phrase; for one word those of the word. */
uint32_t sg_phrase_classes(const sg_reading *reading, uint32_t first, uint32_t count);
/* Is word[0, len) one of the strings? */
bool sg_is_one_of(const char *word, size_t len, const char *const *list, size_t count);
#define SG_IS_ONE_OF(word, list)                                                                   \
 sg_is_one_of(word, strlen(word), list, sizeof(list) / sizeof *(list))
/* 1 if the word is in the first list, -1 if in the second, else 0. */
#define SG_SIGN_IN(word, good, bad) (SG_IS_ONE_OF(word, good) - SG_IS_ONE_OF(word, bad))
/* Sets right what the parser gets wrong in known ways (tree_mending.c). */
void sg_mend_trees(sg_reading *reading);
/* The persons that "the two senators", "both men" and "all three candidates" mean: those named last
 * before the sentence. How many, or 0 if the word means no such persons. */
#define SG_PERSONS_MEANT 3
size_t sg_persons_meant(const sg_reading *reading, uint32_t word,
                        uint32_t persons[SG_PERSONS_MEANT]);
/* A text or other message by which somebody speaks: a letter, a statement, a video. */
bool sg_is_paper(const sg_reading *reading, uint32_t noun);
/* Whose letter, statement or message the noun is ("A's letter", "an email from A"), or SG_NO_WORD.
 */
uint32_t sg_writer_of(const sg_reading *reading, uint32_t paper);
bool sg_word_is(const sg_reading *reading, uint32_t word, const char *lower);
bool sg_word_is_capital(const sg_reading *reading, uint32_t word);     /* first letter */
bool sg_word_is_all_capital(const sg_reading *reading, uint32_t word); /* two letters or more */
bool sg_word_is_proper(const sg_reading *reading, uint32_t word); /* tagged as (part of) a name */
bool sg_word_is_upos(const sg_reading *reading, uint32_t word, sg_upos upos);
bool sg_word_is_rel(const sg_reading *reading, uint32_t word, sg_deprel deprel);
/* First dependent of `word` with the relation, or SG_NO_WORD. */
uint32_t sg_child(const sg_reading *reading, uint32_t word, sg_deprel deprel);
/* True if the first dependent with that relation is the word: "but" of "but not the strike". */
bool sg_child_is(const sg_reading *reading, uint32_t word, sg_deprel deprel, const char *lower);
/* `word` is `ancestor` or hangs below it. */
bool sg_is_below(const sg_reading *reading, uint32_t word, uint32_t ancestor);
/* The part of the subtree of `head` that is an unbroken run of words around it. */
void sg_subtree_span(const sg_reading *reading, uint32_t head, uint32_t *first_out,
                     uint32_t *past_out);
/* The word of first..past whose head lies outside; the last noun where the tree is broken. */
uint32_t sg_span_head(const sg_reading *reading, uint32_t first, uint32_t past);

uint32_t sg_add_actor(sg_reading *reading, sg_actor_kind kind, const char *name);
/* Records that the words name or describe the actor; words that are covered stay as they are. */
uint32_t sg_add_mention(sg_reading *reading, uint32_t first, uint32_t count, uint32_t actor,
                        sg_mention_kind kind);
/* Everything known about `from` goes to `into`; `from` is dropped. */
void sg_merge_actors(sg_reading *reading, uint32_t into, uint32_t from);
void sg_add_role(sg_reading *reading, uint32_t actor, const char *text, uint32_t organisation,
                 sg_slice evidence);
/* Numbers of all mentions, by first word. In the arena. */
uint32_t *sg_mentions_in_order(const sg_reading *reading);

/* ---- the steps, in the order of extract.c -------------------------------------------------------
 */

/* extract.c: all who are named, with groups and roles, before descriptions and pronouns. */
void sg_read_actors(sg_reading *reading);
void sg_read_names(sg_reading *reading); /* actors_names.c: persons, organisations, places */
/* actors_known.c: names, kinds and affiliations of the user's list. */
void sg_apply_known_actors(sg_reading *reading);
void sg_apply_known_affiliations(sg_reading *reading);
void sg_read_groups(sg_reading *reading);         /* actors_groups.c */
void sg_read_roles(sg_reading *reading);          /* roles.c: roles and affiliations */
void sg_read_referred_roles(sg_reading *reading); /* roles_references.c: "its president, X" */
void sg_read_descriptions(sg_reading *reading);   /* actors_reference.c: "the union", "she" */

/* ---- actors_reference.c: who is meant
 * ------------------------------------------------------------ */

/* The actor whose name, description or pronoun covers `word`, or SG_NO_ACTOR. */
uint32_t sg_actor_at(const sg_reading *reading, uint32_t word);
/* "The top Democrat", "a Libertarian": a word for the party that means a person. */
bool sg_is_party_member(const sg_reading *reading, uint32_t word);
/* Who speaks or acts when `head` is the subject, object or agent: the actor at `head`; for "a
 * spokesman for X", "X's lawyer said" with nobody named, X; for "members of X" without a group of
 * their own, SG_NO_ACTOR. */
uint32_t sg_principal_at(const sg_reading *reading, uint32_t head);
/* The actor at `head`, made into a group if it is an unnamed person or collective that has no actor
 * yet ("one MP", "residents"); SG_NO_ACTOR if it cannot be an actor. */
uint32_t sg_actor_or_group_at(sg_reading *reading, uint32_t head);
/* The group named by the noun phrase of `head`, made if it is new (actors_groups.c); SG_NO_ACTOR if
 * the word is no noun for people or is a mention already. */
uint32_t sg_make_group_at(sg_reading *reading, uint32_t head);

#endif
