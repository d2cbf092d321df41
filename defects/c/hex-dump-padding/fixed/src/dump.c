#include "dump.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS_AT = 10, LETTERS_AT = DIGITS_AT + 3 * DUMP_PER_LINE + 1 };

static const char digits[] = "0123456789abcdef";

void dump_line(char *line, size_t offset, const unsigned char *bytes, size_t count) {
    memset(line, ' ', DUMP_LINE);
    snprintf(line, 9, "%08zx", offset);
    line[8] = line[9] = ' ';
    for (size_t i = 0; i < count; i++) {
        char *pair = line + DIGITS_AT + 3 * i;
        pair[0] = digits[bytes[i] >> 4];
        pair[1] = digits[bytes[i] & 15];
        pair[2] = ' ';
        line[LETTERS_AT + i] = bytes[i] >= 0x20 && bytes[i] < 0x7f ? (char)bytes[i] : '.';
    }
    line[LETTERS_AT - 1] = ' ';
    line[LETTERS_AT + count] = '\0';
}
