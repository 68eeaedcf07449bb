#ifndef STANCE_TEST_QUERY_FIXTURE_H
#define STANCE_TEST_QUERY_FIXTURE_H

/* Asks a graph in memory and compares the answer, written as text: columns, then rows, cells in the
 * notation of the openCypher TCK, separated by " | ". */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/entity_writer.h"
#include "stance/query.h"
#include "stance/strbuf.h"
#include "stance/value_ops.h"

static sg_status ask_with(sg_graph *graph, const char *text, const struct sg_query_options *options,
                          sg_strbuf *out, sg_query_problem *problem, sg_error *err)
{
    struct sg_entity_writer writer = sg_entity_writer_cypher(graph);
    sg_result *result = NULL;
    sg_status status =
        sg_query_run(graph, text, strlen(text), options, &result, NULL, problem, err);

    for (size_t i = 0; result != NULL && i < sg_result_columns(result); i++)
        sg_strbuf_printf(out, "%s%s", i > 0 ? " | " : "", sg_result_column(result, i));
    for (size_t row = 0; result != NULL && row < sg_result_rows(result); row++) {
        sg_strbuf_putc(out, '\n');
        for (size_t i = 0; i < sg_result_columns(result); i++) {
            sg_strbuf_puts(out, i > 0 ? " | " : "");
            sg_value_write_tck(out, sg_result_cell(result, row, i), &writer);
        }
    }
    sg_result_free(result);
    return status;
}

static inline void must(sg_graph *graph, const char *text)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    if (ask_with(graph, text, &options, &out, NULL, &err) != SG_OK)
        fail_msg("%s: %s", text, err.message);
    sg_strbuf_clear(&out);
}

static inline void assert_answer(sg_graph *graph, const char *text, const char *expected)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf out = SG_STRBUF_INIT;

    if (ask_with(graph, text, &options, &out, NULL, &err) != SG_OK)
        fail_msg("%s: %s", text, err.message);
    assert_string_equal(sg_strbuf_text(&out), expected);
    sg_strbuf_clear(&out);
}

/* The text of the plan. */
static inline void explain(sg_graph *graph, const char *text, sg_strbuf *out)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;

    options.explain = true;
    if (ask_with(graph, text, &options, out, NULL, &err) != SG_OK)
        fail_msg("%s: %s", text, err.message);
}

static inline void assert_refused(sg_graph *graph, const char *text, const char *detail,
                                  const char *message_part)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_query_problem problem;
    sg_strbuf out = SG_STRBUF_INIT;

    assert_int_equal(ask_with(graph, text, &options, &out, &problem, &err), SG_ERR_QUERY);
    assert_string_equal(problem.detail, detail);
    if (strstr(err.message, message_part) == NULL && strstr(err.hint, message_part) == NULL)
        fail_msg("'%s' is not in '%s' (%s)", message_part, err.message, err.hint);
    sg_strbuf_clear(&out);
}

#endif
