#include "stance/annotation_io.h"

/* A document out of words that someone else has cut. Its text is made up: the words with a space
 * between them, and none inside multi-word tokens. */

#include <stdlib.h>
#include <string.h>

#include "stance/strbuf.h"

typedef struct token_reader {
    sg_arena *arena;
    sg_strbuf text;
    sg_word *words;
    size_t word_count, word_capacity;
    sg_sentence *sentences;
    size_t sentence_count, sentence_capacity;
    size_t sentence_start;      /* first word of the sentence being read */
    unsigned long number;       /* of the word within the sentence */
    unsigned long joined_until; /* last word of the multi-word token */
} token_reader;

static void end_sentence(token_reader *r)
{
    size_t count = r->word_count - r->sentence_start;
    sg_sentence *sentence;

    r->number = 0;
    r->joined_until = 0;
    if (count == 0)
        return;
    SG_ARENA_GROW(r->arena, r->sentences, r->sentence_capacity, r->sentence_count + 1);
    sentence = &r->sentences[r->sentence_count++];
    *sentence = (sg_sentence){ .first_word = (uint32_t) r->sentence_start,
                               .word_count = (uint32_t) count,
                               .start = r->words[r->sentence_start].start,
                               .end = r->words[r->word_count - 1].end,
                               .paragraph = 0 };
    r->sentence_start = r->word_count;
}

static void add_word(token_reader *r, const char *form, size_t len)
{
    sg_word *word;

    SG_ARENA_GROW(r->arena, r->words, r->word_capacity, r->word_count + 1);
    word = &r->words[r->word_count++];
    r->number++;
    word->start = (uint32_t) r->text.len;
    sg_strbuf_append(&r->text, form, len);
    word->end = (uint32_t) r->text.len;
    word->joined_next = r->number < r->joined_until;
    word->space_after = !word->joined_next;
    if (word->space_after)
        sg_strbuf_putc(&r->text, ' ');
}

/* Columns of CoNLL-U: the first is a number, a range ("3-4") or an empty node ("5.1"). */
static bool read_numbered(token_reader *r, const char *line, size_t len)
{
    char *end = NULL;
    size_t tab = 0;
    size_t form_len;

    while (tab < len && line[tab] != '\t')
        tab++;
    if (tab == len || tab == 0 || line[0] < '0' || line[0] > '9')
        return false;
    (void) strtoul(line, &end, 10);
    for (form_len = 0; tab + 1 + form_len < len && line[tab + 1 + form_len] != '\t';)
        form_len++;
    if (end == line + tab)
        add_word(r, line + tab + 1, form_len);
    else if (*end == '-')
        r->joined_until = strtoul(end + 1, NULL, 10);
    else if (*end != '.')
        return false;
    return true;
}

static void read_line(token_reader *r, const char *line, size_t len, bool numbered)
{
    size_t form_len = 0;

    if (len > 0 && line[len - 1] == '\r')
        len--;
    if (len == 0) {
        end_sentence(r);
        return;
    }
    if (line[0] == '#' && (len == 1 || line[1] == ' ') && memchr(line, '\t', len) == NULL)
        return;
    if (numbered && read_numbered(r, line, len))
        return;
    while (form_len < len && line[form_len] != '\t')
        form_len++;
    add_word(r, line, form_len);
}

/* True if the first line that is no comment has a number and ten columns. */
static bool is_conllu(const char *text, size_t len)
{
    size_t at = 0;
    int tabs = 0;

    while (at < len && (text[at] == '#' || text[at] == '\n')) {
        while (at < len && text[at] != '\n')
            at++;
        at++;
    }
    if (at >= len || text[at] < '0' || text[at] > '9')
        return false;
    for (; at < len && text[at] != '\n'; at++)
        tabs += text[at] == '\t';
    return tabs >= 9;
}

static sg_document *finish(token_reader *r, const char *name)
{
    sg_document *document = sg_arena_calloc(r->arena, 1, sizeof *document);

    end_sentence(r);
    document->name = sg_arena_strdup(r->arena, name);
    document->text = sg_arena_strndup(r->arena, sg_strbuf_text(&r->text), r->text.len);
    document->len = r->text.len;
    document->encoding = "UTF-8";
    document->day = SG_NO_DAY;
    document->words = r->words;
    document->word_count = r->word_count;
    document->sentences = r->sentences;
    document->sentence_count = r->sentence_count;
    document->paragraphs = sg_arena_calloc(r->arena, 1, sizeof *document->paragraphs);
    document->paragraph_count = 1;
    document->paragraphs[0] = (sg_paragraph){ .start = 0,
                                              .end = (uint32_t) r->text.len,
                                              .first_sentence = 0,
                                              .sentence_count = (uint32_t) r->sentence_count,
                                              .kind = SG_PARAGRAPH_BODY };
    return document;
}

sg_status sg_document_read_tokens(const char *name, const char *text, size_t len, sg_arena *arena,
                                  sg_document **document_out, sg_error *err)
{
    token_reader r = { .arena = arena, .text = SG_STRBUF_INIT };
    bool numbered = is_conllu(text, len);
    size_t at = 0;

    if (len >= UINT32_MAX / 2)
        return sg_error_set(err, SG_ERR_LIMIT, "%s: larger than 2 GiB", name);
    while (at < len) {
        const char *newline = memchr(text + at, '\n', len - at);
        size_t line_len = newline != NULL ? (size_t) (newline - (text + at)) : len - at;

        read_line(&r, text + at, line_len, numbered);
        at += line_len + 1;
    }
    *document_out = finish(&r, name);
    sg_strbuf_clear(&r.text);
    return SG_OK;
}
