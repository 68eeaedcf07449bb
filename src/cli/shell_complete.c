#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stance/function.h"
#include "stance/utf8.h"

#include "shell_internal.h"

/* Completion, decided by what stands before the word:
 *   .mode        dot-commands          '            names of actors, positions, events
 *   (:  [:       labels, types         n.           properties
 *   otherwise    keywords and functions */

/* More names than this are no help on a screen. */
#define CANDIDATES_MAX 500

static const char *const keywords[] = {
    "ALL",          "AND",
    "ANY",          "AS",
    "ASC",          "BY",
    "CALL",         "CASE",
    "COLLECT",      "CONTAINS",
    "COUNT",        "CREATE",
    "DELETE",       "DESC",
    "DETACH",       "DISTINCT",
    "ELSE",         "END",
    "ENDS WITH",    "EXISTS",
    "EXPLAIN",      "FALSE",
    "IN",           "IS NOT NULL",
    "IS NULL",      "LIMIT",
    "MATCH",        "MERGE",
    "NONE",         "NOT",
    "NULL",         "ON CREATE SET",
    "ON MATCH SET", "OPTIONAL MATCH",
    "OR",           "ORDER BY",
    "PROFILE",      "REMOVE",
    "RETURN",       "SET",
    "SINGLE",       "SKIP",
    "STARTS WITH",  "THEN",
    "TRUE",         "UNION",
    "UNWIND",       "WHEN",
    "WHERE",        "WITH",
    "XOR",          "YIELD",
};

struct collector {
    sg_arena *arena;
    const char *prefix;
    size_t prefix_len;
    const char **texts;
    size_t count;
    size_t capacity;
};

static void offer(struct collector *c, const char *text)
{
    if (c->count >= CANDIDATES_MAX || strncasecmp(text, c->prefix, c->prefix_len) != 0)
        return;
    SG_ARENA_GROW(c->arena, c->texts, c->capacity, c->count + 1);
    c->texts[c->count++] = text;
}

static void offer_symbols(struct collector *c, const sg_graph *graph, sg_symbol_kind kind)
{
    for (size_t i = 0; graph != NULL && i < sg_graph_symbol_count(graph, kind); i++) {
        const char *name = sg_graph_symbol_name(graph, kind, (sg_symbol) i);
        sg_strbuf quoted = SG_STRBUF_INIT;

        sg_name_write_cypher(&quoted, name, strlen(name));
        offer(c, sg_arena_strdup(c->arena, sg_strbuf_text(&quoted)));
        sg_strbuf_clear(&quoted);
    }
}

/* A name as it stands in a string literal. */
static const char *escaped(sg_arena *arena, sg_value name)
{
    char *text = sg_arena_alloc(arena, (size_t) name.len * 2 + 1);
    size_t len = 0;

    for (size_t i = 0; i < name.len; i++) {
        if (name.as.string[i] == '\'' || name.as.string[i] == '"' || name.as.string[i] == '\\')
            text[len++] = '\\';
        text[len++] = name.as.string[i];
    }
    text[len] = '\0';
    return text;
}

/* Names that begin with the prefix, case and accents aside. */
static void offer_names(struct collector *c, const sg_graph *graph, const char *label)
{
    const char *wanted = sg_utf8_fold(c->arena, c->prefix, c->prefix_len, NULL);
    sg_symbol symbol = sg_graph_symbol_find(graph, SG_LABEL, label, strlen(label));
    sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, "name", 4);
    sg_arena *scratch;

    if (symbol == SG_NO_SYMBOL || key == SG_NO_SYMBOL)
        return;
    scratch = sg_arena_new();
    for (uint32_t node = sg_graph_node_next(graph, symbol, SG_NO_ENTITY);
         node != SG_NO_ENTITY && c->count < CANDIDATES_MAX;
         node = sg_graph_node_next(graph, symbol, node)) {
        sg_value name = sg_graph_node_property(graph, node, key);

        sg_arena_reset(scratch);
        if (name.type != SG_STRING || strncmp(sg_utf8_fold(scratch, name.as.string, name.len, NULL),
                                              wanted, strlen(wanted)) != 0)
            continue;
        SG_ARENA_GROW(c->arena, c->texts, c->capacity, c->count + 1);
        c->texts[c->count++] = escaped(c->arena, name);
    }
    sg_arena_free(scratch);
}

/* ---- what stands before the word ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char) c >= 0x80;
}

/* Where an open string literal begins, or SIZE_MAX. */
static size_t open_quote(const char *line, size_t cursor)
{
    size_t open = SIZE_MAX;

    for (size_t i = 0; i < cursor; i++) {
        if (open != SIZE_MAX && line[i] == '\\')
            i++;
        else if (open != SIZE_MAX && line[i] == line[open])
            open = SIZE_MAX;
        else if (open == SIZE_MAX && (line[i] == '\'' || line[i] == '"'))
            open = i;
    }
    return open;
}

/* The innermost bracket still open before `at`, or 0. */
static char open_bracket(const char *line, size_t at)
{
    int depth = 0;

    while (at-- > 0) {
        if (line[at] == ')' || line[at] == ']' || line[at] == '}')
            depth++;
        else if ((line[at] == '(' || line[at] == '[' || line[at] == '{') && depth-- == 0)
            return line[at];
    }
    return 0;
}

static void offer_after_colon(struct collector *c, const sg_graph *graph, char bracket)
{
    if (bracket != '[')
        offer_symbols(c, graph, SG_LABEL);
    if (bracket != '(')
        offer_symbols(c, graph, SG_REL_TYPE);
}

static void offer_words(struct collector *c)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        offer(c, keywords[i]);
    for (size_t i = 0; i < sg_function_count(); i++)
        offer(c, sg_arena_printf(c->arena, "%s(", sg_function_at(i)->name));
}

static void offer_dot_words(struct collector *c, size_t start)
{
    static const char *const modes[] = { "csv", "json", "jsonl", "line", "table" };

    for (size_t i = 0; start == 0 && i < sg_shell_dot_count(); i++)
        offer(c, sg_shell_dot_name(i));
    for (size_t i = 0; start > 0 && i < sizeof modes / sizeof *modes; i++)
        offer(c, modes[i]);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

struct shell_completion sg_shell_complete(const sg_graph *graph, sg_arena *arena, const char *line,
                                          size_t cursor)
{
    struct collector c = { .arena = arena };
    struct shell_completion answer = { 0 };
    size_t quote = open_quote(line, cursor);
    size_t start = cursor, kept = 0;

    while (start > 0 && is_word(line[start - 1]))
        start--;
    if (line[0] == '.' && start == 1)
        start = 0;
    if (quote != SIZE_MAX)
        start = quote + 1;
    c.prefix = line + start;
    c.prefix_len = cursor - start;
    if (quote != SIZE_MAX && graph != NULL) {
        offer_names(&c, graph, "Actor");
        offer_names(&c, graph, "Position");
        offer_names(&c, graph, "Event");
    } else if (quote == SIZE_MAX && line[0] == '.' && cursor > 0) {
        if (start == 0 || strncmp(line, ".mode ", 6) == 0)
            offer_dot_words(&c, start);
    } else if (quote == SIZE_MAX && start > 0 && line[start - 1] == ':') {
        offer_after_colon(&c, graph, open_bracket(line, start));
    } else if (quote == SIZE_MAX && start > 0 && line[start - 1] == '.') {
        offer_symbols(&c, graph, SG_KEY);
    } else if (quote == SIZE_MAX && c.prefix_len > 0) {
        offer_words(&c);
    }
    if (c.count > 0)
        qsort(c.texts, c.count, sizeof *c.texts, by_text);
    for (size_t i = 0; i < c.count; i++) /* two nodes may share a name */
        if (kept == 0 || strcmp(c.texts[kept - 1], c.texts[i]) != 0)
            c.texts[kept++] = c.texts[i];
    answer.start = start;
    answer.texts = c.texts;
    answer.count = kept;
    answer.in_quote = quote != SIZE_MAX;
    return answer;
}

size_t sg_shell_common_prefix(const struct shell_completion *completion)
{
    size_t len;

    if (completion->count == 0)
        return 0;
    len = strlen(completion->texts[0]);
    for (size_t i = 1; i < completion->count; i++) {
        size_t same = 0;

        while (same < len && completion->texts[i][same] == completion->texts[0][same])
            same++;
        len = same;
    }
    while (len > 0 && ((unsigned char) completion->texts[0][len] & 0xc0) == 0x80)
        len--;
    return len;
}
