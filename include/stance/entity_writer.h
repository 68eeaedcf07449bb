#ifndef STANCE_ENTITY_WRITER_H
#define STANCE_ENTITY_WRITER_H

/* Nodes and relationships of a graph as text. A writer is valid while its graph is open. */

#include "stance/graph.h"
#include "stance/value_ops.h"

/* As Cypher and the openCypher TCK write them: (:A {p: 1}) and [:T {p: 1}]. */
struct sg_entity_writer sg_entity_writer_cypher(const sg_graph *graph);
/* {"id":…, "labels":[…], "properties":{…}} and
 * {"id":…, "type":…, "start":…, "end":…, "properties":{…}}. */
struct sg_entity_writer sg_entity_writer_json(const sg_graph *graph);

#endif
