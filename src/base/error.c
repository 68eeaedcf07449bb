#include "stance/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#undef sg_error_set /* what the header shows the analyzer */

sg_status sg_error_set(sg_error *err, sg_status status, const char *format, ...)
{
    va_list args;

    if (err == NULL || err->status != SG_OK)
        return status;
    err->status = status;
    va_start(args, format);
    (void) vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

void sg_error_hint(sg_error *err, const char *format, ...)
{
    va_list args;

    if (err == NULL || err->hint[0] != '\0')
        return;
    va_start(args, format);
    (void) vsnprintf(err->hint, sizeof err->hint, format, args);
    va_end(args);
}

void sg_error_context(sg_error *err, const char *format, ...)
{
    char rest[SG_ERROR_MESSAGE_MAX];
    va_list args;
    size_t used;

    if (err == NULL || err->status == SG_OK)
        return;
    memcpy(rest, err->message, sizeof rest);
    va_start(args, format);
    (void) vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    used = strlen(err->message);
    (void) snprintf(err->message + used, sizeof err->message - used, ": %s", rest);
}

void sg_error_reset(sg_error *err)
{
    if (err == NULL)
        return;
    err->status = SG_OK;
    err->message[0] = '\0';
    err->hint[0] = '\0';
}
