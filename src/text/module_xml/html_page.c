/* A news page -> its data and its paragraphs.
 *
 * The body is the element whose paragraphs hold most text that is no link: each paragraph counts
 * its length for its parent and half of it for its grandparent, as Readability (Arc90, 2009) does;
 * <article> and itemprop="articleBody" count double. Navigation, forms, asides and the like are
 * never entered. The tree is walked without recursion, so depth does not matter. */

#include "html_page.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct text_buffer {
    char *data;
    size_t len;
    size_t capacity;
} text_buffer;

static void *checked(void *memory)
{
    if (memory == NULL)
        abort(); /* as the main program does when memory runs out */
    return memory;
}

static void buffer_append(text_buffer *buffer, const char *text, size_t len)
{
    if (buffer->len + len + 1 > buffer->capacity) {
        buffer->capacity = (buffer->len + len + 1) * 2;
        buffer->data = checked(realloc(buffer->data, buffer->capacity));
    }
    if (len > 0)
        memcpy(buffer->data + buffer->len, text, len);
    buffer->len += len;
    buffer->data[buffer->len] = '\0';
}

/* Appends with every run of white space as one space. */
static void buffer_append_collapsed(text_buffer *buffer, const char *text)
{
    for (; *text != '\0'; text++) {
        bool space = strchr(" \t\r\n\f", *text) != NULL;

        if (space && (buffer->len == 0 || strchr(" \n", buffer->data[buffer->len - 1]) != NULL))
            continue;
        buffer_append(buffer, space ? " " : text, 1);
    }
}

/* ---- nodes */

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *) node->name, name) == 0;
}

static bool is_one_of(const xmlNode *node, const char *const *names, size_t count)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp((const char *) node->name, names[i]) == 0)
            return true;
    }
    return false;
}

static bool is_skipped(const xmlNode *node)
{
    static const char *const names[] = { "script", "style",  "nav",      "aside",
                                         "footer", "form",   "button",   "noscript",
                                         "iframe", "svg",    "figure",   "video",
                                         "audio",  "select", "template", "head" };

    return is_one_of(node, names, sizeof names / sizeof names[0]);
}

static bool is_block(const xmlNode *node)
{
    static const char *const names[] = { "p",  "h1",         "h2",  "h3", "h4",
                                         "li", "blockquote", "pre", "dt", "dd" };

    return is_one_of(node, names, sizeof names / sizeof names[0]);
}

/* The node after `node` in document order, inside `root`; its children too if `enter`. */
static xmlNode *next_node(xmlNode *node, const xmlNode *root, bool enter)
{
    if (enter && node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    while (node != NULL && node != root && node->next == NULL)
        node = node->parent;
    return node == NULL || node == root ? NULL : node->next;
}

/* An attribute's value, or NULL; free() it. */
static char *attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp((xmlNode *) (uintptr_t) node, (const xmlChar *) name);
    char *copy = value != NULL ? checked(strdup((const char *) value)) : NULL;

    xmlFree(value);
    return copy;
}

static bool attribute_is(const xmlNode *node, const char *name, const char *wanted)
{
    char *value = attribute(node, name);
    bool same = value != NULL && strcasecmp(value, wanted) == 0;

    free(value);
    return same;
}

/* The text inside `node`; *linked (may be NULL) gets how much of it is in links. */
static void collect_text(const xmlNode *node, text_buffer *out, size_t *linked)
{
    xmlNode *at = node->children;
    const xmlNode *after_link = NULL;
    bool in_link = false;

    buffer_append(out, "", 0);
    while (at != NULL) {
        if (in_link && at == after_link)
            in_link = false;
        if (is_element(at, "a") && !in_link) {
            in_link = true;
            after_link = next_node(at, node, false);
        }
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) {
            size_t before = out->len;

            buffer_append_collapsed(out, (const char *) at->content);
            if (linked != NULL && in_link)
                *linked += out->len - before;
        } else if (is_element(at, "br")) {
            buffer_append(out, "\n", 1);
        }
        at = next_node(at, node, !is_skipped(at));
    }
    while (out->len > 0 && strchr(" \n", out->data[out->len - 1]) != NULL)
        out->data[--out->len] = '\0';
}

/* ---- data in the head */

static void take_first(char **slot, char *value)
{
    if (*slot == NULL && value != NULL && value[strspn(value, " \t\r\n")] != '\0')
        *slot = value;
    else
        free(value);
}

static void read_meta(const xmlNode *node, sg_html_page *page)
{
    static const struct {
        const char *name;
        size_t slot;
    } names[] = {
        { "article:published_time", offsetof(sg_html_page, date) },
        { "datepublished", offsetof(sg_html_page, date) },
        { "date", offsetof(sg_html_page, date) },
        { "pubdate", offsetof(sg_html_page, date) },
        { "publish-date", offsetof(sg_html_page, date) },
        { "dc.date", offsetof(sg_html_page, date) },
        { "dc.date.issued", offsetof(sg_html_page, date) },
        { "parsely-pub-date", offsetof(sg_html_page, date) },
        { "og:title", offsetof(sg_html_page, title) },
        { "og:site_name", offsetof(sg_html_page, source) },
        { "author", offsetof(sg_html_page, author) },
        { "dc.creator", offsetof(sg_html_page, author) },
        { "parsely-author", offsetof(sg_html_page, author) },
        { "og:url", offsetof(sg_html_page, url) },
    };
    char *key = attribute(node, "property");

    if (key == NULL)
        key = attribute(node, "name");
    if (key == NULL)
        key = attribute(node, "itemprop");
    for (size_t i = 0; key != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(key, names[i].name) == 0)
            take_first((char **) (void *) ((char *) page + names[i].slot),
                       attribute(node, "content"));
    }
    free(key);
}

static void add_json_ld(const xmlNode *node, sg_html_page *page)
{
    text_buffer text = { NULL, 0, 0 };

    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->content != NULL)
            buffer_append(&text, (const char *) child->content,
                          strlen((const char *) child->content));
    }
    if (text.data == NULL)
        return;
    page->json_ld =
        checked(realloc(page->json_ld, (page->json_ld_count + 1) * sizeof *page->json_ld));
    page->json_ld[page->json_ld_count++] = text.data;
}

static char *text_of(const xmlNode *node)
{
    text_buffer text = { NULL, 0, 0 };

    collect_text(node, &text, NULL);
    return text.data;
}

static void read_data(xmlNode *root, sg_html_page *page)
{
    const xmlNode *heading = NULL;
    const xmlNode *title = NULL;
    const xmlNode *time = NULL;

    for (xmlNode *at = root; at != NULL; at = next_node(at, root, true)) {
        if (is_element(at, "meta"))
            read_meta(at, page);
        else if (is_element(at, "script") && attribute_is(at, "type", "application/ld+json"))
            add_json_ld(at, page);
        else if (is_element(at, "link") && attribute_is(at, "rel", "canonical"))
            take_first(&page->url, attribute(at, "href"));
        else if (is_element(at, "h1") && heading == NULL)
            heading = at;
        else if (is_element(at, "title") && title == NULL)
            title = at;
        else if (is_element(at, "time") && time == NULL)
            time = at;
    }
    if (time != NULL)
        take_first(&page->date, attribute(time, "datetime"));
    if (heading != NULL)
        take_first(&page->title, text_of(heading));
    if (title != NULL)
        take_first(&page->title, text_of(title));
}

/* ---- the body */

typedef struct candidate {
    xmlNode *node;
    double score;
} candidate;

typedef struct candidate_list {
    candidate *items;
    size_t count;
    size_t capacity;
} candidate_list;

/* Scores are kept in the node's _private as an index + 1 into the list. */
static void add_score(candidate_list *list, xmlNode *node, double score)
{
    size_t i;

    if (node == NULL || node->type != XML_ELEMENT_NODE)
        return;
    i = (size_t) node->_private;
    if (i == 0) {
        if (list->count == list->capacity) {
            list->capacity = list->capacity * 2 + 64;
            list->items = checked(realloc(list->items, list->capacity * sizeof *list->items));
        }
        list->items[list->count++] = (candidate){ node, 0.0 };
        i = list->count;
        node->_private = (void *) i;
    }
    list->items[i - 1].score += score;
}

static double weight_of(const xmlNode *node)
{
    if (attribute_is(node, "itemprop", "articleBody"))
        return 2.0;
    return is_element(node, "article") ? 2.0 : 1.0;
}

static void score_paragraphs(xmlNode *root, candidate_list *list)
{
    text_buffer text = { NULL, 0, 0 };
    xmlNode *at = root;

    while (at != NULL) {
        bool enter = !is_skipped(at);

        if (is_element(at, "p")) {
            size_t linked = 0;

            text.len = 0;
            collect_text(at, &text, &linked);
            if (text.len >= 25 && linked * 2 < text.len) {
                double score = (double) (text.len - linked);

                add_score(list, at->parent, score);
                add_score(list, at->parent != NULL ? at->parent->parent : NULL, score / 2);
            }
            enter = false;
        }
        at = next_node(at, root, enter);
    }
    free(text.data);
}

static xmlNode *best_container(xmlNode *root)
{
    candidate_list list = { NULL, 0, 0 };
    xmlNode *best = root;
    double most = 0.0;

    score_paragraphs(root, &list);
    for (size_t i = 0; i < list.count; i++) {
        double score = list.items[i].score * weight_of(list.items[i].node);

        if (score > most) {
            most = score;
            best = list.items[i].node;
        }
    }
    free(list.items);
    return best;
}

/* Paragraphs inside the container; a block that is mostly link is navigation. */
static void write_blocks(xmlNode *container, text_buffer *out)
{
    text_buffer text = { NULL, 0, 0 };
    xmlNode *at = container;

    while (at != NULL) {
        bool enter = !is_skipped(at);

        if (enter && is_block(at) && !is_element(at, "blockquote")) {
            size_t linked = 0;

            text.len = 0;
            collect_text(at, &text, &linked);
            if (text.len > 0 && (linked * 3 < text.len * 2 || is_element(at, "p"))) {
                if (out->len > 0)
                    buffer_append(out, "\n\n", 2);
                buffer_append(out, text.data, text.len);
            }
            enter = false;
        }
        at = next_node(at, container, enter);
    }
    free(text.data);
}

sg_html_page *sg_html_page_parse(const char *bytes, size_t len, const char *encoding)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    htmlDocPtr document;
    sg_html_page *page;
    text_buffer text = { NULL, 0, 0 };
    xmlNode *root;

    if (len > 0x7FFFFFFF)
        return NULL;
    document = htmlReadMemory(bytes, (int) len, NULL, encoding, options);
    root = document != NULL ? xmlDocGetRootElement(document) : NULL;
    if (root == NULL) {
        xmlFreeDoc(document);
        return NULL;
    }
    page = checked(calloc(1, sizeof *page));
    read_data(root, page);
    buffer_append(&text, "", 0);
    write_blocks(best_container(root), &text);
    if (text.len == 0) { /* no paragraphs at all: the whole text */
        collect_text(root, &text, NULL);
    }
    page->text = text.data;
    xmlFreeDoc(document);
    return page;
}

void sg_html_page_free(sg_html_page *page)
{
    if (page == NULL)
        return;
    for (size_t i = 0; i < page->json_ld_count; i++)
        free(page->json_ld[i]);
    free(page->json_ld);
    free(page->title);
    free(page->date);
    free(page->source);
    free(page->author);
    free(page->url);
    free(page->text);
    free(page);
}
