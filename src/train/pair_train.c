#include "pair_train.h"

#include <math.h>
#include <string.h>

#include "stance/mem.h"

#include "../language/nn_vector.h"

typedef struct example {
    size_t first_row;
    size_t first_mean;
    uint32_t row_count;
    uint32_t mean_count;
} example;

typedef struct network {
    float rows[SG_PAIR_ROWS][SG_PAIR_SIGNS];
    sg_pair_dense dense;
} network;

#define DENSE_COUNT (sizeof(sg_pair_dense) / sizeof(float))

struct sg_pair_trainer {
    const sg_word_vectors *vectors;
    sg_pair_rates rates;
    example *examples;
    size_t example_count;
    size_t example_capacity;
    uint32_t *rows;
    size_t row_count;
    size_t row_capacity;
    sg_pair_mean *means;
    size_t mean_count;
    size_t mean_capacity;
    network *net;
    network *squares;
    network *sum; /* of what was remembered */
    size_t remembered;
    sg_random random;
};

sg_pair_trainer *sg_pair_trainer_new(const sg_word_vectors *vectors, const sg_pair_rates *rates,
                                     uint64_t seed)
{
    sg_pair_trainer *t = sg_calloc(1, sizeof *t);

    t->vectors = vectors;
    t->rates = *rates;
    t->net = sg_calloc(1, sizeof *t->net);
    t->squares = sg_calloc(1, sizeof *t->squares);
    t->sum = sg_calloc(1, sizeof *t->sum);
    sg_random_init(&t->random, seed);
    return t;
}

void sg_pair_trainer_free(sg_pair_trainer *t)
{
    if (t == NULL)
        return;
    sg_free(t->examples);
    sg_free(t->rows);
    sg_free(t->means);
    sg_free(t->net);
    sg_free(t->squares);
    sg_free(t->sum);
    sg_free(t);
}

uint32_t sg_pair_trainer_add(sg_pair_trainer *t, const sg_pair_features *features)
{
    SG_GROW(t->examples, t->example_capacity, t->example_count + 1);
    SG_GROW(t->rows, t->row_capacity, t->row_count + features->count + 1);
    SG_GROW(t->means, t->mean_capacity, t->mean_count + features->mean_count + 1);
    t->examples[t->example_count] =
        (example){ t->row_count, t->mean_count, (uint32_t) features->count,
                   (uint32_t) features->mean_count };
    memcpy(t->rows + t->row_count, features->rows, features->count * sizeof *features->rows);
    memcpy(t->means + t->mean_count, features->means,
           features->mean_count * sizeof *features->means);
    t->row_count += features->count;
    t->mean_count += features->mean_count;
    return (uint32_t) t->example_count++;
}

size_t sg_pair_trainer_count(const sg_pair_trainer *t)
{
    return t->example_count;
}

void sg_pair_trainer_drop_rare(sg_pair_trainer *t, uint32_t least)
{
    uint32_t *seen = sg_calloc(SG_PAIR_ROWS, sizeof *seen);

    for (size_t i = 0; i < t->row_count; i++)
        seen[t->rows[i]]++;
    for (size_t e = 0; e < t->example_count; e++) {
        example *x = &t->examples[e];
        uint32_t kept = 0;

        for (uint32_t i = 0; i < x->row_count; i++) {
            uint32_t row = t->rows[x->first_row + i];

            if (seen[row] >= least)
                t->rows[x->first_row + kept++] = row;
        }
        x->row_count = kept;
    }
    sg_free(seen);
}

void sg_pair_trainer_shuffle(sg_pair_trainer *t, size_t *order, size_t count)
{
    sg_random_shuffle(&t->random, order, count);
}

/* ---- forward ---- */

typedef struct pass {
    float x[SG_PAIR_INPUTS];
    float hidden[SG_PAIR_HIDDEN];
    float scores[SG_PAIR_SIGNS];
    uint64_t dropped[SG_PAIR_ROWS_MAX / 64]; /* bits of the features left out */
} pass;

static bool is_dropped(const pass *p, uint32_t i)
{
    return (p->dropped[i / 64] >> (i % 64) & 1) != 0;
}

static void forward(sg_pair_trainer *t, const example *e, bool training, pass *p)
{
    float scale = training ? 1.0F / t->rates.kept : 1.0F;

    sg_pair_inputs(t->vectors, t->means + e->first_mean, e->mean_count, p->x);
    sg_pair_hidden(&t->net->dense, p->x, p->hidden);
    memset(p->dropped, 0, sizeof p->dropped);
    for (uint32_t i = 0; training && i < e->row_count; i++) {
        if (sg_random_unit(&t->random) > t->rates.kept)
            p->dropped[i / 64] |= (uint64_t) 1 << (i % 64);
    }
    for (int c = 0; c < SG_PAIR_SIGNS; c++) {
        float sum = 0;

        for (uint32_t i = 0; i < e->row_count; i++) {
            if (!is_dropped(p, i))
                sum += t->net->rows[t->rows[e->first_row + i]][c];
        }
        p->scores[c] = sum * scale;
        for (size_t h = 0; h < SG_PAIR_HIDDEN; h++)
            p->scores[c] += p->hidden[h] * t->net->dense.output[h][c];
    }
}

void sg_pair_trainer_scores(sg_pair_trainer *t, uint32_t number, float out[SG_PAIR_SIGNS])
{
    pass p;

    forward(t, &t->examples[number], false, &p);
    memcpy(out, p.scores, sizeof p.scores);
}

/* ---- backward ---- */

static void step(float *weight, float *square, float gradient, float rate)
{
    *square += gradient * gradient;
    *weight -= rate * gradient / (1e-6F + sqrtf(*square));
}

/* Most of the time goes here; the two loops over h become vector instructions. */
SG_CLONES static void step_inputs(sg_pair_dense *dense, sg_pair_dense *squares,
                                  const float x[SG_PAIR_INPUTS], const float back[SG_PAIR_HIDDEN],
                                  float rate)
{
    for (size_t i = 0; i < SG_PAIR_INPUTS; i++) {
        float *weights = dense->input[i];
        float *square = squares->input[i];

        if (x[i] == 0)
            continue;
        for (size_t h = 0; h < SG_PAIR_HIDDEN; h++) {
            float gradient = back[h] * x[i];

            square[h] += gradient * gradient;
            weights[h] -= rate * gradient / (1e-6F + sqrtf(square[h]));
        }
    }
}

static void backward(sg_pair_trainer *t, const example *e, const pass *p,
                     const float gradient[SG_PAIR_SIGNS])
{
    sg_pair_dense *dense = &t->net->dense;
    sg_pair_dense *squares = &t->squares->dense;
    float back[SG_PAIR_HIDDEN];

    for (uint32_t i = 0; i < e->row_count; i++) {
        uint32_t at = t->rows[e->first_row + i];

        for (int c = 0; c < SG_PAIR_SIGNS && !is_dropped(p, i); c++)
            step(&t->net->rows[at][c], &t->squares->rows[at][c],
                 gradient[c] + t->rates.l2 * t->net->rows[at][c], t->rates.rows);
    }
    for (size_t h = 0; h < SG_PAIR_HIDDEN; h++) {
        back[h] = 0;
        for (int c = 0; c < SG_PAIR_SIGNS; c++) {
            back[h] += gradient[c] * dense->output[h][c];
            step(&dense->output[h][c], &squares->output[h][c], gradient[c] * p->hidden[h],
                 t->rates.dense);
        }
        back[h] *= p->hidden[h] > 0 ? 1.0F : 0.1F;
        step(&dense->input_bias[h], &squares->input_bias[h], back[h], t->rates.dense);
    }
    step_inputs(dense, squares, p->x, back, t->rates.dense);
}

void sg_pair_trainer_learn(sg_pair_trainer *t, uint32_t number, int sign, float weight)
{
    const example *e = &t->examples[number];
    float probabilities[SG_PAIR_CLASSES];
    float gradient[SG_PAIR_SIGNS];
    pass p;

    forward(t, e, true, &p);
    sg_pair_softmax(p.scores, probabilities);
    gradient[SG_PAIR_POSITIVE] =
        weight * (probabilities[SG_PAIR_POSITIVE] - (sign > 0 ? 1.0F : 0.0F));
    gradient[SG_PAIR_NEGATIVE] =
        weight * (probabilities[SG_PAIR_NEGATIVE] - (sign < 0 ? 1.0F : 0.0F));
    backward(t, e, &p, gradient);
}

void sg_pair_trainer_start(sg_pair_trainer *t)
{
    float *dense = (float *) &t->net->dense;

    memset(t->net, 0, sizeof *t->net);
    memset(t->squares, 0, sizeof *t->squares);
    memset(t->sum, 0, sizeof *t->sum);
    t->remembered = 0;
    for (size_t i = 0; i < DENSE_COUNT; i++)
        dense[i] = 0.2F * (sg_random_unit(&t->random) - 0.5F);
    memset(t->net->dense.input_bias, 0, sizeof t->net->dense.input_bias);
}

void sg_pair_trainer_remember(sg_pair_trainer *t)
{
    const float *net = (const float *) t->net;
    float *sum = (float *) t->sum;

    for (size_t i = 0; i < sizeof *t->net / sizeof *net; i++)
        sum[i] += net[i];
    t->remembered++;
}

void sg_pair_trainer_settle(sg_pair_trainer *t)
{
    float *net = (float *) t->net;
    const float *sum = (const float *) t->sum;

    for (size_t i = 0; i < sizeof *t->net / sizeof *net && t->remembered > 0; i++)
        net[i] = sum[i] / (float) t->remembered;
}

void sg_pair_trainer_put(const sg_pair_trainer *t, float threshold, const char *section,
                         sg_model_writer *writer)
{
    sg_pair_network *weights = sg_calloc(1, sizeof *weights);
    float largest = 1e-9F;

    for (size_t i = 0; i < SG_PAIR_ROWS; i++)
        for (int c = 0; c < SG_PAIR_SIGNS; c++)
            largest = fmaxf(largest, fabsf(t->net->rows[i][c]));
    weights->scale = largest / 32767.0F;
    weights->threshold = threshold;
    weights->dense = t->net->dense;
    for (size_t i = 0; i < SG_PAIR_ROWS; i++)
        for (int c = 0; c < SG_PAIR_SIGNS; c++)
            weights->rows[i][c] = (int16_t) lrintf(t->net->rows[i][c] / weights->scale);
    sg_model_writer_put(writer, section, weights, sizeof *weights);
    sg_free(weights);
}
