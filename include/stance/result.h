#ifndef STANCE_RESULT_H
#define STANCE_RESULT_H

/* A table of values: what a query or an analysis answers and what export and the command line
 * print. The result owns its cells; node and relationship handles in them belong to the graph
 * that was asked and need it for printing. */

#include <stddef.h>
#include <stdint.h>

#include "stance/value.h"

typedef struct sg_result sg_result;

/* Column names are copied. */
sg_result *sg_result_new(const char *const *columns, size_t column_count);
void sg_result_free(sg_result *result);
size_t sg_result_columns(const sg_result *result);
size_t sg_result_rows(const sg_result *result);
const char *sg_result_column(const sg_result *result, size_t column);
/* Appends a row of sg_result_columns() cells, copied deeply. */
void sg_result_add(sg_result *result, const sg_value *cells);
/* Borrowed until the result is freed. */
sg_value sg_result_cell(const sg_result *result, size_t row, size_t column);
/* Memory for values that are only made for this result. */
sg_arena *sg_result_arena(sg_result *result);

#endif
