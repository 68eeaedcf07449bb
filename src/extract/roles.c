/* Roles and affiliations: what a person is said to be, and of what.
 *
 * Around each mention of a person's name four places are looked at: the words before it ("shadow
 * Health Secretary X", "Conservative X", "the union's X"), the apposition after it ("X, chief
 * executive of Y,"), brackets and prepositions ("X (R-Texas)", "X of the Y Party"), and the
 * predicates (roles_predicates.c). Words and punctuation lead, because an
 * apposition is where trees are wrong most often; the tree decides where words leave it open. */

#include <string.h>

#include "roles_internal.h"

#define ROLE_CLASSES (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_FAMILY)

/* A role noun with what stands before it: words start..head. */
typedef struct role_phrase {
    uint32_t start;
    uint32_t head; /* last word of the role noun */
} role_phrase;

bool sg_names_person(const sg_reading *r, uint32_t w)
{
    uint32_t m = r->mention_at[w];

    return m != SG_NO_MENTION && r->mentions[m].kind == SG_MENTION_NAME &&
           r->actors[r->mentions[m].actor].kind == SG_ACTOR_PERSON;
}

/* The organisation named at `w`, or SG_NO_ACTOR. */
static uint32_t organisation_at(const sg_reading *r, uint32_t w)
{
    uint32_t m = r->mention_at[w];

    if (m == SG_NO_MENTION || r->mentions[m].kind != SG_MENTION_NAME ||
        r->actors[r->mentions[m].actor].kind != SG_ACTOR_ORGANISATION)
        return SG_NO_ACTOR;
    return r->mentions[m].actor;
}

/* A country or city that acts is no employer. */
static bool can_employ(const sg_reading *r, uint32_t actor)
{
    sg_country country;
    const char *name = r->actors[actor].name;
    char lower[96];
    size_t len = strlen(name);

    if (len >= sizeof lower)
        return true;
    for (size_t i = 0; i <= len; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char) (name[i] - 'A' + 'a') : name[i];
    return !sg_lexicon_country(lower, len, &country) && !r->actors[actor].is_place;
}

static bool is_linking_preposition(const sg_reading *r, uint32_t w)
{
    static const char *const words[] = { "of", "at", "for", "with", "from", "to", "in", "on" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (sg_word_is(r, w, words[i]))
            return true;
    return false;
}

/* A word inside the name of an organisation ("House of Representatives") is no role. */
static bool is_inside_organisation(const sg_reading *r, uint32_t w)
{
    uint32_t m = r->mention_at[w];

    return organisation_at(r, w) != SG_NO_ACTOR && r->mentions[m].count > 1;
}

/* A person's name that modifies what follows: "a former Smith adviser". */
static bool is_compound_person(const sg_reading *r, uint32_t w)
{
    return sg_names_person(r, w) && r->info[w].head != SG_NO_WORD && r->info[w].head > w &&
           (sg_word_is_rel(r, w, SG_COMPOUND) || sg_word_is_rel(r, w, SG_NMOD_POSS));
}

/* A noun for somebody who does something, by its ending, right before a name: "leaker X". */
static bool is_agent_noun(const sg_reading *r, uint32_t w)
{
    static const char *const endings[] = { "er", "or", "ist", "ian", "eer", "man", "woman" };
    size_t len = strlen(r->lower[w]);

    if (!sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_capital(r, w) ||
        (r->info[w].features & SG_FEAT_PLURAL) || !(w + 1 < r->word_count) ||
        !sg_names_person(r, w + 1) || len < 5)
        return false;
    if (r->classes[w] & SG_CLASS_PERSON_NOUN)
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t n = strlen(endings[i]);

        if (strcmp(r->lower[w] + len - n, endings[i]) == 0)
            return true;
    }
    return false;
}

/* Number of words of the role noun that ends before `past`, or 0. */
static uint32_t role_noun_before(const sg_reading *r, uint32_t past, uint32_t limit)
{
    uint32_t best = 0;

    if (past > limit && is_agent_noun(r, past - 1))
        best = 1;
    for (uint32_t n = 1; n <= SG_LEXICON_LONGEST && past >= limit + n; n++) {
        if (sg_names_person(r, past - n) || is_inside_organisation(r, past - n))
            break;
        if (sg_phrase_classes(r, past - n, n) & ROLE_CLASSES)
            best = n;
    }
    return best;
}

static bool is_noun(const sg_reading *r, uint32_t w)
{
    return sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_proper(r, w);
}

static bool is_hyphen(const sg_reading *r, uint32_t w)
{
    return strcmp(r->lower[w], "-") == 0 || strcmp(r->lower[w], "\xE2\x80\x93") == 0;
}

/* May `w` stand before a role noun as part of the role? */
static bool is_modifier(const sg_reading *r, uint32_t w, uint32_t head)
{
    if (sg_names_person(r, w))
        return is_compound_person(r, w) && r->info[w].head <= head;
    if (organisation_at(r, w) != SG_NO_ACTOR)
        return true;
    if (is_noun(r, w) || sg_word_is_upos(r, w, SG_ADJ) ||
        (r->classes[w] & SG_CLASS_ROLE_MODIFIER) || is_hyphen(r, w))
        return true;
    /* "trade and industry commissioner" */
    if (sg_word_is(r, w, "and") && w > sg_sentence_first(r, w) + 1 && w + 1 <= head &&
        sg_word_is_upos(r, w - 1, SG_NOUN) && sg_word_is_upos(r, w + 1, SG_NOUN) &&
        !(r->info[w - 1].features & SG_FEAT_PLURAL) && !(r->classes[w - 1] & ROLE_CLASSES) &&
        !(r->classes[w + 1] & ROLE_CLASSES))
        return true;
    if (sg_word_is(r, w, "and") || sg_word_is(r, w, "&"))
        return w > sg_sentence_first(r, w) && w + 1 < head && sg_is_below(r, w - 1, head) &&
               !sg_word_is_rel(r, w - 1, SG_CONJ) && !sg_names_person(r, w - 1) &&
               sg_word_is_rel(r, w + 1, SG_CONJ);
    return sg_word_is_upos(r, w, SG_VERB) && (r->info[w].features & SG_FEAT_PARTICIPLE) &&
           sg_is_below(r, w, head);
}

static uint32_t modifiers_start(const sg_reading *r, uint32_t noun_start, uint32_t head,
                                uint32_t limit)
{
    uint32_t start = noun_start;

    while (start > limit && is_modifier(r, start - 1, head))
        start--;
    while (start < noun_start && (is_hyphen(r, start) || sg_word_is(r, start, "and")))
        start++;
    return start;
}

static sg_slice sentence_slice(const sg_reading *r, uint32_t w)
{
    const sg_sentence *s = &r->document->sentences[r->sentence_of[w]];

    return (sg_slice){ s->start, s->end };
}

/* The organisation among the words that lies nearest to the end, and the party among them. */
void sg_bodies_among(const sg_reading *r, uint32_t first, uint32_t past, uint32_t *body_out,
                     uint32_t *party_out)
{
    *body_out = SG_NO_ACTOR;
    *party_out = SG_NO_ACTOR;
    for (uint32_t w = first; w < past; w++) {
        uint32_t actor = organisation_at(r, w);

        if (actor == SG_NO_ACTOR || !can_employ(r, actor))
            continue;
        if (r->actors[actor].classes & SG_CLASS_ORG_PARTY)
            *party_out = actor;
        else
            *body_out = actor;
    }
}

/* Who wants to be in a body is not in it: "state Senate candidate". */
static bool is_aspirant(const char *role)
{
    static const char *const nouns[] = { "candidate", "nominee",    "hopeful",  "contender",
                                         "rival",     "challenger", "opponent", "critic" };
    const char *last = strrchr(role, ' ');

    return SG_IS_ONE_OF(last != NULL ? last + 1 : role, nouns);
}

void sg_record_role(sg_reading *r, uint32_t person, const char *text, uint32_t body, uint32_t party,
                    uint32_t at)
{
    sg_slice evidence = sentence_slice(r, at);

    if (text != NULL && is_aspirant(text))
        body = SG_NO_ACTOR;

    if (text != NULL || body != SG_NO_ACTOR)
        sg_add_role(r, person, text, body, evidence);
    if (party != SG_NO_ACTOR)
        sg_add_role(r, person, NULL, party, evidence);
}

/* The words, without the capital that only the beginning of the sentence gives. */
static const char *phrase_text(const sg_reading *r, uint32_t first, uint32_t past)
{
    char *text = sg_arena_strdup(r->arena, sg_words_text(r, first, past - first));

    /* "Cllr X" */
    if (past - first == 1 && past < r->word_count && sg_names_person(r, past) &&
        strlen(r->lower[first]) <= 5 && (r->classes[first] & SG_CLASS_TITLE))
        return text;
    if (first == sg_sentence_first(r, first) && !sg_word_is_proper(r, first) &&
        !sg_word_is_all_capital(r, first) && organisation_at(r, first) == SG_NO_ACTOR &&
        (past - first == 1 || !sg_word_is_capital(r, past - 1)) && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = (char) (text[0] - 'A' + 'a');
    return text;
}

/* The text of a role; plural nouns before several names are made singular. */
static const char *role_text(const sg_reading *r, const role_phrase *p)
{
    const char *text = phrase_text(r, p->start, p->head + 1);
    const char *lemma = r->info[p->head].lemma;
    size_t len = strlen(text);
    size_t word = r->document->words[p->head].end - r->document->words[p->head].start;

    if (!(r->info[p->head].features & SG_FEAT_PLURAL) || lemma == NULL || len < word)
        return text;
    return sg_arena_printf(r->arena, "%.*s%s", (int) (len - word), text, lemma);
}

#define KIND_CLASSES                                                                               \
 (SG_CLASS_ORG_COMMITTEE | SG_CLASS_ORG_UNION | SG_CLASS_ORG_COURT | SG_CLASS_ORG_LEGISLATURE)
#define KIND_REACH 400 /* words to look back */

/* "committee chairman", "president of the court": the body of that kind that was named last. */
static uint32_t body_of_kind(const sg_reading *r, uint32_t first, uint32_t past)
{
    uint32_t classes = 0;

    for (uint32_t w = first; w < past; w++)
        if (sg_word_is_upos(r, w, SG_NOUN) && !sg_word_is_capital(r, w) &&
            r->mention_at[w] == SG_NO_MENTION)
            classes |= r->classes[w] & KIND_CLASSES;
    for (uint32_t w = first; classes != 0 && w-- > 0 && first - w < KIND_REACH;) {
        uint32_t actor = organisation_at(r, w);

        if (actor != SG_NO_ACTOR && (r->actors[actor].classes & classes) && can_employ(r, actor))
            return actor;
    }
    return SG_NO_ACTOR;
}

/* ---- what follows a role noun: "of the Y", "at Y", "for Y"
 * ---------------------------------------- */

static bool is_stop(const sg_reading *r, uint32_t w)
{
    return sg_word_is_upos(r, w, SG_PUNCT) || sg_word_is_upos(r, w, SG_VERB) ||
           sg_word_is_upos(r, w, SG_AUX) || sg_word_is(r, w, "against") ||
           sg_word_is(r, w, "who") || sg_word_is(r, w, "which") || sg_word_is(r, w, "that") ||
           sg_word_is_upos(r, w, SG_SCONJ);
}

/* Reads the prepositional phrases after a role. The body they name, and past what the role keeps
 * ("mayor of X" keeps the place; "chief executive of Y" leaves it to the affiliation). */
static uint32_t after_role(const sg_reading *r, uint32_t w, uint32_t past, uint32_t *body_out,
                           uint32_t *party_out)
{
    uint32_t keep = w;
    uint32_t limit = w + 14 < past ? w + 14 : past;
    uint32_t body;
    uint32_t party;

    while (w < limit && is_linking_preposition(r, w)) {
        bool first_of = sg_word_is(r, w, "of") || sg_word_is(r, w, "for");
        uint32_t end = w + 1;

        while (
            end < limit && (!is_stop(r, end) || is_hyphen(r, end)) &&
            !is_linking_preposition(r, end) &&
            (!sg_names_person(r, end) || sg_names_person(r, w + 1) || is_compound_person(r, end)))
            end++;
        /* A name may hold prepositions of its own. */
        while (end < limit && end > w + 1 && r->mention_at[end] != SG_NO_MENTION &&
               r->mention_at[end] == r->mention_at[end - 1])
            end++;
        sg_bodies_among(r, w + 1, end, &body, &party);
        if (*body_out == SG_NO_ACTOR)
            *body_out = body;
        if (*party_out == SG_NO_ACTOR)
            *party_out = party;
        if (first_of && keep == w && end > w + 1 && end - w <= 7)
            keep = end;
        if (end == w + 1)
            break;
        w = end;
        if (body != SG_NO_ACTOR)
            break;
    }
    return keep;
}

/* ---- before the name
 * -------------------------------------------------------------------------------- */

/* Is the person's name after `m` the next of a list, "X, Y and Z", perhaps with "from A" between?
 */
bool sg_is_next_of_list(const sg_reading *r, const sg_mention *m, const sg_mention *next)
{
    uint32_t w = m->first + m->count;

    if (next->first <= w || next->first - w > 6 ||
        r->sentence_of[next->first] != r->sentence_of[m->first])
        return false;
    if (sg_word_is(r, w, "from") || sg_word_is(r, w, "of"))
        w += 2;
    for (; w < next->first; w++)
        if (!sg_word_is(r, w, ",") && !sg_word_is(r, w, "and") && !sg_word_is(r, w, "&"))
            return false;
    return true;
}

/* The mention of a person that begins soonest after `m` in its sentence, or NULL. */
const sg_mention *sg_next_person(const sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);

    for (uint32_t w = m->first + m->count; w < past; w++)
        if (sg_names_person(r, w))
            return &r->mentions[r->mention_at[w]];
    return NULL;
}

/* "X and Y" after a plural role: the other names that share it. */
static void record_for_list(sg_reading *r, const sg_mention *m, const char *text, uint32_t body,
                            uint32_t party)
{
    const sg_mention *next = sg_next_person(r, m);

    while (next != NULL && sg_is_next_of_list(r, m, next)) {
        m = next;
        sg_record_role(r, m->actor, text, body, party, m->first);
        next = sg_next_person(r, m);
    }
}

/* "Chief Executive of X NAME": the role stands before "of". */
static bool role_of_before(const sg_reading *r, uint32_t past, uint32_t limit, role_phrase *out)
{
    uint32_t w = past;
    uint32_t n;

    while (w > limit && past - w < 7 && !sg_names_person(r, w - 1) &&
           (sg_word_is_capital(r, w - 1) || sg_word_is(r, w - 1, "the") ||
            organisation_at(r, w - 1) != SG_NO_ACTOR))
        w--;
    if (w == past || w <= limit || !is_linking_preposition(r, w - 1) ||
        (past - w == 1 && sg_word_is(r, w, "the")) || is_compound_person(r, past))
        return false;
    n = role_noun_before(r, w - 1, limit);
    if (n == 0)
        return false;
    out->head = past - 1;
    out->start = modifiers_start(r, w - 1 - n, w - 2, limit);
    return true;
}

/* "Member of Parliament (MP) X": an abbreviation in brackets is passed over. */
static uint32_t before_brackets(const sg_reading *r, uint32_t past, uint32_t limit)
{
    if (past >= limit + 4 && sg_word_is(r, past - 1, ")") && sg_word_is(r, past - 3, "("))
        return past - 3;
    return past;
}

static void read_before(sg_reading *r, const sg_mention *m)
{
    uint32_t limit = sg_sentence_first(r, m->first);
    uint32_t past = before_brackets(r, m->first, limit);
    uint32_t n = role_noun_before(r, past, limit);
    role_phrase p = { past, past };
    uint32_t body;
    uint32_t party;
    uint32_t from;

    if (past == limit)
        return;
    if (n > 0) {
        p.head = past - 1;
        p.start = modifiers_start(r, past - n, p.head, limit);
    } else if (role_of_before(r, past, limit, &p)) {
        n = 1;
    }
    from = p.start;
    /* "the union's X", "Labour's shadow health secretary X" */
    if (from > limit + 1 && (sg_word_is(r, from - 1, "'s") || sg_word_is(r, from - 1, "'"))) {
        if (organisation_at(r, from - 2) != SG_NO_ACTOR)
            from -= 2;
        else if (n > 0 && r->mention_at[from - 2] != SG_NO_MENTION)
            p.start = r->mentions[r->mention_at[from - 2]].first;
        else if (n > 0 && sg_word_is_capital(r, from - 2))
            p.start = from - 2;
    } else if (n == 0 && organisation_at(r, past - 1) != SG_NO_ACTOR) {
        /* "Conservative Dr X" */
        from = past - 1;
        if (!(r->actors[organisation_at(r, from)].classes & SG_CLASS_ORG_PARTY))
            return;
    }
    sg_bodies_among(r, from, past, &body, &party);
    if (n > 0 && body == SG_NO_ACTOR)
        body = body_of_kind(r, from, p.head);
    if (n == 0 && body == SG_NO_ACTOR && party == SG_NO_ACTOR)
        return;
    sg_record_role(r, m->actor, n > 0 ? role_text(r, &p) : NULL, body, party, past);
    /* "labor leader and civil rights activist X" */
    if (n > 0 && p.start > limit + 2 && sg_word_is(r, p.start - 1, "and") &&
        !(r->info[p.head].features & SG_FEAT_PLURAL)) {
        uint32_t end = p.start - 1;
        uint32_t k = role_noun_before(r, end, limit);

        if (k > 0 && !(r->info[end - 1].features & SG_FEAT_PLURAL)) {
            role_phrase first = { modifiers_start(r, end - k, end - 1, limit), end - 1 };

            sg_record_role(r, m->actor, role_text(r, &first), SG_NO_ACTOR, SG_NO_ACTOR, past);
        }
    }
    if (n > 0 && (r->info[p.head].features & SG_FEAT_PLURAL))
        record_for_list(r, m, role_text(r, &p), body, party);
}

/* ---- after the name
 * ------------------------------------------------------------------------------------ */

/* "X, Y and Z": what follows the comma is a name, not "Y's mother". */
static bool is_name_in_list(const sg_reading *r, uint32_t w, uint32_t past)
{
    uint32_t end;

    if (!sg_names_person(r, w))
        return false;
    end = r->mentions[r->mention_at[w]].first + r->mentions[r->mention_at[w]].count;
    return end >= past || !(sg_word_is(r, end, "'s") || sg_word_is(r, end, "'"));
}

/* Nouns that say no role. */
static bool is_vague(const sg_reading *r, uint32_t head)
{
    static const char *const words[] = { "man", "woman", "person",   "people", "child",  "one",
                                         "boy", "girl",  "thousand", "team",   "native", "local" };
    const char *lemma = r->info[head].lemma;

    for (size_t i = 0; lemma != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strcmp(lemma, words[i]) == 0)
            return true;
    return false;
}

/* Looks for the role noun of a phrase: `*past_out` is the word after it, or SG_NO_WORD if there is
 * none. False if the words at `start` are no such phrase. */
static bool find_role_noun(const sg_reading *r, uint32_t start, uint32_t limit, uint32_t *past_out)
{
    uint32_t past = SG_NO_WORD;

    for (uint32_t head = start; head < limit; head++) {
        uint32_t n = 0;

        if (sg_names_person(r, head) && !is_compound_person(r, head) &&
            is_name_in_list(r, head, limit))
            return false;
        for (uint32_t k = 1; k <= SG_LEXICON_LONGEST && head + k <= limit; k++)
            if ((sg_phrase_classes(r, head, k) & (ROLE_CLASSES | SG_CLASS_PERSON_NOUN)) &&
                !sg_word_is_upos(r, head + k - 1, SG_PUNCT) &&
                organisation_at(r, head + k - 1) == SG_NO_ACTOR)
                n = k;
        /* The last of several role nouns in a row is the head: "committee co-chair", "deputy
         * general secretary". */
        if (n > 0 && (is_noun(r, head + n - 1) || n > 1)) {
            past = head + n;
            if (past < limit &&
                (is_noun(r, past) || is_hyphen(r, past) ||
                 (past + 1 < limit && (sg_phrase_classes(r, past, 2) & ROLE_CLASSES))) &&
                !sg_names_person(r, past)) {
                head = past - 1;
                continue;
            }
            break;
        }
        if (!(is_modifier(r, head, limit) || sg_names_person(r, head) ||
              sg_word_is(r, head, "'s") || sg_word_is(r, head, "'") || sg_word_is(r, head, "of") ||
              sg_word_is_upos(r, head, SG_NUM))) {
            if (past != SG_NO_WORD)
                return false;
            break;
        }
    }
    *past_out = past;
    return true;
}

/* Reads a noun phrase that says what somebody is, from `w`; past the phrase, or `w` if it is none.
 */
uint32_t sg_read_role_phrase(sg_reading *r, uint32_t person, uint32_t w, uint32_t limit)
{
    uint32_t start = w;
    uint32_t noun_body = SG_NO_ACTOR;
    uint32_t noun_party = SG_NO_ACTOR;
    uint32_t body = SG_NO_ACTOR;
    uint32_t party = SG_NO_ACTOR;
    uint32_t past;
    role_phrase p;

    while (start < limit && (sg_word_is_upos(r, start, SG_DET) || sg_word_is(r, start, "also") ||
                             sg_word_is(r, start, "now") || sg_word_is_upos(r, start, SG_PRON)))
        start++;
    if (!find_role_noun(r, start, limit, &past))
        return w;
    if (past == SG_NO_WORD && start < limit && organisation_at(r, start) != SG_NO_ACTOR &&
        (start > w || (start + 1 < limit &&
                       (sg_word_is(r, start + 1, "of") || sg_word_is(r, start + 1, "from"))))) {
        /* "X, a Republican", "X, Republican of Iowa" */
        sg_bodies_among(r, start, start + 1, &noun_body, &noun_party);
        sg_record_role(r, person, NULL, SG_NO_ACTOR, noun_party, w);
        /* "a Republican and former governor" */
        if (start + 2 < limit && sg_word_is(r, start + 1, "and") && !sg_names_person(r, start + 2))
            (void) sg_read_role_phrase(r, person, start + 2, limit);
        return noun_party != SG_NO_ACTOR ? start + 1 : w;
    }
    if (past == SG_NO_WORD || past > limit || is_vague(r, past - 1) ||
        (past < limit && (sg_names_person(r, past) || (r->classes[past] & SG_CLASS_HONORIFIC))))
        return w;
    p.head = past - 1;
    p.start = start;
    sg_bodies_among(r, start, p.head, &noun_body, &noun_party);
    past = after_role(r, p.head + 1, limit, &body, &party);
    if (noun_body == SG_NO_ACTOR)
        noun_body = body;
    if (noun_body == SG_NO_ACTOR)
        noun_body = body_of_kind(r, start, past);
    if (noun_party == SG_NO_ACTOR)
        noun_party = party;
    if (r->info[p.head].features & SG_FEAT_PLURAL) {
        /* "X and Y, members of Z" */
        sg_record_role(r, person, NULL, noun_body, noun_party, w);
        return past;
    }
    sg_record_role(r, person,
                   body == SG_NO_ACTOR && past > p.head + 1 ? phrase_text(r, p.start, past)
                                                            : role_text(r, &p),
                   noun_body, noun_party, w);
    return past;
}

uint32_t sg_clause_limit(const sg_reading *r, uint32_t w)
{
    uint32_t past = sg_sentence_past(r, w);

    while (w < past && !sg_word_is(r, w, ",") && !sg_word_is(r, w, ";") && !sg_word_is(r, w, ":") &&
           !sg_word_is(r, w, ")") && !sg_word_is(r, w, "\"") && !sg_word_is(r, w, "\xE2\x80\x94"))
        w++;
    return w;
}

/* "Two Democratic representatives, X and Y,": the phrase start..past is said of all in the list. */
static void read_plural(sg_reading *r, const sg_mention *m, uint32_t start, uint32_t past)
{
    uint32_t n = role_noun_before(r, past, start);
    uint32_t body;
    uint32_t party;
    role_phrase p;

    sg_bodies_among(r, start, past, &body, &party);
    p.head = past - 1;
    p.start = n > 0 ? modifiers_start(r, past - n, p.head, start) : past;
    sg_record_role(r, m->actor, n > 0 ? role_text(r, &p) : NULL, body, party, m->first);
    record_for_list(r, m, n > 0 ? role_text(r, &p) : NULL, body, party);
}

/* Past "X KC" and "X MP". */
static uint32_t after_honours(const sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);
    uint32_t w = m->first + m->count;

    while (w < past && sg_word_is_all_capital(r, w) && r->mention_at[w] == SG_NO_MENTION)
        w++;
    return w;
}

/* The first word of "Coun X". */
static uint32_t before_titles(const sg_reading *r, uint32_t first, uint32_t limit)
{
    while (first > limit + 1 && sg_word_is_capital(r, first - 1) &&
           (r->classes[first - 1] & SG_CLASS_TITLE) && r->mention_at[first - 1] == SG_NO_MENTION)
        first--;
    return first;
}

/* The first word of "Labour's X", else of "X". */
static uint32_t before_owner(const sg_reading *r, uint32_t first, uint32_t limit)
{
    uint32_t owner =
        first >= limit + 3 && (sg_word_is(r, first - 1, "'s") || sg_word_is(r, first - 1, "'"))
            ? organisation_at(r, first - 2)
            : SG_NO_ACTOR;

    return owner != SG_NO_ACTOR ? r->mentions[r->mention_at[first - 2]].first : first;
}

/* "The committee's chair, X, said": a noun phrase between two stops, a comma, the name, a comma. */
static void read_before_comma(sg_reading *r, const sg_mention *m)
{
    uint32_t limit = sg_sentence_first(r, m->first);
    uint32_t past = after_honours(r, m);
    uint32_t named = before_owner(r, before_titles(r, m->first, limit), limit);
    uint32_t comma = named >= limit + 2 ? named - 1 : limit;
    uint32_t start;
    uint32_t head = r->info[m->head].head;
    bool closed = past >= sg_sentence_past(r, m->first) || sg_word_is(r, past, ",") ||
                  sg_word_is(r, past, "(") || sg_word_is(r, past, ".") ||
                  (sg_word_is(r, past, "and") && comma > limit &&
                   (r->info[comma - 1].features & SG_FEAT_PLURAL));
    bool tree = head != SG_NO_WORD && head < m->first && sg_word_is_rel(r, m->head, SG_APPOS) &&
                (r->classes[head] & ROLE_CLASSES) != 0;

    if (m->first < limit + 2 || !sg_word_is(r, comma, ",") || !(closed || tree))
        return;
    /* "The local MP, Labour's X", not "In a letter to the local MP, Labour's X" */
    if (sg_word_is(r, m->first - 1, "'s") || sg_word_is(r, m->first - 1, "'")) {
        if (sg_word_is_upos(r, limit, SG_DET))
            (void) sg_read_role_phrase(r, m->actor, limit, comma);
        return;
    }
    /* "the secretary of the AB union (A B), X," */
    if (sg_word_is(r, comma - 1, ")"))
        for (uint32_t w = comma - 1; w > limit && comma - w < 14; w--)
            if (sg_word_is(r, w, "(")) {
                comma = w;
                break;
            }
    start = comma;
    while (start > limit && comma - start < 16 &&
           (!is_stop(r, start - 1) || is_hyphen(r, start - 1) ||
            (start < comma && (sg_phrase_classes(r, start - 1, 2) & ROLE_CLASSES))))
        start--;
    if (start == comma || !(r->classes[comma - 1] & ROLE_CLASSES || tree ||
                            sg_word_is_upos(r, start, SG_DET) || start == limit))
        return;
    /* "After the summit the minister, X, ...": begin at the last determiner that opens the phrase.
     */
    if (tree) {
        uint32_t first;
        uint32_t end;

        sg_subtree_span(r, head, &first, &end);
        start = first > start ? first : start;
    }
    if (r->info[comma - 1].features & SG_FEAT_PLURAL)
        read_plural(r, m, start, comma);
    else
        /* "from funding of another financier, X,": the phrase that ends at the comma. */
        for (; start < comma; start++)
            if (sg_read_role_phrase(r, m->actor, start, comma) != start)
                break;
}

static void read_apposition(sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);
    uint32_t w = m->first + m->count;

    /* "X MP" */
    for (const uint32_t end = after_honours(r, m); w < end; w++)
        if (r->classes[w] & SG_CLASS_TITLE)
            sg_record_role(r, m->actor, sg_words_text(r, w, 1), SG_NO_ACTOR, SG_NO_ACTOR, w);
    /* "With X serving as secretary" */
    if (w + 2 < past && sg_word_is(r, w, "serving"))
        w++;
    /* "the appointment of X as head of Y" */
    if (w + 2 < past && sg_word_is(r, w, "as") &&
        ((r->classes[w + 1] | r->classes[w + 2]) & SG_CLASS_TITLE)) {
        (void) sg_read_role_phrase(r, m->actor, w + 1, sg_clause_limit(r, w + 1));
        return;
    }
    if (w + 1 >= past || !(sg_word_is(r, w, ",") || sg_word_is(r, w, "\xE2\x80\x94") ||
                           sg_word_is(r, w, "\xE2\x80\x93") || sg_word_is(r, w, "(")))
        return;
    w++;
    /* "X, 45, a teacher" */
    if (w + 2 < past && sg_word_is_upos(r, w, SG_NUM) && sg_word_is(r, w + 1, ","))
        w += 2;
    if (is_name_in_list(r, w, past))
        return;
    (void) sg_read_role_phrase(r, m->actor, w, sg_clause_limit(r, w));
}

static uint32_t find_party(const sg_reading *r, const char *name)
{
    for (uint32_t i = 0; i < r->actor_count; i++)
        if (!r->actors[i].dropped && r->actors[i].kind == SG_ACTOR_ORGANISATION &&
            strcmp(r->actors[i].name, name) == 0)
            return i;
    return SG_NO_ACTOR;
}

/* "(R-Texas)", "(D-N.Y.)", "(D)", "R-Texas" between commas. */
static void read_party_letter(sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);
    uint32_t w = m->first + m->count;
    const char *lower;
    const char *party = NULL;
    uint32_t actor;

    if (w + 2 >= past || !(sg_word_is(r, w, "(") || sg_word_is(r, w, ",")))
        return;
    lower = r->lower[w + 1];
    if ((lower[0] == 'r' || lower[0] == 'd') && sg_word_is_capital(r, w + 1) &&
        (lower[1] == '\0' || lower[1] == '-') &&
        (lower[1] == '-' || sg_word_is(r, w + 2, "-") ||
         (sg_word_is(r, w, "(") && sg_word_is(r, w + 2, ")"))))
        party = lower[0] == 'r' ? "Republican Party" : "Democratic Party";
    if (party == NULL)
        return;
    actor = find_party(r, party);
    if (actor == SG_NO_ACTOR) {
        actor = sg_add_actor(r, SG_ACTOR_ORGANISATION, party);
        r->actors[actor].classes = SG_CLASS_ORG_PARTY;
    }
    (void) sg_add_mention(r, w + 1, 1, actor, SG_MENTION_NAME);
    sg_record_role(r, m->actor, NULL, SG_NO_ACTOR, actor, w);
}

/* "X of the Y Party", "X from Y", "X (Y)". */
static void read_membership(sg_reading *r, const sg_mention *m)
{
    uint32_t past = sg_sentence_past(r, m->first);
    uint32_t w = m->first + m->count;
    uint32_t body;
    uint32_t party;
    uint32_t end;

    if (w + 1 >= past)
        return;
    if ((sg_word_is(r, w, ",") || sg_word_is(r, w, "(")) && w + 3 < past &&
        (sg_word_is(r, w + 1, "of") ||
         (sg_word_is(r, w + 1, "also") && sg_word_is(r, w + 2, "of"))))
        w += sg_word_is(r, w + 1, "of") ? 1 : 2;
    if (sg_word_is(r, w, "(")) {
        sg_bodies_among(r, w + 1, w + 2, &body, &party);
    } else if (sg_word_is(r, w, "of") || sg_word_is(r, w, "from") || sg_word_is(r, w, "at") ||
               sg_word_is(r, w, "for")) {
        end = w + 1;
        while (end < past && (sg_word_is_upos(r, end, SG_DET) || sg_word_is_upos(r, end, SG_ADJ)))
            end++;
        sg_bodies_among(r, w + 1, end < past ? end + 1 : past, &body, &party);
    } else {
        return;
    }
    if (body != SG_NO_ACTOR || party != SG_NO_ACTOR)
        sg_record_role(r, m->actor, NULL, body, party, w);
}

void sg_read_roles(sg_reading *reading)
{
    size_t count = reading->mention_count;

    for (size_t i = 0; i < count; i++) {
        const sg_mention m = reading->mentions[i];

        if (m.kind != SG_MENTION_NAME || reading->actors[m.actor].kind != SG_ACTOR_PERSON ||
            reading->actors[m.actor].dropped || m.first >= reading->word_count)
            continue;
        /* "Queen X": the title is in the name. */
        if (m.count > 1 && (reading->classes[m.first] & SG_CLASS_TITLE) &&
            !(reading->classes[m.first] & (SG_CLASS_HONORIFIC | SG_CLASS_GIVEN)))
            sg_record_role(reading, m.actor, sg_words_text(reading, m.first, 1), SG_NO_ACTOR,
                           SG_NO_ACTOR, m.first);
        read_before(reading, &m);
        read_before_comma(reading, &m);
        read_party_letter(reading, &m);
        read_apposition(reading, &m);
        read_membership(reading, &m);
        sg_read_predicates(reading, &m);
    }
}
