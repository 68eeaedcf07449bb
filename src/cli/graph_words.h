#ifndef STANCE_CLI_GRAPH_WORDS_H
#define STANCE_CLI_GRAPH_WORDS_H

/* Nodes and relationships in the words of a sentence, and names made of several operands. */

#include "stance/graph.h"
#include "stance/mem.h"

#include "cli_internal.h"

/* Property `name`, else `title`, of a node; "" without either. Borrowed from the graph. */
sg_value sg_node_title(const sg_graph *graph, uint32_t node);
/* A relationship type in words: "opposes", "is part of". In the arena. */
const char *sg_relation_words(sg_arena *arena, const char *type);
/* Words that are one name: operands from `first` on, joined with blanks. */
const char *sg_cli_joined_operands(const struct sg_cli_args *args, size_t first, sg_arena *arena);

#endif
