/* Roles that a predicate gives: "X is the chair of Y", "X, who served as Z", "appointed X as Z",
 * "X leads Y", "X belongs to Y". */

#include <string.h>

#include "roles_internal.h"

static bool is_lemma(const sg_reading *r, uint32_t w, const char *const *list, size_t count)
{
    const char *lemma = r->info[w].lemma;

    for (size_t i = 0; lemma != NULL && i < count; i++)
        if (strcmp(lemma, list[i]) == 0)
            return true;
    return false;
}

/* `passive`: the person undergoes the verb ("was appointed as"). */
static void read_predicate_of(sg_reading *r, uint32_t person, uint32_t verb, bool passive)
{
    static const char *const active_as[] = { "serve", "work", "act", "resign", "retire" };
    static const char *const passive_as[] = { "appoint", "elect",  "name",    "nominate",
                                              "swear",   "choose", "install", "confirm" };
    static const char *const direct[] = { "become", "remain" };
    static const char *const belonging[] = { "belong" };
    static const char *const leading[] = { "lead", "head", "chair", "found", "direct", "run" };
    static const char *const passive_direct[] = { "elect", "appoint", "name" };
    uint32_t past = sg_sentence_past(r, verb);
    uint32_t cop = sg_child(r, verb, SG_COP);
    bool as;

    if (cop != SG_NO_WORD && cop < verb) {
        /* "X is not a leader", "X would be a good president" say nothing of what X is. */
        for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++)
            if (r->info[w].head == verb && (sg_word_is(r, w, "not") || sg_word_is(r, w, "n't") ||
                                            (sg_word_is_rel(r, w, SG_AUXREL) &&
                                             !sg_word_is(r, w, "has") && !sg_word_is(r, w, "had"))))
                return;
        if (sg_word_is_upos(r, verb, SG_NOUN) || sg_word_is_proper(r, verb))
            (void) sg_read_role_phrase(r, person, cop + 1, sg_clause_limit(r, cop + 1));
        return;
    }
    if ((is_lemma(r, verb, direct, sizeof direct / sizeof direct[0]) ||
         (passive &&
          is_lemma(r, verb, passive_direct, sizeof passive_direct / sizeof passive_direct[0]))) &&
        verb + 1 < past)
        (void) sg_read_role_phrase(r, person, verb + 1, sg_clause_limit(r, verb + 1));
    if (is_lemma(r, verb, leading, sizeof leading / sizeof leading[0])) {
        uint32_t object = sg_child(r, verb, SG_OBJ);
        uint32_t body;
        uint32_t party;

        if (object != SG_NO_WORD && object > verb) {
            /* "leads the Save Our Harbour group" */
            sg_bodies_among(r, verb + 1, object + 1, &body, &party);
            sg_record_role(r, person, NULL, body, party, verb);
        }
    }
    if (is_lemma(r, verb, belonging, 1)) {
        uint32_t body;
        uint32_t party;

        sg_bodies_among(r, verb, verb + 8 < past ? verb + 8 : past, &body, &party);
        sg_record_role(r, person, NULL, body, party, verb);
    }
    as = is_lemma(r, verb, active_as, sizeof active_as / sizeof active_as[0]) ||
         (passive && is_lemma(r, verb, passive_as, sizeof passive_as / sizeof passive_as[0]));
    for (uint32_t w = verb + 1; as && w < past && w < verb + 4; w++)
        if (sg_word_is(r, w, "as"))
            (void) sg_read_role_phrase(r, person, w + 1, sg_clause_limit(r, w + 1));
}

/* "appointed X as secretary" */
static void read_object(sg_reading *r, const sg_mention *m, uint32_t verb)
{
    static const char *const verbs[] = { "appoint", "elect", "name", "nominate", "choose", "pick" };
    uint32_t w = m->first + m->count;

    if (is_lemma(r, verb, verbs, sizeof verbs / sizeof verbs[0]) &&
        w + 1 < sg_sentence_past(r, verb) && sg_word_is(r, w, "as"))
        (void) sg_read_role_phrase(r, m->actor, w + 1, sg_clause_limit(r, w + 1));
}

/* "X, who is also a nurse": the verb after "who", which stands right behind the name. */
static void read_who(sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);
    uint32_t limit = m->first + m->count + 9 < past ? m->first + m->count + 9 : past;

    for (uint32_t w = m->first + m->count; w < limit; w++) {
        if (sg_word_is_upos(r, w, SG_VERB) || sg_names_person(r, w))
            return;
        if (!sg_word_is(r, w, "who"))
            continue;
        for (uint32_t v = w + 1; v < past && v < w + 4; v++) {
            if (sg_word_is(r, v, "is") || sg_word_is(r, v, "was")) {
                if (sg_word_is_rel(r, v, SG_COP))
                    (void) sg_read_role_phrase(r, m->actor, v + 1, sg_clause_limit(r, v + 1));
            } else if (sg_word_is_upos(r, v, SG_VERB)) {
                read_predicate_of(r, m->actor, v, false);
                return;
            }
        }
        return;
    }
}

void sg_read_predicates(sg_reading *r, const sg_mention *m)
{
    uint32_t verb = r->info[m->head].head;
    bool passive = sg_word_is_rel(r, m->head, SG_NSUBJ_PASS);

    if (verb != SG_NO_WORD && (passive || sg_word_is_rel(r, m->head, SG_NSUBJ))) {
        const sg_mention *next = sg_next_person(r, m);

        read_predicate_of(r, m->actor, verb, passive);
        /* "X, Y and Z are members of W" */
        for (const sg_mention *last = m; next != NULL && sg_is_next_of_list(r, last, next);
             next = sg_next_person(r, last)) {
            if (r->info[verb].features & SG_FEAT_PLURAL)
                read_predicate_of(r, next->actor, verb, passive);
            last = next;
        }
    }
    if (verb != SG_NO_WORD && sg_word_is_rel(r, m->head, SG_OBJ))
        read_object(r, m, verb);
    read_who(r, m);
}
