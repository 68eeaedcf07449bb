#include <string.h>

#include "event_internal.h"

/* Two ways to an event: a noun that names one ("the strike on Wednesday"), and a clause that says
 * when something happened ("Fields was sentenced on Friday"). Mentions of the same kind on the same
 * date, or without a date of their own, are the same event. */

#define ACT "act" /* the kind of what is no other */

/* ---- collecting ---- */

static void add_participant(sg_reading *r, sg_event *event, uint32_t word)
{
    uint32_t actor = word != SG_NO_WORD ? sg_principal_at(r, word) : SG_NO_ACTOR;

    if (actor == SG_NO_ACTOR)
        return;
    for (size_t i = 0; i < event->participant_count; i++) {
        if (event->participants[i] == actor)
            return;
    }
    event->participants =
        sg_arena_grow(r->arena, event->participants, event->participant_count * sizeof(uint32_t),
                      (event->participant_count + 1) * sizeof(uint32_t));
    event->participants[event->participant_count++] = actor;
    r->actors[actor].acts = true;
}

static void add_participants(sg_reading *r, sg_event *event, uint32_t anchor)
{
    static const sg_deprel places[] = { SG_NSUBJ, SG_NSUBJ_PASS, SG_OBL_AGENT,
                                        SG_OBJ,   SG_NMOD_POSS,  SG_COMPOUND };
    uint32_t head = r->info[anchor].head;

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        add_participant(r, event, sg_child(r, anchor, places[i]));
    if (sg_word_is_upos(r, anchor, SG_VERB))
        add_participant(r, event, sg_event_doer(r, anchor));
    if (!sg_word_is_upos(r, anchor, SG_VERB) && head != SG_NO_WORD &&
        sg_word_is_upos(r, head, SG_VERB))
        add_participant(r, event, sg_child(r, head, SG_NSUBJ));
}

static void add_mention(sg_reading *r, sg_event *event, sg_slice slice)
{
    for (size_t i = 0; i < event->mention_count; i++) {
        if (event->mentions[i].start == slice.start)
            return;
    }
    event->mentions = sg_arena_grow(r->arena, event->mentions, event->mention_count * sizeof slice,
                                    (event->mention_count + 1) * sizeof slice);
    event->mentions[event->mention_count++] = slice;
}

static bool same_date(const char *a, const char *b)
{
    return a == NULL || b == NULL || strcmp(a, b) == 0;
}

/* Two names for one thing share a word apart from the word for what happened; a bare "the vote" is
 * the last one there was. */
static bool alike(const sg_event_reader *e, const sg_event_words *a, const sg_event_words *b)
{
    if (a->count == 0 || b->count == 0)
        return true;
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            if (strcmp(e->r->info[a->items[i]].lemma, e->r->info[b->items[k]].lemma) == 0)
                return true;
        }
    }
    return false;
}

static bool is_same(const sg_event_reader *e, size_t known, const char *kind, const char *date,
                    const sg_event_words *words)
{
    const sg_event *event = &e->r->events[known];

    if (strcmp(event->kind, kind) != 0 || !same_date(event->date, date))
        return false;
    return (date != NULL && event->date != NULL && strcmp(kind, ACT) != 0) ||
           alike(e, &e->words[known], words);
}

static sg_event *event_for(sg_event_reader *e, const char *kind, const char *name, const char *date,
                           const sg_event_words *words)
{
    sg_reading *r = e->r;

    for (size_t i = r->event_count; i-- > 0;) {
        if (is_same(e, i, kind, date, words))
            return &r->events[i];
    }
    SG_ARENA_GROW(r->arena, r->events, r->event_capacity, r->event_count + 1);
    SG_ARENA_GROW(r->arena, e->words, e->capacity, r->event_count + 1);
    e->words[r->event_count] = *words;
    r->events[r->event_count] = (sg_event){ .name = name, .kind = kind, .about = -1 };
    return &r->events[r->event_count++];
}

static void add_at(sg_event_reader *e, uint32_t anchor, const char *date)
{
    sg_reading *r = e->r;
    const sg_event_word *word = sg_event_word_at(r, anchor);
    bool verb = sg_word_is_upos(r, anchor, SG_VERB);
    const char *name =
        verb ? sg_is_unreal(r, anchor) ? NULL : sg_event_name_of_clause(e, anchor, word)
             : sg_event_name_of_noun(e, anchor);
    sg_event_words words;
    sg_event *event;

    if (name == NULL)
        return;
    sg_event_words_of(e, anchor, &words);
    event = event_for(e, word != NULL ? word->kind : ACT, name, date, &words);
    if (event->date == NULL)
        event->date = date;
    r->event_at[anchor] = (uint32_t) (event - r->events);
    add_mention(r, event, sg_event_slice(e, anchor));
    add_participants(r, event, anchor);
}

/* "On Friday X resigned and Y was sworn in": a time that stands first is that of both. */
static void add_joined(sg_event_reader *e, uint32_t verb, const char *date)
{
    const sg_reading *r = e->r;

    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_CONJ) &&
            sg_word_is_upos(r, w, SG_VERB) && sg_event_word_at(r, w) != NULL)
            add_at(e, w, date);
    }
}

/* "The first strike since 1975" was not then. */
static bool is_yardstick(const sg_reading *r, const sg_time *time, uint32_t anchor)
{
    return time->first > 0 && sg_word_is(r, time->first - 1, "since") &&
           !sg_word_is_upos(r, anchor, SG_VERB);
}

static sg_tense tense_of(const sg_reading *r, uint32_t anchor)
{
    if (sg_is_future(r, anchor))
        return SG_TENSE_FUTURE;
    return sg_word_is_upos(r, anchor, SG_VERB) && (r->info[anchor].features & SG_FEAT_PAST) != 0
               ? SG_TENSE_PAST
               : SG_TENSE_UNKNOWN;
}

static void add_dated(sg_event_reader *e, sg_time *time)
{
    uint32_t anchor = sg_event_anchor(e->r, time);
    const char *date;

    if (anchor == SG_NO_WORD || e->r->skipped[anchor] || is_yardstick(e->r, time, anchor))
        return;
    if (time->relative)
        (void) sg_time_at(e->r, time->first, tense_of(e->r, anchor), time);
    date = sg_arena_strdup(e->r->arena, time->date);
    add_at(e, anchor, date);
    if (sg_word_is_upos(e->r, anchor, SG_VERB) && time->first < anchor)
        add_joined(e, anchor, date);
}

static bool has_determiner(const sg_reading *r, uint32_t noun)
{
    uint32_t determiner = sg_child(r, noun, SG_DETREL);

    return sg_child(r, noun, SG_NMOD_POSS) != SG_NO_WORD ||
           (determiner != SG_NO_WORD && !sg_word_is(r, determiner, "any") &&
            !sg_word_is(r, determiner, "no") && !sg_word_is(r, determiner, "every"));
}

/* Without a date, a noun has to say which event it is, and a clause that it happened. */
static bool is_particular(const sg_event_reader *e, uint32_t at)
{
    const sg_reading *r = e->r;
    uint32_t first;
    uint32_t past;

    if (sg_word_is_upos(r, at, SG_VERB))
        return (r->info[at].features & SG_FEAT_PAST) != 0 &&
               (sg_child(r, at, SG_NSUBJ) != SG_NO_WORD ||
                sg_child(r, at, SG_NSUBJ_PASS) != SG_NO_WORD);
    if (e->timed[at] || sg_word_is_rel(r, at, SG_COMPOUND) || sg_actor_at(r, at) != SG_NO_ACTOR)
        return false;
    sg_event_span(e, at, &first, &past);
    if (past - first < 2)
        return false;
    for (uint32_t w = first; w < past; w++) {
        if (w != at && sg_word_is_proper(r, w))
            return true;
    }
    return has_determiner(r, at);
}

/* "Sent a letter", "issued a statement": the verb says that it happened. */
static bool is_done(const sg_reading *r, uint32_t noun)
{
    static const char *const doing[] = { "send",   "issue",   "release", "publish", "write",
                                         "give",   "deliver", "hold",    "file",    "reach",
                                         "strike", "begin",   "launch",  "make",    "stage",
                                         "host",   "declare" };
    uint32_t verb = r->info[noun].head;

    return verb != SG_NO_WORD && sg_word_is_rel(r, noun, SG_OBJ) &&
           (r->info[verb].features & SG_FEAT_PAST) != 0 &&
           SG_IS_ONE_OF(r->info[verb].lemma, doing) && !sg_is_unreal(r, verb);
}

/* "The vote", "this strike": the last of its kind that was told. */
static void refer_back(sg_event_reader *e, uint32_t noun, const sg_event_word *word)
{
    static const char *const articles[] = { "the", "this", "that" };
    sg_reading *r = e->r;
    uint32_t determiner = sg_child(r, noun, SG_DETREL);

    if (determiner == SG_NO_WORD || !SG_IS_ONE_OF(r->lower[determiner], articles) ||
        sg_word_is_rel(r, noun, SG_COMPOUND))
        return;
    for (uint32_t w = noun; w-- > 0;) {
        uint32_t event = r->event_at[w];

        if (event != SG_NO_EVENT && strcmp(r->events[event].kind, word->kind) == 0) {
            r->event_at[noun] = event;
            add_mention(r, &r->events[event], sg_event_slice(e, noun));
            return;
        }
    }
}

static void add_undated(sg_event_reader *e, uint32_t at)
{
    const sg_event_word *word = sg_event_word_at(e->r, at);

    if (word == NULL || e->r->event_at[at] != SG_NO_EVENT)
        return;
    if ((word->alone && is_particular(e, at)) || (sg_is_event_noun(e->r, at) && is_done(e->r, at)))
        add_at(e, at, NULL);
    else if (sg_is_event_noun(e->r, at))
        refer_back(e, at, word);
}

/* "The 2010 election": a year before a noun belongs to its name. */
static bool names_year(const sg_reading *r, uint32_t word)
{
    return (sg_word_is_rel(r, word, SG_NUMMOD) || sg_word_is_rel(r, word, SG_COMPOUND)) &&
           r->info[word].head > word && strlen(r->lower[word]) == 4;
}

/* All time expressions, in order; their words are marked. */
static sg_time *find_times(sg_event_reader *e, size_t *count_out)
{
    sg_reading *r = e->r;
    sg_time *times = NULL;
    size_t capacity = 0;
    size_t count = 0;
    int64_t told = SG_NO_DAY; /* the last single day, of this sentence or the one before */
    uint32_t told_in = 0;

    for (uint32_t w = 0; w < r->word_count; w++) {
        sg_time time;

        if (told != SG_NO_DAY && r->sentence_of[w] > told_in + 1)
            told = SG_NO_DAY;
        if (!sg_time_at(r, w, SG_TENSE_UNKNOWN, &time) && !sg_time_counted_at(r, w, told, &time))
            continue;
        SG_ARENA_GROW(r->arena, times, capacity, count + 1);
        times[count++] = time;
        if (!names_year(r, w))
            memset(e->timed + w, 1, time.past - w);
        if (time.day != SG_NO_DAY) {
            told = time.day;
            told_in = r->sentence_of[w];
        }
        w = time.past - 1;
    }
    *count_out = count;
    return times;
}

void sg_read_events(sg_reading *r)
{
    sg_event_reader e = { .r = r, .timed = sg_arena_calloc(r->arena, r->word_count + 1, 1) };
    size_t count;
    sg_time *times = find_times(&e, &count);

    for (size_t i = 0; i < count; i++) {
        if (!r->skipped[times[i].first])
            add_dated(&e, &times[i]);
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (!r->skipped[w])
            add_undated(&e, w);
    }
}
