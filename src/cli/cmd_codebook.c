#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/annotation.h"
#include "stance/codebook.h"
#include "stance/extraction.h"
#include "stance/file.h"
#include "stance/map.h"
#include "stance/mem.h"
#include "stance/model.h"
#include "stance/utf8.h"

#include "cli_internal.h"

#define MAX_ARTICLE_BYTES ((size_t) 64 << 20)

/* The positions that extraction induces in a set of articles, as a codebook to edit: the often
 * named ones first among those with as many words in their pattern, for the first row that matches
 * wins and a longer pattern is the more special one. */

typedef struct suggestion {
    const char *name;
    const char *pattern;
    size_t words;
    size_t count;
} suggestion;

typedef struct inventory {
    sg_arena *arena;
    sg_map *map; /* name in small letters -> index */
    suggestion *items;
    size_t count;
    size_t capacity;
} inventory;

static bool is_small_word(const char *word, size_t len)
{
    static const char *const small[] = { "the",  "and", "for",   "with", "from", "that",
                                         "this", "its", "their", "his",  "her" };

    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++) {
        if (strlen(small[i]) == len && memcmp(small[i], word, len) == 0)
            return true;
    }
    return len < 3;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ((unsigned char) c & 0x80U) != 0;
}

/* "Imposition of the contract" -> "impos* + contract*", of the name in small letters. Counts the
 * words. */
static const char *pattern_of(sg_arena *arena, const char *name, size_t *words_out)
{
    const char *pattern = "";

    *words_out = 0;
    while (*name != '\0') {
        size_t n = 0;

        while (is_word_byte(name[n]))
            n++;
        if (n > 0 && !is_small_word(name, n)) {
            pattern = sg_arena_printf(arena, "%s%s%.*s*", pattern, *pattern != '\0' ? " + " : "",
                                      (int) sg_position_stem(name, n), name);
            (*words_out)++;
        }
        name += n > 0 ? n : 1;
    }
    return pattern;
}

static void add(inventory *in, const sg_position *position)
{
    const char *lower = sg_utf8_lower(in->arena, position->name, strlen(position->name), NULL);
    uint64_t *slot = sg_map_slot(in->map, lower, strlen(lower), in->count);
    suggestion *s;

    SG_ARENA_GROW(in->arena, in->items, in->capacity, in->count + 1);
    s = &in->items[*slot];
    if (*slot == in->count) {
        in->count++;
        *s = (suggestion){ .name = sg_arena_strndup(in->arena, position->name,
                                                    strlen(position->name)) };
        s->pattern = pattern_of(in->arena, lower, &s->words);
    }
    s->count += position->mention_count;
}

static sg_status read_article(inventory *in, const sg_model *model, const char *path, sg_error *err)
{
    struct sg_extract_options options = SG_EXTRACT_OPTIONS_INIT;
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_extraction *extraction = NULL;
    sg_status status = sg_file_read(path, MAX_ARTICLE_BYTES, &text, err);

    if (status == SG_OK)
        status = sg_document_read(path, sg_strbuf_text(&text), text.len, arena, &document, err);
    if (status == SG_OK)
        status = sg_annotate(model, document, arena, &annotation, err);
    if (status == SG_OK)
        status = sg_extract(annotation, &options, arena, &extraction, err);
    for (size_t i = 0; status == SG_OK && i < extraction->position_count; i++)
        add(in, &extraction->positions[i]);
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return status;
}

static int by_rank(const void *a, const void *b)
{
    const suggestion *x = a;
    const suggestion *y = b;

    if (x->words != y->words)
        return x->words < y->words ? 1 : -1;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->name, y->name);
}

/* Names hold no quotation marks or line breaks; a comma needs quotes. */
static void write_cell(const char *text)
{
    const char *mark = strchr(text, ',') != NULL ? "\"" : "";

    (void) printf("%s%s%s", mark, text, mark);
}

static void write_codebook(inventory *in, size_t least)
{
    if (in->count > 0)
        qsort(in->items, in->count, sizeof *in->items, by_rank);
    (void) puts("position,pattern");
    for (size_t i = 0; i < in->count; i++) {
        if (in->items[i].count < least || in->items[i].words == 0)
            continue;
        write_cell(in->items[i].name);
        (void) putchar(',');
        write_cell(in->items[i].pattern);
        (void) putchar('\n');
    }
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    inventory in = { .arena = sg_arena_new(), .map = sg_map_new() };
    sg_model *model = NULL;
    long least = 1;
    sg_status status = SG_OK;

    if (strcmp(sg_cli_operand(args, 0), "suggest") != 0) {
        status = sg_error_set(err, SG_ERR_USAGE, "codebook: unknown action '%s'",
                              sg_cli_operand(args, 0));
        sg_error_hint(err, "the action is 'suggest'");
    }
    if (status == SG_OK)
        status = sg_cli_integer(args, "least", 1, 1000000, &least, err);
    if (status == SG_OK)
        status = sg_model_open(sg_cli_value(args, "model"), &model, err);
    for (size_t i = 1; i < sg_cli_operand_count(args) && status == SG_OK; i++)
        status = sg_cli_interrupted ? sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted")
                                    : read_article(&in, model, sg_cli_operand(args, i), err);
    if (status == SG_OK)
        write_codebook(&in, (size_t) least);
    sg_model_close(model);
    sg_map_free(in.map);
    sg_arena_free(in.arena);
    return status;
}

static const struct sg_cli_option options[] = {
    { "least", 0, "N", "leave out positions named fewer than N times (default: 1)" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_codebook = {
    .name = "codebook",
    .summary = "suggest a codebook for a set of articles",
    .synopsis = "stance codebook suggest [options] PATH...",
    .description =
        "Reads the articles without a codebook and prints the positions found in them as "
        "a codebook\nto edit (CSV: position,pattern), special ones before general ones. "
        "Give the edited file to\n--codebook of load and extract.",
    .examples = "stance codebook suggest articles/*.txt > contract.csv\n"
                "stance codebook suggest --least 3 articles/*.txt",
    .options = options,
    .common = SG_CLI_MODEL,
    .min_operands = 2,
    .max_operands = SIZE_MAX,
    .run = run,
};
