#include <string.h>

#include "stance/map.h"

#include "polarity_internal.h"
#include "speech_internal.h"
#include "stance_internal.h"

/* What the polarity network sees of a holder and a target: the way between them in the tree, the
 * words on it and around it, listed cues with their negation, and the vectors of all these words.
 * Names are never features: every word that is (part of) one has the same key.
 *
 * Features of the target alone stand once for a holder in the sentence, once for a speaker, and
 * once for both (Daumé 2007, "Frustratingly easy domain adaptation"): what somebody says of a thing
 * and what is told of his attitude to it share most words, but not all. */

#define WAY_MAX 12 /* words from an end up to the common word */

enum {
    KEY_NAME = 1,
    KEY_NUMBER,
    KEY_MARK,
    KEY_END, /* the holder or the target */
};

/* Numbers of the templates; they only have to differ. */
enum {
    F_BIAS = 1,
    F_WAY,
    F_WAY_TOP,
    F_WAY_SIGN,
    F_WAY_LEMMA,
    F_TOP,
    F_TOP_RELATIONS,
    F_TOP_CLUSTER,
    F_PRODUCT,
    F_END_HEAD,
    F_END_CLUSTER,
    F_END_PAIR,
    F_CHILD,
    F_FELLOW,
    F_ABOVE,
    F_BETWEEN,
    F_BETWEEN_PAIR,
    F_BEFORE,
    F_AFTER,
    F_NEAR,
    F_SIGNS,
    F_DISTANCE,
    F_SAID,
    F_MARKS,
    F_NO_WAY,
    F_SENTENCE,
    F_ROOT,
};

struct maker {
    const sg_reading *r;
    const sg_polarity_word *words;
    uint32_t holder;
    uint32_t target;
    uint32_t first;
    uint32_t past;
    sg_pair_features *out;
};

/* ---- words ---- */

static bool is_negator(const sg_reading *r, uint32_t word)
{
    static const char *const negators[] = {
        "not", "n't", "never", "no", "neither", "nor", "hardly"
    };

    for (size_t i = 0; i < sizeof negators / sizeof negators[0]; i++) {
        if (strcmp(r->lower[word], negators[i]) == 0)
            return true;
    }
    return false;
}

static uint32_t key_of(const sg_reading *r, uint32_t word)
{
    const char *lemma = r->info[word].lemma;

    switch (r->info[word].upos) {
    case SG_PROPN:
        return KEY_NAME;
    case SG_NUM:
        return KEY_NUMBER;
    case SG_PUNCT:
    case SG_SYM:
    case SG_X:
        return KEY_MARK;
    default:
        return (uint32_t) sg_hash_bytes(lemma, strlen(lemma), 11) | 16U;
    }
}

static bool is_content(const sg_reading *r, uint32_t word)
{
    uint8_t upos = r->info[word].upos;

    return upos == SG_VERB || upos == SG_NOUN || upos == SG_ADJ || upos == SG_ADV;
}

sg_polarity_words *sg_polarity_words_new(const sg_reading *r)
{
    sg_polarity_words *words = sg_arena_calloc(r->arena, 1, sizeof *words);

    words->items = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *words->items);
    words->vectors = sg_word_vectors_new(r->annotation->model, r->arena);
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (is_negator(r, w) && r->info[w].head != SG_NO_WORD)
            words->items[r->info[w].head].negated = !words->items[r->info[w].head].negated;
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        sg_polarity_word *word = &words->items[w];
        const sg_cue *stance = sg_stance_cue(r, w);
        const sg_cue *judgement = sg_evaluation_cue(r, w);
        const sg_cue *cue = stance != NULL ? stance : judgement;

        word->key = key_of(r, w);
        word->content = is_content(r, w);
        word->stance = stance != NULL;
        word->speech = sg_is_speech_verb(r, w);
        word->sign = (int8_t) (cue == NULL ? 0 : word->negated ? -cue->sign : cue->sign);
        word->vector = SG_NO_VECTOR;
        if (words->vectors != NULL && word->content)
            word->vector = sg_word_vectors_find(words->vectors, r->lower[w], strlen(r->lower[w]),
                                                &word->cluster);
    }
    return words;
}

/* ---- putting ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 29);
}

static void put(struct maker *m, uint64_t template, uint64_t a, uint64_t b)
{
    uint64_t hash = mix(mix(mix(0x706f6c, template), a), b) * 0xbf58476d1ce4e5b9U;

    sg_pair_put(m->out, hash);
}

/* For both kinds of holder together, and for this one. */
static void put_shared(struct maker *m, uint64_t template, uint64_t a, uint64_t b)
{
    put(m, template, a, b);
    put(m, template + (m->holder == SG_NO_WORD ? 64 : 128), a, b);
}

static void put_mean(struct maker *m, uint8_t place, uint32_t word, float weight)
{
    const sg_polarity_word *w = &m->words[word];

    if (w->vector == SG_NO_VECTOR || word == m->holder || word == m->target ||
        m->out->mean_count == SG_PAIR_MEANS_MAX)
        return;
    m->out->means[m->out->mean_count++] =
        (sg_pair_mean){ w->vector, place, w->negated ? -weight : weight };
}

static uint64_t key(const struct maker *m, uint32_t word)
{
    if (word == m->holder || word == m->target)
        return KEY_END;
    return (uint64_t) m->words[word].key * 2 + m->words[word].negated;
}

static uint64_t sign_key(int sign)
{
    return (unsigned) (sign + 2);
}

/* ---- the way through the tree ---- */

/* Words from `word` up to the root, at most WAY_MAX; names of several words count as one. */
static size_t climb(const sg_reading *r, uint32_t word, uint32_t chain[WAY_MAX])
{
    size_t count = 0;

    while (word != SG_NO_WORD && count < WAY_MAX) {
        uint8_t deprel = r->info[word].deprel;

        if (count > 0 || (deprel != SG_FLAT && deprel != SG_COMPOUND) ||
            r->info[word].head == SG_NO_WORD)
            chain[count++] = word;
        word = r->info[word].head;
    }
    return count;
}

static int product(const struct maker *m, const uint32_t *chain, size_t from, size_t to, bool *any)
{
    int sign = 1;

    for (size_t i = from; i < to; i++) {
        const sg_polarity_word *w = &m->words[chain[i]];

        if (w->sign != 0) {
            sign *= w->sign;
            *any = true;
        } else if (w->negated) {
            sign = -sign;
        }
    }
    return sign;
}

static uint64_t side_way(struct maker *m, const uint32_t *chain, size_t length, uint64_t side)
{
    const sg_reading *r = m->r;
    uint64_t way = side;

    for (size_t i = 0; i < length; i++) {
        if (r->info[chain[i]].deprel != SG_CONJ)
            way = mix(way, r->info[chain[i]].deprel + 1U);
        if (i == 0)
            continue;
        put(m, F_WAY_LEMMA, key(m, chain[i]), side);
        put(m, F_WAY_LEMMA, mix(key(m, chain[i]), r->info[chain[i]].deprel), side + 2);
        put_mean(m, SG_PAIR_WAY, chain[i], 1);
    }
    return way;
}

static void put_said(struct maker *m, const uint32_t *down, size_t length, uint32_t top)
{
    /* The target is in what the holder says: below a verb of speech whose subject he is. */
    bool said = m->words[top].speech && length > 0 &&
                (m->r->info[down[length - 1]].deprel == SG_CCOMP ||
                 m->r->info[down[length - 1]].deprel == SG_PARATAXIS);

    put(m, F_SAID, said, m->words[top].speech);
}

static void put_way(struct maker *m)
{
    const sg_reading *r = m->r;
    uint32_t up[WAY_MAX];
    uint32_t down[WAY_MAX];
    size_t ups = climb(r, m->holder, up);
    size_t downs = climb(r, m->target, down);
    size_t h = ups;
    size_t t = downs;
    bool any = false;
    uint64_t way;
    uint64_t relations;
    uint32_t top;
    int sign;

    while (h > 0 && t > 0 && up[h - 1] == down[t - 1]) {
        h--;
        t--;
    }
    if (h == ups || t == downs) { /* the tree is too deep, or in parts */
        put(m, F_NO_WAY, 0, 0);
        return;
    }
    top = up[h];
    way = mix(side_way(m, up, h, 1), side_way(m, down, t, 2));
    relations = mix(h > 0 ? r->info[up[h - 1]].deprel + 1U : 0,
                    t > 0 ? r->info[down[t - 1]].deprel + 1U : 0);
    sign = product(m, up, h > 0, h, &any) * product(m, down, t > 0, t, &any);
    if (h > 0 && t > 0) {
        const uint32_t one[] = { top };

        sign *= product(m, one, 0, 1, &any);
    }
    put(m, F_WAY, way, 0);
    if (h + t < 7)
        put(m, F_WAY_TOP, way, key(m, top));
    put(m, F_WAY_SIGN, way, any ? sign_key(sign) : 0);
    put(m, F_TOP, key(m, top), 0);
    put(m, F_TOP_RELATIONS, relations, key(m, top));
    put(m, F_TOP_CLUSTER, relations, m->words[top].cluster * 2U + m->words[top].negated);
    put(m, F_PRODUCT, any ? sign_key(sign) : 0, 0);
    put(m, F_PRODUCT, any ? sign_key(sign) : 0, relations);
    put_mean(m, SG_PAIR_TOP, top, 1);
    put_said(m, down, t, top);
    if (h > 1 && t > 1)
        put(m, F_END_PAIR, key(m, up[1]), key(m, down[1]));
    else if (t > 1)
        put(m, F_END_PAIR, mix(key(m, top), relations), key(m, down[1]));
}

/* ---- around the ends ---- */

static void put_holder(struct maker *m)
{
    const sg_word_info *info = &m->r->info[m->holder];

    if (info->head == SG_NO_WORD)
        return;
    put(m, F_END_HEAD, mix(info->deprel, 1), key(m, info->head));
    put(m, F_END_CLUSTER, mix(info->deprel, 1), m->words[info->head].cluster);
    put_mean(m, SG_PAIR_HOLDER, info->head, 1);
}

/* Dependents of the target and of what it hangs on. */
static void put_fellows(struct maker *m)
{
    const sg_reading *r = m->r;
    uint32_t head = r->info[m->target].head;

    for (uint32_t w = m->first; w < m->past; w++) {
        const sg_polarity_word *word = &m->words[w];

        if (w == m->holder || w == m->target || word->key == KEY_MARK)
            continue;
        if (r->info[w].head == m->target) {
            put_shared(m, F_CHILD, key(m, w), r->info[w].deprel);
            put_shared(m, F_CHILD, sign_key(word->sign), 1000);
            put_mean(m, SG_PAIR_AROUND, w, 1);
        } else if (head != SG_NO_WORD && r->info[w].head == head) {
            put_shared(m, F_FELLOW, key(m, w), mix(r->info[w].deprel, r->info[m->target].deprel));
            put_mean(m, SG_PAIR_AROUND, w, 0.5F);
        }
    }
}

/* From the target up to the root, or to the verb by which it is said. */
static void put_above(struct maker *m)
{
    const sg_reading *r = m->r;
    uint32_t chain[WAY_MAX];
    size_t length = climb(r, m->target, chain);
    size_t end = length;
    bool any = false;
    int sign;
    uint8_t relation = r->info[m->target].deprel;

    if (length > 1) {
        put_shared(m, F_END_HEAD, mix(relation, 2), key(m, chain[1]));
        put_shared(m, F_END_CLUSTER, mix(relation, 2),
                   m->words[chain[1]].cluster * 2U + m->words[chain[1]].negated);
        put_shared(m, F_END_HEAD, mix(relation, 3), sign_key(m->words[chain[1]].sign));
        put_mean(m, SG_PAIR_TARGET, chain[1], 1);
    }
    for (size_t i = 1; i < length; i++) {
        if (m->words[chain[i]].speech && r->info[chain[i - 1]].deprel == SG_CCOMP) {
            end = i;
            break;
        }
    }
    for (size_t i = 2; i < end && i < 5; i++)
        put_shared(m, F_ABOVE, key(m, chain[i]), i == 2);
    sign = product(m, chain, 1, end, &any);
    put_shared(m, F_ABOVE, any ? sign_key(sign) : 0, 1001);
    put_shared(m, F_ABOVE, any ? sign_key(sign) : 0, mix(1002, relation));
    if (end > 1)
        put_shared(m, F_ROOT, key(m, chain[end - 1]), end > 2);
}

/* ---- the sentence ---- */

static void put_between(struct maker *m)
{
    uint32_t from = m->holder < m->target ? m->holder : m->target;
    uint32_t to = m->holder < m->target ? m->target : m->holder;
    uint64_t order = m->holder < m->target;
    uint64_t before = 0;
    int names = 0;
    int signs = 0;

    for (uint32_t w = from + 1; w < to; w++) {
        const sg_polarity_word *word = &m->words[w];

        names += word->key == KEY_NAME;
        signs += word->sign;
        if (to - from < 24) {
            if (word->key > KEY_END)
                put(m, F_BETWEEN, key(m, w), order);
            if (to - from < 12)
                put(m, F_BETWEEN_PAIR, mix(before, key(m, w)), order);
            before = key(m, w);
        }
        put_mean(m, SG_PAIR_BETWEEN, w, 1);
    }
    put(m, F_DISTANCE, order,
        to - from < 4    ? to - from
        : to - from < 8  ? 5
        : to - from < 16 ? 6
                         : 7);
    put(m, F_DISTANCE, order, (uint64_t) (names > 3 ? 3 : names) + 100);
    put(m, F_SIGNS, sign_key(signs > 0 ? 1 : signs < 0 ? -1 : 0), 1000 + order);
}

static void put_sentence(struct maker *m)
{
    const sg_reading *r = m->r;
    int plus = 0;
    int minus = 0;
    uint64_t marks = 0;

    for (uint32_t w = m->first; w < m->past; w++) {
        const sg_polarity_word *word = &m->words[w];
        uint32_t distance = w < m->target ? m->target - w : w - m->target;

        plus += word->sign > 0;
        minus += word->sign < 0;
        if (sg_word_is(r, w, "but") || sg_word_is(r, w, "although") || sg_word_is(r, w, "despite"))
            marks |= 1;
        if (sg_word_is(r, w, "?") || sg_word_is(r, w, "if") || sg_word_is(r, w, "whether"))
            marks |= 2;
        if (sg_word_is(r, w, "should") || sg_word_is(r, w, "must"))
            marks |= 4;
        if (word->content)
            put_shared(m, F_SENTENCE, key(m, w), 0);
        if (distance < 6 && distance > 0 && word->key > KEY_END)
            put_shared(m, F_NEAR, key(m, w), w < m->target);
        put_mean(m, SG_PAIR_SENTENCE, w, distance < 8 ? 1 : 0.5F);
    }
    put_shared(m, F_SIGNS, (uint64_t) (plus > 2 ? 2 : plus), (uint64_t) (minus > 2 ? 2 : minus));
    put_shared(m, F_SIGNS, 100 + sign_key(plus > minus ? 1 : plus < minus ? -1 : 0), 0);
    put_shared(m, F_MARKS, marks, 0);
}

void sg_polarity_features_of(const sg_reading *r, const sg_polarity_words *words, uint32_t holder,
                             uint32_t target, sg_pair_features *out)
{
    struct maker m = { .r = r, .words = words->items, .holder = holder, .target = target };

    m.out = out;
    m.first = sg_sentence_first(r, target);
    m.past = sg_sentence_past(r, target);
    put(&m, F_BIAS, holder == SG_NO_WORD, 0);
    if (holder != SG_NO_WORD && r->sentence_of[holder] == r->sentence_of[target]) {
        put_holder(&m);
        put_way(&m);
        put_between(&m);
    }
    put_above(&m);
    put_fellows(&m);
    put_sentence(&m);
}
