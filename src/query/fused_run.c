/* The steps of a fused aggregation, depth first: each step hands its row to the next. */

#include <stdlib.h>
#include <string.h>

#include "fused.h"

static sg_status run_from(fused_op *f, sg_exec *x, uint32_t at);

/* ---- tests ---- */

static sg_status evaluate(fused_op *f, sg_exec *x, const fused_test *test, bool *holds_out)
{
    sg_status status = SG_OK;

    fused_load(f, x, test->slots, test->slot_count);
    *holds_out = true;
    for (uint32_t i = 0; status == SG_OK && *holds_out && i < test->expr_count; i++)
        status = sg_eval_predicate(x, test->exprs[i], sg_scratch_reset(&f->base), holds_out);
    return status;
}

static bool is_in_range(const fused_op *f, const fused_test *test)
{
    uint32_t slot = test->atom.slot, type = fused_type_in(f, slot);
    const sg_column *column = &test->atom.columns[type];
    uint32_t row = f->row[slot] - column->first;
    uint64_t code;

    if (test->high[type] == 0 || row >= column->rows || !sg_column_has(column, row))
        return false;
    code = sg_column_code(column, row);
    return code >= test->low[type] && code < test->high[type];
}

static sg_status remembered(fused_op *f, sg_exec *x, fused_test *test, bool *holds_out)
{
    uint32_t code;
    sg_status status;

    if (test->ranged) {
        *holds_out = is_in_range(f, test);
        return SG_OK;
    }
    code = atom_code(f, &test->atom);
    if (test->answers == NULL)
        test->answers = sg_calloc(test->atom.domain + 1, 1);
    if (code < test->atom.domain && test->answers[code] != 0) {
        *holds_out = test->answers[code] == 2;
        return SG_OK;
    }
    status = evaluate(f, x, test, holds_out);
    if (code < test->atom.domain)
        test->answers[code] = *holds_out ? 2 : 1;
    return status;
}

static bool number_of(const sg_exec *x, number_memo *memo, uint32_t node, int64_t *out)
{
    if (memo->states == NULL) {
        size_t nodes = (size_t) sg_graph_node_limit(x->graph) + 1;

        memo->states = sg_calloc(nodes, 1);
        memo->values = sg_reallocarray(NULL, nodes, sizeof *memo->values);
    }
    if (memo->states[node] == 0) {
        sg_value value = sg_graph_node_property(x->graph, node, memo->key);

        memo->states[node] = value.type == SG_INTEGER ? 1 : 2;
        memo->values[node] = value.type == SG_INTEGER ? value.as.integer : 0;
    }
    *out = memo->values[node];
    return memo->states[node] == 1;
}

static sg_status holds(fused_op *f, sg_exec *x, fused_test *test, bool *holds_out)
{
    int64_t left, right;

    switch ((test_kind) test->kind) {
    case TEST_REMEMBERED:
        return remembered(f, x, test, holds_out);
    case TEST_NUMBERS:
        if (!number_of(x, test->left_memo, f->row[test->left], &left) ||
            !number_of(x, test->right_memo, f->row[test->right], &right))
            break;
        *holds_out = sg_compare_integers(test->comparison, left, right);
        return SG_OK;
    case TEST_TYPES:
        *holds_out = (fused_type_in(f, test->left) == fused_type_in(f, test->right)) ==
                     (test->comparison == SG_EX_EQUAL);
        return SG_OK;
    default:
        break;
    }
    return evaluate(f, x, test, holds_out);
}

/* ---- neighbours ---- */

static int compare_neighbours(const void *a, const void *b)
{
    const neighbour *x = a, *y = b;

    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->rel > y->rel) - (x->rel < y->rel);
}

static void add_neighbour(fused_step *step, uint32_t node, uint32_t rel, uint32_t type)
{
    SG_GROW(step->list, step->list_room, step->list_count + 1);
    step->list[step->list_count++] = (neighbour){ node, rel, type };
}

/* Where the overlay has a say: by the slow walk, then in the order of the arrays. */
static void list_slowly(fused_step *step, const sg_exec *x, uint32_t node, sg_direction direction,
                        sg_symbol type)
{
    size_t first = step->list_count;
    sg_adjacency it;

    sg_adjacency_init(&it, x->graph, node, direction, type);
    while (sg_adjacency_next(&it))
        add_neighbour(step, it.other, it.rel, type);
    if (step->list_count > first + 1)
        qsort(step->list + first, step->list_count - first, sizeof *step->list, compare_neighbours);
}

static void list_direction(fused_step *step, const sg_exec *x, uint32_t node,
                           sg_direction direction, sg_symbol type, bool without_loops)
{
    sg_span span;
    neighbour *out;

    if (!sg_graph_neighbours(x->graph, node, direction, type, &span)) {
        list_slowly(step, x, node, direction, type);
        return;
    }
    SG_GROW(step->list, step->list_room, step->list_count + span.count + 1);
    out = step->list + step->list_count;
    for (size_t i = 0; i < span.count; i++) {
        if (without_loops && span.nodes[i] == node)
            continue;
        out->node = span.nodes[i];
        out->rel = span.rels != NULL ? span.rels[i] : span.first_rel + (uint32_t) i;
        out->type = type;
        out++;
    }
    step->list_count = (size_t) (out - step->list);
}

void fused_list_type(fused_step *step, const sg_exec *x, uint32_t node, sg_direction direction,
                     sg_symbol type)
{
    sg_span span;

    if (direction != SG_BOTH) {
        list_direction(step, x, node, direction, type, false);
    } else if (sg_graph_neighbours(x->graph, node, SG_OUTGOING, type, &span)) {
        list_direction(step, x, node, SG_OUTGOING, type, false);
        list_direction(step, x, node, SG_INCOMING, type, true);
    } else {
        list_slowly(step, x, node, SG_BOTH, type);
    }
}

uint32_t fused_type_count(const sg_exec *x, const sg_hop *hop)
{
    return hop->type_count > 0 ? hop->type_count
                               : (uint32_t) sg_graph_symbol_count(x->graph, SG_REL_TYPE);
}

sg_symbol fused_type_at(const sg_hop *hop, uint32_t i)
{
    return hop->type_count > 0 ? hop->types[i] : i;
}

/* Keeps the neighbours that pass the tests of their own, and each node but once if wanted. */
static sg_status sieve(fused_op *f, sg_exec *x, fused_step *step)
{
    uint32_t to = step->hop->to, rel = step->hop->rel;
    size_t kept = 0;

    for (size_t i = 0; i < step->list_count; i++) {
        const neighbour *n = &step->list[i];
        bool passes = true;

        if (step->once && kept > 0 && step->list[kept - 1].node == n->node)
            continue;
        f->row[to] = n->node;
        f->row[rel] = n->rel;
        f->rel_types[rel] = n->type;
        for (uint32_t t = 1; passes && t <= step->own_tests; t++)
            if (remembered(f, x, &step[t].test, &passes) != SG_OK)
                return SG_ERR_QUERY;
        if (passes)
            step->list[kept++] = *n;
    }
    step->list_count = kept;
    return SG_OK;
}

static sg_status make_list(fused_op *f, sg_exec *x, fused_step *step, uint32_t node)
{
    const sg_hop *hop = step->hop;
    uint32_t types = fused_type_count(x, hop);

    if (step->list_of == node)
        return SG_OK;
    step->list_count = 0;
    for (uint32_t i = 0; i < types; i++)
        fused_list_type(step, x, node, hop->direction, fused_type_at(hop, i));
    step->list_of = node;
    return step->once || step->own_tests > 0 ? sieve(f, x, step) : SG_OK;
}

/* Within one MATCH every relationship is used once. */
static bool is_used(const fused_op *f, const sg_hop *hop, uint32_t rel)
{
    for (uint32_t i = 0; i < hop->other_count; i++)
        if (f->row[hop->others[i]] == rel)
            return true;
    return false;
}

static sg_status run_expand(fused_op *f, sg_exec *x, uint32_t at)
{
    fused_step *step = &f->steps[at];
    const sg_hop *hop = step->hop;
    sg_status status = make_list(f, x, step, f->row[hop->from]);

    /* A later step may walk the same list again only from another step: each has its own. */
    for (size_t i = 0; status == SG_OK && i < step->list_count; i++) {
        const neighbour *n = &step->list[i];

        if (hop->other_count > 0 && is_used(f, hop, n->rel))
            continue;
        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        f->row[hop->to] = n->node;
        f->row[hop->rel] = n->rel;
        f->rel_types[hop->rel] = n->type;
        status = run_from(f, x, at + 1 + step->own_tests);
    }
    return status;
}

/* ---- both ends known ---- */

static sg_status take_rel(fused_op *f, sg_exec *x, uint32_t at, uint32_t rel, sg_symbol type)
{
    const sg_hop *hop = f->steps[at].hop;

    if (hop->other_count > 0 && is_used(f, hop, rel))
        return SG_OK;
    if (!sg_exec_tick(x))
        return SG_ERR_QUERY;
    f->row[hop->rel] = rel;
    f->rel_types[hop->rel] = type;
    return run_from(f, x, at + 1);
}

static sg_status into_slowly(fused_op *f, sg_exec *x, uint32_t at, sg_direction direction,
                             sg_symbol type)
{
    const sg_hop *hop = f->steps[at].hop;
    uint32_t to = f->row[hop->to];
    sg_status status = SG_OK;
    sg_adjacency it;

    sg_adjacency_init(&it, x->graph, f->row[hop->from], direction, type);
    while (status == SG_OK && sg_adjacency_next(&it))
        if (it.other == to)
            status = take_rel(f, x, at, it.rel, type);
    return status;
}

static sg_status into_direction(fused_op *f, sg_exec *x, uint32_t at, bool outgoing, sg_symbol type)
{
    const sg_hop *hop = f->steps[at].hop;
    uint32_t from = f->row[hop->from], to = f->row[hop->to];
    sg_status status = SG_OK;
    sg_span span;

    if (!sg_graph_between(x->graph, outgoing ? from : to, outgoing ? to : from, type, &span))
        return into_slowly(f, x, at, outgoing ? SG_OUTGOING : SG_INCOMING, type);
    for (size_t i = 0; status == SG_OK && i < span.count; i++)
        status = take_rel(f, x, at,
                          span.rels != NULL ? span.rels[i] : span.first_rel + (uint32_t) i, type);
    return status;
}

static sg_status run_into(fused_op *f, sg_exec *x, uint32_t at)
{
    const sg_hop *hop = f->steps[at].hop;
    uint32_t types = fused_type_count(x, hop);
    bool loop = f->row[hop->from] == f->row[hop->to];
    sg_status status = SG_OK;

    for (uint32_t i = 0; status == SG_OK && i < types; i++) {
        if (hop->direction != SG_INCOMING)
            status = into_direction(f, x, at, true, fused_type_at(hop, i));
        if (status == SG_OK &&
            (hop->direction == SG_INCOMING || (hop->direction == SG_BOTH && !loop)))
            status = into_direction(f, x, at, false, fused_type_at(hop, i));
    }
    return status;
}

/* ---- within reach ---- */

static sg_status run_reach(fused_op *f, sg_exec *x, uint32_t at)
{
    const sg_hop *hop = f->steps[at].hop;
    fused_reach reach = { .step = &f->steps[at], .start = f->row[hop->from] };
    sg_status status = fused_reach_search(&reach, x);

    for (size_t i = reach.circle || hop->min == 0 ? 0 : 1; status == SG_OK && i < reach.count;
         i++) {
        f->row[hop->to] = reach.queue[i];
        status = run_from(f, x, at + 1);
    }
    sg_free(reach.queue);
    return status;
}

/* ---- duplicates ---- */

static uint64_t hash_tuple(const uint32_t *tuple, uint32_t count)
{
    uint64_t hash = count;

    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ tuple[i]) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 32;
    }
    return hash;
}

static void grow_rows(fused_step *step)
{
    size_t size = step->table_size == 0 ? 1024 : step->table_size * 2;

    sg_free(step->table);
    step->table = sg_calloc(size, sizeof *step->table);
    step->table_size = size;
    for (size_t i = 0; i < step->row_count; i++) {
        size_t at = hash_tuple(step->rows + i * step->slot_count, step->slot_count) & (size - 1);

        while (step->table[at] != 0)
            at = (at + 1) & (size - 1);
        step->table[at] = (uint32_t) i + 1;
    }
}

/* Puts the row behind the last one kept; false if it is there already. */
static bool is_new_row(fused_op *f, fused_step *step)
{
    uint32_t width = step->slot_count;
    uint32_t *row;
    size_t at;

    SG_GROW(step->rows, step->rows_room, (step->row_count + 2) * width);
    if ((step->row_count + 1) * 2 > step->table_size)
        grow_rows(step);
    row = step->rows + step->row_count * width;
    for (uint32_t i = 0; i < width; i++)
        row[i] = f->row[step->slots[i]];
    at = hash_tuple(row, width) & (step->table_size - 1);
    for (; step->table[at] != 0; at = (at + 1) & (step->table_size - 1))
        if (memcmp(step->rows + (size_t) (step->table[at] - 1) * width, row, width * sizeof *row) ==
            0)
            return false;
    step->table[at] = (uint32_t) ++step->row_count;
    return true;
}

/* Equal rows come one after the other: the last one is enough. */
static bool differs_from_last(fused_op *f, fused_step *step)
{
    bool differs = !step->has_last;

    SG_GROW(step->rows, step->rows_room, step->slot_count);
    for (uint32_t i = 0; i < step->slot_count; i++) {
        differs = differs || step->rows[i] != f->row[step->slots[i]];
        step->rows[i] = f->row[step->slots[i]];
    }
    step->has_last = true;
    return differs;
}

/* ---- the other steps ---- */

static sg_status run_scan(fused_op *f, sg_exec *x, uint32_t at)
{
    const fused_step *step = &f->steps[at];
    sg_status status = SG_OK;

    for (uint32_t node = sg_graph_node_next(x->graph, step->label, SG_NO_ENTITY);
         status == SG_OK && node != SG_NO_ENTITY;
         node = sg_graph_node_next(x->graph, step->label, node)) {
        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        f->row[step->slot] = node;
        status = run_from(f, x, at + 1);
    }
    return status;
}

static sg_status run_lookup(fused_op *f, sg_exec *x, uint32_t at)
{
    const fused_step *step = &f->steps[at];
    sg_arena *arena = sg_arena_new();
    uint32_t *nodes = NULL;
    size_t count = 0;
    sg_value value;
    sg_status status = sg_eval(x, step->value, arena, &value);

    if (status == SG_OK && !sg_value_is_null(value) && step->key != SG_NO_SYMBOL)
        count = sg_graph_node_lookup(x->graph, step->label, step->key, value, arena, &nodes);
    for (size_t i = 0; status == SG_OK && i < count; i++) {
        f->row[step->slot] = nodes[i];
        status = run_from(f, x, at + 1);
    }
    sg_arena_free(arena);
    return status;
}

static void copy_slots(fused_op *f, const fused_step *step)
{
    for (uint32_t i = 0; i < step->copy_count; i++) {
        uint32_t from = step->from[i], to = step->to[i];

        f->row[to] = f->kinds[to] == SLOT_TYPE ? fused_type_in(f, from) : f->row[from];
        f->rel_types[to] = f->rel_types[from];
    }
}

static sg_status run_from(fused_op *f, sg_exec *x, uint32_t at)
{
    for (; at < f->step_count; at++) {
        fused_step *step = &f->steps[at];
        bool passes = true;
        sg_status status = SG_OK;

        switch ((step_kind) step->kind) {
        case STEP_SCAN:
            return run_scan(f, x, at);
        case STEP_LOOKUP:
            return run_lookup(f, x, at);
        case STEP_EXPAND:
            return run_expand(f, x, at);
        case STEP_INTO:
            return run_into(f, x, at);
        case STEP_REACH:
            return run_reach(f, x, at);
        case STEP_COPY:
            copy_slots(f, step);
            break;
        case STEP_TEST:
            status = holds(f, x, &step->test, &passes);
            break;
        case STEP_DISTINCT:
            passes = step->in_order ? differs_from_last(f, step) : is_new_row(f, step);
            break;
        }
        if (status != SG_OK || !passes)
            return status;
    }
    return fused_add_row(f, x);
}

sg_status fused_run(fused_op *f, sg_exec *x)
{
    return run_from(f, x, 0);
}

/* ---- life cycle ---- */

void fused_steps_clear(fused_op *f)
{
    for (uint32_t i = 0; i < f->step_count; i++) {
        fused_step *step = &f->steps[i];

        sg_free(step->test.answers);
        sg_free(step->list);
        sg_free(step->rows);
        sg_free(step->table);
        sg_free(step->reached);
        sg_free(step->depths);
        sg_free(step->branches);
    }
    for (uint32_t i = 0; i < f->memo_count; i++) {
        sg_free(f->memos[i].values);
        sg_free(f->memos[i].states);
    }
}

void fused_steps_reset(fused_op *f)
{
    fused_steps_clear(f);
    for (uint32_t i = 0; i < f->step_count; i++) {
        fused_step *step = &f->steps[i];

        step->test.answers = NULL;
        step->list = NULL;
        step->list_count = step->list_room = 0;
        step->list_of = SG_NO_ENTITY;
        step->rows = NULL;
        step->row_count = step->rows_room = 0;
        step->table = NULL;
        step->table_size = 0;
        step->has_last = false;
        step->reached = step->depths = step->branches = NULL;
        step->search = 0;
    }
    for (uint32_t i = 0; i < f->memo_count; i++) {
        f->memos[i].values = NULL;
        f->memos[i].states = NULL;
    }
}
