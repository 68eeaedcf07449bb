#include <stdint.h>
#include <string.h>

#include "stance/suggest.h"
#include "stance/version.h"

#include "cli_internal.h"

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    const struct sg_command *command;

    if (sg_cli_operand_count(args) == 0) {
        sg_help_write_overview(stdout);
        return SG_OK;
    }
    command = sg_command_find(sg_cli_operand(args, 0));
    if (command == NULL)
        return sg_error_set(err, SG_ERR_USAGE, "there is no command '%s'", sg_cli_operand(args, 0));
    sg_command_write_help(command, stdout);
    return SG_OK;
}

void sg_help_write_overview(FILE *stream)
{
    (void) fprintf(stream,
                   "stance %s: who stands where, on what, with whom, since when, in whose words?\n"
                   "\n"
                   "usage: stance COMMAND [options] [operands]\n"
                   "\n"
                   "commands:\n",
                   SG_VERSION);
    for (size_t i = 0; i < sg_command_count; i++)
        (void) fprintf(stream, "  %-13s %s\n", sg_commands[i]->name, sg_commands[i]->summary);
    (void) fprintf(stream, "\n"
                           "'stance help COMMAND' explains one command, with examples.\n"
                           "A first session:\n"
                           "  stance load articles/*.txt\n"
                           "  stance alliances\n"
                           "  stance who opposes 'the new contract'\n"
                           "  stance export svg --output map.svg\n");
}

const struct sg_command sg_cmd_help = {
    .name = "help",
    .summary = "explain a command, or list them all",
    .synopsis = "stance help [COMMAND]",
    .examples = "stance help\nstance help load",
    .max_operands = 1,
    .run = run,
};
