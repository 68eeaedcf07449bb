#ifndef STANCE_CAMPS_H
#define STANCE_CAMPS_H

/* Two camps: the best split of a signed network in two by the leading eigenvector of its weight
 * matrix (Kunegis et al. 2010 use the same vector of the signed Laplacian's counterpart). */

#include <stddef.h>

#include "stance/analysis.h"

/* One number per actor, in the arena: its sign says the side, its size how clearly. The side of
 * the actor with the most statements is positive. All zeros when there are no ties. */
double *sg_two_camps(const sg_network *network, sg_arena *arena);

#endif
