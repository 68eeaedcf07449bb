/* stance-train: corpora -> language model. Each stage is trained by itself and replaces its own
 * sections of the model file, so that one stage can be improved without touching the others. */

#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/version.h"

#include "stages.h"

static const struct {
    const char *name;
    const char *summary;
    sg_train_stage *run;
} stages[] = {
    { "sentences", "where sentences end (writes src/text/sentence_weights.c)", sg_train_sentences },
    { "syntax", "tags and trees", sg_train_syntax },
    { "lemmas", "what each word becomes under each tag", sg_train_lemmas },
    { "names", "people, organisations, places, events (after syntax)", sg_train_names },
    { "pronouns", "who pronouns stand for (after names)", sg_train_pronouns },
    { "polarity", "how a holder feels about a target (after names)", sg_train_polarity },
    { "stance", "who takes which side (after all others)", sg_train_stance },
};

#define STAGE_COUNT (sizeof stages / sizeof *stages)

void sg_train_report(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void) vfprintf(stderr, format, args);
    va_end(args);
    (void) fputc('\n', stderr);
}

static void print_usage(FILE *stream)
{
    (void) fputs("usage: stance-train [options] STAGE...\n\n"
                 "Trains the language model from a folder of corpora (data/models/README.md says\n"
                 "which). The output keeps the sections of stages that are not trained now.\n\n"
                 "stages:\n",
                 stream);
    for (size_t i = 0; i < STAGE_COUNT; i++)
        (void) fprintf(stream, "  %-12s %s\n", stages[i].name, stages[i].summary);
    (void) fputs("  all          every stage, in this order\n\n"
                 "options:\n"
                 "  --corpora DIR   default ../shared/corpora\n"
                 "  --coded DIR     articles written and coded for training; default data/coded\n"
                 "  --output FILE   default data/models/en.model\n"
                 "  --seed N        default 1; the same seed gives the same model\n"
                 "  --epochs N      passes over the corpora; default: what the stage needs\n"
                 "  --rate X        learning rate, for stages that have one\n"
                 "  --checkpoint F  start from the weights in F if it exists, and keep them there\n"
                 "  --fresh         forget what the output file holds\n"
                 "  -h, --help      this text\n"
                 "  -V, --version   the version\n",
                 stream);
}

static sg_status run_stage(const char *name, const sg_train_options *options,
                           sg_model_writer *writer, sg_error *err)
{
    bool all = strcmp(name, "all") == 0;
    bool found = false;
    sg_status status = SG_OK;

    for (size_t i = 0; i < STAGE_COUNT && status == SG_OK; i++) {
        if (!all && strcmp(name, stages[i].name) != 0)
            continue;
        found = true;
        status = stages[i].run(options, writer, err);
        if (status != SG_OK)
            sg_error_context(err, "stage %s", stages[i].name);
    }
    if (!found) {
        status = sg_error_set(err, SG_ERR_USAGE, "unknown stage '%s'", name);
        sg_error_hint(err, "'stance-train --help' lists the stages");
    }
    return status;
}

typedef struct settings {
    sg_train_options train;
    const char *output;
    bool fresh;
    bool done; /* help or version was printed */
} settings;

static sg_status read_options(int argc, char **argv, settings *set, sg_error *err)
{
    static const struct option options[] = {
        { "corpora", required_argument, NULL, 'c' },
        { "coded", required_argument, NULL, 'C' },
        { "output", required_argument, NULL, 'o' },
        { "seed", required_argument, NULL, 's' },
        { "epochs", required_argument, NULL, 'e' },
        { "fresh", no_argument, NULL, 'f' },
        { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'V' },
        { "rate", required_argument, NULL, 'r' },
        { "checkpoint", required_argument, NULL, 'k' },
        { NULL, 0, NULL, 0 },
    };
    int option;

    while ((option = getopt_long(argc, argv, "o:hV", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            set->train.corpora = optarg;
            break;
        case 'C':
            set->train.coded = optarg;
            break;
        case 'o':
            set->output = optarg;
            break;
        case 's':
            set->train.seed = strtoull(optarg, NULL, 10);
            break;
        case 'e':
            set->train.epochs = (int) strtol(optarg, NULL, 10);
            break;
        case 'r':
            set->train.rate = strtof(optarg, NULL);
            break;
        case 'k':
            set->train.checkpoint = optarg;
            break;
        case 'f':
            set->fresh = true;
            break;
        case 'h':
            print_usage(stdout);
            set->done = true;
            return SG_OK;
        case 'V':
            (void) printf("stance-train %s\n", SG_VERSION);
            set->done = true;
            return SG_OK;
        default:
            return sg_error_set(err, SG_ERR_USAGE, "wrong option; see 'stance-train --help'");
        }
    }
    if (optind == argc)
        return sg_error_set(err, SG_ERR_USAGE, "no stage was named; see 'stance-train --help'");
    return SG_OK;
}

static sg_status train(int argc, char **argv, settings *set, sg_error *err)
{
    sg_model_writer *writer = NULL;
    sg_status status = read_options(argc, argv, set, err);

    if (status != SG_OK || set->done)
        return status;
    writer = sg_model_writer_new();
    if (!set->fresh && access(set->output, R_OK) == 0)
        status = sg_model_writer_load(writer, set->output, err);
    for (int i = optind; i < argc && status == SG_OK; i++) {
        status = run_stage(argv[i], &set->train, writer, err);
        if (status == SG_OK)
            status = sg_model_writer_save(writer, set->output, err);
    }
    sg_model_writer_free(writer);
    return status;
}

int main(int argc, char **argv)
{
    settings set = { .train = { .corpora = "../shared/corpora", .coded = "data/coded", .seed = 1 },
                     .output = "data/models/en.model" };
    sg_error err = SG_ERROR_INIT;

    if (train(argc, argv, &set, &err) == SG_OK)
        return 0;
    (void) fprintf(stderr, "stance-train: %s\n", err.message);
    if (err.hint[0] != '\0')
        (void) fprintf(stderr, "  hint: %s\n", err.hint);
    return err.status == SG_ERR_USAGE ? 2 : err.status == SG_ERR_INPUT ? 3 : 1;
}
