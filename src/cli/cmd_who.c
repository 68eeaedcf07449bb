#include <stdint.h>
#include <string.h>

#include "stance/name_lookup.h"
#include "stance/suggest.h"

#include "cypher.h"
#include "graph_words.h"

/* `stance who supports|opposes|neutral NAME` */

static const struct {
    const char *word;
    const char *type;
    const char *passive;
} stances[] = {
    { "supports", "SUPPORTS", "supported by" },
    { "opposes", "OPPOSES", "opposed by" },
    { "neutral", "NEUTRAL_ON", "neutral on it:" },
};

#define STANCE_COUNT (sizeof stances / sizeof *stances)

static sg_status find_stance(const char *word, size_t *stance, sg_error *err)
{
    const char *words[STANCE_COUNT], *nearest;
    sg_status status;

    for (size_t i = 0; i < STANCE_COUNT; i++) {
        words[i] = stances[i].word;
        if (strcmp(word, words[i]) == 0) {
            *stance = i;
            return SG_OK;
        }
    }
    nearest = sg_suggest(word, words, STANCE_COUNT);
    status =
        sg_error_set(err, SG_ERR_USAGE, "who wants supports, opposes or neutral, not '%s'", word);
    if (nearest != NULL)
        sg_error_hint(err, "did you mean '%s'?", nearest);
    return status;
}

/* One row per actor; the quote is that of the surest statement. */
static sg_status ask(struct sg_session *session, size_t stance, uint32_t target,
                     sg_result **result_out, sg_error *err)
{
    struct sg_cypher cypher = SG_CYPHER_INIT;
    sg_status status;

    sg_cypher_set(&cypher, "target", sg_value_integer(sg_graph_node_id(session->graph, target)));
    sg_strbuf_printf(&cypher.text, "MATCH (t)<-[s:%s]-(a) WHERE id(t) = $target",
                     stances[stance].type);
    sg_cypher_select(&cypher, session);
    sg_strbuf_puts(&cypher.text,
                   " WITH a, s ORDER BY coalesce(s.confidence, 1.0) DESC, s.date, id(s)"
                   " WITH a, count(s) AS statements, min(s.date) AS first, max(s.date) AS last,"
                   " head(collect(s.quote)) AS quote"
                   " RETURN a.name AS actor, statements, first, last, quote"
                   " ORDER BY statements DESC, actor, id(a)");
    status = sg_cypher_run(&cypher, session, result_out, err);
    sg_cypher_clear(&cypher);
    return status;
}

static void write_heading(struct sg_session *session, size_t stance, uint32_t target, size_t count)
{
    sg_value name = sg_node_title(session->graph, target);

    (void) printf("%.*s: %s %zu %s\n", (int) name.len, name.as.string, stances[stance].passive,
                  count, count == 1 ? "actor" : "actors");
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_session session;
    sg_result *result = NULL;
    uint32_t target = 0;
    size_t stance = 0;
    sg_status status = find_stance(sg_cli_operand(args, 0), &stance, err);

    if (status == SG_OK)
        status = sg_session_open(args, &session, err);
    if (status != SG_OK)
        return status;
    status = sg_name_find(session.graph, NULL, sg_cli_joined_operands(args, 1, session.arena),
                          &target, err);
    if (status == SG_OK)
        status = ask(&session, stance, target, &result, err);
    if (status == SG_OK && session.rows.format == SG_ROWS_TABLE)
        write_heading(&session, stance, target, sg_result_rows(result));
    if (status == SG_OK && (session.rows.format != SG_ROWS_TABLE || sg_result_rows(result) > 0))
        sg_rows_write(result, session.graph, &session.rows, stdout);
    sg_result_free(result);
    sg_session_close(&session);
    return status;
}

const struct sg_command sg_cmd_who = {
    .name = "who",
    .summary = "who supports or opposes a position, an event or an actor",
    .synopsis = "stance who supports|opposes|neutral [options] NAME",
    .description =
        "One row per actor: number of statements, first and last date, and the quote of\n"
        "the statement that is most certain. Names are matched without case, accents or\n"
        "honorifics, through aliases; an unknown or ambiguous name lists candidates.\n"
        "Rejected statements count only with --status rejected.",
    .examples = "stance who opposes 'imposition of the contract'\n"
                "stance who supports --type organisation --since 2016-01-01 the strike",
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .min_operands = 2,
    .max_operands = SIZE_MAX,
    .run = run,
};
