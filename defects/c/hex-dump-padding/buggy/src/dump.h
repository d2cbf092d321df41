/* Bytes as people read them. */
#ifndef DUMP_H
#define DUMP_H

#include <stddef.h>

enum { DUMP_PER_LINE = 8, DUMP_LINE = 8 + 2 + 3 * DUMP_PER_LINE + 1 + DUMP_PER_LINE + 1 };

/* One line of a dump, for at most DUMP_PER_LINE bytes at `offset`:
 *
 *     00000010  48 65 6c 6c 6f 0a        Hello.
 *
 * eight digits of the offset, two blanks, every byte as two digits and a blank, blanks in the place of
 * bytes that are not there, another blank, and the bytes as letters: `.` for those that are none. `line`
 * has room for DUMP_LINE letters, the final NUL included. */
void dump_line(char *line, size_t offset, const unsigned char *bytes, size_t count);

#endif
