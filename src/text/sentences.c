/* Where sentences end: a linear model over each gap between words (sentence_features.c), from left
 * to right, so that the length of the sentence so far and open quotation marks count. */

#include "text_internal.h"
#include "text_sentence_internal.h"

static bool ends_here(const sg_sentence_walk *walk)
{
    uint32_t features[SG_SENTENCE_FEATURES];
    size_t count;
    int score = 0;

    if (!sg_sentence_walk_is_open(walk))
        return false;
    count = sg_sentence_walk_features(walk, features);
    for (size_t i = 0; i < count; i++)
        score += sg_sentence_weights[features[i]];
    return score > 0;
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
                        uint32_t paragraph, bool whole, sg_sentence_list *sentences)
{
    sg_sentence_walk walk;
    size_t start = first;
    bool more;

    if (first == end)
        return;
    sg_sentence_walk_init(&walk, text, words, first, end);
    more = !whole && walk.at + 1 < end;
    while (more) {
        bool ends = ends_here(&walk);

        if (ends) {
            add_sentence(words, start, walk.at + 1, paragraph, sentences);
            start = walk.at + 1;
        }
        more = sg_sentence_walk_next(&walk, ends);
    }
    add_sentence(words, start, end, paragraph, sentences);
}
