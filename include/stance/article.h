#ifndef STANCE_ARTICLE_H
#define STANCE_ARTICLE_H

/* Articles out of files: one path, or standard input, as a sequence of documents.
 * A plain text file or an HTML page is one article; a CSV file, a file of JSON lines and an export
 * of a press archive hold many. The text of a document is what was extracted: of an HTML page the
 * headline and the paragraphs, of a record its title, an empty line and its body. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/document.h"
#include "stance/error.h"
#include "stance/mem.h"

typedef enum sg_article_format {
    SG_ARTICLE_AUTO, /* from the file's ending, and from its first bytes where that says nothing */
    SG_ARTICLE_TEXT,
    SG_ARTICLE_HTML,
    SG_ARTICLE_JSON,    /* JSON lines, one object, or an array of objects */
    SG_ARTICLE_CSV,     /* with a heading line; comma, semicolon or tab */
    SG_ARTICLE_NEXIS,   /* Nexis Uni and LexisNexis, saved as plain text */
    SG_ARTICLE_FACTIVA, /* Factiva, saved as plain text with field codes (HD, PD, LP, TD) */
} sg_article_format;

typedef struct sg_article_options {
    sg_article_format format;
    /* "field=column" for records whose columns have other names than ours: fields are text, title,
     * date, source, author, url, id. Usual other names (body, headline, published, ...) are known.
     */
    const char *const *maps;
    size_t map_count;
    size_t limit; /* largest file in bytes; 0 means SG_ARTICLE_LIMIT */
} sg_article_options;

#define SG_ARTICLE_LIMIT ((size_t) 32 * 1024 * 1024)

#define SG_ARTICLE_OPTIONS_INIT                                                                    \
 {                                                                                                 \
  SG_ARTICLE_AUTO, NULL, 0, 0                                                                      \
 }

typedef struct sg_article_reader sg_article_reader;

/* Opens a file, or standard input for "-". Refuses folders, binary and oversized files, and a
 * file with several articles that has no column for the text. */
SG_MUST_CHECK sg_status sg_article_reader_open(const char *path, const sg_article_options *options,
                                               sg_article_reader **reader_out, sg_error *err);

/* Reads the next article into the arena; *document_out is NULL after the last. The name of a
 * document is the path, with "#" and the record's id or number where the file holds several.
 * An error concerns one article: calling again goes on with the one after it. */
SG_MUST_CHECK sg_status sg_article_reader_next(sg_article_reader *reader, sg_arena *arena,
                                               sg_document **document_out, sg_error *err);

void sg_article_reader_close(sg_article_reader *reader);

/* "text", "html", "json", "csv", "nexis", "factiva" or "auto"; false if it is none of these. */
bool sg_article_format_parse(const char *name, sg_article_format *format_out);
const char *sg_article_format_name(sg_article_format format);

/* ---- near duplicates */

#define SG_SIGNATURE_SIZE 64

/* MinHash signature of the body's five-word sequences. Texts that share much of their wording have
 * signatures that agree in many places. */
void sg_article_signature(const sg_document *document, uint32_t signature_out[SG_SIGNATURE_SIZE]);

/* Estimated share (0 to 1) of five-word sequences that two articles have in common. The same agency
 * copy in two papers gives more than about 0.5. */
double sg_article_similarity(const uint32_t a[SG_SIGNATURE_SIZE],
                             const uint32_t b[SG_SIGNATURE_SIZE]);

#endif
