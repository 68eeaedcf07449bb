#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stance/graph.h"

/* Random writes, commits and rollbacks, compared with a model that is too simple to be wrong:
 * plain arrays, copied whole at each commit. The seed is fixed. */

enum { NODES = 400, RELS = 800, LABELS = 5, TYPES = 3, KEYS = 6, STEPS = 6000 };

typedef struct model_node {
    bool made, exists;
    bool labels[LABELS];
    int values[KEYS]; /* 0 = absent */
} model_node;

typedef struct model_rel {
    bool made, exists;
    uint32_t type, source, target;
    int values[KEYS];
} model_rel;

typedef struct model {
    model_node nodes[NODES];
    model_rel rels[RELS];
    uint32_t node_limit, rel_limit;
} model;

static uint64_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t) (random_state >> 33) % limit;
}

/* Few values, of several types, with strings that share beginnings. */
static sg_value value_of(int number)
{
    static const char *texts[] = { "", "a", "ab", "abc" };

    if (number == 0)
        return sg_value_null();
    if (number < 5)
        return sg_value_integer(number - 3);
    if (number < 8)
        return sg_value_float(number - 6.5);
    if (number < 12)
        return sg_value_text(texts[number - 8]);
    return sg_value_boolean(number == 12);
}

static bool is_value(sg_value value, int number)
{
    sg_value wanted = value_of(number);

    if (value.type != wanted.type)
        return false;
    if (value.type == SG_STRING)
        return value.len == wanted.len && memcmp(value.as.string, wanted.as.string, value.len) == 0;
    if (value.type == SG_BOOLEAN)
        return value.as.boolean == wanted.as.boolean;
    return value.type == SG_NULL || value.as.integer == wanted.as.integer;
}

static bool has_rels(const model *m, uint32_t node)
{
    for (uint32_t r = 0; r < m->rel_limit; r++)
        if (m->rels[r].exists && (m->rels[r].source == node || m->rels[r].target == node))
            return true;
    return false;
}

static uint32_t any_node(const model *m)
{
    for (int tries = 0; tries < 20 && m->node_limit > 0; tries++) {
        uint32_t node = random_below(m->node_limit);

        if (m->nodes[node].exists)
            return node;
    }
    return SG_NO_ENTITY;
}

static void change_node(sg_graph *graph, model *m, uint32_t node)
{
    uint32_t what = random_below(10), which = random_below(LABELS), k = random_below(KEYS);

    if (what < 2) {
        sg_graph_add_label(graph, node, which);
        m->nodes[node].labels[which] = true;
    } else if (what < 4) {
        sg_graph_remove_label(graph, node, which);
        m->nodes[node].labels[which] = false;
    } else if (what < 9) {
        int number = (int) random_below(14);

        sg_graph_set_node_property(graph, node, k, value_of(number));
        m->nodes[node].values[k] = number;
    } else if (!has_rels(m, node)) {
        sg_graph_delete_node(graph, node);
        m->nodes[node].exists = false;
    }
}

static void change_rel(sg_graph *graph, model *m)
{
    uint32_t rel = m->rel_limit == 0 ? 0 : random_below(m->rel_limit);
    uint32_t k = random_below(KEYS);
    int number = (int) random_below(14);

    if (m->rel_limit == 0 || !m->rels[rel].exists)
        return;
    if (random_below(3) == 0) {
        sg_graph_delete_rel(graph, rel);
        m->rels[rel].exists = false;
    } else {
        sg_graph_set_rel_property(graph, rel, k, value_of(number));
        m->rels[rel].values[k] = number;
    }
}

static void step(sg_graph *graph, model *m)
{
    uint32_t what = random_below(10);
    uint32_t node = any_node(m), other = any_node(m);

    if (what < 3 && m->node_limit < NODES) {
        assert_int_equal(sg_graph_create_node(graph), m->node_limit);
        m->nodes[m->node_limit++] = (model_node){ .made = true, .exists = true };
    } else if (what < 6 && node != SG_NO_ENTITY && other != SG_NO_ENTITY && m->rel_limit < RELS) {
        uint32_t type = random_below(TYPES);

        assert_int_equal(sg_graph_create_rel(graph, type, node, other), m->rel_limit);
        m->rels[m->rel_limit++] = (model_rel){
            .made = true, .exists = true, .type = type, .source = node, .target = other
        };
    } else if (what < 9 && node != SG_NO_ENTITY) {
        change_node(graph, m, node);
    } else {
        change_rel(graph, m);
    }
}

static void count_values(const int *before, bool existed, const int *now, bool exists,
                         sg_graph_changes *changes)
{
    for (int k = 0; k < KEYS; k++) {
        int old = existed ? before[k] : 0, new = exists ? now[k] : 0;

        changes->properties_removed += old != 0 && old != new;
        changes->properties_set += new != 0 && old != new;
    }
}

static void label_names(const model *m, bool *used)
{
    memset(used, 0, LABELS * sizeof *used);
    for (uint32_t n = 0; n < m->node_limit; n++)
        for (int l = 0; l < LABELS; l++)
            used[l] |= m->nodes[n].exists && m->nodes[n].labels[l];
}

static sg_graph_changes model_changes(const model *before, const model *now)
{
    sg_graph_changes changes = { 0 };
    bool old[LABELS], new[LABELS];

    for (uint32_t n = 0; n < now->node_limit; n++) {
        const model_node *b = &before->nodes[n], *a = &now->nodes[n];
        bool existed = n < before->node_limit && b->exists;

        changes.nodes_created += a->exists && !existed;
        changes.nodes_deleted += existed && !a->exists;
        count_values(b->values, existed, a->values, a->exists, &changes);
    }
    for (uint32_t r = 0; r < now->rel_limit; r++) {
        const model_rel *b = &before->rels[r], *a = &now->rels[r];
        bool existed = r < before->rel_limit && b->exists;

        changes.relationships_created += a->exists && !existed;
        changes.relationships_deleted += existed && !a->exists;
        count_values(b->values, existed, a->values, a->exists, &changes);
    }
    label_names(before, old);
    label_names(now, new);
    for (int l = 0; l < LABELS; l++) {
        changes.labels_added += new[l] && !old[l];
        changes.labels_removed += old[l] && !new[l];
    }
    return changes;
}

static void compare_nodes(const sg_graph *graph, const model *m)
{
    size_t count = 0;

    for (uint32_t n = 0; n < m->node_limit; n++) {
        const model_node *node = &m->nodes[n];

        assert_int_equal(sg_graph_node_exists(graph, n), node->exists);
        count += node->exists;
        if (!node->exists)
            continue;
        for (uint32_t l = 0; l < LABELS; l++)
            assert_int_equal(sg_graph_node_has_label(graph, n, l), node->labels[l]);
        for (uint32_t k = 0; k < KEYS; k++)
            assert_true(is_value(sg_graph_node_property(graph, n, k), node->values[k]));
        assert_int_equal(sg_graph_node_by_id(graph, sg_graph_node_id(graph, n)), n);
    }
    assert_int_equal(sg_graph_node_count(graph), count);
}

static void compare_rels(const sg_graph *graph, const model *m)
{
    size_t count = 0, types[TYPES] = { 0 };

    for (uint32_t r = 0; r < m->rel_limit; r++) {
        const model_rel *rel = &m->rels[r];

        assert_int_equal(sg_graph_rel_exists(graph, r), rel->exists);
        if (!rel->exists)
            continue;
        count++;
        types[rel->type]++;
        assert_int_equal(sg_graph_rel_type(graph, r), rel->type);
        assert_int_equal(sg_graph_rel_source(graph, r), rel->source);
        assert_int_equal(sg_graph_rel_target(graph, r), rel->target);
        for (uint32_t k = 0; k < KEYS; k++)
            assert_true(is_value(sg_graph_rel_property(graph, r, k), rel->values[k]));
    }
    assert_int_equal(sg_graph_rel_count(graph), count);
    for (uint32_t t = 0; t < TYPES; t++)
        assert_int_equal(sg_graph_type_count(graph, t), types[t]);
}

/* Each node's relationships by direction and type: their number, and the sum of their handles
 * and other ends. */
static void compare_adjacency(const sg_graph *graph, const model *m)
{
    for (uint32_t n = 0; n < m->node_limit; n++) {
        sg_direction direction = (sg_direction) random_below(3);
        uint32_t type = random_below(TYPES + 1);
        uint64_t sum = 0, model_sum = 0;
        sg_adjacency it;

        if (!m->nodes[n].exists)
            continue;
        sg_adjacency_init(&it, graph, n, direction, type == TYPES ? SG_NO_SYMBOL : type);
        while (sg_adjacency_next(&it))
            sum += 1 + ((uint64_t) it.rel << 20) + ((uint64_t) it.other << 40);
        for (uint32_t r = 0; r < m->rel_limit; r++) {
            const model_rel *rel = &m->rels[r];
            bool out = direction != SG_INCOMING && rel->source == n;
            bool in = direction != SG_OUTGOING && rel->target == n;

            if (rel->exists && (out || in) && (type == TYPES || rel->type == type))
                model_sum +=
                    1 + ((uint64_t) r << 20) + ((uint64_t) (out ? rel->target : rel->source) << 40);
        }
        assert_int_equal(sum, model_sum);
    }
}

static void compare_lookup(const sg_graph *graph, const model *m)
{
    sg_arena *arena = sg_arena_new();

    for (int number = 1; number < 14; number++) {
        uint32_t k = random_below(KEYS), l = random_below(LABELS + 1), *found;
        size_t count = sg_graph_node_lookup(graph, l == LABELS ? SG_NO_SYMBOL : l, k,
                                            value_of(number), arena, &found);
        size_t expected = 0;

        for (uint32_t n = 0; n < m->node_limit; n++)
            if (m->nodes[n].exists && m->nodes[n].values[k] == number &&
                (l == LABELS || m->nodes[n].labels[l])) {
                assert_true(expected < count);
                assert_int_equal(found[expected], n);
                expected++;
            }
        assert_int_equal(count, expected);
    }
    sg_arena_free(arena);
}

static void compare(const sg_graph *graph, const model *m, const model *committed)
{
    sg_graph_changes changes, wanted = model_changes(committed, m);

    sg_graph_count_changes(graph, &changes);
    assert_memory_equal(&changes, &wanted, sizeof changes);
    assert_int_equal(sg_graph_node_limit(graph), m->node_limit);
    assert_int_equal(sg_graph_rel_limit(graph), m->rel_limit);
    compare_nodes(graph, m);
    compare_rels(graph, m);
    compare_adjacency(graph, m);
    compare_lookup(graph, m);
}

static void add_symbols(sg_graph *graph)
{
    char name[2] = "a";

    for (int i = 0; i < KEYS; i++, name[0]++)
        for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
            (void) sg_graph_symbol_add(graph, (sg_symbol_kind) kind, name, 1);
}

static void random_writes_agree_with_the_model(void **state)
{
    static model now, committed;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        sg_graph *graph = sg_graph_new();

        random_state = seed;
        memset(&now, 0, sizeof now);
        memset(&committed, 0, sizeof committed);
        add_symbols(graph);
        for (int i = 0; i < STEPS; i++) {
            step(graph, &now);
            if (random_below(60) != 0)
                continue;
            compare(graph, &now, &committed);
            if (random_below(2) == 0) {
                assert_int_equal(sg_graph_commit(graph, &err), SG_OK);
                committed = now;
            } else {
                sg_graph_rollback(graph);
                now = committed;
            }
            compare(graph, &now, &committed);
        }
        sg_graph_close(graph);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_writes_agree_with_the_model),
    };

    return cmocka_run_group_tests_name("graph/random", tests, NULL, NULL);
}
