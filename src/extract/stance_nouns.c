#include <string.h>

#include "stance_rules.h"

/* What stands below the nouns that cues take: plans and claims, demands, what is undone. */

/* "His claim", "her handling of it": to judge it is to judge who does it. */
bool sg_is_conduct(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = {
        "claim",     "comment",     "remark",     "conduct",    "behavior",  "behaviour",
        "statement", "decision",    "argument",   "response",   "attack",    "handling",
        "record",    "performance", "speech",     "word",       "tweet",     "rhetoric",
        "tactic",    "approach",    "accusation", "leadership", "judgment",  "judgement",
        "use",       "action",      "answer",     "attitude",   "criticism", "allegation",
        "letter",    "attempt",     "failure",    "refusal",    "position",  "suggestion",
        "act",       "move",        "silence",    "ruling",     "report",    "account",
        "work",      "intervention"
    };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "Her resignation": who is for it is against her. */
bool sg_is_departure(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "resignation", "removal", "dismissal",   "ouster",
                                          "sacking",     "firing",  "impeachment", "arrest",
                                          "prosecution", "recall",  "indictment",  "expulsion",
                                          "conviction",  "ousting", "departure" };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "Drew criticism from them", "has the support of A": the noun is of others. */
bool sg_is_getting(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = {
        "draw",    "attract",  "face",      "provoke",   "spark",   "prompt",   "win",    "earn",
        "receive", "meet",     "cause",     "trigger",   "enjoy",   "get",      "gain",   "have",
        "lack",    "pick",     "land",      "secure",    "garner",  "collect",  "clinch", "lose",
        "seek",    "run",      "encounter", "ignite",    "unleash", "generate", "elicit", "hit",
        "forfeit", "squander", "weather",   "withstand", "survive", "endure",   "suffer"
    };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "The lawsuit", "the refusal" are about what was named, not it. */
bool sg_is_counter(const sg_reading *r, uint32_t noun)
{
    const sg_cue *cue = sg_word_is_upos(r, noun, SG_NOUN) ? sg_stance_cue(r, noun) : NULL;

    return cue != NULL && cue->sign < 0;
}

static bool may_propose(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "letter",    "petition",        "statement",
                                          "amendment", "executive order", "resolution" };

    return sg_is_kind_of_proposal(r->info[noun].lemma) || SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "The plan to scrap the levy", "a bill that would ban it", "a letter urging it": the clause. */
uint32_t sg_plan_of(const sg_reading *r, uint32_t noun)
{
    uint32_t clause = sg_child(r, noun, SG_ACL);
    uint32_t relative = sg_child(r, noun, SG_ACL_RELCL);
    uint32_t verb = r->info[noun].head;

    if (clause != SG_NO_WORD && ((r->info[clause].features & SG_FEAT_INFINITIVE) != 0 ||
                                 (sg_is_ing(r, clause) && may_propose(r, noun))))
        return clause;
    if (relative != SG_NO_WORD && may_propose(r, noun) && sg_subject_of(r, relative) == noun)
        return relative;
    if (sg_is_kind_of_proposal(r->info[noun].lemma)) {
        uint32_t whose = sg_with_preposition(r, noun, "of", 2);

        clause = whose != SG_NO_WORD ? sg_child(r, whose, SG_ACL) : SG_NO_WORD;
        if (clause != SG_NO_WORD && (r->info[clause].features & SG_FEAT_INFINITIVE) != 0)
            return clause; /* "the efforts of the council to close it" */
    }
    if (verb != SG_NO_WORD && may_propose(r, noun) &&
        (sg_word_is_rel(r, noun, SG_OBJ) || sg_word_is_rel(r, noun, SG_OBL))) {
        for (clause = noun + 1; clause < noun + 4 && clause < sg_sentence_past(r, noun); clause++) {
            if (r->info[clause].head == verb && sg_is_clause(r, clause) &&
                (r->info[clause].features & SG_FEAT_INFINITIVE) != 0)
                return clause; /* hung on the verb: "introduced a bill to ban it" */
        }
    }
    return SG_NO_WORD;
}

/* "Claims that it would harm", "news that it was scrapped": the clause. */
uint32_t sg_claimed(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "claim",  "suggestion", "idea",         "notion",
                                          "news",   "allegation", "accusation",   "report",
                                          "fear",   "argument",   "announcement", "decision",
                                          "rumour", "rumor",      "ruling",       "concern" };
    static const sg_deprel rels[] = { SG_ACL, SG_CCOMP };

    if (!SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return SG_NO_WORD;
    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t clause = sg_child(r, noun, rels[i]);

        if (clause != SG_NO_WORD && sg_child_is(r, clause, SG_MARK, "that"))
            return clause;
    }
    return SG_NO_WORD;
}

/* "The end of it", "an end to it", "withdrawal from it": what is undone. */
static uint32_t undone_by(const sg_reading *r, uint32_t noun)
{
    static const char *const prepositions[] = { "of", "to", "on", "from", "in" };

    return SG_WITH_ANY(r, noun, prepositions);
}

/* "Her refusal to debate", unlike "a lawsuit to stop it". */
bool sg_takes_infinitive(const sg_reading *r, uint32_t word, const sg_cue *noun)
{
    return noun != NULL && !sg_is_undoing(r, word) && /* "a halt to let it pass" */
           (strncmp(noun->frames, "to", 2) == 0 || strcmp(noun->frames, "of|to") == 0);
}

/* "Voted not to re-enter talks", where the tree takes the verb for a part of the noun. */
bool sg_is_not_to(const sg_reading *r, uint32_t noun)
{
    uint32_t marker = sg_child(r, noun, SG_CASE);

    return marker != SG_NO_WORD && marker > sg_sentence_first(r, noun) &&
           sg_word_is(r, marker, "to") && sg_word_is(r, marker - 1, "not");
}

static bool is_light(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "role",  "part", "stance",      "position", "view",
                                          "stand", "work", "involvement", "hand",     "share" };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "To go", "to end": what the subject undergoes. */
static bool happens(const sg_reading *r, uint32_t verb)
{
    const sg_cue *cue = sg_stance_cue(r, verb);

    return cue != NULL && cue->class == SG_CUE_VERB && strstr(cue->frames, "subj") != NULL;
}

/* "Calls for the plan to be scrapped": the verb, and in `thing` the plan; SG_NO_WORD. */
uint32_t sg_demanded_deed(const sg_reading *r, uint32_t noun, uint32_t *thing)
{
    const sg_cue *cue = sg_stance_cue(r, noun);
    uint32_t found = SG_NO_WORD;

    *thing = SG_NO_WORD;
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->kind != SG_CUE_DEMAND ||
        noun + 1 >= sg_sentence_past(r, noun) || !sg_word_is(r, noun + 1, "for"))
        return SG_NO_WORD;
    for (uint32_t w = noun + 2; w < sg_sentence_past(r, noun) && found == SG_NO_WORD; w++) {
        uint32_t head = r->info[w].head;

        if (sg_child(r, w, SG_CASE) == noun + 1)
            *thing = w;
        if (*thing != SG_NO_WORD && sg_word_is_upos(r, w, SG_VERB) &&
            (head == *thing || head == noun || head == r->info[noun].head) &&
            (sg_child(r, w, SG_AUX_PASS) != SG_NO_WORD || happens(r, w)) &&
            sg_child_is(r, w, SG_MARK, "to"))
            found = w;
    }
    return found;
}

/* "A legal challenge against the council over the levy", where trees hang the levy on the verb. */
static uint32_t disputed(const sg_reading *r, uint32_t noun, const sg_cue *inner)
{
    return inner != NULL && inner->sign < 0 && inner->kind == SG_CUE_ACT
               ? sg_behind(r, noun, "over", 4)
               : SG_NO_WORD;
}

/* What the noun is about, and -1 in `turn` if that is undone. */
uint32_t sg_below_noun(const sg_reading *r, uint32_t noun, const sg_cue *inner, int *turn)
{
    bool patient;
    uint32_t below = inner != NULL ? sg_target_of(r, noun, inner, &patient) : SG_NO_WORD;

    if (disputed(r, noun, inner) != SG_NO_WORD)
        return disputed(r, noun, inner);
    if (below == SG_NO_WORD && sg_is_undoing(r, noun)) { /* "an end to it" */
        below = undone_by(r, noun);
        *turn = -1;
    }
    if (below == SG_NO_WORD && is_light(r, noun)) /* "her role in it" */
        below = sg_involved_in(r, noun);
    return below;
}

/* "No levy should be introduced": the verb has that "no". */
bool sg_is_subject_of(const sg_reading *r, uint32_t noun, uint32_t verb)
{
    return r->info[noun].head == verb &&
           (sg_word_is_rel(r, noun, SG_NSUBJ) || sg_word_is_rel(r, noun, SG_NSUBJ_PASS));
}

/* "Report", "talk", "decision": what treats of a thing takes no side. */
bool sg_is_treatise(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = {
        "report",      "memo",       "study",       "book",     "article",  "essay",
        "video",       "paper",      "column",      "detail",   "figure",   "data",
        "update",      "decision",   "debate",      "call",     "meeting",  "interview",
        "discussion",  "conference", "hearing",     "talk",     "question", "comment",
        "assessment",  "review",     "information", "briefing", "analysis", "story",
        "documentary", "series",     "session",     "forum",    "seminar"
    };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "A report on it", "talks about it". */
bool sg_only_treats(const sg_reading *r, uint32_t noun)
{
    static const char *const cases[] = { "on", "about", "into", "regarding", "over" };

    return r->options.codebook != NULL && sg_is_treatise(r, noun) &&
           SG_WITH_ANY(r, noun, cases) != SG_NO_WORD;
}

/* "Anyone but A", "every plan except the levy", "candidates other than A": A; SG_NO_WORD. */
uint32_t sg_excepted(const sg_reading *r, uint32_t noun)
{
    for (uint32_t w = noun + 1; w < noun + 5 && w + 1 < sg_sentence_past(r, noun); w++) {
        bool out = (sg_word_is(r, w, "but") && w == noun + 1 && r->lower[noun][0] == 'a' &&
                    strncmp(r->lower[noun], "any", 3) == 0) ||
                   sg_word_is(r, w, "except") ||
                   (sg_word_is(r, w, "than") && sg_word_is(r, w - 1, "other"));

        if (!out)
            continue;
        for (uint32_t thing = w + 1; thing < w + 5 && thing < sg_sentence_past(r, noun); thing++) {
            if (r->info[thing].head == noun || sg_child(r, thing, SG_CASE) == w)
                return thing;
        }
    }
    return SG_NO_WORD;
}

/* "Acts that promote it", "wants a leader who backs it": the verb that says what side they are on;
 * SG_NO_WORD. */
uint32_t sg_known_by(const sg_reading *r, uint32_t noun, const sg_cue *above)
{
    static const char *const lemmas[] = { "act",    "action",  "attempt", "effort",    "move",
                                          "step",   "anyone",  "anybody", "those",     "people",
                                          "person", "someone", "group",   "party",     "law",
                                          "rule",   "country", "company", "politician" };
    uint32_t verb = sg_child(r, noun, SG_ACL_RELCL);
    const sg_cue *cue = verb != SG_NO_WORD ? sg_stance_cue(r, verb) : NULL;

    return cue != NULL && cue->sign != 0 && cue->strength > 1 && cue->class == SG_CUE_VERB &&
                   (SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
                    (above->kind == SG_CUE_DEMAND && sg_is_person_noun(r, noun))) &&
                   sg_subject_of(r, verb) == noun
               ? verb
               : SG_NO_WORD;
}
