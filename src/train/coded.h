#ifndef STANCE_CODED_H
#define STANCE_CODED_H

/* Articles that were written and coded by hand for training: data/coded/README.md describes the
 * format. One file holds the text, its codebook and, sentence by sentence, who takes which side. */

#include <jansson.h>

#include "stance/codebook.h"
#include "stance/error.h"
#include "stance/mem.h"

typedef struct sg_coded {
    const char *text; /* in the arena */
    /* Actors and stances as in the interchange format; "other_persons", "other_organisations",
     * "places", "events" and "other_names" list further names. Owned by the caller. */
    json_t *gold;
    sg_codebook *codebook;
} sg_coded;

SG_MUST_CHECK sg_status sg_coded_read(const char *path, sg_arena *arena, sg_coded *coded_out,
                                      sg_error *err);

/* Reads every file NAME.coded of `folder` in the order of their names. What `each` is lent ends
 * with the call; the first error ends the reading. */
typedef sg_status sg_coded_each(const char *path, const sg_coded *coded, void *context,
                                sg_error *err);
SG_MUST_CHECK sg_status sg_coded_read_folder(const char *folder, sg_coded_each *each, void *context,
                                             sg_error *err);

#endif
