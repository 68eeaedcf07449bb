/* Interchange JSON to an extraction. Names refer to each other inside the object; passages are
 * searched in the article's text, at "start" where the object gives one. */

#include "stance/interchange.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#define LINE_SIZE  400
#define SHOWN_SIZE 80

struct reader {
    const sg_document *document;
    sg_arena *arena;
    void (*refused)(void *data, const char *line);
    void *data;
    sg_extraction *out;
    sg_map *actors;    /* folded name -> index */
    sg_map *positions; /* the same for positions and events */
    sg_map *events;
    size_t actor_capacity;
    size_t position_capacity;
    size_t event_capacity;
    size_t statement_capacity;
};

static void refuse(struct reader *r, const char *format, ...) SG_PRINTF(2, 3);

static void refuse(struct reader *r, const char *format, ...)
{
    char line[LINE_SIZE];
    va_list arguments;

    if (r->refused == NULL)
        return;
    va_start(arguments, format);
    (void) vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    r->refused(r->data, line);
}

/* ---- small parts ---- */

static const char *text_of(const json_t *object, const char *key, sg_arena *arena)
{
    const json_t *v = json_object_get(object, key);

    if (!json_is_string(v) || json_string_length(v) == 0)
        return NULL;
    return sg_arena_strndup(arena, json_string_value(v), json_string_length(v));
}

static int word_of(const json_t *object, const char *key, const char *const *words, int count)
{
    const char *text = json_string_value(json_object_get(object, key));

    for (int i = 0; text != NULL && i < count; i++) {
        if (strcmp(words[i], text) == 0)
            return i;
    }
    return -1;
}

static bool is_part_of_word(const sg_document *document, size_t at)
{
    uint32_t c;

    if (at >= document->len)
        return false;
    (void) sg_utf8_decode(document->text + at, document->len - at, &c);
    return sg_utf8_is_letter(c) || sg_utf8_is_digit(c);
}

/* A name inside a longer word ("Eng" in "England") is not a mention. */
static bool stands_alone(const sg_document *document, sg_slice slice)
{
    size_t before = slice.start;

    if (is_part_of_word(document, slice.end) && is_part_of_word(document, slice.end - 1))
        return false;
    if (before == 0)
        return true;
    do
        before--;
    while (before > 0 && ((unsigned char) document->text[before] & 0xc0) == 0x80);
    return !is_part_of_word(document, before) || !is_part_of_word(document, slice.start);
}

/* Next place of text[0, len) at or after `from`. */
static bool search(const sg_document *document, size_t from, const char *text, size_t len,
                   sg_slice *out)
{
    const char *at = document->text + from;
    const char *end = document->text + document->len;

    while (len > 0 && (size_t) (end - at) >= len) {
        at = memchr(at, text[0], (size_t) (end - at) - len + 1);
        if (at == NULL)
            return false;
        if (memcmp(at, text, len) == 0) {
            out->start = (uint32_t) (at - document->text);
            out->end = out->start + (uint32_t) len;
            return true;
        }
        at++;
    }
    return false;
}

/* A passage given as text, or as an object with "text" and "start". */
static bool find_passage(struct reader *r, const json_t *v, sg_slice *out)
{
    const json_t *text = json_is_object(v) ? json_object_get(v, "text") : v;
    const json_t *start = json_is_object(v) ? json_object_get(v, "start") : NULL;
    size_t len = json_string_length(text);

    if (!json_is_string(text) || len == 0)
        return false;
    if (json_is_integer(start)) {
        json_int_t at = json_integer_value(start);

        if (at >= 0 && (size_t) at + len <= r->document->len &&
            memcmp(r->document->text + at, json_string_value(text), len) == 0) {
            *out = (sg_slice){ (uint32_t) at, (uint32_t) ((size_t) at + len) };
            return true;
        }
    }
    return search(r->document, 0, json_string_value(text), len, out);
}

static void show(const json_t *v, char out[SHOWN_SIZE])
{
    const json_t *text = json_is_object(v) ? json_object_get(v, "text") : v;

    (void) snprintf(out, SHOWN_SIZE, "%.70s", json_is_string(text) ? json_string_value(text) : "");
}

struct slices {
    sg_slice *items;
    size_t count;
    size_t capacity;
};

static bool covered(const struct slices *slices, sg_slice slice)
{
    for (size_t i = 0; i < slices->count; i++) {
        if (slice.start < slices->items[i].end && slices->items[i].start < slice.end)
            return true;
    }
    return false;
}

static void sort_slices(struct slices *slices)
{
    for (size_t i = 1; i < slices->count; i++) {
        sg_slice slice = slices->items[i];
        size_t j = i;

        for (; j > 0 && slices->items[j - 1].start > slice.start; j--)
            slices->items[j] = slices->items[j - 1];
        slices->items[j] = slice;
    }
}

/* Every place where one of the forms stands; longer forms take their place first. */
static struct slices find_mentions(struct reader *r, const char *owner, const json_t *forms)
{
    struct slices slices = { NULL, 0, 0 };
    size_t count = json_array_size(forms);
    size_t longest = SIZE_MAX;

    while (count > 0) {
        size_t next = 0; /* the longest length below the last one */

        for (size_t i = 0; i < count; i++) {
            size_t len = json_string_length(json_array_get(forms, i));

            if (len < longest && len > next)
                next = len;
        }
        if (next == 0)
            break;
        for (size_t i = 0; i < count; i++) {
            const json_t *form = json_array_get(forms, i);
            sg_slice slice = { 0, 0 };
            bool any = false;

            if (json_string_length(form) != next)
                continue;
            while (search(r->document, slice.end, json_string_value(form), next, &slice)) {
                any = true;
                if (!stands_alone(r->document, slice) || covered(&slices, slice))
                    continue;
                SG_ARENA_GROW(r->arena, slices.items, slices.capacity, slices.count + 1);
                slices.items[slices.count++] = slice;
            }
            if (!any)
                refuse(r, "%s: mention \"%.70s\" is not in the text", owner,
                       json_string_value(form));
        }
        longest = next;
    }
    sort_slices(&slices);
    return slices;
}

static void remember(sg_map *map, sg_arena *arena, const char *name, size_t index)
{
    size_t len;
    const char *fold = sg_utf8_fold(arena, name, strlen(name), &len);

    if (!sg_map_find(map, fold, len, NULL))
        (void) sg_map_put(map, fold, len, index);
}

static bool look_up(sg_map *map, sg_arena *arena, const char *name, uint32_t *index_out)
{
    size_t len;
    uint64_t index;
    const char *fold = name != NULL ? sg_utf8_fold(arena, name, strlen(name), &len) : NULL;

    if (fold == NULL || !sg_map_find(map, fold, len, &index))
        return false;
    *index_out = (uint32_t) index;
    return true;
}

static size_t copy_strings(const json_t *array, sg_arena *arena, const char ***out)
{
    size_t count = json_array_size(array);
    size_t used = 0;

    *out = sg_arena_calloc(arena, count + 1, sizeof **out);
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(array, i));

        if (text != NULL && text[0] != '\0')
            (*out)[used++] = sg_arena_strdup(arena, text);
    }
    return used;
}

/* ---- actors ---- */

static void add_aliases(struct reader *r, sg_actor *actor, const json_t *object)
{
    static const char *const keys[] = { "mentions", "alt", "aliases" };
    const char **all = NULL;
    size_t count = 0;
    size_t capacity = 0;

    for (size_t k = 0; k < 3; k++) {
        const json_t *forms = json_object_get(object, keys[k]);

        for (size_t i = 0; i < json_array_size(forms); i++) {
            const char *form = json_string_value(json_array_get(forms, i));
            bool known = form == NULL || form[0] == '\0' || strcmp(form, actor->name) == 0;

            for (size_t j = 0; !known && j < count; j++)
                known = strcmp(all[j], form) == 0;
            if (known)
                continue;
            SG_ARENA_GROW(r->arena, all, capacity, count + 1);
            all[count++] = sg_arena_strdup(r->arena, form);
        }
    }
    actor->aliases = all;
    actor->alias_count = count;
}

static void read_actors(struct reader *r, const json_t *root, const char *key, sg_actor_kind kind)
{
    const json_t *list = json_object_get(root, key);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        const char *name = text_of(object, "name", r->arena);
        sg_actor *actor;

        if (name == NULL) {
            refuse(r, "%s %zu: has no name", key, i + 1);
            continue;
        }
        SG_ARENA_GROW(r->arena, r->out->actors, r->actor_capacity, r->out->actor_count + 1);
        actor = &r->out->actors[r->out->actor_count];
        memset(actor, 0, sizeof *actor);
        actor->kind = kind;
        actor->name = name;
        actor->acronym = text_of(object, "acronym", r->arena);
        struct slices mentions = find_mentions(r, name, json_object_get(object, "mentions"));
        actor->mentions = mentions.items;
        actor->mention_count = mentions.count;
        actor->role_count = copy_strings(json_object_get(object, "roles"), r->arena, &actor->roles);
        add_aliases(r, actor, object);
        remember(r->actors, r->arena, name, r->out->actor_count++);
    }
}

/* Affiliations name organisations of the same object; "Conservative Party" or an object with
 * "organisation", "role" and "evidence". */
static void read_affiliations(struct reader *r, const json_t *root, const char *key, size_t first)
{
    const json_t *list = json_object_get(root, key);
    size_t index = first;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        const json_t *given = json_object_get(object, "affiliations");
        sg_actor *actor;

        if (text_of(object, "name", r->arena) == NULL)
            continue;
        actor = &r->out->actors[index++];
        actor->affiliations =
            sg_arena_calloc(r->arena, json_array_size(given) + 1, sizeof *actor->affiliations);
        for (size_t j = 0; j < json_array_size(given); j++) {
            const json_t *v = json_array_get(given, j);
            const char *name =
                json_is_object(v) ? text_of(v, "organisation", r->arena) : json_string_value(v);
            sg_affiliation *a = &actor->affiliations[actor->affiliation_count];

            if (!look_up(r->actors, r->arena, name, &a->organisation)) {
                refuse(r, "%s: affiliation \"%s\" is not among the organisations", actor->name,
                       name != NULL ? name : "");
                continue;
            }
            if (json_is_object(v)) {
                a->role = text_of(v, "role", r->arena);
                if (json_object_get(v, "evidence") != NULL &&
                    !find_passage(r, json_object_get(v, "evidence"), &a->evidence))
                    refuse(r, "%s: the evidence of an affiliation is not verbatim", actor->name);
            }
            actor->affiliation_count++;
        }
    }
}

/* ---- positions and events ---- */

static uint32_t add_position(struct reader *r, const char *name)
{
    sg_position *position;

    SG_ARENA_GROW(r->arena, r->out->positions, r->position_capacity, r->out->position_count + 1);
    position = &r->out->positions[r->out->position_count];
    memset(position, 0, sizeof *position);
    position->name = name;
    remember(r->positions, r->arena, name, r->out->position_count);
    return (uint32_t) r->out->position_count++;
}

static void read_positions(struct reader *r, const json_t *root)
{
    const json_t *list = json_object_get(root, "positions");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        const char *name = text_of(object, "name", r->arena);
        uint32_t index;

        if (name == NULL) {
            refuse(r, "positions %zu: has no name", i + 1);
            continue;
        }
        index = add_position(r, name);
        struct slices mentions = find_mentions(r, name, json_object_get(object, "mentions"));
        r->out->positions[index].mentions = mentions.items;
        r->out->positions[index].mention_count = mentions.count;
    }
}

static void read_participants(struct reader *r, sg_event *event, const json_t *names)
{
    event->participants =
        sg_arena_calloc(r->arena, json_array_size(names) + 1, sizeof *event->participants);
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));

        if (look_up(r->actors, r->arena, name, &event->participants[event->participant_count]))
            event->participant_count++;
        else
            refuse(r, "%s: participant \"%s\" is not among the actors", event->name,
                   name != NULL ? name : "");
    }
}

static void read_events(struct reader *r, const json_t *root)
{
    const json_t *list = json_object_get(root, "events");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *object = json_array_get(list, i);
        const char *name = text_of(object, "name", r->arena);
        const char *about = text_of(object, "about", r->arena);
        uint32_t position;
        sg_event *event;

        if (name == NULL) {
            refuse(r, "events %zu: has no name", i + 1);
            continue;
        }
        SG_ARENA_GROW(r->arena, r->out->events, r->event_capacity, r->out->event_count + 1);
        event = &r->out->events[r->out->event_count];
        memset(event, 0, sizeof *event);
        event->name = name;
        event->kind = text_of(object, "kind", r->arena);
        event->date = text_of(object, "date", r->arena);
        event->about = about != NULL && look_up(r->positions, r->arena, about, &position)
                           ? (int32_t) position
                           : -1;
        struct slices mentions = find_mentions(r, name, json_object_get(object, "mentions"));
        event->mentions = mentions.items;
        event->mention_count = mentions.count;
        read_participants(r, event, json_object_get(object, "participants"));
        remember(r->events, r->arena, name, r->out->event_count++);
    }
}

/* ---- stances ---- */

static bool find_target(struct reader *r, const json_t *object, sg_statement *s)
{
    static const char *const kinds[] = { "position", "person", "organisation", "group", "event" };
    const char *name = text_of(object, "target", r->arena);
    int kind = word_of(object, "target_type", kinds, 5);

    if (name == NULL)
        return false;
    if (kind == 4) {
        s->target_kind = SG_TARGET_EVENT;
        return look_up(r->events, r->arena, name, &s->target);
    }
    if (kind > 0) {
        s->target_kind = SG_TARGET_ACTOR;
        return look_up(r->actors, r->arena, name, &s->target);
    }
    s->target_kind = SG_TARGET_POSITION;
    /* A position needs no entry of its own: it has no other content than its name. */
    if (!look_up(r->positions, r->arena, name, &s->target))
        s->target = add_position(r, name);
    return true;
}

static void read_more_evidence(struct reader *r, sg_statement *s, const json_t *list, size_t number)
{
    s->more_evidence =
        sg_arena_calloc(r->arena, json_array_size(list) + 1, sizeof *s->more_evidence);
    for (size_t i = 0; i < json_array_size(list); i++) {
        char shown[SHOWN_SIZE];

        if (find_passage(r, json_array_get(list, i), &s->more_evidence[s->more_evidence_count])) {
            s->more_evidence_count++;
            continue;
        }
        show(json_array_get(list, i), shown);
        refuse(r, "stance %zu: more evidence is not verbatim: \"%s\"", number, shown);
    }
}

static void read_stance(struct reader *r, const json_t *object, size_t number)
{
    static const char *const stances[] = { "oppose", "neutral", "support" };
    static const char *const modes[] = { "direct-quote", "indirect-speech", "narrated-act" };
    static const char *const certainties[] = { "explicit", "implied" };
    const json_t *confidence = json_object_get(object, "confidence");
    int stance = word_of(object, "stance", stances, 3);
    int mode = word_of(object, "mode", modes, 3);
    int certainty = word_of(object, "certainty", certainties, 2);
    const char *actor = text_of(object, "actor", r->arena);
    sg_statement s = { 0 };
    char shown[SHOWN_SIZE];

    if (stance < 0) {
        refuse(r, "stance %zu: \"stance\" is none of support, oppose, neutral", number);
        return;
    }
    if (!look_up(r->actors, r->arena, actor, &s.actor)) {
        refuse(r, "stance %zu: actor \"%s\" is not among the actors", number,
               actor != NULL ? actor : "");
        return;
    }
    if (!find_passage(r, json_object_get(object, "evidence"), &s.evidence)) {
        show(json_object_get(object, "evidence"), shown);
        refuse(r, "stance %zu: the evidence is not verbatim in the article: \"%s\"", number, shown);
        return;
    }
    if (!find_target(r, object, &s)) {
        refuse(r, "stance %zu: target \"%s\" is not in the lists", number,
               json_string_value(json_object_get(object, "target")) != NULL
                   ? json_string_value(json_object_get(object, "target"))
                   : "");
        return;
    }
    s.stance = (sg_stance) (stance - 1);
    s.mode = mode >= 0 ? (sg_mode) mode : SG_INDIRECT_SPEECH;
    s.certainty = certainty >= 0 ? (sg_certainty) certainty : SG_EXPLICIT;
    s.confidence = json_is_number(confidence) ? (float) json_number_value(confidence) : 1.0f;
    if (!(s.confidence >= 0.0f && s.confidence <= 1.0f)) {
        refuse(r, "stance %zu: confidence is not between 0 and 1", number);
        return;
    }
    read_more_evidence(r, &s, json_object_get(object, "more_evidence"), number);
    r->out->actors[s.actor].acts = true;
    SG_ARENA_GROW(r->arena, r->out->statements, r->statement_capacity, r->out->statement_count + 1);
    r->out->statements[r->out->statement_count++] = s;
}

static void read_object(struct reader *r, const json_t *root)
{
    const json_t *stances = json_object_get(root, "stances");
    size_t organisations;

    read_actors(r, root, "persons", SG_ACTOR_PERSON);
    organisations = r->out->actor_count;
    read_actors(r, root, "organisations", SG_ACTOR_ORGANISATION);
    read_actors(r, root, "groups", SG_ACTOR_GROUP);
    read_affiliations(r, root, "persons", 0);
    read_affiliations(r, root, "organisations", organisations);
    read_positions(r, root);
    read_events(r, root);
    for (size_t i = 0; i < json_array_size(stances); i++)
        read_stance(r, json_array_get(stances, i), i + 1);
}

static sg_status parse(const char *json, size_t len, size_t flags, json_t **root_out, sg_error *err)
{
    json_error_t problem;

    *root_out = json_loadb(json, len, flags | JSON_REJECT_DUPLICATES, &problem);
    if (*root_out == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "JSON, line %d, column %d: %s", problem.line,
                            problem.column, problem.text);
    return SG_OK;
}

sg_status sg_interchange_read(const char *json, size_t len, const sg_document *document,
                              sg_arena *arena, void (*refused)(void *data, const char *line),
                              void *data, sg_extraction **extraction_out, sg_error *err)
{
    struct reader r = { .document = document, .arena = arena, .refused = refused, .data = data };
    json_t *root = NULL;
    sg_status status = parse(json, len, 0, &root, err);

    if (status == SG_OK && !json_is_object(root))
        status = sg_error_set(err, SG_ERR_INPUT, "JSON: an object is expected");
    if (status == SG_OK) {
        r.out = sg_arena_calloc(arena, 1, sizeof *r.out);
        r.out->document = document;
        r.actors = sg_map_new();
        r.positions = sg_map_new();
        r.events = sg_map_new();
        read_object(&r, root);
        sg_map_free(r.actors);
        sg_map_free(r.positions);
        sg_map_free(r.events);
        *extraction_out = r.out;
    }
    json_decref(root);
    return status;
}

/* ---- files of several objects ---- */

static sg_status each_object(const json_t *object,
                             sg_status (*each)(void *data, const char *article, const char *object,
                                               size_t len, sg_error *err),
                             void *data, sg_error *err)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_ENCODE_ANY);
    sg_status status;

    if (text == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "JSON: cannot be written back");
    status =
        each(data, json_string_value(json_object_get(object, "article")), text, strlen(text), err);
    free(text);
    return status;
}

sg_status sg_interchange_each(const char *json, size_t len,
                              sg_status (*each)(void *data, const char *article, const char *object,
                                                size_t len, sg_error *err),
                              void *data, sg_error *err)
{
    size_t at = 0;
    sg_status status = SG_OK;

    if (len >= 3 && memcmp(json, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (status == SG_OK) {
        json_t *root = NULL;
        json_error_t problem;

        while (at < len && strchr(" \t\r\n", json[at]) != NULL && json[at] != '\0')
            at++;
        if (at >= len)
            break;
        root = json_loadb(json + at, len - at, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK,
                          &problem);
        if (root == NULL)
            return sg_error_set(err, SG_ERR_INPUT, "JSON, line %d, column %d: %s", problem.line,
                                problem.column, problem.text);
        at += (size_t) problem.position;
        if (json_is_array(root)) {
            for (size_t i = 0; status == SG_OK && i < json_array_size(root); i++)
                status = each_object(json_array_get(root, i), each, data, err);
        } else {
            status = each_object(root, each, data, err);
        }
        json_decref(root);
    }
    return status;
}
