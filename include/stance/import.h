#ifndef STANCE_IMPORT_H
#define STANCE_IMPORT_H

/* Coded data into the store: interchange JSON, and the statements table that a person edited in a
 * spreadsheet. */

#include <stdbool.h>
#include <stddef.h>

#include "stance/error.h"
#include "stance/store.h"

#define SG_IMPORT_LIMIT ((size_t) 256 * 1024 * 1024)

/* When a row was edited and the database has changed since the export. */
typedef enum sg_conflict { SG_CONFLICT_LIST, SG_CONFLICT_THEIRS, SG_CONFLICT_OURS } sg_conflict;

struct sg_import_options {
    const char *origin;   /* recorded with new statements: the coder */
    const char *articles; /* folder of articles that are not stored yet; NULL: beside the file */
    bool dry_run;         /* report what would change, change nothing */
    bool create;          /* an unknown actor or position is made, not refused */
    sg_conflict conflict;
    bool day_first; /* 13/02/2016 is a date */
};

#define SG_IMPORT_OPTIONS_INIT                                                                     \
 {                                                                                                 \
  "import", NULL, false, false, SG_CONFLICT_LIST, false                                            \
 }

typedef struct sg_import_summary {
    size_t articles, added, changed, unchanged, refused, conflicts;
} sg_import_summary;

/* `report` gets one line for each part that is refused. */
SG_MUST_CHECK sg_status sg_import_json(sg_store *store, const char *path,
                                       const struct sg_import_options *options,
                                       void (*report)(void *data, const char *line), void *data,
                                       sg_import_summary *summary, sg_error *err);

/* Rules: a row whose hash fits its fields is skipped; an edited row changes the statement it
 * names; a row without an id is a new statement; a missing row means nothing. Everything is one
 * transaction, and one log entry. `report` gets a line for each change ("statement 12 stance:
 * support -> oppose"), refusal and conflict. */
SG_MUST_CHECK sg_status sg_import_statements(sg_store *store, const char *path,
                                             const struct sg_import_options *options,
                                             void (*report)(void *data, const char *line),
                                             void *data, sg_import_summary *summary, sg_error *err);

#endif
