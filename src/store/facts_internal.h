#ifndef STANCE_STORE_FACTS_INTERNAL_H
#define STANCE_STORE_FACTS_INTERNAL_H

/* Storing what was read from one article: the state that the steps share. */

#include "stance/map.h"

#include "store_internal.h"

/* A statement of the article from before, when it is read again or has a new version. */
struct sg_old_statement {
    sg_store_statement now;
    /* as it was proposed, before a person changed it */
    int64_t actor;
    int64_t target;
    int stance;
    uint32_t start;
    uint32_t end;
    bool touched;
    bool seen;
};

struct sg_facts {
    sg_store *store;
    const sg_extraction *extraction;
    const char *origin;
    bool beside;  /* nothing of the older reading goes */
    bool by_hand; /* a person coded it */
    int64_t article;
    int64_t older; /* article whose facts are replaced: the same one, an older version, or 0 */
    sg_arena *arena;
    int64_t *actors; /* node of each actor, position, event of the extraction */
    int64_t *positions;
    int64_t *events;
    struct sg_old_statement *old;
    size_t old_count;
    size_t old_capacity;
    int64_t *old_rels; /* relationships that the older reading gave */
    size_t old_rel_count;
    size_t old_rel_capacity;
    sg_map *old_nodes; /* nodes that it mentioned, by 8-byte id */
    sg_load_changes *changes;
};

/* ---- facts_nodes.c ---- */
SG_MUST_CHECK sg_status sg_facts_actors(struct sg_facts *facts, sg_error *err);
SG_MUST_CHECK sg_status sg_facts_positions(struct sg_facts *facts, sg_error *err);
SG_MUST_CHECK sg_status sg_facts_events(struct sg_facts *facts, sg_error *err);

/* ---- facts_rels.c ---- */
/* Affiliations, parts, participation, what events are about, and mentions. */
SG_MUST_CHECK sg_status sg_facts_rels(struct sg_facts *facts, sg_error *err);

/* ---- facts_old.c ---- */
/* Gathers what the older reading gave and takes its passages away. */
SG_MUST_CHECK sg_status sg_facts_gather_old(struct sg_facts *facts, sg_error *err);
/* The old statement that says the same as a new one, or that a person made of it; NULL. */
struct sg_old_statement *sg_facts_match_old(struct sg_facts *facts, const sg_store_statement *s);
/* Deletes what the new reading no longer gives, unless a person touched it. */
SG_MUST_CHECK sg_status sg_facts_drop_old(struct sg_facts *facts, sg_error *err);

#endif
