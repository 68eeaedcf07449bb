/* Where names stand. The entities of the language stage come first; their borders are put right
 * (titles and possessive endings out, hyphened and missing parts in), parties, outlets and
 * countries of the lists are added, and then runs of capitals that nobody claimed. */

#include <stdlib.h>
#include <string.h>

#include "stance/utf8.h"

#include "actors_internal.h"

#define TITLE_OR_ROLE (SG_CLASS_TITLE | SG_CLASS_ROLE)

typedef struct finder {
    sg_names *names;
    sg_reading *r;
    uint32_t *owner;     /* per word: number of the span + 1, 0 if free */
    uint32_t *entity_at; /* per word: number of the entity + 1, 0 if none */
} finder;

uint32_t sg_longest_phrase(const sg_reading *reading, uint32_t word, uint32_t past,
                           uint32_t classes)
{
    uint32_t best = 0;

    for (uint32_t n = 1; n <= SG_LEXICON_LONGEST && word + n <= past; n++)
        if (sg_phrase_classes(reading, word, n) & classes)
            best = n;
    return best;
}

uint32_t sg_longest_phrase_before(const sg_reading *reading, uint32_t past, uint32_t first,
                                  uint32_t classes)
{
    uint32_t best = 0;

    for (uint32_t n = 1; n <= SG_LEXICON_LONGEST && past - n >= first && n <= past; n++)
        if (sg_phrase_classes(reading, past - n, n) & classes)
            best = n;
    return best;
}

bool sg_is_title_case(const sg_reading *reading, uint32_t word)
{
    uint32_t past = sg_sentence_past(reading, word);
    unsigned capital = 0;
    unsigned small = 0;
    bool small_verb = false;

    for (uint32_t w = sg_sentence_first(reading, word) + 1; w < past; w++) {
        const char *lower = reading->lower[w];

        small_verb =
            small_verb || (sg_word_is_upos(reading, w, SG_VERB) && !sg_word_is_capital(reading, w));
        if (strlen(lower) < 4 || lower[0] < 'a' || lower[0] > 'z')
            continue;
        if (sg_word_is_capital(reading, w))
            capital++;
        else
            small++;
    }
    /* A headline has no full stop and capital verbs: else a short sentence has a long name. */
    if (small_verb && sg_word_is(reading, past - 1, "."))
        return false;
    return capital >= 3 && capital > 2 * small && small <= 2;
}

static bool is_letter_word(const sg_reading *r, uint32_t w)
{
    const char *lower = r->lower[w];
    uint32_t c = 0;

    (void) sg_utf8_decode(lower, strlen(lower) + 1, &c);
    return sg_utf8_is_letter(c);
}

static bool is_quote_or_punct(const sg_reading *r, uint32_t w)
{
    return sg_word_is_upos(r, w, SG_PUNCT) || r->lower[w][0] == '"' ||
           (strcmp(r->lower[w], "'") == 0);
}

static bool is_possessive_ending(const sg_reading *r, uint32_t w)
{
    return sg_word_is(r, w, "'s") || sg_word_is(r, w, "'");
}

static bool is_joining_hyphen(const sg_reading *r, uint32_t w, uint32_t past)
{
    const sg_word *words = r->document->words;
    const char *lower = r->lower[w];

    return (strcmp(lower, "-") == 0 || strcmp(lower, "\xE2\x80\x93") == 0) && w > 0 &&
           w + 1 < past && words[w - 1].end == words[w].start && words[w].end == words[w + 1].start;
}

static bool overlaps(const finder *f, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++)
        if (f->owner[w] != 0)
            return true;
    return false;
}

const char *sg_name_key(const sg_reading *reading, uint32_t first, uint32_t past)
{
    const char *text = sg_words_lower(reading, first, past - first);
    size_t len;
    char *folded = sg_utf8_fold(reading->arena, text, strlen(text), &len);
    char *out = folded;
    size_t used = 0;

    if (strncmp(out, "the ", 4) == 0)
        out += 4;
    for (const char *c = out; *c != '\0'; c++)
        if (*c != '.')
            out[used++] = *c;
    out[used] = '\0';
    return out;
}

/* "Republican of Iowa": a member of a party, and where from. */
static bool is_member_from(const sg_reading *r, uint32_t first, uint32_t past)
{
    sg_party party;

    return first + 2 < past &&
           (sg_word_is(r, first + 1, "of") || sg_word_is(r, first + 1, "from")) &&
           sg_lexicon_party(r->lower[first], strlen(r->lower[first]), &party) &&
           (party.form == SG_PARTY_PEOPLE || party.form == SG_PARTY_ADJECTIVE);
}

static void add_span(finder *f, uint32_t first, uint32_t core, uint32_t past, int type,
                     double confidence, bool weak)
{
    sg_names *n = f->names;
    sg_name *name;
    const char *key;

    if (is_member_from(f->r, core, past))
        past = core + 1;
    key = sg_name_key(f->r, core, past);
    if (core >= past || key[0] == '\0' || overlaps(f, first, past))
        return;
    name = sg_names_find(n, key);
    if (name == NULL) {
        (void) sg_map_put(n->by_key, key, strlen(key), n->name_count);
        SG_ARENA_GROW(f->r->arena, n->names, n->name_capacity, n->name_count + 1);
        name = &n->names[n->name_count++];
        *name = (sg_name){ .key = key,
                           .text = sg_words_text(f->r, core, past - core),
                           .parts = 1,
                           .actor = SG_NO_ACTOR };
        for (const char *c = key; *c != '\0'; c++)
            name->parts += *c == ' ';
    }
    weak = weak || sg_is_title_case(f->r, first);
    name->count++;
    name->strong += !weak;
    if (type >= 0)
        name->score[type] += confidence * (weak ? 0.5 : 2.0);
    SG_ARENA_GROW(f->r->arena, n->spans, n->span_capacity, n->span_count + 1);
    n->spans[n->span_count++] =
        (sg_name_span){ first, past, core, (uint32_t) (name - n->names), SG_NO_WORD, weak };
    for (uint32_t w = first; w < past; w++)
        f->owner[w] = (uint32_t) n->span_count;
}

sg_name *sg_names_find(const sg_names *names, const char *key)
{
    uint64_t number = 0;

    return sg_map_find(names->by_key, key, strlen(key), &number) ? &names->names[number] : NULL;
}

/* ---- borders --------------------------------------------------------------------------------- */

static void trim(const sg_reading *r, uint32_t *first, uint32_t *past)
{
    while (*first < *past && (is_quote_or_punct(r, *first) || sg_word_is(r, *first, "the") ||
                              sg_word_is(r, *first, "a") || is_possessive_ending(r, *first)))
        (*first)++;
    while (*first < *past && (is_possessive_ending(r, *past - 1) ||
                              (is_quote_or_punct(r, *past - 1) && !sg_word_is(r, *past - 1, ")"))))
        (*past)--;
}

static bool is_name_part(const finder *f, uint32_t w)
{
    const sg_reading *r = f->r;

    return f->owner[w] == 0 && sg_word_is_capital(r, w) && is_letter_word(r, w) &&
           !(r->classes[w] & (SG_CLASS_CALENDAR | SG_CLASS_HONORIFIC | SG_CLASS_ROLE)) &&
           (sg_word_is_proper(r, w) || (r->classes[w] & SG_CLASS_GIVEN));
}

static bool is_initial(const sg_reading *r, uint32_t w)
{
    const char *lower = r->lower[w];

    return sg_word_is_capital(r, w) && (lower[1] == '\0' || (lower[1] == '.' && lower[2] == '\0'));
}

/* What goes on with a person's name at `w`: the number of words, 0 if nothing does. */
static uint32_t name_goes_on(const finder *f, uint32_t w, uint32_t limit)
{
    const sg_reading *r = f->r;

    if (is_joining_hyphen(r, w, limit) && f->owner[w + 1] == 0)
        return 2;
    if (is_name_part(f, w) ||
        (is_initial(r, w) && f->owner[w] == 0 && w + 1 < limit && is_name_part(f, w + 1)))
        return 1;
    if ((r->classes[w] & SG_CLASS_NAME_PARTICLE) && w + 1 < limit && is_name_part(f, w + 1) &&
        !sg_word_is(r, w, "st"))
        return 2;
    if ((r->classes[w] & SG_CLASS_NAME_SUFFIX) && sg_word_is_capital(r, w))
        return 1;
    if (w + 1 < limit && sg_word_is(r, w, ",") &&
        (sg_word_is(r, w + 1, "jr.") || sg_word_is(r, w + 1, "sr.") || sg_word_is(r, w + 1, "jr")))
        return 2;
    return 0;
}

/* Adds what belongs to a person's name on the right: surname, particles, hyphened parts, suffix. */
static uint32_t extend_right(const finder *f, uint32_t past, uint32_t limit)
{
    uint32_t more = 1;

    while (past < limit && more > 0) {
        more = name_goes_on(f, past, limit);
        past += more;
    }
    return past;
}

static uint32_t extend_left(const finder *f, uint32_t first, uint32_t limit)
{
    const sg_reading *r = f->r;

    while (first > limit) {
        if (first - 1 > limit && is_joining_hyphen(r, first - 1, first + 1) &&
            f->owner[first - 2] == 0)
            first -= 2;
        else if (first >= limit + 3 && (r->classes[first - 1] & SG_CLASS_NAME_PARTICLE) &&
                 is_joining_hyphen(r, first - 2, first) && sg_word_is_capital(r, first - 3) &&
                 f->owner[first - 3] == 0)
            first -= 3;
        else if (f->owner[first - 1] == 0 &&
                 (is_initial(r, first - 1) ||
                  (is_name_part(f, first - 1) && (r->classes[first - 1] & SG_CLASS_GIVEN))))
            first--;
        else
            break;
    }
    return first;
}

/* "Mr van der Berg", "Bin Salman": the particles before a surname, where an honorific or their own
 * capital shows that they belong to it. */
static uint32_t with_particles(const finder *f, uint32_t first, uint32_t limit)
{
    const sg_reading *r = f->r;
    uint32_t start = first;
    bool shown = false;

    while (start > limit && (r->classes[start - 1] & SG_CLASS_NAME_PARTICLE) &&
           f->owner[start - 1] == 0 && !(r->classes[start - 1] & SG_CLASS_HONORIFIC) &&
           !sg_word_is(r, start - 1, "st")) {
        start--;
        shown = shown || sg_word_is_capital(r, start);
    }
    if (start > limit && (r->classes[start - 1] & SG_CLASS_HONORIFIC) &&
        sg_word_is_capital(r, start - 1))
        shown = true;
    return shown ? start : first;
}

/* "Mr Justice X", "Lord Justice X": the rank of a judge between the honorific and the surname. */
static bool is_judge_rank(const sg_reading *r, uint32_t w)
{
    return sg_word_is(r, w, "justice") && sg_word_is_capital(r, w) && w > sg_sentence_first(r, w) &&
           (r->classes[w - 1] & SG_CLASS_HONORIFIC) && sg_word_is_capital(r, w - 1);
}

/* The first of the honorifics before `core`. */
static uint32_t honorifics_before(const finder *f, uint32_t core, uint32_t limit)
{
    const sg_reading *r = f->r;
    uint32_t first = core;

    if (first > limit && f->owner[first - 1] == 0 && is_judge_rank(r, first - 1))
        first--;
    while (first > limit && (r->classes[first - 1] & SG_CLASS_HONORIFIC) &&
           sg_word_is_capital(r, first - 1) && f->owner[first - 1] == 0)
        first--;
    return first;
}

/* "the Lord Mayor", "the Lord Chancellor": an office, no name. */
static bool is_lord_office(const sg_reading *r, uint32_t first, uint32_t core, uint32_t past)
{
    return past - core == 1 && first < core && sg_word_is(r, core - 1, "lord") &&
           (r->classes[core] & TITLE_OR_ROLE) && first > sg_sentence_first(r, first) &&
           sg_word_is(r, first - 1, "the");
}

/* Takes titles, parties and nationalities off the front of a person's name. */
static uint32_t skip_titles(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (;;) {
        uint32_t n = sg_longest_phrase(r, first, past,
                                       SG_CLASS_TITLE | SG_CLASS_ROLE | SG_CLASS_ROLE_MODIFIER);
        sg_party party;
        sg_country country;
        const char *lower = r->lower[first];

        /* A given name may also be a title: keep it where a surname follows directly. */
        if (n == 1 && (r->classes[first] & SG_CLASS_GIVEN) && first + 2 >= past)
            n = 0;
        if (n == 0 && first + 1 < past &&
            ((sg_lexicon_party(lower, strlen(lower), &party) && party.form != SG_PARTY_NAME) ||
             (sg_lexicon_country(lower, strlen(lower), &country) && first + 2 < past)))
            n = 1;
        if (n == 0 || first + n >= past)
            return first;
        first += n;
        while (first + 1 < past && (is_quote_or_punct(r, first) || sg_word_is(r, first, "of")))
            first++;
    }
}

/* "Health Secretary X Y": the word past the last title inside the run that leaves a name. */
static uint32_t after_last_title(const sg_reading *r, uint32_t first, uint32_t past,
                                 uint32_t *title_out)
{
    for (uint32_t end = past - 1; end > first; end--) {
        uint32_t n = sg_longest_phrase_before(r, end, first, SG_CLASS_TITLE | SG_CLASS_ROLE);

        if (n == 0 || ((r->classes[end - 1] & SG_CLASS_GIVEN) && n == 1))
            continue;
        if ((r->classes[past - 1] & (SG_CLASS_ORG_ANY | SG_CLASS_NOT_ORG | TITLE_OR_ROLE)) &&
            !(r->classes[end] & SG_CLASS_GIVEN))
            return first;
        *title_out = end - n;
        return end;
    }
    return first;
}

/* Without the honours and the seat in parliament that stand behind a name: "A B KC", "A B TD". */
static uint32_t before_honours(const sg_reading *r, uint32_t core, uint32_t past)
{
    static const char *const honours[] = {
        "kc", "qc",  "sc",  "obe", "mbe",   "cbe", "dbe", "kbe", "gbe", "frs", "jp",  "td",
        "mp", "mps", "msp", "mep", "mla",   "mhr", "mha", "ms",  "am",  "ao",  "ac",  "llb",
        "ma", "md",  "dds", "phd", "dphil", "rn",  "esq", "cpa", "mlc", "mpp", "mna",
    };

    while (past > core + 2 && sg_word_is_all_capital(r, past - 1) &&
           SG_IS_ONE_OF(r->lower[past - 1], honours))
        past--;
    return past;
}

static void take_person(finder *f, uint32_t first, uint32_t past, double confidence, bool weak)
{
    const sg_reading *r = f->r;
    uint32_t sentence_first = sg_sentence_first(r, first);
    uint32_t title = first;
    uint32_t core;

    trim(r, &first, &past);
    if (first >= past)
        return;
    /* The second party of a court case, "A v. B". */
    if (first > sentence_first &&
        (sg_word_is(r, first - 1, "v.") || sg_word_is(r, first - 1, "v") ||
         sg_word_is(r, first - 1, "vs.")))
        return;
    first = skip_titles(r, first, past);
    first = after_last_title(r, first, past, &title);
    if (!sg_is_title_case(r, first)) {
        past = extend_right(f, past, sg_sentence_past(r, first));
        first = extend_left(f, first, sentence_first);
    }
    /* "X Y Donor" in a headline */
    while (past - first > 2 && (r->classes[past - 1] & (TITLE_OR_ROLE | SG_CLASS_NOT_ORG)) &&
           !(r->classes[past - 1] & SG_CLASS_GIVEN) && sg_is_title_case(r, first))
        past--;
    first = with_particles(f, first, sentence_first);
    if (!sg_is_title_case(r, first))
        past = before_honours(r, first, past);
    core = first;
    while (core + 1 < past && ((r->classes[core] & SG_CLASS_HONORIFIC) || is_judge_rank(r, core)))
        core++;
    first = honorifics_before(f, first, sentence_first);
    if (is_lord_office(r, first, core, past))
        return;
    if (!sg_word_is_capital(r, core) && !(r->classes[core] & SG_CLASS_NAME_PARTICLE) &&
        r->lower[core][0] != '@')
        return;
    /* "R-Texas" */
    if (past - core == 1 && r->lower[core][1] == '-' && r->lower[core][2] != '\0')
        return;
    add_span(f, first, core, past, SG_ENTITY_PERSON, confidence, weak);
}

static bool has_capital(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++)
        if (sg_word_is_capital(r, w) && is_letter_word(r, w))
            return true;
    return false;
}

/* "Doctors and Dentists Review Body", "X and Y Tribes": two plurals, or two names of a plural head.
 */
static uint32_t paired_start(const finder *f, uint32_t first, uint32_t past)
{
    const sg_reading *r = f->r;
    bool plural_head = (r->info[past - 1].features & SG_FEAT_PLURAL) && past - first >= 2 &&
                       (r->classes[past - 1] & SG_CLASS_ORG_ANY);
    uint32_t w = first;

    if (w < sg_sentence_first(r, w) + 2 || !sg_word_is(r, w - 1, "and") ||
        !sg_word_is_capital(r, w - 2) || f->owner[w - 2] != 0)
        return first;
    if (!plural_head &&
        !((r->classes[w] & SG_CLASS_PERSON_NOUN) && (r->classes[w - 2] & SG_CLASS_PERSON_NOUN)))
        return first;
    w -= 2;
    while (plural_head && w > sg_sentence_first(r, w) && sg_word_is_capital(r, w - 1) &&
           f->owner[w - 1] == 0 && sg_word_is_proper(r, w - 1))
        w--;
    return w;
}

/* "First Minister of Scotland", "Labour MP for Oldford": an office, and perhaps a party before it;
 * its first word, or `past` if there is none. */
static uint32_t office_in(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = first; w < past; w++) {
        const uint32_t n = sg_longest_phrase(r, w, past, SG_CLASS_TITLE);

        if (n > 0 && w + n + 1 < past &&
            (sg_word_is(r, w + n, "of") || (w > first && sg_word_is(r, w + n, "for"))) &&
            !(r->info[w + n - 1].features & SG_FEAT_PLURAL))
            return w;
    }
    return past;
}

/* "Tenants' union Acorn": the name begins after the small word for its kind. */
static uint32_t after_kind(const sg_reading *r, uint32_t first, uint32_t past)
{
    for (uint32_t w = past - 1; w > first; w--)
        if (!sg_word_is_capital(r, w - 1) && (r->classes[w - 1] & SG_CLASS_ORG_ANY) &&
            sg_word_is_upos(r, w - 1, SG_NOUN) && sg_word_is_capital(r, w))
            return w;
    return first;
}

static void take_other(finder *f, uint32_t first, uint32_t past, int type, double confidence)
{
    const sg_reading *r = f->r;
    uint32_t limit = sg_sentence_past(r, first);

    trim(r, &first, &past);
    while (past - first > 1 && (r->classes[past - 1] & SG_CLASS_CALENDAR))
        past--;
    if (first >= past)
        return;
    /* "District Attorney X" taken for a body. */
    if (type == SG_ENTITY_ORGANISATION) {
        uint32_t name = skip_titles(r, first, past);

        if (name > first && past - name <= 2 && (r->classes[name - 1] & SG_CLASS_TITLE) &&
            sg_word_is_capital(r, name) && !sg_word_is_upos(r, name, SG_ADP) &&
            !(r->classes[past - 1] & (SG_CLASS_ORG_ANY | SG_CLASS_NOT_ORG | TITLE_OR_ROLE))) {
            take_person(f, name, past, 0.5 * confidence, false);
            return;
        }
    }
    if (type == SG_ENTITY_ORGANISATION) {
        const uint32_t office = office_in(r, first, past);

        past = office < past ? office : past;
        if (past == first)
            return;
        first = after_kind(r, first, past);
    }
    /* "Executive of X NAME" after "Chief": a title and a person, taken for a body. */
    if (type == SG_ENTITY_ORGANISATION &&
        sg_longest_phrase_before(r, first + 1, sg_sentence_first(r, first), SG_CLASS_TITLE) > 1) {
        for (uint32_t w = first + 1; w + 1 < past; w++)
            if (r->classes[w] & SG_CLASS_GIVEN) {
                take_person(f, w, past, confidence, false);
                return;
            }
    }
    while (past < limit && is_joining_hyphen(r, past, limit) && f->owner[past + 1] == 0 &&
           sg_word_is_capital(r, past + 1))
        past += 2;
    /* "Labour Party leader": the role is not in the name. */
    while (past - first > 1 && !sg_word_is_capital(r, past - 1) &&
           (r->classes[past - 1] & SG_CLASS_ROLE))
        past--;
    if (past - first == 1 && (r->classes[first] & SG_CLASS_CALENDAR))
        return;
    if (type == SG_ENTITY_ORGANISATION)
        first = paired_start(f, first, past);
    if (has_capital(r, first, past))
        add_span(f, first, first, past, type, confidence, false);
}

/* ---- sources of spans ------------------------------------------------------------------------ */

/* A surname between two names that a tagger ran together: "X Y's Z" is cut at the possessive. */
static void take_entity(finder *f, const sg_entity *entity)
{
    uint32_t first = entity->first_word;
    uint32_t past = first + entity->word_count;

    if (f->r->skipped[first])
        return;
    if (entity->type == SG_ENTITY_PERSON) {
        for (uint32_t w = first + 1; w < past; w++) {
            if (is_possessive_ending(f->r, w)) {
                take_person(f, first, w, (double) entity->confidence, false);
                first = w + 1;
            }
        }
        if (first < past)
            take_person(f, first, past, (double) entity->confidence, false);
    } else {
        take_other(f, first, past, (int) entity->type, (double) entity->confidence);
    }
}

/* What the lists say that the `n` words at `w` name, or -1. */
static int listed_type(const sg_reading *r, uint32_t w, uint32_t n)
{
    const char *lower = sg_words_lower(r, w, n);
    size_t len = strlen(lower);
    sg_party party;
    sg_country country;

    if (sg_lexicon_party(lower, len, &party))
        return SG_ENTITY_ORGANISATION;
    if (sg_lexicon_country(lower, len, &country))
        return country.is_adjective && strcmp(country.adjective, country.name) != 0
                   ? SG_ENTITY_OTHER
                   : SG_ENTITY_LOCATION;
    if (sg_phrase_classes(r, w, n) &
        (SG_CLASS_OUTLET | SG_CLASS_PLATFORM | SG_CLASS_PHOTO_AGENCY | SG_CLASS_BODY))
        return SG_ENTITY_ORGANISATION;
    return -1;
}

/* Names of the lists at `w`: the number of words, 0 if none. */
static uint32_t listed_name(const sg_reading *r, uint32_t w, uint32_t past, int *type_out)
{
    uint32_t best = 0;

    for (uint32_t n = 1; n <= SG_LEXICON_LONGEST && w + n <= past; n++) {
        int type;

        if (n > 1 && !sg_word_is_capital(r, w + n - 1) && strcmp(r->lower[w + n - 1], "party") != 0)
            continue;
        type = listed_type(r, w, n);
        if (type < 0)
            continue;
        best = n;
        *type_out = type;
    }
    return best;
}

/* True if an entity that is no person reaches beyond both ends, or one of them. */
static bool inside_longer_entity(const finder *f, uint32_t first, uint32_t past)
{
    uint32_t number = f->entity_at[first];
    const sg_entity *e;

    if (number == 0)
        return false;
    e = &f->r->annotation->entities[number - 1];
    return e->type != SG_ENTITY_PERSON && e->word_count > past - first &&
           e->first_word + e->word_count >= past;
}

static bool is_capital_word(const finder *f, uint32_t w)
{
    const sg_reading *r = f->r;

    return f->owner[w] == 0 && !r->skipped[w] && sg_word_is_capital(r, w) && is_letter_word(r, w) &&
           !(r->classes[w] & SG_CLASS_CALENDAR) && !sg_word_is_upos(r, w, SG_VERB);
}

static bool begins_person(const finder *f, uint32_t w)
{
    uint32_t number = f->entity_at[w];

    return number != 0 && f->r->annotation->entities[number - 1].type == SG_ENTITY_PERSON &&
           f->r->annotation->entities[number - 1].first_word == w;
}

static uint32_t capital_run_end(const finder *f, uint32_t w, uint32_t limit)
{
    uint32_t first = w;

    while (w < limit) {
        /* "House of Commons Speaker X": a title ends the name. */
        if (w > first && (f->r->classes[w] & SG_CLASS_TITLE) && w + 1 < limit &&
            is_capital_word(f, w + 1) && (f->r->classes[w + 1] & (SG_CLASS_GIVEN | SG_CLASS_TITLE)))
            break;
        if (w > first && begins_person(f, w))
            break;
        if (is_capital_word(f, w))
            w++;
        else if (is_joining_hyphen(f->r, w, limit) && is_capital_word(f, w + 1))
            w += 2;
        else
            break;
    }
    return w;
}

/* "House of Commons", "Department of Health and Social Care", "Committee on the Judiciary": a
 * noun for a body, a preposition, and capitals. */
static uint32_t of_name_end(const finder *f, uint32_t noun, uint32_t limit)
{
    static const char *const links[] = { "of", "for", "on" };
    const sg_reading *r = f->r;
    bool office = (r->classes[noun] & (SG_CLASS_ORG_AGENCY | SG_CLASS_ORG_COMMITTEE |
                                       SG_CLASS_ORG_ASSOCIATION | SG_CLASS_ORG_UNION)) != 0;
    uint32_t past = noun + 1;
    uint32_t end;

    for (size_t i = 0; past < limit && i < sizeof links / sizeof links[0]; i++) {
        uint32_t w = past + 1;

        if (!sg_word_is(r, past, links[i]))
            continue;
        if (w < limit && sg_word_is(r, w, "the"))
            w++;
        end = capital_run_end(f, w, limit);
        if (end == w)
            return noun + 1;
        /* "Union of Rail, Maritime and Transport Workers" */
        if (office && end + 3 < limit && sg_word_is(r, end, ",") && is_capital_word(f, end + 1) &&
            sg_word_is(r, end + 2, "and") && is_capital_word(f, end + 3))
            end += 2;
        while (office && end + 1 < limit &&
               (sg_word_is(r, end, "and") || sg_word_is(r, end, "&")) &&
               sg_word_is_capital(r, end + 1) && !(r->classes[end + 1] & SG_CLASS_GIVEN) &&
               !sg_word_is_all_capital(r, end + 1)) {
            uint32_t next = capital_run_end(f, end + 2, limit);

            /* "A Union of B and C Fund" are two bodies. */
            if ((r->classes[next - 1] & SG_CLASS_ORG_ANY) && next - end > 2 &&
                !(r->info[next - 1].features & SG_FEAT_PLURAL))
                break;
            end = next;
        }
        /* "University of A at B" */
        if ((r->classes[noun] & SG_CLASS_ORG_PLACE) && end + 1 < limit &&
            sg_word_is(r, end, "at") && is_capital_word(f, end + 1))
            end = capital_run_end(f, end + 1, limit);
        /* "House of Representatives Committee on Ways and Means" */
        return (r->classes[end - 1] & SG_CLASS_ORG_COMMITTEE) ? of_name_end(f, end - 1, limit)
                                                              : end;
    }
    return past;
}

/* "St George's Hospital", "King's College": a possessive inside the name of a place that acts. */
static void take_possessive_names(finder *f)
{
    const sg_reading *r = f->r;

    for (uint32_t w = 2; w < r->word_count; w++) {
        uint32_t limit = sg_sentence_first(r, w);
        uint32_t first;
        sg_country country;

        if (!is_possessive_ending(r, w - 1) || w < limit + 2 || !is_capital_word(f, w) ||
            !(r->classes[w] & SG_CLASS_ORG_PLACE) || sg_is_title_case(r, w))
            continue;
        first = w - 1;
        while (first > limit && w - first < 4 && is_capital_word(f, first - 1) &&
               !(r->classes[first - 1] & TITLE_OR_ROLE))
            first--;
        if (first < w - 1 &&
            !sg_lexicon_country(r->lower[w - 2], strlen(r->lower[w - 2]), &country))
            add_span(f, first, first, w + 1, SG_ENTITY_ORGANISATION, 1.0, false);
    }
}

static void take_of_names(finder *f)
{
    const sg_reading *r = f->r;

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t limit = sg_sentence_past(r, w);
        uint32_t first = w;
        uint32_t past;

        if (!is_capital_word(f, w) || !(r->classes[w] & SG_CLASS_ORG_ANY) || sg_is_title_case(r, w))
            continue;
        past = of_name_end(f, w, limit);
        if (past == w + 1 ||
            sg_longest_phrase_before(r, w + 1, sg_sentence_first(r, w), SG_CLASS_TITLE) > 0)
            continue;
        while (first > sg_sentence_first(r, w) && is_capital_word(f, first - 1) &&
               !(r->classes[first - 1] & TITLE_OR_ROLE) && sg_word_is_proper(r, first - 1))
            first--;
        if (!inside_longer_entity(f, first, past))
            add_span(f, first, first, past, SG_ENTITY_ORGANISATION, 1.0, false);
        w = past - 1;
    }
}

/* "Society for Clean Rivers (SCR)", also "...' (SCR)": the words before a bracket whose capitals
 * the acronym in it is made of are one name, whatever the tagger took them for. */
static void take_bracketed_names(finder *f)
{
    const sg_reading *r = f->r;

    for (uint32_t w = 2; w + 2 < r->word_count; w++) {
        uint32_t limit = sg_sentence_first(r, w);
        uint32_t past = w;
        uint32_t first;
        size_t letters = strlen(r->lower[w + 1]);

        if (!sg_word_is(r, w, "(") || !sg_word_is(r, w + 2, ")") || letters < 3 ||
            !sg_word_is_all_capital(r, w + 1))
            continue;
        if (past > limit && is_possessive_ending(r, past - 1))
            past--;
        first = past;
        while (letters > 0 && first > limit) {
            uint32_t before = first - 1;

            if (is_capital_word(f, before) && r->lower[before][0] == r->lower[w + 1][letters - 1])
                letters--;
            else if (!sg_word_is(r, before, "of") && !sg_word_is(r, before, "for") &&
                     !sg_word_is(r, before, "and") && !sg_word_is(r, before, "the") &&
                     !sg_word_is(r, before, "on"))
                break;
            first--;
        }
        if (letters > 0)
            continue;
        add_span(f, first, first, past, SG_ENTITY_ORGANISATION, 1.0, false);
        add_span(f, w + 1, w + 1, w + 2, SG_ENTITY_ORGANISATION, 1.0, false);
    }
}

/* "British Medical Association": a country or party that is the first word of a body's name. */
static bool begins_longer_name(const finder *f, uint32_t first, uint32_t past)
{
    const sg_reading *r = f->r;
    uint32_t limit = sg_sentence_past(r, first);
    uint32_t end = capital_run_end(f, past, limit);

    if (end == past || sg_is_title_case(r, first) || sg_word_is(r, end - 1, "parties"))
        return false;
    return (r->classes[end - 1] & (SG_CLASS_ORG_ANY | SG_CLASS_NOT_ORG)) &&
           !(r->classes[end - 1] & (SG_CLASS_TITLE | SG_CLASS_ROLE)) &&
           !(r->classes[past] & SG_CLASS_GIVEN);
}

static void take_listed(finder *f)
{
    const sg_reading *r = f->r;

    for (uint32_t w = 0; w < r->word_count; w++) {
        int type = 0;
        uint32_t n;

        if (r->skipped[w] || !sg_word_is_capital(r, w))
            continue;
        n = listed_name(r, w, sg_sentence_past(r, w), &type);
        if (n == 0 || inside_longer_entity(f, w, w + n))
            continue;
        /* "Anna Green", "Mark Cuban" */
        if (n == 1 && w > sg_sentence_first(r, w) && (r->classes[w - 1] & SG_CLASS_GIVEN) &&
            sg_word_is_capital(r, w - 1) && sg_word_is_proper(r, w - 1))
            continue;
        if (begins_longer_name(f, w, w + n)) {
            w = capital_run_end(f, w + n, sg_sentence_past(r, w)) - 1;
            continue;
        }
        add_span(f, n == 1 ? honorifics_before(f, w, sg_sentence_first(r, w)) : w, w, w + n, type,
                 1.5, false);
        w += n - 1;
    }
}

/* "SARS-2": the name of a thing with a number. */
static bool is_numbered(const sg_reading *r, uint32_t w)
{
    return w + 2 < r->word_count && is_joining_hyphen(r, w + 1, sg_sentence_past(r, w)) &&
           r->lower[w + 2][0] >= '0' && r->lower[w + 2][0] <= '9';
}

static bool is_run_word(const finder *f, uint32_t w)
{
    const sg_reading *r = f->r;

    if (f->owner[w] != 0 || r->skipped[w] || !sg_word_is_capital(r, w) || !is_letter_word(r, w) ||
        (r->classes[w] & SG_CLASS_CALENDAR))
        return false;
    if (strchr(r->lower[w], '$') != NULL || is_numbered(r, w))
        return false;
    return sg_word_is_proper(r, w) ||
           (sg_word_is_all_capital(r, w) &&
            (sg_word_is_upos(r, w, SG_NOUN) || sg_word_is_upos(r, w, SG_ADJ) ||
             sg_word_is_upos(r, w, SG_X)));
}

/* "councillor X Y": the tree gives the name to a role in small letters. */
static bool names_holder_of_role(const sg_reading *r, uint32_t first, uint32_t past)
{
    uint32_t role = r->info[first].head;

    return past - first >= 2 && role != SG_NO_WORD && role + 1 == first &&
           sg_word_is_rel(r, first, SG_FLAT) && sg_word_is_upos(r, role, SG_NOUN) &&
           !sg_word_is_capital(r, role) && (r->classes[role] & SG_CLASS_ROLE);
}

/* What a run of capitals looks like that no list and no tagger knows. */
static void take_run(finder *f, uint32_t first, uint32_t past)
{
    const sg_reading *r = f->r;
    uint32_t last = r->classes[past - 1];
    bool is_body = past - first >= 2 && (last & (SG_CLASS_ORG_ANY | SG_CLASS_NOT_ORG)) &&
                   !(last & (TITLE_OR_ROLE | SG_CLASS_GIVEN)) &&
                   !(r->classes[first] & SG_CLASS_GIVEN);
    uint32_t start = skip_titles(r, first, past);
    uint32_t whole = with_particles(f, first, sg_sentence_first(r, first));
    bool after_title =
        start > first || (whole > sg_sentence_first(r, first) &&
                          (r->classes[whole - 1] & (SG_CLASS_HONORIFIC | SG_CLASS_TITLE)) != 0);

    if (is_body) {
        first = paired_start(f, first, past);
        add_span(f, first, first, past, -1, 0, true);
        return;
    }
    if (last & TITLE_OR_ROLE) {
        uint32_t n = sg_longest_phrase_before(r, past, first, TITLE_OR_ROLE);

        /* "City Council Speaker": the body before the title. */
        if (past - n > first)
            take_run(f, first, past - n);
        return;
    }
    if (start >= past)
        return;
    if (!after_title) {
        uint32_t title = first;
        uint32_t name = after_last_title(r, first, past, &title);

        if (name > first) {
            take_person(f, name, past, 0.4, true);
            if (title > first)
                take_run(f, first, title);
            return;
        }
    }
    if (names_holder_of_role(r, first, past))
        take_person(f, start, past, 0.4, false);
    else if (after_title || (r->classes[start] & SG_CLASS_GIVEN && past - start >= 2))
        take_person(f, start, past, 0.4, true);
    else
        add_span(f, start, start, past, -1, 0, true);
}

static void take_runs(finder *f)
{
    const sg_reading *r = f->r;

    for (uint32_t w = 0; w < r->word_count; w++) {
        uint32_t limit = sg_sentence_past(r, w);
        uint32_t past = w;

        if (!is_run_word(f, w) || sg_is_title_case(r, w))
            continue;
        while (past < limit) {
            if (is_run_word(f, past))
                past++;
            else if (past > w && is_joining_hyphen(r, past, limit) && is_run_word(f, past + 1))
                past += 2;
            else
                break;
        }
        if (past > w + 1 || !(r->classes[w] & SG_CLASS_HONORIFIC))
            take_run(f, w, past);
        w = past - 1;
    }
}

static int compare_spans(const void *a, const void *b)
{
    const sg_name_span *x = a;
    const sg_name_span *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

static void find_titles(sg_names *n)
{
    const sg_reading *r = n->reading;

    for (size_t i = 0; i < n->span_count; i++) {
        sg_name_span *s = &n->spans[i];

        if (s->first > sg_sentence_first(r, s->first) &&
            sg_longest_phrase_before(r, s->first, sg_sentence_first(r, s->first), TITLE_OR_ROLE))
            s->title = s->first - 1;
    }
}

void sg_find_name_spans(sg_names *names)
{
    sg_reading *r = names->reading;
    const sg_annotation *a = r->annotation;
    finder f = { names, r, sg_arena_calloc(r->arena, r->word_count + 1, sizeof(uint32_t)),
                 sg_arena_calloc(r->arena, r->word_count + 1, sizeof(uint32_t)) };

    for (uint32_t i = 0; i < a->entity_count; i++)
        for (uint32_t k = 0; k < a->entities[i].word_count; k++)
            f.entity_at[a->entities[i].first_word + k] = i + 1;
    take_bracketed_names(&f);
    take_possessive_names(&f);
    take_of_names(&f);
    take_listed(&f);
    for (size_t i = 0; i < a->entity_count; i++)
        take_entity(&f, &a->entities[i]);
    take_runs(&f);
    if (names->span_count > 0)
        qsort(names->spans, names->span_count, sizeof *names->spans, compare_spans);
    find_titles(names);
}
