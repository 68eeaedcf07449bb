#include <sys/stat.h>

#include "stance/ingest_graph.h"
#include "stance/log.h"

#include "cli_internal.h"

/* `stance import`: data that others have coded or exported into the database. */

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
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

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    const char *path = sg_cli_operand(args, 0);
    sg_store *store = NULL;
    sg_status status = SG_OK;

    if (!is_folder(path))
        return sg_error_set(err, SG_ERR_USAGE, "%s: not a folder", path);
    status = sg_store_open(sg_cli_database(args), SG_STORE_CREATE, &store, err);
    if (status == SG_OK) {
        sg_store_set_stop(store, &sg_cli_interrupted);
        status = import_folder(store, path, err);
    }
    sg_store_close(store);
    return status;
}

const struct sg_command sg_cmd_import = {
    .name = "import",
    .summary = "take over a graph from a folder of CSV files",
    .synopsis = "stance import [options] DIR",
    .description =
        "DIR holds CSV files of nodes and relationships, in Neo4j's header convention (:ID, "
        ":LABEL,\n"
        ":START_ID, :END_ID, :TYPE, name:string, since:date, tags:string[]) or plain: a file with "
        "a\n"
        "column 'id' holds nodes labelled after the file (persons.csv: Person), a file whose "
        "first\n"
        "two columns name such files holds relationships (member_of.csv: MEMBER_OF), and a file "
        "with\n"
        "the columns actor, position and stance holds statements. All or nothing is stored.",
    .examples = "stance import --db graph.db export/\n"
                "stance import --db graph.db neo4j-dump/\n",
    .common = SG_CLI_DB,
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
