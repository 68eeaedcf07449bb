#include <malloc.h>
#include <stdint.h>
#include <unistd.h>

#include "shell_internal.h"

#define KEPT_BYTES (64 << 20)

/* Questions of a session need much the same memory. Given back to the system and fetched again
 * between them, a third of the time of one over a whole graph goes to page faults. */
static void keep_memory(void)
{
    (void) mallopt(M_MMAP_THRESHOLD, KEPT_BYTES / 2);
    (void) mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
}

static sg_status open_shell(const struct sg_cli_args *args, struct shell *shell, sg_error *err)
{
    sg_status status = sg_cli_rows(args, &shell->rows, err);

    shell->database = sg_cli_database(args);
    shell->read_only = sg_cli_flag(args, "read-only");
    shell->interactive = isatty(STDIN_FILENO) != 0;
    shell->color = sg_cli_color(args);
    if (status == SG_OK)
        status = sg_cli_integer(args, "timeout", 1, 1000000, &shell->timeout, err);
    if (status == SG_OK)
        status = sg_store_open(shell->database, shell->read_only ? SG_STORE_READ : SG_STORE_CREATE,
                               &shell->store, err);
    if (status == SG_OK)
        sg_store_set_stop(shell->store, &sg_cli_interrupted);
    return status;
}

static sg_status close_shell(struct shell *shell, sg_status status, sg_error *err)
{
    if (status != SG_OK)
        sg_file_writer_abort(shell->writer);
    else if (shell->writer != NULL)
        status = sg_file_writer_commit(shell->writer, err);
    sg_graph_close(shell->graph);
    sg_store_close(shell->store);
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct shell shell = { 0 };
    sg_status status;

    keep_memory();
    status = open_shell(args, &shell, err);
    if (status == SG_OK && shell.interactive)
        (void) printf("stance shell on %s. '.help' lists the commands.\n", shell.database);
    if (status == SG_OK)
        status = shell.interactive ? sg_shell_edit(&shell, err)
                                   : sg_shell_read(&shell, stdin, "standard input", err);
    return close_shell(&shell, status, err);
}

static const struct sg_cli_option options[] = {
    { "read-only", 0, NULL, "refuse statements that write" },
    { "timeout", 0, "SECONDS", "stop a statement that runs longer" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_shell = {
    .name = "shell",
    .summary = "ask questions in Cypher, one after the other",
    .synopsis = "stance shell [options]",
    .description =
        "Statements end with ';' and may take several lines. The tab key completes keywords,\n"
        "labels, relationship types, properties and, inside quotes, names. Ctrl-C stops a\n"
        "running statement. '.help' lists the commands that are not Cypher. Lines are kept in\n"
        "~/.local/state/stance/history ($STANCE_HISTORY names another file; empty: none).\n"
        "When standard input is no terminal, its statements are run without a prompt and the\n"
        "first error ends the shell.",
    .examples = "stance shell --db strike.db\n"
                "echo 'MATCH (p:Position) RETURN p.name;' | stance shell --format csv",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT,
    .min_operands = 0,
    .max_operands = 0,
    .run = run,
};
