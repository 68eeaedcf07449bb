#include "name_decisions.h"

#include <string.h>

#include "stance/result.h"
#include "stance/rows.h"
#include "stance/suggest.h"

#define OPERANDS_MAX 3

struct decision {
    sg_store *store;
    sg_named what;
    const char *operands[OPERANDS_MAX];
    int64_t id; /* of the first operand */
};

static void add_row(void *data, const sg_named_row *row)
{
    sg_value cells[] = { sg_value_integer(row->id),         sg_value_text(row->name),
                         sg_value_text(row->type),          sg_value_text(row->aliases),
                         sg_value_integer(row->statements), sg_value_integer(row->articles) };

    sg_result_add(data, cells);
}

static sg_status list(const struct sg_cli_args *args, sg_store *store, sg_named what, sg_error *err)
{
    static const char *const columns[] = {
        "id", "name", "type", "aliases", "statements", "articles"
    };
    struct sg_rows_options rows;
    sg_result *result = sg_result_new(columns, 6);
    sg_status status = sg_cli_rows(args, &rows, err);

    if (status == SG_OK)
        status = sg_named_list(store, what, add_row, result, err);
    if (status == SG_OK)
        sg_rows_write(result, NULL, &rows, stdout);
    sg_result_free(result);
    return status;
}

static sg_status merge(const struct decision *d, sg_error *err)
{
    int64_t into = 0;
    sg_status status = sg_named_find(d->store, d->what, d->operands[1], &into, err);

    return status == SG_OK ? sg_named_merge(d->store, d->what, d->id, into, err) : status;
}

static sg_status rename_one(const struct decision *d, sg_error *err)
{
    return sg_named_rename(d->store, d->what, d->id, d->operands[1], err);
}

static sg_status add_alias(const struct decision *d, sg_error *err)
{
    return sg_named_alias(d->store, d->what, d->id, d->operands[1], err);
}

static sg_status split(const struct decision *d, sg_error *err)
{
    int64_t made = 0;
    sg_status status = sg_named_split(d->store, d->what, d->id, d->operands[1], &made, err);

    if (status == SG_OK)
        (void) printf("#%lld %s\n", (long long) made, d->operands[1]);
    return status;
}

static sg_status set_type(const struct decision *d, sg_error *err)
{
    return sg_actor_set_type(d->store, d->id, d->operands[1], err);
}

static const struct {
    const char *name;
    sg_status (*run)(const struct decision *d, sg_error *err);
} actions[] = {
    { "merge", merge }, { "rename", rename_one }, { "alias", add_alias },
    { "split", split }, { "type", set_type },
};

static sg_status decide(const struct sg_cli_args *args, struct decision *d, size_t action,
                        sg_error *err)
{
    sg_status status;

    if (sg_cli_operand_count(args) != 3)
        return sg_error_set(err, SG_ERR_USAGE, "'%s' takes two names", actions[action].name);
    d->operands[0] = sg_cli_operand(args, 1);
    d->operands[1] = sg_cli_operand(args, 2);
    status = sg_cli_set_timeout(args, d->store, err);
    if (status == SG_OK)
        status = sg_named_find(d->store, d->what, d->operands[0], &d->id, err);
    return status == SG_OK ? actions[action].run(d, err) : status;
}

sg_status sg_cli_decide_names(const struct sg_cli_args *args, sg_named what, sg_error *err)
{
    static const char *const known[] = { "list", "merge", "rename", "alias", "split", "type" };
    const size_t count = sizeof actions / sizeof actions[0] - (what == SG_NAMED_POSITION ? 1 : 0);
    const char *action = sg_cli_operand_count(args) > 0 ? sg_cli_operand(args, 0) : "list";
    struct decision d = { .what = what };
    bool listing = strcmp(action, "list") == 0;
    size_t i = 0;
    sg_status status;

    while (i < count && strcmp(actions[i].name, action) != 0)
        i++;
    if (!listing && i == count) {
        const char *nearest = sg_suggest(action, known, count + 1);

        if (nearest != NULL)
            sg_error_hint(err, "did you mean '%s'?", nearest);
        return sg_error_set(err, SG_ERR_USAGE, "there is no action '%s'", action);
    }
    status = sg_store_open(sg_cli_database(args), listing ? SG_STORE_READ : SG_STORE_WRITE,
                           &d.store, err);
    if (status == SG_OK)
        status = listing ? list(args, d.store, what, err) : decide(args, &d, i, err);
    sg_store_close(d.store);
    return status;
}
