#include <math.h>
#include <string.h>

#include "stance/utf8.h"

#include "export_internal.h"

/* Sign is drawn three times: colour, line and arrowhead, so that it survives grey and colour-blind
 * reading. Alliances are tints with a letter in the name. */

struct sg_tint sg_alliance_tint(uint32_t alliance)
{
    static const struct sg_tint tints[] = {
        { "#F3DCE8", "#9A4A73" }, { "#FAF6C4", "#7A7000" }, { "#CFE3F2", "#004F7C" },
        { "#FBE3BE", "#94600A" }, { "#E4E4E4", "#555555" }, { "#DDEFE6", "#3B6E5A" },
    };
    static const struct sg_tint plain = { "#FFFFFF", "#444444" };

    return alliance < sizeof tints / sizeof tints[0] ? tints[alliance] : plain;
}

void sg_picture_defaults(sg_dot *dot)
{
    static const char *const graph[][2] = {
        { "fontname", "Liberation Sans" },
        { "fontsize", "12" },
        { "fontcolor", SG_TEXT_COLOR },
        { "labelloc", "t" },
        { "labeljust", "l" },
        { "bgcolor", "white" },
        { "pad", "0.25" },
        { "tooltip", " " },
        { "outputorder", "edgesfirst" },
    };
    static const char *const node[][2] = {
        { "fontname", "Liberation Sans" }, { "fontsize", "12" }, { "fontcolor", SG_TEXT_COLOR },
        { "margin", "0.11,0.06" },         { "height", "0.3" },
    };
    static const char *const edge[][2] = {
        { "fontname", "Liberation Sans" },
        { "fontsize", "10" },
        { "arrowsize", "0.75" },
    };

    for (size_t i = 0; i < sizeof graph / sizeof graph[0]; i++)
        sg_dot_set(dot, sg_dot_root(dot), graph[i][0], graph[i][1]);
    for (size_t i = 0; i < sizeof node / sizeof node[0]; i++)
        sg_dot_node_default(dot, node[i][0], node[i][1]);
    for (size_t i = 0; i < sizeof edge / sizeof edge[0]; i++)
        sg_dot_edge_default(dot, edge[i][0], edge[i][1]);
}

static void counts(const sg_discourse *discourse, sg_strbuf *out)
{
    sg_period_append(out, discourse->first, discourse->last);
    if (out->len > 0)
        sg_strbuf_puts(out, " \xC2\xB7 ");
    sg_count_append(out, discourse->article_count, "article");
    sg_strbuf_puts(out, ", ");
    sg_count_append(out, discourse->statement_count, "statement");
    sg_strbuf_puts(out, ", ");
    sg_count_append(out, discourse->actor_count, "actor");
    sg_strbuf_puts(out, ", ");
    sg_count_append(out, discourse->position_count, "position");
}

void sg_picture_header(sg_dot *dot, const sg_discourse *discourse, const char *title,
                       const char *note, const char *legend)
{
    sg_strbuf html = SG_STRBUF_INIT;
    sg_strbuf line = SG_STRBUF_INIT;

    counts(discourse, &line);
    sg_strbuf_puts(&html,
                   "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">"
                   "<TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"20\"><B>");
    sg_label_escape(&html, title, strlen(title));
    sg_strbuf_puts(
        &html, "</B></FONT></TD></TR><TR><TD ALIGN=\"LEFT\"><FONT COLOR=\"" SG_MUTED_COLOR "\">");
    sg_label_escape(&html, sg_strbuf_text(&line), line.len);
    sg_strbuf_puts(&html, "</FONT></TD></TR>");
    if (note != NULL && note[0] != '\0') {
        sg_strbuf_puts(&html, "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"><FONT COLOR=\"" SG_MUTED_COLOR
                              "\">");
        sg_label_wrap(&html, note, strlen(note), 120, 4);
        sg_strbuf_puts(&html, "</FONT></TD></TR>");
    }
    sg_strbuf_printf(&html, "<TR><TD ALIGN=\"LEFT\">%s</TD></TR></TABLE>", legend);
    sg_dot_set_html(dot, sg_dot_root(dot), "label", sg_strbuf_text(&html));
    sg_strbuf_clear(&html);
    sg_strbuf_clear(&line);
}

static bool has_label(const sg_discourse *discourse, uint32_t actor, const char *label)
{
    sg_symbol symbol = sg_graph_symbol_find(discourse->graph, SG_LABEL, label, strlen(label));

    return symbol != SG_NO_SYMBOL &&
           sg_graph_node_has_label(discourse->graph, discourse->actors[actor].node, symbol);
}

static sg_value role_of(const sg_discourse *discourse, uint32_t actor)
{
    sg_symbol key = sg_graph_symbol_find(discourse->graph, SG_KEY, "role", 4);

    if (key == SG_NO_SYMBOL)
        return sg_value_null();
    return sg_graph_node_property(discourse->graph, discourse->actors[actor].node, key);
}

static void set_actor_shape(sg_dot *dot, sg_dot_part *node, bool person, bool group)
{
    sg_dot_set(dot, node, "shape", "box");
    sg_dot_set(dot, node, "style", person ? "rounded,filled" : "filled");
    if (group)
        sg_dot_set(dot, node, "peripheries", "2");
}

void sg_picture_actor(sg_dot *dot, sg_dot_part *node, const sg_discourse *discourse, uint32_t actor,
                      struct sg_tint tint, bool filled)
{
    const sg_discourse_item *item = &discourse->actors[actor];
    bool group = has_label(discourse, actor, "Group");
    bool person = has_label(discourse, actor, "Person");
    sg_value role = role_of(discourse, actor);
    sg_strbuf label = SG_STRBUF_INIT;
    sg_strbuf tooltip = SG_STRBUF_INIT;
    char size[16];

    sg_strbuf_puts(&label, person ? "" : "<B>");
    sg_label_wrap(&label, item->name, item->name_len, 20, 3);
    sg_strbuf_puts(&label, person ? "" : "</B>");
    sg_tooltip_append(&tooltip, item->name, item->name_len);
    if (role.type == SG_STRING && role.len > 0) {
        sg_strbuf_puts(&label, "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"" SG_MUTED_COLOR "\">");
        sg_label_wrap(&label, role.as.string, role.len, 30, 2);
        sg_strbuf_puts(&label, "</FONT>");
        sg_strbuf_puts(&tooltip, ", ");
        sg_tooltip_append(&tooltip, role.as.string, role.len);
    }
    (void) snprintf(size, sizeof size, "%.1f", 11.0 + fmin(5.0, 0.8 * item->links));
    set_actor_shape(dot, node, person, group);
    sg_dot_set_html(dot, node, "label", sg_strbuf_text(&label));
    sg_dot_set(dot, node, "tooltip", sg_strbuf_text(&tooltip));
    sg_dot_set(dot, node, "fillcolor", filled ? tint.fill : "#FFFFFF");
    sg_dot_set(dot, node, "color", tint.ink);
    sg_dot_set(dot, node, "penwidth", "1.4");
    sg_dot_set(dot, node, "fontsize", size);
    sg_strbuf_clear(&label);
    sg_strbuf_clear(&tooltip);
}

void sg_picture_alliance_label(const sg_discourse *discourse, const sg_alliances *alliances,
                               uint32_t alliance, sg_strbuf *out)
{
    const sg_alliance *group = &alliances->groups[alliance];
    sg_arena *arena = sg_arena_new();

    sg_strbuf_puts(out, sg_alliance_letter(alliance, arena));
    if (group->bond_count > 0) {
        const sg_alliance_bond *bond = &group->bonds[0];
        const sg_discourse_item *position = &discourse->positions[bond->position];

        sg_strbuf_printf(out, " \xC2\xB7 %s ", bond->support > bond->oppose ? "for" : "against");
        sg_strbuf_append(out, position->name, position->name_len);
    }
    sg_arena_free(arena);
}
