#include "clip.h"

#include <stdbool.h>
#include <string.h>

/* Whether a byte is inside a character, not its first. */
static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

size_t clip_length(const char *text, size_t limit) {
    size_t length = strlen(text);
    if (length <= limit) return length;
    size_t end = limit;
    while (end > 0 && is_continuation(text[end])) end--;
    return end;
}

size_t clip_copy(char *target, size_t size, const char *text) {
    size_t length = clip_length(text, size - 1);
    memcpy(target, text, length);
    target[length] = '\0';
    return length;
}

size_t clip_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) count += !is_continuation(*text);
    return count;
}
