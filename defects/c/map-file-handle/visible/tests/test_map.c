#include "harness.h"
#include "map.h"
#include "map_files.h"

TEST(reads_a_map) {
    struct map map;
    CHECK_INT(read_text("3 2\n#.#\n.@.\n", &map), MAP_OK);
    CHECK_INT(map.width, 3);
    CHECK_INT(map.height, 2);
    CHECK(map.cells[1][1] == '@');
}

TEST(says_what_is_wrong) {
    struct map map;
    CHECK_INT(read_text("a map\n", &map), MAP_NO_SIZE);
    CHECK_INT(read_text("99 2\n", &map), MAP_TOO_LARGE);
    CHECK_INT(read_text("3 2\n#.#\n", &map), MAP_CUT_OFF);
    CHECK_INT(map_read("no such file", &map), MAP_NOT_THERE);
}

TEST(a_bad_map_leaves_no_file_open) {
    struct map map;
    int before = free_handle();
    CHECK_INT(read_text("a map\n", &map), MAP_NO_SIZE);
    CHECK_INT(free_handle(), before);
}
