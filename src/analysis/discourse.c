#include "stance/discourse.h"

#include <stdlib.h>
#include <string.h>

/* One scan of the three statement types; a statement counts when its target is a Position and it
 * passes the filter. Cells are found by sorting (actor, position, relationship). */

struct hit {
    uint32_t actor; /* node, later index */
    uint32_t position;
    uint32_t rel;
    int32_t day;
    int sign;
    double confidence;
};

struct counter {
    const sg_graph *graph;
    struct sg_statement_filter filter;
    sg_symbol position_label;
    sg_symbol actor_label;
    sg_symbol confidence;
    sg_symbol article;
    sg_symbol name;
    struct hit *hits;
    size_t hit_count;
    size_t hit_capacity;
};

static sg_symbol key(const sg_graph *graph, const char *name)
{
    return sg_graph_symbol_find(graph, SG_KEY, name, strlen(name));
}

static sg_symbol label(const sg_graph *graph, const char *name)
{
    return sg_graph_symbol_find(graph, SG_LABEL, name, strlen(name));
}

static sg_value rel_value(const sg_graph *graph, uint32_t rel, sg_symbol symbol)
{
    return symbol == SG_NO_SYMBOL ? sg_value_null() : sg_graph_rel_property(graph, rel, symbol);
}

static void scan_node(struct counter *counter, uint32_t node, sg_symbol type, int sign)
{
    sg_adjacency it;

    sg_adjacency_init(&it, counter->graph, node, SG_OUTGOING, type);
    while (sg_adjacency_next(&it)) {
        struct hit hit = { node, it.other, it.rel, SG_NO_DAY, sign, 1.0 };
        sg_value confidence;

        if (!sg_graph_node_has_label(counter->graph, it.other, counter->position_label) ||
            !sg_statement_filter_has(&counter->filter, it.rel))
            continue;
        hit.day = sg_statement_day(counter->graph, it.rel);
        confidence = rel_value(counter->graph, it.rel, counter->confidence);
        if (confidence.type == SG_FLOAT)
            hit.confidence = confidence.as.number;
        SG_GROW(counter->hits, counter->hit_capacity, counter->hit_count + 1);
        counter->hits[counter->hit_count++] = hit;
    }
}

static void scan(struct counter *counter)
{
    static const int signs[] = { 1, -1, 0 };

    if (counter->position_label == SG_NO_SYMBOL || counter->actor_label == SG_NO_SYMBOL)
        return;
    for (size_t t = 0; t < 3; t++) {
        sg_symbol type = counter->filter.types[t];

        if (type == SG_NO_SYMBOL)
            continue;
        for (uint32_t node = sg_graph_node_next(counter->graph, counter->actor_label, SG_NO_ENTITY);
             node != SG_NO_ENTITY;
             node = sg_graph_node_next(counter->graph, counter->actor_label, node))
            scan_node(counter, node, type, signs[t]);
    }
}

static int by_item(const void *a, const void *b)
{
    const sg_discourse_item *x = a;
    const sg_discourse_item *y = b;
    uint32_t len = x->name_len < y->name_len ? x->name_len : y->name_len;
    int order;

    if (x->statements != y->statements)
        return x->statements > y->statements ? -1 : 1;
    order = len > 0 ? memcmp(x->name, y->name, len) : 0;
    if (order != 0)
        return order;
    if (x->name_len != y->name_len)
        return x->name_len < y->name_len ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Numbers the distinct nodes in one end of the hits and puts the numbers in place of the nodes. */
static sg_discourse_item *number_items(struct counter *counter, bool actors, sg_arena *arena,
                                       size_t *count_out)
{
    uint32_t limit = sg_graph_node_limit(counter->graph);
    uint32_t *number = sg_calloc((size_t) limit + 1, sizeof *number); /* + 1, 0 = unseen */
    sg_discourse_item *items = NULL;
    size_t capacity = 0;
    size_t count = 0;

    for (size_t i = 0; i < counter->hit_count; i++) {
        uint32_t node = actors ? counter->hits[i].actor : counter->hits[i].position;

        if (number[node] == 0) {
            sg_value name = counter->name == SG_NO_SYMBOL
                                ? sg_value_null()
                                : sg_graph_node_property(counter->graph, node, counter->name);

            SG_ARENA_GROW(arena, items, capacity, count + 1);
            items[count] = (sg_discourse_item){ .node = node, .name = "" };
            if (name.type == SG_STRING) {
                items[count].name = sg_arena_strndup(arena, name.as.string, name.len);
                items[count].name_len = name.len;
            }
            number[node] = (uint32_t) ++count;
        }
        items[number[node] - 1].statements++;
    }
    if (count > 0)
        qsort(items, count, sizeof *items, by_item);
    for (size_t i = 0; i < count; i++)
        number[items[i].node] = (uint32_t) i;
    for (size_t i = 0; i < counter->hit_count; i++) {
        uint32_t *end = actors ? &counter->hits[i].actor : &counter->hits[i].position;

        *end = number[*end];
    }
    sg_free(number);
    *count_out = count;
    return items;
}

static int by_cell(const void *a, const void *b)
{
    const struct hit *x = a;
    const struct hit *y = b;

    if (x->actor != y->actor)
        return x->actor < y->actor ? -1 : 1;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    if (x->confidence != y->confidence) /* the strongest comes first in its cell */
        return x->confidence > y->confidence ? -1 : 1;
    return x->rel < y->rel ? -1 : x->rel > y->rel;
}

static void widen(int32_t *first, int32_t *last, int32_t day)
{
    if (day == SG_NO_DAY)
        return;
    if (*first == SG_NO_DAY || day < *first)
        *first = day;
    if (*last == SG_NO_DAY || day > *last)
        *last = day;
}

static void add_to_cell(sg_discourse *discourse, size_t *capacity, sg_arena *arena,
                        const struct hit *hit)
{
    sg_discourse_cell *cell = NULL;

    if (discourse->cell_count > 0)
        cell = &discourse->cells[discourse->cell_count - 1];
    if (cell == NULL || cell->actor != hit->actor || cell->position != hit->position) {
        SG_ARENA_GROW(arena, discourse->cells, *capacity, discourse->cell_count + 1);
        cell = &discourse->cells[discourse->cell_count++];
        *cell = (sg_discourse_cell){ .actor = hit->actor,
                                     .position = hit->position,
                                     .first = SG_NO_DAY,
                                     .last = SG_NO_DAY,
                                     .strongest = hit->rel };
        discourse->actors[hit->actor].links++;
        discourse->positions[hit->position].links++;
    }
    cell->support += hit->sign > 0;
    cell->oppose += hit->sign < 0;
    cell->neutral += hit->sign == 0;
    widen(&cell->first, &cell->last, hit->day);
    widen(&discourse->first, &discourse->last, hit->day);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *) a;
    int64_t y = *(const int64_t *) b;

    return x < y ? -1 : x > y;
}

static size_t count_articles(const struct counter *counter)
{
    int64_t *ids = sg_malloc((counter->hit_count + 1) * sizeof *ids);
    size_t count = 0;
    size_t distinct = 0;

    for (size_t i = 0; i < counter->hit_count; i++) {
        sg_value v = rel_value(counter->graph, counter->hits[i].rel, counter->article);

        if (v.type == SG_INTEGER)
            ids[count++] = v.as.integer;
    }
    qsort(ids, count, sizeof *ids, by_number);
    for (size_t i = 0; i < count; i++)
        distinct += i == 0 || ids[i] != ids[i - 1];
    sg_free(ids);
    return distinct;
}

sg_status sg_discourse_count(const sg_graph *graph, const struct sg_selection *selection,
                             sg_arena *arena, sg_discourse **discourse_out, sg_error *err)
{
    struct counter counter = { .graph = graph };
    sg_discourse *discourse = sg_arena_calloc(arena, 1, sizeof *discourse);
    size_t capacity = 0;

    (void) err;
    sg_statement_filter_init(&counter.filter, graph, selection);
    counter.position_label = label(graph, "Position");
    counter.actor_label = label(graph, "Actor");
    counter.confidence = key(graph, "confidence");
    counter.article = key(graph, "article");
    counter.name = key(graph, "name");
    scan(&counter);
    discourse->graph = graph;
    discourse->first = SG_NO_DAY;
    discourse->last = SG_NO_DAY;
    discourse->statement_count = counter.hit_count;
    discourse->article_count = count_articles(&counter);
    discourse->actors = number_items(&counter, true, arena, &discourse->actor_count);
    discourse->positions = number_items(&counter, false, arena, &discourse->position_count);
    if (counter.hit_count > 0)
        qsort(counter.hits, counter.hit_count, sizeof *counter.hits, by_cell);
    for (size_t i = 0; i < counter.hit_count; i++)
        add_to_cell(discourse, &capacity, arena, &counter.hits[i]);
    sg_free(counter.hits);
    *discourse_out = discourse;
    return SG_OK;
}

int sg_discourse_sign(const sg_discourse_cell *cell)
{
    return (cell->support > cell->oppose) - (cell->support < cell->oppose);
}
