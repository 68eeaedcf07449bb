#include "cypher.h"

#include <assert.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/value_ops.h"

void sg_cypher_clear(struct sg_cypher *cypher)
{
    sg_strbuf_clear(&cypher->text);
}

void sg_cypher_set(struct sg_cypher *cypher, const char *key, sg_value value)
{
    assert(cypher->count < SG_CYPHER_PARAMETERS && "a command uses few parameters");
    cypher->keys[cypher->count] = sg_value_text(key);
    cypher->values[cypher->count++] = value;
}

/* ---- the selection as conditions ---- */

static sg_value day_text(sg_arena *arena, int32_t day)
{
    sg_strbuf text = SG_STRBUF_INIT;
    sg_value v;

    sg_temporal_write(&text, sg_value_date(day));
    v = sg_value_text(sg_arena_strdup(arena, sg_strbuf_text(&text)));
    sg_strbuf_clear(&text);
    return v;
}

/* The ids of nodes as a list. */
static sg_value id_list(struct sg_session *session, const uint32_t *nodes, size_t count)
{
    sg_list *list = sg_arena_alloc(session->arena, sizeof *list);

    list->count = count;
    list->items = sg_arena_alloc(session->arena, count * sizeof *list->items);
    for (size_t i = 0; i < count; i++)
        list->items[i] = sg_value_integer(sg_graph_node_id(session->graph, nodes[i]));
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

static void select_days(struct sg_cypher *cypher, sg_arena *arena,
                        const struct sg_selection *selection)
{
    if (selection->since != SG_NO_DAY) {
        sg_strbuf_puts(&cypher->text, " AND toString(s.date) >= $since");
        sg_cypher_set(cypher, "since", day_text(arena, selection->since));
    }
    if (selection->until != SG_NO_DAY) {
        sg_strbuf_puts(&cypher->text, " AND toString(s.date) <= $until");
        sg_cypher_set(cypher, "until", day_text(arena, selection->until));
    }
}

void sg_cypher_select(struct sg_cypher *cypher, struct sg_session *session)
{
    const struct sg_selection *selection = &session->selection;

    select_days(cypher, session->arena, selection);
    if (selection->status != NULL) {
        sg_strbuf_puts(&cypher->text, " AND coalesce(s.status, 'proposed') = $status");
        sg_cypher_set(cypher, "status", sg_value_text(selection->status));
    } else {
        sg_strbuf_puts(&cypher->text, " AND coalesce(s.status, 'proposed') <> 'rejected'");
    }
    if (selection->min_confidence > 0) {
        sg_strbuf_puts(&cypher->text, " AND coalesce(s.confidence, 1.0) >= $confidence");
        sg_cypher_set(cypher, "confidence", sg_value_float(selection->min_confidence));
    }
    if (selection->kind != NULL)
        sg_strbuf_printf(&cypher->text, " AND a:%s", selection->kind);
    if (selection->actor_count > 0) {
        sg_strbuf_puts(&cypher->text, " AND id(a) IN $actors");
        sg_cypher_set(cypher, "actors",
                      id_list(session, selection->actors, selection->actor_count));
    }
    if (selection->position_count > 0) {
        sg_strbuf_puts(&cypher->text, " AND id(t) IN $positions");
        sg_cypher_set(cypher, "positions",
                      id_list(session, selection->positions, selection->position_count));
    }
}

sg_status sg_cypher_run(struct sg_cypher *cypher, struct sg_session *session,
                        sg_result **result_out, sg_error *err)
{
    struct sg_query_options options = SG_QUERY_OPTIONS_INIT;
    sg_graph_changes changes;
    sg_query_problem problem;

    options.parameters = sg_value_map(session->arena, cypher->keys, cypher->values, cypher->count);
    options.read_only = true;
    options.stop = &sg_cli_interrupted;
    return sg_query_run(session->graph, sg_strbuf_text(&cypher->text), cypher->text.len, &options,
                        result_out, &changes, &problem, err);
}
