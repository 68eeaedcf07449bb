#include "numbers.h"

#include <string.h>

#include "stance/value_ops.h"

static void grow_numbers(sg_value_numbers *numbers)
{
    size_t size = numbers->table_size == 0 ? 64 : numbers->table_size * 2;

    sg_free(numbers->table);
    numbers->table = sg_calloc(size, sizeof *numbers->table);
    numbers->table_size = size;
    for (size_t i = 0; i < numbers->count; i++) {
        size_t at = numbers->hashes[i] & (size - 1);

        while (numbers->table[at] != 0)
            at = (at + 1) & (size - 1);
        numbers->table[at] = (uint32_t) i + 1;
    }
}

uint32_t sg_value_number(sg_value_numbers *numbers, sg_value v, sg_arena *arena)
{
    uint64_t hash = sg_value_hash(v, 0);
    size_t at;

    if ((numbers->count + 1) * 2 > numbers->table_size)
        grow_numbers(numbers);
    at = hash & (numbers->table_size - 1);
    while (numbers->table[at] != 0) {
        uint32_t number = numbers->table[at] - 1;

        if (numbers->hashes[number] == hash && sg_value_same(numbers->values[number], v))
            return number;
        at = (at + 1) & (numbers->table_size - 1);
    }
    SG_GROW(numbers->values, numbers->capacity, numbers->count + 1);
    SG_GROW(numbers->hashes, numbers->hash_capacity, numbers->count + 1);
    numbers->values[numbers->count] = sg_value_copy(arena, v);
    numbers->hashes[numbers->count] = hash;
    numbers->count++;
    numbers->table[at] = (uint32_t) numbers->count;
    return (uint32_t) numbers->count - 1;
}

void sg_value_numbers_clear(sg_value_numbers *numbers)
{
    sg_free(numbers->values);
    sg_free(numbers->hashes);
    sg_free(numbers->table);
    memset(numbers, 0, sizeof *numbers);
}

/* Fibonacci hashing: the high bits of the product mix all bits of the key. */
static size_t place(const sg_pair_map *map, uint64_t key)
{
    uint64_t mixed = key * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t) (mixed ^ mixed >> 32) & (map->size - 1);

    while (map->keys[at] != UINT64_MAX && map->keys[at] != key)
        at = (at + 1) & (map->size - 1);
    return at;
}

static void grow_pairs(sg_pair_map *map)
{
    sg_pair_map grown = { NULL, NULL, map->count, map->size == 0 ? 64 : map->size * 2 };

    grown.keys = sg_malloc(grown.size * sizeof *grown.keys);
    grown.numbers = sg_malloc(grown.size * sizeof *grown.numbers);
    memset(grown.keys, 0xFF, grown.size * sizeof *grown.keys);
    for (size_t i = 0; i < map->size; i++) {
        size_t at;

        if (map->keys[i] == UINT64_MAX)
            continue;
        at = place(&grown, map->keys[i]);
        grown.keys[at] = map->keys[i];
        grown.numbers[at] = map->numbers[i];
    }
    sg_pair_map_clear(map);
    *map = grown;
}

uint32_t *sg_pair_slot(sg_pair_map *map, uint32_t first, uint32_t second, bool *added)
{
    uint64_t key = (uint64_t) first << 32 | second;
    size_t at;

    if ((map->count + 1) * 3 > map->size * 2)
        grow_pairs(map);
    at = place(map, key);
    *added = map->keys[at] == UINT64_MAX;
    if (*added) {
        map->keys[at] = key;
        map->count++;
    }
    return &map->numbers[at];
}

void sg_pair_map_clear(sg_pair_map *map)
{
    sg_free(map->keys);
    sg_free(map->numbers);
    memset(map, 0, sizeof *map);
}
