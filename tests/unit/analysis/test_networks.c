#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/analysis.h"
#include "stance/camps.h"

#include "graph_fixture.h"

/* Two camps of three and two, one actor between them, one without a tie. */
static const struct fixture_statement dispute[] = {
    { "Union", "Organisation", "OPPOSES", "plan", 100, 0.9, "proposed" },
    { "Union", "Organisation", "SUPPORTS", "strike", 101, 0.9, "proposed" },
    { "Union", "Organisation", "OPPOSES", "plan", 103, 0.5, "proposed" },
    { "Members", "Group", "OPPOSES", "plan", 100, 0.8, "proposed" },
    { "Members", "Group", "SUPPORTS", "strike", 102, 0.8, "accepted" },
    { "Critic", "Person", "OPPOSES", "plan", 104, 0.7, "proposed" },
    { "Minister", "Person", "SUPPORTS", "plan", 99, 0.9, "proposed" },
    { "Minister", "Person", "OPPOSES", "strike", 99, 0.9, "proposed" },
    { "Ministry", "Organisation", "SUPPORTS", "plan", 105, 0.9, "proposed" },
    { "Ministry", "Organisation", "SUPPORTS", "strike", 105, 0.9, "rejected" },
    { "Hermit", "Person", "SUPPORTS", "silence", 106, 0.9, "proposed" },
};

enum { STATEMENTS = sizeof dispute / sizeof dispute[0] };

static sg_graph *graph;
static sg_arena *arena;

static void open_network(sg_network *network, const struct sg_selection *selection)
{
    sg_error err = SG_ERROR_INIT;

    graph = fixture_graph(dispute, STATEMENTS);
    arena = sg_arena_new();
    assert_int_equal(sg_network_count(graph, selection, arena, network, &err), SG_OK);
}

static void close_network(void)
{
    sg_arena_free(arena);
    sg_graph_close(graph);
}

static uint32_t actor(const sg_network *network, const char *name)
{
    for (uint32_t i = 0; i < network->discourse->actor_count; i++) {
        if (strcmp(network->discourse->actors[i].name, name) == 0)
            return i;
    }
    fail_msg("no actor %s", name);
    return 0;
}

static const sg_tie *tie(const sg_network *network, const char *a, const char *b)
{
    uint32_t x = actor(network, a);
    uint32_t y = actor(network, b);

    for (size_t i = 0; i < network->tie_count; i++) {
        const sg_tie *t = &network->ties[i];

        if ((t->a == x && t->b == y) || (t->a == y && t->b == x))
            return t;
    }
    return NULL;
}

static void rejected_statements_do_not_count(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_network network;

    (void) state;
    open_network(&network, &selection);
    assert_int_equal(network.discourse->statement_count, STATEMENTS - 1);
    assert_int_equal(network.discourse->first, 99);
    assert_int_equal(network.discourse->last, 106);
    assert_string_equal(network.discourse->actors[0].name, "Union"); /* most statements first */
    close_network();
}

static void selection_narrows_by_day_kind_status_and_confidence(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_network network;

    (void) state;
    selection.since = 100;
    selection.until = 102;
    open_network(&network, &selection);
    assert_int_equal(network.discourse->statement_count, 4);
    close_network();
    selection = (struct sg_selection) SG_SELECTION_INIT;
    selection.kind = "Person";
    selection.min_confidence = 0.8;
    open_network(&network, &selection);
    assert_int_equal(network.discourse->statement_count, 3);
    close_network();
    selection = (struct sg_selection) SG_SELECTION_INIT;
    selection.status = "rejected";
    open_network(&network, &selection);
    assert_int_equal(network.discourse->statement_count, 1);
    close_network();
}

static void ties_count_positions_not_statements(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_network network;

    (void) state;
    open_network(&network, &selection);
    assert_int_equal(tie(&network, "Union", "Members")->agree, 2);
    assert_true(fabs(tie(&network, "Union", "Members")->weight - 1.0) < 1e-12);
    assert_true(fabs(tie(&network, "Union", "Minister")->weight + 1.0) < 1e-12);
    assert_true(fabs(tie(&network, "Union", "Critic")->weight - 0.5) < 1e-12);
    assert_true(fabs(tie(&network, "Minister", "Ministry")->weight - 0.5) < 1e-12);
    assert_null(tie(&network, "Hermit", "Critic"));
    close_network();
}

/* Weight of the best partition, by trying them all. */
static double best_partition(const sg_network *network)
{
    size_t n = network->discourse->actor_count;
    uint32_t group[8] = { 0 };
    double best = 0;
    size_t total = 1;

    assert_true(n <= 6);
    for (size_t i = 0; i < n; i++)
        total *= n;
    for (size_t code = 0; code < total; code++) {
        double inside = 0;
        size_t rest = code;

        for (size_t i = 0; i < n; i++) {
            group[i] = (uint32_t) (rest % n);
            rest /= n;
        }
        for (size_t i = 0; i < network->tie_count; i++) {
            if (group[network->ties[i].a] == group[network->ties[i].b])
                inside += network->ties[i].weight;
        }
        if (inside > best)
            best = inside;
    }
    return best;
}

static void alliances_are_the_best_partition(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    sg_network network;
    sg_alliances *alliances = NULL;
    sg_error err = SG_ERROR_INIT;
    double inside = 0;

    (void) state;
    open_network(&network, &selection);
    assert_int_equal(sg_alliances_find(&network, &options, arena, &alliances, &err), SG_OK);
    assert_int_equal(alliances->count, 2);
    assert_int_equal(alliances->groups[0].member_count, 3);
    assert_int_equal(alliances->membership[actor(&network, "Hermit")], SG_NO_ALLIANCE);
    assert_int_equal(alliances->membership[actor(&network, "Minister")],
                     alliances->membership[actor(&network, "Ministry")]);
    for (size_t i = 0; i < network.tie_count; i++) {
        uint32_t a = alliances->membership[network.ties[i].a];

        if (a != SG_NO_ALLIANCE && a == alliances->membership[network.ties[i].b])
            inside += network.ties[i].weight;
    }
    assert_true(fabs(inside - best_partition(&network)) < 1e-9);
    assert_true(fabs(alliances->frustration) < 1e-9);
    assert_int_equal(alliances->groups[0].bonds[0].oppose, 3);
    assert_true(fabs(alliances->certainty[0] - 1.0) < 1e-9);
    close_network();
}

static void centrality_reads_agreement_and_reports_conflict(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_network network;
    sg_centrality *centrality = NULL;
    sg_error err = SG_ERROR_INIT;
    uint32_t critic;
    double sum = 0;

    (void) state;
    open_network(&network, &selection);
    critic = actor(&network, "Critic");
    assert_int_equal(sg_centrality_compute(&network, arena, &centrality, &err), SG_OK);
    assert_int_equal(centrality[critic].degree_agree, 2);
    assert_int_equal(centrality[critic].degree_conflict, 2);
    assert_true(fabs(centrality[critic].strength_agree - 1.0) < 1e-12);
    assert_int_equal(centrality[critic].component, 0);
    assert_int_equal(centrality[actor(&network, "Minister")].component, 1);
    for (size_t i = 0; i < network.discourse->actor_count; i++)
        sum += centrality[i].pagerank;
    assert_true(fabs(sum - 1.0) < 1e-9);
    close_network();
}

static void camps_have_opposite_signs(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    sg_network network;
    double *camp;

    (void) state;
    open_network(&network, &selection);
    camp = sg_two_camps(&network, arena);
    assert_true(camp[actor(&network, "Union")] > 0);
    assert_true(camp[actor(&network, "Critic")] > 0);
    assert_true(camp[actor(&network, "Minister")] < 0);
    close_network();
}

static void an_empty_graph_has_no_alliances(void **state)
{
    struct sg_selection selection = SG_SELECTION_INIT;
    struct sg_alliance_options options = SG_ALLIANCE_OPTIONS_INIT;
    sg_network network;
    sg_alliances *alliances = NULL;
    sg_centrality *centrality = NULL;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    graph = sg_graph_new();
    arena = sg_arena_new();
    assert_int_equal(sg_network_count(graph, &selection, arena, &network, &err), SG_OK);
    assert_int_equal(sg_alliances_find(&network, &options, arena, &alliances, &err), SG_OK);
    assert_int_equal(alliances->count, 0);
    assert_int_equal(sg_centrality_compute(&network, arena, &centrality, &err), SG_OK);
    close_network();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rejected_statements_do_not_count),
        cmocka_unit_test(selection_narrows_by_day_kind_status_and_confidence),
        cmocka_unit_test(ties_count_positions_not_statements),
        cmocka_unit_test(alliances_are_the_best_partition),
        cmocka_unit_test(centrality_reads_agreement_and_reports_conflict),
        cmocka_unit_test(camps_have_opposite_signs),
        cmocka_unit_test(an_empty_graph_has_no_alliances),
    };

    return cmocka_run_group_tests_name("analysis/networks", tests, NULL, NULL);
}
