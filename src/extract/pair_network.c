#include "pair_network.h"

#include <math.h>
#include <string.h>

void sg_pair_inputs(const sg_word_vectors *vectors, const sg_pair_mean *means, size_t count,
                    float x[SG_PAIR_INPUTS])
{
    float total[SG_PAIR_PLACES] = { 0 };

    memset(x, 0, SG_PAIR_INPUTS * sizeof *x);
    if (vectors == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        total[means[i].place] += fabsf(means[i].weight);
    for (size_t i = 0; i < count; i++)
        sg_word_vectors_add(vectors, means[i].vector, means[i].weight / total[means[i].place],
                            x + (size_t) means[i].place * SG_WORD_VECTOR_SIZE);
}

void sg_pair_hidden(const sg_pair_dense *dense, const float x[SG_PAIR_INPUTS],
                    float hidden[SG_PAIR_HIDDEN])
{
    memcpy(hidden, dense->input_bias, SG_PAIR_HIDDEN * sizeof *hidden);
    for (size_t i = 0; i < SG_PAIR_INPUTS; i++) {
        if (x[i] == 0)
            continue;
        for (size_t h = 0; h < SG_PAIR_HIDDEN; h++)
            hidden[h] += x[i] * dense->input[i][h];
    }
    for (size_t h = 0; h < SG_PAIR_HIDDEN; h++)
        hidden[h] = hidden[h] > 0 ? hidden[h] : 0.1F * hidden[h];
}

void sg_pair_softmax(const float scores[SG_PAIR_SIGNS], float out[SG_PAIR_CLASSES])
{
    float best = fmaxf(0, fmaxf(scores[0], scores[1]));
    float sum = 0;

    out[SG_PAIR_POSITIVE] = expf(scores[0] - best);
    out[SG_PAIR_NEGATIVE] = expf(scores[1] - best);
    out[SG_PAIR_NEUTRAL] = expf(-best);
    for (int c = 0; c < SG_PAIR_CLASSES; c++)
        sum += out[c];
    for (int c = 0; c < SG_PAIR_CLASSES; c++)
        out[c] /= sum;
}

void sg_pair_probabilities(const sg_pair_network *network, const sg_word_vectors *vectors,
                           const sg_pair_features *features, float out[SG_PAIR_CLASSES])
{
    float x[SG_PAIR_INPUTS];
    float hidden[SG_PAIR_HIDDEN];
    float scores[SG_PAIR_SIGNS];

    sg_pair_inputs(vectors, features->means, features->mean_count, x);
    sg_pair_hidden(&network->dense, x, hidden);
    for (int c = 0; c < SG_PAIR_SIGNS; c++) {
        float sum = 0;

        for (size_t i = 0; i < features->count; i++)
            sum += (float) network->rows[features->rows[i]][c];
        scores[c] = sum * network->scale;
        for (size_t h = 0; h < SG_PAIR_HIDDEN; h++)
            scores[c] += hidden[h] * network->dense.output[h][c];
    }
    sg_pair_softmax(scores, out);
}

const sg_pair_network *sg_pair_network_of(const sg_model *model, const char *section)
{
    size_t size = 0;
    const void *bytes = model != NULL ? sg_model_section(model, section, &size) : NULL;

    return size == sizeof(sg_pair_network) ? bytes : NULL;
}
