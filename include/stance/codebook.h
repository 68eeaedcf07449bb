#ifndef STANCE_CODEBOOK_H
#define STANCE_CODEBOOK_H

/* What a user tells the program about one dispute: a codebook (CSV `position,pattern`) and an
 * actor list (CSV `name,type,alias,organisation`). Both are optional.
 * Patterns: rows in file order, first match wins; lower case; `a b` = words in a row; `x*` = a
 * word beginning with x; `a + b` = both parts, anywhere; a word also matches with a plural s;
 * punctuation and apostrophes are dropped. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"

typedef struct sg_codebook sg_codebook;

SG_MUST_CHECK sg_status sg_codebook_read(const char *path, sg_codebook **codebook_out,
                                         sg_error *err);
/* From rows in memory: cells[2 i] is a position, cells[2 i + 1] a pattern. `name` is also what an
 * error calls the codebook. */
SG_MUST_CHECK sg_status sg_codebook_make(const char *name, const char *const *cells,
                                         size_t row_count, sg_codebook **codebook_out,
                                         sg_error *err);
void sg_codebook_free(sg_codebook *codebook);
/* "junior-doctors" for "x/codebook-junior-doctors.csv"; otherwise the file name without ".csv". */
const char *sg_codebook_name(const sg_codebook *codebook);
size_t sg_codebook_position_count(const sg_codebook *codebook);
/* Name of position `i`, borrowed. */
const char *sg_codebook_position(const sg_codebook *codebook, size_t i);
/* First row that matches text[0, len): its position number, or -1. */
int sg_codebook_match(const sg_codebook *codebook, const char *text, size_t len);

typedef struct sg_codebook_hit {
    uint32_t position;
    uint32_t row;   /* order in the file: a smaller number is the more specific row */
    uint32_t start; /* bytes of the text from the first to past the last word that matched */
    uint32_t end;
} sg_codebook_hit;

/* Every place in text[0, len) where a row matches, in file order, then by place; rows of several
 * parts (`a + b`) give one hit that spans the first place of each part. In the arena. */
size_t sg_codebook_find(const sg_codebook *codebook, const char *text, size_t len, sg_arena *arena,
                        sg_codebook_hit **hits_out);

/* Letters of word[0, len), lower case, that it shares with words derived from the same stem:
 * 5 for "imposition". */
size_t sg_position_stem(const char *word, size_t len);

typedef struct sg_actor_list sg_actor_list;

SG_MUST_CHECK sg_status sg_actor_list_read(const char *path, sg_actor_list **list_out,
                                           sg_error *err);
void sg_actor_list_free(sg_actor_list *list);

/* One actor of the list. */
typedef struct sg_known_actor {
    const char *name;
    int kind;                 /* sg_actor_kind, or -1 if the list does not say */
    const char *organisation; /* NULL if none */
} sg_known_actor;

/* The actor known by `name` or one of its aliases (case, accents and quotes ignored), or NULL. */
const sg_known_actor *sg_actor_list_find(const sg_actor_list *list, const char *name, size_t len);
/* Number of words of the longest name or alias; 0 for an empty list. */
size_t sg_actor_list_longest(const sg_actor_list *list);

#endif
