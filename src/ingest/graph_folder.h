#ifndef STANCE_INGEST_GRAPH_FOLDER_H
#define STANCE_INGEST_GRAPH_FOLDER_H

/* What the files that import a folder of CSV files share. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/map.h"
#include "stance/mem.h"
#include "stance/strbuf.h"
#include "stance/value.h"

/* ---- records (csv_scan.c) ---- */
typedef struct csv_field {
    const char *text;
    size_t len;
} csv_field;

typedef struct csv_scan {
    const char *path;
    const char *data; /* mapped */
    size_t size;
    size_t at;
    size_t line; /* of the last record, from 1 */
    size_t next_line;
    sg_arena *unquoted; /* fields that had quotes to take away; reset with each record */
    csv_field *fields;
    size_t field_count;
    size_t fields_room;
} csv_scan;

SG_MUST_CHECK sg_status csv_scan_open(csv_scan *scan, const char *path, sg_error *err);
void csv_scan_close(csv_scan *scan);
/* Next record that is not empty into fields; false at the end, or with *status_out when a quote
 * is not closed. Fields are borrowed until the next record. */
bool csv_scan_next(csv_scan *scan, sg_status *status_out, sg_error *err);
void csv_scan_rewind(csv_scan *scan);

/* ---- ids (id_space.c) ---- */
typedef struct id_space id_space;

id_space *id_space_new(void);
void id_space_free(id_space *space);
/* False when the id is there already. */
bool id_space_add(id_space *space, csv_field id, int64_t node);
bool id_space_find(const id_space *space, csv_field id, int64_t *node_out);

/* ---- headers (graph_table.c) ---- */
typedef enum column_role {
    COLUMN_PROPERTY,
    COLUMN_ID,
    COLUMN_LABEL,
    COLUMN_START,
    COLUMN_END,
    COLUMN_TYPE,
    COLUMN_IGNORED,
    COLUMN_DATE, /* of a statement */
    COLUMN_ARTICLE,
    COLUMN_CONFIDENCE,
} column_role;

typedef struct table_column {
    column_role role;
    const char *name;  /* of the property, NULL if it has none */
    const char *space; /* of ids */
    sg_type type;      /* SG_NULL: number if it looks like one */
    bool is_list;
} table_column;

typedef enum table_kind { TABLE_NODES, TABLE_RELS, TABLE_STATEMENTS, TABLE_UNKNOWN } table_kind;

typedef struct graph_table {
    const char *path;
    table_kind kind;
    const char *label; /* after the file; NULL when a column has it */
    const char *type;
    bool is_plain;
    table_column *columns;
    size_t column_count;
} graph_table;

/* Reads the header of a file; everything is in the arena. */
SG_MUST_CHECK sg_status graph_table_read(const char *path, sg_arena *arena, graph_table *table_out,
                                         sg_error *err);
/* Index of the column with a role, or SIZE_MAX. */
size_t graph_table_find(const graph_table *table, column_role role);
/* Value of a field as the column's type; null for an empty one. False when it is no such value. */
bool table_value(const table_column *column, csv_field field, sg_arena *arena, sg_value *value_out);

#endif
