/* Memo: an inner plan whose rows depend on a few known values is run once for each of them; the
 * rows are kept and given again. Kept rows are bounded in size, and where values hardly ever come
 * again nothing is kept any more. */

#include <string.h>

#include "runtime.h"

#define MOST_KEPT_BYTES ((size_t) 48 << 20)
/* After so many different values at least one in ten must have come again. */
#define TRIAL 4096

typedef struct entry {
    uint64_t hash;
    uint32_t first_row;
    uint32_t row_count;
} entry;

typedef struct memo_op {
    sg_operator base;
    const uint32_t *keys;
    uint32_t key_count;
    sg_row_store key_rows;
    sg_row_store rows;
    entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    uint32_t *table;
    size_t table_size;
    size_t hits;
    bool keeping;       /* new rows are kept */
    bool streaming;     /* the inner plan runs for the current row */
    size_t stream_from; /* its first kept row */
    uint64_t stream_hash;
    size_t at; /* kept rows still to be given */
    size_t end;
} memo_op;

static sg_status memo_open(sg_operator *op, sg_exec *x)
{
    memo_op *self = (memo_op *) op;

    (void) x;
    sg_row_store_reset(&self->key_rows);
    sg_row_store_reset(&self->rows);
    self->entry_count = 0;
    self->hits = 0;
    self->keeping = true;
    self->streaming = false;
    self->at = 0;
    self->end = 0;
    if (self->table != NULL)
        memset(self->table, 0, self->table_size * sizeof *self->table);
    return SG_OK;
}

static void grow(memo_op *self)
{
    size_t size = self->table_size == 0 ? 64 : self->table_size * 2;

    sg_free(self->table);
    self->table = sg_calloc(size, sizeof *self->table);
    self->table_size = size;
    for (size_t i = 0; i < self->entry_count; i++) {
        size_t at = self->entries[i].hash & (size - 1);

        while (self->table[at] != 0)
            at = (at + 1) & (size - 1);
        self->table[at] = (uint32_t) i + 1;
    }
}

static bool same_keys(const memo_op *self, const sg_exec *x, size_t i)
{
    const sg_value *cells = self->key_rows.cells + i * self->key_count;

    for (uint32_t k = 0; k < self->key_count; k++) {
        if (!sg_value_same(cells[k], x->row[self->keys[k]]))
            return false;
    }
    return true;
}

static const entry *find(const memo_op *self, const sg_exec *x, uint64_t hash)
{
    if (self->table_size == 0)
        return NULL;
    for (size_t at = hash & (self->table_size - 1); self->table[at] != 0;
         at = (at + 1) & (self->table_size - 1)) {
        size_t i = self->table[at] - 1;

        if (self->entries[i].hash == hash && same_keys(self, x, i))
            return &self->entries[i];
    }
    return NULL;
}

/* The inner plan has given all rows of the current values: they become an entry. */
static void finish_entry(memo_op *self, const sg_exec *x)
{
    entry *e;
    size_t at;

    if ((self->entry_count + 1) * 2 > self->table_size)
        grow(self);
    SG_GROW(self->entries, self->entry_capacity, self->entry_count + 1);
    e = &self->entries[self->entry_count];
    e->hash = self->stream_hash;
    e->first_row = (uint32_t) self->stream_from;
    e->row_count = (uint32_t) (self->rows.count - self->stream_from);
    sg_row_store_add(&self->key_rows, x);
    at = e->hash & (self->table_size - 1);
    while (self->table[at] != 0)
        at = (at + 1) & (self->table_size - 1);
    self->table[at] = (uint32_t) ++self->entry_count;
    if (self->entry_count >= TRIAL && self->hits * 10 < self->entry_count)
        self->keeping = false;
}

static sg_step stream(memo_op *self, sg_exec *x)
{
    sg_step step = sg_operator_next(self->base.sub, x);

    if (step == SG_STEP_ROW && self->keeping) {
        sg_row_store_add(&self->rows, x);
        self->base.heap_bytes = sg_row_store_bytes(&self->rows);
        if (self->base.heap_bytes > MOST_KEPT_BYTES)
            self->keeping = false;
    } else if (step == SG_STEP_END) {
        self->streaming = false;
        if (self->keeping)
            finish_entry(self, x);
    }
    return step;
}

static sg_step memo_next(sg_operator *op, sg_exec *x)
{
    memo_op *self = (memo_op *) op;

    for (;;) {
        const entry *e;
        sg_step step;
        uint64_t hash = 0;

        if (self->at < self->end) {
            sg_row_store_load(&self->rows, self->at++, x);
            return SG_STEP_ROW;
        }
        if (self->streaming) {
            step = stream(self, x);
            if (step != SG_STEP_END)
                return step;
        }
        step = sg_operator_next(op->input, x);
        if (step != SG_STEP_ROW)
            return step;
        for (uint32_t i = 0; i < self->key_count; i++)
            hash = sg_value_hash(x->row[self->keys[i]], hash);
        e = find(self, x, hash);
        if (e != NULL) {
            self->hits++;
            self->at = e->first_row;
            self->end = self->at + e->row_count;
            continue;
        }
        if (sg_operator_open(op->sub, x) != SG_OK)
            return SG_STEP_FAIL;
        self->streaming = true;
        self->stream_hash = hash;
        self->stream_from = self->rows.count;
    }
}

static void memo_close(sg_operator *op)
{
    memo_op *self = (memo_op *) op;

    sg_row_store_clear(&self->key_rows);
    sg_row_store_clear(&self->rows);
    sg_free(self->entries);
    sg_free(self->table);
    self->entries = NULL;
    self->table = NULL;
}

static const sg_operator_class memo_class = { "Memo", memo_open, memo_next, memo_close, NULL };

sg_operator *sg_op_memo(sg_query *query, sg_operator *input, sg_operator *sub, const uint32_t *keys,
                        uint32_t key_count, const uint32_t *slots, uint32_t slot_count)
{
    memo_op *self = sg_operator_new(query, &memo_class, input, sizeof *self);

    self->base.sub = sub;
    self->keys = keys;
    self->key_count = key_count;
    sg_row_store_init(&self->key_rows, keys, key_count);
    sg_row_store_init(&self->rows, slots, slot_count);
    return &self->base;
}
