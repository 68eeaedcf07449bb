#include <cgraph.h>
#include <stdlib.h>
#include <string.h>

#include "stance/mem.h"

#include "export_internal.h"

/* The layer over cgraph: the only file that sees its types. cgraph sorts nothing and keeps the
 * order of creation, so the text it writes is as repeatable as the calls. */

struct sg_dot {
    Agraph_t *graph;
};

/* cgraph takes char * where it only reads. */
static char *readable(const char *text)
{
    union {
        const char *in;
        char *out;
    } cast = { text };

    return cast.out;
}

static void *object(sg_dot_part *part)
{
    return part;
}

sg_dot *sg_dot_new(const char *name, bool directed)
{
    sg_dot *dot = sg_calloc(1, sizeof *dot);

    (void) agseterr(AGMAX);
    dot->graph = agopen(readable(name), directed ? Agdirected : Agundirected, NULL);
    return dot;
}

void sg_dot_free(sg_dot *dot)
{
    if (dot == NULL)
        return;
    (void) agclose(dot->graph);
    sg_free(dot);
}

sg_dot_part *sg_dot_root(sg_dot *dot)
{
    return (sg_dot_part *) (void *) dot->graph;
}

void sg_dot_node_default(sg_dot *dot, const char *attribute, const char *value)
{
    (void) agattr(dot->graph, AGNODE, readable(attribute), readable(value));
}

void sg_dot_edge_default(sg_dot *dot, const char *attribute, const char *value)
{
    (void) agattr(dot->graph, AGEDGE, readable(attribute), readable(value));
}

sg_dot_part *sg_dot_subgraph(sg_dot *dot, const char *name)
{
    return (sg_dot_part *) (void *) agsubg(dot->graph, readable(name), 1);
}

sg_dot_part *sg_dot_node(sg_dot *dot, sg_dot_part *parent, const char *name)
{
    Agnode_t *node = agnode(dot->graph, readable(name), 1);

    if (object(parent) != dot->graph)
        (void) agsubnode(object(parent), node, 1);
    return (sg_dot_part *) (void *) node;
}

sg_dot_part *sg_dot_edge(sg_dot *dot, const char *tail, const char *head)
{
    Agnode_t *from = agnode(dot->graph, readable(tail), 0);
    Agnode_t *to = agnode(dot->graph, readable(head), 0);

    if (from == NULL || to == NULL)
        abort(); /* an end that was never declared is a mistake in the caller */
    return (sg_dot_part *) (void *) agedge(dot->graph, from, to, NULL, 1);
}

void sg_dot_set(sg_dot *dot, sg_dot_part *part, const char *attribute, const char *value)
{
    (void) dot;
    (void) agsafeset(object(part), readable(attribute), readable(value), readable(""));
}

void sg_dot_set_html(sg_dot *dot, sg_dot_part *part, const char *attribute, const char *html)
{
    char *text = agstrdup_html(dot->graph, readable(html));

    (void) agsafeset(object(part), readable(attribute), text, readable(""));
    (void) agstrfree(dot->graph, text);
}

sg_status sg_dot_write(sg_dot *dot, sg_strbuf *out, sg_error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    if (stream == NULL)
        return sg_error_set(err, SG_ERR_IO, "cannot make the DOT text");
    (void) agwrite(dot->graph, stream);
    (void) fclose(stream);
    sg_strbuf_append(out, text, size);
    free(text);
    return SG_OK;
}
