#ifndef STANCE_QUERY_FUSED_H
#define STANCE_QUERY_FUSED_H

/* Aggregation fused with the matching below it. Between MATCH and an aggregation most rows only
 * carry nodes and relationships, and most predicates and grouping keys depend on one property of
 * one of them. So a row here is an array of handles, a predicate is evaluated once per node or
 * per distinct value of a column and remembered, duplicates fall away before a join, and names
 * are fetched once per group. The steps are those the planner chose, in their order. */

#include "aggregate.h"

/* ---- what an expression depends on ---- */
typedef enum atom_kind {
    ATOM_ENTITY, /* the node or relationship itself */
    ATOM_TYPE,   /* the type of a relationship, or a column made of it */
    ATOM_COLUMN, /* a property of a relationship, by the codes of its column */
} atom_kind;

enum { MOST_ATOMS = 4, MOST_MEMOS = 4 * MOST_ATOMS, MOST_TYPES = 64, MOST_JOINED = 4 };

typedef struct atom {
    uint8_t kind; /* atom_kind */
    uint32_t slot;
    sg_symbol key;
    size_t domain;                   /* codes are below this */
    uint32_t first_code[MOST_TYPES]; /* ATOM_COLUMN: of each type; the first means null */
    sg_column columns[MOST_TYPES];
} atom;

typedef struct atom_list {
    atom *atoms; /* room for MOST_ATOMS */
    uint32_t count;
} atom_list;

typedef enum slot_kind { SLOT_OUTER, SLOT_NODE, SLOT_REL, SLOT_TYPE } slot_kind;

/* ---- tests ---- */
typedef enum test_kind {
    TEST_REMEMBERED, /* depends on one atom: the answer is kept per code */
    TEST_NUMBERS,    /* a.x < b.y over integers */
    TEST_TYPES,      /* type(r) = type(s) */
    TEST_ANY,        /* evaluated for each row */
} test_kind;

/* Integers of one property of nodes, fetched once per node. */
typedef struct number_memo {
    sg_symbol key;
    int64_t *values;
    uint8_t *states;
} number_memo;

typedef struct fused_test {
    uint8_t kind; /* test_kind */
    const sg_expr *exprs[MOST_JOINED];
    uint32_t expr_count; /* all must hold; more than one only for TEST_REMEMBERED */
    atom atom;           /* TEST_REMEMBERED */
    uint8_t *answers;    /* by code: 0 unknown, 1 false, 2 true */
    /* Comparisons of a column with constants: codes from `low` to below `high` of each type pass */
    bool ranged;
    uint64_t low[MOST_TYPES], high[MOST_TYPES];
    uint32_t *slots; /* that the expression reads */
    uint32_t slot_count;
    uint32_t left, right; /* slots of the other two kinds */
    number_memo *left_memo, *right_memo;
    uint8_t comparison; /* sg_expr_kind */
} fused_test;

/* ---- steps ---- */
typedef enum step_kind {
    STEP_SCAN,
    STEP_LOOKUP,
    STEP_TEST,
    STEP_EXPAND,
    STEP_INTO,  /* both ends are known */
    STEP_REACH, /* every node within reach, once */
    STEP_COPY,
    STEP_DISTINCT,
} step_kind;

typedef struct neighbour {
    uint32_t node;
    uint32_t rel;
    uint32_t type;
} neighbour;

typedef struct fused_step {
    uint8_t kind; /* step_kind */
    uint32_t slot;
    sg_symbol label;
    sg_symbol key;
    sg_expr *value;
    const sg_hop *hop;
    fused_test test;
    /* STEP_EXPAND: following tests of the new node or relationship alone, done while its list is
     * made */
    uint32_t own_tests;
    bool once; /* parallel relationships count once */
    neighbour *list;
    size_t list_count;
    size_t list_room;
    uint32_t list_of; /* the node whose list it is */
    /* STEP_COPY */
    uint32_t *from, *to;
    uint32_t copy_count;
    /* STEP_DISTINCT */
    const uint32_t *slots;
    uint32_t slot_count;
    bool in_order; /* equal rows come one after the other */
    bool has_last;
    uint32_t *rows; /* slot_count each */
    size_t row_count, rows_room;
    uint32_t *table;
    size_t table_size;
    /* STEP_REACH */
    uint32_t *reached; /* number of the search that saw the node last */
    uint32_t *depths;
    uint32_t *branches; /* first relationship on the way to the node */
    uint32_t search;
} fused_step;

typedef struct fused_sum {
    sg_expr *expr;
    bool by_code; /* count([DISTINCT] x) where x depends on one atom */
    atom atom;
    uint32_t *value_ids; /* by code: 0 unknown, 1 null, else value + 2 */
    uint32_t *slots;
    uint32_t slot_count;
    sg_value *values; /* the different ones so far */
    uint64_t *hashes;
    size_t value_count, values_room, hashes_room;
    uint32_t *table;
    size_t table_size;
} fused_sum;

typedef struct bit_set {
    uint64_t *words;
    size_t count;
} bit_set;

typedef struct fused_op {
    sg_operator base;
    sg_operator *plain; /* the same by single rows, where this cannot be done */
    fused_step *steps;
    uint32_t step_count;
    uint8_t *kinds;      /* slot_kind by slot */
    uint32_t *row;       /* handles by slot */
    uint32_t *rel_types; /* type of the relationship in a slot */
    const sg_projected *keys;
    uint32_t key_count;
    atom_list key_atoms;
    uint32_t *key_slots;
    uint32_t key_slot_count;
    fused_sum *sums;
    uint32_t sum_count;
    number_memo *memos;
    uint32_t memo_count;
    /* groups by atoms, and by the values of their keys */
    uint32_t *
        *group_of; /* one atom: by code, + 1; pages of GROUP_PAGE codes, NULL where none came */
    size_t group_pages;
    uint32_t *tuples; /* more: codes and group, key_atoms.count + 1 each */
    size_t tuple_count, tuples_room;
    uint32_t *tuple_table;
    size_t tuple_table_size;
    sg_value *group_keys;
    size_t group_count, group_keys_room;
    uint64_t *hashes;
    size_t hashes_room;
    uint32_t *table;
    size_t table_size;
    uint64_t *counts; /* sum_count each */
    size_t counts_room;
    bit_set *sets; /* values seen by count(DISTINCT), sum_count each */
    size_t sets_room;
    uint64_t *pairs; /* the same for values beyond the bit sets: group, sum, value; 0 = free */
    size_t pair_count, pairs_size;
    sg_accumulator *accumulators; /* sum_count each */
    size_t accumulators_room;
    sg_arena *arena;
    sg_value *current;
    size_t at;
    bool filled;
} fused_op;

/* `plain` is the aggregation by rows; `bare` gives the rows it aggregates. Returns `plain` when
 * they cannot be fused. */
sg_operator *sg_op_fused(sg_query *query, sg_operator *plain, sg_operator *bare,
                         const sg_projected *keys, uint32_t key_count, sg_expr **aggregates,
                         uint32_t aggregate_count);

/* ---- fused.c ---- */
/* Puts the handles of the row into the values that expressions read. */
void fused_load(const fused_op *f, sg_exec *x, const uint32_t *slots, uint32_t count);
/* Finds out how atoms are coded in this graph. False when a column has to be read by rows. */
void atom_prepare(const fused_op *f, atom *a, const sg_graph *graph);
uint32_t atom_code(const fused_op *f, const atom *a);
/* The type of the relationship in a slot, or of which a copy is there. */
uint32_t fused_type_in(const fused_op *f, uint32_t slot);

/* ---- fused_run.c ---- */
sg_status fused_run(fused_op *f, sg_exec *x);
/* The types of a hop: those it names, or all. */
uint32_t fused_type_count(const sg_exec *x, const sg_hop *hop);
sg_symbol fused_type_at(const sg_hop *hop, uint32_t i);
/* Adds the neighbours of a node over one type to the list of a step. */
void fused_list_type(fused_step *step, const sg_exec *x, uint32_t node, sg_direction direction,
                     sg_symbol type);
void fused_steps_reset(fused_op *f);
void fused_steps_clear(fused_op *f);

/* ---- fused_reach.c ---- */
typedef struct fused_reach {
    fused_step *step;
    uint32_t start;
    uint32_t *queue; /* the nodes within reach, the start first; sg_free() it */
    size_t count;
    size_t room;
    bool circle; /* the start itself is the end of a path */
} fused_reach;

sg_status fused_reach_search(fused_reach *r, sg_exec *x);

/* ---- fused_group.c ---- */
enum { GROUP_PAGE = 1024 };

sg_status fused_add_row(fused_op *f, sg_exec *x);
sg_status fused_add_group(fused_op *f, sg_exec *x, uint32_t *group_out);
sg_status fused_finish_group(fused_op *f, sg_exec *x, size_t group);
void fused_groups_reset(fused_op *f);
void fused_groups_clear(fused_op *f);

/* ---- what operators look like from outside, for the fusing (see each operator's file) ---- */
bool sg_op_is_argument(const sg_operator *op);
bool sg_op_scan_shape(const sg_operator *op, uint32_t *slot_out, sg_symbol *label_out);
bool sg_op_lookup_shape(const sg_operator *op, uint32_t *slot_out, sg_symbol *label_out,
                        sg_symbol *key_out, sg_expr **value_out);
sg_expr *sg_op_filter_shape(const sg_operator *op);
bool sg_op_project_shape(const sg_operator *op, const sg_projected **items_out,
                         uint32_t *count_out);
bool sg_op_distinct_shape(const sg_operator *op, const uint32_t **slots_out, uint32_t *count_out);
const sg_hop *sg_op_expand_shape(const sg_operator *op);
const sg_hop *sg_op_var_expand_shape(const sg_operator *op);

#endif
