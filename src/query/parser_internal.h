#ifndef STANCE_QUERY_PARSER_INTERNAL_H
#define STANCE_QUERY_PARSER_INTERNAL_H

/* The parser's state. After a failure the position stands on the end token, so that every loop
 * ends and no caller has to check; the functions always return a node. */

#include "query_internal.h"

typedef struct sg_parser {
    sg_query *query;
    sg_arena *arena;
    const sg_token *tokens;
    size_t count;
    size_t at;
    unsigned depth;
} sg_parser;

/* Deeper nesting than this is refused: it bounds the recursion of every later stage. */
#define SG_MAX_DEPTH 1000

static inline const sg_token *sg_peek(const sg_parser *p, size_t ahead)
{
    size_t i = p->at + ahead;

    return &p->tokens[i < p->count ? i : p->count - 1];
}

void sg_parser_fail(sg_parser *p, const char *detail, size_t offset, const char *format, ...)
    SG_PRINTF(4, 5);
/* "unexpected X, expected Y" at the current token. */
void sg_parser_unexpected(sg_parser *p, const char *expected);
bool sg_parser_enter(sg_parser *p);
void sg_parser_leave(sg_parser *p);

bool sg_at_symbol(const sg_parser *p, size_t ahead, unsigned symbol);
bool sg_at_word(const sg_parser *p, size_t ahead, const char *word);
bool sg_accept_symbol(sg_parser *p, unsigned symbol);
bool sg_accept_word(sg_parser *p, const char *word);
void sg_expect_symbol(sg_parser *p, unsigned symbol, const char *expected);
void sg_expect_word(sg_parser *p, const char *word);
/* A name for a label, type, key or function; keywords are fine. */
sg_name sg_parse_name(sg_parser *p, const char *what);
bool sg_at_name(const sg_parser *p, size_t ahead);
/* A name for a variable: not a word that starts a clause or is an operator. */
bool sg_at_variable(const sg_parser *p, size_t ahead);
sg_name sg_parse_variable(sg_parser *p);

sg_expr *sg_parse_expression(sg_parser *p);
/* An atom with its .keys, [subscripts] and :Labels. */
sg_expr *sg_parse_operand(sg_parser *p);
sg_expr *sg_parse_map(sg_parser *p);
sg_expr *sg_new_expr(sg_parser *p, sg_expr_kind kind, size_t offset);
void sg_add_child(sg_parser *p, sg_expr *expr, sg_expr *child);
/* `:A:B` into an array. */
uint32_t sg_parse_labels(sg_parser *p, sg_name **labels_out);

void sg_parse_path(sg_parser *p, sg_path_pattern *path);
void sg_parse_patterns(sg_parser *p, sg_pattern *pattern);
/* True if a pattern such as (a)-[:T]-> starts here. */
bool sg_at_pattern(const sg_parser *p);
sg_query_ast *sg_parse_subquery(sg_parser *p);

#endif
