#include <stdint.h>
#include <string.h>

#include "stance/chains.h"
#include "stance/name_lookup.h"

#include "graph_session.h"
#include "graph_words.h"

/* `stance path A B`: the shortest chains between two nodes, in words. */

#define DEFAULT_LIMIT 20

struct filter {
    struct sg_statement_filter statements;
    sg_symbol mentioned;
};

static sg_symbol key(const sg_graph *graph, const char *name)
{
    return sg_graph_symbol_find(graph, SG_KEY, name, strlen(name));
}

static sg_value property(const sg_graph *graph, uint32_t rel, sg_symbol symbol)
{
    return symbol == SG_NO_SYMBOL ? sg_value_null() : sg_graph_rel_property(graph, rel, symbol);
}

/* Being mentioned in one article joins nobody; statements must be in the selection. */
static bool counts(const void *data, const sg_graph *graph, uint32_t rel)
{
    const struct filter *filter = data;

    if (sg_graph_rel_type(graph, rel) == filter->mentioned)
        return false;
    return !sg_statement_filter_knows(&filter->statements, rel) ||
           sg_statement_filter_has(&filter->statements, rel);
}

/* ---- in words ---- */

static void write_node(const sg_graph *graph, uint32_t node, sg_strbuf *out)
{
    sg_value name = sg_node_title(graph, node);

    if (name.len > 0)
        sg_strbuf_append(out, name.as.string, name.len);
    else
        sg_strbuf_printf(out, "#%lld", (long long) sg_graph_node_id(graph, node));
}

static void write_chain(struct sg_session *session, const sg_chain *chain, sg_strbuf *out)
{
    const sg_graph *graph = session->graph;

    write_node(graph, chain->nodes[0], out);
    for (size_t i = 0; i < chain->length; i++) {
        const struct sg_chain_step *step = &chain->steps[i];
        const char *words =
            sg_relation_words(session->arena, sg_graph_symbol_name(graph, SG_REL_TYPE, step->type));

        sg_strbuf_printf(out, step->forward ? " — %s → " : " ← %s — ", words);
        write_node(graph, chain->nodes[i + 1], out);
    }
}

/* One line that tells who said the words of a step; nothing when the relationship has none. */
static void write_quote(struct sg_session *session, const sg_chain *chain, size_t i)
{
    const sg_graph *graph = session->graph;
    sg_value quote = property(graph, chain->steps[i].rel, key(graph, "quote"));
    sg_value date = property(graph, chain->steps[i].rel, key(graph, "date"));
    sg_strbuf who = SG_STRBUF_INIT;

    if (quote.type != SG_STRING)
        return;
    write_node(graph, chain->nodes[chain->steps[i].forward ? i : i + 1], &who);
    (void) printf("    %s%s", sg_strbuf_text(&who), date.type == SG_STRING ? ", " : "");
    if (date.type == SG_STRING)
        (void) printf("%.*s", (int) date.len, date.as.string);
    (void) printf(": ");
    for (uint32_t at = 0; at < quote.len; at++)
        (void) putchar((unsigned char) quote.as.string[at] < 0x20 ? ' ' : quote.as.string[at]);
    (void) printf("\n");
    sg_strbuf_clear(&who);
}

static void write_for_people(struct sg_session *session, const sg_chain *chains, size_t count,
                             bool quotes)
{
    sg_strbuf text = SG_STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        sg_strbuf_reset(&text);
        write_chain(session, &chains[i], &text);
        (void) printf("%s\n", sg_strbuf_text(&text));
        for (size_t k = 0; quotes && k < chains[i].length; k++)
            write_quote(session, &chains[i], k);
    }
    sg_strbuf_clear(&text);
}

static sg_result *as_result(struct sg_session *session, const sg_chain *chains, size_t count)
{
    static const char *const columns[] = { "length", "chain", "quotes" };
    sg_result *result = sg_result_new(columns, 3);
    sg_strbuf text = SG_STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        sg_value *quotes = sg_calloc(chains[i].length, sizeof *quotes);
        sg_value cells[3];

        for (size_t k = 0; k < chains[i].length; k++)
            quotes[k] =
                property(session->graph, chains[i].steps[k].rel, key(session->graph, "quote"));
        sg_strbuf_reset(&text);
        write_chain(session, &chains[i], &text);
        cells[0] = sg_value_integer((int64_t) chains[i].length);
        cells[1] = sg_value_string(sg_strbuf_text(&text), text.len);
        cells[2] = sg_value_list(session->arena, quotes, chains[i].length);
        sg_result_add(result, cells);
        sg_free(quotes);
    }
    sg_strbuf_clear(&text);
    return result;
}

static sg_status write_answer(const struct sg_cli_args *args, struct sg_session *session,
                              const sg_chain *chains, size_t count, sg_error *err)
{
    if (count == 0)
        return sg_error_set(err, SG_ERR_INPUT, "no chain joins '%s' and '%s'",
                            sg_cli_operand(args, 0), sg_cli_operand(args, 1));
    if (session->rows.format == SG_ROWS_TABLE) {
        write_for_people(session, chains, count, sg_cli_flag(args, "quotes"));
    } else {
        sg_result *result = as_result(session, chains, count);

        sg_rows_write(result, session->graph, &session->rows, stdout);
        sg_result_free(result);
    }
    return SG_OK;
}

static sg_status find(const struct sg_cli_args *args, struct sg_session *session, sg_error *err)
{
    struct sg_chain_options options = SG_CHAIN_OPTIONS_INIT;
    struct filter filter;
    uint32_t ends[2];
    long max_length = 0;
    sg_chain *chains = NULL;
    size_t count = 0;
    sg_status status = sg_cli_integer(args, "max-length", 1, 1000, &max_length, err);

    for (size_t i = 0; i < 2 && status == SG_OK; i++)
        status = sg_name_find(session->graph, NULL, sg_cli_operand(args, i), &ends[i], err);
    if (status == SG_OK && ends[0] == ends[1])
        status = sg_error_set(err, SG_ERR_INPUT, "'%s' and '%s' are the same",
                              sg_cli_operand(args, 0), sg_cli_operand(args, 1));
    if (status != SG_OK)
        return status;
    sg_statement_filter_init(&filter.statements, session->graph, &session->selection);
    filter.mentioned = sg_graph_symbol_find(session->graph, SG_REL_TYPE, "MENTIONED_IN", 12);
    options.max_length = (size_t) max_length;
    options.limit = session->rows.limit > 0 ? session->rows.limit : DEFAULT_LIMIT;
    options.counts = counts;
    options.data = &filter;
    options.stop = &sg_cli_interrupted;
    status = sg_chains_find(session->graph, ends[0], ends[1], &options, session->arena, &chains,
                            &count, err);
    return status == SG_OK ? write_answer(args, session, chains, count, err) : status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_session session;
    sg_status status = sg_session_open(args, &session, err);

    if (status != SG_OK)
        return status;
    status = find(args, &session, err);
    sg_session_close(&session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "quotes", 0, NULL, "below each chain, the words of each statement in it" },
    { "max-length", 0, "N", "steps at most" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_path = {
    .name = "path",
    .summary = "how two actors, positions or events are connected",
    .synopsis = "stance path [options] NAME NAME",
    .description =
        "Prints the shortest chains of stances, affiliations and events between the two, one\n"
        "per line (20 at most, or --limit): A — opposes → the plan ← supports — B. Several\n"
        "statements of one kind are one step. Articles that mention both do not count.\n"
        "The slice options pick which statements count.",
    .examples = "stance path 'Jeremy Hunt' BMA\n"
                "stance path --quotes --since 2016-02-01 'Jeremy Hunt' 'David Cameron'",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .min_operands = 2,
    .max_operands = 2,
    .run = run,
};
