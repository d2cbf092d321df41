#include "clip.h"
#include "harness.h"

/* 1, 2, 3 and 4 bytes */
static const char mixed[] = "a\u00e9\u20ac\U0001F600z";

TEST(every_limit) {
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t limit = 0; limit < sizeof expected / sizeof *expected; limit++)
        CHECK_INT(clip_length(mixed, limit), expected[limit]);
}

TEST(copies_end_between_characters) {
    char out[8];
    CHECK_INT(clip_copy(out, 6, mixed), 3);
    CHECK_STR(out, "a\u00e9");
    CHECK_INT(clip_copy(out, 7, mixed), 6);
    CHECK_STR(out, "a\u00e9\u20ac");
    CHECK_INT(clip_copy(out, 1, "\u20ac"), 0);
    CHECK_STR(out, "");
}

TEST(a_limit_right_after_a_character) {
    CHECK_INT(clip_length("\u20ac\u20ac", 3), 3);
    CHECK_INT(clip_length("\u00e9\u00e9\u00e9", 4), 4);
}

TEST(counts_characters) {
    CHECK_INT(clip_characters(mixed), 5);
    CHECK_INT(clip_characters(""), 0);
}
