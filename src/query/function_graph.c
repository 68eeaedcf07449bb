#include "query_function_internal.h"

/* Functions of nodes, relationships and paths. What was deleted in the same query has no labels
 * and properties any more; asking for them is an error. */

static sg_status refuse_deleted(struct sg_function_context *context, const char *name,
                                sg_error *err)
{
    return sg_fault_set(&context->fault, err, "EntityNotFound", "DeletedEntityAccess",
                        "%s() of something this query has deleted", name);
}

static bool is_alive(const sg_graph *graph, sg_value v)
{
    return v.type == SG_NODE ? sg_graph_node_exists(graph, v.as.entity)
                             : sg_graph_rel_exists(graph, v.as.entity);
}

static sg_value symbol_name(const sg_graph *graph, sg_symbol_kind kind, sg_symbol symbol)
{
    return sg_value_text(sg_graph_symbol_name(graph, kind, symbol));
}

sg_status sg_function_id(struct sg_function_context *context, const sg_value *args, size_t count,
                         sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NODE)
        *out = sg_value_integer(sg_graph_node_id(context->graph, args[0].as.entity));
    else if (args[0].type == SG_RELATIONSHIP)
        *out = sg_value_integer(sg_graph_rel_id(context->graph, args[0].as.entity));
    else if (args[0].type != SG_NULL)
        return sg_function_refuse_type(context, "id", "a Node or Relationship", args[0], err);
    return SG_OK;
}

sg_status sg_function_labels(struct sg_function_context *context, const sg_value *args,
                             size_t count, sg_value *out, sg_error *err)
{
    const sg_graph *graph = context->graph;
    sg_symbol *labels;
    sg_list *list;

    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_NODE)
        return sg_function_refuse_type(context, "labels", "a Node", args[0], err);
    if (!is_alive(graph, args[0]))
        return refuse_deleted(context, "labels", err);
    list = sg_arena_alloc(context->arena, sizeof *list);
    list->count = sg_graph_node_labels(graph, args[0].as.entity, NULL, 0);
    labels = sg_arena_alloc(context->arena, list->count * sizeof *labels);
    list->items = sg_arena_alloc(context->arena, list->count * sizeof *list->items);
    (void) sg_graph_node_labels(graph, args[0].as.entity, labels, list->count);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = symbol_name(graph, SG_LABEL, labels[i]);
    *out = (sg_value){ .type = SG_LIST, .as.list = list };
    return SG_OK;
}

/* A deleted relationship keeps its type. */
sg_status sg_function_type(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_RELATIONSHIP)
        return sg_function_refuse_type(context, "type", "a Relationship", args[0], err);
    *out = symbol_name(context->graph, SG_REL_TYPE,
                       sg_graph_rel_type(context->graph, args[0].as.entity));
    return SG_OK;
}

/* ---- properties ---- */

static size_t entity_keys(const sg_graph *graph, sg_value v, sg_symbol *keys, size_t room)
{
    return v.type == SG_NODE ? sg_graph_node_keys(graph, v.as.entity, keys, room)
                             : sg_graph_rel_keys(graph, v.as.entity, keys, room);
}

/* The keys that have a value, as symbols in the arena. */
static size_t collect_keys(struct sg_function_context *context, sg_value v, sg_symbol **keys)
{
    size_t count = entity_keys(context->graph, v, NULL, 0);

    *keys = sg_arena_alloc(context->arena, count * sizeof **keys);
    return entity_keys(context->graph, v, *keys, count);
}

static sg_value entity_properties(struct sg_function_context *context, sg_value v)
{
    sg_map_value *map = sg_arena_alloc(context->arena, sizeof *map);
    sg_symbol *keys;

    map->count = collect_keys(context, v, &keys);
    map->keys = sg_arena_alloc(context->arena, map->count * sizeof *map->keys);
    map->values = sg_arena_alloc(context->arena, map->count * sizeof *map->values);
    for (size_t i = 0; i < map->count; i++) {
        map->keys[i] = symbol_name(context->graph, SG_KEY, keys[i]);
        map->values[i] = v.type == SG_NODE
                             ? sg_graph_node_property(context->graph, v.as.entity, keys[i])
                             : sg_graph_rel_property(context->graph, v.as.entity, keys[i]);
    }
    return (sg_value){ .type = SG_MAP, .as.map = map };
}

sg_status sg_function_properties(struct sg_function_context *context, const sg_value *args,
                                 size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    switch ((sg_type) args[0].type) {
    case SG_NULL:
    case SG_MAP:
        *out = args[0];
        return SG_OK;
    case SG_NODE:
    case SG_RELATIONSHIP:
        if (!is_alive(context->graph, args[0]))
            return refuse_deleted(context, "properties", err);
        *out = entity_properties(context, args[0]);
        return SG_OK;
    default:
        return sg_function_refuse_type(context, "properties", "a Node, Relationship or Map",
                                       args[0], err);
    }
}

static sg_value entity_key_list(struct sg_function_context *context, sg_value v)
{
    sg_list *list = sg_arena_alloc(context->arena, sizeof *list);
    sg_symbol *keys;

    list->count = collect_keys(context, v, &keys);
    list->items = sg_arena_alloc(context->arena, list->count * sizeof *list->items);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = symbol_name(context->graph, SG_KEY, keys[i]);
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

sg_status sg_function_keys(struct sg_function_context *context, const sg_value *args, size_t count,
                           sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    switch ((sg_type) args[0].type) {
    case SG_NULL:
        return SG_OK;
    case SG_MAP:
        *out = sg_value_list(context->arena, args[0].as.map->keys, args[0].as.map->count);
        return SG_OK;
    case SG_NODE:
    case SG_RELATIONSHIP:
        if (!is_alive(context->graph, args[0]))
            return refuse_deleted(context, "keys", err);
        *out = entity_key_list(context, args[0]);
        return SG_OK;
    default:
        return sg_function_refuse_type(context, "keys", "a Node, Relationship or Map", args[0],
                                       err);
    }
}

/* ---- ends and paths ---- */

sg_status sg_function_start_node(struct sg_function_context *context, const sg_value *args,
                                 size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_RELATIONSHIP)
        return sg_function_refuse_type(context, "startNode", "a Relationship", args[0], err);
    *out = sg_value_node(sg_graph_rel_source(context->graph, args[0].as.entity));
    return SG_OK;
}

sg_status sg_function_end_node(struct sg_function_context *context, const sg_value *args,
                               size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_RELATIONSHIP)
        return sg_function_refuse_type(context, "endNode", "a Relationship", args[0], err);
    *out = sg_value_node(sg_graph_rel_target(context->graph, args[0].as.entity));
    return SG_OK;
}

sg_status sg_function_length(struct sg_function_context *context, const sg_value *args,
                             size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_PATH)
        return sg_function_refuse_type(context, "length", "a Path", args[0], err);
    *out = sg_value_integer((int64_t) args[0].as.path->length);
    return SG_OK;
}

static sg_value handle_list(sg_arena *arena, const uint32_t *handles, size_t count,
                            sg_value (*make)(uint32_t))
{
    sg_list *list = sg_arena_alloc(arena, sizeof *list);

    list->count = count;
    list->items = sg_arena_alloc(arena, count * sizeof *list->items);
    for (size_t i = 0; i < count; i++)
        list->items[i] = make(handles[i]);
    return (sg_value){ .type = SG_LIST, .as.list = list };
}

sg_status sg_function_nodes(struct sg_function_context *context, const sg_value *args, size_t count,
                            sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_PATH)
        return sg_function_refuse_type(context, "nodes", "a Path", args[0], err);
    *out = handle_list(context->arena, args[0].as.path->nodes, args[0].as.path->length + 1,
                       sg_value_node);
    return SG_OK;
}

sg_status sg_function_relationships(struct sg_function_context *context, const sg_value *args,
                                    size_t count, sg_value *out, sg_error *err)
{
    (void) count;
    *out = sg_value_null();
    if (args[0].type == SG_NULL)
        return SG_OK;
    if (args[0].type != SG_PATH)
        return sg_function_refuse_type(context, "relationships", "a Path", args[0], err);
    *out = handle_list(context->arena, args[0].as.path->rels, args[0].as.path->length,
                       sg_value_relationship);
    return SG_OK;
}
