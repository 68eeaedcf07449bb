#ifndef STANCE_TRAIN_STAGES_H
#define STANCE_TRAIN_STAGES_H

/* The stages of stance-train. To add one: write train_<stage>.c, declare it here, and add a line
 * to the table in main.c. */

#include "train_internal.h"

typedef sg_status sg_train_stage(const sg_train_options *options, sg_model_writer *writer,
                                 sg_error *err);

/* Tags and trees together: one network. */
SG_MUST_CHECK sg_status sg_train_syntax(const sg_train_options *options, sg_model_writer *writer,
                                        sg_error *err);
/* Lemmas: what each word and word ending becomes under each tag. */
SG_MUST_CHECK sg_status sg_train_lemmas(const sg_train_options *options, sg_model_writer *writer,
                                        sg_error *err);
/* Names of people, organisations, places, events and other things. */
SG_MUST_CHECK sg_status sg_train_names(const sg_train_options *options, sg_model_writer *writer,
                                       sg_error *err);

/* Who pronouns stand for. Needs the stages before in the model file given as output. */
SG_MUST_CHECK sg_status sg_train_pronouns(const sg_train_options *options, sg_model_writer *writer,
                                          sg_error *err);

/* How a holder in a sentence feels about a target. Needs tags, trees and lemmas in the model file
 * given as output. */
SG_MUST_CHECK sg_status sg_train_polarity(const sg_train_options *options, sg_model_writer *writer,
                                          sg_error *err);

/* Who takes which side: the scorer of extraction, from hand-coded articles beside the corpora.
 * Needs the other stages in the model file given as output. */
SG_MUST_CHECK sg_status sg_train_stance(const sg_train_options *options, sg_model_writer *writer,
                                        sg_error *err);

/* Where sentences end: the weights of the text stage, which are compiled in. Writes
 * src/text/sentence_weights.c, so it is run in the folder of the sources. */
SG_MUST_CHECK sg_status sg_train_sentences(const sg_train_options *options, sg_model_writer *writer,
                                           sg_error *err);

#endif
