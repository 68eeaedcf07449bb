#ifndef STANCE_ANALYSIS_H
#define STANCE_ANALYSIS_H

/* Discourse networks: congruence between actors, alliances, centrality.
 *
 * The tie of two actors counts distinct positions, not statements: weight = (positions on which
 * they agree - positions on which they disagree) / positions on which at least one of them takes
 * a side. (Jaccard-normalised "subtract" network; Leifeld, Discourse Network Analysis, 2017.)
 * Alliances are the partition with the largest sum of tie weights inside groups: Leiden with the
 * constant Potts model at resolution 0 (Traag, Waltman and van Eck 2019), which minimises
 * frustration; the best of several seeds. */

#include <stddef.h>
#include <stdint.h>

#include "stance/discourse.h"
#include "stance/result.h"

typedef struct sg_tie {
    uint32_t a; /* actors, a < b */
    uint32_t b;
    uint32_t agree;
    uint32_t disagree;
    double weight; /* -1 to 1 */
} sg_tie;

typedef struct sg_network {
    sg_discourse *discourse;
    sg_tie *ties; /* pairs with at least one position in common, by a, then b */
    size_t tie_count;
} sg_network;

/* The network of a selection. What it points to lives in the arena. */
SG_MUST_CHECK sg_status sg_network_count(const sg_graph *graph,
                                         const struct sg_selection *selection, sg_arena *arena,
                                         sg_network *network_out, sg_error *err);

#define SG_NO_ALLIANCE UINT32_MAX

struct sg_alliance_options {
    double resolution; /* 0: minimise frustration; more: finer groups */
    unsigned seeds;
};

#define SG_ALLIANCE_OPTIONS_INIT                                                                   \
 {                                                                                                 \
  0.0, 50                                                                                          \
 }

typedef struct sg_alliance_bond {
    uint32_t position;
    uint32_t support; /* members for and against */
    uint32_t oppose;
} sg_alliance_bond;

typedef struct sg_alliance {
    uint32_t *members; /* actors, most statements first */
    size_t member_count;
    sg_alliance_bond
        *bonds; /* positions on which two members or more are of one mind, strongest first */
    size_t bond_count;
    double agreement; /* mean tie weight inside */
    double conflict;  /* share of ties to others that are negative */
} sg_alliance;

typedef struct sg_alliances {
    sg_alliance *groups; /* largest first, then by the smallest actor number */
    size_t count;
    uint32_t *membership; /* per actor: index in groups, or SG_NO_ALLIANCE for one without ties */
    double *certainty;    /* per actor: share of seeds in which it ends with most of its group */
    double frustration;   /* sum of |weight| of ties that contradict the grouping */
    double quality;
} sg_alliances;

SG_MUST_CHECK sg_status sg_alliances_find(const sg_network *network,
                                          const struct sg_alliance_options *options,
                                          sg_arena *arena, sg_alliances **alliances_out,
                                          sg_error *err);

/* "A", "B", ... "Z", "27", ... : how people refer to alliance `i`. Static or in the arena. */
const char *sg_alliance_letter(size_t i, sg_arena *arena);

typedef struct sg_centrality {
    uint32_t degree_agree; /* actors with a positive tie, a negative tie */
    uint32_t degree_conflict;
    double strength_agree; /* sums of tie weights, both >= 0 */
    double strength_conflict;
    double betweenness; /* on positive ties, length 1 / weight; not normalised */
    double closeness;   /* harmonic, on positive ties, 0 to 1 for unit weights */
    double pagerank;    /* on positive ties, damping 0.85 */
    double eigenvector; /* on positive ties, largest = 1 */
    uint32_t component; /* of the positive layer, 0 = largest */
} sg_centrality;

/* One entry per actor, in the arena. */
SG_MUST_CHECK sg_status sg_centrality_compute(const sg_network *network, sg_arena *arena,
                                              sg_centrality **centrality_out, sg_error *err);

/* Value of the measure named `by` (NULL: pagerank) for an actor. An unknown measure lists the known
 * ones. */
SG_MUST_CHECK sg_status sg_centrality_value(const sg_discourse *discourse,
                                            const sg_centrality *centrality, size_t actor,
                                            const char *by, double *value_out, sg_error *err);

/* ---- the same as tables ---- */
/* alliance, actors, members, positions, agreement, conflict */
SG_MUST_CHECK sg_status sg_alliances_result(const sg_discourse *discourse,
                                            const sg_alliances *alliances, sg_result **result_out,
                                            sg_error *err);
/* alliance, actor, type, statements, certainty: one row per member */
SG_MUST_CHECK sg_status sg_alliance_members_result(const sg_discourse *discourse,
                                                   const sg_alliances *alliances,
                                                   sg_result **result_out, sg_error *err);
/* actor, statements, positions, then the measures; sorted by measure `by` (NULL: pagerank),
 * largest first. An unknown measure lists the known ones. */
SG_MUST_CHECK sg_status sg_centrality_result(const sg_discourse *discourse,
                                             const sg_centrality *centrality, const char *by,
                                             sg_result **result_out, sg_error *err);

#endif
