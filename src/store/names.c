/* Names across articles. A full name, an acronym or a name of several words means the same actor
 * wherever it stands; a bare surname is known only inside its article. What a person decided about
 * a name wins over all of this. */

#include <stdlib.h>
#include <string.h>

#include "stance/utf8.h"

#include "store_internal.h"

#define BAG_WORDS_MAX 24

static bool is_word(const char *const *words, const char *word, size_t len)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return true;
    }
    return false;
}

static size_t word_len(const char *text)
{
    return strcspn(text, " ");
}

const char *sg_name_fold(sg_arena *arena, const char *name, size_t len)
{
    static const char *const before_names[] = { "mr",   "mrs",  "ms",        "miss",  "mx",
                                                "dr",   "prof", "professor", "sir",   "dame",
                                                "lord", "lady", "rev",       "mr.",   "mrs.",
                                                "ms.",  "dr.",  "prof.",     "rev.",  "hon",
                                                "hon.", "the",  "baroness",  "baron", NULL };
    const char *fold = sg_utf8_fold(arena, name, len, NULL);

    for (;;) {
        size_t n = word_len(fold);

        if (fold[n] != ' ' || !is_word(before_names, fold, n))
            return fold;
        /* "Lord Falconer" is no bare surname: the title tells him from other Falconers. */
        if (strchr(fold + n + 1, ' ') == NULL && fold[0] != 't' &&
            (strncmp(fold, "lord", n) == 0 || strncmp(fold, "lady", n) == 0 ||
             strncmp(fold, "baron", 5) == 0))
            return fold;
        fold += n + 1;
    }
}

size_t sg_name_words(const char *fold)
{
    size_t count = fold[0] != '\0';

    for (const char *p = fold; *p != '\0'; p++)
        count += *p == ' ';
    return count;
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Cuts a plural s, as the codebook's patterns do. */
static const char *cut_plural(sg_arena *arena, const char *word, size_t len)
{
    if (len > 3 && word[len - 1] == 's' && word[len - 2] != 's' && word[len - 2] != 'u' &&
        word[len - 2] != 'i')
        len--;
    while (len > 1 && word[len - 1] == '\'')
        len--;
    return sg_arena_strndup(arena, word, len);
}

const char *sg_name_bag(sg_arena *arena, const char *name)
{
    static const char *const empty_words[] = { "the", "a",  "an", "of",   "for", "to", "on",
                                               "in",  "by", "at", "with", "and", "'s", NULL };
    const char *fold = sg_utf8_fold(arena, name, strlen(name), NULL);
    const char *words[BAG_WORDS_MAX];
    size_t count = 0;
    sg_strbuf bag = SG_STRBUF_INIT;

    for (const char *p = fold; *p != '\0' && count < BAG_WORDS_MAX;) {
        size_t n = strcspn(p, " -,;:.()\"");

        if (n > 2 && p[n - 1] == 's' && p[n - 2] == '\'')
            words[count++] = cut_plural(arena, p, n - 2);
        else if (n > 0 && !is_word(empty_words, p, n))
            words[count++] = cut_plural(arena, p, n);
        p += n;
        p += *p != '\0';
    }
    if (count == 0)
        return NULL;
    qsort(words, count, sizeof words[0], compare_words);
    sg_strbuf_putc(&bag, '~');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sg_strbuf_putc(&bag, ' ');
        sg_strbuf_puts(&bag, words[i]);
    }
    const char *copy = sg_arena_strndup(arena, bag.data, bag.len);
    sg_strbuf_clear(&bag);
    return copy;
}

sg_status sg_name_add(sg_store *store, const char *fold, int64_t node, int kind, const char *form,
                      bool joins, bool decided, sg_error *err)
{
    sqlite3_stmt *row = NULL;
    bool found = false;
    int64_t id = 0;
    bool same = false;
    sg_status status = sg_sql_query(
        store, &row, err, "SELECT id, joins, decided FROM alias WHERE fold = ?1 AND node = ?2",
        "ti", fold, node);

    if (status == SG_OK)
        status = sg_sql_step(store, row, &found, err);
    if (found) {
        id = sqlite3_column_int64(row, 0);
        same = (!joins || sqlite3_column_int(row, 1)) && (!decided || sqlite3_column_int(row, 2));
    }
    sg_sql_done(row);
    if (status != SG_OK || same)
        return status;
    if (found) {
        status = sg_store_touch(store, SG_ROW_ALIAS, id, err);
        if (status != SG_OK)
            return status;
        return sg_sql_run(store, err,
                          "UPDATE alias SET joins = max(joins, ?2), decided = max(decided, ?3)"
                          " WHERE id = ?1",
                          "iii", id, (int64_t) joins, (int64_t) decided);
    }
    status =
        sg_sql_run(store, err,
                   "INSERT INTO alias (fold, node, kind, form, joins, decided)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   "tiitii", fold, node, (int64_t) kind, form, (int64_t) joins, (int64_t) decided);
    if (status == SG_OK)
        status = sg_store_touch_new(store, SG_ROW_ALIAS, sqlite3_last_insert_rowid(store->db), err);
    return status;
}

sg_status sg_name_resolve(sg_store *store, const char *fold, int kind, int64_t *node_out,
                          sg_error *err)
{
    int64_t low = kind;
    int64_t high = kind;

    if (kind == SG_NAME_ORGANISATION || kind == SG_NAME_GROUP) {
        low = SG_NAME_ORGANISATION;
        high = SG_NAME_GROUP;
    }
    /* Between two of the same name the one of the very kind, then the older one. */
    return sg_sql_number(store, 0, node_out, err,
                         "SELECT node FROM alias WHERE fold = ?1 AND joins = 1"
                         "  AND (kind BETWEEN ?2 AND ?3 OR (decided = 1 AND (kind <= 2) = (?4 <= 2)"
                         "    AND (kind = 3) = (?4 = 3)))"
                         " ORDER BY decided DESC, kind <> ?4, node LIMIT 1",
                         "tiii", fold, low, high, (int64_t) kind);
}
