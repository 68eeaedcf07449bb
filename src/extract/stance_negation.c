#include <string.h>

#include "stance_rules.h"

/* Words that turn what they stand on. */

bool sg_is_negator(const sg_reading *r, uint32_t w)
{
    static const char *const negators[] = {
        "not",    "n't",  "n\xE2\x80\x99t", "never",  "no",      "neither", "nor",     "hardly",
        "nobody", "none", "without",        "rarely", "nothing", "barely",  "scarcely"
    };

    if (sg_is_hyphen(r, w + 1)) /* "no-brainer" */
        return false;
    if (sg_word_is(r, w, "no") && w + 1 < r->word_count && sg_word_is(r, w + 1, ","))
        return false;                                         /* "no, we want it" */
    if (w + 1 < r->word_count && sg_word_is(r, w + 1, "but")) /* "nothing but praise" */
        return sg_word_is(r, w, "anything");
    return SG_IS_ONE_OF(r->lower[w], negators);
}

bool sg_is_instead_of(const sg_reading *r, uint32_t word)
{
    return word + 1 < sg_sentence_past(r, word) &&
           ((sg_word_is(r, word, "rather") && sg_word_is(r, word + 1, "than")) ||
            (sg_word_is(r, word, "instead") && sg_word_is(r, word + 1, "of")));
}

/* "Little trust", "few friends", but "a little", "a few". */
static bool is_scant(const sg_reading *r, uint32_t word, uint32_t noun)
{
    static const char *const words[] = { "little", "few", "scant" };

    if (sg_word_is(r, word, "less") &&
        (sg_word_is_upos(r, noun, SG_ADJ) || sg_word_is_upos(r, noun, SG_NOUN)))
        return true; /* "less safe" */
    return sg_word_is_upos(r, noun, SG_NOUN) && SG_IS_ONE_OF(r->lower[word], words) &&
           (word == sg_sentence_first(r, word) ||
            !SG_IS_ONE_OF(r->lower[word - 1], ((const char *const[]){ "a", "the" })));
}

/* "No longer supports". */
static bool is_no_longer(const sg_reading *r, uint32_t word)
{
    return sg_word_is(r, word, "longer") && word > sg_sentence_first(r, word) &&
           sg_word_is(r, word - 1, "no");
}

/* "Has yet to support it". */
static bool is_yet_to(const sg_reading *r, uint32_t word)
{
    return sg_word_is(r, word, "yet") && word + 1 < sg_sentence_past(r, word) &&
           sg_word_is(r, word + 1, "to");
}

static bool is_asked(const sg_reading *r, uint32_t word)
{
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word); w++) {
        if (sg_word_is(r, w, "?"))
            return true;
    }
    return false;
}

/* "Who needs a lane?", "why should we build it?": nobody, and we should not. */
bool sg_is_rhetorical(const sg_reading *r, uint32_t word)
{
    uint32_t verb = r->info[word].head;

    if (verb == SG_NO_WORD || verb < word || !is_asked(r, verb))
        return false;
    if (sg_word_is(r, word, "who"))
        return sg_word_is_rel(r, word, SG_NSUBJ) && !sg_word_is_rel(r, verb, SG_ACL_RELCL) &&
               ((r->info[verb].features & SG_FEAT_PRESENT) != 0 ||
                sg_word_is(r, word + 1, "would") || sg_word_is(r, word + 1, "could"));
    if (word + 2 < sg_sentence_past(r, word) && sg_word_is(r, word, "how"))
        return (sg_word_is(r, word + 1, "can") || sg_word_is(r, word + 1, "could")) &&
               (sg_word_is(r, word + 2, "anyone") || sg_word_is(r, word + 2, "anybody"));
    if (sg_word_is(r, word, "why") &&
        (strcmp(r->info[verb].lemma, "need") == 0 || strcmp(r->info[verb].lemma, "want") == 0))
        return true; /* "why do we need it?" */
    return sg_word_is(r, word, "why") && word + 1 < sg_sentence_past(r, word) &&
           (sg_word_is(r, word + 1, "should") || sg_word_is(r, word + 1, "would") ||
            sg_word_is(r, word + 1, "must"));
}

/* "Did not just blame him". */
static bool is_not_only(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "just",   "only",         "merely",      "simply",
                                         "solely", "surprisingly", "unexpectedly" };

    return word + 1 < sg_sentence_past(r, word) && SG_IS_ONE_OF(r->lower[word + 1], words);
}

/* "Under no circumstances will we". */
static bool is_in_no_case(const sg_reading *r, uint32_t word, uint32_t verb)
{
    static const char *const lemmas[] = { "circumstance", "circumstances", "account", "way" };
    uint32_t noun = r->info[word].head;

    return sg_word_is(r, word, "no") && noun != SG_NO_WORD && r->info[noun].head == verb &&
           sg_word_is_rel(r, noun, SG_OBL) && SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

/* "Anything but fair", "far from happy": the first word, on which the tree hangs the other. */
static bool is_anything_but(const sg_reading *r, uint32_t w, uint32_t word)
{
    return w != SG_NO_WORD && w + 2 == word && r->info[word].head == w &&
           ((sg_word_is(r, w, "anything") && sg_word_is(r, w + 1, "but")) ||
            (sg_word_is(r, w, "far") && sg_word_is(r, w + 1, "from")));
}

uint32_t sg_far_from(const sg_reading *r, uint32_t word)
{
    return is_anything_but(r, r->info[word].head, word) ? r->info[word].head : SG_NO_WORD;
}

/* "If he doesn't he should resign", read as one clause with two subjects. */
static bool is_of_condition(const sg_reading *r, uint32_t negator, uint32_t verb)
{
    uint32_t mark = sg_child(r, verb, SG_MARK);
    uint32_t w = negator + 1;

    if (mark == SG_NO_WORD || mark > negator || !sg_word_is(r, mark, "if"))
        return false;
    while (w < verb && !(r->info[w].head == verb && sg_word_is_rel(r, w, SG_NSUBJ)))
        w++;
    return w < verb;
}

/* "Not fighting hard enough for it". */
static bool is_not_enough(const sg_reading *r, uint32_t verb)
{
    for (uint32_t w = verb + 1; w < verb + 4 && w < sg_sentence_past(r, verb); w++) {
        if (sg_word_is(r, w, "enough") && sg_word_is_upos(r, verb, SG_VERB) &&
            sg_word_is_upos(r, w - 1, SG_ADV) && !sg_word_is(r, w - 1, "far"))
            return true; /* what "does not go far enough" is bad */
    }
    return false;
}

/* "Could not be happier", "could not agree more": the negation turns nothing. */
static bool is_as_can_be(const sg_reading *r, uint32_t word)
{
    size_t len = strlen(r->lower[word]);
    bool more =
        len > 4 && strcmp(r->lower[word] + len - 2, "er") == 0 && sg_word_is_upos(r, word, SG_ADJ);
    bool can = false;
    bool no = false;

    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        if (r->info[w].head != word)
            continue;
        can = can || sg_word_is(r, w, "could") || sg_word_is(r, w, "can") || sg_word_is(r, w, "ca");
        no = no || sg_word_is(r, w, "not") || sg_word_is(r, w, "n't");
        more = more || sg_word_is(r, w, "more") || sg_word_is(r, w, "better");
    }
    return more && can && no;
}

bool sg_is_against_doing(const sg_reading *r, uint32_t w, uint32_t verb)
{
    if (w >= verb || r->info[w].head != verb || !sg_word_is_rel(r, w, SG_MARK) ||
        !sg_word_is(r, w, "against"))
        return false;
    for (uint32_t be = sg_sentence_first(r, verb); be < w; be++) {
        if (r->info[be].head == verb && strcmp(r->info[be].lemma, "be") == 0)
            return true;
    }
    return false;
}

int sg_negation(const sg_reading *r, uint32_t word)
{
    int sign = is_not_enough(r, word) || is_as_can_be(r, word) ? -1 : 1;

    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        bool on_word = r->info[w].head == word && !is_of_condition(r, w, word) &&
                       ((sg_is_negator(r, w) && !is_not_only(r, w)) || sg_is_instead_of(r, w) ||
                        is_scant(r, w, word) || is_no_longer(r, w) || is_yet_to(r, w) ||
                        sg_is_rhetorical(r, w)) &&
                       (w < word || r->info[w].deprel == SG_ADVMOD);
        /* "no member supports it" */
        bool on_subject = (sg_word_is(r, w, "no") || sg_word_is(r, w, "neither")) &&
                          (r->info[w].head == sg_child(r, word, SG_NSUBJ) ||
                           r->info[w].head == sg_child(r, word, SG_NSUBJ_PASS));

        if (on_word || on_subject || is_in_no_case(r, w, word) || is_anything_but(r, w, word) ||
            sg_is_against_doing(r, w, word))
            sign = -sign;
    }
    return sign;
}

int sg_negation_inside(const sg_reading *r, uint32_t word, const sg_cue *cue)
{
    size_t len = strcspn(cue->rest, " ");

    for (uint32_t w = word + 1; len > 0 && w < word + 6 && w < sg_sentence_past(r, word); w++) {
        if ((sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_upos(r, w, SG_ADJ)) &&
            strlen(r->info[w].lemma) == len && memcmp(r->info[w].lemma, cue->rest, len) == 0)
            return sg_negation(r, w);
    }
    return 1;
}

/* "I do not think that it is right": the clause is what is denied. */
static bool is_thinking(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "think", "believe", "expect",  "suppose",
                                          "feel",  "reckon",  "imagine", "see" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

static bool has_alternative(const sg_reading *r, uint32_t joined)
{
    uint32_t conjunction = sg_child(r, joined, SG_CC);

    return conjunction != SG_NO_WORD &&
           (sg_word_is(r, conjunction, "or") || sg_word_is(r, conjunction, "nor"));
}

static bool is_signed(const sg_reading *r, uint32_t word)
{
    const sg_cue *cue = sg_stance_cue(r, word);

    return cue != NULL && cue->sign != 0 && strcmp(cue->frames, "subj") != 0;
}

bool sg_has_no(const sg_reading *r, uint32_t noun)
{
    for (uint32_t w = sg_sentence_first(r, noun); w < noun; w++) {
        if (r->info[w].head == noun && sg_word_is(r, w, "no"))
            return true;
    }
    return false;
}

static bool does_little(const sg_reading *r, uint32_t verb, uint32_t purpose)
{
    for (uint32_t w = verb + 1; w < purpose; w++) {
        if (r->info[w].head == verb && (sg_word_is(r, w, "little") || sg_word_is(r, w, "nothing")))
            return strcmp(r->info[verb].lemma, "do") == 0;
    }
    return false;
}

/* "Not the first to". */
static bool is_first(const sg_reading *r, uint32_t noun)
{
    uint32_t modifier = sg_child(r, noun, SG_AMOD);

    return sg_word_is(r, noun, "first") ||
           (modifier != SG_NO_WORD &&
            (sg_word_is(r, modifier, "first") || sg_word_is(r, modifier, "only")));
}

/* "No other way to stop it", "no alternative to": it is what remains. */
static bool is_only_way(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = { "choice", "option", "alternative" };
    uint32_t modifier = sg_child(r, noun, SG_AMOD);

    return sg_has_no(r, noun) && (SG_IS_ONE_OF(r->info[noun].lemma, lemmas) ||
                                  (modifier != SG_NO_WORD && sg_word_is(r, modifier, "other")));
}

/* "No case in which she would back it", "no way that it could work": nothing fits the clause. */
static bool is_in_none(const sg_reading *r, uint32_t clause, uint32_t noun)
{
    static const char *const words[] = { "which", "where" };

    if (sg_has_no(r, noun) && (sg_word_is(r, noun, "way") || sg_word_is(r, noun, "chance")))
        return true; /* "there is no way we can accept it" */

    for (uint32_t w = noun + 1; w < clause && sg_has_no(r, noun); w++) {
        if (r->info[w].head == clause && SG_IS_ONE_OF(r->lower[w], words) &&
            (sg_word_is_rel(r, w, SG_OBL) || sg_word_is_rel(r, w, SG_ADVMOD)))
            return true;
    }
    return false;
}

/* "What", "the last thing": -1 where that, or what it is said to be, is denied. */
static int wanted(const sg_reading *r, uint32_t thing)
{
    static const char *const words[] = { "what", "all", "thing" };
    uint32_t above = r->info[thing].head;
    int sign = 1;

    if (!SG_IS_ONE_OF(r->info[thing].lemma, words))
        return 1;
    for (uint32_t w = sg_sentence_first(r, thing); w < thing; w++) {
        if (r->info[w].head == thing && sg_word_is(r, w, "last"))
            sign = -sign;
    }
    sign *= sg_negation(r, thing);
    return above != SG_NO_WORD && sg_word_is_rel(r, thing, SG_NSUBJ) ? sign * sg_negation(r, above)
                                                                     : sign;
}

/* "Did not hide her anger" shows it. */
static bool is_hiding(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "hide", "conceal", "mask", "disguise", "contain" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

int sg_negation_above(const sg_reading *r, uint32_t word)
{
    int sign = 1;

    for (int step = 0; step < 3; step++) {
        uint32_t head = r->info[word].head;
        bool turns;

        if (head == SG_NO_WORD)
            break;
        switch (r->info[word].deprel) {
        case SG_XCOMP:
            turns = !is_signed(r, head);
            break;
        case SG_CCOMP:
            turns = is_thinking(r, head);
            break;
        case SG_ACL: /* "nothing to slow it", "no reason to" */
            turns = !is_signed(r, head) && !is_first(r, head) && !is_only_way(r, head);
            if (sg_word_is(r, head, "nothing") || sg_word_is(r, head, "little"))
                return -sign;
            break;
        case SG_ADVCL: /* "did little to support it" */
            if (does_little(r, head, word))
                return -sign;
            turns = false;
            break;
        case SG_CONJ:
            turns = has_alternative(r, word) && sg_child(r, word, SG_NSUBJ) == SG_NO_WORD;
            break;
        case SG_AMOD: /* "nothing wrong with it" */
            return sg_word_is(r, head, "nothing") ? -sign : sign;
        case SG_ACL_RELCL: /* "is not what we need", "the last thing we need" */
            return is_in_none(r, word, head) ? -sign : sign * wanted(r, head);
        case SG_NSUBJ: /* "there is not enough support"; "no support" turns itself */
            if (sg_child(r, head, SG_EXPL) != SG_NO_WORD && !sg_has_no(r, word))
                return sign * sg_negation(r, head);
            turns = false;
            break;
        case SG_OBJ: /* "did not voice support" */
            turns = sg_word_is_upos(r, word, SG_NOUN) && !is_signed(r, head) && !is_hiding(r, head);
            break;
        default:
            turns = false;
        }
        if (!turns)
            break;
        sign *= sg_negation(r, head);
        word = head;
    }
    return sign;
}
