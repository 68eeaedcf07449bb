/* What each paragraph is: the article's own words, or its furniture.
 *
 * Judged by shape, not by outlet: a headline or caption has no full stop at its end; furniture
 * begins with one of few phrases; what follows "More from ..." at the end is a list of headlines.
 *
 *     13/02/2016 05:26 GMT | Updated ...     dateline
 *     Hospitals Refuse New Contract          headline
 *     By A. Writer                           byline
 *     LONDON - MARCH 16: The minister ...    caption
 *     The minister said on Friday ...        body
 *     A. Photographer/Agency                 caption (credit), and so the line below it
 *     More from the Outlet                   boilerplate, to the end
 */

#include <string.h>

#include "stance/utf8.h"

#include "text_internal.h"

#define HEADLINE_MOST 220
#define SHORT_MOST    160

typedef struct view {
    const char *text;
    uint32_t start;
    uint32_t end;
    uint32_t len;
} view;

static view paragraph_view(const sg_document *document, size_t i)
{
    const sg_paragraph *p = &document->paragraphs[i];

    return (view){ document->text, p->start, p->end, p->end - p->start };
}

static bool starts_with(view v, const char *lower)
{
    return sg_text_has(v.text, v.start, v.end, lower);
}

static bool starts_with_any(view v, const char *const *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (starts_with(v, phrases[i]))
            return true;
    }
    return false;
}

static bool contains(view v, const char *lower)
{
    for (uint32_t at = v.start; at < v.end; at++) {
        if (sg_text_has(v.text, at, v.end, lower))
            return true;
    }
    return false;
}

static bool equals(view v, const char *lower)
{
    return v.len == strlen(lower) && starts_with(v, lower);
}

/* The last character that is no closing quotation mark or bracket. */
static uint32_t last_character(view v)
{
    uint32_t end = v.end;

    while (end > v.start) {
        uint32_t at = end - 1;
        uint32_t codepoint;

        while (at > v.start && ((unsigned char) v.text[at] & 0xC0) == 0x80)
            at--;
        (void) sg_utf8_decode(v.text + at, end - at, &codepoint);
        if (codepoint != '"' && codepoint != '\'' && codepoint != ')' && codepoint != ']' &&
            codepoint != 0x2019 && codepoint != 0x201D && codepoint != 0xBB)
            return codepoint;
        end = at;
    }
    return 0;
}

static bool ends_with_stop(view v)
{
    uint32_t c = last_character(v);

    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* "." or ";" at the end: no headline; "?" and "!" may be one. */
static bool ends_like_a_sentence(view v)
{
    uint32_t c = last_character(v);

    return c == '.' || c == ':' || c == ';' || c == ',' || c == 0x2026;
}

static bool starts_lower(view v)
{
    uint32_t codepoint;

    (void) sg_utf8_decode(v.text + v.start, v.len, &codepoint);
    return sg_utf8_is_lower(codepoint);
}

static bool starts_with_bullet(view v)
{
    uint32_t codepoint;

    (void) sg_utf8_decode(v.text + v.start, v.len, &codepoint);
    return codepoint == '-' || codepoint == '*' || codepoint == 0x2022 || codepoint == 0x2013 ||
           codepoint == 0x2014 || (codepoint >= 0x2580 && codepoint < 0x2600);
}

static size_t count_words(view v)
{
    size_t count = 0;
    bool inside = false;

    for (uint32_t at = v.start; at < v.end; at++) {
        bool gap = sg_text_gap(v.text, at, v.end) > 0;

        count += !gap && !inside;
        inside = !gap;
    }
    return count;
}

/* ---- furniture */

/* Headings of lists at the end of a page; what follows them is furniture too. */
static const char *const tail_headings[] = {
    "more from",
    "more on this",
    "more on:",
    "also on",
    "also in the news",
    "related",
    "read more",
    "read next",
    "see also",
    "most read",
    "most popular",
    "recommended",
    "you may also",
    "you might also",
    "trending",
    "sign up",
    "subscribe",
    "sister links",
    "external links",
    "sources",
    "references",
    "comments",
    "editor's picks",
    "top stories",
    "latest news",
    "elsewhere on",
    "in other news",
    "have your say",
    "join the conversation",
};

/* Lines of furniture that say nothing about what follows them. */
static const char *const furniture[] = {
    "share this",
    "share on",
    "share via",
    "follow us",
    "follow @",
    "click here",
    "advertisement",
    "this article was",
    "this article originally",
    "this story was",
    "copyright",
    "(c) ",
    "\xC2\xA9",
    "all rights reserved",
    "print this",
    "email this",
    "download our",
    "image copyright",
    "media caption",
    "topics:",
    "tags:",
    "filed under",
    "skip to",
    "loading",
    "sponsored",
    "cookies",
    "get the latest",
    "play video",
    "video:",
    "watch:",
    "listen:",
    "read more:",
    "read:",
    "related:",
    "for more information",
};

/* Whole lines: buttons. */
static const char *const buttons[] = {
    "share",   "tweet",    "facebook",  "twitter",   "email",       "print",
    "comment", "comments", "reddit",    "linkedin",  "whatsapp",    "pinterest",
    "save",    "like",     "subscribe", "home",      "news",        "menu",
    "search",  "sign in",  "log in",    "copy link", "link copied", "facebook twitter",
    "next",    "previous", "close",     "ad",        "getty",
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool is_button(view v)
{
    for (size_t i = 0; i < COUNT(buttons); i++) {
        if (equals(v, buttons[i]))
            return true;
    }
    return false;
}

static bool is_tail_heading(view v)
{
    return v.len <= 80 && !ends_with_stop(v) && count_words(v) <= 8 &&
           starts_with_any(v, tail_headings, COUNT(tail_headings));
}

static bool is_furniture(view v)
{
    if (is_button(v))
        return true;
    return v.len <= 200 && starts_with_any(v, furniture, COUNT(furniture));
}

/* ---- captions */

static const char *const agencies[] = {
    "/pa wire",
    "/pa",
    "getty images",
    "/getty",
    "/afp",
    "/ap",
    "/reuters",
    "reuters/",
    "afp/",
    "/epa",
    "shutterstock",
    "alamy",
    "istock",
    "/rex",
    "press association",
    "associated press",
    "wikimedia commons",
    "flickr",
    "pa wire",
    "pa archive",
    "/corbis",
    "/bloomberg",
    "/xinhua",
    "/anadolu",
};

static const char *const credit_starts[] = {
    "photo:",       "photos:",   "photo by",     "photograph:",   "photograph by",
    "picture:",     "pictures:", "picture by",   "image:",        "images:",
    "image by",     "credit:",   "pic:",         "illustration:", "(photo",
    "(image",       "(picture",  "image source", "image caption", "file photo",
    "file picture",
};

/* Capitals, a hyphen, a month and a day before a colon: how picture agencies begin. */
static bool has_agency_start(view v)
{
    uint32_t at = v.start;
    uint32_t capitals = 0;

    while (at < v.end && v.text[at] != ':' && !sg_ascii_is_lower(v.text[at])) {
        capitals += sg_ascii_is_upper(v.text[at]);
        at++;
    }
    if (at >= v.end || v.text[at] != ':' || capitals < 6 || !sg_ascii_is_digit(v.text[at - 1]))
        return false;
    return memchr(v.text + v.start, '-', at - v.start) != NULL;
}

static bool is_credit(view v)
{
    if (v.len > 100 || count_words(v) > 10)
        return false;
    if (starts_with_any(v, credit_starts, COUNT(credit_starts)))
        return true;
    if (ends_with_stop(v))
        return false;
    for (size_t i = 0; i < COUNT(agencies); i++) {
        if (contains(v, agencies[i]))
            return true;
    }
    return false;
}

static bool is_caption(view v)
{
    return is_credit(v) || has_agency_start(v) ||
           (v.len <= 500 && (contains(v, "(photo by") || contains(v, "(photo:") ||
                             contains(v, "(image:") || contains(v, "(picture:") ||
                             starts_with(v, "pictured:") || starts_with(v, "caption:")));
}

/* Is there just one line break, no empty line, before paragraph i? */
static bool follows_closely(const sg_document *document, size_t i)
{
    const char *from = document->text + document->paragraphs[i - 1].end;
    size_t len = document->paragraphs[i].start - document->paragraphs[i - 1].end;
    size_t breaks = 0;

    for (size_t k = 0; k < len; k++)
        breaks += from[k] == '\n';
    return breaks <= 1;
}

/* Are most paragraphs set apart by empty lines? */
static bool has_empty_lines(const sg_document *document)
{
    size_t close = 0;

    for (size_t i = 1; i < document->paragraph_count; i++)
        close += follows_closely(document, i);
    return close * 2 < document->paragraph_count;
}

/* ---- bylines */

static bool is_byline(view v)
{
    static const char *const starts[] = { "by ",          "by: ",     "written by ", "words by ",
                                          "reported by ", "author: ", "byline: " };

    if (v.len > 120 || ends_with_stop(v) || count_words(v) > 14)
        return false;
    for (size_t i = 0; i < COUNT(starts); i++) {
        uint32_t after = v.start + (uint32_t) strlen(starts[i]);

        if (starts_with(v, starts[i]) && after < v.end)
            return !sg_ascii_is_lower(v.text[after]);
    }
    return false;
}

/* The names of a byline: what stands between "By" and a comma, bar or digit. */
static const char *byline_author(view v, sg_arena *arena)
{
    uint32_t start = v.start;
    uint32_t end;

    while (start < v.end && sg_text_gap(v.text, start, v.end) == 0)
        start++;
    if (starts_with(v, "written by ") || starts_with(v, "words by ") ||
        starts_with(v, "reported by "))
        start = v.start + (uint32_t) (strchr(v.text + v.start, 'y') - (v.text + v.start)) + 1;
    while (start < v.end && sg_text_gap(v.text, start, v.end) > 0)
        start += (uint32_t) sg_text_gap(v.text, start, v.end);
    end = start;
    while (end < v.end && strchr(",|;(", v.text[end]) == NULL && !sg_ascii_is_digit(v.text[end]))
        end++;
    while (end > start && (v.text[end - 1] == ' ' || v.text[end - 1] == '-'))
        end--;
    return end > start ? sg_arena_strndup(arena, v.text + start, end - start) : NULL;
}

/* ---- passes over the document */

static void mark_by_pattern(sg_document *document, sg_arena *arena)
{
    for (size_t i = 0; i < document->paragraph_count; i++) {
        sg_paragraph *p = &document->paragraphs[i];
        view v = paragraph_view(document, i);
        int32_t day;
        sg_slice where;

        if (sg_date_is_dateline(v.text + v.start, v.len, &day, &where)) {
            p->kind = SG_PARAGRAPH_DATELINE;
            if (document->day == SG_NO_DAY) {
                document->day = day;
                document->date = (sg_slice){ p->start + where.start, p->start + where.end };
            }
        } else if (is_furniture(v)) {
            p->kind = SG_PARAGRAPH_BOILERPLATE;
        } else if (is_caption(v)) {
            p->kind = SG_PARAGRAPH_CAPTION;
        } else if (i < 6 && is_byline(v)) {
            p->kind = SG_PARAGRAPH_BYLINE;
            if (document->author == NULL)
                document->author = byline_author(v, arena);
        }
    }
}

/* "OLDFORD, March 3, 2025 (Agency) - The council": the date of an article that no line of its own
 * gives. */
static void read_opening_date(sg_document *document)
{
    for (size_t i = 0, bodies = 0;
         document->day == SG_NO_DAY && i < document->paragraph_count && bodies < 3; i++) {
        const sg_paragraph *const p = &document->paragraphs[i];
        const view v = paragraph_view(document, i);
        sg_slice where;
        int32_t day;

        if (p->kind != SG_PARAGRAPH_BODY)
            continue;
        bodies++;
        if (!sg_date_opens(v.text + v.start, v.len, &day, &where))
            continue;
        document->day = day;
        document->date = (sg_slice){ p->start + where.start, p->start + where.end };
    }
}

static bool is_headline_like(view v)
{
    return v.len <= HEADLINE_MOST && !ends_like_a_sentence(v) && !starts_lower(v) &&
           !starts_with_bullet(v);
}

/* Is this the title that is known from outside the text? */
static bool is_title(const sg_document *document, view v)
{
    return document->title != NULL && strlen(document->title) >= v.len &&
           memcmp(document->title, v.text + v.start, v.len) == 0;
}

static bool has_body_after(const sg_document *document, size_t i)
{
    while (++i < document->paragraph_count) {
        if (document->paragraphs[i].kind == SG_PARAGRAPH_BODY)
            return true;
    }
    return false;
}

/* The first paragraph that is neither date, byline nor furniture, if it looks like a headline and
 * body text follows it. */
static void mark_headline(sg_document *document, sg_arena *arena)
{
    size_t i = 0;
    size_t next;
    view v;

    while (i < document->paragraph_count && document->paragraphs[i].kind != SG_PARAGRAPH_BODY)
        i++;
    if (i >= document->paragraph_count || i > 5)
        return;
    v = paragraph_view(document, i);
    if (!is_title(document, v) &&
        (document->title != NULL || !is_headline_like(v) || is_tail_heading(v)))
        return;
    if (!has_body_after(document, i))
        return;
    document->paragraphs[i].kind = SG_PARAGRAPH_HEADLINE;
    document->headline = (sg_slice){ v.start, v.end };
    if (document->title == NULL)
        document->title = sg_arena_strndup(arena, v.text + v.start, v.len);
    for (next = i + 1; next < document->paragraph_count; next++) {
        if (document->paragraphs[next].kind == SG_PARAGRAPH_BODY)
            break;
    }
    if (next + 1 >= document->paragraph_count || next > i + 4)
        return;
    v = paragraph_view(document, next);
    if ((is_headline_like(v) && v.len <= SHORT_MOST) ||
        (v.len <= 100 &&
         document->paragraphs[next + 1].end - document->paragraphs[next + 1].start > v.len * 2))
        document->paragraphs[next].kind = SG_PARAGRAPH_SUBHEADING;
}

/* Short paragraphs without a full stop between body paragraphs. */
static void mark_short_lines(sg_document *document)
{
    bool apart = has_empty_lines(document);

    for (size_t i = 1; i < document->paragraph_count; i++) {
        sg_paragraph *p = &document->paragraphs[i];
        view v = paragraph_view(document, i);
        bool after_caption = p[-1].kind == SG_PARAGRAPH_CAPTION;

        if (p->kind != SG_PARAGRAPH_BODY)
            continue;
        if (after_caption && apart && follows_closely(document, i)) {
            p->kind = SG_PARAGRAPH_CAPTION;
            continue;
        }
        if (v.len > SHORT_MOST || ends_like_a_sentence(v) || ends_with_stop(v) ||
            starts_with_bullet(v) || last_character(v) == 0)
            continue;
        if (v.text[v.start] == '"' || v.text[v.start] == '\'' || starts_with(v, "\xE2\x80\x9C") ||
            starts_with(v, "\xE2\x80\x98"))
            continue;
        if (starts_lower(v))
            p->kind = count_words(v) <= 6 ? SG_PARAGRAPH_CAPTION : SG_PARAGRAPH_BODY;
        else
            p->kind = after_caption ? SG_PARAGRAPH_CAPTION : SG_PARAGRAPH_SUBHEADING;
    }
}

/* "Also on HuffPost": the outlet's name stands in its furniture. */
static void note_source(sg_document *document, view v, sg_arena *arena)
{
    static const char *const starts[] = { "also on ", "more from ", "more on ", "elsewhere on " };

    if (document->source != NULL)
        return;
    for (size_t i = 0; i < COUNT(starts); i++) {
        uint32_t at = v.start + (uint32_t) strlen(starts[i]);

        if (starts_with(v, starts[i]) && at < v.end && sg_ascii_is_upper(v.text[at]) &&
            count_words(v) <= 5) {
            uint32_t end = v.text[v.end - 1] == ':' ? v.end - 1 : v.end;

            document->source = sg_arena_strndup(arena, v.text + at, end - at);
        }
    }
}

/* The furniture at the end begins at the first tail heading after which at most one paragraph looks
 * like body text. */
static size_t tail_start(const sg_document *document)
{
    size_t start = document->paragraph_count;
    size_t body = 0;

    for (size_t i = document->paragraph_count; i-- > 0 && body <= 1;) {
        view v = paragraph_view(document, i);

        if (is_tail_heading(v) && document->paragraphs[i].kind != SG_PARAGRAPH_HEADLINE)
            start = i;
        body += ends_with_stop(v) && v.len > SHORT_MOST;
    }
    return start;
}

static void mark_tail(sg_document *document, sg_arena *arena)
{
    size_t tail = tail_start(document);

    for (size_t i = 0; i < document->paragraph_count; i++) {
        sg_paragraph *p = &document->paragraphs[i];
        view v = paragraph_view(document, i);
        bool heading = p->kind != SG_PARAGRAPH_HEADLINE && is_tail_heading(v);

        if (heading)
            note_source(document, v, arena);
        if (heading || i >= tail)
            p->kind = SG_PARAGRAPH_BOILERPLATE;
    }
}

void sg_paragraphs_classify(sg_document *document, sg_arena *arena)
{
    mark_by_pattern(document, arena);
    mark_headline(document, arena);
    read_opening_date(document);
    mark_tail(document, arena);
    mark_short_lines(document);
}
