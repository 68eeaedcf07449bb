/* Words per second of each language stage: reads the files named, several times over, and prints
 * one line a stage. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "stance/annotation.h"
#include "stance/file.h"
#include "stance/strbuf.h"

#include "language/language_internal.h"

#define ROUNDS 20

enum { TEXT, SYNTAX, LEMMAS, FEATURES, NAMES, STAGES };

static const char *const names[] = { "text (paragraphs, sentences, words)", "tags and trees",
                                     "lemmas", "features", "names" };

static double seconds[STAGES];
static size_t words;

static double now(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static sg_status run(const sg_model *model, const char *path, const sg_strbuf *text, sg_error *err)
{
    static sg_arena *scratch; /* kept from one document to the next, as sg_annotate() does */
    sg_arena *arena = sg_arena_new();
    sg_document *document = NULL;
    sg_annotation *annotation = sg_arena_calloc(arena, 1, sizeof *annotation);
    double at;
    sg_status status;

    if (scratch == NULL)
        scratch = sg_arena_new();
    at = now();
    status = sg_document_read(path, text->data, text->len, arena, &document, err);

#define STOP(stage)                                                                                \
 do {                                                                                              \
  double then = at;                                                                                \
  at = now();                                                                                      \
  seconds[stage] += at - then;                                                                     \
 } while (0)

    if (status != SG_OK)
        goto done;
    STOP(TEXT);
    annotation->document = document;
    annotation->model = model;
    annotation->words = sg_arena_calloc(arena, document->word_count, sizeof *annotation->words);
    status = sg_syntax_run(model, annotation, scratch, err);
    if (status != SG_OK)
        goto done;
    STOP(SYNTAX);
    status = sg_lemma_run(model, annotation, arena, err);
    if (status != SG_OK)
        goto done;
    STOP(LEMMAS);
    sg_features_run(annotation, scratch);
    STOP(FEATURES);
    status = sg_names_run(model, annotation, arena, scratch, err);
    STOP(NAMES);
    words += document->word_count;
done:
    sg_arena_reset(scratch);
    sg_arena_free(arena);
    return status;
}

static void print_table(double open_seconds)
{
    struct rusage usage;
    double all = 0;

    for (int i = 0; i < STAGES; i++) {
        (void) printf("%-36s %9.0f words/s\n", names[i], (double) words / seconds[i]);
        all += seconds[i];
    }
    (void) printf("%-36s %9.0f words/s\n", "all of it", (double) words / all);
    (void) getrusage(RUSAGE_SELF, &usage);
    (void) printf("%-36s %9.1f ms\n", "opening the model", 1000 * open_seconds);
    (void) printf("%-36s %9.1f MB\n", "peak memory", (double) usage.ru_maxrss / 1024);
}

int main(int argc, char **argv)
{
    sg_error err = SG_ERROR_INIT;
    sg_model *model = NULL;
    double start = now();
    sg_status status = sg_model_open(getenv("STANCE_MODEL"), &model, &err);
    double opened = now() - start;

    for (int i = 1; i < argc && status == SG_OK; i++) {
        sg_strbuf text = SG_STRBUF_INIT;

        status = sg_file_read(argv[i], 0, &text, &err);
        for (int round = 0; round < ROUNDS && status == SG_OK; round++)
            status = run(model, argv[i], &text, &err);
        sg_strbuf_clear(&text);
    }
    if (status == SG_OK)
        print_table(opened);
    else
        (void) fprintf(stderr, "%s\n", err.message);
    sg_model_close(model);
    return status == SG_OK ? 0 : 1;
}
