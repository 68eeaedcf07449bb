#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stance/annotation.h"
#include "stance/document.h"
#include "stance/mem.h"
#include "stance/model.h"
#include "stance/names.h"

#define WORDS 3

/* ---- the chain ------------------------------------------------------------------------------ */

static float pseudo(unsigned i)
{
    return (float) ((i * 2654435761U) >> 16 & 0xff) / 64.0F - 2.0F;
}

static void make_chain(sg_names_chain *chain, float scores[WORDS * SG_NAMES_STRIDE])
{
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            chain->pair[a][b] = pseudo(a * 31 + b);
    for (unsigned i = 0; i < WORDS * SG_NAMES_STRIDE; i++)
        scores[i] = pseudo(1000 + i);
}

/* Score of one labelling, or -INFINITY if it makes no sense. */
static float score_of(const sg_names_chain *chain, const float *scores, const uint8_t *labels)
{
    unsigned before = SG_NAMES_OUTSIDE;
    float sum = 0.0F;

    for (size_t i = 0; i < WORDS; i++) {
        if (!sg_names_may_follow(before, labels[i]))
            return -INFINITY;
        sum += chain->pair[before][labels[i]] + scores[i * SG_NAMES_STRIDE + labels[i]];
        before = labels[i];
    }
    if (!sg_names_may_follow(before, SG_NAMES_OUTSIDE))
        return -INFINITY;
    return sum + chain->pair[before][SG_NAMES_OUTSIDE];
}

static bool next_labelling(uint8_t labels[WORDS])
{
    for (size_t i = 0; i < WORDS; i++) {
        if (++labels[i] < SG_NAMES_LABELS)
            return true;
        labels[i] = 0;
    }
    return false;
}

static void best_labelling_is_the_best_of_all(void **state)
{
    sg_arena *const arena = sg_arena_new();
    sg_names_chain chain;
    float scores[WORDS * SG_NAMES_STRIDE];
    uint8_t found[WORDS];
    uint8_t labels[WORDS] = { 0 };
    float best = -INFINITY;

    (void) state;
    make_chain(&chain, scores);
    sg_names_best(&chain, scores, WORDS, arena, found);
    do
        best = fmaxf(best, score_of(&chain, scores, labels));
    while (next_labelling(labels));
    assert_true(fabsf(score_of(&chain, scores, found) - best) < 1e-4F);
    sg_arena_free(arena);
}

static void sums_are_those_of_all_labellings(void **state)
{
    sg_arena *const arena = sg_arena_new();
    sg_names_chain chain;
    sg_names_chain exp_chain;
    float scores[WORDS * SG_NAMES_STRIDE];
    uint8_t labels[WORDS] = { 0 };
    const uint8_t name[] = { sg_names_label(SG_ENTITY_PERSON, SG_NAMES_BEGIN),
                             sg_names_label(SG_ENTITY_PERSON, SG_NAMES_LAST) };
    sg_names_sums sums;
    double total = 0.0;
    double with_name = 0.0;

    (void) state;
    make_chain(&chain, scores);
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            exp_chain.pair[a][b] = sg_names_may_follow(a, b) ? expf(chain.pair[a][b]) : 0.0F;
    assert_true(sg_names_sum(&exp_chain, scores, NULL, WORDS, arena, &sums));
    do {
        const double e = exp((double) score_of(&chain, scores, labels));

        total += e;
        if (memcmp(labels, name, sizeof name) == 0)
            with_name += e;
    } while (next_labelling(labels));
    assert_true(fabs(sums.log_total - log(total)) < 1e-3);
    assert_true(fabs((double) sg_names_span_probability(&exp_chain, &sums, 0, 1, SG_ENTITY_PERSON) -
                     with_name / total) < 1e-4);
    sg_arena_free(arena);
}

static void labels_that_are_not_allowed_have_no_share(void **state)
{
    sg_arena *const arena = sg_arena_new();
    sg_names_chain chain;
    float scores[WORDS * SG_NAMES_STRIDE];
    const uint32_t only_outside[WORDS] = { 1, 1, 1 };
    const uint32_t never_closed[WORDS] = { 1, 1,
                                           1U << sg_names_label(SG_ENTITY_PERSON, SG_NAMES_BEGIN) };
    sg_names_sums sums;

    (void) state;
    make_chain(&chain, scores);
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            chain.pair[a][b] = sg_names_may_follow(a, b) ? 1.0F : 0.0F;
    assert_true(sg_names_sum(&chain, scores, only_outside, WORDS, arena, &sums));
    assert_true(fabsf(sums.forward[0] * sums.backward[0] - 1.0F) < 1e-5F);
    assert_false(sg_names_sum(&chain, scores, never_closed, WORDS, arena, &sums));
    sg_arena_free(arena);
}

/* ---- the section ---------------------------------------------------------------------------- */

static sg_model *open_model(void)
{
    sg_error err = SG_ERROR_INIT;
    sg_model *model = NULL;

    if (sg_model_open("data/models/en.model", &model, &err) != SG_OK)
        fail_msg("%s", err.message);
    return model;
}

static void section_cut_short_is_refused(void **state)
{
    sg_model *const model = open_model();
    size_t size;
    const void *const section = sg_model_section(model, SG_NAMES_SECTION, &size);
    sg_names_model names;

    (void) state;
    assert_non_null(section);
    for (size_t cut = 0; cut < size; cut += size / 7 + 1) {
        sg_error err = SG_ERROR_INIT;

        assert_int_equal(sg_names_model_read(section, cut, &names, &err), SG_ERR_INPUT);
        assert_non_null(strstr(err.message, "names"));
    }
    sg_model_close(model);
}

static void section_of_another_version_is_refused(void **state)
{
    sg_names_header header = { .version = SG_NAMES_VERSION + 1 };
    char section[sizeof header + 64] = { 0 };
    sg_error err = SG_ERROR_INIT;
    sg_names_model names;

    (void) state;
    memcpy(section, &header, sizeof header);
    assert_int_equal(sg_names_model_read(section, sizeof section, &names, &err), SG_ERR_INPUT);
}

/* ---- names in text -------------------------------------------------------------------------- */

typedef struct read_text {
    sg_arena *arena;
    sg_model *model;
    sg_annotation *annotation;
} read_text;

static read_text read_names(const char *text)
{
    read_text r = { sg_arena_new(), open_model(), NULL };
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    if (sg_document_read("test", text, strlen(text), r.arena, &document, &err) != SG_OK ||
        sg_annotate(r.model, document, r.arena, &r.annotation, &err) != SG_OK)
        fail_msg("%s", err.message);
    return r;
}

static void end_text(read_text *r)
{
    sg_model_close(r->model);
    sg_arena_free(r->arena);
}

/* Type of the name that is exactly `form`, or "none". */
static const char *type_of(const read_text *r, const char *form)
{
    const sg_document *const document = r->annotation->document;

    for (size_t e = 0; e < r->annotation->entity_count; e++) {
        const sg_entity *const entity = &r->annotation->entities[e];
        const sg_word *const first = &document->words[entity->first_word];
        const sg_word *const last = first + entity->word_count - 1;

        if (last->end - first->start == strlen(form) &&
            memcmp(document->text + first->start, form, strlen(form)) == 0)
            return sg_entity_name(entity->type);
    }
    return "none";
}

static void people_places_and_bodies_are_told_apart(void **state)
{
    read_text r =
        read_names("Mary Thornbury, who chairs the National Farmers' Union, said in Leeds "
                   "on Monday that the Department of Agriculture had not replied.\n");

    (void) state;
    assert_string_equal(type_of(&r, "Mary Thornbury"), "PER");
    assert_string_equal(type_of(&r, "Leeds"), "LOC");
    assert_string_equal(type_of(&r, "Department of Agriculture"), "ORG");
    assert_string_equal(type_of(&r, "Monday"), "none");
    end_text(&r);
}

static void surname_is_what_the_full_name_is(void **state)
{
    read_text r =
        read_names("The report by Anna Paris was published on Tuesday. Paris had worked on "
                   "it for two years. Critics welcomed what Paris wrote.\n");
    size_t persons = 0;

    (void) state;
    for (size_t e = 0; e < r.annotation->entity_count; e++)
        persons += r.annotation->entities[e].type == SG_ENTITY_PERSON;
    assert_int_equal(persons, 3);
    end_text(&r);
}

static void names_are_in_order_and_apart(void **state)
{
    read_text r =
        read_names("London, Paris, Rome. BBC BBC BBC! Mr Mr Smith Smith of of York\n\nA A A "
                   "Angela Merkel Emmanuel Macron EU UN NATO\n");
    size_t end = 0;

    (void) state;
    assert_true(r.annotation->entity_count > 3);
    for (size_t e = 0; e < r.annotation->entity_count; e++) {
        const sg_entity *const entity = &r.annotation->entities[e];

        assert_true(entity->first_word >= end);
        assert_true(entity->word_count > 0);
        assert_true(entity->confidence >= 0.0F && entity->confidence <= 1.0F);
        end = entity->first_word + entity->word_count;
    }
    assert_true(end <= r.annotation->document->word_count);
    end_text(&r);
}

static void text_without_capitals_has_no_names(void **state)
{
    read_text r = read_names("the cat sat on the mat and nobody said anything about it.\n");

    (void) state;
    assert_int_equal(r.annotation->entity_count, 0);
    end_text(&r);
}

static void signs_alone_are_no_names(void **state)
{
    read_text r = read_names("... ! -- ?\n");

    (void) state;
    assert_int_equal(r.annotation->entity_count, 0);
    end_text(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_labelling_is_the_best_of_all),
        cmocka_unit_test(sums_are_those_of_all_labellings),
        cmocka_unit_test(labels_that_are_not_allowed_have_no_share),
        cmocka_unit_test(section_cut_short_is_refused),
        cmocka_unit_test(section_of_another_version_is_refused),
        cmocka_unit_test(people_places_and_bodies_are_told_apart),
        cmocka_unit_test(surname_is_what_the_full_name_is),
        cmocka_unit_test(names_are_in_order_and_apart),
        cmocka_unit_test(text_without_capitals_has_no_names),
        cmocka_unit_test(signs_alone_are_no_names),
    };

    return cmocka_run_group_tests_name("language/names", tests, NULL, NULL);
}
