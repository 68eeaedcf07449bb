#ifndef STANCE_CLI_INTERNAL_H
#define STANCE_CLI_INTERNAL_H

/* What the commands share. One command is one file cmd_<name>.c that defines a
 * `const struct sg_command sg_cmd_<name>`, listed in commands.c. From that table come option
 * parsing, help and suggestions; the command's function gets parsed arguments, calls the library
 * and formats. It returns SG_OK, or a status with `err` filled; main() prints the error and turns
 * the status into the exit code. A command that has said everything itself returns a status and
 * leaves the message empty. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "stance/error.h"
#include "stance/rows.h"

struct sg_cli_option {
    const char *name;     /* long name without dashes; NULL ends a table */
    char letter;          /* short name, or 0 */
    const char *argument; /* name of its argument in help ("FILE"), NULL for a flag */
    const char *help;     /* one line */
};

struct sg_cli_args;

struct sg_command {
    const char *name;
    const char *summary;                 /* one line, lower case, no full stop */
    const char *synopsis;                /* lines such as "stance load [options] PATH..." */
    const char *description;             /* paragraphs of plain text, or NULL */
    const char *examples;                /* lines: two at least */
    const struct sg_cli_option *options; /* own options; the common ones are added */
    unsigned common;                     /* SG_CLI_ bits: which common options it takes */
    size_t min_operands;
    size_t max_operands; /* SIZE_MAX: any number */
    sg_status (*run)(const struct sg_cli_args *args, sg_error *err);
};

enum {
    SG_CLI_DB = 1 << 0,     /* --db FILE */
    SG_CLI_FORMAT = 1 << 1, /* --format table|csv|json|jsonl, --json, --limit */
    SG_CLI_OUTPUT = 1 << 2, /* --output FILE */
    SG_CLI_SLICE = 1 << 3, /* --since --until --actor --position --type --min-confidence --status */
    SG_CLI_MODEL = 1 << 4, /* --model FILE */
    SG_CLI_WRITER = 1 << 5, /* --timeout SECONDS, for sg_cli_set_timeout() */
};

/* Option `name` as given last, or NULL. */
const char *sg_cli_value(const struct sg_cli_args *args, const char *name);
/* The `i`th time the option was given, or NULL. */
const char *sg_cli_value_at(const struct sg_cli_args *args, const char *name, size_t i);
bool sg_cli_flag(const struct sg_cli_args *args, const char *name);
/* Whole number option: *value_out keeps its default when the option was not given. */
SG_MUST_CHECK sg_status sg_cli_integer(const struct sg_cli_args *args, const char *name, long min,
                                       long max, long *value_out, sg_error *err);
/* Number option between min and max. */
SG_MUST_CHECK sg_status sg_cli_number(const struct sg_cli_args *args, const char *name, double min,
                                      double max, double *value_out, sg_error *err);
size_t sg_cli_operand_count(const struct sg_cli_args *args);
const char *sg_cli_operand(const struct sg_cli_args *args, size_t i);
char **sg_cli_operands(const struct sg_cli_args *args);

/* --format, --json, --limit, and what the terminal allows, as options for sg_rows_write(). */
SG_MUST_CHECK sg_status sg_cli_rows(const struct sg_cli_args *args,
                                    struct sg_rows_options *rows_out, sg_error *err);

/* --timeout of a command that writes, and Ctrl-C, for the store. */
struct sg_store;
SG_MUST_CHECK sg_status sg_cli_set_timeout(const struct sg_cli_args *args, struct sg_store *store,
                                           sg_error *err);

/* --db, else $STANCE_DB, else "stance.db". */
const char *sg_cli_database(const struct sg_cli_args *args);

/* Standard output is a terminal. */
bool sg_cli_is_terminal(void);
/* Columns of the terminal, 80 when unknown; 0 when standard output is no terminal. */
size_t sg_cli_width(void);
/* Colour on standard output: --color, NO_COLOR, TERM. */
bool sg_cli_color(const struct sg_cli_args *args);

/* Not zero after Ctrl-C; long work should stop and return SG_ERR_INTERRUPTED. */
extern volatile int sg_cli_interrupted;

/* The table of commands, in the order of help. */
extern const struct sg_command *const sg_commands[];
extern const size_t sg_command_count;

const struct sg_command *sg_command_find(const char *name);
/* Parses argv[1..] of a command and runs it; the exit code. */
int sg_command_run(const struct sg_command *command, int argc, char **argv);
void sg_command_write_help(const struct sg_command *command, FILE *stream);
void sg_help_write_overview(FILE *stream);
int sg_exit_code(sg_status status);
/* "stance: message" and the hint, on standard error. */
void sg_cli_print_error(const sg_error *err);

#endif
