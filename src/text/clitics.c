/* Multi-word tokens of Universal Dependencies English: "don't" = do + n't, "Elena's" = Elena + 's,
 * "cannot" = can + not, "gonna" = gon + na. See the UD English guidelines on tokenization. */

#include <string.h>

#include "text_internal.h"

/* After an apostrophe; longest first where one is the end of another. */
static const char *const suffixes[] = { "ll", "re", "ve", "s", "m", "d" };

struct whole {
    const char *word;
    unsigned first; /* bytes of the first part */
};

/* Written together without an apostrophe. Forms that are words of their own ("its", "were",
 * "well", "ill", "lets", "id") are left alone. */
static const struct whole wholes[] = {
    { "cannot", 3 },  { "gonna", 3 },   { "wanna", 3 },    { "gotta", 3 },  { "gimme", 3 },
    { "lemme", 3 },   { "dont", 2 },    { "doesnt", 4 },   { "didnt", 3 },  { "isnt", 2 },
    { "arent", 3 },   { "wasnt", 3 },   { "werent", 4 },   { "wont", 2 },   { "cant", 2 },
    { "couldnt", 5 }, { "wouldnt", 5 }, { "shouldnt", 6 }, { "havent", 4 }, { "hasnt", 3 },
    { "hadnt", 3 },   { "aint", 2 },    { "im", 1 },       { "ive", 1 },    { "youre", 3 },
    { "theyre", 4 },  { "youve", 3 },   { "theyve", 4 },   { "youll", 3 },  { "theyll", 4 },
    { "itll", 2 },    { "thats", 4 },   { "whats", 4 },    { "theres", 5 }, { "outta", 3 },
};

void sg_words_add(sg_word_list *words, uint32_t start, uint32_t end)
{
    sg_word word = { start, end, false, false };

    if (start == end)
        return;
    SG_ARENA_GROW(words->arena, words->items, words->capacity, words->count + 1);
    words->items[words->count++] = word;
}

static void add_joined(sg_word_list *words, uint32_t start, uint32_t end)
{
    sg_words_add(words, start, end);
    words->items[words->count - 1].joined_next = true;
}

/* The place of the last apostrophe of text[start, end), or `end`. */
static uint32_t last_apostrophe(const char *text, uint32_t start, uint32_t end, uint32_t *after_out)
{
    uint32_t stop = end - start > 6 ? end - 6 : start;

    for (uint32_t at = end; at-- > stop;) {
        size_t len = sg_text_apostrophe(text, at, end);

        if (len > 0) {
            *after_out = at + (uint32_t) len;
            return at;
        }
    }
    return end;
}

static bool all_digits(const char *text, uint32_t start, uint32_t end)
{
    for (uint32_t at = start; at < end; at++) {
        if (!sg_ascii_is_digit(text[at]))
            return false;
    }
    return true;
}

/* Where the last clitic of text[start, end) begins, or `end` if there is none. */
static uint32_t clitic_start(const char *text, uint32_t start, uint32_t end)
{
    uint32_t after = end;
    uint32_t at = last_apostrophe(text, start, end, &after);

    if (at == end || at == start)
        return end;
    if (end - after == 1 && sg_ascii_lower(text[after]) == 't')
        return at - start > 1 && sg_ascii_lower(text[at - 1]) == 'n' ? at - 1 : end;
    if (all_digits(text, start, at)) /* the 1960's */
        return end;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (strlen(suffixes[i]) == end - after && sg_text_has(text, after, end, suffixes[i]))
            return at;
    }
    return end;
}

static bool split_whole(const char *text, uint32_t start, uint32_t end, sg_word_list *words)
{
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0]; i++) {
        const struct whole *w = &wholes[i];

        if (strlen(w->word) != end - start || !sg_text_has(text, start, end, w->word))
            continue;
        /* "IM", "IVE" and the like are more often something else. */
        if (sg_ascii_is_upper(text[end - 1]) && sg_ascii_lower(text[end - 1]) != 't')
            return false;
        add_joined(words, start, start + w->first);
        sg_words_add(words, start + w->first, end);
        return true;
    }
    return false;
}

void sg_clitics_split(const char *text, uint32_t start, uint32_t end, sg_word_list *words)
{
    uint32_t cuts[4];
    size_t cut_count = 0;
    uint32_t stem_end = end;

    if (split_whole(text, start, end, words))
        return;
    while (cut_count < 4) { /* shouldn't've */
        uint32_t cut = clitic_start(text, start, stem_end);

        if (cut == stem_end)
            break;
        cuts[cut_count++] = cut;
        stem_end = cut;
    }
    if (cut_count == 0) {
        sg_words_add(words, start, end);
        return;
    }
    add_joined(words, start, stem_end);
    while (cut_count-- > 0) {
        uint32_t next = cut_count > 0 ? cuts[cut_count - 1] : end;

        if (cut_count > 0)
            add_joined(words, cuts[cut_count], next);
        else
            sg_words_add(words, cuts[cut_count], next);
    }
}
