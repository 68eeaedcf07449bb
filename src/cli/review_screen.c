#include "review_screen.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "stance/utf8.h"

#include "cli_internal.h"

#define KEY_INTERRUPT 3
#define KEY_END       4

static struct termios before;

bool sg_screen_raw(bool on)
{
    static bool saved;
    struct termios raw;

    if (!saved) {
        if (tcgetattr(STDIN_FILENO, &before) != 0)
            return false;
        saved = true;
    }
    raw = before;
    if (on) {
        raw.c_lflag &= ~(tcflag_t) (ICANON | ECHO | ISIG);
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
    }
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) == 0;
}

int sg_screen_key(void)
{
    unsigned char key;
    ssize_t n;

    (void) fflush(stdout);
    do
        n = read(STDIN_FILENO, &key, 1);
    while (n < 0 && errno == EINTR && !sg_cli_interrupted);
    if (n != 1 || key == KEY_INTERRUPT || key == KEY_END)
        return -1;
    return key;
}

bool sg_screen_ask(const char *question, char *answer, size_t size)
{
    size_t n = 0;

    (void) sg_screen_raw(false);
    (void) printf("\n%s (empty: leave it) ", question);
    (void) fflush(stdout);
    while (n + 1 < size && read(STDIN_FILENO, answer + n, 1) == 1 && answer[n] != '\n')
        n++;
    answer[n] = '\0';
    (void) sg_screen_raw(true);
    return n > 0;
}

static void end_line(sg_strbuf *out, bool marked, const char *on, const char *off)
{
    if (marked)
        sg_strbuf_puts(out, off);
    sg_strbuf_putc(out, '\n');
    if (marked)
        sg_strbuf_puts(out, on);
}

void sg_screen_wrap(const char *text, size_t len, size_t mark_start, size_t mark_end, size_t width,
                    const char *on, const char *off, sg_strbuf *out)
{
    size_t column = 0;
    bool marked = false;

    for (size_t at = 0; at < len;) {
        size_t end = at;
        size_t word;

        while (end < len && text[end] != ' ' && text[end] != '\n')
            end++;
        word = sg_utf8_width(text + at, end - at);
        if (column > 0 && column + 1 + word > width) {
            end_line(out, marked, on, off);
            column = 0;
        } else if (column > 0) {
            sg_strbuf_putc(out, ' ');
            column++;
        }
        for (; at < end; at++) {
            if (at == mark_start && mark_end > mark_start) {
                sg_strbuf_puts(out, on);
                marked = true;
            }
            if (at == mark_end && marked) {
                sg_strbuf_puts(out, off);
                marked = false;
            }
            sg_strbuf_putc(out, text[at]);
        }
        if (at >= mark_end && marked) {
            sg_strbuf_puts(out, off);
            marked = false;
        }
        column += word;
        while (at < len && (text[at] == ' ' || text[at] == '\n'))
            at++;
    }
    if (marked)
        sg_strbuf_puts(out, off);
    sg_strbuf_putc(out, '\n');
}

static void rule(size_t width)
{
    for (size_t i = 0; i < width; i++)
        (void) fputs("\xe2\x94\x80", stdout);
    (void) putchar('\n');
}

static void draw_heading(const struct sg_screen *screen, const sg_review_item *item)
{
    static const char *const verbs[] = { "opposes", "is neutral on", "supports" };
    static const char *const colors[] = { "\033[31m", "\033[33m", "\033[34m" };
    sg_strbuf line = SG_STRBUF_INIT;
    sg_strbuf wrapped = SG_STRBUF_INIT;

    (void) printf("statement %lld", (long long) item->id);
    if (item->date != NULL)
        (void) printf(", %s", item->date);
    if (item->mode != NULL)
        (void) printf(", %s", item->mode);
    if (item->confidence >= 0.0)
        (void) printf(", confidence %.2f", item->confidence);
    (void) printf(" \xe2\x80\x94 %lld left\n", (long long) screen->left);
    if (item->title != NULL) {
        sg_screen_wrap(item->title, strlen(item->title), 0, 0, screen->width, "", "", &wrapped);
        (void) fputs(sg_strbuf_text(&wrapped), stdout);
    }
    rule(screen->width);
    sg_strbuf_puts(&line, item->actor_name);
    size_t start = line.len + 1;
    sg_strbuf_printf(&line, " %s ", verbs[item->stance + 1]);
    size_t end = line.len - 1;
    sg_strbuf_puts(&line, item->target_name);
    sg_strbuf_reset(&wrapped);
    sg_screen_wrap(line.data, line.len, start, end, screen->width,
                   screen->color ? colors[item->stance + 1] : "", screen->color ? "\033[0m" : "",
                   &wrapped);
    (void) printf("%s\n", sg_strbuf_text(&wrapped));
    sg_strbuf_clear(&line);
    sg_strbuf_clear(&wrapped);
}

void sg_screen_draw(const struct sg_screen *screen, const sg_review_item *item, const char *message)
{
    sg_strbuf text = SG_STRBUF_INIT;

    (void) fputs("\033[2J\033[H", stdout);
    draw_heading(screen, item);
    /* Without colour the quote stands between signs. */
    sg_screen_wrap(item->paragraph, item->paragraph_len, item->quote_start, item->quote_end,
                   screen->width - (screen->color ? 0 : 4), screen->color ? "\033[7m" : ">>",
                   screen->color ? "\033[0m" : "<<", &text);
    (void) fputs(sg_strbuf_text(&text), stdout);
    rule(screen->width);
    (void) puts("a accept   r reject   n next   b back   u undo   q quit (resume any time)");
    (void) puts("+ supports   - opposes   0 neutral   c change actor   p change target");
    (void) puts("m merge this actor into another   t merge this position into another");
    if (message[0] != '\0')
        (void) printf("%s\n", message);
    sg_strbuf_clear(&text);
}
