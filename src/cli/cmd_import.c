#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "stance/import.h"
#include "stance/ingest_graph.h"
#include "stance/store.h"

#include "cli_internal.h"

static void print_line(void *data, const char *line)
{
    (void) data;
    (void) printf("%s\n", line);
}

static bool ends_with(const char *path, const char *ending)
{
    size_t n = strlen(path);
    size_t m = strlen(ending);

    return n > m && strcmp(path + n - m, ending) == 0;
}

static sg_status import_folder(sg_store *store, const char *folder, sg_error *err)
{
    struct sg_graph_import done;
    sg_status status = sg_import_graph_folder(store, folder, &done, err);

    if (status == SG_OK)
        (void) printf("%zu nodes and %zu relationships from %zu files\n", done.nodes,
                      done.relationships, done.files);
    return status;
}

static sg_status import_file(sg_store *store, const char *path,
                             const struct sg_import_options *options, sg_import_summary *summary,
                             sg_error *err)
{
    if (ends_with(path, ".json") || ends_with(path, ".jsonl"))
        return sg_import_json(store, path, options, print_line, NULL, summary, err);
    if (ends_with(path, ".csv") || ends_with(path, ".tsv") || ends_with(path, ".txt"))
        return sg_import_statements(store, path, options, print_line, NULL, summary, err);
    sg_error_hint(
        err,
        "stance takes .csv (statements), .json and .jsonl (interchange) and folders of CSV files");
    return sg_error_set(err, SG_ERR_INPUT, "%s: the ending says nothing about its format", path);
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static void print_summary(const sg_import_summary *s, bool dry_run)
{
    (void) printf("%zu added, %zu changed, %zu unchanged, %zu refused, %zu in conflict%s\n",
                  s->added, s->changed, s->unchanged, s->refused, s->conflicts,
                  dry_run ? "; nothing was written" : "");
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_import_options options = SG_IMPORT_OPTIONS_INIT;
    sg_import_summary summary = { 0 };
    sg_store *store = NULL;
    size_t files = 0;
    const char *order = sg_cli_value(args, "date-order");
    /* A table of statements belongs to a database that is there. */
    sg_store_mode mode =
        ends_with(sg_cli_operand(args, 0), ".csv") && !is_folder(sg_cli_operand(args, 0))
            ? SG_STORE_WRITE
            : SG_STORE_CREATE;
    sg_status status = sg_store_open(sg_cli_database(args), mode, &store, err);

    options.dry_run = sg_cli_flag(args, "dry-run");
    options.create = sg_cli_flag(args, "create");
    if (sg_cli_flag(args, "theirs"))
        options.conflict = SG_CONFLICT_THEIRS;
    else if (sg_cli_flag(args, "ours"))
        options.conflict = SG_CONFLICT_OURS;
    options.day_first = order != NULL && strcmp(order, "dmy") == 0;
    options.articles = sg_cli_value(args, "articles");
    options.origin = sg_cli_value(args, "coder");
    if (options.origin == NULL)
        options.origin = sg_store_person();
    if (status == SG_OK)
        status = sg_cli_set_timeout(args, store, err);
    for (size_t i = 0; status == SG_OK && i < sg_cli_operand_count(args); i++) {
        const char *path = sg_cli_operand(args, i);

        if (is_folder(path)) {
            status = import_folder(store, path, err);
        } else {
            status = import_file(store, path, &options, &summary, err);
            files++;
        }
    }
    sg_store_close(store);
    if (status != SG_OK)
        return status;
    if (files > 0 && !sg_cli_flag(args, "quiet"))
        print_summary(&summary, options.dry_run);
    return summary.refused + summary.conflicts > 0 ? SG_ERR_INPUT : SG_OK;
}

static const struct sg_cli_option options[] = {
    { "articles", 0, "DIR", "folder of the articles that are not in the database yet" },
    { "coder", 0, "NAME", "who coded; kept as the origin of new statements (default: $USER)" },
    { "dry-run", 'n', NULL, "show what an edited table would change, and change nothing" },
    { "create", 0, NULL, "an unknown actor or position in a table is made, not refused" },
    { "theirs", 0, NULL, "where file and database both changed a statement, take the file" },
    { "ours", 0, NULL, "where file and database both changed a statement, keep the database" },
    { "date-order", 0, "dmy", "13/02/2016 and 03/02/2016 are day, month, year" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_import = {
    .name = "import",
    .summary = "take over statements coded elsewhere, or a whole graph",
    .synopsis = "stance import [options] FILE|DIR...",
    .description =
        "A table of statements (.csv) that 'stance export csv' wrote and a person edited: rows\n"
        "whose fields changed are applied as one log entry, rows without an id are new "
        "statements,\n"
        "missing rows mean nothing, and a statement that was changed in the database meanwhile is\n"
        "listed as a conflict. Editable are date, actor, target, target_type, stance, quote,\n"
        "speech, certainty, confidence, status and comment.\n\n"
        "FILE may be interchange JSON (one object, an array, or one object a line; the schema is\n"
        "data/interchange.schema.json). Every quote must stand verbatim in its article; what does\n"
        "not is refused with the reason, the rest is taken, and the exit code is 3.\n\n"
        "DIR holds CSV files of nodes and relationships, in Neo4j's header convention (:ID,\n"
        ":LABEL, :START_ID, :END_ID, :TYPE, name:string, since:date, tags:string[]) or plain: a\n"
        "file with a column 'id' holds nodes labelled after the file (persons.csv: Person), a "
        "file\n"
        "whose first two columns name such files holds relationships (member_of.csv: MEMBER_OF),\n"
        "and a file with the columns actor, position and stance holds statements. All or nothing\n"
        "is stored.",
    .examples = "stance import --articles articles coded/*.json\n"
                "stance import --dry-run statements.csv",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_WRITER,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
