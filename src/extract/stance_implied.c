#include <string.h>

#include "stance_rules.h"

/* Sides that follow from what somebody says of other things: who calls one thing a threat to
 * another is for the other, who points to a failure to act wants the act, who says that nothing
 * goes without a thing wants it. */

static const sg_cue following = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };

/* True if the noun is what is said of something: "is a threat", "poses a threat". */
static bool is_predicated(const sg_reading *r, uint32_t noun)
{
    static const char *const verbs[] = { "pose", "present", "represent", "constitute", "mean",
                                         "deal", "remain",  "become",    "mark",       "be" };
    uint32_t verb = r->info[noun].head;

    if (sg_child(r, noun, SG_COP) != SG_NO_WORD)
        return sg_child(r, noun, SG_NSUBJ) != SG_NO_WORD;
    return verb != SG_NO_WORD &&
           (sg_word_is_rel(r, noun, SG_OBJ) || sg_word_is_rel(r, noun, SG_XCOMP)) &&
           SG_IS_ONE_OF(r->info[verb].lemma, verbs) && sg_negation(r, verb) > 0;
}

/* "Is a threat to it", "poses a danger to it", says somebody: who is for it. */
static void threaten(sg_rule_finder *f, uint32_t noun)
{
    static const char *const lemmas[] = { "threat",  "danger",     "risk",       "blow",
                                          "barrier", "obstacle",   "hurdle",     "setback",
                                          "affront", "impediment", "hindrance",  "menace",
                                          "attack",  "assault",    "disservice", "betrayal" };
    static const char *const cases[] = { "to", "on", "of", "for" };
    const sg_reading *r = f->r;
    uint32_t speaker = sg_rule_speaker(f, noun);
    uint32_t thing;

    if (speaker == SG_NO_ACTOR || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
        !is_predicated(r, noun) || sg_negation(r, noun) < 0 || sg_has_no(r, noun))
        return;
    thing = SG_WITH_ANY(r, noun, cases);
    if (thing == SG_NO_WORD && sg_word_is_upos(r, r->info[noun].head, SG_VERB))
        thing = sg_with_preposition(r, r->info[noun].head, "to", 2);
    if (thing != SG_NO_WORD && thing > noun)
        sg_rule_about(f, thing, speaker, 1, noun, &following);
}

/* "Pointed to his failure to pass it", "seized on their refusal to debate it": wants it done. */
static void point_out(sg_rule_finder *f, uint32_t noun)
{
    static const char *const lemmas[] = { "failure",    "refusal",       "inability",
                                          "reluctance", "unwillingness", "inaction" };
    static const char *const verbs[] = { "point",  "turn",   "cite",      "note",    "highlight",
                                         "focus",  "mock",   "stress",    "raise",   "seize",
                                         "refer",  "pounce", "emphasize", "mention", "recall",
                                         "stress", "draw",   "emphasise", "invoke",  "question" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    uint32_t clause = sg_child(r, noun, SG_ACL);
    uint32_t owner = sg_child(r, noun, SG_NMOD_POSS);
    uint32_t holder;

    if (clause == SG_NO_WORD || verb == SG_NO_WORD || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
        !SG_IS_ONE_OF(r->info[verb].lemma, verbs))
        return;
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, noun, "of", 2);
    holder = sg_rule_holder(f, sg_subject_of(r, verb), verb);
    if (owner == SG_NO_WORD || holder == SG_NO_ACTOR || sg_principal_at(r, owner) == holder)
        return;
    sg_rule_follow(f, clause, holder, 1, noun, &following, 1);
    sg_rule_about(f, owner, holder, -1, noun, &following);
}

/* "Cannot save the town without it", "nothing gets better unless they build it". */
static void depend_on(sg_rule_finder *f, uint32_t verb)
{
    const sg_reading *r = f->r;
    uint32_t speaker = sg_rule_speaker(f, verb);
    uint32_t clause = sg_child(r, verb, SG_ADVCL);
    uint32_t thing = sg_with_preposition(r, verb, "without", 7);

    if (speaker == SG_NO_ACTOR || sg_negation(r, verb) > 0 || sg_is_open(r, verb))
        return;
    if (thing != SG_NO_WORD && thing > verb)
        sg_rule_about(f, thing, speaker, 1, verb, &following);
    if (clause != SG_NO_WORD && sg_child_is(r, clause, SG_MARK, "unless"))
        sg_rule_follow(f, clause, speaker, 1, verb, &following, 1);
}

/* "If you want it, vote", "if you don't like him, come": so does the speaker. */
static void appeal(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "want", "like", "love", "hate", "support", "oppose" };
    const sg_reading *r = f->r;
    uint32_t subject = sg_child(r, verb, SG_NSUBJ);
    const sg_cue *cue = sg_stance_cue(r, verb);

    if (cue == NULL || cue->sign == 0 || cue->class != SG_CUE_VERB || subject == SG_NO_WORD ||
        !sg_word_is(r, subject, "you") || !sg_child_is(r, verb, SG_MARK, "if") ||
        !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || sg_rule_speaker(f, verb) == SG_NO_ACTOR)
        return;
    f->strength = following.strength;
    sg_rule_apply(f, verb, sg_rule_speaker(f, verb), 1, cue, 1);
}

bool sg_is_lagging(const sg_reading *r, uint32_t word)
{
    static const char *const lemmas[] = { "weak",    "soft", "slow",     "inactive", "lax",
                                          "absent",  "late", "idle",     "passive",  "timid",
                                          "dormant", "lame", "spineless" };

    return sg_word_is_upos(r, word, SG_ADJ) && SG_IS_ONE_OF(r->info[word].lemma, lemmas);
}

/* "Was weak on it", "accused him of being slow on it": who says so wants more of it; of "soft on
 * crime" less. */
static void lag(sg_rule_finder *f, uint32_t adjective)
{
    static const char *const cases[] = { "on", "about", "in", "toward", "towards", "over" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[adjective].head;
    const sg_cue *above = verb != SG_NO_WORD ? sg_stance_cue(r, verb) : NULL;
    uint32_t matter = SG_NO_WORD;
    uint32_t holder;

    if (!sg_is_lagging(r, adjective) || sg_negation(r, adjective) < 0)
        return;
    matter = SG_WITH_ANY(r, adjective, cases);
    if (matter == SG_NO_WORD)
        return;
    if (above != NULL && above->kind == SG_CUE_BLAME && !sg_word_is_rel(r, adjective, SG_CCOMP) &&
        sg_word_is_upos(r, verb, SG_VERB))
        holder = sg_rule_holder(f, sg_rule_subject(r, verb, above), verb);
    else if (above != NULL && above->kind == SG_CUE_BLAME && sg_word_is_upos(r, verb, SG_NOUN))
        holder = sg_rule_holder(f, sg_child(r, verb, SG_NMOD_POSS), verb); /* "his charge that" */
    else
        holder = sg_rule_speaker(f, adjective);
    f->strength = following.strength;
    sg_rule_about_noun(f, matter, holder, sg_worth(r, matter, 0) < 0 ? -1 : 1, adjective,
                       &following, 1);
}

/* "It is not my job to push it", "not our place to do it". */
static void decline(sg_rule_finder *f, uint32_t noun)
{
    static const char *const lemmas[] = { "job", "place", "role", "business", "duty", "task" };
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, noun, SG_ACL);

    if (clause == SG_NO_WORD || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
        sg_child(r, noun, SG_COP) == SG_NO_WORD || sg_negation(r, noun) > 0 ||
        sg_rule_speaker(f, noun) == SG_NO_ACTOR)
        return;
    f->strength = following.strength;
    sg_rule_follow(f, clause, sg_rule_speaker(f, noun), -1, noun, &following, 1);
}

/* "Foisted it on the town", "abetted it", says somebody of others. */
static void denounce(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "foist", "abet",    "railroad", "ram",  "shove",
                                          "sneak", "smuggle", "inflict",  "rush", "bulldoze" };
    const sg_reading *r = f->r;
    uint32_t who = sg_subject_of(r, verb);
    uint32_t speaker = sg_rule_speaker(f, verb);
    uint32_t object = sg_child(r, verb, SG_OBJ);

    if (object == SG_NO_WORD && sg_child(r, verb, SG_CONJ) == SG_NO_WORD &&
        sg_word_is_rel(r, verb, SG_CONJ))
        object = sg_child(r, r->info[verb].head, SG_OBJ); /* "aided and abetted it" */
    if (speaker == SG_NO_ACTOR || object == SG_NO_WORD || who == SG_NO_WORD ||
        !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || sg_is_first_person(r, who) ||
        sg_principal_at(r, who) == speaker || sg_principal_at(r, object) != SG_NO_ACTOR)
        return;
    f->strength = following.strength;
    sg_rule_about_noun(f, object, speaker, -1, verb, &following, 1);
}

/* "Has no place in our town", "does not belong here", says somebody. */
static void exclude(sg_rule_finder *f, uint32_t verb)
{
    const sg_reading *r = f->r;
    uint32_t speaker = sg_rule_speaker(f, verb);
    uint32_t place = sg_child(r, verb, SG_OBJ);
    uint32_t thing = sg_subject_of(r, verb);
    bool has_none = strcmp(r->info[verb].lemma, "have") == 0 && place != SG_NO_WORD &&
                    sg_word_is(r, place, "place") &&
                    (sg_has_no(r, place) || sg_negation(r, verb) < 0);
    bool is_out = strcmp(r->info[verb].lemma, "belong") == 0 && sg_negation(r, verb) < 0;

    if (speaker == SG_NO_ACTOR || thing == SG_NO_WORD || !(has_none || is_out) ||
        sg_is_first_person(r, thing))
        return;
    f->strength = following.strength;
    sg_rule_about(f, thing, speaker, -1, verb, &following);
}

/* "His anger was directed at A", "aimed her criticism at A". */
static void direct(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "direct", "aim", "target", "level", "reserve" };
    static const char *const cases[] = { "at", "toward", "towards", "against", "for" };
    const sg_reading *r = f->r;
    uint32_t noun = sg_child(r, verb, SG_NSUBJ_PASS);
    bool passive = noun != SG_NO_WORD;
    uint32_t thing;
    uint32_t owner;
    const sg_cue *cue;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas))
        return;
    if (!passive)
        noun = sg_child(r, verb, SG_OBJ);
    if (noun == SG_NO_WORD)
        return;
    if (sg_with_preposition(r, noun, "of", 2) != SG_NO_WORD && sg_stance_cue(r, noun) == NULL)
        noun = sg_with_preposition(r, noun, "of", 2); /* "much of his anger" */
    cue = sg_stance_cue(r, noun);
    thing = SG_WITH_ANY(r, verb, cases);
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0 || thing == SG_NO_WORD)
        return;
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (!passive)
        owner = sg_subject_of(r, verb);
    f->strength = following.strength;
    if (owner != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, owner, verb), cue->sign * sg_negation(r, verb),
                      verb, &following);
}

void sg_rule_imply(sg_rule_finder *f, uint32_t word)
{
    const sg_reading *r = f->r;

    f->strength = 0;
    if (sg_word_is_upos(r, word, SG_NOUN)) {
        threaten(f, word);
        point_out(f, word);
        decline(f, word);
    }
    if (sg_word_is_upos(r, word, SG_VERB)) {
        depend_on(f, word);
        appeal(f, word);
        denounce(f, word);
        exclude(f, word);
        direct(f, word);
    }
    lag(f, word);
}
