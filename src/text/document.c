#include "stance/document.h"

#include <string.h>

#include "text_internal.h"

static bool is_one_sentence(sg_paragraph_kind kind)
{
    return kind == SG_PARAGRAPH_HEADLINE || kind == SG_PARAGRAPH_DATELINE ||
           kind == SG_PARAGRAPH_BYLINE;
}

static void cut_words_and_sentences(sg_document *document, sg_arena *arena)
{
    sg_word_list words = { arena, NULL, 0, 0 };
    sg_sentence_list sentences = { arena, NULL, 0, 0 };

    for (size_t i = 0; i < document->paragraph_count; i++) {
        sg_paragraph *p = &document->paragraphs[i];
        size_t first = words.count;

        sg_tokenizer_run(document->text, p->start, p->end, &words);
        p->first_sentence = (uint32_t) sentences.count;
        sg_sentences_split(document->text, words.items, first, words.count, (uint32_t) i,
                           is_one_sentence(p->kind), &sentences);
        p->sentence_count = (uint32_t) (sentences.count - p->first_sentence);
    }
    document->words = words.items;
    document->word_count = words.count;
    document->sentences = sentences.items;
    document->sentence_count = sentences.count;
}

static const char *copy_fact(const char *fact, sg_arena *arena)
{
    return fact != NULL ? sg_arena_strdup(arena, fact) : NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The date in a name such as "times_2016-02-11_doctors.txt": archives keep it there when the text
 * itself has no date line. */
static int32_t day_in_name(const char *name)
{
    const char *slash = strrchr(name, '/');

    for (const char *at = slash != NULL ? slash + 1 : name; strlen(at) >= 10; at++) {
        int32_t day;

        if (!is_digit(at[0]) || !is_digit(at[1]) || !is_digit(at[2]) || !is_digit(at[3]) ||
            at[4] != '-' || !is_digit(at[5]) || !is_digit(at[6]) || at[7] != '-' ||
            !is_digit(at[8]) || !is_digit(at[9]) || is_digit(at[10]))
            continue;
        day = sg_date_day((at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 +
                              (at[3] - '0'),
                          (at[5] - '0') * 10 + (at[6] - '0'), (at[8] - '0') * 10 + (at[9] - '0'));
        if (day != SG_NO_DAY)
            return day;
    }
    return SG_NO_DAY;
}

sg_document *sg_document_build(const char *name, const char *text, size_t len, const char *encoding,
                               const sg_document_facts *facts, sg_arena *arena)
{
    sg_document *document = sg_arena_calloc(arena, 1, sizeof *document);

    document->name = sg_arena_strdup(arena, name);
    document->text = text;
    document->len = len;
    document->encoding = encoding;
    document->title = copy_fact(facts->title, arena);
    document->source = copy_fact(facts->source, arena);
    document->author = copy_fact(facts->author, arena);
    document->uri = copy_fact(facts->uri, arena);
    document->day = facts->day;
    sg_paragraphs_split(document, arena);
    sg_paragraphs_classify(document, arena);
    if (document->day == SG_NO_DAY)
        document->day = day_in_name(document->name);
    cut_words_and_sentences(document, arena);
    return document;
}

sg_status sg_document_read(const char *name, const char *text, size_t len, sg_arena *arena,
                           sg_document **document_out, sg_error *err)
{
    const sg_document_facts facts = { NULL, NULL, NULL, NULL, SG_NO_DAY };
    const char *encoding = NULL;
    char *decoded = NULL;
    size_t decoded_len = 0;
    sg_status status =
        sg_text_decode(name, text, len, arena, &decoded, &decoded_len, &encoding, err);

    if (status == SG_OK)
        *document_out = sg_document_build(name, decoded, decoded_len, encoding, &facts, arena);
    return status;
}
