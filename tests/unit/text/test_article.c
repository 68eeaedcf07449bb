#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stance/article.h"
#include "stance/file.h"

#define FOLDER "tests/fixtures/articles/"

typedef struct fixture {
    sg_arena *arena;
    sg_article_reader *reader;
    sg_error err;
} fixture;

static void open_fixture(fixture *f, const char *path, const sg_article_options *options)
{
    memset(f, 0, sizeof *f);
    f->arena = sg_arena_new();
    assert_int_equal(sg_article_reader_open(path, options, &f->reader, &f->err), SG_OK);
}

static void close_fixture(fixture *f)
{
    sg_article_reader_close(f->reader);
    sg_arena_free(f->arena);
}

static const sg_document *next(fixture *f)
{
    sg_document *document = NULL;

    sg_error_reset(&f->err);
    assert_int_equal(sg_article_reader_next(f->reader, f->arena, &document, &f->err), SG_OK);
    return document;
}

static void refuse_next(fixture *f, const char *part)
{
    sg_document *document = NULL;

    sg_error_reset(&f->err);
    assert_int_equal(sg_article_reader_next(f->reader, f->arena, &document, &f->err), SG_ERR_INPUT);
    assert_non_null(strstr(f->err.message, part));
}

/* 2016-02-13, 2019-02-03 and 2019-03-05 as days since 1970 */
enum { FEB_2016 = 16844, FEB_2019 = 17930, MARCH_2019 = 17960 };

static void csv_rows_are_articles_and_an_empty_one_is_refused_alone(void **state)
{
    fixture f;
    const sg_document *d;

    (void) state;
    open_fixture(&f, FOLDER "records.csv", NULL);
    d = next(&f);
    assert_string_equal(d->title, "A \"new\" plan");
    assert_string_equal(d->text, "A \"new\" plan\n\nText one here.\n\nIt goes on, she said.");
    assert_string_equal(d->source, "The Paper");
    assert_string_equal(d->name, FOLDER "records.csv#1");
    assert_int_equal(d->day, FEB_2019);
    assert_int_equal(d->paragraphs[0].kind, SG_PARAGRAPH_HEADLINE);
    refuse_next(&f, "#2: the article has no text");
    assert_string_equal(next(&f)->title, "Third");
    assert_null(next(&f));
    close_fixture(&f);
}

static void a_mapping_names_the_column_of_the_text(void **state)
{
    static const char *const maps[] = { "text=outlet", "title=id" };
    sg_article_options options = SG_ARTICLE_OPTIONS_INIT;
    fixture f;

    (void) state;
    options.maps = maps;
    options.map_count = 2;
    open_fixture(&f, FOLDER "records.csv", &options);
    assert_string_equal(next(&f)->text, "1\n\nThe Paper");
    close_fixture(&f);
}

static void a_mapping_of_an_unknown_field_is_refused(void **state)
{
    static const char *const maps[] = { "body=outlet" };
    sg_article_options options = SG_ARTICLE_OPTIONS_INIT;
    sg_article_reader *reader = NULL;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    options.maps = maps;
    options.map_count = 1;
    assert_int_equal(sg_article_reader_open(FOLDER "records.csv", &options, &reader, &err),
                     SG_ERR_USAGE);
    assert_null(reader);
}

static void a_broken_json_line_does_not_stop_the_others(void **state)
{
    fixture f;
    const sg_document *d;

    (void) state;
    open_fixture(&f, FOLDER "records.jsonl", NULL);
    d = next(&f);
    assert_string_equal(d->author, "A, B");
    assert_string_equal(d->source, "S");
    assert_int_equal(d->day, FEB_2019);
    refuse_next(&f, "line 2, column");
    assert_string_equal(next(&f)->text, "Two, without title.");
    assert_null(next(&f));
    close_fixture(&f);
}

static void html_gives_paragraphs_and_prefers_its_own_data(void **state)
{
    fixture f;
    const sg_document *d;

    (void) state;
    open_fixture(&f, FOLDER "page.html", NULL);
    d = next(&f);
    assert_string_equal(d->title, "Council backs plan");
    assert_string_equal(d->source, "Daily Group");
    assert_string_equal(d->author, "Ann Writer, Bo Other");
    assert_int_equal(d->day, MARCH_2019);
    assert_null(strstr(d->text, "Buy our paper"));
    assert_null(strstr(d->text, "a picture"));
    assert_non_null(
        strstr(d->text, "\n\n\xE2\x80\x9CWe are\xC2\xA0glad,\xE2\x80\x9D said the mayor.\n\n"));
    assert_null(next(&f));
    close_fixture(&f);
}

static void html_without_paragraphs_uses_the_body_in_its_data(void **state)
{
    fixture f;
    const sg_document *d;

    (void) state;
    open_fixture(&f, FOLDER "json-ld-body.html", NULL);
    d = next(&f);
    assert_string_equal(d->text, "Bridge closed\n\nThe bridge was closed on Monday.\n\n"
                                 "It will open again in May, the council said.");
    assert_string_equal(d->uri, "https://example.org/bridge");
    close_fixture(&f);
}

static void check_archive(const char *path, const char *second_title)
{
    fixture f;
    const sg_document *d;

    open_fixture(&f, path, NULL);
    d = next(&f);
    assert_non_null(d);
    assert_int_equal(d->day, FEB_2016);
    assert_non_null(strstr(d->source, "The Paper"));
    assert_non_null(strstr(d->author, "John Smith"));
    assert_non_null(strstr(d->text, "The union said it was"));
    assert_null(strstr(d->text, "LOAD-DATE"));
    d = next(&f);
    assert_non_null(d);
    assert_string_equal(d->title, second_title);
    assert_null(next(&f));
    close_fixture(&f);
}

static void press_archive_exports_are_cut_into_their_articles(void **state)
{
    (void) state;
    check_archive(FOLDER "lexisnexis.txt", "Second headline");
    check_archive(FOLDER "nexis-uni.txt", "Another one");
    check_archive(FOLDER "factiva.txt", "Second one");
}

static void a_file_over_the_limit_is_refused(void **state)
{
    sg_article_options options = SG_ARTICLE_OPTIONS_INIT;
    sg_article_reader *reader = NULL;
    sg_error err = SG_ERROR_INIT;

    (void) state;
    options.limit = 10;
    assert_int_equal(sg_article_reader_open(FOLDER "page.html", &options, &reader, &err),
                     SG_ERR_INPUT);
    assert_non_null(strstr(err.message, "too large"));
}

static void signature_of(const char *text, uint32_t signature[SG_SIGNATURE_SIZE])
{
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *d = NULL;

    assert_int_equal(sg_document_read("copy", text, strlen(text), arena, &d, &err), SG_OK);
    sg_article_signature(d, signature);
    sg_arena_free(arena);
}

static void the_same_agency_copy_has_a_similar_signature(void **state)
{
    static const char copy[] =
        "The council voted on Monday to close the old bridge for a year while it is repaired. "
        "Traders in the market said that they would lose half of their customers if no other "
        "road was opened before the summer, and asked the mayor for a meeting this week.";
    static const char edited[] =
        "BRIDGEND: The council voted on Monday to close the old bridge for a year while it is "
        "repaired. Traders in the market said that they would lose half of their customers if no "
        "other road was opened before the summer, and asked the mayor for a meeting soon.";
    static const char other[] =
        "Firefighters from three counties fought a blaze in a warehouse near the harbour through "
        "the night. Nobody was hurt, a spokeswoman said, but the smoke could be seen for miles.";
    uint32_t a[SG_SIGNATURE_SIZE], b[SG_SIGNATURE_SIZE], c[SG_SIGNATURE_SIZE];

    (void) state;
    signature_of(copy, a);
    signature_of(edited, b);
    signature_of(other, c);
    assert_true(sg_article_similarity(a, a) == 1.0);
    assert_true(sg_article_similarity(a, b) > 0.6);
    assert_true(sg_article_similarity(a, c) < 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_rows_are_articles_and_an_empty_one_is_refused_alone),
        cmocka_unit_test(a_mapping_names_the_column_of_the_text),
        cmocka_unit_test(a_mapping_of_an_unknown_field_is_refused),
        cmocka_unit_test(a_broken_json_line_does_not_stop_the_others),
        cmocka_unit_test(html_gives_paragraphs_and_prefers_its_own_data),
        cmocka_unit_test(html_without_paragraphs_uses_the_body_in_its_data),
        cmocka_unit_test(press_archive_exports_are_cut_into_their_articles),
        cmocka_unit_test(a_file_over_the_limit_is_refused),
        cmocka_unit_test(the_same_agency_copy_has_a_similar_signature),
    };

    return cmocka_run_group_tests_name("text/article", tests, NULL, NULL);
}
