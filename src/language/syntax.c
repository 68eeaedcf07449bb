#include "language_internal.h"

/* Tags and trees: the network of syntax_internal.h, run over blocks of sentences. The weights are
 * read where the model file is mapped; everything computed lies in a scratch arena of the call, so
 * threads share nothing but the model. */

#include <float.h>
#include <string.h>

#include "stance/map.h"

#include "nn.h"
#include "nn16.h"
#include "syntax_internal.h"

#define SLOPE        0.1f
#define BLOCK_ROWS   384 /* activations of a block stay in the second-level cache */
#define MAX_SENTENCE 256 /* longer ones are cut: the work on one sentence grows with its square */

typedef struct network {
    sg_syntax_config config;
    size_t input_size, part_size;
    sg_nn16_matrix matrices[SG_SYNTAX_MATRICES];
    const float *label_distance;
    const int8_t *table;
    const float *table_scales;
    const int8_t *vectors;
    const float *vector_scales;
    sg_syntax_index index;
} network;

/* Most words of an article come again. What the input layer makes of a word depends on nothing but
 * the word and how it is written, so it is kept: `pool` has the results, `slots` leads to them. */
#define POOL_ROWS  2048
#define CACHE_SIZE 8192 /* slots; a power of two, at least twice the rows */

typedef struct word_cache {
    struct {
        uint64_t key;
        uint32_t row; /* of the pool, plus one; 0: empty */
    } slots[CACHE_SIZE];
    float *pool;
    uint32_t count;
    uint32_t done;                 /* rows of the pool that are computed */
    uint32_t rows[BLOCK_ROWS + 2]; /* of the pool, for each row of the block */
} word_cache;

/* One piece of a sentence: rows first_row (the root) to first_row + count. */
typedef struct piece {
    uint32_t first_word;
    uint32_t count;
    size_t first_row;
    uint32_t sentence;
} piece;

typedef struct work {
    network net;
    sg_annotation *annotation;
    word_cache *cache;
    piece pieces[BLOCK_ROWS / 2 + 1];
    size_t piece_count;
    size_t rows;
    float *in, *start, *around, *u, *below, *above, *tags, *parts, *arcs, *distances;
    int16_t *rounded; /* input of the matrix at hand */
    float *rounded_scales;
    float *head_panels, *scores, *hidden, *labels;
    float *head_log; /* log probability of the chosen head, by row */
    uint32_t *heads;
    void *tree;
} work;

/* ---- opening -------------------------------------------------------------------------------- */

static bool config_is_sound(const sg_syntax_config *c)
{
    return c->vector_size > 0 && c->vector_size <= 512 && c->vector_rows <= 1U << 20 &&
           c->word_rows <= UINT16_MAX && c->row_size % 16 == 0 && c->row_size <= 512 &&
           c->width % 16 == 0 && c->width >= 16 && c->width <= 512 && c->recurrent_layers >= 1 &&
           c->recurrent_layers <= SG_SYNTAX_MAX_LAYERS && c->arc_size % 16 == 0 &&
           c->arc_size >= 16 && c->arc_size <= 512 && c->label_size % 16 == 0 &&
           c->label_size >= 16 && c->label_size <= 512;
}

static sg_status need_sized(const sg_model *model, const char *name, size_t wanted,
                            const void **bytes_out, sg_error *err)
{
    size_t size = 0;
    sg_status status = sg_model_need(model, name, bytes_out, &size, err);

    if (status == SG_OK && size != wanted)
        status = sg_error_set(err, SG_ERR_INPUT,
                              "the language model's section '%s' has a wrong "
                              "size",
                              name);
    return status;
}

static sg_status open_index(const sg_model *model, network *net, sg_error *err)
{
    const void *bytes = NULL;
    size_t size = 0;
    size_t count;
    bool room = false;
    sg_status status = sg_model_need(model, "syntax.index", &bytes, &size, err);

    if (status != SG_OK)
        return status;
    count = size / sizeof(sg_syntax_slot);
    net->index.slots = bytes;
    net->index.mask = count - 1;
    if (count == 0 || (count & (count - 1)) != 0 || count * sizeof(sg_syntax_slot) != size)
        return sg_error_set(err, SG_ERR_INPUT, "the language model's word index has a wrong size");
    for (size_t i = 0; i < count && !room; i++)
        room = net->index.slots[i].mark == 0; /* a look-up ends at an empty slot */
    if (!room)
        return sg_error_set(err, SG_ERR_INPUT, "the language model's word index is full");
    return SG_OK;
}

static sg_status open_matrices(const sg_model *model, network *net, sg_error *err)
{
    sg_syntax_place places[SG_SYNTAX_MATRICES];
    size_t weights = 0, scales = 0;
    size_t count = sg_syntax_places(&net->config, places, &weights, &scales);
    const void *w = NULL;
    const void *s = NULL;
    sg_status status = need_sized(model, "syntax.weights", weights * sizeof(int16_t), &w, err);

    if (status == SG_OK)
        status = need_sized(model, "syntax.scales", scales * sizeof(float), &s, err);
    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        const float *columns = (const float *) s + places[i].scales;

        net->matrices[i] = (sg_nn16_matrix){ (const int16_t *) w + places[i].weights, columns,
                                             columns + places[i].n, places[i].k, places[i].n };
    }
    net->input_size = places[SG_SYNTAX_INPUT].k;
    net->part_size = places[SG_SYNTAX_PART].n;
    net->label_distance =
        (const float *) s + scales - SG_SYNTAX_DISTANCES * (size_t) net->config.label_size;
    return SG_OK;
}

static sg_status network_open(const sg_model *model, network *net, sg_error *err)
{
    const void *bytes = NULL;
    size_t table_rows;
    sg_status status = need_sized(model, "syntax.config", sizeof net->config, &bytes, err);

    if (status != SG_OK)
        return status;
    memcpy(&net->config, bytes, sizeof net->config);
    if (!config_is_sound(&net->config))
        return sg_error_set(err, SG_ERR_INPUT, "the language model's sizes make no sense");
    table_rows = sg_syntax_table_rows(net->config.word_rows);
    status = open_matrices(model, net, err);
    if (status == SG_OK)
        status = need_sized(model, "syntax.table", table_rows * net->config.row_size, &bytes, err);
    net->table = bytes;
    if (status == SG_OK)
        status = need_sized(model, "syntax.table_scales", table_rows * sizeof(float), &bytes, err);
    net->table_scales = bytes;
    if (status == SG_OK)
        status =
            need_sized(model, "syntax.vectors",
                       (size_t) net->config.vector_rows * net->config.vector_size, &bytes, err);
    net->vectors = bytes;
    if (status == SG_OK)
        status = need_sized(model, "syntax.vector_scales", net->config.vector_size * sizeof(float),
                            &bytes, err);
    net->vector_scales = bytes;
    return status == SG_OK ? open_index(model, net, err) : status;
}

static float *floats(sg_arena *arena, size_t count)
{
    return sg_arena_alloc(arena, (count + 16) * sizeof(float));
}

static void work_init(work *w, sg_arena *arena)
{
    const sg_syntax_config *config = &w->net.config;
    size_t rows = BLOCK_ROWS + 2;
    size_t width = config->width;
    size_t widest = 0;

    w->cache = sg_arena_calloc(arena, 1, sizeof *w->cache);
    w->cache->pool = floats(arena, POOL_ROWS * width);
    w->in = floats(arena, rows * w->net.input_size);
    w->start = floats(arena, rows * width);
    w->around = floats(arena, rows * width);
    w->u = floats(arena, rows * width * 3);
    w->below = floats(arena, rows * width);
    w->above = floats(arena, rows * width);
    w->tags = floats(arena, rows * SG_SYNTAX_TAGS);
    w->parts = floats(arena, rows * w->net.part_size);
    w->arcs = floats(arena, rows * config->arc_size);
    w->distances = floats(arena, rows * SG_SYNTAX_DISTANCES);
    for (size_t i = 0; i < SG_SYNTAX_RECURRENT; i++)
        widest = w->net.matrices[i].k > widest ? w->net.matrices[i].k : widest;
    w->rounded = sg_arena_calloc(arena, rows * widest, sizeof *w->rounded);
    w->rounded_scales = floats(arena, rows);
    w->head_panels = floats(arena, (MAX_SENTENCE + 1 + 16) * (size_t) config->arc_size);
    w->scores = floats(arena, (MAX_SENTENCE + 1) * (size_t) (MAX_SENTENCE + 32));
    w->hidden = sg_arena_calloc(arena, rows * config->label_size, sizeof *w->hidden);
    w->labels = floats(arena, rows * SG_SYNTAX_RELATIONS);
    w->head_log = floats(arena, rows);
    w->heads = sg_arena_calloc(arena, rows, sizeof *w->heads);
    w->tree = sg_arena_alloc(arena, sg_syntax_tree_scratch(MAX_SENTENCE));
}

/* ---- words ---------------------------------------------------------------------------------- */

static void read_row(const network *net, const sg_syntax_word *word, float *x)
{
    size_t size = net->config.vector_size;
    size_t row_size = net->config.row_size;
    float *sum = x + net->input_size - row_size;

    memset(x, 0, net->input_size * sizeof *x);
    if (word->vector < net->config.vector_rows)
        sg_nn_scale_bytes(x, net->vectors + (size_t) word->vector * size, net->vector_scales, size);
    for (int i = 0; i < SG_SYNTAX_FEATURES; i++) {
        uint32_t row = word->rows[i];

        if (row != SG_SYNTAX_NO_ROW)
            sg_nn_add_bytes(sum, net->table + (size_t) row * row_size, net->table_scales[row],
                            row_size);
    }
}

/* Place of the key in the cache; new keys get the next row of the pool. */
static uint32_t cache_row(word_cache *cache, uint64_t key, bool *new_out)
{
    size_t at = (size_t) (key >> 20) & (CACHE_SIZE - 1);

    while (cache->slots[at].row != 0 && cache->slots[at].key != key)
        at = (at + 1) & (CACHE_SIZE - 1);
    *new_out = cache->slots[at].row == 0;
    if (*new_out) {
        cache->slots[at].key = key;
        cache->slots[at].row = ++cache->count;
    }
    return cache->slots[at].row - 1;
}

/* Where the input of the next new word goes. */
static float *next_input(work *w)
{
    return w->in + (w->cache->count - 1 - w->cache->done) * w->net.input_size;
}

static void read_root(work *w, size_t row)
{
    sg_syntax_word word;
    bool new = false;

    w->cache->rows[row] = cache_row(w->cache, 0, &new);
    if (new) {
        sg_syntax_look_root(w->net.config.word_rows, &word);
        read_row(&w->net, &word, next_input(w));
    }
}

static void read_word(work *w, size_t row, const char *text, size_t len, bool first,
                      sg_syntax_case sentence_case)
{
    uint64_t seed = (2U * (unsigned) sentence_case + first + 1U) * 0x9e3779b97f4a7c15U;
    sg_syntax_word word;
    bool new = false;

    w->cache->rows[row] = cache_row(w->cache, sg_hash_bytes(text, len, seed) | 1, &new);
    if (new) {
        sg_syntax_look(&w->net.index, w->net.config.word_rows, text, len, first, sentence_case,
                       &word);
        read_row(&w->net, &word, next_input(w));
    }
}

static void read_piece(work *w, const piece *p)
{
    const sg_document *document = w->annotation->document;
    const sg_word *words = document->words + p->first_word;
    bool starts = document->sentences[p->sentence].first_word == p->first_word;
    sg_syntax_case_count capitals = { 0, 0, 0 };
    sg_syntax_case sentence_case;

    for (size_t i = 0; i < p->count; i++)
        sg_syntax_case_add(&capitals, sg_document_at(document, words[i].start),
                           words[i].end - words[i].start);
    sentence_case = sg_syntax_case_of(&capitals);
    read_root(w, p->first_row);
    for (size_t i = 0; i < p->count; i++)
        read_word(w, p->first_row + 1 + i, sg_document_at(document, words[i].start),
                  words[i].end - words[i].start, starts && i == 0, sentence_case);
}

/* ---- layers --------------------------------------------------------------------------------- */

/* Rounds rows of x for matrices with as many inputs as `matrix`. */
static void round_rows(work *w, unsigned matrix, const float *x, size_t rows, size_t x_step)
{
    sg_nn16_round(x, rows, x_step, w->net.matrices[matrix].k, w->rounded, w->rounded_scales);
}

/* y = matrix times the rounded rows from `first` on, which replaces y or is added to it. */
static void multiply(work *w, unsigned matrix, size_t first, size_t rows, bool add, float *y)
{
    const sg_nn16_matrix *m = &w->net.matrices[matrix];

    sg_nn16_multiply(m, w->rounded + first * m->k, w->rounded_scales + first, rows, add, y, m->n);
}

/* The input layer for all rows of the block and, to the right of its last word, one more root. */
static void encode_input(work *w)
{
    word_cache *cache = w->cache;
    size_t width = w->net.config.width;
    size_t fresh;

    if (cache->count + w->rows + 1 > POOL_ROWS) {
        memset(cache->slots, 0, sizeof cache->slots);
        cache->count = cache->done = 0;
    }
    for (size_t i = 0; i < w->piece_count; i++)
        read_piece(w, &w->pieces[i]);
    read_root(w, w->rows);
    fresh = cache->count - cache->done;
    round_rows(w, SG_SYNTAX_INPUT, w->in, fresh, w->net.input_size);
    multiply(w, SG_SYNTAX_INPUT, 0, fresh, false, cache->pool + cache->done * width);
    sg_nn_rectify(cache->pool + cache->done * width, fresh * width, SLOPE);
    cache->done = cache->count;
    for (size_t r = 0; r <= w->rows; r++)
        memcpy(w->start + r * width, cache->pool + cache->rows[r] * width, width * sizeof(float));
}

static void encode_words(work *w)
{
    const network *net = &w->net;
    size_t width = net->config.width;

    encode_input(w);
    round_rows(w, SG_SYNTAX_HERE, w->start, w->rows + 1, width);
    multiply(w, SG_SYNTAX_BEFORE, 0, w->rows - 1, false, w->around + width);
    multiply(w, SG_SYNTAX_HERE, 1, w->rows - 1, true, w->around + width);
    multiply(w, SG_SYNTAX_AFTER, 2, w->rows - 1, true, w->around + width);
    sg_nn_rectify(w->around + width, (w->rows - 1) * width, SLOPE);
    for (size_t i = 0; i < w->piece_count; i++)
        memset(w->around + w->pieces[i].first_row * width, 0, width * sizeof(float));
    sg_nn_add_scaled(w->around, w->start, 1.0f, w->rows * width);
}

static void encode_recurrent(work *w, size_t l, const float *x, float *h)
{
    const network *net = &w->net;
    size_t width = net->config.width;
    size_t half = width / 2;
    ptrdiff_t step = (ptrdiff_t) width;

    multiply(w, SG_SYNTAX_RECURRENT + (unsigned) l, 0, w->rows, false, w->u);
    for (size_t r = 0; r < w->rows; r++) {
        sg_nn_sigmoid(w->u + r * 3 * width + half, width);
        sg_nn_sigmoid(w->u + r * 3 * width + 4 * half, width);
    }
    for (size_t i = 0; i < w->piece_count; i++) {
        size_t first = w->pieces[i].first_row;
        size_t last = first + w->pieces[i].count;

        sg_nn_recur(w->u + first * 3 * width, 3 * step, x + first * width, h + first * width, NULL,
                    step, last - first + 1, half);
        sg_nn_recur(w->u + last * 3 * width + 3 * half, -3 * step, x + last * width + half,
                    h + last * width + half, NULL, -step, last - first + 1, half);
    }
}

static void encode(work *w)
{
    const network *net = &w->net;
    size_t layers = net->config.recurrent_layers;
    size_t width = net->config.width;
    size_t arc = net->config.arc_size;
    const float *x = w->around;
    float *h = w->below;

    encode_words(w);
    for (size_t l = 0; l < layers; l++) {
        round_rows(w, SG_SYNTAX_TAG, x, w->rows, width);
        if (l + 1 == layers)
            multiply(w, SG_SYNTAX_TAG, 0, w->rows, false, w->tags);
        encode_recurrent(w, l, x, h);
        x = h;
        h = h == w->below ? w->above : w->below;
    }
    round_rows(w, SG_SYNTAX_PART, x, w->rows, width);
    multiply(w, SG_SYNTAX_PART, 0, w->rows, false, w->parts);
    sg_nn_rectify(w->parts, w->rows * net->part_size, SLOPE);
    round_rows(w, SG_SYNTAX_ARC, w->parts + arc, w->rows, net->part_size);
    multiply(w, SG_SYNTAX_ARC, 0, w->rows, false, w->arcs);
    multiply(w, SG_SYNTAX_DISTANCE, 0, w->rows, false, w->distances);
}

/* ---- trees ---------------------------------------------------------------------------------- */

/* Head parts of a piece as panels, so that all scores are one product of matrices. */
static void pack_heads(work *w, const piece *p, size_t columns)
{
    size_t arc = w->net.config.arc_size;
    size_t step = w->net.part_size;

    memset(w->head_panels, 0, columns * arc * sizeof(float));
    for (size_t i = 0; i <= p->count; i++) {
        const float *head = w->parts + (p->first_row + i) * step;
        float *panel = w->head_panels + sg_nn_at(arc, 0, i);

        for (size_t k = 0; k < arc; k++)
            panel[k * SG_NN_PANEL] = head[k];
    }
}

static void find_heads(work *w, const piece *p)
{
    size_t arc = w->net.config.arc_size;
    size_t n = p->count;
    size_t step = (n + 1 + SG_NN_PANEL - 1) / SG_NN_PANEL * SG_NN_PANEL;
    uint32_t *heads = w->heads + p->first_row;

    pack_heads(w, p, step);
    sg_nn_multiply(w->arcs + (p->first_row + 1) * arc, n, arc, w->head_panels, NULL, arc, step,
                   w->scores + step, step);
    for (size_t j = 1; j <= n; j++) {
        float *row = w->scores + j * step;
        const float *distance = w->distances + (p->first_row + j) * SG_SYNTAX_DISTANCES;
        float whole;

        for (size_t i = 0; i <= n; i++)
            row[i] += distance[sg_syntax_distance(i, j)];
        row[j] = -1e9f;
        whole = sg_nn_log_sum(row, n + 1);
        for (size_t i = 0; i <= n; i++)
            row[i] -= whole;
    }
    sg_syntax_tree(w->scores, step, n, w->tree, heads);
    for (size_t j = 1; j <= n; j++)
        w->head_log[p->first_row + j] = w->scores[j * step + heads[j]];
}

static void gather_relation(work *w, const piece *p, size_t j)
{
    const network *net = &w->net;
    size_t size = net->config.label_size;
    size_t part = net->part_size;
    size_t at = 2 * (size_t) net->config.arc_size;
    size_t row = p->first_row + j;
    size_t i = w->heads[row];
    float *hidden = w->hidden + row * size;

    memcpy(hidden, w->parts + (p->first_row + i) * part + at, size * sizeof *hidden);
    sg_nn_add_scaled(hidden, w->parts + row * part + at + size, 1.0f, size);
    sg_nn_add_scaled(hidden, net->label_distance + sg_syntax_distance(i, j) * size, 1.0f, size);
}

static void find_trees(work *w)
{
    const network *net = &w->net;
    size_t size = net->config.label_size;

    for (size_t k = 0; k < w->piece_count; k++) {
        find_heads(w, &w->pieces[k]);
        for (size_t j = 1; j <= w->pieces[k].count; j++)
            gather_relation(w, &w->pieces[k], j);
    }
    sg_nn_rectify(w->hidden, w->rows * size, SLOPE);
    round_rows(w, SG_SYNTAX_LABEL, w->hidden, w->rows, size);
    multiply(w, SG_SYNTAX_LABEL, 0, w->rows, false, w->labels);
}

/* ---- results -------------------------------------------------------------------------------- */

static size_t best_of(const float *x, size_t n)
{
    size_t best = 0;

    for (size_t i = 1; i < n; i++) {
        if (x[i] > x[best])
            best = i;
    }
    return best;
}

static uint8_t best_relation(const float *labels, bool root)
{
    size_t best = SG_ROOT;

    if (root) /* the child of the root, and no other word, is in relation root */
        return SG_ROOT;
    for (size_t i = SG_ROOT + 1; i < SG_DEPREL_COUNT; i++) {
        if (best == SG_ROOT || labels[i] > labels[best])
            best = i;
    }
    return (uint8_t) best;
}

static void store_word(const work *w, const piece *p, size_t j)
{
    size_t row = p->first_row + j;
    sg_word_info *info = &w->annotation->words[p->first_word + j - 1];
    const float *tags = w->tags + row * SG_SYNTAX_TAGS;
    const float *labels = w->labels + row * SG_SYNTAX_RELATIONS;
    float sure;

    info->upos = (uint8_t) best_of(tags, SG_UPOS_COUNT);
    info->xpos = (uint8_t) best_of(tags + SG_SYNTAX_XPOS_AT, SG_XPOS_COUNT);
    info->head = w->heads[row] == 0 ? SG_NO_WORD : p->first_word + w->heads[row] - 1;
    info->deprel = best_relation(labels, w->heads[row] == 0);
    sure = w->head_log[row] + labels[info->deprel] - sg_nn_log_sum(labels, SG_DEPREL_COUNT);
    info->confidence = (uint8_t) (255.0f * sg_nn_exp(sure) + 0.5f);
}

/* The later pieces of a sentence that was cut hang from the root of its first. */
static void join_pieces(const sg_annotation *annotation, const sg_sentence *sentence)
{
    uint32_t root = SG_NO_WORD;

    for (uint32_t i = 0; i < sentence->word_count; i++) {
        sg_word_info *info = &annotation->words[sentence->first_word + i];

        if (info->head != SG_NO_WORD)
            continue;
        if (root == SG_NO_WORD) {
            root = sentence->first_word + i;
        } else {
            info->head = root;
            info->deprel = SG_PARATAXIS;
        }
    }
}

static void run_block(work *w)
{
    if (w->piece_count == 0)
        return;
    encode(w);
    find_trees(w);
    for (size_t k = 0; k < w->piece_count; k++) {
        for (size_t j = 1; j <= w->pieces[k].count; j++)
            store_word(w, &w->pieces[k], j);
    }
    w->piece_count = 0;
    w->rows = 0;
}

static void add_piece(work *w, uint32_t sentence, uint32_t first_word, uint32_t count)
{
    if (w->rows + count + 1 > BLOCK_ROWS)
        run_block(w);
    w->pieces[w->piece_count++] = (piece){ first_word, count, w->rows, sentence };
    w->rows += count + 1;
}

sg_status sg_syntax_run(const sg_model *model, sg_annotation *annotation, sg_arena *arena,
                        sg_error *err)
{
    const sg_document *document = annotation->document;
    work *w = sg_arena_calloc(arena, 1, sizeof *w);
    sg_status status = network_open(model, &w->net, err);

    if (status != SG_OK)
        return status;
    w->annotation = annotation;
    work_init(w, arena);
    for (size_t s = 0; s < document->sentence_count; s++) {
        const sg_sentence *sentence = &document->sentences[s];

        for (uint32_t i = 0; i < sentence->word_count; i += MAX_SENTENCE) {
            uint32_t left = sentence->word_count - i;

            add_piece(w, (uint32_t) s, sentence->first_word + i,
                      left < MAX_SENTENCE ? left : MAX_SENTENCE);
        }
    }
    run_block(w);
    for (size_t s = 0; s < document->sentence_count; s++) {
        if (document->sentences[s].word_count > MAX_SENTENCE)
            join_pieces(annotation, &document->sentences[s]);
    }
    return SG_OK;
}
