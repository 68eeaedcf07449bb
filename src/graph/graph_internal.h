#ifndef STANCE_GRAPH_INTERNAL_H
#define STANCE_GRAPH_INTERNAL_H

/* What the files of the graph share: the overlay of changes, and how it is read.
 *
 *     handles   0 ............ base limit | ......... limit
 *               the unchanged base        | made since
 *               any of both may have a record in the overlay: it then tells the whole state
 */

#include <stdatomic.h>

#include "stance/graph.h"
#include "stance/map.h"
#include "stance/mem.h"

#include "image.h"

typedef struct symbol_table {
    sg_map *ids;
    const char **names; /* borrowed from the map */
    size_t count;
    size_t capacity;
} symbol_table;

typedef struct property {
    sg_symbol key;
    sg_value value;
} property;

/* Everything that can change about a node or relationship, except its place in the graph.
 * Arrays are in the graph's arena, sorted ascending; they are shared with `before` until the
 * first change in a transaction copies them. */
typedef struct entity_state {
    property *properties;
    sg_symbol *labels; /* nodes only */
    uint32_t property_count;
    uint32_t property_room; /* 0: shared, copy before writing */
    uint32_t label_count;
    uint32_t label_room;
    bool exists;
} entity_state;

typedef struct handle_list {
    uint32_t *items;
    size_t count;
    size_t capacity;
} handle_list;

typedef struct node_record {
    int64_t id;
    entity_state now;
    entity_state before; /* at the start of transaction `touched` */
    uint64_t touched;
    handle_list out; /* relationships made in the overlay, oldest first; deleted ones stay */
    handle_list in;
    uint32_t handle;
    uint32_t base_rels_deleted; /* relationships of the base at this node that are gone */
    bool has_state;             /* false: labels and properties are those of the base */
} node_record;

typedef struct rel_record {
    int64_t id;
    entity_state now;
    entity_state before;
    uint64_t touched;
    sg_symbol type;
    uint32_t source;
    uint32_t target;
    uint32_t handle;
} rel_record;

/* Finds records from handles: 0 = none, else index + 1. */
typedef struct slot_table {
    uint32_t *slots;
    size_t room;
} slot_table;

typedef struct counters {
    size_t *of; /* per symbol */
    size_t count;
    size_t capacity;
} counters;

struct sg_graph {
    sg_store *store;      /* NULL: only in memory */
    sg_store_state state; /* of the store, that this graph shows */
    bool writing;         /* the store's transaction is open */
    image base;           /* without bytes: an empty base */
    uint32_t base_nodes;
    uint32_t base_rels;
    size_t base_nodes_changed; /* records of the base with a state of their own */
    size_t base_rels_changed;
    struct value_cache *cache; /* values of the base that had to be made */
    atomic_uchar *sound_ends;  /* by type of the base: 1 once its ends were seen to be nodes */
    sg_arena *arena;
    symbol_table symbols[3]; /* by sg_symbol_kind */

    uint32_t node_limit;
    uint32_t rel_limit;
    uint32_t node_limit_before; /* at the last commit */
    uint32_t rel_limit_before;
    size_t node_count;
    size_t rel_count;
    counters label_counts;
    counters type_counts;
    counters label_counts_before;
    counters type_counts_before;
    int64_t next_node_id;
    int64_t next_rel_id;

    uint64_t transaction; /* number of the current one, from 1 */
    node_record *nodes;
    size_t nodes_count;
    size_t nodes_room;
    rel_record *rels;
    size_t rels_count;
    size_t rels_room;
    slot_table node_slots;
    slot_table rel_slots;
    handle_list dirty_nodes; /* touched in this transaction */
    handle_list dirty_rels;
    struct property_index *index; /* overlay values by key, for look-ups */
};

/* ---- records ---- */
static inline node_record *node_record_find(const sg_graph *graph, uint32_t node)
{
    uint32_t slot = node < graph->node_slots.room ? graph->node_slots.slots[node] : 0;

    return slot == 0 ? NULL : &graph->nodes[slot - 1];
}

static inline rel_record *rel_record_find(const sg_graph *graph, uint32_t rel)
{
    uint32_t slot = rel < graph->rel_slots.room ? graph->rel_slots.slots[rel] : 0;

    return slot == 0 ? NULL : &graph->rels[slot - 1];
}

void handle_list_add(handle_list *list, uint32_t handle);
void slot_table_set(slot_table *table, uint32_t handle, uint32_t slot);
void counters_add(counters *counts, sg_symbol symbol, long difference);
size_t counters_get(const counters *counts, sg_symbol symbol);
void counters_copy(counters *to, const counters *from);

/* The record, made when there is none; a node of the base keeps its state in the base. */
node_record *node_record_ensure(sg_graph *graph, uint32_t node);

/* ---- the base ---- */
sg_value base_node_property(const sg_graph *graph, uint32_t node, sg_symbol key);
sg_value base_rel_property(const sg_graph *graph, uint32_t rel, sg_symbol key);
size_t base_node_keys(const sg_graph *graph, uint32_t node, sg_symbol *keys, size_t room);
size_t base_rel_keys(const sg_graph *graph, uint32_t rel, sg_symbol *keys, size_t room);
uint32_t base_rel_source(const sg_graph *graph, uint32_t rel);
uint32_t base_rel_target(const sg_graph *graph, uint32_t rel);
struct value_cache *value_cache_new(void);
void value_cache_free(struct value_cache *cache);
/* Makes `im` the base of an empty graph. The image moves in. */
void graph_set_base(sg_graph *graph, const image *im);
/* Keeps the changes, without writing them to the store. */
void graph_keep_changes(sg_graph *graph);

/* ---- the image's file (image_file.c) ---- */
/* False when there is no file that can be trusted. */
bool image_file_open(const char *path, image *im);
/* Failing to write is no error, the next one builds the image again. */
void image_file_write(const char *path, const image *im);

/* ---- reading the store (load.c, follow.c) ---- */
SG_MUST_CHECK sg_status image_load(sg_store *store, sg_store_state state, image *im, sg_error *err);
/* Writes the file of a store's image, where one is worth it. */
void image_keep(const sg_store *store, const image *im);
/* Brings the graph to the store's present state; *done_out is false when that takes reading
 * everything anew. */
SG_MUST_CHECK sg_status graph_follow_store(sg_graph *graph, sg_store_state state, size_t most,
                                           bool *done_out, sg_error *err);

/* ---- states ---- */
const property *state_find_property(const entity_state *state, sg_symbol key);
bool state_has_label(const entity_state *state, sg_symbol label);
void state_set_property(entity_state *state, sg_arena *arena, sg_symbol key, sg_value value);
void state_remove_property(entity_state *state, sg_arena *arena, sg_symbol key);
/* True if the state changed. */
bool state_add_label(entity_state *state, sg_arena *arena, sg_symbol label);
bool state_remove_label(entity_state *state, sg_arena *arena, sg_symbol label);

/* ---- values ---- */
/* The same type and content: 1 and 1.0 differ, NaN is the same as NaN. */
bool value_same(sg_value a, sg_value b);
/* Cypher's "=" as far as it is true: 1 equals 1.0, NaN equals nothing, null equals nothing. */
bool value_equals(sg_value a, sg_value b);

/* ---- the look-up index of the overlay ---- */
struct property_index *property_index_new(void);
void property_index_free(struct property_index *index);
/* Only indexable values (strings, booleans, numbers) are kept. */
void property_index_add(struct property_index *index, sg_symbol key, sg_value value, uint32_t node);
/* Nodes that had `value` at some time; the caller checks. NULL and 0 if none. */
const uint32_t *property_index_find(const struct property_index *index, sg_symbol key,
                                    sg_value value, size_t *count_out);
bool value_is_indexable(sg_value value);

#endif
