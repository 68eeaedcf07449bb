#ifndef STANCE_INGEST_GRAPH_H
#define STANCE_INGEST_GRAPH_H

/* Whole graphs from a folder of CSV files, in one transaction. Two conventions, told apart by the
 * header of each file:
 *
 * - Neo4j's: nodes with `:ID` or `name:ID(Space)`, `:LABEL`; relationships with `:START_ID(Space)`,
 *   `:END_ID(Space)`, `:TYPE`; properties `name:string`, `x:int`, `d:date`, `tags:string[]` with
 *   `;` between items; `:IGNORE` is left out. Without a type it is a string.
 * - plain: a file with a column `id` holds nodes, labelled after the file (persons.csv: Person);
 *   one whose first two columns are named after such files (person,organisation) holds
 *   relationships, typed after the file (member_of.csv: MEMBER_OF); one with the columns actor,
 *   position and stance holds statements. Columns of numbers become numbers. */

#include <stddef.h>

#include "stance/error.h"
#include "stance/store.h"

struct sg_graph_import {
    size_t files;
    size_t nodes;
    size_t relationships; /* statements too */
};

/* All or nothing. Also makes the graph image, so that the next question finds it. */
SG_MUST_CHECK sg_status sg_import_graph_folder(sg_store *store, const char *folder,
                                               struct sg_graph_import *done_out, sg_error *err);

#endif
