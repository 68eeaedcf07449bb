#include "stance/codebook.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "table_internal.h"

/* A pattern is a list of parts, a part a list of words. A text is cut into words of letters a-z,
 * digits and `$`, lower case, apostrophes dropped; anything else separates words.
 *
 * Most rows do not match most sentences. Each row therefore keeps a 64-bit mask of what its words
 * begin with, and is looked at only when the mask of the text covers it. */

typedef struct pattern_word {
    const char *text;
    uint32_t len;
    bool prefix;
} pattern_word;

typedef struct pattern_part {
    pattern_word *words;
    size_t count;
} pattern_part;

typedef struct row {
    uint32_t position;
    pattern_part *parts;
    size_t part_count;
    uint64_t mask;
} row;

struct sg_codebook {
    sg_arena *arena;
    const char *name;
    const char **positions;
    size_t position_count;
    size_t position_capacity;
    row *rows;
    size_t row_count;
};

typedef struct text_word {
    uint32_t text; /* offset of its folded letters */
    uint32_t len;
    uint32_t start; /* bytes in the text as given */
    uint32_t end;
} text_word;

typedef struct word_list {
    char *letters;
    text_word *words;
    size_t count;
    uint64_t mask;
} word_list;

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$';
}

static uint64_t mask_bit(const char *text)
{
    return UINT64_C(1) << (sg_hash_bytes(text, 2, 0) & 63);
}

/* Lower-case letter, digit or `$` for the character; 0 to drop it, ' ' for anything else. */
static char fold_character(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return (char) (c - 'A' + 'a');
    if (c < 0x80 && is_word_byte((char) c))
        return (char) c;
    if (c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x201B)
        return 0;
    return ' ';
}

static void close_word(word_list *list, uint32_t *first, uint32_t used, uint32_t end)
{
    if (used > *first) {
        text_word *w = &list->words[list->count++];

        w->text = *first;
        w->len = used - *first;
        w->end = end;
        if (w->len >= 2)
            list->mask |= mask_bit(list->letters + w->text);
    }
    *first = used;
}

static word_list cut_words(const char *text, size_t len, sg_arena *arena)
{
    word_list list = { 0 };
    uint32_t used = 0;
    uint32_t first = 0;
    uint32_t last_end = 0;

    list.letters = sg_arena_alloc(arena, len + 1);
    list.words = sg_arena_alloc(arena, (len / 2 + 1) * sizeof *list.words);
    for (size_t at = 0; at < len;) {
        uint32_t c = 0;
        size_t step = sg_utf8_decode(text + at, len - at, &c);
        char folded = fold_character(c);

        if (folded == ' ') {
            close_word(&list, &first, used, last_end);
        } else if (folded != 0) {
            if (used == first)
                list.words[list.count].start = (uint32_t) at;
            list.letters[used++] = folded;
            last_end = (uint32_t) (at + step);
        }
        at += step;
    }
    close_word(&list, &first, used, last_end);
    return list;
}

static bool word_matches(const pattern_word *p, const char *text, uint32_t len)
{
    if (len < p->len || memcmp(text, p->text, p->len) != 0)
        return false;
    return p->prefix || len == p->len || (len == p->len + 1 && text[p->len] == 's');
}

/* Index of the first word at or after `from` where the part matches, or SIZE_MAX. */
static size_t find_part(const pattern_part *part, const word_list *list, size_t from)
{
    for (size_t i = from; i + part->count <= list->count; i++) {
        size_t k = 0;

        while (k < part->count &&
               word_matches(&part->words[k], list->letters + list->words[i + k].text,
                            list->words[i + k].len))
            k++;
        if (k == part->count)
            return i;
    }
    return SIZE_MAX;
}

static bool row_matches(const row *r, const word_list *list)
{
    if ((r->mask & list->mask) != r->mask)
        return false;
    for (size_t i = 0; i < r->part_count; i++)
        if (find_part(&r->parts[i], list, 0) == SIZE_MAX)
            return false;
    return true;
}

/* ---- reading ----------------------------------------------------------------------------------
 */

static const char *skip_letters(const char *c)
{
    while (is_word_byte(*c) || *c == '\'')
        c++;
    return c;
}

/* Reads the words of one part, text[0, len), already lower case. */
static pattern_part read_part(sg_arena *arena, const char *text, size_t len, uint64_t *mask)
{
    pattern_part part = { sg_arena_alloc(arena, (len + 1) * sizeof *part.words), 0 };
    const char *end = text + len;

    for (const char *c = text; c < end;) {
        const char *stop = skip_letters(c);
        pattern_word *w = &part.words[part.count];
        char *letters;

        if (stop == c) {
            c++;
            continue;
        }
        letters = sg_arena_alloc(arena, (size_t) (stop - c) + 1);
        *w = (pattern_word){ letters, 0, *stop == '*' };
        for (; c < stop; c++)
            if (*c != '\'')
                letters[w->len++] = *c;
        letters[w->len] = '\0';
        if (w->len == 0)
            continue;
        if (w->len >= 2)
            *mask |= mask_bit(letters);
        part.count++;
    }
    return part;
}

/* Lower case, curly apostrophes straight. */
static char *fold_pattern(sg_arena *arena, const char *pattern)
{
    size_t len;
    char *folded = sg_utf8_lower(arena, pattern, strlen(pattern), &len);
    size_t used = 0;

    for (size_t at = 0; at < len;) {
        uint32_t c = 0;
        size_t step = sg_utf8_decode(folded + at, len - at, &c);

        if (c == 0x2018 || c == 0x2019 || c == 0x201B) {
            folded[used++] = '\'';
        } else {
            memmove(folded + used, folded + at, step);
            used += step;
        }
        at += step;
    }
    folded[used] = '\0';
    return folded;
}

static bool read_row(sg_arena *arena, const char *pattern, row *r)
{
    char *text = fold_pattern(arena, pattern);
    const char *at = text;

    r->parts = sg_arena_alloc(arena, (strlen(text) / 3 + 1) * sizeof *r->parts);
    for (;;) {
        const char *plus = strstr(at, " + ");
        size_t len = plus != NULL ? (size_t) (plus - at) : strlen(at);
        pattern_part part = read_part(arena, at, len, &r->mask);

        if (part.count == 0)
            return false;
        r->parts[r->part_count++] = part;
        if (plus == NULL)
            return true;
        at = plus + 3;
    }
}

static uint32_t intern_position(sg_codebook *book, sg_map *seen, const char *name)
{
    uint64_t *slot = sg_map_slot(seen, name, strlen(name), UINT64_MAX);

    if (*slot == UINT64_MAX) {
        *slot = book->position_count;
        SG_ARENA_GROW(book->arena, book->positions, book->position_capacity,
                      book->position_count + 1);
        book->positions[book->position_count++] = name;
    }
    return (uint32_t) *slot;
}

static const char *name_of_path(sg_arena *arena, const char *path)
{
    const char *base = strrchr(path, '/');
    size_t len;

    base = base != NULL ? base + 1 : path;
    if (strncmp(base, "codebook-", 9) == 0)
        base += 9;
    len = strlen(base);
    if (len > 4 && strcmp(base + len - 4, ".csv") == 0)
        len -= 4;
    return sg_arena_strndup(arena, base, len);
}

sg_status sg_codebook_make(const char *name, const char *const *cells, size_t row_count,
                           sg_codebook **codebook_out, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_codebook *book = sg_arena_calloc(arena, 1, sizeof *book);
    sg_map *seen = sg_map_new();
    sg_status status = SG_OK;

    book->arena = arena;
    book->name = name_of_path(arena, name);
    book->rows = sg_arena_calloc(arena, row_count + 1, sizeof *book->rows);
    for (size_t i = 0; i < row_count && status == SG_OK; i++) {
        row *r = &book->rows[book->row_count];

        if (cells[2 * i][0] == '\0' || cells[2 * i + 1][0] == '\0')
            continue;
        if (!read_row(arena, cells[2 * i + 1], r)) {
            status = sg_error_set(err, SG_ERR_INPUT, "%s: row %zu: the pattern '%s' has no words",
                                  name, i + 2, cells[2 * i + 1]);
            sg_error_hint(err, "a pattern is words, `x*` for a beginning, ` + ` between parts");
        } else {
            r->position = intern_position(
                book, seen, sg_arena_strndup(arena, cells[2 * i], strlen(cells[2 * i])));
            book->row_count++;
        }
    }
    sg_map_free(seen);
    if (status == SG_OK)
        *codebook_out = book;
    else
        sg_arena_free(arena);
    return status;
}

sg_status sg_codebook_read(const char *path, sg_codebook **codebook_out, sg_error *err)
{
    static const char *const columns[] = { "position", "pattern" };
    sg_arena *arena = sg_arena_new();
    sg_table table = { 0 };
    sg_status status = sg_table_read(path, columns, 2, 2, arena, &table, err);

    if (status == SG_OK)
        status = sg_codebook_make(path, (const char *const *) table.cells, table.row_count,
                                  codebook_out, err);
    sg_arena_free(arena);
    return status;
}

void sg_codebook_free(sg_codebook *codebook)
{
    if (codebook != NULL)
        sg_arena_free(codebook->arena);
}

const char *sg_codebook_name(const sg_codebook *codebook)
{
    return codebook->name;
}

size_t sg_codebook_position_count(const sg_codebook *codebook)
{
    return codebook->position_count;
}

const char *sg_codebook_position(const sg_codebook *codebook, size_t i)
{
    assert(i < codebook->position_count);
    return codebook->positions[i];
}

/* ---- matching ---------------------------------------------------------------------------------
 */

int sg_codebook_match(const sg_codebook *codebook, const char *text, size_t len)
{
    sg_arena *arena = sg_arena_new();
    word_list list = cut_words(text, len, arena);
    int found = -1;

    for (size_t i = 0; i < codebook->row_count && found < 0; i++)
        if (row_matches(&codebook->rows[i], &list))
            found = (int) codebook->rows[i].position;
    sg_arena_free(arena);
    return found;
}

static sg_codebook_hit make_hit(const sg_codebook *book, size_t row_number, const word_list *list,
                                size_t first, size_t last)
{
    return (sg_codebook_hit){ book->rows[row_number].position, (uint32_t) row_number,
                              list->words[first].start, list->words[last].end };
}

size_t sg_codebook_find(const sg_codebook *codebook, const char *text, size_t len, sg_arena *arena,
                        sg_codebook_hit **hits_out)
{
    word_list list = cut_words(text, len, arena);
    sg_codebook_hit *hits = NULL;
    size_t count = 0;
    size_t capacity = 0;

    for (size_t i = 0; i < codebook->row_count; i++) {
        const row *r = &codebook->rows[i];

        if (!row_matches(r, &list))
            continue;
        if (r->part_count == 1) {
            size_t words = r->parts[0].count;

            for (size_t at = find_part(&r->parts[0], &list, 0); at != SIZE_MAX;
                 at = find_part(&r->parts[0], &list, at + words)) {
                SG_ARENA_GROW(arena, hits, capacity, count + 1);
                hits[count++] = make_hit(codebook, i, &list, at, at + words - 1);
            }
        } else {
            size_t first = SIZE_MAX;
            size_t last = 0;

            for (size_t k = 0; k < r->part_count; k++) {
                size_t at = find_part(&r->parts[k], &list, 0);

                first = at < first ? at : first;
                last = at + r->parts[k].count - 1 > last ? at + r->parts[k].count - 1 : last;
            }
            SG_ARENA_GROW(arena, hits, capacity, count + 1);
            hits[count++] = make_hit(codebook, i, &list, first, last);
        }
    }
    *hits_out = hits;
    return count;
}
