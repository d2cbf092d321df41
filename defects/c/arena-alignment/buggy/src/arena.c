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
    size_t rounded = (size + align - 1) & ~(align - 1);
    if (rounded > arena->capacity - arena->used) return NULL;
    void *place = arena->base + arena->used;
    arena->used += rounded;
    return place;
}

void arena_reset(struct arena *arena) {
    arena->used = 0;
}
