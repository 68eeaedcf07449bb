#include <string.h>

#include "stance/temporal.h"
#include "stance/utf8.h"

#include "export_internal.h"

static void escape_one(sg_strbuf *out, const char *text, size_t n, uint32_t c)
{
    if (c == '&')
        sg_strbuf_puts(out, "&amp;");
    else if (c == '<')
        sg_strbuf_puts(out, "&lt;");
    else if (c == '>')
        sg_strbuf_puts(out, "&gt;");
    else if (c == '"')
        sg_strbuf_puts(out, "&quot;");
    else if (sg_utf8_is_space(c))
        sg_strbuf_putc(out, ' ');
    else if (c >= 0x20 && !(c == 0xFFFD && n == 1))
        sg_strbuf_append(out, text, n);
}

void sg_label_escape(sg_strbuf *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t n = sg_utf8_decode(text + at, len - at, &c);

        escape_one(out, text + at, n, c);
        at += n;
    }
}

/* Bytes and characters of the word that starts at `at`, without spaces around it. */
static size_t word_at(const char *text, size_t len, size_t *at, size_t *characters)
{
    size_t end;

    while (*at < len && text[*at] == ' ')
        (*at)++;
    end = *at;
    while (end < len && text[end] != ' ')
        end++;
    *characters = sg_utf8_length(text + *at, end - *at);
    return end - *at;
}

void sg_label_wrap(sg_strbuf *out, const char *text, size_t len, size_t width, size_t lines)
{
    size_t at = 0;
    size_t in_line = 0;
    size_t line = 1;

    while (at < len) {
        size_t characters;
        size_t n = word_at(text, len, &at, &characters);

        if (n == 0)
            break;
        if (in_line > 0 && in_line + 1 + characters > width) {
            if (line == lines) {
                sg_strbuf_puts(out, "\xE2\x80\xA6");
                return;
            }
            sg_strbuf_puts(out, "<BR/>");
            in_line = 0;
            line++;
        }
        if (in_line > 0)
            sg_strbuf_putc(out, ' ');
        sg_label_escape(out, text + at, n);
        in_line += characters + (in_line > 0);
        at += n;
    }
}

void sg_tooltip_append(sg_strbuf *out, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t c;
        size_t n = sg_utf8_decode(text + at, len - at, &c);

        if (c == '\\')
            sg_strbuf_puts(out, "\\\\");
        else if (sg_utf8_is_space(c))
            sg_strbuf_putc(out, ' ');
        else if (c >= 0x20 && !(c == 0xFFFD && n == 1))
            sg_strbuf_append(out, text + at, n);
        at += n;
    }
}

void sg_day_append(sg_strbuf *out, int32_t day, bool with_day)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    int64_t year;
    int month;
    int day_of_month;

    if (day == SG_NO_DAY)
        return;
    sg_civil_from_days(day, &year, &month, &day_of_month);
    if (with_day)
        sg_strbuf_printf(out, "%d ", day_of_month);
    sg_strbuf_printf(out, "%s %lld", months[month - 1], (long long) year);
}

void sg_count_append(sg_strbuf *out, size_t number, const char *noun)
{
    sg_strbuf_printf(out, "%zu %s%s", number, noun, number == 1 ? "" : "s");
}

void sg_period_append(sg_strbuf *out, int32_t first, int32_t last)
{
    sg_strbuf from = SG_STRBUF_INIT;
    sg_strbuf to = SG_STRBUF_INIT;

    sg_day_append(&from, first, false);
    sg_day_append(&to, last, false);
    sg_strbuf_puts(out, sg_strbuf_text(&from));
    if (strcmp(sg_strbuf_text(&from), sg_strbuf_text(&to)) != 0)
        sg_strbuf_printf(out, " to %s", sg_strbuf_text(&to));
    sg_strbuf_clear(&from);
    sg_strbuf_clear(&to);
}
