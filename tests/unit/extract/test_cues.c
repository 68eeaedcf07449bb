/* Which words of a sentence are cues: phrases, and words with hyphens, which the parser cuts. */

#include "extract/stance_internal.h"
#include "reading_fixture.h"

/* Sign of the cue at the word spelt `word`, or 9 where there is none. */
static int sign_at(const char *text, const char *word,
                   const sg_cue *(*find)(const sg_reading *reading, uint32_t word))
{
    sg_arena *arena = sg_arena_new();
    const sg_reading *r = words_of(model, text, arena);
    int sign = 9;

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

    return cmocka_run_group_tests_name("extract/cues", tests, open_model, close_model);
}
