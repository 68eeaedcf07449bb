/* Decisions about names. They are kept as names that a person decided (table alias): whatever an
 * article calls by such a name is that node, so later loads need no other memory of them. */

#include "stance/decision.h"

#include <stdlib.h>
#include <string.h>

#include "stance/suggest.h"

#include "store_internal.h"

#define CANDIDATES_SHOWN 8

static const char *const what_label[] = { "Actor", "Position", "Event" };
static const char *const what_word[] = { "actor", "position", "event" };

/* Kind numbers of the alias table: actors are three of them. */
static int64_t lowest_kind(sg_named what)
{
    static const int64_t kinds[] = { SG_NAME_PERSON, SG_NAME_POSITION, SG_NAME_EVENT };

    return kinds[what];
}

static int64_t highest_kind(sg_named what)
{
    static const int64_t kinds[] = { SG_NAME_GROUP, SG_NAME_POSITION, SG_NAME_EVENT };

    return kinds[what];
}

/* ---- finding ---- */

static sg_status is_named(sg_store *store, sg_named what, int64_t id, bool *is_out, sg_error *err)
{
    sg_store_node node;
    sg_status status = sg_store_find_node(store, id, &node, is_out, err);

    if (*is_out)
        *is_out = sg_symbols_set_has(store, node.label_set, what_label[what]);
    return status;
}

/* Lists what a misspelt or ambiguous name may have meant, in the hint. */
static sg_status list_candidates(sg_store *store, const char *sql, sg_named what, const char *fold,
                                 size_t *count_out, int64_t *first_out, sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    sg_strbuf names = SG_STRBUF_INIT;
    bool row = false;
    sg_status status =
        sg_sql_query(store, &rows, NULL, sql, "tii", fold, lowest_kind(what), highest_kind(what));

    *count_out = 0;
    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, NULL);
        if (status != SG_OK || !row)
            break;
        if (*count_out == 0)
            *first_out = sqlite3_column_int64(rows, 0);
        if (++*count_out <= CANDIDATES_SHOWN)
            sg_strbuf_printf(&names, "%s#%lld %s", *count_out > 1 ? ", " : "",
                             (long long) sqlite3_column_int64(rows, 0),
                             (const char *) sqlite3_column_text(rows, 1));
    }
    sg_sql_done(rows);
    if (*count_out > CANDIDATES_SHOWN)
        sg_strbuf_printf(&names, " and %zu more", *count_out - CANDIDATES_SHOWN);
    if (*count_out > 1)
        sg_error_hint(err, "candidates: %s", sg_strbuf_text(&names));
    else if (*count_out == 1)
        sg_error_hint(err, "did you mean %s?", sg_strbuf_text(&names));
    sg_strbuf_clear(&names);
    return status;
}

/* A slip of the finger: the nearest of all names, in the hint. */
static sg_status suggest_name(sg_store *store, sg_named what, const char *name, sg_arena *arena,
                              sg_error *err)
{
    const char **known = NULL;
    size_t count = 0;
    size_t capacity = 0;
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = sg_sql_query(store, &rows, NULL,
                                    "SELECT DISTINCT form FROM alias WHERE kind BETWEEN ?1 AND ?2"
                                    " ORDER BY id LIMIT 20000",
                                    "ii", lowest_kind(what), highest_kind(what));

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, NULL);
        if (status != SG_OK || !row)
            break;
        SG_ARENA_GROW(arena, known, capacity, count + 1);
        known[count++] = sg_sql_text(rows, 0, arena);
    }
    sg_sql_done(rows);
    const char *nearest = sg_suggest(name, known, count);
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '%s'?", nearest);
    return status;
}

static sg_status find_by_name(sg_store *store, sg_named what, const char *name, sg_arena *arena,
                              int64_t *id_out, sg_error *err)
{
    static const char exact[] =
        "SELECT DISTINCT a.node, n.name FROM alias a JOIN node n ON n.id = a.node"
        " WHERE a.fold = ?1 AND a.kind BETWEEN ?2 AND ?3 ORDER BY a.node";
    static const char part[] =
        "SELECT DISTINCT a.node, n.name FROM alias a JOIN node n ON n.id = a.node"
        " WHERE instr(a.fold, ?1) > 0 AND a.kind BETWEEN ?2 AND ?3 AND substr(a.fold, 1, 1) <> '~'"
        " ORDER BY a.node";
    const char *fold = sg_name_fold(arena, name, strlen(name));
    sg_error ignored = SG_ERROR_INIT;
    size_t count = 0;
    int64_t first = 0;
    sg_status status = list_candidates(store, exact, what, fold, &count, &first, &ignored);

    if (status == SG_OK && count == 1) {
        *id_out = first;
        return SG_OK;
    }
    if (count > 1) {
        (void) sg_error_set(err, SG_ERR_INPUT, "'%s' is the name of several %ss", name,
                            what_word[what]);
        return list_candidates(store, exact, what, fold, &count, &first, err) == SG_OK
                   ? SG_ERR_INPUT
                   : SG_ERR_DATABASE;
    }
    (void) sg_error_set(err, SG_ERR_INPUT, "no %s is called '%s'", what_word[what], name);
    status = list_candidates(store, part, what, fold, &count, &first, err);
    if (status == SG_OK && count == 0)
        status = suggest_name(store, what, name, arena, err);
    sg_error_hint(err, "'stance %ss list' lists them", what_word[what]);
    return status == SG_OK ? SG_ERR_INPUT : status;
}

sg_status sg_named_find(sg_store *store, sg_named what, const char *name, int64_t *id_out,
                        sg_error *err)
{
    sg_arena *arena;
    bool is = false;
    char *end;
    sg_status status;

    *id_out = 0;
    if (name[0] == '#') {
        *id_out = strtoll(name + 1, &end, 10);
        status = is_named(store, what, *id_out, &is, err);
        if (status == SG_OK && (!is || *end != '\0' || end == name + 1))
            return sg_error_set(err, SG_ERR_INPUT, "there is no %s %s", what_word[what], name);
        return status;
    }
    arena = sg_arena_new();
    status = find_by_name(store, what, name, arena, id_out, err);
    sg_arena_free(arena);
    return status;
}

sg_status sg_named_list(sg_store *store, sg_named what,
                        void (*each)(void *data, const sg_named_row *row), void *data,
                        sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool more = false;
    sg_status status = sg_sql_query(
        store, &rows, err,
        "SELECT n.id, n.name,"
        "  CASE WHEN l.labels LIKE '%\"Person\"%' THEN 'person'"
        "    WHEN l.labels LIKE '%\"Organisation\"%' THEN 'organisation'"
        "    WHEN l.labels LIKE '%\"Group\"%' THEN 'group'"
        "    WHEN l.labels LIKE '%\"Position\"%' THEN 'position' ELSE '' END,"
        "  (SELECT group_concat(form, '; ') FROM (SELECT DISTINCT form FROM alias"
        "     WHERE node = n.id AND form <> n.name ORDER BY id)),"
        "  (SELECT count(*) FROM statement s WHERE s.actor = n.id)"
        "    + (SELECT count(*) FROM statement s WHERE s.target = n.id) AS statements,"
        "  (SELECT count(DISTINCT m.article) FROM mention m WHERE m.node = n.id)"
        " FROM node n JOIN label_set l ON l.id = n.label_set"
        " WHERE l.labels LIKE '%\"' || ?1 || '\"%' ORDER BY statements DESC, n.name, n.id",
        "t", what_label[what]);

    while (status == SG_OK) {
        sg_named_row row;

        status = sg_sql_step(store, rows, &more, err);
        if (status != SG_OK || !more)
            break;
        row.id = sqlite3_column_int64(rows, 0);
        row.name = (const char *) sqlite3_column_text(rows, 1);
        row.type = (const char *) sqlite3_column_text(rows, 2);
        row.aliases = (const char *) sqlite3_column_text(rows, 3);
        if (row.aliases == NULL)
            row.aliases = "";
        row.statements = sqlite3_column_int64(rows, 4);
        row.articles = sqlite3_column_int64(rows, 5);
        each(data, &row);
    }
    sg_sql_done(rows);
    return status;
}

/* ---- one logged transaction around a change ---- */

static sg_status finish(sg_store *store, sg_status status, sg_error *err)
{
    if (status == SG_OK)
        return sg_store_commit(store, err);
    sg_store_rollback(store);
    return status;
}

/* Name of a node in the arena, for messages and the log. */
static sg_status node_name(sg_store *store, int64_t id, sg_arena *arena, const char **name_out,
                           sg_error *err)
{
    sg_store_node node;
    bool found = false;
    sg_status status = sg_store_find_node(store, id, &node, &found, err);

    *name_out = "";
    if (found && node.name != NULL)
        *name_out = sg_arena_strndup(arena, node.name, node.name_len);
    return status;
}

/* Ids of a query with one or two number arguments, so that rows can be changed while going on. */
struct ids {
    int64_t *items;
    size_t count;
    size_t capacity;
};

static sg_status collect(sg_store *store, struct ids *ids, const char *sql, int64_t a, int64_t b,
                         sg_error *err)
{
    sqlite3_stmt *rows = NULL;
    bool row = false;
    sg_status status = strstr(sql, "?2") != NULL ? sg_sql_query(store, &rows, err, sql, "ii", a, b)
                                                 : sg_sql_query(store, &rows, err, sql, "i", a);

    ids->count = 0;
    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        SG_GROW(ids->items, ids->capacity, ids->count + 1);
        ids->items[ids->count++] = sqlite3_column_int64(rows, 0);
    }
    sg_sql_done(rows);
    return status;
}

/* ---- moving what hangs on a node ---- */

struct move {
    int row_kind;
    const char *find;   /* ids of the rows of node ?1 (in article ?2) */
    const char *change; /* row ?1 to node ?2 */
};

/* Of the whole node, and of one article of it. */
static const struct move moves_all[] = {
    { SG_ROW_STATEMENT, "SELECT id FROM statement WHERE actor = ?1",
      "UPDATE statement SET actor = ?2 WHERE id = ?1" },
    { SG_ROW_STATEMENT, "SELECT id FROM statement WHERE target = ?1",
      "UPDATE statement SET target = ?2 WHERE id = ?1" },
    { SG_ROW_REL, "SELECT id FROM rel WHERE source = ?1",
      "UPDATE rel SET source = ?2 WHERE id = ?1" },
    { SG_ROW_REL, "SELECT id FROM rel WHERE target = ?1",
      "UPDATE rel SET target = ?2 WHERE id = ?1" },
    { SG_ROW_MENTION, "SELECT id FROM mention WHERE node = ?1",
      "UPDATE mention SET node = ?2 WHERE id = ?1" },
};
static const struct move moves_article[] = {
    { SG_ROW_STATEMENT, "SELECT id FROM statement WHERE actor = ?1 AND article = ?2",
      "UPDATE statement SET actor = ?2 WHERE id = ?1" },
    { SG_ROW_STATEMENT, "SELECT id FROM statement WHERE target = ?1 AND article = ?2",
      "UPDATE statement SET target = ?2 WHERE id = ?1" },
    { SG_ROW_REL,
      "SELECT r.id FROM rel r WHERE r.source = ?1"
      " AND (json_extract(r.props, '$.article') = ?2 OR r.target = ?2)",
      "UPDATE rel SET source = ?2 WHERE id = ?1" },
    { SG_ROW_REL,
      "SELECT r.id FROM rel r WHERE r.target = ?1 AND json_extract(r.props, '$.article') = ?2",
      "UPDATE rel SET target = ?2 WHERE id = ?1" },
    { SG_ROW_MENTION, "SELECT id FROM mention WHERE node = ?1 AND article = ?2",
      "UPDATE mention SET node = ?2 WHERE id = ?1" },
};

static sg_status move_rows(sg_store *store, const struct move *move, int64_t from, int64_t into,
                           int64_t article, sg_error *err)
{
    struct ids ids = { NULL, 0, 0 };
    sg_status status = collect(store, &ids, move->find, from, article, err);

    for (size_t i = 0; status == SG_OK && i < ids.count; i++) {
        status = sg_store_touch(store, move->row_kind, ids.items[i], err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, move->change, "ii", ids.items[i], into);
        sg_store_mix_numbers(store, ids.items[i], into, -6);
    }
    sg_free(ids.items);
    return status;
}

/* Relationships of a node with itself, and the second of two equal ones, are left by a merge. */
static sg_status tidy_rels(sg_store *store, int64_t node, sg_error *err)
{
    static const char loops[] =
        "SELECT id FROM rel WHERE source = ?1 AND target = ?1"
        " UNION SELECT r.id FROM rel r JOIN rel_type t ON t.id = r.type AND t.name = 'MENTIONED_IN'"
        "  WHERE r.source = ?1 AND EXISTS (SELECT 1 FROM rel q WHERE q.source = r.source"
        "    AND q.target = r.target AND q.type = r.type AND q.id < r.id)";
    static const char counts[] =
        "SELECT r.id FROM rel r JOIN rel_type t ON t.id = r.type AND t.name = 'MENTIONED_IN'"
        " WHERE r.source = ?1";
    struct ids ids = { NULL, 0, 0 };
    sg_status status = collect(store, &ids, loops, node, 0, err);

    for (size_t i = 0; status == SG_OK && i < ids.count; i++)
        status = sg_store_delete_rel(store, ids.items[i], err);
    if (status == SG_OK)
        status = collect(store, &ids, counts, node, 0, err);
    for (size_t i = 0; status == SG_OK && i < ids.count; i++) {
        status = sg_store_touch(store, SG_ROW_REL, ids.items[i], err);
        if (status == SG_OK)
            status = sg_sql_run(store, err,
                                "UPDATE rel SET props = json_object('count', (SELECT count(*)"
                                " FROM mention m WHERE m.node = rel.source"
                                " AND m.article = rel.target)) WHERE id = ?1",
                                "i", ids.items[i]);
    }
    sg_free(ids.items);
    return status;
}

/* ---- names ---- */

static bool same_text(sg_value v, const char *text)
{
    return v.type == SG_STRING && v.len == strlen(text) && memcmp(v.as.string, text, v.len) == 0;
}

/* Properties `name` and `aliases` as the alias table now says. */
static sg_status refresh_node(sg_store *store, int64_t id, const char *new_name,
                              const char *new_type, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sqlite3_stmt *rows = NULL;
    struct sg_props props;
    const char *const *labels = NULL;
    const char *kept[16];
    size_t label_count = 0;
    size_t kept_count = 0;
    sg_value *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    sg_store_node node;
    sg_value map;
    bool found = false;
    bool row = false;
    sg_status status = sg_store_find_node(store, id, &node, &found, err);

    if (status == SG_OK && (!found || !sg_props_read(node.props, node.props_len, arena, &map)))
        status = sg_error_set(err, SG_ERR_DATABASE, "%s: node %lld is damaged", store->path,
                              (long long) id);
    if (status != SG_OK)
        goto done;
    sg_props_init(&props, arena, map);
    sg_props_set(
        &props, "name",
        new_name != NULL
            ? sg_value_text(new_name)
            : sg_value_string(sg_arena_strndup(arena, node.name, node.name_len), node.name_len));
    label_count = sg_store_label_set(store, node.label_set, &labels);
    for (size_t i = 0; i < label_count && kept_count < 15; i++) {
        bool type = strcmp(labels[i], "Person") == 0 || strcmp(labels[i], "Organisation") == 0 ||
                    strcmp(labels[i], "Group") == 0;

        if (new_type == NULL || !type)
            kept[kept_count++] = labels[i];
    }
    if (new_type != NULL)
        kept[kept_count++] = new_type;
    status = sg_sql_query(store, &rows, err,
                          "SELECT form FROM alias WHERE node = ?1 AND kind <> 3"
                          " GROUP BY form ORDER BY min(id)",
                          "i", id);
    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        const char *form = sg_sql_text(rows, 0, arena);
        if (same_text(sg_props_find(sg_props_value(&props), "name"), form))
            continue;
        SG_ARENA_GROW(arena, items, capacity, count + 1);
        items[count++] = sg_value_text(form);
    }
    sg_sql_done(rows);
    sg_props_set(&props, "aliases",
                 count > 0 ? sg_value_list(arena, items, count) : sg_value_null());
    if (status == SG_OK)
        status = sg_store_update_node(store, id, kept, kept_count, sg_props_value(&props), err);
done:
    sg_arena_free(arena);
    return status;
}

static sg_status kind_of(sg_store *store, sg_named what, int64_t id, int *kind_out, sg_error *err)
{
    static const char *const labels[] = { "Person", "Organisation", "Group" };
    sg_store_node node;
    bool found = false;
    sg_status status = sg_store_find_node(store, id, &node, &found, err);

    *kind_out = (int) highest_kind(what);
    for (int i = 0; found && what == SG_NAMED_ACTOR && i < 3; i++) {
        if (sg_symbols_set_has(store, node.label_set, labels[i]))
            *kind_out = i;
    }
    return status;
}

/* The name means `id` and nobody else of its kind. */
static sg_status claim_name(sg_store *store, sg_named what, int64_t id, const char *name,
                            sg_arena *arena, sg_error *err)
{
    const char *fold = sg_name_fold(arena, name, strlen(name));
    struct ids ids = { NULL, 0, 0 };
    sqlite3_stmt *rows = NULL;
    bool row = false;
    int kind = 0;
    sg_status status = kind_of(store, what, id, &kind, err);

    if (fold[0] == '\0')
        return sg_error_set(err, SG_ERR_INPUT, "'%s' is no name", name);
    if (status == SG_OK)
        status = sg_sql_query(store, &rows, err,
                              "SELECT id FROM alias WHERE fold = ?1 AND node <> ?2"
                              " AND kind BETWEEN ?3 AND ?4",
                              "tiii", fold, id, lowest_kind(what), highest_kind(what));
    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        if (status != SG_OK || !row)
            break;
        SG_GROW(ids.items, ids.capacity, ids.count + 1);
        ids.items[ids.count++] = sqlite3_column_int64(rows, 0);
    }
    sg_sql_done(rows);
    for (size_t i = 0; status == SG_OK && i < ids.count; i++) {
        status = sg_store_touch(store, SG_ROW_ALIAS, ids.items[i], err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "DELETE FROM alias WHERE id = ?1", "i", ids.items[i]);
    }
    if (status == SG_OK)
        status = sg_name_add(store, fold, id, kind, name, true, true, err);
    sg_free(ids.items);
    return status;
}

/* Names of the merged node that meant it everywhere now mean the other, by decision. */
static sg_status move_names(sg_store *store, sg_named what, int64_t from, int64_t into,
                            sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    struct ids ids = { NULL, 0, 0 };
    int kind = 0;
    sg_status status =
        collect(store, &ids, "SELECT id FROM alias WHERE node = ?1 ORDER BY id", from, 0, err);

    if (status == SG_OK)
        status = kind_of(store, what, into, &kind, err);
    for (size_t i = 0; status == SG_OK && i < ids.count; i++) {
        sqlite3_stmt *row = NULL;
        bool found = false;
        const char *fold = NULL;
        const char *form = NULL;
        bool joins = false;

        status = sg_sql_query(store, &row, err, "SELECT fold, form, joins FROM alias WHERE id = ?1",
                              "i", ids.items[i]);
        if (status == SG_OK)
            status = sg_sql_step(store, row, &found, err);
        if (found) {
            fold = sg_sql_text(row, 0, arena);
            form = sg_sql_text(row, 1, arena);
            joins = sqlite3_column_int(row, 2) != 0;
        }
        sg_sql_done(row);
        if (status == SG_OK)
            status = sg_store_touch(store, SG_ROW_ALIAS, ids.items[i], err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "DELETE FROM alias WHERE id = ?1", "i", ids.items[i]);
        if (status == SG_OK && found)
            status = sg_name_add(store, fold, into, kind, form, joins, joins, err);
    }
    sg_free(ids.items);
    sg_arena_free(arena);
    return status;
}

/* ---- the decisions ---- */

static sg_status check_pair(sg_store *store, sg_named what, int64_t from, int64_t into,
                            sg_error *err)
{
    bool first = false;
    bool second = false;
    sg_status status = is_named(store, what, from, &first, err);

    if (status == SG_OK)
        status = is_named(store, what, into, &second, err);
    if (status == SG_OK && (!first || !second))
        return sg_error_set(err, SG_ERR_INPUT, "there is no %s #%lld", what_word[what],
                            (long long) (first ? into : from));
    if (status == SG_OK && from == into)
        return sg_error_set(err, SG_ERR_INPUT, "both names are the same %s already",
                            what_word[what]);
    return status;
}

static sg_status merge(sg_store *store, sg_named what, int64_t from, int64_t into, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    const char *name = NULL;
    sg_status status = node_name(store, from, arena, &name, err);

    for (size_t i = 0; status == SG_OK && i < sizeof moves_all / sizeof moves_all[0]; i++)
        status = move_rows(store, &moves_all[i], from, into, 0, err);
    if (status == SG_OK)
        status = tidy_rels(store, into, err);
    if (status == SG_OK)
        status = move_names(store, what, from, into, err);
    if (status == SG_OK)
        status = claim_name(store, what, into, name, arena, err);
    if (status == SG_OK)
        status = sg_store_delete_node(store, from, err);
    if (status == SG_OK)
        status = refresh_node(store, into, NULL, NULL, err);
    sg_arena_free(arena);
    return status;
}

sg_status sg_named_merge(sg_store *store, sg_named what, int64_t from, int64_t into, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    const char *a = NULL;
    const char *b = NULL;
    sg_status status = check_pair(store, what, from, into, err);

    if (status == SG_OK)
        status = node_name(store, from, arena, &a, err);
    if (status == SG_OK)
        status = node_name(store, into, arena, &b, err);
    if (status == SG_OK)
        status = sg_store_begin_logged(
            store, "merge", sg_arena_printf(arena, "%s \"%s\" into \"%s\"", what_word[what], a, b),
            err);
    if (status == SG_OK)
        status = finish(store, merge(store, what, from, into, err), err);
    sg_arena_free(arena);
    return status;
}

sg_status sg_named_create(sg_store *store, sg_named what, const char *name, const char *type,
                          int64_t *id_out, sg_error *err)
{
    const char *labels[2] = { what_label[what], NULL };
    sg_arena *arena = sg_arena_new();
    struct sg_props props;
    sg_status status;

    if (what == SG_NAMED_ACTOR)
        labels[1] = strcmp(type, "person") == 0         ? "Person"
                    : strcmp(type, "organisation") == 0 ? "Organisation"
                                                        : "Group";
    sg_props_init(&props, arena, sg_value_null());
    sg_props_set_text(&props, "name", name);
    status = sg_store_create_node(store, labels, labels[1] != NULL ? 2 : 1, sg_props_value(&props),
                                  id_out, err);
    if (status == SG_OK)
        status = claim_name(store, what, *id_out, name, arena, err);
    sg_arena_free(arena);
    return status;
}

sg_status sg_named_rename(sg_store *store, sg_named what, int64_t id, const char *name,
                          sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    const char *old = NULL;
    sg_status status = node_name(store, id, arena, &old, err);

    if (status == SG_OK)
        status = sg_store_begin_logged(
            store, "rename",
            sg_arena_printf(arena, "%s \"%s\" to \"%s\"", what_word[what], old, name), err);
    if (status == SG_OK) {
        status = claim_name(store, what, id, old, arena, err);
        if (status == SG_OK)
            status = claim_name(store, what, id, name, arena, err);
        if (status == SG_OK)
            status = refresh_node(store, id, name, NULL, err);
        status = finish(store, status, err);
    }
    sg_arena_free(arena);
    return status;
}

sg_status sg_named_alias(sg_store *store, sg_named what, int64_t id, const char *name,
                         sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    const char *own = NULL;
    sg_status status = node_name(store, id, arena, &own, err);

    if (status == SG_OK)
        status = sg_store_begin_logged(
            store, "alias",
            sg_arena_printf(arena, "\"%s\" means %s \"%s\"", name, what_word[what], own), err);
    if (status == SG_OK) {
        status = claim_name(store, what, id, name, arena, err);
        if (status == SG_OK)
            status = refresh_node(store, id, NULL, NULL, err);
        status = finish(store, status, err);
    }
    sg_arena_free(arena);
    return status;
}

/* Articles in which the node is mentioned only by forms that fold to `fold`. */
static sg_status articles_of_form(sg_store *store, int64_t id, const char *fold, struct ids *out,
                                  sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sqlite3_stmt *rows = NULL;
    bool row = false;
    bool other = false;
    int64_t article = 0;
    sg_status status = sg_sql_query(
        store, &rows, err,
        "SELECT m.article, substr(t.body, m.quote_start + 1, m.quote_end - m.quote_start)"
        " FROM mention m JOIN article_text t ON t.id = m.article WHERE m.node = ?1"
        " ORDER BY m.article",
        "i", id);

    while (status == SG_OK) {
        status = sg_sql_step(store, rows, &row, err);
        int64_t next = row ? sqlite3_column_int64(rows, 0) : 0;
        if (article != 0 && next != article && !other) {
            SG_GROW(out->items, out->capacity, out->count + 1);
            out->items[out->count++] = article;
        }
        if (status != SG_OK || !row)
            break;
        if (next != article)
            other = false;
        article = next;
        const char *form = sqlite3_column_blob(rows, 1);
        if (form == NULL ||
            strcmp(sg_name_fold(arena, form, (size_t) sqlite3_column_bytes(rows, 1)), fold) != 0)
            other = true;
    }
    sg_sql_done(rows);
    sg_arena_free(arena);
    return status;
}

static sg_status split(sg_store *store, sg_named what, int64_t id, const char *name,
                       int64_t *new_out, sg_arena *arena, sg_error *err)
{
    const char *fold = sg_name_fold(arena, name, strlen(name));
    struct ids articles = { NULL, 0, 0 };
    const char *const *labels = NULL;
    sg_store_node node;
    struct sg_props props;
    bool found = false;
    size_t label_count;
    sg_status status = articles_of_form(store, id, fold, &articles, err);

    if (status == SG_OK)
        status = sg_store_find_node(store, id, &node, &found, err);
    if (status != SG_OK || !found)
        goto done;
    label_count = sg_store_label_set(store, node.label_set, &labels);
    sg_props_init(&props, arena, sg_value_null());
    sg_props_set_text(&props, "name", name);
    status = sg_store_create_node(store, labels, label_count, sg_props_value(&props), new_out, err);
    if (status == SG_OK)
        status = claim_name(store, what, *new_out, name, arena, err);
    for (size_t i = 0; status == SG_OK && i < articles.count; i++) {
        for (size_t j = 0; status == SG_OK && j < sizeof moves_article / sizeof moves_article[0];
             j++)
            status = move_rows(store, &moves_article[j], id, *new_out, articles.items[i], err);
    }
    if (status == SG_OK)
        status = refresh_node(store, id, NULL, NULL, err);
done:
    sg_free(articles.items);
    return status;
}

sg_status sg_named_split(sg_store *store, sg_named what, int64_t id, const char *name,
                         int64_t *new_out, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    const char *own = NULL;
    sg_status status = node_name(store, id, arena, &own, err);

    if (status == SG_OK && strcmp(own, name) == 0)
        status = sg_error_set(err, SG_ERR_INPUT, "'%s' is its main name; rename it first", name);
    if (status == SG_OK)
        status = sg_store_begin_logged(
            store, "split",
            sg_arena_printf(arena, "\"%s\" off %s \"%s\"", name, what_word[what], own), err);
    if (status == SG_OK)
        status = finish(store, split(store, what, id, name, new_out, arena, err), err);
    sg_arena_free(arena);
    return status;
}

sg_status sg_actor_set_type(sg_store *store, int64_t id, const char *type, sg_error *err)
{
    static const char *const types[] = { "person", "organisation", "group" };
    static const char *const labels[] = { "Person", "Organisation", "Group" };
    sg_arena *arena = sg_arena_new();
    struct ids ids = { NULL, 0, 0 };
    const char *name = NULL;
    int kind = 0;
    sg_status status = node_name(store, id, arena, &name, err);

    while (kind < 3 && strcmp(types[kind], type) != 0)
        kind++;
    if (kind == 3) {
        sg_error_hint(err, "person, organisation or group");
        status = sg_error_set(err, SG_ERR_INPUT, "'%s' is no type of actor", type);
    }
    if (status == SG_OK)
        status = sg_store_begin_logged(store, "type",
                                       sg_arena_printf(arena, "\"%s\" is a %s", name, type), err);
    if (status != SG_OK)
        goto done;
    status = collect(store, &ids, "SELECT id FROM alias WHERE node = ?1", id, 0, err);
    for (size_t i = 0; status == SG_OK && i < ids.count; i++) {
        status = sg_store_touch(store, SG_ROW_ALIAS, ids.items[i], err);
        if (status == SG_OK)
            status = sg_sql_run(store, err, "UPDATE alias SET kind = ?2 WHERE id = ?1", "ii",
                                ids.items[i], (int64_t) kind);
    }
    if (status == SG_OK)
        status = claim_name(store, SG_NAMED_ACTOR, id, name, arena, err);
    if (status == SG_OK)
        status = refresh_node(store, id, NULL, labels[kind], err);
    status = finish(store, status, err);
done:
    sg_free(ids.items);
    sg_arena_free(arena);
    return status;
}
