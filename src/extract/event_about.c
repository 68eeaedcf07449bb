#include <string.h>

#include "event_internal.h"

/* "Strike over the contract", "voted against the levy": the position named below the event's word,
 * the nearest behind it first; else the position that the event's own words name ("doctors' strike"
 * where the strike is a position of the codebook). */

static bool is_inside(sg_slice a, sg_slice b)
{
    return a.start >= b.start && a.end <= b.end;
}

/* What hangs below the word; of a subject or object the rest of the clause too: trees often hang
 * "over the contract" on the verb of "called a strike over the contract". */
static sg_slice clause_of(const sg_reading *r, uint32_t word)
{
    uint32_t first;
    uint32_t past;

    if (sg_word_is_rel(r, word, SG_OBJ) || sg_word_is_rel(r, word, SG_NSUBJ) ||
        sg_word_is_rel(r, word, SG_NSUBJ_PASS))
        word = r->info[word].head;
    sg_subtree_span(r, word, &first, &past);
    return sg_words_slice(r, first, past - first);
}

/* How far behind `word` the phrase names the position; less is nearer, and before the word is
 * farther than all behind it. UINT32_MAX: not. */
static uint32_t distance_to(const sg_position *position, sg_slice phrase, uint32_t start)
{
    uint32_t best = UINT32_MAX;

    for (size_t i = 0; i < position->mention_count; i++) {
        sg_slice at = position->mentions[i];
        uint32_t distance =
            at.start > start ? at.start - start : UINT32_MAX / 2 + (start - at.start);

        if (is_inside(at, phrase) && distance < best)
            best = distance;
    }
    return best;
}

static void read_about(sg_reading *r, uint32_t word)
{
    sg_event *event = &r->events[r->event_at[word]];
    sg_slice phrase = clause_of(r, word);
    uint32_t start = r->document->words[word].start;
    uint32_t best = UINT32_MAX;

    for (size_t p = 0; p < r->position_count; p++) {
        uint32_t distance = distance_to(&r->positions[p], phrase, start);

        if (distance < best) {
            best = distance;
            event->about = (int32_t) p;
        }
    }
}

/* "Strikes on 9 and 20 March": one name on several days. */
static void share_with_namesakes(sg_reading *r, const sg_event *known)
{
    for (size_t i = 0; i < r->event_count; i++) {
        if (r->events[i].about < 0 && strcmp(r->events[i].name, known->name) == 0)
            r->events[i].about = known->about;
    }
}

void sg_read_events_about(sg_reading *r)
{
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (r->event_at[w] != SG_NO_EVENT && r->events[r->event_at[w]].about < 0)
            read_about(r, w);
    }
    for (size_t i = 0; i < r->event_count; i++) {
        if (r->events[i].about >= 0)
            share_with_namesakes(r, &r->events[i]);
    }
}
