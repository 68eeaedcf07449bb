#include "syntax_internal.h"

/* Where each weight matrix of the network stands, in training and in the model file. */

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

static sg_syntax_place whole(size_t k, size_t n, size_t source, size_t bias)
{
    return (sg_syntax_place){ k, n, 0, 0, source, k, 0, bias };
}

size_t sg_syntax_places(const sg_syntax_config *config, sg_syntax_place places[SG_SYNTAX_MATRICES],
                        size_t *weights_out, size_t *scales_out)
{
    size_t width = config->width;
    size_t arc = config->arc_size;
    size_t label = config->label_size;
    size_t weights = 0, scales = 0;
    size_t count = SG_SYNTAX_RECURRENT + config->recurrent_layers;
    sg_syntax_layout at;

    sg_syntax_layout_init(config, &at);
    places[SG_SYNTAX_INPUT] = whole(at.input_size, width, at.input_w, at.input_b);
    for (size_t i = 0; i < 3; i++)
        places[SG_SYNTAX_BEFORE + i] =
            (sg_syntax_place){ width,       width,     0,         0,
                               at.around_w, 3 * width, i * width, i == 0 ? at.around_b : SIZE_MAX };
    places[SG_SYNTAX_TAG] = whole(width, SG_SYNTAX_TAGS, at.tag_w, at.tag_b);
    places[SG_SYNTAX_PART] = whole(width, at.part_size, at.part_w, at.part_b);
    places[SG_SYNTAX_ARC] = whole(arc, arc, at.arc_w, at.arc_b);
    places[SG_SYNTAX_DISTANCE] = whole(arc, SG_SYNTAX_DISTANCES, at.distance_w, at.distance_b);
    places[SG_SYNTAX_LABEL] = whole(label, SG_SYNTAX_RELATIONS, at.label_w, at.label_b);
    for (size_t i = 0; i < config->recurrent_layers; i++)
        places[SG_SYNTAX_RECURRENT + i] =
            whole(width, 3 * width, at.recurrent_w[i], at.recurrent_b[i]);
    for (size_t i = 0; i < count; i++) {
        places[i].weights = take(&weights, places[i].k * places[i].n);
        places[i].scales = take(&scales, 2 * places[i].n);
    }
    *weights_out = weights;
    *scales_out = scales + SG_SYNTAX_DISTANCES * label;
    return count;
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
