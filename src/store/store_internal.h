#ifndef STANCE_STORE_INTERNAL_H
#define STANCE_STORE_INTERNAL_H

/* What the files of the store share: the handle, and short ways to run SQL. This folder is the
 * only one that knows SQLite. */

#include <stdint.h>
#include <stdio.h>

#include <sqlite3.h>

#include "stance/article.h"
#include "stance/map.h"
#include "stance/store.h"

#define SG_APPLICATION_ID 0x53544e43 /* "STNC" */
#define SG_SQL_CACHE_SIZE 512        /* a power of two, well above the number of statements */

/* A small table id -> name that is kept in memory whole: ids run from 1 without gaps. */
struct sg_symbols {
    sg_map *ids;  /* name -> id */
    char **names; /* names[id - 1], in the store's arena */
    size_t count;
    size_t capacity;
};

struct sg_label_names {
    const char **names;
    size_t count;
};

/* Kinds of rows whose earlier form the log keeps; the first two are sg_store_kind. */
enum {
    SG_ROW_NODE,
    SG_ROW_REL,
    SG_ROW_STATEMENT,
    SG_ROW_ALIAS,
    SG_ROW_MENTION,
    SG_ROW_EVIDENCE,
    SG_ROW_KINDS
};

struct sg_touch {
    int64_t id;
    int kind; /* sg_store_kind */
};

struct sg_store {
    sqlite3 *db;
    char *path;
    bool writable;
    int timeout;
    const volatile int *stop;
    sg_arena *arena; /* names that live as long as the handle */
    sg_arena *row;   /* emptied with each relationship written */
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } cache[SG_SQL_CACHE_SIZE];

    /* Read with the symbols, written at commit. */
    sg_store_state state;
    int64_t next_node;
    int64_t next_rel;
    bool symbols_valid;
    struct sg_symbols label_sets;
    struct sg_symbols types;
    struct sg_symbols origins;
    struct sg_label_names *labels; /* of each label set */
    size_t labels_capacity;

    bool reading;
    bool writing;
    bool bulk;
    struct sg_bulk *fresh; /* bulk import into a new database, see bulk.h; else NULL */
    const struct sg_store_watcher *watcher; /* of the bulk import */
    bool unrecorded;                        /* too many changes to record singly */
    int64_t log;                            /* entry being written, 0: none */
    struct sg_touch *touched;
    size_t touched_count;
    size_t touched_capacity;
    uint64_t *known_nodes; /* bulk: bit per node id, instead of foreign keys */
    size_t known_capacity; /* words */
    sg_map *article_keys;  /* bulk: `id` property of an Article -> its node */
    sg_strbuf scratch;
};

/* ---- sql.c ---- */
/* Formats of sg_sql_run and sg_sql_query, one letter an argument: i int64_t, d double, t text or
 * NULL, s text and size_t length, b bytes and size_t length, I int64_t where INT64_MIN is null. */
SG_MUST_CHECK sg_status sg_sql_run(sg_store *store, sg_error *err, const char *sql,
                                   const char *format, ...);
/* The statement is cached by the address of `sql`, which must be a literal; it is ready to step
 * and is reset by sg_sql_done(). */
SG_MUST_CHECK sg_status sg_sql_query(sg_store *store, sqlite3_stmt **statement_out, sg_error *err,
                                     const char *sql, const char *format, ...);
/* *row_out false at the end. */
SG_MUST_CHECK sg_status sg_sql_step(sg_store *store, sqlite3_stmt *statement, bool *row_out,
                                    sg_error *err);
void sg_sql_done(sqlite3_stmt *statement);
/* One number: the first column of the first row, or `otherwise`. */
SG_MUST_CHECK sg_status sg_sql_number(sg_store *store, int64_t otherwise, int64_t *number_out,
                                      sg_error *err, const char *sql, const char *format, ...);
SG_MUST_CHECK sg_status sg_sql_script(sg_store *store, const char *sql, sg_error *err);
/* The same on the way out of a failure, where a second one says nothing more. */
void sg_sql_try(sg_store *store, const char *sql);
int sg_sql_pragma(sg_store *store, const char *sql);
/* Translates SQLite's last failure, once, here. */
sg_status sg_sql_error(sg_store *store, sg_error *err);
/* Ends every reading that was left at a row, as single records are: an open one would hold on to
 * an old state, from which SQLite lets nobody write. */
void sg_sql_reset_all(sg_store *store);
void sg_sql_finalize_all(sg_store *store);
/* Text of a column in the arena; NULL for null. */
const char *sg_sql_text(sqlite3_stmt *statement, int column, sg_arena *arena);

/* ---- lock.c ---- */
/* "process 123 (stance load ...)" that holds the write lock, or "another process". */
void sg_lock_describe_holder(const char *path, char *out, size_t size);

/* ---- schema.c ---- */
SG_MUST_CHECK sg_status sg_schema_migrate(sg_store *store, sg_error *err);

/* ---- symbols.c ---- */
/* Reads the symbols and counters again if another handle has written since. */
SG_MUST_CHECK sg_status sg_symbols_refresh(sg_store *store, sg_error *err);
SG_MUST_CHECK sg_status sg_symbols_label_set(sg_store *store, const char *const *labels,
                                             size_t count, int64_t *set_out, sg_error *err);
SG_MUST_CHECK sg_status sg_symbols_type(sg_store *store, const char *name, int64_t *type_out,
                                        sg_error *err);
SG_MUST_CHECK sg_status sg_symbols_origin(sg_store *store, const char *name, int64_t *origin_out,
                                          sg_error *err);
/* Writes all symbols; a bulk import into a new database keeps them until its end. */
SG_MUST_CHECK sg_status sg_symbols_write(sg_store *store, sg_error *err);
bool sg_symbols_set_has(sg_store *store, int64_t set, const char *label);
void sg_symbols_clear(sg_store *store);

/* ---- store.c ---- */
/* Notes for the graph that a node or relationship changes. */
void sg_store_touch_id(sg_store *store, sg_store_kind kind, int64_t id);
/* Writes what changed, the counters and the new state. */
SG_MUST_CHECK sg_status sg_store_write_state(sg_store *store, sg_error *err);

/* ---- write.c ---- */
/* Bulk import keeps what foreign keys and the index of articles would answer in memory. */
void sg_store_know_node(sg_store *store, int64_t id);
void sg_store_know_article(sg_store *store, int64_t key, int64_t id);
/* Records that a row is about to change: for the graph, and for undo while logging. */
SG_MUST_CHECK sg_status sg_store_touch(sg_store *store, int row_kind, int64_t id, sg_error *err);
/* The same for a row that was just made: it was not there before. */
SG_MUST_CHECK sg_status sg_store_touch_new(sg_store *store, int row_kind, int64_t id,
                                           sg_error *err);
/* Mixes what is written into the state's hash. */
void sg_store_mix(sg_store *store, const void *bytes, size_t len);
void sg_store_mix_numbers(sg_store *store, int64_t a, int64_t b, int64_t c);
int64_t sg_store_take_rel_id(sg_store *store);
/* Error unless a write transaction is open; the second also where rows can only be added. */
SG_MUST_CHECK sg_status sg_store_need_writing(const sg_store *store, sg_error *err);
SG_MUST_CHECK sg_status sg_store_need_editing(const sg_store *store, sg_error *err);

/* ---- statement.c ---- */
/* The columns of a statement from its properties; what does not fit goes to `extra` (owned by the
 * arena). `origin` in the record is borrowed from `props`. */
SG_MUST_CHECK sg_status sg_statement_from_props(sg_store *store, sg_value props, sg_arena *arena,
                                                sg_store_statement *statement, sg_error *err);
/* Node of the Article whose property `id` is `key`; 0 if there is none. */
SG_MUST_CHECK sg_status sg_article_by_key(sg_store *store, int64_t key, int64_t *article_out,
                                          sg_error *err);
/* Writes a new row (`touched`: made or changed by a person). `statement->id` is the row's. */
SG_MUST_CHECK sg_status sg_statement_insert(sg_store *store, const sg_store_statement *statement,
                                            bool touched, sg_error *err);
/* Writes the row anew under its id. */
SG_MUST_CHECK sg_status sg_statement_replace(sg_store *store, const sg_store_statement *statement,
                                             bool touched, sg_error *err);
/* Removes the row and its quote from the full-text index; the caller has touched it. */
SG_MUST_CHECK sg_status sg_statement_remove(sg_store *store, int64_t id, sg_error *err);

/* ---- props_edit.c ---- */
/* A map with room for changes, in an arena. */
struct sg_props {
    sg_map_value map;
    size_t capacity;
    sg_arena *arena;
};
void sg_props_init(struct sg_props *props, sg_arena *arena, sg_value from);
/* Replaces or adds; null removes. `key` is borrowed. */
void sg_props_set(struct sg_props *props, const char *key, sg_value v);
void sg_props_set_text(struct sg_props *props, const char *key, const char *text);
sg_value sg_props_value(struct sg_props *props);

/* ---- names.c ---- */
enum { SG_NAME_PERSON, SG_NAME_ORGANISATION, SG_NAME_GROUP, SG_NAME_POSITION, SG_NAME_EVENT };

/* The form in which names are compared: folded, without honorifics and a leading "the". */
const char *sg_name_fold(sg_arena *arena, const char *name, size_t len);
/* The content words of a position's name, cut to a simple stem and sorted, behind a "~": equal
 * for "the imposition of the contract" and "contract imposition". NULL if there are none. */
const char *sg_name_bag(sg_arena *arena, const char *name);
size_t sg_name_words(const char *fold);
/* Adds a name of a node unless it has it. */
SG_MUST_CHECK sg_status sg_name_add(sg_store *store, const char *fold, int64_t node, int kind,
                                    const char *form, bool joins, bool decided, sg_error *err);
/* The node that goes by this name in every article: what a person decided, else the oldest of the
 * same kind (organisations and groups count as one). 0 if none. */
SG_MUST_CHECK sg_status sg_name_resolve(sg_store *store, const char *fold, int kind,
                                        int64_t *node_out, sg_error *err);

/* ---- article.c ---- */
struct sg_article_row {
    int64_t id; /* 0: none */
    int64_t version;
    char sha256[72];
};
SG_MUST_CHECK sg_status sg_article_find(sg_store *store, const char *name, const char *sha256,
                                        struct sg_article_row *row_out, sg_error *err);
/* Makes the Article node with text, full-text entry and signature; `older` is superseded. */
SG_MUST_CHECK sg_status sg_article_create(sg_store *store, const sg_document *document,
                                          const char *sha256, const struct sg_article_row *older,
                                          int64_t *id_out, sg_error *err);

/* ---- duplicate.c ---- */
/* Enters the signature, and notes the oldest earlier article that is nearly the same. */
SG_MUST_CHECK sg_status sg_duplicate_note(sg_store *store, int64_t article,
                                          const sg_document *document, int64_t *original_out,
                                          sg_error *err);

#endif
