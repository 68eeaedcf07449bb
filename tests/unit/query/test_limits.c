#include "query_fixture.h"

/* Queries that would take a machine down must end in an error and leave the graph as it was. */

static void assert_stopped(const char *text, const struct sg_query_options *options,
                           sg_status expected)
{
    sg_graph *graph = sg_graph_new();
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    must(graph, "UNWIND range(1, 40) AS i CREATE (:N {i: i})");
    must(graph, "MATCH (a:N), (b:N) WHERE a.i < b.i CREATE (a)-[:R]->(b)");
    assert_int_equal(ask_with(graph, text, options, &out, NULL, &err), expected);
    assert_true(err.message[0] != '\0');
    assert_answer(graph, "MATCH (n) RETURN count(*) AS n", "n\n40");
    sg_strbuf_clear(&out);
    sg_graph_close(graph);
}

static void nested_text(sg_strbuf *out, const char *open, const char *middle, const char *close,
                        size_t depth)
{
    sg_strbuf_puts(out, "RETURN ");
    for (size_t i = 0; i < depth; i++)
        sg_strbuf_puts(out, open);
    sg_strbuf_puts(out, middle);
    for (size_t i = 0; i < depth; i++)
        sg_strbuf_puts(out, close);
}

static void deep_nesting_is_refused(void **state)
{
    static const char *const forms[][3] = {
        { "(", "1", ")" },
        { "[", "1", "]" },
        { "{a:", "1", "}" },
        { "NOT ", "true", "" },
        { "-", "1.5", "" },
        { "abs(", "1", ")" },
        { "CASE WHEN true THEN ", "1", " END" },
        { "[x IN ", "[1]", " | x]" },
        { "exists { MATCH (n) WHERE ", "true", " }" },
        { "1 + (", "1", ")" },
    };
    sg_graph *graph = sg_graph_new();

    (void) state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        sg_strbuf text = SG_STRBUF_INIT;

        nested_text(&text, forms[i][0], forms[i][1], forms[i][2], 10000);
        assert_refused(graph, sg_strbuf_text(&text), "UnexpectedSyntax", "deeper than");
        sg_strbuf_clear(&text);
    }
    sg_graph_close(graph);
}

static void long_chains_are_refused(void **state)
{
    sg_graph *graph = sg_graph_new();
    sg_strbuf text = SG_STRBUF_INIT;

    (void) state;
    sg_strbuf_puts(&text, "RETURN 1");
    for (int i = 0; i < 100000; i++)
        sg_strbuf_puts(&text, "+1");
    assert_refused(graph, sg_strbuf_text(&text), "UnexpectedSyntax", "deeper than");
    sg_strbuf_reset(&text);
    for (int i = 0; i < 10000; i++)
        sg_strbuf_puts(&text, "WITH 1 AS a ");
    sg_strbuf_puts(&text, "RETURN 1 AS a");
    assert_refused(graph, sg_strbuf_text(&text), "UnexpectedSyntax", "clauses");
    sg_strbuf_clear(&text);
    sg_graph_close(graph);
}

static void time_limit_stops_a_product_of_everything(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;

    (void) state;
    options.timeout_ms = 60;
    assert_stopped("MATCH (a), (b), (c), (d), (e), (f), (g), (h) RETURN count(*)", &options,
                   SG_ERR_LIMIT);
}

static void time_limit_stops_unbounded_paths(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;

    (void) state;
    options.timeout_ms = 60;
    assert_stopped("MATCH p = (a {i: 1})-[*]-(b {i: 1000}) RETURN count(p)", &options,
                   SG_ERR_LIMIT);
    assert_stopped("CREATE (x) WITH x MATCH p = (a)-[*]-(b) RETURN count(p)", &options,
                   SG_ERR_LIMIT);
}

static void memory_limit_stops_a_large_answer(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;

    (void) state;
    options.max_memory = (size_t) 4 << 20;
    assert_stopped("MATCH (a), (b), (c), (d) RETURN a, b, c, d", &options, SG_ERR_LIMIT);
    assert_stopped("MATCH (a), (b), (c), (d) WITH a, b, c, d ORDER BY a.i RETURN count(*)",
                   &options, SG_ERR_LIMIT);
    assert_stopped("MATCH (a), (b), (c), (d) RETURN collect(a)", &options, SG_ERR_LIMIT);
    assert_stopped("RETURN reduce(s = [1], x IN range(1, 60) | s + s)", &options, SG_ERR_LIMIT);
    assert_stopped("RETURN reduce(s = 'a', x IN range(1, 60) | s + s)", &options, SG_ERR_LIMIT);
}

static void stop_flag_interrupts(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    volatile int stop = 1;

    (void) state;
    options.stop = &stop;
    assert_stopped("MATCH (a), (b), (c), (d), (e), (f) RETURN count(*)", &options,
                   SG_ERR_INTERRUPTED);
}

static void row_limit_cuts_the_answer(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_graph *graph = sg_graph_new();
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    (void) state;
    options.limit = 2;
    assert_int_equal(
        ask_with(graph, "UNWIND range(1, 9) AS i RETURN i", &options, &out, NULL, &err), SG_OK);
    assert_string_equal(sg_strbuf_text(&out), "i\n1\n2");
    sg_strbuf_clear(&out);
    sg_graph_close(graph);
}

static void read_only_refuses_writes(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;

    (void) state;
    options.read_only = true;
    assert_stopped("CREATE (n)", &options, SG_ERR_QUERY);
}

static void failed_query_leaves_the_graph(void **state)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;

    (void) state;
    assert_stopped("MATCH (n) SET n.i = 0 CREATE (m) WITH n RETURN 1 / 0", &options, SG_ERR_QUERY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(long_chains_are_refused),
        cmocka_unit_test(time_limit_stops_a_product_of_everything),
        cmocka_unit_test(time_limit_stops_unbounded_paths),
        cmocka_unit_test(memory_limit_stops_a_large_answer),
        cmocka_unit_test(stop_flag_interrupts),
        cmocka_unit_test(row_limit_cuts_the_answer),
        cmocka_unit_test(read_only_refuses_writes),
        cmocka_unit_test(failed_query_leaves_the_graph),
    };

    return cmocka_run_group_tests_name("query/limits", tests, NULL, NULL);
}
