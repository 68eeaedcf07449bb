#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/model.h"

#include "../language/language_internal.h"
#include "names_crf.h"
#include "stages.h"

/* Stage "names". Two passes as in use: a first labelling of the text, and a second one that also
 * sees what the first found for the same words elsewhere in the document. For training, the first
 * labelling of each text comes from a model that has not seen it (folds). */

enum { FOLDS = 4, RUNS = 2 };

/* ---- instances ------------------------------------------------------------------------------ */

static void find_runs(sg_names_instance *instance, sg_arena *arena)
{
    const sg_document *const document = &instance->text->document;

    instance->run_first = sg_arena_alloc(arena, (document->word_count + 1) * sizeof(uint32_t));
    instance->run_count_of = sg_arena_alloc(arena, (document->word_count + 1) * sizeof(uint32_t));
    for (size_t s = 0; s < document->sentence_count; s++) {
        const size_t end = document->sentences[s].first_word + document->sentences[s].word_count;

        for (size_t i = document->sentences[s].first_word; i < end; i++) {
            const size_t first = i;

            while (i < end && sg_names_view_is_candidate(instance->view, i))
                i++;
            if (i == first)
                continue;
            instance->run_first[instance->run_count] = (uint32_t) first;
            instance->run_count_of[instance->run_count++] = (uint32_t) (i - first);
        }
    }
}

/* Words of names that stand partly outside the runs may have any label. */
static void free_cut_names(const sg_names_instance *instance)
{
    const sg_names_text *const text = instance->text;
    size_t first = 0;

    for (size_t i = 0; i < text->document.word_count; i++) {
        const unsigned label = text->labels[i];
        bool cut = false;

        if (label == SG_NAMES_OUTSIDE)
            continue;
        if (sg_names_label_place(label) == SG_NAMES_BEGIN ||
            sg_names_label_place(label) == SG_NAMES_UNIT)
            first = i;
        if (sg_names_label_place(label) < SG_NAMES_LAST)
            continue;
        for (size_t j = first; j <= i; j++)
            cut |= !sg_names_view_is_candidate(instance->view, j);
        for (size_t j = first; cut && j <= i; j++)
            text->allowed[j] = UINT32_MAX;
    }
}

static void read_features(sg_names_instance *instance, sg_names_index *index, bool count)
{
    const size_t words = instance->text->document.word_count;
    uint32_t features[SG_NAMES_FEATURES];
    size_t used = 0;
    size_t capacity = 0;

    if (!count)
        instance->offsets = sg_calloc(words + 1, sizeof *instance->offsets);
    for (size_t i = 0; i < words; i++) {
        size_t n = 0;

        if (!count)
            instance->offsets[i] = (uint32_t) used;
        if (sg_names_view_is_candidate(instance->view, i))
            n = sg_names_view_features(instance->view, i, features);
        for (size_t f = 0; f < n; f++) {
            uint32_t row;

            if (count) {
                sg_names_index_count(index, features[f]);
                continue;
            }
            row = sg_names_index_find(index, features[f]);
            if (row == SG_NAMES_NO_ROW)
                continue;
            SG_GROW(instance->rows, capacity, used + 1);
            instance->rows[used++] = row;
        }
    }
    if (!count)
        instance->offsets[words] = (uint32_t) used;
}

static void read_votes(sg_names_instance *instance, sg_names_index *index, const uint8_t *labels)
{
    const size_t words = instance->text->document.word_count;
    uint32_t features[SG_NAMES_FEATURES];
    size_t used = 0;
    size_t capacity = 0;

    sg_free(instance->document_offsets);
    sg_free(instance->document_rows);
    instance->document_rows = NULL;
    instance->document_offsets = sg_calloc(words + 1, sizeof *instance->document_offsets);
    sg_names_view_vote(instance->view, labels);
    for (size_t i = 0; i < words; i++) {
        size_t n = 0;

        instance->document_offsets[i] = (uint32_t) used;
        if (sg_names_view_is_candidate(instance->view, i))
            n = sg_names_view_document_features(instance->view, i, features);
        for (size_t f = 0; f < n; f++) {
            const uint32_t row = sg_names_index_find(index, features[f]);

            if (row == SG_NAMES_NO_ROW)
                continue;
            SG_GROW(instance->document_rows, capacity, used + 1);
            instance->document_rows[used++] = row;
        }
    }
    instance->document_offsets[words] = (uint32_t) used;
}

/* ---- measuring ------------------------------------------------------------------------------ */

typedef struct score {
    size_t right;
    size_t gold;
    size_t found;
} score;

/* Last word of the name that begins at `i`, or SIZE_MAX if none begins there. */
static size_t name_end(const uint8_t *labels, size_t count, size_t i)
{
    unsigned place;

    if (labels[i] == SG_NAMES_OUTSIDE)
        return SIZE_MAX;
    place = sg_names_label_place(labels[i]);
    if (place == SG_NAMES_UNIT)
        return i;
    if (place != SG_NAMES_BEGIN)
        return SIZE_MAX;
    while (i + 1 < count && sg_names_label_place(labels[i]) != SG_NAMES_LAST)
        i++;
    return i;
}

static void count_right(const sg_names_text *text, const uint8_t *labels, score *scores)
{
    const size_t count = text->document.word_count;

    for (size_t i = 0; i < count; i++) {
        const size_t gold = name_end(text->labels, count, i);
        const size_t found = name_end(labels, count, i);

        if (gold != SIZE_MAX)
            scores[sg_names_label_type(text->labels[i])].gold++;
        if (found != SIZE_MAX)
            scores[sg_names_label_type(labels[i])].found++;
        if (gold != SIZE_MAX && gold == found &&
            sg_names_label_type(text->labels[i]) == sg_names_label_type(labels[i]))
            scores[sg_names_label_type(labels[i])].right++;
    }
}

static double f1(const score *scores, unsigned first, unsigned last)
{
    score sum = { 0, 0, 0 };

    for (unsigned t = first; t <= last; t++) {
        sum.right += scores[t].right;
        sum.gold += scores[t].gold;
        sum.found += scores[t].found;
    }
    return sum.gold + sum.found == 0 ? 0.0
                                     : 200.0 * (double) sum.right / (double) (sum.gold + sum.found);
}

/* ---- the section ----------------------------------------------------------------------------- */

static void put(sg_strbuf *out, const void *bytes, size_t size)
{
    sg_strbuf_append(out, bytes, size);
    while (out->len % 64 != 0)
        sg_strbuf_putc(out, 0);
}

typedef struct ranked {
    float worth;
    uint32_t row;
} ranked;

static int by_worth(const void *a, const void *b)
{
    const ranked *const x = a;
    const ranked *const y = b;

    if (x->worth != y->worth)
        return x->worth < y->worth ? 1 : -1;
    return x->row < y->row ? -1 : 1;
}

static float largest(const float *row)
{
    float most = 0.0F;

    for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
        most = fabsf(row[k]) > most ? fabsf(row[k]) : most;
    return most;
}

/* Keeps the rows that matter most: large weights, and used often. */
static ranked *rank_rows(const sg_names_weights *weights, const sg_names_index *index)
{
    ranked *const order = sg_calloc(weights->row_count + 1, sizeof *order);

    for (uint32_t r = 0; r < weights->row_count; r++) {
        order[r].row = r;
        order[r].worth = largest(weights->rows + (size_t) r * SG_NAMES_STRIDE) *
                         sqrtf(sqrtf((float) index->row_uses[r]));
    }
    qsort(order, weights->row_count, sizeof *order, by_worth);
    return order;
}

enum { SLOTS = 1 << 18, ROWS = 80000 };

static void write_section(const sg_names_weights *weights, const sg_names_index *index,
                          const sg_names_lexicon *lexicon, uint32_t keep, float slope,
                          float intercept, sg_strbuf *out)
{
    ranked *const order = rank_rows(weights, index);
    const uint32_t rows = weights->row_count < keep ? weights->row_count : keep;
    uint32_t *const slots = sg_calloc(SLOTS, sizeof *slots);
    int8_t *const bytes = sg_calloc(rows + 1, SG_NAMES_STRIDE);
    sg_names_header header = { .version = SG_NAMES_VERSION,
                               .word_mask = lexicon->word_mask,
                               .phrase_mask = lexicon->phrase_mask,
                               .brown_mask = lexicon->brown_mask,
                               .leaf_count = lexicon->leaf_count,
                               .brown_count = lexicon->brown_count,
                               .slot_mask = SLOTS - 1,
                               .row_count = rows,
                               .slope = slope,
                               .intercept = intercept };
    float most = 0.0F;

    for (uint32_t r = 0; r < rows; r++)
        most = fmaxf(most, largest(weights->rows + (size_t) order[r].row * SG_NAMES_STRIDE));
    /* A few very large weights may be cut; all others gain precision. */
    header.unit = fminf(most, 3.0F) / 127.0F;
    for (uint32_t r = 0; r < rows; r++) {
        const uint32_t hash = index->row_hash[order[r].row];
        const float *const row = weights->rows + (size_t) order[r].row * SG_NAMES_STRIDE;
        uint32_t at = hash & (SLOTS - 1);

        while (slots[at] != 0)
            at = (at + 1) & (SLOTS - 1);
        slots[at] = hash >> SG_NAMES_ROW_BITS << SG_NAMES_ROW_BITS | (r + 1);
        for (unsigned k = 0; k < SG_NAMES_LABELS; k++) {
            const float value = roundf(row[k] / header.unit);

            bytes[(size_t) r * SG_NAMES_STRIDE + k] = (int8_t) fmaxf(-127.0F, fminf(127.0F, value));
        }
    }
    put(out, &header, sizeof header);
    put(out, lexicon->words, (lexicon->word_mask + 1U) * sizeof *lexicon->words);
    put(out, lexicon->phrases, (lexicon->phrase_mask + 1U) * sizeof *lexicon->phrases);
    put(out, lexicon->brown, (lexicon->brown_mask + 1U) * sizeof *lexicon->brown);
    put(out, lexicon->leaf_paths, lexicon->leaf_count * sizeof(uint32_t));
    put(out, lexicon->brown_paths, lexicon->brown_count * sizeof(uint32_t));
    put(out, weights->chain.pair, sizeof weights->chain.pair);
    put(out, slots, SLOTS * sizeof *slots);
    put(out, bytes, (size_t) rows * SG_NAMES_STRIDE);
    sg_free(order);
    sg_free(slots);
    sg_free(bytes);
}

/* ---- the stage ------------------------------------------------------------------------------- */

typedef struct source {
    const char *path; /* under the corpora folder */
    sg_names_part part;
    sg_names_scheme scheme;
    float weight;
    bool calibrates; /* confidence is fitted on it */
} source;

static const source training[] = {
    { "ner/gum-train.iob2", SG_NAMES_ALL, SG_NAMES_DERIVED, 1.0F, false },
    { "ner/wikigold.iob2", SG_NAMES_ALL, SG_NAMES_NO_EVENT, 1.0F, false },
    { "ner/crossner-politics-train.iob2", SG_NAMES_ALL, SG_NAMES_FULL, 1.5F, false },
    { "ner/uner-ewt-dev.iob2", SG_NAMES_EVEN, SG_NAMES_THREE, 1.0F, false },
};

static const source measuring[] = {
    { "ner/uner-ewt-dev.iob2", SG_NAMES_ODD, SG_NAMES_THREE, 1.0F, true },
    { "ner/crossner-politics-dev.iob2", SG_NAMES_ALL, SG_NAMES_FULL, 1.0F, false },
    { "ner/gum-dev.iob2", SG_NAMES_ALL, SG_NAMES_DERIVED, 1.0F, true },
};

/* What the description of the model says of this stage, before the scores. */
#define SOURCES                                                                                    \
 "trained on GUM (texts CC BY, CC BY-SA or public domain; annotation CC BY 4.0), WikiGold (CC "    \
 "BY 4.0), CrossNER politics train (MIT), every other document of Universal NER's EWT dev "        \
 "part, the first included (CC BY-SA 4.0), Wikinews articles (CC BY 2.5), articles invented for "  \
 "this (MIT); lists: GeoNames (CC BY 4.0), "                                                       \
 "world-countries (ODbL 1.0), humannames and Phoenix actors (MIT), stdlib first names (Apache "    \
 "2.0), congress-legislators (CC0), WordNet 3.0 (WordNet licence), clusters of GloVe (PDDL); "     \
 "F1 of PER, ORG and LOC on text not trained on: "

/* Folders of articles with listed actors, beside the corpora folder. */
#define TRAINING_ARTICLES  "../train/wikinews"
#define MEASURING_ARTICLES ".."
/* Of articles written for training: there are many, and real ones are what is read later. */
#define CODED_WEIGHT 0.5F

enum { FILES = sizeof measuring / sizeof *measuring, MEASURED = FILES + 1 };

typedef struct stage {
    const sg_train_options *options;
    sg_names_lists *lists;
    sg_names_corpus corpus;
    sg_names_corpus tests[MEASURED];
    sg_arena *arena;
    sg_names_instance *instances;
    sg_names_index index;
    sg_names_weights weights;
    sg_names_weights mean; /* of the last half of each run: steadier than the last */
    float slope;           /* of the confidence, fitted at the end */
    float intercept;
    sg_random random;
    sg_strbuf section;
    sg_strbuf about;
} stage;

static sg_status read_sources(stage *s, const source *sources, size_t count, sg_names_corpus *each,
                              bool apart, sg_error *err)
{
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < count; i++) {
        sg_strbuf_reset(&path);
        sg_strbuf_printf(&path, "%s/%s", s->options->corpora, sources[i].path);
        status = sg_names_corpus_read(apart ? &each[i] : each, path.data, sources[i].part,
                                      sources[i].scheme, sources[i].weight, err);
    }
    sg_strbuf_clear(&path);
    return status;
}

static sg_status read_articles(stage *s, sg_error *err)
{
    const sg_names_lexicon *const lexicon = sg_names_lists_lexicon(s->lists);
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status;

    sg_strbuf_printf(&path, "%s/" TRAINING_ARTICLES, s->options->corpora);
    status = sg_names_corpus_read_articles(&s->corpus, path.data, lexicon, 1.0F, err);
    sg_strbuf_reset(&path);
    sg_strbuf_printf(&path, "%s/" MEASURING_ARTICLES, s->options->corpora);
    if (status == SG_OK)
        status = sg_names_corpus_read_articles(&s->tests[FILES], path.data, lexicon, 1.0F, err);
    if (status == SG_OK)
        status =
            sg_names_corpus_read_coded(&s->corpus, s->options->coded, lexicon, CODED_WEIGHT, err);
    sg_strbuf_clear(&path);
    return status;
}

/* Tags by our own tagger, as in use; its sections must be in the writer. */
static sg_status tag_corpus(const sg_model *model, sg_names_corpus *corpus, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < corpus->count; i++) {
        sg_names_text *const text = &corpus->texts[i];
        sg_annotation annotation = { .document = &text->document };
        sg_arena *const scratch = sg_arena_new();

        annotation.words =
            sg_arena_calloc(corpus->arena, text->document.word_count + 1, sizeof *annotation.words);
        status = sg_syntax_run(model, &annotation, scratch, err);
        text->tags = annotation.words;
        sg_arena_free(scratch);
    }
    return status;
}

static sg_status tag_all(stage *s, sg_model_writer *writer, sg_error *err)
{
    sg_model *model = NULL;
    sg_status status = sg_model_writer_open(writer, &model, err);

    if (status == SG_OK)
        status = tag_corpus(model, &s->corpus, err);
    for (size_t t = 0; status == SG_OK && t < MEASURED; t++)
        status = tag_corpus(model, &s->tests[t], err);
    sg_model_close(model);
    return status;
}

static void prepare(stage *s)
{
    const sg_names_lexicon *const lexicon = sg_names_lists_lexicon(s->lists);
    uint32_t features[SG_NAMES_FEATURES];

    s->instances = sg_calloc(s->corpus.count + 1, sizeof *s->instances);
    for (size_t i = 0; i < s->corpus.count; i++) {
        sg_names_instance *const instance = &s->instances[i];
        sg_names_text *const text = &s->corpus.texts[i];

        text->fold = (uint32_t) (i % FOLDS);
        instance->text = text;
        instance->view = sg_names_view_new(lexicon, &text->document, text->tags, s->arena);
        sg_names_corpus_allow(text, lexicon);
        find_runs(instance, s->arena);
        free_cut_names(instance);
        read_features(instance, &s->index, true);
        /* The gold labels stand in for the votes, to see which features they can give. */
        sg_names_view_vote(instance->view, text->labels);
        for (size_t w = 0; w < text->document.word_count; w++)
            if (sg_names_view_is_candidate(instance->view, w))
                for (size_t n = sg_names_view_document_features(instance->view, w, features);
                     n-- > 0;)
                    sg_names_index_count(&s->index, features[n]);
    }
    sg_names_index_number(&s->index, 2);
    for (size_t i = 0; i < s->corpus.count; i++)
        read_features(&s->instances[i], &s->index, false);
    sg_train_report("names: %zu texts, %u features", s->corpus.count, s->index.row_count);
}

/* First labellings of each text by a model that has not seen it. */
static void label_by_folds(stage *s)
{
    struct sg_names_settings settings = {
        .epochs = 6, .rate = 0.05F, .decay = 1e-3F, .drop = 0.5F, .drop_votes = 1.0F
    };

    for (int fold = 0; fold < FOLDS; fold++) {
        sg_names_weights weights;
        score scores[SG_NAMES_TYPES] = { { 0, 0, 0 } };

        settings.skip_fold = fold;
        sg_names_weights_init(&weights, s->index.row_count);
        sg_names_weights_train(&weights, s->instances, s->corpus.count, &settings, &s->random);
        for (size_t i = 0; i < s->corpus.count; i++) {
            sg_names_instance *const instance = &s->instances[i];
            uint8_t *labels;

            if (instance->text->fold != (uint32_t) fold)
                continue;
            labels = sg_arena_alloc(s->arena, instance->text->document.word_count + 1);
            sg_names_weights_label(&weights, instance, false, labels);
            count_right(instance->text, labels, scores);
            read_votes(instance, &s->index, labels);
        }
        sg_train_report("names: fold %d, F1 %.2f", fold, f1(scores, 0, 2));
        sg_names_weights_clear(&weights);
    }
}

/* Labels of a document as the program gives them. */
static void labels_in_use(const sg_names_model *model, const sg_names_text *text, uint8_t *labels,
                          sg_arena *arena)
{
    sg_annotation annotation = { .document = &text->document, .words = text->tags };

    sg_names_mark(model, &annotation, arena, arena);
    memset(labels, SG_NAMES_OUTSIDE, text->document.word_count);
    for (size_t e = 0; e < annotation.entity_count; e++) {
        const sg_entity *const entity = &annotation.entities[e];
        const size_t last = entity->first_word + entity->word_count - 1;

        for (size_t i = entity->first_word; i <= last; i++)
            labels[i] = sg_names_label(entity->type, last == entity->first_word ? SG_NAMES_UNIT
                                                     : i == entity->first_word  ? SG_NAMES_BEGIN
                                                     : i == last                ? SG_NAMES_LAST
                                                                                : SG_NAMES_INSIDE);
    }
}

/* ---- confidence ------------------------------------------------------------------------------ */

typedef struct sample {
    double logit;
    bool right;
} sample;

/* Logistic curve through the samples by Newton's method (Platt 1999). */
static void fit_curve(const sample *samples, size_t count, float *slope, float *intercept)
{
    double a = 1.0;
    double b = 0.0;

    for (int round = 0; round < 60; round++) {
        double ga = 0.0;
        double gb = 0.0;
        double haa = 1e-3;
        double hab = 0.0;
        double hbb = 1e-3;
        double determinant;

        for (size_t i = 0; i < count; i++) {
            const double x = samples[i].logit;
            const double p = 1.0 / (1.0 + exp(-(a * x + b)));
            const double w = p * (1.0 - p);

            ga += ((double) samples[i].right - p) * x;
            gb += (double) samples[i].right - p;
            haa += w * x * x;
            hab += w * x;
            hbb += w;
        }
        determinant = haa * hbb - hab * hab;
        /* Steps are kept short: far from the solution Newton's method overshoots. */
        a += fmax(-0.2, fmin(0.2, (hbb * ga - hab * gb) / determinant));
        b += fmax(-0.2, fmin(0.2, (haa * gb - hab * ga) / determinant));
    }
    *slope = (float) a;
    *intercept = (float) b;
}

/* Persons, organisations and places of the news and web texts that were not trained on. */
static sg_status calibrate(stage *s, sg_error *err)
{
    sg_arena *const arena = sg_arena_new();
    sample *samples = NULL;
    size_t capacity = 0;
    size_t count = 0;
    sg_names_model model;
    const sg_status status = sg_names_model_read(s->section.data, s->section.len, &model, err);

    for (size_t t = 0; status == SG_OK && t < FILES; t++)
        for (size_t i = 0; measuring[t].calibrates && i < s->tests[t].count; i++) {
            const sg_names_text *const text = &s->tests[t].texts[i];
            sg_annotation annotation = { .document = &text->document, .words = text->tags };

            sg_names_mark(&model, &annotation, arena, arena);
            for (size_t e = 0; e < annotation.entity_count; e++) {
                const sg_entity *const entity = &annotation.entities[e];
                const double p = fmin(fmax((double) entity->confidence, 1e-6), 1.0 - 1e-6);
                const size_t end =
                    name_end(text->labels, text->document.word_count, entity->first_word);

                if (entity->type > SG_ENTITY_LOCATION)
                    continue;
                SG_GROW(samples, capacity, count + 1);
                samples[count].logit = log(p / (1.0 - p));
                samples[count++].right = end == entity->first_word + entity->word_count - 1U &&
                                         sg_names_label_type(text->labels[entity->first_word]) ==
                                             (unsigned) entity->type;
            }
        }
    fit_curve(samples, count, &s->slope, &s->intercept);
    sg_train_report("names: confidence of %zu names: slope %.3f, intercept %.3f", count,
                    (double) s->slope, (double) s->intercept);
    sg_free(samples);
    sg_arena_free(arena);
    return status;
}

static sg_status measure(stage *s, bool about, sg_error *err)
{
    sg_arena *const arena = sg_arena_new();
    sg_names_model model;
    sg_status status;

    sg_strbuf_reset(&s->section);
    write_section(&s->mean, &s->index, sg_names_lists_lexicon(s->lists), ROWS, s->slope,
                  s->intercept, &s->section);
    status = sg_names_model_read(s->section.data, s->section.len, &model, err);
    for (size_t t = 0; status == SG_OK && t < MEASURED; t++) {
        const char *const name = t < FILES ? measuring[t].path : "articles";
        score scores[SG_NAMES_TYPES] = { { 0, 0, 0 } };

        for (size_t i = 0; i < s->tests[t].count; i++) {
            sg_names_text *const text = &s->tests[t].texts[i];
            uint8_t *const labels = sg_arena_alloc(arena, text->document.word_count + 1);

            labels_in_use(&model, text, labels, arena);
            count_right(text, labels, scores);
        }
        sg_train_report(
            "names: %-34s PER+ORG+LOC %.2f  PER %.2f ORG %.2f LOC %.2f EVENT %.2f MISC %.2f", name,
            f1(scores, 0, 2), f1(scores, 0, 0), f1(scores, 1, 1), f1(scores, 2, 2),
            f1(scores, 3, 3), f1(scores, 4, 4));
        if (about)
            sg_strbuf_printf(&s->about, "%s %.2f; ", name, f1(scores, 0, 2));
    }
    sg_arena_free(arena);
    return status;
}

/* One run from nothing; its last half is added to the mean, which holds `averaged` weights. */
static int train_run(stage *s, int run, int epochs, int averaged)
{
    struct sg_names_settings settings = {
        .epochs = 1, .decay = 1e-3F, .drop = 0.5F, .drop_votes = 0.3F, .skip_fold = -1
    };

    sg_names_weights_clear(&s->weights);
    sg_names_weights_init(&s->weights, s->index.row_count);
    for (int epoch = 0; epoch < epochs; epoch++) {
        double loss;

        settings.rate = 0.03F / (1.0F + 0.15F * (float) epoch);
        loss = sg_names_weights_train(&s->weights, s->instances, s->corpus.count, &settings,
                                      &s->random);
        if (epoch >= epochs / 2)
            sg_names_weights_average(&s->mean, &s->weights, ++averaged);
        sg_train_report("names: run %d, epoch %d, loss %.4f", run, epoch + 1, loss);
    }
    return averaged;
}

static sg_status train(stage *s, sg_error *err)
{
    const int epochs = s->options->epochs > 0 ? s->options->epochs : 10;
    int averaged = 0;
    sg_status status = SG_OK;

    sg_strbuf_puts(&s->about, SOURCES);
    label_by_folds(s);
    sg_names_weights_init(&s->mean, s->index.row_count);
    for (int run = 1; status == SG_OK && run <= RUNS; run++) {
        averaged = train_run(s, run, epochs, averaged);
        status = measure(s, run == RUNS, err);
    }
    if (status == SG_OK)
        status = calibrate(s, err);
    if (status == SG_OK) {
        sg_strbuf_reset(&s->section);
        write_section(&s->mean, &s->index, sg_names_lists_lexicon(s->lists), ROWS, s->slope,
                      s->intercept, &s->section);
    }
    return status;
}

sg_status sg_train_names(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    stage s = { .options = options, .slope = 1.0F };
    sg_status status;
    size_t count;

    s.arena = sg_arena_new();
    sg_random_init(&s.random, options->seed);
    sg_names_corpus_init(&s.corpus);
    for (size_t t = 0; t < MEASURED; t++)
        sg_names_corpus_init(&s.tests[t]);
    status = sg_names_lists_new(options->corpora, "data/lexicons", &s.lists, err);
    if (status == SG_OK)
        status =
            read_sources(&s, training, sizeof training / sizeof *training, &s.corpus, false, err);
    /* One sentence in twelve again as a headline in capitals, and one in title case. */
    count = s.corpus.count;
    sg_names_corpus_recase(&s.corpus, count, SG_NAMES_SHOUTED, 3, 12);
    sg_names_corpus_recase(&s.corpus, count, SG_NAMES_TITLED, 9, 12);
    if (status == SG_OK)
        status = read_sources(&s, measuring, FILES, s.tests, true, err);
    if (status == SG_OK)
        status = read_articles(&s, err);
    if (status == SG_OK)
        status = tag_all(&s, writer, err);
    if (status == SG_OK) {
        prepare(&s);
        status = train(&s, err);
    }
    if (status == SG_OK) {
        sg_model_writer_put(writer, SG_NAMES_SECTION, s.section.data, s.section.len);
        sg_model_writer_describe(writer, "names", sg_strbuf_text(&s.about));
    }
    for (size_t i = 0; s.instances != NULL && i < s.corpus.count; i++) {
        sg_free(s.instances[i].offsets);
        sg_free(s.instances[i].rows);
        sg_free(s.instances[i].document_offsets);
        sg_free(s.instances[i].document_rows);
    }
    sg_free(s.instances);
    sg_names_index_clear(&s.index);
    sg_names_weights_clear(&s.weights);
    sg_names_weights_clear(&s.mean);
    sg_names_corpus_clear(&s.corpus);
    for (size_t t = 0; t < MEASURED; t++)
        sg_names_corpus_clear(&s.tests[t]);
    sg_names_lists_free(s.lists);
    sg_strbuf_clear(&s.section);
    sg_strbuf_clear(&s.about);
    sg_arena_free(s.arena);
    return status;
}
