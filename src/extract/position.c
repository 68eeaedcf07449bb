#include <string.h>

#include "stance/utf8.h"

#include "stance_rules.h"

/* What a phrase is about. With a codebook: the first row that matches the phrase, tried on the
 * smallest part that holds the head and then on larger ones, so that "the imposition" inside a long
 * sentence is found for itself. Without one: the noun phrase names the position, or a verb with its
 * object ("imposing the contract"). Phrases with the same stems, in any order, are one position, so
 * that it falls together with "the imposition of the contract", which then gives the name. */

#define LONGEST_PHRASE 40 /* words; a longer "phrase" is a broken tree */
#define LONGEST_NAME   8

static uint32_t add_position(sg_reading *r, const char *name, bool from_codebook, sg_slice mention)
{
    sg_position *position;
    size_t at = 0;

    while (at < r->position_count && strcmp(r->positions[at].name, name) != 0)
        at++;
    if (at == r->position_count) {
        SG_ARENA_GROW(r->arena, r->positions, r->position_capacity, r->position_count + 1);
        r->positions[r->position_count++] =
            (sg_position){ .name = name, .from_codebook = from_codebook };
    }
    position = &r->positions[at];
    for (size_t i = 0; i < position->mention_count; i++) {
        if (position->mentions[i].start == mention.start)
            return (uint32_t) at;
    }
    position->mentions =
        sg_arena_grow(r->arena, position->mentions, position->mention_count * sizeof(sg_slice),
                      (position->mention_count + 1) * sizeof(sg_slice));
    position->mentions[position->mention_count++] = mention;
    return (uint32_t) at;
}

static int match(const sg_reading *r, uint32_t first, uint32_t past)
{
    sg_slice slice = sg_words_slice(r, first, past - first);

    return sg_codebook_match(r->options.codebook, r->document->text + slice.start,
                             slice.end - slice.start);
}

/* Determiners, prepositions and punctuation at the edges are no part of a name. */
static void trim(const sg_reading *r, uint32_t *first, uint32_t *past)
{
    while (*first + 1 < *past &&
           (sg_word_is_upos(r, *first, SG_DET) || sg_word_is_upos(r, *first, SG_ADP) ||
            sg_word_is_upos(r, *first, SG_PUNCT) || sg_word_is_upos(r, *first, SG_PRON) ||
            sg_word_is_upos(r, *first, SG_PART) || sg_word_is_upos(r, *first, SG_SCONJ)))
        (*first)++;
    while (*past > *first + 1 && sg_word_is_upos(r, *past - 1, SG_PUNCT))
        (*past)--;
}

/* Clauses that say something of their own: what they name is not what their head is about. */
static bool starts_clause(const sg_reading *r, uint32_t word)
{
    static const char *const marks[] = { "if", "unless", "because", "while", "although", "until" };
    uint32_t mark = sg_child(r, word, SG_MARK);

    if (mark != SG_NO_WORD && SG_IS_ONE_OF(r->lower[mark], marks))
        return true;
    switch (r->info[word].deprel) {
    case SG_ADVCL: /* but "a ban on admitting them" */
        return !(sg_is_ing(r, word) && sg_word_is_upos(r, r->info[word].head, SG_NOUN));
    case SG_ACL_RELCL:
    case SG_PARATAXIS:
        return true;
    case SG_CONJ:
        return sg_word_is_upos(r, word, SG_VERB);
    case SG_XCOMP:
        return sg_word_is_upos(r, word, SG_VERB) && sg_stance_cue(r, word) != NULL;
    default:
        return false;
    }
}

/* "The old plan rather than the levy", "instead of the levy". */
static bool is_rejected(const sg_reading *r, uint32_t word)
{
    uint32_t marker = sg_child(r, word, SG_CASE);

    return marker != SG_NO_WORD && (sg_word_is(r, marker, "than") || sg_is_instead_of(r, marker));
}

static bool is_own(const sg_reading *r, uint32_t word, uint32_t head, bool joined)
{
    while (word != SG_NO_WORD && word != head) {
        if (starts_clause(r, word) || is_rejected(r, word) ||
            (!joined && sg_word_is_rel(r, word, SG_CONJ)))
            return false;
        word = r->info[word].head;
    }
    return word == head;
}

/* The unbroken run of words around `head` that are its own, with or without what is joined to it:
 * "pay and conditions" may be one position, "the levy and the toll" two. */
static void own_span(const sg_reading *r, uint32_t head, bool joined, uint32_t *first_out,
                     uint32_t *past_out)
{
    uint32_t first = head;
    uint32_t past = head + 1;

    while (first > sg_sentence_first(r, head) && is_own(r, first - 1, head, joined))
        first--;
    while (past < sg_sentence_past(r, head) && is_own(r, past, head, joined))
        past++;
    *first_out = first;
    *past_out = past;
}

/* The first of the words right before the noun that belong to it. */
static uint32_t modified_from(const sg_reading *r, uint32_t noun)
{
    uint32_t first = noun;

    while (first > sg_sentence_first(r, noun) && sg_is_below(r, first - 1, noun))
        first--;
    return first;
}

uint32_t sg_position_named_by(sg_reading *r, uint32_t noun)
{
    uint32_t first = modified_from(r, noun);
    int row = r->options.codebook != NULL ? match(r, first, noun + 1) : -1;

    return row < 0 ? SG_NO_POSITION
                   : add_position(r, sg_codebook_position(r->options.codebook, (size_t) row), true,
                                  sg_words_slice(r, first, noun + 1 - first));
}

/* The position and the words that name it. */
static uint32_t from_codebook(sg_reading *r, uint32_t head, uint32_t *first_out, uint32_t *past_out)
{
    uint32_t named =
        sg_word_is_upos(r, head, SG_VERB) ? SG_NO_POSITION : sg_position_named_by(r, head);
    uint32_t first;
    uint32_t past;
    int row = -1;

    *first_out = modified_from(r, head);
    *past_out = head + 1;
    if (named != SG_NO_POSITION)
        return named;
    for (int joined = 0; joined < 2 && row < 0; joined++) {
        own_span(r, head, joined, &first, &past);
        row = past - first <= LONGEST_PHRASE ? match(r, first, past) : -1;
    }
    if (row < 0)
        return SG_NO_POSITION;
    trim(r, &first, &past);
    *first_out = first;
    *past_out = past;
    return add_position(r, sg_codebook_position(r->options.codebook, (size_t) row), true,
                        sg_words_slice(r, first, past - first));
}

/* ---- without a codebook ---- */

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

/* "impose" -> "imposing"; doubling of consonants is left out, as most verbs of politics have none.
 */
static const char *gerund(sg_reading *r, uint32_t verb)
{
    const char *lemma = r->info[verb].lemma;
    size_t n = strlen(lemma);

    if (n > 2 && lemma[n - 1] == 'e' && lemma[n - 2] != 'e')
        n--;
    return sg_arena_printf(r->arena, "%.*sing", (int) n, lemma);
}

/* Known positions by key; a noun phrase takes the name over from a verb. */
static uint32_t add_induced(sg_reading *r, const char *key, const char *name, bool noun,
                            sg_slice mention)
{
    for (size_t i = 0; i < r->position_count; i++) {
        sg_position *known = &r->positions[i];

        if (known->key == NULL || strcmp(known->key, key) != 0)
            continue;
        if (noun && !known->is_noun) {
            known->name = name;
            known->is_noun = true;
        }
        return add_position(r, known->name, false, mention);
    }
    {
        uint32_t at = add_position(r, name, false, mention);

        r->positions[at].key = key;
        r->positions[at].is_noun = noun;
        return at;
    }
}

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

static uint32_t name_past(const sg_reading *r, uint32_t head, uint32_t past)
{
    for (uint32_t w = head + 1; w < past; w++) {
        for (uint32_t above = w; above != head && above != SG_NO_WORD;
             above = r->info[above].head) {
            if (ends_name(r, above))
                past = w;
        }
    }
    while (past > head + 1 &&
           (sg_word_is_upos(r, past - 1, SG_PUNCT) || sg_word_is_upos(r, past - 1, SG_PRON) ||
            sg_word_is_upos(r, past - 1, SG_DET) || sg_word_is_upos(r, past - 1, SG_ADP)))
        past--; /* "terms for those who" */
    return past;
}

static uint32_t induced_noun(sg_reading *r, uint32_t head)
{
    uint32_t first;
    uint32_t past;

    sg_subtree_span(r, head, &first, &past);
    past = name_past(r, head, past);
    trim(r, &first, &past);
    if (past - first > LONGEST_NAME)
        past = head + 1;
    if (first > head)
        first = head;
    while (first < head && !sg_word_is_upos(r, first, SG_NOUN) &&
           !sg_word_is_upos(r, first, SG_ADJ) && !sg_word_is_upos(r, first, SG_PROPN) &&
           !sg_word_is(r, first + 1, "-")) /* "seven-day services" */
        first++;
    return add_induced(r, stem_key(r, first, past), sg_words_lower(r, first, past - first), true,
                       sg_words_slice(r, first, past - first));
}

static uint32_t induced_verb(sg_reading *r, uint32_t verb)
{
    uint32_t object = sg_child(r, verb, SG_OBJ);
    uint32_t first;
    uint32_t past;

    if (object == SG_NO_WORD || object < verb || !sg_word_is_upos(r, object, SG_NOUN))
        return SG_NO_POSITION;
    sg_subtree_span(r, object, &first, &past);
    past = name_past(r, object, past);
    if (past - first > LONGEST_NAME || first <= verb || first > verb + 2)
        return SG_NO_POSITION;
    return add_induced(
        r, stem_key(r, verb, past),
        sg_arena_printf(r->arena, "%s %s", gerund(r, verb), sg_words_lower(r, first, past - first)),
        false, sg_words_slice(r, verb, past - verb));
}

static uint32_t induced(sg_reading *r, uint32_t head)
{
    if (sg_word_is_upos(r, head, SG_VERB))
        return induced_verb(r, head);
    if (!sg_word_is_upos(r, head, SG_NOUN) || sg_actor_at(r, head) != SG_NO_ACTOR)
        return SG_NO_POSITION;
    return induced_noun(r, head);
}

uint32_t sg_position_at(sg_reading *r, uint32_t head)
{
    uint32_t first;
    uint32_t past;

    return r->options.codebook != NULL ? from_codebook(r, head, &first, &past) : induced(r, head);
}

int sg_position_turn(sg_reading *r, uint32_t head)
{
    uint32_t first;
    uint32_t past;
    uint32_t position;
    sg_position_name name;

    if (r->options.codebook == NULL || sg_word_is_upos(r, head, SG_VERB))
        return 1;
    position = from_codebook(r, head, &first, &past);
    if (position == SG_NO_POSITION)
        return 1;
    name = sg_position_name_of(r, position);
    return sg_names_undone(r, &name, first, past) ? -1 : 1;
}

uint32_t sg_codebook_position_in(sg_reading *r, uint32_t number, uint32_t first, uint32_t past)
{
    return add_position(r, sg_codebook_position(r->options.codebook, number), true,
                        sg_words_slice(r, first, past - first));
}
