#include "syntax_internal.h"

/* Where each weight matrix of the network stands in the section "syntax.dense". */

static size_t take(size_t *total, size_t count)
{
    size_t at = *total;

    *total += count;
    return at;
}

void sg_syntax_layout_init(const sg_syntax_config *config, sg_syntax_layout *layout)
{
    size_t width = config->width;
    size_t arc = config->arc_size;
    size_t label = config->label_size;
    size_t total = 0;

    layout->input_size = (config->vector_size + 15) / 16 * 16 + config->row_size;
    layout->part_size = 2 * arc + 2 * label;
    layout->input_w = take(&total, layout->input_size * width);
    layout->input_b = take(&total, width);
    layout->around_w = take(&total, 3 * width * width);
    layout->around_b = take(&total, width);
    for (size_t i = 0; i < config->recurrent_layers && i < SG_SYNTAX_MAX_LAYERS; i++) {
        layout->recurrent_w[i] = take(&total, 3 * width * width);
        layout->recurrent_b[i] = take(&total, 3 * width);
    }
    layout->tag_w = take(&total, width * SG_SYNTAX_TAGS);
    layout->tag_b = take(&total, SG_SYNTAX_TAGS);
    layout->part_w = take(&total, width * layout->part_size);
    layout->part_b = take(&total, layout->part_size);
    layout->arc_w = take(&total, arc * arc);
    layout->arc_b = take(&total, arc);
    layout->distance_w = take(&total, arc * SG_SYNTAX_DISTANCES);
    layout->distance_b = take(&total, SG_SYNTAX_DISTANCES);
    layout->label_distance = take(&total, SG_SYNTAX_DISTANCES * label);
    layout->label_w = take(&total, label * SG_SYNTAX_RELATIONS);
    layout->label_b = take(&total, SG_SYNTAX_RELATIONS);
    layout->total = total;
}

unsigned sg_syntax_distance(size_t head_row, size_t dependent_row)
{
    /* Classes grow as distances do; 15 a side, and one for the root. */
    static const uint8_t class_of[] = { 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10 };
    size_t gap = head_row > dependent_row ? head_row - dependent_row : dependent_row - head_row;
    unsigned class;

    if (head_row == 0)
        return SG_SYNTAX_DISTANCES - 1;
    if (gap < sizeof class_of)
        class = class_of[gap];
    else
        class = gap < 23 ? 10 : gap < 30 ? 11 : gap < 40 ? 12 : gap < 60 ? 13 : 14;
    return head_row > dependent_row ? class : 15 + class;
}
