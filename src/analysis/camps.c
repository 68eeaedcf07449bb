#include "stance/camps.h"

#include <math.h>

/* Power iteration on W + cI, where c, the largest absolute row sum, makes all eigenvalues
 * positive, so that the iteration finds the largest one of W and not the largest in size. */

#define ITERATIONS 1000
#define CONVERGED  1e-12

static double shift_of(const sg_network *network, sg_arena *arena)
{
    size_t n = network->discourse->actor_count;
    double *sums = sg_arena_calloc(arena, n + 1, sizeof *sums);
    double largest = 0;

    for (size_t i = 0; i < network->tie_count; i++) {
        sums[network->ties[i].a] += fabs(network->ties[i].weight);
        sums[network->ties[i].b] += fabs(network->ties[i].weight);
    }
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, sums[i]);
    return largest;
}

static double normalise(double *vector, size_t n)
{
    double length = 0;

    for (size_t i = 0; i < n; i++)
        length += vector[i] * vector[i];
    length = sqrt(length);
    for (size_t i = 0; i < n && length > 0; i++)
        vector[i] /= length;
    return length;
}

/* Turns the vector so that the first actor with a clear side is positive. */
static void face_first_actor(double *camp, size_t n)
{
    size_t first = 0;

    while (first < n && fabs(camp[first]) < 1e-6)
        first++;
    if (first == n || camp[first] > 0)
        return;
    for (size_t i = 0; i < n; i++)
        camp[i] = -camp[i];
}

double *sg_two_camps(const sg_network *network, sg_arena *arena)
{
    const sg_tie *ties = network->ties;
    size_t n = network->discourse->actor_count;
    double *now = sg_arena_calloc(arena, n + 1, sizeof *now);
    double *next = sg_arena_calloc(arena, n + 1, sizeof *next);
    double shift = shift_of(network, arena);

    if (network->tie_count == 0)
        return now;
    for (size_t i = 0; i < n; i++)
        now[i] = fmod(0.5 + 0.6180339887 * (double) i, 1.0) - 0.4; /* any start off the axes */
    (void) normalise(now, n);
    for (int round = 0; round < ITERATIONS; round++) {
        double change = 0;

        for (size_t i = 0; i < n; i++)
            next[i] = shift * now[i];
        for (size_t i = 0; i < network->tie_count; i++) {
            next[ties[i].a] += ties[i].weight * now[ties[i].b];
            next[ties[i].b] += ties[i].weight * now[ties[i].a];
        }
        (void) normalise(next, n);
        for (size_t i = 0; i < n; i++) {
            change += fabs(next[i] - now[i]);
            now[i] = next[i];
        }
        if (change < CONVERGED)
            break;
    }
    face_first_actor(now, n);
    return now;
}
