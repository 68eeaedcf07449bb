#include "stance/file.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/mem.h"

struct sg_file_writer {
    char *path;
    char *temporary; /* NULL for standard output */
    FILE *stream;
};

static sg_status open_input(const char *path, int *fd_out, sg_error *err)
{
    struct stat info;
    int fd;

    if (strcmp(path, "-") == 0) {
        *fd_out = STDIN_FILENO;
        return SG_OK;
    }
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
    if (fstat(fd, &info) != 0) {
        (void) close(fd);
        return sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        (void) close(fd);
        return sg_error_set(err, SG_ERR_IO, "%s: is a directory", path);
    }
    *fd_out = fd;
    return SG_OK;
}

sg_status sg_file_read(const char *path, size_t limit, sg_strbuf *out, sg_error *err)
{
    char chunk[65536];
    size_t total = 0;
    int fd = -1;
    sg_status status = open_input(path, &fd, err);

    if (status != SG_OK)
        return status;
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
            break;
        }
        if (n == 0)
            break;
        total += (size_t) n;
        if (limit > 0 && total > limit) {
            status = sg_error_set(err, SG_ERR_INPUT, "%s: larger than %zu bytes", path, limit);
            break;
        }
        sg_strbuf_append(out, chunk, (size_t) n);
    }
    if (fd != STDIN_FILENO)
        (void) close(fd);
    return status;
}

sg_status sg_file_writer_open(const char *path, sg_file_writer **writer_out, sg_error *err)
{
    sg_file_writer *writer = sg_calloc(1, sizeof *writer);

    writer->path = sg_strdup(path);
    if (strcmp(path, "-") == 0) {
        writer->stream = stdout;
    } else {
        sg_strbuf name = SG_STRBUF_INIT;
        mode_t mask;
        int fd;

        sg_strbuf_printf(&name, "%s.XXXXXX", path);
        writer->temporary = sg_strbuf_detach(&name, NULL);
        fd = mkstemp(writer->temporary);
        if (fd < 0) {
            sg_status status =
                sg_error_set(err, SG_ERR_IO, "%s: cannot write: %s", path, strerror(errno));

            sg_free(writer->temporary);
            writer->temporary = NULL;
            sg_file_writer_abort(writer);
            return status;
        }
        /* mkstemp makes private files; the result should be like any file the user creates. */
        mask = umask(0);
        (void) umask(mask);
        (void) fchmod(fd, 0666 & ~mask);
        writer->stream = fdopen(fd, "wb");
        if (writer->stream == NULL) {
            (void) close(fd);
            sg_file_writer_abort(writer);
            return sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
        }
    }
    *writer_out = writer;
    return SG_OK;
}

FILE *sg_file_writer_stream(sg_file_writer *writer)
{
    return writer->stream;
}

static void release(sg_file_writer *writer)
{
    sg_free(writer->path);
    sg_free(writer->temporary);
    sg_free(writer);
}

sg_status sg_file_writer_commit(sg_file_writer *writer, sg_error *err)
{
    bool failed = fflush(writer->stream) != 0 || ferror(writer->stream);
    sg_status status = SG_OK;

    if (writer->temporary != NULL) {
        failed = fclose(writer->stream) != 0 || failed;
        writer->stream = NULL;
        if (!failed && rename(writer->temporary, writer->path) != 0)
            failed = true;
    }
    if (failed) {
        status = sg_error_set(err, SG_ERR_IO, "%s: cannot write: %s",
                              writer->temporary == NULL ? "standard output" : writer->path,
                              strerror(errno));
        if (writer->temporary != NULL)
            (void) unlink(writer->temporary);
    }
    release(writer);
    return status;
}

void sg_file_writer_abort(sg_file_writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->temporary != NULL) {
        if (writer->stream != NULL)
            (void) fclose(writer->stream);
        (void) unlink(writer->temporary);
    }
    release(writer);
}

sg_status sg_file_write(const char *path, const char *data, size_t len, sg_error *err)
{
    sg_file_writer *writer = NULL;
    sg_status status = sg_file_writer_open(path, &writer, err);

    if (status != SG_OK)
        return status;
    if (len > 0)
        (void) fwrite(data, 1, len, writer->stream); /* commit sees the stream's error flag */
    return sg_file_writer_commit(writer, err);
}

sg_status sg_file_make_folder(const char *path, sg_error *err)
{
    char *copy = sg_strdup(path);
    sg_status status = SG_OK;
    size_t len = strlen(copy);

    for (size_t i = 1; i <= len && status == SG_OK; i++) {
        char kept = copy[i];

        if (kept != '/' && kept != '\0')
            continue;
        copy[i] = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            status = sg_error_set(err, SG_ERR_IO, "%s: cannot make the folder: %s", copy,
                                  strerror(errno));
        copy[i] = kept;
    }
    sg_free(copy);
    return status;
}

void sg_sha256_hex(const void *bytes, size_t len, char out[SG_SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_init(&context);
    sha256_update(&context, len, bytes);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[2 * sizeof digest] = '\0';
}
