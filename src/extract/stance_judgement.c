#include <string.h>

#include "stance_rules.h"

/* What a speaker's own words show: judgements and demands. */

bool sg_is_naming_verb(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = {
        "call",     "label", "brand",        "describe",    "dub",       "term",  "deem",
        "regard",   "view",  "portray",      "depict",      "consider",  "see",   "declare",
        "find",     "think", "judge",        "rate",        "pronounce", "paint", "cast",
        "identify", "frame", "characterise", "characterize"
    };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "As reckless", "labelled him a coward", read as where or when. */
static bool stands_as(const sg_reading *r, uint32_t word)
{
    return sg_has_case(r, word, "as") || sg_child_is(r, word, SG_ADVMOD, "as") ||
           sg_child_is(r, word, SG_MARK, "as") ||
           (sg_word_is_rel(r, word, SG_OBL) && sg_child(r, word, SG_CASE) == SG_NO_WORD);
}

/* The word after `word`, quotation marks and commas skipped. */
static uint32_t next_but_marks(const sg_reading *r, uint32_t word)
{
    do
        word++;
    while (word < sg_sentence_past(r, word - 1) && sg_word_is_upos(r, word, SG_PUNCT));
    return word;
}

/* "Called the levy unfair", "thinks the levy unfair", where the tree hangs the levy on "unfair". */
static uint32_t called_inside(const sg_reading *r, uint32_t verb, uint32_t word)
{
    static const sg_deprel rels[] = { SG_COMPOUND, SG_NSUBJ, SG_OBL, SG_NMOD };

    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t thing = sg_child(r, word, rels[i]);

        if (thing != SG_NO_WORD && thing > verb && next_but_marks(r, thing) == word &&
            (rels[i] != SG_COMPOUND || !sg_word_is_upos(r, word, SG_NOUN)))
            return thing;
    }
    return SG_NO_WORD;
}

/* "Called it a smash and grab", "described it as reckless", "referred to it as a hoax": what `word`
 * stands for as an object's complement, and who says so; SG_NO_WORD. */
static uint32_t called_by(sg_rule_finder *f, uint32_t word, uint32_t *holder_out)
{
    const sg_reading *r = f->r;
    uint32_t thing = SG_NO_WORD;
    uint32_t verb;

    while (sg_word_is_rel(r, word, SG_CONJ) &&
           r->info[word].upos == r->info[r->info[word].head].upos)
        word = r->info[word].head; /* "called it costly and unfair" */
    verb = r->info[word].head;
    if (verb != SG_NO_WORD && sg_word_is_rel(r, verb, SG_OBJ) &&
        (sg_word_is_rel(r, word, SG_APPOS) ||
         (sg_word_is_rel(r, word, SG_NMOD) && sg_has_case(r, word, "as")))) {
        thing = verb; /* "called the plan a hoax", where the tree takes the one to name the other */
        verb = r->info[verb].head;
    }
    if (verb != SG_NO_WORD && verb < word && sg_word_is_rel(r, word, SG_AMOD)) {
        thing = verb; /* "called their use of it careless", which trees hang on a noun before */
        while (sg_word_is_rel(r, thing, SG_NMOD))
            thing = r->info[thing].head;
        verb = sg_word_is_rel(r, thing, SG_OBJ) ? r->info[thing].head : SG_NO_WORD;
    }
    if (verb == SG_NO_WORD)
        return SG_NO_WORD;
    if (strcmp(r->info[verb].lemma, "refer") == 0 && sg_has_case(r, word, "as")) {
        thing = sg_with_preposition(r, verb, "to", 2);
    } else if (!sg_is_naming_verb(r, verb) ||
               !(thing != SG_NO_WORD || sg_word_is_rel(r, word, SG_XCOMP) ||
                 sg_word_is_rel(r, word, SG_OBJ) || stands_as(r, word))) {
        return SG_NO_WORD;
    }
    if (thing == SG_NO_WORD)
        thing = sg_child(r, verb, SG_OBJ);
    if (thing == word)
        thing = sg_child(r, verb, SG_IOBJ); /* "called him a fool" */
    if (thing == SG_NO_WORD)
        thing = called_inside(r, verb, word);
    if (thing != SG_NO_WORD)
        *holder_out = sg_rule_holder_of(f, verb, sg_subject_of(r, verb));
    return thing;
}

/* "It is wrong to close it", "a mistake to close it", "right that we close it": the clause. */
static uint32_t judged_clause(const sg_reading *r, uint32_t said)
{
    for (uint32_t w = said + 1; w < sg_sentence_past(r, said); w++) {
        uint32_t mark = r->info[w].head == said ? sg_child(r, w, SG_MARK) : SG_NO_WORD;
        bool clause = sg_is_clause(r, w) || sg_word_is_rel(r, w, SG_CSUBJ);

        if (mark != SG_NO_WORD && clause && sg_word_is_upos(r, w, SG_VERB) &&
            (sg_word_is(r, mark, "to") || sg_word_is(r, mark, "that") ||
             sg_word_is(r, mark, "for")))
            return w;
    }
    return SG_NO_WORD;
}

static bool is_filling(const sg_reading *r, uint32_t word)
{
    return sg_word_is(r, word, "it") || sg_word_is_rel(r, word, SG_EXPL);
}

/* -1 for what is better low, 1 for what is better high. */
static int wanted_level(const sg_reading *r, uint32_t noun)
{
    static const char *const low[] = { "price",   "rent",         "cost",      "bill",   "tax",
                                       "fee",     "unemployment", "crime",     "debt",   "fare",
                                       "premium", "tariff",       "inflation", "poverty" };
    static const char *const high[] = { "wage",   "pay",    "growth", "income",
                                        "salary", "safety", "profit", "earnings" };

    return SG_SIGN_IN(r->info[noun].lemma, high, low);
}

/* "Higher prices", "lower wages": how good that is; 0. */
static int level_of(const sg_reading *r, uint32_t noun)
{
    static const char *const more[] = {
        "higher", "rising", "more", "greater", "soaring", "bigger"
    };
    static const char *const less[] = { "lower", "falling", "less", "fewer", "smaller", "cheaper" };
    uint32_t modifier = sg_child(r, noun, SG_AMOD);

    if (modifier == SG_NO_WORD)
        return 0;
    return SG_IS_ONE_OF(r->lower[modifier], more)   ? wanted_level(r, noun)
           : SG_IS_ONE_OF(r->lower[modifier], less) ? -wanted_level(r, noun)
                                                    : 0;
}

/* "Drives up rents", "holds down wages": 1 if that makes its object more, -1 if less, 0. */
static int moves(const sg_reading *r, uint32_t verb)
{
    static const char *const lifting[] = { "raise", "increase", "hike" };
    static const char *const lowering[] = { "cut",     "lower",   "reduce", "slash",
                                            "depress", "squeeze", "erode",  "slow" };
    static const char *const pushing[] = {
        "drive", "push", "bring", "hold", "keep", "drag", "force"
    };
    uint32_t particle = sg_child(r, verb, SG_COMPOUND_PRT);

    if (particle != SG_NO_WORD && SG_IS_ONE_OF(r->info[verb].lemma, pushing))
        return sg_word_is(r, particle, "up") ? 1 : sg_word_is(r, particle, "down") ? -1 : 0;
    return SG_SIGN_IN(r->info[verb].lemma, lifting, lowering);
}

/* How good what a noun names is: itself, by what stands before it, or by what it is of. */
int sg_worth(const sg_reading *r, uint32_t noun, int depth)
{
    const sg_cue *own = sg_evaluation_cue(r, noun);

    if (own != NULL)
        return own->sign * sg_negation(r, noun);
    if (level_of(r, noun) != 0)
        return level_of(r, noun);
    for (uint32_t w = sg_sentence_first(r, noun); w < sg_sentence_past(r, noun) && depth < 3; w++) {
        bool below = r->info[w].head == noun;

        if (below && (sg_word_is_rel(r, w, SG_AMOD) || sg_word_is_rel(r, w, SG_COMPOUND))) {
            const sg_cue *cue = sg_evaluation_cue(r, w);

            if (cue != NULL && cue->strength > 1)
                return cue->sign * sg_negation(r, noun);
        } else if (below && sg_word_is_rel(r, w, SG_NMOD) && sg_has_case(r, w, "of")) {
            return sg_worth(r, w, depth + 1);
        }
    }
    return 0;
}

/* "Badly affects". */
static int manner(const sg_reading *r, uint32_t verb)
{
    static const char *const bad[] = { "negatively", "badly", "adversely", "unfairly", "severely" };
    static const char *const good[] = { "positively", "well", "beneficially" };

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head != verb || !sg_word_is_rel(r, w, SG_ADVMOD))
            continue;
        if (SG_IS_ONE_OF(r->lower[w], bad))
            return -1;
        if (SG_IS_ONE_OF(r->lower[w], good))
            return 1;
    }
    return 0;
}

/* "Leads to chaos", "tackles a scandal", "removes vital safeguards", "puts lives at risk": what a
 * thing does to good and to bad. 0 if that is not said. */
static int effect_of(const sg_reading *r, uint32_t verb)
{
    static const char *const bringing[] = {
        "bring", "mean",    "cause",  "create", "produce",   "deliver",    "spark", "provoke",
        "offer", "provide", "spread", "sow",    "spell",     "trigger",    "fuel",  "increase",
        "raise", "mark",    "signal", "commit", "represent", "constitute", "herald"
    };
    static const char *const showing[] = { "show", "demonstrate", "display", "exhibit" };
    static const char *const serving[] = { "serve",   "favor",  "favour", "benefit", "help",
                                           "protect", "reward", "enrich", "pander" };
    static const char *const leading[] = { "lead", "amount", "contribute" };
    static const char *const touching[] = { "affect", "impact", "influence" };
    const sg_cue *cue = sg_stance_cue(r, verb);
    uint32_t object = sg_frame_object(r, verb, cue != NULL ? cue->rest : "");
    uint32_t led = sg_with_preposition(r, verb, "to", 2);
    int good;

    if (led != SG_NO_WORD && SG_IS_ONE_OF(r->info[verb].lemma, leading))
        return sg_worth(r, led, 0);
    if (SG_IS_ONE_OF(r->info[verb].lemma, touching))
        return manner(r, verb);
    if (strcmp(r->info[verb].lemma, "leave") == 0 && object != SG_NO_WORD &&
        sg_with_preposition(r, verb, "without", 7) != SG_NO_WORD)
        return -1; /* "leaves the town without a doctor" */
    if (object == SG_NO_WORD || object < verb)
        return 0;
    if (moves(r, verb) * wanted_level(r, object) != 0)
        return moves(r, verb) * wanted_level(r, object);
    good = sg_worth(r, object, 0);
    if (SG_IS_ONE_OF(r->info[verb].lemma, bringing))
        return good;
    if (SG_IS_ONE_OF(r->info[verb].lemma, showing)) {
        uint32_t who = sg_subject_of(r, verb); /* "showed courage"; reports show faults of others */

        return who != SG_NO_WORD && sg_principal_at(r, who) != SG_NO_ACTOR ? good : 0;
    }
    if (SG_IS_ONE_OF(r->info[verb].lemma, serving) && good < 0)
        return -1; /* "serves the needs of speculators" */
    if (cue == NULL || cue->kind != SG_CUE_ACT || cue->class != SG_CUE_VERB)
        return 0;
    if (good == 0 && *cue->rest != '\0' && cue->sign < 0 && cue->strength > 1)
        return -1;
    return cue->sign * good;
}

/* "Contracts that we believe are unsafe": the contracts. */
static uint32_t believed_of(const sg_reading *r, uint32_t said)
{
    uint32_t verb = r->info[said].head;

    return sg_word_is_rel(r, said, SG_CCOMP) && verb != SG_NO_WORD &&
                   sg_word_is_rel(r, verb, SG_ACL_RELCL) && r->info[verb].head < verb
               ? r->info[verb].head
               : SG_NO_WORD;
}

/* The subject; of "the bus lane puts" often misread as one name. */
static uint32_t doing_it(const sg_reading *r, uint32_t verb)
{
    uint32_t subject = sg_subject_of(r, verb);

    return subject != SG_NO_WORD ? subject : sg_child(r, verb, SG_COMPOUND);
}

static void judge_effect(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue effect = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    const sg_reading *r = f->r;
    uint32_t holder = sg_rule_speaker(f, verb);
    uint32_t subject;
    int sign;

    if (holder == SG_NO_ACTOR || !sg_word_is_upos(r, verb, SG_VERB) || sg_is_open(r, verb) ||
        sg_evaluation_cue(r, verb) != NULL)
        return;
    subject = doing_it(r, verb);
    sign = subject != SG_NO_WORD && !sg_is_first_person(r, subject) ? effect_of(r, verb) : 0;
    sign *= sg_negation(r, verb);
    if (sign != 0 && sg_is_ing(r, subject))
        sg_rule_follow(f, subject, holder, sign, verb, &effect, 1);
    else if (sign != 0)
        sg_rule_about(f, subject, holder, sign, verb, &effect);
}

/* "When talks had failed": that is said of a time. */
static bool is_when(const sg_reading *r, uint32_t word)
{
    static const char *const marks[] = { "when", "after", "before", "once" };

    for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
        if (r->info[w].head == word && SG_IS_ONE_OF(r->lower[w], marks))
            return true;
    }
    return false;
}

/* "Witch" of "it is a witch hunt", and of other cues of several words, is not what it is said to
 * be, but the word that they end in. */
static uint32_t last_of_cue(const sg_reading *r, uint32_t word, const sg_cue *cue)
{
    const char *last = strrchr(cue->rest, ' ') != NULL ? strrchr(cue->rest, ' ') + 1 : cue->rest;
    uint32_t head = r->info[word].head;

    return cue->class == SG_CUE_NOUN && *last != '\0' && head != SG_NO_WORD && head > word &&
                   (sg_word_is_rel(r, word, SG_COMPOUND) || sg_word_is_rel(r, word, SG_AMOD)) &&
                   strcmp(r->info[head].lemma, last) == 0
               ? head
               : word;
}

/* "A great shame", "a tremendous display of greed": the noun says it; "false hope": the adjective.
 */
static bool is_outweighed(const sg_reading *r, uint32_t word, const sg_cue *cue)
{
    uint32_t other = cue->sign < 0                      ? SG_NO_WORD
                     : sg_word_is_rel(r, word, SG_AMOD) ? r->info[word].head
                     : cue->class == SG_CUE_NOUN        ? sg_child(r, word, SG_AMOD)
                                                        : SG_NO_WORD;
    const sg_cue *known = other != SG_NO_WORD ? sg_evaluation_cue(r, other) : NULL;

    return (known != NULL && known->sign < 0) ||
           (other != SG_NO_WORD && sg_with_preposition(r, other, "of", 2) != SG_NO_WORD &&
            sg_worth(r, sg_with_preposition(r, other, "of", 2), 1) < 0);
}

/* "Or else it would be a disaster": if what was said before does not happen. */
static bool is_otherwise(const sg_reading *r, uint32_t word)
{
    for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
        if ((sg_word_is(r, w, "otherwise") || sg_word_is(r, w, "else")) &&
            (r->info[w].head == word || sg_word_is(r, w + 1, "it")))
            return true;
    }
    return false;
}

/* "Effective until Monday", "effective immediately". */
static bool is_of_time(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = {
        "immediately", "until", "from", "as", "today", "tomorrow"
    };
    uint32_t next = word + 1;

    return sg_word_is(r, word, "effective") && next < sg_sentence_past(r, word) &&
           (SG_IS_ONE_OF(r->lower[next], words) || (r->classes[next] & SG_CLASS_CALENDAR) != 0 ||
            (next + 1 < sg_sentence_past(r, word) &&
             (r->classes[next + 1] & SG_CLASS_CALENDAR) != 0));
}

/* "Sees nothing wrong with it": it, and who sees. */
static uint32_t found_in(sg_rule_finder *f, uint32_t word, uint32_t *holder_out)
{
    static const char *const lemmas[] = { "see", "find" };
    const sg_reading *r = f->r;
    uint32_t thing = r->info[word].head;
    uint32_t verb = thing != SG_NO_WORD ? r->info[thing].head : SG_NO_WORD;

    if (thing == SG_NO_WORD || !(sg_word_is(r, thing, "nothing") || sg_word_is(r, thing, "little")))
        return SG_NO_WORD;
    if (verb != SG_NO_WORD && sg_word_is_rel(r, thing, SG_OBJ) &&
        SG_IS_ONE_OF(r->info[verb].lemma, lemmas))
        *holder_out = sg_rule_holder_of(f, verb, sg_subject_of(r, verb));
    return sg_with_preposition(r, word, "with", 4);
}

/* "Justified in seeking it", "wrong in doing so": the deed. */
static uint32_t deed_in(const sg_reading *r, uint32_t adjective)
{
    for (uint32_t w = adjective + 1; w < sg_sentence_past(r, adjective); w++) {
        if (r->info[w].head == adjective && sg_is_ing(r, w) && sg_child_is(r, w, SG_MARK, "in"))
            return w;
    }
    return SG_NO_WORD;
}

/* "Nothing short of a disaster": the nothing, which denies nothing; SG_NO_WORD. */
static uint32_t no_less_than(const sg_reading *r, uint32_t word)
{
    uint32_t short_of = sg_has_case(r, word, "of") ? r->info[word].head : SG_NO_WORD;
    uint32_t nothing = short_of != SG_NO_WORD ? r->info[short_of].head : SG_NO_WORD;

    return nothing != SG_NO_WORD && sg_word_is(r, nothing, "nothing") &&
                   (sg_word_is(r, short_of, "short") || sg_word_is(r, short_of, "less"))
               ? nothing
               : SG_NO_WORD;
}

static bool is_reflexive(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "himself", "herself", "itself", "themselves", "yourself" };

    return SG_IS_ONE_OF(r->lower[word], words);
}

/* What is judged, by whom and how. */
struct judgement {
    uint32_t word; /* of the cue */
    uint32_t said; /* what is said of the thing: "a terrible idea" */
    uint32_t thing;
    uint32_t called; /* the thing, if it is called that; or SG_NO_WORD */
    uint32_t holder;
    int sign;
};

/* -1 for a verb whose object turns it: "destroys a lie", "cares only about himself". */
static int turned_by_object(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    static const char *const worsening[] = {
        "botch",     "bungle",    "incite",        "spread",     "sow",        "stoke",
        "fuel",      "ignore",    "downplay",      "hide",       "deepen",     "worsen",
        "exploit",   "cause",     "underestimate", "understate", "exaggerate", "glorify",
        "glamorise", "glamorize", "normalise",     "normalize",  "condone",    "excuse",
        "tolerate",  "indulge",   "regurgitate"
    };
    uint32_t object =
        strncmp(r->info[verb].lemma, "mis", 3) == 0 || SG_IS_ONE_OF(r->info[verb].lemma, worsening)
            ? SG_NO_WORD
            : sg_child(r, verb, SG_OBJ);
    bool own = object != SG_NO_WORD && strstr(cue->rest, r->info[object].lemma) != NULL;
    int sign = object != SG_NO_WORD && !own && sg_worth(r, object, 0) < 0 && cue->sign < 0 ? -1 : 1;

    object = sg_frame_object(r, verb, cue->rest);
    return object != SG_NO_WORD && is_reflexive(r, object) && cue->sign > 0 ? -sign : sign;
}

/* The thing of a judgement without a word for calling it so. */
static uint32_t judged_thing(sg_rule_finder *f, const struct judgement *j, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t thing = j->thing;
    uint32_t subject;

    if (thing == SG_NO_WORD) {
        thing = cue->class == SG_CUE_VERB ? doing_it(r, j->word) : sg_subject_of(r, j->word);
        if (thing == SG_NO_WORD && cue->class == SG_CUE_ADJECTIVE)
            thing = sg_child(r, j->word, SG_NSUBJ_PASS); /* "is flawed", read as a passive */
        if (thing == SG_NO_WORD && cue->class == SG_CUE_NOUN &&
            sg_word_is_rel(r, j->word, SG_NSUBJ) && r->info[j->word].head > j->word &&
            sg_child(r, r->info[j->word].head, SG_COP) != SG_NO_WORD)
            thing = r->info[j->word].head; /* "the culprit is the levy" */
        return thing != SG_NO_WORD ? thing : believed_of(r, j->word);
    }
    if (sg_child(r, thing, SG_COP) == SG_NO_WORD)
        return thing;
    subject = sg_subject_of(r, thing);
    return subject != SG_NO_WORD && sg_refers_back(r, subject) && r->options.codebook != NULL &&
                   sg_position_named_by(f->r, thing) != SG_NO_POSITION
               ? thing /* "this is a bad deal": the deal */
               : subject;
}

/* "One of the best ideas": the one; SG_NO_WORD. */
static uint32_t one_among(const sg_reading *r, uint32_t noun)
{
    uint32_t one = r->info[noun].head;

    return one != SG_NO_WORD && sg_word_is_rel(r, noun, SG_NMOD) && sg_word_is(r, one, "one") &&
                   sg_has_case(r, noun, "of")
               ? one
               : SG_NO_WORD;
}

static struct judgement read_judgement(sg_rule_finder *f, uint32_t start, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t word = last_of_cue(r, start, cue);
    struct judgement j = { .word = word, .said = word, .thing = SG_NO_WORD, .called = SG_NO_WORD };

    j.holder = sg_rule_speaker(f, word);
    j.sign = cue->sign * sg_negation(r, word) * sg_negation_inside(r, start, cue);
    j.called = called_by(f, word, &j.holder);
    if (j.called == SG_NO_WORD && cue->class != SG_CUE_VERB && sg_word_is_rel(r, word, SG_AMOD))
        j.said = j.thing = r->info[word].head;
    if (j.thing != SG_NO_WORD && sg_credited(r, j.thing) != SG_NO_WORD) {
        j.sign *= sg_negation(r, r->info[j.thing].head);
        if (sg_word_is(r, j.thing, "nothing") || sg_has_no(r, j.thing))
            j.sign = -j.sign; /* "did nothing wrong", "has no real chance" */
        j.said = r->info[j.thing].head;
        j.thing = sg_credited(r, j.thing); /* "did a terrible job" */
        return j;
    }
    if (sg_far_from(r, word) != SG_NO_WORD)
        j.thing = j.said = sg_far_from(r, word);
    if (one_among(r, j.said) != SG_NO_WORD)
        j.said = j.thing = one_among(r, j.said);
    if (j.thing != SG_NO_WORD && sg_word_is(r, j.thing, "nothing"))
        j.sign = -j.sign; /* "nothing wrong with it" */
    if (no_less_than(r, word) != SG_NO_WORD)
        j.said = j.word = no_less_than(r, word);
    if (j.called == SG_NO_WORD)
        j.called = called_by(f, j.said, &j.holder);
    if (j.called == SG_NO_WORD && cue->class == SG_CUE_ADJECTIVE)
        j.called = found_in(f, j.word, &j.holder);
    if (j.called == SG_NO_WORD && j.thing != SG_NO_WORD &&
        sg_child(r, j.thing, SG_COP) != SG_NO_WORD)
        j.sign *= sg_negation(r, j.thing);
    j.thing = j.called != SG_NO_WORD ? j.called : judged_thing(f, &j, cue);
    j.sign *= sg_negation_above(r, j.said);
    if (sg_word_is(r, word, "responsible") && sg_with_preposition(r, word, "for", 3) != SG_NO_WORD)
        j.sign = sg_worth(r, sg_with_preposition(r, word, "for", 3), 0); /* "for the losses" */
    if (cue->class == SG_CUE_VERB)
        j.sign *= turned_by_object(r, j.word, cue);
    return j;
}

/* "Right about it", "wrong in doing it", "better than it". */
static void judge_matter(sg_rule_finder *f, const struct judgement *j, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t matter = sg_with_preposition(r, j->word, "about", 5);
    uint32_t deed = deed_in(r, j->word);
    uint32_t other = sg_with_preposition(r, j->said, "than", 4);

    if (cue->strength > 1 && j->thing != SG_NO_WORD && cue->class == SG_CUE_ADJECTIVE &&
        sg_principal_at(r, j->thing) != SG_NO_ACTOR) {
        if (deed != SG_NO_WORD)
            sg_rule_follow(f, deed, j->holder, j->sign, j->word, cue, 1);
        if (matter != SG_NO_WORD)
            sg_rule_about(f, matter, j->holder, j->sign, j->word, cue);
    }
    if (other != SG_NO_WORD)
        sg_rule_about(f, other, j->holder, sg_has_no(r, j->said) ? j->sign : -j->sign, j->word,
                      cue); /* "no better plan than it" */
}

static void judge(sg_rule_finder *f, uint32_t start, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    struct judgement j = read_judgement(f, start, cue);
    uint32_t clause;

    if (j.sign == 0 || j.holder == SG_NO_ACTOR || sg_is_open(r, j.word) || is_when(r, j.word) ||
        (cue->class == SG_CUE_VERB && sg_is_told_to(r, j.word)) || is_otherwise(r, j.word) ||
        is_of_time(r, j.word) || is_outweighed(r, j.word, cue))
        return;
    clause = cue->class != SG_CUE_VERB && cue->strength > 1 ? judged_clause(r, j.said) : SG_NO_WORD;
    if (clause == SG_NO_WORD && j.called != SG_NO_WORD && is_filling(r, j.called))
        clause = judged_clause(r, r->info[j.said].head); /* "considered it wrong for them to" */
    f->strength = cue->strength;
    judge_matter(f, &j, cue);
    if (clause != SG_NO_WORD &&
        (sg_child(r, j.said, SG_COP) != SG_NO_WORD || j.called != SG_NO_WORD))
        sg_rule_follow(f, clause, j.holder, j.sign, j.word, cue, 1);
    if (j.thing == SG_NO_WORD || sg_is_first_person(r, j.thing) ||
        (clause != SG_NO_WORD && is_filling(r, j.thing)))
        return;
    if (sg_is_ing(r, j.thing))
        sg_rule_follow(f, j.thing, j.holder, j.sign, j.word, cue, 1); /* "denying it is wrong" */
    else if (sg_stance_cue(r, j.thing) != NULL && sg_word_is_upos(r, j.thing, SG_NOUN))
        sg_rule_about_noun(f, j.thing, j.holder, j.sign, j.word, cue, 1); /* "opposing it is" */
    else
        sg_rule_about(f, j.thing, j.holder, j.sign, j.word, cue);
}

/* "Was to blame", "it was her fault", says somebody. */
static void fault(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue blame = { "", "", 1, SG_CUE_VERB, SG_CUE_BLAME, 3 };
    const sg_reading *r = f->r;
    bool to_blame = sg_word_is(r, word, "blame") && sg_child_is(r, word, SG_MARK, "to") &&
                    sg_child(r, word, SG_OBJ) == SG_NO_WORD;
    uint32_t who = to_blame                       ? sg_subject_of(r, word)
                   : sg_word_is(r, word, "fault") ? sg_child(r, word, SG_NMOD_POSS)
                                                  : SG_NO_WORD;

    if (who != SG_NO_WORD && sg_child(r, word, SG_COP) != SG_NO_WORD &&
        sg_rule_speaker(f, word) != SG_NO_ACTOR && !sg_is_first_person(r, who))
        sg_rule_about(f, who, sg_rule_speaker(f, word), -sg_negation(r, word), word, &blame);
}

/* "Was wrongly approved", "rightly refused", says somebody of what others did. */
static void deplore(sg_rule_finder *f, uint32_t adverb)
{
    static const sg_cue deed = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    static const char *const bad[] = {
        "wrongly",       "improperly",         "unlawfully", "illegally",    "unfairly",
        "unjustly",      "unconstitutionally", "wrongfully", "recklessly",   "shamefully",
        "irresponsibly", "cynically",          "needlessly", "foolishly",    "disgracefully",
        "callously",     "shamelessly",        "corruptly",  "unreasonably", "unnecessarily"
    };
    static const char *const good[] = { "rightly",  "wisely",   "bravely",    "courageously",
                                        "sensibly", "lawfully", "rightfully", "admirably" };
    const sg_reading *r = f->r;
    int sign = SG_SIGN_IN(r->lower[adverb], good, bad);
    uint32_t verb = sign != 0 ? r->info[adverb].head : SG_NO_WORD;
    uint32_t speaker = verb != SG_NO_WORD ? sg_rule_speaker(f, verb) : SG_NO_ACTOR;
    uint32_t subject;

    if (speaker == SG_NO_ACTOR || !sg_word_is_upos(r, verb, SG_VERB) || sg_is_open(r, verb) ||
        sg_negation(r, verb) < 0)
        return;
    subject = sg_subject_of(r, verb);
    if (subject != SG_NO_WORD &&
        (sg_is_first_person(r, subject) || sg_principal_at(r, subject) == speaker))
        return;
    f->strength = deed.strength;
    sg_rule_follow(f, verb, speaker, sign, verb, &deed, 1);
    if (subject != SG_NO_WORD && sg_principal_at(r, subject) != SG_NO_ACTOR)
        sg_rule_about(f, subject, speaker, sign, verb, &deed);
}

/* "Unfortunately it is still there", "thankfully it was dropped", says somebody. */
static void regret(sg_rule_finder *f, uint32_t adverb)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ATTITUDE, 2 };
    static const char *const sad[] = { "unfortunately", "sadly",      "regrettably",
                                       "lamentably",    "tragically", "alarmingly" };
    static const char *const glad[] = { "fortunately", "thankfully", "happily", "luckily",
                                        "mercifully" };
    const sg_reading *r = f->r;
    int sign = SG_SIGN_IN(r->lower[adverb], glad, sad);
    uint32_t clause = sign != 0 ? r->info[adverb].head : SG_NO_WORD;
    uint32_t speaker = clause != SG_NO_WORD ? sg_rule_speaker(f, clause) : SG_NO_ACTOR;
    const sg_cue *judged;

    if (speaker == SG_NO_ACTOR || sg_is_open(r, clause))
        return;
    f->strength = feeling.strength;
    if (sg_child(r, clause, SG_COP) != SG_NO_WORD) {
        uint32_t subject = sg_subject_of(r, clause);

        judged = sg_evaluation_cue(r, clause); /* "sadly, it is a mess" says so itself */
        if (subject == SG_NO_WORD || sg_principal_at(r, subject) != SG_NO_ACTOR ||
            (judged != NULL && judged->sign == sign * sg_negation(r, clause)))
            return;
        f->judged[clause] = true;
        sg_rule_about(f, subject, speaker, sign * sg_negation(r, clause), adverb, &feeling);
    } else if (sg_word_is_upos(r, clause, SG_VERB)) {
        sg_rule_follow(f, clause, speaker, sign, adverb, &feeling, 1);
    }
}

/* "No lane will be built": the lane. */
static uint32_t excluded_by(const sg_reading *r, uint32_t verb)
{
    static const char *const modals[] = {
        "will", "can", "could", "shall", "should", "must", "may"
    };
    uint32_t subject = sg_child(r, verb, SG_NSUBJ);
    bool rules_out = false;

    if (subject == SG_NO_WORD)
        subject = sg_child(r, verb, SG_NSUBJ_PASS);
    if (subject == SG_NO_WORD || sg_principal_at(r, subject) != SG_NO_ACTOR)
        return SG_NO_WORD;
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++)
        rules_out = rules_out || (r->info[w].head == verb && SG_IS_ONE_OF(r->lower[w], modals));
    for (uint32_t w = sg_sentence_first(r, verb); w < subject && rules_out; w++) {
        if (r->info[w].head == subject && sg_word_is(r, w, "no"))
            return subject;
    }
    return SG_NO_WORD;
}

/* "Why it is needed", "whether it is needed": -1 for what somebody asks a reason of. */
bool sg_asks_for_reason(const sg_reading *r, uint32_t clause)
{
    static const char *const needs[] = { "need",    "justify",   "require",
                                         "warrant", "necessary", "want" };
    bool asks = false;

    for (uint32_t w = sg_sentence_first(r, clause); w < clause; w++)
        asks = asks ||
               (r->info[w].head == clause && !sg_is_rhetorical(r, w) &&
                (sg_word_is(r, w, "why") || sg_word_is(r, w, "whether") || sg_word_is(r, w, "if")));
    return asks && SG_IS_ONE_OF(r->info[clause].lemma, needs);
}

/* "Could not see why it should be built". */
static bool is_beyond(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "see", "understand", "know", "think", "imagine" };
    uint32_t head = r->info[verb].head;

    if (head == SG_NO_WORD || head > verb || !SG_IS_ONE_OF(r->info[head].lemma, lemmas) ||
        sg_negation(r, head) > 0)
        return false;
    for (uint32_t w = head + 1; w < verb; w++) {
        if (sg_word_is(r, w, "why"))
            return true;
    }
    return false;
}

/* "They have failed to close it", says somebody else, who wants it closed. */
static bool is_failure(sg_rule_finder *f, uint32_t verb, uint32_t speaker)
{
    static const char *const lemmas[] = { "fail", "neglect", "refuse" };
    sg_reading *r = f->r;
    uint32_t subject = sg_subject_of(r, verb);

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas) && sg_child(r, verb, SG_XCOMP) != SG_NO_WORD &&
           subject != SG_NO_WORD && !sg_is_first_person(r, subject) &&
           f->speech->mode[verb] == SG_DIRECT_QUOTE && sg_actor_or_group_at(r, subject) != speaker;
}

/* "The council needs to drop it", "has to drop it": the deed. */
static uint32_t needed_deed(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "need", "have", "ought" };
    static const char *const guesses[] = { "would", "may", "might", "could" };
    uint32_t deed;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ||
        ((r->info[verb].features & SG_FEAT_PAST) != 0 && !sg_word_is_rel(r, verb, SG_CCOMP)))
        return SG_NO_WORD; /* "it had to close", but "said that it had to close" */
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++) {
        if (r->info[w].head == verb && SG_IS_ONE_OF(r->lower[w], guesses))
            return SG_NO_WORD;
    }
    deed = sg_child(r, verb, SG_XCOMP);
    return deed != SG_NO_WORD && sg_child(r, deed, SG_MARK) != SG_NO_WORD ? deed : SG_NO_WORD;
}

/* "Has no right to close it", "does not have the power to": the deed that is denied. */
static uint32_t denied_deed(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "right",         "power",  "authority", "mandate",
                                          "business",      "reason", "excuse",    "basis",
                                          "justification", "ground", "cause" };
    uint32_t noun =
        strcmp(r->info[verb].lemma, "have") == 0 ? sg_child(r, verb, SG_OBJ) : SG_NO_WORD;
    uint32_t deed;

    if (noun == SG_NO_WORD || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
        !(sg_has_no(r, noun) || sg_negation(r, verb) < 0))
        return SG_NO_WORD;
    deed = sg_child(r, noun, SG_ACL);
    return deed != SG_NO_WORD ? deed : sg_child(r, verb, SG_XCOMP);
}

/* "must", "should", "need to": the speaker asks for it. */
static void demand(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue modal = { "", "", 1, SG_CUE_VERB, SG_CUE_DEMAND, 2 };
    static const sg_cue need = { "", "obj", 1, SG_CUE_VERB, SG_CUE_DEMAND, 2 };
    static const char *const modals[] = { "should", "must", "ought" };
    uint32_t speaker = sg_rule_speaker(f, verb);

    uint32_t subject;
    uint32_t deed;

    if (speaker == SG_NO_ACTOR || (f->done[verb] && !is_failure(f, verb, speaker)) ||
        sg_asks_for_reason(f->r, verb))
        return;
    subject = excluded_by(f->r, verb);
    if (subject != SG_NO_WORD) {
        sg_rule_about(f, subject, speaker, -1, verb, &modal);
        return;
    }
    f->strength = modal.strength;
    deed = denied_deed(f->r, verb);
    if (deed != SG_NO_WORD) {
        sg_rule_follow(f, deed, speaker, -1, verb, &modal, 1);
        return;
    }
    deed = needed_deed(f->r, verb);
    if (deed != SG_NO_WORD) {
        sg_rule_follow(f, deed, speaker, sg_negation(f->r, verb), verb, &modal, 1);
        return;
    }
    if (strcmp(f->r->info[verb].lemma, "afford") == 0 && sg_negation(f->r, verb) < 0 &&
        sg_child(f->r, verb, SG_OBJ) != SG_NO_WORD) {
        sg_rule_about(f, sg_child(f->r, verb, SG_OBJ), speaker, -1, verb, &need);
        return;
    }
    if ((strcmp(f->r->info[verb].lemma, "need") == 0 ||
         strcmp(f->r->info[verb].lemma, "deserve") == 0) &&
        !sg_is_open(f->r, verb)) {
        uint32_t better = sg_child(f->r, verb, SG_XCOMP);

        if (better == SG_NO_WORD)
            better = sg_child(f->r, verb, SG_OBJ);
        if (better != SG_NO_WORD && sg_word_is(f->r, better, "better")) {
            if (sg_with_preposition(f->r, better, "than", 4) != SG_NO_WORD)
                sg_rule_about(f, sg_with_preposition(f->r, better, "than", 4), speaker, -1, verb,
                              &need); /* "we deserve better than it" */
            f->judged[better] = true;
            return;
        }
        sg_rule_apply(f, verb, speaker, sg_negation_above(f->r, verb), &need, 1);
        return; /* "the country needs it" */
    }
    if (is_failure(f, verb, speaker)) {
        sg_rule_follow(f, sg_child(f->r, verb, SG_XCOMP), speaker, 1, verb, &modal, 1);
        return;
    }
    for (uint32_t w = sg_sentence_first(f->r, verb); w < verb; w++) {
        if (w + 1 == verb && sg_word_is(f->r, w, "better") && f->r->info[w].head == verb &&
            (f->r->info[verb].features & SG_FEAT_PAST) == 0) {
            sg_rule_follow(f, verb, speaker, 1, verb, &modal, 1); /* "you had better do it" */
            return;
        }
        if (f->r->info[w].head != verb || f->r->info[w].upos != SG_AUX)
            continue;
        for (size_t i = 0; i < sizeof modals / sizeof modals[0]; i++) {
            if (sg_word_is(f->r, w, modals[i])) {
                sg_rule_follow(f, verb, speaker, is_beyond(f->r, verb) ? -1 : 1, verb, &modal, 1);
                return;
            }
        }
    }
}

/* "Democratic" of "the Democratic Party". */
static bool is_in_name(const sg_reading *r, uint32_t word)
{
    uint32_t mention = r->mention_at[word];

    return mention != SG_NO_MENTION && r->mentions[mention].kind == SG_MENTION_NAME;
}

void sg_rule_judge(sg_rule_finder *f, uint32_t word)
{
    const sg_cue *cue = sg_evaluation_cue(f->r, word);

    judge_effect(f, word);
    fault(f, word);
    if (sg_word_is_rel(f->r, word, SG_ADVMOD)) {
        deplore(f, word);
        regret(f, word);
    }
    if (cue != NULL && !f->judged[word] && !is_in_name(f->r, word))
        judge(f, word, cue);
    if (f->r->info[word].upos == SG_VERB)
        demand(f, word);
}
