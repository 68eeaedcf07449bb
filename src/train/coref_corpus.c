#include "coref_corpus.h"

#include <jansson.h>
#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"

static uint32_t number_at(const json_t *array, size_t index)
{
    return (uint32_t) json_integer_value(json_array_get(array, index));
}

/* ---- the text ---- */

/* Byte offset of each code point, and of the end. */
static uint32_t *code_point_offsets(const char *text, size_t len, sg_arena *arena,
                                    size_t *count_out)
{
    uint32_t *offsets = sg_arena_alloc(arena, (len + 1) * sizeof *offsets);
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        if (((unsigned char) text[i] & 0xC0) != 0x80)
            offsets[count++] = (uint32_t) i;
    offsets[count] = (uint32_t) len;
    *count_out = count;
    return offsets;
}

static bool ends_sentence(const char *form)
{
    static const char *const marks[] = { ".", "!", "?", ":", ";", ",", "\"", "”", "’", "'", ")" };

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t n = strlen(marks[i]);

        if (strlen(form) >= n && strcmp(form + strlen(form) - n, marks[i]) == 0)
            return true;
    }
    return false;
}

/* The corpus joins sentences by a blank, headings too; those are set apart again. */
static sg_status set_text(const json_t *line, sg_arena *arena, sg_coref_text *out, sg_error *err)
{
    const json_t *tokens = json_object_get(line, "tokens");
    const json_t *sentences = json_object_get(line, "sents");
    const char *source = json_string_value(json_object_get(line, "text"));
    size_t source_len = source != NULL ? strlen(source) : 0;
    sg_strbuf text = SG_STRBUF_INIT;
    size_t count = 0;
    uint32_t *offsets =
        source != NULL ? code_point_offsets(source, source_len, arena, &count) : NULL;

    if (source == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "a line without text");
    out->token_count = json_array_size(tokens);
    out->tokens = sg_arena_calloc(arena, out->token_count + 1, sizeof *out->tokens);
    for (size_t s = 0; s < json_array_size(sentences); s++) {
        uint32_t first = number_at(json_array_get(sentences, s), 0);
        uint32_t past = number_at(json_array_get(sentences, s), 1);
        uint32_t from;

        if (first >= past || past > out->token_count ||
            number_at(json_array_get(tokens, past - 1), 2) > count) {
            sg_strbuf_clear(&text);
            return sg_error_set(err, SG_ERR_INPUT, "sentence %zu lies outside its text", s + 1);
        }
        from = offsets[number_at(json_array_get(tokens, first), 1)];
        for (uint32_t t = first; t < past; t++) {
            const json_t *token = json_array_get(tokens, t);

            out->tokens[t].start = (uint32_t) text.len + offsets[number_at(token, 1)] - from;
            out->tokens[t].end = (uint32_t) text.len + offsets[number_at(token, 2)] - from;
            out->tokens[t].chain = SG_NO_CHAIN;
        }
        sg_strbuf_append(&text, source + from,
                         offsets[number_at(json_array_get(tokens, past - 1), 2)] - from);
        if (ends_sentence(json_string_value(json_array_get(json_array_get(tokens, past - 1), 0))))
            sg_strbuf_append(&text, " ", 1);
        else
            sg_strbuf_append(&text, "\n\n", 2);
    }
    out->text = sg_arena_strndup(arena, sg_strbuf_text(&text), text.len);
    out->len = text.len;
    sg_strbuf_clear(&text);
    return SG_OK;
}

/* ---- references ---- */

static void set_chains(const json_t *line, sg_arena *arena, sg_coref_text *out)
{
    const json_t *mentions = json_object_get(line, "mentions");
    const json_t *chains = json_object_get(line, "chains");
    uint32_t *lengths = sg_arena_calloc(arena, out->token_count + 1, sizeof *lengths);

    for (size_t c = 0; c < json_array_size(chains); c++) {
        const json_t *chain = json_array_get(chains, c);

        for (size_t i = 0; i < json_array_size(chain); i++) {
            const json_t *mention = json_array_get(mentions, number_at(chain, i));
            uint32_t length = number_at(mention, 1) - number_at(mention, 0);
            uint32_t head = number_at(mention, 6);

            if (head >= out->token_count ||
                (out->tokens[head].chain != SG_NO_CHAIN && lengths[head] <= length))
                continue;
            out->tokens[head].chain = (uint32_t) c;
            lengths[head] = length;
        }
    }
}

static sg_status add_line(const char *line, size_t len, sg_arena *arena, sg_coref_text *out,
                          sg_error *err)
{
    json_t *json = json_loadb(line, len, 0, NULL);
    sg_status status = json != NULL ? set_text(json, arena, out, err)
                                    : sg_error_set(err, SG_ERR_INPUT, "a line is no JSON");

    if (status == SG_OK)
        set_chains(json, arena, out);
    json_decref(json);
    return status;
}

sg_status sg_coref_corpus_read(const char *path, sg_arena *arena, sg_coref_text **texts_out,
                               size_t *count_out, sg_error *err)
{
    sg_strbuf file = SG_STRBUF_INIT;
    sg_status status = sg_file_read(path, 0, &file, err);
    sg_coref_text *texts = NULL;
    size_t capacity = 0;
    size_t count = 0;
    const char *at = sg_strbuf_text(&file);
    const char *end = at + file.len;

    while (status == SG_OK && at < end) {
        const char *stop = memchr(at, '\n', (size_t) (end - at));

        if (stop == NULL)
            stop = end;
        SG_ARENA_GROW(arena, texts, capacity, count + 1);
        status = add_line(at, (size_t) (stop - at), arena, &texts[count++], err);
        at = stop + 1;
    }
    if (status != SG_OK)
        sg_error_context(err, "%s", path);
    sg_strbuf_clear(&file);
    *texts_out = texts;
    *count_out = count;
    return status;
}

uint32_t sg_coref_chain_at(const sg_coref_text *text, uint32_t start, uint32_t end)
{
    size_t low = 0;
    size_t high = text->token_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (text->tokens[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == text->token_count || text->tokens[low].start >= end)
        return SG_NO_CHAIN;
    return text->tokens[low].chain;
}
