#include <math.h>
#include <string.h>

#include "query_function_internal.h"

/* Functions of numbers: null in, null out; integers become floats where the answer is one. */

#define PI 3.14159265358979323846

static double as_double(sg_value v)
{
    return v.type == SG_INTEGER ? (double) v.as.integer : v.as.number;
}

static bool is_number(sg_value v)
{
    return v.type == SG_INTEGER || v.type == SG_FLOAT;
}

/* Runs `f` on one number. */
static sg_status apply(struct sg_function_context *context, const char *name, double (*f)(double),
                       sg_value v, sg_value *out, sg_error *err)
{
    *out = sg_value_null();
    if (v.type == SG_NULL)
        return SG_OK;
    if (!is_number(v))
        return sg_function_refuse_type(context, name, "a number", v, err);
    *out = sg_value_float(f(as_double(v)));
    return SG_OK;
}

static double cotangent(double x)
{
    return 1 / tan(x);
}

static double degrees(double x)
{
    return x * 180 / PI;
}

static double radians(double x)
{
    return x * PI / 180;
}

static double haversine(double x)
{
    return (1 - cos(x)) / 2;
}

#define NUMBER_FUNCTION(linked, name, f)                                                           \
 sg_status linked(struct sg_function_context *context, const sg_value *args, size_t count,         \
                  sg_value *out, sg_error *err)                                                    \
 {                                                                                                 \
  (void) count;                                                                                    \
  return apply(context, name, f, args[0], out, err);                                               \
 }

NUMBER_FUNCTION(sg_function_ceil, "ceil", ceil)
NUMBER_FUNCTION(sg_function_floor, "floor", floor)
NUMBER_FUNCTION(sg_function_sqrt, "sqrt", sqrt)
NUMBER_FUNCTION(sg_function_exp, "exp", exp)
NUMBER_FUNCTION(sg_function_log, "log", log)
NUMBER_FUNCTION(sg_function_log10, "log10", log10)
NUMBER_FUNCTION(sg_function_sin, "sin", sin)
NUMBER_FUNCTION(sg_function_cos, "cos", cos)
NUMBER_FUNCTION(sg_function_tan, "tan", tan)
NUMBER_FUNCTION(sg_function_cot, "cot", cotangent)
NUMBER_FUNCTION(sg_function_asin, "asin", asin)
NUMBER_FUNCTION(sg_function_acos, "acos", acos)
NUMBER_FUNCTION(sg_function_atan, "atan", atan)
NUMBER_FUNCTION(sg_function_degrees, "degrees", degrees)
NUMBER_FUNCTION(sg_function_radians, "radians", radians)
NUMBER_FUNCTION(sg_function_haversin, "haversin", haversine)

sg_status sg_function_abs(struct sg_function_context *context, const sg_value *args, size_t count,
                          sg_value *out, sg_error *err)
{
    if (args[0].type != SG_INTEGER)
        return apply(context, "abs", fabs, args[0], out, err);
    (void) count;
    *out = args[0];
    if (args[0].as.integer < 0)
        return sg_value_negate(args[0], out, &context->fault, err);
    return SG_OK;
}

sg_status sg_function_sign(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    double x;

    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (!is_number(args[0]))
        return sg_function_refuse_type(context, "sign", "a number", args[0], err);
    x = as_double(args[0]);
    *out = sg_value_integer((x > 0) - (x < 0));
    return SG_OK;
}

sg_status sg_function_atan2(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    for (size_t i = 0; i < 2; i++)
        if (!is_number(args[i]))
            return sg_function_refuse_type(context, "atan2", "two numbers", args[i], err);
    *out = sg_value_float(atan2(as_double(args[0]), as_double(args[1])));
    return SG_OK;
}

sg_status sg_function_is_nan(struct sg_function_context *context, const sg_value *args,
                             size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (!is_number(args[0]))
        return sg_function_refuse_type(context, "isNaN", "a number", args[0], err);
    *out = sg_value_boolean(args[0].type == SG_FLOAT && isnan(args[0].as.number));
    return SG_OK;
}

/* ---- round ---- */

static double half_to_even(double x)
{
    double below = floor(x);

    if (x - below != 0.5)
        return floor(x + 0.5);
    return fmod(below, 2) == 0 ? below : below + 1;
}

/* Rounds a number without fraction digits in the mode named; false when there is no such mode. */
static bool round_in_mode(double x, const char *mode, size_t len, double *out)
{
    const struct {
        const char *name;
        double rounded;
    } modes[] = {
        { "UP", x < 0 ? floor(x) : ceil(x) },
        { "DOWN", trunc(x) },
        { "CEILING", ceil(x) },
        { "FLOOR", floor(x) },
        { "HALF_UP", round(x) },
        { "HALF_DOWN", x < 0 ? floor(x + 0.5) : ceil(x - 0.5) },
        { "HALF_EVEN", half_to_even(x) },
    };

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strlen(modes[i].name) == len && memcmp(modes[i].name, mode, len) == 0) {
            *out = modes[i].rounded;
            return true;
        }
    }
    return false;
}

/* round(x), half towards plus infinity; round(x, digits) and round(x, digits, mode), half away
 * from zero unless the mode says otherwise. */
sg_status sg_function_round(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    double x, scale, rounded;

    *out = sg_value_null();
    if (sg_function_any_null(args, count))
        return SG_OK;
    for (size_t i = 0; i < count && i < 2; i++)
        if (!is_number(args[i]))
            return sg_function_refuse_type(context, "round", "numbers", args[i], err);
    x = as_double(args[0]);
    if (count == 1) {
        *out = sg_value_float(isfinite(x) ? floor(x + 0.5) : x);
        return SG_OK;
    }
    if (count == 3 && args[2].type != SG_STRING)
        return sg_function_refuse_type(context, "round", "a mode in a String", args[2], err);
    if (as_double(args[1]) < 0 || as_double(args[1]) > 300)
        return sg_function_refuse_value(context, err, "NumberOutOfRange",
                                        "round() takes 0 to 300 digits");
    scale = pow(10, as_double(args[1]));
    if (!round_in_mode(x * scale, count == 3 ? args[2].as.string : "HALF_UP",
                       count == 3 ? args[2].len : strlen("HALF_UP"), &rounded))
        return sg_function_refuse_value(context, err, "InvalidArgumentValue",
                                        "round() has no mode '%.*s'", (int) args[2].len,
                                        args[2].as.string);
    *out = sg_value_float(isfinite(x * scale) ? rounded / scale : x);
    return SG_OK;
}

/* ---- constants and chance ---- */

sg_status sg_function_e(struct sg_function_context *context, const sg_value *args, size_t count,
                        sg_value *out, sg_error *err)
{
    (void) context, (void) args, (void) count, (void) err;
    *out = sg_value_float(2.71828182845904523536);
    return SG_OK;
}

sg_status sg_function_pi(struct sg_function_context *context, const sg_value *args, size_t count,
                         sg_value *out, sg_error *err)
{
    (void) context, (void) args, (void) count, (void) err;
    *out = sg_value_float(PI);
    return SG_OK;
}

/* 53 random bits: 0 <= x < 1 */
sg_status sg_function_rand(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) args, (void) count, (void) err;
    *out = sg_value_float((double) (sg_function_random(context) >> 11) * 0x1p-53);
    return SG_OK;
}
