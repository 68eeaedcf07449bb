#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stance/mem.h"
#include "stance/module.h"

#include "export_internal.h"
#include "render_module.h"

/* The child draws into a pipe; the parent reads until the pipe closes or the deadline is past. */

#define DEADLINE_MS 30000

static long long now_ms(void)
{
    struct timespec now;

    (void) clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void draw_in_child(sg_render_function *render, const char *dot, const char *engine,
                          const char *format, int fd)
{
    FILE *stream = fdopen(fd, "wb");
    int failed = 1;

    if (stream != NULL) {
        failed = render(dot, engine, format, stream);
        if (fclose(stream) != 0)
            failed = 1;
    }
    _exit(failed);
}

/* False when the deadline passed before the pipe was closed. */
static bool read_all(int fd, long long deadline, sg_strbuf *out)
{
    char chunk[65536];

    for (;;) {
        struct pollfd waiting = { fd, POLLIN, 0 };
        long long left = deadline - now_ms();
        ssize_t n;

        if (left <= 0)
            return false;
        if (poll(&waiting, 1, (int) left) < 0 && errno != EINTR)
            return true;
        if (waiting.revents == 0)
            continue;
        n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        sg_strbuf_append(out, chunk, (size_t) n);
    }
}

static sg_status run(sg_render_function *render, const char *dot, const char *engine,
                     const char *format, sg_strbuf *out, sg_error *err)
{
    int ends[2];
    pid_t child;
    int state = 0;
    bool finished;

    if (pipe(ends) != 0)
        return sg_error_set(err, SG_ERR_IO, "cannot make a pipe: %s", strerror(errno));
    (void) fflush(NULL);
    child = fork();
    if (child < 0) {
        (void) close(ends[0]);
        (void) close(ends[1]);
        return sg_error_set(err, SG_ERR_IO, "cannot start the drawing: %s", strerror(errno));
    }
    if (child == 0) {
        (void) close(ends[0]);
        draw_in_child(render, dot, engine, format, ends[1]);
    }
    (void) close(ends[1]);
    finished = read_all(ends[0], now_ms() + DEADLINE_MS, out);
    (void) close(ends[0]);
    if (!finished)
        (void) kill(child, SIGKILL);
    while (waitpid(child, &state, 0) < 0 && errno == EINTR)
        continue;
    if (!finished)
        return sg_error_set(err, SG_ERR_LIMIT, "the layout by %s took more than %d s", engine,
                            DEADLINE_MS / 1000);
    if (!WIFEXITED(state) || WEXITSTATUS(state) != 0 || out->len == 0)
        return sg_error_set(err, SG_ERR_UNSUPPORTED, "Graphviz could not draw %s with %s", format,
                            engine);
    return SG_OK;
}

/* The value of the graph attribute `layout`, as cgraph writes it; "dot" when there is none. */
static void find_engine(const char *dot, char engine[16])
{
    const char *at = strstr(dot, "layout=");
    size_t n = at != NULL ? strspn(at + 7, "abcdefghijklmnopqrstuvwxyz") : 0;

    (void) snprintf(engine, 16, "%.*s", (int) n, n > 0 ? at + 7 : "");
    if (n == 0 || n > 15)
        (void) snprintf(engine, 16, "dot");
}

sg_status sg_render(const char *dot, size_t len, const char *format, sg_strbuf *out, sg_error *err)
{
    sg_module_function found = NULL;
    sg_strbuf drawn = SG_STRBUF_INIT;
    sg_status status = sg_module_find("graphviz", "sg_module_render", &found, err);
    char *text;
    char engine[16];

    if (status != SG_OK)
        return status;
    text = sg_strndup(dot, len);
    find_engine(text, engine);
    status = run((sg_render_function *) found, text, engine, format, &drawn, err);
    if (status == SG_ERR_LIMIT && strcmp(engine, "sfdp") != 0) {
        sg_error_reset(err);
        sg_strbuf_reset(&drawn);
        status = run((sg_render_function *) found, text, "sfdp", format, &drawn, err);
    }
    if (status == SG_ERR_LIMIT)
        sg_error_hint(err, "show less (--max-actors, --since), or draw the DOT text yourself");
    if (status == SG_OK && strcmp(format, "svg") == 0)
        sg_svg_finish(sg_strbuf_text(&drawn), drawn.len, out);
    else if (status == SG_OK)
        sg_strbuf_append(out, sg_strbuf_text(&drawn), drawn.len);
    sg_strbuf_clear(&drawn);
    sg_free(text);
    return status;
}
