#include "stance/selection.h"

#include <string.h>

#include "stance/store.h"
#include "stance/temporal.h"

/* A filter looks up the names of the properties once; a statement is then a few reads. */

static sg_symbol key(const sg_graph *graph, const char *name)
{
    return sg_graph_symbol_find(graph, SG_KEY, name, strlen(name));
}

void sg_statement_filter_init(struct sg_statement_filter *filter, const sg_graph *graph,
                              const struct sg_selection *selection)
{
    static const int stances[] = { 1, -1, 0 };

    *filter = (struct sg_statement_filter){
        .graph = graph,
        .selection = selection,
        .status = key(graph, "status"),
        .confidence = key(graph, "confidence"),
        .kind = selection->kind == NULL ? SG_NO_SYMBOL
                                        : sg_graph_symbol_find(graph, SG_LABEL, selection->kind,
                                                               strlen(selection->kind)),
    };
    for (size_t i = 0; i < 3; i++) {
        const char *type = sg_stance_type(stances[i]);

        filter->types[i] = sg_graph_symbol_find(graph, SG_REL_TYPE, type, strlen(type));
    }
}

static sg_value property(const sg_graph *graph, uint32_t rel, sg_symbol symbol)
{
    return symbol == SG_NO_SYMBOL ? sg_value_null() : sg_graph_rel_property(graph, rel, symbol);
}

/* YYYY-MM-DD; anything else is no day. */
static int32_t iso_day(const char *text, size_t len)
{
    int digits[8];
    size_t n = 0;
    int month;
    int day;
    int year;

    for (size_t i = 0; i < len; i++) {
        if (i == 4 || i == 7) {
            if (text[i] != '-')
                return SG_NO_DAY;
        } else if (n == 8 || text[i] < '0' || text[i] > '9') {
            return SG_NO_DAY;
        } else {
            digits[n++] = text[i] - '0';
        }
    }
    if (n != 8)
        return SG_NO_DAY;
    year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    month = digits[4] * 10 + digits[5];
    day = digits[6] * 10 + digits[7];
    if (month < 1 || month > 12 || day < 1 || day > sg_month_days(year, month))
        return SG_NO_DAY;
    return (int32_t) sg_days_from_civil(year, month, day);
}

int32_t sg_statement_day(const sg_graph *graph, uint32_t rel)
{
    sg_value v = property(graph, rel, key(graph, "date"));

    if (v.type == SG_DATE)
        return (int32_t) v.as.integer;
    if (v.type == SG_STRING)
        return iso_day(v.as.string, v.len);
    return SG_NO_DAY;
}

static bool is_text(sg_value v, const char *text)
{
    return v.type == SG_STRING && v.len == strlen(text) && memcmp(v.as.string, text, v.len) == 0;
}

/* A statement without a status is proposed; rejected ones count only when asked for. */
static bool has_status(const struct sg_statement_filter *filter, uint32_t rel)
{
    sg_value v = property(filter->graph, rel, filter->status);

    if (filter->selection->status == NULL)
        return filter->rejected_too || !is_text(v, "rejected");
    return v.type == SG_NULL ? strcmp(filter->selection->status, "proposed") == 0
                             : is_text(v, filter->selection->status);
}

static bool is_listed(uint32_t node, const uint32_t *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i] == node)
            return true;
    return count == 0;
}

static bool in_period(const struct sg_selection *selection, const sg_graph *graph, uint32_t rel)
{
    int32_t day;

    if (selection->since == SG_NO_DAY && selection->until == SG_NO_DAY)
        return true;
    day = sg_statement_day(graph, rel);
    return day != SG_NO_DAY && (selection->since == SG_NO_DAY || day >= selection->since) &&
           (selection->until == SG_NO_DAY || day <= selection->until);
}

bool sg_statement_filter_has(const struct sg_statement_filter *filter, uint32_t rel)
{
    const struct sg_selection *selection = filter->selection;
    const sg_graph *graph = filter->graph;
    uint32_t actor = sg_graph_rel_source(graph, rel);

    if (selection->min_confidence > 0) {
        sg_value v = property(graph, rel, filter->confidence);

        if (v.type == SG_FLOAT && v.as.number < selection->min_confidence)
            return false;
    }
    if (selection->kind != NULL &&
        (filter->kind == SG_NO_SYMBOL || !sg_graph_node_has_label(graph, actor, filter->kind)))
        return false;
    return is_listed(actor, selection->actors, selection->actor_count) &&
           is_listed(sg_graph_rel_target(graph, rel), selection->positions,
                     selection->position_count) &&
           has_status(filter, rel) && in_period(selection, graph, rel);
}

bool sg_statement_filter_knows(const struct sg_statement_filter *filter, uint32_t rel)
{
    sg_symbol type = sg_graph_rel_type(filter->graph, rel);

    return type == filter->types[0] || type == filter->types[1] || type == filter->types[2];
}
