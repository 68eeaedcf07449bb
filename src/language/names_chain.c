#include <math.h>
#include <string.h>

#include "stance/names.h"

/* The chain over the labels of a run of words: best labelling (Viterbi) and sums over all
 * labellings (forward-backward with a scale for each word; Rabiner 1989). A run stands between two
 * words that are no names, so "no name" is the label before the first and after the last word.
 * Of the 441 label pairs only these make sense (BILOU; Ratinov and Roth 2009):
 *   no name, last, unit  ->  no name, begin, unit      (any type to any type)
 *   begin, inside        ->  inside, last              (same type)                               */

enum { CLOSED = 1 + 2 * SG_NAMES_TYPES }; /* labels after which, or with which, a name may begin */

static const uint8_t closing[CLOSED] = { 0, 3, 4, 7, 8, 11, 12, 15, 16, 19, 20 };
static const uint8_t opening[CLOSED] = { 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20 };

bool sg_names_may_follow(unsigned label, unsigned next)
{
    const bool open = label != SG_NAMES_OUTSIDE && sg_names_label_place(label) <= SG_NAMES_INSIDE;
    const bool goes_on =
        next != SG_NAMES_OUTSIDE && (sg_names_label_place(next) == SG_NAMES_INSIDE ||
                                     sg_names_label_place(next) == SG_NAMES_LAST);

    if (open != goes_on)
        return false;
    return !open || sg_names_label_type(label) == sg_names_label_type(next);
}

/* ---- best labelling ------------------------------------------------------------------------ */

static void best_step(const sg_names_chain *chain, const float *before, const float *score,
                      float *after, uint8_t *from)
{
    for (unsigned k = 0; k < CLOSED; k++) {
        const unsigned next = opening[k];
        float best = -INFINITY;
        uint8_t best_label = 0;

        for (unsigned j = 0; j < CLOSED; j++) {
            const float sum = before[closing[j]] + chain->pair[closing[j]][next];

            if (sum > best) {
                best = sum;
                best_label = closing[j];
            }
        }
        after[next] = best + score[next];
        from[next] = best_label;
    }
    for (unsigned type = 0; type < SG_NAMES_TYPES; type++) {
        const uint8_t begin = sg_names_label(type, SG_NAMES_BEGIN);
        const uint8_t inside = sg_names_label(type, SG_NAMES_INSIDE);

        for (unsigned next = inside; next <= inside + 1U; next++) {
            const float b = before[begin] + chain->pair[begin][next];
            const float i = before[inside] + chain->pair[inside][next];

            after[next] = (b >= i ? b : i) + score[next];
            from[next] = b >= i ? begin : inside;
        }
    }
}

void sg_names_best(const sg_names_chain *chain, const float *scores, size_t count, sg_arena *arena,
                   uint8_t *labels)
{
    uint8_t *from = sg_arena_alloc(arena, count * SG_NAMES_STRIDE);
    float sums[2][SG_NAMES_STRIDE];
    float *before = sums[0];
    float *after = sums[1];
    float best = -INFINITY;
    uint8_t label = 0;

    for (unsigned k = 0; k < SG_NAMES_STRIDE; k++)
        before[k] = k == SG_NAMES_OUTSIDE ? 0.0F : -INFINITY;
    for (size_t i = 0; i < count; i++) {
        float *const swap = before;

        best_step(chain, before, scores + i * SG_NAMES_STRIDE, after, from + i * SG_NAMES_STRIDE);
        before = after;
        after = swap;
    }
    for (unsigned j = 0; j < CLOSED; j++) {
        const float sum = before[closing[j]] + chain->pair[closing[j]][SG_NAMES_OUTSIDE];

        if (sum > best) {
            best = sum;
            label = closing[j];
        }
    }
    for (size_t i = count; i-- > 0;) {
        labels[i] = label;
        label = from[i * SG_NAMES_STRIDE + label];
    }
}

/* ---- sums ---------------------------------------------------------------------------------- */

static void locals(const float *scores, const uint32_t *allowed, size_t count, float *local,
                   double *log_total)
{
    for (size_t i = 0; i < count; i++) {
        const float *const score = scores + i * SG_NAMES_STRIDE;
        float *const out = local + i * SG_NAMES_STRIDE;
        const uint32_t mask = allowed == NULL ? UINT32_MAX : allowed[i];
        float best = -INFINITY;

        for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
            best = (mask >> k & 1U) != 0 && score[k] > best ? score[k] : best;
        for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
            out[k] = (mask >> k & 1U) != 0 ? expf(score[k] - best) : 0.0F;
        *log_total += best;
    }
}

static void forward_step(const sg_names_chain *pairs, const float *before, const float *local,
                         float *after)
{
    for (unsigned k = 0; k < CLOSED; k++) {
        const unsigned next = opening[k];
        float sum = 0.0F;

        for (unsigned j = 0; j < CLOSED; j++)
            sum += before[closing[j]] * pairs->pair[closing[j]][next];
        after[next] = sum * local[next];
    }
    for (unsigned type = 0; type < SG_NAMES_TYPES; type++) {
        const unsigned begin = sg_names_label(type, SG_NAMES_BEGIN);

        for (unsigned next = begin + 1; next <= begin + 2; next++)
            after[next] = (before[begin] * pairs->pair[begin][next] +
                           before[begin + 1] * pairs->pair[begin + 1][next]) *
                          local[next];
    }
}

static void backward_step(const sg_names_chain *pairs, const float *after, const float *local,
                          float *before)
{
    float weighted[SG_NAMES_STRIDE];

    for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
        weighted[k] = after[k] * local[k];
    for (unsigned j = 0; j < CLOSED; j++) {
        const unsigned label = closing[j];
        float sum = 0.0F;

        for (unsigned k = 0; k < CLOSED; k++)
            sum += weighted[opening[k]] * pairs->pair[label][opening[k]];
        before[label] = sum;
    }
    for (unsigned type = 0; type < SG_NAMES_TYPES; type++) {
        const unsigned begin = sg_names_label(type, SG_NAMES_BEGIN);

        for (unsigned label = begin; label <= begin + 1; label++)
            before[label] = weighted[begin + 1] * pairs->pair[label][begin + 1] +
                            weighted[begin + 2] * pairs->pair[label][begin + 2];
    }
}

/* Divides by the sum, which is returned; 0 if the sum is 0. */
static float normalise(float *values)
{
    float sum = 0.0F;

    for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
        sum += values[k];
    if (sum <= 0.0F)
        return 0.0F;
    for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
        values[k] /= sum;
    return sum;
}

bool sg_names_sum(const sg_names_chain *exp_chain, const float *scores, const uint32_t *allowed,
                  size_t count, sg_arena *arena, sg_names_sums *sums)
{
    const size_t bytes = count * SG_NAMES_STRIDE * sizeof(float);
    float edge[SG_NAMES_STRIDE] = { 1.0F };
    float *last;
    float end = 0.0F;

    sums->count = count;
    sums->local = sg_arena_alloc(arena, bytes);
    sums->forward = sg_arena_alloc(arena, bytes);
    sums->backward = sg_arena_alloc(arena, bytes);
    sums->scale = sg_arena_alloc(arena, (count + 1) * sizeof(float));
    sums->log_total = 0.0;
    locals(scores, allowed, count, sums->local, &sums->log_total);
    for (size_t i = 0; i < count; i++) {
        const size_t at = i * SG_NAMES_STRIDE;

        forward_step(exp_chain, i == 0 ? edge : sums->forward + at - SG_NAMES_STRIDE,
                     sums->local + at, sums->forward + at);
        sums->scale[i] = normalise(sums->forward + at);
        if (sums->scale[i] <= 0.0F)
            return false;
        sums->log_total += logf(sums->scale[i]);
    }
    last = sums->forward + (count - 1) * SG_NAMES_STRIDE;
    for (unsigned j = 0; j < CLOSED; j++)
        end += last[closing[j]] * exp_chain->pair[closing[j]][SG_NAMES_OUTSIDE];
    if (end <= 0.0F)
        return false;
    sums->scale[count] = end;
    sums->log_total += logf(end);
    last = sums->backward + (count - 1) * SG_NAMES_STRIDE;
    memset(last, 0, SG_NAMES_STRIDE * sizeof(float));
    for (unsigned j = 0; j < CLOSED; j++)
        last[closing[j]] = exp_chain->pair[closing[j]][SG_NAMES_OUTSIDE] / end;
    for (size_t i = count - 1; i-- > 0;) {
        const size_t at = (i + 1) * SG_NAMES_STRIDE;
        float *const before = sums->backward + i * SG_NAMES_STRIDE;

        backward_step(exp_chain, sums->backward + at, sums->local + at, before);
        for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
            before[k] /= sums->scale[i + 1];
    }
    return true;
}

float sg_names_span_probability(const sg_names_chain *exp_chain, const sg_names_sums *sums,
                                size_t first, size_t last, unsigned type)
{
    const bool unit = first == last;
    unsigned label = sg_names_label(type, unit ? SG_NAMES_UNIT : SG_NAMES_BEGIN);
    float probability = sums->forward[first * SG_NAMES_STRIDE + label];

    for (size_t i = first + 1; i <= last; i++) {
        const unsigned next = sg_names_label(type, i == last ? SG_NAMES_LAST : SG_NAMES_INSIDE);

        probability *=
            exp_chain->pair[label][next] * sums->local[i * SG_NAMES_STRIDE + next] / sums->scale[i];
        label = next;
    }
    return probability * sums->backward[last * SG_NAMES_STRIDE + label];
}
