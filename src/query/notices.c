/* Names in a query that the graph does not know: not errors in Cypher, but the usual reason of an
 * empty answer. */

#include "notices.h"

#include <stdio.h>
#include <string.h>

#include "stance/suggest.h"

typedef struct notices {
    const sg_graph *graph;
    sg_query *query;
    sg_map *said;     /* each name once */
    sg_map *elements; /* variables of nodes and relationships */
    sg_strbuf *out;
} notices;

static const char *const kinds[] = { "label", "relationship type", "property" };

static void notice(notices *n, sg_symbol_kind kind, sg_name name)
{
    size_t count = sg_graph_symbol_count(n->graph, kind);
    const char **known;
    const char *wanted;
    const char *near;

    if (sg_graph_symbol_find(n->graph, kind, name.text, name.len) != SG_NO_SYMBOL ||
        !sg_map_put(n->said, name.text, name.len, 1))
        return;
    wanted = sg_arena_strndup(n->query->arena, name.text, name.len);
    known = sg_arena_alloc(n->query->arena, (count + 1) * sizeof *known);
    for (size_t i = 0; i < count; i++)
        known[i] = sg_graph_symbol_name(n->graph, kind, (sg_symbol) i);
    near = sg_suggest(wanted, known, count);
    sg_strbuf_printf(n->out, "nothing here has the %s '%s'", kinds[kind], wanted);
    if (near != NULL)
        sg_strbuf_printf(n->out, "; did you mean '%s'?", near);
    sg_strbuf_putc(n->out, '\n');
}

static void look_at_query(notices *n, const sg_query_ast *ast);
static void look_at_pattern(notices *n, const sg_pattern *pattern);

static void look_at_expr(notices *n, const sg_expr *expr)
{
    if (expr == NULL)
        return;
    if (expr->pattern != NULL)
        look_at_pattern(n, expr->pattern);
    if (expr->query != NULL)
        look_at_query(n, expr->query);
    if (expr->kind == SG_EX_HAS_LABELS) {
        for (uint32_t i = 0; i < expr->name_count; i++)
            notice(n, SG_LABEL, expr->names[i]);
    }
    if (expr->kind == SG_EX_PROPERTY && expr->child[0]->kind == SG_EX_VARIABLE &&
        sg_map_find(n->elements, expr->child[0]->name.text, expr->child[0]->name.len, NULL))
        notice(n, SG_KEY, expr->name);
    for (uint32_t i = 0; i < expr->count; i++)
        look_at_expr(n, expr->child[i]);
}

static void look_at_properties(notices *n, const sg_expr *properties)
{
    if (properties == NULL)
        return;
    for (uint32_t i = 0; i < properties->name_count; i++)
        notice(n, SG_KEY, properties->names[i]);
    look_at_expr(n, properties);
}

static void look_at_pattern(notices *n, const sg_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            const sg_node_pattern *node = &path->nodes[k];
            const sg_rel_pattern *rel = k < path->length ? &path->rels[k] : NULL;

            if (node->name.text != NULL)
                (void) sg_map_put(n->elements, node->name.text, node->name.len, 1);
            for (uint32_t j = 0; j < node->label_count; j++)
                notice(n, SG_LABEL, node->labels[j]);
            look_at_properties(n, node->properties);
            if (rel == NULL)
                break;
            if (rel->name.text != NULL)
                (void) sg_map_put(n->elements, rel->name.text, rel->name.len, 1);
            for (uint32_t j = 0; j < rel->type_count; j++)
                notice(n, SG_REL_TYPE, rel->types[j]);
            look_at_properties(n, rel->properties);
        }
    }
}

static void look_at_clause(notices *n, const sg_clause *clause)
{
    look_at_pattern(n, &clause->pattern);
    look_at_expr(n, clause->where);
    for (uint32_t i = 0; i < clause->item_count; i++)
        look_at_expr(n, clause->items[i].expr);
    for (uint32_t i = 0; i < clause->order_count; i++)
        look_at_expr(n, clause->order[i].expr);
}

static void look_at_query(notices *n, const sg_query_ast *ast)
{
    for (uint32_t i = 0; i < ast->count; i++) {
        for (uint32_t k = 0; k < ast->parts[i].count; k++)
            look_at_clause(n, &ast->parts[i].clauses[k]);
    }
}

void sg_notices_find(sg_query *query, const sg_query_ast *ast, sg_strbuf *out)
{
    notices n = { .graph = query->graph, .query = query, .out = out };

    n.said = sg_map_new();
    n.elements = sg_map_new();
    look_at_query(&n, ast);
    sg_map_free(n.said);
    sg_map_free(n.elements);
}
