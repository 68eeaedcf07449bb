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
#include "stance/model.h"

#include "language/language_internal.h"

/* A file with one section, "words", holding "hello", made by hand from the description of the
 * layout, so that reader and writer are not merely consistent with each other. */
#define SECTION_OFFSET 128

static void make_small(unsigned char bytes[SECTION_OFFSET + 5])
{
    sg_model_header header = { .version = SG_MODEL_VERSION,
                               .endian = SG_MODEL_ENDIAN,
                               .file_size = SECTION_OFFSET + 5,
                               .section_count = 1 };
    sg_model_entry entry = { "words", SECTION_OFFSET, 5 };

    memset(bytes, 0, SECTION_OFFSET + 5);
    memcpy(header.magic, SG_MODEL_MAGIC, sizeof header.magic);
    memcpy(bytes + sizeof header, &entry, sizeof entry);
    memcpy(bytes + SECTION_OFFSET, "hello", 5);
    header.checksum = sg_model_checksum(bytes + sizeof header, SECTION_OFFSET + 5 - sizeof header);
    memcpy(bytes, &header, sizeof header);
}

static sg_status open_bytes(const void *bytes, size_t len, sg_model **model_out, sg_error *err)
{
    char path[] = "/tmp/stance-test-model-XXXXXX";
    int fd = mkstemp(path);
    sg_status status;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t) len);
    (void) close(fd);
    status = sg_model_open(path, model_out, err);
    (void) unlink(path);
    return status;
}

static void assert_refused(const void *bytes, size_t len, const char *reason)
{
    sg_error err = SG_ERROR_INIT;
    sg_model *model = NULL;

    assert_int_equal(open_bytes(bytes, len, &model, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, reason));
    assert_true(err.hint[0] != '\0');
}

static void a_section_is_found_by_name(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];
    sg_error err = SG_ERROR_INIT;
    sg_model *model = NULL;
    size_t size = 0;

    (void) state;
    make_small(bytes);
    assert_int_equal(open_bytes(bytes, sizeof bytes, &model, &err), SG_OK);
    assert_memory_equal(sg_model_section(model, "words", &size), "hello", 5);
    assert_int_equal(size, 5);
    assert_null(sg_model_section(model, "absent", &size));
    assert_int_equal(size, 0);
    assert_string_equal(sg_model_description(model), "");
    sg_model_close(model);
}

static void a_file_of_another_kind_is_refused(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];

    (void) state;
    make_small(bytes);
    bytes[0] = 'S';
    assert_refused(bytes, sizeof bytes, "is not a language model");
    assert_refused("text", 4, "too short");
}

static void every_truncation_is_refused(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];

    (void) state;
    make_small(bytes);
    for (size_t len = 1; len < sizeof bytes; len++) {
        sg_error err = SG_ERROR_INIT;
        sg_model *model = NULL;

        assert_int_equal(open_bytes(bytes, len, &model, &err), SG_ERR_INPUT);
    }
    assert_refused(bytes, sizeof bytes - 1, "truncated");
}

static void every_changed_bit_is_refused(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];

    (void) state;
    make_small(bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        sg_error err = SG_ERROR_INIT;
        sg_model *model = NULL;

        bytes[i] ^= 0x10;
        assert_int_equal(open_bytes(bytes, sizeof bytes, &model, &err), SG_ERR_INPUT);
        bytes[i] ^= 0x10;
    }
}

static void another_byte_order_or_version_is_named(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];
    uint32_t swapped = 0x04030201U;
    uint32_t version = SG_MODEL_VERSION + 1;

    (void) state;
    make_small(bytes);
    memcpy(bytes + offsetof(sg_model_header, version), &version, sizeof version);
    assert_refused(bytes, sizeof bytes, "version");
    make_small(bytes);
    memcpy(bytes + offsetof(sg_model_header, endian), &swapped, sizeof swapped);
    assert_refused(bytes, sizeof bytes, "byte order");
}

static void a_section_outside_the_file_is_refused(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];
    sg_model_header header;
    uint64_t size = UINT64_MAX - 10;

    (void) state;
    make_small(bytes);
    memcpy(bytes + sizeof header + offsetof(sg_model_entry, size), &size, sizeof size);
    memcpy(&header, bytes, sizeof header);
    header.checksum = sg_model_checksum(bytes + sizeof header, sizeof bytes - sizeof header);
    memcpy(bytes, &header, sizeof header);
    assert_refused(bytes, sizeof bytes, "outside the file");
}

static void a_model_without_the_network_cannot_annotate(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 5];
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_model *small = NULL;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    (void) state;
    make_small(bytes);
    assert_int_equal(open_bytes(bytes, sizeof bytes, &small, &err), SG_OK);
    assert_int_equal(sg_document_read("a.txt", "Some words.", 11, arena, &document, &err), SG_OK);
    assert_int_equal(sg_annotate(small, document, arena, &annotation, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "a.txt"));
    assert_non_null(strstr(err.message, "syntax.config"));
    sg_model_close(small);
    sg_arena_free(arena);
}

static void a_network_of_impossible_size_is_refused(void **state)
{
    unsigned char bytes[SECTION_OFFSET + 32] = { 0 };
    sg_model_header header = { .version = SG_MODEL_VERSION,
                               .endian = SG_MODEL_ENDIAN,
                               .file_size = sizeof bytes,
                               .section_count = 1 };
    sg_model_entry entry = { "syntax.config", SECTION_OFFSET, 32 };
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_model *small = NULL;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    (void) state;
    memcpy(header.magic, SG_MODEL_MAGIC, sizeof header.magic);
    memcpy(bytes + sizeof header, &entry, sizeof entry);
    memset(bytes + SECTION_OFFSET, 0xFF, 32);
    header.checksum = sg_model_checksum(bytes + sizeof header, sizeof bytes - sizeof header);
    memcpy(bytes, &header, sizeof header);
    assert_int_equal(open_bytes(bytes, sizeof bytes, &small, &err), SG_OK);
    assert_int_equal(sg_document_read("a.txt", "Some words.", 11, arena, &document, &err), SG_OK);
    assert_int_equal(sg_annotate(small, document, arena, &annotation, &err), SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "make no sense"));
    sg_model_close(small);
    sg_arena_free(arena);
}

static void an_absent_file_is_an_input_output_error(void **state)
{
    sg_error err = SG_ERROR_INIT;
    sg_model *model = NULL;

    (void) state;
    assert_int_equal(sg_model_open("/nonexistent/en.model", &model, &err), SG_ERR_IO);
    sg_error_reset(&err);
    assert_int_equal(setenv("STANCE_MODEL", "/nonexistent/other.model", 1), 0);
    assert_int_equal(sg_model_open(NULL, &model, &err), SG_ERR_IO);
    assert_non_null(strstr(err.message, "/nonexistent/other.model"));
    (void) unsetenv("STANCE_MODEL");
}

static void names_of_tags_lead_back_to_their_numbers(void **state)
{
    (void) state;
    for (uint8_t i = 0; i < SG_UPOS_COUNT; i++)
        assert_int_equal(sg_upos_find(sg_upos_name(i)), i);
    for (uint8_t i = 0; i < SG_XPOS_COUNT; i++)
        assert_int_equal(sg_xpos_find(sg_xpos_name(i)), i);
    for (uint8_t i = 0; i < SG_DEPREL_COUNT; i++)
        assert_int_equal(sg_deprel_find(sg_deprel_name(i)), i);
    assert_string_equal(sg_deprel_name(sg_deprel_find("obl:unmarked")), "obl");
    assert_string_equal(sg_xpos_name(SG_XPOS_VBZ), "VBZ");
    assert_string_equal(sg_xpos_name(SG_XPOS_WP_POSS), "WP$");
    assert_string_equal(sg_xpos_name(SG_XPOS_RBS), "RBS");
    assert_string_equal(sg_xpos_name(SG_XPOS_TO), "TO");
    assert_string_equal(sg_xpos_name(SG_XPOS_XX), "XX");
    assert_string_equal(sg_deprel_name(SG_XCOMP), "xcomp");
    assert_string_equal(sg_deprel_name(SG_CSUBJ_PASS), "csubj:pass");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_is_found_by_name),
        cmocka_unit_test(a_file_of_another_kind_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(another_byte_order_or_version_is_named),
        cmocka_unit_test(a_section_outside_the_file_is_refused),
        cmocka_unit_test(a_model_without_the_network_cannot_annotate),
        cmocka_unit_test(a_network_of_impossible_size_is_refused),
        cmocka_unit_test(an_absent_file_is_an_input_output_error),
        cmocka_unit_test(names_of_tags_lead_back_to_their_numbers),
    };

    return cmocka_run_group_tests_name("language/model", tests, NULL, NULL);
}
