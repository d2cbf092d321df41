package tiles;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Keeps loaded tiles, so that panning back and forth loads nothing twice. */
public final class TileCache {
    private final Function<TileAddress, byte[]> loader;
    private final Map<TileAddress, byte[]> tiles = new HashMap<>();
    private long bytes;

    /** {@code loader} gets the image of a tile; null where there is none, which is remembered too. */
    public TileCache(Function<TileAddress, byte[]> loader) {
        this.loader = loader;
    }

    /** The image of a tile, or null. */
    public byte[] get(TileAddress address) {
        byte[] image = tiles.get(address);
        if (image == null && !tiles.containsKey(address)) {
            image = loader.apply(address);
            tiles.put(address, image);
            bytes += image == null ? 0 : image.length;
        }
        return image;
    }

    /** How many bytes the kept images have. */
    public long bytes() {
        return bytes;
    }

    /** Forget a tile that has changed. */
    public void drop(TileAddress address) {
        byte[] image = tiles.remove(address);
        bytes -= image == null ? 0 : image.length;
    }
}
