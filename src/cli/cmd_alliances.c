#include <stdint.h>
#include <string.h>

#include "stance/analysis.h"

#include "graph_session.h"

/* `stance alliances`: who argues alike. On a terminal as short paragraphs, for a table of members
 * in cells could not be read; --format csv, json, jsonl give one row per alliance. */

/* Text after `label`, broken at spaces; further lines are indented like the first. */
static void print_wrapped(const char *label, const char *text, size_t len, size_t width)
{
    static const char indent[] = "   ";
    size_t column = strlen(indent) + strlen(label);

    (void) printf("%s%s", indent, label);
    while (len > 0) {
        size_t n = 0;

        while (n < len && !(n > 0 && text[n - 1] == ' '))
            n++;
        if (column + n > width && column > strlen(indent)) {
            (void) printf("\n%s", indent);
            column = strlen(indent);
        }
        (void) printf("%.*s", (int) n, text);
        column += n;
        text += n;
        len -= n;
    }
    (void) fputs("\n", stdout);
}

static void print_people(const sg_result *result, size_t limit)
{
    size_t rows = sg_result_rows(result);
    size_t width = sg_cli_width() > 0 ? sg_cli_width() : 100;

    if (rows == 0)
        (void) printf("No two actors share a position yet.\n");
    for (size_t r = 0; r < rows && (limit == 0 || r < limit); r++) {
        sg_value letter = sg_result_cell(result, r, 0);
        sg_value members = sg_result_cell(result, r, 2);
        sg_value bonds = sg_result_cell(result, r, 3);

        (void) printf("%s%.*s  %lld actors, agreement %.2f inside, %.0f%% of the ties to others in "
                      "conflict\n",
                      r > 0 ? "\n" : "", (int) letter.len, letter.as.string,
                      (long long) sg_result_cell(result, r, 1).as.integer,
                      sg_result_cell(result, r, 4).as.number,
                      100 * sg_result_cell(result, r, 5).as.number);
        print_wrapped("", members.as.string, members.len, width);
        if (bonds.len > 0)
            print_wrapped("bound by: ", bonds.as.string, bonds.len, width);
    }
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    struct sg_session session;
    sg_network network = { 0 };
    sg_alliances *alliances = NULL;
    sg_result *result = NULL;
    sg_status status = sg_cli_number(args, "resolution", 0, 100, &options.resolution, err);

    if (status == SG_OK)
        status = sg_session_open(args, &session, err);
    if (status != SG_OK)
        return status;
    status = sg_network_count(session.graph, &session.selection, session.arena, &network, err);
    if (status == SG_OK)
        status = sg_alliances_find(&network, &options, session.arena, &alliances, err);
    if (status == SG_OK && sg_cli_flag(args, "members"))
        status = sg_alliance_members_result(network.discourse, alliances, &result, err);
    else if (status == SG_OK)
        status = sg_alliances_result(network.discourse, alliances, &result, err);
    if (status == SG_OK && session.rows.format == SG_ROWS_TABLE && !sg_cli_flag(args, "members"))
        print_people(result, session.rows.limit);
    else if (status == SG_OK)
        sg_rows_write(result, session.graph, &session.rows, stdout);
    sg_result_free(result);
    sg_session_close(&session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "members", 0, NULL, "one row per member instead of one per alliance" },
    { "resolution", 0, "X", "0: as few groups as conflict allows; larger: finer groups" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_alliances = {
    .name = "alliances",
    .summary = "who argues alike, and what binds them",
    .synopsis = "stance alliances [options]",
    .description =
        "Two actors are tied by the positions on which they agree minus those on which they\n"
        "disagree, divided by all positions on which one of them takes a side. Alliances are the\n"
        "grouping with the least contradiction (Leiden, constant Potts model, best of 50 seeds).",
    .examples = "stance alliances\n"
                "stance alliances --since 2016-01-01 --type person --format csv",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .run = run,
};
