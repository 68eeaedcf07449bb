#include "aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- names ---- */

static const struct {
    const char *name;
    sg_aggregate aggregate;
} names[] = {
    { "count", SG_AGG_COUNT },
    { "sum", SG_AGG_SUM },
    { "avg", SG_AGG_AVG },
    { "min", SG_AGG_MIN },
    { "max", SG_AGG_MAX },
    { "collect", SG_AGG_COLLECT },
    { "stDev", SG_AGG_STDEV },
    { "stDevP", SG_AGG_STDEVP },
    { "percentileDisc", SG_AGG_PERCENTILE_DISC },
    { "percentileCont", SG_AGG_PERCENTILE_CONT },
};

bool sg_aggregate_find(const char *name, size_t len, sg_aggregate *aggregate_out)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i].name) == len && strncasecmp(names[i].name, name, len) == 0) {
            *aggregate_out = names[i].aggregate;
            return true;
        }
    }
    return false;
}

/* ---- accumulators ---- */

void sg_accumulator_init(sg_accumulator *acc, const sg_expr *expr)
{
    memset(acc, 0, sizeof *acc);
    if (expr->aggregate == SG_AGG_SUM)
        acc->value = sg_value_integer(0);
}

void sg_accumulator_clear(sg_accumulator *acc)
{
    sg_free(acc->items);
    memset(acc, 0, sizeof *acc);
}

static void keep_item(sg_accumulator *acc, sg_exec *x, sg_value v, sg_arena *arena)
{
    size_t before = acc->capacity;

    SG_GROW(acc->items, acc->capacity, (size_t) acc->count);
    x->kept_bytes += (acc->capacity - before) * sizeof *acc->items;
    acc->items[acc->count - 1] = sg_value_copy(arena, v);
}

static sg_status need_number(sg_exec *x, const sg_expr *expr, sg_value v)
{
    if (v.type == SG_INTEGER || v.type == SG_FLOAT)
        return SG_OK;
    return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                        "%.*s() takes numbers, not a value of type %s", (int) expr->name.len,
                        expr->name.text, sg_type_name((sg_type) v.type));
}

static double number_of(sg_value v)
{
    return v.type == SG_INTEGER ? (double) v.as.integer : v.as.number;
}

static sg_status add_sum(sg_accumulator *acc, sg_exec *x, const sg_expr *expr, sg_value v,
                         sg_arena *arena)
{
    sg_fault fault = { NULL, NULL };

    if (v.type != SG_DURATION && need_number(x, expr, v) != SG_OK)
        return SG_ERR_QUERY;
    if (acc->count == 1)
        acc->value = sg_value_copy(arena, v);
    else if (sg_value_add(arena, acc->value, v, &acc->value, &fault, x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

/* Welford 1962: mean and sum of squared differences in one pass. */
static void add_deviation(sg_accumulator *acc, double d)
{
    double before = acc->mean;

    acc->mean += (d - before) / (double) acc->count;
    acc->squares += (d - before) * (d - acc->mean);
}

static sg_status set_percentile(sg_accumulator *acc, sg_exec *x, const sg_expr *expr,
                                sg_arena *scratch)
{
    sg_value p;

    if (acc->percentile.type != SG_NULL)
        return SG_OK;
    if (sg_eval(x, expr->child[1], scratch, &p) != SG_OK || need_number(x, expr, p) != SG_OK)
        return SG_ERR_QUERY;
    if (!(number_of(p) >= 0.0 && number_of(p) <= 1.0))
        return sg_exec_fail(x, "ArgumentError", "NumberOutOfRange", expr->child[1],
                            "a percentile is a number from 0.0 to 1.0");
    acc->percentile = sg_value_float(number_of(p));
    return SG_OK;
}

static sg_status accumulate(sg_accumulator *acc, sg_exec *x, const sg_expr *expr, sg_value v,
                            sg_arena *scratch, sg_arena *arena)
{
    switch ((sg_aggregate) expr->aggregate) {
    case SG_AGG_COUNT:
    case SG_AGG_COUNT_STAR:
        return SG_OK;
    case SG_AGG_SUM:
        return add_sum(acc, x, expr, v, arena);
    case SG_AGG_AVG:
        if (v.type == SG_DURATION)
            return add_sum(acc, x, expr, v, arena);
        if (need_number(x, expr, v) != SG_OK)
            return SG_ERR_QUERY;
        add_deviation(acc, number_of(v));
        return SG_OK;
    case SG_AGG_MIN:
    case SG_AGG_MAX: {
        int order = acc->count == 1 ? 0 : sg_value_order(v, acc->value);

        if (acc->count == 1 || (expr->aggregate == SG_AGG_MIN ? order < 0 : order > 0))
            acc->value = sg_value_copy(arena, v);
        return SG_OK;
    }
    case SG_AGG_COLLECT:
        keep_item(acc, x, v, arena);
        return SG_OK;
    case SG_AGG_STDEV:
    case SG_AGG_STDEVP:
        if (need_number(x, expr, v) != SG_OK)
            return SG_ERR_QUERY;
        add_deviation(acc, number_of(v));
        return SG_OK;
    case SG_AGG_PERCENTILE_DISC:
    case SG_AGG_PERCENTILE_CONT:
        if (need_number(x, expr, v) != SG_OK || set_percentile(acc, x, expr, scratch) != SG_OK)
            return SG_ERR_QUERY;
        keep_item(acc, x, v, arena);
        return SG_OK;
    }
    return SG_OK;
}

sg_status sg_accumulator_add(sg_accumulator *acc, sg_exec *x, const sg_expr *expr, sg_value v,
                             sg_arena *scratch, sg_arena *arena)
{
    acc->count++;
    return accumulate(acc, x, expr, v, scratch, arena);
}

/* ---- results ---- */

static int compare_items(const void *a, const void *b)
{
    return sg_value_order(*(const sg_value *) a, *(const sg_value *) b);
}

/* percentileDisc: the nearest rank; percentileCont: between the two nearest, linear. */
static sg_value percentile(sg_accumulator *acc, bool continuous)
{
    double p = acc->percentile.as.number;
    size_t n = (size_t) acc->count;
    double at;
    size_t low;

    qsort(acc->items, n, sizeof *acc->items, compare_items);
    if (!continuous) {
        size_t rank = (size_t) ceil(p * (double) n);

        return acc->items[rank == 0 ? 0 : rank - 1];
    }
    at = p * (double) (n - 1);
    low = (size_t) floor(at);
    if (low + 1 >= n)
        return sg_value_float(number_of(acc->items[n - 1]));
    return sg_value_float(number_of(acc->items[low]) * (1.0 - (at - floor(at))) +
                          number_of(acc->items[low + 1]) * (at - floor(at)));
}

static sg_status average(sg_accumulator *acc, sg_exec *x, const sg_expr *expr, sg_arena *arena,
                         sg_value *out)
{
    sg_fault fault = { NULL, NULL };

    if (acc->count == 0)
        *out = sg_value_null();
    else if (acc->value.type != SG_DURATION)
        *out = sg_value_float(acc->mean);
    else if (sg_value_divide(arena, acc->value, sg_value_integer(acc->count), out, &fault,
                             x->query->err) != SG_OK)
        return sg_exec_fault(x, &fault, expr);
    return SG_OK;
}

sg_status sg_accumulator_finish(sg_accumulator *acc, sg_exec *x, const sg_expr *expr,
                                sg_arena *arena, sg_value *out)
{
    double n = (double) acc->count;

    switch ((sg_aggregate) expr->aggregate) {
    case SG_AGG_COUNT:
    case SG_AGG_COUNT_STAR:
        *out = sg_value_integer(acc->count);
        break;
    case SG_AGG_SUM:
    case SG_AGG_MIN:
    case SG_AGG_MAX:
        *out = acc->value;
        break;
    case SG_AGG_AVG:
        return average(acc, x, expr, arena, out);
    case SG_AGG_COLLECT:
        *out = sg_value_list(arena, acc->items, (size_t) acc->count);
        break;
    case SG_AGG_STDEV:
        *out = sg_value_float(n < 2 ? 0.0 : sqrt(acc->squares / (n - 1)));
        break;
    case SG_AGG_STDEVP:
        *out = sg_value_float(n < 1 ? 0.0 : sqrt(acc->squares / n));
        break;
    case SG_AGG_PERCENTILE_DISC:
    case SG_AGG_PERCENTILE_CONT:
        *out = acc->count == 0 ? sg_value_null()
                               : percentile(acc, expr->aggregate == SG_AGG_PERCENTILE_CONT);
        break;
    }
    return SG_OK;
}
