#include <stdint.h>

#include "arena.h"
#include "harness.h"

TEST(pieces_do_not_overlap) {
    struct arena arena;
    arena_open(&arena, 64);
    char *first = arena_take(&arena, 16, 8);
    char *second = arena_take(&arena, 16, 8);
    CHECK(first != NULL && second == first + 16);
    arena_close(&arena);
}

TEST(a_number_after_a_byte_is_aligned) {
    struct arena arena;
    arena_open(&arena, 64);
    CHECK(arena_take(&arena, 1, 1) != NULL);
    void *number = arena_take(&arena, sizeof(uint64_t), 8);
    CHECK(number != NULL);
    CHECK_INT((uintptr_t)number % 8, 0);
    arena_close(&arena);
}

TEST(too_much_is_refused) {
    struct arena arena;
    arena_open(&arena, 32);
    CHECK(arena_take(&arena, 33, 1) == NULL);
    CHECK(arena_take(&arena, 32, 1) != NULL);
    arena_close(&arena);
}
