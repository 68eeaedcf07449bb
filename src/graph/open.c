#include <string.h>

#include "graph_internal.h"

/* Opening the graph of a store: the image in its file when there is a good one, with what changed
 * since laid over it; else a new image, whose file the next one to open will find. */

/* Reading so few records takes no longer than opening a file. */
#define LEAST_FOR_A_FILE 512U

static char *image_path(const sg_store *store)
{
    sg_strbuf path = SG_STRBUF_INIT;

    sg_strbuf_printf(&path, "%s-image", sg_store_path(store));
    return sg_strbuf_detach(&path, NULL);
}

/* Laying many changes over the image takes longer at each opening than a new image takes once. */
static size_t most_changes(const sg_graph *graph)
{
    return 256 + (graph->node_count + graph->rel_count) / 256;
}

static sg_graph *graph_on(sg_store *store, const image *im)
{
    sg_graph *graph = sg_graph_new();

    graph->store = store;
    graph_set_base(graph, im);
    return graph;
}

/* *graph_out stays NULL when the file is of no use. */
static sg_status open_from_file(sg_store *store, const char *path, sg_store_state state,
                                sg_graph **graph_out, sg_error *err)
{
    image im = { 0 };
    sg_graph *graph;
    bool done = true;
    sg_status status = SG_OK;

    if (!image_file_open(path, &im))
        return SG_OK;
    graph = graph_on(store, &im);
    if (graph->state.seq != state.seq || graph->state.hash != state.hash)
        status = graph_follow_store(graph, state, most_changes(graph), &done, err);
    if (status == SG_OK && done) {
        *graph_out = graph;
        return SG_OK;
    }
    sg_graph_close(graph);
    return status;
}

void image_keep(const sg_store *store, const image *im)
{
    char *path = image_path(store);

    if ((size_t) im->header->node_count + im->header->rel_count >= LEAST_FOR_A_FILE)
        image_file_write(path, im);
    sg_free(path);
}

static sg_status open_anew(sg_store *store, sg_store_state state, sg_graph **graph_out,
                           sg_error *err)
{
    image im = { 0 };
    sg_status status = image_load(store, state, &im, err);

    if (status != SG_OK)
        return status;
    image_keep(store, &im);
    *graph_out = graph_on(store, &im);
    return SG_OK;
}

sg_status sg_graph_open(sg_store *store, sg_graph **graph_out, sg_error *err)
{
    char *path = image_path(store);
    sg_store_state state;
    sg_status status = sg_store_begin_read(store, err);

    *graph_out = NULL;
    if (status == SG_OK) {
        status = sg_store_get_state(store, &state, err);
        if (status == SG_OK)
            status = open_from_file(store, path, state, graph_out, err);
        if (status == SG_OK && *graph_out == NULL)
            status = open_anew(store, state, graph_out, err);
        sg_store_end_read(store);
    }
    if (status != SG_OK)
        sg_error_context(err, "graph");
    sg_free(path);
    return status;
}
