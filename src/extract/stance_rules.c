#include "stance_rules.h"

#include <string.h>

/* From a cue down to what its holder is for or against: each negation and each cue on the way turns
 * the sign ("refused to support"), and what is joined by "but not" or "rather than" has the other
 * one. */

#define DEEPEST 6 /* cues inside cues */

static void add(sg_rule_finder *f, uint32_t holder, int sign, sg_target_kind kind, uint32_t target,
                uint32_t word, const sg_cue *cue)
{
    sg_candidate *candidate;

    if (holder == SG_NO_ACTOR || (kind == SG_TARGET_ACTOR && target == holder))
        return;
    SG_ARENA_GROW(f->r->arena, f->out->items, f->out->capacity, f->out->count + 1);
    candidate = &f->out->items[f->out->count++];
    candidate->holder = holder;
    candidate->sign = sign;
    candidate->target_kind = kind;
    candidate->target = target;
    candidate->word = word;
    candidate->mode = (sg_mode) f->speech->mode[word];
    candidate->certainty = cue->strength >= 2 ? SG_EXPLICIT : SG_IMPLIED;
    candidate->confidence = 0.3F + 0.2F * (float) cue->strength;
}

static bool has_but(const sg_reading *r, uint32_t joined)
{
    uint32_t conjunction = sg_child(r, joined, SG_CC);

    return conjunction != SG_NO_WORD && sg_word_is(r, conjunction, "but");
}

/* "Backed the levy but not closing the pool", "rather than close it", "voted against the levy and
 * for the toll". */
static int sign_of_joined(const sg_reading *r, uint32_t from, uint32_t joined, int sign)
{
    if ((sg_has_case(r, from, "against") && sg_has_case(r, joined, "for")) ||
        (sg_has_case(r, from, "for") && sg_has_case(r, joined, "against")))
        return -sign;
    if (sg_negation(r, from) < 0 && has_but(r, joined))
        return -sign; /* "not to close it but to sell it" */
    for (uint32_t c = sg_sentence_first(r, joined); c < joined; c++) {
        bool here = r->info[c].head == joined || c + 1 == joined;

        if (here && (sg_is_negator(r, c) || sg_is_instead_of(r, c)))
            return -sign;
    }
    return sign;
}

/* "She opposes the levy, which he supports": "A opposes it, B supports it". */
static uint32_t referred_to(const sg_rule_finder *f, uint32_t word)
{
    static const char *const pronouns[] = { "it", "this", "that" };

    if (f->position == SG_NO_POSITION || !sg_word_is_upos(f->r, word, SG_PRON) ||
        !SG_IS_ONE_OF(f->r->lower[word], pronouns) || f->position_word >= word ||
        f->r->sentence_of[word] != f->r->sentence_of[f->position_word])
        return SG_NO_POSITION;
    return f->position;
}

/* "Criticised his comments": him too. */
static void about_owner(sg_rule_finder *f, uint32_t noun, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue)
{
    uint32_t owner = sg_child(f->r, noun, SG_NMOD_POSS);
    uint32_t actor = owner != SG_NO_WORD ? sg_principal_at(f->r, owner) : SG_NO_ACTOR;

    if (actor != SG_NO_ACTOR)
        add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, cue);
}

void sg_rule_about(sg_rule_finder *f, uint32_t target, uint32_t holder, int sign, uint32_t cue_word,
                   const sg_cue *cue)
{
    uint32_t position;
    uint32_t actor;

    target = sg_relative_antecedent(f->r, target); /* "a plan which she opposes" */
    position = sg_position_at(f->r, target);
    actor = sg_principal_at(f->r, target);

    if (actor != SG_NO_ACTOR) {
        add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, cue);
        return;
    }
    if (position == SG_NO_POSITION)
        position = referred_to(f, target);
    if (cue->kind == SG_CUE_ATTITUDE || cue->kind == SG_CUE_BLAME || cue->kind == SG_CUE_PRAISE)
        about_owner(f, target, holder, sign, cue_word, cue);
    if (position != SG_NO_POSITION) {
        f->position = position;
        f->position_word = target;
        add(f, holder, sign, SG_TARGET_POSITION, position, cue_word, cue);
    } else if (f->r->event_at[target] != SG_NO_EVENT)
        add(f, holder, sign, SG_TARGET_EVENT, f->r->event_at[target], cue_word, cue);
}

static void each_joined_deed(sg_rule_finder *f, uint32_t verb, uint32_t holder, int sign,
                             const sg_cue *cue);

/* True if doing it is a position of its own: "impose the contract" is about the imposition, not the
 * contract, where the codebook knows both. "Drop the plan" matches the plan either way. */
static bool is_deed(sg_rule_finder *f, uint32_t verb, const sg_cue *cue)
{
    uint32_t object;
    uint32_t deed;

    if (f->r->options.codebook == NULL || cue->class != SG_CUE_VERB || cue->kind != SG_CUE_ACT ||
        cue->sign <= 0)
        return false;
    deed = sg_position_at(f->r, verb);
    object = sg_frame_object(f->r, verb, cue->rest);
    return deed != SG_NO_POSITION && (object == SG_NO_WORD || sg_position_at(f->r, object) != deed);
}

/* "Voted against the levy but for the toll". */
static bool is_opposite(const sg_reading *r, uint32_t joined, const char *preposition)
{
    return (strcmp(preposition, "for") == 0 && sg_has_case(r, joined, "against")) ||
           (strcmp(preposition, "against") == 0 && sg_has_case(r, joined, "for"));
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
            sg_word_is_rel(r, w, SG_CONJ) || (sg_word_is_rel(r, w, SG_ADVCL) && turned != sign);

        if (r->info[w].head == verb && sg_stands_instead(r, w))
            sg_rule_about(f, w, holder, -sign, verb, cue);
        if (w == verb || r->info[w].head != verb || !joined)
            continue;
        if (is_opposite(r, w, cue->rest))
            sg_rule_about(f, w, holder, -sign, verb, cue);
        else if (sg_word_is_upos(r, w, SG_VERB) && sg_child(r, w, SG_NSUBJ) == SG_NO_WORD &&
                 ((r->info[w].features & SG_FEAT_GERUND) != 0 || turned != sign))
            sg_rule_about(f, w, holder, turned, verb, cue);
    }
}

/* "The plan to scrap the levy": the clause. */
static uint32_t plan_of(const sg_reading *r, uint32_t noun)
{
    uint32_t clause = sg_child(r, noun, SG_ACL);

    return clause != SG_NO_WORD && (r->info[clause].features & SG_FEAT_INFINITIVE) != 0
               ? clause
               : SG_NO_WORD;
}

/* "Joined the protest against the levy": against the levy, what names it last. A noun that is a cue
 * has turned what comes below it; the noun with all below it may be a position too ("the ban on
 * X"). */
static void about_noun(sg_rule_finder *f, uint32_t noun, uint32_t holder, int sign,
                       uint32_t cue_word, const sg_cue *cue, int depth)
{
    const sg_cue *inner = sg_word_is_upos(f->r, noun, SG_NOUN) ? sg_stance_cue(f->r, noun) : NULL;
    uint32_t below = SG_NO_WORD;
    uint32_t plan = plan_of(f->r, noun);
    uint32_t position;
    int turn = inner != NULL && inner->sign != 0 && inner->strength > 1 ? inner->sign : 1;

    for (const char *frame = inner != NULL ? inner->frames : ""; *frame != '\0';) {
        size_t n = strcspn(frame, "|");

        if (below == SG_NO_WORD)
            below = sg_in_frame(f->r, noun, inner, frame, n);
        frame += n + (frame[n] == '|');
    }
    position = below != SG_NO_WORD ? sg_position_at(f->r, below) : SG_NO_POSITION;
    if (f->r->options.codebook == NULL || sg_position_named_by(f->r, noun) != SG_NO_POSITION)
        sg_rule_about_joined(f, noun, holder, sign, cue_word, cue);
    else if (plan != SG_NO_WORD && depth < DEEPEST)
        sg_rule_follow(f, plan, holder, sign, cue_word, cue, depth + 1);
    else if (position == SG_NO_POSITION)
        sg_rule_about_joined(f, noun, holder,
                             sg_position_at(f->r, noun) != SG_NO_POSITION ? sign * turn : sign,
                             cue_word, cue);
    if (position != SG_NO_POSITION)
        sg_rule_about(f, below, holder, sign * turn, cue_word, cue);
}

/* "She warned that she would close it": what one threatens to do oneself, one is for. */
static bool is_about_self(const sg_rule_finder *f, uint32_t word, uint32_t holder)
{
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, word, SG_CCOMP);
    uint32_t subject = clause != SG_NO_WORD ? sg_subject_of(r, clause) : SG_NO_WORD;

    return subject != SG_NO_WORD && sg_actor_at(r, subject) == holder;
}

/* "Filed suit to stop it": the clause says what for, while "refused to stop it" denies it. */
static bool is_purpose(const sg_reading *r, uint32_t clause, const sg_cue *cue)
{
    return cue->kind == SG_CUE_ACT && cue->sign < 0 && cue->class == SG_CUE_VERB &&
           (sg_word_is_rel(r, clause, SG_ADVCL) || sg_word_is_rel(r, clause, SG_ACL));
}

/* What the cue at `word` is about, with the sign it has from above. */
void sg_rule_apply(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign, const sg_cue *cue,
                   int depth)
{
    const char *frame = cue->frames;
    uint32_t owner = cue->class == SG_CUE_NOUN ? sg_before_person_noun(f->r, word) : SG_NO_WORD;
    int above = sign * sg_negation(f->r, word);

    sign = above * (cue->sign != 0 ? cue->sign : 1);
    if (is_deed(f, word, cue)) {
        sg_rule_about(f, word, holder, sign, word, cue);
        each_joined_deed(f, word, holder, sign, cue);
        return;
    }
    if (cue->sign < 0 && is_about_self(f, word, holder))
        sign = above;
    if (owner != SG_NO_WORD)
        sg_rule_about(f, owner, holder, sign, word, cue);
    if (cue->kind == SG_CUE_DEMAND && cue->class == SG_CUE_VERB && depth < DEEPEST) {
        uint32_t deed = sg_asked_deed(f->r, word, cue);

        if (deed != SG_NO_WORD) {
            sg_rule_follow(f, deed, holder, sign, word, cue, depth + 1);
            return;
        }
    }
    while (*frame != '\0') {
        size_t n = strcspn(frame, "|");
        uint32_t target = sg_in_frame(f->r, word, cue, frame, n);

        if (target != SG_NO_WORD) {
            if (sg_is_clause(f->r, target) && depth < DEEPEST)
                sg_rule_follow(f, target, holder, is_purpose(f->r, target, cue) ? above : sign,
                               word, cue, depth + 1);
            else
                about_noun(f, target, holder, cue->sign == 0 ? 0 : sign, word, cue, depth);
            if (cue->sign != 0)
                each_joined_deed(f, word, holder, cue->kind == SG_CUE_ACT ? above : sign, cue);
            break;
        }
        frame += n + (frame[n] == '|');
    }
}

/* A clause that a cue takes: a cue of its own there carries the stance on; otherwise the clause as
 * a whole is what the stance is about. */
void sg_rule_follow(sg_rule_finder *f, uint32_t word, uint32_t holder, int sign, uint32_t cue_word,
                    const sg_cue *above, int depth)
{
    const sg_cue *cue = sg_stance_cue(f->r, word);

    f->done[word] = true;
    if (cue != NULL && cue->sign != 0)
        sg_rule_apply(f, word, holder, sign, cue, depth);
    else
        sg_rule_about(f, word, holder, sign * sg_negation(f->r, word), cue_word, above);
    if (cue == NULL || cue->sign == 0)
        each_joined_deed(f, word, holder, sign * sg_negation(f->r, word), above);
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
