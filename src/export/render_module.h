#ifndef STANCE_RENDER_MODULE_H
#define STANCE_RENDER_MODULE_H

/* What stance-graphviz.so exports. */

#include <stdio.h>

/* Lays out zero-terminated DOT text and draws it to `stream`; 0 is success. */
typedef int sg_render_function(const char *dot, const char *engine, const char *format,
                               FILE *stream);

#endif
