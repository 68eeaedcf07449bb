/* CALL: the procedures a query can name, and the operator that runs one per row. Those of the
 * openCypher TCK come as JSON: a table whose rows are looked up by the input columns. */

#include "procedure.h"

#include <string.h>
#include <strings.h>

#include "check_internal.h"
#include "runtime.h"

/* ---- test procedures ---- */

typedef struct table_procedure {
    sg_value *cells; /* inputs, then outputs */
    size_t rows;
    size_t width;
} table_procedure;

static bool cell_matches(sg_value cell, sg_value arg)
{
    return (cell.type == SG_NULL && arg.type == SG_NULL) || sg_value_equals(cell, arg) == SG_TRUE;
}

static sg_status run_table(const struct sg_procedure *self, const sg_graph *graph,
                           const sg_value *args, sg_result *rows, sg_error *err)
{
    const table_procedure *table = self->data;

    (void) graph;
    (void) err;
    for (size_t i = 0; i < table->rows; i++) {
        const sg_value *cells = table->cells + i * table->width;
        bool matches = true;

        for (size_t k = 0; k < self->input_count && matches; k++)
            matches = cell_matches(cells[k], args[k]);
        if (matches)
            sg_result_add(rows, cells + self->input_count);
    }
    return SG_OK;
}

/* A cell is a Cypher literal. */
static sg_status read_cell(sg_query *query, sg_value text, sg_value *out)
{
    sg_query inner = {
        .graph = query->graph, .options = query->options, .arena = query->arena, .err = query->err
    };
    sg_strbuf source = SG_STRBUF_INIT;
    sg_query_ast *ast;
    sg_exec x = { .query = &inner, .graph = query->graph, .countdown = 1000 };
    size_t len;

    sg_strbuf_puts(&source, "RETURN ");
    sg_strbuf_append(&source, text.as.string, text.len);
    len = source.len;
    inner.text = sg_arena_strndup(query->arena, sg_strbuf_text(&source), len);
    inner.len = len;
    sg_strbuf_clear(&source);
    sg_query_tokenize(&inner);
    ast = inner.failed ? NULL : sg_query_parse(&inner);
    if (ast != NULL)
        sg_query_check(&inner, ast);
    if (ast == NULL || inner.failed)
        return SG_ERR_QUERY;
    return sg_eval(&x, ast->parts[0].clauses[0].items[0].expr, query->arena, out);
}

static sg_value member(sg_value map, const char *key)
{
    const sg_value *found = sg_value_map_find(map, key, strlen(key));

    return found != NULL ? *found : sg_value_null();
}

static const char *text_of(sg_arena *arena, sg_value v)
{
    return v.type == SG_STRING ? sg_arena_strndup(arena, v.as.string, v.len) : "";
}

static size_t list_count(sg_value v)
{
    return v.type == SG_LIST ? v.as.list->count : 0;
}

static struct sg_procedure_field *read_fields(sg_arena *arena, sg_value list)
{
    struct sg_procedure_field *fields =
        sg_arena_calloc(arena, list_count(list) + 1, sizeof *fields);

    for (size_t i = 0; i < list_count(list); i++) {
        sg_value pair = list.as.list->items[i];

        if (list_count(pair) == 2) {
            fields[i].name = text_of(arena, pair.as.list->items[0]);
            fields[i].type = text_of(arena, pair.as.list->items[1]);
        }
    }
    return fields;
}

static sg_status read_procedure(sg_query *query, sg_value json, struct sg_procedure *procedure)
{
    table_procedure *table = sg_arena_calloc(query->arena, 1, sizeof *table);
    sg_value rows = member(json, "rows");

    procedure->name = text_of(query->arena, member(json, "name"));
    procedure->inputs = read_fields(query->arena, member(json, "inputs"));
    procedure->input_count = list_count(member(json, "inputs"));
    procedure->required_count = procedure->input_count;
    procedure->outputs = read_fields(query->arena, member(json, "outputs"));
    procedure->output_count = list_count(member(json, "outputs"));
    procedure->run = run_table;
    procedure->data = table;
    table->width = procedure->input_count + procedure->output_count;
    table->cells =
        sg_arena_calloc(query->arena, list_count(rows) * table->width + 1, sizeof *table->cells);
    for (size_t i = 0; i < list_count(rows); i++) {
        sg_value row = rows.as.list->items[i];

        if (list_count(row) != table->width)
            continue;
        for (size_t k = 0; k < table->width; k++) {
            if (read_cell(query, row.as.list->items[k],
                          &table->cells[table->rows * table->width + k]) != SG_OK)
                return SG_ERR_QUERY;
        }
        table->rows++;
    }
    return SG_OK;
}

sg_status sg_procedures_prepare(sg_query *query)
{
    const char *json = query->options->procedures_json;
    sg_value list;
    sg_status status;

    if (json == NULL)
        return SG_OK;
    status = sg_value_read_json(query->arena, json, strlen(json), &list, query->err);
    if (status != SG_OK)
        return status;
    query->procedures =
        sg_arena_calloc(query->arena, list_count(list) + 1, sizeof *query->procedures);
    for (size_t i = 0; i < list_count(list); i++) {
        status = read_procedure(query, list.as.list->items[i],
                                &query->procedures[query->procedure_count]);
        if (status != SG_OK)
            return status;
        query->procedure_count++;
    }
    return SG_OK;
}

static bool named(const struct sg_procedure *procedure, sg_name name)
{
    return strlen(procedure->name) == name.len &&
           strncasecmp(procedure->name, name.text, name.len) == 0;
}

const struct sg_procedure *sg_procedures_find(const sg_query *query, sg_name name)
{
    for (size_t i = 0; i < query->procedure_count; i++) {
        if (named(&query->procedures[i], name))
            return &query->procedures[i];
    }
    for (size_t i = 0; i < query->options->procedure_count; i++) {
        if (named(&query->options->procedures[i], name))
            return &query->options->procedures[i];
    }
    return NULL;
}

/* ---- checks ---- */

static bool type_accepts(const char *declared, uint8_t type)
{
    static const struct {
        const char *name;
        uint32_t accepts;
    } types[] = {
        { "STRING", SG_ACCEPTS(SG_STRING) },
        { "INTEGER", SG_ACCEPTS(SG_INTEGER) },
        { "FLOAT", SG_ACCEPTS(SG_FLOAT) | SG_ACCEPTS(SG_INTEGER) },
        { "NUMBER", SG_ACCEPTS(SG_FLOAT) | SG_ACCEPTS(SG_INTEGER) },
        { "BOOLEAN", SG_ACCEPTS(SG_BOOLEAN) },
        { "NODE", SG_ACCEPTS(SG_NODE) },
        { "RELATIONSHIP", SG_ACCEPTS(SG_RELATIONSHIP) },
        { "PATH", SG_ACCEPTS(SG_PATH) },
        { "MAP", SG_ACCEPTS(SG_MAP) },
        { "LIST", SG_ACCEPTS(SG_LIST) },
        { "DATE", SG_ACCEPTS(SG_DATE) },
    };
    size_t len = strcspn(declared, "?");

    if (type == SG_ANY_TYPE || type == SG_NULL)
        return true;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strlen(types[i].name) == len && strncmp(types[i].name, declared, len) == 0)
            return (types[i].accepts & SG_ACCEPTS(type)) != 0;
    }
    return true;
}

/* CALL p without parentheses takes its arguments from the parameters of the query. */
static void take_implicit_arguments(sg_checker *c, sg_clause *clause)
{
    const struct sg_procedure *procedure = clause->procedure;

    clause->arguments =
        sg_arena_calloc(c->query->arena, procedure->input_count + 1, sizeof(sg_expr *));
    clause->argument_count = (uint32_t) procedure->input_count;
    for (size_t i = 0; i < procedure->input_count; i++) {
        sg_expr *expr = sg_arena_calloc(c->query->arena, 1, sizeof *expr);

        expr->kind = SG_EX_PARAMETER;
        expr->name.text = procedure->inputs[i].name;
        expr->name.len = (uint32_t) strlen(procedure->inputs[i].name);
        expr->offset = clause->procedure_name.offset;
        expr->type = sg_type_of(SG_ANY_TYPE);
        clause->arguments[i] = expr;
    }
}

static void check_arguments(sg_checker *c, sg_clause *clause)
{
    const struct sg_procedure *procedure = clause->procedure;

    if (clause->argument_count > procedure->input_count ||
        clause->argument_count < procedure->required_count) {
        sg_check_syntax(c, "InvalidNumberOfArguments", clause->procedure_name.offset,
                        "%s() takes %zu arguments, not %u", procedure->name, procedure->input_count,
                        clause->argument_count);
        return;
    }
    for (uint32_t i = 0; i < clause->argument_count; i++) {
        sg_expr *expr = clause->arguments[i];

        sg_check_no_aggregate(c, expr);
        if (!c->query->failed && !type_accepts(procedure->inputs[i].type, expr->type.base))
            sg_check_syntax(c, "InvalidArgumentType", expr->offset,
                            "argument '%s' of %s() is of type %s", procedure->inputs[i].name,
                            procedure->name, procedure->inputs[i].type);
    }
}

/* Without YIELD a call that is the whole query gives all its columns. */
static void yield_all(sg_checker *c, sg_clause *clause)
{
    const struct sg_procedure *procedure = clause->procedure;

    clause->items = sg_arena_calloc(c->query->arena, procedure->output_count + 1, sizeof(sg_item));
    clause->item_count = (uint32_t) procedure->output_count;
    for (size_t i = 0; i < procedure->output_count; i++) {
        sg_expr *expr = sg_arena_calloc(c->query->arena, 1, sizeof *expr);

        expr->kind = SG_EX_VARIABLE;
        expr->name.text = procedure->outputs[i].name;
        expr->name.len = (uint32_t) strlen(procedure->outputs[i].name);
        clause->items[i].expr = expr;
        clause->items[i].alias = expr->name;
    }
}

static void check_yield(sg_checker *c, sg_clause *clause)
{
    const struct sg_procedure *procedure = clause->procedure;

    clause->yield_columns =
        sg_arena_calloc(c->query->arena, (size_t) clause->item_count + 1, sizeof(uint32_t));
    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_item *item = &clause->items[i];
        sg_name wanted = item->expr->name;
        size_t column = 0;

        while (column < procedure->output_count &&
               (strlen(procedure->outputs[column].name) != wanted.len ||
                memcmp(procedure->outputs[column].name, wanted.text, wanted.len) != 0))
            column++;
        if (column == procedure->output_count) {
            sg_check_syntax(c, "UndefinedVariable", wanted.offset, "%s() has no output '%.*s'",
                            procedure->name, (int) wanted.len, wanted.text);
            return;
        }
        if (sg_scope_find(&c->scope, item->alias) != NULL) {
            sg_check_syntax(c, "VariableAlreadyBound", item->alias.offset,
                            "'%.*s' is already defined", (int) item->alias.len, item->alias.text);
            return;
        }
        clause->yield_columns[i] = (uint32_t) column;
        item->slot = sg_scope_add(c, item->alias, sg_type_of(SG_ANY_TYPE));
    }
}

void sg_check_call(sg_checker *c, sg_clause *clause, bool standalone)
{
    clause->standalone = standalone;
    clause->procedure = sg_procedures_find(c->query, clause->procedure_name);
    if (clause->procedure == NULL) {
        (void) sg_query_fail(c->query, "ProcedureError", SG_COMPILE_TIME, "ProcedureNotFound",
                             clause->procedure_name.offset, "there is no procedure '%.*s'",
                             (int) clause->procedure_name.len, clause->procedure_name.text);
        return;
    }
    if (clause->yield_star && !standalone)
        sg_check_syntax(c, "UnexpectedSyntax", clause->offset,
                        "YIELD * is only for a CALL by itself; name the columns");
    if (clause->implicit_arguments) {
        if (!standalone)
            sg_check_syntax(c, "InvalidArgumentPassingMode", clause->procedure_name.offset,
                            "a CALL inside a query needs its arguments in parentheses");
        take_implicit_arguments(c, clause);
    }
    check_arguments(c, clause);
    if (standalone && (!clause->has_yield || clause->yield_star))
        yield_all(c, clause);
    if (!c->query->failed)
        check_yield(c, clause);
    if (clause->where != NULL && !c->query->failed)
        sg_check_predicate(c, clause->where);
}

/* ---- Call ---- */

typedef struct call_op {
    sg_operator base;
    const sg_clause *clause;
    sg_result *rows;
    size_t at;
} call_op;

static sg_status call_open(sg_operator *op, sg_exec *x)
{
    call_op *self = (call_op *) op;

    (void) x;
    sg_result_free(self->rows);
    self->rows = NULL;
    self->at = 0;
    return SG_OK;
}

static sg_status run_procedure(call_op *self, sg_exec *x)
{
    const struct sg_procedure *procedure = self->clause->procedure;
    sg_arena *arena = sg_scratch_reset(&self->base);
    sg_value *args = sg_arena_calloc(arena, procedure->input_count + 1, sizeof *args);
    const char **names = sg_arena_calloc(arena, procedure->output_count + 1, sizeof *names);

    for (uint32_t i = 0; i < self->clause->argument_count; i++) {
        const sg_expr *expr = self->clause->arguments[i];

        if (sg_eval(x, expr, arena, &args[i]) != SG_OK)
            return SG_ERR_QUERY;
        if (!type_accepts(procedure->inputs[i].type, args[i].type))
            return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                                "argument '%s' of %s() is of type %s", procedure->inputs[i].name,
                                procedure->name, procedure->inputs[i].type);
        if (args[i].type == SG_INTEGER && strncmp(procedure->inputs[i].type, "FLOAT", 5) == 0)
            args[i] = sg_value_float((double) args[i].as.integer);
    }
    for (size_t i = 0; i < procedure->output_count; i++)
        names[i] = procedure->outputs[i].name;
    sg_result_free(self->rows);
    self->rows = sg_result_new(names, procedure->output_count);
    self->at = 0;
    if (procedure->run(procedure, x->graph, args, self->rows, x->query->err) != SG_OK)
        return sg_exec_fail(x, "ProcedureError", "ProcedureFailed", NULL, "%s() failed",
                            procedure->name);
    return SG_OK;
}

/* A procedure without outputs passes its input rows on. */
static sg_step call_next(sg_operator *op, sg_exec *x)
{
    call_op *self = (call_op *) op;
    const sg_clause *clause = self->clause;

    while (self->rows == NULL || self->at >= sg_result_rows(self->rows)) {
        sg_step step = sg_operator_next(op->input, x);

        if (step != SG_STEP_ROW)
            return step;
        if (run_procedure(self, x) != SG_OK)
            return SG_STEP_FAIL;
        if (clause->procedure->output_count == 0)
            return SG_STEP_ROW;
    }
    for (uint32_t i = 0; i < clause->item_count; i++)
        x->row[clause->items[i].slot] =
            sg_result_cell(self->rows, self->at, clause->yield_columns[i]);
    self->at++;
    return SG_STEP_ROW;
}

static void call_close(sg_operator *op)
{
    sg_result_free(((call_op *) op)->rows);
    ((call_op *) op)->rows = NULL;
}

static void call_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    (void) query;
    sg_strbuf_puts(out, ((const call_op *) op)->clause->procedure->name);
}

static const sg_operator_class call_class = { "Call", call_open, call_next, call_close,
                                              call_describe };

sg_operator *sg_op_call(sg_query *query, sg_operator *input, const sg_clause *clause)
{
    call_op *self = sg_operator_new(query, &call_class, input, sizeof *self);

    self->clause = clause;
    return &self->base;
}
