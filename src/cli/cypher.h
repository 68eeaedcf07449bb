#ifndef STANCE_CLI_CYPHER_H
#define STANCE_CLI_CYPHER_H

/* Cypher questions that commands ask: text put together with parameters, never with the values
 * themselves. */

#include "stance/query.h"

#include "graph_session.h"

#define SG_CYPHER_PARAMETERS 16

struct sg_cypher {
    sg_strbuf text;
    sg_value keys[SG_CYPHER_PARAMETERS];
    sg_value values[SG_CYPHER_PARAMETERS];
    size_t count;
};

#define SG_CYPHER_INIT                                                                             \
 {                                                                                                 \
  SG_STRBUF_INIT, { { 0 } }, { { 0 } }, 0                                                          \
 }

void sg_cypher_clear(struct sg_cypher *cypher);
/* Gives $key a value; `key` is a literal. */
void sg_cypher_set(struct sg_cypher *cypher, const char *key, sg_value value);
/* Appends " AND ..." so that statement `s` from actor `a` to target `t` (variables of these names)
 * is in the selection of the session. */
void sg_cypher_select(struct sg_cypher *cypher, struct sg_session *session);
SG_MUST_CHECK sg_status sg_cypher_run(struct sg_cypher *cypher, struct sg_session *session,
                                      sg_result **result_out, sg_error *err);

#endif
