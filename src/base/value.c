#include "stance/value.h"

#include <string.h>

sg_value sg_value_null(void)
{
    return (sg_value){ .type = SG_NULL };
}

sg_value sg_value_boolean(bool b)
{
    return (sg_value){ .type = SG_BOOLEAN, .as.boolean = b };
}

sg_value sg_value_integer(int64_t i)
{
    return (sg_value){ .type = SG_INTEGER, .as.integer = i };
}

sg_value sg_value_float(double d)
{
    return (sg_value){ .type = SG_FLOAT, .as.number = d };
}

sg_value sg_value_string(const char *text, size_t len)
{
    return (sg_value){ .type = SG_STRING, .len = (uint32_t) len, .as.string = text };
}

sg_value sg_value_text(const char *text)
{
    return text == NULL ? sg_value_null() : sg_value_string(text, strlen(text));
}

sg_value sg_value_date(int64_t days)
{
    return (sg_value){ .type = SG_DATE, .as.integer = days };
}

sg_value sg_value_node(uint32_t handle)
{
    return (sg_value){ .type = SG_NODE, .as.entity = handle };
}

sg_value sg_value_relationship(uint32_t handle)
{
    return (sg_value){ .type = SG_RELATIONSHIP, .as.entity = handle };
}

sg_value sg_value_list(sg_arena *arena, const sg_value *items, size_t count)
{
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = count;
    list->items = sg_arena_alloc(arena, count * sizeof *items);
    if (count > 0)
        memcpy(list->items, items, count * sizeof *items);
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

bool sg_value_is_null(sg_value v)
{
    return v.type == SG_NULL;
}

static sg_value *copy_all(sg_arena *arena, const sg_value *items, size_t count)
{
    sg_value *copies = sg_arena_alloc(arena, count * sizeof *copies);

    for (size_t i = 0; i < count; i++)
        copies[i] = sg_value_copy(arena, items[i]);
    return copies;
}

static const sg_path *copy_path(sg_arena *arena, const sg_path *path)
{
    sg_path *copy = sg_arena_alloc(arena, sizeof *copy);

    copy->length = path->length;
    copy->nodes = sg_arena_grow(arena, path->nodes, (path->length + 1) * sizeof *path->nodes,
                                (path->length + 1) * sizeof *path->nodes);
    copy->rels = sg_arena_grow(arena, path->rels, path->length * sizeof *path->rels,
                               path->length * sizeof *path->rels);
    return copy;
}

sg_value sg_value_copy(sg_arena *arena, sg_value v)
{
    switch ((sg_type) v.type) {
    case SG_STRING:
        v.as.string = sg_arena_strndup(arena, v.as.string, v.len);
        break;
    case SG_LIST: {
        sg_list *list = sg_arena_alloc(arena, sizeof *list);

        list->count = v.as.list->count;
        list->items = copy_all(arena, v.as.list->items, list->count);
        v.as.list = list;
        break;
    }
    case SG_MAP: {
        sg_map_value *map = sg_arena_alloc(arena, sizeof *map);

        map->count = v.as.map->count;
        map->keys = copy_all(arena, v.as.map->keys, map->count);
        map->values = copy_all(arena, v.as.map->values, map->count);
        v.as.map = map;
        break;
    }
    case SG_PATH:
        v.as.path = copy_path(arena, v.as.path);
        break;
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME: {
        sg_zoned *zoned = sg_arena_alloc(arena, sizeof *zoned);

        *zoned = *v.as.zoned;
        if (zoned->zone != NULL)
            zoned->zone = sg_arena_strdup(arena, zoned->zone);
        v.as.zoned = zoned;
        break;
    }
    case SG_DURATION: {
        sg_duration *duration = sg_arena_alloc(arena, sizeof *duration);

        *duration = *v.as.duration;
        v.as.duration = duration;
        break;
    }
    default:
        break;
    }
    return v;
}
