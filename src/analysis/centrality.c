#include <string.h>

#include "stance/analysis.h"

#include "analysis_internal.h"

/* Path and rank measures are undefined on negative ties (igraph 0.10.2 refuses or ignores them),
 * so they read the positive layer only; conflict shows in its own columns. */

/* Above this many actors only paths of at most PATH_CUTOFF are followed: exact betweenness takes
 * about 50 s at 10,000 nodes. */
#define EXACT_ACTORS 5000
#define PATH_CUTOFF  6.0

/* Components in order of size, largest 0; igraph numbers them by first member. */
static void rank_components(uint32_t *component, size_t n, sg_arena *arena)
{
    size_t *size = sg_arena_calloc(arena, n + 1, sizeof *size);
    uint32_t *rank = sg_arena_calloc(arena, n + 1, sizeof *rank);

    for (size_t i = 0; i < n; i++)
        size[component[i]]++;
    for (size_t c = 0; c < n; c++) {
        for (size_t d = 0; d < n && size[c] > 0; d++)
            rank[c] += size[d] > size[c] || (size[d] == size[c] && d < c);
    }
    for (size_t i = 0; i < n; i++)
        component[i] = rank[component[i]];
}

static size_t positive_layer(const sg_network *network, uint32_t *ends, double *weights)
{
    const sg_tie *ties = network->ties;
    size_t count = 0;

    for (size_t i = 0; i < network->tie_count; i++) {
        if (ties[i].weight <= 0)
            continue;
        ends[2 * count] = ties[i].a;
        ends[2 * count + 1] = ties[i].b;
        weights[count++] = ties[i].weight;
    }
    return count;
}

static void count_degrees(const sg_network *network, sg_centrality *centrality)
{
    for (size_t i = 0; i < network->tie_count; i++) {
        const sg_tie *tie = &network->ties[i];
        sg_centrality *ends[2] = { &centrality[tie->a], &centrality[tie->b] };

        for (int e = 0; e < 2; e++) {
            if (tie->weight > 0) {
                ends[e]->degree_agree++;
                ends[e]->strength_agree += tie->weight;
            } else if (tie->weight < 0) {
                ends[e]->degree_conflict++;
                ends[e]->strength_conflict -= tie->weight;
            }
        }
    }
}

sg_status sg_centrality_compute(const sg_network *network, sg_arena *arena,
                                sg_centrality **centrality_out, sg_error *err)
{
    size_t n = network->discourse->actor_count;
    sg_centrality *centrality = sg_arena_calloc(arena, n + 1, sizeof *centrality);
    uint32_t *ends = sg_arena_alloc(arena, 2 * network->tie_count * sizeof *ends);
    double *weights = sg_arena_alloc(arena, network->tie_count * sizeof *weights);
    struct sg_igraph_network agreement = { n, positive_layer(network, ends, weights), ends,
                                           weights };
    struct sg_igraph_measures measures;
    sg_status status;

    *centrality_out = centrality;
    count_degrees(network, centrality);
    if (n == 0)
        return SG_OK;
    measures.betweenness = sg_arena_calloc(arena, n, sizeof(double));
    measures.closeness = sg_arena_calloc(arena, n, sizeof(double));
    measures.pagerank = sg_arena_calloc(arena, n, sizeof(double));
    measures.eigenvector = sg_arena_calloc(arena, n, sizeof(double));
    measures.component = sg_arena_calloc(arena, n, sizeof(uint32_t));
    status = sg_igraph_measure(&agreement, n > EXACT_ACTORS ? PATH_CUTOFF : -1.0, &measures, err);
    if (status != SG_OK)
        return status;
    rank_components(measures.component, n, arena);
    for (size_t i = 0; i < n; i++) {
        centrality[i].betweenness = measures.betweenness[i];
        centrality[i].closeness = measures.closeness[i];
        centrality[i].pagerank = measures.pagerank[i];
        centrality[i].eigenvector = agreement.edge_count > 0 ? measures.eigenvector[i] : 0.0;
        centrality[i].component = measures.component[i];
    }
    return SG_OK;
}
