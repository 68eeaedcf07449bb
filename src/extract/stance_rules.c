#include "stance_rules.h"

#include <string.h>

/* From a cue down to what its holder is for or against: each negation and each cue on the way turns
 * the sign ("refused to support"), and what is joined by "but not" or "rather than" has the other
 * one. */

#define DEEPEST 6 /* cues inside cues */

/* Without a codebook, asking would make a position. */
static uint32_t coded_at(sg_reading *r, uint32_t head)
{
    return r->options.codebook != NULL ? sg_position_at(r, head) : SG_NO_POSITION;
}

bool sg_rule_add(sg_rule_finder *f, uint32_t holder, int sign, sg_target_kind kind, uint32_t target,
                 uint32_t word, const sg_cue *cue)
{
    int strength = cue->strength > f->strength ? cue->strength : f->strength;
    sg_candidate *candidate;

    if (holder == SG_NO_ACTOR || (kind == SG_TARGET_ACTOR && target == holder))
        return false;
    SG_ARENA_GROW(f->r->arena, f->out->items, f->out->capacity, f->out->count + 1);
    candidate = &f->out->items[f->out->count++];
    candidate->holder = holder;
    candidate->sign = sign;
    candidate->target_kind = kind;
    candidate->target = target;
    candidate->reference = SG_NO_WORD;
    candidate->word = word;
    candidate->mode = (sg_mode) f->speech->mode[word];
    candidate->certainty = strength >= 2 ? SG_EXPLICIT : SG_IMPLIED;
    candidate->confidence = 0.3F + 0.2F * (float) strength;
    return true;
}

/* "Backed the levy but not closing the pool", "rather than close it", "voted against the levy and
 * for the toll". */
static int sign_of_joined(const sg_reading *r, uint32_t from, uint32_t joined, int sign)
{
    if ((sg_has_case(r, from, "against") && sg_has_case(r, joined, "for")) ||
        (sg_has_case(r, from, "for") && sg_has_case(r, joined, "against")))
        return -sign;
    if (sg_negation(r, from) < 0 && sg_child_is(r, joined, SG_CC, "but"))
        return -sign; /* "not to close it but to sell it" */
    for (uint32_t c = sg_sentence_first(r, joined); c < joined; c++) {
        bool here = r->info[c].head == joined || c + 1 == joined;

        if (here && (sg_is_negator(r, c) || sg_is_instead_of(r, c)))
            return -sign;
    }
    return sign;
}

/* "She opposes the levy, which he supports; it is ...": what was named last before the word in its
 * sentence, by a cue or at all. */
static uint32_t referred_to(const sg_rule_finder *f, uint32_t word)
{
    uint32_t sentence = f->r->sentence_of[word];
    uint32_t found = SG_NO_POSITION;
    uint32_t at = 0;

    if (f->position != SG_NO_POSITION && f->position_word < word &&
        sentence == f->r->sentence_of[f->position_word])
        return f->position;
    for (size_t i = 0; f->named != NULL && i < f->named[sentence].count; i++) {
        const sg_naming *naming = &f->named[sentence].items[i];

        if (naming->word > word &&
            (sg_has_case(f->r, naming->word, "of") || sg_has_case(f->r, naming->word, "about")) &&
            f->r->info[naming->word].head != SG_NO_WORD &&
            (f->r->classes[f->r->info[naming->word].head] & SG_CLASS_SPEECH) != 0)
            return naming->position; /* "It is a disaster," she said of the deal */
        if (naming->word < word && (found == SG_NO_POSITION || naming->word > at)) {
            found = naming->position;
            at = naming->word;
        }
    }
    return found;
}

/* "Criticised his comments", "the decision of the board": who made them, too. */
static void about_owner(sg_rule_finder *f, uint32_t noun, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue)
{
    const sg_reading *r = f->r;

    for (uint32_t w = sg_sentence_first(r, noun); w < sg_sentence_past(r, noun); w++) {
        bool owns =
            r->info[w].head == noun && ((w < noun && sg_word_is_rel(r, w, SG_NMOD_POSS)) ||
                                        (w > noun && sg_has_case(r, w, "of") &&
                                         (sg_is_conduct(r, noun) || sg_is_departure(r, noun) ||
                                          sg_evaluation_cue(r, noun) != NULL)));
        uint32_t actor = owns ? sg_principal_at(r, w) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            (void) sg_rule_add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, cue);
    }
}

/* True if the word says nothing against what stands below it. */
static bool lets_through(const sg_reading *r, uint32_t word)
{
    const sg_cue *cue = sg_stance_cue(r, word);

    return (cue == NULL || cue->sign >= 0 || cue->strength < 2) && !sg_is_undoing(r, word) &&
           sg_negation(r, word) > 0;
}

/* A codebook may name a position by more than the phrase: by words around it, or far from it in the
 * sentence. The position that is named at the word, or at what stands right below it. */
static const sg_naming *named_below(const sg_rule_finder *f, uint32_t target)
{
    static const sg_deprel rels[] = { SG_NMOD, SG_COMPOUND, SG_AMOD, SG_OBJ, SG_NSUBJ_PASS };
    const sg_reading *r = f->r;
    uint32_t sentence = r->sentence_of[target];

    for (size_t i = 0; f->named != NULL && i < f->named[sentence].count; i++) {
        const sg_naming *naming = &f->named[sentence].items[i];
        uint32_t word = naming->word;

        for (int step = 0; step < 3 && word != target; step++) {
            bool below = false;

            for (size_t k = 0; k < sizeof rels / sizeof *rels; k++)
                below = below || sg_word_is_rel(r, word, rels[k]);
            if (!below || r->info[word].head == SG_NO_WORD)
                break;
            word = r->info[word].head;
            if (word != target && !lets_through(r, word))
                break;
        }
        if (word == target && !sg_has_case(r, naming->word, "than"))
            return naming;
    }
    return NULL;
}

/* "Him", "his predecessor A". */
static uint32_t actor_named(const sg_reading *r, uint32_t word)
{
    static const sg_deprel names[] = { SG_APPOS, SG_FLAT };
    uint32_t mention = r->mention_at[word];
    uint32_t actor = sg_principal_at(r, word);

    if (actor != SG_NO_ACTOR && mention != SG_NO_MENTION && r->mentions[mention].head != word &&
        r->actors[actor].kind == SG_ACTOR_GROUP)
        return SG_NO_ACTOR; /* "the levy" of "critics of the levy" */

    for (size_t i = 0; i < sizeof names / sizeof *names && actor == SG_NO_ACTOR; i++) {
        uint32_t name = sg_child(r, word, names[i]);

        actor = name != SG_NO_WORD && sg_word_is_upos(r, name, SG_PROPN) ? sg_principal_at(r, name)
                                                                         : SG_NO_ACTOR;
    }
    return actor;
}

/* "An anti-levy group", unless the position is called so. */
static bool is_anti(const sg_reading *r, uint32_t noun, uint32_t position)
{
    const char *name = r->positions[position].name;

    if (strstr(name, "anti") != NULL || strstr(name, "Anti") != NULL)
        return false;
    for (uint32_t w = noun + 1; w-- > sg_sentence_first(r, noun) && w + 6 > noun;) {
        if (w != noun && !sg_is_below(r, w, noun))
            break;
        if (strncmp(r->lower[w], "anti-", 5) == 0 ||
            (sg_word_is(r, w, "anti") && sg_is_hyphen(r, w + 1)))
            return true;
    }
    return false;
}

/* "Left him at the airport", "introduced her": no side of hers. */
static bool is_company(const sg_reading *r, uint32_t actor, uint32_t verb)
{
    static const char *const lemmas[] = { "leave", "introduce", "remember" };

    return r->actors[actor].kind == SG_ACTOR_PERSON && SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* Praise, blame and the like, which take people for their target. */
static bool takes_people(const sg_cue *cue)
{
    return cue->sign != 0 && cue->strength > 2 &&
           (cue->kind == SG_CUE_BLAME || cue->kind == SG_CUE_PRAISE);
}

void sg_rule_about(sg_rule_finder *f, uint32_t target, uint32_t holder, int sign, uint32_t cue_word,
                   const sg_cue *cue)
{
    uint32_t position;
    uint32_t actor;
    bool refers;

    target = sg_relative_antecedent(f->r, target); /* "a plan which she opposes" */
    if (sg_word_is(f->r, target, "you") && f->r->info[target].head != SG_NO_WORD &&
        sg_child(f->r, f->r->info[target].head, SG_VOCATIVE) != SG_NO_WORD)
        target = sg_child(f->r, f->r->info[target].head, SG_VOCATIVE); /* "thank you, Anna" */
    position = sg_position_at(f->r, target);
    if (position != SG_NO_POSITION && sg_only_treats(f->r, target) &&
        sg_position_named_by(f->r, target) == SG_NO_POSITION)
        return; /* "released a report on it" */
    if (position != SG_NO_POSITION)
        sign *= sg_position_turn(f->r, target) * (is_anti(f->r, target, position) ? -1 : 1);
    actor = actor_named(f->r, target);

    if (actor == holder && sg_refers_back(f->r, target))
        actor = SG_NO_ACTOR; /* "finding it unlawful": not itself */
    if (actor == SG_NO_ACTOR && position == SG_NO_POSITION && takes_people(cue) &&
        (f->r->info[target].features & SG_FEAT_PLURAL) != 0)
        actor = sg_make_group_at(f->r, target); /* "insulted women" */
    if (actor != SG_NO_ACTOR && is_company(f->r, actor, cue_word))
        return;
    if (actor != SG_NO_ACTOR) {
        (void) sg_rule_add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, cue);
        return;
    }
    if (position == SG_NO_POSITION) {
        const sg_naming *naming = named_below(f, target);

        if (naming != NULL) {
            sg_position_name name = sg_position_name_of(f->r, naming->position);

            position = naming->position;
            if (!naming->head && sg_names_undone(f->r, &name, naming->word, naming->word + 1))
                sign = -sign;
        }
    }
    refers = position == SG_NO_POSITION && !sg_is_counter(f->r, target) &&
             (sg_refers_back(f->r, target) ||
              (sg_word_is_rel(f->r, target, SG_APPOS) && /* "closed it, a move that she backs" */
               sg_is_kind_of_proposal(f->r->info[target].lemma)));
    if (refers)
        position = referred_to(f, target);
    if (sg_is_departure(f->r, target)) {
        if (cue->sign <= 0 || sign > 0) /* not to ask for it is no praise */
            about_owner(f, target, holder, -sign, cue_word, cue); /* "demanded her resignation" */
    } else if (cue->kind == SG_CUE_ATTITUDE || cue->kind == SG_CUE_BLAME ||
               cue->kind == SG_CUE_PRAISE ||
               (cue->kind == SG_CUE_EVALUATION && sg_is_conduct(f->r, target)))
        about_owner(f, target, holder, sign, cue_word, cue);
    if (position != SG_NO_POSITION) {
        f->position = position;
        f->position_word = target;
        (void) sg_rule_add(f, holder, sign, SG_TARGET_POSITION, position, cue_word, cue);
    } else if (refers && !sg_word_is(f->r, target, "that") &&
               sg_rule_add(f, holder, sign, SG_TARGET_POSITION, SG_NO_POSITION, cue_word, cue)) {
        f->out->items[f->out->count - 1].reference = target;
    } else if (f->r->event_at[target] != SG_NO_EVENT)
        (void) sg_rule_add(f, holder, sign, SG_TARGET_EVENT, f->r->event_at[target], cue_word, cue);
}

static void each_joined_deed(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                             const sg_cue *cue);

/* "Passed resolutions in May against it", "cannot save the town without it". */
static bool is_named_against(const sg_rule_finder *f, uint32_t position, uint32_t word)
{
    uint32_t sentence = f->r->sentence_of[word];

    for (size_t i = 0; f->named != NULL && i < f->named[sentence].count; i++) {
        const sg_naming *naming = &f->named[sentence].items[i];

        if (naming->position == position)
            return sg_has_case(f->r, naming->word, "against") ||
                   sg_has_case(f->r, naming->word, "without");
    }
    return false;
}

/* "Held them in contempt", of the citation for contempt. */
static bool is_in_cue(const sg_position_name *name, const sg_cue *cue)
{
    const char *last = strrchr(cue->rest, ' ') != NULL ? strrchr(cue->rest, ' ') + 1 : "";
    uint64_t stem = sg_position_stem_hash(last, strlen(last));

    for (size_t i = 0; i < name->count && strlen(last) > 4; i++) {
        if (name->stems[i] == stem)
            return true;
    }
    return false;
}

/* True if doing it is a position of its own: "impose the contract" is about the imposition, not the
 * contract, where the codebook knows both; "drop the plan" matches the plan either way. What undoes
 * something is a position of its own only where it says what the head of the name says. */
static bool is_deed(sg_rule_finder *f, uint32_t verb, const sg_cue *cue)
{
    uint32_t object;
    uint32_t deed;
    sg_position_name name;

    if (f->r->options.codebook == NULL || cue->class != SG_CUE_VERB ||
        (cue->kind != SG_CUE_ACT && cue->sign > 0))
        return false;
    deed = sg_position_at(f->r, verb);
    if (deed == SG_NO_POSITION || is_named_against(f, deed, verb))
        return false;
    name = sg_position_name_of(f->r, deed);
    if (cue->sign < 0 && (sg_says_head(f->r, &name, verb) || is_in_cue(&name, cue)))
        return true; /* "reduce corruption", of the reduction of corruption */
    if (cue->kind != SG_CUE_ACT)
        return false;
    for (uint32_t w = verb + 1; w < sg_sentence_past(f->r, verb) && cue->sign < 0; w++) {
        if (sg_says_head(f->r, &name, w) && sg_is_below(f->r, w, verb))
            return false; /* "end deportations", of deportations */
    }
    object = sg_frame_object(f->r, verb, cue->rest);
    if (object != SG_NO_WORD && sg_is_treatise(f->r, object))
        return false; /* "released a report on Monday on it" */
    if (object != SG_NO_WORD &&
        (sg_position_at(f->r, object) == deed ||
         (sg_is_counter(f->r, object) && !sg_is_deed_of(f->r, &name, object, false))))
        return false; /* "launched a challenge to it" */
    if (object == SG_NO_WORD && (sg_child(f->r, verb, SG_XCOMP) != SG_NO_WORD ||
                                 sg_child(f->r, verb, SG_CCOMP) != SG_NO_WORD))
        return false; /* "planned to stop it" */
    return cue->sign > 0 || sg_is_deed_of(f->r, &name, verb, true);
}

/* "Voted against the levy but for the toll". */
static bool is_opposite(const sg_reading *r, uint32_t joined, const char *preposition)
{
    return (strcmp(preposition, "for") == 0 && sg_has_case(r, joined, "against")) ||
           (strcmp(preposition, "against") == 0 && sg_has_case(r, joined, "for"));
}

/* "Did not want to leave but saw no way to stay": no second wish. */
static bool is_told(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    return cue->kind == SG_CUE_DEMAND && (r->info[verb].features & SG_FEAT_PAST) != 0 &&
           (r->info[verb].features & SG_FEAT_PARTICIPLE) == 0;
}

/* Joined to the verb by the tree: "backed it but not closing the pool" is joined to the object by
 * the sense, and "will cut it rather than close the pool" says what is not done. */
static void each_joined_deed(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                             const sg_cue *cue)
{
    const sg_reading *r = f->r;

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        int turned = sign_of_joined(r, verb, w, sign);
        bool joined =
            sg_word_is_rel(r, w, SG_CONJ) || (sg_word_is_rel(r, w, SG_ADVCL) && turned != sign &&
                                              !sg_child_is(r, w, SG_MARK, "for"));

        if (r->info[w].head == verb && sg_stands_instead(r, w))
            sg_rule_about(f, w, holder, -sign, verb, cue);
        if (w == verb || r->info[w].head != verb || !joined)
            continue;
        if (is_opposite(r, w, cue->rest))
            sg_rule_about(f, w, holder, -sign, verb, cue);
        else if (sg_word_is_upos(r, w, SG_VERB) && sg_child(r, w, SG_NSUBJ) == SG_NO_WORD &&
                 (sg_is_ing(r, w) || (turned != sign && !is_told(r, w, cue))))
            sg_rule_about(f, w, holder, turned, verb, cue);
    }
}

static bool is_own_noun(const sg_rule_finder *f, uint32_t noun, uint32_t holder)
{
    uint32_t owner = sg_child(f->r, noun, SG_NMOD_POSS);

    return owner == SG_NO_WORD || sg_principal_at(f->r, owner) == holder;
}

static bool about_demanded(sg_rule_finder *f, uint32_t noun, uint32_t holder, int sign,
                           uint32_t cue_word, const sg_cue *cue)
{
    uint32_t thing;
    uint32_t deed = sg_demanded_deed(f->r, noun, &thing);
    const sg_cue *side = deed != SG_NO_WORD ? sg_stance_cue(f->r, deed) : NULL;

    if (deed == SG_NO_WORD)
        return false;
    f->done[noun] = true;
    f->done[deed] = true;
    if (side != NULL && side->sign < 0)
        sign = -sign;
    sg_rule_about(f, thing, holder, sign * sg_negation(f->r, deed), cue_word, cue);
    return true;
}

static bool is_deed_named(const sg_reading *r, uint32_t position, uint32_t word)
{
    sg_position_name name;

    if (position == SG_NO_POSITION)
        return false;
    name = sg_position_name_of(r, position);
    return sg_is_deed_of(r, &name, word, false) ||
           (name.opposes && sg_is_counter(r, word) && sg_is_opposing(r->info[word].lemma));
}

/* What hangs on a noun that is a cue or undoes it; `owned`: who is not named there may own it. */
static void about_below(sg_rule_finder *f, uint32_t below, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue, int depth, bool owned)
{
    uint32_t position = sg_position_at(f->r, below);

    if (sg_is_counter(f->r, below) && depth < DEEPEST && !is_deed_named(f->r, position, below)) {
        f->done[below] = true; /* "her protest of the refusal to build it" */
        sg_rule_about_noun(f, below, holder, sign, cue_word, cue, depth + 1);
    } else if (position != SG_NO_POSITION || actor_named(f->r, below) != SG_NO_ACTOR) {
        sg_rule_about(f, below, holder, sign, cue_word, cue);
    } else if (owned) {
        about_owner(f, below, holder, sign, cue_word, cue);
    }
}

/* "Joined the protest against the levy": against the levy, what names it last. A noun that is a cue
 * has turned what comes below it; the noun with all below it may be a position too ("the ban on
 * X"). */
void sg_rule_about_noun(sg_rule_finder *f, uint32_t noun, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue, int depth)
{
    const sg_cue *inner = sg_word_is_upos(f->r, noun, SG_NOUN) ? sg_stance_cue(f->r, noun) : NULL;
    uint32_t plan = sg_plan_of(f->r, noun);
    uint32_t claim = sg_claimed(f->r, noun);
    uint32_t below;
    uint32_t position;
    int turn = inner != NULL && inner->sign != 0 &&
                       (inner->strength > 1 || (inner->sign < 0 && sg_is_undoing(f->r, noun)))
                   ? inner->sign
                   : 1;

    if ((sg_has_no(f->r, noun) && !sg_is_subject_of(f->r, noun, cue_word)) ||
        sg_is_not_to(f->r, noun))
        sign = -sign;
    if (sg_excepted(f->r, noun) != SG_NO_WORD)
        sg_rule_about(f, sg_excepted(f->r, noun), holder, -sign, cue_word, cue);
    if (claim != SG_NO_WORD && depth < DEEPEST) {
        sg_rule_follow(f, claim, holder, sign, cue_word, cue, depth + 1);
        return;
    }
    if (about_demanded(f, noun, holder, sign, cue_word, cue))
        return;
    if (sg_known_by(f->r, noun, cue) != SG_NO_WORD && depth < DEEPEST) {
        sg_rule_follow(f, sg_known_by(f->r, noun, cue), holder, sign, cue_word, cue, depth + 1);
        return;
    }
    position = coded_at(f->r, noun);
    if (is_deed_named(f->r, position, noun)) {
        f->done[noun] = f->done[noun] || is_own_noun(f, noun, holder);
        sg_rule_about_joined(f, noun, holder, sign, cue_word, cue);
        return; /* "the closure of the library" is what the name says */
    }

    below = sg_below_noun(f->r, noun, inner, &turn);
    if (below != SG_NO_WORD && inner != NULL && is_own_noun(f, noun, holder)) {
        f->done[noun] = true; /* "revoked their support for it" */
        if (f->strength < inner->strength)
            f->strength = inner->strength;
    }
    position = below != SG_NO_WORD ? sg_position_at(f->r, below) : SG_NO_POSITION;
    if (f->r->options.codebook == NULL || sg_position_named_by(f->r, noun) != SG_NO_POSITION)
        sg_rule_about_joined(f, noun, holder, sign, cue_word, cue);
    else if (plan != SG_NO_WORD && depth < DEEPEST) {
        if (cue->kind == SG_CUE_ATTITUDE || cue->kind == SG_CUE_BLAME || cue->kind == SG_CUE_PRAISE)
            about_owner(f, noun, holder, sign, cue_word, cue); /* "criticised her plan to" */
        sg_rule_follow(f, plan, holder, sg_takes_infinitive(f->r, noun, inner) ? sign * turn : sign,
                       cue_word, cue, depth + 1);
    } else if (position == SG_NO_POSITION)
        sg_rule_about_joined(f, noun, holder,
                             below == SG_NO_WORD && sg_position_at(f->r, noun) != SG_NO_POSITION
                                 ? sign * turn
                                 : sign,
                             cue_word, cue);
    if (below != SG_NO_WORD && below != plan)
        about_below(f, below, holder, sign * turn, cue_word, cue, depth,
                    inner != NULL && inner->strength > 1);
}

/* "She warned that she would close it": what one threatens to do oneself, one is for. */
static bool is_about_self(const sg_rule_finder *f, uint32_t word, uint32_t holder)
{
    static const char *const threats[] = { "warn", "threaten", "caution" };
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, word, SG_CCOMP);
    uint32_t subject = clause != SG_NO_WORD ? sg_subject_of(r, clause) : SG_NO_WORD;

    return subject != SG_NO_WORD && SG_IS_ONE_OF(r->info[word].lemma, threats) &&
           sg_actor_at(r, subject) == holder;
}

/* "Filed suit to stop it": the clause says what for, while "refused to stop it" denies it. */
static bool is_purpose(const sg_reading *r, uint32_t clause, const sg_cue *cue)
{
    return cue->kind == SG_CUE_ACT && cue->sign < 0 && cue->class == SG_CUE_VERB &&
           (r->info[clause].features & SG_FEAT_INFINITIVE) != 0 &&
           (sg_word_is_rel(r, clause, SG_ADVCL) || sg_word_is_rel(r, clause, SG_ACL));
}

/* "Keep it open", "want the library shut": how the verb wants its object to be; 0 if it does not
 * say. */
static int wanted_state(const sg_reading *r, uint32_t verb)
{
    static const char *const on[] = { "open", "alive", "intact", "going", "running",
                                      "safe", "on",    "up",     "in" };
    static const char *const off[] = { "shut",     "closed", "gone",  "dead", "out",
                                       "off",      "away",   "down",  "die",  "fail",
                                       "collapse", "expire", "lapse", "drop" };
    uint32_t state = sg_child(r, verb, SG_XCOMP);

    if (state == SG_NO_WORD && strcmp(r->info[verb].lemma, "want") == 0)
        state = sg_child(r, verb, SG_ADVMOD); /* "wants A out" */
    if (state == SG_NO_WORD || state < verb || sg_child(r, verb, SG_OBJ) == SG_NO_WORD ||
        sg_child(r, state, SG_MARK) != SG_NO_WORD)
        return 0;
    return SG_SIGN_IN(r->lower[state], on, off);
}

/* "Wants the levy cancelled", "would like it built": the participle, where a cue says what that
 * does; SG_NO_WORD. */
static uint32_t wanted_done(const sg_reading *r, uint32_t verb)
{
    uint32_t clause = sg_child(r, verb, SG_XCOMP);
    const sg_cue *cue = clause != SG_NO_WORD ? sg_stance_cue(r, clause) : NULL;

    return cue != NULL && cue->sign != 0 && cue->class == SG_CUE_VERB &&
                   sg_child(r, verb, SG_OBJ) != SG_NO_WORD &&
                   sg_child(r, clause, SG_MARK) == SG_NO_WORD &&
                   (r->info[clause].features & SG_FEAT_PARTICIPLE) != 0 &&
                   (r->info[clause].features & SG_FEAT_PAST) != 0
               ? clause
               : SG_NO_WORD;
}

/* "Have it suspended", "make sure that it goes", "work to stop it", "take steps to stop it": the
 * word with a side that a verb without one carries; SG_NO_WORD. */
static uint32_t carried_by(const sg_reading *r, uint32_t verb)
{
    static const sg_deprel rels[] = { SG_XCOMP, SG_CCOMP, SG_ADVCL };
    uint32_t object = sg_child(r, verb, SG_OBJ);
    uint32_t plan = object != SG_NO_WORD ? sg_plan_of(r, object) : SG_NO_WORD;

    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t clause = sg_child(r, verb, rels[i]);
        const sg_cue *cue = clause != SG_NO_WORD ? sg_stance_cue(r, clause) : NULL;

        if (cue != NULL && cue->sign != 0 && cue->class == SG_CUE_VERB &&
            (rels[i] != SG_ADVCL || sg_child_is(r, clause, SG_MARK, "to")) &&
            !sg_is_open(r, clause))
            return clause;
    }
    if (plan != SG_NO_WORD) {
        const sg_cue *cue = sg_stance_cue(r, plan);

        return cue != NULL && cue->sign != 0 ? plan : SG_NO_WORD;
    }
    return SG_NO_WORD;
}

/* "Accused him of blocking it": who blames him is for it. A noun that is a cue itself turns. */
static void about_charge(sg_rule_finder *f, uint32_t verb, uint32_t whom, uint32_t holder, int sign,
                         const sg_cue *cue, int depth)
{
    const sg_reading *r = f->r;
    bool charges = cue->kind == SG_CUE_BLAME || cue->kind == SG_CUE_PRAISE ||
                   cue->kind == SG_CUE_ATTITUDE ||
                   (cue->kind == SG_CUE_ACT && cue->sign < 0); /* "sued them over it" */
    uint32_t charge = charges && cue->class != SG_CUE_NOUN ? sg_charge_of(r, verb) : SG_NO_WORD;

    if (charge == SG_NO_WORD || charge == whom || depth >= DEEPEST || sg_is_lagging(r, charge) ||
        (sg_principal_at(r, whom) == SG_NO_ACTOR && !sg_has_case(r, charge, "over") &&
         !(r->classes[whom] & (SG_CLASS_ORG_ANY | SG_CLASS_PERSON_NOUN | SG_CLASS_COLLECTIVE))))
        return;
    if (sg_word_is_upos(r, charge, SG_VERB)) {
        const sg_cue *own = sg_stance_cue(r, charge);

        sg_rule_follow(f, charge, holder, sign, verb, cue, depth + 1);
        if (own != NULL && own->sign != 0) /* who is accused of backing it backs it */
            sg_rule_apply(f, charge, sg_principal_at(r, whom), 1, own, depth + 1);
    } else
        sg_rule_about_noun(f, charge, holder, sign, verb, cue, depth);
}

/* "Called for her to re-start it". */
static bool is_addressed(const sg_reading *r, uint32_t who)
{
    if (sg_principal_at(r, who) == SG_NO_ACTOR)
        return false;
    for (uint32_t w = who + 1; w < who + 4 && w < sg_sentence_past(r, who); w++) {
        if (sg_word_is(r, w, "to"))
            return true;
    }
    return false;
}

/* "Backs the region becoming a state", where the region is an actor: the becoming. */
static uint32_t doing(const sg_reading *r, uint32_t noun)
{
    uint32_t clause = sg_child(r, noun, SG_ACL);

    return clause != SG_NO_WORD && sg_principal_at(r, noun) != SG_NO_ACTOR &&
                   sg_child(r, clause, SG_MARK) == SG_NO_WORD && sg_is_ing(r, clause)
               ? clause
               : SG_NO_WORD;
}

/* "To close it", "(committed) to not closing it": a clause, whatever the tree calls it. */
static bool is_done(const sg_reading *r, uint32_t target)
{
    return (sg_is_clause(r, target) && !sg_word_is_upos(r, target, SG_PRON)) ||
           (sg_is_ing(r, target) && !sg_word_is_rel(r, target, SG_AMOD) &&
            !sg_word_is_rel(r, target, SG_OBJ));
}

static bool is_happening(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "become", "go",   "pass", "proceed",  "happen",
                                          "stand",  "take", "move", "continue", "survive" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas) && sg_negation(r, verb) > 0;
}

/* "Urged her to drop it", "stopped a law from allowing it". */
static bool about_asked(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                        const sg_cue *cue, int depth)
{
    bool asks = cue->kind != SG_CUE_BLAME && cue->kind != SG_CUE_PRAISE &&
                cue->class == SG_CUE_VERB && depth < DEEPEST;
    uint32_t deed = asks ? sg_asked_deed(f->r, word, cue) : SG_NO_WORD;

    if (deed == SG_NO_WORD)
        return false;
    if (is_happening(f->r, deed) && cue->kind != SG_CUE_DEMAND &&
        coded_at(f->r, sg_frame_object(f->r, word, cue->rest)) != SG_NO_POSITION) {
        sg_rule_about(f, sg_frame_object(f->r, word, cue->rest), holder, sign, word, cue);
        return true; /* "will not allow it to become law" */
    }
    if (sg_child_is(f->r, deed, SG_MARK, "from"))
        sg_rule_about_noun(f, sg_frame_object(f->r, word, cue->rest), holder, sign, word, cue,
                           depth);
    sg_rule_follow(f, deed, holder, sign, word, cue, depth + 1);
    return true;
}

/* "Prefers it to the levy", "supported A over B": the levy, B. */
static void about_less_liked(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                             const sg_cue *cue)
{
    static const char *const lemmas[] = { "support", "choose",  "pick",   "favor", "favour",
                                          "back",    "endorse", "prefer", "like" };
    uint32_t other = SG_NO_WORD;

    if (strcmp(f->r->info[word].lemma, "prefer") == 0) {
        other = sg_with_preposition(f->r, word, "to", 2);
        if (other == SG_NO_WORD && sg_child(f->r, word, SG_OBJ) != SG_NO_WORD)
            other = sg_with_preposition(f->r, sg_child(f->r, word, SG_OBJ), "to", 2);
    }
    if (other == SG_NO_WORD && cue->class == SG_CUE_VERB &&
        SG_IS_ONE_OF(f->r->info[word].lemma, lemmas))
        other = sg_with_preposition(f->r, word, "over", 4);
    if (other != SG_NO_WORD)
        sg_rule_about(f, other, holder, -sign, word, cue);
}

/* The nouns of a cue of several words say nothing by themselves: "withdrew her endorsement of". */
static void take_words(sg_rule_finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    size_t len = strcspn(cue->rest, " ");

    for (uint32_t w = word + 1; len > 0 && w < word + 6 && w < sg_sentence_past(r, word); w++) {
        if (sg_word_is_upos(r, w, SG_NOUN) && strlen(r->info[w].lemma) == len &&
            memcmp(r->info[w].lemma, cue->rest, len) == 0)
            f->done[w] = true;
    }
}

/* "A voted for the levy, with B opposing": what the sentence was about before. */
static void about_elided(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                         const sg_cue *cue)
{
    static const char *const lemmas[] = { "oppose",  "support", "vote",    "object",
                                          "dissent", "agree",   "approve", "disagree" };

    if (holder != SG_NO_ACTOR && cue->class == SG_CUE_VERB && cue->sign != 0 &&
        SG_IS_ONE_OF(f->r->info[verb].lemma, lemmas) && f->position != SG_NO_POSITION &&
        f->position_word < verb && f->r->sentence_of[f->position_word] == f->r->sentence_of[verb])
        (void) sg_rule_add(f, holder, sign, SG_TARGET_POSITION, f->position, verb, cue);
}

/* "Warned them not to drop it": what they are warned to do; SG_NO_WORD. */
static uint32_t advised_deed(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "warn", "caution", "threaten" };
    static const sg_deprel rels[] = { SG_XCOMP, SG_CCOMP, SG_ADVCL };

    if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || !sg_word_is_upos(r, verb, SG_VERB))
        return SG_NO_WORD;
    for (size_t i = 0; i < sizeof rels / sizeof *rels; i++) {
        uint32_t clause = sg_child(r, verb, rels[i]);

        if (clause != SG_NO_WORD && clause > verb && sg_child_is(r, clause, SG_MARK, "to") &&
            sg_child(r, clause, SG_NSUBJ) == SG_NO_WORD)
            return clause;
    }
    return SG_NO_WORD;
}

/* "Threatened a strike": what threatens is the deed itself. */
static bool is_threatened(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "action",    "sanction",   "sanctions", "veto",
                                          "lawsuit",   "boycott",    "ban",       "tariff",
                                          "strike",    "walkout",    "shutdown",  "revolt",
                                          "rebellion", "cut",        "blockade",  "review",
                                          "suit",      "legislation" };
    uint32_t object =
        strcmp(r->info[verb].lemma, "threaten") == 0 ? sg_child(r, verb, SG_OBJ) : SG_NO_WORD;

    return object != SG_NO_WORD && SG_IS_ONE_OF(r->info[object].lemma, lemmas);
}

static bool is_indefinite(const sg_reading *r, uint32_t noun)
{
    for (uint32_t w = sg_sentence_first(r, noun); w < noun; w++) {
        if (r->info[w].head == noun && (sg_word_is(r, w, "a") || sg_word_is(r, w, "an")))
            return true;
    }
    return false;
}

/* "We want a fair contract", "a deal that is good for us": not the one that there is, unless the
 * position is called so. */
static bool is_better_one(sg_rule_finder *f, uint32_t noun)
{
    const sg_reading *r = f->r;
    static const char *const qualities[] = { "fair",       "fairer",   "better",     "good",
                                             "decent",     "just",     "safe",       "safer",
                                             "reasonable", "sensible", "workable",   "affordable",
                                             "balanced",   "proper",   "sustainable" };
    uint32_t quality = sg_child(r, noun, SG_AMOD);
    uint32_t position = coded_at(f->r, noun);
    sg_position_name name;
    uint64_t stem;

    if (quality == SG_NO_WORD)
        quality = sg_child(r, noun, SG_ACL_RELCL);
    if (position == SG_NO_POSITION || quality == SG_NO_WORD || !is_indefinite(r, noun) ||
        !SG_IS_ONE_OF(r->lower[quality], qualities))
        return false;
    name = sg_position_name_of(r, position);
    stem = sg_position_stem_hash(r->lower[quality], strlen(r->lower[quality]));
    for (size_t i = 0; i < name.count; i++) {
        if (name.stems[i] == stem)
            return false;
    }
    f->judged[quality] = true;
    for (uint32_t w = quality + 1; w < sg_sentence_past(r, quality); w++) {
        if (r->info[w].head == quality && sg_word_is_rel(r, w, SG_CONJ))
            f->judged[w] = true;
    }
    return true;
}

/* "Blamed the delay on her": her; SG_NO_WORD. */
static uint32_t blamed_for(const sg_reading *r, uint32_t verb, uint32_t thing)
{
    uint32_t who;

    if (strcmp(r->info[verb].lemma, "blame") != 0 || !sg_word_is_upos(r, verb, SG_VERB) ||
        sg_principal_at(r, thing) != SG_NO_ACTOR)
        return SG_NO_WORD;
    who = sg_with_preposition(r, thing, "on", 2);
    if (who == SG_NO_WORD)
        who = sg_with_preposition(r, verb, "on", 2);
    return who != SG_NO_WORD && who > thing ? who : SG_NO_WORD;
}

/* "No" of "vote no on" is a part of the cue and turns nothing. */
static bool has_own_no(const sg_reading *r, uint32_t word, const sg_cue *cue)
{
    return strncmp(cue->rest, "no ", 3) == 0 && word + 1 < sg_sentence_past(r, word) &&
           sg_word_is(r, word + 1, "no") && r->info[word + 1].head == word &&
           sg_word_is_rel(r, word + 1, SG_ADVMOD);
}

/* The deed that the cue itself names: "extends it", of the extension, "impeached her". */
static void apply_deed(sg_rule_finder *f, uint32_t word, uint32_t holder, int above, int sign,
                       const sg_cue *cue)
{
    uint32_t object = sg_frame_object(f->r, word, cue->rest);

    if (f->strength < 2)
        f->strength = 2;
    sg_rule_about(f, word, holder, above, word, cue);
    if (object != SG_NO_WORD && cue->kind == SG_CUE_BLAME &&
        actor_named(f->r, object) != SG_NO_ACTOR)
        sg_rule_about(f, object, holder, sign, word, cue);
    each_joined_deed(f, word, holder, above, cue);
}

/* "What she said", "what she is doing": the saying; SG_NO_WORD. */
static uint32_t conduct_after(const sg_reading *r, uint32_t what)
{
    static const char *const lemmas[] = { "say",   "do",       "propose", "suggest",
                                          "write", "advocate", "offer",   "claim" };

    for (uint32_t w = what + 1; w < what + 10 && w < sg_sentence_past(r, what); w++) {
        if (sg_word_is_upos(r, w, SG_VERB))
            return SG_IS_ONE_OF(r->info[w].lemma, lemmas) ? w : SG_NO_WORD;
    }
    return SG_NO_WORD;
}

/* "Criticised how she handled it", "the way she handled it": her. True if it was taken so. */
static bool apply_manner(sg_rule_finder *f, uint32_t word, uint32_t target, uint32_t holder,
                         int sign, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t clause = target;
    uint32_t who;

    if (cue->kind != SG_CUE_ATTITUDE && cue->kind != SG_CUE_BLAME && cue->kind != SG_CUE_PRAISE)
        return false;
    if (strcmp(r->info[target].lemma, "way") == 0) {
        clause = sg_child(r, target, SG_ACL_RELCL);
        if (clause == SG_NO_WORD)
            clause = sg_child(r, target, SG_ACL);
        if (clause == SG_NO_WORD)
            clause = sg_child(r, word, SG_CCOMP);
    } else if (sg_word_is(r, target, "what")) {
        clause = conduct_after(r, target);
    } else if (!sg_child_is(r, target, SG_ADVMOD, "how")) {
        return false;
    }
    who = clause != SG_NO_WORD ? sg_subject_of(r, clause) : SG_NO_WORD;
    if (who == SG_NO_WORD || sg_principal_at(r, who) == SG_NO_ACTOR)
        return false;
    sg_rule_about(f, who, holder, sign, word, cue);
    return true;
}

/* A target to which something happens; true if it was taken so. */
static bool apply_patient(sg_rule_finder *f, uint32_t word, uint32_t target, uint32_t holder,
                          int above, const sg_cue *cue)
{
    const sg_reading *r = f->r;

    if (sg_principal_at(r, target) != SG_NO_ACTOR || sg_is_person_noun(r, target))
        return true; /* "begged them not to go" says nothing of them */
    if (r->options.codebook == NULL || coded_at(f->r, target) != SG_NO_POSITION ||
        sg_refers_back(r, target))
        return false;
    sg_rule_about(f, word, holder, above, word, cue); /* "demanded that it expire in May" */
    return true;
}

/* What the cue asks for by a clause of its own; true if it does. */
static bool apply_request(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                          const sg_cue *cue, int depth)
{
    uint32_t done =
        cue->kind == SG_CUE_DEMAND && depth < DEEPEST ? wanted_done(f->r, word) : SG_NO_WORD;

    if (done != SG_NO_WORD) {
        sg_rule_follow(f, done, holder, sign, word, cue, depth + 1);
        return true;
    }
    return about_asked(f, word, holder, sign, cue, depth) ||
           about_demanded(f, word, holder, sign, word, cue);
}

/* The target of a cue: a clause, for which `purpose` is the sign, or a noun. */
static void apply_target(sg_rule_finder *f, uint32_t word, uint32_t target, uint32_t holder,
                         int purpose, int sign, const sg_cue *cue, int depth)
{
    if (is_done(f->r, target) && depth < DEEPEST)
        sg_rule_follow(f, target, holder, purpose, word, cue, depth + 1);
    else if (doing(f->r, target) != SG_NO_WORD && depth < DEEPEST)
        sg_rule_follow(f, doing(f->r, target), holder, sign, word, cue, depth + 1);
    else
        sg_rule_about_noun(f, target, holder,
                           cue->sign == 0                 ? 0
                           : wanted_state(f->r, word) < 0 ? -sign
                                                          : sign,
                           word, cue, depth);
}

static bool is_contest(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = {
        "defeat", "beat", "unseat", "topple", "crush", "trounce"
    };
    uint32_t object = sg_child(r, verb, SG_OBJ);

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas) && object != SG_NO_WORD &&
           sg_principal_at(r, object) != SG_NO_ACTOR;
}

void sg_rule_apply(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign, const sg_cue *cue,
                   int depth)
{
    uint32_t owner = cue->class == SG_CUE_NOUN ? sg_before_person_noun(f->r, word) : SG_NO_WORD;
    int above = sign * sg_negation(f->r, word) * sg_negation_inside(f->r, word, cue) *
                (has_own_no(f->r, word, cue) ? -1 : 1);
    bool patient = false;
    uint32_t target;

    take_words(f, word, cue);
    sign = above * (cue->sign != 0 ? cue->sign : 1);
    if (cue->class == SG_CUE_VERB && cue->sign < 0 && above < 0 &&
        (cue->kind == SG_CUE_BLAME || is_contest(f->r, word)))
        return; /* "refused to attack her", "did not defeat her": that is no praise */
    if (is_deed(f, word, cue)) {
        apply_deed(f, word, holder, above, sign, cue);
        return;
    }
    if (advised_deed(f->r, word) != SG_NO_WORD && depth < DEEPEST) {
        sg_rule_follow(f, advised_deed(f->r, word), holder, above, word, cue, depth + 1);
        return;
    }
    if (is_threatened(f->r, word) || (cue->sign < 0 && is_about_self(f, word, holder)))
        sign = above; /* "threatened a strike", not "threatened jobs" */
    if (owner != SG_NO_WORD)
        sg_rule_about(f, owner, holder, sign, word, cue);
    if (apply_request(f, word, holder, sign, cue, depth))
        return;
    target = sg_target_of(f->r, word, cue, &patient);
    if (strcmp(f->r->info[word].lemma, "prefer") == 0)
        about_less_liked(f, word, holder, sign, cue); /* before what it is liked less than */
    if (target == SG_NO_WORD && sg_child(f->r, word, SG_CCOMP) != SG_NO_WORD &&
        apply_manner(f, word, sg_child(f->r, word, SG_CCOMP), holder, sign, cue))
        return;
    if (target == SG_NO_WORD) {
        about_elided(f, word, holder, sign, cue);
        return;
    }
    if (blamed_for(f->r, word, target) != SG_NO_WORD)
        target = blamed_for(f->r, word, target);
    if (cue->kind == SG_CUE_DEMAND && sign > 0 && is_better_one(f, target))
        sign = -sign;
    if (cue->kind == SG_CUE_DEMAND && is_addressed(f->r, target))
        return; /* what somebody is asked for is not read, and he is not wanted */
    if ((patient && apply_patient(f, word, target, holder, above, cue)) ||
        apply_manner(f, word, target, holder, sign, cue))
        return;
    apply_target(f, word, target, holder, is_purpose(f->r, target, cue) ? above : sign, sign, cue,
                 depth);
    if (cue->sign != 0)
        each_joined_deed(f, word, holder, cue->kind == SG_CUE_ACT ? above : sign, cue);
    about_less_liked(f, word, holder, sign, cue);
    about_charge(f, word, target, holder, sign, cue, depth);
}

static bool is_telling(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = {
        "say",   "tell",    "speak",   "talk",      "comment", "answer",  "disclose", "elaborate",
        "state", "explain", "discuss", "speculate", "address", "divulge", "reveal"
    };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "Failed to assess how it would affect women". */
static bool is_asking(const sg_reading *r, uint32_t verb)
{
    static const char *const words[] = { "how", "whether", "why", "what" };
    uint32_t clause = sg_child(r, verb, SG_CCOMP);

    for (uint32_t w = verb + 1; clause != SG_NO_WORD && w < clause; w++) {
        if (r->info[w].head == clause && SG_IS_ONE_OF(r->lower[w], words))
            return true;
    }
    return false;
}

/* "Denied that it was unsafe" says that it is safe; "warned that it was unsafe" that it is not. */
static bool is_denial(const sg_reading *r, uint32_t cue_word)
{
    static const char *const lemmas[] = { "deny",   "doubt",  "dispute", "question", "dismiss",
                                          "reject", "refute", "rebut",   "doubtful" };

    return SG_IS_ONE_OF(r->info[cue_word].lemma, lemmas) || sg_negation(r, cue_word) < 0;
}

/* The clause judges its subject: "agreed that it was unfair", "denied that it would harm them".
 * True if it was taken so. */
static bool about_judgement(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                            uint32_t cue_word, const sg_cue *above)
{
    uint32_t modifier =
        sg_word_is_upos(f->r, word, SG_NOUN) ? sg_child(f->r, word, SG_AMOD) : SG_NO_WORD;
    const sg_cue *own = sg_evaluation_cue(f->r, word);
    const sg_cue *judged = own == NULL && modifier != SG_NO_WORD
                               ? sg_evaluation_cue(f->r, modifier) /* "on the wrong track" */
                               : own;
    uint32_t thing = sg_child(f->r, word, SG_NSUBJ);
    bool denied = is_denial(f->r, cue_word) ||
                  (above->sign < 0 && sg_child_is(f->r, word, SG_MARK, "whether"));

    if (judged == NULL || thing == SG_NO_WORD || (sg_word_is_upos(f->r, word, SG_VERB) && !denied))
        return false;
    if (sg_word_is_upos(f->r, word, SG_VERB) && coded_at(f->r, thing) == SG_NO_POSITION &&
        !sg_refers_back(f->r, thing))
        return false;
    f->judged[own == NULL ? modifier : word] = true;
    sg_rule_about(f, thing, holder, (denied ? sign : 1) * judged->sign * sg_negation(f->r, word),
                  cue_word, above);
    return true;
}

/* "Urged her to resign", "said that he should step down": against whoever should. */
static void about_departure(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                            uint32_t cue_word, const sg_cue *above, int depth)
{
    static const char *const lemmas[] = { "resign", "quit",      "step",
                                          "stand",  "apologise", "apologize" };
    static const char *const particles[] = { "down", "aside" };
    const sg_reading *r = f->r;
    bool goes = strcmp(r->info[verb].lemma, "go") == 0 && /* "she must go" */
                (verb + 1 >= sg_sentence_past(r, verb) ||
                 !(sg_word_is_upos(r, verb + 1, SG_ADV) || sg_word_is_upos(r, verb + 1, SG_ADP) ||
                   sg_word_is_upos(r, verb + 1, SG_PART) || sg_word_is_upos(r, verb + 1, SG_VERB)));
    bool leaves = goes || SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
    uint32_t who = leaves ? sg_child(r, verb, SG_NSUBJ) : SG_NO_WORD;
    uint32_t charge;
    uint32_t actor;

    if (leaves &&
        (strcmp(r->info[verb].lemma, "step") == 0 || strcmp(r->info[verb].lemma, "stand") == 0))
        leaves =
            verb + 1 < sg_sentence_past(r, verb) && SG_IS_ONE_OF(r->lower[verb + 1], particles);
    if (leaves && who == SG_NO_WORD)
        who = sg_asked_of(r, verb, sg_stance_cue(r, cue_word));
    if (leaves && who == SG_NO_WORD && sg_word_is_rel(r, verb, SG_XCOMP))
        who = sg_subject_of(r, verb); /* "ought to resign" */
    actor = leaves && who != SG_NO_WORD ? actor_named(r, who) : SG_NO_ACTOR;
    if (actor == SG_NO_ACTOR)
        return;
    sign *= -sg_negation(r, verb);
    (void) sg_rule_add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, above);
    charge = sg_charge_of(r, verb);
    if (charge != SG_NO_WORD && sg_word_is_upos(r, charge, SG_VERB))
        sg_rule_follow(f, charge, holder, sign, cue_word, above, depth + 1); /* "for backing it" */
    else if (charge != SG_NO_WORD && sg_has_case(r, charge, "over"))
        sg_rule_about_noun(f, charge, holder, sign, cue_word, above, depth);
}

/* "Hopes that A wins", "wants A to lose", "happy to see A win": A. True if it was taken so. */
static bool about_fate(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                       uint32_t cue_word, const sg_cue *above)
{
    static const char *const ends[] = { "go", "die", "end", "fall", "leave", "fail", "lose" };
    static const char *const good[] = { "win", "succeed", "prevail", "triumph", "survive" };
    static const char *const bad[] = { "lose", "fail" };
    const sg_reading *r = f->r;
    int fate = SG_SIGN_IN(r->info[verb].lemma, good, bad);
    uint32_t who = sg_child(r, verb, SG_OBJ);
    uint32_t next = who;

    while (next != SG_NO_WORD && next + 1 < sg_sentence_past(r, verb) &&
           sg_word_is_rel(r, next + 1, SG_FLAT))
        next++;
    if (strcmp(r->info[verb].lemma, "see") == 0 && next != SG_NO_WORD &&
        next + 1 < sg_sentence_past(r, verb) && above->kind == SG_CUE_ATTITUDE &&
        (SG_IS_ONE_OF(r->lower[next + 1], good) || SG_IS_ONE_OF(r->lower[next + 1], ends))) {
        sg_rule_about(f, who, holder,
                      sign * (SG_IS_ONE_OF(r->lower[next + 1], good) ? 1 : -1) *
                          sg_negation(r, verb),
                      cue_word, above); /* "would hate to see her win", "sad to see it go" */
        return true;
    }
    if (fate == 0 || above->kind == SG_CUE_BLAME || (r->info[verb].features & SG_FEAT_PAST) != 0 ||
        sg_child(r, verb, SG_XCOMP) != SG_NO_WORD)
        return false; /* "alleges that A failed to act" */
    who = sg_child(r, verb, SG_NSUBJ);
    if (who == SG_NO_WORD)
        who = sg_asked_of(r, verb, sg_stance_cue(r, cue_word));
    if (who == SG_NO_WORD || actor_named(r, who) == SG_NO_ACTOR ||
        sg_child(r, verb, SG_OBJ) != SG_NO_WORD)
        return false;
    f->judged[verb] = true;
    (void) sg_rule_add(f, holder, sign * fate * sg_negation(r, verb), SG_TARGET_ACTOR,
                       actor_named(r, who), cue_word, above);
    return true;
}

/* "Close the library", where the library is the position and not its closure. */
static bool is_undone(sg_rule_finder *f, uint32_t verb)
{
    uint32_t object = sg_is_undoing(f->r, verb) ? sg_frame_object(f->r, verb, "") : SG_NO_WORD;
    uint32_t position = object != SG_NO_WORD ? coded_at(f->r, object) : SG_NO_POSITION;

    return position != SG_NO_POSITION && coded_at(f->r, verb) == position &&
           !is_deed_named(f->r, position, verb);
}

static bool is_looking(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "look",     "see",        "know",    "wait",   "study",
                                          "review",   "discuss",    "examine", "decide", "explain",
                                          "learn",    "debate",     "assess",  "weigh",  "hear",
                                          "evaluate", "understand", "talk",    "read" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "Tired of being told that it is unfair", "sick of hearing it called reckless": the other way
 * round than what is told. True if it was taken so. */
static bool about_heard(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *above)
{
    static const char *const lemmas[] = { "tell", "hear" };
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, word, SG_CCOMP);
    uint32_t thing;
    const sg_cue *judged;

    if (above->kind != SG_CUE_ATTITUDE || sign >= 0 || !SG_IS_ONE_OF(r->info[word].lemma, lemmas))
        return false;
    if (clause == SG_NO_WORD)
        clause = sg_child(r, word, SG_XCOMP);
    if (clause == SG_NO_WORD)
        return false;
    thing = sg_child(r, clause, SG_NSUBJ);
    if (sg_is_naming_verb(r, clause)) {
        thing = sg_child(r, word, SG_OBJ) != SG_NO_WORD ? sg_child(r, word, SG_OBJ) : thing;
        clause = sg_child(r, clause, SG_XCOMP) != SG_NO_WORD ? sg_child(r, clause, SG_XCOMP)
                                                             : sg_child(r, clause, SG_OBJ);
    }
    judged = clause != SG_NO_WORD ? sg_evaluation_cue(r, clause) : NULL;
    if (judged == NULL && clause != SG_NO_WORD && sg_child(r, clause, SG_AMOD) != SG_NO_WORD) {
        judged = sg_evaluation_cue(r, sg_child(r, clause, SG_AMOD));
        f->judged[sg_child(r, clause, SG_AMOD)] = true;
    }
    if (judged == NULL || thing == SG_NO_WORD)
        return false;
    f->judged[clause] = true;
    sg_rule_about(f, thing, holder, sign * judged->sign * sg_negation(r, clause), cue_word, above);
    return true;
}

/* A clause that a cue takes: a cue of its own there carries the stance on; otherwise the clause as
 * a whole is what the stance is about. */
void sg_rule_follow(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign, uint32_t cue_word,
                    const sg_cue *above, int depth)
{
    const sg_cue *cue = sg_stance_cue(f->r, word);
    uint32_t carried;
    uint32_t object;
    int state;

    f->done[word] = true;
    if (cue != NULL && above->kind == SG_CUE_ATTITUDE && above->sign < 0)
        f->judged[word] = true; /* "regretted that it had failed" */
    about_departure(f, word, holder, sign, cue_word, above, depth);
    if (about_fate(f, word, holder, sign, cue_word, above) ||
        about_heard(f, word, holder, sign, cue_word, above) ||
        about_judgement(f, word, holder, sign, cue_word, above))
        return;
    if (cue != NULL && cue->sign != 0) {
        sg_rule_apply(f, word, holder, sign, cue, depth);
        return;
    }
    if (above->kind == SG_CUE_DEMAND && is_looking(f->r, word))
        return; /* "we have to look at it" */
    sign *= sg_negation(f->r, word);
    object = sg_child(f->r, word, SG_OBJ);
    if (object != SG_NO_WORD && sg_has_no(f->r, object))
        sign = -sign; /* "should face no charges" */
    state = wanted_state(f->r, word);
    carried = depth < DEEPEST ? carried_by(f->r, word) : SG_NO_WORD;
    if (state != 0)
        sg_rule_about(f, sg_child(f->r, word, SG_OBJ), holder, sign * state, cue_word, above);
    else if (is_undone(f, word))
        sg_rule_about(f, sg_frame_object(f->r, word, ""), holder, -sign, cue_word, above);
    else if (carried != SG_NO_WORD)
        sg_rule_follow(f, carried, holder, sign, cue_word, above, depth + 1);
    else if (sg_child(f->r, word, SG_AUX_PASS) != SG_NO_WORD &&
             coded_at(f->r, word) == SG_NO_POSITION &&
             sg_frame_object(f->r, word, "") != SG_NO_WORD)
        sg_rule_about(f, sg_frame_object(f->r, word, ""), holder, sign, cue_word, above);
    else if (!is_telling(f->r, word) && !is_asking(f->r, word)) /* "refused to say" */
        sg_rule_about(f, word, holder, sign, cue_word, above);
    each_joined_deed(f, word, holder, sign, above);
}

void sg_rule_about_joined(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign,
                          uint32_t cue_word, const sg_cue *cue)
{
    sg_reading *r = f->r;

    sg_rule_about(f, word, holder, sign, cue_word, cue);
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        if (r->info[w].head == word && sg_word_is_rel(r, w, SG_CONJ))
            sg_rule_about(f, w, holder, sign_of_joined(r, word, w, sign), cue_word, cue);
        else if (r->info[w].head == word && sg_stands_instead(r, w))
            sg_rule_about(f, w, holder, -sign, cue_word, cue);
    }
}
