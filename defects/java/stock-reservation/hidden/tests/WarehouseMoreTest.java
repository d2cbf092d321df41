import harness.Check;
import java.util.Set;
import stock.Warehouse;

public class WarehouseMoreTest {
    private final Warehouse warehouse = new Warehouse();

    public void everyAmount() {
        for (int pieces = 1; pieces < 400; pieces += 7) {
            String article = "a" + pieces;
            warehouse.receive(article, pieces);
            Check.that(!warehouse.soldOut().contains(article), article);
            Check.that(warehouse.reserve(article, pieces), article);
            Check.that(warehouse.soldOut().contains(article), article);
        }
    }

    public void soldOutInSeveralSteps() {
        warehouse.receive("screw", 300);
        warehouse.receive("screw", 300);
        warehouse.reserve("screw", 599);
        Check.equal(Set.of(), warehouse.soldOut());
        warehouse.reserve("screw", 1);
        Check.equal(Set.of("screw"), warehouse.soldOut());
        warehouse.receive("screw", 1);
        Check.equal(Set.of(), warehouse.soldOut());
    }

    public void whatIsGoneIsSoldOut() {
        warehouse.receive("nut", 200);
        warehouse.reserve("nut", 200);
        warehouse.ship("nut", 200);
        Check.equal(Set.of("nut"), warehouse.soldOut());
        Check.equal(0, warehouse.free("nut"));
    }

    public void shippingMoreThanPromised() {
        warehouse.receive("nut", 5);
        Check.raises(IllegalStateException.class, () -> warehouse.ship("nut", 1));
    }
}
