#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stance/suggest.h"

#include "shell_internal.h"

/* The dot-commands: what is not Cypher. Any command of the program works as one too, on the open
 * database: ".who supports NAME". */

#define READ_DEPTH_MAX   16
#define DOT_ARGUMENT_MAX 64

struct dot_command {
    const char *name;
    const char *arguments;
    const char *help;
    sg_status (*run)(struct shell *shell, int argc, char **argv, sg_error *err);
};

static const struct dot_command *dot_command_at(size_t i);

/* ---- .help ---- */

static sg_status dot_help(struct shell *shell, int argc, char **argv, sg_error *err)
{
    FILE *stream = sg_shell_stream(shell);

    (void) argc, (void) argv, (void) err;
    for (size_t i = 0; i < sg_shell_dot_count(); i++) {
        const struct dot_command *c = dot_command_at(i);
        char left[64];

        (void) snprintf(left, sizeof left, "%s %s", c->name, c->arguments);
        (void) fprintf(stream, "%-34s %s\n", left, c->help);
    }
    (void) fprintf(stream, "\nA Cypher statement ends with ';'. EXPLAIN or PROFILE before it shows "
                           "its plan.\nOther commands work with a dot before them: "
                           ".who supports NAME\n");
    return SG_OK;
}

/* ---- .schema ---- */

static void write_symbols(FILE *stream, const sg_graph *graph, sg_symbol_kind kind,
                          const char *heading)
{
    size_t count = sg_graph_symbol_count(graph, kind);

    (void) fprintf(stream, "%s\n", heading);
    for (size_t i = 0; i < count; i++) {
        sg_symbol symbol = (sg_symbol) i;
        size_t uses = kind == SG_LABEL      ? sg_graph_label_count(graph, symbol)
                      : kind == SG_REL_TYPE ? sg_graph_type_count(graph, symbol)
                                            : 0;

        if (kind == SG_KEY)
            (void) fprintf(stream, "  %s\n", sg_graph_symbol_name(graph, kind, symbol));
        else if (uses > 0)
            (void) fprintf(stream, "  %-24s %zu\n", sg_graph_symbol_name(graph, kind, symbol),
                           uses);
    }
}

static sg_status dot_schema(struct shell *shell, int argc, char **argv, sg_error *err)
{
    FILE *stream = sg_shell_stream(shell);
    sg_status status = sg_shell_refresh(shell, err);

    (void) argc, (void) argv;
    if (status != SG_OK)
        return status;
    write_symbols(stream, shell->graph, SG_LABEL, "labels");
    write_symbols(stream, shell->graph, SG_REL_TYPE, "relationship types");
    write_symbols(stream, shell->graph, SG_KEY, "properties");
    return SG_OK;
}

/* ---- settings ---- */

static sg_status dot_mode(struct shell *shell, int argc, char **argv, sg_error *err)
{
    if (argc != 2)
        return sg_error_set(err, SG_ERR_USAGE, ".mode takes table, csv, json, jsonl or line");
    return sg_rows_format_find(argv[1], &shell->rows.format, err);
}

static sg_status dot_timer(struct shell *shell, int argc, char **argv, sg_error *err)
{
    bool on = argc == 2 && strcmp(argv[1], "on") == 0;

    if (argc == 1)
        shell->timer = !shell->timer;
    else if (argc == 2 && (on || strcmp(argv[1], "off") == 0))
        shell->timer = on;
    else
        return sg_error_set(err, SG_ERR_USAGE, ".timer takes on or off");
    return SG_OK;
}

static sg_status dot_output(struct shell *shell, int argc, char **argv, sg_error *err)
{
    sg_status status = SG_OK;

    if (argc > 2)
        return sg_error_set(err, SG_ERR_USAGE, ".output takes one file name, or none");
    if (shell->writer != NULL) {
        sg_file_writer *writer = shell->writer;

        shell->writer = NULL;
        status = sg_file_writer_commit(writer, err);
    }
    if (status == SG_OK && argc == 2 && strcmp(argv[1], "-") != 0)
        status = sg_file_writer_open(argv[1], &shell->writer, err);
    shell->rows.width = shell->writer != NULL ? 0 : sg_cli_width();
    shell->rows.color = shell->writer == NULL && shell->color;
    return status;
}

/* ---- files ---- */

static sg_status dot_read(struct shell *shell, int argc, char **argv, sg_error *err)
{
    FILE *stream;
    sg_status status;

    if (argc != 2)
        return sg_error_set(err, SG_ERR_USAGE, ".read takes one file name");
    if (shell->depth >= READ_DEPTH_MAX)
        return sg_error_set(err, SG_ERR_LIMIT, "files read each other more than %d deep",
                            READ_DEPTH_MAX);
    stream = fopen(argv[1], "r");
    if (stream == NULL)
        return sg_error_set(err, SG_ERR_IO, "%s: %s", argv[1], strerror(errno));
    shell->depth++;
    status = sg_shell_read(shell, stream, argv[1], err);
    shell->depth--;
    (void) fclose(stream);
    return status;
}

/* Runs a command of the program on the open database; it has told its own errors. */
static sg_status run_command(struct shell *shell, const struct sg_command *command, int argc,
                             char **argv, sg_error *err)
{
    char *with_database[DOT_ARGUMENT_MAX + 4];
    static char db_option[] = "--db";
    int n = 0, code;

    with_database[n++] = argv[0] + 1;
    if (command->common & SG_CLI_DB) {
        with_database[n++] = db_option;
        with_database[n++] = sg_strdup(shell->database);
    }
    for (int i = 1; i < argc; i++)
        with_database[n++] = argv[i];
    with_database[n] = NULL;
    (void) fflush(stdout);
    code = sg_command_run(command, n, with_database);
    if (command->common & SG_CLI_DB)
        sg_free(with_database[2]);
    if (code == 0)
        return SG_OK;
    (void) err;
    return code == 130 ? SG_ERR_INTERRUPTED : code == 2 ? SG_ERR_USAGE : SG_ERR_INPUT;
}

static sg_status dot_import(struct shell *shell, int argc, char **argv, sg_error *err)
{
    const struct sg_command *command = sg_command_find("import");

    if (argc < 2)
        return sg_error_set(err, SG_ERR_USAGE, ".import takes a file name");
    if (command == NULL)
        return sg_error_set(err, SG_ERR_UNSUPPORTED, "this program has no import");
    return run_command(shell, command, argc, argv, err);
}

static sg_status dot_quit(struct shell *shell, int argc, char **argv, sg_error *err)
{
    (void) argc, (void) argv, (void) err;
    shell->quit = true;
    return SG_OK;
}

/* ---- the table ---- */

static const struct dot_command dot_commands[] = {
    { ".help", "", "this list", dot_help },
    { ".schema", "", "labels, relationship types and properties in use", dot_schema },
    { ".mode", "table|csv|json|jsonl|line", "how rows are written", dot_mode },
    { ".output", "[FILE]", "write answers to a file; without one, to the screen", dot_output },
    { ".read", "FILE", "run the statements of a file", dot_read },
    { ".import", "FILE...", "import statements, nodes and relationships", dot_import },
    { ".timer", "[on|off]", "show how long each statement takes", dot_timer },
    { ".quit", "", "leave (also Ctrl-D)", dot_quit },
    { ".exit", "", "the same", dot_quit },
};

static const struct dot_command *dot_command_at(size_t i)
{
    return &dot_commands[i];
}

size_t sg_shell_dot_count(void)
{
    return sizeof dot_commands / sizeof *dot_commands;
}

const char *sg_shell_dot_name(size_t i)
{
    return dot_commands[i].name;
}

/* Splits at blanks; quotes hold an argument together. The text is cut in place. */
static int split(char *text, char **argv, int room)
{
    int argc = 0;

    while (*text != '\0' && argc < room) {
        char quote = 0, *to;

        while (*text == ' ' || *text == '\t')
            text++;
        if (*text == '\0')
            break;
        argv[argc++] = to = text;
        while (*text != '\0' && (quote != 0 || (*text != ' ' && *text != '\t'))) {
            if (quote == 0 && (*text == '\'' || *text == '"'))
                quote = *text;
            else if (quote != 0 && *text == quote)
                quote = 0;
            else
                *to++ = *text;
            text++;
        }
        if (*text != '\0')
            text++;
        *to = '\0';
    }
    return argc;
}

static sg_status unknown_dot_command(const char *name, sg_error *err)
{
    const char *names[sizeof dot_commands / sizeof *dot_commands];
    const char *nearest;
    sg_status status = sg_error_set(err, SG_ERR_USAGE, "there is no command '%s'", name);

    for (size_t i = 0; i < sg_shell_dot_count(); i++)
        names[i] = sg_shell_dot_name(i);
    nearest = sg_suggest(name, names, sg_shell_dot_count());
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '%s'?", nearest);
    else
        sg_error_hint(err, "'.help' lists the commands");
    return status;
}

sg_status sg_shell_dot(struct shell *shell, const char *line, size_t len, sg_error *err)
{
    char *text = sg_strndup(line, len);
    char *argv[DOT_ARGUMENT_MAX];
    int argc = split(text, argv, DOT_ARGUMENT_MAX - 1);
    const struct sg_command *command = NULL;
    sg_status status;
    size_t i = 0;

    assert(argc > 0 && "a dot-command has its dot");
    while (i < sg_shell_dot_count() && strcmp(dot_commands[i].name, argv[0]) != 0)
        i++;
    if (i == sg_shell_dot_count())
        command = sg_command_find(argv[0] + 1);
    if (i < sg_shell_dot_count())
        status = dot_commands[i].run(shell, argc, argv, err);
    else if (command != NULL && strcmp(command->name, "shell") != 0)
        status = run_command(shell, command, argc, argv, err);
    else
        status = unknown_dot_command(argv[0], err);
    sg_free(text);
    return status;
}
