#ifndef STANCE_QUERY_PLAN_INTERNAL_H
#define STANCE_QUERY_PLAN_INTERNAL_H

/* Planning: checked clauses to operators. */

#include "runtime.h"

/* Operators that give the matches of a pattern, fulfilling `where` (may be NULL), for each row of
 * `input`. With `as_set` it does not matter how often a match comes; *exact_out (may be NULL)
 * says whether each combination of nodes and asked-for relationships still comes once. */
sg_operator *sg_plan_pattern(sg_query *query, sg_operator *input, const sg_pattern *pattern,
                             sg_expr *where, bool as_set, bool *exact_out);
void sg_count_uses(sg_query *query, const sg_query_ast *ast);
/* True if the expression names no slots but the allowed ones, and gives the same each time. */
bool sg_expr_names_only(const sg_expr *expr, const bool *allowed);
/* The slots that a pattern makes known. */
uint32_t sg_pattern_new_slots(sg_query *query, const sg_pattern *pattern, uint32_t **slots_out);
/* Plans the patterns and queries inside an expression. */
void sg_plan_expr(sg_query *query, sg_expr *expr);
/* The one slot that the expression depends on, SG_NO_SLOT if there is none, more, or other things
 * that change. */
uint32_t sg_expr_only_slot(const sg_expr *expr);
sg_operator *sg_plan_subquery(sg_query *query, sg_query_ast *ast);

#endif
