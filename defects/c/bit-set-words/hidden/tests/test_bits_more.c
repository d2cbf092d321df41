#include "bits.h"
#include "harness.h"

TEST(every_number_by_itself) {
    for (unsigned number = 0; number < BITS_MAX; number++) {
        struct bits bits;
        bits_clear(&bits);
        bits_add(&bits, number);
        CHECK_INT(bits_count(&bits), 1);
        for (unsigned other = 0; other < BITS_MAX; other++)
            CHECK_INT(bits_has(&bits, other), other == number);
        bits_drop(&bits, number);
        CHECK_INT(bits_count(&bits), 0);
    }
}

TEST(bit_31_is_one_bit) {
    struct bits bits;
    bits_clear(&bits);
    bits_add(&bits, 31);
    CHECK_INT(bits_count(&bits), 1);
    CHECK(!bits_has(&bits, 40));
}

TEST(all_in_use) {
    struct bits bits;
    bits_clear(&bits);
    for (unsigned number = 0; number < BITS_MAX; number++) bits_add(&bits, number);
    CHECK_INT(bits_count(&bits), BITS_MAX);
    CHECK_INT(bits_first_free(&bits, 0), BITS_MAX);
    bits_drop(&bits, 200);
    CHECK_INT(bits_first_free(&bits, 10), 200);
    CHECK_INT(bits_first_free(&bits, 201), BITS_MAX);
}
