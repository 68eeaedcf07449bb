#ifndef STANCE_EXPORT_INTERNAL_H
#define STANCE_EXPORT_INTERNAL_H

/* What the pictures share: text for labels, palette, header, and a small layer over cgraph. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/analysis.h"
#include "stance/export.h"
#include "stance/strbuf.h"

/* ---- text ---- */

/* Appends text for an HTML-like label: & < > " escaped, malformed bytes dropped. */
void sg_label_escape(sg_strbuf *out, const char *text, size_t len);
/* The same, broken at word boundaries into lines of about `width` characters, at most `lines`
 * of them; what is cut ends in an ellipsis. */
void sg_label_wrap(sg_strbuf *out, const char *text, size_t len, size_t width, size_t lines);
/* For plain attributes (tooltips): backslashes doubled, control characters dropped. */
void sg_tooltip_append(sg_strbuf *out, const char *text, size_t len);
/* "12 March 2016", "March 2016" or nothing for SG_NO_DAY. */
void sg_day_append(sg_strbuf *out, int32_t day, bool with_day);
/* "3 articles": the noun gets an s unless the number is 1. */
void sg_count_append(sg_strbuf *out, size_t number, const char *noun);
/* "from August 2015 to April 2016" as a period of months; empty when unknown. */
void sg_period_append(sg_strbuf *out, int32_t first, int32_t last);

/* ---- palette: reference contrast of every ink on white is 4.5 or more ---- */
#define SG_SUPPORT_COLOR "#00795B"
#define SG_OPPOSE_COLOR  "#C44E00"
#define SG_NEUTRAL_COLOR "#7A7A7A"
#define SG_TEXT_COLOR    "#1A1A1A"
#define SG_MUTED_COLOR   "#555555"

struct sg_tint {
    const char *fill;
    const char *ink;
};

/* Tints of alliances 0 to 5; further ones, and no alliance, are plain. */
struct sg_tint sg_alliance_tint(uint32_t alliance);

/* ---- cgraph ---- */
typedef struct sg_dot sg_dot;
typedef struct sg_dot_part sg_dot_part; /* a node, edge or subgraph; borrowed */

sg_dot *sg_dot_new(const char *name, bool directed);
void sg_dot_free(sg_dot *dot);
sg_dot_part *sg_dot_root(sg_dot *dot);
void sg_dot_node_default(sg_dot *dot, const char *attribute, const char *value);
void sg_dot_edge_default(sg_dot *dot, const char *attribute, const char *value);
sg_dot_part *sg_dot_subgraph(sg_dot *dot, const char *name);
/* Declares a node inside `parent` (the root or a subgraph). */
sg_dot_part *sg_dot_node(sg_dot *dot, sg_dot_part *parent, const char *name);
/* Both ends must have been declared: a misspelt end would otherwise become a stray node. */
sg_dot_part *sg_dot_edge(sg_dot *dot, const char *tail, const char *head);
void sg_dot_set(sg_dot *dot, sg_dot_part *part, const char *attribute, const char *value);
void sg_dot_set_html(sg_dot *dot, sg_dot_part *part, const char *attribute, const char *html);
SG_MUST_CHECK sg_status sg_dot_write(sg_dot *dot, sg_strbuf *out, sg_error *err);

/* ---- shared by the pictures ---- */

/* Title, a line of counts and `note`, and the legend as rows of an HTML-like table. */
void sg_picture_header(sg_dot *dot, const sg_discourse *discourse, const char *title,
                       const char *note, const char *legend);
/* Font, colours and defaults that all pictures have. */
void sg_picture_defaults(sg_dot *dot);
/* Sets shape, label, tint and tooltip of an actor's node. */
void sg_picture_actor(sg_dot *dot, sg_dot_part *node, const sg_discourse *discourse, uint32_t actor,
                      struct sg_tint tint, bool filled);
/* "A · against the new contract": letter and the position that binds most. */
void sg_picture_alliance_label(const sg_discourse *discourse, const sg_alliances *alliances,
                               uint32_t alliance, sg_strbuf *out);

/* Makes Graphviz's SVG stable and readable aloud: no version comments, a font family with
 * fallbacks, titles that are sentences, role and description. */
void sg_svg_finish(const char *svg, size_t len, sg_strbuf *out);

#endif
