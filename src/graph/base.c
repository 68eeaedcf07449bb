#include <pthread.h>
#include <string.h>

#include "graph_internal.h"

/* Reading the base: properties from the columns of the image. Numbers and strings are read where
 * they lie. What has to be made first (lists, times, quotes out of an article's text) is made once
 * and kept with the graph, under a lock, so that reading stays safe for several threads. */

struct value_cache {
    pthread_mutex_t lock;
    sg_arena *arena;
    sg_map *places; /* by column and code, index in `values` */
    sg_value *values;
    size_t count;
    size_t room;
};

struct value_cache *value_cache_new(void)
{
    struct value_cache *cache = sg_calloc(1, sizeof *cache);

    (void) pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void value_cache_free(struct value_cache *cache)
{
    if (cache == NULL)
        return;
    (void) pthread_mutex_destroy(&cache->lock);
    sg_arena_free(cache->arena);
    sg_map_free(cache->places);
    sg_free(cache->values);
    sg_free(cache);
}

/* What a kept value is the value of. */
typedef struct cache_key {
    const void *column;
    uint64_t code;
} cache_key;

/* The slot of a key, null when new. Called with the lock held. */
static sg_value *cache_slot(struct value_cache *cache, cache_key key)
{
    uint64_t place;

    if (cache->places == NULL) {
        cache->places = sg_map_new();
        cache->arena = sg_arena_new();
    }
    place = *sg_map_slot(cache->places, (const char *) &key, sizeof key, cache->count);
    if (place == cache->count) {
        SG_GROW(cache->values, cache->room, cache->count + 1);
        cache->values[cache->count++] = sg_value_null();
    }
    return &cache->values[place];
}

static sg_value decoded_value(const sg_graph *graph, const image_column *column, uint64_t code)
{
    cache_key key = { .column = column, .code = code };
    sg_value *slot, value;

    (void) pthread_mutex_lock(&graph->cache->lock);
    slot = cache_slot(graph->cache, key);
    if (sg_value_is_null(*slot))
        *slot = column_value(&graph->base, column, code, graph->cache->arena);
    value = *slot;
    (void) pthread_mutex_unlock(&graph->cache->lock);
    return value;
}

static sg_value row_value(const sg_graph *graph, const image_column *column, uint32_t row)
{
    uint64_t code;

    if (column == NULL || !column_code(&graph->base, column, row, &code))
        return sg_value_null();
    if (column->form == FORM_VALUE)
        return decoded_value(graph, column, code);
    return column_value(&graph->base, column, code, NULL);
}

sg_value base_node_property(const sg_graph *graph, uint32_t node, sg_symbol key)
{
    const image_group *group = image_group_of(&graph->base, node);

    return row_value(graph, image_node_column(&graph->base, group, key), node - group->first_node);
}

/* ---- quotes ---- */
/* The whole text of an article, kept. Called with the lock held. */
static sg_value article_text(const sg_graph *graph, uint32_t article)
{
    cache_key key = { .column = NULL, .code = article };
    sg_value *slot = cache_slot(graph->cache, key);

    if (sg_value_is_null(*slot)) {
        sg_error ignored = SG_ERROR_INIT;
        const char *text = NULL;
        size_t len = 0;

        if (sg_store_article_text(graph->store, sg_graph_node_id(graph, article),
                                  graph->cache->arena, &text, &len, &ignored) == SG_OK &&
            text != NULL)
            *slot = sg_value_string(text, len);
    }
    return *slot;
}

static sg_value quote(const sg_graph *graph, const image_type *type, uint32_t row)
{
    const image *im = &graph->base;
    sg_value start, end, text;
    uint64_t article;

    if (type->quotes.form != FORM_NODE || graph->store == NULL ||
        !column_code(im, &type->quotes, row, &article) || article >= graph->base_nodes)
        return sg_value_null();
    start = row_value(graph, image_rel_column(im, type, im->header->start_key), row);
    end = row_value(graph, image_rel_column(im, type, im->header->end_key), row);
    if (start.type != SG_INTEGER || end.type != SG_INTEGER || start.as.integer < 0)
        return sg_value_null();
    (void) pthread_mutex_lock(&graph->cache->lock);
    text = article_text(graph, (uint32_t) article);
    (void) pthread_mutex_unlock(&graph->cache->lock);
    if (text.type != SG_STRING || end.as.integer > text.len || start.as.integer > end.as.integer)
        return sg_value_null();
    return sg_value_string(text.as.string + start.as.integer,
                           (size_t) (end.as.integer - start.as.integer));
}

sg_value base_rel_property(const sg_graph *graph, uint32_t rel, sg_symbol key)
{
    const image_type *type = image_type_of(&graph->base, rel);
    uint32_t row = rel - type->first_rel;
    sg_value value = row_value(graph, image_rel_column(&graph->base, type, key), row);

    if (sg_value_is_null(value) && key == graph->base.header->quote_key)
        return quote(graph, type, row);
    return value;
}

/* ---- keys ---- */
static void add_key(sg_symbol key, sg_symbol *keys, size_t room, size_t *count)
{
    if (*count < room)
        keys[*count] = key;
    (*count)++;
}

static size_t present_keys(const sg_graph *graph, uint32_t first_column, uint32_t column_count,
                           uint32_t row, sg_symbol also, sg_symbol *keys, size_t room)
{
    size_t count = 0;
    uint64_t code;

    for (uint32_t i = 0; i < column_count; i++) {
        const image_column *column = &graph->base.columns[first_column + i];

        if (also <= column->key) {
            if (also < column->key)
                add_key(also, keys, room, &count);
            also = SG_NO_SYMBOL;
        }
        if (column_code(&graph->base, column, row, &code))
            add_key(column->key, keys, room, &count);
    }
    if (also != SG_NO_SYMBOL)
        add_key(also, keys, room, &count);
    return count;
}

size_t base_node_keys(const sg_graph *graph, uint32_t node, sg_symbol *keys, size_t room)
{
    const image_group *group = image_group_of(&graph->base, node);

    return present_keys(graph, group->first_column, group->column_count, node - group->first_node,
                        SG_NO_SYMBOL, keys, room);
}

size_t base_rel_keys(const sg_graph *graph, uint32_t rel, sg_symbol *keys, size_t room)
{
    const image_type *type = image_type_of(&graph->base, rel);
    sg_symbol derived = SG_NO_SYMBOL;

    if (type->quotes.form == FORM_NODE &&
        !sg_value_is_null(base_rel_property(graph, rel, graph->base.header->quote_key)))
        derived = graph->base.header->quote_key;
    return present_keys(graph, type->first_column, type->column_count, rel - type->first_rel,
                        derived, keys, room);
}

/* ---- ends ---- */
static uint32_t end_at(const sg_graph *graph, uint64_t ends, uint32_t row)
{
    uint32_t end = ((const uint32_t *) image_at(&graph->base, ends))[row];

    return end < graph->base_nodes ? end : 0;
}

uint32_t base_rel_source(const sg_graph *graph, uint32_t rel)
{
    const image_type *type = image_type_of(&graph->base, rel);

    return end_at(graph, type->sources, rel - type->first_rel);
}

uint32_t base_rel_target(const sg_graph *graph, uint32_t rel)
{
    const image_type *type = image_type_of(&graph->base, rel);

    return end_at(graph, type->targets, rel - type->first_rel);
}

/* ---- setting up ---- */
static void add_symbol(void *data, sg_symbol_kind kind, const char *name, size_t len)
{
    (void) sg_graph_symbol_add(data, kind, name, len);
}

static void count_base(sg_graph *graph)
{
    const image *im = &graph->base;

    for (uint32_t i = 0; i < im->header->group_count; i++)
        for (uint32_t l = 0; l < im->groups[i].label_count; l++)
            counters_add(&graph->label_counts, im->labels[im->groups[i].first_label + l],
                         (long) im->groups[i].node_count);
    for (uint32_t i = 0; i < im->header->type_count; i++)
        counters_add(&graph->type_counts, i, (long) im->types[i].rel_count);
}

void graph_set_base(sg_graph *graph, const image *im)
{
    graph->base = *im;
    sg_free(graph->sound_ends);
    graph->sound_ends = sg_calloc(im->header->type_count + 1, sizeof *graph->sound_ends);
    graph->base_nodes = graph->node_limit = im->header->node_count;
    graph->base_rels = graph->rel_limit = im->header->rel_count;
    graph->node_count = graph->node_limit;
    graph->rel_count = graph->rel_limit;
    graph->next_node_id = im->header->max_node_id + 1;
    graph->next_rel_id = im->header->max_rel_id + 1;
    graph->state.seq = im->header->store_seq;
    graph->state.hash = im->header->store_hash;
    image_symbols(im, add_symbol, graph);
    count_base(graph);
    graph_keep_changes(graph);
}
