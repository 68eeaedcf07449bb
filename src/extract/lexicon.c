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
    { "attribution", SG_CLASS_ATTRIBUTION },
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

static void add_party(char **cells, size_t count)
{
    static const char *const forms[] = { "name", "adjective", "people", "abbreviation", "body" };
    sg_party *party = sg_arena_calloc(arena, 1, sizeof *party);

    if (count < 3)
        return;
    party->name = cells[1];
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(cells[2], forms[i]) == 0)
            party->form = (sg_party_form) i;
    (void) sg_map_put(parties, cells[0], strlen(cells[0]), (uint64_t) (uintptr_t) party);
}

static void add_country_form(const char *form, size_t len, const char *name, const char *adjective,
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

static void add_country(char **cells, size_t count)
{
    if (count < 2)
        return;
    add_country_form(cells[0], strlen(cells[0]), cells[0], cells[1], false);
    add_country_form(cells[1], strlen(cells[1]), cells[0], cells[1], true);
    for (const char *other = count > 2 ? cells[2] : ""; *other != '\0';) {
        size_t n = strcspn(other, "|");

        add_country_form(other, n, cells[0], cells[1], false);
        other += n + (other[n] == '|');
    }
}

/* The next line that is neither empty nor a comment; false at the end of the file. */
static bool next_line(const struct sg_lexicon_file *file, size_t *at, const char **line_out,
                      size_t *len_out)
{
    while (*at < file->len) {
        const char *line = (const char *) file->text + *at;
        const char *stop = memchr(line, '\n', file->len - *at);
        size_t len = stop != NULL ? (size_t) (stop - line) : file->len - *at;

        *at += len + 1;
        if (len > 0 && line[0] != '#') {
            *line_out = line;
            *len_out = len;
            return true;
        }
    }
    return false;
}

/* Cuts a line at commas into at most `max` cells; the last takes the rest. */
static size_t cut_cells(const char *line, size_t len, sg_arena *owner, char **cells, size_t max)
{
    size_t count = 0;

    for (;;) {
        const char *comma = count + 1 < max ? memchr(line, ',', len) : NULL;
        size_t cell = comma != NULL ? (size_t) (comma - line) : len;

        cells[count++] = sg_arena_strndup(owner, line, cell);
        if (comma == NULL)
            return count;
        line += cell + 1;
        len -= cell + 1;
    }
}

void sg_lexicon_read_table(const char *file, size_t columns, sg_arena *owner,
                           void (*each)(char **cells, size_t count))
{
    assert(columns <= SG_LEXICON_COLUMNS && "a table has no more columns than the widest");
    for (size_t i = 0; i < sg_lexicon_file_count; i++) {
        char *cells[SG_LEXICON_COLUMNS];
        const char *line;
        size_t len;
        size_t at = 0;

        if (strcmp(sg_lexicon_files[i].name, file) != 0)
            continue;
        if (next_line(&sg_lexicon_files[i], &at, &line, &len)) { /* the header */
            while (next_line(&sg_lexicon_files[i], &at, &line, &len))
                each(cells, cut_cells(line, len, owner, cells, columns));
        }
    }
}

static void read_all(void)
{
    arena = sg_arena_new();
    classes = sg_map_new();
    parties = sg_map_new();
    countries = sg_map_new();
    for (size_t i = 0; i < sg_lexicon_file_count; i++) {
        const struct sg_lexicon_file *file = &sg_lexicon_files[i];
        uint32_t section = 0;
        const char *line;
        size_t len;
        size_t at = 0;

        while (strstr(file->name, ".csv") == NULL && next_line(file, &at, &line, &len))
            read_list_line(line, len, &section);
    }
    sg_lexicon_read_table("parties.csv", 3, arena, add_party);
    sg_lexicon_read_table("countries.csv", 3, arena, add_country);
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
