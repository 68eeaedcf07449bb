#ifndef STANCE_ROLES_INTERNAL_H
#define STANCE_ROLES_INTERNAL_H

/* What the two files about roles share: roles.c reads the words around a name, roles_predicates.c
 * the predicates about it. */

#include "extract_internal.h"

bool sg_names_person(const sg_reading *reading, uint32_t word);
/* The organisation among the words that lies nearest to the end, and the party among them. */
void sg_bodies_among(const sg_reading *reading, uint32_t first, uint32_t past, uint32_t *body_out,
                     uint32_t *party_out);
/* Notes a role in a body and a membership in a party; what is absent is NULL or SG_NO_ACTOR. */
void sg_record_role(sg_reading *reading, uint32_t person, const char *text, uint32_t body,
                    uint32_t party, uint32_t at);
/* The mention of a person that begins soonest after `m` in its sentence, or NULL. */
const sg_mention *sg_next_person(const sg_reading *reading, const sg_mention *m);
/* Is `next` the next name of a list, "X, Y and Z"? */
bool sg_is_next_of_list(const sg_reading *reading, const sg_mention *m, const sg_mention *next);
/* Reads a noun phrase that says what somebody is, from `w`; past the phrase, or `w` if it is none.
 */
uint32_t sg_read_role_phrase(sg_reading *reading, uint32_t person, uint32_t w, uint32_t limit);
/* The next comma, bracket or other mark that ends a phrase. */
uint32_t sg_clause_limit(const sg_reading *reading, uint32_t w);

/* roles_predicates.c: "X is the chair of Y", "X, who served as Z", "appointed X as Z". */
void sg_read_predicates(sg_reading *reading, const sg_mention *m);

#endif
