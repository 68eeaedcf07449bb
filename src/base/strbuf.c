#include "stance/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "stance/mem.h"

static void reserve(sg_strbuf *buf, size_t more)
{
    if (more > SIZE_MAX - buf->len - 1)
        (void) sg_malloc(SIZE_MAX);
    SG_GROW(buf->data, buf->capacity, buf->len + more + 1);
}

void sg_strbuf_clear(sg_strbuf *buf)
{
    sg_free(buf->data);
    buf->data = NULL;
    buf->len = 0;
    buf->capacity = 0;
}

void sg_strbuf_reset(sg_strbuf *buf)
{
    buf->len = 0;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

void sg_strbuf_append(sg_strbuf *buf, const char *text, size_t len)
{
    reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, text, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void sg_strbuf_puts(sg_strbuf *buf, const char *text)
{
    sg_strbuf_append(buf, text, strlen(text));
}

void sg_strbuf_putc(sg_strbuf *buf, char c)
{
    sg_strbuf_append(buf, &c, 1);
}

void sg_strbuf_printf(sg_strbuf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len > 0) {
        reserve(buf, (size_t) len);
        (void) vsnprintf(buf->data + buf->len, (size_t) len + 1, format, again);
        buf->len += (size_t) len;
    }
    va_end(again);
}

const char *sg_strbuf_text(const sg_strbuf *buf)
{
    return buf->data != NULL ? buf->data : "";
}

char *sg_strbuf_detach(sg_strbuf *buf, size_t *len_out)
{
    char *text = buf->data != NULL ? buf->data : sg_strdup("");

    if (len_out != NULL)
        *len_out = buf->len;
    buf->data = NULL;
    buf->len = 0;
    buf->capacity = 0;
    return text;
}
