#ifndef STANCE_QUERY_CHECK_INTERNAL_H
#define STANCE_QUERY_CHECK_INTERNAL_H

/* State of the semantic checks: the variables in scope and what the place allows. */

#include "query_internal.h"

typedef struct sg_variable {
    sg_name name;
    uint32_t slot;
    uint32_t clause; /* number of the clause that declared it */
    sg_static_type type;
} sg_variable;

typedef struct sg_scope {
    sg_variable *variables;
    size_t count;
    size_t capacity;
} sg_scope;

typedef struct sg_checker {
    sg_query *query;
    sg_scope scope;
    uint32_t clause;
    bool aggregates_allowed;
    bool in_aggregate;
    bool predicate;     /* a pattern may stand here */
    bool constant_only; /* SKIP and LIMIT */
    bool comparing;     /* aggregates that are not allowed here hide undefined variables */
} sg_checker;

static inline sg_static_type sg_type_of(uint8_t base)
{
    sg_static_type type = { base, SG_ANY_TYPE };

    return type;
}

void sg_check_syntax(sg_checker *c, const char *detail, size_t offset, const char *format, ...)
    SG_PRINTF(4, 5);

const sg_variable *sg_scope_find(const sg_scope *scope, sg_name name);
/* Declares a variable in a new slot. */
uint32_t sg_scope_add(sg_checker *c, sg_name name, sg_static_type type);
void sg_scope_add_slot(sg_checker *c, sg_name name, sg_static_type type, uint32_t slot);
uint32_t sg_new_slot(sg_checker *c);

void sg_check_expr(sg_checker *c, sg_expr *expr);
/* An expression whose value is true, false or null. */
void sg_check_predicate(sg_checker *c, sg_expr *expr);
void sg_check_no_aggregate(sg_checker *c, sg_expr *expr);
void sg_check_undefined(sg_checker *c, sg_name name);
sg_symbol sg_check_symbol(sg_checker *c, sg_symbol_kind kind, sg_name name);

typedef enum sg_pattern_use {
    SG_USE_MATCH,
    SG_USE_CREATE,
    SG_USE_MERGE,
    SG_USE_PREDICATE
} sg_pattern_use;
void sg_check_pattern(sg_checker *c, sg_pattern *pattern, sg_pattern_use use);

void sg_check_projection(sg_checker *c, sg_clause *clause);
void sg_check_call(sg_checker *c, sg_clause *clause, bool standalone);
/* A query inside an expression; the scope is the one outside. */
void sg_check_subquery(sg_checker *c, sg_query_ast *ast);

#endif
