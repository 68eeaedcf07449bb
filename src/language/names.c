#include "stance/names.h"

#include <math.h>
#include <string.h>

#include "language_internal.h"

/* Finds the names of a document in two passes over its words: the first labels each run of
 * candidates by itself; the second also sees what the first found for the same words elsewhere,
 * so that "Hunt" is what "Jeremy Hunt" is. The confidence of a name is its probability in the
 * chain, corrected by a logistic curve fitted on text not trained on (Platt scaling).
 *
 * Section:  header | words | phrases | brown | leaf paths | brown paths | pairs | slots | rows   */

static size_t padded(size_t size)
{
    return (size + 63) & ~(size_t) 63;
}

/* The next `size` bytes of the section, or NULL if it is too short. */
static const void *take(const char **at, size_t *left, size_t size)
{
    const char *const here = *at;

    if (padded(size) > *left)
        return NULL;
    *at += padded(size);
    *left -= padded(size);
    return here;
}

static bool is_mask(uint32_t mask)
{
    return (mask & (mask + 1)) == 0 && mask <= 0xffffffU;
}

static sg_status read_section(const char *at, size_t left, sg_names_model *model, sg_error *err)
{
    const sg_names_header *const header = take(&at, &left, sizeof *header);
    sg_names_lexicon *const lexicon = &model->lexicon;
    const float *pairs;

    if (header == NULL || header->version != SG_NAMES_VERSION || !is_mask(header->word_mask) ||
        !is_mask(header->phrase_mask) || !is_mask(header->brown_mask) ||
        !is_mask(header->slot_mask) || header->leaf_count > 1U << SG_NAMES_LEAF_BITS ||
        header->brown_count > UINT16_MAX || header->row_count > SG_NAMES_ROW_MAX)
        return sg_error_set(err, SG_ERR_INPUT, "section '%s' has a header of another version",
                            SG_NAMES_SECTION);
    lexicon->word_mask = header->word_mask;
    lexicon->phrase_mask = header->phrase_mask;
    lexicon->brown_mask = header->brown_mask;
    lexicon->leaf_count = header->leaf_count;
    lexicon->brown_count = header->brown_count;
    model->slot_mask = header->slot_mask;
    model->row_count = header->row_count;
    model->unit = header->unit;
    model->slope = header->slope;
    model->intercept = header->intercept;
    lexicon->words = take(&at, &left, (header->word_mask + 1U) * sizeof *lexicon->words);
    lexicon->phrases = take(&at, &left, (header->phrase_mask + 1U) * sizeof *lexicon->phrases);
    lexicon->brown = take(&at, &left, (header->brown_mask + 1U) * sizeof *lexicon->brown);
    lexicon->leaf_paths = take(&at, &left, header->leaf_count * sizeof(uint32_t));
    lexicon->brown_paths = take(&at, &left, header->brown_count * sizeof(uint32_t));
    pairs = take(&at, &left, sizeof model->chain.pair);
    model->slots = take(&at, &left, (header->slot_mask + 1U) * sizeof *model->slots);
    model->rows = take(&at, &left, (size_t) header->row_count * SG_NAMES_STRIDE);
    if (lexicon->words == NULL || lexicon->phrases == NULL || lexicon->brown == NULL ||
        lexicon->leaf_paths == NULL || lexicon->brown_paths == NULL || pairs == NULL ||
        model->slots == NULL || model->rows == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "section '%s' is cut short", SG_NAMES_SECTION);
    memcpy(model->chain.pair, pairs, sizeof model->chain.pair);
    return SG_OK;
}

sg_status sg_names_model_read(const void *section, size_t size, sg_names_model *model_out,
                              sg_error *err)
{
    sg_status status;

    memset(model_out, 0, sizeof *model_out);
    status = read_section(section, size, model_out, err);
    if (status != SG_OK)
        return status;
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            model_out->exp_chain.pair[a][b] =
                sg_names_may_follow(a, b) ? expf(model_out->chain.pair[a][b]) : 0.0F;
    return SG_OK;
}

/* ---- scores -------------------------------------------------------------------------------- */

typedef struct finder {
    const sg_names_model *model;
    sg_annotation *annotation;
    sg_names_view *view;
    sg_arena *arena; /* for the entities */
    sg_arena *scratch;
    float *scores; /* SG_NAMES_STRIDE a word; only candidates are filled */
    uint8_t *labels;
    size_t entity_capacity;
} finder;

static const int8_t *find_row(const sg_names_model *model, uint32_t feature)
{
    const uint32_t check = feature >> SG_NAMES_ROW_BITS;

    for (uint32_t at = feature & model->slot_mask;; at = (at + 1) & model->slot_mask) {
        const uint32_t slot = model->slots[at];
        const uint32_t row = slot & SG_NAMES_ROW_MAX;

        if (row == 0)
            return NULL;
        if (slot >> SG_NAMES_ROW_BITS == check && row <= model->row_count)
            return model->rows + (size_t) (row - 1) * SG_NAMES_STRIDE;
    }
}

static void add_scores(const sg_names_model *model, const uint32_t *features, size_t count,
                       float *scores)
{
    int32_t sums[SG_NAMES_STRIDE] = { 0 };

    for (size_t f = 0; f < count; f++) {
        const int8_t *const row = find_row(model, features[f]);

        if (row != NULL)
            for (unsigned k = 0; k < SG_NAMES_STRIDE; k++)
                sums[k] += row[k];
    }
    for (unsigned k = 0; k < SG_NAMES_STRIDE; k++)
        scores[k] += (float) sums[k] * model->unit;
}

/* The next run of candidates at or after *first, before `end`. */
static bool next_run(const sg_names_view *view, size_t *first, size_t *after, size_t end)
{
    while (*first < end && !sg_names_view_is_candidate(view, *first))
        ++*first;
    *after = *first;
    while (*after < end && sg_names_view_is_candidate(view, *after))
        ++*after;
    return *first < end;
}

static void score_words(finder *f, bool votes)
{
    uint32_t features[SG_NAMES_FEATURES];
    const size_t count = f->annotation->document->word_count;

    for (size_t i = 0; i < count; i++) {
        size_t n;

        if (!sg_names_view_is_candidate(f->view, i))
            continue;
        n = votes ? sg_names_view_document_features(f->view, i, features)
                  : sg_names_view_features(f->view, i, features);
        add_scores(f->model, features, n, f->scores + i * SG_NAMES_STRIDE);
    }
}

static void label_words(finder *f)
{
    const sg_document *const document = f->annotation->document;

    for (size_t s = 0; s < document->sentence_count; s++) {
        size_t first = document->sentences[s].first_word;
        const size_t end = first + document->sentences[s].word_count;
        size_t after;

        for (; next_run(f->view, &first, &after, end); first = after)
            sg_names_best(&f->model->chain, f->scores + first * SG_NAMES_STRIDE, after - first,
                          f->scratch, f->labels + first);
    }
}

/* ---- entities ------------------------------------------------------------------------------ */

static float confidence_of(const sg_names_model *model, float probability)
{
    const float p = probability < 1e-6F ? 1e-6F : probability > 0.999999F ? 0.999999F : probability;

    return 1.0F / (1.0F + expf(-(model->slope * logf(p / (1.0F - p)) + model->intercept)));
}

static void add_entities(finder *f, size_t first, size_t after, const sg_names_sums *sums)
{
    sg_annotation *const annotation = f->annotation;
    size_t start = first;

    for (size_t i = first; i < after; i++) {
        const unsigned label = f->labels[i];
        sg_entity *entity;
        unsigned place;

        if (label == SG_NAMES_OUTSIDE)
            continue;
        place = sg_names_label_place(label);
        if (place == SG_NAMES_BEGIN || place == SG_NAMES_UNIT)
            start = i;
        if (place < SG_NAMES_LAST)
            continue;
        SG_ARENA_GROW(f->arena, annotation->entities, f->entity_capacity,
                      annotation->entity_count + 1);
        entity = &annotation->entities[annotation->entity_count++];
        entity->first_word = (uint32_t) start;
        entity->word_count = (uint32_t) (i - start + 1);
        entity->type = (sg_entity_type) sg_names_label_type(label);
        entity->confidence = confidence_of(
            f->model, sg_names_span_probability(&f->model->exp_chain, sums, start - first,
                                                i - first, sg_names_label_type(label)));
    }
}

static bool has_name(const uint8_t *labels, size_t first, size_t after)
{
    for (size_t i = first; i < after; i++)
        if (labels[i] != SG_NAMES_OUTSIDE)
            return true;
    return false;
}

static void list_entities(finder *f)
{
    const sg_document *const document = f->annotation->document;

    for (size_t s = 0; s < document->sentence_count; s++) {
        size_t first = document->sentences[s].first_word;
        const size_t end = first + document->sentences[s].word_count;
        size_t after;

        for (; next_run(f->view, &first, &after, end); first = after) {
            sg_names_sums sums;

            if (has_name(f->labels, first, after) &&
                sg_names_sum(&f->model->exp_chain, f->scores + first * SG_NAMES_STRIDE, NULL,
                             after - first, f->scratch, &sums))
                add_entities(f, first, after, &sums);
        }
    }
}

void sg_names_mark(const sg_names_model *model, sg_annotation *annotation, sg_arena *arena,
                   sg_arena *scratch)
{
    const sg_document *const document = annotation->document;
    finder f = { .model = model, .annotation = annotation, .arena = arena, .scratch = scratch };

    annotation->entities = NULL;
    annotation->entity_count = 0;
    f.view = sg_names_view_new(&model->lexicon, document, annotation->words, scratch);
    f.scores = sg_arena_calloc(scratch, document->word_count + 1, SG_NAMES_STRIDE * sizeof(float));
    f.labels = sg_arena_calloc(scratch, document->word_count + 1, 1);
    score_words(&f, false);
    label_words(&f);
    sg_names_view_vote(f.view, f.labels);
    score_words(&f, true);
    label_words(&f);
    list_entities(&f);
}

sg_status sg_names_run(const sg_model *model, sg_annotation *annotation, sg_arena *arena,
                       sg_arena *scratch, sg_error *err)
{
    const void *section;
    size_t size;
    sg_names_model names;
    sg_status status = sg_model_need(model, SG_NAMES_SECTION, &section, &size, err);

    if (status == SG_OK)
        status = sg_names_model_read(section, size, &names, err);
    if (status == SG_OK)
        sg_names_mark(&names, annotation, arena, scratch);
    return status;
}
