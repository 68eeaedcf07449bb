#include "stance_rules.h"

/* Words that turn what they stand on. */

bool sg_is_negator(const sg_reading *r, uint32_t w)
{
    static const char *const negators[] = {
        "not",    "n't",    "n\xE2\x80\x99t", "never",   "no",      "neither", "nor",
        "hardly", "nobody", "none",           "without", "nothing", "instead"
    };

    return SG_IS_ONE_OF(r->lower[w], negators);
}

/* "Instead of closing it", not "and close it instead". */
bool sg_is_instead_of(const sg_reading *r, uint32_t word)
{
    return word + 1 < sg_sentence_past(r, word) &&
           ((sg_word_is(r, word, "rather") && sg_word_is(r, word + 1, "than")) ||
            (sg_word_is(r, word, "instead") && sg_word_is(r, word + 1, "of")));
}

/* Negation right on the word: "did not support", "no support", "nobody wants". */
int sg_negation(const sg_reading *r, uint32_t word)
{
    int sign = 1;

    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        bool on_word = r->info[w].head == word && (sg_is_negator(r, w) || sg_is_instead_of(r, w)) &&
                       (w < word || r->info[w].deprel == SG_ADVMOD);
        /* "no member supports it" */
        bool on_subject = sg_word_is(r, w, "no") && r->info[w].head == sg_child(r, word, SG_NSUBJ);

        if (on_word || on_subject)
            sign = -sign;
    }
    return sign;
}
