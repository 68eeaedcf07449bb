#include <stdio.h>

#include "query_fixture.h"

/* A small network: persons hold positions and belong to organisations. */
static sg_graph *network(void)
{
    sg_graph *graph = sg_graph_new();

    must(graph, "UNWIND range(0, 19) AS i CREATE (:Person {name: 'p' + i, rank: i})");
    must(graph, "UNWIND range(0, 4) AS i CREATE (:Position {name: 'x' + i})");
    must(graph, "UNWIND range(0, 2) AS i CREATE (:Organisation {name: 'o' + i})");
    must(graph, "MATCH (a:Person), (p:Position) WHERE (a.rank * 7 + size(p.name)) % 3 = 0 "
                "CREATE (a)-[:SUPPORTS {day: a.rank}]->(p), (a)-[:SUPPORTS {day: 1}]->(p)");
    must(graph, "MATCH (a:Person), (p:Position) WHERE a.rank % 4 = 1 "
                "CREATE (a)-[:OPPOSES {day: a.rank}]->(p)");
    must(graph, "MATCH (a:Person), (o:Organisation) WHERE 'o' + (a.rank % 3) = o.name "
                "CREATE (a)-[:MEMBER_OF]->(o)");
    return graph;
}

static void assert_plan_has(sg_graph *graph, const char *query, const char *operator)
{
    sg_strbuf plan = SG_STRBUF_INIT;

    explain(graph, query, &plan);
    if (strstr(sg_strbuf_text(&plan), operator) == NULL)
        fail_msg("no %s in the plan of %s:\n%s", operator, query, sg_strbuf_text(&plan));
    sg_strbuf_clear(&plan);
}

static void assert_same_answer(sg_graph *graph, const char *one, const char *other)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf expected = SG_STRBUF_INIT;

    assert_int_equal(ask_with(graph, other, &options, &expected, NULL, &err), SG_OK);
    assert_answer(graph, one, sg_strbuf_text(&expected));
    sg_strbuf_clear(&expected);
}

static void lookup_by_property_is_preferred_to_a_scan(void **state)
{
    sg_graph *graph = network();

    (void) state;
    assert_plan_has(graph, "MATCH (a:Person {name: 'p1'}) RETURN a", "NodeLookup");
    assert_plan_has(graph, "MATCH (a:Person)-->(b) WHERE b.name = 'x1' RETURN a", "NodeLookup");
    sg_graph_close(graph);
}

static void distinct_ends_of_variable_length_are_searched_not_enumerated(void **state)
{
    sg_graph *graph = network();

    (void) state;
    assert_plan_has(graph, "MATCH (a:Person {name: 'p1'})-[*1..3]-(x) RETURN DISTINCT x", "Reach");
    for (int min = 0; min < 2; min++) {
        for (int max = 1; max < 5; max++) {
            char fast[160];
            char slow[200];

            (void) snprintf(fast, sizeof fast,
                            "MATCH (a {name: 'p1'})-[*%d..%d]-(x) RETURN DISTINCT x.name AS x "
                            "ORDER BY x",
                            min, max);
            (void) snprintf(slow, sizeof slow,
                            "MATCH q = (a {name: 'p1'})-[*%d..%d]-(x) WITH x, count(q) AS n "
                            "RETURN DISTINCT x.name AS x ORDER BY x",
                            min, max);
            assert_same_answer(graph, fast, slow);
        }
    }
    sg_graph_close(graph);
}

static void start_of_a_search_is_an_end_only_by_a_closed_path(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    must(graph, "CREATE (a:A)-[:R]->(b:B)-[:R]->(c:C)");
    assert_answer(graph, "MATCH (:A)-[*1..4]-(x) RETURN count(DISTINCT x) AS n", "n\n2");
    must(graph, "MATCH (c:C), (a:A) CREATE (c)-[:R]->(a)");
    assert_answer(graph, "MATCH (:A)-[*1..2]-(x) RETURN count(DISTINCT x) AS n", "n\n2");
    assert_answer(graph, "MATCH (:A)-[*1..3]-(x) RETURN count(DISTINCT x) AS n", "n\n3");
    assert_answer(graph, "MATCH (:A)-[*1..3]->(x) RETURN count(DISTINCT x) AS n", "n\n3");
    must(graph, "MATCH (a:A), (b:B) CREATE (a)-[:S]->(b)");
    assert_answer(graph, "MATCH (:A)-[*1..2]-(x) RETURN count(DISTINCT x) AS n", "n\n3");
    sg_graph_close(graph);
}

static void rows_of_a_later_match_are_kept_by_what_they_depend_on(void **state)
{
    sg_graph *graph = network();
    const char *memo = "MATCH (a:Person)-[:SUPPORTS]->(p) WITH DISTINCT a, p "
                       "MATCH (b)-[:SUPPORTS]->(p) WHERE b.rank < 12 AND a.rank < b.rank "
                       "RETURN DISTINCT a.name AS x, b.name AS y, p.name AS z ORDER BY x, y, z";
    const char *plain = "MATCH (a:Person)-[:SUPPORTS]->(p)<-[:SUPPORTS]-(b) "
                        "WHERE b.rank < 12 AND a.rank < b.rank WITH a, b, p, 1 AS one "
                        "RETURN DISTINCT a.name AS x, b.name AS y, p.name AS z ORDER BY x, y, z";

    (void) state;
    assert_plan_has(graph, memo, "Memo");
    assert_same_answer(graph, memo, plain);
    sg_graph_close(graph);
}

static void distinct_after_distinct_is_left_out(void **state)
{
    sg_graph *graph = network();
    sg_strbuf plan = SG_STRBUF_INIT;

    (void) state;
    explain(graph, "MATCH (a:Person) RETURN DISTINCT a", &plan);
    assert_null(strstr(sg_strbuf_text(&plan), "Distinct"));
    sg_strbuf_clear(&plan);
    assert_plan_has(graph, "MATCH (a:Person) RETURN DISTINCT a.rank % 2 AS r", "Distinct");
    sg_graph_close(graph);
}

static void known_type_restricts_the_walk(void **state)
{
    sg_graph *graph = network();

    (void) state;
    assert_same_answer(
        graph,
        "MATCH (a:Person {name: 'p9'})-[r]->(p:Position) WITH DISTINCT p, type(r) AS t "
        "MATCH (b)-[s]->(p) WHERE type(s) = t "
        "RETURN b.name AS b, count(DISTINCT p) AS n ORDER BY n DESC, b",
        "MATCH (a:Person {name: 'p9'})-[r]->(p:Position) MATCH (b)-[s]->(p) "
        "WITH type(r) AS t, type(s) AS u, b, p WHERE t = u "
        "RETURN b.name AS b, count(DISTINCT p) AS n ORDER BY n DESC, b");
    sg_graph_close(graph);
}

static void shortest_path_is_found_from_both_ends(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    must(graph, "UNWIND range(0, 20) AS i CREATE (:N {i: i})");
    must(graph, "MATCH (a:N), (b:N) WHERE b.i = a.i + 1 OR b.i = a.i + 2 CREATE (a)-[:R]->(b)");
    assert_answer(graph,
                  "MATCH (a:N {i: 0}), (b:N {i: 20}) MATCH p = shortestPath((a)-[:R*]->(b)) "
                  "RETURN length(p) AS n",
                  "n\n10");
    assert_answer(graph,
                  "MATCH (a:N {i: 0}), (b:N {i: 5}) MATCH p = allShortestPaths((a)-[:R*]-(b)) "
                  "RETURN length(p) AS n, count(*) AS paths",
                  "n | paths\n3 | 3");
    assert_answer(graph,
                  "MATCH (a:N {i: 5}), (b:N {i: 0}) MATCH p = shortestPath((a)-[:R*]->(b)) "
                  "RETURN p",
                  "p");
    assert_answer(graph,
                  "MATCH (a:N {i: 0}), (b:N {i: 20}) MATCH p = shortestPath((a)-[:R*..9]->(b)) "
                  "RETURN p",
                  "p");
    sg_graph_close(graph);
}

static void profile_counts_rows(void **state)
{
    sg_graph *graph = network();
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    options.profile = true;
    assert_int_equal(
        ask_with(graph, "MATCH (o:Organisation) RETURN o.name", &options, &out, NULL, &err), SG_OK);
    assert_non_null(strstr(sg_strbuf_text(&out), "'NodeScan' | '(o:Organisation)' | 3 | 3 |"));
    sg_strbuf_clear(&out);
    sg_graph_close(graph);
}

static void explain_before_a_query_shows_its_plan_only(void **state)
{
    sg_graph *graph = sg_graph_new();

    (void) state;
    assert_answer(graph, "EXPLAIN CREATE (n)",
                  "operator | details | expected\n'Create' | '' | null\n'Argument' | '' | 1");
    assert_answer(graph, "MATCH (n) RETURN count(*) AS n", "n\n0");
    assert_false(sg_query_is_write("explain create (n)", 18));
    assert_true(sg_query_is_write("profile create (n)", 18));
    sg_graph_close(graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lookup_by_property_is_preferred_to_a_scan),
        cmocka_unit_test(distinct_ends_of_variable_length_are_searched_not_enumerated),
        cmocka_unit_test(start_of_a_search_is_an_end_only_by_a_closed_path),
        cmocka_unit_test(rows_of_a_later_match_are_kept_by_what_they_depend_on),
        cmocka_unit_test(distinct_after_distinct_is_left_out),
        cmocka_unit_test(known_type_restricts_the_walk),
        cmocka_unit_test(shortest_path_is_found_from_both_ends),
        cmocka_unit_test(profile_counts_rows),
        cmocka_unit_test(explain_before_a_query_shows_its_plan_only),
    };

    return cmocka_run_group_tests_name("query/planner", tests, NULL, NULL);
}
