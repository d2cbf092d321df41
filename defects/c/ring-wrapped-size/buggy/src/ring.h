/* A byte queue of fixed size, between an interrupt handler and the main loop. */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
    uint8_t *bytes;
    size_t slots; /* one more than can be held: head == tail means empty */
    size_t head;  /* where the next byte is put */
    size_t tail;  /* where the next byte is taken */
};

/* Room for `capacity` bytes; false without memory. */
bool ring_open(struct ring *ring, size_t capacity);
void ring_close(struct ring *ring);

/* How many bytes are waiting, and how many more fit. */
size_t ring_size(const struct ring *ring);
size_t ring_room(const struct ring *ring);

/* Put or take up to `count` bytes; how many it were. */
size_t ring_put(struct ring *ring, const void *bytes, size_t count);
size_t ring_take(struct ring *ring, void *bytes, size_t count);

#endif
