/* Memory that is taken piece by piece and given back all at once. */
#ifndef ARENA_H
#define ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena {
    unsigned char *base; /* aligned for every type */
    size_t capacity;
    size_t used;
};

bool arena_open(struct arena *arena, size_t capacity);
void arena_close(struct arena *arena);

/* `size` bytes at an address that is a multiple of `align`, a power of two up to that of
 * max_align_t. Takes no more of the arena than that needs; NULL when the rest is too small. */
void *arena_take(struct arena *arena, size_t size, size_t align);

/* Everything taken so far is free again. */
void arena_reset(struct arena *arena);

#endif
