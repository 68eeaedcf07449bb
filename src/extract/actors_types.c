/* What kind of thing each name of an article is. The tagger's word for single places is one clue
 * among others: a name is the same kind of thing everywhere in one article, so the clues of all its
 * places are added up ("one sense per discourse", Gale, Church and Yarowsky 1992). */

#include <string.h>

#include "actors_internal.h"
#include "stance_internal.h"

#define PERSON SG_ENTITY_PERSON
#define ORG    SG_ENTITY_ORGANISATION
#define PLACE  SG_ENTITY_LOCATION
#define OTHER  SG_ENTITY_OTHER

/* "X hailed the refusal": only who can have a view does that. */
static bool takes_side(const sg_reading *reading, uint32_t verb)
{
    const sg_cue *cue =
        sg_word_is_upos(reading, verb, SG_VERB) ? sg_stance_cue(reading, verb) : NULL;

    return cue != NULL && cue->class == SG_CUE_VERB;
}

bool sg_is_acting(const sg_reading *reading, uint32_t head)
{
    uint32_t verb = reading->info[head].head;
    uint32_t classes = SG_CLASS_SPEECH | SG_CLASS_ACT;

    /* The second subject of two hangs on the first, the third on either. */
    for (int step = 0; step < 3 && verb != SG_NO_WORD && sg_word_is_rel(reading, head, SG_CONJ);
         step++) {
        head = verb;
        verb = reading->info[head].head;
    }
    if (verb == SG_NO_WORD)
        return false;
    switch (reading->info[head].deprel) {
    case SG_NSUBJ:
    case SG_OBL_AGENT:
        return ((reading->classes[verb] & classes) || takes_side(reading, verb)) &&
               !sg_word_is_upos(reading, verb, SG_NOUN);
    default:
        return false;
    }
}

/* "democratic party" for "united states democratic party". */
static const char *without_country(const char *key)
{
    const char *end = key;
    sg_country country;

    for (unsigned words = 0; words < 3; words++) {
        end += strcspn(end, " ");
        if (*end == '\0')
            break;
        if (sg_lexicon_country(key, (size_t) (end - key), &country))
            return end + 1;
        end++;
    }
    return key;
}

/* ---- clues of the name itself, counted once ---------------------------------------------------
 */

static void score_form(const sg_names *names, sg_name *name, const sg_name_span *span)
{
    const sg_reading *r = names->reading;
    uint32_t n = span->past - span->core;
    uint32_t last = span->past - 1;
    bool linked = false;
    size_t len = strlen(name->key);
    uint32_t whole = sg_lexicon_classes(name->key, len);
    const char *bare = without_country(name->key);
    sg_party party;
    sg_country country;

    if (sg_lexicon_party(name->key, len, &party) ||
        (sg_lexicon_party(bare, strlen(bare), &party) && party.form == SG_PARTY_NAME)) {
        name->party = party.name;
        name->score[ORG] += 6;
    }
    if (sg_lexicon_country(name->key, len, &country)) {
        bool adjective = country.is_adjective && strcmp(country.adjective, country.name) != 0;

        name->place = !adjective;
        name->score[adjective ? OTHER : PLACE] += 6;
    }
    if (whole & (SG_CLASS_OUTLET | SG_CLASS_PLATFORM | SG_CLASS_PHOTO_AGENCY | SG_CLASS_BODY))
        name->score[ORG] += 5;
    if (whole & SG_CLASS_CALENDAR)
        name->score[OTHER] += 8;
    if (n >= 2) {
        if (r->classes[span->core] & SG_CLASS_GIVEN)
            name->score[PERSON] += 1.5;
        if ((sg_longest_phrase_before(r, span->past, span->core, SG_CLASS_ORG_ANY) != 0) &&
            !(r->classes[span->core] & SG_CLASS_GIVEN))
            name->score[ORG] += 2;
        if (sg_word_is_all_capital(r, span->core) && r->lower[span->core][1] != '.')
            name->score[PERSON] -= 1;
        for (uint32_t w = span->core + 1; w < span->past; w++) {
            if (sg_word_is(r, w, "of") || sg_word_is(r, w, "for") || sg_word_is(r, w, "and") ||
                sg_word_is(r, w, "on")) {
                linked = true;
                name->score[PERSON] -= 2;
                if (r->classes[span->core] & SG_CLASS_ORG_ANY)
                    name->score[ORG] += 1.5;
            }
        }
        /* The last word is the head only where no preposition follows another. */
        if (!linked && (r->classes[last] & SG_CLASS_NOT_ORG)) {
            name->score[OTHER] += 1.5;
            name->score[ORG] -= 2.2 * (double) name->count;
            name->score[PERSON] -= 1;
        }
    } else {
        if (sg_word_is_all_capital(r, span->core)) {
            name->score[ORG] += 0.6;
            name->score[PERSON] -= 0.5;
        }
        if (r->classes[span->core] & SG_CLASS_GIVEN)
            name->score[PERSON] += 0.5;
        if (r->classes[span->core] & (SG_CLASS_ORG_LEGISLATURE | SG_CLASS_ORG_GOVERNMENT |
                                      SG_CLASS_ORG_COMMITTEE | SG_CLASS_ORG_AGENCY))
            name->score[ORG] += 1.5;
        if (r->classes[span->core] & (SG_CLASS_TITLE | SG_CLASS_ROLE))
            name->score[PERSON] -= 2;
    }
}

/* ---- clues of one place ------------------------------------------------------------------------
 */

static bool is_word_in(const sg_reading *r, uint32_t w, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sg_word_is(r, w, list[i]))
            return true;
    return false;
}

static void score_neighbours(const sg_names *names, sg_name *name, const sg_name_span *span,
                             double weight)
{
    static const char *const place_words[] = { "in", "at", "near", "across", "outside", "from" };
    const sg_reading *r = names->reading;
    uint32_t first = sg_sentence_first(r, span->first);
    uint32_t past = sg_sentence_past(r, span->first);
    double *score = name->score;

    if (span->first < span->core)
        score[PERSON] += 4 * weight;
    if (span->title != SG_NO_WORD && (r->classes[span->title] & SG_CLASS_TITLE))
        score[PERSON] += (span->past - span->core >= 2 ? 2 : 1) * weight;
    if (span->first > first) {
        uint32_t before = span->first - 1;

        if (sg_word_is(r, before, "the")) {
            score[PERSON] -= 1.5 * weight;
            score[ORG] += 0.4 * weight;
        }
        /* "the farm lobby X", "campaign group X" */
        if (sg_word_is_upos(r, before, SG_NOUN) && !sg_word_is_capital(r, before) &&
            (r->classes[before] & SG_CLASS_ORG_ANY) &&
            !(r->classes[before] &
              (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_PERSON_NOUN | SG_CLASS_ORG_PLACE)) &&
            !(r->classes[span->core] & SG_CLASS_GIVEN)) {
            score[PERSON] -= 1.5 * weight;
            score[ORG] += 1.0 * weight;
        }
        /* What comes every year is a meeting: "the party's annual Spring Forum". */
        if (sg_word_is(r, before, "annual")) {
            score[SG_ENTITY_EVENT] += 3 * weight;
            score[ORG] -= 3 * weight;
        }
        if (is_word_in(r, before, place_words, sizeof place_words / sizeof place_words[0]))
            score[PLACE] += 0.4 * weight;
    }
    /* "Name, 45," */
    if (span->past + 1 < past && sg_word_is(r, span->past, ",") &&
        sg_word_is_upos(r, span->past + 1, SG_NUM) && strlen(r->lower[span->past + 1]) == 2)
        score[PERSON] += 1.5 * weight;
    /* "former Blue-Sky CEO" */
    if (span->past < past && (r->classes[span->past] & (SG_CLASS_TITLE | SG_CLASS_SPOKESPERSON)) &&
        !(r->classes[span->core] & SG_CLASS_GIVEN) &&
        (!sg_word_is_capital(r, span->past) || sg_word_is_all_capital(r, span->past)))
        score[ORG] += 1.0;
    /* "Full Name (FN)" */
    if (span->past + 2 < past && sg_word_is(r, span->past, "(") &&
        sg_word_is_all_capital(r, span->past + 1) && sg_word_is(r, span->past + 2, ")") &&
        span->past - span->core >= 2)
        score[ORG] += 2 * weight;
}

static void score_tree(const sg_names *names, sg_name *name, const sg_name_span *span,
                       double weight)
{
    const sg_reading *r = names->reading;
    uint32_t head = sg_span_head(r, span->core, span->past);

    bool capitals = sg_word_is_all_capital(r, span->core);

    /* "the ABC chair", "the arbitration service ABC", "by ABC" */
    if (capitals && span->past - span->core == 1) {
        uint32_t before =
            span->core > sg_sentence_first(r, span->core) ? span->core - 1 : span->core;

        if ((span->past < sg_sentence_past(r, span->core) &&
             (r->classes[span->past] & (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_ORG_UNION))) ||
            (r->classes[before] & SG_CLASS_ORG_ANY) || sg_word_is(r, before, "by") ||
            (sg_word_is(r, before, "the") && !sg_word_is_upos(r, span->past, SG_NOUN)) ||
            sg_is_acting(r, head))
            name->score[ORG] += 0.5;
    }
    if (sg_is_acting(r, head)) {
        name->score[PERSON] += 0.5 * weight;
        name->score[ORG] += 0.4 * weight;
        name->score[PLACE] -= 0.3 * weight;
    }
}

static void decide(sg_name *name)
{
    int best = OTHER;

    for (int t = 0; t < SG_TYPE_COUNT; t++)
        if (name->score[t] > name->score[best])
            best = t;
    name->type = (sg_entity_type) best;
}

void sg_decide_name_types(sg_names *names)
{
    bool *seen = sg_arena_calloc(names->reading->arena, names->name_count + 1, sizeof *seen);

    for (size_t i = 0; i < names->span_count; i++) {
        const sg_name_span *span = &names->spans[i];
        sg_name *name = &names->names[span->name];
        double weight = span->weak ? 0.5 : 1;

        if (!seen[span->name])
            score_form(names, name, span);
        seen[span->name] = true;
        score_neighbours(names, name, span, weight);
        score_tree(names, name, span, weight);
    }
    for (size_t i = 0; i < names->name_count; i++)
        decide(&names->names[i]);
}
