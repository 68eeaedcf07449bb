#include <stdint.h>
#include <string.h>

#include "stance/analysis.h"
#include "stance/export.h"
#include "stance/file.h"
#include "stance/suggest.h"

#include "graph_session.h"

/* `stance export FORMAT`: pictures (dot, svg, png, pdf) of the map or the alliances, and tables as
 * CSV: one table to a file, or all of them to a folder. */

struct job {
    const struct sg_cli_args *args;
    struct sg_session session;
    sg_network network;
    sg_alliances *alliances;
};

static sg_status analyse(struct job *job, sg_error *err)
{
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    sg_status status = sg_network_count(job->session.graph, &job->session.selection,
                                        job->session.arena, &job->network, err);

    if (status == SG_OK)
        status =
            sg_alliances_find(&job->network, &options, job->session.arena, &job->alliances, err);
    return status;
}

/* ---- tables ---- */

typedef sg_status table_maker(struct job *job, sg_result **result_out, sg_error *err);

static sg_status statements(struct job *job, sg_result **result_out, sg_error *err)
{
    return sg_statements_result(job->session.graph, &job->session.selection, result_out, err);
}

static sg_status actors(struct job *job, sg_result **result_out, sg_error *err)
{
    return sg_actors_result(job->session.graph, &job->session.selection, result_out, err);
}

static sg_status positions(struct job *job, sg_result **result_out, sg_error *err)
{
    return sg_positions_result(job->session.graph, &job->session.selection, result_out, err);
}

static sg_status affiliations(struct job *job, sg_result **result_out, sg_error *err)
{
    return sg_affiliations_result(job->session.graph, result_out, err);
}

static sg_status alliances(struct job *job, sg_result **result_out, sg_error *err)
{
    return sg_alliance_members_result(job->network.discourse, job->alliances, result_out, err);
}

static sg_status centrality(struct job *job, sg_result **result_out, sg_error *err)
{
    sg_centrality *measures = NULL;
    sg_status status = sg_centrality_compute(&job->network, job->session.arena, &measures, err);

    if (status != SG_OK)
        return status;
    return sg_centrality_result(job->network.discourse, measures, NULL, result_out, err);
}

static const struct {
    const char *name;
    table_maker *make;
} tables[] = {
    { "statements", statements },     { "actors", actors },       { "positions", positions },
    { "affiliations", affiliations }, { "alliances", alliances }, { "centrality", centrality },
};

enum { TABLES = sizeof tables / sizeof tables[0] };

static sg_status csv_options(const struct sg_cli_args *args, struct sg_csv_options *csv_out,
                             sg_error *err)
{
    const char *delimiter = sg_cli_value(args, "delimiter");

    *csv_out = (struct sg_csv_options) SG_CSV_OPTIONS_INIT;
    csv_out->excel = sg_cli_flag(args, "excel");
    if (delimiter == NULL)
        return SG_OK;
    if (strcmp(delimiter, "tab") == 0)
        delimiter = "\t";
    if (strlen(delimiter) != 1 || strchr("\"\r\n", delimiter[0]) != NULL)
        return sg_error_set(err, SG_ERR_USAGE,
                            "--delimiter wants one character such as ';', or 'tab', not '%s'",
                            delimiter);
    csv_out->delimiter = delimiter[0];
    return SG_OK;
}

static sg_status write_table(struct job *job, size_t table, const char *path, sg_error *err)
{
    struct sg_rows_options rows = SG_ROWS_OPTIONS_INIT;
    sg_file_writer *writer = NULL;
    sg_result *result = NULL;
    sg_status status = csv_options(job->args, &rows.csv, err);

    rows.format = SG_ROWS_CSV;
    if (status == SG_OK)
        status = tables[table].make(job, &result, err);
    if (status == SG_OK)
        status = sg_file_writer_open(path, &writer, err);
    if (status == SG_OK) {
        sg_rows_write(result, job->session.graph, &rows, sg_file_writer_stream(writer));
        status = sg_file_writer_commit(writer, err);
    }
    sg_result_free(result);
    return status;
}

static sg_status find_table(const char *name, size_t *table_out, sg_error *err)
{
    const char *names[TABLES];
    const char *nearest;
    sg_status status;

    for (size_t i = 0; i < TABLES; i++) {
        names[i] = tables[i].name;
        if (strcmp(names[i], name) == 0) {
            *table_out = i;
            return SG_OK;
        }
    }
    nearest = sg_suggest(name, names, TABLES);
    status = sg_error_set(err, SG_ERR_USAGE, "there is no table '%s'", name);
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '%s'?", nearest);
    else
        sg_error_hint(err, "statements, actors, positions, affiliations, alliances or centrality");
    return status;
}

static sg_status export_csv(struct job *job, sg_error *err)
{
    const char *name = sg_cli_value(job->args, "table");
    const char *path = sg_cli_value(job->args, "output");
    size_t table = 0;
    sg_status status = SG_OK;

    if (name != NULL || path == NULL || strcmp(path, "-") == 0) {
        status = find_table(name != NULL ? name : "statements", &table, err);
        return status == SG_OK ? write_table(job, table, path != NULL ? path : "-", err) : status;
    }
    status = sg_file_make_folder(path, err);
    for (table = 0; table < TABLES && status == SG_OK; table++) {
        char *file = sg_arena_printf(job->session.arena, "%s/%s.csv", path, tables[table].name);

        status = write_table(job, table, file, err);
    }
    return status;
}

/* ---- pictures ---- */

/* The slice of the command line in words, for the reader of the picture; NULL if it is everything.
 */
static const char *filter_text(struct job *job)
{
    static const char *const options[][2] = {
        { "since", "since %s" },       { "until", "until %s" },
        { "type", "only of type %s" }, { "min-confidence", "confidence of %s and more" },
        { "status", "only %s ones" },  { "actor", "only of %s" },
        { "position", "only on %s" },
    };
    sg_strbuf text = SG_STRBUF_INIT;
    const char *result = NULL;

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        const char *value = sg_cli_value(job->args, options[i][0]);
        const char *mark = strchr(options[i][1], '%');

        if (value == NULL)
            continue;
        sg_strbuf_puts(&text, text.len > 0 ? ", " : "Statements: ");
        sg_strbuf_append(&text, options[i][1], (size_t) (mark - options[i][1]));
        sg_strbuf_printf(&text, "%s%s", value, mark + 2);
    }
    if (text.len > 0)
        result = sg_arena_strdup(job->session.arena, sg_strbuf_text(&text));
    sg_strbuf_clear(&text);
    return result;
}

static sg_status make_dot(struct job *job, sg_strbuf *dot, sg_error *err)
{
    struct sg_picture_options options = SG_PICTURE_OPTIONS_INIT;
    const char *picture = sg_cli_value(job->args, "picture");
    long max_actors = 0;
    long max_positions = 0;
    long ties = 0;
    sg_status status = sg_cli_integer(job->args, "max-actors", 1, 100000, &max_actors, err);

    if (status == SG_OK)
        status = sg_cli_integer(job->args, "max-positions", 1, 100000, &max_positions, err);
    if (status == SG_OK)
        status = sg_cli_integer(job->args, "ties", 1, 1000, &ties, err);
    if (status != SG_OK)
        return status;
    options.filter = filter_text(job);
    options.title = sg_cli_value(job->args, "title");
    options.max_actors = (size_t) max_actors;
    options.max_positions = (size_t) max_positions;
    options.ties_per_actor = (size_t) ties;
    if (picture == NULL || strcmp(picture, "map") == 0)
        return sg_map_dot(&job->network, job->alliances, &options, dot, err);
    if (strcmp(picture, "alliances") == 0)
        return sg_alliance_dot(&job->network, job->alliances, &options, dot, err);
    status = sg_error_set(err, SG_ERR_USAGE, "there is no picture '%s'", picture);
    sg_error_hint(err, "map or alliances");
    return status;
}

static sg_status export_picture(struct job *job, const char *format, sg_error *err)
{
    const char *path = sg_cli_value(job->args, "output");
    sg_strbuf dot = SG_STRBUF_INIT;
    sg_strbuf drawn = SG_STRBUF_INIT;
    sg_strbuf *out = &dot;
    sg_status status = make_dot(job, &dot, err);

    if (status == SG_OK && strcmp(format, "dot") != 0) {
        status = sg_render(sg_strbuf_text(&dot), dot.len, format, &drawn, err);
        out = &drawn;
    }
    if (status == SG_OK)
        status = sg_file_write(path != NULL ? path : "-", sg_strbuf_text(out), out->len, err);
    sg_strbuf_clear(&dot);
    sg_strbuf_clear(&drawn);
    return status;
}

static const char *const formats[] = { "dot", "svg", "png", "pdf", "csv" };

static sg_status check_format(const char *format, sg_error *err)
{
    const char *nearest;
    sg_status status;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i], format) == 0)
            return SG_OK;
    }
    nearest = sg_suggest(format, formats, sizeof formats / sizeof formats[0]);
    status = sg_error_set(err, SG_ERR_USAGE, "there is no export format '%s'", format);
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '%s'?", nearest);
    else
        sg_error_hint(err, "dot, svg, png, pdf or csv");
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    const char *format = sg_cli_operand(args, 0);
    struct job job = { .args = args };
    sg_status status = check_format(format, err);

    if (status != SG_OK)
        return status;
    if ((strcmp(format, "png") == 0 || strcmp(format, "pdf") == 0) &&
        sg_cli_value(args, "output") == NULL && sg_cli_is_terminal())
        return sg_error_set(err, SG_ERR_USAGE, "%s is no text for a terminal: give --output FILE",
                            format);
    status = sg_session_open(args, &job.session, err);
    if (status != SG_OK)
        return status;
    status = analyse(&job, err);
    if (status == SG_OK && strcmp(format, "csv") == 0)
        status = export_csv(&job, err);
    else if (status == SG_OK)
        status = export_picture(&job, format, err);
    sg_session_close(&job.session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "picture", 0, "NAME", "map (actors and positions, the default) or alliances" },
    { "title", 0, "TEXT", "title of the picture" },
    { "max-actors", 0, "N", "actors shown (default: 40 in the map, 80 in alliances)" },
    { "max-positions", 0, "N", "positions shown (default: 15)" },
    { "ties", 0, "N", "alliances: strongest ties kept per actor (default: 2)" },
    { "table", 0, "NAME",
      "csv: statements, actors, positions, affiliations, alliances, centrality" },
    { "excel", 0, NULL, "csv: byte order mark, and a ' before text that looks like a formula" },
    { "delimiter", 0, "CHAR", "csv: another delimiter, such as ';' or 'tab'" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_export = {
    .name = "export",
    .summary = "write pictures (dot, svg, png, pdf) and tables (csv)",
    .synopsis = "stance export dot|svg|png|pdf [--picture map|alliances] [--output FILE]\n"
                "stance export csv [--table NAME] [--output FILE]\n"
                "stance export csv --output FOLDER",
    .description =
        "Without --table, '--output FOLDER' gets every table as a CSV file. Pictures show what\n"
        "they leave out in a line under the title. Rejected statements are in no picture.",
    .examples = "stance export svg --output map.svg\n"
                "stance export png --picture alliances --output alliances.png\n"
                "stance export csv --excel --output tables",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_OUTPUT | SG_CLI_SLICE,
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
