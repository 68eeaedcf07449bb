#include "name_decisions.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    return sg_cli_decide_names(args, SG_NAMED_ACTOR, err);
}

const struct sg_command sg_cmd_actors = {
    .name = "actors",
    .summary = "list actors; merge, rename, alias, split, type",
    .synopsis = "stance actors [list]\n"
                "stance actors merge FROM INTO\n"
                "stance actors rename NAME NEW-NAME\n"
                "stance actors alias NAME OTHER-NAME\n"
                "stance actors split NAME OTHER-NAME\n"
                "stance actors type NAME person|organisation|group",
    .description =
        "Decisions about who is who. They are kept: an article that is loaded later, or again,\n"
        "follows them. Names are matched without case, accents and honorifics, through aliases;\n"
        "'#12' is an id. 'split' makes OTHER-NAME an actor of its own, with what articles that "
        "use\n"
        "only this name say. 'stance log' lists decisions, 'stance undo' takes them back.",
    .examples = "stance actors merge 'Mr Hunt' 'Jeremy Hunt'\n"
                "stance actors rename BMA 'British Medical Association'",
    .options = NULL,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_WRITER,
    .min_operands = 0,
    .max_operands = 3,
    .run = run,
};
