#include <string.h>

#include "query_function_internal.h"

/* Nodes and relationships of a graph in the notation of the openCypher TCK. */

/* Calls `each` for the properties of an entity in ascending order of their symbols. */
static void each_property(const sg_graph *graph, bool is_node, uint32_t entity,
                          void (*each)(sg_strbuf *out, const char *name, sg_value value, size_t i),
                          sg_strbuf *out)
{
    size_t count = is_node ? sg_graph_node_keys(graph, entity, NULL, 0)
                           : sg_graph_rel_keys(graph, entity, NULL, 0);
    sg_symbol *keys = sg_calloc(count, sizeof *keys);

    if (is_node)
        (void) sg_graph_node_keys(graph, entity, keys, count);
    else
        (void) sg_graph_rel_keys(graph, entity, keys, count);
    for (size_t i = 0; i < count; i++) {
        sg_value value = is_node ? sg_graph_node_property(graph, entity, keys[i])
                                 : sg_graph_rel_property(graph, entity, keys[i]);

        each(out, sg_graph_symbol_name(graph, SG_KEY, keys[i]), value, i);
    }
    sg_free(keys);
}

static void each_label(const sg_graph *graph, uint32_t node,
                       void (*each)(sg_strbuf *out, const char *name, size_t i), sg_strbuf *out)
{
    size_t count = sg_graph_node_labels(graph, node, NULL, 0);
    sg_symbol *labels = sg_calloc(count, sizeof *labels);

    (void) sg_graph_node_labels(graph, node, labels, count);
    for (size_t i = 0; i < count; i++)
        each(out, sg_graph_symbol_name(graph, SG_LABEL, labels[i]), i);
    sg_free(labels);
}

static bool starts_at(const void *data, uint32_t relationship, uint32_t node)
{
    return sg_graph_rel_source(data, relationship) == node;
}

static void tck_property(sg_strbuf *out, const char *name, sg_value value, size_t i)
{
    sg_strbuf_puts(out, i == 0 ? "{" : ", ");
    sg_name_write_cypher(out, name, strlen(name));
    sg_strbuf_puts(out, ": ");
    sg_value_write_tck(out, value, NULL);
}

static void tck_label(sg_strbuf *out, const char *name, size_t i)
{
    (void) i;
    sg_strbuf_putc(out, ':');
    sg_name_write_cypher(out, name, strlen(name));
}

/* The properties in braces, with a blank before them when a name stands there already. */
static void tck_properties(const sg_graph *graph, bool is_node, uint32_t entity, bool after_name,
                           sg_strbuf *out)
{
    size_t count = is_node ? sg_graph_node_keys(graph, entity, NULL, 0)
                           : sg_graph_rel_keys(graph, entity, NULL, 0);

    if (count == 0)
        return;
    if (after_name)
        sg_strbuf_putc(out, ' ');
    each_property(graph, is_node, entity, tck_property, out);
    sg_strbuf_putc(out, '}');
}

static void tck_node(const void *data, uint32_t node, sg_strbuf *out)
{
    bool alive = sg_graph_node_exists(data, node);

    sg_strbuf_putc(out, '(');
    if (alive) {
        each_label(data, node, tck_label, out);
        tck_properties(data, true, node, sg_graph_node_labels(data, node, NULL, 0) > 0, out);
    }
    sg_strbuf_putc(out, ')');
}

static void tck_relationship(const void *data, uint32_t relationship, sg_strbuf *out)
{
    sg_strbuf_putc(out, '[');
    tck_label(out, sg_graph_symbol_name(data, SG_REL_TYPE, sg_graph_rel_type(data, relationship)),
              0);
    if (sg_graph_rel_exists(data, relationship))
        tck_properties(data, false, relationship, true, out);
    sg_strbuf_putc(out, ']');
}

struct sg_entity_writer sg_entity_writer_tck(const sg_graph *graph)
{
    return (struct sg_entity_writer){ graph, tck_node, tck_relationship, starts_at };
}
