#include <cgraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"

#include "export_internal.h"

/* The layer over cgraph: the only file that sees its types. cgraph writes subgraphs in the order of
 * their ids, and its own ids are addresses in memory, which differ from run to run; so names get
 * running numbers here, and the text is as repeatable as the calls. */

struct sg_dot {
    Agraph_t *graph;
    sg_map *names; /* name of a node or subgraph, with its kind before it -> 0, 1, 2, ... */
    Agdisc_t disciplines;
    Agiddisc_t ids;
    unsigned long anonymous;
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

/* Ids of named objects are even, of others (edges) odd. */
static void *ids_open(Agraph_t *graph, Agdisc_t *disciplines)
{
    (void) graph;
    return (char *) disciplines - offsetof(struct sg_dot, disciplines);
}

static long ids_map(void *state, int kind, char *name, IDTYPE *id, int create)
{
    struct sg_dot *dot = state;
    char key[64];
    int n;
    uint64_t number;

    if (name == NULL || kind == AGEDGE) {
        if (!create)
            return 0;
        *id = dot->anonymous++ * 2 + 1;
        return 1;
    }
    n = snprintf(key, sizeof key, "%d%s", kind, name);
    if (!create && !sg_map_find(dot->names, key, (size_t) n, NULL))
        return 0;
    number = *sg_map_slot(dot->names, key, (size_t) n, sg_map_size(dot->names));
    *id = number * 2;
    return 1;
}

static long ids_alloc(void *state, int kind, IDTYPE id)
{
    (void) state;
    (void) kind;
    (void) id;
    return 0; /* nobody asks for an id of their own */
}

static void ids_free(void *state, int kind, IDTYPE id)
{
    (void) state;
    (void) kind;
    (void) id;
}

static char *ids_print(void *state, int kind, IDTYPE id)
{
    struct sg_dot *dot = state;
    const char *key;

    (void) kind;
    if (id % 2 == 1)
        return NULL;
    key = sg_map_entry(dot->names, id / 2, NULL, NULL);
    return readable(key + 1);
}

static void ids_close(void *state)
{
    (void) state;
}

static void ids_register(void *state, int kind, void *made)
{
    (void) state;
    (void) kind;
    (void) made;
}

static void *object(sg_dot_part *part)
{
    return part;
}

sg_dot *sg_dot_new(const char *name, bool directed)
{
    sg_dot *dot = sg_calloc(1, sizeof *dot);

    (void) agseterr(AGMAX);
    dot->names = sg_map_new();
    dot->ids =
        (Agiddisc_t){ ids_open, ids_map, ids_alloc, ids_free, ids_print, ids_close, ids_register };
    dot->disciplines = (Agdisc_t){ &AgMemDisc, &dot->ids, &AgIoDisc };
    dot->graph = agopen(readable(name), directed ? Agdirected : Agundirected, &dot->disciplines);
    return dot;
}

void sg_dot_free(sg_dot *dot)
{
    if (dot == NULL)
        return;
    (void) agclose(dot->graph);
    sg_map_free(dot->names);
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
