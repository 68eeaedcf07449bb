#include <string.h>

#include "stance/mem.h"

#include "export_internal.h"

/* Graphviz's SVG, line by line. What changes: comments go (they hold a version); the font gets
 * fallbacks; a <title> holds the internal name ("a3->p1"), which screen readers read out, so it
 * becomes the tooltip that follows it; the picture as a whole gets a role. */

static const char *find_within(const char *at, const char *end, const char *what)
{
    size_t n = strlen(what);

    for (; at + n <= end; at++) {
        if (*at == *what && memcmp(at, what, n) == 0)
            return at;
    }
    return NULL;
}

/* The tooltip of the element whose title starts at `at`: before the next title. */
static const char *tooltip_after(const char *at, const char *end, size_t *len_out)
{
    static const char mark[] = "xlink:title=\"";
    const char *next = find_within(at, end, "<title>");
    const char *found = find_within(at, next != NULL ? next : end, mark);
    const char *close;

    if (found == NULL)
        return NULL;
    found += sizeof mark - 1;
    close = find_within(found, end, "\"");
    if (close == NULL)
        return NULL;
    *len_out = (size_t) (close - found);
    return found;
}

static const char *put_title(const char *at, const char *end, sg_strbuf *out)
{
    const char *close = find_within(at, end, "</title>");
    size_t len = 0;
    const char *tooltip;

    if (close == NULL)
        return NULL;
    tooltip = tooltip_after(close, end, &len);
    sg_strbuf_puts(out, "<title>");
    if (tooltip != NULL)
        sg_strbuf_append(out, tooltip, len);
    else
        sg_strbuf_append(out, at + 7, (size_t) (close - at - 7));
    sg_strbuf_puts(out, "</title>");
    return close + 8;
}

static const struct {
    const char *from;
    const char *to;
} replacements[] = {
    { "font-family=\"Liberation Sans\"",
      "font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\"" },
    { "<svg ", "<svg role=\"img\" " },
};

/* Copies what starts at `at` in its new form and returns what follows it, or NULL if nothing
 * special starts there. */
static const char *put_special(const char *at, const char *end, sg_strbuf *out)
{
    if (find_within(at, at + 4 <= end ? at + 4 : end, "<!--") == at) {
        const char *close = find_within(at, end, "-->");

        if (close == NULL)
            return NULL;
        close += 3;
        return close < end && *close == '\n' ? close + 1 : close;
    }
    if (find_within(at, at + 7 <= end ? at + 7 : end, "<title>") == at)
        return put_title(at, end, out);
    for (size_t i = 0; i < sizeof replacements / sizeof replacements[0]; i++) {
        size_t n = strlen(replacements[i].from);

        if ((size_t) (end - at) >= n && memcmp(at, replacements[i].from, n) == 0) {
            sg_strbuf_puts(out, replacements[i].to);
            return at + n;
        }
    }
    return NULL;
}

void sg_svg_finish(const char *svg, size_t len, sg_strbuf *out)
{
    const char *end = svg + len;
    const char *at = svg;

    while (at < end) {
        const char *next = *at == '<' || *at == 'f' ? put_special(at, end, out) : NULL;

        if (next != NULL) {
            at = next;
        } else {
            sg_strbuf_putc(out, *at);
            at++;
        }
    }
}
