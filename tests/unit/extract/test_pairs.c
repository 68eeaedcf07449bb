/* Who is paired with what in the last sentence of plain texts about an invented town. The texts and
 * what must be found ("= HOLDER > TARGET") and must not ("! HOLDER > TARGET"), and which side the
 * cue lists must find ("+ HOLDER > TARGET" for, "-" against, "0" none) and must not ("no + HOLDER >
 * TARGET"): pair_cases.txt. The pattern of a position is often wider than its name, as in codebooks
 * made by hand. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stance/annotation.h"
#include "stance/codebook.h"
#include "stance/file.h"

#include "extract/stance_internal.h"

#define CASES_FILE "tests/unit/extract/pair_cases.txt"
#define MAX_CASES  600
#define MAX_LINES  8

typedef struct pair_case {
    char *claim;
    char *text;
    char *expected[MAX_LINES];
    size_t expected_count;
} pair_case;

static pair_case cases[MAX_CASES];
static size_t case_count;
static sg_strbuf lines = SG_STRBUF_INIT;
static sg_model *model;
static sg_codebook *codebook;

static const char *const rows[] = {
    "closure of the library",
    "clos* + library",
    "new bus lane",
    "bus lane",
    "higher parking fees",
    "parking fee",
    "release of the accounts",
    "accounts",
    "cap on rents",
    "rents + cap",
    "cap on rents",
    "bill",
    "tram under the river",
    "river tunnel",
    "tram line",
    "tunnel",
    "repeal of the beach tax",
    "beach tax",
};

static int set_up(void **state)
{
    sg_error err = SG_ERROR_INIT;

    (void) state;
    if (sg_codebook_make("town", rows, sizeof rows / sizeof rows[0] / 2, &codebook, &err) != SG_OK)
        return -1;
    return sg_model_open("data/models/en.model", &model, &err) == SG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void) state;
    sg_model_close(model);
    sg_codebook_free(codebook);
    return 0;
}

static const char *target_of(const sg_reading *r, const sg_pair *pair)
{
    return pair->target_kind == SG_TARGET_POSITION ? r->positions[pair->target].name
                                                   : r->actors[pair->target].name;
}

/* "HOLDER > TARGET", "HOLDER > TARGET at WORD" or, of what the holder itself does, "HOLDER does
 * TARGET". */
static bool is_pair(const sg_reading *r, const sg_pair *pair, const char *line)
{
    const char *holder = r->actors[pair->holder].name;
    const char *target = target_of(r, pair);
    char plain[200];
    char at[240];
    char agent[200];

    (void) snprintf(plain, sizeof plain, "%s > %s", holder, target);
    (void) snprintf(at, sizeof at, "%s at %s", plain, r->lower[pair->target_word]);
    (void) snprintf(agent, sizeof agent, "%s does %s", holder, target);
    return strcmp(plain, line) == 0 || strcmp(at, line) == 0 ||
           (pair->agent == SG_AGENT_SELF && strcmp(agent, line) == 0);
}

static bool has_pair(const sg_reading *r, const sg_pairs *pairs, const char *line)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->items[i].sentence + 1 == r->document->sentence_count &&
            is_pair(r, &pairs->items[i], line))
            return true;
    }
    return false;
}

static bool has_rule(const sg_reading *r, const sg_pairs *pairs, const char *line)
{
    int sign = line[0] == '+' ? 1 : line[0] == '-' ? -1 : 0;

    for (size_t i = 0; i < pairs->count; i++) {
        const sg_pair *pair = &pairs->items[i];

        if (pair->sentence + 1 == r->document->sentence_count && pair->rule != NULL &&
            pair->rule->sign == sign && is_pair(r, pair, line + 2))
            return true;
    }
    return false;
}

static bool holds(const sg_reading *r, const sg_pairs *pairs, const char *line)
{
    if (strncmp(line, "no ", 3) == 0)
        return !has_rule(r, pairs, line + 3);
    if (line[0] == '=' || line[0] == '!')
        return has_pair(r, pairs, line + 2) == (line[0] == '=');
    return has_rule(r, pairs, line);
}

static void show(const sg_reading *r, const sg_pairs *pairs, const char *line)
{
    print_message("wanted %s\nfound\n", line);
    for (size_t i = 0; i < pairs->count; i++) {
        if (pairs->items[i].sentence + 1 == r->document->sentence_count)
            print_message("  %s > %s at %s%s, rule %d\n", r->actors[pairs->items[i].holder].name,
                          target_of(r, &pairs->items[i]), r->lower[pairs->items[i].target_word],
                          pairs->items[i].agent == SG_AGENT_SELF ? " (does)" : "",
                          pairs->items[i].rule != NULL ? pairs->items[i].rule->sign : 9);
    }
}

static void case_holds(void **state)
{
    const pair_case *c = *state;
    struct sg_extract_options options = { .codebook = codebook };
    sg_error err = SG_ERROR_INIT;
    sg_arena *arena = sg_arena_new();
    sg_document *document = NULL;
    sg_annotation *annotation = NULL;
    sg_pairs pairs = { 0 };
    sg_speech *speech = NULL;
    sg_reading *r;
    const char *bad = NULL;

    assert_int_equal(sg_document_read("town", c->text, strlen(c->text), arena, &document, &err),
                     SG_OK);
    assert_int_equal(sg_annotate(model, document, arena, &annotation, &err), SG_OK);
    r = sg_read_article(annotation, &options, arena, &speech, &pairs);
    for (size_t i = 0; i < c->expected_count && bad == NULL; i++) {
        if (!holds(r, &pairs, c->expected[i]))
            bad = c->expected[i];
    }
    if (bad != NULL)
        show(r, &pairs, bad);
    sg_arena_free(arena);
    assert_null(bad);
}

/* "\n" in the file is the end of a paragraph. */
static void unescape(char *text)
{
    char *out = text;

    for (; *text != '\0'; text++) {
        if (text[0] == '\\' && text[1] == 'n') {
            *out++ = '\n';
            *out++ = '\n';
            text++;
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

static void read_line(char *line)
{
    pair_case *c = &cases[case_count == 0 ? 0 : case_count - 1];

    if (strncmp(line, "# ", 2) == 0) {
        assert_true(case_count < MAX_CASES);
        cases[case_count++].claim = line + 2;
    } else if (line[0] != '\0' && strchr("=!+-0n", line[0]) != NULL) {
        assert_true(c->expected_count < MAX_LINES);
        c->expected[c->expected_count++] = line;
    } else if (strncmp(line, "text ", 5) == 0) {
        unescape(line + 5);
        c->text = line + 5;
    } else if (line[0] != '\0') {
        fail_msg("%s: what is '%s'?", CASES_FILE, line);
    }
}

static void read_cases(void)
{
    sg_error err = SG_ERROR_INIT;
    char *line;

    if (sg_file_read(CASES_FILE, 0, &lines, &err) != SG_OK)
        fail_msg("%s", err.message);
    line = lines.data;
    while (line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');

        if (end != NULL)
            *end = '\0';
        read_line(line);
        line = end != NULL ? end + 1 : NULL;
    }
}

int main(void)
{
    struct CMUnitTest tests[MAX_CASES] = { { 0 } };
    int failed;

    read_cases();
    for (size_t i = 0; i < case_count; i++)
        tests[i] = (struct CMUnitTest){ cases[i].claim, case_holds, NULL, NULL, &cases[i] };
    failed = _cmocka_run_group_tests("extract/pairs", tests, case_count, set_up, tear_down);
    sg_strbuf_clear(&lines);
    return failed;
}
