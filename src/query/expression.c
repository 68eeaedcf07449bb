/* Helpers over syntax trees. */

#include <string.h>
#include <strings.h>

#include "query_internal.h"

bool sg_name_is(sg_name name, const char *word)
{
    return strlen(word) == name.len && strncasecmp(name.text, word, name.len) == 0;
}

bool sg_name_same(sg_name a, sg_name b)
{
    return a.text != NULL && b.text != NULL && a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

static bool same_names(const sg_name *a, const sg_name *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!sg_name_same(a[i], b[i]))
            return false;
    }
    return true;
}

/* Structural equality, blind to layout. Sub-queries and patterns are never the same. */
bool sg_expr_same(const sg_expr *a, const sg_expr *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->kind != b->kind || a->count != b->count ||
        a->distinct != b->distinct || a->quantifier != b->quantifier ||
        a->name_count != b->name_count || a->pattern != b->pattern || a->query != b->query)
        return false;
    if (a->kind == SG_EX_LITERAL)
        return a->value.type == b->value.type && sg_value_same(a->value, b->value);
    if (a->kind == SG_EX_FUNCTION || a->kind == SG_EX_AGGREGATE) {
        if (a->name.len != b->name.len || strncasecmp(a->name.text, b->name.text, a->name.len) != 0)
            return false;
    } else if (a->name.text != NULL && !sg_name_same(a->name, b->name)) {
        return false;
    }
    if (!same_names(a->names, b->names, a->name_count))
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!sg_expr_same(a->child[i], b->child[i]))
            return false;
    }
    return true;
}

bool sg_expr_has_aggregate(const sg_expr *expr)
{
    if (expr == NULL)
        return false;
    if (expr->kind == SG_EX_AGGREGATE || expr->kind == SG_EX_COUNT_STAR)
        return true;
    for (uint32_t i = 0; i < expr->count; i++) {
        if (sg_expr_has_aggregate(expr->child[i]))
            return true;
    }
    return false;
}
