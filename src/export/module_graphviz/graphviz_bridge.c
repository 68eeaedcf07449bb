#include <gvc.h>
#include <stdio.h>

#include "../render_module.h"

/* The only file that lays out and draws with Graphviz. It is called in a child process: gvc can
 * end the process, has no time limit, and leaks in fontconfig. */

sg_render_function sg_module_render;

int sg_module_render(const char *dot, const char *engine, const char *format, FILE *stream)
{
    GVC_t *context = gvContext();
    Agraph_t *graph;
    int failed;

    (void) agseterr(AGMAX);
    graph = agmemread(dot);
    if (context == NULL || graph == NULL)
        return 1;
    failed = gvLayout(context, graph, engine);
    if (!failed) {
        failed = gvRender(context, graph, format, stream);
        (void) gvFreeLayout(context, graph);
    }
    (void) agclose(graph);
    (void) gvFreeContext(context);
    return failed != 0;
}
