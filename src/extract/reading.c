#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "extract_internal.h"

#define DATELINE_WORDS 10

/* ---- words -------------------------------------------------------------------------------------
 */

static const char *fold_word(sg_arena *arena, const char *text, size_t len)
{
    char *lower = sg_utf8_lower(arena, text, len, &len);
    size_t used = 0;

    for (size_t at = 0; at < len;) {
        uint32_t c = 0;
        size_t step = sg_utf8_decode(lower + at, len - at, &c);

        if (c == 0x2018 || c == 0x2019 || c == 0x201B) {
            lower[used++] = '\'';
        } else if (c == 0x201C || c == 0x201D) {
            lower[used++] = '"';
        } else if (c == 0x2010 || c == 0x2011) {
            lower[used++] = '-';
        } else {
            memmove(lower + used, lower + at, step);
            used += step;
        }
        at += step;
    }
    lower[used] = '\0';
    return lower;
}

/* Abbreviations are listed without their full stop. */
static uint32_t classes_of(const char *lower)
{
    size_t len = strlen(lower);
    uint32_t bits = sg_lexicon_classes(lower, len);

    if (bits == 0 && len > 2 && lower[len - 1] == '.')
        bits = sg_lexicon_classes(lower, len - 1);
    return bits;
}

static void read_words(sg_reading *r)
{
    const sg_document *d = r->document;

    for (uint32_t w = 0; w < r->word_count; w++) {
        const char *lemma = r->info[w].lemma;

        r->lower[w] =
            fold_word(r->arena, d->text + d->words[w].start, d->words[w].end - d->words[w].start);
        r->classes[w] = classes_of(r->lower[w]);
        if (lemma != NULL && strcmp(lemma, r->lower[w]) != 0)
            r->classes[w] |= classes_of(fold_word(r->arena, lemma, strlen(lemma)));
        r->mention_at[w] = SG_NO_MENTION;
    }
    for (uint32_t s = 0; s < d->sentence_count; s++)
        for (uint32_t i = 0; i < d->sentences[s].word_count; i++)
            r->sentence_of[d->sentences[s].first_word + i] = s;
}

static bool is_unread_paragraph(sg_paragraph_kind kind)
{
    return kind == SG_PARAGRAPH_DATELINE || kind == SG_PARAGRAPH_BYLINE ||
           kind == SG_PARAGRAPH_BOILERPLATE;
}

/* "(Photo by A Name - Agency)": from the word that opens a credit to the closing bracket. */
static uint32_t credit_end(const sg_reading *r, uint32_t open, uint32_t past)
{
    static const char *const openers[] = { "photo",    "photograph", "photos", "picture",
                                           "pictures", "image",      "images", "file" };
    bool credit = false;

    if (!sg_word_is(r, open, "(") || open + 1 >= past)
        return open;
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
        credit = credit || sg_word_is(r, open + 1, openers[i]);
    if (!credit)
        return open;
    for (uint32_t w = open + 1; w < past; w++)
        if (sg_word_is(r, w, ")"))
            return w + 1;
    return past;
}

/* A paragraph of a few words that names a picture agency: "A Name/PA Wire". */
static bool is_credit_paragraph(const sg_reading *r, uint32_t first, uint32_t past)
{
    bool agency = false;

    if (past - first > 14)
        return false;
    for (uint32_t w = first; w < past; w++) {
        if (sg_word_is_upos(r, w, SG_VERB) && !sg_word_is_capital(r, w))
            return false;
        for (uint32_t n = 1; n <= 3 && w + n <= past; n++)
            agency = agency || (sg_phrase_classes(r, w, n) & SG_CLASS_PHOTO_AGENCY) != 0;
        if (sg_word_is(r, w, "/") && w > first && w + 1 < past && sg_word_is_capital(r, w - 1) &&
            sg_word_is_capital(r, w + 1) && past - first <= 7)
            agency = true;
    }
    return agency;
}

/* Past the date line that a paragraph begins with ("LONDON, 19 November 2015 - ..."): a place in
 * capitals, then a dash after a few words without a verb; `first` if there is none. */
static uint32_t dateline_end(const sg_reading *r, uint32_t first, uint32_t past)
{
    if (first == past || !sg_word_is_all_capital(r, first))
        return first;
    for (uint32_t w = first; w < past && w < first + DATELINE_WORDS; w++) {
        if (sg_word_is_upos(r, w, SG_VERB) || sg_word_is_upos(r, w, SG_AUX))
            return first;
        if (w > first && (sg_word_is(r, w, "-") || sg_word_is(r, w, "--") ||
                          sg_word_is(r, w, "\xE2\x80\x93") || sg_word_is(r, w, "\xE2\x80\x94")))
            return r->document->words[w - 1].space_after ? w + 1 : first;
    }
    return first;
}

static void mark_skipped(sg_reading *r)
{
    const sg_document *d = r->document;

    for (size_t p = 0; p < d->paragraph_count; p++) {
        const sg_paragraph *para = &d->paragraphs[p];
        uint32_t first;
        uint32_t past;

        if (para->sentence_count == 0)
            continue;
        first = d->sentences[para->first_sentence].first_word;
        past = first;
        for (uint32_t i = 0; i < para->sentence_count; i++)
            past += d->sentences[para->first_sentence + i].word_count;
        if (is_unread_paragraph(para->kind) || is_credit_paragraph(r, first, past))
            memset(r->skipped + first, 1, past - first);
        memset(r->skipped + first, 1, dateline_end(r, first, past) - first);
        for (uint32_t w = first; w < past; w++) {
            uint32_t end = credit_end(r, w, past);

            memset(r->skipped + w, 1, end - w);
        }
    }
}

sg_reading *sg_reading_new(const sg_annotation *annotation,
                           const struct sg_extract_options *options, sg_arena *arena)
{
    sg_reading *r = sg_arena_calloc(arena, 1, sizeof *r);
    size_t n = annotation->document->word_count;

    r->annotation = annotation;
    r->document = annotation->document;
    r->info = annotation->words;
    r->options = *options;
    r->arena = arena;
    r->word_count = n;
    r->lower = sg_arena_calloc(arena, n + 1, sizeof *r->lower);
    r->classes = sg_arena_calloc(arena, n + 1, sizeof *r->classes);
    r->sentence_of = sg_arena_calloc(arena, n + 1, sizeof *r->sentence_of);
    r->skipped = sg_arena_calloc(arena, n + 1, sizeof *r->skipped);
    r->mention_at = sg_arena_calloc(arena, n + 1, sizeof *r->mention_at);
    r->stance_cue_at = sg_arena_calloc(arena, n + 1, sizeof *r->stance_cue_at);
    r->evaluation_cue_at = sg_arena_calloc(arena, n + 1, sizeof *r->evaluation_cue_at);
    r->event_at = sg_arena_alloc(arena, (n + 1) * sizeof *r->event_at);
    memset(r->event_at, 0xff, (n + 1) * sizeof *r->event_at);
    read_words(r);
    sg_mend_trees(r);
    mark_skipped(r);
    return r;
}

uint32_t sg_sentence_first(const sg_reading *reading, uint32_t word)
{
    return reading->document->sentences[reading->sentence_of[word]].first_word;
}

uint32_t sg_sentence_past(const sg_reading *reading, uint32_t word)
{
    const sg_sentence *s = &reading->document->sentences[reading->sentence_of[word]];

    return s->first_word + s->word_count;
}

sg_paragraph_kind sg_paragraph_kind_of(const sg_reading *reading, uint32_t word)
{
    const sg_document *d = reading->document;

    return d->paragraphs[d->sentences[reading->sentence_of[word]].paragraph].kind;
}

sg_slice sg_words_slice(const sg_reading *reading, uint32_t first, uint32_t count)
{
    const sg_word *words = reading->document->words;

    assert(count > 0 && first + count <= reading->word_count);
    return (sg_slice){ words[first].start, words[first + count - 1].end };
}

const char *sg_words_text(const sg_reading *reading, uint32_t first, uint32_t count)
{
    sg_slice slice = sg_words_slice(reading, first, count);
    const char *text = reading->document->text + slice.start;
    size_t len = slice.end - slice.start;
    char *out = sg_arena_alloc(reading->arena, len + 1);
    size_t used = 0;

    for (size_t at = 0; at < len;) {
        uint32_t c = 0;
        size_t step = sg_utf8_decode(text + at, len - at, &c);

        if (sg_utf8_is_space(c)) {
            if (used > 0 && out[used - 1] != ' ')
                out[used++] = ' ';
        } else {
            memcpy(out + used, text + at, step);
            used += step;
        }
        at += step;
    }
    out[used] = '\0';
    return out;
}

const char *sg_words_lower(const sg_reading *reading, uint32_t first, uint32_t count)
{
    const char *text;

    if (count == 1)
        return reading->lower[first];
    text = sg_words_text(reading, first, count);
    return fold_word(reading->arena, text, strlen(text));
}

uint32_t sg_phrase_classes(const sg_reading *reading, uint32_t first, uint32_t count)
{
    char phrase[96];
    size_t len = 0;

    if (count == 1)
        return reading->classes[first];
    for (uint32_t i = 0; i < count; i++) {
        const char *word = reading->lower[first + i];
        size_t n = strlen(word);

        if (len + n + 2 > sizeof phrase)
            return 0;
        memcpy(phrase + len, word, n);
        len += n;
        if (i + 1 < count && reading->document->words[first + i].space_after)
            phrase[len++] = ' ';
    }
    phrase[len] = '\0';
    return classes_of(phrase);
}

bool sg_is_one_of(const char *word, size_t len, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(list[i]) == len && memcmp(list[i], word, len) == 0)
            return true;
    }
    return false;
}

bool sg_word_is(const sg_reading *reading, uint32_t word, const char *lower)
{
    return word < reading->word_count && strcmp(reading->lower[word], lower) == 0;
}

bool sg_word_is_capital(const sg_reading *reading, uint32_t word)
{
    const sg_word *w = &reading->document->words[word];
    uint32_t c = 0;

    if (w->end == w->start)
        return false;
    (void) sg_utf8_decode(reading->document->text + w->start, w->end - w->start, &c);
    return sg_utf8_is_upper(c);
}

bool sg_word_is_all_capital(const sg_reading *reading, uint32_t word)
{
    const sg_word *w = &reading->document->words[word];
    unsigned upper = 0;

    for (uint32_t at = w->start; at < w->end;) {
        uint32_t c = 0;

        at += (uint32_t) sg_utf8_decode(reading->document->text + at, w->end - at, &c);
        if (sg_utf8_is_lower(c))
            return false;
        upper += sg_utf8_is_upper(c);
    }
    return upper >= 2;
}

bool sg_word_is_proper(const sg_reading *reading, uint32_t word)
{
    /* The treebanks tag "National" in a name ADJ, and NNP beside it. */
    return sg_word_is_upos(reading, word, SG_PROPN) ||
           strncmp(sg_xpos_name(reading->info[word].xpos), "NNP", 3) == 0;
}

bool sg_word_is_upos(const sg_reading *reading, uint32_t word, sg_upos upos)
{
    return word < reading->word_count && reading->info[word].upos == (uint8_t) upos;
}

bool sg_word_is_rel(const sg_reading *reading, uint32_t word, sg_deprel deprel)
{
    return word < reading->word_count && reading->info[word].deprel == (uint8_t) deprel;
}

/* ---- trees -------------------------------------------------------------------------------------
 */

uint32_t sg_child(const sg_reading *reading, uint32_t word, sg_deprel deprel)
{
    uint32_t past = sg_sentence_past(reading, word);

    for (uint32_t w = sg_sentence_first(reading, word); w < past; w++)
        if (reading->info[w].head == word && reading->info[w].deprel == (uint8_t) deprel)
            return w;
    return SG_NO_WORD;
}

bool sg_child_is(const sg_reading *reading, uint32_t word, sg_deprel deprel, const char *lower)
{
    uint32_t child = sg_child(reading, word, deprel);

    return child != SG_NO_WORD && sg_word_is(reading, child, lower);
}

bool sg_is_below(const sg_reading *reading, uint32_t word, uint32_t ancestor)
{
    /* A damaged tree may hold a cycle: no path is longer than the sentence. */
    uint32_t steps = sg_sentence_past(reading, word) - sg_sentence_first(reading, word) + 1;

    while (word != SG_NO_WORD && steps-- > 0) {
        if (word == ancestor)
            return true;
        word = reading->info[word].head;
    }
    return false;
}

void sg_subtree_span(const sg_reading *reading, uint32_t head, uint32_t *first_out,
                     uint32_t *past_out)
{
    uint32_t first = head;
    uint32_t past = head + 1;

    while (first > sg_sentence_first(reading, head) && sg_is_below(reading, first - 1, head))
        first--;
    while (past < sg_sentence_past(reading, head) && sg_is_below(reading, past, head))
        past++;
    *first_out = first;
    *past_out = past;
}

uint32_t sg_span_head(const sg_reading *reading, uint32_t first, uint32_t past)
{
    uint32_t best = past - 1;
    bool found = false;

    for (uint32_t w = first; w < past; w++) {
        uint32_t head = reading->info[w].head;

        if (head != SG_NO_WORD && head >= first && head < past)
            continue;
        if (sg_word_is_upos(reading, w, SG_PUNCT) || sg_word_is_upos(reading, w, SG_DET))
            continue;
        /* Where several words hang outside, a noun is the head rather than what modifies it. */
        if (!found || sg_word_is_upos(reading, w, SG_PROPN) || sg_word_is_upos(reading, w, SG_NOUN))
            best = w;
        found = true;
    }
    return best;
}

/* ---- actors and mentions
 * ------------------------------------------------------------------------- */

uint32_t sg_add_actor(sg_reading *reading, sg_actor_kind kind, const char *name)
{
    sg_actor_draft *actor;

    SG_ARENA_GROW(reading->arena, reading->actors, reading->actor_capacity,
                  reading->actor_count + 1);
    actor = &reading->actors[reading->actor_count];
    *actor = (sg_actor_draft){ .kind = kind, .name = name, .parent = SG_NO_ACTOR };
    return (uint32_t) reading->actor_count++;
}

uint32_t sg_add_mention(sg_reading *reading, uint32_t first, uint32_t count, uint32_t actor,
                        sg_mention_kind kind)
{
    uint32_t number = (uint32_t) reading->mention_count;
    bool free_word = false;

    for (uint32_t w = first; w < first + count; w++)
        free_word = free_word || reading->mention_at[w] == SG_NO_MENTION;
    if (!free_word)
        return reading->mention_at[first];
    SG_ARENA_GROW(reading->arena, reading->mentions, reading->mention_capacity,
                  reading->mention_count + 1);
    reading->mentions[reading->mention_count++] =
        (sg_mention){ first, count, sg_span_head(reading, first, first + count), actor, kind };
    for (uint32_t w = first; w < first + count; w++)
        if (reading->mention_at[w] == SG_NO_MENTION)
            reading->mention_at[w] = number;
    return number;
}

void sg_merge_actors(sg_reading *reading, uint32_t into, uint32_t from)
{
    sg_actor_draft *a = &reading->actors[into];
    sg_actor_draft *b = &reading->actors[from];

    if (into == from)
        return;
    for (size_t i = 0; i < reading->mention_count; i++)
        if (reading->mentions[i].actor == from)
            reading->mentions[i].actor = into;
    for (size_t i = 0; i < reading->role_count; i++) {
        if (reading->roles[i].actor == from)
            reading->roles[i].actor = into;
        if (reading->roles[i].organisation == from)
            reading->roles[i].organisation = into;
    }
    a->classes |= b->classes;
    a->acts = a->acts || b->acts;
    if (a->acronym == NULL)
        a->acronym = b->acronym;
    if (a->gender == SG_GENDER_UNKNOWN)
        a->gender = b->gender;
    if (a->parent == SG_NO_ACTOR && b->parent != into)
        a->parent = b->parent;
    b->dropped = true;
}

void sg_add_role(sg_reading *reading, uint32_t actor, const char *text, uint32_t organisation,
                 sg_slice evidence)
{
    for (size_t i = 0; i < reading->role_count; i++) {
        const sg_role_fact *old = &reading->roles[i];

        if (old->actor == actor && old->organisation == organisation &&
            (text == NULL || (old->text != NULL && strcasecmp(old->text, text) == 0)))
            return;
    }
    SG_ARENA_GROW(reading->arena, reading->roles, reading->role_capacity, reading->role_count + 1);
    reading->roles[reading->role_count++] = (sg_role_fact){
        actor, text, text != NULL ? sg_utf8_lower(reading->arena, text, strlen(text), NULL) : NULL,
        organisation, evidence
    };
}

static int compare_places(const void *a, const void *b)
{
    const sg_mention *const *x = a;
    const sg_mention *const *y = b;

    if ((*x)->first != (*y)->first)
        return (*x)->first < (*y)->first ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

uint32_t *sg_mentions_in_order(const sg_reading *reading)
{
    size_t n = reading->mention_count;
    const sg_mention **sorted = sg_arena_alloc(reading->arena, (n + 1) * sizeof *sorted);
    uint32_t *numbers = sg_arena_alloc(reading->arena, (n + 1) * sizeof *numbers);

    for (size_t i = 0; i < n; i++)
        sorted[i] = &reading->mentions[i];
    qsort(sorted, n, sizeof *sorted, compare_places);
    for (size_t i = 0; i < n; i++)
        numbers[i] = (uint32_t) (sorted[i] - reading->mentions);
    return numbers;
}

/* ---- the result
 * ----------------------------------------------------------------------------------- */

static void finish_mentions(const sg_reading *r, uint32_t actor, const uint32_t *order,
                            sg_actor *out)
{
    sg_map *seen = sg_map_new();
    size_t n = 0;

    for (size_t i = 0; i < r->mention_count; i++)
        n += r->mentions[i].actor == actor;
    out->mentions = sg_arena_calloc(r->arena, n + 1, sizeof *out->mentions);
    out->aliases = sg_arena_calloc(r->arena, n + 1, sizeof *out->aliases);
    (void) sg_map_put(seen, out->name, strlen(out->name), 0);
    for (size_t i = 0; i < r->mention_count; i++) {
        const sg_mention *m = &r->mentions[order[i]];
        const char *text;

        if (m->actor != actor || m->kind == SG_MENTION_PRONOUN ||
            (m->kind == SG_MENTION_DESCRIPTION && out->kind == SG_ACTOR_PERSON))
            continue;
        out->mentions[out->mention_count++] = sg_words_slice(r, m->first, m->count);
        text = sg_words_text(r, m->first, m->count);
        if (m->kind == SG_MENTION_NAME && sg_map_put(seen, text, strlen(text), 0))
            out->aliases[out->alias_count++] = text;
    }
    sg_map_free(seen);
}

static void finish_roles(const sg_reading *r, uint32_t actor, const uint32_t *renumbered,
                         sg_actor *out)
{
    sg_map *seen = sg_map_new();

    out->roles = sg_arena_calloc(r->arena, r->role_count + 1, sizeof *out->roles);
    out->affiliations = sg_arena_calloc(r->arena, r->role_count + 1, sizeof *out->affiliations);
    for (size_t i = 0; i < r->role_count; i++) {
        const sg_role_fact *fact = &r->roles[i];

        if (fact->actor != actor)
            continue;
        if (fact->text != NULL && sg_map_put(seen, fact->text, strlen(fact->text), 0))
            out->roles[out->role_count++] = fact->text;
        if (fact->organisation != SG_NO_ACTOR && renumbered[fact->organisation] != SG_NO_ACTOR)
            out->affiliations[out->affiliation_count++] =
                (sg_affiliation){ renumbered[fact->organisation], fact->text, fact->evidence };
    }
    sg_map_free(seen);
}

static void renumber_facts(sg_reading *r, const uint32_t *renumbered)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->event_count; i++) {
        sg_event *event = &r->events[i];
        size_t n = 0;

        for (size_t k = 0; k < event->participant_count; k++)
            if (renumbered[event->participants[k]] != SG_NO_ACTOR)
                event->participants[n++] = renumbered[event->participants[k]];
        event->participant_count = n;
    }
    for (size_t i = 0; i < r->statement_count; i++) {
        sg_statement s = r->statements[i];

        s.actor = renumbered[s.actor];
        if (s.target_kind == SG_TARGET_ACTOR)
            s.target = renumbered[s.target];
        if (s.actor != SG_NO_ACTOR && s.target != SG_NO_ACTOR)
            r->statements[kept++] = s;
    }
    r->statement_count = kept;
    for (size_t i = 0; i < r->attribution_count; i++) {
        sg_attribution *a = &r->attributions[i];

        if (a->speaker >= 0 && renumbered[a->speaker] != SG_NO_ACTOR)
            a->speaker = renumbered[a->speaker];
        else
            a->speaker = -1;
    }
}

sg_extraction *sg_reading_finish(sg_reading *reading)
{
    sg_extraction *x = sg_arena_calloc(reading->arena, 1, sizeof *x);
    uint32_t *renumbered =
        sg_arena_alloc(reading->arena, (reading->actor_count + 1) * sizeof *renumbered);
    uint32_t *order = sg_mentions_in_order(reading);

    x->document = reading->document;
    x->actors = sg_arena_calloc(reading->arena, reading->actor_count + 1, sizeof *x->actors);
    for (size_t i = 0; i < reading->actor_count; i++)
        renumbered[i] = reading->actors[i].dropped ? SG_NO_ACTOR : (uint32_t) x->actor_count++;
    for (uint32_t i = 0; i < reading->actor_count; i++) {
        const sg_actor_draft *draft = &reading->actors[i];
        sg_actor *out;

        if (draft->dropped)
            continue;
        out = &x->actors[renumbered[i]];
        out->kind = draft->kind;
        out->name = draft->name;
        out->acronym = draft->acronym;
        out->acts = draft->acts;
        finish_mentions(reading, i, order, out);
        finish_roles(reading, i, renumbered, out);
    }
    renumber_facts(reading, renumbered);
    x->events = reading->events;
    x->event_count = reading->event_count;
    x->positions = reading->positions;
    x->position_count = reading->position_count;
    x->statements = reading->statements;
    x->statement_count = reading->statement_count;
    x->attributions = reading->attributions;
    x->attribution_count = reading->attribution_count;
    return x;
}
