/* Any bytes as words, one a line, through the shipped model: every sentence must become one tree of
 * words with lemmas in UTF-8. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stance/annotation_io.h"
#include "stance/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check_sentence(const sg_annotation *annotation, const sg_sentence *sentence)
{
    uint32_t end = sentence->first_word + sentence->word_count;
    uint32_t roots = 0;

    for (uint32_t w = sentence->first_word; w < end; w++) {
        uint32_t at = w;
        uint32_t steps = 0;

        roots += annotation->words[w].head == SG_NO_WORD;
        while (annotation->words[at].head != SG_NO_WORD) {
            at = annotation->words[at].head;
            require(at >= sentence->first_word && at < end && steps++ <= sentence->word_count);
        }
    }
    require(roots == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sg_model *model;
    sg_error err = SG_ERROR_INIT;
    sg_arena *arena;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    if (model == NULL)
        require(sg_model_open(NULL, &model, &err) == SG_OK);
    if (!sg_utf8_is_valid((const char *) data, size, NULL))
        return 0;
    arena = sg_arena_new();
    require(sg_document_read_tokens("fuzz", (const char *) data, size, arena, &document, &err) ==
            SG_OK);
    require(sg_annotate(model, document, arena, &annotation, &err) == SG_OK);
    for (size_t s = 0; s < document->sentence_count; s++)
        check_sentence(annotation, &document->sentences[s]);
    for (size_t w = 0; w < document->word_count; w++) {
        const char *lemma = annotation->words[w].lemma;

        require(sg_utf8_is_valid(lemma, strlen(lemma), NULL));
    }
    sg_arena_free(arena);
    return 0;
}
