#ifndef STANCE_TEXT_ARTICLE_INTERNAL_H
#define STANCE_TEXT_ARTICLE_INTERNAL_H

/* What the readers of the article formats share. Each format's file turns its input into records
 * of fields; article_record.c makes a document of a record. */

#include "stance/article.h"
#include "stance/strbuf.h"

#include "text_internal.h"

typedef enum sg_article_field {
    SG_FIELD_TEXT,
    SG_FIELD_TITLE,
    SG_FIELD_DATE,
    SG_FIELD_SOURCE,
    SG_FIELD_AUTHOR,
    SG_FIELD_URL,
    SG_FIELD_ID,
    SG_FIELD_COUNT
} sg_article_field;

/* UTF-8, zero-terminated, NULL if the record does not have the field. */
typedef struct sg_article_record {
    const char *fields[SG_FIELD_COUNT];
} sg_article_record;

typedef struct sg_csv_rows sg_csv_rows;
typedef struct sg_json_rows sg_json_rows;

struct sg_article_reader {
    char *path;
    sg_article_format format;
    sg_arena *arena;   /* lives as long as the reader */
    const char *bytes; /* the file as it is: SG_ARTICLE_TEXT */
    size_t byte_count;
    const char *text; /* decoded: every other format */
    size_t len;
    size_t at;     /* where the next record begins */
    size_t line;   /* and its line, from 1 */
    size_t number; /* records given so far */
    const char *encoding;
    const char *columns[SG_FIELD_COUNT]; /* from --map, or NULL */
    sg_csv_rows *csv;
    sg_json_rows *json;
};

/* The field that a column called `column` holds: by the reader's own mapping if it has one for that
 * field, else by the usual names. Returns SG_FIELD_COUNT if it is none. */
sg_article_field sg_article_field_of(const sg_article_reader *reader, const char *column);

/* Makes a document of the record; `where` names the record within the file ("line 3"), and is used
 * where it has no id; "" if the file holds one article. */
SG_MUST_CHECK sg_status sg_article_record_read(const sg_article_reader *reader,
                                               const sg_article_record *record, const char *where,
                                               sg_arena *arena, sg_document **document_out,
                                               sg_error *err);

/* Each reads the next article of its format; *document_out is NULL at the end. */
SG_MUST_CHECK sg_status sg_article_json_next(sg_article_reader *reader, sg_arena *arena,
                                             sg_document **document_out, sg_error *err);
SG_MUST_CHECK sg_status sg_article_csv_next(sg_article_reader *reader, sg_arena *arena,
                                            sg_document **document_out, sg_error *err);
SG_MUST_CHECK sg_status sg_article_html_next(sg_article_reader *reader, sg_arena *arena,
                                             sg_document **document_out, sg_error *err);
SG_MUST_CHECK sg_status sg_article_archive_next(sg_article_reader *reader, sg_arena *arena,
                                                sg_document **document_out, sg_error *err);

SG_MUST_CHECK sg_status sg_article_csv_open(sg_article_reader *reader, sg_error *err);
SG_MUST_CHECK sg_status sg_article_json_open(sg_article_reader *reader, sg_error *err);
void sg_article_csv_close(sg_csv_rows *rows);
void sg_article_json_close(sg_json_rows *rows);

#endif
