#ifndef STANCE_ANNOTATION_IO_H
#define STANCE_ANNOTATION_IO_H

/* Annotations as text, for people and for scorers, and documents whose words are given. */

#include <stdio.h>

#include "stance/annotation.h"

/* CoNLL-U (universaldependencies.org/format.html): one word a line, ten columns. */
void sg_annotation_write_conllu(const sg_annotation *annotation, FILE *stream);
/* Word and IOB2 tag of its name. */
void sg_annotation_write_iob2(const sg_annotation *annotation, FILE *stream);
/* One line: {"doc", "entities": [{"start", "end", "type", "confidence"}], "sentences": [{"start",
 * "end", "words": [...]}]}; offsets are code points of the text, ends exclusive. */
void sg_annotation_write_json(const sg_annotation *annotation, FILE *stream);

/* Makes a document of words that are given one a line with a blank line after each sentence: in
 * CoNLL-U (number, form, other columns ignored; lines "3-4 form" are multi-word tokens) or with
 * the form in the first column. Lines with # are left out. Lives in the arena. */
SG_MUST_CHECK sg_status sg_document_read_tokens(const char *name, const char *text, size_t len,
                                                sg_arena *arena, sg_document **document_out,
                                                sg_error *err);

#endif
