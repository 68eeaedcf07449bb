/* Decisions about single statements. A touched statement is the person's from then on: reading its
 * article again leaves it alone. */

#include <string.h>

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

/* ---- what there is to judge ---- */

/* The paragraph around the quote: from line break to line break. */
static void cut_paragraph(sg_review_item *item, const char *text, size_t len, size_t start,
                          size_t end)
{
    size_t from = start;
    size_t to = end;

    while (from > 0 && text[from - 1] != '\n')
        from--;
    while (to < len && text[to] != '\n')
        to++;
    item->paragraph = text + from;
    item->paragraph_len = to - from;
    item->quote_start = start - from;
    item->quote_end = end - from;
}

static sg_status fill_text(sg_store *store, const sg_store_statement *s, sg_arena *arena,
                           sg_review_item *item, sg_error *err)
{
    const char *text = NULL;
    size_t len = 0;
    sg_value map;
    sg_status status = SG_OK;

    item->paragraph = "";
    if (s->article != 0)
        status = sg_store_article_text(store, s->article, arena, &text, &len, err);
    if (status == SG_OK && text != NULL && s->start <= s->end && s->end <= len) {
        cut_paragraph(item, text, len, s->start, s->end);
    } else if (s->extra != NULL && sg_props_read(s->extra, s->extra_len, arena, &map)) {
        sg_value quote = sg_props_find(map, "quote");

        if (quote.type == SG_STRING) {
            item->paragraph = sg_arena_strndup(arena, quote.as.string, quote.len);
            item->paragraph_len = quote.len;
            item->quote_end = quote.len;
        }
    }
    return status;
}

static sg_status fill_names(sg_store *store, const sg_store_statement *s, sg_arena *arena,
                            sg_review_item *item, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    bool found = false;
    sg_status status =
        sg_sql_query(store, &row, err,
                     "SELECT a.name, t.name, l.labels LIKE '%\"Position\"%',"
                     "  (SELECT json_extract(props, '$.title') FROM node WHERE id = ?3)"
                     " FROM node a, node t JOIN label_set l ON l.id = t.label_set"
                     " WHERE a.id = ?1 AND t.id = ?2",
                     "iii", s->actor, s->target, s->article);

    item->actor_name = item->target_name = "";
    if (status == SG_OK)
        status = sg_sql_step(store, row, &found, err);
    if (found) {
        const char *actor = sg_sql_text(row, 0, arena);
        const char *target = sg_sql_text(row, 1, arena);

        item->actor_name = actor != NULL ? actor : "";
        item->target_name = target != NULL ? target : "";
        item->target_is_position = sqlite3_column_int(row, 2) != 0;
        item->title = sg_sql_text(row, 3, arena);
    }
    sg_sql_done(row);
    return status;
}

sg_status sg_review_get(sg_store *store, int64_t id, sg_arena *arena, sg_review_item *item,
                        bool *found_out, sg_error *err)
{
    sg_store_statement s;
    char day[SG_DAY_SIZE];
    sg_status status = sg_store_find_statement(store, id, &s, found_out, err);

    memset(item, 0, sizeof *item);
    if (status != SG_OK || !*found_out)
        return status;
    item->id = s.id;
    item->actor = s.actor;
    item->target = s.target;
    item->stance = s.stance;
    item->confidence = s.confidence;
    item->mode = sg_mode_name(s.mode);
    if (s.day != SG_STORE_NO_DAY) {
        sg_day_format(s.day, day);
        item->date = sg_arena_strdup(arena, day);
    }
    status = fill_text(store, &s, arena, item, err);
    if (status == SG_OK)
        status = fill_names(store, &s, arena, item, err);
    return status;
}

sg_status sg_review_find(sg_store *store, int64_t after, bool backwards, double max_confidence,
                         sg_arena *arena, sg_review_item *item, bool *found_out, sg_error *err)
{
    int64_t id = 0;
    sg_status status =
        backwards ? sg_sql_number(store, 0, &id, err,
                                  "SELECT id FROM statement WHERE status = 0 AND id < ?1"
                                  " AND coalesce(confidence, 0) <= ?2 ORDER BY id DESC LIMIT 1",
                                  "id", after, max_confidence)
                  : sg_sql_number(store, 0, &id, err,
                                  "SELECT id FROM statement WHERE status = 0 AND id > ?1"
                                  " AND coalesce(confidence, 0) <= ?2 ORDER BY id LIMIT 1",
                                  "id", after, max_confidence);

    *found_out = false;
    if (status != SG_OK || id == 0)
        return status;
    return sg_review_get(store, id, arena, item, found_out, err);
}

sg_status sg_review_count(sg_store *store, double max_confidence, int64_t *count_out, sg_error *err)
{
    return sg_sql_number(store, 0, count_out, err,
                         "SELECT count(*) FROM statement WHERE status = 0"
                         " AND coalesce(confidence, 0) <= ?1",
                         "d", max_confidence);
}
