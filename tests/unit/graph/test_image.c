#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "stance/file.h"
#include "stance/graph.h"
#include "stance/store.h"

/* A graph on a store, written at random, must look the same in every way of opening it: the one
 * that wrote it, an image with changes laid over it, and an image made anew. */

static char folder[] = "/tmp/stance-graph-XXXXXX";
static char database[64], image_file[80];

static uint64_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t) (random_state >> 33) % limit;
}

/* ---- one text that tells everything about a graph ---- */
static void dump_value(sg_value v, sg_strbuf *out)
{
    sg_strbuf_printf(out, "%d:", v.type);
    switch ((sg_type) v.type) {
    case SG_STRING:
        sg_strbuf_append(out, v.as.string, v.len);
        break;
    case SG_FLOAT:
        sg_strbuf_printf(out, "%.17g", v.as.number);
        break;
    case SG_BOOLEAN:
        sg_strbuf_printf(out, "%d", v.as.boolean);
        break;
    case SG_LIST:
        for (size_t i = 0; i < v.as.list->count; i++)
            dump_value(v.as.list->items[i], out);
        break;
    case SG_DURATION:
        sg_strbuf_printf(out, "%lld %lld", (long long) v.as.duration->months,
                         (long long) v.as.duration->days);
        break;
    default:
        sg_strbuf_printf(out, "%lld", (long long) v.as.integer);
        break;
    }
    sg_strbuf_putc(out, ';');
}

/* Names in alphabetical order, because symbols are numbered as they came. */
static void dump_properties(const sg_graph *graph, uint32_t entity, bool node, sg_strbuf *out)
{
    for (char name[2] = "a"; name[0] <= 'z'; name[0]++) {
        sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, name, 1);
        sg_value value = key == SG_NO_SYMBOL ? sg_value_null()
                         : node              ? sg_graph_node_property(graph, entity, key)
                                             : sg_graph_rel_property(graph, entity, key);

        if (sg_value_is_null(value))
            continue;
        sg_strbuf_printf(out, " %s=", name);
        dump_value(value, out);
    }
    sg_strbuf_printf(out, " keys %zu\n",
                     node ? sg_graph_node_keys(graph, entity, NULL, 0)
                          : sg_graph_rel_keys(graph, entity, NULL, 0));
}

static void dump_adjacency(const sg_graph *graph, uint32_t node, sg_strbuf *out)
{
    for (int direction = SG_OUTGOING; direction <= SG_BOTH; direction++)
        for (char name[2] = "T"; name[0] <= 'X'; name[0]++) {
            sg_symbol type = sg_graph_symbol_find(graph, SG_REL_TYPE, name, 1);
            uint64_t sum = 0;
            sg_adjacency it;

            if (name[0] == 'X') /* any type */
                type = SG_NO_SYMBOL;
            else if (type == SG_NO_SYMBOL)
                continue;
            sg_adjacency_init(&it, graph, node, (sg_direction) direction, type);
            while (sg_adjacency_next(&it))
                sum += (uint64_t) sg_graph_rel_id(graph, it.rel) * 1000003U +
                       (uint64_t) sg_graph_node_id(graph, it.other) + 7;
            if (sum == 0)
                continue;
            sg_strbuf_printf(out, "  %d%s %llu %zu\n", direction, name, (unsigned long long) sum,
                             sg_graph_degree(graph, node, (sg_direction) direction, type));
        }
}

static char *dump(const sg_graph *graph, int64_t ids)
{
    sg_strbuf out = SG_STRBUF_INIT;

    sg_strbuf_printf(&out, "%zu nodes %zu relationships\n", sg_graph_node_count(graph),
                     sg_graph_rel_count(graph));
    for (char name[2] = "A"; name[0] <= 'E'; name[0]++) {
        sg_symbol label = sg_graph_symbol_find(graph, SG_LABEL, name, 1);
        size_t scanned = 0;

        if (label == SG_NO_SYMBOL || sg_graph_label_count(graph, label) == 0)
            continue;
        for (uint32_t n = sg_graph_node_next(graph, label, SG_NO_ENTITY); n != SG_NO_ENTITY;
             n = sg_graph_node_next(graph, label, n))
            scanned++;
        sg_strbuf_printf(&out, "%s %zu %zu\n", name, sg_graph_label_count(graph, label), scanned);
    }
    for (int64_t id = 0; id < ids; id++) {
        uint32_t node = sg_graph_node_by_id(graph, id);

        if (node == SG_NO_ENTITY)
            continue;
        sg_strbuf_printf(&out, "node %lld", (long long) id);
        for (char name[2] = "A"; name[0] <= 'E'; name[0]++) {
            sg_symbol label = sg_graph_symbol_find(graph, SG_LABEL, name, 1);

            if (label != SG_NO_SYMBOL && sg_graph_node_has_label(graph, node, label))
                sg_strbuf_puts(&out, name);
        }
        dump_properties(graph, node, true, &out);
        dump_adjacency(graph, node, &out);
    }
    for (int64_t id = 0; id < ids; id++) {
        uint32_t rel = sg_graph_rel_by_id(graph, id);

        if (rel == SG_NO_ENTITY)
            continue;
        sg_strbuf_printf(&out, "rel %lld %s %lld %lld", (long long) id,
                         sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, rel)),
                         (long long) sg_graph_node_id(graph, sg_graph_rel_source(graph, rel)),
                         (long long) sg_graph_node_id(graph, sg_graph_rel_target(graph, rel)));
        dump_properties(graph, rel, false, &out);
    }
    return sg_strbuf_detach(&out, NULL);
}

/* ---- random writing ---- */
static sg_value random_value(sg_arena *arena)
{
    static const char *texts[] = { "", "a", "ab", "\xc3\xa9tat", "a long string of words" };

    switch (random_below(9)) {
    case 0:
        return sg_value_null();
    case 1:
        return sg_value_integer((int64_t) random_below(10) - 5);
    case 2:
        return sg_value_integer(INT64_MIN + random_below(3));
    case 3:
        return sg_value_float(random_below(10) / 4.0);
    case 4:
        return sg_value_boolean(random_below(2) == 0);
    case 5:
        return sg_value_date((int64_t) random_below(20000) - 1000);
    case 6: {
        sg_value items[2] = { sg_value_integer(random_below(5)), sg_value_text(texts[1]) };

        return sg_value_list(arena, items, 1 + random_below(2));
    }
    default:
        return sg_value_text(texts[random_below(5)]);
    }
}

static uint32_t random_node(const sg_graph *graph)
{
    for (int i = 0; i < 50; i++) {
        uint32_t node = random_below(sg_graph_node_limit(graph));

        if (sg_graph_node_exists(graph, node))
            return node;
    }
    return SG_NO_ENTITY;
}

static sg_symbol random_symbol(sg_graph *graph, sg_symbol_kind kind, char first, uint32_t range)
{
    char name[2] = { (char) (first + (char) random_below(range)), '\0' };

    return sg_graph_symbol_add(graph, kind, name, 1);
}

static void random_write(sg_graph *graph, sg_arena *arena)
{
    uint32_t what = random_below(20);
    uint32_t node = sg_graph_node_limit(graph) == 0 ? SG_NO_ENTITY : random_node(graph);

    if (what < 5 || node == SG_NO_ENTITY) {
        node = sg_graph_create_node(graph);
        sg_graph_add_label(graph, node, random_symbol(graph, SG_LABEL, 'A', 3));
        sg_graph_set_node_property(graph, node, random_symbol(graph, SG_KEY, 'a', 1),
                                   sg_value_integer(node));
    } else if (what < 10) {
        uint32_t rel = sg_graph_create_rel(graph, random_symbol(graph, SG_REL_TYPE, 'T', 3), node,
                                           random_node(graph));

        sg_graph_set_rel_property(graph, rel, random_symbol(graph, SG_KEY, 'b', 3),
                                  random_value(arena));
    } else if (what < 12) {
        sg_graph_add_label(graph, node, random_symbol(graph, SG_LABEL, 'A', 5));
    } else if (what < 13) {
        sg_graph_remove_label(graph, node, random_symbol(graph, SG_LABEL, 'A', 5));
    } else if (what < 16) {
        sg_graph_set_node_property(graph, node, random_symbol(graph, SG_KEY, 'a', 6),
                                   random_value(arena));
    } else if (what < 17 && sg_graph_degree(graph, node, SG_BOTH, SG_NO_SYMBOL) == 0) {
        sg_graph_delete_node(graph, node);
    } else if (sg_graph_rel_limit(graph) > 0) {
        uint32_t rel = random_below(sg_graph_rel_limit(graph));

        if (!sg_graph_rel_exists(graph, rel))
            return;
        if (random_below(2) == 0)
            sg_graph_delete_rel(graph, rel);
        else
            sg_graph_set_rel_property(graph, rel, random_symbol(graph, SG_KEY, 'b', 3),
                                      random_value(arena));
    }
}

/* ---- opening ---- */
static sg_graph *open_graph(sg_store_mode mode, sg_store **store_out)
{
    sg_error err = SG_ERROR_INIT;
    sg_graph *graph = NULL;

    if (sg_store_open(database, mode, store_out, &err) != SG_OK ||
        sg_graph_open(*store_out, &graph, &err) != SG_OK)
        fail_msg("%s", err.message);
    return graph;
}

static void close_graph(sg_graph *graph, sg_store *store)
{
    sg_graph_close(graph);
    sg_store_close(store);
}

static void assert_looks_like(const char *wanted, int64_t ids, const char *which)
{
    sg_store *store = NULL;
    sg_graph *graph = open_graph(SG_STORE_READ, &store);
    char *found = dump(graph, ids);

    if (strcmp(found, wanted) != 0) {
        size_t at = 0;

        while (found[at] == wanted[at])
            at++;
        at = at > 60 ? at - 60 : 0;
        fail_msg("%s: ...%.200s\nand not ...%.200s", which, found + at, wanted + at);
    }
    sg_free(found);
    close_graph(graph, store);
}

static int64_t id_limit(const sg_graph *graph)
{
    return (int64_t) sg_graph_node_limit(graph) + sg_graph_rel_limit(graph) + 1000;
}

static void write_round(int writes)
{
    sg_store *store = NULL;
    sg_graph *graph = open_graph(SG_STORE_CREATE, &store);
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    char *wanted;
    int64_t ids;

    for (int i = 0; i < writes; i++) {
        random_write(graph, arena);
        if (random_below(40) != 0)
            continue;
        if (random_below(4) == 0)
            sg_graph_rollback(graph);
        else if (sg_graph_commit(graph, &err) != SG_OK)
            fail_msg("%s", err.message);
    }
    if (sg_graph_commit(graph, &err) != SG_OK)
        fail_msg("%s", err.message);
    ids = id_limit(graph);
    wanted = dump(graph, ids);
    close_graph(graph, store);
    sg_arena_free(arena);

    assert_looks_like(wanted, ids, "image and changes");
    (void) unlink(image_file);
    assert_looks_like(wanted, ids, "new image");
    assert_looks_like(wanted, ids, "image from its file");
    sg_free(wanted);
}

static void every_way_of_opening_shows_the_same(void **state)
{
    struct stat info;

    (void) state;
    for (int round = 0; round < 3; round++)
        write_round(600);
    assert_int_equal(stat(image_file, &info), 0);
    for (int round = 0; round < 8; round++)
        write_round(60);
}

static void a_damaged_image_is_noticed_and_made_anew(void **state)
{
    sg_store *store = NULL;
    sg_graph *graph = open_graph(SG_STORE_READ, &store);
    int64_t ids = id_limit(graph);
    char *wanted = dump(graph, ids);
    sg_strbuf bytes = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    close_graph(graph, store);
    assert_int_equal(sg_file_read(image_file, 0, &bytes, &err), SG_OK);
    for (int i = 0; i < 200; i++) {
        size_t at = random_below((uint32_t) bytes.len);
        char before = bytes.data[at];

        bytes.data[at] = (char) (before ^ (1 << random_below(8)));
        assert_int_equal(sg_file_write(image_file, bytes.data, i % 10 == 0 ? at : bytes.len, &err),
                         SG_OK);
        bytes.data[at] = before;
        assert_looks_like(wanted, ids, "damaged");
    }
    sg_strbuf_clear(&bytes);
    sg_free(wanted);
}

static int make_folder(void **state)
{
    (void) state;
    if (mkdtemp(folder) == NULL)
        return -1;
    (void) snprintf(database, sizeof database, "%s/g.db", folder);
    (void) snprintf(image_file, sizeof image_file, "%s-image", database);
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const files[] = { "g.db", "g.db-wal", "g.db-shm", "g.db-image" };
    char path[96];

    (void) state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void) snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        (void) unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_opening_shows_the_same),
        cmocka_unit_test(a_damaged_image_is_noticed_and_made_anew),
    };

    return cmocka_run_group_tests_name("graph/image", tests, make_folder, remove_folder);
}
