/* Paragraphs.
 *
 * An empty line always ends a paragraph. A single line break does too, unless the text is hard
 * wrapped: then nearly every line that is followed by another could not have held that line's first
 * word within the longest line's width. */

#include <string.h>

#include "text_internal.h"

#define WIDEST_WRAP 130 /* nobody wraps wider; longer lines mean one paragraph to a line */

typedef struct line {
    uint32_t start; /* without white space at the ends; start == end: empty line */
    uint32_t end;
    uint32_t first_word; /* bytes of the first word */
} line;

typedef struct line_list {
    line *items;
    size_t count;
    size_t capacity;
} line_list;

static uint32_t trim_start(const char *text, uint32_t start, uint32_t end)
{
    while (start < end) {
        size_t gap = sg_text_gap(text, start, end);

        if (gap == 0)
            break;
        start += (uint32_t) gap;
    }
    return start;
}

/* White space of several bytes ends in a continuation byte, so it is found by stepping back. */
static uint32_t trim_end(const char *text, uint32_t start, uint32_t end)
{
    while (end > start) {
        uint32_t at = end - 1;

        while (at > start && ((unsigned char) text[at] & 0xC0) == 0x80)
            at--;
        if (sg_text_gap(text, at, end) == 0)
            break;
        end = at;
    }
    return end;
}

static void add_line(line_list *lines, sg_arena *arena, const char *text, uint32_t start,
                     uint32_t end)
{
    line l;

    l.start = trim_start(text, start, end);
    l.end = trim_end(text, l.start, end);
    l.first_word = 0;
    while (l.start + l.first_word < l.end && sg_text_gap(text, l.start + l.first_word, l.end) == 0)
        l.first_word++;
    SG_ARENA_GROW(arena, lines->items, lines->capacity, lines->count + 1);
    lines->items[lines->count++] = l;
}

/* Length of the line break at text[at]: \n, \r\n, \r, U+2028, U+2029, vertical tab, form feed. */
static size_t line_break(const char *text, size_t at, size_t len)
{
    if (text[at] == '\r')
        return at + 1 < len && text[at + 1] == '\n' ? 2 : 1;
    if (text[at] == '\n' || text[at] == '\v' || text[at] == '\f')
        return 1;
    if (len - at >= 3 &&
        (memcmp(text + at, "\xE2\x80\xA8", 3) == 0 || memcmp(text + at, "\xE2\x80\xA9", 3) == 0))
        return 3;
    return 0;
}

static void split_lines(const sg_document *document, sg_arena *arena, line_list *lines)
{
    size_t start = 0;

    for (size_t at = 0; at < document->len;) {
        size_t length = line_break(document->text, at, document->len);

        if (length == 0) {
            at++;
            continue;
        }
        add_line(lines, arena, document->text, (uint32_t) start, (uint32_t) at);
        at += length;
        start = at;
    }
    add_line(lines, arena, document->text, (uint32_t) start, (uint32_t) document->len);
}

static bool is_hard_wrapped(const char *text, const line_list *lines)
{
    uint32_t width = 0;
    size_t followed = 0;
    size_t full = 0;
    size_t lower = 0; /* lines that go on in lower case */

    for (size_t i = 0; i < lines->count; i++) {
        uint32_t length = lines->items[i].end - lines->items[i].start;

        width = length > width ? length : width;
    }
    if (width > WIDEST_WRAP || width < 40)
        return false;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const line *l = &lines->items[i];
        const line *next = l + 1;

        if (l->start == l->end || next->start == next->end)
            continue;
        followed++;
        full += l->end - l->start + 1 + next->first_word > width;
        lower += sg_ascii_is_lower(text[next->start]);
    }
    return (followed >= 3 || lower > 0) && full * 10 >= followed * 7 && followed > 0;
}

void sg_paragraphs_split(sg_document *document, sg_arena *arena)
{
    line_list lines = { NULL, 0, 0 };
    sg_paragraph *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    bool wrapped;
    bool open = false;

    split_lines(document, arena, &lines);
    wrapped = is_hard_wrapped(document->text, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const line *l = &lines.items[i];

        if (l->start == l->end) {
            open = false;
        } else if (open && wrapped) {
            items[count - 1].end = l->end;
        } else {
            SG_ARENA_GROW(arena, items, capacity, count + 1);
            memset(&items[count], 0, sizeof items[count]);
            items[count].start = l->start;
            items[count].end = l->end;
            count++;
            open = true;
        }
    }
    document->paragraphs = items;
    document->paragraph_count = count;
}
