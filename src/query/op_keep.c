/* Operators that keep rows: Eager (a wall between reading and writing), Distinct, Sort. */

#include <stdlib.h>
#include <string.h>

#include "fused.h"
#include "runtime.h"

/* ---- Eager ---- */

typedef struct eager_op {
    sg_operator base;
    sg_row_store rows;
    size_t at;
    bool filled;
} eager_op;

static sg_status eager_open(sg_operator *op, sg_exec *x)
{
    eager_op *self = (eager_op *) op;

    (void) x;
    self->filled = false;
    self->at = 0;
    sg_row_store_reset(&self->rows);
    return SG_OK;
}

static sg_step eager_next(sg_operator *op, sg_exec *x)
{
    eager_op *self = (eager_op *) op;

    while (!self->filled) {
        sg_step step = sg_operator_next(op->input, x);

        if (step == SG_STEP_FAIL)
            return step;
        if (step == SG_STEP_END) {
            self->filled = true;
            break;
        }
        sg_row_store_add(&self->rows, x);
        op->heap_bytes = sg_row_store_bytes(&self->rows);
    }
    if (self->at >= self->rows.count)
        return SG_STEP_END;
    sg_row_store_load(&self->rows, self->at++, x);
    return SG_STEP_ROW;
}

static void eager_close(sg_operator *op)
{
    sg_row_store_clear(&((eager_op *) op)->rows);
}

static const sg_operator_class eager_class = { "Eager", eager_open, eager_next, eager_close, NULL };

sg_operator *sg_op_eager(sg_query *query, sg_operator *input, const uint32_t *slots, uint32_t count)
{
    eager_op *self = sg_operator_new(query, &eager_class, input, sizeof *self);

    sg_row_store_init(&self->rows, slots, count);
    return &self->base;
}

/* ---- Distinct: a hash set of rows ---- */

typedef struct distinct_op {
    sg_operator base;
    sg_row_store rows;
    uint32_t *table; /* row number + 1, 0 = free */
    uint64_t *hashes;
    size_t hash_capacity;
    size_t table_size;
} distinct_op;

static sg_status distinct_open(sg_operator *op, sg_exec *x)
{
    distinct_op *self = (distinct_op *) op;

    (void) x;
    sg_row_store_reset(&self->rows);
    if (self->table != NULL)
        memset(self->table, 0, self->table_size * sizeof *self->table);
    return SG_OK;
}

static void distinct_grow(distinct_op *self)
{
    size_t size = self->table_size == 0 ? 64 : self->table_size * 2;

    sg_free(self->table);
    self->table = sg_calloc(size, sizeof *self->table);
    self->table_size = size;
    for (size_t i = 0; i < self->rows.count; i++) {
        size_t at = self->hashes[i] & (size - 1);

        while (self->table[at] != 0)
            at = (at + 1) & (size - 1);
        self->table[at] = (uint32_t) i + 1;
    }
}

static bool same_row(const distinct_op *self, const sg_value *cells, const sg_exec *x)
{
    for (uint32_t i = 0; i < self->rows.slot_count; i++) {
        if (!sg_value_same(cells[i], x->row[self->rows.slots[i]]))
            return false;
    }
    return true;
}

/* Adds the current row; false if it is there already. */
static bool distinct_add(distinct_op *self, const sg_exec *x)
{
    uint32_t width = self->rows.slot_count;
    uint64_t hash = 0;
    size_t at;

    for (uint32_t i = 0; i < width; i++)
        hash = sg_value_hash(x->row[self->rows.slots[i]], hash);
    if ((self->rows.count + 1) * 3 > self->table_size * 2)
        distinct_grow(self);
    at = hash & (self->table_size - 1);
    while (self->table[at] != 0) {
        size_t row = self->table[at] - 1;

        if (self->hashes[row] == hash && same_row(self, self->rows.cells + row * width, x))
            return false;
        at = (at + 1) & (self->table_size - 1);
    }
    SG_GROW(self->hashes, self->hash_capacity, self->rows.count + 1);
    self->hashes[self->rows.count] = hash;
    sg_row_store_add(&self->rows, x);
    self->table[at] = (uint32_t) self->rows.count;
    return true;
}

static sg_step distinct_next(sg_operator *op, sg_exec *x)
{
    distinct_op *self = (distinct_op *) op;

    for (;;) {
        sg_step step = sg_operator_next(op->input, x);

        if (step != SG_STEP_ROW)
            return step;
        if (distinct_add(self, x)) {
            op->heap_bytes = sg_row_store_bytes(&self->rows) +
                             self->table_size * sizeof *self->table +
                             self->hash_capacity * sizeof *self->hashes;
            return SG_STEP_ROW;
        }
    }
}

static void distinct_close(sg_operator *op)
{
    distinct_op *self = (distinct_op *) op;

    sg_row_store_clear(&self->rows);
    sg_free(self->table);
    sg_free(self->hashes);
    self->table = NULL;
    self->hashes = NULL;
}

static const sg_operator_class distinct_class = { "Distinct", distinct_open, distinct_next,
                                                  distinct_close, NULL };

sg_operator *sg_op_distinct(sg_query *query, sg_operator *input, const uint32_t *slots,
                            uint32_t count)
{
    distinct_op *self = sg_operator_new(query, &distinct_class, input, sizeof *self);

    sg_row_store_init(&self->rows, slots, count);
    return &self->base;
}

/* ---- Sort: all rows, or with LIMIT only the best so far ----
 * A row is kept as its sort keys, its number (so that equal rows stay in order), its cells. With
 * a limit of k the rows are cut to the best k whenever 2k + 1,000 are there, and rows worse than
 * the k-th are not kept at all. */

typedef struct sort_op {
    sg_operator base;
    const sg_item *order;
    uint32_t order_count;
    const uint32_t *slots;
    uint32_t slot_count;
    sg_expr *skip;
    sg_expr *limit;
    int64_t to_skip;
    int64_t to_limit;
    size_t width; /* values per row */
    sg_value *cells;
    size_t count;
    size_t capacity;
    sg_value *worst; /* the k-th best row at the last cut */
    sg_arena *arena;
    size_t at;
    size_t end;
    bool filled;
} sort_op;

static int compare_rows(const sort_op *self, const sg_value *a, const sg_value *b)
{
    for (uint32_t i = 0; i < self->order_count; i++) {
        int order = sg_value_order(a[i], b[i]);

        if (order != 0)
            return self->order[i].descending ? -order : order;
    }
    return (a[self->order_count].as.integer > b[self->order_count].as.integer) -
           (a[self->order_count].as.integer < b[self->order_count].as.integer);
}

/* Merge sort of row pointers: qsort cannot be given the order without a global. */
static void sort_pointers(const sort_op *self, sg_value **rows, sg_value **room, size_t count)
{
    size_t half = count / 2;
    size_t left = 0;
    size_t right = half;

    if (count < 2)
        return;
    sort_pointers(self, rows, room, half);
    sort_pointers(self, rows + half, room, count - half);
    memcpy(room, rows, count * sizeof(sg_value *));
    for (size_t i = 0; i < count; i++) {
        if (left < half && (right >= count || compare_rows(self, room[left], room[right]) <= 0))
            rows[i] = room[left++];
        else
            rows[i] = room[right++];
    }
}

/* Sorts the kept rows, dropping all but the best `keep`. */
static void sort_rows(sort_op *self, size_t keep)
{
    size_t count = self->count;
    sg_value **rows = sg_reallocarray(NULL, count + 1, sizeof(sg_value *));
    sg_value **room = sg_reallocarray(NULL, count + 1, sizeof(sg_value *));
    sg_value *sorted;
    bool dropped = count > keep;
    sg_arena *arena = dropped ? sg_arena_new() : NULL;

    for (size_t i = 0; i < count; i++)
        rows[i] = self->cells + i * self->width;
    sort_pointers(self, rows, room, count);
    if (dropped)
        count = keep;
    sorted = sg_reallocarray(NULL, (count + 1) * self->width, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        memcpy(sorted + i * self->width, rows[i], self->width * sizeof *sorted);
        for (size_t k = 0; dropped && k < self->width; k++)
            sorted[i * self->width + k] = sg_value_copy(arena, rows[i][k]);
    }
    if (dropped) {
        sg_arena_free(self->arena);
        self->arena = arena;
    }
    sg_free(self->cells);
    self->cells = sorted;
    self->capacity = (count + 1) * self->width;
    self->count = count;
    sg_free(rows);
    sg_free(room);
}

static sg_status sort_open(sg_operator *op, sg_exec *x)
{
    sort_op *self = (sort_op *) op;
    sg_status status = sg_eval_amount(x, self->skip, "SKIP", 0, &self->to_skip);

    if (status == SG_OK)
        status = sg_eval_amount(x, self->limit, "LIMIT", INT64_MAX, &self->to_limit);
    self->filled = false;
    self->count = 0;
    self->at = 0;
    self->worst = NULL;
    if (self->arena == NULL)
        self->arena = sg_arena_new();
    else
        sg_arena_reset(self->arena);
    return status;
}

/* Keeps the current row unless it cannot be among the best `keep`. */
static sg_status sort_add(sort_op *self, sg_exec *x, size_t keep, int64_t number)
{
    sg_arena *scratch = sg_scratch_reset(&self->base);
    sg_value *row;

    SG_GROW(self->cells, self->capacity, (self->count + 1) * self->width);
    row = self->cells + self->count * self->width;
    for (uint32_t i = 0; i < self->order_count; i++) {
        if (sg_eval(x, self->order[i].expr, scratch, &row[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    row[self->order_count] = sg_value_integer(number);
    if (self->count >= keep && self->worst != NULL) {
        const sg_value *worst = self->cells + (keep - 1) * self->width;

        if (compare_rows(self, row, worst) >= 0)
            return SG_OK;
    }
    for (uint32_t i = 0; i < self->order_count; i++)
        row[i] = sg_value_copy(self->arena, row[i]);
    for (uint32_t i = 0; i < self->slot_count; i++)
        row[self->order_count + 1 + i] = sg_value_copy(self->arena, x->row[self->slots[i]]);
    self->count++;
    if (keep < SIZE_MAX && self->count > keep * 2 + 1000) {
        sort_rows(self, keep);
        self->worst = self->cells;
    }
    return SG_OK;
}

static sg_step sort_fill(sort_op *self, sg_exec *x)
{
    size_t keep = SIZE_MAX;
    int64_t number = 0;

    if (self->to_limit < 1000000 && self->to_skip < 1000000)
        keep = (size_t) (self->to_limit + self->to_skip);
    if (keep == 0)
        keep = 1;
    for (;;) {
        sg_step step = sg_operator_next(self->base.input, x);

        if (step == SG_STEP_FAIL)
            return step;
        if (step == SG_STEP_END)
            break;
        if (sort_add(self, x, keep, number++) != SG_OK)
            return SG_STEP_FAIL;
        self->base.heap_bytes = self->capacity * sizeof(sg_value) + sg_arena_used(self->arena);
    }
    sort_rows(self, SIZE_MAX);
    self->filled = true;
    self->at = (uint64_t) self->to_skip > self->count ? self->count : (size_t) self->to_skip;
    self->end = self->count;
    if (self->to_limit < (int64_t) (self->end - self->at))
        self->end = self->at + (size_t) self->to_limit;
    return SG_STEP_ROW;
}

static sg_step sort_next(sg_operator *op, sg_exec *x)
{
    sort_op *self = (sort_op *) op;
    const sg_value *cells;

    if (!self->filled && sort_fill(self, x) == SG_STEP_FAIL)
        return SG_STEP_FAIL;
    if (self->at >= self->end)
        return SG_STEP_END;
    cells = self->cells + self->at++ * self->width + self->order_count + 1;
    for (uint32_t i = 0; i < self->slot_count; i++)
        x->row[self->slots[i]] = cells[i];
    return SG_STEP_ROW;
}

static void sort_close(sg_operator *op)
{
    sort_op *self = (sort_op *) op;

    sg_free(self->cells);
    sg_arena_free(self->arena);
    self->cells = NULL;
    self->arena = NULL;
    self->capacity = 0;
}

static void sort_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const sort_op *self = (const sort_op *) op;

    for (uint32_t i = 0; i < self->order_count; i++) {
        const sg_expr *expr = self->order[i].expr;

        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_strbuf_append(out, query->text + expr->offset, expr->end - expr->offset);
        if (self->order[i].descending)
            sg_strbuf_puts(out, " DESC");
    }
    if (self->limit != NULL) {
        sg_strbuf_puts(out, " limit ");
        sg_strbuf_append(out, query->text + self->limit->offset,
                         self->limit->end - self->limit->offset);
    }
}

static const sg_operator_class sort_class = { "Sort", sort_open, sort_next, sort_close,
                                              sort_describe };

sg_operator *sg_op_sort(sg_query *query, sg_operator *input, const sg_item *order,
                        uint32_t order_count, const uint32_t *slots, uint32_t slot_count,
                        sg_expr *skip, sg_expr *limit)
{
    sort_op *self = sg_operator_new(query, &sort_class, input, sizeof *self);

    self->order = order;
    self->order_count = order_count;
    self->slots = slots;
    self->slot_count = slot_count;
    self->skip = skip;
    self->limit = limit;
    self->width = (size_t) order_count + 1 + slot_count;
    return &self->base;
}

bool sg_op_distinct_shape(const sg_operator *op, const uint32_t **slots_out, uint32_t *count_out)
{
    const distinct_op *self = (const distinct_op *) op;

    if (op->class != &distinct_class)
        return false;
    *slots_out = self->rows.slots;
    *count_out = self->rows.slot_count;
    return true;
}
