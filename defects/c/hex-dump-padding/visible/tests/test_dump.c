#include "dump.h"
#include "harness.h"

static const char *dump(size_t offset, const char *bytes, size_t count) {
    static char line[DUMP_LINE];
    memset(line, '?', sizeof line);
    dump_line(line, offset, (const unsigned char *)bytes, count);
    return line;
}

TEST(a_full_line) {
    CHECK_STR(dump(16, "ABCDEFGH", 8), "00000010  41 42 43 44 45 46 47 48  ABCDEFGH");
}

TEST(a_short_line) {
    CHECK_STR(dump(16, "Hello\n", 6), "00000010  48 65 6c 6c 6f 0a        Hello.");
}

TEST(bytes_that_are_no_letters) {
    CHECK_STR(dump(0, "\x00\x1f ~\x7f\xff-|", 8), "00000000  00 1f 20 7e 7f ff 2d 7c  .. ~..-|");
}
