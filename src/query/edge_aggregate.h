#ifndef STANCE_QUERY_EDGE_AGGREGATE_INTERNAL_H
#define STANCE_QUERY_EDGE_AGGREGATE_INTERNAL_H

/* Counting over the relationship arrays of the image; see op_edge_aggregate.c. */

#include "runtime.h"

/* What an expression depends on. */
typedef enum sg_coded {
    SG_CODED_CONSTANT,
    SG_CODED_LEFT, /* the node at the left of the pattern */
    SG_CODED_RIGHT,
    SG_CODED_TYPE,  /* type(r) */
    SG_CODED_COLUMN /* one property of the relationship */
} sg_coded;

typedef struct sg_coded_expr {
    sg_expr *expr;
    sg_coded kind;
    sg_symbol key;
    uint32_t slot; /* of the element it depends on */
} sg_coded_expr;

typedef struct sg_edge_aggregate {
    const sg_node_pattern *left;
    const sg_node_pattern *right;
    sg_direction direction; /* from left to right */
    sg_symbol *types;
    uint32_t type_count;
    sg_coded_expr keys[2];
    uint32_t key_slots[2];
    uint32_t key_count;
    sg_expr **aggregates;
    sg_coded_expr distinct[8]; /* of count(DISTINCT e); expr NULL: a plain count */
    uint32_t aggregate_count;
} sg_edge_aggregate;

sg_operator *sg_op_edge_aggregate(sg_query *query, const sg_edge_aggregate *plan);
/* How many codes a column may have; SIZE_MAX when it cannot be used as an index. */
size_t sg_edge_column_codes(const sg_column *column);
/* Fills `plan` if the MATCH followed by the projection can be answered that way. */
bool sg_plan_edge_aggregate(sg_query *query, const sg_clause *match, const sg_clause *projection,
                            sg_edge_aggregate *plan);

#endif
