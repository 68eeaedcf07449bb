#ifndef STANCE_STORE_H
#define STANCE_STORE_H

/* The store: one SQLite file that holds articles, actors, positions, events, statements and any
 * other node and relationship, with provenance. It is the truth; the graph is an image of it.
 * One transaction per article; readers never wait for the writer (WAL). Not thread-safe: one
 * store handle per thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/extraction.h"
#include "stance/value.h"

typedef struct sg_store sg_store;

typedef enum sg_store_mode { SG_STORE_READ, SG_STORE_WRITE, SG_STORE_CREATE } sg_store_mode;

/* SG_STORE_CREATE makes the file when absent; the others refuse a missing one. A database of an
 * older schema version is migrated when opened for writing; a newer one is refused. */
SG_MUST_CHECK sg_status sg_store_open(const char *path, sg_store_mode mode, sg_store **store_out,
                                      sg_error *err);
void sg_store_close(sg_store *store);
const char *sg_store_path(const sg_store *store);

typedef enum sg_load_outcome {
    SG_LOAD_ADDED,
    SG_LOAD_UNCHANGED,   /* the same bytes are stored already */
    SG_LOAD_NEW_VERSION, /* the same name with other bytes: the old version is superseded */
} sg_load_outcome;

/* True if an article with these bytes (SHA-256, hexadecimal) is stored as the current version. */
SG_MUST_CHECK sg_status sg_store_has_article(sg_store *store, const char *sha256, bool *has_out,
                                             sg_error *err);
/* Stores an article and everything read from it, in one transaction. Actors and positions are
 * joined with those of other articles by canonical name and alias, as people decided. */
SG_MUST_CHECK sg_status sg_store_add_extraction(sg_store *store, const sg_extraction *extraction,
                                                const char *sha256, sg_load_outcome *outcome_out,
                                                sg_error *err);

/* Checks SQLite's own integrity, the foreign keys, and that every quote equals its byte range.
 * Calls `report` once per problem; *problems_out is their number. */
SG_MUST_CHECK sg_status sg_store_check(sg_store *store,
                                       void (*report)(void *data, const char *line), void *data,
                                       size_t *problems_out, sg_error *err);

#endif
