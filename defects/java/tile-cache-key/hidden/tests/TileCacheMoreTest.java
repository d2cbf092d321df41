import harness.Check;
import java.util.HashSet;
import java.util.Set;
import tiles.TileAddress;
import tiles.TileCache;

public class TileCacheMoreTest {
    private int loads;
    private final TileCache cache =
            new TileCache(
                    address -> {
                        loads++;
                        return address.toString().endsWith("0") ? null : new byte[7];
                    });

    public void equalAddressesInASet() {
        Set<TileAddress> tiles = new HashSet<>();
        for (int column = -16; column < 16; column++) {
            for (int row = 0; row < 4; row++) {
                tiles.add(new TileAddress(2, column, row));
            }
        }
        Check.equal(16, tiles.size());
    }

    public void columnsFarToTheWest() {
        Check.equal("3/7/1", new TileAddress(3, -1, 1).toString());
        Check.equal("3/1/1", new TileAddress(3, -15, 1).toString());
        Check.equal("3/0/1", new TileAddress(3, -8, 1).toString());
        Check.equal("0/0/0", new TileAddress(0, -3, 0).toString());
        Check.equal("2/3/0", new TileAddress(3, -1, 1).parent().toString());
    }

    public void droppedTilesAreLoadedAgain() {
        cache.get(new TileAddress(3, 1, 1));
        cache.drop(new TileAddress(3, 9, 1));
        Check.equal(0L, cache.bytes());
        cache.get(new TileAddress(3, 1, 1));
        Check.equal(2, loads);
        Check.equal(7L, cache.bytes());
    }

    public void aDroppedGapIsLoadedAgain() {
        cache.get(new TileAddress(3, 1, 0));
        cache.get(new TileAddress(3, -7, 0));
        Check.equal(1, loads);
        cache.drop(new TileAddress(3, 1, 0));
        cache.get(new TileAddress(3, 1, 0));
        Check.equal(2, loads);
        Check.equal(0L, cache.bytes());
    }

    public void zoomsAreApart() {
        cache.get(new TileAddress(3, 1, 1));
        cache.get(new TileAddress(2, 1, 1));
        Check.equal(2, loads);
        Check.equal(14L, cache.bytes());
    }

    public void rowsDoNotWrap() {
        Check.raises(IllegalArgumentException.class, () -> new TileAddress(1, 0, 2));
        Check.raises(IllegalArgumentException.class, () -> new TileAddress(1, 0, -1));
    }
}
