#include "stance/name_lookup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stance/strbuf.h"
#include "stance/suggest.h"
#include "stance/utf8.h"

/* Ranks of a match, best first: the name itself, an alias or acronym, all words of what was typed
 * among the words of a name. Only the best rank that occurs counts; two nodes there = ambiguous. */
enum { BY_NAME, BY_ALIAS, BY_PART, RANKS };

#define CANDIDATES_LISTED 8

struct search {
    const sg_graph *graph;
    sg_arena *arena;
    const char *key;
    sg_symbol name;
    sg_symbol aliases;
    sg_symbol acronym;
    uint32_t *found[RANKS];
    size_t count[RANKS];
    size_t capacity[RANKS];
    const char *nearest;
    size_t nearest_distance;
};

static const char *const honorifics[] = {
    "mr",      "mrs",  "ms",   "miss",      "mx",        "dr",       "sir",   "dame",
    "lord",    "lady", "prof", "professor", "rev",       "baroness", "baron", "sen",
    "senator", "rep",  "gov",  "governor",  "president", "minister", "hon",   "the",
};

static const char *without_honorific(const char *key)
{
    for (size_t i = 0; i < sizeof honorifics / sizeof honorifics[0]; i++) {
        size_t n = strlen(honorifics[i]);
        const char *rest = key + n;

        if (strncmp(key, honorifics[i], n) != 0)
            continue;
        if (rest[0] == '.')
            rest++;
        if (rest[0] == ' ' && rest[1] != '\0')
            return rest + 1;
    }
    return key;
}

const char *sg_lookup_key(sg_arena *arena, const char *name, size_t len)
{
    const char *key = sg_utf8_fold(arena, name, len, NULL);
    const char *shorter = without_honorific(key);

    while (shorter != key) {
        key = shorter;
        shorter = without_honorific(key);
    }
    return key;
}

static const char *value_key(struct search *search, sg_value v)
{
    return v.type == SG_STRING ? sg_lookup_key(search->arena, v.as.string, v.len) : NULL;
}

static bool has_word(const char *text, const char *word, size_t len)
{
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool starts = at == text || at[-1] == ' ' || at[-1] == '-';

        if (starts && (at[len] == '\0' || at[len] == ' ' || at[len] == '-'))
            return true;
    }
    return false;
}

static bool has_all_words(struct search *search, const char *text, const char *key)
{
    while (*key != '\0') {
        size_t n = strcspn(key, " ");

        if (n > 0 && !has_word(text, sg_arena_strndup(search->arena, key, n), n))
            return false;
        key += n + (key[n] == ' ');
    }
    return true;
}

static void add(struct search *search, int rank, uint32_t node)
{
    size_t n = search->count[rank];

    if (n > 0 && search->found[rank][n - 1] == node)
        return;
    SG_ARENA_GROW(search->arena, search->found[rank], search->capacity[rank], n + 1);
    search->found[rank][search->count[rank]++] = node;
}

static void try_alias(struct search *search, uint32_t node, sg_value alias)
{
    const char *key = value_key(search, alias);

    if (key != NULL && strcmp(key, search->key) == 0)
        add(search, BY_ALIAS, node);
}

static void try_node(struct search *search, uint32_t node)
{
    sg_value name = sg_graph_node_property(search->graph, node, search->name);
    const char *key = value_key(search, name);

    if (key == NULL)
        return;
    if (strcmp(key, search->key) == 0)
        add(search, BY_NAME, node);
    else if (has_all_words(search, key, search->key))
        add(search, BY_PART, node);
    if (search->acronym != SG_NO_SYMBOL)
        try_alias(search, node, sg_graph_node_property(search->graph, node, search->acronym));
    if (search->aliases != SG_NO_SYMBOL) {
        sg_value list = sg_graph_node_property(search->graph, node, search->aliases);

        for (size_t i = 0; list.type == SG_LIST && i < list.as.list->count; i++)
            try_alias(search, node, list.as.list->items[i]);
    }
}

/* To the whole name or its last word, so that a misspelt surname finds its owner. */
static size_t nearest_distance(const char *typed, const char *key)
{
    const char *last = strrchr(key, ' ');
    size_t whole = sg_edit_distance(typed, key);
    size_t part = last != NULL ? sg_edit_distance(typed, last + 1) : whole;

    return part < whole ? part : whole;
}

/* Only for names that nothing was found for: it costs more than all else. */
static void try_nearest(struct search *search, uint32_t node)
{
    sg_value name = sg_graph_node_property(search->graph, node, search->name);
    const char *key = value_key(search, name);
    size_t distance;

    if (key == NULL)
        return;
    distance = nearest_distance(search->key, key);
    if (distance < search->nearest_distance) {
        search->nearest_distance = distance;
        search->nearest = sg_arena_strndup(search->arena, name.as.string, name.len);
    }
}

static void try_label(struct search *search, const char *label,
                      void (*attempt)(struct search *search, uint32_t node))
{
    sg_symbol symbol = sg_graph_symbol_find(search->graph, SG_LABEL, label, strlen(label));

    if (symbol == SG_NO_SYMBOL)
        return;
    for (uint32_t node = sg_graph_node_next(search->graph, symbol, SG_NO_ENTITY);
         node != SG_NO_ENTITY; node = sg_graph_node_next(search->graph, symbol, node))
        attempt(search, node);
}

static void try_all(struct search *search, const char *label,
                    void (*attempt)(struct search *search, uint32_t node))
{
    static const char *const labels[] = { "Actor", "Position", "Event" };

    if (search->name == SG_NO_SYMBOL || search->key[0] == '\0')
        return;
    if (label != NULL)
        try_label(search, label, attempt);
    for (size_t i = 0; label == NULL && i < sizeof labels / sizeof *labels; i++)
        try_label(search, labels[i], attempt);
}

/* "Hunt (Person #12)": the number tells apart those who share a name. */
static void describe(const struct search *search, uint32_t node, sg_strbuf *out)
{
    sg_value v = sg_graph_node_property(search->graph, node, search->name);
    sg_symbol labels[8];
    size_t count = sg_graph_node_labels(search->graph, node, labels, 8);
    const char *kind = "";

    for (size_t i = 0; i < count && i < 8; i++) {
        const char *label = sg_graph_symbol_name(search->graph, SG_LABEL, labels[i]);

        if (kind[0] == '\0' || strcmp(kind, "Actor") == 0)
            kind = label;
    }
    sg_strbuf_append(out, v.as.string, v.len);
    sg_strbuf_printf(out, " (%s #%lld)", kind, (long long) sg_graph_node_id(search->graph, node));
}

static sg_status ambiguous(struct search *search, int rank, const char *name, sg_error *err)
{
    sg_status status =
        sg_error_set(err, SG_ERR_INPUT, "'%s' could be any of %zu", name, search->count[rank]);
    sg_strbuf list = SG_STRBUF_INIT;

    for (size_t i = 0; i < search->count[rank] && i < CANDIDATES_LISTED; i++) {
        sg_strbuf_puts(&list, i == 0 ? "" : "; ");
        describe(search, search->found[rank][i], &list);
    }
    if (search->count[rank] > CANDIDATES_LISTED)
        sg_strbuf_puts(&list, "; ...");
    sg_error_hint(err, "give more of the name, or the number (#12): %s", sg_strbuf_text(&list));
    sg_strbuf_clear(&list);
    return status;
}

static sg_status unknown(struct search *search, const char *label, const char *name, sg_error *err)
{
    sg_status status;

    try_all(search, label, try_nearest);
    status = sg_error_set(err, SG_ERR_INPUT, "no %s is known by the name '%s'",
                          label == NULL                    ? "actor, position or event"
                          : strcmp(label, "Position") == 0 ? "position"
                          : strcmp(label, "Event") == 0    ? "event"
                                                           : "actor",
                          name);

    if (search->nearest != NULL && search->nearest_distance <= strlen(search->key) / 3 + 1)
        sg_error_hint(err, "did you mean '%s'?  'stance find' searches articles and quotes",
                      search->nearest);
    else
        sg_error_hint(err, "'stance actors list' and 'stance positions list' show the names");
    return status;
}

/* "#12": the node with that id, if it has the label. */
static uint32_t by_number(const sg_graph *graph, const char *label, const char *name)
{
    char *end;
    long long id;
    uint32_t node;
    sg_symbol symbol;

    if (name[0] != '#' || name[1] < '0' || name[1] > '9')
        return SG_NO_ENTITY;
    errno = 0;
    id = strtoll(name + 1, &end, 10);
    node = *end == '\0' && errno == 0 ? sg_graph_node_by_id(graph, id) : SG_NO_ENTITY;
    if (node == SG_NO_ENTITY || label == NULL)
        return node;
    symbol = sg_graph_symbol_find(graph, SG_LABEL, label, strlen(label));
    return symbol != SG_NO_SYMBOL && sg_graph_node_has_label(graph, node, symbol) ? node
                                                                                  : SG_NO_ENTITY;
}

sg_status sg_name_find(const sg_graph *graph, const char *label, const char *name,
                       uint32_t *node_out, sg_error *err)
{
    struct search search = { .graph = graph,
                             .arena = sg_arena_new(),
                             .nearest_distance = SIZE_MAX };
    sg_status status = SG_OK;
    int rank = 0;

    search.key = sg_lookup_key(search.arena, name, strlen(name));
    search.name = sg_graph_symbol_find(graph, SG_KEY, "name", 4);
    search.aliases = sg_graph_symbol_find(graph, SG_KEY, "aliases", 7);
    search.acronym = sg_graph_symbol_find(graph, SG_KEY, "acronym", 7);
    try_all(&search, label, try_node);
    while (rank < RANKS && search.count[rank] == 0)
        rank++;
    *node_out = by_number(graph, label, name);
    if (*node_out != SG_NO_ENTITY)
        status = SG_OK;
    else if (rank == RANKS)
        status = unknown(&search, label, name, err);
    else if (search.count[rank] > 1)
        status = ambiguous(&search, rank, name, err);
    else
        *node_out = search.found[rank][0];
    sg_arena_free(search.arena);
    return status;
}
