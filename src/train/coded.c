#include "coded.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "stance/file.h"
#include "stance/strbuf.h"

struct reader {
    const char *path;
    sg_arena *arena;
    sg_error *err;
    size_t line;
    sg_strbuf text;
    json_t *gold;
    const char **cells; /* of the codebook */
    size_t cell_count;
    size_t cell_capacity;
    char *sentence; /* the last one read, which the stances below it belong to */
    bool in_header;
    bool in_body;
    bool apart; /* a blank line came before */
};

static sg_status wrong(const struct reader *r, const char *what)
{
    return sg_error_set(r->err, SG_ERR_INPUT, "%s:%zu: %s", r->path, r->line, what);
}

/* Without the blanks around it. */
static char *trim(char *text)
{
    size_t n;

    text += strspn(text, " \t\r");
    for (n = strlen(text); n > 0 && strchr(" \t\r", text[n - 1]) != NULL;)
        text[--n] = '\0';
    return text;
}

/* Cuts off the part before the next `|`, trimmed; NULL when there is none left. */
static char *next_part(char **rest)
{
    char *part = *rest;
    char *bar;

    if (part == NULL)
        return NULL;
    bar = strchr(part, '|');
    *rest = bar != NULL ? bar + 1 : NULL;
    if (bar != NULL)
        *bar = '\0';
    return trim(part);
}

/* "Anna Brandt | Brandt | the mayor" joins one of the lists of actors. */
static void read_actor(struct reader *r, const char *list, char *forms)
{
    const char *name = next_part(&forms);
    json_t *mentions = json_array();

    json_array_append_new(mentions, json_string(name));
    for (char *form = next_part(&forms); form != NULL; form = next_part(&forms))
        json_array_append_new(mentions, json_string(form));
    json_array_append_new(json_object_get(r->gold, list),
                          json_pack("{s:s, s:o}", "name", name, "mentions", mentions));
}

/* "place: Fairwater | Lower Fairwater": names that are no actors of the article. */
static void read_names(struct reader *r, const char *list, char *names)
{
    for (const char *name = next_part(&names); name != NULL; name = next_part(&names))
        json_array_append_new(json_object_get(r->gold, list), json_string(name));
}

static void read_position(struct reader *r, char *patterns)
{
    const char *name = next_part(&patterns);

    for (char *p = next_part(&patterns); p != NULL; p = next_part(&patterns)) {
        SG_ARENA_GROW(r->arena, r->cells, r->cell_capacity, r->cell_count + 2);
        r->cells[r->cell_count++] = name;
        r->cells[r->cell_count++] = p;
    }
}

static bool take_ending(char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t n = strlen(ending);

    if (len < n || strcmp(text + len - n, ending) != 0)
        return false;
    text[len - n] = '\0';
    (void) trim(text);
    return true;
}

static bool is_position(const struct reader *r, const char *name)
{
    for (size_t i = 0; i < r->cell_count; i += 2) {
        if (strcmp(r->cells[i], name) == 0)
            return true;
    }
    return false;
}

/* "+ HOLDER: TARGET", with "(implied)" or "(optional)" at its end. */
static sg_status read_stance(struct reader *r, char *line)
{
    bool implied = take_ending(line, "(implied)");
    bool optional = take_ending(line, "(optional)");
    char *colon = strstr(line, ": ");

    if (colon == NULL || r->sentence == NULL || (line[0] != '+' && line[0] != '-'))
        return wrong(r, "no stance (`+ HOLDER: TARGET` below its sentence)");
    *colon = '\0';
    json_array_append_new(json_object_get(r->gold, "stances"),
                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "actor", trim(line + 1),
                                    "stance", line[0] == '+' ? "support" : "oppose", "target",
                                    trim(colon + 2), "evidence", r->sentence, "certainty",
                                    implied ? "implied" : "explicit", "optional", (int) optional));
    return SG_OK;
}

static void read_sentence(struct reader *r, char *line, const char *before)
{
    sg_strbuf_printf(&r->text, "%s%s", before, line);
    r->sentence = line;
    r->apart = false;
}

static bool take_field(char *line, const char *name, char **value)
{
    size_t n = strlen(name);

    if (strncmp(line, name, n) != 0 || line[n] != ':')
        return false;
    *value = trim(line + n + 1);
    return true;
}

static sg_status read_line(struct reader *r, char *line)
{
    char *value = NULL;

    if (line[0] == ' ')
        return read_stance(r, trim(line));
    if (line[0] == '\0') {
        r->apart = true;
        r->in_body = r->in_body || r->in_header;
    } else if (r->in_body) {
        read_sentence(r, line, r->apart ? "\n\n" : " ");
    } else if (line[0] == '#') {
        read_sentence(r, trim(line + 1), "");
    } else if (take_field(line, "person", &value)) {
        read_actor(r, "persons", value);
    } else if (take_field(line, "organisation", &value)) {
        read_actor(r, "organisations", value);
    } else if (take_field(line, "group", &value)) {
        read_actor(r, "groups", value);
    } else if (take_field(line, "position", &value)) {
        read_position(r, value);
    } else if (take_field(line, "other person", &value)) {
        read_names(r, "other_persons", value);
    } else if (take_field(line, "other organisation", &value)) {
        read_names(r, "other_organisations", value);
    } else if (take_field(line, "place", &value)) {
        read_names(r, "places", value);
    } else if (take_field(line, "event", &value)) {
        read_names(r, "events", value);
    } else if (take_field(line, "other name", &value)) {
        read_names(r, "other_names", value);
    } else if (!take_field(line, "date", &value)) {
        return wrong(r, "neither a header line nor, after a blank line, a sentence");
    }
    r->in_header = r->in_header || value != NULL;
    return SG_OK;
}

/* The stances of the headline stand before the positions are known, so this comes last. */
static void name_target_types(const struct reader *r)
{
    json_t *stance;
    size_t i;

    json_array_foreach(json_object_get(r->gold, "stances"), i, stance)
    {
        const char *target = json_string_value(json_object_get(stance, "target"));

        json_object_set_new(stance, "target_type",
                            json_string(is_position(r, target) ? "position" : "actor"));
    }
}

sg_status sg_coded_read(const char *path, sg_arena *arena, sg_coded *coded_out, sg_error *err)
{
    struct reader r = { .path = path, .arena = arena, .err = err, .text = SG_STRBUF_INIT };
    sg_strbuf file = SG_STRBUF_INIT;
    sg_status status = sg_file_read(path, 0, &file, err);
    char *at = status == SG_OK ? sg_arena_strndup(arena, sg_strbuf_text(&file), file.len) : NULL;

    r.gold = json_pack("{s:[], s:[], s:[], s:[], s:[], s:[], s:[], s:[], s:[]}", "persons",
                       "organisations", "groups", "other_persons", "other_organisations", "places",
                       "events", "other_names", "stances");
    while (status == SG_OK && at != NULL) {
        char *end = strchr(at, '\n');

        if (end != NULL)
            *end = '\0';
        r.line++;
        status = read_line(&r, at);
        at = end != NULL ? end + 1 : NULL;
    }
    if (status == SG_OK)
        status = sg_codebook_make(path, r.cells, r.cell_count / 2, &coded_out->codebook, err);
    name_target_types(&r);
    sg_strbuf_putc(&r.text, '\n');
    coded_out->text = sg_arena_strndup(arena, sg_strbuf_text(&r.text), r.text.len);
    coded_out->gold = r.gold;
    if (status != SG_OK)
        json_decref(r.gold);
    sg_strbuf_clear(&r.text);
    sg_strbuf_clear(&file);
    return status;
}

/* ---- a folder ------------------------------------------------------------------------------- */

static int is_coded(const struct dirent *entry)
{
    const size_t len = strlen(entry->d_name);

    return len > 6 && strcmp(entry->d_name + len - 6, ".coded") == 0;
}

sg_status sg_coded_read_folder(const char *folder, sg_coded_each *each, void *context,
                               sg_error *err)
{
    struct dirent **entries = NULL;
    const int count = scandir(folder, &entries, is_coded, alphasort);
    sg_status status = SG_OK;

    if (count < 0)
        return sg_error_set(err, SG_ERR_IO, "%s: cannot be read", folder);
    for (int i = 0; i < count; i++) {
        sg_arena *arena = sg_arena_new();
        const char *path = sg_arena_printf(arena, "%s/%s", folder, entries[i]->d_name);
        sg_coded coded;

        if (status == SG_OK) {
            status = sg_coded_read(path, arena, &coded, err);
            if (status == SG_OK) {
                status = each(path, &coded, context, err);
                sg_codebook_free(coded.codebook);
                json_decref(coded.gold);
            }
        }
        sg_arena_free(arena);
        free(entries[i]);
    }
    free(entries);
    return status;
}
