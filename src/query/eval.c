/* Expressions at run time: a walk over the checked tree. */

#include <string.h>

#include "runtime.h"

#define LARGE_STRING ((uint32_t) 1 << 20)
#define LARGE_LIST   ((size_t) 1 << 16)

static sg_status eval_children(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *values)
{
    for (uint32_t i = 0; i < expr->count; i++) {
        sg_status status = sg_eval(x, expr->child[i], arena, &values[i]);

        if (status != SG_OK)
            return status;
    }
    return SG_OK;
}

/* ---- parts of values ---- */

/* One place in a query often reads the same nodes' property again and again. */
static sg_value cached_property(sg_exec *x, const sg_expr *expr, uint32_t node)
{
    sg_property_cache *cache = expr->cache;
    sg_value *kept;

    if (cache->values == NULL) {
        cache->limit = sg_graph_node_limit(x->graph);
        if (++cache->asked < 1000 || cache->asked < cache->limit / 16)
            return sg_graph_node_property(x->graph, node, expr->symbol);
        cache->values = sg_arena_alloc(x->query->arena, cache->limit * sizeof(sg_value));
        memset(cache->values, 0xFF, cache->limit * sizeof(sg_value));
        x->kept_bytes += cache->limit * sizeof(sg_value);
    }
    kept = &cache->values[node];
    if (kept->type == SG_ANY_TYPE)
        *kept = sg_graph_node_property(x->graph, node, expr->symbol);
    return *kept;
}

static sg_status eval_property(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value object = { 0 };
    sg_fault fault = { NULL, NULL };
    sg_status status = sg_eval(x, expr->child[0], arena, &object);

    if (status != SG_OK)
        return status;
    if (object.type == SG_NODE || object.type == SG_RELATIONSHIP) {
        if (x->has_deleted && !sg_exec_entity_exists(x, object, expr))
            return SG_ERR_QUERY;
        if (expr->symbol == SG_NO_SYMBOL)
            *out = sg_value_null();
        else if (object.type == SG_NODE && expr->cache != NULL)
            *out = cached_property(x, expr, object.as.entity);
        else if (object.type == SG_NODE)
            *out = sg_graph_node_property(x->graph, object.as.entity, expr->symbol);
        else
            *out = sg_graph_rel_property(x->graph, object.as.entity, expr->symbol);
        return SG_OK;
    }
    if (sg_value_property(arena, object, expr->name.text, expr->name.len, out, &fault,
                          x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

static sg_status eval_index(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value parts[2] = { { 0 }, { 0 } };
    sg_fault fault = { NULL, NULL };
    sg_status status = eval_children(x, expr, arena, parts);

    if (status != SG_OK)
        return status;
    if ((parts[0].type == SG_NODE || parts[0].type == SG_RELATIONSHIP) &&
        parts[1].type == SG_STRING) {
        sg_symbol key = sg_graph_symbol_find(x->graph, SG_KEY, parts[1].as.string, parts[1].len);

        if (x->has_deleted && !sg_exec_entity_exists(x, parts[0], expr))
            return SG_ERR_QUERY;
        *out = key == SG_NO_SYMBOL ? sg_value_null()
               : parts[0].type == SG_NODE
                   ? sg_graph_node_property(x->graph, parts[0].as.entity, key)
                   : sg_graph_rel_property(x->graph, parts[0].as.entity, key);
        return SG_OK;
    }
    if (sg_value_index(parts[0], parts[1], out, &fault, x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

static sg_status eval_slice(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value parts[3] = { { 0 }, { 0 }, { 0 } };
    sg_fault fault = { NULL, NULL };

    for (uint32_t i = 0; i < 3; i++) {
        if (expr->child[i] != NULL && sg_eval(x, expr->child[i], arena, &parts[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    if (sg_value_slice(arena, parts[0], expr->child[1] != NULL ? &parts[1] : NULL,
                       expr->child[2] != NULL ? &parts[2] : NULL, out, &fault,
                       x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

static sg_status eval_has_labels(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value node = { 0 };
    sg_status status = sg_eval(x, expr->child[0], arena, &node);

    if (status != SG_OK)
        return status;
    if (node.type == SG_NULL) {
        *out = node;
        return SG_OK;
    }
    if (node.type != SG_NODE && node.type != SG_RELATIONSHIP)
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                            "only nodes have labels, this is of type %s",
                            sg_type_name((sg_type) node.type));
    if (x->has_deleted && !sg_exec_entity_exists(x, node, expr))
        return SG_ERR_QUERY;
    for (uint32_t i = 0; i < expr->name_count; i++) {
        sg_symbol symbol = expr->symbols[i];
        bool has;

        if (node.type == SG_NODE) {
            has =
                symbol != SG_NO_SYMBOL && sg_graph_node_has_label(x->graph, node.as.entity, symbol);
        } else {
            symbol = sg_graph_symbol_find(x->graph, SG_REL_TYPE, expr->names[i].text,
                                          expr->names[i].len);
            has = symbol != SG_NO_SYMBOL && sg_graph_rel_type(x->graph, node.as.entity) == symbol;
        }
        if (!has) {
            *out = sg_value_boolean(false);
            return SG_OK;
        }
    }
    *out = sg_value_boolean(true);
    return SG_OK;
}

static sg_status eval_list(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = expr->count;
    list->items = sg_arena_alloc(arena, (expr->count + 1) * sizeof(sg_value));
    *out = sg_value_null();
    out->type = SG_LIST;
    out->as.list = list;
    return eval_children(x, expr, arena, list->items);
}

static sg_status eval_map(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value *keys = sg_arena_alloc(arena, (expr->count + 1) * sizeof *keys);
    sg_value *values = sg_arena_alloc(arena, (expr->count + 1) * sizeof *values);
    sg_status status = eval_children(x, expr, arena, values);

    for (uint32_t i = 0; i < expr->count; i++)
        keys[i] = sg_value_string(expr->names[i].text, expr->names[i].len);
    if (status == SG_OK)
        *out = sg_value_map(arena, keys, values, expr->count);
    return status;
}

/* ---- operators ---- */

static sg_status to_ternary(sg_exec *x, const sg_expr *expr, sg_value v, sg_ternary *out)
{
    if (v.type == SG_BOOLEAN)
        *out = v.as.boolean ? SG_TRUE : SG_FALSE;
    else if (v.type == SG_NULL)
        *out = SG_UNKNOWN;
    else
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                            "expected true, false or null, got a value of type %s",
                            sg_type_name((sg_type) v.type));
    return SG_OK;
}

static sg_status eval_ternary(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_ternary *out)
{
    sg_value v = { 0 };
    sg_status status = sg_eval(x, expr, arena, &v);

    return status != SG_OK ? status : to_ternary(x, expr, v, out);
}

/* AND and OR stop at the side that decides. */
static sg_status eval_and_or(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_ternary decisive = expr->kind == SG_EX_AND ? SG_FALSE : SG_TRUE;
    sg_ternary left = SG_UNKNOWN;
    sg_ternary right = SG_UNKNOWN;

    if (eval_ternary(x, expr->child[0], arena, &left) != SG_OK)
        return SG_ERR_QUERY;
    if (left == decisive) {
        *out = sg_value_boolean(left == SG_TRUE);
        return SG_OK;
    }
    if (eval_ternary(x, expr->child[1], arena, &right) != SG_OK)
        return SG_ERR_QUERY;
    *out = sg_value_ternary(right == decisive ? right : left == SG_UNKNOWN ? SG_UNKNOWN : right);
    return SG_OK;
}

static sg_status eval_xor(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_ternary left = SG_UNKNOWN;
    sg_ternary right = SG_UNKNOWN;

    if (eval_ternary(x, expr->child[0], arena, &left) != SG_OK ||
        eval_ternary(x, expr->child[1], arena, &right) != SG_OK)
        return SG_ERR_QUERY;
    *out = left == SG_UNKNOWN || right == SG_UNKNOWN ? sg_value_null()
                                                     : sg_value_boolean(left != right);
    return SG_OK;
}

static sg_ternary negate(sg_ternary t)
{
    return t == SG_UNKNOWN ? t : t == SG_TRUE ? SG_FALSE : SG_TRUE;
}

static sg_status eval_comparison(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value v[2] = { { 0 }, { 0 } };
    sg_ternary t = SG_UNKNOWN;

    if (sg_eval(x, expr->child[0], arena, &v[0]) != SG_OK ||
        sg_eval(x, expr->child[1], arena, &v[1]) != SG_OK)
        return SG_ERR_QUERY;
    if (v[0].type == SG_INTEGER && v[1].type == SG_INTEGER) {
        *out = sg_value_boolean(sg_compare_integers(expr->kind, v[0].as.integer, v[1].as.integer));
        return SG_OK;
    }
    switch (expr->kind) {
    case SG_EX_EQUAL:
        t = sg_value_equals(v[0], v[1]);
        break;
    case SG_EX_NOT_EQUAL:
        t = negate(sg_value_equals(v[0], v[1]));
        break;
    case SG_EX_LESS:
        t = sg_value_less(v[0], v[1], false);
        break;
    case SG_EX_LESS_EQUAL:
        t = sg_value_less(v[0], v[1], true);
        break;
    case SG_EX_GREATER:
        t = sg_value_less(v[1], v[0], false);
        break;
    default:
        t = sg_value_less(v[1], v[0], true);
        break;
    }
    *out = sg_value_ternary(t);
    return SG_OK;
}

static sg_status eval_arithmetic(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value v[2] = { { 0 }, { 0 } };
    sg_fault fault = { NULL, NULL };
    sg_value_operator *run = expr->kind == SG_EX_ADD        ? sg_value_add
                             : expr->kind == SG_EX_SUBTRACT ? sg_value_subtract
                             : expr->kind == SG_EX_MULTIPLY ? sg_value_multiply
                             : expr->kind == SG_EX_DIVIDE   ? sg_value_divide
                             : expr->kind == SG_EX_MODULO   ? sg_value_modulo
                                                            : sg_value_power;

    if (eval_children(x, expr, arena, v) != SG_OK)
        return SG_ERR_QUERY;
    if (run(arena, v[0], v[1], out, &fault, x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    /* s + s in a loop doubles: look at the memory limit at once */
    if ((out->type == SG_STRING && out->len > LARGE_STRING) ||
        (out->type == SG_LIST && out->as.list->count > LARGE_LIST)) {
        x->countdown = 1;
        return sg_exec_tick(x) ? SG_OK : SG_ERR_QUERY;
    }
    return SG_OK;
}

static sg_status eval_negate(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value v = { 0 };
    sg_fault fault = { NULL, NULL };

    if (sg_eval(x, expr->child[0], arena, &v) != SG_OK)
        return SG_ERR_QUERY;
    if (expr->kind == SG_EX_PLUS) {
        *out = v;
        return SG_OK;
    }
    if (sg_value_negate(v, out, &fault, x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

static bool contains(const char *text, size_t len, const char *part, size_t part_len)
{
    for (size_t i = 0; i + part_len <= len; i++) {
        if (memcmp(text + i, part, part_len) == 0)
            return true;
    }
    return false;
}

static sg_status eval_string_predicate(sg_exec *x, const sg_expr *expr, sg_arena *arena,
                                       sg_value *out)
{
    sg_value v[2] = { { 0 }, { 0 } };
    bool holds;

    if (eval_children(x, expr, arena, v) != SG_OK)
        return SG_ERR_QUERY;
    *out = sg_value_null();
    if (v[0].type != SG_STRING || v[1].type != SG_STRING)
        return SG_OK;
    if (expr->kind == SG_EX_REGEX)
        return sg_eval_regex(x, expr, v[0], v[1], out);
    if (expr->kind == SG_EX_CONTAINS)
        holds = contains(v[0].as.string, v[0].len, v[1].as.string, v[1].len);
    else if (v[1].len > v[0].len)
        holds = false;
    else
        holds = memcmp(v[0].as.string + (expr->kind == SG_EX_ENDS_WITH ? v[0].len - v[1].len : 0),
                       v[1].as.string, v[1].len) == 0;
    *out = sg_value_boolean(holds);
    return SG_OK;
}

static sg_status eval_in(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value v[2] = { { 0 }, { 0 } };

    if (eval_children(x, expr, arena, v) != SG_OK)
        return SG_ERR_QUERY;
    if (v[1].type != SG_LIST && v[1].type != SG_NULL)
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr->child[1],
                            "IN needs a list, this is of type %s",
                            sg_type_name((sg_type) v[1].type));
    *out = sg_value_ternary(sg_value_in(v[0], v[1]));
    return SG_OK;
}

/* ---- forms ---- */

static sg_status eval_case(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value operand = sg_value_null();
    const sg_expr *otherwise = expr->child[expr->count - 1];

    if (expr->child[0] != NULL && sg_eval(x, expr->child[0], arena, &operand) != SG_OK)
        return SG_ERR_QUERY;
    for (uint32_t i = 1; i + 1 < expr->count; i += 2) {
        bool holds;

        if (expr->child[0] != NULL) {
            sg_value v = { 0 };

            if (sg_eval(x, expr->child[i], arena, &v) != SG_OK)
                return SG_ERR_QUERY;
            holds = sg_value_equals(operand, v) == SG_TRUE;
        } else if (sg_eval_predicate(x, expr->child[i], arena, &holds) != SG_OK) {
            return SG_ERR_QUERY;
        }
        if (holds)
            return sg_eval(x, expr->child[i + 1], arena, out);
    }
    *out = sg_value_null();
    return otherwise != NULL ? sg_eval(x, otherwise, arena, out) : SG_OK;
}

/* The list of a loop; *list_out is NULL when it is null. */
static sg_status eval_loop_list(sg_exec *x, const sg_expr *list, sg_arena *arena,
                                const sg_list **list_out)
{
    sg_value v = { 0 };

    if (sg_eval(x, list, arena, &v) != SG_OK)
        return SG_ERR_QUERY;
    *list_out = NULL;
    if (v.type == SG_NULL)
        return SG_OK;
    if (v.type != SG_LIST)
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", list,
                            "expected a list, got a value of type %s",
                            sg_type_name((sg_type) v.type));
    *list_out = v.as.list;
    return SG_OK;
}

static sg_status eval_list_comprehension(sg_exec *x, const sg_expr *expr, sg_arena *arena,
                                         sg_value *out)
{
    const sg_list *list;
    sg_list *result;

    if (eval_loop_list(x, expr->child[0], arena, &list) != SG_OK)
        return SG_ERR_QUERY;
    *out = sg_value_null();
    if (list == NULL)
        return SG_OK;
    result = sg_arena_calloc(arena, 1, sizeof *result);
    result->items = sg_arena_alloc(arena, (list->count + 1) * sizeof(sg_value));
    for (size_t i = 0; i < list->count; i++) {
        bool holds = true;
        sg_value item = list->items[i];

        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        x->row[expr->slot] = item;
        if (expr->child[1] != NULL && sg_eval_predicate(x, expr->child[1], arena, &holds) != SG_OK)
            return SG_ERR_QUERY;
        if (!holds)
            continue;
        if (expr->child[2] != NULL && sg_eval(x, expr->child[2], arena, &item) != SG_OK)
            return SG_ERR_QUERY;
        result->items[result->count++] = item;
    }
    out->type = SG_LIST;
    out->as.list = result;
    return SG_OK;
}

/* all, any, none, single over true, false and unknown. */
static sg_status eval_quantifier(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    const sg_list *list;
    size_t yes = 0;
    size_t no = 0;
    size_t unknown = 0;
    sg_ternary t = SG_UNKNOWN;

    if (eval_loop_list(x, expr->child[0], arena, &list) != SG_OK)
        return SG_ERR_QUERY;
    *out = sg_value_null();
    if (list == NULL)
        return SG_OK;
    for (size_t i = 0; i < list->count; i++) {
        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        x->row[expr->slot] = list->items[i];
        if ((expr->child[1] != NULL ? eval_ternary(x, expr->child[1], arena, &t)
                                    : to_ternary(x, expr, list->items[i], &t)) != SG_OK)
            return SG_ERR_QUERY;
        yes += t == SG_TRUE;
        no += t == SG_FALSE;
        unknown += t == SG_UNKNOWN;
    }
    switch ((sg_quantifier) expr->quantifier) {
    case SG_ALL:
        t = no > 0 ? SG_FALSE : unknown > 0 ? SG_UNKNOWN : SG_TRUE;
        break;
    case SG_ANY:
        t = yes > 0 ? SG_TRUE : unknown > 0 ? SG_UNKNOWN : SG_FALSE;
        break;
    case SG_NONE:
        t = yes > 0 ? SG_FALSE : unknown > 0 ? SG_UNKNOWN : SG_TRUE;
        break;
    case SG_SINGLE:
        t = yes > 1 ? SG_FALSE : unknown > 0 ? SG_UNKNOWN : yes == 1 ? SG_TRUE : SG_FALSE;
        break;
    }
    *out = sg_value_ternary(t);
    return SG_OK;
}

static sg_status eval_reduce(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    const sg_list *list;

    if (sg_eval(x, expr->child[0], arena, out) != SG_OK ||
        eval_loop_list(x, expr->child[1], arena, &list) != SG_OK)
        return SG_ERR_QUERY;
    if (list == NULL) {
        *out = sg_value_null();
        return SG_OK;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!sg_exec_tick(x))
            return SG_ERR_QUERY;
        x->row[expr->slot2] = *out;
        x->row[expr->slot] = list->items[i];
        if (sg_eval(x, expr->child[2], arena, out) != SG_OK)
            return SG_ERR_QUERY;
    }
    return SG_OK;
}

static sg_status eval_function(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value few[4];
    sg_value *args = few;
    sg_status status;

    if (expr->count > 4)
        args = sg_arena_alloc(arena, expr->count * sizeof *args);
    status = eval_children(x, expr, arena, args);
    if (status != SG_OK)
        return status;
    if (x->has_deleted && !sg_name_is(expr->name, "type") && !sg_name_is(expr->name, "id")) {
        for (uint32_t i = 0; i < expr->count; i++) {
            if (!sg_exec_entity_exists(x, args[i], expr))
                return SG_ERR_QUERY;
        }
    }
    x->functions.arena = arena;
    x->functions.fault.type = NULL;
    x->functions.fault.detail = NULL;
    if (expr->function->run(&x->functions, args, expr->count, out, x->query->err) != SG_OK)
        return sg_exec_fault(x, &x->functions.fault, expr);
    return SG_OK;
}

/* ---- plans inside expressions ---- */

static sg_status eval_exists(sg_exec *x, const sg_expr *expr, sg_value *out)
{
    sg_step step;

    if (sg_operator_open(expr->plan, x) != SG_OK)
        return SG_ERR_QUERY;
    step = sg_operator_next(expr->plan, x);
    *out = sg_value_boolean(step == SG_STEP_ROW);
    return step == SG_STEP_FAIL ? SG_ERR_QUERY : SG_OK;
}

static sg_status eval_pattern_comprehension(sg_exec *x, const sg_expr *expr, sg_arena *arena,
                                            sg_value *out)
{
    sg_list *list = sg_arena_calloc(arena, 1, sizeof *list);
    size_t capacity = 0;
    sg_step step;

    if (sg_operator_open(expr->plan, x) != SG_OK)
        return SG_ERR_QUERY;
    while ((step = sg_operator_next(expr->plan, x)) == SG_STEP_ROW) {
        sg_value item;

        if (sg_eval(x, expr->child[1], arena, &item) != SG_OK)
            return SG_ERR_QUERY;
        SG_ARENA_GROW(arena, list->items, capacity, list->count + 1);
        list->items[list->count++] = sg_value_copy(arena, item);
    }
    *out = sg_value_null();
    out->type = SG_LIST;
    out->as.list = list;
    return step == SG_STEP_FAIL ? SG_ERR_QUERY : SG_OK;
}

static sg_status eval_shortest_path(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    const sg_path_pattern *path = &expr->pattern->paths[0];
    sg_list *list = sg_arena_calloc(arena, 1, sizeof *list);
    size_t capacity = 0;
    sg_step step;

    if (sg_operator_open(expr->plan, x) != SG_OK)
        return SG_ERR_QUERY;
    *out = sg_value_null();
    while ((step = sg_operator_next(expr->plan, x)) == SG_STEP_ROW) {
        SG_ARENA_GROW(arena, list->items, capacity, list->count + 1);
        list->items[list->count++] = sg_value_copy(arena, x->row[path->slot]);
        if (path->shortest == SG_SHORTEST_ONE) {
            *out = list->items[0];
            return SG_OK;
        }
    }
    if (path->shortest == SG_SHORTEST_ALL) {
        out->type = SG_LIST;
        out->as.list = list;
    }
    return step == SG_STEP_FAIL ? SG_ERR_QUERY : SG_OK;
}

sg_status sg_eval(sg_exec *x, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    sg_value v = { 0 };

    switch ((sg_expr_kind) expr->kind) {
    case SG_EX_LITERAL:
    case SG_EX_PARAMETER:
        *out = expr->value;
        return SG_OK;
    case SG_EX_VARIABLE:
    case SG_EX_AGGREGATE:
    case SG_EX_COUNT_STAR:
        *out = x->row[expr->slot];
        return SG_OK;
    case SG_EX_PROPERTY:
        return eval_property(x, expr, arena, out);
    case SG_EX_HAS_LABELS:
        return eval_has_labels(x, expr, arena, out);
    case SG_EX_INDEX:
        return eval_index(x, expr, arena, out);
    case SG_EX_SLICE:
        return eval_slice(x, expr, arena, out);
    case SG_EX_LIST:
        return eval_list(x, expr, arena, out);
    case SG_EX_MAP:
        return eval_map(x, expr, arena, out);
    case SG_EX_AND:
    case SG_EX_OR:
        return eval_and_or(x, expr, arena, out);
    case SG_EX_XOR:
        return eval_xor(x, expr, arena, out);
    case SG_EX_NOT: {
        sg_ternary t = SG_UNKNOWN;

        if (eval_ternary(x, expr->child[0], arena, &t) != SG_OK)
            return SG_ERR_QUERY;
        *out = sg_value_ternary(negate(t));
        return SG_OK;
    }
    case SG_EX_EQUAL:
    case SG_EX_NOT_EQUAL:
    case SG_EX_LESS:
    case SG_EX_LESS_EQUAL:
    case SG_EX_GREATER:
    case SG_EX_GREATER_EQUAL:
        return eval_comparison(x, expr, arena, out);
    case SG_EX_ADD:
    case SG_EX_SUBTRACT:
    case SG_EX_MULTIPLY:
    case SG_EX_DIVIDE:
    case SG_EX_MODULO:
    case SG_EX_POWER:
        return eval_arithmetic(x, expr, arena, out);
    case SG_EX_NEGATE:
    case SG_EX_PLUS:
        return eval_negate(x, expr, arena, out);
    case SG_EX_IN:
        return eval_in(x, expr, arena, out);
    case SG_EX_STARTS_WITH:
    case SG_EX_ENDS_WITH:
    case SG_EX_CONTAINS:
    case SG_EX_REGEX:
        return eval_string_predicate(x, expr, arena, out);
    case SG_EX_IS_NULL:
    case SG_EX_IS_NOT_NULL:
        if (sg_eval(x, expr->child[0], arena, &v) != SG_OK)
            return SG_ERR_QUERY;
        *out = sg_value_boolean((v.type == SG_NULL) == (expr->kind == SG_EX_IS_NULL));
        return SG_OK;
    case SG_EX_FUNCTION:
        return eval_function(x, expr, arena, out);
    case SG_EX_CASE:
        return eval_case(x, expr, arena, out);
    case SG_EX_LIST_COMPREHENSION:
        return eval_list_comprehension(x, expr, arena, out);
    case SG_EX_QUANTIFIER:
        return eval_quantifier(x, expr, arena, out);
    case SG_EX_REDUCE:
        return eval_reduce(x, expr, arena, out);
    case SG_EX_PATTERN_COMPREHENSION:
        return eval_pattern_comprehension(x, expr, arena, out);
    case SG_EX_PATTERN:
    case SG_EX_EXISTS:
        return eval_exists(x, expr, out);
    case SG_EX_SHORTEST_PATH:
        return eval_shortest_path(x, expr, arena, out);
    }
    *out = sg_value_null();
    return SG_OK;
}

sg_status sg_eval_predicate(sg_exec *x, const sg_expr *expr, sg_arena *arena, bool *out)
{
    sg_ternary t = SG_UNKNOWN;
    sg_status status = eval_ternary(x, expr, arena, &t);

    *out = status == SG_OK && t == SG_TRUE;
    return status;
}
