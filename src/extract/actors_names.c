/* Names to actors: where names stand, what kind each is, who goes by which. */

#include "actors_internal.h"

void sg_read_names(sg_reading *reading)
{
    sg_names names = { .reading = reading, .by_key = sg_map_new() };

    sg_find_name_spans(&names);
    sg_decide_name_types(&names);
    sg_make_persons(&names);
    sg_make_organisations(&names);
    sg_make_parts(reading);
    sg_map_free(names.by_key);
}
