#include "clip.h"
#include "harness.h"

TEST(short_text_stays) {
    char out[16];
    CHECK_INT(clip_copy(out, sizeof out, "caf\u00e9"), 5);
    CHECK_STR(out, "caf\u00e9");
}

TEST(ascii_is_cut_at_the_limit) {
    CHECK_INT(clip_length("abcdef", 4), 4);
}

TEST(a_character_is_kept_whole_or_dropped) {
    CHECK_INT(clip_length("caf\u00e9s", 4), 3);
    CHECK_INT(clip_length("caf\u00e9s", 5), 5);
}
