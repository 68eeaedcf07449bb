/* Which words of a sentence are cues: phrases, and words with hyphens, which the parser cuts. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/annotation.h"

#include "extract/stance_internal.h"

static sg_model *model;

static int set_up(void **state)
{
    sg_error err = SG_ERROR_INIT;

    (void) state;
    return sg_model_open("data/models/en.model", &model, &err) == SG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void) state;
    sg_model_close(model);
    return 0;
}

/* Sign of the cue at the word spelt `word`, or 9 where there is none. */
static int sign_at(const char *text, const char *word,
                   const sg_cue *(*find)(const sg_reading *reading, uint32_t word))
{
    struct sg_extract_options options = { 0 };
    sg_error err = SG_ERROR_INIT;
    sg_arena *arena = sg_arena_new();
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    const sg_reading *r;
    int sign = 9;

    assert_int_equal(sg_document_read("town", text, strlen(text), arena, &document, &err), SG_OK);
    assert_int_equal(sg_annotate(model, document, arena, &annotation, &err), SG_OK);
    r = sg_reading_new(annotation, &options, arena);
    for (uint32_t w = 0; w < r->word_count; w++) {
        const sg_cue *cue = sg_word_is(r, w, word) ? find(r, w) : NULL;

        if (cue != NULL)
            sign = cue->sign;
    }
    sg_arena_free(arena);
    return sign;
}

static void phrases_are_found_at_their_first_word(void **state)
{
    (void) state;
    assert_int_equal(sign_at("The mayor called for a new bus lane.", "called", sg_stance_cue), 1);
    assert_int_equal(sign_at("The mayor called her friend.", "called", sg_stance_cue), 9);
}

static void words_with_hyphens_are_found_at_the_word_that_holds_them(void **state)
{
    (void) state;
    assert_int_equal(sign_at("The plan was ill-conceived.", "conceived", sg_evaluation_cue), -1);
    assert_int_equal(sign_at("It was an ill-fated plan.", "fated", sg_evaluation_cue), -1);
    assert_int_equal(sign_at("The council fast-tracked the plan.", "tracked", sg_stance_cue), 1);
    assert_int_equal(sign_at("She praised the whistle-blowers.", "blowers", sg_evaluation_cue), 1);
}

static void words_with_hyphens_can_be_in_the_rest_of_a_phrase(void **state)
{
    (void) state;
    assert_int_equal(sign_at("The council gave the go-ahead to the plan.", "gave", sg_stance_cue),
                     1);
}

static void dashes_join_no_words(void **state)
{
    (void) state;
    assert_int_equal(sign_at("He fell ill - conceived as a hero.", "conceived", sg_evaluation_cue),
                     9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_found_at_their_first_word),
        cmocka_unit_test(words_with_hyphens_are_found_at_the_word_that_holds_them),
        cmocka_unit_test(words_with_hyphens_can_be_in_the_rest_of_a_phrase),
        cmocka_unit_test(dashes_join_no_words),
    };

    return cmocka_run_group_tests_name("extract/cues", tests, set_up, tear_down);
}
