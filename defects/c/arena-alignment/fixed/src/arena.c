#include "arena.h"

#include <stdlib.h>

bool arena_open(struct arena *arena, size_t capacity) {
    arena->base = malloc(capacity);
    arena->capacity = arena->base ? capacity : 0;
    arena->used = 0;
    return arena->base != NULL;
}

void arena_close(struct arena *arena) {
    free(arena->base);
    arena->base = NULL;
    arena->capacity = arena->used = 0;
}

void *arena_take(struct arena *arena, size_t size, size_t align) {
    size_t start = (arena->used + align - 1) & ~(align - 1);
    if (start > arena->capacity || size > arena->capacity - start) return NULL;
    arena->used = start + size;
    return arena->base + start;
}

void arena_reset(struct arena *arena) {
    arena->used = 0;
}
