/* Actors, positions and events of one article become nodes, joined with those of other articles. */

#include <ctype.h>
#include <string.h>

#include "stance/utf8.h"

#include "facts_internal.h"

static const char *const kind_labels[] = { "Person", "Organisation", "Group" };

static sg_status find_props(struct sg_facts *facts, int64_t id, struct sg_props *props,
                            int64_t *label_set, sg_error *err)
{
    sg_store_node node;
    sg_value map;
    bool found = false;
    sg_status status = sg_store_find_node(facts->store, id, &node, &found, err);

    if (status != SG_OK)
        return status;
    if (!found || !sg_props_read(node.props, node.props_len, facts->arena, &map))
        return sg_error_set(err, SG_ERR_DATABASE, "%s: node %lld is damaged", facts->store->path,
                            (long long) id);
    sg_props_init(props, facts->arena, map);
    if (node.name != NULL)
        sg_props_set(props, "name",
                     sg_value_string(sg_arena_strndup(facts->arena, node.name, node.name_len),
                                     node.name_len));
    *label_set = node.label_set;
    return SG_OK;
}

static sg_status write_props(struct sg_facts *facts, int64_t id, struct sg_props *props,
                             int64_t label_set, sg_error *err)
{
    const char *const *labels;
    size_t count = sg_store_label_set(facts->store, label_set, &labels);

    return sg_store_update_node(facts->store, id, labels, count, sg_props_value(props), err);
}

/* A node that this very article mentioned under the name before it was read again. */
static sg_status find_in_article(struct sg_facts *facts, const char *fold, int kind,
                                 int64_t *node_out, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status;

    *node_out = 0;
    if (facts->older == 0)
        return SG_OK;
    status = sg_sql_query(facts->store, &rows, err,
                          "SELECT node FROM alias WHERE fold = ?1 AND kind = ?2 ORDER BY node",
                          "ti", fold, (int64_t) kind);
    while (status == SG_OK && *node_out == 0) {
        status = sg_sql_step(facts->store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        int64_t id = sqlite3_column_int64(rows, 0);
        if (sg_map_find(facts->old_nodes, (const char *) &id, sizeof id, NULL))
            *node_out = id;
    }
    sg_sql_done(rows);
    return status;
}

/* ---- actors ---- */

/* "BMA", "NHS": a form in capitals is as good as a full name. */
static bool is_acronym(const char *form)
{
    size_t capitals = 0;

    for (const char *p = form; *p != '\0'; p++) {
        if (isupper((unsigned char) *p))
            capitals++;
        else if (!isdigit((unsigned char) *p) && strchr(".&-", *p) == NULL)
            return false;
    }
    return capitals >= 2;
}

/* May this form stand for the actor in other articles too? */
static bool form_joins(const sg_actor *actor, const char *form, const char *fold)
{
    uint32_t first = ' ';

    if (strcmp(form, actor->name) == 0 && actor->kind != SG_ACTOR_PERSON)
        return true;
    if (is_acronym(form))
        return actor->kind != SG_ACTOR_PERSON;
    if (sg_name_words(fold) < 2)
        return false;
    (void) sg_utf8_decode(form, strlen(form), &first);
    return actor->kind != SG_ACTOR_GROUP && sg_utf8_is_upper(first);
}

/* Full name and acronym join with a node that was only known by the acronym. */
static sg_status resolve_by_acronym(struct sg_facts *facts, const sg_actor *actor,
                                    int64_t *node_out, sg_error *err)
{
    sg_store_node node;
    bool found = false;
    const char *fold = sg_name_fold(facts->arena, actor->acronym, strlen(actor->acronym));
    sg_status status = sg_name_resolve(facts->store, fold, (int) actor->kind, node_out, err);

    if (status != SG_OK || *node_out == 0)
        return status;
    status = sg_store_find_node(facts->store, *node_out, &node, &found, err);
    if (status == SG_OK &&
        (!found || node.name == NULL ||
         strcmp(sg_name_fold(facts->arena, node.name, node.name_len), fold) != 0))
        *node_out = 0;
    return status;
}

static sg_status resolve_actor(struct sg_facts *facts, const sg_actor *actor, const char *fold,
                               int64_t *node_out, sg_error *err)
{
    bool bare = actor->kind == SG_ACTOR_PERSON && sg_name_words(fold) < 2;
    sg_status status = sg_name_resolve(facts->store, fold, (int) actor->kind, node_out, err);

    if (status == SG_OK && *node_out == 0)
        status = find_in_article(facts, fold, (int) actor->kind, node_out, err);
    if (status == SG_OK && *node_out == 0 && !bare && actor->acronym != NULL)
        status = resolve_by_acronym(facts, actor, node_out, err);
    return status;
}

static bool list_has(const sg_value *items, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].type == SG_STRING && items[i].len == strlen(text) &&
            memcmp(items[i].as.string, text, items[i].len) == 0)
            return true;
    }
    return false;
}

/* The list property `aliases`: every form but the name itself, in order of first appearance. */
static void merge_aliases(struct sg_facts *facts, struct sg_props *props, const sg_actor *actor)
{
    sg_value old = sg_props_find(sg_props_value(props), "aliases");
    sg_value name = sg_props_find(sg_props_value(props), "name");
    size_t old_count = old.type == SG_LIST ? old.as.list->count : 0;
    sg_value *items =
        sg_arena_calloc(facts->arena, old_count + actor->alias_count + 2, sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < old_count; i++)
        items[count++] = old.as.list->items[i];
    for (size_t i = 0; i <= actor->alias_count; i++) {
        const char *form = i < actor->alias_count ? actor->aliases[i] : actor->name;

        if (!list_has(items, count, form) && !list_has(&name, 1, form))
            items[count++] = sg_value_text(form);
    }
    if (count > 0)
        sg_props_set(props, "aliases", sg_value_list(facts->arena, items, count));
}

/* The role of the latest article counts; its date is kept beside it. */
static void merge_role(struct sg_facts *facts, struct sg_props *props, const sg_actor *actor)
{
    int32_t day = facts->extraction->document->day;
    sg_value known = sg_props_find(sg_props_value(props), "role_date");
    char date[SG_DAY_SIZE] = "";

    if (actor->role_count == 0)
        return;
    if (day != SG_NO_DAY)
        sg_day_format(day, date);
    if (known.type == SG_STRING && strncmp(known.as.string, date, known.len) > 0)
        return;
    if (sg_props_find(sg_props_value(props), "role").type != SG_NULL && date[0] == '\0')
        return;
    sg_props_set_text(props, "role", actor->roles[0]);
    sg_props_set_text(props, "role_date",
                      date[0] != '\0' ? sg_arena_strdup(facts->arena, date) : NULL);
}

static sg_status create_actor(struct sg_facts *facts, const sg_actor *actor, int64_t *id_out,
                              sg_error *err)
{
    const char *labels[] = { "Actor", kind_labels[actor->kind] };
    struct sg_props props;

    sg_props_init(&props, facts->arena, sg_value_null());
    sg_props_set_text(&props, "name", actor->name);
    sg_props_set_text(&props, "acronym", actor->acronym);
    merge_role(facts, &props, actor);
    merge_aliases(facts, &props, actor);
    return sg_store_create_node(facts->store, labels, 2, sg_props_value(&props), id_out, err);
}

static sg_status update_actor(struct sg_facts *facts, const sg_actor *actor, int64_t id,
                              sg_error *err)
{
    struct sg_props props;
    int64_t label_set = 0;
    int64_t decided = 0;
    sg_strbuf before = SG_STRBUF_INIT;
    sg_strbuf after = SG_STRBUF_INIT;
    sg_status status = find_props(facts, id, &props, &label_set, err);

    if (status != SG_OK)
        return status;
    sg_props_write(sg_props_value(&props), &before);
    sg_value name = sg_props_find(sg_props_value(&props), "name");
    const char *old_name =
        name.type == SG_STRING ? sg_arena_strndup(facts->arena, name.as.string, name.len) : "";
    status = sg_sql_number(facts->store, 0, &decided, err,
                           "SELECT 1 FROM alias WHERE node = ?1 AND decided = 1 LIMIT 1", "i", id);
    /* An acronym gives way to the full name, unless a person chose the name. */
    if (status == SG_OK && decided == 0 && actor->acronym != NULL &&
        strcmp(old_name, actor->acronym) == 0 && strcmp(old_name, actor->name) != 0) {
        sg_props_set_text(&props, "name", actor->name);
        sg_props_set_text(&props, "acronym", actor->acronym);
    }
    if (sg_props_find(sg_props_value(&props), "acronym").type == SG_NULL)
        sg_props_set_text(&props, "acronym", actor->acronym);
    merge_aliases(facts, &props, actor);
    merge_role(facts, &props, actor);
    sg_props_write(sg_props_value(&props), &after);
    if (status == SG_OK &&
        (before.len != after.len || memcmp(before.data, after.data, before.len) != 0))
        status = write_props(facts, id, &props, label_set, err);
    sg_strbuf_clear(&before);
    sg_strbuf_clear(&after);
    return status;
}

static sg_status add_actor_names(struct sg_facts *facts, const sg_actor *actor, int64_t id,
                                 sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < actor->alias_count + 2; i++) {
        const char *form = i == 0                    ? actor->name
                           : i <= actor->alias_count ? actor->aliases[i - 1]
                                                     : actor->acronym;

        if (form == NULL)
            continue;
        const char *fold = sg_name_fold(facts->arena, form, strlen(form));
        if (fold[0] != '\0')
            status = sg_name_add(facts->store, fold, id, (int) actor->kind, form,
                                 form_joins(actor, form, fold), false, err);
    }
    return status;
}

sg_status sg_facts_actors(struct sg_facts *facts, sg_error *err)
{
    const sg_extraction *ex = facts->extraction;
    sg_status status = SG_OK;

    facts->actors = sg_arena_calloc(facts->arena, ex->actor_count + 1, sizeof *facts->actors);
    for (size_t i = 0; status == SG_OK && i < ex->actor_count; i++) {
        const sg_actor *actor = &ex->actors[i];
        const char *fold = sg_name_fold(facts->arena, actor->name, strlen(actor->name));

        status = resolve_actor(facts, actor, fold, &facts->actors[i], err);
        if (status != SG_OK)
            break;
        if (facts->actors[i] == 0)
            status = create_actor(facts, actor, &facts->actors[i], err);
        else
            status = update_actor(facts, actor, facts->actors[i], err);
        if (status == SG_OK)
            status = add_actor_names(facts, actor, facts->actors[i], err);
    }
    return status;
}

/* ---- positions ---- */

static sg_status create_position(struct sg_facts *facts, const sg_position *position,
                                 int64_t *id_out, sg_error *err)
{
    static const char *const labels[] = { "Position" };
    struct sg_props props;

    sg_props_init(&props, facts->arena, sg_value_null());
    sg_props_set_text(&props, "name", position->name);
    return sg_store_create_node(facts->store, labels, 1, sg_props_value(&props), id_out, err);
}

sg_status sg_facts_positions(struct sg_facts *facts, sg_error *err)
{
    const sg_extraction *ex = facts->extraction;
    sg_status status = SG_OK;

    facts->positions = sg_arena_calloc(facts->arena, ex->position_count + 1, sizeof(int64_t));
    for (size_t i = 0; status == SG_OK && i < ex->position_count; i++) {
        const sg_position *position = &ex->positions[i];
        int64_t *id = &facts->positions[i];
        const char *fold = sg_name_fold(facts->arena, position->name, strlen(position->name));
        const char *bag = sg_name_bag(facts->arena, position->name);

        status = sg_name_resolve(facts->store, fold, SG_NAME_POSITION, id, err);
        if (status == SG_OK && *id == 0 && bag != NULL)
            status = sg_name_resolve(facts->store, bag, SG_NAME_POSITION, id, err);
        if (status == SG_OK && *id == 0)
            status = create_position(facts, position, id, err);
        if (status == SG_OK)
            status = sg_name_add(facts->store, fold, *id, SG_NAME_POSITION, position->name, true,
                                 false, err);
        if (status == SG_OK && bag != NULL)
            status = sg_name_add(facts->store, bag, *id, SG_NAME_POSITION, position->name, true,
                                 false, err);
    }
    return status;
}

/* ---- events ---- */

#define FULL_DATE_LENGTH 10

/* Events of two articles are one when name and full date agree; the date is part of the name that
 * joins them. NULL when the event has no full date. */
static const char *dated_fold(struct sg_facts *facts, const sg_event *event, const char *fold)
{
    if (event->date == NULL || strlen(event->date) != FULL_DATE_LENGTH)
        return NULL;
    return sg_arena_printf(facts->arena, "~%s %s", fold, event->date);
}

static sg_status resolve_event(struct sg_facts *facts, const char *fold, const char *dated,
                               int64_t *node_out, sg_error *err)
{
    sg_status status = find_in_article(facts, fold, SG_NAME_EVENT, node_out, err);

    if (status == SG_OK && *node_out == 0 && dated != NULL)
        status = sg_name_resolve(facts->store, dated, SG_NAME_EVENT, node_out, err);
    return status;
}

static sg_status create_event(struct sg_facts *facts, const sg_event *event, int64_t *id_out,
                              sg_error *err)
{
    static const char *const labels[] = { "Event" };
    struct sg_props props;

    sg_props_init(&props, facts->arena, sg_value_null());
    sg_props_set_text(&props, "name", event->name);
    sg_props_set_text(&props, "kind", event->kind);
    sg_props_set_text(&props, "date", event->date);
    return sg_store_create_node(facts->store, labels, 1, sg_props_value(&props), id_out, err);
}

sg_status sg_facts_events(struct sg_facts *facts, sg_error *err)
{
    const sg_extraction *ex = facts->extraction;
    sg_status status = SG_OK;

    facts->events = sg_arena_calloc(facts->arena, ex->event_count + 1, sizeof(int64_t));
    for (size_t i = 0; status == SG_OK && i < ex->event_count; i++) {
        const sg_event *event = &ex->events[i];
        const char *fold = sg_name_fold(facts->arena, event->name, strlen(event->name));

        const char *dated = dated_fold(facts, event, fold);

        status = resolve_event(facts, fold, dated, &facts->events[i], err);
        if (status == SG_OK && facts->events[i] == 0)
            status = create_event(facts, event, &facts->events[i], err);
        if (status == SG_OK)
            status = sg_name_add(facts->store, fold, facts->events[i], SG_NAME_EVENT, event->name,
                                 false, false, err);
        if (status == SG_OK && dated != NULL)
            status = sg_name_add(facts->store, dated, facts->events[i], SG_NAME_EVENT, event->name,
                                 true, false, err);
    }
    return status;
}
