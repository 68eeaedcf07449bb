/* Semantic checks of WITH and RETURN: columns, grouping, ORDER BY, SKIP and LIMIT.
 *
 * Aggregation: the items without aggregates are the grouping keys. Beside its aggregates an item
 * may only use constants and what the keys hold: a key that is a variable, or a property that is
 * a key. After the aggregation only the columns exist, so ORDER BY and WHERE are rewritten: a
 * part that is written like a column becomes that column. */

#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

static sg_expr *column_reference(sg_checker *c, const sg_item *item, const sg_expr *at)
{
    sg_expr *expr = sg_arena_calloc(c->query->arena, 1, sizeof *expr);

    *expr = *at;
    expr->kind = SG_EX_VARIABLE;
    expr->name = item->alias;
    expr->slot = item->slot;
    expr->type = item->expr->type;
    expr->count = 0;
    return expr;
}

static int compare_names(const void *a, const void *b)
{
    const sg_name *left = &((const sg_variable *) a)->name;
    const sg_name *right = &((const sg_variable *) b)->name;
    uint32_t len = left->len < right->len ? left->len : right->len;
    int order = memcmp(left->text, right->text, len);

    return order != 0 ? order : (left->len > right->len) - (left->len < right->len);
}

/* RETURN * stands for all variables in scope, by name. */
static void expand_star(sg_checker *c, sg_clause *clause)
{
    sg_arena *arena = c->query->arena;
    sg_variable *all = sg_arena_alloc(arena, (c->scope.count + 1) * sizeof *all);
    sg_item *items;
    size_t count = 0;

    for (size_t i = 0; i < c->scope.count; i++) {
        if (c->scope.variables[i].name.text != NULL)
            all[count++] = c->scope.variables[i];
    }
    if (count == 0 && clause->kind == SG_CLAUSE_RETURN)
        sg_check_syntax(c, "NoVariablesInScope", clause->offset,
                        "RETURN * needs a variable that could be returned");
    qsort(all, count, sizeof *all, compare_names);
    items = sg_arena_calloc(arena, count + clause->item_count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        sg_expr *expr = sg_arena_calloc(arena, 1, sizeof *expr);

        expr->kind = SG_EX_VARIABLE;
        expr->name = all[i].name;
        expr->symbol = SG_NO_SYMBOL;
        items[i].expr = expr;
        items[i].alias = all[i].name;
        items[i].has_alias = true;
    }
    if (clause->item_count > 0)
        memcpy(items + count, clause->items, clause->item_count * sizeof *items);
    clause->items = items;
    clause->item_count += (uint32_t) count;
}

static void check_aliases(sg_checker *c, const sg_clause *clause)
{
    for (uint32_t i = 0; i < clause->item_count && clause->kind == SG_CLAUSE_WITH; i++) {
        const sg_item *item = &clause->items[i];

        if (!item->has_alias && item->expr->kind != SG_EX_VARIABLE)
            sg_check_syntax(c, "NoExpressionAlias", item->expr->offset,
                            "an expression in WITH needs a name: ... AS name");
    }
}

static void check_names(sg_checker *c, const sg_clause *clause)
{
    for (uint32_t i = 0; i < clause->item_count; i++) {
        const sg_item *item = &clause->items[i];

        for (uint32_t k = 0; k < i; k++) {
            if (sg_name_same(item->alias, clause->items[k].alias))
                sg_check_syntax(c, "ColumnNameConflict", item->alias.offset,
                                "two columns are called '%.*s'", (int) item->alias.len,
                                item->alias.text);
        }
    }
}

/* ---- aggregation ---- */

static void collect_aggregates(sg_checker *c, sg_clause *clause, sg_expr *expr)
{
    if (expr == NULL)
        return;
    if (expr->kind == SG_EX_AGGREGATE || expr->kind == SG_EX_COUNT_STAR) {
        size_t count = clause->aggregate_count;

        clause->aggregates =
            sg_arena_grow(c->query->arena, clause->aggregates, count * sizeof(sg_expr *),
                          (count + 1) * sizeof(sg_expr *));
        clause->aggregates[clause->aggregate_count++] = expr;
        return;
    }
    for (uint32_t i = 0; i < expr->count; i++)
        collect_aggregates(c, clause, expr->child[i]);
}

static bool is_simple_key(const sg_expr *expr)
{
    while (expr->kind == SG_EX_PROPERTY)
        expr = expr->child[0];
    return expr->kind == SG_EX_VARIABLE;
}

static bool uses_variable_outside_aggregate(const sg_expr *expr)
{
    if (expr == NULL || expr->kind == SG_EX_AGGREGATE || expr->kind == SG_EX_COUNT_STAR)
        return false;
    if (expr->kind == SG_EX_VARIABLE)
        return true;
    for (uint32_t i = 0; i < expr->count; i++) {
        if (uses_variable_outside_aggregate(expr->child[i]))
            return true;
    }
    return false;
}

/* Variables that the expression itself declares (comprehensions) are its own matter. */
static bool is_own_variable(const sg_expr *const *loops, size_t count, sg_name name)
{
    for (size_t i = 0; i < count; i++) {
        if (sg_name_same(loops[i]->name, name) || sg_name_same(loops[i]->name2, name))
            return true;
    }
    return false;
}

typedef struct rewrite {
    sg_checker *c;
    const sg_clause *clause;
    const sg_expr *loops[16];
    size_t loop_count;
    bool only_simple_keys; /* beside an aggregate: no complex keys */
    bool names_are_old;    /* a variable means what it meant before the projection */
    bool strict;           /* what is no key is an error */
} rewrite;

static sg_expr *rewrite_expr(rewrite *r, sg_expr *expr);

static const sg_item *matching_item(const rewrite *r, const sg_expr *expr)
{
    for (uint32_t i = 0; i < r->clause->item_count; i++) {
        const sg_item *item = &r->clause->items[i];

        if (sg_expr_same(item->expr, expr) && (!r->strict || !item->aggregates))
            return item;
    }
    return NULL;
}

static sg_expr *rewrite_children(rewrite *r, sg_expr *expr)
{
    sg_expr *copy = NULL;
    bool is_loop = expr->kind == SG_EX_LIST_COMPREHENSION || expr->kind == SG_EX_QUANTIFIER ||
                   expr->kind == SG_EX_REDUCE;

    if (is_loop && r->loop_count < 16)
        r->loops[r->loop_count++] = expr;
    for (uint32_t i = 0; i < expr->count; i++) {
        sg_expr *child = expr->child[i] == NULL ? NULL : rewrite_expr(r, expr->child[i]);

        if (child == expr->child[i])
            continue;
        if (copy == NULL) {
            copy = sg_arena_calloc(r->c->query->arena, 1, sizeof *copy);
            *copy = *expr;
            copy->child =
                sg_arena_grow(r->c->query->arena, expr->child, expr->count * sizeof(sg_expr *),
                              expr->count * sizeof(sg_expr *));
        }
        copy->child[i] = child;
    }
    if (is_loop)
        r->loop_count--;
    return copy != NULL ? copy : expr;
}

static sg_expr *rewrite_expr(rewrite *r, sg_expr *expr)
{
    const sg_item *item = NULL;

    if (r->strict && (expr->kind == SG_EX_AGGREGATE || expr->kind == SG_EX_COUNT_STAR))
        return expr;
    if (expr->kind == SG_EX_VARIABLE && is_own_variable(r->loops, r->loop_count, expr->name))
        return expr;
    if (expr->kind != SG_EX_LITERAL && expr->kind != SG_EX_PARAMETER &&
        (expr->kind != SG_EX_VARIABLE || r->names_are_old))
        item = matching_item(r, expr);
    if (item != NULL && r->only_simple_keys && !item->aggregates && !is_simple_key(item->expr) &&
        uses_variable_outside_aggregate(item->expr)) {
        sg_check_syntax(r->c, "AmbiguousAggregationExpression", expr->offset,
                        "beside an aggregation only constants, grouping variables and their "
                        "properties can stand; compute this in a WITH before");
        return expr;
    }
    if (item != NULL)
        return column_reference(r->c, item, expr);
    if (r->strict && expr->kind == SG_EX_VARIABLE) {
        sg_check_syntax(r->c, "AmbiguousAggregationExpression", expr->offset,
                        "'%.*s' stands beside an aggregation but is no grouping key",
                        (int) expr->name.len, expr->name.text);
        return expr;
    }
    return rewrite_children(r, expr);
}

/* Items that mix aggregates with other things read those from the grouping keys. */
static void check_aggregation(sg_checker *c, sg_clause *clause)
{
    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_item *item = &clause->items[i];
        rewrite r = { .c = c,
                      .clause = clause,
                      .only_simple_keys = true,
                      .names_are_old = true,
                      .strict = true };

        if (!item->aggregates)
            continue;
        item->expr = rewrite_expr(&r, item->expr);
        collect_aggregates(c, clause, item->expr);
    }
}

/* ---- ORDER BY, WHERE, SKIP, LIMIT ---- */

static void check_order_item(sg_checker *c, sg_clause *clause, sg_item *item)
{
    bool has_aggregate = sg_expr_has_aggregate(item->expr);
    rewrite r = { .c = c, .clause = clause, .only_simple_keys = has_aggregate };

    if (has_aggregate && !clause->aggregating) {
        sg_check_syntax(c, "InvalidAggregation", item->expr->offset,
                        "ORDER BY cannot aggregate when the columns do not");
        return;
    }
    item->expr = rewrite_expr(&r, item->expr);
    c->aggregates_allowed = true;
    sg_check_expr(c, item->expr);
    c->aggregates_allowed = false;
    if (!c->query->failed && sg_expr_has_aggregate(item->expr))
        collect_aggregates(c, clause, item->expr);
}

static void check_amount(sg_checker *c, sg_expr *expr, const char *word)
{
    if (expr == NULL)
        return;
    c->constant_only = true;
    sg_check_no_aggregate(c, expr);
    c->constant_only = false;
    if (c->query->failed)
        return;
    if (expr->kind == SG_EX_LITERAL && expr->value.type == SG_INTEGER && expr->value.as.integer < 0)
        sg_check_syntax(c, "NegativeIntegerArgument", expr->offset, "%s cannot be negative", word);
    else if (expr->type.base != SG_ANY_TYPE && expr->type.base != SG_INTEGER)
        sg_check_syntax(c, "InvalidArgumentType", expr->offset, "%s takes an integer", word);
}

/* The variables after the projection; a plain variable keeps its slot. */
static void declare_columns(sg_checker *c, sg_clause *clause, sg_scope *after)
{
    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_item *item = &clause->items[i];
        sg_variable variable = { item->alias, 0, c->clause, item->expr->type };

        if (item->expr->kind == SG_EX_VARIABLE)
            item->slot = item->expr->slot;
        else
            item->slot = sg_new_slot(c);
        variable.slot = item->slot;
        SG_ARENA_GROW(c->query->arena, after->variables, after->capacity, after->count + 1);
        after->variables[after->count++] = variable;
    }
}

static void check_items(sg_checker *c, sg_clause *clause)
{
    c->aggregates_allowed = true;
    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_item *item = &clause->items[i];

        sg_check_expr(c, item->expr);
        item->aggregates = sg_expr_has_aggregate(item->expr);
        clause->aggregating = clause->aggregating || item->aggregates;
    }
    c->aggregates_allowed = false;
}

void sg_check_projection(sg_checker *c, sg_clause *clause)
{
    sg_scope after = { NULL, 0, 0 };
    sg_scope before;

    if (clause->star)
        expand_star(c, clause);
    check_items(c, clause);
    if (c->query->failed)
        return;
    check_names(c, clause);
    declare_columns(c, clause, &after);
    if (clause->aggregating)
        check_aggregation(c, clause);
    before = c->scope;
    c->scope = after;
    if (!clause->aggregating && !clause->distinct) {
        /* the columns hide what had their names, the rest stays visible for ORDER BY and WHERE */
        size_t columns = after.count;

        for (size_t i = 0; i < before.count; i++) {
            bool hidden = false;

            for (size_t k = 0; k < columns && !hidden; k++)
                hidden = sg_name_same(after.variables[k].name, before.variables[i].name);
            if (!hidden)
                sg_scope_add_slot(c, before.variables[i].name, before.variables[i].type,
                                  before.variables[i].slot);
        }
    }
    for (uint32_t i = 0; i < clause->order_count && !c->query->failed; i++)
        check_order_item(c, clause, &clause->order[i]);
    check_amount(c, clause->skip, "SKIP");
    check_amount(c, clause->limit, "LIMIT");
    check_aliases(c, clause);
    if (clause->where != NULL && !c->query->failed) {
        rewrite r = { .c = c, .clause = clause };

        if (!sg_expr_has_aggregate(clause->where))
            clause->where = rewrite_expr(&r, clause->where);
        sg_check_predicate(c, clause->where);
    }
    c->scope.count = after.count;
}
