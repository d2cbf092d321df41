#include "harness.h"
#include "ring.h"

static void pass(struct ring *ring, size_t count) {
    char byte;
    for (size_t i = 0; i < count; i++) {
        ring_put(ring, "x", 1);
        ring_take(ring, &byte, 1);
    }
}

TEST(every_offset_and_capacity) {
    for (size_t capacity = 1; capacity < 20; capacity++) {
        for (size_t offset = 0; offset < 2 * capacity; offset++) {
            struct ring ring;
            ring_open(&ring, capacity);
            pass(&ring, offset);
            for (size_t held = 0; held < capacity; held++) {
                CHECK_INT(ring_size(&ring), held);
                CHECK_INT(ring_room(&ring), capacity - held);
                CHECK_INT(ring_put(&ring, "y", 1), 1);
            }
            CHECK_INT(ring_put(&ring, "z", 1), 0);
            ring_close(&ring);
        }
    }
}

TEST(content_survives_the_wrap) {
    struct ring ring;
    char out[8] = "";
    ring_open(&ring, 6);
    pass(&ring, 4);
    CHECK_INT(ring_put(&ring, "abcdefgh", 8), 6);
    CHECK_INT(ring_take(&ring, out, 8), 6);
    CHECK_STR(out, "abcdef");
    CHECK_INT(ring_size(&ring), 0);
    ring_close(&ring);
}

TEST(power_of_two) {
    struct ring ring;
    ring_open(&ring, 7);
    pass(&ring, 6);
    ring_put(&ring, "abc", 3);
    CHECK_INT(ring_size(&ring), 3);
    ring_close(&ring);
}
