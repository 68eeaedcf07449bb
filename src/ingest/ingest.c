#include "stance/ingest.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "stance/annotation.h"
#include "stance/extraction.h"
#include "stance/file.h"

#include "ingest_internal.h"
#include "plugin.h"

/* Articles go round a ring of slots: this thread fills a free slot with the next article, any
 * worker extracts it, and this thread stores the oldest when it is done. Memory is that of the
 * slots, whatever the number of articles.
 *
 *      free -> filled -> working -> done -> stored -> free
 */
#define SLOTS_PER_JOB 3
#define JOBS_MAX      64

enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_WORKING, SLOT_DONE };

struct slot {
    enum slot_state state;
    sg_arena *arena;
    sg_document *document; /* NULL: a file or article that could not be read */
    sg_extraction *extraction;
    const char *name;
    char sha256[SG_SHA256_HEX_SIZE];
    bool known;     /* stored already, nothing to extract */
    size_t refused; /* parts of a plug-in's answer */
    const char *warning;
    sg_status status;
    sg_error error;
    double seconds[SG_STAGE_COUNT];
};

struct ring {
    struct sg_reading reading;
    sg_store *store;
    char *const *paths;
    size_t path_count;
    size_t next_path;
    sg_article_reader *reader; /* of the file being read */
    struct slot *slots;
    size_t slot_count;
    size_t filled; /* articles taken in so far */
    size_t stored;
    bool exhausted;
    bool closing;
    pthread_mutex_t lock;
    pthread_cond_t work; /* a slot was filled, or it is over */
    pthread_cond_t done; /* a slot was extracted */
    void (*report)(void *data, const sg_ingest_report *report);
    void *data;
    sg_ingest_summary *summary;
    sg_status first_refusal;
};

/* Processor time of this thread. */
static double clock_now(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

/* ---- language, extract ---- */

static sg_status read_with_model(const struct sg_reading *reading, struct slot *slot)
{
    struct sg_extract_options options = SG_EXTRACT_OPTIONS_INIT;
    sg_annotation *annotation = NULL;
    double start = clock_now();
    double between;
    sg_status status;

    options.codebook = reading->codebook;
    options.actors = reading->actors;
    status = sg_annotate(reading->model, slot->document, slot->arena, &annotation, &slot->error);
    between = clock_now();
    if (status == SG_OK)
        status = sg_extract(annotation, &options, slot->arena, &slot->extraction, &slot->error);
    slot->seconds[SG_STAGE_LANGUAGE] = between - start;
    slot->seconds[SG_STAGE_EXTRACT] = clock_now() - between;
    return status;
}

static void note_refused(void *data, const char *line)
{
    struct slot *slot = data;

    if (slot->refused++ == 0)
        slot->warning = sg_arena_printf(slot->arena, "refused: %s", line);
}

static void extract_slot(struct ring *ring, struct slot *slot)
{
    const struct sg_reading *reading = &ring->reading;

    if (slot->status != SG_OK || slot->known)
        return;
    if (reading->plugin != NULL)
        slot->status = sg_plugin_extract(reading->plugin, slot->document, slot->arena, note_refused,
                                         slot, &slot->extraction, &slot->error);
    else
        slot->status = read_with_model(reading, slot);
    if (slot->status != SG_OK)
        sg_error_context(&slot->error, "%s", slot->document->name);
    if (slot->refused > 1)
        slot->warning =
            sg_arena_printf(slot->arena, "%s (and %zu more)", slot->warning, slot->refused - 1);
}

/* ---- the workers ---- */

static struct slot *take_filled(struct ring *ring)
{
    for (size_t n = ring->stored; n < ring->filled; n++) {
        struct slot *slot = &ring->slots[n % ring->slot_count];

        if (slot->state == SLOT_FILLED)
            return slot;
    }
    return NULL;
}

static void *work(void *data)
{
    struct ring *ring = data;

    (void) pthread_mutex_lock(&ring->lock);
    while (!ring->closing) {
        struct slot *slot = take_filled(ring);

        if (slot == NULL) {
            (void) pthread_cond_wait(&ring->work, &ring->lock);
            continue;
        }
        slot->state = SLOT_WORKING;
        (void) pthread_mutex_unlock(&ring->lock);
        extract_slot(ring, slot);
        (void) pthread_mutex_lock(&ring->lock);
        slot->state = SLOT_DONE;
        (void) pthread_cond_signal(&ring->done);
    }
    (void) pthread_mutex_unlock(&ring->lock);
    return NULL;
}

/* ---- text: the next article into a slot ---- */

static void reset_slot(struct slot *slot)
{
    sg_arena_reset(slot->arena);
    slot->document = NULL;
    slot->extraction = NULL;
    slot->known = false;
    slot->refused = 0;
    slot->warning = NULL;
    memset(slot->seconds, 0, sizeof slot->seconds);
    slot->status = SG_OK;
    sg_error_reset(&slot->error);
}

/* Opens files until one gives an article or fails; false when there are no more. */
static bool read_next(struct ring *ring, struct slot *slot)
{
    for (;;) {
        const char *path = ring->next_path > 0 ? ring->paths[ring->next_path - 1] : NULL;

        if (ring->reader != NULL) {
            slot->name = path;
            slot->status =
                sg_article_reader_next(ring->reader, slot->arena, &slot->document, &slot->error);
            if (slot->status != SG_OK || slot->document != NULL)
                return true;
            sg_article_reader_close(ring->reader);
            ring->reader = NULL;
        }
        if (ring->next_path == ring->path_count)
            return false;
        slot->name = ring->paths[ring->next_path++];
        slot->status = sg_article_reader_open(slot->name, &ring->reading.options->articles,
                                              &ring->reader, &slot->error);
        if (slot->status != SG_OK) {
            ring->reader = NULL;
            return true;
        }
    }
}

static bool stopped(const struct ring *ring)
{
    return ring->reading.options->stop != NULL && *ring->reading.options->stop != 0;
}

static sg_status fill_slot(struct ring *ring, struct slot *slot, bool *filled_out, sg_error *err)
{
    double start = clock_now();
    sg_status status = SG_OK;

    reset_slot(slot);
    *filled_out = !stopped(ring) && read_next(ring, slot);
    ring->exhausted = !*filled_out;
    slot->seconds[SG_STAGE_TEXT] = clock_now() - start;
    if (slot->document != NULL) {
        slot->name = slot->document->name;
        sg_sha256_hex(slot->document->text, slot->document->len, slot->sha256);
        if (!ring->reading.options->again)
            status = sg_store_has_article(ring->store, slot->sha256, &slot->known, err);
    }
    return status;
}

/* ---- store: the oldest slot, when it is done ---- */

static void count_outcome(sg_ingest_summary *summary, const sg_ingest_report *report)
{
    switch (report->outcome) {
    case SG_LOAD_ADDED:
        summary->added++;
        break;
    case SG_LOAD_UNCHANGED:
        summary->unchanged++;
        break;
    case SG_LOAD_NEW_VERSION:
        summary->new_versions++;
        break;
    case SG_LOAD_REPLACED:
        summary->replaced++;
        break;
    }
    summary->changes.added += report->changes.added;
    summary->changes.changed += report->changes.changed;
    summary->changes.unchanged += report->changes.unchanged;
    summary->changes.removed += report->changes.removed;
    summary->changes.kept_by_hand += report->changes.kept_by_hand;
}

static sg_status store_slot(struct ring *ring, struct slot *slot, sg_error *err)
{
    struct sg_store_load_options options = { .sha256 = slot->sha256,
                                             .again = ring->reading.options->again };

    sg_ingest_report report = { .name = slot->name, .outcome = SG_LOAD_UNCHANGED };

    double start = clock_now();

    if (ring->reading.plugin != NULL)
        options.origin = sg_plugin_name(ring->reading.plugin);
    if (slot->status == SG_OK && !slot->known) {
        sg_status status = sg_store_add_extraction(ring->store, slot->extraction, &options,
                                                   &report.outcome, &report.changes, err);

        if (status != SG_OK) {
            sg_error_context(err, "%s", slot->name);
            return status;
        }
    }
    slot->seconds[SG_STAGE_STORE] = clock_now() - start;
    for (int stage = 0; stage < SG_STAGE_COUNT; stage++)
        ring->summary->seconds[stage] += slot->seconds[stage];
    report.done = ring->stored + 1;
    if (slot->status == SG_OK) {
        ring->summary->bytes += slot->document->len;
        report.warning = slot->warning;
        count_outcome(ring->summary, &report);
    } else {
        report.error = &slot->error;
        ring->summary->refused++;
        if (ring->first_refusal == SG_OK)
            ring->first_refusal = slot->status;
    }
    if (ring->report != NULL)
        ring->report(ring->data, &report);
    return SG_OK;
}

/* ---- the round ---- */

static sg_status fill_free_slots(struct ring *ring, sg_error *err)
{
    sg_status status = SG_OK;

    while (status == SG_OK && !ring->exhausted && ring->filled - ring->stored < ring->slot_count) {
        struct slot *slot = &ring->slots[ring->filled % ring->slot_count];
        bool filled = false;

        status = fill_slot(ring, slot, &filled, err);
        if (!filled || status != SG_OK)
            break;
        (void) pthread_mutex_lock(&ring->lock);
        slot->state = slot->status == SG_OK && !slot->known ? SLOT_FILLED : SLOT_DONE;
        ring->filled++;
        (void) pthread_cond_signal(&ring->work);
        (void) pthread_mutex_unlock(&ring->lock);
    }
    return status;
}

/* The oldest slot, extracted by a worker or, when none took it, by this thread. */
static struct slot *finish_oldest(struct ring *ring)
{
    struct slot *slot = &ring->slots[ring->stored % ring->slot_count];
    bool mine;

    (void) pthread_mutex_lock(&ring->lock);
    mine = slot->state == SLOT_FILLED;
    if (mine)
        slot->state = SLOT_WORKING;
    while (!mine && slot->state != SLOT_DONE)
        (void) pthread_cond_wait(&ring->done, &ring->lock);
    (void) pthread_mutex_unlock(&ring->lock);
    if (mine)
        extract_slot(ring, slot);
    return slot;
}

static sg_status run_ring(struct ring *ring, sg_error *err)
{
    sg_status status = fill_free_slots(ring, err);

    while (status == SG_OK && ring->stored < ring->filled) {
        struct slot *slot = finish_oldest(ring);

        status = store_slot(ring, slot, err);
        (void) pthread_mutex_lock(&ring->lock);
        slot->state = SLOT_FREE;
        ring->stored++;
        (void) pthread_mutex_unlock(&ring->lock);
        if (status == SG_OK)
            status = fill_free_slots(ring, err);
    }
    if (status == SG_OK && stopped(ring))
        return sg_error_set(err, SG_ERR_INTERRUPTED, "stopped after %zu articles", ring->stored);
    return status;
}

static sg_status open_reading(struct sg_reading *reading, sg_error *err)
{
    const struct sg_ingest_options *options = reading->options;
    sg_status status = SG_OK;

    if (options->extractor != NULL)
        reading->plugin = sg_plugin_new(options->extractor, options->extractor_timeout,
                                        options->extractor_memory);
    else
        status = sg_model_open(options->model, &reading->model, err);
    if (status == SG_OK && options->codebook != NULL)
        status = sg_codebook_read(options->codebook, &reading->codebook, err);
    if (status == SG_OK && options->actors != NULL)
        status = sg_actor_list_read(options->actors, &reading->actors, err);
    return status;
}

static void close_reading(struct sg_reading *reading)
{
    sg_actor_list_free(reading->actors);
    sg_codebook_free(reading->codebook);
    sg_model_close(reading->model);
    sg_plugin_free(reading->plugin);
}

static sg_status run_threads(struct ring *ring, sg_error *err)
{
    pthread_t threads[JOBS_MAX];
    int jobs = ring->reading.options->jobs;
    int started = 0;
    sg_status status;

    /* This thread reads files and stores; it extracts only what would hold up the order. */
    while (jobs > 1 && started < jobs && started < JOBS_MAX &&
           pthread_create(&threads[started], NULL, work, ring) == 0)
        started++;
    status = run_ring(ring, err);
    (void) pthread_mutex_lock(&ring->lock);
    ring->closing = true;
    (void) pthread_cond_broadcast(&ring->work);
    (void) pthread_mutex_unlock(&ring->lock);
    for (int i = 0; i < started; i++)
        (void) pthread_join(threads[i], NULL);
    return status;
}

sg_status sg_ingest_run(sg_store *store, char *const *paths, size_t path_count,
                        const struct sg_ingest_options *options,
                        void (*report)(void *data, const sg_ingest_report *report), void *data,
                        sg_ingest_summary *summary_out, sg_error *err)
{
    size_t jobs = options->jobs > 1 ? (size_t) options->jobs : 1;
    struct ring ring = {
        .reading = { .options = options },
        .store = store,
        .paths = paths,
        .path_count = path_count,
        .slot_count = jobs * SLOTS_PER_JOB,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .work = PTHREAD_COND_INITIALIZER,
        .done = PTHREAD_COND_INITIALIZER,
        .report = report,
        .data = data,
        .summary = summary_out,
    };
    sg_status status;

    memset(summary_out, 0, sizeof *summary_out);
    ring.slots = sg_calloc(ring.slot_count, sizeof *ring.slots);
    for (size_t i = 0; i < ring.slot_count; i++)
        ring.slots[i].arena = sg_arena_new();
    status = open_reading(&ring.reading, err);
    if (status == SG_OK)
        status = run_threads(&ring, err);
    sg_article_reader_close(ring.reader);
    close_reading(&ring.reading);
    for (size_t i = 0; i < ring.slot_count; i++)
        sg_arena_free(ring.slots[i].arena);
    sg_free(ring.slots);
    return status != SG_OK ? status : ring.first_refusal;
}
