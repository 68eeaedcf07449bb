#ifndef STANCE_GRAPH_LOAD_H
#define STANCE_GRAPH_LOAD_H

/* What reading everything and reading changes share: a statement's columns as properties. */

#include "graph_internal.h"

typedef struct statement_keys {
    sg_symbol article, date, start, end, mode, certainty, confidence, origin, status;
} statement_keys;

/* `make` interns a property key. */
statement_keys statement_keys_make(sg_symbol (*make)(void *owner, const char *name), void *owner);
/* Gives all but the article, the date and the quote, which the two readers treat in their own
 * ways. */
void statement_give(const sg_store_statement *statement, const statement_keys *keys,
                    void (*give)(void *owner, sg_symbol key, sg_value value), void *owner);
bool statement_has_quote(const sg_store_statement *statement);

#endif
