#include "stance/entity_writer.h"

#include <string.h>

#include "stance/mem.h"

/* Labels and keys come in ascending order of their symbols. */

typedef size_t symbol_reader(const sg_graph *graph, uint32_t entity, sg_symbol *symbols,
                             size_t room);
typedef sg_value property_reader(const sg_graph *graph, uint32_t entity, sg_symbol key);

/* The caller frees them. */
static sg_symbol *symbols_of(const sg_graph *graph, uint32_t entity, symbol_reader *read,
                             size_t *count_out)
{
    size_t count = read(graph, entity, NULL, 0);
    sg_symbol *symbols = sg_calloc(count, sizeof *symbols);

    (void) read(graph, entity, symbols, count);
    *count_out = count;
    return symbols;
}

static bool starts_at(const void *data, uint32_t rel, uint32_t node)
{
    return sg_graph_rel_source(data, rel) == node;
}

/* ---- Cypher ---- */

static void put_name(const sg_graph *graph, sg_symbol_kind kind, sg_symbol symbol, sg_strbuf *out)
{
    const char *name = sg_graph_symbol_name(graph, kind, symbol);

    sg_name_write_cypher(out, name, strlen(name));
}

/* The properties in braces, with a blank before them when a name stands there already. */
static void put_properties(const sg_graph *graph, uint32_t entity, symbol_reader *read_keys,
                           property_reader *property, bool after_name, sg_strbuf *out)
{
    size_t count;
    sg_symbol *keys = symbols_of(graph, entity, read_keys, &count);

    if (count > 0 && after_name)
        sg_strbuf_putc(out, ' ');
    for (size_t i = 0; i < count; i++) {
        sg_strbuf_puts(out, i == 0 ? "{" : ", ");
        put_name(graph, SG_KEY, keys[i], out);
        sg_strbuf_puts(out, ": ");
        sg_value_write_tck(out, property(graph, entity, keys[i]), NULL);
    }
    if (count > 0)
        sg_strbuf_putc(out, '}');
    sg_free(keys);
}

static void node_cypher(const void *data, uint32_t node, sg_strbuf *out)
{
    sg_strbuf_putc(out, '(');
    if (sg_graph_node_exists(data, node)) {
        size_t count;
        sg_symbol *labels = symbols_of(data, node, sg_graph_node_labels, &count);

        for (size_t i = 0; i < count; i++) {
            sg_strbuf_putc(out, ':');
            put_name(data, SG_LABEL, labels[i], out);
        }
        put_properties(data, node, sg_graph_node_keys, sg_graph_node_property, count > 0, out);
        sg_free(labels);
    }
    sg_strbuf_putc(out, ')');
}

static void relationship_cypher(const void *data, uint32_t rel, sg_strbuf *out)
{
    sg_strbuf_puts(out, "[:");
    put_name(data, SG_REL_TYPE, sg_graph_rel_type(data, rel), out);
    if (sg_graph_rel_exists(data, rel))
        put_properties(data, rel, sg_graph_rel_keys, sg_graph_rel_property, true, out);
    sg_strbuf_putc(out, ']');
}

struct sg_entity_writer sg_entity_writer_cypher(const sg_graph *graph)
{
    return (struct sg_entity_writer){ graph, node_cypher, relationship_cypher, starts_at };
}

/* ---- JSON ---- */

static void put_json_name(const sg_graph *graph, sg_symbol_kind kind, sg_symbol symbol,
                          sg_strbuf *out)
{
    const char *name = sg_graph_symbol_name(graph, kind, symbol);

    sg_json_write_string(out, name, strlen(name));
}

static void put_json_properties(const sg_graph *graph, uint32_t entity, symbol_reader *read_keys,
                                property_reader *property, sg_strbuf *out)
{
    size_t count;
    sg_symbol *keys = symbols_of(graph, entity, read_keys, &count);

    sg_strbuf_puts(out, ",\"properties\":{");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sg_strbuf_putc(out, ',');
        put_json_name(graph, SG_KEY, keys[i], out);
        sg_strbuf_putc(out, ':');
        sg_value_write_json(out, property(graph, entity, keys[i]), NULL);
    }
    sg_strbuf_puts(out, "}}");
    sg_free(keys);
}

static void node_json(const void *data, uint32_t node, sg_strbuf *out)
{
    size_t count;
    sg_symbol *labels = symbols_of(data, node, sg_graph_node_labels, &count);

    sg_strbuf_printf(out, "{\"id\":%lld,\"labels\":[", (long long) sg_graph_node_id(data, node));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sg_strbuf_putc(out, ',');
        put_json_name(data, SG_LABEL, labels[i], out);
    }
    sg_strbuf_putc(out, ']');
    sg_free(labels);
    put_json_properties(data, node, sg_graph_node_keys, sg_graph_node_property, out);
}

static void relationship_json(const void *data, uint32_t rel, sg_strbuf *out)
{
    sg_strbuf_printf(out, "{\"id\":%lld,\"type\":", (long long) sg_graph_rel_id(data, rel));
    put_json_name(data, SG_REL_TYPE, sg_graph_rel_type(data, rel), out);
    sg_strbuf_printf(out, ",\"start\":%lld,\"end\":%lld",
                     (long long) sg_graph_node_id(data, sg_graph_rel_source(data, rel)),
                     (long long) sg_graph_node_id(data, sg_graph_rel_target(data, rel)));
    put_json_properties(data, rel, sg_graph_rel_keys, sg_graph_rel_property, out);
}

struct sg_entity_writer sg_entity_writer_json(const sg_graph *graph)
{
    return (struct sg_entity_writer){ graph, node_json, relationship_json, starts_at };
}
