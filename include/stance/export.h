#ifndef STANCE_EXPORT_H
#define STANCE_EXPORT_H

/* Exports: tables for spreadsheets and pictures. Everything is sorted by explicit keys and holds
 * no time stamp, so the same database gives the same bytes. */

#include <stddef.h>

#include "stance/analysis.h"
#include "stance/csv.h"
#include "stance/error.h"
#include "stance/result.h"
#include "stance/selection.h"

/* ---- tables ---- */

/* Columns of row_hash.h; sorted by date, article, place in the article, id. */
SG_MUST_CHECK sg_status sg_statements_result(const sg_graph *graph,
                                             const struct sg_selection *selection,
                                             sg_result **result_out, sg_error *err);
/* actor_id, name, type, aliases, acronym, role, organisations, statements, first_seen, last_seen;
 * most statements first */
SG_MUST_CHECK sg_status sg_actors_result(const sg_graph *graph,
                                         const struct sg_selection *selection,
                                         sg_result **result_out, sg_error *err);
/* position_id, position, statements, supporters, opponents, neutral, first_seen, last_seen */
SG_MUST_CHECK sg_status sg_positions_result(const sg_graph *graph,
                                            const struct sg_selection *selection,
                                            sg_result **result_out, sg_error *err);
/* actor_id, actor, organisation_id, organisation, role, article_id, quote */
SG_MUST_CHECK sg_status sg_affiliations_result(const sg_graph *graph, sg_result **result_out,
                                               sg_error *err);

/* ---- pictures ---- */

struct sg_picture_options {
    const char *title; /* NULL: a title that says what the picture shows */
    size_t max_actors; /* 0: the default of the picture */
    size_t max_positions;
    size_t ties_per_actor; /* alliances: strongest ties kept per actor, 0 = 2 */
    const char *filter;    /* which statements count, said under the title; NULL: all */
};

#define SG_PICTURE_OPTIONS_INIT                                                                    \
 {                                                                                                 \
  NULL, 0, 0, 0, NULL                                                                              \
 }

/* DOT of the actors × positions map: positions in the middle, alliances left and right. */
SG_MUST_CHECK sg_status sg_map_dot(const sg_network *network, const sg_alliances *alliances,
                                   const struct sg_picture_options *options, sg_strbuf *out,
                                   sg_error *err);
/* DOT of the actor × actor picture: strongest agreements, conflicts pale. */
SG_MUST_CHECK sg_status sg_alliance_dot(const sg_network *network, const sg_alliances *alliances,
                                        const struct sg_picture_options *options, sg_strbuf *out,
                                        sg_error *err);

/* Renders DOT text as "svg", "png" or "pdf" in a child process that is ended after 30 seconds.
 * The layout program is the one named in the DOT text (attribute layout); when it does not finish
 * in time, sfdp is tried. */
SG_MUST_CHECK sg_status sg_render(const char *dot, size_t len, const char *format, sg_strbuf *out,
                                  sg_error *err);

#endif
