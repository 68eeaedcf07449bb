#include <string.h>

#include "stance/rows.h"

/* Nodes as (:Label {key: value}) and relationships as [:TYPE {key: value}], or as JSON objects
 * {"id":…, "labels":[…], "properties":{…}} and {"id":…, "type":…, "start":…, "end":…,
 * "properties":{…}}. */

#define SYMBOLS_MAX 256

static const sg_graph *graph_of(const void *data)
{
    return data;
}

static bool is_plain_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_';

        if (!letter && !(c > name && *c >= '0' && *c <= '9'))
            return false;
    }
    return *name != '\0';
}

static void put_name(sg_strbuf *out, const char *name)
{
    if (is_plain_name(name))
        sg_strbuf_puts(out, name);
    else
        sg_strbuf_printf(out, "`%s`", name);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

typedef sg_value (*property_reader)(const sg_graph *graph, uint32_t entity, sg_symbol key);

static void put_properties(const sg_graph *graph, uint32_t entity, const sg_symbol *keys,
                           size_t count, property_reader property, sg_strbuf *out)
{
    if (count == 0)
        return;
    sg_strbuf_puts(out, " {");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        put_name(out, sg_graph_symbol_name(graph, SG_KEY, keys[i]));
        sg_strbuf_puts(out, ": ");
        sg_value_write_tck(out, property(graph, entity, keys[i]), NULL);
    }
    sg_strbuf_putc(out, '}');
}

static void node_text(const void *data, uint32_t node, sg_strbuf *out)
{
    const sg_graph *graph = graph_of(data);
    sg_symbol symbols[SYMBOLS_MAX];
    size_t count = smaller(sg_graph_node_labels(graph, node, symbols, SYMBOLS_MAX), SYMBOLS_MAX);
    size_t start = out->len;

    sg_strbuf_putc(out, '(');
    for (size_t i = 0; i < count; i++) {
        sg_strbuf_putc(out, ':');
        put_name(out, sg_graph_symbol_name(graph, SG_LABEL, symbols[i]));
    }
    count = smaller(sg_graph_node_keys(graph, node, symbols, SYMBOLS_MAX), SYMBOLS_MAX);
    put_properties(graph, node, symbols, count, sg_graph_node_property, out);
    if (out->len > start + 2 && out->data[start + 1] == ' ') { /* no labels: "({" not "( {" */
        memmove(out->data + start + 1, out->data + start + 2, out->len - start - 1);
        out->len--;
    }
    sg_strbuf_putc(out, ')');
}

static void relationship_text(const void *data, uint32_t rel, sg_strbuf *out)
{
    const sg_graph *graph = graph_of(data);
    sg_symbol keys[SYMBOLS_MAX];
    size_t count = smaller(sg_graph_rel_keys(graph, rel, keys, SYMBOLS_MAX), SYMBOLS_MAX);

    sg_strbuf_puts(out, "[:");
    put_name(out, sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, rel)));
    put_properties(graph, rel, keys, count, sg_graph_rel_property, out);
    sg_strbuf_putc(out, ']');
}

static bool starts_at(const void *data, uint32_t rel, uint32_t node)
{
    return sg_graph_rel_source(graph_of(data), rel) == node;
}

static void put_json_properties(const sg_graph *graph, uint32_t entity, const sg_symbol *keys,
                                size_t count, property_reader property, sg_strbuf *out)
{
    sg_strbuf_puts(out, ",\"properties\":{");
    for (size_t i = 0; i < count; i++) {
        const char *name = sg_graph_symbol_name(graph, SG_KEY, keys[i]);

        if (i > 0)
            sg_strbuf_putc(out, ',');
        sg_json_write_string(out, name, strlen(name));
        sg_strbuf_putc(out, ':');
        sg_value_write_json(out, property(graph, entity, keys[i]), NULL);
    }
    sg_strbuf_puts(out, "}}");
}

static void node_json(const void *data, uint32_t node, sg_strbuf *out)
{
    const sg_graph *graph = graph_of(data);
    sg_symbol symbols[SYMBOLS_MAX];
    size_t count = smaller(sg_graph_node_labels(graph, node, symbols, SYMBOLS_MAX), SYMBOLS_MAX);

    sg_strbuf_printf(out, "{\"id\":%lld,\"labels\":[", (long long) sg_graph_node_id(graph, node));
    for (size_t i = 0; i < count; i++) {
        const char *name = sg_graph_symbol_name(graph, SG_LABEL, symbols[i]);

        if (i > 0)
            sg_strbuf_putc(out, ',');
        sg_json_write_string(out, name, strlen(name));
    }
    sg_strbuf_putc(out, ']');
    count = smaller(sg_graph_node_keys(graph, node, symbols, SYMBOLS_MAX), SYMBOLS_MAX);
    put_json_properties(graph, node, symbols, count, sg_graph_node_property, out);
}

static void relationship_json(const void *data, uint32_t rel, sg_strbuf *out)
{
    const sg_graph *graph = graph_of(data);
    const char *type = sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, rel));
    sg_symbol keys[SYMBOLS_MAX];
    size_t count = smaller(sg_graph_rel_keys(graph, rel, keys, SYMBOLS_MAX), SYMBOLS_MAX);

    sg_strbuf_printf(out, "{\"id\":%lld,\"type\":", (long long) sg_graph_rel_id(graph, rel));
    sg_json_write_string(out, type, strlen(type));
    sg_strbuf_printf(out, ",\"start\":%lld,\"end\":%lld",
                     (long long) sg_graph_node_id(graph, sg_graph_rel_source(graph, rel)),
                     (long long) sg_graph_node_id(graph, sg_graph_rel_target(graph, rel)));
    put_json_properties(graph, rel, keys, count, sg_graph_rel_property, out);
}

const struct sg_entity_writer sg_entity_text = { NULL, node_text, relationship_text, starts_at };
const struct sg_entity_writer sg_entity_json = { NULL, node_json, relationship_json, starts_at };

struct sg_entity_writer sg_entity_writer_for(const struct sg_entity_writer *kind,
                                             const sg_graph *graph)
{
    struct sg_entity_writer writer = *kind;

    writer.data = graph;
    return writer;
}
