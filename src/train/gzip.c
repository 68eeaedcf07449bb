#include "gzip.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static sg_status start(const char *path, int *fd_out, pid_t *child_out, sg_error *err)
{
    int ends[2];
    pid_t child;

    if (access(path, R_OK) != 0 || pipe(ends) != 0)
        return sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
    child = fork();
    if (child < 0) {
        (void) close(ends[0]);
        (void) close(ends[1]);
        return sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
    }
    if (child == 0) {
        (void) dup2(ends[1], STDOUT_FILENO);
        (void) close(ends[0]);
        (void) close(ends[1]);
        (void) execlp("gzip", "gzip", "-dc", "--", path, (char *) NULL);
        _exit(127);
    }
    (void) close(ends[1]);
    *fd_out = ends[0];
    *child_out = child;
    return SG_OK;
}

sg_status sg_gzip_read(const char *path, sg_strbuf *out, sg_error *err)
{
    char chunk[65536];
    int fd = -1;
    int result = 0;
    pid_t child = 0;
    ssize_t n;
    sg_status status = start(path, &fd, &child, err);

    if (status != SG_OK)
        return status;
    while ((n = read(fd, chunk, sizeof chunk)) > 0)
        sg_strbuf_append(out, chunk, (size_t) n);
    (void) close(fd);
    if (waitpid(child, &result, 0) != child || !WIFEXITED(result) || WEXITSTATUS(result) != 0)
        return sg_error_set(err, SG_ERR_INPUT, "%s: gzip cannot unpack it", path);
    return SG_OK;
}
