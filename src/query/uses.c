/* How often each slot is asked for by expressions and patterns, so that the planner knows what
 * need not be made at all. */

#include "plan_internal.h"

static void count_query(sg_query *query, const sg_query_ast *ast);
static void count_pattern(sg_query *query, const sg_pattern *pattern);

static void count_expr(sg_query *query, const sg_expr *expr)
{
    if (expr == NULL)
        return;
    if (expr->kind == SG_EX_VARIABLE && expr->slot < query->slot_count)
        query->uses[expr->slot]++;
    if (expr->pattern != NULL)
        count_pattern(query, expr->pattern);
    if (expr->query != NULL)
        count_query(query, expr->query);
    for (uint32_t i = 0; i < expr->count; i++)
        count_expr(query, expr->child[i]);
}

/* A known relationship is asked for by its pattern, and all of a named path by the path. */
static void count_pattern(sg_query *query, const sg_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            count_expr(query, path->nodes[k].properties);
            if (path->nodes[k].bound || path->slot != SG_NO_SLOT)
                query->uses[path->nodes[k].slot]++;
            if (k == path->length)
                break;
            count_expr(query, path->rels[k].properties);
            if (path->rels[k].bound || path->slot != SG_NO_SLOT ||
                (path->rels[k].properties != NULL && !path->rels[k].variable_length))
                query->uses[path->rels[k].slot]++;
        }
    }
}

static void count_clause(sg_query *query, const sg_clause *clause)
{
    count_pattern(query, &clause->pattern);
    count_expr(query, clause->where);
    count_expr(query, clause->skip);
    count_expr(query, clause->limit);
    for (uint32_t i = 0; i < clause->item_count && clause->kind != SG_CLAUSE_CALL; i++)
        count_expr(query, clause->items[i].expr);
    for (uint32_t i = 0; i < clause->order_count; i++)
        count_expr(query, clause->order[i].expr);
    for (uint32_t i = 0; i < clause->aggregate_count; i++)
        count_expr(query, clause->aggregates[i]);
    for (uint32_t i = 0; i < clause->argument_count; i++)
        count_expr(query, clause->arguments[i]);
    for (uint32_t i = 0; i < clause->set_count; i++) {
        count_expr(query, clause->sets[i].target);
        count_expr(query, clause->sets[i].value);
    }
}

static void count_query(sg_query *query, const sg_query_ast *ast)
{
    for (uint32_t i = 0; i < ast->count; i++) {
        for (uint32_t k = 0; k < ast->parts[i].count; k++)
            count_clause(query, &ast->parts[i].clauses[k]);
        for (uint32_t k = 0; k < ast->parts[i].column_count; k++)
            query->uses[ast->parts[i].column_slots[k]]++;
    }
}

void sg_count_uses(sg_query *query, const sg_query_ast *ast)
{
    query->uses =
        sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof *query->uses);
    count_query(query, ast);
}

/* ---- which slots an expression names ---- */

bool sg_expr_names_only(const sg_expr *expr, const bool *allowed)
{
    if (expr == NULL)
        return true;
    if (expr->pattern != NULL || expr->query != NULL)
        return false;
    if (expr->kind == SG_EX_VARIABLE && !allowed[expr->slot])
        return false;
    if (expr->kind == SG_EX_LIST_COMPREHENSION || expr->kind == SG_EX_QUANTIFIER ||
        expr->kind == SG_EX_REDUCE)
        return false;
    if (expr->kind == SG_EX_FUNCTION && expr->function != NULL && expr->function->is_volatile)
        return false;
    for (uint32_t i = 0; i < expr->count; i++) {
        if (!sg_expr_names_only(expr->child[i], allowed))
            return false;
    }
    return true;
}

/* False when more than one slot was found. */
static bool find_only_slot(const sg_expr *expr, uint32_t *slot)
{
    if (expr == NULL)
        return true;
    if (expr->pattern != NULL || expr->query != NULL || expr->kind == SG_EX_LIST_COMPREHENSION ||
        expr->kind == SG_EX_QUANTIFIER || expr->kind == SG_EX_REDUCE ||
        expr->kind == SG_EX_AGGREGATE || expr->kind == SG_EX_COUNT_STAR ||
        (expr->kind == SG_EX_FUNCTION && expr->function != NULL && expr->function->is_volatile))
        return false;
    if (expr->kind == SG_EX_VARIABLE) {
        if (*slot != SG_NO_SLOT && *slot != expr->slot)
            return false;
        *slot = expr->slot;
    }
    for (uint32_t i = 0; i < expr->count; i++) {
        if (!find_only_slot(expr->child[i], slot))
            return false;
    }
    return true;
}

uint32_t sg_expr_only_slot(const sg_expr *expr)
{
    uint32_t slot = SG_NO_SLOT;

    return find_only_slot(expr, &slot) ? slot : SG_NO_SLOT;
}
