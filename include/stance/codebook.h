#ifndef STANCE_CODEBOOK_H
#define STANCE_CODEBOOK_H

/* What a user tells the program about one dispute: a codebook (CSV `position,pattern`) and an
 * actor list (CSV `name,type,alias,organisation`). Both are optional.
 * Patterns: rows in file order, first match wins; lower case; `a b` = words in a row; `x*` = a
 * word beginning with x; `a + b` = both parts, anywhere; a word also matches with a plural s;
 * punctuation and apostrophes are dropped. */

#include <stddef.h>

#include "stance/error.h"

typedef struct sg_codebook sg_codebook;

SG_MUST_CHECK sg_status sg_codebook_read(const char *path, sg_codebook **codebook_out,
                                         sg_error *err);
void sg_codebook_free(sg_codebook *codebook);
size_t sg_codebook_position_count(const sg_codebook *codebook);
/* Name of position `i`, borrowed. */
const char *sg_codebook_position(const sg_codebook *codebook, size_t i);
/* First row that matches text[0, len): its position number, or -1. */
int sg_codebook_match(const sg_codebook *codebook, const char *text, size_t len);

typedef struct sg_actor_list sg_actor_list;

SG_MUST_CHECK sg_status sg_actor_list_read(const char *path, sg_actor_list **list_out,
                                           sg_error *err);
void sg_actor_list_free(sg_actor_list *list);

#endif
