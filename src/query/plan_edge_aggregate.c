/* When can MATCH (a)-[r]->(b) with an aggregating projection be answered from the arrays of the
 * image? One relationship of fixed length, no condition but labels, keys that depend on one
 * element each, and counts. */

#include <string.h>

#include "edge_aggregate.h"
#include "plan_internal.h"

/* What a walk over an expression finds of the pattern's elements. */
typedef struct dependence {
    const sg_path_pattern *path;
    bool left;
    bool right;
    bool type;
    bool other;
    bool column;
    sg_symbol key;
} dependence;

static void find_dependence(dependence *d, const sg_expr *expr)
{
    uint32_t rel = d->path->rels[0].slot;

    if (expr == NULL)
        return;
    if (expr->pattern != NULL || expr->query != NULL || expr->kind == SG_EX_LIST_COMPREHENSION ||
        expr->kind == SG_EX_QUANTIFIER || expr->kind == SG_EX_REDUCE ||
        (expr->kind == SG_EX_FUNCTION && expr->function->is_volatile)) {
        d->other = true;
        return;
    }
    if (expr->kind == SG_EX_PROPERTY && expr->child[0]->kind == SG_EX_VARIABLE &&
        expr->child[0]->slot == rel) {
        d->other = d->other || (d->column && d->key != expr->symbol);
        d->column = true;
        d->key = expr->symbol;
        return;
    }
    if (expr->kind == SG_EX_FUNCTION && sg_name_is(expr->name, "type") && expr->count == 1 &&
        expr->child[0]->kind == SG_EX_VARIABLE && expr->child[0]->slot == rel) {
        d->type = true;
        return;
    }
    if (expr->kind == SG_EX_VARIABLE) {
        d->left = d->left || expr->slot == d->path->nodes[0].slot;
        d->right = d->right || expr->slot == d->path->nodes[1].slot;
        d->other = d->other ||
                   (expr->slot != d->path->nodes[0].slot && expr->slot != d->path->nodes[1].slot);
    }
    for (uint32_t i = 0; i < expr->count; i++)
        find_dependence(d, expr->child[i]);
}

size_t sg_edge_column_codes(const sg_column *column)
{
    switch (column->form) {
    case SG_COLUMN_ABSENT:
        return 0;
    case SG_COLUMN_ENTRIES:
        return column->entry_count;
    case SG_COLUMN_INTEGER:
        return column->width == 1 ? 256 : column->width == 2 ? 65536 : SIZE_MAX;
    case SG_COLUMN_OTHER:
        break;
    }
    return SIZE_MAX;
}

static bool columns_usable(const sg_query *query, const sg_edge_aggregate *plan, sg_symbol key)
{
    for (uint32_t i = 0; i < plan->type_count; i++) {
        sg_column column;

        if (key == SG_NO_SYMBOL ||
            !sg_graph_type_column(query->graph, plan->types[i], key, &column) ||
            sg_edge_column_codes(&column) > ((size_t) 1 << 22))
            return false;
    }
    return true;
}

static bool code_expr(const sg_query *query, const sg_edge_aggregate *plan,
                      const sg_path_pattern *path, sg_expr *expr, sg_coded_expr *out)
{
    dependence d = { .path = path };
    int kinds;

    find_dependence(&d, expr);
    kinds = d.left + d.right + d.type + d.column;
    if (d.other || kinds > 1)
        return false;
    out->expr = expr;
    out->key = d.key;
    out->kind = d.left     ? SG_CODED_LEFT
                : d.right  ? SG_CODED_RIGHT
                : d.type   ? SG_CODED_TYPE
                : d.column ? SG_CODED_COLUMN
                           : SG_CODED_CONSTANT;
    out->slot = d.left ? path->nodes[0].slot : d.right ? path->nodes[1].slot : path->rels[0].slot;
    return !d.column || columns_usable(query, plan, d.key);
}

static bool pattern_fits(const sg_clause *match)
{
    const sg_path_pattern *path;

    if (match->kind != SG_CLAUSE_MATCH || match->optional || match->where != NULL ||
        match->pattern.count != 1)
        return false;
    path = &match->pattern.paths[0];
    return path->length == 1 && path->shortest == SG_NOT_SHORTEST && path->slot == SG_NO_SLOT &&
           !path->nodes[0].bound && !path->nodes[1].bound && !path->rels[0].bound &&
           !path->rels[0].variable_length && path->nodes[0].properties == NULL &&
           path->nodes[1].properties == NULL && path->rels[0].properties == NULL;
}

static bool take_types(sg_query *query, const sg_rel_pattern *rel, sg_edge_aggregate *plan)
{
    size_t all = sg_graph_symbol_count(query->graph, SG_REL_TYPE);
    sg_edges edges;

    plan->types = sg_arena_alloc(query->arena, (all + rel->type_count + 1) * sizeof(sg_symbol));
    for (uint32_t i = 0; i < rel->type_count; i++) {
        bool wanted = rel->type_symbols[i] != SG_NO_SYMBOL;

        for (uint32_t k = 0; k < plan->type_count && wanted; k++)
            wanted = plan->types[k] != rel->type_symbols[i];
        if (wanted)
            plan->types[plan->type_count++] = rel->type_symbols[i];
    }
    for (sg_symbol i = 0; rel->type_count == 0 && i < all; i++)
        plan->types[plan->type_count++] = i;
    for (uint32_t i = 0; i < plan->type_count; i++) {
        if (!sg_graph_edges(query->graph, plan->types[i], &edges))
            return false;
    }
    return plan->type_count > 0 && sg_graph_group_count(query->graph) > 0;
}

static bool take_aggregates(const sg_query *query, const sg_clause *projection,
                            const sg_path_pattern *path, sg_edge_aggregate *plan)
{
    if (projection->aggregate_count > 8)
        return false;
    plan->aggregates = projection->aggregates;
    plan->aggregate_count = projection->aggregate_count;
    for (uint32_t i = 0; i < projection->aggregate_count; i++) {
        sg_expr *expr = projection->aggregates[i];

        if (expr->kind == SG_EX_COUNT_STAR)
            continue;
        if (expr->aggregate != SG_AGG_COUNT)
            return false;
        if (!expr->distinct) {
            /* elements of the pattern are never null */
            uint32_t slot = expr->child[0]->slot;

            if (expr->child[0]->kind != SG_EX_VARIABLE ||
                (slot != path->nodes[0].slot && slot != path->nodes[1].slot &&
                 slot != path->rels[0].slot))
                return false;
            continue;
        }
        if (!code_expr(query, plan, path, expr->child[0], &plan->distinct[i]))
            return false;
    }
    return true;
}

bool sg_plan_edge_aggregate(sg_query *query, const sg_clause *match, const sg_clause *projection,
                            sg_edge_aggregate *plan)
{
    const sg_path_pattern *path;
    const sg_rel_pattern *rel;

    memset(plan, 0, sizeof *plan);
    if (query->writes || !projection->aggregating || !pattern_fits(match))
        return false;
    path = &match->pattern.paths[0];
    rel = &path->rels[0];
    if (!take_types(query, rel, plan))
        return false;
    plan->left = &path->nodes[0];
    plan->right = &path->nodes[1];
    plan->direction = rel->left_arrow == rel->right_arrow ? SG_BOTH
                      : rel->right_arrow                  ? SG_OUTGOING
                                                          : SG_INCOMING;
    for (uint32_t i = 0; i < projection->item_count; i++) {
        const sg_item *item = &projection->items[i];

        if (item->aggregates)
            continue;
        if (plan->key_count == 2 ||
            !code_expr(query, plan, path, item->expr, &plan->keys[plan->key_count]))
            return false;
        plan->key_slots[plan->key_count++] = item->slot;
    }
    return take_aggregates(query, projection, path, plan);
}
