/* Organisations: parties under their full names, acronyms with what they stand for, short forms
 * with the full form, places that act, and outlets. A name is one organisation throughout. */

#include <string.h>
#include <strings.h>

#include "stance/utf8.h"

#include "actors_internal.h"

#define ORG SG_ENTITY_ORGANISATION

typedef struct maker {
    sg_names *names;
    sg_reading *r;
    uint32_t *acting;          /* per name: places where it is the subject of saying or doing */
    const sg_name_span **best; /* per name: the first span that is not weak, else the first */
} maker;

static bool ends_with_words(const char *text, const char *tail)
{
    size_t n = strlen(text);
    size_t m = strlen(tail);

    return m < n && strcmp(text + n - m, tail) == 0 && text[n - m - 1] == ' ';
}

/* ---- which names are organisations
 * --------------------------------------------------------------- */

static bool is_plain_party(const sg_party *party)
{
    return strcmp(party->name, "Republican Party") == 0 ||
           strcmp(party->name, "Democratic Party") == 0 ||
           strcmp(party->name, "Liberal Democrats") == 0;
}

static bool begins_sentence(const sg_reading *r, uint32_t word)
{
    uint32_t first = sg_sentence_first(r, word);

    return word == first || (word == first + 1 && sg_word_is_upos(r, first, SG_PUNCT));
}

/* "Conservative hosts": a capital that the start of a sentence asks for tells no party from a view,
 * unless the article names the party elsewhere. */
static bool is_only_a_view(const maker *m, const sg_name_span *span, const sg_party *party)
{
    const sg_names *n = m->names;

    if (!begins_sentence(m->r, span->core) || span->past >= m->r->word_count ||
        (party->form == SG_PARTY_ADJECTIVE && m->r->mention_at[span->past] != SG_NO_MENTION) ||
        (m->r->classes[span->past] & (SG_CLASS_HONORIFIC | SG_CLASS_TITLE | SG_CLASS_ROLE)) != 0 ||
        (party->form != SG_PARTY_ADJECTIVE && party->form != SG_PARTY_PEOPLE))
        return false;
    for (size_t i = 0; i < n->span_count; i++) {
        const char *key = n->names[n->spans[i].name].key;
        sg_party other;

        if (!begins_sentence(m->r, n->spans[i].core) &&
            !sg_is_title_case(m->r, n->spans[i].first) &&
            sg_lexicon_party(key, strlen(key), &other) && strcmp(other.name, party->name) == 0)
            return false;
    }
    return true;
}

/* An adjective of a party counts where it stands before a noun: "Republican senators". */
static bool is_party_use(const maker *m, const sg_name_span *span, const sg_party *party)
{
    const sg_reading *r = m->r;

    if (!is_plain_party(party) && is_only_a_view(m, span, party))
        return false;
    if (party->form != SG_PARTY_ADJECTIVE ||
        (is_plain_party(party) && !sg_is_title_case(r, span->first)))
        return true;
    if (sg_is_title_case(r, span->first) || span->past >= sg_sentence_past(r, span->first))
        return false;
    /* Elsewhere than in two-party systems such a word is mostly a view, not a membership. */
    if (!is_plain_party(party))
        return (r->classes[span->past] & (SG_CLASS_HONORIFIC | SG_CLASS_TITLE)) ||
               sg_word_is(r, span->past, "party") || sg_is_acting(r, span->past - 1) ||
               r->mention_at[span->past] != SG_NO_MENTION;
    return sg_word_is_upos(r, span->past, SG_NOUN) || sg_word_is_proper(r, span->past) ||
           sg_word_is_upos(r, span->past, SG_ADJ) ||
           (r->classes[span->past] & (SG_CLASS_HONORIFIC | SG_CLASS_ROLE));
}

/* "Republicans" are people, not the party itself, where a party is commonly told from its people.
 */
static bool is_people_of_party(const sg_party *party)
{
    return party->form == SG_PARTY_PEOPLE && (strcmp(party->name, "Republican Party") == 0 ||
                                              strcmp(party->name, "Democratic Party") == 0);
}

/* "House Republicans" */
static bool is_party_people(const sg_reading *r, const sg_name_span *span)
{
    const char *last = r->lower[span->past - 1];
    sg_party party;

    return span->past - span->core >= 2 && sg_lexicon_party(last, strlen(last), &party) &&
           party.form == SG_PARTY_PEOPLE;
}

/* "PAC", "Super PAC": a noun in capitals, no name. */
static bool is_common_noun(const sg_reading *r, const sg_name_span *span, uint32_t listed)
{
    return (listed & (SG_CLASS_ORG_ASSOCIATION | SG_CLASS_ORG_COMPANY)) &&
           (span->past - span->core > 1 || sg_word_is_all_capital(r, span->core));
}

/* "American Samoans": the people of a country. */
static bool is_nationals(const sg_reading *r, const sg_name_span *span)
{
    const char *last = r->lower[span->past - 1];
    size_t len = strlen(last);
    sg_country country;

    return len > 3 && last[len - 1] == 's' && sg_lexicon_country(last, len - 1, &country) &&
           country.is_adjective;
}

static bool is_organisation(const maker *m, uint32_t number)
{
    const sg_name *name = &m->names->names[number];
    uint32_t listed = sg_lexicon_classes(name->key, strlen(name->key));
    sg_country country;

    if (name->actor != SG_NO_ACTOR)
        return false;
    if (m->best[number]->weak && sg_is_title_case(m->r, m->best[number]->core) &&
        name->party == NULL && !(listed & (SG_CLASS_OUTLET | SG_CLASS_BODY)))
        return false;
    if (is_party_people(m->r, m->best[number]) || is_common_noun(m->r, m->best[number], listed))
        return false;
    /* "Queen", "MP", "Representatives" */
    if (name->parts == 1 &&
        (m->r->classes[m->best[number]->core] & (SG_CLASS_TITLE | SG_CLASS_ROLE)))
        return false;
    if (listed & SG_CLASS_PHOTO_AGENCY)
        return false;
    if (listed & SG_CLASS_PLATFORM)
        return m->acting[number] > 0;
    if (name->party != NULL || (listed & (SG_CLASS_OUTLET | SG_CLASS_BODY)))
        return true;
    if (sg_lexicon_country(name->key, strlen(name->key), &country))
        return m->acting[number] > 0 && name->place;
    if (is_nationals(m->r, m->best[number]))
        return false;
    if (name->type == SG_ENTITY_LOCATION)
        return m->acting[number] > 0 && name->strong > 0;
    return name->type == ORG && name->score[ORG] >= (name->strong > 0 ? 0.8 : 1.0);
}

/* "Twitter's chief executive", "a Twitter spokesman": what people work for acts. */
static bool has_staff(const sg_reading *r, const sg_name_span *span)
{
    uint32_t w = span->past;
    uint32_t past = sg_sentence_past(r, span->first);

    if (w < past && sg_word_is(r, w, "'s"))
        w++;
    return w < past && !sg_word_is_capital(r, w) &&
           sg_longest_phrase(r, w, past, SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_SPOKESPERSON) >
               0;
}

static void count_acting(maker *m)
{
    const sg_names *n = m->names;

    for (size_t i = 0; i < n->span_count; i++) {
        const sg_name_span *span = &n->spans[i];

        if ((sg_is_acting(m->r, sg_span_head(m->r, span->core, span->past)) &&
             !sg_is_title_case(m->r, span->core)) ||
            ((sg_lexicon_classes(n->names[span->name].key, strlen(n->names[span->name].key)) &
              SG_CLASS_PLATFORM) &&
             has_staff(m->r, span)))
            m->acting[span->name]++;
        if (m->best[span->name] == NULL || (m->best[span->name]->weak && !span->weak))
            m->best[span->name] = span;
    }
}

/* ---- one organisation under several names
 * ----------------------------------------------------------- */

static bool is_small_word(const char *text)
{
    static const char *const words[] = { "of", "the", "and", "for", "on", "in" };
    size_t len = strcspn(text, " -");

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == len && strncasecmp(text, words[i], len) == 0)
            return true;
    return false;
}

/* "uscpd" ends with "cpd": a country before the name is left out of its acronym. */
static bool is_tail(const char *letters, const char *acronym)
{
    size_t n = strlen(letters);
    size_t m = strlen(acronym);

    return m >= 3 && n > m && n - m <= 2 && strcmp(letters + n - m, acronym) == 0;
}

/* "bma" for "British Medical Association": the first letters of its capitalised words. */
static bool is_acronym_of(const char *acronym, const char *full)
{
    char capitals[16];
    char all[16];
    char content[16]; /* without "of", "the" and the like, also where they have a capital */
    size_t c_count = 0;
    size_t n = 0;
    size_t k = 0;
    bool at_start = true;

    if (strchr(acronym, ' ') != NULL || strlen(acronym) < 2 || strlen(acronym) > 10)
        return false;
    for (const char *c = full; *c != '\0' && n < 15 && k < 15; c++) {
        bool upper = *c >= 'A' && *c <= 'Z';

        if (at_start && (upper || (*c >= 'a' && *c <= 'z'))) {
            char lower = upper ? (char) (*c - 'A' + 'a') : *c;

            all[k++] = lower;
            if (!is_small_word(c))
                content[c_count++] = lower;
            if (upper)
                capitals[n++] = lower;
        }
        at_start = *c == ' ' || *c == '-';
    }
    capitals[n] = '\0';
    all[k] = '\0';
    content[c_count] = '\0';
    return n >= 2 && (strcmp(acronym, capitals) == 0 || strcmp(acronym, all) == 0 ||
                      strcmp(acronym, content) == 0 || is_tail(capitals, acronym));
}

static bool is_acronym_form(const sg_name *name)
{
    const char *c = name->text;
    size_t upper = 0;

    for (; *c != '\0'; c++) {
        if (*c == ' ' || (*c >= 'a' && *c <= 'z' && c[1] != '\0'))
            return false;
        upper += *c >= 'A' && *c <= 'Z';
    }
    return upper >= 2;
}

/* "House" for "House of Commons", "Commission" for "European Commission", "Mahan" for "Mahan Air".
 */
static bool is_short_form_of(const sg_name *s, const sg_name *l)
{
    uint32_t head = sg_lexicon_classes(s->key, strlen(s->key));
    size_t n = strlen(s->key);
    const char *tail;
    sg_country country;

    if (s->parts >= l->parts || s->place)
        return false;
    if (ends_with_words(l->key, s->key))
        return s->parts >= 2 || (head & SG_CLASS_ORG_ANY) != 0;
    if (strncmp(l->key, s->key, n) != 0 || l->key[n] != ' ')
        return false;
    tail = l->key + n + 1;
    if (strncmp(tail, "of ", 3) == 0 || strncmp(tail, "for ", 4) == 0)
        return (head & SG_CLASS_ORG_ANY) != 0 || s->parts >= 2;
    if (strchr(tail, ' ') != NULL)
        return false;
    if (sg_lexicon_country(tail, strlen(tail), &country))
        return true;
    head = sg_lexicon_classes(tail, strlen(tail));
    if (is_acronym_form(s))
        return (head & (SG_CLASS_ORG_UNION | SG_CLASS_ORG_PARTY)) != 0 ||
               strcmp(tail, "corporation") == 0;
    return (head & (SG_CLASS_ORG_UNION | SG_CLASS_ORG_PARTY | SG_CLASS_ORG_COMPANY)) != 0;
}

static uint32_t first_place(const sg_names *n, uint32_t number)
{
    uint32_t first = SG_NO_WORD;

    for (size_t i = 0; i < n->span_count; i++)
        if (n->spans[i].name == number && n->spans[i].first < first)
            first = n->spans[i].first;
    return first;
}

/* "The Government", and only later "the Scottish Government": two of them. */
static bool is_other_government(const maker *m, uint32_t number, uint32_t longer)
{
    const char *key = m->names->names[number].key;

    return (sg_lexicon_classes(key, strlen(key)) & SG_CLASS_ORG_GOVERNMENT) != 0 &&
           first_place(m->names, number) < first_place(m->names, longer);
}

/* The organisation that a shorter name stands for, or SG_NO_ACTOR. */
static uint32_t find_longer(const maker *m, uint32_t number)
{
    const sg_names *n = m->names;
    const sg_name *name = &n->names[number];
    uint32_t best = SG_NO_ACTOR;
    size_t best_count = 0;

    for (size_t i = 0; i < n->name_count; i++) {
        const sg_name *other = &n->names[i];

        if (i == number || other->actor == SG_NO_ACTOR || other->type != ORG ||
            m->r->actors[other->actor].kind != SG_ACTOR_ORGANISATION)
            continue;
        if ((is_short_form_of(name, other) ||
             (is_acronym_form(name) && is_acronym_of(name->key, other->text))) &&
            other->count > best_count && !is_other_government(m, number, (uint32_t) i)) {
            best = other->actor;
            best_count = other->count;
        }
    }
    return best;
}

/* "Full Name (FN)" and "FN (Full Name)". */
static void join_bracketed(maker *m)
{
    const sg_names *n = m->names;
    const sg_reading *r = m->r;

    for (size_t i = 0; i + 1 < n->span_count; i++) {
        const sg_name_span *a = &n->spans[i];
        const sg_name_span *b = &n->spans[i + 1];
        uint32_t x = n->names[a->name].actor;
        uint32_t y = n->names[b->name].actor;
        /* "the ABC union (A B C Workers)", "the A B C Workers' (ABC)" */
        bool between = a->past < r->word_count &&
                       ((r->classes[a->past] & (SG_CLASS_ORG_UNION | SG_CLASS_ORG_PARTY)) ||
                        sg_word_is(r, a->past, "'s") || sg_word_is(r, a->past, "'"));
        uint32_t open = between ? a->past + 1 : a->past;

        if (b->first != open + 1 || !sg_word_is(r, open, "(") || b->past >= r->word_count ||
            !sg_word_is(r, b->past, ")") || x == SG_NO_ACTOR || y == SG_NO_ACTOR || x == y ||
            r->actors[x].kind != SG_ACTOR_ORGANISATION ||
            r->actors[y].kind != SG_ACTOR_ORGANISATION)
            continue;
        if (is_acronym_form(&n->names[b->name])) {
            r->actors[x].acronym = n->names[b->name].text;
            sg_merge_actors(m->r, x, y);
            n->names[b->name].actor = x;
        } else if (is_acronym_form(&n->names[a->name]) ||
                   (n->names[a->name].parts == 2 && sg_word_is_all_capital(r, a->core))) {
            r->actors[y].acronym = sg_words_text(r, a->core, 1);
            sg_merge_actors(m->r, y, x);
            n->names[a->name].actor = y;
        }
    }
}

/* ---- making
 * ---------------------------------------------------------------------------------------- */

static uint32_t head_classes(const sg_reading *r, const sg_name_span *span)
{
    uint32_t n = sg_longest_phrase_before(r, span->past, span->core, SG_CLASS_ORG_ANY);
    uint32_t bits = n > 0 ? sg_phrase_classes(r, span->past - n, n) : 0;

    /* "Department of Health": the head stands before "of". */
    for (uint32_t w = span->core + 1; w < span->past; w++)
        if (sg_word_is(r, w, "of") || sg_word_is(r, w, "for") || sg_word_is(r, w, "on"))
            bits |= r->classes[w - 1];
    return bits & SG_CLASS_ORG_ANY;
}

/* The name as shown: outlets and places keep the article that belongs to them, others lose it. */
static const char *display_name(const maker *m, uint32_t number)
{
    const sg_name *name = &m->names->names[number];
    const sg_name_span *span = m->best[number];

    if (name->party != NULL)
        return name->party;
    return sg_words_text(m->r, span->core, span->past - span->core);
}

static uint32_t find_party_actor(const maker *m, const char *party)
{
    const sg_names *n = m->names;

    for (size_t i = 0; i < n->name_count; i++)
        if (n->names[i].actor != SG_NO_ACTOR && n->names[i].party != NULL &&
            strcmp(n->names[i].party, party) == 0)
            return n->names[i].actor;
    return SG_NO_ACTOR;
}

/* "Blue Air of Freedonia" beside "Blue Air": the country only explains. */
static bool is_longer_by_country(const char *full, const sg_name *name)
{
    size_t len = strlen(name->text);
    sg_country country;
    char lower[64];
    size_t n;

    if (name->parts < 2 || strncmp(full, name->text, len) != 0 ||
        strncmp(full + len, " of ", 4) != 0)
        return false;
    full += len + 4;
    n = strlen(full);
    if (n >= sizeof lower)
        return false;
    for (size_t i = 0; i <= n; i++)
        lower[i] = full[i] >= 'A' && full[i] <= 'Z' ? (char) (full[i] - 'A' + 'a') : full[i];
    return sg_lexicon_country(lower, n, &country);
}

static void make_name(maker *m, uint32_t number)
{
    sg_name *name = &m->names->names[number];
    const sg_name_span *span = m->best[number];
    sg_party party;
    uint32_t actor = SG_NO_ACTOR;

    if (name->party != NULL)
        actor = find_party_actor(m, name->party);
    else if (name->type == ORG)
        actor = find_longer(m, number);
    if (actor != SG_NO_ACTOR && is_longer_by_country(m->r->actors[actor].name, name))
        m->r->actors[actor].name = display_name(m, number);
    if (actor == SG_NO_ACTOR) {
        actor = sg_add_actor(m->r, SG_ACTOR_ORGANISATION, display_name(m, number));
        m->r->actors[actor].classes =
            head_classes(m->r, span) |
            (sg_lexicon_classes(name->key, strlen(name->key)) & SG_CLASS_OUTLET);
        m->r->actors[actor].is_place = name->type == SG_ENTITY_LOCATION;
    } else if (is_acronym_form(name) && m->r->actors[actor].acronym == NULL) {
        m->r->actors[actor].acronym = name->text;
    }
    if (name->party != NULL && sg_lexicon_party(name->key, strlen(name->key), &party) &&
        party.form != SG_PARTY_BODY)
        m->r->actors[actor].classes |= SG_CLASS_ORG_PARTY;
    if (m->acting[number] > 0)
        m->r->actors[actor].acts = true;
    name->actor = actor;
}

static bool has_use(const maker *m, uint32_t number, bool *people_out)
{
    const sg_names *n = m->names;
    bool used = false;
    sg_party party;

    *people_out = false;
    if (!sg_lexicon_party(n->names[number].key, strlen(n->names[number].key), &party))
        return true;
    *people_out = is_people_of_party(&party);
    for (size_t i = 0; i < n->span_count; i++)
        if (n->spans[i].name == number)
            used = used || is_party_use(m, &n->spans[i], &party);
    return used;
}

static void add_mentions(maker *m)
{
    const sg_names *n = m->names;

    for (size_t i = 0; i < n->span_count; i++) {
        const sg_name_span *span = &n->spans[i];
        uint32_t actor = n->names[span->name].actor;
        sg_party party;

        if (actor == SG_NO_ACTOR || m->r->actors[actor].kind != SG_ACTOR_ORGANISATION)
            continue;
        if (sg_lexicon_party(n->names[span->name].key, strlen(n->names[span->name].key), &party) &&
            !is_party_use(m, span, &party))
            continue;
        (void) sg_add_mention(m->r, span->core, span->past - span->core, actor, SG_MENTION_NAME);
    }
}

void sg_make_organisations(sg_names *names)
{
    sg_reading *r = names->reading;
    maker m = { names, r, sg_arena_calloc(r->arena, names->name_count + 1, sizeof(uint32_t)),
                sg_arena_calloc(r->arena, names->name_count + 1, sizeof(sg_name_span *)) };
    size_t longest = 1;

    count_acting(&m);
    for (size_t i = 0; i < names->name_count; i++)
        longest = names->names[i].parts > longest ? names->names[i].parts : longest;
    /* Long names first, so that short forms and acronyms find them. */
    for (size_t parts = longest; parts >= 1; parts--) {
        for (uint32_t i = 0; i < names->name_count; i++) {
            bool people = false;

            if (names->names[i].parts == parts && is_organisation(&m, i) &&
                has_use(&m, i, &people) && !people)
                make_name(&m, i);
        }
    }
    join_bracketed(&m);
    add_mentions(&m);
}
