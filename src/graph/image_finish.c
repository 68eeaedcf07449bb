#include <string.h>

#include "image_build.h"

/* Putting the image together: relationships are sorted, sections written one after the other, and
 * the directory, for which room was left, is filled in last. */

/* ---- adjacency ---- */
/* Places of each relationship when ordered by `ends`, equal ones kept in the order given; `order`
 * (NULL: as they come) is the order so far. Counting sort over the range of ends. */
static uint32_t *order_by_end(const uint32_t *ends, const uint32_t *order, uint32_t count,
                              uint32_t first, uint32_t range)
{
    uint32_t *starts = sg_calloc((size_t) range + 1, sizeof *starts);
    uint32_t *sorted = sg_reallocarray(NULL, (size_t) count + 1, sizeof *sorted);
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        starts[ends[i] - first]++;
    for (uint32_t i = 0; i < range; i++) {
        uint32_t n = starts[i];

        starts[i] = sum;
        sum += n;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t rel = order == NULL ? i : order[i];

        sorted[starts[ends[rel] - first]++] = rel;
    }
    sg_free(starts);
    return sorted;
}

static void range_of(const uint32_t *ends, uint32_t count, uint32_t *first_out, uint32_t *range_out)
{
    uint32_t low = UINT32_MAX, high = 0;

    for (uint32_t i = 0; i < count; i++) {
        low = ends[i] < low ? ends[i] : low;
        high = ends[i] > high ? ends[i] : high;
    }
    *first_out = count == 0 ? 0 : low;
    *range_out = count == 0 ? 0 : high - low + 1;
}

/* First place of each end in [first, first + range), and the number of all at last. */
static uint64_t write_starts(const uint32_t *ends, uint32_t count, uint32_t first, uint32_t range,
                             image_sink *sink)
{
    uint64_t section = sink_section(sink, ((size_t) range + 1) * sizeof(uint32_t));
    uint32_t *starts = sink_at(sink, section);

    for (uint32_t i = 0; i < count; i++)
        starts[ends[i] - first + 1]++;
    for (uint32_t i = 0; i < range; i++)
        starts[i + 1] += starts[i];
    return section;
}

static uint64_t write_gathered(const uint32_t *ends, const uint32_t *order, uint32_t count,
                               image_sink *sink)
{
    uint64_t section = sink_section(sink, (size_t) count * sizeof(uint32_t));
    uint32_t *out = sink_at(sink, section);

    for (uint32_t i = 0; i < count; i++)
        out[i] = ends[order[i]];
    return section;
}

/* Returns the order of relationships in the image. */
static uint32_t *write_adjacency(const row_set *set, image_type *type, image_sink *sink)
{
    uint32_t n = set->rows;
    uint32_t *by_target, *order, *incoming;

    range_of(set->sources, n, &type->source_first, &type->source_count);
    range_of(set->targets, n, &type->target_first, &type->target_count);
    by_target = order_by_end(set->targets, NULL, n, type->target_first, type->target_count);
    order = order_by_end(set->sources, by_target, n, type->source_first, type->source_count);
    sg_free(by_target);
    type->sources = write_gathered(set->sources, order, n, sink);
    type->targets = write_gathered(set->targets, order, n, sink);
    type->out_starts = write_starts(set->sources, n, type->source_first, type->source_count, sink);
    type->in_starts = write_starts(set->targets, n, type->target_first, type->target_count, sink);

    incoming =
        order_by_end(sink_at(sink, type->targets), NULL, n, type->target_first, type->target_count);
    type->in_sources = sink_section(sink, (size_t) n * sizeof(uint32_t));
    type->in_rels = sink_section(sink, (size_t) n * sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t place = incoming[i];

        ((uint32_t *) sink_at(sink, type->in_rels))[i] = type->first_rel + place;
        ((uint32_t *) sink_at(sink, type->in_sources))[i] =
            ((uint32_t *) sink_at(sink, type->sources))[place];
    }
    sg_free(incoming);
    return order;
}

/* ---- the directory ---- */
static uint32_t count_columns(const row_set *set)
{
    uint32_t count = 0;

    for (size_t i = 0; i < set->columns_count; i++)
        count += set->columns[i] != NULL;
    return count;
}

static size_t symbols_size(const image_builder *builder)
{
    size_t size = 0;

    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        for (size_t i = 0; i < sg_map_size(builder->symbols[kind]); i++) {
            size_t len;

            (void) sg_map_entry(builder->symbols[kind], i, &len, NULL);
            size += sizeof(uint32_t) + len;
        }
    return size;
}

static void lay_out_directory(const image_builder *builder, image_header *header, image_sink *sink)
{
    memcpy(header->magic, IMAGE_MAGIC, sizeof header->magic);
    header->version = IMAGE_VERSION;
    header->endian = IMAGE_ENDIAN;
    header->group_count = (uint32_t) builder->group_count;
    header->type_count = (uint32_t) builder->type_count;
    for (size_t i = 0; i < builder->group_count; i++) {
        header->column_count += count_columns(&builder->groups[i].set);
        header->label_places += (uint32_t) builder->groups[i].label_count;
    }
    for (size_t i = 0; i < builder->type_count; i++)
        header->column_count += count_columns(&builder->types[i]);
    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        header->symbol_count[kind] = (uint32_t) sg_map_size(builder->symbols[kind]);
    (void) sink_section(sink, sizeof *header);
    header->groups = sink_section(sink, header->group_count * sizeof(image_group));
    header->types = sink_section(sink, header->type_count * sizeof(image_type));
    header->columns = sink_section(sink, header->column_count * sizeof(image_column));
    header->labels = sink_section(sink, header->label_places * sizeof(uint32_t));
    header->symbols = sink_section(sink, symbols_size(builder));
    header->directory_size = sink->size;
}

static void write_symbols(const image_builder *builder, unsigned char *lengths, size_t count)
{
    unsigned char *bytes = lengths + count * sizeof(uint32_t);

    for (int kind = SG_LABEL; kind <= SG_KEY; kind++)
        for (size_t i = 0; i < sg_map_size(builder->symbols[kind]); i++) {
            size_t len;
            const char *name = sg_map_entry(builder->symbols[kind], i, &len, NULL);
            uint32_t small = (uint32_t) len;

            memcpy(lengths, &small, sizeof small);
            memcpy(bytes, name, len);
            lengths += sizeof small;
            bytes += len;
        }
}

/* ---- groups and types ---- */
static void write_columns(const image_header *header, row_set *set, const uint32_t *place_of,
                          bool indexed, uint32_t first, image_sink *sink)
{
    for (size_t i = 0; i < set->columns_count; i++) {
        image_column column;

        if (set->columns[i] == NULL)
            continue;
        column_encode(set->columns[i], set->rows, place_of, indexed, sink, &column);
        ((image_column *) sink_at(sink, header->columns))[first++] = column;
        column_builder_free(set->columns[i]);
        set->columns[i] = NULL;
    }
}

static void write_group(const image_header *header, group_builder *from, size_t index,
                        uint32_t *first_label, uint32_t *first_column, image_sink *sink)
{
    image_group group = { .first_node = from->first_node,
                          .node_count = from->set.rows,
                          .first_label = *first_label,
                          .label_count = (uint32_t) from->label_count,
                          .first_column = *first_column,
                          .column_count = count_columns(&from->set) };

    for (size_t i = 0; i < from->label_count; i++)
        ((uint32_t *) sink_at(sink, header->labels))[group.first_label + i] = from->labels[i];
    ids_encode(from->set.ids, from->set.rows, NULL, sink, &group.ids);
    write_columns(header, &from->set, NULL, true, group.first_column, sink);
    ((image_group *) sink_at(sink, header->groups))[index] = group;
    *first_label += group.label_count;
    *first_column += group.column_count;
}

static void write_type(const image_header *header, row_set *set, size_t symbol, uint32_t first_rel,
                       uint32_t *first_column, image_sink *sink)
{
    image_type type = { .first_rel = first_rel,
                        .rel_count = set->rows,
                        .first_column = *first_column,
                        .column_count = count_columns(set) };
    uint32_t *order = write_adjacency(set, &type, sink);
    uint32_t *place_of = sg_reallocarray(NULL, (size_t) set->rows + 1, sizeof *place_of);

    for (uint32_t i = 0; i < set->rows; i++)
        place_of[order[i]] = i;
    sg_free(order);
    ids_encode(set->ids, set->rows, place_of, sink, &type.ids);
    write_columns(header, set, place_of, false, type.first_column, sink);
    if (set->quotes != NULL)
        column_encode(set->quotes, set->rows, place_of, false, sink, &type.quotes);
    sg_free(place_of);
    ((image_type *) sink_at(sink, header->types))[symbol] = type;
    *first_column += type.column_count;
}

static uint32_t key_symbol(const image_builder *builder, const char *name)
{
    uint64_t symbol = SG_NO_SYMBOL;

    (void) sg_map_find(builder->symbols[SG_KEY], name, strlen(name), &symbol);
    return (uint32_t) symbol;
}

static void finish_header(const image_builder *builder, image_header *header, image_sink *sink)
{
    header->node_count = (uint32_t) builder->node_count;
    header->rel_count = (uint32_t) builder->rel_count;
    header->max_node_id = builder->node_count == 0 ? 0 : builder->node_ids[builder->node_count - 1];
    header->max_rel_id = builder->max_rel_id;
    header->quote_key = key_symbol(builder, "quote");
    header->start_key = key_symbol(builder, "start");
    header->end_key = key_symbol(builder, "end");
    header->file_size = sink->size;
    header->body_checksum = image_checksum(sink->bytes + header->directory_size,
                                           sink->size - (size_t) header->directory_size);
}

unsigned char *image_builder_finish(image_builder *builder, size_t *size_out)
{
    image_header header = { 0 };
    image_sink sink = { 0 };
    uint32_t first_label = 0, first_column = 0, first_rel = 0;

    if (builder->node_count >= UINT32_MAX || builder->rel_count >= UINT32_MAX)
        return NULL;
    (void) image_builder_find_node(builder, 0); /* numbers the nodes */
    lay_out_directory(builder, &header, &sink);
    write_symbols(builder, sink_at(&sink, header.symbols),
                  (size_t) header.symbol_count[0] + header.symbol_count[1] +
                      header.symbol_count[2]);
    for (size_t i = 0; i < builder->group_count; i++)
        write_group(&header, &builder->groups[i], i, &first_label, &first_column, &sink);
    for (size_t i = 0; i < builder->type_count; i++) {
        write_type(&header, &builder->types[i], i, first_rel, &first_column, &sink);
        first_rel += builder->types[i].rows;
    }
    (void) sink_section(&sink, 0);
    finish_header(builder, &header, &sink);
    memcpy(sink.bytes, &header, sizeof header);
    *size_out = sink.size;
    return sink.bytes;
}
