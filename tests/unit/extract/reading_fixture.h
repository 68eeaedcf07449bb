#ifndef READING_FIXTURE_H
#define READING_FIXTURE_H

/* The model, open while a group of tests runs, and short texts read with it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/annotation.h"

#include "extract/extract_internal.h"

static sg_model *model;

static int open_model(void **state)
{
    sg_error err = SG_ERROR_INIT;

    (void) state;
    return sg_model_open("data/models/en.model", &model, &err) == SG_OK ? 0 : -1;
}

static int close_model(void **state)
{
    (void) state;
    sg_model_close(model);
    return 0;
}

/* The annotated text, in the arena. */
static inline sg_annotation *annotate(const char *text, sg_arena *arena)
{
    sg_error err = SG_ERROR_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;

    assert_int_equal(sg_document_read("town", text, strlen(text), arena, &document, &err), SG_OK);
    assert_int_equal(sg_annotate(model, document, arena, &annotation, &err), SG_OK);
    return annotation;
}

/* Its words, before anything is read from them. `with` is the model of the later steps. */
static inline sg_reading *words_of(const sg_model *with, const char *text, sg_arena *arena)
{
    struct sg_extract_options options = SG_EXTRACT_OPTIONS_INIT;
    sg_annotation *annotation = annotate(text, arena);

    annotation->model = with;
    return sg_reading_new(annotation, &options, arena);
}

#endif
