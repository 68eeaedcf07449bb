#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/mem.h"

#include "language/nn.h"
#include "language/nn16.h"

/* Numbers between -1 and 1 that look random. */
static float number(unsigned i)
{
    return (float) ((i * 2654435761U) >> 8) / 8388608.0f - 1.0f;
}

enum { ROWS = 7, K = 24, N = 48 };

static void products_agree_with_the_definition(void **state)
{
    float x[ROWS * K], w[K * N], bias[N], y[ROWS * N];

    (void) state;
    for (unsigned i = 0; i < ROWS * K; i++)
        x[i] = number(i);
    for (unsigned i = 0; i < K * N; i++)
        w[i] = number(i + 7777);
    for (unsigned i = 0; i < N; i++)
        bias[i] = number(i + 99);
    sg_nn_multiply(x, ROWS, K, w, bias, K, N, y, N);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t j = 0; j < N; j++) {
            float sum = bias[j];

            for (size_t i = 0; i < K; i++)
                sum += x[r * K + i] * w[sg_nn_at(K, i, j)];
            assert_true(sum == y[r * N + j]); /* the same order of sums: the same bits */
        }
    }
}

static void products_in_16_bits_are_exact_sums(void **state)
{
    int16_t x[ROWS * K], w[K * N];
    float scales[N], bias[N], x_scales[ROWS], y[ROWS * N];
    sg_nn16_matrix matrix = { w, scales, bias, K, N };

    (void) state;
    for (unsigned i = 0; i < ROWS * K; i++)
        x[i] = (int16_t) (number(i) * SG_NN16_X_MAX);
    for (unsigned i = 0; i < K * N; i++)
        w[i] = (int16_t) (number(i + 7777) * SG_NN16_W_MAX);
    for (unsigned i = 0; i < N; i++) {
        scales[i] = 1.0f / 1024;
        bias[i] = 0;
    }
    for (unsigned i = 0; i < ROWS; i++)
        x_scales[i] = 1.0f / 2048;
    sg_nn16_multiply(&matrix, x, x_scales, ROWS, false, y, N);
    sg_nn16_multiply(&matrix, x, x_scales, ROWS, true, y, N);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t j = 0; j < N; j++) {
            int32_t sum = 0;

            for (size_t i = 0; i < K; i++)
                sum += x[r * K + i] * w[sg_nn16_at(K, i, j)];
            assert_true(2 * ((float) sum * (1.0f / 2048 / 1024)) == y[r * N + j]);
        }
    }
}

static void extreme_16_bit_products_do_not_overflow(void **state)
{
    enum { LONGEST = SG_NN16_K_MAX, PANEL = 16 };
    int16_t *x = sg_calloc(LONGEST, sizeof *x);
    int16_t *w = sg_calloc((size_t) LONGEST * PANEL, sizeof *w);
    float scales[PANEL], bias[PANEL] = { 0 }, x_scale = 1, y[PANEL];
    sg_nn16_matrix matrix = { w, scales, bias, LONGEST, PANEL };

    (void) state;
    for (size_t i = 0; i < LONGEST; i++)
        x[i] = SG_NN16_X_MAX;
    for (size_t i = 0; i < (size_t) LONGEST * PANEL; i++)
        w[i] = SG_NN16_W_MAX;
    for (size_t i = 0; i < PANEL; i++)
        scales[i] = 1;
    sg_nn16_multiply(&matrix, x, &x_scale, 1, false, y, PANEL);
    assert_true(y[5] == (float) LONGEST * SG_NN16_X_MAX * SG_NN16_W_MAX);
    sg_free(x);
    sg_free(w);
}

static void rounding_to_16_bits_keeps_the_ratio(void **state)
{
    float x[16] = { 0.5f, -1.0f, 0.25f, 0, 1e-9f };
    float zeros[8] = { 0 };
    int16_t out[16];
    float scale = 0;

    (void) state;
    sg_nn16_round(x, 1, 16, 16, out, &scale);
    assert_int_equal(out[1], -SG_NN16_X_MAX);
    assert_int_equal(out[0], 1024); /* 1023.5, to the even neighbour */
    assert_int_equal(out[3], 0);
    assert_int_equal(out[4], 0);
    assert_true(fabsf(out[2] * scale - 0.25f) < scale);
    sg_nn16_round(zeros, 1, 8, 8, out, &scale);
    assert_int_equal(out[0], 0);
}

static void exponentials_and_logarithms_are_close_to_the_library(void **state)
{
    (void) state;
    for (float x = -80; x < 80; x += 0.37f) {
        assert_true(fabsf(sg_nn_exp(x) / expf(x) - 1) < 1e-5f);
        assert_true(fabsf(sg_nn_log(expf(x)) - x) < 1e-4f);
    }
    assert_true(sg_nn_exp(-1e9f) < 1e-37f);
    assert_true(sg_nn_exp(1e9f) > 1e38f);
}

static void sigmoid_stays_within_zero_and_one(void **state)
{
    float x[8] = { -1e30f, -100, -1, 0, 1, 100, 1e30f, 2 };

    (void) state;
    sg_nn_sigmoid(x, 8);
    assert_true(x[0] >= 0 && x[0] < 1e-30f);
    assert_true(x[3] == 0.5f);
    assert_true(fabsf(x[2] + x[4] - 1) < 1e-6f);
    assert_true(x[6] <= 1 && x[6] > 0.999f);
}

static void softmax_sums_to_one_for_any_length(void **state)
{
    (void) state;
    for (size_t n = 1; n < 30; n++) {
        float x[32], sum = 0, log_sum;

        for (unsigned i = 0; i < n; i++)
            x[i] = 50 * number(i);
        log_sum = sg_nn_log_sum(x, n);
        for (size_t i = 0; i < n; i++)
            sum += expf(x[i] - log_sum);
        assert_true(fabsf(sum - 1) < 1e-3f);
        sg_nn_softmax(x, n);
        sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += x[i];
        assert_true(fabsf(sum - 1) < 1e-5f);
    }
}

static void recurrence_follows_its_equations_in_both_directions(void **state)
{
    enum { WIDTH = 8, LENGTH = 5 };
    float u[LENGTH * 3 * WIDTH], x[LENGTH * WIDTH], h[LENGTH * WIDTH], c[LENGTH * WIDTH];

    (void) state;
    for (unsigned i = 0; i < LENGTH * 3 * WIDTH; i++)
        u[i] = 0.5f + 0.5f * number(i);
    for (unsigned i = 0; i < LENGTH * WIDTH; i++)
        x[i] = number(i + 5);
    for (int back = 0; back < 2; back++) {
        ptrdiff_t step = back ? -WIDTH : WIDTH;
        size_t start = back ? LENGTH - 1 : 0;

        sg_nn_recur(u + start * 3 * WIDTH, 3 * step, x + start * WIDTH, h + start * WIDTH,
                    c + start * WIDTH, step, LENGTH, WIDTH);
        for (size_t i = 0; i < WIDTH; i++) {
            float now = 0;

            for (size_t k = 0; k < LENGTH; k++) {
                size_t t = back ? LENGTH - 1 - k : k;
                float z = u[t * 3 * WIDTH + i], f = u[t * 3 * WIDTH + WIDTH + i];
                float r = u[t * 3 * WIDTH + 2 * WIDTH + i];

                now = f * now + (1 - f) * z;
                assert_true(fabsf(c[t * WIDTH + i] - now) < 1e-5f);
                assert_true(fabsf(h[t * WIDTH + i] - (r * now + (1 - r) * x[t * WIDTH + i])) <
                            1e-5f);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree_with_the_definition),
        cmocka_unit_test(products_in_16_bits_are_exact_sums),
        cmocka_unit_test(extreme_16_bit_products_do_not_overflow),
        cmocka_unit_test(rounding_to_16_bits_keeps_the_ratio),
        cmocka_unit_test(exponentials_and_logarithms_are_close_to_the_library),
        cmocka_unit_test(sigmoid_stays_within_zero_and_one),
        cmocka_unit_test(softmax_sums_to_one_for_any_length),
        cmocka_unit_test(recurrence_follows_its_equations_in_both_directions),
    };

    return cmocka_run_group_tests_name("language/nn", tests, NULL, NULL);
}
