#ifndef STANCE_DISCOURSE_H
#define STANCE_DISCOURSE_H

/* A discourse: the actors × positions table behind every discourse network, counted from the
 * statements of a selection. Actors and positions are numbered by descending number of
 * statements, then by name. Borrowed strings belong to the graph. */

#include <stddef.h>
#include <stdint.h>

#include "stance/graph.h"
#include "stance/selection.h"

typedef struct sg_discourse_cell {
    uint32_t actor;    /* index in discourse->actors */
    uint32_t position; /* index in discourse->positions */
    uint32_t support;  /* statements */
    uint32_t oppose;
    uint32_t neutral;
    int32_t first; /* day of the first and last of them, or SG_NO_DAY */
    int32_t last;
    uint32_t strongest; /* relationship with the highest confidence, the earliest of those */
} sg_discourse_cell;

typedef struct sg_discourse_item {
    uint32_t node;
    const char *name;
    uint32_t name_len;
    uint32_t statements;
    uint32_t links; /* cells: positions of an actor, actors of a position */
} sg_discourse_item;

typedef struct sg_discourse {
    const sg_graph *graph;
    sg_discourse_item *actors;
    size_t actor_count;
    sg_discourse_item *positions;
    size_t position_count;
    sg_discourse_cell *cells; /* by actor, then position */
    size_t cell_count;
    size_t statement_count;
    size_t article_count;
    int32_t first; /* period of the statements, or SG_NO_DAY */
    int32_t last;
} sg_discourse;

/* Everything lives in the arena. An empty selection gives an empty discourse. */
SG_MUST_CHECK sg_status sg_discourse_count(const sg_graph *graph,
                                           const struct sg_selection *selection, sg_arena *arena,
                                           sg_discourse **discourse_out, sg_error *err);

/* +1, -1 or 0: which way the statements of a cell lean. */
int sg_discourse_sign(const sg_discourse_cell *cell);

#endif
