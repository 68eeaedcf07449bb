/* The stage of lemmas: counts which rule each word and each word ending takes under each tag, and
 * keeps what cannot be told from a shorter ending. */

#include <stdlib.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"
#include "stance/strbuf.h"

#include "../language/language_internal.h"
#include "../language/lemma_internal.h"
#include "stages.h"
#include "treebank.h"
#include "verb_forms.h"

static const char *const train_files[] = { "ud/ewt-train.conllu", "ud/gum-train.conllu" };
static const char *const dev_files[] = { "ud/ewt-dev.conllu", "ud/gum-dev.conllu" };
#define DEV_COUNT (sizeof dev_files / sizeof *dev_files)

/* Levels of the look-up, from the most particular to the least: the word as it is written, the
 * word, then endings from the longest to none. */
#define LEVELS (2 + SG_LEMMA_ENDING_MAX + 1)

/* A rule must serve so many different words before endings may lead to it: what one name or one
 * misspelling needs says nothing of other words. */
#define MIN_WORDS 3

typedef struct lemma_trainer {
    sg_arena *arena;
    sg_treebank bank;
    sg_map *rules;          /* bytes of a rule -> number */
    sg_map *served;         /* rule and word -> 1 */
    sg_map *words;          /* rule -> different words */
    sg_map *counts[LEVELS]; /* key hash and rule -> times seen */
    sg_map *best[LEVELS];   /* key hash -> times seen << 16 | rule */
    sg_map *kept;           /* key hash -> rule */
} lemma_trainer;

/* The key of a level, or 0 where the word is shorter than the ending. */
static uint64_t level_key(const sg_lemma_query *q, int level)
{
    size_t n;

    if (level < 2)
        return sg_lemma_word_hash(q, level == 0);
    n = (size_t) (LEVELS - 1 - level);
    return n <= q->len ? sg_lemma_ending_hash(q, n) : 0;
}

/* ---- rules --------------------------------------------------------------------------------- */

static size_t common_start(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t n = 0;

    while (n < a_len && n < b_len && a[n] == b[n])
        n++;
    while (n > 0 && n < a_len && ((unsigned char) a[n] & 0xC0) == 0x80)
        n--; /* not inside a character */
    return n;
}

/* The rule that makes `lemma` of the word; false if it would have to add too much. */
static bool rule_of(const sg_lemma_query *q, const char *lemma, sg_lemma_rule *rule)
{
    size_t len = strlen(lemma);
    size_t as_is = common_start(q->form, q->len, lemma, len);
    size_t lowered = common_start(q->low, q->len, lemma, len);
    bool proper = q->xpos == SG_XPOS_NNP || q->xpos == SG_XPOS_NNPS;
    bool lower = proper ? lowered > as_is : lowered >= as_is;
    size_t kept = lower ? lowered : as_is;

    memset(rule, 0, sizeof *rule);
    if (len - kept > SG_LEMMA_ADD_MAX || q->len - kept > UINT8_MAX)
        return false;
    rule->cut = (uint8_t) (q->len - kept);
    rule->lower = lower;
    rule->add_len = (uint8_t) (len - kept);
    memcpy(rule->add, lemma + kept, len - kept);
    return true;
}

static void count(lemma_trainer *t, int level, uint64_t hash, uint64_t rule)
{
    uint64_t pair[2] = { hash, rule };
    uint64_t *seen = sg_map_slot(t->counts[level], (const char *) pair, sizeof pair, 0);
    uint64_t *best = sg_map_slot(t->best[level], (const char *) &hash, sizeof hash, 0);

    ++*seen;
    if (*seen > *best >> 16)
        *best = *seen << 16 | rule;
}

typedef void word_function(lemma_trainer *t, const sg_lemma_query *q, uint64_t rule);

static void for_each_word(lemma_trainer *t, word_function *run)
{
    for (size_t s = 0; s < t->bank.count; s++) {
        for (size_t i = 0; i < t->bank.sentences[s].count; i++) {
            const sg_tree_word *word = &t->bank.sentences[s].words[i];
            uint64_t number = sg_map_size(t->rules);
            sg_lemma_rule rule;
            sg_lemma_query q;

            if (word->lemma == NULL || word->xpos == SG_XPOS_COUNT ||
                !sg_lemma_query_init(&q, word->form, strlen(word->form), word->xpos) ||
                !rule_of(&q, word->lemma, &rule))
                continue;
            number = *sg_map_slot(t->rules, (const char *) &rule, sizeof rule, number);
            run(t, &q, number);
        }
    }
}

static void note_word(lemma_trainer *t, const sg_lemma_query *q, uint64_t rule)
{
    uint64_t pair[2] = { sg_lemma_word_hash(q, false), rule };

    if (sg_map_put(t->served, (const char *) pair, sizeof pair, 1))
        ++*sg_map_slot(t->words, (const char *) &rule, sizeof rule, 0);
}

static void count_word(lemma_trainer *t, const sg_lemma_query *q, uint64_t rule)
{
    uint64_t words = 0;

    (void) sg_map_find(t->words, (const char *) &rule, sizeof rule, &words);
    for (int level = 0; level < LEVELS; level++) {
        uint64_t hash = level_key(q, level);

        if (hash != 0 && (level < 2 || words >= MIN_WORDS))
            count(t, level, hash, rule);
    }
}

/* ---- what is kept --------------------------------------------------------------------------- */

static uint64_t best_rule(const lemma_trainer *t, int level, uint64_t hash)
{
    uint64_t best = SG_LEMMA_NO_RULE;

    if (hash != 0)
        (void) sg_map_find(t->best[level], (const char *) &hash, sizeof hash, &best);
    return best & 0xFFFF;
}

/* From the least particular level up: a key is kept if the keys kept so far give another rule. */
static void keep_level(lemma_trainer *t, int level)
{
    for (size_t s = 0; s < t->bank.count; s++) {
        for (size_t i = 0; i < t->bank.sentences[s].count; i++) {
            const sg_tree_word *word = &t->bank.sentences[s].words[i];
            uint64_t rule, found = SG_LEMMA_NO_RULE, hash;
            sg_lemma_query q;

            if (word->lemma == NULL || word->xpos == SG_XPOS_COUNT ||
                !sg_lemma_query_init(&q, word->form, strlen(word->form), word->xpos))
                continue;
            hash = level_key(&q, level);
            rule = best_rule(t, level, hash);
            if (rule == SG_LEMMA_NO_RULE)
                continue;
            for (int l = level + 1; l < LEVELS && found == SG_LEMMA_NO_RULE; l++) {
                uint64_t key = level_key(&q, l);

                if (key != 0)
                    (void) sg_map_find(t->kept, (const char *) &key, sizeof key, &found);
            }
            if (rule != found)
                (void) sg_map_put(t->kept, (const char *) &hash, sizeof hash, rule);
        }
    }
}

static sg_lemma_slot *make_table(const lemma_trainer *t, size_t *slots_out)
{
    size_t slots = 1024;
    sg_lemma_slot *table;

    while (slots < sg_map_size(t->kept) * 3 / 2)
        slots *= 2;
    table = sg_calloc(slots, sizeof *table);
    for (size_t i = 0; i < sg_map_size(t->kept); i++) {
        uint64_t rule = 0, hash = 0;
        size_t at;

        memcpy(&hash, sg_map_entry(t->kept, i, NULL, &rule), sizeof hash);
        at = (size_t) hash & (slots - 1);
        while (table[at].mark != 0)
            at = (at + 1) & (slots - 1);
        table[at] = (sg_lemma_slot){ (uint32_t) (hash >> 32), (uint16_t) rule, 0 };
    }
    *slots_out = slots;
    return table;
}

static sg_lemma_rule *make_rules(const lemma_trainer *t)
{
    sg_lemma_rule *rules = sg_calloc(sg_map_size(t->rules), sizeof *rules);

    for (size_t i = 0; i < sg_map_size(t->rules); i++)
        memcpy(&rules[i], sg_map_entry(t->rules, i, NULL, NULL), sizeof *rules);
    return rules;
}

/* ---- scores --------------------------------------------------------------------------------- */

static bool is_right(const sg_lemma_slot *table, size_t mask, const sg_lemma_rule *rules,
                     const sg_tree_word *word)
{
    char lemma[SG_LEMMA_FORM_MAX + SG_LEMMA_ADD_MAX + 1];
    uint16_t rule = SG_LEMMA_NO_RULE;
    sg_lemma_query q;

    if (!sg_lemma_query_init(&q, word->form, strlen(word->form), word->xpos))
        return strcmp(word->form, word->lemma) == 0;
    for (int level = 0; level < LEVELS && rule == SG_LEMMA_NO_RULE; level++) {
        uint64_t hash = level_key(&q, level);

        if (hash != 0)
            rule = sg_lemma_find(table, mask, hash);
    }
    if (rule == SG_LEMMA_NO_RULE)
        return strcmp(word->form, word->lemma) == 0;
    (void) sg_lemma_apply(&rules[rule], &q, lemma);
    return strcmp(lemma, word->lemma) == 0;
}

static sg_status measure(lemma_trainer *t, const sg_train_options *options,
                         const sg_lemma_slot *table, size_t slots, const sg_lemma_rule *rules,
                         sg_strbuf *about, sg_error *err)
{
    for (size_t d = 0; d < DEV_COUNT; d++) {
        sg_treebank dev = { NULL, 0, 0, 0 };
        size_t right = 0, words = 0;
        sg_status status = sg_treebank_read(options->corpora, dev_files[d], t->arena, &dev, err);

        if (status != SG_OK)
            return status;
        for (size_t s = 0; s < dev.count; s++) {
            for (size_t i = 0; i < dev.sentences[s].count; i++) {
                const sg_tree_word *word = &dev.sentences[s].words[i];

                words++;
                right += word->lemma == NULL || is_right(table, slots - 1, rules, word);
            }
        }
        sg_strbuf_printf(about, "%s: lemmas with given tags %.2f\n", dev_files[d],
                         100.0 * (double) right / (double) words);
    }
    return SG_OK;
}

static sg_status train(lemma_trainer *t, const sg_train_options *options, sg_model_writer *writer,
                       sg_error *err)
{
    sg_strbuf about = SG_STRBUF_INIT;
    sg_status status = SG_OK;
    sg_lemma_slot *table;
    sg_lemma_rule *rules;
    size_t slots = 0;

    for (size_t i = 0; i < sizeof train_files / sizeof *train_files && status == SG_OK; i++)
        status = sg_treebank_read(options->corpora, train_files[i], t->arena, &t->bank, err);
    if (status != SG_OK)
        return status;
    sg_verb_forms_append(t->arena, &t->bank);
    for_each_word(t, note_word);
    for_each_word(t, count_word);
    for (int level = LEVELS - 1; level >= 0; level--)
        keep_level(t, level);
    table = make_table(t, &slots);
    rules = make_rules(t);
    sg_strbuf_puts(&about, "Learned from UD_English-EWT train (CC BY-SA 4.0) and the free genres "
                           "of UD_English-GUM train (annotation CC BY 4.0), "
                           "and from the verbs of this program's word lists.\n");
    status = measure(t, options, table, slots, rules, &about, err);
    sg_model_writer_put(writer, "lemma.table", table, slots * sizeof *table);
    sg_model_writer_put(writer, "lemma.rules", rules, sg_map_size(t->rules) * sizeof *rules);
    sg_model_writer_describe(writer, "lemma", sg_strbuf_text(&about));
    sg_train_report("lemmas: %zu rules, %zu keys; %s", sg_map_size(t->rules), sg_map_size(t->kept),
                    sg_strbuf_text(&about));
    sg_free(table);
    sg_free(rules);
    sg_strbuf_clear(&about);
    return status;
}

sg_status sg_train_lemmas(const sg_train_options *options, sg_model_writer *writer, sg_error *err)
{
    lemma_trainer t = { .arena = sg_arena_new(),
                        .rules = sg_map_new(),
                        .served = sg_map_new(),
                        .words = sg_map_new(),
                        .kept = sg_map_new() };
    sg_status status;

    for (int level = 0; level < LEVELS; level++) {
        t.counts[level] = sg_map_new();
        t.best[level] = sg_map_new();
    }
    status = train(&t, options, writer, err);
    for (int level = 0; level < LEVELS; level++) {
        sg_map_free(t.counts[level]);
        sg_map_free(t.best[level]);
    }
    sg_map_free(t.rules);
    sg_map_free(t.served);
    sg_map_free(t.words);
    sg_map_free(t.kept);
    sg_arena_free(t.arena);
    return status;
}
