/* The stage that tags and parses: reads the treebanks, trains the network, writes its sections. */

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "stance/strbuf.h"

#include "../language/language_internal.h"
#include "../language/nn.h"
#include "../language/nn16.h"
#include "quotations.h"
#include "stages.h"
#include "syntax_net.h"
#include "syntax_vocabulary.h"
#include "treebank.h"

#define BATCH_WORDS 500
#define EPOCHS      24
#define RATE        0.002f
#define DROPOUT     0.3f
#define WORD_DROP   0.12f /* share of words that lose their learned row */
#define VECTOR_DROP 0.04f /* share of words that lose everything but affixes and shape */
#define TITLE_SHARE 0.04f /* share of sentences in the case of headlines */
#define LOWER_SHARE 0.04f
#define UPPER_SHARE 0.02f
#define QUOTATIONS  500   /* made-up sentences: one in forty */
#define NO_END      0.05f /* share of sentences that lose their final punctuation */

static const char *const train_files[] = { "ud/ewt-train.conllu", "ud/gum-train.conllu" };
static const char *const dev_files[] = { "ud/ewt-dev.conllu", "ud/gum-dev.conllu" };
#define DEV_COUNT (sizeof dev_files / sizeof *dev_files)

typedef struct scores {
    size_t words, upos, xpos, heads, relations;
} scores;

typedef struct trainer {
    const sg_train_options *options;
    sg_arena *arena;
    sg_treebank bank;
    sg_treebank dev[DEV_COUNT];
    sg_vocabulary vocabulary;
    sg_syntax_config config;
    sg_net *net;
    sg_net_batch batch;
    sg_random random;
    uint32_t *order;
    scores dev_scores[DEV_COUNT];
} trainer;

/* ---- batches ------------------------------------------------------------------------------- */

static void batch_init(sg_net_batch *batch, sg_arena *arena)
{
    batch->words = sg_arena_calloc(arena, SG_NET_MAX_ROWS + 1, sizeof *batch->words);
    batch->gold = sg_arena_calloc(arena, SG_NET_MAX_ROWS + 1, sizeof *batch->gold);
    batch->first = sg_arena_calloc(arena, SG_NET_MAX_ROWS + 2, sizeof *batch->first);
}

static void recase(char *form, sg_syntax_case wanted, bool all_words)
{
    size_t len = strlen(form);

    if (wanted == SG_SYNTAX_CASE_TITLE) {
        if (form[0] >= 'a' && form[0] <= 'z' && strcmp(form, "n't") != 0 && (all_words || len > 3))
            form[0] = (char) (form[0] - 32);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (wanted == SG_SYNTAX_CASE_LOWER && form[i] >= 'A' && form[i] <= 'Z')
            form[i] = (char) (form[i] + 32);
        if (wanted == SG_SYNTAX_CASE_UPPER && form[i] >= 'a' && form[i] <= 'z')
            form[i] = (char) (form[i] - 32);
    }
}

/* The form as it is shown to the network this time. */
static const char *shown_form(const char *form, sg_syntax_case wanted, bool all_words,
                              char buffer[256])
{
    size_t len = strlen(form);

    if (wanted == SG_SYNTAX_CASE_NORMAL || len >= 256)
        return form;
    memcpy(buffer, form, len + 1);
    recase(buffer, wanted, all_words);
    return buffer;
}

/* Words of the sentence without a final full stop, sometimes. */
static size_t shown_count(const sg_tree_sentence *sentence, sg_random *random)
{
    size_t last = sentence->count;

    if (random == NULL || last < 3 || sentence->words[last - 1].upos != SG_PUNCT ||
        sg_random_unit(random) >= NO_END)
        return last;
    for (size_t i = 0; i < last; i++) {
        if (sentence->words[i].head == last)
            return last;
    }
    return last - 1;
}

static sg_syntax_case shown_case(sg_random *random)
{
    float dice = random != NULL ? sg_random_unit(random) : 1;

    if (dice < TITLE_SHARE)
        return SG_SYNTAX_CASE_TITLE;
    if (dice < TITLE_SHARE + LOWER_SHARE)
        return SG_SYNTAX_CASE_LOWER;
    if (dice < TITLE_SHARE + LOWER_SHARE + UPPER_SHARE)
        return SG_SYNTAX_CASE_UPPER;
    return SG_SYNTAX_CASE_NORMAL;
}

static void drop_word(sg_syntax_word *word, sg_random *random)
{
    float dice = sg_random_unit(random);

    if (dice < WORD_DROP)
        word->rows[SG_SYNTAX_WORD_ROW] = SG_SYNTAX_NO_ROW;
    if (dice < VECTOR_DROP) {
        word->vector = SG_SYNTAX_NO_ROW;
        word->rows[SG_SYNTAX_CLUSTER] = SG_SYNTAX_NO_ROW;
        word->rows[SG_SYNTAX_CLUSTER_6] = SG_SYNTAX_NO_ROW;
    }
}

/* `random` is NULL when the sentence is to be shown as it is. */
static void batch_add(trainer *t, const sg_tree_sentence *sentence, sg_random *random)
{
    sg_net_batch *batch = &t->batch;
    sg_syntax_case wanted = shown_case(random);
    bool all_words = wanted == SG_SYNTAX_CASE_TITLE && sg_random_below(random, 2) == 0;
    size_t count = shown_count(sentence, random);
    sg_syntax_case_count capitals = { 0, 0, 0 };
    char buffer[256];

    for (size_t i = 0; i < count; i++) {
        const char *form = shown_form(sentence->words[i].form, wanted, all_words, buffer);

        sg_syntax_case_add(&capitals, form, strlen(form));
    }
    sg_syntax_look_root(t->config.word_rows, &batch->words[batch->rows]);
    batch->gold[batch->rows] = (sg_net_gold){ SG_UPOS_COUNT, SG_XPOS_COUNT, 0, 0 };
    batch->rows++;
    for (size_t i = 0; i < count; i++) {
        const sg_tree_word *word = &sentence->words[i];
        const char *form = shown_form(word->form, wanted, all_words, buffer);

        sg_syntax_look(&t->vocabulary.index, t->config.word_rows, form, strlen(form), i == 0,
                       sg_syntax_case_of(&capitals), &batch->words[batch->rows]);
        if (random != NULL)
            drop_word(&batch->words[batch->rows], random);
        batch->gold[batch->rows++] =
            (sg_net_gold){ word->upos, word->xpos, word->deprel, word->head };
    }
    batch->first[++batch->sentences] = batch->rows;
}

static void batch_reset(sg_net_batch *batch)
{
    batch->rows = 0;
    batch->sentences = 0;
    batch->first[0] = 0;
}

/* ---- scores on the development parts ------------------------------------------------------- */

/* Relations count without their subtypes, as usual. */
static bool same_relation(uint8_t a, uint8_t b)
{
    const char *x = sg_deprel_name(a);
    const char *y = sg_deprel_name(b);
    size_t n = strcspn(x, ":");

    return n == strcspn(y, ":") && strncmp(x, y, n) == 0;
}

static void count_right(const sg_tree_sentence *sentence, const sg_net_gold *found, scores *sum)
{
    for (size_t i = 0; i < sentence->count; i++) {
        const sg_tree_word *gold = &sentence->words[i];

        sum->words++;
        sum->upos += found[i].upos == gold->upos;
        sum->xpos += found[i].xpos == gold->xpos;
        if (found[i].head == gold->head) {
            sum->heads++;
            sum->relations += same_relation(found[i].deprel, gold->deprel);
        }
    }
}

static scores measure(trainer *t, const sg_treebank *bank)
{
    scores sum = { 0, 0, 0, 0, 0 };

    for (size_t s = 0; s < bank->count; s++) {
        if (bank->sentences[s].count > SG_NET_MAX_SENTENCE)
            continue;
        batch_reset(&t->batch);
        batch_add(t, &bank->sentences[s], NULL);
        sg_net_decode(t->net, &t->batch);
        count_right(&bank->sentences[s], t->batch.gold + 1, &sum);
    }
    return sum;
}

static double percent(size_t part, size_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double) part / (double) whole;
}

static void measure_all(trainer *t, int epoch, float loss)
{
    sg_net_swap_average(t->net);
    for (size_t i = 0; i < DEV_COUNT; i++) {
        scores s = measure(t, &t->dev[i]);

        t->dev_scores[i] = s;
        sg_train_report("syntax: epoch %d, loss %.3f, %s: UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f",
                        epoch, (double) loss, dev_files[i], percent(s.upos, s.words),
                        percent(s.xpos, s.words), percent(s.heads, s.words),
                        percent(s.relations, s.words));
    }
    sg_net_swap_average(t->net);
}

/* ---- training ------------------------------------------------------------------------------- */

static void shuffle(trainer *t)
{
    for (size_t i = t->bank.count; i > 1; i--) {
        uint32_t j = sg_random_below(&t->random, (uint32_t) i);
        uint32_t kept = t->order[i - 1];

        t->order[i - 1] = t->order[j];
        t->order[j] = kept;
    }
}

/* The rate rises for a moment, then falls along a cosine to nearly nothing. */
static float rate_at(float rate, double progress)
{
    double warm = progress * 50 < 1 ? progress * 50 : 1;

    return (float) (rate * warm * (0.5 + 0.5 * cos(3.14159265358979 * progress)) + 1e-5);
}

static float run_epoch(trainer *t, int epoch, int epochs)
{
    double loss = 0;
    size_t steps = 0;

    shuffle(t);
    batch_reset(&t->batch);
    for (size_t i = 0; i < t->bank.count; i++) {
        const sg_tree_sentence *sentence = &t->bank.sentences[t->order[i]];

        if (sentence->count <= SG_NET_MAX_SENTENCE)
            batch_add(t, sentence, &t->random);
        if (t->batch.rows >= BATCH_WORDS || i + 1 == t->bank.count) {
            double progress = (epoch + (double) i / (double) t->bank.count) / epochs;

            loss += (double) sg_net_train(
                t->net, &t->batch,
                rate_at(t->options->rate > 0 ? t->options->rate : RATE, progress), DROPOUT,
                &t->random);
            steps++;
            batch_reset(&t->batch);
        }
    }
    return (float) (loss / (double) steps);
}

static sg_status read_corpora(trainer *t, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; i < sizeof train_files / sizeof *train_files && status == SG_OK; i++)
        status = sg_treebank_read(t->options->corpora, train_files[i], t->arena, &t->bank, err);
    for (size_t i = 0; i < DEV_COUNT && status == SG_OK; i++)
        status = sg_treebank_read(t->options->corpora, dev_files[i], t->arena, &t->dev[i], err);
    if (status == SG_OK)
        status = sg_vocabulary_init(&t->vocabulary, t->options->corpora, &t->bank, t->arena, err);
    return status;
}

/* ---- checkpoints ---------------------------------------------------------------------------- */

static void save_checkpoint(trainer *t)
{
    sg_model_writer *writer;
    sg_error err = SG_ERROR_INIT;
    size_t count = 0, rows = 0;
    const float *dense, *table;

    if (t->options->checkpoint == NULL)
        return;
    writer = sg_model_writer_new();
    sg_net_swap_average(t->net);
    dense = sg_net_dense(t->net, &count);
    table = sg_net_table(t->net, &rows);
    sg_model_writer_put(writer, "checkpoint.config", &t->config, sizeof t->config);
    sg_model_writer_put(writer, "checkpoint.dense", dense, count * sizeof *dense);
    sg_model_writer_put(writer, "checkpoint.table", table,
                        rows * t->config.row_size * sizeof *table);
    if (sg_model_writer_save(writer, t->options->checkpoint, &err) != SG_OK)
        sg_train_report("syntax: %s", err.message);
    sg_net_swap_average(t->net);
    sg_model_writer_free(writer);
}

/* Takes the weights of the checkpoint, if there is one and its sizes are ours. */
static sg_status load_checkpoint(trainer *t, sg_error *err)
{
    sg_model *model = NULL;
    size_t size = 0, dense_size = 0, table_size = 0, count = 0, rows = 0;
    const void *config, *dense, *table;
    sg_status status = SG_OK;

    if (t->options->checkpoint == NULL || access(t->options->checkpoint, R_OK) != 0)
        return SG_OK;
    status = sg_model_open(t->options->checkpoint, &model, err);
    if (status != SG_OK)
        return status;
    (void) sg_net_dense(t->net, &count);
    (void) sg_net_table(t->net, &rows);
    config = sg_model_section(model, "checkpoint.config", &size);
    dense = sg_model_section(model, "checkpoint.dense", &dense_size);
    table = sg_model_section(model, "checkpoint.table", &table_size);
    if (size != sizeof t->config || memcmp(config, &t->config, size) != 0 || dense == NULL ||
        dense_size != count * sizeof(float) ||
        table_size != rows * t->config.row_size * sizeof(float))
        status = sg_error_set(err, SG_ERR_INPUT, "%s: is a checkpoint of another network",
                              t->options->checkpoint);
    else
        sg_net_set(t->net, dense, table);
    sg_model_close(model);
    return status;
}

/* ---- writing -------------------------------------------------------------------------------- */

/* Rows as bytes, each with its own scale. */
static void put_table(const trainer *t, sg_model_writer *writer)
{
    size_t rows = 0;
    const float *table = sg_net_table(t->net, &rows);
    size_t size = t->config.row_size;
    int8_t *bytes = sg_malloc(rows * size);
    float *scales = sg_malloc(rows * sizeof *scales);

    for (size_t r = 0; r < rows; r++) {
        float max = 0;

        for (size_t i = 0; i < size; i++)
            max = fmaxf(max, fabsf(table[r * size + i]));
        scales[r] = max / 127.0f;
        for (size_t i = 0; i < size; i++)
            bytes[r * size + i] = (int8_t) (max > 0 ? lrintf(table[r * size + i] / scales[r]) : 0);
    }
    sg_model_writer_put(writer, "syntax.table", bytes, rows * size);
    sg_model_writer_put(writer, "syntax.table_scales", scales, rows * sizeof *scales);
    sg_free(bytes);
    sg_free(scales);
}

static void describe(const trainer *t, sg_model_writer *writer)
{
    sg_strbuf text = SG_STRBUF_INIT;

    sg_strbuf_puts(&text,
                   "Trained on UD_English-EWT train (CC BY-SA 4.0) and the free genres of "
                   "UD_English-GUM train (texts CC BY, CC BY-SA, public domain; annotation CC BY "
                   "4.0), with GloVe 6B vectors (PDDL 1.0) and Brown clusters.\n");
    for (size_t i = 0; i < DEV_COUNT; i++) {
        const scores *s = &t->dev_scores[i];

        sg_strbuf_printf(&text, "%s: UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f\n", dev_files[i],
                         percent(s->upos, s->words), percent(s->xpos, s->words),
                         percent(s->heads, s->words), percent(s->relations, s->words));
    }
    sg_model_writer_describe(writer, "syntax", sg_strbuf_text(&text));
    sg_strbuf_clear(&text);
}

/* One matrix in 16 bits: each column has its own scale. */
static void pack_matrix(const sg_syntax_place *place, const float *dense, int16_t *weights,
                        float *scales)
{
    const float *source = dense + place->source;

    for (size_t j = 0; j < place->n; j++) {
        float max = 1e-12f;

        for (size_t i = 0; i < place->k; i++)
            max = fmaxf(max, fabsf(source[sg_nn_at(place->source_k, place->source_row + i, j)]));
        scales[j] = max / SG_NN16_W_MAX;
        scales[place->n + j] =
            place->source_bias != SIZE_MAX ? dense[place->source_bias + j] : 0.0f;
        for (size_t i = 0; i < place->k; i++) {
            float w = source[sg_nn_at(place->source_k, place->source_row + i, j)];

            weights[sg_nn16_at(place->k, i, j)] = (int16_t) lrintf(w / scales[j]);
        }
    }
}

static void put_dense(const sg_syntax_config *config, const float *dense, sg_model_writer *writer)
{
    sg_syntax_place places[SG_SYNTAX_MATRICES];
    sg_syntax_layout at;
    size_t weight_count = 0, scale_count = 0;
    size_t count = sg_syntax_places(config, places, &weight_count, &scale_count);
    size_t distances = SG_SYNTAX_DISTANCES * (size_t) config->label_size;
    int16_t *weights = sg_calloc(weight_count, sizeof *weights);
    float *scales = sg_calloc(scale_count, sizeof *scales);

    sg_syntax_layout_init(config, &at);
    for (size_t i = 0; i < count; i++)
        pack_matrix(&places[i], dense, weights + places[i].weights, scales + places[i].scales);
    memcpy(scales + scale_count - distances, dense + at.label_distance, distances * sizeof *scales);
    sg_model_writer_put(writer, "syntax.weights", weights, weight_count * sizeof *weights);
    sg_model_writer_put(writer, "syntax.scales", scales, scale_count * sizeof *scales);
    sg_free(weights);
    sg_free(scales);
}

static void put_sections(trainer *t, sg_model_writer *writer)
{
    const sg_vocabulary *v = &t->vocabulary;
    size_t count = 0;
    const float *dense;

    sg_net_swap_average(t->net);
    dense = sg_net_dense(t->net, &count);
    sg_model_writer_put(writer, "syntax.config", &t->config, sizeof t->config);
    put_dense(&t->config, dense, writer);
    put_table(t, writer);
    sg_model_writer_put(writer, "syntax.index", v->slots, (v->index.mask + 1) * sizeof *v->slots);
    sg_model_writer_put(writer, "syntax.vectors", v->vectors,
                        (size_t) v->vector_rows * v->vector_size);
    sg_model_writer_put(writer, "syntax.vector_scales", v->scales,
                        v->vector_size * sizeof *v->scales);
    sg_net_swap_average(t->net);
    describe(t, writer);
}

sg_status sg_train_syntax(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    trainer t = { .options = options, .arena = sg_arena_new() };
    int epochs = options->epochs > 0 ? options->epochs : EPOCHS;
    sg_status status = read_corpora(&t, err);

    if (status == SG_OK) {
        t.config = (sg_syntax_config){ .vector_rows = t.vocabulary.vector_rows,
                                       .vector_size = t.vocabulary.vector_size,
                                       .word_rows = t.vocabulary.word_rows,
                                       .row_size = 96,
                                       .width = 192,
                                       .recurrent_layers = 3,
                                       .arc_size = 128,
                                       .label_size = 96 };
        sg_random_init(&t.random, options->seed);
        sg_quotations_add(&t.bank, QUOTATIONS, t.arena, &t.random);
        t.net = sg_net_new(&t.config, t.vocabulary.vectors, t.vocabulary.scales, &t.random);
        status = load_checkpoint(&t, err);
    }
    if (status == SG_OK) {
        batch_init(&t.batch, t.arena);
        t.order = sg_arena_alloc(t.arena, t.bank.count * sizeof *t.order);
        for (size_t i = 0; i < t.bank.count; i++)
            t.order[i] = (uint32_t) i;
        sg_train_report("syntax: %zu sentences, %zu words, %u learned word rows", t.bank.count,
                        t.bank.word_count, t.vocabulary.word_rows);
        for (int epoch = 0; epoch < epochs; epoch++) {
            measure_all(&t, epoch + 1, run_epoch(&t, epoch, epochs));
            save_checkpoint(&t);
        }
        put_sections(&t, writer);
    }
    sg_net_free(t.net);
    sg_vocabulary_clear(&t.vocabulary);
    sg_arena_free(t.arena);
    return status;
}
