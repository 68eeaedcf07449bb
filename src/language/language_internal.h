#ifndef STANCE_LANGUAGE_INTERNAL_H
#define STANCE_LANGUAGE_INTERNAL_H

/* What the files of src/language share among themselves and with src/train: the layout of the
 * model file, and the stages that sg_annotate() runs one after the other. */

#include <stddef.h>
#include <stdint.h>

#include "stance/annotation.h"
#include "stance/document.h"
#include "stance/mem.h"
#include "stance/model.h"

/* ---- the model file ---------------------------------------------------------------------
 *
 *   header (64 bytes) | table: one entry a section | sections, each 64-byte aligned
 *
 * Numbers are in the byte order of the machine that trained; `endian` tells whether it was this
 * one. `checksum` covers everything after the header. The section "description" is text. */

#define SG_MODEL_MAGIC        "stancemd"
#define SG_MODEL_VERSION      1
#define SG_MODEL_ENDIAN       0x01020304U
#define SG_MODEL_ALIGN        64
#define SG_MODEL_NAME_SIZE    48
#define SG_MODEL_MAX_SECTIONS 256
#define SG_MODEL_DESCRIPTION  "description"

typedef struct sg_model_header {
    char magic[8];
    uint32_t version;
    uint32_t endian;
    uint64_t file_size;
    uint64_t checksum;
    uint32_t section_count;
    uint32_t reserved[7];
} sg_model_header;

typedef struct sg_model_entry {
    char name[SG_MODEL_NAME_SIZE]; /* zero-terminated, zero-padded */
    uint64_t offset;               /* from the start of the file */
    uint64_t size;
} sg_model_entry;

/* 64-bit checksum of bytes; the length need not be a multiple of anything. */
uint64_t sg_model_checksum(const void *bytes, size_t len);

/* Sections in file order; `name_out` is borrowed until close. */
size_t sg_model_section_count(const sg_model *model);
const void *sg_model_section_at(const sg_model *model, size_t i, const char **name_out,
                                size_t *size_out);

/* ---- tag numbers ----------------------------------------------------------------------- */

#define SG_XPOS_COUNT 50

/* Penn tags that code asks for by name; the rest are only printed. */
enum {
    SG_XPOS_CD = 10,
    SG_XPOS_IN = 16,
    SG_XPOS_JJ = 17,
    SG_XPOS_JJR = 18,
    SG_XPOS_JJS = 19,
    SG_XPOS_MD = 21,
    SG_XPOS_NN = 23,
    SG_XPOS_NNP = 24,
    SG_XPOS_NNPS = 25,
    SG_XPOS_NNS = 26,
    SG_XPOS_POS = 28,
    SG_XPOS_PRP = 29,
    SG_XPOS_PRP_POSS = 30,
    SG_XPOS_RBR = 32,
    SG_XPOS_RBS = 33,
    SG_XPOS_TO = 36,
    SG_XPOS_VB = 38,
    SG_XPOS_VBD = 39,
    SG_XPOS_VBG = 40,
    SG_XPOS_VBN = 41,
    SG_XPOS_VBP = 42,
    SG_XPOS_VBZ = 43,
    SG_XPOS_WP_POSS = 46,
    SG_XPOS_XX = 48,
};

/* Numbers of names as corpora write them. Unknown names give SG_X, SG_XPOS_XX and SG_DEP; a
 * relation with a subtype that has no number of its own gives the relation without it. */
uint8_t sg_upos_find(const char *name);
uint8_t sg_xpos_find(const char *name);
uint8_t sg_deprel_find(const char *name);

/* ---- the stages of sg_annotate(), in order ------------------------------------------------ */

/* Fills upos, xpos, head, deprel and confidence of every word. */
SG_MUST_CHECK sg_status sg_syntax_run(const sg_model *model, sg_annotation *annotation,
                                      sg_arena *arena, sg_error *err);
/* Fills lemma, which the tags of the word decide on. */
SG_MUST_CHECK sg_status sg_lemma_run(const sg_model *model, sg_annotation *annotation,
                                     sg_arena *arena, sg_error *err);
/* Fills features, from tags, words and trees. */
void sg_features_run(sg_annotation *annotation, sg_arena *arena);
/* Fills entities, in `arena`. */
SG_MUST_CHECK sg_status sg_names_run(const sg_model *model, sg_annotation *annotation,
                                     sg_arena *arena, sg_arena *scratch, sg_error *err);

/* The section `name`, or an error that says what the model lacks. */
SG_MUST_CHECK sg_status sg_model_need(const sg_model *model, const char *name,
                                      const void **bytes_out, size_t *size_out, sg_error *err);

#endif
