#include "stance/document.h"

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
