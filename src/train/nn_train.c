#include "nn_train.h"

/* Plain loops over vectors of eight floats; see src/language/nn.c for the clones. */

#include <assert.h>
#include <math.h>
#include <stdint.h>

#include "../language/nn.h"

typedef float v8 __attribute__((vector_size(32), aligned(4), may_alias));

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__)
# define CLONES __attribute__((target_clones("avx2", "default")))
#else
# define CLONES
#endif
#define LOAD(p)     (*(const v8 *) (const void *) (p))
#define STORE(p, v) (*(v8 *) (void *) (p) = (v))

static void add_column_sums(const float *dy, size_t rows, size_t dy_step, size_t n, float *gb)
{
    for (size_t r = 0; r < rows; r++)
        sg_nn_add_scaled(gb, dy + r * dy_step, 1.0f, n);
}

CLONES void sg_nn_multiply_back(const float *x, size_t rows, size_t x_step, const float *dy,
                                size_t dy_step, size_t k, size_t n, float *gw, float *gb)
{
    assert(k % 4 == 0 && n % SG_NN_PANEL == 0 && "weights come in whole panels");
    for (size_t j = 0; j < n; j += SG_NN_PANEL) {
        for (size_t i = 0; i < k; i += 4) {
            float *g = gw + sg_nn_at(k, i, j);
            v8 a0 = LOAD(g), b0 = LOAD(g + 8), a1 = LOAD(g + 16), b1 = LOAD(g + 24);
            v8 a2 = LOAD(g + 32), b2 = LOAD(g + 40), a3 = LOAD(g + 48), b3 = LOAD(g + 56);
            const float *in = x + i;
            const float *out = dy + j;

            for (size_t r = 0; r < rows; r++, in += x_step, out += dy_step) {
                v8 da = LOAD(out);
                v8 db = LOAD(out + 8);

                a0 += in[0] * da;
                b0 += in[0] * db;
                a1 += in[1] * da;
                b1 += in[1] * db;
                a2 += in[2] * da;
                b2 += in[2] * db;
                a3 += in[3] * da;
                b3 += in[3] * db;
            }
            STORE(g, a0);
            STORE(g + 8, b0);
            STORE(g + 16, a1);
            STORE(g + 24, b1);
            STORE(g + 32, a2);
            STORE(g + 40, b2);
            STORE(g + 48, a3);
            STORE(g + 56, b3);
        }
    }
    if (gb != NULL)
        add_column_sums(dy, rows, dy_step, n, gb);
}

void sg_nn_transpose(const float *w, size_t k, size_t n, float *out)
{
    for (size_t i = 0; i < k; i++) {
        for (size_t j = 0; j < n; j++)
            out[sg_nn_at(n, j, i)] = w[sg_nn_at(k, i, j)];
    }
}

void sg_nn_rectify_back(const float *y, float *dy, size_t n, float slope)
{
    for (size_t i = 0; i < n; i++)
        dy[i] *= y[i] > 0 ? 1.0f : slope;
}

CLONES void sg_nn_recur_back(const float *u, float *du, ptrdiff_t u_step, const float *x, float *dx,
                             const float *c, const float *dh, ptrdiff_t step, size_t rows,
                             size_t width)
{
    float carried[256] = { 0 };
    const float none[256] = { 0 };
    ptrdiff_t last = (ptrdiff_t) rows - 1;

    assert(width <= 256 && width % 8 == 0 && "the state has a fixed size");
    for (ptrdiff_t t = last; t >= 0; t--) {
        const float *ut = u + t * u_step;
        float *dut = du + t * u_step;
        const float *before = t > 0 ? c + (t - 1) * step : none;

        for (size_t i = 0; i < width; i += 8) {
            ptrdiff_t at = t * step + (ptrdiff_t) i;
            v8 z = LOAD(ut + i), f = LOAD(ut + width + i), r = LOAD(ut + 2 * width + i);
            v8 now = LOAD(c + at);
            v8 d = LOAD(dh + at);
            v8 dc = LOAD(carried + i) + d * r;

            STORE(dx + at, LOAD(dx + at) + d * (1.0f - r));
            STORE(dut + i, dc * (1.0f - f));
            STORE(dut + width + i, dc * (LOAD(before + i) - z) * f * (1.0f - f));
            STORE(dut + 2 * width + i, d * (now - LOAD(x + at)) * r * (1.0f - r));
            STORE(carried + i, dc * f);
        }
    }
}

CLONES void sg_nn_adam(float *w, float *g, float *m, float *v, size_t n, float rate, float scale)
{
    const float beta1 = 0.9f, beta2 = 0.99f, epsilon = 1e-8f;

    for (size_t i = 0; i < n; i++) {
        float d = g[i] * scale;

        m[i] = beta1 * m[i] + (1 - beta1) * d;
        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
        w[i] -= rate * m[i] / (sqrtf(v[i]) + epsilon);
        g[i] = 0;
    }
}

CLONES float sg_nn_square_sum(const float *x, size_t n)
{
    v8 sum = { 0 };
    float total = 0;

    for (size_t i = 0; i < n; i += 8)
        sum += LOAD(x + i) * LOAD(x + i);
    for (int i = 0; i < 8; i++)
        total += sum[i];
    return total;
}
