#include "bits.h"

#include <string.h>

static uint64_t mask(unsigned number) {
    return 1 << (number % 64);
}

void bits_clear(struct bits *bits) {
    memset(bits, 0, sizeof *bits);
}

void bits_add(struct bits *bits, unsigned number) {
    bits->words[number / 64] |= mask(number);
}

void bits_drop(struct bits *bits, unsigned number) {
    bits->words[number / 64] &= ~mask(number);
}

bool bits_has(const struct bits *bits, unsigned number) {
    return (bits->words[number / 64] & mask(number)) != 0;
}

unsigned bits_count(const struct bits *bits) {
    unsigned count = 0;
    for (unsigned word = 0; word < BITS_WORDS; word++) {
        for (uint64_t rest = bits->words[word]; rest != 0; rest &= rest - 1) count++;
    }
    return count;
}

unsigned bits_first_free(const struct bits *bits, unsigned start) {
    while (start < BITS_MAX && bits_has(bits, start)) start++;
    return start;
}
