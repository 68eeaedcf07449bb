#ifndef STANCE_ERROR_H
#define STANCE_ERROR_H

/* Errors: one status code, one record of what happened, carried up to main().
 * A function that can fail returns sg_status and takes `sg_error *err` last. The place that sees
 * the failure records it; callers may add what they were doing. Buffers are fixed, so recording
 * an error cannot fail. The first failure recorded is kept. `err` may be NULL where noted. */

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
# define SG_MUST_CHECK          __attribute__((warn_unused_result))
# define SG_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
# define SG_MUST_CHECK
# define SG_PRINTF(text, first)
#endif

typedef enum sg_status {
    SG_OK = 0,
    SG_ERR_IO,          /* a file or stream could not be read or written */
    SG_ERR_INPUT,       /* the input (article, CSV, JSON, name) is refused */
    SG_ERR_USAGE,       /* wrong command line */
    SG_ERR_QUERY,       /* the query is refused or failed while running */
    SG_ERR_DATABASE,    /* the database cannot be opened, read or written */
    SG_ERR_LIMIT,       /* a time, memory or size limit was reached */
    SG_ERR_INTERRUPTED, /* the user stopped it */
    SG_ERR_UNSUPPORTED, /* not possible in this build or on this system */
} sg_status;

#define SG_ERROR_MESSAGE_MAX 1024
#define SG_ERROR_HINT_MAX    1024

typedef struct sg_error {
    sg_status status;
    char message[SG_ERROR_MESSAGE_MAX];
    char hint[SG_ERROR_HINT_MAX];
} sg_error;

#define SG_ERROR_INIT                                                                              \
 {                                                                                                 \
  SG_OK, { 0 },                                                                                    \
  {                                                                                                \
   0                                                                                               \
  }                                                                                                \
 }

/* Records a failure unless one is recorded already, and returns `status`. */
sg_status sg_error_set(sg_error *err, sg_status status, const char *format, ...) SG_PRINTF(3, 4);
#ifdef __clang_analyzer__ /* which sees one file at a time: a failure that is set is not SG_OK */
# define sg_error_set(err, status, ...) ((void) (sg_error_set) (err, status, __VA_ARGS__), (status))
#endif

/* Adds the next step for the user; kept only if none was given before. */
void sg_error_hint(sg_error *err, const char *format, ...) SG_PRINTF(2, 3);

/* Puts "<what was being done>: " before the recorded message. */
void sg_error_context(sg_error *err, const char *format, ...) SG_PRINTF(2, 3);

void sg_error_reset(sg_error *err);

#endif
