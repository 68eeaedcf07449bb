#include <stdint.h>
#include <string.h>

#include "stance/annotation_io.h"
#include "stance/file.h"
#include "stance/strbuf.h"

#include "cli_internal.h"

typedef void write_function(const sg_annotation *annotation, FILE *stream);

static sg_status find_format(const struct sg_cli_args *args, write_function **write_out,
                             sg_error *err)
{
    const char *name = sg_cli_value(args, "format");

    if (name == NULL || strcmp(name, "conllu") == 0)
        *write_out = sg_annotation_write_conllu;
    else if (strcmp(name, "iob2") == 0)
        *write_out = sg_annotation_write_iob2;
    else if (strcmp(name, "jsonl") == 0)
        *write_out = sg_annotation_write_json;
    else
        return sg_error_set(err, SG_ERR_USAGE, "unknown format '%s': conllu, iob2 or jsonl", name);
    return SG_OK;
}

static sg_status parse_file(const struct sg_cli_args *args, const sg_model *model, const char *path,
                            write_function *write, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_status status = sg_file_read(path, 0, &text, err);

    if (status == SG_OK && sg_cli_flag(args, "gold-tokens"))
        status =
            sg_document_read_tokens(path, sg_strbuf_text(&text), text.len, arena, &document, err);
    else if (status == SG_OK)
        status = sg_document_read(path, sg_strbuf_text(&text), text.len, arena, &document, err);
    if (status == SG_OK)
        status = sg_annotate(model, document, arena, &annotation, err);
    if (status == SG_OK)
        write(annotation, stdout);
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return status;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    write_function *write = NULL;
    sg_model *model = NULL;
    sg_status status = find_format(args, &write, err);

    if (status == SG_OK)
        status = sg_model_open(sg_cli_value(args, "model"), &model, err);
    for (size_t i = 0; i < sg_cli_operand_count(args) && status == SG_OK; i++)
        status = parse_file(args, model, sg_cli_operand(args, i), write, err);
    sg_model_close(model);
    return status;
}

static const struct sg_cli_option options[] = {
    { "format", 0, "FORMAT", "conllu (default), iob2 or jsonl" },
    { "gold-tokens", 0, NULL, "the files hold one word a line: CoNLL-U, or forms in column one" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_parse = {
    .name = "parse",
    .summary = "show words, tags, trees and names in any text",
    .synopsis = "stance parse [options] FILE...",
    .description = "Prints what the language stage sees: sentences, words, tags, lemmas,\n"
                   "dependency trees and named entities. '-' reads standard input.",
    .examples = "stance parse article.txt\nstance parse --format iob2 article.txt",
    .options = options,
    .common = SG_CLI_MODEL,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
