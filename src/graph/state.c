#include <string.h>

#include "graph_internal.h"

/* The state of one entity is two small sorted arrays. Entities have a handful of properties and
 * labels, so binary search over an array beats any table, in time and in memory. */

void handle_list_add(handle_list *list, uint32_t handle)
{
    SG_GROW(list->items, list->capacity, list->count + 1);
    list->items[list->count++] = handle;
}

void slot_table_set(slot_table *table, uint32_t handle, uint32_t slot)
{
    if (handle >= table->room) {
        size_t room = sg_grown_capacity(table->room, (size_t) handle + 1);

        table->slots = sg_reallocarray(table->slots, room, sizeof *table->slots);
        memset(table->slots + table->room, 0, (room - table->room) * sizeof *table->slots);
        table->room = room;
    }
    table->slots[handle] = slot;
}

void counters_add(counters *counts, sg_symbol symbol, long difference)
{
    if (symbol >= counts->count) {
        SG_GROW(counts->of, counts->capacity, (size_t) symbol + 1);
        memset(counts->of + counts->count, 0, (symbol + 1 - counts->count) * sizeof *counts->of);
        counts->count = (size_t) symbol + 1;
    }
    counts->of[symbol] += (size_t) difference;
}

size_t counters_get(const counters *counts, sg_symbol symbol)
{
    return symbol < counts->count ? counts->of[symbol] : 0;
}

void counters_copy(counters *to, const counters *from)
{
    SG_GROW(to->of, to->capacity, from->count);
    if (from->count > 0)
        memcpy(to->of, from->of, from->count * sizeof *from->of);
    to->count = from->count;
}

/* Index of the first property whose key is not below `key`. */
static uint32_t property_place(const entity_state *state, sg_symbol key)
{
    uint32_t low = 0, high = state->property_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (state->properties[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_property_at(const entity_state *state, uint32_t at, sg_symbol key)
{
    return at < state->property_count && state->properties[at].key == key;
}

const property *state_find_property(const entity_state *state, sg_symbol key)
{
    uint32_t at = property_place(state, key);

    return has_property_at(state, at, key) ? &state->properties[at] : NULL;
}

static void make_property_room(entity_state *state, sg_arena *arena, uint32_t needed)
{
    if (state->property_room >= needed && state->property_room > 0)
        return;
    needed = (uint32_t) sg_grown_capacity(state->property_room, needed);
    state->properties =
        sg_arena_grow(arena, state->properties, state->property_count * sizeof *state->properties,
                      needed * sizeof *state->properties);
    state->property_room = needed;
}

void state_set_property(entity_state *state, sg_arena *arena, sg_symbol key, sg_value value)
{
    uint32_t at = property_place(state, key);

    if (!has_property_at(state, at, key)) {
        make_property_room(state, arena, state->property_count + 1);
        memmove(state->properties + at + 1, state->properties + at,
                (state->property_count - at) * sizeof *state->properties);
        state->property_count++;
        state->properties[at].key = key;
    } else {
        make_property_room(state, arena, state->property_count);
    }
    state->properties[at].value = sg_value_copy(arena, value);
}

void state_remove_property(entity_state *state, sg_arena *arena, sg_symbol key)
{
    uint32_t at = property_place(state, key);

    if (!has_property_at(state, at, key))
        return;
    make_property_room(state, arena, state->property_count);
    memmove(state->properties + at, state->properties + at + 1,
            (state->property_count - at - 1) * sizeof *state->properties);
    state->property_count--;
}

static uint32_t label_place(const entity_state *state, sg_symbol label)
{
    uint32_t at = 0;

    while (at < state->label_count && state->labels[at] < label)
        at++;
    return at;
}

bool state_has_label(const entity_state *state, sg_symbol label)
{
    uint32_t at = label_place(state, label);

    return at < state->label_count && state->labels[at] == label;
}

static void make_label_room(entity_state *state, sg_arena *arena, uint32_t needed)
{
    if (state->label_room >= needed && state->label_room > 0)
        return;
    needed = (uint32_t) sg_grown_capacity(state->label_room, needed);
    state->labels = sg_arena_grow(arena, state->labels, state->label_count * sizeof *state->labels,
                                  needed * sizeof *state->labels);
    state->label_room = needed;
}

bool state_add_label(entity_state *state, sg_arena *arena, sg_symbol label)
{
    uint32_t at = label_place(state, label);

    if (at < state->label_count && state->labels[at] == label)
        return false;
    make_label_room(state, arena, state->label_count + 1);
    memmove(state->labels + at + 1, state->labels + at,
            (state->label_count - at) * sizeof *state->labels);
    state->labels[at] = label;
    state->label_count++;
    return true;
}

bool state_remove_label(entity_state *state, sg_arena *arena, sg_symbol label)
{
    uint32_t at = label_place(state, label);

    if (at == state->label_count || state->labels[at] != label)
        return false;
    make_label_room(state, arena, state->label_count);
    memmove(state->labels + at, state->labels + at + 1,
            (state->label_count - at - 1) * sizeof *state->labels);
    state->label_count--;
    return true;
}
