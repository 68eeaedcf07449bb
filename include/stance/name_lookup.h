#ifndef STANCE_NAME_LOOKUP_H
#define STANCE_NAME_LOOKUP_H

/* Names as people type them: found without regard to case, accents, honorifics and a leading
 * "the", through names, aliases and acronyms; then by a part of the name ("Hunt") when only one
 * node has it. "#12" is the node with that id. */

#include <stddef.h>

#include "stance/graph.h"

/* The folded form of a name that is compared: see sg_utf8_fold(), without honorifics and "the". */
const char *sg_lookup_key(sg_arena *arena, const char *name, size_t len);

/* The node with `label` (NULL: any of Actor, Position, Event) that goes by `name`. An unknown or
 * ambiguous name is SG_ERR_INPUT; the hint lists the candidates. */
SG_MUST_CHECK sg_status sg_name_find(const sg_graph *graph, const char *label, const char *name,
                                     uint32_t *node_out, sg_error *err);

#endif
