/* Label sets, relationship types and origins: small tables kept in memory, read again when another
 * handle has written. Their names live as long as the handle, so records can point at them. */

#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

static void symbols_reset(struct sg_symbols *symbols)
{
    if (symbols->ids == NULL)
        symbols->ids = sg_map_new();
    sg_map_reset(symbols->ids);
    symbols->count = 0;
}

static void symbols_add(sg_store *store, struct sg_symbols *symbols, const char *name)
{
    SG_GROW(symbols->names, symbols->capacity, symbols->count + 1);
    symbols->names[symbols->count++] = sg_arena_strdup(store->arena, name);
    (void) sg_map_put(symbols->ids, name, strlen(name), symbols->count);
}

/* Cuts the JSON list of a label set into names. */
static void remember_labels(sg_store *store, const char *json)
{
    struct sg_label_names set = { NULL, 0 };
    size_t capacity = 0;
    sg_strbuf wrapped = SG_STRBUF_INIT;
    sg_value map;

    sg_strbuf_printf(&wrapped, "{\"l\":%s}", json);
    if (sg_props_read(wrapped.data, wrapped.len, store->arena, &map)) {
        sg_value list = sg_props_find(map, "l");

        for (size_t i = 0; list.type == SG_LIST && i < list.as.list->count; i++) {
            sg_value name = list.as.list->items[i];

            SG_ARENA_GROW(store->arena, set.names, capacity, set.count + 1);
            set.names[set.count++] = sg_arena_strndup(store->arena, name.as.string, name.len);
        }
    }
    sg_strbuf_clear(&wrapped);
    SG_GROW(store->labels, store->labels_capacity, store->label_sets.count);
    store->labels[store->label_sets.count - 1] = set;
}

static sg_status read_symbols(sg_store *store, struct sg_symbols *symbols, const char *sql,
                              sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &statement, err, sql, "");

    symbols_reset(symbols);
    while (status == SG_OK) {
        status = sg_sql_step(store, statement, &row, err);
        if (status != SG_OK || !row)
            break;
        symbols_add(store, symbols, (const char *) sqlite3_column_text(statement, 0));
        if (symbols == &store->label_sets)
            remember_labels(store, symbols->names[symbols->count - 1]);
    }
    return status;
}

sg_status sg_symbols_refresh(sg_store *store, sg_error *err)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    sg_store_state state = { 0, 0 };
    sg_status status =
        sg_sql_query(store, &statement, err,
                     "SELECT change_seq, change_hash, next_node, next_rel FROM state", "");

    if (status == SG_OK)
        status = sg_sql_step(store, statement, &row, err);
    if (status != SG_OK)
        return status;
    if (!row)
        return sg_error_set(err, SG_ERR_DATABASE, "%s: is not a stance database", store->path);
    state.seq = sqlite3_column_int64(statement, 0);
    state.hash = (uint64_t) sqlite3_column_int64(statement, 1);
    store->next_node = sqlite3_column_int64(statement, 2);
    store->next_rel = sqlite3_column_int64(statement, 3);
    sg_sql_done(statement);
    if (store->symbols_valid && state.seq == store->state.seq && state.hash == store->state.hash)
        return SG_OK;
    store->state = state;
    status =
        read_symbols(store, &store->label_sets, "SELECT labels FROM label_set ORDER BY id", err);
    if (status == SG_OK)
        status = read_symbols(store, &store->types, "SELECT name FROM rel_type ORDER BY id", err);
    if (status == SG_OK)
        status = read_symbols(store, &store->origins, "SELECT name FROM origin ORDER BY id", err);
    store->symbols_valid = status == SG_OK;
    return status;
}

static const char insert_label_set[] = "INSERT INTO label_set (id, labels) VALUES (?1, ?2)";
static const char insert_type[] = "INSERT INTO rel_type (id, name) VALUES (?1, ?2)";
static const char insert_origin[] = "INSERT INTO origin (id, name) VALUES (?1, ?2)";

static sg_status find_or_add(sg_store *store, struct sg_symbols *symbols, const char *insert,
                             const char *name, int64_t *id_out, sg_error *err)
{
    uint64_t id;
    sg_status status;

    if (sg_map_find(symbols->ids, name, strlen(name), &id)) {
        *id_out = (int64_t) id;
        return SG_OK;
    }
    *id_out = (int64_t) symbols->count + 1;
    status = store->fresh != NULL ? SG_OK : sg_sql_run(store, err, insert, "it", *id_out, name);
    if (status == SG_OK)
        symbols_add(store, symbols, name);
    return status;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

sg_status sg_symbols_label_set(sg_store *store, const char *const *labels, size_t count,
                               int64_t *set_out, sg_error *err)
{
    const char **sorted = sg_reallocarray(NULL, count + 1, sizeof *sorted);
    sg_strbuf json = SG_STRBUF_INIT;
    size_t known = store->label_sets.count;
    sg_arena *arena = sg_arena_new();
    size_t used = 0;
    sg_status status;

    for (size_t i = 0; i < count; i++)
        sorted[i] = labels[i];
    qsort(sorted, count, sizeof *sorted, compare_names);
    sg_value *items = sg_arena_calloc(arena, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0)
            items[used++] = sg_value_text(sorted[i]);
    }
    /* The same writer as for properties, so names with quotes are safe: {"l":[...]} cut to [...].
     */
    sg_value key = sg_value_text("l");
    sg_value list = sg_value_list(arena, items, used);
    sg_map_value map = { 1, &key, &list };
    sg_props_write((sg_value){ .type = SG_MAP, .as.map = &map }, &json);
    json.data[json.len - 1] = '\0';
    status = find_or_add(store, &store->label_sets, insert_label_set, json.data + 5, set_out, err);
    if (status == SG_OK && store->label_sets.count > known)
        remember_labels(store, json.data + 5);
    sg_strbuf_clear(&json);
    sg_arena_free(arena);
    sg_free(sorted);
    return status;
}

sg_status sg_symbols_type(sg_store *store, const char *name, int64_t *type_out, sg_error *err)
{
    return find_or_add(store, &store->types, insert_type, name, type_out, err);
}

sg_status sg_symbols_origin(sg_store *store, const char *name, int64_t *origin_out, sg_error *err)
{
    return find_or_add(store, &store->origins, insert_origin, name, origin_out, err);
}

sg_status sg_symbols_write(sg_store *store, sg_error *err)
{
    const struct {
        const struct sg_symbols *symbols;
        const char *insert;
    } all[] = { { &store->label_sets, insert_label_set },
                { &store->types, insert_type },
                { &store->origins, insert_origin } };
    sg_status status = SG_OK;

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (size_t n = 0; status == SG_OK && n < all[i].symbols->count; n++)
            status = sg_sql_run(store, err, all[i].insert, "it", (int64_t) n + 1,
                                all[i].symbols->names[n]);
    return status;
}

bool sg_symbols_set_has(sg_store *store, int64_t set, const char *label)
{
    const char *const *names;
    size_t count = sg_store_label_set(store, set, &names);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], label) == 0)
            return true;
    }
    return false;
}

void sg_symbols_clear(sg_store *store)
{
    struct sg_symbols *all[] = { &store->label_sets, &store->types, &store->origins };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        sg_map_free(all[i]->ids);
        sg_free(all[i]->names);
    }
    sg_free(store->labels);
}

size_t sg_store_label_set_count(sg_store *store)
{
    return store->label_sets.count;
}

size_t sg_store_label_set(sg_store *store, int64_t set, const char *const **names_out)
{
    if (set < 1 || (size_t) set > store->label_sets.count) {
        *names_out = NULL;
        return 0;
    }
    *names_out = (const char *const *) store->labels[set - 1].names;
    return store->labels[set - 1].count;
}

size_t sg_store_type_count(sg_store *store)
{
    return store->types.count;
}

const char *sg_store_type_name(sg_store *store, int64_t type)
{
    if (type < 1 || (size_t) type > store->types.count)
        return NULL;
    return store->types.names[type - 1];
}
