#include <string.h>

#include "stance/utf8.h"

#include "text_internal.h"

static bool is_end_mark(const char *text, const sg_word *w)
{
    char last = text[w->end - 1];

    if (last == '.' || last == '!' || last == '?')
        return true;
    return w->end - w->start == 3 && memcmp(text + w->start, "\xE2\x80\xA6", 3) == 0;
}

static bool is_closing(const char *text, const sg_word *w)
{
    uint32_t len = w->end - w->start;

    if (len == 1)
        return strchr("\"')]}", text[w->start]) != NULL;
    return (len == 2 && memcmp(text + w->start, "''", 2) == 0) ||
           (len == 3 && (memcmp(text + w->start, "\xE2\x80\x99", 3) == 0 ||
                         memcmp(text + w->start, "\xE2\x80\x9D", 3) == 0));
}

static bool is_abbreviation(const char *text, const sg_word *w)
{
    return w->end - w->start > 1 && text[w->end - 1] == '.' && sg_ascii_is_letter(text[w->start]);
}

static bool starts_sentence(const char *text, const sg_word *w)
{
    uint32_t codepoint;

    (void) sg_utf8_decode(text + w->start, w->end - w->start, &codepoint);
    return !sg_utf8_is_lower(codepoint) && strchr(",;:)]}", (char) (codepoint & 0x7F)) == NULL;
}

static bool ends_here(const char *text, const sg_word *words, size_t at, size_t end)
{
    const sg_word *mark = &words[at];
    size_t back = at;

    if (!mark->space_after || at + 1 >= end)
        return false;
    while (back > 0 && is_closing(text, &words[back]) && !words[back - 1].space_after)
        back--;
    if (!is_end_mark(text, &words[back]) || !starts_sentence(text, mark + 1))
        return false;
    return !is_abbreviation(text, &words[back]);
}

static void add_sentence(const sg_word *words, size_t first, size_t end, uint32_t paragraph,
                         sg_sentence_list *sentences)
{
    sg_sentence s = { (uint32_t) first, (uint32_t) (end - first), words[first].start,
                      words[end - 1].end, paragraph };

    SG_ARENA_GROW(sentences->arena, sentences->items, sentences->capacity, sentences->count + 1);
    sentences->items[sentences->count++] = s;
}

void sg_sentences_split(const char *text, const sg_word *words, size_t first, size_t end,
                        uint32_t paragraph, sg_sentence_list *sentences)
{
    size_t start = first;

    for (size_t at = first; at < end; at++) {
        if (!ends_here(text, words, at, end))
            continue;
        add_sentence(words, start, at + 1, paragraph, sentences);
        start = at + 1;
    }
    if (start < end)
        add_sentence(words, start, end, paragraph, sentences);
}
