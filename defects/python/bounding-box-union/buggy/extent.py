"""Extents of map layers, in the coordinates of the map."""

import sys
from typing import NamedTuple


class Extent(NamedTuple):
    """An upright rectangle, its borders included."""

    west: float
    south: float
    east: float
    north: float

    @property
    def size(self):
        return self.east - self.west, self.north - self.south

    @property
    def centre(self):
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def contains(self, x, y):
        return self.west <= x <= self.east and self.south <= y <= self.north

    def buffered(self, margin):
        """The extent with a margin on all sides."""
        return Extent(
            self.west - margin, self.south - margin, self.east + margin, self.north + margin
        )


def extent_of(points):
    """The smallest extent with all of the points (x, y). ValueError where there are none."""
    west = south = sys.float_info.max
    east = north = sys.float_info.min
    empty = True
    for x, y in points:
        empty = False
        west, east = min(west, x), max(east, x)
        south, north = min(south, y), max(north, y)
    if empty:
        raise ValueError("no points, so there is no extent")
    return Extent(west, south, east, north)


def layer_extent(lines, margin=0.0):
    """The extent of a layer of lines, each a sequence of points, with a margin."""
    return extent_of(point for line in lines for point in line).buffered(margin)
