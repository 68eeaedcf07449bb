#include "stance/log.h"

#include <stdarg.h>
#include <stdio.h>

static sg_log_level current = SG_LOG_WARN;

void sg_log_set_level(sg_log_level level)
{
    current = level;
}

sg_log_level sg_log_get_level(void)
{
    return current;
}

/* One vfprintf per line would interleave between threads; a line is built first. */
static void put(const char *prefix, const char *format, va_list args) SG_PRINTF(2, 0);

static void put(const char *prefix, const char *format, va_list args)
{
    char line[2048];

    (void) vsnprintf(line, sizeof line, format, args);
    (void) fprintf(stderr, "stance: %s%s\n", prefix, line);
}

void sg_log_warn(const char *format, ...)
{
    va_list args;

    if (current < SG_LOG_WARN)
        return;
    va_start(args, format);
    put("warning: ", format, args);
    va_end(args);
}

void sg_log_info(const char *format, ...)
{
    va_list args;

    if (current < SG_LOG_INFO)
        return;
    va_start(args, format);
    put("", format, args);
    va_end(args);
}

void sg_log_debug(const char *format, ...)
{
    va_list args;

    if (current < SG_LOG_DEBUG)
        return;
    va_start(args, format);
    put("debug: ", format, args);
    va_end(args);
}
