/* The plan as a table, last operator first, as it pulls the ones below. */

#include "explain.h"

#include <stdio.h>
#include <string.h>

static uint64_t nanos_of(const sg_operator *op)
{
    return op == NULL ? 0 : op->nanos;
}

static void add_row(const sg_query *query, const sg_operator *op, unsigned depth, sg_result *result)
{
    sg_value cells[6];
    sg_strbuf name = SG_STRBUF_INIT;
    sg_strbuf details = SG_STRBUF_INIT;
    uint64_t below = nanos_of(op->input) + nanos_of(op->sub);
    size_t memory = op->heap_bytes + (op->scratch != NULL ? sg_arena_used(op->scratch) : 0);

    for (unsigned i = 0; i < depth; i++)
        sg_strbuf_puts(&name, "| ");
    sg_strbuf_puts(&name, op->class->name);
    if (op->class->describe != NULL)
        op->class->describe(op, query, &details);
    cells[0] = sg_value_string(sg_strbuf_text(&name), name.len);
    cells[1] = sg_value_string(sg_strbuf_text(&details), details.len);
    cells[2] = op->estimate < 0 ? sg_value_null() : sg_value_integer((int64_t) op->estimate);
    cells[3] = sg_value_integer((int64_t) op->rows);
    cells[4] = sg_value_float((double) (op->nanos > below ? op->nanos - below : 0) / 1e6);
    cells[5] = sg_value_integer((int64_t) memory);
    sg_result_add(result, cells);
    sg_strbuf_clear(&name);
    sg_strbuf_clear(&details);
}

sg_result *sg_explain(const sg_query *query, const sg_operator *root)
{
    static const char *const columns[] = {
        "operator", "details", "expected", "rows", "ms", "bytes"
    };
    sg_result *result = sg_result_new(columns, query->options->profile ? 6 : 3);
    struct {
        const sg_operator *op;
        unsigned depth;
    } stack[256];
    size_t top = 0;

    stack[top].op = root;
    stack[top++].depth = 0;
    while (top > 0) {
        const sg_operator *op = stack[--top].op;
        unsigned depth = stack[top].depth;

        add_row(query, op, depth, result);
        if (op->input != NULL && top < 254) {
            stack[top].op = op->input;
            stack[top++].depth = depth;
        }
        if (op->sub != NULL && top < 254) {
            stack[top].op = op->sub;
            stack[top++].depth = depth + 1;
        }
    }
    return result;
}
