#include <math.h>
#include <string.h>

#include "graph_internal.h"

/* Two comparisons of property values: identity, to count what changed, and Cypher's equality, to
 * answer look-ups. Both only see what a property can hold: no entities, no paths. */

static bool same_zoned(const sg_zoned *a, const sg_zoned *b)
{
    if ((a->zone == NULL) != (b->zone == NULL) ||
        (a->zone != NULL && strcmp(a->zone, b->zone) != 0))
        return false;
    return a->seconds == b->seconds && a->nanos == b->nanos && a->offset == b->offset;
}

static bool same_duration(const sg_duration *a, const sg_duration *b)
{
    return a->months == b->months && a->days == b->days && a->seconds == b->seconds &&
           a->nanos == b->nanos;
}

static bool compare_items(const sg_value *a, const sg_value *b, size_t count,
                          bool (*compare)(sg_value, sg_value))
{
    for (size_t i = 0; i < count; i++)
        if (!compare(a[i], b[i]))
            return false;
    return true;
}

/* Both of one type that is not a number. */
static bool compare_alike(sg_value a, sg_value b, bool (*compare)(sg_value, sg_value))
{
    switch ((sg_type) a.type) {
    case SG_NULL:
        return true;
    case SG_BOOLEAN:
        return a.as.boolean == b.as.boolean;
    case SG_STRING:
        return a.len == b.len && (a.len == 0 || memcmp(a.as.string, b.as.string, a.len) == 0);
    case SG_LIST:
        return a.as.list->count == b.as.list->count &&
               compare_items(a.as.list->items, b.as.list->items, a.as.list->count, compare);
    case SG_MAP:
        return a.as.map->count == b.as.map->count &&
               compare_items(a.as.map->keys, b.as.map->keys, a.as.map->count, compare) &&
               compare_items(a.as.map->values, b.as.map->values, a.as.map->count, compare);
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
        return same_zoned(a.as.zoned, b.as.zoned);
    case SG_DURATION:
        return same_duration(a.as.duration, b.as.duration);
    case SG_NODE:
    case SG_RELATIONSHIP:
        return a.as.entity == b.as.entity;
    case SG_PATH:
        return a.as.path == b.as.path;
    default:
        return a.as.integer == b.as.integer;
    }
}

bool value_same(sg_value a, sg_value b)
{
    if (a.type != b.type)
        return false;
    if (a.type == SG_FLOAT)
        return (a.as.number == b.as.number && signbit(a.as.number) == signbit(b.as.number)) ||
               (isnan(a.as.number) && isnan(b.as.number));
    return compare_alike(a, b, value_same);
}

static bool is_number(sg_value v)
{
    return v.type == SG_INTEGER || v.type == SG_FLOAT;
}

static double as_number(sg_value v)
{
    return v.type == SG_INTEGER ? (double) v.as.integer : v.as.number;
}

bool value_equals(sg_value a, sg_value b)
{
    if (a.type == SG_NULL || b.type == SG_NULL)
        return false;
    if (a.type == SG_INTEGER && b.type == SG_INTEGER)
        return a.as.integer == b.as.integer;
    if (is_number(a) && is_number(b))
        return as_number(a) >= as_number(b) && as_number(a) <= as_number(b);
    return a.type == b.type && compare_alike(a, b, value_equals);
}
