/* The stage of pronouns: who "she", "its" and "they" are (src/extract/pronouns.c), from texts whose
 * references were marked by hand (GUM: Zeldes 2017). Each pronoun is one question. The pronouns
 * before it are answered rightly at first, and then, when the texts are read again, by what was
 * learned from other texts, so that mistakes are not trusted as if they were marked (Ross, Gordon
 * and Bagnell 2011). The development texts are read with the answers of the model that is kept.
 *
 * Learned is the probability that one of the right antecedents is chosen, by AdaGrad (Duchi, Hazan
 * and Singer 2011); weights are the mean of those after each pass. */

#include <math.h>
#include <string.h>

#include "stance/annotation.h"

#include "../extract/pronouns_internal.h"
#include "coref_corpus.h"
#include "stages.h"

#define FOLDS           5
#define EPOCHS          12
#define RATE            0.03F
#define L2              1e-3F
#define THRESHOLDS      9
#define FIRST_THRESHOLD 0.35F /* for the second reading */

typedef struct option {
    size_t first_row;
    uint32_t row_count;
    uint32_t actor;
    bool right;
} option;

/* One pronoun. */
typedef struct example {
    size_t first_option;
    uint32_t option_count;
    uint32_t fold;
    bool wanted; /* an actor that was named before is meant */
} example;

typedef struct trainer {
    const sg_train_options *options;
    const sg_model *model;
    sg_arena *arena;
    sg_random random;
    example *examples;
    size_t example_count;
    size_t example_capacity;
    option *items;
    size_t item_count;
    size_t item_capacity;
    uint32_t *rows;
    size_t row_count;
    size_t row_capacity;
    float weights[SG_PRONOUN_ROWS];
    float squares[SG_PRONOUN_ROWS];
    float sums[SG_PRONOUN_ROWS];
} trainer;

/* ---- what is right ---- */

typedef struct gold {
    trainer *t;
    const sg_coref_text *text;
    uint32_t fold;
    const sg_pronoun_model *models[FOLDS]; /* each learned without the texts of its fold */
} gold;

static uint32_t chain_of_word(const gold *g, const sg_reading *r, uint32_t w)
{
    return sg_coref_chain_at(g->text, r->document->words[w].start, r->document->words[w].end);
}

static uint32_t chain_of_mention(const gold *g, const sg_reading *r, const sg_mention *m)
{
    uint32_t chain = chain_of_word(g, r, m->head);

    for (uint32_t i = 0; i < m->count && chain == SG_NO_CHAIN; i++)
        chain = chain_of_word(g, r, m->first + i);
    return chain;
}

/* Is the actor, by one of its names and descriptions before `past`, of the chain? */
static bool is_of_chain(const gold *g, const sg_reading *r, uint32_t actor, uint32_t chain,
                        uint32_t past)
{
    for (size_t i = 0; i < r->mention_count; i++) {
        const sg_mention *m = &r->mentions[i];

        if (m->actor == actor && m->kind != SG_MENTION_PRONOUN && m->first < past &&
            chain_of_mention(g, r, m) == chain)
            return true;
    }
    return false;
}

static bool is_actor_meant(const gold *g, const sg_reading *r, uint32_t word, uint32_t chain)
{
    for (size_t i = 0; i < r->mention_count && chain != SG_NO_CHAIN; i++) {
        const sg_mention *m = &r->mentions[i];

        if (m->kind != SG_MENTION_PRONOUN && m->first < word && !r->actors[m->actor].dropped &&
            chain_of_mention(g, r, m) == chain)
            return true;
    }
    return false;
}

/* ---- examples ---- */

static bool is_right(const gold *g, const sg_pronoun *q, const sg_antecedent *item, uint32_t chain)
{
    if (chain == SG_NO_CHAIN || item->head == SG_NO_WORD)
        return false;
    if (item->actor == SG_NO_ACTOR)
        return chain_of_word(g, q->reading, item->head) == chain;
    return is_of_chain(g, q->reading, item->actor, chain, q->word);
}

static void add_option(trainer *t, const sg_antecedent *item, bool right)
{
    SG_GROW(t->items, t->item_capacity, t->item_count + 1);
    SG_GROW(t->rows, t->row_capacity, t->row_count + item->row_count + 1);
    t->items[t->item_count++] =
        (option){ t->row_count, (uint32_t) item->row_count, item->actor, right };
    memcpy(t->rows + t->row_count, item->rows, item->row_count * sizeof *item->rows);
    t->row_count += item->row_count;
}

/* Keeps the question as an example; returns the right actor. */
static uint32_t add_example(const gold *g, const sg_pronoun *q)
{
    trainer *t = g->t;
    uint32_t chain = chain_of_word(g, q->reading, q->word);
    uint32_t actor = SG_NO_ACTOR;
    bool any = false;
    bool right[SG_ANTECEDENTS_MAX];

    SG_GROW(t->examples, t->example_capacity, t->example_count + 1);
    t->examples[t->example_count++] = (example){ t->item_count, (uint32_t) q->count, g->fold,
                                                 is_actor_meant(g, q->reading, q->word, chain) };
    for (size_t i = 0; i + 1 < q->count; i++) {
        right[i] = is_right(g, q, &q->items[i], chain);
        any = any || right[i];
        if (right[i] && actor == SG_NO_ACTOR)
            actor = q->items[i].actor;
    }
    right[q->count - 1] = !any;
    /* A noun for an actor who is right too would tell less. */
    for (size_t i = 0; i < q->count; i++)
        add_option(t, &q->items[i],
                   right[i] && (actor == SG_NO_ACTOR || q->items[i].actor != SG_NO_ACTOR));
    return actor;
}

static uint32_t answer_rightly(void *context, const sg_pronoun *q)
{
    return add_example(context, q);
}

static uint32_t answer_as_learned(void *context, const sg_pronoun *q)
{
    const gold *g = context;

    (void) add_example(g, q);
    return sg_pronoun_resolve(g->models[g->fold], q);
}

/* Annotates a text and reads it up to the pronouns. */
static sg_status read_text(const trainer *t, const sg_coref_text *text, sg_arena *arena,
                           sg_reading **reading_out, sg_error *err)
{
    struct sg_extract_options options = SG_EXTRACT_OPTIONS_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_status status = sg_document_read("corpus", text->text, text->len, arena, &document, err);

    if (status == SG_OK)
        status = sg_annotate(t->model, document, arena, &annotation, err);
    if (status != SG_OK)
        return status;
    *reading_out = sg_reading_new(annotation, &options, arena);
    sg_read_actors(*reading_out);
    return SG_OK;
}

static sg_status read_texts(trainer *t, const sg_coref_text *texts, size_t count,
                            sg_pronoun_answerer *answer, gold *g, sg_error *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; i < count && status == SG_OK; i++) {
        sg_arena *arena = sg_arena_new();
        sg_reading *reading = NULL;

        g->text = &texts[i];
        g->fold = (uint32_t) (i % FOLDS);
        status = read_text(t, &texts[i], arena, &reading, err);
        if (status == SG_OK)
            sg_read_descriptions_with(reading, answer, g);
        sg_arena_free(arena);
    }
    return status;
}

/* ---- learning ---- */

static void probabilities_of(const trainer *t, const example *e, float out[SG_ANTECEDENTS_MAX])
{
    for (uint32_t i = 0; i < e->option_count; i++) {
        const option *o = &t->items[e->first_option + i];

        out[i] = 0;
        for (uint32_t k = 0; k < o->row_count; k++)
            out[i] += t->weights[t->rows[o->first_row + k]];
    }
    sg_pronoun_softmax(out, e->option_count);
}

static void learn_example(trainer *t, const example *e)
{
    float p[SG_ANTECEDENTS_MAX];
    float right = 1e-9F;

    probabilities_of(t, e, p);
    for (uint32_t i = 0; i < e->option_count; i++)
        if (t->items[e->first_option + i].right)
            right += p[i];
    for (uint32_t i = 0; i < e->option_count; i++) {
        const option *o = &t->items[e->first_option + i];
        float gradient = p[i] - (o->right ? p[i] / right : 0);

        for (uint32_t k = 0; k < o->row_count; k++) {
            uint32_t row = t->rows[o->first_row + k];
            float g = gradient + L2 * t->weights[row];

            t->squares[row] += g * g;
            t->weights[row] -= RATE * g / (1e-6F + sqrtf(t->squares[row]));
        }
    }
}

/* Learns from all examples but those of `fold` (FOLDS: from all). */
static void learn(trainer *t, uint32_t fold_left_out)
{
    int epochs = t->options->epochs > 0 ? t->options->epochs : EPOCHS;
    size_t *order = sg_malloc((t->example_count + 1) * sizeof *order);

    memset(t->weights, 0, sizeof t->weights);
    memset(t->squares, 0, sizeof t->squares);
    memset(t->sums, 0, sizeof t->sums);
    for (int epoch = 0; epoch < epochs; epoch++) {
        sg_random_shuffle(&t->random, order, t->example_count);
        for (size_t i = 0; i < t->example_count; i++)
            if (t->examples[order[i]].fold != fold_left_out)
                learn_example(t, &t->examples[order[i]]);
        for (size_t i = 0; i < SG_PRONOUN_ROWS; i++)
            t->sums[i] += t->weights[i];
    }
    for (size_t i = 0; i < SG_PRONOUN_ROWS; i++)
        t->weights[i] = t->sums[i] / (float) epochs;
    sg_free(order);
}

/* What is learned, as it stands in the model file; in the arena of the trainer. */
static sg_pronoun_model *make_model(const trainer *t, float threshold)
{
    sg_pronoun_model *model = sg_arena_calloc(t->arena, 1, sizeof *model);
    float largest = 1e-9F;

    for (size_t i = 0; i < SG_PRONOUN_ROWS; i++)
        largest = fmaxf(largest, fabsf(t->weights[i]));
    model->scale = largest / 32767.0F;
    model->threshold = threshold;
    for (size_t i = 0; i < SG_PRONOUN_ROWS; i++)
        model->rows[i] = (int16_t) lrintf(t->weights[i] / model->scale);
    return model;
}

/* ---- how good it is ---- */

typedef struct tally {
    size_t right;
    size_t wrong;
    size_t wanted;
    size_t all;
    size_t as_gold; /* the right actor, or rightly none */
} tally;

static void count_answer(tally *t, bool answered, bool right, bool wanted)
{
    t->all++;
    t->right += answered && right;
    t->wrong += answered && !right;
    t->wanted += wanted;
    t->as_gold += answered ? right : !wanted;
}

static double f1(const tally *t)
{
    return 2.0 * (double) t->right / ((double) (t->right + t->wrong + t->wanted) + 1e-9);
}

static void write_tally(sg_strbuf *out, const tally *t)
{
    sg_strbuf_printf(out,
                     "%zu pronouns, %.3f as marked; actors: %zu right, %zu wrong, %zu missed, "
                     "P %.3f R %.3f F1 %.3f",
                     t->all, (double) t->as_gold / ((double) t->all + 1e-9), t->right, t->wrong,
                     t->wanted - t->right,
                     (double) t->right / ((double) (t->right + t->wrong) + 1e-9),
                     (double) t->right / ((double) t->wanted + 1e-9), f1(t));
}

static float threshold_at(int i)
{
    return 0.20F + 0.05F * (float) i;
}

static void judge_example(trainer *t, const example *e, tally tallies[THRESHOLDS])
{
    float p[SG_ANTECEDENTS_MAX];
    const option *options = &t->items[e->first_option];
    uint32_t best = e->option_count;

    probabilities_of(t, e, p);
    for (uint32_t i = 0; i < e->option_count; i++)
        if (options[i].actor != SG_NO_ACTOR && (best == e->option_count || p[i] > p[best]))
            best = i;
    for (int i = 0; i < THRESHOLDS; i++) {
        bool answered = best < e->option_count && p[best] >= threshold_at(i);

        count_answer(&tallies[i], answered, answered && options[best].right, e->wanted);
    }
}

/* Keeps the model of each fold; returns the best threshold. */
static float cross_validate(trainer *t, const sg_pronoun_model *models_out[FOLDS])
{
    tally tallies[THRESHOLDS] = { 0 };
    int best = 0;

    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learn(t, fold);
        models_out[fold] = make_model(t, FIRST_THRESHOLD);
        for (size_t i = 0; i < t->example_count; i++)
            if (t->examples[i].fold == fold)
                judge_example(t, &t->examples[i], tallies);
    }
    for (int i = 0; i < THRESHOLDS; i++) {
        sg_strbuf line = SG_STRBUF_INIT;

        write_tally(&line, &tallies[i]);
        sg_train_report("pronouns: threshold %.2f  %s", (double) threshold_at(i),
                        sg_strbuf_text(&line));
        sg_strbuf_clear(&line);
        if (f1(&tallies[i]) > f1(&tallies[best]))
            best = i;
    }
    return threshold_at(best);
}

/* Development texts, read with the answers of the model. */
typedef struct judge {
    gold gold;
    const sg_pronoun_model *model;
    tally tallies[SG_PRONOUN_THEY + 1]; /* of each kind; the first of all */
} judge;

static uint32_t answer_and_judge(void *context, const sg_pronoun *q)
{
    judge *j = context;
    uint32_t chain = chain_of_word(&j->gold, q->reading, q->word);
    uint32_t actor = sg_pronoun_resolve(j->model, q);
    bool right = actor != SG_NO_ACTOR && chain != SG_NO_CHAIN &&
                 is_of_chain(&j->gold, q->reading, actor, chain, q->word);
    bool wanted = is_actor_meant(&j->gold, q->reading, q->word, chain);

    count_answer(&j->tallies[SG_NO_PRONOUN], actor != SG_NO_ACTOR, right, wanted);
    count_answer(&j->tallies[q->kind], actor != SG_NO_ACTOR, right, wanted);
    return actor;
}

static sg_status judge_texts(trainer *t, const sg_pronoun_model *model, const sg_coref_text *texts,
                             size_t count, sg_strbuf *about, sg_error *err)
{
    static const char *const names[] = { "all", "he", "she", "it", "they" };
    judge j = { .gold = { .t = t }, .model = model };
    sg_status status = read_texts(t, texts, count, answer_and_judge, &j.gold, err);

    for (size_t kind = 0; kind < sizeof names / sizeof names[0] && status == SG_OK; kind++) {
        sg_strbuf line = SG_STRBUF_INIT;

        write_tally(&line, &j.tallies[kind]);
        sg_train_report("pronouns: development, %s: %s", names[kind], sg_strbuf_text(&line));
        sg_strbuf_clear(&line);
    }
    write_tally(about, &j.tallies[SG_NO_PRONOUN]);
    return status;
}

/* ---- all of it ---- */

static void forget_examples(trainer *t)
{
    t->example_count = 0;
    t->item_count = 0;
    t->row_count = 0;
}

static sg_status train(trainer *t, const sg_coref_text *texts, size_t count, float *threshold_out,
                       sg_error *err)
{
    gold g = { .t = t };
    sg_status status = read_texts(t, texts, count, answer_rightly, &g, err);

    if (status != SG_OK)
        return status;
    (void) cross_validate(t, g.models);
    forget_examples(t);
    status = read_texts(t, texts, count, answer_as_learned, &g, err);
    if (status != SG_OK)
        return status;
    sg_train_report("pronouns: %zu examples, %zu antecedents, %zu features", t->example_count,
                    t->item_count, t->row_count);
    *threshold_out = cross_validate(t, g.models);
    learn(t, FOLDS);
    return SG_OK;
}

static sg_status read_and_train(trainer *t, sg_model_writer *writer, sg_strbuf *about,
                                sg_error *err)
{
    const char *corpora = t->options->corpora;
    const char *train_path = sg_arena_printf(t->arena, "%s/coref/gum-train.jsonl", corpora);
    const char *dev_path = sg_arena_printf(t->arena, "%s/coref/gum-dev.jsonl", corpora);
    const sg_pronoun_model *model;
    sg_coref_text *texts = NULL;
    size_t count = 0;
    float threshold = 0;
    sg_status status = sg_coref_corpus_read(train_path, t->arena, &texts, &count, err);

    if (status == SG_OK)
        status = train(t, texts, count, &threshold, err);
    if (status == SG_OK)
        status = sg_coref_corpus_read(dev_path, t->arena, &texts, &count, err);
    if (status != SG_OK)
        return status;
    model = make_model(t, threshold);
    sg_strbuf_printf(
        about, "Learned from GUM train (Zeldes 2017; annotation CC BY 4.0, texts CC BY, CC BY-SA "
               "or public domain by genre). On GUM dev, with the program's own actors: ");
    status = judge_texts(t, model, texts, count, about, err);
    sg_model_writer_put(writer, SG_PRONOUN_SECTION, model, sizeof *model);
    return status;
}

sg_status sg_train_pronouns(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    trainer *t = sg_calloc(1, sizeof *t);
    sg_model *model = NULL;
    sg_strbuf about = SG_STRBUF_INIT;
    sg_status status = sg_model_writer_open(writer, &model, err);

    t->options = options;
    t->arena = sg_arena_new();
    t->model = model;
    sg_random_init(&t->random, options->seed);
    if (status == SG_OK)
        status = read_and_train(t, writer, &about, err);
    if (status == SG_OK) {
        sg_model_writer_describe(writer, "pronouns", sg_strbuf_text(&about));
        sg_train_report("%s", sg_strbuf_text(&about));
    }
    sg_strbuf_clear(&about);
    sg_model_close(model);
    sg_arena_free(t->arena);
    sg_free(t->examples);
    sg_free(t->items);
    sg_free(t->rows);
    sg_free(t);
    return status;
}
