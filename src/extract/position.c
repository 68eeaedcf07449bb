#include <string.h>

#include "stance/utf8.h"

#include "stance_rules.h"

/* What a phrase is about. With a codebook: the first row that matches the phrase, tried on the
 * smallest part that holds the head and then on larger ones, so that "the imposition" inside a long
 * sentence is found for itself. Without one: position_induced.c. */

#define LONGEST_PHRASE 40 /* words; a longer "phrase" is a broken tree */

uint32_t sg_add_position(sg_reading *r, const char *name, bool from_codebook, sg_slice mention)
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

void sg_trim_position(const sg_reading *r, uint32_t *first, uint32_t *past)
{
    while (*first + 1 < *past && !sg_word_is(r, *first + 1, "-") && /* "no-deal exit" */
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
                   : sg_add_position(r, sg_codebook_position(r->options.codebook, (size_t) row),
                                     true, sg_words_slice(r, first, noun + 1 - first));
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
    sg_trim_position(r, &first, &past);
    *first_out = first;
    *past_out = past;
    return sg_add_position(r, sg_codebook_position(r->options.codebook, (size_t) row), true,
                           sg_words_slice(r, first, past - first));
}

uint32_t sg_position_at(sg_reading *r, uint32_t head)
{
    uint32_t first;
    uint32_t past;

    return r->options.codebook != NULL ? from_codebook(r, head, &first, &past)
                                       : sg_induced_position(r, head);
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
    return sg_add_position(r, sg_codebook_position(r->options.codebook, number), true,
                           sg_words_slice(r, first, past - first));
}
