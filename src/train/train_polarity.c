/* The stage of polarity: how a holder in a sentence feels about a target (src/extract/polarity*.c),
 * from sentences with two marked names and the sentiment of each towards the other
 * (directed-sentiment: Park, Pan and Joo 2021), and from sentences with one marked person and what
 * is said of him (NewsMTSC: Hamborg and Donnay 2021; the holder is then the one who speaks).
 * Sentences of one fold are never in another. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/map.h"

#include "../extract/polarity_internal.h"
#include "pair_train.h"
#include "stages.h"

#define FOLDS      5
#define EPOCHS     8
#define SEEN_LEAST 2  /* features rarer than this are dropped */
#define BATCH      64 /* sentences annotated together */

typedef enum source { DIRECTED, SPOKEN } source;

/* One line of a corpus. */
typedef struct row {
    const char *text;
    size_t len;
    uint32_t start[2]; /* bytes of the marked names; of one in NewsMTSC */
    uint32_t end[2];
    source source;
    int sign;   /* +1, -1, 0 */
    int holder; /* which of the two holds the sentiment */
    uint32_t fold;
    uint32_t examples[2]; /* p towards q, q towards p; or the speaker's */
    bool read;
} row;

typedef struct trainer {
    const sg_train_options *options;
    sg_arena *arena;
    row *corpus;
    size_t count;
    size_t capacity;
    sg_pair_trainer *pairs;
} trainer;

/* ---- corpora ---- */

static uint32_t byte_at(const char *text, size_t len, uint32_t code_point)
{
    size_t at = 0;

    while (at < len && (code_point > 0 || ((unsigned char) text[at] & 0xC0) == 0x80)) {
        at++;
        if (at == len || ((unsigned char) text[at] & 0xC0) != 0x80)
            code_point--;
    }
    return (uint32_t) at;
}

static bool cut(const char *line, size_t len, const char *cells[], size_t lens[], size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        const char *tab = memchr(line, '\t', len);

        if (tab == NULL)
            return false;
        cells[i] = line;
        lens[i] = (size_t) (tab - line);
        len -= lens[i] + 1;
        line = tab + 1;
    }
    cells[count - 1] = line;
    lens[count - 1] = len;
    return true;
}

static uint32_t number(const char *text)
{
    return (uint32_t) strtoul(text, NULL, 10);
}

static void add_line(trainer *t, source from, const char *line, size_t len, sg_map *known)
{
    size_t count = from == DIRECTED ? 7 : 5;
    const char *cells[7];
    size_t lens[7];
    row *r;

    /* The same line may stand twice; the first cell, its number, says nothing. */
    if (!cut(line, len, cells, lens, count))
        return;
    if (!sg_map_put(known, cells[1], len - (size_t) (cells[1] - line), 1))
        return;
    SG_GROW(t->corpus, t->capacity, t->count + 1);
    r = &t->corpus[t->count++];
    memset(r, 0, sizeof *r);
    r->source = from;
    r->text = cells[count - 1];
    r->len = lens[count - 1];
    r->sign = memcmp(cells[1], "pos", 3) == 0 ? 1 : memcmp(cells[1], "neg", 3) == 0 ? -1 : 0;
    if (memcmp(cells[1], "neutral", 3) == 0)
        r->sign = 0;
    r->holder = from == DIRECTED && lens[1] > 4 && memcmp(cells[1] + 4, "q2p", 3) == 0;
    for (size_t i = 0; i < (from == DIRECTED ? 2U : 1U); i++) {
        r->start[i] = byte_at(r->text, r->len, number(cells[2 + 2 * i]));
        r->end[i] = byte_at(r->text, r->len, number(cells[3 + 2 * i]));
    }
    r->fold = (uint32_t) (sg_hash_bytes(r->text, r->len, 5) % FOLDS);
}

static sg_status read_corpus(trainer *t, source from, const char *path, sg_error *err)
{
    sg_strbuf text = SG_STRBUF_INIT;
    sg_map *known = sg_map_new();
    sg_status status = sg_file_read(path, 0, &text, err);

    if (status == SG_OK) {
        const char *at = sg_arena_strndup(t->arena, sg_strbuf_text(&text), text.len);
        const char *end = at + text.len;

        while (at < end) {
            const char *stop = memchr(at, '\n', (size_t) (end - at));

            if (stop == NULL)
                stop = end;
            add_line(t, from, at, (size_t) (stop - at), known);
            at = stop + 1;
        }
    }
    sg_map_free(known);
    sg_strbuf_clear(&text);
    return status;
}

/* ---- examples ---- */

static uint32_t word_of(const sg_reading *r, uint32_t start, uint32_t end)
{
    uint32_t first = SG_NO_WORD;
    uint32_t past = 0;

    for (uint32_t w = 0; w < r->word_count; w++) {
        if (r->document->words[w].end <= start || r->document->words[w].start >= end)
            continue;
        if (first == SG_NO_WORD)
            first = w;
        past = w + 1;
    }
    return first == SG_NO_WORD ? SG_NO_WORD : sg_span_head(r, first, past);
}

static uint32_t add_example(trainer *t, const sg_reading *r, const sg_polarity_words *words,
                            uint32_t holder, uint32_t target)
{
    sg_pair_features features;

    features.count = 0;
    features.mean_count = 0;
    sg_polarity_features_of(r, words, holder, target, &features);
    return sg_pair_trainer_add(t->pairs, &features);
}

static void add_examples(trainer *t, row *line, const sg_reading *r, const sg_polarity_words *words,
                         uint32_t offset)
{
    uint32_t p = word_of(r, line->start[0] + offset, line->end[0] + offset);
    uint32_t q;

    if (p == SG_NO_WORD)
        return;
    if (line->source == SPOKEN) {
        line->examples[0] = add_example(t, r, words, SG_NO_WORD, p);
        line->read = true;
        return;
    }
    q = word_of(r, line->start[1] + offset, line->end[1] + offset);
    if (q == SG_NO_WORD || q == p)
        return;
    line->examples[0] = add_example(t, r, words, p, q);
    line->examples[1] = add_example(t, r, words, q, p);
    line->read = true;
}

/* Annotates some lines as one document, a paragraph each. */
static sg_status read_batch(trainer *t, const sg_model *model, size_t from, size_t to,
                            sg_error *err)
{
    struct sg_extract_options options = SG_EXTRACT_OPTIONS_INIT;
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    uint32_t offsets[BATCH];
    sg_status status;

    for (size_t i = from; i < to; i++) {
        offsets[i - from] = (uint32_t) text.len;
        sg_strbuf_append(&text, t->corpus[i].text, t->corpus[i].len);
        sg_strbuf_append(&text, "\n\n", 2);
    }
    status = sg_document_read("corpus", sg_strbuf_text(&text), text.len, arena, &document, err);
    if (status == SG_OK)
        status = sg_annotate(model, document, arena, &annotation, err);
    if (status == SG_OK) {
        sg_reading *r = sg_reading_new(annotation, &options, arena);
        sg_polarity_words *words = sg_polarity_words_new(r);

        for (size_t i = from; i < to; i++)
            add_examples(t, &t->corpus[i], r, words, offsets[i - from]);
    }
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return status;
}

/* ---- learning ---- */

/* Learns from all lines but those of `fold` (FOLDS: from all). */
static void learn(trainer *t, uint32_t fold_left_out)
{
    int epochs = t->options->epochs > 0 ? t->options->epochs : EPOCHS;
    size_t *order = sg_malloc((t->count + 1) * sizeof *order);

    sg_pair_trainer_start(t->pairs);
    for (int epoch = 0; epoch < epochs; epoch++) {
        sg_pair_trainer_shuffle(t->pairs, order, t->count);
        for (size_t i = 0; i < t->count; i++) {
            const row *r = &t->corpus[order[i]];

            if (!r->read || r->fold == fold_left_out)
                continue;
            if (r->source == SPOKEN) {
                sg_pair_trainer_learn(t->pairs, r->examples[0], r->sign, 1.0F);
                continue;
            }
            sg_pair_trainer_learn(t->pairs, r->examples[r->holder], r->sign, 1.0F);
            sg_pair_trainer_learn(t->pairs, r->examples[1 - r->holder], 0, 1.0F);
        }
    }
    sg_free(order);
}

/* ---- how good it is ---- */

/* Scores of a line by weights that never saw it. */
typedef struct verdict {
    float scores[2][SG_PAIR_SIGNS];
} verdict;

static int gold_class(const row *r)
{
    return r->sign == 0 ? 0 : 1 + 2 * (r->sign < 0) + r->holder;
}

/* 0 neutral, 1 and 2 positive from p and from q, 3 and 4 negative. */
static int five_class(const verdict *v, float bonus)
{
    float best = 0;
    int found = 0;

    for (int c = 0; c < 4; c++) {
        float score = v->scores[c % 2][c / 2] + bonus;

        if (score > best) {
            best = score;
            found = c + 1;
        }
    }
    return found;
}

static double macro_f1(const trainer *t, const verdict *verdicts, source from, float bonus)
{
    size_t right[5] = { 0 };
    size_t said[5] = { 0 };
    size_t wanted[5] = { 0 };
    int classes = from == DIRECTED ? 5 : 3;
    double sum = 0;

    for (size_t i = 0; i < t->count; i++) {
        const row *r = &t->corpus[i];
        int gold;
        int found;

        if (r->source != from || !r->read)
            continue;
        gold = gold_class(r);
        found = five_class(&verdicts[i], bonus);
        if (from == SPOKEN) {
            gold = (gold + 1) / 2;
            found = (found + 1) / 2;
        }
        right[gold] += gold == found;
        said[found]++;
        wanted[gold]++;
    }
    for (int c = 0; c < classes; c++)
        sum += 2.0 * (double) right[c] / ((double) (said[c] + wanted[c]) + 1e-9);
    return sum / classes;
}

/* Share of the lines with a sentiment whose sign is right when its direction is known. */
static double sign_accuracy(const trainer *t, const verdict *verdicts, source from)
{
    size_t right = 0;
    size_t all = 0;

    for (size_t i = 0; i < t->count; i++) {
        const row *r = &t->corpus[i];
        const float *scores = verdicts[i].scores[r->holder];

        if (r->source != from || !r->read || r->sign == 0)
            continue;
        all++;
        right += (scores[0] > scores[1]) == (r->sign > 0);
    }
    return (double) right / ((double) all + 1e-9);
}

static void judge_fold(trainer *t, uint32_t fold, verdict *verdicts)
{
    for (size_t i = 0; i < t->count; i++) {
        const row *r = &t->corpus[i];

        if (!r->read || r->fold != fold)
            continue;
        for (size_t side = 0; side < (r->source == DIRECTED ? 2U : 1U); side++)
            sg_pair_trainer_scores(t->pairs, r->examples[side], verdicts[i].scores[side]);
        if (r->source == SPOKEN)
            verdicts[i].scores[1][0] = verdicts[i].scores[1][1] = -1e9F;
    }
}

static void cross_validate(trainer *t, sg_strbuf *about)
{
    verdict *verdicts = sg_calloc(t->count + 1, sizeof *verdicts);
    float best = 0;

    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learn(t, fold);
        judge_fold(t, fold, verdicts);
    }
    for (int i = -2; i <= 6; i++) {
        float bonus = 0.25F * (float) i;

        sg_train_report("polarity: bonus %.2f  five classes: macro F1 %.3f; speaker: macro F1 %.3f",
                        (double) bonus, macro_f1(t, verdicts, DIRECTED, bonus),
                        macro_f1(t, verdicts, SPOKEN, bonus));
        if (macro_f1(t, verdicts, DIRECTED, bonus) > macro_f1(t, verdicts, DIRECTED, best))
            best = bonus;
    }
    sg_strbuf_printf(about,
                     "Learned from directed sentiment in news sentences (Park, Pan and Joo 2021, "
                     "used by citing the paper) and NewsMTSC (Hamborg and Donnay 2021, MIT). "
                     "Five-fold cross-validated: macro F1 over five classes %.3f, sign where there "
                     "is one %.3f; towards persons macro F1 %.3f, sign %.3f.",
                     macro_f1(t, verdicts, DIRECTED, best), sign_accuracy(t, verdicts, DIRECTED),
                     macro_f1(t, verdicts, SPOKEN, 0), sign_accuracy(t, verdicts, SPOKEN));
    sg_free(verdicts);
}

/* ---- all of it ---- */

static sg_status read_examples(trainer *t, const sg_model *model, sg_error *err)
{
    const char *corpora = t->options->corpora;
    sg_status status = read_corpus(
        t, DIRECTED, sg_arena_printf(t->arena, "%s/directed-sentiment/train.tsv", corpora), err);

    if (status == SG_OK)
        status = read_corpus(t, SPOKEN, sg_arena_printf(t->arena, "%s/newsmtsc/train.tsv", corpora),
                             err);
    for (size_t i = 0; i < t->count && status == SG_OK; i += BATCH)
        status = read_batch(t, model, i, i + BATCH < t->count ? i + BATCH : t->count, err);
    if (status != SG_OK)
        return status;
    sg_train_report("polarity: %zu lines, %zu examples", t->count, sg_pair_trainer_count(t->pairs));
    sg_pair_trainer_drop_rare(t->pairs, SEEN_LEAST);
    return SG_OK;
}

sg_status sg_train_polarity(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    static const sg_pair_rates rates = {
        .rows = 0.05F, .dense = 0.01F, .l2 = 1e-4F, .kept = 0.85F
    };
    trainer t = { .options = options, .arena = sg_arena_new() };
    sg_model *model = NULL;
    sg_strbuf about = SG_STRBUF_INIT;
    sg_status status = sg_model_writer_open(writer, &model, err);

    if (status == SG_OK) {
        t.pairs = sg_pair_trainer_new(sg_word_vectors_new(model, t.arena), &rates, options->seed);
        status = read_examples(&t, model, err);
    }
    if (status == SG_OK) {
        cross_validate(&t, &about);
        learn(&t, FOLDS);
        sg_pair_trainer_put(t.pairs, 0, SG_POLARITY_SECTION, writer);
        sg_model_writer_describe(writer, "polarity", sg_strbuf_text(&about));
        sg_train_report("%s", sg_strbuf_text(&about));
    }
    sg_free(t.corpus);
    sg_pair_trainer_free(t.pairs);
    sg_strbuf_clear(&about);
    sg_model_close(model);
    sg_arena_free(t.arena);
    return status;
}
