#ifndef STANCE_STORE_BULK_H
#define STANCE_STORE_BULK_H

/* A bulk import into a database that holds nothing yet: rows are written as pages of a second
 * file (pages.h), which becomes the content of the database when all are there. */

#include "store_internal.h"

/* Where the database is new and nobody else has it open, locks it and sets store->fresh; else
 * leaves everything as it is. No transaction may be open. */
SG_MUST_CHECK sg_status sg_bulk_begin(sg_store *store, sg_error *err);
/* Takes over everything: rows, symbols, counters. */
SG_MUST_CHECK sg_status sg_bulk_commit(sg_store *store, sg_error *err);
/* Ends it either way and unlocks the database. */
void sg_bulk_end(sg_store *store);

SG_MUST_CHECK sg_status sg_bulk_node(sg_store *store, const sg_store_node *node, sg_error *err);
/* `key` INT64_MIN: none. */
SG_MUST_CHECK sg_status sg_bulk_article(sg_store *store, int64_t id, int64_t key, sg_error *err);
SG_MUST_CHECK sg_status sg_bulk_rel(sg_store *store, const sg_store_rel *rel, sg_error *err);
SG_MUST_CHECK sg_status sg_bulk_statement(sg_store *store, const sg_store_statement *statement,
                                          int64_t origin, bool touched, sg_error *err);

#endif
