#include "train_internal.h"

/* xorshift64* (Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators,
 * scrambled"). */

void sg_random_init(sg_random *random, uint64_t seed)
{
    random->state = (seed + 1) * 0x9e3779b97f4a7c15U;
    if (random->state == 0)
        random->state = 1;
    for (int i = 0; i < 8; i++)
        (void) sg_random_next(random);
}

uint64_t sg_random_next(sg_random *random)
{
    uint64_t x = random->state;

    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    return x * 0x2545f4914f6cdd1dU;
}

uint32_t sg_random_below(sg_random *random, uint32_t bound)
{
    return (uint32_t) (((sg_random_next(random) >> 32) * bound) >> 32);
}

float sg_random_unit(sg_random *random)
{
    return (float) (sg_random_next(random) >> 40) * (1.0f / 16777216.0f);
}

void sg_random_shuffle(sg_random *random, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t j = sg_random_below(random, (uint32_t) i);
        size_t kept = order[i - 1];

        order[i - 1] = order[j];
        order[j] = kept;
    }
}
