/* Property maps that are changed before they are written back. */

#include <string.h>

#include "store_internal.h"

void sg_props_init(struct sg_props *props, sg_arena *arena, sg_value from)
{
    memset(props, 0, sizeof *props);
    props->arena = arena;
    if (from.type != SG_MAP)
        return;
    for (size_t i = 0; i < from.as.map->count; i++)
        sg_props_set(
            props,
            sg_arena_strndup(arena, from.as.map->keys[i].as.string, from.as.map->keys[i].len),
            sg_value_copy(arena, from.as.map->values[i]));
}

void sg_props_set(struct sg_props *props, const char *key, sg_value v)
{
    sg_map_value *map = &props->map;
    size_t i = 0;
    size_t capacity = props->capacity;

    while (i < map->count && strcmp(map->keys[i].as.string, key) != 0)
        i++;
    if (i == map->count) {
        if (v.type == SG_NULL)
            return;
        SG_ARENA_GROW(props->arena, map->keys, capacity, i + 1);
        SG_ARENA_GROW(props->arena, map->values, props->capacity, i + 1);
        map->keys[map->count++] = sg_value_text(key);
    }
    map->values[i] = v;
}

void sg_props_set_text(struct sg_props *props, const char *key, const char *text)
{
    sg_props_set(props, key, sg_value_text(text));
}

sg_value sg_props_value(struct sg_props *props)
{
    return (sg_value){ .type = SG_MAP, .as.map = &props->map };
}
