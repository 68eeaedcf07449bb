/* Intermediate forms as text, for --dump: tokens one a line, the tree as nested lists. */

#include "query_internal.h"

static const char *const token_kinds[] = { "end",    "word",      "quoted", "integer", "float",
                                           "string", "parameter", "symbol", "bad" };

static void put_source(const sg_query *query, sg_strbuf *out, size_t from, size_t to)
{
    sg_strbuf_append(out, query->text + from, to - from);
}

void sg_query_dump_tokens(const sg_query *query, sg_strbuf *out)
{
    for (size_t i = 0; i < query->token_count; i++) {
        const sg_token *token = &query->tokens[i];

        sg_strbuf_printf(out, "%u\t%s\t", token->offset, token_kinds[token->kind]);
        put_source(query, out, token->offset, token->end);
        sg_strbuf_putc(out, '\n');
    }
}

/* ---- tree ---- */

static const char *const expr_kinds[] = {
    "literal",   "parameter", "variable",   "property",    "has-labels",  "index",
    "slice",     "list",      "map",        "and",         "or",          "xor",
    "not",       "=",         "<>",         "<",           "<=",          ">",
    ">=",        "+",         "-",          "*",           "/",           "%",
    "^",         "negate",    "plus",       "in",          "starts-with", "ends-with",
    "contains",  "=~",        "is-null",    "is-not-null", "call",        "aggregate",
    "count-all", "case",      "comprehend", "quantifier",  "reduce",      "pattern-comprehend",
    "pattern",   "shortest",  "exists",
};

static const char *const clause_kinds[] = { "match", "unwind", "with",   "return", "create",
                                            "merge", "set",    "remove", "delete", "call" };

static void dump_query(const sg_query *query, const sg_query_ast *ast, unsigned depth,
                       sg_strbuf *out);

static void indent(sg_strbuf *out, unsigned depth)
{
    sg_strbuf_putc(out, '\n');
    for (unsigned i = 0; i < depth; i++)
        sg_strbuf_puts(out, "  ");
}

static void put_name(sg_strbuf *out, sg_name name)
{
    if (name.text != NULL)
        sg_strbuf_printf(out, " %.*s", (int) name.len, name.text);
}

static void dump_expr(const sg_query *query, const sg_expr *expr, sg_strbuf *out)
{
    if (expr == NULL) {
        sg_strbuf_puts(out, " ()");
        return;
    }
    sg_strbuf_printf(out, " (%s", expr_kinds[expr->kind]);
    if (expr->kind == SG_EX_LITERAL) {
        sg_strbuf_putc(out, ' ');
        put_source(query, out, expr->offset, expr->end);
    }
    put_name(out, expr->name2);
    put_name(out, expr->name);
    for (uint32_t i = 0; i < expr->name_count; i++)
        put_name(out, expr->names[i]);
    if (expr->pattern != NULL) {
        sg_strbuf_putc(out, ' ');
        put_source(query, out, expr->offset, expr->end);
    }
    for (uint32_t i = 0; i < expr->count; i++)
        dump_expr(query, expr->child[i], out);
    if (expr->query != NULL)
        dump_query(query, expr->query, 2, out);
    sg_strbuf_putc(out, ')');
}

static void dump_items(const sg_query *query, const char *what, const sg_item *items,
                       uint32_t count, unsigned depth, sg_strbuf *out)
{
    for (uint32_t i = 0; i < count; i++) {
        indent(out, depth);
        sg_strbuf_printf(out, "(%s", what);
        put_name(out, items[i].alias);
        dump_expr(query, items[i].expr, out);
        sg_strbuf_puts(out, items[i].descending ? " desc)" : ")");
    }
}

static void dump_path(const sg_query *query, const sg_path_pattern *path, unsigned depth,
                      sg_strbuf *out)
{
    indent(out, depth);
    sg_strbuf_puts(out, path->shortest != SG_NOT_SHORTEST ? "(shortest-path" : "(path");
    put_name(out, path->name);
    for (uint32_t i = 0; i <= path->length; i++) {
        const sg_node_pattern *node = &path->nodes[i];
        const sg_rel_pattern *rel = i < path->length ? &path->rels[i] : NULL;

        sg_strbuf_puts(out, " (node");
        put_name(out, node->name);
        for (uint32_t k = 0; k < node->label_count; k++)
            sg_strbuf_printf(out, " :%.*s", (int) node->labels[k].len, node->labels[k].text);
        if (node->properties != NULL)
            dump_expr(query, node->properties, out);
        sg_strbuf_putc(out, ')');
        if (rel == NULL)
            break;
        sg_strbuf_printf(out, " (rel%s%s", rel->left_arrow ? " <" : "",
                         rel->right_arrow ? " >" : "");
        put_name(out, rel->name);
        for (uint32_t k = 0; k < rel->type_count; k++)
            sg_strbuf_printf(out, " :%.*s", (int) rel->types[k].len, rel->types[k].text);
        if (rel->variable_length)
            sg_strbuf_printf(out, " *%lld..%lld", (long long) rel->min, (long long) rel->max);
        if (rel->properties != NULL)
            dump_expr(query, rel->properties, out);
        sg_strbuf_putc(out, ')');
    }
    sg_strbuf_putc(out, ')');
}

static void dump_optional(const sg_query *query, const char *what, const sg_expr *expr,
                          unsigned depth, sg_strbuf *out)
{
    if (expr == NULL)
        return;
    indent(out, depth);
    sg_strbuf_printf(out, "(%s", what);
    dump_expr(query, expr, out);
    sg_strbuf_putc(out, ')');
}

static void dump_clause(const sg_query *query, const sg_clause *clause, unsigned depth,
                        sg_strbuf *out)
{
    indent(out, depth);
    sg_strbuf_printf(out, "(%s%s%s%s", clause_kinds[clause->kind],
                     clause->optional ? " optional" : "", clause->distinct ? " distinct" : "",
                     clause->detach ? " detach" : "");
    put_name(out, clause->procedure_name);
    for (uint32_t i = 0; i < clause->pattern.count; i++)
        dump_path(query, &clause->pattern.paths[i], depth + 1, out);
    for (uint32_t i = 0; i < clause->argument_count; i++)
        dump_optional(query, "argument", clause->arguments[i], depth + 1, out);
    dump_items(query, "item", clause->items, clause->item_count, depth + 1, out);
    for (uint32_t i = 0; i < clause->set_count; i++) {
        dump_optional(query, "target", clause->sets[i].target, depth + 1, out);
        put_name(out, clause->sets[i].key);
        dump_optional(query, "value", clause->sets[i].value, depth + 1, out);
    }
    dump_items(query, "order", clause->order, clause->order_count, depth + 1, out);
    dump_optional(query, "skip", clause->skip, depth + 1, out);
    dump_optional(query, "limit", clause->limit, depth + 1, out);
    dump_optional(query, "where", clause->where, depth + 1, out);
    sg_strbuf_putc(out, ')');
}

static void dump_query(const sg_query *query, const sg_query_ast *ast, unsigned depth,
                       sg_strbuf *out)
{
    for (uint32_t i = 0; i < ast->count; i++) {
        indent(out, depth);
        sg_strbuf_puts(out, i == 0 ? "(query" : ast->parts[i].union_all ? "(union-all" : "(union");
        for (uint32_t k = 0; k < ast->parts[i].count; k++)
            dump_clause(query, &ast->parts[i].clauses[k], depth + 1, out);
        sg_strbuf_putc(out, ')');
    }
}

void sg_query_dump_ast(const sg_query *query, const sg_query_ast *ast, sg_strbuf *out)
{
    dump_query(query, ast, 0, out);
    sg_strbuf_putc(out, '\n');
}
