#ifndef STANCE_MODULE_H
#define STANCE_MODULE_H

/* Parts of the program that pull in large libraries (igraph, Graphviz rendering, libxml2) are
 * loaded when first needed, so that a question to the database does not pay for them at every
 * start: linking them directly costs about 5 ms of CPU per run. A module is one shared object
 * "stance-<name>.so" beside the program; it exports plain functions over plain arrays. */

#include "stance/error.h"

typedef void (*sg_module_function)(void);

/* Finds `symbol` in module `name`, loading it on first use. The caller casts the result. */
SG_MUST_CHECK sg_status sg_module_find(const char *name, const char *symbol,
                                       sg_module_function *function_out, sg_error *err);

/* Folder of the running program, without a slash at the end; "." when it is not known. */
const char *sg_program_folder(void);

#endif
