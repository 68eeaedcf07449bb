/* Who holds the database? In WAL mode SQLite's write lock is a POSIX lock on byte 120 of the
 * "-shm" file (file format document, section 4.5 "WAL-index format", and os_unix.c), so the kernel
 * knows the process. No file of our own has to be kept true. */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store_internal.h"

#define WAL_WRITE_LOCK_BYTE 120

static void describe_process(int pid, char *out, size_t size)
{
    char path[64];
    char command[128];
    size_t n = 0;
    FILE *stream;

    (void) snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    stream = fopen(path, "r");
    if (stream != NULL) {
        n = fread(command, 1, sizeof command - 1, stream);
        (void) fclose(stream);
    }
    while (n > 0 && command[n - 1] == '\0')
        n--;
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char) command[i] < ' ')
            command[i] = ' ';
    }
    command[n] = '\0';
    if (n > 0)
        (void) snprintf(out, size, "process %d (%s)", pid, command);
    else
        (void) snprintf(out, size, "process %d", pid);
}

void sg_lock_describe_holder(const char *path, char *out, size_t size)
{
    char *shm = sqlite3_mprintf("%s-shm", path);
    struct flock lock = { 0 };
    int fd = -1;

    (void) snprintf(out, size, "another process");
    if (shm == NULL)
        return;
    fd = open(shm, O_RDONLY | O_CLOEXEC);
    sqlite3_free(shm);
    if (fd < 0)
        return;
    lock.l_type = F_RDLCK; /* in the way of a write lock, and allowed on a read-only descriptor */
    lock.l_whence = SEEK_SET;
    lock.l_start = WAL_WRITE_LOCK_BYTE;
    lock.l_len = 1;
    if (fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0)
        describe_process((int) lock.l_pid, out, size);
    /* The descriptor stays open: closing it would drop every lock that this process has on the
     * file, SQLite's own included. It happens once per failed wait. */
}
