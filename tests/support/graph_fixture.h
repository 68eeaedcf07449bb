#ifndef GRAPH_FIXTURE_H
#define GRAPH_FIXTURE_H

/* Small graphs for tests of analysis and export. */

#include <stddef.h>
#include <stdint.h>

#include "stance/graph.h"

struct fixture_statement {
    const char *actor;
    const char *kind; /* "Person", "Organisation", "Group" */
    const char *type; /* "SUPPORTS", "OPPOSES", "NEUTRAL_ON" */
    const char *position;
    int64_t day; /* days since 1970-01-01 */
    double confidence;
    const char *status; /* NULL: none */
};

/* A graph in memory with one node per distinct name and one relationship per statement. */
sg_graph *fixture_graph(const struct fixture_statement *statements, size_t count);

/* The node with this name, or SG_NO_ENTITY. */
uint32_t fixture_node(const sg_graph *graph, const char *name);

#endif
