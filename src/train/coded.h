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
    json_t *gold;     /* actors and stances as in the interchange format; owned by the caller */
    sg_codebook *codebook;
} sg_coded;

SG_MUST_CHECK sg_status sg_coded_read(const char *path, sg_arena *arena, sg_coded *coded_out,
                                      sg_error *err);

#endif
