#include <inttypes.h>
#include <string.h>

#include "stance/extraction.h"
#include "stance/map.h"

/* The interchange JSON. Objects at the first two levels are spread over lines, everything below
 * them is on one line; the one-line form only leaves the line breaks out. */

typedef struct json_writer {
    sg_strbuf *out;
    const sg_document *document;
    bool lines;
    unsigned depth;
    bool first; /* nothing written yet in the object or array that is open */
} json_writer;

static void write_string(sg_strbuf *out, const char *text, size_t len)
{
    sg_strbuf_putc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) text[i];

        if (c == '"' || c == '\\') {
            sg_strbuf_putc(out, '\\');
            sg_strbuf_putc(out, (char) c);
        } else if (c == '\n') {
            sg_strbuf_puts(out, "\\n");
        } else if (c == '\r') {
            sg_strbuf_puts(out, "\\r");
        } else if (c == '\t') {
            sg_strbuf_puts(out, "\\t");
        } else if (c < 0x20 || c == 0x7F) {
            sg_strbuf_printf(out, "\\u%04x", c);
        } else {
            sg_strbuf_putc(out, (char) c);
        }
    }
    sg_strbuf_putc(out, '"');
}

static void break_line(json_writer *w)
{
    if (!w->lines || w->depth > 2)
        return;
    sg_strbuf_putc(w->out, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        sg_strbuf_puts(w->out, "  ");
}

static void begin_item(json_writer *w)
{
    if (!w->first)
        sg_strbuf_puts(w->out, w->lines && w->depth <= 2 ? "," : ", ");
    w->first = false;
    break_line(w);
}

static void open_bracket(json_writer *w, char bracket)
{
    sg_strbuf_putc(w->out, bracket);
    w->depth++;
    w->first = true;
}

static void close_bracket(json_writer *w, char bracket)
{
    w->depth--;
    if (!w->first)
        break_line(w);
    sg_strbuf_putc(w->out, bracket);
    w->first = false;
}

static void write_key(json_writer *w, const char *key)
{
    begin_item(w);
    write_string(w->out, key, strlen(key));
    sg_strbuf_puts(w->out, ": ");
}

static void write_text(json_writer *w, const char *key, const char *text)
{
    write_key(w, key);
    if (text == NULL)
        sg_strbuf_puts(w->out, "null");
    else
        write_string(w->out, text, strlen(text));
}

static void write_slice_value(json_writer *w, sg_slice slice)
{
    write_string(w->out, w->document->text + slice.start, slice.end - slice.start);
}

/* The distinct texts of the slices, in order. */
static void write_slices(json_writer *w, const char *key, const sg_slice *slices, size_t count)
{
    sg_map *seen = sg_map_new();

    write_key(w, key);
    open_bracket(w, '[');
    for (size_t i = 0; i < count; i++) {
        if (slices[i].end <= slices[i].start ||
            !sg_map_put(seen, w->document->text + slices[i].start, slices[i].end - slices[i].start,
                        0))
            continue;
        begin_item(w);
        write_slice_value(w, slices[i]);
    }
    close_bracket(w, ']');
    sg_map_free(seen);
}

static void write_strings(json_writer *w, const char *key, const char *const *texts, size_t count)
{
    write_key(w, key);
    open_bracket(w, '[');
    for (size_t i = 0; i < count; i++) {
        begin_item(w);
        write_string(w->out, texts[i], strlen(texts[i]));
    }
    close_bracket(w, ']');
}

/* Days since 1970-01-01 as a date (Howard Hinnant, "chrono-compatible low-level date
 * algorithms", civil_from_days). */
static void write_day(json_writer *w, const char *key, int32_t day)
{
    int64_t z = (int64_t) day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9;

    write_key(w, key);
    if (day == SG_NO_DAY)
        sg_strbuf_puts(w->out, "null");
    else
        sg_strbuf_printf(w->out, "\"%04" PRId64 "-%02" PRId64 "-%02" PRId64 "\"",
                         yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static void write_affiliations(json_writer *w, const sg_extraction *x, const sg_actor *actor)
{
    sg_map *seen = sg_map_new();

    write_key(w, "affiliations");
    open_bracket(w, '[');
    for (size_t i = 0; i < actor->affiliation_count; i++) {
        const char *name = x->actors[actor->affiliations[i].organisation].name;

        if (!sg_map_put(seen, name, strlen(name), 0))
            continue;
        begin_item(w);
        write_string(w->out, name, strlen(name));
    }
    close_bracket(w, ']');
    sg_map_free(seen);
}

static void write_actor(json_writer *w, const sg_extraction *x, const sg_actor *actor)
{
    begin_item(w);
    open_bracket(w, '{');
    write_text(w, "name", actor->name);
    write_slices(w, "mentions", actor->mentions, actor->mention_count);
    if (actor->kind == SG_ACTOR_PERSON) {
        write_strings(w, "roles", actor->roles, actor->role_count);
        write_affiliations(w, x, actor);
    } else if (actor->acronym != NULL) {
        write_text(w, "acronym", actor->acronym);
    }
    close_bracket(w, '}');
}

static void write_actors(json_writer *w, const sg_extraction *x, const char *key,
                         sg_actor_kind kind)
{
    write_key(w, key);
    open_bracket(w, '[');
    for (size_t i = 0; i < x->actor_count; i++)
        if (x->actors[i].kind == kind)
            write_actor(w, x, &x->actors[i]);
    close_bracket(w, ']');
}

static void write_event(json_writer *w, const sg_extraction *x, const sg_event *event)
{
    begin_item(w);
    open_bracket(w, '{');
    write_text(w, "name", event->name);
    write_text(w, "date", event->date);
    write_slices(w, "mentions", event->mentions, event->mention_count);
    write_key(w, "participants");
    open_bracket(w, '[');
    for (size_t i = 0; i < event->participant_count; i++) {
        const char *name = x->actors[event->participants[i]].name;

        begin_item(w);
        write_string(w->out, name, strlen(name));
    }
    close_bracket(w, ']');
    write_text(w, "kind", event->kind);
    if (event->about >= 0)
        write_text(w, "about", x->positions[event->about].name);
    close_bracket(w, '}');
}

static const char *target_name(const sg_extraction *x, const sg_statement *s)
{
    switch (s->target_kind) {
    case SG_TARGET_POSITION:
        return x->positions[s->target].name;
    case SG_TARGET_EVENT:
        return x->events[s->target].name;
    case SG_TARGET_ACTOR:
        break;
    }
    return x->actors[s->target].name;
}

static const char *target_type(const sg_extraction *x, const sg_statement *s)
{
    static const char *const kinds[] = { "person", "organisation", "group" };

    switch (s->target_kind) {
    case SG_TARGET_POSITION:
        return "position";
    case SG_TARGET_EVENT:
        return "event";
    case SG_TARGET_ACTOR:
        break;
    }
    return kinds[x->actors[s->target].kind];
}

static const char *const modes[] = { "direct-quote", "indirect-speech", "narrated-act" };

static void write_statement(json_writer *w, const sg_extraction *x, const sg_statement *s)
{
    static const char *const stances[] = { "oppose", "neutral", "support" };

    begin_item(w);
    open_bracket(w, '{');
    write_text(w, "actor", x->actors[s->actor].name);
    write_text(w, "stance", stances[(int) s->stance + 1]);
    write_text(w, "target", target_name(x, s));
    write_text(w, "target_type", target_type(x, s));
    write_key(w, "evidence");
    write_slice_value(w, s->evidence);
    if (s->more_evidence_count > 0)
        write_slices(w, "more_evidence", s->more_evidence, s->more_evidence_count);
    write_text(w, "mode", modes[s->mode]);
    write_text(w, "certainty", s->certainty == SG_EXPLICIT ? "explicit" : "implied");
    write_key(w, "confidence");
    sg_strbuf_printf(w->out, "%.3f", (double) s->confidence);
    write_key(w, "start");
    sg_strbuf_printf(w->out, "%" PRIu32, s->evidence.start);
    write_key(w, "end");
    sg_strbuf_printf(w->out, "%" PRIu32, s->evidence.end);
    close_bracket(w, '}');
}

static void write_passage(json_writer *w, sg_slice slice)
{
    open_bracket(w, '{');
    write_key(w, "text");
    write_slice_value(w, slice);
    write_key(w, "start");
    sg_strbuf_printf(w->out, "%" PRIu32, slice.start);
    write_key(w, "end");
    sg_strbuf_printf(w->out, "%" PRIu32, slice.end);
    close_bracket(w, '}');
}

static void write_passage_or_null(json_writer *w, const char *key, sg_slice slice)
{
    write_key(w, key);
    if (slice.end > slice.start)
        write_passage(w, slice);
    else
        sg_strbuf_puts(w->out, "null");
}

static void write_attribution(json_writer *w, const sg_extraction *x, const sg_attribution *a)
{
    begin_item(w);
    open_bracket(w, '{');
    write_text(w, "speaker", a->speaker >= 0 ? x->actors[a->speaker].name : NULL);
    write_passage_or_null(w, "source", a->source);
    write_passage_or_null(w, "cue", a->cue);
    write_key(w, "content");
    open_bracket(w, '[');
    for (size_t i = 0; i < a->content_count; i++) {
        begin_item(w);
        write_passage(w, a->content[i]);
    }
    close_bracket(w, ']');
    write_text(w, "mode", modes[a->mode]);
    close_bracket(w, '}');
}

static void write_article(json_writer *w, const sg_extraction *x, const char *codebook_name)
{
    const sg_document *document = x->document;

    open_bracket(w, '{');
    write_text(w, "article", base_name(document->name));
    write_text(w, "title", document->title);
    write_day(w, "date", document->day);
    write_text(w, "source", document->source);
    write_text(w, "codebook", codebook_name);
    if (document->uri != NULL)
        write_text(w, "url", document->uri);
    write_actors(w, x, "persons", SG_ACTOR_PERSON);
    write_actors(w, x, "organisations", SG_ACTOR_ORGANISATION);
    write_actors(w, x, "groups", SG_ACTOR_GROUP);
    write_key(w, "events");
    open_bracket(w, '[');
    for (size_t i = 0; i < x->event_count; i++)
        write_event(w, x, &x->events[i]);
    close_bracket(w, ']');
    write_key(w, "positions");
    open_bracket(w, '[');
    for (size_t i = 0; i < x->position_count; i++) {
        begin_item(w);
        open_bracket(w, '{');
        write_text(w, "name", x->positions[i].name);
        write_slices(w, "mentions", x->positions[i].mentions, x->positions[i].mention_count);
        close_bracket(w, '}');
    }
    close_bracket(w, ']');
    write_key(w, "stances");
    open_bracket(w, '[');
    for (size_t i = 0; i < x->statement_count; i++)
        write_statement(w, x, &x->statements[i]);
    close_bracket(w, ']');
    write_key(w, "attributions");
    open_bracket(w, '[');
    for (size_t i = 0; i < x->attribution_count; i++)
        write_attribution(w, x, &x->attributions[i]);
    close_bracket(w, ']');
    write_text(w, "extractor", sg_extractor_name());
    close_bracket(w, '}');
    sg_strbuf_putc(w->out, '\n');
}

void sg_extraction_write_json(const sg_extraction *extraction, const char *codebook_name,
                              sg_strbuf *out)
{
    json_writer w = { out, extraction->document, true, 0, true };

    write_article(&w, extraction, codebook_name);
}

void sg_extraction_write_json_line(const sg_extraction *extraction, const char *codebook_name,
                                   sg_strbuf *out)
{
    json_writer w = { out, extraction->document, false, 0, true };

    write_article(&w, extraction, codebook_name);
}
