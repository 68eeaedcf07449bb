#ifndef STANCE_STANCE_RULES_H
#define STANCE_STANCE_RULES_H

/* What the files share that read stances by rule (stance_candidates.c is where they start). Signs
 * are +1, -1, or 0 for a side not taken; words are numbers, SG_NO_WORD is none. */

#include "stance_internal.h"

typedef struct sg_rule_finder {
    sg_reading *r;
    const sg_speech *speech;
    sg_candidates *out;
    bool *done;        /* per word: reached through a cue above it */
    bool *judged;      /* per word: a judgement that a cue above it has taken up */
    uint32_t position; /* the last that a cue was about, or SG_NO_POSITION, and where */
    uint32_t position_word;
    const sg_namings *named; /* by sentence; NULL without a codebook */
    int strength;            /* of the cue that was started from */
} sg_rule_finder;

/* ---- stance_negation.c ---- */

bool sg_is_negator(const sg_reading *reading, uint32_t word);
/* "Instead of closing it", not "and close it instead". */
bool sg_is_instead_of(const sg_reading *reading, uint32_t word);
/* True if `w` is the "against" of "they are against building it", whose deed is `verb`: the tree
 * has "are" as its auxiliary. */
bool sg_is_against_doing(const sg_reading *reading, uint32_t w, uint32_t verb);
/* The asking word of "who needs a lane?" and "why should we build it?". */
bool sg_is_rhetorical(const sg_reading *reading, uint32_t word);
/* -1 if the word is negated: "did not support", "no support", "nobody wants"; else 1. */
int sg_negation(const sg_reading *reading, uint32_t word);
/* Of "anything but fair" and "far from happy" the first word, which has the subject; SG_NO_WORD. */
uint32_t sg_far_from(const sg_reading *reading, uint32_t word);
/* The same of the second word of a cue of several: "have little trust in", "make us less safe". */
int sg_negation_inside(const sg_reading *reading, uint32_t word, const sg_cue *cue);
/* "No levy". */
bool sg_has_no(const sg_reading *reading, uint32_t noun);
/* The same as sg_negation() of what the word hangs on, as far as that denies the word too: "is not
 * going to support", "does not think it right", "did nothing to stop". */
int sg_negation_above(const sg_reading *reading, uint32_t word);

/* ---- stance_frames.c ---- */

/* "Years" of "fought for years for it". */
bool sg_is_time_unit(const sg_reading *reading, uint32_t word);
/* Dependent of `word` that hangs on it with preposition `prep` and is no span of time. */
uint32_t sg_with_preposition(const sg_reading *reading, uint32_t word, const char *prep,
                             size_t len);
/* The same of the first of several prepositions that has one. */
uint32_t sg_with_any(const sg_reading *reading, uint32_t word, const char *const *preps,
                     size_t count);
#define SG_WITH_ANY(reading, word, list)                                                           \
 sg_with_any(reading, word, list, sizeof(list) / sizeof *(list))
/* As sg_with_preposition(); of a noun that is an object also what trees hang on its verb ("joined
 * the protest against the levy"). */
uint32_t sg_behind(const sg_reading *reading, uint32_t word, const char *prep, size_t len);
bool sg_has_case(const sg_reading *reading, uint32_t word, const char *preposition);
/* "A pilot instead of the levy": the levy. */
bool sg_stands_instead(const sg_reading *reading, uint32_t word);
/* "Closing": a form in -ing of a verb. */
bool sg_is_ing(const sg_reading *reading, uint32_t verb);
bool sg_is_clause(const sg_reading *reading, uint32_t word);
/* What a verb is done to; `rest` holds the words of its cue after the verb, or "". */
uint32_t sg_frame_object(const sg_reading *reading, uint32_t verb, const char *rest);
/* "A opposed it", where the tree takes the verb for a preposition. */
bool sg_is_misread_verb(const sg_reading *reading, uint32_t word);
/* The subject of a verb that the tree takes for a part of its object ("had opposed it"), or
 * SG_NO_WORD. */
uint32_t sg_misread_subject(const sg_reading *reading, uint32_t verb);
/* Where one frame of a cue ("obj", "comp", "to" or a preposition) has its target. */
uint32_t sg_in_frame(const sg_reading *reading, uint32_t word, const sg_cue *cue, const char *frame,
                     size_t len);
/* "Called for the council to drop it", "urged her to drop it": what somebody is asked to do. */
uint32_t sg_asked_deed(const sg_reading *reading, uint32_t verb, const sg_cue *cue);
/* Of such a deed who is asked. */
uint32_t sg_asked_of(const sg_reading *reading, uint32_t deed, const sg_cue *cue);
/* "Her role in the deal": the deal. */
uint32_t sg_involved_in(const sg_reading *reading, uint32_t noun);
/* "Accused him of blocking it": what he is blamed or praised for. */
uint32_t sg_charge_of(const sg_reading *reading, uint32_t verb);
bool sg_is_person_noun(const sg_reading *reading, uint32_t noun);
/* "Levy critics", "the mayor's supporters": what they are against or for. */
uint32_t sg_before_person_noun(const sg_reading *reading, uint32_t noun);

/* Where the first of the frames of a cue that fits has its target; sets `patient_out` where that is
 * what something happens to. SG_NO_WORD if none fits. */
uint32_t sg_target_of(const sg_reading *reading, uint32_t word, const sg_cue *cue,
                      bool *patient_out);

/* ---- stance_nouns.c ---- */

/* "His claim", "her handling of it": to judge it is to judge who does it. */
bool sg_is_conduct(const sg_reading *reading, uint32_t noun);
/* "Her resignation": who is for it is against her. */
bool sg_is_departure(const sg_reading *reading, uint32_t noun);
/* "Drew criticism from them", "has the support of A": the object is what others do. */
bool sg_is_getting(const sg_reading *reading, uint32_t verb);
/* "The lawsuit", "the refusal" are about what was named, not it. */
bool sg_is_counter(const sg_reading *reading, uint32_t noun);
/* "The plan to scrap the levy", "a letter urging it": the clause, or SG_NO_WORD. */
uint32_t sg_plan_of(const sg_reading *reading, uint32_t noun);
/* "Claims that it would harm": the clause, or SG_NO_WORD. */
uint32_t sg_claimed(const sg_reading *reading, uint32_t noun);
/* "Her refusal to debate", unlike "a lawsuit to stop it". */
bool sg_takes_infinitive(const sg_reading *reading, uint32_t word, const sg_cue *noun);
/* "Voted not to re-enter talks", where the tree takes the verb for a part of the noun. */
bool sg_is_not_to(const sg_reading *reading, uint32_t noun);
/* "Calls for the plan to be scrapped": the verb, and in `thing` the plan; SG_NO_WORD. */
uint32_t sg_demanded_deed(const sg_reading *reading, uint32_t noun, uint32_t *thing);
/* What the noun, whose cue is `inner` or NULL, is about, and -1 in `turn` if that is undone. */
uint32_t sg_below_noun(const sg_reading *reading, uint32_t noun, const sg_cue *inner, int *turn);
/* "Report", "talk", "decision": what treats of a thing; and such a noun with the thing below it. */
bool sg_is_treatise(const sg_reading *reading, uint32_t noun);
bool sg_only_treats(const sg_reading *reading, uint32_t noun);
/* "Anyone but A": A, or SG_NO_WORD. */
uint32_t sg_excepted(const sg_reading *reading, uint32_t noun);
bool sg_is_subject_of(const sg_reading *reading, uint32_t noun, uint32_t verb);
/* "Acts that promote it", and, where the cue `above` asks for one, "a leader who backs it": the
 * verb that says what side they are on, or SG_NO_WORD. */
uint32_t sg_known_by(const sg_reading *reading, uint32_t noun, const sg_cue *above);

/* ---- stance_rules.c ---- */

/* One candidate; false if there is no holder, or it would be for or against itself. */
bool sg_rule_add(sg_rule_finder *finder, uint32_t holder, int sign, sg_target_kind kind,
                 uint32_t target, uint32_t word, const sg_cue *cue);

/* Candidates for what the phrase headed by `target` is about. */
void sg_rule_about(sg_rule_finder *finder, uint32_t target, uint32_t holder, int sign,
                   uint32_t cue_word, const sg_cue *cue);
/* The same, and for what is joined to it by "and". */
void sg_rule_about_joined(sg_rule_finder *finder, uint32_t word, uint32_t holder, int sign,
                          uint32_t cue_word, const sg_cue *cue);
/* The same for a noun that may itself be a cue, a plan, a claim: "the opposition to it", "a bill to
 * ban it". */
void sg_rule_about_noun(sg_rule_finder *finder, uint32_t noun, uint32_t holder, int sign,
                        uint32_t cue_word, const sg_cue *cue, int depth);
/* Candidates for what the cue at `word` is about, with the sign it has from above; `depth` cues
 * are above it. */
void sg_rule_apply(sg_rule_finder *finder, uint32_t word, uint32_t holder, int sign,
                   const sg_cue *cue, int depth);
/* A clause that a cue takes: a cue of its own there carries the stance on; otherwise the clause as
 * a whole is what the stance is about. */
void sg_rule_follow(sg_rule_finder *finder, uint32_t word, uint32_t holder, int sign,
                    uint32_t cue_word, const sg_cue *above, int depth);

/* ---- stance_candidates.c: holders ---- */

/* Whom a noun for a person names: "X, a critic of it", "Y critic X", "X is a critic of it"; else
 * its own actor or group, or SG_NO_ACTOR. */
uint32_t sg_rule_named(sg_rule_finder *finder, uint32_t noun);

/* "If she agrees", "until the council votes for it", "whether they back it". */
bool sg_is_open(const sg_reading *reading, uint32_t verb);
/* "Should decide", "needs to drop it": what somebody shall do is not what he wants. */
bool sg_is_told_to(const sg_reading *reading, uint32_t verb);
uint32_t sg_rule_speaker(const sg_rule_finder *finder, uint32_t word);
bool sg_is_first_person(const sg_reading *reading, uint32_t word);
/* Who does what a cue says: also of what is done for a purpose ("filed suit to stop it", "spent
 * money attacking it") and of what is felt ("is opposed to it"). */
uint32_t sg_rule_subject(const sg_reading *reading, uint32_t verb, const sg_cue *cue);
/* Whom a subject stands for: the speaker for "we" and "nobody"; SG_NO_ACTOR. */
uint32_t sg_rule_holder(sg_rule_finder *finder, uint32_t subject, uint32_t word);
/* The same; of a verb without subject in a quotation its speaker. */
uint32_t sg_rule_holder_of(sg_rule_finder *finder, uint32_t word, uint32_t subject);

/* ---- stance_judgement.c ---- */

/* Candidates that the word at `word` gives by judging or asking for something. */
void sg_rule_judge(sg_rule_finder *finder, uint32_t word);
/* How good what a noun names is: itself, by what stands before it, or, `depth` nouns above, by what
 * it is of: +1, -1 or 0. */
int sg_worth(const sg_reading *reading, uint32_t noun, int depth);
/* "Why it is needed", "whether it is needed". */
bool sg_asks_for_reason(const sg_reading *reading, uint32_t clause);
/* "Call", "describe", "consider": what takes a thing and what it is said to be. */
bool sg_is_naming_verb(const sg_reading *reading, uint32_t verb);

/* ---- stance_constructions.c ---- */

/* Candidates that the word at `word` gives without being a cue of a stance or a judgement. */
void sg_rule_construe(sg_rule_finder *finder, uint32_t word);

/* ---- stance_relations.c ---- */

/* The same of how two stand to each other, and of what somebody has or does. */
void sg_rule_relate(sg_rule_finder *finder, uint32_t word);
/* "Did a terrible job", "has bad judgment": of the noun the doer, or SG_NO_WORD. */
uint32_t sg_credited(const sg_reading *reading, uint32_t noun);

/* ---- stance_implied.c ---- */

/* The same of what follows from what is said of other things. */
void sg_rule_imply(sg_rule_finder *finder, uint32_t word);
/* "Weak", "slow" (on it): too little of it. */
bool sg_is_lagging(const sg_reading *reading, uint32_t word);

#endif
