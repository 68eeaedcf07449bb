#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "stance/document.h"
#include "stance/file.h"
#include "stance/strbuf.h"

static const char cases_path[] = "tests/unit/text/cases.txt";

/* The words of the document as the case file writes them: a line for each sentence. */
static void print_sentences(const sg_document *document, sg_strbuf *out)
{
    for (size_t i = 0; i < document->sentence_count; i++) {
        const sg_sentence *s = &document->sentences[i];

        for (uint32_t k = 0; k < s->word_count; k++) {
            const sg_word *w = &document->words[s->first_word + k];

            sg_strbuf_putc(out, k == 0 ? '=' : ' ');
            if (k == 0)
                sg_strbuf_putc(out, ' ');
            sg_strbuf_append(out, document->text + w->start, w->end - w->start);
            if (w->joined_next)
                sg_strbuf_putc(out, '~');
        }
        sg_strbuf_putc(out, '\n');
    }
}

static void unescape(const char *line, size_t len, sg_strbuf *out)
{
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '\\' && i + 1 < len && line[i + 1] == 'n') {
            sg_strbuf_putc(out, '\n');
            i++;
        } else {
            sg_strbuf_putc(out, line[i]);
        }
    }
}

/* True if the case's text gives the sentences expected of it. */
static bool case_holds(const char *input, size_t len, const sg_strbuf *expected)
{
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_strbuf found = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    sg_document *document;
    bool same;

    unescape(input, len, &text);
    assert_int_equal(sg_document_read("case", text.data, text.len, arena, &document, &err), SG_OK);
    print_sentences(document, &found);
    same = strcmp(sg_strbuf_text(&found), sg_strbuf_text(expected)) == 0;
    if (!same)
        print_error("< %s\nexpected\n%sfound\n%s\n", text.data, sg_strbuf_text(expected),
                    sg_strbuf_text(&found));
    sg_strbuf_clear(&text);
    sg_strbuf_clear(&found);
    sg_arena_free(arena);
    return same;
}

static void words_and_sentences_are_as_the_case_file_says(void **state)
{
    sg_strbuf file = SG_STRBUF_INIT;
    sg_strbuf expected = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    const char *input = NULL;
    size_t input_len = 0;
    unsigned cases = 0;
    unsigned wrong = 0;

    (void) state;
    assert_int_equal(sg_file_read(cases_path, 0, &file, &err), SG_OK);
    for (const char *at = file.data; at != NULL && *at != '\0';) {
        const char *stop = strchr(at, '\n');
        size_t len = stop != NULL ? (size_t) (stop - at) : strlen(at);

        if (len >= 2 && at[0] == '<') {
            input = at + 2;
            input_len = len - 2;
            sg_strbuf_reset(&expected);
        } else if (len >= 2 && at[0] == '=') {
            sg_strbuf_append(&expected, at, len);
            sg_strbuf_putc(&expected, '\n');
        }
        at = stop != NULL ? stop + 1 : at + len;
        if (input != NULL && (*at == '\0' || *at == '\n' || *at == '<') && expected.len > 0) {
            wrong += !case_holds(input, input_len, &expected);
            cases++;
            input = NULL;
        }
    }
    assert_true(cases > 10);
    assert_int_equal(wrong, 0);
    sg_strbuf_clear(&file);
    sg_strbuf_clear(&expected);
}

static void words_lie_in_order_inside_their_sentences(void **state)
{
    static const char text[] =
        "Mr. O\xE2\x80\x99Neil\xC2\xA0said \"no\".\n\nIt\xE2\x80\x99s over\xE2\x80\xA6";
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *d;
    uint32_t before = 0;

    (void) state;
    assert_int_equal(sg_document_read("case", text, sizeof text - 1, arena, &d, &err), SG_OK);
    assert_memory_equal(d->text, text, sizeof text);
    for (size_t i = 0; i < d->word_count; i++) {
        assert_true(d->words[i].start >= before);
        assert_true(d->words[i].end > d->words[i].start);
        before = d->words[i].end;
    }
    for (size_t i = 0; i < d->sentence_count; i++) {
        const sg_sentence *s = &d->sentences[i];

        assert_int_equal(s->start, d->words[s->first_word].start);
        assert_int_equal(s->end, d->words[s->first_word + s->word_count - 1].end);
    }
    assert_int_equal(d->sentence_count, 2);
    sg_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_sentences_are_as_the_case_file_says),
        cmocka_unit_test(words_lie_in_order_inside_their_sentences),
    };

    return cmocka_run_group_tests_name("text/tokenizer", tests, NULL, NULL);
}
