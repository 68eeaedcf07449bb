#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stance/document.h"

#include "text/text_internal.h"

typedef struct fixture {
    sg_arena *arena;
    sg_document *document;
} fixture;

static fixture read_text(const char *text)
{
    fixture f = { sg_arena_new(), NULL };
    sg_error err = SG_ERROR_INIT;

    assert_int_equal(sg_document_read("case.txt", text, strlen(text), f.arena, &f.document, &err),
                     SG_OK);
    return f;
}

/* One letter for each paragraph: B body, H headline, S subheading, D dateline, Y byline, C caption,
 * X boilerplate. */
static void expect_kinds(const fixture *f, const char *letters)
{
    static const char names[] = "BHSDYCX";
    char found[64] = "";

    assert_true(f->document->paragraph_count < sizeof found);
    for (size_t i = 0; i < f->document->paragraph_count; i++)
        found[i] = names[f->document->paragraphs[i].kind];
    assert_string_equal(found, letters);
}

#define BODY_1 "The council voted on Monday to close the bridge, its leader said after the meeting."
#define BODY_2                                                                                     \
 "\xE2\x80\x9CWe have no choice,\xE2\x80\x9D she said. \xE2\x80\x9CThe old road will have to do "  \
 "until the summer, when the new one is ready for traffic.\xE2\x80\x9D"

static void a_web_page_is_told_apart_from_its_furniture(void **state)
{
    fixture f = read_text("13/02/2016 05:26 GMT | Updated 14/02/2016 05:59 GMT\n\n"
                          "Council Closes Bridge\n\nBy Ann Writer, Local Editor\n\n"
                          "LONDON, ENGLAND - MARCH 16: People walk over the bridge on March 16, "
                          "2012. (Photo by A. Person/Getty Images)\n\n" BODY_1
                          "\n\nJo Bloggs/PA Wire\nThe bridge as it was last year.\n\n"
                          "old bridge\n\nThe bridge was built in 1901\n\n" BODY_2
                          "\n\nShare this\n\nAlso on The Daily\n\nA Headline Of Another Story\n");

    (void) state;
    expect_kinds(&f, "DHYCBCCCCBXXX");
    assert_string_equal(f.document->title, "Council Closes Bridge");
    assert_string_equal(f.document->author, "Ann Writer");
    assert_string_equal(f.document->source, "The Daily");
    assert_int_equal(f.document->day, 16844);
    assert_int_equal(f.document->date.start, 0);
    assert_int_equal(f.document->date.end, 10);
    sg_arena_free(f.arena);
}

static void the_opening_of_an_agency_report_has_its_date(void **state)
{
    static const struct {
        const char *opening;
        int32_t day;
    } cases[] = {
        { "OLDFORD, Feb. 13, 2016 - ", 16844 },
        { "OLDFORD, England, 13 February 2016 (Agency) \xE2\x80\x93 ", 16844 },
        { "Oldford (February 13, 2016) \xE2\x80\x94 ", 16844 },
        { "The council met on 13 February 2016 and closed the bridge. ", SG_NO_DAY },
        { "OLDFORD, Monday - ", SG_NO_DAY },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        fixture f;

        (void) snprintf(text, sizeof text, "Council Closes Bridge\n\n%s" BODY_1 "\n\n" BODY_2,
                        cases[i].opening);
        f = read_text(text);
        expect_kinds(&f, "HBB");
        assert_int_equal(f.document->day, cases[i].day);
        sg_arena_free(f.arena);
    }
}

static void a_file_that_starts_in_mid_article_has_no_headline(void **state)
{
    fixture f = read_text(BODY_1 "\n\n" BODY_2 "\n\nMore from The Daily\nAnother thing happened\n");

    (void) state;
    expect_kinds(&f, "BBXX");
    assert_null(f.document->title);
    assert_int_equal(f.document->day, SG_NO_DAY);
    sg_arena_free(f.arena);
}

static void one_line_break_ends_a_paragraph_of_long_lines(void **state)
{
    fixture f = read_text(BODY_1 " " BODY_1 "\n" BODY_2 "\n" BODY_1);

    (void) state;
    assert_int_equal(f.document->paragraph_count, 3);
    sg_arena_free(f.arena);
}

static void hard_wrapped_lines_are_one_paragraph(void **state)
{
    fixture f = read_text("The council voted on Monday to close the bridge, its\n"
                          "leader said after the meeting, which had gone on for\n"
                          "most of the night. Nobody had asked for a vote before.\n\n"
                          "The old road will have to do until the summer, when\n"
                          "the new one is ready.\n");

    (void) state;
    assert_int_equal(f.document->paragraph_count, 2);
    assert_int_equal(f.document->sentence_count, 3);
    sg_arena_free(f.arena);
}

static void dates_are_read_in_the_usual_forms(void **state)
{
    static const struct {
        const char *text;
        int year, month, day;
    } cases[] = {
        { "13/02/2016", 2016, 2, 13 },
        { "02/13/2016", 2016, 2, 13 },
        { "3/4/16", 2016, 4, 3 },
        { "2016-02-13T05:26:00Z", 2016, 2, 13 },
        { "Friday, September 27, 2019", 2019, 9, 27 },
        { "Sept. 27, 2019", 2019, 9, 27 },
        { "27 September 2019", 2019, 9, 27 },
        { "27th of September, 2019", 2019, 9, 27 },
        { "29 February 2016", 2016, 2, 29 },
        { "13.02.2016", 2016, 2, 13 },
    };
    static const char *const wrong[] = {
        "31/02/2016", "29 February 2015", "5 to 10 in 2019", "May we say 2019", "13/02", "1.2.3", ""
    };
    int32_t day;

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(sg_date_parse(cases[i].text, strlen(cases[i].text), &day),
                         strlen(cases[i].text));
        assert_int_equal(day, sg_date_day(cases[i].year, cases[i].month, cases[i].day));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(sg_date_parse(wrong[i], strlen(wrong[i]), &day), 0);
    assert_int_equal(sg_date_day(1970, 1, 1), 0);
    assert_int_equal(sg_date_day(2000, 3, 1), 11017);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_web_page_is_told_apart_from_its_furniture),
        cmocka_unit_test(the_opening_of_an_agency_report_has_its_date),
        cmocka_unit_test(a_file_that_starts_in_mid_article_has_no_headline),
        cmocka_unit_test(one_line_break_ends_a_paragraph_of_long_lines),
        cmocka_unit_test(hard_wrapped_lines_are_one_paragraph),
        cmocka_unit_test(dates_are_read_in_the_usual_forms),
    };

    return cmocka_run_group_tests_name("text/paragraphs", tests, NULL, NULL);
}
