#include "stance/function.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>
#include <time.h>

#include "query_function_internal.h"

/* The table of scalar functions, and the context they run in. */

#define ANY      SG_FUNCTION_ANY_COUNT
#define BOOLEAN  SG_ACCEPTS(SG_BOOLEAN)
#define INTEGER  SG_ACCEPTS(SG_INTEGER)
#define FLOAT    SG_ACCEPTS(SG_FLOAT)
#define NUMBER   SG_ACCEPTS_NUMBER
#define STRING   SG_ACCEPTS(SG_STRING)
#define LIST     SG_ACCEPTS(SG_LIST)
#define MAP      SG_ACCEPTS(SG_MAP)
#define NODE     SG_ACCEPTS(SG_NODE)
#define REL      SG_ACCEPTS(SG_RELATIONSHIP)
#define PATH     SG_ACCEPTS(SG_PATH)
#define DURATION SG_ACCEPTS(SG_DURATION)
#define DATE     SG_ACCEPTS(SG_DATE)
#define LTIME    SG_ACCEPTS(SG_LOCAL_TIME)
#define TIME     SG_ACCEPTS(SG_TIME)
#define LDT      SG_ACCEPTS(SG_LOCAL_DATETIME)
#define DT       SG_ACCEPTS(SG_DATETIME)

/* clang-format off */
static const struct sg_function functions[] = {
    /* numbers */
    { "abs",       1, 1, false, { NUMBER }, NUMBER, sg_function_abs },
    { "ceil",      1, 1, false, { NUMBER }, FLOAT, sg_function_ceil },
    { "floor",     1, 1, false, { NUMBER }, FLOAT, sg_function_floor },
    { "round",     1, 3, false, { NUMBER, NUMBER, STRING }, FLOAT, sg_function_round },
    { "sign",      1, 1, false, { NUMBER }, INTEGER, sg_function_sign },
    { "sqrt",      1, 1, false, { NUMBER }, FLOAT, sg_function_sqrt },
    { "exp",       1, 1, false, { NUMBER }, FLOAT, sg_function_exp },
    { "log",       1, 1, false, { NUMBER }, FLOAT, sg_function_log },
    { "log10",     1, 1, false, { NUMBER }, FLOAT, sg_function_log10 },
    { "sin",       1, 1, false, { NUMBER }, FLOAT, sg_function_sin },
    { "cos",       1, 1, false, { NUMBER }, FLOAT, sg_function_cos },
    { "tan",       1, 1, false, { NUMBER }, FLOAT, sg_function_tan },
    { "cot",       1, 1, false, { NUMBER }, FLOAT, sg_function_cot },
    { "asin",      1, 1, false, { NUMBER }, FLOAT, sg_function_asin },
    { "acos",      1, 1, false, { NUMBER }, FLOAT, sg_function_acos },
    { "atan",      1, 1, false, { NUMBER }, FLOAT, sg_function_atan },
    { "atan2",     2, 2, false, { NUMBER, NUMBER }, FLOAT, sg_function_atan2 },
    { "degrees",   1, 1, false, { NUMBER }, FLOAT, sg_function_degrees },
    { "radians",   1, 1, false, { NUMBER }, FLOAT, sg_function_radians },
    { "haversin",  1, 1, false, { NUMBER }, FLOAT, sg_function_haversin },
    { "isNaN",     1, 1, false, { NUMBER }, BOOLEAN, sg_function_is_nan },
    { "e",         0, 0, false, { 0 }, FLOAT, sg_function_e },
    { "pi",        0, 0, false, { 0 }, FLOAT, sg_function_pi },
    { "rand",      0, 0, true,  { 0 }, FLOAT, sg_function_rand },
    { "timestamp", 0, 0, false, { 0 }, INTEGER, sg_function_timestamp },
    /* strings */
    { "substring", 2, 3, false, { STRING, INTEGER, INTEGER }, STRING, sg_function_substring },
    { "left",      2, 2, false, { STRING, INTEGER }, STRING, sg_function_left },
    { "right",     2, 2, false, { STRING, INTEGER }, STRING, sg_function_right },
    { "replace",   3, 3, false, { STRING, STRING, STRING }, STRING, sg_function_replace },
    { "split",     2, 2, false, { STRING, STRING | LIST }, LIST, sg_function_split },
    { "trim",      1, 1, false, { STRING }, STRING, sg_function_trim },
    { "lTrim",     1, 1, false, { STRING }, STRING, sg_function_ltrim },
    { "rTrim",     1, 1, false, { STRING }, STRING, sg_function_rtrim },
    { "toUpper",   1, 1, false, { STRING }, STRING, sg_function_to_upper },
    { "toLower",   1, 1, false, { STRING }, STRING, sg_function_to_lower },
    { "upper",     1, 1, false, { STRING }, STRING, sg_function_to_upper },
    { "lower",     1, 1, false, { STRING }, STRING, sg_function_to_lower },
    /* lists */
    { "size",      1, 1, false, { STRING | LIST }, INTEGER, sg_function_size },
    { "head",      1, 1, false, { LIST }, 0, sg_function_head },
    { "last",      1, 1, false, { LIST }, 0, sg_function_last },
    { "tail",      1, 1, false, { LIST }, LIST, sg_function_tail },
    { "reverse",   1, 1, false, { STRING | LIST }, STRING | LIST, sg_function_reverse },
    { "range",     2, 3, false, { 0 }, LIST, sg_function_range },
    { "isEmpty",   1, 1, false, { STRING | LIST | MAP }, BOOLEAN, sg_function_is_empty },
    { "coalesce",  1, ANY, false, { 0 }, 0, sg_function_coalesce },
    { "exists",    1, 1, false, { 0 }, BOOLEAN, sg_function_exists },
    /* conversions */
    { "toInteger",       1, 1, false, { 0 }, INTEGER, sg_function_to_integer },
    { "toFloat",         1, 1, false, { 0 }, FLOAT, sg_function_to_float },
    { "toBoolean",       1, 1, false, { 0 }, BOOLEAN, sg_function_to_boolean },
    { "toString",        1, 1, false, { 0 }, STRING, sg_function_to_string },
    { "toIntegerOrNull", 1, 1, false, { 0 }, INTEGER, sg_function_to_integer_or_null },
    { "toFloatOrNull",   1, 1, false, { 0 }, FLOAT, sg_function_to_float_or_null },
    { "toBooleanOrNull", 1, 1, false, { 0 }, BOOLEAN, sg_function_to_boolean_or_null },
    { "toStringOrNull",  1, 1, false, { 0 }, STRING, sg_function_to_string_or_null },
    { "toIntegerList",   1, 1, false, { LIST }, LIST, sg_function_to_integer_list },
    { "toFloatList",     1, 1, false, { LIST }, LIST, sg_function_to_float_list },
    { "toBooleanList",   1, 1, false, { LIST }, LIST, sg_function_to_boolean_list },
    { "toStringList",    1, 1, false, { LIST }, LIST, sg_function_to_string_list },
    /* nodes, relationships, paths */
    { "id",            1, 1, false, { NODE | REL }, INTEGER, sg_function_id },
    { "labels",        1, 1, false, { NODE }, LIST, sg_function_labels },
    { "type",          1, 1, false, { REL }, STRING, sg_function_type },
    { "properties",    1, 1, false, { NODE | REL | MAP }, MAP, sg_function_properties },
    { "keys",          1, 1, false, { NODE | REL | MAP }, LIST, sg_function_keys },
    { "startNode",     1, 1, false, { REL }, NODE, sg_function_start_node },
    { "endNode",       1, 1, false, { REL }, NODE, sg_function_end_node },
    { "length",        1, 1, false, { PATH }, INTEGER, sg_function_length },
    { "nodes",         1, 1, false, { PATH }, LIST, sg_function_nodes },
    { "relationships", 1, 1, false, { PATH }, LIST, sg_function_relationships },
    { "rels",          1, 1, false, { PATH }, LIST, sg_function_relationships },
    /* dates and times */
    { "date",                      0, 1, false, { 0 }, DATE, sg_function_date },
    { "date.transaction",          0, 1, false, { 0 }, DATE, sg_function_date },
    { "date.statement",            0, 1, false, { 0 }, DATE, sg_function_date },
    { "date.realtime",             0, 1, true,  { 0 }, DATE, sg_function_date_realtime },
    { "date.truncate",             1, 3, false, { 0 }, DATE, sg_function_date_truncate },
    { "localtime",                 0, 1, false, { 0 }, LTIME, sg_function_localtime },
    { "localtime.transaction",     0, 1, false, { 0 }, LTIME, sg_function_localtime },
    { "localtime.statement",       0, 1, false, { 0 }, LTIME, sg_function_localtime },
    { "localtime.realtime",        0, 1, true,  { 0 }, LTIME, sg_function_localtime_realtime },
    { "localtime.truncate",        1, 3, false, { 0 }, LTIME, sg_function_localtime_truncate },
    { "time",                      0, 1, false, { 0 }, TIME, sg_function_time },
    { "time.transaction",          0, 1, false, { 0 }, TIME, sg_function_time },
    { "time.statement",            0, 1, false, { 0 }, TIME, sg_function_time },
    { "time.realtime",             0, 1, true,  { 0 }, TIME, sg_function_time_realtime },
    { "time.truncate",             1, 3, false, { 0 }, TIME, sg_function_time_truncate },
    { "localdatetime",             0, 1, false, { 0 }, LDT, sg_function_localdatetime },
    { "localdatetime.transaction", 0, 1, false, { 0 }, LDT, sg_function_localdatetime },
    { "localdatetime.statement",   0, 1, false, { 0 }, LDT, sg_function_localdatetime },
    { "localdatetime.realtime",    0, 1, true,  { 0 }, LDT, sg_function_localdatetime_realtime },
    { "localdatetime.truncate",    1, 3, false, { 0 }, LDT, sg_function_localdatetime_truncate },
    { "datetime",                  0, 1, false, { 0 }, DT, sg_function_datetime },
    { "datetime.transaction",      0, 1, false, { 0 }, DT, sg_function_datetime },
    { "datetime.statement",        0, 1, false, { 0 }, DT, sg_function_datetime },
    { "datetime.realtime",         0, 1, true,  { 0 }, DT, sg_function_datetime_realtime },
    { "datetime.truncate",         1, 3, false, { 0 }, DT, sg_function_datetime_truncate },
    { "datetime.fromepoch",        2, 2, false, { 0 }, DT, sg_function_datetime_from_epoch },
    { "datetime.fromepochmillis",  1, 1, false, { 0 }, DT, sg_function_datetime_from_epoch_millis },
    { "duration",                  1, 1, false, { 0 }, DURATION, sg_function_duration },
    { "duration.between",          2, 2, false, { 0 }, DURATION, sg_function_duration_between },
    { "duration.inMonths",         2, 2, false, { 0 }, DURATION, sg_function_duration_in_months },
    { "duration.inDays",           2, 2, false, { 0 }, DURATION, sg_function_duration_in_days },
    { "duration.inSeconds",        2, 2, false, { 0 }, DURATION, sg_function_duration_in_seconds },
};
/* clang-format on */

const struct sg_function *sg_function_find(const char *name, size_t len)
{
    for (size_t i = 0; i < sg_function_count(); i++) {
        const char *known = functions[i].name;

        if (strncasecmp(known, name, len) == 0 && known[len] == '\0')
            return &functions[i];
    }
    return NULL;
}

const struct sg_function *sg_function_at(size_t i)
{
    return &functions[i];
}

size_t sg_function_count(void)
{
    return sizeof functions / sizeof *functions;
}

/* ---- context ---- */

void sg_function_context_init(struct sg_function_context *context, sg_arena *arena,
                              const sg_graph *graph)
{
    struct timespec now = { 0, 0 };

    (void) clock_gettime(CLOCK_REALTIME, &now);
    *context = (struct sg_function_context){
        .arena = arena,
        .graph = graph,
        .now_seconds = now.tv_sec,
        .now_nanos = (int32_t) now.tv_nsec,
        .random_state = (uint64_t) now.tv_sec * 1000003u ^ (uint64_t) now.tv_nsec,
    };
}

/* SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). */
uint64_t sg_function_random(struct sg_function_context *context)
{
    uint64_t z = context->random_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* ---- refusals ---- */

sg_status sg_function_refuse_type(struct sg_function_context *context, const char *function,
                                  const char *wanted, sg_value v, sg_error *err)
{
    return sg_fault_set(&context->fault, err, "TypeError", "InvalidArgumentValue",
                        "%s() takes %s, not a %s", function, wanted,
                        sg_type_name((sg_type) v.type));
}

sg_status sg_function_refuse_value(struct sg_function_context *context, sg_error *err,
                                   const char *detail, const char *format, ...)
{
    char message[SG_ERROR_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return sg_fault_set(&context->fault, err, "ArgumentError", detail, "%s", message);
}

bool sg_function_any_null(const sg_value *args, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (args[i].type == SG_NULL)
            return true;
    return false;
}
