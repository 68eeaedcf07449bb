#ifndef STANCE_GZIP_H
#define STANCE_GZIP_H

/* Word vectors and clusters come compressed; the `gzip` program unpacks them. */

#include "stance/error.h"
#include "stance/strbuf.h"

/* Appends the unpacked bytes of `path` to `out`. */
SG_MUST_CHECK sg_status sg_gzip_read(const char *path, sg_strbuf *out, sg_error *err);

#endif
