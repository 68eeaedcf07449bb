#include "verb_forms.h"

/* The regular inflection of English verbs (Quirk et al. 1985, "A comprehensive grammar of the
 * English language", 3.3-3.10). Where spelling alone does not say whether the last consonant is
 * doubled ("annulled", "visited"), both forms are made: one of them never occurs. */

#include <stdbool.h>
#include <string.h>

#include "stance/map.h"

#include "../extract/lexicon_internal.h"
#include "../language/language_internal.h"

#define MOST_FORMS 8

typedef struct verb {
    sg_arena *arena;
    const char *lemma;
    sg_tree_word *forms;
    size_t count;
} verb;

static bool is_vowel(const char *word, size_t at)
{
    return strchr("aeiou", word[at]) != NULL && !(at > 0 && word[at] == 'u' && word[at - 1] == 'q');
}

/* The lemma but its last `cut` letters, and an ending. */
static void add(verb *v, size_t cut, const char *ending, uint8_t xpos)
{
    int kept = (int) (strlen(v->lemma) - cut);

    v->forms[v->count++] = (sg_tree_word){
        .form = sg_arena_printf(v->arena, "%.*s%s", kept, v->lemma, ending),
        .lemma = v->lemma,
        .upos = SG_VERB,
        .xpos = xpos,
        .deprel = SG_DEP,
    };
}

static void add_past(verb *v, size_t cut, const char *ending)
{
    add(v, cut, ending, SG_XPOS_VBD);
    add(v, cut, ending, SG_XPOS_VBN);
}

static bool ends_in(const char *word, const char *ending)
{
    size_t len = strlen(word), n = strlen(ending);

    return len >= n && strcmp(word + len - n, ending) == 0;
}

/* "Axe", "deny", "tie", "curb". */
static void add_plain(verb *v)
{
    size_t len = strlen(v->lemma);
    char last = v->lemma[len - 1];
    bool after_consonant = len > 1 && !is_vowel(v->lemma, len - 2);
    bool keeps_e = ends_in(v->lemma, "ee") || ends_in(v->lemma, "oe") || ends_in(v->lemma, "ye");

    if (last == 'y' && after_consonant) {
        add(v, 1, "ies", SG_XPOS_VBZ);
        add_past(v, 1, "ied");
    } else {
        bool hisses = strchr("sxz", last) != NULL || ends_in(v->lemma, "ch") ||
                      ends_in(v->lemma, "sh") || (last == 'o' && after_consonant);

        add(v, 0, hisses ? "es" : "s", SG_XPOS_VBZ);
        add_past(v, 0, last == 'e' ? "d" : "ed");
    }
    if (ends_in(v->lemma, "ie"))
        add(v, 2, "ying", SG_XPOS_VBG);
    else
        add(v, last == 'e' && !keeps_e, "ing", SG_XPOS_VBG);
}

/* "Snubbed", with the last consonant twice. */
static void add_doubled(verb *v)
{
    char last = v->lemma[strlen(v->lemma) - 1];

    add_past(v, 0, (const char[]){ last, 'e', 'd', '\0' });
    add(v, 0, (const char[]){ last, 'i', 'n', 'g', '\0' }, SG_XPOS_VBG);
}

static void add_forms(verb *v)
{
    size_t len = strlen(v->lemma);
    bool closed = len > 2 && strchr("bdgklmnprstv", v->lemma[len - 1]) != NULL &&
                  is_vowel(v->lemma, len - 2) && !is_vowel(v->lemma, len - 3);
    bool one_syllable = true;

    for (size_t i = 0; i + 2 < len; i++)
        one_syllable = one_syllable && !is_vowel(v->lemma, i) && (i == 0 || v->lemma[i] != 'y');
    if (closed && one_syllable)
        add(v, 0, "s", SG_XPOS_VBZ);
    else
        add_plain(v);
    if (closed)
        add_doubled(v);
}

/* Rows of a table that begin "lemma,verb," or "lemma preposition,verb,"; lines of a list. */
static size_t verb_of_line(const char *line, size_t len, bool table)
{
    size_t n = 0;

    while (n < len && line[n] >= 'a' && line[n] <= 'z')
        n++;
    if (n < 2 || (!table && n < len))
        return 0;
    if (table) {
        size_t cell = n;

        while (cell < len && line[cell] != ',')
            cell++;
        if (len - cell < 6 || memcmp(line + cell, ",verb,", 6) != 0)
            return 0;
    }
    return n;
}

static void append_sentence(const verb *v, sg_treebank *bank)
{
    SG_ARENA_GROW(v->arena, bank->sentences, bank->capacity, bank->count + 1);
    bank->sentences[bank->count++] = (sg_tree_sentence){ v->forms, v->count };
    bank->word_count += v->count;
}

static void append(sg_arena *arena, sg_treebank *bank, const char *lemma)
{
    verb v = { arena, lemma, sg_arena_alloc(arena, MOST_FORMS * sizeof *v.forms), 0 };

    add_forms(&v);
    append_sentence(&v, bank);
}

/* The forms of one cell, "bid|bade". */
static size_t append_cell(sg_arena *arena, verb *v, const char *cell, uint8_t xpos)
{
    size_t len = strcspn(cell, ",\n");

    for (size_t at = 0, n; at < len; at += n + 1) {
        n = strcspn(cell + at, "|,\n");
        v->forms[v->count++] = (sg_tree_word){
            .form = sg_arena_strndup(arena, cell + at, n),
            .lemma = v->lemma,
            .upos = SG_VERB,
            .xpos = xpos,
            .deprel = SG_DEP,
        };
    }
    return len;
}

/* "forgo,forwent,forgone". */
static void append_irregular(const struct sg_lexicon_file *file, sg_arena *arena, sg_treebank *bank)
{
    const char *line = (const char *) file->text;
    const char *past = line + file->len;

    while (line < past) {
        const char *end = memchr(line, '\n', (size_t) (past - line));
        size_t n = strcspn(line, ",\n");

        if (*line != '#' && line[n] == ',' && strncmp(line, "lemma,", 6) != 0) {
            verb v = { arena, sg_arena_strndup(arena, line, n),
                       sg_arena_alloc(arena, MOST_FORMS * sizeof *v.forms), 0 };
            const char *cell = line + n + 1;

            cell += append_cell(arena, &v, cell, SG_XPOS_VBD) + 1;
            (void) append_cell(arena, &v, cell, SG_XPOS_VBN);
            append_sentence(&v, bank);
        }
        line = end != NULL ? end + 1 : past;
    }
}

static void append_file(const struct sg_lexicon_file *file, sg_map *seen, sg_arena *arena,
                        sg_treebank *bank)
{
    const char *line = (const char *) file->text;
    const char *past = line + file->len;

    while (line < past) {
        const char *end = memchr(line, '\n', (size_t) (past - line));
        size_t len = (size_t) ((end != NULL ? end : past) - line);
        size_t n = verb_of_line(line, len, strstr(file->name, ".csv") != NULL);

        if (n > 0 && sg_map_put(seen, line, n, 1))
            append(arena, bank, sg_arena_strndup(arena, line, n));
        line += len + 1;
    }
}

void sg_verb_forms_append(sg_arena *arena, sg_treebank *bank)
{
    static const char *const files[] = { "verbs.txt", "stance.csv", "events.csv" };
    sg_map *seen = sg_map_new();

    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        for (size_t i = 0; i < sg_lexicon_file_count; i++) {
            if (strcmp(sg_lexicon_files[i].name, files[f]) == 0)
                append_file(&sg_lexicon_files[i], seen, arena, bank);
        }
    }
    for (size_t i = 0; i < sg_lexicon_file_count; i++) {
        if (strcmp(sg_lexicon_files[i].name, "irregular_verbs.csv") == 0)
            append_irregular(&sg_lexicon_files[i], arena, bank);
    }
    sg_map_free(seen);
}
