#ifndef STANCE_DECISION_H
#define STANCE_DECISION_H

/* What a person decides about the content of the database: which names mean one actor or position,
 * what is true of a statement. Every decision is one transaction and one log entry, can be undone,
 * and is respected when articles are loaded later or again. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/store.h"

/* ---- names ---- */
typedef enum sg_named { SG_NAMED_ACTOR, SG_NAMED_POSITION, SG_NAMED_EVENT } sg_named;

/* The actor or position that goes by `name` (without case, accents and honorifics; through
 * aliases; "#12" is an id). Unknown and ambiguous names are errors whose hint lists candidates. */
SG_MUST_CHECK sg_status sg_named_find(sg_store *store, sg_named what, const char *name,
                                      int64_t *id_out, sg_error *err);

typedef struct sg_named_row {
    int64_t id;
    const char *name;
    const char *type;    /* "person", "organisation", "group"; "position" */
    const char *aliases; /* separated by "; ", or "" */
    int64_t statements;
    int64_t articles;
} sg_named_row;

/* By number of statements, then name. */
SG_MUST_CHECK sg_status sg_named_list(sg_store *store, sg_named what,
                                      void (*each)(void *data, const sg_named_row *row), void *data,
                                      sg_error *err);

/* Makes a new one inside an open transaction; `type` is of an actor ("person", ...). */
SG_MUST_CHECK sg_status sg_named_create(sg_store *store, sg_named what, const char *name,
                                        const char *type, int64_t *id_out, sg_error *err);
/* Everything of `from` goes to `into`, its names too. */
SG_MUST_CHECK sg_status sg_named_merge(sg_store *store, sg_named what, int64_t from, int64_t into,
                                       sg_error *err);
SG_MUST_CHECK sg_status sg_named_rename(sg_store *store, sg_named what, int64_t id,
                                        const char *name, sg_error *err);
/* `name` means this one from now on. */
SG_MUST_CHECK sg_status sg_named_alias(sg_store *store, sg_named what, int64_t id, const char *name,
                                       sg_error *err);
/* `name` no longer means `id` but a new one, which gets what articles that use only this name say
 * of it. */
SG_MUST_CHECK sg_status sg_named_split(sg_store *store, sg_named what, int64_t id, const char *name,
                                       int64_t *new_out, sg_error *err);
/* `type` is "person", "organisation" or "group". */
SG_MUST_CHECK sg_status sg_actor_set_type(sg_store *store, int64_t id, const char *type,
                                          sg_error *err);

/* ---- statements ---- */
/* A change of one statement; fields that are 0, -1, or NULL stay. */
struct sg_statement_change {
    sg_review status;
    bool set_status;
    bool set_stance;
    int stance;
    int64_t actor;
    int64_t target;
};

/* Applies a change to each of `ids` in one transaction; an unknown id fails the whole. */
SG_MUST_CHECK sg_status sg_statement_decide(sg_store *store, const int64_t *ids, size_t count,
                                            const struct sg_statement_change *change,
                                            sg_error *err);

/* A proposed statement with what one needs to judge it. */
typedef struct sg_review_item {
    int64_t id;
    int64_t actor;
    int64_t target;
    const char *actor_name;
    const char *target_name;
    bool target_is_position;
    int stance;
    double confidence; /* negative: unknown */
    const char *mode;  /* may be NULL, as title and date */
    const char *title;
    const char *date;
    const char *paragraph; /* where the quote stands; the quote itself when there is no text */
    size_t paragraph_len;
    size_t quote_start; /* bytes of the paragraph */
    size_t quote_end;
} sg_review_item;

/* The first proposed statement after `after` (0: from the start) or, backwards, before it, in the
 * order of ids, with a confidence of at most `max_confidence`; *found_out false when there is none.
 * Everything lives in the arena. */
SG_MUST_CHECK sg_status sg_review_find(sg_store *store, int64_t after, bool backwards,
                                       double max_confidence, sg_arena *arena,
                                       sg_review_item *item_out, bool *found_out, sg_error *err);
/* The same for one statement, whatever its status. */
SG_MUST_CHECK sg_status sg_review_get(sg_store *store, int64_t id, sg_arena *arena,
                                      sg_review_item *item_out, bool *found_out, sg_error *err);
/* Number of proposed statements. */
SG_MUST_CHECK sg_status sg_review_count(sg_store *store, double max_confidence, int64_t *count_out,
                                        sg_error *err);

/* ---- log ---- */
typedef struct sg_log_row {
    int64_t id;
    const char *at; /* "2016-02-13T05:26:00Z" */
    const char *who;
    const char *action;
    const char *detail;
    int64_t undone_by; /* log entry, 0: it stands */
} sg_log_row;

/* Latest first; `limit` 0: all. */
SG_MUST_CHECK sg_status sg_store_read_log(sg_store *store, size_t limit,
                                          void (*each)(void *data, const sg_log_row *row),
                                          void *data, sg_error *err);
/* Takes back log entry `id`, or the latest that stands when 0; *undone_out is its number. Refused
 * while a later entry changed the same things. */
SG_MUST_CHECK sg_status sg_store_undo(sg_store *store, int64_t id, int64_t *undone_out,
                                      sg_error *err);

#endif
