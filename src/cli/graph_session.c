#include "graph_session.h"

#include <string.h>

#include "stance/name_lookup.h"
#include "stance/suggest.h"
#include "stance/temporal.h"

static sg_status read_day(const struct sg_cli_args *args, const char *option, sg_arena *arena,
                          int32_t *day_out, sg_error *err)
{
    const char *text = sg_cli_value(args, option);
    sg_value day;

    if (text == NULL)
        return SG_OK;
    if (strlen(text) != 10 || !sg_temporal_parse(arena, SG_DATE, text, strlen(text), &day))
        return sg_error_set(err, SG_ERR_USAGE, "--%s wants a date such as 2016-02-11, not '%s'",
                            option, text);
    *day_out = (int32_t) day.as.integer;
    return SG_OK;
}

static sg_status read_names(const struct sg_cli_args *args, const char *option, const char *label,
                            struct sg_session *session, const uint32_t **nodes_out,
                            size_t *count_out, sg_error *err)
{
    uint32_t *nodes = NULL;
    size_t capacity = 0;
    size_t count = 0;
    const char *name;

    while ((name = sg_cli_value_at(args, option, count)) != NULL) {
        sg_status status;

        SG_ARENA_GROW(session->arena, nodes, capacity, count + 1);
        status = sg_name_find(session->graph, label, name, &nodes[count], err);
        if (status != SG_OK)
            return status;
        count++;
    }
    *nodes_out = nodes;
    *count_out = count;
    return SG_OK;
}

/* One of a few words; *value_out becomes the matching entry of `to`. */
static sg_status read_word(const struct sg_cli_args *args, const char *option,
                           const char *const *words, const char *const *to, size_t count,
                           const char **value_out, sg_error *err)
{
    const char *given = sg_cli_value(args, option);
    sg_status status;

    if (given == NULL)
        return SG_OK;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], given) == 0) {
            *value_out = to[i];
            return SG_OK;
        }
    }
    status = sg_error_set(err, SG_ERR_USAGE, "--%s wants %s, %s or %s, not '%s'", option, words[0],
                          words[1], words[2], given);
    return status;
}

static sg_status read_selection(const struct sg_cli_args *args, struct sg_session *session,
                                sg_error *err)
{
    static const char *const kinds[] = { "person", "organisation", "group" };
    static const char *const labels[] = { "Person", "Organisation", "Group" };
    static const char *const statuses[] = { "proposed", "accepted", "rejected" };
    struct sg_selection *selection = &session->selection;
    sg_status status = read_day(args, "since", session->arena, &selection->since, err);

    if (status == SG_OK)
        status = read_day(args, "until", session->arena, &selection->until, err);
    if (status == SG_OK)
        status = read_word(args, "type", kinds, labels, 3, &selection->kind, err);
    if (status == SG_OK)
        status = read_word(args, "status", statuses, statuses, 3, &selection->status, err);
    if (status == SG_OK)
        status = sg_cli_number(args, "min-confidence", 0, 1, &selection->min_confidence, err);
    if (status == SG_OK)
        status = read_names(args, "actor", "Actor", session, &selection->actors,
                            &selection->actor_count, err);
    if (status == SG_OK)
        status = read_names(args, "position", "Position", session, &selection->positions,
                            &selection->position_count, err);
    return status;
}

sg_status sg_session_open(const struct sg_cli_args *args, struct sg_session *session, sg_error *err)
{
    sg_status status;

    *session = (struct sg_session){ .arena = sg_arena_new(), .selection = SG_SELECTION_INIT };
    status = sg_cli_rows(args, &session->rows, err);
    if (status == SG_OK)
        status = sg_store_open(sg_cli_database(args), SG_STORE_READ, &session->store, err);
    if (status == SG_OK)
        status = sg_graph_open(session->store, &session->graph, err);
    if (status == SG_OK)
        status = read_selection(args, session, err);
    if (status != SG_OK)
        sg_session_close(session);
    return status;
}

void sg_session_close(struct sg_session *session)
{
    sg_graph_close(session->graph);
    sg_store_close(session->store);
    sg_arena_free(session->arena);
    memset(session, 0, sizeof *session);
}
