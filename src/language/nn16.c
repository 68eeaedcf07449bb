#include "nn16.h"

#include <assert.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
# include <immintrin.h>
#endif

#include "nn_vector.h"

#define ROWS  4
#define PANEL 16

/* Sums of four rows by one panel. */
typedef int32_t tile[ROWS][PANEL];

/* ---- sums ----------------------------------------------------------------------------------- */

static void sum_plain(const int16_t *x, size_t x_step, size_t rows, const int16_t *w, size_t pairs,
                      tile out)
{
    memset(out, 0, sizeof(tile));
    for (size_t i = 0; i < pairs; i++, w += (size_t) 2 * PANEL) {
        for (size_t r = 0; r < rows; r++) {
            int32_t x0 = x[r * x_step + 2 * i];
            int32_t x1 = x[r * x_step + 2 * i + 1];

            for (size_t j = 0; j < PANEL; j++)
                out[r][j] += x0 * w[2 * j] + x1 * w[2 * j + 1];
        }
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
/* Two inputs of a row, repeated over the register. */
static inline __attribute__((always_inline, target("avx2"))) __m256i pair_at(const int16_t *x)
{
    int32_t both;

    memcpy(&both, x, sizeof both);
    return _mm256_set1_epi32(both);
}

# define ADD_PAIRS(sum, x, w) (sum) = _mm256_add_epi32((sum), _mm256_madd_epi16((x), (w)))

__attribute__((target("avx2"))) static void sum_avx2(const int16_t *x, size_t x_step, size_t rows,
                                                     const int16_t *w, size_t pairs, tile out)
{
    const int16_t *x1 = rows > 1 ? x + x_step : x;
    const int16_t *x2 = rows > 2 ? x1 + x_step : x;
    const int16_t *x3 = rows > 3 ? x2 + x_step : x;
    __m256i a0 = _mm256_setzero_si256(), b0 = a0, a1 = a0, b1 = a0, a2 = a0, b2 = a0;
    __m256i a3 = a0, b3 = a0;

    for (size_t i = 0; i < 2 * pairs; i += 2, w += (size_t) 2 * PANEL) {
        __m256i wa = _mm256_loadu_si256((const __m256i *) (const void *) w);
        __m256i wb = _mm256_loadu_si256((const __m256i *) (const void *) (w + PANEL));
        __m256i p0 = pair_at(x + i), p1 = pair_at(x1 + i);
        __m256i p2 = pair_at(x2 + i), p3 = pair_at(x3 + i);

        ADD_PAIRS(a0, p0, wa);
        ADD_PAIRS(b0, p0, wb);
        ADD_PAIRS(a1, p1, wa);
        ADD_PAIRS(b1, p1, wb);
        ADD_PAIRS(a2, p2, wa);
        ADD_PAIRS(b2, p2, wb);
        ADD_PAIRS(a3, p3, wa);
        ADD_PAIRS(b3, p3, wb);
    }
    _mm256_storeu_si256((__m256i *) (void *) &out[0][0], a0);
    _mm256_storeu_si256((__m256i *) (void *) &out[0][8], b0);
    _mm256_storeu_si256((__m256i *) (void *) &out[1][0], a1);
    _mm256_storeu_si256((__m256i *) (void *) &out[1][8], b1);
    _mm256_storeu_si256((__m256i *) (void *) &out[2][0], a2);
    _mm256_storeu_si256((__m256i *) (void *) &out[2][8], b2);
    _mm256_storeu_si256((__m256i *) (void *) &out[3][0], a3);
    _mm256_storeu_si256((__m256i *) (void *) &out[3][8], b3);
}
#endif

typedef void sum_function(const int16_t *x, size_t x_step, size_t rows, const int16_t *w,
                          size_t pairs, tile out);

static sum_function *best_sum(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2"))
        return sum_avx2;
#endif
    return sum_plain;
}

/* ---- products ------------------------------------------------------------------------------- */

SG_INLINE void store_row(const sg_nn16_matrix *m, const int32_t *sums, float x_scale, size_t j,
                         bool add, float *y)
{
    for (size_t i = 0; i < PANEL; i += 8) {
        sg_v8 before = add ? SG_LOAD(y + i) : SG_LOAD(m->bias + j + i);
        sg_v8 sum = __builtin_convertvector(*(const sg_i8 *) (const void *) (sums + i), sg_v8);

        SG_STORE(y + i, before + sum * (x_scale * SG_LOAD(m->scales + j + i)));
    }
}

SG_CLONES static void store(const sg_nn16_matrix *m, tile sums, const float *x_scales, size_t rows,
                            size_t j, bool add, float *y, size_t y_step)
{
    for (size_t r = 0; r < rows; r++)
        store_row(m, sums[r], x_scales[r], j, add, y + r * y_step + j);
}

void sg_nn16_multiply(const sg_nn16_matrix *m, const int16_t *x, const float *x_scales, size_t rows,
                      bool add, float *y, size_t y_step)
{
    sum_function *sum = best_sum();

    assert(m->k % 2 == 0 && m->k <= SG_NN16_K_MAX && m->n % PANEL == 0 && "whole panels");
    for (size_t j = 0; j < m->n; j += PANEL) {
        const int16_t *panel = m->w + j * m->k;

        for (size_t r = 0; r < rows; r += ROWS) {
            size_t some = rows - r < ROWS ? rows - r : ROWS;
            tile sums;

            sum(x + r * m->k, m->k, some, panel, m->k / 2, sums);
            store(m, sums, x_scales + r, some, j, add, y + r * y_step, y_step);
        }
    }
}

/* Greatest absolute value of a row. */
SG_INLINE float greatest(const float *x, size_t k)
{
    const sg_i8 no_sign = { 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF,
                            0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF };
    sg_i8 max = { 0 };
    int32_t best = 1;
    float value;

    for (size_t i = 0; i < k; i += 8) { /* numbers without sign compare as their bits do */
        sg_i8 size = *(const sg_i8 *) (const void *) (x + i) & no_sign;
        sg_i8 more = size > max;

        max = (size & more) | (max & ~more);
    }
    for (int i = 0; i < 8; i++)
        best = max[i] > best ? max[i] : best;
    memcpy(&value, &best, sizeof value);
    return value < 1e-20f ? 1e-20f : value;
}

SG_CLONES void sg_nn16_round(const float *x, size_t rows, size_t x_step, size_t k, int16_t *out,
                             float *scales)
{
    const float shift = 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */

    for (size_t r = 0; r < rows; r++, x += x_step, out += k) {
        float max = greatest(x, k);
        float factor = SG_NN16_X_MAX / max;

        scales[r] = max / SG_NN16_X_MAX;
        for (size_t i = 0; i < k; i += 8) {
            sg_v8 rounded = (SG_LOAD(x + i) * factor + shift) - shift;
            sg_i8 whole = __builtin_convertvector(rounded, sg_i8);

            for (int l = 0; l < 8; l++)
                out[i + (size_t) l] = (int16_t) whole[l];
        }
    }
}
