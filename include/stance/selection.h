#ifndef STANCE_SELECTION_H
#define STANCE_SELECTION_H

/* Which statements count: the options --since --until --actor --position --type
 * --min-confidence --status, which mean the same in every command. Names must have been resolved
 * to nodes. Rejected statements never count unless `status` asks for them. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"
#include "stance/graph.h"

struct sg_selection {
    int32_t since; /* day, or SG_NO_DAY */
    int32_t until;
    const uint32_t *actors; /* nodes; none = all */
    size_t actor_count;
    const uint32_t *positions;
    size_t position_count;
    const char *kind; /* "Person", "Organisation", "Group", or NULL */
    double min_confidence;
    const char *status; /* "proposed", "accepted", "rejected", or NULL */
};

#define SG_SELECTION_INIT                                                                          \
 {                                                                                                 \
  SG_NO_DAY, SG_NO_DAY, NULL, 0, NULL, 0, NULL, 0.0, NULL                                          \
 }

#endif
