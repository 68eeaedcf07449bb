#include "stance/map.h"

#include <string.h>

#include "stance/mem.h"

/* Entries stand in one array in insertion order; a table of indices is probed linearly. */

typedef struct entry {
    char *key;
    size_t len;
    uint64_t hash;
    uint64_t value;
} entry;

struct sg_map {
    sg_arena *keys;
    entry *entries;
    size_t count;
    size_t capacity;
    uint32_t *table; /* index + 1, 0 = empty */
    size_t mask;     /* table size - 1 */
};

/* Eight bytes in little-endian order; compilers make one load of it. */
static uint64_t load_word(const unsigned char *at)
{
    return (uint64_t) at[0] | (uint64_t) at[1] << 8 | (uint64_t) at[2] << 16 |
           (uint64_t) at[3] << 24 | (uint64_t) at[4] << 32 | (uint64_t) at[5] << 40 |
           (uint64_t) at[6] << 48 | (uint64_t) at[7] << 56;
}

uint64_t sg_hash_bytes(const void *bytes, size_t len, uint64_t seed)
{
    /* Multiply-xorshift over 8-byte words, read byte by byte so that the result does not depend
     * on alignment or byte order. The constant is 2^64 divided by the golden ratio. */
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ (len * 0x9e3779b97f4a7c15U);

    while (len > 0) {
        uint64_t word = 0;
        size_t n = len < 8 ? len : 8;

        if (n == 8)
            word = load_word(at);
        else
            for (size_t i = 0; i < n; i++)
                word |= (uint64_t) at[i] << (8 * i);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 32;
        at += n;
        len -= n;
    }
    hash *= 0xd6e8feb86659fd93U;
    return hash ^ (hash >> 29);
}

sg_map *sg_map_new(void)
{
    sg_map *map = sg_calloc(1, sizeof *map);

    map->keys = sg_arena_new();
    map->mask = 15;
    map->table = sg_calloc(map->mask + 1, sizeof *map->table);
    return map;
}

void sg_map_free(sg_map *map)
{
    if (map == NULL)
        return;
    sg_arena_free(map->keys);
    sg_free(map->entries);
    sg_free(map->table);
    sg_free(map);
}

void sg_map_reset(sg_map *map)
{
    sg_arena_reset(map->keys);
    map->count = 0;
    memset(map->table, 0, (map->mask + 1) * sizeof *map->table);
}

size_t sg_map_size(const sg_map *map)
{
    return map->count;
}

static size_t probe(const sg_map *map, const char *key, size_t len, uint64_t hash)
{
    size_t at = (size_t) hash & map->mask;

    while (map->table[at] != 0) {
        const entry *found = &map->entries[map->table[at] - 1];

        if (found->hash == hash && found->len == len &&
            (len == 0 || memcmp(found->key, key, len) == 0))
            break;
        at = (at + 1) & map->mask;
    }
    return at;
}

static void rehash(sg_map *map)
{
    map->mask = map->mask * 2 + 1;
    sg_free(map->table);
    map->table = sg_calloc(map->mask + 1, sizeof *map->table);
    for (size_t i = 0; i < map->count; i++) {
        size_t at = (size_t) map->entries[i].hash & map->mask;

        while (map->table[at] != 0)
            at = (at + 1) & map->mask;
        map->table[at] = (uint32_t) (i + 1);
    }
}

uint64_t *sg_map_slot(sg_map *map, const char *key, size_t len, uint64_t initial)
{
    uint64_t hash = sg_hash_bytes(key, len, 0);
    size_t at = probe(map, key, len, hash);
    entry *added;

    if (map->table[at] != 0)
        return &map->entries[map->table[at] - 1].value;
    SG_GROW(map->entries, map->capacity, map->count + 1);
    added = &map->entries[map->count++];
    added->key = sg_arena_strndup(map->keys, key, len);
    added->len = len;
    added->hash = hash;
    added->value = initial;
    map->table[at] = (uint32_t) map->count;
    if (map->count * 4 > map->mask * 3)
        rehash(map);
    return &map->entries[map->count - 1].value;
}

bool sg_map_put(sg_map *map, const char *key, size_t len, uint64_t value)
{
    size_t before = map->count;

    *sg_map_slot(map, key, len, value) = value;
    return map->count > before;
}

bool sg_map_find(const sg_map *map, const char *key, size_t len, uint64_t *value_out)
{
    size_t at = probe(map, key, len, sg_hash_bytes(key, len, 0));

    if (map->table[at] == 0)
        return false;
    if (value_out != NULL)
        *value_out = map->entries[map->table[at] - 1].value;
    return true;
}

const char *sg_map_entry(const sg_map *map, size_t i, size_t *len_out, uint64_t *value_out)
{
    const entry *found = &map->entries[i];

    if (len_out != NULL)
        *len_out = found->len;
    if (value_out != NULL)
        *value_out = found->value;
    return found->key;
}
