#ifndef STANCE_INTERCHANGE_H
#define STANCE_INTERCHANGE_H

/* The interchange JSON read back: what a person or another program coded of one article, as an
 * extraction. Every quote is looked up in the text; what is not verbatim is refused. The schema is
 * data/interchange.schema.json. */

#include <stddef.h>

#include "stance/error.h"
#include "stance/extraction.h"
#include "stance/mem.h"

/* Reads one object. `refused` is called with a line for each part that cannot be taken (a quote
 * that is not in the text, an actor that is not listed, an unknown word); the rest is kept. Text
 * that is no such object at all is an error. The extraction lives in the arena. */
SG_MUST_CHECK sg_status sg_interchange_read(const char *json, size_t len,
                                            const sg_document *document, sg_arena *arena,
                                            void (*refused)(void *data, const char *line),
                                            void *data, sg_extraction **extraction_out,
                                            sg_error *err);

/* Calls `each` with every object of a file that holds one object, an array of them, or one a line;
 * `article` is the object's name for its article, or NULL. Ends with the first failure of `each`.
 */
SG_MUST_CHECK sg_status sg_interchange_each(const char *json, size_t len,
                                            sg_status (*each)(void *data, const char *article,
                                                              const char *object, size_t len,
                                                              sg_error *err),
                                            void *data, sg_error *err);

#endif
