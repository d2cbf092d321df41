#include "ring.h"

#include <stdlib.h>

bool ring_open(struct ring *ring, size_t capacity) {
    ring->slots = capacity + 1;
    ring->head = ring->tail = 0;
    ring->bytes = malloc(ring->slots);
    return ring->bytes != NULL;
}

void ring_close(struct ring *ring) {
    free(ring->bytes);
    ring->bytes = NULL;
}

size_t ring_size(const struct ring *ring) {
    return (ring->head - ring->tail) % ring->slots;
}

size_t ring_room(const struct ring *ring) {
    return ring->slots - 1 - ring_size(ring);
}

size_t ring_put(struct ring *ring, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    if (count > ring_room(ring)) count = ring_room(ring);
    for (size_t i = 0; i < count; i++) {
        ring->bytes[ring->head] = next[i];
        ring->head = (ring->head + 1) % ring->slots;
    }
    return count;
}

size_t ring_take(struct ring *ring, void *bytes, size_t count) {
    uint8_t *next = bytes;
    if (count > ring_size(ring)) count = ring_size(ring);
    for (size_t i = 0; i < count; i++) {
        next[i] = ring->bytes[ring->tail];
        ring->tail = (ring->tail + 1) % ring->slots;
    }
    return count;
}
