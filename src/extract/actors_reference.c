/* Who is meant by a description or a pronoun.
 *
 * "the Health Secretary" is the person who has that role; "the union" the organisation of that kind
 * named last; "she" whom the model of pronouns says (pronouns.c).
 */

#include <string.h>
#include <strings.h>

#include "extract_internal.h"
#include "pronouns_internal.h"

#define ROLE_CLASSES (SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_FAMILY)
/* Bounds for files that hold many articles; no single article reaches them. */
#define MENTIONS_BACK 1000
#define MOST_ACTORS   1000

static bool is_subject(const sg_reading *r, uint32_t w)
{
    return sg_word_is_rel(r, w, SG_NSUBJ) || sg_word_is_rel(r, w, SG_NSUBJ_PASS);
}

typedef struct resolver {
    sg_reading *r;
    const uint8_t *quoted;
    uint32_t *recent; /* mention numbers in order of place, up to the word at hand */
    size_t recent_count;
    uint32_t last_actor; /* that a pronoun stood for */
    sg_pronoun_answerer *answer;
    void *context;
} resolver;

/* ---- pronouns ---- */

/* "The minister refused, though sources said he was tired": he is a holder of an office whose name
 * the article does not give. */
static bool is_unnamed_holder(const resolver *s, uint32_t pronoun)
{
    const sg_reading *r = s->r;
    const uint32_t first = sg_sentence_first(r, pronoun);

    if (!sg_word_is(r, pronoun, "he") && !sg_word_is(r, pronoun, "she"))
        return false;
    for (uint32_t w = pronoun; w-- > first;) {
        const uint32_t mention = r->mention_at[w];

        if (mention != SG_NO_MENTION &&
            r->actors[r->mentions[mention].actor].kind == SG_ACTOR_PERSON)
            return false;
        if (mention == SG_NO_MENTION && is_subject(r, w) && (r->classes[w] & SG_CLASS_TITLE) &&
            !(r->info[w].features & SG_FEAT_PLURAL) && w > first && sg_word_is(r, w - 1, "the"))
            return !s->quoted[w];
    }
    return false;
}

/* "A said he would": he is A, where nobody is told; SG_NO_ACTOR if it is not said so. */
static uint32_t who_says_so(const resolver *s, uint32_t pronoun)
{
    const sg_reading *r = s->r;
    const uint32_t verb = r->info[pronoun].head;
    const uint32_t said = verb != SG_NO_WORD ? r->info[verb].head : SG_NO_WORD;
    const sg_gender other = sg_word_is(r, pronoun, "he") ? SG_GENDER_FEMALE : SG_GENDER_MALE;
    uint32_t subject;
    uint32_t actor;

    if (!(sg_word_is(r, pronoun, "he") || sg_word_is(r, pronoun, "she")) || said == SG_NO_WORD ||
        said > pronoun || !is_subject(r, pronoun) || !sg_word_is_rel(r, verb, SG_CCOMP) ||
        !(r->classes[said] & SG_CLASS_SPEECH) || sg_child(r, said, SG_OBJ) != SG_NO_WORD ||
        sg_child(r, said, SG_IOBJ) != SG_NO_WORD)
        return SG_NO_ACTOR;
    subject = sg_child(r, said, SG_NSUBJ);
    if (subject == SG_NO_WORD || subject > said || s->quoted[subject] != s->quoted[pronoun])
        return SG_NO_ACTOR;
    actor = sg_actor_at(r, subject);
    return actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON &&
                   r->actors[actor].gender != other
               ? actor
               : SG_NO_ACTOR;
}

static uint32_t resolve_pronoun(resolver *s, uint32_t w, sg_pronoun_kind kind)
{
    sg_pronoun question;
    uint32_t actor;

    if (is_unnamed_holder(s, w))
        return SG_NO_ACTOR;
    actor = who_says_so(s, w);
    if (actor != SG_NO_ACTOR) {
        s->last_actor = actor;
        return actor;
    }

    question.reading = s->r;
    question.quoted = s->quoted;
    question.word = w;
    question.kind = kind;
    question.last_actor = s->last_actor;
    sg_pronoun_find_antecedents(&question, s->recent, s->recent_count);
    actor = s->answer(s->context, &question);
    if (actor != SG_NO_ACTOR)
        s->last_actor = actor;
    return actor;
}

/* ---- descriptions
 * ---------------------------------------------------------------------------------- */

static bool is_definite(const sg_reading *r, uint32_t head)
{
    uint32_t first = sg_sentence_first(r, head);

    for (uint32_t w = head; w-- > first && head - w < 6;)
        if (r->info[w].head == head &&
            (sg_word_is(r, w, "the") || sg_word_is(r, w, "this") || sg_word_is(r, w, "that")))
            return true;
    return false;
}

/* What roles say for a word of descriptions: "the senator" is "Sen. A". */
static const char *const forms_of[][2] = {
    { "senator", "sen" },
    { "congressman", "rep|representative" },
    { "congresswoman", "rep|representative" },
    { "representative", "rep|congressman|congresswoman" },
    { "governor", "gov" },
    { "lawmaker", "sen|rep|senator|representative|congressman|congresswoman|mp|assemblyman|"
                  "assemblywoman|legislator|delegate|deputy" },
    { "legislator", "sen|rep|senator|representative|congressman|congresswoman|mp|assemblyman|"
                    "assemblywoman|lawmaker|delegate|deputy" },
    { "professor", "prof" },
    { "general", "gen" },
};

static bool is_word_of(const char *role, const char *word, size_t len)
{
    for (const char *at = role; (at = strstr(at, word)) != NULL; at++) {
        char before = at == role ? ' ' : at[-1];
        char after = at[len];

        if ((before == ' ' || before == '-') && strchr(" .-,", after) != NULL)
            return true;
    }
    return false;
}

/* True if the role has the word, or another for the same. */
static bool role_says(const sg_reading *r, const char *role, const char *word)
{
    if (strstr(role, word) != NULL)
        return true;
    for (size_t i = 0; i < sizeof forms_of / sizeof *forms_of; i++) {
        if (strcmp(forms_of[i][0], word) != 0)
            continue;
        for (const char *form = forms_of[i][1]; *form != '\0';) {
            size_t n = strcspn(form, "|");

            if (is_word_of(role, sg_arena_strndup(r->arena, form, n), n))
                return true;
            form += n + (form[n] == '|');
        }
    }
    return false;
}

/* Do all words of the description occur in a role of the person? */
static bool has_role(const sg_reading *r, uint32_t actor, uint32_t first, uint32_t past)
{
    for (size_t i = 0; i < r->role_count; i++) {
        const char *role = r->roles[i].lower;
        bool all = true;

        if (r->roles[i].actor != actor || role == NULL)
            continue;
        for (uint32_t w = first; w < past && all; w++)
            all = role_says(r, role, r->lower[w]);
        /* "the Justice Secretary" is not the shadow one. */
        if (all && strncmp(role, "shadow ", 7) == 0 && !sg_word_is(r, first, "shadow"))
            all = false;
        if (all && strncmp(role, "former ", 7) == 0 && !sg_word_is(r, first, "former"))
            all = false;
        if (all)
            return true;
    }
    return false;
}

static uint32_t person_with_role(const resolver *s, uint32_t first, uint32_t past)
{
    const sg_reading *r = s->r;

    for (size_t i = s->recent_count, seen = 0; i-- > 0 && seen < MENTIONS_BACK; seen++) {
        uint32_t actor = r->mentions[s->recent[i]].actor;

        if (r->actors[actor].kind == SG_ACTOR_PERSON && !r->actors[actor].dropped &&
            has_role(r, actor, first, past))
            return actor;
    }
    /* The name may come later than the description. */
    for (uint32_t actor = 0; actor < r->actor_count && r->actor_count < MOST_ACTORS; actor++)
        if (r->actors[actor].kind == SG_ACTOR_PERSON && !r->actors[actor].dropped &&
            has_role(r, actor, first, past))
            return actor;
    return SG_NO_ACTOR;
}

/* 1 if the person is in the party, 0 if in none that is known, -1 if in another. */
static int is_in_party(const sg_reading *r, uint32_t person, uint32_t party)
{
    int found = 0;

    for (size_t i = 0; i < r->role_count; i++) {
        uint32_t other = r->roles[i].actor == person ? r->roles[i].organisation : SG_NO_ACTOR;

        if (other == party)
            return 1;
        if (other != SG_NO_ACTOR && (r->actors[other].classes & SG_CLASS_ORG_PARTY) != 0)
            found = -1;
    }
    return found;
}

/* "The Vermont senator" is not "Kentucky Sen. A": a role of the person begins with another name. */
static bool is_from_elsewhere(const sg_reading *r, uint32_t person, const char *place)
{
    static const char *const offices[] = { "sen", "gov", "rep", "senator", "governor" };

    for (size_t i = 0; i < r->role_count; i++) {
        const char *role = r->roles[i].actor == person ? r->roles[i].lower : NULL;
        bool office = false;

        for (size_t k = 0; role != NULL && k < sizeof offices / sizeof *offices; k++)
            office = office || (is_word_of(role, offices[k], strlen(offices[k])) &&
                                strncmp(role, offices[k], strlen(offices[k])) != 0);
        if (office && strstr(role, place) == NULL && strncmp(role, "u.s", 3) != 0 &&
            strncmp(role, "us ", 3) != 0 && strncmp(role, "state", 5) != 0)
            return true;
    }
    return false;
}

/* What a description says of a person: an office, a place, a party. */
typedef struct description {
    uint32_t office; /* word, or SG_NO_WORD */
    uint32_t place;  /* word, or SG_NO_WORD */
    uint32_t party;  /* actor, or SG_NO_ACTOR */
} description;

static bool fits(const sg_reading *r, uint32_t person, const description *d)
{
    if (r->actors[person].kind != SG_ACTOR_PERSON || r->actors[person].dropped)
        return false;
    return (d->office == SG_NO_WORD || has_role(r, person, d->office, d->office + 1)) &&
           (d->party == SG_NO_ACTOR || is_in_party(r, person, d->party) >= 0) &&
           (d->place == SG_NO_WORD || !is_from_elsewhere(r, person, r->lower[d->place]));
}

/* The only person of the article who fits; of several the one named last who is known to be in the
 * party; SG_NO_ACTOR. */
static uint32_t person_who_fits(const resolver *s, const description *d)
{
    const sg_reading *r = s->r;
    uint32_t only = SG_NO_ACTOR;
    size_t count = 0;

    for (uint32_t person = 0; person < r->actor_count && r->actor_count < MOST_ACTORS; person++) {
        if (fits(r, person, d) &&
            (d->office != SG_NO_WORD || is_in_party(r, person, d->party) > 0)) {
            only = person;
            count++;
        }
    }
    if (count == 1)
        return only;
    for (size_t i = s->recent_count, seen = 0;
         d->party != SG_NO_ACTOR && i-- > 0 && seen < MENTIONS_BACK; seen++) {
        uint32_t person = r->mentions[s->recent[i]].actor;

        if (fits(r, person, d) && is_in_party(r, person, d->party) > 0)
            return person;
    }
    return SG_NO_ACTOR;
}

static bool is_party(const sg_reading *r, uint32_t actor)
{
    return r->actors[actor].kind == SG_ACTOR_ORGANISATION &&
           (r->actors[actor].classes & SG_CLASS_ORG_PARTY) != 0;
}

/* Reads the words before `head` back to "the"; false if they say anything else than a place and a
 * party. */
static bool read_description(const sg_reading *r, uint32_t head, description *d)
{
    static const char *const plain[] = { "presidential", "presumptive", "first",
                                         "term",         "-",           "freshman",
                                         "veteran",      "longtime",    "senior",
                                         "junior" };
    uint32_t limit = sg_sentence_first(r, head);

    for (uint32_t w = head; w-- > limit && head - w < 6;) {
        uint32_t mention = r->mention_at[w];

        if (sg_word_is(r, w, "the"))
            return true;
        if (mention != SG_NO_MENTION && is_party(r, r->mentions[mention].actor))
            d->party = r->mentions[mention].actor;
        else if (sg_word_is_proper(r, w) && sg_word_is_capital(r, w))
            d->place = w;
        else if (!SG_IS_ONE_OF(r->lower[w], plain))
            return false;
    }
    return false;
}

/* True if the word of a list is one of the name's words. */
static bool is_in_name(const char *name, const char *noun)
{
    const size_t len = strlen(noun);

    for (const char *at = name; *at != '\0'; at++) {
        const bool starts = at == name || at[-1] == ' ' || at[-1] == '-';

        if (starts && strncasecmp(at, noun, len) == 0 && strchr(" .-,", at[len]) != NULL)
            return true;
    }
    return false;
}

/* "The council" is "Oldford Council" before any other body of the kind. */
static uint32_t organisation_called(const resolver *s, const char *noun)
{
    const sg_reading *r = s->r;

    for (size_t i = s->recent_count, seen = 0; i-- > 0 && seen < MENTIONS_BACK; seen++) {
        uint32_t actor = r->mentions[s->recent[i]].actor;

        if (r->actors[actor].kind == SG_ACTOR_ORGANISATION && !r->actors[actor].dropped &&
            is_in_name(r->actors[actor].name, noun))
            return actor;
    }
    return SG_NO_ACTOR;
}

static uint32_t organisation_of_kind(const resolver *s, uint32_t classes)
{
    const sg_reading *r = s->r;
    uint32_t only = SG_NO_ACTOR;

    for (size_t i = s->recent_count; i-- > 0;) {
        uint32_t actor = r->mentions[s->recent[i]].actor;

        if (r->actors[actor].kind == SG_ACTOR_ORGANISATION && !r->actors[actor].dropped &&
            (r->actors[actor].classes & classes))
            return actor;
    }
    /* A kind that no name shows ("the union" for an association that is one): the only
     * organisation of the article that acts, if there is just one. */
    for (uint32_t actor = 0; actor < r->actor_count; actor++) {
        if (r->actors[actor].kind != SG_ACTOR_ORGANISATION || r->actors[actor].dropped ||
            !(r->actors[actor].classes & classes))
            continue;
        if (only != SG_NO_ACTOR)
            return SG_NO_ACTOR;
        only = actor;
    }
    return only;
}

/* "The group": the body named last that is no government, court or party. */
static uint32_t last_group(const resolver *s)
{
    const uint32_t others = SG_CLASS_ORG_GOVERNMENT | SG_CLASS_ORG_COURT |
                            SG_CLASS_ORG_LEGISLATURE | SG_CLASS_ORG_AGENCY | SG_CLASS_ORG_PARTY |
                            SG_CLASS_OUTLET;
    const sg_reading *r = s->r;

    for (size_t i = s->recent_count, seen = 0; i-- > 0 && seen < MENTIONS_BACK; seen++) {
        const uint32_t actor = r->mentions[s->recent[i]].actor;

        if (r->actors[actor].kind == SG_ACTOR_ORGANISATION && !r->actors[actor].dropped &&
            !r->actors[actor].is_place && !(r->actors[actor].classes & others))
            return actor;
    }
    return SG_NO_ACTOR;
}

/* "the election commission said": a body without a name. */
static bool is_acting_body(const sg_reading *r, uint32_t w)
{
    uint32_t verb = r->info[w].head;

    return (r->classes[w] & (SG_CLASS_ORG_COURT | SG_CLASS_ORG_COMMITTEE |
                             SG_CLASS_ORG_LEGISLATURE | SG_CLASS_ORG_GOVERNMENT)) &&
           !(r->classes[w] & (SG_CLASS_ORG_COMPANY | SG_CLASS_PERSON_NOUN)) && verb != SG_NO_WORD &&
           !(r->info[w].features & SG_FEAT_PLURAL) && sg_word_is_rel(r, w, SG_NSUBJ) &&
           sg_word_is_upos(r, verb, SG_VERB) &&
           (r->classes[verb] & (SG_CLASS_SPEECH | SG_CLASS_ACT)) != 0;
}

/* "The project", "the order": mostly something done, though bodies have such names. */
static bool is_undertaking(const sg_reading *r, uint32_t word)
{
    static const char *const words[] = { "project",  "initiative", "inquiry", "order",  "campaign",
                                         "platform", "review",     "power",   "powers", "society" };

    return SG_IS_ONE_OF(r->lower[word], words);
}

/* "The Save Our Harbour group": the organisation whose name stands right before what it is. */
static uint32_t named_before(const sg_reading *r, uint32_t word)
{
    static const char *const kinds[] = { "group",   "campaign", "charity",  "coalition", "alliance",
                                         "network", "company",  "movement", "chain",     "firm" };
    uint32_t actor = word > sg_sentence_first(r, word) && SG_IS_ONE_OF(r->lower[word], kinds)
                         ? sg_actor_at(r, word - 1)
                         : SG_NO_ACTOR;

    return actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_ORGANISATION ? actor
                                                                                  : SG_NO_ACTOR;
}

static void resolve_description(resolver *s, uint32_t w)
{
    sg_reading *r = s->r;
    uint32_t start = w;
    uint32_t actor = SG_NO_ACTOR;
    uint32_t limit = sg_sentence_first(r, w);

    if (sg_word_is_rel(r, w, SG_COMPOUND) ||
        !(is_definite(r, w) || sg_child(r, w, SG_NMOD_POSS) != SG_NO_WORD))
        return;
    while (start > limit &&
           (sg_word_is_upos(r, start - 1, SG_NOUN) || sg_word_is_proper(r, start - 1) ||
            sg_word_is_upos(r, start - 1, SG_ADJ)) &&
           r->mention_at[start - 1] == SG_NO_MENTION)
        start--;
    if ((r->classes[w] & ROLE_CLASSES) && !(r->info[w].features & SG_FEAT_PLURAL)) {
        description d = { w, SG_NO_WORD, SG_NO_ACTOR };
        bool plain = read_description(r, w, &d);
        uint32_t owner = sg_child(r, w, SG_NMOD_POSS);

        if (d.party == SG_NO_ACTOR) /* "the Health Secretary" */
            actor = person_with_role(s, start, w + 1);
        if (actor != SG_NO_ACTOR && owner != SG_NO_WORD && sg_word_is_proper(r, owner) &&
            is_from_elsewhere(r, actor, r->lower[owner]))
            actor = SG_NO_ACTOR; /* "Nevada's governor" is not "Ohio Gov. A" */
        if (actor == SG_NO_ACTOR && plain &&
            (d.place != SG_NO_WORD || d.party != SG_NO_ACTOR)) /* "the GOP candidate" */
            actor = person_who_fits(s, &d);
    }
    if (actor == SG_NO_ACTOR && start == w)
        actor = named_before(r, w);
    /* But "the government" need not be the one of a country that is named too. */
    if (actor == SG_NO_ACTOR && start == w && (r->classes[w] & SG_CLASS_ORG_ANY) &&
        !sg_word_is(r, w, "government"))
        actor = organisation_called(s, r->lower[w]);
    if (actor == SG_NO_ACTOR && start == w && sg_word_is(r, w, "group"))
        actor = last_group(s);
    else if (actor == SG_NO_ACTOR && start == w && (r->classes[w] & SG_CLASS_ORG_ANY) &&
             !is_undertaking(r, w))
        actor = organisation_of_kind(s, r->classes[w] & SG_CLASS_ORG_ANY);
    if (actor == SG_NO_ACTOR && is_acting_body(r, w)) {
        actor = sg_add_actor(r, SG_ACTOR_ORGANISATION, sg_words_text(r, start, w + 1 - start));
        r->actors[actor].classes = r->classes[w] & SG_CLASS_ORG_ANY;
        r->actors[actor].acts = true;
    }
    if (actor != SG_NO_ACTOR)
        (void) sg_add_mention(r, start, w + 1 - start, actor, SG_MENTION_DESCRIPTION);
}

/* The party that the word is the adjective of, if the article knows it. */
static uint32_t party_at(const sg_reading *r, uint32_t w)
{
    size_t len = strlen(r->lower[w]);
    uint32_t mention = r->mention_at[w];
    sg_party party;

    if (mention != SG_NO_MENTION && is_party(r, r->mentions[mention].actor))
        return r->mentions[mention].count == 1 ? r->mentions[mention].actor : SG_NO_ACTOR;
    if (mention != SG_NO_MENTION && /* "Kentucky Republican", taken for a name */
        (r->mentions[mention].count != 2 || r->mentions[mention].first + 1 != w))
        return SG_NO_ACTOR;
    if (!sg_word_is_capital(r, w) || !sg_lexicon_party(r->lower[w], len, &party) ||
        party.form == SG_PARTY_BODY)
        return SG_NO_ACTOR;
    for (uint32_t actor = 0; actor < r->actor_count; actor++) {
        if (!r->actors[actor].dropped && strcmp(r->actors[actor].name, party.name) == 0)
            return actor;
    }
    return SG_NO_ACTOR;
}

/* "The Republican said" of somebody whose party the article does not tell. */
static uint32_t last_without_party(const resolver *s, uint32_t party)
{
    const sg_reading *r = s->r;

    for (size_t i = s->recent_count, seen = 0; i-- > 0 && seen < 6; seen++) {
        uint32_t person = r->mentions[s->recent[i]].actor;

        if (r->actors[person].kind == SG_ACTOR_PERSON && !r->actors[person].dropped &&
            is_in_party(r, person, party) >= 0)
            return person;
    }
    return SG_NO_ACTOR;
}

/* "The Republican said", "the Kentucky Republican": one who is in the party, not the party. */
static void resolve_party_member(resolver *s, uint32_t w)
{
    sg_reading *r = s->r;
    description d = { SG_NO_WORD, SG_NO_WORD, party_at(r, w) };
    size_t len = strlen(r->lower[w]);
    uint32_t actor;

    if (d.party == SG_NO_ACTOR || len < 4 || r->lower[w][len - 1] == 's' ||
        !(is_subject(r, w) || sg_word_is_rel(r, w, SG_OBL_AGENT)) ||
        !sg_word_is_upos(r, r->info[w].head, SG_VERB) || sg_child(r, w, SG_FLAT) != SG_NO_WORD ||
        sg_child(r, w, SG_APPOS) != SG_NO_WORD || !read_description(r, w, &d))
        return;
    actor = person_who_fits(s, &d);
    if (actor == SG_NO_ACTOR && d.place == SG_NO_WORD &&
        (r->classes[r->info[w].head] & SG_CLASS_SPEECH) != 0)
        actor = last_without_party(s, d.party);
    if (actor == SG_NO_ACTOR)
        return;
    if (r->mention_at[w] == SG_NO_MENTION) {
        s->recent[s->recent_count++] = sg_add_mention(r, w, 1, actor, SG_MENTION_DESCRIPTION);
    } else {
        sg_mention *m = &r->mentions[r->mention_at[w]];

        if (!is_party(r, m->actor))
            r->actors[m->actor].dropped = true;
        m->actor = actor;
        m->kind = SG_MENTION_DESCRIPTION;
    }
}

/* "Justice for Health, a group founded by five doctors": what kind of body it is. */
static void read_kinds(sg_reading *r)
{
    for (size_t i = 0; i < r->mention_count; i++) {
        const sg_mention *m = &r->mentions[i];
        uint32_t kind = sg_child(r, m->head, SG_APPOS);

        if (kind != SG_NO_WORD && r->actors[m->actor].kind == SG_ACTOR_ORGANISATION &&
            r->mention_at[kind] == SG_NO_MENTION && !sg_word_is_capital(r, kind))
            r->actors[m->actor].classes |= r->classes[kind] & SG_CLASS_ORG_ANY;
    }
}

void sg_read_descriptions_with(sg_reading *reading, sg_pronoun_answerer *answer, void *context)
{
    resolver s = {
        reading, sg_pronoun_find_quoted(reading), NULL, 0, SG_NO_ACTOR, answer, context
    };
    uint32_t *order = sg_mentions_in_order(reading);
    size_t known = reading->mention_count;
    size_t next = 0;

    read_kinds(reading);
    s.recent = sg_arena_alloc(reading->arena, (known + reading->word_count + 1) * sizeof *s.recent);
    for (uint32_t w = 0; w < reading->word_count; w++) {
        sg_pronoun_kind kind;
        uint32_t actor;

        while (next < known && reading->mentions[order[next]].first <= w)
            s.recent[s.recent_count++] = order[next++];
        if (!reading->skipped[w])
            resolve_party_member(&s, w);
        if (reading->mention_at[w] != SG_NO_MENTION || reading->skipped[w])
            continue;
        /* "It is clear that": the tree knows that nothing is meant. */
        kind = sg_word_is_rel(reading, w, SG_EXPL) ? SG_NO_PRONOUN
                                                   : sg_pronoun_kind_of(reading->lower[w]);
        if (kind != SG_NO_PRONOUN) {
            actor = resolve_pronoun(&s, w, kind);
            if (actor != SG_NO_ACTOR)
                s.recent[s.recent_count++] =
                    sg_add_mention(reading, w, 1, actor, SG_MENTION_PRONOUN);
        } else if ((sg_word_is_upos(reading, w, SG_NOUN) || sg_word_is_proper(reading, w)) &&
                   (reading->classes[w] & (ROLE_CLASSES | SG_CLASS_ORG_ANY))) {
            size_t before = reading->mention_count;

            resolve_description(&s, w);
            if (reading->mention_count > before)
                s.recent[s.recent_count++] = (uint32_t) before;
        }
    }
    sg_read_referred_roles(reading);
}

static uint32_t answer_of_model(void *context, const sg_pronoun *question)
{
    const sg_pronoun_model *const *model = context;

    return *model != NULL ? sg_pronoun_resolve(*model, question) : SG_NO_ACTOR;
}

void sg_read_descriptions(sg_reading *reading)
{
    const sg_pronoun_model *model = sg_pronoun_model_of(reading->annotation->model);

    sg_read_descriptions_with(reading, answer_of_model, &model);
}

/* ---- who is meant: for the steps that follow
 * ----------------------------------------------------------- */

uint32_t sg_actor_at(const sg_reading *reading, uint32_t word)
{
    uint32_t m = word < reading->word_count ? reading->mention_at[word] : SG_NO_MENTION;

    if (m == SG_NO_MENTION || reading->actors[reading->mentions[m].actor].dropped)
        return SG_NO_ACTOR;
    return reading->mentions[m].actor;
}

/* The actor that a spokesperson speaks for: the possessor, or what stands after "for" or "of". */
static uint32_t spoken_for(const sg_reading *r, uint32_t head)
{
    uint32_t past = sg_sentence_past(r, head);

    for (uint32_t w = sg_sentence_first(r, head); w < past; w++) {
        uint32_t actor;

        if (r->info[w].head != head)
            continue;
        actor = sg_actor_at(r, w);
        if (actor == SG_NO_ACTOR)
            continue;
        if (sg_word_is_rel(r, w, SG_NMOD_POSS) || sg_word_is_rel(r, w, SG_COMPOUND) ||
            sg_word_is_rel(r, w, SG_NMOD) || sg_word_is_rel(r, w, SG_AMOD) ||
            sg_word_is_rel(r, w, SG_OBL))
            return actor;
    }
    return SG_NO_ACTOR;
}

/* "former prime minister X said": trees make the title the subject and hang the name on it. */
static uint32_t named_after(const sg_reading *r, uint32_t head)
{
    uint32_t past = sg_sentence_past(r, head);

    for (uint32_t w = head + 1; w < past && w < head + 12; w++) {
        uint32_t actor = sg_actor_at(r, w);

        if (actor == SG_NO_ACTOR || r->actors[actor].kind != SG_ACTOR_PERSON ||
            r->mentions[r->mention_at[w]].kind != SG_MENTION_NAME)
            continue;
        if (w == head + 1 || (r->info[w].head == head &&
                              (sg_word_is_rel(r, w, SG_FLAT) || sg_word_is_rel(r, w, SG_APPOS))))
            return actor;
    }
    return SG_NO_ACTOR;
}

#define SPOKESMAN_REACH 150 /* words; about five sentences */

/* "A spokesman said": the organisation that acted or was spoken of as a subject last. */
static uint32_t last_acting_organisation(const sg_reading *r, uint32_t head)
{
    uint32_t limit = head > SPOKESMAN_REACH ? head - SPOKESMAN_REACH : 0;

    for (uint32_t w = head; w-- > limit;) {
        uint32_t actor = sg_actor_at(r, w);

        if (actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_ORGANISATION &&
            is_subject(r, w))
            return actor;
    }
    return SG_NO_ACTOR;
}

/* "A's office said": A. */
static uint32_t person_whose_office(const sg_reading *r, uint32_t head)
{
    uint32_t owner = sg_word_is(r, head, "office") ? sg_child(r, head, SG_NMOD_POSS) : SG_NO_WORD;
    uint32_t actor = owner != SG_NO_WORD ? sg_actor_at(r, owner) : SG_NO_ACTOR;

    return actor != SG_NO_ACTOR && r->actors[actor].kind == SG_ACTOR_PERSON ? actor : SG_NO_ACTOR;
}

bool sg_is_party_member(const sg_reading *r, uint32_t word)
{
    uint32_t actor = sg_actor_at(r, word);
    sg_party party;

    return actor != SG_NO_ACTOR && is_party(r, actor) && !sg_word_is_rel(r, word, SG_COMPOUND) &&
           !(r->info[word].features & SG_FEAT_PLURAL) &&
           sg_child(r, word, SG_DETREL) != SG_NO_WORD && !sg_child_is(r, word, SG_DETREL, "no") &&
           sg_lexicon_party(r->lower[word], strlen(r->lower[word]), &party) &&
           (party.form == SG_PARTY_PEOPLE || party.form == SG_PARTY_ADJECTIVE);
}

/* Which person that is: "A, the top Democrat", "A was the first Democrat to", "a Democrat, she";
 * SG_NO_ACTOR. */
static uint32_t member_named(const sg_reading *r, uint32_t word)
{
    uint32_t who = sg_child(r, word, SG_NSUBJ);

    if (who == SG_NO_WORD && sg_word_is_rel(r, word, SG_APPOS))
        who = r->info[word].head;
    if (who == SG_NO_WORD && word + 2 < sg_sentence_past(r, word) && sg_word_is(r, word + 1, ",") &&
        sg_word_is_upos(r, word + 2, SG_PRON))
        who = word + 2;
    return who != SG_NO_WORD ? sg_actor_at(r, who) : SG_NO_ACTOR;
}

uint32_t sg_principal_at(const sg_reading *reading, uint32_t head)
{
    uint32_t actor = sg_actor_at(reading, head);
    uint32_t principal = actor == SG_NO_ACTOR ? person_whose_office(reading, head) : SG_NO_ACTOR;

    if (principal != SG_NO_ACTOR)
        return principal;
    if (sg_is_party_member(reading, head))
        return member_named(reading, head);
    if (actor != SG_NO_ACTOR && reading->actors[actor].kind != SG_ACTOR_GROUP)
        return actor;
    if (reading->classes[head] & (ROLE_CLASSES | SG_CLASS_PERSON_NOUN)) {
        principal = named_after(reading, head);
        if (principal != SG_NO_ACTOR)
            return principal;
    }
    if (reading->classes[head] & SG_CLASS_SPOKESPERSON) {
        principal = spoken_for(reading, head);
        if (principal == SG_NO_ACTOR &&
            (sg_word_is(reading, head, "spokesman") || sg_word_is(reading, head, "spokeswoman") ||
             sg_word_is(reading, head, "spokesperson")))
            principal = last_acting_organisation(reading, head);
        if (principal != SG_NO_ACTOR)
            return principal;
    }
    /* An unnamed office holder speaks for the body: "the union's chair". */
    if (actor == SG_NO_ACTOR && (reading->classes[head] & ROLE_CLASSES) &&
        !(reading->info[head].features & SG_FEAT_PLURAL)) {
        principal = spoken_for(reading, head);
        if (principal != SG_NO_ACTOR && reading->actors[principal].kind == SG_ACTOR_ORGANISATION)
            return principal;
    }
    return actor;
}

/* How many persons "the two senators", "both men", "all three candidates", "the pair" are; 0. */
static size_t count_meant(const sg_reading *r, uint32_t word)
{
    static const char *const two[] = { "two", "both", "pair", "duo" };
    static const char *const three[] = { "three", "trio" };
    bool definite = sg_word_is(r, word, "both");
    size_t count = SG_IS_ONE_OF(r->lower[word], two)     ? 2
                   : SG_IS_ONE_OF(r->lower[word], three) ? 3
                                                         : 0;

    if (count == 0 && ((r->info[word].features & SG_FEAT_PLURAL) == 0 ||
                       !(r->classes[word] & (SG_CLASS_PERSON_NOUN | ROLE_CLASSES))))
        return 0;
    for (uint32_t w = sg_sentence_first(r, word); w < word; w++) {
        if (w + 4 < word || (r->info[w].head != word && w + 1 != word))
            continue;
        definite = definite || sg_word_is(r, w, "the") || sg_word_is(r, w, "both") ||
                   sg_word_is(r, w, "all") || sg_word_is(r, w, "these");
        if (SG_IS_ONE_OF(r->lower[w], two))
            count = 2;
        else if (SG_IS_ONE_OF(r->lower[w], three))
            count = 3;
        else if (sg_word_is_proper(r, w) || sg_word_is(r, w, "other"))
            return 0; /* "the two Labour members" */
    }
    return definite ? count : 0;
}

/* "Both men" are no women; "the two senators" are senators, where the article has
 * several. */
static bool may_be_one(const sg_reading *r, uint32_t person, uint32_t word)
{
    uint32_t other = SG_NO_ACTOR;
    bool several = false;

    if (sg_word_is(r, word, "men") || sg_word_is(r, word, "women"))
        return r->actors[person].gender !=
               (sg_word_is(r, word, "men") ? SG_GENDER_FEMALE : SG_GENDER_MALE);
    for (size_t i = 0; i < r->role_count && (r->classes[word] & ROLE_CLASSES); i++) {
        if (r->roles[i].lower == NULL || !role_says(r, r->roles[i].lower, r->info[word].lemma))
            continue;
        if (r->roles[i].actor == person)
            return true;
        several = several || (other != SG_NO_ACTOR && other != r->roles[i].actor);
        other = r->roles[i].actor;
    }
    return !several;
}

size_t sg_persons_meant(const sg_reading *r, uint32_t word, uint32_t persons[SG_PERSONS_MEANT])
{
    size_t wanted = count_meant(r, word);
    uint32_t limit = word > SPOKESMAN_REACH ? word - SPOKESMAN_REACH : 0;
    size_t found = 0;

    for (uint32_t w = sg_sentence_first(r, word); wanted > 0 && found < wanted && w-- > limit;) {
        uint32_t actor = sg_actor_at(r, w);
        bool known = false;

        if (actor == SG_NO_ACTOR || r->actors[actor].kind != SG_ACTOR_PERSON ||
            !may_be_one(r, actor, word))
            continue;
        for (size_t i = 0; i < found; i++)
            known = known || persons[i] == actor;
        if (!known)
            persons[found++] = actor;
    }
    return wanted > 0 && found == wanted ? found : 0;
}

bool sg_is_paper(const sg_reading *r, uint32_t noun)
{
    static const char *const lemmas[] = {
        "appeal",  "complaint", "lawsuit", "report",   "statement", "letter", "editorial",
        "tweet",   "petition",  "filing",  "campaign", "ad",        "suit",   "brief",
        "motion",  "article",   "speech",  "post",     "message",   "memo",   "email",
        "e-mail",  "note",      "book",    "column",   "essay",     "video",  "release",
        "website", "blog",      "op-ed",   "memoir",   "remark",    "advert", "advertisement"
    };

    return SG_IS_ONE_OF(r->info[noun].lemma, lemmas);
}

uint32_t sg_writer_of(const sg_reading *r, uint32_t paper)
{
    static const sg_deprel places[] = { SG_NMOD_POSS, SG_COMPOUND, SG_NMOD };
    static const char *const cases[] = { "by", "from" };
    uint32_t signed_by = sg_child(r, paper, SG_ACL);

    if (!sg_is_paper(r, paper) || sg_principal_at(r, paper) != SG_NO_ACTOR)
        return SG_NO_WORD;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        uint32_t owner = sg_child(r, paper, places[i]);
        uint32_t marker = owner != SG_NO_WORD ? sg_child(r, owner, SG_CASE) : SG_NO_WORD;

        if (owner != SG_NO_WORD && sg_principal_at(r, owner) != SG_NO_ACTOR &&
            (places[i] != SG_NMOD ||
             (marker != SG_NO_WORD && SG_IS_ONE_OF(r->lower[marker], cases))))
            return owner;
    }
    if (signed_by != SG_NO_WORD && sg_child(r, signed_by, SG_OBL_AGENT) != SG_NO_WORD &&
        sg_principal_at(r, sg_child(r, signed_by, SG_OBL_AGENT)) != SG_NO_ACTOR)
        return sg_child(r, signed_by, SG_OBL_AGENT); /* "a letter signed by A" */
    return SG_NO_WORD;
}

uint32_t sg_actor_or_group_at(sg_reading *reading, uint32_t head)
{
    uint32_t actor = sg_principal_at(reading, head);

    return actor != SG_NO_ACTOR ? actor : sg_make_group_at(reading, head);
}
