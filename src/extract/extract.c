#include "stance/extraction.h"
#include "stance/version.h"

#include "event_internal.h"
#include "extract_internal.h"
#include "polarity_internal.h"
#include "speech_internal.h"
#include "stance_internal.h"

void sg_read_actors(sg_reading *reading)
{
    sg_read_names(reading);
    sg_apply_known_actors(reading);
    sg_read_groups(reading);
    sg_read_roles(reading);
    sg_apply_known_affiliations(reading);
}

/* The steps of extraction, in order, up to the pairs that the scorer judges. */
sg_reading *sg_read_article(const sg_annotation *annotation,
                            const struct sg_extract_options *options, sg_arena *arena,
                            sg_speech **speech_out, sg_pairs *pairs_out)
{
    sg_reading *reading = sg_reading_new(annotation, options, arena);
    sg_candidates candidates = { NULL, 0, 0 };

    sg_read_actors(reading);
    sg_read_descriptions(reading);
    sg_read_events(reading);
    *speech_out = sg_read_speech(reading);
    sg_find_candidates(reading, *speech_out, &candidates);
    reading->polarity = sg_polarity_words_new(reading);
    sg_find_pairs(reading, *speech_out, &candidates, pairs_out);
    return reading;
}

sg_status sg_extract(const sg_annotation *annotation, const struct sg_extract_options *options,
                     sg_arena *arena, sg_extraction **extraction_out, sg_error *err)
{
    sg_pairs pairs = { 0 };
    sg_speech *speech = NULL;
    sg_reading *reading = sg_read_article(annotation, options, arena, &speech, &pairs);

    (void) err;
    sg_make_statements(reading, speech, &pairs);
    sg_read_events_about(reading);
    if (options->attributions)
        sg_read_attributions(reading, speech);
    *extraction_out = sg_reading_finish(reading);
    return SG_OK;
}

const char *sg_extractor_name(void)
{
    return "stance/" SG_VERSION;
}
