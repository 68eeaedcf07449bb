#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/annotation.h"
#include "stance/extraction.h"
#include "stance/file.h"
#include "stance/log.h"
#include "stance/mem.h"
#include "stance/model.h"

#include "cli_internal.h"

#define MAX_ARTICLE_BYTES ((size_t) 64 << 20)

/* Articles are read by several threads; what goes to standard output is kept until it is its turn,
 * so that the order is that of the command line. */
typedef struct job {
    const struct sg_cli_args *args;
    const sg_model *model;
    struct sg_extract_options options;
    const char *folder; /* NULL: standard output */
    pthread_mutex_t lock;
    size_t next;
    size_t printed;
    char **lines; /* finished, not yet printed */
    bool *done;
    size_t failures;
    sg_error first_error;
} job;

static sg_status read_article(const job *j, const char *path, sg_strbuf *out, sg_error *err)
{
    sg_arena *arena = sg_arena_new();
    sg_strbuf text = SG_STRBUF_INIT;
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_extraction *extraction = NULL;
    const char *codebook =
        j->options.codebook != NULL ? sg_codebook_name(j->options.codebook) : NULL;
    sg_status status = sg_file_read(path, MAX_ARTICLE_BYTES, &text, err);

    if (status == SG_OK)
        status = sg_document_read(path, sg_strbuf_text(&text), text.len, arena, &document, err);
    if (status == SG_OK)
        status = sg_annotate(j->model, document, arena, &annotation, err);
    if (status == SG_OK)
        status = sg_extract(annotation, &j->options, arena, &extraction, err);
    if (status == SG_OK && j->folder != NULL)
        sg_extraction_write_json(extraction, codebook, out);
    else if (status == SG_OK)
        sg_extraction_write_json_line(extraction, codebook, out);
    sg_strbuf_clear(&text);
    sg_arena_free(arena);
    return status;
}

/* DIR/name.json for x/name.txt. */
static sg_status write_to_folder(const job *j, const char *path, const sg_strbuf *json,
                                 sg_error *err)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t len = dot != NULL && dot != base ? (size_t) (dot - base) : strlen(base);
    sg_strbuf target = SG_STRBUF_INIT;
    sg_status status;

    if (strcmp(path, "-") == 0) {
        base = "stdin";
        len = 5;
    }
    sg_strbuf_printf(&target, "%s/%.*s.json", j->folder, (int) len, base);
    status = sg_file_write(sg_strbuf_text(&target), json->data, json->len, err);
    sg_strbuf_clear(&target);
    return status;
}

static void print_finished(job *j)
{
    while (j->printed < sg_cli_operand_count(j->args) && j->done[j->printed]) {
        char *line = j->lines[j->printed];

        if (line != NULL)
            (void) fputs(line, stdout);
        sg_free(line);
        j->lines[j->printed++] = NULL;
    }
}

static void *work(void *data)
{
    job *j = data;

    for (;;) {
        sg_error err = SG_ERROR_INIT;
        sg_strbuf json = SG_STRBUF_INIT;
        const char *path;
        size_t number;
        sg_status status;

        (void) pthread_mutex_lock(&j->lock);
        number = j->next;
        j->next += number < sg_cli_operand_count(j->args);
        (void) pthread_mutex_unlock(&j->lock);
        if (number >= sg_cli_operand_count(j->args) || sg_cli_interrupted)
            return NULL;
        path = sg_cli_operand(j->args, number);
        status = read_article(j, path, &json, &err);
        if (status == SG_OK && j->folder != NULL)
            status = write_to_folder(j, path, &json, &err);
        (void) pthread_mutex_lock(&j->lock);
        if (status != SG_OK) {
            sg_cli_print_error(&err);
            if (j->failures++ == 0)
                j->first_error.status = status;
        } else if (j->folder == NULL) {
            j->lines[number] = sg_strbuf_detach(&json, NULL);
        }
        j->done[number] = true;
        print_finished(j);
        (void) pthread_mutex_unlock(&j->lock);
        sg_strbuf_clear(&json);
    }
}

static sg_status run_jobs(job *j, long jobs, sg_error *err)
{
    size_t count = sg_cli_operand_count(j->args);
    size_t threads = (size_t) jobs < count ? (size_t) jobs : count;
    pthread_t *ids = sg_calloc(threads, sizeof *ids);
    size_t started = 0;

    j->lines = sg_calloc(count, sizeof *j->lines);
    j->done = sg_calloc(count, sizeof *j->done);
    while (started + 1 < threads && pthread_create(&ids[started], NULL, work, j) == 0)
        started++;
    (void) work(j);
    for (size_t i = 0; i < started; i++)
        (void) pthread_join(ids[i], NULL);
    for (size_t i = 0; i < count; i++)
        sg_free(j->lines[i]);
    sg_free(j->lines);
    sg_free(j->done);
    sg_free(ids);
    if (sg_cli_interrupted)
        return sg_error_set(err, SG_ERR_INTERRUPTED, "interrupted");
    /* Each failure was reported; the others were written. */
    return j->failures > 0 ? SG_ERR_IO : SG_OK;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    job j = { .args = args, .lock = PTHREAD_MUTEX_INITIALIZER };
    sg_model *model = NULL;
    sg_codebook *codebook = NULL;
    sg_actor_list *actors = NULL;
    const char *codebook_path = sg_cli_value(args, "codebook");
    const char *actors_path = sg_cli_value(args, "actors");
    long jobs = sysconf(_SC_NPROCESSORS_ONLN);
    sg_status status = sg_cli_integer(args, "jobs", 1, 256, &jobs, err);

    j.folder = sg_cli_value(args, "output");
    if (j.folder != NULL && strcmp(j.folder, "-") == 0)
        j.folder = NULL;
    if (status == SG_OK && codebook_path != NULL)
        status = sg_codebook_read(codebook_path, &codebook, err);
    if (status == SG_OK && actors_path != NULL)
        status = sg_actor_list_read(actors_path, &actors, err);
    if (status == SG_OK && j.folder != NULL)
        status = sg_file_make_folder(j.folder, err);
    if (status == SG_OK)
        status = sg_model_open(sg_cli_value(args, "model"), &model, err);
    if (status == SG_OK) {
        j.model = model;
        j.options = (struct sg_extract_options){ codebook, actors, true };
        status = run_jobs(&j, jobs < 1 ? 1 : jobs, err);
    }
    sg_model_close(model);
    sg_actor_list_free(actors);
    sg_codebook_free(codebook);
    return status;
}

static const struct sg_cli_option options[] = {
    { "codebook", 0, "FILE", "positions and their patterns (CSV: position,pattern)" },
    { "actors", 0, "FILE", "known actors (CSV: name,type,alias,organisation)" },
    { "jobs", 'j', "N", "articles read at the same time (default: number of processors)" },
    { "output", 'o', "DIR", "write one JSON file per article into DIR" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_extract = {
    .name = "extract",
    .summary = "read articles and print what load would store, and who said what, as JSON",
    .synopsis = "stance extract [options] PATH...",
    .description = "Reads each article and prints the actors, events, positions and stances found "
                   "in it, with\n"
                   "verbatim evidence, and who said what (\"attributions\": the speaker, the "
                   "phrase that names\n"
                   "them, the cue and the words, each with its byte range; load does not store "
                   "them): one JSON\n"
                   "object per line, in the order of the command line, or with --output one file "
                   "per article.\n"
                   "'-' is standard input. An article that cannot be read is reported and the "
                   "others are still\n"
                   "done.",
    .examples = "stance extract --codebook contract.csv article.txt\n"
                "stance extract --output coded articles/*.txt",
    .options = options,
    .common = SG_CLI_MODEL,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
