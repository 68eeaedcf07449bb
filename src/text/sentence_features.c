/* What is seen of the gap after a word when asking whether a sentence ends there: the two words on
 * either side and their kinds, whether quotation marks are open, how long the sentence is so far.
 * Features are hashed into one table of weights (Weinberger et al. 2009, "Feature hashing"). */

#include <string.h>

#include "stance/utf8.h"

#include "text_internal.h"
#include "text_sentence_internal.h"

enum kind {
    KIND_NONE, /* outside the paragraph */
    KIND_STOP,
    KIND_MARK, /* ! ? */
    KIND_ELLIPSIS,
    KIND_COLON,
    KIND_SEMICOLON,
    KIND_COMMA,
    KIND_DASH,
    KIND_OPEN_BRACKET,
    KIND_CLOSE_BRACKET,
    KIND_QUOTE, /* " with space on both sides */
    KIND_OPEN_QUOTE,
    KIND_CLOSE_QUOTE,
    KIND_OPEN_SINGLE,
    KIND_SINGLE_QUOTE, /* at the end of a quotation or a possessive */
    KIND_BULLET,
    KIND_SYMBOL,
    KIND_LOWER,
    KIND_TITLE_CASE,
    KIND_UPPER,
    KIND_LETTER, /* one capital */
    KIND_NUMBER,
    KIND_NUMBER_STOP, /* 1. */
    KIND_TITLE,       /* Dr. */
    KIND_ABBREVIATION,
    KIND_ACRONYM, /* U.S. */
    KIND_INITIAL, /* W. */
    KIND_ADDRESS,
    KIND_CLITIC,
    KIND_EMOTICON,
};

static enum kind multibyte_kind(const char *text, const sg_word *w)
{
    uint32_t codepoint;

    (void) sg_utf8_decode(text + w->start, w->end - w->start, &codepoint);
    switch (codepoint) {
    case 0x2026:
        return KIND_ELLIPSIS;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return KIND_DASH;
    case 0x201C:
    case 0xAB:
        return KIND_OPEN_QUOTE;
    case 0x2018:
        return KIND_OPEN_SINGLE;
    case 0x201D:
    case 0xBB:
        return KIND_CLOSE_QUOTE;
    case 0x2019:
        return w->end - w->start > 3 ? KIND_CLITIC : KIND_SINGLE_QUOTE;
    case 0x2022:
    case 0xB7:
    case 0x25CF:
    case 0x25AA:
        return KIND_BULLET;
    default:
        break;
    }
    if (sg_utf8_is_lower(codepoint))
        return KIND_LOWER;
    return sg_utf8_is_letter(codepoint) ? KIND_TITLE_CASE : KIND_SYMBOL;
}

static enum kind mark_kind(const char *form, size_t len)
{
    char last = form[len - 1];

    switch (form[0]) {
    case '.':
        if (len > 1 && sg_ascii_is_digit(form[1]))
            return KIND_NUMBER;
        return len == 1 ? KIND_STOP : form[1] == '.' ? KIND_ELLIPSIS : KIND_ADDRESS;
    case '!':
    case '?':
        return KIND_MARK;
    case ':':
        return len == 1 ? KIND_COLON : KIND_EMOTICON;
    case ';':
        return len == 1 ? KIND_SEMICOLON : KIND_EMOTICON;
    case ',':
        return KIND_COMMA;
    case '-':
        return KIND_DASH;
    case '(':
    case '[':
    case '{':
        return KIND_OPEN_BRACKET;
    case ')':
    case ']':
    case '}':
        return KIND_CLOSE_BRACKET;
    case '"':
        return KIND_QUOTE;
    case '`':
        return KIND_OPEN_QUOTE;
    case '\'':
        if (len == 2 && last == '\'')
            return KIND_CLOSE_QUOTE;
        return len == 1 ? KIND_SINGLE_QUOTE : KIND_CLITIC;
    case '*':
    case '>':
        return KIND_BULLET;
    case '@':
    case '#':
        return len > 1 ? KIND_ADDRESS : KIND_SYMBOL;
    default:
        return KIND_SYMBOL;
    }
}

static enum kind letters_kind(const char *form, size_t len)
{
    size_t dots = 0;
    size_t capitals = 0;
    bool address = false;

    for (size_t i = 0; i < len; i++) {
        dots += form[i] == '.';
        capitals += sg_ascii_is_upper(form[i]);
        address = address || form[i] == '@' || form[i] == '/';
    }
    if (address)
        return KIND_ADDRESS;
    if (dots > 0 && form[len - 1] == '.') {
        if (len == 2)
            return KIND_INITIAL;
        if (sg_abbreviation_find(form, len - 1) == SG_ABBREVIATION_TITLE)
            return KIND_TITLE;
        return dots > 1 ? KIND_ACRONYM : KIND_ABBREVIATION;
    }
    if (dots > 0)
        return dots * 2 + 1 >= len ? KIND_ACRONYM : KIND_ADDRESS;
    if (len == 1 && capitals == 1)
        return KIND_LETTER;
    if (capitals == len)
        return KIND_UPPER;
    return sg_ascii_is_upper(form[0]) ? KIND_TITLE_CASE : KIND_LOWER;
}

static enum kind kind_of(const char *text, const sg_word *w)
{
    const char *form = text + w->start;
    size_t len = w->end - w->start;

    if ((unsigned char) form[0] >= 0x80)
        return multibyte_kind(text, w);
    if (sg_ascii_is_letter(form[0]))
        return letters_kind(form, len);
    if (sg_ascii_is_digit(form[0]))
        return form[len - 1] == '.' ? KIND_NUMBER_STOP : KIND_NUMBER;
    return mark_kind(form, len);
}

static sg_token_view view_word(const char *text, const sg_word *w)
{
    size_t len = w->end - w->start;
    sg_token_view view = { 2166136261u, (uint8_t) kind_of(text, w), (uint8_t) (len < 7 ? len : 7),
                           w->space_after };

    len = len < 24 ? len : 24;
    for (size_t i = 0; i < len; i++) { /* FNV-1a */
        char c = sg_ascii_lower(text[w->start + i]);

        c = sg_ascii_is_digit(c) ? '0' : c;
        view.form = (view.form ^ (unsigned char) c) * 16777619u;
    }
    return view;
}

/* Quotation marks are one word each, whether straight or curly, opening or closing by the space
 * around them. */
static void settle_quote(sg_token_view *view, bool space_before)
{
    bool opens = space_before && !view->space_after;

    if (view->kind == KIND_QUOTE && (opens || !space_before))
        view->kind = opens ? KIND_OPEN_QUOTE : KIND_CLOSE_QUOTE;
    else if (view->kind == KIND_SINGLE_QUOTE && opens)
        view->kind = KIND_OPEN_SINGLE;
    if (view->kind == KIND_OPEN_QUOTE || view->kind == KIND_CLOSE_QUOTE ||
        view->kind == KIND_OPEN_SINGLE || view->kind == KIND_SINGLE_QUOTE) {
        view->form = view->kind;
        view->length = 1;
    }
}

static sg_token_view view_at(const sg_sentence_walk *walk, size_t i)
{
    static const sg_token_view nothing = { 0, KIND_NONE, 0, true };
    sg_token_view view;

    if (i >= walk->end)
        return nothing;
    view = view_word(walk->text, &walk->words[i]);
    settle_quote(&view, i == walk->first || walk->words[i - 1].space_after);
    return view;
}

static bool is_closing(enum kind kind, bool quoted)
{
    return kind == KIND_CLOSE_BRACKET || kind == KIND_CLOSE_QUOTE || kind == KIND_SINGLE_QUOTE ||
           (kind == KIND_QUOTE && quoted);
}

/* Takes words[at] into the state. */
static void enter_word(sg_sentence_walk *walk)
{
    enum kind kind = (enum kind) walk->view[1].kind;
    bool closing = is_closing(kind, walk->quoted) && !walk->view[0].space_after;

    if (!closing) {
        walk->before_core = walk->core;
        walk->core = (uint8_t) kind;
    }
    if (kind == KIND_QUOTE)
        walk->quoted = !walk->quoted;
    else if (kind == KIND_OPEN_QUOTE)
        walk->quoted = true;
    else if (kind == KIND_CLOSE_QUOTE)
        walk->quoted = false;
    walk->marked = walk->marked || kind == KIND_STOP || kind == KIND_MARK;
    walk->since++;
}

void sg_sentence_walk_init(sg_sentence_walk *walk, const char *text, const sg_word *words,
                           size_t first, size_t end)
{
    memset(walk, 0, sizeof *walk);
    walk->text = text;
    walk->words = words;
    walk->first = first;
    walk->end = end;
    walk->at = first;
    walk->view[0] = view_at(walk, end);
    for (size_t i = 0; i < 4; i++)
        walk->view[i + 1] = view_at(walk, first + i);
    if (first < end)
        enter_word(walk);
}

bool sg_sentence_walk_next(sg_sentence_walk *walk, bool ended)
{
    if (ended) {
        walk->since = 0;
        walk->marked = false;
    }
    if (walk->at + 1 >= walk->end)
        return false;
    walk->at++;
    memmove(walk->view, walk->view + 1, 4 * sizeof walk->view[0]);
    walk->view[4] = view_at(walk, walk->at + 3);
    enter_word(walk);
    return walk->at + 1 < walk->end;
}

bool sg_sentence_walk_is_open(const sg_sentence_walk *walk)
{
    enum kind kind = (enum kind) walk->view[1].kind;

    if (walk->at + 1 >= walk->end || walk->words[walk->at].joined_next)
        return false;
    return walk->view[1].space_after || kind == KIND_STOP || kind == KIND_MARK ||
           kind == KIND_ELLIPSIS || kind == KIND_QUOTE || kind == KIND_CLOSE_QUOTE;
}

static uint32_t bucket(uint32_t n)
{
    static const uint32_t limits[] = { 1, 2, 3, 5, 8, 13, 21, 34, 55 };
    uint32_t i = 0;

    while (i < sizeof limits / sizeof limits[0] && n > limits[i])
        i++;
    return i;
}

/* Mixes a feature's number with its values into an index. */
static uint32_t feature(uint32_t number, uint32_t a, uint32_t b)
{
    uint64_t h = (uint64_t) number * 0x9E3779B97F4A7C15u ^ (uint64_t) a * 0xC2B2AE3D27D4EB4Fu ^
                 (uint64_t) b * 0x165667B19E3779F9u;

    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    return (uint32_t) (h >> (64 - SG_SENTENCE_WEIGHT_BITS));
}

size_t sg_sentence_walk_features(const sg_sentence_walk *walk,
                                 uint32_t features[SG_SENTENCE_FEATURES])
{
    const sg_token_view *v = walk->view;
    uint32_t kinds = (uint32_t) v[1].kind << 8 | v[2].kind;
    uint32_t wide = kinds << 16 | (uint32_t) v[0].kind << 8 | v[3].kind;
    uint32_t core = (uint32_t) walk->core << 8 | v[2].kind;
    uint32_t state = (uint32_t) walk->quoted << 2 | (uint32_t) walk->marked << 1 | v[1].space_after;
    uint32_t since = bucket(walk->since);
    uint32_t left = bucket((uint32_t) (walk->end - walk->at - 1));
    size_t n = 0;

    features[n++] = feature(1, 0, 0);
    features[n++] = feature(2, v[1].form, 0);
    features[n++] = feature(3, v[2].form, v[2].kind);
    features[n++] = feature(4, v[1].form, v[2].form);
    features[n++] = feature(5, v[0].form, v[1].form);
    features[n++] = feature(6, v[2].form, v[3].form);
    features[n++] = feature(7, v[0].form, walk->core);
    features[n++] = feature(8, v[3].form, kinds);
    features[n++] = feature(9, v[1].form, v[2].kind);
    features[n++] = feature(10, v[2].form, v[1].kind);
    features[n++] = feature(11, kinds, 0);
    features[n++] = feature(12, wide, 0);
    features[n++] = feature(13, wide, state);
    features[n++] = feature(14, core, state);
    features[n++] = feature(15, core, (uint32_t) walk->before_core << 8 | v[3].kind);
    features[n++] = feature(16, kinds, since);
    features[n++] = feature(17, walk->core, since << 4 | left);
    features[n++] = feature(18, kinds, left);
    features[n++] = feature(19, v[2].form, (uint32_t) walk->core << 8 | (uint32_t) state);
    features[n++] = feature(20, kinds, (uint32_t) v[1].length << 3 | (uint32_t) v[0].length);
    features[n++] =
        feature(21, (uint32_t) (v[2].kind << 16 | v[3].kind << 8 | v[4].kind), walk->core);
    features[n++] = feature(22, v[4].form, kinds);
    features[n++] = feature(23, kinds, state << 4 | since);
    features[n++] = feature(24, v[3].form, walk->core);
    return n;
}
