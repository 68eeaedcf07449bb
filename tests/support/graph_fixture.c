#include "graph_fixture.h"

#include <string.h>

uint32_t fixture_node(const sg_graph *graph, const char *name)
{
    sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, "name", 4);

    for (uint32_t node = 0; key != SG_NO_SYMBOL && node < sg_graph_node_limit(graph); node++) {
        sg_value v = sg_graph_node_property(graph, node, key);

        if (v.type == SG_STRING && v.len == strlen(name) && memcmp(v.as.string, name, v.len) == 0)
            return node;
    }
    return SG_NO_ENTITY;
}

static void add_label(sg_graph *graph, uint32_t node, const char *label)
{
    sg_graph_add_label(graph, node, sg_graph_symbol_add(graph, SG_LABEL, label, strlen(label)));
}

static uint32_t named(sg_graph *graph, const char *name, const char *label, const char *kind)
{
    uint32_t node = fixture_node(graph, name);

    if (node != SG_NO_ENTITY)
        return node;
    node = sg_graph_create_node(graph);
    add_label(graph, node, label);
    if (kind != NULL)
        add_label(graph, node, kind);
    sg_graph_set_node_property(graph, node, sg_graph_symbol_add(graph, SG_KEY, "name", 4),
                               sg_value_text(name));
    return node;
}

static void set(sg_graph *graph, uint32_t rel, const char *key, sg_value value)
{
    sg_graph_set_rel_property(graph, rel, sg_graph_symbol_add(graph, SG_KEY, key, strlen(key)),
                              value);
}

sg_graph *fixture_graph(const struct fixture_statement *statements, size_t count)
{
    sg_graph *graph = sg_graph_new();

    for (size_t i = 0; i < count; i++) {
        const struct fixture_statement *s = &statements[i];
        uint32_t actor = named(graph, s->actor, "Actor", s->kind);
        uint32_t position = named(graph, s->position, "Position", NULL);
        uint32_t rel = sg_graph_create_rel(
            graph, sg_graph_symbol_add(graph, SG_REL_TYPE, s->type, strlen(s->type)), actor,
            position);

        set(graph, rel, "date", sg_value_date(s->day));
        set(graph, rel, "confidence", sg_value_float(s->confidence));
        set(graph, rel, "status", sg_value_text(s->status));
        set(graph, rel, "article", sg_value_integer(100 + (int64_t) i / 2));
        set(graph, rel, "quote", sg_value_text("They said so & meant it."));
    }
    return graph;
}
