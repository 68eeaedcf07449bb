#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "language_internal.h"
#include "lemma_internal.h"
#include "syntax_internal.h"

/* Curly quotes as straight ones; other characters stay. Both copies have the same length, so a
 * character whose lower case is longer or shorter stays as it is. */
static size_t add_character(sg_lemma_query *q, size_t used, const char *text, size_t n, uint32_t c)
{
    char low[4];
    size_t low_len;

    if (c == 0x2018 || c == 0x2019) {
        q->form[used] = q->low[used] = '\'';
        return used + 1;
    }
    low_len = sg_utf8_encode(sg_utf8_to_lower(c), low);
    memcpy(q->form + used, text, n);
    memcpy(q->low + used, low_len == n ? low : text, n);
    return used + n;
}

bool sg_lemma_query_init(sg_lemma_query *q, const char *text, size_t len, uint8_t xpos)
{
    size_t capitals = 0, small = 0;
    size_t used = 0;

    if (len == 0 || len > SG_LEMMA_FORM_MAX)
        return false;
    for (size_t i = 0; i < len;) {
        uint32_t c = (unsigned char) text[i];
        size_t n = 1;

        if (c < 0x80) {
            bool upper = c >= 'A' && c <= 'Z';

            q->form[used] = text[i];
            q->low[used++] = (char) (upper ? c + 32 : c);
            capitals += upper;
            small += c >= 'a' && c <= 'z';
        } else {
            n = sg_utf8_decode(text + i, len - i, &c);
            capitals += sg_utf8_is_upper(c);
            small += sg_utf8_is_lower(c);
            used = add_character(q, used, text + i, n, c);
        }
        i += n;
    }
    q->len = used;
    q->xpos = xpos;
    q->style = capitals == 0                ? SG_LEMMA_SMALL
               : small == 0 && capitals > 1 ? SG_LEMMA_ALL_CAPITALS
                                            : SG_LEMMA_CAPITAL;
    if (q->style == SG_LEMMA_CAPITAL && xpos >= SG_XPOS_VB && xpos <= SG_XPOS_VBZ) {
        q->style = SG_LEMMA_SMALL; /* a verb is no name: "Calling" begins a sentence */
        memcpy(q->form, q->low, used);
    }
    return true;
}

static uint64_t key(const char *text, size_t len, uint8_t xpos, unsigned kind)
{
    /* Spread over all bits: the hash mixes the seed with the first bytes of the text, so that small
     * seeds would make "is" of one kind equal to "as" of another. */
    uint64_t seed = (0x6c656d6d61U + xpos * (uint64_t) 64 + kind) * 0x9e3779b97f4a7c15U;
    uint64_t hash = sg_hash_bytes(text, len, seed);

    return (hash >> 32) == 0 ? hash | ((uint64_t) 1 << 32) : hash;
}

uint64_t sg_lemma_word_hash(const sg_lemma_query *q, bool with_style)
{
    return key(q->low, q->len, q->xpos, with_style ? 1U + q->style : 0U);
}

uint64_t sg_lemma_ending_hash(const sg_lemma_query *q, size_t n)
{
    return key(q->low + q->len - n, n, q->xpos, 8U + q->style);
}

uint16_t sg_lemma_find(const sg_lemma_slot *slots, size_t mask, uint64_t hash)
{
    uint32_t mark = (uint32_t) (hash >> 32);
    size_t at = (size_t) hash & mask;

    while (slots[at].mark != 0 && slots[at].mark != mark)
        at = (at + 1) & mask;
    return slots[at].mark != 0 ? slots[at].rule : SG_LEMMA_NO_RULE;
}

size_t sg_lemma_apply(const sg_lemma_rule *rule, const sg_lemma_query *q, char *out)
{
    const char *base = rule->lower != 0 ? q->low : q->form;
    size_t kept = rule->cut < q->len ? q->len - rule->cut : 0;
    size_t added = rule->add_len;

    /* A rule learned from other words may cut inside a character, or leave nothing. */
    if ((kept < q->len && ((unsigned char) base[kept] & 0xC0) == 0x80) || kept + added == 0) {
        kept = q->len;
        added = 0;
    }
    memcpy(out, base, kept);
    memcpy(out + kept, rule->add, added);
    out[kept + added] = '\0';
    return kept + added;
}

/* ---- running ------------------------------------------------------------------------------- */

typedef struct lemma_table {
    const sg_lemma_slot *slots;
    size_t mask;
    const sg_lemma_rule *rules;
    size_t rule_count;
} lemma_table;

static sg_status table_open(const sg_model *model, lemma_table *table, sg_error *err)
{
    const void *bytes = NULL;
    size_t size = 0;
    bool room = false;
    sg_status status = sg_model_need(model, "lemma.table", &bytes, &size, err);

    if (status != SG_OK)
        return status;
    table->slots = bytes;
    table->mask = size / sizeof *table->slots - 1;
    if (size == 0 || size % sizeof *table->slots != 0 || (table->mask & (table->mask + 1)) != 0)
        return sg_error_set(err, SG_ERR_INPUT, "the language model's lemma table has a wrong size");
    status = sg_model_need(model, "lemma.rules", &bytes, &size, err);
    if (status != SG_OK)
        return status;
    table->rules = bytes;
    table->rule_count = size / sizeof *table->rules;
    for (size_t i = 0; i <= table->mask && !room; i++)
        room = table->slots[i].mark == 0; /* a look-up ends at an empty slot */
    for (size_t i = 0; i < table->rule_count; i++)
        room = room && table->rules[i].add_len <= SG_LEMMA_ADD_MAX;
    return room ? SG_OK
                : sg_error_set(err, SG_ERR_INPUT, "the language model's lemma table is damaged");
}

static const sg_lemma_rule *find_rule(const lemma_table *table, const sg_lemma_query *q)
{
    uint16_t rule = sg_lemma_find(table->slots, table->mask, sg_lemma_word_hash(q, true));
    size_t n = q->len < SG_LEMMA_ENDING_MAX ? q->len : SG_LEMMA_ENDING_MAX;

    if (rule == SG_LEMMA_NO_RULE)
        rule = sg_lemma_find(table->slots, table->mask, sg_lemma_word_hash(q, false));
    for (;; n--) {
        if (rule != SG_LEMMA_NO_RULE || n == SIZE_MAX)
            break;
        rule = sg_lemma_find(table->slots, table->mask, sg_lemma_ending_hash(q, n));
    }
    return rule < table->rule_count ? &table->rules[rule] : NULL;
}

sg_status sg_lemma_run(const sg_model *model, sg_annotation *annotation, sg_arena *arena,
                       sg_error *err)
{
    const sg_document *document = annotation->document;
    lemma_table table = { NULL, 0, NULL, 0 };
    sg_status status = table_open(model, &table, err);

    for (size_t w = 0; w < document->word_count && status == SG_OK; w++) {
        const char *text = sg_document_at(document, document->words[w].start);
        size_t len = document->words[w].end - document->words[w].start;
        char lemma[SG_LEMMA_FORM_MAX + SG_LEMMA_ADD_MAX + 1];
        const sg_lemma_rule *rule;
        sg_lemma_query q;

        if (sg_lemma_query_init(&q, text, len, annotation->words[w].xpos) &&
            (rule = find_rule(&table, &q)) != NULL) {
            text = lemma;
            len = sg_lemma_apply(rule, &q, lemma);
        }
        annotation->words[w].lemma = sg_arena_strndup(arena, text, len);
    }
    return status;
}
