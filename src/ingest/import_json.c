/* Interchange JSON into the store: beside what is there of its article, as the word of a person. */

#include <string.h>

#include "stance/article.h"
#include "stance/file.h"
#include "stance/import.h"
#include "stance/interchange.h"

#define ARTICLE_NAME_MAX 4096

struct import {
    sg_store *store;
    const struct sg_import_options *options;
    const char *path;
    void (*report)(void *data, const char *line);
    void *data;
    sg_import_summary *summary;
    const char *article; /* being read, for reports */
};

static void report_refused(void *data, const char *line)
{
    struct import *import = data;
    sg_strbuf whole = SG_STRBUF_INIT;

    import->summary->refused++;
    if (import->report == NULL)
        return;
    sg_strbuf_printf(&whole, "%s: %s", import->article, line);
    import->report(import->data, sg_strbuf_text(&whole));
    sg_strbuf_clear(&whole);
}

/* The article's file, in the folder given or beside the JSON. */
static sg_status read_article_file(struct import *import, const char *name, sg_arena *arena,
                                   sg_document **document_out, sg_error *err)
{
    sg_article_options options = SG_ARTICLE_OPTIONS_INIT;
    sg_article_reader *reader = NULL;
    const char *slash = strrchr(import->path, '/');
    const char *folder = import->options->articles;
    sg_error found = SG_ERROR_INIT;
    sg_status status;

    if (folder == NULL)
        folder = slash != NULL
                     ? sg_arena_strndup(arena, import->path, (size_t) (slash - import->path))
                     : ".";
    status = sg_article_reader_open(sg_arena_printf(arena, "%s/%s", folder, name), &options,
                                    &reader, &found);
    if (status == SG_OK)
        status = sg_article_reader_next(reader, arena, document_out, &found);
    sg_article_reader_close(reader);
    if (status == SG_OK && *document_out != NULL)
        return SG_OK;
    sg_error_hint(err, "load the article first, or name its folder with --articles");
    return sg_error_set(err, SG_ERR_INPUT, "the article '%s' is not in the database", name);
}

static sg_status import_object(void *data, const char *article, const char *object, size_t len,
                               sg_error *err)
{
    struct import *import = data;
    sg_arena *arena = sg_arena_new();
    sg_document *document = NULL;
    sg_extraction *extraction = NULL;
    struct sg_store_load_options options = { .beside = true, .by_hand = true };
    char sha256[SG_SHA256_HEX_SIZE];
    sg_load_outcome outcome;
    sg_load_changes changes = { 0 };
    sg_status status;

    if (article == NULL || strlen(article) > ARTICLE_NAME_MAX) {
        sg_arena_free(arena);
        return sg_error_set(err, SG_ERR_INPUT, "an object without \"article\"");
    }
    import->article = article;
    status = sg_store_find_article(import->store, article, arena, &document, err);
    if (status == SG_OK && document == NULL)
        status = read_article_file(import, article, arena, &document, err);
    if (status == SG_OK)
        status = sg_interchange_read(object, len, document, arena, report_refused, import,
                                     &extraction, err);
    if (status == SG_OK) {
        sg_sha256_hex(document->text, document->len, sha256);
        options.sha256 = sha256;
        options.origin = import->options->origin;
        status =
            sg_store_add_extraction(import->store, extraction, &options, &outcome, &changes, err);
    }
    if (status == SG_OK) {
        import->summary->articles++;
        import->summary->added += changes.added;
        import->summary->changed += changes.changed;
        import->summary->unchanged += extraction->statement_count - changes.added - changes.changed;
    }
    sg_arena_free(arena);
    return status;
}

sg_status sg_import_json(sg_store *store, const char *path, const struct sg_import_options *options,
                         void (*report)(void *data, const char *line), void *data,
                         sg_import_summary *summary, sg_error *err)
{
    struct import import = { store, options, path, report, data, summary, NULL };
    sg_strbuf text = SG_STRBUF_INIT;
    sg_status status = sg_file_read(path, SG_IMPORT_LIMIT, &text, err);

    if (status == SG_OK)
        status = sg_interchange_each(sg_strbuf_text(&text), text.len, import_object, &import, err);
    if (status != SG_OK && text.len > 0)
        sg_error_context(err, "%s", path);
    sg_strbuf_clear(&text);
    return status;
}
