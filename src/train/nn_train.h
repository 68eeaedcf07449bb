#ifndef STANCE_NN_TRAIN_H
#define STANCE_NN_TRAIN_H

/* The backward half of src/language/nn.h, and the optimiser. */

#include <stddef.h>
#include <stdint.h>

#include "train_internal.h"

/* gw += x^T dy, in panels; gb += column sums of dy, unless NULL. n a multiple of 16. */
void sg_nn_multiply_back(const float *x, size_t rows, size_t x_step, const float *dy,
                         size_t dy_step, size_t k, size_t n, float *gw, float *gb);
/* Panels of the transpose of w (k inputs, n outputs, both multiples of 16). */
void sg_nn_transpose(const float *w, size_t k, size_t n, float *out);

/* dy is changed to what it is before sg_nn_rectify(), whose result is y. */
void sg_nn_rectify_back(const float *y, float *dy, size_t n, float slope);

/* Dropout (Srivastava et al. 2014): keeps each element with probability 1 - rate (to 1/256), scales
 * what it keeps, and notes in `mask` which those are. Nothing happens when `random` is NULL. */
void sg_nn_drop(float *x, uint8_t *mask, size_t count, float rate, sg_random *random);
void sg_nn_drop_back(float *dx, const uint8_t *mask, size_t count, float rate);

/* Backward of sg_nn_recur(), one direction. `u` holds z and the gates after the sigmoid, `c` the
 * states; du gets the gradient before the sigmoid, and dx is added to. The pointers are to the row
 * read first in the forward direction. */
void sg_nn_recur_back(const float *u, float *du, ptrdiff_t u_step, const float *x, float *dx,
                      const float *c, const float *dh, ptrdiff_t step, size_t rows, size_t width);

/* Adam (Kingma and Ba 2015); `rate` includes the bias correction. Clears g. n a multiple of 8. */
void sg_nn_adam(float *w, float *g, float *m, float *v, size_t n, float rate, float scale);
float sg_nn_square_sum(const float *x, size_t n);

#endif
