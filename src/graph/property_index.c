#include <string.h>

#include "graph_internal.h"

/* Look-ups in the overlay: a hash table from (key, value) to the nodes that were ever given it.
 * Entries are only added; whoever looks up checks the present value. So a rollback, a removal and
 * a deletion need no work here, and readers need no lock. */

typedef struct bucket {
    uint64_t hash;
    handle_list nodes;
} bucket;

struct property_index {
    bucket *buckets; /* open addressing; a bucket without nodes is free */
    size_t count;
    size_t room; /* a power of two */
};

bool value_is_indexable(sg_value value)
{
    return value.type == SG_STRING || value.type == SG_INTEGER || value.type == SG_FLOAT ||
           value.type == SG_BOOLEAN;
}

/* Equal values (1 and 1.0) have one hash. */
static uint64_t hash_of(sg_symbol key, sg_value value)
{
    double number;

    switch ((sg_type) value.type) {
    case SG_STRING:
        return sg_hash_bytes(value.as.string, value.len, key);
    case SG_INTEGER:
        number = (double) value.as.integer;
        break;
    case SG_FLOAT:
        number = value.as.number + 0.0; /* -0.0 becomes 0.0 */
        break;
    default:
        number = value.as.boolean ? 0.25 : 0.75;
        break;
    }
    return sg_hash_bytes(&number, sizeof number, key ^ 0x5bd1e995U);
}

struct property_index *property_index_new(void)
{
    return sg_calloc(1, sizeof(struct property_index));
}

void property_index_free(struct property_index *index)
{
    if (index == NULL)
        return;
    for (size_t i = 0; i < index->room; i++)
        sg_free(index->buckets[i].nodes.items);
    sg_free(index->buckets);
    sg_free(index);
}

static bucket *probe(bucket *buckets, size_t room, uint64_t hash)
{
    size_t at = (size_t) hash & (room - 1);

    while (buckets[at].nodes.count > 0 && buckets[at].hash != hash)
        at = (at + 1) & (room - 1);
    return &buckets[at];
}

static void grow(struct property_index *index)
{
    size_t room = index->room == 0 ? 64 : index->room * 2;
    bucket *buckets = sg_calloc(room, sizeof *buckets);

    for (size_t i = 0; i < index->room; i++)
        if (index->buckets[i].nodes.count > 0)
            *probe(buckets, room, index->buckets[i].hash) = index->buckets[i];
    sg_free(index->buckets);
    index->buckets = buckets;
    index->room = room;
}

void property_index_add(struct property_index *index, sg_symbol key, sg_value value, uint32_t node)
{
    uint64_t hash;
    bucket *found;

    if (!value_is_indexable(value))
        return;
    if ((index->count + 1) * 4 > index->room * 3)
        grow(index);
    hash = hash_of(key, value);
    found = probe(index->buckets, index->room, hash);
    if (found->nodes.count == 0) {
        found->hash = hash;
        index->count++;
    }
    handle_list_add(&found->nodes, node);
}

const uint32_t *property_index_find(const struct property_index *index, sg_symbol key,
                                    sg_value value, size_t *count_out)
{
    const bucket *found;

    *count_out = 0;
    if (index->room == 0 || !value_is_indexable(value))
        return NULL;
    found = probe(index->buckets, index->room, hash_of(key, value));
    *count_out = found->nodes.count;
    return found->nodes.items;
}
