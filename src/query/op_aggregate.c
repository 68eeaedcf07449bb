/* Aggregate: groups in a hash table by the grouping keys, each with its accumulators. Groups come
 * out in the order in which they were first seen, so answers are repeatable. */

#include <string.h>

#include "aggregate.h"
#include "numbers.h"
#include "plan_internal.h"

/* DISTINCT: every value gets a number, and each pair of group and number is taken once. Where the
 * value depends on one node only, the number is remembered by node. */
typedef struct distinct_values {
    sg_value_numbers numbers;
    sg_pair_map seen; /* group, number */
    uint32_t slot;    /* the node, SG_NO_SLOT: not one node */
    uint32_t *by_node;
} distinct_values;

#define NOT_NUMBERED UINT32_MAX
#define NUMBER_NULL  (UINT32_MAX - 1)

typedef struct aggregate_op {
    sg_operator base;
    const sg_projected *keys;
    uint32_t key_count;
    sg_expr **aggregates;
    uint32_t aggregate_count;
    sg_value *group_keys; /* key_count a group */
    size_t key_capacity;
    sg_accumulator *accumulators; /* aggregate_count a group */
    size_t accumulator_capacity;
    uint64_t *hashes;
    size_t hash_capacity;
    size_t count;
    uint32_t *table;
    size_t table_size;
    sg_value *current;         /* keys of the row */
    distinct_values *distinct; /* by aggregate */
    /* When the keys depend on one or two nodes only, the group is found by those. */
    uint32_t node_slots[2];
    uint32_t node_slot_count;
    sg_pair_map by_nodes;
    size_t node_limit;
    sg_arena *arena;
    size_t at;
    bool filled;
} aggregate_op;

static void drop_groups(aggregate_op *self)
{
    for (size_t i = 0; i < self->count * self->aggregate_count; i++)
        sg_accumulator_clear(&self->accumulators[i]);
    for (uint32_t i = 0; i < self->aggregate_count; i++) {
        sg_value_numbers_clear(&self->distinct[i].numbers);
        sg_pair_map_clear(&self->distinct[i].seen);
        sg_free(self->distinct[i].by_node);
        self->distinct[i].by_node = NULL;
    }
    sg_pair_map_clear(&self->by_nodes);
    self->count = 0;
    if (self->table != NULL)
        memset(self->table, 0, self->table_size * sizeof *self->table);
}

static sg_status aggregate_open(sg_operator *op, sg_exec *x)
{
    aggregate_op *self = (aggregate_op *) op;

    self->node_limit = x->query->writes ? 0 : sg_graph_node_limit(x->graph);
    drop_groups(self);
    self->filled = false;
    self->at = 0;
    if (self->arena == NULL)
        self->arena = sg_arena_new();
    else
        sg_arena_reset(self->arena);
    return SG_OK;
}

static void grow_table(aggregate_op *self)
{
    size_t size = self->table_size == 0 ? 64 : self->table_size * 2;

    sg_free(self->table);
    self->table = sg_calloc(size, sizeof *self->table);
    self->table_size = size;
    for (size_t i = 0; i < self->count; i++) {
        size_t at = self->hashes[i] & (size - 1);

        while (self->table[at] != 0)
            at = (at + 1) & (size - 1);
        self->table[at] = (uint32_t) i + 1;
    }
}

static bool same_keys(const aggregate_op *self, size_t group)
{
    const sg_value *keys = self->group_keys + group * self->key_count;

    for (uint32_t i = 0; i < self->key_count; i++) {
        if (!sg_value_same(keys[i], self->current[i]))
            return false;
    }
    return true;
}

static size_t add_group(aggregate_op *self, uint64_t hash)
{
    size_t group = self->count++;

    SG_GROW(self->group_keys, self->key_capacity, self->count * self->key_count + 1);
    SG_GROW(self->accumulators, self->accumulator_capacity,
            self->count * self->aggregate_count + 1);
    SG_GROW(self->hashes, self->hash_capacity, self->count);
    self->hashes[group] = hash;
    for (uint32_t i = 0; i < self->key_count; i++)
        self->group_keys[group * self->key_count + i] =
            sg_value_copy(self->arena, self->current[i]);
    for (uint32_t i = 0; i < self->aggregate_count; i++)
        sg_accumulator_init(&self->accumulators[group * self->aggregate_count + i],
                            self->aggregates[i]);
    return group;
}

/* The group of the keys in `current`. */
static size_t find_group(aggregate_op *self)
{
    uint64_t hash = 0;
    size_t at;
    size_t group;

    for (uint32_t i = 0; i < self->key_count; i++)
        hash = sg_value_hash(self->current[i], hash);
    if ((self->count + 1) * 3 > self->table_size * 2)
        grow_table(self);
    at = hash & (self->table_size - 1);
    while (self->table[at] != 0) {
        group = self->table[at] - 1;
        if (self->hashes[group] == hash && same_keys(self, group))
            return group;
        at = (at + 1) & (self->table_size - 1);
    }
    group = add_group(self, hash);
    self->table[at] = (uint32_t) group + 1;
    return group;
}

static void account(aggregate_op *self)
{
    size_t bytes = sg_arena_used(self->arena) + self->key_capacity * sizeof *self->group_keys +
                   self->accumulator_capacity * sizeof *self->accumulators +
                   self->table_size * sizeof *self->table + sg_pair_map_bytes(&self->by_nodes);

    for (uint32_t i = 0; i < self->aggregate_count; i++)
        bytes += sg_value_numbers_bytes(&self->distinct[i].numbers) +
                 sg_pair_map_bytes(&self->distinct[i].seen);
    self->base.heap_bytes = bytes;
}

static sg_status group_by_values(aggregate_op *self, sg_exec *x, sg_arena *scratch,
                                 size_t *group_out)
{
    for (uint32_t i = 0; i < self->key_count; i++) {
        if (sg_eval(x, self->keys[i].expr, scratch, &self->current[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    *group_out = find_group(self);
    return SG_OK;
}

static sg_status group_of_row(aggregate_op *self, sg_exec *x, sg_arena *scratch, size_t *group_out)
{
    uint32_t *slot;
    bool added;
    sg_value first;
    sg_value second;

    if (self->node_slot_count == 0 || self->node_limit == 0)
        return group_by_values(self, x, scratch, group_out);
    first = x->row[self->node_slots[0]];
    second = x->row[self->node_slots[self->node_slot_count - 1]];
    if (first.type != SG_NODE || second.type != SG_NODE)
        return group_by_values(self, x, scratch, group_out);
    slot = sg_pair_slot(&self->by_nodes, first.as.entity, second.as.entity, &added);
    if (added) {
        if (group_by_values(self, x, scratch, group_out) != SG_OK)
            return SG_ERR_QUERY;
        *slot = (uint32_t) *group_out;
    }
    *group_out = *slot;
    return SG_OK;
}

/* The number of the aggregate's value in this row, NUMBER_NULL for null. */
static sg_status number_value(aggregate_op *self, sg_exec *x, uint32_t i, sg_arena *scratch,
                              uint32_t *number_out)
{
    distinct_values *distinct = &self->distinct[i];
    uint32_t *remembered = NULL;
    sg_value v;

    if (distinct->slot != SG_NO_SLOT && x->row[distinct->slot].type == SG_NODE &&
        self->node_limit > 0) {
        if (distinct->by_node == NULL) {
            distinct->by_node = sg_malloc(self->node_limit * sizeof *distinct->by_node);
            memset(distinct->by_node, 0xFF, self->node_limit * sizeof *distinct->by_node);
        }
        remembered = &distinct->by_node[x->row[distinct->slot].as.entity];
        if (*remembered != NOT_NUMBERED) {
            *number_out = *remembered;
            return SG_OK;
        }
    }
    if (sg_eval(x, self->aggregates[i]->child[0], scratch, &v) != SG_OK)
        return SG_ERR_QUERY;
    *number_out =
        v.type == SG_NULL ? NUMBER_NULL : sg_value_number(&distinct->numbers, v, self->arena);
    if (remembered != NULL)
        *remembered = *number_out;
    return SG_OK;
}

static sg_status add_distinct(aggregate_op *self, sg_exec *x, uint32_t i, size_t group,
                              sg_arena *scratch)
{
    uint32_t number;
    bool added;

    if (number_value(self, x, i, scratch, &number) != SG_OK)
        return SG_ERR_QUERY;
    if (number == NUMBER_NULL)
        return SG_OK;
    (void) sg_pair_slot(&self->distinct[i].seen, (uint32_t) group, number, &added);
    if (!added)
        return SG_OK;
    return sg_accumulator_add(&self->accumulators[group * self->aggregate_count + i], x,
                              self->aggregates[i], self->distinct[i].numbers.values[number],
                              scratch, self->arena);
}

static sg_status add_row(aggregate_op *self, sg_exec *x, size_t group, sg_arena *scratch)
{
    for (uint32_t i = 0; i < self->aggregate_count; i++) {
        const sg_expr *expr = self->aggregates[i];
        sg_accumulator *acc = &self->accumulators[group * self->aggregate_count + i];
        sg_value v;

        if (expr->kind == SG_EX_COUNT_STAR) {
            acc->count++;
            continue;
        }
        if (expr->distinct) {
            if (add_distinct(self, x, i, group, scratch) != SG_OK)
                return SG_ERR_QUERY;
            continue;
        }
        if (sg_eval(x, expr->child[0], scratch, &v) != SG_OK)
            return SG_ERR_QUERY;
        if (v.type != SG_NULL && sg_accumulator_add(acc, x, expr, v, scratch, self->arena) != SG_OK)
            return SG_ERR_QUERY;
    }
    return SG_OK;
}

static sg_step aggregate_fill(aggregate_op *self, sg_exec *x)
{
    size_t rows = 0;

    for (;;) {
        sg_step step = sg_operator_next(self->base.input, x);
        sg_arena *scratch;
        size_t group;

        if (step == SG_STEP_FAIL)
            return step;
        if (step == SG_STEP_END)
            break;
        scratch = sg_scratch_reset(&self->base);
        if (group_of_row(self, x, scratch, &group) != SG_OK ||
            add_row(self, x, group, scratch) != SG_OK)
            return SG_STEP_FAIL;
        if (rows++ % 1024 == 0)
            account(self);
    }
    if (self->count == 0 && self->key_count == 0)
        (void) find_group(self);
    self->filled = true;
    return SG_STEP_ROW;
}

static sg_step aggregate_next(sg_operator *op, sg_exec *x)
{
    aggregate_op *self = (aggregate_op *) op;
    size_t group;

    if (!self->filled && aggregate_fill(self, x) == SG_STEP_FAIL)
        return SG_STEP_FAIL;
    if (self->at >= self->count)
        return SG_STEP_END;
    group = self->at++;
    for (uint32_t i = 0; i < self->key_count; i++)
        x->row[self->keys[i].slot] = self->group_keys[group * self->key_count + i];
    for (uint32_t i = 0; i < self->aggregate_count; i++) {
        if (sg_accumulator_finish(&self->accumulators[group * self->aggregate_count + i], x,
                                  self->aggregates[i], self->arena,
                                  &x->row[self->aggregates[i]->slot]) != SG_OK)
            return SG_STEP_FAIL;
    }
    return SG_STEP_ROW;
}

static void aggregate_close(sg_operator *op)
{
    aggregate_op *self = (aggregate_op *) op;

    drop_groups(self);
    sg_free(self->group_keys);
    sg_free(self->accumulators);
    sg_free(self->hashes);
    sg_free(self->table);
    sg_arena_free(self->arena);
    self->group_keys = NULL;
    self->accumulators = NULL;
    self->hashes = NULL;
    self->table = NULL;
    self->arena = NULL;
}

static void aggregate_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const aggregate_op *self = (const aggregate_op *) op;

    for (uint32_t i = 0; i < self->key_count; i++) {
        const sg_expr *expr = self->keys[i].expr;

        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_strbuf_append(out, query->text + expr->offset, expr->end - expr->offset);
    }
    sg_strbuf_puts(out, self->key_count > 0 ? ": " : "");
    for (uint32_t i = 0; i < self->aggregate_count; i++) {
        const sg_expr *expr = self->aggregates[i];

        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_strbuf_append(out, query->text + expr->offset, expr->end - expr->offset);
    }
}

static const sg_operator_class aggregate_class = { "Aggregate", aggregate_open, aggregate_next,
                                                   aggregate_close, aggregate_describe };

/* Finds the one or two nodes that all keys depend on. */
static void find_node_slots(aggregate_op *self)
{
    self->node_slot_count = 0;
    for (uint32_t i = 0; i < self->key_count; i++) {
        uint32_t slot = sg_expr_only_slot(self->keys[i].expr);
        uint32_t k = 0;

        while (k < self->node_slot_count && self->node_slots[k] != slot)
            k++;
        if (slot == SG_NO_SLOT || k == 2) {
            self->node_slot_count = 0;
            return;
        }
        self->node_slots[k] = slot;
        if (k == self->node_slot_count)
            self->node_slot_count++;
    }
}

sg_operator *sg_op_aggregate(sg_query *query, sg_operator *input, const sg_projected *keys,
                             uint32_t key_count, sg_expr **aggregates, uint32_t aggregate_count)
{
    aggregate_op *self = sg_operator_new(query, &aggregate_class, input, sizeof *self);

    self->keys = keys;
    self->key_count = key_count;
    self->aggregates = aggregates;
    self->aggregate_count = aggregate_count;
    self->distinct =
        sg_arena_calloc(query->arena, (size_t) aggregate_count + 1, sizeof *self->distinct);
    for (uint32_t i = 0; i < aggregate_count; i++)
        self->distinct[i].slot =
            aggregates[i]->count > 0 ? sg_expr_only_slot(aggregates[i]->child[0]) : SG_NO_SLOT;
    find_node_slots(self);
    self->current = sg_arena_calloc(query->arena, (size_t) key_count + 1, sizeof(sg_value));
    return &self->base;
}
