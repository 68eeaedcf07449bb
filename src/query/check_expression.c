/* Semantic checks of expressions: names, argument counts, and the types that are known before the
 * query runs. */

#include <stdio.h>
#include <string.h>

#include "stance/suggest.h"

#include "check_internal.h"

static bool is_known(const sg_expr *expr)
{
    return expr != NULL && expr->type.base != SG_ANY_TYPE && expr->type.base != SG_NULL;
}

static bool is_number(uint8_t type)
{
    return type == SG_INTEGER || type == SG_FLOAT;
}

static bool is_temporal(uint8_t type)
{
    return type >= SG_DATE && type <= SG_DURATION;
}

static void fail_type(sg_checker *c, const char *class, const sg_expr *expr, const char *expected)
{
    (void) sg_query_fail(c->query, class, SG_COMPILE_TIME, "InvalidArgumentType", expr->offset,
                         "expected %s but this is of type %s", expected,
                         sg_type_name((sg_type) expr->type.base));
}

void sg_check_undefined(sg_checker *c, sg_name name)
{
    char wanted[80];
    const char *names[64];
    size_t count = 0;
    const char *near;

    (void) snprintf(wanted, sizeof wanted, "%.*s", (int) name.len, name.text);
    for (size_t i = 0; i < c->scope.count && count < 64; i++) {
        sg_name known = c->scope.variables[i].name;

        if (known.text != NULL)
            names[count++] = sg_arena_strndup(c->query->arena, known.text, known.len);
    }
    near = sg_suggest(wanted, names, count);
    if (!c->query->failed && near != NULL)
        sg_error_hint(c->query->err, "did you mean '%s'?", near);
    sg_check_syntax(c, "UndefinedVariable", name.offset, "variable '%s' is not defined", wanted);
}

static void check_variable(sg_checker *c, sg_expr *expr)
{
    const sg_variable *variable = sg_scope_find(&c->scope, expr->name);

    if (c->constant_only) {
        sg_check_syntax(c, "NonConstantExpression", expr->offset,
                        "SKIP and LIMIT take constants and parameters, no variables");
        return;
    }
    if (variable == NULL) {
        sg_check_undefined(c, expr->name);
        return;
    }
    expr->slot = variable->slot;
    expr->type = variable->type;
}

static void check_parameter(sg_checker *c, sg_expr *expr)
{
    sg_value parameters = c->query->options->parameters;
    const sg_value *value = NULL;

    if (parameters.type == SG_MAP)
        value = sg_value_map_find(parameters, expr->name.text, expr->name.len);
    if (value == NULL)
        (void) sg_query_fail(c->query, "ParameterMissing", SG_COMPILE_TIME, "MissingParameter",
                             expr->offset, "no value was given for parameter $%.*s",
                             (int) expr->name.len, expr->name.text);
    else
        expr->value = *value;
}

static void check_property(sg_checker *c, sg_expr *expr)
{
    const sg_expr *object = expr->child[0];
    uint8_t type = object->type.base;

    expr->symbol = sg_check_symbol(c, SG_KEY, expr->name);
    if (!c->query->writes && expr->symbol != SG_NO_SYMBOL)
        expr->cache = sg_arena_calloc(c->query->arena, 1, sizeof *expr->cache);
    if (!is_known(object) || type == SG_NODE || type == SG_RELATIONSHIP || type == SG_MAP ||
        is_temporal(type))
        return;
    fail_type(c, type == SG_PATH ? "SyntaxError" : "TypeError", object,
              "a node, a relationship or a map");
}

static void check_index(sg_checker *c, sg_expr *expr)
{
    const sg_expr *object = expr->child[0];
    const sg_expr *index = expr->child[1];
    uint8_t type = object->type.base;

    if (is_known(object) && type != SG_LIST && type != SG_MAP && type != SG_NODE &&
        type != SG_RELATIONSHIP)
        fail_type(c, "TypeError", object, "a list or a map");
    else if (type == SG_LIST && is_known(index) && index->type.base != SG_INTEGER)
        fail_type(c, "TypeError", index, "an integer");
    if (type == SG_LIST)
        expr->type = sg_type_of(object->type.element);
}

static void check_list(sg_expr *expr)
{
    expr->type.base = SG_LIST;
    expr->type.element = SG_ANY_TYPE;
    for (uint32_t i = 0; i < expr->count; i++) {
        uint8_t type = expr->child[i]->type.base;

        if (i == 0)
            expr->type.element = type;
        else if (expr->type.element != type)
            expr->type.element = SG_ANY_TYPE;
    }
}

static void check_logic(sg_checker *c, sg_expr *expr)
{
    for (uint32_t i = 0; i < expr->count; i++) {
        if (is_known(expr->child[i]) && expr->child[i]->type.base != SG_BOOLEAN)
            fail_type(c, "SyntaxError", expr->child[i], "true or false");
    }
    expr->type.base = SG_BOOLEAN;
}

static void check_arithmetic(sg_checker *c, sg_expr *expr)
{
    bool all_integer = true;
    bool all_number = true;

    for (uint32_t i = 0; i < expr->count; i++) {
        uint8_t type = expr->child[i]->type.base;

        if (expr->kind != SG_EX_ADD && is_known(expr->child[i]) && !is_number(type) &&
            !is_temporal(type))
            fail_type(c, "SyntaxError", expr->child[i], "a number");
        all_integer = all_integer && type == SG_INTEGER;
        all_number = all_number && is_number(type);
    }
    if (all_number)
        expr->type.base = all_integer && expr->kind != SG_EX_POWER ? SG_INTEGER : SG_FLOAT;
    if (expr->kind == SG_EX_ADD && expr->child[0]->type.base == SG_STRING &&
        expr->child[1]->type.base == SG_STRING)
        expr->type.base = SG_STRING;
    if (expr->kind == SG_EX_ADD &&
        (expr->child[0]->type.base == SG_LIST || expr->child[1]->type.base == SG_LIST))
        expr->type.base = SG_LIST;
}

/* ---- functions ---- */

static bool has_volatile(const sg_expr *expr)
{
    if (expr == NULL)
        return false;
    if (expr->kind == SG_EX_FUNCTION && expr->function != NULL && expr->function->is_volatile)
        return true;
    for (uint32_t i = 0; i < expr->count; i++) {
        if (has_volatile(expr->child[i]))
            return true;
    }
    return false;
}

static void suggest_function(sg_checker *c, const char *wanted)
{
    size_t count = sg_function_count();
    const char **names = sg_arena_alloc(c->query->arena, (count + 1) * sizeof *names);
    const char *near;

    for (size_t i = 0; i < count; i++)
        names[i] = sg_function_at(i)->name;
    near = sg_suggest(wanted, names, count);
    if (!c->query->failed && near != NULL)
        sg_error_hint(c->query->err, "did you mean '%s'?", near);
}

static void fail_count(sg_checker *c, const sg_expr *expr, unsigned min, unsigned max)
{
    char range[40];

    if (min == max)
        (void) snprintf(range, sizeof range, "%u", min);
    else if (max == SG_FUNCTION_ANY_COUNT)
        (void) snprintf(range, sizeof range, "at least %u", min);
    else
        (void) snprintf(range, sizeof range, "%u to %u", min, max);
    sg_check_syntax(c, "InvalidNumberOfArguments", expr->offset,
                    "%.*s() takes %s arguments, not %u", (int) expr->name.len, expr->name.text,
                    range, expr->count);
}

static uint8_t single_type(uint32_t mask)
{
    for (unsigned type = 0; type <= SG_DURATION; type++) {
        if (mask == SG_ACCEPTS(type))
            return (uint8_t) type;
    }
    return SG_ANY_TYPE;
}

static void check_function(sg_checker *c, sg_expr *expr)
{
    const struct sg_function *function = sg_function_find(expr->name.text, expr->name.len);

    if (function == NULL) {
        char wanted[80];

        (void) snprintf(wanted, sizeof wanted, "%.*s", (int) expr->name.len, expr->name.text);
        suggest_function(c, wanted);
        sg_check_syntax(c, "UnknownFunction", expr->offset, "unknown function '%s'", wanted);
        return;
    }
    expr->function = function;
    if (expr->count < function->min_args ||
        (function->max_args != SG_FUNCTION_ANY_COUNT && expr->count > function->max_args))
        fail_count(c, expr, function->min_args, function->max_args);
    for (uint32_t i = 0; i < expr->count && i < SG_FUNCTION_ARGS_TYPED; i++) {
        const sg_expr *argument = expr->child[i];

        if (function->accepts[i] != 0 && is_known(argument) &&
            (function->accepts[i] & SG_ACCEPTS(argument->type.base)) == 0)
            (void) sg_query_fail(c->query, "SyntaxError", SG_COMPILE_TIME, "InvalidArgumentType",
                                 argument->offset, "%s() does not take a value of type %s here",
                                 function->name, sg_type_name((sg_type) argument->type.base));
    }
    expr->type.base = single_type(function->returns);
}

/* exists(n.name) and exists((n)-->()), as openCypher has them beside functions. */
static bool check_exists_call(sg_checker *c, sg_expr *expr)
{
    if (!sg_name_is(expr->name, "exists") || expr->count != 1)
        return false;
    if (expr->child[0]->kind == SG_EX_PATTERN) {
        expr->pattern = expr->child[0]->pattern;
        expr->kind = SG_EX_PATTERN;
        expr->count = 0;
        c->predicate = true;
        sg_check_expr(c, expr);
    } else {
        sg_check_expr(c, expr->child[0]);
        expr->kind = SG_EX_IS_NOT_NULL;
    }
    expr->type.base = SG_BOOLEAN;
    return true;
}

static void check_aggregate(sg_checker *c, sg_expr *expr)
{
    bool percentile =
        expr->aggregate == SG_AGG_PERCENTILE_DISC || expr->aggregate == SG_AGG_PERCENTILE_CONT;
    bool was_predicate = c->predicate;

    if (c->in_aggregate)
        sg_check_syntax(c, "NestedAggregation", expr->offset,
                        "an aggregation cannot stand inside another");
    else if (!c->aggregates_allowed)
        sg_check_syntax(c, "InvalidAggregation", expr->offset,
                        "an aggregation cannot stand here; put it in a WITH or RETURN before");
    if (expr->kind == SG_EX_AGGREGATE && expr->count != (percentile ? 2U : 1U))
        fail_count(c, expr, percentile ? 2 : 1, percentile ? 2 : 1);
    c->in_aggregate = true;
    c->predicate = false;
    for (uint32_t i = 0; i < expr->count; i++) {
        sg_check_expr(c, expr->child[i]);
        if (has_volatile(expr->child[i]))
            sg_check_syntax(c, "NonConstantExpression", expr->child[i]->offset,
                            "an aggregation cannot be over rand()");
    }
    c->in_aggregate = false;
    c->predicate = was_predicate;
    if (expr->slot == SG_NO_SLOT)
        expr->slot = sg_new_slot(c);
    if (expr->aggregate == SG_AGG_COUNT || expr->aggregate == SG_AGG_COUNT_STAR)
        expr->type.base = SG_INTEGER;
    else if (expr->aggregate == SG_AGG_COLLECT && expr->count == 1) {
        expr->type.base = SG_LIST;
        expr->type.element = expr->child[0]->type.base;
    }
}

/* ---- forms with variables of their own ---- */

static void check_loop(sg_checker *c, sg_expr *expr)
{
    size_t mark = c->scope.count;
    bool allowed = c->aggregates_allowed;
    sg_expr *list = expr->child[expr->kind == SG_EX_REDUCE ? 1 : 0];
    sg_static_type element = sg_type_of(SG_ANY_TYPE);

    c->predicate = false;
    if (expr->kind == SG_EX_REDUCE)
        sg_check_expr(c, expr->child[0]);
    sg_check_expr(c, list);
    if (list->type.base == SG_LIST)
        element.base = list->type.element;
    else if (is_known(list))
        fail_type(c, "SyntaxError", list, "a list");
    c->aggregates_allowed = false;
    if (expr->kind == SG_EX_REDUCE)
        expr->slot2 = sg_scope_add(c, expr->name2, sg_type_of(SG_ANY_TYPE));
    expr->slot = sg_scope_add(c, expr->name, element);
    if (expr->kind == SG_EX_REDUCE) {
        sg_check_expr(c, expr->child[2]);
    } else {
        if (expr->child[1] != NULL)
            sg_check_predicate(c, expr->child[1]);
        if (expr->kind == SG_EX_LIST_COMPREHENSION && expr->child[2] != NULL)
            sg_check_expr(c, expr->child[2]);
    }
    c->aggregates_allowed = allowed;
    c->scope.count = mark;
    if (expr->kind == SG_EX_LIST_COMPREHENSION) {
        expr->type.base = SG_LIST;
        expr->type.element = expr->child[2] != NULL ? expr->child[2]->type.base : element.base;
    } else if (expr->kind == SG_EX_QUANTIFIER) {
        expr->type.base = SG_BOOLEAN;
    }
}

static void check_pattern_comprehension(sg_checker *c, sg_expr *expr)
{
    size_t mark = c->scope.count;
    bool allowed = c->aggregates_allowed;

    c->aggregates_allowed = false;
    sg_check_pattern(c, expr->pattern, SG_USE_MATCH);
    if (expr->child[0] != NULL)
        sg_check_predicate(c, expr->child[0]);
    sg_check_expr(c, expr->child[1]);
    c->aggregates_allowed = allowed;
    c->scope.count = mark;
    expr->type.base = SG_LIST;
    expr->type.element = expr->child[1]->type.base;
}

static void check_pattern_predicate(sg_checker *c, sg_expr *expr)
{
    if (!c->predicate)
        sg_check_syntax(c, "UnexpectedSyntax", expr->offset,
                        "a pattern can stand in a predicate, not as a value; use a pattern "
                        "comprehension [(a)-->(b) | b]");
    sg_check_pattern(c, expr->pattern, SG_USE_PREDICATE);
    expr->type.base = SG_BOOLEAN;
}

static void check_shortest_path(sg_checker *c, sg_expr *expr)
{
    sg_path_pattern *path = &expr->pattern->paths[0];
    size_t mark = c->scope.count;

    sg_check_pattern(c, expr->pattern, SG_USE_PREDICATE);
    path->slot = sg_new_slot(c);
    c->scope.count = mark;
    expr->type.base = path->shortest == SG_SHORTEST_ALL ? SG_LIST : SG_PATH;
}

static void check_children(sg_checker *c, sg_expr *expr)
{
    bool predicate = c->predicate;
    bool keeps = expr->kind == SG_EX_AND || expr->kind == SG_EX_OR || expr->kind == SG_EX_XOR ||
                 expr->kind == SG_EX_NOT;

    for (uint32_t i = 0; i < expr->count; i++) {
        if (expr->child[i] == NULL)
            continue;
        c->predicate = keeps && predicate;
        if (expr->kind == SG_EX_CASE && expr->child[0] == NULL && i % 2 == 1 && i + 1 < expr->count)
            c->predicate = true;
        sg_check_expr(c, expr->child[i]);
    }
    c->predicate = predicate;
}

static void check_kind(sg_checker *c, sg_expr *expr)
{
    switch ((sg_expr_kind) expr->kind) {
    case SG_EX_LITERAL:
        expr->type.base = expr->value.type;
        break;
    case SG_EX_PARAMETER:
        check_parameter(c, expr);
        break;
    case SG_EX_VARIABLE:
        check_variable(c, expr);
        break;
    case SG_EX_PROPERTY:
        check_property(c, expr);
        break;
    case SG_EX_HAS_LABELS:
        expr->symbols = sg_arena_alloc(c->query->arena, expr->name_count * sizeof(sg_symbol));
        for (uint32_t i = 0; i < expr->name_count; i++)
            expr->symbols[i] = sg_check_symbol(c, SG_LABEL, expr->names[i]);
        if (is_known(expr->child[0]) && expr->child[0]->type.base != SG_NODE &&
            expr->child[0]->type.base != SG_RELATIONSHIP)
            fail_type(c, "SyntaxError", expr->child[0], "a node");
        expr->type.base = SG_BOOLEAN;
        break;
    case SG_EX_INDEX:
        check_index(c, expr);
        break;
    case SG_EX_SLICE:
        if (is_known(expr->child[0]) && expr->child[0]->type.base != SG_LIST)
            fail_type(c, "SyntaxError", expr->child[0], "a list");
        expr->type = expr->child[0]->type;
        break;
    case SG_EX_LIST:
        check_list(expr);
        break;
    case SG_EX_MAP:
        expr->type.base = SG_MAP;
        break;
    case SG_EX_AND:
    case SG_EX_OR:
    case SG_EX_XOR:
    case SG_EX_NOT:
        check_logic(c, expr);
        break;
    case SG_EX_ADD:
    case SG_EX_SUBTRACT:
    case SG_EX_MULTIPLY:
    case SG_EX_DIVIDE:
    case SG_EX_MODULO:
    case SG_EX_POWER:
    case SG_EX_NEGATE:
    case SG_EX_PLUS:
        check_arithmetic(c, expr);
        break;
    case SG_EX_IN:
        if (is_known(expr->child[1]) && expr->child[1]->type.base != SG_LIST)
            fail_type(c, "SyntaxError", expr->child[1], "a list");
        expr->type.base = SG_BOOLEAN;
        break;
    case SG_EX_EQUAL:
    case SG_EX_NOT_EQUAL:
    case SG_EX_LESS:
    case SG_EX_LESS_EQUAL:
    case SG_EX_GREATER:
    case SG_EX_GREATER_EQUAL:
    case SG_EX_STARTS_WITH:
    case SG_EX_ENDS_WITH:
    case SG_EX_CONTAINS:
    case SG_EX_REGEX:
    case SG_EX_IS_NULL:
    case SG_EX_IS_NOT_NULL:
        expr->type.base = SG_BOOLEAN;
        break;
    case SG_EX_FUNCTION:
        check_function(c, expr);
        break;
    default:
        break;
    }
}

void sg_check_expr(sg_checker *c, sg_expr *expr)
{
    if (expr == NULL || c->query->failed)
        return;
    switch ((sg_expr_kind) expr->kind) {
    case SG_EX_AGGREGATE:
    case SG_EX_COUNT_STAR:
        check_aggregate(c, expr);
        return;
    case SG_EX_LIST_COMPREHENSION:
    case SG_EX_QUANTIFIER:
    case SG_EX_REDUCE:
        check_loop(c, expr);
        return;
    case SG_EX_PATTERN_COMPREHENSION:
        check_pattern_comprehension(c, expr);
        return;
    case SG_EX_PATTERN:
        check_pattern_predicate(c, expr);
        return;
    case SG_EX_SHORTEST_PATH:
        check_shortest_path(c, expr);
        return;
    case SG_EX_EXISTS:
        sg_check_subquery(c, expr->query);
        expr->type.base = SG_BOOLEAN;
        return;
    case SG_EX_FUNCTION:
        if (check_exists_call(c, expr))
            return;
        break;
    default:
        break;
    }
    check_children(c, expr);
    if (!c->query->failed)
        check_kind(c, expr);
}

void sg_check_predicate(sg_checker *c, sg_expr *expr)
{
    bool before = c->predicate;

    c->predicate = true;
    sg_check_expr(c, expr);
    c->predicate = before;
    if (!c->query->failed && is_known(expr) && expr->type.base != SG_BOOLEAN)
        fail_type(c, "SyntaxError", expr, "a predicate, true or false,");
}

void sg_check_no_aggregate(sg_checker *c, sg_expr *expr)
{
    bool before = c->aggregates_allowed;

    c->aggregates_allowed = false;
    sg_check_expr(c, expr);
    c->aggregates_allowed = before;
}
