#include <string.h>

#include "stance_rules.h"

/* Sides that show in how two stand to each other, in what becomes of people with and without a
 * thing, and in what somebody is said to have, do or be like. */

/* ---- one another ---- */

static void mutual(sg_rule_finder *f, uint32_t word, uint32_t first, uint32_t other, int sign,
                   const sg_cue *cue)
{
    sg_rule_about(f, other, sg_rule_holder(f, first, word), sign, word, cue);
    sg_rule_about(f, first, sg_rule_holder(f, other, word), sign, word, cue);
}

/* "A and B are rivals", "are at odds", "have clashed", "praised each other". */
static void reciprocate(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_VERB, SG_CUE_BLAME, 2 };
    static const char *const fighting[] = { "clash",    "feud",    "quarrel",  "spar",
                                            "squabble", "bicker",  "tussle",   "fight",
                                            "battle",   "collide", "disagree", "duel" };
    static const char *const foes[] = { "rival", "foe",         "enemy",     "opponent",
                                        "odds",  "loggerheads", "adversary", "nemesis" };
    static const char *const friends[] = { "ally", "friend", "partner", "comrade" };
    const sg_reading *r = f->r;
    const sg_cue *cue = sg_stance_cue(r, word);
    uint32_t subject = sg_child(r, word, SG_NSUBJ);
    uint32_t other = subject != SG_NO_WORD ? sg_child(r, subject, SG_CONJ) : SG_NO_WORD;
    uint32_t object = sg_child(r, word, SG_OBJ);
    bool copula = sg_child(r, word, SG_COP) != SG_NO_WORD;
    int sign = 0;

    if (other == SG_NO_WORD || sg_principal_at(r, subject) == SG_NO_ACTOR ||
        sg_principal_at(r, other) == SG_NO_ACTOR)
        return;
    if (copula)
        sign = SG_SIGN_IN(r->info[word].lemma, friends, foes);
    else if (object == SG_NO_WORD && SG_IS_ONE_OF(r->info[word].lemma, fighting) &&
             sg_with_preposition(r, word, "with", 4) == SG_NO_WORD &&
             sg_with_preposition(r, word, "against", 7) == SG_NO_WORD &&
             sg_with_preposition(r, word, "for", 3) == SG_NO_WORD)
        sign = -1;
    else if (object != SG_NO_WORD && cue != NULL && cue->class == SG_CUE_VERB &&
             (sg_word_is(r, object, "each") ||
              (sg_word_is(r, object, "one") && object + 1 < r->word_count &&
               sg_word_is(r, object + 1, "another"))))
        sign = cue->sign;
    f->strength = feeling.strength;
    if (sign != 0)
        mutual(f, word, subject, other, sign * sg_negation(r, word), &feeling);
}

/* "No love lost between A and B", "a feud between A and B". */
static void divide(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_NOUN, SG_CUE_BLAME, 2 };
    static const char *const lemmas[] = { "feud",  "rift",    "animosity", "blood", "hostility",
                                          "clash", "tension", "war",       "row",   "spat" };
    const sg_reading *r = f->r;
    bool cold = sg_word_is(r, noun, "love") && sg_has_no(r, noun);

    if (!cold && !SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return;
    for (uint32_t w = noun + 1; w < noun + 6 && w < sg_sentence_past(r, noun); w++) {
        uint32_t other = sg_has_case(r, w, "between") ? sg_child(r, w, SG_CONJ) : SG_NO_WORD;

        if (other == SG_NO_WORD || sg_principal_at(r, w) == SG_NO_ACTOR ||
            sg_principal_at(r, other) == SG_NO_ACTOR)
            continue;
        f->strength = feeling.strength;
        mutual(f, noun, w, other, cold ? -1 : -sg_negation(r, noun), &feeling);
        return;
    }
}

/* ---- what a thing is to somebody ---- */

/* "Is unpopular with A", "unacceptable to A", "fine with A", "anathema to A". */
static void seem(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ATTITUDE, 2 };
    static const char *const good[] = { "popular", "fine", "ok", "okay", "acceptable", "dear" };
    static const char *const bad[] = { "unpopular",   "unacceptable", "anathema",  "abhorrent",
                                       "repugnant",   "intolerable",  "repellent", "distasteful",
                                       "unpalatable", "poison" };
    static const char *const cases[] = { "to", "with", "among" };
    const sg_reading *r = f->r;
    int sign = SG_SIGN_IN(r->lower[word], good, bad);
    uint32_t thing = sign != 0 ? sg_subject_of(r, word) : SG_NO_WORD;

    if (thing == SG_NO_WORD || sg_child(r, word, SG_COP) == SG_NO_WORD)
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t who = sg_with_preposition(r, word, cases[i], strlen(cases[i]));

        if (who == SG_NO_WORD || sg_principal_at(r, who) == SG_NO_ACTOR)
            continue;
        f->strength = feeling.strength;
        f->judged[word] = true;
        sg_rule_about(f, thing, sg_rule_holder(f, who, word), sign * sg_negation(r, word), word,
                      &feeling);
    }
}

/* "Does not sit well with A", "appeals to A", "won over A". */
static void suit(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue feeling = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const sitting[] = { "sit", "go", "play", "set" };
    static const char *const winning[] = { "win", "convert", "convince" };
    const sg_reading *r = f->r;
    const char *lemma = r->info[verb].lemma;
    uint32_t thing = sg_subject_of(r, verb);
    uint32_t who = SG_NO_WORD;

    if (thing == SG_NO_WORD)
        thing = sg_child(r, verb, SG_COMPOUND); /* "the plan appeals to her", read as one noun */
    if (thing == SG_NO_WORD)
        return;
    if (SG_IS_ONE_OF(lemma, sitting) && sg_child_is(r, verb, SG_ADVMOD, "well"))
        who = sg_with_preposition(r, verb, "with", 4);
    else if (strcmp(lemma, "appeal") == 0 && sg_principal_at(r, thing) == SG_NO_ACTOR)
        who = sg_with_preposition(r, verb, "to", 2);
    else if (SG_IS_ONE_OF(lemma, winning) && verb + 1 < r->word_count &&
             sg_word_is(r, verb + 1, "over"))
        who = sg_child(r, verb, SG_OBJ);
    f->strength = feeling.strength;
    if (who != SG_NO_WORD && sg_principal_at(r, who) != SG_NO_ACTOR)
        sg_rule_about(f, thing, sg_rule_holder(f, who, verb), sg_negation(r, verb), verb, &feeling);
}

/* ---- how people fare with it ---- */

/* How well whatever the clause is about is said to be: 1, -1 or 0. */
static int fortune(const sg_reading *r, uint32_t word)
{
    static const char *const good[] = { "thrive",    "thriving", "flourish", "prosper",  "improve",
                                        "boom",      "booming",  "safer",    "stronger", "richer",
                                        "healthier", "save",     "saved" };
    static const char *const bad[] = { "suffer",     "suffering", "hurt",   "hurting", "struggle",
                                       "struggling", "collapse",  "die",    "starve",  "bankrupt",
                                       "broke",      "poorer",    "weaker", "trouble", "worse",
                                       "lost",       "ruined",    "ruin",   "jobless", "homeless" };
    const sg_cue *judged;

    if (word + 1 < sg_sentence_past(r, word) && sg_word_is(r, word + 1, "off") &&
        (sg_word_is(r, word, "better") || sg_word_is(r, word, "worse")))
        return sg_word_is(r, word, "better") ? 1 : -1;
    if (SG_IS_ONE_OF(r->info[word].lemma, good) || SG_IS_ONE_OF(r->lower[word], good))
        return sg_negation(r, word);
    if (SG_IS_ONE_OF(r->info[word].lemma, bad) || SG_IS_ONE_OF(r->lower[word], bad))
        return -sg_negation(r, word);
    judged = sg_word_is_upos(r, word, SG_VERB) ? NULL : sg_evaluation_cue(r, word);
    return judged != NULL && judged->strength > 1 ? judged->sign * sg_negation(r, word) : 0;
}

/* 1 if what the noun hangs by says that it helps or is there, -1 if that it is missing. */
static int presence(const sg_reading *r, uint32_t noun)
{
    uint32_t marker = sg_child(r, noun, SG_CASE);
    uint32_t second = marker != SG_NO_WORD ? sg_child(r, marker, SG_FIXED) : SG_NO_WORD;

    if (marker == SG_NO_WORD)
        return 0;
    if (sg_word_is(r, marker, "without"))
        return -1;
    if (sg_word_is(r, marker, "with") || sg_word_is(r, marker, "under"))
        return 1;
    if (sg_word_is(r, marker, "because") || sg_word_is(r, marker, "thanks") ||
        sg_word_is(r, marker, "due") || sg_word_is(r, marker, "owing"))
        return second != SG_NO_WORD;
    if (sg_word_is(r, marker, "to") && r->info[noun].head != SG_NO_WORD &&
        sg_word_is(r, r->info[noun].head, "thanks"))
        return 1;
    return 0;
}

/* "Better off without it", "thriving thanks to A", "in trouble because of it", says somebody. */
static void fare(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue outcome = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    const sg_reading *r = f->r;
    int there = presence(r, noun);
    uint32_t clause = r->info[noun].head;
    uint32_t speaker = there != 0 ? sg_rule_speaker(f, noun) : SG_NO_ACTOR;
    uint32_t marker;
    int sign;

    if (speaker == SG_NO_ACTOR || clause == SG_NO_WORD)
        return;
    marker = sg_child(r, noun, SG_CASE);
    if (sg_word_is(r, clause, "thanks"))
        clause = r->info[clause].head;
    if (clause == SG_NO_WORD)
        return;
    sign = fortune(r, clause);
    if ((sg_word_is(r, marker, "with") || sg_word_is(r, marker, "under")) &&
        !(clause + 1 < r->word_count && sg_word_is(r, clause + 1, "off")))
        return; /* "popular with", "safe under" say something else */
    f->strength = outcome.strength;
    if (sign != 0)
        sg_rule_about(f, noun, speaker, sign * there, noun, &outcome);
}

/* ---- what somebody has and does ---- */

/* "Did a terrible job", "has bad judgment", "made bad decisions": the doer; SG_NO_WORD. */
uint32_t sg_credited(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "do", "have", "make", "possess" };
    static const char *const apart[] = { "time", "day",  "week", "year",   "news", "chance",
                                         "way",  "idea", "deal", "reason", "case", "thing" };
    uint32_t verb = r->info[noun].head;
    const sg_cue *cue = sg_stance_cue(r, noun);
    uint32_t who;

    if (!sg_word_is_rel(r, noun, SG_OBJ) || verb == SG_NO_WORD ||
        !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || sg_child(r, verb, SG_XCOMP) != SG_NO_WORD ||
        (cue != NULL && cue->class == SG_CUE_NOUN && cue->strength > 1 &&
         cue->kind != SG_CUE_ACT) ||
        (SG_IS_ONE_OF(r->info[noun].lemma, apart) &&
         (strcmp(r->info[verb].lemma, "have") == 0 || strcmp(r->info[verb].lemma, "make") == 0) &&
         !sg_word_is(r, noun, "ideas")))
        return SG_NO_WORD;
    who = sg_subject_of(r, verb);
    return who != SG_NO_WORD && !sg_is_first_person(r, who) ? who : SG_NO_WORD;
}

/* "Has no plan", "lacks the experience to lead", "has what it takes", says somebody. */
static void equip(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue having = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    static const char *const assets[] = {
        "plan",     "idea",       "experience", "vision",        "shame",      "credibility",
        "strategy", "clue",       "answer",     "principle",     "judgment",   "judgement",
        "courage",  "integrity",  "sense",      "temperament",   "skill",      "backbone",
        "spine",    "gut",        "character",  "decency",       "compassion", "empathy",
        "honesty",  "knowledge",  "strength",   "wisdom",        "talent",     "grasp",
        "regard",   "conscience", "competence", "qualification", "patience",   "discipline",
        "respect"
    };
    const sg_reading *r = f->r;
    uint32_t speaker = sg_rule_speaker(f, verb);
    uint32_t noun = sg_child(r, verb, SG_OBJ);
    uint32_t who = sg_subject_of(r, verb);
    bool lacks = strcmp(r->info[verb].lemma, "lack") == 0;
    int sign = 0;

    if (speaker == SG_NO_ACTOR || noun == SG_NO_WORD || who == SG_NO_WORD || noun < verb ||
        !(lacks || strcmp(r->info[verb].lemma, "have") == 0) || sg_is_open(r, verb) ||
        sg_is_first_person(r, who) || sg_principal_at(r, who) == SG_NO_ACTOR ||
        !SG_IS_ONE_OF(r->info[noun].lemma, assets))
        return;
    if (lacks || sg_has_no(r, noun) || sg_negation(r, verb) < 0)
        sign = -1;
    else if (sg_child(r, noun, SG_ACL) != SG_NO_WORD || sg_child_is(r, noun, SG_DETREL, "the"))
        sign = 1;
    f->strength = having.strength;
    if (sign != 0)
        sg_rule_about(f, who, speaker, sign, verb, &having);
}

/* "Handled it badly", "did well", says somebody of another. */
static void perform(sg_rule_finder *f, uint32_t adverb)
{
    static const sg_cue doing = { "", "", 1, SG_CUE_VERB, SG_CUE_EVALUATION, 2 };
    static const char *const bad[] = { "badly",         "poorly",    "terribly", "disastrously",
                                       "carelessly",    "horribly",  "awfully",  "appallingly",
                                       "disgracefully", "shamefully" };
    static const char *const good[] = { "well",        "superbly",  "skilfully", "skillfully",
                                        "brilliantly", "wisely",    "admirably", "responsibly",
                                        "beautifully", "honorably", "honourably" };
    static const char *const verbs[] = {
        "handle", "manage", "run",   "lead",    "perform", "do",
        "serve",  "govern", "treat", "conduct", "act",     "behave"
    };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[adverb].head;
    int sign = SG_SIGN_IN(r->lower[adverb], good, bad);
    uint32_t speaker = sign != 0 && verb != SG_NO_WORD ? sg_rule_speaker(f, verb) : SG_NO_ACTOR;
    uint32_t who;

    if (speaker == SG_NO_ACTOR || !SG_IS_ONE_OF(r->info[verb].lemma, verbs) || sg_is_open(r, verb))
        return;
    who = sg_subject_of(r, verb);
    if (who == SG_NO_WORD || sg_is_first_person(r, who) || sg_principal_at(r, who) == SG_NO_ACTOR)
        return;
    f->strength = doing.strength;
    sg_rule_about(f, who, speaker, sign * sg_negation(r, verb), verb, &doing);
}

/* "There was no evidence of any wrongdoing by A", "found no fault with A", says somebody. */
static void acquit(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue clearing = { "", "", 1, SG_CUE_NOUN, SG_CUE_PRAISE, 2 };
    static const char *const lemmas[] = { "evidence", "proof", "sign", "indication", "hint" };
    const sg_reading *r = f->r;
    uint32_t speaker = sg_rule_speaker(f, noun);
    uint32_t verb = r->info[noun].head;
    bool none =
        sg_has_no(r, noun) ||
        (verb != SG_NO_WORD && sg_word_is_rel(r, noun, SG_OBJ) && sg_negation(r, verb) < 0) ||
        (verb != SG_NO_WORD && sg_child_is(r, verb, SG_NSUBJ, "none"));

    if (speaker == SG_NO_ACTOR || !none || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return;
    f->strength = clearing.strength;
    for (uint32_t w = noun + 1; w < noun + 10 && w < sg_sentence_past(r, noun); w++) {
        const sg_cue *charge = sg_word_is_upos(r, w, SG_NOUN) ? sg_evaluation_cue(r, w) : NULL;

        if (charge == NULL || charge->sign > 0)
            continue;
        for (uint32_t who = w + 1; who < w + 8 && who < sg_sentence_past(r, noun); who++) {
            if (sg_principal_at(r, who) != SG_NO_ACTOR &&
                (sg_has_case(r, who, "by") || sg_has_case(r, who, "of"))) {
                sg_rule_about(f, who, speaker, 1, noun, &clearing);
                return;
            }
        }
    }
}

/* ---- how somebody takes a thing ---- */

/* "Views it with skepticism", "greeted it with dismay", "spoke of it with zeal", "spoke angrily
 * about it", "views it favorably". */
static void receive(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue taking = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const verbs[] = { "view",    "regard", "see",   "treat", "meet",
                                         "greet",   "look",   "react", "speak", "respond",
                                         "receive", "talk",   "write", "tweet" };
    static const char *const cases[] = { "to", "of", "about", "on", "at" };
    static const char *const good[] = { "favorably",  "favourably",  "enthusiastically",
                                        "glowingly",  "warmly",      "fondly",
                                        "admiringly", "approvingly", "kindly",
                                        "positively", "highly" };
    static const char *const bad[] = { "unfavorably", "unfavourably", "angrily",    "bitterly",
                                       "harshly",     "scathingly",   "critically", "dismissively",
                                       "scornfully",  "negatively",   "dimly",      "furiously" };
    const sg_reading *r = f->r;
    uint32_t thing = sg_child(r, verb, SG_OBJ);
    uint32_t who = sg_subject_of(r, verb);
    int sign = 0;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, verbs))
        return;
    if (sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD) {
        thing = sg_child(r, verb, SG_NSUBJ_PASS); /* "is viewed with suspicion by them" */
        who = sg_child(r, verb, SG_OBL_AGENT);
        if (thing == SG_NO_WORD)
            return;
    }
    if (thing == SG_NO_WORD)
        thing = SG_WITH_ANY(r, verb, cases);
    if (thing == SG_NO_WORD)
        return;
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb) && sign == 0; w++) {
        const sg_cue *cue;

        if (r->info[w].head != verb && r->info[w].head != thing)
            continue;
        if (sg_word_is_rel(r, w, SG_ADVMOD)) {
            sign = SG_SIGN_IN(r->lower[w], good, bad);
            continue;
        }
        if (w == thing || !sg_has_case(r, w, "with") || !sg_word_is_upos(r, w, SG_NOUN))
            continue;
        cue = sg_stance_cue(r, w);
        if (cue == NULL || cue->class != SG_CUE_NOUN || cue->kind == SG_CUE_ACT)
            cue = sg_evaluation_cue(r, w);
        if (cue != NULL && cue->strength > 1) {
            sign = cue->sign;
            f->done[w] = true;
            f->judged[w] = true;
            if (who == SG_NO_WORD)
                who = sg_with_preposition(r, w, "by", 2);
        }
    }
    f->strength = taking.strength;
    if (sign != 0 && who != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, who, verb), sign * sg_negation(r, verb), verb,
                      &taking);
}

/* "Stressed the importance of it", "pointed to the costs of it". */
static void stress(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue telling = { "", "", 1, SG_CUE_VERB, SG_CUE_ATTITUDE, 2 };
    static const char *const verbs[] = { "stress",     "emphasise", "emphasize", "underline",
                                         "underscore", "highlight", "tout",      "cite",
                                         "list",       "note",      "detail",    "explain",
                                         "point",      "extol",     "see" };
    static const char *const merits[] = { "importance", "benefit", "merit",     "value",
                                          "advantage",  "virtue",  "urgency",   "necessity",
                                          "strength",   "upside",  "usefulness" };
    static const char *const faults[] = { "cost",    "risk",        "danger",   "flaw",
                                          "failing", "drawback",    "harm",     "downside",
                                          "defect",  "shortcoming", "weakness", "peril" };
    static const char *const cases[] = { "of", "in", "with" };
    const sg_reading *r = f->r;
    uint32_t noun = sg_child(r, verb, SG_OBJ);
    uint32_t thing = SG_NO_WORD;
    int sign;

    if (!SG_IS_ONE_OF(r->info[verb].lemma, verbs) || !sg_word_is_upos(r, verb, SG_VERB))
        return;
    if (noun == SG_NO_WORD)
        noun = sg_with_preposition(r, verb, "to", 2);
    if (noun == SG_NO_WORD || sg_has_no(r, noun))
        return;
    sign = SG_SIGN_IN(r->info[noun].lemma, merits, faults);
    if (sign != 0)
        thing = SG_WITH_ANY(r, noun, cases);
    f->strength = telling.strength;
    if (thing != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                      sign * sg_negation(r, verb), verb, &telling);
}

/* "Is on board with it", "in A's corner", "on her side", "I am with A". */
static void side_with(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue siding = { "", "", 1, SG_CUE_NOUN, SG_CUE_ATTITUDE, 2 };
    static const char *const places[] = { "side", "corner", "camp", "team" };
    static const char *const cases[] = { "on", "in", "by" };
    const sg_reading *r = f->r;
    uint32_t subject = sg_child(r, noun, SG_NSUBJ);
    uint32_t marker = sg_child(r, noun, SG_CASE);
    uint32_t thing = SG_NO_WORD;

    if (subject == SG_NO_WORD || marker == SG_NO_WORD || sg_child(r, noun, SG_COP) == SG_NO_WORD)
        return;
    if (sg_word_is(r, noun, "board") && sg_word_is(r, marker, "on"))
        thing = sg_with_preposition(r, noun, "with", 4);
    else if (SG_IS_ONE_OF(r->lower[noun], places) && SG_IS_ONE_OF(r->lower[marker], cases))
        thing = sg_child(r, noun, SG_NMOD_POSS);
    else if (sg_word_is(r, marker, "with") && sg_is_first_person(r, subject) &&
             sg_principal_at(r, noun) != SG_NO_ACTOR)
        thing = noun;
    f->strength = siding.strength;
    if (thing != SG_NO_WORD)
        sg_rule_about(f, thing, sg_rule_holder(f, subject, noun), sg_negation(r, noun), noun,
                      &siding);
}

/* "That is so selfish of A", "it was wrong of A to do so", "it is shameful that A did": A. */
static void reproach(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue judging = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_EVALUATION, 2 };
    const sg_reading *r = f->r;
    const sg_cue *cue = sg_word_is_upos(r, word, SG_ADJ) ? sg_evaluation_cue(r, word) : NULL;
    uint32_t subject = sg_child(r, word, SG_NSUBJ);
    uint32_t clause = sg_child(r, word, SG_CCOMP);
    uint32_t who;

    if (cue == NULL || cue->strength < 2 || sg_child(r, word, SG_COP) == SG_NO_WORD ||
        sg_rule_speaker(f, word) == SG_NO_ACTOR)
        return;
    if (subject != SG_NO_WORD && !sg_word_is(r, subject, "it") && !sg_word_is(r, subject, "that") &&
        !sg_word_is(r, subject, "this"))
        return;
    who = sg_with_preposition(r, word, "of", 2);
    if (who == SG_NO_WORD && cue->sign < 0 && clause != SG_NO_WORD &&
        sg_child_is(r, clause, SG_MARK, "that"))
        who = sg_subject_of(r, clause);
    f->strength = judging.strength;
    if (who != SG_NO_WORD && sg_principal_at(r, who) != SG_NO_ACTOR && !sg_is_first_person(r, who))
        sg_rule_about(f, who, sg_rule_speaker(f, word), cue->sign * sg_negation(r, word), word,
                      &judging);
}

/* "Is out of touch", "out of line", "beyond the pale", says somebody. */
static void be_off(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue judging = { "", "", 1, SG_CUE_NOUN, SG_CUE_EVALUATION, 2 };
    static const char *const states[] = { "touch", "line", "control", "step", "question", "depth" };
    const sg_reading *r = f->r;
    uint32_t who = sg_child(r, noun, SG_NSUBJ);
    bool off = noun >= sg_sentence_first(r, noun) + 2 && sg_word_is(r, noun - 1, "of") &&
               sg_word_is(r, noun - 2, "out") && SG_IS_ONE_OF(r->lower[noun], states);

    if (!off || who == SG_NO_WORD || sg_child(r, noun, SG_COP) == SG_NO_WORD ||
        sg_rule_speaker(f, noun) == SG_NO_ACTOR || sg_is_first_person(r, who))
        return;
    f->strength = judging.strength;
    sg_rule_about(f, who, sg_rule_speaker(f, noun), -sg_negation(r, noun), noun, &judging);
}

/* "Now is the time for it", "this is not the time for it", says somebody. */
static void be_time(sg_rule_finder *f, uint32_t noun)
{
    static const sg_cue call = { "", "", 1, SG_CUE_NOUN, SG_CUE_DEMAND, 2 };
    static const char *const subjects[] = { "this", "now", "it" };
    const sg_reading *r = f->r;
    uint32_t subject = sg_child(r, noun, SG_NSUBJ);
    uint32_t thing =
        sg_word_is(r, noun, "time") ? sg_with_preposition(r, noun, "for", 3) : SG_NO_WORD;

    if (subject == SG_NO_WORD)
        subject = sg_child(r, noun, SG_ADVMOD);
    if (thing == SG_NO_WORD || subject == SG_NO_WORD ||
        !SG_IS_ONE_OF(r->lower[subject], subjects) || sg_child(r, noun, SG_COP) == SG_NO_WORD)
        return;
    f->strength = call.strength;
    sg_rule_about(f, thing, sg_rule_speaker(f, noun), sg_negation(r, noun), noun, &call);
}

/* "Shares her dislike of it": too. */
static void share(sg_rule_finder *f, uint32_t verb)
{
    const sg_reading *r = f->r;
    uint32_t noun =
        strcmp(r->info[verb].lemma, "share") == 0 ? sg_child(r, verb, SG_OBJ) : SG_NO_WORD;
    const sg_cue *cue = noun != SG_NO_WORD ? sg_stance_cue(r, noun) : NULL;

    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0 || cue->strength < 2 ||
        sg_child(r, noun, SG_NMOD_POSS) == SG_NO_WORD)
        return;
    f->strength = cue->strength;
    sg_rule_apply(f, noun, sg_rule_holder(f, sg_subject_of(r, verb), verb), sg_negation(r, verb),
                  cue, 1);
}

void sg_rule_relate(sg_rule_finder *f, uint32_t word)
{
    const sg_reading *r = f->r;

    f->strength = 0;
    reciprocate(f, word);
    seem(f, word);
    fare(f, word);
    if (sg_word_is_upos(r, word, SG_NOUN)) {
        divide(f, word);
        acquit(f, word);
        be_off(f, word);
        be_time(f, word);
    }
    if (sg_word_is_upos(r, word, SG_VERB)) {
        equip(f, word);
        receive(f, word);
        stress(f, word);
        share(f, word);
    }
    side_with(f, word);
    reproach(f, word);
    if (sg_word_is_upos(r, word, SG_ADV))
        perform(f, word);
    suit(f, word);
}
