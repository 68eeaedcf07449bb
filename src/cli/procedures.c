#include "procedures.h"

#include <string.h>

#include "stance/analysis.h"
#include "stance/search.h"

#define HITS_MAX 1000

static sg_status count_all(const sg_graph *graph, sg_arena *arena, sg_network *network_out,
                           sg_error *err)
{
    static const struct sg_selection everything = SG_SELECTION_INIT;

    return sg_network_count(graph, &everything, arena, network_out, err);
}

static sg_value actor_node(const sg_network *network, uint32_t actor)
{
    return sg_value_node(network->discourse->actors[actor].node);
}

static sg_status alliances(const struct sg_procedure *self, const sg_graph *graph,
                           const sg_value *args, sg_result *rows, sg_error *err)
{
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    sg_arena *arena = sg_arena_new();
    sg_network network = { 0 };
    sg_alliances *found = NULL;
    sg_status status = count_all(graph, arena, &network, err);

    (void) self;
    if (args[0].type == SG_FLOAT)
        options.resolution = args[0].as.number;
    else if (args[0].type == SG_INTEGER)
        options.resolution = (double) args[0].as.integer;
    if (status == SG_OK)
        status = sg_alliances_find(&network, &options, arena, &found, err);
    for (size_t g = 0; status == SG_OK && g < found->count; g++) {
        for (size_t m = 0; m < found->groups[g].member_count; m++) {
            uint32_t actor = found->groups[g].members[m];
            sg_value cells[] = {
                sg_value_text(sg_alliance_letter(g, arena)),
                actor_node(&network, actor),
                sg_value_float(found->certainty[actor]),
            };

            sg_result_add(rows, cells);
        }
    }
    sg_arena_free(arena);
    return status;
}

static sg_status centrality(const struct sg_procedure *self, const sg_graph *graph,
                            const sg_value *args, sg_result *rows, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_network network = { 0 };
    sg_centrality *measures = NULL;
    sg_status status = count_all(graph, arena, &network, err);
    const char *by = NULL;

    (void) self;
    if (args[0].type == SG_STRING)
        by = sg_arena_strndup(arena, args[0].as.string, args[0].len);
    if (status == SG_OK)
        status = sg_centrality_compute(&network, arena, &measures, err);
    for (uint32_t i = 0; status == SG_OK && i < network.discourse->actor_count; i++) {
        double value = 0;

        status = sg_centrality_value(network.discourse, measures, i, by, &value, err);
        if (status == SG_OK) {
            sg_value cells[] = { actor_node(&network, i), sg_value_float(value) };

            sg_result_add(rows, cells);
        }
    }
    sg_arena_free(arena);
    if (status == SG_ERR_USAGE) /* of the procedure, not of the command line */
        status = err->status = SG_ERR_QUERY;
    return status;
}

static sg_status congruence(const struct sg_procedure *self, const sg_graph *graph,
                            const sg_value *args, sg_result *rows, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_network network = { 0 };
    sg_status status = count_all(graph, arena, &network, err);

    (void) self;
    (void) args;
    for (size_t i = 0; status == SG_OK && i < network.tie_count; i++) {
        const sg_tie *tie = &network.ties[i];
        sg_value cells[] = {
            actor_node(&network, tie->a), actor_node(&network, tie->b),
            sg_value_integer(tie->agree), sg_value_integer(tie->disagree),
            sg_value_float(tie->weight),
        };

        sg_result_add(rows, cells);
    }
    sg_arena_free(arena);
    return status;
}

/* ---- full text ---- */

struct searching {
    const sg_graph *graph;
    sg_result *rows;
    sg_search_place place;
    size_t hits;
};

/* Marks of the snippet become asterisks, as `stance find` prints them. */
static const char *plain_snippet(sg_arena *arena, const char *snippet)
{
    char *text = sg_arena_strdup(arena, snippet);

    for (char *c = text; *c != '\0'; c++) {
        if (*c == SG_HIT_ON || *c == SG_HIT_OFF)
            *c = '*';
    }
    return text;
}

static bool add_hit(void *data, const sg_hit *hit)
{
    struct searching *searching = data;
    bool quotes = searching->place == SG_SEARCH_QUOTES;
    uint32_t rel = quotes ? sg_graph_rel_by_id(searching->graph, hit->id) : SG_NO_ENTITY;
    uint32_t article = sg_graph_node_by_id(searching->graph, quotes ? hit->article : hit->id);
    sg_arena *arena = sg_arena_new();
    sg_value cells[] = {
        rel != SG_NO_ENTITY ? sg_value_node(sg_graph_rel_source(searching->graph, rel))
                            : sg_value_null(),
        rel != SG_NO_ENTITY ? sg_value_relationship(rel) : sg_value_null(),
        article != SG_NO_ENTITY ? sg_value_node(article) : sg_value_null(),
        sg_value_float(hit->score),
        sg_value_text(plain_snippet(arena, hit->snippet)),
    };

    sg_result_add(searching->rows, cells);
    sg_arena_free(arena);
    return ++searching->hits < HITS_MAX;
}

static sg_status fulltext(const struct sg_procedure *self, const sg_graph *graph,
                          const sg_value *args, sg_result *rows, sg_error *err)
{
    union {
        const void *in;
        sg_store *out;
    } store = { self->data };
    struct searching searching = { graph, rows, SG_SEARCH_QUOTES, 0 };
    char *words;
    sg_status status;

    if (store.out == NULL)
        return sg_error_set(err, SG_ERR_QUERY, "stance.fulltext needs a database");
    words = sg_strndup(args[0].as.string, args[0].len);
    status = sg_store_search(store.out, SG_SEARCH_QUOTES, words, add_hit, &searching, err);
    searching.place = SG_SEARCH_ARTICLES;
    if (status == SG_OK)
        status = sg_store_search(store.out, SG_SEARCH_ARTICLES, words, add_hit, &searching, err);
    sg_free(words);
    return status;
}

/* ---- the table ---- */

void sg_cli_procedures(sg_store *store, struct sg_procedure out[SG_PROCEDURES])
{
    static const struct sg_procedure_field resolution[] = { { "resolution", "NUMBER?" } };
    static const struct sg_procedure_field members[] = { { "alliance", "STRING" },
                                                         { "actor", "NODE" },
                                                         { "certainty", "FLOAT" } };
    static const struct sg_procedure_field measure[] = { { "measure", "STRING?" } };
    static const struct sg_procedure_field values[] = { { "actor", "NODE" }, { "value", "FLOAT" } };
    static const struct sg_procedure_field ties[] = { { "a", "NODE" },
                                                      { "b", "NODE" },
                                                      { "agree", "INTEGER" },
                                                      { "disagree", "INTEGER" },
                                                      { "weight", "FLOAT" } };
    static const struct sg_procedure_field words[] = { { "words", "STRING" } };
    static const struct sg_procedure_field hits[] = { { "speaker", "NODE?" },
                                                      { "statement", "RELATIONSHIP?" },
                                                      { "article", "NODE?" },
                                                      { "score", "FLOAT" },
                                                      { "snippet", "STRING" } };

    out[0] = (struct sg_procedure){
        "stance.alliances", "who argues alike", resolution, 1, 0, members, 3, alliances, NULL
    };
    out[1] = (struct sg_procedure){
        "stance.centrality", "how central each actor is", measure, 1, 0, values, 2, centrality, NULL
    };
    out[2] = (struct sg_procedure){
        "stance.congruence", "on how much two actors agree", NULL, 0, 0, ties, 5, congruence, NULL
    };
    out[3] = (struct sg_procedure){ "stance.fulltext",
                                    "quotes and articles with these words",
                                    words,
                                    1,
                                    1,
                                    hits,
                                    5,
                                    fulltext,
                                    store };
}
