#ifndef STANCE_GRAPH_IMAGE_H
#define STANCE_GRAPH_IMAGE_H

/* The image of a graph: one block of bytes, the same in memory and in its file, used as it lies.
 *
 *     header | directory: groups, types, columns, labels of groups, symbol names | body
 *
 * Nodes with the same labels form a group and have consecutive handles, ascending by id; a label
 * is therefore a few ranges, and a column of properties belongs to one group. Relationships of
 * one type have consecutive handles, sorted by source, then target: the handle of a relationship
 * is its place in the outgoing adjacency, so that direction needs no handles at all. Incoming
 * adjacency is sorted by target, then source, and carries them.
 *
 *     type T:  sources[r] targets[r]               by handle, r - first_rel
 *              out_starts[n - source_first]        first place of a source, one more at the end
 *              in_starts[n - target_first]         first place in in_sources and in_rels
 *
 * Columns keep one code per row: a number counted from `base`, or a place in a sorted dictionary,
 * so that codes compare as their values do. All numbers are in the byte order of the machine that
 * wrote the file; another one builds its own. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/graph.h"
#include "stance/mem.h"
#include "stance/value.h"

#define IMAGE_MAGIC   "stanceim"
#define IMAGE_VERSION 1U
#define IMAGE_ENDIAN  0x01020304U
#define IMAGE_ALIGN   64U

typedef struct image_header {
    char magic[8];
    uint32_t version;
    uint32_t endian;
    uint64_t checksum; /* of header and directory, with this field 0 */
    uint64_t directory_size;
    uint64_t file_size;
    uint64_t body_checksum;
    int64_t stamp; /* modification time in seconds the writer gave the file */
    int64_t store_seq;
    uint64_t store_hash;
    int64_t max_node_id;
    int64_t max_rel_id;
    uint32_t node_count;
    uint32_t rel_count;
    uint32_t group_count;
    uint32_t type_count;
    uint32_t column_count;
    uint32_t label_places; /* labels of all groups together */
    uint32_t symbol_count[3];
    uint32_t quote_key; /* symbols of `quote`, `start` and `end`, or SG_NO_SYMBOL */
    uint32_t start_key;
    uint32_t end_key;
    uint32_t unused;
    uint64_t groups; /* offsets from the start of the file */
    uint64_t types;
    uint64_t columns;
    uint64_t labels;
    uint64_t symbols; /* lengths (32 bits) of all symbols, then their bytes */
} image_header;

typedef enum column_form {
    FORM_NONE,
    FORM_INTEGER,    /* base + code */
    FORM_BOOLEAN,    /* code */
    FORM_DATE,       /* base + code days */
    FORM_FLOAT,      /* the code is the number's bits */
    FORM_FLOAT_CODE, /* code of a sorted dictionary of numbers */
    FORM_STRING,     /* code of a sorted dictionary of strings */
    FORM_VALUE,      /* code of a dictionary of encoded values (see value_code.c) */
    FORM_NODE,       /* the code is a node */
    FORM_COUNT
} column_form;

typedef enum column_presence {
    PRESENT_ALL,    /* a code for each row */
    PRESENT_BITMAP, /* a code for each row, and a bit that says whether it counts */
    PRESENT_ROWS,   /* sorted row numbers, a code for each of them */
} column_presence;

/* How the rows with a given code are found. */
typedef enum column_order {
    ORDER_NONE,      /* by going over all codes */
    ORDER_ASCENDING, /* codes ascend */
    ORDER_INDEX,     /* `index` lists the places of codes in ascending order of code */
} column_order;

typedef struct image_column {
    uint32_t key;
    uint8_t form;
    uint8_t width; /* bytes of a code: 0 (the code is the row number), 1, 2, 4 or 8 */
    uint8_t presence;
    uint8_t order;
    uint32_t rows; /* of the group or type */
    uint32_t codes_count;
    int64_t base;
    uint64_t codes;
    uint64_t presence_at; /* bitmap in 64-bit words, or 32-bit row numbers */
    uint64_t dictionary;  /* 32-bit starts (one more than entries), or numbers */
    uint64_t bytes;       /* of the dictionary's strings */
    uint64_t bytes_size;
    uint64_t index; /* 32-bit places */
    uint32_t dictionary_count;
    uint32_t unused_too;
} image_column;

typedef struct image_group {
    uint32_t first_node;
    uint32_t node_count;
    uint32_t first_label; /* in the list of labels, ascending */
    uint32_t label_count;
    uint32_t first_column; /* ascending by key */
    uint32_t column_count;
    image_column ids;
} image_group;

typedef struct image_type { /* at the place of its symbol */
    uint32_t unused_too;
    uint32_t first_rel;
    uint32_t rel_count;
    uint32_t source_first; /* nodes that can be sources: a range */
    uint32_t source_count;
    uint32_t target_first;
    uint32_t target_count;
    uint32_t first_column;
    uint32_t column_count;
    uint32_t unused;
    uint64_t sources;
    uint64_t targets;
    uint64_t out_starts;
    uint64_t in_starts;
    uint64_t in_sources;
    uint64_t in_rels;
    image_column ids;
    image_column quotes; /* Article nodes whose text holds the quote from `start` to `end` */
} image_type;

typedef struct image {
    const unsigned char *bytes;
    size_t size;
    bool mapped; /* else on the heap */
    const image_header *header;
    const image_group *groups;
    const image_type *types;
    const image_column *columns;
    const uint32_t *labels;
} image;

/* ---- reading (image_read.c) ---- */
/* Takes over `bytes` (from sg_malloc, or mapped) when it succeeds. Checks everything that is
 * checked only once; false when it is no image that this program can use. */
bool image_init(image *im, const unsigned char *bytes, size_t size, bool mapped);
void image_clear(image *im);
/* Checks the whole body against its checksum. */
bool image_body_is_sound(const image *im);
uint64_t image_checksum(const unsigned char *bytes, size_t size);
/* Enters the file's time and the checksum of the directory. */
void image_seal(unsigned char *bytes, int64_t stamp);
/* Enters the state of the store that the image shows, and seals it. */
void image_set_state(unsigned char *bytes, sg_store_state state);
/* Calls `each` for every symbol in order of kind and number. */
void image_symbols(const image *im,
                   void (*each)(void *data, sg_symbol_kind kind, const char *name, size_t len),
                   void *data);

const image_group *image_group_of(const image *im, uint32_t node);
const image_type *image_type_of(const image *im, uint32_t rel);
/* NULL when there are none of the type. */
const image_type *image_type_find(const image *im, sg_symbol type);
bool image_group_has_label(const image *im, const image_group *group, sg_symbol label);

static inline const void *image_at(const image *im, uint64_t offset)
{
    return im->bytes + offset;
}

/* ---- columns (image_column_read.c) ---- */
const image_column *image_node_column(const image *im, const image_group *group, sg_symbol key);
const image_column *image_rel_column(const image *im, const image_type *type, sg_symbol key);
/* False when the row has no value. */
bool column_code(const image *im, const image_column *column, uint32_t row, uint64_t *code_out);
/* Number in a column of numbers without gaps, such as ids. */
int64_t column_integer(const image *im, const image_column *column, uint32_t row);
/* Bytes of dictionary entry `code`; empty when there is no such entry. */
const char *column_bytes(const image *im, const image_column *column, uint64_t code,
                         size_t *len_out);
/* How many codes stand for less than the value, and how many for no more than it; both 0 when the
 * column's codes do not compare with it. */
void column_bounds(const image *im, const image_column *column, sg_value value, uint64_t *below_out,
                   uint64_t *upto_out);
/* Adds `first` + row of every row whose value equals `value`. */
void column_find_rows(const image *im, const image_column *column, sg_value value, uint32_t first,
                      sg_arena *arena, uint32_t **nodes, size_t *count, size_t *room);
/* Row of an id, or UINT32_MAX. Nodes' ids ascend, relationships' do not. */
uint32_t column_find_id(const image *im, const image_column *ids, int64_t id, bool ascending);
/* Value for a code; what is neither a number nor a string is made in the arena. */
sg_value column_value(const image *im, const image_column *column, uint64_t code, sg_arena *arena);

/* ---- values as bytes (value_code.c) ---- */
void value_encode(sg_value value, sg_strbuf *out);
/* Strings are borrowed from the bytes, everything else is in the arena. Null when damaged. */
sg_value value_decode(const char *bytes, size_t len, sg_arena *arena);

/* ---- building (image_build.c) ---- */
typedef struct image_builder image_builder;

image_builder *image_builder_new(void);
void image_builder_free(image_builder *builder);
/* Names are interned; a label set is given by ascending label symbols. */
sg_symbol image_builder_symbol(image_builder *builder, sg_symbol_kind kind, const char *name,
                               size_t len);
uint32_t image_builder_group(image_builder *builder, const sg_symbol *labels, size_t count);
/* Nodes come in ascending order of id, before the relationships. Properties belong to the last
 * node or relationship; a later value of the same key is ignored. */
void image_builder_node(image_builder *builder, uint32_t group, int64_t id);
void image_builder_node_property(image_builder *builder, sg_symbol key, sg_value value);
/* SG_NO_ENTITY when there is none with this id. */
uint32_t image_builder_find_node(image_builder *builder, int64_t id);
/* False when an end is not there. */
bool image_builder_rel(image_builder *builder, sg_symbol type, int64_t id, int64_t source,
                       int64_t target);
void image_builder_rel_property(image_builder *builder, sg_symbol key, sg_value value);
/* Property `date` of a statement, from its day. */
void image_builder_rel_day(image_builder *builder, sg_symbol key, int32_t day);
/* Property `quote` is the article's text from `start` to `end`, unless it is given itself. */
void image_builder_rel_quote(image_builder *builder, uint32_t article);
/* The finished image, on the heap; the builder is used up. NULL when the graph is too large for
 * 32-bit handles. */
unsigned char *image_builder_finish(image_builder *builder, size_t *size_out);

#endif
