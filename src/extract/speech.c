#include <string.h>

#include "speech_internal.h"

/* Three kinds of attribution, in this order; later ones do not overwrite earlier ones.
 *   1. Quotations. The speaker is the subject of the speech verb that stands outside the quotation
 *      in the same sentence or beside it in the paragraph; without one, a quotation goes on with
 *      the speaker of the one before it (O'Keefe et al. 2012: a sequence rule like this is hard to
 *      beat in news).
 *   2. Clauses that hang on a speech verb or stand around it ("..., she said").
 *   3. "According to X".
 */

#define SHORTEST_QUOTE 3  /* words; shorter ones are single expressions */
#define NAME_REACH     8  /* words from a verb to a name with its title behind it */
#define LONGEST_RISE   12 /* steps up a tree, a bound for broken trees */

static bool text_is(const sg_reading *r, uint32_t word, const char *a)
{
    const sg_word *w = &r->document->words[word];
    size_t n = strlen(a);

    return w->end - w->start == n && memcmp(r->document->text + w->start, a, n) == 0;
}

/* ---- quotation marks ---- */

typedef enum mark { NO_MARK, OPENING, CLOSING, EITHER } mark;

static mark double_mark(const sg_reading *r, uint32_t word)
{
    if (text_is(r, word, "\xE2\x80\x9C") || text_is(r, word, "``") || text_is(r, word, "\xC2\xAB"))
        return OPENING;
    if (text_is(r, word, "\xE2\x80\x9D") || text_is(r, word, "\xC2\xBB"))
        return CLOSING;
    /* Two apostrophes close what two grave accents open, but archives write both marks so; a third
     * is the mark of a quotation within the quotation. */
    return text_is(r, word, "\"") || text_is(r, word, "''") || text_is(r, word, "'''") ? EITHER
                                                                                       : NO_MARK;
}

static mark single_mark(const sg_reading *r, uint32_t word)
{
    if (text_is(r, word, "\xE2\x80\x98"))
        return OPENING;
    if (text_is(r, word, "\xE2\x80\x99"))
        return CLOSING;
    return text_is(r, word, "'") ? EITHER : NO_MARK;
}

static bool starts_paragraph(const sg_reading *r, uint32_t word)
{
    uint32_t paragraph = r->document->sentences[r->sentence_of[word]].paragraph;

    return word == 0 || r->document->sentences[r->sentence_of[word - 1]].paragraph != paragraph;
}

/* A mark opens after a space and before a word: so a straight one is told, and a curly one of the
 * wrong hand (but not a single one, which may be an apostrophe). */
static mark settle(const sg_reading *r, uint32_t word, bool is_double, mark kind, bool inside)
{
    bool space_before;
    bool space_after = r->document->words[word].space_after;

    if (starts_paragraph(r, word))
        return kind == EITHER ? OPENING : kind;
    space_before = r->document->words[word - 1].space_after;
    if (kind == EITHER || (is_double && inside == (kind == OPENING))) {
        if (space_before != space_after)
            return space_before ? OPENING : CLOSING;
    }
    if (kind != EITHER)
        return kind;
    if (inside)
        return CLOSING;
    return word + 1 < r->word_count && !sg_word_is_upos(r, word + 1, SG_PUNCT) ? OPENING : NO_MARK;
}

static void add_quote(sg_reading *r, sg_speech *s, uint32_t first, uint32_t past, bool continues)
{
    uint32_t number;
    bool complete = past > first && sg_word_is_upos(r, past - 1, SG_PUNCT);

    if (first >= 2 && (sg_word_is(r, first - 2, ":") || sg_word_is(r, first - 2, ",")))
        complete = true;
    while (first < past && sg_word_is_upos(r, past - 1, SG_PUNCT))
        past--;
    if (past < first + SHORTEST_QUOTE)
        return;
    SG_ARENA_GROW(r->arena, s->quotes, s->quote_capacity, s->quote_count + 1);
    number = (uint32_t) s->quote_count++;
    s->quotes[number] =
        (struct sg_quote){ first, past, continues, complete, SG_NO_ACTOR, SG_NO_WORD };
    for (uint32_t w = first; w < past; w++)
        s->quote[w] = number;
}

/* Marks of one kind over the whole document. A paragraph that ends inside a quotation closes it;
 * if the next one begins with an opening mark, it continues. */
static void find_quotes(sg_reading *r, sg_speech *s, bool is_double)
{
    uint32_t open = SG_NO_WORD;
    bool left_open = false;
    bool continues = false;

    for (uint32_t w = 0; w < r->word_count; w++) {
        mark kind;

        if (starts_paragraph(r, w)) {
            left_open = open != SG_NO_WORD;
            if (left_open)
                add_quote(r, s, open, w, continues);
            open = SG_NO_WORD;
        }
        if (s->quote[w] != SG_NO_QUOTE)
            continue;
        kind = is_double ? double_mark(r, w) : single_mark(r, w);
        if (kind != NO_MARK)
            kind = settle(r, w, is_double, kind, open != SG_NO_WORD);
        if (kind == NO_MARK)
            continue;
        if (kind == OPENING) {
            continues = left_open && starts_paragraph(r, w);
            open = w + 1;
        } else if (open != SG_NO_WORD) {
            add_quote(r, s, open, w, continues);
            open = SG_NO_WORD;
            left_open = false;
        }
    }
    if (open != SG_NO_WORD)
        add_quote(r, s, open, (uint32_t) r->word_count, continues);
}

static void sort_quotes(sg_speech *s, sg_reading *r)
{
    /* Double marks were found before single ones: put them in order of place. */
    for (size_t i = 1; i < s->quote_count; i++) {
        struct sg_quote quote = s->quotes[i];
        size_t j = i;

        for (; j > 0 && s->quotes[j - 1].first > quote.first; j--)
            s->quotes[j] = s->quotes[j - 1];
        s->quotes[j] = quote;
    }
    for (uint32_t i = 0; i < s->quote_count; i++) {
        for (uint32_t w = s->quotes[i].first; w < s->quotes[i].past; w++)
            s->quote[w] = i;
    }
    (void) r;
}

/* ---- verbs of saying and their subjects ---- */

bool sg_is_speech_verb(const sg_reading *r, uint32_t word)
{
    const char *lemma = r->info[word].lemma;

    if (r->info[word].upos != SG_VERB)
        return false;
    return (sg_lexicon_classes(lemma, strlen(lemma)) & SG_CLASS_SPEECH) != 0;
}

bool sg_is_attributing_verb(const sg_reading *r, uint32_t word)
{
    return r->info[word].upos == SG_VERB && (r->classes[word] & SG_CLASS_ATTRIBUTION) != 0;
}

/* "Like A, B opposes it", of which the tree may make two subjects: B. */
static uint32_t beside_comparison(const sg_reading *r, uint32_t verb, uint32_t subject)
{
    uint32_t title = sg_child(r, subject, SG_NMOD);
    uint32_t first = title < subject ? title : subject; /* "unlike mayor A, B opposes it" */

    if (!sg_child_is(r, first, SG_CASE, "like") && !sg_child_is(r, first, SG_CASE, "unlike"))
        return subject;
    for (uint32_t w = subject + 1; w < verb; w++) {
        if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_NSUBJ))
            return w;
    }
    return subject;
}

static bool is_finite(const sg_reading *r, uint32_t verb)
{
    return sg_word_is_upos(r, verb, SG_VERB) &&
           (r->info[verb].features & (SG_FEAT_PAST | SG_FEAT_PRESENT)) != 0 &&
           (r->info[verb].features & (SG_FEAT_PARTICIPLE | SG_FEAT_INFINITIVE)) == 0;
}

/* "They left, and mayor A called for it", "in her speech at the rally, A, a doctor, accused them":
 * A, whom trees take for a name of what stands before; SG_NO_WORD. */
static uint32_t subject_lost(const sg_reading *r, uint32_t verb)
{
    uint32_t first = sg_sentence_first(r, verb);
    uint32_t start = sg_word_is_rel(r, verb, SG_CONJ) ? sg_child(r, verb, SG_CC) : SG_NO_WORD;
    uint32_t before = verb;
    uint32_t w = verb;

    if (!is_finite(r, verb) || !(start != SG_NO_WORD || sg_word_is_rel(r, verb, SG_ROOT)))
        return SG_NO_WORD;
    while (before > first && r->info[before - 1].head == verb &&
           (sg_word_is_upos(r, before - 1, SG_ADV) || sg_word_is_upos(r, before - 1, SG_AUX)))
        before--;
    for (w = before; w-- > first && (start == SG_NO_WORD || w > start);) {
        uint32_t mention = r->mention_at[w];
        const sg_mention *name = mention != SG_NO_MENTION ? &r->mentions[mention] : NULL;
        uint32_t past = name != NULL ? name->first + name->count : 0;

        if (sg_word_is_upos(r, w, SG_VERB))
            return SG_NO_WORD;
        if (name == NULL || name->kind != SG_MENTION_NAME ||
            !sg_word_is_rel(r, name->head, SG_APPOS))
            continue;
        if (start != SG_NO_WORD)
            return past == before ? name->head : SG_NO_WORD;
        if (name->first > first && sg_word_is(r, name->first - 1, ",") &&
            (past == before || (sg_word_is(r, past, ",") && sg_word_is(r, before - 1, ","))))
            return name->head;
    }
    return SG_NO_WORD;
}

static uint32_t direct_subject(const sg_reading *r, uint32_t verb)
{
    static const sg_deprel subjects[] = { SG_NSUBJ, SG_CSUBJ, SG_OBL_AGENT };
    bool passive = sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD ||
                   sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD;

    if (passive)
        return sg_child(r, verb, SG_OBL_AGENT);
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        uint32_t found = sg_child(r, verb, subjects[i]);

        if (found != SG_NO_WORD)
            return beside_comparison(r, verb, found);
    }
    return subject_lost(r, verb);
}

/* "X, the head of the company, who": X, where the tree takes the company. */
static uint32_t person_with(const sg_reading *r, uint32_t noun)
{
    uint32_t actor = sg_actor_at(r, noun);
    uint32_t above = r->info[noun].head;

    if (actor == SG_NO_ACTOR || r->actors[actor].kind != SG_ACTOR_ORGANISATION ||
        !sg_word_is_rel(r, noun, SG_NMOD) || above == SG_NO_WORD)
        return noun;
    if (sg_word_is_rel(r, above, SG_APPOS) && r->info[above].head != SG_NO_WORD)
        above = r->info[above].head;
    actor = sg_actor_at(r, above);
    return actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON ? above : noun;
}

uint32_t sg_relative_antecedent(const sg_reading *r, uint32_t word)
{
    uint32_t verb = r->info[word].head;

    if (verb != SG_NO_WORD && sg_word_is_rel(r, verb, SG_CONJ) && r->info[verb].head < verb)
        verb = r->info[verb].head; /* "which she asked for and which he opposed" */
    if (verb != SG_NO_WORD && sg_word_is_rel(r, verb, SG_ACL_RELCL) &&
        r->info[verb].head != SG_NO_WORD &&
        (sg_word_is(r, word, "who") || sg_word_is(r, word, "whom") ||
         sg_word_is(r, word, "which") || sg_word_is(r, word, "that")))
        return sg_word_is(r, word, "who") ? person_with(r, r->info[verb].head) : r->info[verb].head;
    return word;
}

uint32_t sg_subject_of(const sg_reading *r, uint32_t verb)
{
    uint32_t subject = sg_subject_phrase_of(r, verb);

    return subject != SG_NO_WORD ? sg_relative_antecedent(r, subject) : SG_NO_WORD;
}

/* "criticised X for doing", "accused X of doing", "was blamed for doing": X does it. */
static uint32_t charged(const sg_reading *r, uint32_t verb)
{
    uint32_t preposition = sg_child(r, verb, SG_MARK);
    uint32_t head = r->info[verb].head;
    uint32_t object;

    if (preposition == SG_NO_WORD ||
        !(sg_word_is(r, preposition, "for") || sg_word_is(r, preposition, "of") ||
          sg_word_is(r, preposition, "from")))
        return SG_NO_WORD;
    object = sg_child(r, head, SG_OBJ);
    if (object == SG_NO_WORD)
        object = sg_child(r, head, SG_NSUBJ_PASS);
    return object != SG_NO_WORD && r->mention_at[object] == SG_NO_MENTION &&
                   sg_word_is(r, preposition, "for") && (r->classes[head] & SG_CLASS_SPEECH) == 0
               ? SG_NO_WORD /* "laid out her plan for fighting it" */
               : object;
}

/* "Is expected to back it", "is said to": who is expected backs it. */
static bool is_said_of(const sg_reading *r, uint32_t verb)
{
    static const char *const lemmas[] = { "expect",   "say",    "believe",   "think",
                                          "know",     "report", "rumour",    "rumor",
                                          "consider", "deem",   "understand" };

    return SG_IS_ONE_OF(r->info[verb].lemma, lemmas);
}

uint32_t sg_subject_phrase_of(const sg_reading *r, uint32_t verb)
{
    for (int step = 0; step < LONGEST_RISE && verb != SG_NO_WORD; step++) {
        uint32_t subject = direct_subject(r, verb);
        uint32_t head = r->info[verb].head;

        if (subject != SG_NO_WORD)
            return subject;
        if (head == SG_NO_WORD || (sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD &&
                                   sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD))
            return SG_NO_WORD; /* "after it was signed": nobody is said to do it */
        if (sg_word_is_rel(r, verb, SG_XCOMP)) {
            /* "urged X to", "allowed X to": the object of the verb above is the subject here. */
            uint32_t object = sg_child(r, head, SG_OBJ);

            if (object != SG_NO_WORD)
                return object;
            if (is_said_of(r, head))
                return sg_child(r, head, SG_NSUBJ_PASS);
        } else if (sg_word_is_rel(r, verb, SG_ACL)) {
            return head; /* "a letter signed by", "the man accused of" are passive: see above */
        } else if (sg_word_is_rel(r, verb, SG_ADVCL)) {
            uint32_t person = charged(r, verb);

            if (person != SG_NO_WORD)
                return person;
            if (sg_child_is(r, verb, SG_MARK, "as") && sg_child(r, head, SG_AUX_PASS) != SG_NO_WORD)
                return sg_child(r, head, SG_NSUBJ_PASS); /* "was quoted as saying" */
        } else if (sg_word_is_rel(r, verb, SG_CONJ)) {
            uint32_t shared = sg_child(r, head, SG_NSUBJ_PASS);

            if (shared != SG_NO_WORD && !(r->info[verb].features & SG_FEAT_PARTICIPLE))
                return shared; /* "was disappointed and argued" */
        } else if (sg_word_is_rel(r, verb, SG_CSUBJ)) {
            uint32_t quick = sg_child(r, head, SG_NSUBJ);

            if (quick == SG_NO_WORD || sg_word_is(r, quick, "it"))
                return SG_NO_WORD; /* "was quick to attack" */
        } else {
            return SG_NO_WORD;
        }
        verb = head;
    }
    return SG_NO_WORD;
}

/* `"...", said X, who ...`, `"..." X said`: who stands beside the verb, where the tree takes X for
 * a part of what is said. */
static uint32_t subject_beside(const sg_reading *r, const sg_speech *s, uint32_t verb)
{
    uint32_t past = sg_sentence_past(r, verb);

    if (verb == sg_sentence_first(r, verb))
        return SG_NO_WORD;
    if (sg_word_is_upos(r, verb - 1, SG_PRON) || r->mention_at[verb - 1] != SG_NO_MENTION)
        return s->quote[verb - 1] == s->quote[verb] ? verb - 1 : SG_NO_WORD;
    if (!sg_word_is_upos(r, verb - 1, SG_PUNCT))
        return SG_NO_WORD;
    for (uint32_t w = verb + 1; w < past && w < verb + NAME_REACH; w++) {
        uint32_t mention = r->mention_at[w];

        if (s->quote[w] != s->quote[verb] || sg_word_is_upos(r, w, SG_PUNCT) ||
            sg_word_is_upos(r, w, SG_VERB) || sg_word_is_upos(r, w, SG_AUX) ||
            sg_word_is_upos(r, w, SG_SCONJ))
            break;
        if (mention != SG_NO_MENTION && r->mentions[mention].kind == SG_MENTION_NAME)
            return r->mentions[mention].head;
    }
    return SG_NO_WORD;
}

/* "issued a statement saying": who issued it, rather than the statement. */
static uint32_t issuer_of(const sg_reading *r, uint32_t noun)
{
    uint32_t issuer = SG_NO_WORD;

    if (sg_is_paper(r, noun) && sg_word_is_rel(r, noun, SG_OBJ) && r->info[noun].head != SG_NO_WORD)
        issuer = sg_subject_phrase_of(r, r->info[noun].head);
    return issuer != SG_NO_WORD ? issuer : noun;
}

uint32_t sg_source_of(const sg_reading *r, const sg_speech *s, uint32_t verb)
{
    uint32_t subject = sg_subject_phrase_of(r, verb);

    /* "reason to believe" is nobody's belief. */
    if (subject != SG_NO_WORD && sg_word_is_rel(r, verb, SG_ACL) && r->info[verb].head == subject &&
        sg_child(r, verb, SG_MARK) != SG_NO_WORD)
        return SG_NO_WORD;
    if (subject != SG_NO_WORD && r->info[verb].head == subject && sg_word_is_rel(r, verb, SG_ACL))
        subject = issuer_of(r, subject);
    /* The narrator's verb has no subject within a quotation: the tree took it from there. */
    if (subject != SG_NO_WORD && s->quote[subject] != s->quote[verb] &&
        s->quote[subject] != SG_NO_QUOTE) {
        subject = SG_NO_WORD;
        for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++)
            if (r->info[w].head == verb && sg_word_is_rel(r, w, SG_NSUBJ) &&
                s->quote[w] == s->quote[verb])
                subject = w;
    }
    return subject != SG_NO_WORD ? subject : subject_beside(r, s, verb);
}

/* Speaker of a verb of saying: its subject as an actor. */
static uint32_t speaker_of(sg_reading *r, const sg_speech *s, uint32_t verb)
{
    uint32_t subject = sg_source_of(r, s, verb);
    uint32_t writer;
    uint32_t actor;

    if (subject == SG_NO_WORD)
        return SG_NO_ACTOR;
    subject = sg_relative_antecedent(r, subject);
    writer = sg_writer_of(r, subject);
    if (writer != SG_NO_WORD)
        subject = writer;
    actor = sg_actor_or_group_at(r, subject);
    if (actor == SG_NO_ACTOR && s->quote[verb] != SG_NO_QUOTE &&
        (r->info[subject].features & SG_FEAT_FIRST) != 0)
        actor = s->quotes[s->quote[verb]].speaker; /* "I said" inside a quotation */
    return actor;
}

/* ---- speakers of quotations ---- */

struct range {
    uint32_t first;
    uint32_t past;
};

/* The sentences that the quotation touches, and one more on each side within the paragraph. */
static struct range near_quote(const sg_reading *r, const struct sg_quote *quote, bool wide)
{
    uint32_t first = r->sentence_of[quote->first];
    uint32_t last = r->sentence_of[quote->past - 1];
    uint32_t paragraph = r->document->sentences[first].paragraph;
    struct range range;

    if (wide && first > 0 && r->document->sentences[first - 1].paragraph == paragraph)
        first--;
    if (wide && last + 1 < r->document->sentence_count &&
        r->document->sentences[last + 1].paragraph == paragraph)
        last++;
    range.first = r->document->sentences[first].first_word;
    range.past = r->document->sentences[last].first_word + r->document->sentences[last].word_count;
    return range;
}

static uint32_t distance(const struct sg_quote *quote, uint32_t word)
{
    return word < quote->first ? quote->first - word : word - quote->past + 1;
}

static bool is_saying(const sg_reading *r, uint32_t word)
{
    return sg_is_speech_verb(r, word) || sg_is_attributing_verb(r, word);
}

/* "..., he continued", "he shot back: ...": beside a whole sentence any verb is one of saying. */
static bool is_main_verb(const sg_reading *r, uint32_t word)
{
    return sg_word_is_upos(r, word, SG_VERB) && sg_child(r, word, SG_NSUBJ) != SG_NO_WORD &&
           !sg_word_is_rel(r, word, SG_ACL_RELCL) && !sg_word_is_rel(r, word, SG_ADVCL);
}

/* The nearest verb of the kind outside quotations that has a subject, whoever that is. */
static bool attribute_in(sg_reading *r, sg_speech *s, struct sg_quote *quote, struct range range,
                         bool (*is_cue)(const sg_reading *, uint32_t))
{
    uint32_t best = SG_NO_WORD;

    for (uint32_t w = range.first; w < range.past; w++) {
        if (s->quote[w] != SG_NO_QUOTE || !is_cue(r, w))
            continue;
        if (best != SG_NO_WORD && distance(quote, w) >= distance(quote, best))
            continue;
        if (sg_source_of(r, s, w) != SG_NO_WORD)
            best = w;
    }
    if (best == SG_NO_WORD)
        return false;
    quote->speaker = speaker_of(r, s, best);
    quote->cue = best;
    return true;
}

/* "According to X" or "X:" in the sentences of the quotation. */
static uint32_t according_to(sg_reading *r, uint32_t word)
{
    uint32_t head;

    if (!sg_word_is(r, word, "according"))
        return SG_NO_ACTOR;
    head = r->info[word].head;
    if (head != SG_NO_WORD && head > word && r->info[word].deprel == SG_CASE)
        return sg_actor_or_group_at(r, head);
    for (uint32_t w = word + 1; w < sg_sentence_past(r, word) && w < word + 8; w++) {
        if (sg_actor_at(r, w) != SG_NO_ACTOR)
            return sg_principal_at(r, w);
    }
    return SG_NO_ACTOR;
}

static bool attribute_according(sg_reading *r, sg_speech *s, struct sg_quote *quote)
{
    struct range range = near_quote(r, quote, false);

    for (uint32_t w = range.first; w < range.past; w++) {
        uint32_t actor = s->quote[w] == SG_NO_QUOTE ? according_to(r, w) : SG_NO_ACTOR;

        if (actor != SG_NO_ACTOR) {
            quote->speaker = actor;
            quote->cue = w;
            return true;
        }
    }
    return false;
}

/* The sentences of the quotation hold nothing else. */
static bool fills_sentences(const sg_reading *r, const sg_speech *s, const struct sg_quote *quote)
{
    struct range range = near_quote(r, quote, false);

    for (uint32_t w = range.first; w < range.past; w++)
        if (s->quote[w] == SG_NO_QUOTE && !sg_word_is_upos(r, w, SG_PUNCT))
            return false;
    return true;
}

/* `"...," X said. "...": a quotation that goes on behind its speaker. */
static bool goes_on(const sg_reading *r, const sg_speech *s, const struct sg_quote *before,
                    const struct sg_quote *quote)
{
    uint32_t first = r->sentence_of[quote->first];
    uint32_t last = r->sentence_of[before->past - 1];

    return before->cue != SG_NO_WORD && first == last + 1 && before->cue > before->first &&
           r->sentence_of[before->cue] == last &&
           r->document->sentences[first].paragraph == r->document->sentences[last].paragraph &&
           fills_sentences(r, s, quote);
}

/* Everything outside quotation marks in the paragraph is punctuation or nothing. */
static bool stands_alone(const sg_reading *r, const sg_speech *s, const struct sg_quote *quote)
{
    uint32_t paragraph = r->document->sentences[r->sentence_of[quote->first]].paragraph;
    const sg_paragraph *p = &r->document->paragraphs[paragraph];

    for (uint32_t i = p->first_sentence; i < p->first_sentence + p->sentence_count; i++) {
        const sg_sentence *sentence = &r->document->sentences[i];

        for (uint32_t w = sentence->first_word; w < sentence->first_word + sentence->word_count;
             w++) {
            if (s->quote[w] == SG_NO_QUOTE && !sg_word_is_upos(r, w, SG_PUNCT))
                return false;
        }
    }
    return true;
}

/* The last actor that the narrator made a subject in the paragraph before. */
static uint32_t last_subject_before(sg_reading *r, const sg_speech *s, uint32_t word)
{
    uint32_t sentence = r->sentence_of[word];
    uint32_t paragraph = r->document->sentences[sentence].paragraph;

    while (sentence-- > 0 && r->document->sentences[sentence].paragraph + 1 >= paragraph) {
        const sg_sentence *before = &r->document->sentences[sentence];

        for (uint32_t w = before->first_word + before->word_count; w-- > before->first_word;) {
            if (s->quote[w] == SG_NO_QUOTE && sg_word_is_rel(r, w, SG_NSUBJ) &&
                sg_actor_at(r, w) != SG_NO_ACTOR)
                return sg_principal_at(r, w);
        }
    }
    return SG_NO_ACTOR;
}

static void attribute_quote(sg_reading *r, sg_speech *s, uint32_t number)
{
    struct sg_quote *quote = &s->quotes[number];
    struct sg_quote *before = number > 0 ? &s->quotes[number - 1] : NULL;
    bool alone = stands_alone(r, s, quote);

    if (before != NULL && goes_on(r, s, before, quote)) {
        quote->speaker = before->speaker;
        quote->cue = before->cue;
        return;
    }
    if (before != NULL && (quote->continues || alone) && before->cue != SG_NO_WORD) {
        uint32_t gap = r->document->sentences[r->sentence_of[quote->first]].paragraph -
                       r->document->sentences[r->sentence_of[before->past - 1]].paragraph;

        if (gap <= 1) {
            quote->speaker = before->speaker;
            quote->cue = before->cue;
            return;
        }
    }
    if (attribute_in(r, s, quote, near_quote(r, quote, false), is_saying) ||
        attribute_according(r, s, quote) ||
        (quote->complete && attribute_in(r, s, quote, near_quote(r, quote, false), is_main_verb)) ||
        attribute_in(r, s, quote, near_quote(r, quote, true), is_saying))
        return;
    quote->speaker = last_subject_before(r, s, quote->first);
}

/* ---- clauses ---- */

static void mark_word(sg_speech *s, uint32_t word, uint32_t speaker, sg_mode mode, uint32_t cue)
{
    if (s->speaker[word] != SG_NO_ACTOR || s->mode[word] == SG_DIRECT_QUOTE)
        return;
    s->speaker[word] = speaker;
    s->mode[word] = (uint8_t) mode;
    s->cue[word] = cue;
}

static void mark_subtree(const sg_reading *r, sg_speech *s, uint32_t head, uint32_t speaker,
                         uint32_t cue)
{
    for (uint32_t w = sg_sentence_first(r, head); w < sg_sentence_past(r, head); w++) {
        if (sg_is_below(r, w, head) && !sg_is_below(r, cue, w))
            mark_word(s, w, speaker, SG_INDIRECT_SPEECH, cue);
    }
}

/* "..., X said": the clause around the speech verb is what X says. */
static void mark_around(const sg_reading *r, sg_speech *s, uint32_t verb, uint32_t speaker)
{
    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        if (!sg_is_below(r, w, verb))
            mark_word(s, w, speaker, SG_INDIRECT_SPEECH, verb);
    }
}

static void attribute_clauses(sg_reading *r, sg_speech *s, uint32_t verb)
{
    uint32_t speaker = speaker_of(r, s, verb);

    if (speaker == SG_NO_ACTOR)
        return;
    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head != verb)
            continue;
        if (sg_word_is_rel(r, w, SG_CCOMP) ||
            (sg_word_is_rel(r, w, SG_XCOMP) && /* "says plan unfair" */
             sg_child(r, w, SG_NSUBJ) != SG_NO_WORD) ||
            (sg_word_is_rel(r, w, SG_PARATAXIS) && !sg_is_speech_verb(r, w)))
            mark_subtree(r, s, w, speaker, verb);
    }
    if (sg_word_is_rel(r, verb, SG_PARATAXIS))
        mark_around(r, s, verb, speaker);
}

/* "A's argument is that it is wrong", "the message from A was that": what A says. */
static void attribute_opinion(sg_reading *r, sg_speech *s, uint32_t noun)
{
    static const char *const lemmas[] = {
        "argument", "view",       "message", "point",    "belief", "position", "complaint",
        "claim",    "contention", "warning", "verdict",  "fear",   "hope",     "concern",
        "opinion",  "conclusion", "worry",   "response", "advice", "stance",   "promise",
        "theory",   "thesis",     "feeling", "reasoning"
    };
    static const char *const cases[] = { "from", "of", "by" };
    uint32_t clause = r->info[noun].head;
    uint32_t that = clause != SG_NO_WORD ? sg_child(r, clause, SG_MARK) : SG_NO_WORD;
    uint32_t owner;

    if (!sg_word_is_rel(r, noun, SG_DISLOCATED) || that == SG_NO_WORD || that < noun ||
        !sg_word_is(r, that, "that") || !SG_IS_ONE_OF(r->info[noun].lemma, lemmas))
        return;
    owner = sg_child(r, noun, SG_NMOD_POSS);
    if (owner == SG_NO_WORD) {
        uint32_t marker;

        owner = sg_child(r, noun, SG_NMOD);
        marker = owner != SG_NO_WORD ? sg_child(r, owner, SG_CASE) : SG_NO_WORD;
        if (marker == SG_NO_WORD || !SG_IS_ONE_OF(r->lower[marker], cases))
            return;
    }
    if (sg_principal_at(r, owner) == SG_NO_ACTOR)
        return;
    for (uint32_t w = that + 1; w < sg_sentence_past(r, noun); w++)
        mark_word(s, w, sg_principal_at(r, owner), SG_INDIRECT_SPEECH, noun);
}

/* "Made it clear that it was wrong", "shot back that": the clause. */
static void attribute_plain_words(sg_reading *r, sg_speech *s, uint32_t verb)
{
    static const char *const known[] = { "clear", "plain", "known" };
    static const char *const lemmas[] = {
        "shoot", "shot", "fire", "hit", "chime", "come", "weigh"
    };
    static const char *const particles[] = { "back", "in", "out" };
    uint32_t state =
        strcmp(r->info[verb].lemma, "make") == 0 ? sg_child(r, verb, SG_XCOMP) : SG_NO_WORD;
    uint32_t clause = sg_child(r, verb, SG_CCOMP);
    uint32_t speaker;

    if (state != SG_NO_WORD && SG_IS_ONE_OF(r->lower[state], known)) {
        if (clause == SG_NO_WORD)
            clause = sg_child(r, state, SG_CCOMP);
    } else if (!SG_IS_ONE_OF(r->info[verb].lemma, lemmas) || verb + 1 >= r->word_count ||
               !SG_IS_ONE_OF(r->lower[verb + 1], particles)) {
        return;
    }
    speaker = clause != SG_NO_WORD ? speaker_of(r, s, verb) : SG_NO_ACTOR;
    if (speaker != SG_NO_ACTOR)
        mark_subtree(r, s, clause, speaker, verb);
}

static void attribute_according_clause(sg_reading *r, sg_speech *s, uint32_t word)
{
    uint32_t speaker = according_to(r, word);
    uint32_t noun = r->info[word].head;
    uint32_t clause = noun != SG_NO_WORD ? r->info[noun].head : SG_NO_WORD;

    if (speaker == SG_NO_ACTOR || clause == SG_NO_WORD)
        return;
    for (uint32_t w = sg_sentence_first(r, word); w < sg_sentence_past(r, word); w++) {
        if (sg_is_below(r, w, clause) && !sg_is_below(r, w, noun))
            mark_word(s, w, speaker, SG_INDIRECT_SPEECH, word);
    }
}

/* "Name: what they say", as interviews and headlines have it: the paragraph behind the colon. */
static void attribute_label(const sg_reading *r, sg_speech *s, const sg_paragraph *paragraph)
{
    const sg_sentence *sentences = &r->document->sentences[paragraph->first_sentence];
    const sg_sentence *last;
    uint32_t first;
    uint32_t colon;
    const sg_mention *mention;

    if (paragraph->sentence_count == 0 || sentences->word_count == 0)
        return;
    last = &sentences[paragraph->sentence_count - 1];
    first = sentences->first_word;
    if (r->mention_at[first] == SG_NO_MENTION)
        return;
    mention = &r->mentions[r->mention_at[first]];
    colon = mention->first + mention->count;
    if (mention->first != first || mention->kind != SG_MENTION_NAME || colon >= r->word_count ||
        !sg_word_is(r, colon, ":"))
        return;
    for (uint32_t w = colon + 1; w < last->first_word + last->word_count; w++) {
        if (s->mode[w] == SG_DIRECT_QUOTE && s->speaker[w] == SG_NO_ACTOR)
            s->speaker[w] = mention->actor;
        else
            mark_word(s, w, mention->actor, SG_INDIRECT_SPEECH, colon);
    }
}

static void *word_array(const sg_reading *r, size_t size, int fill)
{
    void *array = sg_arena_alloc(r->arena, (r->word_count + 1) * size);

    memset(array, fill, (r->word_count + 1) * size);
    return array;
}

sg_speech *sg_read_speech(sg_reading *r)
{
    sg_speech *s = sg_arena_calloc(r->arena, 1, sizeof *s);

    s->speaker = word_array(r, sizeof *s->speaker, 0xFF);
    s->quote = word_array(r, sizeof *s->quote, 0xFF);
    s->cue = word_array(r, sizeof *s->cue, 0xFF);
    s->mode = word_array(r, sizeof *s->mode, SG_NARRATED_ACT);
    find_quotes(r, s, true);
    find_quotes(r, s, false);
    sort_quotes(s, r);
    for (uint32_t i = 0; i < s->quote_count; i++) {
        attribute_quote(r, s, i);
        for (uint32_t w = s->quotes[i].first; w < s->quotes[i].past; w++) {
            s->speaker[w] = s->quotes[i].speaker;
            s->mode[w] = SG_DIRECT_QUOTE;
            s->cue[w] = s->quotes[i].cue;
        }
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (sg_is_speech_verb(r, w))
            attribute_clauses(r, s, w);
        else if (sg_word_is(r, w, "according"))
            attribute_according_clause(r, s, w);
        else if (sg_word_is_upos(r, w, SG_VERB))
            attribute_plain_words(r, s, w);
        else if (sg_word_is_upos(r, w, SG_NOUN))
            attribute_opinion(r, s, w);
    }
    for (size_t i = 0; i < r->document->paragraph_count; i++)
        attribute_label(r, s, &r->document->paragraphs[i]);
    return s;
}
