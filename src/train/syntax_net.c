#include "syntax_net.h"

/* Forward and backward by hand, layer by layer, over a batch of sentences laid out row by row.
 * The names of the buffers follow the picture in syntax_internal.h. */

#include <assert.h>
#include <math.h>
#include <string.h>

#include "stance/annotation.h"
#include "stance/mem.h"

#include "../language/language_internal.h"
#include "../language/nn.h"
#include "nn_train.h"

#define SLOPE         0.1f
#define CLIP          5.0f
#define AVERAGE_DECAY 0.999f
#define LABEL_WEIGHT  1.0f
#define TAG_WEIGHT    1.0f

typedef struct layer {
    float *u;   /* candidates and gates */
    float *c;   /* states */
    float *out; /* after dropout */
    uint8_t *mask;
} layer;

struct sg_net {
    sg_syntax_config config;
    sg_syntax_layout layout;
    const int8_t *vectors;
    const float *scales;
    size_t table_rows;
    unsigned steps;
    float *w, *g, *m, *v, *average, *turned; /* `turned`: transposed matrices, at the same places */
    float *table, *table_g, *table_m, *table_v, *table_average;
    uint8_t *touched;
    uint32_t *touched_rows;
    size_t touched_count;
    float *in, *around, *around_in, *d_in, *d_around;
    uint8_t *in_mask, *around_mask;
    float *in_out;
    layer layers[SG_SYNTAX_MAX_LAYERS];
    float *du, *d_low, *d_high;
    float *tags, *parts, *d_parts;
    uint8_t *parts_mask;
    float *arcs, *d_arcs, *distances, *d_distances;
    float *scores;
    float *hidden, *d_hidden, *labels;
    uint32_t *hidden_rows;
    void *tree;
};

/* ---- making and freeing ------------------------------------------------------------------- */

static float *floats(size_t count)
{
    return sg_calloc(count + 16, sizeof(float));
}

static float normal(sg_random *random)
{
    float sum = 0;

    for (int i = 0; i < 12; i++) /* a sum of twelve uniform numbers is normal enough */
        sum += sg_random_unit(random);
    return sum - 6;
}

static void fill(float *w, size_t count, float deviation, sg_random *random)
{
    for (size_t i = 0; i < count; i++)
        w[i] = deviation * normal(random);
}

static void init_weights(sg_net *net, sg_random *random)
{
    const sg_syntax_layout *at = &net->layout;
    const sg_syntax_config *config = &net->config;
    size_t width = config->width;
    float *w = net->w;

    fill(w + at->input_w, at->input_size * width, sqrtf(2.0f / (float) at->input_size), random);
    fill(w + at->around_w, 3 * width * width, sqrtf(2.0f / (3 * (float) width)), random);
    for (size_t l = 0; l < config->recurrent_layers; l++) {
        fill(w + at->recurrent_w[l], 3 * width * width, sqrtf(1.0f / (float) width), random);
        for (size_t i = 0; i < width / 2; i++) {
            w[at->recurrent_b[l] + width / 2 + i] = 0.5f; /* remember at first */
            w[at->recurrent_b[l] + 2 * width + i] = 0.5f;
        }
    }
    fill(w + at->tag_w, width * SG_SYNTAX_TAGS, sqrtf(0.5f / (float) width), random);
    fill(w + at->part_w, width * at->part_size, sqrtf(2.0f / (float) width), random);
    fill(w + at->arc_w, (size_t) config->arc_size * config->arc_size,
         0.5f / (float) config->arc_size, random);
    fill(w + at->label_distance, SG_SYNTAX_DISTANCES * (size_t) config->label_size, 0.1f, random);
    fill(w + at->label_w, config->label_size * (size_t) SG_SYNTAX_RELATIONS,
         sqrtf(1.0f / (float) config->label_size), random);
    fill(net->table, net->table_rows * config->row_size, 0.1f, random);
}

static void alloc_rows(sg_net *net)
{
    size_t rows = SG_NET_MAX_ROWS + 2;
    size_t nodes = SG_NET_MAX_SENTENCE + 1; /* of a tree: the words and its root */
    size_t width = net->config.width;
    size_t part = net->layout.part_size;

    net->in = floats(rows * net->layout.input_size);
    net->d_in = floats(rows * net->layout.input_size);
    net->in_out = floats(rows * width);
    net->in_mask = sg_calloc(rows, width);
    net->around = floats(rows * width);
    net->around_in = floats(rows * width);
    net->around_mask = sg_calloc(rows, width);
    net->d_around = floats(rows * width * 3);
    for (size_t l = 0; l < net->config.recurrent_layers; l++) {
        net->layers[l].u = floats(rows * width * 3);
        net->layers[l].c = floats(rows * width);
        net->layers[l].out = floats(rows * width);
        net->layers[l].mask = sg_calloc(rows, width);
    }
    net->du = floats(rows * width * 3);
    net->d_low = floats(rows * width);
    net->d_high = floats(rows * width);
    net->tags = floats(rows * SG_SYNTAX_TAGS);
    net->parts = floats(rows * part);
    net->d_parts = floats(rows * part);
    net->parts_mask = sg_calloc(rows, part);
    net->arcs = floats(rows * net->config.arc_size);
    net->d_arcs = floats(rows * net->config.arc_size);
    net->distances = floats(rows * SG_SYNTAX_DISTANCES);
    net->d_distances = floats(rows * SG_SYNTAX_DISTANCES);
    net->scores = floats(nodes * nodes);
    net->hidden = floats(rows * net->config.label_size);
    net->d_hidden = floats(rows * net->config.label_size);
    net->labels = floats(rows * SG_SYNTAX_RELATIONS);
    net->hidden_rows = sg_calloc(rows, sizeof *net->hidden_rows);
    net->tree = sg_malloc(sg_syntax_tree_scratch(SG_NET_MAX_SENTENCE));
}

sg_net *sg_net_new(const sg_syntax_config *config, const int8_t *vectors, const float *scales,
                   sg_random *random)
{
    sg_net *net = sg_calloc(1, sizeof *net);
    size_t table;

    net->config = *config;
    sg_syntax_layout_init(config, &net->layout);
    net->vectors = vectors;
    net->scales = scales;
    net->table_rows = sg_syntax_table_rows(config->word_rows);
    net->w = floats(net->layout.total);
    net->g = floats(net->layout.total);
    net->m = floats(net->layout.total);
    net->v = floats(net->layout.total);
    net->average = floats(net->layout.total);
    net->turned = floats(net->layout.total);
    table = net->table_rows * config->row_size;
    net->table = floats(table);
    net->table_g = floats(table);
    net->table_m = floats(table);
    net->table_v = floats(table);
    net->table_average = floats(table);
    net->touched = sg_calloc(net->table_rows, 1);
    net->touched_rows = sg_calloc(net->table_rows, sizeof *net->touched_rows);
    alloc_rows(net);
    init_weights(net, random);
    memcpy(net->average, net->w, net->layout.total * sizeof(float));
    memcpy(net->table_average, net->table, table * sizeof(float));
    return net;
}

void sg_net_free(sg_net *net)
{
    if (net == NULL)
        return;
    for (size_t l = 0; l < net->config.recurrent_layers; l++) {
        sg_free(net->layers[l].u);
        sg_free(net->layers[l].c);
        sg_free(net->layers[l].out);
        sg_free(net->layers[l].mask);
    }
    void *all[] = { net->w,
                    net->g,
                    net->m,
                    net->v,
                    net->average,
                    net->turned,
                    net->table,
                    net->table_g,
                    net->table_m,
                    net->table_v,
                    net->table_average,
                    net->touched,
                    net->touched_rows,
                    net->in,
                    net->d_in,
                    net->in_out,
                    net->in_mask,
                    net->around,
                    net->around_in,
                    net->around_mask,
                    net->d_around,
                    net->du,
                    net->d_low,
                    net->d_high,
                    net->tags,
                    net->parts,
                    net->d_parts,
                    net->parts_mask,
                    net->arcs,
                    net->d_arcs,
                    net->distances,
                    net->d_distances,
                    net->scores,
                    net->hidden,
                    net->d_hidden,
                    net->labels,
                    net->hidden_rows,
                    net->tree };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        sg_free(all[i]);
    sg_free(net);
}

const float *sg_net_dense(const sg_net *net, size_t *count_out)
{
    *count_out = net->layout.total;
    return net->w;
}

const float *sg_net_table(const sg_net *net, size_t *rows_out)
{
    *rows_out = net->table_rows;
    return net->table;
}

void sg_net_set(sg_net *net, const float *dense, const float *table)
{
    size_t table_size = net->table_rows * net->config.row_size * sizeof *table;

    memcpy(net->w, dense, net->layout.total * sizeof *dense);
    memcpy(net->average, dense, net->layout.total * sizeof *dense);
    memcpy(net->table, table, table_size);
    memcpy(net->table_average, table, table_size);
}

static void swap(float *a, float *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        float kept = a[i];

        a[i] = b[i];
        b[i] = kept;
    }
}

void sg_net_swap_average(sg_net *net)
{
    swap(net->w, net->average, net->layout.total);
    swap(net->table, net->table_average, net->table_rows * net->config.row_size);
}

/* ---- forward -------------------------------------------------------------------------------- */

static void read_word(const sg_net *net, const sg_syntax_word *word, float *x)
{
    size_t size = net->config.vector_size;
    float *sum = x + net->layout.input_size - net->config.row_size;

    memset(x, 0, net->layout.input_size * sizeof *x);
    if (word->vector != SG_SYNTAX_NO_ROW) {
        const int8_t *row = net->vectors + (size_t) word->vector * size;

        for (size_t i = 0; i < size; i++)
            x[i] = (float) row[i] * net->scales[i];
    }
    for (int i = 0; i < SG_SYNTAX_FEATURES; i++) {
        if (word->rows[i] != SG_SYNTAX_NO_ROW)
            sg_nn_add_scaled(sum, net->table + (size_t) word->rows[i] * net->config.row_size, 1.0f,
                             net->config.row_size);
    }
}

static void forward_input(sg_net *net, const sg_net_batch *batch, float dropout, sg_random *random)
{
    const sg_syntax_layout *at = &net->layout;
    size_t width = net->config.width;
    size_t rows = batch->rows;

    for (size_t r = 0; r < rows; r++)
        read_word(net, &batch->words[r], net->in + r * at->input_size);
    /* One more root after the last sentence: what stands to the right of its last word. */
    read_word(net, &batch->words[0], net->in + rows * at->input_size);
    sg_nn_multiply(net->in, rows + 1, at->input_size, net->w + at->input_w, net->w + at->input_b,
                   at->input_size, width, net->in_out, width);
    sg_nn_rectify(net->in_out, (rows + 1) * width, SLOPE);
    sg_nn_drop(net->in_out, net->in_mask, (rows + 1) * width, dropout, random);
    sg_nn_multiply(net->in_out, rows - 1, width, net->w + at->around_w, net->w + at->around_b,
                   3 * width, width, net->around_in + width, width);
    sg_nn_rectify(net->around_in + width, (rows - 1) * width, SLOPE);
    for (size_t s = 0; s < batch->sentences; s++)
        memset(net->around_in + batch->first[s] * width, 0, width * sizeof(float));
    for (size_t i = 0; i < rows * width; i++)
        net->around[i] = net->around_in[i] + net->in_out[i];
    sg_nn_drop(net->around, net->around_mask, rows * width, dropout, random);
}

static void forward_recurrent(sg_net *net, const sg_net_batch *batch, size_t l, const float *x,
                              float dropout, sg_random *random)
{
    const sg_syntax_layout *at = &net->layout;
    layer *now = &net->layers[l];
    size_t width = net->config.width;
    size_t half = width / 2;
    ptrdiff_t step = (ptrdiff_t) width;

    sg_nn_multiply(x, batch->rows, width, net->w + at->recurrent_w[l], net->w + at->recurrent_b[l],
                   width, 3 * width, now->u, 3 * width);
    for (size_t r = 0; r < batch->rows; r++) {
        sg_nn_sigmoid(now->u + r * 3 * width + half, width);
        sg_nn_sigmoid(now->u + r * 3 * width + 3 * half + half, width);
    }
    for (size_t s = 0; s < batch->sentences; s++) {
        size_t from = batch->first[s];
        size_t rows = batch->first[s + 1] - from;
        size_t last = from + rows - 1;

        sg_nn_recur(now->u + from * 3 * width, 3 * step, x + from * width, now->out + from * width,
                    now->c + from * width, step, rows, half);
        sg_nn_recur(now->u + last * 3 * width + 3 * half, -3 * step, x + last * width + half,
                    now->out + last * width + half, now->c + last * width + half, -step, rows,
                    half);
    }
    sg_nn_drop(now->out, now->mask, batch->rows * width, dropout, random);
}

static void forward_heads(sg_net *net, const sg_net_batch *batch, float dropout, sg_random *random)
{
    const sg_syntax_layout *at = &net->layout;
    size_t width = net->config.width;
    size_t layers = net->config.recurrent_layers;
    size_t arc = net->config.arc_size;
    size_t rows = batch->rows;
    const float *low = layers > 1 ? net->layers[layers - 2].out : net->around;

    sg_nn_multiply(low, rows, width, net->w + at->tag_w, net->w + at->tag_b, width, SG_SYNTAX_TAGS,
                   net->tags, SG_SYNTAX_TAGS);
    sg_nn_multiply(net->layers[layers - 1].out, rows, width, net->w + at->part_w,
                   net->w + at->part_b, width, at->part_size, net->parts, at->part_size);
    sg_nn_rectify(net->parts, rows * at->part_size, SLOPE);
    sg_nn_drop(net->parts, net->parts_mask, rows * at->part_size, dropout, random);
    sg_nn_multiply(net->parts + arc, rows, at->part_size, net->w + at->arc_w, net->w + at->arc_b,
                   arc, arc, net->arcs, arc);
    sg_nn_multiply(net->parts + arc, rows, at->part_size, net->w + at->distance_w,
                   net->w + at->distance_b, arc, SG_SYNTAX_DISTANCES, net->distances,
                   SG_SYNTAX_DISTANCES);
}

static void forward(sg_net *net, const sg_net_batch *batch, float dropout, sg_random *random)
{
    const float *x = net->around;

    forward_input(net, batch, dropout, random);
    for (size_t l = 0; l < net->config.recurrent_layers; l++) {
        forward_recurrent(net, batch, l, x, dropout, random);
        x = net->layers[l].out;
    }
    forward_heads(net, batch, dropout, random);
}

/* Probabilities of heads for the words of one sentence: scores[j * (n + 1) + i], j from 1. */
static void score_heads(sg_net *net, size_t root, size_t n)
{
    size_t arc = net->config.arc_size;

    for (size_t j = 1; j <= n; j++) {
        float *row = net->scores + j * (n + 1);
        const float *dependent = net->arcs + (root + j) * arc;
        const float *distance = net->distances + (root + j) * SG_SYNTAX_DISTANCES;

        for (size_t i = 0; i <= n; i++) {
            row[i] = sg_nn_dot(dependent, net->parts + (root + i) * net->layout.part_size, arc) +
                     distance[sg_syntax_distance(i, j)];
        }
        row[j] = -1e9f;
        sg_nn_softmax(row, n + 1);
    }
}

/* Hidden layer for the relation of row j to row i, at place `at` of net->hidden. */
static void relation_input(sg_net *net, size_t root, size_t i, size_t j, size_t at)
{
    size_t size = net->config.label_size;
    size_t arcs = 2 * (size_t) net->config.arc_size;
    const float *head = net->parts + (root + i) * net->layout.part_size + arcs;
    const float *dep = net->parts + (root + j) * net->layout.part_size + arcs + size;
    float *hidden = net->hidden + at * size;

    memcpy(hidden, head, size * sizeof *hidden);
    sg_nn_add_scaled(hidden, dep, 1.0f, size);
    sg_nn_add_scaled(hidden, net->w + net->layout.label_distance + sg_syntax_distance(i, j) * size,
                     1.0f, size);
}

static void score_relations(sg_net *net, size_t words)
{
    const sg_syntax_layout *at = &net->layout;
    size_t size = net->config.label_size;

    sg_nn_rectify(net->hidden, words * size, SLOPE);
    sg_nn_multiply(net->hidden, words, size, net->w + at->label_w, net->w + at->label_b, size,
                   SG_SYNTAX_RELATIONS, net->labels, SG_SYNTAX_RELATIONS);
}

/* ---- loss, and the gradients of the uppermost scores ---------------------------------------- */

/* x becomes its gradient. */
static float softmax_loss(float *x, size_t n, size_t gold, float weight)
{
    float p;

    sg_nn_softmax(x, n);
    p = x[gold];
    x[gold] -= 1.0f;
    for (size_t i = 0; i < n; i++)
        x[i] *= weight;
    return -logf(p + 1e-12f) * weight;
}

static float tag_loss(sg_net *net, const sg_net_batch *batch)
{
    float loss = 0;

    for (size_t r = 0; r < batch->rows; r++) {
        float *tags = net->tags + r * SG_SYNTAX_TAGS;
        const sg_net_gold *gold = &batch->gold[r];

        if (gold->upos < SG_UPOS_COUNT)
            loss += softmax_loss(tags, SG_UPOS_COUNT, gold->upos, TAG_WEIGHT);
        else
            memset(tags, 0, SG_UPOS_COUNT * sizeof *tags);
        if (gold->xpos < SG_XPOS_COUNT)
            loss += softmax_loss(tags + SG_SYNTAX_XPOS_AT, SG_XPOS_COUNT, gold->xpos, TAG_WEIGHT);
        else
            memset(tags + SG_SYNTAX_XPOS_AT, 0, SG_XPOS_COUNT * sizeof *tags);
        for (size_t i = SG_SYNTAX_XPOS_AT + SG_XPOS_COUNT; i < SG_SYNTAX_TAGS; i++)
            tags[i] = 0;
    }
    return loss;
}

static float arc_loss(sg_net *net, const sg_net_batch *batch)
{
    size_t arc = net->config.arc_size;
    size_t part = net->layout.part_size;
    float loss = 0;

    memset(net->d_arcs, 0, batch->rows * arc * sizeof(float));
    memset(net->d_distances, 0, batch->rows * SG_SYNTAX_DISTANCES * sizeof(float));
    for (size_t s = 0; s < batch->sentences; s++) {
        size_t root = batch->first[s];
        size_t n = batch->first[s + 1] - root - 1;

        score_heads(net, root, n);
        for (size_t j = 1; j <= n; j++) {
            float *row = net->scores + j * (n + 1);
            float *d_arc = net->d_arcs + (root + j) * arc;
            float *d_distance = net->d_distances + (root + j) * SG_SYNTAX_DISTANCES;
            size_t gold = batch->gold[root + j].head;

            loss -= logf(row[gold] + 1e-12f);
            row[gold] -= 1.0f;
            for (size_t i = 0; i <= n; i++) {
                if (fabsf(row[i]) < 1e-6f)
                    continue;
                sg_nn_add_scaled(d_arc, net->parts + (root + i) * part, row[i], arc);
                sg_nn_add_scaled(net->d_parts + (root + i) * part, net->arcs + (root + j) * arc,
                                 row[i], arc);
                d_distance[sg_syntax_distance(i, j)] += row[i];
            }
        }
    }
    return loss;
}

/* Gradients of the two parts and of the distance that relation_input() read. */
static void relation_back(sg_net *net, size_t root, size_t i, size_t j, size_t at)
{
    size_t size = net->config.label_size;
    size_t part = net->layout.part_size;
    size_t label_at = 2 * (size_t) net->config.arc_size;
    const float *d = net->d_hidden + at * size;

    sg_nn_add_scaled(net->d_parts + (root + i) * part + label_at, d, 1.0f, size);
    sg_nn_add_scaled(net->d_parts + (root + j) * part + label_at + size, d, 1.0f, size);
    sg_nn_add_scaled(net->g + net->layout.label_distance + sg_syntax_distance(i, j) * size, d, 1.0f,
                     size);
}

static float relation_loss(sg_net *net, const sg_net_batch *batch)
{
    const sg_syntax_layout *at = &net->layout;
    size_t size = net->config.label_size;
    size_t words = 0;
    float loss = 0;

    for (size_t s = 0; s < batch->sentences; s++) {
        size_t root = batch->first[s];

        for (size_t r = root + 1; r < batch->first[s + 1]; r++) {
            net->hidden_rows[words] = (uint32_t) r;
            relation_input(net, root, batch->gold[r].head, r - root, words++);
        }
    }
    score_relations(net, words);
    for (size_t k = 0; k < words; k++) {
        float *labels = net->labels + k * SG_SYNTAX_RELATIONS;

        loss += softmax_loss(labels, SG_DEPREL_COUNT, batch->gold[net->hidden_rows[k]].deprel,
                             LABEL_WEIGHT);
        for (size_t i = SG_DEPREL_COUNT; i < SG_SYNTAX_RELATIONS; i++)
            labels[i] = 0;
    }
    sg_nn_multiply_back(net->hidden, words, size, net->labels, SG_SYNTAX_RELATIONS, size,
                        SG_SYNTAX_RELATIONS, net->g + at->label_w, net->g + at->label_b);
    sg_nn_multiply(net->labels, words, SG_SYNTAX_RELATIONS, net->turned + at->label_w, NULL,
                   SG_SYNTAX_RELATIONS, size, net->d_hidden, size);
    sg_nn_rectify_back(net->hidden, net->d_hidden, words * size, SLOPE);
    for (size_t s = 0, k = 0; s < batch->sentences; s++) {
        for (size_t r = batch->first[s] + 1; r < batch->first[s + 1]; r++, k++)
            relation_back(net, batch->first[s], batch->gold[r].head, r - batch->first[s], k);
    }
    return loss;
}

/* ---- backward ------------------------------------------------------------------------------- */

static void turn(sg_net *net, size_t w, size_t k, size_t n)
{
    sg_nn_transpose(net->w + w, k, n, net->turned + w);
}

static void turn_all(sg_net *net)
{
    const sg_syntax_layout *at = &net->layout;
    size_t width = net->config.width;
    size_t arc = net->config.arc_size;

    turn(net, at->input_w, at->input_size, width);
    turn(net, at->around_w, 3 * width, width);
    for (size_t l = 0; l < net->config.recurrent_layers; l++)
        turn(net, at->recurrent_w[l], width, 3 * width);
    turn(net, at->tag_w, width, SG_SYNTAX_TAGS);
    turn(net, at->part_w, width, at->part_size);
    turn(net, at->arc_w, arc, arc);
    turn(net, at->distance_w, arc, SG_SYNTAX_DISTANCES);
    turn(net, at->label_w, net->config.label_size, SG_SYNTAX_RELATIONS);
}

static void add(float *y, const float *x, size_t count)
{
    sg_nn_add_scaled(y, x, 1.0f, count);
}

/* From the scores down to the two uppermost recurrent layers: their gradients in d_high, d_low. */
static void backward_heads(sg_net *net, const sg_net_batch *batch, float dropout)
{
    const sg_syntax_layout *at = &net->layout;
    size_t width = net->config.width;
    size_t arc = net->config.arc_size;
    size_t rows = batch->rows;
    size_t layers = net->config.recurrent_layers;
    const float *low = layers > 1 ? net->layers[layers - 2].out : net->around;

    sg_nn_multiply_back(net->parts + arc, rows, at->part_size, net->d_arcs, arc, arc, arc,
                        net->g + at->arc_w, net->g + at->arc_b);
    sg_nn_multiply_back(net->parts + arc, rows, at->part_size, net->d_distances,
                        SG_SYNTAX_DISTANCES, arc, SG_SYNTAX_DISTANCES, net->g + at->distance_w,
                        net->g + at->distance_b);
    sg_nn_multiply(net->d_arcs, rows, arc, net->turned + at->arc_w, NULL, arc, arc, net->arcs, arc);
    for (size_t r = 0; r < rows; r++)
        add(net->d_parts + r * at->part_size + arc, net->arcs + r * arc, arc);
    sg_nn_multiply(net->d_distances, rows, SG_SYNTAX_DISTANCES, net->turned + at->distance_w, NULL,
                   SG_SYNTAX_DISTANCES, arc, net->arcs, arc);
    for (size_t r = 0; r < rows; r++)
        add(net->d_parts + r * at->part_size + arc, net->arcs + r * arc, arc);
    sg_nn_drop_back(net->d_parts, net->parts_mask, rows * at->part_size, dropout);
    sg_nn_rectify_back(net->parts, net->d_parts, rows * at->part_size, SLOPE);
    sg_nn_multiply_back(net->layers[layers - 1].out, rows, width, net->d_parts, at->part_size,
                        width, at->part_size, net->g + at->part_w, net->g + at->part_b);
    sg_nn_multiply(net->d_parts, rows, at->part_size, net->turned + at->part_w, NULL, at->part_size,
                   width, net->d_high, width);
    sg_nn_multiply_back(low, rows, width, net->tags, SG_SYNTAX_TAGS, width, SG_SYNTAX_TAGS,
                        net->g + at->tag_w, net->g + at->tag_b);
    sg_nn_multiply(net->tags, rows, SG_SYNTAX_TAGS, net->turned + at->tag_w, NULL, SG_SYNTAX_TAGS,
                   width, net->d_low, width);
}

/* d_out is the gradient of the layer's result; adds that of its input to dx. */
static void backward_recurrent(sg_net *net, const sg_net_batch *batch, size_t l, const float *x,
                               float *d_out, float *dx, float dropout)
{
    const sg_syntax_layout *at = &net->layout;
    const layer *now = &net->layers[l];
    size_t width = net->config.width;
    size_t half = width / 2;
    ptrdiff_t step = (ptrdiff_t) width;

    sg_nn_drop_back(d_out, now->mask, batch->rows * width, dropout);
    for (size_t s = 0; s < batch->sentences; s++) {
        size_t from = batch->first[s];
        size_t rows = batch->first[s + 1] - from;
        size_t last = from + rows - 1;

        sg_nn_recur_back(now->u + from * 3 * width, net->du + from * 3 * width, 3 * step,
                         x + from * width, dx + from * width, now->c + from * width,
                         d_out + from * width, step, rows, half);
        sg_nn_recur_back(now->u + last * 3 * width + 3 * half,
                         net->du + last * 3 * width + 3 * half, -3 * step, x + last * width + half,
                         dx + last * width + half, now->c + last * width + half,
                         d_out + last * width + half, -step, rows, half);
    }
    sg_nn_multiply_back(x, batch->rows, width, net->du, 3 * width, width, 3 * width,
                        net->g + at->recurrent_w[l], net->g + at->recurrent_b[l]);
    sg_nn_multiply(net->du, batch->rows, 3 * width, net->turned + at->recurrent_w[l], NULL,
                   3 * width, width, net->d_around, width);
    add(dx, net->d_around, batch->rows * width);
}

static void touch(sg_net *net, const sg_syntax_word *word, const float *d)
{
    for (int i = 0; i < SG_SYNTAX_FEATURES; i++) {
        uint32_t row = word->rows[i];

        if (row == SG_SYNTAX_NO_ROW)
            continue;
        if (net->touched[row] == 0) {
            net->touched[row] = 1;
            net->touched_rows[net->touched_count++] = row;
        }
        add(net->table_g + (size_t) row * net->config.row_size, d, net->config.row_size);
    }
}

/* `d` is the gradient of the convolution's result. */
static void backward_input(sg_net *net, const sg_net_batch *batch, float *d, float dropout)
{
    const sg_syntax_layout *at = &net->layout;
    size_t width = net->config.width;
    size_t rows = batch->rows;
    size_t vector = at->input_size - net->config.row_size;
    float *d_out = net->d_high; /* gradient of in_out */

    assert(d != d_out && "the gradient is read while the next one is written");
    sg_nn_drop_back(d, net->around_mask, rows * width, dropout);
    memcpy(d_out, d, rows * width * sizeof *d);
    memset(d_out + rows * width, 0, width * sizeof *d);
    for (size_t s = 0; s < batch->sentences; s++)
        memset(d + batch->first[s] * width, 0, width * sizeof *d);
    sg_nn_rectify_back(net->around_in, d, rows * width, SLOPE);
    sg_nn_multiply_back(net->in_out, rows - 1, width, d + width, width, 3 * width, width,
                        net->g + at->around_w, net->g + at->around_b);
    sg_nn_multiply(d + width, rows - 1, width, net->turned + at->around_w, NULL, width, 3 * width,
                   net->d_around, 3 * width);
    for (size_t r = 0; r + 1 < rows; r++)
        add(d_out + r * width, net->d_around + r * 3 * width, 3 * width);
    sg_nn_drop_back(d_out, net->in_mask, (rows + 1) * width, dropout);
    sg_nn_rectify_back(net->in_out, d_out, (rows + 1) * width, SLOPE);
    sg_nn_multiply_back(net->in, rows + 1, at->input_size, d_out, width, at->input_size, width,
                        net->g + at->input_w, net->g + at->input_b);
    /* Only the learned half of the input needs a gradient. */
    sg_nn_multiply(d_out, rows + 1, width, net->turned + at->input_w + vector * width, NULL, width,
                   net->config.row_size, net->d_in, net->config.row_size);
    for (size_t r = 0; r < rows; r++)
        touch(net, &batch->words[r], net->d_in + r * net->config.row_size);
    touch(net, &batch->words[0], net->d_in + rows * net->config.row_size);
}

static void backward(sg_net *net, const sg_net_batch *batch, float dropout)
{
    size_t layers = net->config.recurrent_layers;
    float *d_out = net->d_high;
    float *dx = net->d_low;

    backward_heads(net, batch, dropout);
    for (size_t l = layers; l-- > 0;) {
        const float *x = l > 0 ? net->layers[l - 1].out : net->around;
        float *done = d_out;

        backward_recurrent(net, batch, l, x, d_out, dx, dropout);
        d_out = dx;
        dx = done;
        if (l > 0)
            memset(dx, 0, batch->rows * net->config.width * sizeof *dx);
    }
    if (d_out == net->d_high) {
        memcpy(net->d_low, d_out, batch->rows * net->config.width * sizeof *d_out);
        d_out = net->d_low;
    }
    backward_input(net, batch, d_out, dropout);
}

/* ---- one step ------------------------------------------------------------------------------- */

static void update(sg_net *net, size_t words, float rate)
{
    size_t row_size = net->config.row_size;
    float norm = sg_nn_square_sum(net->g, net->layout.total);
    float scale = 1.0f / (float) words;
    float decay;

    for (size_t i = 0; i < net->touched_count; i++)
        norm += sg_nn_square_sum(net->table_g + net->touched_rows[i] * row_size, row_size);
    norm = sqrtf(norm) * scale;
    if (norm > CLIP)
        scale *= CLIP / norm;
    net->steps++;
    rate *= sqrtf(1.0f - powf(0.99f, (float) net->steps)) / (1.0f - powf(0.9f, (float) net->steps));
    sg_nn_adam(net->w, net->g, net->m, net->v, net->layout.total, rate, scale);
    decay = fminf(AVERAGE_DECAY, (1.0f + (float) net->steps) / (10.0f + (float) net->steps));
    for (size_t i = 0; i < net->layout.total; i++)
        net->average[i] += (1.0f - decay) * (net->w[i] - net->average[i]);
    for (size_t i = 0; i < net->touched_count; i++) {
        size_t at = net->touched_rows[i] * row_size;

        sg_nn_adam(net->table + at, net->table_g + at, net->table_m + at, net->table_v + at,
                   row_size, rate, scale);
        net->touched[net->touched_rows[i]] = 0;
    }
    net->touched_count = 0;
    if (net->steps % 16 == 0) { /* the table is large: average it less often, in larger steps */
        float step = 1.0f - powf(decay, 16);

        for (size_t i = 0; i < net->table_rows * row_size; i++)
            net->table_average[i] += step * (net->table[i] - net->table_average[i]);
    }
}

float sg_net_train(sg_net *net, const sg_net_batch *batch, float rate, float dropout,
                   sg_random *random)
{
    size_t words = batch->rows - batch->sentences;
    float loss;

    assert(batch->rows <= SG_NET_MAX_ROWS && "the buffers are of a fixed size");
    turn_all(net);
    forward(net, batch, dropout, random);
    memset(net->d_parts, 0, batch->rows * net->layout.part_size * sizeof(float));
    loss = tag_loss(net, batch);
    loss += arc_loss(net, batch);
    loss += relation_loss(net, batch);
    backward(net, batch, dropout);
    update(net, words, rate);
    return loss / (float) words;
}

static size_t best_of(const float *x, size_t n)
{
    size_t best = 0;

    for (size_t i = 1; i < n; i++) {
        if (x[i] > x[best])
            best = i;
    }
    return best;
}

static void decode_sentence(sg_net *net, sg_net_batch *batch, size_t root, size_t n)
{
    uint32_t heads[SG_NET_MAX_SENTENCE + 1];

    score_heads(net, root, n);
    for (size_t i = n + 1; i < (n + 1) * (n + 1); i++)
        net->scores[i] = logf(net->scores[i] + 1e-12f);
    sg_syntax_tree(net->scores, n + 1, n, net->tree, heads);
    for (size_t j = 1; j <= n; j++) {
        sg_net_gold *found = &batch->gold[root + j];
        const float *tags = net->tags + (root + j) * SG_SYNTAX_TAGS;

        found->head = heads[j];
        found->upos = (uint8_t) best_of(tags, SG_UPOS_COUNT);
        found->xpos = (uint8_t) best_of(tags + SG_SYNTAX_XPOS_AT, SG_XPOS_COUNT);
        relation_input(net, root, heads[j], j, j - 1);
    }
    score_relations(net, n);
    for (size_t j = 1; j <= n; j++)
        batch->gold[root + j].deprel =
            (uint8_t) best_of(net->labels + (j - 1) * SG_SYNTAX_RELATIONS, SG_DEPREL_COUNT);
}

void sg_net_decode(sg_net *net, sg_net_batch *batch)
{
    forward(net, batch, 0, NULL);
    for (size_t s = 0; s < batch->sentences; s++)
        decode_sentence(net, batch, batch->first[s], batch->first[s + 1] - batch->first[s] - 1);
}
