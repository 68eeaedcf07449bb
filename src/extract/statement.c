#include "stance_internal.h"

/* The same stance (actor, sign, target) of an article is one statement: the likeliest passage is
 * its evidence, the others are kept beside it. */

#define LIKELY 0.5F

/* The sentence of the cue; where the words are a quotation whose attribution stands in the next or
 * previous sentence, that sentence too. */
static sg_slice evidence_of(const sg_reading *r, const sg_speech *speech, uint32_t word)
{
    const sg_sentence *sentence = &r->document->sentences[r->sentence_of[word]];
    sg_slice slice = { sentence->start, sentence->end };
    uint32_t cue = speech->cue[word];

    if (speech->mode[word] == SG_DIRECT_QUOTE && cue != SG_NO_WORD) {
        uint32_t here = r->sentence_of[word];
        uint32_t there = r->sentence_of[cue];

        if (there + 1 == here && r->document->sentences[there].paragraph == sentence->paragraph)
            slice.start = r->document->sentences[there].start;
        else if (here + 1 == there &&
                 r->document->sentences[there].paragraph == sentence->paragraph)
            slice.end = r->document->sentences[there].end;
    }
    return slice;
}

static sg_statement *find(const sg_reading *r, const sg_candidate *candidate)
{
    for (size_t i = 0; i < r->statement_count; i++) {
        sg_statement *s = &r->statements[i];

        if (s->actor == candidate->holder && (int) s->stance == candidate->sign &&
            s->target_kind == candidate->target_kind && s->target == candidate->target)
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

static void merge(sg_reading *r, sg_statement *s, const sg_candidate *candidate, sg_slice slice)
{
    if (candidate->confidence <= s->confidence) {
        add_evidence(r, s, slice);
        return;
    }
    if (!has_evidence(s, slice)) {
        sg_slice old = s->evidence;

        s->evidence = slice;
        add_evidence(r, s, old);
    }
    s->confidence = candidate->confidence;
    s->mode = candidate->mode;
    if (candidate->certainty == SG_EXPLICIT)
        s->certainty = SG_EXPLICIT;
}

void sg_make_statements(sg_reading *r, const sg_speech *speech, const sg_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const sg_candidate *candidate = &candidates->items[i];
        sg_slice slice = evidence_of(r, speech, candidate->word);
        sg_statement *s = find(r, candidate);

        if (candidate->confidence < LIKELY)
            continue;
        if (s != NULL) {
            merge(r, s, candidate, slice);
            continue;
        }
        SG_ARENA_GROW(r->arena, r->statements, r->statement_capacity, r->statement_count + 1);
        r->statements[r->statement_count++] = (sg_statement){ .actor = candidate->holder,
                                                              .stance = (sg_stance) candidate->sign,
                                                              .target_kind = candidate->target_kind,
                                                              .target = candidate->target,
                                                              .evidence = slice,
                                                              .mode = candidate->mode,
                                                              .certainty = candidate->certainty,
                                                              .confidence = candidate->confidence };
        r->actors[candidate->holder].acts = true;
    }
}
