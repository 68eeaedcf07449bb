/* Who pronouns of plain sentences about invented people and bodies stand for. */

#include "extract/pronouns_internal.h"
#include "reading_fixture.h"

static sg_arena *arena;

static int set_up(void **state)
{
    arena = sg_arena_new();
    return open_model(state);
}

static int tear_down(void **state)
{
    sg_arena_free(arena);
    return close_model(state);
}

/* `with` is the model for pronouns; the text is annotated with the whole one. */
static sg_reading *read_text(const sg_model *with, const char *text)
{
    sg_reading *r = words_of(with, text, arena);

    sg_read_actors(r);
    sg_read_descriptions(r);
    return r;
}

/* Name of the actor that the last such word of the text stands for, or "nobody". */
static const char *meant(const sg_reading *r, const char *pronoun)
{
    const char *name = "nobody";

    for (uint32_t w = 0; w < r->word_count; w++) {
        if (strcmp(r->lower[w], pronoun) == 0)
            name = sg_actor_at(r, w) != SG_NO_ACTOR ? r->actors[sg_actor_at(r, w)].name : "nobody";
    }
    return name;
}

static void assert_meant(const char *text, const char *pronoun, const char *expected)
{
    assert_string_equal(meant(read_text(model, text), pronoun), expected);
}

static void she_is_the_subject_before(void **state)
{
    (void) state;
    assert_meant("Mayor Anna Berg opposed the new road. She said that it would harm the village.",
                 "she", "Anna Berg");
}

static void he_is_a_man_and_she_a_woman(void **state)
{
    const char *text = "Anna Berg met Peter Marsh on Monday. He promised her more money.";

    (void) state;
    assert_meant(text, "he", "Peter Marsh");
    assert_meant(text, "her", "Anna Berg");
}

static void he_in_a_clause_is_who_says_it(void **state)
{
    (void) state;
    assert_meant("Peter Marsh said he would vote against the budget.", "he", "Peter Marsh");
}

static void its_is_the_body_that_acts(void **state)
{
    (void) state;
    assert_meant("The National Teachers Union rejected the offer and asked its members to vote.",
                 "its", "National Teachers Union");
}

static void they_are_the_people_who_act(void **state)
{
    (void) state;
    assert_meant("Railway workers rejected the new rota. They said that it would cost jobs.",
                 "they", "railway workers");
}

static void it_can_be_a_thing(void **state)
{
    (void) state;
    assert_meant("The National Teachers Union criticised the ruling. Anna Berg said it was wrong.",
                 "it", "nobody");
}

static void it_can_be_nothing_at_all(void **state)
{
    (void) state;
    assert_meant("The National Teachers Union met on Friday. It is clear that the talks failed.",
                 "it", "nobody");
    assert_meant(
        "The National Teachers Union met on Friday. It is unlikely that the strike will end.", "it",
        "nobody");
}

static void they_can_be_things(void **state)
{
    (void) state;
    assert_meant("Anna Berg defended the new rules. They will take effect in May.", "they",
                 "nobody");
    assert_meant("The National Teachers Union printed leaflets and put them on every desk.", "them",
                 "nobody");
}

static void nobody_is_meant_where_nobody_was_named(void **state)
{
    (void) state;
    assert_meant("He said nothing.", "he", "nobody");
}

static void without_a_model_nobody_is_meant(void **state)
{
    const sg_reading *r;

    (void) state;
    r = read_text(NULL, "Peter Marsh opened the bridge. Then he left.");
    assert_string_equal(meant(r, "he"), "nobody");
    assert_string_equal(meant(r, "marsh"), "Peter Marsh");
}

static void who_says_so_is_meant(void **state)
{
    const sg_reading *r;

    (void) state;
    r = read_text(NULL, "Peter Marsh said he would vote against the budget.");
    assert_string_equal(meant(r, "he"), "Peter Marsh");
    r = read_text(NULL, "Helen Marsh said he would vote against the budget.");
    assert_string_equal(meant(r, "he"), "nobody");
    r = read_text(NULL, "Peter Marsh told Carl West that he would vote against the budget.");
    assert_string_equal(meant(r, "he"), "nobody");
}

/* ---- the choice among answers ---- */

static sg_pronoun question_of(const uint32_t *actors, size_t count)
{
    sg_pronoun q = { .count = count };

    for (size_t i = 0; i < count; i++)
        q.items[i].actor = actors[i];
    return q;
}

static void the_likeliest_actor_is_the_answer(void **state)
{
    const sg_pronoun q = question_of((const uint32_t[]){ 4, 7, SG_NO_ACTOR }, 3);

    (void) state;
    assert_int_equal(sg_pronoun_decide(&q, (const float[]){ 0.2F, 0.7F, 0.1F }, 0.5F), 7);
}

static void an_actor_must_be_likely_enough(void **state)
{
    const sg_pronoun q = question_of((const uint32_t[]){ 4, 7, SG_NO_ACTOR }, 3);

    (void) state;
    assert_int_equal(sg_pronoun_decide(&q, (const float[]){ 0.3F, 0.4F, 0.3F }, 0.5F), SG_NO_ACTOR);
}

static void probabilities_sum_to_one(void **state)
{
    float scores[] = { 100.0F, 100.0F, -200.0F };

    (void) state;
    sg_pronoun_softmax(scores, 3);
    assert_true(scores[0] > 0.499F && scores[0] < 0.501F && scores[1] > 0.499F);
    assert_true(scores[2] >= 0 && scores[2] < 0.001F);
}

static void every_kind_of_pronoun_is_known(void **state)
{
    (void) state;
    assert_int_equal(sg_pronoun_kind_of("himself"), SG_PRONOUN_HE);
    assert_int_equal(sg_pronoun_kind_of("hers"), SG_PRONOUN_SHE);
    assert_int_equal(sg_pronoun_kind_of("its"), SG_PRONOUN_IT);
    assert_int_equal(sg_pronoun_kind_of("themselves"), SG_PRONOUN_THEY);
    assert_int_equal(sg_pronoun_kind_of("we"), SG_NO_PRONOUN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(she_is_the_subject_before),
        cmocka_unit_test(he_is_a_man_and_she_a_woman),
        cmocka_unit_test(he_in_a_clause_is_who_says_it),
        cmocka_unit_test(its_is_the_body_that_acts),
        cmocka_unit_test(they_are_the_people_who_act),
        cmocka_unit_test(it_can_be_a_thing),
        cmocka_unit_test(it_can_be_nothing_at_all),
        cmocka_unit_test(they_can_be_things),
        cmocka_unit_test(nobody_is_meant_where_nobody_was_named),
        cmocka_unit_test(without_a_model_nobody_is_meant),
        cmocka_unit_test(who_says_so_is_meant),
        cmocka_unit_test(the_likeliest_actor_is_the_answer),
        cmocka_unit_test(an_actor_must_be_likely_enough),
        cmocka_unit_test(probabilities_sum_to_one),
        cmocka_unit_test(every_kind_of_pronoun_is_known),
    };

    return cmocka_run_group_tests_name("extract/pronouns", tests, set_up, tear_down);
}
