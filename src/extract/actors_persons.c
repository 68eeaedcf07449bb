/* Persons: which names are the same person.
 *
 * Names of two parts and more make persons; two of them are one person when the surname agrees and
 * the given names do (equal, initial, short form, or one name holds the parts of the other).
 * A single part belongs to the person whose surname it is, else to the one whose given name it is;
 * of several, to the one who fits the honorific, then to the one named most. Only a single part
 * that fits nobody is a person of its own. */

#include <string.h>

#include "stance/utf8.h"

#include "actors_internal.h"

#define MAX_PARTS 8

typedef struct person {
    uint32_t actor;
    const char *parts[MAX_PARTS]; /* of the longest form of the name, folded */
    size_t part_count;
    size_t spans;
    sg_gender gender;
    bool knighted;     /* "Sir" or "Dame", who are called so by their given name */
    bool only_given;   /* nobody else in the article has the given name */
    const char *crown; /* "queen" if the person is called so, or NULL */
} person;

typedef struct maker {
    sg_names *names;
    sg_reading *r;
    person *persons;
    size_t count;
    size_t capacity;
} maker;

/* Short forms of given names that do not begin alike. */
static const char *const short_forms[][2] = {
    { "bill", "william" },    { "bob", "robert" },      { "dick", "richard" },
    { "jack", "john" },       { "jim", "james" },       { "jimmy", "james" },
    { "ted", "edward" },      { "ned", "edward" },      { "peggy", "margaret" },
    { "liz", "elizabeth" },   { "beth", "elizabeth" },  { "betty", "elizabeth" },
    { "tony", "anthony" },    { "harry", "henry" },     { "hank", "henry" },
    { "mike", "michael" },    { "mick", "michael" },    { "chuck", "charles" },
    { "kate", "catherine" },  { "kathy", "catherine" }, { "nick", "nicholas" },
    { "steve", "stephen" },   { "dave", "david" },      { "sue", "susan" },
    { "debbie", "deborah" },  { "jenny", "jennifer" },  { "chris", "christopher" },
    { "charlie", "charles" }, { "rudy", "rudolph" },    { "andy", "andrew" },
    { "joe", "joseph" },      { "tom", "thomas" },      { "dan", "daniel" },
    { "danny", "daniel" },    { "sandy", "alexander" }, { "alex", "alexander" },
    { "bernie", "bernard" },  { "mitch", "mitchell" },  { "ed", "edward" },
    { "sam", "samuel" },      { "ben", "benjamin" },    { "matt", "matthew" },
    { "greg", "gregory" },    { "jeff", "jeffrey" },    { "geoff", "geoffrey" },
    { "ken", "kenneth" },     { "ron", "ronald" },      { "don", "donald" },
    { "phil", "philip" },     { "pete", "peter" },      { "tim", "timothy" },
    { "rob", "robert" },      { "will", "william" },    { "rick", "richard" },
    { "becky", "rebecca" },   { "pam", "pamela" },      { "patty", "patricia" },
};

static size_t split_parts(sg_arena *arena, const char *key, const char **parts)
{
    size_t count = 0;

    while (*key != '\0' && count < MAX_PARTS) {
        size_t len = strcspn(key, " ");

        if (len > 0 && !(len == 1 && *key == ','))
            parts[count++] = sg_arena_strndup(arena, key, key[len - 1] == ',' ? len - 1 : len);
        key += len;
        while (*key == ' ')
            key++;
    }
    while (count > 2 &&
           (sg_lexicon_classes(parts[count - 1], strlen(parts[count - 1])) & SG_CLASS_NAME_SUFFIX))
        count--;
    return count;
}

static bool is_particle(const char *part)
{
    return (sg_lexicon_classes(part, strlen(part)) & SG_CLASS_NAME_PARTICLE) != 0;
}

static bool is_short_form(const char *a, const char *b)
{
    for (size_t i = 0; i < sizeof short_forms / sizeof short_forms[0]; i++)
        if ((strcmp(a, short_forms[i][0]) == 0 && strcmp(b, short_forms[i][1]) == 0) ||
            (strcmp(b, short_forms[i][0]) == 0 && strcmp(a, short_forms[i][1]) == 0))
            return true;
    return false;
}

static bool given_names_agree(const char *a, const char *b)
{
    size_t n = strlen(a);
    size_t m = strlen(b);

    if (strcmp(a, b) == 0 || is_short_form(a, b))
        return true;
    if (n == 1 || m == 1)
        return a[0] == b[0];
    return n >= 3 && m >= 3 && (strncmp(a, b, n < m ? n : m) == 0);
}

/* Every part of the shorter name is in the longer one, in the same order. */
static bool parts_within(const char *const *few, size_t few_count, const char *const *many,
                         size_t many_count)
{
    size_t k = 0;

    for (size_t i = 0; i < many_count && k < few_count; i++)
        if (strcmp(few[k], many[i]) == 0)
            k++;
    return k == few_count;
}

static bool is_same_person(const person *p, const char *const *parts, size_t count)
{
    if (parts_within(parts, count, p->parts, p->part_count) ||
        parts_within(p->parts, p->part_count, parts, count))
        return true;
    return strcmp(p->parts[p->part_count - 1], parts[count - 1]) == 0 &&
           given_names_agree(p->parts[0], parts[0]);
}

/* "sisi" for "el-sisi". */
static const char *without_article(const char *part)
{
    if (strncmp(part, "al-", 3) == 0 || strncmp(part, "el-", 3) == 0)
        return part + 3;
    return part;
}

/* 3: surname, 2: other part that may serve as one, 1: given name, 0: no part of the name. */
static int part_rank(const person *p, const char *const *parts, size_t count)
{
    const char *last = parts[count - 1];
    size_t at = SIZE_MAX;

    for (size_t i = 0; i < p->part_count; i++)
        if (strcmp(p->parts[i], last) == 0 ||
            strcmp(without_article(p->parts[i]), without_article(last)) == 0)
            at = i;
    if (at == SIZE_MAX)
        return 0;
    /* "de blasio": the particles before the surname have to be in the name as well. */
    if (count > 1 && !parts_within(parts, count, p->parts, p->part_count))
        return 0;
    if (p->part_count == 1 || at == p->part_count - 1)
        return 3;
    if (at == 0)
        return 1;
    return is_particle(p->parts[at]) ? 0 : 2;
}

/* ---- gender
 * -------------------------------------------------------------------------------------- */

static sg_gender gender_of_part(const char *part)
{
    uint32_t bits = sg_lexicon_classes(part, strlen(part)) & SG_CLASS_GIVEN;

    if (bits == SG_CLASS_GIVEN_MALE)
        return SG_GENDER_MALE;
    return bits == SG_CLASS_GIVEN_FEMALE ? SG_GENDER_FEMALE : SG_GENDER_UNKNOWN;
}

static sg_gender gender_of_title(const char *word)
{
    const size_t len = strlen(word);
    static const char *const male[] = { "mr",          "mr.",     "sir",         "lord",
                                        "king",        "prince",  "congressman", "father",
                                        "brother",     "mister",  "chairman",    "spokesman",
                                        "businessman", "pope",    "husband",     "son",
                                        "actor",       "duke",    "baron",       "councilman",
                                        "assemblyman", "alderman" };
    static const char *const female[] = { "mrs",           "mrs.",       "ms",          "ms.",
                                          "miss",          "dame",       "lady",        "baroness",
                                          "queen",         "princess",   "sister",      "mother",
                                          "congresswoman", "chairwoman", "spokeswoman", "actress",
                                          "businesswoman", "wife",       "daughter",    "duchess" };

    for (size_t i = 0; i < sizeof male / sizeof male[0]; i++)
        if (strcmp(word, male[i]) == 0)
            return SG_GENDER_MALE;
    for (size_t i = 0; i < sizeof female / sizeof female[0]; i++)
        if (strcmp(word, female[i]) == 0)
            return SG_GENDER_FEMALE;
    /* "councilwoman" */
    return len > 5 && strcmp(word + len - 5, "woman") == 0 ? SG_GENDER_FEMALE : SG_GENDER_UNKNOWN;
}

static bool is_crowned(const char *word)
{
    static const char *const titles[] = { "king",    "queen", "pope",    "prince", "princess",
                                          "emperor", "duke",  "duchess", "sultan" };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (strcmp(word, titles[i]) == 0)
            return true;
    return false;
}

/* "Sir David": the title of a knight stands before the given name. */
static bool has_given_title(const sg_reading *r, const sg_name_span *span)
{
    return span->core > span->first &&
           (sg_word_is(r, span->core - 1, "sir") || sg_word_is(r, span->core - 1, "dame"));
}

/* An honorific or the title of an office, in capitals and right before a single word: it names a
 * person, also where the word is a party or a country elsewhere ("Judge Labour"). */
static bool has_personal_title(const sg_reading *r, const sg_name_span *span)
{
    if (span->past - span->core != 1 || sg_is_title_case(r, span->core))
        return false;
    if (span->core > span->first)
        return true;
    return span->title != SG_NO_WORD && (r->classes[span->title] & SG_CLASS_TITLE) &&
           sg_word_is_capital(r, span->title) && sg_word_is_proper(r, span->core) &&
           !sg_word_is(r, span->past, "'s") &&
           (span->past >= sg_sentence_past(r, span->core) || !sg_word_is_proper(r, span->past));
}

static sg_gender gender_of_span(const sg_reading *r, const sg_name_span *span)
{
    sg_gender gender = SG_GENDER_UNKNOWN;

    for (uint32_t w = span->first; w < span->core && gender == SG_GENDER_UNKNOWN; w++)
        gender = gender_of_title(r->lower[w]);
    if (gender == SG_GENDER_UNKNOWN && span->title != SG_NO_WORD)
        gender = gender_of_title(r->lower[span->title]);
    return gender;
}

/* ---- making
 * ---------------------------------------------------------------------------------------- */

/* "ANNA BROWN" as a headline or the first words of an article have it: "Anna Brown". */
static const char *without_shouting(const sg_reading *r, const sg_name_span *span)
{
    char *text = sg_arena_strdup(r->arena, sg_words_text(r, span->core, span->past - span->core));
    bool start = true;

    for (uint32_t w = span->core; w < span->past; w++)
        if (!sg_word_is_all_capital(r, w) || strchr(r->lower[w], '.') != NULL ||
            strlen(r->lower[w]) < 3)
            return text;
    for (char *c = text; *c != '\0'; c++) {
        if (!start && *c >= 'A' && *c <= 'Z')
            *c = (char) (*c - 'A' + 'a');
        start = *c == ' ' || *c == '-' || *c == '\'';
    }
    return text;
}

/* The name as the result shows it. Monarchs and peers known by one part keep their title. */
static const char *display_name(const sg_reading *r, const sg_name_span *span, size_t parts)
{
    const char *core = parts > 1 ? without_shouting(r, span)
                                 : sg_words_text(r, span->core, span->past - span->core);
    uint32_t before = span->first > 0 ? span->first - 1 : 0;

    if (parts == 1 && span->core > span->first &&
        (sg_word_is(r, span->first, "lord") || sg_word_is(r, span->first, "lady") ||
         sg_word_is(r, span->first, "baroness")))
        return sg_words_text(r, span->first, span->past - span->first);
    if ((parts == 1 || (r->classes[span->past - 1] & SG_CLASS_NAME_SUFFIX)) &&
        span->first > sg_sentence_first(r, span->first) && is_crowned(r->lower[before]) &&
        sg_word_is_capital(r, before))
        return sg_arena_printf(r->arena, "%s %s", sg_words_text(r, before, 1), core);
    return core;
}

static person *add_person(maker *m, const sg_name_span *span, const char *const *parts,
                          size_t count)
{
    person *p;

    SG_ARENA_GROW(m->r->arena, m->persons, m->capacity, m->count + 1);
    p = &m->persons[m->count++];
    memset(p, 0, sizeof *p);
    p->actor = sg_add_actor(m->r, SG_ACTOR_PERSON, display_name(m->r, span, count));
    memcpy(p->parts, parts, count * sizeof *parts);
    p->part_count = count;
    p->gender = gender_of_part(parts[0]);
    return p;
}

static void take_span(maker *m, person *p, const sg_name_span *span)
{
    sg_gender gender = gender_of_span(m->r, span);
    uint32_t first = span->first;

    p->spans++;
    if (gender != SG_GENDER_UNKNOWN)
        p->gender = gender;
    p->knighted = p->knighted || has_given_title(m->r, span);
    m->names->names[span->name].actor = p->actor;
    /* "Queen X" is a name as a whole. */
    if (first > sg_sentence_first(m->r, first) && is_crowned(m->r->lower[first - 1]) &&
        sg_word_is_capital(m->r, first - 1)) {
        p->crown = m->r->lower[--first];
    }
    (void) sg_add_mention(m->r, first, span->past - first, p->actor, SG_MENTION_NAME);
}

/* No article has this many persons; in a file of many articles the last ones are compared. */
#define MOST_PERSONS 3000

static size_t first_near(const maker *m)
{
    return m->count > MOST_PERSONS ? m->count - MOST_PERSONS : 0;
}

static void make_full(maker *m, const sg_name_span *span, const char *const *parts, size_t count)
{
    person *p = NULL;

    for (size_t i = first_near(m); i < m->count && p == NULL; i++)
        if (is_same_person(&m->persons[i], parts, count))
            p = &m->persons[i];
    if (p == NULL) {
        p = add_person(m, span, parts, count);
    } else if (count > p->part_count && !span->weak) {
        memcpy(p->parts, parts, count * sizeof *parts);
        p->part_count = count;
        m->r->actors[p->actor].name = display_name(m->r, span, count);
    }
    take_span(m, p, span);
}

/* The person that a single part (or a particle and a surname) belongs to, or NULL. */
static person *find_by_part(maker *m, const sg_name_span *span, const char *const *parts,
                            size_t count, int min_rank)
{
    sg_gender gender = gender_of_span(m->r, span);
    person *best = NULL;
    int best_rank = 0;

    for (size_t i = first_near(m); i < m->count; i++) {
        person *p = &m->persons[i];
        int rank = part_rank(p, parts, count);

        /* After an honorific stands a surname, after "Sir" the given name. */
        if (rank == 1 && has_given_title(m->r, span))
            rank = p->knighted ? 3 : 1;
        else if (rank == 1 && span->core > span->first)
            rank = 0;
        if (rank < min_rank ||
            (gender != SG_GENDER_UNKNOWN && p->gender != SG_GENDER_UNKNOWN && gender != p->gender))
            continue;
        if (rank > best_rank || (rank == best_rank && best != NULL && p->spans > best->spans)) {
            best = p;
            best_rank = rank;
        }
    }
    return best;
}

/* "the Smith-Jones debate": two surnames of the article around a hyphen. */
static bool joins_two_persons(maker *m, const sg_name_span *span, const char *key)
{
    const char *hyphen = strchr(key, '-');
    const char *first;
    const char *second;

    if (hyphen == NULL)
        return false;
    first = sg_arena_strndup(m->r->arena, key, (size_t) (hyphen - key));
    second = hyphen + 1;
    return find_by_part(m, span, &first, 1, 3) != NULL &&
           find_by_part(m, span, &second, 1, 3) != NULL;
}

static bool is_full(const char *const *parts, size_t count)
{
    return count >= 2 && !(count == 2 && is_particle(parts[0]));
}

/* Good enough to stand for a person without a full name anywhere in the article. */
static bool is_likely_single(const sg_names *names, const sg_name_span *span)
{
    const sg_name *name = &names->names[span->name];

    uint32_t bits = sg_lexicon_classes(name->key, strlen(name->key));

    if (strcmp(sg_xpos_name(names->reading->info[span->core].xpos), "NNPS") == 0)
        return false;
    /* A given name alone is rarely how somebody of consequence is called. */
    if ((bits & SG_CLASS_GIVEN) && span->core == span->first && span->title == SG_NO_WORD)
        return name->strong > 1;
    return name->strong > 0 && name->score[SG_ENTITY_PERSON] >= 1.5;
}

static bool is_likely_full(const sg_names *names, const sg_name_span *span)
{
    const sg_name *name = &names->names[span->name];

    return name->strong > 0 || name->score[SG_ENTITY_PERSON] >= 1.5;
}

static void make_full_names(maker *m)
{
    sg_names *n = m->names;

    for (size_t i = 0; i < n->span_count; i++) {
        const sg_name_span *span = &n->spans[i];
        const sg_name *name = &n->names[span->name];
        const char *parts[MAX_PARTS];
        size_t count;

        if (name->type != SG_ENTITY_PERSON || !is_likely_full(n, span))
            continue;
        count = split_parts(m->r->arena, name->key, parts);
        if (is_full(parts, count))
            make_full(m, span, parts, count);
    }
}

/* A word that the lists know as a party, a country or a body, used as such: "Green voters". */
static bool is_listed_use(const maker *m, const sg_name_span *span)
{
    const sg_reading *r = m->r;
    const sg_name *name = &m->names->names[span->name];
    uint32_t next = span->past;
    sg_country country;
    bool adjective =
        (sg_lexicon_country(name->key, strlen(name->key), &country) && country.is_adjective) ||
        name->party != NULL;

    if (!adjective)
        return name->place || name->score[SG_ENTITY_ORGANISATION] >= 5;
    return next >= sg_sentence_past(r, span->core) || sg_word_is_upos(r, next, SG_NOUN) ||
           sg_word_is_upos(r, next, SG_ADJ) || sg_word_is_proper(r, next) ||
           !sg_word_is_proper(r, span->core);
}

static void make_single_names(maker *m)
{
    sg_names *n = m->names;

    for (size_t i = 0; i < n->span_count; i++) {
        const sg_name_span *span = &n->spans[i];
        const sg_name *name = &n->names[span->name];
        const char *parts[MAX_PARTS];
        size_t count;
        bool titled = has_personal_title(m->r, span);
        bool is_person = name->type == SG_ENTITY_PERSON || titled;
        person *p;

        if (name->actor != SG_NO_ACTOR && !is_person)
            continue;
        count = split_parts(m->r->arena, name->key, parts);
        if (count == 0 || is_full(parts, count))
            continue;
        /* A place or body that bears the surname of somebody in the article is that person, unless
         * the lists know it. */
        if (!is_person && (span->past - span->core != 1 || is_listed_use(m, span)))
            continue;
        if (joins_two_persons(m, span, name->key))
            continue;
        p = find_by_part(m, span, parts, count, is_person ? 1 : 3);
        if (p == NULL && is_person && (titled || is_likely_single(n, span)))
            p = add_person(m, span, parts, count);
        if (p != NULL)
            take_span(m, p, span);
    }
}

/* ---- names that no span covers
 * --------------------------------------------------------------------- */

static bool parts_stand_at(const sg_reading *r, uint32_t w, const char *const *parts, size_t count)
{
    if (w + count > r->word_count || r->sentence_of[w] != r->sentence_of[w + count - 1])
        return false;
    for (size_t i = 0; i < count; i++)
        if (r->mention_at[w + i] != SG_NO_MENTION || r->skipped[w + i] ||
            strcmp(r->lower[w + i], parts[i]) != 0)
            return false;
    return true;
}

/* A surname that the tagger took for another word: capital where no sentence begins, or before a
 * verb of saying or doing. */
static bool is_bare_surname(const sg_reading *r, uint32_t w)
{
    if (!sg_word_is_capital(r, w) || (sg_is_title_case(r, w) && !sg_word_is_proper(r, w)))
        return false;
    if (sg_word_is_proper(r, w) || w > sg_sentence_first(r, w))
        return true;
    return w + 1 < r->word_count && (r->classes[w + 1] & (SG_CLASS_SPEECH | SG_CLASS_ACT)) &&
           (sg_word_is_upos(r, w + 1, SG_VERB) || sg_word_is_upos(r, w + 1, SG_AUX));
}

static void find_only_given_names(maker *m)
{
    for (size_t i = 0; i < m->count && m->count <= MOST_PERSONS; i++) {
        const char *given = m->persons[i].parts[0];

        m->persons[i].only_given = (sg_lexicon_classes(given, strlen(given)) & SG_CLASS_GIVEN) != 0;
        for (size_t k = 0; k < m->count; k++)
            for (size_t p = 0; k != i && p < m->persons[k].part_count; p++)
                if (strcmp(m->persons[k].parts[p], given) == 0)
                    m->persons[i].only_given = false;
    }
}

/* What stands at `w`: a whole name without capitals, as captions have them; two parts of a longer
 * name; a surname; a given name that is only theirs; a crown. The number of words, or 0. */
static uint32_t bare_name_at(const sg_reading *r, const person *p, uint32_t w)
{
    const char *surname = p->parts[p->part_count - 1];
    bool capital = sg_word_is_capital(r, w);

    if (p->part_count >= 2 && parts_stand_at(r, w, p->parts, p->part_count))
        return (uint32_t) p->part_count;
    if (p->part_count >= 3 && capital && parts_stand_at(r, w, p->parts + 1, p->part_count - 1))
        return (uint32_t) p->part_count - 1;
    if (parts_stand_at(r, w, &surname, 1) && is_bare_surname(r, w))
        return 1;
    if (p->part_count >= 2 && p->only_given && capital && parts_stand_at(r, w, p->parts, 1) &&
        sg_word_is_proper(r, w) && !sg_is_title_case(r, w))
        return 1;
    if (p->crown != NULL && capital && w > 0 && sg_word_is(r, w - 1, "the") &&
        parts_stand_at(r, w, &p->crown, 1))
        return 1;
    return 0;
}

/* Persons by every word that one of their bare names may begin with; a word of several persons
 * keeps the first of them. */
static sg_map *index_first_words(const maker *m)
{
    sg_map *by_word = sg_map_new();

    for (size_t i = 0; i < m->count; i++) {
        const person *p = &m->persons[i];

        for (size_t k = 0; k < p->part_count; k++)
            (void) sg_map_slot(by_word, p->parts[k], strlen(p->parts[k]), i);
        if (p->crown != NULL)
            (void) sg_map_slot(by_word, p->crown, strlen(p->crown), i);
    }
    return by_word;
}

static void find_bare_names(maker *m)
{
    sg_reading *r = m->r;
    sg_map *by_word = index_first_words(m);

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint64_t first = 0;

        if (r->mention_at[w] != SG_NO_MENTION || r->skipped[w] ||
            !sg_map_find(by_word, r->lower[w], strlen(r->lower[w]), &first))
            continue;
        for (size_t i = (size_t) first; i < m->count && i < first + MOST_PERSONS; i++) {
            uint32_t n = bare_name_at(r, &m->persons[i], w);

            if (n > 0) {
                (void) sg_add_mention(r, w, n, m->persons[i].actor, SG_MENTION_NAME);
                break;
            }
        }
    }
    sg_map_free(by_word);
}

void sg_make_persons(sg_names *names)
{
    maker m = { .names = names, .r = names->reading };

    make_full_names(&m);
    make_single_names(&m);
    find_only_given_names(&m);
    find_bare_names(&m);
    for (size_t i = 0; i < m.count; i++)
        m.r->actors[m.persons[i].actor].gender = m.persons[i].gender;
}
