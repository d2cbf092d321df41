#include <stdint.h>

#include "arena.h"
#include "harness.h"

TEST(every_offset_and_alignment) {
    for (size_t offset = 1; offset <= 17; offset++) {
        for (size_t align = 1; align <= 16; align *= 2) {
            struct arena arena;
            arena_open(&arena, 64);
            unsigned char *first = arena_take(&arena, offset, 1);
            unsigned char *second = arena_take(&arena, 3, align);
            CHECK(second >= first + offset);
            CHECK(second < first + offset + align);
            CHECK_INT((uintptr_t)second % align, 0);
            arena_close(&arena);
        }
    }
}

TEST(the_last_bytes_can_be_taken) {
    struct arena arena;
    arena_open(&arena, 19);
    CHECK(arena_take(&arena, 16, 8) != NULL);
    CHECK(arena_take(&arena, 3, 8) != NULL);
    CHECK(arena_take(&arena, 1, 1) == NULL);
    arena_close(&arena);
}

TEST(padding_beyond_the_end_is_refused) {
    struct arena arena;
    arena_open(&arena, 9);
    CHECK(arena_take(&arena, 9, 1) != NULL);
    CHECK(arena_take(&arena, 1, 16) == NULL);
    CHECK(arena_take(&arena, 0, 16) == NULL);
    arena_reset(&arena);
    CHECK(arena_take(&arena, 9, 16) != NULL);
    arena_close(&arena);
}

TEST(a_huge_size_is_refused) {
    struct arena arena;
    arena_open(&arena, 64);
    CHECK(arena_take(&arena, 1, 1) != NULL);
    CHECK(arena_take(&arena, SIZE_MAX - 2, 1) == NULL);
    arena_close(&arena);
}
