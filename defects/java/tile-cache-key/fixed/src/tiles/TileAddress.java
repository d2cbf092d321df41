package tiles;

/** Which square of the map, at which zoom. The world is one tile at zoom 0, four at zoom 1, ... */
public final class TileAddress {
    private final int zoom;
    private final int column;
    private final int row;

    /** Columns wrap around the world; a row outside it is an IllegalArgumentException. */
    public TileAddress(int zoom, int column, int row) {
        int size = 1 << zoom;
        if (row < 0 || row >= size) {
            throw new IllegalArgumentException("row " + row + " at zoom " + zoom);
        }
        this.zoom = zoom;
        this.column = Math.floorMod(column, size);
        this.row = row;
    }

    /** The tile that holds this one at the zoom below; the world holds itself. */
    public TileAddress parent() {
        return zoom == 0 ? this : new TileAddress(zoom - 1, column / 2, row / 2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TileAddress tile
                && zoom == tile.zoom
                && column == tile.column
                && row == tile.row;
    }

    @Override
    public int hashCode() {
        return (zoom * 31 + column) * 31 + row;
    }

    @Override
    public String toString() {
        return zoom + "/" + column + "/" + row;
    }
}
