#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/chains.h"

struct fixture {
    sg_graph *graph;
    sg_arena *arena;
};

static int set_up(void **state)
{
    struct fixture *f = sg_calloc(1, sizeof *f);

    f->graph = sg_graph_new();
    f->arena = sg_arena_new();
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    sg_graph_close(f->graph);
    sg_arena_free(f->arena);
    sg_free(f);
    return 0;
}

static uint32_t join(struct fixture *f, const char *type, uint32_t a, uint32_t b)
{
    return sg_graph_create_rel(
        f->graph, sg_graph_symbol_add(f->graph, SG_REL_TYPE, type, strlen(type)), a, b);
}

static size_t find(struct fixture *f, uint32_t a, uint32_t b, struct sg_chain_options options,
                   sg_chain **chains)
{
    sg_error err = SG_ERROR_INIT;
    size_t count;

    assert_int_equal(sg_chains_find(f->graph, a, b, &options, f->arena, chains, &count, &err),
                     SG_OK);
    return count;
}

static void parallel_relationships_are_one_step(void **state)
{
    struct fixture *f = *state;
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    uint32_t a = sg_graph_create_node(f->graph), p = sg_graph_create_node(f->graph);
    uint32_t b = sg_graph_create_node(f->graph), first = join(f, "OPPOSES", a, p);
    sg_chain *chains;

    (void) join(f, "OPPOSES", a, p);
    (void) join(f, "SUPPORTS", b, p);
    (void) join(f, "SUPPORTS", b, p);
    assert_int_equal(find(f, a, b, options, &chains), 1);
    assert_int_equal(chains[0].length, 2);
    assert_int_equal(chains[0].nodes[1], p);
    assert_int_equal(chains[0].steps[0].rel, first);
    assert_true(chains[0].steps[0].forward);
    assert_false(chains[0].steps[1].forward);
}

static void another_type_is_another_chain_and_longer_ones_are_left_out(void **state)
{
    struct fixture *f = *state;
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    uint32_t a = sg_graph_create_node(f->graph), b = sg_graph_create_node(f->graph);
    uint32_t far = sg_graph_create_node(f->graph);
    sg_chain *chains;

    (void) join(f, "OPPOSES", a, b);
    (void) join(f, "SUPPORTS", a, b);
    (void) join(f, "OPPOSES", b, a);
    (void) join(f, "OPPOSES", a, far);
    (void) join(f, "OPPOSES", far, b);
    assert_int_equal(find(f, a, b, options, &chains), 3);
    options.limit = 2;
    assert_int_equal(find(f, a, b, options, &chains), 2);
}

static bool is_even(const void *data, const sg_graph *graph, uint32_t rel)
{
    (void) data, (void) graph;
    return rel % 2 == 0;
}

static void what_does_not_count_is_not_walked(void **state)
{
    struct fixture *f = *state;
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    uint32_t a = sg_graph_create_node(f->graph), b = sg_graph_create_node(f->graph);
    uint32_t c = sg_graph_create_node(f->graph);
    sg_chain *chains;

    (void) join(f, "T", a, c);
    (void) join(f, "T", a, b); /* the second relationship is odd */
    (void) join(f, "T", c, b);
    options.counts = is_even;
    assert_int_equal(find(f, a, b, options, &chains), 1);
    assert_int_equal(chains[0].length, 2);
    options.max_length = 1;
    assert_int_equal(find(f, a, b, options, &chains), 0);
}

static void strangers_have_no_chain(void **state)
{
    struct fixture *f = *state;
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    uint32_t a = sg_graph_create_node(f->graph), b = sg_graph_create_node(f->graph);
    sg_chain *chains;

    assert_int_equal(find(f, a, b, options, &chains), 0);
    assert_int_equal(find(f, a, a, options, &chains), 0);
}

static void a_chain_may_be_very_long(void **state)
{
    struct fixture *f = *state;
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    uint32_t first = sg_graph_create_node(f->graph), last = first;
    sg_chain *chains;

    for (int i = 0; i < 20000; i++) {
        uint32_t next = sg_graph_create_node(f->graph);

        (void) join(f, "NEXT", last, next);
        last = next;
    }
    assert_int_equal(find(f, first, last, options, &chains), 1);
    assert_int_equal(chains[0].length, 20000);
}

/* Number of shortest walks by dynamic programming over all nodes, parallel steps counted once. */
static size_t count_slowly(const bool joined[12][12], uint32_t from, uint32_t to, size_t *length)
{
    size_t ways[12] = { 0 }, distance[12];

    for (int i = 0; i < 12; i++)
        distance[i] = SIZE_MAX;
    distance[from] = 0;
    ways[from] = 1;
    for (size_t d = 0; d < 12; d++) {
        for (int i = 0; i < 12; i++) {
            for (int k = 0; k < 12 && distance[i] == d; k++) {
                size_t steps = (size_t) joined[i][k] + (size_t) joined[k][i];

                if (steps == 0 || distance[k] <= d)
                    continue;
                distance[k] = d + 1;
                ways[k] += ways[i] * steps;
            }
        }
    }
    *length = distance[to];
    return ways[to];
}

static void random_graphs_agree_with_plain_counting(void **state)
{
    uint64_t random = 1;

    (void) state;
    for (int round = 0; round < 300; round++) {
        struct fixture f = { sg_graph_new(), sg_arena_new() };
        struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
        bool joined[12][12] = { { false } };
        size_t count, wanted, length;
        sg_chain *chains;

        for (int i = 0; i < 12; i++)
            (void) sg_graph_create_node(f.graph);
        for (int i = 0; i < 8 + round % 14; i++) {
            uint32_t a, b;

            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            a = (uint32_t) (random >> 33) % 12;
            b = (uint32_t) (random >> 50) % 12;
            if (a == b)
                continue;
            (void) join(&f, "T", a, b);
            joined[a][b] = true;
        }
        wanted = count_slowly((const bool(*)[12]) joined, 0, 11, &length);
        count = find(&f, 0, 11, options, &chains);
        assert_int_equal(count, wanted);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(chains[i].length, length);
        sg_graph_close(f.graph);
        sg_arena_free(f.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parallel_relationships_are_one_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_type_is_another_chain_and_longer_ones_are_left_out,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_does_not_count_is_not_walked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strangers_have_no_chain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_chain_may_be_very_long, set_up, tear_down),
        cmocka_unit_test(random_graphs_agree_with_plain_counting),
    };

    return cmocka_run_group_tests_name("graph/chains", tests, NULL, NULL);
}
