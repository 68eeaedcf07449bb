#include <string.h>

#include "stance_rules.h"

/* A cue word gives candidates: who holds the stance (the subject of a verb, the possessor of a
 * noun, the speaker where somebody speaks of himself), its sign and what it is about
 * (stance_rules.c). Inside what somebody says, judgements and demands are that person's
 * (stance_judgement.c). */

uint32_t sg_rule_speaker(const sg_rule_finder *f, uint32_t word)
{
    return f->speech->speaker[word];
}

bool sg_is_first_person(const sg_reading *r, uint32_t word)
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

uint32_t sg_rule_holder(sg_rule_finder *f, uint32_t subject, uint32_t word)
{
    if (subject == SG_NO_WORD)
        return SG_NO_ACTOR;
    if (sg_is_first_person(f->r, subject) || is_nobody(f->r, subject))
        return sg_rule_speaker(f, word);
    return sg_actor_or_group_at(f->r, subject);
}

/* "X, a critic of it", "Y critic X", "X is a supporter of it"; else the group: "its supporters". */
static uint32_t holder_named(sg_rule_finder *f, uint32_t noun)
{
    static const sg_deprel names[] = { SG_APPOS, SG_FLAT, SG_NSUBJ };
    const sg_reading *r = f->r;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t name = sg_child(r, noun, names[i]);
        uint32_t actor = name != SG_NO_WORD ? sg_rule_holder(f, name, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    if ((sg_word_is_rel(r, noun, SG_APPOS) || sg_word_is_rel(r, noun, SG_COMPOUND)) &&
        r->info[noun].head != SG_NO_WORD)
        return sg_rule_holder(f, r->info[noun].head, noun);
    return sg_actor_at(r, noun);
}

static uint32_t holder_of_noun(sg_rule_finder *f, uint32_t noun)
{
    static const sg_deprel places[] = { SG_NMOD_POSS, SG_COMPOUND, SG_AMOD };
    uint32_t head = f->r->info[noun].head;

    if (sg_is_person_noun(f->r, noun))
        return holder_named(f, noun);
    if (sg_child(f->r, noun, SG_NSUBJ) != SG_NO_WORD) /* "were in support of it" */
        return sg_rule_holder(f, sg_child(f->r, noun, SG_NSUBJ), noun);

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        uint32_t owner = sg_child(f->r, noun, places[i]);
        uint32_t actor = owner != SG_NO_WORD ? sg_rule_holder(f, owner, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    if (head == SG_NO_WORD && f->speech->mode[noun] == SG_DIRECT_QUOTE)
        return sg_rule_speaker(f, noun); /* "Congratulations to her" */
    if (head != SG_NO_WORD && f->r->info[head].upos == SG_VERB &&
        (sg_word_is_rel(f->r, noun, SG_OBJ) || sg_word_is_rel(f->r, noun, SG_OBL)))
        return sg_rule_holder(f, sg_subject_of(f->r, head), noun); /* "voiced support for" */
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

uint32_t sg_rule_holder_of(sg_rule_finder *f, uint32_t word, uint32_t subject)
{
    if (subject == SG_NO_WORD && f->speech->mode[word] == SG_DIRECT_QUOTE)
        return sg_rule_speaker(f, word);
    return sg_rule_holder(f, subject, word);
}

/* "If she agrees", "until the council votes for it", "whether they back it". */
static bool is_open(const sg_reading *r, uint32_t verb)
{
    static const char *const marks[] = { "if", "unless", "until", "whether" };
    uint32_t mark = sg_child(r, verb, SG_MARK);

    return mark != SG_NO_WORD && SG_IS_ONE_OF(r->lower[mark], marks);
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

/* "A, B and C want it": each of them. */
static void each_holder(sg_rule_finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    uint32_t subject;

    if (cue->class == SG_CUE_NOUN) {
        sg_rule_apply(f, word, holder_of_noun(f, word), 1, cue, 0);
        return;
    }
    if (is_open(r, word))
        return;
    subject = subject_of(r, word);
    sg_rule_apply(f, word, sg_rule_holder_of(f, word, subject), 1, cue, 0);
    if (subject == SG_NO_WORD)
        return;
    for (uint32_t w = subject + 1; w < sg_sentence_past(r, subject); w++) {
        if (r->info[w].head == subject && sg_word_is_rel(r, w, SG_CONJ))
            sg_rule_apply(f, word, sg_rule_holder(f, w, word), 1, cue, 0);
    }
}

void sg_find_candidates(sg_reading *r, const sg_speech *speech, sg_candidates *out)
{
    static const sg_cue no_side = { "", "obj", 0, SG_CUE_VERB, SG_CUE_ATTITUDE, 3 };
    sg_rule_finder f = { .r = r, .speech = speech, .out = out, .position = SG_NO_POSITION };

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
        if (!r->skipped[w])
            sg_rule_judge(&f, w);
    }
}
