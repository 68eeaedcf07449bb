#ifndef STANCE_MAP_H
#define STANCE_MAP_H

/* A hash map from byte strings to 64-bit numbers, open addressing, insertion order kept.
 * Keys are copied into the map. Used for interning and for look-ups by name. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sg_map sg_map;

sg_map *sg_map_new(void);
void sg_map_free(sg_map *map);
void sg_map_reset(sg_map *map);
size_t sg_map_size(const sg_map *map);

/* Stores `value` under key[0, len), replacing what was there; true if the key is new. */
bool sg_map_put(sg_map *map, const char *key, size_t len, uint64_t value);
/* True and *value_out (may be NULL) if the key is present. */
bool sg_map_find(const sg_map *map, const char *key, size_t len, uint64_t *value_out);
/* The value slot of the key, added with `initial` when absent; valid until the next insertion. */
uint64_t *sg_map_slot(sg_map *map, const char *key, size_t len, uint64_t initial);
/* Entry `i` in insertion order, i < sg_map_size(); the key is zero-terminated and borrowed. */
const char *sg_map_entry(const sg_map *map, size_t i, size_t *len_out, uint64_t *value_out);

/* 64-bit hash of bytes, the same on every machine and in every run. */
uint64_t sg_hash_bytes(const void *bytes, size_t len, uint64_t seed);

#endif
