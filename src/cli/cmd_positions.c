#include "name_decisions.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    return sg_cli_decide_names(args, SG_NAMED_POSITION, err);
}

const struct sg_command sg_cmd_positions = {
    .name = "positions",
    .summary = "list positions; merge, rename, alias, split",
    .synopsis = "stance positions [list]\n"
                "stance positions merge FROM INTO\n"
                "stance positions rename NAME NEW-NAME\n"
                "stance positions alias NAME OTHER-NAME\n"
                "stance positions split NAME OTHER-NAME",
    .description = "Decisions about which wordings are one position. They are kept: an article "
                   "that is loaded\n"
                   "later, or again, follows them. '#12' is an id. 'stance log' lists decisions, "
                   "'stance undo'\n"
                   "takes them back.",
    .examples = "stance positions merge 'imposing the contract' 'imposition of the contract'\n"
                "stance positions rename 'the deal' 'the May agreement'",
    .options = NULL,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_WRITER,
    .min_operands = 0,
    .max_operands = 3,
    .run = run,
};
