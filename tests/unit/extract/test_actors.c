/* Claims about actors and what is attributed to them, each with text, its annotation and what must
 * be found: actor_cases.txt. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stance/extraction.h"
#include "stance/file.h"
#include "stance/mem.h"
#include "stance/strbuf.h"

#include "language/language_internal.h"

#define MAX_WORDS  400
#define MAX_LINES  8
#define MAX_CASES  64
#define CASES_FILE "tests/unit/extract/actor_cases.txt"

typedef struct actor_case {
    char *claim;
    char *expected[MAX_LINES];
    size_t expected_count;
    sg_document document;
    sg_annotation annotation;
} actor_case;

static sg_arena *arena;
static actor_case cases[MAX_CASES];
static size_t case_count;

static char *unescape(const char *json)
{
    char *out = sg_arena_alloc(arena, strlen(json) + 1);
    size_t n = 0;

    for (const char *c = json + 1; *c != '\0' && !(*c == '"' && c[1] == '\0'); c++) {
        if (*c == '\\' && c[1] == 'n') {
            out[n++] = '\n';
            c++;
        } else if (*c == '\\') {
            out[n++] = *++c;
        } else {
            out[n++] = *c;
        }
    }
    out[n] = '\0';
    return out;
}

static void begin_case(actor_case *c, const char *line)
{
    c->claim = sg_arena_strdup(arena, line + 2);
    c->document.words = sg_arena_calloc(arena, MAX_WORDS, sizeof(sg_word));
    c->document.sentences = sg_arena_calloc(arena, MAX_WORDS, sizeof(sg_sentence));
    c->document.paragraphs = sg_arena_calloc(arena, MAX_WORDS, sizeof(sg_paragraph));
    c->annotation.words = sg_arena_calloc(arena, MAX_WORDS, sizeof(sg_word_info));
    c->annotation.entities = sg_arena_calloc(arena, MAX_WORDS, sizeof(sg_entity));
}

static void begin_sentence(actor_case *c)
{
    sg_document *d = &c->document;

    d->sentences[d->sentence_count].first_word = (uint32_t) d->word_count;
    d->sentence_count++;
}

static sg_entity_type entity_type(const char *name)
{
    static const char *const names[] = { "PER", "ORG", "LOC", "EVENT", "MISC" };

    for (size_t i = 0; i < 5; i++)
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return (sg_entity_type) i;
    fail_msg("unknown type of name: %s", name);
    return SG_ENTITY_OTHER;
}

static void add_word(actor_case *c, char *line)
{
    sg_document *d = &c->document;
    sg_annotation *a = &c->annotation;
    sg_word_info *info = &a->words[d->word_count];
    sg_word *word = &d->words[d->word_count];
    char *cell[9];
    long head;

    for (size_t i = 0; i < 9; i++) {
        cell[i] = line;
        line += strcspn(line, "\t");
        if (*line == '\t')
            *line++ = '\0';
    }
    word->start = (uint32_t) strtoul(cell[0], NULL, 10);
    word->end = (uint32_t) strtoul(cell[1], NULL, 10);
    word->space_after = d->text[word->end] == ' ' || d->text[word->end] == '\n';
    info->upos = sg_upos_find(cell[2]);
    info->xpos = sg_xpos_find(cell[3]);
    head = strtol(cell[4], NULL, 10);
    info->head = head == 0 ? SG_NO_WORD : (uint32_t) ((long) d->word_count + head);
    info->deprel = sg_deprel_find(cell[5]);
    info->features = (uint32_t) strtoul(cell[6], NULL, 10);
    info->lemma = sg_arena_strdup(arena, cell[7]);
    if (cell[8][0] != '_') {
        const char *colon = strchr(cell[8], ':');

        a->entities[a->entity_count++] =
            (sg_entity){ (uint32_t) d->word_count, (uint32_t) strtoul(colon + 1, NULL, 10),
                         entity_type(cell[8]), 0.95F };
    }
    d->word_count++;
}

/* Sentences get their extent, and paragraphs are cut where the text has an empty line. */
static void finish_case(actor_case *c)
{
    sg_document *d = &c->document;

    for (size_t i = 0; i < d->sentence_count; i++) {
        sg_sentence *s = &d->sentences[i];
        size_t past = i + 1 < d->sentence_count ? d->sentences[i + 1].first_word : d->word_count;
        const char *gap;

        s->word_count = (uint32_t) past - s->first_word;
        s->start = d->words[s->first_word].start;
        s->end = d->words[past - 1].end;
        gap = i > 0 ? strstr(d->text + d->sentences[i - 1].end, "\n\n") : d->text;
        if (gap != NULL && gap < d->text + s->start + (i == 0)) {
            d->paragraphs[d->paragraph_count].first_sentence = (uint32_t) i;
            d->paragraphs[d->paragraph_count++].kind = SG_PARAGRAPH_BODY;
        }
        s->paragraph = (uint32_t) d->paragraph_count - 1;
        d->paragraphs[s->paragraph].sentence_count++;
    }
    d->name = "case";
    d->day = SG_NO_DAY;
    c->annotation.document = d;
}

static void read_line(char *line)
{
    actor_case *c = &cases[case_count == 0 ? 0 : case_count - 1];

    if (strncmp(line, "# ", 2) == 0) {
        assert_true(case_count < MAX_CASES);
        begin_case(&cases[case_count++], line);
    } else if (strncmp(line, "= ", 2) == 0 || strncmp(line, "! ", 2) == 0) {
        assert_true(c->expected_count < MAX_LINES);
        c->expected[c->expected_count++] = sg_arena_strdup(arena, line);
    } else if (strncmp(line, "text ", 5) == 0) {
        c->document.text = unescape(line + 5);
        c->document.len = strlen(c->document.text);
    } else if (strcmp(line, "sentence") == 0) {
        begin_sentence(c);
    } else if (line[0] != '\0') {
        add_word(c, line);
    }
}

static void append_slices(sg_strbuf *out, const sg_document *d, const sg_actor *actor)
{
    for (size_t i = 0; i < actor->mention_count; i++) {
        size_t len = actor->mentions[i].end - actor->mentions[i].start;
        const char *text = d->text + actor->mentions[i].start;
        bool seen = false;

        for (size_t k = 0; k < i; k++)
            seen = seen || (actor->mentions[k].end - actor->mentions[k].start == len &&
                            memcmp(d->text + actor->mentions[k].start, text, len) == 0);
        if (!seen)
            sg_strbuf_printf(out, "%s%.*s", i > 0 ? "; " : "", (int) len, text);
    }
}

static void append_slice(sg_strbuf *out, const sg_document *d, sg_slice slice)
{
    sg_strbuf_printf(out, "%.*s", (int) (slice.end - slice.start), d->text + slice.start);
}

/* "= says NAME | source | cue | content", one line per attribution. */
static void append_attribution(sg_strbuf *out, const sg_extraction *x, const sg_attribution *a)
{
    sg_strbuf_printf(out, "= says %s | ", a->speaker < 0 ? "-" : x->actors[a->speaker].name);
    append_slice(out, x->document, a->source);
    sg_strbuf_puts(out, " | ");
    append_slice(out, x->document, a->cue);
    sg_strbuf_puts(out, " | ");
    for (size_t i = 0; i < a->content_count; i++) {
        sg_strbuf_puts(out, i > 0 ? "; " : "");
        append_slice(out, x->document, a->content[i]);
    }
    sg_strbuf_putc(out, '\n');
}

/* "= person NAME | mentions | roles | affiliations", one line per actor. */
static char *render(const sg_extraction *x)
{
    static const char *const kinds[] = { "person", "organisation", "group" };
    sg_strbuf out = SG_STRBUF_INIT;

    for (size_t i = 0; i < x->actor_count; i++) {
        const sg_actor *actor = &x->actors[i];

        sg_strbuf_printf(&out, "= %s %s | ", kinds[actor->kind], actor->name);
        append_slices(&out, x->document, actor);
        if (actor->kind == SG_ACTOR_PERSON) {
            sg_strbuf_puts(&out, " |");
            for (size_t k = 0; k < actor->role_count; k++)
                sg_strbuf_printf(&out, "%s %s", k > 0 ? ";" : "", actor->roles[k]);
            sg_strbuf_puts(&out, " |");
            for (size_t k = 0; k < actor->affiliation_count; k++)
                sg_strbuf_printf(&out, "%s %s", k > 0 ? ";" : "",
                                 x->actors[actor->affiliations[k].organisation].name);
        }
        sg_strbuf_putc(&out, '\n');
    }
    for (size_t i = 0; i < x->attribution_count; i++)
        append_attribution(&out, x, &x->attributions[i]);
    return sg_strbuf_detach(&out, NULL);
}

static bool has_line(const char *text, const char *line)
{
    size_t len = strlen(line);

    for (const char *at = strstr(text, line); at != NULL; at = strstr(at + 1, line))
        if ((at == text || at[-1] == '\n') && at[len] == '\n')
            return true;
    return false;
}

static void case_holds(void **state)
{
    const actor_case *c = *state;
    struct sg_extract_options options = { .attributions = true };
    sg_arena *scratch = sg_arena_new();
    sg_extraction *x = NULL;
    sg_error err = SG_ERROR_INIT;
    char *found;
    char *bad = NULL;

    assert_int_equal(sg_extract(&c->annotation, &options, scratch, &x, &err), SG_OK);
    found = render(x);
    for (size_t i = 0; i < c->expected_count && bad == NULL; i++) {
        char *line = c->expected[i];

        if (line[0] == '=' && !has_line(found, line))
            bad = line;
        if (line[0] == '!')
            for (size_t k = 0; k < x->actor_count; k++)
                if (strcmp(x->actors[k].name, line + 2) == 0)
                    bad = line;
    }
    if (bad != NULL)
        print_message("wanted %s\nfound\n%s", bad, found);
    sg_free(found);
    sg_arena_free(scratch);
    assert_null(bad);
}

static void read_cases(void)
{
    sg_strbuf buf = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    char *line;

    if (sg_file_read(CASES_FILE, 0, &buf, &err) != SG_OK)
        fail_msg("%s", err.message);
    line = buf.data;
    while (line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');

        if (end != NULL)
            *end = '\0';
        read_line(line);
        line = end != NULL ? end + 1 : NULL;
    }
    sg_strbuf_clear(&buf);
    for (size_t i = 0; i < case_count; i++)
        finish_case(&cases[i]);
}

int main(void)
{
    struct CMUnitTest tests[MAX_CASES] = { { 0 } };
    int failed;

    arena = sg_arena_new();
    read_cases();
    for (size_t i = 0; i < case_count; i++)
        tests[i] = (struct CMUnitTest){ cases[i].claim, case_holds, NULL, NULL, &cases[i] };
    failed = _cmocka_run_group_tests("extract/actors", tests, case_count, NULL, NULL);
    sg_arena_free(arena);
    return failed;
}
