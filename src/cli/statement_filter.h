#ifndef STANCE_CLI_STATEMENT_FILTER_H
#define STANCE_CLI_STATEMENT_FILTER_H

/* Is a statement in the selection that the slice options make? For commands that walk the graph
 * themselves; those that ask Cypher use sg_cypher_select(). */

#include "graph_session.h"

struct sg_statement_filter {
    const struct sg_selection *selection;
    sg_symbol status, confidence, kind; /* SG_NO_SYMBOL: not in the graph */
    sg_symbol types[3];
};

void sg_statement_filter_init(struct sg_statement_filter *filter, const sg_graph *graph,
                              const struct sg_selection *selection);
/* `rel` is a relationship of type SUPPORTS, OPPOSES or NEUTRAL_ON. */
bool sg_statement_filter_has(const struct sg_statement_filter *filter, const sg_graph *graph,
                             uint32_t rel);
/* True if the relationship is a statement at all. */
bool sg_statement_filter_knows(const struct sg_statement_filter *filter, const sg_graph *graph,
                               uint32_t rel);

#endif
