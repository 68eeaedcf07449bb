#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "stance/codebook.h"
#include "stance/extraction.h"
#include "stance/map.h"
#include "stance/utf8.h"

#include "table_internal.h"

/* An actor list: one row per name and alias; several aliases in a cell are parted by `|`. Names
 * are looked up in the folded form of sg_utf8_fold(). The first row of a name wins. */

struct sg_actor_list {
    sg_arena *arena;
    sg_map *by_name; /* folded name or alias -> index in actors */
    sg_known_actor *actors;
    size_t count;
    size_t longest;
};

enum { NAME, TYPE, ALIAS, ORGANISATION, COLUMN_COUNT };

static size_t count_words(const char *folded)
{
    size_t words = 1;

    for (; *folded != '\0'; folded++)
        words += *folded == ' ';
    return words;
}

static void add_name(sg_actor_list *list, const char *name, size_t len, size_t actor)
{
    size_t folded_len;
    const char *folded = sg_utf8_fold(list->arena, name, len, &folded_len);
    size_t words;

    if (folded_len == 0)
        return;
    (void) sg_map_slot(list->by_name, folded, folded_len, actor);
    words = count_words(folded);
    list->longest = words > list->longest ? words : list->longest;
}

static void add_aliases(sg_actor_list *list, const char *cell, size_t actor)
{
    while (*cell != '\0') {
        size_t len = strcspn(cell, "|");

        add_name(list, cell, len, actor);
        cell += len + (cell[len] == '|');
    }
}

/* Reads a type cell; false if it is none that we know. */
static bool read_kind(const char *text, int *kind_out)
{
    static const struct {
        const char *name;
        int kind;
    } kinds[] = {
        { "", -1 },
        { "person", SG_ACTOR_PERSON },
        { "organisation", SG_ACTOR_ORGANISATION },
        { "organization", SG_ACTOR_ORGANISATION },
        { "group", SG_ACTOR_GROUP },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcasecmp(text, kinds[i].name) == 0) {
            *kind_out = kinds[i].kind;
            return true;
        }
    }
    return false;
}

sg_status sg_actor_list_read(const char *path, sg_actor_list **list_out, sg_error *err)
{
    static const char *const columns[COLUMN_COUNT] = { "name", "type", "alias", "organisation" };
    sg_actor_list *list = sg_calloc(1, sizeof *list);
    sg_table table = { 0 };
    sg_status status;

    list->arena = sg_arena_new();
    list->by_name = sg_map_new();
    status = sg_table_read(path, columns, COLUMN_COUNT, 1, list->arena, &table, err);
    if (status != SG_OK)
        goto done;
    list->actors = sg_arena_calloc(list->arena, table.row_count + 1, sizeof *list->actors);
    for (size_t i = 0; i < table.row_count; i++) {
        const char *name = sg_table_cell(&table, i, NAME);
        const char *organisation = sg_table_cell(&table, i, ORGANISATION);
        sg_known_actor *actor = &list->actors[list->count];

        if (name[0] == '\0')
            continue;
        actor->name = name;
        actor->organisation = organisation[0] != '\0' ? organisation : NULL;
        if (!read_kind(sg_table_cell(&table, i, TYPE), &actor->kind)) {
            status = sg_error_set(err, SG_ERR_INPUT, "%s: row %zu: unknown type '%s'", path, i + 2,
                                  sg_table_cell(&table, i, TYPE));
            sg_error_hint(err, "types are person, organisation and group");
            goto done;
        }
        add_name(list, name, strlen(name), list->count);
        add_aliases(list, sg_table_cell(&table, i, ALIAS), list->count);
        list->count++;
    }
    *list_out = list;
done:
    if (status != SG_OK)
        sg_actor_list_free(list);
    return status;
}

void sg_actor_list_free(sg_actor_list *list)
{
    if (list == NULL)
        return;
    sg_map_free(list->by_name);
    sg_arena_free(list->arena);
    sg_free(list);
}

const sg_known_actor *sg_actor_list_find(const sg_actor_list *list, const char *name, size_t len)
{
    sg_arena *arena = sg_arena_new();
    size_t folded_len;
    const char *folded = sg_utf8_fold(arena, name, len, &folded_len);
    uint64_t index = 0;
    bool found = sg_map_find(list->by_name, folded, folded_len, &index);

    sg_arena_free(arena);
    return found ? &list->actors[index] : NULL;
}

size_t sg_actor_list_longest(const sg_actor_list *list)
{
    return list->longest;
}
