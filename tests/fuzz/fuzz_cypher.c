/* Any bytes as a query over a small graph, with the limits a careful caller sets. A query may be
 * refused, but then it says why and where; it may change the graph, but only as a whole. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stance/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static sg_status ask(sg_graph *graph, const char *text, size_t len, sg_query_problem *problem,
                     sg_error *err)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_result *result = NULL;
    sg_graph_changes changes;
    sg_strbuf out = SG_STRBUF_INIT;
    sg_status status;

    options.timeout_ms = 200;
    options.max_memory = (size_t) 64 << 20;
    options.limit = 1000;
    status = sg_query_run(graph, text, len, &options, &result, &changes, problem, err);
    require((status == SG_OK) == (result != NULL));
    if (result != NULL)
        sg_result_write_tck(result, graph, &changes, &out);
    sg_strbuf_clear(&out);
    sg_result_free(result);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char set_up[] = "CREATE (a:A {name: 'x', n: 1})-[:R {w: 2}]->(b:B {l: [1, 2]}), "
                                 "(b)-[:R]->(:A:B {name: 'y'})-[:S]->(a)";
    sg_graph *graph = sg_graph_new();
    sg_query_problem problem;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf dump = SG_STRBUF_INIT;
    sg_status status;
    size_t nodes;
    size_t rels;

    require(ask(graph, set_up, strlen(set_up), &problem, &err) == SG_OK);
    nodes = sg_graph_node_count(graph);
    rels = sg_graph_rel_count(graph);
    status = ask(graph, (const char *) data, size, &problem, &err);
    if (status != SG_OK) {
        require(err.message[0] != '\0');
        require(problem.offset == SIZE_MAX || problem.offset <= size);
        require(sg_graph_node_count(graph) == nodes && sg_graph_rel_count(graph) == rels);
    }
    (void) sg_query_is_write((const char *) data, size);
    sg_error_reset(&err);
    require(sg_query_dump((const char *) data, size, SG_QUERY_AST, &dump, &err) == SG_OK ||
            err.message[0] != '\0');
    sg_strbuf_clear(&dump);
    sg_graph_close(graph);
    return 0;
}
