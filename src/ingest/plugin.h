#ifndef STANCE_INGEST_PLUGIN_H
#define STANCE_INGEST_PLUGIN_H

/* Another program that reads articles in place of this one. It gets one JSON object a line on its
 * standard input, {"article", "title", "date", "source", "text"}, and answers each with one line
 * of interchange JSON on its standard output. It is started when first needed, and anew after it
 * failed. One article is in its hands at a time. */

#include "stance/extraction.h"

struct sg_plugin;

/* `seconds` for one article; `memory` in bytes for the program, 0: unlimited. */
struct sg_plugin *sg_plugin_new(const char *command, int seconds, size_t memory);
void sg_plugin_free(struct sg_plugin *plugin);
/* First word of the command without folders: recorded with its statements. */
const char *sg_plugin_name(const struct sg_plugin *plugin);
/* Thread-safe. Parts that are refused (see sg_interchange_read) are told to `refused`. */
SG_MUST_CHECK sg_status sg_plugin_extract(struct sg_plugin *plugin, const sg_document *document,
                                          sg_arena *arena,
                                          void (*refused)(void *data, const char *line), void *data,
                                          sg_extraction **extraction_out, sg_error *err);

#endif
