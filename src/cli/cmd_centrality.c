#include <stdint.h>
#include <string.h>

#include "stance/analysis.h"

#include "graph_session.h"

/* All twelve columns do not fit a page; people see the ones they ask for first. */
static sg_result *columns_for_people(const sg_result *all, const char *by)
{
    static const char *const wanted[] = {
        "actor", "type", "statements", "degree_agree", "degree_conflict", "pagerank", "betweenness"
    };
    const char *names[8];
    size_t columns[8];
    size_t count = 0;
    sg_result *result;

    for (size_t c = 0; c < sg_result_columns(all); c++) {
        const char *name = sg_result_column(all, c);
        bool take = by != NULL && strcmp(name, by) == 0;

        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0] && !take; i++)
            take = strcmp(name, wanted[i]) == 0;
        if (take) {
            names[count] = name;
            columns[count++] = c;
        }
    }
    result = sg_result_new(names, count);
    for (size_t r = 0; r < sg_result_rows(all); r++) {
        sg_value cells[8];

        for (size_t i = 0; i < count; i++)
            cells[i] = sg_result_cell(all, r, columns[i]);
        sg_result_add(result, cells);
    }
    return result;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_session session;
    sg_network network = { 0 };
    sg_centrality *centrality = NULL;
    sg_result *result = NULL;
    sg_status status = sg_session_open(args, &session, err);

    if (status != SG_OK)
        return status;
    status = sg_network_count(session.graph, &session.selection, session.arena, &network, err);
    if (status == SG_OK)
        status = sg_centrality_compute(&network, session.arena, &centrality, err);
    if (status == SG_OK)
        status = sg_centrality_result(network.discourse, centrality, sg_cli_value(args, "by"),
                                      &result, err);
    if (status == SG_OK && session.rows.format == SG_ROWS_TABLE && !sg_cli_flag(args, "all")) {
        sg_result *shown = columns_for_people(result, sg_cli_value(args, "by"));

        sg_rows_write(shown, session.graph, &session.rows, stdout);
        sg_result_free(shown);
    } else if (status == SG_OK) {
        sg_rows_write(result, session.graph, &session.rows, stdout);
    }
    sg_result_free(result);
    sg_session_close(&session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "by", 0, "MEASURE", "sort by this measure (default: pagerank)" },
    { "all", 0, NULL, "every column in the table too (csv and json always have them)" },
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
