/* =~ : regular expressions over whole strings, by PCRE2. A query usually has few patterns, so
 * compiled ones are kept in a short list. */

#define PCRE2_CODE_UNIT_WIDTH 8

#include <pcre2.h>
#include <string.h>

#include "runtime.h"

typedef struct sg_regex {
    struct sg_regex *next;
    char *pattern;
    size_t len;
    pcre2_code *code;
    pcre2_match_data *match;
} sg_regex;

void sg_regexes_free(struct sg_regex *regexes)
{
    while (regexes != NULL) {
        sg_regex *next = regexes->next;

        pcre2_match_data_free(regexes->match);
        pcre2_code_free(regexes->code);
        sg_free(regexes->pattern);
        sg_free(regexes);
        regexes = next;
    }
}

/* NULL if the pattern is refused. */
static sg_regex *compile(sg_exec *x, const sg_expr *expr, sg_value pattern)
{
    sg_regex *regex;
    PCRE2_UCHAR reason[128];
    PCRE2_SIZE offset;
    int code;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR) pattern.as.string, pattern.len,
                                         PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED,
                                         &code, &offset, NULL);

    if (compiled == NULL) {
        (void) pcre2_get_error_message(code, reason, sizeof reason);
        (void) sg_exec_fail(x, "SyntaxError", "InvalidRegularExpression", expr->child[1],
                            "not a regular expression: %s", (const char *) reason);
        return NULL;
    }
    regex = sg_calloc(1, sizeof *regex);
    regex->pattern = sg_strndup(pattern.as.string, pattern.len);
    regex->len = pattern.len;
    regex->code = compiled;
    regex->match = pcre2_match_data_create_from_pattern(compiled, NULL);
    regex->next = x->regexes;
    x->regexes = regex;
    return regex;
}

sg_status sg_eval_regex(sg_exec *x, const sg_expr *expr, sg_value text, sg_value pattern,
                        sg_value *out)
{
    sg_regex *regex = x->regexes;
    int found;

    while (regex != NULL && (regex->len != pattern.len ||
                             memcmp(regex->pattern, pattern.as.string, pattern.len) != 0))
        regex = regex->next;
    if (regex == NULL)
        regex = compile(x, expr, pattern);
    if (regex == NULL)
        return SG_ERR_QUERY;
    found =
        pcre2_match(regex->code, (PCRE2_SPTR) text.as.string, text.len, 0, 0, regex->match, NULL);
    if (found < 0 && found != PCRE2_ERROR_NOMATCH)
        return sg_exec_fail(x, "ArgumentError", "InvalidRegularExpression", expr,
                            "the regular expression takes too long on this text");
    *out = sg_value_boolean(found >= 0);
    return SG_OK;
}
