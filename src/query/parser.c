/* Clauses: recursive descent over the openCypher 9 grammar. */

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "parser_internal.h"

/* ---- tokens ---- */

void sg_parser_fail(sg_parser *p, const char *detail, size_t offset, const char *format, ...)
{
    va_list args;
    char message[300];

    va_start(args, format);
    (void) vsnprintf(message, sizeof message, format, args);
    va_end(args);
    sg_query_syntax(p->query, detail, offset, "%s", message);
    p->at = p->count - 1;
}

void sg_parser_unexpected(sg_parser *p, const char *expected)
{
    const sg_token *token = sg_peek(p, 0);
    int shown = token->end - token->offset > 40 ? 40 : (int) (token->end - token->offset);

    if (p->query->failed) {
        p->at = p->count - 1;
    } else if (token->kind == SG_TOK_END) {
        sg_parser_fail(p, "UnexpectedSyntax", token->offset, "the query ends here, expected %s",
                       expected);
    } else if (token->kind == SG_TOK_BAD && strcmp(token->bad, "UnexpectedSyntax") != 0) {
        const char *why = strcmp(token->bad, "InvalidNumberLiteral") == 0 ? "not a number"
                          : strcmp(token->bad, "IntegerOverflow") == 0
                              ? "the integer is too large (64 bits)"
                          : strcmp(token->bad, "FloatingPointOverflow") == 0
                              ? "the float is too large"
                              : "a character that Cypher does not use";

        sg_parser_fail(p, token->bad, token->offset, "'%.*s': %s", shown,
                       p->query->text + token->offset, why);
    } else {
        sg_parser_fail(p, "UnexpectedSyntax", token->offset, "unexpected '%.*s', expected %s",
                       shown, p->query->text + token->offset, expected);
    }
}

bool sg_parser_enter(sg_parser *p)
{
    if (++p->depth > 2 * SG_MAX_DEPTH) {
        sg_parser_fail(p, "UnexpectedSyntax", sg_peek(p, 0)->offset, "nested deeper than %d levels",
                       SG_MAX_DEPTH);
        p->depth--;
        return false;
    }
    return true;
}

void sg_parser_leave(sg_parser *p)
{
    p->depth--;
}

bool sg_at_symbol(const sg_parser *p, size_t ahead, unsigned symbol)
{
    const sg_token *token = sg_peek(p, ahead);

    return token->kind == SG_TOK_SYMBOL && token->symbol == symbol;
}

bool sg_at_word(const sg_parser *p, size_t ahead, const char *word)
{
    const sg_token *token = sg_peek(p, ahead);

    return token->kind == SG_TOK_WORD && (token->text[0] | 0x20) == (word[0] | 0x20) &&
           strncasecmp(token->text, word, token->len) == 0 && word[token->len] == '\0';
}

bool sg_accept_symbol(sg_parser *p, unsigned symbol)
{
    if (!sg_at_symbol(p, 0, symbol))
        return false;
    p->at++;
    return true;
}

bool sg_accept_word(sg_parser *p, const char *word)
{
    if (!sg_at_word(p, 0, word))
        return false;
    p->at++;
    return true;
}

void sg_expect_symbol(sg_parser *p, unsigned symbol, const char *expected)
{
    if (!sg_accept_symbol(p, symbol))
        sg_parser_unexpected(p, expected);
}

void sg_expect_word(sg_parser *p, const char *word)
{
    if (!sg_accept_word(p, word))
        sg_parser_unexpected(p, word);
}

bool sg_at_name(const sg_parser *p, size_t ahead)
{
    uint8_t kind = sg_peek(p, ahead)->kind;

    return kind == SG_TOK_WORD || kind == SG_TOK_QUOTED;
}

static sg_name take_name(sg_parser *p)
{
    const sg_token *token = sg_peek(p, 0);
    sg_name name = { token->text, token->len, token->offset };

    p->at++;
    return name;
}

sg_name sg_parse_name(sg_parser *p, const char *what)
{
    sg_name none = { "", 0, sg_peek(p, 0)->offset };

    if (sg_at_name(p, 0))
        return take_name(p);
    if (sg_peek(p, 0)->kind == SG_TOK_BAD)
        sg_parser_fail(p, "UnexpectedSyntax", none.offset, "unexpected text, expected %s", what);
    sg_parser_unexpected(p, what);
    return none;
}

/* Words that end an expression or start a clause; a variable of that name needs backquotes. */
static const char *const reserved[] = {
    "AND",      "AS",    "BY",   "CALL",   "CONTAINS", "CREATE", "DELETE", "DETACH",
    "DISTINCT", "ELSE",  "ENDS", "FALSE",  "IN",       "IS",     "LIMIT",  "MATCH",
    "MERGE",    "NOT",   "NULL", "ON",     "OPTIONAL", "OR",     "ORDER",  "REMOVE",
    "RETURN",   "SET",   "SKIP", "STARTS", "THEN",     "TRUE",   "UNION",  "UNWIND",
    "WHEN",     "WHERE", "WITH", "XOR",    "CASE",
};

bool sg_at_variable(const sg_parser *p, size_t ahead)
{
    if (sg_peek(p, ahead)->kind == SG_TOK_QUOTED)
        return true;
    if (sg_peek(p, ahead)->kind != SG_TOK_WORD)
        return false;
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (sg_at_word(p, ahead, reserved[i]))
            return false;
    }
    return true;
}

sg_name sg_parse_variable(sg_parser *p)
{
    sg_name none = { "", 0, sg_peek(p, 0)->offset };

    if (sg_at_variable(p, 0))
        return take_name(p);
    sg_parser_unexpected(p, "a variable name");
    return none;
}

/* ---- clauses ---- */

static void add_item(sg_parser *p, sg_item **items, uint32_t *count, sg_item item)
{
    if ((*count & (*count - 1)) == 0) {
        size_t room = *count == 0 ? 1 : (size_t) *count * 2;

        *items = sg_arena_grow(p->arena, *items, *count * sizeof item, room * sizeof item);
    }
    (*items)[(*count)++] = item;
}

static sg_item new_item(sg_parser *p)
{
    sg_item item;

    memset(&item, 0, sizeof item);
    item.slot = SG_NO_SLOT;
    item.expr = sg_parse_expression(p);
    return item;
}

static void parse_where(sg_parser *p, sg_clause *clause)
{
    if (sg_accept_word(p, "WHERE"))
        clause->where = sg_parse_expression(p);
}

static void parse_match(sg_parser *p, sg_clause *clause)
{
    clause->kind = SG_CLAUSE_MATCH;
    sg_parse_patterns(p, &clause->pattern);
    parse_where(p, clause);
}

static void parse_unwind(sg_parser *p, sg_clause *clause)
{
    sg_item item;

    clause->kind = SG_CLAUSE_UNWIND;
    item = new_item(p);
    sg_expect_word(p, "AS");
    item.alias = sg_parse_variable(p);
    add_item(p, &clause->items, &clause->item_count, item);
}

/* Column name of an item without AS: its text in the query. */
static sg_name source_name(const sg_parser *p, const sg_expr *expr)
{
    sg_name name = { p->query->text + expr->offset, expr->end - expr->offset, expr->offset };

    if (expr->kind == SG_EX_VARIABLE && !expr->parenthesised)
        return expr->name;
    return name;
}

static void parse_order(sg_parser *p, sg_clause *clause)
{
    if (!sg_at_word(p, 0, "ORDER"))
        return;
    p->at++;
    sg_expect_word(p, "BY");
    do {
        sg_item item = new_item(p);

        if (sg_accept_word(p, "DESC") || sg_accept_word(p, "DESCENDING"))
            item.descending = true;
        else if (!sg_accept_word(p, "ASC"))
            (void) sg_accept_word(p, "ASCENDING");
        add_item(p, &clause->order, &clause->order_count, item);
    } while (sg_accept_symbol(p, ','));
}

static void parse_projection(sg_parser *p, sg_clause *clause)
{
    clause->distinct = sg_accept_word(p, "DISTINCT");
    if (sg_accept_symbol(p, '*')) {
        clause->star = true;
        if (!sg_accept_symbol(p, ','))
            goto tail;
    }
    do {
        sg_item item = new_item(p);

        item.has_alias = sg_accept_word(p, "AS");
        item.alias = item.has_alias ? sg_parse_variable(p) : source_name(p, item.expr);
        add_item(p, &clause->items, &clause->item_count, item);
    } while (sg_accept_symbol(p, ','));
tail:
    parse_order(p, clause);
    if (sg_accept_word(p, "SKIP"))
        clause->skip = sg_parse_expression(p);
    if (sg_accept_word(p, "LIMIT"))
        clause->limit = sg_parse_expression(p);
}

static void add_set(sg_parser *p, sg_clause *clause, sg_set_item item)
{
    if ((clause->set_count & (clause->set_count - 1)) == 0) {
        size_t room = clause->set_count == 0 ? 1 : (size_t) clause->set_count * 2;

        clause->sets = sg_arena_grow(p->arena, clause->sets, clause->set_count * sizeof item,
                                     room * sizeof item);
    }
    clause->sets[clause->set_count++] = item;
}

/* What SET and REMOVE start with: a variable, a property, or a variable with labels. */
static void parse_set_target(sg_parser *p, sg_set_item *item, bool remove)
{
    sg_expr *expr = sg_parse_operand(p);

    memset(item, 0, sizeof *item);
    item->symbol = SG_NO_SYMBOL;
    item->target = expr;
    item->kind = SG_SET_REPLACE;
    if (expr->kind == SG_EX_PROPERTY) {
        item->kind = remove ? SG_REMOVE_PROPERTY : SG_SET_PROPERTY;
        item->key = expr->name;
        item->target = expr->child[0];
    } else if (expr->kind == SG_EX_HAS_LABELS) {
        item->kind = remove ? SG_REMOVE_LABELS : SG_SET_LABELS;
        item->labels = expr->names;
        item->label_count = expr->name_count;
        item->target = expr->child[0];
    } else if (expr->kind != SG_EX_VARIABLE || remove) {
        sg_parser_fail(p, "UnexpectedSyntax", expr->offset,
                       remove ? "REMOVE takes n.property or n:Label"
                              : "SET takes n.property = value, n = map, n += map or n:Label");
    }
}

static void parse_set_items(sg_parser *p, sg_clause *clause, uint8_t when)
{
    do {
        sg_set_item item;

        parse_set_target(p, &item, false);
        item.when = when;
        if (item.kind == SG_SET_REPLACE && sg_accept_symbol(p, SG_SYM_ADD_SET)) {
            item.kind = SG_SET_MERGE;
            item.value = sg_parse_expression(p);
        } else if (item.kind != SG_SET_LABELS) {
            sg_expect_symbol(p, '=', item.kind == SG_SET_REPLACE ? "'=' or '+='" : "'='");
            item.value = sg_parse_expression(p);
        }
        add_set(p, clause, item);
    } while (sg_accept_symbol(p, ','));
}

static void parse_remove(sg_parser *p, sg_clause *clause)
{
    clause->kind = SG_CLAUSE_REMOVE;
    do {
        sg_set_item item;

        parse_set_target(p, &item, true);
        add_set(p, clause, item);
    } while (sg_accept_symbol(p, ','));
}

static void parse_merge(sg_parser *p, sg_clause *clause)
{
    clause->kind = SG_CLAUSE_MERGE;
    clause->pattern.paths = sg_arena_calloc(p->arena, 1, sizeof(sg_path_pattern));
    clause->pattern.count = 1;
    sg_parse_path(p, clause->pattern.paths);
    while (sg_at_word(p, 0, "ON")) {
        uint8_t when;

        p->at++;
        if (sg_accept_word(p, "CREATE")) {
            when = 1;
        } else {
            sg_expect_word(p, "MATCH");
            when = 2;
        }
        sg_expect_word(p, "SET");
        parse_set_items(p, clause, when);
    }
}

static void parse_delete(sg_parser *p, sg_clause *clause)
{
    clause->kind = SG_CLAUSE_DELETE;
    do
        add_item(p, &clause->items, &clause->item_count, new_item(p));
    while (sg_accept_symbol(p, ','));
}

static void parse_yield(sg_parser *p, sg_clause *clause)
{
    clause->has_yield = true;
    if (sg_accept_symbol(p, '*')) {
        clause->yield_star = true;
        return;
    }
    do {
        sg_item item;

        memset(&item, 0, sizeof item);
        item.slot = SG_NO_SLOT;
        item.expr = sg_new_expr(p, SG_EX_VARIABLE, sg_peek(p, 0)->offset);
        item.expr->name = sg_parse_variable(p);
        item.has_alias = sg_accept_word(p, "AS");
        item.alias = item.has_alias ? sg_parse_variable(p) : item.expr->name;
        add_item(p, &clause->items, &clause->item_count, item);
    } while (sg_accept_symbol(p, ','));
    parse_where(p, clause);
}

static void parse_call_clause(sg_parser *p, sg_clause *clause)
{
    sg_name first = sg_parse_name(p, "a procedure name");
    size_t end = first.offset + first.len;

    clause->kind = SG_CLAUSE_CALL;
    while (sg_accept_symbol(p, '.')) {
        sg_name part = sg_parse_name(p, "a procedure name");

        end = part.offset + part.len;
    }
    clause->procedure_name.text = p->query->text + first.offset;
    clause->procedure_name.len = (uint32_t) (end - first.offset);
    clause->procedure_name.offset = first.offset;
    clause->implicit_arguments = !sg_accept_symbol(p, '(');
    if (!clause->implicit_arguments) {
        sg_expr *list = sg_new_expr(p, SG_EX_LIST, clause->procedure_name.offset);

        if (!sg_at_symbol(p, 0, ')')) {
            do
                sg_add_child(p, list, sg_parse_expression(p));
            while (sg_accept_symbol(p, ','));
        }
        clause->arguments = list->child;
        clause->argument_count = list->count;
        sg_expect_symbol(p, ')', "',' or ')'");
    }
    if (sg_accept_word(p, "YIELD"))
        parse_yield(p, clause);
}

static bool parse_clause(sg_parser *p, sg_clause *clause)
{
    memset(clause, 0, sizeof *clause);
    clause->offset = sg_peek(p, 0)->offset;
    if (sg_accept_word(p, "OPTIONAL")) {
        clause->optional = true;
        sg_expect_word(p, "MATCH");
        parse_match(p, clause);
    } else if (sg_accept_word(p, "MATCH")) {
        parse_match(p, clause);
    } else if (sg_accept_word(p, "UNWIND")) {
        parse_unwind(p, clause);
    } else if (sg_accept_word(p, "WITH")) {
        clause->kind = SG_CLAUSE_WITH;
        parse_projection(p, clause);
        parse_where(p, clause);
    } else if (sg_accept_word(p, "RETURN")) {
        clause->kind = SG_CLAUSE_RETURN;
        parse_projection(p, clause);
    } else if (sg_accept_word(p, "CREATE")) {
        clause->kind = SG_CLAUSE_CREATE;
        sg_parse_patterns(p, &clause->pattern);
    } else if (sg_accept_word(p, "MERGE")) {
        parse_merge(p, clause);
    } else if (sg_accept_word(p, "SET")) {
        clause->kind = SG_CLAUSE_SET;
        parse_set_items(p, clause, 0);
    } else if (sg_accept_word(p, "REMOVE")) {
        parse_remove(p, clause);
    } else if (sg_at_word(p, 0, "DETACH") || sg_at_word(p, 0, "DELETE")) {
        clause->detach = sg_accept_word(p, "DETACH");
        sg_expect_word(p, "DELETE");
        parse_delete(p, clause);
    } else if (sg_accept_word(p, "CALL")) {
        parse_call_clause(p, clause);
    } else {
        return false;
    }
    clause->end = p->tokens[p->at > 0 && p->at <= p->count ? p->at - 1 : p->count - 1].end;
    return true;
}

/* Recursion of the plan's operators is as deep as the query has clauses. */
#define MAX_CLAUSES 4000

static void parse_single(sg_parser *p, sg_single_query *single)
{
    size_t capacity = 0;

    for (;;) {
        sg_clause clause;

        if (!parse_clause(p, &clause))
            break;
        if (single->count == MAX_CLAUSES)
            sg_parser_fail(p, "UnexpectedSyntax", clause.offset,
                           "more than %d clauses in one query", MAX_CLAUSES);
        SG_ARENA_GROW(p->arena, single->clauses, capacity, (size_t) single->count + 1);
        single->clauses[single->count++] = clause;
    }
    if (single->count == 0)
        sg_parser_unexpected(p, "a clause such as MATCH, CREATE or RETURN");
}

static sg_query_ast *parse_union(sg_parser *p)
{
    sg_query_ast *ast = sg_arena_calloc(p->arena, 1, sizeof *ast);
    size_t capacity = 0;
    bool all = false;

    ast->offset = sg_peek(p, 0)->offset;
    for (;;) {
        SG_ARENA_GROW(p->arena, ast->parts, capacity, (size_t) ast->count + 1);
        memset(&ast->parts[ast->count], 0, sizeof ast->parts[0]);
        ast->parts[ast->count].union_all = all;
        parse_single(p, &ast->parts[ast->count]);
        ast->count++;
        if (!sg_accept_word(p, "UNION"))
            return ast;
        all = sg_accept_word(p, "ALL");
    }
}

/* The inside of exists { }: a whole query, or only a pattern with its WHERE. */
sg_query_ast *sg_parse_subquery(sg_parser *p)
{
    sg_query_ast *ast;
    sg_clause *clause;

    if (!sg_at_symbol(p, 0, '(') && !sg_at_symbol(p, 1, '='))
        return parse_union(p);
    ast = sg_arena_calloc(p->arena, 1, sizeof *ast);
    ast->is_pattern = true;
    ast->count = 1;
    ast->parts = sg_arena_calloc(p->arena, 1, sizeof *ast->parts);
    ast->parts->count = 1;
    ast->parts->clauses = clause = sg_arena_calloc(p->arena, 1, sizeof *clause);
    clause->offset = sg_peek(p, 0)->offset;
    parse_match(p, clause);
    return ast;
}

sg_query_ast *sg_query_parse(sg_query *query)
{
    sg_parser p = { query, query->arena, query->tokens, query->token_count, 0, 0 };
    sg_query_ast *ast = parse_union(&p);

    while (sg_accept_symbol(&p, ';'))
        continue;
    if (sg_peek(&p, 0)->kind != SG_TOK_END)
        sg_parser_unexpected(&p, "a clause or the end of the query");
    return query->failed ? NULL : ast;
}
