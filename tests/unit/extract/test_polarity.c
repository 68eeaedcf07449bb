/* What the polarity network says of plain sentences about invented people. */

#include "extract/polarity_internal.h"
#include "reading_fixture.h"

static uint32_t word_of(const sg_reading *r, const char *lower)
{
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (strcmp(r->lower[w], lower) == 0)
            return w;
    }
    return SG_NO_WORD;
}

/* `holder` NULL: the one who speaks. */
static void judge(const sg_model *with, const char *text, const char *holder, const char *target,
                  float out[SG_PAIR_CLASSES])
{
    sg_arena *arena = sg_arena_new();
    const sg_reading *r = words_of(with, text, arena);

    (void) sg_polarity(r, sg_polarity_words_new(r),
                       holder != NULL ? word_of(r, holder) : SG_NO_WORD, word_of(r, target), out);
    sg_arena_free(arena);
}

static void blame_is_negative_from_subject_to_object(void **state)
{
    float p[SG_PAIR_CLASSES];
    float back[SG_PAIR_CLASSES];

    (void) state;
    judge(model, "Ms Oldbury has sharply criticized Mr Fenwick over the delays.", "oldbury",
          "fenwick", p);
    judge(model, "Ms Oldbury has sharply criticized Mr Fenwick over the delays.", "fenwick",
          "oldbury", back);
    assert_true(p[SG_PAIR_NEGATIVE] > 2 * p[SG_PAIR_POSITIVE]);
    assert_true(p[SG_PAIR_NEGATIVE] > back[SG_PAIR_NEGATIVE]);
}

static void praise_is_positive(void **state)
{
    float p[SG_PAIR_CLASSES];

    (void) state;
    judge(model, "Ms Oldbury praised Mr Fenwick and endorsed him for mayor.", "oldbury", "fenwick",
          p);
    assert_true(p[SG_PAIR_POSITIVE] > 2 * p[SG_PAIR_NEGATIVE]);
}

static void the_agent_of_a_passive_holds_the_attitude(void **state)
{
    float p[SG_PAIR_CLASSES];
    float back[SG_PAIR_CLASSES];

    (void) state;
    judge(model, "Mr Fenwick was accused by Ms Oldbury of lying.", "oldbury", "fenwick", p);
    judge(model, "Mr Fenwick was accused by Ms Oldbury of lying.", "fenwick", "oldbury", back);
    assert_true(p[SG_PAIR_NEGATIVE] > p[SG_PAIR_POSITIVE]);
    assert_true(p[SG_PAIR_NEGATIVE] > back[SG_PAIR_NEGATIVE]);
}

static void a_speaker_judges_whom_he_speaks_of(void **state)
{
    float bad[SG_PAIR_CLASSES];
    float good[SG_PAIR_CLASSES];

    (void) state;
    judge(model, "Mr Fenwick is a dangerous liar and a disgrace.", NULL, "fenwick", bad);
    judge(model, "Mr Fenwick is a great leader and a brave man.", NULL, "fenwick", good);
    assert_true(bad[SG_PAIR_NEGATIVE] > bad[SG_PAIR_POSITIVE]);
    assert_true(good[SG_PAIR_POSITIVE] > good[SG_PAIR_NEGATIVE]);
}

static void names_make_no_difference(void **state)
{
    float p[SG_PAIR_CLASSES];
    float q[SG_PAIR_CLASSES];

    (void) state;
    judge(model, "Ms Morgan has attacked Mr Hudson over taxes.", "morgan", "hudson", p);
    judge(model, "Ms Norton has attacked Mr Harlow over taxes.", "norton", "harlow", q);
    for (int c = 0; c < SG_PAIR_CLASSES; c++)
        assert_true(p[c] - q[c] < 0.001F && q[c] - p[c] < 0.001F);
}

static void without_a_model_all_is_neutral(void **state)
{
    float p[SG_PAIR_CLASSES];

    (void) state;
    judge(NULL, "Ms Morgan has attacked Mr Hudson over taxes.", "morgan", "hudson", p);
    assert_true(p[SG_PAIR_NEUTRAL] > 0.999F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blame_is_negative_from_subject_to_object),
        cmocka_unit_test(praise_is_positive),
        cmocka_unit_test(the_agent_of_a_passive_holds_the_attitude),
        cmocka_unit_test(a_speaker_judges_whom_he_speaks_of),
        cmocka_unit_test(names_make_no_difference),
        cmocka_unit_test(without_a_model_all_is_neutral),
    };

    return cmocka_run_group_tests_name("extract/polarity", tests, open_model, close_model);
}
