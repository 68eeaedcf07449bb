/* Relationships that an article gives besides statements. The same affiliation in several articles
 * is one relationship with several passages; `first` and `last` are the dates of its articles. */

#include <string.h>

#include "facts_internal.h"

static sg_status add_evidence(struct sg_facts *facts, int64_t rel, sg_slice slice, sg_error *err)
{
    sg_status status;

    if (slice.start >= slice.end)
        return SG_OK;
    status = sg_sql_run(facts->store, err,
                        "INSERT INTO evidence (rel, article, quote_start, quote_end)"
                        " VALUES (?1, ?2, ?3, ?4)",
                        "iiii", rel, facts->article, (int64_t) slice.start, (int64_t) slice.end);
    if (status == SG_OK)
        status = sg_store_touch_new(facts->store, SG_ROW_EVIDENCE,
                                    sqlite3_last_insert_rowid(facts->store->db), err);
    return status;
}

/* The relationship between two nodes with this role (NULL: none), or 0. */
static sg_status find_rel(struct sg_facts *facts, const char *type, int64_t source, int64_t target,
                          const char *role, int64_t *id_out, sg_error *err)
{
    int64_t type_id = 0;
    sg_status status = sg_symbols_type(facts->store, type, &type_id, err);

    if (status != SG_OK)
        return status;
    return sg_sql_number(facts->store, 0, id_out, err,
                         "SELECT id FROM rel WHERE source = ?2 AND target = ?3 AND type = ?1"
                         " AND json_extract(props, '$.role') IS ?4 ORDER BY id LIMIT 1",
                         "iiit", type_id, source, target, role);
}

static const char *quote_of(struct sg_facts *facts, sg_slice slice)
{
    if (slice.start >= slice.end)
        return NULL;
    return sg_arena_strndup(facts->arena, sg_document_at(facts->extraction->document, slice.start),
                            slice.end - slice.start);
}

static const char *date_of(struct sg_facts *facts)
{
    char date[SG_DAY_SIZE];

    if (facts->extraction->document->day == SG_NO_DAY)
        return NULL;
    sg_day_format(facts->extraction->document->day, date);
    return sg_arena_strdup(facts->arena, date);
}

/* Widens `first` and `last` to this article's date. */
static sg_status widen_dates(struct sg_facts *facts, int64_t id, sg_error *err)
{
    struct sg_props props;
    sg_store_rel rel;
    sg_value map;
    bool found = false;
    bool changed = false;
    const char *date = date_of(facts);
    sg_status status =
        date != NULL ? sg_store_find_rel(facts->store, id, &rel, &found, err) : SG_OK;

    if (status != SG_OK || !found || !sg_props_read(rel.props, rel.props_len, facts->arena, &map))
        return status;
    sg_props_init(&props, facts->arena, map);
    for (int last = 0; last < 2; last++) {
        const char *key = last ? "last" : "first";
        sg_value old = sg_props_find(map, key);
        int order = old.type == SG_STRING && old.len == strlen(date)
                        ? memcmp(date, old.as.string, old.len)
                        : 0;

        if (old.type != SG_STRING || (last ? order > 0 : order < 0)) {
            sg_props_set_text(&props, key, date);
            changed = true;
        }
    }
    return changed ? sg_store_update_rel(facts->store, id, sg_props_value(&props), err) : SG_OK;
}

static sg_status add_affiliation(struct sg_facts *facts, const sg_actor *actor, int64_t source,
                                 const sg_affiliation *affiliation, sg_error *err)
{
    int64_t target = facts->actors[affiliation->organisation];
    const char *type = actor->kind == SG_ACTOR_ORGANISATION ? "PART_OF" : "AFFILIATED_WITH";
    struct sg_props props;
    int64_t id = 0;
    sg_status status;

    if (source == target)
        return SG_OK;
    status = find_rel(facts, type, source, target, affiliation->role, &id, err);
    if (status == SG_OK && id != 0) {
        status = widen_dates(facts, id, err);
    } else if (status == SG_OK) {
        sg_props_init(&props, facts->arena, sg_value_null());
        sg_props_set_text(&props, "role", affiliation->role);
        sg_props_set(&props, "article", sg_value_integer(facts->article));
        sg_props_set_text(&props, "quote", quote_of(facts, affiliation->evidence));
        sg_props_set_text(&props, "first", date_of(facts));
        sg_props_set_text(&props, "last", date_of(facts));
        status = sg_store_create_rel(facts->store, type, source, target, sg_props_value(&props),
                                     &id, err);
    }
    if (status == SG_OK)
        status = add_evidence(facts, id, affiliation->evidence, err);
    return status;
}

static sg_status add_event_rel(struct sg_facts *facts, const char *type, int64_t source,
                               int64_t target, const sg_event *event, sg_error *err)
{
    sg_slice slice = event->mention_count > 0 ? event->mentions[0] : (sg_slice){ 0, 0 };
    struct sg_props props;
    int64_t id = 0;
    sg_status status = find_rel(facts, type, source, target, NULL, &id, err);

    if (status == SG_OK && id == 0) {
        sg_props_init(&props, facts->arena, sg_value_null());
        sg_props_set(&props, "article", sg_value_integer(facts->article));
        sg_props_set_text(&props, "quote", quote_of(facts, slice));
        status = sg_store_create_rel(facts->store, type, source, target, sg_props_value(&props),
                                     &id, err);
    }
    if (status == SG_OK)
        status = add_evidence(facts, id, slice, err);
    return status;
}

static sg_status add_mentions(struct sg_facts *facts, int64_t node, const sg_slice *mentions,
                              size_t count, sg_error *err)
{
    struct sg_props props;
    int64_t id = 0;
    int64_t total = 0;
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < count; i++)
        status = sg_sql_run(facts->store, err,
                            "INSERT INTO mention (article, node, quote_start, quote_end)"
                            " SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM mention"
                            "  WHERE article = ?1 AND node = ?2 AND quote_start = ?3)",
                            "iiii", facts->article, node, (int64_t) mentions[i].start,
                            (int64_t) mentions[i].end);
    /* Two actors of the article may be one node, by decision; so count what is there. */
    if (status == SG_OK)
        status = sg_sql_number(facts->store, 0, &total, err,
                               "SELECT count(*) FROM mention WHERE node = ?1 AND article = ?2",
                               "ii", node, facts->article);
    if (status == SG_OK)
        status = find_rel(facts, "MENTIONED_IN", node, facts->article, NULL, &id, err);
    if (status != SG_OK)
        return status;
    sg_props_init(&props, facts->arena, sg_value_null());
    sg_props_set(&props, "count", sg_value_integer(total));
    if (id == 0)
        return sg_store_create_rel(facts->store, "MENTIONED_IN", node, facts->article,
                                   sg_props_value(&props), &id, err);
    return sg_store_update_rel(facts->store, id, sg_props_value(&props), err);
}

sg_status sg_facts_rels(struct sg_facts *facts, sg_error *err)
{
    const sg_extraction *ex = facts->extraction;
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < ex->actor_count; i++) {
        const sg_actor *actor = &ex->actors[i];

        status = add_mentions(facts, facts->actors[i], actor->mentions, actor->mention_count, err);
        for (size_t j = 0; status == SG_OK && j < actor->affiliation_count; j++)
            status = add_affiliation(facts, actor, facts->actors[i], &actor->affiliations[j], err);
    }
    for (size_t i = 0; status == SG_OK && i < ex->position_count; i++)
        status = add_mentions(facts, facts->positions[i], ex->positions[i].mentions,
                              ex->positions[i].mention_count, err);
    for (size_t i = 0; status == SG_OK && i < ex->event_count; i++) {
        const sg_event *event = &ex->events[i];

        status = add_mentions(facts, facts->events[i], event->mentions, event->mention_count, err);
        for (size_t j = 0; status == SG_OK && j < event->participant_count; j++)
            status = add_event_rel(facts, "TOOK_PART_IN", facts->actors[event->participants[j]],
                                   facts->events[i], event, err);
        if (status == SG_OK && event->about >= 0)
            status = add_event_rel(facts, "ABOUT", facts->events[i], facts->positions[event->about],
                                   event, err);
    }
    return status;
}
