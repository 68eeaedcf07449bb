/* Operators that change the graph: Create, Merge, Set (and Remove), Delete. Changes go to the
 * graph's overlay; the query commits them at its end or rolls all of them back. */

#include <string.h>

#include "runtime.h"

/* ---- properties ---- */

static sg_status check_storable(sg_exec *x, sg_value v, const sg_expr *expr)
{
    if (v.type == SG_NULL || sg_value_is_storable(v))
        return SG_OK;
    return sg_exec_fail(
        x, "TypeError", "InvalidPropertyType", expr, "a property cannot hold a value of type %s%s",
        sg_type_name((sg_type) v.type), v.type == SG_LIST ? " with such elements" : "");
}

static void store(sg_exec *x, sg_value entity, sg_symbol key, sg_value v)
{
    if (entity.type == SG_NODE)
        sg_graph_set_node_property(x->graph, entity.as.entity, key, v);
    else
        sg_graph_set_rel_property(x->graph, entity.as.entity, key, v);
}

static sg_symbol key_symbol(sg_exec *x, sg_value key)
{
    return sg_graph_symbol_add(x->graph, SG_KEY, key.as.string, key.len);
}

/* A map value of the properties of a node or relationship, or the map itself. */
static sg_status as_map(sg_exec *x, sg_value v, const sg_expr *expr, sg_arena *arena, sg_value *out)
{
    size_t count;
    sg_symbol *keys;
    sg_value *names;
    sg_value *values;

    *out = v;
    if (v.type == SG_MAP || v.type == SG_NULL)
        return SG_OK;
    if (v.type != SG_NODE && v.type != SG_RELATIONSHIP)
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                            "properties come from a map, not from a value of type %s",
                            sg_type_name((sg_type) v.type));
    count = v.type == SG_NODE ? sg_graph_node_keys(x->graph, v.as.entity, NULL, 0)
                              : sg_graph_rel_keys(x->graph, v.as.entity, NULL, 0);
    keys = sg_arena_alloc(arena, (count + 1) * sizeof *keys);
    names = sg_arena_alloc(arena, (count + 1) * sizeof *names);
    values = sg_arena_alloc(arena, (count + 1) * sizeof *values);
    if (v.type == SG_NODE)
        (void) sg_graph_node_keys(x->graph, v.as.entity, keys, count);
    else
        (void) sg_graph_rel_keys(x->graph, v.as.entity, keys, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = sg_value_text(sg_graph_symbol_name(x->graph, SG_KEY, keys[i]));
        values[i] = v.type == SG_NODE ? sg_graph_node_property(x->graph, v.as.entity, keys[i])
                                      : sg_graph_rel_property(x->graph, v.as.entity, keys[i]);
    }
    *out = sg_value_map(arena, names, values, count);
    return SG_OK;
}

static sg_status store_map(sg_exec *x, sg_value entity, sg_value map, const sg_expr *expr)
{
    if (map.type != SG_MAP)
        return SG_OK;
    for (size_t i = 0; i < map.as.map->count; i++) {
        if (check_storable(x, map.as.map->values[i], expr) != SG_OK)
            return SG_ERR_QUERY;
        store(x, entity, key_symbol(x, map.as.map->keys[i]), map.as.map->values[i]);
    }
    return SG_OK;
}

static void clear_properties(sg_exec *x, sg_value entity, sg_arena *arena)
{
    bool is_node = entity.type == SG_NODE;
    size_t count = is_node ? sg_graph_node_keys(x->graph, entity.as.entity, NULL, 0)
                           : sg_graph_rel_keys(x->graph, entity.as.entity, NULL, 0);
    sg_symbol *keys = sg_arena_alloc(arena, (count + 1) * sizeof *keys);

    if (is_node)
        (void) sg_graph_node_keys(x->graph, entity.as.entity, keys, count);
    else
        (void) sg_graph_rel_keys(x->graph, entity.as.entity, keys, count);
    for (size_t i = 0; i < count; i++)
        store(x, entity, keys[i], sg_value_null());
}

/* ---- creating a pattern ---- */

static sg_status set_properties(sg_exec *x, sg_value entity, const sg_expr *properties,
                                sg_arena *arena, bool merging)
{
    sg_value map;

    if (properties == NULL)
        return SG_OK;
    if (sg_eval(x, properties, arena, &map) != SG_OK ||
        as_map(x, map, properties, arena, &map) != SG_OK)
        return SG_ERR_QUERY;
    for (size_t i = 0; merging && map.type == SG_MAP && i < map.as.map->count; i++) {
        if (map.as.map->values[i].type == SG_NULL)
            return sg_exec_fail(x, "SemanticError", "MergeReadOwnWrites", properties,
                                "MERGE cannot look for a property that is null: '%.*s'",
                                (int) map.as.map->keys[i].len, map.as.map->keys[i].as.string);
    }
    return store_map(x, entity, map, properties);
}

static sg_status create_node(sg_exec *x, const sg_node_pattern *node, sg_arena *arena, bool merging)
{
    sg_value created;

    if (node->bound) {
        if (x->row[node->slot].type == SG_NODE)
            return SG_OK;
        return sg_exec_fail(x, "SemanticError", "MergeReadOwnWrites", NULL,
                            "a relationship needs two nodes, but '%.*s' is null",
                            (int) node->name.len, node->name.text);
    }
    created = sg_value_node(sg_graph_create_node(x->graph));
    x->row[node->slot] = created;
    for (uint32_t i = 0; i < node->label_count; i++)
        sg_graph_add_label(x->graph, created.as.entity, node->label_symbols[i]);
    return set_properties(x, created, node->properties, arena, merging);
}

static sg_status create_rel(sg_exec *x, const sg_path_pattern *path, uint32_t i, sg_arena *arena,
                            bool merging)
{
    const sg_rel_pattern *rel = &path->rels[i];
    uint32_t left = x->row[path->nodes[i].slot].as.entity;
    uint32_t right = x->row[path->nodes[i + 1].slot].as.entity;
    bool backward = rel->left_arrow && !rel->right_arrow;
    uint32_t created = sg_graph_create_rel(x->graph, rel->type_symbols[0], backward ? right : left,
                                           backward ? left : right);

    x->row[rel->slot] = sg_value_relationship(created);
    return set_properties(x, x->row[rel->slot], rel->properties, arena, merging);
}

sg_status sg_create_pattern(sg_exec *x, const sg_pattern *pattern, sg_arena *arena, bool merging)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            if (create_node(x, &path->nodes[k], arena, merging) != SG_OK)
                return SG_ERR_QUERY;
        }
        for (uint32_t k = 0; k < path->length; k++) {
            if (create_rel(x, path, k, arena, merging) != SG_OK)
                return SG_ERR_QUERY;
        }
        if (path->slot != SG_NO_SLOT)
            x->row[path->slot] = sg_build_path(x, path, arena);
    }
    return SG_OK;
}

/* ---- Create ---- */

typedef struct create_op {
    sg_operator base;
    const sg_pattern *pattern;
} create_op;

static sg_step create_next(sg_operator *op, sg_exec *x)
{
    const create_op *self = (const create_op *) op;
    sg_step step = sg_operator_next(op->input, x);

    if (step == SG_STEP_ROW &&
        sg_create_pattern(x, self->pattern, sg_scratch_reset(op), false) != SG_OK)
        return SG_STEP_FAIL;
    return step;
}

static const sg_operator_class create_class = { "Create", NULL, create_next, NULL, NULL };

sg_operator *sg_op_create(sg_query *query, sg_operator *input, const sg_pattern *pattern)
{
    create_op *self = sg_operator_new(query, &create_class, input, sizeof *self);

    self->pattern = pattern;
    return &self->base;
}

/* ---- Set and Remove ---- */

static sg_status change_labels(sg_exec *x, const sg_set_item *item, sg_value target)
{
    for (uint32_t i = 0; i < item->label_count; i++) {
        if (target.type != SG_NODE)
            return sg_exec_fail(x, "TypeError", "InvalidArgumentType", item->target,
                                "only nodes have labels");
        if (item->kind == SG_SET_LABELS)
            sg_graph_add_label(x->graph, target.as.entity, item->label_symbols[i]);
        else
            sg_graph_remove_label(x->graph, target.as.entity, item->label_symbols[i]);
    }
    return SG_OK;
}

sg_status sg_apply_set(sg_exec *x, const sg_set_item *item, sg_arena *arena)
{
    sg_value target;
    sg_value v = sg_value_null();

    if (sg_eval(x, item->target, arena, &target) != SG_OK)
        return SG_ERR_QUERY;
    if (target.type == SG_NULL)
        return SG_OK;
    if (target.type != SG_NODE && target.type != SG_RELATIONSHIP)
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", item->target,
                            "only nodes and relationships have properties to change, this is of "
                            "type %s",
                            sg_type_name((sg_type) target.type));
    if (x->has_deleted && !sg_exec_entity_exists(x, target, item->target))
        return SG_ERR_QUERY;
    if (item->value != NULL && sg_eval(x, item->value, arena, &v) != SG_OK)
        return SG_ERR_QUERY;
    switch ((sg_set_kind) item->kind) {
    case SG_SET_PROPERTY:
    case SG_REMOVE_PROPERTY:
        if (check_storable(x, v, item->value) != SG_OK)
            return SG_ERR_QUERY;
        store(x, target, item->symbol, v);
        return SG_OK;
    case SG_SET_REPLACE:
        if (as_map(x, v, item->value, arena, &v) != SG_OK)
            return SG_ERR_QUERY;
        v = sg_value_copy(arena, v);
        clear_properties(x, target, arena);
        return store_map(x, target, v, item->value);
    case SG_SET_MERGE:
        if (as_map(x, v, item->value, arena, &v) != SG_OK)
            return SG_ERR_QUERY;
        return store_map(x, target, v, item->value);
    case SG_SET_LABELS:
    case SG_REMOVE_LABELS:
        return change_labels(x, item, target);
    }
    return SG_OK;
}

typedef struct set_op {
    sg_operator base;
    const sg_clause *clause;
} set_op;

static sg_step set_next(sg_operator *op, sg_exec *x)
{
    const set_op *self = (const set_op *) op;
    sg_step step = sg_operator_next(op->input, x);

    if (step != SG_STEP_ROW)
        return step;
    for (uint32_t i = 0; i < self->clause->set_count; i++) {
        if (sg_apply_set(x, &self->clause->sets[i], sg_scratch_reset(op)) != SG_OK)
            return SG_STEP_FAIL;
    }
    return step;
}

static const sg_operator_class set_class = { "Set", NULL, set_next, NULL, NULL };
static const sg_operator_class remove_class = { "Remove", NULL, set_next, NULL, NULL };

sg_operator *sg_op_set(sg_query *query, sg_operator *input, const sg_clause *clause)
{
    set_op *self = sg_operator_new(
        query, clause->kind == SG_CLAUSE_SET ? &set_class : &remove_class, input, sizeof *self);

    self->clause = clause;
    return &self->base;
}

/* ---- Merge: the matches, or else the pattern created ---- */

typedef struct merge_op {
    sg_operator base;
    const sg_clause *clause;
    bool active;
} merge_op;

static sg_status merge_open(sg_operator *op, sg_exec *x)
{
    (void) x;
    ((merge_op *) op)->active = false;
    return SG_OK;
}

static sg_status apply_sets(merge_op *self, sg_exec *x, uint8_t when)
{
    for (uint32_t i = 0; i < self->clause->set_count; i++) {
        const sg_set_item *item = &self->clause->sets[i];

        if (item->when == when && sg_apply_set(x, item, sg_scratch_reset(&self->base)) != SG_OK)
            return SG_ERR_QUERY;
    }
    return SG_OK;
}

/* A property that is null can neither be found nor created. */
static sg_status check_no_null(merge_op *self, sg_exec *x)
{
    const sg_path_pattern *path = &self->clause->pattern.paths[0];

    for (uint32_t i = 0; i < path->length * 2 + 1; i++) {
        const sg_expr *map =
            i % 2 == 0 ? path->nodes[i / 2].properties : path->rels[i / 2].properties;

        for (uint32_t k = 0; map != NULL && k < map->count; k++) {
            sg_value v;

            if (sg_eval(x, map->child[k], sg_scratch_reset(&self->base), &v) != SG_OK)
                return SG_ERR_QUERY;
            if (v.type == SG_NULL)
                return sg_exec_fail(x, "SemanticError", "MergeReadOwnWrites", map->child[k],
                                    "MERGE cannot look for a property that is null");
        }
    }
    return SG_OK;
}

static sg_step merge_next(sg_operator *op, sg_exec *x)
{
    merge_op *self = (merge_op *) op;

    for (;;) {
        sg_step step;
        bool first = false;

        if (!self->active) {
            step = sg_operator_next(op->input, x);
            if (step != SG_STEP_ROW)
                return step;
            if (check_no_null(self, x) != SG_OK || sg_operator_open(op->sub, x) != SG_OK)
                return SG_STEP_FAIL;
            self->active = true;
            first = true;
        }
        step = sg_operator_next(op->sub, x);
        if (step == SG_STEP_FAIL)
            return step;
        if (step == SG_STEP_ROW)
            return apply_sets(self, x, 2) == SG_OK ? SG_STEP_ROW : SG_STEP_FAIL;
        self->active = false;
        if (first) {
            if (sg_create_pattern(x, &self->clause->pattern, sg_scratch_reset(op), true) != SG_OK ||
                apply_sets(self, x, 1) != SG_OK)
                return SG_STEP_FAIL;
            return SG_STEP_ROW;
        }
    }
}

static const sg_operator_class merge_class = { "Merge", merge_open, merge_next, NULL, NULL };

sg_operator *sg_op_merge(sg_query *query, sg_operator *input, sg_operator *sub,
                         const sg_clause *clause)
{
    merge_op *self = sg_operator_new(query, &merge_class, input, sizeof *self);

    self->base.sub = sub;
    self->clause = clause;
    return &self->base;
}

/* ---- Delete ---- */

typedef struct delete_op {
    sg_operator base;
    const sg_clause *clause;
} delete_op;

static void delete_rel(sg_exec *x, uint32_t rel)
{
    if (!sg_graph_rel_exists(x->graph, rel))
        return;
    sg_graph_delete_rel(x->graph, rel);
    x->has_deleted = true;
}

/* Deletion under the walk would confuse it, so the relationships are collected first. */
static void detach(sg_exec *x, uint32_t node, sg_arena *arena)
{
    uint32_t *rels = NULL;
    size_t count = 0;
    size_t capacity = 0;
    sg_adjacency walk;

    sg_adjacency_init(&walk, x->graph, node, SG_BOTH, SG_NO_SYMBOL);
    while (sg_adjacency_next(&walk)) {
        SG_ARENA_GROW(arena, rels, capacity, count + 1);
        rels[count++] = walk.rel;
    }
    for (size_t i = 0; i < count; i++)
        delete_rel(x, rels[i]);
}

static void delete_node(sg_exec *x, uint32_t node, bool detaching, sg_arena *arena)
{
    if (!sg_graph_node_exists(x->graph, node))
        return;
    if (detaching)
        detach(x, node, arena);
    /* whether relationships are left is looked at when the query ends */
    SG_GROW(x->deleted_nodes, x->deleted_capacity, x->deleted_count + 1);
    x->deleted_nodes[x->deleted_count++] = node;
    sg_graph_delete_node(x->graph, node);
    x->has_deleted = true;
}

static sg_status delete_value(sg_exec *x, const sg_expr *expr, sg_value v, bool detaching,
                              sg_arena *arena)
{
    switch ((sg_type) v.type) {
    case SG_NULL:
        return SG_OK;
    case SG_NODE:
        delete_node(x, v.as.entity, detaching, arena);
        return SG_OK;
    case SG_RELATIONSHIP:
        delete_rel(x, v.as.entity);
        return SG_OK;
    case SG_PATH:
        for (size_t i = 0; i < v.as.path->length; i++)
            delete_rel(x, v.as.path->rels[i]);
        for (size_t i = 0; i <= v.as.path->length; i++)
            delete_node(x, v.as.path->nodes[i], detaching, arena);
        return SG_OK;
    default:
        return sg_exec_fail(x, "TypeError", "InvalidArgumentType", expr,
                            "DELETE takes nodes, relationships and paths, not a value of type %s",
                            sg_type_name((sg_type) v.type));
    }
}

static sg_step delete_next(sg_operator *op, sg_exec *x)
{
    const delete_op *self = (const delete_op *) op;
    sg_step step = sg_operator_next(op->input, x);

    if (step != SG_STEP_ROW)
        return step;
    for (uint32_t i = 0; i < self->clause->item_count; i++) {
        const sg_expr *expr = self->clause->items[i].expr;
        sg_arena *arena = sg_scratch_reset(op);
        sg_value v;

        if (sg_eval(x, expr, arena, &v) != SG_OK ||
            delete_value(x, expr, v, self->clause->detach, arena) != SG_OK)
            return SG_STEP_FAIL;
    }
    return step;
}

static const sg_operator_class delete_class = { "Delete", NULL, delete_next, NULL, NULL };

sg_operator *sg_op_delete(sg_query *query, sg_operator *input, const sg_clause *clause)
{
    delete_op *self = sg_operator_new(query, &delete_class, input, sizeof *self);

    self->clause = clause;
    return &self->base;
}
