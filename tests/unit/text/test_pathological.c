#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "stance/document.h"
#include "stance/strbuf.h"

#define MEGABYTE ((size_t) 1024 * 1024)
#define PIECE    (MEGABYTE / 8)

static double read_seconds(const char *unit, size_t bytes)
{
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;
    clock_t before;
    double seconds;
    size_t unit_len = strlen(unit);

    while (text.len < bytes)
        sg_strbuf_append(&text, unit, unit_len);
    before = clock();
    assert_int_equal(sg_document_read("case.txt", text.data, text.len, arena, &document, &err),
                     SG_OK);
    seconds = (double) (clock() - before) / CLOCKS_PER_SEC;
    assert_true(document->word_count > 0);
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return seconds;
}

/* A quadratic scan of so much text takes longer than the bound, a linear one a small part of it
 * even under sanitizers. */
static void nothing_repeated_takes_more_than_linear_time(void **state)
{
    static const char *const units[] = {
        "a",
        "1",
        "\"",
        "(",
        "'",
        "-",
        ".",
        "a.",
        "aB.",
        "ab.cd.",
        "1-",
        "1,",
        "1/",
        "@",
        "a@",
        "www.)",
        "http://",
        "a-",
        "non-",
        "a'",
        "n't",

        "a\n",
        " .\n",
        "\" ",
        "a b. ",
        "A. ",
        "<",
        "\xC2\xA0.",
        "\xE2\x80\x9C",
        "\xE2\x80\x99s ",
        "\xE4\xB8\xAD\xE6\x96\x87",
        "\xD0\xB0\xD0\xB1 \xE0\xA4\x95\xE0\xA4\xBE ",
        "!?",
        ":-)",
        "$",
        "a&",
        "#a",
        "Mr. ",
        "12/12/2012 ",
        "by A\n\n",
        "also on A\n",
        "a:\n\n",
    };

    (void) state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double seconds = read_seconds(units[i], PIECE);

        if (seconds > 3.0)
            fail_msg("'%s' repeated took %.1f s", units[i], seconds);
    }
}

static void a_megabyte_without_a_space_is_read(void **state)
{
    (void) state;
    assert_true(read_seconds("a", MEGABYTE) < 3.0);
    assert_true(read_seconds("\xE2\x80\x9C", MEGABYTE) < 6.0);
}

static void a_stray_zero_byte_is_white_space(void **state)
{
    char text[400];
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    (void) state;
    memset(text, 'a', sizeof text);
    text[200] = '\0';
    assert_int_equal(sg_document_read("case.txt", text, sizeof text, arena, &document, &err),
                     SG_OK);
    assert_int_equal(document->word_count, 2);
    assert_int_equal(document->words[1].start, 201);
    sg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_repeated_takes_more_than_linear_time),
        cmocka_unit_test(a_megabyte_without_a_space_is_read),
        cmocka_unit_test(a_stray_zero_byte_is_white_space),
    };

    return cmocka_run_group_tests_name("text/pathological", tests, NULL, NULL);
}
