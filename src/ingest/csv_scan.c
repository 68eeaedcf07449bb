#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph_folder.h"

/* Records of a CSV file (RFC 4180, LF or CRLF). Files of graphs have millions of short fields
 * without quotes, so fields are shown where they lie in the mapped file; only those with doubled
 * quotes are copied. A library that calls back per field costs several times as much. */

sg_status csv_scan_open(csv_scan *scan, const char *path, sg_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    sg_status status = SG_OK;
    struct stat info;

    memset(scan, 0, sizeof *scan);
    if (fd < 0 || fstat(fd, &info) != 0) {
        status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
    } else if (info.st_size > 0) {
        void *data = mmap(NULL, (size_t) info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

        if (data == MAP_FAILED)
            status = sg_error_set(err, SG_ERR_IO, "%s: %s", path, strerror(errno));
        else
            scan->data = data;
        scan->size = (size_t) info.st_size;
    }
    if (fd >= 0)
        (void) close(fd);
    scan->path = path;
    scan->unquoted = sg_arena_new();
    csv_scan_rewind(scan);
    return status;
}

void csv_scan_rewind(csv_scan *scan)
{
    /* A byte order mark is not part of the first name. */
    scan->at = scan->size >= 3 && memcmp(scan->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    scan->line = 0;
    scan->next_line = 1;
}

void csv_scan_close(csv_scan *scan)
{
    union {
        const char *in;
        void *out;
    } data = { .in = scan->data };

    if (data.in != NULL)
        (void) munmap(data.out, scan->size);
    sg_arena_free(scan->unquoted);
    sg_free(scan->fields);
    memset(scan, 0, sizeof *scan);
}

static void add_field(csv_scan *scan, const char *text, size_t len)
{
    SG_GROW(scan->fields, scan->fields_room, scan->field_count + 1);
    scan->fields[scan->field_count++] = (csv_field){ text, len };
}

/* A field that starts with a quote; `at` is behind it. Returns false when it is not closed. */
static bool take_quoted(csv_scan *scan)
{
    size_t start = scan->at, len = 0, doubled = 0;
    char *copy;

    for (;; scan->at++) {
        if (scan->at >= scan->size)
            return false;
        if (scan->data[scan->at] == '\n')
            scan->next_line++;
        if (scan->data[scan->at] != '"')
            continue;
        if (scan->at + 1 >= scan->size || scan->data[scan->at + 1] != '"')
            break;
        doubled++;
        scan->at++;
    }
    len = scan->at++ - start;
    if (doubled == 0) {
        add_field(scan, scan->data + start, len);
        return true;
    }
    copy = sg_arena_alloc(scan->unquoted, len);
    len = 0;
    for (size_t i = start; i < scan->at - 1; i++) {
        copy[len++] = scan->data[i];
        i += scan->data[i] == '"';
    }
    add_field(scan, copy, len);
    return true;
}

static bool take_field(csv_scan *scan)
{
    size_t start = scan->at;

    if (start < scan->size && scan->data[start] == '"') {
        scan->at++;
        return take_quoted(scan);
    }
    while (scan->at < scan->size && scan->data[scan->at] != ',' && scan->data[scan->at] != '\n')
        scan->at++;
    add_field(scan, scan->data + start, scan->at - start);
    return true;
}

static void trim_carriage_return(csv_scan *scan)
{
    csv_field *last = &scan->fields[scan->field_count - 1];

    if (last->len > 0 && last->text[last->len - 1] == '\r')
        last->len--;
}

static bool take_record(csv_scan *scan)
{
    scan->field_count = 0;
    scan->line = scan->next_line;
    for (;;) {
        if (!take_field(scan))
            return false;
        if (scan->at < scan->size && scan->data[scan->at] == '\r')
            scan->at++; /* behind a quoted field */
        if (scan->at >= scan->size)
            break;
        if (scan->data[scan->at++] == '\n') {
            scan->next_line++;
            break;
        }
    }
    trim_carriage_return(scan);
    return true;
}

bool csv_scan_next(csv_scan *scan, sg_status *status_out, sg_error *err)
{
    *status_out = SG_OK;
    while (scan->at < scan->size) {
        sg_arena_reset(scan->unquoted);
        if (!take_record(scan)) {
            *status_out = sg_error_set(err, SG_ERR_INPUT, "%s, line %zu: a quote is not closed",
                                       scan->path, scan->line);
            return false;
        }
        if (scan->field_count > 1 || scan->fields[0].len > 0)
            return true;
    }
    return false;
}
