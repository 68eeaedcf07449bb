/* Fusing: from the operators below an aggregation to steps over handles. Whatever has no step
 * leaves the plan as it is. */

#include "fused.h"

#include <string.h>

/* A larger range of codes is not worth an array. */
#define LARGEST_DOMAIN ((size_t) 1 << 26)
#define LARGEST_COLUMN ((size_t) 1 << 20)

/* ---- atoms ---- */

typedef struct dependence {
    const uint8_t *kinds;
    atom *atoms; /* MOST_ATOMS */
    uint32_t atom_count;
    uint32_t *slots;
    uint32_t slot_count;
    bool failed;
} dependence;

static void depend_on(dependence *d, atom_kind kind, uint32_t slot, sg_symbol key)
{
    bool seen = false;

    for (uint32_t i = 0; i < d->slot_count; i++)
        seen = seen || d->slots[i] == slot;
    if (!seen && d->slot_count < MOST_ATOMS)
        d->slots[d->slot_count++] = slot;
    else if (!seen)
        d->failed = true;
    for (uint32_t i = 0; i < d->atom_count; i++)
        if (d->atoms[i].slot == slot && d->atoms[i].kind == kind && d->atoms[i].key == key)
            return;
    if (d->atom_count == MOST_ATOMS) {
        d->failed = true;
        return;
    }
    d->atoms[d->atom_count].kind = (uint8_t) kind;
    d->atoms[d->atom_count].slot = slot;
    d->atoms[d->atom_count++].key = key;
}

static bool is_type_call(const sg_expr *expr)
{
    return expr->kind == SG_EX_FUNCTION && sg_name_is(expr->name, "type") && expr->count == 1 &&
           expr->child[0]->kind == SG_EX_VARIABLE;
}

static void collect(dependence *d, const sg_expr *expr)
{
    uint8_t kind;

    if (expr == NULL || d->failed)
        return;
    if (expr->pattern != NULL || expr->query != NULL || expr->kind == SG_EX_AGGREGATE ||
        expr->kind == SG_EX_COUNT_STAR || (expr->function != NULL && expr->function->is_volatile)) {
        d->failed = true;
        return;
    }
    if (expr->kind == SG_EX_VARIABLE) {
        kind = d->kinds[expr->slot];
        if (kind != SLOT_OUTER)
            depend_on(d, kind == SLOT_TYPE ? ATOM_TYPE : ATOM_ENTITY, expr->slot, SG_NO_SYMBOL);
        return;
    }
    if (is_type_call(expr) && d->kinds[expr->child[0]->slot] == SLOT_REL) {
        depend_on(d, ATOM_TYPE, expr->child[0]->slot, SG_NO_SYMBOL);
        return;
    }
    if (expr->kind == SG_EX_PROPERTY && expr->child[0]->kind == SG_EX_VARIABLE &&
        d->kinds[expr->child[0]->slot] == SLOT_REL) {
        depend_on(d, ATOM_COLUMN, expr->child[0]->slot, expr->symbol);
        return;
    }
    for (uint32_t i = 0; i < expr->count; i++)
        collect(d, expr->child[i]);
}

/* Where a relationship itself counts, its columns add nothing. */
static void drop_covered(dependence *d)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < d->atom_count; i++) {
        bool covered = false;

        for (uint32_t k = 0; k < d->atom_count && d->atoms[i].kind != ATOM_ENTITY; k++)
            covered = covered ||
                      (d->atoms[k].slot == d->atoms[i].slot && d->atoms[k].kind == ATOM_ENTITY);
        if (!covered)
            d->atoms[kept++] = d->atoms[i];
    }
    d->atom_count = kept;
}

static dependence depends(const fused_op *f, sg_query *query, sg_expr *const *exprs, uint32_t count)
{
    dependence d = { .kinds = f->kinds };

    d.atoms = sg_arena_calloc(query->arena, MOST_ATOMS, sizeof *d.atoms);
    d.slots = sg_arena_calloc(query->arena, MOST_ATOMS, sizeof *d.slots);
    for (uint32_t i = 0; i < count; i++)
        collect(&d, exprs[i]);
    drop_covered(&d);
    return d;
}

static bool add_columns(atom *a, const sg_graph *graph)
{
    size_t types = sg_graph_symbol_count(graph, SG_REL_TYPE);

    a->domain = 0;
    if (types > MOST_TYPES)
        return false;
    for (sg_symbol type = 0; type < types; type++) {
        sg_column *column = &a->columns[type];
        size_t codes;

        if (!sg_graph_type_column(graph, type, a->key, column) || column->form == SG_COLUMN_OTHER)
            return false;
        codes = column->form == SG_COLUMN_ENTRIES  ? column->entry_count
                : column->form == SG_COLUMN_ABSENT ? 0
                : column->width <= 2               ? (size_t) 1 << (8 * column->width)
                                                   : LARGEST_COLUMN;
        a->first_code[type] = (uint32_t) a->domain;
        a->domain += codes + 1;
        if (a->domain > LARGEST_COLUMN)
            return false;
    }
    return true;
}

void atom_prepare(const fused_op *f, atom *a, const sg_graph *graph)
{
    if (a->kind == ATOM_COLUMN && !add_columns(a, graph))
        a->kind = ATOM_ENTITY; /* a relationship has one value of a property */
    if (a->kind == ATOM_TYPE)
        a->domain = sg_graph_symbol_count(graph, SG_REL_TYPE);
    else if (a->kind == ATOM_ENTITY)
        a->domain =
            f->kinds[a->slot] == SLOT_NODE ? sg_graph_node_limit(graph) : sg_graph_rel_limit(graph);
}

uint32_t fused_type_in(const fused_op *f, uint32_t slot)
{
    return f->kinds[slot] == SLOT_TYPE ? f->row[slot] : f->rel_types[slot];
}

uint32_t atom_code(const fused_op *f, const atom *a)
{
    const sg_column *column;
    uint32_t type, row;

    if (a->kind == ATOM_ENTITY)
        return f->row[a->slot];
    type = fused_type_in(f, a->slot);
    if (a->kind == ATOM_TYPE)
        return type;
    column = &a->columns[type];
    row = f->row[a->slot] - column->first;
    if (column->form == SG_COLUMN_ABSENT || row >= column->rows || !sg_column_has(column, row))
        return a->first_code[type];
    return a->first_code[type] + 1 + (uint32_t) sg_column_code(column, row);
}

void fused_load(const fused_op *f, sg_exec *x, const uint32_t *slots, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t slot = slots[i];

        if (f->kinds[slot] == SLOT_NODE)
            x->row[slot] = sg_value_node(f->row[slot]);
        else if (f->kinds[slot] == SLOT_REL)
            x->row[slot] = sg_value_relationship(f->row[slot]);
        else if (f->kinds[slot] == SLOT_TYPE)
            x->row[slot] = sg_value_text(sg_graph_symbol_name(x->graph, SG_REL_TYPE, f->row[slot]));
    }
}

/* ---- tests ---- */

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Leaves the codes of a type that hold in a comparison; those of another type of value never do. */
static void narrow(fused_test *test, uint32_t type, uint8_t comparison, sg_value value)
{
    uint64_t below, upto;

    if (!sg_column_bounds(&test->atom.columns[type], value, &below, &upto)) {
        test->high[type] = 0;
        return;
    }
    if (comparison == SG_EX_GREATER || comparison == SG_EX_GREATER_EQUAL ||
        comparison == SG_EX_EQUAL)
        test->low[type] = larger(test->low[type], comparison == SG_EX_GREATER ? upto : below);
    if (comparison == SG_EX_LESS || comparison == SG_EX_LESS_EQUAL || comparison == SG_EX_EQUAL)
        test->high[type] = smaller(test->high[type], comparison == SG_EX_LESS ? below : upto);
}

/* a.x < constant, or the other way round: what is compared, and how. */
static bool comparison_with_constant(const sg_expr *expr, const sg_expr **constant_out,
                                     uint8_t *comparison_out)
{
    static const uint8_t reversed[][2] = { { SG_EX_EQUAL, SG_EX_EQUAL },
                                           { SG_EX_LESS, SG_EX_GREATER },
                                           { SG_EX_GREATER, SG_EX_LESS },
                                           { SG_EX_LESS_EQUAL, SG_EX_GREATER_EQUAL },
                                           { SG_EX_GREATER_EQUAL, SG_EX_LESS_EQUAL } };

    for (size_t i = 0; expr->count == 2 && i < sizeof reversed / sizeof reversed[0]; i++)
        for (int side = 0; side < 2; side++) {
            const sg_expr *constant = expr->child[1 - side];

            if (expr->kind != reversed[i][0] || expr->child[side]->kind != SG_EX_PROPERTY ||
                (constant->kind != SG_EX_LITERAL && constant->kind != SG_EX_PARAMETER))
                continue;
            *constant_out = constant;
            *comparison_out = reversed[i][side];
            return true;
        }
    return false;
}

/* Codes are in the order of values, so most comparisons with a constant are a range of them. Not
 * with numbers that are none (NaN), which are in no order. */
static sg_status find_range(fused_op *f, sg_exec *x, fused_test *test)
{
    sg_symbol types = (sg_symbol) sg_graph_symbol_count(x->graph, SG_REL_TYPE);

    test->ranged = false;
    if (test->atom.kind != ATOM_COLUMN)
        return SG_OK;
    for (sg_symbol type = 0; type < types; type++) {
        const sg_column *column = &test->atom.columns[type];

        if (column->form != SG_COLUMN_ABSENT && column->type == SG_FLOAT)
            return SG_OK;
        test->low[type] = 0;
        test->high[type] = column->form == SG_COLUMN_ABSENT ? 0 : UINT64_MAX;
    }
    for (uint32_t i = 0; i < test->expr_count; i++) {
        const sg_expr *constant;
        uint8_t comparison;
        sg_value value;

        if (!comparison_with_constant(test->exprs[i], &constant, &comparison))
            return SG_OK;
        if (sg_eval(x, constant, sg_scratch_reset(&f->base), &value) != SG_OK)
            return SG_ERR_QUERY;
        if (value.type == SG_FLOAT)
            return SG_OK;
        for (sg_symbol type = 0; type < types; type++)
            narrow(test, type, comparison, value);
    }
    test->ranged = true;
    return SG_OK;
}

static number_memo *memo_of(fused_op *f, sg_symbol key)
{
    for (uint32_t i = 0; i < f->memo_count; i++)
        if (f->memos[i].key == key)
            return &f->memos[i];
    f->memos[f->memo_count].key = key;
    return &f->memos[f->memo_count++];
}

static bool is_node_property(const fused_op *f, const sg_expr *expr)
{
    return expr->kind == SG_EX_PROPERTY && expr->child[0]->kind == SG_EX_VARIABLE &&
           f->kinds[expr->child[0]->slot] == SLOT_NODE && expr->symbol != SG_NO_SYMBOL;
}

/* The slot whose type an expression is: type(r), or a column that was made of it. */
static bool is_type_of(const fused_op *f, const sg_expr *expr, uint32_t *slot_out)
{
    const sg_expr *variable = is_type_call(expr) ? expr->child[0] : expr;

    *slot_out = variable->kind == SG_EX_VARIABLE ? variable->slot : SG_NO_SLOT;
    if (*slot_out == SG_NO_SLOT)
        return false;
    return f->kinds[*slot_out] == (is_type_call(expr) ? SLOT_REL : SLOT_TYPE);
}

static bool make_pair_test(fused_op *f, const sg_expr *expr, fused_test *test)
{
    bool equality = expr->kind == SG_EX_EQUAL || expr->kind == SG_EX_NOT_EQUAL;

    if (expr->kind < SG_EX_EQUAL || expr->kind > SG_EX_GREATER_EQUAL || expr->count != 2)
        return false;
    test->comparison = expr->kind;
    if (is_node_property(f, expr->child[0]) && is_node_property(f, expr->child[1]) &&
        f->memo_count + 2 <= MOST_MEMOS) {
        test->kind = TEST_NUMBERS;
        test->left = expr->child[0]->child[0]->slot;
        test->right = expr->child[1]->child[0]->slot;
        test->left_memo = memo_of(f, expr->child[0]->symbol);
        test->right_memo = memo_of(f, expr->child[1]->symbol);
        return true;
    }
    if (equality && is_type_of(f, expr->child[0], &test->left) &&
        is_type_of(f, expr->child[1], &test->right)) {
        test->kind = TEST_TYPES;
        return true;
    }
    return false;
}

static bool make_test(fused_op *f, sg_query *query, sg_expr *expr, fused_test *test)
{
    dependence d = depends(f, query, &expr, 1);

    if (d.failed)
        return false;
    test->exprs[0] = expr;
    test->expr_count = 1;
    test->slots = d.slots;
    test->slot_count = d.slot_count;
    test->kind = TEST_ANY;
    if (d.atom_count == 1) {
        test->kind = TEST_REMEMBERED;
        test->atom = d.atoms[0];
    } else {
        (void) make_pair_test(f, expr, test);
    }
    return true;
}

/* A test of the same atom as the one before it: both are answered at once. */
static bool join_tests(fused_step *before, const fused_step *step)
{
    fused_test *test = &before->test;

    if (before->kind != STEP_TEST || step->kind != STEP_TEST || test->kind != TEST_REMEMBERED ||
        step->test.kind != TEST_REMEMBERED || test->expr_count == MOST_JOINED ||
        test->atom.kind != step->test.atom.kind || test->atom.slot != step->test.atom.slot ||
        test->atom.key != step->test.atom.key)
        return false;
    test->exprs[test->expr_count++] = step->test.exprs[0];
    return true;
}

/* ---- steps ---- */

static bool make_expand(fused_op *f, const sg_hop *hop, fused_step *step)
{
    if (hop->no_type || f->kinds[hop->from] != SLOT_NODE)
        return false;
    step->kind = hop->into ? STEP_INTO : STEP_EXPAND;
    step->hop = hop;
    if (hop->into && f->kinds[hop->to] != SLOT_NODE)
        return false;
    for (uint32_t i = 0; i < hop->other_count; i++)
        if (f->kinds[hop->others[i]] != SLOT_REL)
            return false;
    if (!hop->into)
        f->kinds[hop->to] = SLOT_NODE;
    f->kinds[hop->rel] = SLOT_REL;
    return true;
}

/* The relationships of a variable length must not be asked for; fuse() looks after that, because
 * their slot gets no kind. */
static bool make_reach(fused_op *f, const sg_hop *hop, fused_step *step)
{
    if (hop->no_type || hop->into || hop->properties != NULL || hop->other_count > 0 ||
        hop->min > 1 || hop->max < 1 || f->kinds[hop->from] != SLOT_NODE)
        return false;
    step->kind = STEP_REACH;
    step->hop = hop;
    f->kinds[hop->to] = SLOT_NODE;
    return true;
}

static bool make_copy(fused_op *f, sg_query *query, const sg_projected *items, uint32_t count,
                      fused_step *step)
{
    step->kind = STEP_COPY;
    step->from = sg_arena_calloc(query->arena, (size_t) count + 1, sizeof *step->from);
    step->to = sg_arena_calloc(query->arena, (size_t) count + 1, sizeof *step->to);
    for (uint32_t i = 0; i < count; i++) {
        const sg_expr *expr = items[i].expr;
        uint8_t kind;

        if (is_type_call(expr) && f->kinds[expr->child[0]->slot] == SLOT_REL) {
            kind = SLOT_TYPE;
            expr = expr->child[0];
        } else if (expr->kind == SG_EX_VARIABLE && f->kinds[expr->slot] != SLOT_OUTER) {
            kind = f->kinds[expr->slot];
        } else {
            return false;
        }
        step->from[i] = expr->slot;
        step->to[i] = items[i].slot;
        f->kinds[items[i].slot] = kind;
    }
    step->copy_count = count;
    return true;
}

static bool make_distinct(fused_op *f, const uint32_t *slots, uint32_t count, fused_step *step)
{
    step->kind = STEP_DISTINCT;
    step->slots = slots;
    step->slot_count = count;
    for (uint32_t i = 0; i < count; i++)
        if (f->kinds[slots[i]] == SLOT_OUTER)
            return false;
    return count > 0;
}

static bool make_step(fused_op *f, sg_query *query, const sg_operator *op, fused_step *step)
{
    const sg_projected *items;
    const uint32_t *slots;
    const sg_hop *hop;
    sg_expr *expr;
    uint32_t count;

    if (sg_op_scan_shape(op, &step->slot, &step->label)) {
        step->kind = STEP_SCAN;
        f->kinds[step->slot] = SLOT_NODE;
        return true;
    }
    if (sg_op_lookup_shape(op, &step->slot, &step->label, &step->key, &step->value)) {
        dependence d = depends(f, query, &step->value, 1);

        step->kind = STEP_LOOKUP;
        f->kinds[step->slot] = SLOT_NODE;
        return !d.failed && d.atom_count == 0;
    }
    if ((expr = sg_op_filter_shape(op)) != NULL) {
        step->kind = STEP_TEST;
        return make_test(f, query, expr, &step->test);
    }
    if ((hop = sg_op_expand_shape(op)) != NULL)
        return make_expand(f, hop, step);
    if ((hop = sg_op_var_expand_shape(op)) != NULL)
        return make_reach(f, hop, step);
    if (sg_op_project_shape(op, &items, &count))
        return make_copy(f, query, items, count, step);
    if (sg_op_distinct_shape(op, &slots, &count))
        return make_distinct(f, slots, count, step);
    return false;
}

static bool make_steps(fused_op *f, sg_query *query, const sg_operator *last)
{
    const sg_operator *op = last;
    uint32_t count = 0;

    for (; op != NULL && !sg_op_is_argument(op); op = op->input)
        count++;
    if (op == NULL || count == 0)
        return false;
    f->steps = sg_arena_calloc(query->arena, count, sizeof *f->steps);
    for (uint32_t i = 0; i < count; i++) {
        fused_step *step = &f->steps[f->step_count];

        memset(step, 0, sizeof *step);
        op = last;
        for (uint32_t k = count - 1; k > i; k--)
            op = op->input;
        if (!make_step(f, query, op, step))
            return false;
        if (f->step_count == 0 || !join_tests(step - 1, step))
            f->step_count++;
    }
    return true;
}

/* ---- what may be left out ---- */

/* From step `at` on every row counts once however often it comes. */
static bool repeats_do_not_count(const fused_op *f, uint32_t at)
{
    for (; at < f->step_count; at++)
        if (f->steps[at].kind == STEP_DISTINCT)
            return true;
    for (uint32_t i = 0; i < f->sum_count; i++)
        if (f->sums[i].expr->kind == SG_EX_COUNT_STAR || !f->sums[i].expr->distinct)
            return false;
    return f->sum_count > 0;
}

static bool test_reads(const fused_test *test, uint32_t slot)
{
    for (uint32_t i = 0; i < test->slot_count; i++)
        if (test->slots[i] == slot)
            return true;
    return false;
}

/* Whether a slot holds the type of the relationship in another slot. */
static bool is_type_copy(const fused_op *f, uint32_t slot, uint32_t rel)
{
    for (uint32_t i = 0; i < f->step_count; i++)
        for (uint32_t k = 0; f->steps[i].kind == STEP_COPY && k < f->steps[i].copy_count; k++)
            if (f->steps[i].to[k] == slot && f->steps[i].from[k] == rel &&
                f->kinds[slot] == SLOT_TYPE)
                return true;
    return false;
}

static bool has_slot(const fused_step *distinct, uint32_t slot)
{
    for (uint32_t s = 0; s < distinct->slot_count; s++)
        if (distinct->slots[s] == slot)
            return true;
    return false;
}

/* Whether a DISTINCT keeps apart what an expansion adds to equal rows: the new node, and the type
 * of the relationship, which is `typed_out` among what must differ or the same for all. */
static bool keeps_apart(const fused_op *f, const fused_step *distinct, const sg_hop *hop,
                        bool *typed_out)
{
    *typed_out = false;
    for (uint32_t s = 0; s < distinct->slot_count; s++) {
        if (f->kinds[distinct->slots[s]] == SLOT_REL)
            return false;
        *typed_out = *typed_out || is_type_copy(f, distinct->slots[s], hop->rel);
    }
    return has_slot(distinct, hop->to) && (*typed_out || hop->type_count == 1);
}

/* Whether equal rows come one after the other at a DISTINCT: rows were different before one
 * expansion, whose neighbours are sorted, and the new node is among what must differ. */
static void find_order(fused_op *f)
{
    uint32_t unique[16], unique_count = 0, expanded = UINT32_MAX;
    bool known = true;

    for (uint32_t i = 0; i < f->step_count; i++) {
        fused_step *step = &f->steps[i];
        bool all = true, typed;

        switch ((step_kind) step->kind) {
        case STEP_SCAN:
        case STEP_LOOKUP:
            known = known && expanded == UINT32_MAX && unique_count < 15;
            if (known)
                unique[unique_count++] = step->slot;
            break;
        case STEP_EXPAND:
            known = known && expanded == UINT32_MAX && step->hop->direction != SG_BOTH;
            expanded = i;
            break;
        case STEP_INTO:
        case STEP_REACH:
            known = false;
            break;
        case STEP_DISTINCT:
            for (uint32_t u = 0; known && u < unique_count; u++)
                all = all && has_slot(step, unique[u]);
            if (known && expanded != UINT32_MAX) {
                all = keeps_apart(f, step, f->steps[expanded].hop, &typed) && all;
                if (all && !typed)
                    f->steps[expanded].once = true;
            }
            step->in_order = known && all;
            known = step->slot_count < 15;
            unique_count = 0;
            expanded = UINT32_MAX;
            for (uint32_t s = 0; known && s < step->slot_count; s++)
                unique[unique_count++] = step->slots[s];
            break;
        default:
            break;
        }
    }
}

/* Whether a test looks at nothing but the node or relationship of an expansion. */
static bool is_own_test(const fused_step *test, const sg_hop *hop)
{
    const atom *a = &test->test.atom;

    if (test->kind != STEP_TEST || test->test.kind != TEST_REMEMBERED)
        return false;
    return a->slot == hop->to || (a->slot == hop->rel && a->kind == ATOM_COLUMN);
}

/* Such tests are done while the list of neighbours is made; where nothing else asks for the
 * relationship before the duplicates fall, parallel ones are left out of it. */
static void find_own_tests(fused_op *f)
{
    for (uint32_t i = 0; i < f->step_count; i++) {
        fused_step *step = &f->steps[i];
        uint32_t k = i + 1;

        if (step->kind != STEP_EXPAND)
            continue;
        for (; k < f->step_count && is_own_test(&f->steps[k], step->hop); k++)
            if (f->steps[k].test.atom.slot == step->hop->rel)
                step->once = false;
        step->own_tests = k - i - 1;
        for (; step->once && k < f->step_count && f->steps[k].kind != STEP_DISTINCT; k++)
            if (f->steps[k].kind != STEP_TEST || test_reads(&f->steps[k].test, step->hop->rel))
                step->once = false;
    }
}

/* ---- groups ---- */

static bool make_groups(fused_op *f, sg_query *query)
{
    sg_expr **exprs = sg_arena_calloc(query->arena, (size_t) f->key_count + 1, sizeof *exprs);
    dependence d;

    for (uint32_t i = 0; i < f->key_count; i++)
        exprs[i] = f->keys[i].expr;
    d = depends(f, query, exprs, f->key_count);
    f->key_atoms.atoms = d.atoms;
    f->key_atoms.count = d.atom_count;
    f->key_slots = d.slots;
    f->key_slot_count = d.slot_count;
    for (uint32_t i = 0; !d.failed && i < f->sum_count; i++) {
        fused_sum *sum = &f->sums[i];
        dependence of = depends(f, query, sum->expr->child, sum->expr->count);

        if (of.failed)
            return false;
        sum->slots = of.slots;
        sum->slot_count = of.slot_count;
        sum->by_code = sum->expr->kind == SG_EX_COUNT_STAR ||
                       (sum->expr->aggregate == SG_AGG_COUNT && of.atom_count == 1);
        if (of.atom_count == 1)
            sum->atom = of.atoms[0];
    }
    return !d.failed;
}

static bool reach_is_enough(const fused_op *f)
{
    for (uint32_t i = 0; i < f->step_count; i++)
        if (f->steps[i].kind == STEP_REACH && !repeats_do_not_count(f, i))
            return false;
    return true;
}

/* A slot that is no handle here (the list of a variable length) must not be read by anyone. */
static bool reads_slot(const sg_expr *expr, uint32_t slot)
{
    if (expr == NULL)
        return false;
    if (expr->kind == SG_EX_VARIABLE && expr->slot == slot)
        return true;
    for (uint32_t i = 0; i < expr->count; i++)
        if (reads_slot(expr->child[i], slot))
            return true;
    return false;
}

static bool lists_are_unread(const fused_op *f)
{
    for (uint32_t i = 0; i < f->step_count; i++) {
        uint32_t slot;

        if (f->steps[i].kind != STEP_REACH)
            continue;
        slot = f->steps[i].hop->rel;
        for (uint32_t k = 0; k < f->step_count; k++) {
            const fused_step *step = &f->steps[k];

            for (uint32_t e = 0; e < step->test.expr_count; e++)
                if (reads_slot(step->test.exprs[e], slot))
                    return false;
            for (uint32_t o = 0; step->hop != NULL && o < step->hop->other_count; o++)
                if (step->hop->others[o] == slot)
                    return false;
        }
        for (uint32_t k = 0; k < f->key_count; k++)
            if (reads_slot(f->keys[k].expr, slot))
                return false;
        for (uint32_t k = 0; k < f->sum_count; k++)
            if (reads_slot(f->sums[k].expr, slot))
                return false;
    }
    return true;
}

/* ---- the operator ---- */

static bool can_run(const fused_op *f, const sg_exec *x)
{
    return !x->has_deleted && !x->query->writes && sg_graph_rel_limit(x->graph) < LARGEST_DOMAIN &&
           sg_graph_node_limit(x->graph) < LARGEST_DOMAIN && f->step_count > 0;
}

static sg_status fused_open(sg_operator *op, sg_exec *x)
{
    fused_op *f = (fused_op *) op;

    f->filled = false;
    f->at = 0;
    if (!can_run(f, x))
        return sg_operator_open(f->plain, x);
    fused_steps_reset(f);
    fused_groups_reset(f);
    for (uint32_t i = 0; i < f->step_count; i++)
        if (f->steps[i].kind == STEP_TEST && f->steps[i].test.kind == TEST_REMEMBERED) {
            atom_prepare(f, &f->steps[i].test.atom, x->graph);
            if (find_range(f, x, &f->steps[i].test) != SG_OK)
                return SG_ERR_QUERY;
        }
    for (uint32_t i = 0; i < f->key_atoms.count; i++)
        atom_prepare(f, &f->key_atoms.atoms[i], x->graph);
    for (uint32_t i = 0; i < f->sum_count; i++)
        if (f->sums[i].by_code && f->sums[i].expr->kind != SG_EX_COUNT_STAR)
            atom_prepare(f, &f->sums[i].atom, x->graph);
    return SG_OK;
}

static sg_step fused_next(sg_operator *op, sg_exec *x)
{
    fused_op *f = (fused_op *) op;

    if (!can_run(f, x))
        return sg_operator_next(f->plain, x);
    if (!f->filled) {
        uint32_t group;

        if (fused_run(f, x) != SG_OK)
            return SG_STEP_FAIL;
        if (f->group_count == 0 && f->key_count == 0 && fused_add_group(f, x, &group) != SG_OK)
            return SG_STEP_FAIL;
        f->filled = true;
    }
    if (f->at >= f->group_count)
        return SG_STEP_END;
    return fused_finish_group(f, x, f->at++) == SG_OK ? SG_STEP_ROW : SG_STEP_FAIL;
}

static void fused_close(sg_operator *op)
{
    fused_op *f = (fused_op *) op;

    fused_steps_clear(f);
    fused_groups_clear(f);
}

static void fused_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const fused_op *f = (const fused_op *) op;

    f->plain->class->describe(f->plain, query, out);
}

static const sg_operator_class fused_class = { "FusedAggregate", fused_open, fused_next,
                                               fused_close, fused_describe };

sg_operator *sg_op_fused(sg_query *query, sg_operator *plain, sg_operator *bare,
                         const sg_projected *keys, uint32_t key_count, sg_expr **aggregates,
                         uint32_t aggregate_count)
{
    fused_op *f = sg_operator_new(query, &fused_class, bare, sizeof *f);

    f->plain = plain;
    f->keys = keys;
    f->key_count = key_count;
    f->kinds = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof *f->kinds);
    f->row = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof *f->row);
    f->rel_types =
        sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof *f->rel_types);
    f->memos = sg_arena_calloc(query->arena, MOST_MEMOS, sizeof *f->memos);
    f->current = sg_arena_calloc(query->arena, (size_t) key_count + 1, sizeof *f->current);
    f->sums = sg_arena_calloc(query->arena, (size_t) aggregate_count + 1, sizeof *f->sums);
    f->sum_count = aggregate_count;
    for (uint32_t i = 0; i < aggregate_count; i++)
        f->sums[i].expr = aggregates[i];
    if (!make_steps(f, query, bare) || !make_groups(f, query) || !reach_is_enough(f) ||
        !lists_are_unread(f)) {
        f->step_count = 0;
        return plain;
    }
    find_order(f);
    find_own_tests(f);
    return &f->base;
}
