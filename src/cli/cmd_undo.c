#include <stdlib.h>

#include "stance/decision.h"

#include "cli_internal.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    sg_store *store = NULL;
    int64_t entry = 0;
    int64_t undone = 0;
    sg_status status;

    if (sg_cli_operand_count(args) > 0) {
        char *end;

        entry = strtoll(sg_cli_operand(args, 0), &end, 10);
        if (*end != '\0' || entry <= 0)
            return sg_error_set(err, SG_ERR_USAGE, "'%s' is no log entry", sg_cli_operand(args, 0));
    }
    status = sg_store_open(sg_cli_database(args), SG_STORE_WRITE, &store, err);
    if (status == SG_OK)
        status = sg_cli_set_timeout(args, store, err);
    if (status == SG_OK)
        status = sg_store_undo(store, entry, &undone, err);
    if (status == SG_OK && !sg_cli_flag(args, "quiet"))
        (void) printf("undone: entry %lld\n", (long long) undone);
    sg_store_close(store);
    return status;
}

const struct sg_command sg_cmd_undo = {
    .name = "undo",
    .summary = "take back a decision or correction",
    .synopsis = "stance undo [ENTRY]",
    .description = "Takes back the latest entry of 'stance log' that stands, or the one named. An "
                   "entry whose\n"
                   "things were changed again by a later one is refused until that is undone.",
    .examples = "stance undo\n"
                "stance undo 14",
    .options = NULL,
    .common = SG_CLI_DB | SG_CLI_WRITER,
    .min_operands = 0,
    .max_operands = 1,
    .run = run,
};
