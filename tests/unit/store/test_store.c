#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stance/file.h"
#include "stance/mem.h"
#include "stance/store.h"

struct fixture {
    char folder[64];
    char path[96];
    sg_store *store;
    sg_arena *arena;
    sg_error err;
};

static int set_up(void **state)
{
    struct fixture *f = sg_calloc(1, sizeof *f);

    (void) snprintf(f->folder, sizeof f->folder, "/tmp/stance-store-XXXXXX");
    if (mkdtemp(f->folder) == NULL)
        return -1;
    (void) snprintf(f->path, sizeof f->path, "%s/test.db", f->folder);
    f->arena = sg_arena_new();
    if (sg_store_open(f->path, SG_STORE_CREATE, &f->store, &f->err) != SG_OK)
        print_error("%s\n", f->err.message);
    *state = f;
    return f->store == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
    struct fixture *f = *state;

    sg_store_close(f->store);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        char path[128];

        (void) snprintf(path, sizeof path, "%s%s", f->path, endings[i]);
        (void) unlink(path);
    }
    (void) rmdir(f->folder);
    sg_arena_free(f->arena);
    sg_free(f);
    return 0;
}

#define good(expression)                                                                           \
 do {                                                                                              \
  sg_status status_ = (expression);                                                                \
  if (status_ != SG_OK)                                                                            \
   print_error("%s\n", f->err.message);                                                            \
  assert_int_equal(status_, SG_OK);                                                                \
 } while (0)

/* A map of alternating keys and values. */
static sg_value make_map(sg_arena *arena, size_t count, const char *const *keys,
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

static int64_t add_node(struct fixture *f, const char *label, const char *name)
{
    const char *labels[] = { label };
    const char *keys[] = { "name" };
    sg_value values[] = { sg_value_text(name) };
    int64_t id = 0;

    good(sg_store_create_node(f->store, labels, 1, make_map(f->arena, 1, keys, values), &id,
                              &f->err));
    return id;
}

static void properties_survive_their_json(void **state)
{
    struct fixture *f = *state;
    sg_zoned zoned = { 1455255000, 5, 3600, "Europe/Stockholm" };
    sg_duration duration = { 1, 2, -3, 4 };
    sg_value items[] = { sg_value_integer(1), sg_value_float(1.0) };
    const char *keys[] = { "z", "date", "text", "list", "at", "span", "float", "tiny" };
    sg_value values[] = {
        sg_value_integer(INT64_MIN),
        sg_value_date(16842),
        sg_value_text("a \"quoted\"\\ line\n\x01 \xe2\x80\x9cx\xe2\x80\x9d"),
        sg_value_list(f->arena, items, 2),
        { .type = SG_DATETIME, .as.zoned = &zoned },
        { .type = SG_DURATION, .as.duration = &duration },
        sg_value_float(0.1),
        sg_value_float(-1e300),
    };
    sg_strbuf first = SG_STRBUF_INIT;
    sg_strbuf second = SG_STRBUF_INIT;
    sg_value back;

    sg_props_write(make_map(f->arena, 8, keys, values), &first);
    assert_true(sg_props_read(first.data, first.len, f->arena, &back));
    assert_int_equal(sg_props_find(back, "z").as.integer, INT64_MIN);
    assert_int_equal(sg_props_find(back, "date").type, SG_DATE);
    assert_int_equal(sg_props_find(back, "list").as.list->items[1].type, SG_FLOAT);
    assert_string_equal(sg_props_find(back, "at").as.zoned->zone, "Europe/Stockholm");
    sg_props_write(back, &second);
    assert_string_equal(first.data, second.data);
    sg_strbuf_clear(&first);
    sg_strbuf_clear(&second);
}

static void damaged_properties_are_refused(void **state)
{
    static const char *const bad[] = { "",
                                       "{",
                                       "{\"a\":}",
                                       "{\"a\":1",
                                       "{\"a\":1}x",
                                       "{\"a\":tru}",
                                       "{\"a\":\"\\u12\"}",
                                       "{\"a\":--1}",
                                       "{\"a\":{\"b\":1}}",
                                       "[1]" };
    struct fixture *f = *state;
    sg_value back;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(sg_props_read(bad[i], strlen(bad[i]), f->arena, &back));
}

static void days_agree_with_the_calendar(void **state)
{
    static const struct {
        const char *text;
        int32_t day;
    } known[] = { { "1970-01-01", 0 },
                  { "2000-02-29", 11016 },
                  { "2016-02-13", 16844 },
                  { "1969-12-31", -1 },
                  { "0001-01-01", -719162 } };
    static const char *const wrong[] = { "2015-02-29", "2016-13-01", "2016-1-01x", "2016-00-10" };
    char text[SG_DAY_SIZE];
    int32_t day;

    (void) state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_true(sg_day_parse(known[i].text, 10, &day));
        assert_int_equal(day, known[i].day);
        sg_day_format(day, text);
        assert_string_equal(text, known[i].text);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(sg_day_parse(wrong[i], 10, &day));
}

static bool count_node(void *data, const sg_store_node *node)
{
    (void) node;
    ++*(size_t *) data;
    return true;
}

static void committed_nodes_are_read_and_rolled_back_ones_are_not(void **state)
{
    struct fixture *f = *state;
    size_t count = 0;

    good(sg_store_begin(f->store, &f->err));
    (void) add_node(f, "Person", "Anna");
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_begin(f->store, &f->err));
    (void) add_node(f, "Robot", "Bolt");
    sg_store_rollback(f->store);
    good(sg_store_read_nodes(f->store, count_node, &count, &f->err));
    assert_int_equal(count, 1);
    assert_int_equal(sg_store_label_set_count(f->store), 1);
}

static void statement_properties_become_columns_and_others_stay(void **state)
{
    static const char *const keys[] = {
        "date", "confidence", "mode", "status", "note", "certainty"
    };
    struct fixture *f = *state;
    sg_value values[] = { sg_value_text("2016-02-13"),   sg_value_float(0.75),
                          sg_value_text("direct-quote"), sg_value_text("accepted"),
                          sg_value_text("mine"),         sg_value_text("sure") };
    sg_store_statement s;
    bool found = false;
    int64_t id;

    good(sg_store_begin(f->store, &f->err));
    int64_t actor = add_node(f, "Actor", "Anna");
    int64_t position = add_node(f, "Position", "the plan");
    good(sg_store_create_rel(f->store, "OPPOSES", actor, position,
                             make_map(f->arena, 6, keys, values), &id, &f->err));
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_find_statement(f->store, id, &s, &found, &f->err));
    assert_true(found);
    assert_int_equal(s.stance, SG_OPPOSE);
    assert_int_equal(s.day, 16844);
    assert_float_equal(s.confidence, 0.75, 0);
    assert_int_equal(s.mode, SG_DIRECT_QUOTE);
    assert_int_equal(s.status, SG_REVIEW_ACCEPTED);
    assert_int_equal(s.certainty, -1);
    assert_int_equal(s.extra_len, strlen("{\"certainty\":\"sure\",\"note\":\"mine\"}"));
    assert_memory_equal(s.extra, "{\"certainty\":\"sure\",\"note\":\"mine\"}", s.extra_len);
}

static void a_node_with_relationships_is_not_deleted(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;
    int64_t rel;

    good(sg_store_begin(f->store, &f->err));
    int64_t a = add_node(f, "A", "a");
    int64_t b = add_node(f, "B", "b");
    good(sg_store_create_rel(f->store, "KNOWS", a, b, sg_value_null(), &rel, &f->err));
    assert_int_equal(sg_store_delete_node(f->store, b, &expected), SG_ERR_DATABASE);
    good(sg_store_delete_rel(f->store, rel, &f->err));
    good(sg_store_delete_node(f->store, b, &f->err));
    good(sg_store_commit(f->store, &f->err));
}

struct seen {
    size_t count;
    int64_t last;
};

static void note_change(void *data, sg_store_kind kind, int64_t id)
{
    struct seen *seen = data;

    (void) kind;
    seen->count++;
    seen->last = id;
}

static void changes_since_a_state_are_told(void **state)
{
    struct fixture *f = *state;
    struct seen seen = { 0, 0 };
    sg_store_state before;
    sg_store_state after;
    bool complete = false;

    good(sg_store_begin(f->store, &f->err));
    (void) add_node(f, "A", "a");
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_get_state(f->store, &before, &f->err));
    good(sg_store_begin(f->store, &f->err));
    int64_t b = add_node(f, "A", "b");
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_get_state(f->store, &after, &f->err));
    assert_int_equal(after.seq, before.seq + 1);
    good(sg_store_read_changes(f->store, before, note_change, &seen, &complete, &f->err));
    assert_true(complete);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.last, b);
    before.hash ^= 1; /* the state of some other database */
    good(sg_store_read_changes(f->store, before, note_change, &seen, &complete, &f->err));
    assert_false(complete);
}

static void a_second_writer_is_told_who_writes(void **state)
{
    struct fixture *f = *state;
    sg_store *other = NULL;
    sg_error expected = SG_ERROR_INIT;

    good(sg_store_open(f->path, SG_STORE_WRITE, &other, &f->err));
    sg_store_set_timeout(other, 20);
    good(sg_store_begin(f->store, &f->err));
    assert_int_equal(sg_store_begin(other, &expected), SG_ERR_DATABASE);
    assert_non_null(strstr(expected.message, "is writing to it"));
    sg_store_rollback(f->store);
    sg_store_close(other);
}

static void a_reader_sees_one_state_while_another_handle_writes(void **state)
{
    struct fixture *f = *state;
    sg_store *reader = NULL;
    size_t count = 0;

    good(sg_store_open(f->path, SG_STORE_READ, &reader, &f->err));
    good(sg_store_begin_read(reader, &f->err));
    good(sg_store_begin(f->store, &f->err));
    (void) add_node(f, "A", "a");
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_read_nodes(reader, count_node, &count, &f->err));
    assert_int_equal(count, 0);
    sg_store_end_read(reader);
    good(sg_store_begin_read(reader, &f->err));
    good(sg_store_read_nodes(reader, count_node, &count, &f->err));
    assert_int_equal(count, 1);
    assert_int_equal(sg_store_label_set_count(reader), 1);
    sg_store_end_read(reader);
    sg_store_close(reader);
}

static void foreign_files_are_left_alone(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;
    sg_store *other = NULL;
    char path[128];
    sg_strbuf back = SG_STRBUF_INIT;

    (void) snprintf(path, sizeof path, "%s/text", f->folder);
    good(sg_file_write(path, "just text", 9, &f->err));
    assert_int_equal(sg_store_open(path, SG_STORE_CREATE, &other, &expected), SG_ERR_DATABASE);
    good(sg_file_read(path, 0, &back, &f->err));
    assert_string_equal(back.data, "just text");
    sg_strbuf_clear(&back);
    (void) unlink(path);
}

static void bulk_import_refuses_unknown_nodes_and_restores_indices(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;
    sg_store_state before;
    struct seen seen = { 0, 0 };
    bool complete = true;
    int64_t id;

    good(sg_store_get_state(f->store, &before, &f->err));
    good(sg_store_begin_bulk(f->store, &f->err));
    int64_t a = add_node(f, "Person", "a");
    int64_t b = add_node(f, "Position", "b");
    for (int i = 0; i < 100; i++)
        good(sg_store_create_rel(f->store, "SUPPORTS", a, b, sg_value_null(), &id, &f->err));
    assert_int_equal(
        sg_store_create_rel(f->store, "SUPPORTS", a, 99, sg_value_null(), &id, &expected),
        SG_ERR_DATABASE);
    good(sg_store_commit(f->store, &f->err));
    good(sg_store_read_changes(f->store, before, note_change, &seen, &complete, &f->err));
    assert_false(complete);
    good(sg_store_begin(f->store, &f->err));
    assert_int_equal(sg_store_delete_node(f->store, b, &expected), SG_ERR_DATABASE);
    sg_store_rollback(f->store);
}

int main(void)
{
#define store_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        store_test(properties_survive_their_json),
        store_test(damaged_properties_are_refused),
        store_test(days_agree_with_the_calendar),
        store_test(committed_nodes_are_read_and_rolled_back_ones_are_not),
        store_test(statement_properties_become_columns_and_others_stay),
        store_test(a_node_with_relationships_is_not_deleted),
        store_test(changes_since_a_state_are_told),
        store_test(a_second_writer_is_told_who_writes),
        store_test(a_reader_sees_one_state_while_another_handle_writes),
        store_test(foreign_files_are_left_alone),
        store_test(bulk_import_refuses_unknown_nodes_and_restores_indices),
    };

    return cmocka_run_group_tests_name("store/store", tests, NULL, NULL);
}
