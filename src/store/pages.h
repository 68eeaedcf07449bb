#ifndef STANCE_STORE_PAGES_H
#define STANCE_STORE_PAGES_H

/* Pages of an SQLite database, written in order without SQLite (file format document,
 * https://www.sqlite.org/fileformat2.html). Rows of a new database that come by the million with
 * ascending ids need no searching and no sorting of records: each tree is filled from the left,
 * page after page, and what lies above its leaves is written at the end. The tables themselves
 * and everything small are SQLite's own work; see bulk.c.
 *
 *     leaf of a table    rowid and record, rowid and record, ...      ascending by rowid
 *     above it           page and its last rowid, ..., last page
 *     leaf of an index   record, record, ...                          the columns, then the rowid
 *     above it           page and the record behind it, ..., last page */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"

#define SG_PAGE_SIZE 4096U

/* The file: new pages go behind those that are there. */
struct sg_pages {
    int fd;
    int error;     /* errno of the first write that failed; nothing is written after it */
    uint32_t next; /* number of the next new page */
    unsigned char *buffer;
    uint32_t first_buffered;
    uint32_t buffered;
};

/* Checks that the file is laid out as expected; false if it is not, or cannot be read. */
bool sg_pages_open(struct sg_pages *pages, const char *path);
/* Writes what is left and the number of pages, and closes. */
void sg_pages_finish(struct sg_pages *pages);
void sg_pages_clear(struct sg_pages *pages);

/* A row: its values in the order of columns. */
struct sg_record {
    unsigned char types[96];
    size_t types_len;
    unsigned char *body;
    size_t body_len;
    size_t body_room;
};

void sg_record_reset(struct sg_record *record);
void sg_record_add_null(struct sg_record *record);
void sg_record_add_integer(struct sg_record *record, int64_t value);
void sg_record_add_float(struct sg_record *record, double value);
/* NULL is null. */
void sg_record_add_text(struct sg_record *record, const char *text, size_t len);
void sg_record_clear(struct sg_record *record);

/* A table that is empty in the file. Rows come in ascending order of id. */
struct sg_table_tree {
    uint32_t root;
    unsigned char *leaf;
    size_t cells;
    size_t content; /* first byte of the leaf in use by cells */
    int64_t last_id;
    struct sg_tree_child *children;
    size_t count;
    size_t room;
};

void sg_table_tree_init(struct sg_table_tree *tree, uint32_t root);
void sg_table_tree_add(struct sg_table_tree *tree, struct sg_pages *pages, int64_t id,
                       const struct sg_record *record);
void sg_table_tree_finish(struct sg_table_tree *tree, struct sg_pages *pages);
void sg_table_tree_clear(struct sg_table_tree *tree);

/* An index over one column of integers, or over two whose values are below 2^32. Entries come in
 * ascending order of id; the index is written from memory when all are there. */
struct sg_index_tree {
    uint32_t root;
    int columns;
    struct sg_index_entry *entries;
    size_t count;
    size_t room;
    int64_t *null_ids; /* of rows without a value: they come first */
    size_t nulls;
    size_t nulls_room;
};

void sg_index_tree_init(struct sg_index_tree *tree, uint32_t root, int columns);
void sg_index_tree_add(struct sg_index_tree *tree, int64_t key, int64_t id);
void sg_index_tree_add_pair(struct sg_index_tree *tree, int64_t first, int64_t second, int64_t id);
void sg_index_tree_add_null(struct sg_index_tree *tree, int64_t id);
/* Puts the entries in order, once; touches nothing else, so that another thread may do it. */
void sg_index_tree_sort(struct sg_index_tree *tree);
void sg_index_tree_finish(struct sg_index_tree *tree, struct sg_pages *pages);
void sg_index_tree_clear(struct sg_index_tree *tree);

#endif
