#ifndef STANCE_VALUE_OPS_H
#define STANCE_VALUE_OPS_H

/* What openCypher 9 does with values: equality, ordering, arithmetic, access to parts, and their
 * written forms. Nothing here knows a graph; nodes and relationships are compared by handle and
 * written by callbacks. New values live in the arena given. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/mem.h"
#include "stance/strbuf.h"
#include "stance/value.h"

/* The class of a failure in the words of the specification: type "TypeError", "ArithmeticError",
 * "ArgumentError"..., detail "InvalidArgumentType", "NumberOutOfRange"... Both are constant
 * strings, NULL while nothing failed. The phase of what is reported here is "runtime". */
typedef struct sg_fault {
    const char *type;
    const char *detail;
} sg_fault;

/* Records the class, and the message in `err` as SG_ERR_QUERY, and returns SG_ERR_QUERY. */
sg_status sg_fault_set(sg_fault *fault, sg_error *err, const char *type, const char *detail,
                       const char *format, ...) SG_PRINTF(5, 6);

/* "Integer", "ZonedDateTime"...: the type's name for messages. */
const char *sg_type_name(sg_type type);

/* ---- three-valued logic ---- */
typedef enum sg_ternary { SG_FALSE = 0, SG_TRUE = 1, SG_UNKNOWN = 2 } sg_ternary;

/* true, false or null */
sg_value sg_value_ternary(sg_ternary t);

/* ---- equality and order ---- */

/* a = b: null (also inside lists and maps) makes the answer unknown unless another part differs. */
sg_ternary sg_value_equals(sg_value a, sg_value b);
/* a < b, or a <= b with `or_equal`. Unknown where the types cannot be compared; false with NaN.
 * a > b is sg_value_less(b, a, false). */
sg_ternary sg_value_less(sg_value a, sg_value b, bool or_equal);
/* x IN list; `list` is a SG_LIST or null. */
sg_ternary sg_value_in(sg_value x, sg_value list);
/* Equivalence, as DISTINCT and grouping use it: null is the same as null, NaN as NaN. */
bool sg_value_same(sg_value a, sg_value b);
/* Values that are the same have the same hash. */
uint64_t sg_value_hash(sg_value v, uint64_t seed);
/* The total order of ORDER BY, ascending: <0, 0, >0. Types in the order of the specification,
 * numbers then NaN then null last. */
int sg_value_order(sg_value a, sg_value b);

/* ---- arithmetic: null in, null out ---- */
typedef sg_status sg_value_operator(sg_arena *arena, sg_value a, sg_value b, sg_value *out,
                                    sg_fault *fault, sg_error *err);

/* Numbers, strings, lists (also list + element), dates and durations. */
sg_value_operator sg_value_add;
sg_value_operator sg_value_subtract;
sg_value_operator sg_value_multiply;
sg_value_operator sg_value_divide;
sg_value_operator sg_value_modulo;
sg_value_operator sg_value_power;
SG_MUST_CHECK sg_status sg_value_negate(sg_value a, sg_value *out, sg_fault *fault, sg_error *err);

/* ---- parts ---- */

/* list[index] and map[key]; null for what is absent. Entities are for the caller. */
SG_MUST_CHECK sg_status sg_value_index(sg_value container, sg_value index, sg_value *out,
                                       sg_fault *fault, sg_error *err);
/* list[from..to]; a missing bound is given as NULL. */
SG_MUST_CHECK sg_status sg_value_slice(sg_arena *arena, sg_value list, const sg_value *from,
                                       const sg_value *to, sg_value *out, sg_fault *fault,
                                       sg_error *err);
/* value.name for maps and temporal values, null for null; other types are a TypeError. */
SG_MUST_CHECK sg_status sg_value_property(sg_arena *arena, sg_value v, const char *name, size_t len,
                                          sg_value *out, sg_fault *fault, sg_error *err);
/* The entry of a SG_MAP, or NULL. */
const sg_value *sg_value_map_find(sg_value map, const char *key, size_t len);
/* A map of `count` entries, the arrays copied (not deeply); keys are SG_STRING. When a key comes
 * twice the later entry wins. */
sg_value sg_value_map(sg_arena *arena, const sg_value *keys, const sg_value *values, size_t count);
/* True for what a property may hold: no maps, nodes, relationships, paths, nor lists of lists,
 * of nulls or of such. */
bool sg_value_is_storable(sg_value v);

/* ---- written forms ---- */

/* How nodes, relationships and paths are written; the callbacks append to `out`. */
struct sg_entity_writer {
    const void *data;
    void (*node)(const void *data, uint32_t node, sg_strbuf *out);
    void (*relationship)(const void *data, uint32_t relationship, sg_strbuf *out);
    /* True if the relationship starts at `node` (the direction of an arrow in a path). */
    bool (*starts_at)(const void *data, uint32_t relationship, uint32_t node);
};

/* Shortest text that reads back as the same float: 1.0, 0.1, 1.0e30, NaN, Infinity, -Infinity. */
void sg_float_write(sg_strbuf *out, double d);
/* Cypher literal: strings in single quotes with escapes, temporal values quoted like strings:
 * the notation of the openCypher TCK. `entities` may be NULL where there are none. */
void sg_value_write_tck(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities);
/* For people: like the above but a string or temporal value by itself is bare, null is empty. */
void sg_value_write_plain(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities);
/* JSON. Temporal values are strings; NaN and the infinities are null; the node and relationship
 * callbacks must append JSON (a path is the list of its parts). */
void sg_value_write_json(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities);
/* One JSON string with its quotes. Malformed UTF-8 becomes U+FFFD. */
void sg_json_write_string(sg_strbuf *out, const char *text, size_t len);
/* Reads JSON text: numbers without '.' or exponent are integers, objects maps. */
SG_MUST_CHECK sg_status sg_value_read_json(sg_arena *arena, const char *text, size_t len,
                                           sg_value *out, sg_error *err);
/* ---- name of a text in Cypher: quoted with backquotes when it is no plain identifier ---- */
void sg_name_write_cypher(sg_strbuf *out, const char *name, size_t len);

#endif
