#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/document.h"
#include "stance/log.h"

static sg_status read_bytes(const char *bytes, size_t len, sg_arena *arena, sg_document **document,
                            sg_error *err)
{
    sg_error_reset(err);
    sg_log_set_level(SG_LOG_QUIET);
    return sg_document_read("case.txt", bytes, len, arena, document, err);
}

static void expect_text(const char *bytes, size_t len, const char *text, const char *encoding)
{
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    assert_int_equal(read_bytes(bytes, len, arena, &document, &err), SG_OK);
    assert_string_equal(document->text, text);
    assert_int_equal(document->len, strlen(text));
    assert_string_equal(document->encoding, encoding);
    sg_arena_free(arena);
}

static void expect_refusal(const char *bytes, size_t len, const char *part)
{
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    assert_int_equal(read_bytes(bytes, len, arena, &document, &err), SG_ERR_INPUT);
    if (strstr(err.message, part) == NULL)
        fail_msg("'%s' does not say '%s'", err.message, part);
    sg_arena_free(arena);
}

#define BYTES(literal) (literal), sizeof(literal) - 1

static void utf8_is_kept_byte_for_byte(void **state)
{
    (void) state;
    expect_text(BYTES("a\xC2\xA0 b\r\n\r\n\xE2\x80\x9Cs\xE2\x80\x9D \n"),
                "a\xC2\xA0 b\r\n\r\n\xE2\x80\x9Cs\xE2\x80\x9D \n", "UTF-8");
}

static void a_byte_order_mark_is_not_part_of_the_text(void **state)
{
    (void) state;
    expect_text(BYTES("\xEF\xBB\xBFText."), "Text.", "UTF-8");
}

static void windows_1252_is_decoded(void **state)
{
    (void) state;
    expect_text(BYTES("\x93No,\x94 he said \x96 caf\xE9."),
                "\xE2\x80\x9CNo,\xE2\x80\x9D he said \xE2\x80\x93 caf\xC3\xA9.", "Windows-1252");
}

static void utf16_is_known_by_its_mark(void **state)
{
    (void) state;
    expect_text(BYTES("\xFF\xFEH\0i\0.\0"), "Hi.", "UTF-16LE");
    expect_text(BYTES("\xFE\xFF\0H\0i\xD8\x3D\xDE\x00"), "Hi\xF0\x9F\x98\x80", "UTF-16BE");
}

static void half_a_utf16_character_is_refused_with_its_place(void **state)
{
    (void) state;
    expect_refusal(BYTES("\xFF\xFEH\0i"), "half a character");
    expect_refusal(BYTES("\xFE\xFF\0H\xDC\x00"), "malformed UTF-16 at byte 4");
}

static void damaged_utf8_is_refused_with_its_place(void **state)
{
    (void) state;
    expect_refusal(BYTES("caf\xC3\xA9 caf\xC3\xA9 \xE2\x80 x"), "byte 0xE2 at offset 12");
}

static void bytes_of_no_known_encoding_are_refused(void **state)
{
    (void) state;
    expect_refusal(BYTES("ab\x81 cd"), "byte 0x81 at 2");
}

static void binary_files_are_named(void **state)
{
    (void) state;
    expect_refusal(BYTES("%PDF-1.4 ..."), "a PDF file");
    expect_refusal(BYTES("PK\x03\x04 ..."), "a ZIP archive");
    expect_refusal(BYTES("ab\0\0\0cd"), "control byte 0x00 at byte 2");
}

static void text_without_words_is_refused(void **state)
{
    (void) state;
    expect_refusal("", 0, "the file is empty");
    expect_refusal(BYTES(" \n\xC2\xA0\t"), "only white space");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_kept_byte_for_byte),
        cmocka_unit_test(a_byte_order_mark_is_not_part_of_the_text),
        cmocka_unit_test(windows_1252_is_decoded),
        cmocka_unit_test(utf16_is_known_by_its_mark),
        cmocka_unit_test(half_a_utf16_character_is_refused_with_its_place),
        cmocka_unit_test(damaged_utf8_is_refused_with_its_place),
        cmocka_unit_test(bytes_of_no_known_encoding_are_refused),
        cmocka_unit_test(binary_files_are_named),
        cmocka_unit_test(text_without_words_is_refused),
    };

    return cmocka_run_group_tests_name("text/encoding", tests, NULL, NULL);
}
