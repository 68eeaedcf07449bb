/* What happens in plain texts about an invented town: "= DATE NAME > POSITION + PARTICIPANT". */

#include "stance/codebook.h"
#include "stance/extraction.h"

#include "reading_fixture.h"

static sg_codebook *codebook;

static int set_up(void **state)
{
    static const char *const rows[] = {
        "bus fare",
        "bus fare",
        "closing the library",
        "clos* + library",
    };
    sg_error err = SG_ERROR_INIT;

    if (sg_codebook_make("town", rows, sizeof rows / sizeof *rows / 2, &codebook, &err) != SG_OK)
        return -1;
    return open_model(state);
}

static int tear_down(void **state)
{
    sg_codebook_free(codebook);
    return close_model(state);
}

/* "DATE NAME > POSITION" of each event, one a line. */
static void list_events(const sg_extraction *x, sg_strbuf *out)
{
    for (size_t i = 0; i < x->event_count; i++) {
        const sg_event *event = &x->events[i];

        sg_strbuf_printf(out, "= %s %s", event->date != NULL ? event->date : "-", event->name);
        if (event->about >= 0)
            sg_strbuf_printf(out, " > %s", x->positions[event->about].name);
        for (size_t p = 0; p < event->participant_count; p++)
            sg_strbuf_printf(out, " + %s", x->actors[event->participants[p]].name);
        sg_strbuf_putc(out, '\n');
    }
}

static void list_stances_on_events(const sg_extraction *x, sg_strbuf *out)
{
    for (size_t i = 0; i < x->statement_count; i++) {
        const sg_statement *s = &x->statements[i];

        if (s->target_kind == SG_TARGET_EVENT)
            sg_strbuf_printf(out, "%s %s: %s\n", s->stance == SG_SUPPORT ? "for" : "against",
                             x->actors[s->actor].name, x->events[s->target].name);
    }
}

static void check(const char *text, const char *expected)
{
    struct sg_extract_options options = { .codebook = codebook };
    sg_error err = SG_ERROR_INIT;
    sg_arena *arena = sg_arena_new();
    sg_extraction *x = NULL;
    sg_strbuf article = SG_STRBUF_INIT;
    sg_strbuf found = SG_STRBUF_INIT;

    sg_strbuf_printf(&article, "News from the town\n\nThursday, March 10, 2022\n\n%s\n", text);
    assert_int_equal(
        sg_extract(annotate(sg_strbuf_text(&article), arena), &options, arena, &x, &err), SG_OK);
    list_events(x, &found);
    list_stances_on_events(x, &found);
    assert_string_equal(sg_strbuf_text(&found), expected);
    sg_strbuf_clear(&found);
    sg_strbuf_clear(&article);
    sg_arena_free(arena);
}

static void a_noun_with_a_date_is_an_event(void **state)
{
    (void) state;
    check("Bus drivers will hold a 24-hour strike over the bus fare on Saturday.",
          "= 2022-03-12 24-hour strike > bus fare + bus drivers\n");
    check("The two-day summit in Oldford ended on Tuesday.",
          "= 2022-03-08 two-day summit in Oldford\n");
    check("Anna Brandt told a rally on Sunday that she would win.",
          "= 2022-03-06 rally by Anna Brandt + Anna Brandt\n");
    check("The 2019 election was close.", "= 2019 2019 election\n");
    check("Protests are planned for 14 March and the 6th and 20th of April.",
          "= 2022-03-14 Protests\n= 2022-04-06 Protests\n= 2022-04-20 Protests\n");
}

static void a_clause_with_a_date_gets_the_name_of_a_noun(void **state)
{
    (void) state;
    check("Anna Brandt resigned on Monday.",
          "= 2022-03-07 resignation of Anna Brandt + Anna Brandt\n");
    check("The council rejected the plan by Tom Hale on 3 March.",
          "= 2022-03-03 rejection of plan by Tom Hale + council\n");
    check("Tom Hale was arrested in February.", "= 2022-02 arrest of Tom Hale + Tom Hale\n");
    check("Anna Brandt left the Labour Party in 2019.",
          "= 2019 departure of Anna Brandt from Labour Party + Anna Brandt + Labour Party\n");
    check("Residents painted the bridge on Monday.", "= 2022-03-07 Residents painted bridge\n");
    check("The council is scheduled to vote on closing the library on Monday.",
          "= 2022-03-14 vote by council > closing the library\n");
}

static void a_day_may_be_counted_from_another(void **state)
{
    (void) state;
    check("Anna Brandt resigned on Monday. Tom Hale was appointed the next day.",
          "= 2022-03-07 resignation of Anna Brandt + Anna Brandt\n= 2022-03-08 appointment of Tom "
          "Hale + Tom Hale\n");
    check("On Monday Anna Brandt resigned and Tom Hale was sworn in.",
          "= 2022-03-07 resignation of Anna Brandt + Anna Brandt\n= 2022-03-07 swearing-in of Tom "
          "Hale + Tom Hale\n");
}

static void what_did_not_happen_is_no_event(void **state)
{
    (void) state;
    check("Anna Brandt did not resign on Monday.", "");
    check("The council has 40 members since 2019.", "");
    check("The bill passed at 5 p.m. local time (2100 UTC).", "");
}

static void without_a_date_a_noun_has_to_say_which(void **state)
{
    (void) state;
    check("There were strikes and rallies.", "");
    check("She spoke after the Leeds rally.", "= - Leeds rally\n");
    check("Anna Brandt sent a letter to Tom Hale.", "= - letter by Anna Brandt + Anna Brandt\n");
    check("The council held a meeting in Oldford on Monday. The meeting was long.",
          "= 2022-03-07 meeting in Oldford + council\n");
}

static void a_stance_may_be_on_an_event(void **state)
{
    (void) state;
    check("Police raided the town hall on Monday. Anna Brandt condemned the raid.",
          "= 2022-03-07 raid of town hall\nagainst Anna Brandt: raid of town hall\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_noun_with_a_date_is_an_event),
        cmocka_unit_test(a_clause_with_a_date_gets_the_name_of_a_noun),
        cmocka_unit_test(a_day_may_be_counted_from_another),
        cmocka_unit_test(what_did_not_happen_is_no_event),
        cmocka_unit_test(without_a_date_a_noun_has_to_say_which),
        cmocka_unit_test(a_stance_may_be_on_an_event),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
