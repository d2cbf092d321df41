#include "bits.h"
#include "harness.h"

TEST(what_is_added_is_there) {
    struct bits bits;
    bits_clear(&bits);
    bits_add(&bits, 7);
    CHECK(bits_has(&bits, 7));
    CHECK(!bits_has(&bits, 8));
    CHECK_INT(bits_count(&bits), 1);
}

TEST(low_and_high_ports_differ) {
    struct bits bits;
    bits_clear(&bits);
    bits_add(&bits, 3);
    CHECK(!bits_has(&bits, 35));
    bits_add(&bits, 35);
    CHECK_INT(bits_count(&bits), 2);
}

TEST(first_free) {
    struct bits bits;
    bits_clear(&bits);
    bits_add(&bits, 0);
    bits_add(&bits, 1);
    CHECK_INT(bits_first_free(&bits, 0), 2);
}
