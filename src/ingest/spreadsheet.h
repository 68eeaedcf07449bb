#ifndef STANCE_INGEST_SPREADSHEET_H
#define STANCE_INGEST_SPREADSHEET_H

/* A table as a spreadsheet program saved it: comma, semicolon or tab between the fields, any line
 * ends, UTF-8 with or without byte order mark or UTF-16, and ' before what looked like a formula.
 */

#include "stance/error.h"
#include "stance/mem.h"

struct sg_spreadsheet {
    const char **columns; /* of the first row */
    size_t column_count;
    const char ***rows; /* rows[i][column], never NULL; short rows are filled with "" */
    size_t row_count;
};

/* Everything lives in the arena. */
SG_MUST_CHECK sg_status sg_spreadsheet_parse(const char *bytes, size_t len, sg_arena *arena,
                                             struct sg_spreadsheet *table_out, sg_error *err);
/* Number of the column, or -1. */
int sg_spreadsheet_column(const struct sg_spreadsheet *table, const char *name);

#endif
