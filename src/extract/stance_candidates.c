#include <string.h>

#include "event_internal.h"
#include "stance_internal.h"

/* A cue word gives candidates: who holds the stance (the subject of a verb, the possessor of a
 * noun, the speaker where somebody speaks of himself), its sign (of the cue, turned by negation and
 * by every cue it hangs on: "refused to support"), and what it is about (where the frame of the cue
 * says). Inside what somebody says, judgements and demands are that person's. */

#define DEEPEST 6 /* cues inside cues */

struct finder {
    sg_reading *r;
    const sg_speech *speech;
    sg_candidates *out;
    bool *done;        /* per word: reached through a cue above it */
    uint32_t position; /* the last that a cue was about, or SG_NO_POSITION, and where */
    uint32_t position_word;
};

static bool is_negator(const sg_reading *r, uint32_t w)
{
    static const char *const negators[] = {
        "not",    "n't",    "n\xE2\x80\x99t", "never",   "no",      "neither", "nor",
        "hardly", "nobody", "none",           "without", "nothing", "instead"
    };

    return SG_IS_ONE_OF(r->lower[w], negators);
}

/* "Instead of closing it", not "and close it instead". */
static bool is_instead_of(const sg_reading *r, uint32_t word)
{
    return word + 1 < sg_sentence_past(r, word) &&
           ((sg_word_is(r, word, "rather") && sg_word_is(r, word + 1, "than")) ||
            (sg_word_is(r, word, "instead") && sg_word_is(r, word + 1, "of")));
}

/* Negation right on the word: "did not support", "no support", "nobody wants". */
static int negation(const sg_reading *r, uint32_t word)
{
    int sign = 1;

    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        bool on_word = r->info[w].head == word && (is_negator(r, w) || is_instead_of(r, w)) &&
                       (w < word || r->info[w].deprel == SG_ADVMOD);
        /* "no member supports it" */
        bool on_subject = sg_word_is(r, w, "no") && r->info[w].head == sg_child(r, word, SG_NSUBJ);

        if (on_word || on_subject)
            sign = -sign;
    }
    return sign;
}

/* ---- where the target stands ---- */

/* Dependent of `word` that hangs on it with preposition `prep`. */
static uint32_t with_preposition(const sg_reading *r, uint32_t word, const char *prep, size_t len)
{
    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        uint32_t marker;

        if (r->info[w].head != word || w == word)
            continue;
        marker = sg_child(r, w, SG_CASE);
        if (marker == SG_NO_WORD)
            marker = sg_child(r, w, SG_MARK);
        if (marker != SG_NO_WORD && strlen(r->lower[marker]) == len &&
            memcmp(r->lower[marker], prep, len) == 0)
            return w;
    }
    return SG_NO_WORD;
}

static uint32_t object_of(const sg_reading *r, uint32_t verb, const char *rest)
{
    const char *last = strrchr(rest, ' ') != NULL ? strrchr(rest, ' ') + 1 : rest;
    uint32_t found = *last != '\0' ? with_preposition(r, verb, last, strlen(last)) : SG_NO_WORD;

    for (uint32_t w = verb + 1;
         found == SG_NO_WORD && *last != '\0' && w < verb + 4 && w < sg_sentence_past(r, verb);
         w++) {
        if (r->info[w].head == verb) /* "stop short of": below "short" */
            found = with_preposition(r, w, last, strlen(last));
    }
    if (found == SG_NO_WORD)
        found = sg_child(r, verb, SG_OBJ);
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
            found = r->info[verb].head; /* "the plan, which she opposes" */
    }
    return found;
}

static bool is_clause(const sg_reading *r, uint32_t word)
{
    return sg_word_is_rel(r, word, SG_CCOMP) || sg_word_is_rel(r, word, SG_XCOMP) ||
           sg_word_is_rel(r, word, SG_ADVCL) || sg_word_is_rel(r, word, SG_ACL);
}

/* "Backed imposing it", "opposed closing it"; but what somebody fights to do, he is not against. */
static uint32_t deed_of(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t clause = sg_child(r, verb, SG_XCOMP);

    return clause != SG_NO_WORD &&
                   (cue->sign > 0 || (r->info[clause].features & SG_FEAT_GERUND) != 0)
               ? clause
               : SG_NO_WORD;
}

/* What a preposition joins to the cue; of a noun that is an object, trees often hang it on the verb
 * ("joined the protest against the levy"). */
static uint32_t behind(const sg_reading *r, uint32_t word, const char *prep, size_t len)
{
    uint32_t found = with_preposition(r, word, prep, len);
    uint32_t verb = r->info[word].head;

    if (found == SG_NO_WORD && sg_word_is_rel(r, word, SG_OBJ) &&
        sg_word_is_upos(r, word, SG_NOUN) && verb != SG_NO_WORD) {
        found = with_preposition(r, verb, prep, len);
        if (found != SG_NO_WORD && found < word)
            found = SG_NO_WORD;
    }
    return found;
}

/* "Asked that it be closed", not "asked whether it is". */
static uint32_t statement_below(const sg_reading *r, uint32_t verb)
{
    static const char *const marks[] = { "whether", "if" };
    uint32_t clause = sg_child(r, verb, SG_CCOMP);
    uint32_t mark = clause != SG_NO_WORD ? sg_child(r, clause, SG_MARK) : SG_NO_WORD;

    return mark != SG_NO_WORD && SG_IS_ONE_OF(r->lower[mark], marks) ? SG_NO_WORD : clause;
}

static uint32_t in_frame(const sg_reading *r, uint32_t word, const sg_cue *cue, const char *frame,
                         size_t len)
{
    if (len == 3 && memcmp(frame, "obj", 3) == 0) {
        uint32_t object = object_of(r, word, cue->rest);

        return object != SG_NO_WORD ? object : deed_of(r, word, cue);
    }
    if (len == 4 && memcmp(frame, "comp", 4) == 0)
        return statement_below(r, word);
    if (len == 2 && memcmp(frame, "to", 2) == 0) {
        uint32_t clause = sg_child(r, word, SG_XCOMP);

        if (clause == SG_NO_WORD)
            clause =
                cue->class == SG_CUE_VERB ? sg_child(r, word, SG_ADVCL) : sg_child(r, word, SG_ACL);
        if (clause != SG_NO_WORD)
            return clause;
    }
    return behind(r, word, frame, len);
}

static bool is_person_noun(const sg_reading *r, uint32_t noun)
{
    return (r->classes[noun] & SG_CLASS_PERSON_NOUN) != 0;
}

/* "Levy critics", "the mayor's supporters". */
static uint32_t before_person_noun(const sg_reading *r, uint32_t noun)
{
    uint32_t found = sg_child(r, noun, SG_NMOD_POSS);

    if (!is_person_noun(r, noun))
        return SG_NO_WORD;
    return found != SG_NO_WORD ? found : sg_child(r, noun, SG_COMPOUND);
}

/* ---- candidates ---- */

static void add(struct finder *f, uint32_t holder, int sign, sg_target_kind kind, uint32_t target,
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

static bool has_case(const sg_reading *r, uint32_t word, const char *preposition)
{
    uint32_t marker = sg_child(r, word, SG_CASE);

    return marker != SG_NO_WORD && sg_word_is(r, marker, preposition);
}

/* "A pilot instead of the levy": the levy. */
static bool stands_instead(const sg_reading *r, uint32_t word)
{
    uint32_t marker = sg_child(r, word, SG_CASE);

    return marker != SG_NO_WORD && is_instead_of(r, marker) && !sg_word_is_upos(r, word, SG_VERB);
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
    if ((has_case(r, from, "against") && has_case(r, joined, "for")) ||
        (has_case(r, from, "for") && has_case(r, joined, "against")))
        return -sign;
    if (negation(r, from) < 0 && has_but(r, joined))
        return -sign; /* "not to close it but to sell it" */
    for (uint32_t c = sg_sentence_first(r, joined); c < joined; c++) {
        bool here = r->info[c].head == joined || c + 1 == joined;

        if (here && (is_negator(r, c) || is_instead_of(r, c)))
            return -sign;
    }
    return sign;
}

/* Words joined to `word` by "and" share its place. */
static void each_conjunct(struct finder *f, uint32_t word, uint32_t holder, int sign,
                          uint32_t cue_word, const sg_cue *cue);

/* "She opposes the levy, which he supports": "A opposes it, B supports it". */
static uint32_t referred_to(const struct finder *f, uint32_t word)
{
    static const char *const pronouns[] = { "it", "this", "that" };

    if (f->position == SG_NO_POSITION || !sg_word_is_upos(f->r, word, SG_PRON) ||
        !SG_IS_ONE_OF(f->r->lower[word], pronouns) || f->position_word >= word ||
        f->r->sentence_of[word] != f->r->sentence_of[f->position_word])
        return SG_NO_POSITION;
    return f->position;
}

/* "Criticised his comments": him too. */
static void about_owner(struct finder *f, uint32_t noun, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue)
{
    uint32_t owner = sg_child(f->r, noun, SG_NMOD_POSS);
    uint32_t actor = owner != SG_NO_WORD ? sg_principal_at(f->r, owner) : SG_NO_ACTOR;

    if (actor != SG_NO_ACTOR)
        add(f, holder, sign, SG_TARGET_ACTOR, actor, cue_word, cue);
}

static void about(struct finder *f, uint32_t target, uint32_t holder, int sign, uint32_t cue_word,
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

static void follow(struct finder *f, uint32_t word, uint32_t holder, int sign, uint32_t cue_word,
                   const sg_cue *above, int depth);
static void each_joined_deed(struct finder *f, uint32_t verb, uint32_t holder, int sign,
                             const sg_cue *cue);

/* True if doing it is a position of its own: "impose the contract" is about the imposition, not the
 * contract, where the codebook knows both. "Drop the plan" matches the plan either way. */
static bool is_deed(struct finder *f, uint32_t verb, const sg_cue *cue)
{
    uint32_t object;
    uint32_t deed;

    if (f->r->options.codebook == NULL || cue->class != SG_CUE_VERB || cue->kind != SG_CUE_ACT ||
        cue->sign <= 0)
        return false;
    deed = sg_position_at(f->r, verb);
    object = object_of(f->r, verb, cue->rest);
    return deed != SG_NO_POSITION && (object == SG_NO_WORD || sg_position_at(f->r, object) != deed);
}

/* "Voted against the levy but for the toll". */
static bool is_opposite(const sg_reading *r, uint32_t joined, const char *preposition)
{
    return (strcmp(preposition, "for") == 0 && has_case(r, joined, "against")) ||
           (strcmp(preposition, "against") == 0 && has_case(r, joined, "for"));
}

/* Joined to the verb by the tree: "backed it but not closing the pool" is joined to the object by
 * the sense, and "will cut it rather than close the pool" says what is not done. */
static void each_joined_deed(struct finder *f, uint32_t verb, uint32_t holder, int sign,
                             const sg_cue *cue)
{
    const sg_reading *r = f->r;

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        int turned = sign_of_joined(r, verb, w, sign);
        bool joined =
            sg_word_is_rel(r, w, SG_CONJ) || (sg_word_is_rel(r, w, SG_ADVCL) && turned != sign);

        if (r->info[w].head == verb && stands_instead(r, w))
            about(f, w, holder, -sign, verb, cue);
        if (w == verb || r->info[w].head != verb || !joined)
            continue;
        if (is_opposite(r, w, cue->rest))
            about(f, w, holder, -sign, verb, cue);
        else if (sg_word_is_upos(r, w, SG_VERB) && sg_child(r, w, SG_NSUBJ) == SG_NO_WORD &&
                 ((r->info[w].features & SG_FEAT_GERUND) != 0 || turned != sign))
            about(f, w, holder, turned, verb, cue);
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
static void about_noun(struct finder *f, uint32_t noun, uint32_t holder, int sign,
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
            below = in_frame(f->r, noun, inner, frame, n);
        frame += n + (frame[n] == '|');
    }
    position = below != SG_NO_WORD ? sg_position_at(f->r, below) : SG_NO_POSITION;
    if (f->r->options.codebook == NULL || sg_position_named_by(f->r, noun) != SG_NO_POSITION)
        each_conjunct(f, noun, holder, sign, cue_word, cue);
    else if (plan != SG_NO_WORD && depth < DEEPEST)
        follow(f, plan, holder, sign, cue_word, cue, depth + 1);
    else if (position == SG_NO_POSITION)
        each_conjunct(f, noun, holder,
                      sg_position_at(f->r, noun) != SG_NO_POSITION ? sign * turn : sign, cue_word,
                      cue);
    if (position != SG_NO_POSITION)
        about(f, below, holder, sign * turn, cue_word, cue);
}

/* "Neither supports nor opposes it": either of the two verbs. */
static bool takes_no_side(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t first = sg_word_is_rel(r, verb, SG_CONJ) ? r->info[verb].head : verb;
    bool neither = false;
    bool opposite = false;

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        const sg_cue *other = r->info[w].head == first || w == first ? sg_stance_cue(r, w) : NULL;

        neither = neither || (r->info[w].head == first && sg_word_is(r, w, "neither"));
        opposite = opposite || (other != NULL && other->sign == -cue->sign);
    }
    return neither && opposite && cue->sign != 0;
}

/* "She warned that she would close it": what one threatens to do oneself, one is for. */
static bool is_about_self(const struct finder *f, uint32_t word, uint32_t holder)
{
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, word, SG_CCOMP);
    uint32_t subject = clause != SG_NO_WORD ? sg_subject_of(r, clause) : SG_NO_WORD;

    return subject != SG_NO_WORD && sg_actor_at(r, subject) == holder;
}

/* "Called for the council to drop it", "urged her to drop it": what somebody is asked to do. */
static uint32_t asked_deed(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t asked = object_of(r, verb, cue->rest);

    if (asked == SG_NO_WORD)
        return SG_NO_WORD;
    for (uint32_t w = asked + 1; w < sg_sentence_past(r, verb); w++) {
        bool here = r->info[w].head == verb ||
                    (r->info[w].head == asked && sg_principal_at(r, asked) != SG_NO_ACTOR);
        uint32_t mark = here ? sg_child(r, w, SG_MARK) : SG_NO_WORD;

        if (mark != SG_NO_WORD && is_clause(r, w) && sg_word_is_upos(r, w, SG_VERB) &&
            sg_word_is(r, mark, "to"))
            return w;
    }
    return SG_NO_WORD;
}

/* "Filed suit to stop it": the clause says what for, while "refused to stop it" denies it. */
static bool is_purpose(const sg_reading *r, uint32_t clause, const sg_cue *cue)
{
    return cue->kind == SG_CUE_ACT && cue->sign < 0 && cue->class == SG_CUE_VERB &&
           (sg_word_is_rel(r, clause, SG_ADVCL) || sg_word_is_rel(r, clause, SG_ACL));
}

/* What the cue at `word` is about, with the sign it has from above. */
static void apply_cue(struct finder *f, uint32_t word, uint32_t holder, int sign, const sg_cue *cue,
                      int depth)
{
    const char *frame = cue->frames;
    uint32_t owner = cue->class == SG_CUE_NOUN ? before_person_noun(f->r, word) : SG_NO_WORD;
    int above = sign * negation(f->r, word);

    sign = above * (cue->sign != 0 ? cue->sign : 1);
    if (is_deed(f, word, cue)) {
        about(f, word, holder, sign, word, cue);
        each_joined_deed(f, word, holder, sign, cue);
        return;
    }
    if (cue->sign < 0 && is_about_self(f, word, holder))
        sign = above;
    if (owner != SG_NO_WORD)
        about(f, owner, holder, sign, word, cue);
    if (cue->kind == SG_CUE_DEMAND && cue->class == SG_CUE_VERB && depth < DEEPEST) {
        uint32_t deed = asked_deed(f->r, word, cue);

        if (deed != SG_NO_WORD) {
            follow(f, deed, holder, sign, word, cue, depth + 1);
            return;
        }
    }
    while (*frame != '\0') {
        size_t n = strcspn(frame, "|");
        uint32_t target = in_frame(f->r, word, cue, frame, n);

        if (target != SG_NO_WORD) {
            if (is_clause(f->r, target) && depth < DEEPEST)
                follow(f, target, holder, is_purpose(f->r, target, cue) ? above : sign, word, cue,
                       depth + 1);
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
static void follow(struct finder *f, uint32_t word, uint32_t holder, int sign, uint32_t cue_word,
                   const sg_cue *above, int depth)
{
    const sg_cue *cue = sg_stance_cue(f->r, word);

    f->done[word] = true;
    if (cue != NULL && cue->sign != 0)
        apply_cue(f, word, holder, sign, cue, depth);
    else
        about(f, word, holder, sign * negation(f->r, word), cue_word, above);
    if (cue == NULL || cue->sign == 0)
        each_joined_deed(f, word, holder, sign * negation(f->r, word), above);
}

static void each_conjunct(struct finder *f, uint32_t word, uint32_t holder, int sign,
                          uint32_t cue_word, const sg_cue *cue)
{
    sg_reading *r = f->r;

    about(f, word, holder, sign, cue_word, cue);
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        if (r->info[w].head == word && sg_word_is_rel(r, w, SG_CONJ))
            about(f, w, holder, sign_of_joined(r, word, w, sign), cue_word, cue);
        else if (r->info[w].head == word && stands_instead(r, w))
            about(f, w, holder, -sign, cue_word, cue);
    }
}

/* ---- holders ---- */

static uint32_t self(const struct finder *f, uint32_t word)
{
    return f->speech->speaker[word];
}

static bool is_first_person(const sg_reading *r, uint32_t word)
{
    return (r->info[word].features & SG_FEAT_FIRST) != 0 || sg_word_is(r, word, "we") ||
           sg_word_is(r, word, "i");
}

/* "Nobody wants it", "everyone supports it": so says the speaker. */
static bool is_nobody(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "nobody", "none", "everybody", "everyone" };

    return SG_IS_ONE_OF(r->lower[word], words);
}

static uint32_t as_holder(struct finder *f, uint32_t subject, uint32_t word)
{
    if (subject == SG_NO_WORD)
        return SG_NO_ACTOR;
    if (is_first_person(f->r, subject) || is_nobody(f->r, subject))
        return self(f, word);
    return sg_actor_or_group_at(f->r, subject);
}

/* "X, a critic of it", "Y critic X", "X is a supporter of it"; else the group: "its supporters". */
static uint32_t holder_named(struct finder *f, uint32_t noun)
{
    static const sg_deprel names[] = { SG_APPOS, SG_FLAT, SG_NSUBJ };
    const sg_reading *r = f->r;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t name = sg_child(r, noun, names[i]);
        uint32_t actor = name != SG_NO_WORD ? as_holder(f, name, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    if ((sg_word_is_rel(r, noun, SG_APPOS) || sg_word_is_rel(r, noun, SG_COMPOUND)) &&
        r->info[noun].head != SG_NO_WORD)
        return as_holder(f, r->info[noun].head, noun);
    return sg_actor_at(r, noun);
}

static uint32_t holder_of_noun(struct finder *f, uint32_t noun)
{
    static const sg_deprel places[] = { SG_NMOD_POSS, SG_COMPOUND, SG_AMOD };
    uint32_t head = f->r->info[noun].head;

    if (is_person_noun(f->r, noun))
        return holder_named(f, noun);
    if (sg_child(f->r, noun, SG_NSUBJ) != SG_NO_WORD) /* "were in support of it" */
        return as_holder(f, sg_child(f->r, noun, SG_NSUBJ), noun);

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        uint32_t owner = sg_child(f->r, noun, places[i]);
        uint32_t actor = owner != SG_NO_WORD ? as_holder(f, owner, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    if (head == SG_NO_WORD && f->speech->mode[noun] == SG_DIRECT_QUOTE)
        return self(f, noun); /* "Congratulations to her" */
    if (head != SG_NO_WORD && f->r->info[head].upos == SG_VERB &&
        (sg_word_is_rel(f->r, noun, SG_OBJ) || sg_word_is_rel(f->r, noun, SG_OBL)))
        return as_holder(f, sg_subject_of(f->r, head), noun); /* "voiced support for" */
    return SG_NO_ACTOR;
}

/* Also of what is done for a purpose: "filed suit to stop it", "met her, pressing for it". */
static uint32_t subject_of(const sg_reading *r, uint32_t verb)
{
    uint32_t subject = sg_subject_of(r, verb);
    uint32_t head = r->info[verb].head;
    bool purpose = (r->info[verb].features & (SG_FEAT_INFINITIVE | SG_FEAT_GERUND)) != 0;

    if (subject != SG_NO_WORD || head == SG_NO_WORD || !purpose ||
        !sg_word_is_upos(r, verb, SG_VERB))
        return subject;
    if (sg_word_is_rel(r, verb, SG_ADVCL))
        return sg_subject_of(r, head);
    if (sg_word_is_rel(r, verb, SG_ACL) && sg_word_is_rel(r, head, SG_OBJ))
        return sg_subject_of(r, r->info[head].head);
    return SG_NO_WORD;
}

static uint32_t holder_of(struct finder *f, uint32_t word, uint32_t subject)
{
    if (subject == SG_NO_WORD && f->speech->mode[word] == SG_DIRECT_QUOTE)
        return self(f, word);
    return as_holder(f, subject, word);
}

/* "If she agrees", "until the council votes for it", "whether they back it". */
static bool is_open(const sg_reading *r, uint32_t verb)
{
    static const char *const marks[] = { "if", "unless", "until", "whether" };
    uint32_t mark = sg_child(r, verb, SG_MARK);

    return mark != SG_NO_WORD && SG_IS_ONE_OF(r->lower[mark], marks);
}

/* "A, B and C want it": each of them. */
static void each_holder(struct finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t subject;

    if (cue->class == SG_CUE_NOUN) {
        apply_cue(f, word, holder_of_noun(f, word), 1, cue, 0);
        return;
    }
    if (is_open(r, word))
        return;
    subject = subject_of(r, word);
    apply_cue(f, word, holder_of(f, word, subject), 1, cue, 0);
    if (subject == SG_NO_WORD)
        return;
    for (uint32_t w = subject + 1; w < sg_sentence_past(r, subject); w++) {
        if (r->info[w].head == subject && sg_word_is_rel(r, w, SG_CONJ))
            apply_cue(f, word, as_holder(f, w, word), 1, cue, 0);
    }
}

/* ---- what a speaker's own words show ---- */

/* "Called it a smash and grab", "described it as reckless": what `word` stands for as an object's
 * complement, and who says so; SG_NO_WORD. */
static uint32_t called_by(struct finder *f, uint32_t word, uint32_t *holder_out)
{
    static const char *const lemmas[] = { "call",   "label",    "brand",  "describe", "dub",
                                          "term",   "deem",     "regard", "view",     "portray",
                                          "depict", "consider", "see",    "declare",  "find" };
    const sg_reading *r = f->r;
    uint32_t verb = r->info[word].head;
    uint32_t thing;

    if (verb == SG_NO_WORD || !SG_IS_ONE_OF(r->info[verb].lemma, lemmas) ||
        !(sg_word_is_rel(r, word, SG_XCOMP) || has_case(r, word, "as")))
        return SG_NO_WORD;
    thing = sg_child(r, verb, SG_OBJ);
    if (thing != SG_NO_WORD)
        *holder_out = holder_of(f, verb, sg_subject_of(r, verb));
    return thing;
}

static void judge(struct finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t holder = self(f, word);
    uint32_t said = word; /* what is said of the thing: "a terrible idea" */
    uint32_t thing = SG_NO_WORD;
    uint32_t called;
    int sign = cue->sign * negation(r, word);

    if (cue->class != SG_CUE_VERB && sg_word_is_rel(r, word, SG_AMOD))
        said = thing = r->info[word].head;
    called = said != SG_NO_WORD ? called_by(f, said, &holder) : SG_NO_WORD;
    if (called != SG_NO_WORD) {
        thing = called;
    } else if (thing != SG_NO_WORD && sg_child(r, thing, SG_COP) != SG_NO_WORD) {
        sign *= negation(r, thing);
        thing = sg_subject_of(r, thing);
    } else if (thing == SG_NO_WORD) {
        thing = sg_subject_of(r, word);
    }
    if (holder != SG_NO_ACTOR && thing != SG_NO_WORD && !is_first_person(r, thing))
        about(f, thing, holder, sign, word, cue);
}

/* "must", "should", "need to": the speaker asks for it. */
static void demand(struct finder *f, uint32_t verb)
{
    static const sg_cue modal = { "", "", 1, SG_CUE_VERB, SG_CUE_DEMAND, 2 };
    static const char *const modals[] = { "should", "must", "ought" };
    uint32_t speaker = self(f, verb);

    if (speaker == SG_NO_ACTOR || f->done[verb])
        return;
    for (uint32_t w = sg_sentence_first(f->r, verb); w < verb; w++) {
        if (f->r->info[w].head != verb || f->r->info[w].upos != SG_AUX)
            continue;
        for (size_t i = 0; i < sizeof modals / sizeof modals[0]; i++) {
            if (sg_word_is(f->r, w, modals[i])) {
                follow(f, verb, speaker, 1, verb, &modal, 1);
                return;
            }
        }
    }
}

static bool is_somebody(const sg_reading *r, uint32_t word)
{
    uint32_t actor = sg_actor_at(r, word);

    return is_first_person(r, word) ||
           (actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON);
}

/* "Is against the levy", "are not in favour of it", "was behind her". */
static void lean(struct finder *f, uint32_t word)
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
        each_conjunct(f, word, as_holder(f, subject, word), sign * negation(r, word), word,
                      &leaning);
}

/* "The levy drew criticism from X", "it met with anger among them". */
static void draw(struct finder *f, uint32_t verb)
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
        noun = with_preposition(r, verb, "with", 4);
    cue = noun != SG_NO_WORD ? sg_stance_cue(r, noun) : NULL;
    if (cue == NULL || cue->class != SG_CUE_NOUN || cue->sign == 0)
        return;
    for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
        uint32_t holder = with_preposition(r, noun, froms[i], strlen(froms[i]));

        if (holder == SG_NO_WORD)
            holder = with_preposition(r, verb, froms[i], strlen(froms[i]));
        if (holder != SG_NO_WORD)
            each_conjunct(f, thing, as_holder(f, holder, verb),
                          cue->sign * negation(r, verb) * negation(r, noun), noun, cue);
    }
}

/* "Will resign if it is built", "will strike unless it goes": who does something drastic in that
 * case does not want the case. */
static void condition(struct finder *f, uint32_t verb)
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
        about(f, verb, as_holder(f, sg_subject_of(r, main), main), sign * negation(r, verb), verb,
              &threat);
}

void sg_find_candidates(sg_reading *r, const sg_speech *speech, sg_candidates *out)
{
    static const sg_cue no_side = { "", "obj", 0, SG_CUE_VERB, SG_CUE_ATTITUDE, 3 };
    struct finder f = { .r = r, .speech = speech, .out = out, .position = SG_NO_POSITION };

    f.done = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *f.done);
    for (uint32_t w = 0; w < r->word_count; w++) {
        const sg_cue *cue = r->skipped[w] ? NULL : sg_stance_cue(r, w);

        if (cue == NULL || f.done[w])
            continue;
        if (takes_no_side(r, w, cue))
            cue = &no_side;
        each_holder(&f, w, cue);
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        const sg_cue *cue = r->skipped[w] ? NULL : sg_evaluation_cue(r, w);

        if (!r->skipped[w]) {
            lean(&f, w);
            condition(&f, w);
            draw(&f, w);
        }
        if (cue != NULL)
            judge(&f, w, cue);
        if (r->info[w].upos == SG_VERB)
            demand(&f, w);
    }
}
