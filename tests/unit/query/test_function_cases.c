#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stance/file.h"
#include "stance/function.h"
#include "stance/value_ops.h"

/* Runs tests/fixtures/functions/cases.txt: a section "== claim" is one test, a line in it
 * "expression => answer", the answer as Cypher text or "! ErrorType Detail". Expressions are
 * literals, calls, .part, [index] and the operators + - * / % ^ = < <=. */

#define CASES_FILE "tests/fixtures/functions/cases.txt"

/* ---- a small evaluator ---- */

struct evaluator {
    const char *at;
    const char *end;
    sg_arena *arena;
    struct sg_function_context context;
    sg_error err;
    sg_status status;
};

static sg_value expression(struct evaluator *e, int level);

static void blanks(struct evaluator *e)
{
    while (e->at < e->end && *e->at == ' ')
        e->at++;
}

static bool take(struct evaluator *e, const char *token)
{
    size_t len = strlen(token);

    blanks(e);
    if ((size_t) (e->end - e->at) < len || memcmp(e->at, token, len) != 0)
        return false;
    e->at += len;
    return true;
}

static void need(struct evaluator *e, const char *token)
{
    if (!take(e, token))
        fail_msg("'%s' expected at: %.*s", token, (int) (e->end - e->at), e->at);
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static sg_value word(struct evaluator *e)
{
    const char *start;

    blanks(e);
    start = e->at;
    while (e->at < e->end && is_word(*e->at))
        e->at++;
    return sg_value_string(start, (size_t) (e->at - start));
}

/* Values of a call, list or map up to the closing token, in `values`; keys of a map in `keys`. */
static size_t sequence(struct evaluator *e, const char *close, sg_value *keys, sg_value *values)
{
    size_t count = 0;

    if (take(e, close))
        return 0;
    do {
        assert_true(count < 32);
        if (keys != NULL) {
            keys[count] = word(e);
            need(e, ":");
        }
        values[count++] = expression(e, 0);
    } while (take(e, ","));
    need(e, close);
    return count;
}

static sg_value string_literal(struct evaluator *e)
{
    char *text = sg_arena_alloc(e->arena, (size_t) (e->end - e->at));
    size_t len = 0;

    while (e->at < e->end && *e->at != '\'') {
        if (*e->at == '\\' && e->at + 1 < e->end) {
            e->at++;
            text[len++] = *e->at == 'n' ? '\n' : *e->at == 't' ? '\t' : *e->at;
            e->at++;
        } else {
            text[len++] = *e->at++;
        }
    }
    need(e, "'");
    return sg_value_string(text, len);
}

static sg_value number_literal(struct evaluator *e)
{
    const char *start = e->at;
    bool is_float = false;
    char *text;

    while (e->at < e->end && (is_word(*e->at) || *e->at == '.' ||
                              ((*e->at == '-' || *e->at == '+') && e->at[-1] == 'e'))) {
        is_float = is_float || *e->at == '.' || *e->at == 'e';
        e->at++;
    }
    text = sg_arena_strndup(e->arena, start, (size_t) (e->at - start));
    return is_float ? sg_value_float(strtod(text, NULL))
                    : sg_value_integer(strtoll(text, NULL, 10));
}

static sg_value call(struct evaluator *e, sg_value name)
{
    sg_value args[32], out = sg_value_null();
    const char *full = name.as.string;
    const struct sg_function *function;
    size_t count;

    while (e->at < e->end && *e->at == '.') {
        e->at++;
        (void) word(e);
    }
    function = sg_function_find(full, (size_t) (e->at - full));
    if (function == NULL)
        fail_msg("no function %.*s", (int) (e->at - full), full);
    need(e, "(");
    count = sequence(e, ")", NULL, args);
    assert_true(count >= function->min_args && count <= function->max_args);
    if (e->status == SG_OK)
        e->status = function->run(&e->context, args, count, &out, &e->err);
    return out;
}

static sg_value primary(struct evaluator *e)
{
    sg_value keys[32], values[32], v;
    size_t count;

    if (take(e, "'"))
        return string_literal(e);
    if (take(e, "(")) {
        v = expression(e, 0);
        need(e, ")");
        return v;
    }
    if (take(e, "[")) {
        count = sequence(e, "]", NULL, values);
        return sg_value_list(e->arena, values, count);
    }
    if (take(e, "{")) {
        count = sequence(e, "}", keys, values);
        return sg_value_map(e->arena, keys, values, count);
    }
    if (take(e, "-")) {
        v = primary(e);
        if (e->status == SG_OK)
            e->status = sg_value_negate(v, &v, &e->context.fault, &e->err);
        return v;
    }
    blanks(e);
    if (e->at < e->end && *e->at >= '0' && *e->at <= '9')
        return number_literal(e);
    v = word(e);
    if (v.len == 4 && memcmp(v.as.string, "null", 4) == 0)
        return sg_value_null();
    if (v.len == 4 && memcmp(v.as.string, "true", 4) == 0)
        return sg_value_boolean(true);
    if (v.len == 5 && memcmp(v.as.string, "false", 5) == 0)
        return sg_value_boolean(false);
    return call(e, v);
}

static sg_value postfix(struct evaluator *e)
{
    sg_value v = primary(e);

    for (;;) {
        if (e->at < e->end && *e->at == '.') {
            sg_value name;

            e->at++;
            name = word(e);
            if (e->status == SG_OK)
                e->status = sg_value_property(e->arena, v, name.as.string, name.len, &v,
                                              &e->context.fault, &e->err);
        } else if (take(e, "[")) {
            sg_value index = expression(e, 0);

            need(e, "]");
            if (e->status == SG_OK)
                e->status = sg_value_index(v, index, &v, &e->context.fault, &e->err);
        } else {
            return v;
        }
    }
}

static sg_value compare(struct evaluator *e, const char *sign, sg_value a, sg_value b)
{
    (void) e;
    if (strcmp(sign, "=") == 0)
        return sg_value_ternary(sg_value_equals(a, b));
    return sg_value_ternary(sg_value_less(a, b, strcmp(sign, "<=") == 0));
}

static sg_value expression(struct evaluator *e, int level)
{
    static const struct {
        int level;
        const char *sign;
        sg_value_operator *run;
    } operators[] = {
        { 0, "<=", NULL },
        { 0, "<", NULL },
        { 0, "=", NULL },
        { 1, "+", sg_value_add },
        { 1, "-", sg_value_subtract },
        { 2, "*", sg_value_multiply },
        { 2, "/", sg_value_divide },
        { 2, "%", sg_value_modulo },
        { 3, "^", sg_value_power },
    };
    sg_value a = level > 3 ? postfix(e) : expression(e, level + 1);
    size_t i = 0;

    if (level > 3)
        return a;
    while (i < sizeof operators / sizeof *operators) {
        sg_value b;

        if (operators[i].level != level || !take(e, operators[i].sign)) {
            i++;
            continue;
        }
        b = expression(e, level + 1);
        if (operators[i].run == NULL)
            a = compare(e, operators[i].sign, a, b);
        else if (e->status == SG_OK)
            e->status = operators[i].run(e->arena, a, b, &a, &e->context.fault, &e->err);
        i = 0;
    }
    return a;
}

/* ---- the cases ---- */

static char *cases;

/* The answer as the file writes it, in the arena. */
static const char *answer(sg_arena *arena, const char *text, size_t len)
{
    struct evaluator e = { text, text + len, arena, { 0 }, SG_ERROR_INIT, SG_OK };
    sg_strbuf buf = SG_STRBUF_INIT;
    const char *result;
    sg_value v;

    sg_function_context_init(&e.context, arena, NULL);
    v = expression(&e, 0);
    blanks(&e);
    if (e.at != e.end)
        fail_msg("not understood: %.*s", (int) (e.end - e.at), e.at);
    if (e.status != SG_OK)
        return sg_arena_printf(arena, "! %s %s", e.context.fault.type, e.context.fault.detail);
    sg_value_write_tck(&buf, v, NULL);
    result = sg_arena_strdup(arena, sg_strbuf_text(&buf));
    sg_strbuf_clear(&buf);
    return result;
}

/* Runs the lines of one section; tells each that differs. */
static void section(void **state)
{
    const char *line = *state, *end;
    int wrong = 0;

    for (; *line != '\0' && strncmp(line, "== ", 3) != 0; line = *end == '\0' ? end : end + 1) {
        sg_arena *arena = sg_arena_new();
        const char *arrow, *got;

        end = strchr(line, '\n') == NULL ? line + strlen(line) : strchr(line, '\n');
        arrow = strstr(line, " => ");
        if (*line != '#' && arrow != NULL && arrow < end) {
            size_t wanted = (size_t) (end - arrow) - 4;

            got = answer(arena, line, (size_t) (arrow - line));
            if (strlen(got) != wanted || memcmp(got, arrow + 4, wanted) != 0) {
                print_error("%.*s\n   got %s\n", (int) (end - line), line, got);
                wrong++;
            }
        }
        sg_arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

/* The next line that starts with "== ", from the line start `at` on. */
static char *next_section(char *at)
{
    while (at != NULL && strncmp(at, "== ", 3) != 0) {
        at = strchr(at, '\n');
        if (at != NULL)
            at++;
    }
    return at;
}

int main(void)
{
    struct CMUnitTest tests[128];
    sg_strbuf text = SG_STRBUF_INIT;
    sg_error err = SG_ERROR_INIT;
    size_t count = 0;
    int failed;

    if (sg_file_read(CASES_FILE, 0, &text, &err) != SG_OK) {
        print_error("%s\n", err.message);
        return 1;
    }
    cases = sg_strbuf_detach(&text, NULL);
    for (char *at = next_section(cases); at != NULL && count < 128; at = next_section(at)) {
        char *name = at + 3;

        at = strchr(name, '\n');
        if (at == NULL)
            break;
        *at++ = '\0';
        tests[count++] = (struct CMUnitTest){ name, section, NULL, NULL, at };
    }
    failed = _cmocka_run_group_tests("query/function_cases", tests, count, NULL, NULL);
    sg_free(cases);
    return failed;
}
