#ifndef STANCE_VERB_FORMS_H
#define STANCE_VERB_FORMS_H

#include "treebank.h"

/* Appends a sentence for each verb of the word lists, of its regular forms, and for each irregular
 * one of its past forms, with their tags and lemma, so that what the treebanks never show
 * ("rebuked", "postponing") is not guessed from its ending. Everything lives in the arena. */
void sg_verb_forms_append(sg_arena *arena, sg_treebank *bank);

#endif
