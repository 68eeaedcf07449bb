#ifndef STANCE_GRAPH_H
#define STANCE_GRAPH_H

/* The property graph: a read-only image of a store (mapped from a cache file when one is valid)
 * with an overlay of changes on top. Query, analysis and export read only this.
 *
 * Nodes and relationships are dense 32-bit handles, valid while the graph is open and no
 * write is committed by sg_graph_commit(); ids are the store's 64-bit ids. Labels, relationship
 * types and property keys are interned symbols. Strings in returned values are borrowed from the
 * graph. Reading is thread-safe while nobody writes. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/store.h"
#include "stance/value.h"

typedef struct sg_graph sg_graph;
typedef uint32_t sg_symbol;

#define SG_NO_ENTITY UINT32_MAX
#define SG_NO_SYMBOL UINT32_MAX

/* Opens the graph of `store`, from the image file when it matches the store, else by one
 * sequential pass that also writes the image anew (a read-only place is no error). The store
 * must outlive the graph. */
SG_MUST_CHECK sg_status sg_graph_open(sg_store *store, sg_graph **graph_out, sg_error *err);
/* An empty graph without a store, for tests and for queries without a database. */
sg_graph *sg_graph_new(void);
void sg_graph_close(sg_graph *graph);

/* ---- the image of a bulk import, made while the rows come in ---- */
typedef struct sg_graph_follower sg_graph_follower;

/* Follows the bulk import that was just begun; NULL where the database held something before. All
 * functions take NULL. A graph that cannot be followed is read when it is opened. */
sg_graph_follower *sg_graph_follow_bulk(sg_store *store);
/* All rows are in. Reads nothing of the store, so another thread may do it during the commit. */
void sg_graph_follower_finish(sg_graph_follower *follower);
/* Writes the image, for the state after the commit. */
void sg_graph_follower_keep(sg_graph_follower *follower, sg_store_state state);
void sg_graph_follower_free(sg_graph_follower *follower);

/* ---- symbols ---- */
typedef enum sg_symbol_kind { SG_LABEL, SG_REL_TYPE, SG_KEY } sg_symbol_kind;

/* SG_NO_SYMBOL when the name is not in use. */
sg_symbol sg_graph_symbol_find(const sg_graph *graph, sg_symbol_kind kind, const char *name,
                               size_t len);
/* Adds the name when new (part of the overlay). */
sg_symbol sg_graph_symbol_add(sg_graph *graph, sg_symbol_kind kind, const char *name, size_t len);
const char *sg_graph_symbol_name(const sg_graph *graph, sg_symbol_kind kind, sg_symbol symbol);
size_t sg_graph_symbol_count(const sg_graph *graph, sg_symbol_kind kind);

/* ---- nodes and relationships ---- */
/* Handles run from 0 to limit - 1; deleted ones answer false to _exists. */
uint32_t sg_graph_node_limit(const sg_graph *graph);
uint32_t sg_graph_rel_limit(const sg_graph *graph);
size_t sg_graph_node_count(const sg_graph *graph);
size_t sg_graph_rel_count(const sg_graph *graph);
bool sg_graph_node_exists(const sg_graph *graph, uint32_t node);
bool sg_graph_rel_exists(const sg_graph *graph, uint32_t rel);
int64_t sg_graph_node_id(const sg_graph *graph, uint32_t node);
int64_t sg_graph_rel_id(const sg_graph *graph, uint32_t rel);
/* SG_NO_ENTITY when absent. */
uint32_t sg_graph_node_by_id(const sg_graph *graph, int64_t id);
uint32_t sg_graph_rel_by_id(const sg_graph *graph, int64_t id);

bool sg_graph_node_has_label(const sg_graph *graph, uint32_t node, sg_symbol label);
/* Fills up to `room` labels in ascending symbol order and returns how many there are. */
size_t sg_graph_node_labels(const sg_graph *graph, uint32_t node, sg_symbol *labels, size_t room);
sg_symbol sg_graph_rel_type(const sg_graph *graph, uint32_t rel);
uint32_t sg_graph_rel_source(const sg_graph *graph, uint32_t rel);
uint32_t sg_graph_rel_target(const sg_graph *graph, uint32_t rel);

/* Property value, null when absent. */
sg_value sg_graph_node_property(const sg_graph *graph, uint32_t node, sg_symbol key);
sg_value sg_graph_rel_property(const sg_graph *graph, uint32_t rel, sg_symbol key);
/* Fills up to `room` keys that have a value, ascending, and returns how many there are. */
size_t sg_graph_node_keys(const sg_graph *graph, uint32_t node, sg_symbol *keys, size_t room);
size_t sg_graph_rel_keys(const sg_graph *graph, uint32_t rel, sg_symbol *keys, size_t room);

/* ---- scans ---- */
/* Next existing node after `node` (start with SG_NO_ENTITY) with `label` (SG_NO_SYMBOL: any), in
 * ascending order; SG_NO_ENTITY at the end. */
uint32_t sg_graph_node_next(const sg_graph *graph, sg_symbol label, uint32_t node);
size_t sg_graph_label_count(const sg_graph *graph, sg_symbol label);
size_t sg_graph_type_count(const sg_graph *graph, sg_symbol type);
/* Nodes (with `label`, or SG_NO_SYMBOL) whose `key` equals `value`: strings and integers through
 * an index, others by scan. Handles ascending, in the arena. */
size_t sg_graph_node_lookup(const sg_graph *graph, sg_symbol label, sg_symbol key, sg_value value,
                            sg_arena *arena, uint32_t **nodes_out);

/* ---- adjacency ---- */
typedef enum sg_direction { SG_OUTGOING, SG_INCOMING, SG_BOTH } sg_direction;

/* Walks the relationships of a node. A loop is seen once under SG_BOTH. */
typedef struct sg_adjacency {
    const sg_graph *graph;
    uint32_t node;
    sg_symbol type;
    sg_direction direction;
    uint32_t rel;   /* current relationship */
    uint32_t other; /* its other end */
    uint64_t state[4];
} sg_adjacency;

/* `type` may be SG_NO_SYMBOL for any. */
void sg_adjacency_init(sg_adjacency *it, const sg_graph *graph, uint32_t node,
                       sg_direction direction, sg_symbol type);
bool sg_adjacency_next(sg_adjacency *it);
size_t sg_graph_degree(const sg_graph *graph, uint32_t node, sg_direction direction,
                       sg_symbol type);

/* ---- fast paths ----
 * Most of a graph is not touched by the overlay and lies in the image as arrays. These calls show
 * the arrays themselves; where the overlay has a say they answer false, and the calls above are
 * to be used instead. */

/* The neighbours of a node by relationships of one type, next to each other in memory. */
typedef struct sg_span {
    const uint32_t *nodes; /* the other ends; ascending, so parallel relationships are adjacent */
    const uint32_t *rels;  /* incoming: handles of the relationships; outgoing: NULL, they are */
    uint32_t first_rel;    /* first_rel, first_rel + 1, ... */
    size_t count;
} sg_span;

/* `direction` is SG_OUTGOING or SG_INCOMING; `type` is one type. */
bool sg_graph_neighbours(const sg_graph *graph, uint32_t node, sg_direction direction,
                         sg_symbol type, sg_span *span_out);

/* The relationships of one type from `source` to `target`, in the same form: as outgoing ones of
 * the source or as incoming ones of the target, whichever is found faster. */
bool sg_graph_between(const sg_graph *graph, uint32_t source, uint32_t target, sg_symbol type,
                      sg_span *span_out);

/* All relationships of one type, sorted by source, then target; handles count from first_rel. */
typedef struct sg_edges {
    const uint32_t *sources;
    const uint32_t *targets;
    uint32_t first_rel;
    size_t count;
} sg_edges;

/* False when a relationship of any type was made, changed or deleted since the image. */
bool sg_graph_edges(const sg_graph *graph, sg_symbol type, sg_edges *edges_out);

/* Nodes with equal label sets have consecutive handles. Groups run from 0 to count - 1. */
typedef struct sg_node_group {
    uint32_t first_node;
    uint32_t node_count;
    const sg_symbol *labels; /* ascending */
    size_t label_count;
} sg_node_group;

/* 0 when any node was made, changed or deleted since the image. */
size_t sg_graph_group_count(const sg_graph *graph);
void sg_graph_group_get(const sg_graph *graph, size_t index, sg_node_group *group_out);

/* A property of a node group or of the relationships of a type, as an array of codes.
 * Codes of one column compare as their values do (not for SG_COLUMN_OTHER), and equal codes are
 * equal values, so that filters, groups and joins can work on codes. */
typedef enum sg_column_form {
    SG_COLUMN_ABSENT,  /* no entity has it */
    SG_COLUMN_INTEGER, /* value = base + code; also for booleans and dates, see `type` */
    SG_COLUMN_ENTRIES, /* code = place in a sorted list of distinct values */
    SG_COLUMN_OTHER,   /* read it with sg_graph_..._property() */
} sg_column_form;

typedef struct sg_column {
    sg_column_form form;
    uint8_t type;   /* sg_type of every value */
    uint8_t width;  /* bytes of a code: 1, 2, 4 or 8 */
    uint32_t first; /* handle of row 0 */
    uint32_t rows;
    const void *codes;       /* one per row */
    const uint64_t *present; /* bit per row; NULL: every row has a value */
    int64_t base;
    size_t entry_count;
    const void *hidden[2];
} sg_column;

/* False when an entity with the property may have changed since the image. */
bool sg_graph_group_column(const sg_graph *graph, size_t group, sg_symbol key,
                           sg_column *column_out);
bool sg_graph_type_column(const sg_graph *graph, sg_symbol type, sg_symbol key,
                          sg_column *column_out);
/* How many codes stand for less than `value`, and how many for no more than it. The values of the
 * column that equal `value` are those with below <= code < upto. False when they do not compare. */
bool sg_column_bounds(const sg_column *column, sg_value value, uint64_t *below_out,
                      uint64_t *upto_out);
/* The value that a code stands for; strings are borrowed from the graph. */
sg_value sg_column_value(const sg_column *column, uint64_t code);

/* The nodes that relationships of a type leave (SG_OUTGOING) or enter are all in a range. False
 * when relationships may have changed since the image. */
bool sg_graph_type_range(const sg_graph *graph, sg_symbol type, sg_direction direction,
                         uint32_t *first_out, uint32_t *count_out);

static inline bool sg_column_has(const sg_column *column, uint32_t row)
{
    return column->present == NULL || (column->present[row / 64] >> (row % 64) & 1) != 0;
}

static inline uint64_t sg_column_code(const sg_column *column, uint32_t row)
{
    switch (column->width) {
    case 1:
        return ((const uint8_t *) column->codes)[row];
    case 2:
        return ((const uint16_t *) column->codes)[row];
    case 4:
        return ((const uint32_t *) column->codes)[row];
    default:
        return ((const uint64_t *) column->codes)[row];
    }
}

/* ---- writes: the overlay ---- */
uint32_t sg_graph_create_node(sg_graph *graph);
uint32_t sg_graph_create_rel(sg_graph *graph, sg_symbol type, uint32_t source, uint32_t target);
void sg_graph_add_label(sg_graph *graph, uint32_t node, sg_symbol label);
void sg_graph_remove_label(sg_graph *graph, uint32_t node, sg_symbol label);
/* null removes the property. The value is copied. */
void sg_graph_set_node_property(sg_graph *graph, uint32_t node, sg_symbol key, sg_value value);
void sg_graph_set_rel_property(sg_graph *graph, uint32_t rel, sg_symbol key, sg_value value);
/* The node must have no relationships left when the changes are committed. */
void sg_graph_delete_node(sg_graph *graph, uint32_t node);
void sg_graph_delete_rel(sg_graph *graph, uint32_t rel);

/* Net observable change since the last commit, as the openCypher TCK counts side effects. */
typedef struct sg_graph_changes {
    size_t nodes_created, nodes_deleted;
    size_t relationships_created, relationships_deleted;
    size_t labels_added, labels_removed; /* distinct label names in the whole graph */
    size_t properties_set, properties_removed;
} sg_graph_changes;

/* To be called before a query that writes reads anything: takes the database for writing and brings
 * the graph to its present state, so that what is written rests on what was read. Ended by commit
 * or rollback. Nothing without a store. sg_graph_commit() without it refuses when another program
 * has changed the database since. */
SG_MUST_CHECK sg_status sg_graph_begin_write(sg_graph *graph, sg_error *err);

void sg_graph_count_changes(const sg_graph *graph, sg_graph_changes *changes_out);
/* Writes the overlay to the store in one transaction; afterwards the graph shows the new state
 * and handles stay valid. Without a store the changes just stay. */
SG_MUST_CHECK sg_status sg_graph_commit(sg_graph *graph, sg_error *err);
/* Forgets every change since the last commit. */
void sg_graph_rollback(sg_graph *graph);

#endif
