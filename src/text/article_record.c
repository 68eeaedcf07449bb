/* A record of fields (a CSV row, a JSON object, an entry of a press archive) -> a document. */

#include <string.h>

#include "stance/log.h"

#include "text_article_internal.h"

/* Usual names of columns, after the field's own name. Case, spaces, hyphens and underscores do not
 * count. */
static const struct {
    const char *name;
    sg_article_field field;
} aliases[] = {
    { "text", SG_FIELD_TEXT },
    { "body", SG_FIELD_TEXT },
    { "content", SG_FIELD_TEXT },
    { "fulltext", SG_FIELD_TEXT },
    { "articlebody", SG_FIELD_TEXT },
    { "articletext", SG_FIELD_TEXT },
    { "bodytext", SG_FIELD_TEXT },
    { "maintext", SG_FIELD_TEXT },
    { "story", SG_FIELD_TEXT },
    { "title", SG_FIELD_TITLE },
    { "headline", SG_FIELD_TITLE },
    { "head", SG_FIELD_TITLE },
    { "articletitle", SG_FIELD_TITLE },
    { "date", SG_FIELD_DATE },
    { "published", SG_FIELD_DATE },
    { "datepublished", SG_FIELD_DATE },
    { "publishedat", SG_FIELD_DATE },
    { "publicationdate", SG_FIELD_DATE },
    { "pubdate", SG_FIELD_DATE },
    { "publishdate", SG_FIELD_DATE },
    { "day", SG_FIELD_DATE },
    { "source", SG_FIELD_SOURCE },
    { "outlet", SG_FIELD_SOURCE },
    { "publisher", SG_FIELD_SOURCE },
    { "publication", SG_FIELD_SOURCE },
    { "newspaper", SG_FIELD_SOURCE },
    { "medium", SG_FIELD_SOURCE },
    { "sitename", SG_FIELD_SOURCE },
    { "author", SG_FIELD_AUTHOR },
    { "authors", SG_FIELD_AUTHOR },
    { "byline", SG_FIELD_AUTHOR },
    { "creator", SG_FIELD_AUTHOR },
    { "url", SG_FIELD_URL },
    { "uri", SG_FIELD_URL },
    { "link", SG_FIELD_URL },
    { "id", SG_FIELD_ID },
    { "articleid", SG_FIELD_ID },
    { "docid", SG_FIELD_ID },
    { "guid", SG_FIELD_ID },
};

/* Does `column` spell `name`, but for case, spaces, hyphens and underscores? */
static bool spells(const char *column, const char *name)
{
    for (; *column != '\0'; column++) {
        if (strchr(" -_", *column) != NULL)
            continue;
        if (sg_ascii_lower(*column) != *name || *name == '\0')
            return false;
        name++;
    }
    return *name == '\0';
}

sg_article_field sg_article_field_of(const sg_article_reader *reader, const char *column)
{
    for (size_t i = 0; i < SG_FIELD_COUNT; i++) {
        if (reader->columns[i] != NULL && strcmp(reader->columns[i], column) == 0)
            return (sg_article_field) i;
    }
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (reader->columns[aliases[i].field] == NULL && spells(column, aliases[i].name))
            return aliases[i].field;
    }
    return SG_FIELD_COUNT;
}

static bool is_present(const char *field)
{
    size_t len = field != NULL ? strlen(field) : 0;

    for (size_t at = 0; at < len;) {
        size_t gap = sg_text_gap(field, at, len);

        if (gap == 0)
            return true;
        at += gap;
    }
    return false;
}

/* Title, an empty line, body; the body alone if it begins with the title already. */
static char *join_text(const sg_article_record *record, sg_arena *arena, size_t *len_out)
{
    const char *title = record->fields[SG_FIELD_TITLE];
    const char *body = record->fields[SG_FIELD_TEXT];
    char *text;

    if (!is_present(title) || strncmp(body, title, strlen(title)) == 0)
        text = sg_arena_strdup(arena, body);
    else
        text = sg_arena_printf(arena, "%s\n\n%s", title, body);
    *len_out = strlen(text);
    return text;
}

/* Also "20160213", as databases write it. */
static int32_t read_date(const char *text)
{
    int32_t day = SG_NO_DAY;
    size_t len = strlen(text);
    size_t at = 0;

    while (at < len && sg_text_gap(text, at, len) > 0)
        at++;
    if (len - at == 8 && strspn(text + at, "0123456789") == 8) {
        int digits[8];

        for (size_t i = 0; i < 8; i++)
            digits[i] = text[at + i] - '0';
        return sg_date_day(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
                           digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
    }
    (void) sg_date_parse(text + at, len - at, &day);
    return day;
}

sg_status sg_article_record_read(const sg_article_reader *reader, const sg_article_record *record,
                                 const char *where, sg_arena *arena, sg_document **document_out,
                                 sg_error *err)
{
    const char *id = record->fields[SG_FIELD_ID];
    const char *date = record->fields[SG_FIELD_DATE];
    sg_document_facts facts = { 0 };
    const char *name;
    char *text;
    size_t len;

    if (is_present(id) || where[0] != '\0')
        name = sg_arena_printf(arena, "%s#%s", reader->path, is_present(id) ? id : where);
    else
        name = reader->path;
    if (!is_present(record->fields[SG_FIELD_TEXT]))
        return sg_error_set(err, SG_ERR_INPUT, "%s: the article has no text", name);
    text = join_text(record, arena, &len);
    facts.day = SG_NO_DAY;
    if (is_present(record->fields[SG_FIELD_TITLE]))
        facts.title = record->fields[SG_FIELD_TITLE];
    if (is_present(record->fields[SG_FIELD_SOURCE]))
        facts.source = record->fields[SG_FIELD_SOURCE];
    if (is_present(record->fields[SG_FIELD_AUTHOR]))
        facts.author = record->fields[SG_FIELD_AUTHOR];
    if (is_present(record->fields[SG_FIELD_URL]))
        facts.uri = record->fields[SG_FIELD_URL];
    if (is_present(date)) {
        facts.day = read_date(date);
        if (facts.day == SG_NO_DAY)
            sg_log_warn("%s: '%.40s' is not a date that can be read", name, date);
    }
    *document_out = sg_document_build(name, text, len, reader->encoding, &facts, arena);
    return SG_OK;
}
