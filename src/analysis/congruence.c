#include <stdlib.h>

#include "stance/analysis.h"

/* Pairs are made position by position: everybody with a side on a position meets everybody else
 * there. Meetings are sorted by pair and summed, so the cost is the number of meetings. */

struct meeting {
    uint32_t a;
    uint32_t b;
    bool agree;
};

struct side {
    uint32_t actor;
    int sign;
};

static int by_pair(const void *x, const void *y)
{
    const struct meeting *a = x;
    const struct meeting *b = y;

    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Cells with a side, grouped by position: starts[p] .. starts[p + 1] in the returned array. */
static struct side *sides_by_position(const sg_discourse *discourse, size_t *starts)
{
    struct side *sides = sg_malloc((discourse->cell_count + 1) * sizeof *sides);
    size_t *at = sg_calloc(discourse->position_count + 1, sizeof *at);

    for (size_t i = 0; i < discourse->cell_count; i++) {
        if (sg_discourse_sign(&discourse->cells[i]) != 0)
            starts[discourse->cells[i].position + 1]++;
    }
    for (size_t p = 0; p < discourse->position_count; p++) {
        starts[p + 1] += starts[p];
        at[p] = starts[p];
    }
    for (size_t i = 0; i < discourse->cell_count; i++) {
        const sg_discourse_cell *cell = &discourse->cells[i];
        int sign = sg_discourse_sign(cell);

        if (sign != 0)
            sides[at[cell->position]++] = (struct side){ cell->actor, sign };
    }
    sg_free(at);
    return sides;
}

static void tie_actors(sg_network *network, sg_arena *arena)
{
    const sg_discourse *discourse = network->discourse;
    size_t *starts = sg_calloc(discourse->position_count + 2, sizeof *starts);
    struct side *sides = sides_by_position(discourse, starts);
    uint32_t *held = sg_calloc(discourse->actor_count + 1, sizeof *held);
    struct meeting *meetings = NULL;
    size_t capacity = 0;
    size_t count = 0;
    sg_tie *ties = NULL;
    size_t tie_capacity = 0;
    size_t tie_count = 0;

    for (size_t p = 0; p < discourse->position_count; p++) {
        for (size_t i = starts[p]; i < starts[p + 1]; i++) {
            held[sides[i].actor]++;
            for (size_t j = i + 1; j < starts[p + 1]; j++) {
                SG_GROW(meetings, capacity, count + 1);
                meetings[count++] = (struct meeting){ sides[i].actor, sides[j].actor,
                                                      sides[i].sign == sides[j].sign };
            }
        }
    }
    if (count > 0)
        qsort(meetings, count, sizeof *meetings, by_pair);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || by_pair(&meetings[i - 1], &meetings[i]) != 0) {
            SG_ARENA_GROW(arena, ties, tie_capacity, tie_count + 1);
            ties[tie_count++] = (sg_tie){ .a = meetings[i].a, .b = meetings[i].b };
        }
        if (meetings[i].agree)
            ties[tie_count - 1].agree++;
        else
            ties[tie_count - 1].disagree++;
    }
    for (size_t i = 0; i < tie_count; i++) {
        uint32_t shared = ties[i].agree + ties[i].disagree;
        double either = (double) held[ties[i].a] + held[ties[i].b] - shared;

        ties[i].weight = ((double) ties[i].agree - (double) ties[i].disagree) / either;
    }
    sg_free(starts);
    sg_free(sides);
    sg_free(held);
    sg_free(meetings);
    network->ties = ties;
    network->tie_count = tie_count;
}

sg_status sg_network_count(const sg_graph *graph, const struct sg_selection *selection,
                           sg_arena *arena, sg_network *network_out, sg_error *err)
{
    sg_status status = sg_discourse_count(graph, selection, arena, &network_out->discourse, err);

    if (status == SG_OK)
        tie_actors(network_out, arena);
    return status;
}
