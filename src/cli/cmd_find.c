#include <stdint.h>
#include <string.h>

#include "stance/search.h"

#include "graph_session.h"
#include "graph_words.h"

/* `stance find WORDS`: full text over quotes and articles. */

#define DEFAULT_LIMIT 20

struct found {
    sg_search_place place;
    uint32_t rel;     /* of a quote, else SG_NO_ENTITY */
    uint32_t article; /* SG_NO_ENTITY if unknown */
    int32_t day;
    const char *snippet; /* with marks */
};

struct finder {
    struct sg_session *session;
    struct sg_statement_filter filter;
    sg_search_place place;
    size_t limit;
    struct found *hits;
    size_t count, capacity;
};

/* ---- what is kept ---- */

/* Articles have a day and nothing else of the selection. */
static bool in_period(const struct sg_selection *selection, int32_t day)
{
    if (selection->since == SG_NO_DAY && selection->until == SG_NO_DAY)
        return true;
    return day != SG_STORE_NO_DAY && (selection->since == SG_NO_DAY || day >= selection->since) &&
           (selection->until == SG_NO_DAY || day <= selection->until);
}

static bool keep(void *data, const sg_hit *hit)
{
    struct finder *f = data;
    const sg_graph *graph = f->session->graph;
    struct found found = { .place = f->place, .day = hit->day, .rel = SG_NO_ENTITY };

    if (sg_cli_interrupted)
        return false;
    if (f->place == SG_SEARCH_QUOTES) {
        found.rel = sg_graph_rel_by_id(graph, hit->id);
        if (found.rel == SG_NO_ENTITY || !sg_statement_filter_has(&f->filter, found.rel))
            return true;
    } else if (!in_period(f->filter.selection, hit->day)) {
        return true;
    }
    found.article = sg_graph_node_by_id(graph, hit->article);
    found.snippet = sg_arena_strdup(f->session->arena, hit->snippet);
    SG_ARENA_GROW(f->session->arena, f->hits, f->capacity, f->count + 1);
    f->hits[f->count++] = found;
    return f->count < f->limit;
}

static sg_status search(struct finder *f, const char *words, sg_search_place place, size_t limit,
                        sg_error *err)
{
    f->place = place;
    f->limit = f->count + limit;
    return sg_store_search(f->session->store, place, words, keep, f, err);
}

/* ---- for people ---- */

/* The snippet on one line; matches bold, or between stars without colour. */
static void write_snippet(const char *snippet, bool color)
{
    for (const char *p = snippet; *p != '\0'; p++) {
        if (*p == SG_HIT_ON)
            (void) fputs(color ? "\033[1m" : "*", stdout);
        else if (*p == SG_HIT_OFF)
            (void) fputs(color ? "\033[0m" : "*", stdout);
        else
            (void) putchar((unsigned char) *p < 0x20 ? ' ' : *p);
    }
}

static void write_day(int32_t day)
{
    char text[SG_DAY_SIZE];

    if (day == SG_STORE_NO_DAY)
        return;
    sg_day_format(day, text);
    (void) printf("%s  ", text);
}

static void write_title(const sg_graph *graph, uint32_t node)
{
    sg_value title = sg_node_title(graph, node);

    (void) printf("%.*s", (int) title.len, title.as.string);
}

static void write_found(struct sg_session *session, const struct found *found, bool color)
{
    const sg_graph *graph = session->graph;

    write_day(found->day);
    if (found->place == SG_SEARCH_QUOTES) {
        const char *type =
            sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, found->rel));

        write_title(graph, sg_graph_rel_source(graph, found->rel));
        (void) printf(" %s ", sg_relation_words(session->arena, type));
        write_title(graph, sg_graph_rel_target(graph, found->rel));
    } else if (found->article != SG_NO_ENTITY) {
        write_title(graph, found->article);
    }
    (void) printf("\n    ");
    write_snippet(found->snippet, color);
    (void) printf("\n");
}

/* ---- for programs ---- */

static sg_value without_marks(sg_arena *arena, const char *snippet)
{
    char *text = sg_arena_strdup(arena, snippet);
    size_t len = 0;

    for (const char *p = snippet; *p != '\0'; p++)
        if (*p != SG_HIT_ON && *p != SG_HIT_OFF)
            text[len++] = *p;
    return sg_value_string(text, len);
}

static sg_result *as_result(struct sg_session *session, const struct finder *f)
{
    static const char *const columns[] = { "kind",   "date", "actor",  "stance",
                                           "target", "text", "article" };
    const sg_graph *graph = session->graph;
    sg_result *result = sg_result_new(columns, 7);

    for (size_t i = 0; i < f->count; i++) {
        const struct found *found = &f->hits[i];
        char day[SG_DAY_SIZE];
        sg_value cells[7] = { { 0 } };

        cells[0] = sg_value_text(found->place == SG_SEARCH_QUOTES ? "quote" : "article");
        if (found->day != SG_STORE_NO_DAY) {
            sg_day_format(found->day, day);
            cells[1] = sg_value_text(day);
        }
        if (found->rel != SG_NO_ENTITY) {
            cells[2] = sg_node_title(graph, sg_graph_rel_source(graph, found->rel));
            cells[3] = sg_value_text(sg_relation_words(
                session->arena,
                sg_graph_symbol_name(graph, SG_REL_TYPE, sg_graph_rel_type(graph, found->rel))));
            cells[4] = sg_node_title(graph, sg_graph_rel_target(graph, found->rel));
        }
        cells[5] = without_marks(session->arena, found->snippet);
        if (found->article != SG_NO_ENTITY)
            cells[6] = sg_node_title(graph, found->article);
        sg_result_add(result, cells);
    }
    return result;
}

static void write_answer(struct sg_session *session, const struct finder *f)
{
    if (session->rows.format == SG_ROWS_TABLE) {
        for (size_t i = 0; i < f->count; i++) {
            if (i > 0 && f->hits[i].place != f->hits[i - 1].place)
                (void) printf("\nArticles\n");
            write_found(session, &f->hits[i], session->rows.color);
        }
    } else {
        sg_result *result = as_result(session, f);

        sg_rows_write(result, session->graph, &session->rows, stdout);
        sg_result_free(result);
    }
}

static sg_status run_in(const struct sg_cli_args *args, struct sg_session *session, sg_error *err)
{
    const char *words = sg_cli_joined_operands(args, 0, session->arena);
    size_t limit = session->rows.limit > 0 ? session->rows.limit : DEFAULT_LIMIT;
    const struct sg_selection *selection = &session->selection;
    struct finder f = { .session = session };
    sg_status status = SG_OK;
    /* Articles have no one speaker, so they are left out when one is asked for. */
    bool articles = !sg_cli_flag(args, "quotes");
    bool quotes = !sg_cli_flag(args, "articles");

    articles = articles && selection->actor_count == 0 && selection->position_count == 0 &&
               selection->kind == NULL;
    sg_statement_filter_init(&f.filter, session->graph, selection);
    if (quotes)
        status = search(&f, words, SG_SEARCH_QUOTES, limit, err);
    if (status == SG_OK && articles)
        status = search(&f, words, SG_SEARCH_ARTICLES, limit, err);
    if (status == SG_OK && sg_cli_interrupted)
        status = sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted");
    if (status == SG_OK && f.count == 0 && session->rows.format == SG_ROWS_TABLE)
        (void) fprintf(stderr, "stance: nothing matches '%s'\n", words);
    if (status == SG_OK)
        write_answer(session, &f);
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_session session;
    sg_status status = sg_session_open(args, &session, err);

    if (status != SG_OK)
        return status;
    status = run_in(args, &session, err);
    sg_session_close(&session);
    return status;
}

static const struct sg_cli_option options[] = {
    { "quotes", 0, NULL, "search the quotes of statements only" },
    { "articles", 0, NULL, "search articles only" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_find = {
    .name = "find",
    .summary = "search words in quotes and articles",
    .synopsis = "stance find [options] WORDS...",
    .description =
        "Finds all the words, in any case and with or without accents; \"two words\" in quotes\n"
        "are a phrase, strik* is any word that begins so, and after '--' -word must not occur.\n"
        "Quotes come first, with who said them, for or against what, and when; then articles.\n"
        "The best matches come first, 20 of each (or --limit).",
    .examples = "stance find patient safety\n"
                "stance find --quotes --actor BMA --since 2016-01-01 'strik*'",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_FORMAT | SG_CLI_SLICE,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
