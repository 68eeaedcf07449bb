#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "stance/codebook.h"
#include "stance/extraction.h"
#include "stance/file.h"
#include "stance/mem.h"

static const char *write_temporary(const char *content)
{
    static char path[64];
    int fd;

    (void) snprintf(path, sizeof path, "/tmp/codebook-test-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    assert_int_equal(close(fd), 0);
    return path;
}

static sg_codebook *read_book(const char *content)
{
    sg_codebook *book = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *path = write_temporary(content);

    assert_int_equal(sg_codebook_read(path, &book, &err), SG_OK);
    (void) unlink(path);
    return book;
}

static const char *match(const sg_codebook *book, const char *text)
{
    int position = sg_codebook_match(book, text, strlen(text));

    return position < 0 ? "" : sg_codebook_position(book, (size_t) position);
}

static void first_row_that_matches_wins(void **state)
{
    sg_codebook *book = read_book("position,pattern\nno-deal exit,no deal exit\nexit,exit\n");

    (void) state;
    assert_string_equal(match(book, "a no-deal exit"), "no-deal exit");
    assert_string_equal(match(book, "the exit deal"), "exit");
    sg_codebook_free(book);
}

static void words_of_a_pattern_stand_in_a_row(void **state)
{
    sg_codebook *book = read_book("position,pattern\npilot,pilot the scheme\n");

    (void) state;
    assert_string_equal(match(book, "Pilot the scheme!"), "pilot");
    assert_string_equal(match(book, "pilot all of the scheme"), "");
    sg_codebook_free(book);
}

static void star_matches_any_ending(void **state)
{
    sg_codebook *book = read_book("position,pattern\nimposition,impos* + contract\n");

    (void) state;
    assert_string_equal(match(book, "The contract will be imposed"), "imposition");
    assert_string_equal(match(book, "imposing contracts"), "imposition");
    assert_string_equal(match(book, "imposing a tax"), "");
    sg_codebook_free(book);
}

static void plural_s_matches_and_other_endings_do_not(void **state)
{
    sg_codebook *book = read_book("position,pattern\nstrike,strike\n");

    (void) state;
    assert_string_equal(match(book, "two strikes"), "strike");
    assert_string_equal(match(book, "striker"), "");
    sg_codebook_free(book);
}

static void apostrophes_are_dropped_and_punctuation_parts_words(void **state)
{
    sg_codebook *book = read_book("position,pattern\npay,doctors' pay\nweekend,seven day\n");

    (void) state;
    assert_string_equal(match(book, "the doctors\xE2\x80\x99 pay"), "pay");
    assert_string_equal(match(book, "a \xE2\x80\x98seven-day\xE2\x80\x99 service"), "weekend");
    sg_codebook_free(book);
}

static void find_gives_every_place_with_its_bytes(void **state)
{
    sg_codebook *book = read_book("position,pattern\nstrike,strike\nballot,strike ballot\n");
    sg_arena *arena = sg_arena_new();
    const char *text = "The strike followed a strike ballot.";
    sg_codebook_hit *hits = NULL;

    (void) state;
    assert_int_equal(sg_codebook_find(book, text, strlen(text), arena, &hits), 3);
    assert_int_equal(hits[0].start, 4);
    assert_int_equal(hits[0].end, 10);
    assert_int_equal(hits[2].row, 1);
    assert_int_equal(hits[2].start, 22);
    assert_int_equal(hits[2].end, 35);
    sg_arena_free(arena);
    sg_codebook_free(book);
}

static void spreadsheet_codebooks_are_understood(void **state)
{
    sg_codebook *book =
        read_book("\xEF\xBB\xBFPattern;Note;Position\r\nban*;x;\"ban; all of it\"\r\n");

    (void) state;
    assert_string_equal(match(book, "Banning cars"), "ban; all of it");
    sg_codebook_free(book);
}

static void missing_column_is_named(void **state)
{
    sg_codebook *book = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *path = write_temporary("name,pattern\na,b\n");

    (void) state;
    assert_int_equal(sg_codebook_read(path, &book, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "'position'"));
    assert_non_null(strstr(err.hint, "position,pattern"));
    (void) unlink(path);
}

static void pattern_without_words_is_refused_with_its_row(void **state)
{
    sg_codebook *book = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *path = write_temporary("position,pattern\na,b\nc,!?\n");

    (void) state;
    assert_int_equal(sg_codebook_read(path, &book, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "row 3"));
    (void) unlink(path);
}

static void actors_are_found_by_name_and_alias(void **state)
{
    sg_actor_list *list = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *path = write_temporary("name,type,alias,organisation\n"
                                       "Green Valley Council,organisation,GVC|the Valley,\n"
                                       "Zo\xC3\xAB Example,person,,Green Valley Council\n");
    const sg_known_actor *actor;

    (void) state;
    assert_int_equal(sg_actor_list_read(path, &list, &err), SG_OK);
    actor = sg_actor_list_find(list, "gvc", 3);
    assert_non_null(actor);
    assert_string_equal(actor->name, "Green Valley Council");
    assert_int_equal(actor->kind, SG_ACTOR_ORGANISATION);
    actor = sg_actor_list_find(list, "Zoe Example", 11);
    assert_non_null(actor);
    assert_string_equal(actor->organisation, "Green Valley Council");
    assert_null(sg_actor_list_find(list, "nobody", 6));
    assert_int_equal(sg_actor_list_longest(list), 3);
    sg_actor_list_free(list);
    (void) unlink(path);
}

static void unknown_actor_type_is_refused(void **state)
{
    sg_actor_list *list = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *path = write_temporary("name,type\nA,animal\n");

    (void) state;
    assert_int_equal(sg_actor_list_read(path, &list, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "animal"));
    (void) unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_row_that_matches_wins),
        cmocka_unit_test(words_of_a_pattern_stand_in_a_row),
        cmocka_unit_test(star_matches_any_ending),
        cmocka_unit_test(plural_s_matches_and_other_endings_do_not),
        cmocka_unit_test(apostrophes_are_dropped_and_punctuation_parts_words),
        cmocka_unit_test(find_gives_every_place_with_its_bytes),
        cmocka_unit_test(spreadsheet_codebooks_are_understood),
        cmocka_unit_test(missing_column_is_named),
        cmocka_unit_test(pattern_without_words_is_refused_with_its_row),
        cmocka_unit_test(actors_are_found_by_name_and_alias),
        cmocka_unit_test(unknown_actor_type_is_refused),
    };

    return cmocka_run_group_tests_name("extract/codebook", tests, NULL, NULL);
}
