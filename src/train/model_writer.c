#include "train_internal.h"

/* Writes the model file whose layout src/language/language_internal.h describes. Sections are
 * written in order of name, so that the same sections give the same bytes whatever the order in
 * which they were trained. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/file.h"
#include "stance/mem.h"
#include "stance/strbuf.h"

#include "../language/language_internal.h"

#define ABOUT_PREFIX "about."

typedef struct section {
    char name[SG_MODEL_NAME_SIZE];
    unsigned char *bytes;
    size_t size;
} section;

struct sg_model_writer {
    section *sections;
    size_t count;
    size_t capacity;
};

sg_model_writer *sg_model_writer_new(void)
{
    return sg_calloc(1, sizeof(sg_model_writer));
}

void sg_model_writer_free(sg_model_writer *writer)
{
    if (writer == NULL)
        return;
    for (size_t i = 0; i < writer->count; i++)
        sg_free(writer->sections[i].bytes);
    sg_free(writer->sections);
    sg_free(writer);
}

void sg_model_writer_put(sg_model_writer *writer, const char *name, const void *bytes, size_t size)
{
    size_t at = 0;

    while (at < writer->count && strcmp(writer->sections[at].name, name) != 0)
        at++;
    if (at == writer->count) {
        SG_GROW(writer->sections, writer->capacity, writer->count + 1);
        writer->sections[at] = (section){ { 0 }, NULL, 0 };
        (void) snprintf(writer->sections[at].name, SG_MODEL_NAME_SIZE, "%s", name);
        writer->count++;
    }
    sg_free(writer->sections[at].bytes);
    writer->sections[at].bytes = sg_malloc(size);
    if (size > 0)
        memcpy(writer->sections[at].bytes, bytes, size);
    writer->sections[at].size = size;
}

sg_status sg_model_writer_load(sg_model_writer *writer, const char *path, sg_error *err)
{
    sg_model *model = NULL;
    sg_status status = sg_model_open(path, &model, err);

    if (status != SG_OK)
        return status;
    for (size_t i = 0; i < sg_model_section_count(model); i++) {
        const char *name;
        size_t size;
        const void *bytes = sg_model_section_at(model, i, &name, &size);

        sg_model_writer_put(writer, name, bytes, size);
    }
    sg_model_close(model);
    return SG_OK;
}

void sg_model_writer_describe(sg_model_writer *writer, const char *stage, const char *text)
{
    char name[SG_MODEL_NAME_SIZE];

    (void) snprintf(name, sizeof name, "%s%s", ABOUT_PREFIX, stage);
    sg_model_writer_put(writer, name, text, strlen(text));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const section *) a)->name, ((const section *) b)->name);
}

static void put_description(sg_model_writer *writer)
{
    sg_strbuf text = SG_STRBUF_INIT;

    qsort(writer->sections, writer->count, sizeof *writer->sections, by_name);
    for (size_t i = 0; i < writer->count; i++) {
        const section *about = &writer->sections[i];

        if (strncmp(about->name, ABOUT_PREFIX, strlen(ABOUT_PREFIX)) != 0)
            continue;
        sg_strbuf_printf(&text, "%s\n", about->name + strlen(ABOUT_PREFIX));
        sg_strbuf_append(&text, (const char *) about->bytes, about->size);
        sg_strbuf_putc(&text, '\n');
    }
    sg_model_writer_put(writer, SG_MODEL_DESCRIPTION, sg_strbuf_text(&text), text.len);
    sg_strbuf_clear(&text);
    qsort(writer->sections, writer->count, sizeof *writer->sections, by_name);
}

static void pad(sg_strbuf *file)
{
    while (file->len % SG_MODEL_ALIGN != 0)
        sg_strbuf_putc(file, '\0');
}

sg_status sg_model_writer_save(sg_model_writer *writer, const char *path, sg_error *err)
{
    sg_strbuf file = SG_STRBUF_INIT;
    sg_model_header header = { .version = SG_MODEL_VERSION, .endian = SG_MODEL_ENDIAN };
    sg_status status;

    put_description(writer);
    if (writer->count > SG_MODEL_MAX_SECTIONS)
        return sg_error_set(err, SG_ERR_LIMIT, "%s: too many sections", path);
    memcpy(header.magic, SG_MODEL_MAGIC, sizeof header.magic);
    header.section_count = (uint32_t) writer->count;
    sg_strbuf_append(&file, (const char *) &header, sizeof header);
    for (size_t i = 0; i < writer->count; i++) {
        sg_model_entry entry = { { 0 }, 0, writer->sections[i].size };

        memcpy(entry.name, writer->sections[i].name, sizeof entry.name);
        sg_strbuf_append(&file, (const char *) &entry, sizeof entry);
    }
    for (size_t i = 0; i < writer->count; i++) {
        uint64_t offset;

        pad(&file);
        offset = file.len;
        memcpy(file.data + sizeof header + i * sizeof(sg_model_entry) +
                   offsetof(sg_model_entry, offset),
               &offset, sizeof offset);
        sg_strbuf_append(&file, (const char *) writer->sections[i].bytes, writer->sections[i].size);
    }
    header.file_size = file.len;
    header.checksum = sg_model_checksum(file.data + sizeof header, file.len - sizeof header);
    memcpy(file.data, &header, sizeof header);
    status = sg_file_write(path, file.data, file.len, err);
    sg_strbuf_clear(&file);
    return status;
}

sg_status sg_model_writer_open(sg_model_writer *writer, sg_model **model_out, sg_error *err)
{
    char path[] = "/tmp/stance-train-XXXXXX";
    int fd = mkstemp(path);
    sg_status status;

    if (fd < 0)
        return sg_error_set(err, SG_ERR_IO, "cannot make a temporary file");
    (void) close(fd);
    status = sg_model_writer_save(writer, path, err);
    if (status == SG_OK)
        status = sg_model_open(path, model_out, err);
    (void) unlink(path);
    return status;
}
