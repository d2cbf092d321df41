/* Maps of a game, read from text files. */
#ifndef MAP_H
#define MAP_H

enum { MAP_SIDE = 64 };

enum map_error { MAP_OK, MAP_NOT_THERE, MAP_NO_SIZE, MAP_TOO_LARGE, MAP_CUT_OFF };

struct map {
    int width, height;
    char cells[MAP_SIDE][MAP_SIDE];
};

/* Read a map: a line `WIDTH HEIGHT`, then HEIGHT lines of WIDTH cells. The file is closed again in
 * every case. Where the result is not MAP_OK, `map` is as it was. */
enum map_error map_read(const char *path, struct map *map);

#endif
