#include "syntax_internal.h"

/* From scores of single arcs to a tree: each word takes its best head; where that makes cycles,
 * they are broken at the least cost (Chu and Liu 1965, Edmonds 1967). A cycle is contracted into
 * one of its nodes; for each entry of the matrix we remember which two rows it stands for, and for
 * each contraction which node of the cycle each row belonged to, so that the arcs can be put back
 * in the reverse order. English sentences seldom need more than the first step. */

#include <string.h>

#define NONE      UINT32_MAX
#define FORBIDDEN (-1e9f)

typedef struct arc {
    uint16_t to;
    uint16_t from;
} arc;

typedef struct search {
    size_t n;          /* rows, the root included */
    float *score;      /* [to * n + from] */
    arc *real;         /* the rows that an entry stands for */
    uint32_t *best;    /* chosen head of each node */
    uint32_t *part;    /* the node that each row belongs to now */
    uint32_t *seen;    /* the walk that came by, while looking for cycles */
    uint32_t *history; /* [contraction * n + row]: node within the cycle, or NONE */
    arc *kept;         /* [contraction * n + node]: its arc inside the cycle */
    size_t contractions;
} search;

size_t sg_syntax_tree_scratch(size_t n)
{
    size_t rows = n + 1;

    return rows * rows * (sizeof(float) + 2 * sizeof(arc) + sizeof(uint32_t)) +
           3 * rows * sizeof(uint32_t);
}

static void choose_best(search *s, size_t to)
{
    size_t best = NONE;

    for (size_t from = 0; from < s->n; from++) {
        if (from == to || s->part[from] != from)
            continue;
        if (best == NONE || s->score[to * s->n + from] > s->score[to * s->n + best])
            best = from;
    }
    s->best[to] = (uint32_t) best;
}

/* A node on a cycle of the chosen heads, or NONE. */
static uint32_t find_cycle(search *s)
{
    memset(s->seen, 0, s->n * sizeof *s->seen);
    for (uint32_t start = 1; start < s->n; start++) {
        uint32_t at = start;

        if (s->part[start] != start)
            continue;
        while (at != 0 && s->seen[at] == 0) {
            s->seen[at] = start;
            at = s->best[at];
        }
        if (at != 0 && s->seen[at] == start)
            return at;
    }
    return NONE;
}

/* Everything that leads into or out of a node of the cycle now leads to `into`. */
static void contract(search *s, uint32_t into)
{
    uint32_t *members = s->history + s->contractions * s->n;
    arc *kept = s->kept + s->contractions * s->n;
    size_t n = s->n;
    uint32_t at = into;

    memset(s->seen, 0, n * sizeof *s->seen);
    do {
        s->seen[at] = 1;
        kept[at] = s->real[at * n + s->best[at]];
        at = s->best[at];
    } while (at != into);
    for (size_t row = 0; row < n; row++)
        members[row] = s->seen[s->part[row]] != 0 ? s->part[row] : NONE;
    for (size_t other = 0; other < n; other++) {
        float enter = 2 * FORBIDDEN, leave = 2 * FORBIDDEN;
        arc enter_arc = { 0, 0 }, leave_arc = { 0, 0 };

        if (s->part[other] != other || s->seen[other] != 0)
            continue;
        at = into;
        do {
            float in = s->score[at * n + other] - s->score[at * n + s->best[at]];
            float out = s->score[other * n + at];

            if (in > enter) {
                enter = in;
                enter_arc = s->real[at * n + other];
            }
            if (out > leave) {
                leave = out;
                leave_arc = s->real[other * n + at];
            }
            at = s->best[at];
        } while (at != into);
        s->score[into * n + other] = enter;
        s->real[into * n + other] = enter_arc;
        s->score[other * n + into] = leave;
        s->real[other * n + into] = leave_arc;
    }
    for (size_t row = 0; row < n; row++) {
        if (members[row] != NONE)
            s->part[row] = into;
    }
    s->contractions++;
}

static void expand(const search *s, uint32_t *heads)
{
    for (size_t c = s->contractions; c-- > 0;) {
        const uint32_t *members = s->history + c * s->n;
        uint32_t entered = NONE;

        for (size_t row = 1; row < s->n; row++) {
            if (members[row] != NONE && heads[row] != NONE)
                entered = members[row];
        }
        for (size_t row = 1; row < s->n; row++) {
            uint32_t node = members[row];

            if (node != NONE && node != entered) {
                arc inside = s->kept[c * s->n + node];

                heads[inside.to] = inside.from;
            }
        }
    }
}

static void break_cycles(search *s, uint32_t *heads)
{
    uint32_t at;

    for (size_t row = 1; row < s->n; row++)
        choose_best(s, row);
    while ((at = find_cycle(s)) != NONE) {
        contract(s, at);
        for (size_t row = 1; row < s->n; row++) {
            if (s->part[row] == row)
                choose_best(s, row);
        }
    }
    for (size_t row = 0; row < s->n; row++)
        heads[row] = NONE;
    for (size_t node = 1; node < s->n; node++) {
        if (s->part[node] == node) {
            arc chosen = s->real[node * s->n + s->best[node]];

            heads[chosen.to] = chosen.from;
        }
    }
    expand(s, heads);
}

static void search_init(search *s, const float *scores, size_t step, size_t n, void *scratch)
{
    size_t rows = n + 1;
    uint32_t root = 1;

    s->n = rows;
    s->contractions = 0;
    s->score = scratch;
    s->real = (arc *) (void *) (s->score + rows * rows);
    s->kept = s->real + rows * rows;
    s->history = (uint32_t *) (void *) (s->kept + rows * rows);
    s->best = s->history + rows * rows;
    s->part = s->best + rows;
    s->seen = s->part + rows;
    for (size_t to = 2; to <= n; to++) {
        if (scores[to * step] > scores[root * step])
            root = (uint32_t) to;
    }
    for (size_t to = 0; to < rows; to++) {
        s->part[to] = (uint32_t) to;
        for (size_t from = 0; from < rows; from++) {
            bool allowed = to != 0 && to != from && (from == 0) == (to == root);

            s->score[to * rows + from] = allowed ? scores[to * step + from] : FORBIDDEN;
            s->real[to * rows + from] = (arc){ (uint16_t) to, (uint16_t) from };
        }
    }
}

/* True if each row's best head already makes a tree with one child of the root. */
static bool choose_greedily(const float *scores, size_t step, size_t n, uint32_t *heads)
{
    size_t roots = 0;

    for (size_t to = 1; to <= n; to++) {
        uint32_t best = 0;

        for (size_t from = 1; from <= n; from++) {
            if (from != to && scores[to * step + from] > scores[to * step + best])
                best = (uint32_t) from;
        }
        heads[to] = best;
        roots += best == 0;
    }
    if (roots != 1)
        return false;
    for (size_t to = 1; to <= n; to++) { /* every path must reach the root in n steps */
        uint32_t at = (uint32_t) to;
        size_t steps = 0;

        while (at != 0 && steps <= n) {
            at = heads[at];
            steps++;
        }
        if (at != 0)
            return false;
    }
    return true;
}

void sg_syntax_tree(const float *scores, size_t step, size_t n, void *scratch, uint32_t *heads_out)
{
    search s;

    if (choose_greedily(scores, step, n, heads_out))
        return;
    search_init(&s, scores, step, n, scratch);
    break_cycles(&s, heads_out);
}
