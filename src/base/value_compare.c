#include <assert.h>
#include <math.h>
#include <string.h>

#include "stance/map.h"
#include "stance/temporal.h"
#include "stance/value_ops.h"

/* Three relations on values, as openCypher 9 tells them apart (CIP2016-06-14, "comparability and
 * equality, orderability and equivalence"):
 *   equality       a = b     three-valued: null inside makes it unknown
 *   comparability  a < b     three-valued: unknown across types, false with NaN
 *   orderability   ORDER BY  total: types in a fixed order, NaN after numbers, null last
 * Equivalence (DISTINCT) is equality where null is the same as null and NaN as NaN. */

typedef enum comparison {
    LESS = -1,
    EQUAL = 0,
    GREATER = 1,
    UNORDERED = 2,
    UNKNOWN = 3
} comparison;

sg_value sg_value_ternary(sg_ternary t)
{
    return t == SG_UNKNOWN ? sg_value_null() : sg_value_boolean(t == SG_TRUE);
}

static bool is_number(sg_value v)
{
    return v.type == SG_INTEGER || v.type == SG_FLOAT;
}

static comparison compare_integers(int64_t a, int64_t b)
{
    return a < b ? LESS : a > b ? GREATER : EQUAL;
}

static comparison compare_floats(double a, double b)
{
    if (isnan(a) || isnan(b))
        return UNORDERED;
    return a < b ? LESS : a > b ? GREATER : EQUAL;
}

/* Exact also where the integer has more than 53 bits. */
static comparison compare_integer_float(int64_t i, double d)
{
    int64_t whole;

    if (isnan(d))
        return UNORDERED;
    if (d >= 0x1p63)
        return LESS;
    if (d < -0x1p63)
        return GREATER;
    whole = (int64_t) d;
    if (i != whole)
        return i < whole ? LESS : GREATER;
    return compare_floats((double) whole, d);
}

static comparison compare_numbers(sg_value a, sg_value b)
{
    comparison c;

    if (a.type == SG_INTEGER && b.type == SG_INTEGER)
        return compare_integers(a.as.integer, b.as.integer);
    if (a.type == SG_FLOAT && b.type == SG_FLOAT)
        return compare_floats(a.as.number, b.as.number);
    if (a.type == SG_INTEGER)
        return compare_integer_float(a.as.integer, b.as.number);
    c = compare_integer_float(b.as.integer, a.as.number);
    return c == LESS ? GREATER : c == GREATER ? LESS : c;
}

/* UTF-8 keeps the order of code points. */
static comparison compare_strings(sg_value a, sg_value b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int c = common > 0 ? memcmp(a.as.string, b.as.string, common) : 0;

    if (c != 0)
        return c < 0 ? LESS : GREATER;
    return a.len < b.len ? LESS : a.len > b.len ? GREATER : EQUAL;
}

static comparison compare_zoned(sg_type type, const sg_zoned *a, const sg_zoned *b)
{
    if (type == SG_TIME)
        return compare_integers(a->nanos - a->offset * SG_SECOND_NANOS,
                                b->nanos - b->offset * SG_SECOND_NANOS);
    if (a->seconds - a->offset != b->seconds - b->offset)
        return a->seconds - a->offset < b->seconds - b->offset ? LESS : GREATER;
    return compare_integers(a->nanos, b->nanos);
}

/* Two values of one type that has a natural order and no null inside. */
static comparison compare_scalars(sg_value a, sg_value b)
{
    switch ((sg_type) a.type) {
    case SG_BOOLEAN:
        return compare_integers(a.as.boolean, b.as.boolean);
    case SG_STRING:
        return compare_strings(a, b);
    case SG_DATE:
    case SG_LOCAL_TIME:
        return compare_integers(a.as.integer, b.as.integer);
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
        return compare_zoned((sg_type) a.type, a.as.zoned, b.as.zoned);
    default:
        return UNKNOWN;
    }
}

/* ---- equality ---- */

static bool same_durations(const sg_duration *a, const sg_duration *b)
{
    return a->months == b->months && a->days == b->days && a->seconds == b->seconds &&
           a->nanos == b->nanos;
}

static bool same_paths(const sg_path *a, const sg_path *b)
{
    return a->length == b->length &&
           memcmp(a->nodes, b->nodes, (a->length + 1) * sizeof *a->nodes) == 0 &&
           (a->length == 0 || memcmp(a->rels, b->rels, a->length * sizeof *a->rels) == 0);
}

static sg_ternary lists_equal(const sg_list *a, const sg_list *b)
{
    sg_ternary answer = SG_TRUE;

    if (a->count != b->count)
        return SG_FALSE;
    for (size_t i = 0; i < a->count; i++) {
        sg_ternary t = sg_value_equals(a->items[i], b->items[i]);

        if (t == SG_FALSE)
            return SG_FALSE;
        if (t == SG_UNKNOWN)
            answer = SG_UNKNOWN;
    }
    return answer;
}

static sg_ternary maps_equal(const sg_map_value *a, sg_value b)
{
    sg_ternary answer = SG_TRUE;

    if (a->count != b.as.map->count)
        return SG_FALSE;
    for (size_t i = 0; i < a->count; i++) {
        const sg_value *other = sg_value_map_find(b, a->keys[i].as.string, a->keys[i].len);
        sg_ternary t = other == NULL ? SG_FALSE : sg_value_equals(a->values[i], *other);

        if (t == SG_FALSE)
            return SG_FALSE;
        if (t == SG_UNKNOWN)
            answer = SG_UNKNOWN;
    }
    return answer;
}

sg_ternary sg_value_equals(sg_value a, sg_value b)
{
    if (a.type == SG_NULL || b.type == SG_NULL)
        return SG_UNKNOWN;
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b) == EQUAL ? SG_TRUE : SG_FALSE;
    if (a.type != b.type)
        return SG_FALSE;
    switch ((sg_type) a.type) {
    case SG_LIST:
        return lists_equal(a.as.list, b.as.list);
    case SG_MAP:
        return maps_equal(a.as.map, b);
    case SG_NODE:
    case SG_RELATIONSHIP:
        return a.as.entity == b.as.entity ? SG_TRUE : SG_FALSE;
    case SG_PATH:
        return same_paths(a.as.path, b.as.path) ? SG_TRUE : SG_FALSE;
    case SG_DURATION:
        return same_durations(a.as.duration, b.as.duration) ? SG_TRUE : SG_FALSE;
    default:
        return compare_scalars(a, b) == EQUAL ? SG_TRUE : SG_FALSE;
    }
}

sg_ternary sg_value_in(sg_value x, sg_value list)
{
    sg_ternary answer = SG_FALSE;

    if (list.type == SG_NULL)
        return SG_UNKNOWN;
    assert(list.type == SG_LIST && "the caller checks that the right side of IN is a list");
    for (size_t i = 0; i < list.as.list->count; i++) {
        sg_ternary t = sg_value_equals(x, list.as.list->items[i]);

        if (t == SG_TRUE)
            return SG_TRUE;
        if (t == SG_UNKNOWN)
            answer = SG_UNKNOWN;
    }
    return answer;
}

/* ---- comparability ---- */

static comparison compare(sg_value a, sg_value b);

/* Lexicographic: decided by the first pair that is not equal. */
static comparison compare_lists(const sg_list *a, const sg_list *b)
{
    size_t common = a->count < b->count ? a->count : b->count;

    for (size_t i = 0; i < common; i++) {
        sg_ternary t = sg_value_equals(a->items[i], b->items[i]);

        if (t == SG_UNKNOWN)
            return UNKNOWN;
        if (t == SG_FALSE)
            return compare(a->items[i], b->items[i]);
    }
    return a->count < b->count ? LESS : a->count > b->count ? GREATER : EQUAL;
}

static comparison compare(sg_value a, sg_value b)
{
    if (is_number(a) && is_number(b))
        return compare_numbers(a, b);
    if (a.type != b.type)
        return UNKNOWN;
    if (a.type == SG_LIST)
        return compare_lists(a.as.list, b.as.list);
    return compare_scalars(a, b);
}

sg_ternary sg_value_less(sg_value a, sg_value b, bool or_equal)
{
    switch (compare(a, b)) {
    case LESS:
        return SG_TRUE;
    case EQUAL:
        return or_equal ? SG_TRUE : SG_FALSE;
    case GREATER:
    case UNORDERED:
        return SG_FALSE;
    default:
        return SG_UNKNOWN;
    }
}

/* ---- orderability ---- */

static int type_rank(sg_value v)
{
    static const int ranks[] = {
        [SG_MAP] = 0,      [SG_NODE] = 1,       [SG_RELATIONSHIP] = 2,   [SG_LIST] = 3,
        [SG_PATH] = 4,     [SG_DATETIME] = 5,   [SG_LOCAL_DATETIME] = 6, [SG_DATE] = 7,
        [SG_TIME] = 8,     [SG_LOCAL_TIME] = 9, [SG_DURATION] = 10,      [SG_STRING] = 11,
        [SG_BOOLEAN] = 12, [SG_INTEGER] = 13,   [SG_FLOAT] = 13,         [SG_NULL] = 14,
    };

    return ranks[v.type];
}

static int order_lists(const sg_list *a, const sg_list *b)
{
    size_t common = a->count < b->count ? a->count : b->count;

    for (size_t i = 0; i < common; i++) {
        int c = sg_value_order(a->items[i], b->items[i]);

        if (c != 0)
            return c;
    }
    return (int) compare_integers((int64_t) a->count, (int64_t) b->count);
}

/* The index of the smallest key that is greater than `after` (NULL: of all), or SIZE_MAX. */
static size_t next_key(const sg_map_value *map, const sg_value *after)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < map->count; i++) {
        if (after != NULL && compare_strings(map->keys[i], *after) != GREATER)
            continue;
        if (best == SIZE_MAX || compare_strings(map->keys[i], map->keys[best]) == LESS)
            best = i;
    }
    return best;
}

/* By size, then by keys in order, then by their values. */
static int order_maps(const sg_map_value *a, const sg_map_value *b)
{
    size_t i, j;
    int c = (int) compare_integers((int64_t) a->count, (int64_t) b->count);

    i = next_key(a, NULL);
    j = next_key(b, NULL);
    while (c == 0 && i != SIZE_MAX && j != SIZE_MAX) {
        c = (int) compare_strings(a->keys[i], b->keys[j]);
        if (c == 0)
            c = sg_value_order(a->values[i], b->values[j]);
        i = next_key(a, &a->keys[i]);
        j = next_key(b, &b->keys[j]);
    }
    return c;
}

static int order_paths(const sg_path *a, const sg_path *b)
{
    size_t common = a->length < b->length ? a->length : b->length;

    for (size_t i = 0; i <= common; i++) {
        if (a->nodes[i] != b->nodes[i])
            return a->nodes[i] < b->nodes[i] ? LESS : GREATER;
        if (i < common && a->rels[i] != b->rels[i])
            return a->rels[i] < b->rels[i] ? LESS : GREATER;
    }
    return (int) compare_integers((int64_t) a->length, (int64_t) b->length);
}

/* By average length (a Gregorian month has 2,629,746 s), then part by part so that only equal
 * durations tie. */
static int order_durations(const sg_duration *a, const sg_duration *b)
{
    long double length_a = (long double) a->months * 2629746 + (long double) a->days * 86400 +
                           (long double) a->seconds;
    long double length_b = (long double) b->months * 2629746 + (long double) b->days * 86400 +
                           (long double) b->seconds;

    if (length_a != length_b)
        return length_a < length_b ? LESS : GREATER;
    if (a->nanos != b->nanos)
        return a->nanos < b->nanos ? LESS : GREATER;
    if (a->months != b->months)
        return a->months < b->months ? LESS : GREATER;
    return (int) compare_integers(a->days, b->days);
}

static int order_numbers(sg_value a, sg_value b)
{
    bool nan_a = a.type == SG_FLOAT && isnan(a.as.number);
    bool nan_b = b.type == SG_FLOAT && isnan(b.as.number);

    if (nan_a || nan_b)
        return (int) nan_a - (int) nan_b;
    return (int) compare_numbers(a, b);
}

int sg_value_order(sg_value a, sg_value b)
{
    int rank_a = type_rank(a), rank_b = type_rank(b);

    if (rank_a != rank_b)
        return rank_a < rank_b ? LESS : GREATER;
    switch ((sg_type) a.type) {
    case SG_NULL:
        return 0;
    case SG_INTEGER:
    case SG_FLOAT:
        return order_numbers(a, b);
    case SG_NODE:
    case SG_RELATIONSHIP:
        return (int) compare_integers(a.as.entity, b.as.entity);
    case SG_LIST:
        return order_lists(a.as.list, b.as.list);
    case SG_MAP:
        return order_maps(a.as.map, b.as.map);
    case SG_PATH:
        return order_paths(a.as.path, b.as.path);
    case SG_DURATION:
        return order_durations(a.as.duration, b.as.duration);
    default:
        return (int) compare_scalars(a, b);
    }
}

/* ---- equivalence ---- */

bool sg_value_same(sg_value a, sg_value b)
{
    return sg_value_order(a, b) == 0;
}

static uint64_t mix(uint64_t seed, uint64_t bits)
{
    return sg_hash_bytes(&bits, sizeof bits, seed);
}

/* Integers and floats of one value have one hash. */
static uint64_t hash_number(sg_value v, uint64_t seed)
{
    uint64_t bits;
    double d = v.as.number;

    if (v.type == SG_INTEGER)
        return mix(seed, (uint64_t) v.as.integer);
    if (isnan(d))
        return mix(seed, UINT64_C(0x7ff8000000000000));
    if (d >= -0x1p63 && d < 0x1p63 && d == floor(d))
        return mix(seed, (uint64_t) (int64_t) d);
    memcpy(&bits, &d, sizeof bits);
    return mix(seed, bits);
}

static uint64_t hash_map(const sg_map_value *map, uint64_t seed)
{
    uint64_t sum = map->count;

    for (size_t i = 0; i < map->count; i++)
        sum += sg_value_hash(map->values[i], sg_value_hash(map->keys[i], seed));
    return mix(seed, sum);
}

static uint64_t hash_zoned(sg_type type, const sg_zoned *z, uint64_t seed)
{
    if (type == SG_TIME)
        return mix(seed, (uint64_t) (z->nanos - z->offset * SG_SECOND_NANOS));
    return mix(mix(seed, (uint64_t) (z->seconds - z->offset)), (uint64_t) z->nanos);
}

uint64_t sg_value_hash(sg_value v, uint64_t seed)
{
    seed ^= (uint64_t) type_rank(v) << 56;
    switch ((sg_type) v.type) {
    case SG_NULL:
        return mix(seed, 0);
    case SG_BOOLEAN:
        return mix(seed, v.as.boolean);
    case SG_INTEGER:
    case SG_FLOAT:
        return hash_number(v, seed);
    case SG_STRING:
        return sg_hash_bytes(v.as.string, v.len, seed);
    case SG_LIST:
        for (size_t i = 0; i < v.as.list->count; i++)
            seed = sg_value_hash(v.as.list->items[i], seed);
        return mix(seed, v.as.list->count);
    case SG_MAP:
        return hash_map(v.as.map, seed);
    case SG_NODE:
    case SG_RELATIONSHIP:
        return mix(seed, v.as.entity);
    case SG_PATH:
        return sg_hash_bytes(v.as.path->rels, v.as.path->length * sizeof *v.as.path->rels,
                             mix(seed, v.as.path->nodes[0]));
    case SG_DATE:
    case SG_LOCAL_TIME:
        return mix(seed, (uint64_t) v.as.integer);
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
        return hash_zoned((sg_type) v.type, v.as.zoned, seed);
    case SG_DURATION:
        return mix(
            mix(mix(mix(seed, (uint64_t) v.as.duration->months), (uint64_t) v.as.duration->days),
                (uint64_t) v.as.duration->seconds),
            (uint64_t) v.as.duration->nanos);
    }
    return seed;
}
