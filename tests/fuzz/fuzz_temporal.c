/* Any text as a date, time, date-time and duration. What is read must print as text that reads back
 * as the same value, and adding a duration must stay within the calendar or say that it cannot. */

#include <stdint.h>
#include <stdlib.h>

#include "stance/temporal.h"
#include "stance/value_ops.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check_text(sg_arena *arena, sg_value v)
{
    sg_strbuf text = SG_STRBUF_INIT;
    sg_value again;

    sg_temporal_write(&text, v);
    require(sg_temporal_parse(arena, (sg_type) v.type, text.data, text.len, &again));
    require(sg_value_same(v, again));
    sg_strbuf_clear(&text);
}

static void check_arithmetic(sg_arena *arena, sg_value v, const sg_duration *d)
{
    sg_value sum;

    if (sg_temporal_add(arena, v, d, 1, &sum))
        check_text(arena, sum);
    if (sg_temporal_add(arena, v, d, -1, &sum))
        check_text(arena, sum);
}

/* The text up to a '~' may be an instant, what follows a duration. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *) data;
    sg_arena *arena = sg_arena_new();
    sg_value duration, v;
    size_t cut = 0;
    bool has_duration;

    while (cut < size && text[cut] != '~')
        cut++;
    has_duration = cut < size &&
                   sg_temporal_parse(arena, SG_DURATION, text + cut + 1, size - cut - 1, &duration);
    if (has_duration)
        check_text(arena, duration);
    for (sg_type type = SG_DATE; type <= SG_DURATION; type++) {
        if (!sg_temporal_parse(arena, type, text, cut, &v))
            continue;
        check_text(arena, v);
        if (has_duration && type != SG_DURATION)
            check_arithmetic(arena, v, duration.as.duration);
    }
    sg_arena_free(arena);
    return 0;
}
