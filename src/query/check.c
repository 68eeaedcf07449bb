/* Semantic checks of clauses: who is in scope where, and in which order clauses may come. They
 * give every variable a slot in the row; a slot is written by one place only, so operators can
 * share one row. */

#include <stdio.h>
#include <string.h>

#include "stance/suggest.h"

#include "check_internal.h"
#include "procedure.h"

void sg_check_syntax(sg_checker *c, const char *detail, size_t offset, const char *format, ...)
{
    va_list args;
    char message[400];

    va_start(args, format);
    (void) vsnprintf(message, sizeof message, format, args);
    va_end(args);
    sg_query_syntax(c->query, detail, offset, "%s", message);
}

const sg_variable *sg_scope_find(const sg_scope *scope, sg_name name)
{
    if (name.text == NULL)
        return NULL;
    for (size_t i = scope->count; i > 0; i--) {
        if (sg_name_same(scope->variables[i - 1].name, name))
            return &scope->variables[i - 1];
    }
    return NULL;
}

uint32_t sg_new_slot(sg_checker *c)
{
    return c->query->slot_count++;
}

void sg_scope_add_slot(sg_checker *c, sg_name name, sg_static_type type, uint32_t slot)
{
    sg_scope *scope = &c->scope;
    sg_variable *added;

    SG_ARENA_GROW(c->query->arena, scope->variables, scope->capacity, scope->count + 1);
    added = &scope->variables[scope->count++];
    added->name = name;
    added->slot = slot;
    added->clause = c->clause;
    added->type = type;
}

uint32_t sg_scope_add(sg_checker *c, sg_name name, sg_static_type type)
{
    uint32_t slot = sg_new_slot(c);

    if (name.text != NULL)
        sg_scope_add_slot(c, name, type, slot);
    return slot;
}

sg_symbol sg_check_symbol(sg_checker *c, sg_symbol_kind kind, sg_name name)
{
    sg_graph *graph = c->query->graph;

    if (c->query->writes)
        return sg_graph_symbol_add(graph, kind, name.text, name.len);
    return sg_graph_symbol_find(graph, kind, name.text, name.len);
}

/* ---- clauses ---- */

static void check_unwind(sg_checker *c, sg_clause *clause)
{
    sg_item *item = &clause->items[0];
    sg_static_type type = sg_type_of(SG_ANY_TYPE);

    sg_check_no_aggregate(c, item->expr);
    if (item->expr->type.base == SG_LIST)
        type.base = item->expr->type.element;
    if (sg_scope_find(&c->scope, item->alias) != NULL)
        sg_check_syntax(c, "VariableAlreadyBound", item->alias.offset, "'%.*s' is already defined",
                        (int) item->alias.len, item->alias.text);
    item->slot = sg_scope_add(c, item->alias, type);
}

static void check_set_item(sg_checker *c, sg_set_item *item)
{
    uint8_t type;

    sg_check_no_aggregate(c, item->target);
    if (item->value != NULL)
        sg_check_no_aggregate(c, item->value);
    type = item->target->type.base;
    if (!c->query->failed && type != SG_ANY_TYPE && type != SG_NULL && type != SG_NODE &&
        type != SG_RELATIONSHIP)
        sg_check_syntax(c, "InvalidArgumentType", item->target->offset,
                        "only nodes and relationships have properties and labels to change");
    if (item->key.text != NULL)
        item->symbol = sg_check_symbol(c, SG_KEY, item->key);
    item->label_symbols =
        sg_arena_alloc(c->query->arena, (item->label_count + 1) * sizeof(sg_symbol));
    for (uint32_t i = 0; i < item->label_count; i++)
        item->label_symbols[i] = sg_check_symbol(c, SG_LABEL, item->labels[i]);
}

static void check_delete(sg_checker *c, sg_clause *clause)
{
    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_expr *expr = clause->items[i].expr;
        uint8_t type;

        if (expr->kind == SG_EX_HAS_LABELS) {
            sg_check_syntax(c, "InvalidDelete", expr->offset,
                            "DELETE takes whole nodes and relationships; use REMOVE for a label");
            return;
        }
        sg_check_no_aggregate(c, expr);
        type = expr->type.base;
        if (!c->query->failed && type != SG_ANY_TYPE && type != SG_NULL && type != SG_NODE &&
            type != SG_RELATIONSHIP && type != SG_PATH)
            sg_check_syntax(c, "InvalidArgumentType", expr->offset,
                            "DELETE takes nodes, relationships and paths");
    }
}

static bool is_writing(const sg_clause *clause)
{
    return clause->kind >= SG_CLAUSE_CREATE && clause->kind <= SG_CLAUSE_DELETE;
}

static void check_clause(sg_checker *c, sg_single_query *single, uint32_t i)
{
    sg_clause *clause = &single->clauses[i];

    c->clause++;
    switch ((sg_clause_kind) clause->kind) {
    case SG_CLAUSE_MATCH:
        sg_check_pattern(c, &clause->pattern, SG_USE_MATCH);
        if (clause->where != NULL && !c->query->failed)
            sg_check_predicate(c, clause->where);
        break;
    case SG_CLAUSE_UNWIND:
        check_unwind(c, clause);
        break;
    case SG_CLAUSE_WITH:
    case SG_CLAUSE_RETURN:
        sg_check_projection(c, clause);
        break;
    case SG_CLAUSE_CREATE:
        sg_check_pattern(c, &clause->pattern, SG_USE_CREATE);
        break;
    case SG_CLAUSE_MERGE:
        sg_check_pattern(c, &clause->pattern, SG_USE_MERGE);
        for (uint32_t k = 0; k < clause->set_count && !c->query->failed; k++)
            check_set_item(c, &clause->sets[k]);
        break;
    case SG_CLAUSE_SET:
    case SG_CLAUSE_REMOVE:
        for (uint32_t k = 0; k < clause->set_count && !c->query->failed; k++)
            check_set_item(c, &clause->sets[k]);
        break;
    case SG_CLAUSE_DELETE:
        check_delete(c, clause);
        break;
    case SG_CLAUSE_CALL:
        sg_check_call(c, clause, single->count == 1);
        break;
    }
}

static void keep_live(sg_checker *c, sg_clause *clause)
{
    clause->live = sg_arena_alloc(c->query->arena, (c->scope.count + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < c->scope.count; i++)
        clause->live[clause->live_count++] = c->scope.variables[i].slot;
}

/* RETURN ends a query, and something must end it. */
static void check_order_of_clauses(sg_checker *c, const sg_single_query *single, bool is_subquery)
{
    const sg_clause *last = &single->clauses[single->count - 1];

    for (uint32_t i = 0; i + 1 < single->count; i++) {
        const sg_clause *next = &single->clauses[i + 1];

        if (single->clauses[i].kind == SG_CLAUSE_RETURN)
            sg_check_syntax(c, "InvalidClauseComposition", next->offset,
                            "nothing can come after RETURN; use WITH to go on");
    }
    if (!is_subquery && !is_writing(last) && last->kind != SG_CLAUSE_RETURN &&
        !(last->kind == SG_CLAUSE_CALL && single->count == 1) &&
        !(last->kind == SG_CLAUSE_CALL && last->item_count == 0))
        sg_check_syntax(c, "InvalidClauseComposition", last->offset,
                        "the query must end with RETURN or a clause that writes");
}

static void take_columns(sg_checker *c, sg_single_query *single)
{
    const sg_clause *last = &single->clauses[single->count - 1];
    const sg_item *items = last->items;
    uint32_t count = last->item_count;

    if (last->kind != SG_CLAUSE_RETURN && !(last->kind == SG_CLAUSE_CALL && single->count == 1))
        return;
    single->columns = sg_arena_alloc(c->query->arena, (count + 1) * sizeof(sg_name));
    single->column_slots = sg_arena_alloc(c->query->arena, (count + 1) * sizeof(uint32_t));
    single->column_count = count;
    for (uint32_t i = 0; i < count; i++) {
        single->columns[i] = items[i].alias;
        single->column_slots[i] = items[i].slot;
    }
}

static void check_single(sg_checker *c, sg_single_query *single, bool is_subquery)
{
    check_order_of_clauses(c, single, is_subquery);
    for (uint32_t i = 0; i < single->count && !c->query->failed; i++) {
        if (is_subquery && is_writing(&single->clauses[i]))
            sg_check_syntax(c, "InvalidClauseComposition", single->clauses[i].offset,
                            "a query inside exists { } cannot write");
        check_clause(c, single, i);
        keep_live(c, &single->clauses[i]);
        single->writes = single->writes || is_writing(&single->clauses[i]);
    }
    if (!c->query->failed)
        take_columns(c, single);
}

static void check_union(sg_checker *c, sg_query_ast *ast)
{
    const sg_single_query *first = &ast->parts[0];

    for (uint32_t i = 1; i < ast->count; i++) {
        const sg_single_query *part = &ast->parts[i];
        size_t offset = part->clauses[0].offset;
        bool same = part->column_count == first->column_count;

        if (i > 1 && part->union_all != ast->parts[1].union_all)
            sg_check_syntax(c, "InvalidClauseComposition", offset,
                            "UNION and UNION ALL cannot be mixed in one query");
        for (uint32_t k = 0; same && k < part->column_count; k++) {
            same = false;
            for (uint32_t j = 0; j < first->column_count && !same; j++)
                same = sg_name_same(part->columns[k], first->columns[j]);
        }
        if (!same)
            sg_check_syntax(c, "DifferentColumnsInUnion", offset,
                            "the queries of a UNION must return columns of the same names");
    }
}

void sg_check_subquery(sg_checker *c, sg_query_ast *ast)
{
    sg_checker inner = *c;

    inner.aggregates_allowed = false;
    inner.in_aggregate = false;
    inner.predicate = false;
    for (uint32_t i = 0; i < ast->count && !c->query->failed; i++) {
        inner.scope.count = c->scope.count;
        inner.scope.variables =
            sg_arena_grow(c->query->arena, c->scope.variables, c->scope.count * sizeof(sg_variable),
                          (c->scope.count + 1) * sizeof(sg_variable));
        inner.scope.capacity = c->scope.count + 1;
        check_single(&inner, &ast->parts[i], true);
    }
    if (!c->query->failed)
        check_union(&inner, ast);
}

void sg_query_check(sg_query *query, sg_query_ast *ast)
{
    sg_checker c;

    memset(&c, 0, sizeof c);
    c.query = query;
    for (uint32_t i = 0; i < ast->count && !query->failed; i++) {
        c.scope.count = 0;
        check_single(&c, &ast->parts[i], false);
    }
    if (!query->failed)
        check_union(&c, ast);
}
