#include "stance_internal.h"

/* The same stance (actor, sign, target) of an article is one statement: the likeliest passage is
 * its evidence, the others are kept beside it. */

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

static void add(sg_reading *r, const sg_speech *speech, const sg_pair *pair, sg_stance stance,
                float probability)
{
    sg_statement passage = { .actor = pair->holder,
                             .stance = stance,
                             .target_kind = pair->target_kind,
                             .target = pair->target,
                             .evidence = evidence_of(r, speech, pair),
                             .mode = (sg_mode) speech->mode[pair->target_word],
                             .certainty = certainty_of(pair),
                             .confidence = probability };
    sg_statement *known = find(r, pair, stance);

    if (known != NULL) {
        merge(r, known, &passage);
        return;
    }
    SG_ARENA_GROW(r->arena, r->statements, r->statement_capacity, r->statement_count + 1);
    r->statements[r->statement_count++] = passage;
    r->actors[pair->holder].acts = true;
}

void sg_make_statements(sg_reading *r, const sg_speech *speech, const sg_pairs *pairs)
{
    const sg_stance_weights *weights = sg_stance_weights_of(r->annotation->model);

    for (size_t i = 0; i < pairs->count && weights != NULL; i++) {
        const sg_pair *pair = &pairs->items[i];
        sg_features features;
        float p[SG_STANCE_CLASSES];

        if (pair->rule != NULL && pair->rule->sign == 0) {
            add(r, speech, pair, SG_NEUTRAL, pair->rule->confidence);
            continue;
        }
        sg_pair_features(r, speech, pairs, pair, &features);
        sg_stance_probabilities(weights, &features, p);
        if (p[SG_STANCE_SUPPORT] >= weights->threshold)
            add(r, speech, pair, SG_SUPPORT, p[SG_STANCE_SUPPORT]);
        if (p[SG_STANCE_OPPOSE] >= weights->threshold)
            add(r, speech, pair, SG_OPPOSE, p[SG_STANCE_OPPOSE]);
    }
}
