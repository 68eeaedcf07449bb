#include <stdio.h>
#include <string.h>

#include <igraph/igraph.h>

#include "../analysis_internal.h"

/* The only file that knows igraph (0.10). Its default error handler ends the process, so one that
 * returns is installed before anything else; the message is kept for the caller. igraph as Debian
 * builds it is not thread-safe: callers come one at a time. */

sg_igraph_leiden_function sg_module_leiden;
sg_igraph_measure_function sg_module_measure;

static char reason[SG_IGRAPH_MESSAGE_MAX];

static void keep_error(const char *text, const char *file, int line, igraph_error_t code)
{
    (void) file;
    (void) line;
    (void) snprintf(reason, sizeof reason, "%s (%s)", text, igraph_strerror(code));
    IGRAPH_FINALLY_FREE();
}

static void ignore_warning(const char *text, const char *file, int line)
{
    (void) text;
    (void) file;
    (void) line;
}

static void prepare(void)
{
    reason[0] = '\0';
    (void) igraph_set_error_handler(keep_error);
    (void) igraph_set_warning_handler(ignore_warning);
}

static int fail(char *message)
{
    (void) snprintf(message, SG_IGRAPH_MESSAGE_MAX, "%s", reason);
    return 1;
}

static igraph_error_t make_graph(igraph_t *graph, const struct sg_igraph_network *network)
{
    igraph_vector_int_t ends;
    igraph_error_t code =
        igraph_vector_int_init(&ends, (igraph_integer_t) (2 * network->edge_count));

    if (code != IGRAPH_SUCCESS)
        return code;
    for (size_t i = 0; i < 2 * network->edge_count; i++)
        VECTOR(ends)[i] = (igraph_integer_t) network->ends[i];
    code = igraph_create(graph, &ends, (igraph_integer_t) network->node_count, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
    return code;
}

/* A view of our array; igraph only reads it. */
static const igraph_vector_t *view(igraph_vector_t *vector, const double *values, size_t count)
{
    return igraph_vector_view(vector, values, (igraph_integer_t) count);
}

int sg_module_leiden(const struct sg_igraph_network *network, double resolution, unsigned seed,
                     uint32_t *membership, double *quality, char message[SG_IGRAPH_MESSAGE_MAX])
{
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_int_t groups;
    igraph_integer_t count;
    igraph_error_t code;

    prepare();
    if (make_graph(&graph, network) != IGRAPH_SUCCESS)
        return fail(message);
    (void) view(&weights, network->weights, network->edge_count);
    code = igraph_vector_int_init(&groups, (igraph_integer_t) network->node_count);
    if (code == IGRAPH_SUCCESS) {
        (void) igraph_rng_seed(igraph_rng_default(), seed);
        code = igraph_community_leiden(&graph, &weights, NULL, resolution, 0.01, false, -1, &groups,
                                       &count, quality);
        for (size_t i = 0; code == IGRAPH_SUCCESS && i < network->node_count; i++)
            membership[i] = (uint32_t) VECTOR(groups)[i];
        igraph_vector_int_destroy(&groups);
    }
    igraph_destroy(&graph);
    return code == IGRAPH_SUCCESS ? 0 : fail(message);
}

static void copy_out(const igraph_vector_t *vector, double *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = VECTOR(*vector)[i];
}

static igraph_error_t measure_paths(const igraph_t *graph, const igraph_vector_t *lengths,
                                    double cutoff, size_t n, struct sg_igraph_measures *measures)
{
    igraph_vector_t values;
    igraph_error_t code = igraph_vector_init(&values, 0);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_betweenness_cutoff(graph, &values, igraph_vss_all(), IGRAPH_UNDIRECTED, lengths,
                                     cutoff);
    if (code == IGRAPH_SUCCESS) {
        copy_out(&values, measures->betweenness, n);
        code = igraph_harmonic_centrality_cutoff(graph, &values, igraph_vss_all(), IGRAPH_ALL,
                                                 lengths, true, cutoff);
    }
    if (code == IGRAPH_SUCCESS)
        copy_out(&values, measures->closeness, n);
    igraph_vector_destroy(&values);
    return code;
}

static igraph_error_t measure_ranks(const igraph_t *graph, const igraph_vector_t *weights, size_t n,
                                    struct sg_igraph_measures *measures)
{
    igraph_vector_t values;
    igraph_real_t eigenvalue;
    igraph_arpack_options_t options;
    igraph_error_t code = igraph_vector_init(&values, 0);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, &values, &eigenvalue,
                           igraph_vss_all(), IGRAPH_UNDIRECTED, 0.85, weights, NULL);
    if (code == IGRAPH_SUCCESS) {
        copy_out(&values, measures->pagerank, n);
        igraph_arpack_options_init(&options);
        code = igraph_eigenvector_centrality(graph, &values, &eigenvalue, IGRAPH_UNDIRECTED, true,
                                             weights, &options);
    }
    if (code == IGRAPH_SUCCESS)
        copy_out(&values, measures->eigenvector, n);
    igraph_vector_destroy(&values);
    return code;
}

static igraph_error_t measure_components(const igraph_t *graph, size_t n, uint32_t *component)
{
    igraph_vector_int_t membership;
    igraph_error_t code = igraph_vector_int_init(&membership, 0);

    if (code != IGRAPH_SUCCESS)
        return code;
    code = igraph_connected_components(graph, &membership, NULL, NULL, IGRAPH_WEAK);
    for (size_t i = 0; code == IGRAPH_SUCCESS && i < n; i++)
        component[i] = (uint32_t) VECTOR(membership)[i];
    igraph_vector_int_destroy(&membership);
    return code;
}

int sg_module_measure(const struct sg_igraph_network *network, double cutoff,
                      struct sg_igraph_measures *measures, char message[SG_IGRAPH_MESSAGE_MAX])
{
    igraph_t graph;
    igraph_vector_t weights;
    igraph_vector_t lengths;
    igraph_error_t code;

    prepare();
    if (make_graph(&graph, network) != IGRAPH_SUCCESS)
        return fail(message);
    (void) view(&weights, network->weights, network->edge_count);
    code = igraph_vector_init(&lengths, (igraph_integer_t) network->edge_count);
    if (code == IGRAPH_SUCCESS) {
        for (size_t i = 0; i < network->edge_count; i++)
            VECTOR(lengths)[i] = 1.0 / network->weights[i];
        code = measure_paths(&graph, &lengths, cutoff, network->node_count, measures);
        igraph_vector_destroy(&lengths);
    }
    if (code == IGRAPH_SUCCESS)
        code = measure_ranks(&graph, &weights, network->node_count, measures);
    if (code == IGRAPH_SUCCESS)
        code = measure_components(&graph, network->node_count, measures->component);
    igraph_destroy(&graph);
    return code == IGRAPH_SUCCESS ? 0 : fail(message);
}
