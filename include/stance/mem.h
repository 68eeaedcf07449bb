#ifndef STANCE_MEM_H
#define STANCE_MEM_H

/* Memory: allocators that do not return NULL, and arenas.
 * Out of memory calls one handler, which must not return; so code above has no NULL branch.
 * An arena belongs to one unit of work (an article, a query, an export); nothing in it is freed
 * singly. Arenas are not shared between threads. */

#include <stddef.h>
#include <stdint.h>

#include "stance/error.h"

/* `size` may be 0. The result is released with sg_free(). */
void *sg_malloc(size_t size);
void *sg_calloc(size_t count, size_t size);
void *sg_realloc(void *old, size_t size);
/* Resizes to count * size bytes; the product is checked for overflow. */
void *sg_reallocarray(void *old, size_t count, size_t size);
char *sg_strdup(const char *text);
char *sg_strndup(const char *text, size_t len);
void sg_free(void *memory);

/* What to call when memory runs out; the default prints one line and exits with 1. */
void sg_mem_set_handler(void (*handler)(size_t wanted));

typedef struct sg_arena sg_arena;

sg_arena *sg_arena_new(void);
void sg_arena_free(sg_arena *arena);
/* Forgets everything but keeps the memory for reuse. */
void sg_arena_reset(sg_arena *arena);
/* Aligned for any type; contents are not set. */
void *sg_arena_alloc(sg_arena *arena, size_t size);
void *sg_arena_calloc(sg_arena *arena, size_t count, size_t size);
/* A copy with room for `size`; the old block stays in the arena. */
void *sg_arena_grow(sg_arena *arena, const void *old, size_t old_size, size_t size);
char *sg_arena_strdup(sg_arena *arena, const char *text);
/* Zero-terminated copy of text[0, len). */
char *sg_arena_strndup(sg_arena *arena, const char *text, size_t len);
char *sg_arena_printf(sg_arena *arena, const char *format, ...) SG_PRINTF(2, 3);
/* Bytes asked for since the arena was made or reset. */
size_t sg_arena_used(const sg_arena *arena);

/* Grows `array` (pointer variable) so that it holds at least `needed` elements and is not NULL;
 * `capacity` is a size_t variable. For heap arrays freed with sg_free(). */
#define SG_GROW(array, capacity, needed)                                                           \
 do {                                                                                              \
  if ((array) == NULL || (needed) > (capacity)) {                                                  \
   (capacity) = sg_grown_capacity((capacity), (needed));                                           \
   (array) = sg_reallocarray((array), (capacity), sizeof *(array));                                \
  }                                                                                                \
 } while (0)

/* Same for an array in an arena. */
#define SG_ARENA_GROW(arena, array, capacity, needed)                                              \
 do {                                                                                              \
  if ((array) == NULL || (needed) > (capacity)) {                                                  \
   size_t sg_old_size_ = (capacity) * sizeof *(array);                                             \
   (capacity) = sg_grown_capacity((capacity), (needed));                                           \
   (array) = sg_arena_grow((arena), (array), sg_old_size_, (capacity) * sizeof *(array));          \
  }                                                                                                \
 } while (0)

/* At least `needed`, growing by half, starting at 8. */
size_t sg_grown_capacity(size_t capacity, size_t needed);

#endif
