#include "graph_words.h"

#include <string.h>

#include "stance/utf8.h"

sg_value sg_node_title(const sg_graph *graph, uint32_t node)
{
    static const char *const keys[] = { "name", "title" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        sg_symbol key = sg_graph_symbol_find(graph, SG_KEY, keys[i], strlen(keys[i]));
        sg_value v =
            key == SG_NO_SYMBOL ? sg_value_null() : sg_graph_node_property(graph, node, key);

        if (v.type == SG_STRING)
            return v;
    }
    return sg_value_text("");
}

const char *sg_relation_words(sg_arena *arena, const char *type)
{
    static const struct {
        const char *type, *words;
    } known[] = {
        { "SUPPORTS", "supports" },        { "OPPOSES", "opposes" },
        { "NEUTRAL_ON", "is neutral on" }, { "AFFILIATED_WITH", "belongs to" },
        { "PART_OF", "is part of" },       { "TOOK_PART_IN", "took part in" },
        { "ABOUT", "is about" },           { "MENTIONED_IN", "is mentioned in" },
    };
    char *words;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].type, type) == 0)
            return known[i].words;
    words = sg_utf8_lower(arena, type, strlen(type), NULL);
    for (char *p = words; *p != '\0'; p++)
        if (*p == '_')
            *p = ' ';
    return words;
}

const char *sg_cli_joined_operands(const struct sg_cli_args *args, size_t first, sg_arena *arena)
{
    const char *joined = sg_cli_operand(args, first);

    for (size_t i = first + 1; i < sg_cli_operand_count(args); i++)
        joined = sg_arena_printf(arena, "%s %s", joined, sg_cli_operand(args, i));
    return joined;
}
