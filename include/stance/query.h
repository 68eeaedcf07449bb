#ifndef STANCE_QUERY_H
#define STANCE_QUERY_H

/* Cypher (openCypher 9) over a graph: text in, table of values out. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"
#include "stance/graph.h"
#include "stance/result.h"
#include "stance/value.h"

/* What the openCypher specification calls the class of an error. */
typedef struct sg_query_problem {
    char type[40];   /* "SyntaxError", "TypeError", ... ; empty when no query error happened */
    char phase[16];  /* "compile time" or "runtime" */
    char detail[48]; /* "UndefinedVariable", ... */
    size_t offset;   /* byte in the query text where it is, or SIZE_MAX */
} sg_query_problem;

/* A procedure that CALL can name. The program registers those of other parts of the library. */
struct sg_procedure_field {
    const char *name;
    const char *type; /* "STRING", "INTEGER", "FLOAT", "NUMBER", "BOOLEAN", "NODE", "LIST",
                         "ANY"...; a '?' at the end: may be null */
};

struct sg_procedure {
    const char *name; /* "stance.alliances" */
    const char *summary;
    const struct sg_procedure_field *inputs;
    size_t input_count;
    size_t required_count; /* inputs from here on may be left out and are null then */
    const struct sg_procedure_field *outputs;
    size_t output_count;
    /* Adds rows with output_count cells to `rows`. */
    sg_status (*run)(const struct sg_procedure *self, const sg_graph *graph, const sg_value *args,
                     sg_result *rows, sg_error *err);
    const void *data;
};

struct sg_query_options {
    sg_value parameters;         /* SG_MAP, or null */
    bool read_only;              /* refuse writes */
    int64_t timeout_ms;          /* 0 = none */
    size_t max_memory;           /* bytes, 0 = none */
    size_t limit;                /* rows at most, 0 = none */
    bool explain;                /* the plan instead of the answer */
    bool profile;                /* run, then the plan with rows, time and memory per operator */
    const char *procedures_json; /* test procedures of the openCypher TCK, or NULL */
    const volatile int *stop;    /* not zero: stop (set by a signal handler); may be NULL */
    const struct sg_procedure *procedures; /* that CALL finds */
    size_t procedure_count;
};

#define SG_QUERY_OPTIONS_INIT                                                                      \
 {                                                                                                 \
  { 0 }, false, 0, 0, 0, false, false, NULL, NULL, NULL, 0                                         \
 }

/* Runs one query; EXPLAIN or PROFILE before it does as the options of that name. Writes are in the
 * graph's overlay and are committed when the query succeeds and rolled back when it fails.
 * `problem_out` may be NULL. */
SG_MUST_CHECK sg_status sg_query_run(sg_graph *graph, const char *text, size_t len,
                                     const struct sg_query_options *options, sg_result **result_out,
                                     sg_graph_changes *changes_out, sg_query_problem *problem_out,
                                     sg_error *err);

/* True if the text is a query with a clause that writes; false also for what does not parse. */
bool sg_query_is_write(const char *text, size_t len);

/* Appends a line for each label, relationship type and property key in the query that the graph
 * does not have, with the nearest name it has: the usual reasons of an empty answer. */
void sg_query_notices(sg_graph *graph, const char *text, size_t len, sg_strbuf *out);

typedef enum sg_query_form { SG_QUERY_TOKENS, SG_QUERY_AST } sg_query_form;

/* Appends an intermediate form of the query as text. */
SG_MUST_CHECK sg_status sg_query_dump(const char *text, size_t len, sg_query_form form,
                                      sg_strbuf *out, sg_error *err);

/* The answer in the JSON form of the openCypher TCK runner: columns, rows of cells in the TCK's
 * notation, observable changes; and a failure in the same form. */
void sg_result_write_tck(const sg_result *result, const sg_graph *graph,
                         const sg_graph_changes *changes, sg_strbuf *out);
void sg_query_problem_write_tck(const sg_query_problem *problem, const sg_error *err,
                                sg_strbuf *out);

#endif
