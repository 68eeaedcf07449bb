#include "stance/row_hash.h"

#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"

void sg_row_hash(const char *const *fields, size_t count, char out[SG_ROW_HASH_SIZE])
{
    char hex[SG_SHA256_HEX_SIZE];
    sg_strbuf joined = SG_STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        sg_strbuf_puts(&joined, fields[i]);
        sg_strbuf_putc(&joined, '\x1F');
    }
    sg_sha256_hex(sg_strbuf_text(&joined), joined.len, hex);
    memcpy(out, hex, SG_ROW_HASH_SIZE - 1);
    out[SG_ROW_HASH_SIZE - 1] = '\0';
    sg_strbuf_clear(&joined);
}
