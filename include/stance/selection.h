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

struct sg_statement_filter {
    const sg_graph *graph;
    const struct sg_selection *selection;
    bool rejected_too;  /* also where the selection does not ask for a status */
    sg_symbol types[3]; /* SUPPORTS, OPPOSES, NEUTRAL_ON, or SG_NO_SYMBOL, as below */
    sg_symbol status, confidence, kind;
};

void sg_statement_filter_init(struct sg_statement_filter *filter, const sg_graph *graph,
                              const struct sg_selection *selection);
/* Is this relationship of one of the three types in the selection? */
bool sg_statement_filter_has(const struct sg_statement_filter *filter, uint32_t rel);
/* Is it of one of the three types? */
bool sg_statement_filter_knows(const struct sg_statement_filter *filter, uint32_t rel);

/* Day of a statement relationship, or SG_NO_DAY. */
int32_t sg_statement_day(const sg_graph *graph, uint32_t rel);

#endif
