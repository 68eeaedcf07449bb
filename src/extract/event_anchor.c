#include <string.h>

#include "event_internal.h"
#include "speech_internal.h"

/* What a time belongs to: "the strike on Friday", "Fields was sentenced on Friday", "is scheduled
 * to vote on Friday", "told a rally on Friday". */

#define LONGEST_RISE 6

bool sg_is_event_noun(const sg_reading *r, uint32_t word)
{
    return word != SG_NO_WORD && !sg_word_is_upos(r, word, SG_VERB) &&
           sg_event_word_at(r, word) != NULL;
}

/* "Told a rally", "said at the hearing", "during the debate": the event at which it was. */
static uint32_t occasion_of(const sg_reading *r, uint32_t verb)
{
    static const char *const at[] = { "at", "during", "in" };

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        uint32_t marker = r->info[w].head == verb ? sg_child(r, w, SG_CASE) : SG_NO_WORD;

        if (marker != SG_NO_WORD && sg_word_is_rel(r, w, SG_OBL) && sg_is_event_noun(r, w) &&
            SG_IS_ONE_OF(r->lower[marker], at))
            return w;
    }
    return SG_NO_WORD;
}

/* The event noun that a verb is about: "held talks", "the talks began", "talks were held". */
static uint32_t event_noun_of(const sg_reading *r, uint32_t verb)
{
    static const sg_deprel places[] = { SG_OBJ, SG_NSUBJ_PASS, SG_NSUBJ };
    uint32_t head = r->info[verb].head;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        uint32_t noun = sg_child(r, verb, places[i]);

        if (sg_is_event_noun(r, noun))
            return noun;
    }
    if ((sg_word_is_rel(r, verb, SG_ACL) || sg_word_is_rel(r, verb, SG_ACL_RELCL)) &&
        sg_is_event_noun(r, head))
        return head; /* "strikes to be held on Friday" */
    return occasion_of(r, verb);
}

/* Verbs that add nothing to the event that their object or subject names. */
static bool only_happens(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "begin",  "start", "launch", "open",    "end",
                                          "file",   "close", "form",   "present", "deliver",
                                          "submit", "order", "raise",  "extend" };

    return sg_event_word_at(r, verb) == NULL || SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

static bool has_auxiliary(const sg_reading *r, uint32_t word, const char *const *list, size_t count)
{
    for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
        if (r->info[w].head == word && sg_is_one_of(r->lower[w], strlen(r->lower[w]), list, count))
            return true;
    }
    return false;
}

bool sg_is_future(const sg_reading *r, uint32_t word)
{
    static const char *const futures[] = { "will", "'ll", "to", "due", "set" };

    for (int step = 0; step < LONGEST_RISE && word != SG_NO_WORD; step++) {
        if (sg_word_is_upos(r, word, SG_VERB) && (r->info[word].features & SG_FEAT_PAST) != 0 &&
            (r->info[word].features & SG_FEAT_PASSIVE) == 0)
            return false;
        if (has_auxiliary(r, word, futures, sizeof futures / sizeof *futures))
            return true;
        if (sg_word_is_upos(r, word, SG_VERB) && (strcmp(r->info[word].lemma, "plan") == 0 ||
                                                  strcmp(r->info[word].lemma, "schedule") == 0))
            return true;
        word = r->info[word].head;
    }
    return false;
}

/* "did not resign", "would have met", "if it is signed". */
bool sg_is_unreal(const sg_reading *r, uint32_t verb)
{
    static const char *const words[] = { "not",   "n't",    "never",  "would", "could",
                                         "might", "should", "unless", "if" };
    static const char *const bare[] = { "be" };

    return has_auxiliary(r, verb, words, sizeof words / sizeof *words) ||
           (has_auxiliary(r, verb, bare, 1) && !sg_is_future(r, verb));
}

static bool is_headline(const sg_reading *r, uint32_t verb)
{
    return sg_paragraph_kind_of(r, verb) == SG_PARAGRAPH_HEADLINE &&
           (r->info[verb].features & SG_FEAT_PRESENT) != 0;
}

/* A verb that is in no list tells an event if it is finite, and no state, opinion or report. */
static bool happens(const sg_reading *r, uint32_t verb)
{
    static const char *const states[] = {
        "be",      "have", "need", "face", "remain", "mean",   "include", "date",   "know",
        "think",   "want", "hope", "seem", "appear", "expect", "become",  "stand",  "work",
        "live",    "stay", "see",  "look", "feel",   "try",    "believe", "total",  "exceed",
        "consist", "keep", "do",   "run",  "go",     "get",    "happen",  "follow", "like"
    };
    const char *lemma = r->info[verb].lemma;

    if (sg_event_word_at(r, verb) != NULL)
        return true;
    return (sg_lexicon_classes(lemma, strlen(lemma)) & SG_CLASS_SPEECH) == 0 &&
           !SG_IS_ONE_OF(lemma, states) &&
           ((r->info[verb].features & (SG_FEAT_PAST | SG_FEAT_PASSIVE)) != 0 ||
            sg_is_future(r, verb) || is_headline(r, verb));
}

bool sg_is_planning_verb(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "schedule", "plan",    "expect", "intend",
                                          "set",      "arrange", "decide", "agree" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

/* "Is scheduled to vote": the vote. */
static uint32_t planned(const sg_reading *r, uint32_t verb)
{
    uint32_t plan = sg_child(r, verb, SG_XCOMP);

    return plan != SG_NO_WORD && sg_is_planning_verb(r, verb) ? plan : verb;
}

/* "Voted on closing the library on Monday": the vote was on Monday. */
static uint32_t above_gerund(const sg_reading *r, uint32_t verb)
{
    uint32_t head = r->info[verb].head;

    if ((r->info[verb].features & SG_FEAT_GERUND) != 0 && head != SG_NO_WORD && head < verb &&
        sg_child(r, verb, SG_MARK) != SG_NO_WORD && sg_event_word_at(r, head) != NULL)
        return head;
    return verb;
}

/* What a verb with a time tells: the event that its object names, or itself. */
static uint32_t told_by(const sg_reading *r, uint32_t verb)
{
    uint32_t noun;

    verb = above_gerund(r, verb);
    noun = only_happens(r, verb) ? event_noun_of(r, verb) : SG_NO_WORD;
    if (noun != SG_NO_WORD)
        return noun;
    return happens(r, verb) ? verb : SG_NO_WORD;
}

/* The word that the time belongs to: the nearest event noun, or verb that says that something
 * happened, above it. */
uint32_t sg_event_anchor(const sg_reading *r, const sg_time *time)
{
    uint32_t word = sg_span_head(r, time->first, time->past);
    uint32_t subject = sg_child(r, word, SG_NSUBJ);

    if (sg_is_event_noun(r, subject)) /* "the vote is on Friday" */
        return subject;
    for (int step = 0; step < LONGEST_RISE; step++) {
        word = r->info[word].head;
        if (word == SG_NO_WORD)
            return SG_NO_WORD;
        if (sg_word_is_upos(r, word, SG_VERB))
            return told_by(r, planned(r, word));
        if (sg_is_event_noun(r, word) && !sg_word_is_rel(r, word, SG_COMPOUND))
            return word;
    }
    return SG_NO_WORD;
}

uint32_t sg_event_doer(const sg_reading *r, uint32_t verb)
{
    uint32_t head = r->info[verb].head;
    uint32_t doer;

    if (sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD ||
        (sg_word_is_rel(r, verb, SG_ACL) && (r->info[verb].features & SG_FEAT_PAST) != 0))
        return sg_child(r, verb, SG_OBL_AGENT);
    doer = sg_subject_of(r, verb);
    if (doer == SG_NO_WORD && sg_word_is_rel(r, verb, SG_XCOMP) && head != SG_NO_WORD)
        doer = sg_child(r, head, SG_NSUBJ_PASS);
    return doer;
}
