#include "stance/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An arena is a list of blocks, newest first; allocation moves a cursor in the newest one.
 * Blocks double up to 1 MiB, so small documents cost one malloc and large ones few. */

#define FIRST_BLOCK  ((size_t) 16 * 1024)
#define LARGEST_STEP ((size_t) 1024 * 1024)
#define ALIGNMENT    _Alignof(max_align_t)

typedef struct block {
    struct block *previous;
    size_t size;
    size_t used;
} block;

#define HEADER_SIZE ((sizeof(block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

struct sg_arena {
    block *newest;
    size_t total;
};

static void default_handler(size_t wanted)
{
    (void) fprintf(stderr, "stance: out of memory (%zu bytes wanted)\n", wanted);
    exit(1);
}

static void (*out_of_memory)(size_t) = default_handler;

void sg_mem_set_handler(void (*handler)(size_t wanted))
{
    out_of_memory = handler != NULL ? handler : default_handler;
}

static void *checked(void *memory, size_t size)
{
    if (memory == NULL && size > 0) {
        out_of_memory(size);
        abort();
    }
    return memory;
}

void *sg_malloc(size_t size)
{
    return checked(malloc(size), size);
}

void *sg_calloc(size_t count, size_t size)
{
    return checked(calloc(count, size), count > 0 ? size : 0);
}

void *sg_realloc(void *old, size_t size)
{
    if (size == 0) {
        free(old);
        return NULL;
    }
    return checked(realloc(old, size), size);
}

void *sg_reallocarray(void *old, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        (void) checked(NULL, SIZE_MAX);
    return sg_realloc(old, count * size);
}

char *sg_strdup(const char *text)
{
    return sg_strndup(text, strlen(text));
}

char *sg_strndup(const char *text, size_t len)
{
    char *copy = sg_malloc(len + 1);

    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void sg_free(void *memory)
{
    free(memory);
}

size_t sg_grown_capacity(size_t capacity, size_t needed)
{
    size_t grown = capacity + capacity / 2;

    if (grown < 8)
        grown = 8;
    return grown < needed ? needed : grown;
}

sg_arena *sg_arena_new(void)
{
    return sg_calloc(1, sizeof(sg_arena));
}

static void free_blocks(block *newest)
{
    while (newest != NULL) {
        block *previous = newest->previous;

        free(newest);
        newest = previous;
    }
}

void sg_arena_free(sg_arena *arena)
{
    if (arena == NULL)
        return;
    free_blocks(arena->newest);
    free(arena);
}

void sg_arena_reset(sg_arena *arena)
{
    if (arena->newest != NULL) {
        free_blocks(arena->newest->previous);
        arena->newest->previous = NULL;
        arena->newest->used = 0;
    }
    arena->total = 0;
}

static block *add_block(sg_arena *arena, size_t size)
{
    size_t room = FIRST_BLOCK;
    block *added;

    if (arena->newest != NULL) {
        room = arena->newest->size * 2;
        if (room > LARGEST_STEP)
            room = LARGEST_STEP;
    }
    if (room < size)
        room = size;
    added = sg_malloc(HEADER_SIZE + room);
    added->previous = arena->newest;
    added->size = room;
    added->used = 0;
    arena->newest = added;
    return added;
}

void *sg_arena_alloc(sg_arena *arena, size_t size)
{
    block *newest = arena->newest;
    size_t rounded;
    char *memory;

    if (size > SIZE_MAX - HEADER_SIZE - ALIGNMENT)
        (void) checked(NULL, size);
    rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (newest == NULL || newest->size - newest->used < rounded)
        newest = add_block(arena, rounded);
    memory = (char *) newest + HEADER_SIZE + newest->used;
    newest->used += rounded;
    arena->total += rounded;
    return memory;
}

void *sg_arena_calloc(sg_arena *arena, size_t count, size_t size)
{
    void *memory;

    if (size > 0 && count > SIZE_MAX / size)
        (void) checked(NULL, SIZE_MAX);
    memory = sg_arena_alloc(arena, count * size);
    memset(memory, 0, count * size);
    return memory;
}

void *sg_arena_grow(sg_arena *arena, const void *old, size_t old_size, size_t size)
{
    void *memory = sg_arena_alloc(arena, size);

    if (old_size > 0)
        memcpy(memory, old, old_size < size ? old_size : size);
    return memory;
}

char *sg_arena_strdup(sg_arena *arena, const char *text)
{
    return sg_arena_strndup(arena, text, strlen(text));
}

char *sg_arena_strndup(sg_arena *arena, const char *text, size_t len)
{
    char *copy = sg_arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *sg_arena_printf(sg_arena *arena, const char *format, ...)
{
    va_list args;
    va_list again;
    char *text;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = sg_arena_alloc(arena, len < 0 ? 1 : (size_t) len + 1);
    text[0] = '\0';
    if (len > 0)
        (void) vsnprintf(text, (size_t) len + 1, format, again);
    va_end(again);
    return text;
}

size_t sg_arena_used(const sg_arena *arena)
{
    return arena->total;
}
