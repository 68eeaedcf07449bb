#include <pthread.h>
#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "stance_internal.h"

/* What the name of a position says: its words by their stems, which of them is the head, and
 * whether that undoes the rest ("repeal of the tax"). */

/* ---- words for undoing ---- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_map *undoing; /* stems of data/lexicons/undoing.csv; made once, kept to the end */

/* Stems again and again, so that "repealing" meets "repeal". */
static size_t root_of(const char *word, size_t len)
{
    size_t stem = sg_position_stem(word, len);

    return stem < len ? root_of(word, stem) : len;
}

static void add_undoing(char **cells, size_t count)
{
    (void) count;
    *sg_map_slot(undoing, cells[0], root_of(cells[0], strlen(cells[0])), 0) = 1;
}

static void read_undoing(void)
{
    sg_arena *arena = sg_arena_new();

    undoing = sg_map_new();
    sg_lexicon_read_table("undoing.csv", 1, arena, add_undoing);
    sg_arena_free(arena);
}

static bool is_undoing(const char *word, size_t len)
{
    uint64_t value;

    (void) pthread_once(&once, read_undoing);
    return sg_map_find(undoing, word, root_of(word, len), &value);
}

bool sg_is_undoing(const sg_reading *r, uint32_t word)
{
    return is_undoing(r->lower[word], strlen(r->lower[word]));
}

/* ---- names ---- */

static bool is_preposition(const char *word, size_t len)
{
    static const char *const list[] = { "of",   "on",      "for",     "to",   "in",   "against",
                                        "from", "by",      "with",    "at",   "over", "between",
                                        "into", "without", "towards", "that", "as",   "under" };

    return sg_is_one_of(word, len, list, sizeof list / sizeof list[0]);
}

bool sg_position_filler(const char *word, size_t len)
{
    static const char *const list[] = { "a",   "an",  "the", "this", "that", "these", "those",
                                        "its", "his", "her", "and",  "or",   "s" };

    return len < 2 || sg_is_one_of(word, len, list, sizeof list / sizeof list[0]) ||
           is_preposition(word, len);
}

uint64_t sg_position_stem_hash(const char *word, size_t len)
{
    return sg_hash_bytes(word, sg_position_stem(word, len), 0);
}

/* The head of "imposition of the contract", "closing mosques" and "the new contract". */
sg_position_name sg_position_name_read(const sg_reading *r, const char *text)
{
    sg_position_name name = { .count = 0 };
    bool settled = false;

    for (const char *at = sg_utf8_lower(r->arena, text, strlen(text), NULL); *at != '\0';) {
        size_t len = strcspn(at, " -/");

        if (is_preposition(at, len) && name.count > 0)
            settled = true;
        else if (!sg_position_filler(at, len) && name.count < SG_POSITION_NAME_WORDS) {
            uint64_t stem = sg_position_stem_hash(at, len);

            name.stems[name.count++] = stem;
            if (!settled) {
                name.head = stem;
                name.root = sg_hash_bytes(at, root_of(at, len), 0);
                name.undoes = is_undoing(at, len);
                name.opposes = sg_is_opposing(sg_arena_strndup(r->arena, at, len));
            }
            if (name.count == 1 && len > 4 && memcmp(at + len - 3, "ing", 3) == 0)
                settled = true;
        }
        at += len + (at[len] != '\0');
    }
    return name;
}

sg_position_name sg_position_name_of(const sg_reading *r, uint32_t position)
{
    return sg_position_name_read(r, r->positions[position].name);
}

bool sg_names_undone(const sg_reading *r, const sg_position_name *name, uint32_t first,
                     uint32_t past)
{
    bool found = false;

    for (uint32_t w = first; w < past && name->undoes; w++) {
        size_t len = strlen(r->lower[w]);
        uint64_t stem = sg_position_stem_hash(r->lower[w], len);

        if (stem == name->head || is_undoing(r->lower[w], len))
            return false;
        for (size_t i = 0; i < name->count; i++)
            found = found || name->stems[i] == stem;
    }
    return found;
}

bool sg_says_head(const sg_reading *r, const sg_position_name *name, uint32_t word)
{
    return sg_hash_bytes(r->lower[word], root_of(r->lower[word], strlen(r->lower[word])), 0) ==
           name->root;
}

bool sg_is_deed_of(const sg_reading *r, const sg_position_name *name, uint32_t word, bool undoes)
{
    return sg_says_head(r, name, word) || (name->undoes && (undoes || sg_is_undoing(r, word)));
}
