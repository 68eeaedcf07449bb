#include "treebank.h"

/* CoNLL-U: ten columns between tabs; lines of multi-word tokens ("3-4") and empty nodes ("5.1")
 * are left out, for trees are over syntactic words. */

#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"

#include "../language/language_internal.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

static sg_status split_columns(char *line, char *columns[COLUMNS], sg_error *err)
{
    for (int i = 0; i < COLUMNS; i++) {
        char *tab = strchr(line, '\t');

        columns[i] = line;
        if (tab == NULL && i + 1 < COLUMNS)
            return sg_error_set(err, SG_ERR_INPUT, "a line has fewer than ten columns");
        if (tab != NULL) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return SG_OK;
}

static sg_tree_word word_of(char *columns[COLUMNS])
{
    sg_tree_word word = { .form = columns[FORM] };

    if (strcmp(columns[LEMMA], "_") != 0 || strcmp(columns[FORM], "_") == 0)
        word.lemma = columns[LEMMA];
    word.head = (uint32_t) strtoul(columns[HEAD], NULL, 10);
    word.upos = sg_upos_find(columns[UPOS]);
    word.xpos = strcmp(columns[XPOS], "_") == 0 ? SG_XPOS_COUNT : sg_xpos_find(columns[XPOS]);
    word.deprel = sg_deprel_find(columns[DEPREL]);
    return word;
}

typedef struct reader {
    sg_arena *arena;
    sg_treebank *bank;
    sg_tree_word *words;
    size_t count;
    size_t capacity;
} reader;

static sg_status finish_sentence(reader *r, sg_error *err)
{
    sg_tree_sentence *sentence;

    if (r->count == 0)
        return SG_OK;
    for (size_t i = 0; i < r->count; i++) {
        if (r->words[i].head > r->count)
            return sg_error_set(err, SG_ERR_INPUT, "a head lies outside its sentence");
    }
    SG_ARENA_GROW(r->arena, r->bank->sentences, r->bank->capacity, r->bank->count + 1);
    sentence = &r->bank->sentences[r->bank->count++];
    sentence->words = sg_arena_alloc(r->arena, r->count * sizeof *r->words);
    memcpy(sentence->words, r->words, r->count * sizeof *r->words);
    sentence->count = r->count;
    r->bank->word_count += r->count;
    r->count = 0;
    return SG_OK;
}

static sg_status read_line(reader *r, char *line, sg_error *err)
{
    char *columns[COLUMNS];
    sg_status status;

    if (line[0] == '#')
        return SG_OK;
    if (line[0] == '\0')
        return finish_sentence(r, err);
    status = split_columns(line, columns, err);
    if (status != SG_OK || strpbrk(columns[ID], "-.") != NULL)
        return status;
    SG_GROW(r->words, r->capacity, r->count + 1);
    r->words[r->count++] = word_of(columns);
    return SG_OK;
}

sg_status sg_treebank_read(const char *corpora, const char *name, sg_arena *arena,
                           sg_treebank *bank, sg_error *err)
{
    reader r = { arena, bank, NULL, 0, 0 };
    char *path = sg_arena_printf(arena, "%s/%s", corpora, name);
    sg_strbuf file = SG_STRBUF_INIT;
    sg_status status = sg_file_read(path, 0, &file, err);
    char *text = status == SG_OK ? sg_arena_strndup(arena, sg_strbuf_text(&file), file.len) : NULL;
    size_t number = 0;

    while (text != NULL && *text != '\0' && status == SG_OK) {
        char *end = strchr(text, '\n');

        number++;
        if (end != NULL)
            *end = '\0';
        status = read_line(&r, text, err);
        text = end != NULL ? end + 1 : NULL;
    }
    if (status == SG_OK)
        status = finish_sentence(&r, err);
    if (status != SG_OK && number > 0)
        sg_error_context(err, "%s, line %zu", path, number);
    sg_free(r.words);
    sg_strbuf_clear(&file);
    return status;
}
