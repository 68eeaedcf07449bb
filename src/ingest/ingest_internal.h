#ifndef STANCE_INGEST_INTERNAL_H
#define STANCE_INGEST_INTERNAL_H

/* What the files of ingest share. */

#include "stance/extraction.h"
#include "stance/ingest.h"

/* What every article is read with; only read by the threads. */
struct sg_reading {
    const struct sg_ingest_options *options;
    sg_model *model;
    sg_codebook *codebook;
    sg_actor_list *actors;
};

/* text -> language -> extract, in the arena. */
SG_MUST_CHECK sg_status sg_reading_extract(const struct sg_reading *reading,
                                           const sg_document *document, sg_arena *arena,
                                           sg_extraction **extraction_out, sg_error *err);

#endif
