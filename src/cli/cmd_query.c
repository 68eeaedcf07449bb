#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/file.h"
#include "stance/query.h"
#include "stance/rows.h"
#include "stance/store.h"
#include "stance/value_ops.h"

#include "cli_internal.h"
#include "procedures.h"

#define MAX_QUERY_BYTES     ((size_t) 16 << 20)
#define MAX_PARAMETER_BYTES ((size_t) 256 << 20)
/* More than any sensible answer needs, less than what makes a small machine swap. */
#define DEFAULT_MEMORY ((size_t) 1 << 30)

/* What one run of the command holds. */
typedef struct query_run {
    const struct sg_cli_args *args;
    sg_arena *arena;
    sg_strbuf text;
    sg_strbuf parameters;
    sg_strbuf procedures;
    struct sg_query_options options;
    struct sg_procedure callable[SG_PROCEDURES];
    struct sg_rows_options rows;
    bool tck; /* --format tck-json */
    sg_store *store;
    sg_graph *graph;
} query_run;

static sg_status read_text(query_run *run, sg_error *err)
{
    const char *file = sg_cli_value(run->args, "file");

    if (file != NULL && sg_cli_operand_count(run->args) > 0)
        return sg_error_set(err, SG_ERR_USAGE, "give the query as text or with --file, not both");
    if (file != NULL)
        return sg_file_read(file, MAX_QUERY_BYTES, &run->text, err);
    if (sg_cli_operand_count(run->args) == 0)
        return sg_error_set(err, SG_ERR_USAGE, "no query given");
    sg_strbuf_puts(&run->text, sg_cli_operand(run->args, 0));
    return SG_OK;
}

/* --param name=value: the value is JSON, or else a string. */
static sg_status add_parameter(query_run *run, const char *text, sg_value *key, sg_value *value,
                               sg_error *err)
{
    const char *equals = strchr(text, '=');
    sg_error ignored = SG_ERROR_INIT;

    if (equals == NULL || equals == text)
        return sg_error_set(err, SG_ERR_USAGE, "--param wants name=value, not '%s'", text);
    *key = sg_value_string(text, (size_t) (equals - text));
    if (sg_value_read_json(run->arena, equals + 1, strlen(equals + 1), value, &ignored) != SG_OK)
        *value = sg_value_text(equals + 1);
    return SG_OK;
}

static sg_status read_parameters(query_run *run, sg_error *err)
{
    const char *file = sg_cli_value(run->args, "params");
    sg_value *keys;
    sg_value *values;
    sg_value map = sg_value_null();
    size_t count = 0;
    size_t given = 0;
    sg_status status = SG_OK;

    if (file != NULL) {
        status = sg_file_read(file, MAX_PARAMETER_BYTES, &run->parameters, err);
        if (status == SG_OK)
            status = sg_value_read_json(run->arena, sg_strbuf_text(&run->parameters),
                                        run->parameters.len, &map, err);
        if (status != SG_OK)
            return status;
        if (map.type != SG_MAP)
            return sg_error_set(err, SG_ERR_INPUT, "%s: parameters are a JSON object", file);
    }
    while (sg_cli_value_at(run->args, "param", given) != NULL)
        given++;
    count = map.type == SG_MAP ? map.as.map->count : 0;
    keys = sg_arena_alloc(run->arena, (count + given + 1) * sizeof *keys);
    values = sg_arena_alloc(run->arena, (count + given + 1) * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        keys[i] = map.as.map->keys[i];
        values[i] = map.as.map->values[i];
    }
    for (size_t i = 0; i < given && status == SG_OK; i++)
        status = add_parameter(run, sg_cli_value_at(run->args, "param", i), &keys[count + i],
                               &values[count + i], err);
    run->options.parameters = sg_value_map(run->arena, keys, values, count + given);
    return status;
}

/* 512M, 2G, 100000: bytes with K, M or G. */
static sg_status read_size(const char *text, size_t *out, sg_error *err)
{
    char *end;
    unsigned long long number;
    unsigned shift = 0;

    errno = 0;
    number = strtoull(text, &end, 10);
    switch (toupper((unsigned char) *end)) {
    case 'K':
        shift = 10;
        break;
    case 'M':
        shift = 20;
        break;
    case 'G':
        shift = 30;
        break;
    default:
        break;
    }
    end += shift > 0 ? 1 : 0;
    if (end == text || *end != '\0' || errno != 0 || !isdigit((unsigned char) text[0]) ||
        number > (SIZE_MAX >> shift))
        return sg_error_set(err, SG_ERR_USAGE, "--max-memory wants a size such as 512M, not '%s'",
                            text);
    *out = (size_t) number << shift;
    return SG_OK;
}

static sg_status read_options(query_run *run, sg_error *err)
{
    const char *memory = sg_cli_value(run->args, "max-memory");
    const char *procedures = sg_cli_value(run->args, "procs");
    const char *format = sg_cli_value(run->args, "format");
    long timeout = 0;
    sg_status status;

    run->tck = format != NULL && strcmp(format, "tck-json") == 0;
    status = run->tck ? SG_OK : sg_cli_rows(run->args, &run->rows, err);
    if (status == SG_OK)
        status = sg_cli_integer(run->args, "timeout", 0, INT32_MAX, &timeout, err);
    run->options.max_memory = DEFAULT_MEMORY;
    if (status == SG_OK && memory != NULL)
        status = read_size(memory, &run->options.max_memory, err);
    if (status == SG_OK && procedures != NULL) {
        status = sg_file_read(procedures, MAX_PARAMETER_BYTES, &run->procedures, err);
        run->options.procedures_json = sg_strbuf_text(&run->procedures);
    }
    run->options.timeout_ms = timeout;
    run->options.limit = run->rows.limit;
    run->options.read_only = sg_cli_flag(run->args, "read-only");
    run->options.explain = sg_cli_flag(run->args, "explain");
    run->options.profile = sg_cli_flag(run->args, "profile");
    run->options.stop = &sg_cli_interrupted;
    return status;
}

/* A query that writes makes the database when there is none; one that reads an absent database
 * is a mistake, except for test runs, which begin with nothing. */
static sg_status open_graph(query_run *run, sg_error *err)
{
    const char *path = sg_cli_database(run->args);
    bool writes = !run->options.read_only && !run->options.explain &&
                  sg_query_is_write(sg_strbuf_text(&run->text), run->text.len);
    sg_status status;

    if (!writes && run->tck && access(path, F_OK) != 0) {
        run->graph = sg_graph_new();
        return SG_OK;
    }
    status = sg_store_open(path, writes ? SG_STORE_CREATE : SG_STORE_READ, &run->store, err);
    if (status != SG_OK)
        return status;
    sg_store_set_stop(run->store, &sg_cli_interrupted);
    if (run->options.timeout_ms > 0)
        sg_store_set_timeout(run->store, (int) run->options.timeout_ms);
    return sg_graph_open(run->store, &run->graph, err);
}

static sg_status dump(query_run *run, const char *form, sg_error *err)
{
    sg_strbuf out = SG_STRBUF_INIT;
    bool tokens = strcmp(form, "tokens") == 0;
    sg_status status;

    if (!tokens && strcmp(form, "ast") != 0)
        return sg_error_set(err, SG_ERR_USAGE, "--dump wants tokens, ast or plan, not '%s'", form);
    status = sg_query_dump(sg_strbuf_text(&run->text), run->text.len,
                           tokens ? SG_QUERY_TOKENS : SG_QUERY_AST, &out, err);
    (void) fputs(sg_strbuf_text(&out), stdout);
    sg_strbuf_clear(&out);
    return status;
}

static void print_tck(const query_run *run, const sg_result *result,
                      const sg_graph_changes *changes, const sg_query_problem *problem,
                      const sg_error *err)
{
    sg_strbuf out = SG_STRBUF_INIT;

    if (result != NULL)
        sg_result_write_tck(result, run->graph, changes, &out);
    else
        sg_query_problem_write_tck(problem, err, &out);
    (void) fputs(sg_strbuf_text(&out), stdout);
    sg_strbuf_clear(&out);
}

static void print_changes(const sg_graph_changes *c)
{
    const struct {
        size_t count;
        const char *what;
    } parts[] = {
        { c->nodes_created, "nodes created" },
        { c->nodes_deleted, "nodes deleted" },
        { c->relationships_created, "relationships created" },
        { c->relationships_deleted, "relationships deleted" },
        { c->labels_added, "labels added" },
        { c->labels_removed, "labels removed" },
        { c->properties_set, "properties set" },
        { c->properties_removed, "properties removed" },
    };
    bool any = false;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].count == 0)
            continue;
        (void) fprintf(stderr, "%s%zu %s", any ? ", " : "", parts[i].count, parts[i].what);
        any = true;
    }
    if (any)
        (void) fputc('\n', stderr);
}

/* An empty answer often has a misspelt name behind it. */
static void print_notices(const query_run *run)
{
    sg_strbuf notices = SG_STRBUF_INIT;

    sg_query_notices(run->graph, sg_strbuf_text(&run->text), run->text.len, &notices);
    (void) fputs(sg_strbuf_text(&notices), stderr);
    sg_strbuf_clear(&notices);
}

static sg_status ask(query_run *run, sg_error *err)
{
    sg_result *result = NULL;
    sg_graph_changes changes;
    sg_query_problem problem = { { 0 }, { 0 }, { 0 }, SIZE_MAX };
    sg_status status = open_graph(run, err);

    sg_cli_procedures(run->store, run->callable);
    run->options.procedures = run->callable;
    run->options.procedure_count = SG_PROCEDURES;
    if (status == SG_OK)
        status = sg_query_run(run->graph, sg_strbuf_text(&run->text), run->text.len, &run->options,
                              &result, &changes, &problem, err);
    if (run->tck) {
        print_tck(run, result, &changes, &problem, err);
    } else if (status == SG_OK) {
        if (sg_result_columns(result) > 0)
            sg_rows_write(result, run->graph, &run->rows, stdout);
        if (!sg_cli_flag(run->args, "quiet"))
            print_changes(&changes);
        if (sg_result_columns(result) > 0 && sg_result_rows(result) == 0 &&
            !sg_cli_flag(run->args, "quiet"))
            print_notices(run);
    }
    sg_result_free(result);
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    query_run run = { .args = args, .options = SG_QUERY_OPTIONS_INIT };
    const char *form = sg_cli_value(args, "dump");
    sg_status status;

    run.arena = sg_arena_new();
    status = read_options(&run, err);
    if (status == SG_OK)
        status = read_text(&run, err);
    if (status == SG_OK)
        status = read_parameters(&run, err);
    if (form != NULL && strcmp(form, "plan") == 0) {
        run.options.explain = true;
        form = NULL;
    }
    if (status == SG_OK)
        status = form != NULL ? dump(&run, form, err) : ask(&run, err);
    sg_graph_close(run.graph);
    sg_store_close(run.store);
    sg_strbuf_clear(&run.text);
    sg_strbuf_clear(&run.parameters);
    sg_strbuf_clear(&run.procedures);
    sg_arena_free(run.arena);
    return status;
}

static const struct sg_cli_option options[] = {
    { "file", 'f', "FILE", "read the query from FILE ('-': standard input)" },
    { "params", 0, "FILE", "JSON object with the values of $parameters" },
    { "param", 'p', "NAME=VALUE", "one parameter; JSON, or else a string; repeatable" },
    { "explain", 0, NULL, "the plan instead of the answer" },
    { "profile", 0, NULL, "run, then the plan with rows, time and memory of each operator" },
    { "read-only", 0, NULL, "refuse a query that writes" },
    { "timeout", 0, "MS", "stop a query that runs longer" },
    { "max-memory", 0, "SIZE", "stop a query that needs more, such as 512M (default 1G)" },
    { "dump", 0, "FORM", "tokens, ast or plan of the query" },
    { "procs", 0, "FILE", "JSON list of test procedures (openCypher TCK)" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_query = {
    .name = "query",
    .summary = "ask the database in Cypher",
    .synopsis = "stance query [options] 'CYPHER'\n"
                "stance query [options] --file FILE",
    .description =
        "Runs one openCypher 9 query. A query that writes is one transaction: all of it or\n"
        "nothing. --format tck-json prints the form that the openCypher TCK runner reads.",
    .examples = "stance query \"MATCH (a:Actor)-[:OPPOSES]->(p) RETURN a.name, p.name LIMIT 10\"\n"
                "stance query --param who='Jeremy Hunt' 'MATCH (a {name: $who})-[s]->(p) "
                "RETURN type(s), p.name'",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT,
    .min_operands = 0,
    .max_operands = 1,
    .run = run,
};
