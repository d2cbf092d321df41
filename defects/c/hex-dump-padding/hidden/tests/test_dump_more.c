#include "dump.h"
#include "harness.h"

TEST(every_length) {
    static const unsigned char bytes[] = "abcdefgh";
    for (size_t count = 0; count <= DUMP_PER_LINE; count++) {
        char line[DUMP_LINE + 1];
        memset(line, '#', sizeof line);
        dump_line(line, 0x1234, bytes, count);
        CHECK_INT(strlen(line), 35 + count);
        CHECK(strncmp(line, "00001234  ", 10) == 0);
        for (size_t i = 3 * count; i < 25; i++) CHECK(line[10 + i] == ' ');
        CHECK(strncmp(line + 35, "abcdefgh", count) == 0);
        CHECK(line[DUMP_LINE] == '#');
    }
}

TEST(one_byte) {
    char line[DUMP_LINE];
    memset(line, 'x', sizeof line);
    dump_line(line, 255, (const unsigned char *)"Z", 1);
    CHECK_STR(line, "000000ff  5a                       Z");
}

TEST(a_line_that_is_used_again) {
    char line[DUMP_LINE];
    dump_line(line, 0, (const unsigned char *)"12345678", 8);
    dump_line(line, 8, (const unsigned char *)"9", 1);
    CHECK_STR(line, "00000008  39                       9");
}
