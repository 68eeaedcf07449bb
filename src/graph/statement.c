#include "load.h"

/* The typed columns of a statement under the names of their properties. */

statement_keys statement_keys_make(sg_symbol (*make)(void *owner, const char *name), void *owner)
{
    return (statement_keys){ .article = make(owner, "article"),
                             .date = make(owner, "date"),
                             .start = make(owner, "start"),
                             .end = make(owner, "end"),
                             .mode = make(owner, "mode"),
                             .certainty = make(owner, "certainty"),
                             .confidence = make(owner, "confidence"),
                             .origin = make(owner, "origin"),
                             .status = make(owner, "status") };
}

void statement_give(const sg_store_statement *s, const statement_keys *keys,
                    void (*give)(void *owner, sg_symbol key, sg_value value), void *owner)
{
    if (s->start != SG_STORE_NO_BYTE)
        give(owner, keys->start, sg_value_integer(s->start));
    if (s->end != SG_STORE_NO_BYTE)
        give(owner, keys->end, sg_value_integer(s->end));
    if (s->mode >= 0)
        give(owner, keys->mode, sg_value_text(sg_mode_name(s->mode)));
    if (s->certainty >= 0)
        give(owner, keys->certainty, sg_value_text(sg_certainty_name(s->certainty)));
    if (s->confidence >= 0)
        give(owner, keys->confidence, sg_value_float(s->confidence));
    if (s->origin != NULL)
        give(owner, keys->origin, sg_value_text(s->origin));
    if (s->status >= 0)
        give(owner, keys->status, sg_value_text(sg_review_name(s->status)));
}

bool statement_has_quote(const sg_store_statement *s)
{
    return s->article != 0 && s->start != SG_STORE_NO_BYTE && s->end != SG_STORE_NO_BYTE;
}
