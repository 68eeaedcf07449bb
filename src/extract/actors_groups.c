/* Groups: collectives that take positions without being an organisation ("junior doctors",
 * "residents"), and unnamed single speakers ("one MP").
 *
 * A noun phrase headed by a word for people makes a group where it says or does something; from
 * then on every noun phrase of the same name in the article is a mention of it. */

#include <string.h>

#include "stance/map.h"
#include "stance/utf8.h"

#include "actors_internal.h"

/* True if the capital may be only that of the beginning of a sentence: the article has the word
 * nowhere else with one, and it names no party. */
static bool is_capital_by_place(const sg_reading *r, uint32_t word)
{
    uint32_t first = sg_sentence_first(r, word);
    sg_party party;

    while (first < word && sg_word_is_upos(r, first, SG_PUNCT))
        first++;
    if (first < word || sg_lexicon_party(r->lower[word], strlen(r->lower[word]), &party))
        return false;
    for (uint32_t w = 0; w < r->word_count; w++)
        if (w != word && sg_word_is_capital(r, w) && strcmp(r->lower[w], r->lower[word]) == 0 &&
            w > sg_sentence_first(r, w) && !sg_is_title_case(r, w))
            return false;
    return true;
}

/* "Democrats", "Kurds": a plural name, which is one of people unless a body is known by it. */
static bool is_people_name(const sg_reading *r, uint32_t w)
{
    size_t len = strlen(r->lower[w]);

    return strcmp(sg_xpos_name(r->info[w].xpos), "NNPS") == 0 && sg_word_is_capital(r, w) &&
           len > 3 && r->lower[w][len - 1] == 's' &&
           !(r->classes[w] & (SG_CLASS_ORG_ANY | SG_CLASS_NOT_ORG | SG_CLASS_CALENDAR)) &&
           !sg_word_is_rel(r, w, SG_COMPOUND) && !sg_word_is_rel(r, w, SG_FLAT) &&
           !is_capital_by_place(r, w);
}

#define FREQUENT 2

static bool is_human_head(const sg_reading *r, uint32_t w)
{
    if (r->mention_at[w] != SG_NO_MENTION || r->skipped[w])
        return false;
    if (is_people_name(r, w))
        return true;
    return (sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_proper(r, w)) &&
           (r->classes[w] & (SG_CLASS_PERSON_NOUN | SG_CLASS_COLLECTIVE)) != 0;
}

/* "one senator, X", "X, a group": the one who is meant has a name. */
static bool is_named(const sg_reading *r, uint32_t head)
{
    uint32_t past = sg_sentence_past(r, head);

    if (head + 2 < past && sg_word_is(r, head + 1, ",") &&
        r->mention_at[head + 2] != SG_NO_MENTION &&
        r->actors[r->mentions[r->mention_at[head + 2]].actor].kind == SG_ACTOR_PERSON)
        return true;
    /* "A, a group founded by" */
    if (head >= sg_sentence_first(r, head) + 3 && sg_word_is(r, head - 2, ",") &&
        sg_word_is_upos(r, head - 1, SG_DET) && sg_actor_at(r, head - 3) != SG_NO_ACTOR)
        return true;
    /* "the opposition A party" */
    if (sg_word_is(r, head, "opposition") && head + 1 < past &&
        sg_actor_at(r, head + 1) != SG_NO_ACTOR &&
        r->actors[sg_actor_at(r, head + 1)].kind == SG_ACTOR_ORGANISATION)
        return true;
    for (uint32_t w = sg_sentence_first(r, head); w < past; w++) {
        uint32_t m = r->mention_at[w];

        if (r->info[w].head == head && m != SG_NO_MENTION &&
            r->actors[r->mentions[m].actor].kind == SG_ACTOR_PERSON &&
            (sg_word_is_rel(r, w, SG_APPOS) || sg_word_is_rel(r, w, SG_FLAT)))
            return true;
    }
    return false;
}

static bool is_plural(const sg_reading *r, uint32_t w)
{
    static const char *const collectives[] = {
        "public",     "media",      "press",      "crowd",         "people",
        "jury",       "opposition", "community",  "population",    "populace",
        "leadership", "workforce",  "electorate", "establishment", "police",
        "camp",       "team",       "movement",   "lobby",         "staff",
        "faction",    "bloc",       "clergy",     "elite",         "populace"
    };

    if (r->info[w].features & SG_FEAT_PLURAL)
        return true;
    if (sg_word_is(r, w, "leadership") && sg_child(r, w, SG_NMOD_POSS) != SG_NO_WORD)
        return false; /* "the mayor's leadership": how she leads */
    for (size_t i = 0; i < sizeof collectives / sizeof collectives[0]; i++)
        if (sg_word_is(r, w, collectives[i]))
            return true;
    return false;
}

/* "a", "an", "one", "another": an unnamed single person. */
static bool is_indefinite(const sg_reading *r, uint32_t first, uint32_t head)
{
    static const char *const words[] = { "a", "an", "one", "another" };

    for (uint32_t w = first; w < head; w++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (sg_word_is(r, w, words[i]) && r->info[w].head == head)
                return true;
    return false;
}

static bool is_quantity(const sg_reading *r, uint32_t w)
{
    static const char *const words[] = { "many",   "some",   "several", "most",      "few",
                                         "all",    "other",  "both",    "thousands", "hundreds",
                                         "more",   "than",   "around",  "about",     "over",
                                         "nearly", "almost", "dozens" };

    if (sg_word_is_upos(r, w, SG_NUM) || sg_word_is_upos(r, w, SG_DET))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (sg_word_is(r, w, words[i]))
            return true;
    return false;
}

/* "Two Democrats", "some House members": a part of those known by a name is not all of them. Counts
 * in figures tell the whole by its size ("230 Democrats voted for it"). */
static uint32_t part_start(const sg_reading *r, uint32_t head, uint32_t start)
{
    static const char *const parts[] = { "some", "several", "other", "few", "many", "most" };
    uint32_t w = start - 1;

    if (start == sg_sentence_first(r, head) || r->info[w].head != head ||
        !(sg_word_is_upos(r, w, SG_NUM) ? strpbrk(r->lower[w], "0123456789") == NULL
                                        : SG_IS_ONE_OF(r->lower[w], parts)))
        return start;
    return w;
}

/* First word of the group's name: nouns and adjectives before the head; quantities are left out,
 * but before names. */
static uint32_t name_start(const sg_reading *r, uint32_t head)
{
    uint32_t first = sg_sentence_first(r, head);
    uint32_t start = head;

    while (start > first) {
        uint32_t w = start - 1;
        bool hyphen = strcmp(r->lower[w], "-") == 0 && w > first;

        if (hyphen && r->document->words[w - 1].end == r->document->words[w].start) {
            start -= 2;
            continue;
        }
        if (is_quantity(r, w) || (r->classes[w] & SG_CLASS_CALENDAR))
            break;
        if (sg_word_is_upos(r, w, SG_ADJ) || sg_word_is_upos(r, w, SG_NOUN) ||
            sg_word_is_proper(r, w) ||
            (sg_word_is_upos(r, w, SG_VERB) && sg_word_is_rel(r, w, SG_AMOD))) {
            if (!sg_is_below(r, w, head))
                break;
            start--;
            continue;
        }
        /* "doctors' leaders", "X's lawyers" */
        if ((sg_word_is(r, w, "'s") || sg_word_is(r, w, "'")) && w > first &&
            sg_is_below(r, w - 1, head) &&
            (sg_word_is_upos(r, w - 1, SG_NOUN) || sg_word_is_proper(r, w - 1))) {
            start -= 2;
            continue;
        }
        break;
    }
    while (start < head && is_quantity(r, start))
        start++;
    return is_people_name(r, head) || (start < head && sg_word_is_proper(r, start))
               ? part_start(r, head, start)
               : start;
}

/* "supporters of the bill", "members of X": nouns that say little without their complement. */
static uint32_t name_past(const sg_reading *r, uint32_t head)
{
    static const char *const relational[] = {
        "supporter", "opponent",  "critic",   "member",     "victim",    "advocate",
        "author",    "leader",    "backer",   "signatory",  "organizer", "organiser",
        "proponent", "founder",   "relative", "family",     "people",    "head",
        "employer",  "president", "chair",    "director",   "official",  "resident",
        "owner",     "executive", "minister", "chancellor", "parent",    "representative"
    };
    const char *lemma = r->info[head].lemma;
    uint32_t limit = sg_sentence_past(r, head);
    uint32_t past = head + 1;
    bool wants = false;

    for (size_t i = 0; lemma != NULL && i < sizeof relational / sizeof relational[0]; i++)
        wants = wants || strcmp(lemma, relational[i]) == 0;
    if (!wants || past >= limit || !sg_word_is(r, past, "of"))
        return past;
    past++;
    while (past < limit && past < head + 8 && sg_is_below(r, past, head) &&
           !sg_word_is_upos(r, past, SG_PUNCT) && !sg_word_is_upos(r, past, SG_VERB) &&
           !sg_word_is_rel(r, past, SG_MARK) && !sg_word_is(r, past, "who"))
        past++;
    while (past > head + 1 &&
           (sg_word_is_upos(r, past - 1, SG_ADP) || sg_word_is(r, past - 1, "of")))
        past--;
    return past;
}

static const char *group_name(const sg_reading *r, uint32_t start, uint32_t past)
{
    const char *text = sg_words_text(r, start, past - start);
    const char *lower = sg_words_lower(r, start, past - start);

    /* A first word that is capital only because the sentence begins there. */
    if (start == sg_sentence_first(r, start) && !sg_word_is_proper(r, start) &&
        !(text[1] >= 'A' && text[1] <= 'Z')) /* "MPs" */
        return sg_arena_printf(r->arena, "%c%s", lower[0], text + 1);
    return text;
}

/* Words for people in general, who are an actor only when they speak. */
static bool is_vague(const sg_reading *r, uint32_t head)
{
    static const char *const words[] = { "people",  "member",   "nation",   "country", "man",
                                         "woman",   "child",    "user",     "couple",  "hospital",
                                         "family",  "state",    "guest",    "holder",  "thousand",
                                         "patient", "resident", "colleague" };
    const char *lemma = r->info[head].lemma;

    for (size_t i = 0; lemma != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strcmp(lemma, words[i]) == 0)
            return true;
    return false;
}

/* "Smith supporters", "German officials": people of somebody or of some place. */
static bool has_name_before(const sg_reading *r, uint32_t head)
{
    uint32_t start = name_start(r, head);

    for (uint32_t w = start; w < head; w++) {
        uint32_t m = r->mention_at[w];

        if ((m != SG_NO_MENTION && r->mentions[m].kind == SG_MENTION_NAME) ||
            (sg_word_is_capital(r, w) && sg_word_is_proper(r, w)))
            return (r->classes[head] & SG_CLASS_PERSON_NOUN) != 0;
    }
    return false;
}

/* Does the phrase say or do something? Bare "people" and the like have to speak. */
static bool can_speak(const sg_reading *r, uint32_t head, bool plural)
{
    uint32_t verb = r->info[head].head;

    if (plural && !is_vague(r, head) && has_name_before(r, head))
        return true;
    /* "nurses and doctors": the second of two subjects. */
    if (verb != SG_NO_WORD && sg_word_is_rel(r, head, SG_CONJ) &&
        sg_word_is_rel(r, verb, SG_NSUBJ)) {
        head = verb;
        verb = r->info[head].head;
    }
    if (verb == SG_NO_WORD || sg_child(r, head, SG_COP) != SG_NO_WORD)
        return false;
    if (plural && !is_vague(r, head) && sg_word_is_rel(r, head, SG_NSUBJ) &&
        sg_child(r, verb, SG_COP) != SG_NO_WORD)
        return (r->classes[head] & SG_CLASS_PERSON_NOUN) != 0;
    if (!sg_word_is_upos(r, verb, SG_VERB))
        return false;
    if (sg_word_is_rel(r, head, SG_NSUBJ) || sg_word_is_rel(r, head, SG_OBL_AGENT)) {
        if (!plural || is_vague(r, head))
            return (r->classes[verb] & SG_CLASS_SPEECH) != 0;
        return (r->classes[verb] & (SG_CLASS_SPEECH | SG_CLASS_ACT)) != 0 ||
               (r->classes[head] & SG_CLASS_PERSON_NOUN) != 0 || is_people_name(r, head);
    }
    return false;
}

/* Lower case; "cross-party" and "cross party" are one. */
static const char *name_key(const sg_reading *r, const char *name)
{
    char *key = sg_utf8_lower(r->arena, name, strlen(name), NULL);

    for (char *c = key; *c != '\0'; c++)
        if (*c == '-')
            *c = ' ';
    return key;
}

static const char *key_of(const sg_reading *r, uint32_t start, uint32_t past)
{
    return name_key(r, sg_words_text(r, start, past - start));
}

static uint32_t find_or_make(sg_reading *r, sg_map *groups, uint32_t start, uint32_t head,
                             uint32_t past)
{
    const char *key = key_of(r, start, past);
    uint64_t *slot = sg_map_slot(groups, key, strlen(key), SG_NO_ACTOR);

    if (*slot == SG_NO_ACTOR) {
        uint32_t actor = sg_add_actor(r, SG_ACTOR_GROUP, group_name(r, start, past));

        *slot = actor;
        r->actors[actor].classes = r->classes[head];
        r->actors[actor].plural = is_plural(r, head);
        r->actors[actor].acts = true;
    }
    return (uint32_t) *slot;
}

/* "Republicans" are not only "House Republicans". */
static bool is_party_people(const char *key, size_t len)
{
    sg_party party;

    return sg_lexicon_party(key, len, &party) && party.form != SG_PARTY_BODY;
}

/* "doctors" where the article knows only one kind: "junior doctors". */
static void join_bare_names(sg_reading *r, sg_map *groups)
{
    for (size_t i = 0; i < sg_map_size(groups); i++) {
        size_t len = 0;
        uint64_t actor = 0;
        uint64_t longer = SG_NO_ACTOR;
        size_t found = 0;
        const char *key = sg_map_entry(groups, i, &len, &actor);

        if (memchr(key, ' ', len) != NULL || is_party_people(key, len))
            continue;
        for (size_t k = 0; k < sg_map_size(groups); k++) {
            size_t n = 0;
            uint64_t other = 0;
            const char *name = sg_map_entry(groups, k, &n, &other);

            if (n > len + 1 && name[n - len - 1] == ' ' && memcmp(name + n - len, key, len) == 0) {
                found++;
                longer = other;
            }
        }
        if (found == 1 && !r->actors[actor].dropped)
            sg_merge_actors(r, (uint32_t) longer, (uint32_t) actor);
    }
}

/* The group of the article that the name means, or SG_NO_ACTOR: the same name, or the only longer
 * one that ends with it ("doctors" for "junior doctors"). */
static uint32_t find_group(const sg_reading *r, const char *key)
{
    uint32_t longer = SG_NO_ACTOR;
    size_t found = 0;
    size_t len = strlen(key);

    for (uint32_t i = 0; i < r->actor_count; i++) {
        const char *name;
        size_t n;

        if (r->actors[i].kind != SG_ACTOR_GROUP || r->actors[i].dropped)
            continue;
        name = name_key(r, r->actors[i].name);
        n = strlen(name);
        if (strcmp(name, key) == 0)
            return i;
        if (strchr(key, ' ') == NULL && n > len + 1 && name[n - len - 1] == ' ' &&
            strcmp(name + n - len, key) == 0) {
            found++;
            longer = i;
        }
    }
    return found == 1 ? longer : SG_NO_ACTOR;
}

uint32_t sg_make_group_at(sg_reading *reading, uint32_t head)
{
    bool plural = is_plural(reading, head);
    uint32_t start;
    uint32_t past;
    uint32_t actor;

    if (!is_human_head(reading, head) || is_named(reading, head))
        return SG_NO_ACTOR;
    /* A definite single person is somebody in particular, and a single body no group. */
    if (!plural && (!is_indefinite(reading, sg_sentence_first(reading, head), head) ||
                    !(reading->classes[head] & SG_CLASS_PERSON_NOUN)))
        return SG_NO_ACTOR;
    start = name_start(reading, head);
    past = name_past(reading, head);
    actor = find_group(reading, key_of(reading, start, past));
    if (actor == SG_NO_ACTOR) {
        if (sg_is_title_case(reading, head) || (past - start == 1 && is_vague(reading, head)))
            return SG_NO_ACTOR;
        actor = sg_add_actor(reading, SG_ACTOR_GROUP, group_name(reading, start, past));
        reading->actors[actor].classes = reading->classes[head];
        reading->actors[actor].plural = plural;
        reading->actors[actor].acts = true;
    }
    (void) sg_add_mention(reading, start, past - start, actor, SG_MENTION_DESCRIPTION);
    return actor;
}

static sg_map *count_phrases(const sg_reading *r)
{
    sg_map *counts = sg_map_new();

    for (uint32_t w = 0; w < r->word_count; w++) {
        if (is_human_head(r, w) && is_plural(r, w)) {
            const char *key = key_of(r, name_start(r, w), name_past(r, w));

            (*sg_map_slot(counts, key, strlen(key), 0))++;
        }
    }
    return counts;
}

/* People that an article comes back to are actors of it, also where they only undergo things. */
static bool is_frequent(const sg_reading *r, const sg_map *counts, uint32_t w, bool plural)
{
    uint32_t start = name_start(r, w);
    const char *key = key_of(r, start, name_past(r, w));
    uint64_t count = 0;

    return plural && (r->classes[w] & SG_CLASS_PERSON_NOUN) && start < w &&
           sg_map_find(counts, key, strlen(key), &count) && count >= FREQUENT;
}

/* "The group": a body named before, which descriptions find (actors_reference.c). */
static bool is_bare_body(const sg_reading *r, uint32_t w)
{
    return sg_word_is(r, w, "group") && w > sg_sentence_first(r, w) && sg_word_is(r, w - 1, "the");
}

void sg_read_groups(sg_reading *reading)
{
    sg_map *groups = sg_map_new();
    const sg_reading *r = reading;
    sg_map *counts = count_phrases(r);

    for (uint32_t w = 0; w < r->word_count; w++) {
        bool plural = is_plural(r, w);

        if (!is_human_head(r, w) || sg_is_title_case(r, w) || is_bare_body(r, w) ||
            !(can_speak(r, w, plural) || is_frequent(r, counts, w, plural)) || is_named(r, w))
            continue;
        if (plural || (is_indefinite(r, sg_sentence_first(r, w), w) &&
                       !(r->classes[w] & SG_CLASS_SPOKESPERSON)))
            (void) find_or_make(reading, groups, name_start(r, w), w, name_past(r, w));
    }
    for (uint32_t w = 0; w < r->word_count; w++) {
        uint64_t actor = 0;
        uint32_t start;
        uint32_t past;
        const char *key;

        if (!is_human_head(r, w))
            continue;
        start = name_start(r, w);
        past = name_past(r, w);
        key = key_of(r, start, past);
        if (sg_map_find(groups, key, strlen(key), &actor))
            (void) sg_add_mention(reading, start, past - start, (uint32_t) actor,
                                  SG_MENTION_DESCRIPTION);
    }
    join_bare_names(reading, groups);
    sg_map_free(counts);
    sg_map_free(groups);
}
