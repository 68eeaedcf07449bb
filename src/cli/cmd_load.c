#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stance/ingest.h"
#include "stance/log.h"
#include "stance/store.h"

#include "cli_internal.h"

#define PROGRESS_AFTER_MS 1000
#define PROGRESS_EVERY_MS 100

struct progress {
    bool quiet;
    bool terminal; /* standard error is one */
    long long started;
    long long shown;
};

static long long now_ms(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void clear_progress(struct progress *progress)
{
    if (progress->shown != 0)
        (void) fputs("\r\033[K", stderr);
    progress->shown = 0;
}

static void show_progress(struct progress *progress, size_t done)
{
    long long now = now_ms();

    if (!progress->terminal || progress->quiet || now - progress->started < PROGRESS_AFTER_MS ||
        now - progress->shown < PROGRESS_EVERY_MS)
        return;
    (void) fprintf(stderr, "\r\033[K%zu articles", done);
    (void) fflush(stderr);
    progress->shown = now;
}

static void report_article(void *data, const sg_ingest_report *report)
{
    struct progress *progress = data;

    if (report->error != NULL) {
        clear_progress(progress);
        sg_cli_print_error(report->error);
        return;
    }
    if (report->warning != NULL) {
        clear_progress(progress);
        sg_log_warn("%s: %s", report->name, report->warning);
    }
    if (report->outcome == SG_LOAD_NEW_VERSION) {
        clear_progress(progress);
        sg_log_warn("%s: has changed since it was loaded; stored as a new version", report->name);
    }
    show_progress(progress, report->done);
}

static void print_summary(const sg_ingest_summary *s)
{
    (void) printf("%zu added, %zu unchanged", s->added, s->unchanged);
    if (s->new_versions > 0)
        (void) printf(", %zu new versions", s->new_versions);
    if (s->replaced > 0)
        (void) printf(", %zu read again", s->replaced);
    if (s->refused > 0)
        (void) printf(", %zu refused", s->refused);
    (void) printf("; statements: %zu added", s->changes.added);
    if (s->replaced + s->new_versions > 0)
        (void) printf(", %zu changed, %zu unchanged, %zu removed, %zu kept as a person left them",
                      s->changes.changed, s->changes.unchanged, s->changes.removed,
                      s->changes.kept_by_hand);
    (void) putchar('\n');
}

/* With -v: where the time went. */
static void log_speed(const sg_ingest_summary *s, double wall)
{
    static const char *const stages[SG_STAGE_COUNT] = { "text", "language", "extract", "store" };
    size_t count = s->added + s->unchanged + s->new_versions + s->replaced;
    double sum = 0.0;

    for (int i = 0; i < SG_STAGE_COUNT; i++)
        sum += s->seconds[i];
    if (count == 0 || wall <= 0.0 || sum <= 0.0)
        return;
    sg_log_info("%zu articles, %.2f MB in %.2f s: %.0f articles/s, %.2f MB/s", count,
                (double) s->bytes / 1e6, wall, (double) count / wall,
                (double) s->bytes / 1e6 / wall);
    for (int i = 0; i < SG_STAGE_COUNT; i++)
        sg_log_info("%-8s %7.2f s of processor time, %4.1f %%", stages[i], s->seconds[i],
                    100.0 * s->seconds[i] / sum);
}

static sg_status read_options(const struct sg_cli_args *args, struct sg_ingest_options *options,
                              const char **maps, sg_error *err)
{
    long jobs = sysconf(_SC_NPROCESSORS_ONLN);
    long timeout = options->extractor_timeout;
    long memory = (long) (options->extractor_memory >> 20);
    const char *format = sg_cli_value(args, "input-format");
    sg_status status = sg_cli_integer(args, "jobs", 1, 64, &jobs, err);

    if (status == SG_OK)
        status = sg_cli_integer(args, "extractor-timeout", 1, 3600, &timeout, err);
    if (status == SG_OK)
        status = sg_cli_integer(args, "extractor-memory", 16, 1 << 20, &memory, err);
    if (status != SG_OK)
        return status;
    options->extractor_memory = (size_t) memory << 20;
    options->model = sg_cli_value(args, "model");
    options->codebook = sg_cli_value(args, "codebook");
    options->actors = sg_cli_value(args, "actors");
    options->extractor = sg_cli_value(args, "extractor");
    options->extractor_timeout = (int) timeout;
    options->jobs = (int) jobs;
    options->again = sg_cli_flag(args, "again");
    options->stop = &sg_cli_interrupted;
    if (format != NULL && !sg_article_format_parse(format, &options->articles.format)) {
        sg_error_hint(err, "one of auto, text, html, json, csv, nexis, factiva");
        return sg_error_set(err, SG_ERR_USAGE, "unknown input format '%s'", format);
    }
    while (sg_cli_value_at(args, "map", options->articles.map_count) != NULL) {
        maps[options->articles.map_count] =
            sg_cli_value_at(args, "map", options->articles.map_count);
        if (++options->articles.map_count == 16)
            break;
    }
    options->articles.maps = maps;
    return SG_OK;
}

static sg_status run(const struct sg_cli_args *args, sg_error *err)
{
    struct sg_ingest_options options = SG_INGEST_OPTIONS_INIT;
    struct progress progress = { sg_cli_flag(args, "quiet"), isatty(STDERR_FILENO) != 0, now_ms(),
                                 0 };
    const char *maps[16] = { NULL };
    sg_ingest_summary summary = { 0 };
    sg_store *store = NULL;
    sg_status status = read_options(args, &options, maps, err);

    if (status == SG_OK)
        status = sg_store_open(sg_cli_database(args), SG_STORE_CREATE, &store, err);
    if (status == SG_OK)
        status = sg_cli_set_timeout(args, store, err);
    if (status == SG_OK)
        status = sg_ingest_run(store, sg_cli_operands(args), sg_cli_operand_count(args), &options,
                               report_article, &progress, &summary, err);
    clear_progress(&progress);
    if (store != NULL && !progress.quiet)
        print_summary(&summary);
    log_speed(&summary, (double) (now_ms() - progress.started) / 1000.0);
    sg_store_close(store);
    /* Refused articles were reported one by one; the others are stored. */
    if (status != SG_OK && err->message[0] == '\0')
        return SG_ERR_IO;
    return status;
}

static const struct sg_cli_option options[] = {
    { "codebook", 0, "FILE", "positions and their patterns (CSV: position,pattern)" },
    { "actors", 0, "FILE", "known actors (CSV: name,type,alias,organisation)" },
    { "again", 0, NULL, "read stored articles anew; what a person touched stays" },
    { "jobs", 'j', "N", "articles read at the same time (default: number of processors)" },
    { "input-format", 0, "NAME", "auto, text, html, json, csv, nexis or factiva" },
    { "map", 0, "FIELD=COLUMN", "column of a field (text, title, date, source, author, url, id)" },
    { "extractor", 0, "CMD", "let a program read the articles (see data/interchange.schema.json)" },
    { "extractor-timeout", 0, "SECONDS", "longest time for one article (default 60)" },
    { "extractor-memory", 0, "MB", "memory it may use (default 2048)" },
    { NULL, 0, NULL, NULL },
};

const struct sg_command sg_cmd_load = {
    .name = "load",
    .summary = "read articles into the database",
    .synopsis = "stance load [options] PATH...",
    .description =
        "Reads each article and stores its text, actors, events, positions and stances, one\n"
        "transaction per article. Loading the same text again changes nothing; a changed file "
        "under\n"
        "the same name becomes a new version. '-' is standard input. An article that cannot be "
        "read\n"
        "is reported, the others are still loaded, and the exit code is 1.",
    .examples = "stance load articles/*.txt\n"
                "stance load --codebook contract.csv --again articles/*.txt",
    .options = options,
    .common = SG_CLI_DB | SG_CLI_MODEL | SG_CLI_WRITER,
    .min_operands = 1,
    .max_operands = SIZE_MAX,
    .run = run,
};
