#ifndef STANCE_FILE_H
#define STANCE_FILE_H

/* Whole files in and out. Writing goes beside the target and is renamed, so that a reader never
 * sees half a file and a failed write leaves the old one. */

#include <stddef.h>
#include <stdio.h>

#include "stance/error.h"
#include "stance/strbuf.h"

/* Reads the regular file `path`, or standard input for "-", into `out` (appended). More than
 * `limit` bytes is an error; 0 = no limit. Directories and other non-files are refused. */
SG_MUST_CHECK sg_status sg_file_read(const char *path, size_t limit, sg_strbuf *out, sg_error *err);

typedef struct sg_file_writer sg_file_writer;

/* Opens a temporary file beside `path` ("-": standard output). */
SG_MUST_CHECK sg_status sg_file_writer_open(const char *path, sg_file_writer **writer_out,
                                            sg_error *err);
FILE *sg_file_writer_stream(sg_file_writer *writer);
/* Flushes, checks, renames over `path`, frees the writer. */
SG_MUST_CHECK sg_status sg_file_writer_commit(sg_file_writer *writer, sg_error *err);
/* Removes the temporary file and frees the writer; NULL is accepted. */
void sg_file_writer_abort(sg_file_writer *writer);

/* Writes one whole file. */
SG_MUST_CHECK sg_status sg_file_write(const char *path, const char *data, size_t len,
                                      sg_error *err);
/* Makes the folder and its parents; an existing one is fine. */
SG_MUST_CHECK sg_status sg_file_make_folder(const char *path, sg_error *err);

/* Lower-case hexadecimal SHA-256 of bytes, zero-terminated. */
#define SG_SHA256_HEX_SIZE 65
void sg_sha256_hex(const void *bytes, size_t len, char out[SG_SHA256_HEX_SIZE]);

#endif
