#ifndef STANCE_NN_H
#define STANCE_NN_H

/* Small dense network arithmetic, single precision.
 *
 * A weight matrix of k inputs and n outputs (n a multiple of 16) is kept in panels of 16 columns:
 * element (i, j) is at ((j / 16) * k + i) * 16 + j % 16. Every output element is the sum over i in
 * rising order whatever the vector width, and products are rounded before they are added (no fused
 * multiply-add), so results are the same bits on every machine. */

#include <stddef.h>
#include <stdint.h>

#define SG_NN_PANEL 16

static inline size_t sg_nn_at(size_t k, size_t i, size_t j)
{
    return ((j / SG_NN_PANEL) * k + i) * SG_NN_PANEL + j % SG_NN_PANEL;
}

/* y[r] = bias + x[r] * w for `rows` rows; x has `x_step` floats from row to row, y has `y_step`.
 * `bias` may be NULL. */
void sg_nn_multiply(const float *x, size_t rows, size_t x_step, const float *w, const float *bias,
                    size_t k, size_t n, float *y, size_t y_step);

/* y += a * x, n a multiple of 8 */
void sg_nn_add_scaled(float *y, const float *x, float a, size_t n);
/* y[i] = bytes[i] * scales[i], any n */
void sg_nn_scale_bytes(float *y, const int8_t *bytes, const float *scales, size_t n);
/* y += scale * bytes, n a multiple of 8 */
void sg_nn_add_bytes(float *y, const int8_t *bytes, float scale, size_t n);
float sg_nn_dot(const float *x, const float *y, size_t n); /* n a multiple of 8 */
/* Leaves max(x, slope * x), 0 <= slope < 1; n a multiple of 8. */
void sg_nn_rectify(float *x, size_t n, float slope);
/* In place: exp(x - max) / sum; returns nothing for n == 0. Any n. */
void sg_nn_softmax(float *x, size_t n);
/* Logarithm of the sum of exp(x[i]). Any n > 0. */
float sg_nn_log_sum(const float *x, size_t n);
/* These two do not depend on the mathematical library of the machine. */
float sg_nn_exp(float x);
float sg_nn_log(float x); /* x > 0 and normal */
/* 1 / (1 + exp(-x)) in place; n a multiple of 8. */
void sg_nn_sigmoid(float *x, size_t n);

/* One direction of a simple recurrent unit (Lei, Zhang, Wang, Dai and Artzi 2018, without the
 * peephole) over `rows` rows: candidates z, forget gates f and highway gates r (the last two as
 * sigmoids already) lie in `u` at z_at, z_at + width, z_at + 2 width of each row.
 *     c = f * c_before + (1 - f) * z        h = r * c + (1 - r) * x
 * `step` and `u_step` are the floats from one row to the next, negative for the backward direction;
 * `c`, if not NULL, gets the states, row by row as h. width is a multiple of 8, at most 256. */
void sg_nn_recur(const float *u, ptrdiff_t u_step, const float *x, float *h, float *c,
                 ptrdiff_t step, size_t rows, size_t width);

#endif
