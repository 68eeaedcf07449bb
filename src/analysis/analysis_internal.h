#ifndef STANCE_ANALYSIS_INTERNAL_H
#define STANCE_ANALYSIS_INTERNAL_H

/* The functions of the module stance-igraph.so, and how analysis calls them. They take plain
 * arrays and return 0, or not 0 with a message, so that no igraph type appears outside. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"

#define SG_IGRAPH_MESSAGE_MAX 256

struct sg_igraph_network {
    size_t node_count;
    size_t edge_count;
    const uint32_t *ends;  /* 2 * edge_count */
    const double *weights; /* edge_count */
};

/* Leiden with the constant Potts model, unit node weights. `membership` has node_count entries. */
typedef int sg_igraph_leiden_function(const struct sg_igraph_network *network, double resolution,
                                      unsigned seed, uint32_t *membership, double *quality,
                                      char message[SG_IGRAPH_MESSAGE_MAX]);

struct sg_igraph_measures {
    double *betweenness; /* node_count entries each */
    double *closeness;
    double *pagerank;
    double *eigenvector;
    uint32_t *component;
};

/* All weights must be positive; lengths of edges are 1 / weight. Above `cutoff_nodes` nodes paths
 * longer than `cutoff` are left out of betweenness and closeness. */
typedef int sg_igraph_measure_function(const struct sg_igraph_network *network, double cutoff,
                                       struct sg_igraph_measures *measures,
                                       char message[SG_IGRAPH_MESSAGE_MAX]);

SG_MUST_CHECK sg_status sg_igraph_leiden(const struct sg_igraph_network *network, double resolution,
                                         unsigned seed, uint32_t *membership, double *quality,
                                         sg_error *err);
/* `cutoff` < 0: none. */
SG_MUST_CHECK sg_status sg_igraph_measure(const struct sg_igraph_network *network, double cutoff,
                                          struct sg_igraph_measures *measures, sg_error *err);

#endif
