#include "stance/extraction.h"
#include "stance/version.h"

#include "event_internal.h"
#include "extract_internal.h"
#include "stance_internal.h"

sg_status sg_extract(const sg_annotation *annotation, const struct sg_extract_options *options,
                     sg_arena *arena, sg_extraction **extraction_out, sg_error *err)
{
    sg_reading *reading = sg_reading_new(annotation, options, arena);
    sg_candidates candidates = { NULL, 0, 0 };
    sg_speech *speech;

    (void) err;
    sg_read_names(reading);
    sg_read_groups(reading);
    sg_read_roles(reading);
    sg_read_descriptions(reading);
    sg_read_events(reading);
    speech = sg_read_speech(reading);
    sg_find_candidates(reading, speech, &candidates);
    sg_make_statements(reading, speech, &candidates);
    *extraction_out = sg_reading_finish(reading);
    return SG_OK;
}

const char *sg_extractor_name(void)
{
    return "stance/" SG_VERSION;
}
