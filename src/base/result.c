#include "stance/result.h"

/* Rows stand in chunks so that a large result never moves. */

#define ROWS_PER_CHUNK 256

struct sg_result {
    sg_arena *arena;
    char **columns;
    size_t column_count;
    size_t row_count;
    sg_value **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
};

sg_result *sg_result_new(const char *const *columns, size_t column_count)
{
    sg_result *result = sg_calloc(1, sizeof *result);

    result->arena = sg_arena_new();
    result->column_count = column_count;
    result->columns = sg_arena_calloc(result->arena, column_count, sizeof *result->columns);
    for (size_t i = 0; i < column_count; i++)
        result->columns[i] = sg_arena_strdup(result->arena, columns[i]);
    return result;
}

void sg_result_free(sg_result *result)
{
    if (result == NULL)
        return;
    sg_arena_free(result->arena);
    sg_free(result->chunks);
    sg_free(result);
}

size_t sg_result_columns(const sg_result *result)
{
    return result->column_count;
}

size_t sg_result_rows(const sg_result *result)
{
    return result->row_count;
}

const char *sg_result_column(const sg_result *result, size_t column)
{
    return result->columns[column];
}

void sg_result_add(sg_result *result, const sg_value *cells)
{
    size_t in_chunk = result->row_count % ROWS_PER_CHUNK;
    sg_value *row;

    if (in_chunk == 0) {
        SG_GROW(result->chunks, result->chunk_capacity, result->chunk_count + 1);
        result->chunks[result->chunk_count++] =
            sg_arena_alloc(result->arena, ROWS_PER_CHUNK * result->column_count * sizeof(sg_value));
    }
    row = result->chunks[result->chunk_count - 1] + in_chunk * result->column_count;
    for (size_t i = 0; i < result->column_count; i++)
        row[i] = sg_value_copy(result->arena, cells[i]);
    result->row_count++;
}

sg_value sg_result_cell(const sg_result *result, size_t row, size_t column)
{
    const sg_value *chunk = result->chunks[row / ROWS_PER_CHUNK];

    return chunk[(row % ROWS_PER_CHUNK) * result->column_count + column];
}

sg_arena *sg_result_arena(sg_result *result)
{
    return result->arena;
}
