#ifndef STANCE_QUERY_AST_H
#define STANCE_QUERY_AST_H

/* The syntax tree of a query, and what the semantic checks write into it: slots, types, symbols.
 * Everything lives in the arena of the compilation. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/function.h"
#include "stance/graph.h"
#include "stance/value.h"

#define SG_NO_SLOT UINT32_MAX

/* A name in the query text or, when it was written in backquotes, its decoded copy. */
typedef struct sg_name {
    const char *text; /* NULL: no name given */
    uint32_t len;
    uint32_t offset;
} sg_name;

/* ---- tokens ---- */
typedef enum sg_token_kind {
    SG_TOK_END,
    SG_TOK_WORD,   /* name or keyword */
    SG_TOK_QUOTED, /* `name` */
    SG_TOK_INTEGER,
    SG_TOK_FLOAT,
    SG_TOK_STRING,
    SG_TOK_PARAMETER,
    SG_TOK_SYMBOL, /* punctuation; see `symbol` */
    SG_TOK_BAD,    /* not a token; `bad` is why, raised where it would be used */
} sg_token_kind;

/* Punctuation of two characters; the others are their own character code. */
enum { SG_SYM_LE = 256, SG_SYM_GE, SG_SYM_NE, SG_SYM_MATCH, SG_SYM_ADD_SET, SG_SYM_DOTS };

typedef struct sg_token {
    uint8_t kind;
    uint16_t symbol;
    uint32_t offset; /* in the query text */
    uint32_t end;
    const char *text; /* decoded text of names, strings, parameters */
    uint32_t len;
    const char *bad; /* SG_TOK_BAD: the error's detail */
    union {
        uint64_t integer;
        double number;
    } as;
} sg_token;

/* ---- static types ---- */
#define SG_ANY_TYPE 0xFF

typedef struct sg_static_type {
    uint8_t base;    /* sg_type, or SG_ANY_TYPE */
    uint8_t element; /* of a list */
} sg_static_type;

/* ---- expressions ---- */
typedef enum sg_expr_kind {
    SG_EX_LITERAL,    /* value */
    SG_EX_PARAMETER,  /* name */
    SG_EX_VARIABLE,   /* name, slot */
    SG_EX_PROPERTY,   /* child[0], name, symbol */
    SG_EX_HAS_LABELS, /* child[0], names, symbols */
    SG_EX_INDEX,      /* child[0] [ child[1] ] */
    SG_EX_SLICE,      /* child[0] [ child[1] .. child[2] ], bounds may be NULL */
    SG_EX_LIST,       /* children */
    SG_EX_MAP,        /* names and children */
    SG_EX_AND,
    SG_EX_OR,
    SG_EX_XOR,
    SG_EX_NOT,
    SG_EX_EQUAL,
    SG_EX_NOT_EQUAL,
    SG_EX_LESS,
    SG_EX_LESS_EQUAL,
    SG_EX_GREATER,
    SG_EX_GREATER_EQUAL,
    SG_EX_ADD,
    SG_EX_SUBTRACT,
    SG_EX_MULTIPLY,
    SG_EX_DIVIDE,
    SG_EX_MODULO,
    SG_EX_POWER,
    SG_EX_NEGATE,
    SG_EX_PLUS, /* unary */
    SG_EX_IN,
    SG_EX_STARTS_WITH,
    SG_EX_ENDS_WITH,
    SG_EX_CONTAINS,
    SG_EX_REGEX,
    SG_EX_IS_NULL,
    SG_EX_IS_NOT_NULL,
    SG_EX_FUNCTION,   /* name, children, function */
    SG_EX_AGGREGATE,  /* name, children, distinct, aggregate */
    SG_EX_COUNT_STAR, /* an aggregate, too */
    SG_EX_CASE, /* child[0] operand or NULL, then when/then pairs, child[count - 1] else or NULL */
    SG_EX_LIST_COMPREHENSION,    /* slot IN child[0] WHERE child[1] | child[2]; both may be NULL */
    SG_EX_QUANTIFIER,            /* quantifier: slot IN child[0] WHERE child[1] */
    SG_EX_REDUCE,                /* slot2 = child[0], slot IN child[1] | child[2] */
    SG_EX_PATTERN_COMPREHENSION, /* pattern, where child[0], result child[1] */
    SG_EX_PATTERN,               /* pattern as a predicate */
    SG_EX_SHORTEST_PATH,         /* pattern as a value: the path or list of paths */
    SG_EX_EXISTS,                /* query */
} sg_expr_kind;

typedef enum sg_quantifier { SG_ALL, SG_ANY, SG_NONE, SG_SINGLE } sg_quantifier;

typedef enum sg_aggregate {
    SG_AGG_COUNT,
    SG_AGG_COUNT_STAR,
    SG_AGG_SUM,
    SG_AGG_AVG,
    SG_AGG_MIN,
    SG_AGG_MAX,
    SG_AGG_COLLECT,
    SG_AGG_STDEV,
    SG_AGG_STDEVP,
    SG_AGG_PERCENTILE_DISC,
    SG_AGG_PERCENTILE_CONT,
} sg_aggregate;

typedef struct sg_expr sg_expr;
typedef struct sg_pattern sg_pattern;
typedef struct sg_query_ast sg_query_ast;
typedef struct sg_operator sg_operator;

/* Values of a property already read, by node; made when one place has read many. */
typedef struct sg_property_cache {
    sg_value *values; /* type SG_ANY_TYPE: not read yet */
    uint32_t limit;
    uint32_t asked;
} sg_property_cache;

struct sg_expr {
    uint8_t kind;
    uint8_t quantifier;
    uint8_t aggregate;
    bool distinct;
    bool parenthesised;
    uint16_t depth;
    sg_static_type type;
    uint32_t offset; /* place in the query text */
    uint32_t end;
    uint32_t slot;  /* variable; loop variable; where an aggregate's result is */
    uint32_t slot2; /* accumulator of reduce */
    sg_symbol symbol;
    uint32_t count;
    sg_expr **child;
    sg_name name;
    sg_name name2;
    sg_name *names; /* map keys, labels */
    uint32_t name_count;
    sg_symbol *symbols; /* labels */
    sg_value value;
    const struct sg_function *function;
    sg_pattern *pattern;
    sg_query_ast *query;
    sg_operator *plan; /* of pattern and query */
    sg_property_cache *cache;
};

/* ---- patterns ---- */
typedef struct sg_node_pattern {
    sg_name name;
    sg_name *labels;
    uint32_t label_count;
    sg_symbol *label_symbols;
    sg_expr *properties; /* map or parameter, or NULL */
    uint32_t offset;
    uint32_t slot;
    bool bound; /* known before this pattern */
} sg_node_pattern;

typedef struct sg_rel_pattern {
    sg_name name;
    sg_name *types;
    uint32_t type_count;
    sg_symbol *type_symbols;
    sg_expr *properties;
    uint32_t offset;
    uint32_t slot;
    bool bound;
    bool left_arrow;
    bool right_arrow;
    bool variable_length;
    bool ends_only; /* planned without telling parallel relationships apart */
    int64_t min;    /* of variable length; -1 not given */
    int64_t max;
} sg_rel_pattern;

typedef enum sg_shortest { SG_NOT_SHORTEST, SG_SHORTEST_ONE, SG_SHORTEST_ALL } sg_shortest;

typedef struct sg_path_pattern {
    sg_name name;
    uint32_t slot; /* of the path, SG_NO_SLOT without name */
    uint8_t shortest;
    uint32_t length; /* relationships */
    sg_node_pattern *nodes;
    sg_rel_pattern *rels;
    uint32_t offset;
} sg_path_pattern;

struct sg_pattern {
    sg_path_pattern *paths;
    uint32_t count;
};

/* ---- clauses ---- */
typedef enum sg_clause_kind {
    SG_CLAUSE_MATCH,
    SG_CLAUSE_UNWIND,
    SG_CLAUSE_WITH,
    SG_CLAUSE_RETURN,
    SG_CLAUSE_CREATE,
    SG_CLAUSE_MERGE,
    SG_CLAUSE_SET,
    SG_CLAUSE_REMOVE,
    SG_CLAUSE_DELETE,
    SG_CLAUSE_CALL,
} sg_clause_kind;

typedef struct sg_item { /* of a projection, ORDER BY, DELETE, YIELD, call arguments */
    sg_expr *expr;
    sg_name alias;
    bool has_alias; /* AS was written */
    bool descending;
    bool aggregates; /* contains an aggregate */
    uint32_t slot;
} sg_item;

typedef enum sg_set_kind {
    SG_SET_PROPERTY,
    SG_SET_REPLACE, /* n = map */
    SG_SET_MERGE,   /* n += map */
    SG_SET_LABELS,
    SG_REMOVE_PROPERTY,
    SG_REMOVE_LABELS,
} sg_set_kind;

typedef struct sg_set_item {
    uint8_t kind;
    uint8_t when; /* in MERGE: 0 always, 1 on create, 2 on match */
    sg_expr *target;
    sg_name key;
    sg_symbol symbol;
    sg_expr *value;
    sg_name *labels;
    uint32_t label_count;
    sg_symbol *label_symbols;
} sg_set_item;

struct sg_procedure;

typedef struct sg_clause {
    uint8_t kind;
    bool optional;
    bool detach;
    bool distinct;
    bool star;
    bool aggregating;
    bool implicit_arguments;
    bool standalone;
    uint32_t offset;
    uint32_t end;
    sg_pattern pattern;
    sg_expr *where;
    sg_item *items; /* projection, DELETE, UNWIND (one), CALL yields */
    uint32_t item_count;
    sg_item *order;
    uint32_t order_count;
    sg_expr *skip;
    sg_expr *limit;
    sg_set_item *sets;
    uint32_t set_count;
    /* CALL */
    sg_name procedure_name;
    const struct sg_procedure *procedure;
    sg_expr **arguments;
    uint32_t argument_count;
    bool yield_star;
    bool has_yield;
    uint32_t *yield_columns; /* output of the procedure behind each item */
    /* Filled by the checks: slots that are in scope after the clause. */
    uint32_t *live;
    uint32_t live_count;
    sg_expr **aggregates; /* the aggregate calls of a projection */
    uint32_t aggregate_count;
} sg_clause;

typedef struct sg_single_query {
    sg_clause *clauses;
    uint32_t count;
    bool union_all; /* how it is joined to the one before */
    bool writes;
    sg_name *columns;
    uint32_t *column_slots;
    uint32_t column_count;
} sg_single_query;

struct sg_query_ast {
    sg_single_query *parts; /* more than one: UNION */
    uint32_t count;
    uint32_t offset;
    bool is_pattern; /* exists { (a)-->(b) WHERE ... } */
};

#endif
