/* Bodies that are named by a common noun and an owner: "the BMA's junior doctor committee",
 * "the Scottish government", "the Smith administration", "Taiwan's legislature", "legislature of
 * Taiwan"; and the one that goes without an owner, "the government". */

#include <string.h>

#include "stance/utf8.h"

#include "actors_internal.h"

#define PART_CLASSES                                                                               \
 (SG_CLASS_ORG_COMMITTEE | SG_CLASS_ORG_GOVERNMENT | SG_CLASS_ORG_LEGISLATURE |                    \
  SG_CLASS_ORG_COURT | SG_CLASS_ORG_UNION)

typedef enum owner_kind {
    OWNER_NONE,
    OWNER_BODY,
    OWNER_PERSON,
    OWNER_PLACE,
    OWNER_LEVEL
} owner_kind;

typedef struct part {
    uint32_t owner_first;
    uint32_t owner_past;
    uint32_t start; /* first word after the owner and its possessive ending */
    uint32_t head;
    owner_kind kind;
    uint32_t owner; /* actor, or SG_NO_ACTOR */
} part;

/* May a body headed by this noun belong to such an owner? */
static bool fits_owner(const sg_reading *r, uint32_t head, owner_kind kind)
{
    static const char *const of_bodies[] = { "committee",  "subcommittee", "council",   "board",
                                             "branch",     "campaign",     "union",     "wing",
                                             "commission", "caucus",       "conference" };
    static const char *const of_persons[] = { "administration", "campaign", "government", "camp",
                                              "cabinet",        "regime",   "pac" };
    static const char *const of_places[] = {
        "government",     "parliament", "legislature", "cabinet",  "police", "senate",  "congress",
        "administration", "ministry",   "army",        "military", "regime", "council", "assembly"
    };
    const char *lower = r->lower[head];

    switch (kind) {
    case OWNER_BODY:
        return SG_IS_ONE_OF(lower, of_bodies);
    case OWNER_PERSON:
        return SG_IS_ONE_OF(lower, of_persons);
    case OWNER_PLACE:
        return SG_IS_ONE_OF(lower, of_places);
    case OWNER_LEVEL:
        return strcmp(lower, "government") == 0;
    case OWNER_NONE:
        break;
    }
    return false;
}

static bool is_possessive(const sg_reading *r, uint32_t w)
{
    return sg_word_is(r, w, "'s") || sg_word_is(r, w, "'");
}

/* What the word that may be an owner is. */
static owner_kind kind_of_owner(const sg_reading *r, uint32_t w, uint32_t *actor_out,
                                uint32_t *first_out)
{
    static const char *const levels[] = { "federal", "central", "national", "state", "provincial" };
    uint32_t m = r->mention_at[w];
    const char *lower = r->lower[w];
    sg_country country;
    sg_party party;

    *actor_out = SG_NO_ACTOR;
    *first_out = w;
    if (sg_lexicon_country(lower, strlen(lower), &country) && sg_word_is_capital(r, w))
        return OWNER_PLACE;
    /* "Puerto Rican", "South Korea" */
    if (w > sg_sentence_first(r, w) && sg_word_is_capital(r, w)) {
        const char *two = sg_words_lower(r, w - 1, 2);

        if (sg_lexicon_country(two, strlen(two), &country)) {
            *first_out = w - 1;
            return OWNER_PLACE;
        }
    }
    if (SG_IS_ONE_OF(lower, levels))
        return OWNER_LEVEL;
    /* "the Smith administration", where Smith is not named otherwise. */
    if (m == SG_NO_MENTION && sg_word_is_capital(r, w) && sg_word_is_proper(r, w) &&
        w > sg_sentence_first(r, w) && !sg_is_title_case(r, w) &&
        !(r->classes[w] & (SG_CLASS_ORG_ANY | SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_CALENDAR)))
        return OWNER_PERSON;
    if (m == SG_NO_MENTION || r->mentions[m].kind != SG_MENTION_NAME)
        return OWNER_NONE;
    /* "Republican committee members": an adjective, not the owner. */
    if (sg_lexicon_party(lower, strlen(lower), &party) && party.form == SG_PARTY_ADJECTIVE)
        return OWNER_NONE;
    *actor_out = r->mentions[m].actor;
    *first_out = r->mentions[m].first;
    if (r->actors[*actor_out].kind == SG_ACTOR_PERSON)
        return OWNER_PERSON;
    return r->actors[*actor_out].is_place ? OWNER_PLACE : OWNER_BODY;
}

/* Looks left of `head` for an owner, over at most three nouns and adjectives. */
static bool find_part(const sg_reading *r, uint32_t head, part *out)
{
    uint32_t first = sg_sentence_first(r, head);
    uint32_t w = head;
    uint32_t after_place = SG_NO_WORD;

    out->head = head;
    while (w > first && head - w <= 4) {
        uint32_t owner = w - 1;
        uint32_t start = w;

        if (is_possessive(r, owner) && owner > first)
            owner--;
        out->kind = kind_of_owner(r, owner, &out->owner, &out->owner_first);
        /* "the ABC's UK committee": a place between owner and noun, left out of the name. */
        if (out->kind == OWNER_PLACE && !fits_owner(r, head, OWNER_PLACE) &&
            out->owner_first > first && is_possessive(r, out->owner_first - 1) && start == w) {
            after_place = w;
            w = out->owner_first;
            continue;
        }
        if (out->kind != OWNER_NONE) {
            out->owner_past = owner + 1;
            out->start = after_place != SG_NO_WORD ? after_place : start;
            return (out->kind == OWNER_BODY || head - start <= 1) && fits_owner(r, head, out->kind);
        }
        if (!(sg_word_is_upos(r, w - 1, SG_NOUN) || sg_word_is_upos(r, w - 1, SG_ADJ) ||
              (is_possessive(r, w - 1) && w - 1 > first)))
            return false;
        w--;
    }
    return false;
}

/* Persons are shown by their surname ("Smith campaign"); owners that are bodies lose the possessive
 * ending ("BMA consultants' committee"). */
static const char *part_name(const sg_reading *r, const part *p)
{
    const char *owner;
    const char *rest;

    if (p->kind == OWNER_PERSON)
        return sg_arena_printf(r->arena, "%s %s", sg_words_text(r, p->owner_past - 1, 1),
                               sg_words_text(r, p->start, p->head + 1 - p->start));
    if (p->kind == OWNER_PLACE || p->kind == OWNER_LEVEL || p->start == p->owner_past)
        return sg_words_text(r, p->owner_first, p->head + 1 - p->owner_first);
    owner = sg_words_text(r, p->owner_first, p->owner_past - p->owner_first);
    rest = sg_words_text(r, p->start, p->head + 1 - p->start);
    return sg_arena_printf(r->arena, "%s %s", owner, rest);
}

static uint32_t find_or_make(sg_reading *r, const char *name, uint32_t classes)
{
    size_t len;
    const char *key = sg_utf8_fold(r->arena, name, strlen(name), &len);
    uint32_t actor;

    for (uint32_t i = 0; i < r->actor_count; i++) {
        const sg_actor_draft *a = &r->actors[i];

        if (!a->dropped && a->kind == SG_ACTOR_ORGANISATION &&
            strcmp(sg_utf8_fold(r->arena, a->name, strlen(a->name), &len), key) == 0)
            return i;
    }
    actor = sg_add_actor(r, SG_ACTOR_ORGANISATION, name);
    r->actors[actor].classes = classes & SG_CLASS_ORG_ANY;
    return actor;
}

/* The part of the same owner whose name holds all words of this one, or the reverse. */
static uint32_t find_same_part(const sg_reading *r, const part *p)
{
    for (uint32_t i = 0; i < r->actor_count; i++) {
        const sg_actor_draft *a = &r->actors[i];
        size_t held = 0;
        size_t words = 1;

        if (a->dropped || a->kind != SG_ACTOR_ORGANISATION || a->parent != p->owner)
            continue;
        for (const char *c = a->name; *c != '\0'; c++)
            words += *c == ' ';
        for (uint32_t w = p->start; w <= p->head; w++)
            held += strstr(a->name, r->lower[w]) != NULL;
        if (strstr(a->name, r->lower[p->head]) != NULL && p->head > p->start &&
            (held == p->head + 1 - p->start || held + 1 >= words))
            return i;
    }
    return SG_NO_ACTOR;
}

static void read_part(sg_reading *r, uint32_t head)
{
    part p = { 0 };
    uint32_t actor;

    if (!find_part(r, head, &p))
        return;
    /* "the ABC union" is ABC. */
    if (p.kind == OWNER_BODY && p.start == head && p.owner_past == head &&
        sg_word_is_all_capital(r, p.owner_first) &&
        (r->classes[head] & (SG_CLASS_ORG_UNION | SG_CLASS_ORG_PARTY))) {
        (void) sg_add_mention(r, p.owner_first, head + 1 - p.owner_first, p.owner, SG_MENTION_NAME);
        return;
    }
    actor = p.kind == OWNER_BODY ? find_same_part(r, &p) : SG_NO_ACTOR;
    if (actor == SG_NO_ACTOR)
        actor = find_or_make(r, part_name(r, &p), r->classes[head]);
    if (p.owner != SG_NO_ACTOR && p.kind == OWNER_BODY && p.owner != actor)
        r->actors[actor].parent = p.owner;
    if (sg_is_acting(r, head))
        r->actors[actor].acts = true;
    (void) sg_add_mention(r, p.owner_first, head + 1 - p.owner_first, actor, SG_MENTION_NAME);
}

/* ---- "the government"
 * --------------------------------------------------------------------------------- */

static bool is_bare_government(const sg_reading *r, uint32_t w)
{
    uint32_t before = w > sg_sentence_first(r, w) ? w - 1 : w;

    if (!sg_word_is(r, w, "government") || r->mention_at[w] != SG_NO_MENTION || r->skipped[w] ||
        sg_word_is_rel(r, w, SG_COMPOUND))
        return false;
    if (sg_word_is(r, before, "the") || sg_word_is(r, before, "this"))
        return true;
    return sg_word_is_capital(r, w) && (before == w || !sg_word_is_capital(r, before)) &&
           sg_is_acting(r, w);
}

/* A government named with its country is meant by "the government", unless it is of a part of the
 * country or there are several. */
static uint32_t national_government(const sg_reading *r)
{
    static const char *const regional[] = { "Scottish", "Welsh",   "Northern Irish", "Scotland",
                                            "Wales",    "Catalan", "state",          "provincial" };
    uint32_t found = SG_NO_ACTOR;

    for (uint32_t i = 0; i < r->actor_count; i++) {
        const sg_actor_draft *a = &r->actors[i];
        size_t len = strlen(a->name);
        bool is_regional = false;

        if (a->dropped || a->kind != SG_ACTOR_ORGANISATION || len < 11 ||
            (strcmp(a->name + len - 10, "government") != 0 &&
             strcmp(a->name + len - 10, "Government") != 0))
            continue;
        for (size_t k = 0; k < sizeof regional / sizeof regional[0]; k++)
            is_regional = is_regional || strncmp(a->name, regional[k], strlen(regional[k])) == 0;
        if (is_regional)
            continue;
        if (found != SG_NO_ACTOR)
            return SG_NO_ACTOR;
        found = i;
    }
    return found;
}

/* A subject, an agent or an owner; or written with a capital, as a name. */
static bool is_agent(const sg_reading *r, uint32_t w)
{
    return sg_word_is_capital(r, w) || sg_word_is_rel(r, w, SG_NSUBJ) ||
           sg_word_is_rel(r, w, SG_OBL_AGENT) || sg_word_is_rel(r, w, SG_NMOD_POSS);
}

static void read_governments(sg_reading *r)
{
    uint32_t government = national_government(r);
    bool acts = false;

    for (uint32_t w = 0; w < r->word_count; w++)
        acts = acts || (is_bare_government(r, w) && is_agent(r, w));
    if (!acts)
        return;
    for (uint32_t w = 0; w < r->word_count; w++) {
        if (!is_bare_government(r, w))
            continue;
        if (government == SG_NO_ACTOR) {
            government = sg_add_actor(r, SG_ACTOR_ORGANISATION, sg_words_text(r, w, 1));
            r->actors[government].classes = SG_CLASS_ORG_GOVERNMENT;
        }
        if (sg_is_acting(r, w))
            r->actors[government].acts = true;
        (void) sg_add_mention(r, w, 1, government, SG_MENTION_NAME);
    }
}

/* ---- one body under two names
 * ------------------------------------------------------------------------ */

/* The name in lower case, with the country at its beginning under one name: "british parliament"
 * and "UK Parliament" both give "united kingdom parliament". */
static const char *country_key(const sg_reading *r, const char *name)
{
    size_t len;
    const char *key = sg_utf8_fold(r->arena, name, strlen(name), &len);
    const char *end = key;
    sg_country country;

    for (unsigned words = 0; words < 3 && *end != '\0'; words++) {
        const char *rest;

        end += strcspn(end, " ");
        rest = end;
        if (end - key > 2 && strncmp(end - 2, "'s", 2) == 0)
            end -= 2;
        if (*rest == ' ' && sg_lexicon_country(key, (size_t) (end - key), &country))
            return sg_arena_printf(r->arena, "%s%s", country.name, rest);
        end = rest + (*rest == ' ');
    }
    return key;
}

static bool is_word_end(const char *text, const char *word)
{
    size_t n = strlen(text);
    size_t m = strlen(word);

    return m < n && strcmp(text + n - m, word) == 0 && text[n - m - 1] == ' ';
}

/* "house" and "united states house" in "united states house of representatives". */
static bool is_before_of(const char *text, const char *word)
{
    size_t m = strlen(word);
    const char *at = strstr(text, word);

    return at != NULL && (at == text || at[-1] == ' ') && strncmp(at + m, " of ", 4) == 0;
}

/* "Senate" beside "Puerto Rico Senate", "Department" beside "Department of Health". */
#define MOST_ACTORS 3000 /* more than any article has; a file of many articles is left as it is */

static void join_short_forms(sg_reading *r)
{
    const char **keys = sg_arena_alloc(r->arena, (r->actor_count + 1) * sizeof *keys);
    size_t *counts = sg_arena_calloc(r->arena, r->actor_count + 1, sizeof *counts);

    if (r->actor_count > MOST_ACTORS)
        return;
    for (uint32_t i = 0; i < r->actor_count; i++)
        keys[i] = r->actors[i].kind == SG_ACTOR_ORGANISATION && !r->actors[i].dropped
                      ? country_key(r, r->actors[i].name)
                      : "";
    for (size_t i = 0; i < r->mention_count; i++)
        counts[r->mentions[i].actor]++;
    for (uint32_t i = 0; i < r->actor_count; i++) {
        uint32_t best = SG_NO_ACTOR;
        bool single;

        if (keys[i][0] == '\0')
            continue;
        single = strchr(keys[i], ' ') == NULL && strcmp(keys[i], "government") != 0 &&
                 (sg_lexicon_classes(keys[i], strlen(keys[i])) & SG_CLASS_ORG_ANY) != 0;
        for (uint32_t k = 0; k < r->actor_count; k++) {
            bool same = i != k && strcmp(keys[i], keys[k]) == 0;
            bool short_form =
                i != k && keys[k][0] != '\0' &&
                (is_before_of(keys[k], keys[i]) || (single && is_word_end(keys[k], keys[i])));

            if ((same && k < i) ||
                (short_form && (best == SG_NO_ACTOR || counts[k] > counts[best])))
                best = k;
        }
        if (best != SG_NO_ACTOR) {
            counts[best] += counts[i];
            sg_merge_actors(r, best, i);
            keys[i] = "";
        }
    }
}

void sg_make_parts(sg_reading *reading)
{
    for (uint32_t w = 0; w < reading->word_count; w++)
        if (reading->mention_at[w] == SG_NO_MENTION && !reading->skipped[w] &&
            (reading->classes[w] & (PART_CLASSES | SG_CLASS_COLLECTIVE | SG_CLASS_ORG_AGENCY |
                                    SG_CLASS_ORG_ASSOCIATION)) &&
            !(reading->info[w].features & SG_FEAT_PLURAL))
            read_part(reading, w);
    read_governments(reading);
    join_short_forms(reading);
}
