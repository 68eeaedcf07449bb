/* HTML pages. What the page says about itself as data (JSON-LD, schema.org NewsArticle) goes before
 * what is in its <meta> elements, and that before what its layout suggests. */

#include <jansson.h>
#include <string.h>

#include "stance/module.h"
#include "stance/utf8.h"

#include "module_xml/html_page.h"
#include "text_article_internal.h"

/* The encoding that the first bytes name, in lower case, or "" */
static void declared_encoding(const char *bytes, size_t len, char name[32])
{
    size_t head = len < 4096 ? len : 4096;
    size_t used = 0;

    name[0] = '\0';
    for (size_t at = 0; at < head; at++) {
        if (!sg_text_has(bytes, at, head, "charset="))
            continue;
        at += 8;
        while (at < head && (bytes[at] == '"' || bytes[at] == '\''))
            at++;
        while (at < head && used < 31 &&
               (sg_ascii_is_letter(bytes[at]) || sg_ascii_is_digit(bytes[at]) || bytes[at] == '-' ||
                bytes[at] == '_'))
            name[used++] = sg_ascii_lower(bytes[at++]);
        name[used] = '\0';
        return;
    }
}

/* Gives libxml2 bytes and the name of their encoding. UTF-8 and Windows-1252 are decoded here, as
 * in plain text; a page that names another encoding is believed. */
static sg_status choose_encoding(sg_article_reader *reader, const char **bytes_out, size_t *len_out,
                                 const char **encoding_out, sg_error *err)
{
    static const char *const ours[] = { "",       "utf-8", "utf8",     "iso-8859-1",   "iso8859-1",
                                        "latin1", "ascii", "us-ascii", "windows-1252", "cp1252" };
    char name[32];
    char *text = NULL;
    bool known = false;
    sg_status status;

    declared_encoding(reader->bytes, reader->byte_count, name);
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        known = known || strcmp(name, ours[i]) == 0;
    if (!known && !sg_utf8_is_valid(reader->bytes, reader->byte_count, NULL)) {
        reader->encoding = *encoding_out = sg_arena_strdup(reader->arena, name);
        *bytes_out = reader->bytes;
        *len_out = reader->byte_count;
        return SG_OK;
    }
    status = sg_text_decode(reader->path, reader->bytes, reader->byte_count, reader->arena, &text,
                            len_out, &reader->encoding, err);
    *bytes_out = text;
    *encoding_out = "UTF-8";
    return status;
}

/* ---- JSON-LD */

static bool is_article_type(const json_t *type)
{
    const char *name = json_string_value(type);
    size_t len = name != NULL ? strlen(name) : 0;

    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++) {
            if (is_article_type(json_array_get(type, i)))
                return true;
        }
    }
    return len >= 7 && (strcmp(name + len - 7, "Article") == 0 ||
                        strcmp(name, "BlogPosting") == 0 || strcmp(name, "LiveBlogPosting") == 0);
}

/* The article in a JSON-LD value: itself, one of a list, or one of its "@graph". */
static const json_t *find_article(const json_t *value, unsigned depth)
{
    if (depth > 4)
        return NULL;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            const json_t *found = find_article(json_array_get(value, i), depth + 1);

            if (found != NULL)
                return found;
        }
        return NULL;
    }
    if (!json_is_object(value))
        return NULL;
    if (is_article_type(json_object_get(value, "@type")))
        return value;
    return find_article(json_object_get(value, "@graph"), depth + 1);
}

/* A string, the "name" of an object, or those of a list joined by commas. */
static const char *names_of(const json_t *value, sg_arena *arena)
{
    sg_strbuf names = SG_STRBUF_INIT;
    const char *text = NULL;
    size_t count = json_is_array(value) ? json_array_size(value) : 1;

    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        const json_t *name = json_is_object(item) ? json_object_get(item, "name") : item;

        if (!json_is_string(name))
            continue;
        if (names.len > 0)
            sg_strbuf_puts(&names, ", ");
        sg_strbuf_puts(&names, json_string_value(name));
    }
    if (names.len > 0)
        text = sg_arena_strdup(arena, names.data);
    sg_strbuf_clear(&names);
    return text;
}

static const char *url_of(const json_t *article, sg_arena *arena)
{
    const json_t *url = json_object_get(article, "url");

    if (!json_is_string(url))
        url = json_object_get(article, "mainEntityOfPage");
    if (json_is_object(url))
        url = json_object_get(url, "@id");
    return json_is_string(url) ? sg_arena_strdup(arena, json_string_value(url)) : NULL;
}

static void prefer(const char **slot, const char *value)
{
    if (value != NULL && value[0] != '\0')
        *slot = value;
}

/* articleBody is used where the page's own paragraphs are clearly less: the paragraphs of a body
 * given as data are often run together. */
static void prefer_body(const char **slot, const char *body)
{
    if (body != NULL && strlen(*slot) * 10 < strlen(body) * 7)
        *slot = body;
}

static void read_json_ld(const sg_html_page *page, sg_arena *arena, sg_article_record *record)
{
    for (size_t i = 0; i < page->json_ld_count; i++) {
        json_error_t problem;
        json_t *value = json_loads(page->json_ld[i], 0, &problem);
        const json_t *article = find_article(value, 0);

        if (article != NULL) {
            prefer(&record->fields[SG_FIELD_TITLE],
                   names_of(json_object_get(article, "headline"), arena));
            prefer(&record->fields[SG_FIELD_DATE],
                   names_of(json_object_get(article, "datePublished"), arena));
            prefer(&record->fields[SG_FIELD_AUTHOR],
                   names_of(json_object_get(article, "author"), arena));
            prefer(&record->fields[SG_FIELD_SOURCE],
                   names_of(json_object_get(article, "publisher"), arena));
            prefer(&record->fields[SG_FIELD_URL], url_of(article, arena));
            prefer_body(&record->fields[SG_FIELD_TEXT],
                        names_of(json_object_get(article, "articleBody"), arena));
        }
        json_decref(value);
        if (article != NULL)
            return;
    }
}

static const char *copy(const char *text, sg_arena *arena)
{
    return text != NULL ? sg_arena_strdup(arena, text) : NULL;
}

static sg_status find_module(sg_html_page_parse_function **parse_out,
                             sg_html_page_free_function **free_out, sg_error *err)
{
    sg_module_function function = NULL;
    sg_status status = sg_module_find("xml", "sg_html_page_parse", &function, err);

    if (status != SG_OK)
        return status;
    *parse_out = (sg_html_page_parse_function *) function;
    status = sg_module_find("xml", "sg_html_page_free", &function, err);
    *free_out = (sg_html_page_free_function *) function;
    return status;
}

sg_status sg_article_html_next(sg_article_reader *reader, sg_arena *arena,
                               sg_document **document_out, sg_error *err)
{
    sg_html_page_parse_function *parse = NULL;
    sg_html_page_free_function *release = NULL;
    sg_article_record record = { { NULL } };
    const char *bytes = NULL;
    const char *encoding = NULL;
    size_t len = 0;
    sg_html_page *page;
    sg_status status;

    if (reader->number++ > 0)
        return SG_OK;
    status = choose_encoding(reader, &bytes, &len, &encoding, err);
    if (status == SG_OK)
        status = find_module(&parse, &release, err);
    if (status != SG_OK)
        return status;
    page = parse(bytes, len, encoding);
    if (page == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "%s: not an HTML page that can be read",
                            reader->path);
    record.fields[SG_FIELD_TEXT] = copy(page->text, arena);
    record.fields[SG_FIELD_TITLE] = copy(page->title, arena);
    record.fields[SG_FIELD_DATE] = copy(page->date, arena);
    record.fields[SG_FIELD_SOURCE] = copy(page->source, arena);
    record.fields[SG_FIELD_AUTHOR] = copy(page->author, arena);
    record.fields[SG_FIELD_URL] = copy(page->url, arena);
    read_json_ld(page, arena, &record);
    release(page);
    return sg_article_record_read(reader, &record, "", arena, document_out, err);
}
