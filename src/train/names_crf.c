#include "names_crf.h"

#include <math.h>
#include <string.h>

/* Training of the chain: conditional random field (Lafferty et al. 2001) by stochastic gradient
 * with a rate for each weight (AdaGrad, Duchi et al. 2011). The gradient of a run is what the
 * model expects less what it expects given the labels that agree with the gold. */

/* ---- features to rows ---------------------------------------------------------------------- */

static size_t find_slot(const sg_names_index *index, uint32_t hash)
{
    uint32_t mixed = hash * 0x9e3779b1U;
    size_t at = mixed & (index->size - 1);

    while (index->hashes[at] != 0 && index->hashes[at] != hash)
        at = (at + 1) & (index->size - 1);
    return at;
}

static void enlarge(sg_names_index *index)
{
    sg_names_index old = *index;

    index->size = old.size == 0 ? 1U << 16 : old.size * 2;
    index->hashes = sg_calloc(index->size, sizeof *index->hashes);
    index->counts = sg_calloc(index->size, sizeof *index->counts);
    for (size_t i = 0; i < old.size; i++)
        if (old.hashes[i] != 0) {
            const size_t at = find_slot(index, old.hashes[i]);

            index->hashes[at] = old.hashes[i];
            index->counts[at] = old.counts[i];
        }
    sg_free(old.hashes);
    sg_free(old.counts);
}

void sg_names_index_count(sg_names_index *index, uint32_t hash)
{
    size_t at;

    hash += hash == 0;
    if (index->used * 2 >= index->size)
        enlarge(index);
    at = find_slot(index, hash);
    if (index->hashes[at] == 0) {
        index->hashes[at] = hash;
        index->used++;
    }
    index->counts[at]++;
}

void sg_names_index_number(sg_names_index *index, uint32_t min)
{
    index->row_count = 0;
    index->numbers = sg_calloc(index->size, sizeof *index->numbers);
    index->row_hash = sg_calloc(index->used, sizeof *index->row_hash);
    index->row_uses = sg_calloc(index->used, sizeof *index->row_uses);
    for (size_t i = 0; i < index->size; i++)
        if (index->hashes[i] != 0 && index->counts[i] >= min) {
            index->row_hash[index->row_count] = index->hashes[i];
            index->row_uses[index->row_count] = index->counts[i];
            index->numbers[i] = ++index->row_count;
        }
}

uint32_t sg_names_index_find(const sg_names_index *index, uint32_t hash)
{
    const size_t at = find_slot(index, hash + (hash == 0));

    return index->hashes[at] == 0 || index->numbers[at] == 0 ? SG_NAMES_NO_ROW
                                                             : index->numbers[at] - 1;
}

void sg_names_index_clear(sg_names_index *index)
{
    sg_free(index->hashes);
    sg_free(index->counts);
    sg_free(index->numbers);
    sg_free(index->row_hash);
    sg_free(index->row_uses);
    memset(index, 0, sizeof *index);
}

/* ---- weights ------------------------------------------------------------------------------- */

void sg_names_weights_init(sg_names_weights *weights, uint32_t row_count)
{
    memset(weights, 0, sizeof *weights);
    weights->row_count = row_count;
    weights->rows = sg_calloc(row_count, SG_NAMES_STRIDE * sizeof(float));
    weights->squares = sg_calloc(row_count, SG_NAMES_STRIDE * sizeof(float));
}

void sg_names_weights_clear(sg_names_weights *weights)
{
    sg_free(weights->rows);
    sg_free(weights->squares);
    memset(weights, 0, sizeof *weights);
}

static void average(float *mean, const float *values, size_t count, int n)
{
    for (size_t i = 0; i < count; i++)
        mean[i] += (values[i] - mean[i]) / (float) n;
}

void sg_names_weights_average(sg_names_weights *mean, const sg_names_weights *weights, int n)
{
    average(mean->rows, weights->rows, (size_t) weights->row_count * SG_NAMES_STRIDE, n);
    average(&mean->chain.pair[0][0], &weights->chain.pair[0][0],
            sizeof mean->chain.pair / sizeof mean->chain.pair[0][0], n);
}

static void add_rows(const sg_names_weights *weights, const uint32_t *rows, size_t count,
                     float *score)
{
    for (size_t f = 0; f < count; f++) {
        const float *const row = weights->rows + (size_t) rows[f] * SG_NAMES_STRIDE;

        for (unsigned k = 0; k < SG_NAMES_STRIDE; k++)
            score[k] += row[k];
    }
}

static void exponents(const sg_names_chain *chain, sg_names_chain *out)
{
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            out->pair[a][b] = sg_names_may_follow(a, b) ? expf(chain->pair[a][b]) : 0.0F;
}

/* ---- one run ------------------------------------------------------------------------------- */

typedef struct step {
    sg_names_weights *weights;
    const struct sg_names_settings *settings;
    sg_random *random;
    sg_arena *arena;
    float weight;
    float rate;
} step;

/* The features of a word that this step uses. */
typedef struct chosen {
    uint32_t *rows;
    size_t count;
} chosen;

static void choose(const step *s, const uint32_t *rows, size_t count, chosen *out)
{
    const uint32_t limit = (uint32_t) (s->settings->drop * 65536.0F);

    for (size_t f = 0; f < count; f++)
        if (limit == 0 || (sg_random_next(s->random) & 0xffffU) >= limit)
            out->rows[out->count++] = rows[f];
}

static void update(const step *s, float *weight, float *square, float gradient)
{
    const float g = gradient * s->weight + s->settings->decay * *weight;

    *square += g * g;
    *weight -= s->rate * g / (sqrtf(*square) + 1e-4F);
}

static void update_word(const step *s, const chosen *word, const float *gradient)
{
    float scaled[SG_NAMES_STRIDE];

    for (unsigned k = 0; k < SG_NAMES_STRIDE; k++)
        scaled[k] = gradient[k] * s->weight;
    for (size_t f = 0; f < word->count; f++) {
        float *const row = s->weights->rows + (size_t) word->rows[f] * SG_NAMES_STRIDE;
        float *const square = s->weights->squares + (size_t) word->rows[f] * SG_NAMES_STRIDE;

        for (unsigned k = 0; k < SG_NAMES_STRIDE; k++) {
            const float g = scaled[k] + s->settings->decay * row[k];

            square[k] += g * g;
            row[k] -= s->rate * g / (sqrtf(square[k]) + 1e-4F);
        }
    }
}

static float pair_share(const sg_names_chain *pairs, const sg_names_sums *sums, size_t i,
                        unsigned a, unsigned b)
{
    const size_t at = i * SG_NAMES_STRIDE;

    return sums->forward[at - SG_NAMES_STRIDE + a] * pairs->pair[a][b] * sums->local[at + b] *
           sums->backward[at + b] / sums->scale[i];
}

/* Expected pairs, the two ends included. */
static void expect_pairs(const sg_names_chain *pairs, const sg_names_sums *sums, float sign,
                         sg_names_chain *out)
{
    const size_t last = (sums->count - 1) * SG_NAMES_STRIDE;

    for (unsigned a = 0; a < SG_NAMES_LABELS; a++) {
        out->pair[SG_NAMES_OUTSIDE][a] += sign * sums->forward[a] * sums->backward[a];
        out->pair[a][SG_NAMES_OUTSIDE] += sign * sums->forward[last + a] * sums->backward[last + a];
    }
    for (size_t i = 1; i < sums->count; i++)
        for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
            for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
                if (pairs->pair[a][b] > 0.0F)
                    out->pair[a][b] += sign * pair_share(pairs, sums, i, a, b);
}

static double train_run(step *s, const sg_names_instance *instance, size_t run, bool votes)
{
    const size_t first = instance->run_first[run];
    const size_t count = instance->run_count_of[run];
    float *const scores = sg_arena_calloc(s->arena, count * SG_NAMES_STRIDE, sizeof *scores);
    chosen *const words = sg_arena_calloc(s->arena, count, sizeof *words);
    sg_names_chain pairs;
    sg_names_chain expected = { { { 0 } } };
    sg_names_sums free_sums;
    sg_names_sums gold_sums;

    for (size_t i = 0; i < count; i++) {
        const uint32_t *const at = instance->offsets + first + i;
        const uint32_t *const more = votes ? instance->document_offsets + first + i : NULL;
        const size_t room = at[1] - at[0] + (votes ? more[1] - more[0] : 0U);

        words[i].rows = sg_arena_alloc(s->arena, room * sizeof(uint32_t));
        choose(s, instance->rows + at[0], at[1] - at[0], &words[i]);
        if (votes)
            choose(s, instance->document_rows + more[0], more[1] - more[0], &words[i]);
        add_rows(s->weights, words[i].rows, words[i].count, scores + i * SG_NAMES_STRIDE);
    }
    exponents(&s->weights->chain, &pairs);
    if (!sg_names_sum(&pairs, scores, instance->text->allowed + first, count, s->arena,
                      &gold_sums) ||
        !sg_names_sum(&pairs, scores, NULL, count, s->arena, &free_sums))
        return 0.0;
    for (size_t i = 0; i < count; i++) {
        float gradient[SG_NAMES_STRIDE] = { 0 };
        float most = 0.0F;

        for (unsigned k = 0; k < SG_NAMES_LABELS; k++) {
            const size_t at = i * SG_NAMES_STRIDE + k;

            gradient[k] = free_sums.forward[at] * free_sums.backward[at] -
                          gold_sums.forward[at] * gold_sums.backward[at];
            most = fabsf(gradient[k]) > most ? fabsf(gradient[k]) : most;
        }
        if (most > 1e-3F)
            update_word(s, &words[i], gradient);
    }
    expect_pairs(&pairs, &free_sums, 1.0F, &expected);
    expect_pairs(&pairs, &gold_sums, -1.0F, &expected);
    for (unsigned a = 0; a < SG_NAMES_LABELS; a++)
        for (unsigned b = 0; b < SG_NAMES_LABELS; b++)
            if (sg_names_may_follow(a, b))
                update(s, &s->weights->chain.pair[a][b], &s->weights->chain_squares.pair[a][b],
                       expected.pair[a][b]);
    return free_sums.log_total - gold_sums.log_total;
}

/* ---- training ------------------------------------------------------------------------------ */

typedef struct place {
    uint32_t instance;
    uint32_t run;
} place;

static void shuffle(place *places, size_t count, sg_random *random)
{
    for (size_t i = count; i > 1; i--) {
        const size_t j = sg_random_below(random, (uint32_t) i);
        const place swap = places[i - 1];

        places[i - 1] = places[j];
        places[j] = swap;
    }
}

double sg_names_weights_train(sg_names_weights *weights, sg_names_instance *instances, size_t count,
                              const struct sg_names_settings *settings, sg_random *random)
{
    sg_arena *const arena = sg_arena_new();
    place *places;
    size_t place_count = 0;
    double loss = 0.0;

    for (size_t i = 0; i < count; i++)
        place_count += instances[i].run_count;
    places = sg_calloc(place_count + 1, sizeof *places);
    place_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < instances[i].run_count; r++)
            if (settings->skip_fold < 0 ||
                instances[i].text->fold != (uint32_t) settings->skip_fold)
                places[place_count++] = (place){ (uint32_t) i, (uint32_t) r };
    for (int epoch = 0; epoch < settings->epochs; epoch++) {
        step s = { .weights = weights,
                   .settings = settings,
                   .random = random,
                   .arena = arena,
                   .rate = settings->rate / (1.0F + 0.15F * (float) epoch) };

        loss = 0.0;
        shuffle(places, place_count, random);
        for (size_t p = 0; p < place_count; p++) {
            const sg_names_instance *const instance = &instances[places[p].instance];
            const bool votes = instance->document_offsets != NULL &&
                               sg_random_unit(random) >= settings->drop_votes;

            s.weight = instance->text->weight;
            loss += train_run(&s, instance, places[p].run, votes);
            sg_arena_reset(arena);
        }
        loss /= place_count > 0 ? (double) place_count : 1.0;
    }
    sg_free(places);
    sg_arena_free(arena);
    return loss;
}

void sg_names_weights_label(const sg_names_weights *weights, const sg_names_instance *instance,
                            bool votes, uint8_t *labels)
{
    sg_arena *const arena = sg_arena_new();

    memset(labels, SG_NAMES_OUTSIDE, instance->text->document.word_count);
    for (size_t r = 0; r < instance->run_count; r++) {
        const size_t first = instance->run_first[r];
        const size_t count = instance->run_count_of[r];
        float *const scores = sg_arena_calloc(arena, count * SG_NAMES_STRIDE, sizeof *scores);

        for (size_t i = 0; i < count; i++) {
            const uint32_t *const at = instance->offsets + first + i;

            add_rows(weights, instance->rows + at[0], at[1] - at[0], scores + i * SG_NAMES_STRIDE);
            if (votes && instance->document_offsets != NULL) {
                const uint32_t *const more = instance->document_offsets + first + i;

                add_rows(weights, instance->document_rows + more[0], more[1] - more[0],
                         scores + i * SG_NAMES_STRIDE);
            }
        }
        sg_names_best(&weights->chain, scores, count, arena, labels + first);
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
}
