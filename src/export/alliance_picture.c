#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export_internal.h"

/* Actor × actor: every actor keeps its strongest agreements (all of them would be a hairball: one
 * popular position ties everybody who holds it to everybody else). Conflicts are drawn pale and
 * long, so that they push camps apart. neato's stress layout; sfdp above 200 actors. */

#define DEFAULT_ACTORS  80
#define DEFAULT_TIES    2
#define LARGE           200
#define CONFLICTS_SHOWN 120
#define ISOLATES_NAMED  12

struct picture {
    const sg_discourse *discourse;
    const sg_alliances *alliances;
    const struct sg_picture_options *options;
    const sg_tie *ties;
    size_t tie_count;
    bool *shown; /* per actor */
    bool *kept;  /* per tie */
    size_t ties_per_actor;
    size_t hidden; /* actors with ties that are not shown */
    size_t shown_count;
    sg_dot *dot;
};

struct candidate {
    double weight;
    uint32_t other;
    size_t tie;
};

static int strongest_first(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static void choose_actors(struct picture *picture)
{
    size_t n = picture->discourse->actor_count;
    size_t max = picture->options->max_actors > 0 ? picture->options->max_actors : DEFAULT_ACTORS;
    bool *tied = sg_calloc(n + 1, sizeof *tied);

    for (size_t i = 0; i < picture->tie_count; i++) {
        tied[picture->ties[i].a] = true;
        tied[picture->ties[i].b] = true;
    }
    for (size_t i = 0; i < n; i++) {
        if (tied[i] && picture->shown_count < max) {
            picture->shown[i] = true;
            picture->shown_count++;
        } else {
            picture->hidden += tied[i];
        }
    }
    sg_free(tied);
}

static void choose_ties(struct picture *picture)
{
    size_t n = picture->discourse->actor_count;
    struct candidate *candidates = sg_malloc((picture->tie_count + 1) * sizeof *candidates);

    for (uint32_t actor = 0; actor < n; actor++) {
        size_t count = 0;

        if (!picture->shown[actor])
            continue;
        for (size_t i = 0; i < picture->tie_count; i++) {
            const sg_tie *tie = &picture->ties[i];
            uint32_t other = tie->a == actor ? tie->b : tie->a;

            if ((tie->a == actor || tie->b == actor) && tie->weight > 0 && picture->shown[other])
                candidates[count++] = (struct candidate){ tie->weight, other, i };
        }
        qsort(candidates, count, sizeof *candidates, strongest_first);
        for (size_t i = 0; i < count && i < picture->ties_per_actor; i++)
            picture->kept[candidates[i].tie] = true;
    }
    sg_free(candidates);
}

static void put_tie(struct picture *picture, const sg_tie *tie, bool conflict)
{
    const sg_discourse_item *a = &picture->discourse->actors[tie->a];
    const sg_discourse_item *b = &picture->discourse->actors[tie->b];
    sg_strbuf tooltip = SG_STRBUF_INIT;
    char tail[24];
    char head[24];
    char text[24];
    sg_dot_part *edge;

    (void) snprintf(tail, sizeof tail, "a%u", tie->a);
    (void) snprintf(head, sizeof head, "a%u", tie->b);
    edge = sg_dot_edge(picture->dot, tail, head);
    sg_tooltip_append(&tooltip, a->name, a->name_len);
    sg_strbuf_puts(&tooltip, " and ");
    sg_tooltip_append(&tooltip, b->name, b->name_len);
    sg_strbuf_printf(&tooltip, ": agree on %u, disagree on %u", tie->agree, tie->disagree);
    sg_dot_set(picture->dot, edge, "tooltip", sg_strbuf_text(&tooltip));
    sg_dot_set(picture->dot, edge, "color", conflict ? SG_OPPOSE_COLOR "38" : SG_SUPPORT_COLOR);
    if (conflict)
        sg_dot_set(picture->dot, edge, "style", "dashed");
    (void) snprintf(text, sizeof text, "%.1f",
                    fmin(1.0 + 0.6 * (fmax(tie->agree, tie->disagree) - 1.0), 4.0));
    sg_dot_set(picture->dot, edge, "penwidth", text);
    (void) snprintf(text, sizeof text, "%.2f", conflict ? 5.0 : 1.9 - 0.8 * tie->weight);
    sg_dot_set(picture->dot, edge, "len", text);
    sg_dot_set(picture->dot, edge, "weight", conflict ? "0.15" : "3");
    sg_strbuf_clear(&tooltip);
}

/* Conflicts with the largest weight first, as many as a reader can bear. */
static void put_conflicts(struct picture *picture)
{
    struct candidate *candidates = sg_malloc((picture->tie_count + 1) * sizeof *candidates);
    size_t count = 0;

    for (size_t i = 0; i < picture->tie_count; i++) {
        const sg_tie *tie = &picture->ties[i];

        if (tie->weight < 0 && picture->shown[tie->a] && picture->shown[tie->b])
            candidates[count++] = (struct candidate){ -tie->weight, (uint32_t) i, i };
    }
    qsort(candidates, count, sizeof *candidates, strongest_first);
    for (size_t i = 0; i < count && i < CONFLICTS_SHOWN; i++)
        put_tie(picture, &picture->ties[candidates[i].tie], true);
    sg_free(candidates);
}

static void put_legend(const struct picture *picture, sg_strbuf *out)
{
    sg_strbuf label = SG_STRBUF_INIT;

    sg_strbuf_puts(out,
                   "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\" CELLPADDING=\"3\"><TR>"
                   "<TD><FONT COLOR=\"" SG_SUPPORT_COLOR
                   "\"><B>\xE2\x94\x81\xE2\x94\x81\xE2\x94\x81</B></FONT> agree</TD><TD><FONT "
                   "COLOR=\"" SG_OPPOSE_COLOR "\"><B>\xE2\x95\x8D\xE2\x95\x8D\xE2\x95\x8D</B>"
                   "</FONT> disagree</TD><TD>thicker = more positions</TD>");
    for (uint32_t g = 0; g < picture->alliances->count && g < 6; g++) {
        sg_strbuf_reset(&label);
        sg_picture_alliance_label(picture->discourse, picture->alliances, g, &label);
        sg_strbuf_printf(out, "%s<TD BGCOLOR=\"%s\">", g % 3 == 0 ? "</TR><TR>" : "",
                         sg_alliance_tint(g).fill);
        sg_label_wrap(out, sg_strbuf_text(&label), label.len, 34, 2);
        sg_strbuf_puts(out, "</TD>");
    }
    sg_strbuf_puts(out, "</TR></TABLE>");
    sg_strbuf_clear(&label);
}

/* Who is not in the picture, and why. */
static void put_note(const struct picture *picture, sg_strbuf *out)
{
    const sg_discourse *discourse = picture->discourse;
    size_t isolates = discourse->actor_count - picture->shown_count - picture->hidden;
    size_t named = 0;

    if (picture->options->filter != NULL)
        sg_strbuf_printf(out, "%s. ", picture->options->filter);
    sg_strbuf_puts(out, "Strongest ");
    sg_count_append(out, picture->ties_per_actor, "agreement");
    sg_strbuf_puts(out, " of each actor");
    if (picture->hidden > 0) {
        sg_strbuf_puts(out, "; not shown: ");
        sg_count_append(out, picture->hidden, "actor");
        sg_strbuf_puts(out, " with the fewest statements (--max-actors)");
    }
    if (isolates == 0)
        return;
    sg_strbuf_puts(out, ". No position shared with anybody: ");
    for (size_t i = 0; i < discourse->actor_count && named < ISOLATES_NAMED; i++) {
        bool tied = picture->shown[i];

        for (size_t t = 0; !tied && t < picture->tie_count; t++)
            tied = picture->ties[t].a == i || picture->ties[t].b == i;
        if (tied)
            continue;
        sg_strbuf_puts(out, named++ > 0 ? ", " : "");
        sg_strbuf_append(out, discourse->actors[i].name, discourse->actors[i].name_len);
    }
    if (isolates > named)
        sg_strbuf_printf(out, " and %zu more", isolates - named);
}

static void draw(struct picture *picture)
{
    sg_dot_part *root = sg_dot_root(picture->dot);
    bool large = picture->shown_count > LARGE;
    sg_strbuf legend = SG_STRBUF_INIT;
    sg_strbuf note = SG_STRBUF_INIT;

    sg_picture_defaults(picture->dot);
    sg_dot_set(picture->dot, root, "layout", large ? "sfdp" : "neato");
    sg_dot_set(picture->dot, root, "mode", "major");
    sg_dot_set(picture->dot, root, "overlap", "prism");
    sg_dot_set(picture->dot, root, "sep", "+8");
    sg_dot_set(picture->dot, root, "splines", "true");
    sg_dot_set(picture->dot, root, "start", "7");
    put_legend(picture, &legend);
    put_note(picture, &note);
    sg_picture_header(picture->dot, picture->discourse,
                      picture->options->title != NULL ? picture->options->title
                                                      : "Alliances: who argues alike",
                      sg_strbuf_text(&note), sg_strbuf_text(&legend));
    for (uint32_t i = 0; i < picture->discourse->actor_count; i++) {
        char name[24];

        if (!picture->shown[i])
            continue;
        (void) snprintf(name, sizeof name, "a%u", i);
        sg_picture_actor(picture->dot, sg_dot_node(picture->dot, root, name), picture->discourse, i,
                         sg_alliance_tint(picture->alliances->membership[i]), true);
    }
    for (size_t i = 0; i < picture->tie_count; i++) {
        if (picture->kept[i])
            put_tie(picture, &picture->ties[i], false);
    }
    if (!large)
        put_conflicts(picture);
    sg_strbuf_clear(&legend);
    sg_strbuf_clear(&note);
}

sg_status sg_alliance_dot(const sg_network *network, const sg_alliances *alliances,
                          const struct sg_picture_options *options, sg_strbuf *out, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    struct picture picture = { .discourse = network->discourse,
                               .alliances = alliances,
                               .options = options,
                               .ties = network->ties,
                               .tie_count = network->tie_count };
    size_t actors = network->discourse->actor_count;
    sg_status status;

    picture.ties_per_actor = options->ties_per_actor > 0 ? options->ties_per_actor : DEFAULT_TIES;
    picture.shown = sg_arena_calloc(arena, actors + 1, sizeof *picture.shown);
    picture.kept = sg_arena_calloc(arena, network->tie_count + 1, sizeof *picture.kept);
    picture.dot = sg_dot_new("alliances", false);
    choose_actors(&picture);
    choose_ties(&picture);
    draw(&picture);
    status = sg_dot_write(picture.dot, out, err);
    sg_dot_free(picture.dot);
    sg_arena_free(arena);
    return status;
}
