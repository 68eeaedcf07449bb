#include <errno.h>
#include <histedit.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "stance/utf8.h"

#include "shell_internal.h"

/* The line editor: libedit with a history that is kept between sessions, the tab key, and Ctrl-C,
 * which stops a running statement and at the prompt throws away what was typed. */

#define HISTORY_SIZE 2000
/* Candidates shown below the line when the tab key cannot decide. */
#define LISTED_MAX 60

struct editor {
    struct shell *shell;
    EditLine *line;
    History *history;
    char *history_path; /* NULL: not kept */
    sg_strbuf pending;
};

/* ---- history ---- */

/* $STANCE_HISTORY, else $XDG_STATE_HOME/stance/history, else ~/.local/state/stance/history. */
static char *find_history_path(void)
{
    const char *named = getenv("STANCE_HISTORY");
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    sg_strbuf path = SG_STRBUF_INIT;
    sg_error ignored = SG_ERROR_INIT;

    if (named != NULL)
        return named[0] == '\0' ? NULL : sg_strdup(named);
    if (state != NULL && state[0] == '/')
        sg_strbuf_printf(&path, "%s/stance", state);
    else if (home != NULL && home[0] == '/')
        sg_strbuf_printf(&path, "%s/.local/state/stance", home);
    else
        return NULL;
    if (sg_file_make_folder(sg_strbuf_text(&path), &ignored) != SG_OK) {
        sg_strbuf_clear(&path);
        return NULL;
    }
    sg_strbuf_puts(&path, "/history");
    return sg_strbuf_detach(&path, NULL);
}

static void remember(struct editor *editor, const char *text)
{
    HistEvent event;
    char *one_line = sg_strdup(text);
    size_t len = strlen(one_line);

    while (len > 0 && (one_line[len - 1] == '\n' || one_line[len - 1] == ' '))
        one_line[--len] = '\0';
    if (strstr(one_line, "//") == NULL) /* a line comment needs its line */
        for (char *p = one_line; *p != '\0'; p++)
            if (*p == '\n')
                *p = ' ';
    if (len > 0)
        (void) history(editor->history, &event, H_ENTER, one_line);
    sg_free(one_line);
}

static void keep_history(struct editor *editor)
{
    HistEvent event;

    if (editor->history_path != NULL)
        (void) history(editor->history, &event, H_SAVE, editor->history_path);
}

/* ---- the tab key ---- */

static void list_candidates(const struct shell_completion *completion)
{
    size_t width = 0, columns, terminal = sg_cli_width();
    size_t count = completion->count < LISTED_MAX ? completion->count : LISTED_MAX;

    for (size_t i = 0; i < count; i++) {
        size_t w = sg_utf8_width(completion->texts[i], strlen(completion->texts[i]));

        width = w > width ? w : width;
    }
    columns = (terminal > 0 ? terminal : 80) / (width + 2);
    columns = columns > 0 ? columns : 1;
    (void) printf("\n");
    for (size_t i = 0; i < count; i++) {
        size_t w = sg_utf8_width(completion->texts[i], strlen(completion->texts[i]));
        bool last = (i + 1) % columns == 0 || i + 1 == count;

        (void) printf("%s%*s", completion->texts[i], last ? 0 : (int) (width + 2 - w), "");
        if (last)
            (void) printf("\n");
    }
    if (completion->count > count)
        (void) printf("... and %zu more\n", completion->count - count);
    (void) fflush(stdout);
}

static unsigned char complete(EditLine *line, int key)
{
    const LineInfo *info = el_line(line);
    size_t cursor = (size_t) (info->cursor - info->buffer);
    sg_arena *arena = sg_arena_new();
    sg_error ignored = SG_ERROR_INIT;
    struct editor *editor = NULL;
    struct shell_completion completion;
    const char *typed;
    size_t common;
    int answer = CC_REFRESH;

    (void) key;
    (void) el_get(line, EL_CLIENTDATA, &editor);
    if (editor->shell->graph == NULL &&
        sg_shell_refresh(editor->shell, &ignored) != SG_OK) /* words can still be completed */
        editor->shell->graph = NULL;
    typed = sg_arena_strndup(arena, info->buffer, cursor);
    completion = sg_shell_complete(editor->shell->graph, arena, typed, cursor);
    common = sg_shell_common_prefix(&completion);
    if (completion.count == 0) {
        answer = CC_ERROR;
    } else if (completion.count > 1 && common <= cursor - completion.start) {
        list_candidates(&completion);
        answer = CC_REDISPLAY;
    } else {
        const char *text = sg_arena_strndup(arena, completion.texts[0], common);

        el_deletestr(line,
                     (int) sg_utf8_length(typed + completion.start, cursor - completion.start));
        (void) el_insertstr(line, text);
        if (completion.count == 1 && completion.in_quote)
            (void) el_insertstr(line, (char[]){ typed[completion.start - 1], '\0' });
        else if (completion.count == 1 && text[strlen(text) - 1] != '(' && typed[0] != '.')
            (void) el_insertstr(line, " ");
    }
    sg_arena_free(arena);
    return (unsigned char) answer;
}

/* ---- the loop ---- */

static char *prompt(EditLine *line)
{
    static char first[] = "stance> ", more[] = "   ...> ";
    struct editor *editor = NULL;

    (void) el_get(line, EL_CLIENTDATA, &editor);
    return sg_shell_is_blank(sg_strbuf_text(&editor->pending), editor->pending.len) ? first : more;
}

static void open_editor(struct editor *editor)
{
    HistEvent event;

    editor->line = el_init("stance", stdin, stdout, stderr);
    editor->history = history_init();
    editor->history_path = find_history_path();
    (void) history(editor->history, &event, H_SETSIZE, HISTORY_SIZE);
    (void) history(editor->history, &event, H_SETUNIQUE, 1);
    if (editor->history_path != NULL)
        (void) history(editor->history, &event, H_LOAD, editor->history_path);
    (void) el_set(editor->line, EL_CLIENTDATA, editor);
    (void) el_set(editor->line, EL_PROMPT, prompt);
    (void) el_set(editor->line, EL_EDITOR, "emacs");
    (void) el_set(editor->line, EL_HIST, history, editor->history);
    /* The narrow form would copy the two strings and lose the copies. */
    (void) el_wset(editor->line, EL_ADDFN, L"stance-complete", L"Complete the word", complete);
    (void) el_set(editor->line, EL_BIND, "^I", "stance-complete", NULL);
    (void) el_source(editor->line, NULL);
}

static void close_editor(struct editor *editor)
{
    keep_history(editor);
    history_end(editor->history);
    el_end(editor->line);
    sg_free(editor->history_path);
    sg_strbuf_clear(&editor->pending);
}

static void on_interrupt(int signal_number)
{
    (void) signal_number;
    sg_cli_interrupted = 1;
}

/* Unlike the program's own handler this one stays, and it does not restart the read of a line. */
static void watch_interrupt(struct sigaction *before)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = on_interrupt;
    (void) sigemptyset(&action.sa_mask);
    (void) sigaction(SIGINT, &action, before);
}

/* Runs one line; errors are told and forgotten. */
static void run_line(struct editor *editor, const char *text, int len)
{
    sg_error err = SG_ERROR_INIT;
    sg_strbuf said = SG_STRBUF_INIT;

    sg_strbuf_append(&said, sg_strbuf_text(&editor->pending), editor->pending.len);
    sg_strbuf_append(&said, text, (size_t) len);
    if (sg_shell_feed(editor->shell, &editor->pending, text, (size_t) len, &err) != SG_OK &&
        err.message[0] != '\0')
        sg_cli_print_error(&err);
    if (editor->pending.len == 0 || sg_shell_is_blank(editor->pending.data, editor->pending.len)) {
        remember(editor, sg_strbuf_text(&said));
        keep_history(editor);
    }
    sg_strbuf_clear(&said);
    sg_cli_interrupted = 0;
    (void) fflush(stdout);
}

sg_status sg_shell_edit(struct shell *shell, sg_error *err)
{
    struct editor editor = { .shell = shell };
    struct sigaction before;

    (void) err;
    open_editor(&editor);
    watch_interrupt(&before);
    while (!shell->quit) {
        int len = 0;
        const char *text = el_gets(editor.line, &len);

        if (text != NULL && len > 0 && !sg_cli_interrupted) {
            run_line(&editor, text, len);
        } else if (sg_cli_interrupted) {
            sg_cli_interrupted = 0;
            sg_strbuf_reset(&editor.pending);
            (void) el_reset(editor.line);
            (void) printf("\n");
        } else {
            (void) printf("\n");
            break;
        }
    }
    (void) sigaction(SIGINT, &before, NULL);
    close_editor(&editor);
    return SG_OK;
}
