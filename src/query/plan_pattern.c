/* Planning a pattern: in which order its nodes and relationships become known.
 *
 * Greedy, from what is known: first a relationship whose both ends are known (it can only remove
 * rows), then the relationship from a known node with the smallest expected fan-out, and when
 * nothing hangs on a known node the cheapest way to find one: by an indexed property, by the
 * rarest label, by all nodes. Every part of WHERE is tested as soon as what it names is known. */

#include <string.h>

#include "plan_internal.h"

typedef struct conjunct {
    sg_expr *expr;
    bool done;
} conjunct;

typedef struct edge {
    const sg_path_pattern *path;
    sg_rel_pattern *rel;
    const sg_node_pattern *left;
    const sg_node_pattern *right;
    bool done;
} edge;

typedef struct planner {
    sg_query *query;
    const sg_pattern *pattern;
    bool *introduced; /* by slot: the pattern makes it known */
    bool *known;
    conjunct *conjuncts;
    size_t conjunct_count;
    size_t conjunct_capacity;
    edge *edges;
    size_t edge_count;
    sg_operator *op;
    double rows; /* expected so far */
    bool as_set; /* how often a match comes does not matter */
    bool exact;  /* it comes once all the same */
} planner;

/* ---- what an expression needs ---- */

static bool pattern_ready(const planner *p, const sg_pattern *pattern);

/* True if all slots of this pattern that the expression names are known. */
static bool is_ready(const planner *p, const sg_expr *expr)
{
    if (expr == NULL)
        return true;
    if (expr->kind == SG_EX_VARIABLE)
        return !p->introduced[expr->slot] || p->known[expr->slot];
    if (expr->kind == SG_EX_EXISTS) {
        /* which outer variables a query names is not looked up: wait for all */
        for (uint32_t i = 0; i < p->query->slot_count; i++) {
            if (p->introduced[i] && !p->known[i])
                return false;
        }
        return true;
    }
    if (expr->pattern != NULL && !pattern_ready(p, expr->pattern))
        return false;
    for (uint32_t i = 0; i < expr->count; i++) {
        if (!is_ready(p, expr->child[i]))
            return false;
    }
    return true;
}

static bool pattern_ready(const planner *p, const sg_pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            uint32_t slot = path->nodes[k].slot;

            if ((p->introduced[slot] && !p->known[slot]) || !is_ready(p, path->nodes[k].properties))
                return false;
            if (k == path->length)
                break;
            slot = path->rels[k].slot;
            if ((p->introduced[slot] && !p->known[slot]) || !is_ready(p, path->rels[k].properties))
                return false;
        }
    }
    return true;
}

/* ---- conjuncts: WHERE cut at AND, labels and properties of the pattern ---- */

static void add_conjunct(planner *p, sg_expr *expr)
{
    if (expr->kind == SG_EX_AND) {
        add_conjunct(p, expr->child[0]);
        add_conjunct(p, expr->child[1]);
        return;
    }
    SG_ARENA_GROW(p->query->arena, p->conjuncts, p->conjunct_capacity, p->conjunct_count + 1);
    p->conjuncts[p->conjunct_count].expr = expr;
    p->conjuncts[p->conjunct_count].done = false;
    p->conjunct_count++;
}

static sg_expr *make_expr(planner *p, sg_expr_kind kind, uint32_t children)
{
    sg_expr *expr = sg_arena_calloc(p->query->arena, 1, sizeof *expr);

    expr->kind = (uint8_t) kind;
    expr->symbol = SG_NO_SYMBOL;
    expr->type.base = SG_ANY_TYPE;
    expr->count = children;
    if (children > 0)
        expr->child = sg_arena_calloc(p->query->arena, children, sizeof(sg_expr *));
    return expr;
}

static sg_expr *variable(planner *p, uint32_t slot, sg_name name)
{
    sg_expr *expr = make_expr(p, SG_EX_VARIABLE, 0);

    expr->slot = slot;
    expr->name = name;
    return expr;
}

static void add_labels(planner *p, const sg_node_pattern *node)
{
    for (uint32_t i = 0; i < node->label_count; i++) {
        sg_expr *expr = make_expr(p, SG_EX_HAS_LABELS, 1);

        expr->child[0] = variable(p, node->slot, node->name);
        expr->names = &node->labels[i];
        expr->name_count = 1;
        expr->symbols = &node->label_symbols[i];
        add_conjunct(p, expr);
    }
}

static void add_properties(planner *p, uint32_t slot, sg_name name, const sg_expr *map)
{
    for (uint32_t i = 0; map != NULL && i < map->count; i++) {
        sg_expr *expr = make_expr(p, SG_EX_EQUAL, 2);
        sg_expr *property = make_expr(p, SG_EX_PROPERTY, 1);

        property->child[0] = variable(p, slot, name);
        property->name = map->names[i];
        property->symbol = map->symbols[i];
        if (!p->query->writes && property->symbol != SG_NO_SYMBOL)
            property->cache = sg_arena_calloc(p->query->arena, 1, sizeof *property->cache);
        expr->child[0] = property;
        expr->child[1] = map->child[i];
        add_conjunct(p, expr);
    }
}

static void apply_conjuncts(planner *p)
{
    for (size_t i = 0; i < p->conjunct_count; i++) {
        conjunct *c = &p->conjuncts[i];

        if (c->done || !is_ready(p, c->expr))
            continue;
        sg_plan_expr(p->query, c->expr);
        p->op = sg_op_filter(p->query, p->op, c->expr);
        p->rows *= c->expr->kind == SG_EX_EQUAL ? 0.1 : 0.5;
        p->op->estimate = p->rows;
        c->done = true;
    }
}

/* ---- finding a first node ---- */

/* `node.key = value` where the value is known now; NULL if the conjunct is no such thing. */
static sg_expr *looked_up_value(const planner *p, const sg_expr *expr, uint32_t slot,
                                const sg_expr **property_out)
{
    if (expr->kind != SG_EX_EQUAL)
        return NULL;
    for (int side = 0; side < 2; side++) {
        const sg_expr *property = expr->child[side];
        sg_expr *value = expr->child[1 - side];

        if (property->kind == SG_EX_PROPERTY && property->child[0]->kind == SG_EX_VARIABLE &&
            property->child[0]->slot == slot && is_ready(p, value)) {
            *property_out = property;
            return value;
        }
    }
    return NULL;
}

typedef struct access {
    const sg_node_pattern *node;
    sg_symbol label; /* SG_NO_SYMBOL: any */
    conjunct *by_label;
    conjunct *by_property;
    sg_expr *value;
    sg_symbol key;
    bool impossible; /* no node has such a label */
    double rows;
} access;

static void consider_conjuncts(const planner *p, access *a)
{
    for (size_t i = 0; i < p->conjunct_count; i++) {
        conjunct *c = &p->conjuncts[i];
        const sg_expr *property;
        sg_expr *value;

        if (c->done)
            continue;
        if (c->expr->kind == SG_EX_HAS_LABELS && c->expr->child[0]->kind == SG_EX_VARIABLE &&
            c->expr->child[0]->slot == a->node->slot && c->expr->name_count == 1) {
            sg_symbol label = c->expr->symbols[0];
            double rows =
                label == SG_NO_SYMBOL ? 0 : (double) sg_graph_label_count(p->query->graph, label);

            if (a->by_label == NULL || rows < a->rows) {
                a->by_label = c;
                a->label = label;
                a->impossible = label == SG_NO_SYMBOL;
                a->rows = rows;
            }
        } else if (a->by_property == NULL &&
                   (value = looked_up_value(p, c->expr, a->node->slot, &property)) != NULL) {
            a->by_property = c;
            a->value = value;
            a->key = property->symbol;
        }
    }
    if (a->by_property != NULL && a->rows > 2)
        a->rows = 2;
}

static bool best_access(const planner *p, access *best)
{
    bool found = false;

    for (uint32_t i = 0; i < p->pattern->count; i++) {
        const sg_path_pattern *path = &p->pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            access a = { .node = &path->nodes[k], .label = SG_NO_SYMBOL, .key = SG_NO_SYMBOL };

            if (p->known[a.node->slot])
                continue;
            a.rows = (double) sg_graph_node_count(p->query->graph);
            consider_conjuncts(p, &a);
            if (!found || a.rows < best->rows)
                *best = a;
            found = true;
        }
    }
    return found;
}

static void apply_access(planner *p, const access *a)
{
    sg_query *query = p->query;
    uint32_t slot = a->node->slot;

    if (a->by_property != NULL && !a->impossible) {
        sg_plan_expr(query, a->value);
        p->op = sg_op_lookup(query, p->op, slot, a->label, a->key, a->value, a->node->name);
        a->by_property->done = true;
    } else {
        p->op = sg_op_scan(query, p->op, slot, a->label, a->node->name);
    }
    /* an impossible label stays as a filter that nothing passes */
    if (a->by_label != NULL && !a->impossible)
        a->by_label->done = true;
    p->known[slot] = true;
    p->rows *= a->rows < 1 ? 1 : a->rows;
    p->op->estimate = p->rows;
}

/* ---- relationships ---- */

static sg_direction direction_of(const sg_rel_pattern *rel, bool reversed)
{
    if (rel->left_arrow == rel->right_arrow)
        return SG_BOTH;
    return rel->right_arrow != reversed ? SG_OUTGOING : SG_INCOMING;
}

static double fan_out(const planner *p, const edge *e)
{
    const sg_graph *graph = p->query->graph;
    double rels = 0;
    double nodes = (double) sg_graph_node_count(graph);
    double each;

    for (uint32_t i = 0; i < e->rel->type_count; i++) {
        if (e->rel->type_symbols[i] != SG_NO_SYMBOL)
            rels += (double) sg_graph_type_count(graph, e->rel->type_symbols[i]);
    }
    if (e->rel->type_count == 0)
        rels = (double) sg_graph_rel_count(graph);
    each = rels / (nodes < 1 ? 1 : nodes);
    if (direction_of(e->rel, false) == SG_BOTH)
        each *= 2;
    return e->rel->variable_length ? each * each * each + 1 : each;
}

static bool types_overlap(const sg_rel_pattern *a, const sg_rel_pattern *b)
{
    if (a->type_count == 0 || b->type_count == 0)
        return true;
    for (uint32_t i = 0; i < a->type_count; i++) {
        for (uint32_t k = 0; k < b->type_count; k++) {
            if (a->type_symbols[i] == b->type_symbols[k])
                return true;
        }
    }
    return false;
}

/* The relationships known so far that this one must differ from. */
static void set_others(planner *p, const edge *e, sg_hop *hop)
{
    uint32_t *others = sg_arena_alloc(p->query->arena, (p->edge_count + 1) * sizeof *others);

    for (size_t i = 0; i < p->edge_count; i++) {
        const edge *other = &p->edges[i];

        if (other != e && other->done && other->path->shortest == SG_NOT_SHORTEST &&
            types_overlap(e->rel, other->rel))
            others[hop->other_count++] = other->rel->slot;
    }
    hop->others = others;
}

/* Any type: when there are few, they are walked one by one, over the arrays of the image. */
static void name_all_types(planner *p, sg_hop *hop)
{
    size_t count = sg_graph_symbol_count(p->query->graph, SG_REL_TYPE);

    if (count == 0 || count > 32)
        return;
    hop->types = sg_arena_alloc(p->query->arena, count * sizeof(sg_symbol));
    hop->type_count = (uint32_t) count;
    for (uint32_t i = 0; i < count; i++)
        hop->types[i] = i;
}

static void set_types(planner *p, const sg_rel_pattern *rel, sg_hop *hop)
{
    hop->types = sg_arena_alloc(p->query->arena, (rel->type_count + 1) * sizeof(sg_symbol));
    for (uint32_t i = 0; i < rel->type_count; i++) {
        bool wanted = rel->type_symbols[i] != SG_NO_SYMBOL;

        for (uint32_t k = 0; k < hop->type_count && wanted; k++)
            wanted = hop->types[k] != rel->type_symbols[i];
        if (wanted)
            hop->types[hop->type_count++] = rel->type_symbols[i];
    }
    hop->no_type = rel->type_count > 0 && hop->type_count == 0;
    if (rel->type_count == 0 && !p->query->writes)
        name_all_types(p, hop);
}

static void make_hop(planner *p, const edge *e, bool reversed, sg_hop *hop)
{
    const sg_rel_pattern *rel = e->rel;
    const sg_node_pattern *from = reversed ? e->right : e->left;
    const sg_node_pattern *to = reversed ? e->left : e->right;

    memset(hop, 0, sizeof *hop);
    hop->from = from->slot;
    hop->to = to->slot;
    hop->rel = rel->slot;
    hop->into = p->known[to->slot] || from->slot == to->slot;
    hop->reversed = reversed;
    hop->direction = direction_of(rel, reversed);
    hop->pattern = rel;
    hop->from_name = from->name;
    hop->to_name = to->name;
    hop->min = rel->variable_length ? (rel->min < 0 ? 1 : rel->min) : 1;
    hop->max = rel->variable_length ? (rel->max < 0 ? INT64_MAX : rel->max) : 1;
    set_types(p, rel, hop);
    if (hop->max < hop->min)
        hop->no_type = true;
    if (rel->variable_length || e->path->shortest != SG_NOT_SHORTEST)
        hop->properties = rel->properties;
    if (hop->properties != NULL)
        sg_plan_expr(p->query, hop->properties);
    set_others(p, e, hop);
}

/* Nobody asks for the relationship, and no other one must differ from it. */
static bool is_ends_only(const planner *p, const edge *e)
{
    if (!p->as_set || e->rel->bound || p->query->uses[e->rel->slot] > 0 ||
        e->path->shortest != SG_NOT_SHORTEST)
        return false;
    for (size_t i = 0; i < p->edge_count; i++) {
        if (&p->edges[i] != e && types_overlap(e->rel, p->edges[i].rel))
            return false;
    }
    return true;
}

/* WHERE type(r) = value, where the value is known before r is: only that type is walked. */
static void take_type_value(planner *p, const edge *e, sg_hop *hop)
{
    if (p->query->bare)
        return;
    for (size_t i = 0; i < p->conjunct_count && !e->rel->variable_length && !e->rel->bound; i++) {
        conjunct *c = &p->conjuncts[i];

        if (c->done || c->expr->kind != SG_EX_EQUAL)
            continue;
        for (int side = 0; side < 2 && !c->done; side++) {
            const sg_expr *call = c->expr->child[side];
            sg_expr *value = c->expr->child[1 - side];

            if (call->kind != SG_EX_FUNCTION || !sg_name_is(call->name, "type") ||
                call->count != 1 || call->child[0]->kind != SG_EX_VARIABLE ||
                call->child[0]->slot != e->rel->slot || !is_ready(p, value) || hop->no_type)
                continue;
            sg_plan_expr(p->query, value);
            hop->type_value = value;
            hop->allowed = hop->types;
            hop->allowed_count = hop->type_count;
            p->query->uses[e->rel->slot]--;
            c->done = true;
        }
        if (c->done)
            return;
    }
}

/* True if each end comes once for a start: one walk over an ordered array, or a search. */
static bool ends_come_once(const planner *p, const edge *e, const sg_hop *hop)
{
    sg_edges all;

    if (e->rel->variable_length)
        return sg_reach_can(hop);
    return hop->direction != SG_BOTH && (hop->type_value != NULL || hop->type_count == 1) &&
           sg_graph_edges(p->query->graph, hop->type_count > 0 ? hop->types[0] : 0, &all);
}

static void apply_edge(planner *p, edge *e)
{
    bool reversed = !p->known[e->left->slot] && p->known[e->right->slot];
    sg_hop hop;

    make_hop(p, e, reversed, &hop);
    if (e->path->shortest == SG_NOT_SHORTEST)
        take_type_value(p, e, &hop);
    hop.ends_only = is_ends_only(p, e);
    e->rel->ends_only = hop.ends_only;
    if (hop.ends_only && !ends_come_once(p, e, &hop))
        p->exact = false;
    if (e->path->shortest != SG_NOT_SHORTEST)
        p->op = sg_op_shortest(p->query, p->op, &hop, e->path->shortest == SG_SHORTEST_ALL,
                               e->path->slot);
    else if (e->rel->bound && e->rel->variable_length)
        p->op = sg_op_bound_list(p->query, p->op, &hop);
    else if (e->rel->bound)
        p->op = sg_op_bound_rel(p->query, p->op, &hop, p->known[hop.from]);
    else if (e->rel->variable_length && hop.ends_only && sg_reach_can(&hop))
        p->op = sg_op_reach(p->query, p->op, &hop);
    else if (e->rel->variable_length)
        p->op = sg_op_var_expand(p->query, p->op, &hop);
    else
        p->op = sg_op_expand(p->query, p->op, &hop);
    if (!hop.into)
        p->rows *= fan_out(p, e);
    p->op->estimate = p->rows;
    p->known[e->left->slot] = true;
    p->known[e->right->slot] = true;
    p->known[e->rel->slot] = true;
    if (e->path->shortest != SG_NOT_SHORTEST && e->path->slot != SG_NO_SLOT)
        p->known[e->path->slot] = true;
    e->done = true;
}

static bool properties_ready(const planner *p, const edge *e)
{
    return !e->rel->variable_length || is_ready(p, e->rel->properties);
}

/* The next relationship to walk, NULL if none hangs on a known node. */
static edge *next_edge(planner *p)
{
    edge *best = NULL;
    double best_cost = 0;

    for (size_t i = 0; i < p->edge_count; i++) {
        edge *e = &p->edges[i];
        bool left = p->known[e->left->slot];
        bool right = p->known[e->right->slot];
        double cost = left && right ? 0 : 1 + fan_out(p, e);

        if (e->done || !properties_ready(p, e))
            continue;
        if (e->path->shortest != SG_NOT_SHORTEST && !(left && right))
            continue;
        if (e->rel->bound && !e->rel->variable_length)
            return e;
        if (!left && !right)
            continue;
        if (best == NULL || cost < best_cost) {
            best = e;
            best_cost = cost;
        }
    }
    return best;
}

/* ---- the whole pattern ---- */

static void introduce(planner *p, uint32_t slot, bool bound)
{
    if (slot == SG_NO_SLOT || bound)
        return;
    p->introduced[slot] = true;
    p->known[slot] = false;
}

static void collect(planner *p)
{
    size_t capacity = 0;

    for (uint32_t i = 0; i < p->pattern->count; i++) {
        const sg_path_pattern *path = &p->pattern->paths[i];

        introduce(p, path->slot, false);
        for (uint32_t k = 0; k <= path->length; k++) {
            introduce(p, path->nodes[k].slot, path->nodes[k].bound);
            if (k == path->length)
                break;
            introduce(p, path->rels[k].slot, path->rels[k].bound);
            SG_ARENA_GROW(p->query->arena, p->edges, capacity, p->edge_count + 1);
            p->edges[p->edge_count].path = path;
            p->edges[p->edge_count].rel = &path->rels[k];
            p->edges[p->edge_count].left = &path->nodes[k];
            p->edges[p->edge_count].right = &path->nodes[k + 1];
            p->edges[p->edge_count].done = false;
            p->edge_count++;
        }
    }
    for (uint32_t i = 0; i < p->pattern->count; i++) {
        const sg_path_pattern *path = &p->pattern->paths[i];

        for (uint32_t k = 0; k <= path->length; k++) {
            add_labels(p, &path->nodes[k]);
            add_properties(p, path->nodes[k].slot, path->nodes[k].name, path->nodes[k].properties);
            if (k < path->length && !path->rels[k].variable_length &&
                path->shortest == SG_NOT_SHORTEST)
                add_properties(p, path->rels[k].slot, path->rels[k].name, path->rels[k].properties);
        }
    }
}

/* A node that was known before and stands alone must still be a node. */
static void check_bound_nodes(planner *p)
{
    for (uint32_t i = 0; i < p->pattern->count; i++) {
        const sg_path_pattern *path = &p->pattern->paths[i];

        if (path->length == 0 && path->nodes[0].bound && !p->introduced[path->nodes[0].slot])
            p->op = sg_op_not_null(p->query, p->op, path->nodes[0].slot, SG_NODE);
    }
}

static void build_paths(planner *p)
{
    for (uint32_t i = 0; i < p->pattern->count; i++) {
        const sg_path_pattern *path = &p->pattern->paths[i];

        if (path->slot == SG_NO_SLOT || p->known[path->slot])
            continue;
        p->op = sg_op_path(p->query, p->op, path);
        p->op->estimate = p->rows;
        p->known[path->slot] = true;
    }
}

sg_operator *sg_plan_pattern(sg_query *query, sg_operator *input, const sg_pattern *pattern,
                             sg_expr *where, bool as_set, bool *exact_out)
{
    planner p = {
        .query = query, .pattern = pattern, .op = input, .as_set = as_set, .exact = true
    };
    edge *e;
    access a;

    p.rows = input->estimate > 0 ? input->estimate : 1;
    p.introduced = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof(bool));
    p.known = sg_arena_calloc(query->arena, (size_t) query->slot_count + 1, sizeof(bool));
    memset(p.known, 1, query->slot_count);
    collect(&p);
    if (where != NULL)
        add_conjunct(&p, where);
    check_bound_nodes(&p);
    for (;;) {
        apply_conjuncts(&p);
        if ((e = next_edge(&p)) != NULL)
            apply_edge(&p, e);
        else if (best_access(&p, &a))
            apply_access(&p, &a);
        else
            break;
    }
    build_paths(&p);
    apply_conjuncts(&p);
    if (exact_out != NULL)
        *exact_out = p.exact;
    return p.op;
}

uint32_t sg_pattern_new_slots(sg_query *query, const sg_pattern *pattern, uint32_t **slots_out)
{
    size_t room = 1;
    uint32_t count = 0;

    for (uint32_t i = 0; i < pattern->count; i++)
        room += 2 * (size_t) pattern->paths[i].length + 2;
    *slots_out = sg_arena_alloc(query->arena, room * sizeof **slots_out);
    for (uint32_t i = 0; i < pattern->count; i++) {
        const sg_path_pattern *path = &pattern->paths[i];

        if (path->slot != SG_NO_SLOT)
            (*slots_out)[count++] = path->slot;
        for (uint32_t k = 0; k <= path->length; k++) {
            if (!path->nodes[k].bound)
                (*slots_out)[count++] = path->nodes[k].slot;
            if (k < path->length && !path->rels[k].bound)
                (*slots_out)[count++] = path->rels[k].slot;
        }
    }
    return count;
}
