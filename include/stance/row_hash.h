#ifndef STANCE_ROW_HASH_H
#define STANCE_ROW_HASH_H

/* Statements in a spreadsheet: the columns of statements.csv, and the hash that tells on import
 * whether a row was edited there and whether the database has changed since it was exported. */

#include <stddef.h>

/* Columns in the order in which they are written. */
#define SG_STATEMENT_COLUMNS                                                                       \
 "statement_id", "article_id", "date", "source", "article_title", "url", "actor_id", "actor",      \
     "actor_type", "actor_role", "target_id", "target", "target_type", "stance", "quote",          \
     "quote_start", "quote_end", "speech", "certainty", "confidence", "status", "origin",          \
     "comment", "row_hash"

/* The fields a person may edit, in the order in which they are hashed; empty text for absent. */
#define SG_EDITABLE_COLUMNS                                                                        \
 "date", "actor", "target", "target_type", "stance", "quote", "speech", "certainty", "confidence", \
     "status", "comment"

#define SG_ROW_HASH_SIZE 13

/* First 12 hexadecimal digits of the SHA-256 of the fields, each ended by byte 0x1F. */
void sg_row_hash(const char *const *fields, size_t count, char out[SG_ROW_HASH_SIZE]);

#endif
