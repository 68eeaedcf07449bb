#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "names_train.h"

/* Builds the lexicon of the "names" section: GloVe cluster paths and word frequency, Brown
 * clusters, and what the name lists say of words and of names of several words. */

#define MAX_RANK 150000 /* words of the cluster list that are kept */

struct sg_names_lists {
    sg_arena *arena;
    sg_map *leaves; /* path -> number + 1 */
    sg_map *browns;
    sg_map *words;   /* lower-case form -> leaf | rarity | flags */
    sg_map *phrases; /* lower-case words joined by spaces -> flags */
    sg_map *forms;   /* form -> Brown cluster + 1 */
    sg_names_lexicon lexicon;
};

/* ---- files --------------------------------------------------------------------------------- */

static FILE *open_lines(const char *path, bool *piped)
{
    const size_t len = strlen(path);
    char command[1200];

    *piped = len > 3 && strcmp(path + len - 3, ".gz") == 0;
    if (!*piped)
        return fopen(path, "r");
    if (len > 1000 || strchr(path, '\'') != NULL)
        return NULL;
    snprintf(command, sizeof command, "gzip -dc '%s'", path);
    return popen(command, "r"); /* NOLINT(cert-env33-c): the name is quoted and holds no quote */
}

sg_status sg_names_read_lines(const char *path, sg_names_line line, void *context, sg_error *err)
{
    bool piped;
    FILE *const file = open_lines(path, &piped);
    char *text = NULL;
    size_t capacity = 0;
    ssize_t len;
    size_t count = 0;

    if (file == NULL)
        return sg_error_set(err, SG_ERR_IO, "cannot read '%s'", path);
    while ((len = getline(&text, &capacity, file)) >= 0) {
        while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
            text[--len] = 0;
        line(text, context);
        count++;
    }
    free(text);
    if (piped ? pclose(file) != 0 : fclose(file) != 0)
        return sg_error_set(err, SG_ERR_IO, "cannot read '%s' to its end", path);
    if (count == 0)
        return sg_error_set(err, SG_ERR_INPUT, "'%s' is empty", path);
    return SG_OK;
}

/* Cuts a line at tabs in place; returns the number of columns. */
static size_t columns(char *line, char **out, size_t max)
{
    size_t count = 0;

    while (count < max) {
        char *const tab = strchr(line, '\t');

        out[count++] = line;
        if (tab == NULL)
            break;
        *tab = 0;
        line = tab + 1;
    }
    return count;
}

/* ---- words --------------------------------------------------------------------------------- */

/* value of a word: flags, leaf << 16, rarity << 32, known rarity 1 << 40 */
static uint64_t *word_slot(sg_names_lists *lists, const char *word, size_t len)
{
    return sg_map_slot(lists->words, word, len, (uint64_t) 30 << 32);
}

/* Marks a name: its flags on the word, or on the phrase if it has several; `part` goes on the
 * last word of a phrase. */
static void add_name(sg_names_lists *lists, const char *name, unsigned flags, unsigned part)
{
    size_t len;
    char *lower = sg_utf8_lower(lists->arena, name, strlen(name), &len);
    const char *last;
    const char *space;

    while (len > 0 && (lower[len - 1] == ' ' || lower[len - 1] == '_'))
        lower[--len] = 0;
    if (len < 2)
        return;
    space = strchr(lower, ' ');
    if (space == NULL) {
        *word_slot(lists, lower, len) |= flags;
        return;
    }
    *sg_map_slot(lists->phrases, lower, len, 0) |= flags;
    *word_slot(lists, lower, (size_t) (space - lower)) |= SG_NAMES_STARTS_PHRASE;
    last = strrchr(lower, ' ') + 1;
    if (part != 0 && strlen(last) > 2)
        *word_slot(lists, last, strlen(last)) |= part;
}

static uint32_t path_number(const char *path)
{
    uint32_t bits = 0;
    uint32_t n = 0;

    for (; path[n] != 0 && n < 27; n++)
        bits |= (uint32_t) (path[n] == '1') << (31 - n);
    return bits | n;
}

static void leaf_line(char *line, void *context)
{
    sg_names_lists *const lists = context;
    char *column[3];
    uint64_t leaf;
    uint64_t *slot;
    unsigned long rank;
    unsigned rarity = 0;

    if (columns(line, column, 3) < 3)
        return;
    leaf =
        *sg_map_slot(lists->leaves, column[0], strlen(column[0]), sg_map_size(lists->leaves) + 1);
    rank = strtoul(column[2], NULL, 10);
    if (rank > MAX_RANK)
        return;
    for (unsigned long r = rank >> 6; r > 0; r >>= 1)
        rarity++;
    slot = word_slot(lists, column[1], strlen(column[1]));
    *slot = (*slot & 0xffffU) | leaf << 16 | (uint64_t) rarity << 32;
}

static void brown_line(char *line, void *context)
{
    sg_names_lists *const lists = context;
    char *column[3];
    uint64_t cluster;
    bool lower = true;

    if (columns(line, column, 3) < 3)
        return;
    cluster =
        *sg_map_slot(lists->browns, column[0], strlen(column[0]), sg_map_size(lists->browns) + 1);
    sg_map_put(lists->forms, column[1], strlen(column[1]), cluster);
    for (const char *c = column[1]; *c != 0; c++)
        lower &= *c >= 'a' && *c <= 'z';
    if (lower)
        *word_slot(lists, column[1], strlen(column[1])) |= SG_NAMES_COMMON;
}

/* Lower-case words of a treebank that are no proper nouns are ordinary words. */
static void treebank_line(char *line, void *context)
{
    sg_names_lists *const lists = context;
    char *column[5];

    if (columns(line, column, 5) < 5 || strcmp(column[3], "PROPN") == 0)
        return;
    for (const char *c = column[1]; *c != 0; c++)
        if (*c < 'a' || *c > 'z')
            return;
    *word_slot(lists, column[1], strlen(column[1])) |= SG_NAMES_COMMON;
}

/* ---- lists --------------------------------------------------------------------------------- */

static void first_name_line(char *line, void *context)
{
    char *column[2];

    if (columns(line, column, 2) < 2)
        return;
    if (strchr(column[1], 'm') != NULL)
        add_name(context, column[0], SG_NAMES_FIRST_MALE, 0);
    if (strchr(column[1], 'f') != NULL)
        add_name(context, column[0], SG_NAMES_FIRST_FEMALE, 0);
}

static void human_name_line(char *line, void *context)
{
    sg_names_lists *const lists = context;
    size_t len;
    const char *const lower = sg_utf8_lower(lists->arena, line, strlen(line), &len);

    /* Names outside the cluster list are too many to carry. */
    if (sg_map_find(lists->words, lower, len, NULL))
        *word_slot(lists, lower, len) |= SG_NAMES_FAMILY;
}

static void city_line(char *line, void *context)
{
    char *column[3];

    if (columns(line, column, 3) < 3)
        return;
    add_name(context, column[0],
             strtol(column[2], NULL, 10) >= 300000 ? SG_NAMES_CITY | SG_NAMES_BIG_CITY
                                                   : SG_NAMES_CITY,
             0);
}

static void country_line(char *line, void *context)
{
    char *column[6];
    char *alt;

    if (columns(line, column, 6) < 6)
        return;
    add_name(context, column[1], SG_NAMES_COUNTRY, 0);
    add_name(context, column[2], SG_NAMES_COUNTRY, 0);
    add_name(context, column[4], SG_NAMES_DEMONYM, 0);
    add_name(context, column[5], SG_NAMES_CITY | SG_NAMES_BIG_CITY, 0);
    for (alt = strtok_r(column[3], "|", &column[0]); alt != NULL;
         alt = strtok_r(NULL, "|", &column[0]))
        if (strlen(alt) > 3)
            add_name(context, alt, SG_NAMES_COUNTRY, 0);
}

static void politician_line(char *line, void *context)
{
    char *column[2];

    if (columns(line, column, 2) == 2)
        add_name(context, column[0], SG_NAMES_ACTOR_PERSON, SG_NAMES_ACTOR_PERSON);
}

static void known_line(char *line, void *context)
{
    char *column[2];

    if (columns(line, column, 2) < 2)
        return;
    if (strcmp(column[1], "PER") == 0)
        add_name(context, column[0], SG_NAMES_KNOWN_PERSON, SG_NAMES_KNOWN_PERSON);
    else if (strcmp(column[1], "ORG") == 0)
        add_name(context, column[0], SG_NAMES_KNOWN_BODY, 0);
    else if (strcmp(column[1], "LOC") == 0)
        add_name(context, column[0], SG_NAMES_KNOWN_PLACE, 0);
    else
        add_name(context, column[0], SG_NAMES_KNOWN_EVENT, 0);
}

/* Actor dictionaries of event coding: NAME_IN_CAPITALS_ [CODE dates], +SYNONYM_, tab [CODE]. A
 * code with dates is an office held, so the name is a person's. */
typedef struct actor_reader {
    sg_names_lists *lists;
    bool bodies; /* names without dates are organisations */
    char *names[64];
    size_t count;
    bool coded;
    bool person;
    bool party;
} actor_reader;

static void end_actor(actor_reader *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->person)
            add_name(r->lists, r->names[i], SG_NAMES_ACTOR_PERSON, SG_NAMES_ACTOR_PERSON);
        else if (r->party || r->bodies)
            add_name(r->lists, r->names[i], SG_NAMES_ACTOR_BODY, 0);
    }
    r->count = 0;
    r->coded = false;
    r->person = false;
    r->party = false;
}

static void actor_line(char *line, void *context)
{
    actor_reader *const r = context;
    char *const comment = strchr(line, '#');
    char *code;

    if (comment != NULL)
        *comment = 0;
    code = strchr(line, '[');
    if (line[0] != 0 && !isspace((unsigned char) line[0])) {
        char *name = line + (line[0] == '+');
        char *end = name + strcspn(name, " \t[(");

        if (r->coded && line[0] != '+')
            end_actor(r);
        if (end > name && r->count < 64) {
            name = sg_arena_strndup(r->lists->arena, name, (size_t) (end - name));
            for (char *c = name; *c != 0; c++)
                *c = *c == '_' ? ' ' : *c;
            r->names[r->count++] = name;
        }
    }
    for (; code != NULL; code = strchr(code + 1, '[')) {
        const char *const close = strchr(code, ']');

        r->coded = true;
        for (const char *c = code; close != NULL && c < close; c++) {
            r->person |= isdigit((unsigned char) *c) != 0;
            r->party |= strncmp(c, "PTY", 3) == 0;
        }
    }
}

/* ---- tables -------------------------------------------------------------------------------- */

static uint32_t table_size(size_t count)
{
    uint32_t size = 16;

    while ((size_t) size * 4 < count * 5)
        size *= 2;
    return size;
}

static uint16_t check_of(uint64_t hash)
{
    return (uint16_t) ((hash >> 48) | 1);
}

static void fill_words(sg_names_lists *lists)
{
    const size_t count = sg_map_size(lists->words);
    const uint32_t size = table_size(count);
    sg_names_word_entry *const table = sg_arena_calloc(lists->arena, size, sizeof *table);

    for (size_t i = 0; i < count; i++) {
        uint64_t value;
        size_t len;
        const char *const key = sg_map_entry(lists->words, i, &len, &value);
        const uint64_t hash = sg_names_hash(0, key, len);
        uint32_t at = (uint32_t) hash & (size - 1);

        while (table[at].check != 0 && table[at].check != check_of(hash))
            at = (at + 1) & (size - 1);
        if (table[at].check != 0)
            continue;
        table[at].check = check_of(hash);
        table[at].leaf =
            (uint16_t) ((value >> 16 & 0x7ff) | (value >> 32 & 0x1f) << SG_NAMES_LEAF_BITS);
        table[at].flags = (uint16_t) value;
    }
    lists->lexicon.words = table;
    lists->lexicon.word_mask = size - 1;
}

static uint64_t hash_phrase(const char *key, size_t len)
{
    uint64_t hash = 0;
    size_t start = 0;

    for (size_t i = 0; i <= len; i++)
        if (i == len || key[i] == ' ') {
            hash = sg_names_phrase_hash(hash, sg_names_hash(0, key + start, i - start));
            start = i + 1;
        }
    return hash;
}

static uint64_t hash_form(const char *key, size_t len)
{
    return sg_names_hash(0, key, len);
}

static const sg_names_pair_entry *fill_pairs(sg_names_lists *lists, const sg_map *map,
                                             uint64_t (*hash_key)(const char *, size_t),
                                             uint32_t *mask_out)
{
    const size_t count = sg_map_size(map);
    const uint32_t size = table_size(count);
    sg_names_pair_entry *const table = sg_arena_calloc(lists->arena, size, sizeof *table);

    for (size_t i = 0; i < count; i++) {
        uint64_t value;
        size_t len;
        const char *const key = sg_map_entry(map, i, &len, &value);
        const uint64_t hash = hash_key(key, len);
        uint32_t at = (uint32_t) hash & (size - 1);

        while (table[at].check != 0 && table[at].check != check_of(hash))
            at = (at + 1) & (size - 1);
        table[at].check = check_of(hash);
        table[at].value |= (uint16_t) value;
    }
    *mask_out = size - 1;
    return table;
}

static const uint32_t *fill_paths(sg_names_lists *lists, const sg_map *map, uint32_t *count_out)
{
    const size_t count = sg_map_size(map);
    uint32_t *const paths = sg_arena_calloc(lists->arena, count + 1, sizeof *paths);

    for (size_t i = 0; i < count; i++)
        paths[i] = path_number(sg_map_entry(map, i, NULL, NULL));
    *count_out = (uint32_t) count;
    return paths;
}

/* ---- all together -------------------------------------------------------------------------- */

static sg_status read_lists(sg_names_lists *lists, const char *corpora, sg_error *err)
{
    static const struct {
        const char *path;
        sg_names_line line;
    } files[] = {
        { "vectors/glove-paths.tsv.gz", leaf_line },
        { "vectors/brown320-news.tsv.gz", brown_line },
        { "ud/ewt-train.conllu", treebank_line },
        { "ud/gum-train.conllu", treebank_line },
        { "gazetteers/first-names-en.tsv", first_name_line },
        { "gazetteers/human-names.txt.gz", human_name_line },
        { "gazetteers/cities.tsv", city_line },
        { "gazetteers/countries.tsv", country_line },
        { "gazetteers/us-politicians.tsv", politician_line },
    };
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof files / sizeof *files; i++) {
        sg_strbuf_reset(&path);
        sg_strbuf_printf(&path, "%s/%s", corpora, files[i].path);
        status = sg_names_read_lines(path.data, files[i].line, lists, err);
    }
    sg_strbuf_clear(&path);
    return status;
}

static sg_status read_actors(sg_names_lists *lists, const char *corpora, sg_error *err)
{
    static const struct {
        const char *path;
        bool bodies;
    } files[] = {
        { "lexicons/Phoenix.Countries.actors.txt.gz", false },
        { "lexicons/Phoenix.International.actors.txt.gz", true },
        { "lexicons/Phoenix.MilNonState.actors.txt.gz", true },
    };
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof files / sizeof *files; i++) {
        actor_reader reader = { .lists = lists, .bodies = files[i].bodies };

        sg_strbuf_reset(&path);
        sg_strbuf_printf(&path, "%s/%s", corpora, files[i].path);
        status = sg_names_read_lines(path.data, actor_line, &reader, err);
        end_actor(&reader);
    }
    sg_strbuf_clear(&path);
    return status;
}

sg_status sg_names_lists_new(const char *corpora, const char *lexicons, sg_names_lists **lists_out,
                             sg_error *err)
{
    sg_names_lists *const lists = sg_calloc(1, sizeof *lists);
    sg_strbuf path = SG_STRBUF_INIT;
    sg_status status;

    lists->arena = sg_arena_new();
    lists->leaves = sg_map_new();
    lists->browns = sg_map_new();
    lists->words = sg_map_new();
    lists->phrases = sg_map_new();
    lists->forms = sg_map_new();
    status = read_lists(lists, corpora, err);
    if (status == SG_OK)
        status = read_actors(lists, corpora, err);
    sg_strbuf_printf(&path, "%s/names-wordnet.tsv", lexicons);
    if (status == SG_OK)
        status = sg_names_read_lines(path.data, known_line, lists, err);
    sg_strbuf_clear(&path);
    if (status != SG_OK) {
        sg_names_lists_free(lists);
        return status;
    }
    fill_words(lists);
    lists->lexicon.phrases =
        fill_pairs(lists, lists->phrases, hash_phrase, &lists->lexicon.phrase_mask);
    lists->lexicon.brown = fill_pairs(lists, lists->forms, hash_form, &lists->lexicon.brown_mask);
    lists->lexicon.leaf_paths = fill_paths(lists, lists->leaves, &lists->lexicon.leaf_count);
    lists->lexicon.brown_paths = fill_paths(lists, lists->browns, &lists->lexicon.brown_count);
    *lists_out = lists;
    return SG_OK;
}

void sg_names_lists_free(sg_names_lists *lists)
{
    if (lists == NULL)
        return;
    sg_map_free(lists->leaves);
    sg_map_free(lists->browns);
    sg_map_free(lists->words);
    sg_map_free(lists->phrases);
    sg_map_free(lists->forms);
    sg_arena_free(lists->arena);
    sg_free(lists);
}

const sg_names_lexicon *sg_names_lists_lexicon(const sg_names_lists *lists)
{
    return &lists->lexicon;
}
