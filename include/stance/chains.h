#ifndef STANCE_CHAINS_H
#define STANCE_CHAINS_H

/* The shortest chains of relationships between two nodes, walked in either direction. Parallel
 * relationships of one type and direction are one step, so that two actors with many statements
 * on the same position are joined by one chain and not by every combination. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/graph.h"
#include "stance/mem.h"

struct sg_chain_step {
    uint32_t rel; /* the first of the parallel relationships */
    sg_symbol type;
    bool forward; /* the relationship points along the chain */
};

typedef struct sg_chain {
    size_t length;               /* number of steps */
    uint32_t *nodes;             /* length + 1 */
    struct sg_chain_step *steps; /* length */
} sg_chain;

struct sg_chain_options {
    size_t max_length; /* 0 = any */
    size_t limit;      /* chains at most, 0 = all */
    /* False for relationships that do not count; NULL: all count. */
    bool (*counts)(const void *data, const sg_graph *graph, uint32_t rel);
    const void *data;
    const volatile int *stop; /* not zero: give up with SG_ERR_INTERRUPTED; may be NULL */
};

#define SG_CHAIN_OPTIONS_INIT                                                                      \
 {                                                                                                 \
  0, 0, NULL, NULL, NULL                                                                           \
 }

/* All shortest chains, in the order of node handles and types, in the arena; none when the nodes
 * are not joined (or are the same). */
SG_MUST_CHECK sg_status sg_chains_find(const sg_graph *graph, uint32_t from, uint32_t to,
                                       const struct sg_chain_options *options, sg_arena *arena,
                                       sg_chain **chains_out, size_t *count_out, sg_error *err);

#endif
