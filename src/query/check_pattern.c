/* Semantic checks of patterns: what is bound, what is new, and what CREATE and MERGE demand. */

#include <string.h>

#include "check_internal.h"

typedef struct pattern_check {
    sg_checker *c;
    sg_pattern_use use;
    size_t first; /* variables from here on were declared by this pattern */
} pattern_check;

static void fail_conflict(sg_checker *c, sg_name name, const char *wanted, uint8_t type)
{
    sg_check_syntax(c, "VariableTypeConflict", name.offset,
                    "'%.*s' is a value of type %s and cannot be used as a %s", (int) name.len,
                    name.text, sg_type_name((sg_type) type), wanted);
}

static void fail_bound(sg_checker *c, sg_name name)
{
    sg_check_syntax(c, "VariableAlreadyBound", name.offset, "'%.*s' is already defined",
                    (int) name.len, name.text);
}

static bool declared_here(const pattern_check *check, const sg_variable *variable)
{
    return (size_t) (variable - check->c->scope.variables) >= check->first;
}

static sg_symbol *resolve(sg_checker *c, sg_symbol_kind kind, const sg_name *names, uint32_t count)
{
    sg_symbol *symbols = sg_arena_alloc(c->query->arena, (count + 1) * sizeof *symbols);

    for (uint32_t i = 0; i < count; i++)
        symbols[i] = sg_check_symbol(c, kind, names[i]);
    return symbols;
}

static void check_properties(pattern_check *check, sg_expr *properties)
{
    sg_checker *c = check->c;

    if (properties == NULL)
        return;
    if (properties->kind == SG_EX_PARAMETER && check->use != SG_USE_CREATE)
        sg_check_syntax(c, "InvalidParameterUse", properties->offset,
                        "a parameter cannot be the property map of a pattern in MATCH or MERGE; "
                        "write {key: $param.key}");
    sg_check_no_aggregate(c, properties);
    if (properties->kind == SG_EX_MAP) {
        properties->symbols = resolve(c, SG_KEY, properties->names, properties->name_count);
    }
}

static void check_node(pattern_check *check, sg_path_pattern *path, sg_node_pattern *node)
{
    sg_checker *c = check->c;
    const sg_variable *known = sg_scope_find(&c->scope, node->name);

    node->label_symbols = resolve(c, SG_LABEL, node->labels, node->label_count);
    if (known == NULL) {
        if (check->use == SG_USE_CREATE)
            check_properties(check, node->properties);
        if (check->use == SG_USE_PREDICATE && node->name.text != NULL) {
            sg_check_undefined(c, node->name);
            return;
        }
        node->slot = sg_scope_add(c, node->name, sg_type_of(SG_NODE));
        return;
    }
    node->slot = known->slot;
    node->bound = true;
    if (known->type.base != SG_NODE && known->type.base != SG_ANY_TYPE &&
        known->type.base != SG_NULL) {
        fail_conflict(c, node->name, "node", known->type.base);
        return;
    }
    if ((check->use == SG_USE_CREATE || check->use == SG_USE_MERGE) &&
        (path->length == 0 || node->label_count > 0 || node->properties != NULL))
        fail_bound(c, node->name);
    if (check->use == SG_USE_CREATE)
        check_properties(check, node->properties);
}

static void check_created_rel(pattern_check *check, const sg_rel_pattern *rel)
{
    sg_checker *c = check->c;

    if (rel->type_count != 1)
        sg_check_syntax(c, "NoSingleRelationshipType", rel->offset,
                        "a relationship to be created needs exactly one type, as in -[:KNOWS]->");
    if (rel->variable_length)
        sg_check_syntax(c, "CreatingVarLength", rel->offset,
                        "a relationship of variable length cannot be created");
    if (check->use == SG_USE_CREATE && rel->left_arrow == rel->right_arrow)
        sg_check_syntax(c, "RequiresDirectedRelationship", rel->offset,
                        "a relationship to be created needs one direction, --> or <--");
}

static void check_bound_rel(pattern_check *check, sg_rel_pattern *rel, const sg_variable *known)
{
    sg_checker *c = check->c;
    uint8_t type = known->type.base;

    rel->slot = known->slot;
    rel->bound = true;
    if (check->use == SG_USE_CREATE || check->use == SG_USE_MERGE) {
        fail_bound(c, rel->name);
        return;
    }
    if (type == SG_RELATIONSHIP && declared_here(check, known)) {
        sg_check_syntax(c, "RelationshipUniquenessViolation", rel->name.offset,
                        "'%.*s' stands for one relationship and cannot be matched twice in a "
                        "pattern",
                        (int) rel->name.len, rel->name.text);
        return;
    }
    if (type != SG_ANY_TYPE && type != SG_NULL &&
        type != (rel->variable_length ? SG_LIST : SG_RELATIONSHIP))
        fail_conflict(c, rel->name, rel->variable_length ? "list of relationships" : "relationship",
                      type);
}

static void check_rel(pattern_check *check, sg_rel_pattern *rel)
{
    sg_checker *c = check->c;
    const sg_variable *known = sg_scope_find(&c->scope, rel->name);
    sg_static_type list = { SG_LIST, SG_RELATIONSHIP };

    rel->type_symbols = resolve(c, SG_REL_TYPE, rel->types, rel->type_count);
    if (known == NULL && (check->use == SG_USE_CREATE || check->use == SG_USE_MERGE))
        check_created_rel(check, rel);
    if (known != NULL) {
        check_bound_rel(check, rel, known);
    } else {
        if (check->use == SG_USE_CREATE)
            check_properties(check, rel->properties);
        if (check->use == SG_USE_PREDICATE && rel->name.text != NULL) {
            sg_check_undefined(c, rel->name);
            return;
        }
        rel->slot =
            sg_scope_add(c, rel->name, rel->variable_length ? list : sg_type_of(SG_RELATIONSHIP));
    }
}

/* Properties may use any variable of a MATCH, so they are looked at when all are known. */
static void check_all_properties(pattern_check *check, sg_path_pattern *path)
{
    for (uint32_t i = 0; i <= path->length; i++) {
        check_properties(check, path->nodes[i].properties);
        if (i < path->length)
            check_properties(check, path->rels[i].properties);
    }
}

static void check_path_name(pattern_check *check, sg_path_pattern *path)
{
    sg_checker *c = check->c;

    if (path->name.text == NULL)
        return;
    if (sg_scope_find(&c->scope, path->name) != NULL)
        fail_bound(c, path->name);
    else
        path->slot = sg_scope_add(c, path->name, sg_type_of(SG_PATH));
}

void sg_check_pattern(sg_checker *c, sg_pattern *pattern, sg_pattern_use use)
{
    pattern_check check = { c, use, c->scope.count };

    for (uint32_t i = 0; i < pattern->count && !c->query->failed; i++) {
        sg_path_pattern *path = &pattern->paths[i];

        if (path->shortest != SG_NOT_SHORTEST && (use == SG_USE_CREATE || use == SG_USE_MERGE))
            sg_check_syntax(c, "UnexpectedSyntax", path->offset,
                            "shortestPath() cannot be created");
        for (uint32_t k = 0; k <= path->length && !c->query->failed; k++) {
            check_node(&check, path, &path->nodes[k]);
            if (k < path->length)
                check_rel(&check, &path->rels[k]);
        }
        check_path_name(&check, path);
    }
    for (uint32_t i = 0; i < pattern->count && use != SG_USE_CREATE && !c->query->failed; i++)
        check_all_properties(&check, &pattern->paths[i]);
}
