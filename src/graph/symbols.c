#include "graph_internal.h"

sg_symbol sg_graph_symbol_find(const sg_graph *graph, sg_symbol_kind kind, const char *name,
                               size_t len)
{
    uint64_t symbol;

    if (!sg_map_find(graph->symbols[kind].ids, name, len, &symbol))
        return SG_NO_SYMBOL;
    return (sg_symbol) symbol;
}

sg_symbol sg_graph_symbol_add(sg_graph *graph, sg_symbol_kind kind, const char *name, size_t len)
{
    symbol_table *table = &graph->symbols[kind];
    uint64_t symbol = *sg_map_slot(table->ids, name, len, table->count);

    if (symbol == table->count) {
        SG_GROW(table->names, table->capacity, table->count + 1);
        table->names[table->count] = sg_map_entry(table->ids, table->count, NULL, NULL);
        table->count++;
    }
    return (sg_symbol) symbol;
}

const char *sg_graph_symbol_name(const sg_graph *graph, sg_symbol_kind kind, sg_symbol symbol)
{
    return graph->symbols[kind].names[symbol];
}

size_t sg_graph_symbol_count(const sg_graph *graph, sg_symbol_kind kind)
{
    return graph->symbols[kind].count;
}
