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
                                         "lament", "draw",   "emphasise", "invoke",  "question" };
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
    if (thing == SG_NO_WORD && sg_child(r, verb, SG_XCOMP) != SG_NO_WORD) /* "keep it open" */
        thing = sg_with_preposition(r, sg_child(r, verb, SG_XCOMP), "without", 7);
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

/* The actor that is named like that: "clinton" of "pro-Clinton"; the one named last before `word`,
 * or SG_NO_ACTOR. */
static uint32_t actor_called(const sg_reading *r, const char *lower, uint32_t word)
{
    uint32_t found = SG_NO_ACTOR;
    size_t len = strlen(lower);

    for (size_t i = 0; i < r->mention_count && len > 1; i++) {
        const sg_mention *m = &r->mentions[i];

        for (uint32_t w = m->head; w < m->head + 3 && w < r->word_count; w++) {
            if (m->kind == SG_MENTION_NAME && r->mention_at[w] == i &&
                strcmp(r->lower[w], lower) == 0 && (found == SG_NO_ACTOR || m->head < word))
                found = m->actor;
        }
    }
    return found;
}

/* "A, a pro-levy councillor", "the anti-levy campaigner A", "a pro-B group": for or against it. */
static void take_prefix(sg_rule_finder *f, uint32_t word)
{
    static const sg_cue siding = { "", "", 1, SG_CUE_ADJECTIVE, SG_CUE_ATTITUDE, 3 };
    sg_reading *r = f->r;
    const char *thing = strncmp(r->lower[word], "pro-", 4) == 0    ? r->lower[word] + 4
                        : strncmp(r->lower[word], "anti-", 5) == 0 ? r->lower[word] + 5
                                                                   : NULL;
    int sign = r->lower[word][0] == 'p' ? 1 : -1;
    uint32_t noun = r->info[word].head;
    uint32_t holder;
    uint32_t position;
    uint32_t actor;

    if (thing == NULL || noun == SG_NO_WORD || noun < word ||
        !(sg_is_person_noun(r, noun) || sg_principal_at(r, noun) != SG_NO_ACTOR ||
          (r->classes[noun] & (SG_CLASS_ORG_ANY | SG_CLASS_COLLECTIVE)) != 0))
        return;
    holder = sg_rule_named(f, noun);
    if (holder == SG_NO_ACTOR)
        holder = sg_actor_or_group_at(r, noun);
    position = r->options.codebook != NULL ? sg_position_at(r, word) : SG_NO_POSITION;
    f->strength = siding.strength;
    if (position != SG_NO_POSITION) {
        sg_rule_add(f, holder, strstr(r->positions[position].name, "anti") != NULL ? 1 : sign,
                    SG_TARGET_POSITION, position, word, &siding);
        return;
    }
    actor = actor_called(r, thing, word);
    if (actor != SG_NO_ACTOR)
        sg_rule_add(f, holder, sign, SG_TARGET_ACTOR, actor, word, &siding);
}

/* "Made it a priority", "made it one of her signature issues": who does so is for it. */
static void put_first(sg_rule_finder *f, uint32_t verb)
{
    static const sg_cue aim = { "", "", 1, SG_CUE_VERB, SG_CUE_DEMAND, 2 };
    static const char *const aims[] = { "priority", "cornerstone", "centerpiece", "centrepiece",
                                        "hallmark", "mission",     "cause",       "goal",
                                        "pillar",   "plank",       "crusade",     "condition" };
    static const char *const main_ones[] = { "signature", "key", "top", "central", "main" };
    const sg_reading *r = f->r;
    uint32_t thing = SG_NO_WORD;
    uint32_t noun = SG_NO_WORD;

    if (strcmp(r->info[verb].lemma, "make") != 0 || sg_is_open(r, verb))
        return;
    for (uint32_t w = verb + 1; w < verb + 25 && w < sg_sentence_past(r, verb); w++) {
        bool issue = strcmp(r->info[w].lemma, "issue") == 0 && w > verb + 1 &&
                     SG_IS_ONE_OF(r->lower[w - 1], main_ones);

        if (sg_is_below(r, w, verb) && (issue || SG_IS_ONE_OF(r->info[w].lemma, aims))) {
            noun = w;
            break;
        }
    }
    if (noun == SG_NO_WORD)
        return;
    for (uint32_t w = verb + 1; w < noun && thing == SG_NO_WORD; w++) {
        uint32_t head = r->info[w].head;

        if ((head == verb || head == noun || (head != SG_NO_WORD && sg_word_is(r, head, "one"))) &&
            (sg_word_is_rel(r, w, SG_OBJ) || sg_word_is_rel(r, w, SG_CCOMP) ||
             sg_word_is_rel(r, w, SG_XCOMP) || sg_word_is_rel(r, w, SG_NSUBJ) ||
             sg_word_is_rel(r, w, SG_COMPOUND) || sg_word_is_rel(r, w, SG_CSUBJ) ||
             sg_word_is_rel(r, w, SG_ADVCL)) &&
            !sg_word_is(r, w, "one") && !SG_IS_ONE_OF(r->lower[w], main_ones))
            thing = w;
    }
    if (thing == SG_NO_WORD)
        return;
    f->strength = aim.strength;
    if (sg_is_ing(r, thing))
        sg_rule_follow(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                       sg_negation(r, verb), verb, &aim, 1);
    else
        sg_rule_about_noun(f, thing, sg_rule_holder(f, sg_subject_of(r, verb), verb),
                           sg_negation(r, verb), verb, &aim, 1);
}

/* "A leads among women", "is ahead among them": they are for A. */
static void lead_among(sg_rule_finder *f, uint32_t word)
{
    static const char *const verbs[] = { "lead", "win", "ahead", "dominate", "popular", "favored" };
    const sg_reading *r = f->r;
    uint32_t who = SG_IS_ONE_OF(r->info[word].lemma, verbs) || sg_word_is(r, word, "ahead")
                       ? sg_subject_of(r, word)
                       : SG_NO_WORD;
    uint32_t group = who != SG_NO_WORD ? sg_with_preposition(r, word, "among", 5) : SG_NO_WORD;

    if (who != SG_NO_WORD && group == SG_NO_WORD) {
        uint32_t below = sg_child(r, word, SG_OBL);

        group = below != SG_NO_WORD ? sg_with_preposition(r, below, "among", 5) : SG_NO_WORD;
    }
    if (group == SG_NO_WORD || sg_principal_at(r, who) == SG_NO_ACTOR)
        return;
    f->strength = following.strength;
    sg_rule_about(f, who, sg_rule_holder(f, group, word), sg_negation(r, word), word, &following);
}

/* "Worked with A to stop it", "teamed up with A to do it": A too. */
static void join_in(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = {
        "work",        "team",  "partner",   "join",     "ally",
        "collaborate", "unite", "cooperate", "conspire", "collude"
    };
    static const sg_cue joint = { "", "", 1, SG_CUE_VERB, SG_CUE_ACT, 2 };
    const sg_reading *r = f->r;
    uint32_t with = sg_with_preposition(r, verb, "with", 4);
    uint32_t clause = sg_child(r, verb, SG_ADVCL);

    if (clause == SG_NO_WORD)
        clause = sg_child(r, verb, SG_XCOMP);
    if (with == SG_NO_WORD || clause == SG_NO_WORD || !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ||
        !sg_child_is(r, clause, SG_MARK, "to") || sg_principal_at(r, with) == SG_NO_ACTOR)
        return;
    f->strength = joint.strength;
    sg_rule_follow(f, clause, sg_rule_holder(f, with, verb), sg_negation(r, verb), verb, &joint, 1);
}

/* "Made A uneasy", "left A furious": A of what did. */
static void unsettle(sg_rule_finder *f, uint32_t verb)
{
    static const char *const lemmas[] = { "make", "leave", "render", "keep" };
    const sg_reading *r = f->r;
    uint32_t feeling = sg_child(r, verb, SG_XCOMP);
    uint32_t who = sg_child(r, verb, SG_OBJ);
    uint32_t thing = sg_subject_of(r, verb);
    const sg_cue *cue;

    if (feeling == SG_NO_WORD || who == SG_NO_WORD || thing == SG_NO_WORD ||
        !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || !sg_word_is_upos(r, feeling, SG_ADJ))
        return;
    cue = sg_stance_cue(r, feeling);
    if (cue == NULL || cue->class != SG_CUE_ADJECTIVE || cue->sign == 0 || cue->strength < 2 ||
        sg_with_preposition(r, feeling, "about", 5) != SG_NO_WORD ||
        sg_with_preposition(r, feeling, "of", 2) != SG_NO_WORD)
        return;
    f->strength = following.strength;
    sg_rule_about(f, thing, sg_rule_holder(f, who, verb), cue->sign * sg_negation(r, verb), verb,
                  &following);
}

/* "Is headed in the wrong direction", "is on the wrong track", says somebody. */
static void head_for(sg_rule_finder *f, uint32_t noun)
{
    static const char *const nouns[] = { "direction", "track", "path", "road", "way" };
    static const char *const verbs[] = { "head", "move", "go", "take", "steer" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[noun].head;
    int sign = sg_child_is(r, noun, SG_AMOD, "wrong")   ? -1
               : sg_child_is(r, noun, SG_AMOD, "right") ? 1
                                                        : 0;
    uint32_t thing;

    if (sign == 0 || verb == SG_NO_WORD || !SG_IS_ONE_OF(r->info[noun].lemma, nouns) ||
        !SG_IS_ONE_OF(r->info[verb].lemma, verbs) || sg_rule_speaker(f, noun) == SG_NO_ACTOR)
        return;
    thing = sg_child(r, verb, SG_NSUBJ_PASS);
    if (thing == SG_NO_WORD)
        thing = sg_subject_of(r, verb);
    f->strength = following.strength;
    if (thing != SG_NO_WORD && !sg_is_first_person(r, thing))
        sg_rule_about(f, thing, sg_rule_speaker(f, noun), sign * sg_negation(r, verb), noun,
                      &following);
}

void sg_rule_imply(sg_rule_finder *f, uint32_t word)
{
    const sg_reading *r = f->r;

    f->strength = 0;
    if (sg_word_is_upos(r, word, SG_NOUN)) {
        threaten(f, word);
        point_out(f, word);
        decline(f, word);
        head_for(f, word);
    }
    if (sg_word_is_upos(r, word, SG_VERB)) {
        depend_on(f, word);
        appeal(f, word);
        denounce(f, word);
        exclude(f, word);
        direct(f, word);
        put_first(f, word);
        unsettle(f, word);
        join_in(f, word);
    }
    lead_among(f, word);
    take_prefix(f, word);
    lag(f, word);
}
