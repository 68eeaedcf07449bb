#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stance/temporal.h"
#include "stance/value_ops.h"

/* Failures with their class, and access to the parts of lists, maps and temporal values. */

sg_status sg_fault_set(sg_fault *fault, sg_error *err, const char *type, const char *detail,
                       const char *format, ...)
{
    char message[SG_ERROR_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (fault != NULL)
        *fault = (sg_fault){ type, detail };
    return sg_error_set(err, SG_ERR_QUERY, "%s", message);
}

const char *sg_type_name(sg_type type)
{
    static const char *const names[] = {
        [SG_NULL] = "Null",
        [SG_BOOLEAN] = "Boolean",
        [SG_INTEGER] = "Integer",
        [SG_FLOAT] = "Float",
        [SG_STRING] = "String",
        [SG_LIST] = "List",
        [SG_MAP] = "Map",
        [SG_NODE] = "Node",
        [SG_RELATIONSHIP] = "Relationship",
        [SG_PATH] = "Path",
        [SG_DATE] = "Date",
        [SG_LOCAL_TIME] = "LocalTime",
        [SG_TIME] = "Time",
        [SG_LOCAL_DATETIME] = "LocalDateTime",
        [SG_DATETIME] = "DateTime",
        [SG_DURATION] = "Duration",
    };

    return names[type];
}

/* ---- maps ---- */

const sg_value *sg_value_map_find(sg_value map, const char *key, size_t len)
{
    const sg_map_value *m = map.as.map;

    for (size_t i = 0; i < m->count; i++)
        if (m->keys[i].len == len && (len == 0 || memcmp(m->keys[i].as.string, key, len) == 0))
            return &m->values[i];
    return NULL;
}

sg_value sg_value_map(sg_arena *arena, const sg_value *keys, const sg_value *values, size_t count)
{
    sg_map_value *map = sg_arena_alloc(arena, sizeof *map);
    sg_value v = { .type = SG_MAP, .as.map = map };

    map->count = 0;
    map->keys = sg_arena_alloc(arena, count * sizeof *map->keys);
    map->values = sg_arena_alloc(arena, count * sizeof *map->values);
    for (size_t i = 0; i < count; i++) {
        const sg_value *old = sg_value_map_find(v, keys[i].as.string, keys[i].len);
        size_t at = old == NULL ? map->count++ : (size_t) (old - map->values);

        map->keys[at] = keys[i];
        map->values[at] = values[i];
    }
    return v;
}

/* ---- access ---- */

static sg_status index_list(const sg_list *list, sg_value index, sg_value *out, sg_fault *fault,
                            sg_error *err)
{
    int64_t i = index.as.integer;

    if (index.type != SG_INTEGER)
        return sg_fault_set(fault, err, "TypeError", "ListElementAccessByNonInteger",
                            "a list is indexed by an Integer, not by a %s",
                            sg_type_name((sg_type) index.type));
    if (i < 0)
        i += (int64_t) list->count;
    *out = i >= 0 && i < (int64_t) list->count ? list->items[i] : sg_value_null();
    return SG_OK;
}

static sg_status index_map(sg_value map, sg_value key, sg_value *out, sg_fault *fault,
                           sg_error *err)
{
    const sg_value *found;

    if (key.type != SG_STRING)
        return sg_fault_set(fault, err, "TypeError", "MapElementAccessByNonString",
                            "a map is indexed by a String, not by a %s",
                            sg_type_name((sg_type) key.type));
    found = sg_value_map_find(map, key.as.string, key.len);
    *out = found != NULL ? *found : sg_value_null();
    return SG_OK;
}

sg_status sg_value_index(sg_value container, sg_value index, sg_value *out, sg_fault *fault,
                         sg_error *err)
{
    *out = sg_value_null();
    if (container.type != SG_NULL && container.type != SG_LIST && container.type != SG_MAP)
        return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType",
                            "a %s has no elements; [ ] is for lists, maps, nodes and relationships",
                            sg_type_name((sg_type) container.type));
    if (container.type == SG_NULL || index.type == SG_NULL)
        return SG_OK;
    if (container.type == SG_LIST)
        return index_list(container.as.list, index, out, fault, err);
    return index_map(container, index, out, fault, err);
}

/* Brings a bound into 0..count; negative ones count from the end. */
static size_t slice_bound(const sg_value *bound, size_t missing, size_t count)
{
    int64_t i;

    if (bound == NULL)
        return missing;
    i = bound->as.integer;
    if (i < 0)
        i += (int64_t) count;
    return i < 0 ? 0 : (uint64_t) i > count ? count : (size_t) i;
}

static sg_status check_bound(const sg_value *bound, sg_fault *fault, sg_error *err)
{
    if (bound == NULL || bound->type == SG_INTEGER || bound->type == SG_NULL)
        return SG_OK;
    return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType",
                        "a list is cut at an Integer, not at a %s",
                        sg_type_name((sg_type) bound->type));
}

sg_status sg_value_slice(sg_arena *arena, sg_value list, const sg_value *from, const sg_value *to,
                         sg_value *out, sg_fault *fault, sg_error *err)
{
    sg_status status;
    size_t start, end;

    *out = sg_value_null();
    if (list.type == SG_NULL)
        return SG_OK;
    if (list.type != SG_LIST)
        return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType",
                            "only a List has a range of elements, not a %s",
                            sg_type_name((sg_type) list.type));
    status = check_bound(from, fault, err);
    if (status == SG_OK)
        status = check_bound(to, fault, err);
    if (status != SG_OK)
        return status;
    if ((from != NULL && from->type == SG_NULL) || (to != NULL && to->type == SG_NULL))
        return SG_OK;
    start = slice_bound(from, 0, list.as.list->count);
    end = slice_bound(to, list.as.list->count, list.as.list->count);
    *out = sg_value_list(arena, list.as.list->items + start, end > start ? end - start : 0);
    return SG_OK;
}

sg_status sg_value_property(sg_arena *arena, sg_value v, const char *name, size_t len,
                            sg_value *out, sg_fault *fault, sg_error *err)
{
    const sg_value *found;

    *out = sg_value_null();
    switch ((sg_type) v.type) {
    case SG_NULL:
        return SG_OK;
    case SG_MAP:
        found = sg_value_map_find(v, name, len);
        if (found != NULL)
            *out = *found;
        return SG_OK;
    case SG_DATE:
    case SG_LOCAL_TIME:
    case SG_TIME:
    case SG_LOCAL_DATETIME:
    case SG_DATETIME:
    case SG_DURATION:
        if (sg_temporal_field(arena, v, name, len, out))
            return SG_OK;
        return sg_fault_set(fault, err, "TypeError", "InvalidArgumentValue",
                            "a %s has no part '%.*s'", sg_type_name((sg_type) v.type), (int) len,
                            name);
    default:
        return sg_fault_set(fault, err, "TypeError", "InvalidArgumentType",
                            "a %s has no property '%.*s'", sg_type_name((sg_type) v.type),
                            (int) len, name);
    }
}

bool sg_value_is_storable(sg_value v)
{
    switch ((sg_type) v.type) {
    case SG_MAP:
    case SG_NODE:
    case SG_RELATIONSHIP:
    case SG_PATH:
        return false;
    case SG_LIST:
        for (size_t i = 0; i < v.as.list->count; i++) {
            sg_value item = v.as.list->items[i];

            if (item.type == SG_NULL || item.type == SG_LIST || !sg_value_is_storable(item))
                return false;
        }
        return true;
    default:
        return true;
    }
}
