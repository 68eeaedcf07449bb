#ifndef STANCE_EVENT_INTERNAL_H
#define STANCE_EVENT_INTERNAL_H

/* Events: what happened or is planned, when, and who took part. */

#include <stdbool.h>
#include <stdint.h>

#include "extract_internal.h"

/* A time expression: words first..past, and the date it means, as far as it says:
 * YYYY-MM-DD, YYYY-MM, YYYY, or --MM-DD where the year is not known. */
typedef struct sg_time {
    uint32_t first;
    uint32_t past;
    char date[16];
    bool relative; /* counted from the day of publication ("on Wednesday", "last month") */
} sg_time;

/* The time expression that begins at `word`; false if none does. `future` resolves a bare weekday
 * or month forwards. */
bool sg_time_at(const sg_reading *reading, uint32_t word, bool future, sg_time *time_out);

typedef struct sg_event_word {
    const char *kind;
    const char *name; /* noun for the event */
} sg_event_word;

/* What the lemma at `word` says happens, as a noun or a verb; NULL if nothing. */
const sg_event_word *sg_event_word_at(const sg_reading *reading, uint32_t word);

void sg_read_events(sg_reading *reading);

#endif
