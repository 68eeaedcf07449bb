#include <unistd.h>

#include "stance/store.h"

#include "cli_internal.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    const char *target = sg_cli_operand(args, 0);
    sg_store *store = NULL;
    sg_status status;

    if (access(target, F_OK) == 0 && !sg_cli_flag(args, "force")) {
        sg_error_hint(err, "choose another name, or --force to replace it");
        return sg_error_set(err, SG_ERR_INPUT, "%s: exists already", target);
    }
    status = sg_store_open(sg_cli_database(args), SG_STORE_READ, &store, err);
    if (status == SG_OK) {
        sg_store_set_stop(store, &sg_cli_interrupted);
        if (access(target, F_OK) == 0)
            (void) unlink(target);
        status = sg_store_backup(store, target, err);
    }
    sg_store_close(store);
    return status;
}

static const struct sg_cli_option options[] = {
    { "force", 'f', NULL, "replace the file if it exists" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_backup = {
    .name = "backup",
    .summary = "copy the database to one file while others may use it",
    .synopsis = "stance backup [options] FILE",
    .description = "Copies one consistent state of the database; readers and a writer go on "
                   "meanwhile. The copy\nis a database of its own: --db FILE uses it.",
    .examples = "stance backup before-review.db\n"
                "stance backup --db contract.db --force contract.bak",
    .options = options,
    .common = SG_CLI_DB,
    .min_operands = 1,
    .max_operands = 1,
    .run = run,
};
