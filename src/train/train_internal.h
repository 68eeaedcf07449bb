#ifndef STANCE_TRAIN_INTERNAL_H
#define STANCE_TRAIN_INTERNAL_H

/* What the stages of stance-train share. A stage reads its corpora, trains, and puts its sections
 * into the writer; main.c has the table of stages. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/model.h"

typedef struct sg_train_options {
    const char *corpora; /* folder laid out as data/models/README.md says */
    const char *coded;   /* folder of articles coded for training (coded.h) */
    uint64_t seed;
    int epochs;             /* 0: what the stage thinks best */
    float rate;             /* of learning; 0: what the stage thinks best */
    const char *checkpoint; /* file of float weights to start from and to keep; NULL: none */
} sg_train_options;

/* Collects the sections of one model file. */
typedef struct sg_model_writer sg_model_writer;

sg_model_writer *sg_model_writer_new(void);
void sg_model_writer_free(sg_model_writer *writer);
/* Takes over every section of an existing model file. */
SG_MUST_CHECK sg_status sg_model_writer_load(sg_model_writer *writer, const char *path,
                                             sg_error *err);
/* Copies the bytes; a section of that name is replaced. */
void sg_model_writer_put(sg_model_writer *writer, const char *name, const void *bytes, size_t size);
/* What the header says of a stage: its corpora, their licences, its scores. */
void sg_model_writer_describe(sg_model_writer *writer, const char *stage, const char *text);
/* Writes the file; the writer stays usable. */
SG_MUST_CHECK sg_status sg_model_writer_save(sg_model_writer *writer, const char *path,
                                             sg_error *err);
/* What was put so far as a model to annotate with. */
SG_MUST_CHECK sg_status sg_model_writer_open(sg_model_writer *writer, sg_model **model_out,
                                             sg_error *err);

/* One line of progress on standard error. */
void sg_train_report(const char *format, ...) SG_PRINTF(1, 2);

/* A small, fast generator (xorshift64*), the same on every machine. */
typedef struct sg_random {
    uint64_t state;
} sg_random;

void sg_random_init(sg_random *random, uint64_t seed);
uint64_t sg_random_next(sg_random *random);
/* 0 <= result < bound */
uint32_t sg_random_below(sg_random *random, uint32_t bound);
/* 0 <= result < 1 */
float sg_random_unit(sg_random *random);
/* The numbers 0 to count - 1 in any order. */
void sg_random_shuffle(sg_random *random, size_t *order, size_t count);

#endif
