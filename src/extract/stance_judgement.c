#include <string.h>

#include "event_internal.h"
#include "stance_rules.h"

/* What a speaker's own words show: judgements, demands, sides taken without a verb, and what things
 * draw from others. */

/* "Called it a smash and grab", "described it as reckless": what `word` stands for as an object's
 * complement, and who says so; SG_NO_WORD. */
static uint32_t called_by(sg_rule_finder *f, uint32_t word, uint32_t *holder_out)
{
    static const char *const lemmas[] = { "call",   "label",    "brand",  "describe", "dub",
                                          "term",   "deem",     "regard", "view",     "portray",
                                          "depict", "consider", "see",    "declare",  "find" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[word].head;
    uint32_t thing;

    if (verb == SG_NO_WORD || !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ||
        !(sg_word_is_rel(r, word, SG_XCOMP) || sg_has_case(r, word, "as")))
        return SG_NO_WORD;
    thing = sg_child(r, verb, SG_OBJ);
    if (thing != SG_NO_WORD)
        *holder_out = sg_rule_holder_of(f, verb, sg_subject_of(r, verb));
    return thing;
}

static void judge(sg_rule_finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t holder = sg_rule_speaker(f, word);
    uint32_t said = word; /* what is said of the thing: "a terrible idea" */
    uint32_t thing = SG_NO_WORD;
    uint32_t called;
    int sign = cue->sign * sg_negation(r, word);

    if (cue->class != SG_CUE_VERB && sg_word_is_rel(r, word, SG_AMOD))
        said = thing = r->info[word].head;
    called = said != SG_NO_WORD ? called_by(f, said, &holder) : SG_NO_WORD;
    if (called != SG_NO_WORD) {
        thing = called;
    } else if (thing != SG_NO_WORD && sg_child(r, thing, SG_COP) != SG_NO_WORD) {
        sign *= sg_negation(r, thing);
        thing = sg_subject_of(r, thing);
    } else if (thing == SG_NO_WORD) {
        thing = sg_subject_of(r, word);
    }
    if (holder != SG_NO_ACTOR && thing != SG_NO_WORD && !sg_is_first_person(r, thing))
        sg_rule_about(f, thing, holder, sign, word, cue);
}

/* "must", "should", "need to": the speaker asks for it. */
static void demand(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue modal = { "", "", 1, SG_CUE_VERB, SG_CUE_DEMAND, 2 };
    static const char *const modals[] = { "should", "must", "ought" };
    uint32_t speaker = sg_rule_speaker(f, verb);

    if (speaker == SG_NO_ACTOR || f->done[verb])
        return;
    for (uint32_t w = sg_sentence_first(f->r, verb); w < verb; w++) {
        if (f->r->info[w].head != verb || f->r->info[w].upos != SG_AUX)
            continue;
        for (size_t i = 0; i < sizeof modals / sizeof modals[0]; i++) {
            if (sg_word_is(f->r, w, modals[i])) {
                sg_rule_follow(f, verb, speaker, 1, verb, &modal, 1);
                return;
            }
        }
    }
}

static bool is_somebody(const sg_reading *r, uint32_t word)
{
    uint32_t actor = sg_actor_at(r, word);

    return sg_is_first_person(r, word) ||
           (actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON);
}

/* "Is against the levy", "are not in favour of it", "was behind her". */
static void lean(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue leaning = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ATTITUDE, 3 };
    const sg_reading *r = f->r;
    uint32_t preposition = sg_child(r, word, SG_CASE);
    uint32_t subject = sg_child(r, word, SG_NSUBJ);
    int sign;

    if (preposition == SG_NO_WORD || subject == SG_NO_WORD)
        return;
    sign = sg_word_is(r, preposition, "against")  ? -1
           : sg_word_is(r, preposition, "behind") ? 1
           : sg_word_is(r, preposition, "for") && sg_child(r, word, SG_COP) != SG_NO_WORD &&
                   is_somebody(r, subject)
               ? 1
               : 0;
    if (sign != 0)
        sg_rule_about_joined(f, word, sg_rule_holder(f, subject, word), sign * sg_negation(r, word),
                             word, &leaning);
}

/* "The levy drew criticism from X", "it met with anger among them". */
static void draw(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "draw",   "attract", "face",  "provoke", "spark",
                                          "prompt", "win",     "earn",  "receive", "meet",
                                          "cause",  "trigger", "enjoy", "get",     "gain" };
    static const char *const froms[] = { "from", "by", "among" };
    const sg_reading *r = f->r;
    uint32_t thing = sg_child(r, verb, SG_NSUBJ);
    uint32_t noun = sg_child(r, verb, SG_OBJ);
    const sg_cue *cue;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || thing == SG_NO_WORD)
        return;
    if (noun == SG_NO_WORD)
        noun = sg_with_preposition(r, verb, "with", 4);
    cue = noun != SG_NO_WORD ? sg_stance_cue(r, noun) : NULL;
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0)
        return;
    for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
        uint32_t holder = sg_with_preposition(r, noun, froms[i], strlen(froms[i]));

        if (holder == SG_NO_WORD)
            holder = sg_with_preposition(r, verb, froms[i], strlen(froms[i]));
        if (holder != SG_NO_WORD)
            sg_rule_about_joined(f, thing, sg_rule_holder(f, holder, verb),
                                 cue->sign * sg_negation(r, verb) * sg_negation(r, noun), noun,
                                 cue);
    }
}

/* "Will resign if it is built", "will strike unless it goes": who does something drastic in that
 * case does not want the case. */
static void condition(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue threat = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    static const char *const drastic[] = { "resignation", "strike", "protest", "lawsuit" };
    const sg_reading *r = f->r;
    uint32_t mark = sg_child(r, verb, SG_MARK);
    uint32_t main = r->info[verb].head;
    const sg_event_word *word = main != SG_NO_WORD ? sg_event_word_at(r, main) : NULL;
    int sign;

    if (mark == SG_NO_WORD || word == NULL || !SG_IS_ONE_OF(word->kind, drastic) ||
        !sg_word_is_upos(r, main, SG_VERB))
        return;
    sign = sg_word_is(r, mark, "if") ? -1 : sg_word_is(r, mark, "unless") ? 1 : 0;
    if (sign != 0)
        sg_rule_about(f, verb, sg_rule_holder(f, sg_subject_of(r, main), main),
                      sign * sg_negation(r, verb), verb, &threat);
}

void sg_rule_judge(sg_rule_finder *f, uint32_t word)
{
    const sg_cue *cue = sg_evaluation_cue(f->r, word);

    lean(f, word);
    condition(f, word);
    draw(f, word);
    if (cue != NULL)
        judge(f, word, cue);
    if (f->r->info[word].upos == SG_VERB)
        demand(f, word);
}
