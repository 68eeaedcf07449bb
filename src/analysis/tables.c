#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/analysis.h"
#include "stance/strbuf.h"

/* Analyses as tables. Numbers are rounded to six digits so that tables repeat on any machine. */

#define BONDS_NAMED 5

static sg_value rounded(double number)
{
    return sg_value_float(nearbyint(number * 1e6) / 1e6 + 0.0); /* + 0.0 turns -0 into 0 */
}

static sg_value text(const sg_strbuf *buf)
{
    return sg_value_string(sg_strbuf_text(buf), buf->len);
}

static sg_value name_of(const sg_discourse_item *item)
{
    return sg_value_string(item->name, item->name_len);
}

static const char *kind_of(const sg_discourse *discourse, uint32_t actor)
{
    static const char *const kinds[] = { "Person", "Organisation", "Group" };

    for (size_t i = 0; i < 3; i++) {
        sg_symbol label =
            sg_graph_symbol_find(discourse->graph, SG_LABEL, kinds[i], strlen(kinds[i]));

        if (label != SG_NO_SYMBOL &&
            sg_graph_node_has_label(discourse->graph, discourse->actors[actor].node, label))
            return kinds[i];
    }
    return NULL;
}

static void name_bonds(const sg_discourse *discourse, const sg_alliance *group, sg_strbuf *out)
{
    for (size_t i = 0; i < group->bond_count && i < BONDS_NAMED; i++) {
        const sg_alliance_bond *bond = &group->bonds[i];
        const sg_discourse_item *position = &discourse->positions[bond->position];
        bool support = bond->support > bond->oppose;

        sg_strbuf_printf(out, "%s%s %.*s (%u", i > 0 ? "; " : "", support ? "for" : "against",
                         (int) position->name_len, position->name,
                         support ? bond->support : bond->oppose);
        if (bond->support > 0 && bond->oppose > 0)
            sg_strbuf_printf(out, " to %u", support ? bond->oppose : bond->support);
        sg_strbuf_putc(out, ')');
    }
}

sg_status sg_alliances_result(const sg_discourse *discourse, const sg_alliances *alliances,
                              sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { "alliance",  "actors",    "members",
                                           "positions", "agreement", "conflict" };
    sg_result *result = sg_result_new(columns, 6);
    sg_strbuf members = SG_STRBUF_INIT;
    sg_strbuf bonds = SG_STRBUF_INIT;

    (void) err;
    for (size_t g = 0; g < alliances->count; g++) {
        const sg_alliance *group = &alliances->groups[g];
        sg_value cells[6];

        sg_strbuf_reset(&members);
        sg_strbuf_reset(&bonds);
        for (size_t m = 0; m < group->member_count; m++) {
            const sg_discourse_item *actor = &discourse->actors[group->members[m]];

            sg_strbuf_printf(&members, "%s%.*s", m > 0 ? "; " : "", (int) actor->name_len,
                             actor->name);
        }
        name_bonds(discourse, group, &bonds);
        cells[0] = sg_value_text(sg_alliance_letter(g, sg_result_arena(result)));
        cells[1] = sg_value_integer((int64_t) group->member_count);
        cells[2] = text(&members);
        cells[3] = text(&bonds);
        cells[4] = rounded(group->agreement);
        cells[5] = rounded(group->conflict);
        sg_result_add(result, cells);
    }
    sg_strbuf_clear(&members);
    sg_strbuf_clear(&bonds);
    *result_out = result;
    return SG_OK;
}

sg_status sg_alliance_members_result(const sg_discourse *discourse, const sg_alliances *alliances,
                                     sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { "alliance", "actor", "type", "statements", "certainty" };
    sg_result *result = sg_result_new(columns, 5);

    (void) err;
    for (size_t g = 0; g < alliances->count; g++) {
        const sg_alliance *group = &alliances->groups[g];

        for (size_t m = 0; m < group->member_count; m++) {
            uint32_t actor = group->members[m];
            sg_value cells[5];

            cells[0] = sg_value_text(sg_alliance_letter(g, sg_result_arena(result)));
            cells[1] = name_of(&discourse->actors[actor]);
            cells[2] = sg_value_text(kind_of(discourse, actor));
            cells[3] = sg_value_integer(discourse->actors[actor].statements);
            cells[4] = rounded(alliances->certainty[actor]);
            sg_result_add(result, cells);
        }
    }
    *result_out = result;
    return SG_OK;
}

/* ---- centrality ---- */

static const char *const measures[] = {
    "pagerank",        "betweenness",    "closeness",         "eigenvector", "degree_agree",
    "degree_conflict", "strength_agree", "strength_conflict", "statements",
};

enum { MEASURES = sizeof measures / sizeof measures[0] };

static double measure(const sg_discourse *discourse, const sg_centrality *c, size_t actor,
                      size_t which)
{
    switch (which) {
    case 0:
        return c->pagerank;
    case 1:
        return c->betweenness;
    case 2:
        return c->closeness;
    case 3:
        return c->eigenvector;
    case 4:
        return c->degree_agree;
    case 5:
        return c->degree_conflict;
    case 6:
        return c->strength_agree;
    case 7:
        return c->strength_conflict;
    default:
        return discourse->actors[actor].statements;
    }
}

struct ranked {
    double value;
    size_t actor;
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

static sg_status find_measure(const char *by, size_t *which_out, sg_error *err)
{
    sg_strbuf known = SG_STRBUF_INIT;
    sg_status status;

    for (size_t i = 0; i < MEASURES; i++) {
        if (by == NULL || strcmp(by, measures[i]) == 0) {
            *which_out = i;
            return SG_OK;
        }
    }
    for (size_t i = 0; i < MEASURES; i++)
        sg_strbuf_printf(&known, "%s%s", i > 0 ? ", " : "", measures[i]);
    status = sg_error_set(err, SG_ERR_USAGE, "there is no centrality measure '%s'", by);
    sg_error_hint(err, "one of %s", sg_strbuf_text(&known));
    sg_strbuf_clear(&known);
    return status;
}

sg_status sg_centrality_value(const sg_discourse *discourse, const sg_centrality *centrality,
                              size_t actor, const char *by, double *value_out, sg_error *err)
{
    size_t which = 0;
    sg_status status = find_measure(by, &which, err);

    if (status == SG_OK)
        *value_out = measure(discourse, &centrality[actor], actor, which);
    return status;
}

static void add_actor(sg_result *result, const sg_discourse *discourse, const sg_centrality *c,
                      size_t actor)
{
    sg_value cells[12];

    cells[0] = name_of(&discourse->actors[actor]);
    cells[1] = sg_value_text(kind_of(discourse, (uint32_t) actor));
    cells[2] = sg_value_integer(discourse->actors[actor].statements);
    cells[3] = sg_value_integer(discourse->actors[actor].links);
    cells[4] = sg_value_integer(c->degree_agree);
    cells[5] = sg_value_integer(c->degree_conflict);
    cells[6] = rounded(c->strength_agree);
    cells[7] = rounded(c->strength_conflict);
    cells[8] = rounded(c->pagerank);
    cells[9] = rounded(c->betweenness);
    cells[10] = rounded(c->closeness);
    cells[11] = rounded(c->eigenvector);
    sg_result_add(result, cells);
}

sg_status sg_centrality_result(const sg_discourse *discourse, const sg_centrality *centrality,
                               const char *by, sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = {
        "actor",           "type",           "statements",        "positions", "degree_agree",
        "degree_conflict", "strength_agree", "strength_conflict", "pagerank",  "betweenness",
        "closeness",       "eigenvector",
    };
    struct ranked *order;
    size_t which = 0;
    sg_status status = find_measure(by, &which, err);

    if (status != SG_OK)
        return status;
    order = sg_malloc((discourse->actor_count + 1) * sizeof *order);
    for (size_t i = 0; i < discourse->actor_count; i++) {
        double value = measure(discourse, &centrality[i], i, which);

        order[i] = (struct ranked){ nearbyint(value * 1e6) / 1e6, i };
    }
    qsort(order, discourse->actor_count, sizeof *order, by_value);
    *result_out = sg_result_new(columns, 12);
    for (size_t i = 0; i < discourse->actor_count; i++)
        add_actor(*result_out, discourse, &centrality[order[i].actor], order[i].actor);
    sg_free(order);
    return SG_OK;
}
