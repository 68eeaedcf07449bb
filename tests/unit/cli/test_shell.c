#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/shell_internal.h"

struct fixture {
    sg_graph *graph;
    sg_arena *arena;
};

static void add_actor(sg_graph *graph, const char *name)
{
    uint32_t node = sg_graph_create_node(graph);

    sg_graph_add_label(graph, node, sg_graph_symbol_add(graph, SG_LABEL, "Actor", 5));
    sg_graph_set_node_property(graph, node, sg_graph_symbol_add(graph, SG_KEY, "name", 4),
                               sg_value_text(name));
}

static int set_up(void **state)
{
    struct fixture *f = sg_calloc(1, sizeof *f);

    f->graph = sg_graph_new();
    f->arena = sg_arena_new();
    add_actor(f->graph, "Élise O'Hara");
    add_actor(f->graph, "Elias Berg");
    add_actor(f->graph, "Elias Berg");
    (void) sg_graph_symbol_add(f->graph, SG_LABEL, "Odd Label", 9);
    (void) sg_graph_symbol_add(f->graph, SG_REL_TYPE, "OPPOSES", 7);
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

/* The candidates for the end of `line`, joined with '|'. */
static const char *candidates(struct fixture *f, const char *line)
{
    struct shell_completion c = sg_shell_complete(f->graph, f->arena, line, strlen(line));
    const char *joined = "";

    for (size_t i = 0; i < c.count; i++)
        joined = sg_arena_printf(f->arena, "%s%s%s", joined, i > 0 ? "|" : "", c.texts[i]);
    return joined;
}

static void a_statement_ends_at_a_semicolon_of_its_own(void **state)
{
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        { "RETURN 1;", 9 },
        { "RETURN 1; RETURN 2;", 9 },
        { "RETURN 1", 0 },
        { "RETURN ';';", 11 },
        { "RETURN 'it\\'s;';", 16 },
        { "RETURN \"a;\" ;", 13 },
        { "RETURN `x;y`;", 13 },
        { "RETURN 1 // ;\n;", 15 },
        { "RETURN 1 /* ; */;", 17 },
        { "RETURN 1 /* ;", 0 },
        { "RETURN 'open;", 0 },
        { "RETURN 4 / 2;", 13 },
        { "/", 0 },
        { "", 0 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(sg_shell_statement_length(cases[i].text, strlen(cases[i].text)),
                         cases[i].length);
}

static void comments_alone_are_blank(void **state)
{
    (void) state;
    assert_true(sg_shell_is_blank(" \n// nothing\n/* at all */ ", 26));
    assert_false(sg_shell_is_blank("// nothing\nRETURN 1", 19));
}

static void words_complete_without_case(void **state)
{
    assert_string_equal(candidates(*state, "opt"), "OPTIONAL MATCH");
    assert_string_equal(candidates(*state, "MATCH (n) RETURN toInteger"),
                        "toInteger(|toIntegerList(|toIntegerOrNull(");
    assert_string_equal(candidates(*state, "zzz"), "");
    assert_string_equal(candidates(*state, ""), "");
}

static void brackets_decide_between_labels_and_types(void **state)
{
    assert_string_equal(candidates(*state, "MATCH (a:A"), "Actor");
    assert_string_equal(candidates(*state, "MATCH (a:o"), "");
    assert_string_equal(candidates(*state, "MATCH (a)-[r:o"), "OPPOSES");
    assert_string_equal(candidates(*state, "MATCH (a:"), "Actor|`Odd Label`");
    assert_string_equal(candidates(*state, "MATCH (a) RETURN a.na"), "name");
}

static void names_complete_inside_quotes_without_accents(void **state)
{
    assert_string_equal(candidates(*state, "MATCH (a {name: 'eli"), "Elias Berg|Élise O\\'Hara");
    assert_string_equal(candidates(*state, "MATCH (a {name: \"ELIA"), "Elias Berg");
    assert_string_equal(candidates(*state, "MATCH (a {name: 'eli'}) WHERE a.na"), "name");
}

static void dot_commands_complete_at_the_start_only(void **state)
{
    assert_string_equal(candidates(*state, ".sch"), ".schema");
    assert_string_equal(candidates(*state, ".mode js"), "json|jsonl");
    assert_string_equal(candidates(*state, ".read js"), "");
}

static void the_common_prefix_ends_between_characters(void **state)
{
    static const char *const texts[] = { "caf\xc3\xa9", "caf\xc3\xa8" };
    struct shell_completion completion = { 0, texts, 2, false };

    (void) state;
    assert_int_equal(sg_shell_common_prefix(&completion), 3);
    completion.count = 1;
    assert_int_equal(sg_shell_common_prefix(&completion), 5);
    completion.count = 0;
    assert_int_equal(sg_shell_common_prefix(&completion), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_ends_at_a_semicolon_of_its_own),
        cmocka_unit_test(comments_alone_are_blank),
        cmocka_unit_test_setup_teardown(words_complete_without_case, set_up, tear_down),
        cmocka_unit_test_setup_teardown(brackets_decide_between_labels_and_types, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(names_complete_inside_quotes_without_accents, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(dot_commands_complete_at_the_start_only, set_up, tear_down),
        cmocka_unit_test(the_common_prefix_ends_between_characters),
    };

    return cmocka_run_group_tests_name("cli/shell", tests, NULL, NULL);
}
