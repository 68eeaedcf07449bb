#include <string.h>

#include "graph_folder.h"

/* From ids as files write them to nodes. Most files count their nodes: such ids are places in an
 * array, as long as the array is not much larger than the number of nodes. Larger numbers are
 * hashed as numbers, without a detour over their text. Others go to a map of texts. */

#define DIRECT_LEAST    65536U
#define DIRECT_PER_NODE 8U

struct id_space {
    uint32_t *direct; /* node of each small number, + 1; 0 = none */
    size_t direct_room;
    size_t direct_count;
    uint64_t *numbers; /* + 1; 0 = free. Open addressing. */
    int64_t *nodes;
    size_t count;
    size_t room; /* a power of two, or 0 */
    sg_map *texts;
};

id_space *id_space_new(void)
{
    id_space *space = sg_calloc(1, sizeof *space);

    space->texts = sg_map_new();
    return space;
}

void id_space_free(id_space *space)
{
    if (space == NULL)
        return;
    sg_free(space->direct);
    sg_free(space->numbers);
    sg_free(space->nodes);
    sg_map_free(space->texts);
    sg_free(space);
}

/* A number whose digits are the only way to write it. */
static bool as_number(csv_field id, uint64_t *number_out)
{
    uint64_t number = 0;

    if (id.len == 0 || id.len > 18 || (id.text[0] == '0' && id.len > 1))
        return false;
    for (size_t i = 0; i < id.len; i++) {
        if (id.text[i] < '0' || id.text[i] > '9')
            return false;
        number = number * 10 + (uint64_t) (id.text[i] - '0');
    }
    *number_out = number + 1;
    return true;
}

static size_t slot_of(const id_space *space, uint64_t number)
{
    size_t at = (size_t) (number * 0x9e3779b97f4a7c15U >> 20) & (space->room - 1);

    while (space->numbers[at] != 0 && space->numbers[at] != number)
        at = (at + 1) & (space->room - 1);
    return at;
}

static void grow(id_space *space)
{
    id_space old = *space;

    space->room = old.room == 0 ? 1024 : old.room * 2;
    space->numbers = sg_calloc(space->room, sizeof *space->numbers);
    space->nodes = sg_reallocarray(NULL, space->room, sizeof *space->nodes);
    for (size_t i = 0; i < old.room; i++)
        if (old.numbers[i] != 0) {
            size_t at = slot_of(space, old.numbers[i]);

            space->numbers[at] = old.numbers[i];
            space->nodes[at] = old.nodes[i];
        }
    sg_free(old.numbers);
    sg_free(old.nodes);
}

static bool is_direct(const id_space *space, uint64_t number)
{
    return number < space->direct_room && space->direct[number] != 0;
}

static bool add_direct(id_space *space, uint64_t number, int64_t node)
{
    size_t old = space->direct_room;

    if (node < 0 || node >= UINT32_MAX ||
        (number >= DIRECT_LEAST && number / DIRECT_PER_NODE >= space->direct_count))
        return false;
    if (number >= old) {
        SG_GROW(space->direct, space->direct_room, (size_t) number + 1);
        memset(space->direct + old, 0, (space->direct_room - old) * sizeof *space->direct);
    }
    space->direct[number] = (uint32_t) node + 1;
    space->direct_count++;
    return true;
}

bool id_space_add(id_space *space, csv_field id, int64_t node)
{
    uint64_t number;
    size_t at;

    if (!as_number(id, &number))
        return sg_map_put(space->texts, id.text, id.len, (uint64_t) node);
    if (is_direct(space, number))
        return false;
    if (space->room == 0 || space->numbers[slot_of(space, number)] != number)
        if (add_direct(space, number, node))
            return true;
    if ((space->count + 1) * 2 > space->room)
        grow(space);
    at = slot_of(space, number);
    if (space->numbers[at] != 0)
        return false;
    space->numbers[at] = number;
    space->nodes[at] = node;
    space->count++;
    return true;
}

bool id_space_find(const id_space *space, csv_field id, int64_t *node_out)
{
    uint64_t number, node;
    size_t at;

    if (!as_number(id, &number)) {
        if (!sg_map_find(space->texts, id.text, id.len, &node))
            return false;
        *node_out = (int64_t) node;
        return true;
    }
    if (is_direct(space, number)) {
        *node_out = (int64_t) space->direct[number] - 1;
        return true;
    }
    if (space->room == 0)
        return false;
    at = slot_of(space, number);
    *node_out = space->nodes[at];
    return space->numbers[at] != 0;
}
