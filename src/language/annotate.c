#include "stance/annotation.h"

/* One document through the language stages, in order. */

#include "language_internal.h"

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
    sg_arena *scratch = sg_arena_new();
    sg_status status;

    annotation->document = document;
    annotation->model = model;
    annotation->words = sg_arena_calloc(arena, document->word_count, sizeof *annotation->words);
    status = run_stages(model, annotation, arena, scratch, err);
    sg_arena_free(scratch);
    if (status == SG_OK)
        *annotation_out = annotation;
    else
        sg_error_context(err, "%s", document->name);
    return status;
}
