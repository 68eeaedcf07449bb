#include <math.h>
#include <string.h>

#include "stance/map.h"

#include "polarity_internal.h"
#include "stance_internal.h"

/* The same stance (actor, sign, target) of an article is one statement: the likeliest passage is
 * its evidence, the others are kept beside it. */

#define PASSAGE_SHARE 0.6F /* of the threshold, for a passage to be shown as evidence */
#define EVENT_SHARE   0.8F /* of what the cue lists say: the scorer has not learned of events */

/* The sentence of the words; where they are a quotation whose attribution stands in the next or
 * previous sentence, that sentence too. */
static sg_slice evidence_of(const sg_reading *r, const sg_speech *speech, const sg_pair *pair)
{
    const sg_sentence *sentence = &r->document->sentences[pair->sentence];
    sg_slice slice = { sentence->start, sentence->end };
    uint32_t cue = speech->cue[pair->target_word];

    if (speech->mode[pair->target_word] == SG_DIRECT_QUOTE && cue != SG_NO_WORD) {
        uint32_t here = pair->sentence;
        uint32_t there = r->sentence_of[cue];

        if (there + 1 == here && r->document->sentences[there].paragraph == sentence->paragraph)
            slice.start = r->document->sentences[there].start;
        else if (here + 1 == there &&
                 r->document->sentences[there].paragraph == sentence->paragraph)
            slice.end = r->document->sentences[there].end;
    }
    return slice;
}

static sg_statement *find(const sg_reading *r, const sg_pair *pair, sg_stance stance)
{
    for (size_t i = 0; i < r->statement_count; i++) {
        sg_statement *s = &r->statements[i];

        if (s->actor == pair->holder && s->stance == stance &&
            s->target_kind == pair->target_kind && s->target == pair->target)
            return s;
    }
    return NULL;
}

static bool has_evidence(const sg_statement *s, sg_slice slice)
{
    if (s->evidence.start == slice.start)
        return true;
    for (size_t i = 0; i < s->more_evidence_count; i++) {
        if (s->more_evidence[i].start == slice.start)
            return true;
    }
    return false;
}

static void add_evidence(sg_reading *r, sg_statement *s, sg_slice slice)
{
    if (has_evidence(s, slice))
        return;
    s->more_evidence =
        sg_arena_grow(r->arena, s->more_evidence, s->more_evidence_count * sizeof slice,
                      (s->more_evidence_count + 1) * sizeof slice);
    s->more_evidence[s->more_evidence_count++] = slice;
}

static sg_certainty certainty_of(const sg_pair *pair)
{
    return pair->rule != NULL ? pair->rule->certainty : SG_IMPLIED;
}

static void merge(sg_reading *r, sg_statement *s, const sg_statement *passage)
{
    if (passage->certainty == SG_EXPLICIT)
        s->certainty = SG_EXPLICIT;
    if (passage->confidence <= s->confidence) {
        add_evidence(r, s, passage->evidence);
        return;
    }
    if (!has_evidence(s, passage->evidence)) {
        sg_slice old = s->evidence;

        s->evidence = passage->evidence;
        add_evidence(r, s, old);
    }
    s->confidence = passage->confidence;
    s->mode = passage->mode;
}

/* Scorer and rules together are too sure of themselves. Of statements that they give probability
 * `p`, so many are coded: a logistic curve, fitted to statements of cross-validated articles
 * (tests/bench/RESULTS.md). */
static float share_right(float p)
{
    return 1.0F / (1.0F + 1.47F * powf((1.0F - p) / p, 0.49F));
}

static void add(sg_reading *r, const sg_speech *speech, const sg_pair *pair, sg_stance stance,
                float confidence)
{
    sg_statement passage = { .actor = pair->holder,
                             .stance = stance,
                             .target_kind = pair->target_kind,
                             .target = pair->target,
                             .evidence = evidence_of(r, speech, pair),
                             .mode = (sg_mode) speech->mode[pair->target_word],
                             .certainty = certainty_of(pair),
                             .confidence = confidence };
    sg_statement *known = find(r, pair, stance);

    if (known != NULL) {
        merge(r, known, &passage);
        return;
    }
    SG_ARENA_GROW(r->arena, r->statements, r->statement_capacity, r->statement_count + 1);
    r->statements[r->statement_count++] = passage;
    r->actors[pair->holder].acts = true;
}

/* Probabilities of all passages of one holder and target. */
struct belief {
    float p[SG_STANCE_CLASSES];
};

static uint64_t *belief_slot(sg_map *map, const sg_pair *pair, uint64_t fresh)
{
    uint32_t key[3] = { pair->holder, (uint32_t) pair->target_kind, pair->target };

    return sg_map_slot(map, (const char *) key, sizeof key, fresh);
}

/* The pairs of a sentence stand together. */
static void join_passages(const sg_pairs *pairs, float (*passages)[SG_STANCE_CLASSES],
                          const uint32_t *belief_of, struct belief *beliefs)
{
    for (size_t first = 0, past = 0; first < pairs->count; first = past) {
        while (past < pairs->count && pairs->items[past].sentence == pairs->items[first].sentence)
            past++;
        sg_stance_take_sides(passages + first, belief_of + first, past - first);
        for (size_t i = first; i < past; i++)
            sg_stance_join(beliefs[belief_of[i]].p, passages[i]);
    }
}

/* What each pair says alone goes to `passages`; what all say together comes back, by pair. */
static struct belief *believe(const sg_reading *r, const sg_speech *speech, const sg_pairs *pairs,
                              const sg_pair_network *network, float (*passages)[SG_STANCE_CLASSES],
                              uint32_t *belief_of)
{
    struct belief *beliefs = sg_arena_calloc(r->arena, pairs->count + 1, sizeof *beliefs);
    sg_map *map = sg_map_new();
    size_t count = 0;

    for (size_t i = 0; i < pairs->count; i++) {
        sg_pair_features features;
        float p[SG_PAIR_CLASSES];
        uint64_t *slot = belief_slot(map, &pairs->items[i], count);

        if (*slot == count)
            count++;
        belief_of[i] = (uint32_t) *slot;
        if (pairs->items[i].target_kind == SG_TARGET_EVENT)
            continue;
        sg_stance_features(r, speech, pairs, &pairs->items[i], &features);
        sg_pair_probabilities(network, r->polarity->vectors, &features, p);
        memcpy(passages[i], p, sizeof passages[i]);
        sg_stance_follow_rule(sg_pair_rule(&pairs->items[i]), passages[i]);
    }
    join_passages(pairs, passages, belief_of, beliefs);
    for (size_t i = 0; i < count; i++)
        sg_stance_decide(beliefs[i].p);
    sg_map_free(map);
    return beliefs;
}

/* A journalist: of an outlet, or called so. */
static bool is_of_press(const sg_reading *r, uint32_t actor)
{
    static const char *const words[] = { "host",       "moderator",   "reporter",     "anchor",
                                         "journalist", "interviewer", "correspondent" };

    for (size_t i = 0; i < r->role_count; i++) {
        const sg_role_fact *role = &r->roles[i];

        if (role->actor != actor)
            continue;
        if (role->organisation != SG_NO_ACTOR &&
            (r->actors[role->organisation].classes & SG_CLASS_OUTLET) != 0)
            return true;
        for (size_t k = 0; role->lower != NULL && k < sizeof words / sizeof *words; k++) {
            if (strstr(role->lower, words[k]) != NULL)
                return true;
        }
    }
    return false;
}

/* "Asked her about it", "Do you want it?" he asked: a journalist's question takes no side. */
static bool only_asks(const sg_reading *r, const sg_speech *speech, const sg_pair *pair)
{
    const sg_sentence *sentence = &r->document->sentences[pair->sentence];
    uint32_t cue = speech->cue[pair->target_word];

    if (!is_of_press(r, pair->holder))
        return false;
    if (cue != SG_NO_WORD && speech->speaker[pair->target_word] == pair->holder)
        return strcmp(r->info[cue].lemma, "ask") == 0;
    for (uint32_t w = sentence->first_word; w < sentence->first_word + sentence->word_count; w++) {
        uint32_t subject = strcmp(r->info[w].lemma, "ask") == 0 ? sg_subject_of(r, w) : SG_NO_WORD;

        if (subject != SG_NO_WORD && sg_principal_at(r, subject) == pair->holder)
            return true;
    }
    return false;
}

/* A passage is kept when the statement is likely and the passage says a fair part of it. */
static void add_likely(sg_reading *r, const sg_speech *speech, const sg_pair *pair,
                       const float passage[SG_STANCE_CLASSES], const struct belief *belief,
                       float threshold)
{
    static const sg_stance stances[SG_STANCE_CLASSES] = { SG_SUPPORT, SG_OPPOSE };

    for (int c = 0; c < SG_STANCE_CLASSES; c++) {
        if (belief->p[c] >= threshold && passage[c] >= PASSAGE_SHARE * threshold)
            add(r, speech, pair, stances[c], share_right(passage[c]));
    }
}

static void add_towards_event(sg_reading *r, const sg_speech *speech, const sg_pair *pair)
{
    int sign = sg_pair_rule(pair);
    const sg_cue *cue = pair->rule != NULL ? sg_stance_cue(r, pair->rule->word) : NULL;

    if (cue != NULL && cue->kind == SG_CUE_ACT)
        return; /* "cancelled the hearing", "sponsored the debate": deeds, and no side */
    if (pair->rule != NULL && (sign == SG_SURE || sign == -SG_SURE))
        add(r, speech, pair, sign > 0 ? SG_SUPPORT : SG_OPPOSE,
            EVENT_SHARE * pair->rule->confidence);
}

void sg_make_statements(sg_reading *r, const sg_speech *speech, const sg_pairs *pairs)
{
    const sg_pair_network *network = sg_pair_network_of(r->annotation->model, SG_STANCE_SECTION);
    float(*passages)[SG_STANCE_CLASSES] =
        sg_arena_calloc(r->arena, pairs->count + 1, sizeof *passages);
    uint32_t *belief_of = sg_arena_calloc(r->arena, pairs->count + 1, sizeof *belief_of);
    struct belief *beliefs;

    if (network == NULL)
        return;
    beliefs = believe(r, speech, pairs, network, passages, belief_of);
    for (size_t i = 0; i < pairs->count; i++) {
        const sg_pair *pair = &pairs->items[i];

        if (only_asks(r, speech, pair))
            continue;
        if (pair->rule != NULL && pair->rule->sign == 0)
            add(r, speech, pair, SG_NEUTRAL, pair->rule->confidence);
        else if (pair->target_kind == SG_TARGET_EVENT)
            add_towards_event(r, speech, pair);
        else
            add_likely(r, speech, pair, passages[i], &beliefs[belief_of[i]], network->threshold);
    }
}
