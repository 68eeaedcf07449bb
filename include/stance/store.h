#ifndef STANCE_STORE_H
#define STANCE_STORE_H

/* The store: one SQLite file that holds articles, actors, positions, events, statements and any
 * other node and relationship, with provenance. It is the truth; the graph is an image of it.
 * One transaction per article; readers never wait for the writer (WAL). Not thread-safe: one
 * store handle per thread.
 *
 * A node has an id, a set of labels and properties. A relationship has an id, a type, two ends
 * and properties. Relationships of the types SUPPORTS, OPPOSES and NEUTRAL_ON are statements:
 * they are kept in a typed table and share the id space of the other relationships. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/extraction.h"
#include "stance/mem.h"
#include "stance/strbuf.h"
#include "stance/value.h"

typedef struct sg_store sg_store;

typedef enum sg_store_mode { SG_STORE_READ, SG_STORE_WRITE, SG_STORE_CREATE } sg_store_mode;

/* SG_STORE_CREATE makes the file when absent; the others refuse a missing one. A database of an
 * older schema version is migrated when opened for writing; a newer one is refused. */
SG_MUST_CHECK sg_status sg_store_open(const char *path, sg_store_mode mode, sg_store **store_out,
                                      sg_error *err);
/* Rolls back what was not committed. NULL is accepted. */
void sg_store_close(sg_store *store);
const char *sg_store_path(const sg_store *store);
bool sg_store_is_writable(const sg_store *store);
/* How long a writer waits for another one; the default is 5000 ms. Afterwards the error names the
 * process that holds the database. */
void sg_store_set_timeout(sg_store *store, int milliseconds);
/* Not zero in *stop ends a long operation with SG_ERR_INTERRUPTED; NULL: never. */
void sg_store_set_stop(sg_store *store, const volatile int *stop);

/* Who is at the keyboard, for the log: $STANCE_USER, $USER, or the account's name. */
const char *sg_store_person(void);

/* ---- properties ----
 * Kept as one line of JSON. Integers and floats stay different (a float has a point or an
 * exponent); values that JSON lacks are objects with one key:
 *   {"$date":"2016-02-11"}  {"$float":"NaN"}  {"$localtime":N}  {"$time":[N,OFFSET]}
 *   {"$localdatetime":[SECONDS,N]}  {"$datetime":[SECONDS,N,OFFSET,"ZONE" or null]}
 *   {"$duration":[MONTHS,DAYS,SECONDS,N]}                       (N: nanoseconds) */

/* Appends the JSON of an SG_MAP; nulls are left out, keys are sorted. */
void sg_props_write(sg_value map, sg_strbuf *out);
/* Reads props[0, len) into an SG_MAP in the arena. Strings without escapes are borrowed from
 * `props`. False if it is not such JSON. */
bool sg_props_read(const char *props, size_t len, sg_arena *arena, sg_value *map_out);
/* Value of `key` in a map, or null. */
sg_value sg_props_find(sg_value map, const char *key);

/* ---- state ----
 * `seq` counts committed write transactions; `hash` is chained over everything they wrote, so two
 * databases with equal states hold the same graph. Reading it is one row. */
typedef struct sg_store_state {
    int64_t seq;
    uint64_t hash;
} sg_store_state;

SG_MUST_CHECK sg_status sg_store_get_state(sg_store *store, sg_store_state *state_out,
                                           sg_error *err);

typedef enum sg_store_kind {
    SG_STORE_NODE,
    SG_STORE_REL, /* statements too */
} sg_store_kind;

/* Reports every node and relationship made, changed or deleted after `since` (one may come more
 * than once). *complete_out is false, with nothing reported, when the record does not reach back
 * that far or `since` is not a state of this database: then everything must be read again. */
SG_MUST_CHECK sg_status sg_store_read_changes(sg_store *store, sg_store_state since,
                                              void (*each)(void *data, sg_store_kind kind,
                                                           int64_t id),
                                              void *data, bool *complete_out, sg_error *err);

/* ---- sequential reading ----
 * Between begin_read and end_read every read sees one state. Strings in records are borrowed and
 * live until the next record. A reader callback returns false to stop. */
SG_MUST_CHECK sg_status sg_store_begin_read(sg_store *store, sg_error *err);
void sg_store_end_read(sg_store *store);

/* Label sets and relationship types are small tables, numbered from 1 upwards without gaps. */
size_t sg_store_label_set_count(sg_store *store);
/* Names of label set `set`, sorted; borrowed until the store is closed. */
size_t sg_store_label_set(sg_store *store, int64_t set, const char *const **names_out);
size_t sg_store_type_count(sg_store *store);
const char *sg_store_type_name(sg_store *store, int64_t type);

typedef struct sg_store_node {
    int64_t id;
    int64_t label_set;
    const char *name; /* property `name` when it is a string, else NULL; not in props */
    size_t name_len;
    const char *props; /* JSON, "{}" when there are no others */
    size_t props_len;
} sg_store_node;

typedef struct sg_store_rel {
    int64_t id;
    int64_t type;
    int64_t source;
    int64_t target;
    const char *props;
    size_t props_len;
} sg_store_rel;

#define SG_STORE_NO_DAY  INT32_MIN
#define SG_STORE_NO_BYTE UINT32_MAX

typedef enum sg_review { SG_REVIEW_PROPOSED, SG_REVIEW_ACCEPTED, SG_REVIEW_REJECTED } sg_review;

/* A statement's typed columns. A property that does not fit its column (another type, a date that
 * is no YYYY-MM-DD) is in `extra` under its own name and wins over the column. */
typedef struct sg_store_statement {
    int64_t id;
    int64_t actor;
    int64_t target;
    int stance;         /* sg_stance: the type OPPOSES, NEUTRAL_ON or SUPPORTS */
    int64_t article;    /* node id of the Article, 0 if none; property `article` is its `id` */
    int32_t day;        /* property `date` as YYYY-MM-DD; SG_STORE_NO_DAY: absent */
    uint32_t start;     /* properties `start`, `end`: bytes of the article's text, which is where */
    uint32_t end;       /* `quote` comes from; SG_STORE_NO_BYTE: absent */
    int mode;           /* sg_mode: "direct-quote", "indirect-speech", "narrated-act"; -1: absent */
    int certainty;      /* sg_certainty: "explicit", "implied"; -1: absent */
    double confidence;  /* negative: absent */
    const char *origin; /* NULL: absent; borrowed until the store is closed */
    int status;         /* sg_review: "proposed", "accepted", "rejected"; -1: absent */
    const char *extra;  /* other properties as JSON, NULL when there are none */
    size_t extra_len;
} sg_store_statement;

/* Spelling of the columns above as property values; NULL for what is absent. */
const char *sg_mode_name(int mode);
const char *sg_certainty_name(int certainty);
const char *sg_review_name(int status);
/* "SUPPORTS", "OPPOSES", "NEUTRAL_ON". */
const char *sg_stance_type(int stance);
/* True and *stance_out for one of these three names. */
bool sg_stance_from_type(const char *type, size_t len, int *stance_out);
/* Days since 1970-01-01 of "YYYY-MM-DD", and back (10 characters and a zero). */
bool sg_day_parse(const char *text, size_t len, int32_t *day_out);
#define SG_DAY_SIZE 40
void sg_day_format(int32_t day, char out[SG_DAY_SIZE]);

/* In ascending order of id. */
SG_MUST_CHECK sg_status sg_store_read_nodes(sg_store *store,
                                            bool (*each)(void *data, const sg_store_node *node),
                                            void *data, sg_error *err);
SG_MUST_CHECK sg_status sg_store_read_rels(sg_store *store,
                                           bool (*each)(void *data, const sg_store_rel *rel),
                                           void *data, sg_error *err);
SG_MUST_CHECK sg_status sg_store_read_statements(sg_store *store,
                                                 bool (*each)(void *data,
                                                              const sg_store_statement *statement),
                                                 void *data, sg_error *err);

/* Single records; *found_out false when there is none. A relationship that is a statement is
 * found only by the last one. */
SG_MUST_CHECK sg_status sg_store_find_node(sg_store *store, int64_t id, sg_store_node *node_out,
                                           bool *found_out, sg_error *err);
SG_MUST_CHECK sg_status sg_store_find_rel(sg_store *store, int64_t id, sg_store_rel *rel_out,
                                          bool *found_out, sg_error *err);
SG_MUST_CHECK sg_status sg_store_find_statement(sg_store *store, int64_t id,
                                                sg_store_statement *statement_out, bool *found_out,
                                                sg_error *err);
/* Text of an Article node, byte for byte, copied to the arena; NULL when it has none. */
SG_MUST_CHECK sg_status sg_store_article_text(sg_store *store, int64_t article, sg_arena *arena,
                                              const char **text_out, size_t *len_out,
                                              sg_error *err);

/* ---- writing ----
 * One transaction: begin, any of the calls below, commit or rollback. A failed call leaves the
 * transaction open; roll it back. */
SG_MUST_CHECK sg_status sg_store_begin(sg_store *store, sg_error *err);
/* The same, entered in the log under `action` ("merge", "query", ...) with `detail` and the person
 * at the keyboard, and so that sg_store_undo() can take it back. */
SG_MUST_CHECK sg_status sg_store_begin_logged(sg_store *store, const char *action,
                                              const char *detail, sg_error *err);
/* The same for many rows: indices are built at the end, changes are not recorded singly, so the
 * graph is read anew afterwards. A database that holds nothing yet is locked for all others until
 * the end, and can only be added to: create_node, create_rel, create_statement. */
SG_MUST_CHECK sg_status sg_store_begin_bulk(sg_store *store, sg_error *err);
/* Whoever wants the rows of a bulk import as they are stored, as the sequential readers would give
 * them afterwards. One that returns false is not called again. */
struct sg_store_watcher {
    bool (*node)(void *data, const sg_store_node *node);
    bool (*rel)(void *data, const sg_store_rel *rel);
    bool (*statement)(void *data, const sg_store_statement *statement);
    void *data;
};
/* Until the end of the bulk import; false where the database held something before, so that its
 * rows are not all. */
bool sg_store_watch_bulk(sg_store *store, const struct sg_store_watcher *watcher);
SG_MUST_CHECK sg_status sg_store_commit(sg_store *store, sg_error *err);
void sg_store_rollback(sg_store *store);

/* `labels` in any order. `props` is an SG_MAP or null. The id is the next one of the database. */
SG_MUST_CHECK sg_status sg_store_create_node(sg_store *store, const char *const *labels,
                                             size_t label_count, sg_value props, int64_t *id_out,
                                             sg_error *err);
/* Replaces labels and properties as a whole. */
SG_MUST_CHECK sg_status sg_store_update_node(sg_store *store, int64_t id, const char *const *labels,
                                             size_t label_count, sg_value props, sg_error *err);
/* Fails while relationships are left. */
SG_MUST_CHECK sg_status sg_store_delete_node(sg_store *store, int64_t id, sg_error *err);
/* The three statement types become statements, their known properties typed columns. */
SG_MUST_CHECK sg_status sg_store_create_rel(sg_store *store, const char *type, int64_t source,
                                            int64_t target, sg_value props, int64_t *id_out,
                                            sg_error *err);
/* Replaces the properties as a whole. */
SG_MUST_CHECK sg_status sg_store_update_rel(sg_store *store, int64_t id, sg_value props,
                                            sg_error *err);
SG_MUST_CHECK sg_status sg_store_delete_rel(sg_store *store, int64_t id, sg_error *err);
/* Stores a statement as given (`id` is ignored and made anew; `origin` may be any string). */
SG_MUST_CHECK sg_status sg_store_create_statement(sg_store *store,
                                                  const sg_store_statement *statement,
                                                  int64_t *id_out, sg_error *err);

/* A statement of the same actor, target, stance and passage of the article; *id_out 0: none. */
SG_MUST_CHECK sg_status sg_store_find_same(sg_store *store, const sg_store_statement *statement,
                                           int64_t *id_out, sg_error *err);
/* Writes statement->id anew, as a person's decision. */
SG_MUST_CHECK sg_status sg_store_update_statement(sg_store *store,
                                                  const sg_store_statement *statement,
                                                  sg_error *err);

/* ---- articles ---- */
typedef enum sg_load_outcome {
    SG_LOAD_ADDED,
    SG_LOAD_UNCHANGED,   /* the same bytes are stored already */
    SG_LOAD_NEW_VERSION, /* the same name with other bytes: the old version is superseded */
    SG_LOAD_REPLACED,    /* read again: what nobody has touched was replaced */
} sg_load_outcome;

/* True if an article with these bytes (SHA-256, hexadecimal) is stored as the current version. */
SG_MUST_CHECK sg_status sg_store_has_article(sg_store *store, const char *sha256, bool *has_out,
                                             sg_error *err);
struct sg_store_load_options {
    const char *sha256; /* of the article's bytes, hexadecimal */
    const char *origin; /* who read it; NULL: this program's extractor */
    bool again;         /* replace what an earlier reading gave and nobody has touched */
    bool beside;        /* add to what is stored of the article already, and to its names */
    bool by_hand;       /* a person coded it: statements are accepted, and stay when read again */
};

/* What a reading did to the statements of its article. */
typedef struct sg_load_changes {
    size_t added;
    size_t changed; /* the same statement with another estimate */
    size_t unchanged;
    size_t removed;
    size_t kept_by_hand; /* a person had touched them */
} sg_load_changes;

/* Stores an article and everything read from it, in one transaction. Actors and positions are
 * joined with those of other articles by canonical name and alias, as people decided.
 * `changes_out` may be NULL. */
SG_MUST_CHECK sg_status sg_store_add_extraction(sg_store *store, const sg_extraction *extraction,
                                                const struct sg_store_load_options *options,
                                                sg_load_outcome *outcome_out,
                                                sg_load_changes *changes_out, sg_error *err);

/* The current article of this file name (with or without folders) as a document without words and
 * paragraphs, in the arena; *document_out is NULL when there is none. */
SG_MUST_CHECK sg_status sg_store_find_article(sg_store *store, const char *name, sg_arena *arena,
                                              sg_document **document_out, sg_error *err);

/* ---- the whole database ---- */
typedef struct sg_store_counts {
    int64_t nodes, relationships; /* of any kind */
    int64_t articles, superseded, duplicates;
    int64_t persons, organisations, groups, positions, events;
    int64_t statements, supporting, opposing, accepted, rejected;
    int64_t first_day, last_day; /* SG_STORE_NO_DAY: no statement has a date */
    int64_t bytes;               /* of the file */
    int schema;
} sg_store_counts;

SG_MUST_CHECK sg_status sg_store_count(sg_store *store, sg_store_counts *counts_out, sg_error *err);

/* Copies the database, as one consistent state, to the file `path`, which should not exist. */
SG_MUST_CHECK sg_status sg_store_backup(sg_store *store, const char *path, sg_error *err);

/* Checks SQLite's own integrity, the foreign keys, and that every quote equals its byte range.
 * Calls `report` once per problem; *problems_out is their number. */
SG_MUST_CHECK sg_status sg_store_check(sg_store *store,
                                       void (*report)(void *data, const char *line), void *data,
                                       size_t *problems_out, sg_error *err);

#endif
