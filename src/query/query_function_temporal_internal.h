#ifndef STANCE_QUERY_FUNCTION_TEMPORAL_INTERNAL_H
#define STANCE_QUERY_FUNCTION_TEMPORAL_INTERNAL_H

/* Building temporal values from the maps that date({...}), datetime({...}) and the truncate
 * functions take: the fields by number, and date, time and zone made from them. */

#include "stance/temporal.h"

#include "query_function_internal.h"

enum temporal_key {
    KEY_DATE,
    KEY_TIME,
    KEY_DATETIME,
    KEY_YEAR,
    KEY_QUARTER,
    KEY_MONTH,
    KEY_WEEK,
    KEY_DAY,
    KEY_ORDINAL_DAY,
    KEY_DAY_OF_WEEK,
    KEY_DAY_OF_QUARTER,
    KEY_HOUR,
    KEY_MINUTE,
    KEY_SECOND,
    KEY_MILLISECOND,
    KEY_MICROSECOND,
    KEY_NANOSECOND,
    KEY_TIMEZONE,
    KEY_EPOCH_SECONDS,
    KEY_EPOCH_MILLIS,
    KEY_COUNT
};

/* A zone: none, an offset, or a name of the time zone database. The offset of a named zone, if
 * known, decides between two readings of a local time. */
struct temporal_zone {
    bool present;
    bool has_offset;
    int32_t offset;
    const char *name;
};

/* A temporal value taken apart; what the value's type lacks is absent. */
struct temporal_parts {
    bool has_date, has_time;
    int64_t days;
    int64_t nanos; /* of the day */
    struct temporal_zone zone;
};

/* The fields of a map: numbers checked to be Integers, others as they are. */
struct temporal_fields {
    bool given[KEY_COUNT];
    bool any_null;
    int64_t number[KEY_COUNT];
    sg_value value[KEY_COUNT]; /* of KEY_DATE, KEY_TIME, KEY_DATETIME and KEY_TIMEZONE */
};

/* False when `v` is no temporal instant. */
bool sg_temporal_take_apart(sg_value v, struct temporal_parts *parts);

sg_status sg_temporal_read_fields(struct sg_function_context *context, sg_value map,
                                  struct temporal_fields *fields, sg_error *err);
/* The parts that the map's date, time and datetime entries give. */
sg_status sg_temporal_read_base(struct sg_function_context *context,
                                const struct temporal_fields *fields, struct temporal_parts *base,
                                sg_error *err);
/* The day that the fields make on top of `base`. */
sg_status sg_temporal_build_date(struct sg_function_context *context,
                                 const struct temporal_fields *fields,
                                 const struct temporal_parts *base, int64_t *days, sg_error *err);
/* The same for the time of day; without hour and base it is midnight. */
sg_status sg_temporal_build_time(struct sg_function_context *context,
                                 const struct temporal_fields *fields,
                                 const struct temporal_parts *base, int64_t *nanos, sg_error *err);
/* The zone of the timezone entry; absent when there is none. */
sg_status sg_temporal_build_zone(struct sg_function_context *context,
                                 const struct temporal_fields *fields, struct temporal_zone *zone,
                                 sg_error *err);

#endif
