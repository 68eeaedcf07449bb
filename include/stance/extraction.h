#ifndef STANCE_EXTRACTION_H
#define STANCE_EXTRACTION_H

/* An extraction: what one article says, as facts with evidence. The same content as the
 * interchange JSON (one object per article: persons, organisations, groups, events, positions,
 * stances, attributions). Strings and arrays live in the arena given to sg_extract(); slices are
 * byte offsets into the document's text, so every fact can show its sentence. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/annotation.h"
#include "stance/codebook.h"
#include "stance/strbuf.h"

typedef enum sg_actor_kind { SG_ACTOR_PERSON, SG_ACTOR_ORGANISATION, SG_ACTOR_GROUP } sg_actor_kind;

typedef struct sg_affiliation {
    uint32_t organisation; /* index in extraction->actors */
    const char *role;      /* NULL if only membership is said */
    sg_slice evidence;
} sg_affiliation;

typedef struct sg_actor {
    sg_actor_kind kind;
    const char *name;     /* canonical: full name, no honorific */
    const char *acronym;  /* NULL if none */
    const char **aliases; /* distinct forms in the text, without the canonical name */
    size_t alias_count;
    sg_slice *mentions; /* proper-name forms, in order of position */
    size_t mention_count;
    const char **roles;
    size_t role_count;
    sg_affiliation *affiliations;
    size_t affiliation_count;
    bool acts; /* holds a stance, takes part in an event, or speaks */
} sg_actor;

typedef struct sg_event {
    const char *name;
    const char *kind; /* strike, vote, march, ruling, talks, letter, announcement, election... */
    const char *date; /* YYYY-MM-DD, YYYY-MM, YYYY, --MM-DD, or NULL */
    sg_slice *mentions;
    size_t mention_count;
    uint32_t *participants; /* indices of actors */
    size_t participant_count;
    int32_t about; /* index of a position, or -1 */
} sg_event;

typedef struct sg_position {
    const char *name;
    sg_slice *mentions;
    size_t mention_count;
    bool from_codebook;
    const char *key; /* stems of an induced position, or NULL */
    bool is_noun;    /* named by a noun phrase rather than by a verb and its object */
} sg_position;

typedef enum sg_stance { SG_OPPOSE = -1, SG_NEUTRAL = 0, SG_SUPPORT = 1 } sg_stance;
typedef enum sg_target_kind { SG_TARGET_POSITION, SG_TARGET_ACTOR, SG_TARGET_EVENT } sg_target_kind;
typedef enum sg_mode { SG_DIRECT_QUOTE, SG_INDIRECT_SPEECH, SG_NARRATED_ACT } sg_mode;
typedef enum sg_certainty { SG_EXPLICIT, SG_IMPLIED } sg_certainty;

typedef struct sg_statement {
    uint32_t actor;
    sg_stance stance;
    sg_target_kind target_kind;
    uint32_t target;   /* index in actors, positions or events */
    sg_slice evidence; /* best passage: whole sentences, attribution included */
    sg_slice *more_evidence;
    size_t more_evidence_count;
    sg_mode mode;
    sg_certainty certainty;
    float confidence; /* 0 to 1 */
} sg_statement;

/* Words or thoughts that the article puts down to somebody. */
typedef struct sg_attribution {
    int64_t speaker;   /* index in actors, or -1: nobody of them, or nobody is named */
    sg_slice source;   /* the phrase that says who ("Ms Fielding", "an official"); empty if none */
    sg_slice cue;      /* what attributes ("said", "according to"); empty if none */
    sg_slice *content; /* in order; more than one where the narrator comes between */
    size_t content_count;
    sg_mode mode; /* SG_DIRECT_QUOTE: a quotation is in it; else SG_INDIRECT_SPEECH */
} sg_attribution;

typedef struct sg_extraction {
    const sg_document *document;
    sg_actor *actors;
    size_t actor_count;
    sg_event *events;
    size_t event_count;
    sg_position *positions;
    size_t position_count;
    sg_statement *statements;
    size_t statement_count;
    sg_attribution *attributions; /* in order of their first content */
    size_t attribution_count;
} sg_extraction;

struct sg_extract_options {
    const sg_codebook *codebook; /* NULL: positions are induced */
    const sg_actor_list *actors; /* NULL: none known beforehand */
    bool attributions;           /* list who said what, too; the store keeps no such list */
};

#define SG_EXTRACT_OPTIONS_INIT                                                                    \
 {                                                                                                 \
  NULL, NULL, false                                                                                \
 }

SG_MUST_CHECK sg_status sg_extract(const sg_annotation *annotation,
                                   const struct sg_extract_options *options, sg_arena *arena,
                                   sg_extraction **extraction_out, sg_error *err);

/* Appends the interchange JSON of one article (an object, indented, keys in a fixed order). */
void sg_extraction_write_json(const sg_extraction *extraction, const char *codebook_name,
                              sg_strbuf *out);
/* The same on one line, with a line break at the end. */
void sg_extraction_write_json_line(const sg_extraction *extraction, const char *codebook_name,
                                   sg_strbuf *out);

/* Recorded with every statement: "stance/<version>". */
const char *sg_extractor_name(void);

#endif
