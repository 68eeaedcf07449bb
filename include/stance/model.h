#ifndef STANCE_MODEL_H
#define STANCE_MODEL_H

/* The language model file: everything learned, in named sections, memory-mapped read-only and
 * shared between threads. The layout is described in src/language/model.c. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"

typedef struct sg_model sg_model;

/* Opens `path`; NULL looks at $STANCE_MODEL, then beside the program, then in the installed data
 * folder. A damaged, truncated, foreign-endian or wrong-version file is refused. */
SG_MUST_CHECK sg_status sg_model_open(const char *path, sg_model **model_out, sg_error *err);
void sg_model_close(sg_model *model);
/* Bytes of a section, 64-byte aligned, borrowed until close; NULL when absent, and where there is
 * no model (annotations made by hand have none). */
const void *sg_model_section(const sg_model *model, const char *name, size_t *size_out);
/* Text of the header: corpora, licences, scores. */
const char *sg_model_description(const sg_model *model);

#endif
