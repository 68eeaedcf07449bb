#ifndef STANCE_HTML_PAGE_H
#define STANCE_HTML_PAGE_H

/* What the HTML reader module finds in a page. The module is the only user of libxml2. */

#include <stddef.h>

typedef struct sg_html_page {
    char **json_ld; /* contents of <script type="application/ld+json"> */
    size_t json_ld_count;
    char *title; /* all NULL where the page does not say */
    char *date;
    char *source;
    char *author;
    char *url;
    char *text; /* paragraphs of the article, an empty line between them; never NULL */
} sg_html_page;

/* Parses bytes[0, len) in the named encoding. NULL if it cannot be parsed at all. */
typedef sg_html_page *sg_html_page_parse_function(const char *bytes, size_t len,
                                                  const char *encoding);
typedef void sg_html_page_free_function(sg_html_page *page);

sg_html_page_parse_function sg_html_page_parse;
sg_html_page_free_function sg_html_page_free;

#endif
