/* One article into the store, in one transaction: version, nodes, relationships, statements, and
 * what an older reading leaves. */

#include <math.h>
#include <string.h>

#include "facts_internal.h"

static int64_t target_of(const struct sg_facts *facts, const sg_statement *s)
{
    switch (s->target_kind) {
    case SG_TARGET_POSITION:
        return facts->positions[s->target];
    case SG_TARGET_ACTOR:
        return facts->actors[s->target];
    default:
        return facts->events[s->target];
    }
}

/* Four decimals: what a probability estimated from text can mean, and the same when printed. */
static double round_confidence(float confidence)
{
    return confidence < 0.0f ? -1.0 : round((double) confidence * 10000.0) / 10000.0;
}

static sg_status add_passages(struct sg_facts *facts, int64_t id, const sg_statement *s,
                              sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < s->more_evidence_count; i++)
        status = sg_sql_run(facts->store, err,
                            "INSERT INTO evidence (rel, article, quote_start, quote_end)"
                            " VALUES (?1, ?2, ?3, ?4)",
                            "iiii", id, facts->article, (int64_t) s->more_evidence[i].start,
                            (int64_t) s->more_evidence[i].end);
    return status;
}

/* Keeps the row of an old statement and gives it the new reading's estimates where they differ. */
static sg_status refresh_statement(struct sg_facts *facts, struct sg_old_statement *old,
                                   const sg_store_statement *s, sg_error *err)
{
    sg_store_statement now;
    bool found = false;
    sg_status status = sg_store_find_statement(facts->store, old->now.id, &now, &found, err);

    old->seen = true;
    if (status != SG_OK || !found)
        return status;
    if (now.mode == s->mode && now.certainty == s->certainty && now.confidence == s->confidence &&
        now.day == s->day && now.origin != NULL && strcmp(now.origin, s->origin) == 0) {
        facts->changes->unchanged++;
        return SG_OK;
    }
    facts->changes->changed++;
    now.mode = s->mode;
    now.certainty = s->certainty;
    now.confidence = s->confidence;
    now.day = s->day;
    now.origin = s->origin;
    status = sg_store_touch(facts->store, SG_ROW_STATEMENT, now.id, err);
    if (status == SG_OK)
        status = sg_statement_replace(facts->store, &now, false, err);
    return status;
}

static sg_status add_statement(struct sg_facts *facts, const sg_statement *from, sg_error *err)
{
    sg_store_statement s = {
        .actor = facts->actors[from->actor],
        .target = target_of(facts, from),
        .stance = from->stance,
        .article = facts->article,
        .day = facts->extraction->document->day,
        .start = from->evidence.start,
        .end = from->evidence.end,
        .mode = (int) from->mode,
        .certainty = (int) from->certainty,
        .confidence = round_confidence(from->confidence),
        .origin = facts->origin,
        .status = facts->by_hand ? SG_REVIEW_ACCEPTED : SG_REVIEW_PROPOSED,
    };
    struct sg_old_statement *old = sg_facts_match_old(facts, &s);
    sg_status status;

    if (old != NULL && old->touched)
        return SG_OK;
    if (old != NULL && !facts->by_hand) {
        status = refresh_statement(facts, old, &s, err);
        return status == SG_OK ? add_passages(facts, old->now.id, from, err) : status;
    }
    if (old != NULL) {
        /* What was proposed, a person confirms. */
        old->seen = true;
        facts->changes->changed++;
        s.id = old->now.id;
        status = sg_store_touch(facts->store, SG_ROW_STATEMENT, s.id, err);
        return status == SG_OK ? sg_statement_replace(facts->store, &s, true, err) : status;
    }
    facts->changes->added++;
    s.id = sg_store_take_rel_id(facts->store);
    status = sg_store_touch(facts->store, SG_ROW_STATEMENT, s.id, err);
    if (status == SG_OK)
        status = sg_statement_insert(facts->store, &s, facts->by_hand, err);
    if (status == SG_OK)
        status = add_passages(facts, s.id, from, err);
    return status;
}

static sg_status store_facts(struct sg_facts *facts, sg_error *err)
{
    const sg_extraction *ex = facts->extraction;
    sg_status status = SG_OK;

    if (facts->older != 0)
        status = sg_facts_gather_old(facts, err);
    if (status == SG_OK)
        status = sg_facts_actors(facts, err);
    if (status == SG_OK)
        status = sg_facts_positions(facts, err);
    if (status == SG_OK)
        status = sg_facts_events(facts, err);
    if (status == SG_OK)
        status = sg_facts_rels(facts, err);
    for (size_t i = 0; status == SG_OK && i < ex->statement_count; i++)
        status = add_statement(facts, &ex->statements[i], err);
    if (status == SG_OK && facts->older != 0 && !facts->beside)
        status = sg_facts_drop_old(facts, err);
    sg_map_free(facts->old_nodes);
    facts->old_nodes = NULL;
    return status;
}

/* What this article is to the store; an outcome of SG_LOAD_UNCHANGED needs nothing more. */
static sg_status find_outcome(struct sg_facts *facts, const struct sg_store_load_options *options,
                              struct sg_article_row *row, sg_load_outcome *outcome, sg_error *err)
{
    sg_status status =
        sg_article_find(facts->store, facts->extraction->document->name, options->sha256, row, err);

    if (row->id == 0)
        *outcome = SG_LOAD_ADDED;
    else if (strcmp(row->sha256, options->sha256) != 0)
        *outcome = SG_LOAD_NEW_VERSION;
    else
        *outcome = options->again || options->beside ? SG_LOAD_REPLACED : SG_LOAD_UNCHANGED;
    return status;
}

static sg_status add_article(struct sg_facts *facts, const struct sg_store_load_options *options,
                             sg_load_outcome *outcome, sg_error *err)
{
    struct sg_article_row row;
    sg_status status = find_outcome(facts, options, &row, outcome, err);

    if (status != SG_OK || *outcome == SG_LOAD_UNCHANGED)
        return status;
    facts->older = row.id;
    facts->article = row.id;
    if (*outcome != SG_LOAD_REPLACED)
        status = sg_article_create(facts->store, facts->extraction->document, options->sha256, &row,
                                   &facts->article, err);
    if (status == SG_OK)
        status = store_facts(facts, err);
    return status;
}

sg_status sg_store_add_extraction(sg_store *store, const sg_extraction *extraction,
                                  const struct sg_store_load_options *options,
                                  sg_load_outcome *outcome_out, sg_load_changes *changes_out,
                                  sg_error *err)
{
    sg_load_changes changes = { 0 };
    struct sg_facts facts = { .store = store, .extraction = extraction, .changes = &changes };
    sg_status status = sg_store_begin(store, err);

    if (status != SG_OK)
        return status;
    facts.origin = options->origin != NULL ? options->origin : sg_extractor_name();
    facts.beside = options->beside;
    facts.by_hand = options->by_hand;
    facts.arena = sg_arena_new();
    status = add_article(&facts, options, outcome_out, err);
    if (status == SG_OK)
        status = sg_store_commit(store, err);
    else
        sg_store_rollback(store);
    sg_arena_free(facts.arena);
    if (changes_out != NULL)
        *changes_out = changes;
    return status;
}
