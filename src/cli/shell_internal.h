#ifndef STANCE_CLI_SHELL_INTERNAL_H
#define STANCE_CLI_SHELL_INTERNAL_H

/* The interactive shell, in parts:
 *   shell_statement.c  where a statement ends
 *   shell_run.c        runs one statement and prints its answer
 *   shell_dot.c        the dot-commands
 *   shell_complete.c   what could complete a word
 *   shell_edit.c       the line editor (libedit): history, the tab key, Ctrl-C
 *   cmd_shell.c        the command: options, and the loop over lines */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "stance/file.h"
#include "stance/graph.h"
#include "stance/mem.h"
#include "stance/store.h"
#include "stance/strbuf.h"

#include "cli_internal.h"

struct shell {
    const char *database;
    bool read_only;
    bool interactive; /* a person types: prompts, counts, errors do not end it */
    bool color;
    bool timer;
    bool quit;
    int depth;    /* of files that read files */
    long timeout; /* seconds, 0 = none */
    sg_store *store;
    sg_graph *graph;      /* NULL until the first statement needs it */
    sg_store_state state; /* of the store when `graph` was opened */
    struct sg_rows_options rows;
    sg_file_writer *writer; /* of .output FILE; NULL: standard output */
};

/* ---- statements ---- */

/* Length of the first statement in text[0, len) with its ';', or 0 when it has not ended. A ';' in
 * a string, a quoted name or a comment does not count. */
size_t sg_shell_statement_length(const char *text, size_t len);
/* True if there is nothing but blanks and comments. */
bool sg_shell_is_blank(const char *text, size_t len);

/* ---- running ---- */

/* Where answers go: standard output or the file of .output. */
FILE *sg_shell_stream(const struct shell *shell);
/* Opens the graph, or opens it again when another process has changed the database. */
SG_MUST_CHECK sg_status sg_shell_refresh(struct shell *shell, sg_error *err);
/* Runs text[0, len), without or with its ';', and prints the answer. */
SG_MUST_CHECK sg_status sg_shell_run(struct shell *shell, const char *text, size_t len,
                                     sg_error *err);
/* One line: a dot-command at the start of a statement, else more of the statement in `pending`,
 * which is run when it ends. */
SG_MUST_CHECK sg_status sg_shell_feed(struct shell *shell, sg_strbuf *pending, const char *line,
                                      size_t len, sg_error *err);
/* Runs what is left in `pending` although no ';' ended it. */
SG_MUST_CHECK sg_status sg_shell_finish(struct shell *shell, sg_strbuf *pending, sg_error *err);
/* Runs every line of a stream. `name` is for messages. */
SG_MUST_CHECK sg_status sg_shell_read(struct shell *shell, FILE *stream, const char *name,
                                      sg_error *err);

/* ---- dot-commands ---- */

/* Runs ".name arguments". */
SG_MUST_CHECK sg_status sg_shell_dot(struct shell *shell, const char *line, size_t len,
                                     sg_error *err);
size_t sg_shell_dot_count(void);
/* With the dot. */
const char *sg_shell_dot_name(size_t i);

/* ---- completion ---- */

struct shell_completion {
    size_t start;             /* the candidates replace line[start, cursor) */
    const char *const *texts; /* in order, in the arena */
    size_t count;
    bool in_quote; /* they are names in a string literal */
};

/* What could stand at the end of line[0, cursor). The graph may be NULL. */
struct shell_completion sg_shell_complete(const sg_graph *graph, sg_arena *arena, const char *line,
                                          size_t cursor);
/* Bytes that all candidates begin with, ending between characters. */
size_t sg_shell_common_prefix(const struct shell_completion *completion);

/* ---- the line editor ---- */

/* Reads lines with history and completion until the end of input or .quit. */
SG_MUST_CHECK sg_status sg_shell_edit(struct shell *shell, sg_error *err);

#endif
