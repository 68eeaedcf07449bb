#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "stance/file.h"
#include "stance/log.h"

#include "graph_internal.h"

/* The image's file. Reading all of a large one only to check it would cost more than most
 * questions, so the writer gives the file a time of modification in whole seconds and keeps that
 * time inside: a file that anything else has written to since does not have it any more, and is
 * then checked whole before it is used. Small files are always checked whole. */

#define ALWAYS_CHECKED ((size_t) 1024 * 1024)

static bool is_as_written(const struct stat *info, const image *im)
{
    return info->st_mtim.tv_sec == im->header->stamp && info->st_mtim.tv_nsec == 0;
}

static bool map_file(int fd, image *im)
{
    struct stat info;
    void *bytes;

    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0)
        return false;
    bytes = mmap(NULL, (size_t) info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    if (!image_init(im, bytes, (size_t) info.st_size, true) ||
        ((!is_as_written(&info, im) || im->size <= ALWAYS_CHECKED) && !image_body_is_sound(im))) {
        (void) munmap(bytes, (size_t) info.st_size);
        im->bytes = NULL;
        return false;
    }
    return true;
}

bool image_file_open(const char *path, image *im)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool usable;

    if (fd < 0)
        return false;
    usable = map_file(fd, im);
    (void) close(fd);
    if (!usable)
        sg_log_info("%s: not usable, made anew", path);
    return usable;
}

/* The header in the file differs from the one in memory by its time. */
static bool write_sealed(FILE *stream, const image *im, int64_t stamp)
{
    size_t directory = (size_t) im->header->directory_size;
    unsigned char *head = sg_malloc(directory);
    bool written;

    memcpy(head, im->bytes, directory);
    image_seal(head, stamp);
    written =
        fwrite(head, 1, directory, stream) == directory &&
        fwrite(im->bytes + directory, 1, im->size - directory, stream) == im->size - directory &&
        fflush(stream) == 0;
    sg_free(head);
    return written;
}

void image_file_write(const char *path, const image *im)
{
    sg_error ignored = SG_ERROR_INIT;
    sg_file_writer *writer = NULL;
    struct timespec times[2];
    FILE *stream;

    times[0].tv_sec = times[1].tv_sec = time(NULL);
    times[0].tv_nsec = times[1].tv_nsec = 0;
    if (sg_file_writer_open(path, &writer, &ignored) != SG_OK)
        return;
    stream = sg_file_writer_stream(writer);
    /* A large file goes to the disk before its time is set: after a power cut a half-written one
     * must not look finished. */
    if (!write_sealed(stream, im, times[1].tv_sec) ||
        (im->size > ALWAYS_CHECKED && fsync(fileno(stream)) != 0) ||
        futimens(fileno(stream), times) != 0) {
        sg_file_writer_abort(writer);
        return;
    }
    if (sg_file_writer_commit(writer, &ignored) != SG_OK)
        sg_log_info("%s", ignored.message);
}
