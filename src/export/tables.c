#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/row_hash.h"
#include "stance/temporal.h"
#include "stance/value_ops.h"

#include "export_internal.h"

/* Tables for spreadsheets, read straight from the graph. Ids carry letters ("st-12"), because
 * spreadsheet programs mangle bare numbers. */

static sg_symbol key(const sg_graph *graph, const char *name)
{
    return sg_graph_symbol_find(graph, SG_KEY, name, strlen(name));
}

static sg_value node_value(const sg_graph *graph, uint32_t node, const char *name)
{
    sg_symbol symbol = key(graph, name);

    if (node == SG_NO_ENTITY || symbol == SG_NO_SYMBOL)
        return sg_value_null();
    return sg_graph_node_property(graph, node, symbol);
}

static sg_value rel_value(const sg_graph *graph, uint32_t rel, const char *name)
{
    sg_symbol symbol = key(graph, name);

    return symbol == SG_NO_SYMBOL ? sg_value_null() : sg_graph_rel_property(graph, rel, symbol);
}

static bool has_label(const sg_graph *graph, uint32_t node, const char *name)
{
    sg_symbol label = sg_graph_symbol_find(graph, SG_LABEL, name, strlen(name));

    return label != SG_NO_SYMBOL && sg_graph_node_has_label(graph, node, label);
}

static sg_value tagged_id(sg_arena *arena, const char *tag, int64_t id)
{
    return sg_value_text(sg_arena_printf(arena, "%s-%lld", tag, (long long) id));
}

static const char *kind_of(const sg_graph *graph, uint32_t node)
{
    static const char *const kinds[][2] = {
        { "Person", "person" }, { "Organisation", "organisation" },
        { "Group", "group" },   { "Position", "position" },
        { "Event", "event" },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (has_label(graph, node, kinds[i][0]))
            return kinds[i][1];
    }
    return "other";
}

static uint32_t article_of(const sg_graph *graph, uint32_t rel)
{
    sg_value id = rel_value(graph, rel, "article");

    return id.type == SG_INTEGER ? sg_graph_node_by_id(graph, id.as.integer) : SG_NO_ENTITY;
}

/* ---- the statements of a selection ---- */

struct statement {
    uint32_t rel;
    const char *stance;
    int32_t day;
    int64_t article;
    int64_t start;
    int64_t id;
};

struct statements {
    struct statement *items;
    size_t count;
    size_t capacity;
};

static int by_place(const void *a, const void *b)
{
    const struct statement *x = a;
    const struct statement *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int64_t integer_or(sg_value v, int64_t otherwise)
{
    return v.type == SG_INTEGER ? v.as.integer : otherwise;
}

/* Unlike the networks, tables show rejected statements too: a table is where people look after
 * what was rejected. */
static void collect(const sg_graph *graph, const struct sg_selection *selection,
                    struct statements *out)
{
    static const char *const stances[] = { "support", "oppose", "neutral" };
    struct sg_statement_filter filter;

    sg_statement_filter_init(&filter, graph, selection);
    filter.rejected_too = true;
    for (uint32_t rel = 0; rel < sg_graph_rel_limit(graph); rel++) {
        size_t t = 0;

        if (!sg_graph_rel_exists(graph, rel))
            continue;
        while (t < 3 && filter.types[t] != sg_graph_rel_type(graph, rel))
            t++;
        if (t == 3 || !sg_statement_filter_has(&filter, rel))
            continue;
        SG_GROW(out->items, out->capacity, out->count + 1);
        out->items[out->count++] =
            (struct statement){ .rel = rel,
                                .stance = stances[t],
                                .day = sg_statement_day(graph, rel),
                                .article = integer_or(rel_value(graph, rel, "article"), -1),
                                .start = integer_or(rel_value(graph, rel, "start"), -1),
                                .id = sg_graph_rel_id(graph, rel) };
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_place);
}

static const char *text_or_empty(sg_arena *arena, sg_value v)
{
    return v.type == SG_STRING ? sg_arena_strndup(arena, v.as.string, v.len) : "";
}

static const char *day_text(sg_arena *arena, int32_t day)
{
    int64_t year;
    int month;
    int day_of_month;

    if (day == SG_NO_DAY)
        return NULL;
    sg_civil_from_days(day, &year, &month, &day_of_month);
    return sg_arena_printf(arena, "%04lld-%02d-%02d", (long long) year, month, day_of_month);
}

static void add_statement(sg_result *result, const sg_graph *graph, const struct statement *s,
                          sg_arena *arena)
{
    uint32_t actor = sg_graph_rel_source(graph, s->rel);
    uint32_t target = sg_graph_rel_target(graph, s->rel);
    uint32_t article = article_of(graph, s->rel);
    sg_value confidence = rel_value(graph, s->rel, "confidence");
    const char *date = day_text(arena, s->day);
    const char *confidence_text =
        confidence.type == SG_FLOAT ? sg_arena_printf(arena, "%.3f", confidence.as.number) : "";
    const char *edited[] = {
        date != NULL ? date : "",
        text_or_empty(arena, node_value(graph, actor, "name")),
        text_or_empty(arena, node_value(graph, target, "name")),
        kind_of(graph, target),
        s->stance,
        text_or_empty(arena, rel_value(graph, s->rel, "quote")),
        text_or_empty(arena, rel_value(graph, s->rel, "mode")),
        text_or_empty(arena, rel_value(graph, s->rel, "certainty")),
        confidence_text,
        text_or_empty(arena, rel_value(graph, s->rel, "status")),
        text_or_empty(arena, rel_value(graph, s->rel, "comment")),
    };
    char hash[SG_ROW_HASH_SIZE];
    sg_value cells[] = {
        tagged_id(arena, "st", s->id),
        article != SG_NO_ENTITY ? tagged_id(arena, "ar", s->article) : sg_value_null(),
        sg_value_text(date),
        node_value(graph, article, "source"),
        node_value(graph, article, "title"),
        node_value(graph, article, "uri"),
        tagged_id(arena, "ac", sg_graph_node_id(graph, actor)),
        node_value(graph, actor, "name"),
        sg_value_text(kind_of(graph, actor)),
        node_value(graph, actor, "role"),
        tagged_id(arena, "ta", sg_graph_node_id(graph, target)),
        node_value(graph, target, "name"),
        sg_value_text(kind_of(graph, target)),
        sg_value_text(s->stance),
        rel_value(graph, s->rel, "quote"),
        rel_value(graph, s->rel, "start"),
        rel_value(graph, s->rel, "end"),
        rel_value(graph, s->rel, "mode"),
        rel_value(graph, s->rel, "certainty"),
        sg_value_text(confidence_text),
        rel_value(graph, s->rel, "status"),
        rel_value(graph, s->rel, "origin"),
        rel_value(graph, s->rel, "comment"),
        sg_value_text(hash),
    };

    sg_row_hash(edited, sizeof edited / sizeof edited[0], hash);
    cells[23] = sg_value_text(hash);
    sg_result_add(result, cells);
}

sg_status sg_statements_result(const sg_graph *graph, const struct sg_selection *selection,
                               sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { SG_STATEMENT_COLUMNS };
    sg_result *result = sg_result_new(columns, sizeof columns / sizeof columns[0]);
    struct statements statements = { 0 };
    sg_arena *arena = sg_arena_new();

    (void) err;
    collect(graph, selection, &statements);
    for (size_t i = 0; i < statements.count; i++) {
        add_statement(result, graph, &statements.items[i], arena);
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
    sg_free(statements.items);
    *result_out = result;
    return SG_OK;
}

/* ---- actors and positions: one row per node, counts from the statements ---- */

struct tally {
    uint32_t statements;
    uint32_t support; /* for positions: distinct actors */
    uint32_t oppose;
    uint32_t neutral;
    int32_t first;
    int32_t last;
};

struct row {
    uint32_t node;
    sg_value name;
    uint32_t statements;
};

static void widen(struct tally *tally, int32_t day)
{
    if (day == SG_NO_DAY)
        return;
    if (tally->first == SG_NO_DAY || day < tally->first)
        tally->first = day;
    if (tally->last == SG_NO_DAY || day > tally->last)
        tally->last = day;
}

static struct tally *tally_nodes(const sg_graph *graph, const struct statements *statements,
                                 bool actors)
{
    size_t limit = sg_graph_node_limit(graph);
    struct tally *tallies = sg_calloc(limit + 1, sizeof *tallies);

    for (size_t i = 0; i <= limit; i++) {
        tallies[i].first = SG_NO_DAY;
        tallies[i].last = SG_NO_DAY;
    }
    for (size_t i = 0; i < statements->count; i++) {
        uint32_t rel = statements->items[i].rel;
        struct tally *tally =
            &tallies[actors ? sg_graph_rel_source(graph, rel) : sg_graph_rel_target(graph, rel)];

        tally->statements++;
        widen(tally, statements->items[i].day);
    }
    return tallies;
}

static int by_statements(const void *a, const void *b)
{
    const struct row *x = a;
    const struct row *y = b;
    int order;

    if (x->statements != y->statements)
        return x->statements > y->statements ? -1 : 1;
    order = sg_value_order(x->name, y->name);
    return order != 0 ? order : x->node < y->node ? -1 : x->node > y->node;
}

/* Nodes with a label: all of them, or only those with statements when a selection narrows. */
static struct row *label_rows(const sg_graph *graph, const char *label_name,
                              const struct tally *tallies, size_t *count_out)
{
    sg_symbol label = sg_graph_symbol_find(graph, SG_LABEL, label_name, strlen(label_name));
    struct row *rows = NULL;
    size_t capacity = 0;
    size_t count = 0;

    *count_out = 0;
    if (label == SG_NO_SYMBOL)
        return NULL;
    for (uint32_t node = sg_graph_node_next(graph, label, SG_NO_ENTITY); node != SG_NO_ENTITY;
         node = sg_graph_node_next(graph, label, node)) {
        SG_GROW(rows, capacity, count + 1);
        rows[count++] =
            (struct row){ node, node_value(graph, node, "name"), tallies[node].statements };
    }
    if (count > 0)
        qsort(rows, count, sizeof *rows, by_statements);
    *count_out = count;
    return rows;
}

static sg_value joined(sg_arena *arena, sg_value list)
{
    sg_strbuf text = SG_STRBUF_INIT;
    sg_value out = sg_value_null();

    for (size_t i = 0; list.type == SG_LIST && i < list.as.list->count; i++) {
        sg_value item = list.as.list->items[i];

        if (item.type != SG_STRING)
            continue;
        sg_strbuf_puts(&text, text.len > 0 ? "; " : "");
        sg_strbuf_append(&text, item.as.string, item.len);
    }
    if (text.len > 0)
        out = sg_value_text(sg_arena_strdup(arena, sg_strbuf_text(&text)));
    sg_strbuf_clear(&text);
    return out;
}

static bool listed(uint32_t node, const uint32_t *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nodes[i] == node)
            return true;
    }
    return false;
}

static sg_value organisations_of(const sg_graph *graph, uint32_t node, sg_arena *arena)
{
    static const char type_name[] = "AFFILIATED_WITH";
    sg_symbol type = sg_graph_symbol_find(graph, SG_REL_TYPE, type_name, sizeof type_name - 1);
    uint32_t *seen = NULL;
    sg_value *names = NULL;
    size_t capacity = 0;
    size_t name_capacity = 0;
    size_t count = 0;
    sg_adjacency it;

    if (type == SG_NO_SYMBOL)
        return sg_value_null();
    sg_adjacency_init(&it, graph, node, SG_OUTGOING, type);
    while (sg_adjacency_next(&it)) {
        if (listed(it.other, seen, count))
            continue;
        SG_ARENA_GROW(arena, seen, capacity, count + 1);
        SG_ARENA_GROW(arena, names, name_capacity, count + 1);
        seen[count] = it.other;
        names[count++] = node_value(graph, it.other, "name");
    }
    return joined(arena, sg_value_list(arena, names, count));
}

sg_status sg_actors_result(const sg_graph *graph, const struct sg_selection *selection,
                           sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { "actor_id",   "name",     "type",          "aliases",
                                           "acronym",    "role",     "organisations", "statements",
                                           "first_seen", "last_seen" };
    sg_result *result = sg_result_new(columns, sizeof columns / sizeof columns[0]);
    sg_arena *arena = sg_arena_new();
    struct statements statements = { 0 };
    struct tally *tallies;
    struct row *rows;
    size_t count;

    (void) err;
    collect(graph, selection, &statements);
    tallies = tally_nodes(graph, &statements, true);
    rows = label_rows(graph, "Actor", tallies, &count);
    for (size_t i = 0; i < count; i++) {
        const struct tally *tally = &tallies[rows[i].node];
        sg_value cells[10];

        if (selection->kind != NULL && !has_label(graph, rows[i].node, selection->kind))
            continue;
        cells[0] = tagged_id(arena, "ac", sg_graph_node_id(graph, rows[i].node));
        cells[1] = rows[i].name;
        cells[2] = sg_value_text(kind_of(graph, rows[i].node));
        cells[3] = joined(arena, node_value(graph, rows[i].node, "aliases"));
        cells[4] = node_value(graph, rows[i].node, "acronym");
        cells[5] = node_value(graph, rows[i].node, "role");
        cells[6] = organisations_of(graph, rows[i].node, arena);
        cells[7] = sg_value_integer(tally->statements);
        cells[8] = sg_value_text(day_text(arena, tally->first));
        cells[9] = sg_value_text(day_text(arena, tally->last));
        sg_result_add(result, cells);
        sg_arena_reset(arena);
    }
    sg_free(rows);
    sg_free(tallies);
    sg_free(statements.items);
    sg_arena_free(arena);
    *result_out = result;
    return SG_OK;
}

/* Who takes which side on each position: from the cells of the discourse. */
static void count_sides(const sg_discourse *discourse, struct tally *tallies)
{
    for (size_t i = 0; i < discourse->cell_count; i++) {
        const sg_discourse_cell *cell = &discourse->cells[i];
        struct tally *tally = &tallies[discourse->positions[cell->position].node];
        int sign = sg_discourse_sign(cell);

        tally->support += sign > 0;
        tally->oppose += sign < 0;
        tally->neutral += sign == 0;
    }
}

sg_status sg_positions_result(const sg_graph *graph, const struct sg_selection *selection,
                              sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { "position_id", "position", "statements", "supporters",
                                           "opponents",   "neutral",  "first_seen", "last_seen" };
    sg_result *result = sg_result_new(columns, sizeof columns / sizeof columns[0]);
    sg_arena *arena = sg_arena_new();
    sg_arena *counts = sg_arena_new();
    struct statements statements = { 0 };
    sg_discourse *discourse = NULL;
    struct tally *tallies;
    struct row *rows;
    size_t count;
    sg_status status = sg_discourse_count(graph, selection, counts, &discourse, err);

    collect(graph, selection, &statements);
    tallies = tally_nodes(graph, &statements, false);
    if (status == SG_OK)
        count_sides(discourse, tallies);
    rows = label_rows(graph, "Position", tallies, &count);
    for (size_t i = 0; i < count; i++) {
        const struct tally *tally = &tallies[rows[i].node];
        sg_value cells[] = {
            tagged_id(arena, "po", sg_graph_node_id(graph, rows[i].node)),
            rows[i].name,
            sg_value_integer(tally->statements),
            sg_value_integer(tally->support),
            sg_value_integer(tally->oppose),
            sg_value_integer(tally->neutral),
            sg_value_text(day_text(arena, tally->first)),
            sg_value_text(day_text(arena, tally->last)),
        };

        sg_result_add(result, cells);
        sg_arena_reset(arena);
    }
    sg_free(rows);
    sg_free(tallies);
    sg_free(statements.items);
    sg_arena_free(arena);
    sg_arena_free(counts);
    *result_out = result;
    return status;
}

sg_status sg_affiliations_result(const sg_graph *graph, sg_result **result_out, sg_error *err)
{
    static const char *const columns[] = { "actor_id",     "actor", "organisation_id",
                                           "organisation", "role",  "article_id",
                                           "quote" };
    static const char type_name[] = "AFFILIATED_WITH";
    sg_symbol type = sg_graph_symbol_find(graph, SG_REL_TYPE, type_name, sizeof type_name - 1);
    sg_result *result = sg_result_new(columns, sizeof columns / sizeof columns[0]);
    sg_arena *arena = sg_arena_new();

    (void) err;
    for (uint32_t rel = 0; type != SG_NO_SYMBOL && rel < sg_graph_rel_limit(graph); rel++) {
        uint32_t person;
        uint32_t organisation;
        sg_value article;
        sg_value cells[7];

        if (!sg_graph_rel_exists(graph, rel) || sg_graph_rel_type(graph, rel) != type)
            continue;
        person = sg_graph_rel_source(graph, rel);
        organisation = sg_graph_rel_target(graph, rel);
        article = rel_value(graph, rel, "article");
        cells[0] = tagged_id(arena, "ac", sg_graph_node_id(graph, person));
        cells[1] = node_value(graph, person, "name");
        cells[2] = tagged_id(arena, "ac", sg_graph_node_id(graph, organisation));
        cells[3] = node_value(graph, organisation, "name");
        cells[4] = rel_value(graph, rel, "role");
        cells[5] = article.type == SG_INTEGER ? tagged_id(arena, "ar", article.as.integer)
                                              : sg_value_null();
        cells[6] = rel_value(graph, rel, "quote");
        sg_result_add(result, cells);
        sg_arena_reset(arena);
    }
    sg_arena_free(arena);
    *result_out = result;
    return SG_OK;
}
