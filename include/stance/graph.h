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

void sg_graph_count_changes(const sg_graph *graph, sg_graph_changes *changes_out);
/* Writes the overlay to the store in one transaction; afterwards the graph shows the new state
 * and handles stay valid. Without a store the changes just stay. */
SG_MUST_CHECK sg_status sg_graph_commit(sg_graph *graph, sg_error *err);
/* Forgets every change since the last commit. */
void sg_graph_rollback(sg_graph *graph);

#endif
