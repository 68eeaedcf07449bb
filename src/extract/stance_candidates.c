#include <stdlib.h>
#include <string.h>

#include "stance_rules.h"

/* A cue word gives candidates: who holds the stance (the subject of a verb, the possessor of a
 * noun, the speaker where somebody speaks of himself), its sign and what it is about
 * (stance_rules.c). Inside what somebody says, judgements and demands are that person's
 * (stance_judgement.c). Other words show sides too (stance_constructions.c). */

/* "To A, it is a disaster", "in A's view", "in the opinion of A": A. */
static uint32_t viewer_in(const sg_reading *r, uint32_t first)
{
    static const char *const lemmas[] = { "view", "opinion", "eye", "judgement", "judgment" };
    uint32_t noun = r->info[first].head;
    uint32_t of = sg_word_is_rel(r, first, SG_CASE) ? r->info[noun].head : SG_NO_WORD;
    uint32_t owner;

    if (of == SG_NO_WORD || !sg_word_is_rel(r, noun, SG_OBL))
        return SG_NO_ACTOR;
    if (sg_word_is(r, first, "to") || sg_word_is(r, first, "for"))
        return sg_child(r, of, SG_COP) != SG_NO_WORD ? sg_principal_at(r, noun) : SG_NO_ACTOR;
    if (!sg_word_is(r, first, "in") || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return SG_NO_ACTOR;
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, noun, "of", 2);
    return owner != SG_NO_WORD ? sg_principal_at(r, owner) : SG_NO_ACTOR;
}

uint32_t sg_rule_speaker(const sg_rule_finder *f, uint32_t word)
{
    uint32_t speaker = f->speech->speaker[word];

    return speaker != SG_NO_ACTOR ? speaker : viewer_in(f->r, sg_sentence_first(f->r, word));
}

bool sg_is_first_person(const sg_reading *r, uint32_t word)
{
    return (r->info[word].features & SG_FEAT_FIRST) != 0 || sg_word_is(r, word, "we") ||
           sg_word_is(r, word, "i");
}

/* "Nobody wants it", "everyone supports it", "no sane person would": so says the speaker. */
static bool is_nobody(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "nobody",   "none",   "everybody",
                                         "everyone", "anyone", "anybody" };
    static const char *const sane[] = { "sane",       "reasonable", "serious",     "sensible",
                                        "decent",     "rational",   "responsible", "self",
                                        "respecting", "right" };
    uint32_t modifier = sg_child(r, word, SG_AMOD);

    return SG_IS_ONE_OF(r->lower[word], words) || sg_is_rhetorical(r, word) ||
           (sg_has_no(r, word) && modifier != SG_NO_WORD && SG_IS_ONE_OF(r->lower[modifier], sane));
}

/* "A is one of those who oppose it", "A and others who oppose it": A, who stands for them. */
static uint32_t named_among(const sg_reading *r, uint32_t those)
{
    static const char *const words[] = { "those", "others", "few", "many", "several", "one" };
    uint32_t word = those;

    if (!SG_IS_ONE_OF(r->lower[those], words))
        return SG_NO_WORD;
    for (int step = 0; step < 3 && word != SG_NO_WORD; step++) {
        uint32_t subject = sg_child(r, word, SG_NSUBJ);

        if (subject != SG_NO_WORD && subject != those && sg_child(r, word, SG_COP) != SG_NO_WORD)
            return subject;
        if (!sg_word_is_rel(r, word, SG_NMOD) && !sg_word_is_rel(r, word, SG_CONJ) &&
            !sg_word_is_rel(r, word, SG_OBL))
            break;
        word = r->info[word].head;
        if (word != SG_NO_WORD && sg_principal_at(r, word) != SG_NO_ACTOR)
            return word;
    }
    return SG_NO_WORD;
}

/* "The department's appeal criticised it", "the council's plan": whose paper that is. */
static uint32_t author_of(const sg_reading *r, uint32_t paper)
{
    uint32_t owner = sg_writer_of(r, paper);

    if (owner != SG_NO_WORD || sg_principal_at(r, paper) != SG_NO_ACTOR ||
        !sg_is_kind_of_proposal(r->info[paper].lemma))
        return owner;
    owner = sg_child(r, paper, SG_NMOD_POSS);
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, paper, "by", 2);
    if (owner == SG_NO_WORD)
        owner = sg_with_preposition(r, paper, "from", 4);
    return owner != SG_NO_WORD && sg_principal_at(r, owner) != SG_NO_ACTOR ? owner : SG_NO_WORD;
}

/* "98 per cent of doctors", "a majority of them": the doctors. */
static uint32_t whole_of(const sg_reading *r, uint32_t part)
{
    static const char *const parts[] = { "cent",    "percent",  "%",       "majority", "half",
                                         "most",    "third",    "quarter", "many",     "all",
                                         "number",  "some",     "none",    "both",     "each",
                                         "hundred", "thousand", "dozen",   "fifth",    "tenth",
                                         "handful", "fraction", "minority" };
    uint32_t whole = SG_IS_ONE_OF(r->info[part].lemma, parts)
                         ? sg_with_preposition(r, part, "of", 2)
                         : SG_NO_WORD;

    return whole != SG_NO_WORD && sg_principal_at(r, part) == SG_NO_ACTOR ? whole : SG_NO_WORD;
}

/* "A is a liar and bully who wants it", "A became the first to want it", "A, a charity that wants
 * it": A, whom the noun describes; else the noun. */
static uint32_t described(const sg_reading *r, uint32_t noun)
{
    static const char *const becoming[] = { "become", "remain" };
    uint32_t top = noun;
    uint32_t verb;
    uint32_t who = SG_NO_WORD;

    if (!sg_word_is_upos(r, noun, SG_NOUN) || sg_principal_at(r, noun) != SG_NO_ACTOR)
        return noun;
    while (sg_word_is_rel(r, top, SG_CONJ) && sg_word_is_upos(r, r->info[top].head, SG_NOUN))
        top = r->info[top].head;
    verb = r->info[top].head;
    if (sg_child(r, top, SG_COP) != SG_NO_WORD)
        who = sg_child(r, top, SG_NSUBJ);
    else if (sg_word_is_rel(r, top, SG_APPOS))
        who = verb;
    else if (verb != SG_NO_WORD && SG_IS_ONE_OF(r->info[verb].lemma, becoming) &&
             (sg_word_is_rel(r, top, SG_XCOMP) || sg_word_is_rel(r, top, SG_OBJ)))
        who = sg_subject_of(r, verb);
    return who != SG_NO_WORD && sg_principal_at(r, who) != SG_NO_ACTOR ? who : noun;
}

uint32_t sg_rule_holder(sg_rule_finder *f, uint32_t subject, uint32_t word)
{
    uint32_t named;

    if (subject == SG_NO_WORD)
        return SG_NO_ACTOR;
    if (sg_is_first_person(f->r, subject) ||
        (is_nobody(f->r, subject) && sg_with_preposition(f->r, subject, "of", 2) == SG_NO_WORD))
        return sg_rule_speaker(f, word);
    subject = described(f->r, subject);
    named = named_among(f->r, subject);
    if (named == SG_NO_WORD)
        named = whole_of(f->r, subject);
    if (named == SG_NO_WORD)
        named = author_of(f->r, subject);
    return sg_actor_or_group_at(f->r, named != SG_NO_WORD ? named : subject);
}

static bool is_crowd(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "host",   "group",  "number", "handful", "array", "crop",
                                          "clutch", "string", "crowd",  "band",    "slew",  "list",
                                          "dozen",  "series", "bunch",  "chorus",  "raft",  "set" };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "X, a critic of it", "Y critic X", "X is a supporter of it"; else the group: "its supporters". */
uint32_t sg_rule_named(sg_rule_finder *f, uint32_t noun)
{
    static const sg_deprel names[] = { SG_APPOS, SG_FLAT, SG_NSUBJ };
    const sg_reading *r = f->r;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        uint32_t name = sg_child(r, noun, names[i]);
        uint32_t actor = name != SG_NO_WORD ? sg_rule_holder(f, name, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    if (r->info[noun].head == SG_NO_WORD)
        return sg_actor_at(r, noun);
    if (sg_word_is_rel(r, noun, SG_NSUBJ) && sg_word_is_proper(r, r->info[noun].head) &&
        sg_child(r, r->info[noun].head, SG_COP) != SG_NO_WORD &&
        sg_principal_at(r, r->info[noun].head) != SG_NO_ACTOR)
        return sg_rule_holder(f, r->info[noun].head, noun); /* "its loudest critic is A" */
    if (sg_word_is_rel(r, noun, SG_APPOS) || sg_word_is_rel(r, noun, SG_COMPOUND) ||
        (sg_word_is_rel(r, noun, SG_NMOD) && r->info[noun].head == noun + 1 &&
         sg_word_is_proper(r, noun + 1)))
        return sg_rule_holder(f, r->info[noun].head, noun);
    if (sg_word_is_rel(r, noun, SG_CONJ) &&
        sg_child(r, r->info[noun].head, SG_NSUBJ) != SG_NO_WORD &&
        sg_child(r, r->info[noun].head, SG_COP) != SG_NO_WORD)
        return sg_rule_holder(f, sg_child(r, r->info[noun].head, SG_NSUBJ),
                              noun); /* "is a friend of hers and no fan of it" */
    if (sg_word_is_rel(r, noun, SG_OBL) &&
        (sg_has_case(r, noun, "as") || (sg_has_case(r, noun, "among") &&
                                        sg_child(r, r->info[noun].head, SG_OBJ) != SG_NO_WORD))) {
        uint32_t verb = r->info[noun].head; /* "emerged as a critic", "counts herself among" */
        uint32_t who = sg_child(r, verb, SG_NSUBJ_PASS);

        return sg_rule_holder(
            f, who != SG_NO_WORD ? sg_relative_antecedent(r, who) : sg_subject_of(r, verb), noun);
    }
    if (sg_word_is_rel(r, noun, SG_OBL) && sg_has_case(r, noun, "among") &&
        sg_principal_at(r, r->info[noun].head) != SG_NO_ACTOR) /* "among its critics is A" */
        return sg_rule_holder(f, r->info[noun].head, noun);
    while (sg_word_is_rel(r, noun, SG_NMOD) && is_crowd(r, r->info[noun].head))
        noun = r->info[noun].head; /* "one of a host of its critics" */
    if (sg_word_is_rel(r, noun, SG_NMOD) &&
        named_among(r, r->info[noun].head) != SG_NO_WORD) /* "is one of its critics" */
        return sg_rule_holder(f, named_among(r, r->info[noun].head), noun);
    return sg_actor_at(r, noun);
}

static bool is_leading(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "lead", "head", "spearhead", "organise", "organize" };

    return sg_word_is_upos(r, verb, SG_VERB) && SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "Opposition to it was led by A", "the leader of the campaign against it, A": A. */
static uint32_t leader_of(sg_rule_finder *f, uint32_t noun)
{
    static const char *const lemmas[] = { "leader", "head",      "chair",     "chairman",
                                          "face",   "organiser", "organizer", "founder" };
    const sg_reading *r = f->r;
    uint32_t head = r->info[noun].head;

    if (head == SG_NO_WORD)
        return SG_NO_ACTOR;
    if (sg_word_is_rel(r, noun, SG_NSUBJ_PASS) && is_leading(r, head))
        return sg_rule_holder(f, sg_child(r, head, SG_OBL_AGENT), noun);
    return sg_word_is_rel(r, noun, SG_NMOD) && sg_has_case(r, noun, "of") &&
                   SG_IS_ONE_OF(r->info[head].lemma, lemmas)
               ? sg_rule_named(f, head)
               : SG_NO_ACTOR;
}

/* "Sued them over the imposition of it": not what the subject does. */
static bool is_matter(const sg_reading *r, uint32_t noun, const sg_cue *cue)
{
    static const char *const cases[] = { "over",    "against", "about", "at",    "after",
                                         "despite", "of",      "from",  "before" };
    uint32_t marker = sg_child(r, noun, SG_CASE);

    return cue->kind == SG_CUE_ACT && sg_word_is_rel(r, noun, SG_OBL) && marker != SG_NO_WORD &&
           SG_IS_ONE_OF(r->lower[marker], cases);
}

/* "Acknowledged concerns about it", "described the vote for it as": of what others feel. */
static bool is_only_heard(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = {
        "acknowledge", "recognise", "recognize", "understand", "hear",    "note",    "address",
        "ease",        "allay",     "face",      "ignore",     "mention", "point",   "cite",
        "respond",     "react",     "reply",     "discuss",    "answer",  "weather", "anticipate",
        "reference",   "refer",     "avoid",     "temper",     "soften"
    };

    if (SG_IS_ONE_OF(r->info[verb].lemma, lemmas))
        return true;
    return sg_is_naming_verb(r, verb) && (sg_child(r, verb, SG_XCOMP) != SG_NO_WORD ||
                                          sg_with_preposition(r, verb, "as", 2) != SG_NO_WORD);
}

/* "A lot of respect for it", "nothing but praise for it": the lot, the nothing; else the noun. */
static uint32_t measure_of(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "lot",     "deal",    "bit",    "plenty",     "word",
                                          "message", "note",    "show",   "expression", "wave",
                                          "chorus",  "barrage", "flood",  "nothing",    "kind",
                                          "degree",  "torrent", "amount", "outpouring", "level" };
    uint32_t measure = r->info[noun].head;

    return measure != SG_NO_WORD && measure < noun && sg_word_is_rel(r, noun, SG_NMOD) &&
                   (sg_has_case(r, noun, "of") || sg_has_case(r, noun, "but")) &&
                   SG_IS_ONE_OF(r->info[measure].lemma, lemmas)
               ? measure
               : noun;
}

static bool is_from_others(const sg_reading *r, uint32_t noun)
{
    uint32_t of = sg_with_preposition(r, noun, "of", 2);

    return of != SG_NO_WORD && sg_principal_at(r, of) != SG_NO_ACTOR;
}

/* "Won with appeals and attacks": of the attacks the verb; SG_NO_WORD. */
static uint32_t with_that(const sg_reading *r, uint32_t noun)
{
    static const char *const cases[] = { "with", "by", "through" };
    uint32_t marker;

    if (!sg_word_is_rel(r, noun, SG_CONJ))
        return SG_NO_WORD;
    for (int step = 0; step < 4 && noun != SG_NO_WORD &&
                       (sg_word_is_rel(r, noun, SG_CONJ) || sg_word_is_rel(r, noun, SG_NMOD));
         step++)
        noun = r->info[noun].head;
    if (noun == SG_NO_WORD || !sg_word_is_rel(r, noun, SG_OBL))
        return SG_NO_WORD;
    marker = sg_child(r, noun, SG_CASE);
    return marker != SG_NO_WORD && SG_IS_ONE_OF(r->lower[marker], cases) ? r->info[noun].head
                                                                         : SG_NO_WORD;
}

static uint32_t holder_of_noun(sg_rule_finder *f, uint32_t noun, const sg_cue *cue)
{
    static const sg_deprel places[] = { SG_NMOD_POSS, SG_COMPOUND, SG_AMOD };
    uint32_t head = f->r->info[noun].head;
    uint32_t leader;
    uint32_t helped;

    if (sg_is_person_noun(f->r, noun))
        return sg_rule_named(f, noun);
    if (sg_has_case(f->r, noun, "under"))
        return SG_NO_ACTOR; /* "under pressure to" */
    if (head != SG_NO_WORD && sg_word_is_rel(f->r, noun, SG_OBL) && sg_has_case(f->r, noun, "on") &&
        sg_child(f->r, head, SG_NSUBJ_PASS) != SG_NO_WORD)
        return sg_rule_holder(f, sg_relative_antecedent(f->r, sg_child(f->r, head, SG_NSUBJ_PASS)),
                              noun); /* "was elected on a promise to" */
    if (head != SG_NO_WORD && sg_word_is_rel(f->r, noun, SG_NSUBJ) &&
        sg_child(f->r, head, SG_EXPL) != SG_NO_WORD)
        return sg_rule_speaker(f, noun); /* "there is no need for it" */
    if (cue->kind == SG_CUE_DEMAND && sg_child(f->r, noun, SG_NSUBJ) != SG_NO_WORD &&
        sg_word_is(f->r, sg_child(f->r, noun, SG_NSUBJ), "it"))
        return sg_rule_speaker(f, noun);              /* "it is time to" */
    if (sg_child(f->r, noun, SG_NSUBJ) != SG_NO_WORD) /* "were in support of it" */
        return sg_rule_holder(f, sg_child(f->r, noun, SG_NSUBJ), noun);

    if (head != SG_NO_WORD && sg_word_is_rel(f->r, noun, SG_NSUBJ)) {
        uint32_t source = sg_with_preposition(f->r, head, "from", 4);

        if (source != SG_NO_WORD && strcmp(f->r->info[head].lemma, "come") == 0)
            return sg_rule_holder(f, source, noun); /* "criticism came from A" */
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        uint32_t owner = sg_child(f->r, noun, places[i]);
        uint32_t actor = owner != SG_NO_WORD ? sg_rule_holder(f, owner, noun) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR)
            return actor;
    }
    leader = leader_of(f, noun);
    if (leader != SG_NO_ACTOR)
        return leader;
    if (head != SG_NO_WORD && sg_is_getting(f->r, head) && is_from_others(f->r, noun))
        return SG_NO_ACTOR; /* "has the support of A" is no support for A */
    if (measure_of(f->r, noun) != noun)
        return holder_of_noun(f, measure_of(f->r, noun), cue);
    if (f->speech->mode[noun] == SG_DIRECT_QUOTE &&
        (head == SG_NO_WORD ||
         (sg_word_is_rel(f->r, noun, SG_NSUBJ) && f->speech->mode[head] != SG_DIRECT_QUOTE)))
        return sg_rule_speaker(f, noun); /* "Congratulations to her" */
    helped = with_that(f->r, noun);
    if (helped != SG_NO_WORD) /* "won with appeals to them and attacks on it" */
        return sg_rule_holder(f, sg_rule_subject(f->r, helped, cue), noun);
    if (head != SG_NO_WORD && f->r->info[head].upos == SG_VERB && !is_matter(f->r, noun, cue) &&
        !is_only_heard(f->r, head) &&
        (sg_word_is_rel(f->r, noun, SG_OBJ) || sg_word_is_rel(f->r, noun, SG_OBL)))
        return sg_rule_holder(f, sg_rule_subject(f->r, head, cue), noun); /* "voiced support for" */
    return SG_NO_ACTOR;
}

/* "Is opposed to it", "opposed to it, she left". */
static uint32_t feeling_subject(const sg_reading *r, uint32_t participle)
{
    uint32_t subject = sg_child(r, participle, SG_NSUBJ_PASS);
    uint32_t head = r->info[participle].head;

    if (subject == SG_NO_WORD)
        subject = sg_child(r, participle, SG_NSUBJ);
    if (subject == SG_NO_WORD && head != SG_NO_WORD &&
        (sg_word_is_rel(r, participle, SG_ADVCL) || sg_word_is_rel(r, participle, SG_XCOMP) ||
         sg_word_is_rel(r, participle, SG_CONJ)))
        subject = sg_subject_of(r, head); /* "remains opposed to it" */
    return subject != SG_NO_WORD ? sg_relative_antecedent(r, subject) : SG_NO_WORD;
}

/* Subjects that the tree has misplaced; SG_NO_WORD. */
static uint32_t displaced_subject(const sg_reading *r, uint32_t verb)
{
    uint32_t head = r->info[verb].head;
    uint32_t subject = sg_misread_subject(r, verb);

    if (subject != SG_NO_WORD)
        return subject;
    if (head != SG_NO_WORD && sg_principal_at(r, head) != SG_NO_ACTOR) {
        if (sg_is_ing(r, verb) && head > verb && sg_child(r, head, SG_COP) != SG_NO_WORD &&
            (sg_word_is_rel(r, verb, SG_CSUBJ) || sg_word_is_rel(r, verb, SG_NSUBJ)))
            return head; /* "opposing it are A and B" */
        if (head < verb && sg_word_is_rel(r, verb, SG_CONJ) && sg_word_is_upos(r, head, SG_PROPN) &&
            sg_child(r, verb, SG_CC) == SG_NO_WORD)
            return head; /* "A, B and C oppose it", read as a list of which the verb is the last */
    }
    if (head != SG_NO_WORD && head < verb && sg_word_is_rel(r, verb, SG_CCOMP) &&
        sg_is_ing(r, verb) && sg_word_is(r, verb - 1, ",") &&
        (r->classes[head] & SG_CLASS_SPEECH) != 0)
        return sg_child(r, head, SG_NSUBJ); /* "...," said A, attacking B */
    if (sg_child(r, verb, SG_AUX_PASS) == SG_NO_WORD)
        subject = sg_child(r, verb, SG_NSUBJ_PASS); /* no passive, whatever the tree says */
    if (subject == SG_NO_WORD && head != SG_NO_WORD && sg_word_is_rel(r, verb, SG_CONJ) &&
        sg_child(r, head, SG_AUX_PASS) == SG_NO_WORD)
        subject = sg_child(r, head, SG_NSUBJ_PASS);
    return subject;
}

/* Also of what is done for a purpose ("filed suit to stop it", "met her, pressing for it") and of
 * what is felt. */
uint32_t sg_rule_subject(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t subject = sg_subject_of(r, verb);
    uint32_t head = r->info[verb].head;
    bool purpose = (r->info[verb].features & SG_FEAT_INFINITIVE) != 0 || sg_is_ing(r, verb);

    if (sg_far_from(r, verb) != SG_NO_WORD)
        return sg_subject_of(r, sg_far_from(r, verb));
    if (cue->class == SG_CUE_ADJECTIVE &&
        (sg_word_is_upos(r, verb, SG_VERB) || sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD))
        return feeling_subject(r, verb);
    if (cue->class == SG_CUE_ADJECTIVE && subject == SG_NO_WORD && head != SG_NO_WORD &&
        head < verb && (sg_word_is_rel(r, verb, SG_AMOD) || sg_word_is_rel(r, verb, SG_ACL)))
        return head; /* "A, wary of it, left" */
    if (strcmp(cue->rest, "by") == 0 && sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD &&
        sg_child(r, verb, SG_AUX_PASS) == SG_NO_WORD)
        return sg_relative_antecedent(r, sg_child(r, verb, SG_NSUBJ_PASS)); /* "stood by her" */
    if (subject == SG_NO_WORD)
        subject = displaced_subject(r, verb);
    if (head == SG_NO_WORD || !purpose || !sg_word_is_upos(r, verb, SG_VERB))
        return subject;
    if (subject == SG_NO_WORD && sg_word_is_rel(r, verb, SG_ADVCL))
        return sg_child(r, head, SG_NSUBJ_PASS) != SG_NO_WORD && sg_is_ing(r, verb)
                   ? sg_child(r, head, SG_NSUBJ_PASS) /* "was arrested while opposing it" */
                   : sg_subject_of(r, head);
    if (sg_word_is_rel(r, verb, SG_ACL) && sg_principal_at(r, head) == SG_NO_ACTOR) {
        uint32_t owner = sg_child(r, head, SG_NMOD_POSS); /* "her lawsuit to stop it" */

        if (owner != SG_NO_WORD)
            return owner;
        if (sg_child(r, head, SG_COP) != SG_NO_WORD)
            return sg_subject_of(r, head); /* "is on the brink of approving it" */
        for (int step = 0; step < 3 && head != SG_NO_WORD; step++) {
            if (sg_word_is_upos(r, head, SG_VERB)) /* "spent millions of dollars attacking her" */
                return sg_rule_subject(r, head, cue);
            if (!sg_word_is_rel(r, head, SG_OBJ) && !sg_word_is_rel(r, head, SG_NMOD) &&
                !sg_word_is_rel(r, head, SG_OBL))
                break;
            head = r->info[head].head;
        }
    }
    return subject;
}

/* "She wants to end - essentially end it": the verb that is said again; SG_NO_WORD. */
static uint32_t said_again(const sg_reading *r, uint32_t verb)
{
    for (uint32_t w = verb; w-- > sg_sentence_first(r, verb) && w + 5 > verb;) {
        if (sg_word_is_rel(r, verb, SG_PARATAXIS) && sg_word_is_upos(r, w, SG_VERB) &&
            strcmp(r->info[w].lemma, r->info[verb].lemma) == 0)
            return w;
    }
    return SG_NO_WORD;
}

uint32_t sg_rule_holder_of(sg_rule_finder *f, uint32_t word, uint32_t subject)
{
    if (subject == SG_NO_WORD && said_again(f->r, word) != SG_NO_WORD)
        subject = sg_subject_of(f->r, said_again(f->r, word));
    if (subject == SG_NO_WORD && f->speech->mode[word] == SG_DIRECT_QUOTE)
        return sg_rule_speaker(f, word);
    return sg_rule_holder(f, subject, word);
}

static bool has_open_mark(const sg_reading *r, uint32_t verb)
{
    static const char *const marks[] = { "if", "unless", "until", "whether" };
    uint32_t mark = sg_child(r, verb, SG_MARK);

    return mark != SG_NO_WORD && SG_IS_ONE_OF(r->lower[mark], marks);
}

/* Also of "if they vote against backing it" the backing. */
bool sg_is_open(const sg_reading *r, uint32_t verb)
{
    uint32_t above = r->info[verb].head;

    return has_open_mark(r, verb) ||
           (above != SG_NO_WORD && above < verb && sg_word_is_upos(r, above, SG_VERB) &&
            (sg_word_is_rel(r, verb, SG_XCOMP) || sg_word_is_rel(r, verb, SG_ADVCL)) &&
            has_open_mark(r, above));
}

/* "Stopped short of backing it", "undecided about backing it", "declined to say whether she backs
 * it": that is told, and is neither for nor against it. */
static bool shuns_side(const sg_reading *r, uint32_t verb)
{
    static const char *const unsure[] = { "undecided",  "unsure",    "torn",
                                          "ambivalent", "uncertain", "noncommittal" };
    static const char *const shunning[] = { "refuse", "decline" };
    uint32_t above = r->info[verb].head;
    uint32_t top;

    if (verb > sg_sentence_first(r, verb) + 3 && sg_word_is(r, verb - 1, "not") &&
        sg_word_is(r, verb - 3, "or"))
        return true; /* "may or may not back it" */
    if (above == SG_NO_WORD || above > verb)
        return false;
    if (verb >= sg_sentence_first(r, verb) + 3 && sg_word_is(r, verb - 1, "of") &&
        sg_word_is(r, verb - 2, "short") && strcmp(r->info[verb - 3].lemma, "stop") == 0)
        return true;
    top = r->info[above].head;
    return SG_IS_ONE_OF(r->lower[above], unsure) ||
           (strcmp(r->info[above].lemma, "say") == 0 && top != SG_NO_WORD &&
            sg_word_is_rel(r, verb, SG_CCOMP) && sg_word_is_rel(r, above, SG_XCOMP) &&
            SG_IS_ONE_OF(r->info[top].lemma, shunning));
}

/* "Did not say that she supports it", "is not sure that she will". */
static bool is_unsaid(const sg_reading *r, uint32_t verb)
{
    static const char *const saying[] = { "say",     "claim", "announce", "indicate",
                                          "promise", "sure",  "certain" };
    uint32_t above = r->info[verb].head;

    return above != SG_NO_WORD && above < verb &&
           (sg_word_is_rel(r, verb, SG_CCOMP) || sg_word_is_rel(r, verb, SG_XCOMP)) &&
           SG_IS_ONE_OF(r->info[above].lemma, saying) && sg_negation(r, above) < 0;
}

/* "Has a week to sign or veto it": either of the two verbs. */
static bool is_alternative(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    uint32_t first = sg_word_is_rel(r, verb, SG_CONJ) ? r->info[verb].head : verb;
    uint32_t second = first != SG_NO_WORD ? sg_child(r, first, SG_CONJ) : SG_NO_WORD;
    const sg_cue *other;

    if (second == SG_NO_WORD || !sg_child_is(r, second, SG_CC, "or"))
        return false;
    other = sg_stance_cue(r, second == verb ? first : second);
    return other != NULL && other->sign == -cue->sign && cue->sign != 0;
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

static bool has_joined(const sg_reading *r, uint32_t word)
{
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        if (r->info[w].head == word && sg_word_is_rel(r, w, SG_CONJ))
            return true;
    }
    return false;
}

/* "A and B said that they want it": "they" are A and B. */
static uint32_t those_joined(sg_reading *r, uint32_t pronoun)
{
    uint32_t verb = r->info[pronoun].head;

    if (!sg_word_is(r, pronoun, "they") || sg_actor_or_group_at(r, pronoun) != SG_NO_ACTOR)
        return pronoun;
    for (int step = 0; step < 4 && verb != SG_NO_WORD; step++) {
        uint32_t subject = sg_child(r, verb, SG_NSUBJ);

        if (subject != SG_NO_WORD && subject < pronoun && has_joined(r, subject))
            return subject;
        verb = r->info[verb].head;
    }
    return pronoun;
}

/* "Will not be tolerated", "must be stopped": without an agent, so the speaker says. */
static bool is_ruled(const sg_reading *r, uint32_t verb)
{
    static const char *const modals[] = { "will", "would", "can",  "ca",    "could",
                                          "wo",   "shall", "must", "should" };

    if (sg_child(r, verb, SG_AUX_PASS) == SG_NO_WORD)
        return false;
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++) {
        if (r->info[w].head == verb && SG_IS_ONE_OF(r->lower[w], modals))
            return sg_negation(r, verb) < 0;
    }
    return false;
}

/* "She was betrayed", says somebody: not by him. */
static bool is_suffered(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    return cue->class == SG_CUE_VERB && cue->sign < 0 && cue->kind != SG_CUE_DEMAND &&
           sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD && !is_ruled(r, verb) &&
           sg_child(r, verb, SG_OBL_AGENT) == SG_NO_WORD;
}

/* "Opponents of it, including A": A too. */
static bool is_included(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "including", "such", "like" };
    uint32_t marker = sg_child(r, word, SG_CASE);

    return marker != SG_NO_WORD && SG_IS_ONE_OF(r->lower[marker], words) &&
           sg_principal_at(r, word) != SG_NO_ACTOR;
}

/* "Its critics include A and B", "its critics, led by A": A, B. */
static bool is_one_of_those(const sg_reading *r, uint32_t word, uint32_t those)
{
    uint32_t verb = r->info[sg_first_joined(r, word)].head;

    if (verb == SG_NO_WORD || sg_principal_at(r, word) == SG_NO_ACTOR)
        return false;
    word = sg_first_joined(r, word);
    if (sg_word_is_rel(r, word, SG_OBJ) && strcmp(r->info[verb].lemma, "include") == 0)
        return r->info[those].head == verb && sg_word_is_rel(r, those, SG_NSUBJ);
    return sg_word_is_rel(r, word, SG_OBL_AGENT) && sg_word_is_rel(r, verb, SG_ACL) &&
           r->info[verb].head == those && is_leading(r, verb);
}

/* "Its critics, who include A": A; SG_NO_WORD. */
static uint32_t counted_among(const sg_reading *r, uint32_t subject)
{
    uint32_t verb = sg_child(r, subject, SG_ACL_RELCL);

    return verb != SG_NO_WORD && strcmp(r->info[verb].lemma, "include") == 0
               ? sg_child(r, verb, SG_OBJ)
               : SG_NO_WORD;
}

/* How the one who is named with `preposition` beside a subject stands to its stance: "A, along with
 * B, wants it", "unlike B, A wants it". 0 if that says nothing. */
static int sign_beside(const sg_reading *r, uint32_t word)
{
    static const char *const withs[] = { "along",    "alongside", "like",
                                         "together", "including", "such" };
    uint32_t marker = sg_child(r, word, SG_CASE);

    if (marker == SG_NO_WORD || sg_principal_at(r, word) == SG_NO_ACTOR)
        return 0;
    if (sg_word_is(r, marker, "unlike"))
        return -1;
    if (sg_word_is(r, marker, "with"))
        return marker > 0 &&
               (sg_word_is(r, marker - 1, "along") || sg_word_is(r, marker - 1, "together"));
    return SG_IS_ONE_OF(r->lower[marker], withs);
}

/* Whether the words from `first` to `past` have an "and" and no clause but relative ones. */
static bool is_plain_list(const sg_reading *r, uint32_t first, uint32_t past)
{
    bool joined = false;

    for (uint32_t w = first; w < past; w++) {
        joined = joined || sg_word_is(r, w, "and");
        if (sg_word_is_upos(r, w, SG_VERB) && !sg_word_is_rel(r, w, SG_ACL_RELCL) &&
            !sg_word_is_rel(r, w, SG_ACL) && !sg_word_is_rel(r, w, SG_AMOD))
            return false;
    }
    return joined;
}

/* "Two members, A and B, want it", "X's A, Y's B and C want it", which trees take for names of one
 * another or for several subjects: each of them. */
static bool is_listed(const sg_reading *r, uint32_t word, uint32_t subject, uint32_t verb)
{
    bool named = word < verb && sg_principal_at(r, word) != SG_NO_ACTOR;
    uint32_t above = r->info[word].head;
    bool direct = above == subject || (above != SG_NO_WORD && sg_word_is_rel(r, above, SG_FLAT) &&
                                       r->info[above].head == subject);

    if (direct && sg_word_is_rel(r, word, SG_CONJ))
        return true;
    if (direct && sg_word_is_rel(r, word, SG_APPOS)) /* no "X, head of Y" */
        return named && sg_word_is_proper(r, word);
    if (!named || !is_plain_list(r, subject, verb) ||
        (sg_principal_at(r, subject) == SG_NO_ACTOR && !sg_is_person_noun(r, subject)))
        return false;
    if (sg_word_is_rel(r, word, SG_NSUBJ) && r->info[word].head == verb)
        return true;
    while (word > subject &&
           (sg_word_is_rel(r, word, SG_CONJ) || sg_word_is_rel(r, word, SG_APPOS)))
        word = r->info[word].head;
    return word == subject;
}

static bool has_names(const sg_reading *r, uint32_t subject, uint32_t verb)
{
    uint32_t named = sg_child(r, subject, SG_APPOS);

    return named != SG_NO_WORD && named > subject && named < verb &&
           ((r->info[subject].features & SG_FEAT_PLURAL) != 0 ||
            sg_word_is_upos(r, subject, SG_NUM)) &&
           sg_principal_at(r, named) != SG_NO_ACTOR;
}

static bool has_aux(const sg_reading *r, uint32_t verb, const char *const *words, size_t count)
{
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++) {
        if (r->info[w].head == verb && sg_is_one_of(r->lower[w], strlen(r->lower[w]), words, count))
            return true;
    }
    return false;
}

/* "Could disqualify him": not that they do. */
static bool is_possible(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    static const char *const modals[] = { "could", "might", "may" };

    return cue->kind == SG_CUE_ACT && cue->class == SG_CUE_VERB &&
           has_aux(r, verb, modals, sizeof modals / sizeof *modals) && sg_negation(r, verb) > 0;
}

/* "The courts should decide", "it must be signed by her", "the council needs to drop it": what
 * somebody shall do is not what he wants. */
bool sg_is_told_to(const sg_reading *r, uint32_t verb)
{
    static const char *const modals[] = { "should", "must", "ought" };
    static const char *const verbs[] = { "need", "ought" };
    uint32_t head = r->info[verb].head;

    return has_aux(r, verb, modals, sizeof modals / sizeof *modals) ||
           (sg_word_is_rel(r, verb, SG_XCOMP) && head != SG_NO_WORD &&
            SG_IS_ONE_OF(r->info[head].lemma, verbs));
}

/* "A is one of three members who want it": A. */
static uint32_t one_of(const sg_reading *r, uint32_t members)
{
    uint32_t one = r->info[members].head;

    return sg_word_is_rel(r, members, SG_NMOD) && one != SG_NO_WORD && sg_word_is(r, one, "one")
               ? sg_child(r, one, SG_NSUBJ)
               : SG_NO_WORD;
}

/* "Acknowledged concerns about it". */
static bool takes_note(const sg_reading *r, uint32_t verb)
{
    uint32_t noun = sg_child(r, verb, SG_OBJ);
    const sg_cue *cue = noun != SG_NO_WORD ? sg_stance_cue(r, noun) : NULL;

    return cue != NULL && cue->class == SG_CUE_NOUN && cue->sign < 0 && is_only_heard(r, verb);
}

/* "Would sooner resign than accept it", "rather close the pool than sell it". */
static bool is_less_liked(const sg_reading *r, uint32_t verb)
{
    bool preferred = false;

    if (!sg_child_is(r, verb, SG_MARK, "than") && !sg_child_is(r, verb, SG_CASE, "than"))
        return false;
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++)
        preferred = preferred || sg_word_is(r, w, "sooner") ||
                    (sg_word_is(r, w, "rather") && !sg_is_instead_of(r, w));
    return preferred;
}

/* "Is wanted by the police". */
static bool is_wanted(const sg_reading *r, uint32_t verb)
{
    return strcmp(r->info[verb].lemma, "want") == 0 &&
           sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD &&
           sg_child(r, verb, SG_OBL_AGENT) != SG_NO_WORD;
}

/* "Once opposed it but now supports it". */
static bool is_past_view(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    static const char *const words[] = { "once", "previously", "initially", "originally",
                                         "formerly" };
    bool past = false;

    for (uint32_t w = sg_sentence_first(r, verb); w < verb && !past; w++)
        past = r->info[w].head == verb && SG_IS_ONE_OF(r->lower[w], words);
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb) && past; w++) {
        const sg_cue *other =
            r->info[w].head == verb && sg_word_is_rel(r, w, SG_CONJ) ? sg_stance_cue(r, w) : NULL;

        if (other != NULL && other->sign == -cue->sign && cue->sign != 0)
            return true;
    }
    return false;
}

static bool is_helped(const sg_reading *r, uint32_t verb)
{
    for (uint32_t w = sg_sentence_first(r, verb); w < verb; w++) {
        if (r->info[w].head == verb && sg_word_is_upos(r, w, SG_AUX))
            return true;
    }
    return false;
}

/* "Mayor urged to scrap levy", "mayor accused of it": by others. */
static bool is_passive_headline(const sg_reading *r, uint32_t verb)
{
    static const char *const forms[] = { "urged", "accused", "told", "pressed", "forced" };

    return SG_IS_ONE_OF(r->lower[verb], forms) && sg_child(r, verb, SG_OBJ) == SG_NO_WORD &&
           sg_child(r, verb, SG_IOBJ) == SG_NO_WORD && sg_child(r, verb, SG_CCOMP) == SG_NO_WORD &&
           !is_helped(r, verb) &&
           (sg_child(r, verb, SG_XCOMP) != SG_NO_WORD ||
            sg_child(r, verb, SG_ADVCL) != SG_NO_WORD) &&
           sg_child(r, verb, SG_NSUBJ) != SG_NO_WORD && sg_word_is_rel(r, verb, SG_ROOT);
}

/* "Few residents want it", "only a quarter of them does": most do not. */
static bool is_minority(const sg_reading *r, uint32_t subject)
{
    static const char *const only[] = { "only", "just", "barely", "hardly", "scarcely" };
    static const char *const small[] = { "quarter", "third",   "fifth", "handful", "fraction",
                                         "tenth",   "percent", "cent",  "%",       "minority" };
    uint32_t first = subject;

    for (uint32_t w = sg_sentence_first(r, subject); w < subject; w++) {
        if (r->info[w].head == subject && sg_word_is(r, w, "few") &&
            !(w > 0 && sg_word_is(r, w - 1, "a")))
            return true;
        if (first == subject && (w + 5 > subject) && SG_IS_ONE_OF(r->lower[w], only))
            first = w;
    }
    if (first == subject || !SG_IS_ONE_OF(r->info[subject].lemma, small))
        return false;
    for (uint32_t w = first + 1; w < subject; w++) {
        if (sg_word_is_upos(r, w, SG_NUM) && strtol(r->lower[w], NULL, 10) >= 50)
            return false;
    }
    return true;
}

/* "A promised that a new government would reverse it": A's promise, of another's deed; SG_NO_WORD.
 */
static uint32_t who_promised(const sg_reading *r, uint32_t verb)
{
    static const char *const promising[] = { "promise", "pledge", "vow", "guarantee", "insist" };
    uint32_t above = r->info[verb].head;

    return above != SG_NO_WORD && above < verb && sg_word_is_rel(r, verb, SG_CCOMP) &&
                   SG_IS_ONE_OF(r->info[above].lemma, promising) &&
                   (sg_child_is(r, verb, SG_AUXREL, "would") ||
                    sg_child_is(r, verb, SG_AUXREL, "will"))
               ? sg_subject_of(r, above)
               : SG_NO_WORD;
}

/* What is left open, unsaid or only noted is no side. */
static bool takes_none(const sg_reading *r, uint32_t verb, const sg_cue *cue)
{
    return shuns_side(r, verb) || sg_is_open(r, verb) || is_alternative(r, verb, cue) ||
           is_unsaid(r, verb) || is_possible(r, verb, cue) || takes_note(r, verb) ||
           is_wanted(r, verb) || is_past_view(r, verb, cue) || is_passive_headline(r, verb);
}

/* "Supporters of it, among them A": each of those whom a noun names. */
static void each_of_noun(sg_rule_finder *f, uint32_t noun, const sg_cue *cue, int sign)
{
    const sg_reading *r = f->r;

    sg_rule_apply(f, noun, holder_of_noun(f, noun, cue), sign, cue, 0);
    for (uint32_t w = noun + 1; sg_is_person_noun(r, noun) && w < sg_sentence_past(r, noun); w++) {
        if ((r->info[w].head == noun && is_included(r, w)) || is_one_of_those(r, w, noun))
            sg_rule_apply(f, noun, sg_rule_holder(f, w, noun), sign, cue, 0);
    }
}

/* "A, B and C want it": each of them. */
static void each_holder(sg_rule_finder *f, uint32_t word, const sg_cue *cue)
{
    const sg_reading *r = f->r;
    int above = sg_negation_above(r, word) * (is_less_liked(r, word) ? -1 : 1);
    uint32_t meant[SG_PERSONS_MEANT];
    uint32_t subject;
    uint32_t promised;
    size_t count;

    if (strcmp(cue->frames, "subj") == 0)
        return; /* what happens, not what somebody does */
    f->strength = cue->strength;
    if (cue->class == SG_CUE_NOUN) {
        each_of_noun(f, word, cue, above);
        return;
    }
    if (shuns_side(r, word) && cue->sign > 0 && cue->kind == SG_CUE_ATTITUDE)
        above = 0;
    else if (takes_none(r, word, cue))
        return;
    subject = sg_rule_subject(r, word, cue);
    if (subject != SG_NO_WORD && !sg_is_first_person(r, subject) && sg_is_told_to(r, word))
        return;
    if (subject != SG_NO_WORD && is_minority(r, subject))
        above = -above;
    if (subject != SG_NO_WORD)
        subject = those_joined(f->r, subject);
    if (subject == SG_NO_WORD && is_suffered(r, word, cue))
        return;
    count = subject != SG_NO_WORD ? sg_persons_meant(r, subject, meant) : 0;
    for (size_t i = 0; i < count; i++)
        sg_rule_apply(f, word, meant[i], above, cue, 0);
    if (count == 0 && (subject == SG_NO_WORD || !has_names(r, subject, word)))
        sg_rule_apply(f, word,
                      subject == SG_NO_WORD && is_ruled(r, word)
                          ? sg_rule_speaker(f, word)
                          : sg_rule_holder_of(f, word, subject),
                      above, cue, 0);
    if (subject == SG_NO_WORD)
        return;
    promised = who_promised(r, word);
    if (promised != SG_NO_WORD)
        sg_rule_apply(f, word, sg_rule_holder(f, promised, word), above, cue, 0);
    if (one_of(r, subject) != SG_NO_WORD)
        sg_rule_apply(f, word, sg_rule_holder(f, one_of(r, subject), word), above, cue, 0);
    if (counted_among(r, subject) != SG_NO_WORD)
        sg_rule_apply(f, word, sg_rule_holder(f, counted_among(r, subject), word), above, cue, 0);
    for (uint32_t w = sg_sentence_first(r, subject); w < sg_sentence_past(r, subject); w++) {
        if (w > subject && is_listed(r, w, subject, word))
            sg_rule_apply(f, word, sg_rule_holder(f, w, word), above, cue, 0);
        else if (r->info[w].head == word && sg_word_is(r, w, "behalf") &&
                 sg_with_preposition(r, w, "of", 2) != SG_NO_WORD)
            sg_rule_apply(f, word, sg_rule_holder(f, sg_with_preposition(r, w, "of", 2), word),
                          above, cue, 0); /* "sued on behalf of A" */
        else if ((r->info[w].head == subject || r->info[w].head == word) && sign_beside(r, w) != 0)
            sg_rule_apply(f, word, sg_rule_holder(f, w, word), above * sign_beside(r, w), cue, 0);
    }
}

/* "While the council backed it, A did not": the verb of A; SG_NO_WORD. */
static uint32_t contrasted(const sg_reading *r, uint32_t verb)
{
    static const char *const marks[] = { "while", "although", "though", "whereas", "whilst" };
    uint32_t above = r->info[verb].head;
    uint32_t mark = sg_child(r, verb, SG_MARK);

    return above != SG_NO_WORD && sg_word_is_rel(r, verb, SG_ADVCL) && mark != SG_NO_WORD &&
                   SG_IS_ONE_OF(r->lower[mark], marks) && above > verb &&
                   sg_child(r, above, SG_OBJ) == SG_NO_WORD &&
                   (strcmp(r->info[above].lemma, "do") == 0 ||
                    strcmp(r->info[above].lemma, "have") == 0)
               ? above
               : SG_NO_WORD;
}

/* "The council backed it, but A did not", "as did A": A of what the verb before says. */
static void each_echo(sg_rule_finder *f, uint32_t verb, const sg_cue *cue)
{
    static const char *const lemmas[] = { "do", "have", "will", "be", "would", "could", "can" };
    const sg_reading *r = f->r;
    uint32_t contrast = contrasted(r, verb);

    if (contrast != SG_NO_WORD && sg_child(r, contrast, SG_NSUBJ) != SG_NO_WORD)
        sg_rule_apply(f, verb, sg_rule_holder(f, sg_child(r, contrast, SG_NSUBJ), verb),
                      sg_negation(r, contrast) * sg_negation(r, verb), cue, 0);

    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        uint32_t who;

        if (r->info[w].head != verb || !SG_IS_ONE_OF(r->info[w].lemma, lemmas) ||
            (!sg_word_is_rel(r, w, SG_CONJ) && !sg_word_is_rel(r, w, SG_ADVCL) &&
             !sg_word_is_rel(r, w, SG_PARATAXIS)))
            continue;
        who = sg_child(r, w, SG_NSUBJ);
        if (who == SG_NO_WORD)
            who = sg_child(r, w, SG_OBJ);
        if (who != SG_NO_WORD)
            sg_rule_apply(f, verb, sg_rule_holder(f, who, verb),
                          sg_negation(r, w) * sg_negation(r, verb), cue, 0);
    }
}

/* "So did A", "nor does A", at the start of a sentence: A takes the sides of whoever the sentence
 * before is about. */
static void each_likewise(sg_rule_finder *f, uint32_t sentence)
{
    static const char *const openings[] = { "so", "neither", "nor" };
    static const char *const lemmas[] = { "do", "have", "be", "will", "would" };
    const sg_reading *r = f->r;
    const sg_sentence *const here = &r->document->sentences[sentence];
    const uint32_t first = here->first_word;
    const size_t known = f->out->count;
    uint32_t who = SG_NO_WORD;
    uint32_t holder;

    if (here->word_count < 3 || !SG_IS_ONE_OF(r->lower[first], openings) ||
        !SG_IS_ONE_OF(r->info[first + 1].lemma, lemmas))
        return;
    for (uint32_t w = first + 2; w < first + here->word_count && who == SG_NO_WORD; w++)
        if (sg_actor_at(r, w) != SG_NO_ACTOR || sg_word_is_rel(r, w, SG_NSUBJ))
            who = w;
    holder = sg_rule_holder(f, who, first + 1);
    for (size_t i = 0; i < known && holder != SG_NO_ACTOR; i++) {
        const uint32_t word = f->out->items[i].word;
        const uint32_t subject = sg_subject_of(r, word);
        sg_candidate likewise = f->out->items[i];

        if (r->sentence_of[word] + 1 != sentence || subject == SG_NO_WORD ||
            sg_principal_at(r, subject) != likewise.holder)
            continue;
        likewise.holder = holder;
        likewise.word = first + 1;
        SG_ARENA_GROW(r->arena, f->out->items, f->out->capacity, f->out->count + 1);
        f->out->items[f->out->count++] = likewise;
    }
}

/* "It is wrong to close it", "to close it would be wrong": nobody does. */
static bool is_judged(const sg_reading *r, uint32_t verb)
{
    uint32_t said = r->info[verb].head;
    uint32_t mark = sg_child(r, verb, SG_MARK);
    uint32_t subject;
    const sg_cue *cue;

    if (said != SG_NO_WORD && said > verb && sg_word_is_rel(r, verb, SG_CSUBJ) &&
        (mark != SG_NO_WORD ? sg_word_is(r, mark, "to")
                            : sg_is_ing(r, verb) && sg_evaluation_cue(r, said) != NULL))
        return true;
    if (said == SG_NO_WORD || said > verb || mark == SG_NO_WORD || !sg_word_is(r, mark, "to") ||
        sg_word_is_upos(r, said, SG_VERB))
        return false;
    cue = sg_evaluation_cue(r, said);
    subject = sg_child(r, said, SG_NSUBJ);
    return cue != NULL && cue->strength > 1 &&
           (subject == SG_NO_WORD || sg_word_is(r, subject, "it"));
}

void sg_find_candidates(sg_reading *r, const sg_speech *speech, sg_candidates *out)
{
    static const sg_cue no_side = { "", "obj", 0, SG_CUE_VERB, SG_CUE_ATTITUDE, 3 };
    sg_rule_finder f = { .r = r, .speech = speech, .out = out, .position = SG_NO_POSITION };

    f.named = r->options.codebook != NULL ? sg_find_namings(r) : NULL;
    f.done = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *f.done);
    f.judged = sg_arena_calloc(r->arena, r->word_count + 1, sizeof *f.judged);
    for (uint32_t w = 0; w < r->word_count; w++) {
        const sg_cue *cue = r->skipped[w] ? NULL : sg_stance_cue(r, w);

        if (cue == NULL || f.done[w] || is_judged(r, w))
            continue;
        if (takes_no_side(r, w, cue))
            cue = &no_side;
        each_holder(&f, w, cue);
        if (cue->class == SG_CUE_VERB)
            each_echo(&f, w, cue);
    }
    for (uint32_t i = 1; i < r->document->sentence_count; i++)
        each_likewise(&f, i);
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (r->skipped[w])
            continue;
        sg_rule_construe(&f, w);
        sg_rule_relate(&f, w);
        sg_rule_imply(&f, w);
        sg_rule_judge(&f, w);
    }
}
