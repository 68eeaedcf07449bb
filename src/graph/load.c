#include "load.h"

#include <stdlib.h>
#include <string.h>

/* From the store to a new image: one pass over nodes, relationships and statements, which are read
 * from the tables, or come as a bulk import writes them. */

/* Statements name their article by its node; their property is the article's `id`. */
typedef struct article_id {
    int64_t node;
    sg_value id;
} article_id;

typedef struct loader {
    sg_store *store;
    image_builder *builder;
    sg_arena *arena; /* of one record */
    sg_arena *kept;
    uint32_t *groups; /* by label set, + 1; 0 = not met */
    size_t groups_room;
    sg_symbol *types; /* by type of the store, + 1; 0 = not met */
    size_t types_room;
    sg_symbol stances[3]; /* by stance + 1 */
    sg_symbol name, id, article_label, quote;
    uint8_t *is_article; /* by label set */
    size_t is_article_room;
    article_id *articles; /* in ascending order of node */
    size_t article_count;
    size_t articles_room;
    sg_value *article_ids; /* by node handle, null where there is none */
    statement_keys keys;
    bool nodes_are_in;
    bool failed;
} loader;

/* Makes room in a list for element `i`, with zeros. */
#define GROW_ZEROED(list, room, i)                                                                 \
 do {                                                                                              \
  if ((i) >= (room)) {                                                                             \
   size_t old_ = (room);                                                                           \
   SG_GROW((list), (room), (i) + 1);                                                               \
   memset((list) + old_, 0, ((room) -old_) * sizeof *(list));                                      \
  }                                                                                                \
 } while (0)

static sg_symbol builder_key(void *owner, const char *name)
{
    return image_builder_symbol(owner, SG_KEY, name, strlen(name));
}

static void give_to_builder(void *owner, sg_symbol key, sg_value value)
{
    image_builder_rel_property(owner, key, value);
}

static int compare_symbols(const void *a, const void *b)
{
    sg_symbol x = *(const sg_symbol *) a, y = *(const sg_symbol *) b;

    return (x > y) - (x < y);
}

static uint32_t group_of_set(loader *l, int64_t set)
{
    const char *const *names;
    sg_symbol *labels;
    size_t count;

    GROW_ZEROED(l->groups, l->groups_room, (size_t) set);
    GROW_ZEROED(l->is_article, l->is_article_room, (size_t) set);
    if (l->groups[set] != 0)
        return l->groups[set] - 1;
    count = sg_store_label_set(l->store, set, &names);
    labels = sg_arena_alloc(l->kept, (count + 1) * sizeof *labels);
    for (size_t i = 0; i < count; i++) {
        labels[i] = image_builder_symbol(l->builder, SG_LABEL, names[i], strlen(names[i]));
        if (strcmp(names[i], "Article") == 0)
            l->is_article[set] = 1;
    }
    if (count > 1)
        qsort(labels, count, sizeof *labels, compare_symbols);
    l->groups[set] = image_builder_group(l->builder, labels, count) + 1;
    return l->groups[set] - 1;
}

static void keep_article_id(loader *l, int64_t node, sg_value id)
{
    SG_GROW(l->articles, l->articles_room, l->article_count + 1);
    l->articles[l->article_count++] = (article_id){ node, sg_value_copy(l->kept, id) };
}

/* All nodes are in. */
static void spread_article_ids(loader *l)
{
    uint32_t highest = 0;

    l->nodes_are_in = true;
    for (size_t i = 0; i < l->article_count; i++) {
        uint32_t handle = image_builder_find_node(l->builder, l->articles[i].node);

        highest = handle > highest ? handle : highest;
    }
    l->article_ids = sg_arena_calloc(l->kept, (size_t) highest + 1, sizeof *l->article_ids);
    for (size_t i = 0; i < l->article_count; i++)
        l->article_ids[image_builder_find_node(l->builder, l->articles[i].node)] =
            l->articles[i].id;
    l->article_count = l->article_count == 0 ? 0 : (size_t) highest + 1;
}

static void give_article(loader *l, const sg_store_statement *s)
{
    uint32_t article;

    if (s->article == 0)
        return;
    article = image_builder_find_node(l->builder, s->article);
    if (article < l->article_count && !sg_value_is_null(l->article_ids[article]))
        image_builder_rel_property(l->builder, l->keys.article, l->article_ids[article]);
}

static bool load_node(void *data, const sg_store_node *node)
{
    loader *l = data;
    sg_value props;

    image_builder_node(l->builder, group_of_set(l, node->label_set), node->id);
    if (node->name != NULL)
        image_builder_node_property(l->builder, l->name,
                                    sg_value_string(node->name, node->name_len));
    if (node->props_len <= 2)
        return true;
    sg_arena_reset(l->arena);
    if (!sg_props_read(node->props, node->props_len, l->arena, &props)) {
        l->failed = true;
        return false;
    }
    for (size_t i = 0; i < props.as.map->count; i++) {
        sg_value key = props.as.map->keys[i];
        sg_symbol symbol = image_builder_symbol(l->builder, SG_KEY, key.as.string, key.len);

        image_builder_node_property(l->builder, symbol, props.as.map->values[i]);
        if (symbol == l->id && l->is_article[node->label_set])
            keep_article_id(l, node->id, props.as.map->values[i]);
    }
    return true;
}

static bool load_props(loader *l, const char *props, size_t len)
{
    sg_value map;

    if (len <= 2)
        return true;
    sg_arena_reset(l->arena);
    if (!sg_props_read(props, len, l->arena, &map)) {
        l->failed = true;
        return false;
    }
    for (size_t i = 0; i < map.as.map->count; i++) {
        sg_value key = map.as.map->keys[i];

        image_builder_rel_property(l->builder,
                                   image_builder_symbol(l->builder, SG_KEY, key.as.string, key.len),
                                   map.as.map->values[i]);
    }
    return true;
}

static bool load_rel(void *data, const sg_store_rel *rel)
{
    loader *l = data;

    GROW_ZEROED(l->types, l->types_room, (size_t) rel->type);
    if (l->types[rel->type] == 0) {
        const char *name = sg_store_type_name(l->store, rel->type);

        l->types[rel->type] = image_builder_symbol(l->builder, SG_REL_TYPE, name, strlen(name)) + 1;
    }
    if (!image_builder_rel(l->builder, l->types[rel->type] - 1, rel->id, rel->source,
                           rel->target)) {
        l->failed = true;
        return false;
    }
    return load_props(l, rel->props, rel->props_len);
}

static bool load_statement(void *data, const sg_store_statement *s)
{
    loader *l = data;
    sg_symbol *type = &l->stances[s->stance + 1];

    if (*type == SG_NO_SYMBOL) {
        const char *name = sg_stance_type(s->stance);

        *type = image_builder_symbol(l->builder, SG_REL_TYPE, name, strlen(name));
    }
    if (!image_builder_rel(l->builder, *type, s->id, s->actor, s->target)) {
        l->failed = true;
        return false;
    }
    if (s->extra != NULL && !load_props(l, s->extra, s->extra_len))
        return false;
    give_article(l, s);
    if (s->day != SG_STORE_NO_DAY)
        image_builder_rel_day(l->builder, l->keys.date, s->day);
    statement_give(s, &l->keys, give_to_builder, l->builder);
    if (statement_has_quote(s)) {
        l->quote = builder_key(l->builder, "quote");
        image_builder_rel_quote(l->builder, image_builder_find_node(l->builder, s->article));
    }
    return true;
}

static void loader_init(loader *l, sg_store *store)
{
    memset(l, 0, sizeof *l);
    l->store = store;
    l->builder = image_builder_new();
    l->arena = sg_arena_new();
    l->kept = sg_arena_new();
    for (size_t i = 0; i < 3; i++)
        l->stances[i] = SG_NO_SYMBOL;
    l->name = builder_key(l->builder, "name");
    l->id = builder_key(l->builder, "id");
    l->keys = statement_keys_make(builder_key, l->builder);
}

static void loader_clear(loader *l)
{
    image_builder_free(l->builder);
    sg_arena_free(l->arena);
    sg_arena_free(l->kept);
    sg_free(l->groups);
    sg_free(l->types);
    sg_free(l->is_article);
    sg_free(l->articles);
}

sg_status image_load(sg_store *store, sg_store_state state, image *im, sg_error *err)
{
    unsigned char *bytes = NULL;
    size_t size = 0;
    sg_status status;
    loader l;

    loader_init(&l, store);
    status = sg_store_read_nodes(store, load_node, &l, err);
    spread_article_ids(&l);
    if (status == SG_OK && !l.failed)
        status = sg_store_read_rels(store, load_rel, &l, err);
    if (status == SG_OK && !l.failed)
        status = sg_store_read_statements(store, load_statement, &l, err);
    if (status == SG_OK && l.failed)
        status = sg_error_set(err, SG_ERR_DATABASE,
                              "%s: a record holds no properties or has lost one of its ends",
                              sg_store_path(store));
    if (status == SG_OK) {
        bytes = image_builder_finish(l.builder, &size);
        if (bytes == NULL)
            status = sg_error_set(err, SG_ERR_LIMIT,
                                  "%s: more than four thousand million nodes "
                                  "or relationships",
                                  sg_store_path(store));
    }
    loader_clear(&l);
    if (status != SG_OK)
        return status;
    image_set_state(bytes, state);
    if (!image_init(im, bytes, size, false)) {
        sg_free(bytes);
        return sg_error_set(err, SG_ERR_DATABASE, "the graph image cannot be made");
    }
    return SG_OK;
}

/* ---- as a bulk import goes on ---- */
struct sg_graph_follower {
    loader loader;
    struct sg_store_watcher watcher;
    unsigned char *bytes;
    size_t size;
};

/* Nodes get their handles before the first relationship. */
static bool follow_node(void *data, const sg_store_node *node)
{
    loader *l = data;

    if (l->nodes_are_in)
        l->failed = true;
    return !l->failed && load_node(l, node);
}

static bool follow_rel(void *data, const sg_store_rel *rel)
{
    loader *l = data;

    if (!l->nodes_are_in)
        spread_article_ids(l);
    return load_rel(l, rel);
}

static bool follow_statement(void *data, const sg_store_statement *statement)
{
    loader *l = data;

    if (!l->nodes_are_in)
        spread_article_ids(l);
    return load_statement(l, statement);
}

sg_graph_follower *sg_graph_follow_bulk(sg_store *store)
{
    sg_graph_follower *follower = sg_calloc(1, sizeof *follower);

    follower->watcher =
        (struct sg_store_watcher){ follow_node, follow_rel, follow_statement, &follower->loader };
    if (!sg_store_watch_bulk(store, &follower->watcher)) {
        sg_free(follower);
        return NULL;
    }
    loader_init(&follower->loader, store);
    return follower;
}

void sg_graph_follower_finish(sg_graph_follower *follower)
{
    if (follower != NULL && !follower->loader.failed)
        follower->bytes = image_builder_finish(follower->loader.builder, &follower->size);
}

void sg_graph_follower_keep(sg_graph_follower *follower, sg_store_state state)
{
    image im = { 0 };

    if (follower == NULL || follower->bytes == NULL)
        return;
    image_set_state(follower->bytes, state);
    if (image_init(&im, follower->bytes, follower->size, false)) {
        follower->bytes = NULL;
        image_keep(follower->loader.store, &im);
        image_clear(&im);
    }
}

void sg_graph_follower_free(sg_graph_follower *follower)
{
    if (follower == NULL)
        return;
    loader_clear(&follower->loader);
    sg_free(follower->bytes);
    sg_free(follower);
}
