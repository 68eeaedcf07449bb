#include <pthread.h>
#include <string.h>

#include "stance/map.h"
#include "stance/strbuf.h"

#include "actors_internal.h"
#include "stance_rules.h"

/* Positions where there is no codebook: the noun phrase names one, or a verb with its object
 * ("imposing the contract"). Phrases with the same stems, in any order, are one position, so that
 * it falls together with "the imposition of the contract", which then gives the name. People,
 * places, times and words that could mean anything name none. */

#define LONGEST_NAME 8

/* ---- words that name no position ---- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_map *vague; /* data/lexicons/vague_nouns.csv; made once, kept to the end */

static void add_vague(char **cells, size_t count)
{
    (void) count;
    *sg_map_slot(vague, cells[0], strlen(cells[0]), 0) = 1;
}

static void read_vague(void)
{
    sg_arena *arena = sg_arena_new();

    vague = sg_map_new();
    sg_lexicon_read_table("vague_nouns.csv", 1, arena, add_vague);
    sg_arena_free(arena);
}

static bool is_vague(const sg_reading *r, uint32_t noun)
{
    const char *lemma = r->info[noun].lemma;

    (void) pthread_once(&once, read_vague);
    return (r->classes[noun] & (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_FAMILY |
                                SG_CLASS_PERSON_NOUN | SG_CLASS_COLLECTIVE)) != 0 ||
           sg_map_find(vague, lemma, strlen(lemma), NULL);
}

/* "Part of the bill" is about the bill; SG_NO_WORD if the noun says nothing. */
static uint32_t telling_noun(const sg_reading *r, uint32_t noun)
{
    static const char *const partitive[] = { "part",    "piece",  "kind",    "sort",  "type",
                                             "form",    "aspect", "element", "side",  "bit",
                                             "lot",     "rest",   "half",    "range", "series",
                                             "number",  "set",    "version", "scope", "extent",
                                             "prospect" };
    uint32_t whole = sg_child(r, noun, SG_NMOD);

    if (!is_vague(r, noun))
        return noun;
    return SG_IS_ONE_OF(r->info[noun].lemma, partitive) && whole != SG_NO_WORD && whole > noun &&
                   sg_child_is(r, whole, SG_CASE, "of") && sg_word_is_upos(r, whole, SG_NOUN) &&
                   !is_vague(r, whole)
               ? whole
               : SG_NO_WORD;
}

/* ---- names ---- */

static bool is_content(const sg_reading *r, uint32_t word)
{
    return sg_word_is_upos(r, word, SG_NOUN) || sg_word_is_upos(r, word, SG_VERB) ||
           sg_word_is_upos(r, word, SG_ADJ) || sg_word_is_upos(r, word, SG_PROPN) ||
           sg_word_is_upos(r, word, SG_NUM);
}

/* Stems of the content words in alphabetical order: the same for a verb and its noun. */
static const char *stem_key(const sg_reading *r, uint32_t first, uint32_t past)
{
    const char *stems[LONGEST_NAME + 1];
    size_t count = 0;
    const char *key = "";

    for (uint32_t w = first; w < past && count < LONGEST_NAME; w++) {
        const char *lemma = sg_words_lower(r, w, 1);
        size_t n = sg_position_stem(lemma, strlen(lemma));
        size_t at = count;

        if (!is_content(r, w))
            continue;
        stems[count] = sg_arena_strndup(r->arena, lemma, n);
        for (; at > 0 && strcmp(stems[at - 1], stems[at]) > 0; at--) {
            const char *kept = stems[at];

            stems[at] = stems[at - 1];
            stems[at - 1] = kept;
        }
        count++;
    }
    for (size_t i = 0; i < count; i++)
        key = sg_arena_printf(r->arena, "%s %s", key, stems[i]);
    return key;
}

static bool is_dash(const char *lower)
{
    return strcmp(lower, "-") == 0 || strcmp(lower, "\xE2\x80\x93") == 0;
}

/* A capital that the word has anywhere, not only where it stands here. */
static bool keeps_capital(const sg_reading *r, uint32_t word)
{
    return sg_word_is_capital(r, word) &&
           (sg_actor_at(r, word) != SG_NO_ACTOR ||
            (sg_word_is_proper(r, word) && !sg_is_title_case(r, word)));
}

/* The words without quotation marks, in lower case but for names. */
static const char *name_text(const sg_reading *r, uint32_t first, uint32_t past)
{
    const sg_word *words = r->document->words;
    sg_strbuf text = SG_STRBUF_INIT;
    bool apart = false;
    const char *name;

    for (uint32_t w = first; w < past; w++) {
        apart = apart || (w > first && words[w].start > words[w - 1].end);
        if (sg_word_is_upos(r, w, SG_PUNCT) && !is_dash(r->lower[w]) && !sg_word_is(r, w, ",") &&
            !sg_word_is(r, w, "/"))
            continue;
        if (apart && text.len > 0)
            sg_strbuf_putc(&text, ' ');
        apart = false;
        sg_strbuf_puts(&text,
                       keeps_capital(r, w) ? sg_words_text(r, w, 1) : sg_words_lower(r, w, 1));
    }
    name = sg_arena_strdup(r->arena, sg_strbuf_text(&text));
    sg_strbuf_clear(&text);
    return name;
}

static bool is_vowel(char c)
{
    return strchr("aeiou", c) != NULL;
}

/* "get" -> "getting", "permit" -> "permitting", not "visit": the last syllable has the stress. */
static bool doubles_last(const char *lemma, size_t n)
{
    static const char *const stressed[] = { "begin",  "forget", "commit",   "permit", "admit",
                                            "submit", "omit",   "control",  "compel", "expel",
                                            "propel", "rebel",  "refer",    "defer",  "prefer",
                                            "confer", "infer",  "transfer", "deter",  "occur",
                                            "incur",  "recur",  "concur",   "regret", "transmit" };
    size_t vowels = 0;

    if (n < 3 || is_vowel(lemma[n - 1]) || strchr("wxy", lemma[n - 1]) != NULL ||
        !is_vowel(lemma[n - 2]) || is_vowel(lemma[n - 3]))
        return false;
    for (size_t i = 0; i < n; i++)
        vowels += is_vowel(lemma[i]);
    return vowels == 1 || SG_IS_ONE_OF(lemma, stressed);
}

/* "impose" -> "imposing", "cut" -> "cutting", "tie" -> "tying". */
static const char *gerund(sg_reading *r, uint32_t verb)
{
    const char *lemma = r->info[verb].lemma;
    size_t n = strlen(lemma);

    if (n > 2 && strcmp(lemma + n - 2, "ie") == 0)
        return sg_arena_printf(r->arena, "%.*sying", (int) n - 2, lemma);
    if (doubles_last(lemma, n))
        return sg_arena_printf(r->arena, "%s%cing", lemma, lemma[n - 1]);
    if (n > 2 && lemma[n - 1] == 'e' && lemma[n - 2] != 'e')
        n--;
    return sg_arena_printf(r->arena, "%.*sing", (int) n, lemma);
}

static bool has_stems(const sg_position_name *name, const sg_position_name *of)
{
    for (size_t i = 0; i < of->count; i++) {
        size_t k = 0;

        while (k < name->count && name->stems[k] != of->stems[i])
            k++;
        if (k == name->count)
            return false;
    }
    return true;
}

/* "Penalty rates" are the "Sunday penalty rates" named before: the same head, and all words of the
 * one are among the other's. A head alone says too little. */
static uint32_t known_in_other_words(const sg_reading *r, const char *name)
{
    const sg_position_name new = sg_position_name_read(r, name);

    for (uint32_t i = 0; i<r->position_count &&new.count> 1; i++) {
        const sg_position_name old = sg_position_name_of(r, i);

        if (r->positions[i].is_noun && old.count > 1 && old.head == new.head &&
            (has_stems(&old, &new) || has_stems(&new, &old)))
            return i;
    }
    return SG_NO_POSITION;
}

/* Known positions by key; a noun phrase takes the name over from a verb. */
static uint32_t add_induced(sg_reading *r, const char *key, const char *name, bool noun,
                            sg_slice mention)
{
    uint32_t at;

    for (size_t i = 0; i < r->position_count; i++) {
        sg_position *known = &r->positions[i];

        if (known->key == NULL || strcmp(known->key, key) != 0)
            continue;
        if (noun && !known->is_noun) {
            known->name = name;
            known->is_noun = true;
        }
        return sg_add_position(r, known->name, false, mention);
    }
    at = noun ? known_in_other_words(r, name) : SG_NO_POSITION;
    if (at != SG_NO_POSITION)
        return sg_add_position(r, r->positions[at].name, false, mention);
    at = sg_add_position(r, name, false, mention);
    r->positions[at].key = key;
    r->positions[at].is_noun = noun;
    return at;
}

/* ---- where names begin and end ---- */

/* "A contract that nobody wants", "the challenge but not the strike": what follows is no name. */
static bool ends_name(const sg_reading *r, uint32_t word)
{
    switch (r->info[word].deprel) {
    case SG_ACL_RELCL:
    case SG_PARATAXIS:
        return true;
    case SG_ACL:
    case SG_ADVCL:
    case SG_CCOMP:
        return sg_child(r, word, SG_NSUBJ) != SG_NO_WORD ||
               sg_child(r, word, SG_NSUBJ_PASS) != SG_NO_WORD ||
               ((r->info[word].features & SG_FEAT_PARTICIPLE) != 0 && /* "strikes planned for" */
                (r->info[word].features & SG_FEAT_PAST) != 0);
    case SG_CONJ:
        return sg_child_is(r, word, SG_CC, "but");
    default:
        return false;
    }
}

/* A mark that is inside no word, or the verb of a clause. */
static bool ends_phrase(const sg_reading *r, uint32_t word)
{
    return sg_word_is_upos(r, word, SG_AUX) ||
           (sg_word_is_upos(r, word, SG_PUNCT) && !is_dash(r->lower[word]) &&
            strchr(",;:()[]", r->lower[word][0]) != NULL);
}

static uint32_t name_past(const sg_reading *r, uint32_t head, uint32_t past)
{
    for (uint32_t w = head + 1; w < past; w++) {
        if (ends_phrase(r, w))
            past = w;
        for (uint32_t above = w; above != head && above != SG_NO_WORD;
             above = r->info[above].head) {
            if (ends_name(r, above))
                past = w;
        }
    }
    while (past > head + 1 &&
           (sg_word_is_upos(r, past - 1, SG_PUNCT) || sg_word_is_upos(r, past - 1, SG_PRON) ||
            sg_word_is_upos(r, past - 1, SG_DET) || sg_word_is_upos(r, past - 1, SG_ADP) ||
            sg_word_is_upos(r, past - 1, SG_PART)))
        past--; /* "terms for those who", "the measure's sponsor" */
    return past;
}

/* "Today's action", "such a plan", "her own plan": words that only point. */
static uint32_t name_first(const sg_reading *r, uint32_t first, uint32_t head)
{
    static const char *const pointing[] = { "such",   "own",  "other",   "same",   "more",
                                            "most",   "many", "much",    "very",   "certain",
                                            "last",   "next", "latest",  "recent", "whole",
                                            "entire", "only", "several", "few",    "so-called" };
    static const char *const times[] = { "today", "yesterday", "tomorrow", "week",   "month",
                                         "year",  "night",     "day",      "century" };

    /* "The imposition is the wrong approach": the approach alone. */
    for (uint32_t w = first; w < head; w++)
        if (sg_word_is_upos(r, w, SG_AUX))
            first = w + 1;
    for (bool more = true; more && first < head;) {
        more = SG_IS_ONE_OF(r->lower[first], pointing) ||
               (sg_word_is_upos(r, first, SG_DET) && !is_dash(r->lower[first + 1]));
        first += more;
        if (first + 1 < head && sg_word_is(r, first + 1, "'s") &&
            (SG_IS_ONE_OF(r->lower[first], times) || (r->classes[first] & SG_CLASS_CALENDAR))) {
            first += 2;
            more = true;
        }
    }
    return first;
}

static void name_span(const sg_reading *r, uint32_t head, uint32_t *first_out, uint32_t *past_out)
{
    uint32_t first;
    uint32_t past;

    sg_subtree_span(r, head, &first, &past);
    past = name_past(r, head, past);
    sg_trim_position(r, &first, &past);
    if (past - first > LONGEST_NAME)
        past = head + 1;
    if (first > head)
        first = head;
    first = name_first(r, first, head);
    while (first < head && !sg_word_is_upos(r, first, SG_NOUN) &&
           !sg_word_is_upos(r, first, SG_ADJ) && !sg_word_is_upos(r, first, SG_PROPN) &&
           !sg_word_is(r, first + 1, "-")) /* "seven-day services" */
        first++;
    *first_out = first;
    *past_out = past;
}

static bool is_definite(const sg_reading *r, uint32_t noun)
{
    static const char *const words[] = { "the", "this", "that" };
    uint32_t determiner = sg_child(r, noun, SG_DETREL);

    return determiner != SG_NO_WORD && SG_IS_ONE_OF(r->lower[determiner], words);
}

/* "Council backs curfew", read as if it were a curfew of that kind. */
static bool is_misread_headline(const sg_reading *r, uint32_t first, uint32_t head)
{
    for (uint32_t w = first; w < head; w++)
        if (sg_paragraph_kind_of(r, w) == SG_PARAGRAPH_HEADLINE &&
            (r->info[w].features & SG_FEAT_PLURAL) != 0 && w == first + 1 &&
            !sg_word_is_upos(r, w + 1, SG_PUNCT) && !sg_word_is_upos(r, w + 1, SG_PART))
            return true;
    return false;
}

/* "The dam" is the Karnivala dam of the sentences before: the noun that first came with more than
 * an article, else the noun itself. */
static uint32_t introduced_as(const sg_reading *r, uint32_t noun)
{
    for (uint32_t w = 0; w < noun; w++) {
        uint32_t first;
        uint32_t past;

        if (r->skipped[w] || !sg_word_is_upos(r, w, SG_NOUN) ||
            strcmp(r->info[w].lemma, r->info[noun].lemma) != 0 || sg_is_title_case(r, w) ||
            ((r->info[w].features ^ r->info[noun].features) & SG_FEAT_PLURAL) != 0)
            continue;
        name_span(r, w, &first, &past);
        if (past - first > 1 && !is_misread_headline(r, first, w))
            return w;
    }
    return noun;
}

static uint32_t induced_noun(sg_reading *r, uint32_t head)
{
    uint32_t first;
    uint32_t past;
    sg_slice mention;

    name_span(r, head, &first, &past);
    mention = sg_words_slice(r, first, past - first);
    if (past - first == 1 && is_definite(r, head))
        name_span(r, introduced_as(r, head), &first, &past);
    return add_induced(r, stem_key(r, first, past), name_text(r, first, past), true, mention);
}

static uint32_t induced_verb(sg_reading *r, uint32_t verb)
{
    /* What they do is said by the object alone. */
    static const char *const light[] = { "take", "make",  "get",  "have",  "see",
                                         "give", "face",  "do",   "find",  "use",
                                         "keep", "voice", "put",  "bring", "involve",
                                         "feel", "want",  "need", "know",  "say" };
    uint32_t object = sg_child(r, verb, SG_OBJ);
    uint32_t first;
    uint32_t past;

    if (object == SG_NO_WORD || object < verb || !sg_word_is_upos(r, object, SG_NOUN) ||
        (SG_IS_ONE_OF(r->info[verb].lemma, light) && telling_noun(r, object) == SG_NO_WORD))
        return SG_NO_POSITION;
    sg_subtree_span(r, object, &first, &past);
    past = name_past(r, object, past);
    if (past - first > LONGEST_NAME || first <= verb || first > verb + 2)
        return SG_NO_POSITION;
    return add_induced(
        r, stem_key(r, verb, past),
        sg_arena_printf(r->arena, "%s %s", gerund(r, verb), name_text(r, first, past)), false,
        sg_words_slice(r, verb, past - verb));
}

uint32_t sg_induced_position(sg_reading *r, uint32_t head)
{
    if (sg_word_is_upos(r, head, SG_VERB))
        return induced_verb(r, head);
    if (!sg_word_is_upos(r, head, SG_NOUN) || sg_actor_at(r, head) != SG_NO_ACTOR)
        return SG_NO_POSITION;
    head = telling_noun(r, head);
    return head != SG_NO_WORD && sg_actor_at(r, head) == SG_NO_ACTOR ? induced_noun(r, head)
                                                                     : SG_NO_POSITION;
}
