#ifndef STANCE_INGEST_H
#define STANCE_INGEST_H

/* Ingest: articles into the store. Each article goes text -> language -> extract -> store, one
 * transaction each; several are read at a time, but stored in the order given, so that the
 * database is the same whatever the number of threads. */

#include <stdbool.h>
#include <stddef.h>

#include "stance/article.h"
#include "stance/codebook.h"
#include "stance/error.h"
#include "stance/model.h"
#include "stance/store.h"

struct sg_ingest_options {
    const char *model;           /* path, NULL: the usual places */
    const char *codebook;        /* path or NULL */
    const char *actors;          /* path or NULL */
    const char *extractor;       /* command that reads articles instead of this program, or NULL */
    int extractor_timeout;       /* seconds for one article */
    size_t extractor_memory;     /* bytes that it may use */
    int jobs;                    /* articles read at a time */
    bool again;                  /* read articles that are stored already anew */
    sg_article_options articles; /* format and column mapping */
    const volatile int *stop;    /* not zero: end after the article in hand; may be NULL */
};

#define SG_INGEST_OPTIONS_INIT                                                                     \
 {                                                                                                 \
  NULL, NULL, NULL, NULL, 60, (size_t) 2 << 30, 1, false, SG_ARTICLE_OPTIONS_INIT, NULL            \
 }

/* One article, or one file that could not be read (`error` is set then). */
typedef struct sg_ingest_report {
    const char *name;
    const sg_error *error; /* NULL when stored */
    const char *warning;   /* NULL, or what the reader should know about a stored article */
    sg_load_outcome outcome;
    sg_load_changes changes;
    size_t done; /* articles so far, this one included */
} sg_ingest_report;

/* Seconds of processor time in each stage, all threads together. */
enum { SG_STAGE_TEXT, SG_STAGE_LANGUAGE, SG_STAGE_EXTRACT, SG_STAGE_STORE, SG_STAGE_COUNT };

typedef struct sg_ingest_summary {
    size_t added, unchanged, new_versions, replaced, refused;
    size_t bytes; /* of text read */
    sg_load_changes changes;
    double seconds[SG_STAGE_COUNT];
} sg_ingest_summary;

/* Loads every article of `paths`. An article that is refused is reported and the others go on; the
 * status is then that of the first refusal, with the message left to the reports. A failure of the
 * database ends it. `summary_out` is filled in any case. */
SG_MUST_CHECK sg_status sg_ingest_run(sg_store *store, char *const *paths, size_t path_count,
                                      const struct sg_ingest_options *options,
                                      void (*report)(void *data, const sg_ingest_report *report),
                                      void *data, sg_ingest_summary *summary_out, sg_error *err);

#endif
