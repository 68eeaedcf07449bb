#ifndef STANCE_QUOTATIONS_H
#define STANCE_QUOTATIONS_H

/* Made-up sentences of reported speech in the order that news likes and treebanks seldom have:
 * '"We need time," said the head of the council.' Contents, speakers and verbs are taken from
 * different sentences of the treebank, each with its own piece of tree. */

#include "stance/mem.h"

#include "train_internal.h"
#include "treebank.h"

/* Appends `count` sentences to the bank, or none if the bank has nothing to make them of. */
void sg_quotations_add(sg_treebank *bank, size_t count, sg_arena *arena, sg_random *random);

#endif
