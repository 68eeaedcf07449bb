#include "plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "stance/interchange.h"
#include "stance/mem.h"
#include "stance/store.h"
#include "stance/strbuf.h"

#define ANSWER_MAX ((size_t) 64 * 1024 * 1024)
#define NAME_SIZE  64

struct sg_plugin {
    char *command;
    char name[NAME_SIZE];
    int seconds;
    size_t memory;
    pid_t pid; /* 0: not running */
    int to;    /* its standard input: a socket, so that a write to a dead program is an error */
    int from;  /* its standard output */
    sg_strbuf rest; /* read behind the last answer */
    pthread_mutex_t lock;
};

struct sg_plugin *sg_plugin_new(const char *command, int seconds, size_t memory)
{
    struct sg_plugin *plugin = sg_calloc(1, sizeof *plugin);
    const char *end = command + strcspn(command, " ");
    const char *start = end;

    while (start > command && start[-1] != '/')
        start--;
    plugin->command = sg_strdup(command);
    (void) snprintf(plugin->name, sizeof plugin->name, "%.*s", (int) (end - start), start);
    plugin->seconds = seconds;
    plugin->memory = memory;
    (void) pthread_mutex_init(&plugin->lock, NULL);
    return plugin;
}

const char *sg_plugin_name(const struct sg_plugin *plugin)
{
    return plugin->name;
}

/* Ends the program and everything it started. */
static void stop(struct sg_plugin *plugin, bool kindly)
{
    if (plugin->pid == 0)
        return;
    (void) close(plugin->to);
    (void) close(plugin->from);
    if (!kindly)
        (void) kill(-plugin->pid, SIGKILL);
    for (int i = 0; kindly && i < 20; i++) {
        struct timespec wait = { 0, 50000000 };

        if (waitpid(plugin->pid, NULL, WNOHANG) == plugin->pid)
            goto ended;
        (void) nanosleep(&wait, NULL);
    }
    (void) kill(-plugin->pid, SIGKILL);
    while (waitpid(plugin->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
ended:
    plugin->pid = 0;
    sg_strbuf_reset(&plugin->rest);
}

void sg_plugin_free(struct sg_plugin *plugin)
{
    if (plugin == NULL)
        return;
    stop(plugin, true);
    sg_strbuf_clear(&plugin->rest);
    (void) pthread_mutex_destroy(&plugin->lock);
    sg_free(plugin->command);
    sg_free(plugin);
}

/* In the child, after fork: only calls that are safe there. */
static void become(const struct sg_plugin *plugin, int input, int output)
{
    struct rlimit limit = { plugin->memory, plugin->memory };

    (void) setpgid(0, 0);
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0)
        _exit(127);
    if (plugin->memory > 0)
        (void) setrlimit(RLIMIT_AS, &limit);
    (void) execl("/bin/sh", "sh", "-c", plugin->command, (char *) NULL);
    _exit(127);
}

static void close_on_exec(int fd)
{
    (void) fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static sg_status start(struct sg_plugin *plugin, sg_error *err)
{
    int input[2];
    int output[2];

    if (plugin->pid != 0)
        return SG_OK;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, input) != 0)
        return sg_error_set(err, SG_ERR_IO, "extractor: %s", strerror(errno));
    if (pipe(output) != 0) {
        (void) close(input[0]);
        (void) close(input[1]);
        return sg_error_set(err, SG_ERR_IO, "extractor: %s", strerror(errno));
    }
    for (int i = 0; i < 2; i++) {
        close_on_exec(input[i]);
        close_on_exec(output[i]);
    }
    plugin->pid = fork();
    if (plugin->pid == 0)
        become(plugin, input[1], output[1]);
    (void) close(input[1]);
    (void) close(output[1]);
    plugin->to = input[0];
    plugin->from = output[0];
    if (plugin->pid < 0) {
        plugin->pid = 0;
        (void) close(plugin->to);
        (void) close(plugin->from);
        return sg_error_set(err, SG_ERR_IO, "extractor: %s", strerror(errno));
    }
    (void) setpgid(plugin->pid, plugin->pid);
    return SG_OK;
}

static long long now_ms(void)
{
    struct timespec t;

    (void) clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static sg_status read_some(struct sg_plugin *plugin, sg_error *err)
{
    char chunk[65536];
    ssize_t n = read(plugin->from, chunk, sizeof chunk);

    if (n < 0 && errno == EINTR)
        return SG_OK;
    if (n <= 0)
        return sg_error_set(err, SG_ERR_INPUT, "the extractor '%s' ended without an answer",
                            plugin->name);
    sg_strbuf_append(&plugin->rest, chunk, (size_t) n);
    if (plugin->rest.len > ANSWER_MAX)
        return sg_error_set(err, SG_ERR_LIMIT, "the extractor '%s' answers without end",
                            plugin->name);
    return SG_OK;
}

static sg_status write_some(struct sg_plugin *plugin, const sg_strbuf *question, size_t *written,
                            sg_error *err)
{
    ssize_t n = send(plugin->to, question->data + *written, question->len - *written,
                     MSG_NOSIGNAL | MSG_DONTWAIT);

    if (n > 0)
        *written += (size_t) n;
    else if (n < 0 && errno != EAGAIN && errno != EINTR)
        return sg_error_set(err, SG_ERR_INPUT, "the extractor '%s' ended without an answer",
                            plugin->name);
    return SG_OK;
}

/* Writes the question and reads until the end of a line, whichever the program is ready for. */
static sg_status converse(struct sg_plugin *plugin, const sg_strbuf *question, sg_error *err)
{
    long long deadline = now_ms() + (long long) plugin->seconds * 1000;
    size_t written = 0;
    sg_status status = SG_OK;

    while (status == SG_OK) {
        struct pollfd ends[2] = { { plugin->from, POLLIN, 0 }, { plugin->to, POLLOUT, 0 } };
        long long left = deadline - now_ms();
        int ready;

        if (written == question->len && plugin->rest.len > 0 &&
            memchr(plugin->rest.data, '\n', plugin->rest.len) != NULL)
            return SG_OK;
        if (left <= 0)
            return sg_error_set(err, SG_ERR_LIMIT, "the extractor '%s' took longer than %d s",
                                plugin->name, plugin->seconds);
        ready = poll(ends, written < question->len ? 2 : 1, (int) left);
        if (ready < 0 && errno != EINTR)
            return sg_error_set(err, SG_ERR_IO, "extractor: %s", strerror(errno));
        if (ready > 0 && ends[0].revents != 0)
            status = read_some(plugin, err);
        if (status == SG_OK && ready > 0 && written < question->len && ends[1].revents != 0)
            status = write_some(plugin, question, &written, err);
    }
    return status;
}

static void set_text(json_t *object, const char *key, const char *text)
{
    (void) json_object_set_new(object, key, text != NULL ? json_string(text) : json_null());
}

static sg_status make_question(const sg_document *document, sg_strbuf *out, sg_error *err)
{
    json_t *object = json_object();
    char date[SG_DAY_SIZE];
    char *line;

    if (document->day != SG_NO_DAY)
        sg_day_format(document->day, date);
    set_text(object, "article", document->name);
    set_text(object, "title", document->title);
    set_text(object, "date", document->day != SG_NO_DAY ? date : NULL);
    set_text(object, "source", document->source);
    (void) json_object_set_new(object, "text", json_stringn(document->text, document->len));
    line = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    if (line == NULL)
        return sg_error_set(err, SG_ERR_INPUT, "%s: cannot be written as JSON", document->name);
    sg_strbuf_puts(out, line);
    sg_strbuf_putc(out, '\n');
    free(line);
    return SG_OK;
}

/* The first line of what was read, in the arena; the rest stays for the next answer. */
static const char *take_line(struct sg_plugin *plugin, sg_arena *arena, size_t *len_out)
{
    const char *end = memchr(plugin->rest.data, '\n', plugin->rest.len);
    const char *line;

    *len_out = (size_t) (end - plugin->rest.data);
    line = sg_arena_strndup(arena, plugin->rest.data, *len_out);
    plugin->rest.len -= *len_out + 1;
    memmove(plugin->rest.data, end + 1, plugin->rest.len);
    return line;
}

sg_status sg_plugin_extract(struct sg_plugin *plugin, const sg_document *document, sg_arena *arena,
                            void (*refused)(void *data, const char *line), void *data,
                            sg_extraction **extraction_out, sg_error *err)
{
    sg_strbuf question = SG_STRBUF_INIT;
    const char *line = NULL;
    size_t len = 0;
    sg_status status = make_question(document, &question, err);

    if (status == SG_OK) {
        (void) pthread_mutex_lock(&plugin->lock);
        status = start(plugin, err);
        if (status == SG_OK)
            status = converse(plugin, &question, err);
        if (status == SG_OK)
            line = take_line(plugin, arena, &len);
        else
            stop(plugin, false);
        (void) pthread_mutex_unlock(&plugin->lock);
    }
    sg_strbuf_clear(&question);
    if (status == SG_OK)
        status =
            sg_interchange_read(line, len, document, arena, refused, data, extraction_out, err);
    return status;
}
