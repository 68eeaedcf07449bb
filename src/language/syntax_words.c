#include "syntax_internal.h"

/* What the network knows of one word: where it stands in the pretrained vectors, and rows of the
 * learned table for the word itself, its cluster, its affixes and its shape. Rows of affixes are
 * found by hashing, so words never seen have them too. */

#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

/* Rows of each kind behind the word rows; numbers chosen so that the affixes seen in the
 * treebanks seldom share a row. */
static const uint32_t kind_rows[SG_SYNTAX_FEATURES] = {
    [SG_SYNTAX_WORD_ROW] = 0,    [SG_SYNTAX_CLUSTER] = 1024,  [SG_SYNTAX_CLUSTER_6] = 128,
    [SG_SYNTAX_SUFFIX_4] = 8192, [SG_SYNTAX_SUFFIX_3] = 4096, [SG_SYNTAX_SUFFIX_2] = 1024,
    [SG_SYNTAX_SUFFIX_1] = 128,  [SG_SYNTAX_PREFIX_4] = 4096, [SG_SYNTAX_PREFIX_3] = 2048,
    [SG_SYNTAX_PREFIX_2] = 512,  [SG_SYNTAX_SHAPE] = 512,     [SG_SYNTAX_CASE] = 64,
};

#define ROOT_ROW 63 /* of kind case, which uses fewer than 63 */

uint32_t sg_syntax_table_rows(uint32_t word_rows)
{
    uint32_t total = word_rows;

    for (int i = 0; i < SG_SYNTAX_FEATURES; i++)
        total += kind_rows[i];
    return total;
}

/* ---- forms -------------------------------------------------------------------------------- */

/* Plain ASCII for the typographic characters that treebanks write plainly. */
static const char *plain(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x02BC:
        return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return "\"";
    case 0x2010:
    case 0x2011:
        return "-";
    case 0x2013:
    case 0x2014:
        return "--";
    case 0x2026:
        return "...";
    default:
        return NULL;
    }
}

static size_t add_character(uint32_t c, char *out, size_t used)
{
    const char *text = plain(c);
    char bytes[4];
    size_t n;

    if (text != NULL) {
        n = strlen(text);
    } else {
        n = sg_utf8_encode(sg_utf8_to_lower(c), bytes);
        text = bytes;
    }
    if (used + n > SG_SYNTAX_NORM_MAX)
        return used;
    memcpy(out + used, text, n);
    return used + n;
}

size_t sg_syntax_norm(const char *text, size_t len, char out[SG_SYNTAX_NORM_MAX])
{
    size_t used = 0;

    for (size_t i = 0; i < len;) {
        unsigned char byte = (unsigned char) text[i];
        uint32_t c;

        if (used > SG_SYNTAX_NORM_MAX - 16 && len - i > 12) {
            i = len - 12; /* the ending says more than the middle */
            while (i < len && ((unsigned char) text[i] & 0xC0) == 0x80)
                i++;
            continue;
        }
        if (byte < 0x80) {
            if (used < SG_SYNTAX_NORM_MAX)
                out[used++] = (char) (byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            i++;
            continue;
        }
        i += sg_utf8_decode(text + i, len - i, &c);
        used = add_character(c, out, used);
    }
    return used;
}

uint64_t sg_syntax_hash(const char *norm, size_t len)
{
    uint64_t hash = sg_hash_bytes(norm, len, 0x73796e746178U);

    return (hash >> 32) == 0 ? hash | ((uint64_t) 1 << 32) : hash;
}

size_t sg_syntax_find(const sg_syntax_index *index, uint64_t hash)
{
    uint32_t mark = (uint32_t) (hash >> 32);
    size_t at = (size_t) hash & index->mask;

    while (index->slots[at].mark != 0 && index->slots[at].mark != mark)
        at = (at + 1) & index->mask;
    return at;
}

/* ---- capitals ----------------------------------------------------------------------------- */

/* 0 no letter, 1 lower case, 2 one capital letter, 3 first letter capital, 4 all capitals, 5 mixed
 */
static unsigned case_class(const char *text, size_t len)
{
    unsigned capitals = 0, small = 0;
    bool first = false;

    for (size_t i = 0; i < len;) {
        uint32_t c = (unsigned char) text[i];
        size_t n = 1;

        if (c >= 0x80)
            n = sg_utf8_decode(text + i, len - i, &c);
        if (c < 0x80 ? c >= 'A' && c <= 'Z' : sg_utf8_is_upper(c)) {
            first = first || i == 0;
            capitals++;
        } else if (c < 0x80 ? c >= 'a' && c <= 'z' : sg_utf8_is_lower(c)) {
            small++;
        }
        i += n;
    }
    if (capitals == 0)
        return small == 0 ? 0 : 1;
    if (small == 0)
        return capitals == 1 ? 2 : 4;
    return first && capitals == 1 ? 3 : 5;
}

void sg_syntax_case_add(sg_syntax_case_count *count, const char *text, size_t len)
{
    unsigned class;

    if (len < 4) /* short words stay small in titles */
        return;
    class = case_class(text, len);
    if (class == 0)
        return;
    count->words++;
    count->capital += class >= 2;
    count->upper += class == 4;
}

sg_syntax_case sg_syntax_case_of(const sg_syntax_case_count *count)
{
    if (count->words < 3)
        return SG_SYNTAX_CASE_NORMAL;
    if (count->capital == 0)
        return SG_SYNTAX_CASE_LOWER;
    if (count->upper * 10 >= count->words * 8)
        return SG_SYNTAX_CASE_UPPER;
    if (count->capital * 10 >= count->words * 8)
        return SG_SYNTAX_CASE_TITLE;
    return SG_SYNTAX_CASE_NORMAL;
}

/* X for capitals, x for small letters, d for digits, other characters as they are; runs are cut
 * to two. */
static uint64_t shape_hash(const char *text, size_t len)
{
    char shape[24];
    size_t used = 0;
    unsigned run = 0;
    char before = 0;

    for (size_t i = 0; i < len && used < sizeof shape; i++) {
        unsigned char b = (unsigned char) text[i];
        char s = (char) b;

        if (b >= 'A' && b <= 'Z')
            s = 'X';
        else if ((b >= 'a' && b <= 'z') || b >= 0xC0)
            s = 'x';
        else if (b >= '0' && b <= '9')
            s = 'd';
        else if (b >= 0x80)
            continue;
        run = s == before ? run + 1 : 1;
        before = s;
        if (run <= 2)
            shape[used++] = s;
    }
    return sg_hash_bytes(shape, used, 0x7368617065U);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static void set_clusters(uint16_t path, const uint32_t *base, uint32_t *rows)
{
    unsigned bits = 0;
    uint32_t prefix = path;

    if (path == 0)
        return;
    while ((path >> bits) > 1)
        bits++;
    if (bits > 6)
        prefix = (uint32_t) path >> (bits - 6);
    rows[SG_SYNTAX_CLUSTER] =
        base[SG_SYNTAX_CLUSTER] + (uint32_t) ((path * 0x9e3779b1U) >> 7) % 1024;
    rows[SG_SYNTAX_CLUSTER_6] = base[SG_SYNTAX_CLUSTER_6] + prefix % 128;
}

static void set_affixes(const char *norm, size_t len, const uint32_t *base, uint32_t *rows)
{
    static const struct {
        uint8_t kind, bytes;
        bool ending;
    } affixes[] = {
        { SG_SYNTAX_SUFFIX_4, 4, true },  { SG_SYNTAX_SUFFIX_3, 3, true },
        { SG_SYNTAX_SUFFIX_2, 2, true },  { SG_SYNTAX_SUFFIX_1, 1, true },
        { SG_SYNTAX_PREFIX_4, 4, false }, { SG_SYNTAX_PREFIX_3, 3, false },
        { SG_SYNTAX_PREFIX_2, 2, false },
    };

    for (size_t i = 0; i < sizeof affixes / sizeof *affixes; i++) {
        size_t n = affixes[i].bytes < len ? affixes[i].bytes : len;
        const char *from = affixes[i].ending ? norm + len - n : norm;
        uint64_t hash = sg_hash_bytes(from, n, affixes[i].kind);

        rows[affixes[i].kind] =
            base[affixes[i].kind] + (uint32_t) ((hash >> 16) % kind_rows[affixes[i].kind]);
    }
}

static void set_base(uint32_t word_rows, uint32_t base[SG_SYNTAX_FEATURES])
{
    uint32_t at = word_rows;

    for (int i = 0; i < SG_SYNTAX_FEATURES; i++) {
        base[i] = at;
        at += kind_rows[i];
    }
}

void sg_syntax_look(const sg_syntax_index *index, uint32_t word_rows, const char *text, size_t len,
                    bool first, sg_syntax_case sentence_case, sg_syntax_word *word_out)
{
    char norm[SG_SYNTAX_NORM_MAX];
    uint32_t base[SG_SYNTAX_FEATURES];
    size_t n = sg_syntax_norm(text, len, norm);
    const sg_syntax_slot *slot = &index->slots[sg_syntax_find(index, sg_syntax_hash(norm, n))];
    uint32_t *rows = word_out->rows;

    set_base(word_rows, base);
    for (int i = 0; i < SG_SYNTAX_FEATURES; i++)
        rows[i] = SG_SYNTAX_NO_ROW;
    word_out->vector = slot->mark != 0 ? slot->vector : SG_SYNTAX_NO_ROW;
    if (slot->mark != 0 && slot->word != 0)
        rows[SG_SYNTAX_WORD_ROW] = slot->word - 1U;
    if (slot->mark != 0)
        set_clusters(slot->path, base, rows);
    set_affixes(norm, n, base, rows);
    rows[SG_SYNTAX_SHAPE] =
        base[SG_SYNTAX_SHAPE] + (uint32_t) ((shape_hash(text, len) >> 16) % 512);
    rows[SG_SYNTAX_CASE] = base[SG_SYNTAX_CASE] + case_class(text, len) * 8 +
                           (unsigned) sentence_case * 2 + (first ? 1 : 0);
}

void sg_syntax_look_root(uint32_t word_rows, sg_syntax_word *word_out)
{
    uint32_t base[SG_SYNTAX_FEATURES];

    set_base(word_rows, base);
    word_out->vector = SG_SYNTAX_NO_ROW;
    for (int i = 0; i < SG_SYNTAX_FEATURES; i++)
        word_out->rows[i] = SG_SYNTAX_NO_ROW;
    word_out->rows[SG_SYNTAX_CASE] = base[SG_SYNTAX_CASE] + ROOT_ROW;
}
