#ifndef STANCE_CSV_H
#define STANCE_CSV_H

/* CSV out: RFC 4180 (CRLF line ends, fields quoted where needed, quotes doubled), plus what
 * spreadsheet programs want. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "stance/error.h"

struct sg_csv_options {
    char delimiter; /* 0: comma */
    bool excel;     /* byte order mark, and a ' before text that would be read as a formula */
};

#define SG_CSV_OPTIONS_INIT                                                                        \
 {                                                                                                 \
  ',', false                                                                                       \
 }

typedef struct sg_csv {
    FILE *stream;
    struct sg_csv_options options;
    size_t field; /* fields written in this row */
} sg_csv;

/* Starts a table on `stream`, which stays the caller's; failed writes show in ferror(). */
void sg_csv_init(sg_csv *csv, FILE *stream, const struct sg_csv_options *options);
void sg_csv_text(sg_csv *csv, const char *text, size_t len);
/* NULL is an empty field. */
void sg_csv_string(sg_csv *csv, const char *text);
/* Numbers, dates and ids: text that is never guarded. */
void sg_csv_plain(sg_csv *csv, const char *text);
void sg_csv_integer(sg_csv *csv, long long number);
void sg_csv_end_row(sg_csv *csv);

#endif
