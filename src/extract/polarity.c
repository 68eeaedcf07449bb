#include <math.h>
#include <string.h>

#include "polarity_internal.h"

void sg_polarity_inputs(const sg_word_vectors *vectors, const sg_polarity_features *features,
                        float x[SG_POLARITY_INPUTS])
{
    float total[SG_POLARITY_PLACES] = { 0 };

    memset(x, 0, SG_POLARITY_INPUTS * sizeof *x);
    if (vectors == NULL)
        return;
    for (size_t i = 0; i < features->mean_count; i++)
        total[features->means[i].place] += fabsf(features->means[i].weight);
    for (size_t i = 0; i < features->mean_count; i++) {
        size_t place = features->means[i].place;

        sg_word_vectors_add(vectors, features->means[i].vector,
                            features->means[i].weight / total[place],
                            x + place * SG_WORD_VECTOR_SIZE);
    }
}

void sg_polarity_hidden(const sg_polarity_dense *dense, const float x[SG_POLARITY_INPUTS],
                        float hidden[SG_POLARITY_HIDDEN])
{
    memcpy(hidden, dense->input_bias, SG_POLARITY_HIDDEN * sizeof *hidden);
    for (size_t i = 0; i < SG_POLARITY_INPUTS; i++) {
        if (x[i] == 0)
            continue;
        for (size_t h = 0; h < SG_POLARITY_HIDDEN; h++)
            hidden[h] += x[i] * dense->input[i][h];
    }
    for (size_t h = 0; h < SG_POLARITY_HIDDEN; h++)
        hidden[h] = hidden[h] > 0 ? hidden[h] : 0.1F * hidden[h];
}

void sg_polarity_softmax(const float scores[SG_POLARITY_SCORES], float out[SG_POLARITY_CLASSES])
{
    float best = fmaxf(0, fmaxf(scores[0], scores[1]));
    float sum = 0;

    out[SG_POLARITY_POSITIVE] = expf(scores[0] - best);
    out[SG_POLARITY_NEGATIVE] = expf(scores[1] - best);
    out[SG_POLARITY_NEUTRAL] = expf(-best);
    for (int c = 0; c < SG_POLARITY_CLASSES; c++)
        sum += out[c];
    for (int c = 0; c < SG_POLARITY_CLASSES; c++)
        out[c] /= sum;
}

const sg_polarity_weights *sg_polarity_weights_of(const sg_model *model)
{
    size_t size = 0;
    const void *section =
        model != NULL ? sg_model_section(model, SG_POLARITY_SECTION, &size) : NULL;

    return size == sizeof(sg_polarity_weights) ? section : NULL;
}

bool sg_polarity(const sg_reading *r, const sg_polarity_words *words, uint32_t holder_word,
                 uint32_t target_word, float out[SG_POLARITY_CLASSES])
{
    const sg_polarity_weights *weights = sg_polarity_weights_of(r->annotation->model);
    sg_polarity_features features;
    float x[SG_POLARITY_INPUTS];
    float hidden[SG_POLARITY_HIDDEN];
    float scores[SG_POLARITY_SCORES] = { 0 };

    out[SG_POLARITY_POSITIVE] = 0;
    out[SG_POLARITY_NEGATIVE] = 0;
    out[SG_POLARITY_NEUTRAL] = 1;
    if (weights == NULL)
        return false;
    sg_polarity_features_of(r, words, holder_word, target_word, &features);
    sg_polarity_inputs(words->vectors, &features, x);
    sg_polarity_hidden(&weights->dense, x, hidden);
    for (int c = 0; c < SG_POLARITY_SCORES; c++) {
        float sum = 0;

        for (size_t i = 0; i < features.count; i++)
            sum += (float) weights->rows[features.rows[i]][c];
        scores[c] = sum * weights->scale;
        for (size_t h = 0; h < SG_POLARITY_HIDDEN; h++)
            scores[c] += hidden[h] * weights->dense.output[h][c];
    }
    sg_polarity_softmax(scores, out);
    return true;
}
