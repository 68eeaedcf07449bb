#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/graph.h"

static sg_symbol label(sg_graph *graph, const char *name)
{
    return sg_graph_symbol_add(graph, SG_LABEL, name, strlen(name));
}

static sg_symbol type(sg_graph *graph, const char *name)
{
    return sg_graph_symbol_add(graph, SG_REL_TYPE, name, strlen(name));
}

static sg_symbol key(sg_graph *graph, const char *name)
{
    return sg_graph_symbol_add(graph, SG_KEY, name, strlen(name));
}

static sg_graph_changes changes_of(const sg_graph *graph)
{
    sg_graph_changes changes;

    sg_graph_count_changes(graph, &changes);
    return changes;
}

static void commit(sg_graph *graph)
{
    sg_error err = SG_ERROR_INIT;

    assert_int_equal(sg_graph_commit(graph, &err), SG_OK);
}

static void symbols_are_interned_per_kind(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_int_equal(sg_graph_symbol_find(graph, SG_LABEL, "A", 1), SG_NO_SYMBOL);
    assert_int_equal(label(graph, "A"), label(graph, "A"));
    assert_int_not_equal(label(graph, "A"), label(graph, "B"));
    assert_int_equal(sg_graph_symbol_find(graph, SG_KEY, "A", 1), SG_NO_SYMBOL);
    assert_string_equal(sg_graph_symbol_name(graph, SG_LABEL, label(graph, "B")), "B");
    assert_int_equal(sg_graph_symbol_count(graph, SG_LABEL), 2);
    sg_graph_close(graph);
}

static void created_nodes_show_labels_and_properties(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t node = sg_graph_create_node(graph);
    sg_symbol labels[4];

    (void) state;
    (void) label(graph, "A");
    sg_graph_add_label(graph, node, label(graph, "C"));
    sg_graph_add_label(graph, node, label(graph, "A"));
    sg_graph_add_label(graph, node, label(graph, "A"));
    sg_graph_set_node_property(graph, node, key(graph, "x"), sg_value_integer(3));
    assert_int_equal(sg_graph_node_labels(graph, node, labels, 4), 2);
    assert_true(labels[0] < labels[1]);
    assert_true(sg_graph_node_has_label(graph, node, label(graph, "A")));
    assert_false(sg_graph_node_has_label(graph, node, label(graph, "B")));
    assert_int_equal(sg_graph_node_property(graph, node, key(graph, "x")).as.integer, 3);
    assert_int_equal(sg_graph_node_property(graph, node, key(graph, "y")).type, SG_NULL);
    assert_int_equal(sg_graph_label_count(graph, label(graph, "A")), 1);
    sg_graph_close(graph);
}

static void property_values_are_copied(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t node = sg_graph_create_node(graph);
    char text[] = "first";
    sg_value value;

    (void) state;
    sg_graph_set_node_property(graph, node, key(graph, "x"), sg_value_text(text));
    memset(text, 'z', sizeof text - 1);
    value = sg_graph_node_property(graph, node, key(graph, "x"));
    assert_int_equal(value.len, 5);
    assert_memory_equal(value.as.string, "first", 5);
    sg_graph_close(graph);
}

static void adjacency_sees_a_loop_once_and_each_parallel(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t a = sg_graph_create_node(graph), b = sg_graph_create_node(graph);
    sg_symbol t = type(graph, "T"), u = type(graph, "U");

    (void) state;
    sg_graph_create_rel(graph, t, a, a);
    sg_graph_create_rel(graph, t, a, b);
    sg_graph_create_rel(graph, t, a, b);
    sg_graph_create_rel(graph, u, b, a);
    assert_int_equal(sg_graph_degree(graph, a, SG_BOTH, SG_NO_SYMBOL), 4);
    assert_int_equal(sg_graph_degree(graph, a, SG_OUTGOING, SG_NO_SYMBOL), 3);
    assert_int_equal(sg_graph_degree(graph, a, SG_INCOMING, SG_NO_SYMBOL), 2);
    assert_int_equal(sg_graph_degree(graph, a, SG_BOTH, t), 3);
    assert_int_equal(sg_graph_degree(graph, b, SG_INCOMING, t), 2);
    assert_int_equal(sg_graph_type_count(graph, t), 3);
    sg_graph_close(graph);
}

static void lookup_finds_equal_numbers_of_both_types(void **state)
{
    sg_graph *graph = sg_graph_new();
    sg_arena *arena = sg_arena_new();
    sg_symbol x = key(graph, "x");
    uint32_t *found;

    (void) state;
    for (int i = 0; i < 100; i++)
        sg_graph_set_node_property(graph, sg_graph_create_node(graph), x,
                                   i % 2 == 0 ? sg_value_integer(i % 10) : sg_value_float(i % 10));
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_integer(4), arena, &found), 10);
    assert_int_equal(found[0], 4);
    assert_int_equal(found[9], 94);
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_float(4.0), arena, &found), 10);
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_float(4.5), arena, &found), 0);
    assert_int_equal(sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_null(), arena, &found),
                     0);
    sg_arena_free(arena);
    sg_graph_close(graph);
}

static void lookup_follows_changes(void **state)
{
    sg_graph *graph = sg_graph_new();
    sg_arena *arena = sg_arena_new();
    sg_symbol x = key(graph, "x");
    uint32_t node = sg_graph_create_node(graph);
    uint32_t *found;

    (void) state;
    sg_graph_set_node_property(graph, node, x, sg_value_text("a"));
    sg_graph_set_node_property(graph, node, x, sg_value_text("b"));
    sg_graph_set_node_property(graph, node, x, sg_value_text("a"));
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_text("a"), arena, &found), 1);
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_text("b"), arena, &found), 0);
    sg_graph_delete_node(graph, node);
    assert_int_equal(
        sg_graph_node_lookup(graph, SG_NO_SYMBOL, x, sg_value_text("a"), arena, &found), 0);
    sg_arena_free(arena);
    sg_graph_close(graph);
}

static void scan_goes_over_existing_nodes_of_a_label(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t nodes[4];

    (void) state;
    for (int i = 0; i < 4; i++) {
        nodes[i] = sg_graph_create_node(graph);
        if (i != 1)
            sg_graph_add_label(graph, nodes[i], label(graph, "A"));
    }
    sg_graph_delete_node(graph, nodes[2]);
    assert_int_equal(sg_graph_node_next(graph, label(graph, "A"), SG_NO_ENTITY), nodes[0]);
    assert_int_equal(sg_graph_node_next(graph, label(graph, "A"), nodes[0]), nodes[3]);
    assert_int_equal(sg_graph_node_next(graph, label(graph, "A"), nodes[3]), SG_NO_ENTITY);
    assert_int_equal(sg_graph_node_next(graph, SG_NO_SYMBOL, nodes[0]), nodes[1]);
    sg_graph_close(graph);
}

static void deleted_entities_are_told_apart_and_stay_readable(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t node = sg_graph_create_node(graph);
    uint32_t rel = sg_graph_create_rel(graph, type(graph, "T"), node, node);

    (void) state;
    sg_graph_delete_rel(graph, rel);
    sg_graph_delete_node(graph, node);
    assert_false(sg_graph_rel_exists(graph, rel));
    assert_false(sg_graph_node_exists(graph, node));
    assert_int_equal(sg_graph_rel_type(graph, rel), type(graph, "T"));
    assert_int_equal(sg_graph_node_count(graph), 0);
    assert_int_equal(sg_graph_rel_count(graph), 0);
    sg_graph_close(graph);
}

static void changes_count_what_can_be_observed(void **state)
{
    sg_graph *graph = sg_graph_new();
    sg_symbol x = key(graph, "x"), y = key(graph, "y");
    uint32_t a = sg_graph_create_node(graph), b = sg_graph_create_node(graph);
    sg_graph_changes changes;

    (void) state;
    sg_graph_add_label(graph, a, label(graph, "A"));
    sg_graph_add_label(graph, b, label(graph, "A"));
    sg_graph_set_node_property(graph, a, x, sg_value_integer(1));
    sg_graph_set_node_property(graph, b, x, sg_value_integer(1));
    changes = changes_of(graph);
    assert_int_equal(changes.nodes_created, 2);
    assert_int_equal(changes.labels_added, 1);
    assert_int_equal(changes.properties_set, 2);
    commit(graph);

    sg_graph_set_node_property(graph, a, x, sg_value_integer(2)); /* one set, one removed */
    sg_graph_set_node_property(graph, a, y, sg_value_null());     /* nothing */
    sg_graph_remove_label(graph, a, label(graph, "A"));           /* b still has it */
    sg_graph_delete_node(graph, b);                               /* takes x and the label along */
    sg_graph_delete_node(graph, sg_graph_create_node(graph));     /* nothing */
    changes = changes_of(graph);
    assert_int_equal(changes.nodes_created, 0);
    assert_int_equal(changes.nodes_deleted, 1);
    assert_int_equal(changes.properties_set, 1);
    assert_int_equal(changes.properties_removed, 2);
    assert_int_equal(changes.labels_added, 0);
    assert_int_equal(changes.labels_removed, 1);
    sg_graph_close(graph);
}

static void setting_the_same_value_is_no_change(void **state)
{
    sg_graph *graph = sg_graph_new();
    sg_symbol x = key(graph, "x");
    uint32_t node = sg_graph_create_node(graph);

    (void) state;
    sg_graph_set_node_property(graph, node, x, sg_value_text("a"));
    commit(graph);
    sg_graph_set_node_property(graph, node, x, sg_value_text("b"));
    sg_graph_set_node_property(graph, node, x, sg_value_text("a"));
    assert_int_equal(changes_of(graph).properties_set, 0);
    assert_int_equal(changes_of(graph).properties_removed, 0);
    sg_graph_close(graph);
}

static void a_node_with_relationships_cannot_be_committed_away(void **state)
{
    sg_graph *graph = sg_graph_new();
    uint32_t a = sg_graph_create_node(graph), b = sg_graph_create_node(graph);
    sg_error err = SG_ERROR_INIT;

    (void) state;
    sg_graph_create_rel(graph, type(graph, "T"), a, b);
    commit(graph);
    sg_graph_delete_node(graph, b);
    assert_int_equal(sg_graph_commit(graph, &err), SG_ERR_QUERY);
    sg_graph_rollback(graph);
    assert_true(sg_graph_node_exists(graph, b));
    assert_int_equal(sg_graph_degree(graph, b, SG_INCOMING, SG_NO_SYMBOL), 1);
    sg_graph_close(graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbols_are_interned_per_kind),
        cmocka_unit_test(created_nodes_show_labels_and_properties),
        cmocka_unit_test(property_values_are_copied),
        cmocka_unit_test(adjacency_sees_a_loop_once_and_each_parallel),
        cmocka_unit_test(lookup_finds_equal_numbers_of_both_types),
        cmocka_unit_test(lookup_follows_changes),
        cmocka_unit_test(scan_goes_over_existing_nodes_of_a_label),
        cmocka_unit_test(deleted_entities_are_told_apart_and_stay_readable),
        cmocka_unit_test(changes_count_what_can_be_observed),
        cmocka_unit_test(setting_the_same_value_is_no_change),
        cmocka_unit_test(a_node_with_relationships_cannot_be_committed_away),
    };

    return cmocka_run_group_tests_name("graph/overlay", tests, NULL, NULL);
}
