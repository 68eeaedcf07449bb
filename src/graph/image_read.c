#include <string.h>
#include <sys/mman.h>

#include "image.h"

/* Opening an image: the header and directory are checked whole, once; what they promise about the
 * body (places, sizes, counts) must fit into the file. Single numbers in the body are checked
 * where they are used, so that no file can lead outside of it. */

/* ---- checksum: four lanes of multiply and rotate, after XXH64 by Yann Collet ---- */
#define PRIME_1 0x9E3779B185EBCA87U
#define PRIME_2 0xC2B2AE3D27D4EB4FU

static uint64_t mix(uint64_t lane, const unsigned char *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    lane += word * PRIME_2;
    lane = lane << 31 | lane >> 33;
    return lane * PRIME_1;
}

uint64_t image_checksum(const unsigned char *bytes, size_t size)
{
    uint64_t lanes[4] = { PRIME_1 + PRIME_2, PRIME_2, 0, 0 - PRIME_1 };
    uint64_t sum = size * PRIME_1;
    size_t at = 0;

    for (; at + 32 <= size; at += 32)
        for (size_t lane = 0; lane < 4; lane++)
            lanes[lane] = mix(lanes[lane], bytes + at + 8 * lane);
    for (size_t lane = 0; lane < 4; lane++) {
        sum = (sum ^ lanes[lane]) * PRIME_1;
        sum ^= sum >> 29;
    }
    for (; at < size; at++)
        sum = (sum ^ bytes[at]) * PRIME_2;
    return sum ^ sum >> 32;
}

static uint64_t directory_checksum(const unsigned char *bytes, size_t size)
{
    image_header header;
    uint64_t sum;

    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    sum = image_checksum((const unsigned char *) &header, sizeof header);
    return sum ^ image_checksum(bytes + sizeof header, size - sizeof header);
}

void image_set_state(unsigned char *bytes, sg_store_state state)
{
    image_header header;

    memcpy(&header, bytes, sizeof header);
    header.store_seq = state.seq;
    header.store_hash = state.hash;
    memcpy(bytes, &header, sizeof header);
    image_seal(bytes, 0);
}

void image_seal(unsigned char *bytes, int64_t stamp)
{
    image_header *header = (image_header *) (void *) bytes;

    header->stamp = stamp;
    header->checksum = directory_checksum(bytes, (size_t) header->directory_size);
}

bool image_body_is_sound(const image *im)
{
    size_t start = (size_t) im->header->directory_size;

    return image_checksum(im->bytes + start, im->size - start) == im->header->body_checksum;
}

/* ---- promises about places ---- */
static bool fits(uint64_t limit, uint64_t offset, uint64_t count, uint64_t size)
{
    return offset % IMAGE_ALIGN == 0 && offset <= limit && count <= (limit - offset) / size;
}

static bool header_is_sound(const unsigned char *bytes, size_t size)
{
    image_header header;

    if (size < sizeof header)
        return false;
    memcpy(&header, bytes, sizeof header);
    return memcmp(header.magic, IMAGE_MAGIC, sizeof header.magic) == 0 &&
           header.version == IMAGE_VERSION && header.endian == IMAGE_ENDIAN &&
           header.file_size == size && header.directory_size >= sizeof header &&
           header.directory_size <= size &&
           header.checksum == directory_checksum(bytes, (size_t) header.directory_size);
}

static bool directory_is_sound(const image_header *h)
{
    uint64_t limit = h->directory_size;
    uint64_t symbols = (uint64_t) h->symbol_count[0] + h->symbol_count[1] + h->symbol_count[2];

    return fits(limit, h->groups, h->group_count, sizeof(image_group)) &&
           fits(limit, h->types, h->type_count, sizeof(image_type)) &&
           fits(limit, h->columns, h->column_count, sizeof(image_column)) &&
           fits(limit, h->labels, h->label_places, sizeof(uint32_t)) &&
           fits(limit, h->symbols, symbols, sizeof(uint32_t)) &&
           h->type_count <= h->symbol_count[SG_REL_TYPE] && h->node_count < UINT32_MAX &&
           h->rel_count < UINT32_MAX;
}

static bool symbols_are_sound(const image *im)
{
    const image_header *h = im->header;
    uint64_t count = (uint64_t) h->symbol_count[0] + h->symbol_count[1] + h->symbol_count[2];
    const uint32_t *lengths = image_at(im, h->symbols);
    uint64_t size = count * sizeof *lengths;

    for (uint64_t i = 0; i < count; i++)
        size += lengths[i];
    return size <= h->directory_size - h->symbols;
}

static bool presence_is_sound(const image *im, const image_column *c)
{
    uint64_t words = ((uint64_t) c->rows + 63) / 64;

    switch ((column_presence) c->presence) {
    case PRESENT_ALL:
        return c->codes_count == c->rows;
    case PRESENT_BITMAP:
        return c->codes_count == c->rows && fits(im->size, c->presence_at, words, 8);
    case PRESENT_ROWS:
        return c->codes_count <= c->rows && fits(im->size, c->presence_at, c->codes_count, 4);
    }
    return false;
}

static bool dictionary_is_sound(const image *im, const image_column *c)
{
    if (c->form == FORM_STRING || c->form == FORM_VALUE)
        return fits(im->size, c->dictionary, (uint64_t) c->dictionary_count + 1, 4) &&
               fits(im->size, c->bytes, c->bytes_size, 1);
    return c->form != FORM_FLOAT_CODE || fits(im->size, c->dictionary, c->dictionary_count, 8);
}

static bool column_is_sound(const image *im, const image_column *c, uint32_t rows)
{
    bool width_known = c->width == 1 || c->width == 2 || c->width == 4 || c->width == 8 ||
                       (c->width == 0 && c->form == FORM_INTEGER);

    return c->form > FORM_NONE && c->form < FORM_COUNT && width_known && c->rows == rows &&
           fits(im->size, c->codes, c->width == 0 ? 0 : c->codes_count,
                c->width == 0 ? 1 : c->width) &&
           presence_is_sound(im, c) && dictionary_is_sound(im, c) && c->order <= ORDER_INDEX &&
           (c->order != ORDER_INDEX || fits(im->size, c->index, c->codes_count, 4));
}

static bool columns_are_sound(const image *im, uint32_t first, uint32_t count, uint32_t rows)
{
    if (first > im->header->column_count || count > im->header->column_count - first)
        return false;
    for (uint32_t i = first; i < first + count; i++)
        if (!column_is_sound(im, &im->columns[i], rows) ||
            im->columns[i].key >= im->header->symbol_count[SG_KEY] ||
            (i > first && im->columns[i].key <= im->columns[i - 1].key))
            return false;
    return true;
}

static bool ids_are_sound(const image *im, const image_column *ids, uint32_t rows)
{
    return column_is_sound(im, ids, rows) && ids->form == FORM_INTEGER &&
           ids->presence == PRESENT_ALL;
}

static bool groups_are_sound(const image *im)
{
    const image_header *h = im->header;
    uint64_t next = 0;

    for (uint32_t i = 0; i < h->group_count; i++) {
        const image_group *g = &im->groups[i];

        if (g->first_node != next || g->first_label > h->label_places ||
            g->label_count > h->label_places - g->first_label ||
            !columns_are_sound(im, g->first_column, g->column_count, g->node_count) ||
            !ids_are_sound(im, &g->ids, g->node_count))
            return false;
        next += g->node_count;
    }
    for (uint32_t i = 0; i < h->label_places; i++)
        if (im->labels[i] >= h->symbol_count[SG_LABEL])
            return false;
    return next == h->node_count;
}

static bool adjacency_is_sound(const image *im, const image_type *t)
{
    uint64_t nodes = im->header->node_count;

    return (uint64_t) t->source_first + t->source_count <= nodes &&
           (uint64_t) t->target_first + t->target_count <= nodes &&
           fits(im->size, t->sources, t->rel_count, 4) &&
           fits(im->size, t->targets, t->rel_count, 4) &&
           fits(im->size, t->in_sources, t->rel_count, 4) &&
           fits(im->size, t->in_rels, t->rel_count, 4) &&
           fits(im->size, t->out_starts, (uint64_t) t->source_count + 1, 4) &&
           fits(im->size, t->in_starts, (uint64_t) t->target_count + 1, 4);
}

static bool types_are_sound(const image *im)
{
    uint64_t next = 0;

    for (uint32_t i = 0; i < im->header->type_count; i++) {
        const image_type *t = &im->types[i];

        if (t->first_rel != next || !adjacency_is_sound(im, t) ||
            !columns_are_sound(im, t->first_column, t->column_count, t->rel_count) ||
            !ids_are_sound(im, &t->ids, t->rel_count) ||
            (t->quotes.form != FORM_NONE && !column_is_sound(im, &t->quotes, t->rel_count)))
            return false;
        next += t->rel_count;
    }
    return next == im->header->rel_count;
}

bool image_init(image *im, const unsigned char *bytes, size_t size, bool mapped)
{
    memset(im, 0, sizeof *im);
    if (!header_is_sound(bytes, size))
        return false;
    im->bytes = bytes;
    im->size = size;
    im->mapped = mapped;
    im->header = (const image_header *) (const void *) bytes;
    if (!directory_is_sound(im->header))
        return false;
    im->groups = image_at(im, im->header->groups);
    im->types = image_at(im, im->header->types);
    im->columns = image_at(im, im->header->columns);
    im->labels = image_at(im, im->header->labels);
    return symbols_are_sound(im) && groups_are_sound(im) && types_are_sound(im);
}

void image_clear(image *im)
{
    union {
        const unsigned char *in;
        void *out;
    } bytes = { .in = im->bytes };

    if (im->bytes == NULL)
        return;
    if (im->mapped)
        (void) munmap(bytes.out, im->size);
    else
        sg_free(bytes.out);
    im->bytes = NULL;
}

void image_symbols(const image *im,
                   void (*each)(void *data, sg_symbol_kind kind, const char *name, size_t len),
                   void *data)
{
    const uint32_t *counts = im->header->symbol_count;
    const uint32_t *lengths = image_at(im, im->header->symbols);
    const char *names = (const char *) (lengths + counts[0] + counts[1] + counts[2]);

    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        for (uint32_t i = 0; i < counts[kind]; i++) {
            each(data, (sg_symbol_kind) kind, names, *lengths);
            names += *lengths++;
        }
}

/* ---- finding the part that a handle belongs to ---- */
const image_group *image_group_of(const image *im, uint32_t node)
{
    uint32_t low = 0, high = im->header->group_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (im->groups[middle].first_node <= node)
            low = middle;
        else
            high = middle;
    }
    return &im->groups[low];
}

const image_type *image_type_of(const image *im, uint32_t rel)
{
    uint32_t low = 0, high = im->header->type_count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (im->types[middle].first_rel <= rel)
            low = middle;
        else
            high = middle;
    }
    return &im->types[low];
}

const image_type *image_type_find(const image *im, sg_symbol type)
{
    return type < im->header->type_count && im->types[type].rel_count > 0 ? &im->types[type] : NULL;
}

bool image_group_has_label(const image *im, const image_group *group, sg_symbol label)
{
    for (uint32_t i = 0; i < group->label_count; i++)
        if (im->labels[group->first_label + i] == label)
            return true;
    return false;
}
