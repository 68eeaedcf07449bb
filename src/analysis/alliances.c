#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/analysis.h"

#include "analysis_internal.h"

/* Leiden is randomised: it runs once per seed, the partition with the best quality wins (the
 * first of equals), and the others say how certain each actor's place is. */

/* Two qualities closer than this are the same partition value, summed in another order. */
#define SAME_QUALITY 1e-9

struct runs {
    size_t actor_count;
    uint32_t *best;
    double best_quality;
    uint32_t *all; /* actor_count entries per seed */
    unsigned seeds;
};

static sg_status run_seeds(const struct sg_igraph_network *network,
                           const struct sg_alliance_options *options, sg_arena *arena,
                           struct runs *runs, sg_error *err)
{
    size_t n = network->node_count;

    runs->actor_count = n;
    runs->seeds = options->seeds > 0 ? options->seeds : 1;
    runs->all = sg_arena_calloc(arena, n * runs->seeds, sizeof *runs->all);
    for (unsigned seed = 0; seed < runs->seeds; seed++) {
        uint32_t *membership = runs->all + (size_t) seed * n;
        double quality = 0.0;
        sg_status status =
            sg_igraph_leiden(network, options->resolution, seed + 1, membership, &quality, err);

        if (status != SG_OK)
            return status;
        if (runs->best == NULL || quality > runs->best_quality + SAME_QUALITY) {
            runs->best = membership;
            runs->best_quality = quality;
        }
    }
    return SG_OK;
}

static int by_size(const void *a, const void *b)
{
    const sg_alliance *x = a;
    const sg_alliance *y = b;

    if (x->member_count != y->member_count)
        return x->member_count > y->member_count ? -1 : 1;
    return x->members[0] < y->members[0] ? -1 : x->members[0] > y->members[0];
}

/* Groups of two and more, members in actor order (most statements first). */
static void collect_groups(const struct runs *runs, sg_arena *arena, sg_alliances *alliances)
{
    size_t n = runs->actor_count;
    sg_alliance *groups = sg_arena_calloc(arena, n + 1, sizeof *groups);

    for (size_t i = 0; i < n; i++) {
        sg_alliance *group = &groups[runs->best[i]];

        group->member_count++;
    }
    for (size_t g = 0; g <= n; g++)
        groups[g].members = sg_arena_alloc(arena, groups[g].member_count * sizeof(uint32_t));
    for (size_t g = 0; g <= n; g++)
        groups[g].member_count = 0;
    for (size_t i = 0; i < n; i++) {
        sg_alliance *group = &groups[runs->best[i]];

        group->members[group->member_count++] = (uint32_t) i;
    }
    for (size_t g = 0; g <= n; g++) {
        if (groups[g].member_count > 1)
            groups[alliances->count++] = groups[g];
    }
    if (alliances->count > 0)
        qsort(groups, alliances->count, sizeof *groups, by_size);
    alliances->groups = groups;
    alliances->membership = sg_arena_alloc(arena, (n + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < n; i++)
        alliances->membership[i] = SG_NO_ALLIANCE;
    for (size_t g = 0; g < alliances->count; g++) {
        for (size_t m = 0; m < groups[g].member_count; m++)
            alliances->membership[groups[g].members[m]] = (uint32_t) g;
    }
}

/* Share of seeds in which an actor is with more than half of the others of its group. */
static void rate_certainty(const struct runs *runs, sg_arena *arena, sg_alliances *alliances)
{
    alliances->certainty = sg_arena_calloc(arena, runs->actor_count + 1, sizeof(double));
    for (size_t g = 0; g < alliances->count; g++) {
        const sg_alliance *group = &alliances->groups[g];

        for (size_t m = 0; m < group->member_count; m++) {
            uint32_t actor = group->members[m];
            unsigned together = 0;

            for (unsigned seed = 0; seed < runs->seeds; seed++) {
                const uint32_t *membership = runs->all + (size_t) seed * runs->actor_count;
                size_t with = 0;

                for (size_t o = 0; o < group->member_count; o++)
                    with += o != m && membership[group->members[o]] == membership[actor];
                together += 2 * with >= group->member_count - 1;
            }
            alliances->certainty[actor] = (double) together / runs->seeds;
        }
    }
}

static void rate_ties(const sg_network *network, sg_arena *arena, sg_alliances *alliances)
{
    double *inside = sg_arena_calloc(arena, alliances->count + 1, sizeof *inside);
    size_t *across = sg_arena_calloc(arena, alliances->count + 1, sizeof *across);
    size_t *against = sg_arena_calloc(arena, alliances->count + 1, sizeof *against);
    const sg_tie *ties = network->ties;

    for (size_t i = 0; i < network->tie_count; i++) {
        uint32_t a = alliances->membership[ties[i].a];
        uint32_t b = alliances->membership[ties[i].b];
        bool together = a == b && a != SG_NO_ALLIANCE;

        if (together == (ties[i].weight < 0))
            alliances->frustration += fabs(ties[i].weight);
        if (together) {
            inside[a] += ties[i].weight;
            continue;
        }
        for (int end = 0; end < 2; end++) {
            uint32_t g = end == 0 ? a : b;

            if (g == SG_NO_ALLIANCE)
                continue;
            across[g]++;
            against[g] += ties[i].weight < 0;
        }
    }
    for (size_t g = 0; g < alliances->count; g++) {
        double members = (double) alliances->groups[g].member_count;
        double pairs = members * (members - 1) / 2;

        alliances->groups[g].agreement = inside[g] / pairs;
        alliances->groups[g].conflict =
            across[g] > 0 ? (double) against[g] / (double) across[g] : 0.0;
    }
}

static int by_strength(const void *a, const void *b)
{
    const sg_alliance_bond *x = a;
    const sg_alliance_bond *y = b;
    uint32_t x_lead = x->support > x->oppose ? x->support - x->oppose : x->oppose - x->support;
    uint32_t y_lead = y->support > y->oppose ? y->support - y->oppose : y->oppose - y->support;

    if (x_lead != y_lead)
        return x_lead > y_lead ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static void find_bonds(const sg_discourse *discourse, sg_arena *arena, sg_alliances *alliances)
{
    size_t columns = discourse->position_count;
    sg_alliance_bond *table = sg_arena_calloc(arena, alliances->count * columns + 1, sizeof *table);

    for (size_t i = 0; i < discourse->cell_count; i++) {
        const sg_discourse_cell *cell = &discourse->cells[i];
        uint32_t g = alliances->membership[cell->actor];
        int sign = sg_discourse_sign(cell);

        if (g == SG_NO_ALLIANCE || sign == 0)
            continue;
        table[g * columns + cell->position].support += sign > 0;
        table[g * columns + cell->position].oppose += sign < 0;
    }
    for (size_t g = 0; g < alliances->count; g++) {
        sg_alliance *group = &alliances->groups[g];
        sg_alliance_bond *row = table + g * columns;

        group->bonds = row;
        for (size_t p = 0; p < columns; p++) {
            sg_alliance_bond bond = { (uint32_t) p, row[p].support, row[p].oppose };

            if (bond.support > bond.oppose + 1 || bond.oppose > bond.support + 1)
                row[group->bond_count++] = bond;
        }
        if (group->bond_count > 0)
            qsort(row, group->bond_count, sizeof *row, by_strength);
    }
}

sg_status sg_alliances_find(const sg_network *network, const struct sg_alliance_options *options,
                            sg_arena *arena, sg_alliances **alliances_out, sg_error *err)
{
    size_t tie_count = network->tie_count;
    uint32_t *ends = sg_arena_alloc(arena, 2 * tie_count * sizeof *ends);
    double *weights = sg_arena_alloc(arena, tie_count * sizeof *weights);
    struct sg_igraph_network signed_ties = { network->discourse->actor_count, tie_count, ends,
                                             weights };
    struct runs runs = { 0 };
    sg_alliances *alliances = sg_arena_calloc(arena, 1, sizeof *alliances);
    sg_status status;

    for (size_t i = 0; i < tie_count; i++) {
        ends[2 * i] = network->ties[i].a;
        ends[2 * i + 1] = network->ties[i].b;
        weights[i] = network->ties[i].weight;
    }
    *alliances_out = alliances;
    if (tie_count == 0) {
        runs.actor_count = network->discourse->actor_count;
        runs.best = sg_arena_calloc(arena, runs.actor_count + 1, sizeof(uint32_t));
        for (size_t i = 0; i < runs.actor_count; i++)
            runs.best[i] = (uint32_t) i;
    } else {
        status = run_seeds(&signed_ties, options, arena, &runs, err);
        if (status != SG_OK)
            return status;
    }
    alliances->quality = runs.best_quality;
    collect_groups(&runs, arena, alliances);
    rate_certainty(&runs, arena, alliances);
    rate_ties(network, arena, alliances);
    find_bonds(network->discourse, arena, alliances);
    return SG_OK;
}

const char *sg_alliance_letter(size_t i, sg_arena *arena)
{
    if (i < 26)
        return sg_arena_printf(arena, "%c", (char) ('A' + i));
    return sg_arena_printf(arena, "%zu", i + 1);
}
