/* The groups of a fused aggregation. A row finds its group by the codes of the atoms its keys
 * depend on; only when these codes come for the first time are the keys evaluated and the group
 * with these values looked up. Values that count(DISTINCT) sees are numbered in the same way, so
 * that a set of them is a few bits. */

#include <string.h>

#include "fused.h"

/* Values numbered beyond this go to one table for all groups: a group's bits stay small. */
#define MOST_BITS 16384U

/* ---- values with numbers ---- */

static void grow_table(uint32_t **table, size_t *size, const uint64_t *hashes, size_t count)
{
    size_t grown = *size == 0 ? 64 : *size * 2;

    sg_free(*table);
    *table = sg_calloc(grown, sizeof **table);
    *size = grown;
    for (size_t i = 0; i < count; i++) {
        size_t at = hashes[i] & (grown - 1);

        while ((*table)[at] != 0)
            at = (at + 1) & (grown - 1);
        (*table)[at] = (uint32_t) i + 1;
    }
}

static uint32_t number_value(fused_op *f, fused_sum *sum, sg_value value)
{
    uint64_t hash = sg_value_hash(value, 0);
    size_t at;

    if ((sum->value_count + 1) * 2 > sum->table_size)
        grow_table(&sum->table, &sum->table_size, sum->hashes, sum->value_count);
    for (at = hash & (sum->table_size - 1); sum->table[at] != 0;
         at = (at + 1) & (sum->table_size - 1)) {
        uint32_t found = sum->table[at] - 1;

        if (sum->hashes[found] == hash && sg_value_same(sum->values[found], value))
            return found;
    }
    SG_GROW(sum->values, sum->values_room, sum->value_count + 1);
    SG_GROW(sum->hashes, sum->hashes_room, sum->value_count + 1);
    sum->values[sum->value_count] = sg_value_copy(f->arena, value);
    sum->hashes[sum->value_count] = hash;
    sum->table[at] = (uint32_t) ++sum->value_count;
    return (uint32_t) sum->value_count - 1;
}

/* 1 for null, else the value's number + 2. */
static sg_status value_id(fused_op *f, sg_exec *x, fused_sum *sum, uint32_t *id_out)
{
    uint32_t code = atom_code(f, &sum->atom);
    sg_value value;

    if (sum->value_ids == NULL)
        sum->value_ids = sg_calloc(sum->atom.domain + 1, sizeof *sum->value_ids);
    *id_out = code < sum->atom.domain ? sum->value_ids[code] : 0;
    if (*id_out != 0)
        return SG_OK;
    fused_load(f, x, sum->slots, sum->slot_count);
    if (sg_eval(x, sum->expr->child[0], sg_scratch_reset(&f->base), &value) != SG_OK)
        return SG_ERR_QUERY;
    *id_out = sg_value_is_null(value) ? 1 : number_value(f, sum, value) + 2;
    if (code < sum->atom.domain)
        sum->value_ids[code] = *id_out;
    return SG_OK;
}

/* ---- values seen by a group ---- */

static size_t pair_slot(const fused_op *f, uint64_t pair)
{
    size_t at = (size_t) ((pair * 0x9e3779b97f4a7c15U) >> 20) & (f->pairs_size - 1);

    while (f->pairs[at] != 0 && f->pairs[at] != pair)
        at = (at + 1) & (f->pairs_size - 1);
    return at;
}

static void grow_pairs(fused_op *f)
{
    uint64_t *old = f->pairs;
    size_t size = f->pairs_size;

    f->pairs_size = size == 0 ? 4096 : size * 2;
    f->pairs = sg_calloc(f->pairs_size, sizeof *f->pairs);
    for (size_t i = 0; i < size; i++)
        if (old[i] != 0)
            f->pairs[pair_slot(f, old[i])] = old[i];
    sg_free(old);
}

static bool is_new_pair(fused_op *f, size_t set, uint32_t value)
{
    uint64_t pair = (uint64_t) (set + 1) << 32 | value;
    size_t at;

    if ((f->pair_count + 1) * 2 > f->pairs_size)
        grow_pairs(f);
    at = pair_slot(f, pair);
    if (f->pairs[at] != 0)
        return false;
    f->pairs[at] = pair;
    f->pair_count++;
    return true;
}

static bool is_new_value(fused_op *f, size_t set, uint32_t value)
{
    bit_set *bits = &f->sets[set];
    size_t word = value / 64;
    uint64_t bit = (uint64_t) 1 << (value % 64);

    if (value >= MOST_BITS)
        return is_new_pair(f, set, value);
    if (word >= bits->count) {
        size_t count = bits->count == 0 ? 2 : bits->count;

        while (count <= word)
            count *= 2;
        bits->words = sg_reallocarray(bits->words, count, sizeof *bits->words);
        memset(bits->words + bits->count, 0, (count - bits->count) * sizeof *bits->words);
        bits->count = count;
        f->base.heap_bytes += count * 4;
    }
    if ((bits->words[word] & bit) != 0)
        return false;
    bits->words[word] |= bit;
    return true;
}

/* ---- finding the group ---- */

static bool same_keys(const fused_op *f, size_t group)
{
    for (uint32_t i = 0; i < f->key_count; i++)
        if (!sg_value_same(f->group_keys[group * f->key_count + i], f->current[i]))
            return false;
    return true;
}

static uint32_t make_group(fused_op *f, uint64_t hash)
{
    size_t group = f->group_count++;
    size_t sums = f->group_count * f->sum_count;

    SG_GROW(f->group_keys, f->group_keys_room, f->group_count * f->key_count + 1);
    SG_GROW(f->hashes, f->hashes_room, f->group_count);
    SG_GROW(f->counts, f->counts_room, sums + 1);
    SG_GROW(f->sets, f->sets_room, sums + 1);
    SG_GROW(f->accumulators, f->accumulators_room, sums + 1);
    f->hashes[group] = hash;
    for (uint32_t i = 0; i < f->key_count; i++)
        f->group_keys[group * f->key_count + i] = sg_value_copy(f->arena, f->current[i]);
    for (uint32_t i = 0; i < f->sum_count; i++) {
        size_t at = group * f->sum_count + i;

        f->counts[at] = 0;
        f->sets[at] = (bit_set){ NULL, 0 };
        memset(&f->accumulators[at], 0, sizeof f->accumulators[at]);
        if (!f->sums[i].by_code)
            sg_accumulator_init(&f->accumulators[at], f->sums[i].expr);
    }
    f->base.heap_bytes += f->key_count * sizeof(sg_value) +
                          f->sum_count * (sizeof *f->accumulators + sizeof *f->sets + 8) + 16;
    return (uint32_t) group;
}

sg_status fused_add_group(fused_op *f, sg_exec *x, uint32_t *group_out)
{
    sg_arena *scratch = sg_scratch_reset(&f->base);
    uint64_t hash = 0;
    size_t at;

    fused_load(f, x, f->key_slots, f->key_slot_count);
    for (uint32_t i = 0; i < f->key_count; i++) {
        if (sg_eval(x, f->keys[i].expr, scratch, &f->current[i]) != SG_OK)
            return SG_ERR_QUERY;
        hash = sg_value_hash(f->current[i], hash);
    }
    if ((f->group_count + 1) * 2 > f->table_size)
        grow_table(&f->table, &f->table_size, f->hashes, f->group_count);
    for (at = hash & (f->table_size - 1); f->table[at] != 0; at = (at + 1) & (f->table_size - 1)) {
        *group_out = f->table[at] - 1;
        if (f->hashes[*group_out] == hash && same_keys(f, *group_out))
            return SG_OK;
    }
    *group_out = make_group(f, hash);
    f->table[at] = *group_out + 1;
    return SG_OK;
}

static sg_status group_by_one(fused_op *f, sg_exec *x, uint32_t *group_out)
{
    const atom *a = &f->key_atoms.atoms[0];
    uint32_t code = atom_code(f, a);
    uint32_t *known;

    if (code >= a->domain)
        return fused_add_group(f, x, group_out);
    if (f->group_of == NULL) {
        f->group_pages = a->domain / GROUP_PAGE + 1;
        f->group_of = sg_calloc(f->group_pages, sizeof *f->group_of);
    }
    if (f->group_of[code / GROUP_PAGE] == NULL)
        f->group_of[code / GROUP_PAGE] = sg_calloc(GROUP_PAGE, sizeof **f->group_of);
    known = &f->group_of[code / GROUP_PAGE][code % GROUP_PAGE];
    if (*known == 0) {
        if (fused_add_group(f, x, group_out) != SG_OK)
            return SG_ERR_QUERY;
        *known = *group_out + 1;
    }
    *group_out = *known - 1;
    return SG_OK;
}

static uint64_t hash_codes(const uint32_t *codes, uint32_t count)
{
    uint64_t hash = 0;

    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ codes[i]) * 0x9e3779b97f4a7c15U;
        hash ^= hash >> 29;
    }
    return hash;
}

static void grow_tuples(fused_op *f)
{
    size_t size = f->tuple_table_size == 0 ? 1024 : f->tuple_table_size * 2;
    uint32_t width = f->key_atoms.count + 1;

    sg_free(f->tuple_table);
    f->tuple_table = sg_calloc(size, sizeof *f->tuple_table);
    f->tuple_table_size = size;
    for (size_t i = 0; i < f->tuple_count; i++) {
        size_t at = hash_codes(f->tuples + i * width, width - 1) & (size - 1);

        while (f->tuple_table[at] != 0)
            at = (at + 1) & (size - 1);
        f->tuple_table[at] = (uint32_t) i + 1;
    }
}

static sg_status group_by_many(fused_op *f, sg_exec *x, uint32_t *group_out)
{
    uint32_t codes[MOST_ATOMS], count = f->key_atoms.count;
    uint32_t *tuple;
    size_t at;

    for (uint32_t i = 0; i < count; i++)
        codes[i] = atom_code(f, &f->key_atoms.atoms[i]);
    if ((f->tuple_count + 1) * 2 > f->tuple_table_size)
        grow_tuples(f);
    at = hash_codes(codes, count) & (f->tuple_table_size - 1);
    for (; f->tuple_table[at] != 0; at = (at + 1) & (f->tuple_table_size - 1)) {
        tuple = f->tuples + (size_t) (f->tuple_table[at] - 1) * (count + 1);
        if (memcmp(tuple, codes, count * sizeof *codes) == 0) {
            *group_out = tuple[count];
            return SG_OK;
        }
    }
    if (fused_add_group(f, x, group_out) != SG_OK)
        return SG_ERR_QUERY;
    SG_GROW(f->tuples, f->tuples_room, (f->tuple_count + 1) * (count + 1));
    tuple = f->tuples + f->tuple_count * (count + 1);
    memcpy(tuple, codes, count * sizeof *codes);
    tuple[count] = *group_out;
    f->tuple_table[at] = (uint32_t) ++f->tuple_count;
    return SG_OK;
}

static sg_status find_group(fused_op *f, sg_exec *x, uint32_t *group_out)
{
    if (f->key_atoms.count == 1)
        return group_by_one(f, x, group_out);
    if (f->key_atoms.count > 1)
        return group_by_many(f, x, group_out);
    *group_out = 0;
    return f->group_count > 0 ? SG_OK : fused_add_group(f, x, group_out);
}

/* ---- rows ---- */

static sg_status add_any(fused_op *f, sg_exec *x, fused_sum *sum, size_t at)
{
    sg_arena *scratch = sg_scratch_reset(&f->base);
    sg_value value;

    fused_load(f, x, sum->slots, sum->slot_count);
    if (sg_eval(x, sum->expr->child[0], scratch, &value) != SG_OK)
        return SG_ERR_QUERY;
    if (sg_value_is_null(value) ||
        (sum->expr->distinct && !is_new_value(f, at, number_value(f, sum, value))))
        return SG_OK;
    return sg_accumulator_add(&f->accumulators[at], x, sum->expr, value, scratch, f->arena);
}

sg_status fused_add_row(fused_op *f, sg_exec *x)
{
    uint32_t group, id;

    if (find_group(f, x, &group) != SG_OK)
        return SG_ERR_QUERY;
    for (uint32_t i = 0; i < f->sum_count; i++) {
        fused_sum *sum = &f->sums[i];
        size_t at = (size_t) group * f->sum_count + i;

        if (sum->expr->kind == SG_EX_COUNT_STAR) {
            f->counts[at]++;
        } else if (!sum->by_code) {
            if (add_any(f, x, sum, at) != SG_OK)
                return SG_ERR_QUERY;
        } else {
            if (value_id(f, x, sum, &id) != SG_OK)
                return SG_ERR_QUERY;
            if (id > 1 && (!sum->expr->distinct || is_new_value(f, at, id - 2)))
                f->counts[at]++;
        }
    }
    return SG_OK;
}

sg_status fused_finish_group(fused_op *f, sg_exec *x, size_t group)
{
    for (uint32_t i = 0; i < f->key_count; i++)
        x->row[f->keys[i].slot] = f->group_keys[group * f->key_count + i];
    for (uint32_t i = 0; i < f->sum_count; i++) {
        sg_expr *expr = f->sums[i].expr;
        size_t at = group * f->sum_count + i;

        if (f->sums[i].by_code)
            x->row[expr->slot] = sg_value_integer((int64_t) f->counts[at]);
        else if (sg_accumulator_finish(&f->accumulators[at], x, expr, f->arena,
                                       &x->row[expr->slot]) != SG_OK)
            return SG_ERR_QUERY;
    }
    return SG_OK;
}

/* ---- life cycle ---- */

static void sum_clear(fused_sum *sum)
{
    sg_free(sum->value_ids);
    sg_free(sum->values);
    sg_free(sum->hashes);
    sg_free(sum->table);
    sum->value_ids = sum->table = NULL;
    sum->values = NULL;
    sum->hashes = NULL;
    sum->value_count = sum->values_room = sum->hashes_room = sum->table_size = 0;
}

void fused_groups_clear(fused_op *f)
{
    for (size_t i = 0; i < f->group_count * f->sum_count; i++) {
        sg_free(f->sets[i].words);
        sg_accumulator_clear(&f->accumulators[i]);
    }
    for (uint32_t i = 0; i < f->sum_count; i++)
        sum_clear(&f->sums[i]);
    for (size_t i = 0; f->group_of != NULL && i < f->group_pages; i++)
        sg_free(f->group_of[i]);
    sg_free(f->group_of);
    sg_free(f->tuples);
    sg_free(f->tuple_table);
    sg_free(f->group_keys);
    sg_free(f->hashes);
    sg_free(f->table);
    sg_free(f->counts);
    sg_free(f->sets);
    sg_free(f->pairs);
    sg_free(f->accumulators);
    sg_arena_free(f->arena);
    f->arena = NULL;
}

void fused_groups_reset(fused_op *f)
{
    fused_groups_clear(f);
    f->group_of = NULL;
    f->tuples = f->tuple_table = f->table = NULL;
    f->tuple_count = f->tuples_room = f->tuple_table_size = f->table_size = 0;
    f->group_keys = NULL;
    f->group_count = f->group_keys_room = 0;
    f->hashes = f->counts = f->pairs = NULL;
    f->hashes_room = f->counts_room = 0;
    f->pair_count = f->pairs_size = 0;
    f->sets = NULL;
    f->sets_room = 0;
    f->accumulators = NULL;
    f->accumulators_room = 0;
    f->base.heap_bytes = 0;
    f->arena = sg_arena_new();
}
