/* Possible actors: names and descriptions too uncertain to be listed among the actors of an
 * article, but which may hold a stance or be the target of one: a run of capitals that no list and
 * no tagger knows but that does something ("Gray Return said"), "the foreign minister" without a
 * name, "the committee". They take part in all that follows and stay only where a statement names
 * them. */

#include <string.h>

#include "stance/map.h"

#include "actors_internal.h"

#define PEOPLE_CLASSES (SG_CLASS_PERSON_NOUN | SG_CLASS_TITLE | SG_CLASS_ROLE)

/* The word whose place in the clause the word shares: the first of several joined by "and". */
static uint32_t first_conjunct(const sg_reading *r, uint32_t word)
{
    for (int step = 0; step < 4 && sg_word_is_rel(r, word, SG_CONJ); step++)
        word = r->info[word].head;
    return word;
}

/* Subject of a verb, the one behind "by", or the owner of something. */
static bool does_something(const sg_reading *r, uint32_t word)
{
    uint32_t head;

    word = first_conjunct(r, word);
    head = r->info[word].head;
    if (head == SG_NO_WORD)
        return false;
    if (sg_word_is_rel(r, word, SG_OBL_AGENT))
        return true;
    return (sg_word_is_rel(r, word, SG_NSUBJ) || sg_word_is_rel(r, word, SG_NSUBJ_PASS)) &&
           sg_word_is_upos(r, head, SG_VERB);
}

static bool says_something(const sg_reading *r, uint32_t word)
{
    uint32_t head;

    word = first_conjunct(r, word);
    head = r->info[word].head;
    return head != SG_NO_WORD && does_something(r, word) &&
           (r->classes[head] & (SG_CLASS_SPEECH | SG_CLASS_ACT)) != 0;
}

/* ---- names ---- */

static bool is_joint(const sg_reading *r, uint32_t w)
{
    if (w == 0 || w + 1 >= r->word_count)
        return false;
    /* "Fallen and Forgotten", but not "Canada and Japan" */
    if (sg_word_is(r, w, "and"))
        return !sg_word_is_proper(r, w - 1) || !sg_word_is_proper(r, w + 1);
    /* "Officers' League" */
    if (sg_word_is(r, w, "'"))
        return !r->document->words[w - 1].space_after && sg_word_is_capital(r, w + 1);
    return sg_word_is(r, w, "of") || sg_word_is(r, w, "for") || sg_word_is(r, w, "to") ||
           sg_word_is(r, w, "&");
}

/* "Gun Owners of the Gulf": the word past the name that begins with the span. */
static uint32_t name_past(const sg_reading *r, const sg_name_span *span)
{
    uint32_t limit = sg_sentence_past(r, span->core);
    uint32_t head = sg_span_head(r, span->core, span->past);
    uint32_t past = span->past;

    if (span->past - span->core < 2 && !(r->info[head].features & SG_FEAT_PLURAL))
        return past;
    while (past + 1 < limit && is_joint(r, past)) {
        uint32_t next = past + 1;

        if (sg_word_is(r, next, "the") && next + 1 < limit)
            next++;
        if (!sg_word_is_capital(r, next) || !sg_word_is_proper(r, next) ||
            !sg_is_below(r, next, head) || r->mention_at[next] != SG_NO_MENTION)
            break;
        while (next < limit && sg_word_is_capital(r, next) && sg_is_below(r, next, head) &&
               r->mention_at[next] == SG_NO_MENTION)
            next++;
        past = next;
    }
    return past;
}

static bool is_free_capital(const sg_reading *r, uint32_t w);

/* "Secretary of State Anna Berg": an office, which belongs to the person after it. */
static bool has_office(const sg_reading *r, uint32_t first, uint32_t past)
{
    uint32_t after = past < sg_sentence_past(r, first) ? r->mention_at[past] : SG_NO_MENTION;

    for (uint32_t w = first; w < past; w++) {
        if ((r->classes[w] & (SG_CLASS_TITLE | SG_CLASS_ROLE)) && !sg_word_is_upos(r, w, SG_ADJ))
            return true;
    }
    return after != SG_NO_MENTION && r->mentions[after].first == past &&
           r->actors[r->mentions[after].actor].kind == SG_ACTOR_PERSON;
}

/* "Kurds", "Radical Democrats": people, whom actors_groups.c reads. */
static bool is_people(const sg_reading *r, uint32_t last)
{
    return strcmp(sg_xpos_name(r->info[last].xpos), "NNPS") == 0 &&
           !(r->classes[last] & SG_CLASS_ORG_ANY);
}

static bool can_be_actor(const sg_reading *r, const sg_name *name, const sg_name_span *span)
{
    uint32_t last = r->classes[span->past - 1];
    sg_country country;

    if (name->actor != SG_NO_ACTOR || r->mention_at[span->core] != SG_NO_MENTION ||
        sg_is_title_case(r, span->core) || (last & (SG_CLASS_CALENDAR | SG_CLASS_HONORIFIC)))
        return false;
    if (name->type == SG_ENTITY_EVENT || is_people(r, span->past - 1) ||
        has_office(r, span->core, span->past))
        return false;
    /* Part of a longer run of capitals. */
    if ((span->first > sg_sentence_first(r, span->first) && is_free_capital(r, span->first - 1)) ||
        (span->past < r->word_count && sg_word_is(r, span->past, "'") && is_joint(r, span->past)))
        return false;
    if (name->parts == 1 && (last & (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_NOT_ORG)))
        return false;
    if (sg_lexicon_country(name->key, strlen(name->key), &country) && country.is_adjective)
        return false;
    return !(last & SG_CLASS_NOT_ORG);
}

static void make_possible_name(sg_names *names, const sg_name_span *span)
{
    sg_reading *r = names->reading;
    sg_name *name = &names->names[span->name];
    uint32_t past = name_past(r, span);

    name->actor =
        sg_add_actor(r, name->type == SG_ENTITY_PERSON ? SG_ACTOR_PERSON : SG_ACTOR_ORGANISATION,
                     sg_words_text(r, span->core, past - span->core));
    r->actors[name->actor].possible = true;
    r->actors[name->actor].is_place = name->type == SG_ENTITY_LOCATION;
    r->actors[name->actor].classes = r->classes[span->past - 1] & SG_CLASS_ORG_ANY;
}

static void make_capital_names(sg_reading *r);

void sg_make_possible_names(sg_names *names)
{
    sg_reading *r = names->reading;
    size_t known = r->actor_count;

    for (size_t i = 0; i < names->span_count; i++) {
        const sg_name_span *span = &names->spans[i];
        const sg_name *name = &names->names[span->name];
        uint32_t head = sg_span_head(r, span->core, span->past);

        if (can_be_actor(r, name, span) && does_something(r, head))
            make_possible_name(names, span);
    }
    for (size_t i = 0; i < names->span_count; i++) {
        const sg_name_span *span = &names->spans[i];
        uint32_t actor = names->names[span->name].actor;

        if (actor != SG_NO_ACTOR && actor >= known)
            (void) sg_add_mention(r, span->core, name_past(r, span) - span->core, actor,
                                  SG_MENTION_NAME);
    }
    make_capital_names(r);
}

/* ---- capitals that the tagger took for plain words: "Gray Return", "Right to Life" ---- */

static bool is_free_capital(const sg_reading *r, uint32_t w)
{
    return sg_word_is_capital(r, w) && r->mention_at[w] == SG_NO_MENTION && !r->skipped[w] &&
           !sg_word_is_upos(r, w, SG_PRON) && !sg_word_is_upos(r, w, SG_DET) &&
           !sg_word_is_upos(r, w, SG_ADP) && !sg_word_is_upos(r, w, SG_SCONJ) &&
           !(r->classes[w] & (SG_CLASS_CALENDAR | SG_CLASS_HONORIFIC));
}

/* The run of capitals around `w`, with the small words inside it. */
static void capital_run(const sg_reading *r, uint32_t w, uint32_t *first_out, uint32_t *past_out)
{
    uint32_t low = sg_sentence_first(r, w);
    uint32_t limit = sg_sentence_past(r, w);
    uint32_t first = w;
    uint32_t past = w + 1;

    for (;;) {
        if (first > low && is_free_capital(r, first - 1))
            first--;
        else if (first > low + 1 && is_joint(r, first - 1) && is_free_capital(r, first - 2))
            first -= 2;
        else
            break;
    }
    for (;;) {
        uint32_t next = past;

        if (next + 1 < limit && is_joint(r, next))
            next++;
        if (next > past && next + 1 < limit && sg_word_is(r, next, "the"))
            next++;
        if (next >= limit || !is_free_capital(r, next))
            break;
        past = next + 1;
    }
    *first_out = first;
    *past_out = past;
}

/* Two capitals in a row are a name, where the second does not begin a sentence. */
static bool is_capital_name(const sg_reading *r, uint32_t first, uint32_t past)
{
    uint32_t last = r->classes[past - 1];

    return past - first >= 2 && !sg_is_title_case(r, first) && !has_office(r, first, past) &&
           !is_people(r, past - 1) &&
           !(last & (SG_CLASS_NOT_ORG | SG_CLASS_TITLE | SG_CLASS_ROLE)) &&
           !sg_word_is_upos(r, first, SG_ADV) && !sg_word_is_upos(r, first, SG_CCONJ);
}

static bool is_same_run(const sg_reading *r, uint32_t a, uint32_t b, uint32_t count)
{
    if (b + count > sg_sentence_past(r, b))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(r->lower[a + i], r->lower[b + i]) != 0 || r->mention_at[b + i] != SG_NO_MENTION)
            return false;
    }
    return true;
}

static void make_capital_names(sg_reading *r)
{
    sg_map *by_word = sg_map_new(); /* first word -> number of the mention that made the name */

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t first;
        uint32_t past;
        uint32_t actor;

        if (!is_free_capital(r, w) || !does_something(r, w))
            continue;
        capital_run(r, w, &first, &past);
        if (!is_capital_name(r, first, past))
            continue;
        actor = sg_add_actor(r, SG_ACTOR_ORGANISATION, sg_words_text(r, first, past - first));
        r->actors[actor].possible = true;
        r->actors[actor].classes = r->classes[past - 1] & SG_CLASS_ORG_ANY;
        (void) sg_map_slot(by_word, r->lower[first], strlen(r->lower[first]),
                           sg_add_mention(r, first, past - first, actor, SG_MENTION_NAME));
        w = past - 1;
    }
    for (uint32_t w = 0; w < r->word_count && sg_map_size(by_word) > 0; w++) {
        uint64_t number;
        const sg_mention *m;

        if (!is_free_capital(r, w) ||
            !sg_map_find(by_word, r->lower[w], strlen(r->lower[w]), &number))
            continue;
        m = &r->mentions[number];
        if (is_same_run(r, m->first, w, m->count))
            (void) sg_add_mention(r, w, m->count, m->actor, SG_MENTION_NAME);
    }
    sg_map_free(by_word);
}

/* ---- descriptions ---- */

/* First word of the description: nouns and adjectives before the head. */
static uint32_t description_start(const sg_reading *r, uint32_t head)
{
    uint32_t limit = sg_sentence_first(r, head);
    uint32_t start = head;

    while (start > limit && r->mention_at[start - 1] == SG_NO_MENTION &&
           r->info[start - 1].head == head &&
           (sg_word_is_rel(r, start - 1, SG_AMOD) || sg_word_is_rel(r, start - 1, SG_COMPOUND)))
        start--;
    return start;
}

static bool is_described(const sg_reading *r, uint32_t w)
{
    if (r->mention_at[w] != SG_NO_MENTION || r->skipped[w] ||
        (r->info[w].features & SG_FEAT_PLURAL) ||
        !(sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_proper(r, w)) ||
        !(r->classes[w] & (PEOPLE_CLASSES | SG_CLASS_ORG_ANY | SG_CLASS_COLLECTIVE)))
        return false;
    return says_something(r, w);
}

void sg_read_possible_descriptions(sg_reading *reading)
{
    sg_map *known = sg_map_new();

    for (uint32_t w = 0; w < reading->word_count; w++) {
        uint32_t start;
        const char *key;
        uint64_t *slot;

        if (!is_described(reading, w))
            continue;
        start = description_start(reading, w);
        key = sg_words_lower(reading, start, w + 1 - start);
        slot = sg_map_slot(known, key, strlen(key), SG_NO_ACTOR);
        if (*slot == SG_NO_ACTOR) {
            bool person = (reading->classes[w] & PEOPLE_CLASSES) != 0;

            *slot = sg_add_actor(reading, person ? SG_ACTOR_GROUP : SG_ACTOR_ORGANISATION, key);
            reading->actors[*slot].possible = true;
            reading->actors[*slot].classes = reading->classes[w];
        }
        (void) sg_add_mention(reading, start, w + 1 - start, (uint32_t) *slot,
                              SG_MENTION_DESCRIPTION);
    }
    sg_map_free(known);
}
