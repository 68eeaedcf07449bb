#ifndef STANCE_ACTORS_INTERNAL_H
#define STANCE_ACTORS_INTERNAL_H

/* What the files that find actors share: the names of an article before they are actors.
 * A span is one place where a name stands; a name is what all spans with the same folded text have
 * in common, and the unit for which its type is decided. */

#include "stance/map.h"

#include "extract_internal.h"

#define SG_TYPE_COUNT 5 /* of sg_entity_type */

typedef struct sg_name_span {
    uint32_t first; /* words, honorific included */
    uint32_t past;
    uint32_t core;  /* first word without honorific */
    uint32_t name;  /* index in names */
    uint32_t title; /* last word of a title right before the name, or SG_NO_WORD */
    bool weak;      /* in a title-case headline, or only guessed from capitals */
} sg_name_span;

typedef struct sg_name {
    const char *key;  /* folded */
    const char *text; /* as first written */
    size_t parts;     /* words parted by spaces */
    size_t count;     /* spans */
    size_t strong;    /* spans that are not weak */
    double score[SG_TYPE_COUNT];
    sg_entity_type type;
    const char *party; /* full name of the party that it names, or NULL */
    bool place;        /* a country of the list */
    uint32_t actor;    /* SG_NO_ACTOR until it has one */
} sg_name;

typedef struct sg_names {
    sg_reading *reading;
    sg_name_span *spans; /* in order of place, not overlapping */
    size_t span_count;
    size_t span_capacity;
    sg_name *names;
    size_t name_count;
    size_t name_capacity;
    sg_map *by_key; /* key -> index in names */
} sg_names;

/* actors_spans.c: finds the spans. */
void sg_find_name_spans(sg_names *names);
/* actors_types.c: scores each name and decides its type. */
void sg_decide_name_types(sg_names *names);
/* actors_persons.c: one actor per person, mentions for every span of theirs. */
void sg_make_persons(sg_names *names);
/* actors_organisations.c: the same for organisations, parties, governments and acting places. */
void sg_make_organisations(sg_names *names);

/* actors_parts.c: bodies named by a common noun and an owner, and "the government". */
void sg_make_parts(sg_reading *reading);

/* The name with this folded text, or NULL. */
sg_name *sg_names_find(const sg_names *names, const char *key);
/* The folded form of the words that names are compared by: without "the", possessive, full stops.
 */
const char *sg_name_key(const sg_reading *reading, uint32_t first, uint32_t past);
/* Longest phrase of some of the classes that begins at `word`: its number of words, or 0. */
uint32_t sg_longest_phrase(const sg_reading *reading, uint32_t word, uint32_t past,
                           uint32_t classes);
/* The same for a phrase that ends before `past`. */
uint32_t sg_longest_phrase_before(const sg_reading *reading, uint32_t past, uint32_t first,
                                  uint32_t classes);
/* True if the sentence is written in title case or in capitals only. */
bool sg_is_title_case(const sg_reading *reading, uint32_t word);
/* True if the words are the subject of a verb of saying or doing, or the agent of a passive. */
bool sg_is_acting(const sg_reading *reading, uint32_t head);

#endif
