#ifndef STANCE_VALUE_H
#define STANCE_VALUE_H

/* A value of the property graph: the types of openCypher 9 (CIP "Cypher type system").
 * Values are small and passed by copy. Strings, lists, maps and paths point into memory that the
 * maker names (usually a query's arena); a value does not own it. Temporal values are kept whole
 * in the value or, for zoned ones and durations, behind a pointer in the same memory. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/mem.h"
#include "stance/strbuf.h"

typedef enum sg_type {
    SG_NULL,
    SG_BOOLEAN,
    SG_INTEGER,
    SG_FLOAT,
    SG_STRING,
    SG_LIST,
    SG_MAP,
    SG_NODE,
    SG_RELATIONSHIP,
    SG_PATH,
    SG_DATE,           /* as.integer: days since 1970-01-01 */
    SG_LOCAL_TIME,     /* as.integer: nanoseconds since midnight */
    SG_TIME,           /* as.zoned: nanos of day, offset */
    SG_LOCAL_DATETIME, /* as.zoned: seconds since 1970-01-01T00:00, nanos */
    SG_DATETIME,       /* as.zoned: local seconds, nanos, offset, zone name or NULL */
    SG_DURATION,       /* as.duration */
} sg_type;

struct sg_value;

typedef struct sg_list {
    size_t count;
    struct sg_value *items;
} sg_list;

typedef struct sg_map_value {
    size_t count;
    struct sg_value *keys; /* SG_STRING, in insertion order, distinct */
    struct sg_value *values;
} sg_map_value;

typedef struct sg_path {
    size_t length;         /* number of relationships */
    const uint32_t *nodes; /* length + 1 node handles */
    const uint32_t *rels;  /* length relationship handles */
} sg_path;

typedef struct sg_zoned {
    int64_t seconds;  /* local seconds since 1970-01-01T00:00:00, or 0 for SG_TIME */
    int64_t nanos;    /* of the second, or of the day for SG_TIME */
    int32_t offset;   /* seconds east of UTC; 0 where the type has none */
    const char *zone; /* "Europe/Stockholm" or NULL */
} sg_zoned;

typedef struct sg_duration {
    int64_t months;
    int64_t days;
    int64_t seconds;
    int64_t nanos; /* 0 to 999,999,999 */
} sg_duration;

typedef struct sg_value {
    uint8_t type; /* sg_type */
    uint32_t len; /* SG_STRING: bytes; otherwise 0 */
    union {
        bool boolean;
        int64_t integer;
        double number;
        const char *string; /* not always zero-terminated */
        const sg_list *list;
        const sg_map_value *map;
        const sg_path *path;
        const sg_zoned *zoned;
        const sg_duration *duration;
        uint32_t entity; /* node or relationship handle of the graph it came from */
    } as;
} sg_value;

sg_value sg_value_null(void);
sg_value sg_value_boolean(bool b);
sg_value sg_value_integer(int64_t i);
sg_value sg_value_float(double d);
/* Borrows text[0, len). */
sg_value sg_value_string(const char *text, size_t len);
/* Borrows a zero-terminated string; NULL gives null. */
sg_value sg_value_text(const char *text);
sg_value sg_value_date(int64_t days);
sg_value sg_value_node(uint32_t handle);
sg_value sg_value_relationship(uint32_t handle);
/* A list of `count` items in `arena`, the items copied (not deeply). */
sg_value sg_value_list(sg_arena *arena, const sg_value *items, size_t count);
bool sg_value_is_null(sg_value v);
/* Deep copy of everything the value points to (entities stay handles). */
sg_value sg_value_copy(sg_arena *arena, sg_value v);

#endif
