/* One query from text to result: tokens, tree, checks, plan, rows; then commit or rollback. */

#include "stance/query.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "explain.h"
#include "notices.h"
#include "procedure.h"
#include "runtime.h"

/* ---- failures ---- */

sg_status sg_query_fail(sg_query *query, const char *type, const char *phase, const char *detail,
                        size_t offset, const char *format, ...)
{
    va_list args;
    char message[500];

    if (query->failed)
        return SG_ERR_QUERY;
    query->failed = true;
    va_start(args, format);
    (void) vsnprintf(message, sizeof message, format, args);
    va_end(args);
    (void) snprintf(query->problem.type, sizeof query->problem.type, "%s", type);
    (void) snprintf(query->problem.phase, sizeof query->problem.phase, "%s", phase);
    (void) snprintf(query->problem.detail, sizeof query->problem.detail, "%s", detail);
    query->problem.offset = offset;
    return sg_error_set(query->err, SG_ERR_QUERY, "%s", message);
}

void sg_query_syntax(sg_query *query, const char *detail, size_t offset, const char *format, ...)
{
    va_list args;
    char message[500];

    va_start(args, format);
    (void) vsnprintf(message, sizeof message, format, args);
    va_end(args);
    (void) sg_query_fail(query, "SyntaxError", SG_COMPILE_TIME, detail, offset, "%s", message);
}

/* Adds line and column, the line itself and a caret under the place. */
static void show_place(const sg_query *query)
{
    size_t offset = query->problem.offset;
    size_t start;
    size_t end;
    size_t line = 1;
    size_t column = 1;
    sg_error *err = query->err;
    size_t used;

    if (err == NULL || err->status != SG_ERR_QUERY)
        return;
    if (offset > query->len) {
        sg_error_context(err, "query");
        return;
    }
    start = 0;
    for (size_t i = 0; i < offset; i++) {
        if (query->text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    for (size_t i = start; i < offset; i++)
        column += ((unsigned char) query->text[i] & 0xC0) != 0x80;
    end = start;
    while (end < query->len && query->text[end] != '\n')
        end++;
    sg_error_context(err, "query, line %zu, column %zu", line, column);
    used = strlen(err->message);
    if (end - start <= 200 && used + (end - start) + column + 16 < sizeof err->message)
        (void) snprintf(err->message + used, sizeof err->message - used, "\n  %.*s\n  %*s^",
                        (int) (end - start), query->text + start, (int) column - 1, "");
}

/* ---- running ---- */

static sg_result *new_result(sg_query *query, const sg_single_query *first)
{
    const char **names =
        sg_arena_calloc(query->arena, (size_t) first->column_count + 1, sizeof *names);

    for (uint32_t i = 0; i < first->column_count; i++)
        names[i] = sg_arena_strndup(query->arena, first->columns[i].text, first->columns[i].len);
    return sg_result_new(names, first->column_count);
}

static sg_status run_rows(sg_exec *x, sg_operator *root, const sg_single_query *first,
                          sg_result *result)
{
    sg_value *cells =
        sg_arena_calloc(x->query->arena, (size_t) first->column_count + 1, sizeof *cells);
    size_t limit = x->query->options->limit;
    sg_step step;

    if (sg_operator_open(root, x) != SG_OK)
        return SG_ERR_QUERY;
    while ((step = sg_operator_next(root, x)) == SG_STEP_ROW) {
        if (first->column_count == 0 || (limit > 0 && sg_result_rows(result) >= limit)) {
            if (limit > 0 && !x->query->writes)
                break;
            continue;
        }
        for (uint32_t i = 0; i < first->column_count; i++)
            cells[i] = x->row[first->column_slots[i]];
        sg_result_add(result, cells);
        x->heap_bytes = sg_arena_used(sg_result_arena(result));
    }
    if (step != SG_STEP_FAIL)
        return SG_OK;
    return x->query->err != NULL && x->query->err->status != SG_OK ? x->query->err->status
                                                                   : SG_ERR_QUERY;
}

/* A deleted node must have lost its relationships by the end of the query. */
static sg_status check_deleted(sg_exec *x)
{
    for (size_t i = 0; i < x->deleted_count; i++) {
        if (sg_graph_degree(x->graph, x->deleted_nodes[i], SG_BOTH, SG_NO_SYMBOL) > 0) {
            sg_error_hint(x->query->err, "DETACH DELETE removes a node with its relationships");
            return sg_query_fail(x->query, "ConstraintVerificationFailed", SG_RUNTIME,
                                 "DeleteConnectedNode", SIZE_MAX,
                                 "a node that still has relationships cannot be deleted");
        }
    }
    return SG_OK;
}

static int64_t deadline_of(const struct sg_query_options *options)
{
    struct timespec t;

    if (options->timeout_ms <= 0)
        return 0;
    (void) clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec + options->timeout_ms * 1000000;
}

static sg_status execute(sg_query *query, sg_operator *root, const sg_query_ast *ast,
                         sg_result **result_out, sg_graph_changes *changes_out)
{
    sg_exec x = { .query = query, .graph = query->graph, .countdown = 1 };
    sg_status status;

    x.row = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof(sg_value));
    x.deadline = deadline_of(query->options);
    x.profile = query->options->profile;
    sg_function_context_init(&x.functions, query->arena, query->graph);
    *result_out = new_result(query, &ast->parts[0]);
    status = run_rows(&x, root, &ast->parts[0], *result_out);
    if (status == SG_OK)
        status = check_deleted(&x);
    if (status == SG_OK && changes_out != NULL)
        sg_graph_count_changes(query->graph, changes_out);
    if (status == SG_OK && query->writes)
        status = sg_graph_commit(query->graph, query->err);
    if (status != SG_OK && query->writes)
        sg_graph_rollback(query->graph);
    sg_regexes_free(x.regexes);
    sg_free(x.deleted_nodes);
    return status;
}

/* Looked for before anything is read: a query that writes takes the database first. */
static bool has_write(const sg_query_ast *ast)
{
    for (uint32_t i = 0; ast != NULL && i < ast->count; i++) {
        for (uint32_t k = 0; k < ast->parts[i].count; k++) {
            uint8_t kind = ast->parts[i].clauses[k].kind;

            if (kind >= SG_CLAUSE_CREATE && kind <= SG_CLAUSE_DELETE)
                return true;
        }
    }
    return false;
}

/* EXPLAIN or PROFILE before a query: takes the word away and tells which it was. */
static void take_prefix(sg_query *query, bool *explain, bool *profile)
{
    sg_name word;

    if (query->token_count < 2 || query->tokens[0].kind != SG_TOK_WORD)
        return;
    word = (sg_name){ query->tokens[0].text, query->tokens[0].len, 0 };
    *explain = sg_name_is(word, "EXPLAIN");
    *profile = sg_name_is(word, "PROFILE");
    if (*explain || *profile) {
        query->tokens++;
        query->token_count--;
    }
}

static sg_status compile(sg_query *query, struct sg_query_options *options, sg_query_ast **ast_out,
                         sg_operator **root_out)
{
    bool explain = false;
    bool profile = false;
    sg_status status = sg_procedures_prepare(query);

    if (status != SG_OK)
        return status;
    sg_query_tokenize(query);
    take_prefix(query, &explain, &profile);
    options->explain = options->explain || explain;
    options->profile = options->profile || profile;
    if (!query->failed)
        *ast_out = sg_query_parse(query);
    if (query->failed)
        return SG_ERR_QUERY;
    query->writes = has_write(*ast_out);
    if (query->writes && query->options->read_only)
        return sg_query_fail(query, "AccessError", SG_COMPILE_TIME, "ReadOnly", SIZE_MAX,
                             "the query would change the database, which is open read-only");
    if (query->writes && !query->options->explain) {
        status = sg_graph_begin_write(query->graph, query->err);
        if (status != SG_OK)
            return status;
    }
    sg_query_check(query, *ast_out);
    if (query->failed)
        return SG_ERR_QUERY;
    *root_out = sg_plan_query(query, *ast_out);
    assert(*root_out != NULL);
    return SG_OK;
}

sg_status sg_query_run(sg_graph *graph, const char *text, size_t len,
                       const struct sg_query_options *options, sg_result **result_out,
                       sg_graph_changes *changes_out, sg_query_problem *problem_out, sg_error *err)
{
    sg_error own = SG_ERROR_INIT;
    struct sg_query_options settled = *options;
    sg_query query = { .graph = graph, .text = text, .len = len, .options = &settled };
    sg_query_ast *ast = NULL;
    sg_operator *root = NULL;
    sg_status status;

    *result_out = NULL;
    if (changes_out != NULL)
        memset(changes_out, 0, sizeof *changes_out);
    query.arena = sg_arena_new();
    query.err = err != NULL ? err : &own;
    query.problem.offset = SIZE_MAX;
    status = compile(&query, &settled, &ast, &root);
    if (status == SG_OK && root != NULL && !settled.explain)
        status = execute(&query, root, ast, result_out, changes_out);
    else if (query.writes && ast != NULL)
        sg_graph_rollback(graph);
    if (status == SG_OK && (settled.explain || settled.profile)) {
        sg_result_free(*result_out);
        *result_out = sg_explain(&query, root);
    }
    if (status != SG_OK) {
        sg_result_free(*result_out);
        *result_out = NULL;
        show_place(&query);
    }
    if (problem_out != NULL)
        *problem_out = query.problem;
    sg_operators_close(query.operators);
    sg_arena_free(query.arena);
    return status;
}

/* ---- looking at a query without running it ---- */

static sg_status parse_only(sg_query *query, sg_query_ast **ast_out, bool *explain)
{
    bool profile;

    *explain = false;
    sg_query_tokenize(query);
    take_prefix(query, explain, &profile);
    if (!query->failed)
        *ast_out = sg_query_parse(query);
    if (!query->failed)
        return SG_OK;
    show_place(query);
    return SG_ERR_QUERY;
}

bool sg_query_is_write(const char *text, size_t len)
{
    sg_error err = SG_ERROR_INIT;
    sg_query query = { .text = text, .len = len, .err = &err };
    sg_query_ast *ast = NULL;
    bool explain;
    bool writes;

    query.arena = sg_arena_new();
    writes = parse_only(&query, &ast, &explain) == SG_OK && !explain && has_write(ast);
    sg_arena_free(query.arena);
    return writes;
}

void sg_query_notices(sg_graph *graph, const char *text, size_t len, sg_strbuf *out)
{
    sg_error err = SG_ERROR_INIT;
    sg_query query = { .graph = graph, .text = text, .len = len, .err = &err };
    sg_query_ast *ast = NULL;
    bool explain;

    query.arena = sg_arena_new();
    if (parse_only(&query, &ast, &explain) == SG_OK)
        sg_notices_find(&query, ast, out);
    sg_arena_free(query.arena);
}

sg_status sg_query_dump(const char *text, size_t len, sg_query_form form, sg_strbuf *out,
                        sg_error *err)
{
    sg_query query = { .text = text, .len = len, .err = err };
    sg_query_ast *ast = NULL;
    bool explain;
    sg_status status;

    query.arena = sg_arena_new();
    status = parse_only(&query, &ast, &explain);
    if (query.tokens != NULL && form == SG_QUERY_TOKENS)
        sg_query_dump_tokens(&query, out);
    else if (status == SG_OK)
        sg_query_dump_ast(&query, ast, out);
    sg_arena_free(query.arena);
    return status;
}
