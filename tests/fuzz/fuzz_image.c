#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "graph/graph_internal.h"

/* A graph image with bytes changed at places the input chooses. The checksum of its directory is
 * made right again, so that what the program checks behind it is reached: whatever is in the file,
 * no question to the graph may leave it. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static image_builder *sample(void)
{
    image_builder *b = image_builder_new();
    sg_symbol labels[2] = { image_builder_symbol(b, SG_LABEL, "A", 1),
                            image_builder_symbol(b, SG_LABEL, "B", 1) };
    sg_symbol keys[4] = { image_builder_symbol(b, SG_KEY, "name", 4),
                          image_builder_symbol(b, SG_KEY, "rank", 4),
                          image_builder_symbol(b, SG_KEY, "list", 4),
                          image_builder_symbol(b, SG_KEY, "score", 5) };
    sg_arena *arena = sg_arena_new();

    for (int64_t id = 1; id <= 200; id++) {
        sg_value pair[2] = { sg_value_integer(id), sg_value_text("x") };

        image_builder_node(b, image_builder_group(b, labels + id % 2, 1), id);
        image_builder_node_property(
            b, keys[0], sg_value_text(sg_arena_printf(arena, "n%d", (int) (id * 7919 % 200))));
        image_builder_node_property(b, keys[1], sg_value_integer(id * id % 977));
        if (id % 20 == 0)
            image_builder_node_property(b, keys[2], sg_value_list(arena, pair, 2));
        if (id % 2 == 0)
            image_builder_node_property(b, keys[3], sg_value_float((double) (id % 7) / 4));
    }
    for (int64_t id = 1; id <= 600; id++) {
        (void) image_builder_rel(b, (sg_symbol) (id % 3), id, id % 200 + 1, id * 31 % 200 + 1);
        image_builder_rel_property(b, keys[1], sg_value_integer(id % 5));
    }
    (void) image_builder_symbol(b, SG_REL_TYPE, "T", 1);
    (void) image_builder_symbol(b, SG_REL_TYPE, "U", 1);
    (void) image_builder_symbol(b, SG_REL_TYPE, "V", 1);
    sg_arena_free(arena);
    return b;
}

static void ask_nodes(const sg_graph *graph, sg_arena *arena)
{
    sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, "name", 4);
    uint32_t *found;

    for (uint32_t n = sg_graph_node_next(graph, SG_NO_SYMBOL, SG_NO_ENTITY); n != SG_NO_ENTITY;
         n = sg_graph_node_next(graph, SG_NO_SYMBOL, n)) {
        sg_symbol some[8];
        sg_adjacency it;

        (void) sg_graph_node_labels(graph, n, some, 8);
        (void) sg_graph_node_keys(graph, n, some, 8);
        (void) sg_graph_node_by_id(graph, sg_graph_node_id(graph, n));
        for (sg_symbol k = 0; k < sg_graph_symbol_count(graph, SG_KEY); k++)
            (void) sg_value_copy(arena, sg_graph_node_property(graph, n, k));
        sg_adjacency_init(&it, graph, n, SG_BOTH, SG_NO_SYMBOL);
        while (sg_adjacency_next(&it))
            if (sg_graph_rel_source(graph, it.rel) >= sg_graph_node_limit(graph) ||
                it.other >= sg_graph_node_limit(graph))
                abort();
        for (sg_symbol t = 0; t < sg_graph_symbol_count(graph, SG_REL_TYPE); t++) {
            sg_span span;

            (void) sg_graph_between(graph, n, 0, t, &span);
            if (sg_graph_neighbours(graph, n, SG_INCOMING, t, &span))
                for (size_t i = 0; i < span.count; i++)
                    (void) sg_graph_rel_id(graph, span.rels[i]);
        }
    }
    (void) sg_graph_node_lookup(graph, SG_NO_SYMBOL, key, sg_value_text("n7"), arena, &found);
    (void) sg_graph_node_lookup(graph, SG_NO_SYMBOL, key, sg_value_integer(4), arena, &found);
}

static void ask_rels(const sg_graph *graph, sg_arena *arena)
{
    for (uint32_t r = 0; r < sg_graph_rel_limit(graph); r++) {
        (void) sg_graph_rel_target(graph, r);
        (void) sg_graph_rel_id(graph, r);
        for (sg_symbol k = 0; k < sg_graph_symbol_count(graph, SG_KEY); k++)
            (void) sg_value_copy(arena, sg_graph_rel_property(graph, r, k));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    image_builder *builder = sample();
    size_t len = 0;
    unsigned char *bytes = image_builder_finish(builder, &len);
    image im;

    image_builder_free(builder);
    for (size_t i = 0; i + 4 < size; i += 5) {
        uint32_t at;

        memcpy(&at, data + i, sizeof at);
        bytes[at % len] = data[i + 4];
    }
    if (((image_header *) (void *) bytes)->directory_size <= len &&
        ((image_header *) (void *) bytes)->directory_size >= sizeof(image_header))
        image_seal(bytes, 0);
    if (!image_init(&im, bytes, len, false)) {
        sg_free(bytes);
        return 0;
    }
    sg_graph *graph = sg_graph_new();
    sg_arena *arena = sg_arena_new();

    graph_set_base(graph, &im);
    ask_nodes(graph, arena);
    ask_rels(graph, arena);
    sg_arena_free(arena);
    sg_graph_close(graph);
    return 0;
}
