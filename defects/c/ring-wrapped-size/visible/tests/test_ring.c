#include "harness.h"
#include "ring.h"

TEST(empty_at_first) {
    struct ring ring;
    CHECK(ring_open(&ring, 9));
    CHECK_INT(ring_size(&ring), 0);
    CHECK_INT(ring_room(&ring), 9);
    ring_close(&ring);
}

TEST(gives_back_in_order) {
    struct ring ring;
    char out[4] = "";
    ring_open(&ring, 9);
    CHECK_INT(ring_put(&ring, "abc", 3), 3);
    CHECK_INT(ring_take(&ring, out, 3), 3);
    CHECK_STR(out, "abc");
    ring_close(&ring);
}

TEST(wraps_around) {
    struct ring ring;
    char out[10] = "";
    ring_open(&ring, 9);
    ring_put(&ring, "abcdefg", 7);
    ring_take(&ring, out, 7);
    CHECK_INT(ring_put(&ring, "hijkl", 5), 5);
    CHECK_INT(ring_size(&ring), 5);
    ring_close(&ring);
}
