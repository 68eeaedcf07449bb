#ifndef STANCE_ROWS_H
#define STANCE_ROWS_H

/* Rows out: a result as a table for people, CSV, JSON or JSON lines. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "stance/csv.h"
#include "stance/error.h"
#include "stance/graph.h"
#include "stance/result.h"

typedef enum sg_rows_format {
    SG_ROWS_TABLE,
    SG_ROWS_CSV,
    SG_ROWS_JSON,  /* one array of objects */
    SG_ROWS_JSONL, /* one object per line */
    SG_ROWS_LINE,  /* one "column: value" per line, a blank line between rows */
} sg_rows_format;

struct sg_rows_options {
    sg_rows_format format;
    size_t width; /* columns of the terminal: a table is cut to fit; 0 = do not cut */
    bool color;
    size_t limit; /* rows at most, 0 = all */
    struct sg_csv_options csv;
};

#define SG_ROWS_OPTIONS_INIT                                                                       \
 {                                                                                                 \
  SG_ROWS_TABLE, 0, false, 0, SG_CSV_OPTIONS_INIT                                                  \
 }

/* "table", "csv", "json", "jsonl" or "line". */
SG_MUST_CHECK sg_status sg_rows_format_find(const char *name, sg_rows_format *format_out,
                                            sg_error *err);

/* `graph` prints nodes and relationships; NULL where the result has none. Failed writes show in
 * ferror(stream). */
void sg_rows_write(const sg_result *result, const sg_graph *graph,
                   const struct sg_rows_options *options, FILE *stream);

#endif
