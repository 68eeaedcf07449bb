#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stance/decision.h"
#include "stance/file.h"
#include "stance/interchange.h"
#include "stance/mem.h"
#include "stance/store.h"

/* Articles of a made-up quarrel, coded as interchange JSON, so that the store is tested without
 * the language model. */

struct fixture {
    char path[64];
    sg_store *store;
    sg_arena *arena;
    sg_error err;
    size_t refused;
    sg_load_outcome outcome;
    sg_load_changes changes;
};

static int set_up(void **state)
{
    struct fixture *f = sg_calloc(1, sizeof *f);
    int fd;

    (void) snprintf(f->path, sizeof f->path, "/tmp/stance-decision-XXXXXX");
    fd = mkstemp(f->path);
    if (fd < 0 || close(fd) != 0)
        return -1;
    f->arena = sg_arena_new();
    if (sg_store_open(f->path, SG_STORE_CREATE, &f->store, &f->err) != SG_OK)
        return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    sg_store_close(f->store);
    (void) unlink(f->path);
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

static void count_refused(void *data, const char *line)
{
    (void) line;
    ++*(size_t *) data;
}

static void load(struct fixture *f, const char *name, const char *text, const char *json,
                 bool again)
{
    sg_document *document = NULL;
    char sha256[SG_SHA256_HEX_SIZE];
    struct sg_store_load_options options = { .sha256 = sha256, .origin = "test", .again = again };
    sg_extraction *extraction = NULL;

    good(sg_document_read(name, text, strlen(text), f->arena, &document, &f->err));
    document->day = 16844;
    sg_sha256_hex(text, document->len, sha256);
    good(sg_interchange_read(json, strlen(json), document, f->arena, count_refused, &f->refused,
                             &extraction, &f->err));
    good(
        sg_store_add_extraction(f->store, extraction, &options, &f->outcome, &f->changes, &f->err));
}

static const char text_one[] =
    "Ann Lee, head of the Lake Union (LU), said: \xe2\x80\x9cThe dam must go.\xe2\x80\x9d\n\n"
    "Lee spoke on Monday. The Port Council wants the dam.\n";
static const char json_one[] =
    "{\"article\":\"one.txt\",\"persons\":[{\"name\":\"Ann Lee\",\"mentions\":[\"Ann "
    "Lee\",\"Lee\"],"
    "\"roles\":[\"head\"],\"affiliations\":[{\"organisation\":\"Lake Union\",\"role\":\"head\","
    "\"evidence\":\"Ann Lee, head of the Lake Union\"}]}],"
    "\"organisations\":[{\"name\":\"Lake Union\",\"mentions\":[\"Lake Union\",\"LU\"],"
    "\"acronym\":\"LU\"},{\"name\":\"Port Council\",\"mentions\":[\"Port Council\"]}],"
    "\"positions\":[{\"name\":\"building of the dam\",\"mentions\":[\"dam\"]}],"
    "\"stances\":[{\"actor\":\"Ann Lee\",\"stance\":\"oppose\",\"target\":\"building of the dam\","
    "\"target_type\":\"position\",\"evidence\":\"The dam must go.\",\"mode\":\"direct-quote\"},"
    "{\"actor\":\"Port Council\",\"stance\":\"support\",\"target\":\"building of the dam\","
    "\"target_type\":\"position\",\"evidence\":\"The Port Council wants the dam.\"}]}";
static const char text_two[] = "The LU is against dam building. Ms Lee was not there.\n";
static const char json_two[] =
    "{\"article\":\"two.txt\",\"persons\":[{\"name\":\"Lee\",\"mentions\":[\"Lee\"]}],"
    "\"organisations\":[{\"name\":\"LU\",\"mentions\":[\"LU\"]}],"
    "\"stances\":[{\"actor\":\"LU\",\"stance\":\"oppose\",\"target\":\"dam building\","
    "\"target_type\":\"position\",\"evidence\":\"The LU is against dam building.\"}]}";

static int64_t count_statements(struct fixture *f)
{
    sg_store_counts counts;

    good(sg_store_count(f->store, &counts, &f->err));
    return counts.statements;
}

static void keep_statement_ids(void *data, const sg_named_row *row)
{
    (void) data;
    (void) row;
}

static void expect_whole(struct fixture *f)
{
    size_t problems = 0;

    good(sg_store_check(f->store, NULL, NULL, &problems, &f->err));
    assert_int_equal(problems, 0);
}

static void acronyms_and_word_order_join_articles(void **state)
{
    struct fixture *f = *state;
    sg_store_counts counts;

    load(f, "one.txt", text_one, json_one, false);
    load(f, "two.txt", text_two, json_two, false);
    good(sg_store_count(f->store, &counts, &f->err));
    assert_int_equal(counts.organisations, 2);
    assert_int_equal(counts.positions, 1);
    assert_int_equal(counts.statements, 3);
    expect_whole(f);
}

static void a_bare_surname_stays_in_its_article(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;
    int64_t id;

    load(f, "one.txt", text_one, json_one, false);
    load(f, "two.txt", text_two, json_two, false);
    assert_int_equal(sg_named_find(f->store, SG_NAMED_ACTOR, "Mr Lee", &id, &expected),
                     SG_ERR_INPUT);
    assert_non_null(strstr(expected.hint, "Ann Lee"));
}

static void the_same_bytes_change_nothing(void **state)
{
    struct fixture *f = *state;
    sg_store_state before;
    sg_store_state after;

    load(f, "one.txt", text_one, json_one, false);
    good(sg_store_get_state(f->store, &before, &f->err));
    load(f, "copy.txt", text_one, json_one, false);
    assert_int_equal(f->outcome, SG_LOAD_UNCHANGED);
    good(sg_store_get_state(f->store, &after, &f->err));
    assert_int_equal(before.seq, after.seq);
    assert_true(before.hash == after.hash);
}

static void changed_bytes_make_a_new_version(void **state)
{
    struct fixture *f = *state;
    sg_store_counts counts;

    load(f, "one.txt", text_one, json_one, false);
    load(f, "one.txt", text_two, json_two, false);
    assert_int_equal(f->outcome, SG_LOAD_NEW_VERSION);
    good(sg_store_count(f->store, &counts, &f->err));
    assert_int_equal(counts.articles, 1);
    assert_int_equal(counts.superseded, 1);
    assert_int_equal(counts.statements, 1);
    expect_whole(f);
}

static void reading_again_keeps_ids_and_what_a_person_touched(void **state)
{
    struct sg_statement_change reject = { .status = SG_REVIEW_REJECTED, .set_status = true };
    struct fixture *f = *state;
    sg_store_statement s;
    bool found = false;
    int64_t first = 1;

    load(f, "one.txt", text_one, json_one, false);
    while (!found)
        good(sg_store_find_statement(f->store, first++, &s, &found, &f->err));
    first = s.id;
    good(sg_statement_decide(f->store, &first, 1, &reject, &f->err));
    load(f, "one.txt", text_one, json_one, true);
    assert_int_equal(f->outcome, SG_LOAD_REPLACED);
    assert_int_equal(f->changes.kept_by_hand, 1);
    assert_int_equal(f->changes.unchanged, 1);
    assert_int_equal(f->changes.added + f->changes.removed, 0);
    assert_int_equal(count_statements(f), 2);
    /* A reading that finds nothing takes the untouched statement away, not the touched one. */
    load(f, "one.txt", text_one, "{\"article\":\"one.txt\"}", true);
    assert_int_equal(f->changes.removed, 1);
    good(sg_store_find_statement(f->store, first, &s, &found, &f->err));
    assert_true(found);
    assert_int_equal(s.status, SG_REVIEW_REJECTED);
    expect_whole(f);
}

static void a_merge_is_respected_by_later_loads_and_can_be_undone(void **state)
{
    struct fixture *f = *state;
    sg_store_counts counts;
    int64_t council;
    int64_t lake;
    int64_t id;

    load(f, "one.txt", text_one, json_one, false);
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "port council", &council, &f->err));
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "LU", &lake, &f->err));
    good(sg_named_merge(f->store, SG_NAMED_ACTOR, council, lake, &f->err));
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "Port Council", &id, &f->err));
    assert_int_equal(id, lake);
    load(f, "one.txt", text_one, json_one, true);
    good(sg_store_count(f->store, &counts, &f->err));
    assert_int_equal(counts.organisations, 1);
    expect_whole(f);
}

static void undo_brings_back_every_row(void **state)
{
    struct fixture *f = *state;
    sg_error expected = SG_ERROR_INIT;
    int64_t council;
    int64_t lake;
    int64_t id;
    int64_t undone;

    load(f, "one.txt", text_one, json_one, false);
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "Port Council", &council, &f->err));
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "Lake Union", &lake, &f->err));
    good(sg_named_merge(f->store, SG_NAMED_ACTOR, council, lake, &f->err));
    good(sg_named_rename(f->store, SG_NAMED_ACTOR, lake, "Union of the Lake", &f->err));
    assert_int_equal(sg_store_undo(f->store, 1, &undone, &expected), SG_ERR_INPUT);
    good(sg_store_undo(f->store, 0, &undone, &f->err));
    good(sg_store_undo(f->store, 1, &undone, &f->err));
    good(sg_named_find(f->store, SG_NAMED_ACTOR, "Port Council", &id, &f->err));
    assert_int_equal(id, council);
    good(sg_named_list(f->store, SG_NAMED_ACTOR, keep_statement_ids, NULL, &f->err));
    expect_whole(f);
}

static void a_quote_that_is_not_verbatim_is_refused(void **state)
{
    struct fixture *f = *state;

    load(
        f, "two.txt", text_two,
        "{\"organisations\":[{\"name\":\"LU\",\"mentions\":[\"LU\"]}],\"stances\":[{\"actor\":"
        "\"LU\",\"stance\":\"oppose\",\"target\":\"dam\",\"evidence\":\"The LU hates the dam.\"}]}",
        false);
    assert_int_equal(f->refused, 1);
    assert_int_equal(count_statements(f), 0);
}

static void near_copies_are_noted(void **state)
{
    static const char body[] =
        "The council of the port met on Tuesday to speak about the dam and its costs. Nobody who "
        "was there had read the report, which the engineers finished in March, and the chair asked "
        "for patience. Fishermen from both shores stood outside with banners and said they would "
        "come back every week until the plan was dropped for good. The mayor promised an answer.";
    struct fixture *f = *state;
    sg_store_counts counts;
    char *changed = sg_arena_printf(f->arena, "Agency copy. %s Ends.", body);

    load(f, "a.txt", body, "{}", false);
    load(f, "b.txt", changed, "{}", false);
    good(sg_store_count(f->store, &counts, &f->err));
    assert_int_equal(counts.duplicates, 1);
}

int main(void)
{
#define decision_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        decision_test(acronyms_and_word_order_join_articles),
        decision_test(a_bare_surname_stays_in_its_article),
        decision_test(the_same_bytes_change_nothing),
        decision_test(changed_bytes_make_a_new_version),
        decision_test(reading_again_keeps_ids_and_what_a_person_touched),
        decision_test(a_merge_is_respected_by_later_loads_and_can_be_undone),
        decision_test(undo_brings_back_every_row),
        decision_test(a_quote_that_is_not_verbatim_is_refused),
        decision_test(near_copies_are_noted),
    };

    return cmocka_run_group_tests_name("store/decision", tests, NULL, NULL);
}
