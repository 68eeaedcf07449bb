#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "stance/graph.h"
#include "stance/ingest_graph.h"
#include "stance/map.h"

#include "graph_folder.h"

/* A folder of CSV files into the store: nodes first, then what refers to them. Statements, which
 * come by the million, are read and resolved in a second thread, batch by batch, while this one
 * hands the batch before to the database. */

typedef struct importer {
    sg_store *store;
    sg_arena *arena; /* of the whole import */
    graph_table *tables;
    size_t table_count;
    size_t tables_room;
    sg_map *spaces; /* name of an id space, index in `ids` */
    id_space **ids;
    size_t ids_count;
    size_t ids_room;
    struct sg_graph_import done;
} importer;

/* ---- ids ---- */
static id_space *space_named(importer *im, const char *name)
{
    uint64_t place = *sg_map_slot(im->spaces, name, strlen(name), im->ids_count);

    SG_GROW(im->ids, im->ids_room, im->ids_count + 1);
    if (place == im->ids_count)
        im->ids[im->ids_count++] = id_space_new();
    return im->ids[place];
}

static sg_status unknown_id(const csv_scan *scan, const table_column *column, csv_field field,
                            sg_error *err)
{
    sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: there is no %s%snode with the id '%.*s'",
                 scan->path, scan->line, column->space, column->space[0] == '\0' ? "" : " ",
                 (int) (field.len > 80 ? 80 : field.len), field.text);
    sg_error_hint(err, "nodes come from the files in the same folder that have an id column");
    return SG_ERR_INPUT;
}

/* ---- rows with properties ---- */
typedef struct row_maker {
    importer *im;
    const graph_table *table;
    sg_arena *arena; /* of one row */
    sg_value *keys;  /* names of properties */
    sg_value *values;
    sg_map_value map;
} row_maker;

static void row_maker_init(row_maker *m, importer *im, const graph_table *table)
{
    memset(m, 0, sizeof *m);
    m->im = im;
    m->table = table;
    m->arena = sg_arena_new();
    m->keys = sg_arena_alloc(im->arena, table->column_count * sizeof *m->keys);
    m->values = sg_arena_alloc(im->arena, table->column_count * sizeof *m->values);
    m->map.keys = m->keys;
    m->map.values = m->values;
}

/* A column that becomes a property: any without another role, and an id that has a name. */
static bool is_property(const graph_table *table, const table_column *column)
{
    if (column->name == NULL)
        return false;
    return column->role == COLUMN_PROPERTY ||
           (column->role == COLUMN_ID && table->kind == TABLE_NODES);
}

static sg_status make_properties(row_maker *m, const csv_scan *scan, sg_error *err)
{
    const graph_table *table = m->table;

    m->map.count = 0;
    for (size_t i = 0; i < table->column_count && i < scan->field_count; i++) {
        const table_column *column = &table->columns[i];
        sg_value value;

        if (!is_property(table, column))
            continue;
        if (!table_value(column, scan->fields[i], m->arena, &value))
            return sg_error_set(
                err, SG_ERR_INPUT, "%s, line %zu: '%.*s' is not what column '%s' holds", scan->path,
                scan->line, (int) (scan->fields[i].len > 80 ? 80 : scan->fields[i].len),
                scan->fields[i].text, column->name);
        if (sg_value_is_null(value))
            continue;
        m->keys[m->map.count] = sg_value_text(column->name);
        m->values[m->map.count++] = value;
    }
    return SG_OK;
}

static sg_value properties(const row_maker *m)
{
    return (sg_value){ .type = SG_MAP, .as.map = &m->map };
}

static sg_status check_width(const graph_table *table, const csv_scan *scan, sg_error *err)
{
    if (scan->field_count == table->column_count)
        return SG_OK;
    return sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: %zu fields where the header has %zu",
                        scan->path, scan->line, scan->field_count, table->column_count);
}

/* ---- nodes ---- */
enum { MOST_LABELS = 64 };

/* Persons, organisations and groups are actors, too. */
static size_t plain_labels(const char *label, const char **labels)
{
    size_t count = 0;

    if (strcmp(label, "Person") == 0 || strcmp(label, "Organisation") == 0 ||
        strcmp(label, "Group") == 0)
        labels[count++] = "Actor";
    labels[count++] = label;
    return count;
}

static size_t listed_labels(csv_field field, sg_arena *arena, const char **labels)
{
    size_t count = 0, at = 0;

    while (at < field.len && count < MOST_LABELS) {
        const char *start = field.text + at;
        const char *end = memchr(start, ';', field.len - at);
        size_t len = end == NULL ? field.len - at : (size_t) (end - start);

        if (len > 0)
            labels[count++] = sg_arena_strndup(arena, start, len);
        at += len + 1;
    }
    return count;
}

static sg_status import_node(row_maker *m, const csv_scan *scan, id_space *ids, sg_error *err)
{
    const graph_table *table = m->table;
    const char *labels[MOST_LABELS];
    csv_field id = scan->fields[graph_table_find(table, COLUMN_ID)];
    size_t label_column = graph_table_find(table, COLUMN_LABEL);
    size_t label_count = 0;
    int64_t node = 0;
    sg_status status = make_properties(m, scan, err);

    if (table->label != NULL)
        label_count = plain_labels(table->label, labels);
    else if (label_column != SIZE_MAX)
        label_count = listed_labels(scan->fields[label_column], m->arena, labels);
    if (status == SG_OK)
        status = sg_store_create_node(m->im->store, labels, label_count, properties(m), &node, err);
    if (status == SG_OK && !id_space_add(ids, id, node))
        status = sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: the id '%.*s' comes twice",
                              scan->path, scan->line, (int) (id.len > 80 ? 80 : id.len), id.text);
    m->im->done.nodes++;
    return status;
}

static sg_status import_nodes(importer *im, const graph_table *table, sg_error *err)
{
    id_space *ids = space_named(im, table->columns[graph_table_find(table, COLUMN_ID)].space);
    csv_scan scan;
    row_maker m;
    sg_status status = csv_scan_open(&scan, table->path, err);

    row_maker_init(&m, im, table);
    if (status == SG_OK && csv_scan_next(&scan, &status, err)) /* the header */
        while (status == SG_OK && csv_scan_next(&scan, &status, err)) {
            sg_arena_reset(m.arena);
            status = check_width(table, &scan, err);
            if (status == SG_OK)
                status = import_node(&m, &scan, ids, err);
        }
    csv_scan_close(&scan);
    sg_arena_free(m.arena);
    return status;
}

/* ---- relationships ---- */
typedef struct rel_columns {
    size_t start, end, type;
    id_space *start_ids;
    id_space *end_ids;
} rel_columns;

static rel_columns find_rel_columns(importer *im, const graph_table *table)
{
    rel_columns found = { .start = graph_table_find(table, COLUMN_START),
                          .end = graph_table_find(table, COLUMN_END),
                          .type = graph_table_find(table, COLUMN_TYPE) };

    found.start_ids = space_named(im, table->columns[found.start].space);
    found.end_ids = space_named(im, table->columns[found.end].space);
    return found;
}

static sg_status find_end(const graph_table *table, const csv_scan *scan, size_t column,
                          const id_space *ids, int64_t *id_out, sg_error *err)
{
    csv_field field = scan->fields[column];

    if (!id_space_find(ids, field, id_out))
        return unknown_id(scan, &table->columns[column], field, err);
    return SG_OK;
}

static sg_status import_rel(row_maker *m, const csv_scan *scan, const rel_columns *at,
                            sg_error *err)
{
    const char *type = m->table->type;
    int64_t source = 0, target = 0, rel = 0;
    sg_status status = find_end(m->table, scan, at->start, at->start_ids, &source, err);

    if (status == SG_OK)
        status = find_end(m->table, scan, at->end, at->end_ids, &target, err);
    if (status == SG_OK)
        status = make_properties(m, scan, err);
    if (status != SG_OK)
        return status;
    if (at->type != SIZE_MAX)
        type = sg_arena_strndup(m->arena, scan->fields[at->type].text, scan->fields[at->type].len);
    if (type[0] == '\0')
        return sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: a relationship without a type",
                            scan->path, scan->line);
    m->im->done.relationships++;
    return sg_store_create_rel(m->im->store, type, source, target, properties(m), &rel, err);
}

static sg_status import_rels(importer *im, const graph_table *table, sg_error *err)
{
    rel_columns at = find_rel_columns(im, table);
    csv_scan scan;
    row_maker m;
    sg_status status = csv_scan_open(&scan, table->path, err);

    row_maker_init(&m, im, table);
    if (status == SG_OK && csv_scan_next(&scan, &status, err)) /* the header */
        while (status == SG_OK && csv_scan_next(&scan, &status, err)) {
            sg_arena_reset(m.arena);
            status = check_width(table, &scan, err);
            if (status == SG_OK)
                status = import_rel(&m, &scan, &at, err);
        }
    csv_scan_close(&scan);
    sg_arena_free(m.arena);
    return status;
}

/* ---- statements ---- */
enum { BATCH = 4096, BATCHES = 4 };

typedef struct batch {
    sg_store_statement rows[BATCH];
    size_t count;
    sg_arena *arena; /* what `extra` points to */
} batch;

typedef struct pipeline {
    importer *im;
    const graph_table *table;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    batch batches[BATCHES];
    size_t filled; /* batches filled and batches used so far */
    size_t used;
    bool finished; /* nothing more will be filled */
    bool stopped;  /* nothing more will be used */
    sg_status status;
    sg_error err;
} pipeline;

typedef struct statement_columns {
    rel_columns ends;
    size_t date, article, confidence;
    id_space *articles;
    bool has_others;
    int stance; /* of the whole file */
    row_maker maker;
    sg_strbuf extra;
} statement_columns;

static statement_columns find_statement_columns(importer *im, const graph_table *table)
{
    statement_columns at = { .ends = find_rel_columns(im, table),
                             .date = graph_table_find(table, COLUMN_DATE),
                             .article = graph_table_find(table, COLUMN_ARTICLE),
                             .confidence = graph_table_find(table, COLUMN_CONFIDENCE),
                             .has_others = graph_table_find(table, COLUMN_PROPERTY) != SIZE_MAX };

    at.articles = space_named(im, "Article");
    if (table->type != NULL)
        (void) sg_stance_from_type(table->type, strlen(table->type), &at.stance);
    row_maker_init(&at.maker, im, table);
    return at;
}

static sg_status refuse(const csv_scan *scan, size_t column, const char *what, sg_error *err)
{
    csv_field field = scan->fields[column];

    return sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: '%.*s' is not %s", scan->path, scan->line,
                        (int) (field.len > 80 ? 80 : field.len), field.text, what);
}

static sg_status read_stance(const statement_columns *at, const csv_scan *scan,
                             sg_store_statement *s, sg_error *err)
{
    csv_field field;

    s->stance = at->stance;
    if (at->ends.type == SIZE_MAX)
        return SG_OK;
    field = scan->fields[at->ends.type];
    if (!sg_stance_from_type(field.text, field.len, &s->stance))
        return refuse(scan, at->ends.type, "a stance (SUPPORTS, OPPOSES or NEUTRAL_ON)", err);
    return SG_OK;
}

static sg_status read_typed(const statement_columns *at, const csv_scan *scan,
                            sg_store_statement *s, sg_error *err)
{
    static const table_column number = { .type = SG_FLOAT };
    sg_value value;

    if (at->date != SIZE_MAX && scan->fields[at->date].len > 0 &&
        !sg_day_parse(scan->fields[at->date].text, scan->fields[at->date].len, &s->day))
        return refuse(scan, at->date, "a date (YYYY-MM-DD)", err);
    if (at->confidence != SIZE_MAX && scan->fields[at->confidence].len > 0) {
        if (!table_value(&number, scan->fields[at->confidence], NULL, &value) ||
            value.as.number < 0)
            return refuse(scan, at->confidence, "a confidence between 0 and 1", err);
        s->confidence = value.as.number;
    }
    if (at->article != SIZE_MAX && scan->fields[at->article].len > 0) {
        csv_field field = scan->fields[at->article];

        if (!id_space_find(at->articles, field, &s->article))
            return unknown_id(scan, &at->maker.table->columns[at->article], field, err);
    }
    return SG_OK;
}

static sg_status read_others(statement_columns *at, const csv_scan *scan, sg_arena *arena,
                             sg_store_statement *s, sg_error *err)
{
    sg_status status;

    if (!at->has_others)
        return SG_OK;
    sg_arena_reset(at->maker.arena);
    status = make_properties(&at->maker, scan, err);
    if (status != SG_OK || at->maker.map.count == 0)
        return status;
    sg_strbuf_reset(&at->extra);
    sg_props_write(properties(&at->maker), &at->extra);
    s->extra = sg_arena_strndup(arena, at->extra.data, at->extra.len);
    s->extra_len = at->extra.len;
    return SG_OK;
}

static sg_status read_statement(statement_columns *at, const csv_scan *scan, sg_arena *arena,
                                sg_store_statement *s, sg_error *err)
{
    const graph_table *table = at->maker.table;
    sg_status status = check_width(table, scan, err);

    *s = (sg_store_statement){ .day = SG_STORE_NO_DAY,
                               .start = SG_STORE_NO_BYTE,
                               .end = SG_STORE_NO_BYTE,
                               .mode = -1,
                               .certainty = -1,
                               .confidence = -1,
                               .status = -1 };
    if (status == SG_OK)
        status = find_end(table, scan, at->ends.start, at->ends.start_ids, &s->actor, err);
    if (status == SG_OK)
        status = find_end(table, scan, at->ends.end, at->ends.end_ids, &s->target, err);
    if (status == SG_OK)
        status = read_stance(at, scan, s, err);
    if (status == SG_OK)
        status = read_typed(at, scan, s, err);
    if (status == SG_OK)
        status = read_others(at, scan, arena, s, err);
    return status;
}

/* Waits for a free batch; NULL when the other side has given up. */
static batch *free_batch(pipeline *p)
{
    batch *found = NULL;

    (void) pthread_mutex_lock(&p->lock);
    while (!p->stopped && p->filled - p->used == BATCHES)
        (void) pthread_cond_wait(&p->changed, &p->lock);
    if (!p->stopped)
        found = &p->batches[p->filled % BATCHES];
    (void) pthread_mutex_unlock(&p->lock);
    return found;
}

static void hand_over(pipeline *p)
{
    (void) pthread_mutex_lock(&p->lock);
    p->filled++;
    (void) pthread_cond_signal(&p->changed);
    (void) pthread_mutex_unlock(&p->lock);
}

static sg_status fill_batches(pipeline *p, csv_scan *scan, statement_columns *at)
{
    sg_status status = SG_OK;
    batch *b = NULL;

    while (status == SG_OK && csv_scan_next(scan, &status, &p->err)) {
        if (b == NULL) {
            b = free_batch(p);
            if (b == NULL)
                return SG_OK;
            b->count = 0;
            sg_arena_reset(b->arena);
        }
        status = read_statement(at, scan, b->arena, &b->rows[b->count], &p->err);
        if (++b->count == BATCH) {
            hand_over(p);
            b = NULL;
        }
    }
    if (status == SG_OK && b != NULL)
        hand_over(p);
    return status;
}

static void *read_statements_of(void *data)
{
    pipeline *p = data;
    statement_columns at = find_statement_columns(p->im, p->table);
    csv_scan scan;
    sg_status status = csv_scan_open(&scan, p->table->path, &p->err);

    if (status == SG_OK && csv_scan_next(&scan, &status, &p->err)) /* the header */
        status = fill_batches(p, &scan, &at);
    csv_scan_close(&scan);
    sg_strbuf_clear(&at.extra);
    sg_arena_free(at.maker.arena);
    (void) pthread_mutex_lock(&p->lock);
    p->status = status;
    p->finished = true;
    (void) pthread_cond_signal(&p->changed);
    (void) pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Waits for a filled batch; NULL when there are no more. */
static const batch *filled_batch(pipeline *p)
{
    const batch *found = NULL;

    (void) pthread_mutex_lock(&p->lock);
    while (!p->finished && p->filled == p->used)
        (void) pthread_cond_wait(&p->changed, &p->lock);
    if (p->filled != p->used)
        found = &p->batches[p->used % BATCHES];
    (void) pthread_mutex_unlock(&p->lock);
    return found;
}

static void give_back(pipeline *p, bool stop)
{
    (void) pthread_mutex_lock(&p->lock);
    p->used++;
    p->stopped = stop;
    (void) pthread_cond_signal(&p->changed);
    (void) pthread_mutex_unlock(&p->lock);
}

static sg_status store_batches(pipeline *p, sg_error *err)
{
    sg_status status = SG_OK;
    const batch *b;

    while (status == SG_OK && (b = filled_batch(p)) != NULL) {
        for (size_t i = 0; status == SG_OK && i < b->count; i++) {
            int64_t id;

            status = sg_store_create_statement(p->im->store, &b->rows[i], &id, err);
        }
        p->im->done.relationships += b->count;
        give_back(p, status != SG_OK);
    }
    return status;
}

static sg_status import_statements(importer *im, const graph_table *table, sg_error *err)
{
    pipeline *p = sg_calloc(1, sizeof *p);
    sg_status status = SG_OK;
    pthread_t reader;

    p->im = im;
    p->table = table;
    for (size_t i = 0; i < BATCHES; i++)
        p->batches[i].arena = sg_arena_new();
    (void) pthread_mutex_init(&p->lock, NULL);
    (void) pthread_cond_init(&p->changed, NULL);
    if (pthread_create(&reader, NULL, read_statements_of, p) != 0) {
        status = sg_error_set(err, SG_ERR_LIMIT, "cannot start a thread: %s", strerror(errno));
    } else {
        status = store_batches(p, err);
        (void) pthread_join(reader, NULL);
        if (status == SG_OK && p->status != SG_OK) {
            status = p->status;
            *err = p->err;
        }
    }
    (void) pthread_cond_destroy(&p->changed);
    (void) pthread_mutex_destroy(&p->lock);
    for (size_t i = 0; i < BATCHES; i++)
        sg_arena_free(p->batches[i].arena);
    sg_free(p);
    return status;
}

/* ---- the folder ---- */
static bool is_csv(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, ".csv") == 0 && name[0] != '.';
}

static int compare_paths(const void *a, const void *b)
{
    const graph_table *x = a, *y = b;

    return strcmp(x->path, y->path);
}

static sg_status list_tables(importer *im, const char *folder, sg_error *err)
{
    DIR *dir = opendir(folder);
    sg_status status = SG_OK;
    const struct dirent *entry;

    if (dir == NULL)
        return sg_error_set(err, SG_ERR_IO, "%s: %s", folder, strerror(errno));
    while (status == SG_OK && (entry = readdir(dir)) != NULL) {
        graph_table table;

        if (!is_csv(entry->d_name))
            continue;
        status = graph_table_read(sg_arena_printf(im->arena, "%s/%s", folder, entry->d_name),
                                  im->arena, &table, err);
        if (status != SG_OK || table.kind == TABLE_UNKNOWN)
            continue;
        SG_GROW(im->tables, im->tables_room, im->table_count + 1);
        im->tables[im->table_count++] = table;
    }
    (void) closedir(dir);
    if (im->table_count > 1)
        qsort(im->tables, im->table_count, sizeof *im->tables, compare_paths);
    if (status == SG_OK && im->table_count == 0) {
        status = sg_error_set(err, SG_ERR_INPUT, "%s: no CSV file of a graph in it", folder);
        sg_error_hint(err, "nodes need a column 'id' or ':ID', relationships ':START_ID' and "
                           "':END_ID'");
    }
    return status;
}

/* Files with one stance each repeat a file that has them all. */
static bool is_repeated(const importer *im, const graph_table *table)
{
    if (table->kind != TABLE_STATEMENTS || graph_table_find(table, COLUMN_TYPE) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < im->table_count; i++)
        if (im->tables[i].kind == TABLE_STATEMENTS &&
            graph_table_find(&im->tables[i], COLUMN_TYPE) != SIZE_MAX)
            return true;
    return false;
}

static sg_status import_table(importer *im, const graph_table *table, sg_error *err)
{
    switch (table->kind) {
    case TABLE_NODES:
        return import_nodes(im, table, err);
    case TABLE_RELS:
        return import_rels(im, table, err);
    default:
        return import_statements(im, table, err);
    }
}

static sg_status import_tables(importer *im, sg_error *err)
{
    sg_status status = SG_OK;

    for (int kind = TABLE_NODES; kind <= TABLE_STATEMENTS; kind++)
        for (size_t i = 0; status == SG_OK && i < im->table_count; i++) {
            if (im->tables[i].kind != (table_kind) kind || is_repeated(im, &im->tables[i]))
                continue;
            status = import_table(im, &im->tables[i], err);
            im->done.files++;
        }
    return status;
}

static void importer_clear(importer *im)
{
    for (size_t i = 0; i < im->ids_count; i++)
        id_space_free(im->ids[i]);
    sg_free(im->ids);
    sg_map_free(im->spaces);
    sg_free(im->tables);
    sg_arena_free(im->arena);
}

/* From what was kept of the import, if it is good. */
static sg_status make_image(sg_store *store, sg_error *err)
{
    sg_graph *graph = NULL;
    sg_status status = sg_graph_open(store, &graph, err);

    sg_graph_close(graph);
    return status;
}

static void *finish_image(void *follower)
{
    sg_graph_follower_finish(follower);
    return NULL;
}

/* The image is put together while the store writes its indices. */
static sg_status commit(sg_store *store, sg_graph_follower *follower, sg_error *err)
{
    sg_store_state state = { 0, 0 };
    pthread_t thread;
    bool started = pthread_create(&thread, NULL, finish_image, follower) == 0;
    sg_status status = sg_store_commit(store, err);

    if (started)
        (void) pthread_join(thread, NULL);
    if (status == SG_OK)
        status = sg_store_get_state(store, &state, err);
    if (status == SG_OK)
        sg_graph_follower_keep(follower, state);
    return status;
}

sg_status sg_import_graph_folder(sg_store *store, const char *folder,
                                 struct sg_graph_import *done_out, sg_error *err)
{
    importer im = { .store = store, .arena = sg_arena_new(), .spaces = sg_map_new() };
    sg_graph_follower *follower = NULL;
    sg_status status = list_tables(&im, folder, err);

    if (status == SG_OK)
        status = sg_store_begin_bulk(store, err);
    if (status == SG_OK) {
        follower = sg_graph_follow_bulk(store);
        status = import_tables(&im, err);
        if (status == SG_OK)
            status = commit(store, follower, err);
        else
            sg_store_rollback(store);
    }
    *done_out = im.done;
    sg_graph_follower_free(follower);
    importer_clear(&im);
    return status == SG_OK ? make_image(store, err) : status;
}
