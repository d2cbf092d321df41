#include <sys/resource.h>

#include "harness.h"
#include "map.h"
#include "map_files.h"

static struct map map;

TEST(no_ending_leaves_a_file_open) {
    static const char *const texts[] = {
        "", "x", "3", "0 5\n", "5 -1\n", "65 1\n", "1 65\n", "3 2\n###\n", "3 2\n###\n##\n", "1 1\n#\n",
    };
    int before = free_handle();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(texts[i], &map);
        CHECK_INT(free_handle(), before);
    }
}

TEST(many_bad_maps) {
    struct rlimit few = {64, 64};
    CHECK(setrlimit(RLIMIT_NOFILE, &few) == 0);
    for (int i = 0; i < 100; i++) CHECK_INT(read_text("2 1\n#\n", &map), MAP_CUT_OFF);
    CHECK_INT(read_text("2 1\n##\n", &map), MAP_OK);
}

TEST(a_bad_map_changes_nothing) {
    CHECK_INT(read_text("2 1\n#@\n", &map), MAP_OK);
    CHECK_INT(read_text("3 3\n...\n...\n", &map), MAP_CUT_OFF);
    CHECK_INT(read_text("70 1\n", &map), MAP_TOO_LARGE);
    CHECK_INT(map.width, 2);
    CHECK_INT(map.height, 1);
    CHECK(map.cells[0][1] == '@');
}

TEST(the_largest_map) {
    char text[64 * 65 + 10] = "64 64\n";
    for (int row = 0; row < 64; row++) strcat(text, "................................................................\n");
    CHECK_INT(read_text(text, &map), MAP_OK);
    CHECK(map.cells[63][63] == '.');
}
