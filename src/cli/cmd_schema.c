#include <stdint.h>
#include <string.h>

#include "graph_session.h"
#include "procedures.h"

/* `stance schema`: the labels, relationship types and property keys in use, and the procedures. */

static void add(sg_result *result, const char *kind, const char *name, int64_t count)
{
    sg_value cells[] = { sg_value_text(kind), sg_value_text(name),
                         count >= 0 ? sg_value_integer(count) : sg_value_null() };

    sg_result_add(result, cells);
}

static void add_symbols(sg_result *result, const sg_graph *graph, sg_symbol_kind kind,
                        const char *what)
{
    for (sg_symbol s = 0; s < sg_graph_symbol_count(graph, kind); s++) {
        int64_t count = -1;

        if (kind == SG_LABEL)
            count = (int64_t) sg_graph_label_count(graph, s);
        else if (kind == SG_REL_TYPE)
            count = (int64_t) sg_graph_type_count(graph, s);
        if (count != 0)
            add(result, what, sg_graph_symbol_name(graph, kind, s), count);
    }
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    static const char *const columns[] = { "kind", "name", "count" };
    struct sg_procedure procedures[SG_PROCEDURES];
    struct sg_session session;
    sg_result *result;
    sg_status status = sg_session_open(args, &session, err);

    if (status != SG_OK)
        return status;
    result = sg_result_new(columns, 3);
    add_symbols(result, session.graph, SG_LABEL, "label");
    add_symbols(result, session.graph, SG_REL_TYPE, "relationship");
    add_symbols(result, session.graph, SG_KEY, "property");
    sg_cli_procedures(NULL, procedures);
    for (size_t i = 0; i < SG_PROCEDURES; i++)
        add(result, "procedure", procedures[i].name, -1);
    sg_rows_write(result, session.graph, &session.rows, stdout);
    sg_result_free(result);
    sg_session_close(&session);
    return SG_OK;
}

const struct sg_command sg_cmd_schema = {
    .name = "schema",
    .summary = "labels, relationship types, properties and procedures in use",
    .synopsis = "stance schema [options]",
    .examples = "stance schema\nstance schema --format csv",
    .common = SG_CLI_DB | SG_CLI_FORMAT,
    .run = run,
};
