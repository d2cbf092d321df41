/* A set of small numbers: which of the ports 0 to 255 are in use. */
#ifndef BITS_H
#define BITS_H

#include <stdbool.h>
#include <stdint.h>

enum { BITS_WORDS = 4, BITS_MAX = 64 * BITS_WORDS };

struct bits {
    uint64_t words[BITS_WORDS];
};

void bits_clear(struct bits *bits);
void bits_add(struct bits *bits, unsigned number);
void bits_drop(struct bits *bits, unsigned number);
bool bits_has(const struct bits *bits, unsigned number);
unsigned bits_count(const struct bits *bits);

/* The smallest number from `start` on that is not in the set; BITS_MAX when there is none. */
unsigned bits_first_free(const struct bits *bits, unsigned start);

#endif
