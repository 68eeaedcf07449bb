#ifndef STANCE_GRAPH_SESSION_H
#define STANCE_GRAPH_SESSION_H

/* What commands that read the graph do first: open the store and its graph, turn the slice options
 * into a selection and --format and --limit into options of rows. */

#include "stance/graph.h"
#include "stance/selection.h"
#include "stance/store.h"

#include "cli_internal.h"

struct sg_session {
    sg_store *store;
    sg_graph *graph;
    sg_arena *arena; /* for what lives as long as the command */
    /* --since --until --actor --position --type --min-confidence --status, names resolved */
    struct sg_selection selection;
    struct sg_rows_options rows; /* how the answer is to be written */
};

/* Reads the options above and opens the database of the command line for reading. On failure
 * everything is closed again. */
SG_MUST_CHECK sg_status sg_session_open(const struct sg_cli_args *args, struct sg_session *session,
                                        sg_error *err);
void sg_session_close(struct sg_session *session);

#endif
