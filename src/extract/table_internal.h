#ifndef STANCE_TABLE_INTERNAL_H
#define STANCE_TABLE_INTERNAL_H

/* A small CSV file with a header row, read whole: what codebooks and actor lists are. */

#include <stddef.h>

#include "stance/error.h"
#include "stance/mem.h"

typedef struct sg_table {
    const char *const *columns; /* the names asked for */
    size_t column_count;
    char **cells; /* row by row, one cell per column asked for; "" where the file has none */
    size_t row_count;
} sg_table;

/* Reads `path` into the arena. The first `required` of `columns` must be in the header row (case
 * ignored); other columns of the file are passed over. Cells are trimmed. A semicolon as delimiter
 * and a byte order mark are understood. */
SG_MUST_CHECK sg_status sg_table_read(const char *path, const char *const *columns,
                                      size_t column_count, size_t required, sg_arena *arena,
                                      sg_table *table_out, sg_error *err);

static inline const char *sg_table_cell(const sg_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

#endif
