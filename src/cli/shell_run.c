#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stance/query.h"

#include "procedures.h"
#include "shell_internal.h"

/* Runs statements and prints their answers. */

FILE *sg_shell_stream(const struct shell *shell)
{
    return shell->writer != NULL ? sg_file_writer_stream(shell->writer) : stdout;
}

sg_status sg_shell_refresh(struct shell *shell, sg_error *err)
{
    sg_store_state now = { 0, 0 };
    sg_status status = sg_store_get_state(shell->store, &now, err);

    if (status != SG_OK)
        return status;
    if (shell->graph != NULL && now.seq == shell->state.seq && now.hash == shell->state.hash)
        return SG_OK;
    sg_graph_close(shell->graph);
    shell->graph = NULL;
    shell->state = now;
    return sg_graph_open(shell->store, &shell->graph, err);
}

/* ---- messages for the person ---- */

static void write_count(FILE *stream, bool *any, const char *verb, size_t count, const char *one,
                        const char *many)
{
    if (count == 0)
        return;
    (void) fprintf(stream, "%s%s %zu %s", *any ? ", " : "", verb, count, count == 1 ? one : many);
    *any = true;
}

static void write_changes(FILE *stream, const sg_graph_changes *c)
{
    bool any = false;

    write_count(stream, &any, "created", c->nodes_created, "node", "nodes");
    write_count(stream, &any, "created", c->relationships_created, "relationship", "relationships");
    write_count(stream, &any, "deleted", c->nodes_deleted, "node", "nodes");
    write_count(stream, &any, "deleted", c->relationships_deleted, "relationship", "relationships");
    write_count(stream, &any, "set", c->properties_set, "property", "properties");
    write_count(stream, &any, "removed", c->properties_removed, "property", "properties");
    if (any)
        (void) fprintf(stream, "\n");
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) (now.tv_sec - start->tv_sec) + (double) (now.tv_nsec - start->tv_nsec) / 1e9;
}

static void write_answer(struct shell *shell, const sg_result *result,
                         const sg_graph_changes *changes)
{
    FILE *stream = sg_shell_stream(shell);

    if (sg_result_columns(result) > 0)
        sg_rows_write(result, shell->graph, &shell->rows, stream);
    if (shell->interactive) {
        write_changes(stdout, changes);
        if (sg_result_columns(result) > 0 && shell->rows.format == SG_ROWS_TABLE)
            (void) printf("%zu %s\n", sg_result_rows(result),
                          sg_result_rows(result) == 1 ? "row" : "rows");
    }
}

/* ---- statements ---- */

sg_status sg_shell_run(struct shell *shell, const char *text, size_t len, sg_error *err)
{
    struct sg_procedure procedures[SG_PROCEDURES];
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_graph_changes changes = { 0 };
    sg_query_problem problem;
    sg_result *result = NULL;
    struct timespec start;
    sg_status status;

    while (len > 0 && strchr("; \t\r\n", text[len - 1]) != NULL)
        len--;
    while (len > 0 && strchr(" \t\r\n", text[0]) != NULL) {
        text++;
        len--;
    }
    options.read_only = shell->read_only;
    options.timeout_ms = (int64_t) shell->timeout * 1000;
    options.stop = &sg_cli_interrupted;
    sg_cli_procedures(shell->store, procedures);
    options.procedures = procedures;
    options.procedure_count = SG_PROCEDURES;
    (void) clock_gettime(CLOCK_MONOTONIC, &start);
    status = sg_shell_refresh(shell, err);
    if (status == SG_OK)
        status = sg_query_run(shell->graph, text, len, &options, &result, &changes, &problem, err);
    if (status == SG_OK)
        status = sg_store_get_state(shell->store, &shell->state, err);
    if (status == SG_OK)
        write_answer(shell, result, &changes);
    if (shell->timer)
        (void) fprintf(stderr, "%.3f ms\n", seconds_since(&start) * 1e3);
    sg_result_free(result);
    return status;
}

/* ---- lines ---- */

static sg_status run_ended(struct shell *shell, sg_strbuf *pending, sg_error *err)
{
    sg_status status = SG_OK;
    size_t done = 0, n;

    while (status == SG_OK && !shell->quit &&
           (n = sg_shell_statement_length(pending->data + done, pending->len - done)) > 0) {
        if (!sg_shell_is_blank(pending->data + done, n - 1))
            status = sg_shell_run(shell, pending->data + done, n, err);
        done += n;
    }
    if (status != SG_OK) {
        sg_strbuf_reset(pending);
    } else if (done > 0) {
        sg_strbuf rest = SG_STRBUF_INIT;

        sg_strbuf_append(&rest, pending->data + done, pending->len - done);
        sg_strbuf_clear(pending);
        *pending = rest;
    }
    return status;
}

sg_status sg_shell_feed(struct shell *shell, sg_strbuf *pending, const char *line, size_t len,
                        sg_error *err)
{
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    if (sg_shell_is_blank(sg_strbuf_text(pending), pending->len)) {
        sg_strbuf_reset(pending);
        if (len > 0 && line[0] == '.')
            return sg_shell_dot(shell, line, len, err);
    }
    sg_strbuf_append(pending, line, len);
    sg_strbuf_putc(pending, '\n');
    return run_ended(shell, pending, err);
}

sg_status sg_shell_finish(struct shell *shell, sg_strbuf *pending, sg_error *err)
{
    if (shell->quit || sg_shell_is_blank(sg_strbuf_text(pending), pending->len))
        return SG_OK;
    return sg_shell_run(shell, pending->data, pending->len, err);
}

sg_status sg_shell_read(struct shell *shell, FILE *stream, const char *name, sg_error *err)
{
    sg_strbuf pending = SG_STRBUF_INIT;
    char *line = NULL;
    size_t size = 0, number = 0;
    ssize_t len;
    sg_status status = SG_OK;

    while (status == SG_OK && !shell->quit && (len = getline(&line, &size, stream)) >= 0) {
        number++;
        status = sg_shell_feed(shell, &pending, line, (size_t) len, err);
    }
    if (status == SG_OK && ferror(stream))
        status = sg_error_set(err, SG_ERR_IO, "cannot be read");
    if (status == SG_OK)
        status = sg_shell_finish(shell, &pending, err);
    if (status != SG_OK)
        sg_error_context(err, "%s, line %zu", name, number);
    free(line);
    sg_strbuf_clear(&pending);
    return status;
}
