/* Any bytes as an article. What comes out must keep its own promises: words in order and inside
 * their sentences, sentences inside their paragraphs. */

#include <stdint.h>
#include <stdlib.h>

#include "stance/document.h"
#include "stance/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check(const sg_document *document)
{
    uint32_t before = 0;

    for (size_t i = 0; i < document->word_count; i++) {
        require(document->words[i].start >= before);
        require(document->words[i].end > document->words[i].start);
        before = document->words[i].end;
    }
    require(before <= document->len);
    for (size_t i = 0; i < document->sentence_count; i++) {
        const sg_sentence *s = &document->sentences[i];
        const sg_paragraph *p = &document->paragraphs[s->paragraph];

        require(s->word_count > 0 && s->first_word + s->word_count <= document->word_count);
        require(s->start >= p->start && s->end <= p->end);
    }
    require(document->headline.end <= document->len && document->date.end <= document->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sg_arena *arena = sg_arena_new();
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;

    sg_log_set_level(SG_LOG_QUIET);
    if (sg_document_read("fuzz", (const char *) data, size, arena, &document, &err) == SG_OK)
        check(document);
    sg_arena_free(arena);
    return 0;
}
