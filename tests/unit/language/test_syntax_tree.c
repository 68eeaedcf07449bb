#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/mem.h"

#include "language/syntax_internal.h"

enum { MOST = 5, STEP = MOST + 1 };

static float number(unsigned i)
{
    return (float) ((i * 2654435761U) >> 8) / 8388608.0f - 1.0f;
}

static bool is_tree(const uint32_t *heads, size_t n)
{
    size_t roots = 0;

    for (size_t j = 1; j <= n; j++) {
        size_t at = j;
        size_t steps = 0;

        roots += heads[j] == 0;
        while (at != 0 && steps++ <= n)
            at = heads[at];
        if (at != 0)
            return false;
    }
    return roots == 1;
}

static float total(const float *scores, const uint32_t *heads, size_t n)
{
    float sum = 0;

    for (size_t j = 1; j <= n; j++)
        sum += scores[j * STEP + heads[j]];
    return sum;
}

/* The best tree whose root is `root`, by trying every choice of heads. */
static float best_by_trial(const float *scores, size_t n, size_t root)
{
    uint32_t heads[MOST + 1] = { 0 };
    float best = -1e30f;
    size_t choices = 1;

    for (size_t j = 0; j < n; j++)
        choices *= n + 1;
    for (size_t c = 0; c < choices; c++) {
        size_t rest = c;

        for (size_t j = 1; j <= n; j++, rest /= n + 1)
            heads[j] = (uint32_t) (rest % (n + 1));
        if (heads[root] == 0 && is_tree(heads, n) && total(scores, heads, n) > best)
            best = total(scores, heads, n);
    }
    return best;
}

static void the_tree_found_is_the_best_one_under_its_root(void **state)
{
    void *scratch = sg_malloc(sg_syntax_tree_scratch(MOST));

    (void) state;
    for (unsigned trial = 0; trial < 300; trial++) {
        size_t n = 1 + trial % MOST;
        float scores[STEP * STEP];
        uint32_t heads[STEP];
        size_t root = 1;

        for (unsigned i = 0; i < STEP * STEP; i++)
            scores[i] = number(i + trial * 1000);
        sg_syntax_tree(scores, STEP, n, scratch, heads);
        assert_true(is_tree(heads, n));
        while (heads[root] != 0)
            root++;
        assert_true(total(scores, heads, n) > best_by_trial(scores, n, root) - 1e-4f);
    }
    sg_free(scratch);
}

static void nested_cycles_are_broken(void **state)
{
    /* 1 and 2 want each other, 3 and 4 too, and the pairs want each other. */
    float scores[STEP * STEP];
    uint32_t heads[STEP];
    void *scratch = sg_malloc(sg_syntax_tree_scratch(4));

    (void) state;
    for (size_t i = 0; i < STEP * STEP; i++)
        scores[i] = -10;
    scores[1 * STEP + 2] = scores[2 * STEP + 1] = -1;
    scores[3 * STEP + 4] = scores[4 * STEP + 3] = -1;
    scores[2 * STEP + 3] = scores[3 * STEP + 2] = -2;
    scores[1 * STEP + 0] = -4;
    sg_syntax_tree(scores, STEP, 4, scratch, heads);
    assert_int_equal(heads[1], 0);
    assert_int_equal(heads[2], 1);
    assert_int_equal(heads[3], 2);
    assert_int_equal(heads[4], 3);
    sg_free(scratch);
}

static void long_chains_of_cycles_end(void **state)
{
    enum { N = 256 };
    float *scores = sg_calloc((size_t) (N + 1) * (N + 1), sizeof *scores);
    uint32_t *heads = sg_calloc(N + 1, sizeof *heads);
    void *scratch = sg_malloc(sg_syntax_tree_scratch(N));

    (void) state;
    for (size_t j = 1; j <= N; j++) {
        for (size_t i = 0; i <= N; i++)
            scores[j * (N + 1) + i] = -(float) ((i > j ? i - j : j - i) + (i == 0 ? 1000 : 0));
    }
    sg_syntax_tree(scores, N + 1, N, scratch, heads);
    assert_true(is_tree(heads, N));
    sg_free(scratch);
    sg_free(heads);
    sg_free(scores);
}

static void distance_classes_grow_with_distance_and_tell_the_sides_apart(void **state)
{
    (void) state;
    assert_int_equal(sg_syntax_distance(0, 5), SG_SYNTAX_DISTANCES - 1);
    assert_int_not_equal(sg_syntax_distance(4, 5), sg_syntax_distance(6, 5));
    for (size_t gap = 2; gap < 100; gap++) {
        assert_true(sg_syntax_distance(200 + gap, 200) >= sg_syntax_distance(199 + gap, 200));
        assert_true(sg_syntax_distance(200, 200 + gap) >= sg_syntax_distance(200, 199 + gap));
        assert_true(sg_syntax_distance(200, 200 + gap) < SG_SYNTAX_DISTANCES - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_found_is_the_best_one_under_its_root),
        cmocka_unit_test(nested_cycles_are_broken),
        cmocka_unit_test(long_chains_of_cycles_end),
        cmocka_unit_test(distance_classes_grow_with_distance_and_tell_the_sides_apart),
    };

    return cmocka_run_group_tests_name("language/syntax_tree", tests, NULL, NULL);
}
