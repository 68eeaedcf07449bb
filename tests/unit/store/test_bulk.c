#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stance/mem.h"
#include "stance/store.h"

/* A new database is filled beside SQLite: it must hold what SQLite would have written, in any
 * size, and pass SQLite's own checks. */

struct fixture {
    char folder[64];
    sg_store *fresh; /* filled in bulk */
    sg_store *plain; /* filled row by row */
    sg_arena *arena;
    sg_error err;
};

#define good(expression)                                                                           \
 do {                                                                                              \
  sg_status status_ = (expression);                                                                \
  if (status_ != SG_OK)                                                                            \
   print_error("%s\n", f->err.message);                                                            \
  assert_int_equal(status_, SG_OK);                                                                \
 } while (0)

static const char *path_of(const struct fixture *f, const char *name)
{
    return sg_arena_printf(f->arena, "%s/%s", f->folder, name);
}

static int set_up(void **state)
{
    struct fixture *f = sg_calloc(1, sizeof *f);

    (void) snprintf(f->folder, sizeof f->folder, "/tmp/stance-bulk-XXXXXX");
    if (mkdtemp(f->folder) == NULL)
        return -1;
    f->arena = sg_arena_new();
    *state = f;
    good(sg_store_open(path_of(f, "fresh"), SG_STORE_CREATE, &f->fresh, &f->err));
    good(sg_store_open(path_of(f, "plain"), SG_STORE_CREATE, &f->plain, &f->err));
    return 0;
}

static void remove_database(const struct fixture *f, const char *name)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal", "-import" };

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        (void) unlink(sg_arena_printf(f->arena, "%s/%s%s", f->folder, name, endings[i]));
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    sg_store_close(f->fresh);
    sg_store_close(f->plain);
    remove_database(f, "fresh");
    remove_database(f, "plain");
    (void) rmdir(f->folder);
    sg_arena_free(f->arena);
    sg_free(f);
    return 0;
}

/* ---- what is written ---- */
static sg_value map_of(sg_arena *arena, size_t count, const char *const *keys,
                       const sg_value *values)
{
    sg_map_value *map = sg_arena_calloc(arena, 1, sizeof *map);

    map->count = count;
    map->keys = sg_arena_calloc(arena, count + 1, sizeof *map->keys);
    map->values = sg_arena_calloc(arena, count + 1, sizeof *map->values);
    for (size_t i = 0; i < count; i++) {
        map->keys[i] = sg_value_text(keys[i]);
        map->values[i] = values[i];
    }
    return (sg_value){ .type = SG_MAP, .as.map = map };
}

static sg_value long_text(sg_arena *arena, size_t len)
{
    char *text = sg_arena_alloc(arena, len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (char) ('a' + i % 26);
    text[len] = '\0';
    return sg_value_string(text, len);
}

static int64_t add_node(struct fixture *f, sg_store *store, const char *label, sg_value props)
{
    int64_t id = 0;

    good(sg_store_create_node(store, &label, 1, props, &id, &f->err));
    return id;
}

/* Nodes, articles, relationships and statements of all sizes. */
static void fill(struct fixture *f, sg_store *store)
{
    static const char *const keys[] = { "name", "text" };
    static const size_t lengths[] = { 0,    1,    100,  3900, 4020, 4030, 4040,  4050,  4060,
                                      4070, 4090, 4100, 8100, 8180, 8190, 12000, 300000 };
    static const int64_t numbers[] = { 0,
                                       1,
                                       2,
                                       -1,
                                       127,
                                       128,
                                       -129,
                                       32768,
                                       8388608,
                                       -8388609,
                                       INT32_MAX,
                                       INT64_MAX,
                                       -INT64_MAX,
                                       (int64_t) 1 << 47,
                                       (int64_t) 1 << 40 };
    static const char *const id_key[] = { "id" };
    static const char *const statement_keys[] = { "article", "confidence", "date",
                                                  "start",   "end",        "note" };
    enum { LENGTHS = sizeof lengths / sizeof lengths[0] };
    enum { NUMBERS = sizeof numbers / sizeof numbers[0] };
    int64_t last = 0, id;

    for (size_t i = 0; i < LENGTHS; i++) {
        sg_value values[] = { long_text(f->arena, 3 + i), long_text(f->arena, lengths[i]) };

        last = add_node(f, store, "Person", map_of(f->arena, 2, keys, values));
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        sg_value number = sg_value_integer(numbers[i]);

        (void) add_node(f, store, "Article", map_of(f->arena, 1, id_key, &number));
        (void) add_node(f, store, "Article", sg_value_null());
    }
    for (size_t i = 0; i < 200; i++) {
        sg_value values[] = { sg_value_integer((int64_t) i), long_text(f->arena, i * 40) };

        good(sg_store_create_rel(store, i % 3 == 0 ? "KNOWS" : "LIKES", 1 + (int64_t) i * 7 % last,
                                 1 + (int64_t) i * 5 % last, map_of(f->arena, 2, keys, values), &id,
                                 &f->err));
    }
    for (size_t i = 0; i < 400; i++) {
        sg_value values[] = { sg_value_integer(numbers[i % NUMBERS]),
                              sg_value_float((double) (i % 5) / 4),
                              sg_value_text(i % 2 == 0 ? "2019-02-28" : "1903-12-31"),
                              sg_value_integer((int64_t) i),
                              sg_value_integer((int64_t) i + 3),
                              long_text(f->arena, i * 30) };

        good(sg_store_create_rel(store, i % 2 == 0 ? "SUPPORTS" : "OPPOSES",
                                 1 + (int64_t) i * 11 % last, 1 + (int64_t) i * 3 % last,
                                 map_of(f->arena, i % 7, statement_keys, values), &id, &f->err));
    }
}

static void fill_both(struct fixture *f)
{
    good(sg_store_begin_bulk(f->fresh, &f->err));
    fill(f, f->fresh);
    good(sg_store_commit(f->fresh, &f->err));
    good(sg_store_begin(f->plain, &f->err));
    fill(f, f->plain);
    good(sg_store_commit(f->plain, &f->err));
}

/* ---- what is read ---- */
static bool write_node(void *data, const sg_store_node *n)
{
    sg_strbuf_printf(data, "node %lld %lld %s %s\n", (long long) n->id, (long long) n->label_set,
                     n->name == NULL ? "-" : n->name, n->props);
    return true;
}

static bool write_rel(void *data, const sg_store_rel *r)
{
    sg_strbuf_printf(data, "rel %lld %lld %lld %lld %s\n", (long long) r->id, (long long) r->type,
                     (long long) r->source, (long long) r->target, r->props);
    return true;
}

static bool write_statement(void *data, const sg_store_statement *s)
{
    sg_strbuf_printf(data, "statement %lld %lld %lld %d %lld %d %u %u %d %d %g %s %d %s\n",
                     (long long) s->id, (long long) s->actor, (long long) s->target, s->stance,
                     (long long) s->article, (int) s->day, s->start, s->end, s->mode, s->certainty,
                     s->confidence, s->origin == NULL ? "-" : s->origin, s->status,
                     s->extra == NULL ? "-" : s->extra);
    return true;
}

static const char *content(struct fixture *f, sg_store *store)
{
    sg_strbuf out = SG_STRBUF_INIT;
    const char *text;

    good(sg_store_read_nodes(store, write_node, &out, &f->err));
    good(sg_store_read_rels(store, write_rel, &out, &f->err));
    good(sg_store_read_statements(store, write_statement, &out, &f->err));
    text = sg_arena_strndup(f->arena, out.data, out.len);
    sg_strbuf_clear(&out);
    return text;
}

static void print_line(void *data, const char *line)
{
    (void) data;
    print_error("%s\n", line);
}

static void assert_sound(struct fixture *f, sg_store *store)
{
    size_t problems = 0;

    good(sg_store_check(store, print_line, NULL, &problems, &f->err));
    assert_int_equal(problems, 0);
}

/* ---- claims ---- */
static void a_new_database_holds_what_sqlite_would_have_written(void **state)
{
    struct fixture *f = *state;

    fill_both(f);
    assert_string_equal(content(f, f->fresh), content(f, f->plain));
    assert_sound(f, f->fresh);
    assert_int_not_equal(access(path_of(f, "fresh-import"), F_OK), 0);
}

static void other_handles_read_it_and_writing_goes_on(void **state)
{
    struct fixture *f = *state;
    sg_store *reader = NULL;

    fill_both(f);
    good(sg_store_open(path_of(f, "fresh"), SG_STORE_READ, &reader, &f->err));
    good(sg_store_begin(f->fresh, &f->err));
    fill(f, f->fresh);
    good(sg_store_commit(f->fresh, &f->err));
    good(sg_store_begin(f->plain, &f->err));
    fill(f, f->plain);
    good(sg_store_commit(f->plain, &f->err));
    assert_string_equal(content(f, reader), content(f, f->plain));
    sg_store_close(reader);
    assert_sound(f, f->fresh);
}

static void a_second_bulk_import_adds_to_the_first(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 2; i++) {
        good(sg_store_begin_bulk(f->fresh, &f->err));
        fill(f, f->fresh);
        good(sg_store_commit(f->fresh, &f->err));
    }
    for (int i = 0; i < 2; i++) {
        good(sg_store_begin(f->plain, &f->err));
        fill(f, f->plain);
        good(sg_store_commit(f->plain, &f->err));
    }
    assert_string_equal(content(f, f->fresh), content(f, f->plain));
    assert_sound(f, f->fresh);
}

static void a_bulk_import_taken_back_leaves_nothing(void **state)
{
    struct fixture *f = *state;

    good(sg_store_begin_bulk(f->fresh, &f->err));
    fill(f, f->fresh);
    sg_store_rollback(f->fresh);
    assert_string_equal(content(f, f->fresh), "");
    assert_int_not_equal(access(path_of(f, "fresh-import"), F_OK), 0);
    fill_both(f);
    assert_string_equal(content(f, f->fresh), content(f, f->plain));
}

/* What the roots of the trees have room for does not make the file longer. */
static void a_bulk_import_of_one_node_is_seen(void **state)
{
    struct fixture *f = *state;

    good(sg_store_begin_bulk(f->fresh, &f->err));
    (void) add_node(f, f->fresh, "Person", sg_value_null());
    good(sg_store_commit(f->fresh, &f->err));
    good(sg_store_begin(f->plain, &f->err));
    (void) add_node(f, f->plain, "Person", sg_value_null());
    good(sg_store_commit(f->plain, &f->err));
    assert_string_equal(content(f, f->fresh), content(f, f->plain));
    assert_sound(f, f->fresh);
}

static void a_killed_bulk_import_leaves_no_second_file(void **state)
{
    struct fixture *f = *state;

    good(sg_store_begin_bulk(f->fresh, &f->err));
    (void) add_node(f, f->fresh, "Person", sg_value_null());
    assert_int_not_equal(access(path_of(f, "fresh-import"), F_OK), 0); /* it lost its name */
    sg_store_rollback(f->fresh);
}

static void a_bulk_import_into_a_new_database_only_adds(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;

    good(sg_store_begin_bulk(f->fresh, &f->err));
    int64_t node = add_node(f, f->fresh, "Person", sg_value_null());
    assert_int_equal(sg_store_delete_node(f->fresh, node, &expected), SG_ERR_DATABASE);
    sg_store_rollback(f->fresh);
}

static void where_another_handle_is_open_rows_go_through_sqlite(void **state)
{
    struct fixture *f = *state;
    sg_store *reader = NULL;

    good(sg_store_open(path_of(f, "fresh"), SG_STORE_READ, &reader, &f->err));
    fill_both(f);
    assert_string_equal(content(f, reader), content(f, f->plain));
    sg_store_close(reader);
    assert_sound(f, f->fresh);
}

/* Few and many rows, and numbers of them around a full page. */
static void trees_of_every_height_are_sound(void **state)
{
    struct fixture *f = *state;

    for (int n = 0; n < 90000; n = n < 4 || (n > 440 && n < 500) ? n + 1 : n < 441 ? 441 : n * 4) {
        sg_store *store = NULL;
        sg_store_counts counts;
        int64_t id;

        good(sg_store_open(path_of(f, "tree"), SG_STORE_CREATE, &store, &f->err));
        good(sg_store_begin_bulk(store, &f->err));
        for (int i = 0; i < 3; i++)
            (void) add_node(f, store, "Person", sg_value_null());
        for (int i = 0; i < n; i++)
            good(sg_store_create_rel(store, "OPPOSES", 1 + i % 3, 3 - i % 2, sg_value_null(), &id,
                                     &f->err));
        good(sg_store_commit(store, &f->err));
        assert_sound(f, store);
        good(sg_store_count(store, &counts, &f->err));
        assert_int_equal(counts.statements, n);
        sg_store_close(store);
        remove_database(f, "tree");
    }
}

int main(void)
{
#define bulk_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        bulk_test(a_new_database_holds_what_sqlite_would_have_written),
        bulk_test(other_handles_read_it_and_writing_goes_on),
        bulk_test(a_second_bulk_import_adds_to_the_first),
        bulk_test(a_bulk_import_taken_back_leaves_nothing),
        bulk_test(a_bulk_import_of_one_node_is_seen),
        bulk_test(a_killed_bulk_import_leaves_no_second_file),
        bulk_test(a_bulk_import_into_a_new_database_only_adds),
        bulk_test(where_another_handle_is_open_rows_go_through_sqlite),
        bulk_test(trees_of_every_height_are_sound),
    };

    return cmocka_run_group_tests_name("store/bulk", tests, NULL, NULL);
}
