#include <assert.h>
#include <pthread.h>
#include <string.h>

#include "stance/map.h"
#include "stance/mem.h"

#include "lexicon_internal.h"

/* All lists share one map from phrase to class bits. Parties and countries are tables with a map
 * of their own. Everything is made at the first look-up and kept until the program ends. */

static const struct {
    const char *section;
    uint32_t bit;
} sections[] = {
    { "honorific", SG_CLASS_HONORIFIC },
    { "title", SG_CLASS_TITLE | SG_CLASS_ROLE },
    { "role", SG_CLASS_ROLE },
    { "family", SG_CLASS_FAMILY },
    { "role-modifier", SG_CLASS_ROLE_MODIFIER },
    { "spokesperson", SG_CLASS_SPOKESPERSON | SG_CLASS_ROLE },
    { "org-union", SG_CLASS_ORG_UNION },
    { "org-party", SG_CLASS_ORG_PARTY },
    { "org-association", SG_CLASS_ORG_ASSOCIATION },
    { "org-committee", SG_CLASS_ORG_COMMITTEE },
    { "org-court", SG_CLASS_ORG_COURT },
    { "org-legislature", SG_CLASS_ORG_LEGISLATURE },
    { "org-government", SG_CLASS_ORG_GOVERNMENT },
    { "org-agency", SG_CLASS_ORG_AGENCY },
    { "org-company", SG_CLASS_ORG_COMPANY },
    { "org-media", SG_CLASS_ORG_MEDIA },
    { "org-place", SG_CLASS_ORG_PLACE },
    { "not-org", SG_CLASS_NOT_ORG },
    { "speech", SG_CLASS_SPEECH },
    { "act", SG_CLASS_ACT },
    { "person-noun", SG_CLASS_PERSON_NOUN },
    { "collective-noun", SG_CLASS_COLLECTIVE },
    { "given-male", SG_CLASS_GIVEN_MALE },
    { "given-female", SG_CLASS_GIVEN_FEMALE },
    { "name-particle", SG_CLASS_NAME_PARTICLE },
    { "name-suffix", SG_CLASS_NAME_SUFFIX },
    { "calendar", SG_CLASS_CALENDAR },
    { "outlet", SG_CLASS_OUTLET },
    { "platform", SG_CLASS_PLATFORM },
    { "photo-agency", SG_CLASS_PHOTO_AGENCY },
    { "body", SG_CLASS_BODY },
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sg_arena *arena;
static sg_map *classes;
static sg_map *parties;   /* form -> sg_party * */
static sg_map *countries; /* name, adjective or other name -> sg_country * */

static uint32_t section_bit(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (strlen(sections[i].section) == len && memcmp(sections[i].section, name, len) == 0)
            return sections[i].bit;
    assert(false && "a lexicon has a section that the program does not know");
    return 0;
}

static void read_list_line(const char *line, size_t len, uint32_t *section)
{
    if (line[0] == '[')
        *section = section_bit(line + 1, len - 2);
    else
        *sg_map_slot(classes, line, len, 0) |= *section;
}

/* Cuts a line at commas into at most `max` cells; the last takes the rest. */
static size_t cut_cells(const char *line, size_t len, char **cells, size_t max)
{
    size_t count = 0;

    for (;;) {
        const char *comma = count + 1 < max ? memchr(line, ',', len) : NULL;
        size_t cell = comma != NULL ? (size_t) (comma - line) : len;

        cells[count++] = sg_arena_strndup(arena, line, cell);
        if (comma == NULL)
            return count;
        line += cell + 1;
        len -= cell + 1;
    }
}

static void read_party_line(const char *line, size_t len)
{
    static const char *const forms[] = { "name", "adjective", "people", "abbreviation", "body" };
    char *cells[3];
    sg_party *party = sg_arena_calloc(arena, 1, sizeof *party);

    if (cut_cells(line, len, cells, 3) != 3)
        return;
    party->name = cells[1];
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(cells[2], forms[i]) == 0)
            party->form = (sg_party_form) i;
    (void) sg_map_put(parties, cells[0], strlen(cells[0]), (uint64_t) (uintptr_t) party);
}

static void add_country(const char *form, size_t len, const char *name, const char *adjective,
                        bool is_adjective)
{
    char lower[80];
    sg_country *country;

    if (len == 0 || len >= sizeof lower)
        return;
    for (size_t i = 0; i < len; i++)
        lower[i] = form[i] >= 'A' && form[i] <= 'Z' ? (char) (form[i] - 'A' + 'a') : form[i];
    country = sg_arena_calloc(arena, 1, sizeof *country);
    *country = (sg_country){ name, adjective, is_adjective };
    (void) sg_map_slot(countries, lower, len, (uint64_t) (uintptr_t) country);
}

static void read_country_line(const char *line, size_t len)
{
    char *cells[3];
    size_t count = cut_cells(line, len, cells, 3);

    if (count < 2)
        return;
    add_country(cells[0], strlen(cells[0]), cells[0], cells[1], false);
    add_country(cells[1], strlen(cells[1]), cells[0], cells[1], true);
    for (const char *other = count > 2 ? cells[2] : ""; *other != '\0';) {
        size_t n = strcspn(other, "|");

        add_country(other, n, cells[0], cells[1], false);
        other += n + (other[n] == '|');
    }
}

static void read_file(const struct sg_lexicon_file *file)
{
    const char *text = (const char *) file->text;
    const char *end = text + file->len;
    bool header = true;
    uint32_t section = 0;

    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t) (end - text));
        size_t len = stop != NULL ? (size_t) (stop - text) : (size_t) (end - text);

        if (len > 0 && text[0] != '#') {
            if (strcmp(file->name, "parties.csv") == 0 && !header)
                read_party_line(text, len);
            else if (strcmp(file->name, "countries.csv") == 0 && !header)
                read_country_line(text, len);
            else if (strstr(file->name, ".csv") == NULL)
                read_list_line(text, len, &section);
            header = false;
        }
        text += len + 1;
    }
}

static void read_all(void)
{
    arena = sg_arena_new();
    classes = sg_map_new();
    parties = sg_map_new();
    countries = sg_map_new();
    for (size_t i = 0; i < sg_lexicon_file_count; i++)
        read_file(&sg_lexicon_files[i]);
}

uint32_t sg_lexicon_classes(const char *lower, size_t len)
{
    uint64_t bits = 0;

    (void) pthread_once(&once, read_all);
    return sg_map_find(classes, lower, len, &bits) ? (uint32_t) bits : 0;
}

bool sg_lexicon_party(const char *lower, size_t len, sg_party *party_out)
{
    uint64_t value = 0;

    (void) pthread_once(&once, read_all);
    if (!sg_map_find(parties, lower, len, &value))
        return false;
    *party_out = *(const sg_party *) (uintptr_t) value;
    return true;
}

bool sg_lexicon_country(const char *lower, size_t len, sg_country *country_out)
{
    uint64_t value = 0;

    (void) pthread_once(&once, read_all);
    if (!sg_map_find(countries, lower, len, &value))
        return false;
    *country_out = *(const sg_country *) (uintptr_t) value;
    return true;
}
