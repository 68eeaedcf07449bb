/* EdgeAggregate: grouping and counting over all relationships of some types, such as
 *
 *     MATCH (a)-[s:SUPPORTS|OPPOSES]->(p:Position)
 *     RETURN substring(s.date, 0, 7) AS month, count(DISTINCT a.id) AS n
 *
 * without making rows. The image shows the relationships of a type as two arrays of ends and each
 * property as an array of codes. A grouping key of one node, or of one property of the
 * relationship, is computed once per node or code and then looked up by it; what is left per
 * relationship is a few array accesses. */

#include <string.h>

#include "edge_aggregate.h"
#include "numbers.h"

#define NO_GROUP UINT32_MAX

/* One grouping key, or the value under a count(DISTINCT ...): from codes to numbers of values. */
typedef struct code_map {
    sg_coded_expr source;
    uint32_t *numbers; /* by code; NO_GROUP: not computed yet */
    size_t size;
    sg_value_numbers values;
    sg_column column; /* of the current type */
    uint32_t null_number;
} code_map;

#define MAX_KEYS      2
#define MAX_AGGREGATE 8

typedef struct edge_aggregate_op {
    sg_operator base;
    sg_edge_aggregate plan;
    code_map keys[MAX_KEYS];
    code_map distinct[MAX_AGGREGATE];
    uint8_t *allowed[2]; /* by node: fits the labels of the left, right node; NULL: all do */
    uint32_t *group_of;  /* by pair of key numbers */
    size_t group_of_size;
    uint32_t pair_stride;
    uint32_t (*group_keys)[MAX_KEYS];
    size_t group_capacity;
    size_t group_count;
    int64_t *counts;
    size_t count_capacity;
    uint64_t *bits[MAX_AGGREGATE]; /* group x value */
    size_t bits_rows[MAX_AGGREGATE];
    size_t bits_words[MAX_AGGREGATE];
    sg_arena *arena;
    size_t at;
    bool filled;
} edge_aggregate_op;

/* ---- numbering values ---- */

static void clear_map(code_map *map)
{
    sg_free(map->numbers);
    map->numbers = NULL;
    sg_value_numbers_clear(&map->values);
}

static sg_status compute(edge_aggregate_op *self, sg_exec *x, code_map *map, sg_value element,
                         uint32_t *number_out)
{
    sg_value v;

    x->row[map->source.slot] = element;
    if (sg_eval(x, map->source.expr, sg_scratch_reset(&self->base), &v) != SG_OK)
        return SG_ERR_QUERY;
    *number_out = sg_value_number(&map->values, v, self->arena);
    return SG_OK;
}

/* Prepares a map for the relationships of a type; numbers of nodes stay from type to type. */
static void start_map(edge_aggregate_op *self, const sg_exec *x, code_map *map, sg_symbol type)
{
    size_t size = 0;

    map->null_number = NO_GROUP;
    if (map->source.kind == SG_CODED_LEFT || map->source.kind == SG_CODED_RIGHT) {
        if (map->numbers != NULL)
            return;
        size = sg_graph_node_limit(x->graph);
    } else if (map->source.kind == SG_CODED_COLUMN) {
        (void) sg_graph_type_column(x->graph, type, map->source.key, &map->column);
        size = sg_edge_column_codes(&map->column);
    } else {
        size = 1;
    }
    sg_free(map->numbers);
    map->numbers = sg_reallocarray(NULL, size + 1, sizeof *map->numbers);
    memset(map->numbers, 0xFF, (size + 1) * sizeof *map->numbers);
    map->size = size;
    self->base.heap_bytes += size * sizeof *map->numbers;
}

static inline sg_status number_of(edge_aggregate_op *self, sg_exec *x, code_map *map, uint32_t left,
                                  uint32_t right, uint32_t rel, uint32_t *out)
{
    size_t code = 0;
    sg_value element = sg_value_relationship(rel);

    switch (map->source.kind) {
    case SG_CODED_LEFT:
        code = left;
        element = sg_value_node(left);
        break;
    case SG_CODED_RIGHT:
        code = right;
        element = sg_value_node(right);
        break;
    case SG_CODED_COLUMN: {
        uint32_t row = rel - map->column.first;

        if (map->column.form == SG_COLUMN_ABSENT || !sg_column_has(&map->column, row))
            code = map->size;
        else
            code = (size_t) sg_column_code(&map->column, row);
        break;
    }
    case SG_CODED_TYPE:
    case SG_CODED_CONSTANT:
        break;
    }
    *out = map->numbers[code];
    if (*out != NO_GROUP)
        return SG_OK;
    if (compute(self, x, map, element, out) != SG_OK)
        return SG_ERR_QUERY;
    map->numbers[code] = *out;
    return SG_OK;
}

/* ---- groups ---- */

static uint32_t new_group(edge_aggregate_op *self, uint32_t first, uint32_t second)
{
    SG_GROW(self->group_keys, self->group_capacity, self->group_count + 1);
    SG_GROW(self->counts, self->count_capacity, self->group_count + 1);
    self->group_keys[self->group_count][0] = first;
    self->group_keys[self->group_count][1] = second;
    self->counts[self->group_count] = 0;
    return (uint32_t) self->group_count++;
}

/* The table of pairs grows in both directions; it is laid out anew when a key outgrows it. */
static uint32_t group_of_pair(edge_aggregate_op *self, uint32_t first, uint32_t second)
{
    size_t at;

    if (second >= self->pair_stride ||
        (size_t) first * self->pair_stride + second >= self->group_of_size) {
        uint32_t stride = self->pair_stride == 0 ? 4 : self->pair_stride;
        size_t rows = self->pair_stride == 0 ? 16 : self->group_of_size / self->pair_stride;

        while (stride <= second)
            stride *= 2;
        while (rows <= first)
            rows *= 2;
        self->group_of = sg_reallocarray(self->group_of, rows * stride, sizeof *self->group_of);
        memset(self->group_of, 0xFF, rows * stride * sizeof *self->group_of);
        self->group_of_size = rows * stride;
        self->pair_stride = stride;
        self->base.heap_bytes += self->group_of_size * sizeof *self->group_of;
        for (size_t i = 0; i < self->group_count; i++)
            self->group_of[(size_t) self->group_keys[i][0] * stride + self->group_keys[i][1]] =
                (uint32_t) i;
    }
    at = (size_t) first * self->pair_stride + second;
    if (self->group_of[at] == NO_GROUP)
        self->group_of[at] = new_group(self, first, second);
    return self->group_of[at];
}

static void set_bit(edge_aggregate_op *self, uint32_t i, size_t group, uint32_t value)
{
    size_t words = self->bits_words[i];
    size_t rows = self->bits_rows[i];

    if (value / 64 >= words || group >= rows) {
        size_t new_words = words == 0 ? 4 : words;
        size_t new_rows = rows == 0 ? 4 : rows;
        uint64_t *grown;

        while (value / 64 >= new_words)
            new_words *= 2;
        while (group >= new_rows)
            new_rows *= 2;
        grown = sg_calloc(new_rows * new_words, sizeof *grown);
        for (size_t r = 0; r < rows; r++)
            memcpy(grown + r * new_words, self->bits[i] + r * words, words * sizeof *grown);
        self->base.heap_bytes += new_rows * new_words * sizeof *grown;
        sg_free(self->bits[i]);
        self->bits[i] = grown;
        self->bits_words[i] = words = new_words;
        self->bits_rows[i] = new_rows;
    }
    self->bits[i][group * words + value / 64] |= UINT64_C(1) << (value % 64);
}

/* ---- the pass over the relationships ---- */

static sg_status add_edge(edge_aggregate_op *self, sg_exec *x, uint32_t left, uint32_t right,
                          uint32_t rel)
{
    uint32_t numbers[MAX_KEYS] = { 0, 0 };
    uint32_t group;

    if ((self->allowed[0] != NULL && !self->allowed[0][left]) ||
        (self->allowed[1] != NULL && !self->allowed[1][right]))
        return SG_OK;
    for (uint32_t i = 0; i < self->plan.key_count; i++) {
        if (number_of(self, x, &self->keys[i], left, right, rel, &numbers[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    group = group_of_pair(self, numbers[0], numbers[1]);
    self->counts[group]++;
    for (uint32_t i = 0; i < self->plan.aggregate_count; i++) {
        uint32_t value;

        if (self->plan.distinct[i].expr == NULL)
            continue;
        if (number_of(self, x, &self->distinct[i], left, right, rel, &value) != SG_OK)
            return SG_ERR_QUERY;
        if (self->distinct[i].values.values[value].type != SG_NULL)
            set_bit(self, i, group, value);
    }
    return SG_OK;
}

static sg_status add_to_node(edge_aggregate_op *self, sg_exec *x, uint32_t node, size_t count)
{
    uint32_t number, group;

    if (number_of(self, x, &self->keys[0], node, node, 0, &number) != SG_OK)
        return SG_ERR_QUERY;
    group = group_of_pair(self, number, 0); /* the counts may move */
    self->counts[group] += (int64_t) count;
    return SG_OK;
}

/* Whether a relationship of the type counts whatever its other end is. */
static bool other_end_fits(const sg_exec *x, sg_symbol type, sg_direction other,
                           const uint8_t *allowed)
{
    uint32_t first, count;

    if (!sg_graph_type_range(x->graph, type, other, &first, &count))
        return false;
    return allowed == NULL || memchr(allowed + first, 0, count) == NULL;
}

/* Then the image knows the number of each node's relationships. */
static sg_status count_degrees(edge_aggregate_op *self, sg_exec *x, sg_symbol type,
                               sg_direction direction, const uint8_t *allowed)
{
    uint32_t first, count;
    sg_status status = SG_OK;

    (void) sg_graph_type_range(x->graph, type, direction, &first, &count);
    for (uint32_t node = first; status == SG_OK && node < first + count; node++) {
        size_t degree;

        if (allowed != NULL && !allowed[node])
            continue;
        degree = sg_graph_degree(x->graph, node, direction, type);
        if (degree > 0)
            status = add_to_node(self, x, node, degree);
    }
    return status;
}

/* The commonest question, how many relationships each node has: one key of a node, plain counts.
 * Counts are kept by node and added up by key afterwards. */
static sg_status count_by_node(edge_aggregate_op *self, sg_exec *x, const uint32_t *left,
                               const uint32_t *right, size_t count, bool skip_loops)
{
    uint32_t limit = sg_graph_node_limit(x->graph);
    uint32_t *counts = sg_calloc((size_t) limit + 1, sizeof *counts);
    const uint32_t *key = self->keys[0].source.kind == SG_CODED_LEFT ? left : right;
    const uint8_t *fits[2] = { self->allowed[0], self->allowed[1] };
    sg_status status = SG_OK;

    for (size_t i = 0; i < count; i++) {
        uint32_t wanted = (uint32_t) (!skip_loops || left[i] != right[i]);

        if (fits[0] != NULL)
            wanted &= fits[0][left[i]];
        if (fits[1] != NULL)
            wanted &= fits[1][right[i]];
        counts[key[i]] += wanted;
    }
    for (uint32_t node = 0; node < limit && status == SG_OK; node++)
        if (counts[node] > 0)
            status = add_to_node(self, x, node, counts[node]);
    sg_free(counts);
    return status;
}

static bool counts_by_node(const edge_aggregate_op *self)
{
    if (self->plan.key_count != 1 ||
        (self->keys[0].source.kind != SG_CODED_LEFT && self->keys[0].source.kind != SG_CODED_RIGHT))
        return false;
    for (uint32_t i = 0; i < self->plan.aggregate_count; i++) {
        if (self->plan.distinct[i].expr != NULL)
            return false;
    }
    return true;
}

static sg_status add_edges(edge_aggregate_op *self, sg_exec *x, const sg_edges *edges, bool forward,
                           bool skip_loops)
{
    const uint32_t *left = forward ? edges->sources : edges->targets;
    const uint32_t *right = forward ? edges->targets : edges->sources;

    if (counts_by_node(self))
        return count_by_node(self, x, left, right, edges->count, skip_loops);

    for (size_t i = 0; i < edges->count; i++) {
        if (i % 4096 == 0 && sg_exec_check(x) != SG_OK)
            return SG_ERR_QUERY;
        if (skip_loops && left[i] == right[i])
            continue;
        if (add_edge(self, x, left[i], right[i], edges->first_rel + (uint32_t) i) != SG_OK)
            return SG_ERR_QUERY;
    }
    return SG_OK;
}

/* Whether it was done by the numbers alone. */
static bool add_degrees(edge_aggregate_op *self, sg_exec *x, sg_symbol type, sg_status *status_out)
{
    bool by_left = self->keys[0].source.kind == SG_CODED_LEFT;
    bool by_source = by_left == (self->plan.direction == SG_OUTGOING);

    *status_out = SG_OK;
    if (!counts_by_node(self) || self->plan.direction == SG_BOTH ||
        !other_end_fits(x, type, by_source ? SG_INCOMING : SG_OUTGOING,
                        self->allowed[by_left ? 1 : 0]))
        return false;
    *status_out = count_degrees(self, x, type, by_source ? SG_OUTGOING : SG_INCOMING,
                                self->allowed[by_left ? 0 : 1]);
    return true;
}

/* When only the type tells groups apart and nothing is filtered, the number of relationships is
 * all that is needed. */
static bool only_type_matters(const edge_aggregate_op *self)
{
    if (self->allowed[0] != NULL || self->allowed[1] != NULL)
        return false;
    for (uint32_t i = 0; i < self->plan.key_count; i++) {
        if (self->keys[i].source.kind != SG_CODED_TYPE &&
            self->keys[i].source.kind != SG_CODED_CONSTANT)
            return false;
    }
    for (uint32_t i = 0; i < self->plan.aggregate_count; i++) {
        if (self->plan.distinct[i].expr != NULL)
            return false;
    }
    return self->plan.direction != SG_BOTH;
}

static sg_status add_type(edge_aggregate_op *self, sg_exec *x, sg_symbol type)
{
    sg_status status;
    sg_edges edges;

    if (sg_graph_type_count(x->graph, type) == 0)
        return SG_OK;
    for (uint32_t i = 0; i < self->plan.key_count; i++)
        start_map(self, x, &self->keys[i], type);
    for (uint32_t i = 0; i < self->plan.aggregate_count; i++) {
        if (self->plan.distinct[i].expr != NULL)
            start_map(self, x, &self->distinct[i], type);
    }
    if (add_degrees(self, x, type, &status))
        return status;
    (void) sg_graph_edges(x->graph, type, &edges);
    if (only_type_matters(self)) {
        size_t count = edges.count;
        uint32_t group;

        edges.count = 1;
        if (add_edges(self, x, &edges, true, false) != SG_OK)
            return SG_ERR_QUERY;
        group = group_of_pair(self, self->plan.key_count > 0 ? self->keys[0].numbers[0] : 0,
                              self->plan.key_count > 1 ? self->keys[1].numbers[0] : 0);
        self->counts[group] += (int64_t) count - 1;
        return SG_OK;
    }
    if (self->plan.direction != SG_INCOMING && add_edges(self, x, &edges, true, false) != SG_OK)
        return SG_ERR_QUERY;
    if (self->plan.direction != SG_OUTGOING &&
        add_edges(self, x, &edges, false, self->plan.direction == SG_BOTH) != SG_OK)
        return SG_ERR_QUERY;
    return SG_OK;
}

/* Which nodes have all the labels of a pattern's node; NULL when it names none. */
static uint8_t *find_allowed(const sg_exec *x, const sg_node_pattern *node)
{
    uint8_t *allowed;

    if (node->label_count == 0)
        return NULL;
    allowed = sg_calloc((size_t) sg_graph_node_limit(x->graph) + 1, 1);
    for (size_t i = 0; i < sg_graph_group_count(x->graph); i++) {
        sg_node_group group;
        bool fits = true;

        sg_graph_group_get(x->graph, i, &group);
        for (uint32_t k = 0; k < node->label_count && fits; k++) {
            fits = false;
            for (size_t j = 0; j < group.label_count && !fits; j++)
                fits = group.labels[j] == node->label_symbols[k];
        }
        if (fits)
            memset(allowed + group.first_node, 1, group.node_count);
    }
    return allowed;
}

static sg_status fill(edge_aggregate_op *self, sg_exec *x)
{
    self->allowed[0] = find_allowed(x, self->plan.left);
    self->allowed[1] = find_allowed(x, self->plan.right);
    for (uint32_t i = 0; i < self->plan.key_count; i++)
        self->keys[i].source = self->plan.keys[i];
    for (uint32_t i = 0; i < self->plan.aggregate_count; i++)
        self->distinct[i].source = self->plan.distinct[i];
    for (uint32_t i = 0; i < self->plan.type_count; i++) {
        if (add_type(self, x, self->plan.types[i]) != SG_OK)
            return SG_ERR_QUERY;
    }
    if (self->group_count == 0 && self->plan.key_count == 0)
        (void) new_group(self, 0, 0);
    self->filled = true;
    return SG_OK;
}

/* ---- operator ---- */

static void edge_aggregate_clear(edge_aggregate_op *self)
{
    for (int i = 0; i < MAX_KEYS; i++)
        clear_map(&self->keys[i]);
    for (int i = 0; i < MAX_AGGREGATE; i++) {
        clear_map(&self->distinct[i]);
        sg_free(self->bits[i]);
        self->bits[i] = NULL;
        self->bits_rows[i] = 0;
        self->bits_words[i] = 0;
    }
    for (int i = 0; i < 2; i++) {
        sg_free(self->allowed[i]);
        self->allowed[i] = NULL;
    }
    sg_free(self->group_of);
    sg_free(self->group_keys);
    sg_free(self->counts);
    self->group_of = NULL;
    self->group_keys = NULL;
    self->counts = NULL;
    self->group_of_size = 0;
    self->pair_stride = 0;
    self->group_capacity = 0;
    self->count_capacity = 0;
    self->group_count = 0;
    sg_arena_free(self->arena);
    self->arena = NULL;
}

static sg_status edge_aggregate_open(sg_operator *op, sg_exec *x)
{
    edge_aggregate_op *self = (edge_aggregate_op *) op;

    (void) x;
    edge_aggregate_clear(self);
    self->arena = sg_arena_new();
    self->filled = false;
    self->at = 0;
    return SG_OK;
}

static int64_t count_bits(const edge_aggregate_op *self, uint32_t i, size_t group)
{
    int64_t count = 0;

    for (size_t w = 0; group < self->bits_rows[i] && w < self->bits_words[i]; w++) {
        uint64_t word = self->bits[i][group * self->bits_words[i] + w];

        for (; word != 0; word &= word - 1)
            count++;
    }
    return count;
}

static sg_step edge_aggregate_next(sg_operator *op, sg_exec *x)
{
    edge_aggregate_op *self = (edge_aggregate_op *) op;
    const sg_edge_aggregate *plan = &self->plan;
    size_t group;

    if (!self->filled && fill(self, x) != SG_OK)
        return SG_STEP_FAIL;
    if (self->at >= self->group_count)
        return SG_STEP_END;
    group = self->at++;
    for (uint32_t i = 0; i < plan->key_count; i++)
        x->row[plan->key_slots[i]] = self->keys[i].values.values[self->group_keys[group][i]];
    for (uint32_t i = 0; i < plan->aggregate_count; i++)
        x->row[plan->aggregates[i]->slot] = sg_value_integer(
            plan->distinct[i].expr != NULL ? count_bits(self, i, group) : self->counts[group]);
    return SG_STEP_ROW;
}

static void edge_aggregate_close(sg_operator *op)
{
    edge_aggregate_clear((edge_aggregate_op *) op);
}

static void edge_aggregate_describe(const sg_operator *op, const sg_query *query, sg_strbuf *out)
{
    const sg_edge_aggregate *plan = &((const edge_aggregate_op *) op)->plan;

    for (uint32_t i = 0; i < plan->key_count; i++)
        sg_strbuf_printf(out, "%s%.*s", i > 0 ? ", " : "",
                         (int) (plan->keys[i].expr->end - plan->keys[i].expr->offset),
                         query->text + plan->keys[i].expr->offset);
    sg_strbuf_puts(out, plan->key_count > 0 ? ": " : "");
    for (uint32_t i = 0; i < plan->aggregate_count; i++)
        sg_strbuf_printf(out, "%s%.*s", i > 0 ? ", " : "",
                         (int) (plan->aggregates[i]->end - plan->aggregates[i]->offset),
                         query->text + plan->aggregates[i]->offset);
}

static const sg_operator_class edge_aggregate_class = { "EdgeAggregate", edge_aggregate_open,
                                                        edge_aggregate_next, edge_aggregate_close,
                                                        edge_aggregate_describe };

sg_operator *sg_op_edge_aggregate(sg_query *query, const sg_edge_aggregate *plan)
{
    edge_aggregate_op *self = sg_operator_new(query, &edge_aggregate_class, NULL, sizeof *self);

    self->plan = *plan;
    return &self->base;
}
