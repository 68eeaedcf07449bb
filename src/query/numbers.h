#ifndef STANCE_QUERY_NUMBERS_INTERNAL_H
#define STANCE_QUERY_NUMBERS_INTERNAL_H

/* Small tables for grouping: values numbered from 0 as they come, and a map from pairs of numbers
 * to a number. */

#include "stance/value.h"

typedef struct sg_value_numbers {
    sg_value *values;
    uint64_t *hashes;
    size_t count;
    size_t capacity;
    size_t hash_capacity;
    uint32_t *table; /* number + 1 */
    size_t table_size;
} sg_value_numbers;

/* The number of the value; a new one is copied into the arena. */
uint32_t sg_value_number(sg_value_numbers *numbers, sg_value v, sg_arena *arena);
void sg_value_numbers_clear(sg_value_numbers *numbers);

typedef struct sg_pair_map {
    uint64_t *keys; /* key + 1 would overflow: UINT64_MAX is free */
    uint32_t *numbers;
    size_t count;
    size_t size;
} sg_pair_map;

/* The slot of the pair; *added tells whether it is new (its number is then to be set). Valid until
 * the next call. */
uint32_t *sg_pair_slot(sg_pair_map *map, uint32_t first, uint32_t second, bool *added);
void sg_pair_map_clear(sg_pair_map *map);

static inline size_t sg_pair_map_bytes(const sg_pair_map *map)
{
    return map->size * (sizeof *map->keys + sizeof *map->numbers);
}

static inline size_t sg_value_numbers_bytes(const sg_value_numbers *numbers)
{
    return numbers->capacity * sizeof *numbers->values +
           numbers->hash_capacity * sizeof *numbers->hashes +
           numbers->table_size * sizeof *numbers->table;
}

#endif
