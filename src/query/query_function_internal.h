#ifndef STANCE_QUERY_FUNCTION_INTERNAL_H
#define STANCE_QUERY_FUNCTION_INTERNAL_H

/* What the files of scalar functions share: the implementations listed in function.c, and the
 * usual refusals. Every function gets at least its minimum of arguments. */

#include "stance/function.h"

#define SG_ACCEPTS_NUMBER (SG_ACCEPTS(SG_INTEGER) | SG_ACCEPTS(SG_FLOAT))
#define SG_ACCEPTS_INSTANT                                                                         \
 (SG_ACCEPTS(SG_DATE) | SG_ACCEPTS(SG_LOCAL_TIME) | SG_ACCEPTS(SG_TIME) |                          \
  SG_ACCEPTS(SG_LOCAL_DATETIME) | SG_ACCEPTS(SG_DATETIME))

/* TypeError, InvalidArgumentValue: "toInteger() takes a number or a string, not a List". */
sg_status sg_function_refuse_type(struct sg_function_context *context, const char *function,
                                  const char *wanted, sg_value v, sg_error *err);
/* ArgumentError with the detail and message given. */
sg_status sg_function_refuse_value(struct sg_function_context *context, sg_error *err,
                                   const char *detail, const char *format, ...) SG_PRINTF(4, 5);
/* True if one of the arguments is null; then the result is null. */
bool sg_function_any_null(const sg_value *args, size_t count);
/* The next random number. */
uint64_t sg_function_random(struct sg_function_context *context);

/* function_number.c */
sg_function_run sg_function_abs, sg_function_ceil, sg_function_floor, sg_function_round,
    sg_function_sign, sg_function_sqrt, sg_function_exp, sg_function_log, sg_function_log10,
    sg_function_sin, sg_function_cos, sg_function_tan, sg_function_cot, sg_function_asin,
    sg_function_acos, sg_function_atan, sg_function_atan2, sg_function_degrees, sg_function_radians,
    sg_function_haversin, sg_function_is_nan, sg_function_e, sg_function_pi, sg_function_rand;
/* function_string.c */
sg_function_run sg_function_substring, sg_function_left, sg_function_right, sg_function_replace,
    sg_function_split, sg_function_trim, sg_function_ltrim, sg_function_rtrim, sg_function_to_upper,
    sg_function_to_lower;
/* function_list.c */
sg_function_run sg_function_size, sg_function_head, sg_function_last, sg_function_tail,
    sg_function_reverse, sg_function_range, sg_function_is_empty, sg_function_coalesce,
    sg_function_exists;
/* function_convert.c */
sg_function_run sg_function_to_integer, sg_function_to_float, sg_function_to_boolean,
    sg_function_to_string, sg_function_to_integer_or_null, sg_function_to_float_or_null,
    sg_function_to_boolean_or_null, sg_function_to_string_or_null, sg_function_to_integer_list,
    sg_function_to_float_list, sg_function_to_boolean_list, sg_function_to_string_list;
/* function_graph.c */
sg_function_run sg_function_id, sg_function_labels, sg_function_type, sg_function_properties,
    sg_function_keys, sg_function_start_node, sg_function_end_node, sg_function_length,
    sg_function_nodes, sg_function_relationships;
/* function_temporal.c */
sg_function_run sg_function_date, sg_function_localtime, sg_function_time,
    sg_function_localdatetime, sg_function_datetime, sg_function_timestamp,
    sg_function_date_realtime, sg_function_localtime_realtime, sg_function_time_realtime,
    sg_function_localdatetime_realtime, sg_function_datetime_realtime,
    sg_function_datetime_from_epoch, sg_function_datetime_from_epoch_millis,
    sg_function_date_truncate, sg_function_localtime_truncate, sg_function_time_truncate,
    sg_function_localdatetime_truncate, sg_function_datetime_truncate;
/* function_duration.c */
sg_function_run sg_function_duration, sg_function_duration_between, sg_function_duration_in_months,
    sg_function_duration_in_days, sg_function_duration_in_seconds;

#endif
