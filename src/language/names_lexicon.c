#include "stance/names.h"

/* Look-ups in the lexicon: open addressing with linear probing; a 16-bit check stands for the
 * key, so a word that is in no list is taken for one that is about once in 20,000 look-ups. */

uint64_t sg_names_hash(uint64_t seed, const char *text, size_t len)
{
    uint64_t hash = seed ^ 0xcbf29ce484222325U;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char) text[i]) * 0x100000001b3U;
    hash *= 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 32);
}

uint64_t sg_names_phrase_hash(uint64_t phrase, uint64_t word)
{
    uint64_t hash = (phrase * 31 + word) * 0xd6e8feb86659fd93U;

    return hash ^ (hash >> 32);
}

static uint16_t check_of(uint64_t hash)
{
    return (uint16_t) ((hash >> 48) | 1);
}

sg_names_word_entry sg_names_lexicon_word(const sg_names_lexicon *lexicon, uint64_t hash)
{
    const uint16_t check = check_of(hash);
    const sg_names_word_entry none = { 0, 0, 0 };

    for (uint32_t at = (uint32_t) hash & lexicon->word_mask;; at = (at + 1) & lexicon->word_mask) {
        if (lexicon->words[at].check == check)
            return lexicon->words[at];
        if (lexicon->words[at].check == 0)
            return none;
    }
}

static uint16_t find_pair(const sg_names_pair_entry *table, uint32_t mask, uint64_t hash)
{
    const uint16_t check = check_of(hash);

    for (uint32_t at = (uint32_t) hash & mask;; at = (at + 1) & mask) {
        if (table[at].check == check)
            return table[at].value;
        if (table[at].check == 0)
            return 0;
    }
}

uint16_t sg_names_lexicon_phrase(const sg_names_lexicon *lexicon, uint64_t hash)
{
    return find_pair(lexicon->phrases, lexicon->phrase_mask, hash);
}

uint16_t sg_names_lexicon_brown(const sg_names_lexicon *lexicon, uint64_t hash)
{
    return find_pair(lexicon->brown, lexicon->brown_mask, hash);
}
