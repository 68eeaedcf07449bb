#include "stance/annotation.h"

/* One document through the language stages, in order. */

#include <pthread.h>

#include "language_internal.h"

/* Scratch memory stays with its thread from one document to the next: asking the system for the
 * same few megabytes again and again takes a tenth of the time. After an uncommonly large document
 * it is given back. */
#define SCRATCH_KEPT ((size_t) 32 << 20)

static pthread_key_t scratch_key;
static pthread_once_t scratch_once = PTHREAD_ONCE_INIT;
static bool scratch_is_kept;

static void free_scratch(void *arena)
{
    sg_arena_free(arena);
}

static void make_scratch_key(void)
{
    scratch_is_kept = pthread_key_create(&scratch_key, free_scratch) == 0;
}

static sg_arena *take_scratch(void)
{
    sg_arena *arena;

    (void) pthread_once(&scratch_once, make_scratch_key);
    arena = scratch_is_kept ? pthread_getspecific(scratch_key) : NULL;
    if (arena == NULL)
        return sg_arena_new();
    (void) pthread_setspecific(scratch_key, NULL);
    return arena;
}

static void return_scratch(sg_arena *arena)
{
    bool small = sg_arena_used(arena) <= SCRATCH_KEPT;

    if (small && scratch_is_kept && pthread_setspecific(scratch_key, arena) == 0)
        sg_arena_reset(arena);
    else
        sg_arena_free(arena);
}

static sg_status run_stages(const sg_model *model, sg_annotation *annotation, sg_arena *arena,
                            sg_arena *scratch, sg_error *err)
{
    sg_status status = sg_syntax_run(model, annotation, scratch, err);

    if (status == SG_OK)
        status = sg_lemma_run(model, annotation, arena, err);
    if (status == SG_OK)
        sg_features_run(annotation, scratch);
    if (status == SG_OK)
        status = sg_names_run(model, annotation, arena, scratch, err);
    return status;
}

sg_status sg_annotate(const sg_model *model, const sg_document *document, sg_arena *arena,
                      sg_annotation **annotation_out, sg_error *err)
{
    sg_annotation *annotation = sg_arena_calloc(arena, 1, sizeof *annotation);
    sg_arena *scratch = take_scratch();
    sg_status status;

    annotation->document = document;
    annotation->model = model;
    annotation->words = sg_arena_calloc(arena, document->word_count, sizeof *annotation->words);
    status = run_stages(model, annotation, arena, scratch, err);
    return_scratch(scratch);
    if (status == SG_OK)
        *annotation_out = annotation;
    else
        sg_error_context(err, "%s", document->name);
    return status;
}
