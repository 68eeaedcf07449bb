#include "syntax_vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/map.h"

#include "gzip.h"

#define SLOTS         131072 /* filled to about two thirds */
#define VECTORS_KEPT  80000  /* the most frequent; beyond, a vector helps one word in a thousand */
#define MIN_COUNT     2      /* words seen once are what unseen words look like */
#define WORD_ROWS_MAX 60000
#define VECTOR_MAGIC  "SVEC1\n"

static sg_syntax_slot *slot_of(sg_vocabulary *v, const char *form, size_t len)
{
    char norm[SG_SYNTAX_NORM_MAX];
    uint64_t hash = sg_syntax_hash(norm, sg_syntax_norm(form, len, norm));
    sg_syntax_slot *slot = &v->slots[sg_syntax_find(&v->index, hash)];

    if (slot->mark == 0) {
        slot->mark = (uint32_t) (hash >> 32);
        slot->vector = SG_SYNTAX_NO_ROW;
    }
    return slot;
}

static sg_status read_vectors(sg_vocabulary *v, const char *corpora, sg_arena *arena, sg_error *err)
{
    const char *path = sg_arena_printf(arena, "%s/vectors/glove100.i8", corpora);
    sg_status status = sg_file_read(path, 0, &v->vector_file, err);
    const char *data = sg_strbuf_text(&v->vector_file);
    char *end = NULL;
    size_t rows, size, head;
    float *scales;

    if (status != SG_OK)
        return status;
    if (v->vector_file.len < 32 || strncmp(data, VECTOR_MAGIC, strlen(VECTOR_MAGIC)) != 0)
        return sg_error_set(err, SG_ERR_INPUT, "%s: is not a file of vectors", path);
    rows = strtoul(data + strlen(VECTOR_MAGIC), &end, 10);
    size = strtoul(end, &end, 10);
    if (rows == 0 || rows > UINT32_MAX || size == 0 || size > 1024)
        return sg_error_set(err, SG_ERR_INPUT, "%s: is not a file of vectors", path);
    head = (size_t) (end - data) + 1;
    if (v->vector_file.len < head + size * sizeof(float) + rows * size)
        return sg_error_set(err, SG_ERR_INPUT, "%s: is truncated", path);
    scales = sg_arena_alloc(arena, size * sizeof *scales);
    memcpy(scales, data + head, size * sizeof *scales);
    v->scales = scales;
    v->vectors = (const int8_t *) (data + head + size * sizeof *scales);
    v->vector_size = (uint32_t) size;
    v->vector_rows = rows < VECTORS_KEPT ? (uint32_t) rows : VECTORS_KEPT;
    return SG_OK;
}

static sg_status index_vectors(sg_vocabulary *v, const char *corpora, sg_arena *arena,
                               sg_error *err)
{
    sg_strbuf text = SG_STRBUF_INIT;
    const char *path = sg_arena_printf(arena, "%s/vectors/glove100.vocab.gz", corpora);
    sg_status status = sg_gzip_read(path, &text, err);
    const char *at = sg_strbuf_text(&text);

    for (uint32_t row = 0; status == SG_OK && row < v->vector_rows && *at != '\0'; row++) {
        size_t len = strcspn(at, "\n");
        sg_syntax_slot *slot = slot_of(v, at, len);

        if (slot->vector == SG_SYNTAX_NO_ROW) /* the more frequent spelling comes first */
            slot->vector = row;
        at += len + (at[len] == '\n');
    }
    sg_strbuf_clear(&text);
    return status;
}

/* Lines of bit path, word, count, most frequent word of a path first. */
static sg_status index_clusters(sg_vocabulary *v, const char *corpora, sg_arena *arena,
                                sg_error *err)
{
    sg_strbuf text = SG_STRBUF_INIT;
    const char *path = sg_arena_printf(arena, "%s/vectors/brown320-news.tsv.gz", corpora);
    sg_status status = sg_gzip_read(path, &text, err);
    const char *at = sg_strbuf_text(&text);
    sg_map *counts = sg_map_new();

    while (status == SG_OK && *at != '\0') {
        uint16_t bits = 1;
        size_t path_len = strcspn(at, "\t");
        const char *word = at + path_len + 1;
        size_t len = strcspn(word, "\t");
        char norm[SG_SYNTAX_NORM_MAX];
        uint64_t count = strtoull(word + len, NULL, 10);
        uint64_t *best;

        for (size_t i = 0; i < path_len && i < 15; i++)
            bits = (uint16_t) (bits << 1 | (at[i] == '1'));
        best = sg_map_slot(counts, norm, sg_syntax_norm(word, len, norm), 0);
        if (count > *best) { /* of "The" and "the", the more frequent one decides */
            *best = count;
            slot_of(v, word, len)->path = bits;
        }
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    sg_map_free(counts);
    sg_strbuf_clear(&text);
    return status;
}

static void index_words(sg_vocabulary *v, const sg_treebank *bank)
{
    sg_map *counts = sg_map_new();

    for (size_t s = 0; s < bank->count; s++) {
        for (size_t i = 0; i < bank->sentences[s].count; i++) {
            const char *form = bank->sentences[s].words[i].form;
            char norm[SG_SYNTAX_NORM_MAX];

            ++*sg_map_slot(counts, norm, sg_syntax_norm(form, strlen(form), norm), 0);
        }
    }
    for (size_t i = 0; i < sg_map_size(counts); i++) {
        size_t len = 0;
        uint64_t count = 0;
        const char *norm = sg_map_entry(counts, i, &len, &count);

        if (count >= MIN_COUNT && v->word_rows < WORD_ROWS_MAX)
            slot_of(v, norm, len)->word = (uint16_t) ++v->word_rows;
    }
    sg_map_free(counts);
}

sg_status sg_vocabulary_init(sg_vocabulary *v, const char *corpora, const sg_treebank *bank,
                             sg_arena *arena, sg_error *err)
{
    sg_status status;

    *v = (sg_vocabulary){ .vector_file = SG_STRBUF_INIT };
    v->slots = sg_calloc(SLOTS, sizeof *v->slots);
    v->index = (sg_syntax_index){ v->slots, SLOTS - 1 };
    status = read_vectors(v, corpora, arena, err);
    if (status == SG_OK)
        status = index_vectors(v, corpora, arena, err);
    if (status == SG_OK)
        status = index_clusters(v, corpora, arena, err);
    if (status == SG_OK)
        index_words(v, bank);
    return status;
}

void sg_vocabulary_clear(sg_vocabulary *v)
{
    sg_free(v->slots);
    sg_strbuf_clear(&v->vector_file);
}
