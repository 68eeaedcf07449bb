#include "language_internal.h"

/* Morphological features out of tags, words and trees. English shows few by its endings, and the
 * Penn tag already tells most of those apart; person of verbs and voice come from the tree. */

#include <string.h>

typedef struct pronoun {
    const char *form;
    uint32_t features;
} pronoun;

static const pronoun pronouns[] = {
    { "i", SG_FEAT_FIRST },
    { "me", SG_FEAT_FIRST },
    { "my", SG_FEAT_FIRST | SG_FEAT_POSSESSIVE },
    { "mine", SG_FEAT_FIRST | SG_FEAT_POSSESSIVE },
    { "myself", SG_FEAT_FIRST },
    { "we", SG_FEAT_FIRST | SG_FEAT_PLURAL },
    { "us", SG_FEAT_FIRST | SG_FEAT_PLURAL },
    { "our", SG_FEAT_FIRST | SG_FEAT_PLURAL | SG_FEAT_POSSESSIVE },
    { "ours", SG_FEAT_FIRST | SG_FEAT_PLURAL | SG_FEAT_POSSESSIVE },
    { "ourselves", SG_FEAT_FIRST | SG_FEAT_PLURAL },
    { "you", SG_FEAT_SECOND },
    { "your", SG_FEAT_SECOND | SG_FEAT_POSSESSIVE },
    { "yours", SG_FEAT_SECOND | SG_FEAT_POSSESSIVE },
    { "yourself", SG_FEAT_SECOND },
    { "yourselves", SG_FEAT_SECOND | SG_FEAT_PLURAL },
    { "he", SG_FEAT_THIRD },
    { "him", SG_FEAT_THIRD },
    { "his", SG_FEAT_THIRD | SG_FEAT_POSSESSIVE },
    { "himself", SG_FEAT_THIRD },
    { "she", SG_FEAT_THIRD },
    { "her", SG_FEAT_THIRD },
    { "hers", SG_FEAT_THIRD | SG_FEAT_POSSESSIVE },
    { "herself", SG_FEAT_THIRD },
    { "it", SG_FEAT_THIRD },
    { "its", SG_FEAT_THIRD | SG_FEAT_POSSESSIVE },
    { "itself", SG_FEAT_THIRD },
    { "they", SG_FEAT_THIRD | SG_FEAT_PLURAL },
    { "them", SG_FEAT_THIRD | SG_FEAT_PLURAL },
    { "their", SG_FEAT_THIRD | SG_FEAT_PLURAL | SG_FEAT_POSSESSIVE },
    { "theirs", SG_FEAT_THIRD | SG_FEAT_PLURAL | SG_FEAT_POSSESSIVE },
    { "themselves", SG_FEAT_THIRD | SG_FEAT_PLURAL },
    { "these", SG_FEAT_PLURAL },
    { "those", SG_FEAT_PLURAL },
};

static bool is_form(const char *text, size_t len, const char *form)
{
    if (strlen(form) != len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i] >= 'A' && text[i] <= 'Z' ? (char) (text[i] + 32) : text[i];

        if (c != form[i])
            return false;
    }
    return true;
}

static uint32_t of_pronoun(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        if (is_form(text, len, pronouns[i].form))
            return pronouns[i].features;
    }
    return 0;
}

static uint32_t of_tag(uint8_t xpos)
{
    switch (xpos) {
    case SG_XPOS_NNS:
    case SG_XPOS_NNPS:
        return SG_FEAT_PLURAL;
    case SG_XPOS_JJR:
    case SG_XPOS_RBR:
        return SG_FEAT_COMPARATIVE;
    case SG_XPOS_JJS:
    case SG_XPOS_RBS:
        return SG_FEAT_SUPERLATIVE;
    case SG_XPOS_PRP_POSS:
    case SG_XPOS_WP_POSS:
    case SG_XPOS_POS:
        return SG_FEAT_POSSESSIVE;
    case SG_XPOS_VBD:
        return SG_FEAT_PAST;
    case SG_XPOS_VBN:
        return SG_FEAT_PAST | SG_FEAT_PARTICIPLE;
    case SG_XPOS_VBP:
        return SG_FEAT_PRESENT;
    case SG_XPOS_VBZ:
        return SG_FEAT_PRESENT | SG_FEAT_THIRD;
    default:
        return 0;
    }
}

/* What the dependents of a verb tell of it. */
typedef struct verb_frame {
    bool passive, auxiliary, progressive, mark_to, subject;
    uint32_t subject_features;
} verb_frame;

static bool is_subject(uint8_t deprel)
{
    return deprel == SG_NSUBJ || deprel == SG_NSUBJ_PASS;
}

static void see_dependent(const sg_annotation *annotation, uint32_t w, verb_frame *frame)
{
    const sg_word_info *info = &annotation->words[w];
    const sg_word *word = &annotation->document->words[w];

    if (info->deprel == SG_AUX_PASS || info->deprel == SG_NSUBJ_PASS ||
        info->deprel == SG_CSUBJ_PASS)
        frame->passive = true;
    if (info->deprel == SG_AUXREL || info->deprel == SG_AUX_PASS)
        frame->auxiliary = true;
    if (info->deprel == SG_AUXREL && strcmp(info->lemma, "be") == 0)
        frame->progressive = true;
    if (info->deprel == SG_MARK && info->xpos == SG_XPOS_TO)
        frame->mark_to = true;
    if (is_subject(info->deprel)) {
        frame->subject = true;
        frame->subject_features = of_tag(info->xpos) & SG_FEAT_PLURAL;
        if (info->upos == SG_PRON)
            frame->subject_features = of_pronoun(sg_document_at(annotation->document, word->start),
                                                 word->end - word->start);
    }
}

/* `clause` has the subject that the verb agrees with. */
static uint32_t of_verb(const sg_word_info *info, const verb_frame *frame, const verb_frame *clause)
{
    uint32_t features = 0;

    if (info->xpos == SG_XPOS_VBG)
        features |= frame->progressive || info->deprel == SG_AMOD || info->deprel == SG_ACL
                        ? SG_FEAT_PRESENT | SG_FEAT_PARTICIPLE
                        : SG_FEAT_GERUND;
    /* "the contract imposed on doctors": a bare participle after a noun is passive. */
    if (info->xpos == SG_XPOS_VBN &&
        (frame->passive ||
         (!frame->auxiliary && (info->deprel == SG_ACL || info->deprel == SG_AMOD))))
        features |= SG_FEAT_PASSIVE;
    if (info->xpos == SG_XPOS_VB)
        features |= frame->mark_to || frame->auxiliary || frame->subject || info->upos == SG_AUX ||
                            info->deprel == SG_XCOMP || info->deprel == SG_CSUBJ
                        ? SG_FEAT_INFINITIVE
                        : SG_FEAT_IMPERATIVE;
    if (info->xpos == SG_XPOS_VBP || info->xpos == SG_XPOS_VBD)
        features |= clause->subject_features &
                    (SG_FEAT_FIRST | SG_FEAT_SECOND | SG_FEAT_THIRD | SG_FEAT_PLURAL);
    return features;
}

/* Auxiliaries and copulas share the subject of the word that they belong to. */
static const verb_frame *clause_of(const sg_annotation *annotation, const verb_frame *frames,
                                   uint32_t w)
{
    const sg_word_info *info = &annotation->words[w];
    bool helps = info->deprel == SG_AUXREL || info->deprel == SG_AUX_PASS || info->deprel == SG_COP;

    return helps && info->head != SG_NO_WORD ? &frames[info->head] : &frames[w];
}

void sg_features_run(sg_annotation *annotation, sg_arena *arena)
{
    const sg_document *document = annotation->document;
    verb_frame *frames = sg_arena_calloc(arena, document->word_count, sizeof *frames);

    for (uint32_t w = 0; w < document->word_count; w++) {
        if (annotation->words[w].head != SG_NO_WORD)
            see_dependent(annotation, w, &frames[annotation->words[w].head]);
    }
    for (uint32_t w = 0; w < document->word_count; w++) {
        sg_word_info *info = &annotation->words[w];
        const sg_word *word = &document->words[w];

        info->features = of_tag(info->xpos);
        if (info->upos == SG_PRON || info->upos == SG_DET)
            info->features |=
                of_pronoun(sg_document_at(document, word->start), word->end - word->start);
        if (info->upos == SG_VERB || info->upos == SG_AUX)
            info->features |= of_verb(info, &frames[w], clause_of(annotation, frames, w));
    }
}
