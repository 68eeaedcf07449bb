#include <string.h>

#include "cli_internal.h"

extern const struct sg_command sg_cmd_load;
extern const struct sg_command sg_cmd_extract;
extern const struct sg_command sg_cmd_info;
extern const struct sg_command sg_cmd_who;
extern const struct sg_command sg_cmd_show;
extern const struct sg_command sg_cmd_find;
extern const struct sg_command sg_cmd_path;
extern const struct sg_command sg_cmd_query;
extern const struct sg_command sg_cmd_shell;
extern const struct sg_command sg_cmd_alliances;
extern const struct sg_command sg_cmd_centrality;
extern const struct sg_command sg_cmd_export;
extern const struct sg_command sg_cmd_import;
extern const struct sg_command sg_cmd_review;
extern const struct sg_command sg_cmd_actors;
extern const struct sg_command sg_cmd_positions;
extern const struct sg_command sg_cmd_log;
extern const struct sg_command sg_cmd_undo;
extern const struct sg_command sg_cmd_check;
extern const struct sg_command sg_cmd_backup;
extern const struct sg_command sg_cmd_schema;
extern const struct sg_command sg_cmd_parse;
extern const struct sg_command sg_cmd_codebook;
extern const struct sg_command sg_cmd_help;

/* In the order in which a new user meets them. */
const struct sg_command *const sg_commands[] = {
    &sg_cmd_load,       &sg_cmd_extract, &sg_cmd_info,     &sg_cmd_who,    &sg_cmd_show,
    &sg_cmd_find,       &sg_cmd_path,    &sg_cmd_query,    &sg_cmd_shell,  &sg_cmd_alliances,
    &sg_cmd_centrality, &sg_cmd_export,  &sg_cmd_import,   &sg_cmd_review, &sg_cmd_actors,
    &sg_cmd_positions,  &sg_cmd_log,     &sg_cmd_undo,     &sg_cmd_check,  &sg_cmd_backup,
    &sg_cmd_schema,     &sg_cmd_parse,   &sg_cmd_codebook, &sg_cmd_help,
};

const size_t sg_command_count = sizeof sg_commands / sizeof sg_commands[0];

const struct sg_command *sg_command_find(const char *name)
{
    for (size_t i = 0; i < sg_command_count; i++) {
        if (strcmp(sg_commands[i]->name, name) == 0)
            return sg_commands[i];
    }
    return NULL;
}
