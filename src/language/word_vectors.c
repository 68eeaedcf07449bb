#include "stance/word_vectors.h"

#include <string.h>

#include "syntax_internal.h"

struct sg_word_vectors {
    sg_syntax_index index;
    const int8_t *rows;
    const float *scales;
    uint32_t count;
};

/* sg_syntax_run(), which has always run before, refuses a damaged index; here a section of another
 * size only means that there are no vectors. */
sg_word_vectors *sg_word_vectors_new(const sg_model *model, sg_arena *arena)
{
    sg_syntax_config config;
    sg_word_vectors *vectors;
    size_t config_size = 0;
    size_t index_size = 0;
    size_t rows_size = 0;
    size_t scales_size = 0;
    const void *header;
    const void *index;
    const void *rows;
    const void *scales;
    size_t slots;

    if (model == NULL)
        return NULL;
    header = sg_model_section(model, "syntax.config", &config_size);
    index = sg_model_section(model, "syntax.index", &index_size);
    rows = sg_model_section(model, "syntax.vectors", &rows_size);
    scales = sg_model_section(model, "syntax.vector_scales", &scales_size);
    slots = index_size / sizeof(sg_syntax_slot);
    if (header == NULL || config_size != sizeof config || index == NULL || rows == NULL ||
        scales == NULL || slots == 0 || (slots & (slots - 1)) != 0)
        return NULL;
    memcpy(&config, header, sizeof config);
    if (config.vector_size != SG_WORD_VECTOR_SIZE ||
        scales_size != SG_WORD_VECTOR_SIZE * sizeof(float) ||
        rows_size != (size_t) config.vector_rows * SG_WORD_VECTOR_SIZE)
        return NULL;
    vectors = sg_arena_calloc(arena, 1, sizeof *vectors);
    *vectors = (sg_word_vectors){ { index, slots - 1 }, rows, scales, config.vector_rows };
    return vectors;
}

uint32_t sg_word_vectors_find(const sg_word_vectors *vectors, const char *word, size_t len,
                              uint32_t *cluster_out)
{
    char norm[SG_SYNTAX_NORM_MAX];
    size_t n = sg_syntax_norm(word, len, norm);
    const sg_syntax_slot *slot =
        &vectors->index.slots[sg_syntax_find(&vectors->index, sg_syntax_hash(norm, n))];

    *cluster_out = slot->mark != 0 ? slot->path : 0;
    return slot->mark != 0 && slot->vector < vectors->count ? slot->vector : SG_NO_VECTOR;
}

void sg_word_vectors_add(const sg_word_vectors *vectors, uint32_t number, float weight,
                         float sum[SG_WORD_VECTOR_SIZE])
{
    const int8_t *row = vectors->rows + (size_t) number * SG_WORD_VECTOR_SIZE;

    for (size_t i = 0; i < SG_WORD_VECTOR_SIZE; i++)
        sum[i] += weight * vectors->scales[i] * (float) row[i];
}
