#include "stance/decision.h"
#include "stance/result.h"
#include "stance/rows.h"

#include "cli_internal.h"

static void add_row(void *data, const sg_log_row *row)
{
    sg_value cells[] = { sg_value_integer(row->id),
                         sg_value_text(row->at),
                         sg_value_text(row->who),
                         sg_value_text(row->action),
                         sg_value_text(row->detail),
                         row->undone_by != 0 ? sg_value_integer(row->undone_by) : sg_value_null() };

    sg_result_add(data, cells);
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    static const char *const columns[] = { "entry", "when", "who", "what", "detail", "undone_by" };
    struct sg_rows_options rows;
    sg_store *store = NULL;
    sg_result *result = sg_result_new(columns, 6);
    sg_status status = sg_cli_rows(args, &rows, err);

    if (status == SG_OK)
        status = sg_store_open(sg_cli_database(args), SG_STORE_READ, &store, err);
    if (status == SG_OK)
        status = sg_store_read_log(store, rows.limit, add_row, result, err);
    if (status == SG_OK)
        sg_rows_write(result, NULL, &rows, stdout);
    sg_store_close(store);
    sg_result_free(result);
    return status;
}

const struct sg_command sg_cmd_log = {
    .name = "log",
    .summary = "what people changed, when, latest first",
    .synopsis = "stance log [options]",
    .description = "Lists every decision and correction: who made it, when, and whether it was "
                   "taken back.",
    .examples = "stance log --limit 10\n"
                "stance log --format csv",
    .options = NULL,
    .common = SG_CLI_DB | SG_CLI_FORMAT,
    .min_operands = 0,
    .max_operands = 0,
    .run = run,
};
