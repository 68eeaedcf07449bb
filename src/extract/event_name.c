#include <stdio.h>
#include <string.h>

#include "event_internal.h"

/* Events are named as a researcher would write them: "sentencing of James Fields", "strike by
 * junior doctors", "march on Whitehall". A noun brings what stands around it in the sentence,
 * without the time and without what is only said about it; a verb becomes a noun with what it was
 * done to, or who did it. */

#define LONGEST_NAME 9 /* words on one side of a noun */
#define LONGEST_PART 6 /* words of what follows a preposition */

/* ---- noun phrases ---- */

/* The dependent of `head` that `word` is or hangs below. */
static uint32_t branch_of(const sg_reading *r, uint32_t word, uint32_t head)
{
    while (word != SG_NO_WORD && r->info[word].head != head)
        word = r->info[word].head;
    return word;
}

static bool is_joined(const sg_reading *r, uint32_t word)
{
    return sg_word_is(r, word, "-") && !r->document->words[word].space_after;
}

static bool names_before(const sg_reading *r, uint32_t branch)
{
    if (sg_word_is_rel(r, branch, SG_NMOD_POSS))
        return !sg_word_is_upos(r, branch, SG_PRON);
    return sg_word_is_rel(r, branch, SG_AMOD) || sg_word_is_rel(r, branch, SG_COMPOUND) ||
           sg_word_is_rel(r, branch, SG_NUMMOD) || sg_word_is_rel(r, branch, SG_FLAT) ||
           sg_word_is_rel(r, branch, SG_NMOD);
}

static bool names_after(const sg_reading *r, uint32_t branch)
{
    return sg_word_is_rel(r, branch, SG_NMOD) || sg_word_is_rel(r, branch, SG_FLAT) ||
           sg_word_is_rel(r, branch, SG_COMPOUND) || sg_word_is_rel(r, branch, SG_NUMMOD) ||
           sg_word_is_rel(r, branch, SG_NMOD_POSS);
}

/* What follows a comma, a relative pronoun or a verb is said about the thing; it does not name it.
 */
static bool ends_name(const sg_reading *r, uint32_t word)
{
    if (sg_word_is_upos(r, word, SG_PUNCT))
        return !is_joined(r, word);
    return sg_word_is_upos(r, word, SG_SCONJ) || sg_word_is_upos(r, word, SG_VERB) ||
           sg_word_is_upos(r, word, SG_AUX) || sg_word_is_upos(r, word, SG_PRON);
}

static bool can_end(const sg_reading *r, uint32_t word)
{
    return sg_word_is_upos(r, word, SG_NOUN) || sg_word_is_upos(r, word, SG_PROPN) ||
           sg_word_is_upos(r, word, SG_NUM);
}

static bool can_begin(const sg_reading *r, uint32_t word)
{
    return can_end(r, word) || sg_word_is_upos(r, word, SG_ADJ) ||
           (sg_word_is_upos(r, word, SG_VERB) && sg_word_is_rel(r, word, SG_AMOD));
}

void sg_event_span(const sg_event_reader *e, uint32_t head, uint32_t *first_out, uint32_t *past_out)
{
    const sg_reading *r = e->r;
    uint32_t first = head;
    uint32_t past = head + 1;

    while (first > sg_sentence_first(r, head) && head - first < LONGEST_NAME &&
           !e->timed[first - 1]) {
        uint32_t branch = branch_of(r, first - 1, head);

        if (branch == SG_NO_WORD || !names_before(r, branch) ||
            (sg_word_is_upos(r, first - 1, SG_PUNCT) && !is_joined(r, first - 1)))
            break;
        first--;
    }
    while (first < head && !can_begin(r, first))
        first++;
    while (past < sg_sentence_past(r, head) && past - head <= LONGEST_NAME && !e->timed[past]) {
        uint32_t branch = branch_of(r, past, head);

        if (branch == SG_NO_WORD || ends_name(r, past) ||
            (!names_after(r, branch) && !is_joined(r, past)))
            break;
        past++;
    }
    while (past > head + 1 && !can_end(r, past - 1))
        past--;
    *first_out = first;
    *past_out = past;
}

/* The actor meant, else the words; NULL for a pronoun that stands for nobody known. */
static const char *phrase(const sg_event_reader *e, uint32_t head)
{
    const sg_reading *r = e->r;
    uint32_t actor = sg_principal_at(r, head);
    uint32_t first;
    uint32_t past;

    if (actor != SG_NO_ACTOR)
        return r->actors[actor].name;
    if (!can_end(r, head) || e->timed[head])
        return NULL;
    sg_event_span(e, head, &first, &past);
    return sg_words_text(r, first, past - first);
}

/* "her resignation": whose. */
static const char *possessor(const sg_event_reader *e, uint32_t noun)
{
    uint32_t owner = sg_child(e->r, noun, SG_NMOD_POSS);

    if (owner == SG_NO_WORD || !sg_word_is_upos(e->r, owner, SG_PRON))
        return NULL;
    return phrase(e, owner);
}

/* "The union called a strike": by whom. */
static const char *maker(const sg_event_reader *e, uint32_t noun)
{
    uint32_t verb = e->r->info[noun].head;
    uint32_t subject = verb != SG_NO_WORD && sg_word_is_rel(e->r, noun, SG_OBJ)
                           ? sg_child(e->r, verb, SG_NSUBJ)
                           : SG_NO_WORD;

    return subject != SG_NO_WORD ? phrase(e, subject) : NULL;
}

const char *sg_event_name_of_noun(const sg_event_reader *e, uint32_t noun)
{
    const sg_reading *r = e->r;
    const char *owner = possessor(e, noun);
    uint32_t first;
    uint32_t past;

    sg_event_span(e, noun, &first, &past);
    if (owner != NULL)
        return sg_arena_printf(r->arena, "%s's %s", owner, sg_words_text(r, first, past - first));
    if (past - first == 1 && (owner = maker(e, noun)) != NULL)
        return sg_arena_printf(r->arena, "%s by %s", sg_words_text(r, first, 1), owner);
    return sg_words_text(r, first, past - first);
}

/* ---- clauses ---- */

static bool is_of_kind(const sg_event_word *word, const char *const *kinds, size_t count)
{
    return sg_is_one_of(word->kind, strlen(word->kind), kinds, count);
}

/* "On the night", "from the weekend". */
static bool is_time(const sg_reading *r, uint32_t word)
{
    static const char *const nouns[] = { "day",     "night", "morning", "afternoon", "evening",
                                         "weekend", "week",  "month",   "year",      "time",
                                         "hour",    "date",  "minute",  "moment" };

    return SG_IS_ONE_OF(r->info[word].lemma, nouns);
}

/* "appeal against the ruling", "departure from the UK": the first of these after the verb. */
static const char *complement(const sg_event_reader *e, uint32_t verb, const sg_event_word *word)
{
    static const char *const always[] = { "against", "over", "on",    "from",
                                          "to",      "with", "about", "for" };
    static const char *const places[] = { "in", "at", "outside", "near" };
    static const char *const placed[] = { "protest", "meeting",  "talks",   "attack",
                                          "strike",  "ceremony", "accident" };
    const sg_reading *r = e->r;

    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        uint32_t marker = r->info[w].head == verb ? sg_child(r, w, SG_CASE) : SG_NO_WORD;
        const char *text;

        if (marker == SG_NO_WORD || !sg_word_is_rel(r, w, SG_OBL) || e->timed[w] || is_time(r, w))
            continue;
        if (!SG_IS_ONE_OF(r->lower[marker], always) &&
            !(word != NULL && SG_IS_ONE_OF(r->lower[marker], places) && sg_word_is_proper(r, w) &&
              is_of_kind(word, placed, sizeof placed / sizeof *placed)))
            continue;
        text = phrase(e, w);
        if (text != NULL && w - verb <= 2 * LONGEST_PART)
            return sg_arena_printf(r->arena, " %s %s", r->lower[marker], text);
    }
    return "";
}

/* What does itself ("resignation of X") or is done by somebody ("ruling by X"). */
static const char *subject_marker(const sg_event_word *word)
{
    static const char *const of[] = { "resignation", "death", "accident", "visit", "act" };

    return is_of_kind(word, of, sizeof of / sizeof *of) ? "of" : "by";
}

/* "left the country": the departure is not of the country. */
static bool leaves(const sg_event_word *word)
{
    static const char *const names[] = { "departure", "flight", "defection" };

    return SG_IS_ONE_OF(word->name, names);
}

/* "Members blocked the road": what no noun is known for is told in short; without an object only of
 * an actor. */
static const char *told(const sg_event_reader *e, uint32_t verb, uint32_t subject,
                        const char *done_to)
{
    const sg_reading *r = e->r;
    uint32_t auxiliary = sg_child(r, verb, SG_AUX_PASS);
    uint32_t particle = sg_child(r, verb, SG_COMPOUND_PRT);
    const char *doer = subject != SG_NO_WORD ? phrase(e, subject) : NULL;
    const char *did = sg_arena_printf(r->arena, "%s%s%s%s",
                                      (r->info[verb].features & SG_FEAT_PAST) != 0 ? "" : "to ",
                                      r->lower[verb], particle != SG_NO_WORD ? " " : "",
                                      particle != SG_NO_WORD ? r->lower[particle] : "");

    if (auxiliary != SG_NO_WORD && sg_is_planning_verb(r, verb))
        return done_to; /* "three days of action are planned" */
    if (auxiliary != SG_NO_WORD)
        return done_to == NULL
                   ? NULL
                   : sg_arena_printf(r->arena, "%s %s %s", done_to, r->lower[auxiliary], did);
    if (doer == NULL)
        return NULL;
    if (done_to != NULL)
        return sg_arena_printf(r->arena, "%s %s %s", doer, did, done_to);
    if (sg_principal_at(r, subject) == SG_NO_ACTOR)
        return NULL;
    return sg_arena_printf(r->arena, "%s %s%s", doer, did, complement(e, verb, NULL));
}

/* "A survey published on Friday". */
static bool is_participle(const sg_reading *r, uint32_t verb)
{
    return sg_word_is_rel(r, verb, SG_ACL) && (r->info[verb].features & SG_FEAT_PARTICIPLE) != 0 &&
           (r->info[verb].features & SG_FEAT_PAST) != 0;
}

const char *sg_event_name_of_clause(const sg_event_reader *e, uint32_t verb,
                                    const sg_event_word *word)
{
    const sg_reading *r = e->r;
    uint32_t object = sg_child(r, verb, SG_OBJ);
    uint32_t subject = sg_event_doer(r, verb);
    const char *done_to = NULL;
    const char *doer = NULL;
    const char *about;

    if (object == SG_NO_WORD)
        object = sg_child(r, verb, SG_NSUBJ_PASS);
    if (object == SG_NO_WORD && is_participle(r, verb))
        object = r->info[verb].head;
    if (object != SG_NO_WORD && !(object == verb + 1 && word != NULL && strchr(word->text, ' ')))
        done_to = phrase(e, object);
    if (subject != SG_NO_WORD)
        doer = phrase(e, subject);
    if (word == NULL)
        return told(e, verb, subject, done_to);
    if (done_to != NULL && doer != NULL && leaves(word))
        return sg_arena_printf(r->arena, "%s of %s from %s", word->name, doer, done_to);
    if (done_to != NULL)
        return sg_arena_printf(r->arena, "%s of %s", word->name, done_to);
    about = complement(e, verb, word);
    if (doer == NULL)
        return sg_arena_printf(r->arena, "%s%s", word->name, about);
    return sg_arena_printf(r->arena, "%s %s %s%s", word->name, subject_marker(word), doer, about);
}

/* ---- where it stands in the text ---- */

/* From the first to the last of the words that say what was done. */
static void clause_span(const sg_event_reader *e, uint32_t verb, uint32_t *first_out,
                        uint32_t *past_out)
{
    const sg_reading *r = e->r;
    uint32_t first = verb;
    uint32_t past = verb + 1;

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        uint32_t from;
        uint32_t to;

        if (r->info[w].head != verb || sg_word_is_upos(r, w, SG_PUNCT))
            continue;
        if (!sg_word_is_rel(r, w, SG_OBJ) && !sg_word_is_rel(r, w, SG_NSUBJ) &&
            !sg_word_is_rel(r, w, SG_NSUBJ_PASS) && !sg_word_is_rel(r, w, SG_COMPOUND_PRT))
            continue;
        sg_event_span(e, w, &from, &to);
        if (from < first)
            first = from;
        if (to > past)
            past = to;
    }
    if (past - first > 3 * LONGEST_NAME)
        first = verb, past = verb + 1;
    *first_out = first;
    *past_out = past;
}

static void span(const sg_event_reader *e, uint32_t at, uint32_t *first, uint32_t *past)
{
    if (sg_word_is_upos(e->r, at, SG_VERB))
        clause_span(e, at, first, past);
    else
        sg_event_span(e, at, first, past);
}

sg_slice sg_event_slice(const sg_event_reader *e, uint32_t at)
{
    uint32_t first;
    uint32_t past;

    span(e, at, &first, &past);
    return sg_words_slice(e->r, first, past - first);
}

void sg_event_words_of(const sg_event_reader *e, uint32_t at, sg_event_words *out)
{
    uint32_t first;
    uint32_t past;

    out->count = 0;
    span(e, at, &first, &past);
    for (uint32_t w = first; w < past && out->count < SG_EVENT_WORDS_MAX; w++) {
        if (w != at && can_end(e->r, w))
            out->items[out->count++] = w;
    }
}
