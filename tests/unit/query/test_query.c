#include "query_fixture.h"

static void clauses_see_what_those_before_left(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    must(graph, "CREATE (:A {i: 1}), (:A {i: 2})");
    /* a CREATE does not feed its own MATCH */
    must(graph, "MATCH (a:A) CREATE (:A {i: a.i + 10})");
    assert_answer(graph, "MATCH (a:A) RETURN a.i ORDER BY a.i", "a.i\n1\n2\n11\n12");
    /* a MATCH sees every CREATE of the clause before */
    assert_answer(graph,
                  "UNWIND [1, 2] AS i CREATE (:B {i: i}) WITH i MATCH (b:B) RETURN i, count(b)",
                  "i | count(b)\n1 | 2\n2 | 2");
    sg_graph_close(graph);
}

static void relationship_is_used_once_in_a_match(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    must(graph, "CREATE (a:A)-[:R]->(b:B)");
    assert_answer(graph, "MATCH (x)-[]-(y)-[]-(z) RETURN count(*) AS n", "n\n0");
    assert_answer(graph, "MATCH (x)-[]-(y) MATCH (y)-[]-(z) RETURN count(*) AS n", "n\n2");
    sg_graph_close(graph);
}

static void operators_bind_as_the_grammar_says(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph, "RETURN 1 + 2 * 3 ^ 2 AS a, -2 ^ 2 AS b, NOT true OR true AS c",
                  "a | b | c\n19.0 | 4.0 | true");
    assert_answer(graph, "RETURN 1 < 2 < 3 AS a, 3 > 2 > 2 AS b", "a | b\ntrue | false");
    assert_answer(graph, "RETURN 1 IN [1, 2] = true AS a, 'ab' STARTS WITH 'a' + 'b' AS b",
                  "a | b\ntrue | true");
    sg_graph_close(graph);
}

static void regular_expressions_match_whole_strings(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph, "RETURN 'abc' =~ 'a.c' AS a, 'abcd' =~ 'a.c' AS b, null =~ 'x' AS c",
                  "a | b | c\ntrue | false | null");
    assert_refused(graph, "RETURN 'a' =~ '('", "InvalidRegularExpression", "regular expression");
    sg_graph_close(graph);
}

static void errors_show_line_column_and_caret(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_refused(graph, "MATCH (n)\nRETURN m", "UndefinedVariable",
                   "query, line 2, column 8: variable 'm' is not defined\n  RETURN m\n         ^");
    assert_refused(graph, "RETURN 'é' + x", "UndefinedVariable", "column 14");
    assert_refused(graph, "RETURN toUper('a')", "UnknownFunction", "did you mean 'toUpper'?");
    assert_refused(graph, "MATCH (person) RETURN persn", "UndefinedVariable",
                   "did you mean 'person'?");
    sg_graph_close(graph);
}

static sg_status run_double(const struct sg_procedure *self, const sg_graph *graph,
                            const sg_value *args, sg_result *rows, sg_error *err)
{
    sg_value cells[2] = { args[0], sg_value_integer(args[0].as.integer * 2) };

    (void) self;
    (void) graph;
    if (args[0].as.integer < 0)
        return sg_error_set(err, SG_ERR_INPUT, "negative");
    sg_result_add(rows, cells);
    return SG_OK;
}

static void registered_procedures_can_be_called(void **state)
{
    static const struct sg_procedure_field inputs[] = { { "n", "INTEGER" } };
    static const struct sg_procedure_field outputs[] = { { "n", "INTEGER" },
                                                         { "twice", "INTEGER" } };
    const struct sg_procedure procedure = { .name = "test.double",
                                            .inputs = inputs,
                                            .input_count = 1,
                                            .required_count = 1,
                                            .outputs = outputs,
                                            .output_count = 2,
                                            .run = run_double };
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_graph *graph = sg_graph_new();
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    options.procedures = &procedure;
    options.procedure_count = 1;
    assert_int_equal(ask_with(graph,
                              "UNWIND [1, 2] AS i CALL test.double(i) YIELD twice AS t "
                              "RETURN i, t",
                              &options, &out, NULL, &err),
                     SG_OK);
    assert_string_equal(sg_strbuf_text(&out), "i | t\n1 | 2\n2 | 4");
    sg_strbuf_reset(&out);
    assert_int_equal(ask_with(graph, "CALL test.double(-1)", &options, &out, NULL, &err),
                     SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "negative"));
    sg_strbuf_clear(&out);
    sg_graph_close(graph);
}

static void sorting_keeps_the_best_rows_only(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph,
                  "UNWIND range(1, 20000) AS i WITH (i * 7919) % 20011 AS k "
                  "RETURN k ORDER BY k SKIP 2 LIMIT 3",
                  "k\n3\n4\n5");
    assert_answer(graph, "UNWIND range(1, 5000) AS i RETURN i % 2 AS k ORDER BY k DESC LIMIT 1",
                  "k\n1");
    sg_graph_close(graph);
}

static void distinct_aggregates_take_each_value_once(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph,
                  "UNWIND [1, 2, 2, 3, null, 3.0] AS x "
                  "RETURN count(DISTINCT x) AS n, sum(DISTINCT x) AS s, collect(DISTINCT x) AS l, "
                  "avg(x) AS a, max(x) AS m",
                  "n | s | l | a | m\n3 | 6 | [1, 2, 3] | 2.2 | 3");
    sg_graph_close(graph);
}

static void unknown_names_are_noticed_with_the_nearest(void **state)
{
    static const char query[] = "MATCH (a:Persn)-[r:KNWS]->({nme: 1}) WHERE a.age > 1 RETURN r";
    sg_graph *graph = sg_graph_new();
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    must(graph, "CREATE (:Person {name: 'x', age: 1})-[:KNOWS]->()");
    sg_query_notices(graph, query, strlen(query), &out);
    assert_string_equal(sg_strbuf_text(&out),
                        "nothing here has the label 'Persn'; did you mean 'Person'?\n"
                        "nothing here has the relationship type 'KNWS'; did you mean 'KNOWS'?\n"
                        "nothing here has the property 'nme'; did you mean 'name'?\n");
    sg_strbuf_clear(&out);
    sg_graph_close(graph);
}

static void ranges_are_counted_not_listed(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph, "UNWIND range(1, 1000000000000) AS i RETURN i LIMIT 2", "i\n1\n2");
    assert_answer(graph, "UNWIND range(9, 1, -4) AS i RETURN i", "i\n9\n5\n1");
    assert_answer(graph, "UNWIND range(2, 1) AS i RETURN i", "i");
    sg_graph_close(graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_see_what_those_before_left),
        cmocka_unit_test(relationship_is_used_once_in_a_match),
        cmocka_unit_test(operators_bind_as_the_grammar_says),
        cmocka_unit_test(regular_expressions_match_whole_strings),
        cmocka_unit_test(errors_show_line_column_and_caret),
        cmocka_unit_test(registered_procedures_can_be_called),
        cmocka_unit_test(sorting_keeps_the_best_rows_only),
        cmocka_unit_test(unknown_names_are_noticed_with_the_nearest),
        cmocka_unit_test(ranges_are_counted_not_listed),
        cmocka_unit_test(distinct_aggregates_take_each_value_once),
    };

    return cmocka_run_group_tests_name("query/query", tests, NULL, NULL);
}
