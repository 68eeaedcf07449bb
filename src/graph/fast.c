#include "graph_internal.h"

/* The image's arrays, shown to those who go over many entities at once. */

static bool rels_are_untouched(const sg_graph *graph)
{
    return graph->base_rels > 0 && graph->rel_limit == graph->base_rels &&
           graph->base_rels_changed == 0;
}

static bool nodes_are_untouched(const sg_graph *graph)
{
    return graph->base_nodes > 0 && graph->node_limit == graph->base_nodes &&
           graph->base_nodes_changed == 0;
}

static bool are_nodes(const uint32_t *ends, size_t count, uint32_t limit)
{
    uint32_t over = 0;

    for (size_t i = 0; i < count; i++)
        over |= (uint32_t) (ends[i] >= limit);
    return over == 0;
}

/* A mapped image is not trusted, but reading all ends once is enough. */
static bool ends_are_sound(const sg_graph *graph, sg_symbol type, const sg_edges *edges)
{
    atomic_uchar *sound = &graph->sound_ends[type];

    if (atomic_load_explicit(sound, memory_order_relaxed) != 0)
        return true;
    if (!are_nodes(edges->sources, edges->count, graph->base_nodes) ||
        !are_nodes(edges->targets, edges->count, graph->base_nodes))
        return false;
    atomic_store_explicit(sound, 1, memory_order_relaxed);
    return true;
}

bool sg_graph_edges(const sg_graph *graph, sg_symbol type, sg_edges *edges_out)
{
    const image_type *found;

    *edges_out = (sg_edges){ 0 };
    if (!rels_are_untouched(graph))
        return false;
    found = image_type_find(&graph->base, type);
    if (found == NULL)
        return true;
    edges_out->sources = image_at(&graph->base, found->sources);
    edges_out->targets = image_at(&graph->base, found->targets);
    edges_out->first_rel = found->first_rel;
    edges_out->count = found->rel_count;
    return ends_are_sound(graph, type, edges_out);
}

size_t sg_graph_group_count(const sg_graph *graph)
{
    return nodes_are_untouched(graph) ? graph->base.header->group_count : 0;
}

void sg_graph_group_get(const sg_graph *graph, size_t index, sg_node_group *group_out)
{
    const image_group *group = &graph->base.groups[index];

    *group_out = (sg_node_group){ .first_node = group->first_node,
                                  .node_count = group->node_count,
                                  .labels = graph->base.labels + group->first_label,
                                  .label_count = group->label_count };
}

static sg_column show_column(const image *im, const image_column *column, uint32_t first)
{
    static const sg_type types[FORM_COUNT] = {
        [FORM_INTEGER] = SG_INTEGER, [FORM_BOOLEAN] = SG_BOOLEAN,  [FORM_DATE] = SG_DATE,
        [FORM_FLOAT] = SG_FLOAT,     [FORM_FLOAT_CODE] = SG_FLOAT, [FORM_STRING] = SG_STRING,
    };
    sg_column shown = { .form = SG_COLUMN_ABSENT };

    if (column == NULL)
        return shown;
    shown.form = SG_COLUMN_OTHER;
    shown.type = (uint8_t) types[column->form];
    shown.width = column->width;
    shown.first = first;
    shown.rows = column->rows;
    shown.base = column->base;
    shown.entry_count = column->dictionary_count;
    shown.hidden[0] = im;
    shown.hidden[1] = column;
    if (column->presence == PRESENT_ROWS)
        return shown;
    shown.codes = image_at(im, column->codes);
    if (column->presence == PRESENT_BITMAP)
        shown.present = image_at(im, column->presence_at);
    if (column->form == FORM_INTEGER || column->form == FORM_BOOLEAN || column->form == FORM_DATE)
        shown.form = SG_COLUMN_INTEGER;
    else if (column->form == FORM_STRING || column->form == FORM_FLOAT_CODE)
        shown.form = SG_COLUMN_ENTRIES;
    return shown;
}

bool sg_graph_group_column(const sg_graph *graph, size_t group, sg_symbol key,
                           sg_column *column_out)
{
    const image_group *found = &graph->base.groups[group];

    if (!nodes_are_untouched(graph))
        return false;
    *column_out =
        show_column(&graph->base, image_node_column(&graph->base, found, key), found->first_node);
    return true;
}

bool sg_graph_type_column(const sg_graph *graph, sg_symbol type, sg_symbol key,
                          sg_column *column_out)
{
    const image_type *found;

    if (!rels_are_untouched(graph))
        return false;
    found = image_type_find(&graph->base, type);
    *column_out =
        show_column(&graph->base, found == NULL ? NULL : image_rel_column(&graph->base, found, key),
                    found == NULL ? 0 : found->first_rel);
    /* A quote may also come from an article's text. */
    if (found != NULL && key == graph->base.header->quote_key && found->quotes.form == FORM_NODE)
        column_out->form = SG_COLUMN_OTHER;
    return true;
}

bool sg_graph_type_range(const sg_graph *graph, sg_symbol type, sg_direction direction,
                         uint32_t *first_out, uint32_t *count_out)
{
    const image_type *found;

    *first_out = *count_out = 0;
    if (!rels_are_untouched(graph))
        return false;
    found = image_type_find(&graph->base, type);
    if (found != NULL) {
        *first_out = direction == SG_OUTGOING ? found->source_first : found->target_first;
        *count_out = direction == SG_OUTGOING ? found->source_count : found->target_count;
    }
    if (*first_out <= graph->base_nodes && *count_out <= graph->base_nodes - *first_out)
        return true;
    *first_out = *count_out = 0; /* a damaged image */
    return false;
}

bool sg_column_bounds(const sg_column *column, sg_value value, uint64_t *below_out,
                      uint64_t *upto_out)
{
    bool number = value.type == SG_INTEGER || value.type == SG_FLOAT;
    bool number_column = column->type == SG_INTEGER || column->type == SG_FLOAT;

    *below_out = *upto_out = 0;
    if ((column->form != SG_COLUMN_INTEGER && column->form != SG_COLUMN_ENTRIES) ||
        (number_column ? !number : value.type != column->type))
        return false;
    column_bounds(column->hidden[0], column->hidden[1], value, below_out, upto_out);
    return true;
}

sg_value sg_column_value(const sg_column *column, uint64_t code)
{
    return column_value(column->hidden[0], column->hidden[1], code, NULL);
}
