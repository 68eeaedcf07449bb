/* Trains the sentence splitter and writes its weights as C.
 *
 * Each gap between two words of a paragraph is an example; a gap ends a sentence or does not.
 * Logistic regression by stochastic gradient descent with per-weight step sizes (AdaGrad, Duchi et
 * al. 2011), L2 towards zero, over EWT and GUM train; the weights of the last epochs are averaged.
 * The words are those of our own tokenizer on the reconstructed text, as in use. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/document.h"
#include "stance/file.h"
#include "stance/mem.h"
#include "stance/strbuf.h"

#include "../text/text_sentence_internal.h"
#include "stages.h"

#define OUTPUT "src/text/sentence_weights.c"

#define EPOCHS    12
#define AVERAGED  6 /* of the last epochs */
#define STEP      0.25
#define SHRINK    1e-6
#define DROPPED   0.5
#define PER_POINT 0.08 /* log-odds of one point of the stored weights */

/* A treebank as text, with the places where its sentences end. */
typedef struct treebank {
    sg_strbuf text;
    bool *ends; /* by byte offset */
    size_t end_capacity;
    sg_arena *arena;
    sg_document *document;
} treebank;

/* ---- reading CoNLL-U */

static void append_token(treebank *bank, const char *form, size_t len, bool space)
{
    char last = bank->text.len > 0 ? bank->text.data[bank->text.len - 1] : '\n';

    if (space && last != '\n')
        sg_strbuf_putc(&bank->text, ' ');
    sg_strbuf_append(&bank->text, form, len);
}

static void end_sentence(treebank *bank)
{
    size_t before = bank->end_capacity;

    SG_GROW(bank->ends, bank->end_capacity, bank->text.len + 1);
    memset(bank->ends + before, 0, (bank->end_capacity - before) * sizeof *bank->ends);
    bank->ends[bank->text.len] = true;
}

/* One line of CoNLL-U: the text of tokens, the breaks of documents and paragraphs. */
static void read_line(treebank *bank, const char *line, size_t len, bool *space, long *covered)
{
    const char *form;
    const char *form_end;
    char *dash = NULL;
    long id;

    if (len == 0) {
        end_sentence(bank);
        *covered = 0;
        return;
    }
    if (line[0] == '#') {
        bool break_here = strncmp(line, "# newdoc", 8) == 0 || strncmp(line, "# newpar", 8) == 0;

        if (break_here && bank->text.len > 0 && bank->text.data[bank->text.len - 1] != '\n')
            sg_strbuf_puts(&bank->text, "\n\n");
        return;
    }
    id = strtol(line, &dash, 10);
    form = memchr(line, '\t', len);
    if (form == NULL || *dash == '.' || (*dash == '\t' && id <= *covered))
        return;
    if (*dash == '-')
        *covered = strtol(dash + 1, NULL, 10);
    form++;
    form_end = memchr(form, '\t', len - (size_t) (form - line));
    if (form_end == NULL)
        return;
    append_token(bank, form, (size_t) (form_end - form), *space);
    *space = true;
    for (const char *at = form_end; at + 13 <= line + len; at++) {
        if (memcmp(at, "SpaceAfter=No", 13) == 0)
            *space = false;
    }
}

static sg_status treebank_read(treebank *bank, const char *folder, const char *name, sg_error *err)
{
    sg_strbuf path = SG_STRBUF_INIT;
    sg_strbuf file = SG_STRBUF_INIT;
    bool space = true;
    long covered = 0;
    sg_status status;

    memset(bank, 0, sizeof *bank);
    bank->arena = sg_arena_new();
    sg_strbuf_printf(&path, "%s/ud/%s.conllu", folder, name);
    status = sg_file_read(path.data, 0, &file, err);
    for (size_t at = 0; status == SG_OK && at < file.len;) {
        const char *stop = memchr(file.data + at, '\n', file.len - at);
        size_t len = stop != NULL ? (size_t) (stop - file.data) - at : file.len - at;

        read_line(bank, file.data + at, len, &space, &covered);
        at += len + 1;
    }
    if (status == SG_OK)
        status = sg_document_read(path.data, sg_strbuf_text(&bank->text), bank->text.len,
                                  bank->arena, &bank->document, err);
    sg_strbuf_clear(&path);
    sg_strbuf_clear(&file);
    return status;
}

static void treebank_clear(treebank *bank)
{
    sg_strbuf_clear(&bank->text);
    sg_free(bank->ends);
    sg_arena_free(bank->arena);
}

/* ---- examples */

typedef struct example {
    uint32_t features[SG_SENTENCE_FEATURES];
    uint8_t count;
    bool ends;
} example;

typedef struct example_list {
    example *items;
    size_t count;
    size_t capacity;
} example_list;

static void add_paragraph(const treebank *bank, const sg_paragraph *p, example_list *list)
{
    const sg_document *d = bank->document;
    const sg_sentence *last = &d->sentences[p->first_sentence + p->sentence_count - 1];
    size_t first = d->sentences[p->first_sentence].first_word;
    size_t end = last->first_word + last->word_count;
    sg_sentence_walk walk;
    bool more = true;

    sg_sentence_walk_init(&walk, d->text, d->words, first, end);
    while (more) {
        const sg_word *w = &d->words[walk.at];
        bool ends = w->end < bank->end_capacity && bank->ends[w->end];
        if (sg_sentence_walk_is_open(&walk)) {
            example *e;

            SG_GROW(list->items, list->capacity, list->count + 1);
            e = &list->items[list->count++];
            e->count = (uint8_t) sg_sentence_walk_features(&walk, e->features);
            e->ends = ends;
        }
        more = walk.at + 1 < walk.end;
        if (more)
            (void) sg_sentence_walk_next(&walk, ends);
    }
}

static void add_examples(const treebank *bank, example_list *list)
{
    for (size_t i = 0; i < bank->document->paragraph_count; i++) {
        if (bank->document->paragraphs[i].sentence_count > 0)
            add_paragraph(bank, &bank->document->paragraphs[i], list);
    }
}

/* ---- learning */

static double score_of(const example *e, const double *weights)
{
    double score = 0.0;

    for (size_t i = 0; i < e->count; i++)
        score += weights[e->features[i]];
    return score;
}

/* The example without a part of its features, so that no weight relies on a rare word beside it
 * (Hinton et al. 2012, "dropout"). */
static example drop_features(const example *e, sg_random *random)
{
    example kept = { .count = 0, .ends = e->ends };

    for (size_t i = 0; i < e->count; i++) {
        if (sg_random_unit(random) >= DROPPED)
            kept.features[kept.count++] = e->features[i];
    }
    return kept;
}

static void learn(const example_list *list, uint64_t seed, int epochs, double *average)
{
    double *weights = sg_calloc(SG_SENTENCE_WEIGHTS, sizeof *weights);
    double *squares = sg_calloc(SG_SENTENCE_WEIGHTS, sizeof *squares);
    uint32_t *order = sg_calloc(list->count, sizeof *order);
    sg_random random;

    sg_random_init(&random, seed);
    for (uint32_t i = 0; i < list->count; i++)
        order[i] = i;
    for (int epoch = 1; epoch <= epochs; epoch++) {
        double loss = 0.0;

        for (size_t i = list->count; i > 1; i--) {
            uint32_t other = sg_random_below(&random, (uint32_t) i);
            uint32_t swap = order[i - 1];

            order[i - 1] = order[other];
            order[other] = swap;
        }
        for (size_t i = 0; i < list->count; i++) {
            example kept = drop_features(&list->items[order[i]], &random);
            const example *e = &kept;
            double probability = 1.0 / (1.0 + exp(-score_of(e, weights)));
            double error = probability - (e->ends ? 1.0 : 0.0);

            loss -= log(e->ends ? probability + 1e-12 : 1.0 - probability + 1e-12);
            for (size_t k = 0; k < e->count; k++) {
                uint32_t f = e->features[k];
                double gradient = error + SHRINK * weights[f];

                squares[f] += gradient * gradient;
                weights[f] -= STEP * gradient / sqrt(squares[f] + 1e-8);
            }
        }
        sg_train_report("sentences: epoch %d of %d, loss %.4f", epoch, epochs,
                        loss / (double) list->count);
        if (epoch > epochs - AVERAGED) {
            for (size_t k = 0; k < SG_SENTENCE_WEIGHTS; k++)
                average[k] += weights[k] / (epochs < AVERAGED ? epochs : AVERAGED);
        }
    }
    sg_free(weights);
    sg_free(squares);
    sg_free(order);
}

static int8_t stored(double weight)
{
    double points = weight / PER_POINT;

    points = points > 127.0 ? 127.0 : points < -127.0 ? -127.0 : points;
    return (int8_t) lround(points);
}

static sg_status write_weights(const char *path, const double *weights, sg_error *err)
{
    sg_strbuf out = SG_STRBUF_INIT;
    sg_status status;

    sg_strbuf_puts(&out, "/* Made by 'stance-train sentences' from the EWT and GUM treebanks "
                         "(train parts). Do not edit. */\n\n"
                         "#include \"text_sentence_internal.h\"\n\n"
                         "/* clang-format off */\n"
                         "const int8_t sg_sentence_weights[SG_SENTENCE_WEIGHTS] = {\n");
    for (size_t i = 0; i < SG_SENTENCE_WEIGHTS; i++)
        sg_strbuf_printf(&out, "%d,%s", stored(weights[i]), i % 32 == 31 ? "\n" : "");
    sg_strbuf_puts(&out, "};\n/* clang-format on */\n");
    status = sg_file_write(path, out.data, out.len, err);
    sg_strbuf_clear(&out);
    return status;
}

static double dev_score(const treebank *bank, const double *weights)
{
    example_list list = { NULL, 0, 0 };
    size_t right = 0, found = 0, gold = 0;

    add_examples(bank, &list);
    for (size_t i = 0; i < list.count; i++) {
        bool ends = score_of(&list.items[i], weights) > 0.0;

        right += ends && list.items[i].ends;
        found += ends;
        gold += list.items[i].ends;
    }
    sg_free(list.items);
    return 200.0 * (double) right / (double) (found + gold > 0 ? found + gold : 1);
}

static void describe(const treebank *banks, const double *weights, sg_model_writer *writer)
{
    sg_strbuf text = SG_STRBUF_INIT;

    sg_strbuf_printf(
        &text,
        "UD English EWT and GUM, train parts (CC BY-SA 4.0, CC BY 4.0); F1 of sentence "
        "ends on dev: EWT %.2f, GUM %.2f",
        dev_score(&banks[2], weights), dev_score(&banks[3], weights));
    sg_train_report("sentences: %s", text.data);
    sg_model_writer_describe(writer, "sentences", text.data);
    sg_strbuf_clear(&text);
}

sg_status sg_train_sentences(const sg_train_options *options, sg_model_writer *writer,
                             sg_error *err)
{
    static const char *const parts[] = { "ewt-train", "gum-train", "ewt-dev", "gum-dev" };
    double *weights = sg_calloc(SG_SENTENCE_WEIGHTS, sizeof *weights);
    example_list list = { NULL, 0, 0 };
    treebank banks[4];
    size_t read = 0;
    sg_status status = SG_OK;

    while (status == SG_OK && read < 4) {
        status = treebank_read(&banks[read], options->corpora, parts[read], err);
        read++;
    }
    if (status == SG_OK) {
        add_examples(&banks[0], &list);
        add_examples(&banks[1], &list);
        sg_train_report("sentences: %zu gaps between words", list.count);
        learn(&list, options->seed, options->epochs > 0 ? options->epochs : EPOCHS, weights);
        describe(banks, weights, writer);
        status = write_weights(OUTPUT, weights, err);
    }
    while (read-- > 0)
        treebank_clear(&banks[read]);
    sg_free(list.items);
    sg_free(weights);
    return status;
}
