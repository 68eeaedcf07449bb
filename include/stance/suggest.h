#ifndef STANCE_SUGGEST_H
#define STANCE_SUGGEST_H

/* "Did you mean": the known name nearest to a misspelt one. */

#include <stddef.h>

/* Number of insertions, deletions, replacements and swaps of neighbours between two names, case
 * ignored (optimal string alignment distance). */
size_t sg_edit_distance(const char *a, const char *b);

/* The nearest of `count` names, or NULL when none is near enough to be a likely slip. */
const char *sg_suggest(const char *name, const char *const *known, size_t count);

#endif
