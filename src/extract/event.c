#include <pthread.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"

#include "event_internal.h"

/* Two ways to an event: a noun that names one ("the strike on Wednesday"), and a clause that says
 * when something happened ("Fields was sentenced on Friday"). Mentions of the same kind on the same
 * date, or without a date of their own, are the same event. */

#define LONGEST_NAME 9 /* words */
#define LONGEST_RISE 6

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_arena *lexicon_arena;
static sg_map *event_words; /* 'n' or 'v' and the lemma -> sg_event_word * */

static void add_word(char **cells, size_t count)
{
    sg_event_word *word = sg_arena_alloc(lexicon_arena, sizeof *word);
    char *key;

    if (count < 4)
        return;
    word->kind = cells[2];
    word->name = cells[3];
    key = sg_arena_printf(lexicon_arena, "%c%s", cells[1][0], cells[0]);
    (void) sg_map_put(event_words, key, strlen(key), (uint64_t) (uintptr_t) word);
}

static void read_list(void)
{
    lexicon_arena = sg_arena_new();
    event_words = sg_map_new();
    sg_lexicon_read_table("events.csv", 4, lexicon_arena, add_word);
}

const sg_event_word *sg_event_word_at(const sg_reading *r, uint32_t word)
{
    const char *lemma = r->info[word].lemma;
    char key[48];
    size_t n = strlen(lemma);
    uint64_t found = 0;

    (void) pthread_once(&once, read_list);
    if (n + 2 > sizeof key)
        return NULL;
    if (r->info[word].upos == SG_VERB)
        key[0] = 'v';
    else if (r->info[word].upos == SG_NOUN || r->info[word].upos == SG_PROPN)
        key[0] = 'n';
    else
        return NULL;
    for (size_t i = 0; i <= n; i++)
        key[i + 1] = lemma[i] >= 'A' && lemma[i] <= 'Z' ? (char) (lemma[i] + 32) : lemma[i];
    if (!sg_map_find(event_words, key, n + 1, &found))
        return NULL;
    return (const sg_event_word *) (uintptr_t) found;
}

/* ---- clauses ---- */

static bool is_future(const sg_reading *r, uint32_t word)
{
    for (int step = 0; step < LONGEST_RISE && word != SG_NO_WORD; step++) {
        for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
            if (r->info[w].head == word &&
                (sg_word_is(r, w, "will") || sg_word_is(r, w, "'ll") || sg_word_is(r, w, "to")))
                return true;
        }
        if (r->info[word].upos == SG_VERB && (strcmp(r->info[word].lemma, "plan") == 0 ||
                                              strcmp(r->info[word].lemma, "schedule") == 0))
            return true;
        word = r->info[word].head;
    }
    return false;
}

/* The word that the time belongs to: the nearest event noun or verb above it. */
static uint32_t anchor_of(const sg_reading *r, const sg_time *time)
{
    uint32_t word = sg_span_head(r, time->first, time->past);

    for (int step = 0; step < LONGEST_RISE; step++) {
        word = r->info[word].head;
        if (word == SG_NO_WORD)
            return SG_NO_WORD;
        if (r->info[word].upos == SG_VERB)
            return word;
        if (sg_event_word_at(r, word) != NULL)
            return word;
    }
    return SG_NO_WORD;
}

static bool is_report(const sg_reading *r, uint32_t verb)
{
    const char *lemma = r->info[verb].lemma;

    return (sg_lexicon_classes(lemma, strlen(lemma)) & SG_CLASS_SPEECH) != 0 &&
           sg_event_word_at(r, verb) == NULL;
}

/* ---- names ---- */

static void core_span(const sg_reading *r, uint32_t head, uint32_t *first, uint32_t *past)
{
    sg_subtree_span(r, head, first, past);
    while (*first < head &&
           (sg_word_is_upos(r, *first, SG_DET) || sg_word_is_upos(r, *first, SG_PUNCT) ||
            sg_word_is_upos(r, *first, SG_ADP) || sg_word_is_upos(r, *first, SG_CCONJ) ||
            sg_word_is_upos(r, *first, SG_PRON)))
        (*first)++;
    /* What follows a relative clause or comma is said about the thing, it does not name it. */
    for (uint32_t w = head + 1; w < *past; w++) {
        if (sg_word_is_upos(r, w, SG_PUNCT) || sg_word_is_upos(r, w, SG_SCONJ) ||
            sg_word_is_upos(r, w, SG_VERB) || sg_word_is_upos(r, w, SG_AUX)) {
            *past = w;
            break;
        }
    }
    if (*past > head + LONGEST_NAME)
        *past = head + LONGEST_NAME;
    if (*first + LONGEST_NAME < head)
        *first = head - LONGEST_NAME;
}

static const char *phrase(const sg_reading *r, uint32_t head)
{
    uint32_t actor = sg_actor_at(r, head);
    uint32_t first;
    uint32_t past;

    if (actor != SG_NO_ACTOR)
        return r->actors[actor].name;
    core_span(r, head, &first, &past);
    return sg_words_text(r, first, past - first);
}

/* "sentencing of James Fields", "vote of the House": a verb with what it did, or who. */
static const char *name_of_clause(const sg_reading *r, uint32_t verb)
{
    const sg_event_word *word = sg_event_word_at(r, verb);
    uint32_t object = sg_child(r, verb, SG_OBJ);
    uint32_t subject = sg_child(r, verb, SG_NSUBJ);
    const char *noun = word != NULL ? word->name : NULL;

    if (object == SG_NO_WORD)
        object = sg_child(r, verb, SG_NSUBJ_PASS);
    if (noun == NULL) {
        const char *lemma = r->info[verb].lemma;
        size_t n = strlen(lemma);
        bool silent = n > 2 && lemma[n - 1] == 'e' && lemma[n - 2] != 'e';

        noun = sg_arena_printf(r->arena, "%.*sing", (int) (silent ? n - 1 : n), lemma);
    }
    if (object != SG_NO_WORD)
        return sg_arena_printf(r->arena, "%s of %s", noun, phrase(r, object));
    if (subject != SG_NO_WORD)
        return sg_arena_printf(r->arena, "%s of %s", noun, phrase(r, subject));
    return noun;
}

static sg_slice clause_slice(const sg_reading *r, uint32_t verb)
{
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
        core_span(r, w, &from, &to);
        if (from < first)
            first = from;
        if (to > past)
            past = to;
    }
    if (past - first > 3 * LONGEST_NAME)
        first = verb, past = verb + 1;
    return sg_words_slice(r, first, past - first);
}

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
    if (r->info[anchor].upos != SG_VERB && head != SG_NO_WORD && r->info[head].upos == SG_VERB)
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

static sg_event *find(sg_reading *r, const char *kind, const char *date)
{
    for (size_t i = r->event_count; i-- > 0;) {
        if (strcmp(r->events[i].kind, kind) == 0 && same_date(r->events[i].date, date))
            return &r->events[i];
    }
    return NULL;
}

static void add_event(sg_reading *r, uint32_t anchor, const char *kind, const char *name,
                      const char *date, sg_slice slice)
{
    sg_event *event = find(r, kind, date);

    if (event == NULL) {
        SG_ARENA_GROW(r->arena, r->events, r->event_capacity, r->event_count + 1);
        event = &r->events[r->event_count++];
        *event = (sg_event){ .name = name, .kind = kind, .about = -1 };
    }
    if (event->date == NULL)
        event->date = date;
    add_mention(r, event, slice);
    add_participants(r, event, anchor);
}

static void add_dated(sg_reading *r, const sg_time *time, uint32_t anchor)
{
    const sg_event_word *word = sg_event_word_at(r, anchor);
    const char *date = sg_arena_strdup(r->arena, time->date);

    if (r->info[anchor].upos == SG_VERB) {
        if (is_report(r, anchor))
            return;
        add_event(r, anchor, word != NULL ? word->kind : r->info[anchor].lemma,
                  name_of_clause(r, anchor), date, clause_slice(r, anchor));
    } else {
        uint32_t first;
        uint32_t past;

        core_span(r, anchor, &first, &past);
        add_event(r, anchor, word->kind, sg_words_text(r, first, past - first), date,
                  sg_words_slice(r, first, past - first));
    }
}

/* A noun that names an event, without a date: only if it says which event it is. */
static void add_named(sg_reading *r, uint32_t noun)
{
    const sg_event_word *word = sg_event_word_at(r, noun);
    uint32_t first;
    uint32_t past;

    if (word == NULL || r->info[noun].upos == SG_VERB || sg_word_is_rel(r, noun, SG_COMPOUND) ||
        sg_actor_at(r, noun) != SG_NO_ACTOR)
        return;
    core_span(r, noun, &first, &past);
    if (past - first < 2)
        return;
    add_event(r, noun, word->kind, sg_words_text(r, first, past - first), NULL,
              sg_words_slice(r, first, past - first));
}

void sg_read_events(sg_reading *r)
{
    for (uint32_t w = 0; w < r->word_count; w++) {
        sg_time time;
        uint32_t anchor;

        if (r->skipped[w] || !sg_time_at(r, w, false, &time))
            continue;
        anchor = anchor_of(r, &time);
        if (anchor == SG_NO_WORD || r->skipped[anchor]) {
            w = time.past - 1;
            continue;
        }
        if (time.relative && is_future(r, anchor))
            (void) sg_time_at(r, w, true, &time);
        add_dated(r, &time, anchor);
        w = time.past - 1;
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (!r->skipped[w])
            add_named(r, w);
    }
}
