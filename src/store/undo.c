/* The log and taking back. An entry keeps every row it touched as it was before (tables log_*); to
 * take it back, those rows are put in place of what is there now. */

#include "stance/decision.h"

#include "store_internal.h"

sg_status sg_store_read_log(sg_store *store, size_t limit,
                            void (*each)(void *data, const sg_log_row *row), void *data,
                            sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool more = false;
    sg_status status = sg_sql_query(store, &rows, err,
                                    "SELECT id, at, who, action, detail, coalesce(undone_by, 0)"
                                    " FROM log ORDER BY id DESC LIMIT ?1",
                                    "i", limit == 0 ? (int64_t) -1 : (int64_t) limit);

    while (status == SG_OK) {
        sg_log_row row;

        status = sg_sql_step(store, rows, &more, err);
        if (status != SG_OK || !more)
            break;
        row.id = sqlite3_column_int64(rows, 0);
        row.at = (const char *) sqlite3_column_text(rows, 1);
        row.who = (const char *) sqlite3_column_text(rows, 2);
        row.action = (const char *) sqlite3_column_text(rows, 3);
        row.detail = (const char *) sqlite3_column_text(rows, 4);
        row.undone_by = sqlite3_column_int64(rows, 5);
        each(data, &row);
    }
    sg_sql_done(rows);
    return status;
}

/* How the rows of one kind are taken out and put back. Statements leave and enter the full-text
 * index, so they go one by one through code. */
static const struct kind {
    const char *remove;
    const char *restore;
} kinds[SG_ROW_KINDS] = {
    [SG_ROW_NODE] = { "DELETE FROM node WHERE id IN"
                      " (SELECT id FROM log_touch WHERE log = ?1 AND kind = 0)",
                      "INSERT INTO node SELECT id, label_set, name, props FROM log_node"
                      " WHERE log = ?1" },
    [SG_ROW_REL] = { "DELETE FROM rel WHERE id IN"
                     " (SELECT id FROM log_touch WHERE log = ?1 AND kind = 1)",
                     "INSERT INTO rel SELECT id, type, source, target, props FROM log_rel"
                     " WHERE log = ?1" },
    [SG_ROW_STATEMENT] = { NULL,
                           "INSERT INTO statement SELECT id, actor, target, stance, article, day,"
                           " quote_start, quote_end, mode, certainty, confidence, origin, status,"
                           " touched, quote_hash, extra FROM log_statement WHERE log = ?1" },
    [SG_ROW_ALIAS] = { "DELETE FROM alias WHERE id IN"
                       " (SELECT id FROM log_touch WHERE log = ?1 AND kind = 3)",
                       "INSERT OR REPLACE INTO alias SELECT id, fold, node, kind, form, joins,"
                       " decided FROM log_alias WHERE log = ?1" },
    [SG_ROW_MENTION] = { "DELETE FROM mention WHERE id IN"
                         " (SELECT id FROM log_touch WHERE log = ?1 AND kind = 4)",
                         "INSERT INTO mention SELECT l.id, l.article, l.node, l.quote_start,"
                         " l.quote_end FROM log_mention l WHERE log = ?1" },
    [SG_ROW_EVIDENCE] = { "DELETE FROM evidence WHERE id IN"
                          " (SELECT id FROM log_touch WHERE log = ?1 AND kind = 5)",
                          "INSERT INTO evidence SELECT id, rel, article, quote_start, quote_end"
                          " FROM log_evidence WHERE log = ?1" },
};

/* Calls `each` for every touched row of a kind. */
static sg_status each_touched(sg_store *store, int64_t log, int kind,
                              sg_status (*each)(sg_store *store, int64_t id, sg_error *err),
                              sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status =
        sg_sql_query(store, &rows, err, "SELECT id FROM log_touch WHERE log = ?1 AND kind = ?2",
                     "ii", log, (int64_t) kind);

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        status = each(store, sqlite3_column_int64(rows, 0), err);
    }
    sg_sql_done(rows);
    return status;
}

static sg_status touch_node(sg_store *store, int64_t id, sg_error *err)
{
    (void) err;
    sg_store_touch_id(store, SG_STORE_NODE, id);
    sg_store_mix_numbers(store, id, 0, -7);
    return SG_OK;
}

static sg_status touch_rel(sg_store *store, int64_t id, sg_error *err)
{
    (void) err;
    sg_store_touch_id(store, SG_STORE_REL, id);
    sg_store_mix_numbers(store, id, 1, -7);
    return SG_OK;
}

static sg_status remove_statement(sg_store *store, int64_t id, sg_error *err)
{
    sg_store_touch_id(store, SG_STORE_REL, id);
    return sg_statement_remove(store, id, err);
}

static sg_status put_back(sg_store *store, int64_t log, sg_error *err)
{
    sg_status status = each_touched(store, log, SG_ROW_NODE, touch_node, err);

    if (status == SG_OK)
        status = each_touched(store, log, SG_ROW_REL, touch_rel, err);
    if (status == SG_OK)
        status = each_touched(store, log, SG_ROW_STATEMENT, remove_statement, err);
    for (int kind = 0; status == SG_OK && kind < SG_ROW_KINDS; kind++) {
        if (kinds[kind].remove != NULL)
            status = sg_sql_run(store, err, kinds[kind].remove, "i", log);
    }
    for (int kind = 0; status == SG_OK && kind < SG_ROW_KINDS; kind++)
        status = sg_sql_run(store, err, kinds[kind].restore, "i", log);
    if (status == SG_OK)
        status = sg_sql_run(store, err,
                            "INSERT INTO statement_search (rowid, quote) SELECT q.id, q.quote"
                            " FROM statement_quote q JOIN log_statement l ON l.id = q.id"
                            "   AND l.log = ?1 AND l.quote_hash IS NOT NULL",
                            "i", log);
    return status;
}

static sg_status find_entry(sg_store *store, int64_t id, int64_t *found_out, sg_error *err)
{
    int64_t later = 0;
    sg_status status = id == 0
                           ? sg_sql_number(store, 0, found_out, err,
                                           "SELECT max(id) FROM log WHERE undone_by IS NULL"
                                           " AND action NOT IN ('undo', 'load')",
                                           "")
                           : sg_sql_number(store, 0, found_out, err,
                                           "SELECT id FROM log WHERE id = ?1 AND undone_by IS NULL"
                                           " AND action NOT IN ('undo', 'load')",
                                           "i", id);

    if (status != SG_OK)
        return status;
    if (*found_out == 0) {
        sg_error_hint(err, "'stance log' lists the changes");
        return id == 0 ? sg_error_set(err, SG_ERR_INPUT, "there is nothing to undo")
                       : sg_error_set(err, SG_ERR_INPUT, "entry %lld cannot be undone, or was",
                                      (long long) id);
    }
    status = sg_sql_number(store, 0, &later, err,
                           "SELECT max(o.log) FROM log_touch t JOIN log_touch o"
                           "  ON o.kind = t.kind AND o.id = t.id AND o.log > t.log"
                           " JOIN log l ON l.id = o.log AND l.undone_by IS NULL"
                           "   AND l.action <> 'undo' WHERE t.log = ?1",
                           "i", *found_out);
    if (status == SG_OK && later != 0) {
        sg_error_hint(err, "undo %lld first", (long long) later);
        return sg_error_set(err, SG_ERR_INPUT, "entry %lld changed the same things later",
                            (long long) later);
    }
    return status;
}

sg_status sg_store_undo(sg_store *store, int64_t id, int64_t *undone_out, sg_error *err)
{
    char detail[48];
    int64_t entry = 0;
    int64_t own;
    sg_status status = find_entry(store, id, &entry, err);

    if (status != SG_OK)
        return status;
    (void) snprintf(detail, sizeof detail, "entry %lld", (long long) entry);
    status = sg_store_begin_logged(store, "undo", detail, err);
    if (status != SG_OK)
        return status;
    own = store->log;
    store->log = 0; /* an undo is not itself taken back */
    status = sg_sql_script(store, "PRAGMA defer_foreign_keys = ON", err);
    if (status == SG_OK)
        status = put_back(store, entry, err);
    if (status == SG_OK)
        status =
            sg_sql_run(store, err, "UPDATE log SET undone_by = ?2 WHERE id = ?1", "ii", entry, own);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    else
        sg_store_rollback(store);
    if (status == SG_OK && undone_out != NULL)
        *undone_out = entry;
    return status;
}
