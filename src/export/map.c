#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/camps.h"

#include "export_internal.h"

/* The butterfly map: positions in the middle rank, actors left and right of them, alliances as
 * tinted clusters. An actor on the right gets its edge written position -> actor with dir=back,
 * which puts it in the third rank while the arrow still points at the position. Sides are the two
 * camps of the signed network, so that a contested position shows arrows from one side and bars
 * from the other. Less than about a sixth of the actors on one side makes one column only. */

#define DEFAULT_ACTORS    40
#define DEFAULT_POSITIONS 15
#define SMALLEST_SIDE     0.15
#define QUOTE_SHOWN       180

struct map {
    const sg_discourse *discourse;
    const sg_alliances *alliances;
    const struct sg_picture_options *options;
    sg_dot *dot;
    size_t max_actors;
    size_t max_positions;
    bool *shown; /* per actor */
    bool *right; /* per actor: in the third rank */
    size_t shown_count;
};

static void node_name(char name[24], char kind, uint32_t i)
{
    (void) snprintf(name, 24, "%c%u", kind, i);
}

/* Actors with a cell on a shown position, most statements first. */
static void choose_actors(struct map *map)
{
    const sg_discourse *discourse = map->discourse;
    bool *linked = sg_calloc(discourse->actor_count + 1, sizeof *linked);

    for (size_t i = 0; i < discourse->cell_count; i++) {
        if (discourse->cells[i].position < map->max_positions)
            linked[discourse->cells[i].actor] = true;
    }
    for (size_t i = 0; i < discourse->actor_count && map->shown_count < map->max_actors; i++) {
        map->shown[i] = linked[i];
        map->shown_count += linked[i];
    }
    sg_free(linked);
}

/* An alliance stays together: it goes where the sum of its members leans. */
static void choose_sides(struct map *map, const double *camp)
{
    const sg_alliances *alliances = map->alliances;
    size_t n = map->discourse->actor_count;
    double *lean = sg_calloc(alliances->count + 1, sizeof *lean);
    size_t right = 0;

    for (size_t i = 0; i < n; i++) {
        if (alliances->membership[i] != SG_NO_ALLIANCE)
            lean[alliances->membership[i]] += camp[i];
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t g = alliances->membership[i];

        map->right[i] = (g != SG_NO_ALLIANCE ? lean[g] : camp[i]) < 0;
        right += map->right[i] && map->shown[i];
    }
    if ((double) right < SMALLEST_SIDE * (double) map->shown_count ||
        (double) right > (1 - SMALLEST_SIDE) * (double) map->shown_count)
        memset(map->right, 0, n * sizeof *map->right);
    else if (2 * right > map->shown_count) /* the larger camp stands left */
        for (size_t i = 0; i < n; i++)
            map->right[i] = !map->right[i];
    sg_free(lean);
}

static void put_actor(struct map *map, sg_dot_part *parent, uint32_t actor)
{
    char name[24];

    node_name(name, 'a', actor);
    sg_picture_actor(map->dot, sg_dot_node(map->dot, parent, name), map->discourse, actor,
                     sg_alliance_tint(map->alliances->membership[actor]), false);
}

static size_t shown_members(const struct map *map, const sg_alliance *group)
{
    size_t count = 0;

    for (size_t m = 0; m < group->member_count; m++)
        count += map->shown[group->members[m]];
    return count;
}

static void put_cluster(struct map *map, uint32_t alliance)
{
    const sg_alliance *group = &map->alliances->groups[alliance];
    struct sg_tint tint = sg_alliance_tint(alliance);
    sg_strbuf label = SG_STRBUF_INIT;
    sg_strbuf html = SG_STRBUF_INIT;
    char name[24];
    sg_dot_part *cluster;

    if (shown_members(map, group) == 0)
        return;
    (void) snprintf(name, sizeof name, "cluster_%u", alliance);
    cluster = sg_dot_subgraph(map->dot, name);
    sg_picture_alliance_label(map->discourse, map->alliances, alliance, &label);
    sg_strbuf_puts(&html, "<B>");
    sg_label_wrap(&html, sg_strbuf_text(&label), label.len, 30, 2);
    sg_strbuf_puts(&html, "</B>");
    sg_dot_set_html(map->dot, cluster, "label", sg_strbuf_text(&html));
    sg_strbuf_reset(&html);
    sg_tooltip_append(&html, sg_strbuf_text(&label), label.len);
    sg_dot_set(map->dot, cluster, "tooltip", sg_strbuf_text(&html));
    sg_dot_set(map->dot, cluster, "labeljust", "l");
    sg_dot_set(map->dot, cluster, "labelloc", "t");
    sg_dot_set(map->dot, cluster, "fontsize", "13");
    sg_dot_set(map->dot, cluster, "fontcolor", tint.ink);
    sg_dot_set(map->dot, cluster, "style", "rounded,filled");
    sg_dot_set(map->dot, cluster, "color", tint.fill);
    sg_dot_set(map->dot, cluster, "fillcolor", tint.fill);
    sg_dot_set(map->dot, cluster, "margin", "10");
    for (size_t m = 0; m < group->member_count; m++) {
        if (map->shown[group->members[m]])
            put_actor(map, cluster, group->members[m]);
    }
    sg_strbuf_clear(&label);
    sg_strbuf_clear(&html);
}

static void put_sides_count(sg_strbuf *html, uint32_t number, const char *sign, const char *color)
{
    if (number > 0)
        sg_strbuf_printf(html, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\"><B>%s%u</B></FONT>   ", color,
                         sign, number);
}

static void put_position(struct map *map, sg_dot_part *rank, uint32_t position)
{
    const sg_discourse_item *item = &map->discourse->positions[position];
    uint32_t support = 0;
    uint32_t oppose = 0;
    uint32_t neutral = 0;
    sg_strbuf html = SG_STRBUF_INIT;
    sg_strbuf tooltip = SG_STRBUF_INIT;
    char text[24];
    sg_dot_part *node;

    for (size_t i = 0; i < map->discourse->cell_count; i++) {
        const sg_discourse_cell *cell = &map->discourse->cells[i];

        if (cell->position != position)
            continue;
        support += cell->support;
        oppose += cell->oppose;
        neutral += cell->neutral;
    }
    sg_strbuf_puts(&html,
                   "<TABLE BORDER=\"1\" COLOR=\"#444444\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
                   "CELLPADDING=\"3\" BGCOLOR=\"#FFFFFF\"><TR><TD>");
    sg_label_wrap(&html, item->name, item->name_len, 27, 3);
    sg_strbuf_puts(&html, "</TD></TR><TR><TD>");
    put_sides_count(&html, support, "+", SG_SUPPORT_COLOR);
    put_sides_count(&html, oppose, "\xE2\x88\x92", SG_OPPOSE_COLOR);
    put_sides_count(&html, neutral, "\xC2\xB1", SG_NEUTRAL_COLOR);
    sg_strbuf_puts(&html, "</TD></TR></TABLE>");
    sg_tooltip_append(&tooltip, item->name, item->name_len);
    node_name(text, 'p', position);
    node = sg_dot_node(map->dot, rank, text);
    sg_dot_set(map->dot, node, "shape", "plain");
    sg_dot_set_html(map->dot, node, "label", sg_strbuf_text(&html));
    sg_dot_set(map->dot, node, "tooltip", sg_strbuf_text(&tooltip));
    (void) snprintf(text, sizeof text, "%.1f", 11.0 + fmin(5.0, 0.4 * item->links));
    sg_dot_set(map->dot, node, "fontsize", text);
    sg_strbuf_clear(&html);
    sg_strbuf_clear(&tooltip);
}

/* ---- edges ---- */

struct look {
    const char *verb;
    const char *color;
    const char *style;
    const char *arrow;
};

static const struct look looks[] = {
    { "supports", SG_SUPPORT_COLOR, "solid", "normal" },
    { "opposes", SG_OPPOSE_COLOR, "dashed", "tee" },
    { "is neutral on", SG_NEUTRAL_COLOR, "dotted", "odot" },
};

static void append_quote(sg_strbuf *out, const sg_graph *graph, uint32_t rel)
{
    sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, "quote", 5);
    sg_value quote = key == SG_NO_SYMBOL ? sg_value_null() : sg_graph_rel_property(graph, rel, key);
    size_t len;

    if (quote.type != SG_STRING || quote.len == 0)
        return;
    len = quote.len < QUOTE_SHOWN ? quote.len : QUOTE_SHOWN;
    while (len < quote.len && len > 0 && ((unsigned char) quote.as.string[len] & 0xC0) == 0x80)
        len--; /* not inside a character */
    sg_strbuf_puts(out, " \xC2\xB7 \xE2\x80\x9C");
    sg_tooltip_append(out, quote.as.string, len);
    sg_strbuf_puts(out, len < quote.len ? "\xE2\x80\xA6\xE2\x80\x9D" : "\xE2\x80\x9D");
}

static void edge_tooltip(const struct map *map, const sg_discourse_cell *cell,
                         const struct look *look, uint32_t count, sg_strbuf *out)
{
    const sg_discourse_item *actor = &map->discourse->actors[cell->actor];
    const sg_discourse_item *position = &map->discourse->positions[cell->position];

    sg_tooltip_append(out, actor->name, actor->name_len);
    sg_strbuf_printf(out, " %s: ", look->verb);
    sg_tooltip_append(out, position->name, position->name_len);
    sg_strbuf_puts(out, " \xC2\xB7 ");
    sg_count_append(out, count, "statement");
    if (cell->first != SG_NO_DAY) {
        sg_strbuf_puts(out, cell->first == cell->last ? " on " : " from ");
        sg_day_append(out, cell->first, true);
        if (cell->first != cell->last) {
            sg_strbuf_puts(out, " to ");
            sg_day_append(out, cell->last, true);
        }
    }
    append_quote(out, map->discourse->graph, cell->strongest);
}

static void put_edge(struct map *map, const sg_discourse_cell *cell, const struct look *look,
                     uint32_t count)
{
    sg_strbuf tooltip = SG_STRBUF_INIT;
    char actor[24];
    char position[24];
    char text[24];
    sg_dot_part *edge;

    if (count == 0)
        return;
    node_name(actor, 'a', cell->actor);
    node_name(position, 'p', cell->position);
    if (map->right[cell->actor]) {
        edge = sg_dot_edge(map->dot, position, actor);
        sg_dot_set(map->dot, edge, "dir", "back");
        sg_dot_set(map->dot, edge, "arrowtail", look->arrow);
    } else {
        edge = sg_dot_edge(map->dot, actor, position);
        sg_dot_set(map->dot, edge, "arrowhead", look->arrow);
    }
    edge_tooltip(map, cell, look, count, &tooltip);
    sg_dot_set(map->dot, edge, "color", look->color);
    sg_dot_set(map->dot, edge, "style", look->style);
    (void) snprintf(text, sizeof text, "%.1f", fmin(1.0 + 0.9 * (count - 1.0), 4.6));
    sg_dot_set(map->dot, edge, "penwidth", text);
    (void) snprintf(text, sizeof text, "%u", count < 8 ? count : 8);
    sg_dot_set(map->dot, edge, "weight", text);
    sg_dot_set(map->dot, edge, "tooltip", sg_strbuf_text(&tooltip));
    sg_strbuf_clear(&tooltip);
}

static const char legend[] =
    "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"6\" CELLPADDING=\"3\"><TR>"
    "<TD><FONT COLOR=\"" SG_SUPPORT_COLOR
    "\"><B>\xE2\x94\x81\xE2\x94\x81\xE2\x94\x81\xE2\x96\xB6</B>"
    "</FONT> supports</TD>"
    "<TD><FONT COLOR=\"" SG_OPPOSE_COLOR
    "\"><B>\xE2\x95\x8D\xE2\x95\x8D\xE2\x95\x8D\xE2\x94\x83</B>"
    "</FONT> opposes</TD>"
    "<TD><FONT COLOR=\"" SG_NEUTRAL_COLOR "\">\xC2\xB7\xC2\xB7\xC2\xB7\xC2\xB7\xE2\x97\x8B</FONT> "
    "neutral</TD>"
    "<TD>thicker = more statements</TD><TD>rounded = person, bold = organisation, "
    "double border = group</TD></TR></TABLE>";

static void put_header(struct map *map)
{
    const sg_discourse *discourse = map->discourse;
    size_t actors = discourse->actor_count - map->shown_count;
    size_t positions = discourse->position_count > map->max_positions
                           ? discourse->position_count - map->max_positions
                           : 0;
    sg_strbuf note = SG_STRBUF_INIT;

    if (map->options->filter != NULL)
        sg_strbuf_puts(&note, map->options->filter);
    if (actors > 0 || positions > 0) {
        sg_strbuf_puts(&note, note.len > 0 ? ". Not shown: " : "Not shown: ");
        if (actors > 0)
            sg_count_append(&note, actors, "actor");
        if (actors > 0 && positions > 0)
            sg_strbuf_puts(&note, " and ");
        if (positions > 0)
            sg_count_append(&note, positions, "position");
        sg_strbuf_puts(&note, " with the fewest statements (--max-actors, --max-positions)");
    }
    sg_picture_header(map->dot, discourse,
                      map->options->title != NULL ? map->options->title
                                                  : "Who supports and opposes what",
                      sg_strbuf_text(&note), legend);
    sg_strbuf_clear(&note);
}

static void draw(struct map *map)
{
    const sg_discourse *discourse = map->discourse;
    sg_dot_part *root = sg_dot_root(map->dot);
    sg_dot_part *rank;

    sg_picture_defaults(map->dot);
    sg_dot_set(map->dot, root, "layout", "dot");
    sg_dot_set(map->dot, root, "rankdir", "LR");
    sg_dot_set(map->dot, root, "newrank", "true");
    sg_dot_set(map->dot, root, "nodesep", "0.10");
    sg_dot_set(map->dot, root, "ranksep", "1.8");
    sg_dot_set(map->dot, root, "splines", "spline");
    put_header(map);
    for (size_t g = 0; g < map->alliances->count; g++)
        put_cluster(map, (uint32_t) g);
    for (size_t i = 0; i < discourse->actor_count; i++) {
        if (map->shown[i] && map->alliances->membership[i] == SG_NO_ALLIANCE)
            put_actor(map, root, (uint32_t) i);
    }
    rank = sg_dot_subgraph(map->dot, "positions");
    sg_dot_set(map->dot, rank, "rank", "same");
    for (size_t p = 0; p < discourse->position_count && p < map->max_positions; p++)
        put_position(map, rank, (uint32_t) p);
    for (size_t i = 0; i < discourse->cell_count; i++) {
        const sg_discourse_cell *cell = &discourse->cells[i];

        if (!map->shown[cell->actor] || cell->position >= map->max_positions)
            continue;
        put_edge(map, cell, &looks[0], cell->support);
        put_edge(map, cell, &looks[1], cell->oppose);
        put_edge(map, cell, &looks[2], cell->neutral);
    }
}

sg_status sg_map_dot(const sg_network *network, const sg_alliances *alliances,
                     const struct sg_picture_options *options, sg_strbuf *out, sg_error *err)
{
    const sg_discourse *discourse = network->discourse;
    sg_arena *arena = sg_arena_new();
    struct map map = { .discourse = discourse, .alliances = alliances, .options = options };
    sg_status status;

    map.max_actors = options->max_actors > 0 ? options->max_actors : DEFAULT_ACTORS;
    map.max_positions = options->max_positions > 0 ? options->max_positions : DEFAULT_POSITIONS;
    map.shown = sg_arena_calloc(arena, discourse->actor_count + 1, sizeof *map.shown);
    map.right = sg_arena_calloc(arena, discourse->actor_count + 1, sizeof *map.right);
    map.dot = sg_dot_new("map", true);
    choose_actors(&map);
    choose_sides(&map, sg_two_camps(network, arena));
    draw(&map);
    status = sg_dot_write(map.dot, out, err);
    sg_dot_free(map.dot);
    sg_arena_free(arena);
    return status;
}
