/* Roles that show only once it is known who is meant: "his Green party", "its president, X", "the
 * Vermont senator". */

#include <string.h>

#include "roles_internal.h"

/* "his Green party": whose party it is. */
static void read_own_party(sg_reading *r, const sg_mention *pronoun, uint32_t head)
{
    uint32_t party = sg_actor_at(r, head);

    if (party == SG_NO_ACTOR && head > pronoun->head + 1)
        party = sg_actor_at(r, head - 1);
    if (party != SG_NO_ACTOR && r->actors[party].kind == SG_ACTOR_ORGANISATION &&
        (r->actors[party].classes & SG_CLASS_ORG_PARTY) && sg_word_is(r, head, "party") &&
        head > pronoun->head + 1)
        sg_record_role(r, pronoun->actor, NULL, SG_NO_ACTOR, party, head);
}

/* "its president, X", "their leader X": X is of the body that the pronoun stands for. */
static void read_own_office(sg_reading *r, const sg_mention *pronoun, uint32_t head)
{
    uint32_t past = sg_sentence_past(r, head);
    uint32_t w = head + 1;
    uint32_t person;

    if (!(r->classes[head] & (SG_CLASS_TITLE | SG_CLASS_ROLE)) ||
        (r->info[head].features & SG_FEAT_PLURAL))
        return;
    if (w < past && sg_word_is(r, w, ","))
        w++;
    person = w < past && sg_names_person(r, w) ? sg_actor_at(r, w) : SG_NO_ACTOR;
    if (person != SG_NO_ACTOR)
        sg_record_role(r, person, NULL, pronoun->actor, SG_NO_ACTOR, w);
}

static bool has_words(const char *role, const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++)
        if (strstr(role, r->lower[w]) == NULL)
            return false;
    return true;
}

/* "The Vermont senator", "the former president": what is said of a person by the way. */
static void read_described(sg_reading *r, const sg_mention *m)
{
    uint32_t limit = sg_sentence_first(r, m->head);
    uint32_t first = m->head;

    if (!(r->classes[m->head] & (SG_CLASS_TITLE | SG_CLASS_ROLE)))
        return;
    while (first > limit && m->head - first < 5 && !sg_word_is(r, first - 1, "the")) {
        first--;
        if (!(sg_word_is_upos(r, first, SG_NOUN) || sg_word_is_proper(r, first) ||
              sg_word_is_upos(r, first, SG_ADJ)))
            return;
    }
    if (first == m->head || first == limit || !sg_word_is(r, first - 1, "the"))
        return;
    for (size_t i = 0; i < r->role_count; i++)
        if (r->roles[i].actor == m->actor && r->roles[i].lower != NULL &&
            has_words(r->roles[i].lower, r, first, m->head + 1))
            return;
    sg_record_role(r, m->actor, sg_words_text(r, first, m->head + 1 - first), SG_NO_ACTOR,
                   SG_NO_ACTOR, m->head);
}

/* The organisation that a sentence is about: its subject, or what stands beside that. */
static uint32_t subject_of(const sg_reading *r, const sg_sentence *sentence)
{
    const uint32_t past = sentence->first_word + sentence->word_count;

    for (uint32_t w = sentence->first_word; w < past && w < r->word_count; w++) {
        const uint32_t actor = sg_actor_at(r, w);

        if (actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_ORGANISATION &&
            (sg_word_is_rel(r, w, SG_NSUBJ) || sg_word_is_rel(r, w, SG_APPOS) ||
             w == sentence->first_word))
            return actor;
    }
    return SG_NO_ACTOR;
}

#define SENTENCES_BACK 3

/* "Its director, X" where the pronoun stands for nothing known: of the body that the sentences
 * before are about. */
static void read_unknown_office(sg_reading *r, uint32_t word)
{
    const uint32_t head = r->info[word].head;
    const uint32_t sentence = r->sentence_of[word];

    if (head == SG_NO_WORD || !sg_word_is_rel(r, word, SG_NMOD_POSS))
        return;
    for (uint32_t back = 1; back <= SENTENCES_BACK && back <= sentence; back++) {
        const uint32_t actor = subject_of(r, &r->document->sentences[sentence - back]);

        if (actor == SG_NO_ACTOR)
            continue;
        read_own_office(r, &(sg_mention){ .head = word, .actor = actor }, head);
        return;
    }
}

/* "Chairman X said" right after a sentence about a body: X is its chairman. Offices of state need
 * no body before them. */
static void read_bare_office(sg_reading *r, uint32_t sentence)
{
    static const char *const offices[] = { "chairman",    "chairwoman",   "chair",
                                           "executive",   "director",     "spokesman",
                                           "spokeswoman", "spokesperson", "founder",
                                           "co-founder",  "organiser",    "organizer",
                                           "coordinator", "convener",     "co-ordinator" };
    const uint32_t first = r->document->sentences[sentence].first_word;
    const uint32_t past = sg_sentence_past(r, first);
    uint32_t w = first;
    uint32_t person;
    uint32_t body;

    while (w < past && w < first + 3 && !sg_names_person(r, w))
        w++;
    if (w == first || w >= past || !sg_names_person(r, w) ||
        !SG_IS_ONE_OF(r->lower[w - 1], offices) || r->mention_at[first] != SG_NO_MENTION)
        return;
    person = sg_actor_at(r, w);
    body = subject_of(r, &r->document->sentences[sentence - 1]);
    if (person == SG_NO_ACTOR || body == SG_NO_ACTOR)
        return;
    for (size_t i = 0; i < r->role_count; i++)
        if (r->roles[i].actor == person && r->roles[i].organisation != SG_NO_ACTOR)
            return;
    sg_record_role(r, person, NULL, body, SG_NO_ACTOR, w);
}

void sg_read_referred_roles(sg_reading *reading)
{
    for (uint32_t s = 1; s < reading->document->sentence_count; s++)
        if (reading->document->sentences[s].first_word < reading->word_count)
            read_bare_office(reading, s);
    for (uint32_t w = 0; w < reading->word_count; w++)
        if (sg_word_is(reading, w, "its") && reading->mention_at[w] == SG_NO_MENTION)
            read_unknown_office(reading, w);
    for (size_t i = 0; i < reading->mention_count; i++) {
        const sg_mention m = reading->mentions[i];
        const uint32_t head = reading->info[m.head].head;
        const bool person = reading->actors[m.actor].kind == SG_ACTOR_PERSON;

        if (m.kind == SG_MENTION_PRONOUN && head != SG_NO_WORD &&
            sg_word_is_rel(reading, m.head, SG_NMOD_POSS)) {
            if (person)
                read_own_party(reading, &m, head);
            else if (reading->actors[m.actor].kind == SG_ACTOR_ORGANISATION)
                read_own_office(reading, &m, head);
        } else if (m.kind == SG_MENTION_DESCRIPTION && person) {
            read_described(reading, &m);
        }
    }
}
