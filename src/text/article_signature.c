/* Near duplicates by MinHash (Broder 1997, "On the resemblance and containment of documents").
 *
 * Each sequence of five words of the body, in lower case, is one hash; place i of the signature is
 * the least value that the i-th of SG_SIGNATURE_SIZE mixing functions gives to any of them. The
 * share of equal places estimates the share of sequences in common. */

#include "stance/article.h"
#include "stance/map.h"

#include "text_internal.h"

#define SHINGLE 5

static bool is_shingle_word(const sg_document *document, const sg_word *word)
{
    unsigned char c = (unsigned char) document->text[word->start];

    return c >= 0x80 || sg_ascii_is_letter((char) c) || sg_ascii_is_digit((char) c);
}

static uint64_t word_hash(const sg_document *document, const sg_word *word)
{
    char lower[64];
    size_t len = word->end - word->start;

    len = len < sizeof lower ? len : sizeof lower;
    for (size_t i = 0; i < len; i++)
        lower[i] = sg_ascii_lower(document->text[word->start + i]);
    return sg_hash_bytes(lower, len, 0);
}

/* The finaliser of splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

static void add_shingle(const uint64_t *window, size_t newest, uint32_t *signature)
{
    uint64_t hash = 0;

    for (size_t k = 1; k <= SHINGLE; k++)
        hash = mix(hash ^ window[(newest + k) % SHINGLE]);
    for (size_t i = 0; i < SG_SIGNATURE_SIZE; i++) {
        uint32_t value = (uint32_t) (mix(hash + (i + 1) * 0x9E3779B97F4A7C15u) >> 32);

        signature[i] = value < signature[i] ? value : signature[i];
    }
}

void sg_article_signature(const sg_document *document, uint32_t signature_out[SG_SIGNATURE_SIZE])
{
    uint64_t window[SHINGLE] = { 0 };
    size_t seen = 0;

    for (size_t i = 0; i < SG_SIGNATURE_SIZE; i++)
        signature_out[i] = UINT32_MAX;
    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];

        if (document->paragraphs[sentence->paragraph].kind != SG_PARAGRAPH_BODY)
            continue;
        for (uint32_t k = 0; k < sentence->word_count; k++) {
            const sg_word *word = &document->words[sentence->first_word + k];

            if (!is_shingle_word(document, word))
                continue;
            window[seen % SHINGLE] = word_hash(document, word);
            if (seen + 1 >= SHINGLE)
                add_shingle(window, seen % SHINGLE, signature_out);
            seen++;
        }
    }
}

double sg_article_similarity(const uint32_t a[SG_SIGNATURE_SIZE],
                             const uint32_t b[SG_SIGNATURE_SIZE])
{
    size_t same = 0;

    for (size_t i = 0; i < SG_SIGNATURE_SIZE; i++)
        same += a[i] == b[i] && a[i] != UINT32_MAX;
    return (double) same / SG_SIGNATURE_SIZE;
}
