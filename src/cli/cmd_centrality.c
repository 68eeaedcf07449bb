#include <stdint.h>

#include "stance/analysis.h"

#include "graph_session.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_rows_options rows;
    struct sg_session session;
    struct sg_selection selection;
    sg_discourse *discourse = NULL;
    sg_centrality *centrality = NULL;
    sg_result *result = NULL;
    sg_tie *ties = NULL;
    size_t tie_count;
    sg_status status = sg_cli_rows(args, &rows, err);

    if (status != SG_OK)
        return status;
    status = sg_session_open(args, &session, err);
    if (status != SG_OK)
        return status;
    status = sg_session_selection(args, &session, &selection, err);
    if (status == SG_OK)
        status = sg_discourse_count(session.graph, &selection, session.arena, &discourse, err);
    if (status == SG_OK) {
        tie_count = sg_congruence(discourse, session.arena, &ties);
        status = sg_centrality_compute(discourse, ties, tie_count, session.arena, &centrality, err);
    }
    if (status == SG_OK)
        status =
            sg_centrality_result(discourse, centrality, sg_cli_value(args, "by"), &result, err);
    if (status == SG_OK)
        sg_rows_write(result, session.graph, &rows, stdout);
    sg_result_free(result);
    sg_session_close(&session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "by", 0, "MEASURE", "sort by this measure (default: pagerank)" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_centrality = {
    .name = "centrality",
    .summary = "who is central, by several measures",
    .synopsis = "stance centrality [options]",
    .description =
        "Ties are those of 'stance alliances'. Path and rank measures (betweenness, harmonic\n"
        "closeness, PageRank, eigenvector) read agreement only, for they mean nothing on negative\n"
        "ties; conflict has its own columns.",
    .examples = "stance centrality --limit 5\n"
                "stance centrality --by betweenness --format csv",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .run = run,
};
