#include <string.h>

#include "stance_internal.h"

/* Holders are the actors that a sentence mentions and those who speak in it; targets are the
 * positions of the codebook that it mentions, and the actors. Which of the pairs means anything is
 * for the scorer to say. A position is looked for in every phrase; of the phrases that match the
 * same row the shortest counts, for it is the one that names the position. */

#define HOLDERS_MAX 24
#define TARGETS_MAX 24
#define PHRASE_MAX  14 /* words of a phrase that can name a position */

struct end {
    uint32_t actor; /* or position */
    uint32_t word;
    sg_target_kind kind;
    uint32_t width; /* words of the phrase */
};

struct sentence {
    sg_reading *r;
    const sg_speech *speech;
    uint32_t number;
    uint32_t first;
    uint32_t past;
    struct end holders[HOLDERS_MAX];
    size_t holder_count;
    struct end targets[TARGETS_MAX];
    size_t target_count;
};

static void add_holder(struct sentence *s, uint32_t actor, uint32_t word)
{
    if (actor == SG_NO_ACTOR || s->holder_count == HOLDERS_MAX)
        return;
    for (size_t i = 0; i < s->holder_count; i++) {
        if (s->holders[i].actor == actor && s->holders[i].word == word)
            return;
    }
    s->holders[s->holder_count++] = (struct end){ actor, word, SG_TARGET_ACTOR, 1 };
}

static void add_target(struct sentence *s, sg_target_kind kind, uint32_t target, uint32_t word,
                       uint32_t width)
{
    if (s->target_count == TARGETS_MAX)
        return;
    for (size_t i = 0; i < s->target_count; i++) {
        struct end *known = &s->targets[i];

        if (known->kind != kind || known->actor != target)
            continue;
        if (kind == SG_TARGET_ACTOR && known->word != word)
            continue;
        if (width < known->width) {
            known->word = word;
            known->width = width;
        }
        return;
    }
    s->targets[s->target_count++] = (struct end){ target, word, kind, width };
}

static void find_ends(struct sentence *s)
{
    sg_reading *r = s->r;
    uint32_t seen = SG_NO_MENTION;

    for (uint32_t w = s->first; w < s->past; w++) {
        uint32_t mention = r->mention_at[w];

        if (s->speech->speaker[w] != SG_NO_ACTOR)
            add_holder(s, s->speech->speaker[w], SG_NO_WORD);
        if (mention == SG_NO_MENTION || mention == seen)
            continue;
        seen = mention;
        if (r->mentions[mention].actor == SG_NO_ACTOR ||
            r->actors[r->mentions[mention].actor].dropped)
            continue;
        add_holder(s, r->mentions[mention].actor, r->mentions[mention].head);
        add_target(s, SG_TARGET_ACTOR, r->mentions[mention].actor, r->mentions[mention].head, 1);
    }
}

static void find_positions(struct sentence *s)
{
    sg_reading *r = s->r;

    if (r->options.codebook == NULL)
        return;
    for (uint32_t w = s->first; w < s->past; w++) {
        uint32_t first;
        uint32_t past;
        uint32_t position;

        if (!sg_word_is_upos(r, w, SG_NOUN) && !sg_word_is_upos(r, w, SG_VERB) &&
            !sg_word_is_upos(r, w, SG_PROPN) && !sg_word_is_upos(r, w, SG_ADJ))
            continue;
        sg_subtree_span(r, w, &first, &past);
        if (past - first > PHRASE_MAX)
            continue;
        position = sg_position_at(r, w);
        if (position != SG_NO_POSITION)
            add_target(s, SG_TARGET_POSITION, position, w, past - first);
    }
}

static void add_pair(sg_reading *r, sg_pairs *out, const sg_pair *pair)
{
    SG_ARENA_GROW(r->arena, out->items, out->capacity, out->count + 1);
    out->items[out->count++] = *pair;
}

static const sg_candidate *rule_for(const sg_reading *r, const sg_candidates *candidates,
                                    const sg_pair *pair)
{
    const sg_candidate *best = NULL;

    for (size_t i = 0; i < candidates->count; i++) {
        const sg_candidate *c = &candidates->items[i];

        if (c->holder == pair->holder && c->target_kind == pair->target_kind &&
            c->target == pair->target && r->sentence_of[c->word] == pair->sentence &&
            (best == NULL || c->confidence > best->confidence))
            best = c;
    }
    return best;
}

/* What the lists found with a holder or target outside the sentence's own. */
static void add_rules(sg_reading *r, const sg_candidates *candidates, uint32_t sentence,
                      size_t first_pair, sg_pairs *out)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const sg_candidate *c = &candidates->items[i];
        bool known = false;

        if (r->sentence_of[c->word] != sentence)
            continue;
        for (size_t p = first_pair; p < out->count && !known; p++)
            known = out->items[p].holder == c->holder &&
                    out->items[p].target_kind == c->target_kind &&
                    out->items[p].target == c->target;
        if (!known)
            add_pair(r, out,
                     &(sg_pair){ c->holder, SG_NO_WORD, c->target_kind, c->target, c->word,
                                 sentence, c });
    }
}

static void pair_up(struct sentence *s, const sg_candidates *candidates, sg_pairs *out)
{
    for (size_t h = 0; h < s->holder_count; h++) {
        for (size_t t = 0; t < s->target_count; t++) {
            sg_pair pair = { s->holders[h].actor,
                             s->holders[h].word,
                             s->targets[t].kind,
                             s->targets[t].actor,
                             s->targets[t].word,
                             s->number,
                             NULL };

            if (pair.target_kind == SG_TARGET_ACTOR && pair.target == pair.holder)
                continue;
            pair.rule = rule_for(s->r, candidates, &pair);
            add_pair(s->r, out, &pair);
        }
    }
}

void sg_find_pairs(sg_reading *r, const sg_speech *speech, const sg_candidates *candidates,
                   sg_pairs *out)
{
    for (uint32_t i = 0; i < r->document->sentence_count; i++) {
        const sg_sentence *sentence = &r->document->sentences[i];
        struct sentence s = { .r = r, .speech = speech, .number = i };
        size_t first_pair = out->count;

        s.first = sentence->first_word;
        s.past = sentence->first_word + sentence->word_count;
        if (sentence->word_count == 0 || r->skipped[s.first])
            continue;
        find_ends(&s);
        if (s.holder_count > 0)
            find_positions(&s);
        pair_up(&s, candidates, out);
        add_rules(r, candidates, i, first_pair, out);
    }
}
