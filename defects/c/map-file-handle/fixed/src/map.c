#include "map.h"

#include <stdio.h>
#include <string.h>

static enum map_error read_cells(FILE *file, struct map *map) {
    char line[MAP_SIDE + 2];
    for (int row = 0; row < map->height; row++) {
        if (fgets(line, sizeof line, file) == NULL) return MAP_CUT_OFF;
        if ((int)strcspn(line, "\r\n") != map->width) return MAP_CUT_OFF;
        memcpy(map->cells[row], line, (size_t)map->width);
    }
    return MAP_OK;
}

static enum map_error read_map(FILE *file, struct map *map) {
    if (fscanf(file, "%d %d ", &map->width, &map->height) != 2) return MAP_NO_SIZE;
    if (map->width < 1 || map->height < 1) return MAP_NO_SIZE;
    if (map->width > MAP_SIDE || map->height > MAP_SIDE) return MAP_TOO_LARGE;
    return read_cells(file, map);
}

enum map_error map_read(const char *path, struct map *map) {
    struct map read;
    memset(&read, 0, sizeof read);
    FILE *file = fopen(path, "r");
    if (file == NULL) return MAP_NOT_THERE;
    enum map_error error = read_map(file, &read);
    fclose(file);
    if (error == MAP_OK) *map = read;
    return error;
}
