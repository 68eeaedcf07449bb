#include "nn_train.h"

/* Plain loops over vectors of eight floats; see src/language/nn.c for the clones. */

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../language/nn.h"
#include "../language/nn_vector.h"

static void add_column_sums(const float *dy, size_t rows, size_t dy_step, size_t n, float *gb)
{
    for (size_t r = 0; r < rows; r++)
        sg_nn_add_scaled(gb, dy + r * dy_step, 1.0f, n);
}

/* Rows that are worked on together: what is read of x and dy stays in the first-level cache. */
#define BACK_ROWS 64

/* Four inputs by one panel over some rows. */
SG_INLINE void back4(const float *in, size_t x_step, const float *out, size_t dy_step, size_t rows,
                     float *g)
{
    sg_v8 a0 = SG_LOAD(g), b0 = SG_LOAD(g + 8), a1 = SG_LOAD(g + 16), b1 = SG_LOAD(g + 24);
    sg_v8 a2 = SG_LOAD(g + 32), b2 = SG_LOAD(g + 40), a3 = SG_LOAD(g + 48), b3 = SG_LOAD(g + 56);

    for (size_t r = 0; r < rows; r++, in += x_step, out += dy_step) {
        sg_v8 da = SG_LOAD(out);
        sg_v8 db = SG_LOAD(out + 8);

        a0 += in[0] * da;
        b0 += in[0] * db;
        a1 += in[1] * da;
        b1 += in[1] * db;
        a2 += in[2] * da;
        b2 += in[2] * db;
        a3 += in[3] * da;
        b3 += in[3] * db;
    }
    SG_STORE(g, a0);
    SG_STORE(g + 8, b0);
    SG_STORE(g + 16, a1);
    SG_STORE(g + 24, b1);
    SG_STORE(g + 32, a2);
    SG_STORE(g + 40, b2);
    SG_STORE(g + 48, a3);
    SG_STORE(g + 56, b3);
}

SG_CLONES void sg_nn_multiply_back(const float *x, size_t rows, size_t x_step, const float *dy,
                                   size_t dy_step, size_t k, size_t n, float *gw, float *gb)
{
    assert(k % 4 == 0 && n % SG_NN_PANEL == 0 && "weights come in whole panels");
    for (size_t r = 0; r < rows; r += BACK_ROWS) {
        size_t some = rows - r < BACK_ROWS ? rows - r : BACK_ROWS;

        for (size_t j = 0; j < n; j += SG_NN_PANEL) {
            for (size_t i = 0; i < k; i += 4)
                back4(x + r * x_step + i, x_step, dy + r * dy_step + j, dy_step, some,
                      gw + sg_nn_at(k, i, j));
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

SG_CLONES void sg_nn_rectify_back(const float *y, float *dy, size_t n, float slope)
{
    for (size_t i = 0; i < n; i++)
        dy[i] *= y[i] > 0 ? 1.0f : slope;
}

/* A share of the elements is kept: those whose byte of chance is not below `limit` of 256. */
SG_CLONES static void keep_some(float *x, uint8_t *mask, size_t count, unsigned limit, float scale)
{
    for (size_t i = 0; i < count; i++) {
        mask[i] = mask[i] >= limit;
        x[i] *= mask[i] != 0 ? scale : 0.0f;
    }
}

void sg_nn_drop(float *x, uint8_t *mask, size_t count, float rate, sg_random *random)
{
    unsigned limit = (unsigned) (rate * 256);
    size_t i = 0;

    if (random == NULL || limit == 0)
        return;
    for (; i + 8 <= count; i += 8) {
        uint64_t bits = sg_random_next(random);

        memcpy(mask + i, &bits, sizeof bits);
    }
    for (; i < count; i++)
        mask[i] = (uint8_t) (sg_random_next(random) >> 56);
    keep_some(x, mask, count, limit, 256.0f / (float) (256 - limit));
}

SG_CLONES void sg_nn_drop_back(float *dx, const uint8_t *mask, size_t count, float rate)
{
    unsigned limit = (unsigned) (rate * 256);
    float scale = 256.0f / (float) (256 - limit);

    if (limit == 0)
        return;
    for (size_t i = 0; i < count; i++)
        dx[i] *= mask[i] != 0 ? scale : 0.0f;
}

SG_CLONES void sg_nn_recur_back(const float *u, float *du, ptrdiff_t u_step, const float *x,
                                float *dx, const float *c, const float *dh, ptrdiff_t step,
                                size_t rows, size_t width)
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
            sg_v8 z = SG_LOAD(ut + i), f = SG_LOAD(ut + width + i), r = SG_LOAD(ut + 2 * width + i);
            sg_v8 now = SG_LOAD(c + at);
            sg_v8 d = SG_LOAD(dh + at);
            sg_v8 dc = SG_LOAD(carried + i) + d * r;

            SG_STORE(dx + at, SG_LOAD(dx + at) + d * (1.0f - r));
            SG_STORE(dut + i, dc * (1.0f - f));
            SG_STORE(dut + width + i, dc * (SG_LOAD(before + i) - z) * f * (1.0f - f));
            SG_STORE(dut + 2 * width + i, d * (now - SG_LOAD(x + at)) * r * (1.0f - r));
            SG_STORE(carried + i, dc * f);
        }
    }
}

SG_CLONES void sg_nn_adam(float *w, float *g, float *m, float *v, size_t n, float rate, float scale)
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

SG_CLONES float sg_nn_square_sum(const float *x, size_t n)
{
    sg_v8 sum = { 0 };
    float total = 0;

    for (size_t i = 0; i < n; i += 8)
        sum += SG_LOAD(x + i) * SG_LOAD(x + i);
    for (int i = 0; i < 8; i++)
        total += sum[i];
    return total;
}
