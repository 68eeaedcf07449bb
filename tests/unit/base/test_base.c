#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/error.h"
#include "stance/file.h"
#include "stance/map.h"
#include "stance/mem.h"
#include "stance/utf8.h"

static void first_error_is_kept(void **state)
{
    sg_error err = SG_ERROR_INIT;

    (void) state;
    assert_int_equal(sg_error_set(&err, SG_ERR_IO, "disk %d", 1), SG_ERR_IO);
    (void) sg_error_set(&err, SG_ERR_INPUT, "later");
    sg_error_context(&err, "a.txt");
    assert_string_equal(err.message, "a.txt: disk 1");
    assert_int_equal(err.status, SG_ERR_IO);
}

static void arena_keeps_what_it_gave(void **state)
{
    sg_arena *arena = sg_arena_new();
    char *first = sg_arena_strdup(arena, "first");

    (void) state;
    for (int i = 0; i < 10000; i++)
        (void) sg_arena_alloc(arena, 100);
    assert_string_equal(first, "first");
    assert_string_equal(sg_arena_printf(arena, "%d-%s", 7, "x"), "7-x");
    sg_arena_free(arena);
}

static void map_keeps_insertion_order_through_growth(void **state)
{
    sg_map *map = sg_map_new();
    char key[16];

    (void) state;
    for (int i = 0; i < 1000; i++) {
        int n = snprintf(key, sizeof key, "key%d", i);

        assert_true(sg_map_put(map, key, (size_t) n, (uint64_t) i));
    }
    for (size_t i = 0; i < 1000; i++) {
        uint64_t value = 0;

        (void) sg_map_entry(map, i, NULL, &value);
        assert_int_equal(value, i);
    }
    assert_false(sg_map_find(map, "key", 3, NULL));
    sg_map_free(map);
}

static void fold_ignores_case_accents_quotes_and_spaces(void **state)
{
    sg_arena *arena = sg_arena_new();
    const char *text = "  Jos\xC3\xA9\xC2\xA0 O\xE2\x80\x99"
                       "Brien ";

    (void) state;
    assert_string_equal(sg_utf8_fold(arena, text, strlen(text), NULL), "jose o'brien");
    sg_arena_free(arena);
}

static void utf8_reports_the_first_bad_byte(void **state)
{
    size_t bad = 0;

    (void) state;
    assert_false(sg_utf8_is_valid("ab\xFF", 3, &bad));
    assert_int_equal(bad, 2);
    assert_true(sg_utf8_is_valid("a\xC3\xA9", 3, &bad));
}

static void sha256_agrees_with_the_standard(void **state)
{
    char hex[SG_SHA256_HEX_SIZE];

    (void) state; /* FIPS 180-2, appendix B.1 */
    sg_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_error_is_kept),
        cmocka_unit_test(arena_keeps_what_it_gave),
        cmocka_unit_test(map_keeps_insertion_order_through_growth),
        cmocka_unit_test(fold_ignores_case_accents_quotes_and_spaces),
        cmocka_unit_test(utf8_reports_the_first_bad_byte),
        cmocka_unit_test(sha256_agrees_with_the_standard),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
