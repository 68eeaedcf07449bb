#ifndef STANCE_LEXICON_INTERNAL_H
#define STANCE_LEXICON_INTERNAL_H

/* The word lists of data/lexicons, built into the program. Words are looked up in lower case with
 * straight apostrophes; a phrase is its words with single spaces between. Thread-safe. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/mem.h"

/* Classes, as bits; the sections of the files are named after them (see lexicon.c). */
enum {
    SG_CLASS_HONORIFIC = 1 << 0,
    SG_CLASS_TITLE = 1 << 1, /* a role that can stand before a name */
    SG_CLASS_ROLE = 1 << 2,
    SG_CLASS_FAMILY = 1 << 3,
    SG_CLASS_ROLE_MODIFIER = 1 << 4,
    SG_CLASS_SPOKESPERSON = 1 << 5,
    SG_CLASS_ORG_UNION = 1 << 6,
    SG_CLASS_ORG_PARTY = 1 << 7,
    SG_CLASS_ORG_ASSOCIATION = 1 << 8,
    SG_CLASS_ORG_COMMITTEE = 1 << 9,
    SG_CLASS_ORG_COURT = 1 << 10,
    SG_CLASS_ORG_LEGISLATURE = 1 << 11,
    SG_CLASS_ORG_GOVERNMENT = 1 << 12,
    SG_CLASS_ORG_AGENCY = 1 << 13,
    SG_CLASS_ORG_COMPANY = 1 << 14,
    SG_CLASS_ORG_MEDIA = 1 << 15,
    SG_CLASS_ORG_PLACE = 1 << 16,
    SG_CLASS_NOT_ORG = 1 << 17,
    SG_CLASS_SPEECH = 1 << 18,
    SG_CLASS_ACT = 1 << 19,
    SG_CLASS_PERSON_NOUN = 1 << 20,
    SG_CLASS_COLLECTIVE = 1 << 21,
    SG_CLASS_GIVEN_MALE = 1 << 22,
    SG_CLASS_GIVEN_FEMALE = 1 << 23,
    SG_CLASS_NAME_PARTICLE = 1 << 24,
    SG_CLASS_NAME_SUFFIX = 1 << 25,
    SG_CLASS_CALENDAR = 1 << 26,
    SG_CLASS_OUTLET = 1 << 27,
    SG_CLASS_PLATFORM = 1 << 28,
    SG_CLASS_PHOTO_AGENCY = 1 << 29,
    SG_CLASS_BODY = 1 << 30, /* a body known by this name everywhere */
};

/* Verbs by which words or thoughts are put down to somebody, beyond those of SG_CLASS_SPEECH. */
#define SG_CLASS_ATTRIBUTION (UINT32_C(1) << 31)

#define SG_CLASS_ORG_ANY                                                                           \
 (SG_CLASS_ORG_UNION | SG_CLASS_ORG_PARTY | SG_CLASS_ORG_ASSOCIATION | SG_CLASS_ORG_COMMITTEE |    \
  SG_CLASS_ORG_COURT | SG_CLASS_ORG_LEGISLATURE | SG_CLASS_ORG_GOVERNMENT | SG_CLASS_ORG_AGENCY |  \
  SG_CLASS_ORG_COMPANY | SG_CLASS_ORG_MEDIA | SG_CLASS_ORG_PLACE)
#define SG_CLASS_GIVEN (SG_CLASS_GIVEN_MALE | SG_CLASS_GIVEN_FEMALE)

/* Words of the longest phrase in the lists. */
#define SG_LEXICON_LONGEST 6

typedef enum sg_party_form {
    SG_PARTY_NAME,
    SG_PARTY_ADJECTIVE,
    SG_PARTY_PEOPLE,
    SG_PARTY_ABBREVIATION,
    SG_PARTY_BODY, /* no party, but a body known by several names */
} sg_party_form;

typedef struct sg_party {
    const char *name; /* full name */
    sg_party_form form;
} sg_party;

typedef struct sg_country {
    const char *name;
    const char *adjective;
    bool is_adjective; /* how it was looked up */
} sg_country;

/* Bits of all classes of a word or phrase; 0 if it is in no list. */
uint32_t sg_lexicon_classes(const char *lower, size_t len);
/* False if `lower` names no party. */
bool sg_lexicon_party(const char *lower, size_t len, sg_party *party_out);
bool sg_lexicon_country(const char *lower, size_t len, sg_country *country_out);

/* Calls `each` for every row of a table (events.csv, ...), in the order of the file and without its
 * header. Each row has `columns` cells, or fewer where it is damaged; the last takes what follows.
 * The cells live in `owner`. */
#define SG_LEXICON_COLUMNS 6 /* of the widest table */
void sg_lexicon_read_table(const char *file, size_t columns, sg_arena *owner,
                           void (*each)(char **cells, size_t count));

/* One embedded file; the table is written by the build (see the Makefile). */
struct sg_lexicon_file {
    const char *name;
    const unsigned char *text;
    size_t len;
};
extern const struct sg_lexicon_file sg_lexicon_files[];
extern const size_t sg_lexicon_file_count;

#endif
