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
};

#define SG_QUERY_OPTIONS_INIT                                                                      \
 {                                                                                                 \
  { 0 }, false, 0, 0, 0, false, false, NULL, NULL                                                  \
 }

/* Runs one query. Writes are in the graph's overlay and are committed when the query succeeds and
 * rolled back when it fails. `problem_out` may be NULL. */
SG_MUST_CHECK sg_status sg_query_run(sg_graph *graph, const char *text, size_t len,
                                     const struct sg_query_options *options, sg_result **result_out,
                                     sg_graph_changes *changes_out, sg_query_problem *problem_out,
                                     sg_error *err);

#endif
