#include "stance/suggest.h"

#include <stdint.h>
#include <string.h>

#include "stance/mem.h"
#include "stance/utf8.h"

/* Names longer than this are compared by their beginnings. */
#define LONGEST 63

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static uint32_t lower(char c)
{
    return sg_utf8_to_lower((unsigned char) c);
}

size_t sg_edit_distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *now = rows[2];
    size_t a_len = smaller(strlen(a), LONGEST);
    size_t b_len = smaller(strlen(b), LONGEST);

    for (size_t j = 0; j <= b_len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *freed = before;

        now[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t cost = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;

            now[j] = smaller(smaller(last[j] + 1, now[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
        before = last;
        last = now;
        now = freed;
    }
    return last[b_len];
}

const char *sg_suggest(const char *name, const char *const *known, size_t count)
{
    const char *best = NULL;
    size_t best_distance = strlen(name) / 3 + 1;

    for (size_t i = 0; i < count; i++) {
        size_t distance = sg_edit_distance(name, known[i]);

        if (distance < best_distance || (distance == best_distance && best == NULL)) {
            best = known[i];
            best_distance = distance;
        }
    }
    return best;
}
