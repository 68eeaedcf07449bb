#include <string.h>

#include "stance_rules.h"

/* Where the frame of a cue says its target stands, in trees as the parser makes them. */

bool sg_is_time_unit(const sg_reading *r, uint32_t word)
{
    static const char *const lemmas[] = { "second", "minute", "hour",   "day",    "week",
                                          "month",  "year",   "decade", "century" };

    return word != SG_NO_WORD && SG_IS_ONE_OF(r->info[word].lemma, lemmas);
}

/* "For years". */
static bool is_span(const sg_reading *r, uint32_t word)
{
    return sg_is_time_unit(r, word) && sg_has_case(r, word, "for");
}

/* "Opposed to it", read as one word of two. */
static uint32_t behind_fixed(const sg_reading *r, uint32_t word, const char *prep, size_t len)
{
    uint32_t fixed = sg_child(r, word, SG_FIXED);

    return fixed != SG_NO_WORD && strlen(r->lower[fixed]) == len &&
                   memcmp(r->lower[fixed], prep, len) == 0
               ? sg_child(r, word, SG_OBL)
               : SG_NO_WORD;
}

/* By the preposition itself, or by one that ends in it: "out of", "from under". */
static bool is_marked(const sg_reading *r, uint32_t word, uint32_t marker, const char *prep,
                      size_t len)
{
    for (uint32_t w = marker;
         w == marker || (w < word && r->info[w].head == word && sg_word_is_rel(r, w, SG_CASE));
         w++) {
        if (strlen(r->lower[w]) == len && memcmp(r->lower[w], prep, len) == 0)
            return true;
    }
    return false;
}

uint32_t sg_with_preposition(const sg_reading *r, uint32_t word, const char *prep, size_t len)
{
    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        uint32_t marker;

        if (r->info[w].head != word || w == word)
            continue;
        marker = sg_child(r, w, SG_CASE);
        if (marker == SG_NO_WORD)
            marker = sg_child(r, w, SG_MARK);
        if (marker != SG_NO_WORD && is_marked(r, w, marker, prep, len) && !is_span(r, w))
            return w;
    }
    return behind_fixed(r, word, prep, len);
}

uint32_t sg_with_any(const sg_reading *r, uint32_t word, const char *const *preps, size_t count)
{
    uint32_t found = SG_NO_WORD;

    for (size_t i = 0; i < count && found == SG_NO_WORD; i++)
        found = sg_with_preposition(r, word, preps[i], strlen(preps[i]));
    return found;
}

/* "Called for the tax to be repealed", "wants the plan to go": what somebody wants it of, before
 * the verb. */
static uint32_t asked_of(const sg_reading *r, uint32_t verb)
{
    uint32_t head = r->info[verb].head;
    uint32_t found = SG_NO_WORD;

    if (head == SG_NO_WORD || head > verb ||
        !(sg_word_is_rel(r, verb, SG_XCOMP) || sg_word_is_rel(r, verb, SG_ADVCL)))
        return SG_NO_WORD;
    for (uint32_t w = head + 1; w < verb; w++) {
        if (r->info[w].head == head && (sg_word_is_rel(r, w, SG_OBJ) ||
                                        (sg_word_is_rel(r, w, SG_OBL) && sg_has_case(r, w, "for"))))
            found = w;
    }
    return found;
}

/* "Had the plan suspended", "asked for it to be lifted". */
static bool is_passive_below(const sg_reading *r, uint32_t verb)
{
    if (sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD)
        return true;
    return sg_word_is_rel(r, verb, SG_XCOMP) && sg_child(r, verb, SG_MARK) == SG_NO_WORD &&
           (r->info[verb].features & SG_FEAT_PARTICIPLE) != 0 &&
           (r->info[verb].features & SG_FEAT_PAST) != 0;
}

/* "What we need is a lane": the lane. */
static uint32_t said_to_be(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "what", "all", "thing", "that" };
    uint32_t head = r->info[word].head;

    return SG_IS_ONE_OF(r->info[word].lemma, words) && sg_word_is_rel(r, word, SG_NSUBJ) &&
                   head != SG_NO_WORD && sg_child(r, head, SG_COP) != SG_NO_WORD
               ? head
               : word;
}

/* "Repeal and replace the law": the law, which the tree hangs on the second verb. */
static uint32_t shared_object(const sg_reading *r, uint32_t verb)
{
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb) && w < verb + 4; w++) {
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_CONJ) &&
            sg_word_is_upos(r, w, SG_VERB))
            return sg_child(r, w, SG_NSUBJ) == SG_NO_WORD ? sg_child(r, w, SG_OBJ) : SG_NO_WORD;
    }
    return SG_NO_WORD;
}

bool sg_is_misread_verb(const sg_reading *r, uint32_t word)
{
    return sg_word_is(r, word, "opposed") && sg_word_is_rel(r, word, SG_CASE) &&
           !sg_word_is(r, word + 1, "to");
}

/* "Had previously opposed it", "A opposed B's plan": where the tree takes the verb for a part of
 * its object, who is its subject; else SG_NO_WORD. */
uint32_t sg_misread_subject(const sg_reading *r, uint32_t verb)
{
    uint32_t head = r->info[verb].head;
    uint32_t above = head != SG_NO_WORD ? r->info[head].head : SG_NO_WORD;

    if (above == SG_NO_WORD || head < verb ||
        !(sg_word_is_upos(r, verb, SG_VERB) || sg_is_misread_verb(r, verb)))
        return SG_NO_WORD;
    if (sg_word_is_rel(r, verb, SG_CASE) && above < verb && sg_word_is_rel(r, head, SG_NMOD))
        return above;
    if (sg_word_is_rel(r, verb, SG_AMOD) && verb > 0 && sg_word_is(r, verb - 1, "-") &&
        (r->info[verb].features & SG_FEAT_PAST) != 0)
        return sg_child(r, verb, SG_COMPOUND); /* "the union-backed plan" */
    return sg_word_is_rel(r, verb, SG_AMOD) && above < verb &&
                   strcmp(r->info[above].lemma, "have") == 0
               ? sg_child(r, above, SG_NSUBJ)
               : SG_NO_WORD;
}

/* Of "told them that she supported the plan" the plan, where the tree takes "that" for an object;
 * of "denied her a permit" the permit. */
static uint32_t own_object(const sg_reading *r, uint32_t verb)
{
    static const char *const twofold[] = {
        "deny", "refuse", "forbid", "grant", "promise", "offer"
    };
    uint32_t first = sg_child(r, verb, SG_OBJ);
    uint32_t found = first;

    if (first != SG_NO_WORD && SG_IS_ONE_OF(r->info[verb].lemma, twofold)) {
        for (uint32_t w = first + 1; w < sg_sentence_past(r, verb); w++) {
            if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_OBJ))
                found = w;
        }
        return found;
    }
    if (first == SG_NO_WORD || first > verb || !sg_word_is(r, first, "that"))
        return first;
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_OBJ))
            return w;
    }
    return first;
}

/* "It has to be stopped", "needs to be stopped". */
static bool is_needed(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "have", "need", "ought", "deserve" };
    uint32_t above = r->info[verb].head;

    return sg_word_is_rel(r, verb, SG_XCOMP) && above != SG_NO_WORD &&
           SG_IS_ONE_OF(r->info[above].lemma, lemmas);
}

/* "A treaty that she has vowed to renounce": the treaty. */
static uint32_t left_out(const sg_reading *r, uint32_t verb)
{
    uint32_t above = r->info[verb].head;
    uint32_t thing = above != SG_NO_WORD ? r->info[above].head : SG_NO_WORD;
    uint32_t relative = above != SG_NO_WORD ? sg_child(r, above, SG_OBJ) : SG_NO_WORD;

    return thing != SG_NO_WORD && thing < above && sg_word_is_rel(r, verb, SG_XCOMP) &&
                   sg_word_is_rel(r, above, SG_ACL_RELCL) &&
                   sg_child(r, above, SG_NSUBJ) != SG_NO_WORD && sg_subject_of(r, above) != thing &&
                   (relative == SG_NO_WORD || relative < above)
               ? thing
               : SG_NO_WORD;
}

uint32_t sg_frame_object(const sg_reading *r, uint32_t verb, const char *rest)
{
    const char *last = strrchr(rest, ' ') != NULL ? strrchr(rest, ' ') + 1 : rest;
    uint32_t found = *last != '\0' ? sg_with_preposition(r, verb, last, strlen(last)) : SG_NO_WORD;

    for (uint32_t w = verb + 1;
         found == SG_NO_WORD && *last != '\0' && w < verb + 4 && w < sg_sentence_past(r, verb);
         w++) {
        if (r->info[w].head == verb) /* "stop short of": below "short" */
            found = sg_with_preposition(r, w, last, strlen(last));
    }
    if (found == SG_NO_WORD)
        found = own_object(r, verb);
    for (uint32_t w = verb + 1; found == SG_NO_WORD && strchr(rest, ' ') != NULL && w < verb + 12 &&
                                w < sg_sentence_past(r, verb);
         w++) {
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_OBL) && !sg_is_time_unit(r, w) &&
            sg_child(r, w, SG_CASE) == SG_NO_WORD && (r->classes[w] & SG_CLASS_CALENDAR) == 0)
            found = w; /* "called into question her role", whose object the tree misses */
    }
    if (found == SG_NO_WORD)
        found = sg_child(r, verb, SG_NSUBJ_PASS);
    if (found == SG_NO_WORD && sg_word_is_rel(r, verb, SG_ACL) &&
        (r->info[verb].features & SG_FEAT_PARTICIPLE) != 0 &&
        (r->info[verb].features & SG_FEAT_PAST) != 0)
        found = r->info[verb].head; /* "the plan backed by" */
    if (found == SG_NO_WORD && sg_word_is_rel(r, verb, SG_ACL_RELCL)) {
        uint32_t subject = sg_child(r, verb, SG_NSUBJ);

        if (subject != SG_NO_WORD && !sg_word_is(r, subject, "who") &&
            !sg_word_is(r, subject, "which") && !sg_word_is(r, subject, "that"))
            found = said_to_be(r, r->info[verb].head); /* "the plan, which she opposes" */
    }
    if (found == SG_NO_WORD)
        found = shared_object(r, verb);
    if (found == SG_NO_WORD && sg_word_is_rel(r, verb, SG_CONJ) &&
        sg_child(r, verb, SG_NSUBJ) == SG_NO_WORD && r->info[verb].head != SG_NO_WORD &&
        (r->info[verb].features & SG_FEAT_PAST) != 0)
        found = sg_child(r, r->info[verb].head, SG_NSUBJ_PASS); /* "backed by A, opposed by B" */
    if (found == SG_NO_WORD && sg_word_is_rel(r, verb, SG_ADVCL) && r->info[verb].head > verb &&
        sg_child(r, verb, SG_OBL_AGENT) != SG_NO_WORD && sg_child(r, verb, SG_NSUBJ) == SG_NO_WORD)
        found = sg_subject_of(r, r->info[verb].head); /* "backed by A, it moved ahead" */
    if (found == SG_NO_WORD)
        found = left_out(r, verb);
    if (found == SG_NO_WORD && is_passive_below(r, verb))
        found = asked_of(r, verb);
    if (found == SG_NO_WORD && is_passive_below(r, verb) && is_needed(r, verb))
        found = sg_child(r, r->info[verb].head, SG_NSUBJ);
    if (found == SG_NO_WORD && sg_word_is_rel(r, verb, SG_CCOMP) && r->info[verb].head < verb &&
        sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD)
        found = sg_child(r, r->info[verb].head, SG_OBJ); /* X said the plan "is backed by Y" */
    if (found == SG_NO_WORD && sg_misread_subject(r, verb) != SG_NO_WORD)
        found = r->info[verb].head;
    if (found == SG_NO_WORD && is_passive_below(r, verb))
        found = sg_child(r, verb, SG_COMPOUND); /* "see the bus lane scrapped", misread */
    return found;
}

/* Trees call it a gerund here and a participle there. */
bool sg_is_ing(const sg_reading *r, uint32_t verb)
{
    size_t len = strlen(r->lower[verb]);

    return sg_word_is_upos(r, verb, SG_VERB) && len > 4 &&
           strcmp(r->lower[verb] + len - 3, "ing") == 0;
}

bool sg_is_clause(const sg_reading *r, uint32_t word)
{
    return sg_word_is_rel(r, word, SG_CCOMP) || sg_word_is_rel(r, word, SG_XCOMP) ||
           sg_word_is_rel(r, word, SG_ADVCL) || sg_word_is_rel(r, word, SG_ACL);
}

/* "Backed imposing it", "opposed closing it"; but what somebody fights to do, he is not against. */
static uint32_t deed_of(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t clause = sg_child(r, verb, SG_XCOMP);
    uint32_t next = sg_child(r, verb, SG_ADVCL);

    if (clause == SG_NO_WORD && next != SG_NO_WORD && sg_is_ing(r, next) &&
        (next == verb + 1 || (next == verb + 2 && sg_child(r, verb, SG_COMPOUND_PRT) == verb + 1)))
        clause = next; /* "ruled out approving it" */
    return clause != SG_NO_WORD && (cue->sign > 0 || sg_is_ing(r, clause)) ? clause : SG_NO_WORD;
}

uint32_t sg_behind(const sg_reading *r, uint32_t word, const char *prep, size_t len)
{
    uint32_t found = sg_with_preposition(r, word, prep, len);
    uint32_t verb = r->info[word].head;

    if (found == SG_NO_WORD &&
        (sg_word_is_rel(r, word, SG_OBJ) || sg_word_is_rel(r, word, SG_OBL) ||
         sg_word_is_rel(r, word, SG_OBL_AGENT)) &&
        sg_word_is_upos(r, word, SG_NOUN) && verb != SG_NO_WORD) {
        found = sg_with_preposition(r, verb, prep, len);
        if (found != SG_NO_WORD && found < word)
            found = SG_NO_WORD;
    }
    return found;
}

/* "Whether it is", "why the council wants it". */
static bool is_question(const sg_reading *r, uint32_t clause)
{
    static const char *const words[] = { "whether", "if",   "why",   "how",
                                         "what",    "when", "where", "who" };

    for (uint32_t w = sg_sentence_first(r, clause); w < clause; w++) {
        if (r->info[w].head == clause && SG_IS_ONE_OF(r->lower[w], words))
            return true;
    }
    return false;
}

/* "Asked that it be closed", not "asked whether it is". */
static uint32_t statement_below(const sg_reading *r, uint32_t verb)
{
    uint32_t clause = sg_child(r, verb, SG_CCOMP);

    return clause != SG_NO_WORD && is_question(r, clause) ? SG_NO_WORD : clause;
}

/* What something happens to: "the plan went", "wants the plan to go". */
static uint32_t patient_of(const sg_reading *r, uint32_t verb)
{
    uint32_t asked = asked_of(r, verb);

    if (asked == SG_NO_WORD && is_needed(r, verb))
        asked = sg_child(r, r->info[verb].head, SG_NSUBJ); /* "it has to go" */
    return asked != SG_NO_WORD ? asked : sg_child(r, verb, SG_NSUBJ);
}

/* "Came to her defence", "in defence of her": whose the noun is that the cue ends in. */
static uint32_t owner_in(const sg_reading *r, uint32_t word, const char *rest)
{
    const char *last = strrchr(rest, ' ') != NULL ? strrchr(rest, ' ') + 1 : rest;

    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        if (strcmp(r->info[w].lemma, last) == 0) {
            uint32_t owner = sg_child(r, w, SG_NMOD_POSS);

            return owner != SG_NO_WORD ? owner : sg_with_preposition(r, w, "of", 2);
        }
    }
    return SG_NO_WORD;
}

uint32_t sg_in_frame(const sg_reading *r, uint32_t word, const sg_cue *cue, const char *frame,
                     size_t len)
{
    if (len == 3 && memcmp(frame, "obj", 3) == 0) {
        uint32_t object = sg_frame_object(r, word, cue->rest);

        return object != SG_NO_WORD ? object : deed_of(r, word, cue);
    }
    if (len == 4 && memcmp(frame, "subj", 4) == 0)
        return patient_of(r, word);
    if (len == 4 && memcmp(frame, "comp", 4) == 0)
        return statement_below(r, word);
    if (len == 5 && memcmp(frame, "owner", 5) == 0)
        return owner_in(r, word, cue->rest);
    if (len == 2 && memcmp(frame, "to", 2) == 0) {
        uint32_t clause = sg_child(r, word, SG_XCOMP);

        if (clause == SG_NO_WORD)
            clause =
                cue->class == SG_CUE_VERB ? sg_child(r, word, SG_ADVCL) : sg_child(r, word, SG_ACL);
        if (clause != SG_NO_WORD)
            return clause;
    }
    return sg_behind(r, word, frame, len);
}

uint32_t sg_asked_of(const sg_reading *r, uint32_t deed, const sg_cue *cue)
{
    uint32_t verb = r->info[deed].head;

    uint32_t asked;

    if (verb == SG_NO_WORD || cue == NULL || !sg_word_is_upos(r, verb, SG_VERB) || verb > deed)
        return SG_NO_WORD;
    asked = sg_child(r, verb, SG_IOBJ);
    return asked != SG_NO_WORD ? asked : sg_frame_object(r, verb, cue->rest);
}

bool sg_is_person_noun(const sg_reading *r, uint32_t noun)
{
    return (r->classes[noun] & SG_CLASS_PERSON_NOUN) != 0;
}

/* "Levy critics", "the mayor's supporters". */
uint32_t sg_before_person_noun(const sg_reading *r, uint32_t noun)
{
    uint32_t found = sg_child(r, noun, SG_NMOD_POSS);

    if (!sg_is_person_noun(r, noun))
        return SG_NO_WORD;
    return found != SG_NO_WORD ? found : sg_child(r, noun, SG_COMPOUND);
}

/* "To restart talks", where the tree takes the verb for a part of the noun. */
static bool is_misread_deed(const sg_reading *r, uint32_t noun)
{
    uint32_t verb = sg_child(r, noun, SG_COMPOUND);
    const sg_cue *cue = verb != SG_NO_WORD ? sg_stance_cue(r, verb) : NULL;

    return verb != SG_NO_WORD && sg_word_is_upos(r, verb, SG_VERB) && sg_has_case(r, noun, "to") &&
           sg_word_is(r, verb - 1, "to") && (cue == NULL || cue->sign >= 0);
}

/* "Called for the council to drop it", "urged her to drop it": what somebody is asked to do. */
uint32_t sg_asked_deed(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t asked = sg_frame_object(r, verb, cue->rest);

    if (asked == SG_NO_WORD)
        return SG_NO_WORD;
    for (uint32_t w = asked + 1; w < sg_sentence_past(r, verb); w++) {
        bool bound = cue->kind == SG_CUE_DEMAND || sg_word_is_rel(r, w, SG_XCOMP) ||
                     sg_is_ing(r, w) || sg_principal_at(r, asked) != SG_NO_ACTOR;
        bool here = (r->info[w].head == verb && bound) ||
                    (r->info[w].head == asked && sg_principal_at(r, asked) != SG_NO_ACTOR);
        uint32_t mark = here ? sg_child(r, w, SG_MARK) : SG_NO_WORD;

        if (mark != SG_NO_WORD && sg_is_clause(r, w) &&
            (sg_word_is_upos(r, w, SG_VERB) || sg_word_is_upos(r, w, SG_ADV)) &&
            ((sg_word_is(r, mark, "to") &&
              (cue->sign >= 0 || strcmp(r->info[verb].lemma, "forbid") == 0)) ||
             (cue->sign < 0 && sg_word_is(r, mark, "from"))))
            return w; /* "stop them from building it" */
        if (here && is_misread_deed(r, w))
            return w;
    }
    return SG_NO_WORD;
}

bool sg_has_case(const sg_reading *r, uint32_t word, const char *preposition)
{
    return sg_child_is(r, word, SG_CASE, preposition);
}

/* "A pilot instead of the levy": the levy. */
bool sg_stands_instead(const sg_reading *r, uint32_t word)
{
    uint32_t marker = sg_child(r, word, SG_CASE);

    return marker != SG_NO_WORD && sg_is_instead_of(r, marker) &&
           !sg_word_is_upos(r, word, SG_VERB);
}

/* "Accused him of blocking it", "praised her for her support for it": what he is blamed or praised
 * for. */
uint32_t sg_charge_of(const sg_reading *r, uint32_t verb)
{
    static const char *const prepositions[] = { "of", "for", "over" };

    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++) {
        uint32_t found = sg_with_preposition(r, verb, prepositions[i], strlen(prepositions[i]));

        if (found != SG_NO_WORD && found > verb)
            return found;
    }
    return SG_NO_WORD;
}

/* "Her role in the deal", "his record on it": the deal. */
uint32_t sg_involved_in(const sg_reading *r, uint32_t noun)
{
    static const char *const prepositions[] = { "in", "on", "of" };
    uint32_t found = SG_NO_WORD;

    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions && found == SG_NO_WORD; i++)
        found = sg_behind(r, noun, prepositions[i], strlen(prepositions[i]));
    return found;
}

/* Where the first of the frames that fits has its target; sets `patient_out` where that is what
 * something happens to. */
uint32_t sg_target_of(const sg_reading *r, uint32_t word, const sg_cue *cue, bool *patient_out)
{
    for (const char *frame = cue->frames; *frame != '\0';) {
        size_t n = strcspn(frame, "|");
        uint32_t target = sg_in_frame(r, word, cue, frame, n);

        if (target != SG_NO_WORD) {
            *patient_out = strncmp(frame, "subj", n) == 0;
            return target;
        }
        frame += n + (frame[n] == '|');
    }
    return SG_NO_WORD;
}
