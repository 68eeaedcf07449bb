/* The user's actor list: what it says about a name stands above what the article shows. */

#include <string.h>

#include "stance/utf8.h"

#include "actors_internal.h"

static const sg_known_actor *find_known(const sg_reading *r, uint32_t actor)
{
    const sg_actor_list *list = r->options.actors;
    const char *name = r->actors[actor].name;
    const sg_known_actor *known = sg_actor_list_find(list, name, strlen(name));

    for (size_t i = 0; known == NULL && i < r->mention_count; i++) {
        const sg_mention *m = &r->mentions[i];

        if (m->actor == actor && m->kind == SG_MENTION_NAME) {
            const char *text = sg_words_text(r, m->first, m->count);

            known = sg_actor_list_find(list, text, strlen(text));
        }
    }
    return known;
}

/* Names of the list that the article writes and no step has seen. */
static void find_listed_names(sg_reading *r)
{
    size_t longest = sg_actor_list_longest(r->options.actors);

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t past = sg_sentence_past(r, w);

        if (r->skipped[w] || r->mention_at[w] != SG_NO_MENTION)
            continue;
        for (uint32_t n = (uint32_t) (2 * longest); n > 0; n--) {
            const sg_known_actor *known;
            const char *text;
            uint32_t actor;

            if (w + n > past)
                continue;
            text = sg_words_text(r, w, n);
            known = sg_actor_list_find(r->options.actors, text, strlen(text));
            if (known == NULL)
                continue;
            actor = sg_add_actor(
                r, known->kind >= 0 ? (sg_actor_kind) known->kind : SG_ACTOR_ORGANISATION,
                known->name);
            (void) sg_add_mention(r, w, n, actor, SG_MENTION_NAME);
            break;
        }
    }
}

void sg_apply_known_actors(sg_reading *reading)
{
    sg_map *seen;

    if (reading->options.actors == NULL || sg_actor_list_longest(reading->options.actors) == 0)
        return;
    find_listed_names(reading);
    seen = sg_map_new();
    for (uint32_t i = 0; i < reading->actor_count; i++) {
        const sg_known_actor *known;
        uint64_t *first;

        if (reading->actors[i].dropped)
            continue;
        known = find_known(reading, i);
        if (known == NULL)
            continue;
        reading->actors[i].name = known->name;
        if (known->kind >= 0)
            reading->actors[i].kind = (sg_actor_kind) known->kind;
        first = sg_map_slot(seen, known->name, strlen(known->name), i);
        if (*first != i)
            sg_merge_actors(reading, (uint32_t) *first, i);
    }
    sg_map_free(seen);
}

/* Affiliations that the list states; after the roles, so that what the article says comes first. */
void sg_apply_known_affiliations(sg_reading *reading)
{
    size_t count = reading->actor_count;

    if (reading->options.actors == NULL)
        return;
    for (uint32_t i = 0; i < count; i++) {
        const sg_known_actor *known;
        uint32_t body = SG_NO_ACTOR;

        if (reading->actors[i].dropped || reading->actors[i].kind != SG_ACTOR_PERSON)
            continue;
        known = sg_actor_list_find(reading->options.actors, reading->actors[i].name,
                                   strlen(reading->actors[i].name));
        if (known == NULL || known->organisation == NULL)
            continue;
        for (uint32_t k = 0; k < reading->actor_count && body == SG_NO_ACTOR; k++)
            if (!reading->actors[k].dropped && reading->actors[k].kind == SG_ACTOR_ORGANISATION &&
                strcmp(reading->actors[k].name, known->organisation) == 0)
                body = k;
        if (body == SG_NO_ACTOR)
            body = sg_add_actor(reading, SG_ACTOR_ORGANISATION, known->organisation);
        for (size_t k = 0; k < reading->mention_count; k++) {
            if (reading->mentions[k].actor == i) {
                sg_add_role(reading, i, NULL, body,
                            sg_words_slice(reading, reading->mentions[k].first,
                                           reading->mentions[k].count));
                break;
            }
        }
    }
}
