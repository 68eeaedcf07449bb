#include <stdint.h>
#include <string.h>

#include "stance/entity_writer.h"
#include "stance/name_lookup.h"

#include "cypher.h"
#include "graph_words.h"

/* `stance show NAME`: everything about one actor, position or event. */

/* ---- the questions ---- */

/* Of what statement_columns returns. */
enum { ACTOR_COLUMN = 0, TARGET_COLUMN = 2 };

static const char statement_columns[] =
    " OPTIONAL MATCH (d:Article) WHERE d.id = s.article"
    " RETURN a.name AS actor, CASE type(s) WHEN 'SUPPORTS' THEN 'supports' WHEN 'OPPOSES'"
    " THEN 'opposes' ELSE 'is neutral on' END AS stance, t.name AS target, s.date AS date,"
    " s.quote AS quote, d.title AS article"
    " ORDER BY date DESC, actor, target, stance, id(s)";

/* Statements that the node makes (`node` is "a") or that are about it ("t"). */
static sg_status ask_statements(struct sg_session *session, const char *node, sg_value id,
                                sg_result **result_out, sg_error *err)
{
    struct sg_cypher cypher = SG_CYPHER_INIT;
    sg_status status;

    sg_cypher_set(&cypher, "id", id);
    sg_strbuf_printf(&cypher.text,
                     "MATCH (a)-[s:SUPPORTS|OPPOSES|NEUTRAL_ON]->(t) WHERE id(%s) = $id", node);
    sg_cypher_select(&cypher, session);
    sg_strbuf_puts(&cypher.text, statement_columns);
    status = sg_cypher_run(&cypher, session, result_out, err);
    sg_cypher_clear(&cypher);
    return status;
}

static sg_status ask(struct sg_session *session, const char *text, sg_value id,
                     sg_result **result_out, sg_error *err)
{
    struct sg_cypher cypher = SG_CYPHER_INIT;
    sg_status status;

    sg_cypher_set(&cypher, "id", id);
    sg_strbuf_puts(&cypher.text, text);
    status = sg_cypher_run(&cypher, session, result_out, err);
    sg_cypher_clear(&cypher);
    return status;
}

static const char ties_question[] =
    "MATCH (n)-[r]-(m) WHERE id(n) = $id AND NOT type(r) IN"
    " ['SUPPORTS', 'OPPOSES', 'NEUTRAL_ON', 'MENTIONED_IN']"
    " WITH type(r) AS type, startNode(r) = n AS forward, coalesce(m.name, m.title) AS name,"
    " r.role AS role, min(r.first) AS first, max(r.last) AS last"
    " RETURN type, forward, name, role, first, last ORDER BY type, forward, first, name, role";

static const char articles_question[] =
    "MATCH (n)-[r:MENTIONED_IN]->(d:Article) WHERE id(n) = $id"
    " RETURN d.date AS date, d.source AS source, d.title AS title,"
    " r.count AS mentions ORDER BY date DESC, title, id(d)";

/* Ties in words, read from the node: "is part of X", "X is part of it". */
static sg_status ask_ties(struct sg_session *session, sg_value id, sg_result **result_out,
                          sg_error *err)
{
    static const char *const columns[] = { "relation", "name", "role", "first", "last" };
    sg_result *raw = NULL;
    sg_status status = ask(session, ties_question, id, &raw, err);

    if (status != SG_OK)
        return status;
    *result_out = sg_result_new(columns, 5);
    for (size_t r = 0; r < sg_result_rows(raw); r++) {
        sg_value type = sg_result_cell(raw, r, 0), cells[5];
        const char *words = sg_relation_words(
            session->arena, sg_arena_strndup(session->arena, type.as.string, type.len));

        if (!sg_result_cell(raw, r, 1).as.boolean)
            words = sg_arena_printf(session->arena, "(%s it)", words);
        cells[0] = sg_value_text(words);
        for (size_t c = 1; c < 5; c++)
            cells[c] = sg_result_cell(raw, r, c + 1);
        sg_result_add(*result_out, cells);
    }
    sg_result_free(raw);
    return SG_OK;
}

/* ---- the answer ---- */

enum section { SAYS, ABOUT_IT, TIED, MENTIONED, SECTIONS };

struct card {
    uint32_t node;
    sg_result *sections[SECTIONS];
};

static sg_status collect(struct sg_session *session, struct card *card, sg_error *err)
{
    sg_value id = sg_value_integer(sg_graph_node_id(session->graph, card->node));
    sg_status status = ask_statements(session, "a", id, &card->sections[SAYS], err);

    if (status == SG_OK)
        status = ask_statements(session, "t", id, &card->sections[ABOUT_IT], err);
    if (status == SG_OK)
        status = ask_ties(session, id, &card->sections[TIED], err);
    if (status == SG_OK)
        status = ask(session, articles_question, id, &card->sections[MENTIONED], err);
    return status;
}

static void write_labels(const struct sg_session *session, uint32_t node)
{
    sg_symbol labels[16];
    size_t count = sg_graph_node_labels(session->graph, node, labels, 16);

    for (size_t i = 0; i < count && i < 16; i++)
        (void) printf("%s%s", i == 0 ? " (" : ", ",
                      sg_graph_symbol_name(session->graph, SG_LABEL, labels[i]));
    (void) printf("%s\n", count > 0 ? ")" : "");
}

static void write_properties(const struct sg_session *session, uint32_t node)
{
    sg_symbol keys[64];
    size_t count = sg_graph_node_keys(session->graph, node, keys, 64);
    sg_strbuf text = SG_STRBUF_INIT;

    for (size_t i = 0; i < count && i < 64; i++) {
        const char *key = sg_graph_symbol_name(session->graph, SG_KEY, keys[i]);
        sg_value v = sg_graph_node_property(session->graph, node, keys[i]);

        if (strcmp(key, "name") == 0)
            continue;
        sg_strbuf_reset(&text);
        for (size_t k = 0; v.type == SG_LIST && k < v.as.list->count; k++) {
            sg_strbuf_puts(&text, k > 0 ? "; " : "");
            sg_value_write_plain(&text, v.as.list->items[k], NULL);
        }
        if (v.type != SG_LIST)
            sg_value_write_plain(&text, v, NULL);
        (void) printf("  %s: %s\n", key, sg_strbuf_text(&text));
    }
    sg_strbuf_clear(&text);
}

/* A copy without column `left_out`, which would repeat the heading. */
static sg_result *without_column(const sg_result *result, size_t left_out)
{
    const char *columns[16];
    sg_value cells[16];
    size_t count = 0;
    sg_result *copy;

    for (size_t c = 0; c < sg_result_columns(result) && count < 16; c++)
        if (c != left_out)
            columns[count++] = sg_result_column(result, c);
    copy = sg_result_new(columns, count);
    for (size_t r = 0; r < sg_result_rows(result); r++) {
        for (size_t i = 0; i < count; i++)
            cells[i] = sg_result_cell(result, r, i < left_out ? i : i + 1);
        sg_result_add(copy, cells);
    }
    return copy;
}

/* Statements and articles are listed newest first, so many of them are cut without --limit. */
#define LISTED 30

static void write_section(struct sg_session *session, const struct card *card, int section)
{
    struct sg_rows_options cut = session->rows;
    size_t count = sg_result_rows(card->sections[section]);
    sg_result *shorter = NULL;

    if (cut.limit == 0)
        cut.limit = LISTED;
    if (section == SAYS || section == ABOUT_IT)
        shorter =
            without_column(card->sections[section], section == SAYS ? ACTOR_COLUMN : TARGET_COLUMN);
    sg_rows_write(shorter != NULL ? shorter : card->sections[section], session->graph, &cut,
                  stdout);
    if (count > cut.limit)
        (void) printf("... and %zu more (--limit %zu shows them)\n", count - cut.limit, count);
    sg_result_free(shorter);
}

static void write_card(struct sg_session *session, const struct card *card)
{
    static const char *const headings[] = {
        [SAYS] = "Stances",
        [ABOUT_IT] = "Stances towards it",
        [TIED] = "Ties",
        [MENTIONED] = "Articles",
    };
    sg_value name = sg_node_title(session->graph, card->node);

    (void) printf("%.*s", (int) name.len, name.as.string);
    write_labels(session, card->node);
    write_properties(session, card->node);
    for (int i = 0; i < SECTIONS; i++) {
        if (sg_result_rows(card->sections[i]) == 0)
            continue;
        (void) printf("\n%s: %zu\n", headings[i], sg_result_rows(card->sections[i]));
        write_section(session, card, i);
    }
}

static void write_json(struct sg_session *session, const struct card *card)
{
    static const char *const names[] = {
        [SAYS] = "stances",
        [ABOUT_IT] = "stances_towards_it",
        [TIED] = "ties",
        [MENTIONED] = "articles",
    };
    struct sg_entity_writer writer = sg_entity_writer_json(session->graph);
    sg_strbuf node = SG_STRBUF_INIT;

    sg_value_write_json(&node, sg_value_node(card->node), &writer);
    (void) printf("{\"node\": %s", sg_strbuf_text(&node));
    for (int i = 0; i < SECTIONS; i++) {
        (void) printf(",\n\"%s\": ", names[i]);
        sg_rows_write(card->sections[i], session->graph, &session->rows, stdout);
    }
    (void) printf("}\n");
    sg_strbuf_clear(&node);
}

/* Rows of one kind for programs: the statements by the node and about it. */
static sg_result *all_statements(const struct card *card)
{
    sg_result *all = NULL;
    const char *columns[16];
    size_t count = sg_result_columns(card->sections[SAYS]);
    sg_value cells[16];

    for (size_t c = 0; c < count && c < 16; c++)
        columns[c] = sg_result_column(card->sections[SAYS], c);
    all = sg_result_new(columns, count);
    for (int i = SAYS; i <= ABOUT_IT; i++) {
        for (size_t r = 0; r < sg_result_rows(card->sections[i]); r++) {
            for (size_t c = 0; c < count && c < 16; c++)
                cells[c] = sg_result_cell(card->sections[i], r, c);
            sg_result_add(all, cells);
        }
    }
    return all;
}

static void write_answer(struct sg_session *session, const struct card *card)
{
    if (session->rows.format == SG_ROWS_TABLE || session->rows.format == SG_ROWS_LINE) {
        write_card(session, card);
    } else if (session->rows.format == SG_ROWS_JSON) {
        write_json(session, card);
    } else {
        sg_result *all = all_statements(card);

        sg_rows_write(all, session->graph, &session->rows, stdout);
        sg_result_free(all);
    }
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_session session;
    struct card card = { 0, { NULL } };
    sg_status status = sg_session_open(args, &session, err);

    if (status != SG_OK)
        return status;
    status = sg_name_find(session.graph, NULL, sg_cli_joined_operands(args, 0, session.arena),
                          &card.node, err);
    if (status == SG_OK)
        status = collect(&session, &card, err);
    if (status == SG_OK)
        write_answer(&session, &card);
    for (int i = 0; i < SECTIONS; i++)
        sg_result_free(card.sections[i]);
    sg_session_close(&session);
    return status;
}

const struct sg_command sg_cmd_show = {
    .name = "show",
    .summary = "everything about one actor, position or event",
    .synopsis = "stance show [options] NAME",
    .description =
        "Names and aliases, stances with their quotes, stances of others towards it, roles\n"
        "and other ties, and the articles that mention it. --format json gives one\n"
        "object; csv and jsonl give the statements only. The options that pick a slice\n"
        "apply to the statements.",
    .examples = "stance show 'Jeremy Hunt'\n"
                "stance show --since 2016-02-01 --format json BMA",
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
