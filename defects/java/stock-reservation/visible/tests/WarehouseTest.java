import harness.Check;
import java.util.Set;
import stock.Warehouse;

public class WarehouseTest {
    private final Warehouse warehouse = new Warehouse();

    public void noMoreThanThereIs() {
        warehouse.receive("bolt", 10);
        Check.that(warehouse.reserve("bolt", 7), "7 of 10");
        Check.that(!warehouse.reserve("bolt", 4), "4 of 3");
        Check.equal(3, warehouse.free("bolt"));
    }

    public void aSmallArticleSellsOut() {
        warehouse.receive("bolt", 10);
        warehouse.reserve("bolt", 10);
        Check.equal(Set.of("bolt"), warehouse.soldOut());
    }

    public void aLargeBatchSellsOut() {
        warehouse.receive("screw", 5000);
        warehouse.receive("nut", 5000);
        warehouse.reserve("screw", 5000);
        Check.equal(Set.of("screw"), warehouse.soldOut());
    }
}
