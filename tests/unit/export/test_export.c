#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stance/export.h"
#include "stance/rows.h"

#include "export/export_internal.h"
#include "graph_fixture.h"

static const struct fixture_statement dispute[] = {
    { "Union <A&B>", "Organisation", "OPPOSES", "the \"plan\" \\N", 100, 0.9, "proposed" },
    { "Union <A&B>", "Organisation", "SUPPORTS", "a strike", 101, 0.9, "proposed" },
    { "Members", "Group", "OPPOSES", "the \"plan\" \\N", 100, 0.8, "proposed" },
    { "Minister", "Person", "SUPPORTS", "the \"plan\" \\N", 99, 0.9, "proposed" },
    { "Minister", "Person", "OPPOSES", "a strike", 99, 0.9, "proposed" },
    { "Ministry", "Organisation", "SUPPORTS", "the \"plan\" \\N", 105, 0.9, "proposed" },
};

static char *written(void (*write)(FILE *stream))
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    write(stream);
    (void) fclose(stream);
    return text;
}

static void write_awkward_csv(FILE *stream)
{
    struct sg_csv_options options = SG_CSV_OPTIONS_INIT;
    sg_csv csv;

    sg_csv_init(&csv, stream, &options);
    sg_csv_string(&csv, "plain");
    sg_csv_string(&csv, "a,b");
    sg_csv_string(&csv, "say \"no\"");
    sg_csv_string(&csv, "two\nlines");
    sg_csv_string(&csv, NULL);
    sg_csv_string(&csv, "=1+1");
    sg_csv_integer(&csv, -3);
    sg_csv_end_row(&csv);
}

static void csv_quotes_only_what_rfc_4180_asks_for(void **state)
{
    char *text = written(write_awkward_csv);

    (void) state;
    assert_string_equal(text, "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",,=1+1,-3\r\n");
    free(text);
}

static void write_excel_csv(FILE *stream)
{
    struct sg_csv_options options = { ';', true };
    sg_csv csv;

    sg_csv_init(&csv, stream, &options);
    sg_csv_string(&csv, "=1+1");
    sg_csv_string(&csv, "a,b");
    sg_csv_integer(&csv, -3);
    sg_csv_string(&csv, "\xEF\xBC\x9D"
                        "1");
    sg_csv_end_row(&csv);
}

static void excel_csv_has_a_mark_and_guards_formulas(void **state)
{
    char *text = written(write_excel_csv);

    (void) state;
    assert_string_equal(text, "\xEF\xBB\xBF'=1+1;a,b;-3;'\xEF\xBC\x9D"
                              "1\r\n");
    free(text);
}

static void labels_escape_and_wrap_at_words(void **state)
{
    sg_strbuf out = SG_STRBUF_INIT;
    const char *text = "Association of <very> long & wordy bodies of the realm";

    (void) state;
    sg_label_wrap(&out, text, strlen(text), 18, 2);
    assert_string_equal(sg_strbuf_text(&out),
                        "Association of<BR/>&lt;very&gt; long &amp;\xE2\x80\xA6");
    sg_strbuf_reset(&out);
    sg_tooltip_append(&out, "back\\slash \\N\n", 14);
    assert_string_equal(sg_strbuf_text(&out), "back\\\\slash \\\\N ");
    sg_strbuf_clear(&out);
}

struct fixture {
    sg_graph *graph;
    sg_arena *arena;
    sg_network network;
    sg_alliances *alliances;
};

static void open_fixture(struct fixture *f)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;

    f->graph = fixture_graph(dispute, sizeof dispute / sizeof dispute[0]);
    f->arena = sg_arena_new();
    assert_int_equal(sg_network_count(f->graph, &selection, f->arena, &f->network, &err), SG_OK);
    assert_int_equal(sg_alliances_find(&f->network, &options, f->arena, &f->alliances, &err),
                     SG_OK);
}

static void close_fixture(struct fixture *f)
{
    sg_arena_free(f->arena);
    sg_graph_close(f->graph);
}

static void the_map_draws_sign_three_times_and_repeats(void **state)
{
    struct sg_picture_options options = SG_PICTURE_OPTIONS_INIT;
    struct fixture f;
    sg_strbuf first = SG_STRBUF_INIT;
    sg_strbuf again = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    open_fixture(&f);
    assert_int_equal(sg_map_dot(&f.network, f.alliances, &options, &first, &err), SG_OK);
    assert_int_equal(sg_map_dot(&f.network, f.alliances, &options, &again, &err), SG_OK);
    assert_string_equal(sg_strbuf_text(&first), sg_strbuf_text(&again));
    assert_non_null(strstr(first.data, "color=\"#C44E00\""));
    assert_non_null(strstr(first.data, "style=dashed"));
    assert_non_null(strstr(first.data, "=tee"));
    assert_non_null(strstr(first.data, "cluster_0"));
    assert_non_null(strstr(first.data, "Union &lt;A&amp;B&gt;"));
    assert_non_null(strstr(first.data, "6 statements, 4 actors, 2 positions"));
    sg_strbuf_clear(&first);
    sg_strbuf_clear(&again);
    close_fixture(&f);
}

static size_t statements_in_table(const sg_graph *graph, const char *status)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_result *result = NULL;
    sg_error err = SG_ERROR_INIT;
    size_t rows;

    selection.status = status;
    assert_int_equal(sg_statements_result(graph, &selection, &result, &err), SG_OK);
    rows = sg_result_rows(result);
    sg_result_free(result);
    return rows;
}

static void tables_show_rejected_statements_and_take_no_status_as_proposed(void **state)
{
    static const struct fixture_statement statements[] = {
        { "Union", "Organisation", "OPPOSES", "plan", 100, 0.9, NULL },
        { "Union", "Organisation", "SUPPORTS", "strike", 100, 0.9, "proposed" },
        { "Minister", "Person", "SUPPORTS", "plan", 100, 0.9, "rejected" },
    };
    sg_graph *graph = fixture_graph(statements, sizeof statements / sizeof statements[0]);

    (void) state;
    assert_int_equal(statements_in_table(graph, NULL), 3);
    assert_int_equal(statements_in_table(graph, "proposed"), 2);
    assert_int_equal(statements_in_table(graph, "rejected"), 1);
    sg_graph_close(graph);
}

static void hidden_actors_are_announced(void **state)
{
    struct sg_picture_options options = SG_PICTURE_OPTIONS_INIT;
    struct fixture f;
    sg_strbuf dot = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    options.max_actors = 2;
    options.max_positions = 1;
    open_fixture(&f);
    assert_int_equal(sg_map_dot(&f.network, f.alliances, &options, &dot, &err), SG_OK);
    assert_non_null(strstr(dot.data, "Not shown: 2 actors and 1 position"));
    sg_strbuf_clear(&dot);
    close_fixture(&f);
}

static void svg_is_stable_and_readable_aloud(void **state)
{
    struct sg_picture_options options = SG_PICTURE_OPTIONS_INIT;
    struct fixture f;
    sg_strbuf dot = SG_STRBUF_INIT;
    sg_strbuf svg = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    open_fixture(&f);
    assert_int_equal(sg_alliance_dot(&f.network, f.alliances, &options, &dot, &err), SG_OK);
    assert_int_equal(sg_render(dot.data, dot.len, "svg", &svg, &err), SG_OK);
    assert_null(strstr(svg.data, "<!--"));
    assert_non_null(strstr(svg.data, "role=\"img\""));
    assert_non_null(strstr(svg.data, "Liberation Sans, Arial"));
    assert_non_null(
        strstr(svg.data, "<title>Minister and Ministry: agree on 1, disagree on 0</title>"));
    sg_strbuf_clear(&dot);
    sg_strbuf_clear(&svg);
    close_fixture(&f);
}

static void a_text_that_is_no_dot_is_refused(void **state)
{
    sg_strbuf svg = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    assert_int_not_equal(sg_render("no graph", 8, "svg", &svg, &err), SG_OK);
    assert_int_equal(svg.len, 0);
    sg_strbuf_clear(&svg);
}

static void statements_are_sorted_by_day_and_hashed(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_graph *graph = fixture_graph(dispute, sizeof dispute / sizeof dispute[0]);
    sg_result *result = NULL;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    assert_int_equal(sg_statements_result(graph, &selection, &result, &err), SG_OK);
    assert_int_equal(sg_result_rows(result), 6);
    assert_memory_equal(sg_result_cell(result, 0, 7).as.string, "Minister", 8);
    assert_memory_equal(sg_result_cell(result, 5, 7).as.string, "Ministry", 8);
    assert_int_equal(sg_result_cell(result, 0, 23).len, 12);
    sg_result_free(result);
    sg_graph_close(graph);
}

static sg_result *sample;

static void write_narrow_table(FILE *stream)
{
    struct sg_rows_options options = SG_ROWS_OPTIONS_INIT;

    options.width = 24;
    sg_rows_write(sample, NULL, &options, stream);
}

static void tables_fit_the_terminal_and_align_numbers(void **state)
{
    static const char *const columns[] = { "name", "n" };
    sg_value rows[2][2] = {
        { sg_value_text("a rather long name that is cut"), sg_value_integer(5) },
        { sg_value_text("b"), sg_value_integer(12) },
    };
    char *text;

    (void) state;
    sample = sg_result_new(columns, 2);
    sg_result_add(sample, rows[0]);
    sg_result_add(sample, rows[1]);
    text = written(write_narrow_table);
    assert_string_equal(text, "name                   n\n"
                              "--------------------  --\n"
                              "a rather long name \xE2\x80\xA6   5\n"
                              "b                     12\n");
    free(text);
    sg_result_free(sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_only_what_rfc_4180_asks_for),
        cmocka_unit_test(excel_csv_has_a_mark_and_guards_formulas),
        cmocka_unit_test(labels_escape_and_wrap_at_words),
        cmocka_unit_test(the_map_draws_sign_three_times_and_repeats),
        cmocka_unit_test(tables_show_rejected_statements_and_take_no_status_as_proposed),
        cmocka_unit_test(hidden_actors_are_announced),
        cmocka_unit_test(svg_is_stable_and_readable_aloud),
        cmocka_unit_test(a_text_that_is_no_dot_is_refused),
        cmocka_unit_test(statements_are_sorted_by_day_and_hashed),
        cmocka_unit_test(tables_fit_the_terminal_and_align_numbers),
    };

    return cmocka_run_group_tests_name("export/export", tests, NULL, NULL);
}
