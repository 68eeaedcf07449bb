/* Reading an article again: what the new reading gives anew keeps its id, what a person touched
 * stays as he left it, the rest goes. */

#include <string.h>

#include "facts_internal.h"

static sg_status gather_statements(struct sg_facts *facts, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    /* The first log entry about a statement holds it as it was proposed. */
    sg_status status = sg_sql_query(
        facts->store, &rows, err,
        "SELECT s.id, s.actor, s.target, s.stance, s.quote_start, s.quote_end,"
        "  coalesce(s.touched, 0), coalesce(l.actor, s.actor), coalesce(l.target, s.target),"
        "  coalesce(l.stance, s.stance), coalesce(l.quote_start, s.quote_start),"
        "  coalesce(l.quote_end, s.quote_end)"
        " FROM statement s LEFT JOIN log_statement l ON l.id = s.id AND l.log ="
        "   (SELECT min(m.log) FROM log_statement m WHERE m.id = s.id)"
        " WHERE s.article = ?1 AND s.quote_start IS NOT NULL ORDER BY s.id",
        "i", facts->older);

    while (status == SG_OK) {
        struct sg_old_statement *old;

        status = sg_sql_step(facts->store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        SG_ARENA_GROW(facts->arena, facts->old, facts->old_capacity, facts->old_count + 1);
        old = &facts->old[facts->old_count++];
        memset(old, 0, sizeof *old);
        old->now.id = sqlite3_column_int64(rows, 0);
        old->now.actor = sqlite3_column_int64(rows, 1);
        old->now.target = sqlite3_column_int64(rows, 2);
        old->now.stance = sqlite3_column_int(rows, 3);
        old->now.start = (uint32_t) sqlite3_column_int64(rows, 4);
        old->now.end = (uint32_t) sqlite3_column_int64(rows, 5);
        old->touched = sqlite3_column_int(rows, 6) != 0;
        old->actor = sqlite3_column_int64(rows, 7);
        old->target = sqlite3_column_int64(rows, 8);
        old->stance = sqlite3_column_int(rows, 9);
        old->start = (uint32_t) sqlite3_column_int64(rows, 10);
        old->end = (uint32_t) sqlite3_column_int64(rows, 11);
    }
    sg_sql_done(rows);
    return status;
}

static void remember_rel(struct sg_facts *facts, int64_t id)
{
    SG_ARENA_GROW(facts->arena, facts->old_rels, facts->old_rel_capacity, facts->old_rel_count + 1);
    facts->old_rels[facts->old_rel_count++] = id;
}

static sg_status gather_rels(struct sg_facts *facts, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = sg_sql_query(
        facts->store, &rows, err,
        "SELECT DISTINCT e.rel FROM evidence e JOIN rel r ON r.id = e.rel WHERE e.article = ?1"
        " UNION SELECT r.id FROM rel r JOIN rel_type t ON t.id = r.type"
        "   AND t.name = 'MENTIONED_IN' WHERE r.target = ?1",
        "i", facts->older);

    while (status == SG_OK) {
        status = sg_sql_step(facts->store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        remember_rel(facts, sqlite3_column_int64(rows, 0));
    }
    sg_sql_done(rows);
    return status;
}

static sg_status gather_nodes(struct sg_facts *facts, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = sg_sql_query(
        facts->store, &rows, err,
        "SELECT node FROM mention WHERE article = ?1"
        " UNION SELECT r.source FROM rel r JOIN rel_type t ON t.id = r.type"
        "   AND t.name = 'MENTIONED_IN' WHERE r.target = ?1"
        " UNION SELECT actor FROM statement WHERE article = ?1 AND quote_start IS NOT NULL"
        " UNION SELECT target FROM statement WHERE article = ?1 AND quote_start IS NOT NULL",
        "i", facts->older);

    facts->old_nodes = sg_map_new();
    while (status == SG_OK) {
        int64_t id;

        status = sg_sql_step(facts->store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        id = sqlite3_column_int64(rows, 0);
        (void) sg_map_put(facts->old_nodes, (const char *) &id, sizeof id, (uint64_t) id);
    }
    sg_sql_done(rows);
    return status;
}

sg_status sg_facts_gather_old(struct sg_facts *facts, sg_error *err)
{
    sg_status status = gather_statements(facts, err);

    if (status == SG_OK)
        status = gather_nodes(facts, err);
    if (status == SG_OK && facts->beside)
        return SG_OK;
    if (status == SG_OK)
        status = gather_rels(facts, err);
    if (status == SG_OK)
        status = sg_sql_run(facts->store, err,
                            "DELETE FROM evidence WHERE article = ?1 AND rel NOT IN"
                            " (SELECT id FROM statement WHERE article = ?1 AND touched = 1)",
                            "i", facts->older);
    if (status == SG_OK)
        status = sg_sql_run(facts->store, err, "DELETE FROM mention WHERE article = ?1", "i",
                            facts->older);
    return status;
}

static bool overlap(uint32_t a_start, uint32_t a_end, uint32_t b_start, uint32_t b_end)
{
    return a_start < b_end && b_start < a_end;
}

struct sg_old_statement *sg_facts_match_old(struct sg_facts *facts, const sg_store_statement *s)
{
    bool same_text = facts->older == facts->article;

    for (size_t i = 0; i < facts->old_count; i++) {
        struct sg_old_statement *old = &facts->old[i];
        bool same = old->actor == s->actor && old->target == s->target && old->stance == s->stance;
        bool now = old->now.actor == s->actor && old->now.target == s->target &&
                   old->now.stance == s->stance;

        if (old->touched && (same || now) &&
            (!same_text || overlap(old->start, old->end, s->start, s->end) ||
             overlap(old->now.start, old->now.end, s->start, s->end)))
            return old;
        if (!old->touched && !old->seen && same && same_text && old->start == s->start &&
            old->end == s->end)
            return old;
    }
    return NULL;
}

/* ---- what is left over ---- */

/* Moves a touched statement to the new version where its words still stand in the text; else it
 * stays with the old version. */
static sg_status move_to_version(struct sg_facts *facts, const struct sg_old_statement *old,
                                 sg_error *err)
{
    const sg_document *document = facts->extraction->document;
    const char *text = NULL;
    const char *found = NULL;
    size_t len = 0;
    size_t n = old->now.end - old->now.start;
    sg_status status =
        sg_store_article_text(facts->store, facts->older, facts->arena, &text, &len, err);

    if (status != SG_OK || text == NULL || n == 0 || old->now.end > len || n > document->len)
        return status;
    for (size_t i = 0; i + n <= document->len && found == NULL; i++) {
        if (memcmp(document->text + i, text + old->now.start, n) == 0)
            found = document->text + i;
    }
    if (found == NULL)
        return SG_OK;
    status = sg_store_touch(facts->store, SG_ROW_STATEMENT, old->now.id, err);
    if (status == SG_OK)
        status = sg_sql_run(facts->store, err,
                            "UPDATE statement SET article = ?2, quote_start = ?3, quote_end = ?4"
                            " WHERE id = ?1",
                            "iiii", old->now.id, facts->article, (int64_t) (found - document->text),
                            (int64_t) (found - document->text) + (int64_t) n);
    sg_store_mix_numbers(facts->store, old->now.id, facts->article, found - document->text);
    return status;
}

static sg_status drop_statements(struct sg_facts *facts, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < facts->old_count; i++) {
        struct sg_old_statement *old = &facts->old[i];

        if (old->touched) {
            facts->changes->kept_by_hand++;
            if (facts->older != facts->article)
                status = move_to_version(facts, old, err);
        } else if (!old->seen) {
            facts->changes->removed++;
            status = sg_store_delete_rel(facts->store, old->now.id, err);
        }
    }
    return status;
}

static sg_status drop_rels(struct sg_facts *facts, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < facts->old_rel_count; i++) {
        int64_t id = facts->old_rels[i];
        int64_t alive = 0;

        status =
            sg_sql_number(facts->store, 0, &alive, err,
                          "SELECT EXISTS (SELECT 1 FROM evidence WHERE rel = ?1)"
                          " OR EXISTS (SELECT 1 FROM log_touch WHERE kind = 1 AND id = ?1)"
                          " OR EXISTS (SELECT 1 FROM rel r JOIN mention m ON m.article = r.target"
                          "      AND m.node = r.source WHERE r.id = ?1)",
                          "i", id);
        if (status == SG_OK && alive == 0)
            status = sg_store_delete_rel(facts->store, id, err);
    }
    return status;
}

/* A node that only this reading gave goes with it, unless a person had a hand in it. */
static sg_status drop_node(struct sg_facts *facts, int64_t id, sg_error *err)
{
    int64_t alive = 0;
    sg_status status =
        sg_sql_number(facts->store, 1, &alive, err,
                      "SELECT EXISTS (SELECT 1 FROM mention WHERE node = ?1)"
                      " OR EXISTS (SELECT 1 FROM rel WHERE source = ?1)"
                      " OR EXISTS (SELECT 1 FROM rel WHERE target = ?1)"
                      " OR EXISTS (SELECT 1 FROM statement WHERE actor = ?1)"
                      " OR EXISTS (SELECT 1 FROM statement WHERE target = ?1)"
                      " OR EXISTS (SELECT 1 FROM alias WHERE node = ?1 AND decided = 1)"
                      " OR EXISTS (SELECT 1 FROM log_touch WHERE kind = 0 AND id = ?1)"
                      " OR NOT EXISTS (SELECT 1 FROM node WHERE id = ?1)",
                      "i", id);

    if (status == SG_OK && alive == 0)
        status = sg_store_delete_node(facts->store, id, err);
    return status;
}

sg_status sg_facts_drop_old(struct sg_facts *facts, sg_error *err)
{
    sg_status status = drop_statements(facts, err);

    if (status == SG_OK)
        status = drop_rels(facts, err);
    for (size_t i = 0; status == SG_OK && i < sg_map_size(facts->old_nodes); i++) {
        uint64_t id = 0;

        (void) sg_map_entry(facts->old_nodes, i, NULL, &id);
        status = drop_node(facts, (int64_t) id, err);
    }
    return status;
}
