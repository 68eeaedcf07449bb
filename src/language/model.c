#include "stance/model.h"

/* The model file is mapped, checked once from end to end, and then only read, so any number of
 * threads can share it. The layout is in language_internal.h. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/mem.h"
#include "stance/module.h"

#include "language_internal.h"

/* A checkout has the program in build/<variant>, test programs deeper (build/asan/tests/unit/x). */
#define PARENTS_SEARCHED 6
#define MODEL_IN_TREE    "data/models/en.model"
#define MODEL_INSTALLED  "../share/stance/models/en.model"

struct sg_model {
    unsigned char *bytes; /* mapped read-only */
    size_t size;
    const sg_model_entry *table;
    size_t count;
    char *description; /* of the heap */
};

uint64_t sg_model_checksum(const void *bytes, size_t len)
{
    /* Four independent multiply-xorshift lanes over 8-byte words: the multiplications overlap, so
     * the check runs at the speed of memory. */
    const uint64_t prime = 0x9e3779b97f4a7c15U;
    const unsigned char *at = bytes;
    uint64_t lane[4] = { 1, 2, 3, 4 };
    uint64_t tail[4] = { 0 };
    uint64_t sum = len;

    for (; len >= sizeof tail; len -= sizeof tail, at += sizeof tail) {
        uint64_t word[4];

        memcpy(word, at, sizeof word);
        for (int i = 0; i < 4; i++) {
            lane[i] = (lane[i] ^ word[i]) * prime;
            lane[i] ^= lane[i] >> 32;
        }
    }
    memcpy(tail, at, len);
    for (int i = 0; i < 4; i++) {
        sum = (sum ^ lane[i] ^ (tail[i] * prime)) * prime;
        sum ^= sum >> 29;
    }
    return sum;
}

static sg_status refuse(const char *path, sg_error *err, const char *reason)
{
    (void) sg_error_set(err, SG_ERR_INPUT, "language model %s: %s", path, reason);
    sg_error_hint(err, "use the model that belongs to this version of the program "
                       "(data/models/en.model), or train one with stance-train");
    return SG_ERR_INPUT;
}

static sg_status check_table(const sg_model *model, const char *path, sg_error *err)
{
    for (size_t i = 0; i < model->count; i++) {
        const sg_model_entry *entry = &model->table[i];

        if (memchr(entry->name, '\0', sizeof entry->name) == NULL ||
            entry->offset % SG_MODEL_ALIGN != 0 || entry->offset > model->size ||
            entry->size > model->size - entry->offset)
            return refuse(path, err, "is damaged (a section lies outside the file)");
    }
    return SG_OK;
}

static sg_status check(sg_model *model, const char *path, sg_error *err)
{
    sg_model_header header;

    if (model->size < sizeof header)
        return refuse(path, err, "is not a language model (too short)");
    memcpy(&header, model->bytes, sizeof header);
    if (memcmp(header.magic, SG_MODEL_MAGIC, sizeof header.magic) != 0)
        return refuse(path, err, "is not a language model");
    if (header.endian != SG_MODEL_ENDIAN)
        return refuse(path, err, "was made on a machine with another byte order");
    if (header.version != SG_MODEL_VERSION)
        return refuse(path, err, "has a format version that this program does not read");
    for (size_t i = 0; i < sizeof header.reserved / sizeof *header.reserved; i++) {
        if (header.reserved[i] != 0)
            return refuse(path, err, "is damaged (its header is wrong)");
    }
    if (header.file_size > model->size)
        return refuse(path, err, "is truncated");
    if (header.file_size != model->size)
        return refuse(path, err, "is damaged (longer than it should be)");
    if (header.section_count > SG_MODEL_MAX_SECTIONS ||
        header.section_count * sizeof(sg_model_entry) > model->size - sizeof header)
        return refuse(path, err, "is damaged (its table is too long)");
    if (sg_model_checksum(model->bytes + sizeof header, model->size - sizeof header) !=
        header.checksum)
        return refuse(path, err, "is damaged (its checksum is wrong)");
    model->table = (const sg_model_entry *) (const void *) (model->bytes + sizeof header);
    model->count = header.section_count;
    return check_table(model, path, err);
}

static sg_status map_file(const char *path, sg_model *model, sg_error *err)
{
    struct stat info;
    void *bytes;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return sg_error_set(err, SG_ERR_IO, "language model %s: %s", path, strerror(errno));
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0) {
        (void) close(fd);
        return refuse(path, err, "is not a language model");
    }
    bytes = mmap(NULL, (size_t) info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    (void) close(fd);
    if (bytes == MAP_FAILED)
        return sg_error_set(err, SG_ERR_IO, "language model %s: %s", path, strerror(errno));
    model->bytes = bytes;
    model->size = (size_t) info.st_size;
    return SG_OK;
}

static sg_status open_at(const char *path, sg_model **model_out, sg_error *err)
{
    sg_model *model = sg_calloc(1, sizeof *model);
    sg_status status = map_file(path, model, err);
    const char *text;
    size_t size = 0;

    if (status == SG_OK)
        status = check(model, path, err);
    if (status != SG_OK) {
        sg_model_close(model);
        return status;
    }
    text = sg_model_section(model, SG_MODEL_DESCRIPTION, &size);
    model->description = sg_strndup(text != NULL ? text : "", size);
    *model_out = model;
    return SG_OK;
}

/* The first candidate that exists; false when there is none. */
static bool find_beside_program(char *path, size_t size)
{
    char folder[PATH_MAX];

    (void) snprintf(folder, sizeof folder, "%s", sg_program_folder());
    (void) snprintf(path, size, "%s/%s", folder, MODEL_INSTALLED);
    if (access(path, R_OK) == 0)
        return true;
    for (int i = 0; i <= PARENTS_SEARCHED; i++) {
        char *slash = strrchr(folder, '/');

        (void) snprintf(path, size, "%s/%s", folder, MODEL_IN_TREE);
        if (access(path, R_OK) == 0)
            return true;
        if (slash == NULL)
            return false;
        *slash = '\0';
    }
    return false;
}

sg_status sg_model_open(const char *path, sg_model **model_out, sg_error *err)
{
    char found[PATH_MAX + 64];

    if (path == NULL) {
        const char *named = getenv("STANCE_MODEL");

        if (named != NULL && named[0] != '\0') {
            path = named;
        } else if (find_beside_program(found, sizeof found)) {
            path = found;
        } else {
            (void) sg_error_set(err, SG_ERR_IO, "no language model was found beside the program");
            sg_error_hint(err, "name one with --model FILE or in the environment variable "
                               "STANCE_MODEL");
            return SG_ERR_IO;
        }
    }
    return open_at(path, model_out, err);
}

void sg_model_close(sg_model *model)
{
    if (model == NULL)
        return;
    if (model->bytes != NULL)
        (void) munmap(model->bytes, model->size);
    sg_free(model->description);
    sg_free(model);
}

const void *sg_model_section(const sg_model *model, const char *name, size_t *size_out)
{
    for (size_t i = 0; model != NULL && i < model->count; i++) {
        if (strcmp(model->table[i].name, name) == 0)
            return sg_model_section_at(model, i, NULL, size_out);
    }
    if (size_out != NULL)
        *size_out = 0;
    return NULL;
}

size_t sg_model_section_count(const sg_model *model)
{
    return model->count;
}

const void *sg_model_section_at(const sg_model *model, size_t i, const char **name_out,
                                size_t *size_out)
{
    const sg_model_entry *entry = &model->table[i];

    if (name_out != NULL)
        *name_out = entry->name;
    if (size_out != NULL)
        *size_out = (size_t) entry->size;
    return model->bytes + entry->offset;
}

const char *sg_model_description(const sg_model *model)
{
    return model->description;
}

sg_status sg_model_need(const sg_model *model, const char *name, const void **bytes_out,
                        size_t *size_out, sg_error *err)
{
    *bytes_out = sg_model_section(model, name, size_out);
    if (*bytes_out != NULL)
        return SG_OK;
    (void) sg_error_set(err, SG_ERR_INPUT, "the language model has no section '%s'", name);
    sg_error_hint(err, "train it with 'stance-train', or use data/models/en.model");
    return SG_ERR_INPUT;
}
