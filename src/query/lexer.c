/* Text to tokens, all at once. What cannot be a token becomes SG_TOK_BAD with the class of its
 * error and is reported by the parser where it would be used: {1B2: 1} is wrong because a key
 * cannot be a number, not because of the number. */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/utf8.h"

#include "query_internal.h"

typedef struct lexer {
    sg_query *query;
    const char *text;
    size_t len;
    size_t at;
    sg_token *tokens;
    size_t count;
    size_t capacity;
} lexer;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_char(const lexer *lex, size_t at, bool first, size_t *len_out)
{
    unsigned char c;
    uint32_t codepoint;

    if (at >= lex->len)
        return false;
    c = (unsigned char) lex->text[at];
    *len_out = 1;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               (!first && is_digit((char) c));
    *len_out = sg_utf8_decode(lex->text + at, lex->len - at, &codepoint);
    return sg_utf8_is_letter(codepoint) || (!first && sg_utf8_is_digit(codepoint));
}

static sg_token *add_token(lexer *lex, sg_token_kind kind, size_t from, size_t to)
{
    sg_token *token;

    SG_ARENA_GROW(lex->query->arena, lex->tokens, lex->capacity, lex->count + 1);
    token = &lex->tokens[lex->count++];
    memset(token, 0, sizeof *token);
    token->kind = (uint8_t) kind;
    token->offset = (uint32_t) from;
    token->end = (uint32_t) to;
    token->text = lex->text + from;
    token->len = (uint32_t) (to - from);
    lex->at = to;
    return token;
}

static void add_bad(lexer *lex, size_t from, size_t to, const char *detail)
{
    add_token(lex, SG_TOK_BAD, from, to)->bad = detail;
}

/* Skips blanks and comments. */
static void skip_blanks(lexer *lex)
{
    while (lex->at < lex->len) {
        const char *p = lex->text + lex->at;
        size_t left = lex->len - lex->at;
        uint32_t codepoint;
        size_t used;

        if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
            lex->at++;
        } else if (left > 1 && p[0] == '/' && p[1] == '/') {
            while (lex->at < lex->len && lex->text[lex->at] != '\n')
                lex->at++;
        } else if (left > 1 && p[0] == '/' && p[1] == '*') {
            size_t start = lex->at;

            lex->at += 2;
            while (lex->at + 1 < lex->len &&
                   !(lex->text[lex->at] == '*' && lex->text[lex->at + 1] == '/'))
                lex->at++;
            if (lex->at + 1 >= lex->len) {
                sg_query_syntax(lex->query, "UnexpectedSyntax", start, "comment without end");
                lex->at = lex->len;
                return;
            }
            lex->at += 2;
        } else if ((unsigned char) *p >= 0x80) {
            used = sg_utf8_decode(p, left, &codepoint);
            if (!sg_utf8_is_space(codepoint))
                return;
            lex->at += used;
        } else {
            return;
        }
    }
}

static size_t word_end(const lexer *lex, size_t at)
{
    size_t used;

    while (is_word_char(lex, at, false, &used))
        at += used;
    return at;
}

/* 0x1F and 0o17: digits of `base` from `at` up to the end of the word. */
static void lex_based_integer(lexer *lex, size_t start, unsigned base)
{
    size_t end = word_end(lex, start);
    uint64_t value = 0;
    bool overflow = false;

    if (end == start + 2) {
        add_bad(lex, start, end, "InvalidNumberLiteral");
        return;
    }
    for (size_t i = start + 2; i < end; i++) {
        char c = lex->text[i];
        unsigned digit = is_digit(c)            ? (unsigned) (c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned) (c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned) (c - 'A' + 10)
                                                : 99;

        if (digit >= base) {
            add_bad(lex, start, end, "InvalidNumberLiteral");
            return;
        }
        if (value > (UINT64_MAX - digit) / base)
            overflow = true;
        value = value * base + digit;
    }
    if (overflow || value > (uint64_t) INT64_MAX + 1)
        add_bad(lex, start, end, "IntegerOverflow");
    else
        add_token(lex, SG_TOK_INTEGER, start, end)->as.integer = value;
}

static size_t digits_end(const lexer *lex, size_t at)
{
    while (at < lex->len && is_digit(lex->text[at]))
        at++;
    return at;
}

static void lex_float(lexer *lex, size_t start, size_t end)
{
    char *copy = sg_arena_strndup(lex->query->arena, lex->text + start, end - start);
    double number = strtod(copy, NULL);

    if (isinf(number))
        add_bad(lex, start, end, "FloatingPointOverflow");
    else
        add_token(lex, SG_TOK_FLOAT, start, end)->as.number = number;
}

static void lex_number(lexer *lex)
{
    size_t start = lex->at;
    size_t end = digits_end(lex, start);
    bool is_float = false;
    uint64_t value = 0;

    if (end == start + 1 && lex->text[start] == '0' && end < lex->len) {
        char c = lex->text[end];

        if (c == 'x' || c == 'X' || c == 'o' || c == 'O') {
            lex_based_integer(lex, start, c == 'x' || c == 'X' ? 16 : 8);
            return;
        }
    }
    if (end + 1 < lex->len && lex->text[end] == '.' && is_digit(lex->text[end + 1])) {
        is_float = true;
        end = digits_end(lex, end + 1);
    }
    if (end < lex->len && (lex->text[end] == 'e' || lex->text[end] == 'E')) {
        size_t exponent = end + 1;

        if (exponent < lex->len && (lex->text[exponent] == '-' || lex->text[exponent] == '+'))
            exponent++;
        if (exponent < lex->len && is_digit(lex->text[exponent])) {
            is_float = true;
            end = digits_end(lex, exponent);
        }
    }
    if (word_end(lex, end) != end) {
        add_bad(lex, start, word_end(lex, end), "InvalidNumberLiteral");
        return;
    }
    if (is_float) {
        lex_float(lex, start, end);
        return;
    }
    for (size_t i = start; i < end; i++) {
        unsigned digit = (unsigned) (lex->text[i] - '0');

        if (value > ((uint64_t) INT64_MAX + 1 - digit) / 10) {
            add_bad(lex, start, end, "IntegerOverflow");
            return;
        }
        value = value * 10 + digit;
    }
    add_token(lex, SG_TOK_INTEGER, start, end)->as.integer = value;
}

/* Reads \uXXXX (4 digits) or \UXXXXXXXX (8); false if the digits are not there. */
static bool read_hex(const lexer *lex, size_t at, size_t digits, uint32_t *out)
{
    *out = 0;
    if (lex->len - at < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        char c = lex->text[at + i];
        unsigned digit = is_digit(c)            ? (unsigned) (c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned) (c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned) (c - 'A' + 10)
                                                : 99;

        if (digit > 15)
            return false;
        *out = *out * 16 + digit;
    }
    return true;
}

/* The escape after a backslash at `at`; appends its character and returns the next place, 0 when
 * it is malformed. */
static size_t lex_escape(lexer *lex, size_t at, char *out, size_t *len)
{
    static const char from[] = "nrtbf0";
    static const char to[] = "\n\r\t\b\f";
    char c = lex->text[at];
    const char *known = strchr(from, c);
    uint32_t codepoint;

    if (c == 'u' || c == 'U') {
        size_t digits = c == 'u' ? 4 : 8;
        uint32_t low;

        if (!read_hex(lex, at + 1, digits, &codepoint))
            return 0;
        at += 1 + digits;
        if (codepoint >= 0xD800 && codepoint < 0xDC00 && at + 1 < lex->len &&
            lex->text[at] == '\\' && lex->text[at + 1] == 'u' && read_hex(lex, at + 2, 4, &low) &&
            low >= 0xDC00 && low < 0xE000) {
            codepoint = 0x10000 + ((codepoint - 0xD800) << 10) + (low - 0xDC00);
            at += 6;
        }
        *len += sg_utf8_encode(codepoint, out + *len);
        return at;
    }
    if (known != NULL && c != '\0' && c != '0')
        out[(*len)++] = to[known - from];
    else
        out[(*len)++] = c;
    return at + 1;
}

/* Where the quoted text that starts at `start` ends at the latest. */
static size_t quoted_end(const lexer *lex, size_t start, char quote)
{
    size_t at = start + 1;

    while (at < lex->len && lex->text[at] != quote)
        at += lex->text[at] == '\\' && quote != '`' ? 2 : 1;
    return at < lex->len ? at : lex->len;
}

static void lex_string(lexer *lex, char quote)
{
    size_t start = lex->at;
    size_t at = start + 1;
    size_t len = 0;
    char *out = sg_arena_alloc(lex->query->arena, quoted_end(lex, start, quote) - start + 8);
    sg_token *token;

    for (;;) {
        if (at >= lex->len) {
            sg_query_syntax(lex->query, "UnexpectedSyntax", start, "string without closing quote");
            break;
        }
        if (lex->text[at] == quote) {
            at++;
            break;
        }
        if (lex->text[at] == '\\' && at + 1 < lex->len) {
            size_t next = lex_escape(lex, at + 1, out, &len);

            if (next == 0) {
                sg_query_syntax(lex->query, "InvalidUnicodeLiteral", at,
                                "\\u needs four hexadecimal digits");
                break;
            }
            at = next;
        } else {
            out[len++] = lex->text[at++];
        }
    }
    token = add_token(lex, SG_TOK_STRING, start, at > lex->len ? lex->len : at);
    token->text = out;
    token->len = (uint32_t) len;
}

/* `name`, where `` stands for one backquote. */
static sg_token *lex_quoted(lexer *lex)
{
    size_t start = lex->at;
    size_t end;
    size_t at = start + 1;
    size_t len = 0;
    char *out;
    sg_token *token;

    for (end = start + 1; end < lex->len; end++) {
        if (lex->text[end] == '`') {
            if (end + 1 >= lex->len || lex->text[end + 1] != '`')
                break;
            end++;
        }
    }
    out = sg_arena_alloc(lex->query->arena, end - start + 1);
    for (;;) {
        if (at >= lex->len) {
            sg_query_syntax(lex->query, "UnexpectedSyntax", start,
                            "name without closing backquote");
            break;
        }
        if (lex->text[at] == '`' && at + 1 < lex->len && lex->text[at + 1] == '`') {
            out[len++] = '`';
            at += 2;
        } else if (lex->text[at] == '`') {
            at++;
            break;
        } else {
            out[len++] = lex->text[at++];
        }
    }
    token = add_token(lex, SG_TOK_QUOTED, start, at > lex->len ? lex->len : at);
    token->text = out;
    token->len = (uint32_t) len;
    return token;
}

static void lex_parameter(lexer *lex)
{
    size_t start = lex->at;
    size_t end = word_end(lex, start + 1);

    if (start + 1 < lex->len && lex->text[start + 1] == '`') {
        sg_token *token;

        lex->at = start + 1;
        token = lex_quoted(lex);
        token->kind = SG_TOK_PARAMETER;
        token->offset = (uint32_t) start;
        return;
    }
    if (end == start + 1) {
        add_bad(lex, start, end, "UnexpectedSyntax");
        return;
    }
    sg_token *token = add_token(lex, SG_TOK_PARAMETER, start, end);

    token->text++;
    token->len--;
}

static void lex_symbol(lexer *lex)
{
    static const struct {
        char text[3];
        uint16_t symbol;
    } pairs[] = { { "<=", SG_SYM_LE },    { ">=", SG_SYM_GE },      { "<>", SG_SYM_NE },
                  { "=~", SG_SYM_MATCH }, { "+=", SG_SYM_ADD_SET }, { "..", SG_SYM_DOTS } };
    const char *p = lex->text + lex->at;
    size_t start = lex->at;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (lex->at + 1 < lex->len && memcmp(p, pairs[i].text, 2) == 0) {
            add_token(lex, SG_TOK_SYMBOL, start, start + 2)->symbol = pairs[i].symbol;
            return;
        }
    }
    if (*p != '\0' && strchr("()[]{}:,.;|+-*/%^=<>", *p) != NULL) {
        add_token(lex, SG_TOK_SYMBOL, start, start + 1)->symbol = (uint16_t) *p;
        return;
    }
    if ((unsigned char) *p >= 0x80) {
        uint32_t codepoint;

        add_bad(lex, start, start + sg_utf8_decode(p, lex->len - start, &codepoint),
                "InvalidUnicodeCharacter");
        return;
    }
    add_bad(lex, start, start + 1, "UnexpectedSyntax");
}

static void lex_one(lexer *lex)
{
    char c = lex->text[lex->at];
    size_t used;

    if (is_digit(c) || (c == '.' && lex->at + 1 < lex->len && is_digit(lex->text[lex->at + 1]) &&
                        (lex->count == 0 || lex->tokens[lex->count - 1].end != lex->at ||
                         (lex->tokens[lex->count - 1].kind == SG_TOK_SYMBOL &&
                          strchr(")]}", lex->tokens[lex->count - 1].symbol) == NULL))))
        lex_number(lex);
    else if (is_word_char(lex, lex->at, true, &used))
        add_token(lex, SG_TOK_WORD, lex->at, word_end(lex, lex->at));
    else if (c == '\'' || c == '"')
        lex_string(lex, c);
    else if (c == '`')
        lex_quoted(lex);
    else if (c == '$')
        lex_parameter(lex);
    else
        lex_symbol(lex);
}

void sg_query_tokenize(sg_query *query)
{
    lexer lex = { query, query->text, query->len, 0, NULL, 0, 0 };
    size_t bad;

    if (query->len > UINT32_MAX / 2) {
        sg_query_syntax(query, "UnexpectedSyntax", SIZE_MAX, "the query is too long");
        lex.len = 0;
    } else if (!sg_utf8_is_valid(query->text, query->len, &bad)) {
        sg_query_syntax(query, "InvalidUnicodeCharacter", bad, "the query is not valid UTF-8 here");
        lex.len = 0;
    }
    for (;;) {
        skip_blanks(&lex);
        if (lex.at >= lex.len || query->failed)
            break;
        lex_one(&lex);
    }
    (void) add_token(&lex, SG_TOK_END, lex.len, lex.len);
    query->tokens = lex.tokens;
    query->token_count = lex.count;
}
