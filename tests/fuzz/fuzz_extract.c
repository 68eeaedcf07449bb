/* Extraction over text with an annotation made of noise: wrong tags, heads that form cycles,
 * entities anywhere. Nothing may crash, and every quote must lie inside the text. */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stance/extraction.h"
#include "stance/map.h"
#include "stance/mem.h"
#include "stance/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static sg_annotation *make_noise(sg_arena *arena, const sg_document *d, uint64_t seed)
{
    sg_annotation *a = sg_arena_calloc(arena, 1, sizeof *a);

    a->document = d;
    a->words = sg_arena_calloc(arena, d->word_count + 1, sizeof *a->words);
    a->entities = sg_arena_calloc(arena, d->word_count + 1, sizeof *a->entities);
    for (size_t s = 0; s < d->sentence_count; s++) {
        for (uint32_t i = 0; i < d->sentences[s].word_count; i++) {
            uint32_t w = d->sentences[s].first_word + i;
            uint64_t noise = sg_hash_bytes(&w, sizeof w, seed);
            sg_word_info *info = &a->words[w];

            info->lemma = sg_arena_strndup(arena, d->text + d->words[w].start,
                                           d->words[w].end - d->words[w].start);
            info->upos = (uint8_t) (noise % SG_UPOS_COUNT);
            info->xpos = (uint8_t) ((noise >> 8) % 45);
            info->deprel = (uint8_t) ((noise >> 16) % SG_DEPREL_COUNT);
            info->features = (uint32_t) (noise >> 24) & 0x3FFF;
            info->head = (noise >> 40) % 7 == 0
                             ? SG_NO_WORD
                             : d->sentences[s].first_word +
                                   (uint32_t) ((noise >> 44) % d->sentences[s].word_count);
            if ((noise >> 56) % 5 == 0 && i + 2 < d->sentences[s].word_count &&
                (a->entity_count == 0 || a->entities[a->entity_count - 1].first_word + 2 <= w))
                a->entities[a->entity_count++] =
                    (sg_entity){ w, 1 + (uint32_t) ((noise >> 59) & 1),
                                 (sg_entity_type) ((noise >> 60) % 5), 0.7F };
        }
    }
    return a;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sg_arena *arena = sg_arena_new();
    struct sg_extract_options options = { .attributions = true };
    sg_document *document = NULL;
    sg_extraction *x = NULL;
    sg_error err = SG_ERROR_INIT;
    sg_strbuf json = SG_STRBUF_INIT;

    if (size <= 20000 &&
        sg_document_read("fuzz", (const char *) data, size, arena, &document, &err) == SG_OK &&
        sg_extract(make_noise(arena, document, sg_hash_bytes(data, size, 1)), &options, arena, &x,
                   &err) == SG_OK) {
        for (size_t i = 0; i < x->statement_count; i++) {
            if (x->statements[i].evidence.end > document->len ||
                x->statements[i].evidence.start >= x->statements[i].evidence.end)
                abort();
        }
        sg_extraction_write_json(x, NULL, &json);
    }
    sg_strbuf_clear(&json);
    sg_arena_free(arena);
    return 0;
}
