#include <assert.h>
#include <string.h>

#include "stance/names.h"
#include "stance/utf8.h"

/* What the chain sees of a word: its form and its neighbours', affixes, shapes, cluster paths,
 * lists, tags, the run of capitalised words it stands in, and what was found elsewhere in the
 * document for the same words (Ratinov and Roth 2009; Krishnan and Manning 2006).
 * A feature is a 32-bit hash of a template number and a value. */

enum letter_case { CASE_NONE, CASE_LOWER, CASE_INITIAL, CASE_ALL, CASE_MIXED, CASE_NUMBER };

typedef struct word_facts {
    uint64_t form; /* hashes */
    uint64_t lower;
    uint64_t shape;
    const char *text; /* lower-case bytes */
    uint32_t len;
    uint32_t run_first; /* the run of capitalised words; first > last: in none */
    uint32_t run_last;
    uint32_t sentence_first;
    uint32_t sentence_end;
    uint32_t votes; /* index of the string in the tally */
    uint16_t leaf;  /* cluster number + 1 */
    uint16_t brown;
    uint16_t flags;  /* of the word */
    uint16_t phrase; /* flags of the longest listed phrase over it */
    uint8_t phrase_place;
    uint8_t rarity;
    uint8_t letters; /* letter_case */
    uint8_t upos;
    uint8_t xpos;
    uint8_t deprel;
    uint32_t head; /* word, or SG_NO_WORD */
    bool candidate;
    bool capital;
    bool shouted; /* sentence in capitals */
    bool titled;  /* sentence with most words capitalised */
    bool lower_elsewhere;
} word_facts;

/* What one labelling says of one string in the document. */
typedef struct tally {
    uint16_t total;
    uint16_t count[SG_NAMES_LABELS];
    uint8_t longest; /* words of the longest name that holds it */
    uint8_t longest_label;
    bool lower; /* the string also stands in lower case */
    bool capital;
} tally;

struct sg_names_view {
    const sg_names_lexicon *lexicon;
    size_t count;
    word_facts *words;
    tally *tallies;
    size_t tally_count;
    const uint8_t *labels; /* last labelling voted */
};

/* ---- one word ------------------------------------------------------------------------------ */

static char shape_of(uint32_t c)
{
    if (sg_utf8_is_upper(c))
        return 'X';
    if (sg_utf8_is_letter(c))
        return 'x';
    if (sg_utf8_is_digit(c))
        return 'd';
    return c < 0x80 ? (char) c : '?';
}

static void read_form(word_facts *word, const char *text, size_t len, sg_arena *arena)
{
    char *const lower = sg_arena_alloc(arena, len * 2 + 8);
    char shape[24];
    size_t shape_len = 0;
    size_t out = 0;
    size_t upper = 0;
    size_t small = 0;
    size_t digits = 0;
    bool first_upper = false;

    for (size_t at = 0; at < len;) {
        uint32_t c = (unsigned char) text[at];
        size_t n = 1;
        char kind;

        if (c >= 0x80) {
            n = sg_utf8_decode(text + at, len - at, &c);
            kind = shape_of(c);
            if (out + 4 < len * 2 + 8)
                out += sg_utf8_encode(sg_utf8_to_lower(c), lower + out);
        } else {
            const bool is_upper = c >= 'A' && c <= 'Z';

            kind = is_upper               ? 'X'
                   : c >= 'a' && c <= 'z' ? 'x'
                   : c >= '0' && c <= '9' ? 'd'
                                          : (char) c;
            lower[out++] = (char) (is_upper ? c + 32 : c);
        }
        upper += kind == 'X';
        small += kind == 'x';
        digits += kind == 'd';
        first_upper |= at == 0 && kind == 'X';
        if (shape_len < sizeof shape &&
            (shape_len < 2 || shape[shape_len - 1] != kind || shape[shape_len - 2] != kind))
            shape[shape_len++] = kind;
        at += n;
    }
    word->text = lower;
    word->len = (uint32_t) out;
    word->form = sg_names_hash(0, text, len);
    word->lower = sg_names_hash(0, lower, out);
    word->shape = sg_names_hash(1, shape, shape_len);
    word->capital = upper > 0;
    if (upper + small + digits == 0)
        word->letters = CASE_NONE;
    else if (upper + small == 0)
        word->letters = CASE_NUMBER;
    else if (upper == 0)
        word->letters = CASE_LOWER;
    else if (small == 0 && upper > 1)
        word->letters = CASE_ALL;
    else
        word->letters = first_upper && upper == 1 ? CASE_INITIAL : CASE_MIXED;
}

static void look_up(word_facts *word, const sg_names_lexicon *lexicon)
{
    const sg_names_word_entry entry = sg_names_lexicon_word(lexicon, word->lower);

    word->leaf = entry.leaf & ((1U << SG_NAMES_LEAF_BITS) - 1);
    word->rarity = (uint8_t) (entry.check == 0 ? 31 : entry.leaf >> SG_NAMES_LEAF_BITS);
    word->flags = entry.flags;
    word->brown = sg_names_lexicon_brown(lexicon, word->form);
}

/* ---- neighbours ---------------------------------------------------------------------------- */

static bool is_text(const word_facts *word, const char *text)
{
    return strlen(text) == word->len && memcmp(word->text, text, word->len) == 0;
}

/* Small words that stand inside names ("Bank of England"). */
static bool is_connector(const word_facts *word)
{
    static const char *const connectors[] = { "of",  "the", "for", "de", "du",  "van",
                                              "von", "al",  "der", "la", "del", "&",
                                              "bin", "-",   "di",  "da", "ul" };

    if (word->capital || word->len > 3)
        return false;
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (is_text(word, connectors[i]))
            return true;
    return false;
}

static void mark_runs(word_facts *words, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        size_t last = i;

        words[i].run_first = 1;
        words[i].run_last = 0;
        if (!words[i].capital)
            continue;
        for (size_t j = i + 1; j < end && j <= last + 3; j++) {
            if (words[j].capital)
                last = j;
            else if (!is_connector(&words[j]))
                break;
        }
        for (size_t j = i; j <= last; j++) {
            words[j].run_first = (uint32_t) i;
            words[j].run_last = (uint32_t) last;
        }
        i = last;
    }
}

static void mark_phrases(const sg_names_lexicon *lexicon, word_facts *words, size_t first,
                         size_t end)
{
    for (size_t i = first; i < end; i++) {
        uint64_t hash = 0;
        size_t best = 0;
        uint16_t flags = 0;

        if ((words[i].flags & SG_NAMES_STARTS_PHRASE) == 0 || !words[i].capital)
            continue;
        for (size_t n = 1; n <= SG_NAMES_PHRASE_MAX && i + n <= end; n++) {
            uint16_t found;

            hash = sg_names_phrase_hash(hash, words[i + n - 1].lower);
            if (n == 1)
                continue;
            found = sg_names_lexicon_phrase(lexicon, hash);
            if (found != 0) {
                best = n;
                flags = found;
            }
        }
        if (best == 0)
            continue;
        for (size_t n = 0; n < best; n++) {
            words[i + n].phrase = flags;
            words[i + n].phrase_place = n == 0 ? 1 : n + 1 == best ? 3 : 2;
        }
        i += best - 1;
    }
}

static bool is_listed_name(const word_facts *word)
{
    return (word->flags & SG_NAMES_COMMON) == 0 &&
           (word->flags & (SG_NAMES_COUNTRY | SG_NAMES_BIG_CITY | SG_NAMES_KNOWN_PLACE)) != 0;
}

static bool has_capital(const word_facts *words, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (words[i].capital)
            return true;
    return false;
}

/* A lower-case word, number or sign can be part of a name between two capitalised words, soon
 * after one ("the German federal election"), beside one, or as a place that is in the lists. */
static bool may_be_named(const word_facts *words, size_t first, size_t i, size_t end)
{
    const word_facts *const word = &words[i];
    const size_t left = i >= first + 3 ? i - 3 : first;
    const size_t right = i + 4 <= end ? i + 4 : end;

    if (word->capital || is_listed_name(word))
        return true;
    if (has_capital(words, left, i)) {
        if (has_capital(words, i + 1, right))
            return true;
        if (word->letters == CASE_LOWER && word->rarity > 2 &&
            has_capital(words, i >= first + 2 ? i - 2 : first, i))
            return true;
    }
    if (word->letters == CASE_LOWER)
        return (i > first && is_listed_name(&words[i - 1])) ||
               (i + 1 < end && is_listed_name(&words[i + 1]));
    return (i > first && words[i - 1].capital) || (i + 1 < end && words[i + 1].capital);
}

static void mark_sentence(sg_names_view *view, size_t first, size_t end)
{
    word_facts *const words = view->words;
    size_t letters = 0;
    size_t capitals = 0;
    size_t all = 0;

    for (size_t i = first; i < end; i++) {
        const uint8_t kind = words[i].letters;

        letters +=
            kind == CASE_LOWER || kind == CASE_INITIAL || kind == CASE_ALL || kind == CASE_MIXED;
        capitals += words[i].capital;
        all += kind == CASE_ALL;
    }
    for (size_t i = first; i < end; i++) {
        words[i].sentence_first = (uint32_t) first;
        words[i].sentence_end = (uint32_t) end;
        words[i].shouted = letters >= 3 && all * 10 >= letters * 7;
        words[i].titled = letters >= 4 && capitals * 10 >= letters * 6;
    }
    mark_runs(words, first, end);
    mark_phrases(view->lexicon, words, first, end);
    for (size_t i = first; i < end; i++)
        words[i].candidate = may_be_named(words, first, i, end);
}

/* ---- the document -------------------------------------------------------------------------- */

/* Gives each string that stands in the document as a candidate a tally. */
static void make_tallies(sg_names_view *view, sg_arena *arena)
{
    size_t size = 16;
    uint32_t *table;

    while (size < view->count * 2)
        size *= 2;
    table = sg_arena_calloc(arena, size, sizeof *table);
    view->tallies = sg_arena_calloc(arena, view->count + 1, sizeof *view->tallies);
    for (size_t i = 0; i < view->count; i++) {
        word_facts *const word = &view->words[i];
        size_t at = (size_t) word->lower & (size - 1);
        tally *t;

        while (table[at] != 0 && view->words[table[at] - 1].lower != word->lower)
            at = (at + 1) & (size - 1);
        if (table[at] == 0) {
            table[at] = (uint32_t) i + 1;
            word->votes = (uint32_t) view->tally_count++;
        } else {
            word->votes = view->words[table[at] - 1].votes;
        }
        t = &view->tallies[word->votes];
        t->lower |= word->letters == CASE_LOWER;
        t->capital |= word->capital && i != word->sentence_first && !word->titled && !word->shouted;
    }
}

sg_names_view *sg_names_view_new(const sg_names_lexicon *lexicon, const sg_document *document,
                                 const sg_word_info *words, sg_arena *arena)
{
    sg_names_view *const view = sg_arena_calloc(arena, 1, sizeof *view);

    view->lexicon = lexicon;
    view->count = document->word_count;
    view->words = sg_arena_calloc(arena, view->count + 1, sizeof *view->words);
    for (size_t i = 0; i < view->count; i++) {
        const sg_word *const word = &document->words[i];

        read_form(&view->words[i], sg_document_at(document, word->start), word->end - word->start,
                  arena);
        look_up(&view->words[i], lexicon);
        view->words[i].upos = words == NULL ? SG_UPOS_COUNT : words[i].upos;
        view->words[i].head = words == NULL ? SG_NO_WORD : words[i].head;
        if (words != NULL) {
            view->words[i].xpos = words[i].xpos;
            view->words[i].deprel = words[i].deprel;
        }
    }
    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *const sentence = &document->sentences[s];

        mark_sentence(view, sentence->first_word, sentence->first_word + sentence->word_count);
    }
    make_tallies(view, arena);
    return view;
}

bool sg_names_view_is_candidate(const sg_names_view *view, size_t i)
{
    return view->words[i].candidate;
}

/* ---- features ------------------------------------------------------------------------------ */

typedef struct feature_list {
    uint32_t *out;
    size_t count;
} feature_list;

/* Template numbers: a group of ten for each kind; the position of the word is added. */
enum {
    T_FORM = 10,
    T_LOWER = 20,
    T_PAIR = 30,
    T_SHAPE = 40,
    T_PREFIX = 50,
    T_SUFFIX = 60,
    T_LEAF = 100,
    T_BROWN = 200,
    T_FLAGS = 300,
    T_PHRASE = 400,
    T_CASE = 450,
    T_RUN = 500,
    T_TAG = 600,
    T_TREE = 650,
    T_DOCUMENT = 700,
    T_VOTE = 800,
};

static const word_facts edge = {
    .lower = 2, .form = 2, .shape = 2, .rarity = 30, .upos = SG_UPOS_COUNT
};

static const word_facts *near(const sg_names_view *view, size_t i, int distance)
{
    const word_facts *const word = &view->words[i];
    const size_t j = i + (size_t) distance;

    return j >= word->sentence_first && j < word->sentence_end ? &view->words[j] : &edge;
}

static void add(feature_list *list, uint32_t template, uint64_t value)
{
    uint64_t hash = (value ^ ((uint64_t) template * 0x9e3779b97f4a7c15U)) * 0xd6e8feb86659fd93U;

    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93U;
    assert(list->count < SG_NAMES_FEATURES);
    list->out[list->count++] = (uint32_t) (hash >> 32);
}

/* The first `length` bits of a cluster path, told apart from shorter ones. */
static uint64_t path_prefix(uint32_t path, unsigned length)
{
    const unsigned whole = path & 31U;
    const unsigned bits = whole < length ? whole : length;

    return bits == 0 ? 0 : ((uint64_t) (path >> (32 - bits)) << 5) | bits;
}

static uint32_t leaf_path(const sg_names_view *view, const word_facts *word)
{
    return word->leaf == 0 ? 0 : view->lexicon->leaf_paths[word->leaf - 1];
}

static uint32_t brown_path(const sg_names_view *view, const word_facts *word)
{
    return word->brown == 0 ? 0 : view->lexicon->brown_paths[word->brown - 1];
}

static void add_affixes(feature_list *list, const word_facts *word)
{
    for (uint32_t n = 2; n <= 4 && n <= word->len; n++)
        add(list, T_PREFIX + n, sg_names_hash(n, word->text, n));
    for (uint32_t n = 1; n <= 4 && n <= word->len; n++)
        add(list, T_SUFFIX + n, sg_names_hash(n, word->text + word->len - n, n));
}

static void add_forms(feature_list *list, const sg_names_view *view, size_t i)
{
    const word_facts *const word = near(view, i, 0);
    const word_facts *const left = near(view, i, -1);
    const word_facts *const right = near(view, i, 1);

    add(list, T_FORM, word->form);
    for (int d = -2; d <= 2; d++)
        add(list, (uint32_t) (T_LOWER + 5 + d), near(view, i, d)->lower);
    add(list, T_PAIR + 1, left->lower * 3 + word->lower);
    add(list, T_PAIR + 2, word->lower * 3 + right->lower);
    add(list, T_PAIR + 3, near(view, i, -2)->lower * 3 + left->lower);
    add(list, T_PAIR + 4, right->lower * 3 + near(view, i, 2)->lower);
    add(list, T_SHAPE + 0, word->shape);
    add(list, T_SHAPE + 1, left->shape * 3 + word->shape);
    add(list, T_SHAPE + 2, word->shape * 3 + right->shape);
    add(list, T_SHAPE + 3, (left->shape * 3 + word->shape) * 3 + right->shape);
    add(list, T_SHAPE + 4, left->lower * 3 + word->shape);
    add(list, T_SHAPE + 5, word->shape * 3 + right->lower);
    add_affixes(list, word);
}

static void add_clusters(feature_list *list, const sg_names_view *view, size_t i)
{
    static const unsigned leaf_lengths[] = { 4, 6, 8, 10 };
    static const unsigned brown_lengths[] = { 4, 6, 8 };

    for (int d = -2; d <= 2; d++) {
        const word_facts *const word = near(view, i, d);
        const uint32_t leaf = leaf_path(view, word);
        const uint32_t brown = brown_path(view, word);
        const uint32_t at = (uint32_t) (10 * (d + 2));

        for (unsigned k = 0; k < 4; k++)
            if (d == 0 || (d * d == 1 && k > 0) || k == 1)
                add(list, T_LEAF + at + k, path_prefix(leaf, leaf_lengths[k]));
        if (d * d <= 1)
            add(list, T_LEAF + at + 5, word->leaf);
        if (d * d <= 1)
            for (unsigned k = 0; k < 3; k++)
                add(list, T_BROWN + at + k, path_prefix(brown, brown_lengths[k]));
        add(list, T_BROWN + at + 4, word->brown);
    }
    add(list, T_LEAF + 60, (uint64_t) near(view, i, -1)->leaf << 16 | near(view, i, 0)->leaf);
    add(list, T_LEAF + 61, (uint64_t) near(view, i, 0)->leaf << 16 | near(view, i, 1)->leaf);
    add(list, T_LEAF + 62,
        path_prefix(leaf_path(view, near(view, i, -1)), 6) << 32 |
            path_prefix(leaf_path(view, near(view, i, 0)), 6));
    add(list, T_LEAF + 63,
        path_prefix(leaf_path(view, near(view, i, 0)), 6) << 32 |
            path_prefix(leaf_path(view, near(view, i, 1)), 6));
}

static void add_lists(feature_list *list, const sg_names_view *view, size_t i)
{
    const uint16_t left = near(view, i, -1)->flags & 0x3fff;
    const uint16_t right = near(view, i, 1)->flags & 0x3fff;
    const word_facts *const word = near(view, i, 0);
    const uint16_t flags = word->flags & 0x3fff;

    for (unsigned bit = 0; bit < 14; bit++) {
        if ((flags >> bit & 1U) != 0) {
            add(list, T_FLAGS + bit, 0);
            add(list, T_FLAGS + 20 + bit, word->shape);
        }
        if ((left >> bit & 1U) != 0)
            add(list, T_FLAGS + 40 + bit, word->letters);
        if ((right >> bit & 1U) != 0)
            add(list, T_FLAGS + 60 + bit, word->letters);
    }
    add(list, T_FLAGS + 80, flags);
    add(list, T_FLAGS + 81, (uint64_t) left << 16 | flags);
    add(list, T_FLAGS + 82, (uint64_t) flags << 16 | right);
    for (int d = -1; d <= 1; d++) {
        const word_facts *const other = near(view, i, d);

        if (other->phrase_place != 0)
            add(list, (uint32_t) (T_PHRASE + 5 + d),
                (uint64_t) other->phrase << 8 | other->phrase_place);
    }
    for (unsigned bit = 0; bit < 14 && word->phrase_place != 0; bit++)
        if ((word->phrase >> bit & 1U) != 0)
            add(list, T_PHRASE + 10 + bit, word->phrase_place);
}

static void add_cases(feature_list *list, const sg_names_view *view, size_t i)
{
    const word_facts *const word = near(view, i, 0);
    const bool first = i == word->sentence_first;
    const uint64_t sentence = (uint64_t) word->shouted << 1 | word->titled;
    const tally *const t = &view->tallies[word->votes];
    const uint64_t common = (word->flags & SG_NAMES_COMMON) != 0;

    add(list, T_CASE, (sentence << 1 | first) << 8 | word->letters);
    add(list, T_CASE + 1, ((sentence << 1 | first) << 1 | common) << 8 | word->letters);
    add(list, T_CASE + 2, (uint64_t) word->rarity << 8 | word->letters);
    add(list, T_CASE + 3,
        (common << 1 | first) << 16 | (uint64_t) near(view, i, -1)->letters << 8 |
            near(view, i, 1)->letters);
    add(list, T_DOCUMENT,
        (uint64_t) t->lower << 3 | (uint64_t) t->capital << 2 | (uint64_t) first << 1 | common);
}

/* The words just before and after the run, and the first and last of it, say most about its type:
 * "the ... Party", "Mr ...", "... said", "in ...". */
static void add_run(feature_list *list, const sg_names_view *view, size_t i)
{
    const word_facts *const word = near(view, i, 0);
    const word_facts *first;
    const word_facts *last;
    const word_facts *before;
    const word_facts *after;
    uint64_t place;
    uint64_t length;

    if (word->run_first > word->run_last)
        return;
    first = &view->words[word->run_first];
    last = &view->words[word->run_last];
    before = near(view, word->run_first, -1);
    after = near(view, word->run_last, 1);
    length = word->run_last - word->run_first + 1;
    length = length > 6 ? 6 : length;
    place = (uint64_t) (i == word->run_first) << 1 | (i == word->run_last);
    add(list, T_RUN, length << 4 | place);
    add(list, T_RUN + 1, last->lower ^ place);
    add(list, T_RUN + 2, first->lower ^ place);
    add(list, T_RUN + 3, before->lower ^ place);
    add(list, T_RUN + 4, after->lower ^ place);
    add(list, T_RUN + 5, (uint64_t) last->leaf << 4 | place);
    add(list, T_RUN + 6, (uint64_t) before->brown << 4 | place);
    add(list, T_RUN + 7, (uint64_t) after->brown << 4 | place);
    add(list, T_RUN + 8, (uint64_t) before->leaf << 4 | place);
    add(list, T_RUN + 9, (uint64_t) after->leaf << 4 | place);
    add(list, T_RUN + 10, (uint64_t) (first->flags & 0x3fff) << 8 | length << 4 | place);
    add(list, T_RUN + 11, (uint64_t) (last->flags & 0x3fff) << 8 | length << 4 | place);
    add(list, T_RUN + 12, path_prefix(leaf_path(view, last), 8) << 4 | place);
}

static void add_tags(feature_list *list, const sg_names_view *view, size_t i)
{
    const uint64_t left = near(view, i, -1)->upos;
    const uint64_t upos = near(view, i, 0)->upos;
    const uint64_t right = near(view, i, 1)->upos;

    if (upos >= SG_UPOS_COUNT)
        return;
    add(list, T_TAG, upos);
    add(list, T_TAG + 1, left << 8 | upos);
    add(list, T_TAG + 2, upos << 8 | right);
    add(list, T_TAG + 3, (left << 8 | upos) << 8 | right);
    add(list, T_TAG + 4, upos << 8 | near(view, i, 0)->letters);
    add(list, T_TAG + 5, near(view, i, 0)->xpos);
}

/* What the name is to the rest of the sentence: the first word above it that is outside the run of
 * capitalised words, and the relation to it ("nsubj" of "said"). */
static void add_tree(feature_list *list, const sg_names_view *view, size_t i)
{
    const word_facts *const word = &view->words[i];
    const word_facts *top = word;
    const word_facts *above = NULL;

    for (int steps = 0; steps < 8 && top->head != SG_NO_WORD && top->head < view->count; steps++) {
        above = &view->words[top->head];
        if (!above->capital)
            break;
        top = above;
        above = NULL;
    }
    add(list, T_TREE, (uint64_t) word->deprel << 8 | top->deprel);
    if (above == NULL)
        return;
    add(list, T_TREE + 1, above->lower ^ top->deprel);
    add(list, T_TREE + 2, (uint64_t) above->brown << 8 | top->deprel);
    add(list, T_TREE + 3, (uint64_t) above->leaf << 8 | top->deprel);
}

size_t sg_names_view_features(const sg_names_view *view, size_t i,
                              uint32_t features[SG_NAMES_FEATURES])
{
    feature_list list = { features, 0 };

    add(&list, 1, 0);
    add_forms(&list, view, i);
    add_clusters(&list, view, i);
    add_lists(&list, view, i);
    add_cases(&list, view, i);
    add_run(&list, view, i);
    add_tags(&list, view, i);
    if (view->words[i].upos < SG_UPOS_COUNT)
        add_tree(&list, view, i);
    return list.count;
}

/* ---- votes --------------------------------------------------------------------------------- */

static void vote_name(sg_names_view *view, size_t first, size_t last, const uint8_t *labels)
{
    for (size_t i = first; i <= last; i++) {
        tally *const t = &view->tallies[view->words[i].votes];

        if (last - first + 1 > t->longest) {
            t->longest = (uint8_t) (last - first + 1 > 200 ? 200 : last - first + 1);
            t->longest_label = labels[i];
        }
    }
}

void sg_names_view_vote(sg_names_view *view, const uint8_t *labels)
{
    size_t first = 0;

    view->labels = labels;
    for (size_t k = 0; k < view->tally_count; k++) {
        tally *const t = &view->tallies[k];

        t->total = 0;
        t->longest = 0;
        memset(t->count, 0, sizeof t->count);
    }
    for (size_t i = 0; i < view->count; i++) {
        tally *const t = &view->tallies[view->words[i].votes];
        const uint8_t label = labels[i];

        if (view->words[i].candidate && t->total < UINT16_MAX) {
            t->total++;
            t->count[label]++;
        }
        if (label == SG_NAMES_OUTSIDE)
            continue;
        if (sg_names_label_place(label) == SG_NAMES_BEGIN ||
            sg_names_label_place(label) == SG_NAMES_UNIT)
            first = i;
        if (sg_names_label_place(label) >= SG_NAMES_LAST)
            vote_name(view, first, i, labels);
    }
}

/* Kind 0 is "no name", then the types. */
static unsigned kind_of(unsigned label)
{
    return label == SG_NAMES_OUTSIDE ? 0 : 1 + sg_names_label_type(label);
}

size_t sg_names_view_document_features(const sg_names_view *view, size_t i,
                                       uint32_t features[SG_NAMES_FEATURES])
{
    feature_list list = { features, 0 };
    const word_facts *const word = &view->words[i];
    const tally *const t = &view->tallies[word->votes];
    unsigned kinds[SG_NAMES_TYPES + 1] = { 0 };
    const unsigned others = t->total - 1U;
    unsigned best = 0;
    uint64_t share;

    add(&list, T_VOTE + 9, t->longest == 0 ? 0U : (unsigned) t->longest_label);
    add(&list, T_VOTE + 8,
        ((uint64_t) t->longest_label << 3 | (t->longest > 3 ? 4U : t->longest)) << 8 |
            word->letters);
    if (others == 0) {
        add(&list, T_VOTE, 99);
        return list.count;
    }
    for (unsigned k = 0; k < SG_NAMES_LABELS; k++)
        kinds[kind_of(k)] += t->count[k];
    kinds[kind_of(view->labels[i])]--;
    for (unsigned k = 1; k <= SG_NAMES_TYPES; k++)
        best = kinds[k] > kinds[best] ? k : best;
    share = kinds[best] == others ? 3 : kinds[best] * 3 >= others * 2 ? 2 : 1;
    add(&list, T_VOTE, best);
    add(&list, T_VOTE + 1, (uint64_t) best << 4 | share << 2 | (others > 2 ? 2U : others - 1));
    add(&list, T_VOTE + 2, (uint64_t) best << 8 | word->letters);
    for (unsigned k = 0; k <= SG_NAMES_TYPES; k++)
        if (kinds[k] * 4 >= others)
            add(&list, T_VOTE + 3, k);
    return list.count;
}
