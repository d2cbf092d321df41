import harness.Check;
import java.util.ArrayList;
import java.util.List;
import tiles.TileAddress;
import tiles.TileCache;

public class TileCacheTest {
    private final List<String> loaded = new ArrayList<>();
    private final TileCache cache = new TileCache(this::load);

    private byte[] load(TileAddress address) {
        loaded.add(address.toString());
        return address.equals(new TileAddress(2, 3, 3)) ? null : new byte[100];
    }

    public void loadsATile() {
        Check.equal(100, cache.get(new TileAddress(2, 1, 1)).length);
        Check.equal(List.of("2/1/1"), loaded);
    }

    public void loadsNothingTwice() {
        cache.get(new TileAddress(2, 1, 1));
        cache.get(new TileAddress(2, 1, 1));
        Check.equal(1, loaded.size());
        Check.equal(100L, cache.bytes());
    }

    public void remembersThatThereIsNoImage() {
        Check.equal(null, cache.get(new TileAddress(2, 3, 3)));
        Check.equal(null, cache.get(new TileAddress(2, 3, 3)));
        Check.equal(1, loaded.size());
    }

    public void columnsWrapAround() {
        Check.equal(new TileAddress(2, 3, 0), new TileAddress(2, 7, 0));
        Check.equal(new TileAddress(2, 3, 0), new TileAddress(2, -1, 0));
    }

    public void parents() {
        Check.equal("1/1/0", new TileAddress(2, 3, 1).parent().toString());
    }
}
