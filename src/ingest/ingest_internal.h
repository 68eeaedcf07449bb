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
    struct sg_plugin *plugin; /* reads the articles instead, or NULL */
};

#endif
