#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stance/annotation_io.h"
#include "stance/file.h"
#include "stance/strbuf.h"
#include "stance/utf8.h"

#include "language/language_internal.h"

/* The model that is shipped, on text of our own. */

#define SAMPLE "tests/fixtures/language/sample.conllu"

static sg_model *model;

static int open_model(void **state)
{
    sg_error err = SG_ERROR_INIT;

    (void) state;
    if (sg_model_open(NULL, &model, &err) == SG_OK)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int close_model(void **state)
{
    (void) state;
    sg_model_close(model);
    return 0;
}

static sg_annotation *annotate_tokens(const char *text, size_t len, sg_arena *arena)
{
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    if (sg_document_read_tokens("tokens", text, len, arena, &document, &err) != SG_OK ||
        sg_annotate(model, document, arena, &annotation, &err) != SG_OK)
        print_error("%s\n", err.message);
    assert_non_null(annotation);
    return annotation;
}

static sg_annotation *annotate_text(const char *text, size_t len, sg_arena *arena)
{
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    assert_int_equal(sg_document_read("text", text, len, arena, &document, &err), SG_OK);
    assert_int_equal(sg_annotate(model, document, arena, &annotation, &err), SG_OK);
    return annotation;
}

/* ---- quality -------------------------------------------------------------------------------- */

typedef struct gold_word {
    char *columns[10];
} gold_word;

static gold_word *read_gold(char *text, size_t *count_out)
{
    gold_word *words = NULL;
    size_t count = 0, capacity = 0;

    while (text != NULL && *text != '\0') {
        char *end = strchr(text, '\n');
        char *dash = strpbrk(text, "-\t");

        if (end != NULL)
            *end = '\0';
        if (*text >= '0' && *text <= '9' && *dash == '\t') {
            SG_GROW(words, capacity, count + 1);
            for (int i = 0; i < 10; i++) {
                words[count].columns[i] = text;
                text += strcspn(text, "\t");
                if (*text != '\0')
                    *text++ = '\0';
            }
            count++;
        }
        text = end != NULL ? end + 1 : NULL;
    }
    *count_out = count;
    return words;
}

static uint32_t head_number(const sg_annotation *annotation, const sg_sentence *sentence,
                            uint32_t w)
{
    uint32_t head = annotation->words[w].head;

    return head == SG_NO_WORD ? 0 : head - sentence->first_word + 1;
}

static void the_shipped_model_reads_the_sample_as_people_do(void **state)
{
    sg_error err = SG_ERROR_INIT;
    sg_strbuf file = SG_STRBUF_INIT;
    sg_arena *arena = sg_arena_new();
    size_t count = 0, upos = 0, xpos = 0, lemmas = 0, heads = 0, relations = 0;
    const sg_annotation *annotation;
    gold_word *gold;

    (void) state;
    assert_int_equal(sg_file_read(SAMPLE, 0, &file, &err), SG_OK);
    annotation = annotate_tokens(file.data, file.len, arena);
    gold = read_gold(file.data, &count);
    assert_int_equal(count, annotation->document->word_count);
    for (size_t s = 0; s < annotation->document->sentence_count; s++) {
        const sg_sentence *sentence = &annotation->document->sentences[s];

        for (uint32_t w = sentence->first_word; w < sentence->first_word + sentence->word_count;
             w++) {
            const sg_word_info *info = &annotation->words[w];
            char *const *columns = gold[w].columns;

            upos += strcmp(sg_upos_name(info->upos), columns[3]) == 0;
            xpos += strcmp(sg_xpos_name(info->xpos), columns[4]) == 0;
            lemmas += strcmp(info->lemma, columns[2]) == 0;
            if (head_number(annotation, sentence, w) == strtoul(columns[6], NULL, 10)) {
                heads++;
                relations += strcmp(sg_deprel_name(info->deprel), columns[7]) == 0;
            }
        }
    }
    print_message("sample of %zu words: UPOS %zu XPOS %zu lemmas %zu heads %zu with relation %zu\n",
                  count, upos, xpos, lemmas, heads, relations);
    /* A little below what the shipped model reaches; another model's file falls far short. */
    assert_true(upos * 1000 >= count * 975);
    assert_true(xpos * 1000 >= count * 970);
    assert_true(lemmas * 1000 >= count * 985);
    assert_true(heads * 1000 >= count * 950);
    assert_true(relations * 1000 >= count * 930);
    sg_free(gold);
    sg_strbuf_clear(&file);
    sg_arena_free(arena);
}

static const sg_word_info *word_of(const sg_annotation *annotation, const char *form)
{
    const sg_document *document = annotation->document;

    for (size_t w = 0; w < document->word_count; w++) {
        size_t len = document->words[w].end - document->words[w].start;

        if (len == strlen(form) &&
            memcmp(sg_document_at(document, document->words[w].start), form, len) == 0)
            return &annotation->words[w];
    }
    fail_msg("no word '%s'", form);
    return NULL;
}

static void features_tell_number_tense_voice_and_person(void **state)
{
    const char *text = "The nurses were told that she opposes our plans. We have seen him.";
    sg_arena *arena = sg_arena_new();
    const sg_annotation *a = annotate_text(text, strlen(text), arena);

    (void) state;
    assert_true(word_of(a, "nurses")->features & SG_FEAT_PLURAL);
    assert_false(word_of(a, "she")->features & SG_FEAT_PLURAL);
    assert_true(word_of(a, "told")->features & SG_FEAT_PASSIVE);
    assert_true(word_of(a, "opposes")->features & SG_FEAT_PRESENT);
    assert_true(word_of(a, "opposes")->features & SG_FEAT_THIRD);
    assert_true(word_of(a, "our")->features & SG_FEAT_FIRST);
    assert_true(word_of(a, "our")->features & SG_FEAT_POSSESSIVE);
    assert_true(word_of(a, "seen")->features & SG_FEAT_PARTICIPLE);
    assert_false(word_of(a, "seen")->features & SG_FEAT_PASSIVE);
    assert_true(word_of(a, "have")->features & SG_FEAT_FIRST);
    sg_arena_free(arena);
}

static void typographic_quotes_read_like_plain_ones(void **state)
{
    const char *plain = "\"It's wrong,\" she said.";
    const char *curly = "\xE2\x80\x9CIt\xE2\x80\x99s wrong,\xE2\x80\x9D she said.";
    sg_arena *arena = sg_arena_new();
    const sg_annotation *a = annotate_text(plain, strlen(plain), arena);
    const sg_annotation *b = annotate_text(curly, strlen(curly), arena);

    (void) state;
    assert_int_equal(a->document->word_count, b->document->word_count);
    for (size_t w = 0; w < a->document->word_count; w++) {
        assert_int_equal(a->words[w].head, b->words[w].head);
        assert_int_equal(a->words[w].deprel, b->words[w].deprel);
    }
    sg_arena_free(arena);
}

/* ---- form of the result --------------------------------------------------------------------- */

static void assert_trees(const sg_annotation *annotation)
{
    const sg_document *document = annotation->document;

    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];
        uint32_t end = sentence->first_word + sentence->word_count;
        size_t roots = 0;

        for (uint32_t w = sentence->first_word; w < end; w++) {
            uint32_t at = w;
            size_t steps = 0;

            assert_non_null(annotation->words[w].lemma);
            roots += annotation->words[w].head == SG_NO_WORD;
            assert_int_equal(annotation->words[w].head == SG_NO_WORD,
                             annotation->words[w].deprel == SG_ROOT);
            while (annotation->words[at].head != SG_NO_WORD) {
                at = annotation->words[at].head;
                assert_true(at >= sentence->first_word && at < end);
                assert_true(steps++ <= sentence->word_count);
            }
        }
        assert_int_equal(roots, 1);
    }
}

static void repeat(sg_strbuf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        sg_strbuf_puts(out, text);
}

static void strange_text_gets_trees_too(void **state)
{
    static const struct {
        const char *text;
        size_t times;
    } cases[] = {
        { ".", 1 },
        { "x", 1000000 },
        { "\" ", 10000 },
        { "(", 10000 },
        { "and then ", 3000 },
        { "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0 \xE6\x9D\xB1\xE4\xBA\xAC word ", 500 },
        { "\xF0\x9F\x98\x80", 3000 },
        { "e\xCC\x81\xCC\x82\xCC\x83", 2000 },
        { "Mr. Dr. U.S. ", 1000 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sg_arena *arena = sg_arena_new();
        sg_strbuf text = SG_STRBUF_INIT;

        repeat(&text, cases[i].text, cases[i].times);
        assert_trees(annotate_text(sg_strbuf_text(&text), text.len, arena));
        sg_strbuf_clear(&text);
        sg_arena_free(arena);
    }
}

static void lemmas_are_never_cut_inside_a_character(void **state)
{
    static const char *const endings[] = { "", "s", "es", "ed", "ing", "er", "est", "ies", "'s" };
    static const char *const stems[] = {
        "caf\xC3\xA9",     "na\xC3\xAF", "\xC3\xBC", "\xE6\x9D\xB1", "Z\xC3\xBCrich\xE2\x80\x99",
        "\xF0\x9F\x98\x80"
    };
    sg_strbuf tokens = SG_STRBUF_INIT;
    sg_arena *arena = sg_arena_new();
    const sg_annotation *annotation;

    (void) state;
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        for (size_t j = 0; j < sizeof endings / sizeof *endings; j++)
            sg_strbuf_printf(&tokens, "They\n%s%s\nmore\n%s%s\n.\n\n", stems[i], endings[j],
                             stems[i], endings[j]);
    }
    annotation = annotate_tokens(tokens.data, tokens.len, arena);
    for (size_t w = 0; w < annotation->document->word_count; w++) {
        const char *lemma = annotation->words[w].lemma;

        assert_true(lemma[0] != '\0');
        assert_true(sg_utf8_is_valid(lemma, strlen(lemma), NULL));
    }
    sg_strbuf_clear(&tokens);
    sg_arena_free(arena);
}

static void no_words_are_no_trouble(void **state)
{
    sg_arena *arena = sg_arena_new();

    (void) state;
    assert_trees(annotate_tokens("", 0, arena));
    assert_trees(annotate_tokens("\n\n\n", 3, arena));
    sg_arena_free(arena);
}

static void a_sentence_of_many_thousand_words_is_one_tree(void **state)
{
    sg_strbuf tokens = SG_STRBUF_INIT;
    sg_arena *arena = sg_arena_new();
    const sg_annotation *annotation;

    (void) state;
    repeat(&tokens, "cats\nchase\nmice\nand\n", 5000);
    annotation = annotate_tokens(tokens.data, tokens.len, arena);
    assert_int_equal(annotation->document->sentence_count, 1);
    assert_trees(annotation);
    sg_strbuf_clear(&tokens);
    sg_arena_free(arena);
}

/* ---- the same everywhere -------------------------------------------------------------------- */

static const char *const passage =
    "The council rejected the plan on Tuesday. \"It would ruin the valley,\" said Jane Miller, "
    "who leads the group.\n\nSupporters of the dam, led by the water company, disagree.\n\n";

static bool same_words(const sg_annotation *a, size_t a_first, const sg_annotation *b, size_t count)
{
    for (size_t w = 0; w < count; w++) {
        const sg_word_info *x = &a->words[a_first + w];
        const sg_word_info *y = &b->words[w];

        if (x->upos != y->upos || x->xpos != y->xpos || x->deprel != y->deprel ||
            x->confidence != y->confidence || x->features != y->features ||
            strcmp(x->lemma, y->lemma) != 0 || (x->head == SG_NO_WORD) != (y->head == SG_NO_WORD) ||
            (x->head != SG_NO_WORD && x->head != y->head + a_first))
            return false;
    }
    return true;
}

/* Blocks of sentences must not leak into each other. */
static void a_sentence_reads_the_same_wherever_it_stands(void **state)
{
    sg_arena *arena = sg_arena_new();
    const char *tokens = "The\ncouncil\nrejected\nthe\nplan\n.\n\n"
                         "Supporters\nof\nthe\ndam\ndisagree\n.\n\n";
    const sg_annotation *once = annotate_tokens(tokens, strlen(tokens), arena);
    size_t count = once->document->word_count;
    sg_strbuf many = SG_STRBUF_INIT;
    const sg_annotation *all;

    (void) state;
    repeat(&many, tokens, 200);
    all = annotate_tokens(many.data, many.len, arena);
    assert_int_equal(all->document->word_count, 200 * count);
    for (size_t i = 0; i < 200; i++)
        assert_true(same_words(all, i * count, once, count));
    sg_strbuf_clear(&many);
    sg_arena_free(arena);
}

static void *annotate_in_thread(void *same_out)
{
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_annotation *first = NULL;
    bool same = true;

    for (int i = 0; i < 10 && same; i++) {
        sg_document *document = NULL;
        sg_annotation *annotation = NULL;

        same = sg_document_read("passage", passage, strlen(passage), arena, &document, &err) ==
                   SG_OK &&
               sg_annotate(model, document, arena, &annotation, &err) == SG_OK;
        if (first == NULL)
            first = annotation;
        same = same && same_words(annotation, 0, first, document->word_count);
    }
    *(bool *) same_out = same;
    sg_arena_free(arena);
    return NULL;
}

static void threads_share_the_model(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    bool same[THREADS] = { false };

    (void) state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, annotate_in_thread, &same[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(same[i]);
    }
}

static void given_words_keep_their_forms_and_joins(void **state)
{
    const char *tokens = "# a comment\n1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                         "1\tca\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                         "2.1\tempty\t_\t_\t_\t_\t_\t_\t_\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n";
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    (void) state;
    assert_int_equal(sg_document_read_tokens("t", tokens, strlen(tokens), arena, &document, &err),
                     SG_OK);
    assert_int_equal(document->word_count, 3);
    assert_int_equal(document->sentence_count, 1);
    assert_string_equal(document->text, "can't go ");
    assert_true(document->words[0].joined_next);
    assert_false(document->words[1].joined_next);
    sg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_model_reads_the_sample_as_people_do),
        cmocka_unit_test(features_tell_number_tense_voice_and_person),
        cmocka_unit_test(typographic_quotes_read_like_plain_ones),
        cmocka_unit_test(strange_text_gets_trees_too),
        cmocka_unit_test(lemmas_are_never_cut_inside_a_character),
        cmocka_unit_test(no_words_are_no_trouble),
        cmocka_unit_test(a_sentence_of_many_thousand_words_is_one_tree),
        cmocka_unit_test(a_sentence_reads_the_same_wherever_it_stands),
        cmocka_unit_test(threads_share_the_model),
        cmocka_unit_test(given_words_keep_their_forms_and_joins),
    };

    return cmocka_run_group_tests_name("language/annotate", tests, open_model, close_model);
}
