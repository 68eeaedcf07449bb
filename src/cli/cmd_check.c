#include <unistd.h>

#include "stance/store.h"

#include "cli_internal.h"

static void print_problem(void *data, const char *line)
{
    (void) data;
    (void) printf("%s\n", line);
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    const char *path = sg_cli_database(args);
    sg_store *store = NULL;
    size_t problems = 0;
    sg_store_mode mode = access(path, W_OK) == 0 ? SG_STORE_WRITE : SG_STORE_READ;
    sg_status status = sg_store_open(path, mode, &store, err);

    if (status == SG_OK) {
        sg_store_set_stop(store, &sg_cli_interrupted);
        status = sg_store_check(store, print_problem, NULL, &problems, err);
    }
    sg_store_close(store);
    if (status != SG_OK)
        return status;
    if (problems > 0) {
        sg_error_hint(err, "restore a backup, or load the articles into a new database");
        return sg_error_set(err, SG_ERR_DATABASE, "%s: %zu problem%s found", path, problems,
                            problems == 1 ? "" : "s");
    }
    if (!sg_cli_flag(args, "quiet"))
        (void) printf("%s: everything is in order\n", path);
    return SG_OK;
}

const struct sg_command sg_cmd_check = {
    .name = "check",
    .summary = "prove that the database is whole and every quote verbatim",
    .synopsis = "stance check [options]",
    .description =
        "Runs SQLite's own integrity check, checks that every reference leads somewhere, that the\n"
        "text of every article is what was loaded (SHA-256), that every quote is exactly the "
        "bytes\n"
        "of its range, and that the full-text index fits. Prints one line per problem; the exit\n"
        "code is 4 when there is one.",
    .examples = "stance check\n"
                "stance check --db contract.db --quiet",
    .options = NULL,
    .common = SG_CLI_DB,
    .min_operands = 0,
    .max_operands = 0,
    .run = run,
};
