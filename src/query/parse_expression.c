/* Expressions: precedence climbing over the operator levels of the openCypher 9 grammar, from OR
 * (loosest) to the postfix operators. */

#include <string.h>

#include "parser_internal.h"

enum level {
    LEVEL_OR,
    LEVEL_XOR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARISON,
    LEVEL_PREDICATE, /* STARTS WITH, IN, IS NULL, =~ */
    LEVEL_ADD,
    LEVEL_MULTIPLY,
    LEVEL_POWER,
    LEVEL_UNARY,
};

static sg_expr *parse_level(sg_parser *p, int level);

sg_expr *sg_new_expr(sg_parser *p, sg_expr_kind kind, size_t offset)
{
    sg_expr *expr = sg_arena_calloc(p->arena, 1, sizeof *expr);

    expr->kind = (uint8_t) kind;
    expr->offset = (uint32_t) offset;
    expr->end = (uint32_t) offset;
    expr->slot = SG_NO_SLOT;
    expr->slot2 = SG_NO_SLOT;
    expr->symbol = SG_NO_SYMBOL;
    expr->type.base = SG_ANY_TYPE;
    expr->type.element = SG_ANY_TYPE;
    return expr;
}

void sg_add_child(sg_parser *p, sg_expr *expr, sg_expr *child)
{
    /* Room doubles at powers of two, so no capacity has to be kept. */
    if ((expr->count & (expr->count - 1)) == 0) {
        size_t room = expr->count == 0 ? 1 : (size_t) expr->count * 2;

        expr->child = sg_arena_grow(p->arena, expr->child, expr->count * sizeof(sg_expr *),
                                    room * sizeof(sg_expr *));
    }
    expr->child[expr->count++] = child;
    if (child == NULL)
        return;
    if (child->depth >= expr->depth) {
        expr->depth = (uint16_t) (child->depth + 1);
        if (expr->depth > SG_MAX_DEPTH)
            sg_parser_fail(p, "UnexpectedSyntax", child->offset,
                           "the expression is nested deeper than %d levels", SG_MAX_DEPTH);
    }
    if (child->end > expr->end)
        expr->end = child->end;
}

static void close_expr(const sg_parser *p, sg_expr *expr)
{
    size_t at = p->at < p->count ? p->at : p->count;

    if (at > 0)
        expr->end = p->tokens[at - 1].end;
}

static sg_expr *binary(sg_parser *p, sg_expr_kind kind, sg_expr *left, sg_expr *right)
{
    sg_expr *expr = sg_new_expr(p, kind, left->offset);

    sg_add_child(p, expr, left);
    sg_add_child(p, expr, right);
    return expr;
}

/* ---- literals ---- */

static sg_expr *integer_literal(sg_parser *p, bool negative)
{
    const sg_token *token = sg_peek(p, 0);
    sg_expr *expr = sg_new_expr(p, SG_EX_LITERAL, token->offset);
    uint64_t magnitude = token->as.integer;

    if (magnitude > (uint64_t) INT64_MAX && !negative)
        sg_parser_fail(p, "IntegerOverflow", token->offset, "the integer is too large");
    else
        expr->value = sg_value_integer(negative ? (int64_t) (0 - magnitude) : (int64_t) magnitude);
    p->at += p->at + 1 < p->count ? 1 : 0;
    close_expr(p, expr);
    return expr;
}

static sg_expr *literal(sg_parser *p, sg_value value)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_LITERAL, sg_peek(p, 0)->offset);

    expr->value = value;
    p->at++;
    close_expr(p, expr);
    return expr;
}

static void add_name(sg_parser *p, sg_name **names, uint32_t *count, sg_name name)
{
    if ((*count & (*count - 1)) == 0) {
        size_t room = *count == 0 ? 1 : (size_t) *count * 2;

        *names = sg_arena_grow(p->arena, *names, *count * sizeof(sg_name), room * sizeof(sg_name));
    }
    (*names)[(*count)++] = name;
}

sg_expr *sg_parse_map(sg_parser *p)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_MAP, sg_peek(p, 0)->offset);

    sg_expect_symbol(p, '{', "'{'");
    if (!sg_at_symbol(p, 0, '}')) {
        do {
            add_name(p, &expr->names, &expr->name_count, sg_parse_name(p, "a key"));
            sg_expect_symbol(p, ':', "':'");
            sg_add_child(p, expr, sg_parse_expression(p));
        } while (sg_accept_symbol(p, ','));
    }
    sg_expect_symbol(p, '}', "',' or '}'");
    close_expr(p, expr);
    return expr;
}

/* [x IN list WHERE p | e], after the bracket. */
static sg_expr *parse_list_comprehension(sg_parser *p, size_t offset)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_LIST_COMPREHENSION, offset);
    sg_expr *where = NULL;
    sg_expr *result = NULL;

    expr->name = sg_parse_variable(p);
    sg_expect_word(p, "IN");
    sg_add_child(p, expr, sg_parse_expression(p));
    if (sg_accept_word(p, "WHERE"))
        where = sg_parse_expression(p);
    if (sg_accept_symbol(p, '|'))
        result = sg_parse_expression(p);
    sg_add_child(p, expr, where);
    sg_add_child(p, expr, result);
    sg_expect_symbol(p, ']', "']'");
    close_expr(p, expr);
    return expr;
}

static void parse_single_path(sg_parser *p, sg_expr *expr)
{
    expr->pattern = sg_arena_calloc(p->arena, 1, sizeof *expr->pattern);
    expr->pattern->paths = sg_arena_calloc(p->arena, 1, sizeof(sg_path_pattern));
    expr->pattern->count = 1;
    sg_parse_path(p, expr->pattern->paths);
}

/* [p = (a)-->(b) WHERE q | e], after the bracket. */
static sg_expr *parse_pattern_comprehension(sg_parser *p, size_t offset)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_PATTERN_COMPREHENSION, offset);
    sg_expr *where = NULL;

    parse_single_path(p, expr);
    if (sg_accept_word(p, "WHERE"))
        where = sg_parse_expression(p);
    sg_add_child(p, expr, where);
    sg_expect_symbol(p, '|', "'|'");
    sg_add_child(p, expr, sg_parse_expression(p));
    sg_expect_symbol(p, ']', "']'");
    close_expr(p, expr);
    return expr;
}

static sg_expr *parse_bracket(sg_parser *p)
{
    size_t offset = sg_peek(p, 0)->offset;
    sg_expr *expr;

    sg_expect_symbol(p, '[', "'['");
    if (sg_at_variable(p, 0) && sg_at_word(p, 1, "IN")) {
        /* [x IN y] is a comprehension, as the grammar has it */
        return parse_list_comprehension(p, offset);
    }
    if (sg_at_pattern(p) ||
        (sg_at_variable(p, 0) && sg_at_symbol(p, 1, '=') && sg_at_symbol(p, 2, '(')))
        return parse_pattern_comprehension(p, offset);
    expr = sg_new_expr(p, SG_EX_LIST, offset);
    if (!sg_at_symbol(p, 0, ']')) {
        do
            sg_add_child(p, expr, sg_parse_expression(p));
        while (sg_accept_symbol(p, ','));
    }
    sg_expect_symbol(p, ']', "',' or ']'");
    close_expr(p, expr);
    return expr;
}

/* ---- calls and special forms ---- */

static sg_expr *parse_case(sg_parser *p)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_CASE, sg_peek(p, 0)->offset);
    sg_expr *otherwise = NULL;

    sg_expect_word(p, "CASE");
    sg_add_child(p, expr, sg_at_word(p, 0, "WHEN") ? NULL : sg_parse_expression(p));
    do {
        sg_expect_word(p, "WHEN");
        sg_add_child(p, expr, sg_parse_expression(p));
        sg_expect_word(p, "THEN");
        sg_add_child(p, expr, sg_parse_expression(p));
    } while (sg_at_word(p, 0, "WHEN"));
    if (sg_accept_word(p, "ELSE"))
        otherwise = sg_parse_expression(p);
    sg_add_child(p, expr, otherwise);
    sg_expect_word(p, "END");
    close_expr(p, expr);
    return expr;
}

/* any(x IN list WHERE p), after the parenthesis. */
static sg_expr *parse_quantifier(sg_parser *p, size_t offset, sg_quantifier quantifier)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_QUANTIFIER, offset);
    sg_expr *where = NULL;

    expr->quantifier = (uint8_t) quantifier;
    expr->name = sg_parse_variable(p);
    sg_expect_word(p, "IN");
    sg_add_child(p, expr, sg_parse_expression(p));
    if (sg_accept_word(p, "WHERE"))
        where = sg_parse_expression(p);
    sg_add_child(p, expr, where);
    sg_expect_symbol(p, ')', "')'");
    close_expr(p, expr);
    return expr;
}

/* reduce(acc = init, x IN list | e), after the parenthesis. */
static sg_expr *parse_reduce(sg_parser *p, size_t offset)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_REDUCE, offset);

    expr->name2 = sg_parse_variable(p);
    sg_expect_symbol(p, '=', "'='");
    sg_add_child(p, expr, sg_parse_expression(p));
    sg_expect_symbol(p, ',', "','");
    expr->name = sg_parse_variable(p);
    sg_expect_word(p, "IN");
    sg_add_child(p, expr, sg_parse_expression(p));
    sg_expect_symbol(p, '|', "'|'");
    sg_add_child(p, expr, sg_parse_expression(p));
    sg_expect_symbol(p, ')', "')'");
    close_expr(p, expr);
    return expr;
}

static sg_expr *parse_exists_block(sg_parser *p)
{
    sg_expr *expr = sg_new_expr(p, SG_EX_EXISTS, sg_peek(p, 0)->offset);

    p->at++;
    sg_expect_symbol(p, '{', "'{'");
    expr->query = sg_parse_subquery(p);
    sg_expect_symbol(p, '}', "'}'");
    close_expr(p, expr);
    return expr;
}

/* The words before '(' that are no function but a form of their own; NULL: none of them. */
static sg_expr *parse_special_call(sg_parser *p)
{
    static const char *const quantifiers[] = { "all", "any", "none", "single" };
    size_t offset = sg_peek(p, 0)->offset;

    for (unsigned i = 0; i < 4; i++) {
        if (sg_at_word(p, 0, quantifiers[i]) && sg_at_variable(p, 2) && sg_at_word(p, 3, "IN")) {
            p->at += 2;
            return parse_quantifier(p, offset, (sg_quantifier) i);
        }
    }
    if (sg_at_word(p, 0, "reduce") && sg_at_variable(p, 2) && sg_at_symbol(p, 3, '=')) {
        p->at += 2;
        return parse_reduce(p, offset);
    }
    if (sg_at_word(p, 0, "count") && sg_at_symbol(p, 2, '*') && sg_at_symbol(p, 3, ')')) {
        sg_expr *expr = sg_new_expr(p, SG_EX_COUNT_STAR, offset);

        expr->aggregate = SG_AGG_COUNT_STAR;
        p->at += 4;
        close_expr(p, expr);
        return expr;
    }
    if ((sg_at_word(p, 0, "shortestPath") || sg_at_word(p, 0, "allShortestPaths")) &&
        sg_at_symbol(p, 2, '(')) {
        sg_expr *expr = sg_new_expr(p, SG_EX_SHORTEST_PATH, offset);

        parse_single_path(p, expr);
        close_expr(p, expr);
        return expr;
    }
    return NULL;
}

/* Tokens of a dotted name up to '(', 0 if here is no call. */
static size_t call_name_length(const sg_parser *p)
{
    size_t i = 0;

    if (!sg_at_name(p, 0))
        return 0;
    for (;;) {
        i++;
        if (sg_at_symbol(p, i, '('))
            return i;
        if (!sg_at_symbol(p, i, '.') || !sg_at_name(p, i + 1))
            return 0;
        i++;
    }
}

static sg_expr *parse_call(sg_parser *p, size_t name_tokens)
{
    const sg_token *first = sg_peek(p, 0);
    sg_expr *expr = sg_new_expr(p, SG_EX_FUNCTION, first->offset);
    sg_aggregate aggregate;

    expr->name.text = first->text;
    expr->name.len = first->len;
    expr->name.offset = first->offset;
    if (name_tokens > 1) {
        size_t end = sg_peek(p, name_tokens - 1)->end;

        expr->name.text = p->query->text + first->offset;
        expr->name.len = (uint32_t) (end - first->offset);
    }
    p->at += name_tokens + 1;
    if (sg_aggregate_find(expr->name.text, expr->name.len, &aggregate)) {
        expr->kind = SG_EX_AGGREGATE;
        expr->aggregate = (uint8_t) aggregate;
    }
    expr->distinct = sg_at_word(p, 0, "DISTINCT") && sg_accept_word(p, "DISTINCT");
    if (!sg_at_symbol(p, 0, ')')) {
        do
            sg_add_child(p, expr, sg_parse_expression(p));
        while (sg_accept_symbol(p, ','));
    }
    sg_expect_symbol(p, ')', "',' or ')'");
    close_expr(p, expr);
    return expr;
}

static sg_expr *parse_word(sg_parser *p)
{
    const sg_token *token = sg_peek(p, 0);
    size_t name_tokens;
    sg_expr *expr;

    if (token->kind == SG_TOK_WORD) {
        if (sg_at_word(p, 0, "true"))
            return literal(p, sg_value_boolean(true));
        if (sg_at_word(p, 0, "false"))
            return literal(p, sg_value_boolean(false));
        if (sg_at_word(p, 0, "null"))
            return literal(p, sg_value_null());
        if (sg_at_word(p, 0, "CASE"))
            return parse_case(p);
        if (sg_at_word(p, 0, "EXISTS") && sg_at_symbol(p, 1, '{'))
            return parse_exists_block(p);
        if (sg_at_symbol(p, 1, '(') && (expr = parse_special_call(p)) != NULL)
            return expr;
    }
    name_tokens = call_name_length(p);
    if (name_tokens > 0)
        return parse_call(p, name_tokens);
    expr = sg_new_expr(p, SG_EX_VARIABLE, token->offset);
    expr->name = sg_parse_variable(p);
    close_expr(p, expr);
    return expr;
}

static sg_expr *parse_parenthesis(sg_parser *p)
{
    size_t offset = sg_peek(p, 0)->offset;
    sg_expr *expr;

    if (sg_at_pattern(p)) {
        expr = sg_new_expr(p, SG_EX_PATTERN, offset);
        parse_single_path(p, expr);
        close_expr(p, expr);
        return expr;
    }
    sg_expect_symbol(p, '(', "'('");
    expr = sg_parse_expression(p);
    sg_expect_symbol(p, ')', "')'");
    expr->parenthesised = true;
    expr->offset = (uint32_t) offset;
    close_expr(p, expr);
    return expr;
}

static sg_expr *parse_atom(sg_parser *p)
{
    const sg_token *token = sg_peek(p, 0);
    sg_expr *expr;

    switch (token->kind) {
    case SG_TOK_INTEGER:
        return integer_literal(p, false);
    case SG_TOK_FLOAT:
        return literal(p, sg_value_float(token->as.number));
    case SG_TOK_STRING:
        return literal(p, sg_value_string(token->text, token->len));
    case SG_TOK_PARAMETER:
        expr = sg_new_expr(p, SG_EX_PARAMETER, token->offset);
        expr->name.text = token->text;
        expr->name.len = token->len;
        expr->name.offset = token->offset;
        p->at++;
        close_expr(p, expr);
        return expr;
    case SG_TOK_WORD:
    case SG_TOK_QUOTED:
        return parse_word(p);
    default:
        break;
    }
    if (sg_at_symbol(p, 0, '('))
        return parse_parenthesis(p);
    if (sg_at_symbol(p, 0, '['))
        return parse_bracket(p);
    if (sg_at_symbol(p, 0, '{'))
        return sg_parse_map(p);
    sg_parser_unexpected(p, "an expression");
    return sg_new_expr(p, SG_EX_LITERAL, token->offset);
}

/* ---- postfix: .key [index] [from..to] :Label ---- */

static sg_expr *parse_subscript(sg_parser *p, sg_expr *object)
{
    sg_expr *first = NULL;
    sg_expr *expr;

    sg_expect_symbol(p, '[', "'['");
    if (!sg_at_symbol(p, 0, SG_SYM_DOTS))
        first = sg_parse_expression(p);
    if (sg_accept_symbol(p, SG_SYM_DOTS)) {
        expr = sg_new_expr(p, SG_EX_SLICE, object->offset);
        sg_add_child(p, expr, object);
        sg_add_child(p, expr, first);
        sg_add_child(p, expr, sg_at_symbol(p, 0, ']') ? NULL : sg_parse_expression(p));
    } else {
        expr = binary(p, SG_EX_INDEX, object, first);
    }
    sg_expect_symbol(p, ']', "']'");
    close_expr(p, expr);
    return expr;
}

uint32_t sg_parse_labels(sg_parser *p, sg_name **labels_out)
{
    uint32_t count = 0;

    *labels_out = NULL;
    while (sg_accept_symbol(p, ':'))
        add_name(p, labels_out, &count, sg_parse_name(p, "a label"));
    return count;
}

sg_expr *sg_parse_operand(sg_parser *p)
{
    sg_expr *expr = parse_atom(p);

    for (;;) {
        if (sg_at_symbol(p, 0, '.')) {
            sg_expr *property = sg_new_expr(p, SG_EX_PROPERTY, expr->offset);

            p->at++;
            property->name = sg_parse_name(p, "a property name");
            sg_add_child(p, property, expr);
            close_expr(p, property);
            expr = property;
        } else if (sg_at_symbol(p, 0, '[')) {
            expr = parse_subscript(p, expr);
        } else if (sg_at_symbol(p, 0, ':') && sg_at_name(p, 1)) {
            sg_expr *labels = sg_new_expr(p, SG_EX_HAS_LABELS, expr->offset);

            labels->name_count = sg_parse_labels(p, &labels->names);
            sg_add_child(p, labels, expr);
            close_expr(p, labels);
            expr = labels;
        } else {
            return expr;
        }
    }
}

/* ---- operators ---- */

static sg_expr *parse_unary(sg_parser *p)
{
    size_t offset = sg_peek(p, 0)->offset;
    sg_expr *expr;

    if (sg_at_symbol(p, 0, '-')) {
        p->at++;
        if (sg_peek(p, 0)->kind == SG_TOK_INTEGER && !sg_at_symbol(p, 1, '.') &&
            !sg_at_symbol(p, 1, '[')) {
            expr = integer_literal(p, true);
            expr->offset = (uint32_t) offset;
            return expr;
        }
        expr = sg_new_expr(p, SG_EX_NEGATE, offset);
    } else if (sg_at_symbol(p, 0, '+')) {
        p->at++;
        expr = sg_new_expr(p, SG_EX_PLUS, offset);
    } else {
        return sg_parse_operand(p);
    }
    sg_add_child(p, expr, parse_level(p, LEVEL_UNARY));
    return expr;
}

/* The operator of `level` at this place, 0 if there is none. */
static sg_expr_kind operator_here(const sg_parser *p, int level)
{
    static const struct {
        uint8_t level;
        uint16_t symbol;
        uint8_t kind;
    } symbols[] = {
        { LEVEL_ADD, '+', SG_EX_ADD },           { LEVEL_ADD, '-', SG_EX_SUBTRACT },
        { LEVEL_MULTIPLY, '*', SG_EX_MULTIPLY }, { LEVEL_MULTIPLY, '/', SG_EX_DIVIDE },
        { LEVEL_MULTIPLY, '%', SG_EX_MODULO },   { LEVEL_POWER, '^', SG_EX_POWER },
    };
    static const struct {
        uint8_t level;
        uint8_t kind;
        const char *word;
    } words[] = {
        { LEVEL_OR, SG_EX_OR, "OR" },
        { LEVEL_XOR, SG_EX_XOR, "XOR" },
        { LEVEL_AND, SG_EX_AND, "AND" },
    };

    if (sg_peek(p, 0)->kind == SG_TOK_SYMBOL) {
        for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
            if (symbols[i].level == level && sg_at_symbol(p, 0, symbols[i].symbol))
                return (sg_expr_kind) symbols[i].kind;
        }
    } else {
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            if (words[i].level == level && sg_at_word(p, 0, words[i].word))
                return (sg_expr_kind) words[i].kind;
        }
    }
    return SG_EX_LITERAL;
}

static sg_expr_kind comparison_here(const sg_parser *p)
{
    static const struct {
        uint16_t symbol;
        uint8_t kind;
    } symbols[] = {
        { '=', SG_EX_EQUAL },   { SG_SYM_NE, SG_EX_NOT_EQUAL },
        { '<', SG_EX_LESS },    { SG_SYM_LE, SG_EX_LESS_EQUAL },
        { '>', SG_EX_GREATER }, { SG_SYM_GE, SG_EX_GREATER_EQUAL },
    };

    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (sg_at_symbol(p, 0, symbols[i].symbol))
            return (sg_expr_kind) symbols[i].kind;
    }
    return SG_EX_LITERAL;
}

/* a < b <= c is (a < b) AND (b <= c). */
static sg_expr *parse_comparison(sg_parser *p)
{
    sg_expr *left = parse_level(p, LEVEL_PREDICATE);
    sg_expr *all = NULL;
    sg_expr_kind kind;

    while ((kind = comparison_here(p)) != SG_EX_LITERAL) {
        sg_expr *right;
        sg_expr *one;

        p->at++;
        right = parse_level(p, LEVEL_PREDICATE);
        one = binary(p, kind, left, right);
        all = all == NULL ? one : binary(p, SG_EX_AND, all, one);
        left = right;
    }
    return all != NULL ? all : left;
}

static sg_expr *parse_predicate(sg_parser *p)
{
    sg_expr *left = parse_level(p, LEVEL_ADD);

    for (;;) {
        sg_expr_kind kind;

        if (sg_at_word(p, 0, "IS")) {
            bool negated;

            p->at++;
            negated = sg_accept_word(p, "NOT");
            sg_expect_word(p, "NULL");
            kind = negated ? SG_EX_IS_NOT_NULL : SG_EX_IS_NULL;

            sg_expr *expr = sg_new_expr(p, kind, left->offset);

            sg_add_child(p, expr, left);
            close_expr(p, expr);
            left = expr;
            continue;
        }
        if (sg_at_word(p, 0, "IN")) {
            kind = SG_EX_IN;
        } else if (sg_at_symbol(p, 0, SG_SYM_MATCH)) {
            kind = SG_EX_REGEX;
        } else if (sg_at_word(p, 0, "STARTS")) {
            p->at++;
            kind = SG_EX_STARTS_WITH;
        } else if (sg_at_word(p, 0, "ENDS")) {
            p->at++;
            kind = SG_EX_ENDS_WITH;
        } else if (sg_at_word(p, 0, "CONTAINS")) {
            kind = SG_EX_CONTAINS;
        } else {
            return left;
        }
        if (kind == SG_EX_STARTS_WITH || kind == SG_EX_ENDS_WITH)
            sg_expect_word(p, "WITH");
        else
            p->at++;
        left = binary(p, kind, left, parse_level(p, LEVEL_ADD));
    }
}

static sg_expr *parse_level(sg_parser *p, int level)
{
    sg_expr *left;
    sg_expr_kind kind;

    if (level == LEVEL_COMPARISON)
        return parse_comparison(p);
    if (level == LEVEL_PREDICATE)
        return parse_predicate(p);
    if (level == LEVEL_NOT && sg_at_word(p, 0, "NOT")) {
        sg_expr *expr = sg_new_expr(p, SG_EX_NOT, sg_peek(p, 0)->offset);

        p->at++;
        if (!sg_parser_enter(p))
            return expr;
        sg_add_child(p, expr, parse_level(p, LEVEL_NOT));
        sg_parser_leave(p);
        return expr;
    }
    if (level == LEVEL_UNARY) {
        sg_expr *expr;

        if (!sg_parser_enter(p))
            return sg_new_expr(p, SG_EX_LITERAL, 0);
        expr = parse_unary(p);
        sg_parser_leave(p);
        return expr;
    }
    left = parse_level(p, level + 1);
    while (level != LEVEL_NOT && (kind = operator_here(p, level)) != SG_EX_LITERAL) {
        p->at++;
        left = binary(p, kind, left, parse_level(p, level + 1));
    }
    return left;
}

sg_expr *sg_parse_expression(sg_parser *p)
{
    sg_expr *expr;

    if (!sg_parser_enter(p))
        return sg_new_expr(p, SG_EX_LITERAL, 0);
    expr = parse_level(p, LEVEL_OR);
    sg_parser_leave(p);
    return expr;
}
