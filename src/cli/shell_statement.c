#include "shell_internal.h"

/* Where a Cypher statement ends: the first ';' outside of strings, `quoted names` and comments. */

/* Bytes from text[at] on that belong to one string or quoted name. *closed tells if it ends. */
static size_t quoted_length(const char *text, size_t len, size_t at, bool *closed)
{
    char quote = text[at];
    size_t i = at + 1;

    while (i < len && text[i] != quote)
        i += quote != '`' && text[i] == '\\' && i + 1 < len ? 2 : 1;
    *closed = i < len;
    return (i < len ? i + 1 : len) - at;
}

/* Bytes of a comment that starts at text[at], 0 when none does. */
static size_t comment_length(const char *text, size_t len, size_t at, bool *closed)
{
    size_t i = at + 2;

    *closed = true;
    if (at + 1 >= len || text[at] != '/' || (text[at + 1] != '/' && text[at + 1] != '*'))
        return 0;
    if (text[at + 1] == '/') {
        while (i < len && text[i] != '\n')
            i++;
        return i - at;
    }
    while (i + 1 < len && !(text[i] == '*' && text[i + 1] == '/'))
        i++;
    *closed = i + 1 < len;
    return (*closed ? i + 2 : len) - at;
}

size_t sg_shell_statement_length(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        bool closed = true;
        size_t skip = comment_length(text, len, i, &closed);

        if (skip == 0 && (text[i] == '\'' || text[i] == '"' || text[i] == '`'))
            skip = quoted_length(text, len, i, &closed);
        if (!closed)
            return 0;
        if (skip == 0 && text[i] == ';')
            return i + 1;
        i += skip > 0 ? skip : 1;
    }
    return 0;
}

bool sg_shell_is_blank(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        bool closed;
        size_t skip = comment_length(text, len, i, &closed);

        if (skip == 0 && text[i] != ' ' && text[i] != '\t' && text[i] != '\n' && text[i] != '\r')
            return false;
        i += skip > 0 ? skip : 1;
    }
    return true;
}
