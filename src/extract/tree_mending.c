#include <string.h>

#include "extract_internal.h"

/* Trees as this parser is known to get them wrong, set right before anything is read from them. */

static bool ends_in(const char *word, const char *ending)
{
    size_t len = strlen(word);
    size_t n = strlen(ending);

    return len > n + 2 && strcmp(word + len - n, ending) == 0;
}

static bool is_reporting(const char *lemma)
{
    static const char *const lemmas[] = {
        "say",         "write",    "tell",    "warn",    "tweet",  "post",     "argue",
        "announce",    "note",     "add",     "insist",  "claim",  "state",    "declare",
        "reveal",      "explain",  "testify", "predict", "remark", "comment",  "stress",
        "assert",      "suggest",  "admit",   "boast",   "joke",   "complain", "maintain",
        "acknowledge", "confirm",  "promise", "vow",     "remind", "assure",   "inform",
        "convince",    "persuade", "advise",  "caution"
    };

    return SG_IS_ONE_OF(lemma, lemmas);
}

/* "Told" takes whom it tells, "said in" where. */
static bool takes_hearer(const char *lemma)
{
    static const char *const lemmas[] = { "tell",     "warn",     "remind", "assure", "inform",
                                          "convince", "persuade", "advise", "caution" };

    return SG_IS_ONE_OF(lemma, lemmas);
}

/* "Told a packed hall that it was a mess", "wrote in a letter that it was": trees hang the clause
 * on the hall and the letter. The verb; SG_NO_WORD. */
static uint32_t reported_by(const sg_reading *r, uint32_t clause)
{
    static const char *const places[] = { "in", "on", "at", "during", "to", "from", "after" };
    uint32_t mark = sg_child(r, clause, SG_MARK);
    uint32_t noun = r->info[clause].head;
    uint32_t verb = noun != SG_NO_WORD ? r->info[noun].head : SG_NO_WORD;
    uint32_t marker;

    if (mark == SG_NO_WORD || !sg_word_is(r, mark, "that") || verb == SG_NO_WORD || verb > noun ||
        noun > mark ||
        !(sg_word_is_rel(r, clause, SG_ACL) || sg_word_is_rel(r, clause, SG_ACL_RELCL)) ||
        !(sg_child(r, clause, SG_NSUBJ) != SG_NO_WORD ||
          sg_child(r, clause, SG_NSUBJ_PASS) != SG_NO_WORD))
        return SG_NO_WORD;
    if (!sg_word_is_upos(r, verb, SG_VERB) && r->info[verb].head != SG_NO_WORD &&
        sg_word_is_rel(r, noun, SG_NMOD) && r->info[verb].head < verb)
        verb = r->info[verb].head; /* "in an interview on Monday that" */
    if (!sg_word_is_upos(r, verb, SG_VERB) || !is_reporting(r->info[verb].lemma) ||
        sg_child(r, verb, SG_CCOMP) != SG_NO_WORD)
        return SG_NO_WORD;
    if (sg_word_is_rel(r, noun, SG_OBJ) || sg_word_is_rel(r, noun, SG_IOBJ))
        return takes_hearer(r->info[verb].lemma) ? verb : SG_NO_WORD;
    marker = sg_child(r, noun, SG_CASE);
    return (sg_word_is_rel(r, noun, SG_OBL) || sg_word_is_rel(r, noun, SG_NMOD)) &&
                   marker != SG_NO_WORD && SG_IS_ONE_OF(r->lower[marker], places)
               ? verb
               : SG_NO_WORD;
}

/* "Her argument is that it is wrong", of which trees make one clause with two subjects: true for
 * the first. */
static bool is_subject_of_that(const sg_reading *r, uint32_t noun)
{
    uint32_t said = r->info[noun].head;
    uint32_t mark = said != SG_NO_WORD ? sg_child(r, said, SG_MARK) : SG_NO_WORD;
    bool is = false;

    if (!sg_word_is_rel(r, noun, SG_NSUBJ) || mark == SG_NO_WORD || mark < noun || mark > said ||
        !sg_word_is(r, mark, "that"))
        return false;
    for (uint32_t w = noun + 1; w < said; w++) {
        is = is || (w < mark && r->info[w].head == said && sg_word_is_rel(r, w, SG_COP));
        if (w > mark && r->info[w].head == said &&
            (sg_word_is_rel(r, w, SG_NSUBJ) || sg_word_is_rel(r, w, SG_NSUBJ_PASS)))
            return is;
    }
    return false;
}

/* "The plan, A said, is a mess", of which trees give "said" both subjects: of the plan the clause
 * that it belongs to; SG_NO_WORD. */
static uint32_t clause_around(const sg_reading *r, uint32_t noun)
{
    uint32_t verb = r->info[noun].head;
    uint32_t clause = verb != SG_NO_WORD ? sg_child(r, verb, SG_CCOMP) : SG_NO_WORD;
    bool set_off = false;

    if (!sg_word_is_rel(r, noun, SG_NSUBJ) || clause == SG_NO_WORD || clause < verb ||
        verb < noun || !is_reporting(r->info[verb].lemma) ||
        sg_child(r, clause, SG_NSUBJ) != SG_NO_WORD)
        return SG_NO_WORD;
    for (uint32_t w = noun + 1; w < verb; w++) {
        set_off = set_off || sg_word_is(r, w, ",");
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_NSUBJ))
            return set_off ? clause : SG_NO_WORD;
    }
    return SG_NO_WORD;
}

/* "Called for a ban on admitting them", of which trees hang the deed on the verb: the noun;
 * SG_NO_WORD. */
static uint32_t noun_with_deed(const sg_reading *r, uint32_t deed)
{
    static const char *const nouns[] = { "ban",   "vote", "limit",    "restriction", "cap",
                                         "block", "bar",  "decision", "prohibition", "rule" };
    uint32_t mark = sg_child(r, deed, SG_MARK);
    uint32_t noun = mark != SG_NO_WORD && mark > sg_sentence_first(r, deed) ? mark - 1 : SG_NO_WORD;

    return noun != SG_NO_WORD && sg_word_is(r, mark, "on") && sg_word_is_rel(r, deed, SG_ADVCL) &&
                   r->info[noun].head == r->info[deed].head && ends_in(r->lower[deed], "ing") &&
                   SG_IS_ONE_OF(r->info[noun].lemma, nouns)
               ? noun
               : SG_NO_WORD;
}

/* ---- verbs that trees take for something else ---- */

/* The verb of "A and B decry it", "A heckled B" and "the plan worries A", where trees take a noun
 * for the root; SG_NO_WORD. */
static uint32_t verb_below(const sg_reading *r, uint32_t root)
{
    uint32_t past = sg_sentence_past(r, root);

    if (!(sg_word_is_upos(r, root, SG_PROPN) || sg_word_is_upos(r, root, SG_NOUN)) ||
        sg_child(r, root, SG_COP) != SG_NO_WORD || sg_child(r, root, SG_NSUBJ) != SG_NO_WORD)
        return SG_NO_WORD;
    for (uint32_t w = root + 1; w + 1 < past; w++) {
        if (r->info[w].head != root || sg_word_is_capital(r, w))
            continue;
        if (sg_word_is_rel(r, w, SG_CONJ) && sg_word_is_upos(r, w, SG_VERB) &&
            sg_child(r, w, SG_CC) == SG_NO_WORD && sg_child(r, w, SG_OBJ) != SG_NO_WORD &&
            (r->info[w].features & SG_FEAT_PARTICIPLE) == 0)
            return w;
        if (sg_word_is_rel(r, w, SG_FLAT) && ends_in(r->lower[w], "ed") &&
            sg_word_is_upos(r, root, SG_PROPN) && sg_word_is_capital(r, w - 1))
            return w;
    }
    return SG_NO_WORD;
}

/* "Asked them to back A", where trees take the verb for a preposition. */
static bool is_lost_infinitive(const sg_reading *r, uint32_t w)
{
    uint32_t thing = r->info[w].head;

    return thing != SG_NO_WORD && thing > w && sg_word_is_rel(r, w, SG_CASE) &&
           sg_child_is(r, w, SG_MARK, "to") && r->info[thing].head != SG_NO_WORD &&
           r->info[thing].head < w;
}

static void make_root(sg_reading *r, sg_word_info *words, uint32_t verb, uint32_t root)
{
    bool bare = !sg_word_is_upos(r, verb, SG_VERB);

    words[verb].upos = SG_VERB;
    words[verb].head = SG_NO_WORD;
    words[verb].deprel = SG_ROOT;
    words[root].head = verb;
    words[root].deprel = SG_NSUBJ;
    if (bare)
        words[verb].features = SG_FEAT_PAST;
    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        if (words[w].head != root)
            continue;
        words[w].head = verb;
        if (bare && w == verb + 1) {
            words[w].deprel = SG_OBJ;
            bare = false;
        }
    }
}

/* "Had kind words", "ought to go" and "pleased them", tagged as auxiliaries and adjectives. */
static bool is_verb_of_clause(const sg_reading *r, uint32_t w)
{
    uint32_t object = sg_child(r, w, SG_OBJ);

    if (sg_word_is_upos(r, w, SG_AUX))
        return !sg_word_is_rel(r, w, SG_AUXREL) && !sg_word_is_rel(r, w, SG_COP) &&
               !sg_word_is_rel(r, w, SG_AUX_PASS) &&
               (object != SG_NO_WORD || sg_child(r, w, SG_XCOMP) != SG_NO_WORD);
    return sg_word_is_upos(r, w, SG_ADJ) && ends_in(r->lower[w], "ed") && object != SG_NO_WORD &&
           object > w && sg_child(r, w, SG_COP) == SG_NO_WORD &&
           sg_child(r, w, SG_NSUBJ) != SG_NO_WORD;
}

static void mend_verb(sg_reading *r, sg_word_info *words, uint32_t w)
{
    uint32_t verb = words[w].head == SG_NO_WORD ? verb_below(r, w) : SG_NO_WORD;

    if (is_verb_of_clause(r, w)) {
        words[w].upos = SG_VERB;
        if (words[w].features == 0)
            words[w].features = SG_FEAT_PAST;
    }
    if (verb != SG_NO_WORD) {
        make_root(r, words, verb, w);
    } else if (words[w].head != SG_NO_WORD && is_lost_infinitive(r, w)) {
        uint32_t thing = words[w].head;

        words[w].upos = SG_VERB;
        words[w].features = SG_FEAT_INFINITIVE;
        words[w].head = words[thing].head;
        words[w].deprel = SG_XCOMP;
        words[thing].head = w;
        words[thing].deprel = SG_OBJ;
    }
}

/* Hangs a clause, its subject or a deed where it belongs; false if the word stands right. */
static bool mend_place(const sg_reading *r, sg_word_info *words, uint32_t w)
{
    uint32_t head;

    if (words[w].head == SG_NO_WORD)
        return false;
    head = reported_by(r, w);
    if (head != SG_NO_WORD) {
        words[w].head = head;
        words[w].deprel = SG_CCOMP;
        return true;
    }
    if (is_subject_of_that(r, w)) {
        words[w].deprel = SG_DISLOCATED;
        return true;
    }
    head = clause_around(r, w);
    if (head != SG_NO_WORD) {
        words[w].head = head;
        return true;
    }
    head = noun_with_deed(r, w);
    if (head != SG_NO_WORD) {
        words[w].head = head;
        words[w].deprel = SG_ACL;
    }
    return head != SG_NO_WORD;
}

/* A foreign annotation, or a clause hung elsewhere, may close a circle: it is opened at its first
 * word, so that whoever goes up a tree comes to an end. */
static void open_circles(const sg_reading *r, sg_word_info *words)
{
    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t steps = sg_sentence_past(r, w) - sg_sentence_first(r, w);
        uint32_t above = words[w].head;

        while (above != SG_NO_WORD && steps-- > 0)
            above = words[above].head;
        if (above != SG_NO_WORD)
            words[w].head = SG_NO_WORD;
        if (words[w].head == SG_NO_WORD)
            words[w].deprel = SG_ROOT;
    }
}

void sg_mend_trees(sg_reading *r)
{
    sg_word_info *mended = sg_arena_alloc(r->arena, (r->word_count + 1) * sizeof *mended);

    memcpy(mended, r->info, r->word_count * sizeof *mended);
    r->info = mended;
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (!mend_place(r, mended, w))
            mend_verb(r, mended, w);
    }
    open_circles(r, mended);
}
