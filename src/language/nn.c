#include "nn.h"

/* Written with the vector types of GCC and Clang, eight floats wide; the compiler makes one version
 * for AVX2 and one for any machine. */

#include <assert.h>
#include <float.h>
#include <stdint.h>
#include <string.h>

#include "nn_vector.h"

/* Four rows by one panel: eight accumulators, so that additions overlap. */
SG_INLINE void multiply4(const float *x, size_t x_step, const float *w, size_t k,
                         const sg_v8 *start, float *y, size_t y_step)
{
    const float *x1 = x + x_step;
    const float *x2 = x1 + x_step;
    const float *x3 = x2 + x_step;
    sg_v8 a0 = start[0], b0 = start[1], a1 = a0, b1 = b0, a2 = a0, b2 = b0, a3 = a0, b3 = b0;

    for (size_t i = 0; i < k; i++, w += SG_NN_PANEL) {
        sg_v8 wa = SG_LOAD(w);
        sg_v8 wb = SG_LOAD(w + 8);

        a0 += x[i] * wa;
        b0 += x[i] * wb;
        a1 += x1[i] * wa;
        b1 += x1[i] * wb;
        a2 += x2[i] * wa;
        b2 += x2[i] * wb;
        a3 += x3[i] * wa;
        b3 += x3[i] * wb;
    }
    SG_STORE(y, a0);
    SG_STORE(y + 8, b0);
    SG_STORE(y + y_step, a1);
    SG_STORE(y + y_step + 8, b1);
    SG_STORE(y + 2 * y_step, a2);
    SG_STORE(y + 2 * y_step + 8, b2);
    SG_STORE(y + 3 * y_step, a3);
    SG_STORE(y + 3 * y_step + 8, b3);
}

SG_INLINE void multiply1(const float *x, const float *w, size_t k, const sg_v8 *start, float *y)
{
    sg_v8 a = start[0];
    sg_v8 b = start[1];

    for (size_t i = 0; i < k; i++, w += SG_NN_PANEL) {
        a += x[i] * SG_LOAD(w);
        b += x[i] * SG_LOAD(w + 8);
    }
    SG_STORE(y, a);
    SG_STORE(y + 8, b);
}

SG_CLONES void sg_nn_multiply(const float *x, size_t rows, size_t x_step, const float *w,
                              const float *bias, size_t k, size_t n, float *y, size_t y_step)
{
    assert(n % SG_NN_PANEL == 0 && "weights come in whole panels");
    for (size_t j = 0; j < n; j += SG_NN_PANEL) {
        const float *panel = w + j * k;
        sg_v8 start[2] = { { 0 }, { 0 } };
        size_t r = 0;

        if (bias != NULL) {
            start[0] = SG_LOAD(bias + j);
            start[1] = SG_LOAD(bias + j + 8);
        }
        for (; r + 4 <= rows; r += 4)
            multiply4(x + r * x_step, x_step, panel, k, start, y + r * y_step + j, y_step);
        for (; r < rows; r++)
            multiply1(x + r * x_step, panel, k, start, y + r * y_step + j);
    }
}

SG_CLONES void sg_nn_add_scaled(float *y, const float *x, float a, size_t n)
{
    for (size_t i = 0; i < n; i += 8)
        SG_STORE(y + i, SG_LOAD(y + i) + a * SG_LOAD(x + i));
}

SG_CLONES float sg_nn_dot(const float *x, const float *y, size_t n)
{
    sg_v8 sum = { 0 };
    float total = 0;

    for (size_t i = 0; i < n; i += 8)
        sum += SG_LOAD(x + i) * SG_LOAD(y + i);
    for (int i = 0; i < 8; i++)
        total += sum[i];
    return total;
}

SG_CLONES void sg_nn_rectify(float *x, size_t n, float slope)
{
    for (size_t i = 0; i < n; i += 8) {
        sg_v8 v = SG_LOAD(x + i);
        sg_v8 low = v * slope;
        sg_i8 keep = v > low;

        SG_STORE(x + i, (sg_v8) (((sg_i8) v & keep) | ((sg_i8) low & ~keep)));
    }
}

/* exp(x) as 2^n * 2^f, n the nearest integer, with the minimax polynomial of Cephes expf(). */
SG_INLINE void exponential(sg_v8 *at)
{
    const float shift = 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
    sg_v8 x = *at;
    sg_i8 over = x > 88.0f;
    sg_i8 under = x < -87.0f;
    sg_v8 n, p;
    sg_i8 power;

    x = (sg_v8) (((sg_i8) x & ~over) | ((sg_i8) (sg_v8){ 88, 88, 88, 88, 88, 88, 88, 88 } & over));
    x = (sg_v8) (((sg_i8) x & ~under) |
                 ((sg_i8) (sg_v8){ -87, -87, -87, -87, -87, -87, -87, -87 } & under));
    n = x * 1.44269504f + shift;
    n = n - shift;
    x = x - n * 0.693359375f;
    x = x + n * 2.12194440e-4f;
    p = x * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * x + 8.3334519073e-3f;
    p = p * x + 4.1665795894e-2f;
    p = p * x + 1.6666665459e-1f;
    p = p * x + 5.0000001201e-1f;
    p = p * x * x + x + 1.0f;
    power = (__builtin_convertvector(n, sg_i8) + 127) << 23;
    *at = p * (sg_v8) power;
}

SG_CLONES void sg_nn_sigmoid(float *x, size_t n)
{
    for (size_t i = 0; i < n; i += 8) {
        sg_v8 e = -SG_LOAD(x + i);

        exponential(&e);
        SG_STORE(x + i, 1.0f / (1.0f + e));
    }
}

SG_CLONES void sg_nn_softmax(float *x, size_t n)
{
    float max = -FLT_MAX;
    float sum = 0;

    for (size_t i = 0; i < n; i++)
        max = x[i] > max ? x[i] : max;
    for (size_t i = 0; i < n; i += 8) {
        size_t m = n - i < 8 ? n - i : 8;
        sg_v8 e = { 0 };

        memcpy(&e, x + i, m * sizeof *x);
        e -= max;
        exponential(&e);
        memcpy(x + i, &e, m * sizeof *x);
        for (size_t l = 0; l < m; l++)
            sum += x[i + l];
    }
    for (size_t i = 0; i < n; i++)
        x[i] /= sum;
}

float sg_nn_exp(float x)
{
    sg_v8 e = { x };

    exponential(&e);
    return e[0];
}

float sg_nn_log(float x)
{
    /* x = 2^e * m with m in [sqrt(1/2), sqrt(2)); Cephes logf(). */
    uint32_t bits;
    int32_t e;
    float m, z, p;

    memcpy(&bits, &x, sizeof bits);
    e = (int32_t) (bits >> 23) - 126;
    bits = (bits & 0x7FFFFFU) | 0x3F000000U;
    memcpy(&m, &bits, sizeof m);
    if (m < 0.707106781f) {
        m += m;
        e--;
    }
    m -= 1.0f;
    z = m * m;
    p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    return m + (p * m * z - 0.5f * z) + (float) e * 0.69314718f;
}

SG_CLONES float sg_nn_log_sum(const float *x, size_t n)
{
    float max = -FLT_MAX;
    sg_v8 sum = { 0 };
    float rest[8];
    float total = 0;
    size_t whole = n / 8 * 8;

    for (size_t i = 0; i < n; i++)
        max = x[i] > max ? x[i] : max;
    for (size_t i = 0; i < whole; i += 8) {
        sg_v8 e = SG_LOAD(x + i) - max;

        exponential(&e);
        sum += e;
    }
    if (whole < n) {
        sg_v8 e;

        for (size_t i = 0; i < 8; i++)
            rest[i] = whole + i < n ? x[whole + i] : -FLT_MAX;
        e = SG_LOAD(rest) - max;
        exponential(&e);
        sum += e;
    }
    for (int i = 0; i < 8; i++)
        total += sum[i];
    return max + sg_nn_log(total);
}

SG_CLONES void sg_nn_scale_bytes(float *y, const int8_t *bytes, const float *scales, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = (float) bytes[i] * scales[i];
}

SG_CLONES void sg_nn_add_bytes(float *y, const int8_t *bytes, float scale, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] += (float) bytes[i] * scale;
}

SG_CLONES void sg_nn_recur(const float *u, ptrdiff_t u_step, const float *x, float *h, float *c,
                           ptrdiff_t step, size_t rows, size_t width)
{
    float state[256] = { 0 };

    assert(width <= 256 && width % 8 == 0 && "the state has a fixed size");
    for (size_t t = 0; t < rows; t++) {
        for (size_t i = 0; i < width; i += 8) {
            sg_v8 z = SG_LOAD(u + i);
            sg_v8 in = SG_LOAD(x + i);
            sg_v8 now = z + SG_LOAD(u + width + i) * (SG_LOAD(state + i) - z);

            SG_STORE(state + i, now);
            if (c != NULL)
                SG_STORE(c + i, now);
            SG_STORE(h + i, in + SG_LOAD(u + 2 * width + i) * (now - in));
        }
        u += u_step;
        x += step;
        h += step;
        if (c != NULL)
            c += step;
    }
}
