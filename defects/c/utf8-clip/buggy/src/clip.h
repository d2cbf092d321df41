/* Text of limited length, in UTF-8. */
#ifndef CLIP_H
#define CLIP_H

#include <stddef.h>

/* The length in bytes of the longest start of `text` that is at most `limit` bytes and ends between
 * two characters. */
size_t clip_length(const char *text, size_t limit);

/* Copy as much of `text` as fits into `size` bytes with its final NUL; ends between two characters.
 * `size` is at least 1. Returns the length of the copy. */
size_t clip_copy(char *target, size_t size, const char *text);

/* How many characters the text has. */
size_t clip_characters(const char *text);

#endif
