/* Attributions: the words and thoughts that an article puts down to somebody, each with the phrase
 * that says who (source), what attributes them (cue) and what is attributed (content).
 *
 *     "We will fight it,"  Ms Fielding , the union's leader,  said .  "It is wrong."
 *      content              source                            cue      content
 *
 * Cues are verbs, nouns ("his claim that ...") and "according to". The tree says what hangs on a
 * cue; quotations (speech.c) are joined to the cue that attributes them, wherever they stand. The
 * three parts are those of Pareti (2012), "A database of attribution relations". */

#include <stdlib.h>
#include <string.h>

#include "speech_internal.h"
#include "stance_internal.h"

#define MOST_RANGES 64 /* of one attribution; a quotation over more paragraphs is cut */

struct range {
    uint32_t first;
    uint32_t past;
};

typedef struct draft {
    uint32_t cue; /* word */
    struct range cue_words;
    uint32_t source; /* head of the phrase, or SG_NO_WORD */
    struct range source_words;
    struct range content[MOST_RANGES];
    size_t content_count;
    bool quoted;
} draft;

typedef struct finder {
    sg_reading *r;
    const sg_speech *speech;
    draft **drafts;
    size_t count;
    size_t capacity;
    uint32_t *draft_of; /* per word: number of the draft whose cue it is, or SG_NO_WORD */
} finder;

/* ---- words ---- */

static bool is_mark(const sg_reading *r, uint32_t w)
{
    const char *text = r->lower[w];

    return strcmp(text, "\"") == 0 || strcmp(text, "``") == 0 || strcmp(text, "''") == 0 ||
           strcmp(text, "'''") == 0 || strcmp(text, "\xC2\xAB") == 0 ||
           strcmp(text, "\xC2\xBB") == 0;
}

static bool is_punctuation(const sg_reading *r, uint32_t w)
{
    return sg_word_is_upos(r, w, SG_PUNCT) || is_mark(r, w);
}

/* The preposition or mark that a phrase begins with, as its first dependent. */
static bool has_case(const sg_reading *r, uint32_t head, const char *preposition)
{
    uint32_t word = sg_child(r, head, SG_CASE);

    return word != SG_NO_WORD && sg_word_is(r, word, preposition);
}

static bool is_calendar(const sg_reading *r, uint32_t w)
{
    return (r->classes[w] & SG_CLASS_CALENDAR) || sg_word_is_upos(r, w, SG_NUM);
}

/* ---- drafts ---- */

static draft *draft_at(finder *f, uint32_t cue)
{
    draft *d;

    if (f->draft_of[cue] != SG_NO_WORD && f->drafts != NULL)
        return f->drafts[f->draft_of[cue]];
    SG_ARENA_GROW(f->r->arena, f->drafts, f->capacity, f->count + 1);
    d = sg_arena_calloc(f->r->arena, 1, sizeof *d);
    f->draft_of[cue] = (uint32_t) f->count;
    f->drafts[f->count++] = d;
    d->cue = cue;
    d->cue_words = (struct range){ cue, cue + 1 };
    d->source = SG_NO_WORD;
    return d;
}

static void add_range(draft *d, uint32_t first, uint32_t past)
{
    if (past > first && d->content_count < MOST_RANGES)
        d->content[d->content_count++] = (struct range){ first, past };
}

/* The words below `head`, without those below `without` (the cue in the middle of what it
 * attributes). */
static void add_subtree(const finder *f, draft *d, uint32_t head, uint32_t without)
{
    const sg_reading *r = f->r;
    uint32_t past = sg_sentence_past(r, head);
    uint32_t start = SG_NO_WORD;

    for (uint32_t w = sg_sentence_first(r, head); w <= past; w++) {
        bool in = w < past && sg_is_below(r, w, head) &&
                  (without == SG_NO_WORD || !sg_is_below(r, w, without));

        if (in && start == SG_NO_WORD)
            start = w;
        if (!in && start != SG_NO_WORD) {
            add_range(d, start, w);
            start = SG_NO_WORD;
        }
    }
}

/* ---- who ---- */

static struct range trim(const sg_reading *r, struct range range)
{
    while (range.past > range.first && is_punctuation(r, range.past - 1) &&
           !sg_word_is(r, range.past - 1, ")"))
        range.past--;
    while (range.past > range.first && is_punctuation(r, range.first))
        range.first++;
    return range;
}

/* A name is one phrase, whatever the tree makes of it, and so are a title and the name behind it.
 */
static struct range with_name(const sg_reading *r, struct range range, uint32_t head)
{
    uint32_t number = r->mention_at[head];

    if (number == SG_NO_MENTION && range.past == head + 1 && head + 1 < sg_sentence_past(r, head) &&
        (r->classes[head] & (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_SPOKESPERSON)))
        number = r->mention_at[head + 1];
    if (number != SG_NO_MENTION && r->mentions[number].kind == SG_MENTION_NAME) {
        const sg_mention *m = &r->mentions[number];

        if (m->first < range.first)
            range.first = m->first;
        if (m->first + m->count > range.past)
            range.past = m->first + m->count;
    }
    return range;
}

static void set_source(const finder *f, draft *d, uint32_t head)
{
    struct range range;

    d->source = head;
    if (head == SG_NO_WORD)
        return;
    sg_subtree_span(f->r, head, &range.first, &range.past);
    range = with_name(f->r, range, head);
    /* A broken tree may hang the cue, or the case of "according to", below its source. */
    if (d->cue >= range.first && d->cue < head)
        range.first = d->cue_words.past < head ? d->cue_words.past : head;
    if (d->cue > head && d->cue < range.past)
        range.past = d->cue;
    if (has_case(f->r, head, "by") && sg_child(f->r, head, SG_CASE) >= range.first)
        range.first = sg_child(f->r, head, SG_CASE) + 1;
    range = trim(f->r, range);
    if (range.past > range.first + 1 &&
        (sg_word_is(f->r, range.past - 1, "'s") || sg_word_is(f->r, range.past - 1, "'")))
        range.past--;
    d->source_words = range;
}

/* ---- verbs ---- */

static bool is_passive(const sg_reading *r, uint32_t verb)
{
    return sg_child(r, verb, SG_NSUBJ_PASS) != SG_NO_WORD ||
           sg_child(r, verb, SG_AUX_PASS) != SG_NO_WORD;
}

/* Auxiliaries, negations and adverbs right before the verb and its particle right behind. */
static void widen_cue(const sg_reading *r, draft *d)
{
    uint32_t verb = d->cue;
    uint32_t first = verb;
    uint32_t particle = sg_child(r, verb, SG_COMPOUND_PRT);

    for (uint32_t w = verb; w-- > sg_sentence_first(r, verb) && r->info[w].head == verb;) {
        if (sg_word_is_rel(r, w, SG_AUXREL) || sg_word_is_rel(r, w, SG_AUX_PASS))
            first = w;
        else if (!sg_word_is_rel(r, w, SG_ADVMOD) && !sg_word_is_upos(r, w, SG_PART))
            break;
    }
    d->cue_words.first = first;
    if (particle == verb + 1)
        d->cue_words.past = particle + 1;
}

/* Verbs whose object is who hears it or what it is said with, not what is said. */
static bool takes_hearer(const sg_reading *r, uint32_t verb)
{
    static const char *const verbs[] = {
        "say",    "tell",   "ask",    "add",       "speak",    "answer",   "reply",    "respond",
        "remind", "assure", "inform", "brief",     "notify",   "warn",     "hit",      "point",
        "find",   "rule",   "write",  "calculate", "estimate", "invite",   "advise",   "state",
        "know",   "learn",  "feel",   "show",      "indicate", "remember", "read",     "joke",
        "think",  "plan",   "plead",  "conclude",  "report",   "agree",    "persuade", "convince"
    };

    return SG_IS_ONE_OF(r->info[verb].lemma, verbs);
}

/* "accused X of Y", "praised X for Y", "described X as Y": the rest of what is said of X. */
static void add_complements(const finder *f, draft *d, uint32_t verb)
{
    const sg_reading *r = f->r;

    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head != verb)
            continue;
        if (sg_word_is_rel(r, w, SG_XCOMP) ||
            (sg_word_is_rel(r, w, SG_OBL) &&
             (has_case(r, w, "of") || has_case(r, w, "as") || has_case(r, w, "for"))) ||
            (sg_word_is_rel(r, w, SG_ADVCL) && sg_child(r, w, SG_MARK) == w - 1 &&
             (sg_word_is(r, w - 1, "of") || sg_word_is(r, w - 1, "as") ||
              sg_word_is(r, w - 1, "for"))))
            add_subtree(f, d, w, SG_NO_WORD);
    }
}

/* "called on X to do Y": the tree often takes the demand for a purpose. */
static void add_demand(const finder *f, draft *d, uint32_t verb)
{
    const sg_reading *r = f->r;
    uint32_t clause = sg_child(r, verb, SG_ADVCL);

    if (clause != SG_NO_WORD && clause > verb && sg_child(r, clause, SG_MARK) != SG_NO_WORD &&
        sg_word_is(r, sg_child(r, clause, SG_MARK), "to"))
        add_subtree(f, d, clause, SG_NO_WORD);
}

/* "called for X", "complained about X" */
static void add_prepositional(const finder *f, draft *d, uint32_t verb)
{
    static const char *const prepositions[] = { "for",  "about", "against", "on",
                                                "with", "to",    "of",      "over" };
    const sg_reading *r = f->r;

    for (uint32_t w = verb + 1; w < sg_sentence_past(r, verb); w++) {
        uint32_t preposition;

        if (r->info[w].head != verb || !sg_word_is_rel(r, w, SG_OBL) || is_calendar(r, w))
            continue;
        preposition = sg_child(r, w, SG_CASE);
        if (preposition == SG_NO_WORD || preposition != d->cue_words.past ||
            !SG_IS_ONE_OF(r->info[preposition].lemma, prepositions))
            continue;
        d->cue_words.past = preposition + 1;
        add_subtree(f, d, w, preposition);
        add_demand(f, d, verb);
        return;
    }
}

/* "..., she said when asked": the tree may take it for what is said. */
static bool is_circumstance(const sg_reading *r, uint32_t clause, uint32_t verb)
{
    static const char *const words[] = { "when",  "as",    "after",   "before",  "while",
                                         "since", "until", "because", "although" };
    uint32_t first;
    uint32_t past;

    /* "..., she said, waving" */
    if (clause > verb && sg_word_is(r, verb + 1, ",") &&
        (r->info[clause].features & SG_FEAT_GERUND) &&
        sg_child(r, clause, SG_NSUBJ) == SG_NO_WORD && sg_child(r, clause, SG_AUXREL) == SG_NO_WORD)
        return true;
    sg_subtree_span(r, clause, &first, &past);
    return first == verb + 1 && SG_IS_ONE_OF(r->info[first].lemma, words);
}

static void add_clauses(const finder *f, draft *d, uint32_t verb)
{
    const sg_reading *r = f->r;
    uint32_t object = sg_child(r, verb, SG_OBJ);

    for (uint32_t w = sg_sentence_first(r, verb); w < sg_sentence_past(r, verb); w++) {
        if (r->info[w].head != verb)
            continue;
        if ((sg_word_is_rel(r, w, SG_CCOMP) && !is_circumstance(r, w, verb)) ||
            (sg_word_is_rel(r, w, SG_PARATAXIS) && !sg_is_speech_verb(r, w)))
            add_subtree(f, d, w, SG_NO_WORD);
        if (sg_word_is_rel(r, w, SG_XCOMP)) {
            if (object != SG_NO_WORD && object < w)
                add_subtree(f, d, object, SG_NO_WORD);
            add_subtree(f, d, w, SG_NO_WORD);
        }
    }
}

/* "..., X said": the clause around the verb. */
static void add_around(const finder *f, draft *d, uint32_t verb)
{
    uint32_t head = f->r->info[verb].head;

    if (sg_word_is_rel(f->r, verb, SG_PARATAXIS) && head != SG_NO_WORD)
        add_subtree(f, d, head, verb);
}

static bool is_attribution_verb(const sg_reading *r, uint32_t w)
{
    if (!sg_word_is_upos(r, w, SG_VERB) || sg_word_is_rel(r, w, SG_AMOD) ||
        sg_word_is_rel(r, w, SG_COMPOUND) || sg_word_is_rel(r, w, SG_CASE) || r->skipped[w])
        return false;
    return sg_is_speech_verb(r, w) || sg_is_attributing_verb(r, w);
}

/* What somebody tells of others in a quotation is part of the quotation. */
static bool is_inside_quote(const finder *f, uint32_t w)
{
    return f->speech->quote[w] != SG_NO_QUOTE;
}

/* Verbs whose object is what is said or felt: all verbs of saying but those above, and of the rest
 * those that take a side ("lambasted the plan"; not "observed the vote"). */
static bool takes_content(const sg_reading *r, uint32_t verb)
{
    const sg_cue *cue;

    if (takes_hearer(r, verb))
        return false;
    if (sg_is_speech_verb(r, verb))
        return true;
    cue = sg_stance_cue(r, verb);
    return cue != NULL && cue->kind != SG_CUE_ACT && cue->rest[0] == '\0';
}

/* The verb has a subject of its own: "they support it", not "those supporting it". */
static bool is_clause(const sg_reading *r, uint32_t verb)
{
    return sg_child(r, verb, SG_NSUBJ) != SG_NO_WORD ||
           sg_child(r, verb, SG_OBL_AGENT) != SG_NO_WORD || sg_word_is_rel(r, verb, SG_CONJ);
}

static void read_verb(finder *f, uint32_t verb)
{
    const sg_reading *r = f->r;
    draft *d = draft_at(f, verb);
    uint32_t object = sg_child(r, verb, SG_OBJ);
    bool passive = is_passive(r, verb);

    widen_cue(r, d);
    add_clauses(f, d, verb);
    if (d->content_count == 0)
        add_around(f, d, verb);
    if (d->content_count == 0 && object != SG_NO_WORD && is_clause(r, verb) &&
        takes_content(r, verb)) {
        add_subtree(f, d, object, SG_NO_WORD);
        add_complements(f, d, verb);
    }
    if (d->content_count == 0 && !passive && is_clause(r, verb) && sg_is_speech_verb(r, verb))
        add_prepositional(f, d, verb);
    set_source(f, d, sg_source_of(r, f->speech, verb));
}

/* ---- according to ---- */

/* The clause that an "according to" speaks of: the whole sentence where it stands at an end of it,
 * up to the clause that somebody else says. */
static uint32_t reported_clause(const sg_reading *r, uint32_t noun)
{
    uint32_t clause = r->info[noun].head;
    uint32_t steps = sg_sentence_past(r, noun) - sg_sentence_first(r, noun);

    while (clause != SG_NO_WORD && r->info[clause].head != SG_NO_WORD && steps-- > 0 &&
           !sg_word_is_rel(r, clause, SG_CCOMP))
        clause = r->info[clause].head;
    return clause;
}

static void read_according(finder *f, uint32_t word)
{
    const sg_reading *r = f->r;
    uint32_t noun = r->info[word].head;
    uint32_t clause;
    draft *d;

    if (noun == SG_NO_WORD || noun <= word || !sg_word_is(r, word + 1, "to"))
        return;
    clause = reported_clause(r, noun);
    if (clause == SG_NO_WORD)
        return;
    d = draft_at(f, word);
    d->cue_words = (struct range){ word, word + 2 };
    set_source(f, d, noun);
    add_subtree(f, d, clause, noun);
}

/* ---- nouns ---- */

static bool is_claim_noun(const sg_reading *r, uint32_t w)
{
    static const char *const nouns[] = {
        "accusation",  "admission",   "allegation", "announcement",   "argument",  "assertion",
        "assessment",  "assumption",  "assurance",  "belief",         "call",      "charge",
        "claim",       "comment",     "commitment", "complaint",      "concern",   "conclusion",
        "contention",  "conviction",  "criticism",  "declaration",    "demand",    "denial",
        "endorsement", "expectation", "fear",       "finding",        "hope",      "insistence",
        "objection",   "opinion",     "opposition", "pledge",         "plea",      "prediction",
        "promise",     "proposal",    "question",   "recommendation", "refusal",   "remark",
        "request",     "statement",   "suggestion", "support",        "suspicion", "threat",
        "view",        "vow",         "warning",    "wish",           "worry",     "rejection"
    };

    return sg_word_is_upos(r, w, SG_NOUN) && SG_IS_ONE_OF(r->info[w].lemma, nouns);
}

/* "his claim that ...", "the union's call for ...", "a warning by X that ...": nouns of saying that
 * say whose they are. */
static void read_noun(finder *f, uint32_t noun)
{
    static const char *const about[] = { "for", "of", "about", "against", "to" };
    const sg_reading *r = f->r;
    uint32_t holder = sg_child(r, noun, SG_NMOD_POSS);
    uint32_t clause = SG_NO_WORD;
    uint32_t thing = SG_NO_WORD;
    draft *d;

    for (uint32_t w = noun + 1; w < sg_sentence_past(r, noun); w++) {
        uint32_t preposition;

        if (r->info[w].head != noun)
            continue;
        preposition = sg_child(r, w, SG_CASE);
        if ((sg_word_is_rel(r, w, SG_ACL) || sg_word_is_rel(r, w, SG_CCOMP)) &&
            sg_child(r, w, SG_MARK) != SG_NO_WORD && clause == SG_NO_WORD)
            clause = w;
        else if (preposition == noun + 1 && SG_IS_ONE_OF(r->info[preposition].lemma, about) &&
                 thing == SG_NO_WORD)
            thing = w;
        else if (preposition != SG_NO_WORD && holder == SG_NO_WORD &&
                 (sg_word_is(r, preposition, "by") || sg_word_is(r, preposition, "from")))
            holder = w;
    }
    if (holder == SG_NO_WORD || (clause == SG_NO_WORD && thing == SG_NO_WORD))
        return;
    d = draft_at(f, noun);
    if (clause != SG_NO_WORD) {
        add_subtree(f, d, clause, SG_NO_WORD);
    } else {
        d->cue_words.past = noun + 2;
        add_subtree(f, d, thing, noun + 1);
    }
    set_source(f, d, holder);
}

/* ---- labels ---- */

/* "Name: what they say", as interviews are printed: a paragraph that begins with a name and a
 * colon. */
static void read_label(finder *f, const sg_paragraph *paragraph)
{
    sg_reading *r = f->r;
    const sg_sentence *sentences = &r->document->sentences[paragraph->first_sentence];
    const sg_sentence *last = &sentences[paragraph->sentence_count - 1];
    uint32_t first = sentences->first_word;
    uint32_t past = last->first_word + last->word_count;
    uint32_t number = r->mention_at[first];
    uint32_t colon;
    draft *d;

    if (number == SG_NO_MENTION || r->mentions[number].kind != SG_MENTION_NAME)
        return;
    colon = r->mentions[number].first + r->mentions[number].count;
    if (r->mentions[number].first != first || colon + 1 >= past || !sg_word_is(r, colon, ":"))
        return;
    d = draft_at(f, colon);
    set_source(f, d, r->mentions[number].head);
    d->source_words = (struct range){ first, colon };
    add_range(d, colon + 1, past);
}

/* ---- quotations ---- */

static void join_quotes(finder *f)
{
    for (size_t i = 0; i < f->speech->quote_count; i++) {
        const struct sg_quote *quote = &f->speech->quotes[i];
        draft *d;

        if (quote->cue == SG_NO_WORD)
            continue;
        d = draft_at(f, quote->cue);
        if (d->source == SG_NO_WORD && sg_word_is_upos(f->r, quote->cue, SG_VERB))
            set_source(f, d, sg_source_of(f->r, f->speech, quote->cue));
        add_range(d, quote->first, quote->past);
        d->quoted = true;
    }
}

/* ---- the result ---- */

static int compare_ranges(const void *a, const void *b)
{
    const struct range *x = a;
    const struct range *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

static bool only_punctuation(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++)
        if (!is_punctuation(r, w))
            return false;
    return true;
}

/* Quotation marks stand in pairs: a mark at the edge belongs to one inside. */
static struct range with_marks(const sg_reading *r, struct range range)
{
    unsigned marks = 0;

    for (uint32_t w = range.first; w < range.past; w++)
        marks += is_mark(r, w);
    if (marks % 2 == 1) {
        uint32_t w = range.past;

        while (w < r->word_count && is_punctuation(r, w) && !is_mark(r, w) && w < range.past + 2)
            w++;
        if (w < r->word_count && is_mark(r, w))
            range.past = w + 1;
        else if (range.first > 0 && is_mark(r, range.first - 1))
            range.first--;
    }
    return range;
}

/* In order, trimmed, and joined where only punctuation parts them. */
static void settle_content(const sg_reading *r, draft *d)
{
    size_t kept = 0;

    qsort(d->content, d->content_count, sizeof *d->content, compare_ranges);
    for (size_t i = 0; i < d->content_count; i++) {
        struct range range = trim(r, d->content[i]);
        struct range *last = kept > 0 ? &d->content[kept - 1] : NULL;

        if (range.past <= range.first)
            continue;
        if (last != NULL &&
            (range.first <= last->past || only_punctuation(r, last->past, range.first))) {
            if (range.past > last->past)
                last->past = range.past;
        } else {
            d->content[kept++] = range;
        }
    }
    d->content_count = kept;
}

static sg_slice slice_of(const sg_reading *r, struct range range)
{
    return range.past > range.first ? sg_words_slice(r, range.first, range.past - range.first)
                                    : (sg_slice){ 0, 0 };
}

static uint32_t speaker_of(const finder *f, const draft *d)
{
    if (d->source == SG_NO_WORD)
        return SG_NO_ACTOR;
    return sg_principal_at(f->r, sg_relative_antecedent(f->r, d->source));
}

static bool is_quoted(const finder *f, const draft *d)
{
    if (d->quoted)
        return true;
    for (size_t i = 0; i < d->content_count; i++)
        for (uint32_t w = d->content[i].first; w < d->content[i].past; w++)
            if (is_mark(f->r, w))
                return true;
    return false;
}

static void finish_draft(finder *f, draft *d)
{
    sg_reading *r = f->r;
    uint32_t speaker = speaker_of(f, d);
    sg_attribution *a;

    settle_content(r, d);
    if (d->content_count == 0 || (d->source == SG_NO_WORD && !d->quoted))
        return;
    SG_ARENA_GROW(r->arena, r->attributions, r->attribution_capacity, r->attribution_count + 1);
    a = &r->attributions[r->attribution_count++];
    *a = (sg_attribution){ .speaker = speaker == SG_NO_ACTOR ? -1 : (int64_t) speaker,
                           .source = slice_of(r, d->source_words),
                           .cue = slice_of(r, d->cue_words),
                           .content_count = d->content_count,
                           .mode = is_quoted(f, d) ? SG_DIRECT_QUOTE : SG_INDIRECT_SPEECH };
    a->content = sg_arena_alloc(r->arena, d->content_count * sizeof *a->content);
    for (size_t i = 0; i < d->content_count; i++)
        a->content[i] = slice_of(r, with_marks(r, d->content[i]));
}

static int compare_places(const void *a, const void *b)
{
    const sg_attribution *x = a;
    const sg_attribution *y = b;

    if (x->content[0].start != y->content[0].start)
        return x->content[0].start < y->content[0].start ? -1 : 1;
    return (x->cue.start > y->cue.start) - (x->cue.start < y->cue.start);
}

void sg_read_attributions(sg_reading *reading, const sg_speech *speech)
{
    finder f = { .r = reading, .speech = speech };

    f.draft_of = sg_arena_alloc(reading->arena, (reading->word_count + 1) * sizeof *f.draft_of);
    memset(f.draft_of, 0xFF, (reading->word_count + 1) * sizeof *f.draft_of);
    for (uint32_t w = 0; w < reading->word_count; w++) {
        if (is_inside_quote(&f, w))
            continue;
        if (is_attribution_verb(reading, w))
            read_verb(&f, w);
        else if (sg_word_is(reading, w, "according"))
            read_according(&f, w);
        else if (is_claim_noun(reading, w) && !reading->skipped[w])
            read_noun(&f, w);
    }
    for (size_t i = 0; i < reading->document->paragraph_count; i++)
        if (reading->document->paragraphs[i].sentence_count > 0)
            read_label(&f, &reading->document->paragraphs[i]);
    join_quotes(&f);
    for (size_t i = 0; i < f.count; i++)
        finish_draft(&f, f.drafts[i]);
    if (reading->attribution_count > 0)
        qsort(reading->attributions, reading->attribution_count, sizeof *reading->attributions,
              compare_places);
}
