#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/utf8.h"
#include "stance/value_ops.h"

/* Values as text: in the notation of Cypher and the openCypher TCK, and plain for people. */

/* ---- floats ---- */

/* Fifteen digits survive the way to a double and back, so when they are enough (%g drops zeros at
 * the end) no shorter form exists; denormal numbers have fewer and are tried from one digit up. */
static void shortest_digits(char *text, size_t size, double d)
{
    int first = fabs(d) < 2.2250738585072014e-308 ? 1 : 15;

    for (int digits = first; digits <= 17; digits++) {
        snprintf(text, size, "%.*e", digits - 1, d);
        if (strtod(text, NULL) == d)
            return;
    }
}

/* "-1.500000e+03" taken apart: digits without the zeros at the end, and the exponent. */
static int take_apart(const char *text, char digits[24], size_t *count)
{
    const char *e = strchr(text, 'e');

    *count = 0;
    for (const char *p = text; p < e; p++)
        if (*p >= '0' && *p <= '9' && *count < 23)
            digits[(*count)++] = *p;
    while (*count > 1 && digits[*count - 1] == '0')
        (*count)--;
    digits[*count] = '\0';
    return (int) strtol(e + 1, NULL, 10);
}

static void write_decimal(sg_strbuf *out, const char *digits, int count, int exponent)
{
    if (exponent < 0) {
        sg_strbuf_puts(out, "0.");
        for (int i = -1; i > exponent; i--)
            sg_strbuf_putc(out, '0');
        sg_strbuf_append(out, digits, (size_t) count);
        return;
    }
    for (int i = 0; i <= exponent; i++)
        sg_strbuf_putc(out, i < count ? digits[i] : '0');
    sg_strbuf_putc(out, '.');
    if (count > exponent + 1)
        sg_strbuf_append(out, digits + exponent + 1, (size_t) (count - exponent - 1));
    else
        sg_strbuf_putc(out, '0');
}

void sg_float_write(sg_strbuf *out, double d)
{
    char text[40], digits[24];
    size_t count;
    int exponent;

    if (isnan(d)) {
        sg_strbuf_puts(out, "NaN");
        return;
    }
    if (signbit(d))
        sg_strbuf_putc(out, '-');
    if (isinf(d)) {
        sg_strbuf_puts(out, "Infinity");
        return;
    }
    shortest_digits(text, sizeof text, fabs(d));
    exponent = take_apart(text, digits, &count);
    if (exponent >= -5 && exponent <= 15) {
        write_decimal(out, digits, (int) count, exponent);
        return;
    }
    sg_strbuf_putc(out, digits[0]);
    sg_strbuf_putc(out, '.');
    sg_strbuf_puts(out, count > 1 ? digits + 1 : "0");
    sg_strbuf_printf(out, "e%d", exponent);
}

/* ---- Cypher literals ---- */

static void write_quoted(sg_strbuf *out, const char *text, size_t len)
{
    sg_strbuf_putc(out, '\'');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];

        if (c == '\'' || c == '\\')
            sg_strbuf_printf(out, "\\%c", c);
        else if (c == '\n')
            sg_strbuf_puts(out, "\\n");
        else if (c == '\r')
            sg_strbuf_puts(out, "\\r");
        else if (c == '\t')
            sg_strbuf_puts(out, "\\t");
        else if (c == '\b')
            sg_strbuf_puts(out, "\\b");
        else if (c == '\f')
            sg_strbuf_puts(out, "\\f");
        else if (c < 0x20 || c == 0x7f)
            sg_strbuf_printf(out, "\\u%04X", c);
        else
            sg_strbuf_putc(out, (char) c);
    }
    sg_strbuf_putc(out, '\'');
}

void sg_name_write_cypher(sg_strbuf *out, const char *name, size_t len)
{
    bool plain = len > 0;

    for (size_t i = 0; i < len && plain;) {
        uint32_t c;

        i += sg_utf8_decode(name + i, len - i, &c);
        plain = c == '_' || sg_utf8_is_letter(c) || (i > 1 && c >= '0' && c <= '9');
    }
    if (plain) {
        sg_strbuf_append(out, name, len);
        return;
    }
    sg_strbuf_putc(out, '`');
    for (size_t i = 0; i < len; i++) {
        if (name[i] == '`')
            sg_strbuf_putc(out, '`');
        sg_strbuf_putc(out, name[i]);
    }
    sg_strbuf_putc(out, '`');
}

static void write_path(sg_strbuf *out, const sg_path *path, const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '<');
    entities->node(entities->data, path->nodes[0], out);
    for (size_t i = 0; i < path->length; i++) {
        bool forward = entities->starts_at(entities->data, path->rels[i], path->nodes[i]);

        sg_strbuf_puts(out, forward ? "-" : "<-");
        entities->relationship(entities->data, path->rels[i], out);
        sg_strbuf_puts(out, forward ? "->" : "-");
        entities->node(entities->data, path->nodes[i + 1], out);
    }
    sg_strbuf_putc(out, '>');
}

static void write_list(sg_strbuf *out, const sg_list *list, const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_value_write_tck(out, list->items[i], entities);
    }
    sg_strbuf_putc(out, ']');
}

static void write_map(sg_strbuf *out, const sg_map_value *map,
                      const struct sg_entity_writer *entities)
{
    sg_strbuf_putc(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        if (i > 0)
            sg_strbuf_puts(out, ", ");
        sg_name_write_cypher(out, map->keys[i].as.string, map->keys[i].len);
        sg_strbuf_puts(out, ": ");
        sg_value_write_tck(out, map->values[i], entities);
    }
    sg_strbuf_putc(out, '}');
}

void sg_value_write_tck(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities)
{
    switch ((sg_type) v.type) {
    case SG_NULL:
        sg_strbuf_puts(out, "null");
        break;
    case SG_BOOLEAN:
        sg_strbuf_puts(out, v.as.boolean ? "true" : "false");
        break;
    case SG_INTEGER:
        sg_strbuf_printf(out, "%lld", (long long) v.as.integer);
        break;
    case SG_FLOAT:
        sg_float_write(out, v.as.number);
        break;
    case SG_STRING:
        write_quoted(out, v.as.string, v.len);
        break;
    case SG_LIST:
        write_list(out, v.as.list, entities);
        break;
    case SG_MAP:
        write_map(out, v.as.map, entities);
        break;
    case SG_NODE:
        entities->node(entities->data, v.as.entity, out);
        break;
    case SG_RELATIONSHIP:
        entities->relationship(entities->data, v.as.entity, out);
        break;
    case SG_PATH:
        write_path(out, v.as.path, entities);
        break;
    default:
        sg_strbuf_putc(out, '\'');
        sg_temporal_write(out, v);
        sg_strbuf_putc(out, '\'');
        break;
    }
}

void sg_value_write_plain(sg_strbuf *out, sg_value v, const struct sg_entity_writer *entities)
{
    if (v.type == SG_STRING)
        sg_strbuf_append(out, v.as.string, v.len);
    else if (v.type >= SG_DATE)
        sg_temporal_write(out, v);
    else if (v.type != SG_NULL)
        sg_value_write_tck(out, v, entities);
}
