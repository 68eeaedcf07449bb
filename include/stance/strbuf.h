#ifndef STANCE_STRBUF_H
#define STANCE_STRBUF_H

/* A growing byte string on the heap. `data` is zero-terminated after the first append and may
 * hold zero bytes inside. sg_strbuf_clear() releases it; sg_strbuf_detach() hands it over. */

#include <stddef.h>

#include "stance/error.h"

typedef struct sg_strbuf {
    char *data; /* NULL while nothing was appended */
    size_t len;
    size_t capacity;
} sg_strbuf;

#define SG_STRBUF_INIT                                                                             \
 {                                                                                                 \
  NULL, 0, 0                                                                                       \
 }

void sg_strbuf_clear(sg_strbuf *buf);
void sg_strbuf_reset(sg_strbuf *buf);
void sg_strbuf_append(sg_strbuf *buf, const char *text, size_t len);
void sg_strbuf_puts(sg_strbuf *buf, const char *text);
void sg_strbuf_putc(sg_strbuf *buf, char c);
void sg_strbuf_printf(sg_strbuf *buf, const char *format, ...) SG_PRINTF(2, 3);
/* Never NULL. Borrowed until the next change. */
const char *sg_strbuf_text(const sg_strbuf *buf);
/* The caller owns the result (sg_free); the buffer is empty afterwards. */
char *sg_strbuf_detach(sg_strbuf *buf, size_t *len_out);

#endif
