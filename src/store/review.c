/* Decisions about single statements. A touched statement is the person's from then on: reading its
 * article again leaves it alone. */

#include "stance/decision.h"

#include "store_internal.h"

static sg_status change_one(sg_store *store, int64_t id, const struct sg_statement_change *change,
                            sg_error *err)
{
    sg_store_statement s;
    bool found = false;
    sg_status status = sg_store_find_statement(store, id, &s, &found, err);

    if (status == SG_OK && !found)
        return sg_error_set(err, SG_ERR_INPUT, "there is no statement %lld", (long long) id);
    if (status != SG_OK)
        return status;
    if (change->set_status)
        s.status = (int) change->status;
    if (change->set_stance)
        s.stance = change->stance;
    if (change->actor != 0)
        s.actor = change->actor;
    if (change->target != 0)
        s.target = change->target;
    status = sg_store_touch(store, SG_ROW_STATEMENT, id, err);
    if (status == SG_OK)
        status = sg_statement_replace(store, &s, true, err);
    return status;
}

static const char *describe(const struct sg_statement_change *change)
{
    if (change->actor != 0)
        return "actor";
    if (change->target != 0)
        return "target";
    if (change->set_stance)
        return "stance";
    switch (change->status) {
    case SG_REVIEW_ACCEPTED:
        return "accept";
    case SG_REVIEW_REJECTED:
        return "reject";
    default:
        return "propose";
    }
}

sg_status sg_statement_decide(sg_store *store, const int64_t *ids, size_t count,
                              const struct sg_statement_change *change, sg_error *err)
{
    sg_strbuf detail = SG_STRBUF_INIT;
    sg_status status;

    sg_strbuf_puts(&detail, count == 1 ? "statement" : "statements");
    for (size_t i = 0; i < count && i < 20; i++)
        sg_strbuf_printf(&detail, " %lld", (long long) ids[i]);
    if (count > 20)
        sg_strbuf_printf(&detail, " and %zu more", count - 20);
    status = sg_store_begin_logged(store, describe(change), sg_strbuf_text(&detail), err);
    sg_strbuf_clear(&detail);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; status == SG_OK && i < count; i++)
        status = change_one(store, ids[i], change, err);
    if (status == SG_OK)
        return sg_store_commit(store, err);
    sg_store_rollback(store);
    return status;
}
