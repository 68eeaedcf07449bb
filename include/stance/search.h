#ifndef STANCE_SEARCH_H
#define STANCE_SEARCH_H

/* Full-text search over the quotes of statements and over articles, best match first. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/store.h"

/* Around each matching word of a snippet. */
#define SG_HIT_ON  '\x01'
#define SG_HIT_OFF '\x02'

typedef enum sg_search_place { SG_SEARCH_QUOTES, SG_SEARCH_ARTICLES } sg_search_place;

typedef struct sg_hit {
    int64_t id;          /* of the statement, or of the Article node */
    int64_t article;     /* Article node, 0 if none */
    int32_t day;         /* SG_STORE_NO_DAY when unknown */
    double score;        /* BM25, larger is better */
    const char *snippet; /* the words around the best match; borrowed until `each` returns */
} sg_hit;

/* Searches for what a person types: all words must occur, in any form of case and accents;
 * "two words" in quotes are a phrase, coal* is any word that begins so, -word must not occur.
 * `each` returns false to stop. Superseded articles are left out. */
SG_MUST_CHECK sg_status sg_store_search(sg_store *store, sg_search_place place, const char *words,
                                        bool (*each)(void *data, const sg_hit *hit), void *data,
                                        sg_error *err);

#endif
