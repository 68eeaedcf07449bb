/* Any bytes as interchange JSON of a fixed article: whatever is taken must point into the text, and
 * indices must lead somewhere. Also read as properties and as a spreadsheet table. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "stance/interchange.h"
#include "stance/store.h"

#include "ingest/spreadsheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] =
    "The Harbour Board wants a dam. \xe2\x80\x9cNever,\xe2\x80\x9d said Mara Holt.\n";

static void require(int condition)
{
    if (!condition)
        abort();
}

static void require_slice(sg_slice slice)
{
    require(slice.start <= slice.end && slice.end <= sizeof text - 1);
}

static void check_extraction(const sg_extraction *x)
{
    for (size_t i = 0; i < x->actor_count; i++) {
        for (size_t j = 0; j < x->actors[i].mention_count; j++)
            require_slice(x->actors[i].mentions[j]);
        for (size_t j = 0; j < x->actors[i].affiliation_count; j++)
            require(x->actors[i].affiliations[j].organisation < x->actor_count);
    }
    for (size_t i = 0; i < x->event_count; i++) {
        require(x->events[i].about < (int32_t) x->position_count);
        for (size_t j = 0; j < x->events[i].participant_count; j++)
            require(x->events[i].participants[j] < x->actor_count);
    }
    for (size_t i = 0; i < x->statement_count; i++) {
        const sg_statement *s = &x->statements[i];
        size_t limit = s->target_kind == SG_TARGET_ACTOR   ? x->actor_count
                       : s->target_kind == SG_TARGET_EVENT ? x->event_count
                                                           : x->position_count;

        require_slice(s->evidence);
        require(s->evidence.start < s->evidence.end);
        require(s->actor < x->actor_count && s->target < limit);
        for (size_t j = 0; j < s->more_evidence_count; j++)
            require_slice(s->more_evidence[j]);
    }
}

/* What was read is written in a form that is read the same. */
static void check_props(const char *bytes, size_t size, sg_arena *arena)
{
    sg_value map;
    sg_value again;
    sg_strbuf first = SG_STRBUF_INIT;
    sg_strbuf second = SG_STRBUF_INIT;

    if (sg_props_read(bytes, size, arena, &map)) {
        sg_props_write(map, &first);
        require(sg_props_read(first.data, first.len, arena, &again));
        sg_props_write(again, &second);
        require(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    }
    sg_strbuf_clear(&first);
    sg_strbuf_clear(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sg_document document = { .name = "a.txt", .text = text, .len = sizeof text - 1 };
    sg_arena *arena = sg_arena_new();
    struct sg_spreadsheet table;
    sg_extraction *extraction = NULL;
    sg_error err = SG_ERROR_INIT;
    const char *bytes = (const char *) data;

    if (sg_interchange_read(bytes, size, &document, arena, NULL, NULL, &extraction, &err) == SG_OK)
        check_extraction(extraction);
    check_props(bytes, size, arena);
    sg_error_reset(&err);
    if (sg_spreadsheet_parse(bytes, size, arena, &table, &err) == SG_OK) {
        for (size_t i = 0; i < table.row_count; i++) {
            for (size_t j = 0; j < table.column_count; j++)
                require(table.rows[i][j] != NULL);
        }
    }
    sg_arena_free(arena);
    return 0;
}
