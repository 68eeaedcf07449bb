#include <stdio.h>
#include <string.h>

#include "stance/utf8.h"

#include "names_train.h"

/* Reads IOB2 files into documents whose words are joined by spaces. The corpora do not agree on
 * what a name is, so gold labels become sets of labels: training then asks that the sets be
 * likely, not one label (partial annotation; Tsuboi et al. 2008). */

#define BITS_OF_TYPE(type) (0xFU << (1 + 4 * (type)))
#define BIT(label)         (1U << (label))

typedef struct reader {
    sg_names_corpus *corpus;
    sg_names_part part;
    sg_names_scheme scheme;
    float weight;
    size_t seen; /* documents */
    sg_strbuf text;
    sg_word *words;
    size_t word_capacity;
    uint8_t *types; /* 0 no name, else 1 + type; bit 7: first word of a name */
    size_t type_capacity;
    size_t word_count;
    sg_sentence *sentences;
    size_t sentence_capacity;
    size_t sentence_count;
    size_t sentence_first;
    char name[128];
} reader;

static uint8_t type_of(const char *tag)
{
    static const char *const names[SG_NAMES_TYPES] = { "PER", "ORG", "LOC", "EVENT", "MISC" };

    if (tag[0] == 'O' || tag[0] == '_' || tag[0] == 0 || tag[1] != '-')
        return 0;
    for (unsigned t = 0; t < SG_NAMES_TYPES; t++)
        if (strcmp(tag + 2, names[t]) == 0)
            return (uint8_t) ((1 + t) | (tag[0] == 'B' ? 0x80U : 0U));
    return 0;
}

static void end_sentence(reader *r)
{
    sg_sentence *sentence;

    if (r->word_count == r->sentence_first)
        return;
    SG_GROW(r->sentences, r->sentence_capacity, r->sentence_count + 1);
    sentence = &r->sentences[r->sentence_count++];
    sentence->first_word = (uint32_t) r->sentence_first;
    sentence->word_count = (uint32_t) (r->word_count - r->sentence_first);
    sentence->start = r->words[r->sentence_first].start;
    sentence->end = r->words[r->word_count - 1].end;
    sentence->paragraph = 0;
    r->sentence_first = r->word_count;
}

/* Labels with begin, inside, last, unit from runs of types. */
static void label_words(const uint8_t *types, const sg_sentence *sentence, uint8_t *labels)
{
    const size_t end = sentence->first_word + sentence->word_count;

    for (size_t i = sentence->first_word; i < end;) {
        const unsigned type = types[i] & 0x7fU;
        size_t last = i;

        if (type == 0) {
            labels[i++] = SG_NAMES_OUTSIDE;
            continue;
        }
        while (last + 1 < end && types[last + 1] == type)
            last++;
        for (size_t j = i; j <= last; j++)
            labels[j] = sg_names_label(type - 1, i == last   ? SG_NAMES_UNIT
                                                 : j == i    ? SG_NAMES_BEGIN
                                                 : j == last ? SG_NAMES_LAST
                                                             : SG_NAMES_INSIDE);
        i = last + 1;
    }
}

static void *keep(sg_arena *arena, const void *bytes, size_t size)
{
    void *const copy = sg_arena_alloc(arena, size + 1);

    memcpy(copy, bytes, size);
    return copy;
}

static void end_document(reader *r)
{
    sg_arena *const arena = r->corpus->arena;
    const bool even = r->seen % 2 == 0;
    sg_names_text *text;

    end_sentence(r);
    if (r->word_count > 0) {
        r->seen++;
        if (r->part == SG_NAMES_ALL || (r->part == SG_NAMES_EVEN) == even) {
            SG_GROW(r->corpus->texts, r->corpus->capacity, r->corpus->count + 1);
            text = &r->corpus->texts[r->corpus->count++];
            memset(text, 0, sizeof *text);
            text->name = sg_arena_strdup(arena, r->name);
            text->document.name = text->name;
            text->document.text = sg_arena_strndup(arena, r->text.data, r->text.len);
            text->document.len = r->text.len;
            text->document.words = keep(arena, r->words, r->word_count * sizeof *r->words);
            text->document.word_count = r->word_count;
            text->document.sentences =
                keep(arena, r->sentences, r->sentence_count * sizeof *r->sentences);
            text->document.sentence_count = r->sentence_count;
            text->labels = sg_arena_alloc(arena, r->word_count);
            text->allowed = sg_arena_alloc(arena, r->word_count * sizeof *text->allowed);
            for (size_t s = 0; s < r->sentence_count; s++)
                label_words(r->types, &r->sentences[s], text->labels);
            text->scheme = r->scheme;
            text->weight = r->weight;
        }
    }
    sg_strbuf_reset(&r->text);
    r->word_count = 0;
    r->sentence_count = 0;
    r->sentence_first = 0;
}

static void read_line(char *line, void *context)
{
    reader *const r = context;
    char *const tab = strchr(line, '\t');
    char *end;
    sg_word *word;

    if (tab == NULL) {
        if (strncmp(line, "# newdoc", 8) == 0) {
            end_document(r);
            snprintf(r->name, sizeof r->name, "%s", line + 8);
        } else if (line[0] == 0) {
            end_sentence(r);
        }
        return;
    }
    SG_GROW(r->words, r->word_capacity, r->word_count + 1);
    SG_GROW(r->types, r->type_capacity, r->word_count + 1);
    *tab = 0;
    end = strchr(tab + 1, '\t');
    if (end != NULL)
        *end = 0;
    r->types[r->word_count] = type_of(tab + 1);
    word = &r->words[r->word_count++];
    memset(word, 0, sizeof *word);
    word->start = (uint32_t) r->text.len;
    sg_strbuf_puts(&r->text, line);
    word->end = (uint32_t) r->text.len;
    word->space_after = true;
    sg_strbuf_putc(&r->text, ' ');
}

void sg_names_corpus_init(sg_names_corpus *corpus)
{
    memset(corpus, 0, sizeof *corpus);
    corpus->arena = sg_arena_new();
}

void sg_names_corpus_clear(sg_names_corpus *corpus)
{
    sg_arena_free(corpus->arena);
    sg_free(corpus->texts);
    memset(corpus, 0, sizeof *corpus);
}

sg_status sg_names_corpus_read(sg_names_corpus *corpus, const char *path, sg_names_part part,
                               sg_names_scheme scheme, float weight, sg_error *err)
{
    reader r = { .corpus = corpus, .part = part, .scheme = scheme, .weight = weight };
    const sg_status status = sg_names_read_lines(path, read_line, &r, err);

    if (status == SG_OK)
        end_document(&r);
    sg_strbuf_clear(&r.text);
    sg_free(r.words);
    sg_free(r.types);
    sg_free(r.sentences);
    return status;
}

/* ---- headlines ------------------------------------------------------------------------------ */

static char ascii_upper(char c)
{
    return (char) (c >= 'a' && c <= 'z' ? c - 32 : c);
}

static void recase(char *text, const sg_word *word, sg_names_case how)
{
    const size_t end = how == SG_NAMES_SHOUTED ? word->end : word->start + 1U;

    if (how == SG_NAMES_TITLED && word->end - word->start < 4)
        return;
    for (size_t i = word->start; i < end; i++)
        text[i] = ascii_upper(text[i]);
}

static void add_recased(sg_names_corpus *corpus, const sg_names_text *from, sg_names_case how,
                        size_t start, size_t step)
{
    sg_names_text text = *from;
    char *const bytes = keep(corpus->arena, from->document.text, from->document.len + 1);
    sg_sentence *const sentences = sg_arena_alloc(
        corpus->arena, (from->document.sentence_count + 1) * sizeof *text.document.sentences);
    size_t count = 0;

    for (size_t s = start; s < from->document.sentence_count; s += step) {
        const sg_sentence *const sentence = &from->document.sentences[s];

        for (size_t i = 0; i < sentence->word_count; i++)
            recase(bytes, &from->document.words[sentence->first_word + i], how);
        sentences[count++] = *sentence;
    }
    text.document.text = bytes;
    text.weight *= 0.5F; /* most text is no headline */
    text.document.sentences = sentences;
    text.document.sentence_count = count;
    text.allowed =
        sg_arena_alloc(corpus->arena, (from->document.word_count + 1) * sizeof *text.allowed);
    SG_GROW(corpus->texts, corpus->capacity, corpus->count + 1);
    corpus->texts[corpus->count++] = text;
}

void sg_names_corpus_recase(sg_names_corpus *corpus, size_t count, sg_names_case how, size_t start,
                            size_t step)
{
    for (size_t i = 0; i < count; i++) {
        const sg_names_text from = corpus->texts[i];

        if (start < from.document.sentence_count)
            add_recased(corpus, &from, how, start, step);
    }
}

/* ---- what agrees with the gold ------------------------------------------------------------- */

static uint32_t of_name(unsigned label, sg_names_scheme scheme)
{
    const unsigned type = sg_names_label_type(label);
    const unsigned place = sg_names_label_place(label);
    const uint32_t own = BIT(label);

    if (scheme == SG_NAMES_NO_EVENT && type == SG_ENTITY_OTHER)
        return own | BIT(sg_names_label(SG_ENTITY_EVENT, place));
    if (scheme == SG_NAMES_DERIVED && type >= SG_ENTITY_EVENT)
        return own | BIT(SG_NAMES_OUTSIDE);
    return own;
}

static uint32_t of_no_name(const sg_names_text *text, size_t i, const sg_names_lexicon *lexicon)
{
    const sg_word *const word = &text->document.words[i];
    const char *const form = sg_document_at(&text->document, word->start);
    const size_t len = word->end - word->start;
    uint32_t c = 0;
    char lower[64];
    size_t n = 0;

    sg_utf8_decode(form, len, &c);
    if (text->scheme == SG_NAMES_DERIVED) {
        for (; n < len && n < sizeof lower; n++)
            lower[n] = (char) (form[n] >= 'A' && form[n] <= 'Z' ? form[n] + 32 : form[n]);
        if ((sg_names_lexicon_word(lexicon, sg_names_hash(0, lower, n)).flags & SG_NAMES_DEMONYM) !=
            0)
            return BIT(SG_NAMES_OUTSIDE) | BITS_OF_TYPE(SG_ENTITY_OTHER);
        return BIT(SG_NAMES_OUTSIDE);
    }
    if (text->scheme < SG_NAMES_THREE)
        return BIT(SG_NAMES_OUTSIDE);
    if (!sg_utf8_is_upper(c) && !sg_utf8_is_digit(c) && len > 3)
        return BIT(SG_NAMES_OUTSIDE);
    return BIT(SG_NAMES_OUTSIDE) | BITS_OF_TYPE(SG_ENTITY_EVENT) | BITS_OF_TYPE(SG_ENTITY_OTHER);
}

void sg_names_corpus_allow(sg_names_text *text, const sg_names_lexicon *lexicon)
{
    if (text->scheme == SG_NAMES_ACTORS)
        return; /* set when it was read */
    for (size_t i = 0; i < text->document.word_count; i++)
        text->allowed[i] = text->labels[i] == SG_NAMES_OUTSIDE
                               ? of_no_name(text, i, lexicon)
                               : of_name(text->labels[i], text->scheme);
}
