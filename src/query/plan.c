/* Planning a query: clause by clause, each adding operators on top of what is there.
 *
 * Eager operators keep reading and writing apart: a clause sees the graph as the clauses before it
 * left it, for all rows, so rows are collected before the first change that a reader below could
 * see, and after the last change that a reader above must see. */

#include <string.h>

#include "edge_aggregate.h"
#include "fused.h"
#include "plan_internal.h"

typedef struct builder {
    sg_query *query;
    sg_operator *op;
    bool reads;                     /* something below reads the graph row by row */
    bool wrote;                     /* something below writes it */
    uint8_t last_write;             /* kind of the last writing clause */
    const sg_edge_aggregate *edges; /* the MATCH is left to the aggregation that follows */
    bool *unique; /* by slot: no two rows agree in all of these; NULL: not known */
    bool top;     /* not inside an expression: runs once */
    bool bare;    /* every match for itself, as the fusing wants it */
    const sg_single_query *single;
    uint32_t clause; /* number of the present one */
} builder;

/* ---- expressions with plans inside ---- */

static void plan_pattern_expr(sg_query *query, sg_expr *expr)
{
    sg_expr *where = expr->kind == SG_EX_PATTERN_COMPREHENSION ? expr->child[0] : NULL;

    expr->plan = sg_plan_pattern(query, sg_op_argument(query), expr->pattern, where,
                                 expr->kind == SG_EX_PATTERN, NULL);
}

void sg_plan_expr(sg_query *query, sg_expr *expr)
{
    if (expr == NULL || expr->plan != NULL)
        return;
    if (expr->kind == SG_EX_EXISTS)
        expr->plan = sg_plan_subquery(query, expr->query);
    else if (expr->pattern != NULL)
        plan_pattern_expr(query, expr);
    for (uint32_t i = 0; i < expr->count; i++) {
        if (expr->kind != SG_EX_PATTERN_COMPREHENSION || i > 0)
            sg_plan_expr(query, expr->child[i]);
    }
}

static void plan_pattern_properties(sg_query *query, const sg_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            sg_plan_expr(query, path->nodes[k].properties);
            if (k < path->length)
                sg_plan_expr(query, path->rels[k].properties);
        }
    }
}

static void plan_clause(builder *b, const sg_single_query *single, uint32_t i);

/* ---- projections ---- */

/* Plans what comes before the present clause once more, as operators that know nothing of each
 * other, and puts the fused aggregation over them in the place of the plain one. */
static void fuse(builder *b, const sg_clause *clause, const sg_projected *keys, uint32_t key_count)
{
    builder bare = {
        .query = b->query, .op = sg_op_argument(b->query), .bare = true, .single = b->single
    };

    for (uint32_t i = 0; i < b->clause; i++) {
        const sg_clause *before = &b->single->clauses[i];

        if ((before->kind != SG_CLAUSE_MATCH && before->kind != SG_CLAUSE_WITH) ||
            before->optional || before->aggregating || before->order_count > 0 ||
            before->skip != NULL || before->limit != NULL)
            return;
    }
    b->query->bare = true;
    for (uint32_t i = 0; i < b->clause; i++)
        plan_clause(&bare, b->single, i);
    b->query->bare = false;
    b->op = sg_op_fused(b->query, b->op, bare.op, keys, key_count, clause->aggregates,
                        clause->aggregate_count);
}

static void plan_aggregation(builder *b, const sg_clause *clause)
{
    sg_arena *arena = b->query->arena;
    sg_projected *keys = sg_arena_calloc(arena, (size_t) clause->item_count + 1, sizeof *keys);
    sg_projected *rest = sg_arena_calloc(arena, (size_t) clause->item_count + 1, sizeof *rest);
    uint32_t key_count = 0;
    uint32_t rest_count = 0;

    for (uint32_t i = 0; i < clause->item_count; i++) {
        sg_projected item = { clause->items[i].expr, clause->items[i].slot };

        if (clause->items[i].aggregates)
            rest[rest_count++] = item;
        else
            keys[key_count++] = item;
    }
    if (b->edges != NULL) {
        b->op = sg_op_edge_aggregate(b->query, b->edges);
        b->edges = NULL;
    } else {
        b->op = sg_op_aggregate(b->query, b->op, keys, key_count, clause->aggregates,
                                clause->aggregate_count);
        if (b->top && !b->bare && !b->query->writes)
            fuse(b, clause, keys, key_count);
    }
    if (rest_count > 0)
        b->op = sg_op_project(b->query, b->op, rest, rest_count);
}

static void plan_items(builder *b, const sg_clause *clause)
{
    sg_projected *items =
        sg_arena_calloc(b->query->arena, (size_t) clause->item_count + 1, sizeof *items);
    uint32_t count = 0;

    for (uint32_t i = 0; i < clause->item_count; i++) {
        const sg_item *item = &clause->items[i];

        if (item->expr->kind == SG_EX_VARIABLE && item->expr->slot == item->slot)
            continue;
        items[count].expr = item->expr;
        items[count].slot = item->slot;
        count++;
    }
    if (count > 0)
        b->op = sg_op_project(b->query, b->op, items, count);
}

static uint32_t *item_slots(builder *b, const sg_clause *clause, size_t room)
{
    uint32_t *slots =
        sg_arena_alloc(b->query->arena, (clause->item_count + room + 1) * sizeof *slots);

    for (uint32_t i = 0; i < clause->item_count; i++)
        slots[i] = clause->items[i].slot;
    return slots;
}

/* True if the columns hold all slots that tell the rows apart. */
static bool is_distinct_already(const builder *b, const sg_clause *clause)
{
    if (b->unique == NULL || clause->aggregating)
        return clause->aggregating && !clause->distinct;
    for (uint32_t slot = 0; slot < b->query->slot_count; slot++) {
        bool found = !b->unique[slot];

        for (uint32_t i = 0; i < clause->item_count && !found; i++)
            found = clause->items[i].expr->kind == SG_EX_VARIABLE && clause->items[i].slot == slot;
        if (!found)
            return false;
    }
    return true;
}

/* What tells the rows apart after a projection. */
static void note_unique(builder *b, const sg_clause *clause)
{
    bool *unique;

    if (!clause->distinct && !clause->aggregating) {
        b->unique = is_distinct_already(b, clause) ? b->unique : NULL;
        return;
    }
    unique = sg_arena_calloc(b->query->arena, (size_t) b->query->slot_count + 1, sizeof *unique);
    for (uint32_t i = 0; i < clause->item_count; i++) {
        if (!clause->items[i].aggregates)
            unique[clause->items[i].slot] = true;
    }
    b->unique = unique;
}

static void plan_projection(builder *b, const sg_clause *clause, const sg_clause *before)
{
    uint32_t extra = 0;
    uint32_t *slots;

    for (uint32_t i = 0; i < clause->item_count; i++)
        sg_plan_expr(b->query, clause->items[i].expr);
    for (uint32_t i = 0; i < clause->order_count; i++)
        sg_plan_expr(b->query, clause->order[i].expr);
    for (uint32_t i = 0; i < clause->aggregate_count; i++)
        sg_plan_expr(b->query, clause->aggregates[i]);
    if (clause->aggregating)
        plan_aggregation(b, clause);
    else
        plan_items(b, clause);
    if (clause->aggregating)
        b->reads = false;
    if (clause->distinct && !is_distinct_already(b, clause))
        b->op = sg_op_distinct(b->query, b->op, item_slots(b, clause, 0), clause->item_count);
    note_unique(b, clause);
    if (clause->order_count > 0) {
        slots = item_slots(b, clause, before != NULL ? before->live_count : 0);
        if (before != NULL && clause->where != NULL && !clause->aggregating && !clause->distinct) {
            /* WHERE may still name what was in scope before */
            memcpy(slots + clause->item_count, before->live, before->live_count * sizeof *slots);
            extra = before->live_count;
        }
        b->op = sg_op_sort(b->query, b->op, clause->order, clause->order_count, slots,
                           clause->item_count + extra, clause->skip, clause->limit);
        b->reads = false;
    } else if (clause->skip != NULL || clause->limit != NULL) {
        b->op = sg_op_limit(b->query, b->op, clause->skip, clause->limit);
    }
    if (clause->where != NULL) {
        sg_plan_expr(b->query, clause->where);
        b->op = sg_op_filter(b->query, b->op, clause->where);
    }
}

/* ---- clauses ---- */

static void add_eager(builder *b, const sg_clause *before)
{
    b->op = sg_op_eager(b->query, b->op, before != NULL ? before->live : NULL,
                        before != NULL ? before->live_count : 0);
    b->reads = false;
    b->wrote = false;
}

/* True if the rows of clause `i` go, over matches only, into a projection that does not care how
 * often each comes: DISTINCT, or aggregates that are distinct, min or max. */
static bool goes_into_set(const sg_single_query *single, uint32_t i)
{
    const sg_clause *clause = &single->clauses[i];

    while (i < single->count && clause->kind == SG_CLAUSE_MATCH)
        clause = &single->clauses[++i < single->count ? i : single->count - 1];
    if (i >= single->count || (clause->kind != SG_CLAUSE_WITH && clause->kind != SG_CLAUSE_RETURN))
        return false;
    if (!clause->aggregating)
        return clause->distinct;
    for (uint32_t k = 0; k < clause->aggregate_count; k++) {
        const sg_expr *expr = clause->aggregates[k];

        if (expr->kind == SG_EX_COUNT_STAR ||
            (!expr->distinct && expr->aggregate != SG_AGG_MIN && expr->aggregate != SG_AGG_MAX))
            return false;
    }
    return true;
}

static void note_match(builder *b, const sg_clause *clause, bool exact)
{
    uint32_t *slots;
    uint32_t count;
    bool *unique;

    if (b->unique == NULL || !exact) {
        b->unique = NULL;
        return;
    }
    unique = sg_arena_grow(b->query->arena, b->unique, b->query->slot_count * sizeof *unique,
                           ((size_t) b->query->slot_count + 1) * sizeof *unique);
    count = sg_pattern_new_slots(b->query, &clause->pattern, &slots);
    for (uint32_t i = 0; i < count; i++)
        unique[slots[i]] = true;
    /* relationships that nobody asks for were not told apart */
    for (uint32_t i = 0; i < clause->pattern.count; i++) {
        const sg_path_pattern *path = &clause->pattern.paths[i];

        for (uint32_t k = 0; k < path->length; k++) {
            if (path->rels[k].ends_only)
                unique[path->rels[k].slot] = false;
        }
    }
    b->unique = unique;
}

/* ---- Memo: the part of a later MATCH that depends on little of what is known ---- */

typedef struct split {
    sg_query *query;
    bool *inner; /* slots that the inner plan may name: its own and its keys */
    sg_expr *inside;
    sg_expr *outside;
} split;

static sg_expr *join_and(sg_query *query, sg_expr *left, sg_expr *right)
{
    sg_expr *expr;

    if (left == NULL)
        return right;
    expr = sg_arena_calloc(query->arena, 1, sizeof *expr);
    expr->kind = SG_EX_AND;
    expr->offset = left->offset;
    expr->end = right->end;
    expr->count = 2;
    expr->child = sg_arena_calloc(query->arena, 2, sizeof(sg_expr *));
    expr->child[0] = left;
    expr->child[1] = right;
    return expr;
}

static bool is_type_test(const sg_expr *expr)
{
    return expr->kind == SG_EX_EQUAL && expr->child[0]->kind == SG_EX_FUNCTION &&
           sg_name_is(expr->child[0]->name, "type") && expr->child[1]->kind == SG_EX_VARIABLE;
}

static void split_where(split *s, sg_expr *expr)
{
    if (expr->kind == SG_EX_AND) {
        split_where(s, expr->child[0]);
        split_where(s, expr->child[1]);
    } else if (sg_expr_names_only(expr, s->inner)) {
        s->inside = join_and(s->query, s->inside, expr);
    } else {
        s->outside = join_and(s->query, s->outside, expr);
    }
}

static void add_type_keys(bool *keys, const sg_expr *expr)
{
    if (expr->kind == SG_EX_AND) {
        add_type_keys(keys, expr->child[0]);
        add_type_keys(keys, expr->child[1]);
    } else if (is_type_test(expr)) {
        keys[expr->child[1]->slot] = true;
    }
}

/* Slots known before that the pattern starts from; false if its expressions name others. */
static bool collect_keys(const sg_clause *clause, const bool *own, bool *keys)
{
    for (uint32_t i = 0; i < clause->pattern.count; i++) {
        const sg_path_pattern *path = &clause->pattern.paths[i];

        if (path->shortest != SG_NOT_SHORTEST || path->slot != SG_NO_SLOT)
            return false;
        for (uint32_t k = 0; k <= path->length; k++) {
            if (path->nodes[k].bound && !own[path->nodes[k].slot])
                keys[path->nodes[k].slot] = true;
            if (k < path->length && path->rels[k].bound)
                return false;
            if (!sg_expr_names_only(path->nodes[k].properties, own) ||
                (k < path->length && !sg_expr_names_only(path->rels[k].properties, own)))
                return false;
        }
    }
    return true;
}

static uint32_t *list_slots(const builder *b, const bool *set, uint32_t *count_out)
{
    uint32_t *slots =
        sg_arena_alloc(b->query->arena, ((size_t) b->query->slot_count + 1) * sizeof *slots);

    *count_out = 0;
    for (uint32_t slot = 0; slot < b->query->slot_count; slot++) {
        if (set[slot])
            slots[(*count_out)++] = slot;
    }
    return slots;
}

/* Plans a MATCH as Memo if its rows depend on fewer slots than are known; false if it does not
 * pay. */
static bool plan_memo(builder *b, const sg_clause *clause, const sg_clause *before, bool as_set,
                      bool *exact_out)
{
    sg_query *query = b->query;
    size_t room = (size_t) query->slot_count + 1;
    bool *own = sg_arena_calloc(query->arena, room, sizeof *own);
    bool *keys = sg_arena_calloc(query->arena, room, sizeof *keys);
    bool *kept = sg_arena_calloc(query->arena, room, sizeof *kept);
    split s = { query, sg_arena_calloc(query->arena, room, sizeof(bool)), NULL, NULL };
    uint32_t *slots;
    uint32_t *key_slots;
    uint32_t count;
    uint32_t key_count;
    bool others = false;

    if (!b->reads || before == NULL || query->writes)
        return false;
    count = sg_pattern_new_slots(query, &clause->pattern, &slots);
    for (uint32_t i = 0; i < count; i++)
        own[slots[i]] = true;
    if (!collect_keys(clause, own, keys))
        return false;
    if (clause->where != NULL)
        add_type_keys(keys, clause->where);
    key_slots = list_slots(b, keys, &key_count);
    for (uint32_t i = 0; i < before->live_count; i++)
        others = others || (!keys[before->live[i]] && query->uses[before->live[i]] > 0);
    if (key_count == 0 || !others)
        return false;
    for (uint32_t i = 0; i < query->slot_count; i++)
        s.inner[i] = own[i] || keys[i];
    if (clause->where != NULL)
        split_where(&s, clause->where);
    sg_operator *sub = sg_plan_pattern(query, sg_op_argument(query), &clause->pattern, s.inside,
                                       as_set, exact_out);

    for (uint32_t i = 0; i < count; i++)
        kept[slots[i]] = query->uses[slots[i]] > 0;
    slots = list_slots(b, kept, &count);
    b->op = sg_op_memo(query, b->op, sub, key_slots, key_count, slots, count);
    if (s.outside != NULL) {
        sg_plan_expr(query, s.outside);
        b->op = sg_op_filter(query, b->op, s.outside);
    }
    return true;
}

static void plan_match(builder *b, const sg_single_query *single, uint32_t i)
{
    const sg_clause *clause = &single->clauses[i];
    bool as_set = goes_into_set(single, i);
    sg_edge_aggregate edges;
    bool exact = true;
    uint32_t *slots;
    uint32_t count;

    if (!b->bare && i == 0 && single->count > 1 &&
        sg_plan_edge_aggregate(b->query, clause, &single->clauses[1], &edges)) {
        sg_edge_aggregate *kept = sg_arena_alloc(b->query->arena, sizeof *kept);

        *kept = edges;
        b->edges = kept;
        return;
    }
    if (clause->optional) {
        count = sg_pattern_new_slots(b->query, &clause->pattern, &slots);
        b->op = sg_op_optional(b->query, b->op,
                               sg_plan_pattern(b->query, sg_op_argument(b->query), &clause->pattern,
                                               clause->where, as_set, NULL),
                               slots, count);
        b->unique = NULL;
    } else {
        if (b->bare)
            b->op = sg_plan_pattern(b->query, b->op, &clause->pattern, clause->where, false, NULL);
        else if (!plan_memo(b, clause, i > 0 ? &single->clauses[i - 1] : NULL, as_set, &exact))
            b->op =
                sg_plan_pattern(b->query, b->op, &clause->pattern, clause->where, as_set, &exact);
        note_match(b, clause, exact);
    }
    b->reads = true;
}

static void plan_write(builder *b, const sg_clause *clause, const sg_clause *before)
{
    bool creates = clause->kind == SG_CLAUSE_CREATE;

    if (b->reads || (b->wrote && !(creates && b->last_write == SG_CLAUSE_CREATE)))
        add_eager(b, before);
    for (uint32_t i = 0; i < clause->set_count; i++) {
        sg_plan_expr(b->query, clause->sets[i].target);
        sg_plan_expr(b->query, clause->sets[i].value);
    }
    for (uint32_t i = 0; i < clause->item_count; i++)
        sg_plan_expr(b->query, clause->items[i].expr);
    plan_pattern_properties(b->query, &clause->pattern);
    b->unique = NULL;
    switch ((sg_clause_kind) clause->kind) {
    case SG_CLAUSE_CREATE:
        b->op = sg_op_create(b->query, b->op, &clause->pattern);
        break;
    case SG_CLAUSE_MERGE:
        b->op = sg_op_merge(b->query, b->op,
                            sg_plan_pattern(b->query, sg_op_argument(b->query), &clause->pattern,
                                            NULL, false, NULL),
                            clause);
        break;
    case SG_CLAUSE_DELETE:
        b->op = sg_op_delete(b->query, b->op, clause);
        break;
    default:
        b->op = sg_op_set(b->query, b->op, clause);
        break;
    }
    b->wrote = true;
    b->last_write = clause->kind;
}

static void plan_clause(builder *b, const sg_single_query *single, uint32_t i)
{
    const sg_clause *clause = &single->clauses[i];
    const sg_clause *before = i > 0 ? &single->clauses[i - 1] : NULL;
    bool writes = clause->kind >= SG_CLAUSE_CREATE && clause->kind <= SG_CLAUSE_DELETE;

    b->clause = i;
    if (b->wrote && !writes)
        add_eager(b, before);
    switch ((sg_clause_kind) clause->kind) {
    case SG_CLAUSE_MATCH:
        plan_match(b, single, i);
        break;
    case SG_CLAUSE_UNWIND:
        sg_plan_expr(b->query, clause->items[0].expr);
        b->unique = NULL;
        b->op = sg_op_unwind(b->query, b->op, clause->items[0].expr, clause->items[0].slot);
        break;
    case SG_CLAUSE_WITH:
    case SG_CLAUSE_RETURN:
        plan_projection(b, clause, before);
        break;
    case SG_CLAUSE_CALL:
        for (uint32_t k = 0; k < clause->argument_count; k++)
            sg_plan_expr(b->query, clause->arguments[k]);
        b->unique = NULL;
        b->op = sg_op_call(b->query, b->op, clause);
        b->reads = true;
        if (clause->where != NULL) {
            sg_plan_expr(b->query, clause->where);
            b->op = sg_op_filter(b->query, b->op, clause->where);
        }
        break;
    default:
        plan_write(b, clause, before);
        break;
    }
}

static sg_operator *plan_single(sg_query *query, const sg_single_query *single, bool top)
{
    builder b = { .query = query, .op = sg_op_argument(query), .top = top, .single = single };

    b.unique = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof(bool));
    for (uint32_t i = 0; i < single->count; i++)
        plan_clause(&b, single, i);
    return b.op;
}

/* Puts the columns of a later part of a UNION where those of the first part are. */
static sg_operator *align_columns(sg_query *query, sg_operator *op, const sg_single_query *part,
                                  const sg_single_query *first)
{
    sg_projected *items =
        sg_arena_calloc(query->arena, (size_t) first->column_count + 1, sizeof *items);

    for (uint32_t i = 0; i < first->column_count; i++) {
        sg_expr *expr = sg_arena_calloc(query->arena, 1, sizeof *expr);

        expr->kind = SG_EX_VARIABLE;
        expr->name = first->columns[i];
        for (uint32_t k = 0; k < part->column_count; k++) {
            if (sg_name_same(part->columns[k], first->columns[i]))
                expr->slot = part->column_slots[k];
        }
        items[i].expr = expr;
        items[i].slot = first->column_slots[i];
    }
    return sg_op_project(query, op, items, first->column_count);
}

static sg_operator *plan_parts(sg_query *query, const sg_query_ast *ast, bool top)
{
    const sg_single_query *first = &ast->parts[0];
    sg_operator *op = plan_single(query, first, top);

    for (uint32_t i = 1; i < ast->count; i++) {
        sg_operator *next = plan_single(query, &ast->parts[i], top);

        op = sg_op_union(query, op, align_columns(query, next, &ast->parts[i], first));
    }
    if (ast->count > 1 && !ast->parts[1].union_all)
        op = sg_op_distinct(query, op, first->column_slots, first->column_count);
    return op;
}

sg_operator *sg_plan_subquery(sg_query *query, sg_query_ast *ast)
{
    return plan_parts(query, ast, false);
}

sg_operator *sg_plan_query(sg_query *query, sg_query_ast *ast)
{
    sg_count_uses(query, ast);
    return plan_parts(query, ast, true);
}
