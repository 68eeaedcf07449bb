/* Exports of press archives saved as plain text.
 *
 * Nexis Uni:                      older LexisNexis:                 Factiva:
 *     Headline                        2 of 100 DOCUMENTS                HD  Headline
 *     Outlet                          Outlet                            BY  A. Writer
 *     February 13, 2016 Saturday      February 13, 2016 Saturday        PD  13 February 2016
 *     Copyright ...                   HEADLINE                          SN  Outlet
 *     Section: ...  Length: ...       BYLINE: A. Writer                 LP
 *     Byline: A. Writer               LENGTH: 512 words                 first paragraphs
 *     Body                            text                              TD
 *     text                            LOAD-DATE: ...                    the others
 *     Load-Date: ...                  ...                               AN  Document ...
 *     End of Document
 *
 * The layouts are not specified anywhere and change; what is looked for is only what all known
 * versions share. An entry in which no text is found is refused with its first line. */

#include <string.h>

#include "text_article_internal.h"

typedef struct line {
    const char *text; /* without white space at the ends */
    size_t len;
} line;

#define HEADER_MOST 24

/* One entry while it is read. */
typedef struct entry {
    line header[HEADER_MOST];
    size_t header_count;
    sg_strbuf body;
    sg_strbuf fields[SG_FIELD_COUNT];
    bool in_body;
    bool after_body;
    bool any;
    size_t first_line;
} entry;

static bool read_line(sg_article_reader *reader, line *out)
{
    const char *start = reader->text + reader->at;
    const char *stop;
    size_t len;

    if (reader->at >= reader->len)
        return false;
    stop = memchr(start, '\n', reader->len - reader->at);
    len = stop != NULL ? (size_t) (stop - start) : reader->len - reader->at;
    reader->at += len + (stop != NULL);
    reader->line++;
    while (len > 0 && sg_text_gap(start, 0, len) > 0) {
        size_t gap = sg_text_gap(start, 0, len);

        start += gap;
        len -= gap;
    }
    while (len > 0 && (unsigned char) start[len - 1] <= ' ')
        len--;
    *out = (line){ start, len };
    return true;
}

static bool is_line(line l, const char *lower)
{
    return l.len == strlen(lower) && sg_text_has(l.text, 0, l.len, lower);
}

static bool begins(line l, const char *lower)
{
    return sg_text_has(l.text, 0, l.len, lower);
}

static void append_line(sg_strbuf *out, line l, const char *separator)
{
    if (out->len > 0)
        sg_strbuf_puts(out, separator);
    sg_strbuf_append(out, l.text, l.len);
}

static void entry_clear(entry *e)
{
    sg_strbuf_clear(&e->body);
    for (size_t i = 0; i < SG_FIELD_COUNT; i++)
        sg_strbuf_clear(&e->fields[i]);
}

static sg_status entry_finish(const sg_article_reader *reader, entry *e, sg_arena *arena,
                              sg_document **document_out, sg_error *err)
{
    sg_article_record record = { { NULL } };
    const char *where = sg_arena_printf(arena, "%zu", reader->number);

    for (size_t i = 0; i < SG_FIELD_COUNT; i++) {
        if (e->fields[i].len > 0)
            record.fields[i] = sg_arena_strndup(arena, e->fields[i].data, e->fields[i].len);
    }
    if (e->body.len > 0)
        record.fields[SG_FIELD_TEXT] = sg_arena_strndup(arena, e->body.data, e->body.len);
    else
        return sg_error_set(err, SG_ERR_INPUT,
                            "%s: line %zu: entry %zu has no text that can be found", reader->path,
                            e->first_line, reader->number);
    return sg_article_record_read(reader, &record, where, arena, document_out, err);
}

/* ---- Nexis */

/* "2 of 100 DOCUMENTS" */
static bool is_document_count(line l)
{
    size_t at = strspn(l.text, "0123456789");

    return at > 0 && at < l.len && sg_text_has(l.text, at, l.len, " of ") && l.len > 10 &&
           sg_text_has(l.text, l.len - 9, l.len, "documents");
}

/* Labels before the text; "Body" or the last of them begins it. */
static bool is_label(line l)
{
    static const char *const labels[] = { "byline:", "section:", "length:",   "highlight:",
                                          "series:", "graphic:", "dateline:", "correction",
                                          "source:", "copyright" };

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (begins(l, labels[i]))
            return true;
    }
    return false;
}

static bool is_after_body(line l)
{
    static const char *const starts[] = { "load-date:",     "language:",      "publication-type:",
                                          "classification", "document-type:", "subject:",
                                          "graphic:",       "pub-type:",      "journal code:" };

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (begins(l, starts[i]))
            return true;
    }
    return false;
}

static void nexis_label(entry *e, line l)
{
    size_t colon;

    if (begins(l, "byline:") && e->fields[SG_FIELD_AUTHOR].len == 0) {
        for (colon = 7; colon < l.len && l.text[colon] == ' '; colon++)
            ;
        append_line(&e->fields[SG_FIELD_AUTHOR], (line){ l.text + colon, l.len - colon }, " ");
    }
}

/* Outlet, date and headline stand above the labels: the outlet right before the date; the headline
 * before the outlet (Nexis Uni) or after the date (older). */
static void nexis_header(entry *e)
{
    size_t date = 0;
    int32_t day;

    while (date < e->header_count &&
           sg_date_parse(e->header[date].text, e->header[date].len, &day) == 0)
        date++;
    if (date == e->header_count) {
        if (date > 0)
            append_line(&e->fields[SG_FIELD_TITLE], e->header[0], " ");
        return;
    }
    append_line(&e->fields[SG_FIELD_DATE], e->header[date], " ");
    if (date > 0)
        append_line(&e->fields[SG_FIELD_SOURCE], e->header[date - 1], " ");
    if (date >= 2) {
        for (size_t i = 0; i + 1 < date; i++)
            append_line(&e->fields[SG_FIELD_TITLE], e->header[i], " ");
    } else {
        for (size_t i = date + 1; i < e->header_count; i++)
            append_line(&e->fields[SG_FIELD_TITLE], e->header[i], " ");
    }
}

static void nexis_line(entry *e, line l, bool has_body_line)
{
    if (e->after_body)
        return;
    if (!e->in_body) {
        if (is_line(l, "body") || (!has_body_line && begins(l, "length:"))) {
            e->in_body = true;
            return;
        }
        if (is_label(l))
            nexis_label(e, l);
        else if (l.len > 0 && e->header_count < HEADER_MOST)
            e->header[e->header_count++] = l;
        return;
    }
    if (is_after_body(l)) {
        e->after_body = true;
        return;
    }
    if (e->body.len == 0 && (l.len == 0 || is_label(l))) {
        nexis_label(e, l);
        return;
    }
    sg_strbuf_append(&e->body, l.text, l.len);
    sg_strbuf_putc(&e->body, '\n');
}

/* Does a line "Body" stand before the end of this entry? */
static bool has_body_line(const sg_article_reader *reader)
{
    sg_article_reader ahead = *reader;
    line l;

    while (read_line(&ahead, &l)) {
        if (is_line(l, "body"))
            return true;
        if (is_line(l, "end of document") || begins(l, "load-date:"))
            return false;
    }
    return false;
}

static bool nexis_entry(sg_article_reader *reader, entry *e)
{
    bool body_line = has_body_line(reader);
    size_t before = reader->at;
    size_t line_before = reader->line;
    line l;

    while (read_line(reader, &l)) {
        if (is_line(l, "end of document"))
            return e->any;
        if (is_document_count(l)) {
            if (!e->any)
                continue;
            reader->at = before; /* the next entry begins here */
            reader->line = line_before;
            return true;
        }
        before = reader->at;
        line_before = reader->line;
        if (l.len > 0 && !e->any) {
            e->any = true;
            e->first_line = reader->line - 1;
        }
        if (e->any)
            nexis_line(e, l, body_line);
    }
    return e->any && (e->in_body || e->header_count > 1);
}

/* ---- Factiva */

static const struct {
    const char *code;
    int field; /* sg_article_field, or -1 for what is not used */
} codes[] = {
    { "SE", -1 },  { "HD", SG_FIELD_TITLE },
    { "CR", -1 },  { "BY", SG_FIELD_AUTHOR },
    { "WC", -1 },  { "PD", SG_FIELD_DATE },
    { "ET", -1 },  { "SN", SG_FIELD_SOURCE },
    { "SC", -1 },  { "ED", -1 },
    { "PG", -1 },  { "LA", -1 },
    { "CY", -1 },  { "LP", SG_FIELD_TEXT },
    { "CX", -1 },  { "TD", SG_FIELD_TEXT },
    { "CT", -1 },  { "RF", -1 },
    { "CO", -1 },  { "IN", -1 },
    { "NS", -1 },  { "RE", -1 },
    { "IPC", -1 }, { "IPD", -1 },
    { "PUB", -1 }, { "AN", SG_FIELD_ID },
    { "ART", -1 }, { "CLM", -1 },
};

/* The index of the code that the line begins with, or -1; *rest_out is what follows it. */
static int factiva_code(line l, line *rest_out)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        size_t len = strlen(codes[i].code);

        if (l.len < len || memcmp(l.text, codes[i].code, len) != 0 ||
            (l.len > len && l.text[len] != ' ' && l.text[len] != '\t'))
            continue;
        while (len < l.len && (l.text[len] == ' ' || l.text[len] == '\t'))
            len++;
        *rest_out = (line){ l.text + len, l.len - len };
        return (int) i;
    }
    return -1;
}

static void factiva_value(entry *e, int field, line l)
{
    if (field == SG_FIELD_TEXT) {
        sg_strbuf_append(&e->body, l.text, l.len);
        sg_strbuf_putc(&e->body, '\n');
    } else if (field >= 0 && l.len > 0) {
        append_line(&e->fields[field], l, " ");
    }
}

static bool factiva_entry(sg_article_reader *reader, entry *e)
{
    int current = -1; /* field of the code being read */
    bool ended = false;
    line l;

    for (;;) {
        size_t before = reader->at;
        size_t line_before = reader->line;
        line rest;
        int code;

        if (!read_line(reader, &l))
            break;
        code = factiva_code(l, &rest);
        if (code >= 0 && ended) {
            reader->at = before;
            reader->line = line_before;
            break;
        }
        if (code < 0) {
            factiva_value(e, current, l);
            continue;
        }
        if (!e->any)
            e->first_line = line_before;
        e->any = true;
        if (e->body.len > 0 && codes[code].field == SG_FIELD_TEXT)
            sg_strbuf_putc(&e->body, '\n');
        current = codes[code].field;
        ended = current == SG_FIELD_ID;
        factiva_value(e, current, rest);
    }
    return e->any;
}

sg_status sg_article_archive_next(sg_article_reader *reader, sg_arena *arena,
                                  sg_document **document_out, sg_error *err)
{
    entry e = { .any = false };
    sg_status status = SG_OK;
    bool found;

    if (reader->format == SG_ARTICLE_NEXIS) {
        found = nexis_entry(reader, &e);
        if (found)
            nexis_header(&e);
    } else {
        found = factiva_entry(reader, &e);
    }
    if (found) {
        reader->number++;
        status = entry_finish(reader, &e, arena, document_out, err);
    }
    entry_clear(&e);
    return status;
}
