#include <string.h>

#include "stance/result.h"
#include "stance/rows.h"
#include "stance/store.h"

#include "cli_internal.h"

static void add(sg_result *result, const char *what, int64_t count)
{
    sg_value cells[] = { sg_value_text(what), sg_value_integer(count) };

    sg_result_add(result, cells);
}

static void add_day(sg_result *result, const char *what, int64_t day)
{
    char text[SG_DAY_SIZE];
    sg_value cells[] = { sg_value_text(what), sg_value_null() };

    if (day != SG_STORE_NO_DAY) {
        sg_day_format((int32_t) day, text);
        cells[1] = sg_value_text(text);
    }
    sg_result_add(result, cells);
}

static sg_result *make_rows(const char *path, const sg_store_counts *c)
{
    static const char *const columns[] = { "what", "value" };
    sg_result *result = sg_result_new(columns, 2);
    sg_value database[] = { sg_value_text("database"), sg_value_text(path) };

    sg_result_add(result, database);
    add(result, "schema", c->schema);
    add(result, "bytes", c->bytes);
    add(result, "articles", c->articles);
    add(result, "older versions", c->superseded);
    add(result, "near-duplicates", c->duplicates);
    add(result, "persons", c->persons);
    add(result, "organisations", c->organisations);
    add(result, "groups", c->groups);
    add(result, "positions", c->positions);
    add(result, "events", c->events);
    add(result, "statements", c->statements);
    add(result, "supporting", c->supporting);
    add(result, "opposing", c->opposing);
    add(result, "accepted", c->accepted);
    add(result, "rejected", c->rejected);
    add_day(result, "first date", c->first_day);
    add_day(result, "last date", c->last_day);
    add(result, "nodes", c->nodes);
    add(result, "relationships", c->relationships);
    return result;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_rows_options rows;
    sg_store_counts counts;
    sg_store *store = NULL;
    sg_status status = sg_cli_rows(args, &rows, err);

    if (status == SG_OK)
        status = sg_store_open(sg_cli_database(args), SG_STORE_READ, &store, err);
    if (status == SG_OK)
        status = sg_store_count(store, &counts, err);
    if (status == SG_OK) {
        sg_result *result = make_rows(sg_store_path(store), &counts);

        sg_rows_write(result, NULL, &rows, stdout);
        sg_result_free(result);
    }
    sg_store_close(store);
    return status;
}

const struct sg_command sg_cmd_info = {
    .name = "info",
    .summary = "what the database holds, in numbers",
    .synopsis = "stance info [options]",
    .description = NULL,
    .examples = "stance info\n"
                "stance info --db contract.db --format json",
    .options = NULL,
    .common = SG_CLI_DB | SG_CLI_FORMAT,
    .min_operands = 0,
    .max_operands = 0,
    .run = run,
};
