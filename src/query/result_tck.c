/* Answers for the openCypher TCK runner. */

#include <string.h>

#include "stance/entity_writer.h"
#include "stance/query.h"
#include "stance/value_ops.h"

static void write_columns(const sg_result *result, sg_strbuf *out)
{
    sg_strbuf_puts(out, "{\"columns\": [");
    for (size_t i = 0; i < sg_result_columns(result); i++) {
        const char *name = sg_result_column(result, i);

        sg_strbuf_puts(out, i > 0 ? ", " : "");
        sg_json_write_string(out, name, strlen(name));
    }
    sg_strbuf_puts(out, "],\n \"rows\": [");
}

static void write_rows(const sg_result *result, const sg_graph *graph, sg_strbuf *out)
{
    struct sg_entity_writer writer = sg_entity_writer_cypher(graph);
    sg_strbuf cell = SG_STRBUF_INIT;

    for (size_t row = 0; row < sg_result_rows(result); row++) {
        sg_strbuf_puts(out, row > 0 ? ",\n  [" : "\n  [");
        for (size_t i = 0; i < sg_result_columns(result); i++) {
            sg_strbuf_reset(&cell);
            sg_value_write_tck(&cell, sg_result_cell(result, row, i), &writer);
            sg_strbuf_puts(out, i > 0 ? ", " : "");
            sg_json_write_string(out, sg_strbuf_text(&cell), cell.len);
        }
        sg_strbuf_puts(out, "]");
    }
    sg_strbuf_clear(&cell);
}

void sg_result_write_tck(const sg_result *result, const sg_graph *graph,
                         const sg_graph_changes *changes, sg_strbuf *out)
{
    write_columns(result, out);
    write_rows(result, graph, out);
    sg_strbuf_printf(out,
                     "],\n \"stats\": {\"nodes_created\": %zu, \"nodes_deleted\": %zu, "
                     "\"relationships_created\": %zu, \"relationships_deleted\": %zu, "
                     "\"labels_added\": %zu, \"labels_removed\": %zu, "
                     "\"properties_set\": %zu, \"properties_removed\": %zu}}\n",
                     changes->nodes_created, changes->nodes_deleted, changes->relationships_created,
                     changes->relationships_deleted, changes->labels_added, changes->labels_removed,
                     changes->properties_set, changes->properties_removed);
}

void sg_query_problem_write_tck(const sg_query_problem *problem, const sg_error *err,
                                sg_strbuf *out)
{
    const char *type = problem->type[0] != '\0' ? problem->type : "DatabaseError";

    sg_strbuf_puts(out, "{\"error\": {\"type\": ");
    sg_json_write_string(out, type, strlen(type));
    sg_strbuf_puts(out, ", \"phase\": ");
    sg_json_write_string(out, problem->phase, strlen(problem->phase));
    sg_strbuf_puts(out, ", \"detail\": ");
    sg_json_write_string(out, problem->detail, strlen(problem->detail));
    sg_strbuf_puts(out, ", \"message\": ");
    sg_json_write_string(out, err->message, strlen(err->message));
    sg_strbuf_puts(out, "}}\n");
}
