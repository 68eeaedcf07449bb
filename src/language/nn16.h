#ifndef STANCE_NN16_H
#define STANCE_NN16_H

/* Products of matrices in 16-bit whole numbers: half the memory and twice the speed of single
 * precision, and sums that do not depend on their order.
 *
 * Weights have one scale a column, activations one a row. The weights of a matrix of k inputs
 * (even) and n outputs (a multiple of 16) lie in panels of 16 columns, inputs two by two: element
 * (i, j) is at ((j / 16) * (k / 2) + i / 2) * 32 + (j % 16) * 2 + i % 2. With |x| <= 2047 and |w|
 * <= 1023, k up to 1024 cannot overflow 32 bits. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SG_NN16_X_MAX 2047
#define SG_NN16_W_MAX 1023
#define SG_NN16_K_MAX 1024

static inline size_t sg_nn16_at(size_t k, size_t i, size_t j)
{
    return ((j / 16) * (k / 2) + i / 2) * 32 + (j % 16) * 2 + i % 2;
}

/* Each row of x, in the range that 16 bits are used for, and the scale that leads back. k is a
 * multiple of 8; rows of `out` are k long. */
void sg_nn16_round(const float *x, size_t rows, size_t x_step, size_t k, int16_t *out,
                   float *scales);

typedef struct sg_nn16_matrix {
    const int16_t *w;
    const float *scales; /* n of them */
    const float *bias;   /* n of them */
    size_t k, n;
} sg_nn16_matrix;

/* y = bias + x w, or y += x w. Rows of x are k long and as sg_nn16_round() leaves them. */
void sg_nn16_multiply(const sg_nn16_matrix *matrix, const int16_t *x, const float *x_scales,
                      size_t rows, bool add, float *y, size_t y_step);

#endif
