#ifndef STANCE_QUERY_NOTICES_INTERNAL_H
#define STANCE_QUERY_NOTICES_INTERNAL_H

#include "query_internal.h"

void sg_notices_find(sg_query *query, const sg_query_ast *ast, sg_strbuf *out);

#endif
