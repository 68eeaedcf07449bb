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
    char date[24];
    int64_t day;   /* the same as a day number; SG_NO_DAY if it is no single day */
    bool relative; /* counted from the day of publication ("on Wednesday", "last month") */
} sg_time;

/* Where a month without a year, or a bare weekday, lies; where it is not known, the nearest month
 * and the weekday before publication. */
typedef enum sg_tense { SG_TENSE_UNKNOWN, SG_TENSE_PAST, SG_TENSE_FUTURE } sg_tense;

/* The time expression that begins at `word`; false if none does. */
bool sg_time_at(const sg_reading *reading, uint32_t word, sg_tense tense, sg_time *time_out);

/* A day counted from another ("the next day"): from `told`, a day number, or SG_NO_DAY. */
bool sg_time_counted_at(const sg_reading *reading, uint32_t word, int64_t told, sg_time *time_out);

typedef struct sg_event_word {
    const char *text; /* the entry: "call off", "take office" */
    const char *kind;
    const char *name; /* noun for the event */
    bool alone;       /* a noun that means one event also where no date is given */
} sg_event_word;

/* What the word says happens, as a noun or a verb (with its particle); NULL if nothing. Of
 * data/lexicons/events.csv. */
const sg_event_word *sg_event_word_at(const sg_reading *reading, uint32_t word);

/* ---- event_anchor.c ---- */

bool sg_is_event_noun(const sg_reading *reading, uint32_t word);
/* The word that the time belongs to: the nearest event noun above it, or verb that says that
 * something happened; SG_NO_WORD. */
uint32_t sg_event_anchor(const sg_reading *reading, const sg_time *time);
/* "Will resign", "is due to meet". */
bool sg_is_future(const sg_reading *reading, uint32_t word);
/* "Did not resign", "would have met", "if it is signed". */
bool sg_is_unreal(const sg_reading *reading, uint32_t verb);

/* "Schedule", "plan": what is planned is the event. */
bool sg_is_planning_verb(const sg_reading *reading, uint32_t verb);
/* Who does it, also in "the council is scheduled to vote"; SG_NO_WORD. */
uint32_t sg_event_doer(const sg_reading *reading, uint32_t verb);

/* ---- event_name.c ---- */

/* Nouns of a name apart from the word for what happened. */
#define SG_EVENT_WORDS_MAX 12

typedef struct sg_event_words {
    uint32_t items[SG_EVENT_WORDS_MAX];
    size_t count;
} sg_event_words;

typedef struct sg_event_reader {
    sg_reading *r;
    uint8_t *timed;        /* words of time expressions, which are no part of a name */
    sg_event_words *words; /* of each event of the reading */
    size_t capacity;
} sg_event_reader;

/* The words around a noun that say which one it is. */
void sg_event_span(const sg_event_reader *e, uint32_t head, uint32_t *first_out,
                   uint32_t *past_out);
const char *sg_event_name_of_noun(const sg_event_reader *e, uint32_t noun);
/* `word` may be NULL. NULL if nothing says who did what. */
const char *sg_event_name_of_clause(const sg_event_reader *e, uint32_t verb,
                                    const sg_event_word *word);
/* The text that tells the event at a noun or verb, and the nouns in it. */
sg_slice sg_event_slice(const sg_event_reader *e, uint32_t at);
void sg_event_words_of(const sg_event_reader *e, uint32_t at, sg_event_words *out);

void sg_read_events(sg_reading *reading);
/* Says of each event which position it is about, as far as the text does. Last, when the positions
 * are known. */
void sg_read_events_about(sg_reading *reading);

#endif
