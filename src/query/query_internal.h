#ifndef STANCE_QUERY_INTERNAL_H
#define STANCE_QUERY_INTERNAL_H

/* What the stages of a query share: text -> tokens -> tree -> checked tree -> plan -> rows. */

#include <stdarg.h>

#include "stance/map.h"
#include "stance/query.h"

#include "ast.h"

/* One query from text to result. */
typedef struct sg_query {
    sg_graph *graph;
    const char *text;
    size_t len;
    const struct sg_query_options *options;
    sg_arena *arena; /* tokens, tree, plan */
    sg_query_problem problem;
    sg_error *err;
    bool failed;
    bool writes;         /* contains a clause that changes the graph */
    bool bare;           /* operators are planned for the fusing */
    uint32_t slot_count; /* values in a row */
    uint32_t *uses;      /* by slot: how often it is asked for */
    sg_token *tokens;
    size_t token_count;
    struct sg_procedure *procedures; /* of a test */
    size_t procedure_count;
    sg_operator *operators; /* all operators of the plan */
} sg_query;

/* Records a refused query: class of the error, byte offset (SIZE_MAX: no place), message. The
 * first failure is kept. Returns SG_ERR_QUERY. */
sg_status sg_query_fail(sg_query *query, const char *type, const char *phase, const char *detail,
                        size_t offset, const char *format, ...) SG_PRINTF(6, 7);
/* The same for a SyntaxError at compile time. */
void sg_query_syntax(sg_query *query, const char *detail, size_t offset, const char *format, ...)
    SG_PRINTF(4, 5);

#define SG_COMPILE_TIME "compile time"
#define SG_RUNTIME      "runtime"

/* lexer.c */
void sg_query_tokenize(sg_query *query);
/* parser.c: NULL after a failure */
sg_query_ast *sg_query_parse(sg_query *query);

/* expression.c: helpers over trees */
bool sg_expr_same(const sg_expr *a, const sg_expr *b);
bool sg_expr_has_aggregate(const sg_expr *expr);
bool sg_name_is(sg_name name, const char *word);
bool sg_name_same(sg_name a, sg_name b);

/* check.c */
void sg_query_check(sg_query *query, sg_query_ast *ast);

/* dump.c */
void sg_query_dump_tokens(const sg_query *query, sg_strbuf *out);
void sg_query_dump_ast(const sg_query *query, const sg_query_ast *ast, sg_strbuf *out);

/* aggregate.c */
bool sg_aggregate_find(const char *name, size_t len, sg_aggregate *aggregate_out);

#endif
