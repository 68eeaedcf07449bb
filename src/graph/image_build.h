#ifndef STANCE_GRAPH_IMAGE_BUILD_H
#define STANCE_GRAPH_IMAGE_BUILD_H

/* What the files that build an image share: rows as they come in, and the bytes as they go out. */

#include "stance/map.h"

#include "image.h"

/* A column as it comes in: one 64-bit code per value. */
typedef struct column_builder {
    sg_symbol key;
    column_form form;
    uint64_t *codes; /* numbers as they are, places in `dictionary` in order of arrival */
    size_t count;
    size_t codes_room;
    uint32_t *rows; /* NULL while every row had a value */
    size_t rows_room;
    uint32_t last_row;
    sg_map *dictionary;
    struct day_cache *days;
} column_builder;

/* A label group or a relationship type as it comes in. */
typedef struct row_set {
    uint32_t rows;
    int64_t *ids;
    size_t ids_room;
    uint32_t *sources; /* handles; types only */
    size_t sources_room;
    uint32_t *targets;
    size_t targets_room;
    column_builder **columns; /* by key symbol, NULL where there is none */
    size_t columns_count;
    size_t columns_room;
    column_builder *quotes;
} row_set;

typedef struct group_builder {
    row_set set;
    sg_symbol *labels;
    size_t label_count;
    uint32_t first_node;
} group_builder;

struct image_builder {
    sg_map *symbols[3];
    sg_map *group_ids; /* by the bytes of their label symbols */
    group_builder *groups;
    size_t group_count;
    size_t groups_room;
    row_set *types; /* by type symbol */
    size_t type_count;
    size_t types_room;
    row_set *last;     /* set of the last node or relationship */
    int64_t *node_ids; /* ascending */
    size_t node_count;
    size_t node_ids_room;
    uint32_t *node_groups;
    size_t node_groups_room;
    uint32_t *node_rows;
    size_t node_rows_room;
    uint32_t *handles; /* by id - node_ids[0] when ids are dense, else by place in node_ids */
    bool dense;
    size_t rel_count;
    int64_t max_rel_id;
    sg_strbuf scratch;
};

/* ---- bytes going out ---- */
typedef struct image_sink {
    unsigned char *bytes;
    size_t size;
    size_t room;
} image_sink;

/* Adds a zeroed section and returns its offset. Pointers into the sink end with the next one. */
uint64_t sink_section(image_sink *sink, size_t size);

static inline void *sink_at(image_sink *sink, uint64_t offset)
{
    return sink->bytes + offset;
}

/* Writes a column. `place_of` gives the final row of each row that came in; NULL: the same. */
void column_encode(const column_builder *column, uint32_t rows, const uint32_t *place_of,
                   bool indexed, image_sink *sink, image_column *out);
/* Ids of a group or type in final order. */
void ids_encode(const int64_t *ids, uint32_t rows, const uint32_t *place_of, image_sink *sink,
                image_column *out);
/* Places 0..count-1 in ascending order of code, equal ones in order of place; sg_free() it. */
uint32_t *sort_places(const uint64_t *codes, size_t count);

void column_builder_free(column_builder *column);

#endif
