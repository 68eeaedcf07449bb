#include "stance/annotation.h"

/* One document through the language stages, in order. */

#include "language_internal.h"

sg_status sg_annotate(const sg_model *model, const sg_document *document, sg_arena *arena,
                      sg_annotation **annotation_out, sg_error *err)
{
    sg_annotation *annotation = sg_arena_calloc(arena, 1, sizeof *annotation);
    sg_status status;

    annotation->document = document;
    annotation->words = sg_arena_calloc(arena, document->word_count, sizeof *annotation->words);
    for (size_t i = 0; i < document->word_count; i++) {
        annotation->words[i].lemma = "";
        annotation->words[i].head = SG_NO_WORD;
    }
    status = sg_syntax_run(model, annotation, arena, err);
    if (status != SG_OK) {
        sg_error_context(err, "%s", document->name);
        return status;
    }
    *annotation_out = annotation;
    return SG_OK;
}
