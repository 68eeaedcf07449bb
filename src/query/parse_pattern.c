/* Patterns: (a:A {p: 1})-[r:T*1..3]->(b), alone, as predicates and inside clauses. */

#include <string.h>

#include "parser_internal.h"

/* Index of the token after the parenthesis that closes the one at `p->at`. */
static size_t after_parenthesis(const sg_parser *p)
{
    size_t depth = 0;

    for (size_t i = 0; p->at + i < p->count; i++) {
        if (sg_at_symbol(p, i, '('))
            depth++;
        else if (sg_at_symbol(p, i, ')') && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* An expression in parentheses and a pattern start alike; what tells them apart is what follows
 * the closing parenthesis: -- or -[ or <-. The cheap tests come first, so that nested parentheses
 * are not scanned again and again. */
bool sg_at_pattern(const sg_parser *p)
{
    size_t after;

    if (!sg_at_symbol(p, 0, '('))
        return false;
    if (sg_at_name(p, 1)) {
        if (!sg_at_symbol(p, 2, ')') && !sg_at_symbol(p, 2, ':') && !sg_at_symbol(p, 2, '{') &&
            sg_peek(p, 2)->kind != SG_TOK_PARAMETER)
            return false;
    } else if (!sg_at_symbol(p, 1, ')') && !sg_at_symbol(p, 1, ':') && !sg_at_symbol(p, 1, '{')) {
        return false;
    }
    after = after_parenthesis(p);
    if (after == 0)
        return false;
    if (sg_at_symbol(p, after, '<') && sg_at_symbol(p, after + 1, '-'))
        return sg_at_symbol(p, after + 2, '-') || sg_at_symbol(p, after + 2, '[');
    return sg_at_symbol(p, after, '-') &&
           (sg_at_symbol(p, after + 1, '[') || sg_at_symbol(p, after + 1, '-'));
}

static sg_expr *parse_properties(sg_parser *p)
{
    if (sg_at_symbol(p, 0, '{'))
        return sg_parse_map(p);
    if (sg_peek(p, 0)->kind == SG_TOK_PARAMETER) {
        sg_expr *expr = sg_new_expr(p, SG_EX_PARAMETER, sg_peek(p, 0)->offset);

        expr->name.text = sg_peek(p, 0)->text;
        expr->name.len = sg_peek(p, 0)->len;
        expr->end = sg_peek(p, 0)->end;
        p->at++;
        return expr;
    }
    return NULL;
}

static void parse_node(sg_parser *p, sg_node_pattern *node)
{
    memset(node, 0, sizeof *node);
    node->slot = SG_NO_SLOT;
    node->offset = sg_peek(p, 0)->offset;
    sg_expect_symbol(p, '(', "'('");
    if (sg_at_name(p, 0))
        node->name = sg_parse_variable(p);
    node->label_count = sg_parse_labels(p, &node->labels);
    node->properties = parse_properties(p);
    sg_expect_symbol(p, ')', "')'");
}

static void parse_types(sg_parser *p, sg_rel_pattern *rel)
{
    size_t capacity = 0;

    if (!sg_accept_symbol(p, ':'))
        return;
    do {
        (void) sg_accept_symbol(p, ':');
        SG_ARENA_GROW(p->arena, rel->types, capacity, (size_t) rel->type_count + 1);
        rel->types[rel->type_count++] = sg_parse_name(p, "a relationship type");
    } while (sg_accept_symbol(p, '|'));
}

static int64_t parse_bound(sg_parser *p)
{
    const sg_token *token = sg_peek(p, 0);

    if (token->kind != SG_TOK_INTEGER)
        return -1;
    p->at++;
    return token->as.integer > INT64_MAX ? INT64_MAX : (int64_t) token->as.integer;
}

/* *, *2, *1..3, *..3, *1.. */
static void parse_range(sg_parser *p, sg_rel_pattern *rel)
{
    if (!sg_accept_symbol(p, '*'))
        return;
    rel->variable_length = true;
    rel->min = parse_bound(p);
    if (sg_accept_symbol(p, SG_SYM_DOTS))
        rel->max = parse_bound(p);
    else
        rel->max = rel->min;
}

static void parse_rel(sg_parser *p, sg_rel_pattern *rel)
{
    memset(rel, 0, sizeof *rel);
    rel->slot = SG_NO_SLOT;
    rel->min = -1;
    rel->max = -1;
    rel->offset = sg_peek(p, 0)->offset;
    rel->left_arrow = sg_accept_symbol(p, '<');
    sg_expect_symbol(p, '-', "'-'");
    if (sg_accept_symbol(p, '[')) {
        if (sg_at_name(p, 0))
            rel->name = sg_parse_variable(p);
        parse_types(p, rel);
        parse_range(p, rel);
        rel->properties = parse_properties(p);
        if (!sg_at_symbol(p, 0, ']'))
            sg_parser_fail(p, "InvalidRelationshipPattern", sg_peek(p, 0)->offset,
                           "a relationship pattern is [name:TYPE*min..max {key: value}]");
        sg_expect_symbol(p, ']', "']'");
    }
    sg_expect_symbol(p, '-', "'-'");
    rel->right_arrow = sg_accept_symbol(p, '>');
}

static void parse_chain(sg_parser *p, sg_path_pattern *path)
{
    size_t node_capacity = 0;
    size_t rel_capacity = 0;

    SG_ARENA_GROW(p->arena, path->nodes, node_capacity, 1);
    parse_node(p, &path->nodes[0]);
    while (sg_at_symbol(p, 0, '-') || (sg_at_symbol(p, 0, '<') && sg_at_symbol(p, 1, '-'))) {
        SG_ARENA_GROW(p->arena, path->nodes, node_capacity, (size_t) path->length + 2);
        SG_ARENA_GROW(p->arena, path->rels, rel_capacity, (size_t) path->length + 1);
        parse_rel(p, &path->rels[path->length]);
        path->length++;
        parse_node(p, &path->nodes[path->length]);
    }
}

void sg_parse_path(sg_parser *p, sg_path_pattern *path)
{
    memset(path, 0, sizeof *path);
    path->slot = SG_NO_SLOT;
    path->offset = sg_peek(p, 0)->offset;
    if (sg_at_name(p, 0) && sg_at_symbol(p, 1, '=')) {
        path->name = sg_parse_variable(p);
        p->at++;
    }
    if (sg_at_word(p, 0, "shortestPath") || sg_at_word(p, 0, "allShortestPaths")) {
        path->shortest = sg_at_word(p, 0, "shortestPath") ? SG_SHORTEST_ONE : SG_SHORTEST_ALL;
        p->at++;
        sg_expect_symbol(p, '(', "'('");
        parse_chain(p, path);
        if (path->length != 1)
            sg_parser_fail(p, "InvalidRelationshipPattern", path->offset,
                           "a shortest path has one relationship, as in (a)-[*]-(b)");
        sg_expect_symbol(p, ')', "')'");
        return;
    }
    if (sg_at_symbol(p, 0, '(') && sg_at_symbol(p, 1, '(')) {
        /* a path in parentheses */
        if (!sg_parser_enter(p))
            return;
        p->at++;

        sg_name name = path->name;

        sg_parse_path(p, path);
        if (path->name.text == NULL)
            path->name = name;
        sg_expect_symbol(p, ')', "')'");
        sg_parser_leave(p);
        return;
    }
    parse_chain(p, path);
}

void sg_parse_patterns(sg_parser *p, sg_pattern *pattern)
{
    size_t capacity = 0;

    do {
        SG_ARENA_GROW(p->arena, pattern->paths, capacity, (size_t) pattern->count + 1);
        sg_parse_path(p, &pattern->paths[pattern->count]);
        pattern->count++;
    } while (sg_accept_symbol(p, ','));
}
