#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "map.h"

/* Read a map from a new file with that text. */
static enum map_error read_text(const char *text, struct map *map) {
    char path[] = "map-XXXXXX";
    int handle = mkstemp(path);
    if (handle < 0) abort();
    dprintf(handle, "%s", text);
    close(handle);
    enum map_error error = map_read(path, map);
    unlink(path);
    return error;
}

/* The number that the next file would get. */
static int free_handle(void) {
    int handle = open("/dev/null", O_RDONLY);
    close(handle);
    return handle;
}
